"""Outlets, pairs and stories: the marks against the table, and titles that claim no more than the intervals."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from charting import DOLLAR, NAN, PLACES, estimates, measured, pairs, part, points, rows, texts, words

from toolkit import charts, comparison
from toolkit.charts import ChartError
from toolkit.metrics.dictionary import METRICS


def test_means_intervals_and_dots_stand_where_the_table_says() -> None:
    table = estimates(("Tribune", 3, 0.2, 0.1, 0.4), ("Herald", 2, 0.3, NAN, NAN))
    values = pd.DataFrame(
        {"outlet": ["Tribune", " Herald", "Tribune", "Gazette", "Herald", "Tribune", "Herald"]}
        | {"quoted_share": [0.15, 0.3, 0.2, 0.9, NAN, 0.25, 0.31]}
    )
    ax = charts.intervals(table, values)
    assert rows(ax) == ["Herald\nn = 2", "Tribune\nn = 3"]
    assert points(ax, "means")[:, 0].tolist() == [0.3, 0.2]
    segments = part(ax, "intervals").get_segments()
    assert [segment[:, 0].tolist() for segment in segments] == [[0.1, 0.4]]
    assert segments[0][0, 1] == points(ax, "means")[1, 1]
    assert points(ax, "dots-0")[:, 0].tolist() == [0.3, 0.31]
    assert points(ax, "dots-1")[:, 0].tolist() == [0.15, 0.2, 0.25]
    assert ((points(ax, "dots-1")[:, 1] > 1) & (points(ax, "dots-1")[:, 1] < 1.5)).all()
    low, high = ax.get_xlim()
    assert low < 0 < 0.4 < high


def test_labels_units_and_method_come_from_registry_and_table() -> None:
    ax = charts.intervals(estimates(("Herald", 1200, 0.3, 0.2, 0.4)).assign(n_missing=7), source="invented articles")
    metric = METRICS["quoted_share"]
    assert ax.get_xlabel() == f"{metric.label} ({metric.unit})"
    assert rows(ax) == ["Herald\nn = 1,200, 7 missing"]
    assert "n = 1,200" in words(ax, "subtitle")
    assert words(ax, "source") == "Source: invented articles. Interval: 95% bootstrap-t over articles, seed 1."
    assert "30.0%" in [text.get_text() for text in ax.texts]
    ax.figure.canvas.draw()
    assert all(label.get_text().endswith("%") for label in ax.get_xticklabels())
    own = charts.intervals(estimates(("Herald", 12, 3.25, 2, 4), metric="my_metric"))
    assert own.get_xlabel() == "my_metric"
    assert words(own, "title") == "my_metric: 3.25 on average at Herald"
    counts = charts.intervals(estimates(("Herald", 12, 3.25, 2, 4), metric="sources"))
    assert counts.get_xlabel() == "Sources per article"


def test_a_scale_begins_below_the_registrys_bound_where_an_interval_does() -> None:
    ax = charts.intervals(estimates(("Herald", 2, 3.0, -9.0, 15.0), metric="flesch_kincaid_grade"))
    assert ax.get_xlim()[0] < -9


CLAIM = "A quotes about three times as much as B"
RANGE = "Quoted share: 10.0% to 30.0% on average, from outlet to outlet"


@pytest.mark.parametrize(
    ("table", "finding"),
    [
        (estimates(("A", 9, 0.3, 0.25, 0.35), ("B", 9, 0.1, 0.05, 0.2)), CLAIM),
        (
            estimates(("A", 9, 0.3, 0.1, 0.5), ("B", 9, 0.1, 0.05, 0.2)),
            RANGE,
        ),
        pytest.param(
            estimates(("A", 9, 0.3, 0.2, 0.4), ("B", 9, 0.1, 0.0, 0.21)),
            CLAIM,
            id="the interval of the difference, .06 to .34, is without 0 where the two overlap",
        ),
        (
            estimates(("A", 1, 0.3, NAN, NAN), ("B", 9, 0.1, 0.05, 0.2)),
            RANGE,
        ),
        (
            estimates(("one article", 1, 0.9, NAN, NAN), ("A", 9, 0.3, 0.25, 0.35), ("B", 9, 0.1, 0.05, 0.2)),
            CLAIM,
        ),
        (estimates(("A", 9, 0.054, 0.1, 0.5)), "Quoted share: 5.4% on average at A"),
    ],
)
def test_the_title_of_intervals_is_the_finding(table: pd.DataFrame, finding: str) -> None:
    ax = charts.intervals(table)
    assert words(ax, "title") == finding
    assert charts.alt_text(ax).startswith(f"{finding}. Dots with intervals, in share of body words: ")


@pytest.mark.parametrize(("outlets", "articles"), [(1, 3), (2, 300), (12, 10)])
def test_few_and_many(outlets: int, articles: int) -> None:
    frame = measured(outlets, articles)
    if articles < 10:
        with pytest.warns(comparison.SmallSampleWarning):
            table = comparison.compare(frame, "quoted_share", resamples=99)
    else:
        table = comparison.compare(frame, "quoted_share", resamples=99)
    ax = charts.intervals(table, frame)
    assert len(rows(ax)) == len(points(ax, "means")) == outlets
    assert sum(len(points(ax, f"dots-{row}")) for row in range(outlets)) == outlets * articles
    assert points(ax, "means")[:, 0].tolist() == sorted(table["mean"], reverse=True)
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert not any(one.overlaps(two) for one, two in itertools.pairwise(boxes))


@pytest.mark.parametrize(
    ("difference", "p", "finding"),
    [
        (0.1, 0.04, "On the same stories, A quotes more than B, by 10.0 percentage points of the words"),
        (-0.1, 0.04, "On the same stories, B quotes more than A, by 10.0 percentage points of the words"),
        (0.1, 0.06, RANGE),
    ],
)
def test_the_title_of_intervals_goes_by_the_stories_that_both_have(difference: float, p: float, finding: str) -> None:
    table = estimates(("A", 9, 0.3, 0.25, 0.35), ("C", 9, 0.2, 0.1, 0.3), ("B", 9, 0.1, 0.05, 0.15))
    same = pairs(("B", "A", 9, -difference, -0.2, 0.2)).assign(p_adjusted=p)
    assert words(charts.intervals(table, differences=same), "title") == finding
    none = same.assign(n=0)
    assert words(charts.intervals(table, differences=none), "title") == CLAIM


def test_paired_differences_fill_what_the_adjusted_p_tells_from_none() -> None:
    table = pairs(("A", "B", 3, -0.1, -0.3, -0.05), ("A", "C", 9, 0.2, 0.1, 0.3), ("B", "C", 0, NAN, NAN, NAN))
    table["p_adjusted"] = [0.25, 0.012, NAN]
    values = pd.DataFrame({"a": "A", "b": ["C", "B", "C"], "metric": "quoted_share", "difference": [0.1, -0.1, 0.3]})
    ax = charts.paired(table, values)
    assert rows(ax) == ["A\n− C\nn = 9", "A\n− B\nn = 3"]
    assert points(ax, "means")[:, 0].tolist() == [0.2, -0.1]
    assert points(ax, "dots-0")[:, 0].tolist() == [0.1, 0.3]
    assert part(ax, "zero").get_xdata() == [0, 0]
    fills = part(ax, "means").get_facecolor()[:, :3]
    assert fills[1].tolist() == [1, 1, 1] != fills[0].tolist()
    assert {"+20.0", "−10.0"} <= {text.get_text() for text in ax.texts}
    assert ax.get_xlabel().replace("\n", " ") == "Quoted share: difference (percentage points)"
    assert words(ax, "title") == ("On the same stories, A quotes more than C, by 20.0 percentage points of the words")
    assert "A − C +20.0 (+10.0 to +30.0, n = 9)" in charts.alt_text(ax)


def test_a_paired_title_does_not_claim_more_than_the_table() -> None:
    none = charts.paired(pairs(("A", "B", 9, 0.1, -0.1, 0.3)))
    assert words(none, "title") == "Quoted share: no clear difference on 9 stories that both covered"
    below = charts.paired(pairs(("A", "B", 9, -1.5, -2, -1), metric="sources").assign(p_adjusted=0.01))
    assert words(below, "title") == "On the same stories, B has 1.5 more sources an article than A"
    weak = charts.paired(
        pairs(("A", "B", 9, -1.5, -2, -1), ("A", "C", 8, 0, -1, 1), metric="sources").assign(p_adjusted=0.2)
    )
    assert words(weak, "title") == "Sources: no clear difference on up to 9 stories that both covered"
    assert "(filled: adjusted p below 0.05)" in words(weak, "subtitle")


def test_pairs_too_many_to_name_keep_white_between_them() -> None:
    frame = measured(12, 12)
    ax = charts.paired(comparison.differences(frame, "quoted_share", resamples=99), width=charts.SLIDE)
    row = ax.bbox.height * 72 / ax.figure.dpi / 66
    assert part(ax, "intervals").get_linewidth()[0] < 0.5 * row


def test_sixty_six_pairs_keep_their_names() -> None:
    names = [f"Outlet number {k} of the valley" for k in range(12)]
    table = pairs(
        *((a, b, 9, k / 100, k / 100 - 0.1, k / 100 + 0.1) for k, (a, b) in enumerate(itertools.combinations(names, 2)))
    )
    ax = charts.paired(table)
    shown = rows(ax)
    assert len(shown) == len(points(ax, "means")) == 66
    assert all(label.startswith("Outlet number") and label.endswith("n = 9") and "\n" not in label for label in shown)
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert not any(one.overlaps(two) for one, two in itertools.pairwise(boxes))


EVENTS = pd.DataFrame(
    [
        ("A", "fire", 5), ("B", "fire", 3), ("A", "vote", 2), ("A", "vote", 4), ("B", "vote", 4), ("A", "flood", 6),
        ("B", "flood", 3), ("C", "flood", 1), ("A", "", 9), ("B", "", 1), ("B", "ferry", NAN), ("A", "ferry", 1),
    ],
    columns=["outlet", "story_id", "sources"],
)  # fmt: skip


def test_a_dumbbell_has_both_outlets_on_each_shared_story() -> None:
    ax = charts.dumbbell(EVENTS, metric="sources")
    assert rows(ax) == ["flood", "fire", "vote"]
    assert points(ax, "A")[:, 0].tolist() == [6, 5, 3]
    assert points(ax, "B")[:, 0].tolist() == [3, 3, 4]
    assert points(ax, "A")[:, 1].tolist() == points(ax, "B")[:, 1].tolist() == [0, 1, 2]
    assert [segment[:, 0].tolist() for segment in part(ax, "lines").get_segments()] == [[3, 6], [3, 5], [3, 4]]
    assert words(ax, "title") == "Sources: A above B on 2 of 3 stories"
    assert texts(ax, "flag") == ["● A", "◆ B"]
    assert "; two of 3 outlets (n = 3 stories" in words(ax, "subtitle")
    assert words(ax, "source") == "Stories at hand, without an interval."


def test_a_dumbbell_with_differences_shows_the_pair_that_leads() -> None:
    table = pairs(("B", "A", 3, -1.33, -4, 1.5), ("A", "C", 1, 5, NAN, NAN), metric="sources")
    ax = charts.dumbbell(EVENTS, table, metric="sources")
    assert words(ax, "title") == "Sources: A above B on 2 of 3 stories"
    assert words(ax, "source").startswith("Interval: 95% bootstrap-t over stories")
    one = charts.dumbbell(EVENTS, table, metric="sources", pair=("C", "A"))
    assert words(one, "title") == "Sources: A above C on one story"


def test_a_level_pair_is_said_to_be_level() -> None:
    level = EVENTS[EVENTS["story_id"] == "fire"].assign(sources=3)
    assert words(charts.dumbbell(level, metric="sources"), "title") == "Sources: A and B level on 1 story"


def test_no_more_stories_than_chance_gives_are_told_as_even() -> None:
    frame = pd.DataFrame({"outlet": ["A", "B"] * 8, "story_id": [f"s{k // 2}" for k in range(16)],
                          "sources": [5, 3, 2, 4] * 4})  # fmt: skip
    assert words(charts.dumbbell(frame, metric="sources"), "title") == (
        "Sources: A and B about even, A above on 4 of 8 stories"
    )


def test_without_an_interval_none_is_told() -> None:
    ax = charts.intervals(estimates(("Herald", 1, 0.3, NAN, NAN)))
    assert words(ax, "subtitle") == "Mean of articles, in per cent, share of body words (n = 1 article)"


def test_many_stories_share_the_height() -> None:
    frame = measured(2, 150)
    ax = charts.dumbbell(frame, metric="quoted_share")
    wide = frame.pivot(index="story_id", columns="outlet", values="quoted_share")
    assert points(ax, DOLLAR)[:, 0].tolist() == pytest.approx(
        wide.assign(gap=wide[DOLLAR] - wide.iloc[:, 0 if wide.columns[1] == DOLLAR else 1])
        .sort_values("gap", ascending=wide.columns[0] != DOLLAR)[DOLLAR]
        .tolist()
    )
    assert ax.figure.get_figheight() < 14


ERRORS: list[tuple[Any, str]] = [
    (
        lambda: charts.intervals(estimates(("A", 0, NAN, NAN, NAN))),
        "No row has a mean of 'quoted_share', so there is nothing to draw.",
    ),
    (
        lambda: charts.intervals(estimates(("A", 9, 1, 0, 2)), metric="words"),
        "The table has no metric 'words'; name one of quoted_share.",
    ),
    (
        lambda: charts.intervals(
            pd.concat([estimates(("A", 9, 1, 0, 2)), estimates(("A", 9, 1, 0, 2), metric="words")])
        ),
        "The table has 2 metrics; name one of quoted_share, words.",
    ),
    (
        lambda: charts.intervals(estimates(("A", 9, 1, 0, 2)), PLACES),
        "The table of values has no column 'quoted_share'; it gives the dots.",
    ),
    (
        lambda: charts.dumbbell(EVENTS[EVENTS["outlet"] == "A"], metric="sources"),
        "No 'story_id' with a value of 'sources' is one that two outlets share, so there is nothing to join.",
    ),
    (
        lambda: charts.dumbbell(EVENTS, metric="sources", pair=("A", "Z")),
        "No 'story_id' with a value of 'sources' is one that 'A' and 'Z' share, so there is nothing to join.",
    ),
    (
        lambda: charts.dumbbell(EVENTS, metric="words"),
        "The table has no column 'words'; this chart needs outlet, story_id, words.",
    ),
]


@pytest.mark.parametrize(("call", "text"), ERRORS)
def test_errors_are_one_sentence(call: Any, text: str) -> None:
    with pytest.raises(ChartError) as caught:
        call()
    assert str(caught.value) == text


def test_dots_of_an_outlet_are_told_apart() -> None:
    ax = charts.intervals(
        estimates(("A", 30, 0.5, 0.4, 0.6)), pd.DataFrame({"outlet": "A", "quoted_share": [0.5] * 30})
    )
    assert len(np.unique(points(ax, "dots-0")[:, 1].round(3))) == 30
