"""What the network that labelled an article holds of its tokens, for stretches of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from ..article import Span
from ..attribution.accurate import KINDS
from ..attribution.tagger import Labelled
from .choices import Floats

_LATELY = 3  # mentions of somebody that a phrase is compared with


class View:
    """The states of an article's tokens, and what the network tells of them as words of a source.

    Of a text that no network labelled nothing is known: arrays without numbers.
    """

    def __init__(self, labelled: Labelled | None) -> None:
        self.states = labelled.states if labelled is not None else None
        self.told = labelled.told if labelled is not None else None
        self.starts = [start for start, _ in labelled.spans] if labelled is not None else []
        self._near: dict[tuple[Span, ...], tuple[Floats, Floats]] = {}

    def mean(self, spans: Iterable[Span]) -> Floats:
        """The mean state of the tokens in some stretches; NaN where there are none."""
        return _mean(self.states, self._rows(spans))

    def tells(self, spans: Iterable[Span]) -> Floats:
        """The chances of the kinds and roles of a source in some stretches, as logarithms; NaN where there are none."""
        return np.log(_mean(self.told, self._rows(spans)))

    def fits(self, phrase: Span, other: Iterable[Span]) -> tuple[str, ...]:
        """How well two who may be one fit in kind, in role and in all that the network holds, each from 0 to 9."""
        if self.told is None:
            return ()
        one, two = self._both((phrase,)), self._both(tuple(other)[-_LATELY:])
        kinds = float(one[0][:KINDS] @ two[0][:KINDS])
        roles = float(one[0][KINDS:] @ two[0][KINDS:])
        alike = float(one[1] @ two[1])
        return tuple(f"{int(9.99 * min(max(value, 0.0), 1.0))}" for value in (kinds, roles, alike))

    def _both(self, spans: tuple[Span, ...]) -> tuple[Floats, Floats]:
        """The chances told of some stretches, and their mean state at length one."""
        if spans not in self._near:
            rows = self._rows(spans)
            told, state = (np.nan_to_num(_mean(table, rows)) for table in (self.told, self.states))
            self._near[spans] = told, state / max(float(np.linalg.norm(state)), 1e-6)
        return self._near[spans]

    def _rows(self, spans: Iterable[Span]) -> list[int]:
        return [
            i for start, end in spans for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end))
        ]


def _mean(table: Floats | None, rows: list[int]) -> Floats:
    if table is None:
        return np.zeros(0, np.float32)
    found: Floats = table[rows].mean(0) if rows else np.full(table.shape[1], np.nan, np.float32)
    return found
