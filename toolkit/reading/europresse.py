"""Europresse and Eureka.cc: the articles in their exports as HTML."""

from __future__ import annotations

import re
from itertools import pairwise

from ..article import ArticleError
from . import dates, markup
from .columns import Row
from .export_rows import row

_OUTLET = re.compile("DocPublicationName")
_HEADER = re.compile("DocHeader")
_TITLE = re.compile("titreArticleVisu")
_AUTHORS = re.compile("docAuthors")
_BODY = re.compile(r"docOcurrContainer|DocText")
_ISSUE = re.compile(r",?\s*(?:no|n°|nº)\.?\s*[\d-]+.*$", re.IGNORECASE)
_PAGE = re.compile(r"\bp\.\s*[\w-]+(?:\s*,\s*\d+)*")


def html_rows(html: str, name: str) -> list[Row]:
    """The articles of an export, one row each. Raises `ArticleError` where none is found."""
    articles: dict[int, list[markup.Block]] = {}
    for block in markup.blocks(html):
        holder = next((tag for tag in block.within if tag.name == "article"), None)
        if holder:
            articles.setdefault(holder.number, []).append(block)
    found = [_row(number, blocks) for number, blocks in enumerate(articles.values(), start=1)]
    if not found:
        raise ArticleError(f"{name}: a Europresse page of the old kind; export it again as HTML.")
    return found


def _row(number: int, blocks: list[markup.Block]) -> Row:
    def first(pattern: re.Pattern[str]) -> str:
        return next((" ".join(block.text.split())[:500] for block in blocks if block.has_class(pattern)), "")

    def inside(block: markup.Block, *names: str) -> bool:
        return any(tag.name in names for tag in block.within)

    body = [
        block.text
        for block in blocks
        if (block.has_class(_BODY) or inside(block, "section")) and not inside(block, "aside", "footer", "header")
    ]
    aside = [block.text for block in blocks if inside(block, "aside")]
    titled = next((k for k, block in enumerate(blocks) if block.has_class(_TITLE)), len(blocks))
    below = [block.text for block in blocks[titled + 1 :] if inside(block, "header") and not block.has_class(_TITLE)]
    header = first(_HEADER)
    parts = [part.strip() for part in re.split(r",\s*", _PAGE.sub("", header)) if part.strip()]
    day = next((found for part in parts if (found := dates.leading(part))), None)
    joined = next((found for a, b in pairwise(parts) if (found := dates.leading(f"{a}, {b}"))), None)
    section = next((part for part in parts if not dates.leading(part) and not re.search(r"\d{4}", part)), "")
    page = _PAGE.search(header)
    when = day or joined
    fields = {
        "title": first(_TITLE),
        "outlet": _ISSUE.sub("", first(_OUTLET)).strip(),
        "date": when.day if when else "",
        "author": first(_AUTHORS) or "; ".join(below),
        "section": section,
        "page": page[0] if page else "",
        "aside": "\n".join(aside),
    }
    return row(number, body, fields)
