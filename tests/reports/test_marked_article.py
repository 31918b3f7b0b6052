"""The marked-up article: its whole text, what is marked in it and why, and nothing that runs."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from pages import (
    ADDRESSES,
    PAYLOADS,
    QUOTED,
    Page,
    assert_harmless,
    attribution,
    found,
    random_analyses,
    source,
)

from toolkit import Article, Span, analyze, evidence, read, reports
from toolkit.article import Zone
from toolkit.attribution.quotation_marks import Quotation
from toolkit.reports.in_html import COLOURS, place, stylesheet
from toolkit.reports.marked_article import section


@pytest.fixture(scope="module")
def samples() -> list[Article]:
    return read(Path(__file__).parent.parent.parent / "data")


def test_whole_text_in_order(samples: list[Article]) -> None:
    assert len(samples) == 12
    for article in samples:
        page = Page(reports.marked_up(article))
        assert page.texts == [article.text]
        assert_harmless(page)


@pytest.mark.parametrize(
    "text", ["", " ", "\r\n one\rtwo\n\n\tthree  four\u00a0five \n", "a < b && c > d &amp; &#60;", "漢字 😀 עברית"]
)
def test_text_is_kept_as_it_is(text: str) -> None:
    assert Page(reports.marked_up(Article(text))).texts == [text]


def test_spans_may_cross() -> None:
    for analysis in random_analyses(300):
        assert Page(reports.marked_up(analysis)).texts == [analysis.article.text]


def test_cue_of_one_inside_content_of_another() -> None:
    text = "Ann said Bob denied it"
    analysis = found(
        text,
        attributions=(
            attribution((Span(9, 22),), source=Span(0, 3), cue=Span(4, 8)),
            attribution((Span(13, 22),), source=Span(9, 12), cue=Span(13, 19)),
        ),
        sources=(source("Ann", 0), source("Bob", 1)),
    )
    page = Page(reports.marked_up(analysis))
    pieces = [given for given in page.classes("mat-c1") if given.get("title")]
    assert [given["class"] for given in pieces] == [
        "mat-c1 mat-content mat-m2 mat-source", "mat-c1 mat-content mat-m2 mat-cue", "mat-c1 mat-content",
    ]  # fmt: skip
    assert pieces[0]["data-content"] == "S1"
    assert pieces[0]["data-source"] == "S2"
    assert "content of attribution 2 (S2 Bob)" in pieces[2]["title"]


def test_source_cue_and_content_share_colour_and_number() -> None:
    page = Page(reports.marked_up(Article(QUOTED)))
    assert [given["data-source"] for given in page.classes("mat-source")[1:]] == ["S1", "S1"]  # the first is the key's
    assert [given.get("data-content") for given in page.classes("mat-content")[2:]] == ["S1", "S1"]
    for role, colour in (("source", "mat-m1"), ("cue", "mat-m1"), ("content", "mat-c1")):
        assert all(colour in given["class"].split() for given in page.classes(f"mat-{role}"))
    assert re.search(r"named person, (?:[\w/ ]+, )?2 attributions", page.everything)


def test_title_says_why() -> None:
    page = Page(reports.marked_up(Article(QUOTED)))
    cue = page.classes("mat-cue")[1]
    assert re.fullmatch(r"cue of attribution 1 \(S1 Ilse Brandt\): direct, neutral, confidence \S+; .+", cue["title"])


def test_a_source_says_whom_it_means_and_where_it_first_stands_what_it_is_taken_for() -> None:
    page = Page(reports.marked_up(Article("Mayor Ilse Brandt said it leaks. The council met. She said it was old.")))
    first, again = (given["title"] for given in page.classes("mat-source")[1:])
    assert re.search(r"source of attribution 1 \(S1 Ilse Brandt\): named person \(.+; politician \(.+“Mayor”", first)
    assert re.search(r"source of attribution 2 \(S1 Ilse Brandt\): “She” is Ilse Brandt: .*“he” or “she” fits", again)
    assert "named person" not in again


def test_quoted_speech_and_terms_look_different() -> None:
    page = Page(reports.marked_up(Article("“We will not pay for it,” Lee said. The “plan” was in a drawer.")))
    assert [given["title"] for given in page.classes("mat-term")[1:]] == ["quotation: term"]
    assert ["quotation: speech" in given["title"] for given in page.classes("mat-quoted")[2:]] == [True]


def test_quotation_without_attribution_is_grey() -> None:
    analysis = found("a “b” c", quotations=(Quotation(Span(2, 5), Span(3, 4), 0, False, "speech"),))
    (piece,) = (given for given in Page(reports.marked_up(analysis)).classes("mat-c0") if "title" in given)
    assert piece.pop("style").startswith("background-color: rgba(107, 111, 118")
    assert piece.pop("id").endswith("-c2")
    assert piece == {"class": "mat-quoted mat-c0", "title": "quotation: speech, never closed"}


def test_nested_attribution_stands_in_title_and_list_only() -> None:
    text = "Ann said Bob left"
    inner = attribution((Span(13, 17),), source=Span(9, 12), depth=1)
    outer = attribution((Span(9, 17),), source=Span(0, 3), cue=Span(4, 8))
    page = Page(reports.marked_up(found(text, attributions=(outer, inner), sources=(source("Ann", 0),))))
    assert len(page.classes("mat-source")) == 2, "the key's, and Ann"
    assert any("content of attribution 2 (nested; Bob)" in title for title in page.having("title"))
    assert "nested" in page.everything


def test_furniture_is_kept_with_its_kind() -> None:
    text = "Pier closed\n\nAdvertisement\n\nThe pier was closed on Monday. It is old."
    page = Page(reports.marked_up(Article(text)))
    assert page.texts == [text]
    assert page.having("data-junk") == ["advert control"]
    assert "Ledger: 2 stretches, 3 words, not counted as body" in page.everything


def test_ninth_source_has_its_own_number() -> None:
    attributions = tuple(attribution((Span(i, i + 1),)) for i in range(9))
    analysis = found("abcdefghi", attributions=attributions, sources=tuple(source(str(i), i) for i in range(9)))
    pieces = [given for given in Page(reports.marked_up(analysis)).classes("mat-content") if "title" in given]
    assert [given["data-content"] for given in pieces] == [f"S{i}" for i in range(1, 10)]
    assert pieces[8]["class"] == pieces[0]["class"]


def test_attribution_without_source() -> None:
    page = Page(reports.marked_up(found("It is over", attributions=(attribution((Span(0, 10),)),))))
    assert page.having("data-content")[1:] == ["S?"]
    assert "no source given" in page.everything


def test_evidence_and_text_link_to_each_other() -> None:
    page = Page(reports.marked_up(Article(QUOTED)))
    ids = page.having("id")
    assert len(ids) == len(set(ids))
    links = [address[1:] for address in page.having("href")]
    assert len(links) == 5, "a cue and a line of the list for both attributions, and the quotation"
    assert set(links) <= set(ids)
    assert page.having("aria-describedby") == [link for link in links if "-w" in link]


def test_every_row_of_evidence_has_its_place(samples: list[Article]) -> None:
    for article in samples:
        page = Page(section(analyze(article), "a7"))
        assert {place("a7", start) for start in evidence(article)["start"]} <= set(page.having("id"))


def test_whom_the_article_accuses_is_listed_with_its_place() -> None:
    text = "Lee accused Ada Pike of fraud. Pike declined to comment."
    page = Page(section(analyze(Article(text)), "a1"))
    assert page.texts == [text]
    assert "Accused or doubted: 1 to look at; no verdict" in page.everything
    assert "answer: declined" in page.everything
    assert f"#{place('a1', text.index('accused'))}" in page.having("href")
    assert place("a1", text.index("accused")) in page.having("id")


def test_on_a_page_marks_say_why_without_a_title() -> None:
    page = Page(section(analyze(Article(QUOTED)), "a1"))
    assert page.having("title") == []
    assert any(
        why.startswith("cue of attribution 1 (S1 Ilse Brandt): direct, neutral") for why in page.having("data-why")
    )
    brief = Page(section(analyze(Article(QUOTED)), "a1", again=False))
    told = {why.split("\n")[-1] for why in brief.having("data-why")}
    assert {"S1 Ilse Brandt: direct", "S1 Ilse Brandt: indirect"} < told
    assert not any("confidence" in why or "named person" in why for why in told), "the lists say so"
    assert brief.texts == page.texts == [QUOTED]
    rows = brief.having("aria-describedby")
    assert rows == page.having("aria-describedby")
    assert {f"a1-{label.lower()}" for label in brief.having("data-source")} <= set(brief.having("id"))


def test_empty_lines_stand_bare() -> None:
    """The style sheet makes them lower than a line of text, which it can do with what stands in no element only."""
    html = section(analyze(Article("“One.\n\nTwo,” said Lee.\n \nIt rained.")), "a")
    for line in re.findall(r">([^<]*\n\s*\n[^<]*)<", html):
        assert line.strip() == ""
    assert html.count("\n\n") == 1
    assert html.count("\n \n") == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_stays_text(payload: str) -> None:
    known = {field.name: payload for field in fields(Article) if field.name != "corrections"}
    known |= {"more": {"outlet_given": payload}}
    article = Article(**known | {"text": f"{payload} “No {payload} here,” said Lee {payload}.\n\n{payload}"})
    page = Page(reports.marked_up(article))
    assert_harmless(page)
    assert page.texts == [article.text]
    assert page.everything.count(payload) >= 6
    assert not [address for address in page.having("href") if not address.startswith("#")]


@pytest.mark.parametrize("payload", PAYLOADS[:8])
def test_payload_in_a_finding_stays_text(payload: str) -> None:
    analysis = found(
        "abc",
        zones=(Zone(Span(0, 1), "junk", payload),),
        attributions=(attribution((Span(1, 2),), evidence=payload),),
        sources=(replace(source(payload, 0), role=payload, affiliation=payload, kind=payload),),
    )
    assert_harmless(Page(reports.marked_up(analysis)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_addresses_are_no_links(address: str) -> None:
    page = Page(reports.marked_up(Article("", url=address)))
    assert page.having("href") == []


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c='2'", "HTTP://example.org", "http://[::1]/x"])
def test_web_addresses_are_links(address: str) -> None:
    assert Page(reports.marked_up(Article("", url=address))).having("href") == [address]


@pytest.mark.parametrize(
    "sign", [chr(0xD800), chr(0xDFFF), "\0", "\x01", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", "\ufffe"]
)
def test_what_a_page_cannot_hold_is_replaced(sign: str) -> None:
    html = reports.marked_up(Article(f"a{sign}b", title=sign * 3, language=sign))
    assert Page(html).texts == ["a\ufffdb"]
    assert Page(html.encode().decode()).texts == ["a\ufffdb"]


@pytest.mark.parametrize(("language", "kept"), [("en", True), ("en-GB", True), ("", False), ('en" onload="x', False)])
def test_language_of_the_text(language: str, kept: bool) -> None:
    assert Page(reports.marked_up(Article("x", language=language))).having("lang") == [language] * kept


def test_notebook_shows_the_same() -> None:
    article = Article(QUOTED, id="a")
    assert article._repr_html_() == analyze(article)._repr_html_() == reports.marked_up(article)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_have_contrast() -> None:
    css = stylesheet("markup.css")
    marks = re.findall(r"\.mat-m[1-9] { --mat-mark: (#\w{6}); }", css)
    assert marks == re.findall(r"\.mat-c[1-9] { --mat-tint: (#\w{6}); }", css)
    assert len(set(marks)) == COLOURS
    for colour in (*marks, re.findall(r"--mat-grey: (#\w{6})", css)[0]):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, f"white on {colour} cannot be read"
        assert (luminance(colour) + 0.05) / (luminance("#15181c") + 0.05) >= 3, f"{colour} is lost on a dark page"


def test_marks_survive_where_the_style_sheet_does_not() -> None:
    """JupyterLab takes style sheets out of notebooks that it does not trust; the plainest styles stand beside."""
    bare = re.sub(
        r"<style>.*?</style>",
        "",
        reports.marked_up(Article("“We are done,” said Mayor Brandt.\n\nRemove Ads\n\nIt rained.")),
    )
    assert 'class="mat-text" style="white-space: pre-wrap"' in bare
    assert "background-color: rgba(0, 114, 178, 0.28)" in bare  # the quotation
    assert "border-bottom: 2px solid #0072b2" in bare  # the cue
    assert "text-decoration: line-through" in bare  # the advert
