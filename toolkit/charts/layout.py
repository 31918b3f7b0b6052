"""Where everything on a chart stands: title, subtitle, rows with labels, axis and source line, wrapped to fit.

Sizes are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from .frame import COLUMN, Frame, is_slide
from .lettering import Key, families, in_lines, stand, width_of, wrap, write
from .looks import ChartError, faint, ink, line, muted, renamed
from .picture import Drawn, Picture

_EDGE = 8.0  # points of white at the figure's edge
_CROWD = 20  # more rows than this stand close
_PAGE = 648.0  # points: no chart of 20 rows or fewer is higher
_TWO = 2.4  # text sizes: close rows from here on have room for a name and a note beneath it
_TALLEST = 1440.0  # points: rows that need more go without names


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a chart says, and the ``data`` that it draws. The title is the ``finding`` and the last line the ``basis``
    of it, but for what the frame says; ``told`` follows the title in the description."""

    finding: str
    subtitle: str
    basis: str
    told: str
    data: pd.DataFrame
    xlabel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a chart: row y has ``names[y]``, in ``lines`` at most, and ``notes[y]`` at its left.

    They take at most ``wide`` of the chart's width, a note at most ``noted`` lines, or as many as a name.
    A row is ``tall`` text sizes high, or as high as these need; ``dense`` rows are no higher, for names with empty ones
    around. More than 20 rows, or more than a slide (16 to 9), a page or a given Axes holds, stand close: ``least`` text
    sizes at the least, with name and note in one line unless that has room for two.
    """

    names: Sequence[str]
    notes: Sequence[str] = ()
    tall: float = 3.4
    least: float = 1.7
    lines: int = 3
    noted: int = 2
    wide: float = 0.3
    dense: bool = False

    def labels(self, total: float, size: float, lines: int, *, joined: bool) -> list[list[str]]:
        """The lines of each row's label: its name, shortened where need be, and its note, or both in one line."""
        labels = []
        for row, name in enumerate(self.names):
            parts, note = name.split("\n"), list(self.notes[row : row + 1])
            if joined:
                told = [line for one in note for line in wrap(one, 0.2 * total, size, lines=1)]
                room = (0.45 * total - width_of(", ".join(told), size)) / len(parts)
                short = [line for part in parts for line in wrap(part, room, size, lines=1)]
                labels.append([", ".join(filter(None, [" ".join(short), *told]))])
            else:
                room, most = self.wide * total, max(self.noted, lines)
                long = [line for part in parts for line in wrap(part, room, size, lines=lines)]
                labels.append([*long, *(line for one in note for line in wrap(one, room, size, lines=most))])
        return labels


class Flags(NamedTuple):
    """For each flag its text, shortened to fit, its side (1 right, -1 left) and its tier."""

    texts: Sequence[str]
    sides: Sequence[int]
    tiers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Page:
    """An Axes ready to draw on.

    In points: the text's size, the plot's width, a row's height, the room left of the plot. Whether the rows are too
    close for labels over marks.
    """

    ax: Axes
    size: float
    plot: float
    row: float
    left: float
    close: bool
    flags: Flags


