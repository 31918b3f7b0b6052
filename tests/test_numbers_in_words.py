"""One number has one spelling, wherever it is printed."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pandas as pd
import pytest

from toolkit import Article, analyze, charts, comparison, measure, numbers_in_words
from toolkit.charts.tables import Ticks
from toolkit.comparison import estimates, in_sentences
from toolkit.comparison.groups_and_pairs import range_of
from toolkit.explained import explained
from toolkit.numbers_in_words import Notation, figure, is_share, limits, notation, percent, readable
from toolkit.reports import contents, explorer
from toolkit.reports.linked import Places

NAN = math.nan


@pytest.mark.parametrize(
    ("value", "name", "written"),
    [
        (0.256, "quoted_share", "25.6%"),
        (1, "quoted_share", "100.0%"),
        (0, "quoted_share", "0.0%"),
        (0.0004, "quoted_share", "<0.1%"),
        (-0.02, "quoted_share", "−2.0%"),
        (NAN, "quoted_share", "–"),
        (4, "sources", "4.0"),
        (1234.56, "words", "1,234.6"),
        (-3.44, "flesch_kincaid_grade", "−3.4"),
        (-0.01, "flesch_kincaid_grade", "0.0"),
        (0.45, "has_anonymous", "0.45"),  # never above 1, yet no share of words or sources
        (0.256, "pro_share", "25.6%"),
        (25.6, "pro_share", "25.60"),
        (0.256, "mood", "0.26"),
    ],
)
def test_a_value_of_a_column(value: float, name: str, written: str) -> None:
    assert figure(value, name) == written


def test_what_is_a_share() -> None:
    assert is_share("pro_share", [0.0, NAN, 1.0])
    assert is_share("Share of women", [0.3])
    assert is_share("hit-rate", [0.3])
    assert not is_share("pro_share", [0.4, 40.0])
    assert not is_share("shares", [0.3])  # those of a post
    assert not is_share("shareholders", [0.3])
    assert not is_share("subjectivity", [0.3])
    assert not is_share("quotations_per_1000")
    for name in ("pro_share", "quoted_share"):
        assert range_of(name, pd.Series([0.2, 0.9]).to_numpy()) == (0.0, 1.0)


def test_differences_and_intervals() -> None:
    share, count = notation("quoted_share"), notation("sources")
    assert share.number(0.052, signed=True, bare=True) == "+5.2"
    assert share.gap(-0.052) == "5.2 percentage points"
    assert count.gap(-1.5) == "1.5"
    assert count.number(0.0, signed=True) == "0.0"
    assert limits(0.057, 0.233, "quoted_share") == "5.7% to 23.3%"
    assert limits(NAN, 0.2, "quoted_share") == ""


@pytest.mark.parametrize(
    ("name", "values", "signed", "written"),
    [
        ("quoted_share", [0.1, 0.15, 0.2], False, ["10%", "15%", "20%"]),
        ("quoted_share", [0.1, 0.125, 0.15], False, ["10.0%", "12.5%", "15.0%"]),
        ("sources", [0.0, 0.5, 1.0], False, ["0.0", "0.5", "1.0"]),
        ("sources", [0, 5, 10], False, ["0", "5", "10"]),
        ("words", [0, 1000], False, ["0", "1,000"]),
        ("quoted_share", [-0.1, 0.0, 0.1 + 1e-17], True, ["−10", "0", "+10"]),
        ("quoted_share", [0.0005, 0.001], False, ["0.05%", "0.10%"]),
        ("mood", [0.25, 0.5], False, ["0.25", "0.50"]),
    ],
)
def test_an_axis_has_one_number_of_decimals(name: str, values: list[float], signed: bool, written: list[str]) -> None:
    assert Ticks(notation(name, values), signed=signed).format_ticks(values) == written


def test_a_share_of_ones_own_is_one_in_every_place() -> None:
    table = pd.DataFrame({"outlet": ["A"] * 12 + ["B"] * 12, "pro_share": [0.25, 0.256, 0.262] * 8})
    means = comparison.compare(table, "pro_share")
    row = means.iloc[0]
    low, high = percent(row["low"]), percent(row["high"])
    assert f"the mean of pro share is 25.6% (95% interval {low} to {high})" in estimates.sentence(row)
    ax = charts.intervals(means, table)
    assert f"A 25.6% ({low} to {high}, n = 12)" in charts.alt_text(ax)
    assert all(re.fullmatch(r"\d+(\.\d)?%", tick.get_text()) for tick in ax.get_xticklabels())
    assert readable(means).loc[0, ["mean", "low", "high"]].tolist() == ["25.6%", low, high]


def test_per_cent_of_ones_own_is_no_share() -> None:
    table = pd.DataFrame({"outlet": ["A"] * 12, "pro_share": [25.0, 25.6, 26.2] * 4})
    means = comparison.compare(table, "pro_share")
    assert "the mean of pro share is 25.60 (" in estimates.sentence(means.iloc[0])
    assert "A 25.60 (" in charts.alt_text(charts.intervals(means, table))


def test_a_share_of_an_article_is_written_alike_in_every_place() -> None:
    found = analyze(Article("“We are done with it,” said Ilse Brandt. The council meets on Friday, as it does.\n"))
    row = measure(found)
    written = figure(row["quoted_share"], "quoted_share")
    assert re.fullmatch(r"\d\d\.\d%", written)
    table = measure([found])
    assert f" {written} " in "\n".join(explained(found))
    assert f"Quoted share: {written} (" in in_sentences.findings(table, metrics=["quoted_share"])[0]
    assert f"<td>{written}</td>" in explorer._numbers(found)
    cells = contents.by_article(table, ["one"], Places(1, 200, True)).rows[0]
    assert written in [cell.text for cell in cells if isinstance(cell, contents.Cell)]
    assert readable(table).loc[0, "quoted_share"] == written
    assert f"own voice fills {percent(1 - row['attributed_share'])} of the article" in charts.alt_text(
        charts.draw("strip", found)
    )


def test_no_other_module_writes_per_cent_of_a_number() -> None:
    folder = Path(numbers_in_words.__file__).parent
    own = re.compile(r"100 \* |:\.\d+%\}|endswith\(\"_share")
    found = {path.name for path in folder.rglob("*.py") if own.search(path.read_text(encoding="utf-8"))}
    assert found == {"numbers_in_words.py", "bootstrap.py", "readability.py", "hand_and_toolkit.py"}  # levels, formulas


def test_a_notation_says_how_it_is_labelled() -> None:
    assert notation("quoted_share").points == " percentage points"
    assert notation("pro_share", [20.0]) == Notation("pro_share", "pro_share", "pro share", "", False, 2)
