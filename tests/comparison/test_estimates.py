"""How estimates are told: a sentence for each row, and in a notebook the numbers beneath."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pandas as pd
import pytest

from toolkit import comparison
from toolkit.comparison import correction
from toolkit.comparison.estimates import sentence

NAN = math.nan


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        {"id": f"{o}{s}", "outlet": o, "story_id": s, "date": f"2031-0{s + 1}-02", "sources": s + 2 * (o == "<b>B"),
         "quoted_share": (s + 1) / 20, "words": 100}
        for s in range(6) for o in ("A", "<b>B")
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture(autouse=True)
def small_samples() -> None:
    warnings.simplefilter("ignore", comparison.SmallSampleWarning)


def test_means_and_differences_are_told_in_sentences(table: pd.DataFrame) -> None:
    for found in (comparison.compare(table, ["sources", "quoted_share"]), comparison.differences(table, "sources")):
        html = found._repr_html_()
        assert html is not None
        assert html.count("<li>") == len(found)
        assert "<b>B" not in html
        assert "&lt;b&gt;B" in html
        assert "</table>" in html
    assert "the mean of quoted share is 17.5% (" in str(comparison.compare(table, "quoted_share")._repr_html_())


def test_corrected_estimates_are_told_too(table: pd.DataFrame) -> None:
    html = correction.corrected(table, "sources")._repr_html_()  # type: ignore[operator]
    assert "If the toolkit errs here as on" in html


def test_what_is_no_estimate_is_shown_as_a_table(table: pd.DataFrame) -> None:
    estimates = comparison.compare(table, "sources")
    for found in (estimates[["outlet", "mean"]], estimates.head(0), comparison.over_time(table, "sources")):
        assert str(found._repr_html_()).count("<li>") == 0  # type: ignore[operator]
    assert "<li>" not in str(pd.concat([estimates] * 9)._repr_html_())  # type: ignore[operator]


def test_it_is_a_frame_like_any_other(table: pd.DataFrame) -> None:
    estimates = comparison.compare(table, "sources")
    assert isinstance(estimates, pd.DataFrame)
    assert type(estimates["mean"]) is pd.Series
    pd.testing.assert_frame_equal(pd.DataFrame(estimates), estimates, check_frame_type=False)


BASE = {"metric": "quoted_share", "n": 12, "n_missing": 0, "low": 0.2, "high": 0.4, "method": "95% bootstrap-t"}
PAIR = {"a": "Herald", "b": "Tribune", **BASE, "difference": -0.3, "low": -0.4, "high": -0.2, "p": 0.0001}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (
            {"outlet": "Herald", **BASE, "mean": 0.3},
            "In 12 articles of Herald, the mean of quoted share is 30.0% (95% interval 20.0% to 40.0%).",
        ),
        (
            {"outlet": "Herald", **BASE, "mean": 0.3, "n": 1, "n_missing": 2, "low": NAN},
            "In one article of Herald, the mean of quoted share is 30.0% (no interval; 2 without a value left out).",
        ),
        (
            {"outlet": "Herald", **BASE, "mean": NAN, "n": 0, "low": NAN},
            "No article of Herald has a value of quoted share.",
        ),
        (
            {**PAIR, "p_adjusted": 0.02},
            "On 12 stories that both covered, Herald is 30.0 percentage points below Tribune in quoted share "
            "(95% interval −40.0 to −20.0; p < 0.001, adjusted = 0.020).",
        ),
        (
            {**PAIR, "difference": 0.0, "p": 1.0, "p_adjusted": 1.0},
            "On 12 stories that both covered, Herald is level with Tribune in quoted share "
            "(95% interval −40.0 to −20.0; p = 1.000, adjusted = 1.000).",
        ),
        (
            {**PAIR, "n": 0, "difference": NAN, "low": NAN, "p_adjusted": NAN},
            "Herald and Tribune share no story with a value of quoted share from both.",
        ),
        (
            {"outlet": "Herald", **BASE, "mean": 0.3}
            | {"n_coded": 92, "corrected": 0.25, "corrected_low": 0.1, "corrected_high": 0.45},
            "In 12 articles of Herald, the mean of quoted share is 30.0% (95% interval 20.0% to 40.0%). "
            "If the toolkit errs here as on 92 articles coded by hand, and alike in all outlets, it is 25.0% without "
            "its error (95% interval 10.0% to 45.0%).",
        ),
        (
            {"outlet": "Herald", **BASE, "mean": 0.3, "codes": "own"}
            | {"n_coded": 11, "corrected": 0.25, "corrected_low": 0.1, "corrected_high": 0.45},
            "In 12 articles of Herald, the mean of quoted share is 30.0% (95% interval 20.0% to 40.0%). "
            "By your own codes of 11 of them, it is 25.0% (95% interval 10.0% to 45.0%).",
        ),
        (
            {"outlet": "Herald", **BASE, "mean": 0.3, "codes": "own", "n_coded": 4, "corrected": NAN},
            "In 12 articles of Herald, the mean of quoted share is 30.0% (95% interval 20.0% to 40.0%). "
            "Your own codes of 4 of them are too few for a correction.",
        ),
        (
            {**PAIR, "p_adjusted": 0.02, "n_coded": 92, "corrected": NAN},
            "On 12 stories that both covered, Herald is 30.0 percentage points below Tribune in quoted share "
            "(95% interval −40.0 to −20.0; p < 0.001, adjusted = 0.020). "
            "On 92 articles coded by hand the toolkit's values follow the hand's too loosely for a correction.",
        ),
        (
            {**PAIR, "difference": 0.02, "p_adjusted": 0.02, "n_coded": 92, "corrected": 0.025}
            | {"corrected_low": -0.01, "corrected_high": 0.06, "error_alone": 0.031, "could_be_error": True},
            "On 12 stories that both covered, Herald is 2.0 percentage points above Tribune in quoted share "
            "(95% interval −40.0 to −20.0; p < 0.001, adjusted = 0.020). "
            "If the toolkit errs here as on 92 articles coded by hand, and alike in all outlets, the difference is 2.5 "
            "percentage points without its error (95% interval −1.0 to 6.0); chance and its errors alone could make as "
            "much.",
        ),
        (
            {**PAIR, "n_coded": 0, "corrected": NAN, "could_be_error": pd.NA, "p_adjusted": 0.02},
            "On 12 stories that both covered, Herald is 30.0 percentage points below Tribune in quoted share "
            "(95% interval −40.0 to −20.0; p < 0.001, adjusted = 0.020).",
        ),
    ],
)
def test_a_row_reads_as_a_sentence(row: dict[str, Any], text: str) -> None:
    assert sentence(row) == sentence(pd.Series(row)) == text
