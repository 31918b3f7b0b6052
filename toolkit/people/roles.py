"""Roles: what title, apposition and body say of the part that a source plays in public life."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..language import nouns
from ..language.word_lists import word_class
from . import proper_names

ROLES = ("official", "politician", "police/courts", "business", "expert", "civil society", "professional", "citizen",
         "other medium", "unknown")  # fmt: skip
# words that say for what kind of body somebody speaks: "campaign aides", "security sources"
OF_A_BODY = {word: role for role in ROLES[:7] for word in word_class(f"body:{role.replace(' ', '_')}")}
_LEADS = word_class("of_a_body")
_LINK = re.compile(r"\b(?:of|for|at|who|with|from|in|on|to|and|whose|that|working|serving)\b")
_NEAR = re.compile(
    r"(?:\w+ ){0,2}(?:familiar|briefed|close to|involved in|with (?:direct )?knowledge|privy|aware of|acquainted)\b"
)
_WHO = re.compile(r"\b(?:who|whose|that|when|said|told)\b")
_STATE = frozenset(("official", "politician", "unknown"))


def apposed_role(rest: str) -> tuple[str, str]:
    """The role that an apposition gives: "executive director of the Harbour Trust", "59, of Elm"."""
    for piece in re.split(r",\s|;|\s[—–-]\s", rest)[:3]:
        words = proper_names.words_of(_LINK.split(piece, maxsplit=1)[0])
        if not words or not (words[-1].islower() or nouns.is_title(words[-1].lower())):
            continue
        noun = nouns.noun_of(words[-1])
        if (person := nouns.person_of(words[-1])) is not None and person.role != "unknown":
            return widened(person.role, _WHO.split(piece, maxsplit=1)[0].strip(" ,."))
        if noun is not None and noun.stands_for == "head" and (body := role_of_body(piece)) != "unknown":
            return body, piece.strip(" ,.")
    if re.match(r"(?:aged\s)?[1-9]\d\b", rest):
        return "citizen", rest.split(",")[0].strip()
    return "unknown", ""


def title_role(title: Sequence[str]) -> tuple[str, str]:
    """The role that the words of a title give, with these words."""
    for word in reversed(title):
        noun = nouns.person_of(word)
        role = nouns.titles().get(word.lower(), ("", ""))[0] or (noun.role if noun else "unknown")
        found, evidence = widened(role, " ".join(title))
        if found != "unknown":
            return found, evidence
    return "unknown", ""


def widened(role: str, words: str) -> tuple[str, str]:
    """A role with its evidence; that of the body, for one who speaks for or leads a body: "director of a union"."""
    found = [nouns.noun_of(nouns.bare(word)) for word in proper_names.words_of(words)]
    body = role_of_body(words) if any(noun and noun.stands_for in _LEADS for noun in found) else "unknown"
    kept = role in {"expert", "other medium"} or (role == "politician" and body in _STATE)
    return (role if kept or body == "unknown" else body), words


def role_of_body(words: str) -> str:
    """The role of the body named in some words; unknown if there is none."""
    for found in proper_names.scan(words, 0, len(words)) if not words.islower() else ():
        if found.name.kind in {"organisation", "media_outlet"} and found.name.role != "unknown":
            return found.name.role
    own = proper_names.words_of(words)
    listed = (nouns.noun_of(word) for word in reversed(own))
    roles = [noun.role for noun in listed if noun and noun.kind == "organisation" and noun.role != "unknown"]
    roles += [OF_A_BODY[low] for word in own if (low := nouns.singular(word.lower())) in OF_A_BODY]
    return roles[0] if roles else "unknown"


def familiar(rest: str) -> bool:
    """Whether what follows says how near an unnamed one is to the matter: "familiar with the talks"."""
    return _NEAR.match(rest) is not None
