from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.article import Article, ArticleError
from toolkit.reading import columns, json_files, readers
from toolkit.reading.files import SkippedWarning

BODY = "Ferry fares rise\n\n“We had no choice,” said Ada Quill, who runs the port.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(folder: Path, name: str, content: str | bytes) -> Article:
    (article,) = readers.read(write(folder, name, content))
    return article


# Pages


@pytest.mark.parametrize("name", ["ferry.txt", "ferry.text", "ferry.md", "FERRY.TXT"])
def test_page_without_header_stays_whole(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, name, BODY) == Article(BODY, id=Path(name).stem, origin=name)


def test_header_becomes_fields(tmp_path: Path) -> None:
    header = "Headline: Fares: a list\nPUBLISHER: The Gazette\npublish date: 2031-05-02\nStory: ferry\nUrl: a:b\n\n"
    assert one(tmp_path, "ferry.txt", header + BODY) == Article(
        BODY,
        id="ferry",
        outlet="The Gazette",
        title="Fares: a list",
        published="2031-05-02",
        story="ferry",
        url="a:b",
        origin="ferry.txt:7",
    )


@pytest.mark.parametrize(
    "page",
    [
        "BREAKING: Ferry fares rise\n\nFares rise.",
        "Breaking: fares rise\nOutlet: The Gazette\n\nFares rise.",
        "Outlet: The Gazette\nFares rise today.\n\nMore soon.",  # no blank line ends the header
        "Outlet: The Gazette",
        "\nOutlet: The Gazette\n\nFares rise.",  # not at the very top
        "Note: this story was corrected.\n\nFares rise.",  # a note alone is an editor's, not a header
        "Author: Ada Quill\n\nFares rise.",  # a byline
        "Date: 2 May\nSection: Harbour\n\nFares rise.",
        "Text: Fares rise.\n\nMore.",
        "By Ada Quill: a report\n\nFares rise.",
    ],
)
def test_look_alike_of_a_header_stays_in_the_text(tmp_path: Path, page: str) -> None:
    article = one(tmp_path, "page.txt", page)
    assert (article.text, article.outlet, article.origin) == (page, "", "page.txt")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(tmp_path: Path, end: str) -> None:
    page = f"Outlet: The Gazette{end}{end} Fares rise.{end}\u2028\u00a0More.{end}{end}"
    assert one(tmp_path, "page.txt", page).text == f" Fares rise.{end}\u2028\u00a0More.{end}{end}"


# Many articles


def lines(n: int, text: str = "It rained.") -> str:
    return "\n".join(
        json.dumps({"text": f"{text} {k}", "date": f"{k % 28 + 1:02}/04/2031", "page": k}) for k in range(n)
    )


def test_a_large_file_of_lines_reads_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "news.jsonl", "\ufeff" + lines(60) + "\n\n" + lines(2))
    small = readers.read(path)
    monkeypatch.setattr(json_files, "LARGE", 0)
    monkeypatch.setattr("toolkit.reading.files.content", None)  # nobody loads the whole
    assert readers.read(path) == small
    assert [len(batch) for batch in readers.batches(path, size=25)] == [25, 25, 12]
    assert [one for batch in readers.batches(path, size=25) for one in batch] == small
    assert {one.published[:8] for one in small} == {"2031-04-"}  # the days above 12 tell how all are meant


def test_a_large_file_at_fault_is_told_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_files, "LARGE", 0)
    path = write(tmp_path, "news.jsonl", '{"text": "It rained."}\n{"text": }\n')
    with pytest.raises(ArticleError, match=r"^news\.jsonl:2: not JSON \("):
        list(readers.batches(path))
    (found,) = readers.read(write(tmp_path, "wide.jsonl", '{"text": "Café – “fine”"}'.encode("cp1252")))
    assert (found.text, found.note) == ("Café – “fine”", "read as Windows-1252")


def test_of_lines_that_are_cut_off_the_rest_is_read(tmp_path: Path) -> None:
    two = '{"text": "It rained."}\n{"text": "It snowed."}\n'
    found = readers.read(write(tmp_path, "news.jsonl", two + '{"text": "It fr'))
    assert [one.note for one in found] == ["", "the file is cut off behind this line"]
    with pytest.raises(ArticleError, match=r"^broken\.jsonl:1: not JSON \("):
        readers.read(write(tmp_path, "broken.jsonl", '{"text": "It fr\n' + two))


