from __future__ import annotations

import re

import numpy as np
import pytest

pytest.importorskip("scipy")
from toolkit import analyze
from toolkit.metrics import accused, right_of_reply
from training import replies


def coded(part: str, text: str, **gold: str) -> replies.Coded:
    met = [(one, frozenset(shown), told) for one, shown, told in right_of_reply.scene(analyze(text))]
    return replies.Coded(part, met, gold)


RAIN = " It rained all day. The road was shut. The shop was open. The gate was shut. The boat was late."


def test_weights_learn_on_which_side_of_the_word_the_accused_stands() -> None:
    names = [("Jan Voss", "Ada Pike"), ("Mara Roth", "Una Frey"), ("Ilse Brandt", "Tom Hale"), ("Ida Lund", "Per Dahl")]
    texts = [f"{one} accused {other} of fraud.{RAIN}" for one, other in names]
    weights = replies.learn([coded("train", text, **{other.split()[1].lower(): "absent"})
                             for text, (_, other) in zip(texts, names, strict=True)])  # fmt: skip
    met = coded("dev", f"Eva Koss accused Olaf Brand of fraud.{RAIN}").met
    chances = {one.name: accused.chance(one.seen, weights.accused) for one, _, _ in met}
    assert chances["Olaf Brand"] > chances["Eva Koss"]


def test_weights_hold_no_names() -> None:
    for part in accused.shipped():
        assert len(part) > 50
        capitals = {word for name in part for word in re.findall(r"\b[A-Z]\w*", name)}
        assert capitals <= {"A", "True", "False"}  # A stands for any word with a capital


def test_the_same_weights_are_the_same_file(tmp_path: object) -> None:
    weights = accused.Weights({"always": -3.5, "after of": 0.25}, {"absent": 0.5})
    one, other = (tmp_path / name for name in ("one.npz", "other.npz"))  # type: ignore[operator]
    replies.write(one, weights)
    replies.write(other, weights)
    assert one.read_bytes() == other.read_bytes()
    with np.load(one) as stored:
        assert stored["accused"].tolist() == [-3.5, 0.25]
