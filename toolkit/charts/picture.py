"""A chart as a picture: its style, its description, and its file.

Figures stand outside pyplot, so none stays open; the style is set while something is drawn and no longer.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from .. import writing
from .lettering import hushed, suited, width_of, without_sign
from .looks import DARK, ChartError, swapped

_TEXT = re.compile(
    r"""<text style="(font-weight: \w+; )?font-size: ([\d.]+)px; font-family: [^;"]+([^>]*)>([^<]+)</text>"""
)
_FORMS = (".png", ".svg", ".pdf")
_OWN = (
    "font.family", "font.size", "font.sans-serif", "font.serif", "font.monospace", "text.color", "axes.labelcolor",
    "axes.edgecolor", "axes.facecolor", "axes.prop_cycle", "grid.color", "figure.facecolor", "savefig.facecolor",
    "savefig.dpi", "svg.fonttype", "pdf.fonttype",
)  # fmt: skip


class GlyphWarning(UserWarning):
    """Characters on a chart that no font of this machine has."""


class Picture(Figure):
    """Shown in a notebook as the file that `save` writes, with its description."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
        about = {"alt": _about(self), "width": round(96 * float(self.get_figwidth()))}
        return {"image/png": image(self, form="png")}, {"image/png": about}


class Drawn(Axes):
    """The Axes of a chart's own figure; a notebook shows it as that."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
        shown: Any = self.figure
        found: tuple[dict[str, bytes], dict[str, Any]] = shown._repr_mimebundle_()
        return found


def data(chart: Axes | Figure) -> pd.DataFrame:
    """What a chart draws as a tidy table, each column as it is written: shares in per cent, times as days.

    The table that `save` writes beside the picture; it can be pasted into Datawrapper, or shown by Quarto. Raises
    ChartError for an Axes on which no chart of this package stands.
    """
    found = [vars(ax)["toolkit_data"] for ax in _figure(chart).axes if "toolkit_data" in vars(ax)]
    if isinstance(chart, Axes) and "toolkit_data" in vars(chart):
        found = [vars(chart)["toolkit_data"]]
    if not found:
        raise ChartError("The chart has no data; give the Axes that a chart function gives.")
    table: pd.DataFrame = found[0]
    return table.copy()


def _figure(chart: Axes | Figure) -> Figure:
    figure: Any = chart
    while not isinstance(figure, Figure):  # an Axes may stand in a part of a figure
        if not hasattr(figure, "figure"):
            raise ChartError(f"The chart is a {type(chart).__name__}; give the Axes that a chart function gives.")
        figure = figure.figure
    return figure


def alt_text(ax: Axes) -> str:
    """The chart's description for readers who cannot see it: the finding, the form, and every estimate."""
    return str(ax.get_label())


def image(chart: Axes | Figure, *, form: str = "svg", light: bool = False, paths: bool = False) -> bytes:
    """The chart as the bytes of a png, svg or pdf file: the same bytes each time, with title and description inside.

    A png has twice the dots of a page on a screen. The letters of an svg are text, which Illustrator, Inkscape, Figma
    and PowerPoint can edit, in the chart's font or one like it; with ``paths`` they are shapes, which look the same
    where the font is missing. A ``light`` svg, for a page that holds many, is small: what draws nothing is left out,
    and its text is set to the same width in whatever font the reader has. A `GlyphWarning` names characters that no
    font here has. Raises ChartError for another form, and for what is no Axes and no Figure.
    """
    figure: Any = _figure(chart)
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
    with style(), hushed(), mpl.rc_context({"svg.fonttype": "path" if paths else "none"} if light or paths else {}):
        figure.savefig(file, format=form, metadata=metadata[form])
    if form != "svg" or paths:
        return file.getvalue()
    svg = file.getvalue().decode()
    return (_light(svg) if light else _TEXT.sub(_plain, svg)).encode()


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


