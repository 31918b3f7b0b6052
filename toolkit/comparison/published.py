"""Published figures beside the run's own: each against the same quantity, in the same unit."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd

from ..language import word_lists
from ..metrics.dictionary import METRICS
from . import correction, estimates, means_and_differences
from .bootstrap import wilson

COLUMNS = (
    "figure", "metric", "unit", "n", "mean", "low", "high", "corrected", "corrected_low", "corrected_high",
    "published_low", "published_high", "published_n", "of", "citation",
)  # fmt: skip
# How a published figure is made of an article's number: its mean, or the share of articles in which it is above zero.
UNITS = {"any": "share of articles"}


def beside(table: pd.DataFrame, *, correct: bool = True, resamples: int = 9999, seed: int = 1) -> pd.DataFrame:
    """Every published figure with the run's own over all articles, its interval, and the corrected one where known.

    ``table`` is that of `toolkit.measure`. The published figures, their units and citations stand in
    ``lists/published_figures.tsv``; one whose metric has no value in the run is left out. ``mean`` is over articles,
    ``low`` and ``high`` as `means_and_differences.compare` finds them; a share of articles, those with at least one,
    has Wilson's interval (1927). Columns: `COLUMNS`.

    >>> table = pd.DataFrame({"error": "", "anonymous_sources": [0.0] * 9 + [1.0]})
    >>> beside(table).loc[0, ["mean", "low", "high", "published_low"]].astype(float).round(3).tolist()
    [0.1, 0.018, 0.404, 0.36]
    """
    rows = []
    measured = table[table["error"] == ""]
    for metric, how, low, high, n, of, citation in word_lists.rows("published_figures.tsv"):
        if metric not in measured.columns or not measured[metric].notna().any():
            continue
        label, unit = METRICS[metric].label, METRICS[metric].unit
        if how == "any":
            label, unit = f"Articles with {METRICS[metric].in_text}", UNITS[how]
        rows.append(
            {"figure": label, "metric": metric, "unit": unit}
            | _own(measured, metric, how, correct, {"resamples": resamples, "seed": seed})
            | {"published_low": float(low), "published_high": float(high), "published_n": n}
            | {"of": of, "citation": citation}
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _own(table: pd.DataFrame, metric: str, how: str, correct: bool, options: dict[str, Any]) -> dict[str, Any]:
    """The run's own figure."""
    values = table[metric].dropna()
    if how == "any":
        low, high = wilson(int((values > 0).sum()), len(values))
        return {"n": len(values), "mean": float((values > 0).mean()), "low": low, "high": high}
    frame = pd.DataFrame({"run": "all", metric: values})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", estimates.SmallSampleWarning)  # n stands beside
        estimate = correction.corrected if correct else means_and_differences.compare
        row = estimate(frame, metric, by="run", **options).iloc[0]
    return {column: row[column] for column in COLUMNS[3:10] if column in row}
