"""What holds for every article: the sample corpus and random ones."""

from __future__ import annotations

import importlib.util
import random
from itertools import pairwise
from pathlib import Path

import pytest
from marks import parse

from toolkit import Analysis, Article, Span, analyze, evidence, measure, read

LINES = [
    "Mayor quits", "By Ann Lee", "Remove Ads", "", "“We are done,” said Ilse Brandt. “We leave.”", "She denied it.",
    "The mayor said that it was “not safe”, and two officials said she knew.", "According to a report, it fell.",
    "“Never", "‘No,’ he said.", "''It is over,'' Mr. Pike told the Harbour Post.", "The firm allegedly forged it.",
    "BRANDT: We are done.", "PIKE: We are not.", "\ud83d\ude00 fine\u00a0day", "Ein Satz. Noch ein Satz.",
    "\ud800 broken",
]  # fmt: skip


def random_articles(n: int) -> list[Article]:
    rng = random.Random("random articles hold the invariants")
    return [Article("\n".join(rng.choices(LINES, k=rng.randrange(15)))) for _ in range(n)]


@pytest.fixture(scope="module")
def analyses(request: pytest.FixtureRequest) -> list[Analysis]:
    return [analyze(article) for article in [*read(request.config.rootpath / "data"), *random_articles(200)]]


def test_spans_lie_in_the_text_in_order(analyses: list[Analysis]) -> None:
    for found in analyses:
        text = found.article.text
        for spans in (found.paragraphs, found.sentences, found.words, [q.span for q in found.quotations]):
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))
        for a in found.attributions:
            assert a.content
            for span in (*a.content, *filter(None, (a.source, a.cue))):
                assert 0 <= span.start < span.end <= len(text)


def test_body_sentences_and_words_lie_in_paragraphs(analyses: list[Analysis]) -> None:
    for found in analyses:
        for inner in (found.sentences, found.words):
            assert all(any(p.covers(span) for p in found.paragraphs) for span in inner)


def test_cue_and_source_stand_outside_quotations(analyses: list[Analysis]) -> None:
    for found in analyses:
        speech = [q.content for q in found.quotations if q.kind in {"speech", "document"}]
        for a in found.attributions:
            for span in filter(None, (a.source, a.cue) if not a.depth else ()):
                assert not any(content.overlaps(span) for content in speech), span.of(found.article.text)


def test_sources_and_attributions_point_at_each_other(analyses: list[Analysis]) -> None:
    for found in analyses:
        for source in found.sources:  # two that are joined share an attribution
            assert len(source.attributions) == len(set(source.attributions))
        for i, a in enumerate(found.attributions):
            if (source := found.source_of(i)) is not None:
                assert a.depth == 0
                assert i in source.attributions
        for source in found.sources:
            assert source.attributions
            assert source.kind == "unnamed_person" or not source.anonymous


def test_the_evidence_gives_the_counts_of_the_row(analyses: list[Analysis]) -> None:
    for found in analyses:
        if not found.words:
            continue
        row, rows = measure(found), evidence(found)
        text = found.article.text
        assert all(text[start:end] == words for start, end, words in zip(rows.start, rows.end, rows.words, strict=True))
        inside = [found.in_body(Span(*span)) for span in zip(rows.start, rows.end, strict=True)]
        what = rows.what[inside]
        assert (what == "sentence").sum() == row["sentences"]
        quoted = what.isin(["quotation: speech", "quotation: document"])
        assert (quoted & ~rows.why[inside].str.startswith("goes on")).sum() == row["quotations"]
        assert (what == "cue: denial").sum() == row["denials"]


def test_the_same_article_gives_the_same_analysis() -> None:
    (article,) = random_articles(1)
    assert analyze(article) == analyze(article)


def test_the_text_is_never_changed() -> None:
    text, _ = parse("Mayor quits\\n\\nRemove Ads\\n\\n“We are done,”\u00a0said Brandt.")
    assert analyze(text).article.text == text


@pytest.mark.parametrize(
    "text", ["", "\n", "word", "...", "“", "😀", "x" * 5000, "a b " * 5000, "\ud800", "你好。世界。"]
)
def test_odd_texts_do_not_crash(text: str) -> None:
    assert analyze(text).article.text == text
    assert set(measure(text)) == set(measure("Brandt quit."))


def test_what_holds_of_any_text_holds_of_random_ones() -> None:
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).parent.parent / "benchmarks" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    fuzz = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fuzz)
    for text in fuzz.texts(300, "what holds of any text"):
        assert fuzz.faults(text) == [], text
