"""What a measured table shows, in plain sentences: the strongest first, the numbers behind each, cautions last."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..metrics.dictionary import COMPARED, METRICS
from ..metrics.table import EMPTY
from ..numbers_in_words import counted, figure, listed, notation, parts_of
from . import correction, estimates, groups_and_pairs, means_and_differences, unknown
from .plain_words import Lead, average, claim, hedge, lead


class Compared(NamedTuple):
    """A measured table and what comparing its outlets gave; ``pairs`` is None where ``reason`` says why."""

    table: pd.DataFrame
    means: pd.DataFrame
    pairs: pd.DataFrame | None
    reason: str


class Findings(list[str]):
    """Findings, each a text whose first line is the sentence and whose others are its numbers.

    A notebook shows the sentences, with the numbers folded away beneath each.
    """

    def _repr_html_(self) -> str:
        return f"<p><strong>In short.</strong></p><ul>{''.join(map(_folded, self))}</ul>"


def _folded(finding: str) -> str:
    said, *numbers = (escape(line) for line in finding.split("\n"))
    listed = "".join(f"<li>{one}</li>" for one in numbers)
    return f"<li>{said}{f'<details><summary>Numbers</summary><ul>{listed}</ul></details>' * bool(numbers)}</li>"


def findings(
    table: pd.DataFrame,
    *,
    metrics: Sequence[str] = COMPARED,
    by: str = "outlet",
    story: str = "story_id",
    hand: pd.DataFrame | None = None,
    resamples: int = 9999,
    seed: int = 1,
) -> Findings:
    """What a measured table shows, in plain sentences: the strongest first, what to be careful of last.

    ``table`` is that of `toolkit.measure`. For each metric one sentence on the two outlets (or other groups of ``by``)
    that are most clearly apart: on the stories that both covered (``story``), where any two share one, else by their
    means. Its further lines are the numbers, with n, 95 % intervals and p, and where articles are coded by hand the
    estimate corrected for the toolkit's errors. Near copies that `copies.mark` has marked count once. ``hand`` holds
    your own codes: a column id and one a metric. Raises `groups_and_pairs.CompareError` for a table without rows, or
    without a column that is needed.

    >>> table = pd.DataFrame({"id": ["quits"], "outlet": ["Herald"], "story_id": [""], "error": [""], "words": [8.0],
    ...     "attributions": [1.0], "sources": [1.0], "quoted_words": [3.0], "quoted_share": [0.375]})
    >>> print(findings(table, metrics=["quoted_share"])[0])
    In this article 37.5% of the words are quotation.
    Quoted share: 37.5% (3 of 8); one article, so no interval.
    """
    return sentences(compared(table, metrics, by=by, story=story, hand=hand, resamples=resamples, seed=seed))


def compared(
    table: pd.DataFrame,
    metrics: Sequence[str] = COMPARED,
    *,
    by: str = "outlet",
    story: str = "story_id",
    hand: pd.DataFrame | None = None,
    correct: bool = True,
    resamples: int = 9999,
    seed: int = 1,
) -> Compared:
    """The estimates that the sentences tell: means by outlet, and differences where outlets share stories.

    Without ``correct`` they are as they stand, but for what ``hand`` corrects; the other words are those of `findings`.
    Raises as `findings`.
    """
    pairs, reason = None, ""
    options: dict[str, Any] = {"by": by, "resamples": resamples, "seed": seed}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", estimates.SmallSampleWarning)  # the sentences say it
        means = _estimated(table, metrics, hand, correct, options)
        try:
            pairs = _estimated(table, metrics, hand, correct, options | {"story": story})
        except groups_and_pairs.CompareError:
            same = f"the same story, with the same {story}"
            reason = f"it needs articles of two {noun(by)}s on {same} ({groups_and_pairs.EVENTS})."
    return Compared(table, means, pairs, reason)


def _estimated(
    table: pd.DataFrame, metrics: Sequence[str], hand: pd.DataFrame | None, correct: bool, options: dict[str, Any]
) -> pd.DataFrame:
    """Means, or with a story differences, corrected by the user's codes where they hold the metric, else by ours if
    these are ``correct``."""
    own = [metric for metric in metrics if hand is not None and metric in hand.columns]
    if not correct and not own:
        return (means_and_differences.differences if "story" in options else means_and_differences.compare)(
            table, metrics, **options
        )
    found = correction.corrected(table, metrics, shipped=correct, **options)
    if own:
        better = correction.corrected(table, own, hand=hand, **options)
        mine = found["metric"].isin(own)
        for column in list(found)[list(found).index("corrected") :]:
            found.loc[mine, column] = better[column].to_numpy()
    return found


def sentences(found: Compared) -> Findings:
    """The findings of a comparison: the strongest first, then what they rest on, then what to be careful of."""
    table, means, pairs, _ = found
    by = str(means.columns[0])
    measured = table[table["error"] == ""]
    if measured.empty:
        return Findings([_basis(measured, 0, by), *_cautions(found, by)])
    named = groups_and_pairs.names_of(measured, by) if by in measured else measured["outlet"]
    groups = int(named.nunique())
    told = []
    for name, mine in means.groupby("metric", sort=False):
        metric = str(name)
        if len(measured) == 1:
            told.append((-1.0, _of_one(measured.iloc[0].to_dict(), metric)))
            continue
        best = lead(metric, mine, pairs, by=by)
        spread = float(np.nanstd(groups_and_pairs.values_of(measured, metric))) if best else 0.0
        strength = (best.clear + min(best.gap / spread, 9) / 10) if best and spread > 0 else -1.0
        told.append((strength, _of_metric(metric, mine, pairs, best, by)))
    told.sort(key=lambda each: -each[0])
    return Findings([*(text for _, text in told), _basis(measured, groups, by), *_cautions(found, by)])


def noun(by: str) -> str:
    """What the groups of a column are called."""
    return "outlet" if by == "outlet" else "group"


def of_articles(n: int, outlets: int, what: str = "outlet") -> str:
    """How many articles, of how many outlets (or ``what`` else groups them) if any is named."""
    return counted(n, "article") + (f" of {counted(outlets, what)}" if outlets else "")


def _basis(measured: pd.DataFrame, groups: int, by: str) -> str:
    """What was measured."""
    return (
        f"{of_articles(len(measured), groups, noun(by))} measured: "
        f"{counted(int(measured['words'].sum()), 'word')} of body "
        f"text, {counted(int(measured['attributions'].sum()), 'attribution')}, "
        f"{counted(int(measured['sources'].sum()), 'source')} (each counted once an article)."
    )


def _of_one(row: dict[Any, Any], name: str) -> str:
    """A metric of a single article."""
    if math.isnan(row[name]):
        return f"{METRICS[name].label}: undefined in this article."
    whole = float(row[name]).is_integer()
    parts = parts_of(row, name)
    full = f"{METRICS[name].label}: {figure(row[name], name, whole=whole)}{f' ({parts})' if parts else ''}"
    return f"{average(name, row[name], 'in this article', whole=whole)}\n{full}; one article, so no interval."


def _of_metric(name: str, mine: pd.DataFrame, pairs: pd.DataFrame | None, best: Lead | None, by: str) -> str:
    """A metric of many articles: what is seen of the two groups that lead, and the numbers."""
    known = mine[mine["n"] > 0]
    if known.empty:
        return f"{METRICS[name].label if name in METRICS else name}: no article has a value."
    if best is None:
        one = known[known[by] == unknown.known(known[by])[0]].iloc[0]
        where = f"in the average article{unknown.beside(one[by], 'of')}"
        numbers = (estimates.sentence(row) for _, row in known.iterrows())
        return "\n".join([average(name, float(one["mean"]), where), *numbers])
    said = f"{'On the same stories, ' * best.paired}{claim(name, best)}{hedge(best)}."
    if not best.clear and not best.errors and min(best.n) >= estimates.SMALL:  # enough to have seen a large difference
        who = f"no two {noun(by)}s" if known[by].nunique() > 2 else f"{' and '.join(sorted(best[:2]))} do not"
        said = f"{'On the same stories, ' * best.paired}{who} differ clearly in {notation(name).in_text}."
        said = said[0].upper() + said[1:]
    lines = []
    if best.paired and pairs is not None:
        rows = pairs[(pairs["metric"] == name) & (pairs["n"] > 0)]
        pair = rows[rows["a"].isin(best[:2]) & rows["b"].isin(best[:2])].iloc[0]
        lines.append(estimates.sentence(pair))
        if len(rows) > 1:
            told = "this is the largest that is clear" if best.clear else "none is clear"
            lines.append(f"{counted(len(rows), 'pair')} of {noun(by)}s were compared; {told}.")
    ends = known[known[by].isin(best[:2])].sort_values(["mean", by], ascending=[False, True])
    return "\n".join([said, *lines, *(estimates.sentence(row) for _, row in ends.iterrows())])


def _cautions(found: Compared, by: str) -> Iterable[str]:
    """What is in no number, and what this many articles and stories cannot show."""
    table, means, pairs, reason = found
    measured = table[table["error"] == ""]
    for error, rows in table[table["error"] != ""].groupby("error", sort=False):
        ids = rows["id"].fillna("") if "id" in rows else rows.index
        failed = listed([str(name) or "an article without an id" for name in ids])
        empty = error == EMPTY
        yield f"Not measured{', for want of words in the body' * empty}: {failed}.{f' {error}' * (not empty)}"
    if measured.empty:
        return
    bare = int(groups_and_pairs.names_of(measured, by).isna().sum()) if by in measured else 0
    if 0 < bare < len(measured):
        yield f"{counted(bare, 'article')} {unknown.without(by)}: shown as {unknown.UNKNOWN}, compared with none."
    yield from _copies(measured)
    if len(measured) == 1:
        return
    few = means[(means["metric"] == means["metric"].iloc[0]) & (means["n"] < estimates.SMALL)]
    if len(few):
        names = listed(f"{row[by]} ({row['n']})" for _, row in few.iterrows())
        yield (
            f"Fewer than {estimates.SMALL} articles say little about how an outlet writes in general.\n"
            f"So few have a value, so that a mean has a rough interval or none: {names}."
        )
    if pairs is None:
        yield f"No comparison on the same stories: {reason}"
        return
    shared = pairs[pairs["n"] > 0]
    if shared.empty:
        yield "No comparison on the same stories: no two outlets have a value on one."
        return
    most = int(shared["n"].max())
    if 2 / 2**most > 0.05:
        stories = "one story" if most == 1 else f"{most} stories"
        yield (
            f"No two outlets share more than {stories}: their differences describe these and show nothing beyond.\n"
            f"A sign-flip test of so few cannot give p below {2 / 2**most:.3g}."
        )
    clear = int((shared["p_adjusted"] < 0.05).sum())
    tested = counted(len(shared), "comparison")
    yield (
        f"Of {tested} on the same stories, {clear or 'none'} {'is' if clear < 2 else 'are'} clear of chance.\n"
        "Clear: p below 0.05 after Holm's adjustment over all of them."
    )


def _copies(measured: pd.DataFrame) -> Iterable[str]:
    """Which articles are near copies."""
    if groups_and_pairs.COPY not in measured:
        return
    copied = measured[groups_and_pairs.names_of(measured, groups_and_pairs.COPY).notna()]
    if len(copied):
        one = len(copied) == 1
        names = (f"{row['id'] or 'one without an id'} of {row[groups_and_pairs.COPY]}" for _, row in copied.iterrows())
        yield (
            f"{counted(len(copied), 'article')} {'is a near copy' if one else 'are near copies'} of another and "
            f"{'is' if one else 'are'} left out of the comparisons, so that a text counts once.\n"
            f"Near copies: {listed(names)}."
        )