def lay_out(
    frame: Frame,
    words: Words,
    rows: Rows,
    *,
    flags: Sequence[tuple[float, str]] = (),
    key: Key = (),
    direct: bool = False,
) -> Page:
    """An Axes with rows, title, subtitle, axis label and source line, everything flush left and wrapped to fit.

    Above the rows stands the room for ``flags`` (place in 0..1 of the plot's width, text), which the chart writes, or
    for a ``key``; with ``direct`` only where rows are close, for a chart that labels its marks elsewhere.
    """
    flags, key = list(flags), list(key)
    drawn = [*rows.names, *(text for _, text in flags), *(text for *_, text in key)]
    _check_labels(frame, drawn, f"{words.finding}\n{words.xlabel}")
    own, below, source = frame.get("title"), frame.get("subtitle"), frame.get("source")
    title = renamed(frame, words.finding) if own is None else own
    said = replace(
        words,
        finding=title,
        subtitle=renamed(frame, words.subtitle) if below is None else below,
        xlabel=renamed(frame, words.xlabel),
        basis=" ".join(filter(None, (f"Source: {source}." if source else "", words.basis))),
    )
    rows = replace(rows, names=[renamed(frame, name) for name in rows.names])
    flags = [(at, renamed(frame, text)) for at, text in flags]
    key = [(mark, colour, renamed(frame, text)) for mark, colour, text in key]
    plan = _Draft(frame, said, rows, flags, key, direct).plan()
    ax = frame.get("ax") or plan.axes()
    seen = title or renamed(frame, words.finding)
    seen += "" if seen.endswith((".", "!", "?", "…")) else "."
    ax.set_label(f"{seen} {renamed(frame, words.told)}.".replace("\n", " "))
    vars(ax)["toolkit_data"] = words.data
    plan.draw(ax)
    each = ax.bbox.height * 72 / ax.figure.dpi / len(rows.names)
    return Page(ax, plan.size, plan.plot, each, plan.left, plan.close, plan.flags)


