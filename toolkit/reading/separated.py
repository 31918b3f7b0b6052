"""The rows of a table written as text, whatever parts its cells."""

from __future__ import annotations

import csv
import io
import re
from itertools import dropwhile
from typing import Any

from ..article import ArticleError
from ..writing import bare
from .columns import ALSO, NAMES, Row, plain, unlike

MARKS = ",;\t|"
KNOWN = frozenset(plain(name) for of in (*NAMES.values(), *ALSO.values()) for name in of)
# trafilatura's CSV has tabs and no header.
_TRAFILATURA = "url id fingerprint hostname title image date text comments license pagetype".split()
_SAID = re.compile(r'"?sep=(.)"?[,;\t]*\r?\n', re.IGNORECASE)
# How quotation marks inside a quoted cell are written: doubled, the same after a space, or behind a backslash.
_WAYS: tuple[dict[str, Any], ...] = ({}, {"skipinitialspace": True}, {"escapechar": "\\"})


def rows(text: str, name: str) -> list[Row]:
    """The rows of a .csv or .tsv. Comma, semicolon, tab or bar parts its cells: the one that a first line ``sep=;``
    names, else the one that finds the most known columns in the header.

    A row may be short, which is noted, and empty cells behind a row are passed over; raises `ArticleError` for a row
    with more cells than columns, for a quotation mark that is left open and for a table without rows.
    """
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    mark = said[1] if said else max(MARKS, key=lambda mark: _found(text, mark, name))
    faults = []
    for way in _WAYS:
        try:
            cells = _cells(text, mark, name, way)
        except ArticleError as error:
            faults.append(error)
        else:
            return _rows(cells, name)
    raise faults[0]


def _found(text: str, mark: str, name: str) -> tuple[int, bool, int]:
    """How many known columns the header has if this mark parts it, whether the file's ending speaks for the mark, and
    how many columns there are."""
    try:
        reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=mark, skipinitialspace=True)
        header = next((cells for cells in reader if any(cells)), [])
    except csv.Error:
        return 0, False, 0
    known = sum(plain(bare(cell)) in KNOWN for cell in header)
    return known, mark == "\t" and name.lower().endswith(".tsv"), len(header)


def _cells(text: str, mark: str, name: str, way: dict[str, Any]) -> list[list[str]]:
    """All rows, the header's first; every one has as many cells as the header or fewer."""
    limit = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True, **way)
    try:
        rows = [*dropwhile(lambda cells: not any(cells), reader)]
    except csv.Error as error:
        raise ArticleError(
            f"{name}:{reader.line_num}: a quotation mark is open or out of place ({error});"
            " put cells with quotation marks in quotation marks and double those inside."
        ) from None
    finally:
        csv.field_size_limit(limit)
    wide = len(rows[0]) if rows else 0
    for number, line in enumerate(rows, start=1):
        if any(line[wide:]):
            raise ArticleError(
                f"{name}: row {number} has {len(line)} cells for {wide} column{'s' * (wide != 1)};"
                " put cells that hold the separator in quotation marks."
            )
    return rows


def _rows(cells: list[list[str]], name: str) -> list[Row]:
    header, *lines = cells or [[]]
    if len(header) == len(_TRAFILATURA) and header[0].startswith(("http://", "https://")):
        header, lines = _TRAFILATURA, [header, *lines]
    if not any(map(any, lines)):
        raise ArticleError(f"{name}: the table has a header and no rows; add one row an article or remove it.")
    columns = unlike(map(bare, header))
    out = []
    for at, line in enumerate(lines, start=2 - (header is _TRAFILATURA)):
        short = f"the row has {len(line)} cell{'s' * (len(line) != 1)} for {len(header)} columns"
        if any(line):
            note = short if len(line) < len(header) else ""
            out.append(Row(str(at), dict(zip(columns, map(bare, line), strict=False)), note))
    return out
