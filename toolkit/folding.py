"""Whose mention a source phrase is: names, pronouns and descriptions brought to one bearer each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from . import lexicons, names
from .article import Span
from .attribution import Attribution, stances
from .bearers import Bearer, Register
from .descriptions import Description, describe, trimmed
from .joined import parts
from .lexicons.closed_classes import ALIKE_DOCUMENTS, GENERIC, LOOKS_BACK, PARTIES, POSSESSOR, RULERS
from .names import Name

NEW = re.compile(r"(?:an?other|others?|a (?:second|third|separate|different)|second|third|one|an?)\b", re.IGNORECASE)
_SAME = frozenset(("the", "both", "these", "those"))
_STATE = frozenset(("official", "politician"))
_PERSON = ("named_person", "unnamed_person")
_THING = ("organisation", "media_outlet", "document_or_data")
_MEMBER = 1300  # characters in which a member of an unnamed group may be named
_AUTHOR = re.compile(r"\b[Bb][Yy]:? ((?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+)")
_NOTE = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+,? (?:is|was|teaches|writes|covers|lives|works|serves)\b")


_KIN = frozenset(
    "aunt brother daughter ex-husband ex-wife father husband mother nephew niece sister son uncle widow widower "
    "wife".split()
)
_NEVER_NAMED = frozenset(("source", "person", "people", "official", "aide", "friend", "insider", "member", "spokesman"))
_LATE = re.compile(  # "his doctor on Friday afternoon", "the woman's"
    r"(?:\s(?:(?:on|late|early|earlier|this|last)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tonight)"
    r"(?:\s(?:morning|afternoon|evening|night))?|['’]s|(?<=s)['’])$"
)
_OPENS = re.compile(r"(?:^|[.!?:\n“”\"]\s*)$")
_FORMER = re.compile(r"\b(?:former|longtime|long-time|one-time|onetime|ex)\b")
_LEAD = 400  # characters in which an article's first lines call by role whom the next ones name
_PAIR = re.compile(r"(?:both|the (?:other )?two)\s(?!of\b)", re.IGNORECASE)


def informs(text: str, one: Attribution) -> bool:
    """Whether an attribution reports what somebody said or showed, not a belief, feeling, wish, plan or other act."""
    return one.cue is None or one.kind == "direct" or _tells(one.cue.of(text).lower().replace("’", "'"))


@lru_cache(maxsize=4096)
def _tells(cue: str) -> bool:
    """Whether a cue, in small letters, reports something said or shown."""
    words = re.findall(r"[\w'-]+", cue)
    forms = (*words, *(" ".join(pair) for pair in pairwise(words)))
    if words[:1] == ["to"]:
        return False  # what somebody is to say: "pushing doctors to ask"
    known = stances()
    silent = lexicons.words("acts.txt")
    return any(known.get(form, "cognitive") != "cognitive" and form not in silent for form in forms)


def _words(owner: Bearer | None, one: Description) -> set[str]:
    """The word by which the owner in a description is known."""
    if owner is not None:
        return {owner.name.surname}
    return {one.owner.lower()} if one.owner and one.owner not in {"his", "her"} else set()


def _other_party(one: Description, known: Bearer) -> bool:
    """Whether a description and what is said of somebody name different parties."""
    own = [party for party in PARTIES if party & {*one.words, one.head}]
    theirs = [party for party in PARTIES if party & known.words]
    return bool(own and theirs) and not any(party in theirs for party in own)


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


class Folding:
    """Brings the source phrases of an article, given in the order of the text, to groups of one bearer each."""

    def __init__(self, text: str, who: Register, attributions: Sequence[Attribution], *, byline: str = "") -> None:
        self.text, self.who, self.byline = text, who, byline
        self.groups: list[Group] = []
        self.of: dict[int, Group] = {}
        self.spoke: set[int] = set()
        self.telling = {one.source for one in attributions if one.source and informs(text, one)}
        self.taken: dict[Span, list[Group]] = {}
        self.sources = sorted({one.source.start for one in attributions if one.source})
        self.direct = sorted(span for one in attributions if one.kind == "direct" for span in one.content)

    def take(self, mention: Span, said: Attribution, parent: Group | None) -> list[Group]:
        """The groups that a source phrase stands for: one, or one a joined name."""
        if mention in self.taken:
            return self.taken[mention]
        found = self.taken[mention] = []
        spoken = parts(self.text, trimmed(self.text, mention))
        placed = [(span, self._group(span, words, said, parent)) for span, words in spoken]
        if len(spoken) == 1 and placed[0][1].description.plural and (pair := self._pair(*spoken[0])):
            if placed[0][1] is self.groups[-1] and not placed[0][1].mentions:
                self.groups.pop()
            placed = [(spoken[0][0], self._of(bearer, describe(bearer.name.full))) for bearer in pair]
        for span, group in placed:
            group.mentions.append(span)
            self.who.mention(span.start, span.end, group.bearer)
            self.spoke.add(span.start)
            found.append(group)
        return found

    def _pair(self, span: Span, words: str) -> list[Bearer]:
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

    def _group(self, span: Span, words: str, said: Attribution, parent: Group | None) -> Group:
        one = describe(words)
        if one.kind == "pronoun":
            return self._pronoun(span, one, said, parent)
        if one.name is not None and self._common(one.name, span):
            one = describe(words[:1].lower() + words[1:])  # "Vouchers", which the article has in small letters too
        if one.name is not None:
            return self._named(one, span)
        if (lone := self._surname(words) or self._apposed(span, one)) is not None:
            return self._of(lone, one)
        if one.kind == "unnamed_person" and not one.plural:
            bearer = self._titled(span, one, said)
            if bearer is not None:
                return self._of(bearer, one)
        if one.kind == "organisation" and (named := self.who.bodies.get(re.sub(r"^the ", "", words.lower()))):
            return self._of(named, one)  # "the harbour ministry", elsewhere with capitals
        if (
            one.kind in {"organisation", "media_outlet"}
            and one.definite
            and not one.words
            and one.head in names.heads()
        ):
            bearer = self._body(span, one)
            if bearer is not None:
                return self._of(bearer, one)
        if one.plural and one.kind == "unnamed_person" and said.source not in self.telling and one.first not in _SAME:
            one = one._replace(kind="collective_public")  # a group that only holds an attitude
        return self._described(span, words, one, said)

    def _common(self, name: Name, span: Span) -> bool:
        """Whether a lone capitalised word at the head of a sentence is no name but a word of the article."""
        if name.kind != "named_person" or len(name.words) > 1 or name.title or not name.full.isalpha():
            return False
        known = self.who.bearer(name, at=span.start)
        if (known is not None and known.certain) or not _OPENS.search(self.text[max(0, span.start - 4) : span.start]):
            return False
        return re.search(rf"(?<![\w’'-]){name.full.lower()}(?![\w’'-])", self.text) is not None

    def _of(self, bearer: Bearer, one: Description) -> Group:
        """The group of a bearer."""
        group = self.of.get(id(bearer))
        if group is None:
            group = Group(bearer, one, bearer.name.full, bearer.kind, set(), bearer.body, False)
            self.groups.append(group)
            self.of[id(bearer)] = group
        return group

    def _named(self, one: Description, span: Span) -> Group:
        assert one.name is not None
        at = span.start
        bearer = self.who.bearer(one.name, at=at)
        if bearer is None and one.name.kind == "named_person" and len(one.name.words) > 2:
            inside = self.who.near(span.end, span.end - at)  # a headline's verb beside the name
            bearer = next((known for _, end, known in inside if end <= span.end), None)
        if bearer is None:
            bearer = self.who.add(one.name)
            bearer.full_places += len(one.name.words) > 1
        if bearer.kind == "named_person":
            if not bearer.evidence and one.role != "unknown" and one.evidence:
                bearer.role, bearer.evidence = one.role, one.evidence
            bearer.body = bearer.body or one.body
            bearer.gender = bearer.gender or one.gender
            bearer.called.setdefault("", at)
        return self._of(bearer, one)

    def _surname(self, words: str) -> Bearer | None:
        """The person whose surname is also a common noun: "Judge", "Baker, a doctor,"."""
        own = re.match(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?([A-Z][\w’'-]+)(?:,|$|['’]s?$)", words)
        same = self.who.persons.get(names.bare(own[1]).casefold(), []) if own else []
        if same or not own or names.singular(own[1].lower()) != own[1].lower():
            return same[-1] if same else None
        return self.who.bearer(Name((names.bare(own[1]),), 0, (), "named_person", "unknown", ""))  # "Patriot" Coal

    def _apposed(self, span: Span, one: Description) -> Bearer | None:
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

    # descriptions of one person

    def _titled(self, span: Span, one: Description, said: Attribution) -> Bearer | None:
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
        owning = self._owner(one, span, said)
        owner = _words(owning, one)
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
                    if owner & (item[1].words | {w.lower() for w in names.words_of(item[1].body)})
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
                        for g in reversed(self.groups)
                        if g.description.stands_for == one.stands_for and g.kind == "unnamed_person" and not g.plural
                    ),
                    None,
                )
                meant = self.who.meant(span.start, _PERSON, one.gender, apart=said.content, sources=self.spoke)
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
            body = {w.lower() for w in names.words_of(one.body)} | one.words
            for at, bearer in called:
                theirs = bearer.words | {w.lower() for w in names.words_of(bearer.body)}
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
        after = self.who.mentions[bisect_left(self.who.starts, span.end) :][:40]
        named = (who for at, _, who in after if who.kind == "named_person" and who.certain and at - span.end < 1000)
        same = (who for who in named if one.role in {who.role, "unknown"} or {one.role, who.role} <= _STATE)
        return next(same, None) or self._next(span, one, 1000)

    def _next(self, span: Span, one: Description, reach: int) -> Bearer | None:
        """The named person who is the next source, if introduced there and nothing speaks against the role."""
        for at in self.sources[bisect_left(self.sources, span.end) :]:
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
        last = max(self.groups, key=lambda group: group.mentions[-1] if group.mentions else span, default=None)
        if last is None or not last.mentions or not 0 < span.start - last.mentions[-1].end < _LEAD:
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

    def _owner(self, one: Description, span: Span, said: Attribution) -> Bearer | None:
        """The bearer of the name that "his" or "Voss's" stands for in a description."""
        if one.owner in {"his", "her"}:
            gender = "m" if one.owner == "his" else "f"
            return self.who.meant(span.start, _PERSON, gender, apart=said.content, sources=self.spoke)
        owns = (known for _, end, known in self.who.near(span.end, span.end - span.start)
                if known.kind == "named_person" and self.text[end : end + 2] in {"'s", "’s"})  # fmt: skip
        if one.owner and (known := next(owns, None)) is not None:
            return known
        same = self.who.persons.get(one.owner.casefold(), []) if one.owner else []
        return min(same, key=lambda known: known.first, default=None)

    def _owns(self, span: Span, said: Attribution) -> Bearer | None:
        """The body that "its", or the bearer right before "whose", stands for."""
        beside = self.who.near(span.start, 40)
        if beside and self.text[beside[-1][1] : span.start].strip(" ,") == "":
            return beside[-1][2]
        return self.who.meant(span.start, _THING, apart=said.content, sources=self.spoke)

    def _body(self, span: Span, one: Description) -> Bearer | None:
        """The named body that "the agency" or "the newspaper" stands for."""
        found = self.who.body_meant(span.start, {one.head, one.stands_for}, (one.kind,))
        if found is None and {one.head, one.stands_for} & GENERIC:
            met = any(g.description.stands_for == one.stands_for and not g.description.name for g in self.groups)
            found = None if met else self.who.body_meant(span.start, (), (one.kind,))
        return found

    # descriptions as such

    def _described(self, span: Span, words: str, one: Description, said: Attribution) -> Group:
        """The group of a description: the one met before with the same head that no word tells apart, or a new one."""
        owning = self._owner(one, span, said)
        owner = _words(owning, one)
        own = set(one.words) | owner
        fresh = NEW.match(one.first or words) is not None and not one.definite
        for group in reversed(self.groups):
            before = group.description
            same = before.stands_for == one.stands_for or (
                before.head in {"person", "source", "people"} and one.head == "source" == before.head
            )
            if (
                before.name is not None
                or not same
                or group.kind != one.kind
                or (group.plural and not one.plural and one.first == "the")
                or (fresh and one.kind == "unnamed_person")
            ):
                continue
            if (
                (one.definite and own <= group.words)
                or own & group.words
                or own == group.words
                or (one.definite and not group.words and one.first == "the")
            ):
                group.words |= own
                group.body = group.body or one.body
                return group
        if (alike := self._alike(span, one)) is not None:
            return alike
        phrase = _LATE.sub("", " ".join(words.split()).strip(" ,\"“”'’"))
        body = one.body
        if body.lower() in POSSESSOR:
            owning = self._owns(span, said) if body.lower() in {"its", "whose"} else owning
            body = owning.name.full if owning else ""
        bearer = Bearer(
            Name((phrase,), 0, (), one.kind, one.role, one.gender), one.kind, one.role, one.evidence, body, one.gender
        )
        bearer.called[""] = span.start
        group = Group(bearer, one, phrase, one.kind, own, body, one.plural)
        self.groups.append(group)
        self.of[id(bearer)] = group
        return group

    def _alike(self, span: Span, one: Description) -> Group | None:
        """The document just met that a bare "the ad" or "the report" calls by another noun."""
        if one.kind != "document_or_data" or one.first not in {"the", "this", "that"} or one.words or one.rest:
            return None
        near = [g for g in self.groups if g.kind == one.kind and g.mentions and g.mentions[-1].start > span.start - 900]
        last = max(near, key=lambda group: group.mentions[-1], default=None)
        pair = {one.head, last.description.head} if last is not None else set()
        return last if any(pair <= family for family in ALIKE_DOCUMENTS) else None

    # pronouns

    def _pronoun(self, span: Span, one: Description, said: Attribution, parent: Group | None) -> Group:
        word = one.head
        if word in {"i", "we", "you"}:
            return self._speaker(span, one, parent)
        if word in {"who", "which", "that"} and (found := self._relative(span, one, said)) is not None:
            return found
        if word in {"he", "she", "who"}:
            meant = self.who.meant(span.start, _PERSON, one.gender, apart=said.content, sources=self.spoke)
            meant = meant or self._anybody(span, one)
            if meant is not None:
                return self._of(meant, one)
            return self._described(span, span.of(self.text), one._replace(kind="unnamed_person"), said)
        if word in {"they", "both", "these", "those", "one"}:
            return self._several(span, one, said)
        meant = self.who.meant(span.start, _THING, apart=said.content, sources=self.spoke)
        if meant is not None:
            return self._of(meant, one)
        return self._described(span, span.of(self.text), one._replace(kind="document_or_data"), said)

    def _anybody(self, span: Span, one: Description) -> Bearer | None:
        """The nearest person of the right gender, however far before or soon after a pronoun."""
        k = bisect_left(self.who.starts, span.start)
        near = [known for _, _, known in reversed(self.who.mentions[:k])]
        near += [known for at, _, known in self.who.mentions[k:] if at - span.end < _LEAD]
        fits = (known for known in near if known.kind in _PERSON and known.certain)
        return next((known for known in fits if not one.gender or known.gender in {"", one.gender}), None)

    def _speaker(self, span: Span, one: Description, parent: Group | None) -> Group:
        """Whom "I", "we" or "you" stands for: the speaker of the words around, else the author."""
        if parent is not None and one.head != "you":
            return parent
        if one.head == "i":
            name = self.byline or self._author()
            if name and (parsed := names.parse(names.words_of(name))) is not None:
                return self._named(describe(" ".join(parsed.words)), span)
            one = one._replace(kind="named_person")
        else:
            one = one._replace(kind="collective_public", plural=True)
        return self._described(span, span.of(self.text), one, Attribution((), None, None, "", "", 0, 0.0, ""))

    def _author(self) -> str:
        """Who wrote the article, by its byline or closing note."""
        top = _AUTHOR.search(self.text[:500])
        if top:
            return top[1]
        for paragraph in reversed(self.text.rstrip().split("\n")[-4:]):
            note = _NOTE.match(paragraph.strip())
            if note:
                return " ".join(note[0].split()[:-1]).strip(",")
        return ""

    def _relative(self, span: Span, one: Description, said: Attribution) -> Group | None:
        """What "who" or "which" goes with: the noun phrase before it."""
        last = max(self.groups, key=lambda group: group.mentions[-1].end if group.mentions else -1, default=None)
        if last is not None and last.mentions and self.text[last.mentions[-1].end : span.start].strip(" ,\u00a0") == "":
            return last
        near = self.who.near(span.start, 130)
        person = one.head == "who"
        border = max(self.text.rfind(sign, 0, span.start) for sign in (". ", "\n", "; "))
        near = [item for item in near if item[0] > border]
        if (
            near
            and self.text[near[-1][1] : span.start].strip(" ,’'s\u00a0") == ""
            and (near[-1][2].kind == "named_person") == person
        ):
            return self._of(near[-1][2], one)
        before = self.text[max(border, span.start - 90) : span.start].rstrip(" ,\u00a0")
        phrase = re.split(
            r",\s|\b(?:by|from|with|to|that|said|on|about|among|is|are|was|were|has|had|have|and|than|as)\s", before
        )[-1]
        inner = describe(phrase) if phrase.strip() else None
        if inner is not None and inner.name is None and inner.head in names.heads():
            fits = inner.kind in {"unnamed_person", "collective_public"} or (
                inner.kind == "organisation" and not person
            )
            if fits or (not person and inner.kind in {"document_or_data", "media_outlet"}):
                at = Span(max(0, span.start - len(phrase) - 1), span.start)
                return self._group(at, phrase, said, None)
        kinds = {"named_person"} if person else {"organisation", "media_outlet", "document_or_data"}
        named = [item for item in near if item[2].kind in kinds]
        return self._of(named[-1][2], one) if named else None

    def _several(self, span: Span, one: Description, said: Attribution) -> Group:
        """The group that "they" or "both" stands for."""
        near = [group for group in self.groups if group.mentions and group.mentions[-1].start > span.start - 900]
        near.sort(key=lambda group: group.mentions[-1].start)
        many = [
            group
            for group in near
            if group.plural or group.kind in {"organisation", "collective_public", "media_outlet"}
        ]
        if many or near:
            return (many or near)[-1]
        return self._described(span, span.of(self.text), one._replace(kind="collective_public", plural=True), said)
