from __future__ import annotations

import math
from dataclasses import replace

import pytest

from toolkit import Analysis, Span, analyze, measure
from toolkit.attribution.attributions import Attribution
from toolkit.metrics.sourcing import attributed, introduced, speaks_for_a_body, spoken, transparent
from toolkit.people.sources import Source

TEXT = "One two three four five six seven eight nine ten. Later words are here too."
SPANS = [Span(0, 3), Span(4, 7), Span(8, 13), Span(14, 18), Span(19, 23), Span(24, 27), Span(28, 33), Span(34, 39)]


def attribution(first: int, stop: int, *, stance: str = "neutral", depth: int = 0) -> Attribution:
    """An attribution of the words from number ``first`` up to ``stop``."""
    content = Span(SPANS[first].start, SPANS[stop - 1].end)
    return Attribution((content,), None, None, "indirect", stance, depth, 1.0, "by hand")


def source(name: str, kind: str, role: str, *indices: int, **more: object) -> Source:
    plain = Source(name, kind, kind == "unnamed_person", "", role, kind == "media_outlet", (), indices)
    return replace(plain, **more)  # type: ignore[arg-type]


def analysis(attributions: list[Attribution], sources: list[Source]) -> Analysis:
    return replace(analyze(TEXT), attributions=tuple(attributions), sources=tuple(sources), quotations=())


MIXED = analysis(
    [
        attribution(0, 4),
        attribution(4, 5, stance="doubting"),
        attribution(5, 6, stance="denial"),
        attribution(6, 8),
        attribution(7, 8, depth=1),
    ],
    [
        source("Ilse Brandt", "named_person", "official", 0),
        source(
            "an aide", "unnamed_person", "official", 1, affiliation="Harbour Board", reason="was not allowed to speak"
        ),
        source("The Harbour Post", "media_outlet", "other medium", 2),
        source("voters", "collective_public", "citizen", 3),
    ],
)


def test_a_mixed_story_counted_by_hand() -> None:
    row = measure(MIXED)
    assert (row["sources"], row["named_sources"], row["media_sources"], row["collective_sources"]) == (4, 1, 1, 1)
    assert (row["has_anonymous"], row["anonymous_sources"], row["anonymous_share"]) == (1, 1, 1 / 4)
    assert (row["anonymous_attributions_share"], row["anonymous_words_share"]) == (1 / 4, 1 / 8)
    assert (row["anonymous_affiliation_share"], row["anonymous_reason_share"]) == (1, 1)
    assert (row["official_sources"], row["official_share"]) == (1, 1 / 2)  # of Brandt and the Post
    assert (row["transparent_sources"], row["transparency_class"]) == (2, 2)
    assert (row["single_source"], row["largest_source_share"]) == (0, 4 / 8)
    assert (row["doubting_share"], row["denial_share"], row["neutral_share"]) == (1 / 4, 1 / 4, 2 / 4)
    assert row["second_hand_share"] == 1 / 4
    assert (row["words_before_source"], row["first_source_official"], row["last_word_official"]) == (0, 1, 0)
    assert row["longest_chain"] == 2


def test_the_effective_number_is_hills_number_of_order_one() -> None:
    shares = [4 / 8, 1 / 8, 1 / 8, 2 / 8]
    assert measure(MIXED)["effective_sources"] == pytest.approx(math.prod(p**-p for p in shares))


def test_nested_attributions_are_in_the_chain_alone() -> None:
    assert list(attributed(MIXED)) == [0, 1, 2, 3]
    assert [words for _, words in spoken(MIXED)] == [4, 1, 1, 2]


def test_an_article_without_sources() -> None:
    row = measure(analysis([], []))
    assert (row["sources"], row["has_anonymous"], row["transparency_class"]) == (0, 0, 0)
    undefined = ("single_source", "anonymous_share", "official_share", "effective_sources", "longest_chain",
                 "first_source_official", "last_word_official", "words_before_source", "neutral_share")  # fmt: skip
    assert [name for name in undefined if not math.isnan(row[name])] == []


@pytest.mark.parametrize(("known", "wanted"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3)])
def test_transparency_has_the_four_published_classes(known: int, wanted: int) -> None:
    sources = [source(f"Ada Pike{i}", "named_person", "expert", i) for i in range(known)]
    assert measure(analysis([attribution(i, i + 1) for i in range(known)], sources))["transparency_class"] == wanted


@pytest.mark.parametrize(
    ("name", "kind", "role", "wanted"),
    [
        ("Ilse Brandt", "named_person", "official", True),
        ("Ilse Brandt", "named_person", "unknown", False),
        ("Harbour Safety Board", "organisation", "official", True),
        ("Norvane", "organisation", "unknown", True),
        ("Police", "organisation", "police/courts", False),
        ("the ministry", "organisation", "official", False),
        ("The Harbour Post", "media_outlet", "other medium", True),
        ("media reports", "media_outlet", "other medium", False),
        ("a Harbour Board report", "document_or_data", "unknown", False),
        ("a Harbour Board official", "unnamed_person", "official", False),
    ],
)
def test_who_is_fully_identified(name: str, kind: str, role: str, wanted: bool) -> None:
    assert transparent(source(name, kind, role)) is wanted


def test_another_medium_is_one_more_hand() -> None:
    told = source("Ilse Brandt", "named_person", "official", 0, second_hand=True)
    outlet = source("The Harbour Post", "media_outlet", "other medium", 0)
    here = source("Ilse Brandt", "named_person", "official", 0)
    chains = [measure(analysis([attribution(0, 1)], [one]))["longest_chain"] for one in (told, outlet, here)]
    assert chains == [2, 2, 1]


@pytest.mark.parametrize(
    ("name", "affiliation", "expected"),
    [
        ("a spokesman for the Harbour Board", "Harbour Board", True),
        ("the council’s spokeswoman", "council", True),
        ("a press secretary at the ministry", "ministry", True),
        ("a spokesman", "", False),
        ("a Harbour Board official", "Harbour Board", False),
    ],
)
def test_anonymous_spokespersons_are_counted_apart(name: str, affiliation: str, expected: bool) -> None:
    one = source(name, "unnamed_person", "official", affiliation=affiliation)
    assert speaks_for_a_body(one) is expected


def test_a_source_of_signs_alone_is_introduced_by_nothing() -> None:
    """Its name may be empty where no word of it is one."""
    nameless = source("", "organisation", "unknown", 0, mentions=(Span(0, 3),))
    assert introduced(analysis([attribution(0, 2)], [nameless]), nameless) == ""
