"""Compare outlets: means with intervals, and differences between outlets that covered the same story.

The unit is the article, or the story where outlets are paired; never the sentence. Interval: bootstrap-t (Efron &
Tibshirani 1993, ch. 12.5), where each resample's variance is averaged with one part in n + 1 of the sample's own, so
that resamples of equal values do no harm, and no limit lies nearer the mean than Student's t. Simulated, 2,000 or more
samples of each of 12 shapes (normal, t, lognormal, gamma; shares and counts with many zeros; yes/no at 0.3), nominal
95 % held in 95-97 % at n = 200, 94-98 % at 50 and 92-97 % at 20, where the percentile bootstrap holds in 87-95 %. Least
at 20: lognormal with log-sd 1 (92 %), and outside the twelve yes/no at 0.1 (87 %: one sample in eight has no yes).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from html import escape
from itertools import combinations
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .article import ToolkitError
from .stories import days

Floats = npt.NDArray[np.float64]

UNKNOWN = "(unknown)"
SMALL = 10  # below it the interval of skewed values covers under 93 %; five stories or fewer cannot give p < .05
_TOLD = 12  # rows of a table that are told in sentences
_CELLS = 2**20  # values held at a time, 8 MB an array


class CompareError(ToolkitError):
    """A table that cannot be compared."""


class SmallSampleWarning(UserWarning):
    """So few values, or values so alike, that an interval is rough or absent."""


class Estimates(pd.DataFrame):
    """A table of estimates; a notebook shows it with a sentence for each row, and the numbers beneath."""

    @property
    def _constructor(self) -> type[Estimates]:
        return Estimates

    def _repr_html_(self) -> str | None:
        from .metrics import METRICS

        plain: Any = super()  # the stubs of pandas do not know its _repr_html_
        table: str | None = plain._repr_html_()
        needed = {"metric", "n", "n_missing", "low", "high", "method"}
        value = {"mean", "difference"} & set(self.columns)
        if table is None or not needed <= set(self.columns) or not value or not 0 < len(self) <= _TOLD:
            return table
        said = []
        for _, row in self.iterrows():
            metric = METRICS.get(str(row["metric"]))
            text = sentence(row, label=metric.in_text if metric else "", percent=str(row["metric"]).endswith("_share"))
            said.append(f"<li>{escape(text)}</li>")
        return f"<ul>{''.join(said)}</ul><details><summary>The numbers</summary>{table}</details>"


def compare(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    by: str = "outlet",
    confidence: float = 0.95,
    resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """The mean of a metric for each outlet, with its interval.

    One row a metric and group, groups by name: ``by``, metric, n, n_missing, mean, median (all in the metric's unit),
    low and high (interval of the mean, kept inside the range that a name ending in ``_share``, ``_per_1000`` or a
    plural ``s`` promises and the values keep), method, seed. n counts articles with a finite value, n_missing those
    without. A blank group is ``"(unknown)"``. low and high are NaN when n < 2 or all values are equal; mean and
    median are NaN when n is 0. Neither row order nor other groups change a row.

    Raises CompareError for a missing column, a metric that is not numeric, or an empty frame; warns
    SmallSampleWarning below 10 articles, naming the groups.

    >>> table = pd.DataFrame({"outlet": ["Herald"] * 12, "sources": [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 10]})
    >>> compare(table, "sources").loc[0, ["n", "mean", "low", "high"]].round(1).tolist()
    [12.0, 4.0, 2.5, 5.9]
    """
    _check(confidence, resamples)
    groups = _groups(frame, by)
    rows = []
    for each in _metrics(metric):
        values = _values(frame, each)
        for name, inside in groups:
            found = values[inside]
            sample = np.sort(found[np.isfinite(found)])
            low, high, method = _interval(sample, "articles", confidence, resamples, seed)
            floor, ceiling = _range(each, sample)
            rows.append(
                {
                    by: name,
                    "metric": each,
                    "n": len(sample),
                    "n_missing": len(found) - len(sample),
                    "mean": float(sample.mean()) if len(sample) else math.nan,
                    "median": float(np.median(sample)) if len(sample) else math.nan,
                    "low": max(low, floor) if low == low else low,
                    "high": min(high, ceiling) if high == high else high,
                    "method": method,
                    "seed": seed,
                }
            )
    _warn([(str(row["metric"]), str(row[by]), row) for row in rows], "articles")
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
    has no value), difference (mean of a minus b within stories, in the metric's unit), low, high, p (two-sided
    sign-flip permutation test; exact when 2**n <= resamples + 1, else Monte Carlo), p_adjusted (Holm, over all rows),
    effect (mean over standard deviation of the differences), method, seed. Several articles of one outlet on one story
    are averaged first; rows without outlet or story are left out. What a pair cannot show is NaN.

    Raises CompareError for a missing column, a metric that is not numeric, fewer than two outlets, an unknown
    reference, or no story that two outlets share; warns SmallSampleWarning below 10 stories, naming the pairs.

    >>> table = pd.DataFrame({"story_id": range(10), "outlet": "Herald", "sources": [5, 4, 6, 5, 7, 3, 4, 6, 5, 5]})
    >>> other = table.assign(outlet="Tribune", sources=[3, 4, 5, 3, 4, 3, 2, 4, 4, 3])
    >>> differences(pd.concat([table, other]), "sources").loc[0, ["n", "difference", "p"]].tolist()
    [10.0, 1.5, 0.0078125]
    """
    _check(confidence, resamples)
    rows = []
    for each, a, b, wide in _pairs(frame, metric, by, story, reference):
        found = np.sort(_subtract(wide))
        low, high, method = _interval(found, "stories", confidence, resamples, seed)
        p, test = _sign_flip(found, resamples, seed)
        rows.append(
            {
                "a": a,
                "b": b,
                "metric": each,
                "n": len(found),
                "n_missing": len(wide) - len(found),
                "difference": float(found.mean()) if len(found) else math.nan,
                "low": low,
                "high": high,
                "p": p,
                "effect": float(found.mean() / found.std(ddof=1)) if _varies(found) else math.nan,
                "method": f"{method}; {test}" if test else method,
                "seed": seed,
            }
        )
    table = Estimates(rows)
    table.insert(list(table).index("p") + 1, "p_adjusted", _holm(table["p"].to_numpy()))
    _warn([(str(row["metric"]), f"{row['a']} and {row['b']}", row) for row in rows], "stories")
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
    tables = [
        pd.DataFrame({"a": a, "b": b, "metric": each, story: wide.dropna().index, "difference": _subtract(wide)})
        for each, a, b, wide in _pairs(frame, metric, by, story, reference)
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
    the linearised ratio, kept at 0 or above), mean_of_shares (each article counts the same; those with a denominator of
    0 have none and are not in it), method, seed. NaN where undefined. Raises and warns as ``compare`` does.

    >>> table = pd.DataFrame({"outlet": "Herald", "quoted_words": [10, 90, 20] * 4, "words": [100, 300, 200] * 4})
    >>> pooled(table, "quoted_words", "words").loc[0, ["pooled_share", "mean_of_shares"]].round(3).tolist()
    [0.2, 0.167]
    """
    _check(confidence, resamples)
    over, under = _values(frame, numerator), _values(frame, denominator)
    whole = np.isfinite(over) & np.isfinite(under)
    rows = []
    for name, inside in _groups(frame, by):
        known = inside & whole
        order = np.lexsort((under[known], over[known]))
        top, bottom = over[known][order], under[known][order]
        ratio = float(top.sum() / bottom.sum()) if bottom.sum() else math.nan
        residuals = np.sort((top - ratio * bottom) / bottom.mean()) if bottom.sum() else np.empty(0)
        low, high, method = _interval(residuals, "articles", confidence, resamples, seed)
        shares = top[bottom != 0] / bottom[bottom != 0]
        floor = 0.0 if len(top) and top[0] >= 0 else -math.inf
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
                "high": ratio + high,
                "mean_of_shares": float(shares.mean()) if len(shares) else math.nan,
                "method": method,
                "seed": seed,
            }
        )
    _warn([(str(row["metric"]), str(row[by]), row) for row in rows], "articles")
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
    the last in which nothing was published has n 0; articles without a day that can be read (see ``stories.days``) are
    the last row, whose period is NaT. To follow one outlet, give its rows alone. Raises and warns as ``compare`` does,
    and raises CompareError for another ``freq`` or when no article has a date.

    >>> table = pd.DataFrame({"date": ["2024-03-01", "March 9, 2024", "5/20/2024", ""], "sources": [2, 4, 5, 1]})
    >>> with warnings.catch_warnings(action="ignore"):
    ...     over_time(table, "sources")[["period", "n", "mean"]].astype(str).to_numpy().tolist()
    [['2024-03-01', '2', '3.0'], ['2024-04-01', '0', nan], ['2024-05-01', '1', '5.0'], [nan, '1', '1.0']]
    """
    if freq not in {"W", "M", "Q", "Y"}:
        raise CompareError(f"freq is {freq!r}; give W, M, Q or Y.")
    found = days(_names(frame, date).fillna("").astype(str))
    if not any(found):
        raise CompareError(f"No article has a {date!r} that can be read, so nothing can be shown over time.")
    periods = pd.PeriodIndex(pd.to_datetime(pd.Series(found)), freq=freq)
    known = periods.dropna()
    every = pd.period_range(known.min(), known.max(), freq=freq)
    labels = [UNKNOWN if day is None else str(period) for day, period in zip(found, periods, strict=True)]
    options: dict[str, Any] = {"confidence": confidence, "resamples": resamples, "seed": seed}
    table = compare(frame.assign(period=labels), metric, by="period", **options)
    rows = [*map(str, every), *([UNKNOWN] if None in found else [])]
    order = pd.MultiIndex.from_product([_metrics(metric), rows], names=["metric", "period"])
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
    an outlet it would take to show half of it). Normal approximation with Student's t for few. NaN below 2 values or
    when all are equal. Raises CompareError as ``differences`` does.

    >>> table = pd.DataFrame({"outlet": ["Herald"] * 12 + ["Tribune"] * 12, "sources": [1, 2, 3, 4, 5, 6] * 4})
    >>> adequacy(table, "sources").loc[0, ["n_a", "n_b", "sd", "detectable", "halved_by"]].round(2).tolist()
    [12.0, 12.0, 1.78, 2.12, 45.0]
    """
    if not 0 < power < 1:
        raise CompareError(f"power is {power}; give a number between 0 and 1, such as 0.8.")
    _check(confidence, 10**9)
    pairs: list[tuple[str, str, str, Floats, Floats]] = []
    if story is None:
        for each in _metrics(metric):
            values = _values(frame, each)
            samples = {name: values[inside & np.isfinite(values)] for name, inside in _groups(frame, by)}
            pairs += [(each, a, b, samples[a], samples[b]) for a, b in combinations(samples, 2)]
    else:
        for each, a, b, wide in _pairs(frame, metric, by, story, None):
            found = _subtract(wide)
            pairs.append((each, a, b, found, found))
    if not pairs:
        raise CompareError(f"Only one {by!r} has articles; a difference needs two.")
    rows = []
    for each, a, b, one, other in pairs:
        n, m = len(one), len(other)
        sd, error, freedom = math.nan, math.nan, 0
        if n > 1 and m > 1:
            freedom = n - 1 if story else n + m - 2
            ours, theirs = float(one.var(ddof=1)), float(other.var(ddof=1))
            sd = math.sqrt(ours if story else ((n - 1) * ours + (m - 1) * theirs) / freedom)
            error = sd / math.sqrt(n) if story else math.sqrt(ours / n + theirs / m)
        reach = (_student((1 + confidence) / 2, freedom) + NormalDist().inv_cdf(power)) if error > 0 else math.nan
        ideal = NormalDist().inv_cdf((1 + confidence) / 2) + NormalDist().inv_cdf(power)
        detectable = reach * error
        needed = (1 if story else 2) * (2 * ideal * sd / detectable) ** 2
        rows.append(
            {
                "a": a,
                "b": b,
                "metric": each,
                "unit": "stories" if story else "articles",
                "n_a": n,
                "n_b": m,
                "sd": sd,
                "detectable": detectable,
                "halved_by": pd.NA if math.isnan(needed) else math.ceil(needed),
                "power": power,
                "confidence": confidence,
            }
        )
    return pd.DataFrame(rows).astype({"halved_by": "Int64"})


def sentence(row: Mapping[str, Any] | pd.Series, *, label: str = "", percent: bool = False) -> str:
    """One plain sentence for a row of ``compare`` or ``differences``, with n and interval.

    A row of ``calibration.corrected`` gets a second one: what is left when the toolkit's own error is taken out.
    ``label`` stands for the metric's name; ``percent`` writes a share in per cent, its difference in percentage points.

    >>> row = {"outlet": "Herald", "metric": "sources", "n": 12, "n_missing": 0, "mean": 4.0, "low": 2.6, "high": 5.9}
    >>> sentence(row | {"method": "95% bootstrap"})
    'In 12 articles of Herald, the mean of sources is 4.00 (95% interval 2.60 to 5.90).'
    """
    paired = "difference" in row
    label = label or str(row["metric"]).replace("_", " ")
    n, missing = int(row["n"]), int(row["n_missing"])
    value = float(row["difference" if paired else "mean"])

    def written(number: float) -> str:
        if percent:
            return f"{100 * number:.1f}" + ("" if paired else "%")
        return f"{number:.2f}"

    notes = ["no interval"]
    if not math.isnan(row["low"]):
        notes = [f"{str(row['method']).split()[0]} interval {written(row['low'])} to {written(row['high'])}"]
    if paired and n:
        notes += [f"p {_p(row['p'])}, adjusted {_p(row['p_adjusted'])}"]
    if missing:
        notes += [f"{missing} without a value left out"]
    inside = f"({'; '.join(notes)})"
    points = " percentage points" if percent and paired else ""
    second = _second_sentence(row, written, points) if n and row.get("n_coded") else ""
    if paired:
        if not n:
            return f"{row['a']} and {row['b']} share no story with a value of {label} from both."
        level = f"{written(abs(value))}{points} {'above' if value > 0 else 'below'}" if value else "level with"
        over = "one story" if n == 1 else f"{n} stories"
        return f"On {over} that both covered, {row['a']} is {level} {row['b']} in {label} {inside}.{second}"
    group = str(row[next(iter(row.keys()))])
    if not n:
        return f"No article of {group} has a value of {label}."
    over = "one article" if n == 1 else f"{n} articles"
    return f"In {over} of {group}, the mean of {label} is {written(value)} {inside}.{second}"


def _second_sentence(row: Mapping[str, Any] | pd.Series, written: Callable[[float], str], points: str) -> str:
    """What the toolkit's own error makes of the estimate."""
    coded = f"{int(row['n_coded'])} articles coded by hand"
    if math.isnan(row["corrected"]):
        return f" On {coded} the toolkit's values follow the hand's too loosely for a correction."
    limits = ""
    if not math.isnan(row["corrected_low"]):
        level = str(row["method"]).split()[0]
        limits = f" ({level} interval {written(row['corrected_low'])} to {written(row['corrected_high'])})"
    what = "the difference" if "difference" in row else "it"
    text = f" Corrected for the toolkit's error on {coded}, {what} is {written(row['corrected'])}{points}{limits}"
    if "measurable" in row and not row["measurable"]:
        alone = f"{written(row['error_alone'])}{points}"
        return f"{text}: smaller than the toolkit can measure here, for its errors alone can make {alone}."
    return f"{text}."


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"


