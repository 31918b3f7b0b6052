"""Old Nexis (LexisNexis Academic, Nexis.com, to about 2019): the articles in its exports as text and HTML.

What their covers say of the user (name, address, search terms) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..article import ArticleError
from . import dates, markup
from .columns import Row
from .export_rows import row
from .nexis import COPYRIGHT, FIELDS, HEAD, LABEL, RIGHTS, TIMES

_SURE = frozenset("load_date language publication_type graphic correction_date journal_code document_type".split())
_BODY = frozenset({"BODY", "TEXT", "TEXTE", "TEKST"})
MARKER = re.compile(
    r"[ \t\f]*(?:FOCUS - )?(?:\d+ (?:of|von|van|sur|de) \d+ DOCUMENT(?:E?N|S|OS)?|(?:Dokument|Document|Documento)"
    r" \d+ (?:von|van|of|de|sur) \d+)[ \t]*",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\s{8,}Page \d+(?: of \d+)?\s*|\s*Page \d+ of \d+\s*")
_WORDS = re.compile(r"\d[\d.,]* (?:words|Wörter|Woerter|mots|woorden)")
_NOTICE = re.compile(r"sole responsibility|republished|without the (?:express )?(?:prior )?written", re.IGNORECASE)
_WRAPPED = 60  # characters: the hard line ends of old exports stand at 78 to 80


class Group(NamedTuple):
    """Lines that stand together, and whether they are centred."""

    lines: list[str]
    centred: bool = False

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


def text_rows(text: str, name: str) -> list[Row]:
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
        if _is_page_head(group, fields.get("title", "")):
            continue
        field, value = _old_field(group.text)
        if field == "url" and value.startswith("http"):
            fields.setdefault("url", value.split()[0])
        elif not tail and kept and group.centred and COPYRIGHT.match(group.text.strip()):
            tail = "end"
        elif field and field != "body" and (tail or _is_tail(groups[place:])):
            for tail, words in _each(group):
                fields[tail] = fields.get(tail) or words
        elif not tail:
            kept.append(_unwrapped(group.lines, width) if wrapped else "\n".join(group.lines))
        elif COPYRIGHT.match(group.text.strip()) or group.centred:
            tail = "end"
        elif tail != "end" and (tail == "graphic" or not fields[tail]):
            fields[tail] = "\n".join(filter(None, (fields[tail], group.text)))
    return kept, fields


def _is_page_head(group: Group, title: str) -> bool:
    """Whether this is "Page 2", alone or above the title that comes again."""
    first, *below = group.lines
    again = " ".join(" ".join(below).split())
    return bool(_PAGE.fullmatch(first)) and (not again or again.startswith(title[:30]))


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
        notice = bool(COPYRIGHT.match(text) or RIGHTS.match(text) or _NOTICE.search(text))
        dated = "date" not in fields and "outlet" in fields and any(map(dates.leading, group.lines))
        if _old_field(group.text)[0] or not (group.centred or notice or dated or at == 0):
            break
        lines = [line.strip() for line in group.lines]
        if notice:  # what stands below the words "All Rights Reserved" is none
            rights = [k for k, line in enumerate(lines) if RIGHTS.search(f"{line} ")]
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
        if TIMES.search(day.rest):
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
        below = any(_old_field(line)[0] in HEAD for line in groups[at].lines[1:])  # the title and labels in one group
        if _WORDS.fullmatch(groups[at].text.strip()):
            fields.setdefault("length", groups[at].text.strip())
        elif field not in HEAD and not (below and at == first):
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
    found = LABEL.match(text[:40])
    if not found or not found[1].isupper():
        return "", ""
    name = "body" if found[1] in _BODY else FIELDS.get(found[1], "")
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
