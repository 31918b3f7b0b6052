"""Charts that compare: outlets, pairs of outlets, and two outlets story by story."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.groups_and_pairs import once
from ..comparison.plain_words import claim, lead
from ..comparison.unknown import beside, stripped
from ..comparison.unknown import known as with_a_name
from ..numbers_in_words import Notation, counted, notation
from .frame import Frame, chart
from .layout import Page, Rows, Words, flag, label_beside, lay_out
from .lettering import width_of, write
from .looks import ChartError, accent, ground, ink, line, ordered, row_colours, tinted
from .looks import dots as dot_colour
from .tables import (
    Row,
    axis_ends,
    axis_label,
    dots,
    estimated,
    from_to,
    in_unit,
    method,
    need,
    rows_of,
    scale,
    written_out,
)


@chart
def intervals(
    estimates: pd.DataFrame,
    values: pd.DataFrame | None = None,
    *,
    differences: pd.DataFrame | None = None,
    metric: str | None = None,
    by: str = "outlet",
    **frame: Unpack[Frame],
) -> Axes:
    """Each outlet's mean and interval over the dots of its articles, largest mean on top.

    ``estimates`` is the table of ``means_and_differences.compare``; ``values`` the measured frame, whose ``by`` and
    metric columns give the dots. The title names the two outlets that `plain_words.lead` finds clearly apart, on the
    same stories by ``differences`` (the table of ``means_and_differences.differences``) where outlets share any; where
    none are, it says how far the means lie apart. ``metric`` may be left out when the table has one; a row without a
    mean is left out. Raises ChartError for an empty table, a
    missing column or an unclear metric.

    >>> table = pd.DataFrame({"outlet": ["Herald"], "metric": ["sources"], "n": [12], "n_missing": [0], "mean": [4.0],
    ...     "low": [2.6], "high": [5.9], "method": ["95% bootstrap-t"], "seed": [1]})
    >>> intervals(table).get_label()
    'Sources: 4.0 on average at Herald. Dots with intervals, in sources: Herald 4.0 (2.6 to 5.9, n = 12).'
    """
    rows, written = rows_of(estimates, metric, [by], "mean")
    values = None if values is None else once(values)
    finding = f"{written.label}: {written.number(rows[0]['mean'])} on average{beside(rows[0][by], 'at')}"
    named = with_a_name(row[by] for row in rows)
    if len(named) > 1:
        best = lead(written.name, estimates, differences, by=by)
        ends = from_to((row["mean"] for row in rows if row[by] in named), written.number)
        finding = f"{written.label}: {ends} on average, from {by.replace('_', ' ')} to {by.replace('_', ' ')}"
        if best and best.clear:
            finding = f"{'On the same stories, ' * best.paired}{claim(written.name, best)}"
    rows = ordered(frame, rows, [str(row[by]) for row in rows])
    label, unit = written.label, written.unit
    found = dots(rows, values, [by], written.name)
    sure = any(math.isfinite(row["low"]) for row in rows)
    return _forest(
        rows,
        found,
        "mean",
        written,
        names=[str(row[by]) for row in rows],
        finding=finding,
        subtitle=f"Mean of articles{' with its interval' * sure}{in_unit(written)}"
        + ("; each small dot is one article" if any(found) else "")
        + f" (n = {counted(sum(int(row['n']) for row in rows), 'article')})",
        xlabel=axis_label(written, "article"),
        form=f"Dots with intervals, in {unit or label}",
        frame=frame,
    )


def _clear(row: Row) -> bool:
    """Whether a difference is told from none by its adjusted p; not where the table has none."""
    return bool(row.get("p_adjusted", math.nan) < 0.05)


@chart
def paired(
    differences: pd.DataFrame,
    values: pd.DataFrame | None = None,
    *,
    metric: str | None = None,
    **frame: Unpack[Frame],
) -> Axes:
    """Each pair's mean difference and interval over the dots of its stories, with a line at zero.

    ``differences`` and ``values`` are the tables of `means_and_differences.differences` and
    `means_and_differences.paired_values`. A filled mark has an adjusted p below 0.05, a hollow one has not. A pair
    without a story is left out. Raises ChartError as ``intervals`` does.

    >>> table = pd.DataFrame({"a": ["Herald"], "b": ["Tribune"], "metric": ["sources"], "n": [12], "p_adjusted": [0.01],
    ...     "difference": [1.5], "low": [0.4], "high": [2.6], "method": ["95% bootstrap-t"], "seed": [1]})
    >>> paired(table).texts[0].get_text().replace("\\n", " ")
    'On the same stories, Herald has 1.5 more sources an article than Tribune'
    """
    rows, written = rows_of(differences, metric, ["a", "b"], "difference")
    if values is not None:
        values = need(values, ["a", "b", "metric", "difference"]).query("metric == @written.name")
    fewest, most = (int(end(row["n"] for row in rows)) for end in (min, max))
    over = f"{'up to ' * (fewest < most)}{most:,} {'story' if most == 1 else 'stories'}"
    finding = f"{written.label}: no clear difference on {over} that both covered"
    best = lead(written.name, differences, differences)
    if best and best.clear:
        finding = f"On the same stories, {claim(written.name, best)}"
    rows = ordered(frame, rows, [f"{row['a']} − {row['b']}" for row in rows])
    found = dots(rows, values, ["a", "b"], "difference")
    label, unit = written.label, written.unit
    points = written.points.strip() or unit
    return _forest(
        rows,
        found,
        "difference",
        written,
        names=[f"{row['a']}\n− {row['b']}" for row in rows],
        finding=finding,
        subtitle=f"Mean difference{f' in {points}' if points else ''} with its interval (filled: adjusted p below 0.05)"
        + ("; each small dot is one story" if any(found) else "")
        + " (n = stories that both covered)",
        xlabel=f"{label}: difference" + (f" ({points})" if points else ""),
        form=f"Paired differences with intervals, in {points or label}",
        frame=frame,
    )


def _forest(
    rows: Sequence[Row],
    dots: Sequence[Sequence[float]],
    column: str,
    written: Notation,
    *,
    names: Sequence[str],
    form: str,
    frame: Frame,
    **words: Any,
) -> Axes:
    """Dots below, interval and mean above them; the mean's value over its mark, or beside where rows are close."""
    signed = column == "difference"
    lost = [f", {int(row['n_missing']):,} missing" if row.get("n_missing") else "" for row in rows]
    told = (f"{name} {estimated(row, column, written)}" for name, row in zip(names, rows, strict=True))
    keys = ["a", "b"] if signed else [str(next(iter(rows[0])))]
    kept = [*keys, "n", column, "low", "high"]
    drawn = written_out(pd.DataFrame(rows)[kept], written, [column, "low", "high"])
    drawn = drawn.rename(columns={column: f"{written.label}{' (%)' * written.share}"})
    said = Words(basis=method(rows), told=f"{form}: {'; '.join(told)}", data=drawn, **words)
    notes = [f"n = {int(row['n']):,}{missing}" for row, missing in zip(rows, lost, strict=True)]
    page = lay_out(frame, said, Rows(names=names, notes=notes))
    ax, size = page.ax, page.size
    means, lows, highs = (np.array([row[name] for row in rows], dtype=float) for name in (column, "low", "high"))
    places, sure = np.arange(len(rows)) - 0.04, np.isfinite(lows)
    tints = row_colours(frame, [name.replace("\n", " ") for name in names])
    for y, found in enumerate(dots):
        spread = (np.arange(len(found)) * 0.618034 % 1 - 0.5) * 0.26 * min(1.0, len(found) / 12)  # without meaning
        side = size * min(0.5, max(0.25, 4 / math.sqrt(len(found) or 1)))
        tint = dot_colour() if tints[y] == accent() else tints[y]
        look: dict[str, Any] = {"color": tint, "alpha": 0.55 if len(found) > 40 else 0.8, "linewidth": 0}
        ax.scatter(found, y + 0.27 + spread, side**2, zorder=2, gid=f"dots-{y}", clip_on=False, **look)
    thin = min(0.2 * size, 0.4 * page.row)  # rows that stand very close keep white between them
    if signed:
        ax.axvline(0, color=ink(), linewidth=0.9, zorder=2, gid="zero")
    ax.hlines(places[sure], lows[sure], highs[sure], color=ink(), linewidth=thin, zorder=3, gid="intervals")
    fills = [tint if not signed or _clear(row) else ground() for tint, row in zip(tints, rows, strict=True)]
    look = {"edgecolors": tints if signed else ground(), "linewidth": 0.1 * size, "clip_on": False}
    ax.scatter(means, places, min(0.68 * size, 1.6 * page.row) ** 2, c=fills, zorder=4, gid="means", **look)
    scale(page, written, np.concatenate([means, lows, highs, *dots, [0.0] * signed]), signed=signed)
    _room_for_values(page, [written.number(value, signed=signed, bare=signed) for value in means], means)
    texts = [written.number(value, signed=signed, bare=signed) for value in means]
    plate: dict[str, Any] = {"weight": "bold", "bbox": {"facecolor": ground(), "edgecolor": "none", "pad": 0.5}}
    if page.close and len(rows) <= 20:
        ends = zip(texts, places, np.fmin(lows, means), np.fmax(highs, means), strict=True)
        label_beside(page, [(text, y, low, high) for text, y, low, high in ends], 0.9 * size, weight="bold")
    elif not page.close:
        for text, y, value in zip(texts, places, means, strict=True):
            write(ax, text, (value, y), size, (0, 0.6 * size), ha="center", va="bottom", **plate)
    return ax


