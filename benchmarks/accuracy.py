"""How the toolkit's numbers differ from those of people: writes comparison/accuracy.json, which `correct` uses.

    python benchmarks/accuracy.py --bench DIR --polnear DIR [--out FILE]

The first DIR holds the scoring harness (attribution, ood, wide), the second PolNeAR with its part dev. The file has
three sets: articles of which the attributions are coded; articles of which the sources are coded too; and those of
these from which nothing was learnt, for who is accused and replies. Each has, for each of its metrics, a pair [by the
toolkit, by hand] an article; the articles' outlets as numbers; a digest of the coded files; and no text, no name. In
the second set the sources are told by weights learnt without the article at hand, in parts. Make it anew whenever the
rules or the weights change. Minutes; needs what training needs, but for torch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

HERE = Path(__file__).resolve().parent
METRICS = ("attributions_per_1000", "attributed_share", "quoted_share")
OF_SOURCES = (
    "sources", "named_sources", "anonymous_sources", "has_anonymous", "anonymous_share", "anonymous_attributions_share",
    "anonymous_words_share", "organisation_sources", "document_sources", "media_sources", "collective_sources",
    "official_sources", "official_share", "single_source", "effective_sources", "largest_source_share",
    "unsourced_attributions", "doubting_share", "denial_share", "neutral_share", "second_hand_share",
    "first_source_official", "last_word_official", "attributions_per_1000", "attributed_share",
)  # fmt: skip
OF_REPLIES = ("accused", "reply_share")  # on articles that nothing was learnt from
STANCES = {"doubt": "doubting", "denial": "denial", "conceding": "conceding", "conflict": "conflict",
           "assertive": "factive", "neutral": "neutral"}  # fmt: skip

Spans = list[tuple[int, int]]
Pairs = dict[str, list[list[float | None]]]


def main() -> None:
    """Measures the coded articles and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="the folder of the scoring harness")
    parser.add_argument("--polnear", type=Path, required=True, help="the folder of PolNeAR, with its part dev")
    parser.add_argument("--out", type=Path, default=HERE.parent / "toolkit" / "comparison" / "accuracy.json")
    given = parser.parse_args()
    sys.path[:0] = [str(HERE.parent), str(given.bench / "attribution")]
    from toolkit.attribution import engines

    sets = [attributed(given.bench, given.polnear), *sourced(given.bench / "wide")]
    found = {"annotator": f"tagger {engines.tagger().digest}", "sets": sets}
    given.out.write_text(json.dumps(found, separators=(",", ":")).replace('],"', '],\n"') + "\n", encoding="utf-8")
    report()


def attributed(bench: Path, polnear: Path) -> dict[str, Any]:
    """The set of articles whose attributions are coded."""
    from toolkit import measure

    articles, digest = gold(bench, polnear)
    pairs: Pairs = {name: [] for name in METRICS}
    for _, text, contents in articles:
        tool, hand = measure(text), by_hand(text, contents)
        for name in METRICS:
            pairs[name].append([number(tool[name]), number(hand[name])])
    named = "84 articles of PolNeAR 1.0.0, dev; 8 of Wikinews"
    return packed(named, digest, [outlet for outlet, *_ in articles], pairs)


def packed(named: str, digest: str, outlets: Sequence[str], pairs: Pairs) -> dict[str, Any]:
    """A set of the file."""
    known = list(dict.fromkeys(outlets))
    return {"coded": named, "digest": digest, "outlets": [known.index(one) for one in outlets], "metrics": pairs}


