"""What every chart takes, and how it is drawn: in the newsroom style, with no character that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypedDict

import pandas as pd
from matplotlib.axes import Axes

from ..writing import UNSHOWN
from .looks import check
from .picture import style

HALF, COLUMN, SLIDE = 3.4, 6.5, 40 / 3  # inches: half a column of print, a page or screen, a slide of 16 to 9

P = ParamSpec("P")


class Frame(TypedDict, total=False):
    """What every chart takes: its words, its colours, order and names, its size, or an Axes to draw on.

    ``title`` stands in the place of the headline and ``subtitle`` of what is beneath; ``""`` is none. ``source`` opens
    the last line. ``palette``: a list of colours, or the name of one of matplotlib's. ``colors``: the colour of a kind,
    a voice or a row, by its name. ``order``: rows, from the top. ``labels``: another name for a row, kind or outlet.
    ``width`` and ``height`` in inches; ``font``: one that is installed; ``dark``: light on a dark ground.
    """

    title: str | None
    subtitle: str | None
    source: str
    palette: str | Sequence[str] | None
    colors: Mapping[str, str] | None
    order: Sequence[str] | None
    labels: Mapping[str, str] | None
    width: float
    height: float | None
    font: str | None
    dark: bool
    ax: Axes | None


_DEFAULTS: dict[str, Any] = dict.fromkeys(Frame.__annotations__) | {"source": "", "width": COLUMN, "dark": False}
_FRAME = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=_DEFAULTS[name], annotation=kind.__forward_arg__)
    for name, kind in Frame.__annotations__.items()
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
        look: dict[str, Any] = {name: words[name] for name in _DEFAULTS if name in words}
        check(look)
        with style(dark=bool(look.get("dark")), font=look.get("font")):
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
    return frame.get("ax") is None and frame.get("width", COLUMN) >= 10
