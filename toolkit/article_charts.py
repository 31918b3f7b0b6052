"""Charts of what stands inside the articles: quotations, who is speaking, and how hard each voice is to read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .canvas import ACCENT, COLUMN, INK, SLIDE, ChartError, ink_on, lay_out, measure, style, wrap, write
from .chart_tables import Row, estimated, firm, hedge, method, need, number, percent, scale, source_line
from .chart_tables import names as named
from .sourcing_charts import KINDS, looks_of
from .wording import counted

OWN = ("Reporter’s own voice", "#EFEFEF")
VOICES = {  # metric: label, mark (as text, as matplotlib's), colour
    "flesch_kincaid_grade": ("Whole text", "●", "o", "#222222"),
    "flesch_kincaid_own_voice_grade": ("Reporter’s own voice", "■", "s", "#0072B2"),
    "flesch_kincaid_quotations_grade": ("Quotations", "▲", "^", "#E69F00"),
    "flesch_kincaid_lead_grade": ("Lead", "◆", "D", "#CC79A7"),
}


def quote_positions(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    title: str = "",
    source: str = "",
    width: float = COLUMN,
    ax: Axes | None = None,
) -> Axes:
    """Where in the article quotations fall: ticks for each outlet (``by="id"``: each article), earliest on top.

    ``table`` has a row a quotation: ``by``, position (body words before it over body words, 0..1), and perhaps words
    (a longer quotation has a taller tick) and id (articles are counted). The diamond is the median position. Raises
    ChartError for an empty table, a missing column or a position outside 0..1.

    >>> table = pd.DataFrame({"outlet": "Herald", "position": [0.1, 0.2, 0.9], "words": [12, 30, 8]})
    >>> quote_positions(table).get_label().split(". ")[0]
    'Half of the quotations stand in the first 20% of the article at Herald'
    """
    table = need(table, [by, "position"]).assign(**{by: named(table[by])})
    if not table["position"].between(0, 1).all():
        raise ChartError("A position is missing or outside 0..1; give body words before the quotation over body words.")
    medians = table.groupby(by)["position"].median().sort_values(kind="stable")
    names = [str(name) for name in medians.index]
    groups = [table[table[by] == name] for name in names]
    numbers = [group["id"].nunique() if "id" in table and by != "id" else 0 for group in groups]
    articles = [f" in {counted(n, 'article')}" if n else "" for n in numbers]
    ends, unsure, how = firm(names, numbers, 2), "", ""
    if any(numbers):
        unsure, how = hedge(table.groupby([by, "id"], as_index=False)[["position"]].median(), ends, "position", by=by)
        how = how.replace("Interval", "Interval of the articles’ medians")
    halves = [percent(medians[name]) for name in (ends[0], ends[-1])]
    finding = f"Half of the quotations stand in the first {halves[0]} of the article at {ends[0]}"
    if len(ends) > 1:
        finding = f"Quotations come earliest at {ends[0]} (half by {halves[0]} of the article)"
        finding += f", latest at {ends[-1]} (half by {halves[1]}){unsure}"
    page = lay_out(
        ax,
        width,
        names=names,
        notes=[f"n = {len(group):,}{many}" for group, many in zip(groups, articles, strict=True)],
        title=title or finding,
        subtitle=f"Each tick is a quotation{', taller the more words it has' if 'words' in table else ''}; "
        f"diamond: median (n = {counted(len(table), 'quotation')})",
        xlabel="Position in the article (share of body words before the quotation)",
        source=source_line(source, how or "Medians of the articles at hand, without an interval."),
        told="Strips of ticks, median position: "
        + "; ".join(
            f"{name} {percent(value)}, n = {len(group)}"
            for name, value, group in zip(names, medians, groups, strict=True)
        ),
    )
    ax, size = page.ax, page.size
    longest = max(1.0, float(table["words"].max())) if "words" in table else 1.0
    with style():
        for y, group in enumerate(groups):
            words = group["words"].fillna(0) if "words" in table else pd.Series(0.5, group.index)
            start, thin = y + 0.34, min(0.9, max(0.35, 6 / math.sqrt(len(group))))
            tops = start - 0.14 - 0.5 * words / longest
            ax.vlines(group["position"], tops, start, color=ACCENT, alpha=thin, linewidth=0.11 * size, gid=f"ticks-{y}")
        base = np.arange(len(names)) + 0.34
        side = size * min(0.55, 0.4 * page.row / size)
        look: dict[str, Any] = {"markersize": side, "markeredgecolor": "white", "clip_on": False, "zorder": 4}
        ax.plot(medians.to_numpy(), base, "D", color=INK, gid="median", **look)
        ax.set_xlim(-0.01, 1.01)
        _percent_axis(ax)
    return ax


def strip(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    title: str = "",
    source: str = "",
    width: float = COLUMN,
    ax: Axes | None = None,
) -> Axes:
    """The sourcing strip: a line an article, coloured from its first word to its last by who is speaking.

    ``table`` is that of ``table.strip``: ``by``, id, start, stop (shares 0..1 of the body's words), kind (``own
    voice``, a kind of source, ``none``), name (written where it fits). Articles stand by outlet, the most of the
    reporter's own voice on top in both; many share the height without their names. Raises ChartError for an empty
    table, a missing column, or a share outside 0..1.

    >>> table = pd.DataFrame({"outlet": "Herald", "id": "a1", "start": [0.0, 0.4], "stop": [0.4, 1.0],
    ...     "kind": ["own voice", "organisation"], "name": ["", "the council"]})
    >>> strip(table).get_label().split(". ")[0]
    'The reporter’s own voice fills 40% of the article at Herald'
    """
    table = need(table, [by, "id", "start", "stop", "kind", "name"]).assign(**{by: named(table[by])})
    if not (table["start"].between(0, 1) & table["stop"].between(0, 1) & (table["start"] <= table["stop"])).all():
        raise ChartError("A start or stop is missing or outside 0..1; give words before it over body words.")
    table = table.assign(own=(table["stop"] - table["start"]).where(table["kind"] == "own voice", 0.0))
    lines = table.groupby([by, "id"], sort=True)["own"].sum().reset_index()
    outlets = lines.groupby(by)["own"].mean().sort_values(ascending=False, kind="stable")
    lines = lines.assign(order=lines[by].map(outlets)).sort_values(
        ["order", by, "own", "id"], ascending=[False, True, False, True]
    )
    many = {str(outlet): int(n) for outlet, n in lines[by].value_counts().items()}
    room = 20 if ax is None and width >= SLIDE else 40  # a slide is not high
    few = len(lines) + len(outlets) <= room
    tall = 1.6 if few else min(1.0, room / len(lines))  # a line's height in text sizes
    rows: list[str] = []
    places: dict[tuple[str, str], int] = {}
    heads: dict[int, str] = {}
    for outlet, group in lines.groupby(by, sort=False):
        space = 1 if few else max(len(group), math.ceil(4 / tall)) - len(group)  # for the outlet's name
        first, ids = len(rows), [str(name) for name in group["id"]]
        heads[first if few else first + (space + len(ids)) // 2] = str(outlet)
        places |= {(str(outlet), name): first + (space if few else space // 2) + k for k, name in enumerate(ids)}
        rows += (["", *ids] if few else [""] * (space + len(ids))) + [""] * (0 if few else math.ceil(0.6 / tall))
    present = [kind for kind in KINDS if (table["kind"] == kind).any()]
    present += [kind for kind in dict.fromkeys(table["kind"]) if kind not in KINDS and kind != "own voice"]
    looks = looks_of({"own voice": OWN, **KINDS}, present)
    ends = firm([str(name) for name in outlets.index], [many[str(name)] for name in outlets.index], 2)
    unsure, how = hedge(lines, ends, "own", by=by)
    finding = f"The reporter’s own voice fills {percent(outlets[ends[0]])} of the article at {ends[0]}"
    finding += f", {percent(outlets[ends[-1]])} at {ends[-1]}{unsure}" if len(ends) > 1 else ""
    page = lay_out(
        ax,
        width,
        names=rows if few else [f"{heads[y]}\nn = {many[heads[y]]:,}" if y in heads else "" for y in range(len(rows))],
        title=title or finding,
        subtitle="Each line is an article, first word to last, coloured by who is speaking, in per cent of its words "
        f"(n = {counted(len(lines), 'article')})",
        xlabel="Position in the article (share of body words)",
        source=source_line(source, how or "Means of the articles at hand, without an interval."),
        told="Strips by speaker, mean share of own voice: "
        + "; ".join(f"{name} {percent(share)}, n = {many[str(name)]}" for name, share in outlets.items()),
        tall=tall,
        lines=1 if few else 2,
        dense=not few,
        key=[("■", looks[kind][1], looks[kind][0]) for kind in ("own voice", *present)],
    )
    ax, size = page.ax, page.size
    small = min(0.82 * size, 0.6 * page.row)
    with style():
        for kind in ("own voice", *present):
            colour, mine = looks[kind][1], table[table["kind"] == kind]
            at = [places[str(outlet), str(name)] for outlet, name in zip(mine[by], mine["id"], strict=True)]
            lefts, spans = mine["start"].to_numpy(), (mine["stop"] - mine["start"]).to_numpy()
            ax.barh(at, spans, 0.8 if few else 1, lefts, color=colour, linewidth=0, antialiased=few, gid=kind)
            for y, left, span, name in zip(at, lefts, spans, mine["name"].fillna("").astype(str), strict=True):
                if few and name and span * page.plot > measure(name, small) + 0.6 * small:
                    write(ax, name, (left + span / 2, y), small, color=ink_on(colour), ha="center", gid="name")
        for y, outlet in heads.items() if few else ():
            edge: dict[str, Any] = {"xycoords": ax.get_yaxis_transform(), "ha": "left", "weight": "bold"}
            text = wrap(f"{outlet} (n = {many[outlet]:,})", page.plot + page.left, size, bold=True, lines=1)
            write(ax, text, (0, y), size, (-page.left, 0), gid="outlet", **edge)
        ax.set_xlim(0, 1)
        ax.grid(visible=False)
        _percent_axis(ax)
    return ax


def voices(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    title: str = "",
    source: str = "",
    width: float = COLUMN,
    ax: Axes | None = None,
) -> Axes:
    """How hard each voice is to read: whole text, reporter's own voice, quotations and lead, with their intervals.

    ``table`` is that of ``compare.compare`` for the metrics in `VOICES`, or some of them. The outlet with the highest
    grade of the first voice stands on top. Raises ChartError for an empty table, a missing column, or no such metric.

    >>> table = pd.DataFrame({"outlet": "Herald", "metric": list(VOICES)[1:3], "n": 12, "n_missing": 0,
    ...     "mean": [11.2, 8.1], "low": [10.4, 7.0], "high": [12.0, 9.2], "method": "95% bootstrap-t", "seed": 1})
    >>> voices(table).get_label().split(". ")[0]
    'Flesch–Kincaid grade: quotations (8.1) read easier than the reporter’s own voice (11.2)'
    """
    need(table, [by, "metric", "n", "mean", "low", "high"])
    known = table[table["metric"].isin(list(VOICES)) & table["mean"].notna()]
    if known.empty:
        raise ChartError(f"The table has no mean of a voice's grade; compare {', '.join(VOICES)}.")
    present = [name for name in VOICES if (known["metric"] == name).any()]
    order = known.assign(place=known["metric"].map(present.index)).sort_values(
        ["place", "mean"], ascending=[True, False], kind="stable"
    )
    names = [str(name) for name in dict.fromkeys(order[by])]
    rows = {(str(row[by]), row["metric"]): row for row in order.to_dict("records")}
    sizes = [sorted({int(row["n"]) for (outlet, _), row in rows.items() if outlet == name}) for name in names]
    page = lay_out(
        ax,
        width,
        names=names,
        notes=[f"n = {found[0]:,}" + (f"–{found[-1]:,}" if len(found) > 1 else "") for found in sizes],
        title=title or f"Flesch–Kincaid grade: {_gap_of_voices(rows, names)}",
        subtitle="Mean of articles with its interval, in US school years: higher is harder "
        f"(n = {counted(sum(found[-1] for found in sizes), 'article')})",
        xlabel="Flesch–Kincaid grade (US school year)",
        source=source_line(source, method(rows.values())),
        told="Marks with intervals, in US school years: "
        + "; ".join(
            f"{outlet}, {VOICES[metric][0].lower()} {estimated(row, 'mean', metric)}"
            for (outlet, metric), row in sorted(rows.items(), key=lambda found: names.index(found[0][0]))
        ),
        tall=1.05 * len(present) + 0.8,
        key=[(VOICES[name][1], VOICES[name][3], VOICES[name][0]) for name in present],
    )
    ax, size = page.ax, page.size
    with style():
        for k, metric in enumerate(present):
            _, _, mark, colour = VOICES[metric]
            mine = {y: rows[name, metric] for y, name in enumerate(names) if (name, metric) in rows}
            at = np.array(list(mine)) + (k - (len(present) - 1) / 2) * 0.82 / len(present)
            found, lows, highs = (
                np.array([row[end] for row in mine.values()], dtype=float) for end in ("mean", "low", "high")
            )
            sure = np.isfinite(lows)
            ax.hlines(at[sure], lows[sure], highs[sure], color=colour, linewidth=0.16 * size, gid=f"intervals-{metric}")
            look: dict[str, Any] = {"color": colour, "marker": mark, "edgecolors": "white", "linewidth": 0.08 * size}
            ax.scatter(found, at, (0.72 * size) ** 2, zorder=4, clip_on=False, gid=metric, **look)
        for y in range(1, len(names)):
            ax.axhline(y - 0.5, color="#e6e6e6", linewidth=0.7, zorder=0)
        seen = np.array([row[end] for row in rows.values() for end in ("mean", "low", "high")], dtype=float)
        scale(page, present[0], seen)
    return ax


def _gap_of_voices(rows: dict[tuple[str, str], Row], names: Sequence[str]) -> str:
    """What the intervals say of quotations and the reporter's own voice."""
    own, quoted = "flesch_kincaid_own_voice_grade", "flesch_kincaid_quotations_grade"
    both = [(rows[name, quoted], rows[name, own]) for name in names if (name, quoted) in rows and (name, own) in rows]
    sure = [(one, other) for one, other in both if not math.isnan(one["low"]) and not math.isnan(other["low"])]
    easier = sum(one["high"] < other["low"] for one, other in sure)
    harder = sum(one["low"] > other["high"] for one, other in sure)
    if not both:
        return f"{number(max(row['mean'] for row in rows.values()), own)} at most on average"
    if not sure:
        return "too few articles to tell quotations from the reporter’s own voice"
    if len(both) == 1:
        one, other = (f"({number(row['mean'], own)})" for row in both[0])
        verb = "read easier than" if easier else "read harder than" if harder else "are not clearly apart from"
        return f"quotations {one} {verb} the reporter’s own voice {other}"
    if not easier and not harder:
        return f"quotations and the reporter’s own voice clearly apart at none of {counted(len(names), 'outlet')}"
    said = [f"{word} at {n} of {len(names)}" for word, n in (("easier", easier), ("harder", harder)) if n]
    return f"quotations read {', '.join(said)} outlets than the reporter’s own voice"


def _percent_axis(ax: Axes) -> None:
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
