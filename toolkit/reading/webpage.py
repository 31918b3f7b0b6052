"""A saved web page: what it says of itself, and its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser

from ..article import ArticleError


def record(html: str) -> dict[str, str]:
    """Title, outlet, date and so on from the page's meta tags, and as text its paragraphs, a blank line between them.

    The paragraphs are those in ``<article>`` if there are any, else all; the text is ``""`` where there are none.
    Raises `ArticleError` for a page that cannot be parsed.

    >>> record("<title>Ferry fares rise</title><p>Fares rise by a fifth,<br>the port said.")["text"]
    'Fares rise by a fifth, the port said.'
    """
    page = _Page()
    try:
        page.feed(html)
        page.close()
    except AssertionError as error:  # html.parser's answer to a malformed "<!["
        raise ArticleError(f"not a web page ({error})") from None
    page.end_block()
    return {**page.about, "note": "the paragraphs of a web page", "text": "\n\n".join(page.article or page.blocks)}


class _Page(HTMLParser):
    """Gathers meta tags and paragraphs as the parser meets them."""

    COLUMNS: Mapping[str, str] = {
        "og:site_name": "outlet",
        "og:title": "title",
        "og:url": "url",
        "article:published_time": "date",
        "article:section": "section",
        "author": "author",
    }
    TEXT = frozenset({"p", "h2", "h3", "h4", "blockquote"})
    ASIDE = frozenset({"script", "style", "noscript", "template", "nav", "aside", "footer", "form", "figure", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.about: dict[str, str] = {}
        self.article: list[str] = []
        self.blocks: list[str] = []
        self._words: list[str] = []
        self._field = ""
        self._inside = self._aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a block, or takes what a meta tag says."""
        given = dict(attrs)
        column = self.COLUMNS.get(given.get("property") or given.get("name") or "")
        if tag == "meta" and column:
            self.about.setdefault(column, given.get("content") or "")
        elif tag == "html":
            self.about["language"] = given.get("lang") or ""
        elif tag in self.ASIDE:
            self._aside += 1
        elif self._aside:
            return
        elif tag in self.TEXT or tag in {"title", "h1"}:
            self.end_block()
            self._field = "text" if tag in self.TEXT else "title"
        elif tag == "br":
            self._words.append(" ")
        self._inside += tag == "article"

    def handle_endtag(self, tag: str) -> None:
        """Closes a block."""
        if tag in self.ASIDE:
            self._aside = max(0, self._aside - 1)
        elif self._aside:
            return
        elif tag in self.TEXT or tag in {"title", "h1", "article", "body"}:
            self.end_block()
        self._inside -= tag == "article" and self._inside > 0

    def handle_data(self, data: str) -> None:
        """Adds words to the open block."""
        if self._field and not self._aside:
            self._words.append(data)

    def end_block(self) -> None:
        """Keeps the open block, if it holds words, as a paragraph or as the title."""
        words = " ".join("".join(self._words).split())
        if words and self._field == "title":
            self.about.setdefault("title", words)
        elif words:
            self.blocks.append(words)
            if self._inside:
                self.article.append(words)
        self._words, self._field = [], ""
