"""Means and their intervals, against hand counts, another implementation, and simulation."""

from __future__ import annotations

import math
import random

import numpy as np
import pandas as pd
import pytest
import tables
from tables import NAN, articles, skewed

from toolkit import METRICS
from toolkit.comparison import (
    SmallSampleWarning,
    bootstrap,
    compare,
    differences,
    groups_and_pairs,
    pooled,
)


@pytest.fixture
def three() -> pd.DataFrame:
    return tables.three()


def test_a_row_holds_what_can_be_counted_by_hand() -> None:
    values = [0, 1, 1, 2, 2, 2, 3, 3, 4, 12, None]
    row = compare(articles("Herald", values), "sources").iloc[0]
    assert list(row.index) == "outlet metric n n_missing mean median low high method seed".split()
    assert (row["n"], row["n_missing"], row["mean"], row["median"], row["seed"]) == (10, 1, 3.0, 2.0, 1)
    assert row["low"] < 3.0 < row["high"]
    assert row["method"] == "95% bootstrap-t over articles, 9999 resamples"


def test_the_numbers_are_the_same_on_every_machine() -> None:
    row = compare(articles("Herald", [0, 1, 1, 2, 2, 2, 3, 3, 4, 12]), "sources").iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((0.5917642633, 6.6414282912), abs=1e-9)


def test_the_long_tail_lengthens_its_own_side() -> None:
    row = compare(articles("Herald", skewed("a long right tail", 30)), "sources").iloc[0]
    assert row["high"] - row["mean"] > 1.15 * (row["mean"] - row["low"])


