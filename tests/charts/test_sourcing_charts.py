"""Bars of 100 %: segments against the table, names that meet nothing, colours that anyone can tell apart."""

from __future__ import annotations

import itertools
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from charting import CUES, DOLLAR, MIX, NAN, bars, measured, rows, words

from toolkit import charts
from toolkit.charts import ChartError, inside_articles, lettering, picture, side_by_side, sourcing


def test_source_bars_add_up_and_are_named_once() -> None:
    ax = charts.source_mix(MIX)
    assert rows(ax) == ["Herald\nn = 8", f"{DOLLAR}\nn = 5"]
    found = [(middle, left, right) for left, right, middle, _ in bars(ax) if right > left]
    assert sorted(found) == [(0, 0, 0.75), (0, 0.75, 1), (1, 0, 0.2), (1, 0.2, 0.8), (1, 0.8, 1)]
    shown = [text.get_text() for text in ax.texts]
    for label in ("Named persons", "Unnamed persons", "Organisations", "weather_balloon", "75.0%", "25.0%", "60.0%"):
        assert shown.count(label) == 1, label
    assert words(ax, "title") == "Named persons: 20.0% to 75.0% of sources"
    assert "unnamed persons 60.0%" in charts.alt_text(ax)
    assert words(ax, "subtitle") == "Kinds of sources in the body, each once an article, in per cent (n = 13 sources)"


def test_shares_give_the_same_bars_as_counts() -> None:
    shares = MIX.assign(share=MIX["n"] / MIX.groupby("outlet")["n"].transform("sum")).drop(columns="n")
    ax, counted = charts.source_mix(shares), charts.source_mix(MIX)
    assert rows(ax) == ["Herald", DOLLAR]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([bar.get_width() for bar in counted.patches])


@pytest.mark.parametrize(
    ("herald", "tribune", "end"),
    [
        ([6, 7, 6, 7, 6], [2, 1, 2, 1, 2], "64.0% of sources at Herald, 16.0% at Tribune"),
        ([9, 1, 9, 1, 9], [1, 8, 1, 8, 1], ": 38.0% to 58.0% of sources"),
        ([6, 7, 6, 7, 6], [0, 0, 0, 0, 0], ": 0.0% to 64.0% of sources"),
    ],
)
def test_the_title_says_what_the_intervals_over_articles_allow(herald: list[int], tribune: list[int], end: str) -> None:
    table = pd.DataFrame(
        [
            (outlet, f"{outlet}{k}", kind, n)
            for outlet, named in (("Herald", herald), ("Tribune", tribune))
            for k, some in enumerate(named)
            for kind, n in (("named_person", some), ("organisation", 10 - some))
        ],
        columns=["outlet", "id", "kind", "n"],
    )
    ax = charts.source_mix(table)
    assert words(ax, "title").endswith(end)
    how = "Told apart by intervals: 95% bootstrap-t" if " at " in end else "Shares of the articles at hand, without an"
    assert words(ax, "source").startswith(how)


def test_a_range_is_that_of_the_bars() -> None:
    rows = [("Herald", "h1", "named_person", 9), ("Herald", "h1", "document", 1)]
    rows += [(outlet, f"{outlet}{k}", kind, 5) for outlet in ("Post", "Wire") for k in range(2)
             for kind in ("named_person", "document")]  # fmt: skip
    ax = charts.source_mix(pd.DataFrame(rows, columns=["outlet", "id", "kind", "n"]))
    assert words(ax, "title") == "Named persons: 50.0% to 90.0% of sources"


def test_an_outlet_with_one_article_is_no_finding() -> None:
    table = pd.DataFrame(
        [("One", "x", "named_person", 20)]
        + [(outlet, f"{outlet}{k}", "named_person", 9 + k) for outlet in ("A", "B") for k in range(3)],
        columns=["outlet", "id", "kind", "n"],
    )
    assert "One" not in words(charts.source_mix(table), "title")


@pytest.mark.parametrize("width", [charts.HALF, charts.SLIDE])
def test_kind_names_meet_neither_each_other_nor_the_edge(width: float) -> None:
    kinds = list(charts.KINDS)
    for shape in ([50, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 50], [5, 5, 5, 5, 5, 5, 5]):
        ax = charts.source_mix(pd.DataFrame({"outlet": "Herald", "kind": kinds, "n": shape}), width=width)
        figure = ax.figure
        with picture.style():
            figure.canvas.draw()
        labels = {label for label, _ in charts.KINDS.values()}
        boxes = [text.get_window_extent() for text in ax.texts if text.get_text() in labels]
        assert len(boxes) == len(kinds)
        assert not any(
            one.shrunk(0.9, 0.7).overlaps(two.shrunk(0.9, 0.7)) for one, two in itertools.combinations(boxes, 2)
        )
        assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width for box in boxes), shape


