"""Hedges: the words by which a text commits itself less than it could, in whose voice they stand."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from functools import cache

from ..analysis import Analysis
from ..article import Span
from ..language import word_lists


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {phrase: kind for phrase, kind in word_lists.rows("adverbs.tsv") if kind in {"hedge", "hearsay"}}
    longest = sorted(kinds, key=len, reverse=True)
    forms = [*longest, *(phrase.capitalize() for phrase in longest if phrase != "may")]  # "May" is a month
    return re.compile(rf"\b(?:{'|'.join(forms)})\b"), kinds


def find(analysis: Analysis) -> tuple[tuple[str, Span, str], ...]:
    """The hedges of the body: kind, place and voice.

    The kind is ``hedge`` or ``hearsay``; the voice ``quotation``, ``attributed`` (paraphrased) or ``own voice``.

    >>> from toolkit import analyze
    >>> [hedge[::2] for hedge in find(analyze("It may rain. Pike allegedly knew. “Perhaps we slept,” said Brandt."))]
    [('hedge', 'own voice'), ('hearsay', 'own voice'), ('hedge', 'quotation')]
    """
    return analysis.once(_find)


def _find(analysis: Analysis) -> tuple[tuple[str, Span, str], ...]:
    text = analysis.text
    pattern, kinds = _pattern()
    quoted, attributed = analysis.once(_voices)
    out = []
    for paragraph in analysis.paragraphs:
        for match in pattern.finditer(text, *paragraph):
            span = Span(*match.span())
            voice = "quotation" if _inside(span, quoted) else "attributed" if _inside(span, attributed) else "own voice"
            out.append((kinds[match.group().lower()], span, voice))
    return tuple(out)


def numbers(analysis: Analysis) -> dict[str, float]:
    """The values of the metrics about hedging, by name; NaN where a voice has no words."""
    quoted, attributed = analysis.once(_voices)
    words = Counter(
        "quotation" if _inside(word, quoted) else "attributed" if _inside(word, attributed) else "own voice"
        for word in analysis.words
    )
    hedges = Counter((kind, voice) for kind, _, voice in find(analysis))
    hearsay = hedges["hearsay", "own voice"] + hedges["hearsay", "attributed"]
    return {
        "hedges_per_1000": _rate(hedges["hedge", "own voice"], words["own voice"]),
        "hedges_quoted_per_1000": _rate(hedges["hedge", "quotation"], words["quotation"]),
        "hearsay_per_1000": _rate(hearsay, words["own voice"] + words["attributed"]),
    }


def _voices(analysis: Analysis) -> tuple[list[Span], list[Span]]:
    """The quoted runs and the contents of cued attributions, each sorted and without overlap.

    A bare "allegedly" attributes to nobody: its content is the reporter's own.
    """
    quoted = [q.content for q in analysis.quotations if q.kind in {"speech", "document"}]
    speakers = analysis.speakers()
    return quoted, _merged([s for i, a in enumerate(analysis.attributions) if i in speakers for s in a.content])


def _merged(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _inside(span: Span, spans: list[Span]) -> bool:
    """Whether a span begins inside one of the sorted, disjoint spans."""
    at = bisect_right(spans, (span.start, math.inf)) - 1
    return at >= 0 and span.start < spans[at].end


def _rate(part: int, words: int) -> float:
    return 1000 * part / words if words else math.nan
