"""A saved web page: what it says of itself, and the paragraphs of its article."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise, zip_longest
from typing import Any

from ..article import ArticleError
from .markup import Block, Tag, blocks

_META: Mapping[str, str] = {
    "og:site_name": "outlet", "og:title": "title", "og:url": "url", "article:published_time": "date",
    "article:section": "section", "author": "author", "date": "date", "dc.date": "date", "parsely-pub-date": "date",
    "parsely-author": "author", "twitter:title": "title", "application-name": "outlet",
}  # fmt: skip
_ASIDE = frozenset("nav aside footer form figure figcaption".split())
_NEVER = frozenset("html body main article".split())  # their names say nothing of what is in them
# Words in the names that pages give to what is no part of the story.
_FURNITURE = frozenset(
    "ad ads advert advertisement adslot banner bio breadcrumb breadcrumbs caption comment comments consent cookie"
    " cookies copyright disclaimer disqus donate footer hidden masthead menu modal nav navbar navigation"
    " newsletter newsletters outbrain overlay popular popup print promo promos promoted pullquote rail readmore"
    " recirc recirculation recommended recommendations related respond share sharing sidebar signup social sponsor"
    " sponsored subscribe subscription taboola tags teaser toolbar topics tracking trending widget".split()
)
_READERS = frozenset(
    "comment comments commentlist commentaires comentarios kommentare disqus respond discussion forum forums".split()
)
# The elements and the names that are believed, from the strictest on: some pages name what holds the story so, too.
_BELIEVED = (
    (_ASIDE, _FURNITURE),
    (_ASIDE, frozenset[str]()),
    (_ASIDE - {"aside", "form"}, frozenset[str]()),
)
_MOST_TAGS, _MOST_NESTED = 50_000, 300_000  # the largest of 110 pages of many sites has 9,207 and 25,964
_LEADS = 2  # paragraphs between the headline and the story: more are of something else
_LITTLE = 25  # words of prose: with less, a page is read again and less of its names believed
_BESIDE = frozenset("has no open with without".split())  # "content-with-sidebar" is none
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_STOP = re.compile(r"[.!?…:][\"'”’)\]]*$")
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->|Page saved with SingleFile\s+url: (\S+)")
_BANNER = re.compile(r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL)
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/")
_LINKED_DATA = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE
)
_TAGS = re.compile(r"<(?P<tag>meta|link|html|time)\b(?P<rest>[^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_PROSE = 8  # words of a line that tell of a story, if most of them are no links
_LINKED = 0.5  # of a block's letters that are links: more make it a list of links
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_PARAGRAPHS = _HEADINGS | frozenset("p blockquote li dd dt pre".split())
_MOST = 0.6  # of the page's prose in one element: more stands in no furniture but in comments
_DEEP = (
    0.9  # of the story's prose that its innermost element holds; .8 loses what stands behind a break, .95 keeps more
)
_ALL = 0.95  # of the page's prose in what is named as comments: with more, the name says something else
_SOME = 0.3  # of the page's prose in its longest ``<article>``: with less, that is a card
_CARD = 0.15  # of the page's prose: what holds more is no card of another story
_SECOND = 0.25  # of the longest article's prose: the first article with so much is the one that was saved


def record(html: str, *, own: bool = False) -> dict[str, str]:
    """Title, outlet, date and so on as the page tells them, and as text its article, a blank line between paragraphs.

    The article is found by trafilatura where it is installed (the extra ``web``), unless ``own``; else by ours: the
    element that holds most of the prose, without comments, related stories, captions and what else is named as
    furniture. Items of lists begin with a bullet. The text is ``""`` where there is none. Raises `ArticleError` for a
    page that cannot be parsed, and for one of more elements than pages have.

    >>> record("<title>Ferry fares rise</title><p>Fares rise by a fifth,<br>the port said.", own=True)["text"]
    'Fares rise by a fifth, the port said.'
    """
    if html.count("<") > _MOST_TAGS:
        raise ArticleError(f"a page of {html.count('<'):,} tags (the limit is {_MOST_TAGS:,})")
    html = _BANNER.sub("", html, count=1) if "BEGIN WAYBACK" in html else html
    found = blocks(html)
    nested = sum(len(block.within) for block in found)
    if nested > _MOST_NESTED:
        raise ArticleError(
            f"a page of {len(found):,} paragraphs, {nested // len(found)} elements around each (the limit is"
            f" {_MOST_NESTED:,} in all)"
        )
    linked = _linked(html)
    about = _about(html, found, linked)
    text, by = ("", "") if own else _extracted(html)
    if not text:
        text = "\n\n".join(_paragraphs(found))
    told = str(linked.get("articleBody") or "")
    if len(text.split()) * 2 < len(told.split()):
        text = "\n\n".join(line.strip() for line in told.splitlines() if line.strip())
    return {**about, "note": f"the paragraphs of a web page{by}", "text": text}


def charset(raw: bytes) -> str:
    """The encoding that a page names in its first lines; ``""`` for none, or one that is not known.

    >>> charset(b'<html><meta charset="iso-8859-2"><p>Fares rise.')
    'iso8859-2'
    """
    found = _CHARSET.search(raw[:4096])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except (LookupError, UnicodeDecodeError):
        return ""
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)  # as browsers take them


@cache
def _trafilatura() -> Any:
    try:
        return import_module("trafilatura")
    except ImportError:
        return None


def _extracted(html: str) -> tuple[str, str]:
    """The text by trafilatura and a word on it; none without it, or where it finds nothing."""
    extractor = _trafilatura()
    if extractor is None:
        return "", ""
    text = extractor.extract(html, include_comments=False, include_tables=False, deduplicate=False) or ""
    lines = (re.sub(r"^- ", "• ", line.strip()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line), f", by trafilatura {extractor.__version__}"


def _about(html: str, found: Sequence[Block], linked: Mapping[str, Any]) -> dict[str, str]:
    """What the page says of itself: in meta tags, in linked data, and where nothing else does in its first lines."""
    about: dict[str, str] = {}
    times: list[str] = []
    canonical = ""
    for tag in _TAGS.finditer(html):
        given = {name.lower(): _plain(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag["rest"])}
        name = tag["tag"].lower()
        column = _META.get((given.get("property") or given.get("name") or given.get("itemprop") or "").lower())
        if name == "meta" and column:
            about[column] = about.get(column) or given.get("content", "")
        elif name == "html":
            about.setdefault("language", given.get("lang", ""))
        elif name == "time" and given.get("datetime"):
            times.append(given["datetime"])
        elif name == "link" and given.get("rel", "").lower() == "canonical":
            canonical = canonical or given.get("href", "")
    for column, said in _told(linked).items():
        about[column] = about.get(column) or said
    saved = _SAVED.search(html[:2000])
    first = {"date": times[0] if times else "", "url": canonical or (saved[1] or saved[2] if saved else "")}
    for column, said in first.items():
        if said and not about.get(column):
            about[column] = said
    about["url"] = _ARCHIVED.sub("", about.get("url", ""))
    for name in ("h1", "title"):
        heading = next((" ".join(one.text.split()) for one in found if _is(one, name)), "")
        if heading and not about.get("title"):
            about["title"] = heading
    return {column: said for column, said in about.items() if said or column == "language"}


def _linked(html: str) -> Mapping[str, Any]:
    """The article in the page's linked data (JSON-LD); empty where there is none."""
    for script in _LINKED_DATA.finditer(html):
        end = html.find("</script", script.end())
        try:
            told = json.loads(html[script.end() : max(end, script.end())] or "{}")
        except (ValueError, RecursionError):
            continue
        if end < 0:
            break
        for one in _things(told):
            kinds = one.get("@type")
            if any(
                "Article" in str(kind) or kind == "BlogPosting"
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return one
    return {}


def _things(told: Any) -> Iterator[Mapping[str, Any]]:
    for one in told if isinstance(told, list) else [told]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (each for each in (graph if isinstance(graph, list) else []) if isinstance(each, dict))


def _told(linked: Mapping[str, Any]) -> dict[str, str]:
    """What linked data says of the article, by our columns."""
    names = {"headline": "title", "datePublished": "date", "articleSection": "section"}
    told = {column: _named_in(linked.get(name)) for name, column in names.items()}
    told |= {"outlet": _named_in(linked.get("publisher")), "author": _named_in(linked.get("author"))}
    return {column: said for column, said in told.items() if said}


def _named_in(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_named_in, value)))
    return _named_in(value.get("name")) if isinstance(value, dict) else _plain(value) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    from html import unescape

    return " ".join(unescape(text).split())


