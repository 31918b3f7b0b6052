from __future__ import annotations

import random
from itertools import pairwise

import pytest
from marks import cases, parse

from toolkit import analyze
from toolkit.article import Span
from toolkit.attribution.quotation_marks import Quotation, find, settle
from toolkit.language import segmentation


def label(quotation: Quotation) -> str:
    return "open" if not quotation.closed else "continued" if quotation.continued else quotation.kind


@pytest.mark.parametrize(("tricky", "marked"), list(cases("quotations.txt")))
def test_marks(tricky: str, marked: str) -> None:
    text, expected = parse(marked)
    found = find(text, segmentation.paragraphs(text))
    assert [(label(q), q.span.of(text)) for q in found] == [(kind, span.of(text)) for kind, span in expected], tricky


def test_content_stands_without_its_marks() -> None:
    text = "He said ''we won'' and “we won it again”."
    assert [q.content.of(text) for q in find(text, segmentation.paragraphs(text))] == ["we won", "we won it again"]


def test_a_junk_line_does_not_break_a_running_quotation() -> None:
    text = (
        "Mayor quits\n\n“We are done with this bridge.\n\nRemove Ads\n\n“We will build another,” she said. It rained."
    )
    found = analyze(text).quotations
    assert [(q.closed, q.continued) for q in found] == [(True, False), (True, True)]


def test_settle_knows_who_is_quoted() -> None:
    text = "The log calls it “fit for its purpose”. She said “yes”."
    found = find(text, segmentation.paragraphs(text))
    assert [q.kind for q in found] == ["speech", "term"]
    settled = settle(found, spoken=[found[1].span], written=[found[0].span])
    assert [q.kind for q in settled] == ["document", "speech"]


def test_random_marks_give_disjoint_runs_inside_their_paragraph() -> None:
    rng = random.Random("random marks give disjoint runs")
    pieces = ["“", "”", '"', "‘", "’", "'", "''", "``", "«", "»", "„", " ", " ", "word", "left,", "don't", "\n", "7"]
    pieces += ["‟", "″", "`", "「", "」", "— ", ", said Ann. "]
    for _ in range(400):
        text = "".join(rng.choices(pieces, k=rng.randrange(60)))
        paragraphs = segmentation.paragraphs(text)
        found = find(text, paragraphs)
        for before, after in pairwise(found):
            assert before.span.end <= after.span.start, text
        for q in found:
            assert paragraphs[q.paragraph].covers(q.span), text
            assert q.span.covers(q.content), text


@pytest.mark.parametrize(
    "piece",
    ['"word ', "“word ", "'word ", "‘word ", "''word ", "'a s' b s' b ", "“\"'‘«»„", "'" * 5, "« a ", '"', "'       "],
)
def test_many_marks_cost_linear_work(piece: str) -> None:
    # Quadratic, each would run for minutes.
    text = piece * (100_000 // len(piece))
    assert find(text, [Span(0, len(text))]) is not None
