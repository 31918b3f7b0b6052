"""What trains the tagger, mostly where it needs no torch: codes are read, texts labelled, links learnt."""

from __future__ import annotations

import gzip
import json
import random
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from toolkit import analyze
from toolkit.attribution import tagger
from toolkit.attribution.linker import link
from toolkit.reading import page_features, page_zones
from training import chain, corpus, labelled, linker, made_lines, made_pages, pages, score, soft

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
    return linker.by_hand(coded)(corpus.passage(coded.text), False)


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
    found = [example for _ in range(linker.LEAST) for example in linker.examples(coded, linker.by_hand(coded))]
    links = linker.learn(found)
    assert linker.accuracy(found, links) == {"cue": 1.0, "source": 1.0}
    linked = link(corpus.passage(TEXT), by_hand(coded), links)
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


@pytest.fixture
def line(tmp_path: Path) -> Path:
    said = {"source": [[21, 29]], "cue": [30, 34], "content": [[0, 19]]}
    bare = {"source": None, "cue": None, "content": [[37, 48]]}
    lines = [
        {"id": name, "split": part, "text": TEXT, "attributions": [said, bare], "nested": [said]}
        for name, part in (("a", "train"), ("b", "dev"))
    ]
    path = tmp_path / "coded.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_codes_are_read_from_a_file_of_lines_by_part_and_without_the_nested(line: Path) -> None:
    (coded,) = corpus.read(line)
    assert coded.name == "a"
    assert [{role: [span.of(TEXT) for span in one[role]] for role in corpus.ROLES} for one in coded.attributions] == [
        {"source": ["Ann Orde"], "cue": ["said"], "content": ["The pier will close"]},
        {"source": [], "cue": [], "content": ["“It rusts,”"]},
    ]
    assert [one.name for one in corpus.read(line, "dev")] == ["b"]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl.gz"
    outlets = ["Herald"] * 5 + ["Gazette"] * 2 + ["Echo"]
    lines = [json.dumps({"outlet": outlet, "text": f"{outlet} {i} says so."}) for i, outlet in enumerate(outlets)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def shares(text: str) -> np.ndarray:
    """Chances that depend on the text alone."""
    count = len(corpus.tokens(text))
    return np.tile(np.arange(1.0, 8.0) + len(text), (count, 1)) / (28 + 7 * len(text))


def test_texts_come_with_the_outlets_in_turn(articles: Path) -> None:
    found = [text.split()[0] for text in soft.varied([articles])]
    assert found == ["Herald", "Gazette", "Echo", "Herald", "Gazette", "Herald", "Herald", "Herald"]
    assert sorted(soft.varied([articles, articles])) == sorted(soft.varied([articles]) * 2)


def test_labelling_goes_on_where_it_was_left(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(soft, "PIECE", 3)
    folder = tmp_path / "soft"
    folder.mkdir()
    folder.joinpath("about.json").write_text(json.dumps({"texts": [str(articles)], "voices": 1}), encoding="utf-8")
    texts, heard = soft.varied([articles]), []

    def voice(text: str) -> np.ndarray:
        heard.append(text)
        return shares(text)

    soft.label(texts[:4], [voice], [], folder)
    soft.label(texts, [voice], [], folder)
    assert heard == texts
    assert sorted(path.stem for path in folder.glob("*.npz")) == ["000000", "000003", "000004", "000007"]
    found = list(soft.load(folder))
    assert [one.text for one in found] == texts
    assert max(abs(one.chances - shares(one.text)).max() for one in found) < 1 / 255
    assert soft.origin(folder) == "8 of news.jsonl.gz, by 1"
    assert "8 of 8 articles" in capsys.readouterr().out


def test_labels_given_before_count_by_their_networks_and_must_be_of_the_same_texts(
    articles: Path, tmp_path: Path
) -> None:
    text = "One word"
    known = np.eye(7)[[0, 0]]
    before = [(iter([soft.Soft(text, np.eye(7)[[1, 1]])]), 3)]
    soft.label([text], [lambda _: known], before, tmp_path)
    with np.load(tmp_path / "000000.npz") as stored:
        assert stored["chances"][0].tolist() == [64, 191, 0, 0, 0, 0, 0]
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ValueError, match="written for other or fewer texts"):
        soft.label([text], [lambda _: known], [(iter([]), 1)], other)


def test_voices_label_as_a_tagger_does(folder: Path) -> None:
    (coded,) = corpus.read(folder)

    def voice(text: str) -> np.ndarray:
        return np.eye(7)[corpus.labels(coded, corpus.tokens(text))] * 0.9 + 0.1 / 7

    heard = score.Heard([voice], tagger.shipped())
    found = heard(corpus.passage(TEXT))
    assert found.labels.tolist() == by_hand(coded).labels.tolist()
    (first, second) = analyze(TEXT, tagger=heard).attributions
    assert (first.source.of(TEXT), second.source.of(TEXT)) == ("Ann Orde", "Tom Vale")


def test_windows_of_a_batch_fill_it_and_the_course_is_the_same_again() -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from training import teacher

    articles = [teacher.Pieces(*(list(range(length)) for _ in range(4))) for length in (40, 300, 900, 2000, 3500)]
    first, again = (list(islice(teacher.course(articles, 7), 12)) for _ in range(2))
    assert first == again
    once = teacher.batches(articles, random.Random(3))
    assert sum(len(window.ids) for batch in once for window in batch) == 6740
    assert all(len(batch) * max(len(window.ids) for window in batch) <= 12 * 254 for batch in once)


def test_a_checkpoint_is_taken_up_by_the_same_run_alone(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from training import checkpoints

    path = tmp_path / "run.pt"
    assert checkpoints.kept(path, {"seed": 1}) is None
    checkpoints.keep(path, {"about": {"seed": 1}, "step": 8})
    assert checkpoints.kept(path, {"seed": 1}) == {"about": {"seed": 1}, "step": 8}
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(ValueError, match=r"run.pt was kept by a run with \{'seed': 1\}, this one has \{'seed': 2\}"):
        checkpoints.kept(path, {"seed": 2})


def test_made_pages_are_the_same_for_the_same_seed() -> None:
    lines = [f"The council of Elm met on day {n} and said that the bridge will stay shut until May." for n in range(9)]
    page = made_lines.Page(lines, [0] * 9, ["body"] * 9)
    article = made_lines.Article("Bridge will shut on Monday", page)
    patterns = made_lines.templates(pages.FURNITURE)
    one, other = (made_pages.Maker([article], patterns, "a seed") for _ in range(2))
    made = [one.page() for _ in range(40)] + [one.few(0.5) for _ in range(40)]
    assert made == [other.page() for _ in range(40)] + [other.few(0.5) for _ in range(40)]
    assert max(len(page.lines) for page in made[40:]) <= page_features.FEW
    assert all(len(page.lines) == len(page.gaps) == len(page.kinds) for page in made)
    assert {kind for page in made for kind in page.kinds} <= set(page_zones.KINDS)
    assert not any("{" in line or "|}" in line for page in made for line in page.lines)


def test_a_chain_learns_what_it_is_shown() -> None:
    said = [[["bias", "by"], ["bias", "long"], ["bias", "long"]], [["bias", "long"]]] * 3
    kinds = [[2, 4, 4], [4]] * 3
    learnt = chain.learn(said, kinds, shares=[1.0] * 6, kinds=10, penalty=0.1, features=chain.known(said, least=2))
    model = page_zones.load(pages.packed(learnt))
    assert page_zones.decided(model, [["bias", "by"], ["bias", "long"]]) == ["byline", "body"]


def test_a_mean_of_chains_knows_the_features_of_both() -> None:
    page = made_lines.Page(["By Ann Lee", "The bridge is shut."], [0, 0], ["byline", "body"])
    both = [
        pages.learn([pages.Seen(page, [["by"], [name]], 1.0)] * 9, set(), left={"tense"}) for name in ("long", "loud")
    ]
    model = page_zones.load(pages.packed(pages.mean(both)))
    assert set(model.row) == {"by", "long", "loud"}
    assert page_zones.decided(model, [["by"], ["long"]]) == ["byline", "body"]
    assert page_zones.decided(model, [["by"], ["loud"]]) == ["byline", "body"]


def test_copies_and_small_texts_of_labelled_pages_keep_the_kinds_of_lines() -> None:
    kinds = ["junk", "headline", "byline", "caption", *["body", "body", "junk"] * 4]
    page = made_lines.Page([f"{kind} {i}" for i, kind in enumerate(kinds)], [0] * len(kinds), kinds)
    small = labelled.few([page], 50, "a seed")
    assert small == labelled.few([page], 50, "a seed")
    assert {len(text.lines) for text in small} <= set(range(2, page_features.FEW + 1))
    for made in small + labelled.thinned([page], 50, "a seed"):
        assert [line.split()[0] for line in made.lines] == made.kinds
        assert len(made.gaps) == len(made.lines) <= len(kinds)
        assert "body" in made.kinds


def test_what_a_line_says_of_a_picture_is_told_by_its_credit() -> None:
    assert made_lines.pictured("The ferry lies in the harbour of Elm. (Photo: Ann Lee, AP)") == (
        "The ferry lies in the harbour of Elm."
    )
    assert not made_lines.pictured("The ferry lies in the harbour of Elm.")


def test_pages_and_labels_must_match(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Home\n\nPier closed\n", encoding="utf-8")
    (tmp_path / "page.tsv").write_text("junk\tHome\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has 2 lines and 1 labels: label every line that is not empty"):
        pages.pages(tmp_path)
    with pytest.raises(ValueError, match="No labelled pages"):
        pages.pages(tmp_path / "none")
