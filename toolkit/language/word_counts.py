"""What the readability formulas need to know of a text, counted in one pass over its words."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from struct import Struct

from ..article import FILL, Span
from . import word_lists
from .segmentation import DASH, PUNCTUATION
from .syllables import is_shorthand, known, syllables


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need to know of a text; every field is a number of things in it, 0 or more; they can be added.

    ``polysyllables`` have three syllables or more; ``complex_words`` are those that Gunning's rules leave of them;
    ``long_words`` have over six letters; ``difficult_words`` are unfamiliar by the rules of Dale and Chall,
    ``spache_words`` by Spache's list; ``characters`` are letters and digits; ``colons`` are those inside a sentence,
    where Björnsson ends one; ``mini_words`` have at most three letters and digits; ``function_words`` are the English
    ones of lists/function_words.txt; ``flesch_syllables`` are the syllables with one for each figure, sum and
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


# An integer carries all the fields, so that one addition adds them: 32 bits each, the first lowest. Above them is the
# number of tokens that may begin a quotation, so that their capital need not make a name. Tuples of the fields would
# take 0.23 ms more an article, of 0.61 that all of readability takes; NumPy 0.04, but importing it takes longer.
_BITS = 32
_FIELDS = len(Counts.__slots__)
_SENTENCE, _WORD, _SYLLABLE, _POLYSYLLABLE, _COMPLEX, _DIFFICULT, _LONG, _LETTER, _CHARACTER, _COLON, *_REST = (
    1 << at for at in range(0, _FIELDS * _BITS, _BITS)
)
_MINI, _SPACHE, _FUNCTION, _FLESCH = _REST
_UNSURE = 1 << _FIELDS * _BITS
_STRANGE = ((1 << _BITS) - 1) * (_COMPLEX | _DIFFICULT | _SPACHE)  # what only words count that are no names
_LAYOUT = Struct(f"<{_FIELDS}I4x")
# Words of letters only by their length, and what syllables add by their number.
_PLAIN = [_WORD + n * (_LETTER + _CHARACTER) + (n > 6) * _LONG + (n < 4) * _MINI for n in range(40)]
_SPOKEN = [n * (_SYLLABLE + _FLESCH) + (n > 2) * _POLYSYLLABLE for n in range(120)]


def _unpacked(total: int) -> Counts:
    return Counts(*_LAYOUT.unpack(total.to_bytes(_LAYOUT.size, "little")))


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


_UNSEEN = f"{FILL}\u00ad\u200b\u200c\u200d\u2060\ufeff"  # no reader sees them
_OPENING = "\"'“‘«„(["  # a quotation may begin with them


def _packed(text: str, sentences: Iterable[Span]) -> list[int]:
    """The counts of each sentence, packed."""
    totals = list[int]()
    unsure = list[tuple[int, str]]()  # sentence and token: it counts more if its capital makes no name
    inside = set[str]()  # the tokens after the first word of their sentence
    counts, unnamed = _kept(_counts), _kept(_unnamed)
    unseen = {ord(sign): None for sign in _UNSEEN if sign in text}
    for start, end in sentences:
        part = text[start:end].rstrip(PUNCTUATION).replace(", ", " ")
        if unseen:
            part = part.translate(unseen)
        tokens = (part.lower() if part.isupper() else part).split()
        total = sum(map(counts.__getitem__, tokens))
        if total:
            at = 0
            while not counts[tokens[at]]:
                at += 1
            if unnamed[tokens[at]]:
                unsure.append((len(totals), tokens[at]))
            del tokens[: at + 1]
            inside.update(tokens)
            if total >= _UNSURE:
                unsure += [(len(totals), token) for token in tokens if counts[token] >= _UNSURE]
            total += _SENTENCE
        totals.append(total)
    for number, token in unsure:
        word = token.strip(PUNCTUATION)
        if word not in inside and (word.lower() in inside or not _looks_like_a_name(word)):
            totals[number] += unnamed[token]
    return totals


class _Kept(dict[str, int]):
    """What a function gives for a string, worked out when first met; long strings aren't kept, nor too many."""

    __slots__ = ("function",)
    LIMIT = 1 << 16

    def __init__(self, function: Callable[[str], int]) -> None:
        self.function = function

    def __missing__(self, token: str) -> int:
        value = self.function(token)
        if len(token) < 60:
            if len(self) >= self.LIMIT:
                self.clear()
            self[token] = value
        return value


