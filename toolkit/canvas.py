"""What every chart stands on: a figure with title, subtitle, labels and source line, and its file.

Figures stand outside pyplot, so none stays open; the style is set while something is drawn and no longer. Sizes are in
points but for the width of a figure, in inches (`HALF`, `COLUMN`, `SLIDE`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import permutations, product
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from .article import ToolkitError

HALF, COLUMN, SLIDE = 3.4, 6.5, 10.0  # half a column of print, a page or screen, a slide
INK, MUTED, DOTS, ACCENT = "#222222", "#5a5a5a", "#56B4E9", "#0072B2"
_EDGE = 8.0  # points of white at the figure's edge
_TALLEST = 1440.0  # points: rows that need more go without names
_FONT = "DejaVu Sans"  # comes with matplotlib
_WORD = re.compile(r"\(?n = \S+|\S+")  # "n = 12" stays together


class ChartError(ToolkitError):
    """A table that cannot be drawn."""


class _Figure(Figure):
    """Shown in a notebook as the file that `save` writes, with its description."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
        about = {"alt": _about(self), "width": round(96 * float(self.get_figwidth()))}
        return {"image/png": image(self, form="png")}, {"image/png": about}


@dataclass(frozen=True, slots=True)
class Page:
    """An Axes ready to draw on.

    In points: the text's size, the plot's width, a row's height, the room left of the plot. For each flag its text,
    shortened to fit, its side (1 right, -1 left) and its tier.
    """

    ax: Axes
    size: float
    plot: float
    row: float
    left: float
    flags: Sequence[str]
    sides: Sequence[int]
    tiers: Sequence[int]


def alt_text(ax: Axes) -> str:
    """The chart's description for readers who cannot see it: the finding, the form, and every estimate."""
    return str(ax.get_label())


def image(chart: Axes | Figure, *, form: str = "svg") -> bytes:
    """The chart as the bytes of a png, svg or pdf file: the same bytes each time, with title and description inside.

    Raises ChartError for another form.
    """
    figure: Any = chart
    while not isinstance(figure, Figure):  # an Axes may stand in a part of a figure
        figure = figure.figure
    about = _about(figure)
    titles = [text.get_text() for ax in figure.axes for text in ax.texts if text.get_gid() == "title"]
    heading = "; ".join(titles).replace("\n", " ")
    metadata: dict[str, dict[str, Any]] = {
        "png": {"Software": None, "Title": heading, "Description": about},
        "svg": {"Date": None, "Creator": None, "Title": heading, "Description": about},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": heading, "Subject": about},
    }
    if form not in metadata:
        raise ChartError(f"The form {form!r} is not known; save as png, svg or pdf.")
    file = BytesIO()
    with style():
        figure.savefig(file, format=form, metadata=metadata[form])
    return file.getvalue()


def save(chart: Axes | Figure, stem: str | Path, *, formats: Sequence[str] = ("png", "svg", "pdf")) -> list[Path]:
    """Writes the chart as ``stem`` with each format's ending (png, svg, pdf) and gives the paths; folders are made.

    Raises ChartError for another format, before anything is written.
    """
    contents = [(Path(f"{stem}.{form}"), image(chart, form=form)) for form in formats]
    for path, content in contents:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [path for path, _ in contents]


def _about(figure: Figure) -> str:
    return " ".join(filter(None, (alt_text(ax) for ax in figure.axes)))


@cache
def _look() -> mpl.RcParams:
    return mpl.rc_params_from_file(str(files(__package__) / "newsroom.mplstyle"), use_default_template=False)