def test_batches_hold_no_more_than_one_in_memory(tmp_path: Path) -> None:
    path = write(tmp_path, "news.jsonl", lines(2000, "It rained on the harbour. " * 100))
    tracemalloc.start()
    try:
        n = sum(len(batch) for batch in readers.batches(path, size=50))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert n == 2000
    assert peak < path.stat().st_size / 4


def test_batches_say_what_was_skipped_when_all_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "It rained.")
    write(tmp_path, "b.txt", "")
    found = readers.batches(tmp_path)
    assert [one.id for one in next(found)] == ["a"]
    with pytest.warns(SkippedWarning, match="b.txt: the file is empty"):
        assert list(found) == []
    with pytest.raises(ArticleError, match="size is 0; give how many articles a batch holds, 1 or more"):
        next(readers.batches(tmp_path, size=0))


# Encodings


@pytest.mark.parametrize(
    ("raw", "text", "note"),
    [
        ("Café – “fine”".encode(), "Café – “fine”", ""),
        ("Café – “fine”".encode("utf-8-sig"), "Café – “fine”", ""),
        ("Café – “fine”".encode("utf-16"), "Café – “fine”", ""),
        (b"\xfe\xff" + "Café".encode("utf-16-be"), "Café", ""),
        ("Café – “fine”".encode("cp1252"), "Café – “fine”", "read as Windows-1252"),
        ("“Café” – ".encode() + b"\xe9", "“Café” – \ufffd", "characters that are not UTF-8, shown as U+FFFD: 1"),
        ("it came so: \ufffd".encode(), "it came so: \ufffd", ""),
        (b"one stray \x1f among many letters " + b"a" * 100, "one stray \x1f among many letters " + "a" * 100, ""),
    ],
)
def test_encoding(tmp_path: Path, raw: bytes, text: str, note: str) -> None:
    article = one(tmp_path, "page.txt", raw)
    assert (article.text, article.note) == (text, note)


def test_encoding_is_noted_beside_the_file_s_own_note(tmp_path: Path) -> None:
    article = one(tmp_path, "a.csv", "text,note\nCafé,corrected\n".encode("cp1252"))
    assert article.note == "corrected; read as Windows-1252"


# Tables


def test_table_rows_keep_text_and_place(tmp_path: Path) -> None:
    text = ' “Fares, ""up""” \r\n\r\nsaid Quill.'
    rows = f'Media_Name,headline,publishedAt,articleBody,extra\nGazette, Fares ,2031-05-02,"{text}",x\n\nWire,,,,\n'
    assert readers.read(write(tmp_path, "news.csv", rows)) == [
        Article(
            ' “Fares, "up"” \r\n\r\nsaid Quill.',
            id="news:2",
            outlet="Gazette",
            title="Fares",
            published="2031-05-02",
            origin="news.csv:2",
        ),
        Article("", id="news:4", outlet="Wire", origin="news.csv:4"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "outlet,text\nGazette,Fares rise\n"),
        ("a.csv", "outlet;text\r\nGazette;Fares rise\r\n"),
        ("a.csv", '"outlet"\t"Text"\n"Gazette"\t"Fares rise"'),
        ("a.tsv", "outlet\tbody\nGazette\tFares rise\n"),
        ("a.jsonl", '{"source": {"id": null, "name": "Gazette"}, "content": "Fares rise"}\n\n'),
        ("a.ndjson", '{"publisher": {"@type": "Organization", "name": "Gazette"}, "articleBody": "Fares rise"}'),
        ("a.json", '[{"OUTLET": "Gazette", "maintext": "Fares rise"}]'),
        ("a.json", '{"outlet": "Gazette", "text": "Fares rise"}'),
        ("a.json", '{"status": "ok", "articles": [{"outlet": "Gazette", "text": "Fares rise"}]}'),
    ],
)
def test_one_row_reads_the_same_from_every_kind(tmp_path: Path, name: str, content: str) -> None:
    article = one(tmp_path, name, content)
    assert (article.outlet, article.text) == ("Gazette", "Fares rise")


def test_first_filled_of_several_names_is_taken(tmp_path: Path) -> None:
    rows = [{"text": "short", "content": "long"}, {"text": None, "content": "long"}, {"outlet": "Gazette"}]
    path = write(tmp_path, "a.json", json.dumps(rows))
    assert [article.text for article in readers.read(path)] == ["short", "long", ""]


