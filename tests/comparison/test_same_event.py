"""Grouping by event, dates in many hands, and copies: invented stories, shuffled and without ids."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import toolkit
from toolkit import Article, analyze
from toolkit.article import ArticleError
from toolkit.comparison import copies as looking_for_copies
from toolkit.comparison.copies import duplicates, mark
from toolkit.comparison.same_event import StoriesError, days, group

FERRY = (
    "The ferry Heron ran aground off Brant Island on Monday with forty passengers aboard, the harbour master said. "
    "A tug pulled the Heron free at high water and nobody was hurt."
)
FERRY_TOO = (
    "Forty passengers spent the night aboard the Heron after the ferry struck a sandbank near Brant Island. "
    "The harbour master, Odile Marsh, said a tug had freed it."
)
LIBRARY = (
    "Councillors in Tarn voted nine to four to close the Elm Street library, whose budget was cut last year. "
    "Librarian Piet Oswin said readers would march."
)
LIBRARY_TOO = (
    "The Elm Street library in Tarn will close in June after a council vote that readers called a disgrace. "
    "Piet Oswin, its librarian, wept."
)


def article(name: str, text: str, day: str = "2024-05-06", outlet: str = "", **fields: str) -> Article:
    return Article(text, id=name, published=day, outlet=outlet or f"Outlet of {name}", **fields)


@pytest.fixture
def four() -> list[Article]:
    return [
        article("ferry-1", FERRY, "2024-05-06"),
        article("library-1", LIBRARY, "May 7, 2024"),
        article("ferry-2", FERRY_TOO, "Tue, 07 May 2024 08:30:00 GMT"),
        article("library-2", LIBRARY_TOO, ""),
    ]


def label(table: pd.DataFrame) -> dict[str, str]:
    return dict(zip(table["id"], table["story_id"], strict=True))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-04-03", date(2018, 4, 3)),
        ("2018-04-03T23:10:00+02:00", date(2018, 4, 3)),
        ("2018-04-03 23:10:00", date(2018, 4, 3)),
        ("2018/4/3", date(2018, 4, 3)),
        ("20180403", date(2018, 4, 3)),
        ("April 3, 2018", date(2018, 4, 3)),
        ("Apr. 3rd, 2018, 9 a.m.", date(2018, 4, 3)),
        ("Tuesday, April 3, 2018", date(2018, 4, 3)),
        ("Tue, 03 Apr 2018 09:00:00 GMT", date(2018, 4, 3)),
        ("3 April 2018", date(2018, 4, 3)),
        ("3rd of April 2018", date(2018, 4, 3)),
        ("4/3/2018", date(2018, 4, 3)),
        ("4/3/18", date(2018, 4, 3)),
        ("4/3/71", date(1971, 4, 3)),
        ("23/4/18", date(2018, 4, 23)),
        ("3.4.2018", date(2018, 4, 3)),
        ("1522746000", date(2018, 4, 3)),
        ("1522746000000", date(2018, 4, 3)),
        (" 2018-04-03 ", date(2018, 4, 3)),
        ("2018-02-30", None),
        ("2018-13-01", None),
        ("32 April 2018", None),
        ("3 Smarch 2018", None),
        ("April 2018", None),
        ("yesterday", None),
        ("2018", None),
        ("", None),
    ],
)
def test_a_date_in_any_hand(text: str, day: date | None) -> None:
    assert days([text]) == [day]


def test_one_date_above_twelve_shows_the_order_of_all() -> None:
    assert days(["3/4/18", "23/4/18"]) == [date(2018, 4, 3), date(2018, 4, 23)]
    assert days(["3/4/18", "4/23/18"]) == [date(2018, 3, 4), date(2018, 4, 23)]
    assert days(["3/4/18", "4/23/18", "23/4/18"])[0] == date(2018, 3, 4)


def test_one_event_in_other_words_is_one_story(four: list[Article]) -> None:
    table = group(four)
    assert list(table.columns) == ["id", "story_id", "linked_to", "similarity", "why"]
    assert list(table["id"]) == [each.id for each in four]
    assert list(table["linked_to"]) == ["ferry-2", "library-2", "ferry-1", "library-1"]
    labels = label(table)
    assert labels["ferry-1"] == labels["ferry-2"] != labels["library-1"] == labels["library-2"]
    assert labels["ferry-1"].startswith("2024-05-06-")
    assert table["similarity"].between(0.07, 1).all()
    assert table.loc[0, "why"].startswith("both have ")
    assert "Heron" in table.loc[0, "why"]
    assert table.loc[0, "why"].endswith("; 1 day apart")
    assert table.loc[3, "why"].endswith("; a date is missing")


def test_row_order_changes_nothing(four: list[Article]) -> None:
    first = group(four).set_index("id").sort_index()
    random.Random("row order of stories").shuffle(four)
    pd.testing.assert_frame_equal(group(four).set_index("id").sort_index(), first)


def test_the_same_words_outside_the_window_are_another_story() -> None:
    table = group([article("now", FERRY, "2024-05-06"), article("then", FERRY_TOO, "2024-05-12")])
    assert table["story_id"].nunique() == 2
    assert list(table["why"]) == ["no article within 5 days is alike enough"] * 2
    assert table["similarity"].isna().all()
    wider = group([article("now", FERRY, "2024-05-06"), article("then", FERRY_TOO, "2024-05-08")], window=1)
    assert wider["story_id"].nunique() == 2


def test_a_higher_threshold_makes_fewer_links(four: list[Article]) -> None:
    assert group(four, threshold=0.99)["story_id"].nunique() == 4


def test_the_users_stories_win(four: list[Article]) -> None:
    given = [
        article("ferry-1", FERRY, story="mine"),
        article("ferry-2", FERRY_TOO, story="yours"),
        article("ferry-3", FERRY + " The Heron sails again on Friday."),
        article("library-1", LIBRARY, story="mine"),
    ]
    table = group(given)
    labels = label(table)
    assert labels["ferry-1"] == labels["library-1"] == "mine"
    assert labels["ferry-2"] == "yours"
    assert labels["ferry-3"] in {"mine", "yours"}
    assert [why.startswith("story given with the article; ") for why in table["why"]] == [True, True, False, True]


def test_a_made_name_never_takes_a_users(four: list[Article]) -> None:
    name = label(group(four[:1]))["ferry-1"]
    other = article("other", LIBRARY, "2019-01-01", story=name)
    assert label(group([four[0], other])) == {"ferry-1": f"{name}-2", "other": name}


def test_no_words_no_story() -> None:
    table = group([article("empty", " "), article("blank", "The and of."), article("ferry", FERRY)])
    assert list(table["story_id"].iloc[:2]) == ["", ""]
    assert list(table["why"].iloc[:2]) == ["no words to compare"] * 2
    assert table["story_id"].iloc[2]


def test_nothing_gives_an_empty_table() -> None:
    assert list(group([]).columns) == ["id", "story_id", "linked_to", "similarity", "why"]
    assert len(group([])) == len(duplicates([])) == len(duplicates([article("one", FERRY)])) == 0


def test_a_frame_joins_back_by_its_index(four: list[Article]) -> None:
    frame = pd.DataFrame(
        {"outlet": "Herald", "date": [a.published for a in four], "text": [a.text for a in four]},
        index=["p", "q", "r", "s"],
    )
    joined = frame.assign(story_id=group(frame)["story_id"])
    assert joined.loc["p", "story_id"] == joined.loc["r", "story_id"]
    again = group(joined)
    assert list(again["story_id"]) == list(joined["story_id"])
    assert again["why"].str.startswith("story given").all()
    with pytest.raises(ArticleError):
        group(frame.drop(columns="text"))


def test_average_linkage_joins_no_chain() -> None:
    """A link between every neighbour is not enough: the ends share no word."""
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    chain = [article(str(k), " ".join(words[3 * k : 3 * k + 6])) for k in range(7)]
    assert 1 < group(chain, threshold=0.3)["story_id"].nunique() < 7


def test_likeness_is_the_mean_of_two_cosines_by_hand() -> None:
    a, b = article("a", "heron tug sandbank"), article("b", "heron tug ledger")
    rare, shared = math.log(50), math.log(25)
    cosine = 2 * shared**2 / (2 * shared**2 + rare**2)
    assert group([a, b]).loc[0, "similarity"] == pytest.approx(cosine)
    later = article("b", b.text, "2024-05-08")
    assert group([a, later]).loc[0, "similarity"] == pytest.approx(cosine * math.exp(-1))
    undated = article("b", b.text, "")
    assert group([a, undated]).loc[0, "similarity"] == pytest.approx(0.4 * cosine)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"window": -1}, "window is -1 and threshold 0.07; give days from 0 and a number between 0 and 1."),
        ({"threshold": 7}, "window is 5 and threshold 7; give days from 0 and a number between 0 and 1."),
    ],
)
def test_wrong_options_are_one_sentence(options: dict[str, float], text: str) -> None:
    with pytest.raises(StoriesError) as caught:
        group([], **options)
    assert str(caught.value) == text
    with pytest.raises(StoriesError, match=r"near is 0\.1 and least 0\.5; give numbers"):
        duplicates([], near=0.1, least=0.5)


WIRE = " ".join(
    f"Sentence {k} of the wire copy names pier {k * 7} and boat {k * 11} of the harbour." for k in range(20)
)


def test_wire_copy_is_found_whatever_its_marks_and_frame() -> None:
    copies = [
        article("herald", WIRE),
        article("tribune", "TARN (Coast Wire) – " + WIRE.upper().replace(".", " .")),
        article("courier", " ".join([WIRE[: len(WIRE) // 4], FERRY, FERRY_TOO, LIBRARY])),
        article("gazette", LIBRARY),
    ]
    table = duplicates(copies)
    assert list(table.columns) == ["a", "b", "similarity", "kind", "why"]
    found = {(row["a"], row["b"]): row["kind"] for _, row in table.iterrows()}
    assert found[("herald", "tribune")] == "near-duplicate"
    assert found[("courier", "gazette")] == "near-duplicate"  # the shorter one stands whole in the longer
    assert found[("herald", "courier")] == "shared passages"
    assert ("herald", "gazette") not in found
    first = table.iloc[0]
    assert first["similarity"] == 1.0
    assert "runs of 8 words stand in the other; the longest passage: " in first["why"]
    assert table["similarity"].is_monotonic_decreasing


def test_identical_short_texts_are_copies_and_empty_ones_are_not() -> None:
    table = duplicates([article("a", "Ferry aground."), article("b", "Ferry aground!"), *[article("c", "")] * 2])
    assert table[["a", "b", "similarity"]].to_numpy().tolist() == [["a", "b", 1.0]]


def test_furniture_of_one_outlets_pages_is_no_copy() -> None:
    footer = " Sign up for the harbour letter that comes every morning with all the news of the bay."
    stories = [" ".join(f"w{k}x{n}" for n in range(30)) for k in range(6)]
    pages = [article(str(k), text + footer, outlet="Herald") for k, text in enumerate(stories)]
    assert len(duplicates(pages)) == 0
    assert len(duplicates(pages[:5])) == 10
    wire = [article(str(k), WIRE, outlet=f"Paper {k}") for k in range(6)]
    assert len(duplicates(wire)) == 15
    nameless = [Article(WIRE, id=str(k)) for k in range(6)]
    assert len(duplicates(nameless)) == 15


def test_the_sample_articles_are_grouped_as_their_makers_meant(root: Path) -> None:
    """All but an inquiry three days after the bridge was shut."""
    given = toolkit.read(root / "data")
    found = label(group([replace(each, story="") for each in given]))
    late = found.pop("bridge-sounding")
    events = {name.partition("-")[0] for name in found}
    assert {(name.partition("-")[0], story) for name, story in found.items()} == set(
        zip(sorted(events), [found["bridge-comet"], found["flood-comet"], found["hospital-comet"]], strict=True)
    )
    assert late not in found.values()
    copied = duplicates(given).iloc[0]
    assert {copied["a"], copied["b"]} == {"flood-meridian", "flood-sounding"}


def test_of_the_sample_articles_the_edited_wire_report_is_the_copy(root: Path) -> None:
    given = toolkit.read(root / "data")
    marked = mark(pd.DataFrame({"id": [each.id for each in given]}), given)
    assert marked[marked["copy_of"] != ""].values.tolist() == [["flood-sounding", "flood-meridian"]]


def test_whatever_holds_articles_is_grouped() -> None:
    wire = "The ferry to Brant Island ran aground on Monday morning and forty people waited there for a tug."
    texts = pd.Series([wire, wire.replace("forty", "40"), None], index=[7, 8, 9])
    groups = group(texts)
    assert groups.index.tolist() == [7, 8, 9]
    assert groups["story_id"].nunique() == 2  # one, and none for the empty row
    assert duplicates(texts.tolist(), near=0.2)[["a", "b"]].values.tolist() == [["row:0", "row:1"]]
    assert duplicates([analyze(wire), {"text": wire, "id": "b"}], near=0.2)["b"].tolist() == ["b"]


def test_copies_are_the_same_in_one_part_and_in_many(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random("copies in one part and in many")
    words = "the ferry of Elm ran aground on Monday and forty people waited there for a tug in rain and wind".split()
    texts = [chance.choices(words, k=60) for _ in range(12)]
    texts += [[*chance.choice(texts)[:40], *chance.choices(words, k=20)] for _ in range(12)]
    given = [Article(" ".join(text), id=str(i), outlet=chance.choice("ab")) for i, text in enumerate(texts)]
    many = duplicates(given)
    monkeypatch.setattr(looking_for_copies, "_PARTS", 1)
    assert len(many) >= 12
    pd.testing.assert_frame_equal(many, duplicates(given))