def _is(block: Block, name: str) -> bool:
    return any(tag.name == name for tag in (*block.within, *block.inside))


def _paragraphs(found: Sequence[Block]) -> Iterator[str]:
    """The paragraphs of the article."""
    stories = (_story(found, asides, names) for asides, names in _BELIEVED)
    kept, _ = max(stories, key=lambda story: min(story[1], _LITTLE))  # the first that is no little
    following = {id(block): after for block, after in pairwise(found)}
    for block, after in zip_longest(kept, kept[1:]):
        bare = not after or (_heading(after) and following[id(block)] is not after)  # what it heads was left out
        if _heading(block) and bare and not _stands_alone(block):
            continue
        item = _is(block, "li")
        for part in re.split(r"\n{2,}", block.text):
            words = " ".join(part.split())
            if words:
                yield f"• {words}" if item and not words.startswith("•") else words


def _story(found: Sequence[Block], asides: frozenset[str], names: frozenset[str]) -> tuple[list[Block], float]:
    """The blocks of the article and how much they tell, if these elements and names are those of furniture."""
    prose = {id(block): _prose(block, asides) for block in found}
    furniture = _named(found, prose, asides, names)
    left = [block for block in found if not any(tag.number in furniture for tag in block.within)]
    home = _home(left, prose)
    kept = [block for block in left if home in {0, *(tag.number for tag in block.within)}]
    links = _lists_of_links(kept)
    kept = [one for one in _own(kept, prose) if _tells(one) and links.isdisjoint(tag.number for tag in one.within)]
    kept = [*_lead(found, left, kept, prose), *kept]
    return kept, sum(prose[id(block)] for block in kept)


