"""Whom a description means: the named person or body, or the one met before, that "the mayor" stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile

from ..article import Span
from ..attribution.attributions import Attribution
from ..language.closed_classes import ALIKE_DOCUMENTS, GENERIC, LOOKS_BACK, PARTIES, RULERS
from . import proper_names
from .bearers import LATELY, Bearer, Register
from .descriptions import Description, describe
from .proper_names import Name

NEW = re.compile(r"(?:an?other|others?|a (?:second|third|separate|different)|second|third|one|an?)\b", re.IGNORECASE)
_STATE = frozenset(("official", "politician"))
PERSONS = ("named_person", "unnamed_person")
THINGS = ("organisation", "media_outlet", "document_or_data")
_MEMBER = 1300  # characters in which a member of an unnamed group may be named
_KIN = frozenset(
    "aunt brother daughter ex-husband ex-wife father husband mother nephew niece sister son uncle widow widower "
    "wife".split()
)
_NEVER_NAMED = frozenset(("source", "person", "people", "official", "aide", "friend", "insider", "member", "spokesman"))
_FORMER = re.compile(r"\b(?:former|longtime|long-time|one-time|onetime|ex)\b")
_LEAD = 400  # characters in which an article's first lines call by role whom the next ones name
_SLACK = 2000  # characters by which a mention may stand before another that was noted earlier: a source in a source
_PAIR = re.compile(r"(?:both|the (?:other )?two)\s(?!of\b)", re.IGNORECASE)
_OWN_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?([A-Z][\w’'-]+)(?:,|$|['’]s?$)")


@dataclass(slots=True, eq=False)
class Group:
    """The mentions of one bearer as a source, and the attributions at the top and inside others."""

    bearer: Bearer
    description: Description
    name: str
    kind: str
    words: set[str]
    body: str
    plural: bool
    mentions: list[Span] = field(default_factory=list)
    attributions: list[int] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)


class Met:
    """The groups of an article met so far: all in order, by the noun they go by, and by who was mentioned last."""

    def __init__(self) -> None:
        self.all: list[Group] = []
        self.of_noun: dict[str, list[Group]] = defaultdict(list)
        self._last: dict[int, Group] = {}

    def add(self, group: Group) -> None:
        """Takes in a new group."""
        self.all.append(group)
        self.of_noun[group.description.stands_for].append(group)

    def drop(self) -> None:
        """Takes back the group that was added last."""
        self.of_noun[self.all.pop().description.stands_for].pop()

    def mention(self, group: Group, span: Span) -> None:
        """Notes a mention, of which there is none farther on in the text yet."""
        group.mentions.append(span)
        self._last.pop(id(group), None)
        self._last[id(group)] = group

    def since(self, at: int) -> list[Group]:
        """The groups whose last mention begins after a place, in the order of these mentions."""
        near = takewhile(lambda group: group.mentions[-1].start > at - _SLACK, reversed(self._last.values()))
        return sorted((group for group in near if group.mentions[-1].start > at), key=lambda g: g.mentions[-1].start)


def owner_words(owner: Bearer | None, one: Description) -> set[str]:
    """The word by which the owner in a description is known."""
    if owner is not None:
        return {owner.name.surname}
    return {one.owner.lower()} if one.owner and one.owner not in {"his", "her"} else set()


def _other_party(one: Description, known: Bearer) -> bool:
    """Whether a description and what is said of somebody name different parties."""
    own = [party for party in PARTIES if party & {*one.words, one.head}]
    theirs = [party for party in PARTIES if party & known.words]
    return bool(own and theirs) and not any(party in theirs for party in own)


class Referents:
    """Whom the descriptions of an article mean, by its names and the groups met so far."""

    def __init__(self, text: str, who: Register, met: Met, spoke: set[int], sources: list[int]) -> None:
        self.text, self.who, self.met, self.spoke, self.sources = text, who, met, spoke, sources

    def pair(self, span: Span, words: str) -> list[Bearer]:
        """The two named persons that "both men" or "the two senators" stands for."""
        if not _PAIR.match(words):
            return []
        one = describe(words)
        if one.stands_for in {"source", "official", "person", "people", "aide"} or one.kind not in {
            "unnamed_person",
            "collective_public",
        }:
            return []
        near = [bearer for _, _, bearer in self.who.near(span.start, 900)
                if bearer.kind == "named_person" and bearer.certain
                and not (one.gender and bearer.gender and bearer.gender != one.gender)]  # fmt: skip
        last = list(dict.fromkeys(reversed(near)))[:2]
        return last[::-1] if len(last) == 2 else []

    def surname(self, words: str) -> Bearer | None:
        """The person whose surname is also a common noun: "Judge", "Baker, a doctor,"."""
        own = _OWN_NAME.match(words)
        same = self.who.persons.get(proper_names.bare(own[1]).casefold(), []) if own else []
        if same or not own or proper_names.singular(own[1].lower()) != own[1].lower():
            return same[-1] if same else None
        return self.who.bearer(
            Name((proper_names.bare(own[1]),), 0, (), "named_person", "unknown", "")
        )  # "Patriot" Coal

    def apposed(self, span: Span, one: Description) -> Bearer | None:
        """Whom an apposition stands beside, where the name before it was left out: "Elm, | its only ally, | said"."""
        if one.plural or one.kind not in {"unnamed_person", "organisation", "collective_public"}:
            return None
        after = bisect_left(self.who.starts, span.end + 1)
        if after < len(self.who.starts) and self.who.starts[after] == span.end + 1 and self.text[span.end] == " ":
            known = self.who.mentions[after][2]  # "Harbour Minister | Una Frey": the name was cut off
            return known if one.kind == "unnamed_person" and known.kind == "named_person" else None
        if not one.definite and one.first not in {"a", "an"}:
            return None
        before = self.text[max(0, span.start - 2) : span.start]
        if before != ", " or self.text[span.end : span.end + 1] != ",":
            return None
        k = bisect_left(self.who.starts, span.start) - 1
        beside = k >= 0 and self.who.mentions[k][1] == span.start - 2
        return self.who.mentions[k][2] if beside else None

    def titled(self, span: Span, one: Description, said: Attribution) -> Bearer | None:
        """The named person, or the unnamed one met before, that a description of one person stands for."""
        bare = (
            not one.first
            or one.first in {one.head, "former", "then"}
            or (span.of(self.text)[:1].isupper() and one.first not in {"a", "an", "one", "another"})
        )
        points = one.definite or (bare and one.first not in {"a", "an", "one", "another"})
        called = [(at, bearer) for at, bearer in self.who.by_role.get(one.stands_for, [])
                  if not (one.gender and bearer.gender and one.gender != bearer.gender)
                  and not _other_party(one, bearer)]  # fmt: skip
        owning = self.owner(one, span, said)
        owner = owner_words(owning, one)
        if owning is not None and one.head in _KIN and (kin := self._kin(owning, one)) is not None:
            self.who.call(kin, one.head, span.start)
            return kin
        if one.first == "one" and one.stands_for in RULERS and " of the " in self.text[span.start : span.end]:
            return self._next(span, one, _LEAD)  # "one of the two candidates"
        if points:
            if one.head == "source":
                return None
            called = [item for item in called if item[1].kind == "named_person"]
            if one.owner and owner and called and self._is_person(one.owner):
                own = [
                    item
                    for item in called
                    if owner & (item[1].words | {w.lower() for w in proper_names.words_of(item[1].body)})
                ]
                called = own or ([] if len(called) > 1 else called)
            if called:
                fits = [item for item in called if one.words & item[1].words] or called
                before = [bearer for at, bearer in fits if bearer.places and bearer.places[0] < span.start]
                if before:
                    return max(
                        before,
                        key=lambda bearer: (
                            len(one.words & bearer.words),
                            bearer.places[max(0, bisect_left(bearer.places, span.start) - 1)],
                        ),
                    )
                return fits[0][1]
            if one.stands_for in LOOKS_BACK and not one.owner:
                met = next(
                    (
                        g
                        for g in reversed(self.met.of_noun[one.stands_for])
                        if g.kind == "unnamed_person" and not g.plural
                    ),
                    None,
                )
                meant = self.who.meant(span.start, PERSONS, one.gender, apart=said.content, sources=self.spoke)
                if meant is not None and _other_party(one, meant):
                    before = [known for _, _, known in self.who.near(span.start) if known.kind == "named_person"]
                    meant = next((known for known in reversed(before) if not _other_party(one, known)), None)
                if met is None and meant is not None:
                    return meant
            if one.owner and _FORMER.search(self.text, *span):  # a speaker varied: "Voss's former adviser"
                last = self._speaker_before(span, one)
                return None if last is owning else last
            return self._ahead(span, one) if bare and not one.owner else None
        if NEW.match(one.first) and one.first not in {"one", "another", "other"}:
            if span.start < _LEAD and one.head not in _NEVER_NAMED and (ahead := self._next(span, one, _MEMBER // 2)):
                return ahead
            body = {w.lower() for w in proper_names.words_of(one.body)} | one.words
            for at, bearer in called:
                theirs = bearer.words | {w.lower() for w in proper_names.words_of(bearer.body)}
                near = at - span.start < (_MEMBER if not body or body & theirs else _MEMBER // 2)
                if bearer.kind == "named_person" and bearer.first > span.start and near:
                    return bearer
                if (
                    bearer.kind == "named_person"
                    and one.stands_for == "spokesman"
                    and body & theirs
                    and bearer.first > span.start
                ):
                    return bearer
        return None

    def _ahead(self, span: Span, one: Description) -> Bearer | None:
        """The person of that role first named after a headline's "Lawmaker" or "Judge"."""
        if one.first == "the" or self.text[span.start : span.end][:1].islower():
            return None
        first = bisect_left(self.who.starts, span.end)
        after = self.who.mentions[first : first + 40]
        named = (who for at, _, who in after if who.kind == "named_person" and who.certain and at - span.end < 1000)
        same = (who for who in named if one.role in {who.role, "unknown"} or {one.role, who.role} <= _STATE)
        return next(same, None) or self._next(span, one, 1000)

    def _next(self, span: Span, one: Description, reach: int) -> Bearer | None:
        """The named person who is the next source, if introduced there and nothing speaks against the role."""
        for at in islice(self.sources, bisect_left(self.sources, span.end), None):
            if at - span.end > reach:
                break
            k = bisect_left(self.who.starts, at)
            if k == len(self.who.starts) or self.who.starts[k] - at > 60:
                continue
            known = self.who.mentions[k][2]
            if known.kind == "named_person":
                like = one.role == known.role or "unknown" in {one.role, known.role} or {one.role, known.role} <= _STATE
                apart = one.gender and known.gender and one.gender != known.gender
                new = known.certain and (known.first >= span.start or one.first == "one")
                return known if like and new and not apart and not _other_party(one, known) else None
        return None

    def _speaker_before(self, span: Span, one: Description) -> Bearer | None:
        """The named person who spoke last, shortly before a place."""
        near = self.met.since(span.start - 2 * _LEAD)
        last = max(near, key=lambda group: group.mentions[-1], default=None)
        if last is None or not 0 < span.start - last.mentions[-1].end < _LEAD:
            return None
        known = last.bearer
        apart = one.gender and known.gender and one.gender != known.gender
        return known if known.kind == "named_person" and not apart else None

    def _kin(self, owner: Bearer, one: Description) -> Bearer | None:
        """The only other person of a surname whom "Voss's wife" can be."""
        others = [known for known in self.who.persons.get(owner.name.surname, [])
                  if known is not owner and not (one.gender and known.gender not in {"", one.gender})]  # fmt: skip
        return others[0] if len(others) == 1 else None

    def _is_person(self, owner: str) -> bool:
        return owner in {"his", "her"} or owner.casefold() in self.who.persons

    def owner(self, one: Description, span: Span, said: Attribution) -> Bearer | None:
        """The bearer of the name that "his" or "Voss's" stands for in a description."""
        if one.owner in {"his", "her"}:
            gender = "m" if one.owner == "his" else "f"
            return self.who.meant(span.start, PERSONS, gender, apart=said.content, sources=self.spoke)
        owns = (known for _, end, known in self.who.near(span.end, span.end - span.start)
                if known.kind == "named_person" and self.text[end : end + 2] in {"'s", "’s"})  # fmt: skip
        if one.owner and (known := next(owns, None)) is not None:
            return known
        same = self.who.persons.get(one.owner.casefold(), []) if one.owner else []
        return min(same, key=lambda known: known.first, default=None)

    def owns(self, span: Span, said: Attribution) -> Bearer | None:
        """The body that "its", or the bearer right before "whose", stands for."""
        beside = self.who.near(span.start, 40)
        if beside and self.text[beside[-1][1] : span.start].strip(" ,") == "":
            return beside[-1][2]
        return self.who.meant(span.start, THINGS, apart=said.content, sources=self.spoke)

    def body(self, span: Span, one: Description) -> Bearer | None:
        """The named body that "the agency" or "the newspaper" stands for."""
        found = self.who.body_meant(span.start, {one.head, one.stands_for}, (one.kind,))
        if found is None and {one.head, one.stands_for} & GENERIC:
            met = any(not g.description.name for g in self.met.of_noun[one.stands_for])
            found = None if met else self.who.body_meant(span.start, (), (one.kind,))
        return found

    def anybody(self, span: Span, one: Description) -> Bearer | None:
        """The nearest person of the right gender, however far before or soon after a pronoun."""
        k = bisect_left(self.who.starts, span.start)
        mentions = self.who.mentions
        before = (mentions[i] for i in range(k - 1, max(-1, k - 1 - LATELY), -1))
        after = takewhile(lambda mention: mention[0] - span.end < _LEAD, islice(mentions, k, None))
        fits = (known for _, _, known in chain(before, after) if known.kind in PERSONS and known.certain)
        return next((known for known in fits if not one.gender or known.gender in {"", one.gender}), None)

    def alike(self, span: Span, one: Description) -> Group | None:
        """The document just met that a bare "the ad" or "the report" calls by another noun."""
        if one.kind != "document_or_data" or one.first not in {"the", "this", "that"} or one.words or one.rest:
            return None
        near = [group for group in self.met.since(span.start - 900) if group.kind == one.kind]
        last = max(near, key=lambda group: group.mentions[-1], default=None)
        pair = {one.head, last.description.head} if last is not None else set()
        return last if any(pair <= family for family in ALIKE_DOCUMENTS) else None
