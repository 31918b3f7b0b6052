"""Nexis: the articles in its exports, new (Nexis Uni, Lexis+: Word and RTF) and old (LexisNexis: text and HTML).

What its covers say of the user (name, search terms, address) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..article import ArticleError
from . import dates, markup
from .columns import Row
from .export_rows import row
from .word_file import Paragraph

# Our columns, and the labels that say the same in English, German, French and Dutch.
_HEAD = {
    "section": "SECTION RUBRIK RUBRIQUE RUBRIEK SECCIÓN",
    "length": "LENGTH LÄNGE LONGUEUR LENGTE LONGITUD",
    "author": "BYLINE AUTOR AUTEUR SIGNATURE AUTHOR",
    "dateline": "DATELINE ORTSZEILE ORT PLAATS",
    "highlight": "HIGHLIGHT CHAPEAU ENCART INSERT",
    "title": "HEADLINE TITRE KOP TITEL",
    "series": "SERIES SERIE SÉRIE",
    "guests": "GUESTS",
    "anchors": "ANCHORS ANCHOR HOST",
    "service": "SERVICE",
    "url": "URL",
}
_TAIL = {
    "load_date": "LOAD-DATE UPDATE DATE-CHARGEMENT LAADDATUM",
    "language": "LANGUAGE SPRACHE LANGUE TAAL IDIOMA",
    "publication_type": "PUBLICATION-TYPE PUB-TYPE TYPE-PUBLICATION PUBLIKATIONSTYP PUBLICATIETYPE",
    "graphic": "GRAPHIC GRAPHIQUE GRAFIK",
    "correction_date": "CORRECTION-DATE",
    "correction": "CORRECTION",
    "subject": "SUBJECT SUJET",
    "company": "COMPANY SOCIETE SOCIÉTÉ",
    "organization": "ORGANIZATION ORGANISATION",
    "person": "PERSON",
    "industry": "INDUSTRY",
    "geographic": "GEOGRAPHIC",
    "ticker": "TICKER",
    "journal_code": "JOURNAL-CODE JOURNAL·CODE ZEITUNGS-CODE CODE-REVUE",
    "distribution": "DISTRIBUTION",
    "document_type": "DOCUMENT-TYPE",
    "category": "CATEGORY NOTES",
    "acc_no": "ACC-NO",
}
_SURE = frozenset("load_date language publication_type graphic correction_date journal_code document_type".split())
_BODY = frozenset({"BODY", "TEXT", "TEXTE", "TEKST"})
_FIELDS = {
    label.replace("·", " "): field for of in (_HEAD, _TAIL) for field, labels in of.items() for label in labels.split()
}
_LABEL = re.compile(r"\s*([^\W\d_][^\W\d_]*(?:[- ][^\W\d_]+)?)\s?:(?=\s|$)\s*(.*)", re.DOTALL)

MARKER = re.compile(
    r"[ \t\f]*(?:FOCUS - )?(?:\d+ (?:of|von|van|sur|de) \d+ DOCUMENT(?:E?N|S|OS)?|(?:Dokument|Document|Documento)"
    r" \d+ (?:von|van|of|de|sur) \d+)[ \t]*",
    re.IGNORECASE,
)
END = re.compile(
    r"(?:End of Document|Ende des Dokuments|Fin du document|Einde van(?: het)? document|Fin del documento)"
)
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search (?:Terms|Type)|Narrowed by|Content Type"
    r"|Documents? \(\d)"
)
_WORDS = re.compile(r"\d[\d.,]* (?:words|Wörter|Woerter|mots|woorden)")
_HYPHENS = re.compile(r"[-_]{30,}")
_COUNT = re.compile(r"Documents? \((\d+)\)")
_COPYRIGHT = re.compile(r"(?:Copyright\b|\(c\)|©)", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:All |Alle |Tous )?(?:Rights|Rechte|Rechten|droits) ", re.IGNORECASE)
_BODY_ENDS = frozenset({"Classification", "Graphic", "Notes", "Correction"})
_STARTS = frozenset({"Body", "Text", "Texte", "Tekst"})
_MARKS = _BODY_ENDS | _STARTS
_NOTICE = re.compile(r"sole responsibility|republished|without the (?:express )?(?:prior )?written", re.IGNORECASE)
_TIMES = re.compile(r"\d\d?:\d\d(?::\d\d)?\s*-\s*\d\d?:\d\d")
_WRAPPED = 60  # characters: the hard line ends of old exports stand at 78 to 80


def new_rows(paragraphs: Sequence[Paragraph], name: str) -> list[Row]:
    """The articles of a new export (`END` stands below each), one row each.

    Raises `ArticleError` for a list of documents without their texts, and where the ends are missing.
    """
    documents = list(_parted(paragraphs))
    told = next((int(found[1]) for each in paragraphs if (found := _COUNT.fullmatch(each.text.strip()))), 0)
    rows = [_new(number, document, name) for number, document in enumerate(documents, start=1)]
    if not rows:
        raise ArticleError(
            f"{name}: a list of {told or 'the'} documents without their texts; read the documents' own file."
        )
    if told and told != len(rows):
        note = f"the cover of {name} names {told} documents, {len(rows)} are in it"
        rows[0] = rows[0]._replace(note="; ".join(filter(None, (rows[0].note, note))))
    return rows


def _parted(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    document: list[Paragraph] = []
    for each in _apart(paragraphs):
        if END.fullmatch(each.text.strip()):
            yield document
            document = []
        else:
            document.append(each)
    if any(each.text.strip() in _STARTS for each in document):  # a file that was cut off
        yield document


def _apart(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs; one whose lines are labels and markers as well as text is parted into its lines."""
    for each in paragraphs:
        lines = [line.strip("\xa0 \t\r\f") for line in each.text.split("\n")] if "\n" in each.text else []
        if any(line in _MARKS or END.fullmatch(line) or _field(line)[0] in {"length", "load_date"} for line in lines):
            yield from (Paragraph(line, each.marks if place == 0 else ()) for place, line in enumerate(lines))
        else:
            yield each


