"""Exports of news databases: each format gives its five articles, field by field."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.article import Article, ArticleError
from toolkit.reading import readers

sys.path.insert(0, str(Path(__file__).parent))
import articles
import make
import make_databases
import make_tables

ONE_NAME = {"The Canadian Press (CP)": "The Canadian Press", "nytimes.com": "The New York Times"}
PORTAL = "read as Windows-1252"
EXPORTS: dict[str, Callable[[], bytes]] = {
    "nexis.docx": make.nexis_docx,
    "no cover.docx": lambda: make.nexis_docx(cover=False),
    "no bookmarks.docx": lambda: make.nexis_docx(marks=False),
    "nexis.rtf": make.nexis_rtf,
    "en.txt": make.nexis_txt,
    "de.txt": lambda: make.nexis_txt("de"),
    "fr.txt": lambda: make.nexis_txt("fr"),
    "nl.txt": lambda: make.nexis_txt("nl"),
    "en.html": make.nexis_html,
    "de.html": lambda: make.nexis_html("de"),
    "fr.html": lambda: make.nexis_html("fr"),
    "factiva.html": make_databases.factiva_html,
    "factiva de.html": lambda: make_databases.factiva_html("de"),
    "factiva indexed.html": lambda: make_databases.factiva_html(indexed=True),
    "factiva.rtf": make_databases.factiva_rtf,
    "factiva.txt": lambda: "\n".join(make_databases.factiva_lines()).encode(),
    "proquest.txt": make_databases.proquest_txt,
    "proquest.html": make_databases.proquest_html,
    "proquest.eml": make_databases.proquest_eml,
    "europresse.html": make_databases.europresse_html,
    "europresse older.html": lambda: make_databases.europresse_html(older=True),
    "table.xlsx": make_tables.workbook,
    "event registry.json": make_tables.event_registry,
    "fundus.json": make_tables.fundus,
    "news-please.jsonl": make_tables.json_lines,
    "news-please.jsonl.gz": make_tables.json_lines_gz,
}
NEEDS = {".rtf": "striprtf", ".xlsx": "openpyxl"}
NO_SECTION = ("event registry", "fundus", "news-please")


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if needed := NEEDS.get(path.suffix):
        pytest.importorskip(needed)
    return path


def why(path: Path) -> str:
    with pytest.raises(ArticleError) as raised:
        readers.read(path)
    return str(raised.value)


def checked(found: list[Article], *, section: bool = True, note: str = "") -> None:
    assert len(found) == len(articles.ARTICLES)
    for article, news in zip(found, articles.ARTICLES, strict=True):
        assert article.text == news.text
        assert article.title == news.title
        assert article.outlet == ONE_NAME.get(news.outlet, news.outlet)
        assert article.published[:10] == news.day.isoformat()
        assert article.author == news.author
        assert article.note == note
        if section:
            assert article.section in (news.section, news.section.partition(";")[0])
        if article.outlet != news.outlet:
            assert article.more["outlet_given"] == news.outlet
        if "length" in article.more:
            assert article.more["length"].startswith(str(news.words))


@pytest.mark.parametrize("name", EXPORTS)
def test_export_gives_its_articles_field_by_field(tmp_path: Path, name: str) -> None:
    found = readers.read(written(tmp_path, name, EXPORTS[name]()))
    checked(
        found, section=not name.startswith(NO_SECTION), note=PORTAL if name in {"en.html", "de.html", "fr.html"} else ""
    )
    assert len({article.id for article in found}) == 5
    said = "".join(f"{article!r}{dict(article.more)}" for article in found)
    assert [word for word in articles.PERSONAL if word in said] == []


def test_what_stands_beside_the_fields_is_kept(tmp_path: Path) -> None:
    ferry, library, cup, storm, wells = readers.read(written(tmp_path, "a.docx", make.nexis_docx()))
    assert ferry.more["edition"] == "Late Edition - Final"
    assert (ferry.more["dateline"], ferry.more["subject"]) == ("BRANT ISLAND", "FERRIES (93%); PORTS (90%)")
    assert (library.more["highlight"], library.url) == (articles.ARTICLES[1].highlight, articles.ARTICLES[1].url)
    assert cup.more["graphic"] == "PHOTO: The harbour at dawn. (PHOTOGRAPH BY KIM REY)"
    assert "load_date" not in storm.more
    assert wells.more["edition"] == "Correction Appended"
    assert (ferry.language, ferry.id, ferry.origin) == ("en", "a:1", "a.docx:1")


@pytest.mark.parametrize(
    ("name", "held"),
    [("a.doc", "nexis.docx"), ("a.txt", "nexis.docx"), ("a.docx", "factiva.rtf"), ("a.txt", "factiva.html"),
     ("a.html", "en.txt"), ("a.xls", "table.xlsx"), ("a.rtf", "en.txt"), ("a.txt", "proquest.eml")],
)  # fmt: skip
def test_content_counts_and_not_the_ending(tmp_path: Path, name: str, held: str) -> None:
    written(tmp_path, held, b"")  # skips where the library is missing
    checked(readers.read(written(tmp_path, f"x/{name}", EXPORTS[held]())))


# Notes


def test_a_text_shorter_than_its_count_of_words_is_noted(tmp_path: Path) -> None:
    raw = make.nexis_txt().replace(b"LENGTH: 78 words", b"LENGTH: 1,143 words")
    found = readers.read(written(tmp_path, "a.txt", raw))
    assert found[0].note == "the text has 78 words, the export says 1,143: look whether the text is whole"
    assert [article.note for article in found[1:]] == [""] * 4


def test_a_document_lost_is_noted(tmp_path: Path) -> None:
    whole = make.word(make._cover(articles.ARTICLES) + make._nexis_document(1, articles.ARTICLES[0], marks=True))
    (article,) = readers.read(written(tmp_path, "a.docx", whole))
    assert article.note == "the cover of a.docx names 5 documents, 1 are in it"


def test_a_file_cut_off_keeps_what_is_there(tmp_path: Path) -> None:
    raw = make.nexis_txt()
    found = readers.read(written(tmp_path, "a.txt", raw[: raw.index(b"driest May")]))
    assert [article.text for article in found[:4]] == [news.text for news in articles.ARTICLES[:4]]
    assert found[4].note.startswith("the text has 2 words, the export says 67")
    raw = make_databases.factiva_rtf()
    found = readers.read(written(tmp_path, "b.rtf", raw[: raw.index(b"third well")]))
    assert found[4].note.startswith("the text has 12 words, the export says 67")


# What is refused


def test_lists_without_texts_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a_doclist.docx", make.nexis_list())
    assert why(path) == "a_doclist.docx: a list of 5 documents without their texts; read the documents' own file."


@pytest.mark.parametrize(
    "text",
    [
        "A\nLength: 3 words\n\nIt rained.\n\nB\nLength: 3 words\n\nIt snowed.\n",
        "A\n\nIt rained.\n\nLoad-Date: May 2, 2031\n\nB\n\nIt snowed.\n\nLoad-Date: May 2, 2031\n",
        "A\nIt rained.\nRecord Number: 1\nB\nIt snowed.\nRecord Number: 2\n",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_several_articles_in_an_unknown_form_are_not_one(tmp_path: Path, text: str, name: str) -> None:
    raw = make.word("".join(make.paragraph(make.run(line)) for line in text.split("\n"))) if name == "a.docx" else text
    assert why(written(tmp_path, name, raw)) == (
        f"{name}: about 2 articles stand in this file, in a form that is not known; export them as Word (.docx) or HTML,"
        " or save one article a file."
    )


def test_documents_without_ends_are_not_one(tmp_path: Path) -> None:
    body = "".join(make._nexis_document(n, news, marks=True) for n, news in enumerate(articles.ARTICLES, start=1))
    body = body.replace("End of Document", "Slutt", 4)
    assert why(written(tmp_path, "a.docx", make.word(body))) == (
        "a.docx: 5 articles run into one (no line 'End of Document' parts them); export with the database's pages set to"
        " English."
    )


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.docx", make.nexis_docx()[:-200], "the file is damaged (the end of a ZIP, Word or Excel file is missing); get it again."),
        ("a.docx", b"no Word file", "this is no .docx file; save the articles again, or give the file its own ending."),
        ("a.docx", make.word("<w:p>"), "the Word file is damaged ("),
        ("a.docx", b"%PDF-1.7 \0", "a PDF gives pages, not articles; export them as Word (.docx), or paste the text into a"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\0\0", "an old Word or Excel file; open it and save it as .docx or .xlsx."),
        ("a.xlsx", make.zipped({"xl/workbook.xml": "<x/>"}), "the Excel file is damaged ("),
        ("a.jsonl.gz", make_tables.json_lines_gz()[:12], "the .gz file is damaged; get it again."),
        ("a.zip", b"PK\x03\x04 broken", "the file is damaged (the end of a ZIP"),
        ("a.zip", make.zipped({"a.jpg": "x"}), "cannot read this kind of file."),
        ("a.xml", "<menu><item/></menu>", "XML of a kind that is not known; export the articles as Word (.docx), HTML or"),
        ("a.eml", b"From: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p></p>", "no paragraphs found on this page;"),
        ("a.ris", "TY  - NEWS", "a list of references, without texts; export full texts as Word (.docx) or text."),
        ("a.warc", "WARC/1.0\r\nbroken", "no web pages with paragraphs in this archive."),
        ("a.html", "<html><title>Factiva</title><p class='enArticle'>x</p></html>", "a Factiva page without articles;"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_sentence_and_the_rest_is_read(
    tmp_path: Path, name: str, raw: bytes | str, said: str
) -> None:
    path = written(tmp_path, name, raw)
    if name == "a.warc":
        pytest.importorskip("warcio")
    told = why(path)
    assert said in told
    assert name in told
    (tmp_path / "good.txt").write_text("It rained.", encoding="utf-8")
    found, skipped = readers.sift(tmp_path)
    assert [article.text for article in found] == ["It rained."]
    assert len(skipped) == 1
    assert said in skipped[0].why
