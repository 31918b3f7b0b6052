"""Pages made by setting invented furniture (`furniture.txt`) around real articles, with the kind of each line.

Layouts vary as real ones do: long menus, live blogs, paywalls, print views, feeds, e-mails, archive copies, interviews,
lists, pages copied in part. The names of people, places and outlets are invented.
"""

from __future__ import annotations

from toolkit.reading.page_features import FEW
from training.made_blocks import Blocks
from training.made_lines import Page, sentences_of

LAYOUTS = ("page", "live", "mail", "print", "feed", "archive", "text")
SHARES = (49, 10, 3, 5, 3, 3, 5)


ABOVE = "deck byline byline time time share picture kicker note".split()
BETWEEN = (
    "ad ad related related glued newsletter newsletter promo promo promo pull picture picture picture share aside boxes"
    " time bio bio byline note note credit comments paywall menu"
).split()
BELOW = (
    "note note credit credit agency bio bio share tags related newsletter promo promo boxes footer paywall comments"
).split()


class Maker(Blocks):
    """Makes pages from articles; the same seed gives the same pages."""

    def page(self) -> Page:
        """A page, whole or copied in part."""
        chance = self.chance
        article = chance.choice(self.articles)
        self._about(article, chance.choice([3, 5, 8, 14, 25]))
        layout = chance.choices(LAYOUTS, SHARES)[0]
        whole = layout != "text" and chance.random() < 0.75
        self._above(layout, whole)
        headed = chance.random() < (0.6 if layout == "text" else 0.96)
        if headed:
            self._head(layout)
        if layout == "live":
            self._live()
        else:
            rate = chance.choice([0, 0, 0.08, 0.15, 0.25, 0.4])
            self._body(0 if layout == "text" else rate)
        self._below(layout, whole)
        return self._laid_out(headed)

    def few(self, share: float) -> Page:
        """A text of a few lines: mostly a headline, some paragraphs, and in such a share one other thing among them."""
        chance = self.chance
        self._about(chance.choice(self.articles), 8)
        self.paragraphs = self._few()
        self.spare += [s for s in self.sentences if not any(s in p for p in self.paragraphs)]
        self.sentences = sentences_of(self.paragraphs) or self.paragraphs
        if chance.random() < 0.7:
            self._add("headline", self.title if chance.random() < 0.8 else self._part_of_title())
            for what in chance.sample(ABOVE, chance.choice([0, 0, 0, 1, 1, 2])):
                self._some(what)
        at = chance.choice([1, 1, 1, 2, 2, len(self.paragraphs)])
        short = [s for s in self.sentences + self.spare if len(s.split()) < 8 and s[-1] in ".!?”"]
        for _ in range(chance.choice([0, 0, 1, 1, 2]) if short else 0):
            self.paragraphs.insert(chance.randint(1, len(self.paragraphs)), chance.choice(short))
        other = chance.random() < share
        for i, paragraph in enumerate(self.paragraphs):
            if i == at and other:
                self._some(chance.choice(BETWEEN))
            text = self._dateline() + " " + paragraph if not i and chance.random() < 0.1 else paragraph
            self._add("subheading" if paragraph in self.short else "body", text)
        if at >= len(self.paragraphs) and other:
            self._some(chance.choice(BELOW))
        self.out = self.out[:FEW]
        return self._laid_out(True)

    def _some(self, what: str) -> None:
        """A line or two of a kind, alike often for all kinds."""
        if what == "picture":
            self._picture()
        elif what == "byline":
            self._byline()
        elif what == "time":
            self._time()
        elif what == "deck":
            for line in self._deck() or self._deck():
                self._add("deck", line)
            if self.out[-1][0] == "deck" and self.chance.random() < 0.3:
                self._add("junk", self.title)
        elif what in {"note", "credit", "agency"}:
            self._add("note" if what == "note" else "credit", self._line(what))
        elif what == "boxes":
            self._junk("aside")
            for _ in range(self.chance.randint(1, 2)):
                self._add("junk", self._other_title())
        else:
            self._junk(what, self.chance.choice([1, 1, 2]))

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
        if layout == "live":
            title = chance.choice(["LIVE: ", "Live updates: ", "", "LIVE UPDATES: ", "Live: "]) + title
        elif r < 0.04:
            labels = ["1 big thing", "Exclusive", "BREAKING", "Watch", "Opinion", "Analysis", "EXPLAINED"]
            title = f"{chance.choice(labels)}: {title}"
        elif r < 0.10:
            title = self._sub_title(title)
        self._add("headline", title)
        if chance.random() < 0.08:
            self._junk("kicker")
        deck = self._deck()
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
                posts = ["has posted", "posted on X", "writes", "tweeted", "said on Facebook"]
                self._add("body", f"{self._name()} {chance.choice(posts)}:")
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
        if layout != "text" or chance.random() < 0.3:
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
