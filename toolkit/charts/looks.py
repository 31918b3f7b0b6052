"""A chart's own looks: colours, order and labels that a user names, each checked and told in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

import matplotlib as mpl
from matplotlib import rcsetup
from matplotlib.colors import is_color_like, to_hex, to_rgb

from ..article import ToolkitError

T = TypeVar("T")
DARK_GROUND = "#16181d"
# What the dark style sets; the series' colours that would not be seen on it stand in `_IN_THE_DARK`.
DARK = {
    "figure.facecolor": DARK_GROUND, "axes.facecolor": DARK_GROUND, "savefig.facecolor": DARK_GROUND,
    "text.color": "#eceef2", "axes.labelcolor": "#a9afb9", "xtick.labelcolor": "#a9afb9",
    "ytick.labelcolor": "#eceef2", "axes.edgecolor": "#7d838d", "grid.color": "#31353d",
    "axes.prop_cycle": "cycler('color', ['5AB4F0', 'E69F00', '8FC9EE', 'F07D3C', 'DB95BF', 'eceef2'])",
}  # fmt: skip
_IN_THE_DARK = {
    "#061A38": "#F4F4F4", "#EFEFEF": "#3A3F47", "#EEEEEE": "#3A3F47", "#662458": "#B0559C", "#765632": "#A07B4F",
    "#7A5428": "#A97F4C", "#D3E6F3": "#35618A", "#222222": "#EDEDED", "#0072B2": "#5AB4F0", "#4D4D4D": "#777777",
}  # fmt: skip


class ChartError(ToolkitError):
    """A table that cannot be drawn, or looks that cannot be had."""


def darken() -> None:
    """Sets the dark style for all charts to come, and matplotlib's own, as a notebook may ask."""
    set_now: Any = mpl.rcParams  # its types know no name but a literal one
    set_now.update(DARK)


def ink() -> str:
    """The colour of what is read first."""
    return _hex("text.color")


def muted() -> str:
    """The colour of what is read second."""
    return _hex("axes.labelcolor")


def ground() -> str:
    """The colour that a chart stands on."""
    return _hex("axes.facecolor")


def faint() -> str:
    """The colour of the grid."""
    return _hex("grid.color")


def line() -> str:
    """The colour of axes, and of lines that lead to words."""
    return _hex("axes.edgecolor")


def accent(place: int = 0) -> str:
    """The first colour of the cycle, or another."""
    colours = mpl.rcParams["axes.prop_cycle"].by_key().get("color", ["#0072B2"])
    return str(to_hex(colours[place % len(colours)]))


def dots() -> str:
    """The colour of articles and stories behind their mean."""
    return accent(2)


def _hex(name: str) -> str:
    known: Any = mpl.rcParams  # its types know no name but a literal one
    return str(to_hex(known[name]))


def seen(colour: str) -> str:
    """A series' colour, or on a dark ground the one that stands for it there."""
    dark = sum(to_rgb(ground())) < 1
    return _IN_THE_DARK.get(colour.upper(), colour) if dark else colour


def swapped(light: Any) -> dict[str, str]:
    """The colour in the dark style for each of a ``light`` one (rcParams) and of the series."""
    own: Any = rcsetup  # it has no types
    cycles = [own.validate_cycler(each["axes.prop_cycle"]).by_key()["color"] for each in (light, DARK)]
    series = {old.lower(): new.lower() for old, new in _IN_THE_DARK.items()}
    named = {str(to_hex(light[name])): str(to_hex(DARK[name])) for name in DARK if is_color_like(light[name])}
    return series | dict(zip(*([str(to_hex(colour)) for colour in cycle] for cycle in cycles), strict=True)) | named