def test_stances_by_kind_of_source_and_by_outlet() -> None:
    ax = charts.stances(CUES)
    assert rows(ax) == ["Named persons\nn = 40", "Organisations\nn = 20", "No source given\nn = 2"]
    found = [(middle, left, right) for left, right, middle, _ in bars(ax) if right > left]
    assert sorted(found) == [(0, 0, 0.25), (0, 0.25, 1), (1, 0, 0.05), (1, 0.05, 1), (2, 0, 1)]
    assert words(ax, "title") == ("Doubting (claim): 0.0% to 25.0% of attributions, by kind of source")
    assert "(n = 62 attributions)" in words(ax, "subtitle")
    each = charts.stances(CUES.assign(outlet="Herald"), by="outlet")
    assert words(each, "title") == "Doubting (claim): 17.7% of attributions at Herald"


def test_transparency_counts_the_classes() -> None:
    table = measured(2, 8).assign(transparency_class=[0, 0, 1, 1, 2, 2, 3, NAN, 3, 3, 3, 3, 3, 3, 2, 2])
    ax = charts.transparency(table)
    assert rows(ax)[0] == f"{DOLLAR}\nn = 7"
    found = [(middle, left, right) for left, right, middle, _ in bars(ax) if right > left]
    ends = np.cumsum([2 / 7, 2 / 7, 2 / 7, 1 / 7]).tolist()
    assert sorted(found) == [
        (0, pytest.approx(left, abs=1e-6), pytest.approx(right, abs=1e-6))
        for left, right in zip([0, *ends], ends, strict=False)
    ] + [(1, 0, 0.25), (1, 0.25, 1)]
    assert words(ax, "title") == "No fully identified sources: 0.0% to 28.6% of articles"
    assert (
        words(ax, "subtitle")
        == "Fully identified sources an article; 1 article left out, in per cent (n = 15 articles)"
    )
    open_ones = charts.transparency(table.assign(transparency_class=3))
    assert words(open_ones, "title").startswith("Four or more fully identified sources: 100.0% of articles")


def seen_by(kind: str, rgb: tuple[float, ...]) -> np.ndarray:
    """A colour (0..1) as seen with a full colour deficiency: Machado, Oliveira & Fernandes 2009, table 1."""
    matrix = {
        "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        "none": np.eye(3).tolist(),
    }[kind]
    linear = np.where(np.array(rgb) <= 0.04045, np.array(rgb) / 12.92, ((np.array(rgb) + 0.055) / 1.055) ** 2.4)
    return np.clip(np.array(matrix) @ linear, 0, 1)


def lab(linear: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB, D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    f = np.cbrt(xyz / np.array([0.9505, 1.0, 1.089]))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


PALETTES = {
    "kinds": [*(colour for _, colour in charts.KINDS.values()), inside_articles.OWN[1]],
    "stances": [colour for _, colour in sourcing.STANCES.values()],
    "classes": [colour for _, colour in sourcing.CLASSES.values()],
    "voices": [look.colour for look in side_by_side.VOICES.values()],
}


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("sight", ["none", "protan", "deutan", "tritan"])
def test_colours_can_be_told_apart_by_everyone(name: str, sight: str) -> None:
    seen = [lab(seen_by(sight, mpl.colors.to_rgb(colour))) for colour in PALETTES[name]]
    distances = [float(np.linalg.norm(one - two)) for one, two in itertools.combinations(seen, 2)]
    assert min(distances) > 12, "a difference (CIE76) that is seen at a glance is about ten"


@pytest.mark.parametrize("name", ["kinds", "stances", "classes"])
def test_colours_can_be_told_apart_in_grey(name: str) -> None:
    greys = sorted(float(np.dot(mpl.colors.to_rgb(colour), (0.299, 0.587, 0.114))) for colour in PALETTES[name])
    assert min(two - one for one, two in itertools.pairwise(greys)) > 0.08


def test_text_on_a_segment_is_readable() -> None:
    def luminance(colour: str) -> float:
        return float(np.dot([0.2126, 0.7152, 0.0722], seen_by("none", mpl.colors.to_rgb(colour))))

    for colour in itertools.chain.from_iterable(PALETTES.values()):
        light, dark = sorted([luminance(colour), luminance(lettering.ink_on(colour))], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


ERRORS: list[tuple[Any, str]] = [
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
    (lambda: charts.stances(CUES.assign(n=0)), "The table counts no attribution, so there is nothing to draw."),
    (
        lambda: charts.transparency(measured(1, 3).assign(transparency_class=5)),
        "The class of transparency 5 is not known; give 0, 1, 2 or 3.",
    ),
    (
        lambda: charts.transparency(measured(1, 3).assign(transparency_class=NAN)),
        "No article has a class of transparency, so there is nothing to draw.",
    ),
]


@pytest.mark.parametrize(("call", "text"), ERRORS)
def test_errors_are_one_sentence(call: Any, text: str) -> None:
    with pytest.raises(ChartError) as caught:
        call()
    assert str(caught.value) == text
