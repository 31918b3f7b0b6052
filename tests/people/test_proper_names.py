from __future__ import annotations

import pytest

from toolkit.article import Span
from toolkit.language import word_lists
from toolkit.people import proper_names
from toolkit.people.descriptions import describe, trimmed
from toolkit.people.joined import parts
from toolkit.people.register import register


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Transport Minister Hanneke Orvald", "Hanneke Orvald", "named_person"),
        ("Secretary of State Jan B. Roth", "Jan B. Roth", "named_person"),
        ("Orvald’s", "Orvald", "named_person"),
        ("Mr. Pike", "Pike", "named_person"),
        ("Channel Six’s Mara Voss", "Mara Voss", "named_person"),
        ("Mara Voss Tuesday", "Mara Voss", "named_person"),
        ("Una May", "Una May", "named_person"),
        ("Jan Roth Jr.", "Jan Roth Jr.", "named_person"),
        ("the Prime Minister's Office", "Prime Minister's Office", "organisation"),
        ("The Transport Ministry", "Transport Ministry", "organisation"),
        ("the NTSB", "NTSB", "organisation"),
        ("University of Elm", "University of Elm", "organisation"),
        ("The Harbour Post", "Harbour Post", "media_outlet"),
        ("General Motors", "General Motors", "organisation"),
        ("Norwegians", "Norwegians", "collective_public"),
        ("Officials", "", ""),
        ("Harbour Board Doctor", "", ""),
        ("President of Elm", "", ""),
    ],
)
def test_name_in_a_run_of_words(words: str, name: str, kind: str) -> None:
    found = proper_names.parse(proper_names.words_of(words))
    assert (found.full if found else "", found.kind if found else "") == (name, kind)


def test_names_of_a_text() -> None:
    text = "The Commission on Harbour Safety and Channel Six's Mara Voss met Jan Roth of the Elm Council on Friday."
    found = [text[one.start : one.end] for one in proper_names.scan(text, 0, len(text))]
    assert found == ["Commission on Harbour Safety", "Channel Six", "Mara Voss", "Jan Roth"]


@pytest.mark.parametrize(
    ("phrase", "kind", "name"),
    [
        ("a spokesman, Jan Roth", "named_person", "Jan Roth"),
        ("Ilse Brandt, the mayor of Elm,", "named_person", "Ilse Brandt"),
        ("the police", "organisation", ""),
        ("media reports", "media_outlet", ""),
        ("a two-page notice published by the inspectorate", "document_or_data", ""),
        ("the poll", "document_or_data", ""),
        ("a person familiar with the matter", "unnamed_person", ""),
        ("Officials", "unnamed_person", ""),
        ("residents", "collective_public", ""),
        ("voters in Elm", "collective_public", ""),
        ("one of the mayor’s advisers", "unnamed_person", ""),
        ("a majority of voters", "collective_public", ""),
        ("42 percent of those asked", "collective_public", ""),
        ("a news site, Harbourly", "media_outlet", "Harbourly"),
        ("Mara Voss herself", "named_person", "Mara Voss"),
        ("she", "pronoun", ""),
        ("Both", "pronoun", ""),
        ("an official holiday", "document_or_data", ""),
    ],
)
def test_describe(phrase: str, kind: str, name: str) -> None:
    found = describe(phrase)
    assert (found.kind, found.name.full if found.name else "") == (kind, name)


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        ("an FBI official", "FBI"),
        ("campaign aides", "campaign"),
        ("a spokesman for the Harbour Board", "the Harbour Board"),
        ("a reporter for USA Today", "USA Today"),
        ("restructuring experts", ""),
        ("Political observers in Norway", ""),
        ("elected officials from both parties", ""),
        ("a friend", ""),
    ],
)
def test_body_that_somebody_belongs_to(phrase: str, body: str) -> None:
    assert describe(phrase).body == body


