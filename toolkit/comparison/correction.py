"""Estimates that know how often the toolkit is wrong: shifted and widened by its error on articles coded by hand.

With codes of your own, of a random sample of the very articles: the difference estimator (Cassel, Särndal & Wretman
1976; prediction-powered inference, Angelopoulos et al. 2023; design-based supervised learning, Egami et al. 2023), the
mean of the toolkit's values over all plus the mean of hand minus toolkit over the coded, for each outlet or, paired,
each story. It is right whatever the errors, and however they differ between outlets. Coded and other articles are two
samples, each with its own variance and Student's t (simulated, the bootstrap-t is wider and holds no better). Where
values are whole numbers two errors of a half are added to the spread of those seen, for what errs in none of few coded
articles may err in others (simulated, yes and no with 3 % of errors: without them 20 coded articles hold the truth in
as few as 40 %).

Without: a metric's value by the toolkit is taken as a line over its value by hand on the articles that come along,
tool = a + b hand, and a mean is turned back through it, (mean - a) / b; of a difference a falls out. For a rate of yes
and no this is the estimate of Rogan & Gladen (1978): a = 1 - specificity, b = sensitivity + specificity - 1; see
TeBlunthuis, Hase & Chan (2024) on why intervals that leave the error out are wrong. The interval adds the squares of
the distances from the mean to its limits, of the line's own error (White's HC3) and of what the error differs between
the outlets of the coded articles (Zou & Donner 2008), each with its own degrees of freedom. It holds as far as
the toolkit errs on your articles as it does on those, and alike in all outlets; code some of your own to know.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..analysis import Analysis, analyze
from ..article import Article, ArticleError, Span
from ..attribution.attributions import Finding, Passage
from . import bootstrap, groups_and_pairs, means_and_differences
from .groups_and_pairs import CompareError

Floats = npt.NDArray[np.float64]

LEAST = 10  # coded articles: fewer say little of how the toolkit errs


@dataclass(frozen=True, slots=True)
class Line:
    """How a metric's value by the toolkit follows its value by hand, over ``n`` coded articles.

    ``start`` and ``slope`` of the line and their ``variances`` (2 by 2); ``noise`` is the standard deviation of an
    article's error around the line, ``between`` that of the mean error of the ``outlets`` (both 0 where not known).
    """

    n: int
    start: float
    slope: float
    variances: tuple[tuple[float, float], tuple[float, float]]
    noise: float
    between: float
    outlets: int


def coded(metric: str) -> pd.DataFrame:
    """The articles coded by hand that come with the toolkit: columns tool, hand, outlet (a number), one row each.

    Raises CompareError for a metric that nobody has coded.
    """
    tables: list[pd.DataFrame] = []
    for one in _sets(metric):
        first = 1 + max((int(table["outlet"].max()) for table in tables), default=-1)
        table = pd.DataFrame(one["metrics"][metric], columns=["tool", "hand"], dtype=float)
        tables.append(table.assign(outlet=[first + outlet for outlet in one["outlets"]]))
    if not tables:
        raise CompareError(
            f"No articles are coded by hand for {metric!r}; they are for {', '.join(sorted(measured()))}, "
            "and your own can be given as hand."
        )
    return pd.concat(tables, ignore_index=True)


def measured() -> tuple[str, ...]:
    """The metrics whose errors the shipped codes measure."""
    return tuple(dict.fromkeys(name for one in _held()["sets"] for name in one["metrics"]))


def origin(metric: str) -> str:
    """Which articles a metric's shipped codes are of, with the digests of the coded files."""
    return "; ".join(f"{one['coded']} (digest {one['digest']})" for one in _sets(metric))


def _sets(metric: str) -> list[dict[str, Any]]:
    return [one for one in _held()["sets"] if metric in one["metrics"]]


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


UNKNOWN = "The errors that are known are those of the accurate engine, so nothing is corrected for this one's."


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
    between, outlets = _between(errors, codes["outlet"].to_numpy()) if "outlet" in codes else (0.0, 0)
    return Line(n, float(start), float(slope), ((aa, ab), (ab, bb)), noise, between, outlets)


