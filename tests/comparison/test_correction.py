"""The toolkit's error, taken out of an estimate and put into its interval: by hand, against scipy, by simulation."""

from __future__ import annotations

import json
import math
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

from toolkit import Article, ArticleError, Span, analyze
from toolkit.comparison import CompareError, SmallSampleWarning, compare, correction, differences
from toolkit.comparison.correction import by_hand, coded, corrected, line


def drawn(seed: int, n: int, start: float = 1.0, slope: float = 0.5, noise: float = 0.5) -> pd.DataFrame:
    """Articles whose tool value is a line over the hand's, with noise."""
    chance = np.random.default_rng(seed)
    hand = chance.gamma(4, 2, n)
    return pd.DataFrame({"id": range(n), "hand": hand, "tool": start + slope * hand + chance.normal(0, noise, n)})


def frames(seed: int, n: int = 60, coded: int = 30) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A measured table of two outlets on the same stories, Herald 4 above Tribune, and stories coded by hand."""
    chance = np.random.default_rng(seed)
    story = chance.gamma(4, 2, n)
    truth = np.concatenate([story + 4, story])
    frame = pd.DataFrame(
        {
            "id": [f"a{k}" for k in range(2 * n)],
            "outlet": ["Herald"] * n + ["Tribune"] * n,
            "story_id": [*range(n)] * 2,
            "sources": 1 + 0.5 * truth + chance.normal(0, 1, 2 * n),
        }
    )
    hand = frame[["id"]].assign(sources=truth)
    return frame, hand[frame["story_id"].isin(chance.choice(n, coded, replace=False))]


def estimate(value: float, reach: float, n: int = 60, *, paired: bool = True) -> dict[Any, Any]:
    """A row of `differences` or `compare` with its interval."""
    return {"n": n, "difference" if paired else "mean": value, "low": value - reach, "high": value + reach}


def test_the_line_is_scipys_and_its_error_is_white_s() -> None:
    stats = pytest.importorskip("scipy.stats")
    codes = drawn(1, 400)
    found, theirs = line(codes), stats.linregress(codes["hand"], codes["tool"])
    assert (found.n, found.start, found.slope) == pytest.approx((400, theirs.intercept, theirs.slope))
    assert math.sqrt(found.variances[1][1]) == pytest.approx(theirs.stderr, rel=0.15)
    assert math.sqrt(found.variances[0][0]) == pytest.approx(theirs.intercept_stderr, rel=0.15)
    assert found.noise == pytest.approx(0.5, rel=0.1)
    assert found.between == 0


def test_yes_and_no_are_rogan_and_gladen() -> None:
    """Sensitivity 30/40, specificity 54/60; of 200 articles the tool says yes to 80: (0.4 + 0.9 - 1) / 0.65."""
    codes = pd.DataFrame({"hand": [1] * 40 + [0] * 60, "tool": [1] * 30 + [0] * 10 + [1] * 6 + [0] * 54})
    row = correction._by_line(estimate(0.4, 0.07, 200, paired=False), line(codes), 0.95)
    assert row["corrected"] == pytest.approx((0.4 + 0.9 - 1) / (0.75 + 0.9 - 1))
    assert row["slope"] == pytest.approx(0.65)


def test_a_perfect_tool_changes_nothing() -> None:
    frame, _ = frames(2)
    table = corrected(frame, "sources", hand=frame[["id", "sources"]])
    plain = compare(frame, "sources")
    pd.testing.assert_frame_equal(table[list(plain)], plain)
    assert table["corrected"].to_numpy() == pytest.approx(plain["mean"].to_numpy())
    for ours, theirs in (("corrected_low", "low"), ("corrected_high", "high")):
        assert table[ours].to_numpy() == pytest.approx(plain[theirs].to_numpy(), abs=0.2)


def test_both_stand_side_by_side_and_the_corrected_one_holds_the_truth() -> None:
    frame, hand = frames(3)
    row = corrected(frame, "sources", story="story_id", hand=hand).iloc[0]
    plain = differences(frame, "sources").iloc[0]
    assert row[list(plain.index)].to_dict() == plain.to_dict()
    assert row["high"] < 4  # half of every difference is lost
    assert row["corrected_low"] < 4 < row["corrected_high"]
    both = frame.merge(hand, on="id").assign(lost=lambda table: table["sources_y"] - table["sources_x"])
    lost = both.groupby("outlet")["lost"].mean()
    assert row["corrected"] == pytest.approx(row["difference"] + lost["Herald"] - lost["Tribune"])
    assert (row["codes"], row["n_coded"], row["could_be_error"]) == ("own", 30, False)


def test_codes_of_articles_here_and_there_serve_as_those_of_whole_stories() -> None:
    frame, hand = frames(12, coded=60)
    hand = hand[[(k < 25) if k < 60 else (k - 60 >= 35) for k in range(120)]]  # no story has both
    row = corrected(frame, "sources", story="story_id", hand=hand).iloc[0]
    lost = (hand["sources"] - frame.loc[hand.index, "sources"]).groupby(frame["outlet"])
    assert row["corrected"] == pytest.approx(row["difference"] + lost.mean()["Herald"] - lost.mean()["Tribune"])
    assert row["n_coded"] == 50
    error = math.sqrt((lost.var() / lost.size()).sum())
    assert row["corrected_high"] - row["corrected"] == pytest.approx(2.05 * error, rel=0.25)


def test_it_is_prediction_powered_inference() -> None:
    """ppi-python 0.2.3, numpy 2.4.6, on these arrays, coded the first 100:
    ppi_mean_ci(truth[:100], tool[:100], tool[100:], lam=1) gives 5.75699306 to 6.20511221 about 5.98105263.
    It leaves the coded articles out of the tool's mean and takes normal quantiles."""
    chance = np.random.default_rng(46)
    truth = chance.poisson(6, 2000)
    tool = chance.binomial(truth, 0.8)
    frame = pd.DataFrame({"id": range(2000), "outlet": "Herald", "sources": tool})
    hand = pd.DataFrame({"id": range(100), "sources": truth[:100]})
    row = corrected(frame, "sources", hand=hand).iloc[0]
    assert row["corrected"] == pytest.approx(5.98105263, abs=0.02)
    assert (row["corrected_low"], row["corrected_high"]) == pytest.approx((5.75699306, 6.20511221), abs=0.04)
    exact = tool[100:].mean() + (truth - tool)[:100].mean()  # theirs
    assert exact == pytest.approx(5.98105263, abs=1e-8)
    assert row["corrected"] == pytest.approx(tool.mean() + (truth - tool)[:100].mean())


