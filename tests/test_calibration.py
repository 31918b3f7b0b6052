"""The toolkit's error, taken out of an estimate and put into its interval: by hand, against scipy, by simulation."""

from __future__ import annotations

import json
import math
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

from toolkit import Article, ArticleError, Span, analyze, calibration
from toolkit.calibration import by_hand, coded, corrected, line
from toolkit.comparison import CompareError, SmallSampleWarning, compare, differences


def drawn(seed: int, n: int, start: float = 1.0, slope: float = 0.5, noise: float = 0.5) -> pd.DataFrame:
    """Articles whose tool value is a line over the hand's, with noise."""
    chance = np.random.default_rng(seed)
    hand = chance.gamma(4, 2, n)
    return pd.DataFrame({"id": range(n), "hand": hand, "tool": start + slope * hand + chance.normal(0, noise, n)})


def frames(seed: int, n: int = 60) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A measured table of two outlets on the same stories, Herald 4 above Tribune, and 50 articles coded by hand."""
    chance = np.random.default_rng(seed)
    story = chance.gamma(4, 2, n)
    truth = np.concatenate([story + 4, story, chance.gamma(4, 2, 50)])
    tool = 1 + 0.5 * truth + chance.normal(0, 1, len(truth))
    frame = pd.DataFrame(
        {
            "id": [f"a{k}" for k in range(len(truth))],
            "outlet": ["Herald"] * n + ["Tribune"] * n + ["Elsewhere"] * 50,
            "story_id": [*range(n), *range(n), *[""] * 50],
            "sources": tool,
        }
    )
    hand = pd.DataFrame({"id": frame["id"].iloc[-50:], "sources": truth[-50:]})
    return frame, hand


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
    hand = pd.DataFrame({"id": range(100), "unnamed": codes["hand"]})
    first = pd.DataFrame({"id": range(100), "outlet": "Coded", "unnamed": codes["tool"]})
    other = pd.DataFrame({"id": range(100, 300), "outlet": "Herald", "unnamed": [1] * 80 + [0] * 120})
    table = corrected(pd.concat([first, other]), "unnamed", hand=hand).set_index("outlet")
    assert table.loc["Herald", "corrected"] == pytest.approx((0.4 + 0.9 - 1) / (0.75 + 0.9 - 1))
    assert table.loc["Herald", "slope"] == pytest.approx(0.65)
    assert table.loc["Coded", "corrected"] == pytest.approx(0.4)


def test_a_perfect_tool_changes_nothing() -> None:
    frame, _ = frames(2)
    table = corrected(frame, "sources", hand=frame[["id", "sources"]])
    plain = compare(frame, "sources")
    pd.testing.assert_frame_equal(table[list(plain)], plain)
    for ours, theirs in (("corrected", "mean"), ("corrected_low", "low"), ("corrected_high", "high")):
        assert table[ours].to_numpy() == pytest.approx(plain[theirs].to_numpy())


def test_both_stand_side_by_side_and_the_corrected_one_holds_the_truth() -> None:
    frame, hand = frames(3)
    row = corrected(frame, "sources", story="story_id", hand=hand).iloc[0]
    plain = differences(frame, "sources").iloc[0]
    assert row[list(plain.index)].to_dict() == plain.to_dict()
    assert row["high"] < 4  # half of every difference is lost
    assert row["corrected_low"] < 4 < row["corrected_high"]
    assert row["corrected"] == pytest.approx(row["difference"] / row["slope"])
    assert row["n_coded"] == 50
    assert row["measurable"]


def test_the_interval_is_wider_than_scaling_alone() -> None:
    frame, hand = frames(4)
    row = corrected(frame, "sources", story="story_id", hand=hand).iloc[0]
    assert row["corrected_high"] - row["corrected_low"] > (row["high"] - row["low"]) / row["slope"]


def test_a_difference_smaller_than_the_errors_is_not_measurable() -> None:
    frame, hand = frames(5, n=12)
    frame.loc[frame["outlet"] == "Herald", "sources"] -= 1.95
    row = corrected(frame, "sources", story="story_id", hand=hand).iloc[0]
    assert abs(row["corrected"]) < row["error_alone"]
    assert not row["measurable"]


def test_outlets_on_which_the_tool_errs_otherwise_widen_the_interval() -> None:
    codes = drawn(6, 120).assign(outlet=np.arange(120) % 6)
    assert line(codes).between < 0.2
    moved = codes.assign(tool=codes["tool"] + 2.0 * (codes["outlet"] - 2.5))
    spread = float(np.std([2.0 * (k - 2.5) for k in range(6)], ddof=1))
    assert line(moved).between == pytest.approx(spread, rel=0.1)


def test_a_tool_that_follows_nothing_corrects_nothing() -> None:
    frame, hand = frames(7)
    chance = np.random.default_rng(7)
    row = corrected(frame, "sources", story="story_id", hand=hand.assign(sources=chance.normal(5, 2, 50))).iloc[0]
    assert np.isnan(row[["corrected", "corrected_low", "corrected_high", "error_alone"]].to_numpy(dtype=float)).all()
    assert row["n_coded"] == 50
    assert not row["measurable"]


def test_a_metric_without_codes_says_so_and_stays() -> None:
    frame, _ = frames(8)
    table = corrected(frame.assign(charm=frame["sources"]), ["charm", "sources"], story="story_id")
    charm, sources = table.iloc[0], table.iloc[1]
    assert (charm["metric"], charm["n_coded"]) == ("charm", 0)
    assert charm[["corrected", "slope", "measurable"]].isna().all()
    assert sources["n_coded"] > 80


def test_what_has_no_value_gets_none() -> None:
    frame, hand = frames(9)
    frame.loc[frame["outlet"] == "Tribune", "sources"] = math.nan
    with pytest.warns(SmallSampleWarning):
        means, pairs = (corrected(frame, "sources", story=story, hand=hand) for story in (None, "story_id"))
    means, pair = means.set_index("outlet"), pairs.iloc[0]
    assert means.loc["Tribune", ["corrected", "corrected_low"]].isna().all()
    assert pair[["corrected", "error_alone", "measurable"]].isna().all()


def test_shares_stay_shares() -> None:
    codes = pd.DataFrame({"id": range(20), "hand": np.linspace(0, 0.5, 20)})
    tool = pd.DataFrame({"id": range(20), "outlet": "Coded", "quoted_share": 0.3 * codes["hand"]})
    high = pd.DataFrame({"id": range(20, 40), "outlet": "Herald", "quoted_share": np.linspace(0.2, 0.6, 20)})
    hand = codes.rename(columns={"hand": "quoted_share"})
    row = corrected(pd.concat([tool, high]), "quoted_share", hand=hand).set_index("outlet").loc["Herald"]
    assert (row["corrected"], row["corrected_high"]) == (1.0, 1.0)


def test_differences_of_shares_stay_between_minus_one_and_one() -> None:
    codes = pd.DataFrame({"id": range(20), "quoted_share": np.linspace(0, 1, 20)})
    tool = pd.DataFrame(
        {"id": range(20), "outlet": "Coded", "story_id": "", "quoted_share": 0.3 * codes["quoted_share"]}
    )
    values = np.r_[np.linspace(0.5, 0.9, 12), np.linspace(0, 0.1, 12)]
    events = pd.DataFrame({"id": range(20, 44), "outlet": ["A"] * 12 + ["B"] * 12, "story_id": [*range(12)] * 2})
    frame = pd.concat([tool, events.assign(quoted_share=values)])
    row = corrected(frame, "quoted_share", story="story_id", hand=codes).iloc[0]
    assert row["difference"] / row["slope"] > 1
    assert (row["corrected"], row["corrected_high"]) == (1.0, 1.0)


def test_the_error_aware_interval_holds_where_the_naive_one_fails() -> None:
    """A cheap form of benchmarks/comparison.py: a mean by a tool that finds half of what is there."""
    naive = aware = 0
    for seed in range(120):
        frame, hand = frames(1000 + seed, n=40)
        options: dict[str, Any] = {"hand": hand, "resamples": 199, "seed": seed}
        row = corrected(frame[frame["outlet"] != "Herald"], "sources", **options).set_index("outlet").loc["Tribune"]
        naive += row["low"] <= 8 <= row["high"]
        aware += row["corrected_low"] <= 8 <= row["corrected_high"]
    assert naive / 120 < 0.8
    assert 0.9 <= aware / 120 <= 0.99


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            lambda f, h: (f, h.head(9)),
            "Only 9 articles have a value by hand and by the toolkit; code at least 10.",
        ),
        (
            lambda f, h: (f, h.assign(sources=2)),
            "All values by hand are equal, so they cannot show how the toolkit errs; code others too.",
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
            "The id 'a120' stands in hand more than once; give one row an article.",
        ),
    ],
)
def test_errors_are_one_sentence(change: Any, text: str) -> None:
    frame, hand = change(*frames(10))
    with pytest.raises(CompareError) as caught:
        corrected(frame, "sources", hand=hand)
    assert str(caught.value) == text


def test_the_codes_that_come_along() -> None:
    held = json.loads((calibration.files("toolkit") / "accuracy.json").read_text(encoding="utf-8"))
    assert set(held) == {"annotator", "coded", "digest", "outlets", "metrics"}
    for metric in ("attributed_share", "attributions_per_1000", "quoted_share", "sources"):
        table = coded(metric)
        assert len(table) == len(held["outlets"]) >= 90
        assert line(table).slope > 0.5
    with pytest.raises(CompareError) as caught:
        coded("charm")
    assert str(caught.value).startswith("No articles are coded by hand for 'charm'; they are for attributed_share, ")


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
    frame, _ = frames(11, n=4)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        corrected(frame[frame["outlet"] != "Elsewhere"], "sources", story="story_id")
    assert [warning.category for warning in caught] == [SmallSampleWarning]
