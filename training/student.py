"""Trains the tagger that the toolkit ships, and writes its weights.

    python training/student.py --corpus PATH [--corpus PATH ...] --out FILE.npz [--soft DIR ...] [--words DIR] [--all]

``--corpus``: what `corpus.read` reads; a tenth of its articles is kept aside and scored along the way, unless ``--all``
is given. ``--soft``: labels that teachers gave to texts without codes, as `soft.py` writes them. ``--words``: a model
folder in the transformers layout whose word pieces give the words their first embeddings. Every few minutes a
checkpoint is written beside FILE, and the same command goes on from it. Runs at low priority. Needs torch; the weights
need NumPy alone.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from toolkit.attribution import tagger
from training.checkpoints import keep, kept, step_back
from training.corpus import Coded, aside, labels, passage, read
from training.soft import Soft, load, origin

SIZES = {"word": 96, "ending": 16, "shape": 8, "quote": 8, "place": 8}
ROWS = {"ending": tagger.ENDINGS, "shape": tagger.SHAPES, "quote": tagger.QUOTES, "place": tagger.PLACES}
REACHES = (1, 2, 4, 8, 16, 1, 2, 4, 8, 1)
LENGTH = 512  # tokens of a training stretch
WORDS = 32_000  # the vocabulary's bound
SURE = 0.94  # weight of a coder's label; the rest is spread over all
KINDS = len(tagger.LABELS)


class Article(NamedTuple):
    """An article's features, and for each token the wanted chances of the labels."""

    rows: np.ndarray
    wanted: np.ndarray


class Student(nn.Module):
    """The network of `tagger.Tagger`, to be trained."""

    def __init__(self, words: int, width: int, few: int, reaches: Sequence[int]) -> None:
        super().__init__()
        rows = {"word": words + tagger.BUCKETS, **ROWS}
        self.tables = nn.ModuleList(nn.Embedding(rows[name], SIZES[name]) for name in tagger.COLUMNS)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.start = nn.Linear(sum(SIZES.values()), width)
        self.down = nn.ModuleList(nn.Linear(width, few) for _ in reaches)
        self.reaches = tuple(reaches)
        self.up = nn.ModuleList(nn.Linear(3 * few, width, bias=False) for _ in reaches)
        self.end = nn.Linear(width, KINDS)
        self.drop = nn.Dropout(0.1)
        self.follow = nn.Parameter(torch.zeros(KINDS, KINDS))
        self.register_buffer("barred", barred())

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Scores, batch by tokens by labels."""
        seen = torch.cat([table(rows[..., i]) for i, table in enumerate(self.tables)], -1)
        hidden = torch.relu(self.start(self.drop(seen)))
        for reach, down, up in zip(self.reaches, self.down, self.up, strict=True):
            padded = functional.pad(torch.relu(down(self.drop(hidden))), (0, 0, reach, reach))
            hidden = hidden + up(torch.cat([padded[:, k * reach : k * reach + rows.shape[1]] for k in range(3)], -1))
        return self.end(self.drop(hidden))

    def path_loss(self, scores: torch.Tensor, right: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Mean negative log chance, per token, of the right labels among all paths (a conditional random field).

        ``right`` is -1 where a stretch has ended; ``heads``: tokens at which a path begins anew, as paragraphs do.
        """
        follow = self.follow + self.barred
        inside = right >= 0
        label = right.clamp(min=0)
        worth = torch.where(inside, scores.gather(-1, label[..., None])[..., 0], 0)
        pairs = torch.where(inside[:, 1:] & ~heads[:, 1:], follow[label[:, :-1], label[:, 1:]], 0)
        total = scores[:, 0]
        for at in range(1, scores.shape[1]):
            through = torch.logsumexp(total[:, :, None] + follow, 1)
            anew = torch.logsumexp(total, 1, keepdim=True).expand_as(through)
            new = torch.where(heads[:, at, None], anew, through) + scores[:, at]
            total = torch.where(inside[:, at, None], new, total)
        every = torch.logsumexp(total, 1)
        return (every.sum() - worth.sum() - pairs.sum()) / inside.sum()

    def take(self, known: tagger.Tagger) -> None:
        """Goes on from trained weights of the same shape."""
        values = [*known.tables, known.start[0].T, known.start[1], known.end[0].T, known.end[1]]
        own = [
            *(table.weight for table in self.tables),
            self.start.weight,
            self.start.bias,
            self.end.weight,
            self.end.bias,
        ]
        for layer, down, up in zip(known.layers, self.down, self.up, strict=True):
            values += [layer.down.T, layer.bias, layer.up.T]
            own += [down.weight, down.bias, up.weight]
        with torch.no_grad():
            for parameter, value in zip(own, values, strict=True):
                parameter.copy_(torch.from_numpy(np.array(value)))
            self.follow.copy_(torch.from_numpy(known.follow) - self.barred)


