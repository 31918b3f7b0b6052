"""One name for an outlet, whatever a file calls it (``lists/outlets.tsv``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from ..article import Article
from ..language import word_lists

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://)?(?:www\.)?([\w.-]+\.\w{2,})/?", re.IGNORECASE)
_BEFORE_BRACKET = re.compile(r"(?<=\S)\s*\(")


def tidy(name: str) -> str:
    """A name with single spaces, and one before a bracket: ``The Guardian(London)`` and its like differ in nothing."""
    return _BEFORE_BRACKET.sub(" (", " ".join(name.split()))


def folded(name: str) -> str:
    """The one name of an outlet, of which the name given is a form; a name that is in no list comes back as it came.

    >>> folded("nytimes.com"), folded("The Guardian(London)"), folded("The Harbour Gazette")
    ('The New York Times', 'The Guardian', 'The Harbour Gazette')
    """
    return _known().get(_key(tidy(name)), name)


def of_address(url: str) -> str:
    """The outlet whose web address this is; ``""`` for an address that is in no list.

    >>> of_address("https://www.theguardian.com/world/2031/may/02/ferry"), of_address("https://gazette.example/a")
    ('The Guardian', '')
    """
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    parts = host.split(".")
    return next(filter(None, (_known().get(_key(".".join(parts[k:])), "") for k in range(len(parts) - 1))), "")


def of_site(name: str) -> str:
    """An outlet's name as it came; for the address of a site its host, ``""`` for that of a page.

    >>> of_site("https://www.gazette.example/"), of_site("https://gazette.example/a"), of_site("The Gazette")
    ('gazette.example', '', 'The Gazette')
    """
    if not _ADDRESS.fullmatch(name):
        return name
    site = _SITE.fullmatch(name)
    return site[1].lower() if site else ""


def filled(articles: Iterable[Article], outlet: str) -> list[Article]:
    """The articles, those without an outlet with this one."""
    return [replace(article, outlet=outlet) if outlet and not article.outlet else article for article in articles]


def _key(name: str) -> str:
    """What is alike in forms that say the same: without case, ``www.``, and the article before several words (Times and
    The Times are two)."""
    plain = name.casefold().removeprefix("www.")
    rest = plain.removeprefix("the ")
    return rest if " " in rest else plain


@cache
def _known() -> dict[str, str]:
    return {_key(tidy(form)): forms[0] for forms in word_lists.rows("outlets.tsv") for form in forms}
