"""What trains the tagger, as far as it needs no torch: coded articles are read and labelled, and links are learnt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from toolkit import linking, tagger
from training import corpus, linker

TEXT = "The pier will close, Ann Orde said.\n\n“It rusts,” said Tom Vale.\n"
CODES = """T1\tSource1 21 29\tAnn Orde
T2\tCue1 30 34\tsaid
T3\tContent1 0 19\tThe pier will close
E1\tAttribution:T2 Source1:T1 Cue1:T2 Content1:T3
T4\tSource 54 62\tTom Vale
T5\tCue 49 53\tsaid
T6\tContent 37 39;39 48\t“It rusts,”
E2\tAttribution:T5 Source:T4 Cue:T5 Content:T6
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "pier.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "pier_second.ann").write_text("", encoding="utf-8")
    (tmp_path / "attributions" / "pier_first.ann").write_text(CODES, encoding="utf-8")
    return tmp_path


def by_hand(coded: corpus.Coded) -> tagger.Labelled:
    spans = tagger.features(corpus.passage(coded.text), lambda word: (0, 0, 0)).spans
    found = np.array(corpus.labels(coded, spans), np.int8)
    return tagger.Labelled(spans, found, np.ones(len(spans), np.float32))


def test_codes_are_read_from_the_first_coder(folder: Path) -> None:
    (coded,) = corpus.read(folder)
    read = [{role: [span.of(TEXT) for span in spans] for role, spans in one.items()} for one in coded.attributions]
    assert read == [
        {"source": ["Ann Orde"], "cue": ["said"], "content": ["The pier will close"]},
        {"source": ["Tom Vale"], "cue": ["said"], "content": ["“I", "t rusts,”"]},
    ]


def test_a_folder_without_codes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No coded articles"):
        corpus.read(tmp_path)


def test_each_token_has_the_label_of_its_codes(folder: Path) -> None:
    (coded,) = corpus.read(folder)
    labelled = by_hand(coded)
    tokens = [TEXT[start:end] for start, end in labelled.spans]
    found = [(token, tagger.LABELS[label]) for token, label in zip(tokens, labelled.labels, strict=True)]
    assert found[:9] == [
        ("The", "B-content"),
        ("pier", "I-content"),
        ("will", "I-content"),
        ("close", "I-content"),
        (",", "O"),
        ("Ann", "B-source"),
        ("Orde", "I-source"),
        ("said", "B-cue"),
        (".", "O"),
    ]
    assert corpus.LABELS == tagger.LABELS


def test_links_are_learnt_that_bring_the_codes_back(folder: Path) -> None:
    (coded,) = corpus.read(folder)
    found = [example for _ in range(linker.LEAST) for example in linker.examples(coded, by_hand(coded))]
    links = linker.learn(found)
    assert linker.accuracy(found, links) == {"cue": 1.0, "source": 1.0}
    linked = linking.link(corpus.passage(TEXT), by_hand(coded), links)
    assert [(one.source and one.source.of(TEXT), one.cue and one.cue.of(TEXT)) for one in linked] == [
        ("Ann Orde", "said"),
        ("Tom Vale", "said"),
    ]


def test_what_is_kept_aside_is_so_by_name() -> None:
    named = [corpus.Coded(f"article {i}", "", []) for i in range(400)]
    train, kept = corpus.aside(named)
    assert sorted(train + kept) == sorted(named)
    assert 20 < len(kept) < 60
    assert corpus.aside(named[::-1])[1] == kept[::-1]