class Muon(torch.optim.Optimizer):
    """Momentum made orthogonal, for the layers' matrices (Jordan 2024).

    After a thousand steps the student is a third nearer to what it is taught than with AdamW. As torch.optim.Muon does,
    but in single precision: halves take a CPU longer than all the rest of a step.
    """

    def __init__(self, matrices: Iterable[nn.Parameter], lr: float) -> None:
        super().__init__(matrices, {"lr": lr})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """One step along the gradients."""
        for group in self.param_groups:
            for matrix in group["params"]:
                kept = self.state[matrix].setdefault("momentum", torch.zeros_like(matrix))
                kept.lerp_(matrix.grad, 0.05)
                ahead = matrix.grad.lerp(kept, 0.95)
                high = len(ahead) > ahead.shape[1]
                move = ahead.T if high else ahead
                move = move / (move.norm() + 1e-7)
                for _ in range(5):  # Newton and Schulz: brings the singular values near one
                    square = move @ move.T
                    move = 3.4445 * move + (-4.7750 * square + 2.0315 * square @ square) @ move
                matrix.mul_(1 - 0.1 * group["lr"])
                matrix.sub_(move.T if high else move, alpha=group["lr"] * max(1, len(ahead) / ahead.shape[1]) ** 0.5)


def barred() -> torch.Tensor:
    """-20 for an inside label after anything but its own kind, else 0."""
    found = torch.zeros(KINDS, KINDS)
    for inside in (2, 4, 6):
        found[[i for i in range(KINDS) if i not in (inside, inside - 1)], inside] = -20
    return found


def vocabulary(texts: Iterable[str]) -> list[str]:
    """The words that are met twice or more, the most frequent first."""
    met = Counter(word.lower().replace("’", "'") for text in texts for word in tagger.TOKEN.findall(text))
    order = sorted(met.items(), key=lambda item: (-item[1], item[0]))
    return [word for word, n in order if n > 1 and len(word) < 30][:WORDS]


def embeddings(words: list[str], folder: str) -> torch.Tensor:
    """First embeddings of words: the mean of their pieces' in another model, brought to a word's dimensions."""
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    table = AutoModel.from_pretrained(folder).embeddings.word_embeddings.weight.data
    found = torch.stack([table[ids].mean(0) for ids in tokenizer(words, add_special_tokens=False)["input_ids"]])
    found = torch.nan_to_num(found)  # a sign that has no piece
    found = found - found.mean(0)
    _, _, directions = torch.linalg.svd(found[:20000], full_matrices=False)
    reduced = found @ directions[: SIZES["word"]].T
    return 0.3 * reduced / reduced.std()


def coded_article(coded: Coded, words: dict[str, int]) -> Article:
    """An article with a coder's labels."""
    found = tagger.features(passage(coded.text), partial(tagger.word_features, words))
    sure = np.eye(KINDS, dtype=np.float32)[labels(coded, found.spans)]
    return Article(found.features, SURE * sure + (1 - SURE) / KINDS)


def soft_article(soft: Soft, words: dict[str, int]) -> Article | None:
    """An article with teachers' labels; None where the toolkit cuts it into other tokens than the teachers had."""
    rows = tagger.features(passage(soft.text), partial(tagger.word_features, words)).features
    return Article(rows, soft.chances[:, :KINDS]) if len(rows) == len(soft.chances) else None


def stretches(articles: Sequence[Article], rng: random.Random) -> list[Article]:
    """The articles cut at random into training stretches, in random order."""
    out = []
    for article in articles:
        start = -rng.randrange(LENGTH)
        while start < len(article.rows):
            part = slice(max(start, 0), start + LENGTH)
            out.append(Article(article.rows[part], article.wanted[part]))
            start += LENGTH
    rng.shuffle(out)
    return out