def _new(number: int, document: list[Paragraph], name: str) -> Row:
    lines = [
        Paragraph(line.strip("\xa0 \t\r\f"), each.marks, each.in_table)
        for each in document
        for line in (each.text.split("\n") if not each.in_table else [each.text])
    ]
    starts = [k for k, line in enumerate(lines) if line.text in _STARTS]
    lengths = [k for k, line in enumerate(lines) if _field(line.text)[0] == "length"]
    if len(lengths) > 1 and len(starts) > 1:
        raise ArticleError(
            f"{name}: {len(starts)} articles run into one (no line 'End of Document' parts them); export with the"
            " database's pages set to English."
        )
    body = starts[0] if starts else (lengths[0] if lengths else -1)
    head = _head([line for line in lines[: body if starts else body + 1] if not line.in_table])
    fields: dict[str, str] = {}
    kept: list[str] = []
    part = "body"
    below = document[_place(document, body) + 1 :] if body >= 0 else document
    for paragraph in below:
        text = paragraph.text.strip("\xa0 \t\r\n\f")
        field, value = _field(text) if not paragraph.in_table else ("", "")
        if text in _BODY_ENDS and (part != "body" or kept):
            part = text
        elif (field in {"load_date", "correction_date"} and dates.leading(value)) or (
            part != "body" and field in _TAIL
        ):
            fields.setdefault(field, value)
            part = "tail" if part == "body" else part
        elif part == "body":
            kept.append(text)
        elif part == "Graphic" and text:
            fields["graphic"] = "\n".join(filter(None, (fields.get("graphic"), text)))
        elif part in {"Correction", "Notes"} and text:
            fields["correction"] = "\n".join(filter(None, (fields.get("correction"), text)))
    notes = ["" if starts else "no line 'Body' in the export"]
    return row(number, kept, {**fields, **head}, note="; ".join(filter(None, notes)))


