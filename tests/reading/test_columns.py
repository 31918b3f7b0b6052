"""Names of columns as tables have them, and cells that hold nothing or no text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit.article import Article, ArticleError
from toolkit.reading import columns, readers

TEXT = "The ferry ran aground, said Ada Quill."


def written(folder: Path, content: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("header", "outlet"),
    [
        ("Publication Title,Full Text", "Gazette"),
        ("newspaper,article_text", "Gazette"),
        ("source-hostname,plain_text", "Gazette"),
        ("publisher,plaintext", "Gazette"),
        ("ZEITUNG,fulltext", "Gazette"),
        ("source,text", "Gazette"),
    ],
)
def test_names_that_tables_give(header: str, outlet: str, tmp_path: Path) -> None:
    (article,) = readers.read(written(tmp_path, f'{header}\nGazette,"{TEXT}"\n'))
    assert (article.outlet, article.text, article.more) == (outlet, TEXT, {})


def test_a_source_that_is_an_address_is_no_outlet(tmp_path: Path) -> None:
    (article,) = readers.read(written(tmp_path, f'source,text\nhttps://gazette.example/a,"{TEXT}"\n'))
    assert (article.outlet, article.url) == ("", "https://gazette.example/a")
    (article,) = readers.read(written(tmp_path, f'source,url,text\nGazette,g.example/a,"{TEXT}"\n'))
    assert (article.outlet, article.url) == ("Gazette", "g.example/a")


def test_columns_named_by_the_user(tmp_path: Path) -> None:
    path = written(tmp_path, f"Titel;Medium;Volltext;Text;leaning\r\nFerry;Gazette;{TEXT};short;left\r\n")
    (article,) = readers.read(path, columns={"text": "volltext", "title": "Titel", "outlet": "Medium"})
    assert article == Article(TEXT, id="a:2", outlet="Gazette", title="Ferry", origin="a.csv:2")
    assert article.more == {"Text": "short", "leaning": "left"}


def test_columns_named_by_the_user_need_not_be_in_every_table(tmp_path: Path) -> None:
    written(tmp_path, f"Volltext\n{TEXT.replace(',', '')}\n")
    written(tmp_path, f'text\n"{TEXT}"\n', "b.csv")
    written(tmp_path, TEXT, "c.txt")
    assert len(readers.read(tmp_path, columns={"text": "Volltext"})) == 3
    with pytest.raises(ArticleError, match=r"^There is no column 'Voltext' \(b\.csv has text\); check its spelling\.$"):
        readers.read(tmp_path / "b.csv", columns={"text": "Voltext"})
    with pytest.raises(ArticleError, match=r"^There is no column 'x' \(none of the files is a table\)"):
        readers.read(tmp_path / "c.txt", columns={"outlet": "x"})
    with pytest.raises(ArticleError, match=r"^'headline' is no field of an article; name columns for id, "):
        readers.read(tmp_path, columns={"headline": "x"})


@pytest.mark.parametrize("given", ["Volltext", ["Volltext"]])
def test_columns_are_named_by_field(given: Any) -> None:
    with pytest.raises(ArticleError, match=r"^columns is .*; give names by field: columns=\{'text': 'COLUMN'\}\.$"):
        readers.read("a.csv", columns=given)


def test_a_column_taken_for_the_text_is_not_taken_for_the_title(tmp_path: Path) -> None:
    (article,) = readers.read(written(tmp_path, "title,text\nFerry fares rise,x\n"), columns={"text": "title"})
    assert (article.title, article.text) == ("", "Ferry fares rise")


def test_two_names_of_one_field_and_the_same_name_twice(tmp_path: Path) -> None:
    path = written(tmp_path, f'title,headline,title,,page,page,text\n,Fares,Ferry,9,1,2,"{TEXT}"\n')
    (article,) = readers.read(path)
    assert article.title == "Ferry"  # the first that is filled, of the first name
    assert article.more == {"column 4": "9", "page": "1", "page (2)": "2"}


@pytest.mark.parametrize("sign", ["NaN", "N/A", "NULL", "None", "[removed]", "[Removed]", "", " "])
def test_signs_for_nothing(sign: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"outlet,id,text,country\n{sign},{sign},{sign},{sign}\nGazette,{sign},Rain.,{sign}\n")
    *_, last = found = readers.read(path)
    assert [article.text for article in found] in (["", "Rain."], ["Rain."])  # an empty row is none
    assert (last.id, found[0].outlet, last.more["country"]) == ("a:3", "Gazette" if len(found) == 1 else "", sign)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (3.5, "The text is of type float (3.5), not words; give it as a string."),
        (b"Rain.", "The text is bytes, not words; decode it first: text.decode('utf-8')."),
        (Path("a.txt"), "The text is a file's name (a.txt), not an article; read it: toolkit.read(…)."),
        ("my story.docx ", "The text is a file's name (my story.docx), not an article; read it: toolkit.read(…)."),
        (
            "https://gazette.example/a",
            "The text is a web address (https://gazette.example/a), not an article;"
            " save the page and read the file: toolkit.read(…).",
        ),
        (None, ""),
        (pd.NA, ""),
        (float("nan"), ""),
        ([], ""),
        (["It rained.", "It snowed."], ""),
        ("Rain in a.txt and\nmore in b.txt", ""),
        ("Rain. \ud800", ""),
    ],
)  # fmt: skip
def test_what_is_no_text_says_so(cell: object, fault: str) -> None:
    table = pd.DataFrame({"text": pd.Series([cell], dtype=object), "page": 4})
    (article,) = columns.articles(table)
    assert article.fault == fault
    assert bool(article.text) == (not fault and isinstance(cell, str | list) and bool(cell))
    assert article.more == {"page": "4"}


def test_what_became_of_the_columns() -> None:
    taken = columns.assign(["Publisher", "headline", "title", "body", "leaning"], {}, "a.csv")
    assert str(taken) == (
        "a.csv: outlet from Publisher, title from title, headline, text from body; kept as they are: leaning;"
        " no column for: date, story_id"
    )


def test_a_table_keeps_the_user_s_columns() -> None:
    table = columns.frame([Article(TEXT, more={"leaning": "left", "date": "x"}), Article(TEXT)])
    assert table["leaning"].tolist() == ["left", ""]
    assert table["date_given"].tolist() == ["x", ""]
