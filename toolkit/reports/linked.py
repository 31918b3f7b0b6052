"""From a chart to the words: the place on the page to which each of its bars, dots and stretches leads."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ..analysis import Analysis
from ..metrics.sourcing import attributed
from .in_html import place


class Places(NamedTuple):
    """Where the articles of a report are shown: all on its page, or each on one of its own if there are more than
    ``most``; ``text``: whether their words are shown, each finding at a place of its own."""

    total: int
    most: int
    text: bool

    @property
    def apart(self) -> bool:
        """Whether each article has a page of its own."""
        return self.total > self.most

    def page(self, number: int) -> str:
        """The file of an article's own page."""
        return f"articles/{number:0{len(str(self.total))}}.html"

    def of(self, number: int, start: int | None = None) -> str:
        """The address of an article, or of the finding in it that begins at a character.

        >>> Places(3, 200, True).of(2, 120), Places(300, 200, True).of(2)
        ('#a2-c120', 'articles/002.html')
        """
        page = self.page(number) if self.apart else ""
        if start is None or not self.text:
            return page or f"#article-{number}"
        return f"{page}#{place(f'a{number}', start)}"


class Marks:
    """The marks of a chart that lead somewhere: addresses with the names of what stands there."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def lead(self, marks: Sequence[Any], links: Sequence[tuple[str, str]]) -> None:
        """Gives artists, one a row, the addresses of these rows."""
        for mark, (where, name) in zip(marks, links, strict=True):
            mark.set_url(where)
            self.names[where] = name

    def lead_each(
        self, collections: Iterable[Any], groups: Iterable[tuple[list[float], list[tuple[str, str]]]]
    ) -> None:
        """Gives each point or line of a collection the address of its row, by where it stands on the axis.

        ``groups``: the values of the rows that a collection may show, and their addresses.
        """
        known = {_rounded(values): _sorted(values, links) for values, links in groups}
        for each in collections:
            segments = getattr(each, "get_segments", None)
            shown = [line[0][0] for line in segments()] if segments else [x for x, _ in each.get_offsets()]
            links = known.get(_rounded(shown))
            if links is not None:
                order = sorted(range(len(shown)), key=lambda i: float(shown[i]))
                urls = [""] * len(shown)
                for i, (where, name) in zip(order, links, strict=True):
                    urls[i] = where
                    self.names[where] = name
                each.set_urls(urls)


def _rounded(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted(round(float(value), 9) for value in values))


def _sorted(values: Sequence[float], links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [links[i] for i in sorted(range(len(values)), key=lambda i: float(values[i]))]


def stretches(analysis: Analysis, number: int, strips: pd.DataFrame, places: Places) -> list[tuple[str, str]]:
    """Where each row of an article's strip (`table.strip`) leads, and whose words these are."""
    starts = [word.start for word in analysis.words]
    contents = sorted(span for a, _ in attributed(analysis).values() for span in a.content)
    out = []
    for start, kind, name in zip(strips["start"], strips["kind"], strips["name"], strict=True):
        if kind == "own voice":
            out.append((places.of(number), "the reporter"))
            continue
        at = starts[round(float(start) * len(starts))]
        span = contents[bisect_right(contents, at, key=lambda each: each.start) - 1]
        whose = str(name) if places.text and name else str(kind).replace("_", " ")
        out.append((places.of(number, span.start), whose))
    return out


def quotations(analysis: Analysis, number: int, places: Places) -> list[tuple[str, str]]:
    """Where each row of an article's `table.quote_positions` leads."""
    return [(places.of(number, q.span.start), "a quotation") for q in analysis.quoted if not q.continued]


def first_of(
    analyses: Sequence[Analysis], places: Places, groups: Sequence[str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """For each group and kind of source, where the first such source is written, and its name."""
    out: dict[tuple[str, str], tuple[str, str]] = {}
    for number, (analysis, group) in enumerate(zip(analyses, groups, strict=True), 1):
        for source in analysis.cited:
            own = sorted(analysis.counted.intersection(source.attributions))
            a = analysis.attributions[next((i for i in own if analysis.attributions[i].source), own[0])]
            where = places.of(number, (a.source or source.mentions[0]).start)
            out.setdefault((group, source.kind), (where, f"the first: {source.name}" if places.text else source.kind))
    return out