def sourced(folder: Path) -> list[dict[str, Any]]:
    """The sets of articles whose sources are coded; the second only those that nothing was learnt from, for replies."""
    from toolkit import Article, analyze, measure
    from toolkit.attribution import engines
    from toolkit.people import choices
    from training import coded, people

    net = engines.tagger()
    articles = coded.read(folder, net)
    learnt = people.by_fold([one for one in articles if one.part == "train"])
    path = folder / "gold.jsonl"
    rows = {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    pairs: Pairs = {name: [] for name in OF_SOURCES}
    replies: Pairs = {name: [] for name in OF_REPLIES}
    for one in articles:
        weights = learnt[people.part_of(one.name)] if one.part == "train" else choices.shipped(net.net)
        with patch.object(choices, "shipped", lambda net, weights=weights: weights):
            analysis = analyze(Article(one.text))
        tool, hand = measure(analysis), measure(as_coded(analysis, one))
        for name in OF_SOURCES:
            pairs[name].append([number(tool[name]), number(hand[name])])
        if one.part == "dev":
            told = [reply["reply"] != "absent" for reply in rows[one.name]["replies"]]
            hand = {"accused": len(told), "reply_share": sum(told) / len(told) if told else math.nan}
            for name in OF_REPLIES:
                replies[name].append([number(tool[name]), number(hand[name])])
    kept = [one for one in articles if one.part == "dev"]
    outlets = [[rows[one.name]["outlet"] for one in some] for some in (articles, kept)]
    return [
        packed(f"{len(articles)} articles of many outlets, 2012 to 2020", digest, outlets[0], pairs),
        packed(f"{len(kept)} of these", digest, outlets[1], replies),
    ]


def as_coded(analysis: Any, one: Any) -> Any:
    """The analysis of an article as it would be if the toolkit had found what the coders did."""
    from toolkit.people.sources import Source
    from training.coded import role_of
    from training.people import ROLES

    roles = {role_of(role): role for role in ROLES}
    stances = [
        "cognitive" if code["says"] == "thinks" and code["stance"] == "neutral" else STANCES[code["stance"]]
        for code in one.codes
    ]
    attributions = tuple(replace(a, stance=stance) for a, stance in zip(one.hand, stances, strict=True))
    sources = []
    for n, source in one.sources.items():
        own = [i for i, who in enumerate(one.meant) if n in who]
        top = tuple(i for i in own if not attributions[i].depth)
        sources.append(
            Source(
                source["name"],
                source["kind"],
                source["anonymous"],
                source["affiliation"] or "",
                roles[source["role"]],
                source["kind"] == "media_outlet" or any(one.codes[i]["second_hand"] == "explicit" for i in own),
                tuple(span for i in own if (span := attributions[i].source) is not None),
                top,
                source["reason"] or "",
                nested=tuple(i for i in own if attributions[i].depth),
            )
        )
    return replace(analysis, attributions=attributions, sources=tuple(sources))


def gold(bench: Path, polnear: Path) -> tuple[list[tuple[str, str, list[Spans]]], str]:
    """Outlet, text and contents of each coded article, and a digest of the files."""
    from polnear import load_dir  # type: ignore[import-not-found]

    wikinews = bench / "ood" / "gold_dev.jsonl"
    coded = sorted((polnear / "dev" / "attributions").glob("*.ann"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in [*coded, wikinews])).hexdigest()[:16]
    out = []
    for doc in load_dir(str(polnear / "dev")):
        out.append((doc.publisher, doc.text, [list(one.content) for one in doc.attributions if one.content]))
    for row in map(json.loads, wikinews.read_text(encoding="utf-8").splitlines()):
        contents = [[(start, end) for start, end in one["content"]] for one in row["attributions"]]
        out.append(("wikinews", row["text"], contents))
    return out, digest


def by_hand(text: str, contents: list[Spans]) -> dict[str, float]:
    """The metrics of what was coded by hand, over the words of the body as the toolkit parts them.

    Words in quotation marks: those of coded contents between marks as the harness finds them.
    """
    from textutil import quoted_stretches  # type: ignore[import-not-found]

    from toolkit import analyze

    words = analyze(text).words
    attributed = inside(words, [span for spans in contents for span in spans])
    return {
        "attributions_per_1000": 1000 * len(contents) / len(words) if words else math.nan,
        "attributed_share": len(attributed) / len(words) if words else math.nan,
        "quoted_share": len(attributed & inside(words, quoted_stretches(text))) / len(words) if words else math.nan,
    }


def inside(words: Any, spans: Spans) -> set[int]:
    """The places of the words that share a character with a span."""
    return {k for k, (start, end) in enumerate(words) for s, e in spans if start < e and s < end}


def number(value: float) -> float | None:
    """A value short enough to store; None where there is none."""
    return None if math.isnan(value) else round(float(value), 4)


def report() -> None:
    """Prints mean error and line a metric."""
    from toolkit.comparison import correction

    print("| metric | articles | by hand | by the toolkit | slope | error of an article | between outlets |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in correction.measured():
        table = correction.coded(name)
        fit, means = correction.line(table), table.mean()
        cells = [name, fit.n, *(f"{x:.3f}" for x in (means["hand"], means["tool"], fit.slope, fit.noise, fit.between))]
        print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main()
