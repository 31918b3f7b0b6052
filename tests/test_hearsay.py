"""Adverbs of hearsay that no label covers."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit import analyze, hearsay, quotations, segment
from toolkit.attribution import Passage
from toolkit.tagger import TOKEN, Labelled


def unsourced(text: str, labels: int = 0) -> list[tuple[str, ...]]:
    paragraphs = segment.paragraphs(text)
    passage = Passage(text, paragraphs, segment.sentences(text, paragraphs), quotations.find(text, paragraphs))
    spans = [match.span() for match in TOKEN.finditer(text)]
    marked = np.full(len(spans), labels, np.int8)
    found = hearsay.unsourced(passage, Labelled(spans, marked, np.ones(len(spans), np.float32)))
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
