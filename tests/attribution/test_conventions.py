"""What the form of a transcript, a signature or an adverb of hearsay shows where labels do not."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit import analyze
from toolkit.article import Span
from toolkit.attribution import conventions, quotation_marks
from toolkit.attribution.attributions import Finding, Passage
from toolkit.attribution.tagger import TOKEN, Labelled
from toolkit.language import segmentation


def unsourced(text: str, labels: int = 0) -> list[tuple[str, ...]]:
    paragraphs = segmentation.paragraphs(text)
    passage = Passage(
        text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs)
    )
    spans = [match.span() for match in TOKEN.finditer(text)]
    marked = np.full(len(spans), labels, np.int8)
    found = conventions.unsourced(passage, Labelled(spans, marked, np.ones(len(spans), np.float32)))
    assert all(one.source is None and one.cue for one in found)
    return [tuple(part.of(text) for part in one.content) for one in found]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("It rained. Pike allegedly took the money in May.", [("Pike", "took the money in May")]),
        ("Reportedly, the firm will close its yard.", [("the firm will close its yard",)]),
        ("Pike, who allegedly took the money, has left town.", [("who", "took the money")]),
        ("The yard closed, and its owner reportedly left for Elm.", [("its owner", "left for Elm")]),
        ("He was held for allegedly burning the old sheets.", [("burning the old sheets",)]),
        ("The bridge is shut, allegedly.", [("The bridge is shut",)]),
        ("They found an allegedly stolen car.", []),
        ("Supposedly it was safe to cross.", []),
        ("Allegedly.", []),
    ],
)
def test_the_clause_around_the_adverb_is_attributed_to_nobody(text: str, contents: list[tuple[str, ...]]) -> None:
    assert unsourced(text) == contents


def test_what_the_labels_explain_stays_theirs() -> None:
    assert unsourced("Pike allegedly took the money in May.", labels=6) == []


def test_an_analysis_counts_it_as_doubt_without_a_source() -> None:
    found = analyze("The harbour was calm.\n\nThe firm allegedly forged the sheets of its old books.")
    (one,) = (one for one in found.attributions if one.cue and one.cue.of(found.article.text) == "allegedly")
    assert (one.source, one.stance) == (None, "doubting")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We will never sell the old ferry to them.”\n\n— Ilse Brandt, mayor of Elm", "Ilse Brandt"),
        ("“We will never sell the old ferry to them.” – Brandt.\n\nIt rained.", "Brandt"),
        ("“We will never sell the old ferry to them.”\n- Ministry of Works", "Ministry of Works"),
        ("“We will never sell the old ferry to them.” ―\u00a0Ilse Brandt.\n“Nor will we.”", "Ilse Brandt"),
        ("“We will never sell the old ferry to them.”\n\n-- Brandt in an interview with the Post last week", "Brandt"),
        ("“We will never sell the old ferry to them.”\n\n— which was news to all.", ""),
        ("“We will never sell the old ferry to them.” — Brandt laughed and left the hall at once.", ""),
    ],
)
def test_a_name_below_a_quotation_signs_it(text: str, source: str) -> None:
    paragraphs = segmentation.paragraphs(text)
    passage = Passage(
        text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs)
    )
    before = [Finding(None, None, (Span(0, text.index("”") + 1),), "given", 0.8)]
    (one,) = conventions.signed(passage, before)
    assert one.source == (Span(text.index(source), text.index(source) + len(source)) if source else None)


def test_a_quotation_with_a_cue_of_its_own_is_not_signed_again() -> None:
    text = "“We will never sell it to them,” she said.\n\n— Brandt"
    paragraphs = segmentation.paragraphs(text)
    passage = Passage(
        text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs)
    )
    before = [Finding(Span(33, 36), Span(37, 41), (Span(0, 32),), "given", 0.8)]
    assert conventions.signed(passage, before) == before


def passage_of_paragraphs(text: str) -> Passage:
    paragraphs = segmentation.paragraphs(text)
    return Passage(text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs))


@pytest.mark.parametrize(
    ("tweet", "contents"),
    [
        ("I’m done. No more ferries! — Ada Lund (@adalund) March 4, 2031", ["I’m done. No more ferries!"]),
        ("I’m done.\n— Ada Lund (@adalund) March 4, 2031", ["I’m done."]),
        ("I’m done.\n\n\n\nNo more! - Ada Lund (@adalund) March 4, 2031", ["I’m done.", "No more!"]),
        ("One. — Ada Lund (@adalund) March 4, 2031 Two. — Ada Lund (@adalund) March 4, 2031", ["One.", "Two."]),
        ("Read @adalund — the page of Ada Lund (@adalund) is worth it.", []),
        ("Lund met Roth — Ada Lund (@adalund) had asked for it in March.", []),
    ],
)
def test_a_tweet_is_said_by_the_name_below_it(tweet: str, contents: list[str]) -> None:
    passage = passage_of_paragraphs(f"The vote was late.\n\n{tweet}\n\nIt rained.")
    found = conventions.tweets(passage, [])
    assert [part.of(passage.text).strip() for one in found for part in one.content] == contents
    assert {one.source.of(passage.text) for one in found if one.source} <= {"Ada Lund (@adalund)"}


def test_what_others_say_in_a_tweet_stands_inside_it() -> None:
    found = analyze(
        "The vote was late.\n\nThe board said the bridge is safe. — Ada Lund (@adalund) March 4, 2031\n\nIt rained."
    )
    assert [(one.depth, one.source.of(found.text)) for one in found.attributions if one.source] == [
        (0, "Ada Lund (@adalund)"),
        (1, "The board"),
    ]
    assert [one.name for one in found.sources] == ["Ada Lund"]


TALK = """Radio host Ann Hart met Mayor Tom Lee on Tuesday.

