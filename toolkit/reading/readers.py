"""Files and tables in, articles out; the text of each is kept character for character."""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..article import Article, ArticleError
from ..progress import bar
from . import corrections as by_hand
from . import exports, files, json_files, packed, saved_pages, separated, webpage, workbooks
from .columns import CONTROLS, NAMES, Columns, Row, assign, check, from_rows, unlike_ids, wanted
from .files import Skipped, SkippedWarning

# Bytes: no article is as long; no export of a database is; a table takes ten times its size in memory.
_PAGE, _EXPORT, _TABLE = 20_000_000, 100_000_000, 1_000_000_000
_NOT_ITS_KIND = "this is no {} file; save the articles again, or give the file its own ending."
_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)---[ \t]*\r?\n\s*", re.DOTALL)
LINES = (".jsonl", ".ndjson")
FRONT = {"sitename": "outlet", "site": "outlet", "source": "url"}
_PAGE_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_HTML = re.compile(r"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    corrections: by_hand.Given | None = None,
    progress: bool | None = None,
) -> list[Article]:
    """The articles in files, folders and patterns such as ``"data/*.txt"``.

    Kinds: .txt .text .md (one page each, with or without ``Outlet: …`` lines above a blank line), .html .htm .mhtml
    (the paragraphs), .csv .tsv .xlsx .parquet, .json, .jsonl .ndjson, .docx .rtf, .eml, .xml, .warc, and .zip and .gz
    of them. Exports of Nexis, Factiva, ProQuest and Europresse are known by their content, whatever the file's name,
    and give one article a document. A folder is read with the folders in it, linked ones too, sorted by
    name, without README files, hidden files and folders named ``gold``. Columns of tables go by the names of
    `columns.NAMES` and `columns.ALSO`; ``columns`` names others: ``{"text": "Volltext", "outlet": "Medium"}``.

    What is found and cannot be read (dead links, pipes, other kinds, empty or broken files, what may not be opened,
    pages from 20 MB and tables from 1 GB on) is skipped: one `files.SkippedWarning` says what and why, and has it as
    ``skipped``; `sift` gives it without a warning. ``progress``: see `progress.bar`.

    A file corrections.csv beside the articles goes with them (see `reading.corrections`), which a `CorrectionWarning`
    says; ``corrections`` names another in its place, ``"none"`` none.

    Ids are the file's own, or the file's name without ending (tables: and the row), with ``-2``, ``-3`` where one
    comes again. Row 1 of a table is its header. A row without text gives an article with an empty text; columns that
    are no field of an article are kept in ``more``.

    Raises `ArticleError` for a path that is not there, where none of the files can be read, and for a column named in
    ``columns`` that no table has.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "ferry.txt").write_text("Outlet: The Gazette\\n\\nFerry fares rise\\n", encoding="utf-8")
    >>> read(folder)
    [Article(text='Ferry fares rise\\n', id='ferry', outlet='The Gazette', ..., origin='ferry.txt:3', note='')]
    """
    reading = Reading(paths, columns=columns, progress=progress)
    found = list(reading)
    reading.check()
    if reading.skipped:
        warnings.warn(SkippedWarning(reading.skipped), stacklevel=2)
    return by_hand.taken(found, corrections, reading.beside(by_hand.NAME))


