"""What is seen of somebody whom a phrase may mean, in short words of which weights know what each is worth.

How far off, where in its sentence and beside which words it stands, when it spoke; of a description also which of its
words fit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..article import Span
from ..attribution.attributions import Attribution
from ..language import nouns
from ..language.closed_classes import DETERMINER, POSSESSOR
from ..language.word_lists import word_class
from . import proper_names
from .bearers import Bearer
from .descriptions import Description
from .entities import Entity, Met
from .view import View

_SMALL = word_class("beside_a_name")
_FAR = "01233344444"  # sentences between, as they are told apart; "5" for more
_WAYS = {
    **dict.fromkeys(("the", "this", "that", "these", "those", "both"), "the"),
    **dict.fromkeys(sorted(POSSESSOR), "own"),
    **dict.fromkeys(("a", "an", "one"), "a"),
    **dict.fromkeys(("another", "other", "others", "second"), "more"),
}
_MORE = frozenset(("other", "second", "third", "fourth", "separate", "different"))  # 9 phrases of 342 articles
_PRONOUN_WAYS = {"he": "P", "she": "P", "it": "I", "they": "T", "both": "T", "these": "T", "those": "T"}


class Here(NamedTuple):
    """A phrase in its place."""

    span: Span
    one: Description
    type: str
    way: str
    own: frozenset[str]  # its qualifying words and its owner
    tail: frozenset[str]  # what it says of what or for whom: `Description.tail`
    said: Attribution
    parent: Entity | None  # whose words it stands in
    sentence: int
    paragraph: int
    meant: Bearer | None  # whom nearness alone would choose
    spoke: dict[Entity, str]  # the last two who spoke


class _There(NamedTuple):
    """A candidate's place: the last one before the phrase, or else the first behind it."""

    place: int
    before: bool
    apart: str
    blocks: int
    quoted: bool
    spoke: str
    type: str


class Scene:
    """An article's sentences, paragraphs and said words, and who was met in it so far."""

    def __init__(self, met: Met, attributions: Sequence[Attribution], view: View) -> None:
        self.met, self.text, self.view = met, met.text, view
        self.borders = met.who.sentences()
        self.breaks = [match.start() for match in re.finditer(r"\n+", met.text)]
        self.contents = sorted(span for one in attributions for span in one.content)

    def here(self, span: Span, words: str, one: Description, said: Attribution, parent: Entity | None,
             meant: Bearer | None) -> Here:  # fmt: skip
        """A phrase in its place; ``meant``: whom nearness alone would choose."""
        at, owner = span.start, one.owner.lower()
        own = frozenset(one.words | ({owner} if owner and owner not in POSSESSOR else set()))
        last = dict(zip(reversed(self.met.last), ("last", "second"), strict=False))
        return Here(span, one, _type(one, words), _way(one, words), own, one.tail, said, parent, self.sentence(at),
                    bisect_right(self.breaks, at), meant, last)  # fmt: skip

    def sentence(self, at: int) -> int:
        """The number of the sentence that a place stands in."""
        return bisect_right(self.borders, at)

    def look(self, here: Here, known: Entity, order: int, nth: int) -> list[str]:
        """What is seen of a candidate; ``order``: how many stand nearer; ``nth``: how many of them are of its type."""
        there = self._there(here, known)
        out = _position(here, known, there, order)
        if there.before:
            out += self._surroundings(here, known, there)
        out += self._bearer(here, known, there)
        out += self._fits(here, known, there)
        if here.one.kind == "pronoun":
            return out
        how = "none" if not known.heads else "other"
        how = "same" if here.one.head in known.heads or here.one.stands_for in known.heads else how
        return [*out, *_words(here, known, there, how, nth), *self._phrase(here, known, there)]

    def _there(self, here: Here, known: Entity) -> _There:
        at = here.span.start
        k = bisect_left(known.places, at)
        spoke = here.spoke.get(known, "before" if known.mentions else "never")
        if not k:
            place = known.places[0] if known.places else at
            ahead = place - here.span.end
            apart = f"ahead {(ahead > 3) + (ahead > 60) + (ahead > 250) + (ahead > 700)}"
            return _There(place, False, apart, 0, False, spoke, known.type)
        place = known.places[k - 1]
        far = here.sentence - self.sentence(place)
        blocks = min(here.paragraph - bisect_right(self.breaks, place), 3)
        apart = _FAR[far] if far < len(_FAR) else "5"
        return _There(place, True, apart, blocks, self._quoted(place), spoke, known.type)

    def _quoted(self, place: int) -> bool:
        k = bisect_left(self.contents, Span(place + 1, 0)) - 1
        return k >= 0 and self.contents[k].end > place

    def _before(self, place: int) -> str:
        """The small word or sign before a name."""
        before = self.text[max(0, place - 14) : place].lower().split(" ")
        last = before[-2] if len(before) > 1 and not before[-1] else "(" if before[-1] else ""
        if last in _SMALL:
            return last
        return "." if last[-1:] in {".", "\n", ""} else "," if last[-1:] == "," else "word"

    def _surroundings(self, here: Here, known: Entity, there: _There) -> list[str]:
        """What stands around a place before the phrase."""
        source = there.place in self.met.spoken
        return [
            f"{here.way} before {self._before(there.place)}",
            f"{here.way} speaks {min(len(known.mentions), 4)} {there.spoke}",
            f"{here.way} there {source} {there.quoted} {here.said.depth > 0} {there.apart}",
        ]

    def _bearer(self, here: Here, known: Entity, there: _There) -> list[str]:
        """Whether nearness, gender and grammar speak for a candidate."""
        way, apart, bearer = here.way, there.apart, known.bearer
        out = []
        if bearer is here.meant:
            out.append(f"{way} meant {apart}")
        if wanted := here.one.gender:
            gender = "same" if bearer.gender == wanted else "open" if not bearer.gender else "x"
            out += [f"{way} gender {gender} {there.type}", f"{way} gender {gender} {apart}"]
        if there.before and _owns(self.text, there.place, known):
            out += [f"{way} owns {apart}", f"{way} owns {there.spoke}"]
        return out

    def _fits(self, here: Here, known: Entity, there: _There) -> list[str]:
        """Whether a candidate is the same to the network: in kind, in role and in all that it holds."""
        spans = known.mentions or [Span(there.place, self.met.ends.get(there.place, there.place + len(known.name)))]
        found = self.view.fits(here.span, spans)
        return [
            f"{here.way} {what} fit {value}" for what, value in zip(("kinds", "roles", "words"), found, strict=False)
        ]

    def _phrase(self, here: Here, known: Entity, there: _There) -> list[str]:
        """Whether a description holds a candidate's name."""
        way, kind, one, at, type_ = here.way, here.type, here.one, here.span.start, there.type
        out = []
        inside = next((place for place in known.places if at < place < here.span.end), None)
        if inside is not None:
            joint = self.text[max(at, inside - 5) : inside].lower().split()
            how_in = "owner" if _owns(self.text, inside, known) else joint[-1] if joint else ""
            out += [
                f"in it {one.head}",
                f"in it {kind} {type_} {how_in}",
                f"in it {how_in} {way}",
                f"in it {type_[1:4]} {kind}",
            ]
        elif one.owner and one.owner.lower() in known.name.lower():
            out += [f"is owner {type_}", f"is owner {kind}"]
        return out


