"""What every chart stands on: a figure with title, subtitle, labels and source line, and its file.

Figures stand outside pyplot, so none stays open; the style is set while something is drawn and no longer. Sizes are in
points but for the width of a figure, in inches (`HALF`, `COLUMN`, `SLIDE`).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from importlib.resources import files
from inspect import Parameter, signature
from io import BytesIO
from pathlib import Path
from typing import Any, ParamSpec, TypedDict
from xml.sax.saxutils import unescape

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from .. import writing
from ..article import ToolkitError
from ..writing import UNSHOWN
from .lettering import INK, families, hushed, in_lines, measure, stand, suited, without_sign, wrap, write

HALF, COLUMN, SLIDE = 3.4, 6.5, 10.0  # half a column of print, a page or screen, a slide
MUTED, DOTS, ACCENT = "#5a5a5a", "#56B4E9", "#0072B2"
_EDGE = 8.0  # points of white at the figure's edge
_TEXT = re.compile(
    r"""<text style="(font-weight: \w+; )?font-size: ([\d.]+)px; font-family: [^;"]+([^>]*)>([^<]+)</text>"""
)
FORMS = (".png", ".svg", ".pdf")
_CROWD = 20  # more rows than this stand close
_PAGE = 648.0  # points: no chart of 20 rows or fewer is higher
_TALLEST = 1440.0  # points: rows that need more go without names


P = ParamSpec("P")


class ChartError(ToolkitError):
    """A table that cannot be drawn."""


class GlyphWarning(UserWarning):
    """Characters on a chart that no font of this machine has."""


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


class _Figure(Figure):
    """Shown in a notebook as the file that `save` writes, with its description."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
        about = {"alt": _about(self), "width": round(96 * float(self.get_figwidth()))}
        return {"image/png": image(self, form="png")}, {"image/png": about}


@dataclass(frozen=True, slots=True)
class Page:
    """An Axes ready to draw on.

    In points: the text's size, the plot's width, a row's height, the room left of the plot. Whether the rows are too
    close for labels over marks. For each flag its text, shortened to fit, its side (1 right, -1 left) and its tier.
    """

    ax: Axes
    size: float
    plot: float
    row: float
    left: float
    close: bool
    flags: Sequence[str]
    sides: Sequence[int]
    tiers: Sequence[int]


def alt_text(ax: Axes) -> str:
    """The chart's description for readers who cannot see it: the finding, the form, and every estimate."""
    return str(ax.get_label())


def image(chart: Axes | Figure, *, form: str = "svg", light: bool = False) -> bytes:
    """The chart as the bytes of a png, svg or pdf file: the same bytes each time, with title and description inside.

    A ``light`` svg, for a page that holds many, is a fifth of the size: its letters are text, set to the same width in
    whatever font the reader has, and not shapes. A `GlyphWarning` names characters that no font here has. Raises
    ChartError for another form, and for what is no Axes and no Figure.
    """
    figure: Any = chart
    while not isinstance(figure, Figure):  # an Axes may stand in a part of a figure
        if not hasattr(figure, "figure"):
            raise ChartError(f"The chart is a {type(chart).__name__}; give the Axes that a chart function gives.")
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
    if boxes := without_sign("".join({text.get_text() for text in figure.findobj(Text)})):
        few = " ".join(boxes[:9]) + " and others" * (len(boxes) > 9)
        note = f"No font here has {few}, so the chart shows boxes there; install {suited(boxes)} and start anew."
        warnings.warn(note, GlyphWarning, stacklevel=2)
    with style(), hushed(), mpl.rc_context({"svg.fonttype": "none"} if light else {}):
        figure.savefig(file, format=form, metadata=metadata[form])
    return _light(file.getvalue().decode()).encode() if light and form == "svg" else file.getvalue()


