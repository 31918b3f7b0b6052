"""The article as it came, and positions in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

UNKNOWN = "(unknown)"  # the outlet, or another group, of an article that tells none; see `comparison.unknown`
FILL = "\u3164"  # inside a word that was written with more signs than it has: a letter that shows and counts nothing


class ToolkitError(ValueError):
    """Input at fault; the message is one sentence for the user. The other errors of this package are kinds of it."""


class ArticleError(ToolkitError):
    """Input that cannot be read as an article."""


class Span(NamedTuple):
    """A stretch of an article's text: half-open character offsets, ``start`` <= ``end``.

    >>> Span(0, 5).of("Mayor quits")
    'Mayor'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def touching(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """Tells of a span whether it shares a character with one of these, which may overlap each other.

    >>> touches = touching([Span(0, 9), Span(2, 4)])
    >>> touches(Span(8, 12)), touches(Span(9, 12))
    (True, False)
    """
    known = sorted(spans)
    ends = list(accumulate((span.end for span in known), max))

    def touches(span: Span) -> bool:
        before = bisect_left(known, (span.end, 0))
        return before > 0 and ends[before - 1] > span.start

    return touches


class Zone(NamedTuple):
    """What a stretch of the page is, and why it was taken for that.

    ``kind`` is one of headline, deck, byline, dateline, body, caption, credit, note, junk; ``why`` says what decided.
    """

    span: Span
    kind: str
    why: str


class Correction(NamedTuple):
    """A line of a file of corrections, all as text; what may stand in it says `toolkit.reading.corrections`.

    ``place`` is where it was read: file and line.
    """

    article: str
    what: str
    which: str
    field: str
    value: str
    who: str = ""
    why: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text, which is never changed, and what is known of it.

    ``published`` is an ISO date or the text that the file gave; ``story`` names the event that the article shares
    with others; ``origin`` says where it was read (``file.csv:12``). What is unknown is ``""``. ``more`` holds what
    else its file says of it, by column. ``fault`` is the sentence that says why it has no text or was not analysed.
    ``corrections`` are those that its analysis is to take.
    """

    text: str
    id: str = ""
    outlet: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    author: str = ""
    section: str = ""
    language: str = ""
    story: str = ""
    origin: str = ""
    note: str = ""
    more: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    fault: str = field(default="", repr=False, compare=False)
    corrections: tuple[Correction, ...] = field(default=(), repr=False)

    def _repr_html_(self) -> str:
        from . import reports

        marked: Callable[[Article], str] = reports.marked_up
        return marked(self)