def _room_for_values(page: Page, texts: Sequence[str], means: np.ndarray) -> None:
    """Begins the axis so far to the left that no value over its mark comes near the names."""
    start, end = page.ax.get_xlim()
    unit = page.plot / (end - start)
    lacks = [
        width_of(text, page.size, bold=True) / 2 - (x - start) * unit for text, x in zip(texts, means, strict=True)
    ]
    if max(lacks) > 0.3 * page.size and not page.close:
        page.ax.set_xlim(start - max(lacks) / unit, end)


@chart
def dumbbell(
    table: pd.DataFrame,
    differences: pd.DataFrame | None = None,
    *,
    metric: str,
    by: str = "outlet",
    story: str = "story_id",
    pair: tuple[str, str] | None = None,
    **frame: Unpack[Frame],
) -> Axes:
    """Two outlets on each story that both covered, joined by a line; the largest lead of the first on top.

    ``table`` is the measured frame: ``by``, ``story`` and metric columns; an outlet's articles on one story are
    averaged, as ``means_and_differences.differences`` does. Without ``pair``, the two outlets that `plain_words.lead`
    names by that table, else those that share the most stories. Raises ChartError for an empty table, a missing column,
    or no shared story.

    >>> table = pd.DataFrame({"outlet": ["Herald", "Tribune"] * 2, "story_id": ["fire", "fire", "vote", "vote"],
    ...     "sources": [5, 3, 2, 4]})
    >>> dumbbell(table, metric="sources").texts[0].get_text()
    'Sources: Herald above Tribune on 1 of 2 stories'
    """
    means, (a, b) = _two(table, differences, metric, by, story, pair)
    wide = means[[a, b]].dropna()
    gaps = (wide[a] - wide[b]).where(lambda gap: gap.abs() > 1e-12, 0.0)
    wide = wide.loc[gaps.sort_values(ascending=False, kind="stable").index]
    wide = wide.loc[ordered(frame, list(wide.index), [str(name) for name in wide.index])]
    over = f"{len(gaps):,} {'story' if len(gaps) == 1 else 'stories'}"
    values = wide.to_numpy(dtype=float)
    written = notation(metric, values.ravel())
    rows = [] if differences is None else rows_of(differences, metric, ["a", "b"], "difference")[0]
    mine = [row for row in rows if {row["a"], row["b"]} == {a, b}]
    each = zip(wide.index, values, strict=True)
    words = Words(
        finding=f"{written.label}: {_lead(a, b, gaps, over)}",
        subtitle=f"Each line is a story{in_unit(written)}"
        + (f"; two of {len(means.columns)} outlets" if len(means.columns) > 2 else "")
        + f" (n = {over} of both)",
        xlabel=axis_label(written),
        basis=method(mine) or "Stories at hand, without an interval.",
        data=written_out(wide.reset_index(), written, [a, b]),
        told="Dumbbells: "
        + "; ".join(f"{name} {a} {written.number(x)}, {b} {written.number(y)}" for name, (x, y) in each),
    )
    low, high = axis_ends(written, values.ravel())
    flags = [((x - low) / (high - low), name) for x, name in zip(values[0], (f"● {a}", f"◆ {b}"), strict=True)]
    names = [str(name) for name in wide.index]
    page = lay_out(frame, words, Rows(names=names, tall=2.0, least=1.35), flags=flags)
    tints = tinted(frame, {a: (a, "#0072B2"), b: (b, "#E69F00")})
    _joined(page, values, (a, b), [colour for _, colour in tints.values()])
    scale(page, written, values.ravel())
    return page.ax


