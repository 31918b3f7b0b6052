"""Labels texts without codes by trained networks, for a student to learn from.

    python training/soft.py [--model DIR --teacher FILE.pt ...] [--student FILE ...] [--before DIR ...]
        --texts FILE.jsonl.gz [--texts FILE.jsonl.gz ...] --out DIR [--most N] [--threads 2]

Writes the chances that the networks give each answer to `corpus.QUESTIONS`, averaged, in eight bits; fast students
answer the first alone, and where they teach along, nothing else is written. Students that were trained before teach
along: several together see more than the teacher that each learnt from. ``--before``: what this script wrote for the
same texts with other networks; each of those counts as much as one named here. The texts come in the order of variety,
the outlets in turn, so that any beginning is a mixed sample; they stay where they are. Labels are kept in pieces of
some articles each, and the same command goes on after the last one. Runs at low priority.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toolkit.attribution import accurate, engines, tagger
from training.corpus import PARTS, passage, tokens

PIECE = 50  # articles that are kept together

Voice = Callable[[str], np.ndarray]  # the chances of the answers at each token of a text


class Soft(NamedTuple):
    """A text and the chances of the answers, one row a token; those of each question add up to one."""

    text: str
    chances: np.ndarray


def varied(paths: Iterable[Path]) -> list[str]:
    """The article texts of compressed files of JSON lines: one of each outlet, another of each, and so on."""
    outlets: dict[str, list[str]] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                outlets.setdefault(line["outlet"], []).append(line["text"])
    mixed = [sorted(texts, key=lambda text: (zlib.crc32(text.encode()), text)) for texts in outlets.values()]
    return [text for text in chain.from_iterable(zip_longest(*mixed)) if text is not None]


def about(folder: Path) -> dict[str, Any]:
    """Which texts a folder of labels was made for, and how many networks it averages."""
    found: dict[str, Any] = json.loads(folder.joinpath("about.json").read_text(encoding="utf-8"))
    return found


def origin(folder: Path) -> str:
    """Which texts a folder of labels was made for, in words."""
    names = " and ".join(Path(path).name for path in about(folder)["texts"])
    return f"{sum(map(len, _counts(folder)))} of {names}, by {about(folder)['voices']}"


def _counts(folder: Path) -> Iterator[np.ndarray]:
    for path in sorted(folder.glob("*.npz")):
        with np.load(path, allow_pickle=False) as stored:
            yield stored["counts"]


def load(folder: Path) -> Iterator[Soft]:
    """What `main` wrote, with the texts it was written for."""
    texts = iter(varied(map(Path, about(folder)["texts"])))
    for path in sorted(folder.glob("*.npz")):
        with np.load(path, allow_pickle=False) as stored:
            counts, known = stored["counts"], stored["chances"]
        for text, rows in zip(islice(texts, len(counts)), np.split(known, np.cumsum(counts)[:-1]), strict=True):
            yield Soft(text, _shares(rows))


def _shares(rows: np.ndarray) -> np.ndarray:
    """Chances of the answers to one or more questions, those of each question made to add up to one."""
    ends = [end for end in PARTS if end <= rows.shape[1]]
    totals = np.add.reduceat(rows, ends[:-1], axis=1, dtype=np.float32)
    return rows / np.repeat(np.maximum(totals, 1e-9), np.diff(ends), axis=1)


def by_student(path: Path) -> Voice:
    """A student, as `student.py` or `accurate.py` writes it; the latter says of sources what kind they are as well."""
    student = engines.load(path)

    def chances(text: str) -> np.ndarray:
        if isinstance(student, accurate.Accurate):
            seen = student.see(passage(text))
            spans, scores, told = seen.spans, seen.chances, seen.told
        else:
            found = tagger.features(passage(text), student.seen)
            spans, scores, told = found.spans, student.scores(found.features), np.zeros((len(found.spans), 0))
        scores[:, 0] += tagger.LEAN
        labels = np.exp(scores - scores.max(1, keepdims=True))
        labels /= labels.sum(1, keepdims=True)
        skipped = np.zeros((len(labels), PARTS[3] - PARTS[1] if told.size else 0))  # labels of other kinds
        known = np.concatenate([labels, skipped, told], 1)
        if len(known) == len(tokens(text)):
            return known
        at = {start: row for (start, _), row in zip(spans, known, strict=True)}
        nothing = np.eye(known.shape[1])[0]
        return np.array([at.get(span.start, nothing) for span in tokens(text)]).reshape(-1, known.shape[1])

    return chances


def keep(path: Path, rows: list[np.ndarray]) -> None:
    """Writes the chances of some articles, in eight bits; half a file is never met."""
    aside = path.with_suffix(".part")
    with aside.open("wb") as file:
        np.savez_compressed(file, counts=np.array([len(one) for one in rows]), chances=np.concatenate(rows))
    aside.replace(path)


def label(texts: list[str], voices: list[Voice], before: list[tuple[Iterator[Soft], int]], out: Path) -> None:
    """Labels the texts that have no labels in the folder yet, and says how long is left.

    ``before``: labels that networks gave to the same texts, and how many networks that were.

    :raises ValueError: if they are of other texts
    """
    done = sum(map(len, _counts(out)))
    left, started = sum(map(len, texts[done:])), time.monotonic()
    whole = left
    earlier = [(islice(labels, done, None), count) for labels, count in before]
    for first in range(done, len(texts), PIECE):
        rows = []
        for text in texts[first : first + PIECE]:
            chances = sum(voice(text) for voice in voices)
            for labels, count in earlier:
                known = next(labels, None)
                if known is None or known.text != text:
                    raise ValueError("A folder given as --before was written for other or fewer texts.")
                if len(known.chances) == len(chances):
                    chances = chances + count * known.chances[:, : chances.shape[1]]
            rows.append(np.round(255 * _shares(chances)).astype(np.uint8))
            left -= len(text)
        keep(out / f"{first:06}.npz", rows)
        pace = (time.monotonic() - started) / (whole - left)
        count = first + len(rows)
        print(f"{count} of {len(texts)} articles, {1 / pace:,.0f} characters a second, "
              f"{pace * left / 3600:.1f} hours left", flush=True)  # fmt: skip


def main() -> None:
    """Labels the texts and writes the chances."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="", help="the folder of the model that the teachers began with")
    parser.add_argument("--teacher", type=Path, action="append", default=[])
    parser.add_argument("--student", type=Path, action="append", default=[])
    parser.add_argument("--before", type=Path, action="append", default=[])
    parser.add_argument("--texts", type=Path, action="append", required=True)
    parser.add_argument("--most", type=int, help="stop after so many articles, those of an earlier start included")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    voices = [by_student(path) for path in given.student]
    if given.teacher:
        from training.checkpoints import step_back
        from training.teacher import voice

        step_back(given.threads)
        voices += [voice(path, given.model) for path in given.teacher]
    before = [(load(folder), int(about(folder)["voices"])) for folder in given.before]
    made = {
        "texts": [str(path.resolve()) for path in given.texts],
        "voices": len(voices) + sum(count for _, count in before),
    }
    given.out.mkdir(parents=True, exist_ok=True)
    described = given.out / "about.json"
    if described.exists() and about(given.out) != made:
        parser.error(f"{given.out} holds labels made otherwise ({about(given.out)}): name another --out")
    described.write_text(json.dumps(made), encoding="utf-8")
    label(varied(given.texts)[: given.most], voices, before, given.out)


if __name__ == "__main__":
    main()
