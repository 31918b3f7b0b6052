"""The marked-up article, the findings, the method, and the files of a report."""

from __future__ import annotations

import base64
import hashlib
import math
import random
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit import METRICS, Analysis, Article, ArticleError, Span, analyze, measure, read, report
from toolkit.article import Zone
from toolkit.attribution import Attribution
from toolkit.markup import COLOURS, stylesheet
from toolkit.quotations import Quotation
from toolkit.sources import Source

QUOTED = "“The ferry is late again,” said Mayor Ilse Brandt. She said the fares would rise in May."
PLAIN = "The council met on Monday. According to the port, the pier is safe."
PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "</div></section><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--<script>alert(1)</script>-->",
    "<iframe src=javascript:alert(1)>",
    '<a href="javascript:alert(1)">said</a>',
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<meta http-equiv=refresh content=0;url=https://example.org>",
    "<style>@import 'https://example.org/x.css';</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "]]><script>alert(1)</script>",
]
ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "vbscript:x",
    "data:text/html,<script>alert(1)</script>", "file:///etc/hostname", "//example.org/x", "/x", "https:/x", "ftp://x.y",
    "https://", "http:// x",
]  # fmt: skip
TAGS = frozenset(
    "style div p span a i bdi ul ol li small details summary html head meta title link body header h1 h2 h3 nav main"
    " section figure picture source img figcaption table thead tbody tr th td code footer".split()
)
ATTRIBUTES = frozenset(
    "style class id title href rel lang value data-source data-content data-junk role tabindex aria-label"
    " aria-labelledby scope src srcset media alt charset http-equiv content name open".split()
)
VOID = {"meta", "link", "img", "source"}