@cache
def _kept(function: Callable[[str], int]) -> _Kept:
    return _Kept(function)


def _counts(token: str) -> int:
    """The counts of the words of a token (what stands between two blanks), packed; a capital makes a name."""
    if token.isalpha():
        entry = known().get(token)
        if entry is None:
            return _word(token)
        total = _PLAIN[len(token)] + _KNOWN[entry]  # in small letters, as the table has it
        return total + _FUNCTION if len(token) < 6 and token in _function_words() else total
    bare = token.strip(PUNCTUATION)
    total = _kept(_counts)[bare] if bare.isalpha() else sum(map(_word, _words(bare)))
    if total and token[-1] == ":":
        total += _COLON
    if token[0] in _OPENING and not bare.islower() and _kept(_unnamed)[token]:
        total += _UNSURE
    return total


def _unnamed(token: str) -> int:
    """What the words of a token count more if their capitals make no names."""
    bare = token.strip(PUNCTUATION)
    if bare.isascii() and bare.isalpha() and not bare.isupper():
        return _kept(_counts)[bare.lower()] & _STRANGE if bare[0].isupper() else 0
    named = [word for word in _words(bare) if word[0].isupper() and word != word.lower()]
    return sum([_strange(word.lower(), syllables(word)) for word in named])


def _words(bare: str) -> list[str]:
    """The words that dashes part, of a token without the punctuation around it."""
    pieces = [bare] if bare.isascii() and "--" not in bare else DASH.split(bare)
    return [word for piece in pieces if (word := piece.strip(PUNCTUATION))[:1].isalnum() or any(map(str.isalnum, word))]


def _word(word: str) -> int:
    """The counts of one word, packed."""
    low = word.lower()
    solid = word if word.isalpha() else word.replace("’", "'").replace("'", "", 1)
    entry = known().get(low if solid is word else low.replace("’", "'"))
    if entry is not None and solid.isalpha() and not word.isupper():  # most words
        total = _PLAIN[len(solid)] + (_SPOKEN[entry >> 3] if word[0].isupper() else _KNOWN[entry])
        return total + _FUNCTION if len(word) < 6 and low in _function_words() else total
    if "-" in word and (total := _compound(word, low)):
        return total
    number = syllables(word)
    solid = solid.replace("-", "").replace("'", "")
    letters = len(solid)
    if letters < len(_PLAIN) and solid.isalpha():
        total = _PLAIN[letters] + _SPOKEN[number]
    else:
        letters, characters = sum(map(str.isalpha, solid)), sum(map(str.isalnum, solid))
        total = _WORD + letters * _LETTER + characters * _CHARACTER + (letters > 6) * _LONG + (characters < 4) * _MINI
        total += number * (_SYLLABLE + _FLESCH) + (number > 2) * _POLYSYLLABLE
    if number > 1 and (letters < len(solid) or (letters < 6 and word.isupper())) and is_shorthand(word):
        total -= (number - 1) * _FLESCH
    if letters < 6 and low in _function_words():
        total += _FUNCTION
    return total if word[0].isupper() and word != low else total + _strange(low, number)


def _compound(word: str, low: str) -> int:
    """The counts of a word that hyphens join of known ones, packed; 0 if it is none, or a very long one."""
    table = known()
    entries = [table.get(part) for part in low.split("-")]
    if None in entries or len(low) > len(_PLAIN) or any(map(str.isupper, word.split("-"))):
        return 0
    parts = [entry for entry in entries if entry is not None]
    letters, number = len(low) - len(parts) + 1 - low.count("'"), sum([entry >> 3 for entry in parts])
    total = _PLAIN[letters] + _SPOKEN[number]
    if word[0].isupper():
        return total
    lists, hard = _BOTH, 0
    for entry in parts:
        lists &= entry
        hard |= entry >> 2 & 1
    return total + _UNLISTED[lists | _familiar().get(low, 0)] + hard * _COMPLEX


