"""What a measured table shows, in sentences: estimates with their intervals, as they stand and corrected."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from ..metrics.dictionary import METRICS
from ..metrics.table import EMPTY
from ..numbers_in_words import counted, figure, listed, notation, parts_of
from . import correction, estimates, groups_and_pairs, means_and_differences
from .estimates import p_value

COMPARED = ("quoted_share", "sources", "anonymous_share", "flesch_kincaid_grade")


class Compared(NamedTuple):
    """A measured table and what comparing its outlets gave; ``pairs`` is None where ``reason`` says why."""

    table: pd.DataFrame
    means: pd.DataFrame
    pairs: pd.DataFrame | None
    reason: str


def findings(
    table: pd.DataFrame,
    *,
    metrics: Sequence[str] = COMPARED,
    hand: pd.DataFrame | None = None,
    resamples: int = 9999,
    seed: int = 1,
) -> list[str]:
    """What a measured table shows, in plain sentences with n and 95 % intervals.

    ``table`` is that of `toolkit.measure`. For each metric the clearest difference on the same stories, which is the
    finding where outlets share enough of them, and the outlets with the highest and the lowest mean; where articles are
    coded by hand, the estimate corrected for the toolkit's errors stands beside the one that is not. A finding's first
    line is what it comes to, the lines after it say it in full. ``hand`` holds your own codes: a column id and one a
    metric. Raises `groups_and_pairs.CompareError` for a table without rows, or without a column that is needed.

    >>> table = pd.DataFrame({"id": ["quits"], "outlet": ["Herald"], "story_id": [""], "error": [""], "words": [8.0],
    ...     "attributions": [1.0], "sources": [1.0], "quoted_words": [3.0], "quoted_share": [0.375]})
    >>> findings(table, metrics=["quoted_share"])[1]
    'Quoted share: 37.5% (3 of 8); one article, so no interval.'
    """
    return sentences(compared(table, metrics, hand=hand, resamples=resamples, seed=seed))


def compared(
    table: pd.DataFrame,
    metrics: Sequence[str] = COMPARED,
    *,
    hand: pd.DataFrame | None = None,
    correct: bool = True,
    resamples: int = 9999,
    seed: int = 1,
) -> Compared:
    """The estimates that the sentences tell: means by outlet, and differences where outlets share stories.

    Without ``correct`` they are as they stand. Raises as `findings`.
    """
    pairs, reason = None, ""
    options: dict[str, Any] = {"resamples": resamples, "seed": seed}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", estimates.SmallSampleWarning)  # the sentences say it
        means = _estimated(table, metrics, hand, correct, options)
        try:
            pairs = _estimated(table, metrics, hand, correct, options | {"story": "story_id"})
        except groups_and_pairs.CompareError:
            reason = "it needs articles of two outlets on the same story, with the same story_id."
    return Compared(table, means, pairs, reason)


def _estimated(
    table: pd.DataFrame, metrics: Sequence[str], hand: pd.DataFrame | None, correct: bool, options: dict[str, Any]
) -> pd.DataFrame:
    """Means, or with a story differences, corrected by the user's codes where they hold the metric, else by ours."""
    if not correct:
        return (means_and_differences.differences if "story" in options else means_and_differences.compare)(
            table, metrics, **options
        )
    found = correction.corrected(table, metrics, **options)
    own = [metric for metric in metrics if hand is not None and metric in hand.columns]
    if own:
        better = correction.corrected(table, own, hand=hand, **options)
        mine = found["metric"].isin(own)
        for column in list(found)[list(found).index("corrected") :]:
            found.loc[mine, column] = better[column].to_numpy()
    return found


def sentences(found: Compared) -> list[str]:
    """The findings of a comparison; what the sample is too small for is said before what it shows."""
    table, means, pairs, reason = found
    measured = table[table["error"] == ""]
    named = measured["outlet"].fillna("").str.strip()
    outlets = int(named[named != ""].nunique())
    out = [
        f"{of_articles(len(measured), outlets)} measured: {counted(int(measured['words'].sum()), 'word')} of body "
        f"text, {counted(int(measured['attributions'].sum()), 'attribution')}, "
        f"{counted(int(measured['sources'].sum()), 'source')} (each counted once an article)."
    ]
    if len(measured) < len(table):
        for error, rows in table[table["error"] != ""].groupby("error", sort=False):
            names = rows["id"].fillna("") if "id" in rows else rows.index
            failed = listed([str(name) or "an article without an id" for name in names])
            empty = error == EMPTY
            out.append(f"Not measured{', for want of words in the body' * empty}: {failed}.{f' {error}' * (not empty)}")
    if measured.empty:
        return out
    bare = int((named == "").sum())
    if bare and outlets:
        out.append(
            f"{counted(bare, 'article')} without an outlet: shown as {groups_and_pairs.UNKNOWN}, compared with none."
        )
    if len(measured) > 1:
        out += _too_few(means, pairs)
    for name, mine in means.groupby("metric", sort=False):
        if len(measured) == 1:
            row = measured.iloc[0].to_dict()
            value, parts = figure(row[name], str(name), whole=float(row[name]).is_integer()), parts_of(row, str(name))
            parts = f" ({parts})" if parts else ""
            out.append(f"{METRICS[str(name)].label}: {value}{parts}; one article, so no interval.")
        else:
            said = _of_metric(str(name), mine, None if pairs is None else _clearest(str(name), pairs))
            out.append(said if outlets else said.replace(f" of {groups_and_pairs.UNKNOWN}", ""))
    if pairs is None:
        return [*out, f"No comparison on the same stories: {reason}"]
    return [*out, _how_many_clear(pairs)]


