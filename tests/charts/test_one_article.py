"""Who speaks in one article: a row each, in order, with how each is introduced and how many words."""

from __future__ import annotations

import pandas as pd
import pytest
from charting import SPOKEN, bars, rows, texts, words

import toolkit
from toolkit import charts
from toolkit.charts import ChartError
from toolkit.metrics import table

PASTED = """Ferry to stop

The ferry to Brant stops on Friday. Mara Voss, the harbour master, said the boat was old and could not be mended.
“We will miss it,” said a woman who asked not to be named because she works on board. “It is the end,” said Voss.
"""


def test_rows_stand_in_the_order_in_which_they_begin() -> None:
    ax = charts.speakers(SPOKEN)
    assert [row.split("\n")[0] for row in rows(ax)] == [
        "Reporter’s own voice", "Mara Voss", "a neighbour of the family next", "No source given",
    ]  # fmt: skip
    assert "who has run the" in rows(ax)[1]
    assert texts(ax, "words") == ["80", "50", "60", "10"]
    assert [(left, right) for left, right, _, _ in bars(ax, "named_person")] == [(0.3, 0.5), (0.9, 0.95)]
    assert words(ax, "title") == "A neighbour of the family next door speaks most: 30.0% of the words"
    assert "2 sources, 1 of them not named" in words(ax, "subtitle")
    wide = [right - left for left, right, _, _ in bars(ax, "sum")]
    assert [each / wide[1] for each in wide] == pytest.approx([50 / 60, 1, 10 / 60], abs=1e-4), "none of the reporter"
    assert charts.data(ax)["words"].tolist() == [80, 50, 60, 10]


def test_from_a_pasted_article_in_three_lines() -> None:
    story = toolkit.analyze(PASTED)
    ax = toolkit.chart("speakers", story)
    drawn = charts.data(ax).set_index("who")
    assert drawn.loc["Mara Voss", "identified"] == "the harbour master"
    assert drawn["identified"].str.startswith("not named").sum() == 1
    assert drawn["words"].sum() == len(story.words)
    assert toolkit.chart("speakers", PASTED).get_label() == ax.get_label()


def test_one_source_and_none() -> None:
    one = toolkit.chart("speakers", "The ferry stops. “We will miss it,” said Mara Voss.")
    assert words(one, "title") == "Mara Voss is the only source: 40.0% of the words"
    none = toolkit.chart("speakers", "The ferry to Brant stops on Friday. It rained.")
    assert words(none, "title") == "Nobody but the reporter speaks"


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["a clerk at the port, who spoke on condition of anonymity"], "A clerk at the port speaks most: 20.0% of the"),
        (["two officials who asked not to be named"], "Two officials speak most: 20.0% of the words"),
        (["Mara Voss", "the port"], "Mara Voss and the port speak most: 20.0% of the words each"),
        (["Mara Voss", "Jan Olsa", "the port"], "3 sources speak most: 20.0% of the words each"),
    ],
)
def test_the_headline_can_be_read_aloud(names: list[str], title: str) -> None:
    spoken = [("a", 0.0, 0.1, 10, "named_person", "Una Frey", "")]
    spoken += [("a", 0.2 * k, 0.2 * k + 0.2, 20, "unnamed_person", name, "") for k, name in enumerate(names, 1)]
    left = 100 - sum(row[3] for row in spoken)
    table = pd.DataFrame(
        [*spoken, ("a", 0.9, 1.0, left, "own voice", "", "")], columns=list(SPOKEN.drop(columns="title"))
    )
    assert words(charts.speakers(table), "title").startswith(title)


def test_many_speakers_have_their_introduction_beneath_the_name_cut_after_a_word() -> None:
    told = "who has run the northern ferries of the county since the war"
    rows_of = [("a", k / 15, (k + 1) / 15, 10, "named_person", f"Mara Voss {k}", told) for k in range(15)]
    ax = charts.speakers(pd.DataFrame(rows_of, columns=list(SPOKEN.drop(columns="title"))))
    assert rows(ax)[3] == "Mara Voss 3\nwho has run the northern…"


def test_several_articles_are_refused() -> None:
    both = pd.concat([SPOKEN, SPOKEN.assign(id="b")])
    with pytest.raises(ChartError, match=r"^This chart shows one article; give it one, such as articles\[0\]\.$"):
        charts.speakers(both)
    with pytest.raises(ChartError, match="shows one article"):
        charts.speakers(table.strip([toolkit.analyze(PASTED), toolkit.analyze(PASTED)]))
