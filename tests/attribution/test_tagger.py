from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController, threadpool_limits

from toolkit import analyze
from toolkit.attribution import engines, quotation_marks, tagger
from toolkit.attribution.attributions import Passage
from toolkit.attribution.tagger import CHUNK, COLUMNS, LABELS, Tagger, features, word_features
from toolkit.language import segmentation

WORDS = ["the", "mayor", "said", "bridge", ",", ".", "“", "”", "it", "safe"]


def passage(text: str) -> Passage:
    paragraphs = segmentation.paragraphs(text)
    return Passage(text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs))


@pytest.fixture(scope="module")
def small() -> Tagger:
    """A tagger with drawn weights: what it says means nothing, how it computes does."""
    rng = np.random.default_rng(7)
    rows = {"word": len(WORDS) + tagger.BUCKETS, "ending": tagger.ENDINGS, "shape": tagger.SHAPES,
            "quote": tagger.QUOTES, "place": tagger.PLACES}  # fmt: skip

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.4, shape).astype(np.float32)

    weights = {f"table.{name}": draw(rows[name], 4) for name in COLUMNS}
    weights |= {"start.weight": draw(4 * len(COLUMNS), 16), "start.bias": draw(16)}
    for i, reach in enumerate((1, 2, 4)):
        weights |= {
            f"layer{i}.down.weight": draw(16, 6),
            f"layer{i}.down.bias": draw(6),
            f"layer{i}.up.weight": draw(18, 16),
        }
        weights[f"layer{i}.reach"] = np.array(reach)
    weights |= {
        "end.weight": draw(16, len(LABELS)),
        "end.bias": draw(len(LABELS)),
        "follow": draw(len(LABELS), len(LABELS)),
    }
    return Tagger(weights, WORDS, {}, "drawn")


def test_features_say_what_can_be_seen() -> None:
    text = "“It is safe,” the mayor said. NATO’s 3 bridges fell.\n\nHe left."
    found = features(passage(text), partial(word_features, {word: i for i, word in enumerate(WORDS)}))
    words = [text[start:end] for start, end in found.spans]
    rows = dict(zip(words, found.features.tolist(), strict=True))
    column = {name: i for i, name in enumerate(COLUMNS)}
    assert rows["mayor"][column["word"]] == 1
    assert rows["He"][column["word"]] >= len(WORDS)  # a bucket for the unknown
    assert [rows[word][column["shape"]] for word in ("is", "NATO", "3", "It", ",")] == [2, 4, 1, 5, 0]
    assert [rows[word][column["quote"]] for word in ("“", "is", "”", "mayor")] == [1, 3, 2, 0]
    assert [rows[word][column["place"]] for word in ("“", "NATO", "fell", "left")] == [1, 2, 0, 0]
    assert found.features[-1, column["place"]] == 4


def test_long_texts_are_computed_in_chunks_that_change_nothing(small: Tagger) -> None:
    rng = random.Random("chunks change nothing")
    text = " ".join(rng.choices([*WORDS, "Elm", "closed", "\n\n"], k=2 * CHUNK + 100))
    rows = features(passage(text), small.seen).features
    np.testing.assert_allclose(small.states(rows), small._chunk(rows), atol=1e-4)


def threads() -> list[int]:
    """How many threads each library for matrices that was there at first would use now; scipy brings one of its own."""
    return [pool["num_threads"] for pool in tagger._libraries().info()]


@pytest.fixture
def two_threads() -> Iterator[None]:
    """A user who asked for two threads."""
    with threadpool_limits(2, user_api="blas"):
        if set(threads()) != {2}:
            pytest.skip("the library that multiplies matrices here can't be told how many threads to use")
        yield