def test_errors_that_no_coded_article_shows_are_not_taken_for_none() -> None:
    """A tool right on all of 20 coded articles may be wrong on a tenth of the others (a rule of three gives 15 %)."""
    frame = pd.DataFrame({"id": range(4000), "outlet": "Herald", "single_source": [1, 0, 0, 0] * 1000})
    hand = frame.head(20)[["id", "single_source"]]
    row = corrected(frame, "single_source", hand=hand).iloc[0]
    assert row["corrected"] == pytest.approx(0.25)
    assert 0.06 < row["corrected_high"] - row["corrected"] < 0.15
    whole = corrected(frame, "single_source", hand=frame[["id", "single_source"]]).iloc[0]
    assert whole["corrected_high"] == pytest.approx(whole["high"], abs=0.001)  # all coded: nothing is unseen


def test_the_interval_is_wider_than_scaling_alone() -> None:
    row = correction._by_line(estimate(2, 0.3), line(drawn(4, 50)), 0.95)
    assert row["corrected"] == pytest.approx(2 / row["slope"])
    assert row["corrected_high"] - row["corrected_low"] > 0.6 / row["slope"]


def test_a_difference_that_chance_or_errors_can_make_is_named_so() -> None:
    found = line(drawn(5, 50))
    rows = [correction._by_line(estimate(*each, 12), found, 0.95) for each in ((2, 0.3), (0.1, 0.05), (2, 2.5))]
    assert [row["could_be_error"] for row in rows] == [False, True, True]
    assert abs(rows[1]["corrected"]) < rows[1]["error_alone"]
    assert abs(rows[2]["corrected"]) > rows[2]["error_alone"]