def of_articles(n: int, outlets: int) -> str:
    """How many articles, of how many outlets if any is named."""
    return counted(n, "article") + (f" of {counted(outlets, 'outlet')}" if outlets else "")


def _too_few(means: pd.DataFrame, pairs: pd.DataFrame | None) -> list[str]:
    """What this many articles and stories cannot show."""
    out = []
    first = means[means["metric"] == means["metric"].iloc[0]]
    few = [f"{row['outlet']} ({row['n']})" for _, row in first.iterrows() if row["n"] < estimates.SMALL]
    if few:
        small = f"Fewer than {estimates.SMALL} articles with a value"
        out.append(f"{small}, so that a mean has a rough interval or none: {listed(few)}.")
    most = 0 if pairs is None else int(pairs["n"].max())
    if most and 2 / 2**most > 0.05:
        stories = "one story" if most == 1 else f"{most} stories"
        out.append(
            f"No pair of outlets has more than {stories} in common, and a sign-flip test of so few cannot give p below "
            f"{2 / 2**most:.3g}: differences on the same stories describe these stories and show nothing beyond them."
        )
    return out


def _of_metric(name: str, mine: pd.DataFrame, pair: pd.Series | None) -> str:
    """A metric's means, all for two outlets at most, else highest and lowest; ``pair`` is the clearest difference."""
    label = METRICS[name].label
    known = mine[mine["n"] > 0]
    if known.empty:
        return f"{label}: no article has a value."
    if len(known) > 1:
        known = known[known["outlet"] != groups_and_pairs.UNKNOWN].sort_values(
            ["mean", "outlet"], ascending=[False, True]
        )
    ends = known if len(known) < 3 else known.iloc[[0, -1]]
    said = [_sentence(row, name) for _, row in ends.iterrows()]
    if len(ends) < 2:
        return "\n".join([f"{label}: {figure(ends.iloc[0]['mean'], name)}.", *said])
    top, bottom = ends.iloc[0], ends.iloc[-1]
    lead = f"{label}: highest at {_named(top, name)}, lowest at {_named(bottom, name)}"
    if top["mean"] == bottom["mean"]:
        lead = f"{label}: the same at all outlets, {figure(top['mean'], name)}"
    if pair is None:
        return "\n".join([f"{lead}.", *said])
    told = _sentence(pair, name)
    many = pair["pairs"] > 1
    said.append(f"Clearest of {pair['pairs']} pairs of outlets: {told[0].lower()}{told[1:]}" if many else told)
    if pair["p_adjusted"] < 0.05:
        above, below = (pair["a"], pair["b"]) if pair["difference"] > 0 else (pair["b"], pair["a"])
        size = notation(name).gap(pair["difference"])
        over = f"the {pair['n']} stories that both covered"
        lead = f"{label}: {above} {size} above {below} on {over}, adjusted p {p_value(pair['p_adjusted'])}"
    else:
        few = 2 / 2 ** pair["most"] > 0.05
        lead += f"; {'too few shared stories to tell them apart' if few else 'no clear difference on the same stories'}"
    return "\n".join([f"{lead}.", *said])


def _named(row: pd.Series, name: str) -> str:
    return f"{row['outlet']} ({figure(row['mean'], name)})"


def _clearest(name: str, pairs: pd.DataFrame) -> pd.Series | None:
    """A metric's clearest difference on the same stories, of how many ``pairs``, and the ``most`` stories of one."""
    mine = pairs[(pairs["metric"] == name) & (pairs["n"] > 0)]
    if mine.empty:
        return None
    size = mine["difference"].abs()
    row = mine.assign(size=size).sort_values(["p_adjusted", "p", "size"], ascending=[True, True, False]).iloc[0]
    found: pd.Series = pd.concat([row, pd.Series({"pairs": len(mine), "most": int(mine["n"].max())})])
    return found


def _how_many_clear(pairs: pd.DataFrame) -> str:
    shared = pairs[pairs["n"] > 0]
    if shared.empty:
        return "No comparison on the same stories: no two outlets have a value on one."
    clear = int((shared["p_adjusted"] < 0.05).sum())
    tested = counted(len(shared), "paired difference")
    return f"Of {tested}, {clear or 'none'} {'has' if clear < 2 else 'have'} p below 0.05 after Holm's adjustment."


def _sentence(row: pd.Series, name: str) -> str:
    return estimates.sentence(row)
