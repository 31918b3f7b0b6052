from __future__ import annotations

import pytest

from toolkit import analyze
from toolkit.names import describe


def sources(text: str) -> list[tuple[str, str, bool, int]]:
    return [(s.name, s.kind, s.anonymous, len(s.attributions)) for s in analyze(text).sources]


def test_titles_surnames_and_pronouns_are_one_person() -> None:
    text = (
        "Mayor Ilse Brandt said the bridge was safe. Brandt said she had checked. “I climbed it,” she said.\n\n"
        "“I would do it again.”"
    )
    assert sources(text) == [("Ilse Brandt", "named_person", False, 4)]


def test_the_fullest_name_may_stand_elsewhere() -> None:
    text = "Council hears Ilse Brandt on the bridge\n\nBrandt said the bridge was safe."
    assert sources(text) == [("Ilse Brandt", "named_person", False, 1)]


def test_unnamed_sources_in_several_forms_are_one() -> None:
    text = (
        "Two verified harbour sources said the bridge was never tested. National harbour sources revealed that it "
        "leaked.\n\nAccording to the sources, the sheets were forged. Both sources said the firm knew."
    )
    ((name, kind, anonymous, n),) = sources(text)
    assert (name, kind, anonymous, n) == ("Two verified harbour sources", "unnamed_person", True, 4)


def test_another_official_is_another_source() -> None:
    assert len(sources("An official said it was safe. Another official said it was not.")) == 2


def test_affiliation_of_the_unnamed() -> None:
    (found,) = analyze("A spokesman for the Harbour Authority declined to comment.").sources
    assert (found.anonymous, found.affiliation) == (True, "the Harbour Authority")
    (found,) = analyze("A source said the bridge was safe.").sources
    assert (found.anonymous, found.affiliation) == (True, "")


def test_a_role_that_has_a_name_elsewhere_is_that_person() -> None:
    text = "Senator Una Frey said the bridge was safe. The senator said she had checked."
    assert sources(text) == [("Una Frey", "named_person", False, 2)]


def test_an_organisation_and_its_short_name() -> None:
    text = "The Harbour Safety Board said the bridge was safe. The HSB said it would check again."
    assert sources(text) == [("Harbour Safety Board", "organisation", False, 2)]


def test_a_medium_makes_a_claim_second_hand() -> None:
    (found,) = analyze("The Harbour Post reported that the sheets were forged.").sources
    assert (found.kind, found.second_hand) == ("media_outlet", True)


def test_words_told_to_another_medium_are_second_hand() -> None:
    (found,) = analyze("Brandt told the Harbour Post that the sheets were forged.").sources
    assert found.second_hand


def test_nested_attributions_make_no_source() -> None:
    found = analyze("Both officials said Brandt told them that the bridge was safe.")
    assert [s.name for s in found.sources] == ["Both officials"]


def test_an_allegation_without_a_source_has_none() -> None:
    found = analyze("The firm allegedly forged the sheets.")
    assert found.attributions
    assert not found.sources


@pytest.mark.parametrize(
    ("phrase", "kind", "name"),
    [
        ("Transport Minister Hanneke Orvald", "named_person", "Hanneke Orvald"),
        ("Orvald’s", "named_person", "Orvald"),
        ("Mr. Pike", "named_person", "Pike"),
        ("a spokesman, Jan Roth", "named_person", "Jan Roth"),
        ("Ilse Brandt, the mayor of Elm,", "named_person", "Ilse Brandt"),
        ("the Prime Minister's Office", "organisation", "Prime Minister's Office"),
        ("The Transport Ministry", "organisation", "Transport Ministry"),
        ("the NTSB", "organisation", "NTSB"),
        ("the police", "organisation", ""),
        ("The Harbour Post", "media_outlet", "Harbour Post"),
        ("media reports", "media_outlet", ""),
        ("a two-page notice published by the inspectorate", "document_or_data", ""),
        ("the poll", "document_or_data", ""),
        ("a person familiar with the matter", "unnamed_person", ""),
        ("Officials", "unnamed_person", ""),
        ("residents", "collective_public", ""),
        ("voters in Elm", "collective_public", ""),
        ("she", "pronoun", ""),
        ("Both", "pronoun", ""),
    ],
)
def test_describe(phrase: str, kind: str, name: str) -> None:
    found = describe(phrase)
    assert (found.kind, found.name) == (kind, name)
