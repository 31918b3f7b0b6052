"""Hedges: the words by which a text commits itself less than it could, in whose voice they stand."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import NamedTuple

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
            out.append((kinds[match.group().lower()], span, _voice(span, quoted, attributed)))
    return tuple(out)


class Hedges(NamedTuple):
    """How many hedges stand in each voice, by kind and voice, and how many words."""

    hedges: Counter[tuple[str, str]]
    words: Counter[str]

    def rate(self, kind: str, *voices: str) -> float:
        """The hedges of a kind in some voices per 1,000 words of these; NaN where they have no words."""
        words = sum(self.words[voice] for voice in voices)
        return 1000 * sum(self.hedges[kind, voice] for voice in voices) / words if words else math.nan


def counted(analysis: Analysis) -> Hedges:
    """The hedges of the body and its words, counted by voice."""
    quoted, attributed = analysis.once(_voices)
    return Hedges(
        Counter((kind, voice) for kind, _, voice in find(analysis)),
        Counter(_voice(word, quoted, attributed) for word in analysis.words),
    )


def _voice(span: Span, quoted: list[Span], attributed: list[Span]) -> str:
    return "quotation" if _inside(span, quoted) else "attributed" if _inside(span, attributed) else "own voice"


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
