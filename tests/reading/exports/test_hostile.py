"""Files made to do harm: refused within a second, with the limit named."""

from __future__ import annotations

import gzip
import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.reading import readers

sys.path.insert(0, str(Path(__file__).parent))
import make
from test_exports import why, written


def stored(name: str, size: int, *, told: int = 0) -> bytes:
    """A ZIP of one part of zeros, whose directory tells another size if need be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w") as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
        if told:
            archive.infolist()[0].file_size = told
    return out.getvalue()


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_001):
            archive.writestr(zipfile.ZipInfo(f"{number}.txt"), "")
    return out.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a Word file that grows": (
        "a.docx", lambda: stored("word/document.xml", 50_000_000), "times its size (the limit is 200): no text does"
    ),
    "a Word file that says it is huge": (
        "a.docx", lambda: stored("word/document.xml", 1_000_000, told=3_000_000_000), "unpacks to 3,000 MB (the limit is 2,000 MB)"
    ),
    "a ZIP that grows": ("a.zip", lambda: stored("a.txt", 50_000_000), "times its size (the limit is 200): no text does"),
    "a ZIP of too many": ("a.zip", many_parts, "20,001 files packed in one (the limit is 20,000); split it."),
    "a .gz that grows": ("a.jsonl.gz", lambda: gzip.compress(b" " * 50_000_000, 1), "the limits are 1,000 MB and 200 times"),
    "entities in Word": (
        "a.docx", lambda: make.zipped({"word/document.xml": f"{LAUGHS}<x>&b;</x>"}), "the XML in it defines entities"
    ),
    "entities in Excel": (
        "a.xlsx", lambda: make.zipped({"xl/workbook.xml": f"{LAUGHS}<x>&b;</x>"}), "the XML in it defines entities"
    ),
    "entities in XML": ("a.xml", lambda: f"{LAUGHS}<doc><main><p>&b;</p></main></doc>".encode(), "the XML in it defines entities"),
    "deep XML": ("a.docx", lambda: make.word("<w:p>" * 100_000), "the Word file is damaged ("),
    "deep tables": (
        "a.docx", lambda: make.word("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000), "its elements are nested too deep"
    ),
    "parts in parts of an e-mail": (
        "a.eml",
        lambda: b"From: a\nMIME-Version: 1.0\n" + b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(500)
        ),
        "500 parts in an e-mail (the limit is 200); split it.",
    ),
    "a large page": ("a.html", lambda: b"<p>x</p>" * 6_250_000, "50 MB, too large to read at once (the limit is 20 MB)"),
    "a large text": ("a.txt", lambda: b"word " * 10_000_000, "50 MB, too large to read at once (the limit is 20 MB)"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_within_a_second_with_the_limit(tmp_path: Path, name: str) -> None:
    file, make_it, said = HOSTILE[name]
    path = written(tmp_path, file, make_it())
    start = time.process_time()
    assert said in why(path)
    assert time.process_time() - start < 1


def test_a_directory_that_tells_too_little_gives_no_more(tmp_path: Path) -> None:
    assert "cannot be unpacked" in why(written(tmp_path, "a.zip", stored("a.txt", 5_000_000, told=1_000_000)))


@pytest.mark.parametrize("tag", ["div", "b", "p"])
def test_deep_pages_end(tmp_path: Path, tag: str) -> None:
    start = time.process_time()
    page = f"<html><title>Factiva</title><div class='enArticle'>{f'<{tag}>' * 50_000}x</html>"
    readers.sift([written(tmp_path, "a.html", page), written(tmp_path, "b.txt", "It rained.")])
    assert time.process_time() - start < 3


def test_a_long_line_for_each_signature(tmp_path: Path) -> None:
    for number, line in enumerate(
        ("a" * 2_000_000, " " * 2_000_000, "1 " * 1_000_000, "A: " * 700_000, "_" * 2_000_000)
    ):
        start = time.process_time()
        readers.sift([written(tmp_path, f"{number}.txt", f"{line}\nIt rained.")])
        assert time.process_time() - start < 1.5, line[:5]
