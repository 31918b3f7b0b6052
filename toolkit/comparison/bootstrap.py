"""How sure a mean is: the interval, Student's t, the sign-flip test, and Holm's adjustment.

Yes and no (only 0 and 1 of what can be 0 to 1): Wilson's score interval (1927); their differences on pairs (only -1, 0
and 1): Bonett & Price (2012), the Wald interval with one more pair of each unlike kind. Both have limits where all
values are equal, too.

All others: bootstrap-t (Efron & Tibshirani 1993, ch. 12.5), where each resample's variance is averaged with one part in
n + 1 of the sample's own, so that resamples of equal values do no harm, and no limit lies nearer the mean than
Student's t. Simulated, 2,000 or more samples of each of 12 shapes (normal, t, lognormal, gamma; shares and counts with
many zeros; yes/no at 0.3), nominal 95 % held in 95-97 % at n = 200, 94-98 % at 50 and 92-97 % at 20, where the
percentile bootstrap holds in 87-95 %. Least at 20: lognormal with log-sd 1 (92 %). A limit outside what the mean can be
is cut off: the truth lies inside, so the cut takes nothing from how often the interval holds it (Newcombe 1998).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_CELLS = 2**20  # values held at a time, 8 MB an array


def varies(sample: Floats) -> bool:
    """Whether the sorted values differ by more than rounding."""
    return len(sample) > 1 and bool(sample[-1] - sample[0] > 1e-12 * max(abs(sample[0]), abs(sample[-1])))


def interval(
    sample: Floats,
    unit: str,
    confidence: float,
    resamples: int,
    seed: int,
    within: tuple[float, float] = (-math.inf, math.inf),
) -> tuple[float, float, str]:
    """Limits of the mean of sorted values that can lie ``within``, and how they were found."""
    n = len(sample)
    if n < 2:
        return math.nan, math.nan, f"no interval: fewer than 2 {unit}"
    if within == (0, 1) and np.isin(sample, (0, 1)).all():
        return *wilson(int(sample.sum()), n, confidence=confidence), f"{100 * confidence:g}% Wilson over {unit}"
    if within == (-1, 1) and np.isin(sample, (-1, 0, 1)).all():
        low, high = _bonett_price(int((sample > 0).sum()), int((sample < 0).sum()), n, confidence)
        return low, high, f"{100 * confidence:g}% Bonett-Price over {unit}"
    if not varies(sample):
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
    student = students_t(1 - tail, n - 1)
    method = f"{100 * confidence:g}% bootstrap-t over {unit}, {resamples} resamples"
    low, high = float(mean - max(above, student) * error), float(mean - min(below, -student) * error)
    return max(low, within[0]), min(high, within[1]), method


def wilson(hits: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a rate of yes and no (1927), in 0..1; ``n`` is 1 or more.

    >>> [round(limit, 3) for limit in wilson(1, 10)]
    [0.018, 0.404]
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, part = hits / n, z * z / n
    middle, reach = rate + part / 2, z * math.sqrt(rate * (1 - rate) / n + part / (4 * n))
    low, high = max(0.0, (middle - reach) / (1 + part)), min(1.0, (middle + reach) / (1 + part))
    return (low if hits else 0.0), (high if hits < n else 1.0)


def _bonett_price(more: int, less: int, n: int, confidence: float) -> tuple[float, float]:
    """Limits of a difference of two rates on ``n`` pairs, of which ``more`` are (yes, no) and ``less`` (no, yes)."""
    up, down = (more + 1) / (n + 2), (less + 1) / (n + 2)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return max(up - down - reach, -1.0), min(up - down + reach, 1.0)


def apart(one: Mapping[Any, Any], other: Mapping[Any, Any], column: str = "mean", *, of: int = 2) -> bool:
    """Whether the 95 % interval of the difference of two means is without zero, the groups taken for independent.

    The rows have a mean with low and high; the distances to the limits add as squares (Zou & Donner 2008), so two means
    can be apart though their own intervals overlap. Where the two are the ends ``of`` more groups, the interval is as
    much wider as Bonferroni's adjustment over all pairs asks. False without an interval.
    """
    top, bottom = (one, other) if one[column] >= other[column] else (other, one)
    normal = NormalDist().inv_cdf
    wider = normal(1 - 0.025 / math.comb(max(of, 2), 2)) / normal(0.975)
    reach = math.hypot(top[column] - top["low"], bottom["high"] - bottom[column])
    return bool(top[column] - bottom[column] > wider * reach)


def students_t(p: float, freedom: int) -> float:
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


def sign_flip(found: Floats, resamples: int, seed: int) -> tuple[float, str]:
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


def holm(p: Floats) -> Floats:
    """Holm's step-down adjustment; NaN stays and is not counted."""
    adjusted = np.full(len(p), math.nan)
    order = [int(place) for place in np.argsort(p, kind="stable") if not math.isnan(p[place])]
    worst = 0.0
    for rank, place in enumerate(order):
        worst = max(worst, min(1.0, float(p[place]) * (len(order) - rank)))
        adjusted[place] = worst
    return adjusted