def test_what_differs_between_few_outlets_is_known_by_their_number() -> None:
    stats = pytest.importorskip("scipy.stats")
    found = correction.Line(92, 0.0, 1.0, ((0.0, 0.0), (0.0, 0.0)), 0.0, 0.5, 8)
    row = correction._by_line(estimate(4, 0), found, 0.95)
    assert row["corrected_high"] - 4 == pytest.approx(stats.t.ppf(0.975, 7) * 0.5 * math.sqrt(2), rel=1e-3)
    assert row["error_alone"] == pytest.approx(row["corrected_high"] - 4)


def test_outlets_on_which_the_tool_errs_otherwise_widen_the_interval() -> None:
    codes = drawn(6, 120).assign(outlet=np.arange(120) % 6)
    assert (line(codes).between < 0.2, line(codes).outlets) == (True, 6)
    moved = codes.assign(tool=codes["tool"] + 2.0 * (codes["outlet"] - 2.5))
    spread = float(np.std([2.0 * (k - 2.5) for k in range(6)], ddof=1))
    assert line(moved).between == pytest.approx(spread, rel=0.1)


def test_a_tool_that_follows_nothing_corrects_nothing() -> None:
    codes = drawn(7, 50).assign(hand=np.random.default_rng(7).normal(5, 2, 50))
    row = correction._by_line(estimate(2, 0.3), line(codes), 0.95)
    assert all(math.isnan(row[name]) for name in ("corrected", "corrected_low", "corrected_high", "error_alone"))
    assert (row["n_coded"], row["could_be_error"]) == (50, True)


def test_an_outlet_with_few_codes_is_not_corrected() -> None:
    frame, hand = frames(13, coded=60)
    hand = hand[(frame["outlet"] == "Herald") | (frame["story_id"] < 9)]
    table = corrected(frame, "sources", hand=hand).set_index("outlet")
    assert table["n_coded"].tolist() == [60, 9]
    assert table["corrected"].notna().tolist() == [True, False]
    pair = corrected(frame, "sources", story="story_id", hand=hand).iloc[0]
    assert pair[["corrected", "corrected_low", "could_be_error"]].isna().all()
    nine = hand[frame.loc[hand.index, "story_id"] < 9]
    with pytest.warns(SmallSampleWarning):
        table = corrected(frame.loc[nine.index], "sources", hand=nine)  # all are coded
    assert table["corrected"].tolist() == pytest.approx(nine.groupby(frame["outlet"])["sources"].mean().tolist())


def test_a_metric_without_codes_says_so_and_stays() -> None:
    frame, _ = frames(8)
    table = corrected(frame.assign(charm=frame["sources"]), ["charm", "sources"], story="story_id")
    charm, sources = table.iloc[0], table.iloc[1]
    assert (charm["metric"], charm["n_coded"]) == ("charm", 0)
    assert charm[["corrected", "slope", "could_be_error"]].isna().all()
    assert sources["n_coded"] > 80


def test_what_has_no_value_gets_none() -> None:
    frame, hand = frames(9)
    frame.loc[frame["outlet"] == "Tribune", "sources"] = math.nan
    with pytest.warns(SmallSampleWarning):
        means, pairs = (corrected(frame, "sources", story=story, hand=hand) for story in (None, "story_id"))
    means, pair = means.set_index("outlet"), pairs.iloc[0]
    assert means.loc["Tribune", ["corrected", "corrected_low"]].isna().all()
    assert pair[["corrected", "error_alone", "could_be_error"]].isna().all()


