"""Anonymity: whether an unnamed source is one, how much is told of it, and why it is not named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..article import Span
from ..language.closed_classes import POSSESSOR
from . import proper_names
from .bearers import Register
from .referents import Group
from .roles import familiar

VAGUENESS = ("sources", "people familiar", "a role", "a role in a body")
_ALIKE = ("expert",)  # a role whose members stand for one another: "experts" and "a professor"
_OPEN = {  # groups one of whom is often named next, and the roles of who may be that one
    "expert": {"expert", "unknown"},
    "other medium": {"other medium", "unknown"},
    "official": {"official", "politician", "police/courts"},
}
_INCLUDING = re.compile(r"\b(?:includ(?:e|es|ing)|such as|among them|like)\b")
_AFTER = re.compile(r",?\s(?:(?:who|which)\sinclud(?:e|es|ed)|including|such\sas|among\sthem|like)\s")
_FAR = 2000  # characters that a sentence may go on before a mention
_NEAR, _NEXT = 1500, 600  # characters in which a member of an unnamed group may be named, and introduced

_REASON = re.compile(
    r"\b((?:because|since|as)\s(?:[\w’'-]+\s){0,4}?(?:not|n[’']t|unauthori[sz]ed|lacked|fear\w*|barred|forbidden|prohibited|"
    r"afraid|risk\w*|sensitiv\w+|private|confidential|worried|concern\w*|wished?|wanted)\b[^.;\n“”]*"
    r"|(?:citing|for fear of|fearing|out of fear|out of concern|to (?:discuss|speak|talk|describe|be candid|avoid|"
    r"protect|offer)"
    r"|in order to|due to|given the)\b[^.;\n“”]*)",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:anonymity|anonymous(?:ly)?|(?:not|n[’']t)\s(?:to\s)?be\s(?:named|identified|quoted by name)|"
    r"(?:not|un)\s?authori[sz]ed\sto\s(?:speak|discuss|comment|talk|brief)|declin\w+ to be (?:named|identified)|"
    r"without (?:being named|attribution)|withh\w+ (?:his|her|their) names?|name be withheld|unauthori[sz]ed to)",
    re.IGNORECASE,
)


class Cast:
    """Who is named in an article, to see whether members of its unnamed groups are."""

    def __init__(self, groups: Sequence[Group], who: Register) -> None:
        self.who = who
        self.spoke = {id(group.bearer) for group in groups if group.kind == "named_person" and group.mentions}
        opens = ((min(group.mentions).start, group) for group in groups if group.mentions)
        self.firsts = sorted(opens, key=lambda pair: pair[0])

    def names_member(self, group: Group) -> bool:
        """Whether the article names one who belongs to an unnamed group: near a mention, or two anywhere."""
        one, who = group.description, self.who
        if one.stands_for in {"source", "person", "friend"}:
            return False
        listed = _INCLUDING.search(one.rest)
        if listed and any(proper_names.scan(one.rest, listed.end(), len(one.rest))):
            return True
        if any(_listed(who.text, mention) for mention in group.mentions):
            return True
        nouns = {one.stands_for}
        if group.bearer.role in _ALIKE:
            nouns |= {noun.stands_for for noun in proper_names.heads().values() if noun.role == group.bearer.role}
        body = {proper_names.bare(word).lower() for word in proper_names.words_of(group.body)} - {"the"} - POSSESSOR
        called = [item for noun in nouns for item in who.by_role.get(noun, []) if id(item[1]) in self.spoke]
        if group.bearer.role in _ALIKE and len({id(bearer) for _, bearer in called}) > 1:
            return True
        for at, bearer in called:
            if body and not body & (bearer.words | {word.lower() for word in proper_names.words_of(bearer.body)}):
                continue
            if any(one.definite or -200 < at - mention.start < _NEAR for mention in group.mentions):
                return True
        return any(self._introduced(mention, _OPEN.get(group.bearer.role, set())) for mention in group.mentions)

    def _introduced(self, mention: Span, roles: set[str]) -> bool:
        """Whether the next source after an unnamed group is somebody who is named there for the first time."""
        k = bisect_right(self.firsts, mention.end, key=lambda pair: pair[0])
        if k == len(self.firsts) or self.firsts[k][0] >= mention.end + _NEXT:
            return False
        first = self.firsts[k][1]
        if first.kind != "named_person":
            return False
        return first.bearer.first > mention.start and first.bearer.role in roles


def _listed(text: str, mention: Span) -> bool:
    """Whether members are named right after a mention: "the authors, who include Mara Voss"."""
    after = _AFTER.match(text, mention.end, mention.end + 60)
    found = next(proper_names.scan(text, after.end(), min(len(text), after.end() + 60)), None) if after else None
    return after is not None and found is not None and found.begin - after.end() < 8


def vagueness(group: Group) -> str:
    """How much is told of an anonymous source: one of `VAGUENESS`."""
    if group.body or group.bearer.body:
        return "a role in a body"
    if familiar(group.description.rest):
        return "people familiar"
    return (
        "sources"
        if group.description.head in {"source", "person", "people", "insider", "individual", "they", "he", "she"}
        else "a role"
    )


def reason(text: str, mention: Span) -> str:
    """The words that say why a source is not named, in the sentence of a mention or the next."""
    border = max(0, mention.start - _FAR)
    start = max(border - 1, *(text.rfind(sign, border, mention.start) for sign in (". ", "\n", ".” ", '." '))) + 1
    near = text[start : mention.end + 400].split("\n")[0]
    if not _UNNAMED.search(near):
        return ""
    stop = [match.end() for match in re.finditer(r"[.!?][”\"’']?\s", near[mention.end - start :])][:2]
    near = near[: mention.end - start + stop[-1]] if len(stop) == 2 else near
    named = _UNNAMED.search(near)
    if named is None:
        return ""
    for found in _REASON.finditer(near):
        if abs(found.start() - named.start()) < 160:
            return re.split(r",\s(?:said|told|and said)\b", found[1])[0].strip(" ,")
    return ""
