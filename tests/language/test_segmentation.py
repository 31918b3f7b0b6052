"""Sentences, words and paragraphs, from cases in which the breaks are marked."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from toolkit.article import Span
from toolkit.language import segmentation, word_lists

CASES = [
    line.partition("\t")[::2]
    for line in (Path(__file__).parent.parent / "cases" / "sentences.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
ESCAPES = {"\\r": "\r", "\\n": "\n", "\\u2028": "\u2028", "\\u00a0": "\u00a0"}


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in segmentation.sentences(text, segmentation.paragraphs(text))]


@pytest.mark.parametrize(("label", "marked"), CASES, ids=[label for label, _ in CASES])
def test_sentences_end_where_the_case_says(label: str, marked: str) -> None:
    for escape, character in ESCAPES.items():
        marked = marked.replace(escape, character)
    assert sentences(marked.replace("¦", "")) == [sentence.strip() for sentence in marked.split("¦")]


def test_marks_alone_are_no_sentence() -> None:
    assert [sentences(text) for text in ("", " \n ", "... !!! ???", "🎉 🎉", "We won! 🎉")] == [
        [],
        [],
        [],
        [],
        ["We won!"],
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The vote was 52-48, or 52–48.", "The vote was 52-48 or 52–48"),
        ("The deal—signed on Monday—failed -- twice--again.", "The deal signed on Monday failed twice again"),
        ("The London–Paris train – late – left.", "The London Paris train late left"),
        ("Well-known ex-mayor Moss’s co-op.", "Well-known ex-mayor Moss’s co-op"),
        ("“Stop!” (he cried); [they] *ran*.", "Stop he cried they ran"),
        ("See https://example.com/a-b?c=1, @ada_moss & #NoTax.", "See https://example.com/a-b?c=1 @ada_moss #NoTax"),
        ("$1.5 billion, 40%, £3m, 7 p.m., U.S. law", "$1.5 billion 40% £3m 7 p.m U.S law"),
        ("As a councillor...I would", "As a councillor...I would"),
        ("no\u00a0break\u202fspaces\u3000count", "no break spaces count"),
        ("the students’ union ’til '90s", "the students union til 90s"),
        ("🎉 … — * & 🎉", ""),
        ("सरकार ने कहा।", "सरकार ने कहा"),
        ("¿Quién?", "Quién"),
    ],
)
def test_words_are_runs_between_white_space_without_marks(text: str, words: str) -> None:
    whole = Span(0, len(text))
    assert [span.of(text) for span in segmentation.words(text, whole)] == words.split()
    assert segmentation.count_words(text, [whole]) == len(words.split())


def test_a_lost_space_between_sentences_parts_words() -> None:
    text = "The town paid.The state did not."
    spans = segmentation.sentences(text, segmentation.paragraphs(text))
    assert len(segmentation.words(text, spans)) == 7


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \u00a0\n\t\n", 0),
        ("One.\n\nTwo.\nThree.", 3),
        ("One.\r\nTwo.\rThree.\u2028Four.\u2029Five.", 5),
        ("The mayor said on\nMonday that the town\nwould wait.", 1),
        ("The mayor said on\n\nMonday that the town", 2),
        (
            "The council met for the first time since\nAugust and heard nine speakers\nfrom Dunmore",
            1,
        ),
        ("Mayor quits\nThe mayor of Dunmore said on\nMonday that the town would have\nto wait.", 2),
        ("BREAKING: Mayor quits\nRemove Ads", 2),
        ("Remove Ads\nRemove Ads", 2),
        ("Mayor quits\nby Ada Moss", 2),
        ("Mayor quits\nBy Ada Moss\nMonday, 3 May", 3),
        ("The plan:\n- cut taxes\n- build homes", 3),
        ("The plan\n• cut taxes\n• build homes", 3),
        ("cut taxes\nbuild homes\ntrain nurses", 3),
        ("Ada Moss\nNed Fry\nOla Dahl", 3),
        ("The mayor quit.\nNobody asked.\nThe town waits.", 3),
    ],
)
def test_paragraphs_are_lines_unless_a_sentence_runs_on(text: str, count: int) -> None:
    assert len(segmentation.paragraphs(text)) == count


def test_a_paragraph_is_the_whole_line_and_stays_in_its_bounds() -> None:
    text = "Head\n One.\u00a0\nTwo."
    assert [p.of(text) for p in segmentation.paragraphs(text)] == ["Head", " One.\u00a0", "Two."]
    assert segmentation.paragraphs(text, 5, 11) == [Span(5, 11)]


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\x0b", "\x0c", "\u3000", "\u00a0 \t"])
@pytest.mark.parametrize("length", [1, 40, 41, 201])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_blanks_at_the_ends_of_lines_part_and_join_nothing(blank: str, length: int, end: str) -> None:
    def cut(first: str, last: str) -> list[str]:
        return [" ".join(p.of(text).split()) for text in [first + end + last] for p in segmentation.paragraphs(text)]

    blanks = blank * length
    assert cut(f"A line{blanks}", "B line") == cut("A line", f"{blanks}B line") == ["A line", "B line"]
    assert cut(f"He said on{blanks}", "Monday.") == cut("He said on", f"{blanks}Monday.") == ["He said on Monday."]


def test_any_text_gives_ordered_trimmed_spans_inside_it() -> None:
    chance = random.Random("any text gives ordered trimmed spans")
    pieces = [
        *"aB1.!?…\"'“”()—-\n\r \u00a0\u2028,;:।。🎉é\x00\ud800",
        "Mr.",
        "U.S.",
        "p.m.",
        "J.",
        "No.",
        "The",
        "...",
        "[1]",
    ]
    for _ in range(400):
        text = "".join(chance.choices(pieces, k=chance.randrange(40)))
        paragraphs = segmentation.paragraphs(text)
        found = segmentation.sentences(text, paragraphs)
        words = segmentation.words(text, found)
        for spans in (paragraphs, found, words):
            assert all(0 <= a.start < a.end <= len(text) for a in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(span.of(text) == span.of(text).strip() for span in found)
        assert sum(map(str.isalnum, text)) == sum(sum(map(str.isalnum, span.of(text))) for span in found)
        assert len(words) == segmentation.count_words(text, found)


def test_time_grows_with_the_length_of_odd_text() -> None:
    # Quadratic, each would run for minutes.
    for text in (
        "a" * 10**6,
        "." * 10**6 + "x",
        " " * 10**6,
        "a " * 300_000,
        "Mr. " * 50_000,
        '."' * 50_000,
        "the\n" * 50_000,
    ):
        segmentation.words(text, segmentation.sentences(text, segmentation.paragraphs(text)))


def test_punkt_itself_agrees_on_plain_texts() -> None:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    given = PunktParameters()
    given.abbrev_types = {"u.s", *(word.lower() for word in segmentation._abbreviations())}
    given.sent_starters = set(segmentation._starters())
    punkt = PunktSentenceTokenizer(given)
    plain = ("title", "ranks", "state", "middle", "US ends", "company", "junior", "decimal", "question ")
    texts = [marked.replace("¦", "") for label, marked in CASES if label.startswith(plain) and "”" not in marked]
    assert len(texts) > 8
    assert [sentences(text) for text in texts] == [punkt.tokenize(text) for text in texts]


def test_the_lists_are_sorted_and_without_repetition() -> None:
    for name in ("abbreviations.txt", "closed_classes.tsv", "sentence_starters.txt"):
        entries = word_lists.rows(name)
        assert list(entries) == sorted(set(entries))
    for _, classes in word_lists.rows("closed_classes.tsv"):
        assert classes.split() == sorted(set(classes.split()))
    assert set(segmentation._abbreviations().values()) == {"name", "number", "end", "any"}
