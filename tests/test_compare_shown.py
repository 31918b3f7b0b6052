"""How a notebook shows estimates: a sentence for each row, the numbers beneath."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

from toolkit import calibration, compare


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
    warnings.simplefilter("ignore", compare.SmallSampleWarning)


def test_means_and_differences_are_told_in_sentences(table: pd.DataFrame) -> None:
    for found in (compare.compare(table, ["sources", "quoted_share"]), compare.differences(table, "sources")):
        html = found._repr_html_()
        assert html is not None
        assert html.count("<li>") == len(found)
        assert "<b>B" not in html
        assert "&lt;b&gt;B" in html
        assert "</table>" in html
    assert "the mean of quoted share is 17.5% (" in str(compare.compare(table, "quoted_share")._repr_html_())


def test_corrected_estimates_are_told_too(table: pd.DataFrame) -> None:
    html = calibration.corrected(table, "sources")._repr_html_()  # type: ignore[operator]
    assert "Corrected for the toolkit&#x27;s error on" in html


def test_what_is_no_estimate_is_shown_as_a_table(table: pd.DataFrame) -> None:
    estimates = compare.compare(table, "sources")
    for found in (estimates[["outlet", "mean"]], estimates.head(0), compare.over_time(table, "sources")):
        assert str(found._repr_html_()).count("<li>") == 0  # type: ignore[operator]
    assert "<li>" not in str(pd.concat([estimates] * 9)._repr_html_())  # type: ignore[operator]


def test_it_is_a_frame_like_any_other(table: pd.DataFrame) -> None:
    estimates = compare.compare(table, "sources")
    assert isinstance(estimates, pd.DataFrame)
    assert type(estimates["mean"]) is pd.Series
    pd.testing.assert_frame_equal(pd.DataFrame(estimates), estimates, check_frame_type=False)
