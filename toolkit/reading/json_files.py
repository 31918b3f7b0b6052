"""JSON: lists, objects that hold one, and lines, as news services and extractors write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..article import ArticleError
from . import exports, files, webpage
from .columns import CONTROLS, NAMES, Record, Row, has_text

CORE_TEXT = frozenset(name.lower() for name in NAMES["text"])
LARGE = 1_000_000  # bytes; a file of lines from here on is read a line at a time


class Lines:
    """The rows of a large file of JSON lines, read a line at a time whenever they are gone through.

    Going through them takes a quarter of a second for 20,000 articles, and the memory of one.
    """

    def __init__(self, path: Path, name: str) -> None:
        """Raises `UnicodeDecodeError` or `ArticleError` where a line is no UTF-8 or no JSON."""
        self._path, self._name = path, name
        self._n = sum(1 for _ in self)

    def __len__(self) -> int:
        return self._n

    def __iter__(self) -> Iterator[Row]:
        with self._path.open(encoding="utf-8-sig", newline="\n") as file:
            yield from _rows(file, self._name)


def large(path: Path, name: str) -> Lines | None:
    """The rows of a file of lines that is too large to be read at once; None for one that is not, or is no UTF-8.

    Raises `ArticleError` for a line that is no JSON.
    """
    try:
        if path.stat().st_size < LARGE:
            return None
        with path.open("rb") as file:
            head = file.read(4000)
        if exports.kind(head) or CONTROLS.search(head.decode("utf-8", errors="replace")):
            return None
        return Lines(path, name)
    except (OSError, UnicodeDecodeError):
        return None


def whole(text: str, name: str) -> list[Row]:
    """A list of articles, one article, or an object that holds one list of them, as news services send."""
    found = _parsed(text, name)
    if isinstance(found, dict) and not CORE_TEXT & {key.lower() for key in found}:
        lists = list(_lists(found))
        full = (one for one in lists if one and has_text(_flat(one[0], name)))
        found = next(full, lists[0] if lists else found)
    if isinstance(found, dict):
        return [Row("", _flat(found, name))]
    if not isinstance(found, list) or not found:
        raise ArticleError(f"{name}: the file holds no articles; give a list of objects, one an article.")
    return [Row(str(number), _flat(one, f"{name}:{number}")) for number, one in enumerate(found, start=1)]


def _lists(found: Mapping[str, Any], depth: int = 0) -> Iterator[list[Any]]:
    """The lists of objects in an object and in those inside it, as deep as services nest their answers."""
    for value in found.values():
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            yield value
        elif isinstance(value, dict) and depth < 3:
            yield from _lists(value, depth + 1)


def lines(text: str, name: str) -> list[Row]:
    """One object a line; blank lines are passed over."""
    return list(_rows(text.split("\n"), name))


def _rows(given: Iterable[str], name: str) -> Iterator[Row]:
    """The rows; a last line that is cut off is left out, which the row before it says."""
    last: Row | None = None
    fault: ArticleError | None = None
    for number, line in enumerate(given, start=1):
        if not line.strip():
            continue
        if fault:
            raise fault
        try:
            found = _parsed(line, f"{name}:{number}")
        except ArticleError as error:
            cut_off = last and line.lstrip().startswith("{") and not line.rstrip().endswith("}")
            if not cut_off:
                raise
            fault = error
            continue
        if last:
            yield last
        last = Row(str(number), _flat(found, f"{name}:{number}"))
    if last:
        yield last._replace(note="the file is cut off behind this line") if fault else last


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
    return {**found, **inner, **_nested_text(found)}


def _nested_text(found: Mapping[str, Any]) -> Record:
    """The text where an extractor or a service keeps it in parts (fundus) or as markup (The Guardian's interface)."""
    body, fields = found.get("body"), found.get("fields")
    if isinstance(body, dict) and isinstance(body.get("sections"), list):
        sections = [one for one in body["sections"] if isinstance(one, dict)]
        lists = [
            body.get("summary"),
            *(part for one in sections for part in (one.get("headline"), one.get("paragraphs"))),
        ]
        return {
            "text": [text for one in lists if isinstance(one, list) for text in one if isinstance(text, str) and text]
        }
    if isinstance(fields, dict) and "<p" in str(fields.get("body", "")):
        return {"text": webpage.record(str(fields["body"]))["text"]}
    return {}
