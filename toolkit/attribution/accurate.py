"""Labels every token by two networks: that of `tagger`, and a small transformer, in onnxruntime, on one thread.

Both say of each token how likely each label is; what counts is the mean of the logarithms, which is right more often
than either. The transformer says beside that, of a source's tokens, the chances of its kinds and roles. Several times
slower than `tagger` alone.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import tagger, word_pieces
from .attributions import Passage
from .tagger import TOKEN, Floats, Labelled

SIZE, OVERLAP = 254, 32  # pieces of a window, and how many two windows of an article share
WINDOWS = 8  # that are computed at a time
SIGNS = ("[CLS]", "[SEP]", word_pieces.UNKNOWN)  # around each window, and for what cannot be cut
KINDS, ROLES = 6, 10  # how many classes of sources have a chance of their own
# Where the answers lie: labels, those of another coding, those inside contents, kinds, roles. The second and third are
# learnt and not asked for: they did no better than the first, and than labelling contents anew.
PARTS = (0, 7, 14, 21, 27, 37)


class Pieces(NamedTuple):
    """The word pieces of a passage's tokens: ids, what is seen of each, and whose they are; the tokens' spans."""

    ids: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    spans: list[tuple[int, int]]
    heads: list[int]


class Seen(NamedTuple):
    """Spans of tokens, which begin paragraphs, the labels' log chances, states, and the kinds' and roles' chances."""

    spans: list[tuple[int, int]]
    heads: list[int]
    chances: Floats
    states: Floats
    told: Floats


def pieces(passage: Passage, number: Mapping[str, int]) -> Pieces:
    """The word pieces of a passage; ``number``: those of the vocabulary."""
    return _pieces(passage, lru_cache(1 << 16)(partial(_known, number)))


def _known(number: Mapping[str, int], word: str) -> tuple[tuple[int, ...], int]:
    """A word's pieces, and its casing: small, all capitals, a capital first, other."""
    casing = 0 if word.islower() else 1 if word.isupper() and len(word) > 1 else 2 if word[:1].isupper() else 3
    return word_pieces.cut(word, number), casing


def _pieces(passage: Passage, known: Any) -> Pieces:
    text = passage.text
    quoted = [quotation.span for quotation in passage.quotations]
    ids: list[int] = []
    kinds: list[int] = []
    words: list[int] = []
    spans: list[tuple[int, int]] = []
    heads: list[int] = []
    for paragraph in passage.paragraphs:
        first = len(spans)
        for match in TOKEN.finditer(text, *paragraph):
            own, casing = known(match[0])
            i = bisect_right(quoted, (match.start() + 1,)) - 1
            inside = i >= 0 and match.start() < quoted[i].end
            ids += own
            kinds += [casing + 4 * inside + 8 * (len(spans) == first)] * len(own)
            words += [len(spans)] * len(own)
            spans.append(match.span())
        if len(spans) > first:
            heads.append(first)
    return Pieces(np.array(ids, np.int64), np.array(kinds, np.int64), np.array(words, np.int64), spans, heads)


class Accurate:
    """The transformer with its weights, beside the shipped tagger."""

    def __init__(self, content: bytes) -> None:
        import onnxruntime  # takes a while, and who wants the length of a text alone need not wait

        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = settings.inter_op_num_threads = 1
        settings.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            content,
            settings,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # sums and norms in one take four times as long as apart
        )
        self.about = about = json.loads(self.session.get_modelmeta().custom_metadata_map["about"])
        self.number = {piece: i for i, piece in enumerate(about["vocabulary"])}
        self.known = lru_cache(1 << 16)(partial(_known, self.number))
        self.links: Mapping[str, float] = about.get("links", {})
        self.fast = tagger.shipped()
        self.digest = f"{zlib.crc32(content):08x}+{self.fast.digest}"
        self.net: str = about["net"]

    def __call__(self, passage: Passage) -> Labelled:
        """The labels of a passage's tokens."""
        seen = self.see(passage)
        labels = tagger.best_paths(seen.chances, self.fast.follow, np.array(seen.heads, np.int64))
        sure = _chances(seen.chances)[np.arange(len(labels)), labels]
        return Labelled(seen.spans, labels, sure, seen.states, self.net, seen.told)

    def see(self, passage: Passage) -> Seen:
        """What both networks make of a passage's tokens, before one label is chosen for each."""
        cut = _pieces(passage, self.known)
        first = np.flatnonzero(np.diff(cut.words, prepend=-1))
        states, scores = self._run(cut)
        states, scores = states[first], scores[first]
        own: Floats = np.log(_chances(scores[:, : PARTS[1]]))
        own[:, 0] -= tagger.LEAN
        chances: Floats = np.log(_chances(self.fast.scores(tagger.features(passage, self.fast.seen).features)))
        chances += own
        chances /= 2
        told = np.concatenate([_chances(scores[:, a:b]) for a, b in ((PARTS[3], PARTS[4]), (PARTS[4], PARTS[5]))], 1)
        return Seen(cut.spans, cut.heads, chances, states, told)

    def _run(self, cut: Pieces) -> tuple[Floats, Floats]:
        """The states and scores of all pieces, in windows of one length that overlap."""
        total = len(cut.ids)
        count = max(1, -(-(total - OVERLAP) // (SIZE - OVERLAP)))
        size = -(-(total + (count - 1) * OVERLAP) // count)
        starts = [min(i * (size - OVERLAP), total - size) for i in range(count)]
        begin, end = (self.number[sign] for sign in SIGNS[:2])
        ids, kinds = np.zeros((2, count, size + 2), np.int64)
        for row, start in enumerate(starts):
            ids[row, 1:-1], kinds[row, 1:-1] = cut.ids[start : start + size], cut.kinds[start : start + size]
        ids[:, 0], ids[:, -1] = begin, end
        places = np.arange(size + 2)
        states: list[Floats] = []
        scores: list[Floats] = []
        for low in range(0, count, WINDOWS):
            some = slice(low, low + WINDOWS)
            given = {"ids": ids[some], "kinds": kinds[some], "places_of": places}
            for out, found in zip((states, scores), self.session.run(["states", "scores"], given), strict=True):
                out += list(found)
        meet = [(start + before + size) // 2 for before, start in pairwise(starts)]  # the middle of what two share
        kept = list(zip(starts, pairwise([0, *meet, total]), strict=True))
        whole = [np.concatenate([found[1 + low - start : 1 + high - start]
                                 for found, (start, (low, high)) in zip(out, kept, strict=True)])
                 for out in (states, scores)]  # fmt: skip
        return whole[0], whole[1]


def _chances(scores: Floats) -> Floats:
    worth: Floats = np.exp(scores - scores.max(1, keepdims=True))
    worth /= worth.sum(1, keepdims=True)
    return np.maximum(worth, 1e-6)


@cache
def shipped() -> Accurate:
    """The tagger with the accurate weights that came with the package."""
    return Accurate(files("toolkit").joinpath("weights/accurate.onnx").read_bytes())


def load(content: bytes) -> Accurate:
    """A tagger from the bytes of a file, as ``training/accurate.py`` writes it."""
    return Accurate(content)
