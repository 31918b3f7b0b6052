"""Which two outlets a finding is about, and how far they are apart, in plain words: at most one number, one hedge."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

import pandas as pd

from ..metrics.dictionary import METRICS
from ..numbers_in_words import figure, notation
from .bootstrap import apart
from .estimates import SMALL
from .unknown import UNKNOWN

TWICE = 1.75  # from here on a ratio is told in words: "about twice"
_SPELT = "no one two three four five six seven eight nine ten eleven twelve".split()
_COUNTED = {"words", "sentences", "paragraphs", "quotations", "attributions", "sources", "syllables"}
_READING = {
    "flesch_kincaid_grade", "smog_grade", "gunning_fog_grade", "ari_grade", "coleman_liau_grade", "dale_chall_grade"
}  # fmt: skip
# Metric: how it is told of two outlets whose ratio is large, of two others, and of articles alone.
_SAID = {
    "quoted_share": (
        "{a} quotes {times} as much as {b}",
        "{a} quotes more than {b}, by {gap} of the words",
        "{value} of the words are quotation",
    ),
    "attributed_share": (
        "{a} gives {times} as much of its text to its sources as {b}",
        "{a} gives more of its text to its sources than {b}, by {gap}",
        "{value} of the words are attributed to somebody",
    ),
    "anonymous_share": (
        "{a} leaves {times} as large a share of its sources unnamed as {b}",
        "{a} leaves more of its sources unnamed than {b}, by {gap}",
        "{value} of the sources stay unnamed",
    ),
    "official_share": (
        "{a} gives officials {times} as large a share of its sources as {b}",
        "{a} gives officials a larger share of its sources than {b}, by {gap}",
        "{value} of the identified sources are officials",
    ),
    "flesch_ease": (
        "",
        "{a} is easier to read than {b}, by {gap} points of Flesch reading ease",
        "Flesch reading ease is {value}",
    ),
}


class Lead(NamedTuple):
    """The two groups that a finding on a metric names, the one with more first.

    Their means (on the stories that both covered, where ``paired``), how many articles or stories each rests on, and
    whether the difference is ``clear`` of chance and, where it is known, of the toolkit's own ``errors``.
    """

    above: str
    below: str
    high: float
    low: float
    gap: float
    n: tuple[int, int]
    paired: bool
    clear: bool
    errors: bool


def lead(metric: str, means: pd.DataFrame, pairs: pd.DataFrame | None, *, by: str = "outlet") -> Lead | None:
    """The two groups that are most clearly apart; on the same stories, where any two share one.

    ``means`` and ``pairs`` are tables of `means_and_differences.compare` and ``differences``, corrected or not. Of the
    pairs that are clear (adjusted p below 0.05) it is the one with the largest difference; where none is, the one with
    the largest among those that share at least half as many stories as any. Without shared stories it is the highest
    and the lowest mean, of those with an interval if two have one. None without two that have a name and a value.
    """
    shared = None if pairs is None else pairs[(pairs["metric"] == metric) & (pairs["n"] > 0)]
    if shared is not None and len(shared):
        return _paired(shared)
    known = means[(means["metric"] == metric) & (means["n"] > 0) & (means[by] != UNKNOWN) & means["mean"].notna()]
    sure = known[known["low"].notna()]
    ranked = (sure if len(sure) > 1 else known).sort_values(["mean", by], ascending=[False, True])
    if len(ranked) < 2:
        return None
    top, bottom = ranked.iloc[0].to_dict(), ranked.iloc[-1].to_dict()
    n, gap = (int(top["n"]), int(bottom["n"])), top["mean"] - bottom["mean"]
    clear = apart(top, bottom, of=len(ranked))
    return Lead(str(top[by]), str(bottom[by]), top["mean"], bottom["mean"], gap, n, False, clear, False)


def _paired(shared: pd.DataFrame) -> Lead:
    """The lead among pairs that share stories."""
    sure = shared[shared["p_adjusted"] < 0.05] if "p_adjusted" in shared else shared.head(0)
    pool = sure if len(sure) else shared[2 * shared["n"] >= shared["n"].max()]
    size = pool["difference"].abs().round(12)
    row: dict[Any, Any] = (
        pool.assign(size=size).sort_values(["size", "a", "b"], ascending=[False, True, True]).iloc[0].to_dict()
    )
    sides = [(str(row["a"]), row.get("mean_a", math.nan)), (str(row["b"]), row.get("mean_b", math.nan))]
    (above, high), (below, low) = sides if row["difference"] >= 0 else sides[::-1]
    errors = row.get("could_be_error") is True
    n = (int(row["n"]), int(row["n"]))
    return Lead(
        above,
        below,
        high,
        low,
        abs(row["difference"]),
        n,
        True,
        bool(len(sure)) and not errors,
        errors and bool(len(sure)),
    )


def claim(metric: str, found: Lead) -> str:
    """What is seen of two groups, such as "The Comet quotes about twice as much as the Register".

    >>> claim("quoted_share", Lead("Comet", "Register", 0.3, 0.14, 0.16, (3, 3), False, False, False))
    'Comet quotes about twice as much as Register'
    >>> claim("sources", Lead("Comet", "Register", 8.0, 6.5, 1.5, (3, 3), True, True, False))
    'Comet has 1.5 more sources an article than Register'
    """
    a, b = found.above, found.below
    if not found.gap:
        return f"{a} and {b} are level in {notation(metric).in_text}"
    gap = notation(metric).gap(found.gap)
    many, more, _ = _phrases(metric)
    bounded = metric not in METRICS or METRICS[metric].low == 0
    if many and bounded and found.low > 0 and found.high >= TWICE * found.low:
        return many.format(a=a, b=b, times=_times(found.high / found.low))
    return more.format(a=a, b=b, gap=gap.removesuffix(".0"))


def hedge(found: Lead) -> str:
    """What must be added to a claim that is not clear; nothing to one that is."""
    if found.clear or not found.gap:
        return ""
    if found.errors:
        return "; the toolkit’s own errors could make as much"
    one, other = found.n
    if found.paired:
        return f"; with {_spelt(one, 'story', 'stories')} that may be chance"
    if one == other and one < len(_SPELT):
        return f"; with {_spelt(one, 'article', 'articles')} each that may be chance"
    return "; with so few articles that may be chance" if min(found.n) < SMALL else "; that may be chance"


def average(metric: str, value: float, where: str, *, whole: bool = False) -> str:
    """A metric's value or mean in one sentence, ``where`` it holds.

    >>> average("quoted_share", 0.375, "in this article")
    'In this article 37.5% of the words are quotation.'
    >>> average("flesch_kincaid_grade", 8.25, "in the average article of Herald")
    'In the average article of Herald the text suits readers with 8.2 years of school.'
    """
    said = _phrases(metric)[2].format(value=figure(value, metric, whole=whole))
    said = re.sub(r"^there are 1 (.+)s$", r"there is one \1", said)
    return f"{where[0].upper()}{where[1:]} {said}."


def _phrases(metric: str) -> tuple[str, str, str]:
    """How a metric is told: of a large ratio, of a difference, of articles alone."""
    if metric in _SAID:
        return _SAID[metric]
    what, unit = notation(metric).in_text, METRICS[metric].unit if metric in METRICS else ""
    if metric in _READING:
        if metric == "dale_chall_grade":
            return "", "{a} is harder to read than {b}, by {gap}", f"the {what} is {{value}}"
        harder = "{a} is harder to read than {b}, by {gap} school years"
        return "", harder, "the text suits readers with {value} years of school"
    if unit in _COUNTED:
        one = f"{{a}} has {{times}} as many {what} an article as {{b}}"
        return one, f"{{a}} has {{gap}} more {what} an article than {{b}}", f"there are {{value}} {what}"
    one = f"{{a}} is {{times}} as high as {{b}} in {what}"
    return one, f"{{a}} is above {{b}} in {what}, by {{gap}}", f"{what} is {{value}}"


def _times(ratio: float) -> str:
    near = round(ratio)
    return "more than ten times" if ratio > 10.5 else "about twice" if near == 2 else f"about {_SPELT[near]} times"


def _spelt(n: int, one: str, many: str) -> str:
    return f"{_SPELT[n] if n < len(_SPELT) else f'{n:,}'} {one if n == 1 else many}"
