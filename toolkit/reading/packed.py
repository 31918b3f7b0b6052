"""Files with others packed in them (ZIP, and the Word files and workbooks that are ZIPs), looked at before they are
unpacked: a small file can hold more than a machine's memory."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib

from ..article import ArticleError

MOST_PARTS = 20_000
MOST = 2_000_000_000  # bytes: what all parts may take when unpacked
_MOST_RATIO = 200  # real text shrinks to a tenth, markup to a fiftieth; a part made of one sign a thousandfold
_SMALL = 10_000_000  # bytes: what unpacks to less does no harm, however far it was shrunk
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def opened(raw: bytes, name: str) -> zipfile.ZipFile:
    """The archive. Raises `ArticleError`, by its directory and before anything is unpacked, for one that is damaged,
    locked, or holds more than may be unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise ArticleError(
            f"{name}: the file is damaged (the end of a ZIP, Word or Excel file is missing); get it again."
        ) from None
    if len(parts) > MOST_PARTS:
        raise ArticleError(f"{name}: {len(parts):,} files packed in one (the limit is {MOST_PARTS:,}); split it.")
    size = sum(part.file_size for part in parts)
    if size > MOST:
        raise ArticleError(f"{name}: {_limit(size, MOST)}")
    for part in parts:
        if part.file_size > _SMALL and part.file_size > _MOST_RATIO * max(part.compress_size, 1):
            raise ArticleError(
                f"{name}: {part.filename} unpacks to {part.file_size // max(part.compress_size, 1):,} times its size"
                f" (the limit is {_MOST_RATIO}): no text does; it is not read."
            )
    return archive


def part(archive: zipfile.ZipFile, inner: str, name: str, *, most: int) -> bytes:
    """One part's bytes. Raises `ArticleError` for one that is missing, damaged, locked, or larger than ``most``."""
    try:
        known = archive.getinfo(inner)
        if known.file_size >= most:
            raise ArticleError(f"{name}: {_limit(known.file_size, most)}")
        return archive.read(known)
    except KeyError:
        raise ArticleError(f"{name}: not a whole file ({inner} is missing in it); get it again.") from None
    except RuntimeError:
        raise ArticleError(f"{name}: the file is locked by a password; save it without one.") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        raise ArticleError(f"{name}: the file is damaged ({inner} cannot be unpacked); get it again.") from None


def gunzipped(raw: bytes, name: str, *, most: int) -> tuple[bytes, str]:
    """What a .gz file holds, of one that is damaged its beginning, and a note on that.

    Raises `ArticleError` for one of which nothing can be read, and one that unpacks to ``most`` bytes or more.
    """
    kept, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            while piece := file.read1(4_000_000):
                size += len(piece)
                if size >= most or (size > _SMALL and size > _MOST_RATIO * len(raw)):
                    raise ArticleError(
                        f"{name}: unpacks to more than {size / 1e6:,.0f} MB, {size // len(raw):,} times its size"
                        f" (the limits are {most / 1e6:,.0f} MB and {_MOST_RATIO} times); split it."
                    )
                kept.append(piece)
    except (EOFError, OSError, zlib.error):
        if not kept:
            raise ArticleError(f"{name}: the .gz file is damaged; get it again.") from None
        return b"".join(kept), "the .gz file is damaged, and only its beginning read"
    return b"".join(kept), ""


def no_entities(part: bytes, name: str) -> None:
    """Raises `ArticleError` for XML that defines entities: a few lines of them can fill the memory."""
    if _ENTITIES.search(part[:100_000]):
        raise ArticleError(f"{name}: the XML in it defines entities, which no export does; it is not read.")


def _limit(size: int, most: int) -> str:
    return f"unpacks to {size / 1e6:,.0f} MB (the limit is {most / 1e6:,.0f} MB); split it."
