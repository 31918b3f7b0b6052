"""Paragraphs, sentences and words of a text, as spans into it.

A full stop ends a sentence unless what stands around it says otherwise: lower case, a figure, an abbreviation. What may
follow an abbreviation depends on its kind (lists/abbreviations.txt) and on the words that begin sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from ..article import Span
from . import word_lists

# Stripped off the ends of a word. Signs that belong to it stay: $5, 40%, #tag, @name, R&B.
PUNCTUATION = (
    "\u00ad\u200b\u2060\ufeff!\"'()*,-./:;<=>?[\\]^_`{|}~¡¿«»‹›“”„‟‘’‚‛…–—"
    "―‐‑·•‣▪●*†‡´′‵″‶＂❝❞〝〞〟、。，！？；：「」『』（）《》〈〉【】।॥؟،؛۔"
)
# Parts the words of a token: an em dash, two hyphens, or an en dash that is not inside a range of numbers (52–48).
DASH = re.compile(r"[—―]|--+|(?<!\d)–|–(?!\d)")

_RUN = re.compile(r"\S+")
_BREAKS = ("\n", "\r\n", "\r", "\u2028", "\u2029")
_BULLET = re.compile(r"\s*(?:[-–—*•‣▪●◦·>+]\s|\(?(?:\d{1,2}|[a-z])[.)]\s)")
_CELLS = re.compile(r"\t| {3,}")
_BYLINE = re.compile(r"\s*by\s+[A-Z]\S*(?:\s+\S+){0,4}\s*\Z")
_CLOSED_END = ".!?…\"'”’»)]。"

_WIDE = "。！？｡．।॥"  # these end a sentence without a space after them
_MARK = f"[.!?…‽؟۔{_WIDE}]"
_STOP = re.compile(  # the mark, then what closes with it: “ and « close in German, [12] is a note
    rf"({_MARK}{_MARK}*+(?:[ \u00a0]\.(?!\w))*+)"  # not ++: the first mark alone is searched for several times as fast
    r"((?:[\"'”’“‘»«›‹″＂´❞〞〟)\]}」』）】〉》*_]++|[ \u00a0\u202f]»|\[\d{1,3}\])*+)"
)
_AFTER = re.compile(r"(\s*)([\"'“”‟‘’„‚«»‹›″＂`´❝〝「『(\[{¿¡*_]*)(\S{0,40})")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # U.S, p.m, J.K
_LABEL = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})")  # 1. and a. before the sentence they number
_ADDRESS = re.compile(r"[@/\\.]|www")
_SUFFIX = re.compile(r"(?:com|org|net|co|gov|edu|io|js|html?|php|tv|uk|ca|de|fr|eu|ai|app|info)\b", re.IGNORECASE)
# After ?” or !”: up to four names and a verb of speech make “Why?” Ann Lee asked one sentence.
_TAG = re.compile(
    r"\s+(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|cried|shouted|yelled|wrote|writes|tweeted|posted|replied"
    r"|added|told|exclaimed|screamed|joked|wondered|demanded|declared|responded)\b"
)
_CLOCK = re.compile(
    r"(?:[A-Z]{2,4}T|GMT|UTC|E[DS]?T|Eastern|Central|Pacific|Mountain|Atlantic|Greenwich|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|January|February|March|April|June|July|August|September|October|November|December)\b"
)
_TIME = re.compile(r"\s+\w+\s+time\b")


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    r"""The paragraphs of ``text[start:end]``: its lines that hold more than white space, without their line breaks.

    Lines end at ``\n``, ``\r\n``, ``\r``, U+2028 or U+2029. Hard-wrapped lines are one paragraph: two lines without a
    blank one between them join where the first stops in mid-sentence; bullets never join.

    >>> text = "Mayor quits\n\nThe mayor said on\nMonday that the town\nwould wait."
    >>> [p.of(text) for p in paragraphs(text)]
    ['Mayor quits', 'The mayor said on\nMonday that the town\nwould wait.']
    """
    found: list[Span] = []
    block: list[Span] = []
    lines = text[start:end]
    for sign in "\r\u2028\u2029":
        lines = lines.replace(sign, "\n")
    for line in lines.split("\n"):
        if line and not line.isspace():
            if block and text[block[-1].end : start] not in _BREAKS:
                found += _unwrapped(text, block)
                block = []
            block.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found + _unwrapped(text, block)


def _unwrapped(text: str, lines: list[Span]) -> list[Span]:
    """Joins lines of a block: at clear signs, and at other full lines once most ends in the block show such a sign.

    What begins with a small letter may be a list of lower-case items: nothing is joined to it.
    """
    if len(lines) < 2 or all(text[line.end - 1] in _CLOSED_END for line in lines[:-1]):
        return lines
    ends = [_goes_on(text, a, b) for a, b in pairwise(lines)]
    wrapped = 2 * sum(map(bool, ends)) > len(ends)
    full = 2 / 3 * max(b.end - b.start for b in lines)
    joined = [lines[0]]
    for sign, last, line in zip(ends, lines, lines[1:], strict=False):
        head = next(filter(str.isalnum, text[joined[-1].start : min(joined[-1].start + 200, joined[-1].end)]), "")
        if not head.islower() and (sign or (wrapped and sign is None and last.end - last.start >= full)):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _goes_on(text: str, first: Span, second: Span) -> bool | None:
    """Whether a sentence runs over the line end: True or False by a clear sign, None where there is no sign."""
    ending, following = first.of(text).rstrip()[-40:], second.of(text).lstrip()[:200]  # a line may be mostly blanks
    if _CELLS.search(first.of(text).strip()) or _CELLS.search(second.of(text).strip()):
        return False  # rows of a table
    if ending[-1:] == ":" or _BULLET.match(following) or _BYLINE.match(following) or _BULLET.match(first.of(text)[:9]):
        return False
    if ending[-1] in _CLOSED_END:
        return None
    if ending[-1] == "," or ending.split()[-1].lower() in word_lists.word_class("goes_on"):
        return True
    return True if following[0].islower() and not following[1:2].isupper() else None


def sentences(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """The sentences of each paragraph, trimmed of white space.

    A sentence has a letter or digit; it may be one word. Closing marks and brackets belong to it, so does the “he said”
    after a quotation; sentences inside a quotation count. A paragraph always ends one.

    >>> text = "“Stop!” he cried. Mr. Lee paid $3.7 million in the U.S. He left at 7 p.m. Nobody asked."
    >>> [s.of(text) for s in sentences(text, paragraphs(text))]
    ['“Stop!” he cried.', 'Mr. Lee paid $3.7 million in the U.S.', 'He left at 7 p.m.', 'Nobody asked.']
    """
    found: list[Span] = []
    for begin, end in paragraphs:
        start = begin
        for stop in _ends(text, begin, end):
            piece = text[start:stop].strip()
            if piece[:1].isalnum() or any(map(str.isalnum, piece)):
                first = start if text[start] == piece[0] else text.index(piece[0], start)
                found.append(Span(first, first + len(piece)))
            start = stop
    return found


def _ends(text: str, begin: int, end: int) -> Iterator[int]:
    """Where the sentences of a paragraph end; its end is the last."""
    start = begin
    known = _abbreviations()
    for stop in _STOP.finditer(text, begin, end):
        at, after = stop.span()
        if after == end:
            break
        sure = False
        if text[at : after + 1] == ". " and text[after + 1 : after + 3].lstrip("\"“'‘(")[:1].isupper():
            word = text[text.rfind(" ", start, at) + 1 : at]  # the usual case, without the searches of _breaks
            sure = at - start > 8 and len(word) > 1 and word.isalpha() and word not in known and not word.isupper()
        if sure or _breaks(text, stop, start, end):
            yield after
            start = after
    yield end


# A case after the other, the usual ones first: it runs at every stop of a text.
def _breaks(text: str, stop: re.Match[str], start: int, end: int) -> bool:  # noqa: PLR0911
    """Whether the stop ends the sentence that began at ``start``."""
    at, next_at = stop.span()
    mark, closed = stop.groups()
    after = _AFTER.match(text, next_at, end)
    if not after or not after[3]:
        return False
    space, _, token = after.groups()
    if mark[0] in _WIDE:
        return not (closed and token[0] in "とって的")
    if not space and not token[0].isupper():
        return False
    run = text[max(start, at - 40) : at].split()
    word = "" if not run or text[at - 1].isspace() else run[-1]
    if not word.isalpha():
        word = DASH.split(word)[-1].lstrip("\"'“”‘’«»([")
    ellipsis = mark == "…" or (len(mark) > 1 and "!" not in mark and "?" not in mark)
    if not space:
        return not ellipsis and _lost_space(word, token)
    if token[0] in ",;:–—-&=/%)":
        return False
    small = token[0].islower() and not token[1:2].isupper()  # iPhone may begin a sentence
    if mark != ".":
        if small or (ellipsis and token.split("’")[0].split("'")[0] == "I"):  # I is always a capital: no sign
            return False
        return not (closed and token.lower() not in _starters() and _TAG.match(text, next_at, min(end, next_at + 90)))
    if at - start < 9 and _LABEL.fullmatch(text[start:at].strip()):
        return False
    kind = _kind(word)
    if not kind and word.isupper() and len(word) > 1 and token.isupper() and len(token) > 1:
        kind = _kind(word.title()) or _kind(word.lower())  # MR. PELL, in a text of capitals
    if small:
        first = next(filter(str.isalpha, text[start : start + 60]), "")
        return not closed and not kind and (token in word_lists.word_class("starts") or first.islower())
    if closed and closed[0] not in ")]":
        return True
    return not kind or _abbreviation_ends(text, kind, run, word, token, after.start(3), end)


def _lost_space(word: str, token: str) -> bool:
    """Web text loses spaces: ``passed.The mayor``. Not in addresses, names of sites, or after abbreviations."""
    plain = (word[-2:].islower() and len(word) > 1) or (word.isdigit() and len(word) == 4)
    capital = token[0].isupper() and (token[1:2].islower() or token in ("I", "A"))
    return bool(plain and capital and not _ADDRESS.search(word) and not _SUFFIX.match(token) and not _kind(word))


def _abbreviation_ends(text: str, kind: str, run: list[str], word: str, token: str, at: int, end: int) -> bool:
    """Whether an abbreviation of that kind ends a sentence before ``token``, which stands at ``at``."""
    if kind == "name":
        return False
    name = re.split(r"\W", token, maxsplit=1)[0]
    if kind == "number":
        return not (token[0].isdigit() or _kind(token.rstrip(".,")) == "number")
    if kind == "end":
        return not (token[0].isdigit() or _CLOCK.match(token) or _TIME.match(text, at - 1, min(end, at + 60)))
    if kind == "initial":  # “plan B. The town” and “Malcolm X. He” end, “J. K. Lee” does not
        if token[0].isdigit():
            return False
        low = name.lower()
        if low in word_lists.word_class("starts") or (len(run) > 1 and run[-2][0].islower() and low in _starters()):
            return True
    return (name or token).lower() in _starters()


def _kind(word: str) -> str:
    """``name``, ``number``, ``end``, ``any`` (lists/abbreviations.txt), ``initial``, or "" for no abbreviation."""
    kind = _abbreviations().get(word, "")
    if kind or not word or (len(word) > 1 and word.isalpha()):
        return kind
    if "-" in word:
        return _kind(word.rpartition("-")[2])
    if len(word) == 1:
        return "initial" if word.isupper() else ""
    if _DOTTED.fullmatch(word):
        return _abbreviations().get(word.lower(), "any")
    return ""


@cache
def _abbreviations() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for word, kind in word_lists.rows("abbreviations.txt"):
        kinds[word] = kind
        if word.islower() and len(word) > 1:
            kinds.setdefault(word[0].upper() + word[1:], kind)
        elif len(word) > 2:
            kinds.setdefault(word.upper(), kind)
    return kinds


def _starters() -> frozenset[str]:
    return word_lists.words("sentence_starters.txt")


def words(text: str, where: Span | Iterable[Span]) -> list[Span]:
    """The words inside a span or several (give sentences: a lost space between two of them parts words too).

    A word is a run between white space with a letter or digit; hyphenated words, addresses, handles, numbers and
    abbreviations are one; a dash without spaces parts words. Its span leaves out quotation marks, brackets and
    punctuation around it (``U.S.`` gives ``U.S``), and keeps ``$``, ``%``, ``#``, ``@``.

    >>> text = "The “deal—signed” vote was 52-48."
    >>> [w.of(text) for w in words(text, Span(0, len(text)))]
    ['The', 'deal', 'signed', 'vote', 'was', '52-48']
    """
    found: list[Span] = []
    for start, end in (where,) if isinstance(where, Span) else where:
        part = text[start:end]
        dashed = "—" in part or "–" in part or "--" in part or "―" in part
        for run in _RUN.finditer(text, start, end):
            token = run.group()
            if token.isalnum():
                found.append(Span(*run.span()))
                continue
            at = run.start()
            for piece in DASH.split(token) if dashed else (token,):
                at = text.index(piece, at)
                bare = piece.strip(PUNCTUATION)
                if bare and (bare[0].isalnum() or any(map(str.isalnum, bare))):
                    first = at + len(piece) - len(piece.lstrip(PUNCTUATION))
                    found.append(Span(first, first + len(bare)))
                at += len(piece)
    return found


def count_words(text: str, where: Span | Iterable[Span]) -> int:
    """How many words :func:`words` finds there, about three times as fast.

    >>> count_words("The vote was 52-48.", Span(0, 19))
    4
    """
    number = 0
    for start, end in (where,) if isinstance(where, Span) else where:
        part = text[start:end]
        if "—" in part or "–" in part or "--" in part or "―" in part:
            part = DASH.sub(" ", part)
        number += sum(token.isalnum() or any(map(str.isalnum, token)) for token in part.split())
    return number
