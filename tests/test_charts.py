"""The artists against the table: where marks stand, what labels say, and what stays as it was."""

from __future__ import annotations

import itertools
import math
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from toolkit import charts, compare
from toolkit.charts import ChartError
from toolkit.metrics import METRICS

NAN = math.nan
DOLLAR = "The $5 Daily & $10 Weekly"


def measured(outlets: int, articles: int, metric: str = "quoted_share") -> pd.DataFrame:
    chance = random.Random(f"{outlets} outlets with {articles} articles each")
    names = [DOLLAR, *(f"Outlet number {k} of the Northern Valley Publishing Company" for k in range(1, outlets))]
    rows = [
        (name, f"s{k}", round(chance.betavariate(2 + place % 4, 6), 4))
        for place, name in enumerate(names)
        for k in range(articles)
    ]
    return pd.DataFrame(rows, columns=["outlet", "story_id", metric])


def estimates(*rows: tuple[str, int, float, float, float], metric: str = "quoted_share") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["outlet", "n", "mean", "low", "high"])
    return table.assign(metric=metric, n_missing=0, method="95% bootstrap-t over articles", seed=1)


def pairs(*rows: tuple[str, str, int, float, float, float], metric: str = "quoted_share") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["a", "b", "n", "difference", "low", "high"])
    return table.assign(metric=metric, n_missing=0, method="95% bootstrap-t over stories", seed=1)


MIX = pd.DataFrame(
    [
        ("Herald", "named_person", 6),
        ("Herald", "organisation", 2),
        (DOLLAR, "unnamed_person", 3),
        (DOLLAR, "named_person", 1),
        (DOLLAR, "weather_balloon", 1),
    ],
    columns=["outlet", "kind", "n"],
)
PLACES = pd.DataFrame(
    [
        ("Herald", "a", 0.5, 10),
        ("Herald", "b", 0.9, 30),
        (DOLLAR, "c", 0.0, 20),
        (DOLLAR, "c", 1.0, 5),
        (DOLLAR, "d", 0.1, 0),
    ],
    columns=["outlet", "id", "position", "words"],
)


def part(ax: Axes, gid: str) -> Any:
    found = [child for child in ax.get_children() if child.get_gid() == gid]
    assert len(found) == 1, gid
    return found[0]


def points(ax: Axes, gid: str) -> np.ndarray:
    return np.asarray(part(ax, gid).get_offsets())


def words(ax: Axes, gid: str) -> str:
    return part(ax, gid).get_text().replace("\n", " ")


