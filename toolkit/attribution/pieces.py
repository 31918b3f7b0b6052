"""Labelled tokens as pieces: runs of one role, a quotation never cut in two."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .attributions import Passage
from .quotation_marks import SHORT
from .tagger import LABELS, Labelled

_OUT, _BEGIN, _INSIDE = LABELS.index("O"), LABELS.index("B-content"), LABELS.index("I-content")
ROLES = {"source": 1, "cue": 2, "content": 3}
CUT = 0.35  # share of a quotation's tokens that must be labelled content for the whole of it to be


class Piece(NamedTuple):
    """A run of tokens of one role: first and last token, and how sure the labels are."""

    role: str
    first: int
    last: int
    confidence: float


def reconciled(passage: Passage, labelled: Labelled, starts: Sequence[int]) -> npt.NDArray[np.int8]:
    """The labels, made such that a quotation is content as a whole or not at all."""
    labels = labelled.labels.copy()
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


def pieces(labels: npt.NDArray[np.int8], confidence: npt.NDArray[np.float32], heads: Sequence[int]) -> list[Piece]:
    """The runs of one role; ``heads``: tokens at the head of a paragraph, where any run ends."""
    roles = (labels + 1) // 2
    changes = np.diff(roles, prepend=0) != 0
    changes[[head for head in heads if head < len(labels)]] = True
    firsts = np.flatnonzero(changes | ((roles > 0) & (labels % 2 == 1)))
    stops = np.append(firsts[1:], len(labels))
    sure = np.add.reduceat(confidence, firsts) / (stops - firsts) if len(firsts) else confidence
    names = {number: role for role, number in ROLES.items()}
    found = zip(firsts.tolist(), stops.tolist(), sure.tolist(), strict=False)
    return [Piece(names[int(roles[i])], i, stop - 1, mean) for i, stop, mean in found if roles[i]]
