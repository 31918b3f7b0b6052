"""Files and tables in, articles out; the text of each is kept character for character."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import files, webpage
from .article import Article, ArticleError
from .files import Skipped, SkippedWarning
from .progress import bar
from .writing import bare

if TYPE_CHECKING:
    import pandas as pd

# Article field -> the names a file may give it, in upper or lower case; the first is the column that `frame` writes.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id"),
    "outlet": ("outlet", "publisher", "media_name", "source.name", "publisher.name"),
    "title": ("title", "headline"),
    "published": ("date", "published", "publish_date", "publishedAt", "datePublished", "date_publish"),
    "url": ("url", "link"),
    "author": ("author", "authors", "byline", "author.name"),
    "section": ("section",),
    "language": ("language", "lang"),
    "story": ("story_id", "story"),
    "origin": ("source_file",),
    "note": ("note",),
    "text": ("text", "body", "content", "articleBody", "maintext"),
}
TEXT_NAMES = frozenset(name.lower() for name in NAMES["text"])

_PAGE, _TABLE = 20_000_000, 1_000_000_000  # bytes: no article is as long; a table takes ten times its size in memory
CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")
HALF_PAIRS = re.compile("[\ud800-\udfff]")  # no characters: no file can hold them, so one sign takes the place of each

Record = Mapping[str, object]
Row = tuple[str, Record]  # where it stands in its file ("" when the file is one article), and what stands there


def read(paths: str | Path | Iterable[str | Path], *, progress: bool | None = None) -> list[Article]:
    """The articles in files, folders and patterns such as ``"data/*.txt"``.

    Kinds: .txt .text .md (one page each, with or without ``Outlet: …`` lines above a blank line), .html .htm (the
    paragraphs), .csv .tsv, .json, .jsonl .ndjson. A folder is read with the folders in it, linked ones too, sorted by
    name, without README files, hidden files and folders named ``gold``. Column names: `NAMES`.

    What is found and cannot be read (dead links, pipes, other kinds, empty or broken files, what may not be opened,
    pages from 20 MB and tables from 1 GB on) is skipped: one `files.SkippedWarning` says what and why, and has it as
    ``skipped``; `sift` gives it without a warning. ``progress``: see `progress.bar`.

    Ids are the file's own, or the file's name without ending (tables: and the row), with ``-2``, ``-3`` where one
    comes again. Row 1 of a table is its header. A row without text gives an article with an empty text.

    Raises `ArticleError` for a path that is not there, and where none of the files can be read.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "ferry.txt").write_text("Outlet: The Gazette\\n\\nFerry fares rise\\n", encoding="utf-8")
    >>> read(folder)
    [Article(text='Ferry fares rise\\n', id='ferry', outlet='The Gazette', ..., origin='ferry.txt:3', note='')]
    """
    found, skipped = sift(paths, progress=progress)
    if skipped:
        warnings.warn(SkippedWarning(skipped), stacklevel=2)
    return found


def sift(
    paths: str | Path | Iterable[str | Path], *, progress: bool | None = None
) -> tuple[list[Article], list[Skipped]]:
    """The articles as `read` gives them, and beside them, without a warning, each file that was skipped and why.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "ferry.txt").write_text("Ferry fares rise.", encoding="utf-8")
    >>> _ = (folder / "port.txt").write_text("", encoding="utf-8")
    >>> found, skipped = sift(folder)
    >>> [article.id for article in found], [each.why for each in skipped]
    (['ferry'], ["the file is empty; give it the article's text or remove it."])
    """
    wanted = [paths] if isinstance(paths, str | Path) else list(paths)
    kept: dict[str, list[Article]] = {}
    skipped: dict[str, Skipped] = {}
    nothing = ""
    for given in wanted:
        found = files.find(given, READERS)
        nothing = nothing or found.nothing
        skipped |= {each.path: each for each in found.skipped}
        if not found.files and not found.skipped:
            skipped[str(given)] = Skipped(str(given), found.nothing.partition(": ")[2])
        for path, name in bar(found.files, "reading", progress=progress):
            real = os.path.realpath(path)
            try:
                kept[real] = kept.get(real) or list(_file(path, name))
            except ArticleError as error:
                if wanted == [given] and not found.nothing:
                    raise
                row, _, why = str(error).removeprefix(name).partition(": ")
                skipped[str(path)] = Skipped(f"{path}{row}", why)
    if wanted and not kept:
        raise ArticleError(_none(skipped.values(), nothing))
    return _with_unique_ids(article for each in kept.values() for article in each), list(skipped.values())


def _none(skipped: Iterable[Skipped], nothing: str) -> str:
    """Why nothing could be read: what is wrong with the first file of a kind that is read, or that there is none."""
    faults = [each for each in skipped if not each.why.startswith((files.OTHER_KIND, "no articles"))]
    if not faults:
        return nothing
    more = f" (and {len(faults) - 1} more cannot be read)" if len(faults) > 1 else ""
    return f"{faults[0].path}{more}: {faults[0].why}"


def articles(frame: pd.DataFrame) -> list[Article]:
    """The articles in a table, one a row, under the column names of `NAMES`; missing values become ``""``.

    Ids that the table does not give are ``row:`` and the row's index. Raises `ArticleError` without a text column.

    >>> import pandas as pd
    >>> articles(pd.DataFrame({"Publisher": ["The Gazette"], "body": ["Ferry fares rise."]}))[0].outlet
    'The Gazette'
    """
    filled = frame.astype(object).where(frame.notna(), None)
    columns = [str(column) for column in frame.columns]
    rows = [(str(at), dict(zip(columns, row, strict=True))) for at, *row in filled.itertuples(name=None)]
    return _with_unique_ids(_articles(rows, columns, place="the table", stem="row"))


def frame(articles: Iterable[Article]) -> pd.DataFrame:
    """The articles as a table of text columns, one row each; `articles` reads it back.

    >>> list(frame([]).columns)
    ['id', 'outlet', 'title', 'date', 'url', 'author', 'section', 'language', 'story_id', 'source_file', 'note', 'text']
    """
    import pandas as pd

    kept = list(articles)
    return pd.DataFrame(
        {names[0]: [getattr(article, field) for article in kept] for field, names in NAMES.items()}, dtype=str
    )


def _file(path: Path, name: str) -> Iterator[Article]:
    most = _PAGE if READERS[path.suffix.lower()] in {_page, _web} else _TABLE
    text, note = _decoded(files.content(path, name, most), name)
    rows = READERS[path.suffix.lower()](text, name)
    columns = list(dict.fromkeys(key for _, record in rows for key in record))
    for article in _articles(rows, columns, place=name, stem=path.stem):
        yield replace(article, note="; ".join(filter(None, (article.note, note))))


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The file's characters, and a note where its encoding had to be guessed."""
    if not raw.strip():
        raise ArticleError(f"{name}: the file is empty; give it the article's text or remove it.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, note = raw.decode("utf-16", errors="replace"), ""
    else:
        text, note = raw.decode("utf-8-sig", errors="replace"), ""
        bad = text.count("\ufffd") - raw.count("\ufffd".encode())
        # Windows-1252 makes nearly every accent and curly mark a bad byte; a damaged UTF-8 file has good ones too.
        if bad and bad >= sum(character > "\x7f" for character in text) - bad:
            text, note = raw.decode("cp1252", errors="replace"), "read as Windows-1252"
        elif bad:
            note = f"characters that are not UTF-8, shown as U+FFFD: {bad}"
    if "\0" in text or len(CONTROLS.findall(text)) * 100 > len(text):
        raise ArticleError(f"{name}: {files.NOT_TEXT}")
    return text, note


def _articles(rows: Iterable[Row], columns: list[str], *, place: str, stem: str) -> Iterator[Article]:
    """One article a row; a field is taken from the first of its columns that holds something."""
    known = {column.strip().lower().replace(" ", "_"): column for column in reversed(columns)}
    taken = {field: [known[name.lower()] for name in names if name.lower() in known] for field, names in NAMES.items()}
    if not taken["text"]:
        raise ArticleError(
            f"{place}: no column with the text (columns: {', '.join(columns[:20]) or 'none'});"
            f" name it one of {', '.join(NAMES['text'])}."
        )
    used = {column for of in taken.values() for column in of}
    for where, record in rows:
        more = {
            c: _value(v) for c, v in record.items() if c not in used and "." not in c and not isinstance(v, Mapping)
        }
        fields = {field: next(filter(None, (_value(record.get(c)) for c in of)), "") for field, of in taken.items()}
        text = fields.pop("text")
        fields = {field: value.strip() for field, value in fields.items()}
        fields["id"] = fields["id"] or (f"{stem}:{where}" if where else stem)
        if place != "the table":
            fields["origin"] = fields["origin"] or (f"{place}:{where}" if where else place)
        yield Article(text, **fields, more=more)


def _value(value: object) -> str:
    """A cell as text: nothing for None, a day for a midnight, 3 for 3.0, names joined by commas for a list."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_value, value)))
    if isinstance(value, Mapping):
        return _value(value.get("name"))
    if isinstance(value, float):
        return "" if math.isnan(value) else str(int(value)) if value.is_integer() else str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return HALF_PAIRS.sub("\ufffd", str(value))


def _page(text: str, name: str) -> list[Row]:
    """A pasted page: lines such as ``Outlet: The Gazette`` at the very top are its header if a blank line ends them."""
    known = {alias.lower(): names[0] for field, names in NAMES.items() for alias in names if field != "text"}
    header: dict[str, str] = {}
    start = 0
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        key, colon, value = line.partition(":")
        column = known.get(key.strip().lower().replace(" ", "_"), "")
        start += len(line)
        if colon and column:
            header[column] = value
        elif not line.strip() and header.keys() & {"outlet", "title"}:
            return [(str(number + 1), {"id": Path(name).stem, **header, "text": text[start:]})]
        else:
            break
    return [("", {"text": text})]


def _table(text: str, name: str) -> list[Row]:
    """The rows of a .csv or .tsv; whichever of comma, semicolon and tab finds a text column parts its cells."""
    first = io.StringIO(text, newline="").readline()
    marks = [mark for mark in ",;\t" if {cell.strip('" \r\n').lower() for cell in first.split(mark)} & TEXT_NAMES]
    mark = marks[0] if marks else "\t" if name.lower().endswith(".tsv") else ","
    limit = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        header, *rows = reader
        header = [*map(bare, header)]
    except csv.Error as error:
        raise ArticleError(
            f"{name}:{reader.line_num}: a quotation mark is open or out of place ({error});"
            " put cells with quotation marks in quotation marks and double those inside."
        ) from None
    finally:
        csv.field_size_limit(limit)
    for number, row in enumerate(rows, start=2):
        if len(row) > len(header):
            raise ArticleError(
                f"{name}: row {number} has {len(row)} cells for {len(header)} columns;"
                " put cells that hold the separator in quotation marks."
            )
    if not any(map(any, rows)):
        raise ArticleError(f"{name}: the table has a header and no rows; add one row an article or remove it.")
    plain = ((at, map(bare, row)) for at, row in enumerate(rows, start=2) if any(row))
    return [(str(at), dict(zip(header, row, strict=False))) for at, row in plain]


def _json(text: str, name: str) -> list[Row]:
    """A list of articles, one article, or an object that holds one list of them, as news services send."""
    found = _parsed(text, name)
    if isinstance(found, dict) and not TEXT_NAMES & {key.lower() for key in found}:
        found = next((value for value in found.values() if isinstance(value, list)), found)
    if isinstance(found, dict):
        return [("", _flat(found, name))]
    if not isinstance(found, list) or not found:
        raise ArticleError(f"{name}: the file holds no articles; give a list of objects, one an article.")
    return [(str(number), _flat(one, f"{name}:{number}")) for number, one in enumerate(found, start=1)]


def _lines(text: str, name: str) -> list[Row]:
    """One object a line; blank lines are passed over."""
    lines = [(f"{number}", line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return [(number, _flat(_parsed(line, f"{name}:{number}"), f"{name}:{number}")) for number, line in lines]


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{place}: not JSON ({error}); mend it or remove it.") from None


def _flat(found: object, place: str) -> Record:
    """An object with the keys of the objects in it beside its own: ``{"source": {"name": x}}`` has ``source.name``."""
    if not isinstance(found, dict):
        raise ArticleError(f'{place}: found {files.short(found)} and not an object; write {{"outlet": …, "text": …}}.')
    inner = {f"{key}.{k}": v for key, value in found.items() if isinstance(value, dict) for k, v in value.items()}
    return {**found, **inner}


def _web(text: str, name: str) -> list[Row]:
    try:
        record = webpage.record(text)
    except ArticleError as error:
        raise ArticleError(f"{name}: {error}; paste its text into a .txt file.") from None
    if not record["text"]:
        raise ArticleError(f"{name}: no paragraphs found on this page; paste its text into a .txt file.")
    return [("", record)]


def _with_unique_ids(found: Iterable[Article]) -> list[Article]:
    kept: dict[str, Article] = {}
    times: Counter[str] = Counter()
    for article in found:
        free = article.id
        while free in kept:
            times[article.id] += 1
            free = f"{article.id}-{times[article.id] + 1}"
        kept[free] = replace(article, id=free)
    return list(kept.values())


READERS: dict[str, Callable[[str, str], list[Row]]] = {
    **dict.fromkeys((".txt", ".text", ".md"), _page),
    **dict.fromkeys((".csv", ".tsv"), _table),
    **dict.fromkeys((".html", ".htm"), _web),
    ".json": _json,
    **dict.fromkeys((".jsonl", ".ndjson"), _lines),
}
