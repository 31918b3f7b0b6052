"""Tables in files of their own kind: Excel workbooks and Parquet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

from ..article import ArticleError
from . import files, packed
from .columns import Row, has_text, unlike


def workbook_rows(raw: bytes, name: str) -> list[Row]:
    """The rows of an Excel workbook: of the sheets that have a column with texts, else of the first."""
    with packed.opened(raw, name) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                packed.no_entities(_beginning(archive, part, name), name)
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise ArticleError(
            f"{name}: Excel files need openpyxl, which is not installed: {files.EXTRA.format('exports')}."
        ) from None
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets = [(sheet.title, list(_sheet(sheet))) for sheet in book.worksheets]
        book.close()
    except (
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        zipfile.BadZipFile,
        ElementTree.ParseError,
    ) as error:
        raise ArticleError(
            f"{name}: the Excel file is damaged ({files.short(error)}); open it and save it again."
        ) from None
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise ArticleError(f"{name}: the table has a header and no rows; add one row an article or remove it.")
    texts = [(title, rows) for title, rows in filled if has_text(map(str, rows[0].record))] or filled[:1]
    if len(texts) == 1:
        return texts[0][1]
    return [row._replace(where=f"{title}:{row.where}") for title, rows in texts for row in rows]


def _beginning(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    try:
        with archive.open(part) as file:
            return file.read(4000)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise ArticleError(f"{name}: the Excel file is damaged or locked; open it and save it again.") from None


def _sheet(sheet: Any) -> Iterator[Row]:
    header: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        values = [_plain(cell) for cell in cells]
        if not header:
            if sum(value != "" for value in values) > 1 or (values and has_text(map(str, values))):
                while values and values[-1] == "":
                    values.pop()
                header = unlike(map(str, values))
        elif any(value != "" for value in values):
            yield Row(str(number), dict(zip(header, values, strict=False)))


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | datetime) else cell


def parquet_rows(raw: bytes, name: str) -> list[Row]:
    """The rows of a Parquet table."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ArticleError(
            f"{name}: Parquet needs pyarrow, which is not installed: {files.EXTRA.format('parquet')}."
        ) from None
    try:
        file = parquet.ParquetFile(pyarrow.BufferReader(raw))
        size = sum(file.metadata.row_group(k).total_byte_size for k in range(file.metadata.num_row_groups))
        if size > packed.MOST:
            raise ArticleError(
                f"{name}: unpacks to {size / 1e6:,.0f} MB (the limit is {packed.MOST / 1e6:,.0f} MB); split it."
            )
        rows = file.read().to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise ArticleError(f"{name}: the Parquet file is damaged ({files.short(error)}); write it again.") from None
    if not rows:
        raise ArticleError(f"{name}: the table has a header and no rows; add one row an article or remove it.")
    return [Row(str(number), row) for number, row in enumerate(rows, start=1)]
