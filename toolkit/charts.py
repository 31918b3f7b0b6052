"""Tables to charts: each function draws a finished table on one Axes, and neither saves nor sets a global style.

The figures stand outside pyplot, so none stays open. A chart has its finding as title, what is shown and n beneath,
labels beside the marks, the method in the last line, and a description for readers who cannot see it (``alt_text``).
In each function ``title`` replaces the finding, ``source`` opens the last line, ``width`` is in inches for a figure of
the chart's own, and ``ax`` is an Axes to draw on instead.
"""

from __future__ import annotations

import math
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
import pandas as pd
from matplotlib import dates as _dates
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .article import ToolkitError
from .metrics import METRICS

INK, MUTED, DOTS, ACCENT = "#222222", "#5a5a5a", "#56B4E9", "#0072B2"
KINDS = {  # label, colour: light and dark alternate, so that neighbours differ in grey
    "named_person": ("Named persons", "#1F4E79"),
    "unnamed_person": ("Unnamed persons", "#F2B134"),
    "organisation": ("Organisations", "#4A86B8"),
    "document_or_data": ("Documents and data", "#BCD9EE"),
    "media_outlet": ("Other media", "#8A5A83"),
    "collective_public": ("The public", "#D9D9D9"),
}
_OTHERS = ("#7F7F7F", "#E8C9A9", "#5C4A3D", "#F0F0F0")
_EDGE = 8.0  # points of white at the figure's edge
_FONT = "DejaVu Sans"  # comes with matplotlib


class ChartError(ToolkitError):
    """A table that cannot be drawn."""


def intervals(
    estimates: pd.DataFrame,
    values: pd.DataFrame | None = None,
    *,
    metric: str | None = None,
    by: str = "outlet",
    title: str = "",
    source: str = "",
    width: float = 6.5,
    ax: Axes | None = None,
) -> Axes:
    """Each outlet's mean and interval over the dots of its articles, largest mean on top.

    ``estimates`` is the table of ``compare.compare``; ``values`` the measured frame, whose ``by`` and metric columns
    give the dots. ``metric`` may be left out when the table has one; a row without a mean is left out. Raises
    ChartError for an empty table, a missing column or an unclear metric.

    >>> table = pd.DataFrame({"outlet": ["Herald"], "metric": ["sources"], "n": [12], "n_missing": [0], "mean": [4.0],
    ...     "low": [2.6], "high": [5.9], "method": ["95% bootstrap-t"], "seed": [1]})
    >>> alt_text(intervals(table))
    'Sources: 4 on average at Herald. Dots with intervals, in sources: Herald 4 (2.6 to 5.9, n = 12).'
    """
    rows, metric = _rows(estimates, metric, [by], "mean")
    dots = [[]] * len(rows) if values is None else _dots(rows, values, [by], metric)
    first, last = rows[0], rows[-1]
    top, bottom = f"{first[by]} ({_number(first['mean'], metric)})", f"{last[by]} ({_number(last['mean'], metric)})"
    if len(rows) == 1:
        finding = f"{_number(first['mean'], metric)} on average at {first[by]}"
    elif first["low"] > last["high"]:
        finding = f"highest at {top}, lowest at {bottom}"
    elif first["low"] <= last["high"]:
        finding = f"{top} and {bottom} have overlapping intervals"
    else:
        finding = f"{top}, {bottom}; too few articles for each to have an interval"
    label, unit = _label_unit(metric)
    shown = "Mean of articles with its interval" + ("; each small dot is one article" if any(dots) else "")
    return _forest(
        rows,
        dots,
        "mean",
        metric,
        names=[str(row[by]) for row in rows],
        title=title or f"{label}: {finding}",
        subtitle=f"{shown} (n = {sum(int(row['n']) for row in rows):,})",
        xlabel=f"{label} per article" if unit == label.lower() else f"{label} ({unit})" if unit else label,
        form=f"Dots with intervals, in {unit or metric}",
        source=source,
        width=width,
        ax=ax,
    )


