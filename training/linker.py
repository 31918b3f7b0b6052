"""Learns which cue a content and which source a cue belongs to, and writes that into a weights file.

    python training/linker.py --corpus PATH [--corpus PATH ...] --weights FILE.npz

Learns from coders' labels and from those the tagger of the weights file gives to the same articles, a tenth kept
aside: multinomial logit over the candidates of `linker.Scene`. Prints the share of right choices on the tenth.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from toolkit.article import Span
from toolkit.attribution import engines, linker, tagger
from toolkit.attribution.attributions import Passage
from toolkit.attribution.linker import Choice, Scene
from training.corpus import Coded, aside, labels, passage, read

LEAST = 6  # times that a feature must be met
PENALTY = 0.5
ROUNDS = 300

Example = tuple[str, int, list[list[str]]]  # the question, the number of the right candidate, what is seen of each


Marker = Callable[[Passage, bool], tagger.Labelled]  # labels a passage; whether it is what stands inside contents


def examples(coded: Coded, marker: Marker) -> list[Example]:
    """The choices of an article with the right answer to each; those that have none are left out."""
    whole = passage(coded.text)
    out = _answered(Scene(whole, marker(whole, False)), coded.attributions)
    if coded.inner:
        held = linker.within(whole, [one["content"] for one in coded.attributions])
        out += _answered(Scene(held, marker(held, True)), coded.inner)
    return out


def by_hand(coded: Coded) -> Marker:
    """What gives a passage of an article its coder's labels."""

    def mark(part: Passage, inside: bool) -> tagger.Labelled:
        spans = tagger.features(part, lambda word: (0, 0, 0)).spans
        given = coded._replace(attributions=coded.inner or []) if inside else coded
        return tagger.Labelled(spans, np.array(labels(given, spans), np.int8), np.ones(len(spans), np.float32))

    return mark


def _answered(scene: Scene, attributions: Sequence[dict[str, list[Span]]]) -> list[Example]:
    out: list[Example] = []

    def owner(number: int) -> int | None:
        """The attribution that a piece has most letters in common with."""
        role, span = scene.pieces[number].role, scene.span(number)
        shared = [sum(_shared(span, part) for part in one[role]) for one in attributions]
        best = max(range(len(shared)), key=shared.__getitem__, default=None)
        return best if best is not None and shared[best] else None

    def choose(choice: Choice) -> tuple[int | None, float]:
        number = asked[0]
        one = owner(number)
        if one is None:
            return None, 1.0
        role = "cue" if choice.question == "cue" else "source"
        wanted = attributions[one][role]
        right = [other for other in choice.candidates if other is not None
                 and any(scene.span(other).overlaps(part) for part in wanted)]  # fmt: skip
        answer = min(right, key=lambda other: abs(other - number), default=None)
        if answer is not None or not wanted:
            out.append((choice.question, choice.candidates.index(answer), choice.seen))
        return answer, 1.0

    asked = [0]
    # the scene asks about one piece at a time: note which
    for name in ("cue_choice", "source_choice"):
        original = getattr(scene, name)

        def noted(*given: object, original: object = original, place: int = int(name == "source_choice")) -> Choice:
            asked[0] = given[place]  # type: ignore[assignment]
            return original(*given)  # type: ignore[operator, no-any-return]

        setattr(scene, name, noted)
    scene.run(choose)
    return out


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def learn(found: Sequence[Example]) -> dict[str, float]:
    """The weights of the features that make the right candidates most likely, by full-batch RMSprop."""
    met = Counter(feature for _, _, seen in found for one in seen for feature in one)
    names = sorted(feature for feature, n in met.items() if n >= LEAST)
    index = {feature: i for i, feature in enumerate(names)}
    rows = [[index[f] for f in one if f in index] for _, _, seen in found for one in seen]
    ids = np.array([i for row in rows for i in row])
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    sizes = np.array([len(seen) for _, _, seen in found])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(found)), sizes)
    right = np.zeros(len(rows))
    right[starts + np.array([answer for _, answer, _ in found])] = 1
    learnt, speed, mean = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, ROUNDS + 1):
        scores = np.bincount(owner, learnt[ids], len(rows))
        chance = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        chance /= np.add.reduceat(chance, starts)[group]
        slope = np.bincount(ids, (chance - right)[owner], len(names)) + PENALTY * learnt
        mean, speed = 0.9 * mean + 0.1 * slope, 0.99 * speed + 0.01 * slope**2
        learnt -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(speed / (1 - 0.99**step)) + 1e-6)
    return {name: round(float(value), 2) for name, value in zip(names, learnt, strict=True) if abs(value) >= 0.03}


def accuracy(found: Sequence[Example], links: dict[str, float]) -> dict[str, float]:
    """The share of right choices, by question."""
    right: Counter[str] = Counter()
    for question, answer, seen in found:
        scores = [sum(links.get(feature, 0.0) for feature in one) for one in seen]
        right[question] += scores.index(max(scores)) == answer
    asked = Counter(question for question, _, _ in found)
    return {question: round(right[question] / n, 4) for question, n in asked.items()}


def main() -> None:
    """Learns and writes the links."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, action="append")
    parser.add_argument("--weights", type=Path, required=True)
    given = parser.parse_args()
    net = engines.load(given.weights)
    train, kept = aside([one for path in given.corpus for one in read(path)])

    found, held = ([example for one in part for marker in (by_hand(one), lambda part, _: net(part))
                    for example in examples(one, marker)] for part in (train, kept))  # fmt: skip
    links = learn(found)
    print(f"{len(found)} choices, {len(links)} weights, right on those kept aside: {accuracy(held, links)}")
    write(given.weights, links)


def write(path: Path, links: dict[str, float]) -> None:
    """Puts the links into a weights file."""
    if path.suffix == ".onnx":
        seal(path, {"links": links})
        return
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    about = json.loads(bytes(arrays["about"]).decode("utf-8")) | {"links": links}
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    np.savez_compressed(path, **arrays | {"about": np.frombuffer(text.encode("utf-8"), np.uint8)})


def seal(path: Path, about: dict[str, Any]) -> None:
    """Writes into an ONNX file what is known of its network, beside what was, and which network it is."""
    import onnx

    model = onnx.load(path)
    known = {one.key: one.value for one in model.metadata_props}
    del model.metadata_props[:]
    about = {**json.loads(known.get("about", "{}")), **about, "net": f"{zlib.crc32(model.SerializeToString()):08x}"}
    model.metadata_props.add(key="about", value=json.dumps(about, ensure_ascii=False, separators=(",", ":")))
    onnx.save(model, path)


if __name__ == "__main__":
    main()
