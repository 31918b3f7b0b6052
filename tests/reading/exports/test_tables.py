"""Tables, services and archives: well-known headers, nested answers, files packed in others."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from toolkit.__main__ import main
from toolkit.article import ArticleError
from toolkit.reading import readers

sys.path.insert(0, str(Path(__file__).parent))
import articles
import make
import make_tables
from test_exports import checked, why, written

TEXT = "The ferry ran aground, said Ada Quill."
URL = "https://gazette.example/a"
# What known services, extractors and databases call their columns; the outlet in each is Gazette.
HEADERS = {
    "Media Cloud sous-chef": "article_title,domain,pub_date,url,language,text",
    "NewsAPI, flat": "source.id,source.name,author,title,description,url,urlToImage,publishedAt,content",
    "Event Registry": "uri,lang,isDuplicate,date,time,dateTime,dataType,sim,url,title,body,source.title,eventUri",
    "Guardian": "id,type,sectionName,webPublicationDate,webTitle,webUrl,fields.bodyText,fields.publication",
    "news-please": "authors,date_download,date_publish,description,language,source_domain,maintext,title,url",
    "trafilatura JSON": "title,author,hostname,date,fingerprint,raw_text,text,language,source-hostname,excerpt",
    "newspaper4k": "url,title,text,authors,publish_date,publisher",
    "fundus": "title,body,authors,publishing_date,topics,publisher,lang",
    "CC-News": "requested_url,plain_text,published_date,title,author,sitename,language",
    "CC-News, older": "title,text,domain,date,description,url,image_url",
    "AmCAT": "id,title,date,medium,author,section,text,url,length",
    "LexisNexisTools": "ID,Source_File,Newspaper,Date,Length,Section,Author,Edition,Headline,Article",
    "Factiva codes": "HD,BY,WC,PD,SN,SC,LA,CY,LP,TD,AN",
    "ProQuest": "Title,Author,Publication title,Publication date,Section,Full text,Document URL,ProQuest document ID",
    "All the News": "id,title,publication,author,date,year,month,url,content",
    "All the News 2": "date,year,month,day,author,title,article,url,section,publication",
    "BuzzFeed-Webis": "portal,title,author,media_outlet,mainText,full_text",
    "Webhose": "uuid,url,site,title,author,published,text,language",
    "Kaggle": "Headline,Site Name,Publish Date,Byline,Body",
    "German": "Zeitung,Datum,headline,fulltext",
}  # fmt: skip
OUTLET = frozenset(
    "domain source.name source.title fields.publication source_domain source-hostname publisher sitename medium Newspaper SN"
    " publication media_outlet site Zeitung".split()
) | {"Publication title", "Site Name"}
TEXTS = frozenset(
    "text content body fields.bodyText maintext plain_text Article TD article full_text fulltext Body".split()
) | {"Full text"}


@pytest.mark.parametrize("name", HEADERS)
def test_well_known_headers(tmp_path: Path, name: str) -> None:
    header = HEADERS[name].split(",")
    cells = ["Gazette" if each in OUTLET else f'"{TEXT}"' if each in TEXTS else "" for each in header]
    (article,) = readers.read(written(tmp_path, "a.csv", f"{','.join(header)}\n{','.join(cells)}\n"))
    assert (article.text, article.outlet) == (TEXT, "Gazette")


def test_lead_and_rest_of_a_factiva_table_are_one_text(tmp_path: Path) -> None:
    (article,) = readers.read(written(tmp_path, "a.csv", "HD,SN,LP,TD\nFerry,Gazette,It rained.,It snowed.\n"))
    assert article.text == "It rained.\n\nIt snowed."


@pytest.mark.parametrize(
    ("cell", "author"),
    [
        ("['Ada Quill', \"Tom O'Neil\"]", "Ada Quill, Tom O'Neil"),
        ("[]", ""),
        ("[Staff]", "[Staff]"),
        ("Ada Quill", "Ada Quill"),
    ],
)
def test_authors_as_a_printed_list(tmp_path: Path, cell: str, author: str) -> None:
    doubled = cell.replace('"', '""')
    (article,) = readers.read(written(tmp_path, "a.csv", f'authors,text\n"{doubled}","{TEXT}"\n'))
    assert article.author == author


@pytest.mark.parametrize(
    ("form", "outlet"),
    [("NYT", "The New York Times"), ("www.nytimes.com", "The New York Times"), ("the new york times", "The New York Times"),
     ("The Times", "The Times"), ("Times", "Times"), ("The Observer(London)", "The Observer"), ("Harbour  Gazette", "Harbour  Gazette")],
)  # fmt: skip
def test_forms_of_an_outlet(tmp_path: Path, form: str, outlet: str) -> None:
    (article,) = readers.read(written(tmp_path, "a.csv", f'outlet,text\n{form},"{TEXT}"\n'))
    assert article.outlet == outlet
    assert article.more == ({"outlet_given": form} if form != outlet else {})


@pytest.mark.parametrize(
    ("column", "cell", "outlet"),
    [
        ("source_url", "https://www.gazette.example", "gazette.example"),
        ("source_url", "https://www.nytimes.com/", "The New York Times"),
        ("site", "http://gazette.example/", "gazette.example"),
        ("source", URL, ""),
    ],
)
def test_the_address_of_a_site_names_its_outlet(tmp_path: Path, column: str, cell: str, outlet: str) -> None:
    (article,) = readers.read(written(tmp_path, "a.csv", f'{column},text\n{cell},"{TEXT}"\n'))
    assert article.outlet == outlet


def test_an_address_tells_a_known_outlet(tmp_path: Path) -> None:
    rows = f'url,text\nhttps://www.theguardian.com/a,"{TEXT}"\n{URL},"{TEXT}"\n'
    known, unknown = readers.read(written(tmp_path, "a.csv", rows))
    assert (known.outlet, known.note) == ("The Guardian", "the outlet by the web address")
    assert (unknown.outlet, unknown.note) == ("", "")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("May 2, 2031 Friday", "2031-05-02"), ("Friday, 2. Mai 2031", "2031-05-02"), ("2 mai 2031 11:46 GMT", "2031-05-02T11:46:00Z"),
        ("vrijdag 2 mei 2031", "2031-05-02"), ("20310502T101500Z", "2031-05-02T10:15:00Z"), ("2031/05/02", "2031-05-02"),
        ("2031-05-02T01:00:00+02:00", "2031-05-01T23:00:00Z"), ("Fri, 02 May 2031 09:00:00 +0200", "2031-05-02T07:00:00Z"),
        ("25/12/2031", "2031-12-25"), ("12/25/2031", "2031-12-25"), ("2.5.2031", "2031-05-02"), ("2031-05-02 00:00:00", "2031-05-02"),
        ("1935485100", "2031-05-02T10:45:00Z"), ("spring 2031", "spring 2031"), ("31/31/2031", "31/31/2031"), ("2031年5月2日", "2031-05-02"),
    ],
)  # fmt: skip
def test_dates_in_one_form(tmp_path: Path, given: str, day: str) -> None:
    (article,) = readers.read(written(tmp_path, "a.csv", f'date,text\n"{given}","{TEXT}"\n'))
    assert (article.published, article.note) == (day, "")
    assert article.more.get("date_given", given) == given


def test_a_date_in_two_ways_is_said_unless_the_table_tells(tmp_path: Path) -> None:
    (one,) = readers.read(written(tmp_path, "a.csv", f'date,text\n03/04/2031,"{TEXT}"\n'))
    assert one.published == "03/04/2031"
    assert one.note == "the date 03/04/2031 can be read in two ways: write year-month-day"
    first, _ = readers.read(written(tmp_path, "b.csv", f'date,text\n03/04/2031,"{TEXT}"\n25/04/2031,"{TEXT}"\n'))
    assert (first.published, first.note) == ("2031-04-03", "")


def test_the_guardian_s_interface_keeps_paragraphs(tmp_path: Path) -> None:
    found = readers.read(written(tmp_path, "a.json", make_tables.guardian()))
    assert [article.text for article in found] == [news.text for news in articles.ARTICLES]
    assert {article.outlet for article in found} == {"The Guardian"}
    assert found[0].published == "2031-05-02T06:00:00Z"


@pytest.mark.parametrize(
    ("header", "maker"),
    [
        ("id,indexed_date,language,media_name,media_url,publish_date,title,url", "Media Cloud"),
        ("url,url_mobile,title,seendate,socialimage,domain,language,sourcecountry", "GDELT"),
        ("abstract,web_url,snippet,lead_paragraph,source,pub_date", "the interface of The New York Times"),
    ],
)
def test_tables_without_texts_say_what_to_do(tmp_path: Path, header: str, maker: str) -> None:
    assert why(written(tmp_path, "a.csv", f"{header}\n{'x,' * header.count(',')}x\n")) == (
        f"a.csv: {maker} gives no texts of articles; save the pages behind the addresses with a tool such as trafilatura"
        " or fundus, or export full texts, and read those."
    )


def test_a_text_that_a_service_cut_is_noted(tmp_path: Path) -> None:
    answer = {"status": "ok", "articles": [{"title": "Ferry", "content": f"{TEXT} It … [+2819 chars]", "url": URL}]}
    (article,) = readers.read(written(tmp_path, "a.json", json.dumps(answer)))
    assert (
        article.note == "the text is cut, it ends in “… [+2819 chars]”: save the page behind its address and read that"
    )


def test_a_feed_is_no_article(tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><item><title>Ferry</title><link>x</link></item></channel></rss>"
    assert why(written(tmp_path, "a.xml", feed)).startswith("a.xml: a news feed holds links and teasers, no articles;")


# trafilatura beside its JSON


TRAFILATURA = {
    "a.xml": f'<doc sitename="Gazette" title="Ferry" author="Ada Quill" date="2031-05-02" url="{URL}"><main><p>{TEXT}</p></main></doc>',
    "b.xml": (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title type="main">Ferry</title><author>Ada'
        " Quill</author></titleStmt><sourceDesc><biblFull><publicationStmt><publisher>Gazette (gazette.example)</publisher>"
        f'<ptr type="URL" target="{URL}"/><date>2031-05-02</date></publicationStmt></biblFull></sourceDesc></fileDesc></teiHeader>'
        f"<text><body><div type='entry'><p>{TEXT}</p></div></body></text></TEI>"
    ),
    "c.md": f'---\ntitle: Ferry\nauthor: Ada Quill\nurl: {URL}\nsitename: Gazette\ndate: "2031-05-02"\n---\n{TEXT}',
    "d.csv": f'{URL}\tnull\tf00\tGazette\tFerry\tnull\t2031-05-02\t"{TEXT}"\t\tnull\tarticle\n',
    "e.json": json.dumps({"title": "Ferry", "author": "Ada Quill", "date": "2031-05-02", "text": TEXT, "source": URL,
                          "source-hostname": "Gazette"}),
}  # fmt: skip


@pytest.mark.parametrize("name", TRAFILATURA)
def test_trafilatura(tmp_path: Path, name: str) -> None:
    (article,) = readers.read(written(tmp_path, name, TRAFILATURA[name]))
    assert (article.text, article.title, article.outlet) == (TEXT, "Ferry", "Gazette")
    assert (article.published, article.url) == ("2031-05-02", URL)
    assert article.author == ("" if name == "d.csv" else "Ada Quill")


# Packed files


def test_a_zip_gives_what_is_in_it_and_says_the_rest(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {
        "news/a.docx": make.nexis_docx(), "news/b.txt": "It rained.", "news/c.jpg": b"x", "d.docx": b"PK\x03\x04",
        "__MACOSX/._a.docx": b"x", "~$a.docx": b"x", "inner.zip": make.zipped({"e.txt": "x"}), "README.txt": "Read me.",
    }  # fmt: skip
    found, skipped = readers.sift(written(tmp_path, "all.zip", make.zipped(content)))
    checked(found[:5])
    assert [(article.id, article.text) for article in found[5:]] == [("b", "It rained.")]
    assert found[0].origin == "all.zip/news/a.docx:1"
    assert {Path(each.path).name: each.why for each in skipped} == {
        "c.jpg": "cannot read this kind of file.",
        "d.docx": "the file is damaged (the end of a ZIP, Word or Excel file is missing); get it again.",
        "inner.zip": "a ZIP in a ZIP; unpack it.",
    }


PAGE = f"<html><head><title>Ferry</title></head><body><p>{TEXT}</p></body></html>"


def test_a_saved_page_as_mhtml(tmp_path: Path) -> None:
    soft = PAGE.replace("ran", "r=\r\nan")
    raw = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nContent-Type:"
        ' multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding:'
        f" quoted-printable\r\nContent-Location: {URL}\r\n\r\n{soft}\r\n--b\r\nContent-Type: image/png\r\n\r\nx"
        "\r\n--b--\r\n"
    )
    (article,) = readers.read(written(tmp_path, "a.mhtml", raw))
    assert (article.text, article.title, article.url) == (TEXT, "Ferry", URL)


def test_a_web_archive(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    records = []
    endless = "<div>" * 60_000
    for page, kind in ((endless, "text/html"), (PAGE, "text/html"), ("x", "image/png"), ("<html></html>", "text/html")):
        answer = f"HTTP/1.0 200 OK\r\nContent-Type: {kind}\r\n\r\n{page}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {URL}\r\nWARC-Date:"
            f" 2031-05-02T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    (article,) = readers.read(written(tmp_path, "a.warc.gz", b"".join(records)))
    assert (article.text, article.url) == (TEXT, URL)
    assert f"not all of the archive is read ({URL}: a page of 60,000 tags (" in article.note


def test_of_a_gz_file_that_is_cut_off_the_beginning_is_read(tmp_path: Path) -> None:
    whole = "".join(json.dumps({"text": f"{TEXT} It was day {n * 7919}."}) + "\n" for n in range(4000))
    packed = gzip.compress(whole.encode())
    found = readers.read(written(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2]))
    assert 1000 < len(found) < 3000
    assert found[0].note == "the .gz file is damaged, and only its beginning read"
    assert found[-1].note.startswith("the file is cut off behind this line")
    assert why(written(tmp_path, "b.jsonl.gz", packed[:12])) == "b.jsonl.gz: the .gz file is damaged; get it again."


def test_parquet_there_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "a.docx", make.nexis_docx())
    out = tmp_path / "out" / "articles.parquet"
    out.parent.mkdir()
    if "pyarrow" not in sys.modules and not __import__("importlib.util").util.find_spec("pyarrow"):
        assert main(["read", str(path), "--out", str(out)]) == 1
        assert "Parquet needs pyarrow, which is not installed: pip install" in capsys.readouterr().err
        with pytest.raises(ArticleError, match="Parquet needs pyarrow, which is not installed"):
            readers.read(written(tmp_path, "b.parquet", b"PAR1"))
        return
    assert main(["read", str(path), "--out", str(out)]) == 0
    checked(readers.read(out))


def test_read_writes_a_table_and_says_what_is_odd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, "news/a.txt", make.nexis_txt().replace(b"LENGTH: 78 words", b"LENGTH: 1,143 words"))
    written(tmp_path, "news/b.docx", b"PK\x03\x04")
    assert main(["read", str(tmp_path / "news"), "--out", str(tmp_path / "articles.csv")]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"5 rows: {tmp_path / 'articles.csv'}",
        "read: 5 articles from 1 file",
        "with a note: 1 article, the first a:1: the text has 78 words, the export says 1,143: look whether the text is whole",
        "skipped: 1",
        "  1: the file is damaged (the end of a ZIP, Word or Excel file is missing); get it again.",
    ]
    assert "1 was found and not read:" in said.err
    assert "b.docx: the file is damaged" in said.err
