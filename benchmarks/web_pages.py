"""How much of a saved web page's article is found, and how much besides: `python benchmarks/web_pages.py [--misses]`.

204 pages made here: the sample articles, with lists, block quotations, ``<q>``, posts and line breaks worked into them, in
seventeen layouts of news sites of all ages, among menus, related stories, comments, adverts and captions. Precision, recall and
F1 of words, the mean over the pages, by our own reader and, where trafilatura is installed, by that.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import toolkit
from toolkit.reading import page_zones, webpage

PER_LAYOUT = 12
LINKS = (
    "Ferry strike enters third week|Council votes on parking|Harbour museum reopens|Ten walks for the winter|Live: storm"
    " closes schools|What the new tax means for you|Opinion: build the bridge|In pictures: the flood|Quiz of the week"
    "|Mill fire: two held|Elm United sign keeper|Your letters|Weather: rain until Friday|How we report"
).split("|")
MENU = "Home|News|Politics|Business|Sport|Culture|Opinion|Weather|Travel|Jobs|Subscribe|Log in".split("|")
COMMENTS = (
    "I have lived here for forty years and nobody ever asked us about any of this, which says it all really.",
    "Good. About time somebody looked at the accounts. My cousin worked there and it was always a shambles.",
    "Why is there no mention of the cost? The council has been hiding the figures since the spring, as everyone knows!",
    "First time commenting, but this reporting is excellent and I hope that you will keep on asking questions.",
)
TEASERS = (
    "The harbour board has put off its decision on the new crane until the spring, after two members resigned.",
    "Teachers say that the timetable leaves no room for the arts, and parents have begun to collect signatures.",
    "A long read on the last lamplighter of the valley, his daughter, and the switch that nobody wanted to press.",
)
TWEET = "The council has not answered our letters since March. We will go on asking until somebody opens the door."


class Story(NamedTuple):
    """Title, and pieces of the body: what each is (p, li, quote, post, h2) and its words."""

    title: str
    outlet: str
    pieces: list[tuple[str, str]]


def stories(chance: random.Random) -> list[Story]:
    """The sample articles' bodies, with other forms of paragraphs worked in."""
    out = []
    for title, outlet, *paragraphs in _samples():
        pieces = [("p", words) for words in paragraphs]
        at = chance.randrange(2, len(pieces) - 1)
        pieces[at] = ("quote", pieces[at][1])
        pieces.insert(chance.randrange(3, len(pieces)), ("h2", "What happens next"))
        where = chance.randrange(3, len(pieces))
        pieces[where:where] = [
            ("li", f"{words} of the {n} plans") for n, words in enumerate(("A bridge", "A tunnel, in one"), 3)
        ]
        pieces.insert(chance.randrange(4, len(pieces)), ("post", TWEET))
        out.append(Story(title or "Cracked pin shuts bridge", outlet or "The Gazette", pieces))
    return out


@cache
def _samples() -> tuple[tuple[str, ...], ...]:
    """Title, outlet and paragraphs of each sample article."""
    found = []
    for article in toolkit.read(Path(__file__).parent.parent / "data"):
        zones = page_zones.body(page_zones.zones(article))
        found.append((article.title, article.outlet, *(" ".join(zone.of(article.text).split()) for zone in zones)))
    return tuple(found)


def inner(story: Story, form: str, chance: random.Random) -> str:
    """The body: in paragraphs (``p``), in divisions (``div``) or with line breaks between (``br``)."""
    parts = []
    for kind, words in story.pieces:
        text = escape(words, quote=False)
        if form != "br" and chance.random() < 0.3:
            text = re.sub(r"“([^“”]*)”", r"<q>\1</q>", text)
        if chance.random() < 0.4:
            text = re.sub(r"\b([A-Z]\w+ [A-Z]\w+)", r'<a href="/x">\1</a>', text, count=1)
        if kind == "li":
            parts.append(f"<ul><li>{text}</li></ul>" if form != "br" else f"- {text}")
        elif kind == "quote":
            parts.append(f"<blockquote>{f'<p>{text}</p>' if form == 'p' else text}</blockquote>")
        elif kind == "post":
            parts.append(
                f'<blockquote class="twitter-tweet"><p lang="en">{text}</p>&mdash; Harbour Board (@hb)</blockquote>'
            )
        elif kind == "h2":
            parts.append(f"<h2>{text}</h2>" if form != "br" else f"<b>{text}</b>")
        else:
            parts.append({"p": f"<p>{text}</p>", "div": f'<div class="css-1k2">{text}</div>', "br": text}[form])
    if form != "br":
        noise = ['<div class="ad-slot">Advertisement</div>', '<figure><img src="x.jpg"><figcaption>The bridge at dawn. Photo: Ann Lee'
                 "/Gazette</figcaption></figure>", '<aside class="pull">“Nobody asked us”</aside>']  # fmt: skip
        for piece in chance.sample(noise, chance.randrange(3)):
            parts.insert(chance.randrange(1, len(parts)), piece)
    return ("<br><br>\n" if form == "br" else "\n").join(parts)