def _lead(
    found: Sequence[Block], left: Sequence[Block], kept: Sequence[Block], prose: Mapping[int, float]
) -> list[Block]:
    """What is told between the headline and the element of the story."""
    if not kept:
        return []
    places = {id(block): place for place, block in enumerate(found)}
    start = places[id(kept[0])]
    head = max((place for place in range(start) if _is(found[place], "h1")), default=start)
    between = [block for block in left if head < places[id(block)] < start and prose[id(block)]]
    short = sum(prose[id(block)] for block in between) <= _CARD * sum(prose[id(block)] for block in kept)
    return between if len(between) <= _LEADS and short else []


def _prose(block: Block, asides: frozenset[str]) -> float:
    """How much a block tells of a story: its words, half where it ends in the middle of a sentence; 0 for furniture."""
    n = len(block.text.split())
    if n < _PROSE or block.linked > _LINKED * len(block.text) or any(tag.name in asides for tag in block.within):
        return 0.0
    return n if _STOP.search(block.text) else n / 2


def _weights(found: Iterable[Block], prose: Mapping[int, float]) -> Mapping[int, float]:
    """How much prose each element holds."""
    weights: dict[int, float] = defaultdict(float)
    for block in found:
        for tag in block.within:
            weights[tag.number] += prose[id(block)]
    return weights


def _named(
    found: Iterable[Block], prose: Mapping[int, float], asides: frozenset[str], names: frozenset[str]
) -> set[int]:
    """The elements that are furniture by what they are, by how they are named, or as cards of other stories: with a
    heading that is a link."""
    tags = {tag.number: tag for block in found for tag in block.within}
    cards = {
        block.within[-2].number
        for block in found
        if len(block.within) > 1 and _heading(block) and block.linked > _LINKED * len(block.text)
    }
    weights = _weights(found, prose)
    whole = max(sum(prose.values()), 1)
    out = {
        number
        for number, tag in tags.items()
        if tag.name in asides or tag.name in {"title", "h1"} or _says(tag, _READERS, weights[number] / whole, _ALL)
    }
    left = [block for block in found if not any(tag.number in out for tag in block.within)]
    whole = max(sum(prose[id(block)] for block in left), 1)
    return out | {
        number
        for number, tag in tags.items()
        if _says(tag, names, weights[number] / whole, _MOST) or (number in cards and weights[number] <= _CARD * whole)
    }