def paired(
    differences: pd.DataFrame,
    values: pd.DataFrame | None = None,
    *,
    metric: str | None = None,
    title: str = "",
    source: str = "",
    width: float = 6.5,
    ax: Axes | None = None,
) -> Axes:
    """Each pair's mean difference and interval over the dots of its stories, with a line at zero.

    ``differences`` is the table of ``compare.differences``; ``values`` that of ``compare.paired_values``. A filled mark
    has an interval without zero, a hollow one includes it or has none. A pair without a story is left out. Raises
    ChartError as ``intervals`` does.

    >>> table = pd.DataFrame({"a": ["Herald"], "b": ["Tribune"], "metric": ["sources"], "n": [12], "n_missing": [0],
    ...     "difference": [1.5], "low": [0.4], "high": [2.6], "method": ["95% bootstrap-t"], "seed": [1]})
    >>> paired(table).texts[0].get_text()
    'Sources: Herald 1.5 above Tribune on the same stories'
    """
    rows, metric = _rows(differences, metric, ["a", "b"], "difference")
    dots: list[list[float]] = [[]] * len(rows)
    if values is not None:
        _need(values, ["a", "b", "metric", "difference"])
        dots = _dots(rows, values[values["metric"] == metric], ["a", "b"], "difference")
    finding = "no clear difference on the same stories"
    clear = [row for row in rows if row["low"] > 0 or row["high"] < 0]
    if clear:
        top = max(clear, key=lambda row: abs(row["difference"]))
        above, below = (top["a"], top["b"]) if top["difference"] > 0 else (top["b"], top["a"])
        gap = _number(abs(top["difference"]), metric, mark=" points")
        finding = f"{above} {gap} above {below} on the same stories"
        if top.get("p_adjusted", 0) >= 0.05:
            finding += f", uncertain among {len(differences)} comparisons"
    label, unit = _label_unit(metric)
    unit = f"percentage points, {unit}" if _is_share(metric) else unit
    shown = "Mean difference on the same stories with its interval"
    return _forest(
        rows,
        dots,
        "difference",
        metric,
        names=[f"{row['a']}\n− {row['b']}" for row in rows],
        title=title or f"{label}: {finding}",
        subtitle=f"{shown} (filled: excludes zero){'; each small dot is one story' if any(dots) else ''}",
        xlabel=f"{label}: difference" + (f" ({unit})" if unit else ""),
        form=f"Paired differences with intervals, in {unit or metric}",
        source=source,
        width=width,
        ax=ax,
    )


