"""How the toolkit's numbers differ from those of people: writes comparison/accuracy.json, which `correct` uses.

    python benchmarks/accuracy.py --bench DIR --polnear DIR [--out FILE]

The first DIR holds the scoring harness (attribution, ood), the second PolNeAR with its part dev. The file has, for
each metric, a pair [by the toolkit, by hand] an article; the articles' outlets as numbers; a digest of the coded files;
and no text, no name. Make it anew whenever the rules or the weights change.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
METRICS = ("attributions_per_1000", "attributed_share", "quoted_share", "sources")

Spans = list[tuple[int, int]]


def main() -> None:
    """Measures the coded articles and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="the folder of the scoring harness")
    parser.add_argument("--polnear", type=Path, required=True, help="the folder of PolNeAR, with its part dev")
    parser.add_argument("--out", type=Path, default=HERE.parent / "toolkit" / "comparison" / "accuracy.json")
    given = parser.parse_args()
    sys.path[:0] = [str(HERE.parent), str(given.bench / "attribution")]
    from toolkit import measure
    from toolkit.attribution.tagger import shipped

    articles, digest = gold(given.bench, given.polnear)
    pairs: dict[str, list[list[float | None]]] = {name: [] for name in METRICS}
    for _, text, contents, sources in articles:
        tool, hand = measure(text), by_hand(text, contents, sources)
        for name in METRICS:
            pairs[name].append([number(tool[name]), number(hand[name])])
    outlets = list(dict.fromkeys(outlet for outlet, *_ in articles))
    found = {
        "annotator": f"tagger {shipped().digest}",
        "coded": "84 articles of PolNeAR 1.0.0, dev; 8 of Wikinews",
        "digest": digest,
        "outlets": [outlets.index(outlet) for outlet, *_ in articles],
        "metrics": pairs,
    }
    given.out.write_text(json.dumps(found, separators=(",", ":")).replace('],"', '],\n"') + "\n", encoding="utf-8")
    report(found)


def gold(bench: Path, polnear: Path) -> tuple[list[tuple[str, str, list[Spans], set[str]]], str]:
    """Outlet, text, contents and source keys of each coded article, and a digest of the files."""
    from polnear import load_dir  # type: ignore[import-not-found]
    from textutil import source_key  # type: ignore[import-not-found]

    wikinews = bench / "ood" / "gold_dev.jsonl"
    coded = sorted((polnear / "dev" / "attributions").glob("*.ann"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in [*coded, wikinews])).hexdigest()[:16]
    out = []
    for doc in load_dir(str(polnear / "dev")):
        with_content = [a for a in doc.attributions if a.content]
        keys = {source_key(" ".join(doc.text[s:e] for s, e in a.source)) for a in with_content if a.source}
        out.append((doc.publisher, doc.text, [list(a.content) for a in with_content], keys - {""}))
    for row in map(json.loads, wikinews.read_text(encoding="utf-8").splitlines()):
        contents = [[(s, e) for s, e in a["content"]] for a in row["attributions"]]
        out.append(("wikinews", row["text"], contents, {str(k) for k in range(distinct(row))}))
    return out, digest


def distinct(row: dict[str, Any]) -> int:
    """How many distinct sources a Wikinews article has."""
    found = row["distinct_sources"]
    return found if isinstance(found, int) else len(found)


def by_hand(text: str, contents: list[Spans], sources: set[str]) -> dict[str, float]:
    """The metrics of what was coded by hand, over the words of the body as the toolkit parts them.

    Words in quotation marks: those of coded contents between marks as the harness finds them.
    """
    from textutil import quoted_stretches

    from toolkit import analyze

    words = analyze(text).words
    attributed = inside(words, [span for spans in contents for span in spans])
    return {
        "attributions_per_1000": 1000 * len(contents) / len(words) if words else math.nan,
        "attributed_share": len(attributed) / len(words) if words else math.nan,
        "quoted_share": len(attributed & inside(words, quoted_stretches(text))) / len(words) if words else math.nan,
        "sources": len(sources),
    }


def inside(words: Any, spans: Spans) -> set[int]:
    """The places of the words that share a character with a span."""
    return {k for k, (start, end) in enumerate(words) for s, e in spans if start < e and s < end}


def number(value: float) -> float | None:
    """A value short enough to store; None where there is none."""
    return None if math.isnan(value) else round(float(value), 4)


def report(found: dict[str, Any]) -> None:
    """Prints mean error and line a metric."""
    import pandas as pd

    from toolkit.comparison import correction

    print("| metric | articles | by hand | by the toolkit | slope | error of an article | between outlets |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, pairs in found["metrics"].items():
        table = pd.DataFrame(pairs, columns=["tool", "hand"], dtype=float).assign(outlet=found["outlets"])
        fit, means = correction.line(table), table.mean()
        cells = [name, fit.n, *(f"{x:.3f}" for x in (means["hand"], means["tool"], fit.slope, fit.noise, fit.between))]
        print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main()
