"""Inside the articles: ticks and strips against their tables."""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from charting import DOLLAR, NAN, PLACES, STRIP, bars, part, rows, texts, words

from toolkit import charts
from toolkit.charts import ChartError, lettering, picture


def test_ticks_stand_at_the_quotations() -> None:
    ax = charts.quote_positions(PLACES)
    assert rows(ax) == [f"{DOLLAR}\nn = 3 in 2 articles", "Herald\nn = 2 in 2 articles"]
    segments = part(ax, "ticks-0").get_segments()
    assert [segment[0, 0] for segment in segments] == [0.0, 1.0, 0.1]
    heights = [abs(np.diff(segment[:, 1]).item()) for segment in segments]
    assert heights[0] > heights[1] > heights[2] > 0
    assert part(ax, "median").get_xdata().tolist() == pytest.approx([0.1, 0.7])
    finding = "Half of the quotations stand in the first 10.0% to 70.0% of the article"
    assert words(ax, "title") == finding
    assert words(ax, "source") == "Medians of the articles at hand, without an interval."
    plain = charts.quote_positions(PLACES.drop(columns="id"))
    assert words(plain, "title") == finding
    early = [("Herald", f"h{k}", 0.1 + 0.01 * k) for k in range(12)]
    late = [("Tribune", f"t{k}", 0.7 + 0.01 * k) for k in range(12)]
    apart = charts.quote_positions(pd.DataFrame([*early, *late], columns=["outlet", "id", "position"]))
    assert words(apart, "title").startswith("Quotations come earliest at Herald")
    assert words(apart, "source").startswith("Told apart by intervals of the articles’ medians: 95% bootstrap-t over ")
    each = charts.quote_positions(PLACES, by="id")
    assert rows(each)[0] == "d\nn = 1"
    blank = charts.quote_positions(pd.DataFrame({"outlet": [""], "position": [0.5]}))
    assert rows(blank) == ["(unknown)\nn = 1"]


def test_the_strip_has_every_stretch_where_the_table_says() -> None:
    ax = charts.strip(STRIP)
    assert rows(ax) == ["b", "a", "c"]
    assert ax.get_yticks().tolist() == [1, 2, 4]  # above each outlet stands its name
    assert texts(ax, "outlet") == ["Herald (n = 2)", f"{DOLLAR} (n = 1)"]
    line = {"b": 1, "a": 2, "c": 4}
    for kind, mine in STRIP.groupby("kind"):
        found = sorted((left, right, middle) for left, right, middle, _ in bars(ax, str(kind)))
        assert found == sorted((row.start, row.stop, line[str(row.id)]) for row in mine.itertuples()), kind
    assert texts(ax, "name") == ["Mara Voss", "the council"]
    named = ["Reporter’s own voice", "Named persons", "Unnamed persons", "Organisations", "No source given"]
    assert sorted(text for text in texts(ax, "key") if text != "■") == sorted(named)
    assert words(ax, "title") == ("The reporter’s own voice fills 40.0% to 50.0% of the article")
    assert charts.alt_text(ax).endswith(f"Herald 50.0%, n = 2; {DOLLAR} 40.0%, n = 1.")


def test_colours_of_the_strip_are_those_of_the_key() -> None:
    ax = charts.strip(STRIP)
    key = [text for text in ax.texts if text.get_gid() == "key"]
    shown = {text.get_text(): mark.get_color() for mark, text in zip(key[::2], key[1::2], strict=True)}
    for kind, (label, colour) in charts.KINDS.items():
        faces = {bar.get_facecolor()[:3] for bar in ax.patches if bar.get_gid() == kind}
        assert faces <= {lettering.to_rgb(colour)}
        assert (shown.get(label) == colour) is bool(faces)


