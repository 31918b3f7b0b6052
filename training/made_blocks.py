"""Blocks of made pages: decks, bylines, times, pictures, lists, tables, and what stands between paragraphs."""

from __future__ import annotations

from training.invented import BELOW_BYLINE, BELOW_PICTURE, TOPICS
from training.made_lines import Lines

# What stands between paragraphs, as often as its name comes.
WITHIN = (
    "ad ad related related glued newsletter promo promo pull picture picture picture sub sub share list aside table"
).split()


class Blocks(Lines):
    """Makes lines that belong together."""

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