def source_mix(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    title: str = "",
    source: str = "",
    width: float = 6.5,
    ax: Axes | None = None,
) -> Axes:
    """Bars of 100 %: what kinds of sources each outlet uses, the most of the first kind on top.

    ``table`` is tidy: ``by``, kind (as in ``Source.kind``; others keep their name), and n (sources) or share (0..1), or
    both; without share, a segment is n over the outlet's n. Kinds are named once, above the first bar; a segment wide
    enough holds its per cent. Raises ChartError for an empty table, a missing column, or an outlet without sources.

    >>> table = pd.DataFrame({"outlet": "Herald", "kind": ["named_person", "organisation"], "n": [6, 2]})
    >>> [f"{bar.get_width():.2f}" for bar in source_mix(table).patches]
    ['0.75', '0.25']
    """
    column = "share" if "share" in table else "n"
    table = _need(table, [by, "kind", column]).assign(**{by: _text(table[by])})
    amounts = table.pivot_table(index=by, columns="kind", values=column, aggfunc="sum").fillna(0.0)
    totals = amounts.sum(axis=1)
    wrong = totals[(totals - 1).abs() > 0.01] if column == "share" else totals[totals <= 0]
    if len(wrong):
        allowed = "shares must add up to 1" if column == "share" else "leave out an outlet without sources"
        raise ChartError(f"The kinds of source of {wrong.index[0]} add up to {wrong.iloc[0]:g}; {allowed}.")
    others = [kind for kind in amounts if kind not in KINDS]
    looks = KINDS | {str(kind): (str(kind), _OTHERS[place % len(_OTHERS)]) for place, kind in enumerate(others)}
    kinds = [kind for kind in looks if kind in amounts]
    shares = amounts.div(totals, axis=0)[kinds].sort_values(kinds, ascending=False, kind="stable")
    parts = shares.to_numpy(dtype=float)
    lefts = parts.cumsum(axis=1) - parts
    names = [str(name) for name in shares.index]
    counts = table.groupby(by)["n"].sum()[names] if "n" in table else None
    finding = f"{looks[kinds[0]][0]}: {_percent(parts[0, 0])} of sources at {names[0]}"
    finding += f", {_percent(parts[-1, 0])} at {names[-1]}" if len(names) > 1 else ""
    listed = [
        ", ".join(f"{looks[kind][0].lower()} {_percent(part)}" for kind, part in zip(kinds, row, strict=True) if part)
        for row in parts
    ]
    page = _page(
        ax,
        width,
        names=names,
        notes=[] if counts is None else [f"n = {int(n):,}" for n in counts],
        title=title or finding,
        subtitle="Kinds of sources in per cent" + ("" if counts is None else f" (n = {int(counts.sum()):,} sources)"),
        source=f"Source: {source}." if source else "",
        form="Bars of 100 %",
        listed=listed,
        flags=[(float(lefts[0, k] + parts[0, k] / 2), looks[kind][0]) for k, kind in enumerate(kinds)],
    )
    ax, size = page.ax, page.size
    with _style():
        for k, kind in enumerate(kinds):
            colour = looks[kind][1]
            ax.barh(range(len(names)), parts[:, k], 0.66, lefts[:, k], color=colour, edgecolor="white", linewidth=0.8)
            for y, (part, left) in enumerate(zip(parts[:, k], lefts[:, k], strict=True)):
                if part * page.plot > 1.2 * _measure(_percent(part), size):
                    ink = "white" if np.dot(to_rgb(colour), (0.299, 0.587, 0.114)) < 0.55 else INK
                    _write(ax, _percent(part), (left + part / 2, y), size, color=ink, ha="center")
            x, side, height = lefts[0, k] + parts[0, k] / 2, page.sides[k], (0.9 + 1.35 * page.tiers[k]) * size
            if parts[0, k]:
                stem = {"arrowstyle": "-", "color": "#aaaaaa", "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
                ax.annotate("", (x, -0.33), (0, height), textcoords="offset points", arrowprops=stem)
            _write(ax, "■", (x, -0.33), size, (0, height), color=colour, ha="center")
            end = "left" if side > 0 else "right"
            _write(ax, looks[kind][0], (x, -0.33), size, (0.65 * size * side, height), ha=end)
        ax.set_xlim(0, 1)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
    return ax


def quote_positions(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    title: str = "",
    source: str = "",
    width: float = 6.5,
    ax: Axes | None = None,
) -> Axes:
    """Where in the article quotations fall: ticks for each outlet (``by="id"``: each article), earliest on top.

    ``table`` has a row a quotation: ``by``, position (body words before it over body words, 0..1), and perhaps words
    (a longer quotation has a taller tick) and id (articles are counted). The diamond is the median position. Raises
    ChartError for an empty table, a missing column or a position outside 0..1.

    >>> table = pd.DataFrame({"outlet": "Herald", "position": [0.1, 0.2, 0.9], "words": [12, 30, 8]})
    >>> alt_text(quote_positions(table)).split(". ")[0]
    'Half of the quotations stand in the first 20% of the article at Herald'
    """
    table = _need(table, [by, "position"]).assign(**{by: _text(table[by])})
    if not table["position"].between(0, 1).all():
        raise ChartError("A position is missing or outside 0..1; give body words before the quotation over body words.")
    medians = table.groupby(by)["position"].median().sort_values(kind="stable")
    names = [str(name) for name in medians.index]
    groups = [table[table[by] == name] for name in names]
    finding = f"Half of the quotations stand in the first {_percent(medians.iloc[0])} of the article at {names[0]}"
    if len(names) > 1:
        finding = f"Quotations come earliest at {names[0]} (half by {_percent(medians.iloc[0])} of the article)"
        finding += f", latest at {names[-1]} (half by {_percent(medians.iloc[-1])})"
    counted = "id" in table and by != "id"
    numbers = [group["id"].nunique() if counted else 0 for group in groups]
    articles = [f" in {number} article{'s' * (number != 1)}" if counted else "" for number in numbers]
    page = _page(
        ax,
        width,
        names=names,
        notes=[f"n = {len(group):,}{many}" for group, many in zip(groups, articles, strict=True)],
        title=title or finding,
        subtitle=f"Each tick is a quotation{', taller the more words it has' if 'words' in table else ''}; "
        f"diamond: median (n = {len(table):,})",
        xlabel="Position in the article (share of body words before the quotation)",
        source=f"Source: {source}." if source else "",
        form="Strips of ticks, median position",
        listed=[f"{_percent(value)}, n = {len(group)}" for value, group in zip(medians, groups, strict=True)],
    )
    ax, size = page.ax, page.size
    longest = max(1.0, float(table["words"].max())) if "words" in table else 1.0
    with _style():
        for y, group in enumerate(groups):
            words = group["words"].fillna(0) if "words" in table else pd.Series(0.5, group.index)
            start, thin = y + 0.34, min(0.9, max(0.35, 6 / math.sqrt(len(group))))
            tops = start - 0.14 - 0.5 * words / longest
            ax.vlines(group["position"], tops, start, color=ACCENT, alpha=thin, linewidth=0.11 * size, gid=f"ticks-{y}")
        base = np.arange(len(names)) + 0.34
        look: dict[str, Any] = {"markersize": 0.55 * size, "markeredgecolor": "white", "clip_on": False, "zorder": 4}
        ax.plot(medians.to_numpy(), base, "D", color=INK, gid="median", **look)
        ax.set_xlim(-0.01, 1.01)
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    return ax


def trend(
    table: pd.DataFrame,
    *,
    metric: str | None = None,
    title: str = "",
    source: str = "",
    width: float = 6.5,
    ax: Axes | None = None,
) -> Axes:
    """A metric over time: the mean of each period's articles with its interval, joined where periods follow.

    ``table`` is that of ``compare.over_time``. A period without a value breaks the line; articles without a date are
    counted in the line beneath the title. Raises ChartError for an empty table, a missing column or an unclear metric.

    >>> table = pd.DataFrame({"period": pd.to_datetime(["2024-03-01", "2024-04-01"]), "metric": "sources", "n": [9, 9],
    ...     "n_missing": 0, "mean": [4.0, 5.0], "low": [3.0, 4.1], "high": [5.2, 6.0], "method": "95%", "seed": 1})
    >>> alt_text(trend(table)).split(". ")[0]
    'Sources: from 4 (March 2024) to 5 (April 2024), intervals overlap'
    """
    _, metric = _rows(table, metric, ["period"], "mean")
    mine = table[table["metric"] == metric]
    undated = int(mine.loc[mine["period"].isna(), "n"].sum())
    mine = mine[mine["period"].notna()].sort_values("period")
    rows = mine[mine["mean"].notna()].to_dict("records")
    if not rows:
        raise ChartError(f"No period has a mean of {metric!r}, so there is nothing to draw.")
    form = "%-d %B %Y" if any(row["period"].day > 1 for row in rows) else "%B %Y"
    names = [row["period"].strftime(form) for row in rows]
    first, last = rows[0], rows[-1]
    finding = f"{_number(first['mean'], metric)} in one period ({names[0]})"
    if len(rows) > 1:
        apart = first["low"] > last["high"] or first["high"] < last["low"]
        unsure = math.isnan(first["low"]) or math.isnan(last["low"])
        finding = f"from {_number(first['mean'], metric)} ({names[0]}) to {_number(last['mean'], metric)} ({names[-1]})"
        finding += "" if apart else ", too few articles for intervals" if unsure else ", intervals overlap"
    label, unit = _label_unit(metric)
    known = [row for row in rows if not math.isnan(row["low"])]
    method = f"Interval: {known[0]['method']}, seed {known[0]['seed']}." if known else ""
    means, lows, highs = (mine[name].to_numpy(dtype=float) for name in ("mean", "low", "high"))
    bottom, top = float(np.nanmin([means, lows])), float(np.nanmax([means, highs]))
    scale = [_tick(round(bound, 3), metric, signed=False) for bound in (top, bottom)]
    total = f"n = {int(mine['n'].sum()):,}" + (f"; {undated:,} without a date left out" if undated else "")
    page = _page(
        ax,
        width,
        names=[max(scale, key=len)] * 5,
        notes=[],
        title=title or f"{label}: {finding}",
        subtitle=f"Mean of each period's articles with its interval ({total})",
        xlabel=f"{label}{f' ({unit})' if unit else ''} by first day of the period, {names[0]} to {names[-1]}",
        source=" ".join(filter(None, (f"Source: {source}." if source else "", method))),
        form="",
        listed=[""] * 5,
    )
    ax, size = page.ax, page.size
    listed = [
        f"{name} {_number(row['mean'], metric)}"
        + (f" ({_number(row['low'], metric)} to {_number(row['high'], metric)}" if row in known else " (no interval")
        + f", n = {int(row['n'])})"
        for name, row in zip(names, rows, strict=True)
    ]
    shown = f"Line with intervals, in {unit or metric}"
    ax.set_label(f"{title or f'{label}: {finding}'}. {shown}: {'; '.join(listed)}.")
    days = mine["period"].to_numpy()
    sure = np.isfinite(lows)
    with _style():
        ax.vlines(days[sure], lows[sure], highs[sure], color=DOTS, linewidth=0.2 * size, zorder=3, gid="intervals")
        look: dict[str, Any] = {"markersize": 0.55 * size, "markeredgecolor": "white", "clip_on": False, "zorder": 4}
        ax.plot(days, means, "-o", color=ACCENT, linewidth=0.13 * size, gid="means", **look)
        room = 0.06 * (top - bottom) or 0.06 * abs(top) or 1.0
        ax.set_ylim(bottom - room, top + room)
        ax.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, metric, signed=False)))
        ax.grid(visible=False)
        ax.grid(visible=True, axis="y", color="#e6e6e6", linewidth=0.7)
        dates: Any = _dates  # it has no types
        locator = dates.AutoDateLocator(maxticks=max(3, int(page.plot / (6 * size))))
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))
    return ax