def _two(
    table: pd.DataFrame,
    differences: pd.DataFrame | None,
    metric: str,
    by: str,
    story: str,
    pair: tuple[str, str] | None,
) -> tuple[pd.DataFrame, tuple[str, str]]:
    """The means of outlets by story, and the two outlets to be joined."""
    table = once(need(table, [by, story, metric]))
    known = table.assign(**{name: stripped(table[name]) for name in (by, story)}).dropna(subset=[by, story, metric])
    means = known.pivot_table(index=story, columns=by, values=metric, aggfunc="mean")
    shared = {(a, b): len(means[[a, b]].dropna()) for a, b in combinations(map(str, means), 2)}
    best = None if differences is None or pair else lead(metric, differences, differences)
    most = max(shared, key=shared.__getitem__, default=("", ""))
    a, b = pair or ((min(best[:2]), max(best[:2])) if best and best.paired else most)
    if not {a, b} <= set(means) or means[[a, b]].dropna().empty:
        who = f"{a!r} and {b!r} share" if pair else "two outlets share"
        raise ChartError(f"No {story!r} with a value of {metric!r} is one that {who}, so there is nothing to join.")
    return means, (a, b)


def _lead(a: str, b: str, gaps: pd.Series, over: str) -> str:
    """Which of two outlets is above the other on most stories; on so many more as chance gives, none is."""
    ahead, behind = int((gaps > 0).sum()), int((gaps < 0).sum())
    first, second, won = (a, b, ahead) if ahead >= behind else (b, a, behind)
    if not won:
        return f"{a} and {b} level on {over}"
    if ahead + behind > 5 and abs(ahead - behind) <= 1.96 * math.sqrt(ahead + behind):  # a sign test at 5%
        return f"{first} and {second} about even, {first} above on {won} of {over}"
    return f"{first} above {second} on {won} of {over}" if len(gaps) > 1 else f"{first} above {second} on one story"


def _joined(page: Page, values: np.ndarray, names: tuple[str, str], colours: Sequence[str]) -> None:
    """Draws each story's two marks and the line that joins them, and names the marks at the first."""
    ax, size, places = page.ax, page.size, np.arange(len(values))
    side = min(0.62 * size, 0.8 * page.row)
    ax.hlines(places, values.min(axis=1), values.max(axis=1), color=line(), linewidth=0.3 * side, gid="lines")
    for k, (name, colour, mark) in enumerate(zip(names, colours, "oD", strict=True)):
        look: dict[str, Any] = {"color": colour, "marker": mark, "edgecolors": ink(), "linewidth": 0.05 * size}
        ax.scatter(values[:, k], places, (side * (1, 0.85)[k]) ** 2, zorder=4 - k, clip_on=False, gid=name, **look)
        flag(page, k, (values[0, k], 0))