def sift(
    paths: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    progress: bool | None = None,
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
    reading = Reading(paths, columns=columns, progress=progress)
    found = list(reading)
    reading.check()
    return found, reading.skipped


def batches(
    paths: str | Path | Iterable[str | Path],
    *,
    size: int = 1000,
    columns: Mapping[str, str] | None = None,
    progress: bool | None = None,
) -> Iterator[list[Article]]:
    """The articles as `read` gives them, ``size`` at a time, for more of them than the memory holds.

    Large files of JSON lines are read a line at a time, other files one at a time. The warning about skipped files, and
    the error about a column that no table has, come after the last batch. Corrections are given to what analyses them.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "news.csv").write_text("text\\nIt rained.\\nIt snowed.\\nIt froze.\\n", encoding="utf-8")
    >>> [len(batch) for batch in batches(folder, size=2)]
    [2, 1]
    """
    if size < 1:
        raise ArticleError(f"size is {size}; give how many articles a batch holds, 1 or more.")
    reading = Reading(paths, columns=columns, progress=progress)
    articles = iter(reading)
    while batch := list(islice(articles, size)):
        yield batch
    reading.check()
    if reading.skipped:
        warnings.warn(SkippedWarning(reading.skipped), stacklevel=2)


class Reading:
    """The articles of files, one after the other, each file once; known when the last has come: ``skipped`` (what was
    found and not read), ``tables`` (what the columns of each table were taken for) and ``files`` (how many were read).
    """

    def __init__(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        columns: Mapping[str, str] | None = None,
        progress: bool | None = None,
    ) -> None:
        self.chosen = wanted(columns)
        self.tables: list[Columns] = []
        self.files = 0
        self._paths = [paths] if isinstance(paths, str | Path) else list(paths)
        self._progress = progress
        self._skipped: dict[str, Skipped] = {}
        self._folders: dict[Path, None] = {}

    @property
    def skipped(self) -> list[Skipped]:
        """What was found and not read so far."""
        return list(self._skipped.values())

    def beside(self, name: str) -> list[Path]:
        """The files of that name in the folders that articles were read from."""
        return [path for folder in self._folders if (path := folder / name).is_file()]

    def check(self) -> None:
        """Raises `ArticleError` for a column that was named and that no table has."""
        check(self.chosen, self.tables)

    def __iter__(self) -> Iterator[Article]:
        return unlike_ids(self._each())

    def _each(self) -> Iterator[Article]:
        seen: set[str] = set()
        nothing = ""
        for given in self._paths:
            found = files.find(given, READERS)
            nothing = nothing or found.nothing
            self._skipped |= {each.path: each for each in found.skipped}
            if not found.files and not found.skipped:
                self._skipped[str(given)] = Skipped(str(given), found.nothing.partition(": ")[2])
            for path, name in bar(found.files, "reading", progress=self._progress):
                self._folders[path.parent] = None
                real = os.path.realpath(path)
                if real in seen:
                    continue
                try:
                    yield from self._file(path, name)
                    seen.add(real)
                except ArticleError as error:
                    if self._paths == [given] and not found.nothing:
                        raise
                    row, _, why = str(error).removeprefix(name).partition(": ")
                    self._skipped[str(path)] = Skipped(f"{path}{row}", why)
        self.files = len(seen)
        if self._paths and not seen:
            raise ArticleError(_none(self._skipped.values(), nothing))

    def _file(self, path: Path, name: str) -> Iterator[Article]:
        """The articles of a file; what cannot be read of the files packed in it is skipped."""
        kind = path.suffix.lower()
        faults: list[Skipped] = []
        large = json_files.large(path, name) if kind in LINES else None
        if large:
            parts: Iterable[_Part] = [_Part(name, large, True)]
        else:
            most = _TABLE if kind in TABLES or kind in PACKED else _EXPORT if kind in EXPORTS else _PAGE
            parts = _parts(files.content(path, name, most), name, kind, faults, str(path))
        for part in parts:
            names = list(dict.fromkeys(key for row in part.rows for key in row.record))
            columns = assign(names, self.chosen if part.table else {}, part.name)
            self.tables += [columns] * part.table
            found: Iterable[Article] = from_rows(part.rows, columns, stem=Path(part.name).stem, origin=part.name)
            if large:
                found = bar(found, name, progress=self._progress, total=len(large))
            for article in found:
                note = "; ".join(filter(None, (article.note, part.note)))
                yield article if note == article.note else replace(article, note=note)
        self._skipped |= {each.path: each for each in faults}


def _none(skipped: Iterable[Skipped], nothing: str) -> str:
    """Why nothing could be read: what is wrong with the first file of a kind that is read, or that there is none."""
    faults = [each for each in skipped if not each.why.startswith((files.OTHER_KIND, "no articles"))]
    if not faults:
        return nothing
    more = f" (and {len(faults) - 1} more cannot be read)" if len(faults) > 1 else ""
    return f"{faults[0].path}{more}: {faults[0].why}"


class _Part(NamedTuple):
    """The rows of a file or of one packed in it, gone through twice; whether they are a table's; what was odd."""

    name: str
    rows: Iterable[Row]
    table: bool = False
    note: str = ""


def _parts(
    raw: bytes, name: str, kind: str, faults: list[Skipped], path: str, *, inside: bool = False
) -> Iterator[_Part]:
    """What a file holds, by its content; ``kind``, the ending of its name, counts where the content tells nothing."""
    if not raw.strip():
        raise ArticleError(f"{name}: the file is empty; give it the article's text or remove it.")
    what = exports.kind(raw)
    if why := exports.REFUSED.get(what):
        raise ArticleError(f"{name}: {why}")
    if what == "zip":
        if kind in {".docx", ".xlsx"}:
            packed.opened(raw, name)  # which says what is wrong with it
            raise ArticleError(f"{name}: {_NOT_ITS_KIND.format(kind)}")
        if inside:
            raise ArticleError(f"{name}: a ZIP in a ZIP; unpack it.")
        yield from _unzipped(raw, name, faults, path)
    elif what == "gzip":
        inner = name.removesuffix(".gz")
        ending = os.path.splitext(inner)[1].lower()
        content, note = packed.gunzipped(raw, name, most=_TABLE)
        for part in _parts(content, inner, ending, faults, path, inside=True):
            yield part._replace(note="; ".join(filter(None, (part.note, note))))
    elif what:
        yield _Part(name, BINARY[what](raw, name), what in {"xlsx", "parquet"})
    elif kind in PACKED:
        raise ArticleError(f"{name}: {_NOT_ITS_KIND.format(kind)}")
    else:
        text, note = _decoded(raw, name)
        lines = text.replace("\r\n", "\n")
        page = kind not in TABLES
        reader = exports.reader_of(lines) if page and kind != ".xml" else None
        if page and not reader and kind not in {".html", ".htm", ".xml"} and _HTML.match(text):
            reader = saved_pages.page_rows
        rows = reader(lines, name) if reader else READERS.get(kind, _page)(text, name)
        if page and not reader and kind != ".xml":
            exports.guard(lines, name)
        yield _Part(name, rows, not page, note)


def _unzipped(raw: bytes, name: str, faults: list[Skipped], path: str) -> Iterator[_Part]:
    archive = packed.opened(raw, name)
    read = 0
    first: ArticleError | None = None
    for inner in sorted(each.filename for each in archive.infolist() if not each.is_dir()):
        base = inner.rpartition("/")[2]
        if base.startswith((".", "~$")) or "__MACOSX/" in inner or base.lower().startswith("readme."):
            continue
        ending = os.path.splitext(inner)[1].lower()
        most = _TABLE if ending in TABLES or ending in PACKED else _EXPORT if ending in EXPORTS else _PAGE
        try:
            if ending not in READERS:
                raise ArticleError(f"{name}/{inner}: {files.PDF if ending == '.pdf' else files.OTHER_KIND + '.'}")
            found = list(
                _parts(
                    packed.part(archive, inner, f"{name}/{inner}", most=most),
                    f"{name}/{inner}",
                    ending,
                    faults,
                    path,
                    inside=True,
                )
            )
        except ArticleError as error:
            first = first or error
            faults.append(Skipped(f"{path}/{inner}", str(error).removeprefix(f"{name}/{inner}").lstrip(": ")))
        else:
            read += 1
            yield from found
    if not read:
        raise first or ArticleError(
            f"{name}: no files of articles in this ZIP; put some of kind {' '.join(sorted(READERS))} there."
        )


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The file's characters, and a note where its encoding had to be guessed."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, note = raw.decode("utf-16", errors="replace"), ""
    else:
        text, note = raw.decode("utf-8-sig", errors="replace"), ""
        named = webpage.charset(raw) if _PAGE_HEAD.match(raw) else ""
        if named not in {"", "utf-8"}:
            text = raw.decode(named, errors="replace")
        bad = text.count("\ufffd") - raw.count("\ufffd".encode())
        # Windows-1252 makes nearly every accent and curly mark a bad byte; a damaged UTF-8 file has good ones too.
        if bad and bad >= sum(character > "\x7f" for character in text) - bad:
            text, note = raw.decode("cp1252", errors="replace"), "read as Windows-1252"
        elif bad:
            note = f"characters that are not UTF-8, shown as U+FFFD: {bad}"
    if "\0" in text or len(CONTROLS.findall(text)) * 100 > len(text):
        raise ArticleError(f"{name}: {files.NOT_TEXT}")
    return text, note


def _page(text: str, name: str) -> list[Row]:
    """A pasted page: lines such as ``Outlet: The Gazette`` at the very top are its header if a blank line ends them."""
    known = {alias.lower(): names[0] for field, names in NAMES.items() for alias in names if field != "text"}
    header: dict[str, str] = {}
    start = 0
    if matter := _MATTER.match(text):  # as trafilatura and other tools write above Markdown
        lines = (line.partition(":") for line in matter[1].splitlines())
        told = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in lines}
        front = {FRONT.get(key) or known.get(key, ""): value for key, value in told.items()}
        if front.keys() & {"outlet", "title", "url"}:
            front.pop("", "")
            return [Row("", {"id": Path(name).stem, **front, "text": text[matter.end() :]})]
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        key, colon, value = line.partition(":")
        column = known.get(key.strip().lower().replace(" ", "_"), "")
        start += len(line)
        if colon and column:
            header[column] = value
        elif not line.strip() and header.keys() & {"outlet", "title"}:
            return [Row(str(number + 1), {"id": Path(name).stem, **header, "text": text[start:]})]
        else:
            break
    return [Row("", {"text": text})]


