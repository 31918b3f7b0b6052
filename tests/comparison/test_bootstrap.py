"""Intervals and tests of a mean: printed tables, counts by hand, another implementation, and simulation."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pytest

from toolkit.comparison import bootstrap

NAN = math.nan


@pytest.mark.parametrize(
    ("freedom", "table_value"), [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (19, 2.093), (120, 1.980)]
)
def test_students_t_is_the_printed_table(freedom: int, table_value: float) -> None:
    assert bootstrap.students_t(0.975, freedom) == pytest.approx(table_value, abs=0.02 if freedom == 3 else 0.003)


def test_nominal_95_per_cent_holds_where_the_percentile_bootstrap_fails() -> None:
    """A cheap form of the simulation in the module's docstring: 250 samples of 20 skewed values each."""
    chance = random.Random("does the interval hold what it promises")
    ours = plain = 0
    for _ in range(250):
        sample = np.sort([chance.lognormvariate(0, 0.8) for _ in range(20)])
        low, high, _ = bootstrap.interval(sample, "articles", 0.95, 599, 1)
        ours += low <= math.exp(0.32) <= high
        drawn = sample[np.random.Generator(np.random.PCG64(1)).integers(0, 20, (599, 20))].mean(axis=1)
        plain += np.quantile(drawn, 0.025) <= math.exp(0.32) <= np.quantile(drawn, 0.975)
    assert 0.91 <= ours / 250 <= 0.98
    assert ours > plain + 5


def test_the_exact_test_is_the_count_of_all_flips() -> None:
    chance = random.Random("all flips of nine differences")
    gaps = np.sort([round(chance.gauss(0.7, 1), 1) for _ in range(9)])
    flips = [
        abs(sum(s * g for s, g in zip(signs, gaps, strict=True))) for signs in itertools.product((1, -1), repeat=9)
    ]
    expected = sum(flip >= abs(gaps.sum()) - 1e-9 for flip in flips) / 2**9
    assert bootstrap.sign_flip(gaps, 9999, 1) == (expected, "sign-flip test, exact")


def test_the_permutation_test_agrees_with_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    for n, close in ((8, 1e-12), (40, 0.01)):
        chance = random.Random(f"permutation of {n} differences")
        gaps = np.sort([chance.gauss(0.3, 1) for _ in range(n)])
        options = {"permutation_type": "samples", "vectorized": False, "n_resamples": 9999}
        theirs = stats.permutation_test((gaps, np.zeros(n)), lambda a, b: (a - b).mean(), rng=1, **options)
        assert bootstrap.sign_flip(gaps, 9999, 1)[0] == pytest.approx(theirs.pvalue, abs=close)


def test_holm_is_the_textbook_example() -> None:
    adjusted = bootstrap.holm(np.array([0.01, 0.04, NAN, 0.03, 0.005]))
    assert adjusted.tolist() == pytest.approx([0.03, 0.06, NAN, 0.06, 0.02], nan_ok=True)


@pytest.mark.parametrize(
    ("bottom", "expected"),
    [
        pytest.param((0.1, 0.05, 0.2), True, id="apart by .2, reach hypot(.1, .1)"),
        pytest.param((0.15, 0.05, 0.27), False, id="apart by .15, reach hypot(.1, .12)"),
        pytest.param((0.1, math.nan, math.nan), False, id="one without an interval"),
    ],
)
def test_two_means_are_apart_by_the_interval_of_their_difference(
    bottom: tuple[float, float, float], expected: bool
) -> None:
    one, other = (dict(zip(("mean", "low", "high"), each, strict=True)) for each in ((0.3, 0.2, 0.5), bottom))
    assert bootstrap.apart(one, other) is bootstrap.apart(other, one) is expected


def test_wilson_is_scipy_s() -> None:
    stats = pytest.importorskip("scipy.stats")
    for hits, n in ((0, 7), (1, 10), (11, 12), (12, 12)):
        theirs = stats.binomtest(hits, n).proportion_ci(method="wilson")
        assert bootstrap.wilson(hits, n) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