def test_values_that_are_not_text(tmp_path: Path) -> None:
    found = {"text": "Fares \ud800 rise", "doc_id": 7.0, "authors": ["Ada", {"name": "Bo"}, None], "lang": True}
    article = one(tmp_path, "a.json", json.dumps(found))
    assert (article.text, article.id, article.author, article.language) == ("Fares \ufffd rise", "7", "Ada, Bo", "True")


def test_article_longer_than_csv_allows(tmp_path: Path) -> None:
    assert len(one(tmp_path, "a.csv", "text\n" + "a" * 200_000).text) == 200_000


def test_ids_come_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,text\n7,x\n7,x\n7-2,x\n,x\na:5,x\n")
    assert [article.id for article in readers.read(path)] == ["7", "7-2", "7-2-2", "a:5", "a:5-2"]


# Web pages

# Folders and patterns


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ["b.txt", "a.csv", "sub/b.txt", "README.md", "sub/readme.txt", "gold/a.txt", ".hidden.txt", ".git/a.txt"]
    for name in [*names, "codes.xlsx", "sub/picture.png"]:
        write(tmp_path, name, "text\nFares rise")
    return tmp_path


def test_folder_is_read_whole_and_in_order(folder: Path) -> None:
    with pytest.warns(SkippedWarning, match="2 were found and not read"):
        found = [(article.id, article.origin) for article in readers.read(folder)]
    assert found == [("a:2", "a.csv:2"), ("b", "b.txt"), ("b-2", "sub/b.txt")]


def test_named_paths_are_read_in_the_order_given_and_once(folder: Path) -> None:
    given = [str(folder / "sub"), folder / "b.txt", str(folder / "sub" / "*.txt"), folder / "gold"]
    with pytest.warns(SkippedWarning, match="picture.png"):
        assert [article.origin for article in readers.read(given)] == ["b.txt", "b.txt", "a.txt"]


def test_pattern(folder: Path) -> None:
    with pytest.warns(SkippedWarning, match="codes.xlsx"):
        assert [article.origin for article in readers.read(str(folder / "*.*"))] == ["a.csv:2", "b.txt"]
    assert [article.origin for article in readers.read(str(folder / "**" / "b.txt"))] == ["b.txt", "b.txt"]


def test_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    assert one(tmp_path, "fares [1].txt", BODY).id == "fares [1]"


def test_nothing_given() -> None:
    assert readers.read([]) == []


# Errors: what, where, what is allowed, what to do

KINDS = (
    ".csv .doc .docx .eml .gz .htm .html .json .jsonl .md .mht .mhtml .ndjson .parquet .rtf .text .tsv .txt .warc .xls"
    " .xlsx .xml .zip"
)
PDF = "a PDF gives pages, not articles; export them as Word (.docx), or paste the text into a .txt file."
SAY = "name the one that holds it: --text COLUMN, or columns={'text': 'COLUMN'} in Python."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", "x", f"a.pdf: {PDF}"),
        ("a.jpg", "x", f"a.jpg: cannot read this kind of file; save it as one of {KINDS}."),
        ("a.txt", "", "a.txt: the file is empty; give it the article's text or remove it."),
        ("a.csv", " \n", "a.csv: the file is empty; give it the article's text or remove it."),
        (
            "a.txt",
            b"\x89PNG\r\n\0\0",
            "a.txt: the file is not text (it holds control characters); save the article as UTF-8.",
        ),
        (
            "a.txt",
            b"\x01\x02ab",
            "a.txt: the file is not text (it holds control characters); save the article as UTF-8.",
        ),
        (
            "a.csv",
            "outlet,headline\nGazette,Fares\n",
            f"a.csv: no column with the text (columns: outlet, headline); {SAY}",
        ),
        ("a.json", '[{"a": 1}, {"b": 2}]', f"a.json: no column with the text (columns: a, b); {SAY}"),
        ("a.csv", "outlet,text\n", "a.csv: the table has a header and no rows; add one row an article or remove it."),
        (
            "a.csv",
            "outlet,text\nGazette,Fares, up\n",
            "a.csv: row 2 has 3 cells for 2 columns; put cells that hold the separator in quotation marks.",
        ),
        (
            "a.csv",
            'outlet,text\nGazette,"Fares" rise\n',
            "a.csv:2: a quotation mark is open or out of place (',' expected after '\"');"
            " put cells with quotation marks in quotation marks and double those inside.",
        ),
        (
            "a.csv",
            'outlet,text\nGazette,"Fares\nWire,Fares\n',
            "a.csv:3: a quotation mark is open or out of place (unexpected end of data);"
            " put cells with quotation marks in quotation marks and double those inside.",
        ),
        (
            "a.jsonl",
            '{"text": "a"}\n{"text": }\n',
            "a.jsonl:2: not JSON (Expecting value: line 1 column 10 (char 9)); mend it or remove it.",
        ),
        (
            "a.jsonl",
            '{"text": "a"}\n["b"]\n',
            'a.jsonl:2: found [\'b\'] and not an object; write {"outlet": …, "text": …}.',
        ),
        ("a.json", "[]", "a.json: the file holds no articles; give a list of objects, one an article."),
        ("a.json", "7", "a.json: the file holds no articles; give a list of objects, one an article."),
        ("a.html", "<h1>Fares</h1>", "a.html: no paragraphs found on this page; paste its text into a .txt file."),
    ],
)
def test_error_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str | bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, name, content)
    with pytest.raises(ArticleError) as raised:
        readers.read(name)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("news.cvs", "news.cvs: no such file or folder; check the path for slips."),
        ("*.txt", "*.txt: no such file or folder; check the path for slips."),
        ("empty", f"empty: no articles in this folder; put files there of kind {KINDS}."),
        ("*.pdf", f"a.pdf: {PDF}"),
        ("*.jpg", f"*.jpg: no articles among these files; save them as one of {KINDS}."),
        (
            "Ferry fares rise\n\nFares rise by a fifth on Monday, the port said, and again in May.",
            "Ferry fares rise Fares rise by a fifth on Monday, the por...:"
            " no such file or folder; check the path for slips.",
        ),
    ],
)
def test_error_for_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    write(tmp_path, "a.pdf", "x")
    write(tmp_path, "a.jpg", "x")
    with pytest.raises(ArticleError) as raised:
        readers.read(given)
    assert str(raised.value) == message


