"""Differences and their intervals, against hand counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import tables
from tables import NAN, articles

from toolkit.comparison import (
    SmallSampleWarning,
    differences,
    paired_values,
)


@pytest.fixture
def three() -> pd.DataFrame:
    return tables.three()


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
