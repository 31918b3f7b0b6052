"""Pooled shares, periods, and what a sample can show, against hand counts, another implementation, and simulation."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from tables import NAN, articles

from toolkit.comparison import (
    SmallSampleWarning,
    adequacy,
    over_time,
    pooled,
)


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
