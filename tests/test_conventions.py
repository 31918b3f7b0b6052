"""What an adverb of hearsay or a signature shows where labels do not."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit import analyze, conventions, quotations, segment
from toolkit.article import Span
from toolkit.attribution import Finding, Passage
from toolkit.tagger import TOKEN, Labelled


def unsourced(text: str, labels: int = 0) -> list[tuple[str, ...]]:
    paragraphs = segment.paragraphs(text)
    passage = Passage(text, paragraphs, segment.sentences(text, paragraphs), quotations.find(text, paragraphs))
    spans = [match.span() for match in TOKEN.finditer(text)]
    marked = np.full(len(spans), labels, np.int8)
    found = conventions.unsourced(passage, Labelled(spans, marked, np.ones(len(spans), np.float32)))
    assert all(one.source is None and one.cue for one in found)
    return [tuple(part.of(text) for part in one.content) for one in found]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("It rained. Pike allegedly took the money in May.", [("Pike", "took the money in May")]),
        ("Reportedly, the firm will close its yard.", [("the firm will close its yard",)]),
        ("Pike, who allegedly took the money, has left town.", [("who", "took the money")]),
        ("The yard closed, and its owner reportedly left for Elm.", [("its owner", "left for Elm")]),
        ("He was held for allegedly burning the old sheets.", [("burning the old sheets",)]),
        ("The bridge is shut, allegedly.", [("The bridge is shut",)]),
        ("They found an allegedly stolen car.", []),
        ("Supposedly it was safe to cross.", []),
        ("Allegedly.", []),
    ],
)
def test_the_clause_around_the_adverb_is_attributed_to_nobody(text: str, contents: list[tuple[str, ...]]) -> None:
    assert unsourced(text) == contents


def test_what_the_labels_explain_stays_theirs() -> None:
    assert unsourced("Pike allegedly took the money in May.", labels=6) == []


def test_an_analysis_counts_it_as_doubt_without_a_source() -> None:
    found = analyze("The harbour was calm.\n\nThe firm allegedly forged the sheets of its old books.")
    (one,) = (one for one in found.attributions if one.cue and one.cue.of(found.article.text) == "allegedly")
    assert (one.source, one.stance) == (None, "doubting")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We will never sell the old ferry to them.”\n\n— Ilse Brandt, mayor of Elm", "Ilse Brandt"),
        ("“We will never sell the old ferry to them.” – Brandt.\n\nIt rained.", "Brandt"),
        ("“We will never sell the old ferry to them.”\n- Ministry of Works", "Ministry of Works"),
        ("“We will never sell the old ferry to them.”\n\n— which was news to all.", ""),
        ("“We will never sell the old ferry to them.” — Brandt laughed and left the hall at once.", ""),
    ],
)
def test_a_name_below_a_quotation_signs_it(text: str, source: str) -> None:
    paragraphs = segment.paragraphs(text)
    passage = Passage(text, paragraphs, segment.sentences(text, paragraphs), quotations.find(text, paragraphs))
    before = [Finding(None, None, (Span(0, text.index("”") + 1),), "given", 0.8)]
    (one,) = conventions.signed(passage, before)
    assert one.source == (Span(text.index(source), text.index(source) + len(source)) if source else None)


def test_a_quotation_with_a_cue_of_its_own_is_not_signed_again() -> None:
    text = "“We will never sell it to them,” she said.\n\n— Brandt"
    paragraphs = segment.paragraphs(text)
    passage = Passage(text, paragraphs, segment.sentences(text, paragraphs), quotations.find(text, paragraphs))
    before = [Finding(Span(33, 36), Span(37, 41), (Span(0, 32),), "given", 0.8)]
    assert conventions.signed(passage, before) == before