def _place(document: list[Paragraph], line: int) -> int:
    """The paragraph in which a line stands."""
    seen = 0
    for place, each in enumerate(document):
        seen += 1 if each.in_table else each.text.count("\n") + 1
        if seen > line:
            return place
    return len(document)


def _head(lines: list[Paragraph]) -> dict[str, str]:
    """What stands above the body: title, outlet, date and edition, then a notice of copyright and labels."""
    marked = [k for k, line in enumerate(lines) if any(mark.startswith("Bookmark_") for mark in line.marks)]
    covers = [k + 1 for k, line in enumerate(lines) if _COVER.match(line.text) or _HYPHENS.fullmatch(line.text)]
    start = max([0, *marked[-1:], *covers[-1:]])
    if covers and not (marked and marked[-1] >= covers[-1]):  # the rest of a cover: "News", "1. HEADLINE"
        start = _after_blank(lines, start)
    below = lines[start:]
    at = next((k for k, line in enumerate(below) if _is_border(line.text)), len(below))
    fields = _title(_last_group([line.text for line in below[:at]], cover=bool(covers) and not marked))
    open_field = ""
    for line in below[at:]:
        field, value = _field(line.text)
        if field:
            open_field = field if field not in fields else ""
            fields.setdefault(field, value)
        elif _COPYRIGHT.match(line.text) or _RIGHTS.search(line.text) or not line.text:
            open_field = ""
        elif open_field in {"highlight", "author"}:
            fields[open_field] = f"{fields[open_field]} {line.text}".strip()
    return fields


def _is_border(text: str) -> bool:
    return bool(_COPYRIGHT.match(text) and re.search(r"\d{4}|©|\(c\)", text)) or _field(text)[0] in _HEAD


def _after_blank(lines: list[Paragraph], start: int) -> int:
    return next((k for k in range(start, len(lines)) if not lines[k].text), start)


def _last_group(texts: list[str], *, cover: bool) -> list[str]:
    """The lines of the head; below a cover only those that stand together at its end."""
    kept = [text.strip() for text in texts]
    while kept and not kept[-1]:
        kept.pop()
    if cover and "" in kept:
        dated = next((k for k in range(len(kept) - 1, -1, -1) if dates.leading(kept[k])), len(kept) - 1)
        above = [k for k in range(dated) if not kept[k]]
        kept = kept[above[-1] + 1 :] if above else kept
    return [text for text in kept if text]


def _title(lines: list[str]) -> dict[str, str]:
    dated = next((k for k in range(len(lines) - 1, 0, -1) if dates.leading(lines[k])), 0)
    if not dated:
        return {"title": lines[0], "outlet": lines[1] if len(lines) > 1 else ""} if lines else {}
    found = dates.leading(lines[dated])
    assert found is not None
    fields = {
        "date": found.day,
        "outlet": lines[dated - 1] if dated > 1 else "",
        "title": " ".join(lines[: max(1, dated - 1)]),
    }
    edition = "; ".join(filter(None, (re.sub(r"^\W+", "", found.rest), *lines[dated + 1 :])))
    if edition:
        fields["edition"] = edition
    if _TIMES.search(found.rest):
        fields["transcript"] = "of a broadcast"
    return fields


def _field(text: str) -> tuple[str, str]:
    """The column that a line's label stands for, and what it says; ``""`` twice for a line without a known label."""
    found = _LABEL.match(text[:40])
    name = _FIELDS.get(found[1].upper(), "") if found else ""
    return (name, text[text.index(":") + 1 :].strip("\xa0 \n\t")) if name else ("", "")


# Old exports


class Group(NamedTuple):
    """Lines that stand together, and whether they are centred."""

    lines: list[str]
    centred: bool = False

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