def corrected(
    frame: pd.DataFrame,
    metric: str | Sequence[str],
    *,
    by: str = "outlet",
    story: str | None = None,
    hand: pd.DataFrame | None = None,
    shipped: bool = True,
    reference: str | None = None,
    confidence: float = 0.95,
    resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """The means by outlet, or with ``story`` the differences on the same stories, corrected for the toolkit's error.

    The rows of ``compare`` or ``differences`` (uncorrected), with corrected, corrected_low, corrected_high (in the
    metric's unit and range), codes (``own``, ``shipped`` or blank), n_coded (coded articles; with own codes those of
    the row, or its stories with one) and slope (how much of a difference the toolkit sees by the shipped codes: 1 is
    all). Differences have error_alone (what errors as on the shipped codes make in 95 of 100 comparisons of this size
    without a difference) and could_be_error: True unless the corrected interval is without 0 and the corrected
    difference larger than error_alone. The corrected columns are NaN where the slope is not clearly above 0, and with
    own codes where fewer than 10 of an outlet's articles, and not all, are coded; for a metric that nobody has coded
    n_coded is 0 and the rest missing.

    ``hand``: your own codes, a column id and one a metric, of articles of ``frame`` drawn at random. Without it those
    of `coded` are used, which assumes that the toolkit errs here as there and alike in all outlets; none of them unless
    ``shipped``, for another engine errs otherwise. Raises CompareError as ``compare`` and ``differences`` do, and for
    own codes that lack a metric or are fewer than 10.

    >>> chance = np.random.default_rng(1)
    >>> truth = chance.poisson(6, 300)
    >>> frame = pd.DataFrame({"id": range(300), "outlet": "Herald", "sources": chance.binomial(truth, 0.6)})
    >>> hand = pd.DataFrame({"id": range(100), "sources": truth[:100]})
    >>> corrected(frame, "sources", hand=hand).loc[0, ["mean", "corrected"]].round(1).tolist()
    [3.7, 5.9]
    """
    options: dict[str, Any] = {"by": by, "confidence": confidence, "resamples": resamples, "seed": seed}
    frame = groups_and_pairs.once(frame)
    if story is None:
        table = means_and_differences.compare(frame, metric, **options)
    else:
        table = means_and_differences.differences(frame, metric, story=story, reference=reference, **options)
    paired = story is not None
    names = groups_and_pairs.metrics_of(metric)
    if hand is None:
        lines = {each: line(coded(each)) for each in dict.fromkeys(names) if shipped and each in measured()}
        rows = [_by_line(row, lines.get(str(row["metric"])), confidence) for row in table.to_dict("records")]
    else:
        errors = {each: _errors(frame, hand, each) for each in dict.fromkeys(names)}
        drawn = _drawn(frame, names, errors, by, story, reference)
        rows = [_by_codes(values, off, confidence, paired=paired) for values, off in drawn]
    for each, row in zip(table["metric"], rows, strict=True):
        floor, ceiling = groups_and_pairs.range_of(str(each), groups_and_pairs.values_of(frame, str(each)))
        within = (floor - ceiling, ceiling - floor) if paired else (floor, ceiling)
        for column in ("corrected", "corrected_low", "corrected_high"):
            row[column] = float(np.clip(row[column], *within))
    gained = pd.DataFrame(rows, index=table.index)
    return pd.concat([table, gained.astype({"could_be_error": "boolean"} if paired else {})], axis=1)


def _by_line(row: dict[Any, Any], found: Line | None, confidence: float) -> dict[str, Any]:
    """The columns that a row gains from the shipped codes."""
    paired = "difference" in row
    centre = low = high = alone = math.nan
    value, n = float(row["difference" if paired else "mean"]), int(row["n"])
    if found is not None and n:
        (aa, ab), (_, bb) = found.variances
        t = bootstrap.students_t((1 + confidence) / 2, found.n - 2)
        apart = found.between * bootstrap.students_t((1 + confidence) / 2, found.outlets - 1) if found.between else 0.0
        if found.slope > t * math.sqrt(bb):
            centre = (value if paired else value - found.start) / found.slope
            variance = centre**2 * bb + (0 if paired else aa + 2 * centre * ab)
            own = math.hypot(t * math.sqrt(variance), math.sqrt(1 + paired) * apart)
            low = centre - math.hypot(value - row["low"], own) / found.slope
            high = centre + math.hypot(row["high"] - value, own) / found.slope
            alone = math.hypot(t * math.sqrt(2 / n) * found.noise, math.sqrt(2) * apart) / found.slope
    gained = {
        "corrected": centre,
        "corrected_low": low,
        "corrected_high": high,
        "codes": "shipped" if found else "",
        "n_coded": found.n if found else 0,
        "slope": found.slope if found else math.nan,
    }
    could = not ((low > 0 or high < 0) and abs(centre) > alone) if found and n else None
    return gained | ({"error_alone": alone, "could_be_error": could} if paired else {})


def _by_codes(values: Floats, errors: Sequence[Floats], confidence: float, *, paired: bool) -> dict[str, Any]:
    """The columns that a row gains from own codes: of ``values`` by the toolkit, and what each outlet's lack of truth.

    ``errors`` are hand minus toolkit beside the values, NaN where not coded; a pair has two, the second negated.
    """
    known = [np.isfinite(off) for off in errors]
    chosen = np.logical_or.reduce(known)
    n, m = len(values), int(chosen.sum())
    centre = reach = math.nan
    if n > 1 and min(int(at.sum()) for at in known) >= min(LEAST, n):
        part, rest, unseen = values[chosen] * m / n, values[~chosen] * (n - m) / n, 0.0
        for off, at in zip(errors, known, strict=True):
            part = part + np.where(at, off - off[at].mean(), 0)[chosen] * m / at.sum() + off[at].mean()
            whole = (off[at] == np.round(off[at])).all()
            unseen = max(unseen, 0.5 / (at.sum() * (at.sum() - 1)) * (1 - m / n) if whole else 0.0)
        centre = part.mean() + (rest.mean() if n > m else 0.0)
        tail = (1 + confidence) / 2
        variance = bootstrap.students_t(tail, m - 1) ** 2 * (part.var(ddof=1) / m + unseen)
        if n - m > 1:
            variance += bootstrap.students_t(tail, n - m - 1) ** 2 * rest.var(ddof=1) / (n - m)
        reach = math.sqrt(variance) if variance > 1e-24 * centre**2 else math.nan
    gained = {
        "corrected": float(centre),
        "corrected_low": float(centre - reach),
        "corrected_high": float(centre + reach),
        "codes": "own",
        "n_coded": m,
        "slope": math.nan,
    }
    could = None if math.isnan(reach) else bool(abs(centre) <= reach)
    return gained | ({"error_alone": math.nan, "could_be_error": could} if paired else {})


def _drawn(
    frame: pd.DataFrame,
    names: Sequence[str],
    errors: Mapping[str, Floats],
    by: str,
    story: str | None,
    reference: str | None,
) -> Iterator[tuple[Floats, list[Floats]]]:
    """For each row of the table its values, and beside them hand minus toolkit, NaN where not coded."""
    if story is None:
        for each in names:
            values = groups_and_pairs.values_of(frame, each)
            for _, inside in groups_and_pairs.groups_of(frame, by):
                at = inside & np.isfinite(values)
                yield values[at], [errors[each][at]]
        return
    found, off = (
        groups_and_pairs.pairs_of(each, names, by, story, reference) for each in (frame, frame.assign(**errors))
    )
    for (_, a, b, wide), (*_, wrong) in zip(found, off, strict=True):
        wrong = wrong.loc[wide.dropna().index]
        yield groups_and_pairs.subtract(wide), [wrong[a].to_numpy(), -wrong[b].to_numpy()]


def _between(errors: Floats, outlets: npt.NDArray[Any]) -> tuple[float, int]:
    """The standard deviation of the outlets' mean errors beyond chance (DerSimonian & Laird 1986), and of how many."""
    groups = [errors[outlets == name] for name in np.unique(outlets)]
    groups = [group for group in groups if len(group) > 1]
    if len(groups) < 2:
        return 0.0, len(groups)
    sizes = np.array([len(group) for group in groups], dtype=np.float64)
    means = np.array([group.mean() for group in groups])
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / (sizes.sum() - len(groups))
    if within <= 0:
        return float(means.std(ddof=1)), len(groups)
    weights = sizes / within
    centre = float(weights @ means / weights.sum())
    excess = float(weights @ (means - centre) ** 2) - (len(groups) - 1)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    return math.sqrt(max(0.0, excess / scale)), len(groups)


def _errors(frame: pd.DataFrame, hand: pd.DataFrame, metric: str) -> Floats:
    """The user's codes minus the toolkit's values, a row of the frame each; NaN where not coded."""
    for table, name in ((frame, "frame"), (hand, "hand")):
        for column in ("id", metric):
            if column not in table.columns:
                raise CompareError(
                    f"The table {name} has no column {column!r}; hand codes are joined by id and metric."
                )
    if hand["id"].duplicated().any():
        twice = hand.loc[hand["id"].duplicated(), "id"].iloc[0]
        raise CompareError(f"The id {twice!r} stands in hand more than once; give one row an article.")
    codes = pd.Series(groups_and_pairs.values_of(hand, metric), index=hand["id"].astype(str))
    found = frame["id"].astype(str).map(codes).to_numpy(dtype=np.float64) - groups_and_pairs.values_of(frame, metric)
    if (n := int(np.isfinite(found).sum())) < LEAST:
        raise CompareError(f"Only {n} articles have a value by hand and by the toolkit; code at least {LEAST}.")
    return found


@cache
def _held() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath("accuracy.json").read_text(encoding="utf-8"))
    return found