@contextmanager
def style() -> Iterator[None]:
    """The newsroom style over matplotlib's defaults, whatever the user has set; what was set comes back after."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_look())
        yield


def lay_out(
    ax: Axes | None,
    width: float,
    *,
    names: Sequence[str],
    notes: Sequence[str] = (),
    title: str,
    subtitle: str,
    source: str,
    told: str,
    xlabel: str = "",
    tall: float = 3.4,
    lines: int = 3,
    joined: bool = False,
    dense: bool = False,
    flags: Sequence[tuple[float, str]] = (),
    key: Sequence[tuple[str, str, str]] = (),
) -> Page:
    """An Axes with rows, title, subtitle, axis label and source line, everything flush left and wrapped to fit.

    Row y has ``names[y]``, in ``lines`` at most, and ``notes[y]`` at its left, or all ``joined`` in one line, and is
    ``tall`` text sizes high, or as high as these need; ``dense`` rows are no higher, for names with empty ones around.
    ``told`` follows the title in the description. Above the rows stands the room for ``flags`` (place in 0..1 of the
    plot's width, text), which the chart writes, or a ``key`` (mark, colour, text).
    """
    given = None if ax is None else ax.bbox.width * 72 / ax.figure.dpi
    total = 72 * width if given is None else given / 0.7
    size = min(13.0, max(7.0, 4.8 + 0.8 * total / 72))
    labels = []
    for row, name in enumerate(names):
        parts, note = name.split("\n"), list(notes[row : row + 1])
        if joined:
            short = [line for part in parts for line in wrap(part, 0.45 * total / len(parts), size, lines=1)]
            labels.append([", ".join([" ".join(short), *note])])
        else:
            long = [line for part in parts for line in wrap(part, 0.3 * total, size, lines=lines)]
            labels.append([*long, *(line for one in note for line in wrap(one, 0.3 * total, size))])
    body = len(names) * size * (tall if dense else max(tall, 1.25 * max(map(len, labels)) + 0.5))
    if given is None and body > _TALLEST:
        body, labels = min(864.0, 3.2 * len(names)), [[] for _ in names]
        subtitle += f"; {len(names)} rows, too many to name"
    left = max((measure(line, size) for label in labels for line in label), default=0.0) + size
    right: float = _EDGE + 1.2 * size
    flags = [(x, wrap(text, 0.5 * total, size, lines=1)[0]) for x, text in flags]
    widths = [measure(text, size) + 1.5 * size for _, text in flags]
    for _ in range(9):  # flags that would leave the figure push the plot's end inwards
        plot = total - _EDGE - left - right if given is None else given
        over, sides, tiers = _stand([x * plot for x, _ in flags], widths, (-left, plot + right - _EDGE))
        if not over or given is not None or right > 0.3 * total:
            break
        right += over
    heading, under = wrap(title, plot + left, 1.3 * size, bold=True), wrap(subtitle, plot + left, size)
    axis, foot = wrap(xlabel, plot + right - _EDGE, size), wrap(source, plot + left, 0.82 * size)
    lines_of_key = _in_lines(key, plot + left, size)
    above = size * (0.5 + (1.35 * (max(tiers) + 1) if flags else 1.5 * len(lines_of_key)))
    head = above + size * (0.3 + 1.3 * len(under))
    below = size * (2 + 1.3 * len(axis) if axis else 0.4)
    bottom = below + size * (1.1 * len(foot) + 0.5 if foot else 0)
    with style():
        if ax is None:
            height = 2 * _EDGE + head + 1.55 * size * len(heading) + body + bottom
            figure = _Figure(figsize=(total / 72, height / 72))
            FigureCanvasAgg(figure)
            place = ((_EDGE + left) / total, (_EDGE + bottom) / height, plot / total, body / height)
            ax = figure.add_axes(place)
        ax.set_label(f"{title}. {told}.".replace("\n", " "))
        look: dict[str, Any] = {"ha": "left", "fontsize": size, "color": INK, "parse_math": False}
        ax.set_yticks(range(len(names)), ["\n".join(label) for label in labels], **look)
        ax.set_ylim(len(names) - 0.5, -0.5)
        ax.tick_params(axis="y", length=0, pad=left, labelfontfamily=_FONT)
        ax.tick_params(axis="x", length=0, pad=0.4 * size, labelsize=size, labelcolor=MUTED, labelfontfamily=_FONT)
        ax.grid(visible=False)
        ax.grid(visible=True, axis="x", color="#e6e6e6", linewidth=0.7)
        ax.set_axisbelow(True)
        ax.spines[["left", "right", "top"]].set_visible(False)
        ax.spines["bottom"].set(color="#888888", linewidth=0.8)
        edge: dict[str, Any] = {"xycoords": "axes fraction", "ha": "left"}
        write(ax, heading, (0, 1), 1.3 * size, (-left, head), gid="title", weight="bold", va="bottom", **edge)
        write(ax, under, (0, 1), size, (-left, above), gid="subtitle", color=MUTED, va="bottom", **edge)
        write(ax, foot, (0, 0), 0.82 * size, (-left, -below - 0.5 * size), gid="source", color=MUTED, va="top", **edge)
        for line, items in enumerate(reversed(lines_of_key)):
            for x, (mark, colour, text) in items:
                at = (x - left, size * (0.55 + 1.5 * line))
                write(ax, mark, (0, 1), 1.15 * size, at, gid="key", color=colour, va="baseline", **edge)
                write(ax, text, (0, 1), size, (at[0] + 1.3 * size, at[1]), gid="key", va="baseline", **edge)
        ax.set_xlabel("\n".join(axis), loc="left", fontsize=size, color=MUTED, labelpad=0.3 * size, parse_math=False)
    each = ax.bbox.height * 72 / ax.figure.dpi / len(names)
    return Page(ax, size, plot, each, left, [text for _, text in flags], sides, tiers)


def write(
    ax: Axes,
    text: str | list[str],
    at: tuple[float, float],
    size: float,
    shift: tuple[float, float] = (0, 0),
    **look: Any,
) -> None:
    """Text as it stands, ``$`` included, at a place and some points off it."""
    full: dict[str, Any] = {
        "color": INK,
        "va": "center",
        "zorder": 5,
        "textcoords": "offset points",
        "linespacing": 1.15,
    } | look
    text = text if isinstance(text, str) else "\n".join(text)
    ax.annotate(text, at, shift, fontsize=size, parse_math=False, annotation_clip=False, **full)


def ink_on(colour: str) -> str:
    """White or black, whichever stands out more (WCAG 2.2: never less than 4.5 to 1)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return "white" if np.dot(linear, (0.2126, 0.7152, 0.0722)) < 0.179 else "black"


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points."""
    return size * _ems(text, bold) if text else 0.0


@cache
def _ems(text: str, bold: bool) -> float:
    font = FontProperties(family=_FONT, weight="bold" if bold else "normal", size=100)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100


def wrap(text: str, points: float, size: float, *, bold: bool = False, lines: int = 9) -> list[str]:
    """Lines of even length no wider than ``points``; what does not fit in ``lines`` ends in an ellipsis."""

    def broken(limit: float) -> list[str]:
        made: list[str] = []
        for word in _WORD.findall(text):
            if made and measure(f"{made[-1]} {word}", size, bold=bold) <= limit:
                made[-1] += f" {word}"
            else:
                made.append(word)
        return made

    made = broken(points)
    tight = points
    while bold and len(made) > 1 and tight > 1 and len(even := broken(tight := 0.97 * tight)) == len(made):
        made = even if max(measure(line, size, bold=bold) for line in even) <= points else made
    if len(made) > lines:
        made[lines - 1 :] = [" ".join(made[lines - 1 :])]
    for place, line in enumerate(made):
        while len(line) > 1 and measure(line, size, bold=bold) > points:
            line = line.removesuffix("…")[:-1].rstrip() + "…"
        made[place] = line
    return made


def _in_lines(
    key: Sequence[tuple[str, str, str]], points: float, size: float
) -> list[list[tuple[float, tuple[str, str, str]]]]:
    """The key's entries in lines no wider than ``points``, each entry with its place."""
    lines: list[list[tuple[float, tuple[str, str, str]]]] = []
    x = points
    for item in key:
        wide = measure(item[2], size) + 1.3 * size
        if not lines or x + wide > points:
            lines.append([])
            x = 0.0
        lines[-1].append((x, item))
        x += wide + 1.4 * size
    return lines


def _stand(
    stems: Sequence[float], widths: Sequence[float], room: tuple[float, float]
) -> tuple[float, Sequence[int], Sequence[int]]:
    """How far flags leave the room, and a side and a tier for each: no text meets another or another's stem."""
    best: tuple[tuple[float, int, int], Sequence[int], Sequence[int]] = ((math.inf, 0, 0), [], [])
    choices = product((1, -1), repeat=len(stems)) if len(stems) <= 8 else [(1,) * len(stems)]
    for sides in choices:
        spans = [(x, x + w) if s > 0 else (x - w, x) for x, w, s in zip(stems, widths, sides, strict=True)]
        over = max([0.0, *(room[0] - start for start, _ in spans), *(end - room[1] for _, end in spans)])
        tiers, pairs = [0] * len(stems), list(permutations(range(len(stems)), 2))
        through = [pair for pair in pairs if spans[pair[0]][0] < stems[pair[1]] < spans[pair[0]][1]]
        touching = [(i, j) for i, j in pairs if spans[i][0] < spans[j][1] and spans[j][0] < spans[i][1]]
        for _ in range(len(pairs) * len(stems) + 1):
            clash = [(i, j) for i, j in through if tiers[i] <= tiers[j]]
            clash += [(i, j) for i, j in touching if tiers[i] == tiers[j]]
            if not clash:
                best = min(best, ((over, max(tiers, default=0), sides.count(-1)), sides, tiers))
                break
            tiers[clash[0][0]] = tiers[clash[0][1]] + 1
    return best[0][0], best[1], best[2]
