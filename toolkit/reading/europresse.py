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
_TITLE = re.compile("titreArticleVisu|titreArticle")
_AUTHORS = re.compile("docAuthors|sm-margin-bottomNews")
_BODY = re.compile("docOcurrContainer|DocText")
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
        return next((block.text.replace("\n", " ") for block in blocks if block.has_class(pattern)), "")

    body = [
        block.text
        for block in blocks
        if block.has_class(_BODY) and not block.has_class(_TITLE)
        and not any(tag.name in {"aside", "footer"} for tag in block.within)
    ]  # fmt: skip
    aside = [block.text for block in blocks if any(tag.name == "aside" for tag in block.within)]
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
        "author": first(_AUTHORS),
        "section": section,
        "page": page[0] if page else "",
        "aside": "\n".join(aside),
    }
    return row(number, body, fields)
