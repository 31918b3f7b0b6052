"""Estimates that know how often the toolkit is wrong: shifted and widened by its error on articles coded by hand.

On hand-coded articles a metric's value by the toolkit is taken as a line over its value by hand: tool = a + b hand. A
mean is turned back through that line, (mean - a) / b; of a difference a falls out. For a rate of yes and no this is the
estimate of Rogan & Gladen (1978), with a = 1 - specificity and b = sensitivity + specificity - 1; see TeBlunthuis, Hase
& Chan (2024) on why intervals that leave the error out are wrong. The interval adds the squares of the distances from
the mean to its limits (bootstrap-t over articles) and of the line's own error (White's HC3), after Zou & Donner (2008),
and of what the error differs between outlets, where the coded articles name theirs. It holds as far as the toolkit errs
on your articles as it does on the coded ones; code some of your own to know.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from . import comparison, resampling, samples
from .analysis import Analysis, analyze
from .article import Article, ArticleError, Span
from .attribution import Finding, Passage
from .samples import CompareError

Floats = npt.NDArray[np.float64]

LEAST = 10  # coded articles: a line through fewer says little


@dataclass(frozen=True, slots=True)
class Line:
    """How a metric's value by the toolkit follows its value by hand, over ``n`` coded articles.

    ``start`` and ``slope`` of the line and their ``variances`` (2 by 2); ``noise`` is the standard deviation of an
    article's error around the line, ``between`` that of an outlet's mean error (0 where outlets are not known).
    """

    n: int
    start: float
    slope: float
    variances: tuple[tuple[float, float], tuple[float, float]]
    noise: float
    between: float


def coded(metric: str) -> pd.DataFrame:
    """The articles coded by hand that come with the toolkit: columns tool, hand, outlet (a number), one row each.

    Raises CompareError for a metric that nobody has coded.
    """
    held = _held()
    if metric not in held["metrics"]:
        raise CompareError(
            f"No articles are coded by hand for {metric!r}; they are for {', '.join(sorted(held['metrics']))}, "
            "and your own can be given as hand."
        )
    table = pd.DataFrame(held["metrics"][metric], columns=["tool", "hand"], dtype=float)
    return table.assign(outlet=held["outlets"])


def by_hand(article: str | Article, codes: Sequence[Mapping[str, Any]]) -> Analysis:
    """The analysis of an article whose attributions are those that a person marked, to set beside the toolkit's own.

    Each code has ``source``, ``cue`` and ``content`` (the first two may be missing or None): the very words, or
    [start, end] in the text; a content in parts is a list of these. Words that stand more than once are meant where
    they follow the same words of an earlier code, and for cue and source where they stand nearest to the content. What
    follows from marks (kind, stance, nesting, who is one source) is worked out as for the toolkit's. Raises
    ArticleError for words or places that the article has not, and for a code without content.

    >>> codes = [{"source": "Mara Voss", "cue": "said", "content": "the ferry would return"}]
    >>> found = by_hand("Mara Voss said the ferry would return. It did.", codes)
    >>> found.annotator, [a.kind for a in found.attributions], [source.name for source in found.sources]
    ('hand', ['indirect'], ['Mara Voss'])
    """
    given = Article(article) if isinstance(article, str) else article
    found: list[Finding] = []
    last: dict[str, int] = {}
    for number, code in enumerate(codes, 1):
        whole = code.get("content") or ()
        several = not isinstance(whole, str) and not (len(whole) == 2 and all(isinstance(one, int) for one in whole))
        content: list[Span] = []
        for part in whole if several else [whole]:
            spans = _spans(given, part, f"content {part!r} of code {number}")
            content.append(next((span for span in spans if span.start >= last.get(str(part), 0)), spans[0]))
            last[str(part)] = content[-1].end
        if not content:
            raise ArticleError(f"Code {number} of article {given.id!r} has no content; give its words or its place.")
        near = [
            min(
                _spans(given, code[role], f"{role} {code[role]!r} of code {number}"),
                key=lambda span: (
                    any(span.overlaps(one) for one in content),
                    min(max(one.start - span.end, span.start - one.end) for one in content),
                ),
            )
            if code.get(role)
            else None
            for role in ("source", "cue")
        ]
        found.append(Finding(near[0], near[1], tuple(sorted(content)), "coded by hand", 1.0))

    def by_hand(_: Passage) -> Sequence[Finding]:
        return found

    return analyze(given, annotator=by_hand)


def _spans(article: Article, given: str | Sequence[int], what: str) -> list[Span]:
    """Where the words stand, whatever white space is between them, or the one place given."""
    text = article.text
    if isinstance(given, str):
        words = re.compile(r"\s+".join(map(re.escape, given.split())))
        spans = [Span(*match.span()) for match in words.finditer(text)] if given.strip() else []
    else:
        spans = [Span(*given)] if len(given) == 2 and 0 <= given[0] < given[1] <= len(text) else []
    if not spans:
        raise ArticleError(f"The {what} stands nowhere in article {article.id!r}; give its very words or its place.")
    return spans


def annotator() -> str:
    """Whose errors the shipped codes measure, as `analysis.Analysis.annotator` names it."""
    return str(_held()["annotator"])


def line(codes: pd.DataFrame) -> Line:
    """The line through coded articles: a table with columns tool, hand and perhaps outlet.

    Rows without both values are left out. Raises CompareError for fewer than 10 or when all hand values are equal.

    >>> line(pd.DataFrame({"hand": range(10), "tool": [0.5 * x + 1 for x in range(10)]})).slope.__round__(6)
    0.5
    """
    codes = codes.dropna(subset=["tool", "hand"])
    hand, tool, n = codes["hand"].to_numpy(float), codes["tool"].to_numpy(float), len(codes)
    if n < LEAST:
        raise CompareError(f"Only {n} articles have a value by hand and by the toolkit; code at least {LEAST}.")
    if np.ptp(hand) <= 0:
        raise CompareError("All values by hand are equal, so they cannot show how the toolkit errs; code others too.")
    design = np.column_stack([np.ones(n), hand])
    inverse = np.linalg.inv(design.T @ design)
    start, slope = inverse @ design.T @ tool
    errors = tool - start - slope * hand
    leverage = np.minimum(np.einsum("ij,jk,ik->i", design, inverse, design), 1 - 1e-9)
    weighted = design * (errors / (1 - leverage))[:, None]
    variances = inverse @ (weighted.T @ weighted) @ inverse
    (aa, ab), (_, bb) = variances.tolist()
    noise = math.sqrt(float(errors @ errors) / (n - 2))
    between = _between(errors, codes["outlet"].to_numpy()) if "outlet" in codes else 0.0
    return Line(n, float(start), float(slope), ((aa, ab), (ab, bb)), noise, between)


def corrected(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    by: str = "outlet",
    story: str | None = None,
    hand: pd.DataFrame | None = None,
    reference: str | None = None,
    confidence: float = 0.95,
    resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """The means by outlet, or with ``story`` the differences on the same stories, corrected for the toolkit's error.

    The rows of ``compare`` or ``differences`` (uncorrected), with corrected, corrected_low, corrected_high (in the
    metric's unit), n_coded (articles coded by hand), slope (how much of a difference the toolkit sees: 1 is all) and,
    for differences, error_alone (what the toolkit's errors make in 95 of 100 comparisons of this size where there is no
    difference) and measurable (whether the corrected difference is larger). Where the slope is not clearly above 0 the
    corrected columns are NaN and nothing is measurable; for a metric that nobody has coded n_coded is 0 and the rest is
    missing.

    ``hand``: your own codes, a column id and one a metric; ``frame`` must hold the same ids. Without it those of
    `coded` are used. Raises CompareError as ``compare`` and ``differences`` do, and for own codes that lack a metric.

    >>> chance = np.random.default_rng(1)
    >>> truth = chance.poisson(6, 300)
    >>> frame = pd.DataFrame({"id": range(300), "outlet": "Herald", "sources": chance.binomial(truth, 0.6)})
    >>> hand = pd.DataFrame({"id": range(100), "sources": truth[:100]})
    >>> corrected(frame, "sources", hand=hand).loc[0, ["mean", "corrected"]].round(1).tolist()
    [3.7, 5.8]
    """
    options: dict[str, Any] = {"by": by, "confidence": confidence, "resamples": resamples, "seed": seed}
    if story is None:
        table = comparison.compare(frame, metric, **options)
    else:
        table = comparison.differences(frame, metric, story=story, reference=reference, **options)
    held = [each for each in dict.fromkeys(table["metric"]) if hand is not None or each in _held()["metrics"]]
    lines = {each: line(coded(each) if hand is None else _own(frame, hand, each)) for each in held}
    rows = [_corrected(row, lines.get(str(row["metric"])), confidence) for row in table.to_dict("records")]
    gained = pd.DataFrame(rows, index=table.index)
    return pd.concat([table, gained.astype({"measurable": "boolean"} if story is not None else {})], axis=1)


def _corrected(row: dict[Any, Any], found: Line | None, confidence: float) -> dict[str, Any]:
    """The columns that a row gains."""
    paired = "difference" in row
    centre = low = high = alone = math.nan
    value, n = float(row["difference" if paired else "mean"]), int(row["n"])
    if found is not None and n:
        (aa, ab), (_, bb) = found.variances
        t = resampling.students_t((1 + confidence) / 2, found.n - 2)
        if found.slope > t * math.sqrt(bb):
            centre = (value if paired else value - found.start) / found.slope
            variance = centre**2 * bb + (0 if paired else aa + 2 * centre * ab) + (1 + paired) * found.between**2
            own = t * math.sqrt(variance) / found.slope
            low = centre - math.hypot((value - row["low"]) / found.slope, own)
            high = centre + math.hypot((row["high"] - value) / found.slope, own)
            alone = t * math.sqrt(2 * found.between**2 + 2 * found.noise**2 / n) / found.slope
    floor, ceiling = samples.bounds(str(row["metric"]), np.array([abs(value) if paired else value]))
    floor = floor - ceiling if paired else floor
    centre, low, high = (float(np.clip(each, floor, ceiling)) for each in (centre, low, high))
    gained = {
        "corrected": centre,
        "corrected_low": low,
        "corrected_high": high,
        "n_coded": found.n if found else 0,
        "slope": found.slope if found else math.nan,
    }
    measurable = abs(centre) > alone if found and n else None
    return gained | ({"error_alone": alone, "measurable": measurable} if paired else {})


def _between(errors: Floats, outlets: npt.NDArray[Any]) -> float:
    """The standard deviation of the outlets' mean errors, beyond chance (DerSimonian & Laird 1986); 0 at the least."""
    groups = [errors[outlets == name] for name in np.unique(outlets)]
    groups = [group for group in groups if len(group) > 1]
    if len(groups) < 2:
        return 0.0
    sizes = np.array([len(group) for group in groups], dtype=np.float64)
    means = np.array([group.mean() for group in groups])
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / (sizes.sum() - len(groups))
    if within <= 0:
        return float(means.std(ddof=1))
    weights = sizes / within
    centre = float(weights @ means / weights.sum())
    excess = float(weights @ (means - centre) ** 2) - (len(groups) - 1)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    return math.sqrt(max(0.0, excess / scale))


def _own(frame: pd.DataFrame, hand: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The user's codes beside the toolkit's values of the same articles."""
    for table, name in ((frame, "frame"), (hand, "hand")):
        for column in ("id", metric):
            if column not in table.columns:
                raise CompareError(
                    f"The table {name} has no column {column!r}; hand codes are joined by id and metric."
                )
    if hand["id"].duplicated().any():
        twice = hand.loc[hand["id"].duplicated(), "id"].iloc[0]
        raise CompareError(f"The id {twice!r} stands in hand more than once; give one row an article.")
    ours = pd.DataFrame({"id": frame["id"].astype(str), "tool": samples.values_of(frame, metric)})
    theirs = pd.DataFrame({"id": hand["id"].astype(str), "hand": samples.values_of(hand, metric)})
    return ours.merge(theirs, on="id", validate="many_to_one")


@cache
def _held() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath("accuracy.json").read_text(encoding="utf-8"))
    return found