def _check(confidence: float, resamples: int) -> None:
    if not 0 < confidence < 1:
        raise CompareError(f"confidence is {confidence}; give a number between 0 and 1, such as 0.95.")
    least = math.ceil(2 / (1 - confidence))
    if resamples < least:
        raise CompareError(f"resamples is {resamples}; an interval at {confidence:g} needs at least {least}.")


def _metrics(metric: str | Sequence[str]) -> list[str]:
    names = [metric] if isinstance(metric, str) else list(metric)
    if not names:
        raise CompareError("No metric was named; name at least one column.")
    return names


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame.columns:
        near = get_close_matches(name, [str(column) for column in frame.columns], n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(map(str, frame.columns[:12]))}."
        raise CompareError(f"The frame has no column {name!r}; {hint}")
    return frame[name]


def _names(frame: pd.DataFrame, column: str) -> pd.Series:
    """The column as stripped text, blank as missing."""
    found = _column(frame, column)
    text = found.astype("string").str.strip()
    return text.mask(text == "").astype(object)


def _groups(frame: pd.DataFrame, by: str) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Each group's name and which rows are its; blank names are one group."""
    groups = _names(frame, by).fillna(UNKNOWN)
    if not len(groups):
        raise CompareError("The frame has no rows, so there is nothing to compare; give it at least one article.")
    return [(str(name), (groups == name).to_numpy()) for name in sorted(groups.unique())]


