"""Who is quoted: mentions folded into distinct sources, with kind and anonymity."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import names
from .article import Span
from .attribution import Attribution

KINDS = ("named_person", "unnamed_person", "organisation", "document_or_data", "media_outlet", "collective_public")
_NEW = re.compile(r"(?:another|an?other|a second|a third|second|third|other|one)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A person, group, document or medium to which an article attributes content; one for all of its mentions.

    ``name`` is the fullest name that the article gives, or the description of an unnamed one; ``kind`` one of `KINDS`;
    ``anonymous``: a person whom the article names nowhere; ``affiliation``: the body an anonymous one is said to
    belong to; ``second_hand``: the words came through another medium; ``mentions``: where it is written as a source;
    ``attributions``: indices into the analysis' attributions, carried-over ones included.
    """

    name: str
    kind: str
    anonymous: bool
    affiliation: str
    role: str
    second_hand: bool
    mentions: tuple[Span, ...]
    attributions: tuple[int, ...]


@dataclass(slots=True)
class _Group:
    description: names.Description
    name: str
    kind: str
    mentions: list[Span] = field(default_factory=list)
    attributions: list[int] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    affiliation: str = ""
    second_hand: bool = False


def fold(text: str, spans: Sequence[Span], attributions: Sequence[Attribution]) -> tuple[Source, ...]:
    """The distinct sources of the attributions that are not nested, in the order of their first mention.

    ``spans`` are the stretches of the article in which names are looked up. An attribution without a source belongs
    to that of the attribution it follows, if any.
    """
    register = names.register(text, spans)
    groups: list[_Group] = []
    group_of: dict[int, _Group] = {}
    for index, attribution in enumerate(attributions):
        if attribution.depth:
            continue
        if attribution.source is None:
            if attribution.follows in group_of:
                group = group_of[index] = group_of[attribution.follows]
                group.attributions.append(index)
            continue
        group = _group(text, attribution.source, groups, register)
        group_of[index] = group
        group.mentions.append(attribution.source)
        group.attributions.append(index)
        group.second_hand |= group.kind == "media_outlet" or _told_a_medium(text, attribution)
    return tuple(
        Source(g.name, g.kind, g.kind == "unnamed_person", g.affiliation if g.kind == "unnamed_person" else "",
               g.description.role, g.second_hand, tuple(dict.fromkeys(g.mentions)), tuple(g.attributions))
        for g in groups
    )  # fmt: skip


def _told_a_medium(text: str, attribution: Attribution) -> bool:
    """Whether the words were said to another medium: "told the Harbour Post"."""
    if attribution.cue is None:
        return False
    after = re.match(r"\s(?:the\s)?((?:[A-Z][\w.’'-]*\s?){1,4})", text[attribution.cue.end : attribution.cue.end + 50])
    return after is not None and names.kind_of_name(after[1].split()) == "media_outlet"


def _group(text: str, mention: Span, groups: list[_Group], register: names.Register) -> _Group:
    """The group that a mention belongs to; a new one is added to ``groups`` if it is the first of its kind."""
    phrase = mention.of(text)
    description = names.describe(phrase)
    if description.kind == "pronoun":
        antecedent = _antecedent(text, mention, description, groups, register)
        if isinstance(antecedent, _Group):
            return antecedent
        if antecedent:
            return _named(antecedent, names.describe(antecedent), groups, register)
        return _add(
            groups,
            _Group(
                description, phrase, "unnamed_person" if description.head in {"he", "she", "who"} else "organisation"
            ),
        )
    if description.name:
        return _named(description.name, description, groups, register)
    if description.kind == "unnamed_person" and not description.plural:
        titled = register.by_title.get(description.head) if description.definite else None
        if titled:
            return _named(titled, names.describe(titled), groups, register)
    return _described(phrase, description, groups)


def _named(name: str, description: names.Description, groups: list[_Group], register: names.Register) -> _Group:
    kind = description.kind if description.kind != "pronoun" else "named_person"
    full = register.name_of(name) if kind == "named_person" else name
    if full == name and name in register.bodies and kind == "named_person":  # "Norvane" for Norvane Works
        kind, full = "organisation", register.bodies[name]
    key = re.sub(r"^the ", "", full, flags=re.IGNORECASE).casefold()
    for group in groups:
        if group.kind == kind and re.sub(r"^the ", "", group.name, flags=re.IGNORECASE).casefold() == key:
            return group
        if kind == "organisation" == group.kind and _abbreviates(full, group.name):
            return group
    return _add(groups, _Group(description, full, kind))


def _abbreviates(one: str, other: str) -> bool:
    """Whether one name is made of the other's initials."""
    short, long = sorted((one, other), key=len)
    initials = "".join(word[0] for word in long.split() if word[0].isupper())
    return len(short) > 1 and short.isupper() and short == initials


def _described(phrase: str, description: names.Description, groups: list[_Group]) -> _Group:
    """Groups "the sources" with "two security sources": the same head, and no word that tells them apart."""
    fresh = _NEW.match(phrase) is not None
    for group in reversed(groups):
        same_head = group.description.head == description.head and group.kind == description.kind
        if not same_head or fresh or group.description.name:
            continue
        refers = description.definite and description.words <= group.words
        if refers or description.words & group.words or description.words == group.words:
            group.words |= description.words
            group.affiliation = group.affiliation or description.affiliation
            return group
    name = " ".join(phrase.split()).strip(" ,\"“”'’")
    group = _Group(
        description, name, description.kind, words=set(description.words), affiliation=description.affiliation
    )
    return _add(groups, group)


def _add(groups: list[_Group], group: _Group) -> _Group:
    groups.append(group)
    return group


def _antecedent(
    text: str, mention: Span, description: names.Description, groups: list[_Group], register: names.Register
) -> _Group | str | None:
    """What a pronoun stands for: a group met before, or a name of the article, or None."""
    word = description.head
    if word in {"he", "she", "who", "him", "her"}:
        first, stop = (bisect_left(register.places, (at, "")) for at in (mention.start - 90, mention.start))
        near = [name for _, name in register.places[first:stop]]
        persons = [group for group in groups if group.kind in {"named_person", "unnamed_person"}]
        if word == "who" and near:
            return near[-1]
        return _latest(persons) or (near[0] if near else None)
    if word in {"they", "both", "them", "we"}:
        several = [group for group in groups if group.description.plural or group.kind != "named_person"]
        return _latest(several) or _latest(groups)
    return _latest([group for group in groups if group.kind not in {"named_person", "unnamed_person"}])


def _latest(groups: Sequence[_Group]) -> _Group | None:
    return max(groups, key=lambda group: group.mentions[-1].start if group.mentions else -1, default=None)