def menu(chance: random.Random, tag: str = "nav") -> str:
    """A menu."""
    names = chance.sample(MENU, 8)
    return f"<{tag}><ul>{''.join(f'<li><a href=/{n}>{name}</a></li>' for n, name in enumerate(names))}</ul></{tag}>"


def links(chance: random.Random, name: str = "related") -> str:
    """Other stories, as a list of links."""
    items = "".join(f'<li><a href="/s">{title}</a></li>' for title in chance.sample(LINKS, 5))
    return f'<div class="{name}"><h3>More stories</h3><ul>{items}</ul></div>'


def cards(chance: random.Random, tag: str = "article", name: str = "card") -> str:
    """Other stories, each with its first sentence."""
    found = zip(chance.sample(LINKS, 3), TEASERS, strict=True)
    return "".join(f'<{tag} class="{name}"><h3><a href="/t">{a}</a></h3><p>{b}</p></{tag}>' for a, b in found)


def comments(
    chance: random.Random, opening: str = '<section id="comments"><h2>Comments</h2>', end: str = "</section>"
) -> str:
    """What readers said."""
    return (
        opening
        + "".join(
            f"<div><b>reader{n}</b><p>{c}</p><a>Reply</a></div>" for n, c in enumerate(chance.sample(COMMENTS, 3))
        )
        + end
    )


def head(story: Story, *more: str) -> str:
    """The head of a page."""
    return f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{escape(story.title)} | {story.outlet}</title>{''.join(more)}</head>"


FOOT = "<footer><p>© 2031 The Gazette. All rights reserved.</p><p>Terms · Privacy · Contact us about our journalism and what we publish</p></footer>"
BY = "<p class=byline>By Ann Lee</p><time datetime=2031-05-02T10:00:00Z>2 May 2031</time>"
SHARE = "<ul class=share><li>Facebook</li><li>WhatsApp</li><li>Copy link</li></ul>"


def semantic(s: Story, c: random.Random) -> str:
    return (f"{head(s)}<body><header>{menu(c)}</header><main><article><h1>{escape(s.title)}</h1>{BY}{SHARE}{inner(s, 'p', c)}"
            f"{links(c)}</article>{comments(c)}</main>{FOOT}</body></html>")  # fmt: skip


def blog(s: Story, c: random.Random) -> str:
    return (f'{head(s)}<body class="single has-sidebar comments-open">{menu(c, "div")}<div id="content"><div class="post hentry">'
            f'<h1 class="entry-title">{escape(s.title)}</h1><div class="entry-content">{inner(s, "p", c)}</div>{SHARE}</div>'
            f'{comments(c, "<div id=respond><ol class=commentlist>", "</ol></div>")}</div><div id="sidebar">{links(c, "widget")}'
            f"{cards(c, 'div', 'widget')}</div>{FOOT}</body></html>")  # fmt: skip


def tables(s: Story, c: random.Random) -> str:
    return (f"<html><head><title>{escape(s.title)}</title></head><body><table width=760><tr><td width=120>{'<br>'.join(MENU)}</td>"
            f"<td><font size=5><b>{escape(s.title)}</b></font><br><i>By Ann Lee</i><br><br>{inner(s, 'br', c)}</td>"
            f"<td width=160>{'<br>'.join(f'<a href=x>{link}</a>' for link in c.sample(LINKS, 6))}</td></tr></table>"
            "<center>Copyright 2031 The Gazette</center></body></html>")  # fmt: skip