def alt_text(ax: Axes) -> str:
    """The chart's description for readers who cannot see it: the finding, the form, and every estimate."""
    return str(ax.get_label())


def image(chart: Axes | Figure, *, form: str = "svg") -> bytes:
    """The chart as the bytes of a png, svg or pdf file: the same bytes each time, with title and description inside.

    Raises ChartError for another form.

    >>> table = pd.DataFrame({"outlet": "Herald", "kind": ["named_person"], "n": [6]})
    >>> image(source_mix(table), form="png")[1:4]
    b'PNG'
    """
    figure: Any = chart
    while not isinstance(figure, Figure):  # an Axes may stand in a part of a figure
        figure = figure.figure
    about = " ".join(filter(None, (alt_text(ax) for ax in figure.axes)))
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
    with _style():
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


@cache
def _look() -> mpl.RcParams:
    style = str(files(__package__) / "newsroom.mplstyle")
    return mpl.rc_params_from_file(style, use_default_template=False)


@contextmanager
def _style() -> Iterator[None]:
    """The newsroom style over matplotlib's defaults, whatever the user has set; what was set comes back after."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_look())
        yield


def _forest(
    rows: Sequence[dict[Any, Any]],
    dots: Sequence[Sequence[float]],
    column: str,
    metric: str,
    *,
    names: Sequence[str],
    source: str,
    width: float,
    ax: Axes | None,
    **words: Any,
) -> Axes:
    """Dots below, interval and mean above them, the mean's value over its mark."""
    signed = column == "difference"
    known = [row for row in rows if not math.isnan(row["low"])]
    method = f"Interval: {known[0]['method']}, seed {known[0]['seed']}." if known and "method" in known[0] else ""
    lost = [f", {int(row['n_missing']):,} missing" if row.get("n_missing") else "" for row in rows]
    between = [
        f"{_number(row['low'], metric)} to {_number(row['high'], metric)}" if row in known else "" for row in rows
    ]
    page = _page(
        ax,
        width,
        names=names,
        notes=[f"n = {int(row['n']):,}{missing}" for row, missing in zip(rows, lost, strict=True)],
        source=" ".join(filter(None, (f"Source: {source}." if source else "", method))),
        listed=[
            f"{_number(row[column], metric)} ({limits or 'no interval'}, n = {int(row['n'])})"
            for row, limits in zip(rows, between, strict=True)
        ],
        **words,
    )
    ax, size = page.ax, page.size
    means, lows, highs = (np.array([row[name] for row in rows], dtype=float) for name in (column, "low", "high"))
    at, sure = np.arange(len(rows)) - 0.04, np.isfinite(lows)
    clear = (lows > 0) | (highs < 0) | (not signed)
    with _style():
        for y, found in enumerate(dots):
            spread = (np.arange(len(found)) * 0.618034 % 1 - 0.5) * 0.26 * min(1.0, len(found) / 12)  # without meaning
            side = size * min(0.5, max(0.25, 4 / math.sqrt(len(found) or 1)))
            look: dict[str, Any] = {
                "color": DOTS,
                "alpha": 0.55 if len(found) > 40 else 0.8,
                "linewidth": 0,
                "clip_on": False,
            }
            ax.scatter(found, y + 0.27 + spread, side**2, zorder=2, gid=f"dots-{y}", **look)
        if signed:
            ax.axvline(0, color=INK, linewidth=0.9, zorder=2, gid="zero")
        ax.hlines(at[sure], lows[sure], highs[sure], color=INK, linewidth=0.2 * size, zorder=3, gid="intervals")
        fills = [ACCENT if one else "white" for one in clear]
        look = {"edgecolors": ACCENT if signed else "white", "linewidth": 0.1 * size, "clip_on": False}
        ax.scatter(means, at, (0.68 * size) ** 2, c=fills, zorder=4, gid="means", **look)
        for y, value in zip(at, means, strict=True):
            plate = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
            text = _number(value, metric, signed=signed, mark="" if signed else "%")
            _write(ax, text, (value, y), size, (0, 0.6 * size), ha="center", va="bottom", weight="bold", bbox=plate)
        seen = np.concatenate([means, lows, highs, *dots, [0.0] * signed])
        low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
        if metric in METRICS and not signed and math.isfinite(METRICS[metric].low):
            floor = METRICS[metric].low  # a scale that begins nearby begins there
            low = floor if low - floor < 0.35 * (high - floor) else low
        room = 0.04 * (high - low) or 0.04 * abs(high) or 1.0
        ax.set_xlim(low - room, high + room)
        ax.xaxis.set_major_locator(MaxNLocator(max(3, int(page.plot / (5 * size))), steps=[1, 2, 2.5, 5, 10]))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, metric, signed=signed)))
    return ax


