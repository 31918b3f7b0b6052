"""Scores teachers, or a weights file, on articles that were not trained on.

    python training/score.py --bench DIR [--teacher FILE.pt ... --model DIR] [--weights FILE.npz] [--articles N]

``--bench``: the folder of the scoring harness, with attribution, ood and wide in it and data/polnear beside it.
Teachers (checkpoints too) are averaged; paths and links are those of the weights, the shipped ones unless others are
named. ``--articles``: no more than so many of each set. Prints one table, with 95 % intervals over articles.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import adapters
from benchmarks.attribution import DRAWS, figures, table
from toolkit.attribution import engines, tagger
from toolkit.attribution.attributions import Passage
from training.corpus import PARTS
from training.soft import Voice

SHIPPED = Path(tagger.__file__).parent.parent / "weights" / "tagger.npz"


class Heard:
    """A tagger whose chances are those of voices, and whose paths and links are another's."""

    def __init__(self, voices: Sequence[Voice], like: tagger.Tagger) -> None:
        self.voices, self.follow, self.links = voices, like.follow, like.links
        self.digest = self.net = "voices"

    def __call__(self, passage: Passage) -> tagger.Labelled:
        """The labels of a passage's tokens."""
        spans, rows = tagger.features(passage, lambda word: (0, 0, 0))
        text = "\n\n".join(paragraph.of(passage.text) for paragraph in passage.paragraphs)
        chances = np.mean([voice(text) for voice in self.voices], 0)
        scores = np.log(np.maximum(chances, 1e-6)).astype(np.float32)
        firsts = np.flatnonzero(rows[:, tagger.COLUMNS.index("place")] == 1)
        outer = scores[:, : PARTS[1]]
        outer[:, 0] -= tagger.LEAN
        best = tagger.best_paths(outer, self.follow, firsts)
        sure = chances[np.arange(len(best)), best].astype(np.float32)
        return tagger.Labelled(spans, best, sure)


def documents(bench: Path) -> dict[str, list[Any]]:
    """The harness's articles that nothing was trained on, by set."""
    sys.path.insert(0, str(bench / "attribution"))
    from polnear import load_dir
    from schema import Document, attribution_from_json

    found = {"PolNeAR": load_dir(str(bench.parent / "data" / "polnear" / "dev"))}
    for name, path in (("Wikinews", bench / "ood" / "gold_dev.jsonl"), ("wide", bench / "wide" / "gold.jsonl")):
        rows = [row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if row["split"] == "dev"]
        found[name] = [
            Document(row["id"], row.get("topic") or "", row["text"],
                     [attribution_from_json(_named(one, row)) for one in row["attributions"]])
            for row in rows
        ]  # fmt: skip
    return found


def _named(one: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """An attribution with its speakers by name, as far as they are given by number."""
    if "who" not in one:
        return dict(one)
    names = {source["n"]: source["name"] for source in row["sources"]}
    return {**one, "speaker": "; ".join(names[number] for number in one["who"])}


def rows(marker: tagger.Network, bench: Path, articles: int | None = None) -> list[dict[str, str]]:
    """What a tagger reaches on each set, with 95 % intervals over articles, and its speed."""
    found = adapters.attributions(marker)
    out = []
    for name, all_of_them in documents(bench.resolve()).items():
        from metrics import score_documents
        from schema import attribution_from_json

        some = all_of_them[:articles]
        started = time.process_time()
        given = [found(article.text) for article in some]
        pace = sum(len(article.text.split()) for article in some) / (time.process_time() - started)
        pairs = [(article, list(map(attribution_from_json, one))) for article, one in zip(some, given, strict=True)]
        shown = figures(score_documents(pairs, DRAWS))
        out.append({"set": f"{name} dev, {len(some)} articles", **shown, "words a CPU s": f"{pace:,.0f}"})
    return out


def heard(teachers: Sequence[Path], folder: str, like: tagger.Tagger, *, threads: int) -> tagger.Network:
    """Teachers as one tagger, with another's paths and links; that one itself if there are none."""
    if not teachers:
        return like
    from training.checkpoints import step_back
    from training.teacher import voice

    step_back(threads)
    return Heard([voice(path, folder) for path in teachers], like)


def main() -> None:
    """Scores and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, action="append", default=[])
    parser.add_argument("--model", default="", help="the folder of the model that the teachers began with")
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    like = engines.load(given.weights)
    marker = heard(given.teacher, given.model, like, threads=given.threads)
    print(table(rows(marker, given.bench, given.articles)))


if __name__ == "__main__":
    main()
