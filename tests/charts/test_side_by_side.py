"""Several estimates a row against their tables: voices, and means before and after correction."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from charting import CORRECTED, DOLLAR, VOICED, estimates, part, points, rows, texts, voiced, words

from toolkit import charts
from toolkit.charts import ChartError
from toolkit.charts.side_by_side import VOICES


def test_voices_stand_where_the_table_says() -> None:
    ax = charts.voices(VOICED)
    assert rows(ax) == ["Herald\nn = 9", f"{DOLLAR}\nn = 9"]
    for metric, mine in VOICED.groupby("metric"):
        assert points(ax, str(metric))[:, 0].tolist() == mine["mean"].tolist()
        known = mine.dropna(subset="low")
        found = [segment[:, 0].tolist() for segment in part(ax, f"intervals-{metric}").get_segments()]
        assert found == known[["low", "high"]].to_numpy().tolist()
    heights = [points(ax, metric)[0, 1] for metric in VOICES]
    assert heights == sorted(heights)
    assert not texts(ax, "key")
    named = {text.get_text(): text for text in ax.texts if text.get_gid() == "label"}
    assert list(named) == ["Whole text", "Reporter’s own voice", "Quotations", "Lead"]
    for (metric, look), label in zip(VOICES.items(), named.values(), strict=True):
        first = VOICED[VOICED["metric"] == metric].iloc[0]
        ends = (first["low"], first["high"])
        assert label.xy == pytest.approx((ends[label.get_ha() == "left"], points(ax, metric)[0, 1])), look
    assert "(n = 18 articles)" in words(ax, "subtitle")


@pytest.mark.parametrize(
    ("table", "finding"),
    [
        (VOICED[VOICED["outlet"] == "Herald"], "quotations (7.0) read easier than the reporter’s own voice (11.0)"),
        (VOICED, "quotations read easier at 1 of 2 outlets than the reporter’s own voice"),
        (VOICED[VOICED["outlet"] == DOLLAR], "quotations 9.0, the reporter’s own voice 8.0"),
        (
            voiced(("A", "own_voice", 9, 8, 10), ("A", "quotations", 8, 7, 9)),
            "quotations 8.0, the reporter’s own voice 9.0",
        ),
        (
            voiced(("A", "own_voice", 9, 8, 10), ("A", "quotations", 12, 11, 13)),
            "quotations (12.0) read harder than the reporter’s own voice (9.0)",
        ),
        (
            voiced(*(row for k in "AB" for row in ((k, "own_voice", 9, 8, 10), (k, "quotations", 8, 7, 9)))),
            "quotations 8.0, the reporter’s own voice 9.0",
        ),
        (voiced(("A", "lead", 15, 13, 17)), "15.0 at most on average"),
    ],
)
def test_the_title_of_voices_is_what_the_intervals_allow(table: pd.DataFrame, finding: str) -> None:
    assert words(charts.voices(table), "title") == f"Flesch–Kincaid grade: {finding}"


def test_close_voices_have_a_key_in_the_place_of_labels() -> None:
    many = voiced(*((f"Outlet {k}", voice, 9 + k / 10, 8, 11) for k in range(12) for voice in ("own_voice", "lead")))
    ax = charts.voices(many, width=charts.SLIDE)
    assert not texts(ax, "label")
    assert [text for text in texts(ax, "key") if len(text) > 1] == ["Reporter’s own voice", "Lead"]


def test_both_means_and_both_intervals_stand_where_the_table_says() -> None:
    ax = charts.corrected(CORRECTED)
    assert rows(ax) == [f"{DOLLAR}\nn = 9", "Herald\nn = 12"]
    assert points(ax, "counted")[:, 0].tolist() == [0.2, 0.3]
    assert points(ax, "corrected")[:, 0].tolist() == [0.36, 0.35]
    assert (points(ax, "counted")[:, 1] < points(ax, "corrected")[:, 1]).all()
    for gid, ends in (("counted", [0.2, 0.4]), ("corrected", [0.2, 0.6])):
        assert [line[:, 0].tolist() for line in part(ax, f"intervals-{gid}").get_segments()] == [ends]
    assert texts(ax, "label") == ["20.0% as counted", "30.0%", "36.0% corrected", "35.0%"]
    finding = "Quoted share: corrected for the toolkit’s error, means move by +5.0 to +16.0 percentage points"
    assert words(ax, "title") == finding
    assert words(ax, "source").endswith("Error measured on 92 articles coded by hand.")
    assert f"{DOLLAR} as counted 20.0% (no interval), corrected 36.0% (no interval), n = 9" in charts.alt_text(ax)


def test_labels_that_fit_on_neither_side_make_the_axis_longer() -> None:
    table = CORRECTED.assign(low=0.0, high=0.9, corrected_low=0.0, corrected_high=0.95)
    ax = charts.corrected(table, width=charts.HALF)
    assert ax.get_xlim()[1] > 1.2
    assert {label.get_ha() for label in ax.texts if label.get_gid() == "label"} == {"left"}


ERRORS: list[tuple[Any, str]] = [
    (
        lambda: charts.voices(estimates(("A", 9, 1, 0, 2))),
        f"The table has no mean of a voice's grade; compare {', '.join(charts.VOICES)}.",
    ),
    (
        lambda: charts.corrected(CORRECTED.assign(corrected=float("nan"))),
        "No mean of 'quoted_share' could be corrected, for too few articles are coded by hand or the toolkit's values "
        "follow the hand's too loosely; give codes of your own to calibration.corrected.",
    ),
    (
        lambda: charts.corrected(estimates(("Herald", 12, 0.3, 0.2, 0.4))),
        "The table has no column 'corrected'; this chart needs outlet, metric, n, mean, corrected, corrected_low, "
        "corrected_high, n_coded.",
    ),
]


@pytest.mark.parametrize(("call", "text"), ERRORS)
def test_errors_are_one_sentence(call: Any, text: str) -> None:
    with pytest.raises(ChartError) as caught:
        call()
    assert str(caught.value) == text