@pytest.mark.usefixtures("two_threads")
def test_the_net_computes_in_one_thread_and_leaves_the_users_setting(
    small: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[int] = []

    def watched(rows: tagger.Ints, chunk: Callable[[tagger.Ints], tagger.Floats] = small._chunk) -> tagger.Floats:
        inside.extend(threads())
        return chunk(rows)

    monkeypatch.setattr(small, "_chunk", watched)
    small(passage("The mayor said it was safe."))
    assert set(inside) == {1}
    assert set(threads()) == {2}
    monkeypatch.setattr(small, "_chunk", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        small(passage("The mayor said it was safe."))
    assert set(threads()) == {2}


@pytest.mark.usefixtures("two_threads")
def test_nets_in_several_of_the_users_threads_leave_the_setting_too(small: Tagger) -> None:
    texts = [f"The mayor said {word} was safe. " * 40 for word in WORDS]
    with ThreadPoolExecutor(4) as users:
        together = list(users.map(lambda text: small(passage(text)).labels.tolist(), texts * 5))
    assert set(threads()) == {2}
    assert together == [small(passage(text)).labels.tolist() for text in texts] * 5


def test_without_a_library_to_limit_the_net_computes_all_the_same(
    small: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = features(passage("The mayor said it was safe."), small.seen).features
    usual = small.scores(rows)
    monkeypatch.setattr(tagger, "_libraries", lambda: ThreadpoolController().select(internal_api="none of these"))
    assert tagger._libraries().info() == []
    np.testing.assert_array_equal(small.scores(rows), usual)


def test_the_best_path_is_the_best_of_all() -> None:
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(9, len(LABELS))).astype(np.float32)
    follow = rng.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)

    firsts = np.array([0, 3, 4, 8])  # paragraphs of 3, 1, 4 and 1 tokens
    wanted: list[int] = []
    for first, stop in itertools.pairwise([*firsts.tolist(), 9]):
        part = scores[first:stop]

        def worth(path: tuple[int, ...], part: np.ndarray = part) -> float:
            return sum(float(part[i, at]) for i, at in enumerate(path)) + sum(
                float(follow[a, b]) for a, b in itertools.pairwise(path)
            )

        wanted += max(itertools.product(range(len(LABELS)), repeat=stop - first), key=worth)
    assert tagger.best_paths(scores, follow, firsts).tolist() == wanted


@pytest.mark.parametrize("text", ["", "word", "x" * 5000, "“", "😀 \ud800", "A B " * 3000, "你好。"])
def test_odd_texts_are_labelled_too(text: str, small: Tagger) -> None:
    found = small(passage(text))
    assert len(found.spans) == len(found.labels) == len(found.confidence)
    assert ((found.confidence > 0) & (found.confidence <= 1)).all()


def test_the_same_text_gives_the_same_labels(small: Tagger) -> None:
    text = "The mayor said the bridge was safe. “It is,” she said."
    assert small(passage(text)).labels.tolist() == small(passage(text)).labels.tolist()


def test_the_shipped_weights_are_those_of_their_card() -> None:
    folder = Path(tagger.__file__).parent.parent / "weights"
    content = (folder / "tagger.npz").read_bytes()
    assert hashlib.sha256(content).hexdigest() in (folder / "README.md").read_text(encoding="utf-8")
    assert len(content) < 5_000_000
    assert all(" " not in word for word in tagger.shipped().vocabulary)


def test_the_shipped_weights_find_plain_attributions() -> None:
    text = "“We are done with the bridge,” said Mayor Ilse Brandt. Two officials said that it was never tested."
    found = analyze(text, engine="fast")
    assert [(a.source.of(text) if a.source else "", a.cue.of(text) if a.cue else "") for a in found.attributions] == [
        ("Mayor Ilse Brandt", "said"),
        ("Two officials", "said"),
    ]
    assert found.annotator == f"tagger {tagger.shipped().digest}"
    assert all(0 < a.confidence <= 1 for a in found.attributions)


def test_other_weights_take_the_place_of_the_shipped_ones(small: Tagger) -> None:
    assert analyze("The mayor said it was safe.", tagger=small).annotator == "tagger drawn"


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_an_attribution_inside_another_is_found_and_lies_deeper(engine: str) -> None:
    text = "Mayor Ilse Brandt said on Monday that the engineer had told her that the bridge was safe."
    inner = [a for a in analyze(text, engine=engine).attributions if a.depth == 1]
    assert [(a.source.of(text) if a.source else "", a.cue.of(text) if a.cue else "") for a in inner] == [
        ("the engineer", "had told her")
    ]
