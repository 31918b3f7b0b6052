"""Compare outlets: means with intervals, and differences between outlets that covered the same story.

The unit is the article, or the story where outlets are paired; never the sentence. Intervals are those of `resampling`
and stay inside what the metric, or a difference of two of its values, can be (`groups_and_pairs.range_of`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from . import bootstrap, groups_and_pairs
from .bootstrap import Floats
from .estimates import Estimates, warn
from .groups_and_pairs import CompareError
from .same_event import days
from .unknown import UNKNOWN

_LEAST = 5  # of fewer values the standard deviation is known to a factor of three at best (95 %, chi-square)


def compare(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    by: str = "outlet",
    story: str | None = None,
    confidence: float = 0.95,
    resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """The mean of a metric for each outlet, with its interval.

    One row a metric and group, groups by name: ``by``, metric, n, n_missing, mean, median (all in the metric's unit),
    low and high (interval of the mean, inside the metric's range in METRICS or, for a column of your own, the one that
    its values show, see ``groups_and_pairs.range_of``), method, seed. n counts articles with a finite value, n_missing
    those without; near copies that `copies.mark` has marked are in neither. A blank group is ``"(unknown)"``. low and
    high are NaN when n < 2 or all values are equal, but for yes and no; mean and median are NaN when n is 0. Neither
    row order nor other groups change a row, but for the range.
    With ``story``, the column that names the event, these are the ``differences`` on the same stories.

    Raises CompareError for a missing column, a metric that is not numeric, or an empty frame; warns
    SmallSampleWarning below 10 articles, naming the groups.

    >>> table = pd.DataFrame({"outlet": ["Herald"] * 12, "sources": [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 10]})
    >>> compare(table, "sources").loc[0, ["n", "mean", "low", "high"]].round(1).tolist()
    [12.0, 4.0, 2.5, 5.9]
    """
    if story is not None:
        chance: dict[str, Any] = {"confidence": confidence, "resamples": resamples, "seed": seed}
        return differences(frame, metric, by=by, story=story, **chance)
    _check(confidence, resamples)
    frame = groups_and_pairs.once(frame)
    groups = groups_and_pairs.groups_of(frame, by)
    rows = []
    for each in groups_and_pairs.metrics_of(metric):
        values = groups_and_pairs.values_of(frame, each)
        within = groups_and_pairs.range_of(each, values)
        for name, inside in groups:
            found = values[inside]
            sample = np.sort(found[np.isfinite(found)])
            low, high, method = bootstrap.interval(sample, "articles", confidence, resamples, seed, within)
            rows.append(
                {
                    by: name,
                    "metric": each,
                    "n": len(sample),
                    "n_missing": len(found) - len(sample),
                    "mean": float(sample.mean()) if len(sample) else math.nan,
                    "median": float(np.median(sample)) if len(sample) else math.nan,
                    "low": low,
                    "high": high,
                    "method": method,
                    "seed": seed,
                }
            )
    warn([(str(row["metric"]), str(row[by]), row) for row in rows], "articles")
    return Estimates(rows)


def differences(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    by: str = "outlet",
    story: str = "story_id",
    reference: str | None = None,
    confidence: float = 0.95,
    resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """How far two outlets differ on the same stories, for each pair of outlets or each against ``reference``.

    One row a metric and pair: a, b, metric, n (stories with a value from both), n_missing (stories of both in which one
    has no value), mean_a and mean_b (over these stories), difference (mean of a minus b within stories, in the metric's
    unit), low, high (interval of the mean, no wider than the metric's range either side of 0), p (two-sided sign-flip
    permutation test; exact when 2**n <= resamples + 1, else Monte Carlo), p_adjusted (Holm, over all rows), effect
    (mean over standard deviation of the differences), method, seed. Several articles of one outlet on one story are
    averaged first; rows without outlet or story are left out, as are near copies that `copies.mark` has marked. What a
    pair cannot show is NaN.

    Raises CompareError for a missing column, a metric that is not numeric, fewer than two outlets, an unknown
    reference, or no story that two outlets share; warns SmallSampleWarning below 10 stories, naming the pairs.

    >>> table = pd.DataFrame({"story_id": range(10), "outlet": "Herald", "sources": [5, 4, 6, 5, 7, 3, 4, 6, 5, 5]})
    >>> other = table.assign(outlet="Tribune", sources=[3, 4, 5, 3, 4, 3, 2, 4, 4, 3])
    >>> differences(pd.concat([table, other]), "sources").loc[0, ["n", "difference", "p"]].tolist()
    [10.0, 1.5, 0.0078125]
    """
    _check(confidence, resamples)
    frame = groups_and_pairs.once(frame)
    most = {
        each: groups_and_pairs.widest(each, groups_and_pairs.values_of(frame, each))
        for each in groups_and_pairs.metrics_of(metric)
    }
    rows = []
    for each, a, b, wide in groups_and_pairs.pairs_of(frame, metric, by, story, reference):
        found = np.sort(groups_and_pairs.subtract(wide))
        within = (-most[each], most[each])
        low, high, method = bootstrap.interval(found, "stories", confidence, resamples, seed, within)
        p, test = bootstrap.sign_flip(found, resamples, seed)
        mean_a, mean_b = map(float, wide.dropna().mean())
        known = {"a": a, "b": b, "metric": each, "n": len(found), "n_missing": len(wide) - len(found)}
        known |= {"mean_a": mean_a, "mean_b": mean_b, "difference": float(found.mean()) if len(found) else math.nan}
        effect = float(found.mean() / found.std(ddof=1)) if bootstrap.varies(found) else math.nan
        known |= {"low": low, "high": high, "p": p, "effect": effect}
        rows.append(known | {"method": f"{method}; {test}" if test else method, "seed": seed})
    table = Estimates(rows)
    table.insert(list(table).index("p") + 1, "p_adjusted", bootstrap.holm(table["p"].to_numpy()))
    warn([(str(row["metric"]), f"{row['a']} and {row['b']}", row) for row in rows], "stories")
    return table


def paired_values(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    by: str = "outlet",
    story: str = "story_id",
    reference: str | None = None,
) -> pd.DataFrame:
    """The differences that ``differences`` averages: one row a metric, pair and story, in the metric's unit.

    Columns a, b, metric, ``story``, difference (a minus b), sorted. Raises CompareError as ``differences`` does.

    >>> table = pd.DataFrame({"story_id": ["fire", "fire"], "outlet": ["Herald", "Tribune"], "sources": [5, 3]})
    >>> paired_values(table, "sources").to_dict("records")
    [{'a': 'Herald', 'b': 'Tribune', 'metric': 'sources', 'story_id': 'fire', 'difference': 2.0}]
    """
    frame = groups_and_pairs.once(frame)
    tables = [
        pd.DataFrame(
            {"a": a, "b": b, "metric": each, story: wide.dropna().index, "difference": groups_and_pairs.subtract(wide)}
        )
        for each, a, b, wide in groups_and_pairs.pairs_of(frame, metric, by, story, reference)
    ]
    return pd.concat(tables, ignore_index=True)


def pooled(
    frame: pd.DataFrame,
    numerator: str,
    denominator: str,
    *,
    by: str = "outlet",
    confidence: float = 0.95,
    resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """The share of all of an outlet's words (sources, ...) at once, beside the mean of its articles' shares.

    One row a group: ``by``, metric (``numerator / denominator``), n, n_missing (articles without both numbers),
    numerator and denominator (sums), pooled_share (their ratio: long articles count more), low, high (its interval, of
    the linearised ratio, kept at 0 or above and, for parts of a whole, at 1 or below), mean_of_shares (each article
    counts the same; those with a denominator of 0 have none and are not in it), method, seed. NaN where undefined.
    Raises and warns as ``compare`` does.

    >>> table = pd.DataFrame({"outlet": "Herald", "quoted_words": [10, 90, 20] * 4, "words": [100, 300, 200] * 4})
    >>> pooled(table, "quoted_words", "words").loc[0, ["pooled_share", "mean_of_shares"]].round(3).tolist()
    [0.2, 0.167]
    """
    _check(confidence, resamples)
    frame = groups_and_pairs.once(frame)
    over, under = groups_and_pairs.values_of(frame, numerator), groups_and_pairs.values_of(frame, denominator)
    whole = np.isfinite(over) & np.isfinite(under)
    floor = 0.0 if (over[whole] >= 0).all() and (under[whole] >= 0).all() else -math.inf
    ceiling = 1.0 if floor == 0 and (over[whole] <= under[whole]).all() else math.inf
    rows = []
    for name, inside in groups_and_pairs.groups_of(frame, by):
        known = inside & whole
        order = np.lexsort((under[known], over[known]))
        top, bottom = over[known][order], under[known][order]
        ratio = float(top.sum() / bottom.sum()) if bottom.sum() else math.nan
        residuals = np.sort((top - ratio * bottom) / bottom.mean()) if bottom.sum() else np.empty(0)
        low, high, method = bootstrap.interval(residuals, "articles", confidence, resamples, seed)
        shares = top[bottom != 0] / bottom[bottom != 0]
        rows.append(
            {
                by: name,
                "metric": f"{numerator} / {denominator}",
                "n": int(known.sum()),
                "n_missing": int(inside.sum() - known.sum()),
                "numerator": float(top.sum()),
                "denominator": float(bottom.sum()),
                "pooled_share": ratio,
                "low": max(ratio + low, floor) if low == low else low,
                "high": min(ratio + high, ceiling) if high == high else high,
                "mean_of_shares": float(shares.mean()) if len(shares) else math.nan,
                "method": method,
                "seed": seed,
            }
        )
    warn([(str(row["metric"]), str(row[by]), row) for row in rows], "articles")
    return pd.DataFrame(rows)


def over_time(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    freq: str = "M",
    date: str = "date",
    confidence: float = 0.95,
    resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """The mean of a metric by week (``"W"``, from Monday), month, quarter (``"Q"``) or year (``"Y"``), with intervals.

    The columns of ``compare`` with ``period`` (the first day) in the place of the group. A period between the first and
    the last in which nothing was published has n 0; articles without a day that can be read (see ``same_event.days``)
    are the last row, whose period is NaT. To follow one outlet, give its rows alone. Raises and warns as ``compare``
    does, and raises CompareError for another ``freq`` or when no article has a date.

    >>> import warnings
    >>> table = pd.DataFrame({"date": ["2024-03-01", "March 9, 2024", "5/20/2024", ""], "sources": [2, 4, 5, 1]})
    >>> with warnings.catch_warnings(action="ignore"):
    ...     over_time(table, "sources")[["period", "n", "mean"]].astype(str).to_numpy().tolist()
    [['2024-03-01', '2', '3.0'], ['2024-04-01', '0', nan], ['2024-05-01', '1', '5.0'], [nan, '1', '1.0']]
    """
    if freq not in {"W", "M", "Q", "Y"}:
        raise CompareError(f"freq is {freq!r}; give W, M, Q or Y.")
    frame = groups_and_pairs.once(frame)
    found = days(groups_and_pairs.names_of(frame, date).fillna("").astype(str))
    if not any(found):
        raise CompareError(f"No article has a {date!r} that can be read, so nothing can be shown over time.")
    periods = pd.PeriodIndex(pd.to_datetime(pd.Series(found)), freq=freq)
    known = periods.dropna()
    every = pd.period_range(known.min(), known.max(), freq=freq)
    labels = [UNKNOWN if day is None else str(period) for day, period in zip(found, periods, strict=True)]
    options: dict[str, Any] = {"confidence": confidence, "resamples": resamples, "seed": seed}
    table = compare(frame.assign(period=labels), metric, by="period", **options)
    rows = [*map(str, every), *([UNKNOWN] if None in found else [])]
    order = pd.MultiIndex.from_product([groups_and_pairs.metrics_of(metric), rows], names=["metric", "period"])
    table = table.set_index(["metric", "period"]).reindex(order).reset_index()
    table[["n", "n_missing"]] = table[["n", "n_missing"]].fillna(0).astype(int)
    table["method"] = table["method"].fillna("no interval: fewer than 2 articles")
    table["seed"] = seed
    table["period"] = pd.to_datetime(table["period"].map(dict(zip(map(str, every), every.start_time, strict=True))))
    return pd.DataFrame(table[["period", "metric", *list(table)[2:]]])


def adequacy(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    by: str = "outlet",
    story: str | None = None,
    power: float = 0.8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How large a difference between two outlets must be for as many articles as there are to show it.

    One row a metric and pair: a, b, metric, unit (``articles``; ``stories`` when ``story`` names the column that pairs
    them), n_a, n_b (values of each; the stories of both), sd (of the differences, or pooled), detectable (a difference
    of this size, in the metric's unit, is found in ``power`` of such samples at this confidence), halved_by (how many
    an outlet it would take to show half of it). Normal approximation with Student's t for few. NaN below 5 values, when
    all are equal, and where it would be more than the metric's range. Raises CompareError as ``differences`` does.

    >>> table = pd.DataFrame({"outlet": ["Herald"] * 12 + ["Tribune"] * 12, "sources": [1, 2, 3, 4, 5, 6] * 4})
    >>> adequacy(table, "sources").loc[0, ["n_a", "n_b", "sd", "detectable", "halved_by"]].round(2).tolist()
    [12.0, 12.0, 1.78, 2.12, 45.0]
    """
    if not 0 < power < 1:
        raise CompareError(f"power is {power}; give a number between 0 and 1, such as 0.8.")
    _check(confidence, 10**9)
    frame = groups_and_pairs.once(frame)
    pairs = list(_values_of_pairs(frame, metric, by, story))
    if not pairs:
        raise CompareError(f"Only one {by!r} has articles; a difference needs two.")
    most = {
        each: groups_and_pairs.widest(each, groups_and_pairs.values_of(frame, each))
        for each in groups_and_pairs.metrics_of(metric)
    }
    rows = []
    for each, a, b, one, other in pairs:
        sd, detectable, needed = _detectable(one, other, bool(story), power, confidence, most[each])
        row: dict[str, object] = {"a": a, "b": b, "metric": each, "unit": "stories" if story else "articles"}
        row |= {"n_a": len(one), "n_b": len(other), "sd": sd, "detectable": detectable}
        row |= {"halved_by": pd.NA if math.isnan(needed) else math.ceil(needed)}
        rows.append(row | {"power": power, "confidence": confidence})
    return pd.DataFrame(rows).astype({"halved_by": "Int64"})


def _values_of_pairs(
    frame: pd.DataFrame, metric: str | Sequence[str], by: str, story: str | None
) -> Iterator[tuple[str, str, str, Floats, Floats]]:
    """Metric, the two groups and the known values of each; on shared stories twice the differences."""
    if story is not None:
        for each, a, b, wide in groups_and_pairs.pairs_of(frame, metric, by, story, None):
            found = groups_and_pairs.subtract(wide)
            yield each, a, b, found, found
        return
    for each in groups_and_pairs.metrics_of(metric):
        values = groups_and_pairs.values_of(frame, each)
        mine = {name: values[inside & np.isfinite(values)] for name, inside in groups_and_pairs.groups_of(frame, by)}
        yield from ((each, a, b, mine[a], mine[b]) for a, b in combinations(mine, 2))


def _detectable(
    one: Floats, other: Floats, paired: bool, power: float, confidence: float, most: float
) -> tuple[float, float, float]:
    """The standard deviation, the difference that can be shown, and how many values it takes to show half of it."""
    n, m = len(one), len(other)
    sd, error, freedom = math.nan, math.nan, 0
    if n > 1 and m > 1:
        freedom = n - 1 if paired else n + m - 2
        ours, theirs = float(one.var(ddof=1)), float(other.var(ddof=1))
        sd = math.sqrt(ours if paired else ((n - 1) * ours + (m - 1) * theirs) / freedom)
        error = sd / math.sqrt(n) if paired else math.sqrt(ours / n + theirs / m)
    tail = (1 + confidence) / 2
    reach = bootstrap.students_t(tail, freedom) + NormalDist().inv_cdf(power) if error > 0 else math.nan
    detectable = reach * error
    if min(n, m) < _LEAST or detectable > most:
        detectable = math.nan
    ideal = NormalDist().inv_cdf(tail) + NormalDist().inv_cdf(power)
    return sd, detectable, (1 if paired else 2) * (2 * ideal * sd / detectable) ** 2


def _check(confidence: float, resamples: int) -> None:
    if not 0 < confidence < 1:
        raise CompareError(f"confidence is {confidence}; give a number between 0 and 1, such as 0.95.")
    least = math.ceil(2 / (1 - confidence))
    if resamples < least:
        raise CompareError(f"resamples is {resamples}; an interval at {confidence:g} needs at least {least}.")
