"""Method, codebook and published figures: made from the run itself, unit by unit."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
from pages import QUOTED

from toolkit import METRICS, Article, analyze, measure
from toolkit.attribution import accurate, tagger
from toolkit.attribution.attributions import cues
from toolkit.comparison import correction, published
from toolkit.language import word_lists
from toolkit.people.roles import ROLES
from toolkit.people.sources import KINDS
from toolkit.reports import methods

JUNK = "Pier closed\n\nAdvertisement\n\nThe pier was closed on Monday. It is old."


def test_methods_tell_the_run() -> None:
    analyses = [analyze(Article(JUNK, outlet="A")), replace(analyze(Article(QUOTED, outlet="B")), annotator="by hand")]
    said = methods.methods([*analyses, analyze(Article("", id="blank"))], resamples=500, seed=7)
    texts = hashlib.sha256(b"".join(text.encode() + b"\0" for text in (JUNK, QUOTED, ""))).hexdigest()[:12]
    for part in (
        "media-analysis-toolkit ", "3 articles of 2 outlets, 26 words in 4 sentences of body text",
        f"digest of the texts: {texts}.", f"weights: {methods.digest()}.",
        "In no number, for want of words in the body: blank.", "1 stretch: advert control (1).",
        f"proposed by: by hand, {correction.annotator()}", "500 resamples, seed 7.", "Kincaid et al. 1975",
        METRICS["sources"].definition, "Its errors with this annotator have not been measured",
    ):  # fmt: skip
        assert part in said


def test_methods_tell_what_the_estimates_are_corrected_by() -> None:
    run = [analyze(Article(QUOTED))]
    said = methods.methods(run)
    assert "For quoted share they were measured on articles coded by hand: 84 articles of PolNeAR" in said
    assert "For sources and anonymous share they were measured on articles coded by hand: 381 articles of many" in said
    hand = pd.DataFrame({"id": ["a"] * 12, "sources": range(12)})
    said = methods.methods(run, hand=hand)
    assert "For sources these errors were measured on 12 rows of your own codes, taken for a random sample of" in said
    assert "For quoted share they were measured on articles coded by hand: 84 " in said


def test_methods_name_the_weights_of_the_tagger() -> None:
    said = methods.methods([analyze(Article(QUOTED))])
    assert f"were proposed by: tagger {accurate.shipped().digest}." in said
    said = methods.methods([analyze(Article(QUOTED), engine="fast")])
    assert f"were proposed by: tagger {tagger.shipped().digest}." in said
    assert "Its errors with this annotator have not been measured" in said


def test_codebook_counts_what_was_found() -> None:
    analyses = [analyze(Article(JUNK, id="a")), analyze(Article(QUOTED, id="b"))]
    table = measure(analyses)
    book = methods.codebook(analyses, table).set_index(["variable", "value"])
    assert book.loc[("zone", "junk"), "n"] == 1
    assert book.loc[("attribution", "direct"), "n"] == table["direct_attributions"].sum() == 1
    assert book.loc[("source", "named_person"), "n"] == table["named_sources"].sum()
    assert book.loc[("words", ""), ["n", "mean", "least", "most"]].tolist() == [2, 13.0, 9.0, 17.0]
    assert book.loc[("smog_grade", ""), "reference"] == METRICS["smog_grade"].reference
    assert set(METRICS) <= set(book.index.get_level_values("variable"))


@pytest.mark.parametrize(
    ("variable", "values"),
    [
        ("source", KINDS),
        ("stance", sorted({stance for _, stance, _ in cues().values()})),
        ("role", ROLES),
        ("zone", ["headline", "deck", "byline", "dateline", "body", "caption", "credit", "junk"]),
        ("quotation", ["speech", "document", "term", "title"]),
        ("attribution", ["direct", "mixed", "indirect"]),
    ],
)
def test_codebook_defines_every_category(variable: str, values: Sequence[str]) -> None:
    defined = {value: text for kind, value, text in word_lists.rows("codebook.tsv") if kind == variable}
    assert set(values) - defined.keys() == set()
    assert all(text.endswith(".") for text in defined.values())


def test_published_figures_are_whole() -> None:
    for metric, how, low, high, n, of, citation in word_lists.rows("published_figures.tsv"):
        assert metric in METRICS
        assert how in {"mean", *published.UNITS}
        assert METRICS[metric].low <= float(low) <= float(high)
        if how in published.UNITS or METRICS[metric].unit.startswith("share"):
            assert float(high) <= 1
        assert n == "" or int(n) > 0
        assert of
        assert citation[-4:].isdigit() or "counted for this project" in citation


def test_a_figure_stands_beside_the_same_unit() -> None:
    articles = [Article(QUOTED, outlet="A")] * 3 + [Article("Officials said the pier is safe.", outlet="B")]
    table = measure(articles).assign(anonymous_sources=[0.0, 0.0, 0.0, 2.0])
    found = published.beside(table, resamples=200)
    shares = found[found["metric"] == "anonymous_sources"]
    assert set(shares["unit"]) == {"share of articles"}
    assert set(shares["mean"]) == {0.25}
    grades = found[found["metric"] == "flesch_kincaid_grade"]
    assert set(grades["unit"]) == {"US school year"}
    assert grades["mean"].tolist() == pytest.approx([table["flesch_kincaid_grade"].mean()] * len(grades))
    assert not any(math.isnan(value) for value in found[found["metric"] == "quoted_share"]["corrected"])
    assert (
        found["corrected"].notna().any()
        > published.beside(table, correct=False, resamples=200)["corrected"].notna().any()
    )


def test_a_figure_without_a_value_is_left_out() -> None:
    table = measure([Article("It rained.", id="a")]).assign(flesch_ease=math.nan)
    assert "flesch_ease" not in set(published.beside(table)["metric"])
    assert published.beside(measure([Article("", id="a")])).empty
