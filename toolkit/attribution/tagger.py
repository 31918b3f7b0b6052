"""Labels every token as source, cue, content or neither, with the shipped weights, in NumPy alone.

The network: embeddings of the word and of what can be seen of it (ending, casing, marks, place in sentence and
paragraph); layers that sum up what is known in a few numbers and add what these say at a token and on either side of
it, nearer or farther; and the best path through a table of label successions. It computes with sums, products and
maxima alone, so that machines differ in the last bit at most.
"""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from importlib.resources import files
from io import BytesIO
from threading import RLock
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from ..article import FILL
from .attributions import Passage
from .quotation_marks import SHORT

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
TOKEN = re.compile(r"\w+|[^\w\s]")
BUCKETS, ENDINGS = 2048, 1024  # places for words outside the vocabulary, and for last letters
QUOTES, PLACES, SHAPES = 8, 8, 8
LEAN = 0.45  # off the score of no label: as many attributions as coders find, chosen on the development articles
CHUNK = 4096  # tokens computed at a time: a usual article in one go, a long one in little memory

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


class Tokens(NamedTuple):
    """Start and end of a passage's tokens, and their features: one row a token, columns as in `COLUMNS`."""

    spans: list[tuple[int, int]]
    features: Ints


COLUMNS = ("word", "ending", "shape", "quote", "place")


class Network(Protocol):
    """What labels a passage; ``links``: the weights of `linker` for it, ``digest`` and ``net``: which one it is."""

    links: Mapping[str, float]
    digest: str
    net: str

    def __call__(self, passage: Passage) -> Labelled:
        """The labels of a passage's tokens."""


class Labelled(NamedTuple):
    """Start and end of tokens, with the label of each (an index into `LABELS`) and its probability.

    ``states``: what the network holds of each token in the end, one row a token; None where no network labelled them.
    ``net``: the digest of the network's weights. ``told``: the chances of the kinds and roles of a source, where the
    network tells them.
    """

    spans: list[tuple[int, int]]
    labels: npt.NDArray[np.int8]
    confidence: Floats
    states: Floats | None = None
    net: str = ""
    told: Floats | None = None


def features(passage: Passage, seen: Callable[[str], tuple[int, int, int]]) -> Tokens:
    """The tokens of the passage's paragraphs in order, as numbers; the same text gives the same on every machine.

    ``seen``: the numbers of a word by itself, as `word_features` gives them.
    """
    text = passage.text
    spans: list[tuple[int, int]] = []
    known: dict[str, int] = {}
    firsts: list[int] = []
    for paragraph in passage.paragraphs:
        first = len(spans)
        spans += [match.span() for match in TOKEN.finditer(text, *paragraph)]
        if len(spans) > first:
            firsts.append(first)
    kinds = [known.setdefault(text[start:end], len(known)) for start, end in spans]  # which different word each is
    table = np.zeros((len(spans), len(COLUMNS)), np.int32)
    if spans:
        table[:, :3] = np.array(list(map(seen, known)), np.int32)[kinds]
        starts = [start for start, _ in spans]
        table[:, 3] = _quotes(starts, passage)
        table[:, 4] = _places(starts, firsts, passage)
    return Tokens(spans, table)


def word_features(vocabulary: Mapping[str, int], word: str) -> tuple[int, int, int]:
    """What can be told of a word by itself: its number in the vocabulary or a bucket, its ending and its shape."""
    word = word.replace(FILL, "") or word
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
    return number, ending, shape


def _places(starts: Sequence[int], firsts: Sequence[int], passage: Passage) -> Ints:
    """Where in its paragraph and sentence each token stands: 1 first of all, 2 first, 3 last, 4 last of all, else 0."""
    out = np.zeros(len(starts), np.int32)
    heads = np.array([bisect_left(starts, sentence.end) for sentence in passage.sentences], np.int64)
    out[heads[heads < len(starts)]] = 2
    out[heads[heads > 0] - 1] = 3
    out[np.array([*firsts[1:], len(starts)]) - 1] = 4
    out[list(firsts)] = 1
    return out


def _quotes(starts: Sequence[int], passage: Passage) -> Ints:
    """What marks say of each token: 0 outside, 1 opening mark, 2 closing, 3 a short run, 4 longer, 5 long, 6 term."""
    out = np.zeros(len(starts), np.int32)
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


class Layer(NamedTuple):
    """Sums up a token in few numbers (``down``, ``bias``), and adds what those of three tokens say (``up``)."""

    reach: int
    down: Floats
    bias: Floats
    up: Floats