def _check_labels(frame: Frame, names: Sequence[str], said: str) -> None:
    """Raises ChartError for a label of what is not drawn."""
    for old in frame.get("labels") or {}:
        one: Frame = {"labels": {old: "\0"}}
        if not any("\0" in renamed(one, text) for text in (*names, said)):
            there = ", ".join(dict.fromkeys(name.replace("\n", " ") for name in names[:12] if name))
            raise ChartError(f"labels: nothing in this chart is called {old!r}; there are {there}.")


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is to be laid out, and how: smaller and closer until it fits."""

    frame: Frame
    words: Words
    rows: Rows
    flags: Sequence[tuple[float, str]]
    key: Key
    direct: bool

    @property
    def given(self) -> float | None:
        """The width of a given Axes."""
        ax = self.frame.get("ax")
        return None if ax is None else ax.bbox.width * 72 / ax.figure.dpi

    @property
    def total(self) -> float:
        return 72 * self.frame.get("width", COLUMN) if self.given is None else self.given / 0.7

    def plan(self) -> _Plan:
        """The first way that is no higher than a slide or a page, or the last."""
        many, total, height = len(self.rows.names), self.total, self.frame.get("height")
        crowd, most = many > _CROWD, total * 9 / 16 if is_slide(self.frame) else _PAGE
        most = 72 * height if height and self.given is None else most
        for size, lines, close in self._ways(crowd):
            plan = self._at(size, lines, close)
            if plan.around + plan.body <= most:
                break
        if height and self.given is None:
            room = most - plan.around
            if room < 0.9 * many * (plan.size if plan.labels[0] else 1.0):
                least = (plan.around + 0.9 * many * plan.size) / 72
                raise ChartError(f"height is {height:g}; this chart needs {least + 0.05:.1f} inches at this width.")
            return replace(plan, body=room)
        if plan.close and not crowd:
            plan = replace(plan, body=max(plan.body, min(most - plan.around, many * plan.size * self.rows.tall)))
        return plan

    def _ways(self, crowd: bool) -> Iterator[tuple[float, int, bool]]:
        """Size of text, lines of a name, whether rows stand close: the more readable first."""
        ax, lines = self.frame.get("ax"), self.rows.lines
        size = min(13.0, max(7.0, 4.8 + 0.8 * self.total / 72))
        size = 18 * self.total / 960 if is_slide(self.frame) else size  # on a slide of 13.3 inches 18 points
        if mpl.rcParams["font.size"] != mpl.rcParamsDefault["font.size"]:
            size = min(24.0, max(6.0, float(mpl.rcParams["font.size"])))
        if ax is not None:
            yield size, lines, crowd or ax.bbox.height * 72 / ax.figure.dpi < 2.4 * size * len(self.rows.names)
            return
        yield from ((size, lines, crowd), (size, 1, crowd), (size, 1, True))
        if is_slide(self.frame):
            yield from ((part * size, 1, True) for part in (0.9, 0.8))

    def _at(self, size: float, lines: int, close: bool) -> _Plan:
        """How everything stands in one way."""
        rows, words, total, under = self.rows, self.words, self.total, self.words.subtitle
        roomy = rows.least >= _TWO and not is_slide(self.frame)
        labels = rows.labels(total, size, lines, joined=close and not rows.dense and not roomy)
        need = rows.tall if rows.dense else max(rows.tall, 1.25 * max(map(len, labels)) + (0.5 if lines > 1 else 0.35))
        body = len(labels) * size * (rows.least if close and not rows.dense else need)
        if self.given is None and body > _TALLEST:
            body, labels = min(864.0, 3.2 * len(labels)), [[] for _ in labels]
            under += f"; {len(labels)} rows, too many to name"
        left = max((width_of(line, size) for label in labels for line in label), default=0.0) + size
        plot, right, flags = self._across(size, left)
        return _Plan(
            size=size,
            close=close,
            labels=labels,
            title=wrap(words.finding, plot + left, 1.3 * size, bold=True),
            subtitle=wrap(under, plot + left, size),
            axis=wrap(words.xlabel, plot + right - _EDGE, size),
            source=wrap(words.basis, plot + left, 0.82 * size),
            key=in_lines(self.key if close or not self.direct else (), plot + left, size),
            flags=flags,
            total=total,
            left=left,
            plot=plot,
            body=body,
        )

    def _across(self, size: float, left: float) -> tuple[float, float, Flags]:
        """The width of the plot and of what is right of it; flags that would leave the figure push its end inwards."""
        right: float = _EDGE + 1.2 * size
        texts = [wrap(text, 0.5 * self.total, size, lines=1)[0] for _, text in self.flags]
        widths = [width_of(text, size) + 1.5 * size for text in texts]
        for _ in range(9):
            plot = self.total - _EDGE - left - right if self.given is None else self.given
            over, sides, tiers = stand([x * plot for x, _ in self.flags], widths, (-left, plot + right - _EDGE))
            if not over or self.given is not None or right > 0.3 * self.total:
                break
            right += over
        return plot, right, Flags(texts, sides, tiers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A chart laid out: the size of its text, its words in lines, its widths, the height of its rows."""

    size: float
    close: bool
    labels: list[list[str]]
    title: list[str]
    subtitle: list[str]
    axis: list[str]
    source: list[str]
    key: list[list[tuple[float, tuple[str, str, str]]]]
    flags: Flags
    total: float
    left: float
    plot: float
    body: float

    @property
    def above(self) -> float:
        """From the rows to the subtitle."""
        return self.size * (0.5 + (1.35 * (max(self.flags.tiers) + 1) if self.flags.texts else 1.5 * len(self.key)))

    @property
    def head(self) -> float:
        """From the rows to the title."""
        return self.above + self.size * (0.3 + 1.3 * len(self.subtitle))

    @property
    def below(self) -> float:
        """From the rows to the source line."""
        return self.size * (2 + 1.3 * len(self.axis) if self.axis else 0.4)

    @property
    def bottom(self) -> float:
        """From the rows to the edge."""
        return self.below + self.size * (1.1 * len(self.source) + 0.5 if self.source else 0)

    @property
    def around(self) -> float:
        """The height of all but the rows."""
        return 2 * _EDGE + self.head + 1.55 * self.size * len(self.title) + self.bottom

    def axes(self) -> Axes:
        """An Axes in a figure of its own."""
        total, height = self.total, self.around + self.body
        figure = Picture(figsize=(total / 72, height / 72))
        FigureCanvasAgg(figure)
        place = ((_EDGE + self.left) / total, (_EDGE + self.bottom) / height, self.plot / total, self.body / height)
        return figure.add_axes(place, axes_class=Drawn)

    def draw(self, ax: Axes) -> None:
        """Writes all words and the key, and draws the grid."""
        size, many = self.size, len(self.labels)
        fonts = families("".join(line for label in self.labels for line in label))
        look: dict[str, Any] = {"ha": "left", "fontsize": size, "color": ink(), "parse_math": False}
        # a tick takes a millisecond, so rows without a name have none
        named = {row: "\n".join(label) for row, label in enumerate(self.labels) if any(label)}
        ax.set_yticks(list(named), list(named.values()), **look)
        ax.set_ylim(many - 0.5, -0.5)
        ax.tick_params(axis="y", length=0, pad=self.left, labelfontfamily=fonts)
        sized: dict[str, Any] = {"pad": 0.4 * size, "labelsize": size, "labelcolor": muted()}
        ax.tick_params(axis="x", length=0, labelfontfamily=families(""), **sized)
        ax.grid(visible=False)
        ax.grid(visible=True, axis="x", color=faint(), linewidth=0.7)
        ax.set_axisbelow(True)
        ax.spines[["left", "right", "top"]].set_visible(False)
        ax.spines["bottom"].set(color=line(), linewidth=0.8)
        edge: dict[str, Any] = {"xycoords": "axes fraction", "ha": "left"}
        soft: dict[str, Any] = edge | {"color": muted()}
        bold: dict[str, Any] = edge | {"weight": "bold"}
        head, above, foot = ((-self.left, y) for y in (self.head, self.above, -self.below - 0.5 * size))
        write(ax, self.title, (0, 1), 1.3 * size, head, gid="title", va="bottom", **bold)
        write(ax, self.subtitle, (0, 1), size, above, gid="subtitle", va="bottom", **soft)
        write(ax, self.source, (0, 0), 0.82 * size, foot, gid="source", va="top", **soft)
        for tier, items in enumerate(reversed(self.key)):
            for x, (mark, colour, text) in items:
                at = (x - self.left, size * (0.55 + 1.5 * tier))
                write(ax, mark, (0, 1), 1.15 * size, at, gid="key", color=colour, va="baseline", **edge)
                write(ax, text, (0, 1), size, (at[0] + 1.3 * size, at[1]), gid="key", va="baseline", **edge)
        look = {"fontsize": size, "color": muted(), "labelpad": 0.3 * size, "parse_math": False}
        ax.set_xlabel("\n".join(self.axis), loc="left", **look)