# Files that are no text, by what their content tells.
BINARY: dict[str, Callable[[bytes, str], list[Row]]] = {
    "docx": exports.word_rows,
    "rtf": exports.rich_rows,
    "mail": saved_pages.mail_rows,
    "warc": saved_pages.archive_rows,
    "xlsx": workbooks.workbook_rows,
    "parquet": workbooks.parquet_rows,
}
READERS: dict[str, Callable[[str, str], list[Row]]] = {
    **dict.fromkeys((".txt", ".text", ".md"), _page),
    **dict.fromkeys((".csv", ".tsv"), separated.rows),
    **dict.fromkeys((".html", ".htm"), saved_pages.page_rows),
    ".json": json_files.whole,
    **dict.fromkeys(LINES, json_files.lines),
    ".xml": exports.xml_rows,
    # What these are is told by their content; where that tells nothing they are read as below.
    **dict.fromkeys((".doc", ".rtf", ".eml"), _page),
    **dict.fromkeys((".mht", ".mhtml"), saved_pages.page_rows),
    ".xls": separated.rows,
    **dict.fromkeys((".docx", ".xlsx", ".zip", ".gz", ".parquet", ".warc"), _page),
}
TABLES = frozenset({".csv", ".tsv", ".json", ".xls", *LINES})
EXPORTS = frozenset({".doc", ".docx", ".rtf", ".eml", ".mht", ".mhtml"})
PACKED = frozenset({".docx", ".xlsx", ".zip", ".gz", ".parquet", ".warc"})
