from __future__ import annotations

import pandas as pd
import pytest

from toolkit import Article, analyze, chart, compare
from toolkit.charts import alt_text
from toolkit.comparison import findings, sentence, unknown
from toolkit.comparison.unknown import UNKNOWN
from toolkit.metrics.table import measure

SAID = "The mayor quit. “I am tired of it all,” said Ilse Brandt. It rained."
ARTICLES = [Article(SAID, id=f"{i}", outlet=outlet) for i, outlet in enumerate(("Herald", " ", "Herald", ""))]


def test_blank_names_are_one_group() -> None:
    column = pd.Series(["Herald ", None, "", " ", UNKNOWN])
    assert unknown.called(column).tolist() == ["Herald", *[UNKNOWN] * 4]
    assert unknown.stripped(column).isna().tolist() == [False, *[True] * 4]


@pytest.mark.filterwarnings("ignore::toolkit.comparison.SmallSampleWarning")
@pytest.mark.parametrize(("by", "lack"), [("outlet", "without an outlet"), ("press_group", "without press group")])
def test_the_unknown_group_is_told_by_what_it_lacks(by: str, lack: str) -> None:
    table = measure(ARTICLES).rename(columns={"outlet": by})
    means = compare(table, "sources", by=by)
    assert means[by].tolist() == [UNKNOWN, "Herald"]
    assert sentence(means.iloc[0]).startswith(f"In 2 articles {lack}, the mean of sources is 1.0")


def test_a_finding_names_it_only_where_nobody_has_a_name() -> None:
    table = measure(ARTICLES)
    said = findings(table, metrics=["sources"])
    assert said[0].startswith("In the average article of Herald ") or "of Herald" in said[0].split("\n")[0]
    assert any(line.startswith("2 articles without an outlet: shown as (unknown)") for line in said)
    nobody = findings(table.assign(outlet=""), metrics=["sources"])
    assert UNKNOWN not in nobody[0].split("\n")[0]


def test_charts_show_it() -> None:
    shown = alt_text(chart("strip", [analyze(article) for article in ARTICLES]))
    assert "at Herald" in shown
    assert UNKNOWN in shown
