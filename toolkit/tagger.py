"""Labels every token as source, cue, content or neither, with the shipped weights, in NumPy alone.

The network: embeddings of the word and of what can be seen of it (ending, casing, marks, place in sentence and
paragraph, cue list), gated convolutions of growing reach, and the best path through a table of label successions.
"""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .article import Span
from .attribution import Passage, cues
from .quotations import SHORT

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
TOKEN = re.compile(r"\w+|[^\w\s]")
BUCKETS, ENDINGS = 2048, 1024  # places for words outside the vocabulary, and for last letters
CUES = 24  # kinds of cue verbs: their frames in the lexicon
QUOTES, PLACES, SHAPES = 8, 8, 8
CHUNK = 4096  # tokens computed at a time, so that memory does not grow with the text

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


class Tokens(NamedTuple):
    """The tokens of a passage, and their features: one row a token, columns as in `COLUMNS`."""

    spans: list[Span]
    features: Ints


COLUMNS = ("word", "ending", "shape", "cue", "quote", "place")


class Labelled(NamedTuple):
    """Tokens with the label of each (an index into `LABELS`) and its probability."""

    spans: list[Span]
    labels: npt.NDArray[np.int8]
    confidence: Floats


def features(passage: Passage, vocabulary: dict[str, int]) -> Tokens:
    """The tokens of the passage's paragraphs in order, as numbers; the same text gives the same on every machine."""
    text = passage.text
    spans: list[Span] = []
    rows: list[tuple[int, int, int, int]] = []
    places: list[int] = []
    known: dict[str, tuple[int, int, int, int]] = {}
    ends = {sentence.end for sentence in passage.sentences}
    for paragraph in passage.paragraphs:
        first = len(spans)
        for match in TOKEN.finditer(text, *paragraph):
            word = match.group()
            row = known.get(word)
            if row is None:
                row = known[word] = _word_features(word, vocabulary)
            rows.append(row)
            spans.append(Span(*match.span()))
        count = len(spans) - first
        if count:
            places += _places(spans[first:], ends)
    table = np.zeros((len(spans), len(COLUMNS)), np.int32)
    if spans:
        table[:, :4] = rows
        table[:, 4] = _quotes(spans, passage)
        table[:, 5] = places
    return Tokens(spans, table)


def _word_features(word: str, vocabulary: dict[str, int]) -> tuple[int, int, int, int]:
    low = word.lower().replace("’", "'")
    number = vocabulary.get(low)
    if number is None:
        number = len(vocabulary) + zlib.crc32(low.encode("utf-8", "surrogatepass")) % BUCKETS
    ending = zlib.crc32(low[-3:].encode("utf-8", "surrogatepass")) % ENDINGS
    if not word[0].isalnum():
        shape = 0
    elif word.isdigit():
        shape = 1
    elif word.islower():
        shape = 2
    elif word.isupper():
        shape = 3 if len(word) == 1 else 4
    else:
        shape = 5 if word[0].isupper() else 6
    return number, ending, shape, _cue_kinds().get(low, 0)


@cache
def _cue_kinds() -> dict[str, int]:
    """A number for each cue verb, by its frames; forms of two words count by their first."""
    frames = sorted({frame for _, _, frame in cues().values()})
    return {form.split()[0]: 1 + frames.index(frame) % (CUES - 1) for form, (_, _, frame) in sorted(cues().items())}


def _places(spans: Sequence[Span], ends: set[int]) -> list[int]:
    """Where in its paragraph and sentence each token stands: 1 first of all, 2 first, 3 last, 4 last of all, else 0."""
    out = [0] * len(spans)
    for i, span in enumerate(spans):
        if span.end in ends:
            out[i] = 3
            if i + 1 < len(spans):
                out[i + 1] = 2
    out[-1] = 4
    out[0] = 1
    return out


def _quotes(spans: Sequence[Span], passage: Passage) -> Ints:
    """What marks say of each token: 0 outside, 1 opening mark, 2 closing, 3 a short run, 4 longer, 5 long, 6 term."""
    out = np.zeros(len(spans), np.int32)
    starts = [span.start for span in spans]
    for quotation in passage.quotations:
        first, stop = bisect_left(starts, quotation.span.start), bisect_left(starts, quotation.span.end)
        if stop <= first:
            continue
        length = stop - first
        kind = 6 if quotation.kind in {"term", "title"} else 3 if length < SHORT + 3 else 4 if length < 20 else 5
        out[first:stop] = kind
        if quotation.span.start < quotation.content.start:
            out[first] = 1
        if quotation.content.end < quotation.span.end:
            out[stop - 1] = 2
    return out


