"""Affiliations: the body that somebody belongs to or speaks for, from the words around the noun that names the role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..language import nouns
from ..language.closed_classes import (
    DETERMINER,
    LEADS_A_NAME,
    PARTIES,
    POSSESSOR,
    QUALIFIER,
    TIME,
    WHEREABOUTS,
)
from ..language.word_lists import word_class
from . import proper_names, roles

_RELATION = re.compile(r"\b(of|for|at|from|in|on|with|to|inside|within)\s+(?:both\s+)?(?!\w+ing\b)")
_STOP = re.compile(
    r"[,;()]|(?<=[a-z]{3})[.!?]\s|\s[—–-]+\s|"
    r"\b(?:under|who|whom|whose|which|that|since|until|about|before|after|when|where|by|as|and whose|"
    r"[a-z]{3,}ed|\w+day|said|says)\b"
)
PARTISAN = word_class("partisan")
_ALL_PARTIES = frozenset(word for party in PARTIES for word in party) | PARTISAN
_LEVELS = word_class("level")
_RELATIVES = word_class("relative")
_LAWYERS = word_class("lawyer")
_LEGISLATORS = word_class("legislator")
_LEGISLATORS |= PARTISAN  # "an Elm senator" is of no body named so
_SPEAKERS = word_class("speaker")
_INSIDE = frozenset(("of", "the", "and", "&", "for"))
_NO_NAME = LEADS_A_NAME | TIME | QUALIFIER


def of_phrase(modifiers: Sequence[str], rest: str, owner: str = "", head: str = "") -> str:
    """The body that somebody is said to belong to or to speak for; "" if none is given."""
    noun = nouns.heads().get(head)
    role = noun.role if noun is not None else "unknown"
    belongs = role != "citizen" or (noun is not None and noun.stands_for == "member")
    speaks = role in {"official", "politician", "police/courts", "business"} and head not in _RELATIVES
    opens = role in {"expert", "civil society"}  # "Political observers"
    opens = opens and bool(modifiers) and modifiers[0].istitle() and not any(w[:1].isupper() for w in modifiers[1:2])
    own = _own(modifiers[1:] if opens else modifiers, head, proper=belongs)
    if owner and speaks and not any(POSSESSOR & {word.lower()} for word in modifiers):
        at = max((k for k, word in enumerate(modifiers) if nouns.bare(word) == owner), default=-1)
        own = " ".join(word for word in modifiers[: at + 1] if word.lower() not in DETERMINER)  # "the Elm mayor's aide"
    if own and nouns.POSSESSIVE.search(own) and not speaks:
        own = ""  # "Pike's doctor"
    own = nouns.bare(own) or (owner if speaks else "")
    after = "" if head in {"friend", "critic", "opponent"} else _related(rest, belongs=belongs)
    return ", ".join(part for part in (own, after) if part)


def _own(modifiers: Sequence[str], head: str, *, proper: bool) -> str:
    """The last run of words before a head that name a body: "Homeland Security" of "a Homeland Security official"."""
    noun = nouns.heads().get(head)
    role = noun.role if noun is not None else ""
    runs: list[list[str]] = [[]]
    for word, after in zip(modifiers, (*modifiers[1:], ""), strict=False):
        low, capital = nouns.bare(word).lower(), word[:1].isupper()
        party = low in _ALL_PARTIES
        opens = after[:1].isupper() and (_is_body(after.lower()) or nouns.is_place(f"{word} {after}"))
        plain = party or not nouns.is_title(low) or opens  # "Justice Department"
        name = capital and proper and plain and (low not in _NO_NAME or opens)  # "New York"
        body = low in roles.OF_A_BODY and low not in _LEVELS
        body = body and (capital or not (party or role in {"expert", "citizen"}))  # "a public health professor"
        body = body and not (head in _LAWYERS and low in {"defense", "defence"})
        if name or body or (runs[-1] and (_is_body(low) or low in _INSIDE)):
            runs[-1].append(word)
        else:
            runs.append([])
    found = next((run for run in reversed(runs) if run), [])
    while found and found[-1].lower() in _INSIDE | _LEVELS:
        found = found[:-1]
    words = " ".join(found)
    governs = role in {"official", "politician", "police/courts"} and head not in _LAWYERS | _LEGISLATORS
    return "" if nouns.is_place(words) and not governs else words


def _is_body(word: str) -> bool:
    noun = nouns.noun_of(word)
    return noun is not None and noun.kind in {"organisation", "media_outlet"}


def _related(rest: str, *, belongs: bool) -> str:
    """The body after "of", "for", "at": no place, no mere topic ("head of policy at the Harbour Institute")."""
    found = list(proper_names.scan(rest, 0, min(len(rest), 200))) if not rest.islower() else []

    def inside(at: int) -> bool:
        return any(one.begin < at < one.end for one in found)

    stop = next((m.start() for m in _STOP.finditer(rest) if not inside(m.start())), len(rest))
    joints = [m for m in _RELATION.finditer(rest, 0, stop) if not inside(m.start())][:5]
    if not joints or joints[0].start():
        return ""
    for k, joint in enumerate(joints):
        end = joints[k + 1].start() if k + 1 < len(joints) else stop
        words = rest[joint.end() : end].strip()
        own = [one.name for one in found if joint.end() <= one.begin < end]
        for name in own:
            if name.kind == "named_person":
                if belongs and joint[1] in {"for", "to", "of"}:
                    return words
            elif not nouns.is_place(name.full) and name.kind != "document_or_data":
                return words
        own_nouns = {nouns.singular(word.lower()) for word in proper_names.words_of(words)} - WHEREABOUTS
        low = words.lower().split() or [""]
        pointed = low[0] in DETERMINER | POSSESSOR or nouns.singular(low[-1]) != low[-1]
        if not own and pointed and "both" not in rest and any(map(_is_body, own_nouns)):
            return words
    return ""


def loosely(phrase: str, rest: str, owner: str, head: str) -> tuple[str, str]:
    """How, and in which words, a phrase may tell whose somebody is, where `of_phrase` knows no body in it.

    Whether it does tell it was learnt (`sources`); ("none", "") where nothing may.

    >>> loosely("a senior forensics official", "", "", "official")
    ('noun', 'forensics')
    """
    noun = nouns.heads().get(head)
    if head in _RELATIVES or (noun is not None and noun.role == "citizen" and noun.stands_for != "member"):
        return "none", ""
    if after := _WHOSE.match(rest):
        return after[1], after[2].strip()
    words = proper_names.words_of(phrase[: phrase.rfind(rest)] if rest else phrase)[:-1]
    own: list[str] = []
    for word in reversed(words):
        low = word.lower()
        if low in _NO_BODY or low in LEADS_A_NAME or low.isdigit() or _QUALITY.match(word):
            break
        own.insert(0, word)
    if own:
        return "noun", " ".join(own)
    return ("owner", owner) if owner and owner.lower() not in POSSESSOR else ("none", "")


_WHOSE = re.compile(
    r"(of|for|at|from|with|in|to|inside|within)\s(?:both\s)?(?!\w+ing\b)((?:[^,;:()]|,(?=\w))+?)"
    r"(?=$|[,;:()]|\s(?:who|whom|which|that|said|says|told|involved|familiar)\b)"
)
_QUALITY = re.compile(r"[a-z]+-[a-z-]+$|[a-z]+(?:ed|ic|al|ive|ous|ful|ing|less)$|.*['’]s?$")  # "elected", "four-star"
_NO_BODY = _LEVELS | DETERMINER | POSSESSOR | QUALIFIER | TIME | {"dozen", "dozens", "half-dozen", "hundreds", "number"}


def of_title(title: Sequence[str]) -> str:
    """The body in a person's title: "PMO" of "PMO spokesperson", "Harbour Board" of "Harbour Board chairman"."""
    at = next((k for k in range(len(title) - 1, -1, -1) if nouns.is_title(nouns.bare(title[k]).lower())), -1)
    if at < 0:
        at = len(title)
    elif [word.lower() for word in title[at : at + 2]] == ["secretary", "of"]:
        return " ".join(title[at + 2 :])
    head = nouns.singular(title[at].lower()) if at < len(title) else ""
    noun = nouns.heads().get(head)
    words = _own(title[:at], head, proper=True)
    own = proper_names.words_of(words)
    if not own or words in {"local", "national", "state"}:
        return ""
    known = nouns.whole(own) or any(word.lower() in roles.OF_A_BODY or nouns.makes_a_body(word) for word in own)
    known = known or any(
        one.name.kind in {"organisation", "media_outlet"} for one in proper_names.scan(words, 0, len(words))
    )
    speaks = noun is not None and noun.stands_for in _SPEAKERS
    return nouns.bare(words) if known or speaks else ""
