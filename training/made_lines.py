"""Lines of made pages: patterns filled with invented names or those of the article, captions, quotations, dates."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from training.invented import (
    DOES,
    FIRST,
    LAST,
    MONTHS,
    MORE,
    NUMBERS,
    OUTLETS,
    PICTURED,
    PLACES,
    TOPICS,
    WHAT,
    WHEN,
    WHO,
)

_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"(?<![°\w’'])(?:QUOTE|SHORT|CAPS|CAP|HEAD|NN|[NPOWDCKTS])(?![\w’'])")
_PERSON = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+(?:-[A-Z][a-z]+)?\b")
_TOWN = re.compile(r"\b(?:in|at|near|from) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b")
_THING = re.compile(r"\b(?:the|his|her|their) (?:[a-z]{4,} )?[a-z]{4,}(?=[ ,.])")
# A sentence and the credit of its picture.
_CREDIT = re.compile(
    r"(?<=[.!?”\"])\s*(?:\((?:AP Photo|Photo|Photograph|Image|Credit|Picture|File)[^)]{0,60}\)"
    r"|(?:Photo|Photograph|Credit|Image|Picture)(?: by| credit)?:? [A-Z][\w/ ,.&’'-]{2,50}"
    r"|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3} ?/ ?[A-Z][\w/ .-]{2,30}|Getty Images"
    r"|\[[^\]]{3,60}(?:AP|Reuters|AFP|Getty)[^\]]{0,20}\])\s*$"
)
_LABEL = re.compile(
    r"^(?:Facebook|Twitter|Pinterest|Hide caption|Enlarge this image|toggle caption|FILE PHOTO:|FILE -|\s)+"
)
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


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


def pictured(text: str) -> str:
    """What a line says of a picture, if it is told for a caption by the credit at its end; else nothing."""
    found = _CREDIT.search(text) if text.count(" ") < 60 else None
    said = _LABEL.sub("", text[: found.start()]).strip() if found else ""
    return said if said.count(" ") > 3 else ""


def sentences_of(paragraphs: Sequence[str]) -> list[str]:
    """The sentences of paragraphs, those of three words and less left out."""
    return [s.strip() for p in paragraphs for s in SENTENCE.split(p) if len(s.split()) > 3]


def _captions(article: Article) -> list[str]:
    return [
        line.strip() for line, kind in zip(article.page.lines, article.page.kinds, strict=True) if kind == "caption"
    ]


class Lines:
    """Makes the lines of one page after another; the same seed gives the same lines."""

    def __init__(self, articles: Sequence[Article], patterns: Mapping[str, Sequence[str]], seed: str) -> None:
        self.chance = random.Random(seed)
        self.articles = articles
        self.patterns = patterns
        self.captions = [said for article in articles for said in map(pictured, _captions(article)) if said]

    def _about(self, article: Article, most: int) -> None:
        """What the lines of the next page speak of: the first lines of an article."""
        chance = self.chance
        lines = [
            (line.strip(), kind)
            for line, kind in zip(article.page.lines, article.page.kinds, strict=True)
            if kind not in {"junk", "caption"}
        ]
        self.own = [pictured(line) for line in _captions(article)]
        self.short = {line for line, kind in lines if kind == "subheading"}
        self.paragraphs = [line for line, _ in lines][:most]
        self.title = article.title
        self.outlet = chance.choice(OUTLETS)
        self.places = chance.sample(PLACES, 3)
        self.sentences = sentences_of(self.paragraphs) or self.paragraphs
        self.spare = sentences_of([line for line, _ in lines][len(self.paragraphs) :][:12])
        self.author = self._name()
        whole_text = " ".join(line for line, _ in lines[:12])
        self.people = _PERSON.findall(whole_text)
        self.towns = _TOWN.findall(whole_text)
        self.things = _THING.findall(whole_text)
        self.out: list[tuple[str, str]] = []

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
        return SENTENCE.split(self.chance.choice(self.articles).page.lines[0].strip())[0]

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
        if r < 0.15:
            return self._taken(6, 30)
        if r < 0.3:
            return self._local(chance.choice(PICTURED))
        if r < 0.75 and self.captions:
            return self._real()
        what = chance.choice(self.things) if self.things and chance.random() < 0.6 else chance.choice(WHAT)
        text = self._local(
            f"{chance.choice(WHO)} {chance.choice(DOES)} {what} {chance.choice(WHEN)}.{chance.choice(MORE)}"
        )
        return text if chance.random() < 0.7 else text.rstrip(".")

    def _real(self) -> str:
        """What the article says of a picture; or another, of people of this one."""
        chance = self.chance
        if self.own:
            return self.own.pop(chance.randrange(len(self.own)))
        said = chance.choice(self.captions)
        if chance.random() < 0.5:
            said = SENTENCE.split(said)[0]
        return _PERSON.sub(lambda name: chance.choice(self.people) if self.people else self._name(), said)

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
