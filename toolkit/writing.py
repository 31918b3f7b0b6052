"""Files written: the place looked at before the work, the whole written aside and renamed, no cell a formula."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from .article import ToolkitError

if TYPE_CHECKING:
    import pandas as pd

# What HTML and XML cannot hold: control characters but tab and line feed, halves of surrogate pairs, noncharacters.
UNSHOWN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What a spreadsheet may take for a formula; apostrophes before it count, so that `bare` takes away what was put there.
_FORMULA = re.compile(r"'*(?:[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")
_NUMBER = re.compile(r"\s*[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*%?\s*")

_DENIED = "may not be written (Permission denied); change the permissions or name another."


class WritingError(ToolkitError):
    """A file or folder that cannot be written."""


def check_file(path: str | Path, endings: Sequence[str], what: str) -> Path:
    """The path, if a file can be written there; to be asked before the long work.

    Raises `WritingError` for another ending, a folder that is missing or may not be written, a folder in the file's
    place, and a file that may not be overwritten.

    >>> check_file("chart.gif", [".png", ".svg", ".pdf"], "a chart")
    Traceback (most recent call last):
    toolkit.writing.WritingError: chart.gif: cannot write a chart of this kind; end the name in .png, .svg or .pdf.
    """
    path, folder = Path(path), Path(path).parent
    if os.path.isdir(path):
        raise WritingError(f"{path}: this is a folder; name a file in it.")
    if path.suffix.lower() not in endings:
        known = " or ".join(filter(None, (", ".join(endings[:-1]), endings[-1])))
        raise WritingError(f"{path}: cannot write {what} of this kind; end the name in {known}.")
    if not os.path.isdir(folder):
        fault = "is a file" if os.path.exists(folder) else "does not exist"
        raise WritingError(f"{path}: the folder {folder} {fault}; make it, or check the path for slips.")
    if not os.access(path if os.path.exists(path) else folder, os.W_OK):
        raise WritingError(f"{path}: {_DENIED}")
    return path


def check_table(path: str | Path) -> Path:
    """The path, if a table can be written there as .csv or .parquet, or it is a pipe or device; see `check_file`.

    Raises `WritingError` for .parquet without pyarrow, too.
    """
    path = Path(path)
    if path.suffix.lower() == ".parquet" and not find_spec("pyarrow"):
        raise WritingError(
            f"{path}: Parquet needs pyarrow, which is not installed: pip install 'media-analysis-toolkit[parquet]', or"
            " end the name in .csv."
        )
    return path if _stream(path) else check_file(path, [".csv", ".parquet"], "a table")


def check_folder(path: str | Path) -> Path:
    """The path, if it is a folder to write in or one can be made there. Raises `WritingError` otherwise."""
    path = Path(path)
    there = next(each for each in (path, *path.parents) if os.path.exists(each))
    if not os.path.isdir(there):
        raise WritingError(f"{path}: {there} is a file and not a folder; name another folder.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise WritingError(f"{path}: {_DENIED}")
    return path


def write(contents: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Writes files, all or none: each aside in its folder, which is made if need be, and then renamed to its name.

    So a full disk or Ctrl-C leaves what was there before. Raises `WritingError` where the system refuses.
    """
    aside: dict[Path, Path] = {}
    at = Path()
    try:
        for at, content in contents.items():
            path = Path(os.path.realpath(at))  # a link stays one
            if _stream(path):
                _put(path, content)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            aside[path] = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
            _put(aside[path], content)
            if path.exists():
                shutil.copymode(path, aside[path])
        for path, part in aside.items():
            part.replace(at := path)
    except OSError as error:
        raise WritingError(f"{at}: not written ({error.strerror}); what was there before is unchanged.") from None
    finally:
        for part in aside.values():
            part.unlink(missing_ok=True)


def _put(path: Path, content: bytes | Iterable[bytes]) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with path.open("wb") as file:
            file.writelines(content)


def table(frame: pd.DataFrame | Iterable[pd.DataFrame], path: str | Path) -> int:
    """Writes a table as a CSV file for spreadsheets: UTF-8 with a byte order mark, no cell a formula (`spreadsheet`);
    as it is where the name ends in .parquet. Several tables of the same columns are written one below the other, one
    in memory at a time. Gives the number of rows.

    Raises `WritingError` as `check_file` and `write` do.
    """
    import pandas as pd

    path = check_table(path)
    frames = [frame] if isinstance(frame, pd.DataFrame) else frame
    rows = 0

    def counted() -> Iterator[pd.DataFrame]:
        nonlocal rows
        for each in frames:
            rows += len(each)
            yield each

    write({path: _parquet(counted()) if path.suffix.lower() == ".parquet" else _csv(counted())})
    return rows


def _csv(frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    for number, frame in enumerate(frames):
        text = spreadsheet(frame, header=not number)
        yield text.encode("utf-8" if number else "utf-8-sig", "replace")


def _parquet(frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    with TemporaryFile() as file:
        writer = None
        for frame in frames:
            part = pyarrow.Table.from_pandas(frame)
            writer = writer or ParquetWriter(file, part.schema)
            writer.write_table(part)
        if writer:
            writer.close()
        file.seek(0)
        yield from iter(lambda: file.read(1_000_000), b"")


def spreadsheet(frame: pd.DataFrame, *, plain: bool = False, header: bool = True) -> str:
    """A table as CSV in which no text, nor a column's name, begins a formula: an apostrophe stands before it.

    Columns of numbers stay as they are, also where they are kept as texts. Every text is quoted and lines end as
    RFC 4180 has it; if ``plain``, for other programs, only texts that need it are quoted and lines end in a line feed.
    Without ``header`` the columns' names are left out.

    >>> import pandas as pd
    >>> print(spreadsheet(pd.DataFrame({"title": ["=1+1", "Ferry"], "tone": [-5.5, 2]}), plain=True), end="")
    title,tone
    '=1+1,-5.5
    Ferry,2.0
    """
    import pandas as pd

    safe = pd.DataFrame({k: _harmless(column) for k, (_, column) in enumerate(frame.items())}, index=frame.index)
    safe.columns = pd.Index([guarded(str(name)) for name in frame.columns])
    quoted: dict[str, Any] = {"index": False, "header": header, "quoting": csv.QUOTE_NONNUMERIC}
    if not plain:
        return str(safe.to_csv(lineterminator="\r\n", **quoted))
    text = str(safe.to_csv(index=False, header=header, lineterminator="\n"))
    return str(safe.to_csv(lineterminator="\n", **quoted)) if "\r" in text else text  # pandas leaves these unquoted


def bare(cell: str) -> str:
    """A cell without the apostrophe that `spreadsheet` puts before a formula.

    >>> bare("'- Ferry fares rise"), bare("'Fares' rise")
    ('- Ferry fares rise', "'Fares' rise")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _stream(path: Path) -> bool:
    """Whether it is a pipe or a device, such as /dev/stdout."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _harmless(column: pd.Series) -> pd.Series:
    texts = [cell for cell in column if isinstance(cell, str)]
    if all(not cell.strip() or _NUMBER.fullmatch(cell) for cell in texts):
        return column
    return column.astype(object).map(lambda cell: guarded(cell) if isinstance(cell, str) else cell)


def guarded(cell: str) -> str:
    """A cell that begins no formula: an apostrophe stands before one that would.

    >>> guarded("=1+1"), guarded("Ferry")
    ("'=1+1", 'Ferry')
    """
    cell = cell.replace("\0", "\ufffd")
    return f"'{cell}" if _FORMULA.match(cell) else cell