def _light(svg: str) -> str:
    """An SVG file with texts of fixed width, numbers to a tenth of a point, and nothing that draws nothing."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<g id="[^"]*">(<path [^>]*/>)</g>', r"\1", re.sub(r">\s+<", "><", svg))
    svg = svg.replace("<svg ", '<svg font-family="DejaVu Sans, Verdana, sans-serif" ', 1)
    return _TEXT.sub(_set, re.sub(r"<[^>]+>", _short, svg)).strip()


def _short(tag: re.Match[str]) -> str:
    rounded = re.sub(r"-?\d+\.\d{2,}(?![\d.]*\))", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), tag[0])
    drawn = re.sub(r' d="[^"]*"', lambda path: " " + re.sub(r" ?([A-Za-z]) ?", r"\1", path[0][1:]), rounded)
    return re.sub(r"\s+", " ", drawn)


def _set(found: re.Match[str]) -> str:
    weight, size, more, text = found.groups()
    bold, shown = bool(weight), unescape(text)
    wide = measure(shown, float(size), bold=bold)
    look = f'font-size="{float(size):g}"' + ' font-weight="bold"' * bold
    return f'<text {look} style="{more.lstrip("; ")} textLength="{wide:.1f}">{text}</text>'


def save(chart: Axes | Figure, path: str | Path, *, formats: Sequence[str] | None = None) -> list[Path]:
    """Writes the chart and gives the paths: one file if ``path`` ends in .png, .svg or .pdf, else one with each ending.

    ``formats`` (png, svg, pdf) names the endings that ``path`` gets. Folders are made; the files are written whole or
    not at all. Raises ChartError for another ending or format, before anything is written, and `writing.WritingError`
    for a place where nothing can be written.

    >>> save(Figure(), "chart.gif")
    Traceback (most recent call last):
    toolkit.charts.layout.ChartError: chart.gif: cannot write a chart of this kind; end the name in .png, .svg or .pdf.
    """
    ending = Path(path).suffix
    known = ending.lower() in FORMS
    if formats is None and not known and re.fullmatch(r"\.[A-Za-z]{2,4}\d?", ending):  # "v1.5 chart" has no ending
        raise ChartError(f"{path}: cannot write a chart of this kind; end the name in .png, .svg or .pdf.")
    if formats is None and known:
        contents = {Path(path): image(chart, form=ending[1:].lower())}
    else:
        stem = str(path)[: -len(ending)] if known else path
        contents = {Path(f"{stem}.{form}"): image(chart, form=form) for form in formats or ("png", "svg", "pdf")}
    writing.write(contents)
    return list(contents)


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
    frame: Frame,
    *,
    names: Sequence[str],
    notes: Sequence[str] = (),
    finding: str,
    subtitle: str,
    basis: str,
    told: str,
    xlabel: str = "",
    tall: float = 3.4,
    least: float = 1.7,
    lines: int = 3,
    dense: bool = False,
    flags: Sequence[tuple[float, str]] = (),
    key: Sequence[tuple[str, str, str]] = (),
    direct: bool = False,
) -> Page:
    """An Axes with rows, title, subtitle, axis label and source line, everything flush left and wrapped to fit.

    The title is the ``finding`` and the last line the ``basis`` of it, but for what the ``frame`` says. ``told``
    follows the title in the description. Row y has ``names[y]``, in ``lines`` at most, and ``notes[y]`` at its left and
    is ``tall`` text sizes high, or as high as these need; ``dense`` rows are no higher, for names with empty ones
    around. More than 20 rows, or more than a slide (16 to 9), a page or a given Axes holds, stand close: ``least`` text
    sizes at the least, with name and note in one line. Above the rows stands the room for ``flags`` (place in 0..1 of
    the plot's width, text), which the chart writes, or a ``key`` (mark, colour, text); with ``direct`` only where rows
    are close, for a chart that labels its marks elsewhere.
    """
    ax, title = frame.get("ax"), frame.get("title") or finding
    source = " ".join(filter(None, (f"Source: {frame['source']}." if frame.get("source") else "", basis)))
    given = None if ax is None else ax.bbox.width * 72 / ax.figure.dpi
    total = 72 * frame.get("width", COLUMN) if given is None else given / 0.7
    size = min(13.0, max(7.0, 4.8 + 0.8 * total / 72))
    crowd, most = len(names) > _CROWD, total * 9 / 16 if is_slide(frame) else _PAGE
    tries = [(size, lines, crowd), (size, 1, crowd), (size, 1, True)]
    if is_slide(frame):
        tries += [(part * size, 1, True) for part in (0.9, 0.8, 0.7)]
    if ax is not None:
        tries = [(size, lines, crowd or ax.bbox.height * 72 / ax.figure.dpi < 2.4 * size * len(names))]
    for size, lines, close in tries:
        labels = _labels(names, notes, total, size, lines, joined=close and not dense)
        need = least if close else tall if dense else max(tall, 1.25 * max(map(len, labels)) + 0.5)
        body, under = len(names) * size * (tall if dense else need), subtitle
        if given is None and body > _TALLEST:
            body, labels = min(864.0, 3.2 * len(names)), [[] for _ in names]
            under += f"; {len(names)} rows, too many to name"
        left = max((measure(line, size) for label in labels for line in label), default=0.0) + size
        right: float = _EDGE + 1.2 * size
        texts = [wrap(text, 0.5 * total, size, lines=1)[0] for _, text in flags]
        widths = [measure(text, size) + 1.5 * size for text in texts]
        for _ in range(9):  # flags that would leave the figure push the plot's end inwards
            plot = total - _EDGE - left - right if given is None else given
            over, sides, tiers = stand([x * plot for x, _ in flags], widths, (-left, plot + right - _EDGE))
            if not over or given is not None or right > 0.3 * total:
                break
            right += over
        heading, below_it = wrap(title, plot + left, 1.3 * size, bold=True), wrap(under, plot + left, size)
        axis, foot = wrap(xlabel, plot + right - _EDGE, size), wrap(source, plot + left, 0.82 * size)
        lines_of_key = in_lines(key if close or not direct else (), plot + left, size)
        above = size * (0.5 + (1.35 * (max(tiers) + 1) if flags else 1.5 * len(lines_of_key)))
        head = above + size * (0.3 + 1.3 * len(below_it))
        below = size * (2 + 1.3 * len(axis) if axis else 0.4)
        bottom = below + size * (1.1 * len(foot) + 0.5 if foot else 0)
        around = 2 * _EDGE + head + 1.55 * size * len(heading) + bottom
        if around + body <= most:
            break
    if close and not crowd:
        body = max(body, min(most - around, len(names) * size * tall))
    if ax is None:
        height = around + body
        figure = _Figure(figsize=(total / 72, height / 72))
        FigureCanvasAgg(figure)
        place = ((_EDGE + left) / total, (_EDGE + bottom) / height, plot / total, body / height)
        ax = figure.add_axes(place)
    ax.set_label(f"{title}. {told}.".replace("\n", " "))
    fonts = families("".join(line for label in labels for line in label))
    look: dict[str, Any] = {"ha": "left", "fontsize": size, "color": INK, "parse_math": False}
    ax.set_yticks(range(len(names)), ["\n".join(label) for label in labels], **look)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0, pad=left, labelfontfamily=fonts)
    ax.tick_params(axis="x", length=0, pad=0.4 * size, labelsize=size, labelcolor=MUTED, labelfontfamily=families(""))
    ax.grid(visible=False)
    ax.grid(visible=True, axis="x", color="#e6e6e6", linewidth=0.7)
    ax.set_axisbelow(True)
    ax.spines[["left", "right", "top"]].set_visible(False)
    ax.spines["bottom"].set(color="#888888", linewidth=0.8)
    edge: dict[str, Any] = {"xycoords": "axes fraction", "ha": "left"}
    write(ax, heading, (0, 1), 1.3 * size, (-left, head), gid="title", weight="bold", va="bottom", **edge)
    write(ax, below_it, (0, 1), size, (-left, above), gid="subtitle", color=MUTED, va="bottom", **edge)
    write(ax, foot, (0, 0), 0.82 * size, (-left, -below - 0.5 * size), gid="source", color=MUTED, va="top", **edge)
    for line, items in enumerate(reversed(lines_of_key)):
        for x, (mark, colour, text) in items:
            at = (x - left, size * (0.55 + 1.5 * line))
            write(ax, mark, (0, 1), 1.15 * size, at, gid="key", color=colour, va="baseline", **edge)
            write(ax, text, (0, 1), size, (at[0] + 1.3 * size, at[1]), gid="key", va="baseline", **edge)
    ax.set_xlabel("\n".join(axis), loc="left", fontsize=size, color=MUTED, labelpad=0.3 * size, parse_math=False)
    each = ax.bbox.height * 72 / ax.figure.dpi / len(names)
    return Page(ax, size, plot, each, left, close, texts, sides, tiers)


def is_slide(frame: Frame) -> bool:
    """Whether the chart is a figure as wide as a slide, which is not high."""
    return frame.get("ax") is None and frame.get("width", COLUMN) >= SLIDE


def _labels(
    names: Sequence[str], notes: Sequence[str], total: float, size: float, lines: int, *, joined: bool
) -> list[list[str]]:
    """The lines of each row's label: its name, shortened where need be, and its note, or both in one line."""
    labels = []
    for row, name in enumerate(names):
        parts, note = name.split("\n"), list(notes[row : row + 1])
        if joined:
            short = [line for part in parts for line in wrap(part, 0.45 * total / len(parts), size, lines=1)]
            labels.append([", ".join(filter(None, [" ".join(short), *note]))])
        else:
            long = [line for part in parts for line in wrap(part, 0.3 * total, size, lines=lines)]
            labels.append([*long, *(line for one in note for line in wrap(one, 0.3 * total, size))])
    return labels


def flag(page: Page, k: int, at: tuple[float, float], *, colour: str = "", stem: bool = True) -> None:
    """Writes the k-th flag above a place of the first row at the end of a stem, with a square of its ``colour``."""
    side, height = page.sides[k], (0.9 + 1.35 * page.tiers[k]) * page.size + (0.5 + at[1]) * page.row
    if stem:
        line = {"arrowstyle": "-", "color": "#aaaaaa", "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
        page.ax.annotate("", at, (0, height), textcoords="offset points", arrowprops=line, zorder=1)
    if colour:
        write(page.ax, "■", at, page.size, (0, height), color=colour, ha="center")
    look: dict[str, Any] = {"ha": "left" if side > 0 else "right", "va": "center_baseline", "gid": "flag"}
    write(page.ax, page.flags[k], at, page.size, ((0.65 if colour else 0.3) * page.size * side, height), **look)


def beside(page: Page, labels: Sequence[tuple[str, float, float, float]], size: float, **look: Any) -> None:
    """Labels (text, y, low, high) right of what reaches from low to high, or left of it where only that has room.

    Where neither has, the axis is made longer, so that every label stands inside the figure.
    """
    ax, gap = page.ax, 0.55 * page.size
    start, end = ax.get_xlim()
    wide = [measure(text, size) + gap for text, *_ in labels]

    def lacks(high: float, width: float) -> float:
        return width - 1.1 * page.size - (end - high) * page.plot / (end - start)

    def sided() -> list[int]:
        unit = page.plot / (end - start)
        return [
            1 if lacks(high, width) <= 0 else -1 if (low - start) * unit >= width else 0
            for (_, _, low, high), width in zip(labels, wide, strict=True)
        ]

    for _ in range(9):
        short = [(high, width - 1.1 * page.size) for (*_, high), width, side in zip(labels, wide, sided(), strict=True)
                 if not side]  # fmt: skip
        if not short:
            break
        end = max((high * page.plot - width * start) / max(page.plot - width, gap) for high, width in short) + 1e-9
        ax.set_xlim(start, end)
    for (text, y, low, high), side in zip(labels, sided(), strict=True):
        ends: dict[str, Any] = {"ha": "left" if side >= 0 else "right", "va": "center_baseline"}
        write(ax, text, (high if side >= 0 else low, y), size, (gap * (side or 1), 0), **(ends | look))