def _position(here: Here, known: Entity, there: _There, order: int) -> list[str]:
    """How far off a candidate stands, and how it spoke."""
    kind, way, spoke, type_ = here.type, here.way, there.spoke, there.type
    return [
        f"{kind} {type_}",
        f"{kind} times {min(len(known.places), 6)}",
        f"{kind} order {min(order, 4)} {spoke}",
        f"{way} {type_}",
        f"{way} parent {known is here.parent} {here.said.depth > 0} {there.apart}",
        f"{way} direct {here.said.kind} {spoke} {there.blocks}",
    ]


def _words(here: Here, known: Entity, there: _There, how: str, nth: int) -> list[str]:
    """Which words of a description fit a candidate; ``how``: whether its noun does."""
    one, kind, way, own, theirs = here.one, here.type, here.way, here.own, known.words
    spoke, type_, role = there.spoke, there.type, known.bearer.role
    words = ("bare" if not own else "none") if not (own & theirs) else "all" if own <= theirs else "some"
    body = known.body or known.bearer.body
    tail = "" if not here.tail else "same" if here.tail & (known.tails | theirs) else "x" if known.tails else "new"
    bodies = "" if not one.body or not body else "same" if _content(one.body) & _content(body) else "x"
    roles = "open" if "unknown" in {role, one.role} else "same" if role == one.role else "x"
    return [
        f"{kind} head {how}",
        f"{kind} head {how} {type_} {words}",
        f"{way} head {how} {spoke} {words}",
        f"head {how} {one.head}",
        f"{type_} {one.head}",
        f"bodies {bodies} {how}",
        f"tail {tail} {words} {how} {type_[:1]}",
        f"{way} kinds {one.kind == known.kind} {how}",
        f"head {how} nth {min(nth, 2)} {way}",
        f"{one.head} {spoke} {type_[1:4]}",
        f"{type_} {one.head} {spoke} {way}",
        f"roles {roles} {there.apart}",
        f"head {one.head} role {role}",
    ]


@lru_cache(maxsize=4096)
def _content(words: str) -> frozenset[str]:
    return frozenset(word.lower() for word in proper_names.words_of(words)) - DETERMINER - {"the", "of"}


def _owns(text: str, place: int, known: Entity) -> bool:
    end = place + len(known.name)
    return text[end : end + 2] in {"'s", "’s"}


def _way(one: Description, words: str) -> str:
    """How a phrase refers: by a pronoun for a person, for things, for several, or by which determiner."""
    if one.kind == "pronoun":
        return _PRONOUN_WAYS.get(one.head, "W")
    if _MORE.intersection(words.split()[1:3]):
        return "more"  # "a second official", "two other aides"
    bare = "some" if one.first in DETERMINER else "Cap" if words[:1].isupper() else "bare"
    return _WAYS.get(one.first, bare)


def _type(one: Description, words: str) -> str:
    """What a phrase looks like, in short: the pronoun, or determiner, number and the head noun's kind."""
    if one.kind == "pronoun":
        return one.head
    noun = nouns.heads().get(one.head)
    kind = noun.kind[:3] if noun else one.kind[:3]
    return f"{_way(one, words)} {kind}{'s' if one.plural else ''}"
