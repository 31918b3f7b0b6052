"""Who said what: source, cue and content.

An *annotator* proposes findings; what follows from them (kind, stance, depth) is worked out here, whoever proposed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from . import lexicons
from .article import Span
from .quotations import Quotation

STANCES = ("neutral", "factive", "doubting", "conceding", "conflict", "cognitive", "denial")
HEDGES = ("allegedly", "apparently", "baselessly", "falsely", "ostensibly", "purportedly", "reportedly", "supposedly")
_HEDGE = re.compile(rf"\b(?:{'|'.join(HEDGES)})\b", re.IGNORECASE)
HEDGE_WORDS = 6  # a hedge that early in the content belongs to the cue: "According to her, he supposedly left"


class Finding(NamedTuple):
    """What an annotator proposes: spans, why, and how sure it is (0..1).

    ``follows`` is the index of the finding whose source goes on here ("carried over"), where none is written.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    evidence: str
    confidence: float
    follows: int | None = None


class Passage(NamedTuple):
    """What an annotator is given: a text, and the paragraphs, sentences and quotations to look at."""

    text: str
    paragraphs: Sequence[Span]
    sentences: Sequence[Span]
    quotations: Sequence[Quotation]


Annotator = Callable[[Passage], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution: ``source`` (who), ``cue`` (the word that attributes), ``content`` (what; one span or more).

    ``kind``: direct (all of the content in quotation marks), mixed, indirect. ``stance`` is the cue's, one of
    `STANCES`. ``depth`` counts the attributions around this one: 0 at the top. ``confidence`` runs from 0 to 1.
    ``evidence`` says why. ``follows``: index of the attribution whose source speaks on, where this one names none.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    kind: str
    stance: str
    depth: int
    confidence: float
    evidence: str
    follows: int | None = None


def attribute(passage: Passage, annotator: Annotator) -> tuple[Attribution, ...]:
    """The attributions that an annotator finds in a passage, in the order of their first content."""
    text = passage.text
    proposed = [finding for finding in annotator(passage) if finding.content]
    order = sorted(range(len(proposed)), key=lambda i: (proposed[i].content[0], i))
    place = {old: new for new, old in enumerate(order)}
    depths = _depths(proposed)
    starts = [quotation.span.start for quotation in passage.quotations]
    out = []
    for old in order:
        source, cue, content, evidence, confidence, follows = proposed[old]
        kind = _kind(text, content, passage.quotations, starts)
        stance, why = _stance(text, cue, content)
        out.append(Attribution(content, cue, source, kind, stance, depths[old], confidence, f"{evidence}; {why}",
                               None if follows is None else place[follows]))  # fmt: skip
    return tuple(out)


def _depths(proposed: Sequence[Finding]) -> list[int]:
    """In how many other contents each finding's cue (or, lacking one, its content) stands."""
    contents = sorted((span, i) for i, finding in enumerate(proposed) for span in finding.content)
    probes = sorted((finding.cue or finding.content[0], i) for i, finding in enumerate(proposed))
    out = [0] * len(proposed)
    active: list[tuple[Span, int]] = []
    at = 0
    for probe, i in probes:
        while at < len(contents) and contents[at][0].start <= probe.start:
            active.append(contents[at])
            at += 1
        active = [(span, other) for span, other in active if span.end > probe.start]
        around = {other for span, other in active if span.covers(probe)}
        out[i] = sum(other != i and proposed[other].content != proposed[i].content for other in around)
    return out


def _kind(text: str, content: Sequence[Span], quotations: Sequence[Quotation], starts: Sequence[int]) -> str:
    quoted = rest = 0
    for span in content:
        near = quotations[max(0, bisect_left(starts, span.start) - 1) : bisect_left(starts, span.end)]
        inside = [q.span for q in near if q.span.overlaps(span)]
        within = sum(min(span.end, q.end) - max(span.start, q.start) for q in inside)
        quoted += within
        bare = text[span.start : span.end]
        for q in inside:
            bare = bare.replace(text[max(q.start, span.start) : min(q.end, span.end)], " ", 1)
        rest += len(re.findall(r"\w+", bare))
    return "indirect" if not quoted else "mixed" if rest else "direct"


@cache
def cues() -> dict[str, tuple[str, str, str]]:
    """The cue verbs: form -> (lemma, stance, frames); forms of two words are joined by a blank."""
    return {form.replace("_", " "): (lemma, stance, frames)
            for lemma, stance, frames, forms in lexicons.rows("cues.tsv") for form in forms.split()}  # fmt: skip


def _stance(text: str, cue: Span | None, content: Sequence[Span]) -> tuple[str, str]:
    """The stance of a cue, and the words that show it: an adverb at the cue or early in the content overrules."""
    if cue is None:
        return "neutral", "no cue"
    words = " ".join(cue.of(text).split()).lower()
    near = text[max(0, cue.start - 14) : cue.end + 14]
    head = " ".join(content[0].of(text).split()[:HEDGE_WORDS])
    for place in (near, head):
        hedge = _HEDGE.search(place)
        if hedge:
            return "doubting", f"doubting: {hedge.group().lower()}"
    forms = cues()
    for form in (words, *words.split()):
        if form in forms:
            return forms[form][1], f"{forms[form][1]}: {form}"
    return "neutral", f"cue: {words}"