@pytest.mark.parametrize(("outlets", "articles"), [(1, 3), (2, 200), (12, 200), (12, 24)])
def test_strips_of_few_and_many_articles(outlets: int, articles: int) -> None:
    chance = random.Random(f"{articles} strips")
    table = pd.DataFrame(
        [
            (f"Outlet number {k % outlets} of the valley", f"article {k:03}", left, right, kind, "Mara Voss")
            for k in range(articles)
            for cut in [chance.random()]
            for left, right, kind in ((0.0, cut, "own voice"), (cut, 1.0, "named_person"))
        ],
        columns=list(STRIP),
    )
    ax = charts.strip(table)
    own = bars(ax, "own voice")
    assert len(own) == len(bars(ax, "named_person")) == articles
    assert len({middle for *_, middle, _ in own}) == articles
    assert sorted(right for _, right, *_ in own) == pytest.approx(sorted(table["stop"][::2].round(6)))
    assert ax.figure.get_figheight() < 12
    with picture.style():
        ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels() if label.get_text()]
    assert len(boxes) == (articles if articles + outlets <= 40 else outlets)
    assert not any(one.overlaps(two) for one, two in itertools.pairwise(boxes))
    assert f"(n = {articles} articles)" in words(ax, "subtitle")


def test_rows_are_named_by_title_where_that_is_known() -> None:
    titled = STRIP.assign(title=STRIP["id"].map({"a": "Ferry aground", "b": "", "c": "Vote held"}))
    assert rows(charts.strip(titled)) == ["b", "Ferry aground", "Vote held"]
    places = PLACES.assign(title=PLACES["id"].map({"a": "Ferry aground", "b": "Twice", "c": "Twice", "d": ""}))
    assert [row.split("\n")[0] for row in rows(charts.quote_positions(places, by="id"))] == [
        "d",
        "Ferry aground",
        "c",
        "b",
    ]


def test_a_long_name_is_cut_and_not_spread() -> None:
    long = STRIP.replace({"a": "a-very-long-name-of-a-file-" * 8, DOLLAR: f"{DOLLAR} " * 12})
    ax = charts.strip(long, width=charts.HALF)
    assert sum(label.endswith("…") for label in rows(ax)) == 1
    assert texts(ax, "outlet")[1].endswith("…")


ERRORS: list[tuple[Any, str]] = [
    (
        lambda: charts.quote_positions(PLACES.assign(position=12)),
        "A position is missing or outside 0..1; give body words before the quotation over body words.",
    ),
    (
        lambda: charts.strip(STRIP.assign(stop=NAN)),
        "A start or stop is missing or outside 0..1; give words before it over body words.",
    ),
]


@pytest.mark.parametrize(("call", "text"), ERRORS)
def test_errors_are_one_sentence(call: Any, text: str) -> None:
    with pytest.raises(ChartError) as caught:
        call()
    assert str(caught.value) == text


def test_of_very_many_outlets_those_with_the_most_articles_are_drawn() -> None:
    names = [f"Outlet {k:03}" for k in range(100) for _ in range(1 + 4 * (k >= 60))]
    table = pd.DataFrame(
        [(name, f"article {i}", 0.0, 1.0, "own voice", "") for i, name in enumerate(names)], columns=list(STRIP)
    )
    ax = charts.strip(table)
    assert [row.split("\n")[0] for row in rows(ax)] == [f"Outlet {k:03}" for k in range(60, 100)]
    assert "(n = 200 articles, the 40 outlets with the most)" in words(ax, "subtitle")


def test_very_many_articles_are_told_by_place_and_not_by_line() -> None:
    one = [("own voice", 0.0, 0.5), ("named_person", 0.5, 1.0)]
    other = [("named_person", 0.0, 0.25), ("own voice", 0.25, 1.0)]
    table = pd.DataFrame(
        [("Herald", f"a{k}", start, stop, kind, "") for k in range(202) for kind, start, stop in (one, other)[k % 2]],
        columns=["outlet", "id", "start", "stop", "kind", "name"],
    )
    ax = charts.strip(table)
    assert not ax.patches
    assert {str(band.get_gid()) for band in ax.collections} == {"named_person", "own voice"}
    drawn = charts.data(ax)
    assert drawn["from (%)"].tolist() == pytest.approx([2.5 * k for k in range(40)])
    assert drawn["Named persons (%)"].tolist() == pytest.approx([50.0] * 10 + [0.0] * 10 + [50.0] * 20)
    assert (drawn["Named persons (%)"] + drawn["Reporter’s own voice (%)"]).tolist() == pytest.approx([100.0] * 40)
    assert words(ax, "subtitle").endswith("(n = 202 articles)")
    assert len(charts.strip(table[table["id"] != "a1"].head(400)).patches) > 0
