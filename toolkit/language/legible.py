"""The text as it is meant to be read, as long as the text that came: entities, signs decoded wrongly, words that a
line end parts."""

from __future__ import annotations

import html
import importlib
import importlib.util
import re
from functools import cache

from ..article import FILL, Span
from .syllables import known

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_WRAPPED = re.compile(  # Mon-⏎day
    r"(?<![^\W\d_])([^\W\d_]{1,40})([-\u2010\u00ad¬][ \t\u00a0]*(?:\r\n|[\n\r\u2028])[ \t\u00a0]*)(?=([^\W\d_]{1,40}))"
)
_ENDS_IN_HYPHEN = re.compile(r"[-\u2010\u00ad¬][ \t\u00a0]*[\n\r\u2028]")
_SUSPENDED = frozenset(("and", "or", "to"))  # pre- and post-war
_PUNCTUATION = "“”‘’‚„–—…•€™\u00a0"
_SUSPECT = re.compile(r"[ÂÃâ‚\x80-\x9f]")
CUT = re.compile(r"((?:…|\.\.\.)?\s*\[\+\d+ chars\])\s*$")  # as NewsAPI sends all but the first 200 characters
_LOST = "\ufffd"
EXTRA = 'pip install "media-analysis-toolkit[text]"'


def legible(text: str) -> str:
    """The text with each entity, each wrongly decoded sign and each word parted at a line end as it is meant.

    It is as long as the text, so that offsets carry over: blanks and fill (:data:`FILL`) take the room that is
    left. Any other text comes back as it is.

    >>> legible("&quot;It&#39;s late,&quot; Lee said on Mon-\\nday.").replace(FILL, "").split()
    ['"It\\'s', 'late,"', 'Lee', 'said', 'on', 'Monday.']
    """
    if "&" in text and ";" in text:
        text = _ENTITY.sub(lambda match: _in_place(match, _entity(match.group())), text)
    if _SUSPECT.search(text):
        text = _broken().sub(lambda match: _in_place(match, _forms()[match.group()]), text)
    if _ENDS_IN_HYPHEN.search(text):
        text = _WRAPPED.sub(_joined, text)
    return text


def widened(span: Span, text: str, read: str) -> Span:
    """A span of what :func:`legible` made of a text, with the rest of the entities and broken signs at its ends."""
    start, end = span
    while start > 0 and read[start - 1] == " " != text[start - 1] and not text[start - 1].isspace():
        start -= 1
    while end < len(read) and read[end] in (" ", FILL) and text[end] != read[end] and not text[end].isspace():
        end += 1
    return Span(start, end)


def cautions(text: str) -> tuple[str, ...]:
    """What is wrong with the signs of a text and what to do about it, one sentence each; nothing for most texts.

    >>> print(*cautions("AT&amp;T said &quot;no&quot;."))
    The text holds 3 HTML entities such as &amp;, read as the signs they stand for; html.unescape(text) writes those.
    """
    found = []
    entities = [match for match in _ENTITY.findall(text) if _entity(match)] if "&" in text else []
    if entities:
        found.append(
            f"The text holds {_many(len(entities), 'HTML entity', 'HTML entities')} such as {entities[0]}, read as the"
            " signs they stand for; html.unescape(text) writes those."
        )
    broken = _broken().findall(text) if _SUSPECT.search(text) else []
    if broken:
        shown = _forms()[broken[0]]
        installed = importlib.util.find_spec("ftfy") is not None
        found.append(
            f"The text holds {_many(len(broken), 'sign', 'signs')} decoded wrongly, such as {broken[0]!r} for"
            f" {_mended(broken[0], shown)!r}, read as meant where the toolkit knows them; ftfy.fix_text(text) mends the"
            f" text{'' if installed else f' ({EXTRA})'}."
        )
    if lost := text.count(_LOST):
        found.append(
            f"The text has lost {_many(lost, 'sign', 'signs')} in decoding ({_LOST}); read its file again in the"
            " encoding that it was written in."
        )
    return tuple(found)


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _mended(broken: str, otherwise: str) -> str:
    """What ftfy makes of a broken sign, where it is installed."""
    if importlib.util.find_spec("ftfy") is None:
        return otherwise
    fixed: str = importlib.import_module("ftfy").fix_text(broken, uncurl_quotes=False)
    return fixed if fixed != broken else otherwise


@cache
def _entity(entity: str) -> str:
    """The one sign that an entity stands for; "" if it stands for none."""
    sign = html.unescape(re.sub(r"&(?:amp;)+", "&", entity) if len(entity) > 5 else entity)
    return sign if len(sign) == 1 and (sign.isprintable() or sign.isspace()) and sign not in "\n\r\f\v\ufffd" else ""


@cache
def _forms() -> dict[str, str]:
    """What signs look like when their UTF-8 is read as Windows-1252, once or twice, as Latin-1 or as Mac Roman."""

    def misread(sign: str, encoding: str) -> str:
        return "".join(_decoded(byte, encoding) for byte in sign.encode())

    forms = {"â€": "”", "Ã¢â‚¬": "”"}  # the third byte of ” is none in Windows-1252, and is often lost
    for code in range(0x80, 0xA0):
        sign = _decoded(code, "cp1252")
        if sign != chr(code):
            forms[chr(code)] = sign
    for sign in [*_PUNCTUATION, *map(chr, range(0xA1, 0x100))]:
        once = misread(sign, "cp1252")
        forms |= {once: sign, misread(sign, "latin-1"): sign, misread(once, "cp1252"): sign}
    return forms | {misread(sign, "mac_roman"): sign for sign in _PUNCTUATION[:-1]}


def _decoded(byte: int, encoding: str) -> str:
    sign = bytes([byte]).decode(encoding, errors="ignore")
    return sign or chr(byte)


@cache
def _broken() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_forms(), key=len, reverse=True))))


def _in_place(match: re.Match[str], sign: str) -> str:
    """A sign in the room that was taken for it: blanks outside words, fill inside them."""
    if not sign:
        return match.group()
    room = match.end() - match.start() - 1
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    if sign.isspace():
        return sign + " " * room
    if sign == "–" and before.isdigit() and after.isdigit():
        return FILL * room + "-"  # 52–48 is one word
    if sign.isalnum() or sign == "&" or (before.isalnum() and after.isalnum()):
        return FILL * room + sign if before.isalnum() else sign + FILL * room
    opens = not before or before.isspace() or before in "([{—–-/" or sign in "“‘„‚«"
    return " " * room + sign if opens else sign + " " * room


def _joined(match: re.Match[str]) -> str:
    """A word that a line end parts, in one; its hyphen stays in a compound of two known words."""
    left, gap, right = match.groups()
    if not right[0].islower() or right in _SUSPENDED:
        return match.group()
    table = known()
    low = left.lower()
    compound = low + right not in table and low in table and right in table and len(left) > 2
    return left + ("-" + FILL * (len(gap) - 1) if compound else FILL * len(gap))
