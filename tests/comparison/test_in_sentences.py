"""What a measured table shows, in sentences."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence

import pandas as pd
import pytest
from pages import QUOTED

from toolkit import Article, comparison, measure
from toolkit.comparison import copies, correction, in_sentences
from toolkit.metrics.dictionary import COMPARED


def table_of(outlets: Sequence[str], stories: int) -> pd.DataFrame:
    """A measured table in which each outlet has two sources more than the one before."""
    articles = [Article(QUOTED, outlet=o, story=str(s), id=f"{o}{s}") for o in outlets for s in range(stories)]
    table = measure(articles)
    table["sources"] = [2.0 * outlets.index(o) + s % 3 for o in outlets for s in range(stories)]
    return table


def test_findings_of_two_outlets() -> None:
    said = comparison.findings(table_of("AB", 12), metrics=["sources"], resamples=200)
    lead, pair, first, second = said[0].split("\n")
    said_of_means = "On the same stories, B has about three times as many sources an article as A"
    assert lead == f"{said_of_means}; the toolkit’s own errors could make as much."
    plain = in_sentences.compared(table_of("AB", 12), ["sources"], correct=False, resamples=200)
    assert in_sentences.sentences(plain)[0].startswith(f"{said_of_means}.\n")
    assert re.match(r"In 12 articles of B, the mean of sources is 3\.0 \(95% interval 2\.\d+ to 3\.\d+\)\.", first)
    assert re.match(r"In 12 articles of A, the mean of sources is 1\.0 \(95% interval 0\.\d+ to 1\.\d+\)\.", second)
    assert pair.startswith("On 12 stories that both covered, A is 2.0 below B in sources (")
    assert said[1].startswith("24 articles of 2 outlets measured: ")
    assert said[2:] == [
        "Of 1 comparison on the same stories, 1 is clear of chance.\n"
        "Clear: p below 0.05 after Holm's adjustment over all of them."
    ]


def test_findings_give_the_corrected_estimate_beside_the_other() -> None:
    table = table_of("AB", 12)
    plain, corrected = (in_sentences.compared(table, ["sources"], correct=on, resamples=200) for on in (False, True))
    assert "If the toolkit errs" not in "".join(in_sentences.sentences(plain))
    row = corrected.means.iloc[1]
    expected = f"errs here as on {row['n_coded']} articles coded by hand, and alike in all outlets, it is"
    expected += f" {row['corrected']:.1f} without its error"
    assert expected in in_sentences.sentences(corrected)[0]
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


def test_findings_name_one_pair_and_say_what_few_articles_cannot_show() -> None:
    said = comparison.findings(table_of("ABCD", 6), metrics=["sources"], resamples=200)
    lead, pair, many, first, last = said[0].split("\n")
    assert lead == (
        "On the same stories, D has about seven times as many sources an article as A; with six stories that may be "
        "chance."
    )
    assert pair.startswith("On 6 stories that both covered, A is 6.0 below D in sources (")
    assert many == "6 pairs of outlets were compared; none is clear."
    assert first.startswith("In 6 articles of D, the mean of sources is 7.0 ")
    assert last.startswith("In 6 articles of A, the mean of sources is 1.0 ")
    assert said[2] == (
        "Fewer than 10 articles say little about how an outlet writes in general.\n"
        "So few have a value, so that a mean has a rough interval or none: A (6), B (6), C (6), D (6)."
    )


def test_findings_say_when_the_stories_are_too_few() -> None:
    said = comparison.findings(table_of("AB", 3), metrics=["sources"], resamples=200)
    lead = "On the same stories, B has about three times as many sources an article as A; with three stories that may "
    assert said[0].startswith(f"{lead}be chance.\n")
    assert said[-2] == (
        "No two outlets share more than 3 stories: their differences describe these and show nothing beyond.\n"
        "A sign-flip test of so few cannot give p below 0.25."
    )
    assert said[-1].startswith("Of 1 comparison on the same stories, none is clear of chance.\n")


def test_the_finding_is_the_paired_comparison_though_the_intervals_of_the_means_overlap() -> None:
    table = table_of("AB", 12)
    table["quoted_share"] = [s / 20 + (0.03 + s % 3 / 100) * (o == "B") for o in "AB" for s in range(12)]
    means, pairs = (in_sentences.compared(table, ["quoted_share"], resamples=200)[k] for k in (1, 2))
    assert means.loc[0, "high"] > means.loc[1, "low"]
    said = in_sentences.sentences(in_sentences.Compared(table, means, pairs, ""))
    lead = "On the same stories, B quotes more than A, by 4.0 percentage points of the words"
    assert said[0].startswith(f"{lead}; the toolkit’s own errors could make as much.\n")
    assert "overlap" not in "".join(said)


@pytest.mark.parametrize(("outlets", "who"), [("AB", "A and B do not"), ("ABC", "no two outlets")])
def test_many_articles_that_hardly_differ_are_told_to_be_alike(outlets: str, who: str) -> None:
    table = table_of(outlets, 12)
    table["sources"] = [
        (5.0 + 0.1 * outlets.index(o) + s * (1 + outlets.index(o)) % 4) for o in outlets for s in range(12)
    ]
    said = comparison.findings(table, metrics=["sources"], resamples=200)[0].split("\n")
    assert said[0] == f"On the same stories, {who} differ clearly in sources."
    assert "stories that both covered" in said[1], "the numbers stand beneath"
    apart = comparison.findings(table.assign(story_id=""), metrics=["sources"], resamples=200)[0]
    assert apart.startswith(f"{who[0].upper()}{who[1:]} differ clearly in sources.\n")


def test_findings_without_a_shared_story() -> None:
    said = comparison.findings(table_of("A", 3), metrics=["sources"], resamples=200)
    assert said[0].startswith(
        "In the average article of A there are 1.0 sources.\nIn 3 articles of A, the mean of sources is 1.0 ("
    )
    assert said[-1] == (
        "No comparison on the same stories: it needs articles of two outlets on the same story, with the same story_id "
        '(toolkit.group_events(articles)["story_id"] finds them, on the command line --story auto).'
    )


def test_findings_of_one_article_give_its_numbers() -> None:
    said = comparison.findings(measure([Article(QUOTED)]), metrics=["quoted_share", "sources"])
    assert said[:2] == [
        "In this article 29.4% of the words are quotation.\n"
        "Quoted share: 29.4% (5 of 17); one article, so no interval.",
        "In this article there is one source.\nSources: 1; one article, so no interval.",
    ]
    assert said[2].startswith("1 article measured: ")


def test_findings_name_what_could_not_be_measured() -> None:
    table = measure([Article(QUOTED, outlet="A"), Article("", id="blank"), Article(QUOTED)])
    said = comparison.findings(table, metrics=["sources"], resamples=200)
    assert said[2] == "Not measured, for want of words in the body: blank."
    assert said[3] == "1 article without an outlet: shown as (unknown), compared with none."
    table = measure(pd.DataFrame({"text": [QUOTED, b"x", None], "outlet": "A"}, index=[7, 8, 9]))
    assert comparison.findings(table, metrics=["sources"], resamples=200)[2:4] == [
        "Not measured: 8. The text is bytes, not words; decode it first: text.decode('utf-8').",
        "Not measured, for want of words in the body: 9.",
    ]


def test_findings_of_undefined_values() -> None:
    said = comparison.findings(measure([Article("It rained.", outlet=o) for o in "AB"]), metrics=["anonymous_share"])
    assert "Anonymous share: no article has a value." in said


PLAIN = re.compile(r"\d[\d.,]*%?")


@pytest.mark.parametrize(("outlets", "stories"), [("A", 1), ("A", 3), ("AB", 3), ("ABCD", 6), ("AB", 12), ("ABC", 30)])
def test_a_sentence_has_one_number_and_one_hedge_at_most_and_no_p(outlets: str, stories: int) -> None:
    said = comparison.findings(table_of(outlets, stories), resamples=200)
    leads = [one.split("\n")[0] for one in said[: len(COMPARED)]]
    for lead in leads:
        assert len(PLAIN.findall(lead)) <= 1, lead
        assert len(re.findall("may be|could", lead)) <= 1, lead
    assert not [one for one in said if re.search(r"\bp\b|interval", one.split("\n")[0])]


def test_the_strongest_finding_stands_first() -> None:
    table = table_of("AB", 12)
    table["quoted_share"] = [0.2 + 0.002 * (o == "B") * (-1) ** s + s / 100 for o in "AB" for s in range(12)]
    for metrics in (["quoted_share", "sources"], ["sources", "quoted_share"]):
        said = comparison.findings(table, metrics=metrics, resamples=200)
        assert "sources" in said[0]
        assert "chance" not in said[0].split("\n")[0]
        assert "with twelve stories that may be chance" in said[1] or "level" in said[1]


def test_without_shared_stories_the_means_are_told_and_their_number() -> None:
    table = table_of("AB", 3).assign(story_id="")
    lead = comparison.findings(table, metrics=["sources"], resamples=200)[0].split("\n")[0]
    assert (
        lead == "B has about three times as many sources an article as A; with three articles each that may be chance."
    )


def test_near_copies_count_once_and_are_said() -> None:
    wire = " ".join(f"The ferry ran aground near pier {k} and {k + 3} people waited for the tug." for k in range(9))
    articles = [
        Article(f"{wire} {more}", id=more[:4], outlet=o, story="s")
        for o, more in (("A", "It rained at last."), ("B", ""))
    ]
    articles.append(Article(QUOTED, id="own", outlet="B", story="s"))
    table = copies.mark(measure(articles), articles)
    assert table["copy_of"].tolist() == ["", "It r", ""]
    with warnings.catch_warnings(action="ignore", category=comparison.SmallSampleWarning):
        assert comparison.compare(table, "words", resamples=99)["n"].tolist() == [1, 1]
        assert comparison.compare(table.drop(columns="copy_of"), "words", resamples=99)["n"].tolist() == [1, 2]
    said = comparison.findings(table, metrics=["words"], resamples=99)
    expected = "1 article is a near copy of another and is left out of the comparisons, so that a text counts once.\n"
    assert f"{expected}Near copies: one without an id of It r." in said


def test_a_notebook_folds_the_numbers_away() -> None:
    shown = comparison.findings(table_of(["<b>", "B"], 3), metrics=["sources"], resamples=99)._repr_html_()  # type: ignore[arg-type]
    assert shown.count("<details>") == shown.count("</details>") >= 1
    assert "<b>" not in shown
    assert "chance.<details><summary>Numbers</summary><ul><li>On 3 stories" in shown
