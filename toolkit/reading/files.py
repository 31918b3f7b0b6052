"""Files on a disk: which of them a path stands for, what is passed over and why, and the bytes of one."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..article import ArticleError

_HEAD = 1_000_000  # bytes: what is no text shows it here, before the rest is loaded
_SHOWN = 3, 10  # so many names for a reason, and so many reasons, are told in the warning
_WIDE = b"\xff\xfe", b"\xfe\xff"  # UTF-16, whose every other byte may be 0
_PACKED = b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"%PDF", b"\xd0\xcf\x11\xe0", b"WARC/1"  # may hold texts all the same
OTHER_KIND = "cannot read this kind of file"
EXTRA = "pip install 'media-analysis-toolkit[{}]'"
PDF = "a PDF gives pages, not articles; export them as Word (.docx), or paste the text into a .txt file."
OLD_OFFICE = "an old Word or Excel file; open it and save it as .docx or .xlsx."
_REFUSED = {".pdf": PDF, ".ris": "a list of references, without texts; export full texts as Word (.docx) or text."}
NOT_TEXT = "the file is not text (it holds control characters); save the article as UTF-8."
_OTHER = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


class Skipped(NamedTuple):
    """A file or folder that was found and not read: its path, why, and what to do about it."""

    path: str
    why: str


class SkippedWarning(UserWarning):
    """What was found and not read, by reason; ``skipped`` has each one, in the order found."""

    def __init__(self, skipped: Iterable[Skipped]) -> None:
        self.skipped = tuple(skipped)
        reasons: dict[str, list[str]] = defaultdict(list)
        for path, why in self.skipped:
            reasons[why].append(path)
        names, most = _SHOWN
        lines = [f"{len(self.skipped)} {'was' if len(self.skipped) == 1 else 'were'} found and not read:"]
        for why, paths in list(reasons.items())[:most]:
            more = f" and {len(paths) - names} more" if len(paths) > names else ""
            lines.append(f"{', '.join(paths[:names])}{more}: {why}")
        if len(reasons) > most:
            lines.append(f"… and {len(reasons) - most} more reasons; reading.sift gives all.")
        super().__init__("\n  ".join(lines))


class Found(NamedTuple):
    """What a path stands for: files (path, and name in its folder), and what is passed over.

    ``nothing`` says that none can be read; it is empty for a file named itself, of which the file's own error says it.
    """

    files: list[tuple[Path, str]]
    skipped: list[Skipped]
    nothing: str = ""


def find(given: str | Path, kinds: Collection[str]) -> Found:
    """The files of some kinds (endings in small letters) that a file, folder or pattern stands for.

    Folders are searched to the bottom, linked ones too, each once; names that begin with a dot or ``~$`` (Word's
    locks), README files, corrections.csv and folders named ``gold`` are left out without a word. Raises `ArticleError`
    for a path that is not there or cannot be reached.
    """
    path = Path(given).expanduser()
    try:
        os.lstat(path)
    except PermissionError as error:
        raise ArticleError(f"{short(given)}: cannot be reached ({error.strerror}); change the permissions.") from None
    except (OSError, ValueError):  # not there, or no path at all
        matches = sorted(_matches(str(path)))
        if not matches:
            raise ArticleError(f"{short(given)}: no such file or folder; check the path for slips.") from None
        found = [each for match in matches for each in (_inside(match) if match.is_dir() else [(match, match.name)])]
        return _sorted_out(found, kinds, f"{short(given)}: no articles among these files; save them as one of")
    if os.path.isdir(path):
        return _sorted_out(_inside(path), kinds, f"{short(given)}: no articles in this folder; put files there of kind")
    if why := _fault(path, kinds):
        return Found([], [Skipped(str(given), why)], f"{short(given)}: {why}")
    return Found([(path, path.name)], [])


def content(path: Path, name: str, most: int) -> bytes:
    """A file's bytes. Raises `ArticleError`, before it is loaded, for one that is larger than ``most`` or no text."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if b"\0" in head and not head.startswith((*_WIDE, *_PACKED)):
                raise ArticleError(f"{name}: {NOT_TEXT}")
            size = os.fstat(file.fileno()).st_size
            if size >= most:
                raise ArticleError(
                    f"{name}: {size / 1e6:,.0f} MB, too large to read at once (the limit is {most / 1e6:,.0f} MB);"
                    " split it, or give measure() parts of the table."
                )
            return head + file.read()
    except OSError as error:
        raise ArticleError(f"{name}: the file may not be read ({error.strerror}); change its permissions.") from None


