"""Means, differences and their intervals, against hand counts, another implementation, and simulation."""

from __future__ import annotations

import math
import random
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

from toolkit import METRICS
from toolkit.comparison import (
    CompareError,
    SmallSampleWarning,
    adequacy,
    bootstrap,
    compare,
    differences,
    groups_and_pairs,
    over_time,
    paired_values,
    pooled,
    sentence,
)

NAN = math.nan


def articles(outlet: str, values: list[Any], metric: str = "sources") -> pd.DataFrame:
    return pd.DataFrame({"outlet": outlet, "story_id": [f"s{k}" for k in range(len(values))], metric: values})


def skewed(seed: str, n: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.expovariate(1) for _ in range(n)]


@pytest.fixture
def three() -> pd.DataFrame:
    """Three outlets, twenty stories, one value missing."""
    chance = random.Random("three outlets on twenty stories")
    tables = [
        articles(name, [round(chance.gauss(5 + shift, 2), 2) for _ in range(20)])
        for name, shift in (("Herald", 2.0), ("Tribune", 0.0), ("Courier", 0.1))
    ]
    tables[2].loc[3, "sources"] = NAN
    return pd.concat(tables, ignore_index=True)


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
    for tables, end in (((a, b), "high"), ((a.assign(outlet="Z"), b), "low")):
        share = differences(pd.concat(tables), "quoted_share").iloc[0]
        tone = pd.concat(tables).assign(tone=lambda table: table["quoted_share"] + 9.5)  # no bounds are known
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


def test_differences_by_hand() -> None:
    a = articles("Herald", [5.0, 4, 6, 5, 7, 3, 4, 6, 5, 5])
    b = articles("Tribune", [3.0, 4, 5, 3, 4, 3, 2, 4, 4, 3])
    row = differences(pd.concat([a, b]), "sources").iloc[0]
    columns = "a b metric n n_missing mean_a mean_b difference low high p p_adjusted effect method seed"
    assert list(row.index) == columns.split()
    gaps = [2.0, 0, 1, 2, 3, 0, 2, 2, 1, 2]
    assert (row["a"], row["b"], row["n"], row["difference"]) == ("Herald", "Tribune", 10, 1.5)
    assert row["p"] == row["p_adjusted"] == 2 * 4 / 2**10  # the two zeros may have either sign
    assert row["effect"] == pytest.approx(np.mean(gaps) / np.std(gaps, ddof=1))
    assert 0 < row["low"] < 1.5 < row["high"]
    assert row["method"].endswith("; sign-flip test, exact")


def test_articles_of_one_outlet_on_one_story_are_averaged_first() -> None:
    table = pd.DataFrame(
        [
            ("Herald", "fire", 2),
            ("Herald", "fire", 4),
            ("Tribune", "fire", 1),
            ("Herald", "vote", 9),
            ("Tribune", " ", 5),
        ],
        columns=["outlet", "story_id", "sources"],
    )
    found = paired_values(table, "sources")
    assert found.to_dict("records") == [
        {"a": "Herald", "b": "Tribune", "metric": "sources", "story_id": "fire", "difference": 2.0}
    ]


def test_noise_of_rounding_is_no_difference() -> None:
    """.1, .2 and .3 are .2 on average, to the last digit but one."""
    a = pd.concat([articles("Herald", [value] * 12, "quoted_share") for value in (0.1, 0.2, 0.3)])
    b = articles("Tribune", [0.2] * 12, "quoted_share")
    values = paired_values(pd.concat([a, b]), "quoted_share")
    assert a.groupby("story_id")["quoted_share"].mean().iloc[0] != 0.2
    assert list(values["difference"]) == [0.0] * 12
    row = differences(pd.concat([a, b]), "quoted_share").iloc[0]
    assert (row["difference"], row["p"]) == (0.0, 1.0)


def test_paired_values_are_what_differences_average(three: pd.DataFrame) -> None:
    table, values = differences(three, "sources"), paired_values(three, "sources")
    assert [(row["a"], row["b"]) for _, row in table.iterrows()] == [
        ("Courier", "Herald"),
        ("Courier", "Tribune"),
        ("Herald", "Tribune"),
    ]
    means = values.groupby(["a", "b"])["difference"].agg(["mean", "size"])
    assert table["difference"].to_numpy() == pytest.approx(means["mean"].to_numpy())
    assert list(table["n"]) == list(means["size"]) == [19, 19, 20]
    assert list(table["n_missing"]) == [1, 1, 0]