class Tagger:
    """The network with its weights; one instance may be used from many threads."""

    def __init__(self, weights: dict[str, Any], vocabulary: Sequence[str], digest: str) -> None:
        self.vocabulary = {word: i for i, word in enumerate(vocabulary)}
        self.digest = digest
        self.tables: list[Floats] = [weights[f"table.{name}"] for name in COLUMNS]
        self.start: tuple[Floats, Floats] = (weights["start.weight"], weights["start.bias"])
        self.layers: list[tuple[int, Floats, Floats]] = []
        while f"layer{len(self.layers)}.weight" in weights:
            name = f"layer{len(self.layers)}"
            self.layers.append((int(weights[f"{name}.reach"]), weights[f"{name}.weight"], weights[f"{name}.bias"]))
        self.end: tuple[Floats, Floats] = (weights["end.weight"], weights["end.bias"])
        self.follow: Floats = weights["follow"]

    def __call__(self, passage: Passage) -> Labelled:
        """The labels of a passage's tokens."""
        tokens = features(passage, self.vocabulary)
        scores = self.scores(tokens.features)
        labels = _best_paths(scores, self.follow, np.flatnonzero(tokens.features[:, 5] == 1).astype(np.int32))
        chance = np.exp(scores - scores.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        return Labelled(tokens.spans, labels, chance[np.arange(len(labels)), labels])

    def scores(self, rows: Ints) -> Floats:
        """Scores of the labels, one row a token; long texts in chunks that overlap by the reach of the layers."""
        margin = sum(reach for reach, _, _ in self.layers)
        out = np.empty((len(rows), len(LABELS)), np.float32)
        for start in range(0, len(rows), CHUNK):
            stop = min(start + CHUNK, len(rows))
            left = max(0, start - margin)
            out[start:stop] = self._chunk(rows[left : stop + margin])[start - left : stop - left]
        return out

    def _chunk(self, rows: Ints) -> Floats:
        seen = np.concatenate([table[rows[:, i]] for i, table in enumerate(self.tables)], 1)
        hidden = np.maximum(seen @ self.start[0] + self.start[1], 0)
        width = hidden.shape[1]
        for reach, weight, bias in self.layers:
            padded = np.zeros((len(hidden) + 2 * reach, width), np.float32)
            padded[reach : reach + len(hidden)] = hidden
            around = np.concatenate([padded[k * reach : k * reach + len(hidden)] for k in range(3)], 1)
            both = around @ weight + bias
            gate = both[:, width:]
            hidden = hidden + np.tanh(both[:, :width]) / (1 + np.exp(-np.clip(gate, -30, 30)))
        result: Floats = hidden @ self.end[0] + self.end[1]
        return result


def _best_paths(scores: Floats, follow: Floats, firsts: Ints) -> npt.NDArray[np.int8]:
    """The labels whose scores and successions add up to most (Viterbi), each paragraph by itself, all side by side.

    ``firsts``: the first token of each paragraph.
    """
    out = np.zeros(len(scores), np.int8)
    if not len(scores):
        return out
    lengths = np.diff(firsts, append=len(scores))
    order = np.argsort(-lengths, kind="stable")  # the longest first: those still running are the front ones
    starts, lengths = firsts[order], lengths[order]
    longest = int(lengths[0])
    running = [int(np.searchsorted(-lengths, -step, side="left")) for step in range(longest)]
    back = np.zeros((longest, len(starts), len(LABELS)), np.int8)
    best = scores[starts].copy()
    for step in range(1, longest):
        n = running[step]
        ways = best[:n, :, None] + follow
        back[step, :n] = ways.argmax(1)
        best[:n] = ways.max(1) + scores[starts[:n] + step]
    at = best.argmax(1).astype(np.int8)
    out[starts + lengths - 1] = at
    for step in range(longest - 1, 0, -1):
        n = running[step]
        at[:n] = back[step, np.arange(n), at[:n]]
        out[starts[:n] + step - 1] = at[:n]
    return out


@cache
def shipped() -> Tagger:
    """The tagger with the weights that came with the package."""
    return load(files(__package__).joinpath("weights/tagger.npz").read_bytes())


def load(content: bytes) -> Tagger:
    """A tagger from the bytes of a weights file, as ``training/student.py`` writes it."""
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(bytes(stored["about"]).decode("utf-8"))
        weights: dict[str, Any] = {}
        for name in stored.files:
            if name.endswith(".scale") or name == "about":
                continue
            array = stored[name]
            weights[name] = array * stored[f"{name}.scale"] if f"{name}.scale" in stored.files else array
    digest = f"{zlib.crc32(content):08x}"
    return Tagger({k: v.astype(np.float32) if v.dtype.kind == "f" else v for k, v in weights.items()},
                  about["vocabulary"], digest)  # fmt: skip
