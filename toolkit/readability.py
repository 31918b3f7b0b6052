"""Syllables, counts and the published readability formulas: each a few lines over the same plain counts.

All formulas were made for English. Below :data:`MIN_WORDS` words none of them says much.
"""

from __future__ import annotations

import importlib.util
import lzma
import math
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from . import lexicons
from .article import Span
from .segment import DASH, PUNCTUATION
from .syllables import syllables

MIN_WORDS = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need to know of a text; every field is a number of things in it, 0 or more.

    ``polysyllables`` have three syllables or more; ``complex_words`` are those that Gunning's rules leave of them;
    ``long_words`` have over six letters; ``difficult_words`` are unfamiliar by the rules of Dale and Chall;
    ``characters`` are letters and digits; ``colons`` are those inside a sentence, where Björnsson ends one.
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
    number, rest, firsts = 0, list[str](), list[str]()
    for start, end in sentences:
        part = text[start:end]
        tokens = (part.lower() if part.isupper() else part).split()
        at = 0 if tokens and tokens[0].isalpha() else _first_word(tokens)
        if at < len(tokens):
            number += 1
            firsts.append(tokens[at])
            if tokens[-1][-1] == ":":
                tokens[-1] = tokens[-1][:-1] or ":"  # the sentence ends there anyway
            rest += tokens[at + 1 :]
    total, inside = 0, Counter(rest)
    for token, n in inside.items():
        if token[0] in "\"'“‘«„([":  # a quotation may begin with it
            firsts += [token] * n
        else:
            total += n * _packed(token, True)
    for token in firsts:
        bare = token.strip(PUNCTUATION)
        total += _packed(token, bare in inside or (bare.lower() not in inside and _looks_like_a_name(bare)))
    return Counts(number, *(total >> (_BITS * i) & (1 << _BITS) - 1 for i in range(9)))


def _first_word(tokens: list[str]) -> int:
    return next((i for i, token in enumerate(tokens) if any(map(str.isalnum, token))), len(tokens))


_BITS = 32  # an integer carries the fields of Counts after the first, so that one addition adds them all


@lru_cache(maxsize=1 << 15)
def _packed(token: str, name: bool) -> int:
    """The counts of what stands between two white spaces; ``name`` where a capital would make it one."""
    total = 0
    for piece in DASH.split(token) if "--" in token or not token.isascii() else (token,):
        word = piece.strip(PUNCTUATION)
        if word.isalpha() or any(map(str.isalnum, word)):
            total += _count_word(word, name and word[0].isupper())
    return total | (total > 0 and token[-1] == ":") << (_BITS * 8)


@lru_cache(maxsize=1 << 14)
def _count_word(word: str, name: bool) -> int:
    letters = len(word) if word.isalpha() else sum(map(str.isalpha, word))
    number = syllables(word)
    characters = letters if letters == len(word) else sum(map(str.isalnum, word))
    packed = 1 | number << _BITS | letters << _BITS * 6 | characters << _BITS * 7 | (letters > 6) << _BITS * 5
    if number > 2:
        packed |= (1 << _BITS * 2) | (not name and _is_complex(word, number)) << _BITS * 3
    return packed | (letters > 0 and not name and not _is_familiar(word.lower())) << _BITS * 4


_COMMON_ENDING = re.compile(
    r"(?:[^s'’]s|ed|ing|ly|ion|ment|ness|ity|ous|ive|[ai]ble|al|ic|[ae]nce|ship|ism|ist|[ae]nt|ure|age|cy|ful)$"
)


@lru_cache(maxsize=1 << 12)
def _looks_like_a_name(word: str) -> bool:
    low = word.lower()
    return not (word.isupper() or _is_familiar(low) or "-" in low or _COMMON_ENDING.search(low))


# Dale and Chall; Gunning


@cache
def _familiar() -> frozenset[str]:
    """The 2,940 words of textstat's list, read from its data file: importing textstat takes half a second."""
    spec = importlib.util.find_spec("textstat")
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "Dale-Chall's familiar words are read from textstat, which is not installed: pip install textstat."
        )
    path = Path(spec.submodule_search_locations[0]) / "resources" / "en" / "easy_words.txt"
    return frozenset(path.read_text("utf-8").lower().split())


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