def test_neither_row_order_nor_other_groups_nor_chunks_change_a_row(
    three: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, pairs = compare(three, "sources"), differences(three, "sources")
    shuffled = three.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(compare(shuffled, "sources"), table)
    pd.testing.assert_frame_equal(differences(shuffled, "sources"), pairs)
    alone = compare(three[three["outlet"] == "Herald"], "sources").iloc[0]
    assert alone.to_dict() == table[table["outlet"] == "Herald"].iloc[0].to_dict()
    monkeypatch.setattr(bootstrap, "_CELLS", 500)
    pd.testing.assert_frame_equal(compare(three, "sources"), table)
    pd.testing.assert_frame_equal(differences(three, "sources"), pairs)


def test_several_metrics_come_in_the_order_asked(three: pd.DataFrame) -> None:
    table = compare(three.assign(words=three["sources"] * 100), ["words", "sources"])
    assert list(table["metric"]) == ["words"] * 3 + ["sources"] * 3
    assert list(table["outlet"]) == ["Courier", "Herald", "Tribune"] * 2
    assert table["low"].iloc[:3].to_numpy() == pytest.approx(100 * table["low"].iloc[3:].to_numpy())


def test_blank_outlets_are_shown_as_unknown() -> None:
    table = articles("", [1.0, 2, 3, 4]).assign(outlet=["", "  ", None, "Herald "])
    with pytest.warns(SmallSampleWarning):
        found = compare(table, "sources")
    assert found[["outlet", "n"]].to_numpy().tolist() == [["(unknown)", 3], ["Herald", 1]]


@pytest.mark.parametrize(
    ("values", "mean", "method"),
    [
        pytest.param([7.0], 7.0, "no interval: fewer than 2 articles", id="one article"),
        pytest.param([NAN, NAN], NAN, "no interval: fewer than 2 articles", id="all missing"),
        pytest.param([0.1 + 0.2, 0.3, 0.3], 0.3, "no interval: all values equal", id="equal but for rounding"),
        pytest.param([math.inf, 2.0], 2.0, "no interval: fewer than 2 articles", id="infinite is missing"),
    ],
)
def test_what_cannot_be_shown_is_nan(values: list[float], mean: float, method: str) -> None:
    with pytest.warns(SmallSampleWarning):
        row = compare(articles("Herald", values), "sources").iloc[0]
    assert row["mean"] == pytest.approx(mean, nan_ok=True)
    assert row["n"] + row["n_missing"] == len(values)
    assert math.isnan(row["low"])
    assert math.isnan(row["high"])
    assert row["method"] == method


def test_an_interval_stays_where_the_metric_can_be() -> None:
    shares = [0.9, 0.95, 1, 1, 1, 1, 1, 1, 1, 0.2]
    row = compare(articles("Herald", shares, "quoted_share"), "quoted_share").iloc[0]
    assert row["high"] == 1
    few = [0, 0, 0, 0, 0, 0, 0, 0, 0, 30.5]
    assert compare(articles("Herald", few), "sources").loc[0, "low"] == 0
    assert compare(articles("Herald", few, "change"), "change").loc[0, "low"] < 0
    below = [-0.3, 0.1, -0.2, 0.0, -0.1, 0.1, -0.2, -0.4, 0.2, -0.1]
    assert (
        compare(articles("Herald", below, "bias"), "bias").loc[0, "high"]
        > 0
        > compare(articles("Herald", below, "bias"), "bias").loc[0, "low"]
    )


def test_a_difference_of_shares_stays_where_it_can_be() -> None:
    ones = [1.0, 1.0, 0.95, 1.0, 0.05, 1.0, 1.0, 1.0, 1.0, 1.0]
    a = articles("Herald", ones, "quoted_share")
    b = articles("Tribune", [1 - one for one in ones[:4]] + [0.9] + [0.0] * 5, "quoted_share")
    for both, end in (((a, b), "high"), ((a.assign(outlet="Z"), b), "low")):
        share = differences(pd.concat(both), "quoted_share").iloc[0]
        tone = pd.concat(both).assign(tone=lambda table: table["quoted_share"] + 9.5)  # no bounds are known
        free = differences(tone, "tone").iloc[0]
        assert abs(free[end]) > 1
        assert share[end] == math.copysign(1, free[end])
        assert share["difference"] == pytest.approx(free["difference"])
    counts = pd.concat([articles("Herald", [5 * one for one in ones]), articles("Tribune", [0.0] * 10)])
    assert differences(counts, "sources").loc[0, "high"] > 1


OWN = {"fronted": (0.0, 1.0), "tip_share": (0.0, 1.0), "editors": (0.0, math.inf)}


RANGES = {name: (each.low, each.high) for name, each in METRICS.items()} | OWN


@pytest.mark.parametrize("metric", [name for name, ends in RANGES.items() if ends != (-math.inf, math.inf)])
def test_every_interval_stays_in_its_metric_s_range(metric: str) -> None:
    """Values at one end of what can be, one at the other or far from it: a mean and a difference that overshoot."""
    low, high = RANGES[metric]
    ends = [low if low > -math.inf else high - 200, high if high < math.inf else low + 200]
    for one, other in (ends, ends[::-1]):
        table = pd.concat([articles("A", [one] * 9 + [other], metric), articles("B", [other] * 9 + [one], metric)])
        for row in compare(table, metric).to_dict("records"):
            assert low <= row["low"] < row["mean"] < row["high"] <= high
        pair = differences(table, metric).iloc[0]
        assert low - high <= pair["low"] < pair["difference"] < pair["high"] <= high - low


def test_yes_and_no_have_the_intervals_of_wilson_and_of_bonett_and_price() -> None:
    """scipy.stats.binomtest(11, 12).proportion_ci(method="wilson"), and of 12 of 12; six stories with a yes of Herald's
    alone and one with Tribune's: 5/14 with a reach of 1.96 sqrt((9/14 - (5/14)^2) / 14)."""
    yes = articles("Herald", [1] * 11 + [0], "single_source")
    row = compare(yes, "single_source").iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((0.6461, 0.9851), abs=1e-4)
    assert row["method"] == "95% Wilson over articles"
    row = compare(yes.assign(single_source=True), "single_source").iloc[0]
    assert (row["mean"], row["low"], row["high"]) == pytest.approx((1, 0.7575, 1), abs=1e-4)
    other = articles("Tribune", [0] * 6 + [1] * 5 + [1], "single_source")
    row = differences(pd.concat([other, yes]), "single_source").iloc[0]
    assert (row["difference"], row["low"], row["high"]) == pytest.approx((5 / 12, -0.01888, 0.73317), abs=1e-4)
    assert row["method"].startswith("95% Bonett-Price over stories; ")


@pytest.mark.parametrize(
    ("metric", "values", "expected"),
    [
        ("transparency_class", [0, 3], (0, 3)),
        ("effective_sources", [1.2], (1, math.inf)),
        ("flesch_ease", [-20, 60], (-math.inf, 121.22)),
        pytest.param("sources", [-1, 3], (-math.inf, math.inf), id="not the toolkit's sources"),
        ("front_page", [True, False], (0, 1)),
        ("tip_share", [0.2, 0.9], (0, 1)),
        pytest.param("tip_share", [0.2, 1.3], (-math.inf, math.inf), id="no share, whatever its name"),
        pytest.param("lean", [0.2, 0.9], (-math.inf, math.inf), id="too few to be called a share"),
        pytest.param("lean", [0.2, 0.9] * 5, (0, 1), id="ten of the shape of a share"),
        ("editors", [0, 2, NAN], (0, math.inf)),
        ("change", [-1, 2], (-math.inf, math.inf)),
        ("editors", [], (-math.inf, math.inf)),
    ],
)
def test_the_range_is_the_dictionary_s_or_what_the_values_show(
    metric: str, values: list[float], expected: tuple[float, float]
) -> None:
    assert groups_and_pairs.range_of(metric, np.array(values, dtype=float)) == expected


def test_the_pooled_share_of_a_part_stays_a_share() -> None:
    table = pd.DataFrame({"outlet": "Herald", "found": [9, 10, 10, 2, 10, 10, 10, 10, 10, 10], "all": 10.0})
    assert pooled(table, "found", "all").loc[0, "high"] == 1
    assert pooled(table.assign(all=table["all"] - 2), "found", "all").loc[0, "high"] > 1


def test_nullable_and_text_numbers_count() -> None:
    numbers = list(range(12))
    plain = compare(articles("Herald", numbers), "sources")
    for column in (pd.array(numbers, dtype="Int64"), [str(number) for number in numbers]):
        pd.testing.assert_frame_equal(compare(articles("Herald", numbers).assign(sources=column), "sources"), plain)


def test_ties_and_zeros_make_no_infinite_interval() -> None:
    row = compare(articles("Herald", [0] * 18 + [1] * 2), "sources").iloc[0]
    assert row["low"] == 0
    assert 0.2 < row["high"] < 0.8


def test_the_interval_agrees_with_scipy_where_both_are_right() -> None:
    stats = pytest.importorskip("scipy.stats")
    chance = random.Random("four hundred values near a normal shape")
    values = np.array([chance.gauss(10, 3) for _ in range(400)])
    row = compare(articles("Herald", list(values)), "sources").iloc[0]
    theirs = stats.bootstrap((values,), np.mean, n_resamples=9999, method="BCa", rng=1).confidence_interval
    width = theirs.high - theirs.low
    assert (row["low"], row["high"]) == pytest.approx((theirs.low, theirs.high), abs=0.04 * width)
    student = stats.t.interval(0.95, 399, values.mean(), stats.sem(values))
    assert row["low"] <= student[0] + 1e-4
    assert row["high"] >= student[1] - 1e-4
