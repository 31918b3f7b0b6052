from __future__ import annotations

from collections import defaultdict

import pytest
from marks import cases, parse

from toolkit import analyze, lexicons
from toolkit.article import Span
from toolkit.attribution import HEDGES, STANCES, Finding, Passage, cues, stances


@pytest.mark.parametrize(("tricky", "marked"), list(cases("attributions.txt")))
def test_rules(tricky: str, marked: str) -> None:
    text, marks = parse(marked)
    expected: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for label, span in sorted(marks, key=lambda mark: mark[1]):
        role = label.rstrip("0123456789")
        expected[label[len(role) :]][role].append(span.of(text))
    wanted = {
        (
            tuple(parts["source"] or expected[""]["source"][:1] * ("source" + number not in dict(marks))),
            tuple(parts["cue"]),
            tuple(parts["content"]),
        )
        for number, parts in expected.items()
    }
    found = {
        (
            (a.source.of(text),) if a.source else (),
            (a.cue.of(text),) if a.cue else (),
            tuple(span.of(text) for span in a.content),
        )
        for a in analyze(text).attributions
    }
    assert found == wanted, tricky


def test_kind_follows_the_marks() -> None:
    text = "“We are done here,” Brandt said. Brandt said it was “over and done with”. Brandt said it was over."
    assert [a.kind for a in analyze(text).attributions] == ["direct", "mixed", "indirect"]


def test_depth_counts_the_attributions_around() -> None:
    found = analyze("Both officials said she told them that the mayor believed that it was safe.").attributions
    assert [a.depth for a in found] == [0, 1, 2]


@pytest.mark.parametrize(("label", "marked"), list(cases("stances.txt")))
def test_stance_is_read_off_the_cue_and_what_stands_by_it(label: str, marked: str) -> None:
    text, marks = parse(marked)
    parts = dict(marks)

    def annotator(passage: Passage) -> list[Finding]:
        return [Finding(parts["source"], parts["cue"], (parts["content"],), "by hand", 1.0)]

    (found,) = analyze(text, annotator=annotator).attributions
    assert found.stance == label.partition(":")[0], label
    assert found.evidence.startswith("by hand; ")


def test_words_withheld_say_so() -> None:
    text = "Brandt would not confirm that it was safe."

    def annotator(passage: Passage) -> list[Finding]:
        return [Finding(Span(0, 6), Span(17, 24), (Span(25, 41),), "by hand", 1.0)]

    (found,) = analyze(text, annotator=annotator).attributions
    assert found.evidence == "by hand; neutral: withheld, not confirm"


def test_a_quotation_alone_carries_the_speaker_before() -> None:
    found = analyze("Brandt said the bridge would close.\n\n“It is not safe. We have no choice.”\n\n“We are sorry.”")
    said, second, third = found.attributions
    assert (second.source, second.cue, second.follows) == (None, None, 0)
    assert third.follows == 0
    assert found.sources[0].attributions == (0, 1, 2)
    assert "carried over" in second.evidence
    assert said.follows is None


def test_a_quotation_alone_never_takes_a_later_speaker() -> None:
    found = analyze("“It is not safe here. We know.” The harbour is closed. Brandt said it would open.").attributions
    assert [a.follows for a in found] == [None] * len(found)


def test_another_annotator_takes_the_seat_of_the_rules() -> None:
    text = "Lee hums the sea is up."

    def hums(passage: Passage) -> list[Finding]:
        assert passage.text == text
        return [Finding(Span(0, 3), Span(4, 8), (Span(9, 22),), "a hummed clause", 0.5)]

    (found,) = analyze(text, annotator=hums).attributions
    assert (found.cue, found.kind, found.confidence) == (Span(4, 8), "indirect", 0.5)


def test_the_cue_list_is_sorted_and_tells_each_form_once() -> None:
    rows = lexicons.rows("cues.tsv")
    lemmas = [lemma for lemma, *_ in rows]
    assert lemmas == sorted(set(lemmas))
    assert {stance for _, stance, *_ in rows} == set(STANCES)
    forms = [form for *_, forms in rows for form in forms.split()]
    assert len(forms) == len(set(forms)) == len(stances())
    assert all(set(frames) <= set("qcain") for _, _, frames, _ in rows)


def test_the_rules_know_the_cues_with_frames_alone() -> None:
    assert all(frames for _, _, frames in cues().values())
    assert {form: stance for form, (_, stance, _) in cues().items()}.items() <= stances().items()


def test_the_adverbs_are_sorted_and_give_a_known_stance() -> None:
    rows = lexicons.rows("adverbs.tsv")
    assert list(rows) == sorted(set(rows))
    assert {kind for _, kind in rows} <= {"hedge", "hearsay", *STANCES}
    assert set(HEDGES) <= {phrase for phrase, kind in rows if kind != "hedge"}