def _is_familiar(low: str) -> bool:
    """Dale and Chall 1948 and 1995: on the list, or regularly inflected from it; of a hyphenated word, both parts."""
    listed = _familiar()
    if low in listed:
        return True
    if not low.isalpha():
        low = low.replace("’", "'")
        if any(map(str.isdigit, low)) or low in listed:
            return True
        if "-" in low or "/" in low:
            return all(map(_is_familiar, filter(None, re.split("[-/]", low))))
    for ending, base in _INFLECTIONS.get(low[-1:], ()):
        stem = low.removesuffix(ending)
        if stem != low and (stem + base in listed or (stem[-2:-1] == stem[-1:] and stem[:-1] in listed)):
            return True
    return False


_SYLLABIC_ENDING = re.compile(r"(?:[td]ed|ing|(?:[sxzcg]|[cs]h)es)$")


def _is_complex(word: str, number: int) -> bool:
    """Gunning 1952: three syllables, unless a compound of easy words makes them, or -ed, -es, -ing the third."""
    low = word.lower()
    if "-" in low:
        return any(syllables(part) > 2 and _is_complex(part, 3) for part in low.split("-"))
    if number == 3 and _SYLLABIC_ENDING.search(low):
        return False
    for cut in range(3, min(len(low) - 2, 16)):
        first, second = low[:cut], low[cut:]
        if first in _familiar() and _is_familiar(second) and syllables(first) < 3 and syllables(second) < 3:
            return syllables(first) + syllables(second) != number
    return True


# The formulas, with their constants as published


def flesch_ease(c: Counts) -> float:
    """Reading ease, about 0 (hard) to 100 (easy). Flesch 1948, Journal of Applied Psychology 32, 221-233.

    >>> round(flesch_ease(Counts(sentences=2, words=20, syllables=30)), 2)
    69.79
    """
    return 206.835 - 1.015 * _ratio(c.words, c.sentences) - 84.6 * _ratio(c.syllables, c.words)


def flesch_kincaid_grade(c: Counts) -> float:
    """US school year. Kincaid, Fishburne, Rogers & Chissom 1975, Naval Technical Training Command, report 8-75.

    >>> round(flesch_kincaid_grade(Counts(sentences=2, words=20, syllables=30)), 2)
    6.01
    """
    return 0.39 * _ratio(c.words, c.sentences) + 11.8 * _ratio(c.syllables, c.words) - 15.59


def smog_grade(c: Counts) -> float:
    """US school year; made for samples of 30 sentences. McLaughlin 1969, Journal of Reading 12, 639-646.

    >>> round(smog_grade(Counts(sentences=30, words=400, polysyllables=100)), 2)
    13.56
    """
    return 1.0430 * math.sqrt(30 * _ratio(c.polysyllables, c.sentences)) + 3.1291


def gunning_fog_grade(c: Counts) -> float:
    """US school year. Gunning 1952, The Technique of Clear Writing.

    >>> round(gunning_fog_grade(Counts(sentences=2, words=20, complex_words=2)), 2)
    8.0
    """
    return 0.4 * (_ratio(c.words, c.sentences) + 100 * _ratio(c.complex_words, c.words))


def ari_grade(c: Counts) -> float:
    """US school year, of letters and digits. Smith & Senter 1967, Automated Readability Index, AMRL-TR-66-220.

    >>> round(ari_grade(Counts(sentences=2, words=20, characters=80)), 2)
    2.41
    """
    return 4.71 * _ratio(c.characters, c.words) + 0.5 * _ratio(c.words, c.sentences) - 21.43


def coleman_liau_grade(c: Counts) -> float:
    """US school year, of letters. Coleman & Liau 1975, Journal of Applied Psychology 60, 283-284.

    >>> round(coleman_liau_grade(Counts(sentences=2, words=20, letters=90)), 2)
    7.7
    """
    return 0.0588 * 100 * _ratio(c.letters, c.words) - 0.296 * 100 * _ratio(c.sentences, c.words) - 15.8


def lix(c: Counts) -> float:
    """20 (easy) to 60 (hard); a colon ends a sentence here. Björnsson 1968, Läsbarhet.

    >>> lix(Counts(sentences=2, words=20, long_words=5))
    35.0
    """
    return _ratio(c.words, c.sentences + c.colons) + 100 * _ratio(c.long_words, c.words)


def rix(c: Counts) -> float:
    """Long words a sentence, 0 up; a colon ends a sentence here. Anderson 1983, Journal of Reading 26, 490-496.

    >>> rix(Counts(sentences=2, words=20, long_words=5))
    2.5
    """
    return _ratio(c.long_words, c.sentences + c.colons)


