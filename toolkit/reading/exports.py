"""Which export a file is, told by what stands in it and not by its name, and the articles it holds.

A file with several articles never becomes one: it is split by the reader of its database, or refused in one sentence.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from ..article import ArticleError
from . import europresse, factiva, files, nexis, old_nexis, packed, proquest
from .columns import Row
from .word_file import Paragraph, paragraphs

Reader = Callable[[str, str], list[Row]]

_BEGINNINGS = {
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "ole",
    b"\x1f\x8b": "gzip",
    b"PAR1": "parquet",
    b"{\\rtf": "rtf",
    b"WARC/1": "warc",
}
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z-]*: ?[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.ASCII)
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|div|table|p|meta|article|span)\b", re.IGNORECASE)
_MARKER = re.compile(rf"^(?:{old_nexis.MARKER.pattern})$", re.IGNORECASE | re.MULTILINE)
_MARKER_IN_MARKUP = re.compile(r">\s*(?:FOCUS - )?\d+ (?:of|von|van|de|sur) \d+ DOCUMENTS?\s*<", re.IGNORECASE)
_OLD_NEXIS = (
    re.compile(r"^(?:LENGTH|LÄNGE|LONGUEUR|LENGTE): +\d+", re.MULTILINE),
    re.compile(r"^(?:LOAD-DATE|UPDATE|DATE-CHARGEMENT): +\w", re.MULTILINE),
)
_END = re.compile(rf"^[ \t\xa0]*(?:{nexis.END.pattern})[ \t\xa0\r]*$", re.MULTILINE)
_BODY = re.compile(
    r"^[ \t\xa0]*(?:Body|Text|Texte|Tekst|Cuerpo)[ \t\xa0\r]*$|^[ \t]*(?:Length|Länge|Longueur|Lengte|Longitud):",
    re.MULTILINE,
)
_FACTIVA_END = re.compile(rf"^[ \t\xa0|]*(?:AN[ \t|]+)?(?:{factiva.END.pattern})[ \t|\r]*$", re.MULTILINE)
_FACTIVA_PAGE = re.compile(r"class=[\"'][^\"'>]*\b\w\w(?:Article|Headline)\b|id=[\"']?article-[A-Z0-9]{8,}")
_FACTIVA_SIGN = re.compile(rf"\w\warticleParagraph|<title>\s*Factiva|>\s*(?:{factiva.END.pattern})\s*<", re.IGNORECASE)
_RULE = re.compile(rf"^{proquest.RULE.pattern}$", re.MULTILINE)
_PROQUEST = re.compile(r"^(?:ProQuest document ID|Publication info|Publication title|Document URL):", re.MULTILINE)
# Lines that stand once in an article of a database, and what to say of a file that has more of them than one.
_ONCE = (
    re.compile(
        r"^\s*(?:LENGTH|Length|LÄNGE|Länge|LONGUEUR|Longueur|LENGTE|Lengte|Longitud):\s*\d[\d.,]*\s+[wWm]", re.MULTILINE
    ),
    re.compile(r"^\s*(?:LOAD-DATE|Load-Date):", re.MULTILINE),
    re.compile(r"^\s*(?:ProQuest document ID|Document URL):", re.MULTILINE),
    re.compile(r"^\s*(?:Record Number|OpenURL Link):", re.MULTILINE),
    re.compile(r"^\s*(?:Document|Dokument) [A-Za-z0-9]{15,}\s*$", re.MULTILINE),
    re.compile(r"^\s*End of Document\s*$", re.MULTILINE),
    re.compile(r"^TY  - ", re.MULTILINE),
)
_FIELD_CODE = re.compile(r"\{\\\*\\fldinst(?:[^{}]|\{[^{}]*\})*\}")  # the address behind a link, not its words


def kind(raw: bytes) -> str:
    """What a file is by its first bytes: docx, xlsx, zip, gzip, parquet, rtf, warc, mail, pdf, ole; ``""`` for text."""
    if raw.startswith(b"PK\x03\x04"):
        try:
            names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return "zip"
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else "zip"
    head = raw[:3].replace(b"\xef\xbb\xbf", b"") + raw[3:4000]
    known = next((name for start, name in _BEGINNINGS.items() if head.lstrip().startswith(start)), "")
    if known:
        return known
    headers = _MAIL.match(head.replace(b"\r\n", b"\n"))
    return "mail" if headers and re.search(rb"^MIME-Version:", headers[0], re.MULTILINE | re.IGNORECASE) else ""


def reader_of(text: str) -> Reader | None:
    """The reader of the database from whose export a text or page comes; None where nothing tells of one."""
    if _MARKUP.search(text[:20_000]):
        return _page_reader(text)
    if _MARKER.search(text) or all(len(each.findall(text)) == 1 for each in _OLD_NEXIS):
        return old_nexis.text_rows
    if _END.search(text) and _BODY.search(text):
        return new_nexis
    if _FACTIVA_END.search(text):
        return factiva_lines
    if _RULE.search(text) and _PROQUEST.search(text):
        return proquest.rows
    return None


def _page_reader(html: str) -> Reader | None:
    if "<DOC NUMBER=" in html or _MARKER_IN_MARKUP.search(html):
        return old_nexis.html_rows
    if _FACTIVA_PAGE.search(html) and _FACTIVA_SIGN.search(html):
        return factiva.html_rows
    if "DocID_" in html and "ProQuest" in html:
        return proquest.html_rows
    if "docOcurrContainer" in html or "DocPublicationName" in html:
        return europresse.html_rows
    return None


def new_nexis(text: str, name: str) -> list[Row]:
    """The articles of a new Nexis export that came as text."""
    return nexis.rows([Paragraph(line) for line in text.split("\n")], name)


def factiva_lines(text: str, name: str) -> list[Row]:
    """The articles of a Factiva export that came as text."""
    return factiva.rows(text.split("\n"), name)


def guard(text: str, name: str) -> None:
    """Raises `ArticleError` for a page in which the signs of several articles stand, though no reader knows it."""
    most = max(len(each.findall(text)) for each in _ONCE)
    if most > 1:
        raise ArticleError(
            f"{name}: about {most} articles stand in this file, in a form that is not known; export them as Word"
            " (.docx) or HTML, or save one article a file."
        )


def word_rows(raw: bytes, name: str) -> list[Row]:
    """The articles of a Word file: those of an export, else one with all its paragraphs."""
    found = paragraphs(raw, name)
    lines = "\n".join(each.text for each in found)
    if (_END.search(lines) and _BODY.search(lines)) or re.search(r"^Documents \(\d+\)", lines, re.MULTILINE):
        return nexis.rows(found, name)
    return _one_or_many(lines, "\n\n".join(filter(None, (each.text.strip() for each in found))), name)


def rich_rows(raw: bytes, name: str) -> list[Row]:
    """The articles of an RTF file: those of an export, else one with all its paragraphs."""
    try:
        from striprtf import striprtf
    except ImportError:
        extra = files.EXTRA.format("exports")
        raise ArticleError(f"{name}: RTF needs striprtf, which is not installed: {extra}.") from None
    try:
        read: Any = striprtf.rtf_to_text
        text = str(read(_FIELD_CODE.sub("", raw.decode("latin-1")), errors="replace"))
    except (ValueError, LookupError, IndexError, RecursionError, OverflowError) as error:
        raise ArticleError(
            f"{name}: the RTF file is damaged ({files.short(error)}); save it as Word (.docx)."
        ) from None
    text = text.replace("\f", "\n").replace("\r", "\n")
    return _one_or_many(text, "\n\n".join(filter(None, map(str.strip, text.split("\n")))), name)


def _one_or_many(lines: str, whole: str, name: str) -> list[Row]:
    if reader := reader_of(lines):
        return reader(lines, name)
    guard(lines, name)
    if not whole:
        raise ArticleError(f"{name}: no words in it; give it the article's text or remove it.")
    return [Row("", {"text": whole})]


def xml_rows(text: str, name: str) -> list[Row]:
    """The articles in XML as trafilatura writes it (``<doc title=…><main><p>``) and as Factiva did (``<article>``)."""
    packed.no_entities(text[:100_000].encode(), name)
    try:
        root = ElementTree.fromstring(text.encode())
    except (ElementTree.ParseError, RecursionError) as error:
        raise ArticleError(f"{name}: not XML ({error}); mend it or remove it.") from None
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else ""
    if root.tag in {"rss", "feed", "RDF"}:
        raise ArticleError(
            f"{name}: a news feed holds links and teasers, no articles; save the pages behind the links and read those."
        )
    found = [_doc(each) for each in root.iter("doc") if each.find("main") is not None]
    found += [_tei(each) for each in root.iter("TEI")]
    found += [_factiva_xml(each) for each in root.iter("article") if each.find("headline") is not None]
    if not found:
        raise ArticleError(
            f"{name}: XML of a kind that is not known; export the articles as Word (.docx), HTML or a table."
        )
    return [Row(str(number) if len(found) > 1 else "", record) for number, record in enumerate(found, start=1)]


def _doc(element: ElementTree.Element) -> dict[str, str]:
    main = element.find("main")
    blocks = main.iter() if main is not None else ()
    texts = [
        " ".join("".join(each.itertext()).split()) for each in blocks if each.tag in {"p", "head", "quote", "item"}
    ]
    known = {"sitename": "outlet", "title": "title", "author": "author", "date": "date", "url": "url", "source": "url"}
    fields = {known[name]: value for name, value in element.attrib.items() if name in known}
    return {**fields, "text": "\n\n".join(filter(None, texts))}


def _tei(element: ElementTree.Element) -> dict[str, str]:
    first = {
        "title": "teiHeader//titleStmt/title", "author": "teiHeader//titleStmt/author",
        "date": "teiHeader//biblFull/publicationStmt/date", "outlet": "teiHeader//publisher", "url": "teiHeader//ptr",
    }  # fmt: skip
    found = {name: element.find(path) for name, path in first.items()}
    fields = {name: "".join(each.itertext()).strip() for name, each in found.items() if each is not None}
    fields["outlet"] = re.sub(r"\s*\(.*\)$", "", fields.get("outlet", ""))
    url = found["url"]
    fields["url"] = url.get("target") or "" if url is not None else ""
    body = [" ".join("".join(each.itertext()).split()) for each in element.iterfind("text//p")]
    return {**fields, "text": "\n\n".join(filter(None, body))}


def _factiva_xml(element: ElementTree.Element) -> dict[str, str]:
    def words(path: str) -> list[str]:
        return [" ".join("".join(each.itertext()).split()) for each in element.iterfind(path)]

    texts = words("leadParagraph//paragraph") + words("tailParagraphs//paragraph")
    first = {
        "title": "headline",
        "outlet": "sourceName",
        "date": "publicationDate/date",
        "author": "byline",
        "section": "sectionName",
    }
    return {**{name: " ".join(words(path)[:1]) for name, path in first.items()}, "text": "\n\n".join(texts)}


REFUSED = {"pdf": files.PDF, "ole": files.OLD_OFFICE}