def check(look: Mapping[str, Any]) -> None:
    """Raises ChartError for a value that no chart can have."""
    for name in ("width", "height"):
        value = look.get(name)
        if value is not None and not (isinstance(value, int | float) and 1 <= value <= 60):
            raise ChartError(f"{name} is {value!r}; give inches, from 1 to 60.")
    for name, kind in (("colors", Mapping), ("labels", Mapping), ("order", Sequence)):
        value = look.get(name)
        if value is not None and (not isinstance(value, kind) or isinstance(value, str)):
            example = {"colors": '{"Herald": "crimson"}', "labels": '{"The Daily Herald": "Herald"}'}
            raise ChartError(f"{name} is {value!r}; give {example.get(name, 'a list of names')}.")
    for name, colour in (look.get("colors") or {}).items():
        _colour(colour, f"colors of {name!r}")
    if look.get("palette") is not None:
        palette(look["palette"])
    font = look.get("font")
    if font is not None:
        from matplotlib.font_manager import FontProperties, findfont

        try:
            findfont(FontProperties(family=font), fallback_to_default=False)
        except (ValueError, TypeError, AttributeError):
            raise ChartError(
                f"The font {font!r} is not installed here; install it and start anew, or leave it out."
            ) from None


def palette(given: str | Sequence[str]) -> list[str]:
    """The colours of a palette: a list of them, or the name of one that matplotlib has."""
    if isinstance(given, str) and not is_color_like(given):
        if given not in mpl.colormaps:
            near = get_close_matches(given, list(mpl.colormaps), n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else "give a list of colours or a colormap such as 'tab10'."
            raise ChartError(f"The palette {given!r} is not known to matplotlib; {hint}")
        colormap = mpl.colormaps[given]
        few = colormap.N <= 20
        return [to_hex(colormap(k if few else (k + 0.5) / 8)) for k in range(colormap.N if few else 8)]
    return [_colour(one, "palette") for one in ([given] if isinstance(given, str) else given)] or [accent()]


def _colour(given: Any, where: str) -> str:
    if not is_color_like(given):
        raise ChartError(f"{where}: {given!r} is no colour; give a name such as 'crimson' or a code such as '#dc143c'.")
    return str(to_hex(given))


def tinted(look: Mapping[str, Any], series: Mapping[Any, tuple[str, str]]) -> dict[Any, tuple[str, str]]:
    """Series (label and colour by key) in the colours that the user names by key or label, else of the palette."""
    known(look, "colors", [label for label, _ in series.values()], series)
    own, more = look.get("colors") or {}, palette(look["palette"]) if look.get("palette") is not None else []
    out = {}
    for place, (key, (label, colour)) in enumerate(series.items()):
        drawn = more[place % len(more)] if more else seen(colour)
        out[key] = (label, to_hex(own[key if key in own else label]) if key in own or label in own else drawn)
    return out


def row_colours(look: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """A colour for each row: the one that the user names, else the palette's or the chart's first."""
    own, names = look.get("colors") or {}, list(names)
    known(look, "colors", names)
    more = palette(look["palette"]) if look.get("palette") is not None else [accent()]
    return [str(to_hex(own.get(name, more[k % len(more)]))) for k, name in enumerate(names)]


def ordered(look: Mapping[str, Any], rows: Sequence[T], names: Sequence[str]) -> list[T]:
    """The rows in the order that the user names, those not named after them as they were."""
    wanted = list(look.get("order") or ())
    known(look, "order", names)
    places = {name: place for place, name in enumerate(wanted)}
    pairs = sorted(zip(names, rows, strict=True), key=lambda pair: places.get(pair[0], len(wanted)))
    return [row for _, row in pairs]


def known(look: Mapping[str, Any], what: str, names: Iterable[str], keys: Iterable[Any] = ()) -> None:
    """Raises ChartError if ``order`` or ``colors`` name what the chart has not, by name or by key."""
    keys = {str(key) for key in keys}
    there = list(dict.fromkeys(map(str, names)))
    for name in look.get(what) or ():
        if name not in there and name not in keys:
            near = get_close_matches(str(name), there, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(there[:12])}."
            raise ChartError(f"{what}: nothing in this chart is called {name!r}; {hint}")


def renamed(look: Mapping[str, Any], text: str) -> str:
    """A text with the names that the user gives in the place of others."""
    for old, new in (look.get("labels") or {}).items():
        text = re.sub(rf"(?<!\w){re.escape(str(old))}(?!\w)", lambda _, new=new: str(new), text)  # type: ignore[misc]
    return text