@dataclass(frozen=True, slots=True)
class _Page:
    """An Axes ready to draw on: text size and plot width in points; for each flag its side (1 right, -1) and tier."""

    ax: Axes
    size: float
    plot: float
    sides: Sequence[int]
    tiers: Sequence[int]


def _page(
    ax: Axes | None,
    width: float,
    *,
    names: Sequence[str],
    notes: Sequence[str],
    title: str,
    subtitle: str,
    source: str,
    form: str,
    listed: Sequence[str],
    xlabel: str = "",
    flags: Sequence[tuple[float, str]] = (),
) -> _Page:
    """An Axes with rows, title, subtitle, axis label and source line, everything flush left and wrapped to fit."""
    given = None if ax is None else ax.bbox.width * 72 / ax.figure.dpi
    total = 72 * width if given is None else given / 0.7
    size = min(13.0, max(7.0, 5.2 + 0.68 * total / 72))
    labels = []
    for row, name in enumerate(names):
        parts = name.split("\n")
        lines = [line for part in parts for line in _wrap(part, 0.3 * total, size, lines=2 // min(2, len(parts)))]
        labels.append([*lines, *notes[row : row + 1]])
    left = max(_measure(line, size) for label in labels for line in label) + size
    right = _EDGE + 1.2 * size
    widths = [_measure(text, size) + 1.5 * size for _, text in flags]
    for _ in range(9):  # flags that would leave the figure push the bars' end inwards
        plot = total - _EDGE - left - right if given is None else given
        over, sides, tiers = _stand([x * plot for x, _ in flags], widths, (-left, plot + right - _EDGE))
        if not over or given is not None:
            break
        right += over
    heading, under = _wrap(title, plot + left, 1.3 * size, bold=True), _wrap(subtitle, plot + left, size)
    axis, foot = _wrap(xlabel, plot + right - _EDGE, size), _wrap(source, plot + left, 0.82 * size)
    above = size * (0.5 + (1.35 * (max(tiers) + 1) if flags else 0))
    head = above + size * (0.3 + 1.3 * len(under))
    below = size * (2 + 1.3 * len(axis) if axis else 0.4)
    bottom = below + size * (1.1 * len(foot) + 0.5 if foot else 0)
    with _style():
        if ax is None:
            body = len(names) * size * max(2.8 if flags else 3.4, 1.25 * max(map(len, labels)) + 1)
            height = 2 * _EDGE + head + 1.55 * size * len(heading) + body + bottom
            figure = Figure(figsize=(total / 72, height / 72))
            FigureCanvasAgg(figure)
            place = ((_EDGE + left) / total, (_EDGE + bottom) / height, plot / total, body / height)
            ax = figure.add_axes(place)
        rows = "; ".join(f"{name} {what}" for name, what in zip(names, listed, strict=True))
        ax.set_label(f"{title}. {form}: {rows}.".replace("\n", " "))
        ax.set_yticks(
            range(len(names)),
            ["\n".join(label) for label in labels],
            ha="left",
            fontsize=size,
            color=INK,
            parse_math=False,
        )
        ax.set_ylim(len(names) - 0.5, -0.5)
        ax.tick_params(axis="y", length=0, pad=left, labelfontfamily=_FONT)
        ax.tick_params(axis="x", length=0, pad=0.4 * size, labelsize=size, labelcolor=MUTED, labelfontfamily=_FONT)
        ax.grid(visible=False)
        ax.grid(visible=True, axis="x", color="#e6e6e6", linewidth=0.7)
        ax.set_axisbelow(True)
        ax.spines[["left", "right", "top"]].set_visible(False)
        ax.spines["bottom"].set(color="#888888", linewidth=0.8)
        edge: dict[str, Any] = {"xycoords": "axes fraction", "ha": "left"}
        _write(ax, heading, (0, 1), 1.3 * size, (-left, head), gid="title", weight="bold", va="bottom", **edge)
        _write(ax, under, (0, 1), size, (-left, above), gid="subtitle", color=MUTED, va="bottom", **edge)
        _write(ax, foot, (0, 0), 0.82 * size, (-left, -below - 0.5 * size), gid="source", color=MUTED, va="top", **edge)
        ax.set_xlabel("\n".join(axis), loc="left", fontsize=size, color=MUTED, labelpad=0.3 * size, parse_math=False)
    return _Page(ax, size, plot, sides, tiers)


def _write(
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


def _measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points."""
    return size * _ems(text, bold) if text else 0.0


@cache
def _ems(text: str, bold: bool) -> float:
    font = FontProperties(family=_FONT, weight="bold" if bold else "normal", size=100)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100


def _wrap(text: str, points: float, size: float, *, bold: bool = False, lines: int = 9) -> list[str]:
    """Lines of even length no wider than ``points``; what does not fit in ``lines`` ends in an ellipsis."""

    def broken(limit: float) -> list[str]:
        made: list[str] = []
        for word in text.split():
            if made and _measure(f"{made[-1]} {word}", size, bold=bold) <= limit:
                made[-1] += f" {word}"
            else:
                made.append(word)
        return made

    made = broken(points)
    tight = points
    while bold and len(made) > 1 and len(even := broken(tight := 0.97 * tight)) == len(made):
        made = even if max(_measure(line, size, bold=bold) for line in even) <= points else made
    if len(made) > lines:
        made[lines - 1 :] = [" ".join(made[lines - 1 :])]
    for place, line in enumerate(made):
        while len(line) > 1 and _measure(line, size, bold=bold) > points:
            line = line.removesuffix("…")[:-1].rstrip() + "…"
        made[place] = line
    return made


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


def _need(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    missing = [column for column in columns if column not in table]
    if missing:
        raise ChartError(f"The table has no column {missing[0]!r}; this chart needs {', '.join(columns)}.")
    if table.empty:
        raise ChartError("The table has no rows, so there is nothing to draw.")
    return table


def _text(column: pd.Series) -> pd.Series:
    """Names as ``compare`` writes them."""
    names = column.astype("string").str.strip().fillna("")
    return names.mask(names == "", "(unknown)").astype(object)


def _rows(table: pd.DataFrame, metric: str | None, keys: list[str], column: str) -> tuple[list[dict[Any, Any]], str]:
    """The rows of one metric that have an estimate, largest first, and the metric's name."""
    _need(table, ["metric", *keys, "n", column, "low", "high"])
    present = list(dict.fromkeys(table["metric"]))
    if metric not in present and not (metric is None and len(present) == 1):
        found = f"no metric {metric!r}" if metric else f"{len(present)} metrics"
        raise ChartError(f"The table has {found}; name one of {', '.join(present)}.")
    chosen = metric or str(present[0])
    rows = table[(table["metric"] == chosen) & table[column].notna()]
    if rows.empty:
        raise ChartError(f"No row has a {column} of {chosen!r}, so there is nothing to draw.")
    return rows.sort_values(keys).sort_values(column, ascending=False, kind="stable").to_dict("records"), chosen


def _dots(rows: Sequence[dict[Any, Any]], values: pd.DataFrame, keys: list[str], column: str) -> list[list[float]]:
    """The known values of each row's group, sorted."""
    missing = [name for name in (*keys, column) if name not in values]
    if missing:
        raise ChartError(f"The table of values has no column {missing[0]!r}; it gives the dots.")
    numbers = pd.to_numeric(values[column]).to_numpy(dtype=float, na_value=math.nan)
    found: dict[tuple[str, ...], list[float]] = {}
    for key, number in zip(zip(*(_text(values[name]) for name in keys), strict=True), numbers, strict=True):
        if math.isfinite(number):
            found.setdefault(key, []).append(float(number))
    return [sorted(found.get(tuple(str(row[key]) for key in keys), [])) for row in rows]


def _label_unit(metric: str) -> tuple[str, str]:
    return (METRICS[metric].label, METRICS[metric].unit) if metric in METRICS else (metric, "")


def _is_share(metric: str) -> bool:
    return _label_unit(metric)[1].startswith("share of")


def _percent(value: float) -> str:
    return f"{100 * value:.0f}%"


def _number(value: float, metric: str, *, signed: bool = False, mark: str = "%") -> str:
    """A value to three figures or fewer, a share in per cent with ``mark``."""
    shown = 100 * value if _is_share(metric) else value
    size = abs(shown)
    digits = 0 if size >= (10 if _is_share(metric) else 100) else 1 if size >= 10 or _is_share(metric) else 2
    text = f"{size:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    sign = "" if text == "0" else "−" if shown < 0 else "+" if signed else ""
    return sign + text + (mark if _is_share(metric) else "")


def _tick(value: float, metric: str, *, signed: bool) -> str:
    shown = round(100 * value if _is_share(metric) else value, 6)
    sign = "−" if shown < 0 else "+" if signed and shown > 0 else ""
    return sign + f"{abs(shown):,g}" + ("%" if _is_share(metric) and not signed else "")
