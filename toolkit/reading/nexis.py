"""Nexis Uni, Nexis Advance and Lexis+: the articles in their exports as Word and RTF.

What their covers say of the user (name, search terms) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..article import ArticleError
from . import dates
from .columns import Row
from .export_rows import OFF, PAGE, count, row
from .word_file import Paragraph

# Our columns, and the labels that say the same in English, German, French and Dutch.
HEAD = {
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
TAIL = {
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
FIELDS = {
    label.replace("·", " "): field for of in (HEAD, TAIL) for field, labels in of.items() for label in labels.split()
}
LABEL = re.compile(r"\s*([^\W\d_][^\W\d_]*(?:[- ][^\W\d_]+)?)\s?:(?=\s|$)\s*(.*)", re.DOTALL)
END = re.compile(
    r"(?:End of Document|Ende des Dokuments|Fin du document|Einde van(?: het)? document|Fin del documento)"
)
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search (?:Terms|Type)|Narrowed by|Content Type"
    r"|Documents? \(\d)"
)
_HYPHENS = re.compile(r"[-_]{30,}")
_COUNT = re.compile(r"Documents? \((\d+)\)")
COPYRIGHT = re.compile(r"(?:Copyright\b|\(c\)|©)", re.IGNORECASE)
RIGHTS = re.compile(r"(?:All |Alle |Tous )?(?:Rights|Rechte|Rechten|droits) ", re.IGNORECASE)
_BODY_ENDS = frozenset({"Classification", "Graphic", "Notes", "Correction"})
_STARTS = frozenset({"Body", "Text", "Texte", "Tekst", "Cuerpo"})
_MARKS = _BODY_ENDS | _STARTS
TIMES = re.compile(r"\d\d?:\d\d(?::\d\d)?\s*-\s*\d\d?:\d\d")


def rows(paragraphs: Sequence[Paragraph], name: str) -> list[Row]:
    """The articles of an export (`END` stands below each), one row each.

    Raises `ArticleError` for a list of documents without their texts, and where the ends are missing.
    """
    documents = list(_parted(paragraphs))
    told = next((int(said[1]) for each in paragraphs if (said := _COUNT.fullmatch(each.text.strip()))), 0)
    found = [_new(number, document, name) for number, document in enumerate(documents, start=1)]
    if not found:
        raise ArticleError(
            f"{name}: a list of {told or 'the'} documents without their texts; read the documents' own file."
        )
    if told and told != len(found):
        note = f"the cover of {name} names {told} documents, {len(found)} are in it"
        found[0] = found[0]._replace(note="; ".join(filter(None, (found[0].note, note))))
    return found


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
    document = _without_page_heads(document)
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
    body = starts[0] if starts else _last_label(lines, lengths[0]) if lengths else -1
    head = _head([line for line in lines[: body if starts else body + 1] if not line.in_table])
    fields: dict[str, str] = {}
    kept: list[str] = []
    least = (1 - OFF) * count(head.get("length", ""))  # words: with fewer, "Notes" is a crosshead and ends no body
    part = "body"
    below = document[_place(document, body) + 1 :] if body >= 0 else document
    for paragraph in below:
        text = paragraph.text.strip("\xa0 \t\r\n\f")
        field, value = _field(text) if not paragraph.in_table else ("", "")
        ends = text == "Classification" or sum(len(each.split()) for each in kept) >= least
        if text in _BODY_ENDS and (part != "body" or (kept and ends)):
            part = text
        elif (field in {"load_date", "correction_date"} and dates.leading(value)) or (part != "body" and field in TAIL):
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


def _last_label(lines: list[Paragraph], length: int) -> int:
    """The last of the labels that stand together with the count of words, where no line opens the body."""
    last = length
    for place in range(length + 1, len(lines)):
        if _field(lines[place].text)[0] in HEAD:
            last = place
        elif lines[place].text:
            break
    return last


def _without_page_heads(document: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs without "Page 2 of 5" and the title that comes again below it."""
    texts = [each.text.strip("\xa0 \t\r\n\f") for each in document]
    seen: set[str] = set()
    kept: list[Paragraph] = []
    headed = False
    for each, text in zip(document, texts, strict=True):
        if PAGE.fullmatch(text):
            headed = True
            continue
        if not (headed and text in seen):
            kept.append(each)
        headed = headed and not text
        seen.add(text)
    return kept


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
        start = next((k for k in range(start, len(lines)) if not lines[k].text), start)
    below = lines[start:]
    at = next((k for k, line in enumerate(below) if _is_border(line.text)), len(below))
    fields = _title(_last_group([line.text for line in below[:at]], cover=bool(covers) and not marked))
    open_field = ""
    for line in below[at:]:
        field, value = _field(line.text)
        if field:
            open_field = field if field not in fields else ""
            fields.setdefault(field, value)
        elif COPYRIGHT.match(line.text) or RIGHTS.search(line.text) or not line.text:
            open_field = ""
        elif open_field in {"highlight", "author"}:
            fields[open_field] = f"{fields[open_field]} {line.text}".strip()
    return fields


def _is_border(text: str) -> bool:
    return bool(COPYRIGHT.match(text) and re.search(r"\d{4}|©|\(c\)", text)) or _field(text)[0] in HEAD


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
    title = list(dict.fromkeys(lines[: max(1, dated - 1)]))  # some files have it twice
    fields = {
        "date": found.day,
        "outlet": lines[dated - 1] if dated > 1 else "",
        "title": " ".join(title),
    }
    edition = "; ".join(filter(None, (re.sub(r"^\W+", "", found.rest), *lines[dated + 1 :])))
    if edition:
        fields["edition"] = edition
    if TIMES.search(found.rest):
        fields["transcript"] = "of a broadcast"
    return fields


def _field(text: str) -> tuple[str, str]:
    """The column that a line's label stands for, and what it says; ``""`` twice for a line without a known label."""
    found = LABEL.match(text[:40])
    name = FIELDS.get(found[1].upper(), "") if found else ""
    return (name, text[text.index(":") + 1 :].strip("\xa0 \n\t")) if name else ("", "")