def test_deep_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"^a\.json: not JSON"):
        one(tmp_path, "a.json", "[" * 200_000)


# Tables in memory


def test_frame_and_back() -> None:
    kept = [
        Article(BODY, id="a", outlet="Gazette", title="Fares", published="2031-05-02", story="ferry", origin="a.csv:2"),
        Article("", id="b"),
    ]
    frame = columns.frame(kept)
    assert frame.loc[0, ["date", "story_id", "source_file"]].tolist() == ["2031-05-02", "ferry", "a.csv:2"]
    assert columns.articles(frame) == kept


def test_frame_of_odd_values() -> None:
    frame = pd.DataFrame(
        {
            "Date": pd.to_datetime(["2031-05-02", None]),
            "doc_id": [7, None],
            "url": pd.array(["a:b", pd.NA], dtype="string"),
            "Body": ["Fares rise", float("nan")],
            5: [1, 2],
        },
        index=[10, 20],
    )
    assert columns.articles(frame) == [
        Article("Fares rise", id="7", published="2031-05-02", url="a:b"),
        Article("", id="row:20"),
    ]


def test_frame_without_text() -> None:
    with pytest.raises(ArticleError) as raised:
        columns.articles(pd.DataFrame({"outlet": ["Gazette"]}))
    assert str(raised.value) == f"the table: no column with the text (columns: outlet); {SAY}"


WORDS = st.text().filter(lambda text: columns.article_of({"text": text}).text == text)  # no sign of a missing value


@given(st.lists(st.builds(Article, WORDS, outlet=WORDS.map(str.strip), id=st.uuids().map(str))))
def test_any_article_survives_a_table(kept: list[Article]) -> None:
    assert columns.articles(columns.frame(kept)) == kept


def test_sample_articles(root: Path) -> None:
    found = readers.read(root / "data")
    assert len(found) >= 10
    assert all(article.text.strip() for article in found)
    assert len({article.outlet for article in found if article.outlet}) >= 3


def test_other_columns_are_kept_with_the_article(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(
        '{"outlet": "Gazette", "text": "Ferry fares rise.", "leaning": "left", "rank": 3, "source": {"name": "x"}}\n'
        '{"outlet": "Herald", "text": "Ferry fares fall."}\n',
        encoding="utf-8",
    )
    first, second = readers.read(path)
    assert first.more == {"leaning": "left", "rank": "3"}
    assert second.more == {}
    assert first == replace(first, more={})
