"""Pages taken apart, payloads that must stay text, and analyses made by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Container, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from toolkit import Analysis, Article, Span
from toolkit.article import Zone
from toolkit.attribution.attributions import Attribution
from toolkit.attribution.quotation_marks import Quotation
from toolkit.people.sources import Source

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
    " section figure picture source img figcaption table thead tbody tr th td strong footer code"
    " svg g path text tspan defs clippath rect use script".split()
)
ATTRIBUTES = frozenset(
    "style class id title href rel lang value data-source data-content data-junk data-why role tabindex aria-label"
    " aria-labelledby aria-describedby aria-hidden scope src srcset media alt charset http-equiv content name"
    " open".split()
)
DRAWN = frozenset(  # of a chart's SVG; none of them runs anything
    "viewbox font-family font-size font-weight fill fill-opacity stroke stroke-width stroke-opacity stroke-linejoin"
    " stroke-linecap stroke-dasharray stroke-dashoffset opacity transform d x y width height clip-path textlength"
    " text-anchor xml:space".split()
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


def assert_harmless(page: Page, own: Container[str] = ()) -> None:
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, given in page.tags for name in given} <= ATTRIBUTES | DRAWN
    styles = {given["style"] for _, given in page.tags if "style" in given}
    assert all(re.fullmatch(r"(?:[a-z-]+: (?:[\w #%.-]|rgba\([\d, .]+\))+(?:; |$))+", style) for style in styles), (
        styles
    )
    for address in page.having("href"):
        known = address in own or re.match(r"#|https?://[^\s/]|data:,$|articles/\d+\.html(?:#|$)", address)
        assert known, address
    assert page.having("src") == page.having("srcset") == []


def found(text: str, **parts: Any) -> Analysis:
    """An analysis in which nothing is found but ``parts``."""
    nothing = Analysis(Article(text), (), (), (), (), (), ())
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
