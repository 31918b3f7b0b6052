"""The report on paper: a PDF, printed by a browser that is already on the machine, and a document for word processors.

Nothing here reads a clock, so that the same report gives the same bytes: the dates that a PDF and a document carry are
set to a fixed day.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..article import ToolkitError
from ..writing import UNSHOWN
from .contents import Cell, Contents, Grid

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
)  # fmt: skip
PATIENCE = 120  # seconds
PAPER, WIDE = 6.9, 9.4  # inches between the margins of a page, and of one that lies
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_QUIET = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
    "--export-tagged-pdf", "--generate-pdf-document-outline",
)  # fmt: skip


class PaperError(ToolkitError):
    """A form of the report that this machine cannot make."""


def browser() -> str:
    """The browser that prints: the first of `BROWSERS` on PATH; raises `PaperError` where there is none.

    >>> Path(browser()).exists()  # doctest: +SKIP
    True
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        names = ", ".join(BROWSERS)
        raise PaperError(
            f"No PDF was written, for no browser is on PATH (looked for {names}); install Chromium or Chrome, or print "
            "report.html from any browser."
        )
    return found


def pdf(page: Path, *, command: str = "") -> bytes:
    """A web page as PDF, printed by Chromium or Chrome (``command``; the one on PATH if empty) without any request.

    Raises `PaperError` where there is no browser or it gives no PDF within two minutes.
    """
    command = command or browser()
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # Chromium refuses root otherwise
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.pdf")
        words = [command, *_QUIET, *root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}"]
        try:
            subprocess.run([*words, page.resolve().as_uri()], capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PaperError(f"No PDF was written, for {command} did not print it: {error}.") from None
        if not out.exists():
            raise PaperError(f"No PDF was written, for {command} did not print it; print report.html from a browser.")
        return _DATES.sub(rb"\g<1>20000101000000", out.read_bytes())


def docx(contents: Contents) -> bytes:
    """The report as a document: findings, charts, tables of numbers, method and codebook, without the articles' text.

    Raises `PaperError` where python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError:
        raise PaperError(
            "No DOCX was written, for python-docx is not installed; install it with "
            "pip install 'media-analysis-toolkit[docx]'."
        ) from None
    from docx.shared import Inches, Pt

    document = Document()
    document.core_properties.author = contents.made_by.split(" with ")[0]
    document.core_properties.title = contents.heading
    document.core_properties.comments = ""
    document.styles["Normal"].font.size = Pt(10.5)
    for section in document.sections:
        section.left_margin = section.right_margin = Inches(0.8)
    document.add_heading(contents.heading, 0)
    document.add_heading("Findings", 1)
    for one in contents.findings:
        lead, *rest = map(_plain, one.split("\n"))
        document.add_paragraph(lead, style="List Bullet")
        for line in rest:
            document.add_paragraph(line, style="List Bullet 2")
    document.add_heading("Charts", 1)
    for drawing in contents.drawings:
        picture = document.add_picture(BytesIO(drawing.png), width=Inches(5.6))
        picture._inline.docPr.set("descr", _plain(drawing.alt))
        document.paragraphs[-1].paragraph_format.keep_with_next = True  # with its caption
        document.add_paragraph(_plain(drawing.caption), style="Caption")
    for why in contents.absent:
        document.add_paragraph(_plain(why))
    for grid in contents.grids:
        wide = len(grid.head) > 8
        if wide:
            _turn(document)
        document.add_heading(grid.name, 1)
        _table(document, grid, wide=wide)
        if wide:
            _turn(document)
    document.add_heading("Method", 1)
    for paragraph in contents.method.split("\n\n"):
        document.add_paragraph(_plain(paragraph))
    document.add_heading("Codebook", 1)
    for grid in contents.codes:
        document.add_heading(grid.name, 2)
        _table(document, grid)
    document.add_paragraph(_plain(contents.made_by))
    written = BytesIO()
    document.save(written)
    return _undated(written)


def _turn(document: Any) -> None:
    """A new page, as wide as the last one was high."""
    from docx.enum.section import WD_ORIENT

    last = document.sections[-1]
    page = document.add_section()
    page.page_width, page.page_height = last.page_height, last.page_width
    page.orientation = WD_ORIENT.LANDSCAPE if page.page_width > page.page_height else WD_ORIENT.PORTRAIT


def _table(document: Any, grid: Grid, *, wide: bool = False) -> None:
    """A table whose head is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Inches, Pt

    if grid.note:
        document.add_paragraph(_plain(grid.note))
    table = document.add_table(rows=0, cols=len(grid.head), style="Light List Accent 1")
    table.autofit = False
    widths = [Inches(each) for each in _widths(grid, WIDE if wide else PAPER)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cells in (list(map(Cell, grid.head)), *grid.cells):
        row = table.add_row().cells
        for place, (text, small, _), width in zip(row, cells, widths, strict=True):
            place.width = width
            place.paragraphs[0].add_run(_plain(text)).font.size = Pt(7.5)
            for line in filter(None, small.split("\n")):
                place.paragraphs[0].add_run(f"\n{_plain(line)}").font.size = Pt(6.5)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _widths(grid: Grid, paper: float) -> list[float]:
    """Inches for each column of a table: the more its longest texts, and never less than its longest word."""
    weights, words = [], []
    for column in zip(grid.head, *grid.rows, strict=True):
        texts = [
            line for cell in column for line in (cell if isinstance(cell, str) else f"{cell[0]}\n{cell[1]}").split("\n")
        ]
        words.append(0.15 + 0.055 * min(18, max(len(word) for text in texts for word in text.split() or [""])))
        weights.append(max(map(len, texts)) ** 0.6)
    spare = max(0.0, paper - sum(words))
    widths = [word + spare * weight / sum(weights) for word, weight in zip(words, weights, strict=True)]
    return [paper * width / sum(widths) for width in widths]


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return UNSHOWN.sub("\ufffd", text)


def _undated(document: BytesIO) -> bytes:
    """The same archive with every file of one day."""
    out = BytesIO()
    with ZipFile(document) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return out.getvalue()