def test_a_reference_stands_on_the_right(three: pd.DataFrame) -> None:
    table = differences(three, "sources", reference="Herald")
    assert [(row["a"], row["b"]) for _, row in table.iterrows()] == [("Courier", "Herald"), ("Tribune", "Herald")]
    assert (table["difference"] < 0).all()


def test_what_a_pair_cannot_show_is_nan() -> None:
    table = pd.concat([articles("Herald", [1.0]), articles("Tribune", [NAN]), articles("Courier", [3.0])])
    with pytest.warns(SmallSampleWarning, match="fewer than 10 stories"):
        found = differences(table, "sources").set_index(["a", "b"])
    one, none = found.loc[("Courier", "Herald")], found.loc[("Courier", "Tribune")]
    assert (one["n"], one["difference"], one["p"]) == (1, 2.0, 1.0)
    assert (none["n"], none["n_missing"]) == (0, 1)
    assert np.isnan(one[["low", "high", "effect"]].to_numpy(dtype=float)).all()
    assert np.isnan(none[["difference", "low", "high", "p", "p_adjusted", "effect"]].to_numpy(dtype=float)).all()
    assert one["p_adjusted"] == 1.0


def test_pooled_share_and_mean_of_shares_by_hand() -> None:
    table = pd.DataFrame(
        {
            "outlet": ["Herald"] * 12 + ["Tribune"] * 2,
            "quoted_words": [10, 90, 20] * 4 + [5, None],
            "words": [100, 300, 200] * 4 + [50, 70],
        }
    )
    with pytest.warns(SmallSampleWarning, match=r"quoted_words / words: fewer than 10 articles .* Tribune \(1\)"):
        found = pooled(table, "quoted_words", "words").set_index("outlet")
    herald, tribune = found.loc["Herald"], found.loc["Tribune"]
    assert (herald["numerator"], herald["denominator"], herald["pooled_share"]) == (480, 2400, 0.2)
    assert herald["mean_of_shares"] == pytest.approx((0.1 + 0.3 + 0.1) / 3)
    assert herald["low"] < 0.2 < herald["high"]
    assert (tribune["n"], tribune["n_missing"], tribune["pooled_share"]) == (1, 1, 0.1)
    assert math.isnan(tribune["low"])


def test_what_a_part_is_of_shows_in_all_outlets() -> None:
    """Herald alone has no more than its whole; Tribune shows that the ratio is no share."""
    table = pd.DataFrame({"outlet": "Herald", "found": [9, 10, 10, 2, 10, 10, 10, 10, 10, 10], "all": 10.0})
    other = pd.DataFrame({"outlet": "Tribune", "found": [20.0, 5] * 5, "all": 10.0})
    assert pooled(pd.concat([table, other]), "found", "all").loc[0, "high"] > 1


def test_pooled_share_of_nothing_is_nan() -> None:
    table = pd.DataFrame({"outlet": "Herald", "anonymous_sources": [0.0] * 3, "sources": [0.0] * 3})
    with pytest.warns(SmallSampleWarning):
        row = pooled(table, "anonymous_sources", "sources").iloc[0]
    assert row["n"] == 3
    assert np.isnan(row[["pooled_share", "mean_of_shares", "low", "high"]].to_numpy(dtype=float)).all()


def test_the_pooled_interval_agrees_with_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    chance = np.random.default_rng(20)
    words = chance.integers(200, 1500, 300).astype(float)
    quoted = np.floor(words * chance.beta(2, 6, 300))
    row = pooled(pd.DataFrame({"outlet": "Herald", "q": quoted, "w": words}), "q", "w").iloc[0]
    theirs = stats.bootstrap(
        (quoted, words),
        lambda q, w, axis: q.sum(axis) / w.sum(axis),
        paired=True,
        vectorized=True,
        n_resamples=9999,
        rng=1,
    ).confidence_interval
    assert (row["low"], row["high"]) == pytest.approx(tuple(theirs), abs=0.06 * (theirs.high - theirs.low))


