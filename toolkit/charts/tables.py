"""What a chart reads in a table, and how it writes the numbers."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import Formatter, MaxNLocator

from .. import comparison
from ..comparison import groups_and_pairs
from ..comparison.bootstrap import apart
from ..comparison.unknown import called, known
from ..numbers_in_words import Notation, notation, scaled
from .layout import Page
from .looks import ChartError

Row = dict[Any, Any]


def need(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table, if it has these columns and a row; raises ChartError else."""
    missing = [column for column in columns if column not in table]
    if missing:
        raise ChartError(f"The table has no column {missing[0]!r}; this chart needs {', '.join(columns)}.")
    if table.empty:
        raise ChartError("The table has no rows, so there is nothing to draw.")
    return table


def by_name(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table that `need` gives, with the names in the first of these columns as ``compare`` writes them."""
    return need(table, columns).assign(**{columns[0]: called(table[columns[0]])})


def rows_of(table: pd.DataFrame, metric: str | None, keys: list[str], column: str) -> tuple[list[Row], Notation]:
    """The rows of one metric that have an estimate, largest first, and how the metric is written."""
    need(table, ["metric", *keys, "n", column, "low", "high"])
    present = list(dict.fromkeys(table["metric"]))
    if metric not in present and not (metric is None and len(present) == 1):
        found = f"no metric {metric!r}" if metric else f"{len(present)} metrics"
        raise ChartError(f"The table has {found}; name one of {', '.join(present)}.")
    chosen = metric or str(present[0])
    rows = table[(table["metric"] == chosen) & table[column].notna()]
    if rows.empty:
        raise ChartError(f"No row has a {column} of {chosen!r}, so there is nothing to draw.")
    written = notation(chosen, rows[[column, "low", "high"]].to_numpy(dtype=float).ravel())
    return rows.sort_values(keys).sort_values(column, ascending=False, kind="stable").to_dict("records"), written


def dots(rows: Sequence[Row], values: pd.DataFrame | None, keys: list[str], column: str) -> list[list[float]]:
    """The known values of each row's group, sorted; none for no table of values."""
    if values is None:
        return [[] for _ in rows]
    missing = [name for name in (*keys, column) if name not in values]
    if missing:
        raise ChartError(f"The table of values has no column {missing[0]!r}; it gives the dots.")
    numbers = pd.to_numeric(values[column]).to_numpy(dtype=float, na_value=math.nan)
    found: dict[tuple[str, ...], list[float]] = {}
    for each, number in zip(zip(*(called(values[name]) for name in keys), strict=True), numbers, strict=True):
        if math.isfinite(number):
            found.setdefault(each, []).append(float(number))
    return [sorted(found.get(tuple(str(row[key]) for key in keys), [])) for row in rows]


def firm(groups: Sequence[str], sizes: Sequence[int], least: int) -> list[str]:
    """The groups that a finding may tell apart: those with a name and large enough; all with a name, where fewer than
    two are, and all where none has one."""
    named = known(groups)
    found = [group for group, size in zip(groups, sizes, strict=True) if group in named and size >= least]
    return found if len(found) > 1 else named


def told_apart(table: pd.DataFrame, groups: Sequence[str], part: str, whole: str = "", *, by: str) -> tuple[bool, str]:
    """Whether the first and the last group are clearly apart, and by which intervals they are, for the source line.

    ``table`` has a row an article. The intervals are those of `means_and_differences.compare` for the mean of ``part``,
    or of `means_and_differences.pooled` for ``part`` over ``whole``; that of the difference is as wide as so many
    ``groups`` ask (`bootstrap.apart`). False and blank for one group, and where they are not apart.
    """
    if len(groups) < 2:
        return False, ""
    both = table[table[by].isin([groups[0], groups[-1]])]
    with warnings.catch_warnings(action="ignore", category=comparison.SmallSampleWarning):  # nothing is claimed then
        found = comparison.pooled(both, part, whole, by=by) if whole else comparison.compare(both, part, by=by)
    one, other = found.to_dict("records")
    if math.isnan(one["low"]) or math.isnan(other["low"]):
        return False, ""
    if not apart(one, other, "pooled_share" if whole else "mean", of=len(groups)):
        return False, ""
    return True, method([one]).replace("Interval", "Told apart by intervals")


def from_to(values: Iterable[float], write: Callable[[float], str]) -> str:
    """From the least of some values to the greatest, as they are written; one where these are alike."""
    ends = dict.fromkeys(map(write, (min(found := list(values)), max(found))))
    return " to ".join(ends)


def written_out(table: pd.DataFrame, notation: Notation, columns: Sequence[str]) -> pd.DataFrame:
    """The data of a chart, its estimates (``columns``) in the metric's unit: shares in per cent."""
    found = {name: table[name].astype(float) for name in columns}
    written = {name: scaled(column) if notation.share else column.round(4) for name, column in found.items()}
    return pd.DataFrame(table.assign(**written))


def method(rows: Iterable[Row]) -> str:
    """How the first interval among the rows was found, for the source line."""
    known = [row for row in rows if "method" in row and not math.isnan(row["low"])]
    return f"Interval: {known[0]['method']}, seed {known[0]['seed']}." if known else ""


def in_unit(notation: Notation) -> str:
    """The unit, as a subtitle ends with it: ", in US school years"."""
    unit = f"per cent, {notation.unit}".rstrip(", ") if notation.share else notation.unit
    return f", in {unit}" if unit else ""


def axis_label(notation: Notation, of: str = "") -> str:
    """What stands at a metric's axis: its label and unit; ``of`` says of what it is, where the label is the unit."""
    label, unit = notation.label, notation.unit
    if of and unit == label.lower():
        return f"{label} per {of}"
    return f"{label} ({unit})" if unit else label


def estimated(row: Row, column: str, notation: Notation) -> str:
    """The row's estimate, interval and n, as a description tells them."""
    look = {"signed": True, "bare": True} if column == "difference" else {}
    between = notation.limits(row["low"], row["high"], **look) or "no interval"
    return f"{notation.number(row[column], **look)} ({between}, n = {int(row['n'])})"


class Ticks(Formatter):
    """The numbers at an axis, all with as many decimals as the finest needs; a difference has its sign."""

    def __init__(self, notation: Notation, *, signed: bool = False) -> None:
        self.notation, self.signed = notation, signed

    def format_ticks(self, values: Iterable[float]) -> list[str]:
        """The texts of all ticks, alike."""
        shown = [round((100 if self.notation.share else 1) * value, 9) for value in values]
        digits = next((d for d in range(5) if all(abs(round(each, d) - each) < 1e-6 for each in shown)), 5)
        written = replace(self.notation, digits=digits)
        return [written.number(value, signed=self.signed, bare=self.signed) for value in values]

    def __call__(self, value: float, pos: int | None = None) -> str:
        """The text of one tick, such as a pointer shows."""
        return self.format_ticks([value])[0]


def axis_ends(notation: Notation, seen: np.ndarray, *, signed: bool = False) -> tuple[float, float]:
    """Where an axis begins and ends, with room at both."""
    low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
    floor = -math.inf if signed else groups_and_pairs.range_of(notation.name, np.ravel(seen))[0]
    if math.isfinite(floor):  # a scale that begins nearby begins there
        low = floor if 0 <= low - floor < 0.35 * (high - floor) or low == high else low
    room = 0.04 * (high - low) or 0.04 * abs(high) or 1.0
    return low - room, high + room


def scale(page: Page, notation: Notation, seen: np.ndarray, *, signed: bool = False) -> None:
    """Sets the axis of a metric: where it begins and ends, its ticks and how they are written."""
    ax = page.ax
    ax.set_xlim(*axis_ends(notation, seen, signed=signed))
    ax.xaxis.set_major_locator(MaxNLocator(max(3, int(page.plot / (5 * page.size))), steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(Ticks(notation, signed=signed))
