"""Quotation marks, and the quoted runs between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .article import Span

SHORT = 4  # words; below this a run in mid-sentence can't be told from a scare quote by its form


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted run: ``span`` with its marks, ``content`` without them.

    ``paragraph`` is the index of its paragraph; ``closed`` is False where the mark was never closed and the run was
    ended with the paragraph; ``continued`` is True where the run goes on from the paragraph before (each opens, only
    the last closes). ``kind``: ``speech``, ``document`` (quotes a text), ``term`` (scare quote, echo), ``title`` (of
    a work). Only the first two count as quotation.
    """

    span: Span
    content: Span
    paragraph: int
    closed: bool
    kind: str
    continued: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    family: str
    role: str  # open, close, either


_MARKS = re.compile(r"'{2,3}|``|[“”„«»\"‘’‚‹›']")
_FAMILY = {"“": "curly", "”": "curly", "„": "low", "«": "angle", "»": "angle", '"': "straight", "''": "doubled",
           "``": "doubled", "‘": "single", "’": "single", "‚": "single", "‹": "single", "›": "single",
           "'": "apostrophe"}  # fmt: skip
_CLOSERS = {"curly": {"curly", "straight"}, "low": {"low", "curly"}, "angle": {"angle"},
            "straight": {"straight", "curly"}, "doubled": {"doubled", "straight"},
            "single": {"single", "apostrophe"}, "apostrophe": {"apostrophe", "single"}}  # fmt: skip
_SINGLE = frozenset({"single", "apostrophe"})
_FIXED = {"“": "open", "”": "close", "„": "open", "``": "open", "‘": "open", "‚": "open", "‹": "open", "›": "close"}
_BEFORE = "([{—–-/"
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|cos|n|bout|round|ere)\b", re.IGNORECASE)
_FEET = re.compile(r"\d['′’]\s?\d{1,2}(?:\.\d+)?$")
_WORK = re.compile(
    r"\b(?:book|novel|film|movie|song|album|single|play|show|series|podcast|poem|painting|documentary|essay|musical"
    r"|opera|memoir|titled|entitled|called|named|dubbed|ship|ferry|trawler|programme|program)\W{0,2}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[^\s—–]*")
_SMALL = frozenset(
    ("a an and as at but by for from in into nor of off on or out over per so the to up via with").split()
)