@pytest.mark.parametrize(
    ("phrase", "joined"),
    [
        ("Mara Voss and Jan Roth", ["Mara Voss", "Jan Roth"]),
        ("the FBI, the CIA and the NSA", ["the FBI", "the CIA", "the NSA"]),
        ("Ada and Jan Roth", ["Ada Roth", "Jan Roth"]),
        ("the Law and Order Party", ["the Law and Order Party"]),
        ("Ilse Brandt, mayor of Elm and head of the board", ["Ilse Brandt, mayor of Elm and head of the board"]),
        ("Ilse Brandt, 59, of Elm, Md.", ["Ilse Brandt, 59, of Elm, Md."]),
        ("the family, protesters and leaders", ["the family", "protesters", "leaders"]),
        ("Mara Voss and her aides", ["Mara Voss", "her aides"]),
        ("both the council and the harbour union", ["the council", "the harbour union"]),
        ("two senators, Ilse Brandt and Jan Roth", ["Ilse Brandt", "Jan Roth"]),
        ("leaders of the board and the union", ["leaders of the board and the union"]),
        ("state and federal officials", ["state and federal officials"]),
        ("Brandt and Voss officials", ["Brandt and Voss officials"]),
    ],
)
def test_parts(phrase: str, joined: list[str]) -> None:
    assert [words for _, words in parts(phrase, Span(0, len(phrase)))] == joined


def test_edges_are_trimmed() -> None:
    text = " “CSIS)”, "
    assert trimmed(text, Span(0, len(text))).of(text) == "CSIS"
    assert trimmed("Jan Roth Jr.", Span(0, 12)) == Span(0, 12)


def test_a_headline_in_capitals_shows_no_names() -> None:
    lines = ["Angry Mayor Brandt Closes Harbour Bridge", "Ilse Brandt closed it. Brandt was angry."]
    text = "\n".join(lines)
    who = register(text, [Span(0, len(lines[0])), Span(len(lines[0]) + 1, len(text))])
    assert [text[start:end] for start, end, _ in who.mentions] == ["Ilse Brandt", "Brandt"]


def test_time_is_linear_in_the_text() -> None:
    text = "Mayor Ilse Brandt met Jan Roth of the Elm Council. " * 400
    who = register(text, [Span(0, len(text))])
    assert len({id(one) for _, _, one in who.mentions if one.kind == "named_person"}) == 2


@pytest.mark.parametrize("name", ["heads.tsv", "titles.txt", "bodies.tsv", "first_names.tsv", "media.txt",
                                  "organisations.txt", "things.txt"])  # fmt: skip
def test_word_lists_are_sorted_and_hold_each_entry_once(name: str) -> None:
    entries = [row[0] for row in word_lists.rows(name)]
    assert entries == sorted(set(entries))


@pytest.mark.parametrize(
    ("text", "bearers"),
    [
        ("Nadia al-Tamir left. Al-Tamir waved, and Tamir drove.", ["Nadia al-Tamir"] * 3),
        ("Luc d’Arville left. D’Arville waved.", ["Luc d’Arville"] * 2),
        ("Inés Quiroga Vidal left. Ms. Quiroga waved, and Quiroga Vidal drove.", ["Inés Quiroga Vidal"] * 3),
        ("Jana Kovář left. Kovar waved.", ["Jana Kovář"] * 2),
        ("Lady Una Thorne left. Lady Una waved.", ["Una Thorne"] * 2),
        ("Pope Jan arrived. Jan Roth left.", ["Jan", "Jan Roth"]),
        ("Lise van den Oord left. Piet van den Oord waved.", ["Lise van den Oord", "Piet van den Oord"]),
        ("Mara “Gulls” Voss left. Voss waved.", ["Mara “Gulls” Voss"] * 2),
        ("The board met Mara Voss. Mara “Gulls” Voss left.", ["Mara Voss"] * 2),
        ("Added Ilse Brandt Orde: “No.” Then Orde left.", ["Ilse Brandt Orde"] * 2),
    ],
)
def test_one_bearer_for_all_forms_of_a_name(text: str, bearers: list[str]) -> None:
    assert [one.name.full for _, _, one in register(text, [Span(0, len(text))]).mentions] == bearers