def flag(page: Page, k: int, at: tuple[float, float], *, colour: str = "", stem: bool = True) -> None:
    """Writes the k-th flag above a place of the first row at the end of a stem, with a square of its ``colour``."""
    side, height = page.flags.sides[k], (0.9 + 1.35 * page.flags.tiers[k]) * page.size + (0.5 + at[1]) * page.row
    if stem:
        stalk = {"arrowstyle": "-", "color": line(), "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
        page.ax.annotate("", at, (0, height), textcoords="offset points", arrowprops=stalk, zorder=1)
    if colour:
        write(page.ax, "■", at, page.size, (0, height), color=colour, ha="center")
    look: dict[str, Any] = {"ha": "left" if side > 0 else "right", "va": "center_baseline", "gid": "flag"}
    write(page.ax, page.flags.texts[k], at, page.size, ((0.65 if colour else 0.3) * page.size * side, height), **look)


def label_beside(page: Page, labels: Sequence[tuple[str, float, float, float]], size: float, **look: Any) -> None:
    """Labels (text, y, low, high) right of what reaches from low to high, or left of it where only that has room.

    Where neither has, the axis is made longer, so that every label stands inside the figure.
    """
    ax, gap = page.ax, 0.55 * page.size
    start, end = ax.get_xlim()
    wide = [width_of(text, size) + gap for text, *_ in labels]

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