def rows(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def drawn(chart: str, *, ax: Axes | None = None, title: str = "") -> Axes:
    """Each of the four charts, from small tables."""
    frame = measured(3, 12)
    if chart == "intervals":
        return charts.intervals(compare.compare(frame, "quoted_share", resamples=99), frame, ax=ax, title=title)
    if chart == "paired":
        values = compare.paired_values(frame, "quoted_share")
        return charts.paired(compare.differences(frame, "quoted_share", resamples=99), values, ax=ax, title=title)
    if chart == "source_mix":
        return charts.source_mix(MIX, ax=ax, title=title)
    return charts.quote_positions(PLACES, ax=ax, title=title)


CHARTS = pytest.mark.parametrize("chart", ["intervals", "paired", "source_mix", "quote_positions"])


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
    assert "30%" in [text.get_text() for text in ax.texts]
    ax.figure.canvas.draw()
    assert all(label.get_text().endswith("%") for label in ax.get_xticklabels())
    own = charts.intervals(estimates(("Herald", 12, 3.25, 2, 4), metric="my_metric"))
    assert own.get_xlabel() == "my_metric"
    assert words(own, "title") == "my_metric: 3.25 on average at Herald"
    assert (
        charts.intervals(estimates(("Herald", 12, 3.25, 2, 4), metric="sources")).get_xlabel() == "Sources per article"
    )


@pytest.mark.parametrize(
    ("table", "finding"),
    [
        (estimates(("A", 9, 0.3, 0.25, 0.35), ("B", 9, 0.1, 0.05, 0.2)), "highest at A (30%), lowest at B (10%)"),
        (
            estimates(("A", 9, 0.3, 0.1, 0.5), ("B", 9, 0.1, 0.05, 0.2)),
            "A (30%) and B (10%) have overlapping intervals",
        ),
        (
            estimates(("A", 1, 0.3, NAN, NAN), ("B", 9, 0.1, 0.05, 0.2)),
            "A (30%), B (10%); too few articles for each to have an interval",
        ),
        (estimates(("A", 9, 0.054, 0.1, 0.5)), "5.4% on average at A"),
    ],
)
def test_the_title_of_intervals_is_the_finding(table: pd.DataFrame, finding: str) -> None:
    ax = charts.intervals(table)
    assert words(ax, "title") == f"Quoted share: {finding}"
    assert charts.alt_text(ax).startswith(f"Quoted share: {finding}. Dots with intervals, in share of body words: A ")


def test_paired_differences_fill_what_excludes_zero() -> None:
    table = pairs(("A", "B", 2, -0.1, -0.3, 0.1), ("A", "C", 9, 0.2, 0.1, 0.3), ("B", "C", 0, NAN, NAN, NAN))
    values = pd.DataFrame({"a": "A", "b": ["C", "B", "C"], "metric": "quoted_share", "difference": [0.1, -0.1, 0.3]})
    ax = charts.paired(table, values)
    assert rows(ax) == ["A\n− C\nn = 9", "A\n− B\nn = 2"]
    assert points(ax, "means")[:, 0].tolist() == [0.2, -0.1]
    assert points(ax, "dots-0")[:, 0].tolist() == [0.1, 0.3]
    assert part(ax, "zero").get_xdata() == [0, 0]
    fills = part(ax, "means").get_facecolor()[:, :3]
    assert fills[1].tolist() == [1, 1, 1] != fills[0].tolist()
    assert {"+20", "−10"} <= {text.get_text() for text in ax.texts}
    assert ax.get_xlabel().replace("\n", " ") == "Quoted share: difference (percentage points, share of body words)"
    assert words(ax, "title") == "Quoted share: A 20 points above C on the same stories"


def test_a_paired_title_does_not_claim_more_than_the_table() -> None:
    none = charts.paired(pairs(("A", "B", 9, 0.1, -0.1, 0.3)))
    assert words(none, "title") == "Quoted share: no clear difference on the same stories"
    below = charts.paired(pairs(("A", "B", 9, -1.5, -2, -1), metric="sources").assign(p_adjusted=0.01))
    assert words(below, "title") == "Sources: B 1.5 above A on the same stories"
    weak = charts.paired(
        pairs(("A", "B", 9, -1.5, -2, -1), ("A", "C", 9, 0, -1, 1), metric="sources").assign(p_adjusted=0.2)
    )
    assert words(weak, "title") == "Sources: B 1.5 above A on the same stories, uncertain among 2 comparisons"


def test_source_bars_add_up_and_are_named_once() -> None:
    ax = charts.source_mix(MIX)
    assert rows(ax) == ["Herald\nn = 8", f"{DOLLAR}\nn = 5"]
    found = [(bar.get_y() + bar.get_height() / 2, bar.get_x(), bar.get_width()) for bar in ax.patches]
    herald, other = [(0, 0.75), (0.75, 0), (0.75, 0.25), (1, 0)], [(0, 0.2), (0.2, 0.6), (0.8, 0), (0.8, 0.2)]
    assert np.allclose(sorted(found), sorted([(0, *bar) for bar in herald] + [(1, *bar) for bar in other]))
    shown = [text.get_text() for text in ax.texts]
    for label in ("Named persons", "Unnamed persons", "Organisations", "weather_balloon", "75%", "25%", "60%"):
        assert shown.count(label) == 1, label
    assert words(ax, "title") == f"Named persons: 75% of sources at Herald, 20% at {DOLLAR}"
    assert "unnamed persons 60%" in charts.alt_text(ax)


def test_shares_give_the_same_bars_as_counts() -> None:
    shares = MIX.assign(share=MIX["n"] / MIX.groupby("outlet")["n"].transform("sum")).drop(columns="n")
    ax, counted = charts.source_mix(shares), charts.source_mix(MIX)
    assert rows(ax) == ["Herald", DOLLAR]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([bar.get_width() for bar in counted.patches])


@pytest.mark.parametrize("width", [3.4, 10])
def test_kind_names_meet_neither_each_other_nor_the_edge(width: float) -> None:
    kinds = list(charts.KINDS)
    for shape in ([50, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 50], [5, 5, 5, 5, 5, 5], [9, 0, 3, 0, 2, 0]):
        ax = charts.source_mix(pd.DataFrame({"outlet": "Herald", "kind": kinds, "n": shape}), width=width)
        figure = ax.figure
        with charts._style():
            figure.canvas.draw()
        labels = {label for label, _ in charts.KINDS.values()}
        boxes = [text.get_window_extent() for text in ax.texts if text.get_text() in labels]
        assert len(boxes) == 6
        assert not any(
            one.shrunk(0.9, 0.7).overlaps(two.shrunk(0.9, 0.7)) for one, two in itertools.combinations(boxes, 2)
        )
        assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width for box in boxes), shape