class Tagger:
    """The network with its weights; one instance may be used from many threads."""

    def __init__(
        self, weights: dict[str, Any], vocabulary: Sequence[str], links: Mapping[str, float], digest: str
    ) -> None:
        self.vocabulary = {word: i for i, word in enumerate(vocabulary)}
        self.seen = lru_cache(1 << 16)(partial(word_features, self.vocabulary))
        self.digest = digest
        self.net = f"{zlib.crc32(b''.join(weights[name].tobytes() for name in sorted(weights))):08x}"  # without links
        self.tables: list[Floats] = [weights[f"table.{name}"] for name in COLUMNS]
        self.start: tuple[Floats, Floats] = (weights["start.weight"], weights["start.bias"])
        self.layers: list[Layer] = []
        while (name := f"layer{len(self.layers)}") + ".reach" in weights:
            down, bias, up = (weights[f"{name}.{part}"] for part in ("down.weight", "down.bias", "up.weight"))
            self.layers.append(Layer(int(weights[f"{name}.reach"]), down, bias, up))
        self.end: tuple[Floats, Floats] = (weights["end.weight"], weights["end.bias"])
        self.follow: Floats = weights["follow"]
        self.links = links

    def __call__(self, passage: Passage) -> Labelled:
        """The labels of a passage's tokens."""
        tokens = features(passage, self.seen)
        states = self.states(tokens.features)
        scores = self._scores(states)
        firsts = np.flatnonzero(tokens.features[:, COLUMNS.index("place")] == 1)
        labels = best_paths(scores, self.follow, firsts)
        chance = np.exp(scores - scores.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        return Labelled(tokens.spans, labels, chance[np.arange(len(labels)), labels], states, self.net)

    def scores(self, rows: Ints) -> Floats:
        """Scores of the labels, one row a token."""
        return self._scores(self.states(rows))

    def _scores(self, states: Floats) -> Floats:
        result: Floats = states @ self.end[0] + self.end[1]
        result[:, 0] -= LEAN
        return result

    def states(self, rows: Ints) -> Floats:
        """The last states, one row a token; long texts in chunks that overlap by the reach of the layers."""
        margin = sum(layer.reach for layer in self.layers)
        out = np.empty((len(rows), len(self.start[1])), np.float32)
        with one_thread():
            for start in range(0, len(rows), CHUNK):
                stop = min(start + CHUNK, len(rows))
                left = max(0, start - margin)
                out[start:stop] = self._chunk(rows[left : stop + margin])[start - left : stop - left]
        return out

    def _chunk(self, rows: Ints) -> Floats:
        seen = np.concatenate([table[rows[:, i]] for i, table in enumerate(self.tables)], 1)
        hidden: Floats = seen @ self.start[0]
        hidden += self.start[1]
        np.maximum(hidden, 0, out=hidden)
        count, few = len(rows), self.layers[0].bias.shape[0]
        edge = max(layer.reach for layer in self.layers)
        room = np.zeros((count + 2 * edge, few), np.float32)  # what stands beyond both ends is nought
        around, new = np.empty((count, 3 * few), np.float32), np.empty_like(hidden)
        summed: Floats = room[edge : edge + count]
        for reach, down, bias, up in self.layers:
            np.matmul(hidden, down, out=summed)
            np.maximum(np.add(summed, bias, out=summed), 0, out=summed)
            for i, shift in enumerate((-reach, 0, reach)):
                around[:, i * few : (i + 1) * few] = room[edge + shift : edge + shift + count]
            hidden += np.matmul(around, up, out=new)
        return hidden


def best_paths(scores: Floats, follow: Floats, firsts: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """The labels whose scores and successions add up to most (Viterbi), each paragraph by itself, all side by side.

    ``firsts``: the first token of each paragraph.
    """
    out = np.zeros(len(scores), np.int8)
    if not len(scores):
        return out
    lengths = np.diff(firsts, append=len(scores))
    rank = np.argsort(np.argsort(-lengths, kind="stable"))  # the longest first: those still running are the front ones
    step = np.arange(len(scores)) - np.repeat(firsts, lengths)
    order = np.lexsort((np.repeat(rank, lengths), step))  # all first tokens, then all second ones ...
    best = scores[order]  # then, of each token, the worth of the best path that ends there with each label
    edges = np.concatenate([[0], np.cumsum(np.bincount(step))]).tolist()
    for low, middle, high in zip(edges, edges[1:], edges[2:], strict=False):
        best[middle:high] += np.maximum.reduce(best[low : low + high - middle, :, None] + follow, 1)
    onto = np.ascontiguousarray(follow.T)
    label = best.argmax(1)  # right for the last token of each paragraph
    for low, middle, high in reversed(list(zip(edges, edges[1:], edges[2:], strict=False))):
        before = slice(low, low + high - middle)
        label[before] = (best[before] + onto[label[middle:high]]).argmax(1)
    out[order] = label
    return out


_ALONE = RLock()  # the number of threads is the whole process's: two nets at once would restore each other's


@contextmanager
def one_thread() -> Iterator[None]:
    """Products of matrices in one thread, for a block or a function: these are so small that more only wait.

    The user's own setting stands again afterwards.
    """
    with _ALONE, _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> ThreadpoolController:
    """The libraries that multiply matrices in this process; looking for them takes as long as a hundred limits."""
    return ThreadpoolController()


@cache
def shipped() -> Tagger:
    """The tagger with the weights that came with the package."""
    return load(files("toolkit").joinpath("weights/tagger.npz").read_bytes())


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
                  about["vocabulary"], about.get("links", {}), digest)  # fmt: skip