def dale_chall_grade(c: Counts) -> float:
    """About the US school year: 4.9 and below is grade 4, 9 and 10 are college.

    Dale & Chall 1948, Educational Research Bulletin 27, 11-20, with the list of Chall & Dale 1995.

    >>> round(dale_chall_grade(Counts(sentences=2, words=20, difficult_words=2)), 2)
    5.71
    """
    share = 100 * _ratio(c.difficult_words, c.words)
    return 0.1579 * share + 0.0496 * _ratio(c.words, c.sentences) + (3.6365 if share > 5 else 0)


def linsear_write_grade(c: Counts) -> float:
    """US school year; made for samples of 100 words. Attributed to J. O'Hayre 1966, Gobbledygook Has Gotta Go.

    >>> linsear_write_grade(Counts(sentences=2, words=20, polysyllables=2))
    5.0
    """
    points = _ratio(c.words + 2 * c.polysyllables, c.sentences)
    return points / 2 if points > 20 else (points - 2) / 2


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


FORMULAS: tuple[Callable[[Counts], float], ...] = (
    *(flesch_ease, flesch_kincaid_grade, smog_grade, gunning_fog_grade, ari_grade, coleman_liau_grade),
    *(lix, rix, dale_chall_grade, linsear_write_grade),
)


def scores(c: Counts) -> dict[str, float]:
    """All formulas by their names; NaN where the counts hold no word or no sentence.

    >>> {name: round(value, 1) for name, value in scores(Counts(2, 20, 30)).items() if "flesch" in name}
    {'flesch_ease': 69.8, 'flesch_kincaid_grade': 6.0}
    """
    return {formula.__name__: formula(c) for formula in FORMULAS}


def costliest(text: str, sentences: Iterable[Span], n: int = 5) -> list[tuple[Span, float]]:
    """The ``n`` sentences that raise the Flesch-Kincaid grade of the text most, and by how many grades, highest first.

    The cost of a sentence is the grade of the text less that of the text without it; a text of one sentence has none.

    >>> text = "He ran. The administration categorically denied every allegation. She hid."
    >>> [(s.of(text)[:7], cost > 0) for s, cost in costliest(text, [Span(0, 7), Span(8, 65), Span(66, 74)], n=1)]
    [('The adm', True)]
    """
    spans = list(sentences)
    counts = [count(text, [span]) for span in spans]
    w, s, y = (sum(getattr(c, name) for c in counts) for name in ("words", "sentences", "syllables"))
    grade = flesch_kincaid_grade(Counts(s, w, y))
    costs = [
        (span, grade - flesch_kincaid_grade(Counts(s - 1, w - c.words, y - c.syllables)))
        for span, c in zip(spans, counts, strict=True)
        if 0 < c.words < w
    ]
    return sorted(costs, key=lambda cost: (-cost[1], cost[0]))[:n]


TEXTSTAT = {
    "flesch_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "smog_grade": "smog_index",
    "gunning_fog_grade": "gunning_fog",
    "ari_grade": "automated_readability_index",
    "coleman_liau_grade": "coleman_liau_index",
    "lix": "lix",
    "rix": "rix",
    "dale_chall_grade": "dale_chall_readability_score",
    "linsear_write_grade": "linsear_write_formula",
}  # our name -> textstat's


def textstat_scores(text: str) -> dict[str, float]:
    """What textstat itself gives for a text, under our names and offline, to be set beside :func:`scores`.

    Its own counts of sentences, words and syllables stand behind the values. Where textstat would download the CMU
    dictionary it is given the shipped counts, laid out as nltk expects them. The first call takes some seconds.
    """
    textstat = _textstat()
    return {ours: float(getattr(textstat, theirs)(text)) for ours, theirs in TEXTSTAT.items()}


@cache
def _textstat() -> ModuleType:
    """textstat with the dictionary in its cache; nltk's search path is as before once this returns."""
    listed = lzma.decompress(files(lexicons).joinpath("cmudict.xz").read_bytes()).decode("ascii").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpora" / "cmudict" / "cmudict"
        path.parent.mkdir(parents=True)
        spoken = ((word.upper(), int(number)) for word, number in map(str.split, listed))
        path.write_text("".join(f"{word} 1 {'AH0 ' * number or 'M '}\n" for word, number in spoken), encoding="ascii")
        import nltk.data
        import textstat
        from textstat.backend.utils import get_cmudict

        nltk.data.path.insert(0, folder)
        try:
            get_cmudict("en_US")
        finally:
            nltk.data.path.remove(folder)
    module: ModuleType = textstat
    return module