def find(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The quoted runs of the paragraphs, in order and disjoint; a quotation inside a quotation belongs to the outer.

    Marks: “ ” " ‘ ’ ' « » „ “, ``''`` and ''…''. Apostrophes, feet and inches are none. A run never crosses a
    paragraph; one left open where the next paragraph opens again is a running quotation, any other is not ``closed``.
    The kinds are judged from form alone; `settle` judges them again once the attributions are known.

    >>> text = "The 6'2\\" mayor said: “I won't go. ‘Never’ is my word.”"
    >>> [quotation.content.of(text) for quotation in find(text, [Span(0, len(text))])]
    ["I won't go. ‘Never’ is my word."]
    """
    found: list[Quotation] = []
    running = False  # whether the paragraph before left a run open that goes on here
    for number, paragraph in enumerate(paragraphs):
        goes_on, running = running, False
        following = text[slice(*paragraphs[number + 1])].lstrip()[:2] if number + 1 < len(paragraphs) else ""
        for opening, closing in _runs(text, paragraph, following):
            content = Span(opening.end, paragraph.end if closing is None else closing.start)
            if not _WORD.search(text, *content):
                continue
            span = Span(opening.start, content.end if closing is None else closing.end)
            running = closing is None and following.startswith(text[opening.start : opening.end])
            kind = "speech" if goes_on or running else _shape(text, span, content, paragraph)
            closed = running or (closing is not None and closing.end > closing.start)
            found.append(Quotation(span, content, number, closed, kind, continued=goes_on))
            goes_on = False
    return tuple(found)


def settle(found: Sequence[Quotation], *, spoken: Sequence[Span], written: Sequence[Span]) -> tuple[Quotation, ...]:
    """The runs with their kinds judged again, once it is known who is quoted.

    ``spoken``: contents that consist of one quotation and have a cue; ``written``: contents attributed to a document
    or a medium.
    """
    whole = set(spoken)
    out = []
    for quotation in found:
        kind = quotation.kind
        if kind == "term" and quotation.span in whole:
            kind = "speech"
        if kind == "speech" and any(content.overlaps(quotation.content) for content in written):
            kind = "document"
        out.append(replace(quotation, kind=kind))
    return tuple(out)


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """The signs of a paragraph that may be quotation marks, with the direction that their neighbours give."""
    out = []
    for match in _MARKS.finditer(text, *paragraph):
        start, end = match.span()
        sign = match.group()
        if sign == "'''":  # a single mark opens or closes inside a doubled one
            inner_first = start > paragraph.start and not text[start - 1].isspace()
            start, end = (start + 1, end) if inner_first else (start, end - 1)
            sign = "''"
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        opens = (before.isspace() or before in _BEFORE) and not after.isspace()
        closes = not before.isspace() and not after.isalnum()
        family = _FAMILY[sign]
        if family in _SINGLE and ((before.isalnum() and after.isalnum()) or (opens and _ELIDED.match(text, end))):
            continue  # an apostrophe: won't, '90s
        if sign in {'"', "''"} and _FEET.search(text[max(paragraph.start, start - 10) : start]):
            continue  # 6'2"
        role = "open" if opens and not closes else "close" if closes and not opens else _FIXED.get(sign, "either")
        out.append(_Mark(start, end, family, role))
    return out


def _runs(text: str, paragraph: Span, following: str) -> Iterator[tuple[_Mark, _Mark | None]]:
    """Opening and closing marks of a paragraph's outermost runs.

    A closing mark of no width ends a run that a second opening mark cut short; None: it ends with the paragraph.
    """
    marks = _marks(text, paragraph)
    at = 0
    quoted_before: set[str] = set()  # the families of marks that this paragraph has used in pairs
    while at < len(marks):
        opening = marks[at]
        digits = opening.family == "straight" and text[opening.start - 1 : opening.start].isdigit()  # 12" pipes
        if opening.role == "close" or digits:
            at += 1
            continue
        closer = _closer(text, marks, at)
        if closer is not None:
            quoted_before.add(opening.family)
            yield opening, marks[closer]
            at = closer + 1
            continue
        again = next((k for k in range(at + 1, len(marks)) if marks[k].family == opening.family
                      and marks[k].role == "open"), None)  # fmt: skip
        if opening.family in _SINGLE:  # may be an apostrophe: believed where a quotation is announced
            before = text[paragraph.start : opening.start].rstrip()
            announced = not before or before[-1] in ":,"
            certain = opening.family == "single" or following.startswith("'")
            resumed = opening.family in quoted_before and before[-1:] in {".", "!", "?"}
            if opening.role == "open" and again is None and (resumed or (announced and certain)):
                yield opening, None
                return
            at += 1
        elif again is None:
            yield opening, None
            return
        else:
            end = marks[again].start
            yield opening, _Mark(end, end, opening.family, "close")
            at = again


def _closer(text: str, marks: list[_Mark], at: int) -> int | None:
    """Index of the mark that closes ``marks[at]``; None if another of its kind opens first, or there is none."""
    family = marks[at].family
    depth = 1
    for k in range(at + 1, len(marks)):
        mark = marks[k]
        if mark.family not in _CLOSERS[family]:
            continue
        if mark.role == "open" and mark.family == family:
            if not _closes_twice(marks, k, family):
                return None
            depth += 1
        elif mark.role != "open":
            if family in _SINGLE and _possessive(text, marks, k):
                continue
            depth -= 1
            if not depth:
                return k
    return None


def _closes_twice(marks: list[_Mark], at: int, family: str) -> bool:
    """Whether two closing marks follow before the next opening one: then ``marks[at]`` opens inside a quotation."""
    closing = 0
    for mark in marks[at + 1 :]:
        if mark.family in _CLOSERS[family]:
            if mark.role == "open":
                break
            closing += 1
    return closing >= 2


def _possessive(text: str, marks: list[_Mark], at: int) -> bool:
    """Whether a single mark is the apostrophe of "the workers' demands", the quotation going on to a later mark."""
    mark = marks[at]
    if text[mark.start - 1 : mark.start] not in {"s", "S"} or not re.match(r"\s\w", text[mark.end : mark.end + 2]):
        return False
    for later in marks[at + 1 :]:
        if later.family in _SINGLE:
            return later.role != "open"
    return False


def _shape(text: str, span: Span, content: Span, paragraph: Span) -> str:
    """The kind that the form of a run shows: title, term or speech."""
    words = _WORD.findall(text, *content)
    before = text[max(paragraph.start, span.start - 40) : span.start].rstrip()
    inner = text[slice(*content)].rstrip()
    sentence = inner[-1] in ".!?…,;'’”"
    capitals = [word for word in words if word[0].isupper() or word[0].isdigit()]
    titled = words[0] in capitals and len(capitals) + sum(word in _SMALL for word in words) == len(words)
    work = _WORK.search(before) is not None
    if titled and len(words) < 10 and (work or (len(capitals) > 1 and inner[-1] not in ".!?…")):
        return "title"
    begins = not before or before[-1] in ".!?:,…" or before[-1] in '”"'
    if len(words) < SHORT and not (sentence and begins):
        return "term"
    return "speech"
