from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pytest
from marks import cases, parse

from toolkit import analyze
from toolkit.article import Span
from toolkit.attribution.attributions import STANCES, Finding, Passage, cues, stances
from toolkit.language import word_lists

FLOOR = 88


def test_most_of_the_cases_are_found() -> None:
    """Source and cue share a word with the marked ones, and so does the content: at least so many of 100 are."""
    right = proposed = wanted = 0
    for _, marked in cases("attributions.txt"):
        text, marks = parse(marked)
        expected: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for label, span in sorted(marks, key=lambda mark: mark[1]):
            role = label.rstrip("0123456789")
            expected[label[len(role) :]][role].append(span)
        found = list(analyze(text).attributions)
        wanted, proposed = wanted + len(expected), proposed + len(found)
        for number, parts in expected.items():
            source = parts["source"] or expected[""]["source"][:1] * ("source" + number not in dict(marks))
            hit = next((a for a in found if _alike(parts["content"], a.content)
                        and _alike(source, [a.source] if a.source else [])), None)  # fmt: skip
            right += hit is not None
            found = [a for a in found if a is not hit]
    assert 200 * right / (proposed + wanted) >= FLOOR


def _alike(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in one for b in other) if one and other else not one and not other


def test_kind_follows_the_marks() -> None:
    text = "“We are done here,” Brandt said. Brandt said it was “over and done with”. Brandt said it was over."
    assert [a.kind for a in analyze(text).attributions] == ["direct", "mixed", "indirect"]


def test_depth_counts_the_attributions_around() -> None:
    found = analyze("Officials said that Brandt told them that the firm claimed that the bridge was safe.").attributions
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


def test_a_quotation_alone_is_the_speakers_before() -> None:
    found = analyze("Brandt said the bridge would close.\n\n“It is not safe. We have no choice.”\n\n“We are sorry.”")
    (brandt,) = found.sources
    said = [span for i in brandt.attributions for span in found.attributions[i].content]
    assert [span.of(found.article.text) for span in said][1:] == [
        "“It is not safe. We have no choice.”",
        "“We are sorry.”",
    ]


def test_a_quotation_alone_never_takes_a_later_speaker() -> None:
    found = analyze("“It is not safe here. We know.” The harbour is closed. Brandt said it would open.").attributions
    assert [a.follows for a in found] == [None] * len(found)


def test_another_annotator_takes_the_seat_of_the_tagger() -> None:
    text = "Lee hums the sea is up."

    def hums(passage: Passage) -> list[Finding]:
        assert passage.text == text
        return [Finding(Span(0, 3), Span(4, 8), (Span(9, 22),), "a hummed clause", 0.5)]

    (found,) = analyze(text, annotator=hums).attributions
    assert (found.cue, found.kind, found.confidence) == (Span(4, 8), "indirect", 0.5)


def test_the_cue_list_is_sorted_and_tells_each_form_once() -> None:
    rows = word_lists.rows("cues.tsv")
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
    rows = word_lists.rows("adverbs.tsv")
    assert list(rows) == sorted(set(rows))
    assert {kind for _, kind in rows} <= {"hedge", "hearsay", *STANCES}


def test_hearsay_is_looked_for_in_what_follows_the_cue() -> None:
    text = "“We held.” According to her, the crew supposedly left."
    parts = ("“We held.”", "According to", "her", "the crew supposedly left")
    quoted, cue, source, said = (Span(text.index(part), text.index(part) + len(part)) for part in parts)

    def annotator(passage: Passage) -> list[Finding]:
        return [Finding(source, cue, (quoted, said), "by hand", 1.0)]

    (found,) = analyze(text, annotator=annotator).attributions
    assert found.stance == "doubting"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("— The seals are well, said Tom Ruel.\n\n— And the pool? asked a visitor.", ["Tom Ruel", "a visitor"]),
        ("—The seals are well —said Tom Ruel—. They ate.\n\n—Who fed them? —asked Ann Lee.", ["Tom Ruel", "Ann Lee"]),
        ("- The seals are well, said Tom Ruel.\n\n- It is cold, said Ann Lee.", ["Tom Ruel", "Ann Lee"]),
        ("“And the pool?” asked a visitor.", ["a visitor"]),
        ("The board discussed the “deep state” and “fake news”. Nobody spoke.", []),
        ("She called the plan a “mess” on Monday.", ["She"]),
    ],
)
def test_who_speaks_in_dialogues_and_who_only_echoes(text: str, names: list[str]) -> None:
    assert [source.name for source in analyze(text).sources] == names
