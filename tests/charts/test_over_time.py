"""Over time: lines and bars against their tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from charting import NAN, bars, part, rows, texts, trended, words
from matplotlib.dates import num2date

from toolkit import charts
from toolkit.charts import ChartError


def test_trend_stands_where_the_table_says_and_breaks_at_a_gap() -> None:
    ax = charts.trend(trended([0.2, NAN, 0.3, 0.5]))
    line = next(child for child in ax.lines if child.get_gid() == "means")
    assert np.asarray(line.get_ydata(), dtype=float) == pytest.approx([0.2, NAN, 0.3, 0.5], nan_ok=True)
    segments = part(ax, "intervals").get_segments()
    assert [tuple(segment[:, 1]) for segment in segments] == [
        pytest.approx((0.15, 0.25)),
        pytest.approx((0.25, 0.35)),
        pytest.approx((0.45, 0.55)),
    ]
    assert words(ax, "title") == "Quoted share: from 20.0% (March 2024) to 50.0% (June 2024)"
    assert "12 without a date left out" in words(ax, "subtitle")
    assert "May 2024 30.0% (25.0% to 35.0%, n = 12)" in charts.alt_text(ax)
    assert "April 2024" not in charts.alt_text(ax)


@pytest.mark.parametrize(
    ("means", "finding"),
    [
        ([0.2], "20.0% in March 2024"),
        ([0.2, 0.22], "between 20.0% and 22.0% from March 2024 to April 2024"),
    ],
)
def test_trend_says_its_finding(means: list[float], finding: str) -> None:
    assert charts.alt_text(charts.trend(trended(means))).startswith(f"Quoted share: {finding}. Line with intervals")


def test_trend_of_single_articles_claims_nothing() -> None:
    table = trended([0.2, 0.9]).assign(low=NAN, high=NAN)
    assert "Quoted share: between 20.0% and 90.0% from March" in charts.alt_text(charts.trend(table))
    with pytest.raises(ChartError, match=r"No period has a mean of 'quoted_share', so there is nothing to draw\."):
        charts.trend(table[table["period"].isna()])


DAYS = pd.DataFrame(
    {
        "outlet": ["Herald", "Herald", "Herald", "Tribune", "Tribune", "Tribune", ""],
        "date": ["2031-03-05", "2031-03-05", "5 March 2031", "2031-03-04", "2031-03-07", "", "2031-03-07"],
    }
)


def test_the_axis_of_one_period_names_it_once() -> None:
    ax = charts.trend(trended([0.2]))
    assert ax.get_xlabel() == "First day of the month, 1 March 2024"


def test_coverage_of_two_articles_has_no_peak() -> None:
    ax = charts.coverage(pd.DataFrame({"outlet": ["A", "B"], "date": ["2031-01-01", "2031-01-02"]}))
    assert words(ax, "title") == "No peak: at most 1 article a day; A first (1 January 2031)"


def test_coverage_counts_articles_by_day() -> None:
    ax = charts.coverage(DAYS)
    assert rows(ax) == ["Tribune\nn = 2", "Herald\nn = 3", "(unknown)\nn = 1"]
    found = {
        y: [(num2date((left + right) / 2).day, height) for left, right, _, height in bars(ax, f"bars-{y}")]
        for y in range(3)
    }
    tallest = found[1][0][1]
    assert found == {
        0: [(4, round(tallest / 3, 6)), (7, round(tallest / 3, 6))],
        1: [(5, tallest)],
        2: [(7, round(tallest / 3, 6))],
    }
    assert texts(ax, "peak") == ["3"]
    assert words(ax, "title") == "Most articles on 5 March 2031: 3 of 6; Tribune first (4 March 2031)"
    assert words(ax, "subtitle").endswith("the tallest has 3 (n = 6 articles; 1 without a date left out)")
    assert "Tribune 1 on 4 March 2031, 1 on 7 March 2031" in charts.alt_text(ax)


@pytest.mark.parametrize(
    ("dates", "freq", "finding"),
    [
        (["2031-03-05"] * 3, "", "All 3 articles on 5 March 2031"),
        (["2031-03-05"] * 3, "M", "All 3 articles in March 2031"),
        (["2031-03-05", "2031-03-05", "2031-03-07", "2031-03-07"], "",
         "Most articles on 5 March 2031 and on 7 March 2031: 2 each of 4"),
        (["2031-03-05", "2031-04-05", "2031-05-05"], "", "No peak: at most 1 article a week"),
        (["2029-03-05", "2031-04-05", "2031-04-07"], "", "Most articles in April 2031: 2 of 3"),
        (["2020-03-05", "2031-04-05", "2031-05-07"], "", "Most articles in 2031: 2 of 3"),
        (["2031-03-05", "2031-03-06", "2031-04-07"], "Q", "Most articles in the quarter from January 2031: 2 of 3"),
    ],
)  # fmt: skip
def test_coverage_says_when(dates: list[str], freq: str, finding: str) -> None:
    ax = charts.coverage(pd.DataFrame({"outlet": "Herald", "date": dates}), freq=freq)
    assert words(ax, "title") == finding


ERRORS: list[tuple[Any, str]] = [
    (
        lambda: charts.coverage(DAYS.assign(date="some day")),
        "No article has a 'date' that can be read, so there is nothing to draw over time.",
    ),
    (lambda: charts.coverage(DAYS, freq="H"), "The freq 'H' is not known; give D, W, M, Q or Y."),
]


@pytest.mark.parametrize(("call", "text"), ERRORS)
def test_errors_are_one_sentence(call: Any, text: str) -> None:
    with pytest.raises(ChartError) as caught:
        call()
    assert str(caught.value) == text
