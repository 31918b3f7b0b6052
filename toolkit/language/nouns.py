"""What the lists of words say of nouns and names: who or what they stand for, their kind, role and gender."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from . import word_lists

POSSESSIVE = re.compile(r"(?:(?<=[szx])['’]|['’]s)$", re.IGNORECASE)
_MARKS = ("'", "’")


class Head(NamedTuple):
    """What a head noun says of the source: its kind and role, its bearer's gender, the noun that it stands for."""

    kind: str
    role: str
    gender: str
    stands_for: str


@cache
def heads() -> dict[str, Head]:
    """Head noun, singular -> what it says."""
    found = {}
    for noun, kind, role, *more in word_lists.rows("heads.tsv"):
        gender, stands_for = (*more, "", "")[:2]
        found[noun] = Head(kind, role, gender, stands_for or noun)
    return found


@cache
def titles() -> dict[str, tuple[str, str]]:
    """Title -> role and gender."""
    return {word: ((*more, "", "")[0], (*more, "", "")[1]) for word, *more in word_lists.rows("titles.txt")}


@cache
def bodies() -> dict[str, tuple[str, str, bool]]:
    """Whole name of a body, an outlet, a people, a place -> kind, role, and whether it is a place."""
    return {name: (kind, role, bool(more)) for name, kind, role, *more in word_lists.rows("bodies.tsv")}


@cache
def _longest() -> int:
    """The most words that a listed whole name has."""
    return max(len(name.split()) for name in bodies())


@cache
def first_names() -> dict[str, str]:
    """Common first name -> gender, or "" where both are usual."""
    return {name: (more or [""])[0] for name, *more in word_lists.rows("first_names.tsv")}


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """The singular of a lower-case noun in the list of heads; another word as it is.

    >>> singular("agencies"), singular("policemen"), singular("news")
    ('agency', 'policeman', 'news')
    """
    for ending, other in (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("men", "man"), ("women", "woman")):
        if word.endswith(ending) and word[: len(word) - len(ending)] + other in heads():
            return word[: len(word) - len(ending)] + other
    if word.startswith(("ex-", "co-", "then-", "vice-")):
        return singular(word.partition("-")[2])
    return word


def noun_of(word: str) -> Head | None:
    """What a noun, singular or plural, says of a source; None for one that is on no list."""
    return heads().get(singular(word.lower()))


def person_of(word: str) -> Head | None:
    """What a noun for persons says; None for another."""
    noun = noun_of(word)
    return noun if noun is not None and noun.kind in {"unnamed_person", "collective_public"} else None


def stands_for(word: str) -> str:
    """The noun that a noun stands for: lawyer for attorney; one on no list for itself."""
    noun = noun_of(word)
    return noun.stands_for if noun is not None else singular(word.lower())


def is_place(words: str) -> bool:
    """Whether words are the name of a place."""
    return bodies().get(words.lower(), ("", "", False))[2]


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """A word without its possessive ending."""
    return POSSESSIVE.sub("", word) if (word[-2:-1] in _MARKS or word[-1:] in _MARKS) and word[0].isalnum() else word


@lru_cache(maxsize=4096)
def is_title(word: str) -> bool:
    """Whether a lower-case word may stand before a person's name."""
    noun = noun_of(word)
    return word in titles() or (noun is not None and noun.kind == "unnamed_person")


def whole(own: Sequence[str]) -> tuple[str, str, bool] | None:
    """What the list of whole names says of these words."""
    return None if len(own) > _longest() else bodies().get(bare(" ".join(own)).lower().replace("’", "'"))


@lru_cache(maxsize=4096)
def makes_a_body(word: str) -> bool:
    """Whether a name that ends in this word is that of a body or an outlet."""
    low = bare(word).lower()
    return any(low in word_lists.words(name) for name in ("organisations.txt", "media.txt", "things.txt"))
