"""The sources of articles: how well mentions are folded, whoever found the attributions.

    python benchmarks/sources.py --bench DIR [--by hand|tagger] [--misses]

DIR holds the scoring harness: the folders sourcing and ood, and beside it data/polnear. ``hand`` takes the attributions
that people coded, so that only the folding is measured; ``tagger`` those of the trained tagger. Prints the harness's
figures for PolNeAR's dev part, the distinct and anonymous sources of the Wikinews articles, and the speed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "training")]

import corpus  # noqa: E402

from toolkit import analyze  # noqa: E402
from toolkit.analysis import Analysis  # noqa: E402
from toolkit.article import Span  # noqa: E402
from toolkit.attribution.attributions import Annotator, Finding, Passage  # noqa: E402
from toolkit.attribution.linker import by_tagger  # noqa: E402
from toolkit.language import legible  # noqa: E402
from toolkit.people import sources  # noqa: E402
from toolkit.reading import page_zones  # noqa: E402


def polnear(bench: Path) -> dict[str, list[Finding]]:
    """The coded attributions of PolNeAR's dev part, by text; of a source in pieces the longest counts."""
    out = {}
    for coded in corpus.read(bench.parent / "data" / "polnear" / "dev"):
        out[coded.text] = [
            Finding(_longest(one["source"]), (one["cue"] or [None])[0], tuple(one["content"]), "by hand", 1.0)
            for one in coded.attributions
        ]
    return out


def wikinews(bench: Path) -> tuple[list[dict[str, Any]], dict[str, list[Finding]]]:
    """The Wikinews articles of the dev part, and their attributions by text."""
    lines = (bench / "ood" / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    out = {}
    for article in articles:
        out[article["text"]] = [
            Finding(
                _longest([Span(*piece) for piece in one["source"] or []]),
                Span(*one["cue"]) if one["cue"] else None,
                tuple(Span(*piece) for piece in one["content"]),
                "by hand",
                1.0,
            )
            for one in article["attributions"] + article["nested"]
        ]
    return articles, out


def _longest(pieces: Sequence[Span]) -> Span | None:
    return max(pieces, key=lambda piece: piece.end - piece.start, default=None)


def by_hand(coded: dict[str, list[Finding]]) -> Annotator:
    """An annotator that knows what was coded by hand."""

    as_read = {legible.legible(text): found for text, found in coded.items()}

    def coders(passage: Passage) -> list[Finding]:
        return as_read[passage.text]

    return coders


def extractor(annotator: Annotator) -> Callable[[str], list[dict[str, Any]]]:
    """What the harness calls: the sources of a text, those in others' words included, with every place of theirs."""

    def found(text: str) -> list[dict[str, Any]]:
        return [
            {
                "name": source.name,
                "kind": source.kind,
                "anonymous": source.anonymous,
                "affiliation": bool(source.affiliation),
                "mentions": [list(span) for span in dict.fromkeys(source.mentions + source.references)],
            }
            for source in refolded(analyze(text, annotator=annotator))
        ]

    return found


def refolded(analysis: Analysis) -> tuple[sources.Source, ...]:
    """The sources of an analysis, with those that speak in others' words alone."""
    editorial = [zone.span for zone in analysis.zones if zone.kind in page_zones.EDITORIAL]
    return sources.fold(analysis.article.text, editorial, analysis.attributions, nested=True)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="the folder of the scoring harness")
    parser.add_argument("--by", choices=["hand", "tagger"], default="hand", help="who found the attributions")
    parser.add_argument("--misses", action="store_true", help="names what went wrong")
    given = parser.parse_args()
    bench = given.bench.resolve()
    coded = polnear(bench)
    harness(bench, by_hand(coded) if given.by == "hand" else by_tagger(), misses=1000 if given.misses else 0)
    articles, known = wikinews(bench)
    distinct(articles, by_hand(known) if given.by == "hand" else by_tagger())
    if given.by == "hand":
        speed(coded)


def harness(bench: Path, annotator: Annotator, *, misses: int) -> None:
    """The harness's figures."""
    sys.path.insert(0, str(bench / "sourcing"))
    scorer = importlib.import_module("score_sources")
    extract, data = extractor(annotator), str(bench.parent / "data" / "polnear")
    found: dict[str, list[dict[str, Any]]] = {}

    def once(text: str) -> list[dict[str, Any]]:
        if text not in found:
            found[text] = extract(text)
        return found[text]

    first = scorer.score(scorer.rows_of(bench / "sourcing" / "gold_dev.jsonl"), once, data, misses)
    both = first + scorer.score(scorer.rows_of(bench / "sourcing" / "gold_anon_dev.jsonl"), once, data, misses)
    hit, named, said = both["anon tp"], both["anon gold"], both["anon pred"]
    figures = {
        "found": (first["found"], first["n"]),
        "kind": (first["kind right"], first["found"]),
        "name": (first["name right"], first["name n"]),
        "anonymous, precision": (hit, said),
        "anonymous, recall": (hit, named),
        "anonymous, F1": (2 * hit, said + named),
        "affiliation": (both["aff right"], both["aff n"]),
    }
    for label, (part, whole) in figures.items():
        print(f"{label:22s} {part / whole if whole else float('nan'):.3f}  ({part} of {whole})")


def distinct(articles: Sequence[dict[str, Any]], annotator: Annotator) -> None:
    """Distinct and anonymous sources of each article, beside those coded."""
    errors, exact = [], 0
    for article in articles:
        found = analyze(article["text"], annotator=annotator).sources
        coded = [one for one in article["sources"] if one["attributions"]]
        errors.append(abs(len(found) - article["distinct_sources"]))
        exact += sum(one.anonymous for one in found) == sum(bool(one["anonymous"]) for one in coded)
    print(f"distinct sources, MAE  {sum(errors) / len(errors):.3f}  {errors}")
    print(f"anonymous, exact       {exact} of {len(articles)}")


def speed(coded: dict[str, list[Finding]]) -> None:
    """Words that a CPU second folds, the attributions given."""
    done = [analyze(text, annotator=by_hand(coded)) for text in coded]
    spans = [[zone.span for zone in one.zones if zone.kind in page_zones.EDITORIAL] for one in done]
    start = time.process_time()
    for one, passages in zip(done, spans, strict=True):
        sources.fold(one.article.text, passages, one.attributions)
    spent = time.process_time() - start
    print(f"words a CPU s          {sum(len(one.article.text.split()) for one in done) / spent:,.0f}")


if __name__ == "__main__":
    main()