def divisions(s: Story, c: random.Random) -> str:
    return (f'{head(s)}<body><div class="css-9x">{menu(c, "div")}</div><div class="css-0a"><div class="css-7y"><h1>{escape(s.title)}</h1>'
            f'<div class="css-3d">{inner(s, "div", c)}</div></div><div class="css-4e">{cards(c, "div", "css-6f")}</div></div>'
            f'<div class="css-8g">{FOOT}</div></body></html>')  # fmt: skip


def endless(s: Story, c: random.Random) -> str:
    other = c.choice(stories(c))
    return (f"{head(s)}<body>{menu(c)}<article><h1>{escape(s.title)}</h1>{inner(s, 'p', c)}</article><article><h1>{escape(other.title)}"
            f"</h1>{inner(other, 'p', c)}</article>{FOOT}</body></html>")  # fmt: skip


def nested(s: Story, c: random.Random) -> str:
    return (f"{head(s)}<body>{menu(c)}<article class=story><header><h1>{escape(s.title)}</h1>{BY}</header>{inner(s, 'p', c)}"
            f"{cards(c)}</article>{FOOT}</body></html>")  # fmt: skip


def broken(s: Story, c: random.Random) -> str:
    body = inner(s, "p", c)
    cut = [m.end() for m in re.finditer("</p>\n", body)]
    half = cut[len(cut) // 2]
    return (f"{head(s)}<body>{menu(c)}<div role=main><h1>{escape(s.title)}</h1><div class=StoryBody>{body[:half]}</div><div class="
            f"AdWrapper>Advertisement</div><div class=StoryBody>{body[half:]}</div></div>{links(c, 'rail')}"
            f"{comments(c, '<div class=Comments-list>', '</div>')}{FOOT}</body></html>")  # fmt: skip


def breaks(s: Story, c: random.Random) -> str:
    return (f"{head(s)}<body><div id=nav>{menu(c, 'div')}</div><div id=story><h2>{escape(s.title)}</h2>{inner(s, 'br', c)}</div>"
            f"<div id=more>{links(c, 'box')}</div></body></html>")  # fmt: skip


def teasers(s: Story, c: random.Random) -> str:
    return (f"{head(s)}<body>{menu(c)}{cards(c)}<main><h1>{escape(s.title)}</h1>{SHARE}<section>{inner(s, 'p', c)}</section></main>"
            f"{cards(c)}{cards(c)}{FOOT}</body></html>")  # fmt: skip


def paid(s: Story, c: random.Random) -> str:
    return (f'{head(s)}<body><div class="cookie-consent"><p>We and our partners use cookies to make this site better for you. Choose what'
            f" you allow.</p></div>{menu(c)}<article><div class=paywall-content><h1>{escape(s.title)}</h1>{inner(s, 'p', c)}</div>"
            '<div class="subscribe-box"><p>Subscribe now for full access to everything that our reporters write, day and night.</p></div>'
            f"</article>{links(c, 'most-popular')}{FOOT}</body></html>")  # fmt: skip


def unclosed(s: Story, c: random.Random) -> str:
    body = inner(s, "p", c).replace("</p>", "").replace("</li>", "")
    return (f"{head(s)}<body bgcolor=white>{menu(c, 'div')}<h1>{escape(s.title)}</h1>{body}<hr>{links(c, 'box')}"
            f"<p>Copyright 2031 The Gazette. All rights reserved.")  # fmt: skip


def bios(s: Story, c: random.Random) -> str:
    return (f"{head(s)}<body>{menu(c)}<div class=wrapper><div class=article-header><h1>{escape(s.title)}</h1></div><div class="
            f"article-body>{inner(s, 'p', c)}<div class=author-bio><p>Ann Lee has covered the valley for the Gazette since 2019 and "
            f"lives in Elm with her dog.</p></div><p class=tags><a href=1>Elm</a> <a href=2>Bridges</a></p></div>{links(c, 'promo')}"
            f"</div>{comments(c, '<div class=disqus-thread>', '</div>')}{FOOT}</body></html>")  # fmt: skip


def wrapped(s: Story, c: random.Random) -> str:
    """Each paragraph in elements that are named as furniture."""
    pieces = inner(s, "p", c).split("\n")
    body = "".join(
        f'<div class="elementor-widget-wrap"><div class="text text--with-Ads">{piece}</div></div>' for piece in pieces
    )
    return (f'{head(s)}<body><div class="elementor-widget">{menu(c, "div")}</div><h1>{escape(s.title)}</h1>{body}'
            f"{links(c, 'related')}{FOOT}</body></html>")  # fmt: skip


def debated(s: Story, c: random.Random) -> str:
    """The headline is a link, and readers say far more than the story."""
    said = "".join(comments(c, "<li class=comment>", "</li>") for _ in range(20))
    return (f"{head(s)}<body>{menu(c, 'div')}<div class=post id=post-7><h2><a href=/7>{escape(s.title)}</a></h2>{inner(s, 'p', c)}"
            f"</div><h3>60 comments</h3><ol id=commentlist>{said}</ol>{links(c, 'box')}{FOOT}</body></html>")  # fmt: skip


def led(s: Story, c: random.Random) -> str:
    """The first paragraph apart from the others, and words that may be broken."""
    body = inner(s, "p", c)
    first, rest = body.split("\n", 1)
    rest = re.sub(r"\b(\w{4})(\w{5,})", "\\1&shy;\\2", rest)
    return (f"{head(s)}<body>{menu(c)}<main><div class=a-head><h1>{escape(s.title)}</h1>{BY}</div><div class=a-lead>{first}</div>"
            f"<div class=player>Listen to this story <span>5 min</span></div><div class=a-body>{rest}</div></main>"
            f"{cards(c)}{FOOT}</body></html>")  # fmt: skip


def stream(s: Story, c: random.Random) -> str:
    """The story and, below it in the same main part, a handful of others, each whole."""
    others = "".join(
        f"<article><h2>{escape(o.title)}</h2>{inner(o, 'p', c)}</article>" for o in c.choices(stories(c), k=5)
    )
    return (f"{head(s)}<body>{menu(c)}<main><article><h1>{escape(s.title)}</h1>{inner(s, 'p', c)}</article>{others}</main>"
            f"{FOOT}</body></html>")  # fmt: skip


def chronicle(s: Story, c: random.Random) -> str:
    """A live report: each entry is an article in the article."""
    pieces = inner(s, "p", c).split("\n")
    entries = "".join(
        f"<article class=entry><time>{10 + n // 2}:{c.randrange(10, 60)}</time>{''.join(pieces[n : n + 2])}{SHARE}</article>"
        for n in range(0, len(pieces), 2)
    )
    return (f"{head(s)}<body>{menu(c)}<main><article><h1>{escape(s.title)}</h1>{BY}{entries}</article></main>"
            f"{cards(c)}{FOOT}</body></html>")  # fmt: skip


LAYOUTS: tuple[Callable[[Story, random.Random], str], ...] = (
    semantic, blog, tables, divisions, endless, nested, broken, breaks, teasers, paid, unclosed, bios,
    wrapped, debated, led, stream, chronicle,
)  # fmt: skip


def score(found: str, wanted: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of words."""
    a, b = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, wanted))
    both = (a & b).total()
    precision, recall = both / max(1, a.total()), both / max(1, b.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Makes the pages, reads and scores them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="the mean of each layout")
    given = parser.parse_args()
    for name, own in (("our own", True), *([("trafilatura", False)] if find_spec("trafilatura") else [])):
        chance = random.Random("saved web pages")
        by_layout: dict[str, list[tuple[float, float, float]]] = {}
        for layout in LAYOUTS:
            for k in range(PER_LAYOUT):
                story = stories(chance)[k]
                found = webpage.record(layout(story, chance), own=own)["text"]
                by_layout.setdefault(layout.__name__, []).append(
                    score(found, " ".join(words for _, words in story.pieces))
                )
        every = [each for scores in by_layout.values() for each in scores]
        print(f"{name}: {len(every)} pages, precision, recall, F1: {_means(every)}")
        if given.misses:
            for layout_name, scores in by_layout.items():
                print(f"  {layout_name:<10} {_means(scores)}")


def _means(scores: list[tuple[float, float, float]]) -> str:
    return " ".join(f"{sum(column) / len(scores):.3f}" for column in zip(*scores, strict=True))


if __name__ == "__main__":
    main()
