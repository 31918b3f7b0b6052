"""Roles: what title, apposition and body say of the part that a source plays in public life."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_STATE = frozenset(("official", "politician", "unknown"))


def apposed_role(rest: str) -> tuple[str, str]:
    """The role that an apposition gives: "executive director of the Harbour Trust", "59, of Elm"."""
    for piece in re.split(r",\s|;|\s[—–-]\s", rest)[:3]:
        inner = _LINK.split(piece, maxsplit=1)[0]
        words = proper_names.words_of(inner)
        if not words or not (words[-1].islower() or proper_names.is_title(words[-1].lower())):
            continue
        noun = proper_names.heads().get(proper_names.singular(words[-1].lower()))
        if noun is not None and noun.kind in {"unnamed_person", "collective_public"} and noun.role != "unknown":
            clause = re.split(r"\b(?:who|whose|that|when|said|told)\b", piece, maxsplit=1)[0].strip(" ,.")
            return widened(noun.role, clause)
        if noun is not None and noun.stands_for == "head" and (body := role_of_body(piece)) != "unknown":
            return body, piece.strip(" ,.")
    if re.match(r"(?:aged\s)?[1-9]\d\b", rest):
        return "citizen", rest.split(",")[0].strip()
    return "unknown", ""


def title_role(title: Sequence[str]) -> tuple[str, str]:
    """The role that the words of a title give, with these words."""
    for word in reversed(title):
        low = word.lower()
        role = proper_names.titles().get(low, ("", ""))[0]
        noun = proper_names.heads().get(proper_names.singular(low))
        if not role and noun is not None and noun.kind in {"unnamed_person", "collective_public"}:
            role = noun.role
        leads = noun is not None and noun.stands_for in _LEADS
        if (role and role != "unknown") or leads:
            found, evidence = widened(role or "unknown", " ".join(title))
            if found != "unknown":
                return found, evidence
    return "unknown", ""


def widened(role: str, words: str) -> tuple[str, str]:
    """A role with its evidence; that of the body, for one who speaks for or leads a body: "director of a union"."""
    low = [proper_names.singular(proper_names.bare(word).lower()) for word in proper_names.words_of(words)]
    stands = {proper_names.heads()[word].stands_for for word in low if word in proper_names.heads()}
    body = role_of_body(words) if stands & _LEADS else "unknown"
    kept = role in {"expert", "other medium"} or (role == "politician" and body in _STATE)
    return (role if kept or body == "unknown" else body), words


def role_of_body(words: str) -> str:
    """The role of the body named in some words; unknown if there is none."""
    own = proper_names.words_of(words)
    for first in range(len(own) if not words.islower() else 0):
        for stop in range(min(len(own), first + 6), first, -1):
            listed = proper_names.whole(own[first:stop]) if own[first][:1].isupper() else None
            if listed and listed[0] in {"organisation", "media_outlet"} and listed[1] != "unknown" and not listed[2]:
                return listed[1]
    for found in proper_names.scan(words, 0, len(words)) if not words.islower() else ():
        if found.name.kind in {"organisation", "media_outlet"} and found.name.role != "unknown":
            return found.name.role
    low = [proper_names.singular(word.lower()) for word in proper_names.words_of(words)]
    for word in reversed(low):
        noun = proper_names.heads().get(word)
        if noun is not None and noun.kind == "organisation" and noun.role != "unknown":
            return noun.role
    return next((OF_A_BODY[word] for word in low if word in OF_A_BODY), "unknown")


def familiar(rest: str) -> bool:
    """Whether what follows says how near an unnamed one is to the matter: "familiar with the talks"."""
    return _NEAR.match(rest) is not None