def test_over_time_counts_gaps_and_the_undated() -> None:
    days = ["2024-03-01", "March 31, 2024", "Wed, 01 May 2024", "2024-05-20T10:00:00Z", "", None, "soon"]
    table = pd.DataFrame({"date": days, "sources": [2, 4, 5, NAN, 7, 8, 9]})
    with pytest.warns(SmallSampleWarning):
        found = over_time(table, ["sources"])
    assert list(found["period"].dropna().astype(str)) == ["2024-03-01", "2024-04-01", "2024-05-01"]
    assert pd.isna(found["period"].iloc[3])
    assert list(found["n"]) == [2, 0, 1, 3]
    assert list(found["n_missing"]) == [0, 0, 1, 0]
    assert found["mean"].tolist() == pytest.approx([3, NAN, 5, 8], nan_ok=True)
    assert found["n"].sum() + found["n_missing"].sum() == len(table)


@pytest.mark.parametrize(
    ("freq", "starts"),
    [
        ("W", ["2024-02-26", "2024-03-04", "2024-03-11"]),  # Mondays
        ("M", ["2024-03-01"]),
        ("Q", ["2024-01-01"]),
        ("Y", ["2024-01-01"]),
    ],
)
def test_periods_begin_where_calendars_do(freq: str, starts: list[str]) -> None:
    table = pd.DataFrame({"date": ["2024-03-01"] * 10 + ["2024-03-11"] * 10, "sources": list(range(10)) * 2})
    found = over_time(table, "sources", freq=freq)
    assert list(found["period"].astype(str)) == starts
    assert found["low"].notna().sum() == min(2, len(starts))


def test_four_stories_tell_no_detectable_difference_and_none_is_wider_than_the_range() -> None:
    for n, known in ((4, False), (5, True)):
        table = pd.concat([articles("A", list(range(n))), articles("B", [n, 0, 2, 1, 3][:n])])
        assert adequacy(table, "sources", story="story_id")["detectable"].notna().item() is known
        assert adequacy(table, "sources")["detectable"].notna().item() is known
    one, other = ([0, 1, 0, 1, 0], [1, 0, 1, 0, 1])
    both = pd.concat([articles("A", one, "single_source"), articles("B", other, "single_source")])
    row = adequacy(both, "single_source", story="story_id").iloc[0]
    assert row[["detectable", "halved_by"]].isna().all()  # no two shares of articles are 1.9 apart
    assert row["sd"] == pytest.approx(1.095, abs=1e-3)


def test_adequacy_is_what_scipy_finds_and_simulation_confirms() -> None:
    stats = pytest.importorskip("scipy.stats")
    chance = np.random.default_rng(8)
    table = pd.concat([articles("Herald", list(chance.normal(5, 2, 40))), articles("Tribune", list(range(40)))])
    row = adequacy(table, "sources", story="story_id").iloc[0]
    gaps = (table["sources"].iloc[:40] - table["sources"].iloc[40:]).to_numpy()
    reach = stats.t.ppf(0.975, 39) + stats.norm.ppf(0.8)
    assert row["detectable"] == pytest.approx(reach * gaps.std(ddof=1) / math.sqrt(40), rel=1e-3)
    assert (row["unit"], row["n_a"], row["n_b"]) == ("stories", 40, 40)
    sample = chance.normal(0, 1, (2000, 30))
    detectable = adequacy(
        pd.concat([articles("A", [0.0] * 30), articles("B", list(stats.norm.ppf((np.arange(30) + 0.5) / 30)))]),
        "sources",
        story="story_id",
    ).loc[0, "detectable"]
    found = stats.ttest_1samp(sample + detectable, 0, axis=1).pvalue < 0.05
    assert 0.74 <= found.mean() <= 0.84


def test_adequacy_of_unpaired_articles_by_hand() -> None:
    table = pd.concat([articles("Herald", [1, 2, 3, 4, 5, 6] * 2), articles("Tribune", [7.0])])
    row = adequacy(pd.concat([table, articles("Courier", [1, 2, 3, 4, 5, 6] * 2)]), "sources").iloc[0]
    variance = float(np.var([1, 2, 3, 4, 5, 6] * 2, ddof=1))
    assert (row["a"], row["b"], row["n_a"], row["n_b"], row["unit"]) == ("Courier", "Herald", 12, 12, "articles")
    assert row["detectable"] == pytest.approx((2.0739 + 0.8416) * math.sqrt(variance / 6), rel=1e-3)
    assert adequacy(table, "sources").loc[0, ["sd", "detectable", "halved_by"]].isna().all()


