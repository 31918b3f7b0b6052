"""Whom a pronoun or a description may mean: somebody met before, two or more together, or somebody new."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..article import Span
from ..attribution.attributions import Attribution
from ..language.closed_classes import OTHER_OFFICE
from ..language.word_lists import word_class
from .anonymity import nameless
from .bearers import Bearer
from .descriptions import Description
from .entities import PERSONS, THINGS, Entity, Met
from .likeness import Here, Scene
from .view import View

REACH, AHEAD = 2400, 700  # characters before and after a phrase in which a name is a candidate
LATELY = 60  # names, speakers, bearers of a title that are looked back on at most
MANY = 18  # candidates at most: the nearest
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "neither": 2}
_HE = frozenset(("he", "she"))
_SEVERAL = word_class("several")


class Choice(NamedTuple):
    """Whom a phrase means: the candidates (None: somebody new), and what is seen of each."""

    candidates: list[tuple[Entity, ...] | None]
    seen: list[list[str]]
    old: bool  # "he" or "she" is somebody who is written of elsewhere


class Candidates:
    """Lists for each phrase of an article whom it may mean."""

    def __init__(self, met: Met, attributions: Sequence[Attribution], view: View) -> None:
        self.met, self.scene = met, Scene(met, attributions, view)

    def choice(self, span: Span, words: str, one: Description, said: Attribution, parent: Entity | None) -> Choice:
        """Whom a phrase may mean; ``said``: its attribution, ``parent``: in whose words it stands."""
        at = span.start
        possible = list(self._possible(one, at))
        if one.kind != "pronoun" and nameless(self.met.text, span):
            possible = [known for known in possible if not known.named or known.kind != "named_person"]
        near = [(self._distance(known, one, at), known) for known in possible]
        near.sort(key=lambda item: item[0])
        here = self.scene.here(span, words, one, said, parent, self._nearest(one, said, at))
        candidates: list[tuple[Entity, ...] | None] = []
        seen: list[list[str]] = []
        rank: dict[str, int] = {}
        same = 0
        for order, (_, known) in enumerate(near[:MANY]):
            nth = rank[known.type] = rank.get(known.type, -1) + 1
            seen.append(self.scene.look(here, known, order, nth))
            candidates.append((known,))
            same += one.stands_for in known.heads
        for several, how in self._several(one):
            seen.append(self._together(here, several, how))
            candidates.append(several)
        seen.append(_new(here, len(near), same))
        candidates.append(None)
        return Choice(candidates, seen, one.head in _HE and len(candidates) > 1)

    def _possible(self, one: Description, at: int) -> Iterator[Entity]:
        """Those who spoke before, who are called so, and who are named near the phrase."""
        who = self.met.who
        reach = REACH if one.kind == "pronoun" else REACH // 4  # who is described otherwise than before stands near
        k, stop = bisect_left(who.starts, at), bisect_left(who.starts, at + AHEAD)
        near = who.mentions[max(bisect_left(who.starts, at - reach), k - LATELY) : min(stop, k + LATELY)]
        spoke = islice(reversed(self.met.last), LATELY)
        called = self.met.by_head.get(one.stands_for, [])
        called = called if len(called) <= LATELY else [*called[:LATELY], *called[-LATELY:]]
        for known in dict.fromkeys([*spoke, *called, *(self.met.entity(bearer) for _, _, bearer in near)]):
            fits = _agree(one, known) and not _beside(one, known) and known not in self.met.beside
            if fits and (known.mentions or known.bearer.certain):
                yield known

    def _distance(self, known: Entity, one: Description, at: int) -> int:
        """How far off somebody stands: what is ahead counts four times, who is called so an eighth."""
        k = bisect_left(known.places, at)
        ahead = known.places[k] if k < len(known.places) else -1
        distance = at - known.places[k - 1] if k else 4 * (ahead - at)
        return distance // (8 if one.stands_for in known.heads else 1)

    def _nearest(self, one: Description, said: Attribution, at: int) -> Bearer | None:
        """Whom nearness alone would choose."""
        if one.kind != "pronoun":
            return None
        kinds = PERSONS if one.head in _HE or one.head == "who" else THINGS
        return self.met.who.meant(at, kinds, one.gender, apart=said.content, sources=self.met.spoken)

    def _several(self, one: Description) -> Iterator[tuple[tuple[Entity, ...], str]]:
        """Those of whom a phrase for several may speak: the last joined ones, and the named ones that are called so."""
        if not (one.plural or one.head in _SEVERAL):
            return
        pair = self.met.pair
        if 1 < len(pair) < 5:
            yield pair, "pair"
        if one.kind != "pronoun":
            alike = self.met.by_head.get(one.stands_for, [])[:LATELY]
            called = [known for known in alike if known.named and known.kind == "named_person"]
            if 1 < len(called) < 5 and set(called) != set(pair):
                yield tuple(called), "called"
        spoke = list(islice((one for one in reversed(self.met.last) if one.kind == "named_person"), 2))[::-1]
        if len(spoke) == 2 and set(spoke) != set(pair):
            yield tuple(spoke), "two"

    def _together(self, here: Here, several: Sequence[Entity], how: str) -> list[str]:
        """What is seen of several together; ``how`` they belong so."""
        one = here.one
        count = "" if one.first not in _COUNTS else _COUNTS[one.first] == len(several)
        return [
            f"{how} {here.way} {one.plural}",
            f"{how} count {count} {len(several)}",
        ]


def _new(here: Here, near: int, same: int) -> list[str]:
    """What speaks for somebody new: ``near``: how many candidates there are, ``same``: how many are called so."""
    one, kind, way = here.one, here.type, here.way
    return [
        f"new {way}",
        f"new head {one.head}",
        f"new {kind} any {min(near, 4)}",
        f"new first {one.first}",
        f"new rest {bool(one.rest)} {kind} {min(same, 1)}",
        f"new owner {bool(one.owner)} {kind}",
        f"new head {one.head} {way}",
        f"new early {here.span.start < 500} {way}",
    ]


def _beside(one: Description, known: Entity) -> bool:
    """Whether a phrase and somebody bear two offices: the minister, his shadow; the mayor of Elm, the mayor of Ash."""
    if one.kind == "pronoun" or one.stands_for not in known.heads:
        return False
    apart = bool(one.tail and known.tails) and not known.named and not one.tail & (known.tails | known.words)
    return apart or bool((one.words ^ known.words) & OTHER_OFFICE)


def _agree(one: Description, known: Entity) -> bool:
    """Whether gender and number let a phrase mean somebody."""
    gender = known.bearer.gender
    if one.gender and gender and one.gender != gender:
        return False
    if one.head in _HE:
        return known.kind in PERSONS or (known.kind == "collective_public" and not known.plural)
    return True
