"""Whatever people give to measure and evidence: right, or one clear sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from toolkit import METRICS, Article, ArticleError, analyze, evidence, measure, read
from toolkit.metrics.table import EMPTY

TEXT = "The mayor quit. “I am tired of it,” said Ilse Brandt."
OURS = [
    "id", "outlet", "title", "date", "url", "author", "section", "language", "story_id", "source_file", "note",
    *METRICS, "cautions", "error",
]  # fmt: skip


@pytest.mark.parametrize(
    "texts",
    [
        [TEXT, "Rain."],
        (TEXT, "Rain."),
        np.array([TEXT, "Rain."]),
        np.array([TEXT, "Rain."], dtype=object),
        pd.Index([TEXT, "Rain."]),
        {TEXT: 1, "Rain.": 2}.keys(),
        [Article(TEXT), analyze("Rain.")],
    ],
)
def test_several_texts(texts: Any) -> None:
    table = measure(texts)
    assert list(table.columns) == OURS
    assert table["words"].tolist() == [11, 1]
    assert measure(text for text in texts)["quoted_words"].tolist() == [5, 0]


def test_rows_without_an_id_can_be_told_apart() -> None:
    assert measure([TEXT, TEXT])["id"].tolist() == ["row:0", "row:1"]
    found = evidence(pd.Series([TEXT, "Rain."], index=["a", "b"]))
    assert found["id"].unique().tolist() == ["row:a", "row:b"]


@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_a_column_of_texts_keeps_its_index(dtype: str) -> None:
    texts = pd.Series([TEXT, None, "Rain."], index=[30, 10, 20], dtype=dtype)
    table = measure(texts)
    assert list(table.columns) == [*METRICS, "cautions", "error"]
    assert table.index.tolist() == [30, 10, 20]
    assert table["error"].tolist() == ["", EMPTY, ""]
    joined = pd.DataFrame({"text": texts, "outlet": "Gazette"}).join(table)
    assert joined["words"].tolist()[0] == 11


def test_what_a_file_s_own_columns_say_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'outlet,leaning,words,text\nGazette,left,900,"{TEXT}"\n', encoding="utf-8")
    table = measure(read(path))
    assert list(table.columns) == [*OURS, "leaning", "words_given"]
    assert table.loc[0, ["words", "leaning", "words_given"]].tolist() == [11, "left", "900"]
    table = measure(pd.read_csv(path))
    assert list(table.columns) == ["outlet", "leaning", "words_given", *METRICS, "cautions", "error"]
    assert table.loc[0, ["words", "leaning", "words_given"]].tolist() == [11, "left", 900]


def test_a_row_of_a_table_is_one_article() -> None:
    table = pd.DataFrame({"outlet": ["Gazette"], "text": [TEXT]}, index=[7])
    rows = [table.iloc[0], next(table.itertuples()), table.to_dict("records")[0]]
    assert all(row == measure(TEXT) for row in map(measure, rows))
    assert measure(rows)["outlet"].tolist() == ["Gazette"] * 3
    assert analyze(rows[0]).article.outlet == "Gazette"
    assert measure({"Volltext": TEXT}, columns={"text": "Volltext"}) == measure(TEXT)


def test_lists_under_names_are_a_table() -> None:
    table = measure({"text": [TEXT, "Rain."], "leaning": ["left", "right"]})
    assert table[["leaning", "words"]].values.tolist() == [["left", 11], ["right", 1]]
    with pytest.raises(ArticleError, match=r"^The columns do not make a table \(.*\); give each as many cells\.$"):
        measure({"text": [TEXT], "leaning": ["left", "right"]})


def test_no_row_is_lost_whatever_it_is() -> None:
    odd: list[Any] = [
        TEXT, None, 3.5, b"Rain.", float("nan"), pd.NA, "\ud800 Rain.", "\0Rain\0 fell.", "article.txt", Path("a.txt"),
        "[Removed]", Article(None), Article(b"x", id="b"), Article(TEXT, outlet=None, title=float("nan")),  # type: ignore[arg-type]
        {"headline": "Ferry"}, {"text": TEXT, "leaning": "left"}, [TEXT, "Rain."], object,
    ]  # fmt: skip
    listed = measure(odd)
    told = [bool(error) for error in listed["error"]]
    assert told == [False] + [True] * 5 + [False] * 2 + [True] * 5 + [False, True, False, False, True]
    assert listed["words"].notna().tolist() == [not error for error in told]
    assert listed.loc[12, ["id", "error"]].tolist() == [
        "b", "The text is bytes, not words; decode it first: text.decode('utf-8')."
    ]  # fmt: skip
    framed = measure(pd.DataFrame({"text": pd.Series(odd[:11], dtype=object)}))
    assert framed["error"].tolist() == listed["error"].tolist()[:11]
    shown = evidence(odd)
    failed = shown.loc[shown["what"] == "error", "id"]
    assert failed.tolist() == ["row:2", "row:3", "row:8", "row:9", "b", "row:14", "row:17"]


def test_types_do_not_depend_on_the_rows() -> None:
    whole, none = measure(pd.Series([TEXT, TEXT])), measure(pd.Series([None, 3.5], dtype=object))
    assert whole.dtypes.equals(none.dtypes)
    assert measure([TEXT]).dtypes.equals(measure([b"x"]).dtypes)
    assert measure([]).dtypes.equals(measure([TEXT]).dtypes)
    assert {str(whole[name].dtype) for name in METRICS} == {"float64"}
    assert {str(whole[name].dtype) for name in ("cautions", "error")} == {"object"}


@pytest.mark.parametrize("ask", [measure, evidence, analyze])
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("article.txt", "The text is a file's name (article.txt), not an article; read it: toolkit.read(…)."),
        ("C:\\news\\a.csv", "The text is a file's name (C:\\news\\a.csv), not an article; read it: toolkit.read(…)."),
        ("news/*.html", "The text is a file's name (news/*.html), not an article; read it: toolkit.read(…)."),
        ("here", "The text is a file's name (here), not an article; read it: toolkit.read(…)."),
        (Path("here"), "The text is a file's name (here), not an article; read it: toolkit.read(…)."),
        (b"Rain.", "The text is bytes, not words; decode it first: text.decode('utf-8')."),
        (5, "The text is of type int (5), not words; give it as a string."),
        (None, "This is no article but 'None'; give a text, an Article or a row with a text."),
        (
            {"headline": "Ferry"},
            "the row: no column with the text (columns: headline); name the one that holds it: --text COLUMN, or"
            " columns={'text': 'COLUMN'} in Python.",
        ),
    ],
)
def test_one_thing_that_is_no_article(
    ask: Any, given: Any, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here").mkdir()
    with pytest.raises(ArticleError) as raised:
        ask(given)
    assert str(raised.value) == sentence


def test_an_array_of_another_shape_and_columns_of_no_table() -> None:
    for array in (np.array([[TEXT], [TEXT]]), np.array(TEXT)):
        with pytest.raises(ArticleError, match="an array of another shape"):
            measure(array)
    with pytest.raises(ArticleError, match="Only a table has columns to name"):
        measure([TEXT], columns={"text": "x"})
    with pytest.raises(ArticleError, match="several things, not one article"):
        analyze([TEXT])  # type: ignore[arg-type]


def test_columns_that_come_twice_or_under_two_names() -> None:
    names = ["title", "headline", "text", "text", "page", "page"]
    table = pd.DataFrame([["", "Fares", TEXT, "x", 1, 2]], columns=names)
    measured = measure(table)
    assert list(measured.columns) == ["title", "headline", "page", "page (2)", *METRICS, "cautions", "error"]
    assert measured.loc[0, ["title", "headline", "page", "page (2)", "words"]].tolist() == ["Fares", "Fares", 1, 2, 11]


def test_columns_named_by_the_user() -> None:
    table = pd.DataFrame({"Volltext": [TEXT, TEXT], "Medium": ["Gazette", "N/A"], "outlet": ["x", "y"], 5: [1, 2]})
    measured = measure(table, columns={"text": "Volltext", "outlet": "Medium"})
    assert list(measured.columns)[:3] == ["outlet", "outlet_given", 5]
    assert measured["outlet"].tolist() == ["Gazette", None]
    with pytest.raises(ArticleError, match="There is no column 'Blatt'"):
        measure(table, columns={"text": "Volltext", "outlet": "Blatt"})


def test_a_text_cut_by_its_provider_is_not_measured() -> None:
    table = measure(["Rain fell on Monday, the port said… [+2819 chars]", "Rain fell."])
    assert table.loc[0, "error"].startswith(
        "The text is cut, it ends in “… [+2819 chars]”, and its numbers would not be those of the whole article: save "
    )
    assert table["words"].isna().tolist() == [True, False]
    assert table.loc[1, "error"] == ""
