"""The published readability formulas, each a few lines over the same plain counts, and the words behind them.

All formulas were made for English. Below :data:`MIN_WORDS` words none of them says much; :func:`cautions` says so.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from ..article import Span
from . import segmentation
from .syllables import dictionary, syllables
from .word_counts import Counts, count, count_each, is_familiar

__all__ = [
    "FORMULAS",
    "MIN_ENGLISH",
    "MIN_WORDS",
    "TEXTSTAT",
    "Counts",
    "cautions",
    "costliest",
    "costliest_words",
    "count",
    "count_each",
    "lay_out_dictionary",
    "scores",
    "syllables",
    "textstat_scores",
    *("flesch_ease", "flesch_kincaid_grade", "smog_grade", "gunning_fog_grade", "ari_grade", "coleman_liau_grade"),
    *("lix", "rix", "dale_chall_grade", "spache_grade", "spache_1953_grade", "linsear_write_grade", "mcalpine_eflaw"),
]
MIN_WORDS = 100
MIN_ENGLISH = 0.06  # share of function words: 0.11 up in 99.95 % of 14,000 English articles, 0.01 in other languages

MUCH_FOREIGN = 0.2  # share of words in another language that a caution tells of
ENDLESS = 100  # words; hardly a sentence of the news has more

# The formulas, with their constants as published


def flesch_ease(c: Counts) -> float:
    """Reading ease, about 0 (hard) to 100 (easy). Flesch 1948, Journal of Applied Psychology 32 (3), 221-233.

    A figure, a sum or an abbreviation that is spelt out has one syllable (Flesch 1979, How to Write Plain English).

    >>> round(flesch_ease(Counts(sentences=2, words=20, flesch_syllables=30)), 2)
    69.79
    """
    return 206.835 - 1.015 * _ratio(c.words, c.sentences) - 84.6 * _ratio(c.flesch_syllables, c.words)


def flesch_kincaid_grade(c: Counts) -> float:
    """US school year.

    Kincaid, Fishburne, Rogers & Chissom 1975, Naval Technical Training Command, Research Branch Report 8-75. Syllables
    as for :func:`flesch_ease`.

    >>> round(flesch_kincaid_grade(Counts(sentences=2, words=20, flesch_syllables=30)), 2)
    6.01
    """
    return 0.39 * _ratio(c.words, c.sentences) + 11.8 * _ratio(c.flesch_syllables, c.words) - 15.59


def smog_grade(c: Counts) -> float:
    """US school year; made for samples of 30 sentences. McLaughlin 1969, Journal of Reading 12 (8), 639-646.

    His short rule (3 and the root of the nearest perfect square) gives 13 for 95 polysyllables in 30 sentences.

    >>> round(smog_grade(Counts(sentences=30, words=400, polysyllables=95)), 2)
    13.3
    """
    return 1.0430 * math.sqrt(30 * _ratio(c.polysyllables, c.sentences)) + 3.1291


def gunning_fog_grade(c: Counts) -> float:
    """US school year. Gunning 1952, The Technique of Clear Writing.

    >>> round(gunning_fog_grade(Counts(sentences=2, words=20, complex_words=2)), 2)
    8.0
    """
    return 0.4 * (_ratio(c.words, c.sentences) + 100 * _ratio(c.complex_words, c.words))


def ari_grade(c: Counts) -> float:
    """US school year, of letters and digits (the report counted the strokes of a typewriter).

    Smith & Senter 1967, Automated Readability Index, AMRL-TR-66-220.

    >>> round(ari_grade(Counts(sentences=2, words=20, characters=80)), 2)
    2.41
    """
    return 4.71 * _ratio(c.characters, c.words) + 0.5 * _ratio(c.words, c.sentences) - 21.43


def coleman_liau_grade(c: Counts) -> float:
    """US school year, of letters. Coleman & Liau 1975, Journal of Applied Psychology 60 (2), 283-284.

    The abstract of their paper has 639 letters, 119 words and 5 sentences.

    >>> round(coleman_liau_grade(Counts(sentences=5, words=119, letters=639)), 1)
    14.5
    """
    return 0.0588 * 100 * _ratio(c.letters, c.words) - 0.296 * 100 * _ratio(c.sentences, c.words) - 15.8


def lix(c: Counts) -> float:
    """20 (easy) to 60 (hard); a colon ends a sentence here. Björnsson 1968, Läsbarhet.

    >>> lix(Counts(sentences=2, words=20, long_words=5))
    35.0
    """
    return _ratio(c.words, c.sentences + c.colons) + 100 * _ratio(c.long_words, c.words)


def rix(c: Counts) -> float:
    """Long words a sentence, 0 up; a colon ends a sentence here. Anderson 1983, Journal of Reading 26 (6), 490-496.

    >>> rix(Counts(sentences=2, words=20, long_words=5))
    2.5
    """
    return _ratio(c.long_words, c.sentences + c.colons)


def dale_chall_grade(c: Counts) -> float:
    """About the US school year: 4.9 and below is grade 4, 9 and 10 are college.

    Dale & Chall 1948, Educational Research Bulletin 27, 11-20 and 37-54, with the list of Chall & Dale 1995.

    >>> round(dale_chall_grade(Counts(sentences=2, words=20, difficult_words=2)), 2)
    5.71
    """
    share = 100 * _ratio(c.difficult_words, c.words)
    return 0.1579 * share + 0.0496 * _ratio(c.words, c.sentences) + (3.6365 if share > 5 else 0)


def spache_grade(c: Counts) -> float:
    """US school year, for the first four. Revised formula and list: Spache 1974, Good Reading for Poor Readers.

    Spache counts a word once in each sample of a hundred; here all its occurrences count, lest long texts look easier.

    >>> round(spache_grade(Counts(sentences=2, words=20, spache_words=2)), 2)
    2.69
    """
    return 0.121 * _ratio(c.words, c.sentences) + 0.082 * 100 * _ratio(c.spache_words, c.words) + 0.659


def spache_1953_grade(c: Counts) -> float:
    """The first formula, with the list of 1974. Spache 1953, The Elementary School Journal 53 (7), 410-413.

    >>> round(spache_1953_grade(Counts(sentences=2, words=20, spache_words=2)), 2)
    3.11
    """
    return 0.141 * _ratio(c.words, c.sentences) + 0.086 * 100 * _ratio(c.spache_words, c.words) + 0.839


def linsear_write_grade(c: Counts) -> float:
    """US school year; made for samples of 100 words.

    After an idea of O'Hayre 1966, Gobbledygook Has Gotta Go; this formula is handed down without a publication.

    >>> linsear_write_grade(Counts(sentences=2, words=20, polysyllables=2))
    5.0
    """
    points = _ratio(c.words + 2 * c.polysyllables, c.sentences)
    return points / 2 if points > 20 else (points - 2) / 2


def mcalpine_eflaw(c: Counts) -> float:
    """For readers of English as a foreign language: to 20 very easy, from 30 very confusing; of words to 3 letters.

    McAlpine 1997, From Plain English to Global English; her example has 18 words, 11 of them short.

    >>> mcalpine_eflaw(Counts(sentences=1, words=18, mini_words=11))
    29.0
    """
    return _ratio(c.words + c.mini_words, c.sentences)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


FORMULAS: tuple[Callable[[Counts], float], ...] = (
    *(flesch_ease, flesch_kincaid_grade, smog_grade, gunning_fog_grade, ari_grade, coleman_liau_grade),
    *(lix, rix, dale_chall_grade, spache_grade, spache_1953_grade, linsear_write_grade, mcalpine_eflaw),
)


def scores(c: Counts) -> dict[str, float]:
    """All formulas by their names; NaN where the counts hold no word or no sentence.

    >>> found = scores(Counts(2, 20, flesch_syllables=30))
    >>> {name: round(value, 1) for name, value in found.items() if "flesch" in name}
    {'flesch_ease': 69.8, 'flesch_kincaid_grade': 6.0}
    """
    return {formula.__name__: formula(c) for formula in FORMULAS}


def cautions(c: Counts, sentences: Sequence[Counts] = ()) -> tuple[str, ...]:
    """What speaks against trusting the scores, one sentence each; nothing for a long enough English text.

    A text has too few words below :data:`MIN_WORDS`. It is no English where, of 40 words or more, less than
    :data:`MIN_ENGLISH` are on a list of function words that hardly another language has. The counts of its
    ``sentences`` show whether a part of it is none, and whether full stops are missing.

    >>> cautions(Counts(sentences=2, words=30, function_words=9))
    ('The text has 30 words; readability formulas need 100 or more.',)
    """
    found = []
    if c.words < MIN_WORDS:
        found.append(f"The text has {c.words} words; readability formulas need {MIN_WORDS} or more.")
    if c.words >= 40 and c.function_words < MIN_ENGLISH * c.words:
        found.append(
            f"Only {c.function_words} of {c.words} words are common English ones; readability formulas are for English."
        )
    elif (foreign := _foreign(sentences)) >= max(40, MUCH_FOREIGN * c.words):
        found.append(
            f"{foreign} of {c.words} words stand in sentences without common English words, as in another language, a"
            " list or a table; readability formulas are for English sentences: measure that part apart."
        )
    endless = [each.words for each in sentences if each.words > ENDLESS]
    if 2 * sum(endless) > c.words:
        longest = f"one sentence of {endless[0]}" if len(endless) == 1 else f"sentences of up to {max(endless)}"
        found.append(f"The text has {longest} words: full stops may be missing, and readability formulas need them.")
    return tuple(found)


def _foreign(sentences: Sequence[Counts]) -> int:
    """The words of stretches of 20 words or more in which hardly one is a common English word."""
    foreign, stretch = 0, Counts()
    for counts in sentences:
        stretch += counts
        if stretch.words >= 20:
            foreign += stretch.words * (stretch.function_words < MIN_ENGLISH * stretch.words)
            stretch = Counts()
    return foreign


def costliest(text: str, sentences: Iterable[Span], n: int = 5) -> list[tuple[Span, float]]:
    """The ``n`` sentences that raise the Flesch-Kincaid grade of the text most, and by how many grades, highest first.

    The cost of a sentence is the grade of the text less that of the text without it; a text of one sentence has none.

    >>> text = "He ran. The administration categorically denied every allegation. She hid."
    >>> [(s.of(text)[:7], cost > 0) for s, cost in costliest(text, [Span(0, 7), Span(8, 65), Span(66, 74)], n=1)]
    [('The adm', True)]
    """
    spans = list(sentences)
    counts = count_each(text, spans)
    w, s, y = (sum(getattr(c, name) for c in counts) for name in ("words", "sentences", "flesch_syllables"))

    def grade(*, without: Counts) -> float:
        left = Counts(s - without.sentences, w - without.words, flesch_syllables=y - without.flesch_syllables)
        return flesch_kincaid_grade(left)

    whole = grade(without=Counts())
    costs = [(span, whole - grade(without=c)) for span, c in zip(spans, counts, strict=True) if 0 < c.words < w]
    return sorted(costs, key=lambda cost: (-cost[1], cost[0]))[:n]


def costliest_words(text: str, sentences: Iterable[Span], n: int = 5) -> list[tuple[tuple[Span, ...], float]]:
    """The ``n`` unfamiliar words that raise the Flesch-Kincaid grade most: where each stands, and by how many grades.

    The cost of a word is what the grade would fall if a word of one syllable stood in all its places. Left out are
    words familiar to Dale and Chall, and all that begin with a capital: names.

    >>> text = "The legislature met. Lee told the legislature to wait."
    >>> [(len(places), places[0].of(text)) for places, cost in costliest_words(text, [Span(0, 20), Span(21, 54)])]
    [(2, 'legislature')]
    """
    spans = segmentation.words(text, sentences)
    places: dict[str, list[Span]] = {}
    for span in spans:
        word = span.of(text)
        if not word[0].isupper() and any(map(str.isalpha, word)) and not is_familiar(word):
            places.setdefault(word, []).append(span)
    costs = [(tuple(p), 11.8 * len(p) * (syllables(word) - 1) / len(spans)) for word, p in places.items()]
    return sorted((cost for cost in costs if cost[1] > 0), key=lambda cost: (-cost[1], cost[0]))[:n]


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
    "spache_grade": "spache_readability",
    "linsear_write_grade": "linsear_write_formula",
    "mcalpine_eflaw": "mcalpine_eflaw",
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
    with tempfile.TemporaryDirectory() as folder:
        lay_out_dictionary(Path(folder))
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


def lay_out_dictionary(folder: Path) -> None:
    """Writes the shipped syllables below a folder as nltk expects its CMU dictionary there, with vowels all alike."""
    path = folder / "corpora" / "cmudict" / "cmudict"
    path.parent.mkdir(parents=True)
    spoken = dictionary().items()
    path.write_text("".join(f"{word.upper()} 1 {'AH0 ' * n or 'M '}\n" for word, n in spoken), encoding="ascii")