HART: Did you know about the letter?

LEE: No. My clerk said that it was lost.

I would have told you. I never saw it.

(A door closes.)

HART: The ledger says you signed it.

OLD WOMAN: Shame!

LEE: I have nothing to add.

The council meets on Friday."""


def passage_of(text: str) -> Passage:
    paragraphs = segmentation.paragraphs(text)
    return Passage(text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs))


def at(words: str) -> Span:
    return Span(TALK.index(words), TALK.index(words) + len(words))


def turns(text: str, found: tuple[Finding, ...] = ()) -> list[tuple[str, ...]]:
    said = [one for one in conventions.turns(passage_of(text), found) if one.cue and one.cue.of(text) == ":"]
    return [(one.source.of(text) if one.source else "", *(span.of(text) for span in one.content)) for one in said]


def test_a_turn_of_a_transcript_belongs_to_the_name_before_the_colon() -> None:
    assert turns(TALK) == [
        ("HART", "Did you know about the letter?"),
        ("LEE", "No. My clerk said that it was lost.", "I would have told you. I never saw it."),
        ("HART", "The ledger says you signed it."),
        ("OLD WOMAN", "Shame!"),
        ("LEE", "I have nothing to add."),
    ]


def test_a_transcript_in_quotation_marks_goes_on_at_every_mark() -> None:
    text = "“Hart: You knew.\n\n“Lee: I asked.\n\n“The ferry was sold.\n\n“Hart: So you knew?\n\n“Lee: I did.”"
    assert turns(text) == [
        ("Hart", "You knew."),
        ("Lee", "I asked.", "“The ferry was sold."),
        ("Hart", "So you knew?"),
        ("Lee", "I did.”"),
    ]


def test_who_only_asks_speaks_for_the_outlet() -> None:
    text = "Post: Who told you?\n\nLee: I asked.\n\nPost: So you knew?\n\nLee: Did I? I did.\n\nRoth: We did."
    assert [one[0] for one in turns(text)] == ["Lee", "Lee"]


@pytest.mark.parametrize(
    "text",
    [
        "Winner: the ferry\n\nLoser: the yard\n\nWinner: Elm\n\nLoser: the harbour",
        "Lee: I asked.\n\nLee: I waited, you know.",
        "Elm: Do you sail?\n\nOak: Do you row?\n\nAsh: Do you swim?",
        "THE MAYOR: “I paid for it all.”\n\nTHE FACTS: The town paid.\n\nTHE MAYOR: “I did.”\n\nTHE FACTS: It did not.",
    ],
)
def test_lists_and_checks_of_claims_are_no_transcript(text: str) -> None:
    assert turns(text) == []


def test_what_was_found_in_a_turn_goes_and_what_was_found_before_it_stays() -> None:
    before = Finding(Span(16, 28), Span(29, 32), (Span(33, 47), at("Did you know")), "given", 0.8)
    inside = Finding(at("My clerk"), at("said"), (at("it was lost"),), "given", 0.8)
    after = Finding(None, None, (at("The council meets"),), "given", 0.8, follows=0)
    found = conventions.turns(passage_of(TALK), [inside, before, after._replace(follows=1)])
    assert found[:2] == [before._replace(content=(Span(33, 47),)), after]
    assert len(found) == 7
    assert found[2].evidence == "a turn of a transcript"


def test_a_transcript_gives_named_sources_and_attributions_inside_their_words() -> None:
    found = analyze(TALK.replace("OLD WOMAN: Shame!\n\n", ""))
    assert [(one.name, one.kind, len(one.attributions)) for one in found.sources] == [
        ("Ann Hart", "named_person", 2),
        ("Tom Lee", "named_person", 2),
    ]
    (inner,) = (one for one in found.attributions if one.cue and one.cue.of(TALK) == "said")
    assert inner.depth == 1
    assert inner.source
    assert inner.source.of(TALK) == "My clerk"


def test_a_turn_of_somebody_without_a_name_is_nobody_elses() -> None:
    by_name = {one.name: len(one.attributions) for one in analyze(TALK).sources}
    assert by_name["Ann Hart"] == 2


def test_capitals_before_a_turn_are_a_person_and_letters_nobody() -> None:
    alone = TALK.replace("Radio host Ann Hart met Mayor Tom Lee on Tuesday.", "They met on Tuesday.")
    found = {one.name: one.kind for one in analyze(alone).sources}
    assert (found["HART"], found["LEE"]) == ("named_person", "named_person")
    letters = analyze(alone.replace("HART:", "Q:").replace("LEE:", "A:").replace("OLD WOMAN: Shame!\n\n", ""))
    assert letters.sources == ()
    assert len(letters.attributions) > 3
