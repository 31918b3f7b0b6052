"""Saved web pages: what on them is the article, what they say of themselves, and in which encoding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Article, ArticleError
from toolkit.reading import readers, webpage

ONE = "The fare to Brant Island rises to nine crowns in May, the port said on Friday."
TWO = "Nobody on the island was asked, said Ada Quill, who has run the shop by the pier since 2019."
THREE = "The board meets again in June, and its chair did not answer the questions of this newspaper."
BODY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
TEXT = [ONE, TWO, THREE]


@pytest.fixture(autouse=True)
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "_trafilatura", lambda: None)


def paragraphs(page: str) -> list[str]:
    return webpage.record(page)["text"].split("\n\n")


PAGE = """<!doctype html><html lang="en"><head><title>Fares rise | Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta name="author" content="Ada Quill">
<meta property="article:published_time" content="2031-05-02"><style>p { color: red }</style></head>
<body><nav><p>Home</p></nav><h1>Ferry fares rise</h1>
<article><p>Fares rise by a <b>fifth</b>,<br>the port&nbsp;said.<p>&ldquo;We had no choice,&rdquo; said Quill.</p>
<script>var a = "<p>no</p>"</script><figure><p>A ferry</p></figure><svg><title>icon</title></svg></article>
<aside><p>Read more</p></aside><p>All rights reserved</p></body></html>"""


def test_web_page(tmp_path: Path) -> None:
    (tmp_path / "fares.html").write_text(PAGE, encoding="utf-8")
    assert readers.read(tmp_path / "fares.html") == [
        Article(
            "Fares rise by a fifth, the port said.\n\n“We had no choice,” said Quill.",
            id="fares",
            outlet="The Gazette",
            title="Ferry fares rise",
            published="2031-05-02",
            author="Ada Quill",
            language="en",
            origin="fares.html",
            note="the paragraphs of a web page",
        )
    ]


def test_web_page_without_article_element_gives_all_paragraphs() -> None:
    assert webpage.record("<h1>Fares</h1><p>One<p>Two</p></nav><h2>Three</h2><p>Four") == {
        "title": "Fares",
        "note": "the paragraphs of a web page",
        "text": "One\n\nTwo\n\nThree\n\nFour",
    }


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("<ul><li>nine crowns for a car</li><li>three for a child", ["• nine crowns for a car", "• three for a child"]),
        ("<ol><li><p>First, nine crowns</p></li></ol>", ["• First, nine crowns"]),
        ("<blockquote>We had no choice.</blockquote>", ["We had no choice."]),
        ("<p><q>We had <b>no</b> choice,</q> she said.</p>", ["“We had no choice,” she said."]),
        ("<p>It rained.<br><br>It snowed.<br>Then it froze.</p>", ["It rained.", "It snowed. Then it froze."]),
        ("<div>It rained on the pier.</div>", ["It rained on the pier."]),
        ('<blockquote class="twitter-tweet"><p>Nine crowns!</p>— Port</blockquote>', ["Nine crowns!", "— Port"]),
        ("<h2>What it costs</h2><p>Much.</p>", ["What it costs", "Much."]),
        ("<h2>Related</h2><ul><li><a href=1>A ferry</a></li><li><a href=2>A pier</a></li></ul>", []),
        ("<p><a href=1>More on the ferry</a></p>", []),
        ('<div class="NewsletterSignup"><p>Get all our news about ferries every day.</p></div>', []),
        ("<div>Advertisement</div><button>Share this</button>", []),
        ("<div class=x><h3><a href=1>A pier</a></h3><p>The pier was closed.</p></div>", []),
        ("<article><h3>A pier</h3><p>The pier was closed.</p></article>", []),
    ],
)  # fmt: skip
def test_what_belongs_to_the_story(more: str, wanted: list[str]) -> None:
    assert paragraphs(f"<article>{BODY}{more}</article>") == [*TEXT, *wanted]


SAID = "<p>I have said for years that nobody asks us, and now look what has become of it all.</p>" * 3


@pytest.mark.parametrize(
    "page",
    [
        f"<body class='comments-open'><div class='content-with-sidebar'>{BODY}</div><div class=comments>{SAID}</div>",
        f"<div><article>{BODY}</article><article>{SAID * 3}</article></div>",  # what comes when one scrolls on
        f"<div class=css-1>{BODY}</div><div id=disqus_thread>{SAID * 4}</div>",
        f"<div class=a>{BODY}</div><ul><li class=forum-fil>{SAID}</li><li class=forum-fil>{SAID}</li></ul>",
        f"<div><!-- <script>for (n = 9; n-- >0;) f('<p>{SAID}')</script> -->{BODY}</div>",  # one comment
        f"<article><p>A pier was closed.</article><main>{BODY}</main><article><p>A mill was sold.</article>",
        f"<div class=a><div>{BODY}</div></div><div id='commentlist'><ol class=comment-list><li>{SAID}</ol></div>",
    ],
)  # fmt: skip
def test_comments_and_other_stories_are_left_out(page: str) -> None:
    assert paragraphs(f"<html>{page}</html>") == TEXT


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (f"<div class=page-widget-wrap><section class=Report--Ads>{BODY}</section></div>", TEXT),
        (f"<div class='text field--label-hidden'><p>{ONE}</p></div><div class=text><p>{TWO}</p></div>", [ONE, TWO]),
        (f"<nav>Home</nav><aside class=page-area>{BODY}</aside><footer>Imprint</footer>", TEXT),
        (f"<div class=post><h3><a href=1>Fares rise</a></h3>{BODY}</div><ol class=commentlist>{SAID * 9}</ol>", TEXT),
        (f"<h1>Fares rise</h1><div><p>{ONE}</p></div><div>{f'<p>{TWO}</p>' * 9}</div>", [ONE, *[TWO] * 9]),
        (f"<main><article>{BODY}</article>{f'<article>{SAID}</article>' * 5}</main>", TEXT),
        (f"<article><h1>Live</h1>{f'<article>{BODY}</article>' * 4}</article>", TEXT * 4),  # a live report
        (f"<article>{BODY}<h3 id=nav-to-the-pier>To the pier</h3><p>{ONE}</p></article>", [*TEXT, "To the pier", ONE]),
        (f"<article><h2>May</h2><h3>The first</h3>{BODY}<h2>{ONE}</h2></article>", ["May", "The first", *TEXT, ONE]),
        (f"<article><p>{ONE.replace('port', 'po&shy;rt')}</p></article>", [ONE]),
    ],
)  # fmt: skip
def test_the_story_is_found_under_odd_names_and_in_odd_places(page: str, wanted: list[str]) -> None:
    assert paragraphs(f"<html><body>{page}</html>") == wanted


def test_a_page_tells_of_itself_in_many_ways() -> None:
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],'
        ' "headline": "Fares &amp; ferries", "datePublished": "2031-05-02", "author": [{"name": "Ada Quill"},'
        ' {"name": "Bo Lee"}], "publisher": {"name": "The Gazette"}, "articleSection": "Harbour"}]}</script>'
    )
    found = webpage.record(f"<html lang=en>{linked}<link rel=canonical href=https://gazette.example/a>{BODY}")
    assert {name: found[name] for name in ("title", "date", "author", "outlet", "section", "url", "language")} == {
        "title": "Fares & ferries", "date": "2031-05-02", "author": "Ada Quill, Bo Lee", "outlet": "The Gazette",
        "section": "Harbour", "url": "https://gazette.example/a", "language": "en",
    }  # fmt: skip
    found = webpage.record(
        f"<!-- saved from url=(0025)https://gazette.example/b --><time datetime='2031-05-03'>x</time>{BODY}"
    )
    assert (found["date"], found["url"]) == ("2031-05-03", "https://gazette.example/b")
    found = webpage.record(f"<!--\n Page saved with SingleFile \n url: https://gazette.example/c \n-->{BODY}")
    assert found["url"] == "https://gazette.example/c"
    marks = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
    banner = "<div><p>Kept 412 times between 2019 and 2031, they say.</p></div>".join(marks)
    kept = "<link rel=canonical href=https://web.archive.org/web/20310502101500/https://gazette.example/d>"
    found = webpage.record(f"<html>{kept}<body>{banner}{BODY}")
    assert (found["url"], found["text"]) == ("https://gazette.example/d", "\n\n".join(TEXT))
    broken = webpage.record(f'<script type="application/ld+json">{{"@type": </script>{BODY}')
    assert "title" not in broken


def test_the_story_in_linked_data_stands_in_for_one_that_is_not_on_the_page() -> None:
    told = f'{{"@type": "NewsArticle", "articleBody": "{ONE}\\n\\n{TWO}"}}'
    page = f'<script type="application/ld+json">{told}</script><p>Please enable JavaScript.</p>'
    assert paragraphs(page) == [ONE, TWO]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="iso-8859-2">', "iso-8859-2"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ("<?xml version='1.0' encoding='iso-8859-15'?>", "iso-8859-15"),
        ("<meta charset=iso-8859-1>", "cp1252"),  # as browsers read it
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset=unheard-of>", "utf-8"),
        ("", "cp1252"),
    ],
)
def test_the_page_s_own_encoding_is_obeyed(head: str, encoding: str, tmp_path: Path) -> None:
    said = {"iso-8859-2": "Łódź", "cp1250": "Łódź", "iso-8859-15": "9 €"}.get(encoding, "“Café”")
    (tmp_path / "a.html").write_bytes(f"{head}<p>{said} is the answer.</p>".encode(encoding))
    assert readers.read(tmp_path / "a.html")[0].text == f"{said} is the answer."


@given(
    st.lists(
        st.sampled_from(
            '<![|<p|>|<p>|</p>|<title>|<nav>|</nav>|&#|a |"|-|<article>|<li>|<h2>|<q>|<a href=x>|.'.split("|")
        )
    )
)
def test_broken_web_page_is_read_or_refused(parts: list[str]) -> None:
    try:
        found = webpage.record("".join(parts), own=True)
    except ArticleError:
        return
    assert all(paragraph.strip() for paragraph in found["text"].split("\n\n")) or not found["text"]


@pytest.mark.parametrize(
    "piece", ["<script ", "<meta ", "<p>It rained.<", '<script type="application/ld+json">', "<div>"]
)
def test_a_page_that_opens_and_never_closes_takes_no_long_time(piece: str) -> None:
    webpage.record(piece * 20_000)  # a minute and more where each opening is looked at to the end


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<div>" * 200_000 + BODY, "a page of 200,006 tags (the limit is 50,000)"),
        (
            "<div>It rained on the pier." * 8_000,
            "a page of 8,000 paragraphs, 99 elements around each (the limit is 300,000 in all)",
        ),
    ],
)
def test_a_page_of_elements_without_end_is_refused(page: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    with pytest.raises(ArticleError) as raised:
        readers.read(path)
    assert str(raised.value) == f"a.html: {why}; paste its text into a .txt file."


def test_one_paragraph_of_many_line_breaks_takes_no_long_time() -> None:
    assert len(paragraphs("It rained on the pier all day.<br><br>" * 15_000)) == 15_000


def test_with_the_extra_trafilatura_finds_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    trafilatura = pytest.importorskip("trafilatura")
    found = webpage.record(
        f"<html><body><nav>Home</nav><article>{BODY * 2}<ul><li>nine crowns for a car</li></ul></article></html>"
    )
    assert found["note"] == f"the paragraphs of a web page, by trafilatura {trafilatura.__version__}"
    assert found["text"].split("\n\n")[0] == ONE
    assert "• nine crowns for a car" in found["text"]
    assert webpage.record(f"<article>{BODY}</article>", own=True)["note"] == "the paragraphs of a web page"
