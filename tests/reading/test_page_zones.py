from __future__ import annotations

import random
from itertools import pairwise

import pytest
from marks import cases, parse

from toolkit import Article
from toolkit.reading.page_zones import zones

KINDS = {"headline", "deck", "byline", "dateline", "body", "caption", "credit", "junk"}


@pytest.mark.parametrize(("tricky", "marked"), list(cases("zones.txt")))
def test_pages(tricky: str, marked: str) -> None:
    text, expected = parse(marked)
    found = [(f"junk {z.why}" if z.kind == "junk" else z.kind, z.span.of(text)) for z in zones(Article(text))]
    assert found == [(kind, span.of(text)) for kind, span in expected], tricky


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
