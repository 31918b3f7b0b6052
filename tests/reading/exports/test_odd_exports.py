"""Exports that are odd as real ones are: page heads, labels missing or in other languages, titles twice, other codes."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.reading import readers

sys.path.insert(0, str(Path(__file__).parent))
import articles
import make
import make_databases
from articles import ARTICLES, NBSP, News, american
from make import paragraph, rtf, run
from test_exports import checked, written

SPANISH = {"Body": "Cuerpo", "Length": "Longitud", "Section": "Sección", "End of Document": "Fin del documento"}  # fmt: skip


def lines(news: News) -> list[str]:
    """A document of a new Nexis file, a paragraph a line."""
    return [
        "", news.title, news.outlet, american(news.day), "", f"Copyright {news.day.year} {news.outlet}", "All Rights Reserved",
        f"Section:{NBSP}{news.section}", f"Length:{NBSP}{news.words:,} words", *[f"Byline:{NBSP}By {news.author}"] * bool(news.author),
        "Body", *news.paragraphs, f"Load-Date:{NBSP}{american(news.day)}", "", "End of Document",
    ]  # fmt: skip


def paged(news: News) -> list[str]:
    found = lines(news)
    at = found.index("Body") + 2
    return ["Page 1 of 2", *found[:at], "Page 2 of 2", "", news.title, *found[at:]]


def twice(news: News) -> list[str]:
    return ["", news.title, *lines(news)[1:]]


def spanish(news: News) -> list[str]:
    return [
        re.sub("|".join(f"^{name}" for name in SPANISH), lambda told: SPANISH[told[0]], line) for line in lines(news)
    ]


def bare(news: News) -> list[str]:
    return [line for line in lines(news) if line != "Body"]


def word(of: Callable[[News], list[str]]) -> bytes:
    return make.word("".join(paragraph(run(line)) for news in ARTICLES for line in of(news)))


def rich(of: Callable[[News], list[str]]) -> bytes:
    return rtf([line for news in ARTICLES for line in [*of(news), "\f"]])


def old_paged() -> bytes:
    """An old text file printed in pages: the number at the right, the title, the outlet and the day below it."""
    found = make.nexis_txt().decode().split("\r\n")
    for news in ARTICLES:
        at = found.index(make.wrapped(news.paragraphs[1])[0])
        found[at:at] = ["Page 2".rjust(80), f"{news.title} {news.outlet} {american(news.day)}".center(80).rstrip(), ""]
    return "\r\n".join(found).encode()


def factiva_pages() -> bytes:
    foot = "Page 3 of 17 © 2031 Factiva, Inc. All rights reserved."
    return rtf([each for line in make_databases.factiva_lines() for each in [line, *[foot] * line.startswith("“")]])


def factiva_codes(code: str) -> bytes:
    out = []
    for number, news in enumerate(ARTICLES, start=1):
        fields = [
            ("SE", news.section), ("HD", f"\n{news.title}"), *[("BY", f"By {news.author}")] * bool(news.author), ("WC", f"{news.words} words"),
            ("PD", articles.british(news.day)), ("SN", news.outlet), ("SC", "HARGAZ"), ("LA", "English"), ("CY", "(c) 2031"),
            ("LP", f"\n{news.paragraphs[0]}"), ("TD", "\n" + "\n\n".join(news.paragraphs[1:])), ("NS", "gtrans : Transport"),
            ("AN", f"Document HARGAZ0020310502e7520000{number}"),
        ]  # fmt: skip
        out += [part for name, value in fields for part in (code.format(name) + value).split("\n")]
    return rtf(out)


def proquest_without_info() -> bytes:
    return re.sub(r"Publication info: .*\n", "", make_databases.proquest_txt().decode()).encode()


def nested_page() -> bytes:
    page = make_databases.factiva_html().decode()
    opened = page.replace('articleParagraph">', 'articleParagraph"><span><span class="companylink">')
    return opened.replace("</p>\n", "</span></span></p>\n").encode()


EXPORTS: dict[str, Callable[[], bytes]] = {
    "paged.docx": lambda: word(paged),
    "paged.rtf": lambda: rich(paged),
    "twice.docx": lambda: word(twice),
    "spanish.docx": lambda: word(spanish),
    "old paged.txt": old_paged,
    "factiva pages.rtf": factiva_pages,
    "factiva codes.rtf": lambda: factiva_codes("{} "),
    "factiva bars.rtf": lambda: factiva_codes("|{}|"),
    "factiva nested.html": nested_page,
    "proquest.txt": proquest_without_info,
    "utf-16.txt": lambda: "\r\n".join(line for news in ARTICLES for line in lines(news)).encode("utf-16"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_odd_exports_give_their_articles_all_the_same(tmp_path: Path, name: str) -> None:
    checked(readers.read(written(tmp_path, name, EXPORTS[name]())))


def test_labels_without_a_line_that_opens_the_body(tmp_path: Path) -> None:
    checked(readers.read(written(tmp_path, "a.docx", word(bare))), note="no line 'Body' in the export")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("proquest.txt", "Location: Mill Street, as before."),
        ("proquest.txt", "Author: nobody, says the cover."),
        ("nexis.docx", "Notes"),
        ("nexis.docx", "Graphic"),
        ("nexis.docx", "Correction"),
    ],
)
def test_a_paragraph_that_looks_like_a_field_ends_no_text(tmp_path: Path, name: str, line: str) -> None:
    news = ARTICLES[1]
    if name == "nexis.docx":
        made = word(lambda each: [line if part == "Hours cut" else part for part in lines(each)])
    else:
        made = make_databases.proquest_txt().replace(b"Hours cut", line.encode())
    article = readers.read(written(tmp_path, name, made))[1]
    assert article.text == news.text.replace("Hours cut", line)
    assert (article.author, article.note) == (news.author, "")
