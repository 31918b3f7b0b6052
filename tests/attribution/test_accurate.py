"""The accurate tagger: pieces of words, windows of pieces, and what it tells beside labels."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from toolkit import analyze, charts, evidence, measure
from toolkit.__main__ import main
from toolkit.article import Span, ToolkitError
from toolkit.attribution import accurate, engines, quotation_marks, tagger, word_pieces
from toolkit.attribution.attributions import Passage
from toolkit.language import segmentation
from toolkit.people import choices, roles
from toolkit.people.kinds import KINDS
from toolkit.people.view import View

VOCABULARY = {
    piece: i for i, piece in enumerate(["[CLS]", "[SEP]", "[UNK]", "un", "##happ", "##y", "##ily", "cafe", "x", "."])
}


def passage(text: str) -> Passage:
    paragraphs = segmentation.paragraphs(text)
    return Passage(text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs))


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("Unhappily", ["un", "##happ", "##ily"]), ("unhappy", ["un", "##happ", "##y"]), ("Café", ["cafe"]),
     ("unhappier", ["[UNK]"]), ("zebra", ["[UNK]"]), ("\u0301", ["[UNK]"]), ("x" * 61, ["[UNK]"])],
)  # fmt: skip
def test_a_word_is_cut_into_the_longest_pieces(word: str, wanted: list[str]) -> None:
    names = list(VOCABULARY)
    assert [names[i] for i in word_pieces.cut(word, VOCABULARY)] == wanted


def test_what_is_seen_of_a_piece_is_casing_marks_and_the_head_of_a_paragraph() -> None:
    cut = accurate.pieces(passage("Unhappy “x X” NATO.\n\nunhappy x"), VOCABULARY)
    assert cut.words.tolist() == [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 8]
    # a capital at the head; marks and what they hold; a word in capitals and the stop; another head
    assert cut.kinds.tolist() == [10, 10, 10, 7, 4, 6, 7, 1, 3, 8, 8, 8, 0]
    assert cut.heads == [0, 7]


class Echo:
    """A network whose state of a piece is its id, seen from its own place in the window."""

    def run(self, names: list[str], given: dict[str, np.ndarray]) -> list[np.ndarray]:
        assert given["ids"].shape[1] <= accurate.SIZE + 2
        assert (given["ids"][:, 0] == 0).all()
        assert (given["ids"][:, -1] == 1).all()
        places = np.broadcast_to(given["places_of"], given["ids"].shape)
        states = np.stack([given["ids"], places], -1).astype(np.float32)
        return [states, np.zeros((*given["ids"].shape, accurate.PARTS[-1]), np.float32)]


@pytest.mark.parametrize("count", [0, 1, 200, 254, 255, 300, 476, 477, 1000, 5000])
def test_windows_give_every_piece_once_and_never_from_a_window_s_edge(count: int) -> None:
    net = accurate.Accurate.__new__(accurate.Accurate)
    net.session, net.number = Echo(), VOCABULARY
    ids = np.arange(10, 10 + count)
    states, scores = net._run(accurate.Pieces(ids, ids * 0, ids, [], []))
    assert states[:, 0].tolist() == ids.tolist()
    assert len(scores) == count
    if count > accurate.SIZE:
        inner = states[accurate.SIZE // 2 : -accurate.SIZE // 2, 1]
        assert inner.min() > accurate.OVERLAP // 2 - 2
        assert inner.max() < accurate.SIZE + 2 - accurate.OVERLAP // 2 + 2


def test_the_shipped_one_labels_what_the_passage_holds() -> None:
    text = "The bridge stays shut, Mayor Ilse Brandt said.\n\nTom Vale of the Harbour Trust called that a mistake."
    found = accurate.shipped()(passage(text))
    assert [text[start:end] for start, end in found.spans] == tagger.TOKEN.findall(text)
    sources = " ".join(
        text[slice(*span)] for span, label in zip(found.spans, found.labels, strict=True) if label in {1, 2}
    )
    assert "Ilse Brandt" in sources
    assert "Tom Vale" in sources
    assert found.told is not None
    assert np.allclose(found.told[:, : accurate.KINDS].sum(1), 1, atol=1e-4)
    assert np.allclose(found.told[:, accurate.KINDS :].sum(1), 1, atol=1e-4)


def test_the_shipped_weights_are_those_of_their_card() -> None:
    folder = Path(accurate.__file__).parent.parent / "weights"
    content = (folder / "accurate.onnx").read_bytes()
    assert hashlib.sha256(content).hexdigest() in (folder / "accurate.md").read_text(encoding="utf-8")
    assert len(content) < 25_000_000
    assert not any(" " in piece for piece in accurate.shipped().number)


def test_the_empty_text_has_no_labels() -> None:
    found = accurate.shipped()(passage(""))
    assert (found.spans, len(found.labels), len(found.states)) == ([], 0, 0)


def test_the_classes_it_tells_are_those_of_sources() -> None:
    assert (len(KINDS), len(roles.ROLES)) == (accurate.KINDS, accurate.ROLES)
    assert np.diff(accurate.PARTS).tolist() == [7, 7, 7, len(KINDS), len(roles.ROLES)]


def test_an_engine_is_named_and_each_has_weights_for_sources() -> None:
    with pytest.raises(ToolkitError, match="There is no engine 'quick': name 'fast' or 'accurate'"):
        analyze("It rained, she said.", engine="quick")
    nets = [engines.tagger(engine).net for engine in engines.ENGINES]
    assert [choices.shipped(net).net for net in nets] == nets
    found = {engine: analyze("It rained, Ilse Brandt said.", engine=engine).annotator for engine in engines.ENGINES}
    assert found == {engine: f"tagger {engines.tagger(engine).digest}" for engine in engines.ENGINES}
    assert analyze("It rained, Ilse Brandt said.").annotator == found[engines.DEFAULT]


def test_numbers_and_their_words_come_from_the_engine_that_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = "A spokesman for the mill, which Ilse Brandt owns, said that it would close. Tom Vale called that wrong."
    analysis = analyze(text, engine="accurate")
    assert evidence(text, engine="accurate").equals(evidence(analysis))
    assert repr(measure(text, engine="accurate")) == repr(measure(analysis))  # NaN is no NaN's equal
    (tmp_path / "mill.txt").write_text(text, encoding="utf-8")
    assert main(["explain", str(tmp_path), "--engine", "accurate", "--no-progress"]) == 0
    told = capsys.readouterr().out
    assert all(f"{source.name} · {source.kind}" in told for source in analysis.sources)
    picture = [
        "chart",
        str(tmp_path),
        "--kind",
        "speakers",
        "--out",
        str(tmp_path / "a.svg"),
        "--data",
        "--no-progress",
    ]
    assert main([*picture, "--engine", "accurate"]) == 0
    charts.save(charts.draw("speakers", analysis), tmp_path / "b.svg", data=True)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == (tmp_path / "b.csv").read_text(encoding="utf-8")
    for verb in (measure, evidence, partial(charts.draw, "speakers")):
        with pytest.raises(ToolkitError, match="There is no engine 'quick'"):
            verb(text, engine="quick")


def test_what_two_phrases_have_in_common_is_told_in_tenths() -> None:
    told = np.zeros((3, accurate.KINDS + accurate.ROLES), np.float32)
    told[0, [0, 6]] = told[1, [0, 7]] = told[2, [1, 6]] = 1
    states = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    labelled = SimpleNamespace(spans=[(0, 3), (4, 7), (8, 11)], states=states, told=told)
    view = View(labelled)
    one, two, three = Span(0, 3), Span(4, 7), Span(8, 11)
    assert view.fits(one, [one]) == ("9", "9", "9")
    assert view.fits(one, [two]) == ("9", "0", "9")
    assert view.fits(one, [three]) == ("0", "9", "0")
    assert view.fits(one, [Span(20, 22)]) == ("0", "0", "0")
    assert View(None).fits(one, [two]) == ()
