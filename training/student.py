"""Trains the tagger that the toolkit ships, and writes its weights.

    python training/student.py --corpus DIR --out FILE.npz [--words DIR] [--epochs 12] [--seed 1] [--all]

``--corpus``: a folder that `corpus.read` reads. Without ``--all`` a tenth of its articles is kept aside and scored
after each epoch. ``--words``: a model folder in the transformers layout whose word pieces give the words their first
embeddings. Needs torch; the weights need NumPy alone.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from toolkit import quotations, segment, tagger
from toolkit.attribution import Passage
from training.corpus import Coded, aside, labels, read

SIZES = {"word": 64, "ending": 16, "shape": 8, "cue": 8, "quote": 8, "place": 6}
ROWS = {
    "ending": tagger.ENDINGS,
    "shape": tagger.SHAPES,
    "cue": tagger.CUES,
    "quote": tagger.QUOTES,
    "place": tagger.PLACES,
}
REACHES = (1, 2, 4, 8, 16, 1)
LENGTH = 512  # tokens of a training stretch


class Student(nn.Module):
    """The network of `tagger.Tagger`, to be trained."""

    def __init__(self, words: int, width: int) -> None:
        super().__init__()
        rows = {"word": words + tagger.BUCKETS, **ROWS}
        self.tables = nn.ModuleList(nn.Embedding(rows[name], SIZES[name]) for name in tagger.COLUMNS)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.start = nn.Linear(sum(SIZES.values()), width)
        self.layers = nn.ModuleList(nn.Conv1d(width, 2 * width, 3, padding=reach, dilation=reach) for reach in REACHES)
        self.end = nn.Linear(width, len(tagger.LABELS))
        self.drop = nn.Dropout(0.25)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Scores, batch by tokens by labels."""
        seen = torch.cat([table(rows[..., i]) for i, table in enumerate(self.tables)], -1)
        hidden = torch.relu(self.start(self.drop(seen)))
        for layer in self.layers:
            both = layer(self.drop(hidden).transpose(1, 2)).transpose(1, 2)
            value, gate = both.chunk(2, -1)
            hidden = hidden + torch.tanh(value) * torch.sigmoid(gate)
        return self.end(self.drop(hidden))


def passage(text: str) -> Passage:
    """A whole text as the toolkit cuts it."""
    paragraphs = segment.paragraphs(text)
    return Passage(text, paragraphs, segment.sentences(text, paragraphs), quotations.find(text, paragraphs))


def vocabulary(texts: list[str], least: int) -> list[str]:
    """The words that are met ``least`` times, by frequency."""
    met = Counter(word.lower().replace("’", "'") for text in texts for word in tagger.TOKEN.findall(text))
    return [
        word for word, n in sorted(met.items(), key=lambda item: (-item[1], item[0])) if n >= least and len(word) < 30
    ]


def embeddings(words: list[str], folder: str) -> torch.Tensor:
    """First embeddings of words: the mean of their pieces' in another model, brought to 64 dimensions."""
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    table = AutoModel.from_pretrained(folder).embeddings.word_embeddings.weight.data
    found = torch.stack([table[ids].mean(0) for ids in tokenizer(words, add_special_tokens=False)["input_ids"]])
    found = torch.nan_to_num(found)  # a sign that has no piece
    found = found - found.mean(0)
    _, _, directions = torch.linalg.svd(found[:20000], full_matrices=False)
    reduced = found @ directions[: SIZES["word"]].T
    return 0.3 * reduced / reduced.std()