def test_shares_and_their_differences_stay_where_they_can_be() -> None:
    low, high = np.linspace(0, 0.5, 20) ** 2, np.linspace(0.5, 1, 20)
    frame = pd.DataFrame({"id": range(40), "outlet": ["A"] * 20 + ["B"] * 20, "story_id": [*range(20)] * 2})
    frame["quoted_share"] = np.r_[high, low]
    coded = (frame["story_id"] < 10) == (frame["outlet"] == "A")  # where the toolkit errs most
    hand = frame[coded].assign(quoted_share=frame["outlet"].eq("A").astype(float))
    table = corrected(frame, "quoted_share", hand=hand).set_index("outlet")
    pair = corrected(frame, "quoted_share", story="story_id", hand=hand).iloc[0]
    assert high.mean() + (1 - high[:10]).mean() > 1
    assert table.loc["A", ["corrected", "corrected_high"]].tolist() == [1, 1]
    assert table.loc["B", ["corrected", "corrected_low"]].tolist() == [0, 0]
    assert pair[["corrected", "corrected_high"]].tolist() == [1, 1]


@pytest.mark.parametrize("found", [(0.85, 0.78), (0.8, 0.8)])
def test_own_codes_hold_the_truth_whether_or_not_the_tool_errs_alike(found: tuple[float, float]) -> None:
    """A cheap form of benchmarks/comparison.py: outlets with as many sources, of which the tool finds so many."""
    naive = aware = 0
    for seed in range(40):
        chance = np.random.default_rng([seed, round(100 * found[1])])
        truth = np.concatenate([(story := chance.poisson(4, 200)) + chance.poisson(4, 200), story])
        truth[200:] += chance.poisson(4, 200)
        frame = pd.DataFrame({"id": range(400), "outlet": ["A"] * 200 + ["B"] * 200, "story_id": [*range(200)] * 2})
        frame["sources"] = chance.binomial(truth, np.repeat(found, 200))
        hand = frame[frame["story_id"] < 40].assign(sources=truth[frame["story_id"] < 40])
        row = corrected(frame, "sources", story="story_id", hand=hand, resamples=199, seed=seed).iloc[0]
        naive += row["low"] <= 0 <= row["high"]
        aware += row["corrected_low"] <= 0 <= row["corrected_high"]
        assert row["could_be_error"] == (row["corrected_low"] <= 0 <= row["corrected_high"])
    assert aware >= 36
    assert naive < 20 or found[0] == found[1]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            lambda f, h: (f, h.head(9)),
            "Only 9 articles have a value by hand and by the toolkit; code at least 10.",
        ),
        (
            lambda f, h: (f.drop(columns="id"), h),
            "The table frame has no column 'id'; hand codes are joined by id and metric.",
        ),
        (
            lambda f, h: (f, h.rename(columns={"sources": "voices"})),
            "The table hand has no column 'sources'; hand codes are joined by id and metric.",
        ),
        (
            lambda f, h: (f, pd.concat([h, h.head(1)])),
            "The id '{first}' stands in hand more than once; give one row an article.",
        ),
    ],
)
def test_errors_are_one_sentence(change: Any, text: str) -> None:
    frame, hand = change(*frames(10))
    with pytest.raises(CompareError) as caught:
        corrected(frame, "sources", hand=hand)
    assert str(caught.value) == text.format(first=hand.iloc[0]["id"])


def test_a_line_needs_values_that_differ() -> None:
    with pytest.raises(CompareError) as caught:
        line(drawn(10, 20).assign(hand=2))
    assert str(caught.value) == (
        "All values by hand are equal, so they cannot show how the toolkit errs; code others too."
    )


def test_the_codes_that_come_along() -> None:
    held = json.loads((correction.files("toolkit") / "comparison/accuracy.json").read_text(encoding="utf-8"))
    assert set(held) == {"annotator", "sets"}
    for one in held["sets"]:
        assert set(one) == {"coded", "digest", "outlets", "metrics"}
        assert all(len(pairs) == len(one["outlets"]) for pairs in one["metrics"].values())
    for metric in ("attributed_share", "attributions_per_1000", "quoted_share", "sources"):
        table = coded(metric)
        assert len(table) >= 90
        assert line(table).slope > 0.5
    with pytest.raises(CompareError) as caught:
        coded("charm")
    assert str(caught.value).startswith("No articles are coded by hand for 'charm'; they are for accused, anonymous_")


