"""The paragraphs of a Word file (.docx), read with what Python brings along."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from ..article import ArticleError
from . import packed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# Text boxes are drawn aside, and stand twice where a file has a form for older programs.
_ASIDE = frozenset({"txbxContent", "Fallback", "pPr", "rPr", "instrText", "delText"})
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_MOST = 100_000_000  # bytes of the unpacked text; 100 documents of a database take 5 MB


class Paragraph(NamedTuple):
    """Its words; the names of the bookmarks in it; and whether it is a row of a table (cells parted by tabs)."""

    text: str
    marks: tuple[str, ...] = ()
    in_table: bool = False


def paragraphs(raw: bytes, name: str) -> list[Paragraph]:
    """All paragraphs of the text, without headers, footers, comments and deleted words.

    Raises `ArticleError` for a file that is damaged, too large, or has XML that defines entities.
    """
    with packed.opened(raw, name) as archive:
        part = packed.part(archive, "word/document.xml", name, most=_MOST)
    packed.no_entities(part, name)
    try:
        body = ElementTree.parse(io.BytesIO(part)).getroot()
    except (ElementTree.ParseError, RecursionError) as error:
        raise ArticleError(f"{name}: the Word file is damaged ({error}); open it in Word and save it again.") from None
    try:
        return list(_gathered(body))
    except RecursionError:
        raise ArticleError(f"{name}: not read, its elements are nested too deep; no Word file is made so.") from None


def _kind(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _gathered(element: ElementTree.Element) -> Iterator[Paragraph]:
    for child in element:
        kind = _kind(child)
        if kind == "p":
            yield Paragraph(_words(child), tuple(_marks(child)))
        elif kind == "tr":
            cells = (" ".join(inner.text.strip() for inner in _gathered(cell)) for cell in child if _kind(cell) == "tc")
            yield Paragraph("\t".join(filter(None, cells)), (), in_table=True)
        elif kind == "bookmarkStart":
            yield Paragraph("", tuple(_marks([child])))
        elif kind not in _ASIDE:
            yield from _gathered(child)


def _marks(element: ElementTree.Element | list[ElementTree.Element]) -> Iterator[str]:
    found = element if isinstance(element, list) else element.iter()
    for each in found:
        if _kind(each) == "bookmarkStart":
            yield each.get(f"{_W}name") or each.get(f"{_STRICT}name") or ""


def _words(paragraph: ElementTree.Element) -> str:
    """The words of a paragraph. Databases lose the blank between a link and the words beside it: it is put back."""
    words = ""
    linked = False
    for piece, in_link in _pieces(paragraph, in_link=False):
        if linked != in_link and words[-1:].isalpha() and piece[:1].isalpha():
            words += " "
        words += piece
        linked = in_link
    return words


def _pieces(element: ElementTree.Element, *, in_link: bool) -> Iterator[tuple[str, bool]]:
    for child in element:
        kind = _kind(child)
        if kind == "t":
            if child.text:
                yield child.text, in_link
        elif kind in _SIGNS:
            yield _SIGNS[kind], in_link
        elif kind not in _ASIDE:
            yield from _pieces(child, in_link=in_link or kind == "hyperlink")
