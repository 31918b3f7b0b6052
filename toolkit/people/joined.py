"""Source phrases that join names: "Mara Voss and Jan Roth" are two sources."""

from __future__ import annotations

import re

from ..article import Span
from ..language.closed_classes import DETERMINER, POSSESSOR
from . import proper_names
from .descriptions import Description, describe

_JOINT = re.compile(
    r"(,?[ \u00a0]+(?:and|n?or|as well as|along with|plus)[ \u00a0]+(?:(?:also|then|later)[ \u00a0]+)?)|,[ \u00a0]+"
)


def parts(text: str, span: Span) -> list[tuple[Span, str]]:
    """The names that a source phrase joins: where each stands, and the words to describe it by.

    A phrase that joins no two names is one. What is joined to a name and has none is left to the name.

    >>> text = "Mayor Ilse Brandt and Jan Roth of the Harbour Board"
    >>> [words for _, words in parts(text, Span(0, len(text)))]
    ['Mayor Ilse Brandt', 'Jan Roth of the Harbour Board']
    """
    phrase = " ".join(span.of(text).split())
    if len(phrase) < 6 or not any(joint[1] for joint in _JOINT.finditer(span.of(text))):
        return [(span, phrase)]
    raw = span.of(text)
    if proper_names.whole(phrase.split()) or _inside(raw):
        return [(span, phrase)]
    if (apart := _several(text, span)) is not None:
        return apart
    if neither := re.match(r"(?:[Nn]either|[Ee]ither)\s", raw):
        span = Span(span.start + neither.end(), span.end)
        raw, phrase = span.of(text), phrase.split(" ", 1)[1]
    joints = list(_JOINT.finditer(raw))
    edges = [0, *(edge for joint in joints for edge in joint.span()), len(raw)]
    pieces = [(Span(span.start + a, span.start + b), raw[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    said = [describe(words) for _, words in pieces]
    named = [k for k, one in enumerate(said) if one.name]
    if not named:
        pointer = said[0].definite and not said[0].plural and said[0].kind in {"unnamed_person", "pronoun"}
        single = not said[-1].plural and len(pieces) == 2 and said[-1].kind == "unnamed_person"
        return [(span, pieces[0][1] if pointer and (single or said[-1].first in POSSESSOR) else phrase)]
    first, last = said[named[0]].name, said[named[-1]].name
    assert first is not None
    assert last is not None
    start = proper_names.words_of(pieces[0][1])
    if named[-1] == 1 and last.kind == "named_person" and len(last.words) > 1 and len(start) == 1 and _given(start[0]):
        return [(pieces[0][0], f"{start[0]} {last.words[-1]}"), pieces[1]]  # "Ada and Jan Roth"
    like = [k for k in named if _alike(first, said[k].name, pieces[k][1])]
    runs_on = _runs_on(first, last, pieces[named[-1]][1])
    if len(like) > 1 and named[0] == 0 and joints[like[-1] - 1][1] and not runs_on:
        return [pieces[k] for k in like]
    alone = named == [0] and len(joints) == 1 and not runs_on and said[1].first in _BESIDE
    return [(span, pieces[0][1] if alone else phrase)]


def _inside(raw: str) -> bool:
    """Whether "and" joins what somebody is related to: "Jan Roth, a lawyer for Voss and Pike"."""
    joined = _WITHOUT_COMMA.match(raw)
    one = describe(joined[1]) if joined else None
    if joined is None or one is None or one.name is None or one.name.kind != "named_person":
        return False
    related = _OPEN.search(one.rest)
    return related is not None and _person(related[1]) == _person(joined[2])


def _person(words: str) -> bool:
    """Whether words begin with a first name and surname."""
    name = describe(words).name
    return name is not None and len(name.words) > 1 and name.words[0].lower() in proper_names.first_names()


_WITHOUT_COMMA = re.compile(r"(.*?[^,\s])[ \u00a0]+(?:and|or)[ \u00a0]+(.*)", re.DOTALL)
_OPEN = re.compile(  # "a lawyer for Voss", "policy director at the Institute on Harbours", "with the board"
    r"(?:\b[a-z]{3,} (?:for|of|at|on|with|to|in|from)|^with) ([^,]+)$"
)
_AND = re.compile(
    r",?[ \u00a0]+(?:and|n?or|as[ \u00a0]well[ \u00a0]as|along[ \u00a0]with)[ \u00a0]+(?:also[ \u00a0]+)?"
)
_BOTH = re.compile(r"(?:[Bb]oth|[Ee]ither|[Nn]either)\s")
_SPEAK = frozenset(("unnamed_person", "collective_public", "organisation", "media_outlet"))
_LISTED = re.compile(r"[^,]+, (?=[A-Z][\w.'’-]+ [A-Z])")


def _several(text: str, span: Span) -> list[tuple[Span, str]] | None:
    """The phrases that "and" joins where each can stand alone and one has no name; None where they are one.

    "Voss and her aides", "the board, workers and other regulators"; not "leaders of the board and the union".
    """
    raw, start = span.of(text), span.start
    both = _BOTH.match(raw)
    if both is not None:
        start += both.end()
    elif listed := _LISTED.match(raw):
        first = describe(listed[0])
        if first.plural and first.kind in _SPEAK and first.name is None:
            start += listed.end()  # "two senators, Ilse Brandt and Jan Roth"
    inside = [(one.begin, one.end) for one in proper_names.scan(text, start, span.end)]

    def cut(pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
        joints = [j.span() for j in pattern.finditer(text, start, end) if not any(a < j.start() < b for a, b in inside)]
        edges = [start, *(edge for joint in joints for edge in joint), end]
        return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]

    pieces = cut(_AND, start, span.end)
    if len(pieces) == 1:
        return None
    said = [describe(piece.of(text)) for piece in pieces]
    if said[0].name is None and "," in pieces[0].of(text):
        pieces = [*cut(_COMMA, *pieces[0]), *pieces[1:]]
        said = [describe(piece.of(text)) for piece in pieces]
    if not all(_alone(one, last=one is said[-1]) for one in said):
        return None
    for k in range(1, len(said)):
        one, before = said[k], said[k - 1]
        if one.name is not None:
            continue
        single = not one.plural and (one.definite or one.first in {"a", "an"})
        if before.name is not None and _share(before.name, pieces[k - 1].of(text), one, pieces[k].of(text)):
            return None
        if single and "," in pieces[k - 1].of(text):
            return None  # "Jan Roth, a professor and a member of the board"
    if all(one.name is not None for one in said) and both is None and start == span.start:
        return None  # names side by side are looked at by their forms
    return [(piece, " ".join(piece.of(text).split())) for piece in pieces]


def _share(name: proper_names.Name, words: str, one: Description, following: str) -> bool:
    """Whether a name and the phrase after "and" share its noun: "Brandt and Voss aides", "State and port aides"."""
    kin = one.plural and one.kind == "unnamed_person" and bool(one.words) and one.first not in _BESIDE
    kin = kin and name.kind == "organisation" and " " not in words.strip()
    return kin or (len(name.words) < 2 and following[:1].isupper())


def _alone(one: Description, *, last: bool) -> bool:
    """Whether a joined phrase can be a source by itself: not "chairman" of "founder and chairman Jan Roth"."""
    if not last and _RELATION.match(one.rest):
        return False
    if one.name is not None or one.kind == "pronoun":
        return True
    noun = proper_names.heads().get(one.head)
    speaks = noun is not None and noun.kind in _SPEAK
    return speaks and (one.plural or one.definite or one.first in DETERMINER)


_COMMA = re.compile(r",[ \u00a0]+")
_RELATION = re.compile(
    r"(?:of|for|from|in|at|with|to|by|on|between|among|who|that|which|about|against|across|"
    r"within|under|familiar|including|like|such|close)\b"
)
_BESIDE = DETERMINER | POSSESSOR | {"other", "others", "has"}  # "Voss and other members", "Voss and her aides"


def _given(word: str) -> bool:
    return word[:1].isupper() and word.lower() in proper_names.first_names()


def _alike(one: proper_names.Name, other: proper_names.Name | None, words: str) -> bool:
    """Whether two names may stand side by side: two persons, or two bodies; no abbreviation of a place."""
    if other is None or words.endswith(".") or re.match(r"[RDI]-|(?:of|at|for|in) ", words):
        return False
    return (one.kind == "named_person") == (other.kind == "named_person")


def _runs_on(one: proper_names.Name, other: proper_names.Name | None, words: str) -> bool:
    """Whether two bodies side by side are one: "Harbours and Roads Committee"."""
    if other is None or one is other or other.kind == "named_person" or not words[:1].isupper():
        return False
    ends = proper_names.makes_a_body(other.words[-1]) and not proper_names.makes_a_body(one.words[-1])
    return ends and not proper_names.whole(one.words)