def test_planted_oddities_lose_nothing() -> None:
    """Duplicates, an outlet with one article, a metric without a value, ties, a story of one outlet."""
    rows = [("Herald", f"s{k}", 3.0) for k in range(12)] + [("Herald", "s0", 3.0), ("Herald", "alone", 9.0)]
    rows += [("Tribune", f"s{k}", 1.0) for k in range(12)] + [("Courier", "s3", 5.0)]
    table = pd.DataFrame(rows, columns=["outlet", "story_id", "sources"]).assign(denials=NAN)
    with pytest.warns(SmallSampleWarning) as caught:
        means, pairs = (calculate(table, ["sources", "denials"]) for calculate in (compare, differences))
    assert means["n"].sum() + means["n_missing"].sum() == 2 * len(table)
    by_pair = pairs.set_index(["metric", "a", "b"])
    tie, one = by_pair.loc[("sources", "Herald", "Tribune")], by_pair.loc[("sources", "Courier", "Herald")]
    assert (tie["n"], tie["difference"], tie["method"].split(";")[0]) == (12, 2.0, "no interval: all values equal")
    assert (one["n"], one["difference"], one["p"]) == (1, 2.0, 1.0)
    assert list(pairs[pairs["metric"] == "denials"]["n_missing"]) == [1, 1, 12]
    assert "share no story with a value" in sentence(pairs.iloc[-1])
    said = " ".join(str(warning.message) for warning in caught)
    for word in ("Courier (1)", "denials: fewer than 10 articles", "all values are equal for Herald and Tribune"):
        assert word in said


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda f: compare(f, "sorces"),
            "The frame has no column 'sorces'; did you mean 'sources'?",
        ),
        (
            lambda f: compare(f, "zzz"),
            "The frame has no column 'zzz'; it has outlet, story_id, sources.",
        ),
        (lambda f: compare(f, "outlet"), "The column 'outlet' is not numeric; name a metric column."),
        (lambda f: compare(f, []), "No metric was named; name at least one column."),
        (
            lambda f: compare(f.head(0), "sources"),
            "The frame has no rows, so there is nothing to compare; give it at least one article.",
        ),
        (
            lambda f: compare(f, "sources", confidence=95),
            "confidence is 95; give a number between 0 and 1, such as 0.95.",
        ),
        (lambda f: compare(f, "sources", resamples=9), "resamples is 9; an interval at 0.95 needs at least 40."),
        (
            lambda f: differences(f.drop(columns="story_id"), "sources"),
            "The frame has no column 'story_id'; it has outlet, sources.",
        ),
        (
            lambda f: differences(f[f["outlet"] == "Herald"], "sources"),
            "Only 1 'outlet' has articles with a 'story_id'; a difference needs two.",
        ),
        (
            lambda f: differences(f, "sources", reference="Gazette"),
            "The reference 'Gazette' is not among the outlets Courier, Herald, Tribune.",
        ),
        (
            lambda f: differences(f.assign(story_id=range(len(f))), "sources"),
            "No 'story_id' is shared by two outlets; give the articles on one event the same 'story_id'.",
        ),
        (lambda f: over_time(f.assign(date="2024-03-01"), "sources", freq="D"), "freq is 'D'; give W, M, Q or Y."),
        (
            lambda f: over_time(f.assign(date="soon"), "sources"),
            "No article has a 'date' that can be read, so nothing can be shown over time.",
        ),
        (lambda f: adequacy(f, "sources", power=80), "power is 80; give a number between 0 and 1, such as 0.8."),
        (
            lambda f: adequacy(f[f["outlet"] == "Herald"], "sources"),
            "Only one 'outlet' has articles; a difference needs two.",
        ),
        (lambda f: pooled(f, "sources", "wrds"), "The frame has no column 'wrds'; it has outlet, story_id, sources."),
        (
            lambda f: paired_values(f.assign(story_id=range(len(f))), "sources"),
            "No 'story_id' is shared by two outlets; give the articles on one event the same 'story_id'.",
        ),
    ],
)
def test_errors_are_one_sentence(call: Any, text: str, three: pd.DataFrame) -> None:
    with pytest.raises(CompareError) as caught:
        call(three)
    assert str(caught.value) == text


def test_small_samples_warn_by_name() -> None:
    table = pd.concat([articles("Herald", [1, 2, 3]), articles("Tribune", [1]), articles("Courier", [2] * 12)])
    with pytest.warns(SmallSampleWarning) as caught:
        compare(table, "sources")
    assert [str(warning.message) for warning in caught] == [
        "sources: fewer than 10 articles with a value for Herald (3), Tribune (1), so the interval is rough or absent.",
        "sources: all values are equal for Courier, so resampling can show no interval.",
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compare(articles("Herald", list(range(10))), "sources")
