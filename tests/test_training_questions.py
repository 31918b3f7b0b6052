"""What coders say beside who said what: what stands inside contents, and who the sources are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from toolkit.attribution import accurate
from training import corpus, soft
from training import linker as learning

TEXT = "Ann Orde said that Tom Vale warned the pier was unsafe. Clerks denied it."


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def line() -> dict[str, object]:
    said = {"source": [at("Ann Orde")], "cue": at("said"), "content": [at("that Tom Vale warned the pier was unsafe")]}
    inner = {"source": [at("Tom Vale")], "cue": at("warned"), "content": [at("the pier was unsafe")]}
    denied = {"source": [at("Clerks")], "cue": at("denied"), "content": [at("it")]}
    return {
        "id": "one", "split": "train", "text": TEXT,
        "attributions": [said | {"who": ["1"]}, denied | {"who": ["3"]}], "nested": [inner | {"who": ["2"]}],
        "sources": [
            {"n": "1", "kind": "named_person", "role": "politician"},
            {"n": "2", "kind": "named_person", "role": "unknown"},
            {"n": "3", "kind": "collective_public", "role": "official"},
        ],
    }  # fmt: skip


@pytest.fixture
def coded(tmp_path: Path) -> corpus.Coded:
    path = tmp_path / "codes.jsonl"
    path.write_text(json.dumps(line()) + "\n", encoding="utf-8")
    (one,) = corpus.read(path)
    return one


def told(coded: corpus.Coded) -> dict[str, dict[str, str]]:
    """The answers at each word, by question, in words."""
    found = corpus.tokens(TEXT)
    rows = corpus.answers(coded, found)
    return {
        span.of(TEXT): {name: possible[value] for (name, possible), value in zip(corpus.QUESTIONS, row, strict=True)
                        if value != corpus.UNKNOWN}
        for span, row in zip(found, rows, strict=True)
    }  # fmt: skip


def test_inner_labels_are_asked_inside_contents_and_kinds_of_sources(coded: corpus.Coded) -> None:
    found = told(coded)
    assert found["Orde"] == {"wide": "I-source", "kind": "named_person", "post": "politician"}
    assert found["Vale"] == {"wide": "I-content", "inner": "I-source", "kind": "named_person"}  # the role is unknown
    assert found["warned"] == {"wide": "I-content", "inner": "B-cue"}
    assert found["that"] == {"wide": "B-content", "inner": "O"}
    assert found["Clerks"] == {"wide": "B-source", "kind": "collective_public", "post": "official"}
    assert found["denied"] == {"wide": "B-cue"}


def test_where_nobody_looked_for_inner_ones_the_first_question_is_answered(coded: corpus.Coded, tmp_path: Path) -> None:
    path = tmp_path / "sources.jsonl"
    mentions = [{"source": [at("Clerks")], "who": ["1"]}, {"source": [at("Ann Orde")], "who": ["1", "2"]}]
    known = [
        {"n": "1", "kind": "unnamed_person", "role": "official"},
        {"n": "2", "kind": "organisation", "role": "business"},
    ]
    path.write_text(json.dumps({"doc_id": "one", "mentions": mentions, "sources": known}), encoding="utf-8")
    (plain,) = corpus.described([coded._replace(inner=None, meant=())], path)
    found = told(plain)
    assert found["Orde"] == {"label": "I-source"}  # two are meant
    assert found["Vale"] == {"label": "I-content"}
    assert found["Clerks"] == {"label": "B-source", "kind": "unnamed_person", "post": "official"}


def test_the_linker_learns_what_is_said_inside_contents_too(coded: corpus.Coded) -> None:
    with_inner, without = (learning.examples(one, learning.by_hand(one)) for one in (coded, coded._replace(inner=None)))
    assert len(with_inner) == len(without) + 2  # the cue of the inner content, and its source
    assert [question for question, _, _ in with_inner[len(without) :]] == ["cue", "source"]


def test_the_parts_of_all_answers_are_those_that_the_network_gives() -> None:
    assert corpus.PARTS == accurate.PARTS


def test_chances_of_several_questions_add_up_to_one_each() -> None:
    rows = np.random.default_rng(1).integers(1, 255, (4, corpus.PARTS[-1])).astype(np.uint8)
    for columns in (rows, rows[:, :7]):
        shares = soft._shares(columns)
        sums = np.add.reduceat(shares, [part for part in corpus.PARTS[:-1] if part < columns.shape[1]], axis=1)
        assert np.allclose(sums, 1)
