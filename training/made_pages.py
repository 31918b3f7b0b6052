"""Pages made by setting invented furniture (`furniture.txt`) around real articles, with the kind of each line.

Layouts vary as real ones do: long menus, live blogs, paywalls, print views, feeds, e-mails, archive copies, interviews,
lists, pages copied in part. The names of people, places and outlets are invented.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

FIRST = (
    "Ann Tom Ilse Bo Maria Priya Kwame Noor Liam Aoife Sven Lucía Dmitri Wei Fatima Grace Omar Ngozi Hana Jack Ruth Pierre Ingrid Chidi"
    " Rosa Arjun Yuki Elena Sam Dottie Owen Farah Gus Mei Tariq Joan Kofi Petra Raj Zeynep"
).split()
LAST = (
    "Lee Brandt Okafor Vale Hart Nair Mensah O’Brien Lindqvist García Petrov Chen Haddad Holm Achebe Suzuki Doyle Moreau Berg Nwosu Silva"
    " Mehta Tanaka Popescu Cardwell Whitewater Khan-Ellis McKay Al-Masri Adeyemi Fontaine Rossi Kowalski Singh Walsh Rahman Ortiz Bell Greene"
).split()
PLACES = (
    "Elm|Port Elsing|Harlan Fork|Northmoor|Kessock Falls|Larrabee|Brookfield|Ridgeway|Santa Oria|Dunmore|Kilcarrick|Wagga Creek|Mapleton"
    "|New Harbor|Castleford|Lagos|Nairobi|Delhi|London|Washington|Glasgow|Toronto|Sydney|Leeds|Chicago"
).split("|")
OUTLETS = (
    "Elm Gazette|The Harbour Post|Northmoor Echo|Daily Meridian|The Ledger|KLHM|Channel 5 News|The Comet|Radio Elm|Ridgeway Times"
    "|The Sounding|Morning Star-Herald|News24seven|The Weekly Dispatch|Elm Live|Business Brief|The Daily Crier|WXRB"
).split("|")
TOPICS = (
    "Water|Housing|Rivers|Schools|Police|Elections|Transport|Health|Fisheries|Budget|Courts|Climate|Roads|Farming|Trade|Energy|Immigration"
    "|Tax|Football|Crime|Mining|Hospitals|Ferries|Libraries"
).split("|")
MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = (1, 2, 3, 4, 5, 6, 8, 12, 14, 20, 31, 45, 90, 141, 318, 1200, 2019)

WITHIN = (
    *(
        "ad",
        "ad",
        "related",
        "related",
        "glued",
        "newsletter",
        "promo",
        "promo",
        "pull",
        "picture",
        "picture",
        "picture",
        "sub",
        "sub",
    ),
    *("share", "list", "aside", "table"),
)  # what stands between paragraphs, as often as its name comes
LAYOUTS = ("page", "live", "mail", "print", "feed", "archive", "text", "small")
SHARES = (49, 10, 3, 5, 3, 3, 5, 22)

_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"(?<![°\w’'])(?:QUOTE|SHORT|CAPS|CAP|HEAD|NN|[NPOWDCKTS])(?![\w’'])")
_PERSON = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+(?:-[A-Z][a-z]+)?\b")
_TOWN = re.compile(r"\b(?:in|at|near|from) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b")
_THING = re.compile(r"\b(?:the|his|her|their) (?:[a-z]{4,} )?[a-z]{4,}(?=[ ,.])")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


class Page(NamedTuple):
    """The lines of a page, the blank lines above each, and its kind."""

    lines: list[str]
    gaps: list[int]
    kinds: list[str]


class Article(NamedTuple):
    """A real article: its title, and its lines with their kinds (body, subheading, junk)."""

    title: str
    page: Page


def templates(path: Path) -> dict[str, list[str]]:
    """The patterns of `furniture.txt`, by where they stand; a tab in a pattern parts lines."""
    out: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            where, pattern = line.split("\t", 1)
            out[where].append(pattern)
    return dict(out)


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return [s.strip() for p in paragraphs for s in _SENTENCE.split(p) if len(s.split()) > 3]


class Maker:
    """Makes pages from articles ; the same seed gives the same pages."""

    def __init__(self, articles: Sequence[Article], patterns: Mapping[str, Sequence[str]], seed: str) -> None:
        self.chance = random.Random(seed)
        self.articles = articles
        self.patterns = patterns

    def page(self) -> Page:
        """A page, whole or copied in part."""
        chance = self.chance
        article = chance.choice(self.articles)
        lines = [
            (line.strip(), kind)
            for line, kind in zip(article.page.lines, article.page.kinds, strict=True)
            if kind != "junk"
        ]
        self.short = {line for line, kind in lines if kind == "subheading"}
        paragraphs = [line for line, _ in lines][: chance.choice([3, 5, 8, 14, 25])]
        self.title = article.title
        self.outlet = chance.choice(OUTLETS)
        self.places = chance.sample(PLACES, 3)
        self.paragraphs = paragraphs
        self.sentences = _sentences(paragraphs) or paragraphs
        self.spare = _sentences([line for line, _ in lines][len(paragraphs) :][:12])
        self.author = self._name()
        whole_text = " ".join(line for line, _ in lines[:12])
        self.people = _PERSON.findall(whole_text)
        self.towns = _TOWN.findall(whole_text)
        self.things = _THING.findall(whole_text)
        self.out: list[tuple[str, str]] = []
        layout = chance.choices(LAYOUTS, SHARES)[0]
        if layout == "small":
            self.paragraphs = self._few()
            self.spare += [s for s in self.sentences if not any(s in p for p in self.paragraphs)]
            self.sentences = _sentences(self.paragraphs) or self.paragraphs
        whole = layout not in {"text", "small"} and chance.random() < 0.75
        self._above(layout, whole)
        headed = chance.random() < {"small": 0.6, "text": 0.6}.get(layout, 0.96)
        if headed:
            self._head(layout)
        if layout == "live":
            self._live()
        else:
            rate = chance.choice([0, 0, 0.08, 0.15, 0.25, 0.4])
            self._body({"text": 0, "small": 1.5 * rate}.get(layout, rate))
        self._below(layout, whole)
        return self._laid_out(headed)

    def _laid_out(self, headed: bool) -> Page:
        chance = self.chance
        wide, body = chance.choice([0, 0, 1, 1, 2]), chance.choice([0, 1, 1])
        lines, gaps, kinds = [], [], []
        for kind, text in self.out:
            text = text.strip()
            if text:
                lines.append(text)
                kinds.append(kind)
                gaps.append(body if kind in {"body", "subheading"} else chance.choice([0, wide, wide]))
        if chance.random() < 0.2 and len(lines) > 14:
            first = kinds.index("headline") if headed else kinds.index("body")
            cut = chance.randint(max(0, first - 3), first)
            end = len(lines) if chance.random() < 0.5 else max(cut + 8, len(kinds) - kinds[::-1].index("body"))
            lines, gaps, kinds = lines[cut:end], gaps[cut:end], kinds[cut:end]
        return Page(lines, gaps, kinds)

    def _few(self) -> list[str]:
        """A small text: some sentences of the article, each a paragraph or two to one."""
        chance = self.chance
        most = chance.choice([12, 20, 30])
        short = [s for s in self.sentences if 3 <= len(s.split()) <= most and s[-1] in '.!?”"'] or self.sentences
        start = chance.randrange(max(1, len(short) - 6))
        few = short[start : start + chance.randint(1, 7)]
        out = []
        while few:
            n = chance.choice([1, 1, 2])
            out.append(" ".join(few[:n]))
            few = few[n:]
        return out

    # ---- blocks

    def _above(self, layout: str, whole: bool) -> None:
        chance = self.chance
        if layout in {"mail", "print", "feed", "archive"}:
            self._junk(layout, chance.randint(1, 5))
        if whole or layout == "live":
            if chance.random() < 0.12:
                self._junk("other", chance.randint(1, 6))
            for _ in range(chance.choice([0, 2, 5, 10, 18, 30])):
                self._junk("menu")
            if chance.random() < 0.12:
                self._junk("weather", chance.randint(1, 5))
            if chance.random() < 0.15:
                self._junk("aside")
                for _ in range(chance.randint(2, 6)):
                    self._add("junk", self._other_title())
            if chance.random() < 0.08:
                self._add("junk", self.title + chance.choice(["", f" | {self.outlet}", f" - {self.outlet}"]))

    def _head(self, layout: str) -> None:
        chance = self.chance
        early = chance.random()
        if early < 0.05:
            self._picture()
        elif early < 0.09 and layout != "live":
            self._junk("promo")
        for _ in range(chance.choice([0, 0, 0, 1, 1, 2])):
            self._junk("kicker")
        r = chance.random()
        title = self.title
        if layout == "small" and chance.random() < 0.4:
            title = self._part_of_title()
        if layout == "live":
            title = chance.choice(["LIVE: ", "Live updates: ", "", "LIVE UPDATES: ", "Live: "]) + title
        elif r < 0.04:
            title = f"{chance.choice(['1 big thing', 'Exclusive', 'BREAKING', 'Watch', 'Opinion', 'Analysis', 'EXPLAINED'])}: {title}"
        elif r < 0.10:
            title = self._sub_title(title)
        self._add("headline", title)
        if chance.random() < 0.08:
            self._junk("kicker")
        deck = self._deck() if layout != "small" or chance.random() < 0.4 else []
        order = ["deck", "byline", "time", "share", "picture", "kicker", "audio"]
        if chance.random() < 0.6:
            chance.shuffle(order)
        for what in order:
            if what == "deck" and deck:
                if len(deck) > 1 and chance.random() < 0.5:
                    self._junk("aside")
                for line in deck:
                    self._add("deck", line)
                if chance.random() < 0.07:
                    self._add("junk", title)
            elif what == "byline" and chance.random() < 0.75:
                self._byline()
            elif what == "time" and chance.random() < 0.7:
                self._time()
            elif what == "share" and chance.random() < 0.6:
                self._junk("share", chance.choice([1, 2, 4, 7]))
            elif what == "picture" and chance.random() < 0.6:
                self._picture()
            elif what == "audio" and chance.random() < 0.1:
                self._junk("aside")
        if chance.random() < 0.05:
            self._add("junk", self.title)
        if chance.random() < 0.07:
            self._add("note", self._line("note"))
        if chance.random() < 0.1:
            self._junk("newsletter")
        if chance.random() < 0.06:
            self._junk("promo")

    def _deck(self) -> list[str]:
        chance = self.chance
        r = chance.random()
        if r < 0.34:
            line = self._taken(7, 34)
            if chance.random() < 0.15:
                line += " " + self._taken(5, 20)
            return [line if chance.random() < 0.55 else line.rstrip(".")]
        if r < 0.46:
            mark = chance.choice(["", "", "• ", "- ", "● ", "* "])
            return [
                mark + (s if chance.random() < 0.5 else s.rstrip("."))
                for s in (self._taken(5, 20) for _ in range(chance.choice([2, 3, 3, 4])))
            ]
        return []

    def _byline(self) -> None:
        chance = self.chance
        r = chance.random()
        if r < 0.17:
            self._add(
                "byline",
                chance.choice(
                    [
                        "By",
                        "by",
                        "Written by",
                        "BY",
                        "By:",
                        "Author",
                        "Reported by:",
                        "Words by",
                        "Reporter",
                        "Story by",
                    ]
                ),
            )
            self._add("byline", self.author)
            if chance.random() < 0.3:
                self._add("byline", chance.choice(["and", ",", "&", "Edited by:", "Photos by", "|"]))
                self._add("byline", self._name())
        else:
            self._add("byline", self._line("byline"))
        if chance.random() < 0.3:
            self._add("byline", self._fill(chance.choice(BELOW_BYLINE)))

    def _time(self) -> None:
        chance = self.chance
        if chance.random() < 0.2:
            self._add(
                "junk",
                chance.choice(
                    [
                        "Published",
                        "Published On",
                        "Last Updated On",
                        "Updated",
                        "Posted on",
                        "Read Time:",
                        "This content was published on",
                    ]
                ),
            )
            self._add("junk", self._fill(chance.choice(["D", "D C", "D - C", "K mins", "K min read"])))
        else:
            self._junk("time", chance.choice([1, 1, 2]))

    def _picture(self) -> None:
        chance = self.chance
        if chance.random() < 0.2:
            self._junk("label", chance.choice([1, 1, 2]))
        line = self._line("caption")
        self._add("caption", line)
        r = chance.random()
        if r < 0.25:
            self._add("caption", self._fill(chance.choice(BELOW_PICTURE)))
        elif r < 0.45:
            for piece in self._line("pieces").split("\t"):
                self._add("caption", piece)
        if chance.random() < 0.15:
            self._junk("label")

    def _body(self, rate: float) -> None:
        chance = self.chance
        interview = chance.random() < 0.05
        for i, paragraph in enumerate(self.paragraphs):
            if not paragraph:
                continue
            kind = "subheading" if paragraph in self.short else "body"
            if i == 0 and chance.random() < 0.3:
                paragraph = self._dateline() + " " + paragraph
            self._add(kind, paragraph)
            if (
                i == 0
                and not any(k in {"deck", "byline"} for k, _ in self.out)
                and chance.random() < (0.2 if len(self.paragraphs) < 6 else 0.05)
            ):
                what = chance.choice(["time", "share", "byline", "picture", "bio"])
                if what == "picture":
                    self._picture()
                elif what == "byline":
                    self._byline()
                else:
                    self._junk(what)
            if interview and chance.random() < 0.6:
                self._add("body", self._line("question"))
                if chance.random() < 0.4:
                    self._add("body", self._line("answer"))
            if i and chance.random() < rate:
                self._within()
            elif i and chance.random() < 0.04:
                self._list()

    def _within(self) -> None:
        chance = self.chance
        what = chance.choice(WITHIN)
        if what == "picture":
            self._picture()
        elif what == "sub":
            self._add(
                "subheading", chance.choice([lambda: self._line("subs"), self._part_of_title, self._part_of_title])()
            )
        elif what == "list":
            self._list()
        elif what == "table":
            self._table()
        elif what == "pull":
            self._junk("pull")
            if chance.random() < 0.4:
                self._junk("pullby")
        elif what == "aside":
            self._junk("aside")
            for _ in range(chance.choice([0, 1, 2, 3])):
                self._add("junk", chance.choice([self._other_title, self._other_sentence])())
        else:
            self._junk(what, chance.choice([1, 1, 2, 3]))

    def _list(self) -> None:
        chance = self.chance
        r = chance.random()
        if r < 0.5:
            self._add("body", self._line("lead"))
            mark = chance.choice(["", "", "• ", "- ", "* "])
            pattern = chance.choice(["item", "place", "item"])
            if pattern == "item":
                options = chance.choice(self.patterns["item"])
                for _ in range(chance.randint(2, 6)):
                    self._add("body", mark + self._fill(options))
            else:
                for _ in range(chance.randint(2, 5)):
                    self._add("body", mark + self._line("place"))
        else:
            mark = chance.choice(["• ", "- ", "* ", "1. ", "– ", ""])
            for _ in range(chance.randint(2, 4)):
                line = self._taken(3, 18)
                self._add("body", mark + (line if chance.random() < 0.7 or not mark else line.rstrip(".")))

    def _table(self) -> None:
        chance = self.chance
        columns, sign = chance.randint(2, 4), chance.choice(["\t", " | ", "    ", ""])
        for row in range(chance.randint(3, 6)):
            name = chance.choice([chance.choice(TOPICS), chance.choice(self.places), self._name()])
            cells = [
                name,
                *(
                    chance.choice(["Votes", "Share", "2019"]) if not row else f"{chance.randint(1, 9999):,}"
                    for _ in range(columns - 1)
                ),
            ]
            for line in [sign.join(cells)] if sign else cells:
                self._add("junk", line)

    def _live(self) -> None:
        chance = self.chance
        if chance.random() < 0.5:
            self._junk("live", chance.randint(1, 4))
        if chance.random() < 0.3:
            self._add("junk", chance.choice(["Key points", "Summary", "What we know so far", "Key events"]))
            for _ in range(chance.randint(2, 5)):
                self._add("body", self._taken(5, 20))
        at = 0
        stamp = chance.choice(["C", "C", "D C", "K min ago", "C GMT", "K hours ago"])
        while at < len(self.paragraphs):
            self._add("junk", self._fill(stamp))
            if chance.random() < 0.25:
                self._add("byline", self._fill(chance.choice(["N", "By N", "N in P", "N, O reporter"])))
            if chance.random() < 0.55:
                self._add(
                    "subheading", chance.choice([self._other_title, self._part_of_title, lambda: self._line("subs")])()
                )
            for paragraph in self.paragraphs[at : at + chance.choice([1, 1, 2, 3])]:
                self._add("subheading" if paragraph in self.short else "body", paragraph)
                at += 1
            if chance.random() < 0.12:
                self._add(
                    "body",
                    f"{self._name()} {chance.choice(['has posted', 'posted on X', 'writes', 'tweeted', 'said on Facebook'])}:",
                )
                self._add("body", self._taken(4, 25))
                if chance.random() < 0.6:
                    self._add("body", self._fill("— N (@handle) D"))
            if chance.random() < 0.12:
                self._picture()
            if chance.random() < 0.35:
                self._junk("share", chance.choice([1, 2, 3]))
            elif chance.random() < 0.2:
                self._junk("live")
        self._junk("live", chance.choice([0, 1, 2]))

    def _below(self, layout: str, whole: bool) -> None:
        chance = self.chance
        if layout not in {"text", "small"} or chance.random() < 0.3:
            if chance.random() < 0.25:
                self._add("credit", self._line("credit"))
            if chance.random() < 0.12:
                self._add("credit", self._line("agency"))
            if chance.random() < 0.2:
                self._add("note", self._line("note"))
            if chance.random() < 0.03:
                self._add("byline", self._line("byline"))
        if layout in {"mail", "print", "feed", "archive"}:
            self._junk(layout, chance.randint(0, 3))
        if chance.random() < (0.12 if whole else 0.02):
            self._junk("paywall", chance.randint(2, 8))
        if whole or (layout != "text" and chance.random() < 0.4):
            blocks = [
                "bio",
                "tags",
                "share",
                "comments",
                "related",
                "newsletter",
                "promo",
                "promo",
                "ad",
                "aside",
                "boxes",
                "glued",
            ]
            chance.shuffle(blocks)
            for block in blocks[: chance.choice([0, 2, 3, 5, 8])]:
                if block in {"aside", "boxes"}:
                    self._junk("aside")
                    for _ in range(chance.randint(1, 8)):
                        self._add("junk", self._other_title())
                        if block == "boxes" and chance.random() < 0.5:
                            self._add(
                                "junk",
                                chance.choice(
                                    [self._other_sentence, lambda: self._line("time"), lambda: self._line("kicker")]
                                )(),
                            )
                else:
                    most = {
                        "bio": 2,
                        "tags": 6,
                        "share": 6,
                        "comments": 6,
                        "related": 8,
                        "newsletter": 3,
                        "promo": 3,
                        "ad": 1,
                        "glued": 4,
                    }[block]
                    self._junk(block, chance.randint(1, most))
            if chance.random() < 0.7:
                self._junk("footer", chance.choice([1, 4, 10, 20]))

    # ---- lines

    def _add(self, kind: str, text: str) -> None:
        self.out.append((kind, text))

    def _junk(self, where: str, n: int = 1) -> None:
        for _ in range(n):
            for piece in self._line(where).split("\t"):
                self._add("junk", piece)

    def _line(self, where: str) -> str:
        """A line of furniture."""
        pattern = self.chance.choice(self.patterns[where])
        if where == "tags" and self.people and self.chance.random() < 0.6:
            return self._local(self.chance.choice(["N", "P", "N", "P, N", "#N", "N news"]))
        if where in {"bio", "promo", "byline"} and self.chance.random() < 0.7:
            pattern = re.sub(r"(?<![\w’'])N(?![\w’'])", self.author, pattern, count=1)
        return self._fill(pattern)

    def _fill(self, pattern: str) -> str:
        """A pattern with its choices made and its slots filled."""
        chance = self.chance
        while found := _CHOICE.search(pattern):
            pattern = pattern[: found.start()] + chance.choice(found[1].split("|")) + pattern[found.end() :]
        fills: dict[str, Callable[[], str]] = {
            "N": self._name,
            "NN": lambda: self._name().upper(),
            "P": lambda: chance.choice(self.places),
            "O": lambda: self.outlet,
            "W": lambda: chance.choice(TOPICS),
            "D": self._date,
            "C": self._clock,
            "K": lambda: str(chance.choice(NUMBERS)),
            "T": self._other_title,
            "HEAD": lambda: self.title,
            "CAP": self._caption,
            "CAPS": lambda: self._caption().rstrip("."),
            "QUOTE": self._quote,
            "S": lambda: chance.choice(self.sentences)[:30],
            "SHORT": lambda: " ".join(chance.choice(self.sentences).split()[: chance.randint(2, 4)]).rstrip(".,"),
        }
        text = _SLOT.sub(lambda slot: fills[slot[0]](), pattern)
        site = self.outlet.lower().replace(" ", "") + ".example"
        text = text.replace("name@site.example", f"{chance.choice(FIRST).lower()}.{chance.choice(LAST).lower()}@{site}")
        text = text.replace("site.example", site).replace(
            "@handle", "@" + chance.choice(FIRST).lower() + chance.choice(LAST).lower()
        )
        return text.replace("handle", chance.choice(FIRST).lower() + str(chance.randint(1, 99))).strip()

    def _name(self) -> str:
        return f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}"

    def _local(self, pattern: str) -> str:
        """A pattern filled with people, places and things of the article, mostly."""
        for slot, found in (("N", self.people), ("P", self.towns)):
            if found and self.chance.random() < 0.7:
                pattern = re.sub(
                    rf"(?<![\w’']){slot}(?![\w’'])", lambda _, found=found: self.chance.choice(found), pattern
                )
        return self._fill(pattern)

    def _date(self) -> str:
        chance = self.chance
        year, day, month = chance.randint(2009, 2025), chance.randint(1, 28), chance.choice(MONTHS)
        short, number = month[:3], chance.randint(1, 12)
        week = chance.choice(["Monday", "Tuesday", "Wed", "Thu", "Friday", "Sat", "Sunday"])
        return chance.choice(
            [
                f"{day} {month} {year}",
                f"{month} {day}, {year}",
                f"{short} {day}, {year}",
                f"{short}. {day}, {year}",
                f"{day} {short} {year}",
                f"{week}, {month} {day}, {year}",
                f"{week} {day} {month} {year}",
                f"{day:02d}/{number:02d}/{year}",
                f"{year}-{number:02d}-{day:02d}",
                f"{short.upper()} {day}, {year}",
                f"{month} {day}",
                f"{day}.{number}.{year}",
            ]
        )

    def _clock(self) -> str:
        hour, minute = self.chance.randint(0, 23), self.chance.randint(0, 59)
        twelve, half = hour % 12 or 12, "a" if hour < 12 else "p"
        return self.chance.choice(
            [
                f"{hour:02d}:{minute:02d}",
                f"{twelve}:{minute:02d} {half}.m.",
                f"{twelve}:{minute:02d}{half}m",
                f"{twelve}:{minute:02d} {half.upper()}M",
                f"{hour:02d}.{minute:02d}",
            ]
        )

    def _other_title(self) -> str:
        return self.chance.choice(self.articles).title

    def _part_of_title(self) -> str:
        words = self.chance.choice([self.title, self._other_title()]).split()
        start = self.chance.randrange(max(1, len(words) - 3))
        text = " ".join(words[start : start + self.chance.randint(2, 6)]).strip(",.:;–—-‘’'\"“”")
        return self.chance.choice(
            [text, text.upper(), text.title(), text[:1].upper() + text[1:], f"‘{text}’", text + "?"]
        )

    def _other_sentence(self) -> str:
        return _SENTENCE.split(self.chance.choice(self.articles).page.lines[0].strip())[0]

    def _sub_title(self, title: str) -> str:
        return title.upper() if self.chance.random() < 0.5 else title.title()

    def _sentence(self, least: int, most: int) -> str:
        fitting = [s for s in self.sentences if least <= len(s.split()) <= most]
        return self.chance.choice(fitting or self.sentences)

    def _taken(self, least: int, most: int) -> str:
        """A sentence of the article that the body will not have again, if there is enough without it."""
        fitting = [s for s in self.spare if least <= len(s.split()) <= most]
        if (fitting and self.chance.random() < 0.5) or len(self.sentences) <= 6:
            found = self.chance.choice(fitting or self.spare or self.sentences)
            self.spare = [s for s in self.spare if s != found]
            return found
        found = self._sentence(least, most)
        if len(self.sentences) > 6:
            self.paragraphs = [p.replace(found, "").strip() for p in self.paragraphs]
            self.sentences = [s for s in self.sentences if s != found]
        return found

    def _caption(self) -> str:
        chance = self.chance
        r = chance.random()
        if r < 0.22:
            return self._taken(6, 30)
        if r < 0.4:
            return self._local(chance.choice(PICTURED))
        what = chance.choice(self.things) if self.things and chance.random() < 0.6 else chance.choice(WHAT)
        text = self._local(
            f"{chance.choice(WHO)} {chance.choice(DOES)} {what} {chance.choice(WHEN)}.{chance.choice(MORE)}"
        )
        return text if chance.random() < 0.7 else text.rstrip(".")

    def _quote(self) -> str:
        chance = self.chance
        for sentence in chance.sample(self.sentences, min(8, len(self.sentences))):
            if found := re.search(r"[“\"]([^”\"]{20,160})", sentence):
                return chance.choice(["“{}”", "‘{}’", '"{}"', "{}", "“{}”"]).format(found[1].rstrip(","))
        return "“" + self._sentence(6, 25).rstrip(".") + ".”"

    def _dateline(self) -> str:
        chance = self.chance
        capitals = ["P, P —", "P —", "P (AP) —", "P (Reuters) -", "P:", "P –", "P, D (O) -", "P, Jan 4:", "P |"]
        if chance.random() < 0.6:
            return self._fill(chance.choice(capitals)).upper()
        return self._fill(chance.choice(["P:", "P, P —", "P — ", "P (CNN) —", "(P) —"]))


BELOW_BYLINE = (
    "{Staff Writer|STAFF WRITER|Staff Reporter|Political editor|Health Reporter|Reporter|Correspondent|Senior Correspondent|Editor|Contributor}",
    "{O Staff|AFP|Reuters|Associated Press|The Associated Press|News Desk|Agency Staff|PTI|ANI|AAP|O Reporter|Staff and agencies|The Canadian Press}",
    "{name@site.example|@handle}",
    "N",
    "N D",
    "O",
)
BELOW_PICTURE = (
    "{N/O|N/AP|N / AFP|N/Reuters|Getty Images|AP Photo/N|Supplied|SUPPLIED|Supplied photo|Contributed|Reuters|AFP/Getty|N for O|(N/O)|[N/AP]|NN/O"
    "|Handout|Courtesy N|EPA-EFE|File|FILE|File photo|REUTERS/N|N • O|© N/AFP|© Reuters|AFP|Getty|PA Media|O file photo|N/Contributed|O/N|RSS|N}",
    "{Photo|PHOTO|Image|Picture|Photograph|Credit|Photo by|Photo credit|Image credit|Illustration|Graphic|File photo|Image source}{:|} "
    "{N|N/O|Reuters|Getty Images|AFP|Supplied|AP|N / AP|P Council|O archive|N via AP|Contributed|P Police}",
)
PICTURED = (
    "{N|N and N|Residents|Workers|Police officers|Protesters|The scene|A closed shop|The site} {outside|at|near|in front of|in}"
    " {P|the P town hall|the court in P|the site} {on Monday|on Friday|last week|in 2019|in March|}{.|}",
    "N, {left|right|centre}, with N {in P|}{.|}",
    "{N has denied the charges|N says the plan was never put to him|The building has stood empty since 2011|N was first elected in 2010"
    "|The school will close next summer|The site where the new plant will be built|The bridge was opened in 1932}{.|}",
    "{N|N and N}",
    "The W {committee|office|centre} in P",
    "{Council leader|Mayor|Prime Minister|Minister|Chief executive|Farmer|Resident|Dr|Sen.|Gov.} N{.|}",
    "{Inside|Outside|Part of|Damage at|A view of|A sign at|A map of|An artist's impression of} {the P plant|the P bridge|a shop in P|the new school}{.|}",
    "{LEFT|RIGHT|READY|WAITING|BUSY|FLOODED|GONE} {N|Residents|The market} {sits|waits|stands|is seen} {in P on Monday|near the river|at home}{.|}",
    "This {image|photo|picture|video frame} {from|taken by|provided by} {P Police|N|a weather camera} shows {debris|the bridge|N|the scene} {in P|on Sunday}{.|}",
    "{N|The mill|The ferry|The school|The family} {has|had} {K rooms|worked here for K years|been closed since 2019|K passengers on board}{.|}",
)
WHO = (
    "N|N and N|Mayor N|A man|A woman|People|Children|Volunteers|A worker|Firefighters|Farmers|Students|Police officers|Protesters|Residents"
    "|Supporters|A ferry|A train|The {harbour|bridge|church|school|mill|town hall} at P|A sign|Fans of P United|{Nurse|Teacher|Farmer|Driver"
    "|Fisherman|Captain|Minister|President|Senator|Owner} N|Members of the P council|Cattle|Tents|Cars|Boats|A house|Workers|An officer"
)
WHO = re.split(r"\|(?![^{]*\})", WHO)
DOES = (
    "walks past|stands at|stand outside|looks at|look on at|is pictured at|are seen near|is seen in|shows|shows off|speaks at|speaks to reporters at"
    "|sits in|holds|arrives at|leaves|waits for|wait outside|poses at|gather at|works in|lies near|attends|carries|carry|plays with|watches|watch"
    "|explains|inspects|hangs in|passes|addresses|celebrates|makes|takes part in|rides through|runs past|drives through|reads at|checks|meets"
    "|greets|listens to|burns near|line up at|queue outside|protest outside|clear|search|pull a hose along|spend the night in|put out"
).split("|")
WHAT = (
    "a closed shop|the harbour|a polling station|the river|the school gate|a meeting of the council|his workshop|her kitchen|the town hall|the crowd"
    "|a field|the courthouse|a rally|the damaged bridge|a portrait of N|the new plant|the hospital|a photograph of her son|the market|the old mine"
    "|a news conference|the finish line|a street"
).split("|")
WHEN = (
    "in P|in P on Monday|on Friday, D|near P on Tuesday|in P, on D|last year|during the flood in 2012|in this file photo|in P in March|on Wednesday"
    "|before the vote|after the verdict|ahead of the match"
).split("|")
MORE = (
    "",
    "",
    "",
    "",
    " The {law|road|school|bridge|plant} will {open|close|change} next year.",
    " N {has lived there since 1987|was not hurt|won the vote in P}.",
    " It has been empty since 2011.",
    " “QUOTE” he said.",
)