def _values(frame: pd.DataFrame, metric: str) -> Floats:
    column = _column(frame, metric)
    try:
        numbers = pd.to_numeric(column, errors="raise")
        return numbers.to_numpy(dtype=np.float64, na_value=math.nan)
    except (ValueError, TypeError):
        raise CompareError(f"The column {metric!r} is not numeric; name a metric column.") from None


def _range(metric: str, sample: Floats) -> tuple[float, float]:
    """The bounds that the metric's name promises (DESIGN: plural = count, _share = 0..1), if the values keep them."""
    counted = metric.endswith(("s", "_share", "_per_1000")) and len(sample) > 0 and sample[0] >= 0
    share = counted and metric.endswith("_share") and sample[-1] <= 1
    return (0.0 if counted else -math.inf), (1.0 if share else math.inf)


def _pairs(
    frame: pd.DataFrame, metric: str | Sequence[str], by: str, story: str, reference: str | None
) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Metric, a, b, and a two-column table of their means on each story that both covered."""
    outlets, stories = _names(frame, by), _names(frame, story)
    known = (outlets.notna() & stories.notna()).to_numpy()
    names = sorted(outlets[known].unique())
    if len(names) < 2:
        raise CompareError(f"Only {len(names)} {by!r} has articles with a {story!r}; a difference needs two.")
    if reference is not None and reference not in names:
        raise CompareError(f"The reference {reference!r} is not among the outlets {', '.join(names)}.")
    pairs = combinations(names, 2) if reference is None else ((name, reference) for name in names if name != reference)
    chosen = list(pairs)
    counts = pd.DataFrame({"outlet": outlets[known], "story": stories[known]}).value_counts().unstack("outlet")
    if counts.notna().sum(axis=1).max() < 2:
        raise CompareError(f"No {story!r} is shared by two outlets; give the articles on one event the same {story!r}.")
    for each in _metrics(metric):
        values = _values(frame, each)
        long = pd.DataFrame({"outlet": outlets[known], "story": stories[known], "value": values[known]})
        long["value"] = long["value"].where(np.isfinite(long["value"]))
        long = long.sort_values(["outlet", "story", "value"])  # the same sums whatever the order of the rows
        means = long.groupby(["story", "outlet"])["value"].mean().unstack("outlet")
        for a, b in chosen:
            both = counts[a].notna() & counts[b].notna()
            yield each, a, b, means.loc[both, [a, b]]


def _subtract(wide: pd.DataFrame) -> Floats:
    """First column minus second where both are known; rounding noise is zero."""
    pair = wide.dropna().to_numpy(dtype=np.float64)
    found = pair[:, 0] - pair[:, 1]
    noise = 1e-12 * np.abs(pair).sum(axis=1)
    return np.where(np.abs(found) <= noise, 0.0, found)


def _varies(sample: Floats) -> bool:
    """Whether the sorted values differ by more than rounding."""
    return len(sample) > 1 and bool(sample[-1] - sample[0] > 1e-12 * max(abs(sample[0]), abs(sample[-1])))


def _interval(sample: Floats, unit: str, confidence: float, resamples: int, seed: int) -> tuple[float, float, str]:
    """Limits of the mean of sorted values, and how they were found."""
    n = len(sample)
    if n < 2:
        return math.nan, math.nan, f"no interval: fewer than 2 {unit}"
    if not _varies(sample):
        return math.nan, math.nan, "no interval: all values equal"
    mean = sample.mean()
    centred = sample - mean
    variance = (centred * centred).sum() / (n - 1)
    error = math.sqrt(variance / n)
    generator = np.random.Generator(np.random.PCG64(seed))
    ratios = np.empty(resamples)
    step = max(1, _CELLS // n)
    for start in range(0, resamples, step):
        drawn = centred[generator.integers(0, n, size=(min(step, resamples - start), n))]
        shift = drawn.mean(axis=1)
        spread = np.maximum((drawn * drawn).mean(axis=1) - shift * shift, 0) * n / (n - 1)
        ratios[start : start + len(drawn)] = shift / np.sqrt((spread * n + variance) / (n + 1) / n)
    tail = (1 - confidence) / 2
    below, above = np.quantile(ratios, [tail, 1 - tail], method="weibull")
    student = _student(1 - tail, n - 1)
    method = f"{100 * confidence:g}% bootstrap-t over {unit}, {resamples} resamples"
    return float(mean - max(above, student) * error), float(mean - min(below, -student) * error), method


def _student(p: float, freedom: int) -> float:
    """Quantile of Student's t: exact for 1 and 2 degrees, else Abramowitz & Stegun 26.7.5 (within 0.002 at 95 %)."""
    if freedom == 1:
        return math.tan(math.pi * (p - 0.5))
    if freedom == 2:
        return (2 * p - 1) / math.sqrt(2 * p * (1 - p))
    x = NormalDist().inv_cdf(p)
    g1 = (x**3 + x) / 4
    g2 = (5 * x**5 + 16 * x**3 + 3 * x) / 96
    g3 = (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384
    g4 = (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160
    return x + g1 / freedom + g2 / freedom**2 + g3 / freedom**3 + g4 / freedom**4


def _sign_flip(found: Floats, resamples: int, seed: int) -> tuple[float, str]:
    """Two-sided p of a mean of zero when each difference could as well have had the other sign."""
    n = len(found)
    if n == 0:
        return math.nan, ""
    least = abs(found.sum()) - 1e-12 * np.abs(found).sum()  # sums that differ only by rounding are ties
    if 2**n <= resamples + 1:
        bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
        return float((np.abs((found * (1 - 2 * bits)).sum(axis=1)) >= least).mean()), "sign-flip test, exact"
    generator = np.random.Generator(np.random.PCG64(seed))
    step = max(1, _CELLS // n)
    hits = 1
    for start in range(0, resamples, step):
        signs = 1 - 2 * generator.integers(0, 2, size=(min(step, resamples - start), n))
        hits += int((np.abs((found * signs).sum(axis=1)) >= least).sum())
    return hits / (resamples + 1), f"sign-flip test, {resamples} flips"


def _holm(p: Floats) -> Floats:
    """Holm's step-down adjustment; NaN stays and is not counted."""
    adjusted = np.full(len(p), math.nan)
    order = [int(place) for place in np.argsort(p, kind="stable") if not math.isnan(p[place])]
    worst = 0.0
    for rank, place in enumerate(order):
        worst = max(worst, min(1.0, float(p[place]) * (len(order) - rank)))
        adjusted[place] = worst
    return adjusted


def _warn(rows: Sequence[tuple[str, str, Mapping[str, Any]]], unit: str) -> None:
    """One warning a metric for few values, one for equal values."""
    for metric in dict.fromkeys(each for each, _, _ in rows):
        mine = [(name, row) for each, name, row in rows if each == metric]
        few = [f"{name} ({row['n']})" for name, row in mine if row["n"] < SMALL]
        if few:
            text = f"{metric}: fewer than {SMALL} {unit} with a value for {', '.join(few)}, so the interval is rough"
            warnings.warn(text + " or absent.", SmallSampleWarning, stacklevel=3)
        alike = [name for name, row in mine if row["n"] >= SMALL and math.isnan(row["low"])]
        if alike:
            text = f"{metric}: all values are equal for {', '.join(alike)}, so resampling can show no interval."
            warnings.warn(text, SmallSampleWarning, stacklevel=3)
