from __future__ import annotations

import math

import pandas as pd
import pytest

from toolkit import METRICS, Article, ArticleError, analyze, evidence, measure
from toolkit.table import EMPTY, quote_positions, source_kinds


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Publisher": ["Gazette", "Herald", "Herald"],
            "body": ["The mayor quit. “I am tired of it,” she said.", "", None],
            "story_id": ["a", "a", "b"],
            "page": [1, 2, 3],
        },
        index=[10, 20, 30],
    )


def test_rows_in_are_rows_out() -> None:
    table = measure(frame())
    assert list(table.index) == [10, 20, 30]
    assert list(table.columns) == ["outlet", "story_id", "page", *METRICS, "error"]
    assert list(table["error"]) == ["", EMPTY, EMPTY]
    assert table.loc[10, "quoted_words"] == 5
    assert all(math.isnan(table.loc[20, name]) for name in METRICS)


def test_types_do_not_depend_on_the_rows() -> None:
    table = measure(frame().iloc[:1])
    assert {str(table[name].dtype) for name in METRICS} == {"float64"}
    assert table["error"].tolist() == [""]
    assert measure(frame().iloc[:0]).shape == (0, 3 + len(METRICS) + 1)


def test_a_table_without_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="text"):
        measure(frame().drop(columns="body"))


def test_measured_twice_is_the_same() -> None:
    table = frame()
    again = measure(measure(table).assign(text=table["body"]))
    pd.testing.assert_frame_equal(again, measure(table))


def test_article_text_and_analysis_give_one_row() -> None:
    text = "The mayor quit. “I am tired of it,” she said."
    assert measure(text) == measure(Article(text)) == measure(analyze(text))
    assert measure([Article(text, id="x"), analyze(text)])["quoted_words"].tolist() == [5, 5]


def test_evidence_of_a_table_names_its_articles() -> None:
    rows = evidence(
        pd.DataFrame({"id": ["x", "y"], "outlet": "Gazette", "text": ["Brandt said it was safe.", "Rain."]})
    )
    assert set(rows["id"]) == {"x", "y"}
    assert list(rows.loc[rows.what == "cue: neutral", "words"]) == ["said"]


def test_tables_behind_the_charts() -> None:
    found = [analyze(Article("Brandt said “it is safe and sound”. Officials said that it rains.", id="x"))]
    kinds = source_kinds(found)
    assert dict(zip(kinds.kind, kinds.n, strict=True)) == {"named_person": 1, "unnamed_person": 1}
    (row,) = quote_positions(found).itertuples()
    assert (row.id, row.position, row.words) == ("x", 2 / 12, 5)
