"""Rows of articles as the readers of export files make them, with the database's own count of words as a check."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from . import outlets
from .columns import Row

OFF = 0.15  # of 794 documents of 17 real files 99 in 100 hold as many words as they say, give or take this share
_COUNT = re.compile(r"(\d[\d.,\s]{0,11})")
_LANGUAGES = {
    "en": "english englisch anglais engels inglés ingles", "de": "german deutsch allemand duits alemán",
    "fr": "french français francais französisch frans francés", "nl": "dutch nederlands niederländisch néerlandais",
    "es": "spanish español espanol spanisch espagnol spaans castellano", "it": "italian italiano italienisch italien",
    "pt": "portuguese português portugiesisch portugais",
}  # fmt: skip
_CODES = {word: code for code, words in _LANGUAGES.items() for word in words.split()}
_BY = re.compile(r"(?:by|von|par|door|por)\s+(?=\S)", re.IGNORECASE)
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff]{8}")  # Chinese and Japanese put no blanks between words
PAGE = re.compile(
    r"(?:Page|Seite|Pagina|Página) \d+ (?:of|von|de|van|sur) \d+(?:\s*(?:©|\(c\)).*)?"
)  # at the head of one
_ADDRESS = re.compile(r"https?://\S+")


def row(number: int, paragraphs: Sequence[str], known: Mapping[str, str], *, note: str = "") -> Row:
    """One article of an export; ``known`` are its fields by the names of our own columns, others are kept beside.

    A field ``length`` (1,143 words) is compared with the text, and a difference of more than 15 % is noted; a last
    paragraph that is a web address becomes the url.
    """
    fields = {name: value for name, value in known.items() if value}
    kept = [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
    if len(kept) > 1 and _ADDRESS.fullmatch(kept[-1]):
        fields.setdefault("url", kept.pop())
    if "language" in fields:
        words = re.findall(r"[^\W\d]+", fields["language"].casefold())
        fields["language"] = next((_CODES[word] for word in words if word in _CODES), fields["language"])
    if "outlet" in fields:
        fields["outlet"] = outlets.tidy(fields["outlet"])
    if "author" in fields:
        fields["author"] = _BY.sub("", fields["author"], count=1) if _BY.match(fields["author"]) else fields["author"]
    text = "\n\n".join(kept)
    notes = [note, _compared(text, fields.get("length", ""))]
    return Row(str(number), {**fields, "text": text}, "; ".join(filter(None, notes)))


def count(length: str) -> int:
    """The number in a count of words: ``1,143 words``, ``1.285 Wörter``; 0 for none."""
    found = _COUNT.search(length)
    return int(re.sub(r"\D", "", found[1])) if found else 0


def _compared(text: str, length: str) -> str:
    told, words = count(length), len(text.split())
    if not words:
        return "no text in the export"
    if not told or abs(words - told) <= OFF * told or _UNSPACED.search(text):
        return ""
    return f"the text has {words:,} words, the export says {told:,}: look whether the text is whole"