class Page(HTMLParser):
    """A page taken apart: its tags, and the text in the element of a class; tags that cross are an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.everything = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(page)
        self.close()
        assert self._open == [], "a tag is never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in VOID:
            inside = given.get("class") == "mat-text"
            self.texts += [""] * inside
            self._open.append((tag, inside))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, "tags cross"

    def handle_data(self, data: str) -> None:
        self.everything += data
        if any(inside for _, inside in self._open):
            self.texts[-1] += data

    def having(self, name: str) -> list[str]:
        return [given[name] for _, given in self.tags if name in given]

    def classes(self, name: str) -> list[dict[str, str]]:
        return [given for _, given in self.tags if name in given.get("class", "").split()]


def assert_harmless(page: Page) -> None:
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, given in page.tags for name in given} <= ATTRIBUTES
    styles = {given["style"] for _, given in page.tags if "style" in given}
    assert all(re.fullmatch(r"(?:[a-z-]+: (?:[\w #%.-]|rgba\([\d, .]+\))+(?:; |$))+", style) for style in styles), (
        styles
    )
    for address in page.having("href"):
        assert re.match(r"#|https?://[^\s/]|data:,$", address), address
    for address in page.having("src") + page.having("srcset"):
        assert address.startswith("data:image/svg+xml;base64,")


def found(text: str, **parts: Any) -> Analysis:
    """An analysis in which nothing is found but ``parts``."""
    nothing = Analysis(Article(text), (), (), (), (), (), (), ())
    return replace(nothing, **parts)


def attribution(content: tuple[Span, ...], **parts: Any) -> Attribution:
    plain = Attribution(content, None, None, "indirect", "neutral", 0, 0.5, "by hand")
    return replace(plain, **parts)


def source(name: str, *attributions: int) -> Source:
    return Source(name, "named_person", False, "", "unknown", False, (), attributions)


def random_analyses(n: int) -> Iterator[Analysis]:
    """Analyses whose spans overlap, cross and nest as they like; some lie outside the text or are empty."""
    chance = random.Random("spans cross wherever they like")
    for _ in range(n):
        text = "".join(chance.choices(" \n\t<>&\"'ab“”é😀", k=chance.randint(0, 40)))

        def span(size: int = len(text)) -> Span:
            start = chance.randint(0, size + 3)
            return Span(start, start + chance.randint(0, 20))

        attributions = tuple(
            attribution(
                tuple(span() for _ in range(chance.randint(1, 3))),
                cue=chance.choice([None, span()]),
                source=chance.choice([None, span()]),
                depth=chance.choice([0, 0, 1]),
            )
            for _ in range(chance.randint(0, 5))
        )
        yield found(
            text,
            zones=tuple(Zone(span(), chance.choice(["headline", "junk", "body"]), "<why>") for _ in range(3)),
            quotations=tuple(Quotation(span(), span(), 0, True, kind) for kind in ("speech", "term", "title")),
            attributions=attributions,
            sources=(source("Lee", *range(0, len(attributions), 2)),),
        )


# The marked-up article


@pytest.fixture(scope="module")
def samples() -> list[Article]:
    return read(Path(__file__).parent.parent / "data")


def test_whole_text_in_order(samples: list[Article]) -> None:
    assert len(samples) == 12
    for article in samples:
        page = Page(report.marked_up(article))
        assert page.texts == [article.text]
        assert_harmless(page)


@pytest.mark.parametrize(
    "text", ["", " ", "\r\n one\rtwo\n\n\tthree  four\u00a0five \n", "a < b && c > d &amp; &#60;", "漢字 😀 עברית"]
)
def test_text_is_kept_as_it_is(text: str) -> None:
    assert Page(report.marked_up(Article(text))).texts == [text]


def test_spans_may_cross() -> None:
    for analysis in random_analyses(300):
        assert Page(report.marked_up(analysis)).texts == [analysis.article.text]


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
    page = Page(report.marked_up(analysis))
    pieces = [given for given in page.classes("mat-c1") if given.get("title")]
    assert [given["class"] for given in pieces] == [
        "mat-c1 mat-content mat-m2 mat-source", "mat-c1 mat-content", "mat-c1 mat-content mat-m2 mat-cue",
        "mat-c1 mat-content",
    ]  # fmt: skip
    assert pieces[0]["data-content"] == "S1"
    assert pieces[0]["data-source"] == "S2"
    assert "content of attribution 2 (S2 Bob)" in pieces[3]["title"]


def test_source_cue_and_content_share_colour_and_number() -> None:
    page = Page(report.marked_up(Article(QUOTED)))
    assert [given["data-source"] for given in page.classes("mat-source")[1:]] == ["S1", "S1"]  # the first is the key's
    assert [given.get("data-content") for given in page.classes("mat-content")[2:]] == ["S1", "S1"]
    for role, colour in (("source", "mat-m1"), ("cue", "mat-m1"), ("content", "mat-c1")):
        assert all(colour in given["class"].split() for given in page.classes(f"mat-{role}"))
    assert "named person, 2 attributions" in page.everything


def test_title_says_why() -> None:
    page = Page(report.marked_up(Article(QUOTED)))
    cue = page.classes("mat-cue")[1]
    assert re.fullmatch(r"cue of attribution 1 \(S1 Ilse Brandt\): direct, neutral, confidence \S+; .+", cue["title"])


def test_quoted_speech_and_terms_look_different() -> None:
    page = Page(report.marked_up(Article("“We will not pay for it,” Lee said. The “plan” is his.")))
    assert [given["title"] for given in page.classes("mat-term")[1:]] == ["quotation: term"]
    assert ["quotation: speech" in given["title"] for given in page.classes("mat-quoted")[2:]] == [True]


def test_quotation_without_attribution_is_grey() -> None:
    analysis = found("a “b” c", quotations=(Quotation(Span(2, 5), Span(3, 4), 0, False, "speech"),))
    (piece,) = (given for given in Page(report.marked_up(analysis)).classes("mat-c0") if "title" in given)
    assert piece.pop("style").startswith("background-color: rgba(107, 111, 118")
    assert piece == {"class": "mat-quoted mat-c0", "title": "quotation: speech, never closed"}


def test_nested_attribution_stands_in_title_and_list_only() -> None:
    text = "Ann said Bob left"
    inner = attribution((Span(13, 17),), source=Span(9, 12), depth=1)
    outer = attribution((Span(9, 17),), source=Span(0, 3), cue=Span(4, 8))
    page = Page(report.marked_up(found(text, attributions=(outer, inner), sources=(source("Ann", 0),))))
    assert len(page.classes("mat-source")) == 2, "the key's, and Ann"
    assert any("content of attribution 2 (nested; Bob)" in title for title in page.having("title"))
    assert "nested" in page.everything


def test_furniture_is_kept_with_its_kind() -> None:
    text = "Pier closed\n\nAdvertisement\n\nThe pier was closed on Monday. It is old."
    page = Page(report.marked_up(Article(text)))
    assert page.texts == [text]
    assert page.having("data-junk") == ["advert control"]
    assert "Ledger: 2 stretches, 3 words, not counted as body" in page.everything


def test_ninth_source_has_its_own_number() -> None:
    attributions = tuple(attribution((Span(i, i + 1),)) for i in range(9))
    analysis = found("abcdefghi", attributions=attributions, sources=tuple(source(str(i), i) for i in range(9)))
    pieces = [given for given in Page(report.marked_up(analysis)).classes("mat-content") if "title" in given]
    assert [given["data-content"] for given in pieces] == [f"S{i}" for i in range(1, 10)]
    assert pieces[8]["class"] == pieces[0]["class"]


def test_attribution_without_source() -> None:
    page = Page(report.marked_up(found("It is over", attributions=(attribution((Span(0, 10),)),))))
    assert page.having("data-content")[1:] == ["S?"]
    assert "no source given" in page.everything


def test_evidence_and_text_link_to_each_other() -> None:
    page = Page(report.marked_up(Article(QUOTED)))
    ids = page.having("id")
    assert len(ids) == len(set(ids))
    links = [address[1:] for address in page.having("href")]
    assert len(links) == 4, "a cue and a line of the list for both attributions"
    assert set(links) == set(ids)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_stays_text(payload: str) -> None:
    known = {field.name: payload for field in fields(Article)}
    article = Article(**known | {"text": f"{payload} “No {payload} here,” said Lee {payload}.\n\n{payload}"})
    page = Page(report.marked_up(article))
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
    assert_harmless(Page(report.marked_up(analysis)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_addresses_are_no_links(address: str) -> None:
    page = Page(report.marked_up(Article("", url=address)))
    assert page.having("href") == []


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c='2'", "HTTP://example.org", "http://[::1]/x"])
def test_web_addresses_are_links(address: str) -> None:
    assert Page(report.marked_up(Article("", url=address))).having("href") == [address]


@pytest.mark.parametrize(
    "sign", [chr(0xD800), chr(0xDFFF), "\0", "\x01", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", "\ufffe"]
)
def test_what_a_page_cannot_hold_is_replaced(sign: str) -> None:
    html = report.marked_up(Article(f"a{sign}b", title=sign * 3, language=sign))
    assert Page(html).texts == ["a\ufffdb"]
    assert Page(html.encode().decode()).texts == ["a\ufffdb"]


@pytest.mark.parametrize(("language", "kept"), [("en", True), ("en-GB", True), ("", False), ('en" onload="x', False)])
def test_language_of_the_text(language: str, kept: bool) -> None:
    assert Page(report.marked_up(Article("x", language=language))).having("lang") == [language] * kept


def test_notebook_shows_the_same() -> None:
    article = Article(QUOTED, id="a")
    assert article._repr_html_() == analyze(article)._repr_html_() == report.marked_up(article)


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


# Findings and method


def table_of(outlets: str, stories: int) -> pd.DataFrame:
    """A measured table in which each outlet has two sources more than the one before."""
    articles = [Article(QUOTED, outlet=o, story=str(s), id=f"{o}{s}") for o in outlets for s in range(stories)]
    table = measure(articles)
    table["sources"] = [2.0 * outlets.index(o) + s % 3 for o in outlets for s in range(stories)]
    return table


def test_findings_of_two_outlets() -> None:
    said = report.findings(table_of("AB", 12), metrics=["sources"], resamples=200)
    assert said[0].startswith("24 articles of 2 outlets measured: ")
    assert re.fullmatch(
        r"Sources: highest at B, lowest at A\. "
        r"In 12 articles of B, the mean of sources is 3\.00 \(95% interval 2\.\d+ to 3\.\d+\)\. "
        r"In 12 articles of A, the mean of sources is 1\.00 \(95% interval 0\.\d+ to 1\.\d+\)\. "
        r"The intervals do not overlap\.",
        said[1],
    )
    assert said[2].startswith("On 12 stories that both covered, A is 2.00 below B in sources (")
    assert said[3] == "Of 1 paired difference, 1 has p below 0.05 after Holm's adjustment."
    assert len(said) == 4


def test_findings_name_highest_and_lowest_and_the_clearest_pair() -> None:
    said = report.findings(table_of("ABCD", 6), metrics=["sources"], resamples=200)
    assert said[1] == (
        "Fewer than 10 articles with a value, so that a mean has a rough interval or none: A (6), B (6), C (6), D (6)."
    )
    assert said[2].startswith("Sources: highest at D, lowest at A. In 6 articles of D, the mean of sources is 7.00 ")
    assert "B" not in said[2]
    assert said[3].startswith("Clearest of 6 pairs of outlets: on 6 stories that both covered, A is 6.00 below D in ")


def test_findings_say_when_the_stories_are_too_few() -> None:
    said = report.findings(table_of("AB", 3), metrics=["sources"], resamples=200)
    assert said[3].startswith(
        "No pair of outlets has more than 3 stories in common, and a sign-flip test of so few cannot give p below 0.25:"
    )
    assert said[-1] == "Of 1 paired difference, none has p below 0.05 after Holm's adjustment."


def test_findings_without_a_shared_story() -> None:
    said = report.findings(table_of("A", 3), metrics=["sources"], resamples=200)
    assert said[-1] == (
        "No comparison on the same stories: it needs articles of two outlets on the same story, with the same story_id."
    )


def test_findings_of_one_article_give_its_numbers() -> None:
    said = report.findings(measure([Article(QUOTED)]), metrics=["quoted_share", "sources"])
    assert said[1:3] == [
        "Quoted share: 29.4% (5 of 17); one article, so no interval.", "Sources: 1; one article, so no interval.",
    ]  # fmt: skip


def test_findings_name_what_could_not_be_measured() -> None:
    table = measure([Article(QUOTED, outlet="A"), Article("", id="blank"), Article(QUOTED)])
    said = report.findings(table, metrics=["sources"], resamples=200)
    assert said[1] == "Not measured, for want of words in the body: blank."
    assert said[2] == "1 article without an outlet: shown as (unknown), compared with none."


def test_findings_of_undefined_values() -> None:
    said = report.findings(measure([Article("It rained.", outlet=o) for o in "AB"]), metrics=["anonymous_share"])
    assert "Anonymous share: no article has a value." in said


def test_methods_tell_the_run() -> None:
    junk = "Pier closed\n\nAdvertisement\n\nThe pier was closed on Monday. It is old."
    analyses = [analyze(Article(junk, outlet="A")), replace(analyze(Article(QUOTED, outlet="B")), annotator="by hand")]
    said = report.methods([*analyses, analyze(Article("", id="blank"))], resamples=500, seed=7)
    for part in (
        "media-analysis-toolkit ", "3 articles of 2 outlets, 26 words in 4 sentences of body text.",
        "In no number, for want of words in the body: blank.", "1 stretch: advert control (1).",
        "proposed by: by hand, rules.", "500 resamples, seed 7.", "Kincaid et al. 1975", METRICS["sources"].definition,
    ):  # fmt: skip
        assert part in said


# The files


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    known = {"title": "=HYPERLINK(1)", "url": "https://example.org/a", "author": "+Lee", "note": "\t-1"}
    return [
        Article(QUOTED, id="a1", outlet="@Herald", story="pier", **known),
        Article(PLAIN, id="b1", outlet="Tribune", story="pier", title="<b>Pier</b>"),
        Article("-1 degree. " + QUOTED, id="a2", outlet="@Herald", story="ferry"),
        Article(PLAIN + "\n\nAdvertisement\n\n" + QUOTED, id="b2", outlet="Tribune", story="ferry"),
    ]


@pytest.fixture(scope="module")
def written(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    paths = report.write(articles, folder, resamples=200)
    assert all(path.stat().st_size for path in paths)
    assert sorted(paths) == sorted(path for path in folder.rglob("*") if path.is_file())
    return folder


@pytest.fixture(scope="module")
def page(written: Path) -> Page:
    return Page((written / "report.html").read_text(encoding="utf-8"))


def test_files_of_a_report(written: Path) -> None:
    names = {str(path.relative_to(written).as_posix()) for path in written.rglob("*") if path.is_file()}
    charts = {f"charts/{name}.{form}" for name in report.CHARTS for form in ("png", "svg", "pdf")}
    assert names == {"report.html", "findings.txt", "metrics.csv", "evidence.csv"} | charts


def test_same_articles_same_bytes(articles: list[Article], written: Path, tmp_path: Path) -> None:
    for path in report.write([analyze(article) for article in articles], tmp_path / "new" / "folder", resamples=200):
        assert path.read_bytes() == (written / path.relative_to(tmp_path / "new" / "folder")).read_bytes(), path.name


def test_tables_hold_no_formula(articles: list[Article], written: Path) -> None:
    for name in ("metrics.csv", "evidence.csv"):
        assert (written / name).read_bytes().startswith(b"\xef\xbb\xbf")
        table = pd.read_csv(written / name, encoding="utf-8-sig", dtype=str, keep_default_na=False)
        texts = table.drop(columns=[*METRICS, "start", "end"], errors="ignore").to_numpy().ravel()
        assert not [cell for cell in texts if cell.lstrip()[:1] in ("=", "+", "-", "@") and cell.strip()]
    metrics = pd.read_csv(written / "metrics.csv")
    first = metrics.loc[0, ["title", "author", "note", "outlet"]]
    assert first.tolist() == ["'=HYPERLINK(1)", "'+Lee", "'-1", "'@Herald"]
    expected = measure(articles)[list(METRICS)]
    pd.testing.assert_frame_equal(metrics[list(METRICS)].astype(float), expected, check_exact=True)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1", "－1", "\r1"])
def test_formula_gets_an_apostrophe(cell: str) -> None:
    frame = pd.DataFrame({"text": [cell, "a=b", "1-2"], "number": [-1.5, math.nan, 2.0]})
    lines = report._spreadsheet(frame).decode("utf-8-sig")
    assert f'"\'{cell}",-1.5' in lines
    assert '"a=b",""' in lines
    assert '"1-2",2.0' in lines


def test_page_holds_everything_itself(page: Page, written: Path) -> None:
    assert_harmless(page)
    assert "<script" not in (written / "report.html").read_text(encoding="utf-8").lower()
    outside = {address for address in page.having("href") if not address.startswith("#")}
    assert outside == {"data:,", "https://example.org/a"}
    styles = re.findall(r"<style>(.*?)</style>", (written / "report.html").read_text(encoding="utf-8"), re.DOTALL)
    assert len(styles) == 1
    assert page.having("style") == []  # the policy would not let them in
    assert not re.search(r"url\(|@import", styles[0])
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    (policy,) = (given["content"] for _, given in page.tags if given.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_page_is_in_order(page: Page) -> None:
    ids = page.having("id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in page.having("href") if address.startswith("#")} <= set(ids)
    assert set(page.having("aria-labelledby")) <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {tag for tag, _ in page.tags} >= {"header", "nav", "main", "footer"}
    assert all(given.get("scope") in {"col", "row"} for tag, given in page.tags if tag == "th")
    assert all(len(given["alt"]) > 20 for tag, given in page.tags if tag == "img")
    assert ("html", {"lang": "en"}) in page.tags


def test_page_has_all_parts(page: Page, articles: list[Article], written: Path) -> None:
    assert page.texts == [article.text for article in articles]
    assert len([tag for tag, _ in page.tags if tag == "img"]) == 4
    said = (written / "findings.txt").read_text(encoding="utf-8")
    for line in said.splitlines():
        assert line.removeprefix("- ") in page.everything
    for metric in METRICS.values():
        assert metric.definition in page.everything
    assert "Ledger: 1 stretch, 1 word" in page.everything
    assert "5 of 17" in page.everything


def test_undefined_is_a_dash_with_a_note(tmp_path: Path) -> None:
    report.write([Article("It rained all day.", outlet="A"), Article("", id="blank")], tmp_path, resamples=200)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "undefined" in page.having("title")
    assert "– undefined: nothing to divide by" in page.everything
    assert "nan" not in page.everything.lower().split()
    assert "no text: the article has no words in its body" in page.everything


def test_one_article_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "paired-quoted-share.png").write_bytes(b"from an older run")
    paths = report.write([Article(QUOTED)], tmp_path)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "Chart left out, “Quoted share by outlet”: one article has no mean and no interval." in page.everything
    assert "Chart left out, “Differences on the same stories”: it needs articles of two outlets" in page.everything
    drawn = sorted(path.name for path in (tmp_path / "charts").glob("*.png"))
    assert drawn == ["quote-positions.png", "source-kinds.png"]
    assert len(paths) == 10


def test_articles_beyond_the_limit_are_in_the_tables_only(tmp_path: Path) -> None:
    report.write([Article(QUOTED, title="Late again")], tmp_path, marked=0)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.texts == []
    assert "1 further article in the tables only" in page.everything
    assert "Late again" in page.everything
    assert "#article-1" not in page.having("href")


@pytest.mark.parametrize("payload", [PAYLOADS[1], PAYLOADS[5], "\ud800\0 $x$ \\frac{1} {0}"])
def test_report_of_payloads(payload: str, tmp_path: Path) -> None:
    known = {field.name: payload for field in fields(Article)}
    report.write([Article(**known | {"text": QUOTED + payload})], tmp_path)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert_harmless(page)
    assert page.having("href").count(payload) == 0


def test_no_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as error:
        report.write([], tmp_path / "report")
    assert str(error.value) == "There are no articles, so there is nothing to report; give at least one."
    assert not (tmp_path / "report").exists()


def test_marks_survive_where_the_style_sheet_does_not() -> None:
    """JupyterLab takes style sheets out of notebooks that it does not trust; the plainest styles stand beside."""
    bare = re.sub(
        r"<style>.*?</style>",
        "",
        report.marked_up(Article("“We are done,” said Mayor Brandt.\n\nRemove Ads\n\nIt rained.")),
    )
    assert 'class="mat-text" style="white-space: pre-wrap"' in bare
    assert "background-color: rgba(0, 114, 178, 0.28)" in bare  # the quotation
    assert "border-bottom: 2px solid #0072b2" in bare  # the cue
    assert "text-decoration: line-through" in bare  # the advert
