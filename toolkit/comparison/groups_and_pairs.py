"""What is compared in a table: its groups, the values of a metric, the stories that outlets share."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..article import ToolkitError
from ..metrics.dictionary import METRICS
from ..numbers_in_words import is_share
from .bootstrap import Floats
from .unknown import called, stripped

COPY = "copy_of"  # the column that names the article of which one is a near copy
EVENTS = 'toolkit.group_events(articles)["story_id"] finds them, on the command line --story auto'
_ROUNDING = 1e-9


class CompareError(ToolkitError):
    """A table that cannot be compared."""


def metrics_of(metric: str | Sequence[str]) -> list[str]:
    """The names of the metrics, one or several; raises CompareError for none."""
    names = [metric] if isinstance(metric, str) else list(metric)
    if not names:
        raise CompareError("No metric was named; name at least one column.")
    return names


def column_of(frame: pd.DataFrame, name: str) -> pd.Series:
    """The column of that name; raises CompareError with the nearest name where there is none."""
    if not isinstance(frame, pd.DataFrame):
        kind = type(frame).__name__
        raise CompareError(f"What is compared is a {kind}, not a table of numbers; give toolkit.measure of it.")
    if name in METRICS and METRICS.keys().isdisjoint(frame.columns):
        raise CompareError(f"The frame has no column {name!r} nor another metric; give toolkit.measure of it.")
    if name not in frame.columns:
        near = get_close_matches(name, [str(column) for column in frame.columns], n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(map(str, frame.columns[:12]))}."
        raise CompareError(f"The frame has no column {name!r}; {hint}")
    return frame[name]


def once(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that are compared: all, but for near copies where `copies.mark` has marked them in ``copy_of``."""
    if not isinstance(frame, pd.DataFrame) or COPY not in frame.columns:
        return frame
    return frame[names_of(frame, COPY).isna()]


def names_of(frame: pd.DataFrame, column: str) -> pd.Series:
    """The column as stripped text, blank as missing."""
    return stripped(column_of(frame, column))


def groups_of(frame: pd.DataFrame, by: str) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Each group's name and which rows are its; blank names are one group."""
    groups = called(column_of(frame, by))
    if not len(groups):
        raise CompareError("The frame has no rows, so there is nothing to compare; give it at least one article.")
    return [(str(name), (groups == name).to_numpy()) for name in sorted(groups.unique())]


def values_of(frame: pd.DataFrame, metric: str) -> Floats:
    """The column as numbers, NaN where there is none; raises CompareError for other text."""
    column = column_of(frame, metric)
    try:
        numbers = pd.to_numeric(column, errors="raise")
        return numbers.to_numpy(dtype=np.float64, na_value=math.nan)
    except (ValueError, TypeError):
        raise CompareError(f"The column {metric!r} is not numeric; name a metric column.") from None


def range_of(metric: str, values: Floats) -> tuple[float, float]:
    """The least and the greatest value that a metric can have: what METRICS says, so far as the values keep to it.

    ``values`` is the whole column. A column of one's own is yes or no (0 to 1) when it has only 0 and 1, a share (0 to
    1) when all lie between and it is called one (`numbers_in_words.is_share`) or they are ten or more,
    a count (0 and more) when all are whole and none is below 0, and without bounds otherwise.

    >>> range_of("transparency_class", np.array([3.0])), range_of("editors", np.array([0.0, 2.0]))
    ((0, 3), (0.0, inf))
    """
    known = values[np.isfinite(values)]
    least, most = (float(known.min()), float(known.max())) if len(known) else (math.nan, math.nan)
    if metric in METRICS:
        low, high = METRICS[metric].low, METRICS[metric].high
        return (-math.inf if least < low - _ROUNDING else low), (math.inf if most > high + _ROUNDING else high)
    if least >= 0 and most <= 1 and (len(known) >= 10 or is_share(metric)):
        return 0.0, 1.0
    if least >= 0 and (known == np.floor(known)).all():
        return 0.0, 1.0 if most <= 1 else math.inf
    return -math.inf, math.inf


def widest(metric: str, values: Floats) -> float:
    """How far two values of the metric can differ: its range from end to end."""
    low, high = range_of(metric, values)
    return high - low


def pairs_of(
    frame: pd.DataFrame, metric: str | Sequence[str], by: str, story: str, reference: str | None
) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Metric, a, b, and a two-column table of their means on each story that both covered."""
    outlets, stories = names_of(frame, by), names_of(frame, story)
    known = (outlets.notna() & stories.notna()).to_numpy()
    names = sorted(outlets[known].unique())
    if len(names) < 2:
        found = f"Only {names[0]!r} has" if names else f"No {by!r} has"
        raise CompareError(f"{found} articles with a {story!r}; a difference needs two ({EVENTS}).")
    if reference is not None and reference not in names:
        raise CompareError(f"The reference {reference!r} is not among the outlets {', '.join(names)}.")
    pairs = combinations(names, 2) if reference is None else ((name, reference) for name in names if name != reference)
    chosen = list(pairs)
    counts = pd.DataFrame({"outlet": outlets[known], "story": stories[known]}).value_counts().unstack("outlet")
    if counts.notna().sum(axis=1).max() < 2:
        raise CompareError(f"No {story!r} is shared by two outlets; give the articles on one event the same {story!r}.")
    for each in metrics_of(metric):
        values = values_of(frame, each)
        long = pd.DataFrame({"outlet": outlets[known], "story": stories[known], "value": values[known]})
        long["value"] = long["value"].where(np.isfinite(long["value"]))
        long = long.sort_values(["outlet", "story", "value"])  # the same sums whatever the order of the rows
        means = long.groupby(["story", "outlet"])["value"].mean().unstack("outlet")
        for a, b in chosen:
            both = counts[a].notna() & counts[b].notna()
            yield each, a, b, means.loc[both, [a, b]]


def subtract(wide: pd.DataFrame) -> Floats:
    """First column minus second where both are known; rounding noise is zero."""
    pair = wide.dropna().to_numpy(dtype=np.float64)
    found = pair[:, 0] - pair[:, 1]
    noise = 1e-12 * np.abs(pair).sum(axis=1)
    return np.where(np.abs(found) <= noise, 0.0, found)
