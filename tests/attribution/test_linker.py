"""Linking, given labels that a hand could have set: the marks of the cases become the tagger's labels."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from invariants import broken
from marks import cases, parse

from toolkit import analyze, read
from toolkit.article import Span
from toolkit.attribution import quotation_marks
from toolkit.attribution.attributions import Finding, Passage
from toolkit.attribution.linker import link
from toolkit.attribution.tagger import LABELS, TOKEN, Labelled, shipped
from toolkit.language import segmentation


def linked(marked: str) -> tuple[str, list[tuple[str, Span]], list[Finding]]:
    text, marks = parse(marked)
    paragraphs = segmentation.paragraphs(text)
    passage = Passage(
        text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs)
    )
    return text, marks, link(passage, labelled(text, marks), shipped().links)


def labelled(text: str, marks: list[tuple[str, Span]]) -> Labelled:
    spans = [Span(*match.span()) for match in TOKEN.finditer(text)]
    labels = np.zeros(len(spans), np.int8)
    for label, span in marks:
        inside = [i for i, token in enumerate(spans) if span.covers(token)]
        for i in inside:
            labels[i] = LABELS.index(f"{'B' if i == inside[0] else 'I'}-{label.rstrip('0123456789')}")
    return Labelled(spans, labels, np.ones(len(spans), np.float32))


def shown(text: str, finding: Finding) -> tuple[str, str, tuple[str, ...]]:
    source, cue = (span.of(text) if span else "" for span in (finding.source, finding.cue))
    return source, cue, tuple(span.of(text) for span in finding.content)


FLAT = [(label, marked) for label, marked in cases("attributions.txt") if "nested" not in label]


@pytest.mark.parametrize(("tricky", "marked"), FLAT)
def test_labels_become_the_attributions_they_stand_for(tricky: str, marked: str) -> None:
    text, marks, found = linked(marked)
    parts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for label, span in sorted(marks, key=lambda mark: mark[1]):
        role = label.rstrip("0123456789")
        parts[label[len(role) :]][role].append(span.of(text))
    first = next(iter(parts.values()), {}).get("source", [])
    wanted = {(" ".join(p["source"] or first), " ".join(p["cue"]), tuple(p["content"])) for p in parts.values()}
    assert {shown(text, finding) for finding in found} == wanted, tricky


def test_a_quotation_is_never_cut_in_two() -> None:
    text, _, (finding,) = linked(
        "{content|“We are done} with all of this bridge {content|and we leave,”} {source|she} {cue|said}."
    )
    assert shown(text, finding)[2] == ("“We are done with all of this bridge and we leave,”",)


def test_a_quotation_of_which_four_tokens_of_nine_are_content_is_content() -> None:
    text, _, (finding,) = linked("{content|“We are the} last ones here,” {source|Lee} {cue|said}.")
    assert shown(text, finding) == ("Lee", "said", ("“We are the last ones here,”",))


def test_a_stray_label_inside_a_quotation_goes() -> None:
    _, _, found = linked("The sign read “keep off the grass until {content|Monday} or pay the fine” all week.")
    assert found == []


def test_later_paragraphs_go_on_from_the_speaker() -> None:
    text, _, (finding,) = linked(
        "{content|“We are done with it,”} {source|she} {cue|said}.\\n\\n{content|“We leave on Monday morning.”}"
    )
    assert shown(text, finding)[2] == ("“We are done with it,”", "“We leave on Monday morning.”")


GOES_ON = (
    "{content|“We are not closing the pier,”} {source|Dent} {cue|said}.\\n\\n{content|“I would never sell it.”}\\n\\n"
)


@pytest.mark.parametrize(
    "after",
    [
        "{cue2|According to} {source2|the sources}, {content2|the mayor asked the bank to wait}.",
        "{source2|Two officials} {cue2|said} {content2|the mayor asked the bank to wait}.",
        "{source2|The union} {cue2|claimed} {content2|that he lied}, and it left.",
        "{content2|“He has lied to all of us,”} {source2|Vale} {cue2|said}.",
        "{content2|The pier is worth two million}, {cue2|according to} {source2|the bank}.",
    ],
)
def test_a_quotation_alone_goes_on_from_the_speaker_before_not_from_the_next_paragraphs(after: str) -> None:
    for marked in (GOES_ON + after, (GOES_ON + after).replace("“", '"').replace("”", '"')):
        text, _, found = linked(marked)
        first = shown(text, found[0])
        assert first[:2] == ("Dent", "said")
        assert len(first[2]) == 2, marked
        assert len(shown(text, found[1])[2]) == 1


@pytest.mark.parametrize(
    "marked",
    [
        "{source2|Vale} {cue2|added:}\\n\\n{content2|“We are not closing it.”}",
        "{content2|“We are not closing it,”}\\n\\n{cue2|said} {source2|Vale}.",
    ],
)
def test_a_quotation_alone_goes_to_the_cue_that_points_at_it(marked: str) -> None:
    text, _, found = linked("{source|Dent} {cue|said} {content|it rained}.\\n\\n" + marked)
    assert [(source, len(content)) for source, _, content in (shown(text, one) for one in found)] == [
        ("Dent", 1),
        ("Vale", 1),
    ]


def test_a_quotation_with_neither_cue_nor_source_follows_the_speaker() -> None:
    text, marks = parse("{source|She} {cue|said} {content|it would close}.\\n\\n{content|“It is not safe at all.”}")
    paragraphs = segmentation.paragraphs(text)
    passage = Passage(
        text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs)
    )
    alone = {"c none quoted head": 99.0, "p none": 99.0}  # weights that join nothing over paragraphs
    said, after = link(passage, labelled(text, marks), alone | {"o at L1 00": 1.0, "c at L1 00": 1.0})
    assert (said.follows, after.follows, after.cue, after.source) == (None, 0, None, None)
    assert "carried over" in after.evidence


def test_whoever_asks_is_not_the_one_who_is_asked() -> None:
    text, _, found = linked(
        "{cue|Asked about} {content|the bridge}, {source|Brandt} {cue2|said} {content2|it was safe}."
    )
    assert {shown(text, finding)[:2] for finding in found} == {("", "Asked about"), ("Brandt", "said")}


def test_a_content_never_leaps_to_another_speakers_words() -> None:
    text = (
        "Orla Dent said the council knew that the pier was weak.\n\nThe tide was high.\n\nIt rained on Friday.\n\n"
        "Ned Fry said the firm claimed that the crew was safe."
    )
    for finding in analyze(text).attributions:
        assert len(finding.content) == 1, [span.of(text) for span in finding.content]


def test_pieces_farther_apart_than_a_paragraph_are_not_joined() -> None:
    always = {f"c at L{n} {s}{p}": 50.0 for n in range(9) for s in range(3) for p in range(3)} | {"o at L0 00": 9.0}
    marked = "{source|She} {cue|said} {content|it would close}.\\nIt rained.\\nNobody came.\\n{content|it was late}."
    text, marks = parse(marked)
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    passage = Passage(text, paragraphs, segmentation.sentences(text, paragraphs), ())
    found = [shown(text, one)[2] for one in link(passage, labelled(text, marks), always)]
    assert found == [("it would close",)]  # what has neither cue nor source nor marks is said by nobody


def test_a_headline_is_no_part_of_what_is_said_below_it() -> None:
    found = analyze("Mayor quits over bridge\n\nThe mayor quit on Monday, officials said. It rained in the town.")
    assert [[span.of(found.text) for span in one.content] for one in found.attributions] == [
        ["The mayor quit on Monday"]
    ]


def test_the_sample_articles_keep_what_holds_of_any_text() -> None:
    for article in read(Path(__file__).parent.parent.parent / "data" / "articles"):
        assert broken(analyze(article)) == [], article.id
