"""What old and new Nexis files do besides: dates below titles, notices, photographs without text, tables."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from toolkit.article import Article
from toolkit.reading import readers

sys.path.insert(0, str(Path(__file__).parent))
import make
from make import label, paragraph, run
from test_exports import written

BODY = "The quay was shut on Monday, police said, and it will open again in June."  # 15 words
MARKER = "                               1 of 1 DOCUMENTS"
TAIL = "LOAD-DATE: May 3, 2031\n\nLANGUAGE: ENGLISH"


def middle(*lines: str) -> str:
    return "\n".join(line.center(80).rstrip() for line in lines)


def old(tmp_path: Path, *groups: str) -> Article:
    text = "\n\n\n".join((MARKER, "\n\n".join(groups)))
    (article,) = readers.read(written(tmp_path, "a.txt", text))
    return article


def new(tmp_path: Path, *parts: str) -> Article:
    (article,) = readers.read(
        written(tmp_path, "a.docx", make.word("".join(parts) + paragraph(run("\nEnd of Document"))))
    )
    return article


def test_a_date_and_labels_below_the_title(tmp_path: Path) -> None:
    article = old(
        tmp_path, middle("Harbour Agency"), "LEADALL: Quay shut", middle("May 2, 2031, Friday", "13:38 Central European Time"),
        BODY, "SECTION: Politics", "LENGTH: 15 words", TAIL,
    )  # fmt: skip
    assert (article.title, article.outlet, article.published) == ("LEADALL: Quay shut", "Harbour Agency", "2031-05-02")
    assert (article.text, article.section, article.note) == (BODY, "Politics", "")
    assert article.more["edition"] == "13:38 Central European Time"


def test_notices_are_no_outlet_and_no_title(tmp_path: Path) -> None:
    article = old(
        tmp_path,
        middle("HARBOUR NEWSWEEKLY"),
        "Prepared by Burr's Information Services, which takes sole responsibility for\n" + middle("accuracy of transcription."),
        middle("May 2, 2031 Friday"), middle("SHOW: Harbour 6:00 PM EST"), "Quay shut", "ANCHORS: ADA QUILL",
        "LENGTH: 15  words", BODY, TAIL,
    )  # fmt: skip
    assert (article.title, article.outlet, article.text) == ("Quay shut", "HARBOUR NEWSWEEKLY", BODY)
    assert (article.more["anchors"], article.more["edition"]) == ("ADA QUILL", "SHOW: Harbour 6:00 PM EST")


def test_an_outlet_in_the_group_of_the_notice(tmp_path: Path) -> None:
    article = old(
        tmp_path, middle("Copyright 2031 Harbour Media", "All Rights Reserved", "Harbour Gazette"), middle("2 mei 2031 vrijdag"),
        "Kade dicht", "15 woorden", BODY,
    )  # fmt: skip
    assert (article.title, article.outlet, article.published) == ("Kade dicht", "Harbour Gazette", "2031-05-02")
    assert (article.text, article.more["length"]) == (BODY, "15 woorden")


def test_a_photograph_without_text(tmp_path: Path) -> None:
    article = old(
        tmp_path, middle("Gazette"), middle("May 2, 2031"), "Quay", "SECTION: NEWS", TAIL, "GRAPHIC: A quay at\ndawn.",
    )  # fmt: skip
    assert (article.text, article.note, article.more["graphic"]) == ("", "no text in the export", "A quay at dawn.")


@pytest.mark.parametrize(
    "line",
    ["CORRECTION: A sum was wrong in an earlier report.", "COMPANY: The port owns the quay.", "UPDATE: The quay is open again.",
     "LENGTH: Ninety metres, says the clerk."],
)  # fmt: skip
def test_a_paragraph_that_begins_like_a_label_stays(tmp_path: Path, line: str) -> None:
    article = old(
        tmp_path, middle("Gazette"), middle("May 2, 2031"), "Quay shut", "LENGTH: 34 words", BODY, line, BODY,
        "SUBJECT: QUAYS (90%)", "PERSON: ADA QUILL (58%)", TAIL, middle("Copyright 2031 Gazette"),
    )  # fmt: skip
    assert article.text == f"{BODY}\n\n{line}\n\n{BODY}"
    assert (article.more["subject"], article.more["person"], article.language) == (
        "QUAYS (90%)",
        "ADA QUILL (58%)",
        "en",
    )


def test_lines_of_a_table_stay_lines(tmp_path: Path) -> None:
    rows = "Harbour fees              33   30   11%\nQuays                     11   10    6%"
    article = old(tmp_path, middle("Gazette"), middle("May 2, 2031"), "Quay", "LENGTH: 26 words", BODY, rows, TAIL)
    assert article.text == f"{BODY}\n\n{rows}"


def test_one_document_without_its_number(tmp_path: Path) -> None:
    text = "\n\n".join((middle("Gazette"), middle("May 2, 2031"), "Quay shut", "LENGTH: 15 words", BODY, TAIL))
    (article,) = readers.read(written(tmp_path, "a.txt", text))
    assert (article.text, article.title, article.outlet) == (BODY, "Quay shut", "Gazette")


@pytest.mark.parametrize(
    ("line", "day", "edition"),
    [
        ("May 23, 2031 Friday 1:42 PM GMT", "2031-05-23", "1:42 PM GMT"),
        ("May 2, 2031, Friday,, FINAL EDITION", "2031-05-02", "FINAL EDITION"),
        ("lundi 16 septembre 2013 11:46 GMT", "2013-09-16", "11:46 GMT"),
        ("5 juli 2019 vrijdag", "2019-07-05", None),
        ("April 16, 2005, Late Edition - Final", "2005-04-16", "Late Edition - Final"),
    ],
)
def test_date_lines_of_new_files(tmp_path: Path, line: str, day: str, edition: str | None) -> None:
    article = new(
        tmp_path, paragraph(run("Quay shut")), paragraph(run("Gazette(Leeds)")), paragraph(run(line)), paragraph(),
        label("Length", "15 words"), paragraph(run("Body")), paragraph(run(BODY)),
    )  # fmt: skip
    assert (article.published, article.more.get("edition"), article.outlet) == (day, edition, "Gazette (Leeds)")
    assert (article.title, article.text, article.note) == ("Quay shut", BODY, "")


def test_transcripts_are_told(tmp_path: Path) -> None:
    article = new(
        tmp_path, paragraph(run("Harbour Tonight")), paragraph(run("Harbour TV")),
        paragraph(run("June 13, 2031, Friday 20:00:00 - 21:00:00 Eastern Time")), paragraph(),
        label("Section", "NEWS; Domestic"), label("Length", "15 words"), label("Guests", "Ada Quill, Tom Ross"),
        paragraph(run("Body")), paragraph(run(BODY)),
    )  # fmt: skip
    assert (article.more["transcript"], article.more["guests"]) == ("of a broadcast", "Ada Quill, Tom Ross")


def test_a_title_of_two_lines_and_labels_over_two_paragraphs(tmp_path: Path) -> None:
    article = new(
        tmp_path, paragraph(run("Quay shut;")), paragraph(run("Boats wait")), paragraph(run("Gazette")), paragraph(run("May 2, 2031")),
        paragraph(), paragraph(run("\nCopyright 2031 X")), paragraph(run("Copyright 2031 Y")), label("Length", "15 words"),
        label("Highlight", "One"), paragraph(run("and two.")), paragraph(run("Body")), paragraph(run(BODY)),
    )  # fmt: skip
    assert (article.title, article.more["highlight"], article.text) == ("Quay shut; Boats wait", "One and two.", BODY)


def test_a_document_in_one_paragraph(tmp_path: Path) -> None:
    lines = ("Quay shut", "Gazette", "May 2, 2031", "", "Copyright 2031 X", "Length: 15 words", "Byline: By Ada Quill", "", "Body", "",
             BODY, "", "Load-Date: May 3, 2031", "", "End of Document")  # fmt: skip
    (article,) = readers.read(written(tmp_path, "a.docx", make.word(paragraph(run("\n".join(lines))))))
    assert (article.title, article.author, article.text) == ("Quay shut", "Ada Quill", BODY)


def test_a_table_in_a_body_is_kept_and_one_on_the_cover_is_not(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{paragraph(run(word))}</w:tc>" for word in ("Quay", "Metres"))
    article = new(
        tmp_path, paragraph(run("Quay shut")), paragraph(run("Gazette")), paragraph(run("May 2, 2031")), paragraph(),
        label("Length", "17 words"), paragraph(run("Body")), paragraph(run(BODY)), f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>",
    )  # fmt: skip
    assert article.text == f"{BODY}\n\nQuay\tMetres"
