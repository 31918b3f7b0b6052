"""Tables with oddities: nothing is lost, and an error is one sentence."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd
import pytest
import tables
from tables import NAN, articles

from toolkit.comparison import (
    CompareError,
    SmallSampleWarning,
    adequacy,
    compare,
    differences,
    over_time,
    paired_values,
    pooled,
    sentence,
)


@pytest.fixture
def three() -> pd.DataFrame:
    return tables.three()


def test_planted_oddities_lose_nothing() -> None:
    """Duplicates, an outlet with one article, a metric without a value, ties, a story of one outlet."""
    rows = [("Herald", f"s{k}", 3.0) for k in range(12)] + [("Herald", "s0", 3.0), ("Herald", "alone", 9.0)]
    rows += [("Tribune", f"s{k}", 1.0) for k in range(12)] + [("Courier", "s3", 5.0)]
    table = pd.DataFrame(rows, columns=["outlet", "story_id", "sources"]).assign(denials=NAN)
    with pytest.warns(SmallSampleWarning) as caught:
        means, pairs = (calculate(table, ["sources", "denials"]) for calculate in (compare, differences))
    assert means["n"].sum() + means["n_missing"].sum() == 2 * len(table)
    by_pair = pairs.set_index(["metric", "a", "b"])
    tie, one = by_pair.loc[("sources", "Herald", "Tribune")], by_pair.loc[("sources", "Courier", "Herald")]
    assert (tie["n"], tie["difference"], tie["method"].split(";")[0]) == (12, 2.0, "no interval: all values equal")
    assert (one["n"], one["difference"], one["p"]) == (1, 2.0, 1.0)
    assert list(pairs[pairs["metric"] == "denials"]["n_missing"]) == [1, 1, 12]
    assert "share no story with a value" in sentence(pairs.iloc[-1])
    said = " ".join(str(warning.message) for warning in caught)
    for word in ("Courier (1)", "denials: fewer than 10 articles", "all values are equal for Herald and Tribune"):
        assert word in said


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda f: compare(f, "sorces"),
            "The frame has no column 'sorces'; did you mean 'sources'?",
        ),
        (
            lambda f: compare(f, "zzz"),
            "The frame has no column 'zzz'; it has outlet, story_id, sources.",
        ),
        (lambda f: compare(f, "outlet"), "The column 'outlet' is not numeric; name a metric column."),
        (lambda f: compare(f, []), "No metric was named; name at least one column."),
        (
            lambda f: compare(f.head(0), "sources"),
            "The frame has no rows, so there is nothing to compare; give it at least one article.",
        ),
        (
            lambda f: compare(f, "sources", confidence=95),
            "confidence is 95; give a number between 0 and 1, such as 0.95.",
        ),
        (lambda f: compare(f, "sources", resamples=9), "resamples is 9; an interval at 0.95 needs at least 40."),
        (
            lambda f: differences(f.drop(columns="story_id"), "sources"),
            "The frame has no column 'story_id'; it has outlet, sources.",
        ),
        (
            lambda f: differences(f[f["outlet"] == "Herald"], "sources"),
            "Only 'Herald' has articles with a 'story_id'; a difference needs two "
            '(toolkit.group_events(articles)["story_id"] finds them, on the command line --story auto).',
        ),
        (
            lambda f: differences(f.assign(story_id=""), "sources"),
            "No 'outlet' has articles with a 'story_id'; a difference needs two "
            '(toolkit.group_events(articles)["story_id"] finds them, on the command line --story auto).',
        ),
        (
            lambda f: differences(f, "sources", reference="Gazette"),
            "The reference 'Gazette' is not among the outlets Courier, Herald, Tribune.",
        ),
        (
            lambda f: differences(f.assign(story_id=range(len(f))), "sources"),
            "No 'story_id' is shared by two outlets; give the articles on one event the same 'story_id'.",
        ),
        (lambda f: over_time(f.assign(date="2024-03-01"), "sources", freq="D"), "freq is 'D'; give W, M, Q or Y."),
        (
            lambda f: over_time(f.assign(date="soon"), "sources"),
            "No article has a 'date' that can be read, so nothing can be shown over time.",
        ),
        (lambda f: adequacy(f, "sources", power=80), "power is 80; give a number between 0 and 1, such as 0.8."),
        (
            lambda f: adequacy(f[f["outlet"] == "Herald"], "sources"),
            "Only one 'outlet' has articles; a difference needs two.",
        ),
        (lambda f: pooled(f, "sources", "wrds"), "The frame has no column 'wrds'; it has outlet, story_id, sources."),
        (
            lambda f: paired_values(f.assign(story_id=range(len(f))), "sources"),
            "No 'story_id' is shared by two outlets; give the articles on one event the same 'story_id'.",
        ),
    ],
)
def test_errors_are_one_sentence(call: Any, text: str, three: pd.DataFrame) -> None:
    with pytest.raises(CompareError) as caught:
        call(three)
    assert str(caught.value) == text


def test_small_samples_warn_by_name() -> None:
    table = pd.concat([articles("Herald", [1, 2, 3]), articles("Tribune", [1]), articles("Courier", [2] * 12)])
    with pytest.warns(SmallSampleWarning) as caught:
        compare(table, "sources")
    assert [str(warning.message) for warning in caught] == [
        "sources: fewer than 10 articles with a value for Herald (3), Tribune (1), so the interval is rough or absent.",
        "sources: all values are equal for Courier, so resampling can show no interval.",
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compare(articles("Herald", list(range(10))), "sources")