def short(value: object) -> str:
    """A value as an error shows it: on one line, 60 characters at most."""
    shown = " ".join(str(value).split())
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _sorted_out(found: Iterable[tuple[Path, str] | Skipped], kinds: Collection[str], nothing: str) -> Found:
    files, skipped = [], []
    for each in found:
        if isinstance(each, Skipped):
            skipped.append(each)
        elif each[0].name.startswith((".", "~$")) or _apart(each[0]):
            continue
        elif why := _fault(each[0], kinds):
            skipped.append(Skipped(str(each[0]), why))
        else:
            files.append(each)
    return Found(files, skipped, f"{nothing} {' '.join(sorted(kinds))}.")


def _apart(path: Path) -> bool:
    """Whether a file lies beside articles and is none."""
    return path.stem.lower() == "readme" or path.name.lower() == "corrections.csv"


def _fault(path: Path, kinds: Collection[str]) -> str:
    """Why a path cannot be read as a file of these kinds; nothing if it can. It is not opened: a pipe would wait."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return "a link to what is not there; mend or remove it."
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "a link that leads back to itself; mend or remove it."
        return f"cannot be reached ({error.strerror}); change the permissions."
    if not stat.S_ISREG(mode):
        return f"not a file but {_OTHER.get(stat.S_IFMT(mode), 'something else')}; save the text in a file."
    if path.suffix.lower() not in kinds:
        if why := _REFUSED.get(path.suffix.lower()):
            return why
        return f"{OTHER_KIND}; save it as one of {' '.join(sorted(kinds))}."
    return ""


def _inside(top: Path) -> list[tuple[Path, str] | Skipped]:
    """What a folder holds, to the bottom, by name; folders that may not be read, and links back, come as skipped."""
    real = os.path.realpath(top)
    seen = {real}
    waiting: list[tuple[Path, tuple[str, ...]]] = [(top, (real,))]
    found: list[tuple[str, tuple[Path, str] | Skipped]] = []
    while waiting:
        folder, above = waiting.pop()
        name = folder.relative_to(top).as_posix()
        try:
            entries = sorted(os.listdir(folder))
        except OSError as error:
            why = f"the folder may not be read ({error.strerror}); change its permissions."
            found.append((name, Skipped(str(folder), why)))
            continue
        for entry in entries:
            path = folder / entry
            name = path.relative_to(top).as_posix()
            if not os.path.isdir(path):
                found.append((name, (path, name)))
            elif entry != "gold" and not entry.startswith("."):
                real = os.path.realpath(path)
                if real in above:
                    found.append((name, Skipped(str(path), "a link back to a folder that holds it; remove it.")))
                elif real not in seen:
                    seen.add(real)
                    waiting.append((path, (*above, real)))
    return [each for _, each in sorted(found, key=lambda each: each[0])]


def _matches(pattern: str) -> Iterator[Path]:
    """What a pattern matches. ``**`` walks each folder once, where `glob` would follow links round and round."""
    parts = Path(pattern).parts
    if "**" not in parts:
        yield from map(Path, glob.glob(pattern))
        return
    at = parts.index("**")
    rest = parts[at + 1 :] or ("*",)
    bases = map(Path, glob.glob(os.path.join(*parts[:at]))) if at else [Path()]
    for base in filter(os.path.isdir, bases):
        inner = [name for _, name in (each for each in _inside(base) if not isinstance(each, Skipped))]
        for folder in {base / each for each in (Path(), *(up for name in inner for up in Path(name).parents))}:
            yield from _matches(os.path.join(glob.escape(str(folder)), *rest))