def prepared(coded: Coded, words: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of an article's tokens."""
    found = tagger.features(passage(coded.text), words)
    return found.features, np.array(labels(coded, found.spans), np.int64)


def stretches(articles: list[tuple[np.ndarray, np.ndarray]], rng: random.Random) -> list[tuple[np.ndarray, np.ndarray]]:
    """The articles cut at random into training stretches, in random order."""
    out = []
    for rows, wanted in articles:
        start = -rng.randrange(LENGTH)
        while start < len(rows):
            part = slice(max(start, 0), start + LENGTH)
            out.append((rows[part], wanted[part]))
            start += LENGTH
    rng.shuffle(out)
    return out


def batch(
    parts: list[tuple[np.ndarray, np.ndarray]], words: int, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Stretches as tensors, some of their words hidden in a bucket, as unknown words are."""
    longest = max(len(rows) for rows, _ in parts)
    rows = np.zeros((len(parts), longest, len(tagger.COLUMNS)), np.int64)
    wanted = np.full((len(parts), longest), -100, np.int64)
    for i, (part, label) in enumerate(parts):
        rows[i, : len(part)], wanted[i, : len(label)] = part, label
    hide = (rng.random(rows.shape[:2]) < 0.06) & (rows[..., 2] > 0)
    rows[..., 0] = np.where(hide, words + rng.integers(0, tagger.BUCKETS, hide.shape), rows[..., 0])
    return torch.from_numpy(rows), torch.from_numpy(wanted)


def successions(articles: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Log chances of a label after another, over those of the label by itself; what is never met is barred."""
    size = len(tagger.LABELS)
    pairs = np.full((size, size), 0.1)
    for _, wanted in articles:
        np.add.at(pairs, (wanted[:-1], wanted[1:]), 1)
    chance = pairs / pairs.sum(1, keepdims=True)
    follow = 0.3 * (np.log(chance) - np.log(pairs.sum(0) / pairs.sum()))
    for inside in (2, 4, 6):  # I after anything but its own B or I
        follow[[i for i in range(size) if i not in (inside, inside - 1)], inside] = -20
    return follow.astype(np.float32)


def weights(model: Student, follow: np.ndarray) -> dict[str, np.ndarray]:
    """The trained numbers under the names that `tagger.Tagger` reads."""
    out = {
        f"table.{name}": table.weight.detach().numpy() for name, table in zip(tagger.COLUMNS, model.tables, strict=True)
    }
    out["start.weight"], out["start.bias"] = model.start.weight.detach().numpy().T, model.start.bias.detach().numpy()
    for i, (layer, reach) in enumerate(zip(model.layers, REACHES, strict=True)):
        kernel = layer.weight.detach().numpy()  # out, in, place
        out[f"layer{i}.weight"] = np.concatenate([kernel[:, :, k].T for k in range(3)], 0)
        out[f"layer{i}.bias"] = layer.bias.detach().numpy()
        out[f"layer{i}.reach"] = np.array(reach)
    out["end.weight"], out["end.bias"] = model.end.weight.detach().numpy().T, model.end.bias.detach().numpy()
    out["follow"] = follow
    return out


def export(found: dict[str, np.ndarray], words: list[str], path: Path, about: dict[str, Any]) -> None:
    """Writes the weights, the large ones as signed bytes with a scale a row."""
    stored: dict[str, np.ndarray] = {}
    for name, array in found.items():
        if array.ndim == 2 and array.size > 4096:
            scale = np.abs(array).max(1, keepdims=True) / 127 + 1e-12
            stored[name], stored[f"{name}.scale"] = np.round(array / scale).astype(np.int8), scale.astype(np.float32)
        else:
            stored[name] = array
    note = json.dumps({**about, "vocabulary": words}, ensure_ascii=False)
    stored["about"] = np.frombuffer(note.encode("utf-8"), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **stored)


def f1(model: Student, articles: list[tuple[np.ndarray, np.ndarray]]) -> dict[str, float]:
    """F1 of the tokens of each role, borders aside, without the path."""
    model.eval()
    right, said, gold = (np.zeros(4, int) for _ in range(3))
    with torch.no_grad():
        for rows, wanted in articles:
            best = model(torch.from_numpy(rows[None].astype(np.int64)))[0].argmax(-1).numpy()
            for role in (1, 2, 3):
                ours, true = (best + 1) // 2 == role, (wanted + 1) // 2 == role
                right[role], said[role], gold[role] = (
                    right[role] + (ours & true).sum(),
                    said[role] + ours.sum(),
                    gold[role] + true.sum(),
                )
    return {
        name: round(float(2 * right[i] / max(said[i] + gold[i], 1)), 4)
        for i, name in enumerate(("", "source", "cue", "content"))
        if i
    }


def main() -> None:
    """Trains and writes the student."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", default="")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--all", action="store_true", help="train on all articles, the tenth kept aside too")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    rng, noise = random.Random(given.seed), np.random.default_rng(given.seed)
    coded = read(given.corpus)
    train, kept = aside(coded)
    train = coded if given.all else train
    words = vocabulary([one.text for one in train], 2)
    index = {word: i for i, word in enumerate(words)}
    ready, held = ([prepared(one, index) for one in part] for part in (train, kept))
    model = Student(len(words), given.width)
    if given.words:
        model.tables[0].weight.data[: len(words)] = embeddings(words, given.words)
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998)
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=given.rate, weight_decay=0.02)
    steps = given.epochs * (len(stretches(ready, random.Random(0))) // given.batch + 20)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, given.rate, total_steps=steps, pct_start=0.1)
    started = time.process_time()
    for epoch in range(given.epochs):
        model.train()
        parts, total = stretches(ready, rng), 0.0
        groups = [parts[i : i + given.batch] for i in range(0, len(parts), given.batch)]
        for group in groups:
            rows, wanted = batch(group, len(words), noise)
            loss = functional.cross_entropy(
                model(rows).transpose(1, 2), wanted, ignore_index=-100, label_smoothing=0.03
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            averaged.update_parameters(model)
            total += loss.item()
        scored = "" if given.all else f", kept aside {f1(averaged.module, held)}"
        minutes = (time.process_time() - started) / 60
        print(f"epoch {epoch + 1}: loss {total / len(groups):.4f}{scored}, {minutes:.0f} CPU minutes", flush=True)
    follow = successions(ready)
    export(weights(averaged.module.eval(), follow), words, given.out, {"seed": given.seed, "epochs": given.epochs})


if __name__ == "__main__":
    main()
