"""What a chart reads in a table, and how it writes the numbers."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from . import comparison
from .canvas import ChartError, Page
from .metrics import METRICS
from .resampling import apart

Row = dict[Any, Any]
T = TypeVar("T")


def need(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table, if it has these columns and a row; raises ChartError else."""
    missing = [column for column in columns if column not in table]
    if missing:
        raise ChartError(f"The table has no column {missing[0]!r}; this chart needs {', '.join(columns)}.")
    if table.empty:
        raise ChartError("The table has no rows, so there is nothing to draw.")
    return table


def names(column: pd.Series) -> pd.Series:
    """Names as ``compare`` writes them."""
    found = column.astype("string").str.strip().fillna("")
    return found.mask(found == "", "(unknown)").astype(object)


def rows_of(table: pd.DataFrame, metric: str | None, keys: list[str], column: str) -> tuple[list[Row], str]:
    """The rows of one metric that have an estimate, largest first, and the metric's name."""
    need(table, ["metric", *keys, "n", column, "low", "high"])
    present = list(dict.fromkeys(table["metric"]))
    if metric not in present and not (metric is None and len(present) == 1):
        found = f"no metric {metric!r}" if metric else f"{len(present)} metrics"
        raise ChartError(f"The table has {found}; name one of {', '.join(present)}.")
    chosen = metric or str(present[0])
    rows = table[(table["metric"] == chosen) & table[column].notna()]
    if rows.empty:
        raise ChartError(f"No row has a {column} of {chosen!r}, so there is nothing to draw.")
    return rows.sort_values(keys).sort_values(column, ascending=False, kind="stable").to_dict("records"), chosen


def dots(rows: Sequence[Row], values: pd.DataFrame | None, keys: list[str], column: str) -> list[list[float]]:
    """The known values of each row's group, sorted; none for no table of values."""
    if values is None:
        return [[] for _ in rows]
    missing = [name for name in (*keys, column) if name not in values]
    if missing:
        raise ChartError(f"The table of values has no column {missing[0]!r}; it gives the dots.")
    numbers = pd.to_numeric(values[column]).to_numpy(dtype=float, na_value=math.nan)
    found: dict[tuple[str, ...], list[float]] = {}
    for each, number in zip(zip(*(names(values[name]) for name in keys), strict=True), numbers, strict=True):
        if math.isfinite(number):
            found.setdefault(each, []).append(float(number))
    return [sorted(found.get(tuple(str(row[key]) for key in keys), [])) for row in rows]


def firm(groups: Sequence[T], sizes: Sequence[int], least: int) -> list[T]:
    """The groups large enough for a finding; all, where fewer than two are."""
    found = [group for group, size in zip(groups, sizes, strict=True) if size >= least]
    return found if len(found) > 1 else list(groups)


def hedge(table: pd.DataFrame, groups: Sequence[str], part: str, whole: str = "", *, by: str) -> tuple[str, str]:
    """What a finding on the first and the last group must add, and how their intervals were found.

    ``table`` has a row an article. The intervals are those of `comparison.compare` for the mean of ``part``, or of
    `comparison.pooled` for ``part`` over ``whole``. Blank for one group, and where `resampling.apart` tells them apart.
    """
    if len(groups) < 2:
        return "", ""
    both = table[table[by].isin([groups[0], groups[-1]])]
    with warnings.catch_warnings(action="ignore", category=comparison.SmallSampleWarning):  # the title says it
        found = comparison.pooled(both, part, whole, by=by) if whole else comparison.compare(both, part, by=by)
    one, other = found.to_dict("records")
    if math.isnan(one["low"]) or math.isnan(other["low"]):
        return "; not both have an interval", ""
    return "" if apart(one, other, "pooled_share" if whole else "mean") else "; not clearly apart", method([one])


def method(rows: Iterable[Row]) -> str:
    """How the first interval among the rows was found, for the source line."""
    known = [row for row in rows if "method" in row and not math.isnan(row["low"])]
    return f"Interval: {known[0]['method']}, seed {known[0]['seed']}." if known else ""


def label_unit(metric: str) -> tuple[str, str]:
    """A metric's label and unit in the registry; a metric of the user's own is its own label, without unit."""
    return (METRICS[metric].label, METRICS[metric].unit) if metric in METRICS else (metric, "")


def in_unit(metric: str) -> str:
    """The unit, as a subtitle ends with it: ", in US school years"."""
    unit = label_unit(metric)[1]
    return f", in per cent, {unit}" if is_share(metric) else f", in {unit}" if unit else ""


def is_share(metric: str) -> bool:
    """Whether the metric is shown in per cent."""
    return label_unit(metric)[1].startswith("share of")


def percent(value: float) -> str:
    """A share in whole per cent; one above nought is never 0%."""
    return "<1%" if 0 < value < 0.005 else f"{100 * value:.0f}%"


def number(value: float, metric: str, *, signed: bool = False, mark: str = "%") -> str:
    """A value to three figures or fewer, a share in per cent with ``mark``."""
    shown = 100 * value if is_share(metric) else value
    size = abs(shown)
    digits = 0 if size >= (10 if is_share(metric) else 100) else 1 if size >= 10 or is_share(metric) else 2
    text = f"{size:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    sign = "" if text == "0" else "−" if shown < 0 else "+" if signed else ""
    return sign + text + (mark if is_share(metric) else "")


def estimated(row: Row, column: str, metric: str) -> str:
    """The row's estimate, interval and n, as a description tells them."""
    apart = column == "difference"
    value, low, high = (
        number(row[name], metric, signed=apart, mark="" if apart else "%") for name in (column, "low", "high")
    )
    return f"{value} ({'no interval' if math.isnan(row['low']) else f'{low} to {high}'}, n = {int(row['n'])})"


def tick(value: float, metric: str, *, signed: bool = False) -> str:
    """A number at an axis; a difference has its sign."""
    shown = round(100 * value if is_share(metric) else value, 6)
    sign = "−" if shown < 0 else "+" if signed and shown > 0 else ""
    return sign + f"{abs(shown):,g}" + ("%" if is_share(metric) and not signed else "")


def limits(metric: str, seen: np.ndarray, *, signed: bool = False) -> tuple[float, float]:
    """Where an axis begins and ends, with room at both."""
    low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
    if metric in METRICS and not signed and math.isfinite(METRICS[metric].low):
        floor = METRICS[metric].low  # a scale that begins nearby begins there
        low = floor if 0 <= low - floor < 0.35 * (high - floor) else low
    room = 0.04 * (high - low) or 0.04 * abs(high) or 1.0
    return low - room, high + room


def scale(page: Page, metric: str, seen: np.ndarray, *, signed: bool = False) -> None:
    """Sets the axis of a metric: where it begins and ends, its ticks and how they are written."""
    ax = page.ax
    ax.set_xlim(*limits(metric, seen, signed=signed))
    ax.xaxis.set_major_locator(MaxNLocator(max(3, int(page.plot / (5 * page.size))), steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, metric, signed=signed)))
