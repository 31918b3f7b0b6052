"""How the toolkit's counts follow the hand's on the articles that others coded, and whose each attribution is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ..analysis import Analysis
from ..article import Span
from ..attribution.attributions import Attribution
from ..metrics.dictionary import METRICS
from ..numbers_in_words import figure
from . import correction, means_and_differences
from .in_sentences import Findings

FOUND = ("by both", "by the hand alone", "by the toolkit alone")
SOURCES = ("the very words", "more or fewer words", "other words or none")
COLUMNS = ("id", "found", "kind", "cue", "content", "source", "stance_by_hand", "stance")
Code = Mapping[str, Any]


def findings(metrics: Sequence[str]) -> Findings:
    """What the toolkit counts on average where the hand counts 100: a sentence a metric that comes with hand codes.

    >>> findings(["sources"])[0][:38]
    'Where the hand counts 100, the toolkit'
    """
    said = []
    for name in metrics:
        table = correction.coded(name).assign(run="all")
        row = means_and_differences.pooled(table, "tool", "hand", by="run").iloc[0]
        share, low, high = (f"{100 * row[column]:.0f}" for column in ("pooled_share", "low", "high"))
        said.append(
            f"Where the hand counts 100, the toolkit counts {share} (95% interval {low} to {high}): "
            f"{METRICS[name].in_text}, {row['n']} articles."
        )
    return Findings(said)


def trust(metrics: Sequence[str]) -> pd.DataFrame:
    """How far each number can be trusted in one article: one row a metric that comes with hand codes.

    Columns: unit, articles, the means by hand and by the toolkit, the typical error (how far the toolkit is from the
    hand in one article, on average) and slope (how much of a difference between articles it sees: 1 is all of it).

    >>> trust(["sources"])["unit"].tolist()
    ['sources']
    """
    rows = {}
    for name in metrics:
        table = correction.coded(name).dropna()
        means = {"by hand": table["hand"], "by the toolkit": table["tool"]}
        means["typical error"] = (table["tool"] - table["hand"]).abs()
        rows[METRICS[name].label] = (
            {"unit": METRICS[name].unit, "articles": len(table)}
            | {column: figure(float(values.mean()), name) for column, values in means.items()}
            | {"slope": round(correction.line(table).slope, 2)}
        )
    return pd.DataFrame.from_dict(rows, orient="index")


def attributions(stories: Sequence[Analysis], codes: Mapping[str, Sequence[Code]]) -> pd.DataFrame:
    """One row an attribution with a cue in the body, marked by the hand, found by the toolkit, or both.

    Both have it where their cues touch. ``codes`` holds for each article's id what was marked in it, as
    `correction.by_hand` takes it, with places in the text, and with ``type`` and ``stance``. Columns: `COLUMNS`;
    ``found`` is one of `FOUND`; ``kind`` is the hand's where it marked one; ``source`` is one of `SOURCES` where both
    have the attribution and the hand a source; ``cue`` and ``content`` are the words. In the order of the text.

    >>> from toolkit import Article, analyze
    >>> story = analyze(Article("Mara Voss said it would return. The crew went home, Jan Roth said.", id="a"))
    >>> code = {"cue": [10, 14], "content": [[15, 30]], "source": [0, 9], "type": "indirect", "stance": "neutral"}
    >>> attributions([story], {"a": [code]})[["found", "cue", "source"]].values.tolist()
    [['by both', 'said', 'the very words'], ['by the toolkit alone', 'said', '']]
    """
    rows = []
    for story in stories:
        marked = {Span(*code["cue"]): code for code in codes[story.article.id] if code.get("cue")}
        own = {one.cue: one for one in story.attributions if one.cue and story.in_body(one.cue)}
        left = dict(own)
        found: list[tuple[Span, Code | None, Attribution | None]] = []
        for cue in sorted(marked):
            touching = next((other for other in sorted(left) if other.overlaps(cue)), None)
            found.append((cue, marked[cue], left.pop(touching) if touching else None))
        found += [(cue, None, one) for cue, one in left.items()]
        rows += [_row(story, *each) for each in sorted(found, key=lambda each: each[0])]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"found": pd.CategoricalDtype(list(FOUND))})


def _row(story: Analysis, cue: Span, code: Code | None, one: Attribution | None) -> tuple[str, ...]:
    """What is told of one attribution."""
    text, content = story.article.text, one.content[0] if one else cue
    kind, by_hand = (one.kind if one else ""), ""
    if code:
        content, kind, by_hand = Span(*code["content"][0]), str(code["type"]), str(code["stance"])
    found = FOUND[0 if code and one else 1 if code else 2]
    source = _source(code, one) if code and one else ""
    stance = one.stance if one else ""
    return (story.article.id, found, kind, cue.of(text), content.of(text), source, by_hand, stance)


def _source(code: Code, one: Attribution) -> str:
    """How far both name the same words as the source."""
    if not code.get("source"):
        return ""
    source = Span(*code["source"])
    if one.source is None or not one.source.overlaps(source):
        return SOURCES[2]
    return SOURCES[0 if one.source == source else 1]
