"""Labels texts without codes by trained teachers, for a student to learn from.

    python training/soft.py --model DIR --teacher FILE.pt [--teacher ...] --texts FILE.jsonl.gz --out FILE.npz

Writes, for every so-manieth article, the chances that the teachers give each label, averaged, in eight bits. The file
names the texts by their place; the texts stay where they are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.corpus import LABELS, Coded


class Soft(NamedTuple):
    """A text and the chances of the labels, one row a token."""

    text: str
    chances: np.ndarray


def texts(path: Path, every: int, first: int) -> Iterator[str]:
    """The article texts of a compressed file of JSON lines, every so-manieth from the first on."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, first, None, every):
            yield json.loads(line)["text"]


def origin(path: Path) -> str:
    """Which texts a file of labels was made for, in words."""
    with np.load(path, allow_pickle=False) as stored:
        name, every, first = Path(str(stored["texts"])).name, int(stored["every"]), int(stored["first"])
        return f"{len(stored['counts'])} of {name}" + (f" (each {every}th from {first})" if every > 1 else "")


def load(path: Path) -> Iterator[Soft]:
    """What `main` wrote, with the texts it was written for."""
    with np.load(path, allow_pickle=False) as stored:
        chances = stored["chances"].astype(np.float32)
        chances /= chances.sum(1, keepdims=True)
        start = 0
        found = texts(Path(str(stored["texts"])), int(stored["every"]), int(stored["first"]))
        for text, count in zip(found, stored["counts"], strict=False):
            yield Soft(text, chances[start : start + count])
            start += count


def main() -> None:
    """Labels the texts and writes the chances."""
    import torch
    from transformers import AutoTokenizer

    from training.teacher import OVERLAP, SIZE, Teacher, pieces, tensors, window_starts

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--teacher", type=Path, action="append", required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--most", type=int, default=10**9, help="stop after so many articles")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(given.model)
    begin, end = tokenizer.cls_token_id, tokenizer.sep_token_id
    teachers = []
    for path in given.teacher:
        model = Teacher(given.model)
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["state"])
        model.eval()
        if device == "cpu":
            model = torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)
        teachers.append(model.to(device))
    counts, found, started = [], [], time.process_time()
    for text in texts(given.texts, given.every, given.first):
        if len(counts) == given.most:
            break
        whole = pieces(Coded("", text, []), tokenizer)
        chances = np.zeros((len(whole.ids), len(LABELS)), np.float32)
        for start in window_starts(len(whole.ids)):
            part = type(whole)(*(column[start : start + SIZE] for column in whole))
            ids, types, mask, _ = tensors([part], begin, end, device)
            with torch.no_grad():
                scores = sum(model(ids, types, mask).softmax(-1) for model in teachers)[0, 1:-1].cpu().numpy()
            skip = OVERLAP // 2 if start else 0  # the middle of the overlap is seen best
            chances[start + skip : start + len(scores)] = scores[skip:]
        rows = np.round(chances[np.array(whole.labels) != -100] * 255 / len(teachers)).astype(np.uint8)
        counts.append(len(rows))
        found.append(rows)
        if len(counts) % 200 == 0:
            minutes = (time.process_time() - started) / 60
            print(f"{len(counts)} articles, {sum(counts):,} tokens, {minutes:.1f} CPU minutes", flush=True)
    np.savez_compressed(given.out, counts=np.array(counts), chances=np.concatenate(found), every=given.every,
                        first=given.first, texts=str(given.texts.resolve()))  # fmt: skip


if __name__ == "__main__":
    main()
