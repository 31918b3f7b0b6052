"""The report on paper: a document for word processors, and what is said where a machine cannot make one."""

from __future__ import annotations

import stat
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pages import QUOTED

from toolkit import Article, reports
from toolkit.reports import pdf_and_docx

pytestmark = pytest.mark.slow

TITLE = "Late <again> & =HYPERLINK(1)"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    pytest.importorskip("docx", reason="python-docx is not installed")
    articles = [Article(QUOTED, id=f"{o}{s}", outlet=o, story=str(s), title=TITLE) for o in "AB" for s in range(2)]
    folder = tmp_path_factory.mktemp("paper")
    reports.write(articles, folder, resamples=200, formats=["docx"], count_copies=True)
    return (folder / "report.docx").read_bytes()


def test_document_has_the_parts_of_the_report(document: bytes) -> None:
    docx = pytest.importorskip("docx")
    found = docx.Document(BytesIO(document))
    heads = [p.text for p in found.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert heads == [
        "Media analysis of 4 articles from 2 outlets", "Findings", "Charts", "Numbers by outlet",
        "Beside published figures", "Numbers by article", "Method", "Codebook", "Categories", "Metrics",
    ]  # fmt: skip
    said = "\n".join(p.text for p in found.paragraphs)
    assert "On the same stories, A and B are level in quoted share." in said
    assert "Attributions (source, cue, content; after Pareti 2016)" in said
    assert QUOTED not in said
    assert [row.cells[0].text for row in found.tables[2].rows] == ["Article", *[TITLE] * 4]
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in found.tables)


def test_pictures_of_the_document_have_words(document: bytes) -> None:
    docx = pytest.importorskip("docx")
    pictures = docx.Document(BytesIO(document)).inline_shapes
    assert len(pictures) == len(reports.CHARTS)
    assert all(len(picture._inline.docPr.get("descr")) > 20 for picture in pictures)


def test_document_without_its_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(pdf_and_docx.PaperError) as error:
        pdf_and_docx.docx(None)  # type: ignore[arg-type]
    assert str(error.value) == (
        "No DOCX was written, for python-docx is not installed; install it with "
        "pip install 'media-analysis-toolkit[docx]'."
    )


def test_no_browser_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pdf_and_docx.PaperError) as error:
        pdf_and_docx.pdf(tmp_path / "report.html")
    assert str(error.value).startswith("No PDF was written, for no browser is on PATH (looked for chromium, ")
    assert str(error.value).endswith("or print report.html from any browser.")


def fake(folder: Path, name: str, script: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_browser_is_found_by_its_usual_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in reversed(pdf_and_docx.BROWSERS):
        path = fake(tmp_path, name, "exit 0")
        assert pdf_and_docx.browser() == path


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_dates_of_a_pdf_are_one_day(tmp_path: Path) -> None:
    script = """for word; do case "$word" in --print-to-pdf=*) out=${word#--print-to-pdf=};; esac; done
printf '%%PDF-1.4 /CreationDate (D:20310519120000+00) /ModDate (D:20310519120001+00)' > "$out";"""
    printed = pdf_and_docx.pdf(tmp_path / "report.html", command=fake(tmp_path, "browser", script))
    assert printed == b"%PDF-1.4 /CreationDate (D:20000101000000+00) /ModDate (D:20000101000000+00)"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_browser_that_prints_nothing_is_one_sentence(tmp_path: Path) -> None:
    broken = fake(tmp_path, "broken", "exit 3")
    with pytest.raises(pdf_and_docx.PaperError) as error:
        pdf_and_docx.pdf(tmp_path / "report.html", command=broken)
    assert str(error.value) == (f"No PDF was written, for {broken} did not print it; print report.html from a browser.")