def test_a_metric_that_two_sets_have_is_measured_on_both() -> None:
    held = json.loads((correction.files("toolkit") / "comparison/accuracy.json").read_text(encoding="utf-8"))
    sizes = [len(one["outlets"]) for one in held["sets"] if "attributed_share" in one["metrics"]]
    table = coded("attributed_share")
    assert (len(sizes), len(table)) == (2, sum(sizes))
    assert table["outlet"].nunique() == sum(len(set(one["outlets"])) for one in held["sets"][:2])
    assert correction.origin("attributed_share").count("digest") == 2
    assert {"anonymous_share", "official_share", "doubting_share", "reply_share"} <= set(correction.measured())


TOLD = "The mayor said the bridge was safe. “It is\nsafe,” said Mara Voss. Voss said the bridge was safe."


def test_words_and_places_give_the_same_analysis() -> None:
    words = [
        {"source": "The mayor", "cue": "said", "content": "the bridge was safe"},
        {"source": "Mara Voss", "cue": "said", "content": ["“It is safe,”"]},
        {"source": "Voss", "cue": "said", "content": "the bridge was safe"},
    ]
    places = [
        {"source": [0, 9], "cue": [10, 14], "content": [15, 34]},
        {"source": [55, 64], "cue": [50, 54], "content": [[36, 49]]},
        {"source": (66, 70), "cue": (71, 75), "content": ((76, 95),)},
    ]
    found, same = by_hand(TOLD, words), by_hand(Article(TOLD), places)
    assert found == same
    assert [(a.source, a.cue, a.content) for a in found.attributions] == [
        (Span(*code["source"]), Span(*code["cue"]), (Span(*(code["content"] if k == 0 else code["content"][0])),))
        for k, code in enumerate(places)
    ]
    assert [a.kind for a in found.attributions] == ["indirect", "direct", "indirect"]
    assert [source.name for source in found.sources] == ["The mayor", "Mara Voss"]
    assert {a.evidence for a in found.attributions} == {"coded by hand; neutral: said"}
    assert found.annotator == "hand"


def test_the_codes_of_an_analysis_give_it_back() -> None:
    found = analyze("“We are done,” said Mara Voss.\n\n“The ferry is late,” she said.")
    codes = [{"source": a.source, "cue": a.cue, "content": a.content} for a in found.attributions]
    assert codes
    again = by_hand(found.article, codes)
    assert [(a.source, a.cue, a.content, a.kind, a.stance) for a in again.attributions] == [
        (a.source, a.cue, a.content, a.kind, a.stance) for a in found.attributions
    ]


def test_an_article_without_codes_has_no_attribution() -> None:
    assert by_hand(TOLD, []).attributions == ()
    alone = by_hand(TOLD, [{"content": "the bridge was safe"}]).attributions
    assert [(a.source, a.cue) for a in alone] == [(None, None)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            {"source": "Ilse Brandt", "cue": "said", "content": "the bridge was safe"},
            "The source 'Ilse Brandt' of code 1 stands nowhere in article 'bridge'; give its very words or its place.",
        ),
        (
            {"content": ["the bridge", "was unsafe"]},
            "The content 'was unsafe' of code 1 stands nowhere in article 'bridge'; give its very words or its place.",
        ),
        (
            {"cue": [90, 900], "content": "the bridge"},
            "The cue [90, 900] of code 1 stands nowhere in article 'bridge'; give its very words or its place.",
        ),
        ({"cue": "said"}, "Code 1 of article 'bridge' has no content; give its words or its place."),
    ],
)
def test_a_code_that_does_not_fit_is_named(code: dict[str, Any], text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        by_hand(Article(TOLD, id="bridge"), [code])
    assert str(caught.value) == text


def test_it_warns_once_as_compare_does() -> None:
    frame, _ = frames(11, n=4, coded=4)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        corrected(frame, "sources", story="story_id")
    assert [warning.category for warning in caught] == [SmallSampleWarning]
