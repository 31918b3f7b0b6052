"""Reasons in a reader's words: no code of a feature reaches a reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import toolkit
from toolkit import analyze
from toolkit.language import word_lists
from toolkit.language.reasons import reason, reasons
from toolkit.metrics.table import findings
from toolkit.people.kinds import KINDS
from toolkit.people.reasons import KINDS_IN_WORDS

CODE = re.compile(r"\bTrue\b|\bFalse\b|\bNAME\b|\bBODY\b|_|\btagger\b|\b[nu](?:nam|unn|org|col|doc|med)s?\b|  ")
SAMPLE = Path(__file__).parents[2] / "data"


def test_the_list_is_sorted_and_speaks_of_what_is_decided() -> None:
    entries = word_lists.rows("reasons.tsv")
    assert list(entries) == sorted(set(entries))
    of = {name for names, *_ in entries for name in names.split()}
    assert of == {"zone", "kind", "role", "meant", "cue", "origin", "weak", *KINDS}
    assert set(KINDS_IN_WORDS) == set(KINDS)
    assert not [says for *_, says in entries if CODE.search(says)]


def test_what_is_quoted_is_said_once_and_small_words_are_no_reason() -> None:
    assert reasons(["role"], ["has officials", "has the", "called official", "has unions"]) == [
        "“officials”",
        "“unions”",
    ]
    assert reasons(["role"], ["has unions", "has mayor"], after=["“Deputy Mayor”"]) == ["“Deputy Mayor”", "“unions”"]
    assert (reason("zone", "word the"), reason("zone", "word the gazette =")) == ("", "says “the gazette”")


def test_a_kind_is_not_explained_by_what_speaks_for_another() -> None:
    seen = ["by lists kind named_person", "sure 3 uunn False"]
    assert reasons(["kind", "named_person"], seen) == ["a person’s name"]
    assert reasons(["kind", "unnamed_person"], seen) == ["no name in the article"]


def test_features_that_nobody_knows_say_nothing() -> None:
    assert reasons(["kind", "organisation"], ["unheard of 3", "zz", "", "head"]) == []
    assert reasons(["nothing"], ["head official"]) == []


@pytest.fixture(scope="module")
def sample() -> list[toolkit.Analysis]:
    return [analyze(article) for article in toolkit.read([SAMPLE / "articles", SAMPLE / "articles.jsonl"])]


def test_no_reason_of_the_sample_articles_holds_a_code(sample: list[toolkit.Analysis]) -> None:
    told = {why for analysis in sample for _, _, why, _ in findings(analysis)}
    assert len(told) > 300
    assert not [why for why in told if CODE.search(why)]


def test_every_source_has_reasons_for_kind_and_role_or_says_that_none_is_known(sample: list[toolkit.Analysis]) -> None:
    sources = [source for analysis in sample for source in analysis.sources]
    plain = "how it is written of"
    for source in sources:
        kind, role = re.findall(r"(?:^|; )([a-z/ ]+ \(\d\.\d\d\)(?:: .*?)?)(?=; [a-z/ ]+ \(\d\.\d\d\)|$)", source.why)
        assert kind.startswith("anonymous" if source.anonymous else KINDS_IN_WORDS[source.kind])
        assert role.startswith(("role unknown", source.role))
        assert not source.anonymous or "no name in the article" in kind
    assert sum(plain in source.why.split("; ")[0] for source in sources) < len(sources) / 40
    assert sum(source.why.endswith(plain) for source in sources) < len(sources) / 4


def test_an_anonymous_source_says_its_words_that_it_has_no_name_and_why() -> None:
    found = analyze(
        "Two officials said the pier leaks. They asked for anonymity because they were not authorised to talk of "
        "piers, and one of the officials said it was worse than that."
    ).sources
    kind = found[0].why.split("; ")[0]
    assert kind.split(": ")[1].startswith("“Two officials”, no name in the article, “because they were not authorised")


def test_a_pronoun_says_why_it_means_whom_it_means() -> None:
    text = "Mayor Ilse Brandt said the pier leaks. The council met. She said it twice."
    brandt = analyze(text).sources[0]
    at = text.index("She")
    assert len(brandt.mentions) == 2
    assert "“he” or “she” fits" in brandt.why_meant(toolkit.Span(at, at + 3)).split(", ")
    assert brandt.why_meant(toolkit.Span(0, 17)) == ""
    rows = toolkit.evidence(text)
    assert rows.why[rows.what.str.startswith("source") & (rows.words == "She")].str.contains("meant for: ").all()
