from __future__ import annotations

import math

import pytest

from toolkit import analyze, measure
from toolkit.article import Span
from toolkit.attribution.attributions import Finding, Passage
from toolkit.metrics.hedging import find

TEXT = (
    "It may rain, and perhaps it will snow. Brandt said it might hail. “We could be late,” she said. "
    "The firm allegedly knew. In May it closed."
)


def by_hand(passage: Passage) -> list[Finding]:
    """“Brandt said it might hail”, and nothing else."""
    at = passage.text.index("Brandt")
    content = Span(passage.text.index("it might"), passage.text.index("hail") + len("hail"))
    return [Finding(Span(at, at + 6), Span(at + 7, at + 11), (content,), "by hand", 1.0)]


def test_each_hedge_has_its_voice() -> None:
    analysis = analyze(TEXT, annotator=by_hand)
    assert [(kind, span.of(TEXT), voice) for kind, span, voice in find(analysis)] == [
        ("hedge", "may", "own voice"),
        ("hedge", "perhaps", "own voice"),
        ("hedge", "might", "attributed"),
        ("hedge", "could", "quotation"),
        ("hearsay", "allegedly", "own voice"),
    ]


def test_rates_are_of_the_words_of_their_voice() -> None:
    analysis = analyze(TEXT, annotator=by_hand)
    row = measure(analysis)
    words = {"all": 27, "quoted": 4, "attributed": 3}
    assert row["words"] == words["all"]
    assert row["hedges_per_1000"] == pytest.approx(1000 * 2 / (27 - 4 - 3))
    assert row["hedges_quoted_per_1000"] == pytest.approx(1000 * 1 / 4)
    assert row["hearsay_per_1000"] == pytest.approx(1000 * 1 / (27 - 4))


def test_without_quotations_their_rate_is_undefined() -> None:
    assert math.isnan(measure("It may rain.")["hedges_quoted_per_1000"])


@pytest.mark.parametrize("text", ["May Pike left in May.", "The mayor left.", "It was reported by mighty Pike."])
def test_look_alikes_are_no_hedges(text: str) -> None:
    assert find(analyze(text)) == ()
