"""What a measured table shows, in sentences."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from pages import QUOTED

from toolkit import Article, comparison, measure
from toolkit.comparison import correction, in_sentences


def table_of(outlets: str, stories: int) -> pd.DataFrame:
    """A measured table in which each outlet has two sources more than the one before."""
    articles = [Article(QUOTED, outlet=o, story=str(s), id=f"{o}{s}") for o in outlets for s in range(stories)]
    table = measure(articles)
    table["sources"] = [2.0 * outlets.index(o) + s % 3 for o in outlets for s in range(stories)]
    return table


def test_findings_of_two_outlets() -> None:
    said = comparison.findings(table_of("AB", 12), metrics=["sources"], resamples=200)
    assert said[0].startswith("24 articles of 2 outlets measured: ")
    lead, first, second, pair = said[1].split("\n")
    assert lead == "Sources: B 2.0 above A on the 12 stories that both covered, adjusted p = 0.005."
    assert re.match(r"In 12 articles of B, the mean of sources is 3\.0 \(95% interval 2\.\d+ to 3\.\d+\)\.", first)
    assert re.match(r"In 12 articles of A, the mean of sources is 1\.0 \(95% interval 0\.\d+ to 1\.\d+\)\.", second)
    assert pair.startswith("On 12 stories that both covered, A is 2.0 below B in sources (")
    assert said[2:] == ["Of 1 paired difference, 1 has p below 0.05 after Holm's adjustment."]


def test_findings_give_the_corrected_estimate_beside_the_other() -> None:
    table = table_of("AB", 12)
    plain, corrected = (in_sentences.compared(table, ["sources"], correct=on, resamples=200) for on in (False, True))
    assert "If the toolkit errs" not in "".join(in_sentences.sentences(plain))
    row = corrected.means.iloc[1]
    expected = f"errs here as on {row['n_coded']} articles coded by hand, and alike in all outlets, it is"
    expected += f" {row['corrected']:.1f} without its error"
    assert expected in in_sentences.sentences(corrected)[1]
    pd.testing.assert_series_equal(plain.means["mean"], corrected.means["mean"])


def test_findings_are_corrected_by_your_own_codes() -> None:
    table = table_of("AB", 12)
    hand = table[["id"]].assign(sources=table["sources"] * 2 + 1)
    own = in_sentences.compared(table, ["sources", "quoted_share"], hand=hand, resamples=200)
    means = own.means.set_index(["metric", "outlet"])
    assert means.loc["sources", "corrected"].round(6).tolist() == [3.0, 7.0]
    assert means.loc["sources", "n_coded"].tolist() == [12, 12]
    assert set(means.loc["quoted_share", "codes"]) == {"shipped"}
    assert set(means.loc["quoted_share", "n_coded"]) == {len(correction.coded("quoted_share"))}
    assert own.pairs is not None
    assert own.pairs.loc[0, "corrected"] == pytest.approx(-4)


def test_findings_name_highest_and_lowest_and_the_clearest_pair() -> None:
    said = comparison.findings(table_of("ABCD", 6), metrics=["sources"], resamples=200)
    assert said[1] == (
        "Fewer than 10 articles with a value, so that a mean has a rough interval or none: A (6), B (6), C (6), D (6)."
    )
    lead, first, _, pair = said[2].split("\n")
    assert lead == "Sources: highest at D (7.0), lowest at A (1.0); no clear difference on the same stories."
    assert first.startswith("In 6 articles of D, the mean of sources is 7.0 ")
    assert pair.startswith("Clearest of 6 pairs of outlets: on 6 stories that both covered, A is 6.0 below D in ")


def test_findings_say_when_the_stories_are_too_few() -> None:
    said = comparison.findings(table_of("AB", 3), metrics=["sources"], resamples=200)
    assert said[2].startswith(
        "No pair of outlets has more than 3 stories in common, and a sign-flip test of so few cannot give p below 0.25:"
    )
    lead = "Sources: highest at B (3.0), lowest at A (1.0); too few shared stories to tell them apart."
    assert said[3].startswith(f"{lead}\n")
    assert said[-1] == "Of 1 paired difference, none has p below 0.05 after Holm's adjustment."


def test_the_finding_is_the_paired_comparison_though_the_intervals_of_the_means_overlap() -> None:
    table = table_of("AB", 12)
    table["quoted_share"] = [s / 20 + (0.04 + s % 3 / 100) * (o == "B") for o in "AB" for s in range(12)]
    means, pairs = (in_sentences.compared(table, ["quoted_share"], resamples=200)[k] for k in (1, 2))
    assert means.loc[0, "high"] > means.loc[1, "low"]
    said = in_sentences.sentences(in_sentences.Compared(table, means, pairs, ""))
    lead = "Quoted share: B 5.0 percentage points above A on the 12 stories that both covered, adjusted p = 0.005."
    assert said[1].startswith(f"{lead}\n")
    assert "overlap" not in "".join(said)


def test_findings_without_a_shared_story() -> None:
    said = comparison.findings(table_of("A", 3), metrics=["sources"], resamples=200)
    assert said[2].startswith("Sources: 1.0.\nIn 3 articles of A, the mean of sources is 1.0 (")
    assert said[-1] == (
        "No comparison on the same stories: it needs articles of two outlets on the same story, with the same story_id."
    )


def test_findings_of_one_article_give_its_numbers() -> None:
    said = comparison.findings(measure([Article(QUOTED)]), metrics=["quoted_share", "sources"])
    assert said[1:3] == [
        "Quoted share: 29.4% (5 of 17); one article, so no interval.", "Sources: 1; one article, so no interval.",
    ]  # fmt: skip


def test_findings_name_what_could_not_be_measured() -> None:
    table = measure([Article(QUOTED, outlet="A"), Article("", id="blank"), Article(QUOTED)])
    said = comparison.findings(table, metrics=["sources"], resamples=200)
    assert said[1] == "Not measured, for want of words in the body: blank."
    assert said[2] == "1 article without an outlet: shown as (unknown), compared with none."
    table = measure(pd.DataFrame({"text": [QUOTED, b"x", None], "outlet": "A"}, index=[7, 8, 9]))
    assert comparison.findings(table, metrics=["sources"], resamples=200)[1:3] == [
        "Not measured: 8. The text is bytes, not words; decode it first: text.decode('utf-8').",
        "Not measured, for want of words in the body: 9.",
    ]


def test_findings_of_undefined_values() -> None:
    said = comparison.findings(measure([Article("It rained.", outlet=o) for o in "AB"]), metrics=["anonymous_share"])
    assert "Anonymous share: no article has a value." in said
