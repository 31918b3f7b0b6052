from __future__ import annotations

import math
from pathlib import Path

import pytest

from toolkit import METRICS, analyze, measure, read
from toolkit.metrics.dictionary import GROUPS, Metric
from toolkit.metrics.facts import Facts

STORY = (
    "Mayor quits\n\nRemove Ads\n\nThe mayor of Elm quit on Friday. “I am tired and I am going home,” said Mayor Ilse "
    "Brandt.\n\n“I will not come back.\n\n“Not for a year.”\n\nTwo officials claimed that the “deal” was forged. The "
    "firm denied that it had forged it.\n\nAccording to a survey, the bridge was safe. The Harbour Post reported "
    "that it fell."
)


def test_a_story_counted_by_hand() -> None:
    row = measure(STORY)
    assert row["words"] == 59
    assert row["paragraphs"] == 5
    assert row["sentences"] == 8
    assert row["junk_words"] == 2
    assert row["quotations"] == 2  # the running quotation counts once
    assert row["quoted_words"] == 8 + 5 + 4
    assert row["quoted_share"] == pytest.approx(17 / 59)
    assert row["quotation_length"] == 17 / 2
    assert row["term_runs"] == 1
    assert row["attributions"] == 5  # so does its attribution
    assert (row["direct_attributions"], row["mixed_attributions"], row["indirect_attributions"]) == (1, 1, 3)
    assert row["sources"] == 5
    assert (row["named_sources"], row["anonymous_sources"], row["organisation_sources"]) == (1, 1, 1)
    assert (row["document_sources"], row["media_sources"]) == (1, 1)
    assert row["anonymous_share"] == 1 / 5
    assert row["denials"] == 1
    assert row["doubting_share"] == pytest.approx(1 / 5)
    assert row["second_hand_share"] == pytest.approx(1 / 5)
    assert row["words_before_source"] == 7


def test_what_cannot_be_divided_is_nan() -> None:
    row = measure("The mayor of Elm quit.")
    for name in ("quotation_length", "doubting_share", "anonymous_share", "effective_sources", "words_before_source"):
        assert math.isnan(row[name]), name
    assert row["quoted_share"] == 0


def test_each_entry_gives_the_number_of_the_row_by_itself() -> None:
    found = analyze(STORY)
    row = measure(found)
    alone = {name: metric.of(Facts(found)) for name, metric in METRICS.items()}
    assert alone == pytest.approx({name: row[name] for name in METRICS}, rel=0, nan_ok=True)


def test_even_and_uneven_sources() -> None:
    even = measure("Brandt said it is safe. Pike said it is safe.")
    assert even["effective_sources"] == pytest.approx(2)
    assert even["largest_source_share"] == pytest.approx(1 / 2)


def test_every_value_keeps_its_range(root: Path) -> None:
    for article in read(root / "data"):
        row = measure(article)
        for metric in METRICS.values():
            value = row[metric.name]
            assert math.isnan(value) or metric.low <= value <= metric.high, (article.id, metric.name, value)


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_names_keep_the_conventions(metric: Metric) -> None:
    assert metric.definition.endswith(".")
    assert metric.label
    assert metric.group in GROUPS
    assert metric.unit
    assert metric.reference
    if metric.name.endswith("_share"):
        assert (metric.low, metric.high) == (0, 1)
        assert metric.unit.startswith("share of ")
    if metric.name.endswith("_per_1000"):
        assert metric.unit == "per 1,000 words"


def test_the_contract_of_a_row() -> None:
    contract = (
        "words sentences paragraphs quotations quoted_words quoted_share attributions attributed_words "
        "attributed_share sources anonymous_sources flesch_ease flesch_kincaid_grade smog_grade dale_chall_grade error"
    )
    assert set(contract.split()) <= set(measure("The mayor quit."))


def test_voices_and_long_sentences() -> None:
    own = "The legislature ratified the constitutional amendment after a deliberation of several days."
    spoken = "“It is a sad day for us all,” said Ada Moss."
    mixed = "The mayor said it was “a sad day for this town” and left the room early."
    row = measure(f"Town votes\n\n{own}\n\n{spoken} {mixed}")
    alone = {name: measure(text)["flesch_kincaid_grade"] for name, text in (("own", own), ("spoken", spoken))}
    assert row["flesch_kincaid_own_voice_grade"] == alone["own"] == row["flesch_kincaid_lead_grade"]
    assert row["flesch_kincaid_quotations_grade"] == pytest.approx(alone["spoken"])
    assert row["long_sentences_share"] == 0
    assert math.isnan(measure(own)["flesch_kincaid_quotations_grade"])
    assert measure(" ".join(["word"] * 25) + ".")["long_sentences_share"] == 0
    assert measure(" ".join(["word"] * 26) + ". He ran.")["long_sentences_share"] == 1 / 2


def test_the_metrics_are_a_table_in_a_notebook_and_cannot_be_changed() -> None:
    shown = METRICS._repr_html_()
    assert shown.count("<tr>") == len(METRICS) + 1
    assert "<td>quoted_share</td><td>quotation</td><td>Quoted share</td><td>share of body words</td>" in shown
    assert repr(METRICS).startswith(f"<METRICS: {len(METRICS)} metrics, words, sentences")
    with pytest.raises(TypeError):
        METRICS["words"] = METRICS["sentences"]  # type: ignore[index]