def test_ticks_stand_at_the_quotations() -> None:
    ax = charts.quote_positions(PLACES)
    assert rows(ax) == [f"{DOLLAR}\nn = 3 in 2 articles", "Herald\nn = 2 in 2 articles"]
    segments = part(ax, "ticks-0").get_segments()
    assert [segment[0, 0] for segment in segments] == [0.0, 1.0, 0.1]
    heights = [abs(np.diff(segment[:, 1]).item()) for segment in segments]
    assert heights[0] > heights[1] > heights[2] > 0
    assert part(ax, "median").get_xdata().tolist() == pytest.approx([0.1, 0.7])
    finding = f"Quotations come earliest at {DOLLAR} (half by 10% of the article), latest at Herald (half by 70%)"
    assert words(ax, "title") == finding
    each = charts.quote_positions(PLACES, by="id")
    assert rows(each)[0] == "d\nn = 1"
    blank = charts.quote_positions(pd.DataFrame({"outlet": [""], "position": [0.5]}))
    assert rows(blank) == ["(unknown)\nn = 1"]


@CHARTS
def test_what_the_user_set_stays_and_does_not_show(chart: str) -> None:
    with mpl.rc_context({"font.size": 31, "font.family": "serif", "axes.grid": True, "text.parse_math": True}):
        before = mpl.rcParams.copy()
        loud = charts.image(drawn(chart), form="png")
        assert mpl.rcParams == before
    assert loud == charts.image(drawn(chart), form="png")


@CHARTS
def test_dollars_are_text(chart: str) -> None:
    ax = drawn(chart, title="From $5 to $10")
    assert words(ax, "title") == "From $5 to $10"
    ax.figure.canvas.draw()
    for text in [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label]:
        assert not text.get_parse_math(), text


@CHARTS
def test_a_given_axes_is_drawn_on_and_kept(chart: str) -> None:
    figure = Figure(figsize=(12, 4))
    left, right = figure.subplots(1, 2)
    assert drawn(chart, ax=left) is left
    assert figure.axes == [left, right]
    assert not right.texts
    assert not right.get_label()
    charts.image(left, form="png")


@CHARTS
@pytest.mark.parametrize("width", [3.4, 6.5, 10])
def test_every_word_stays_inside_the_figure(chart: str, width: float) -> None:
    frame = measured(4, 9)
    long = {name: f"{name} of the Combined Intercontinental Holdings" for name in MIX["outlet"].unique()}
    ax = {
        "intervals": lambda: charts.intervals(compare.compare(frame, "quoted_share", resamples=99), frame, width=width),
        "paired": lambda: charts.paired(compare.differences(frame, "quoted_share", resamples=99), width=width),
        "source_mix": lambda: charts.source_mix(MIX.replace(long), width=width, source="invented " * 30),
        "quote_positions": lambda: charts.quote_positions(PLACES.replace(long), width=width),
    }
    with pytest.warns(compare.SmallSampleWarning) if chart in {"intervals", "paired"} else mpl.rc_context():
        axes = ax[chart]()
    figure = axes.figure
    assert figure.get_figwidth() == pytest.approx(width)
    with charts._style():
        figure.canvas.draw()
    for text in [*axes.texts, *axes.get_yticklabels(), axes.xaxis.label]:
        box = text.get_window_extent()
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= figure.bbox.width + 1 and box.y1 <= figure.bbox.height + 1
        assert inside or not text.get_text(), text
    titles = [part(axes, gid).get_window_extent() for gid in ("title", "subtitle")]
    assert not titles[0].overlaps(titles[1])
    if chart in {"intervals", "paired"}:
        below = [label.get_window_extent() for label in axes.get_xticklabels()]
        boxes = [axes.xaxis.label.get_window_extent(), part(axes, "source").get_window_extent()]
        assert not boxes[0].overlaps(boxes[1])
        assert not any(box.overlaps(label) for box in boxes for label in below)