def grouped(parts: Sequence[Article], size: int) -> list[Sequence[Article]]:
    """So many stretches at a time."""
    return [parts[i : i + size] for i in range(0, len(parts), size)]


def batch(parts: Sequence[Article], words: int, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Stretches as tensors, some of their words hidden in a bucket, as unknown words are."""
    longest = max(len(part.rows) for part in parts)
    rows = np.zeros((len(parts), longest, len(tagger.COLUMNS)), np.int64)
    wanted = np.zeros((len(parts), longest, KINDS), np.float32)
    for i, part in enumerate(parts):
        rows[i, : len(part.rows)], wanted[i, : len(part.rows)] = part
    hide = (rng.random(rows.shape[:2]) < 0.04) & (rows[..., 2] > 0)
    rows[..., 0] = np.where(hide, words + rng.integers(0, tagger.BUCKETS, hide.shape), rows[..., 0])
    return torch.from_numpy(rows), torch.from_numpy(wanted)


def weights(model: Student) -> dict[str, np.ndarray]:
    """The trained numbers under the names that `tagger.Tagger` reads."""
    out = {f"table.{name}": table.weight for name, table in zip(tagger.COLUMNS, model.tables, strict=True)}
    out |= {"start.weight": model.start.weight.T, "start.bias": model.start.bias}
    out |= {"end.weight": model.end.weight.T, "end.bias": model.end.bias, "follow": model.follow + model.barred}
    for i, (down, up) in enumerate(zip(model.down, model.up, strict=True)):
        out |= {f"layer{i}.down.weight": down.weight.T, f"layer{i}.down.bias": down.bias}
        out |= {f"layer{i}.up.weight": up.weight.T}
    found = {name: tensor.detach().numpy().astype(np.float32) for name, tensor in out.items()}
    return found | {f"layer{i}.reach": np.array(reach) for i, reach in enumerate(model.reaches)}


def export(numbers: dict[str, np.ndarray], words: list[str], out: Path, about: dict[str, Any]) -> None:
    """Writes the weights, large ones in eight bits with a scale for each row of a table or column of a layer."""
    stored: dict[str, np.ndarray] = {}
    for name, array in numbers.items():
        if array.ndim == 2 and array.size > 2000:
            scale = np.abs(array).max(1 if name.startswith("table") else 0, keepdims=True) / 127
            scale = np.where(scale == 0, 1, scale).astype(np.float32)
            stored[name], stored[f"{name}.scale"] = np.round(array / scale).astype(np.int8), scale
        else:
            stored[name] = array
    text = json.dumps({**about, "vocabulary": words}, ensure_ascii=False, separators=(",", ":"))
    stored["about"] = np.frombuffer(text.encode("utf-8"), np.uint8)
    np.savez_compressed(out, **stored)


def f1(model: Student, articles: Sequence[Article]) -> dict[str, float]:
    """F1 of the tokens of each role, borders aside."""
    model.eval()
    right, said, gold = (np.zeros(4) for _ in range(3))
    with torch.no_grad():
        for article in articles:
            best = model(torch.from_numpy(article.rows[None].astype(np.int64)))[0].argmax(-1).numpy()
            ours, true = (best + 1) // 2, (article.wanted.argmax(1) + 1) // 2
            right += np.bincount(ours[ours == true], minlength=4)
            said += np.bincount(ours, minlength=4)
            gold += np.bincount(true, minlength=4)
    scores = 2 * right / np.maximum(said + gold, 1)
    return {name: round(float(scores[i]), 4) for i, name in ((1, "source"), (2, "cue"), (3, "content"))}


def main() -> None:
    """Trains and writes the student."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, action="append")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--soft", type=Path, action="append", default=[])
    parser.add_argument("--words", default="")
    parser.add_argument("--start", type=Path, help="weights of the same shape to go on from, in place of --words")
    parser.add_argument("--passes", type=int, default=8, help="how often the coded articles are seen")
    parser.add_argument("--soft-passes", type=float, default=3.5, help="how often those of --soft are seen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=128, help="numbers that a token has")
    parser.add_argument("--few", type=int, default=48, help="numbers that a layer sums a token up in")
    parser.add_argument("--reaches", type=int, nargs="+", default=REACHES, help="how far each layer looks")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--all", action="store_true", help="train on all coded articles, the tenth kept aside too")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=float, default=300, help="seconds between checkpoints")
    given = parser.parse_args()
    step_back(given.threads)
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    coded = [one for path in given.corpus for one in read(path)]
    train, rest = aside(coded)
    train = coded if given.all else train
    taught = [one for path in given.soft for one in load(path)]
    before = tagger.load(given.start.read_bytes()) if given.start else None
    words = list(before.vocabulary) if before else vocabulary(one.text for one in (*train, *taught))
    index = {word: i for i, word in enumerate(words)}
    ready, held = ([coded_article(one, index) for one in part] for part in (train, rest))
    easy = [found for one in taught if (found := soft_article(one, index))]
    print(f"{len(ready)} coded articles, {len(easy)} of {len(taught)} taught ones, {len(words)} words", flush=True)
    model = Student(len(words), given.width, given.few, given.reaches)
    if before:
        model.take(before)
    elif given.words:
        model.tables[0].weight.data[: len(words)] = embeddings(words, given.words)
    layers = [p for name, p in model.named_parameters() if name.startswith(("start", "down", "up")) and p.ndim == 2]
    inside = {id(p) for p in layers}
    optimisers = [
        torch.optim.AdamW([p for p in model.parameters() if id(p) not in inside], lr=given.rate, weight_decay=0.01),
        Muon(layers, lr=5 * given.rate),
    ]
    groups = [(group, True) for _ in range(given.passes) for group in grouped(stretches(ready, rng), given.batch)]
    more = [group for _ in range(math.ceil(given.soft_passes)) for group in grouped(stretches(easy, rng), given.batch)]
    groups += [(group, False) for group in more[: round(len(more) * given.soft_passes / math.ceil(given.soft_passes))]]
    rng.shuffle(groups)
    steps = len(groups)
    schedules = [
        torch.optim.lr_scheduler.OneCycleLR(
            one,
            one.param_groups[0]["lr"],
            total_steps=steps + 1,
            pct_start=0.05,
            anneal_strategy="linear",
            cycle_momentum=False,
        )
        for one in optimisers
    ]
    noted = ("passes", "soft_passes", "seed", "width", "few", "reaches", "batch", "rate", "all")
    settings = {name: vars(given)[name] for name in noted}
    about = {
        "settings": settings,
        "coded": len(ready),
        "taught": len(easy),
        "soft": [origin(one) for one in given.soft],
    }
    checkpoint, first = given.out.with_suffix(".checkpoint"), 0
    if stored := kept(checkpoint, about):
        model.load_state_dict(stored["model"])
        for one, state in zip((*optimisers, *schedules), stored["states"], strict=True):
            one.load_state_dict(state)
        torch.set_rng_state(stored["random"])
        first = stored["step"]
    started = saved = time.monotonic()
    total = 0.0
    for step in range(first, steps):
        model.train()
        group, by_hand = groups[step]
        rows, wanted = batch(group, len(words), np.random.default_rng((given.seed, step)))
        scores = model(rows)
        loss = -(functional.log_softmax(scores, -1) * wanted).sum() / wanted.sum()
        if by_hand:
            right = torch.where(wanted.sum(-1) > 0, wanted.argmax(-1), -1)
            loss = (loss + model.path_loss(scores, right, rows[..., -1] == 1)) / 2
        model.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for one in (*optimisers, *schedules):
            one.step()
        total, now, done = total + loss.item(), time.monotonic(), step + 1
        if done % 200 == 0 or done == steps:
            scored = "" if given.all or (done % 1000 and done < steps) else f", kept aside {f1(model, held)}"
            pace = (now - started) / (done - first)
            print(
                f"step {done} of {steps}: loss {total / min(done - first, step % 200 + 1):.4f}{scored}, "
                f"{pace:.2f} s a step, {pace * (steps - done) / 60:.0f} minutes left",
                flush=True,
            )
            total = 0.0
        if now - saved > given.keep:
            states = [one.state_dict() for one in (*optimisers, *schedules)]
            keep(checkpoint, {"model": model.state_dict(), "states": states, "step": done,
                              "random": torch.get_rng_state(), "about": about})  # fmt: skip
            saved = now
    export(weights(model.eval()), words, given.out, about)
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