def _strange(low: str, number: int) -> int:
    """What a word in small letters, of that many syllables, counts by the rules for words that are no names."""
    total = _UNLISTED[_lists(low)] if low[0].isalpha() or any(map(str.isalpha, low)) else 0
    return total + _COMPLEX if number > 2 and _is_complex(low, number) else total


def rules(low: str, number: int) -> int:
    """What the table of known words holds of one beside its syllables: 1 Dale and Chall's, 2 Spache's, 4 complex."""
    return _lists(low) + 4 * (number > 2 and _is_complex(low, number))


_COMMON_ENDINGS = tuple(
    "ed ing ly ion ment ness ity ous ive able ible al ic ance ence ship ism ist ant ent ure age cy ful".split()
)


@lru_cache(1 << 14)
def _looks_like_a_name(word: str) -> bool:
    low = word.lower()
    if is_familiar(low) or word.isupper() or "-" in low or low.endswith(_COMMON_ENDINGS):
        return False
    return len(low) < 2 or low[-1] != "s" or low[-2] in "s'’"


# Dale and Chall; Spache; Gunning


_DALE_CHALL, _SPACHE_LIST, _BOTH = 1, 2, 3
_UNLISTED = (_DIFFICULT + _SPACHE, _SPACHE, _DIFFICULT, 0)  # what a word counts by the lists it is on
# What a known word counts by its entry in the table: syllables times 8, and what :func:`rules` gives.
_KNOWN = [_SPOKEN[entry >> 3] + _UNLISTED[entry & 3] + (entry >> 2 & 1) * _COMPLEX for entry in range(8 * 20)]


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
    for word in word_lists.words("spache.txt"):
        listed[word] = listed.get(word, 0) | _SPACHE_LIST
    return listed


@cache
def _function_words() -> frozenset[str]:
    return word_lists.words("function_words.txt")


_Endings = tuple[tuple[str, tuple[str, ...]], ...]
# By the last letter: regular endings, and what stands in their place in the list.
_INFLECTIONS: dict[str, _Endings] = {
    "s": (("s", ("",)), ("es", ("",)), ("ies", ("y",))),
    "d": (("ed", ("", "e")), ("ied", ("y",))),
    "g": (("ing", ("", "e")),),
    "r": (("er", ("", "e")), ("ier", ("y",))),
    "t": (("est", ("", "e")), ("iest", ("y",))),
    "y": (("ly", ("", "le")), ("ily", ("y",))),
}
_CONTRACTIONS: _Endings = tuple((ending, ("",)) for ending in ("'s", "'d", "n't", "'ve", "'re", "'ll", "'m"))


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
    if found == _BOTH:
        return found
    endings = _INFLECTIONS.get(low[-1:], ())
    if not low.isalpha():
        endings += _CONTRACTIONS
        low = low.replace("’", "'")
        if any(map(str.isdigit, low)):
            return _BOTH
        found |= listed.get(low, 0)
        if "-" in low or "/" in low:
            every = _BOTH
            for part in filter(None, low.replace("/", "-").split("-")):
                every &= _lists(part)
            return found | every
    for ending, bases in endings:
        if low.endswith(ending):
            stem = low[: -len(ending)]
            for base in bases:
                found |= listed.get(stem + base, 0)
            if stem[-2:-1] == stem[-1:]:
                found |= listed.get(stem[:-1], 0)
    return found


_SYLLABIC_ENDINGS = ("ted", "ded", "ing", "ses", "xes", "zes", "ces", "ges", "shes", "ches")


def _is_complex(low: str, number: int) -> bool:
    """Gunning 1952: three syllables, unless a compound of easy words makes them, or -ed, -es, -ing the third."""
    if "-" in low:
        return any((own := syllables(part)) > 2 and _is_complex(part, own) for part in low.split("-"))
    if number == 3 and low.endswith(_SYLLABIC_ENDINGS):
        return False
    listed = _familiar()
    for cut in range(3, min(len(low) - 2, 16)) if number < 5 else ():
        if listed.get(low[:cut], 0) & _DALE_CHALL and _lists(low[cut:]) & _DALE_CHALL:
            parts = syllables(low[:cut]), syllables(low[cut:])
            if max(parts) < 3:
                return sum(parts) != number
    return True
