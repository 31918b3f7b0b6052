"""What the readability formulas need to know of a text, counted in one pass over its words."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from operator import and_
from pathlib import Path

from . import lexicons
from .article import Span
from .segment import DASH, PUNCTUATION
from .syllables import is_shorthand, syllables


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need to know of a text; every field is a number of things in it, 0 or more; they can be added.

    ``polysyllables`` have three syllables or more; ``complex_words`` are those that Gunning's rules leave of them;
    ``long_words`` have over six letters; ``difficult_words`` are unfamiliar by the rules of Dale and Chall,
    ``spache_words`` by Spache's list; ``characters`` are letters and digits; ``colons`` are those inside a sentence,
    where Björnsson ends one; ``mini_words`` have at most three letters and digits; ``function_words`` are the English
    ones of lexicons/function_words.txt; ``flesch_syllables`` are the syllables with one for each figure, sum and
    abbreviation that is spelt out.
    """

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    polysyllables: int = 0
    complex_words: int = 0
    difficult_words: int = 0
    long_words: int = 0
    letters: int = 0
    characters: int = 0
    colons: int = 0
    mini_words: int = 0
    spache_words: int = 0
    function_words: int = 0
    flesch_syllables: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


# An integer carries all the fields, so that one addition adds them: 32 bits each, the first lowest.
_BITS = 32
_FIELDS = len(Counts.__slots__)
_SENTENCE, _WORD, _SYLLABLE, _POLYSYLLABLE, _COMPLEX, _DIFFICULT, _LONG, _LETTER, _CHARACTER, _COLON, *_REST = (
    1 << at for at in range(0, _FIELDS * _BITS, _BITS)
)
_MINI, _SPACHE, _FUNCTION, _FLESCH = _REST
# Words of letters only by their length, and what syllables add by their number.
_PLAIN = [_WORD + n * (_LETTER + _CHARACTER) + (n > 6) * _LONG + (n < 4) * _MINI for n in range(40)]
_SPOKEN = [n * (_SYLLABLE + _FLESCH) + (n > 2) * _POLYSYLLABLE for n in range(120)]


def _unpacked(total: int) -> Counts:
    return Counts(*(total >> at & (1 << _BITS) - 1 for at in range(0, _FIELDS * _BITS, _BITS)))


def count(text: str, sentences: Iterable[Span]) -> Counts:
    """Counts the words of the sentences, in one pass. Those without a word are no sentences.

    A capital inside a sentence makes a name; at its beginning it does if the text has the word with a capital inside
    another, or nowhere in small letters and the word doesn't look like a common one. A sentence all in capitals has no
    names.

    >>> text = "The mayor of Leeds resigned. Nobody expected it."
    >>> c = count(text, [Span(0, 28), Span(29, 48)])
    >>> c.sentences, c.words, c.syllables, c.difficult_words
    (2, 8, 14, 1)
    """
    return _unpacked(sum(_packed(text, sentences)))


def count_each(text: str, sentences: Iterable[Span]) -> list[Counts]:
    """The counts of each sentence; added up they are those of :func:`count`, as names are found over all of them.

    >>> [c.words for c in count_each("The mayor resigned. Nobody asked.", [Span(0, 19), Span(20, 33)])]
    [3, 2]
    """
    return [_unpacked(total) for total in _packed(text, sentences)]


_OPENING = "\"'“‘«„(["  # a quotation may begin with them


def _packed(text: str, sentences: Iterable[Span]) -> list[int]:
    """The counts of each sentence, packed."""
    totals = list[int]()
    unsure = list[tuple[int, str]]()  # sentence and token: it counts otherwise if its capital makes a name
    rests = list[list[str]]()
    names, others = _counts_of(True), _counts_of(False)
    for start, end in sentences:
        part = text[start:end].rstrip(PUNCTUATION).replace(", ", " ")
        tokens = (part.lower() if part.isupper() else part).split()
        at = 0 if tokens and tokens[0].isalpha() else _first_word(tokens)
        if at == len(tokens):
            totals.append(0)
            continue
        first = tokens[at]
        rest = tokens[at + 1 :]
        rests.append(rest)
        number = len(totals)
        totals.append(_SENTENCE + names[first] + sum(map(names.__getitem__, rest)))
        if names[first] != others[first]:
            unsure.append((number, first))
        if any(map(part.__contains__, _OPENING)):
            unsure += [(number, token) for token in rest if token[0] in _OPENING and names[token] != others[token]]
    inside = set[str]().union(*rests)
    for number, token in unsure:
        bare = token.strip(PUNCTUATION)
        if bare not in inside and (bare.lower() in inside or not _looks_like_a_name(bare)):
            totals[number] += others[token] - names[token]
    return totals


def _first_word(tokens: list[str]) -> int:
    return next((i for i, token in enumerate(tokens) if any(map(str.isalnum, token))), len(tokens))


class _Tokens(dict[str, int]):
    """The counts of what stands between two blanks, worked out when first met; ``name``: a capital makes one."""

    __slots__ = ("name",)
    LIMIT = 1 << 16

    def __init__(self, name: bool) -> None:
        self.name = name

    def __missing__(self, token: str) -> int:
        if token.isalpha():
            total = _word(token, self.name)
        else:
            bare = token.strip(PUNCTUATION)
            if bare.isalpha() and bare is not token:
                total = self[bare]
            else:
                pieces = DASH.split(token) if "--" in token or not token.isascii() else (token,)
                words = [piece.strip(PUNCTUATION) for piece in pieces]
                total = sum([_word(word, self.name) for word in words if any(map(str.isalnum, word))])
            if total and token[-1] == ":":
                total += _COLON
        if len(token) < 60:
            if len(self) >= self.LIMIT:
                self.clear()
            self[token] = total
        return total


