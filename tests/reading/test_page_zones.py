from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from marks import CASES, cases, parse

from toolkit import Article, read
from toolkit.reading.page_zones import zones

KINDS = {"headline", "deck", "byline", "dateline", "body", "caption", "credit", "note", "junk"}
PAGES = sorted((CASES / "pages").glob("*.tsv"))


@pytest.mark.parametrize(("tricky", "marked"), list(cases("zones.txt")))
def test_pages(tricky: str, marked: str) -> None:
    text, expected = parse(marked)
    named = {kind for kind, _ in expected}  # "junk table" where the sort of furniture matters, else "junk"
    kinds = [(f"junk {z.why}" if f"junk {z.why}" in named else z.kind, z.span.of(text)) for z in zones(Article(text))]
    assert kinds == [(kind, span.of(text)) for kind, span in expected], tricky


def test_the_title_of_the_file_finds_the_headline() -> None:
    text = "Mayor quits.\n\nThe mayor of Elm quit on Friday.\n\nMayor quits"
    kinds = [(z.kind, z.why) for z in zones(Article(text, title="Mayor quits"))]
    assert kinds == [("headline", "equals the title"), ("body", "paragraph"), ("junk", "repeated headline")]


def test_random_pages_lose_no_character() -> None:
    rng = random.Random("random pages lose no character")
    lines = (
        "Remove Ads|Mayor quits|By Ann Lee|The mayor of Elm quit on Friday.|| |Related|© 2031|Sign up now"
        "|ELM (Wire) — The bridge closed.|“We are done,” she said.|READ MORE: Bridge"
    ).split("|")
    for _ in range(300):
        text = "\n".join(rng.choices(lines, k=rng.randrange(12)))
        found = zones(Article(text))
        assert {zone.kind for zone in found} <= KINDS
        for before, after in pairwise(found):
            assert before.span.end <= after.span.start
        left = list(text)
        for zone in found:
            left[zone.span.start : zone.span.end] = " " * (zone.span.end - zone.span.start)
        assert not "".join(left).strip()


@pytest.mark.parametrize("text", ["", " \n\n ", "Hello", "\n\nHello\n"])
def test_little_text_is_body(text: str) -> None:
    assert [zone.kind for zone in zones(Article(text))] == ["body"] * bool(text.strip())


def test_rows_of_bars_or_many_blanks_are_a_table() -> None:
    text = "The votes were counted in Elm.\n| Party | Votes |\n|---|---|\n| greens | 1,204 |\n\nReds    980\nBlues    7"
    assert [zone.why for zone in zones(Article(text))] == ["paragraph", *["table"] * 5]


@pytest.mark.xfail(strict=True, reason="short items without a mark look like labels of a page")
def test_a_list_of_things_is_body() -> None:
    text = (
        "The plan of the council, in the words of the mayor, has two parts:\n\nhomes\n\nschools\n\nThe vote is in May."
    )
    assert {zone.kind for zone in zones(Article(text))} == {"body"}


def labelled(path: Path) -> list[tuple[str, str, str]]:
    """Each line of a page with the kind that it has and the one that it is given; a subheading is body."""
    rows = [line.partition("\t")[::2] for line in path.read_text(encoding="utf-8").splitlines()]
    text, out, at = "\n".join(line for _, line in rows), [], 0
    found = zones(Article(text))
    for kind, line in rows:
        end = at + len(line)
        if line:
            given = next(zone.kind for zone in found if zone.span.start < end <= zone.span.end)
            out.append((line, "body" if kind == "subheading" else kind, given))
        at = end + 1
    return out


LOST = pytest.mark.xfail(strict=True, reason="the first entry of a live report is taken for headline and deck")
PICTURE = pytest.mark.xfail(strict=True, reason="a caption without a credit reads like a paragraph")


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem, marks=[LOST] * (path.stem == "live-blog")) for path in PAGES]
)
def test_whole_pages_keep_their_body(path: Path) -> None:
    assert [line for line, kind, given in labelled(path) if kind == "body" != given] == []


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem, marks=[PICTURE] * (path.stem == "broadcaster")) for path in PAGES]
)
def test_little_else_of_whole_pages_is_body(path: Path) -> None:
    assert len([line for line, kind, given in labelled(path) if given == "body" != kind]) <= 1


def test_the_floor_of_whole_pages() -> None:
    rows = [row for path in PAGES for row in labelled(path)]
    assert sum(kind == given for _, kind, given in rows) / len(rows) >= 0.88
    heads = [given for path in PAGES for _, kind, given in labelled(path) if kind == "headline"]
    assert heads.count("headline") >= len(heads) - 1


@pytest.mark.xfail(strict=True, reason="a line that says we, above a share button, is taken for a link")
def test_a_deck_may_end_in_somebody_s_words() -> None:
    (article,) = read(CASES.parent.parent / "data" / "articles" / "bridge-comet.txt")
    text = article.text.replace("insists it did nothing wrong", "insists: We did nothing wrong")
    kinds = {zone.span.of(text).strip(): zone.kind for zone in zones(Article(text))}
    assert kinds["31,000 stranded as bungling contractor insists: We did nothing wrong"] == "deck"


def test_what_stands_between_the_headline_and_the_headline_again_is_the_deck() -> None:
    head = "Harbour master quits after crack is found"
    deck = "Two people at the yard say that the harbour master knew of the crack in March, before the pin was changed."
    story = "The harbour master of Elm quit on Friday after a crack was found in the bridge, the council said."
    page = [head, deck, head, "Share this", story, "Ferries are full at the peak, and the next bridge is 20 miles off."]
    kinds = [zone.kind for zone in zones(Article("\n\n".join([*page, *[story] * 8])))]
    assert kinds[:5] == ["headline", "deck", "junk", "junk", "body"]
