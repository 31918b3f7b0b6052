"""ProQuest: the articles in its exports as text, HTML and e-mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..article import ArticleError
from . import dates, markup
from .columns import Row
from .export_rows import row

RULE = re.compile(r"_{50,}\s*")
# Names of fields, and our columns; what has none here is a field too and is not kept.
_FIELDS = {
    "title": "title", "headline": "title", "author": "author", "publication title": "outlet",
    "publication info": "info", "publication date": "date", "publication year": "year", "section": "section",
    "pages": "page", "abstract": "abstract", "full text": "text", "fulltext": "text", "dateline": "dateline",
    "credit": "credit", "people": "person", "location": "geographic", "subject": "subject",
    "company / organization": "company", "document url": "url", "language of publication": "language",
    "document type": "document_type", "proquest document id": "proquest_id", "identifier / keyword": "keyword",
    "source type": "source_type",
}  # fmt: skip
# Words that open paragraphs of news, too.
_UNSURE = frozenset(
    "title headline author section pages location subject people company credit column edition caption illustration"
    " number source notes summary volume issue publisher subtitle dateline".split()
)
_UNKEPT = frozenset(
    "place of publication|country of publication|publisher|issn|eissn|e-issn|isbn|coden|doi|copyright|last updated"
    "|database|links|business indexing term|publication subject|publication frequency|publication history|source"
    "|document feature|correspondence author|company|volume|issue|number of pages|first page|alternate title|subtitle"
    "|column|edition|classification|caption|illustration|supplement|accession number|documenturl|entry date"
    "|proquest document link|journal title|summary|notes|contact us|terms and conditions"
    "|electronic publication date".split("|")
)
_NAME = re.compile(r"([A-Za-z][A-Za-z /-]{2,30}?)\s*:(?=\s|$)\s*")
_INFO = re.compile(r"([^;\[]+)")
_IN_INFO = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}")
_ADDRESS = re.compile(r"https?://\S+")
_MARKED = re.compile(r"^(?:ABSTRACT|FULL TEXT)\.?\s*$", re.IGNORECASE)


def rows(text: str, name: str) -> list[Row]:
    """The articles of a text export (parted by lines of underscores), one row each."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if RULE.fullmatch(line.strip()):
            parts.append([])
        else:
            parts[-1].append(line)
    found = [_fields(part) for part in parts]
    found = [each for each in found if "text" in each or "proquest_id" in each or "info" in each]
    if not found:
        raise ArticleError(f"{name}: a ProQuest export without articles; export 'Full text' as text or HTML.")
    return [_row(number, each) for number, each in enumerate(found, start=1)]


def html_rows(html: str, name: str) -> list[Row]:
    """The articles of an HTML export or e-mail, one row each."""
    documents: list[list[markup.Block]] = []
    for block in markup.blocks(html):
        if any(mark.startswith("DocID_") for mark in block.marks):
            documents.append([])
        if documents:
            documents[-1].append(block)
    if not documents:
        raise ArticleError(f"{name}: a ProQuest page without articles; export 'Full text' as HTML.")
    return [_row(number, _from_html(blocks)) for number, blocks in enumerate(documents, start=1)]


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """The fields of one article, each with its paragraphs; the first line without a name is the title."""
    found: dict[str, list[str]] = {}
    field = ""
    fresh = True  # whether the line begins a paragraph
    below = _only_fields(lines)
    for place, line in enumerate(lines):
        named = _NAME.match(line)
        known = named[1].lower() if named else ""
        ends = field != "text" or (fresh and (known not in _UNSURE or place >= below))
        if named and (known in _FIELDS or known in _UNKEPT) and ends:
            field = _FIELDS.get(known, f"({known})")
            found.setdefault(field, [])
            line = line[named.end() :]
            fresh = True
        elif field != "text" and _ADDRESS.fullmatch(line.strip()):
            field = "(address)"
            found.setdefault(field, [])
        elif line.strip() and not field:
            field = "title"
            found["title"] = []
        if line.strip() and field:
            if fresh or not found[field]:
                found[field].append(line.strip())
            else:
                found[field][-1] += f" {line.strip()}"
        fresh = not line.strip()
    return found


def _only_fields(lines: Sequence[str]) -> int:
    """The line from which on each paragraph is a field."""
    first = len(lines)
    for place in reversed(range(len(lines))):
        if lines[place].strip() and (not place or not lines[place - 1].strip()):
            named = _NAME.match(lines[place])
            known = named[1].lower() if named else ""
            if known not in _FIELDS and known not in _UNKEPT and not _ADDRESS.fullmatch(lines[place].strip()):
                break
            first = place
    return first


def _from_html(blocks: list[markup.Block]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    field = ""
    for block in blocks:
        body = next((tag for tag in block.within if tag.name == "text"), None)
        if body:
            found.setdefault("text", []).append(block.text)
            counted = body.attributes.get("wordcount", "")
            found["length"] = [f"{counted} words"] if counted else []
            continue
        named = _NAME.match(block.text)
        known = named[1].lower() if named else ""
        strong = any(tag.name in {"strong", "b"} for tag in block.inside)
        if named and strong and (known in _FIELDS or known in _UNKEPT):
            field = _FIELDS.get(known, f"({known})")
            value = block.text[named.end() :].strip()
            found.setdefault(field, []).extend([value] if value else [])
        elif "title" not in found:
            found["title"] = [block.text]
        elif any("newspaperArticle" in tag.classes for tag in block.inside):
            found.setdefault("info", [re.sub(r"^.*?\u2009\s*", "", block.text, flags=re.DOTALL)])
        elif field in {"abstract", "text"}:
            found[field].append(block.text)
    return found


def _row(number: int, found: dict[str, list[str]]) -> Row:
    paragraphs = [each for each in found.pop("text", []) if not _MARKED.match(each)]
    fields = {field: " ".join(texts) for field, texts in found.items() if not field.startswith("(")}
    info = fields.pop("info", "")
    year = fields.pop("year", "")
    outlet = fields.get("outlet") or (_INFO.match(info) or [""])[0]
    fields["outlet"] = outlet.partition(";")[0].strip()
    day = dates.leading(fields.get("date", ""))
    said = _IN_INFO.search(info)
    inside = dates.leading(said[0]) if said else None
    fields["date"] = day.day if day else inside.day if inside else fields.get("date") or year
    if fields.get("abstract", "").startswith("None available"):
        del fields["abstract"]
    note = "" if paragraphs else "the export holds no full text, perhaps an abstract"
    return row(number, paragraphs, fields, note=note)
