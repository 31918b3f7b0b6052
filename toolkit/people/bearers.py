"""Who bears the names of an article: persons and bodies, where they are named, and whom "he" and "it" mean."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from ..article import Span
from ..language import nouns
from ..language.closed_classes import BEFORE_A_FIRST_NAME
from ..language.word_lists import word_class
from . import proper_names
from .proper_names import Name

_BORDER = re.compile(r"[.!?…]['’”\")]*\s+(?=[“\"‘'(]?[A-ZÀ-Þ])|\n")
_OWNS = re.compile(r"[^\s,]+(?:['’]s\b|s['’]\s)")
_HE = re.compile(r"[HhSs](?<!\w.)h?e\b")  # a letter first: nothing else is looked at
_GENDERS = {"he": "m", "she": "f"}
_GENDERED = word_class("courtesy")
REACH = 1200  # characters that a pronoun looks back
# A book that is given as one article has more of both; beyond them it would cost the square of its length.
NAMESAKES = 200  # bearers of one surname, first name or role that are told apart
LATELY = 500  # names that "the agency" and a pronoun without anybody near look back


T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Bearer:
    """A person, body or outlet that the article names: its fullest name, and what is said of it."""

    name: Name
    kind: str
    role: str = "unknown"
    evidence: str = ""
    body: str = ""
    gender: str = ""
    called: dict[str, int] = field(default_factory=dict)  # nouns that name its role -> where first said
    words: set[str] = field(default_factory=set)  # lower-case words of its titles and appositions
    titles: set[str] = field(default_factory=set)  # words written before its name
    places: list[int] = field(default_factory=list)
    full_places: int = 0
    first: int = 0
    place: bool = False  # the name of a place, which seldom speaks

    @property
    def certain(self) -> bool:
        """Whether it is surely a name, not just a capitalised word."""
        return (
            self.kind != "named_person"
            or self.full_places > 0
            or self.role != "unknown"
            or bool(self.gender)
            or bool(self.called)
        )


@dataclass(slots=True)
class Register:
    """The names of an article and their bearers; ``mentions`` are (start, end, bearer), sorted."""

    text: str
    outlet: str = ""
    mentions: list[tuple[int, int, Bearer]] = field(default_factory=list)
    persons: dict[str, list[Bearer]] = field(default_factory=lambda: defaultdict(list))
    given: dict[str, list[Bearer]] = field(default_factory=lambda: defaultdict(list))
    inner: dict[str, list[Bearer]] = field(default_factory=lambda: defaultdict(list))  # by words inside full names
    bodies: dict[str, Bearer] = field(default_factory=dict)
    longer: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # first word -> keys of bodies
    acronyms: dict[str, Bearer] = field(default_factory=dict)
    by_role: dict[str, list[tuple[int, Bearer]]] = field(default_factory=lambda: defaultdict(list))
    starts: list[int] = field(default_factory=list)
    borders: list[int] = field(default_factory=list)

    def bearer(self, name: Name, *, at: int = 0) -> Bearer | None:
        """Whose name this is; None if the article has no bearer for it yet."""
        key = key_of(name)
        if key in self.bodies:
            return self.bodies[key]
        if name.kind != "named_person":
            if key.upper() in self.acronyms:
                return self.acronyms[key.upper()]
            return self._person(name, at) if len(name.words) == 1 and name.words[0].isupper() else None
        return self._person(name, at) or self.acronyms.get(key.upper()) or self._short(name)

    def _short(self, name: Name) -> Bearer | None:
        """The body that is called by its first word: "Norvane" for Norvane Works."""
        if len(name.words) > 1 or any(word.lower() in nouns.titles() for word in name.title):
            return None
        long = self.longer.get(name.words[0].casefold(), ())
        return self.bodies[next(iter(long))] if len(long) == 1 else None

    def _person(self, name: Name, at: int) -> Bearer | None:
        same = self.persons.get(name.surname, [])
        if len(name.words) > 1:
            given = name.words[0].casefold().strip(".")
            same = [one for one in same if _same_given(given, one.name.words)]
        elif not same:
            same = self.given.get(name.words[0].casefold().strip("."), [])
            if name.title:
                title = name.title[-1]  # "Dame Ann"
                same = [one for one in same if title.lower() in BEFORE_A_FIRST_NAME and title in one.titles]
            same = same or self.inner.get(name.surname, [])
        if name.gender and len(name.words) == 1:
            fits = [one for one in same if one.gender in {name.gender, ""}]
            if not fits and _GENDERED & {word.lower().strip(".") for word in name.title}:
                return None  # "Mr. Frey" beside Una Frey
            same = ([one for one in fits if one.gender] or fits or same) if len(same) > 1 else same
        if len(same) < 2:
            return same[0] if same else None
        if name.title and len(name.words) == 1:
            known = [one for one in same if set(name.title) & one.titles]
            same = known or [one for one in same if len(one.name.words) == 1] or same
        return min(same, key=lambda one: one.first)  # the later one needs a first name or a title

    def add(self, name: Name, kind: str = "", *, at: int = 0) -> Bearer:
        """A new bearer of a name."""
        kind = kind or name.kind
        if is_outlet(name, self.outlet):
            kind = "media_outlet"
        if kind == "named_person" and len(name.words) == 1 and not name.gender:
            name = name._replace(gender=nouns.first_names().get(name.words[0].lower(), ""))
        one = Bearer(name, kind, name.role if kind == name.kind else "unknown", "", "", name.gender)
        one.first = at
        one.titles |= set(name.title)
        one.place = kind == "organisation" and nouns.is_place(name.full)
        if kind == "media_outlet":
            one.role = "other medium"
        if kind == "named_person":
            _among(self.persons[name.surname], one)
            if len(name.words) > 1:
                _among(self.given[name.words[0].casefold()], one)
            self.inside(one)
        else:
            key = key_of(name)
            self.bodies[key] = one
            if " " in key:
                self.longer[key.partition(" ")[0]].add(key)
            initials = "".join(word[0] for word in name.words if word[0].isupper())
            if len(initials) > 1:
                self.acronyms.setdefault(initials, one)
        return one

    def inside(self, one: Bearer) -> None:
        """Notes the words inside a full name, of which one may be a family name: "Ruiz" of Pedro Ruiz Ferrer."""
        for word in one.name.words[1:-1]:
            known = self.inner[proper_names.plain(word)]
            if len(word) > 2 and one not in known:
                _among(known, one)

    def call(self, one: Bearer, noun: str, at: int) -> None:
        """Notes that a bearer is called by a role noun."""
        if (head := nouns.person_of(noun)) is None:
            return
        one.gender = one.gender or head.gender
        if head.stands_for not in one.called:
            one.called[head.stands_for] = at
            _among(self.by_role[head.stands_for], (at, one))

    def mention(self, start: int, end: int, one: Bearer) -> None:
        """Notes one more place where a bearer is named or meant."""
        at = bisect_left(self.starts, start)
        if at < len(self.starts) and self.starts[at] == start:
            return
        self.starts.insert(at, start)
        self.mentions.insert(at, (start, end, one))
        insort(one.places, start)

    def kept(self) -> Register:
        """Who is named where, and by which roles, as it is now: what source phrases tell later is not in it."""
        same: dict[int, Bearer] = {}

        def copy(one: Bearer) -> Bearer:
            if id(one) not in same:
                same[id(one)] = replace(one, called=dict(one.called), words=set(one.words))
            return same[id(one)]

        mentions = [(start, end, copy(one)) for start, end, one in self.mentions]
        roles = {noun: [(at, copy(one)) for at, one in called] for noun, called in self.by_role.items()}
        return Register(self.text, self.outlet, mentions, by_role=roles)

    def near(self, at: int, reach: int = REACH) -> Sequence[tuple[int, int, Bearer]]:
        """The mentions in the stretch of text before a place, in order."""
        return self.mentions[bisect_left(self.starts, at - reach) : bisect_left(self.starts, at)]

    def meant(self, at: int, kinds: Iterable[str], gender: str = "", *, apart: Iterable[Span] = (),
              sources: Container[int] = ()) -> Bearer | None:  # fmt: skip
        """Whom "he", "she", "it" (or a description without a name) at a place most likely means.

        What counts: how many sentences back the name stands, whether it opens its sentence, whether it is a source
        there, how often it is named, agreement. Names in ``apart`` (the words said) are left out.
        """
        allowed, shut = set(kinds), list(apart)
        opens = min((span.start for span in shut), default=at)
        near = [
            (start, one) for start, _, one in self.near(at)
            if one.kind in allowed and one.certain and not (gender and one.gender and one.gender != gender)
            and not (start >= opens and any(span.start <= start < span.end for span in shut))
        ]  # fmt: skip
        if not near:
            return None
        borders = self.sentences()
        here, opened = bisect_left(borders, at), -1
        best: dict[int, tuple[float, int, Bearer]] = {}
        for start, one in near:
            sentence = bisect_right(borders, start)
            score = sentence - here + 0.25 * math.log(len(one.places) + 1)
            if sentence != opened:
                opened = sentence
                score += 0.7
            if start in sources:
                score += 0.9
            if _OWNS.match(self.text, start):
                score -= 0.5
            if (gender and not one.gender) or one.place:
                score -= 0.6
            kept = best.get(id(one))
            if kept is None or score + 0.2 > kept[0]:
                best[id(one)] = (score + (0.2 if kept else 0), start, one)
        return max(best.values(), key=lambda item: item[:2])[2]

    def sentences(self) -> list[int]:
        """Where sentences begin, roughly; looked up when first asked for."""
        if not self.borders:
            self.borders = [0, *(border.end() for border in _BORDER.finditer(self.text))]
        return self.borders

    def pronouns(self, spans: Iterable[Span], *, apart: Sequence[Span], sources: Container[int]) -> None:
        """Notes whom each "he" and "she" means that stands outside the stretches ``apart``, sorted."""
        for span in spans:
            for match in _HE.finditer(self.text, *span):
                at, gender = match.start(), _GENDERS.get(match.group().lower())
                if gender is None:
                    continue
                k = bisect_left(apart, (at + 1, 0)) - 1
                if k >= 0 and apart[k].end > at:
                    continue
                one = self.meant(at, ("named_person",), gender, sources=sources)
                if one is not None:
                    self.mention(at, match.end(), one)


def _among(known: list[T], one: T) -> None:
    """Adds one more, unless there are too many already."""
    if len(known) < NAMESAKES:
        known.append(one)


def is_outlet(name: Name, outlet: str) -> bool:
    """Whether a name is that of the outlet that is written of so: "The Harbour Post"."""
    return bool(outlet) and key_of(name) == re.sub(r"^the ", "", outlet.casefold())


def key_of(name: Name) -> str:
    """A name as a key: small letters, no stops, straight apostrophes."""
    return _key(name.words)


@lru_cache(maxsize=4096)
def _key(words: tuple[str, ...]) -> str:
    return " ".join(words).casefold().replace("’", "'").replace(".", "")


def _same_given(given: str, words: Sequence[str]) -> bool:
    """Whether a first name is that of a full name, or its initial."""
    other = words[0].casefold().strip(".")
    if len(words) < 2:
        return False
    return (
        given == other
        or given in (word.casefold() for word in words[:-1])
        or (1 in {len(given), len(other)} and given[0] == other[0])
        or (min(len(given), len(other)) > 2 and (given.startswith(other) or other.startswith(given)))
    )
