"""Choices by weights that were learnt from coded articles: what is seen of each candidate, or of one thing, adds up.

Of several candidates one is chosen (who is meant), or one thing is put into one of some classes (kind, role). What is
seen are short features, written as words, and for classes also numbers: what the network that labelled the text holds.
The features that weighed most are the reason.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..attribution.engines import FAST

Floats = npt.NDArray[np.float32]
FILES = {"fast": "people", "accurate": "accurate-people"}  # the weights of each engine
REASONS = 12  # features that are given as the reason of a choice, the strongest first


class Answer(NamedTuple):
    """The class chosen, its probability, and the features that spoke most for it, the strongest first."""

    choice: str
    chance: float
    why: tuple[str, ...]


class Learnt:
    """The weights of all choices about sources; ``net``: the digest of the network whose states they know."""

    def __init__(
        self,
        meant: Mapping[str, float],
        features: Sequence[str],
        classes: Mapping[str, Sequence[str]],
        weights: Floats,
        dense: Floats,
        centre: Floats,
        bias: Floats,
        net: str,
    ) -> None:
        self.meant = meant
        self.rows = {feature: i for i, feature in enumerate(features)}
        self.names = tuple(features)
        self.classes = {question: tuple(given) for question, given in classes.items()}
        self.weights, self.dense, self.centre, self.bias = weights, dense, centre, bias
        self.net = net

    def rank(self, candidates: Sequence[Sequence[str]]) -> tuple[int, tuple[str, ...]]:
        """The number of the likeliest candidate, by what is seen of each, and what spoke most for it."""
        scores = [sum(map(self.meant.get, seen, repeat(0.0))) for seen in candidates]
        best = max(range(len(scores)), key=scores.__getitem__)
        worth = {one: self.meant.get(one, 0.0) for one in candidates[best]}
        sure = 1 / sum(math.exp(score - scores[best]) for score in scores)
        why = sorted((one for one in worth if worth[one] > 0), key=lambda one: -worth[one])[:REASONS]
        return best, (*why, f"{sure:.2f}")

    def sort(
        self, features: Sequence[str], numbers: Floats, *, never: frozenset[str] = frozenset()
    ) -> dict[str, Answer]:
        """The likeliest class for each question about what shows these features and numbers (NaN: unknown).

        ``never``: classes that are out of the question.
        """
        if len(numbers) < len(self.centre):  # no network labelled the text
            numbers = np.pad(numbers, (0, len(self.centre) - len(numbers)), constant_values=np.nan)
        rows = [self.rows[one] for one in features if one in self.rows]
        known = self.weights[rows]
        away = np.nan_to_num(numbers - self.centre)
        scores = self.bias + known.sum(0) + away @ self.dense
        out, at = {}, 0
        for question, classes in self.classes.items():
            own, part = scores[at : at + len(classes)], known[:, at : at + len(classes)]
            if not never.isdisjoint(classes):
                own = np.where([one in never for one in classes], -np.inf, own)
            best = int(own.argmax())
            chance = 1 / float(np.exp(own - own[best]).sum())
            worth = part[:, best] - (part.sum(1) - part[:, best]) / (len(classes) - 1)
            why = [self.names[rows[i]] for i in np.argsort(-worth, kind="stable")[:REASONS] if worth[i] > 0]
            out[question] = Answer(classes[best], chance, tuple(why))
            at += len(classes)
        return out


def shipped(net: str = "") -> Learnt:
    """The weights that came with the package: those that know the states of a network, else those of the fast one.

    ``net``: the digest of the network's weights.
    """
    known = (_held(name) for name in FILES.values())
    return next((one for one in known if one.net == net), _held(FILES[FAST]))


@cache
def _held(name: str) -> Learnt:
    return load(files("toolkit").joinpath(f"weights/{name}.npz").read_bytes())


def load(content: bytes) -> Learnt:
    """The weights in the bytes of a file, as ``training/people.py`` writes it."""
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(bytes(stored["about"]).decode("utf-8"))
        arrays = {name: stored[name].astype(np.float32) for name in ("weights", "dense", "centre", "bias")}
    return Learnt(about["meant"], about["features"], about["classes"], **arrays, net=about["net"])


def written(learnt: Learnt) -> bytes:
    """The bytes of a weights file; the same weights give the same bytes."""
    about = {"meant": dict(learnt.meant), "features": learnt.names, "classes": learnt.classes, "net": learnt.net}
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    out = BytesIO()
    np.savez_compressed(
        out,
        about=np.frombuffer(text.encode("utf-8"), np.uint8),
        weights=learnt.weights.astype(np.float16),
        dense=learnt.dense.astype(np.float16),
        centre=learnt.centre.astype(np.float32),
        bias=learnt.bias.astype(np.float32),
    )
    return out.getvalue()
