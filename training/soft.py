"""Labels texts without codes by trained networks, for a student to learn from.

    python training/soft.py [--model DIR --teacher FILE.pt ...] [--student FILE.npz ...] [--before FILE.npz ...]
        --texts FILE.jsonl.gz --out FILE.npz

Writes, for every so-manieth article, the chances that the networks give each label, averaged, in eight bits. Students
that were trained before teach along: several together see more than the teacher that each learnt from. ``--before``:
what this script wrote for the same articles with other networks; each of those counts as much as one named here. The
file names the texts by their place; the texts stay where they are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from toolkit import tagger
from training.corpus import LABELS, Coded, passage, tokens

Voice = Callable[[str], np.ndarray]  # the chances of the labels of each token of a text


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
        part = f" (each {every}th from {first})" if every > 1 else ""
        return f"{len(stored['counts'])} of {name}{part}, by {_voices(stored)}"


def heard(path: Path) -> int:
    """How many networks a file of labels averages."""
    with np.load(path, allow_pickle=False) as stored:
        return _voices(stored)


def _voices(stored: np.lib.npyio.NpzFile) -> int:
    return int(stored["voices"]) if "voices" in stored.files else 1


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


def by_teachers(paths: Sequence[Path], folder: str) -> list[Voice]:
    """Teachers, as `teacher.py` writes them; ``folder`` holds the model that they began with."""
    import torch
    from transformers import AutoTokenizer

    from training.teacher import OVERLAP, SIZE, Teacher, pieces, tensors, window_starts

    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(folder)

    def chances(model: torch.nn.Module, text: str) -> np.ndarray:
        whole = pieces(Coded("", text, []), tokenizer)
        out = np.zeros((len(whole.ids), len(LABELS)), np.float32)
        for start in window_starts(len(whole.ids)):
            part = type(whole)(*(column[start : start + SIZE] for column in whole))
            ids, types, mask, _ = tensors([part], tokenizer.cls_token_id, tokenizer.sep_token_id, device)
            with torch.no_grad():
                scores = model(ids, types, mask).softmax(-1)[0, 1:-1].cpu().numpy()
            skip = OVERLAP // 2 if start else 0  # the middle of the overlap is seen best
            out[start + skip : start + len(scores)] = scores[skip:]
        known = np.eye(len(LABELS), dtype=np.float32)[[0] * len(tokens(text))]  # some signs have no piece
        first = np.array(whole.labels) != -100
        known[np.array(whole.words)[first]] = out[first]
        return known

    voices = []
    for path in paths:
        model = Teacher(folder)
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["state"])
        model.eval()
        if device == "cpu":
            model = torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)
        voices.append(partial(chances, model.to(device)))
    return voices


def by_student(path: Path) -> Voice:
    """A student, as `student.py` writes it."""
    student = tagger.load(path.read_bytes())

    def chances(text: str) -> np.ndarray:
        found = tagger.features(passage(text), student.seen)
        scores = student.scores(found.features)
        scores[:, 0] += tagger.LEAN
        known = np.exp(scores - scores.max(1, keepdims=True))
        known /= known.sum(1, keepdims=True)
        if len(known) == len(tokens(text)):
            return known
        at = {start: row for (start, _), row in zip(found.spans, known, strict=True)}
        nothing = np.eye(len(LABELS), dtype=np.float32)[0]
        return np.array([at.get(span.start, nothing) for span in tokens(text)]).reshape(-1, len(LABELS))

    return chances


def main() -> None:
    """Labels the texts and writes the chances."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="", help="the folder of the model that the teachers began with")
    parser.add_argument("--teacher", type=Path, action="append", default=[])
    parser.add_argument("--student", type=Path, action="append", default=[])
    parser.add_argument("--before", type=Path, action="append", default=[])
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--most", type=int, default=10**9, help="stop after so many articles")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    voices = [by_student(path) for path in given.student]
    if given.teacher:
        voices += by_teachers(given.teacher, given.model)
    earlier = [(load(path), heard(path)) for path in given.before]
    total = len(voices) + sum(count for _, count in earlier)
    counts, found, started = [], [], time.process_time()
    for text in texts(given.texts, given.every, given.first):
        if len(counts) == given.most:
            break
        chances = sum((voice(text) for voice in voices), np.zeros((len(tokens(text)), len(LABELS)), np.float32))
        for labels, count in earlier:
            known = next(labels)
            if known.text != text:
                parser.error("a file given as --before was written for other articles")
            if len(known.chances) == len(chances):
                chances = chances + count * known.chances
        rows = np.round(255 * chances / chances.sum(1, keepdims=True)).astype(np.uint8)
        counts.append(len(rows))
        found.append(rows)
        if len(counts) % 200 == 0:
            minutes = (time.process_time() - started) / 60
            print(f"{len(counts)} articles, {sum(counts):,} tokens, {minutes:.1f} CPU minutes", flush=True)
    np.savez_compressed(given.out, counts=np.array(counts), chances=np.concatenate(found), every=given.every,
                        first=given.first, texts=str(given.texts.resolve()), voices=total)  # fmt: skip


if __name__ == "__main__":
    main()