@pytest.mark.parametrize(("outlets", "articles"), [(1, 3), (2, 300), (12, 10)])
def test_few_and_many(outlets: int, articles: int) -> None:
    frame = measured(outlets, articles)
    if articles < 10:
        with pytest.warns(compare.SmallSampleWarning):
            table = compare.compare(frame, "quoted_share", resamples=99)
    else:
        table = compare.compare(frame, "quoted_share", resamples=99)
    ax = charts.intervals(table, frame)
    assert len(rows(ax)) == len(points(ax, "means")) == outlets
    assert sum(len(points(ax, f"dots-{row}")) for row in range(outlets)) == outlets * articles
    assert points(ax, "means")[:, 0].tolist() == sorted(table["mean"], reverse=True)
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert not any(one.overlaps(two) for one, two in itertools.pairwise(boxes))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: charts.intervals(estimates()), "The table has no rows, so there is nothing to draw."),
        (lambda: charts.paired(pairs()), "The table has no rows, so there is nothing to draw."),
        (lambda: charts.source_mix(MIX.head(0)), "The table has no rows, so there is nothing to draw."),
        (lambda: charts.quote_positions(PLACES.head(0)), "The table has no rows, so there is nothing to draw."),
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
            lambda: charts.source_mix(MIX.drop(columns="n")),
            "The table has no column 'n'; this chart needs outlet, kind, n.",
        ),
        (
            lambda: charts.source_mix(MIX.assign(n=0)),
            "The kinds of source of Herald add up to 0; leave out an outlet without sources.",
        ),
        (
            lambda: charts.source_mix(MIX.assign(share=0.25)),
            "The kinds of source of Herald add up to 0.5; shares must add up to 1.",
        ),
        (
            lambda: charts.quote_positions(PLACES.assign(position=12)),
            "A position is missing or outside 0..1; give body words before the quotation over body words.",
        ),
        (
            lambda: charts.save(drawn("source_mix"), "chart", formats=["gif"]),
            "The form 'gif' is not known; save as png, svg or pdf.",
        ),
    ],
)
def test_errors_are_one_sentence(call: Any, text: str) -> None:
    with pytest.raises(ChartError) as caught:
        call()
    assert str(caught.value) == text


@CHARTS
def test_files_are_the_same_each_time_and_describe_themselves(chart: str, tmp_path: Path) -> None:
    first, again = (charts.save(drawn(chart), tmp_path / name / "v1.5 chart") for name in ("one", "two"))
    assert [path.name for path in first] == ["v1.5 chart.png", "v1.5 chart.svg", "v1.5 chart.pdf"]
    for one, two in zip(first, again, strict=True):
        assert one.read_bytes() == two.read_bytes()
    svg = first[1].read_text(encoding="utf-8")
    assert not re.search(r"<dc:date>|Matplotlib v", svg)
    assert "<dc:description>" in svg
    assert not re.search(rb"/CreationDate|/Producer", first[2].read_bytes())
    assert b"Description" in first[0].read_bytes()


def test_red_never_stands_against_green_and_neighbours_differ_in_grey() -> None:
    colours = [mpl.colors.to_rgb(colour) for _, colour in charts.KINDS.values()]
    greens = [rgb for rgb in colours if rgb[1] > 1.15 * rgb[0] and rgb[1] > 1.15 * rgb[2]]
    assert not greens
    greys = [float(np.dot(rgb, (0.299, 0.587, 0.114))) for rgb in colours]
    assert min(abs(one - two) for one, two in itertools.pairwise(greys)) > 0.15


def test_charts_load_no_pyplot() -> None:
    code = "import sys, toolkit.charts; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=False).returncode == 0


def trended(means: list[float], first: str = "2024-03-01") -> pd.DataFrame:
    periods = [*pd.date_range(first, periods=len(means), freq="MS"), pd.NaT]
    table = pd.DataFrame({"period": periods, "metric": "quoted_share", "mean": [*means, 0.5], "n": 12, "n_missing": 0})
    table["low"], table["high"] = table["mean"] - 0.05, table["mean"] + 0.05
    return table.assign(method="95% bootstrap-t over articles", seed=1)


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
    texts = {text.get_gid(): text.get_text().replace("\n", " ") for text in ax.texts}
    assert texts["title"] == "Quoted share: from 20% (March 2024) to 50% (June 2024)"
    assert "12 without a date left out" in texts["subtitle"]
    assert "May 2024 30% (25% to 35%, n = 12)" in charts.alt_text(ax)
    assert "April 2024" not in charts.alt_text(ax)


@pytest.mark.parametrize(
    ("means", "finding"),
    [
        ([0.2], "20% in one period (March 2024)"),
        ([0.2, 0.22], "from 20% (March 2024) to 22% (April 2024), intervals overlap"),
    ],
)
def test_trend_says_its_finding(means: list[float], finding: str) -> None:
    assert charts.alt_text(charts.trend(trended(means))).startswith(f"Quoted share: {finding}. Line with intervals")


def test_trend_of_single_articles_claims_nothing() -> None:
    table = trended([0.2, 0.9]).assign(low=NAN, high=NAN)
    assert "too few articles for intervals" in charts.alt_text(charts.trend(table))
    with pytest.raises(ChartError, match=r"No period has a mean of 'quoted_share', so there is nothing to draw\."):
        charts.trend(table[table["period"].isna()])
