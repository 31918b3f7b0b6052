from __future__ import annotations

import re
from collections import defaultdict

import pytest
from marks import cases, parse

from toolkit import Span, analyze, measure
from toolkit.attribution.attributions import Finding, Passage
from toolkit.metrics.right_of_reply import STATUSES, replies
from toolkit.metrics.table import evidence, reply_table


def by_marks(marks: list[tuple[str, Span]]) -> list[Finding]:
    """The one attribution that the marks of a case write down, if any."""
    parts = {label: span for label, span in marks if label in {"source", "cue", "content"}}
    return [Finding(parts["source"], parts["cue"], (parts["content"],), "by hand", 1.0)] if parts else []


@pytest.mark.parametrize(("label", "marked"), list(cases("replies.txt")))
def test_replies(label: str, marked: str) -> None:
    """The label names the accused and the status; the marks show the words of both."""
    text, marks = parse(marked)
    spans = defaultdict(list)
    for kind, span in sorted(marks, key=lambda mark: mark[1]):
        spans[kind].append(span)

    def annotator(passage: Passage) -> list[Finding]:
        return by_marks(marks)

    found = replies(analyze(text, annotator=annotator))
    wanted = re.match(rf"(.+) ({'|'.join(STATUSES)}): ", label)
    if wanted is None:
        assert label.startswith("nobody: ")
        assert not found
        return
    (reply,) = found
    assert (reply.name, reply.status) == wanted.groups()
    assert list(reply.accused) == spans["accused"]
    assert list(reply.evidence) == spans[reply.status]
    assert all(cue.of(text) in reply.why for cue in reply.accused)


def test_two_accused_have_one_reply_each() -> None:
    text = "Jan Voss accused Ada Pike of fraud. He blamed the Harbour Board. Pike declined to comment."
    assert [(one.name, one.status) for one in replies(analyze(text))] == [
        ("Ada Pike", "declined"),
        ("Harbour Board", "absent"),
    ]


@pytest.mark.xfail(reason="the noun nearest to the accusing word is taken for the accused", strict=True)
def test_what_tells_of_the_accused_is_not_accused() -> None:
    text = "Ada Pike, the owner of the mill, was accused of fraud. It rained."
    assert [one.name for one in replies(analyze(text))] == ["Ada Pike"]


def test_a_quotation_outranks_a_denial() -> None:
    text = "Jan Voss accused Ada Pike of fraud. Pike denied it. “It is a smear,” said Pike."
    (one,) = replies(analyze(text))
    assert (one.status, [span.of(text) for span in one.evidence]) == ("quoted", ["“It is a smear,”"])


def test_replies_in_the_tables() -> None:
    analysis = analyze("Jan Voss accused Ada Pike of fraud. Pike declined to comment.")
    (row,) = reply_table([analysis]).itertuples()
    assert (row.name, row.status, row.accused, row.evidence) == (
        "Ada Pike",
        "declined",
        "accused",
        "declined to comment",
    )
    shown = evidence(analysis)
    assert shown.loc[shown.what == "reply: declined", "words"].tolist() == ["declined to comment"]
    assert shown.loc[shown.what == "accused", "words"].tolist() == ["accused"]
    values = measure(analysis)
    assert (values["accused"], values["reply_share"]) == (1, 1)
    assert reply_table([analyze("It rained.")]).empty
