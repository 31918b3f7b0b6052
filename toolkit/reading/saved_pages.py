"""Web pages and exports that were saved as e-mails, as MHTML, or in WARC archives."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping, Sequence
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from typing import Any

from ..article import ArticleError
from . import exports, files, webpage
from .columns import Row

_MOST_PARTS_OF_MAIL = 200


def page_rows(html: str, name: str) -> list[Row]:
    """The article of a saved web page."""
    try:
        record = webpage.record(html)
    except ArticleError as error:
        raise ArticleError(f"{name}: {error}; paste its text into a .txt file.") from None
    return [_with_text(record, name)]


def mail_rows(raw: bytes, name: str) -> list[Row]:
    """The articles of a saved e-mail or of a page saved as MHTML: those of an export, else the page."""
    if raw.count(b"boundary=") > _MOST_PARTS_OF_MAIL:
        raise ArticleError(
            f"{name}: {raw.count(b'boundary='):,} parts in an e-mail (the limit is {_MOST_PARTS_OF_MAIL}); split it."
        )
    try:
        message = message_from_bytes(raw, policy=policy.default)
        parts = [part for part in message.walk() if part.get_content_type() in {"text/html", "text/plain"}]
        texts = [(part.get_content_type(), _content(part)) for part in parts]
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise ArticleError(f"{name}: the e-mail is damaged ({files.short(error)}); save it as HTML.") from None
    found: list[Row] = []
    for _, text in texts:
        if reader := exports.reader_of(text):
            found += reader(text, name)
    if found:
        return [one._replace(where=str(number)) for number, one in enumerate(found, start=1)]
    page = next((text for what, text in texts if what == "text/html"), "")
    if page:
        (row,) = page_rows(page, name)
        url = str(message.get("Snapshot-Content-Location") or "")
        return [row._replace(record={**row.record, "url": url})] if url else [row]
    text = next((text for _, text in texts), "")
    exports.guard(text, name)
    return [_with_text({"text": text}, name)]


def _content(part: Any) -> str:
    assert isinstance(part, EmailMessage)
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    return raw.decode(part.get_content_charset() or webpage.charset(raw) or "utf-8", errors="replace")


def _with_text(record: Mapping[str, str], name: str) -> Row:
    if not record["text"].strip():
        raise ArticleError(f"{name}: no paragraphs found on this page; paste its text into a .txt file.")
    return Row("", record)


def archive_rows(raw: bytes, name: str) -> list[Row]:
    """The web pages of a WARC archive that hold paragraphs."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise ArticleError(f"{name}: WARC needs warcio, which is not installed: {files.EXTRA.format('web')}.") from None
    found: list[Row] = []
    faults: list[str] = []
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(raw)), start=1):
            kind = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
            if record.rec_type != "response" or "html" not in kind.lower():
                continue
            content = record.content_stream().read(20_000_000)
            page = content.decode(_charset(kind) or webpage.charset(content) or "utf-8", errors="replace")
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            try:
                about = webpage.record(page)
            except ArticleError as error:
                faults.append(f"{url or f'page {number}'}: {error}")
                continue
            if about["text"]:
                about["note"] = f"{about['note']}, fetched {record.rec_headers.get_header('WARC-Date')}"
                found.append(Row(str(number), {**about, "url": url}))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        if not found:
            raise ArticleError(f"{name}: the WARC file is damaged ({files.short(error)}); get it again.") from None
        found[-1] = found[-1]._replace(note="the archive is damaged behind this page")
    if not found:
        raise ArticleError(f"{name}: no web pages with paragraphs in this archive{_of(faults)}.")
    if faults:
        note = "; ".join(filter(None, (found[0].note, f"not all of the archive is read{_of(faults)}")))
        found[0] = found[0]._replace(note=note)
    return found


def _of(faults: Sequence[str]) -> str:
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f" ({faults[0]}{more})" if faults else ""


def _charset(kind: str) -> str:
    found = re.search(r"charset=[\"']?([\w-]+)", kind)
    try:
        return codecs.lookup(found[1]).name if found else ""
    except LookupError:
        return ""