def _plain(found: re.Match[str]) -> str:
    """A text with its look as attributes, which every program reads, and fonts like its own where that is missing."""
    weight, size, more, text = found.groups()
    family = re.search(r"font-family: ([^;\"]+)", found[0])
    fonts = [name.strip(" '") for name in family[1].split(",")] if family else []
    look = f'font-family="{", ".join(dict.fromkeys([*fonts, "Verdana", "Arial", "sans-serif"]))}"'
    look += f' font-size="{float(size):g}"' + ' font-weight="bold"' * bool(weight)
    for name in ("text-anchor", "fill", "opacity"):
        if had := re.search(rf"\b{name}: ([#\w.]+)", more.partition('"')[0]):
            look += f' {name}="{had[1]}"'
    rest = more[more.index('"') + 1 :] if '"' in more else ""
    return f"<text {look}{rest}>{text}</text>"


def _set(found: re.Match[str]) -> str:
    weight, size, more, text = found.groups()
    bold, shown = bool(weight), unescape(text)
    wide = width_of(shown, float(size), bold=bold)
    look = f'font-size="{float(size):g}"' + ' font-weight="bold"' * bold
    return f'<text {look} style="{more.lstrip("; ")} textLength="{wide:.1f}">{text}</text>'


def save(
    chart: Axes | Figure,
    path: str | Path,
    *,
    formats: Sequence[str] | None = None,
    data: bool = False,
    paths: bool = False,
) -> list[Path]:
    """Writes the chart and gives the paths: one file if ``path`` ends in .png, .svg or .pdf, else one with each ending.

    ``formats`` (png, svg, pdf) names the endings that ``path`` gets. With ``data`` what is drawn stands beside it as a
    CSV file; with ``paths`` the letters of an svg are shapes (see `image`). Folders are made; the files are written
    whole or not at all. Raises ChartError for another ending or format, before anything is written, and
    `writing.WritingError` for a place where nothing can be written.

    >>> save(Figure(), "chart.gif")
    Traceback (most recent call last):
    toolkit.charts.looks.ChartError: chart.gif: cannot write a chart of this kind; end the name in .png, .svg or .pdf.
    """
    ending = Path(path).suffix
    known = ending.lower() in _FORMS
    if formats is None and not known and re.fullmatch(r"\.[A-Za-z]{2,4}\d?", ending):  # "v1.5 chart" has no ending
        raise ChartError(f"{path}: cannot write a chart of this kind; end the name in .png, .svg or .pdf.")
    if formats is None and known:
        contents = {Path(path): image(chart, form=ending[1:].lower(), paths=paths)}
    else:
        stem = str(path)[: -len(ending)] if known else path
        forms = formats or ("png", "svg", "pdf")
        contents = {Path(f"{stem}.{form}"): image(chart, form=form, paths=paths) for form in forms}
    if data:
        stem = str(path)[: -len(ending)] if known else path
        contents[Path(f"{stem}.csv")] = writing.spreadsheet(_data(chart)).encode("utf-8-sig", "replace")
    writing.write(contents)
    return list(contents)


_data = data  # under another name where ``data`` is a parameter


def _about(figure: Figure) -> str:
    return " ".join(filter(None, (alt_text(ax) for ax in figure.axes)))


@cache
def _look() -> mpl.RcParams:
    return mpl.rc_params_from_file(str(files(__package__) / "newsroom.mplstyle"), use_default_template=False)


def in_the_dark() -> dict[str, str]:
    """The dark style's colour for each of the light one's, for a page that shows an SVG in either.

    >>> in_the_dark()["#061a38"]
    '#f4f4f4'
    """
    return swapped(_look())


@contextmanager
def style(*, dark: bool = False, font: str | None = None) -> Iterator[None]:
    """The newsroom style, dark if asked for, over matplotlib's defaults; what was set before comes back after.

    What the user has set of fonts, colours and files (`_OWN`) stays as it is set.
    """
    set_now: Any = mpl.rcParams  # its types know no name but a literal one
    usual: Any = mpl.rcParamsDefault
    own = {name: set_now[name] for name in _OWN if set_now[name] != usual[name]}
    with mpl.rc_context():
        mpl.rcdefaults()
        set_now.update(_look())
        set_now.update(own)
        set_now.update(DARK if dark else {})
        set_now.update({"font.family": [font]} if font else {})
        yield