@cache
def _counts_of(name: bool) -> _Tokens:
    return _Tokens(name)


def _word(word: str, name: bool) -> int:
    """The counts of one word, packed."""
    size, low = len(word), word.lower()
    number = syllables(word)
    if size < 40 and word.isalpha():
        total = _PLAIN[size] + _SPOKEN[number]
        named = name and low != word and word[0].isupper()
        letters = size
    else:
        letters, characters = sum(map(str.isalpha, word)), sum(map(str.isalnum, word))
        total = _WORD + letters * _LETTER + characters * _CHARACTER + (letters > 6) * _LONG + (characters < 4) * _MINI
        total += number * (_SYLLABLE + _FLESCH) + (number > 2) * _POLYSYLLABLE
        named = name and word[0].isupper()
    if number > 1 and (not word.isalpha() or (size < 6 and word.isupper())) and is_shorthand(word):
        total -= (number - 1) * _FLESCH
    if not named:
        if number > 2 and _is_complex(low, number):
            total += _COMPLEX
        if letters:
            lists = _lists(low)
            if not lists & _DALE_CHALL:
                total += _DIFFICULT
            if not lists & _SPACHE_LIST:
                total += _SPACHE
    if size < 6 and low in _function_words():
        total += _FUNCTION
    return total


_COMMON_ENDINGS = tuple(
    "ed ing ly ion ment ness ity ous ive able ible al ic ance ence ship ism ist ant ent ure age cy ful".split()
)


def _looks_like_a_name(word: str) -> bool:
    low = word.lower()
    if is_familiar(low) or word.isupper() or "-" in low or low.endswith(_COMMON_ENDINGS):
        return False
    return len(low) < 2 or low[-1] != "s" or low[-2] in "s'’"


# Dale and Chall; Spache; Gunning


_DALE_CHALL, _SPACHE_LIST = 1, 2


@cache
def _familiar() -> dict[str, int]:
    """On which lists a word stands: Dale and Chall's, Spache's or both.

    The 2,940 words of the first are read from textstat's data file: importing textstat takes half a second.
    """
    spec = importlib.util.find_spec("textstat")
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "Dale-Chall's familiar words are read from textstat, which is not installed: pip install textstat."
        )
    path = Path(spec.submodule_search_locations[0]) / "resources" / "en" / "easy_words.txt"
    listed = dict.fromkeys(path.read_text("utf-8").lower().split(), _DALE_CHALL)
    for word in lexicons.words("spache.txt"):
        listed[word] = listed.get(word, 0) | _SPACHE_LIST
    return listed


@cache
def _function_words() -> frozenset[str]:
    return lexicons.words("function_words.txt")


# By the last letter: regular endings, and what stands in their place in the list.
_INFLECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "s": (("'s", ""), ("ies", "y"), ("s", ""), ("es", "")),
    "d": (("ied", "y"), ("ed", ""), ("ed", "e"), ("'d", "")),
    "g": (("ing", ""), ("ing", "e")),
    "r": (("ier", "y"), ("er", ""), ("er", "e")),
    "t": (("iest", "y"), ("est", ""), ("est", "e"), ("n't", "")),
    "y": (("ily", "y"), ("ly", ""), ("ly", "le")),
    "e": (("'ve", ""), ("'re", "")),
    "l": (("'ll", ""),),
    "m": (("'m", ""),),
}


def is_familiar(word: str) -> bool:
    """Whether a word that is no name is familiar by the rules of Dale and Chall (1948, list of 1995).

    It stands on the list or is regularly inflected from such a word, all parts of a hyphenated one do, or it holds a
    digit.

    >>> [is_familiar(word) for word in ("houses", "well-made", "legislature", "1990s")]
    [True, True, False, True]
    """
    return bool(_lists(word.lower()) & _DALE_CHALL)


def _lists(low: str) -> int:
    """Which lists have a word in small letters, or one that it is regularly inflected from."""
    listed = _familiar()
    found = listed.get(low, 0)
    if found == _DALE_CHALL | _SPACHE_LIST:
        return found
    if not low.isalpha():
        low = low.replace("’", "'")
        if any(map(str.isdigit, low)):
            return _DALE_CHALL | _SPACHE_LIST
        found |= listed.get(low, 0)
        if "-" in low or "/" in low:
            return found | reduce(and_, map(_lists, filter(None, re.split("[-/]", low))), _DALE_CHALL | _SPACHE_LIST)
    for ending, base in _INFLECTIONS.get(low[-1:], ()):
        if low.endswith(ending):
            stem = low[: -len(ending)]
            found |= listed.get(stem + base, 0)
            if stem[-2:-1] == stem[-1:]:
                found |= listed.get(stem[:-1], 0)
    return found


_SYLLABIC_ENDINGS = ("ted", "ded", "ing", "ses", "xes", "zes", "ces", "ges", "shes", "ches")


def _is_complex(low: str, number: int) -> bool:
    """Gunning 1952: three syllables, unless a compound of easy words makes them, or -ed, -es, -ing the third."""
    if "-" in low:
        return any(syllables(part) > 2 and _is_complex(part, 3) for part in low.split("-"))
    if number == 3 and low.endswith(_SYLLABIC_ENDINGS):
        return False
    listed = _familiar()
    for cut in range(3, min(len(low) - 2, 16)):
        first = low[:cut]
        if first in listed and listed[first] & _lists(low[cut:]) & _DALE_CHALL:
            parts = syllables(first), syllables(low[cut:])
            if max(parts) < 3:
                return sum(parts) != number
    return True
