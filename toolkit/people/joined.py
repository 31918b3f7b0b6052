"""Source phrases that join several: "Mara Voss and Jan Roth" are two sources."""

from __future__ import annotations

import re

from ..article import Span
from ..language import nouns
from ..language.closed_classes import DETERMINER, POSSESSOR
from . import proper_names
from .descriptions import Description, describe

_AND = re.compile(
    r",?[ \u00a0]+(?:and|n?or|as[ \u00a0]well[ \u00a0]as|along[ \u00a0]with|plus)[ \u00a0]+"
    r"(?:(?:also|then|later)[ \u00a0]+)?"
)
_COMMA = re.compile(r",[ \u00a0]+")
_BOTH = re.compile(r"(?:[Bb]oth|[Ee]ither|[Nn]either)\s")
_LISTED = re.compile(r"[^,]+, (?=[A-Z][\w.'’-]+ [A-Z])")
_WITHOUT_COMMA = re.compile(r"(.*?[^,\s])[ \u00a0]+(?:and|or)[ \u00a0]+(.*)", re.DOTALL)
_OPEN = re.compile(  # "a lawyer for Voss", "policy director at the Institute on Harbours", "with the board"
    r"(?:\b[a-z]{3,} (?:for|of|at|on|with|to|in|from)|^with) ([^,]+)$"
)
_RELATION = re.compile(
    r"(?:of|for|from|in|at|with|to|by|on|between|among|who|that|which|about|against|across|"
    r"within|under|familiar|including|like|such|close)\b"
)
_SPEAK = frozenset(("unnamed_person", "collective_public", "organisation", "media_outlet"))
_BESIDE = DETERMINER | POSSESSOR | {"other", "others", "has"}  # "Voss and other members", "Voss and her aides"


def parts(text: str, span: Span) -> list[tuple[Span, str]]:
    """Those whom a source phrase joins: where each stands, and the words to describe it by.

    A phrase is one where "and" joins what cannot stand alone: "leaders of the board and the union".

    >>> text = "Mayor Ilse Brandt and Jan Roth of the Harbour Board"
    >>> [words for _, words in parts(text, Span(0, len(text)))]
    ['Mayor Ilse Brandt', 'Jan Roth of the Harbour Board']
    """
    raw = span.of(text)
    one = [(span, " ".join(raw.split()))]
    if not _AND.search(raw) or nouns.whole(raw.split()) or _inside(raw):
        return one
    start = span.start
    if both := _BOTH.match(raw):
        start += both.end()
    elif (listed := _LISTED.match(raw)) and (first := describe(listed[0])).plural and _speaks(first):
        start += listed.end()  # "two senators, Ilse Brandt and Jan Roth"
    names = [(found.begin, found.end) for found in proper_names.scan(text, start, span.end)]

    def cut(pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
        joints = [j.span() for j in pattern.finditer(text, start, end) if not any(a < j.start() < b for a, b in names)]
        edges = [start, *(edge for joint in joints for edge in joint), end]
        return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]

    pieces = cut(_AND, start, span.end)
    said = [describe(piece.of(text)) for piece in pieces]
    listed_first = cut(_COMMA, *pieces[0])
    if said[0].name is None or all(_alike(describe(piece.of(text)), said[-1]) for piece in listed_first):
        pieces = [*listed_first, *pieces[1:]]
        said = [describe(piece.of(text)) for piece in pieces]
    words = [" ".join(piece.of(text).split()) for piece in pieces]
    if len(pieces) == 2 and _family(words[0], said[1]):
        words[0] = f"{words[0]} {words[1].split()[-1]}"  # "Ada and Jan Roth"
        said[0] = describe(words[0])
    apart = len(pieces) > 1 and all(map(_alone, said, [*said[1:], None]))
    if not apart or any(_one(*both) for both in zip(said, words, said[1:], words[1:], strict=False)):
        return one
    return list(zip(pieces, words, strict=True))


def _inside(raw: str) -> bool:
    """Whether "and" joins what somebody is related to: "Jan Roth, a lawyer for Voss and Pike"."""
    joined = _WITHOUT_COMMA.match(raw)
    one = describe(joined[1]) if joined else None
    if joined is None or one is None or not _names_a_person(one):
        return False
    related = _OPEN.search(one.rest)
    return related is not None and _person(related[1]) == _person(joined[2])


def _person(words: str) -> bool:
    """Whether words begin with a first name and surname."""
    name = describe(words).name
    return name is not None and len(name.words) > 1 and name.words[0].lower() in nouns.first_names()


def _names_a_person(one: Description) -> bool:
    return one.name is not None and one.name.kind == "named_person"


def _speaks(one: Description) -> bool:
    return one.name is None and one.kind in _SPEAK


def _alike(one: Description, other: Description) -> bool:
    """Whether two names may stand side by side: two persons, or two bodies; no "R-Maine"."""
    if one.name is None or other.name is None or nouns.is_place(one.name.full) or one.name.full[1:2] == "-":
        return False
    return (one.name.kind == "named_person") == (other.name.kind == "named_person")


def _family(first: str, last: Description) -> bool:
    """Whether a first name alone goes with the surname of the next."""
    full = last.name is not None and _names_a_person(last) and len(last.name.words) > 1 and not last.rest
    return full and first.lower() in nouns.first_names()


def _alone(one: Description, following: Description | None) -> bool:
    """Whether a joined phrase can be a source by itself: not "chairman" of "founder and chairman Jan Roth"."""
    if (
        following is not None
        and _RELATION.match(one.rest)
        and not (_names_a_person(one) and _names_a_person(following))
    ):
        return False
    if one.name is not None or one.kind == "pronoun":
        return True
    noun = nouns.heads().get(one.head)
    return noun is not None and noun.kind in _SPEAK and (one.plural or one.definite or one.first in DETERMINER)


def _one(one: Description, words: str, other: Description, following: str) -> bool:
    """Whether two phrases that could stand alone are one with "and" between them."""
    if other.name is not None:
        if one.name is None or other.name.kind == "named_person" or not following.removeprefix("the ")[:1].isupper():
            return False
        ends = nouns.makes_a_body(other.name.words[-1]) and not nouns.makes_a_body(one.name.words[-1])
        return ends and not nouns.whole(one.name.words)  # "Harbours and Roads Committee"
    if not other.plural and (other.definite or other.first in {"a", "an"}) and "," in words:
        return True  # "Jan Roth, a professor and a member of the board"
    if one.name is None:
        return False
    kin = other.plural and other.kind == "unnamed_person" and bool(other.words) and other.first not in _BESIDE
    kin = kin and one.name.kind == "organisation" and " " not in words  # "State and port aides"
    return kin or (len(one.name.words) < 2 and following[:1].isupper())  # "Brandt and Voss aides"
