"""From labelled tokens to findings: which source and which content belong to which cue."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .article import Span
from .attribution import Finding, Passage
from .quotations import SHORT
from .tagger import LABELS, Labelled, Tagger, shipped

_OUT, _BEGIN, _INSIDE = LABELS.index("O"), LABELS.index("B-content"), LABELS.index("I-content")
_ROLES = {"source": 1, "cue": 2, "content": 3}
CUT = 0.35  # share of a quotation's tokens that must be labelled content for the whole of it to be


# "was asked", "Asked whether": whoever asks is named after "by" or not at all.
_PASSIVE = re.compile(
    r"asked (?:about|whether|if)\b|Asked\b|(?:\w+ )?(?:was|were|been) (?:asked|called|announced|described|known)\b"
)


class _Piece(NamedTuple):
    """A run of tokens of one role: first and last token, and how sure the labels are."""

    role: str
    first: int
    last: int
    confidence: float


def by_tagger(passage: Passage, *, tagger: Tagger | None = None) -> list[Finding]:
    """The findings of the trained tagger; an `attribution.Annotator`."""
    return link(passage, (tagger or shipped())(passage))


def link(passage: Passage, labelled: Labelled) -> list[Finding]:
    """Joins labelled tokens into findings, sentence by sentence.

    A cue takes the nearest source and the nearest contents of its sentence. A quotation that has no cue goes on from
    the finding before: in the same paragraph it joins its content, in a later one it follows it.
    """
    labels = _reconciled(passage, labelled)
    pieces = list(_pieces(labels, labelled.confidence))
    starts = [span.start for span in labelled.spans]
    found: list[Finding] = []
    firsts = [piece.first for piece in pieces]
    for paragraph in passage.paragraphs:
        before = len(found)
        for unit in _units(passage, paragraph):
            low, high = (bisect_left(starts, edge) for edge in unit)
            inside = pieces[bisect_left(firsts, low) : bisect_left(firsts, high)]
            if inside:
                _join(passage, labelled, inside, found, before)
    return found


def _reconciled(passage: Passage, labelled: Labelled) -> npt.NDArray[np.int8]:
    """The labels, made such that a quotation is content as a whole or not at all."""
    labels = labelled.labels.copy()
    starts = [span.start for span in labelled.spans]
    for quotation in passage.quotations:
        first, stop = bisect_left(starts, quotation.span.start), bisect_left(starts, quotation.span.end)
        if stop - first < SHORT or quotation.kind in {"term", "title"}:
            continue
        content = labels[first:stop] >= _BEGIN
        if not content.any():
            continue
        if content.mean() >= CUT:
            goes_on = first > 0 and labels[first - 1] >= _BEGIN and labels[first] != _BEGIN
            labels[first:stop] = _INSIDE
            if not goes_on:
                labels[first] = _BEGIN
        else:
            labels[first:stop][content] = _OUT
    return labels


def _pieces(labels: npt.NDArray[np.int8], confidence: npt.NDArray[np.float32]) -> Iterator[_Piece]:
    roles = (labels + 1) // 2
    begins = (roles > 0) & (labels % 2 == 1)
    changes = np.flatnonzero(np.diff(roles, prepend=0) != 0)
    edges = sorted({*changes.tolist(), *np.flatnonzero(begins).tolist(), len(labels)})
    names = {number: role for role, number in _ROLES.items()}
    for first, stop in pairwise(edges):
        if roles[first]:
            yield _Piece(names[int(roles[first])], first, stop - 1, float(confidence[first:stop].mean()))


def _units(passage: Passage, paragraph: Span) -> Iterator[Span]:
    """The sentences of a paragraph, those joined over whose border a quotation runs."""
    sentences = passage.sentences
    quoted = [q.span for q in passage.quotations if q.span.overlaps(paragraph)]
    start = paragraph.start
    for sentence in sentences[bisect_right(sentences, (paragraph.start, -1)) :]:
        if sentence.start >= paragraph.end:
            break
        if not any(span.start < sentence.end < span.end for span in quoted):
            yield Span(start, sentence.end)
            start = sentence.end
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _gap(one: _Piece, other: _Piece) -> int:
    return max(other.first - one.last, one.first - other.last)


def _between(pieces: Sequence[_Piece], one: _Piece, other: _Piece, role: str) -> int:
    """How many pieces of a role stand between two."""
    low, high = min(one.last, other.last), max(one.first, other.first)
    return sum(low < piece.first < high for piece in pieces if piece.role == role)


def _source_cost(pieces: Sequence[_Piece], cue: _Piece, source: _Piece) -> float:
    after = source.first > cue.last
    cost = _gap(cue, source) + 15 * _between(pieces, cue, source, "cue") + 3 * _between(pieces, cue, source, "content")
    return cost + (10 if after and _gap(cue, source) > 2 else 0)


def _content_cost(pieces: Sequence[_Piece], content: _Piece, cue: _Piece) -> float:
    cost = _gap(content, cue) + 20 * _between(pieces, content, cue, "cue")
    return cost + 4 * _between(pieces, content, cue, "content")


def _join(passage: Passage, labelled: Labelled, pieces: list[_Piece], found: list[Finding], paragraph: int) -> None:
    """Adds the findings of one sentence; ``paragraph`` is the number of findings before its paragraph."""
    sources, cues, contents = ([p for p in pieces if p.role == role] for role in _ROLES)
    taken: dict[int, list[_Piece]] = {}
    loose: list[_Piece] = []
    for content in contents:
        if cues:
            nearest = min(range(len(cues)), key=lambda i: _content_cost(pieces, content, cues[i]))
            taken.setdefault(nearest, []).append(content)
        else:
            loose.append(content)

    def span(piece: _Piece) -> Span:
        return Span(labelled.spans[piece.first].start, labelled.spans[piece.last].end)

    for i in sorted(taken):
        passive = _PASSIVE.match(span(cues[i]).of(passage.text)) is not None
        near = [s for s in sources if not passive or 0 < s.first - cues[i].last <= 2]
        source = min(near, key=lambda s: _source_cost(pieces, cues[i], s), default=None)
        parts = [cues[i], *taken[i], *([source] if source else [])]
        sure = min(part.confidence for part in parts)
        found.append(
            Finding(
                span(source) if source else None, span(cues[i]), tuple(map(span, taken[i])), "tagger", round(sure, 3)
            )
        )
    for content in loose:
        _loose(
            passage,
            span(content),
            sources and span(min(sources, key=lambda s: _gap(content, s))),
            content,
            found,
            paragraph,
        )


def _loose(
    passage: Passage, content: Span, source: Span | list[_Piece], piece: _Piece, found: list[Finding], paragraph: int
) -> None:
    """A content without a cue in its sentence."""
    sure = round(piece.confidence, 3)
    if isinstance(source, Span):
        found.append(Finding(source, None, (content,), "tagger, no cue", sure))
        return
    quoted = any(q.span.start <= content.start and q.span.overlaps(content) for q in passage.quotations)
    if quoted and len(found) > paragraph:
        found[-1] = found[-1]._replace(content=(*found[-1].content, content))
        return
    heard = next((k for k in range(len(found) - 1, -1, -1) if found[k].cue is not None), None)
    if quoted and heard is not None:
        found.append(Finding(None, None, (content,), "carried over from the speaker before", sure, heard))
    else:
        found.append(Finding(None, None, (content,), "tagger, no cue", sure))
