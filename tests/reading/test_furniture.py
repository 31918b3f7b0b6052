"""What comes with pasted pages and is no part of the article: 43 kinds of lines, each set into several pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from marks import CASES

from toolkit import Article
from toolkit.reading.page_zones import zones

SHORT = (
    "The fare for the ferry to Brant Island rises to nine crowns in May, the harbour board said on Monday.",
    "“Nobody asked us,” said Ada Holm, who has run the shop by the pier since 2019 and knows every passenger.",
    "The board blames the price of oil. Its chair, Jan Roth, said that two of the three boats lose money each winter.",
    "Islanders want the state to pay. A minister, Ilse Brandt, will meet them in June, her office said.",
)
LONG = (
    *SHORT,
    "The ferry carries some 900 people on a weekday, most of them to work or to school in Port Elsing.",
    "“We have no bridge and no choice,” said Tom Vale, a carpenter. “My wage is the same as last year.”",
    "A study that the council paid for says that each crown on the fare takes a twentieth of the passengers away.",
    "The board did not publish it. A copy that was seen by this newspaper is dated November 2030.",
    "Roth said that it had been a draft. “Drafts are drafts,” he said.",
    "The state gave the board four million crowns last year, half of what it gave ten years ago, its accounts show.",
    "In the 1990s the boats were free for everyone who lived on the island, and the islanders remember it well.",
    "The next timetable comes out on 1 April. It has six fewer departures in a week than the one of last winter.",
    "“They will wait until the last shop is shut,” said Holm, “and then they will say that nobody wanted the boat.”",
)
TITLE = "Ferry fares to rise by a fifth in May"
MENU, BELOW = ("Skip to content", "News", "Sport", "Opinion", "Culture", "Subscribe"), ("By Ada Quill", "4 March 2031")
FOOT = ("Contact us", "About", "© 2031 The Elm Courier")
ROWS = [
    line.split("\t")
    for line in (CASES / "furniture.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
KINDS = list(dict.fromkeys(kind for kind, _, _ in ROWS))
PICTURE = pytest.mark.xfail(strict=True, reason="a caption without a credit reads like a paragraph or a subheading")


def pages(where: str, lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Four pages with these lines at the top, within or at the end of the article, each with the lines of its body."""
    for body, menu, gap in ((SHORT, False, 2), (LONG, False, 2), (LONG, True, 2), (LONG, True, 1)):
        at = {"top": 0, "within": len(body) // 2, "end": len(body)}[where]
        above, below = ((*MENU, TITLE, *BELOW), FOOT) if menu else ((TITLE,), ())
        yield ("\n" * gap).join([*above, *body[:at], *lines, *body[at:], *below]), list(body)


def taken(kind: str) -> tuple[list[str], int]:
    """The lines of this kind that are counted as body, a line as often as it is, and how many there are."""
    wrong, n = [], 0
    for _, places, text in (row for row in ROWS if row[0] == kind):
        lines = text.split(" / ")
        for where in places.split():
            for page, _ in pages(where, lines):
                found = {zone.span.of(page).strip(): zone.kind for zone in zones(Article(page))}
                wrong += [line for line in lines if found.get(line, "body") == "body"]
                n += len(lines)
    return wrong, n


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[PICTURE] * (kind == "caption without credit")) for kind in KINDS]
)
def test_furniture_is_kept_out_of_the_body(kind: str) -> None:
    wrong, n = taken(kind)
    assert len(wrong) <= 0.17 * n, wrong


def test_there_are_43_kinds_and_few_lines_are_counted() -> None:
    assert len(KINDS) == 43
    counted = [taken(kind) for kind in KINDS]
    assert sum(len(wrong) for wrong, _ in counted) <= 0.02 * sum(n for _, n in counted)


def test_no_line_of_the_article_is_lost_beside_them() -> None:
    lost = defaultdict(list)
    for kind, places, text in ROWS:
        for where in places.split():
            for page, body in pages(where, text.split(" / ")):
                found = {zone.span.of(page).strip(): zone.kind for zone in zones(Article(page))}
                lost[kind] += [line for line in body if found.get(line) != "body"]
    assert {kind: lines for kind, lines in lost.items() if lines} == {}


def test_a_pull_quote_in_a_small_variant_is_no_body() -> None:
    pulled = "Each crown on the fare takes a twentieth of all passengers away"
    text = "\n\n".join([TITLE, *LONG[:3], pulled, *LONG[3:]])
    found = {zone.span.of(text): zone.kind for zone in zones(Article(text))}
    assert found[pulled] == "junk"
    assert [line for line in LONG if found[line] != "body"] == []


@pytest.mark.parametrize(
    "title",
    ["Analysis: Why ferry fares rise by a fifth", "Poll: Should the ferry be free?", "Map: where ferry fares rise most",
     "Live: Ferry fares to rise in May", "Video: Ferry runs aground off Brant Island", "Correction: Ferry fares"],
)  # fmt: skip
def test_a_headline_with_a_label_is_the_headline(title: str) -> None:
    for lines in ([title, *SHORT], [title, *LONG], [*MENU, title, *BELOW, *LONG]):
        text = "\n\n".join(lines)
        found = {zone.span.of(text): zone.kind for zone in zones(Article(text))}
        assert found[title] == "headline", len(lines)