def _names(tag: Tag) -> Iterator[set[str]]:
    """The words of each name that a page gives to an element."""
    given_in = ("class", "id", "role", "data-component", "aria-label")
    for name in given_in[: 1 if tag.name in _HEADINGS else None]:  # the others repeat what a heading says
        for given in tag.attributes.get(name, "").split():
            yield {word.lower() for word in _NAME.findall(given.partition("--")[0])}  # behind it, what is apart of it


def _says(tag: Tag, names: frozenset[str], share: float, most: float) -> bool:
    """Whether an element is named so, and holds at most so much of the prose."""
    return (
        share <= most
        and tag.name not in _NEVER
        and any(not found.isdisjoint(names) and found.isdisjoint(_BESIDE) for found in _names(tag))
    )


def _own(kept: Sequence[Block], prose: Mapping[int, float]) -> Sequence[Block]:
    """The blocks of the first article that is no card, without those of articles in it, which are other stories'; but
    with them where they say the most and none of them most of that: so are the entries of a live report."""
    depth = 0
    while True:
        apart: dict[int, float] = defaultdict(float)
        for block in kept:
            apart[next(iter(_articles(block)[depth:]), 0)] += prose[id(block)]
        own = apart.pop(0, 0)  # what stands in no article, or in none inside the one that was found
        longest = max(apart.values(), default=0)
        inside = sum(apart.values())
        if own >= (inside if depth else longest):
            return [block for block in kept if len(_articles(block)) <= depth]
        if depth and len(apart) > 2 and longest <= inside / 2:
            return kept
        first = next(number for number, weight in apart.items() if weight >= _SECOND * longest)
        kept = [block for block in kept if first in _articles(block)[depth:]]
        depth += 1


def _articles(block: Block) -> list[int]:
    """The ``<article>`` elements that a block stands in, outermost first."""
    return [tag.number for tag in block.within if tag.name == "article"]


def _home(kept: Sequence[Block], prose: Mapping[int, float]) -> int:
    """The element that holds the article, by number; 0 for the whole page."""
    weights = _weights(kept, prose)
    whole = sum(prose[id(block)] for block in kept)
    home = 0
    for told in (lambda tag: tag.name == "article", lambda tag: "main" in {tag.name, tag.attributes.get("role")}):
        outer = dict.fromkeys(tag.number for block in kept for tag in [t for t in block.within if told(t)][:1])
        longest = max((weights[number] for number in outer), default=0)
        if not home and longest > _SOME * whole:
            home = next(number for number in outer if weights[number] >= _SECOND * longest)
    within = weights[home] if home else whole
    inside = [block for block in kept if home in {0, *(tag.number for tag in block.within)}]
    heaviest = max(inside, key=lambda block: prose[id(block)], default=None)
    for tag in heaviest.within if heaviest else ():
        if weights[tag.number] >= _DEEP * within and tag.name not in {"p", "li", "blockquote"}:
            home = tag.number
    return home


def _lists_of_links(kept: Iterable[Block]) -> set[int]:
    """The lists whose items are links."""
    letters, linked = Counter[int](), Counter[int]()
    for block in kept:
        for tag in block.within:
            if tag.name in {"ul", "ol", "dl", "table"}:
                letters[tag.number] += len(block.text)
                linked[tag.number] += block.linked
    return {number for number, n in letters.items() if linked[number] > _LINKED * n}


def _heading(block: Block) -> bool:
    return any(tag.name in _HEADINGS for tag in block.within)


def _stands_alone(heading: Block) -> bool:
    """Whether a heading says something without a paragraph below: a deck, or an entry of a chronicle."""
    return bool(_STOP.search(heading.text)) and len(heading.text.split()) >= _PROSE


def _tells(block: Block) -> bool:
    """Whether a block of the article's element is a part of the story: no label, no link by itself."""
    if _STOP.search(block.text):
        return True
    if block.linked > _LINKED * len(block.text):
        return False
    return any(tag.name in _PARAGRAPHS for tag in block.within) or len(block.text.split()) >= _PROSE