def old_rows(text: str, name: str) -> list[Row]:
    """The articles of an old export as text (`MARKER` stands above each, or there is one), one row each."""
    return _old(_groups(text), name, wrapped=True, single=True)


def html_rows(html: str, name: str) -> list[Row]:
    """The articles of an old export as HTML, one row each."""
    centred = {
        found[1] for found in re.finditer(r"\.(c\d+)\s*\{[^}]*text-align:\s*center", html[:100_000], re.IGNORECASE)
    }
    groups = []
    for block in markup.blocks(html):
        if any("<DOC NUMBER" in mark.upper() for mark in block.marks):
            groups.append(Group(["1 of 1 DOCUMENTS"], centred=True))
            if MARKER.fullmatch(block.text):
                continue
        middle = any(not centred.isdisjoint(tag.classes) for tag in block.within) or any(
            tag.name == "center" or tag.attributes.get("align", "").lower() == "center" for tag in block.within
        )
        groups.append(Group([line for line in block.text.split("\n") if line], middle))
    return _old(groups, name, wrapped=False)


def _groups(text: str) -> list[Group]:
    groups: list[Group] = []
    lines: list[str] = []
    for line in [*text.replace("\f", "\n").splitlines(), ""]:
        marker = MARKER.fullmatch(line)
        if line.strip() and not marker:
            lines.append(line.rstrip())
            continue
        if lines:
            middle = all(line.startswith("   ") for line in lines) and any(line.startswith(" " * 8) for line in lines)
            groups.append(Group(lines, middle))
        lines = []
        if marker:
            groups.append(Group([line.strip()], centred=True))
    return groups


def _old(groups: list[Group], name: str, *, wrapped: bool, single: bool = False) -> list[Row]:
    starts = [k for k, group in enumerate(groups) if len(group.lines) == 1 and MARKER.fullmatch(group.lines[0])]
    if not starts and single:
        starts = [-1]
    ends = [*starts[1:], len(groups)]
    found = [_document(groups[a + 1 : b], wrapped=wrapped) for a, b in zip(starts, ends, strict=True)]
    if not found:
        raise ArticleError(f"{name}: no line such as '1 of 25 DOCUMENTS' in it; export it again as text or Word.")
    return [row(number, paragraphs, fields) for number, (paragraphs, fields) in enumerate(found, start=1)]


def _document(groups: list[Group], *, wrapped: bool) -> tuple[list[str], dict[str, str]]:
    fields: dict[str, str] = {}
    at = _centred(groups, 0, fields)
    if at < len(groups) and not groups[at].centred and not _old_field(groups[at].text)[0]:
        lines = [line.strip() for line in groups[at].lines if not _old_field(line)[0]]
        fields["title"] = " ".join(lines)
        at += len(lines) == len(groups[at].lines)
        if "date" not in fields:  # in some older files it stands below the title
            at = _centred(groups, at, fields)
    at = _labels(groups, at, fields)
    width = max((len(line) for group in groups for line in group.lines), default=80)
    kept: list[str] = []
    tail = ""
    for place, group in enumerate(groups[at:], start=at):
        field, value = _old_field(group.text)
        if field == "url" and value.startswith("http"):
            fields.setdefault("url", value.split()[0])
        elif not tail and kept and group.centred and _COPYRIGHT.match(group.text.strip()):
            tail = "end"
        elif field and field != "body" and (tail or _is_tail(groups[place:])):
            for tail, words in _each(group):
                fields[tail] = fields.get(tail) or words
        elif not tail:
            kept.append(_unwrapped(group.lines, width) if wrapped else "\n".join(group.lines))
        elif _COPYRIGHT.match(group.text.strip()) or group.centred:
            tail = "end"
        elif tail != "end" and (tail == "graphic" or not fields[tail]):
            fields[tail] = "\n".join(filter(None, (fields[tail], group.text)))
    return kept, fields


