from __future__ import annotations

import math
import pkgutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit import METRICS, Article, ArticleError, ToolkitError, analyze, evidence, measure, reports
from toolkit.metrics.dictionary import GROUPS
from toolkit.metrics.table import EMPTY, hardest, quote_positions, roles, source_kinds, stances, strip, transparency


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
    assert list(table.columns) == ["outlet", "story_id", "page", *METRICS, "cautions", "error"]
    assert list(table["error"]) == ["", EMPTY, EMPTY]
    assert table.loc[10, "quoted_words"] == 5
    assert all(math.isnan(table.loc[20, name]) for name in METRICS)


def test_types_do_not_depend_on_the_rows() -> None:
    table = measure(frame().iloc[:1])
    assert {str(table[name].dtype) for name in METRICS} == {"float64"}
    assert table["error"].tolist() == [""]
    assert measure(frame().iloc[:0]).shape == (0, 3 + len(METRICS) + 2)


@pytest.mark.parametrize("group", GROUPS)
def test_the_numbers_of_one_group_are_those_of_all(group: str) -> None:
    text = (
        "Town votes\n\nRemove Ads\n\nPerhaps it’s over. “We&rsquo;re done,” said Ada Pike, who was accused of fraud. "
        "Rain fell."
    )
    row, whole = measure(text, metrics=group), measure(text)
    pd.testing.assert_series_equal(pd.Series(row), pd.Series(whole)[list(row)])
    assert [*row][:-2] == [name for name in METRICS if METRICS[name].group == group]
    table = measure(frame(), metrics=group)
    pd.testing.assert_frame_equal(table, measure(frame())[list(table.columns)])


def test_who_is_quoted_is_not_looked_for_where_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.attribution.linker.by_tagger", None)
    assert measure("The mayor quit.", metrics=["readability", "words"])["words"] == 3


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("sourcng", "No metric and no group of metrics is called 'sourcng'; did you mean 'sourcing' or 'sources'?"),
        (["words", "zzz"], f"No metric and no group of metrics is called 'zzz'; the groups are {', '.join(GROUPS)}; "
                           "METRICS has the names."),
        ([], "No metric was named; name at least one, or a group of them."),
    ],
)  # fmt: skip
def test_an_unknown_metric_is_told_with_the_nearest_names(wanted: object, why: str) -> None:
    with pytest.raises(ToolkitError) as error:
        measure("The mayor quit.", metrics=wanted)  # type: ignore[call-overload]
    assert str(error.value) == why


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


def test_sources_by_role_stance_and_transparency() -> None:
    text = "“It rains,” said Mayor Ilse Brandt. “It pours,” officials claimed. “It snows,” said Mayor Brandt."
    found = [analyze(Article(text, id="x", outlet="Gazette"))]
    assert {(row.kind, row.stance): row.n for row in stances(found).itertuples()} == {
        ("named_person", "neutral"): 2,
        ("unnamed_person", "doubting"): 1,
    }
    assert [(row.outlet, row.anonymous, row.n) for row in roles(found).itertuples()] == [
        ("Gazette", False, 1),
        ("Gazette", True, 1),
    ]
    assert [(row.transparent, row.words) for row in transparency(found).itertuples()] == [
        ("fully identified", 4),
        ("anonymous", 2),
    ]


def test_the_strip_covers_each_body_without_a_gap() -> None:
    first = "It rained. “We are done here,” said Ilse Brandt. Rain fell."
    second = "Brandt said it is safe. It was alleged that the firm knew."
    table = strip([analyze(Article(first, id="x")), analyze(Article(second, id="y")), analyze(Article("", id="z"))])
    assert set(table["id"]) == {"x", "y"}  # no words, no strip
    for _, rows in table.groupby("id"):
        assert rows["start"].tolist() == [0, *rows["stop"].tolist()[:-1]]
        assert rows["stop"].iloc[-1] == 1
    one = table[table["id"] == "x"]
    assert one["kind"].tolist() == ["own voice", "named_person", "own voice"]
    assert one["name"].tolist() == ["", "Ilse Brandt", ""]
    assert one["start"].tolist() == [0, 2 / 11, 6 / 11]
    assert "none" in set(table.loc[table["id"] == "y", "kind"])


def test_a_short_text_and_another_language_are_cautioned() -> None:
    german = (
        "Der Stadtrat hat am Montag die neue Brücke abgelehnt, weil das Geld dafür fehlt und niemand sie braucht. " * 6
    )
    english = "The town council turned down the new bridge on Monday, as there is no money for it and few need it. " * 6
    table = measure([Article(german), Article(english), Article("The mayor quit."), Article("")])
    assert table["cautions"].tolist() == [
        "Only 0 of 108 words are common English ones; readability formulas are for English.",
        "",
        "The text has 3 words; readability formulas need 100 or more.",
        "",
    ]


def test_hard_sentences_and_words_stand_where_they_say() -> None:
    text = "Rain fell. The legislature ratified the amendment, said Ada Moss. The legislature left."
    table = hardest(Article(text, id="x"), n=2)
    assert list(table["what"]) == ["hard sentence"] * 2 + ["hard word"] * 3
    assert list(table["words"]) == [text[row.start : row.end] for row in table.itertuples()]
    assert table["words"].tolist()[0].startswith("The legislature ratified")
    assert table["words"].tolist()[2:] == ["legislature", "legislature", "ratified"] or "amendment" in set(
        table["words"]
    )
    assert table["why"].str.startswith("raises the grade by ").all()


@pytest.mark.parametrize(
    "place",
    [
        "toolkit.language.segmentation.sentences",
        pytest.param("toolkit.metrics.table.Facts", marks=pytest.mark.slow),
        "toolkit.metrics.right_of_reply.replies",
    ],
)
def test_one_article_on_which_the_toolkit_fails_does_not_stop_the_others(
    place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module, name = place.rsplit(".", 1)
    works = pkgutil.resolve_name(f"{module}:{name}")

    def fails(x: Any, *more: Any) -> Any:
        text = x if isinstance(x, str) else x.article.text
        if "Herring" in text:
            raise IndexError("no\nsuch place")
        return works(x, *more)

    monkeypatch.setattr(place, fails)
    articles = [Article(f"{who} quit. “I am tired of it,” said Ilse Brandt.", id=who) for who in ("Herring", "Perch")]
    said = "The toolkit failed on this article (IndexError: no such place); please report it."
    table = measure(articles)
    assert table["error"].tolist() == [said, ""]
    assert table["words"].isna().tolist() == [True, False]
    assert measure(articles[0])["error"] == said
    found = evidence(articles)
    if place != "toolkit.metrics.table.Facts":
        assert found[found["id"] == "Herring"][["what", "why"]].values.tolist() == [["error", said]]
    assert "source: named_person" in set(found.loc[found["id"] == "Perch", "what"])
    if place != "toolkit.metrics.table.Facts":  # once with charts, which take most of the time
        monkeypatch.setattr("toolkit.reports.report.pictures", lambda *_: ([], [], {}))
    paths = reports.write(articles, tmp_path, formats=[], resamples=99)
    page = paths[0].read_text(encoding="utf-8")
    assert "Perch quit" in page
    assert said in page
    assert said in (tmp_path / "metrics.csv").read_text(encoding="utf-8-sig")
    reports.write(articles, tmp_path, text=False, formats=[], resamples=99)
    assert "could not be read or analysed" in (tmp_path / "metrics.csv").read_text(encoding="utf-8-sig")
