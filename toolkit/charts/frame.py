"""What every chart takes, and how it is drawn: in the newsroom style, with no character that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypedDict

import pandas as pd
from matplotlib.axes import Axes

from ..writing import UNSHOWN
from .picture import style

HALF, COLUMN, SLIDE = 3.4, 6.5, 10.0  # inches: half a column of print, a page or screen, a slide

P = ParamSpec("P")


class Frame(TypedDict, total=False):
    """What every chart takes: a title instead of the finding, the source of its articles, and its width or Axes."""

    title: str
    source: str
    width: float
    ax: Axes | None


_FRAME = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Frame.__annotations__[name].__forward_arg__)
    for name, default in (("title", ""), ("source", ""), ("width", COLUMN), ("ax", None))
]


def chart(function: Callable[P, Axes]) -> Callable[P, Axes]:
    """A chart of a function that ends in ``**frame``: drawn in the newsroom style, its signature spelt out.

    The words of a `Frame` are known to tab completion and to ``help``; any other is a TypeError. Characters that no
    chart can show (control characters, halves of surrogate pairs) stand as U+FFFD on it.
    """
    own = signature(function)
    named = [each for each in own.parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    full = own.replace(parameters=[*named, *_FRAME])

    @wraps(function)
    def drawn(*args: P.args, **words: P.kwargs) -> Axes:
        with style():
            given = full.bind(*map(_shown, args), **{name: _shown(value) for name, value in words.items()})
            return function(*given.args, **given.kwargs)

    drawn.__signature__ = full  # type: ignore[attr-defined]
    return drawn


def _shown(value: Any) -> Any:
    """A text, or a table, without what cannot be shown."""
    if isinstance(value, str):
        return UNSHOWN.sub("\ufffd", value)
    if isinstance(value, pd.DataFrame):
        for k, (_, column) in enumerate(value.items()):
            if not pd.api.types.is_numeric_dtype(column) and any(map(UNSHOWN.search, filter(_is_text, column))):
                value = value.copy(deep=False)
                value.isetitem(k, column.astype(object).map(lambda cell: _shown(cell) if _is_text(cell) else cell))
    return value


def _is_text(cell: object) -> bool:
    return isinstance(cell, str)


def is_slide(frame: Frame) -> bool:
    """Whether the chart is a figure as wide as a slide, which is not high."""
    return frame.get("ax") is None and frame.get("width", COLUMN) >= SLIDE