def _is_tail(groups: list[Group]) -> bool:
    """Whether the labels below a body begin here: one that stands in no text, or others that lead to it."""
    for group in groups:
        field, value = _old_field(group.text)
        if group.centred or field in _SURE:
            return field != "load_date" or bool(dates.leading(value))
        if not field:
            return False
    return True


def _centred(groups: list[Group], at: int, fields: dict[str, str]) -> int:
    """Reads the centred lines: notices of rights, outlet, date, edition; gives the place of the group below them."""
    while at < len(groups):
        group = groups[at]
        text = group.text.strip()
        notice = bool(_COPYRIGHT.match(text) or _RIGHTS.match(text) or _NOTICE.search(text))
        dated = "date" not in fields and "outlet" in fields and any(map(dates.leading, group.lines))
        if _old_field(group.text)[0] or not (group.centred or notice or dated or at == 0):
            break
        lines = [line.strip() for line in group.lines]
        if notice:  # what stands below the words "All Rights Reserved" is none
            rights = [k for k, line in enumerate(lines) if _RIGHTS.search(f"{line} ")]
            lines = lines[rights[-1] + 1 :] if rights else []
        for line in lines:
            _read_centred(line, fields)
        at += 1
    return at


def _read_centred(line: str, fields: dict[str, str]) -> None:
    day = dates.leading(line)
    if day and "date" not in fields:
        fields["date"] = day.day
        fields["edition"] = day.rest
        if _TIMES.search(day.rest):
            fields["transcript"] = "of a broadcast"
    elif day:
        pass  # the same day in another language
    elif "outlet" not in fields:
        fields["outlet"] = line
    elif "date" not in fields and line.startswith("("):
        fields["outlet"] += f" {line}"
    else:
        fields["edition"] = "; ".join(filter(None, (fields.get("edition"), line)))


def _labels(groups: list[Group], at: int, fields: dict[str, str]) -> int:
    """Reads the labels above the body; gives the place of the body's first group."""
    first = at
    while at < len(groups):
        field, value = _old_field(groups[at].text)
        if field == "body":
            if value:
                groups[at] = Group([value])
                return at
            return at + 1
        below = any(_old_field(line)[0] in _HEAD for line in groups[at].lines[1:])  # the title and labels in one group
        if _WORDS.fullmatch(groups[at].text.strip()):
            fields.setdefault("length", groups[at].text.strip())
        elif field not in _HEAD and not (below and at == first):
            return at
        for name, text in _each(groups[at]):
            fields.setdefault(name, text)
        at += 1
    return at


def _each(group: Group) -> Iterator[tuple[str, str]]:
    """The labels in a group, each with the lines down to the next."""
    name, words = "", ""
    for line in group.lines:
        field, value = _old_field(line)
        if field:
            if name:
                yield name, words
            name, words = field, value
        elif name:
            words = f"{words} {line.strip()}".strip()
    if name:
        yield name, words


def _old_field(text: str) -> tuple[str, str]:
    """As `_field`, for labels in capitals."""
    found = _LABEL.match(text[:40])
    if not found or not found[1].isupper():
        return "", ""
    name = "body" if found[1] in _BODY else _FIELDS.get(found[1], "")
    return (name, text[text.index(":") + 1 :].strip("\xa0 ")) if name else ("", "")


def _unwrapped(lines: list[str], width: int) -> str:
    """A paragraph whose lines were broken at a width; a line that was broken before it was full stays one."""
    width = min(width, 80)
    words = lines[0].strip()
    for above, line in pairwise(lines):
        first = line.split(maxsplit=1)[0]
        full = len(above) + 1 + len(first) > min(width, 78) - 1 or len(above) > _WRAPPED
        table = "   " in above.strip() and "   " in line.strip()
        words += (" " if full and not table and not line.startswith("  ") else "\n") + line.strip()
    return words
