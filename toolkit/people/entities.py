"""Those who are or may be the sources of an article: the named ones, and those whom its source phrases stand for."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field

from ..article import Span
from ..language import nouns
from ..language.closed_classes import POSSESSOR
from ..language.word_lists import word_class
from . import proper_names
from .bearers import Bearer, Register
from .descriptions import Description
from .proper_names import Name

PERSONS = frozenset(("named_person", "unnamed_person"))
THINGS = frozenset(("organisation", "media_outlet", "document_or_data"))
_OPEN = word_class("one_of_many")
_SPEAKERS = word_class("speaker")
_WHOSE = {"his": "m", "her": "f"}
_PRONOUNS = {"he": "unnamed_person", "she": "unnamed_person", "who": "unnamed_person", "it": "document_or_data"}


@dataclass(slots=True, eq=False)
class Entity:
    """One who is or may be a source: its bearer, what it is called, and where it stands as a source."""

    bearer: Bearer
    name: str
    kind: str
    plural: bool
    named: bool
    first: str = ""
    turn: bool = False
    body: str = ""
    near: str = ""  # for whom an unnamed spokesman may speak: who is written of before
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    tails: set[str] = field(default_factory=set)  # of what or where its phrases say that it is: "of Elm"
    mentions: list[Span] = field(default_factory=list)
    attributions: list[int] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    means: dict[Span, tuple[str, ...]] = field(default_factory=dict)  # why a phrase that names nobody does

    @property
    def open(self) -> bool:
        """Whether it is told of as one of many, or as many: "a clerk", "clerks"; no name of it stands elsewhere."""
        return not self.named and (self.plural or self.first in _OPEN)

    @property
    def own(self) -> list[int]:
        """The numbers of its attributions, nested ones last."""
        return [*self.attributions, *self.nested]

    @property
    def type(self) -> str:
        """What it looks like, in short: a named person, a body, one unnamed or several ..."""
        many = "s" if self.plural else ""
        return f"{'n' if self.named else 'u'}{self.kind[:3]}{many}"


class Met:
    """Everybody in an article, as far as its source phrases have been read."""

    def __init__(self, text: str, who: Register) -> None:
        self.text, self.who = text, who
        self.speakers: list[Entity] = []  # in the order of their first phrase
        self.last: dict[Entity, None] = {}  # the same, the one who spoke last at the end
        self.pair: tuple[Entity, ...] = ()  # those of the last joined phrase
        self.beside: list[Entity] = []  # those that a joined phrase names before
        self.spoken: set[int] = set()  # where source phrases begin
        self.by_head: dict[str, list[Entity]] = defaultdict(list)  # those who are called by a noun
        self.ends = {start: end for start, end, _ in who.mentions}
        self._of: dict[int, Entity] = {}
        for bearer in dict.fromkeys(one for _, _, one in who.mentions):
            self.entity(bearer)

    def entity(self, bearer: Bearer) -> Entity:
        """Who bears a name."""
        known = self._of.get(id(bearer))
        if known is None:
            known = Entity(bearer, bearer.name.full, bearer.kind, False, True, body=bearer.body)
            known.heads = {noun for noun in bearer.called if noun}
            if bearer.kind != "named_person":
                known.heads |= {nouns.stands_for(bearer.name.words[k]) for k in (0, -1)}
            known.words = bearer.words | {word.lower() for word in proper_names.words_of(bearer.body)}
            known.tails = {word.lower() for word in proper_names.words_of(bearer.body)}
            known.places = list(bearer.places)
            self._of[id(bearer)] = known
            for head in known.heads:
                self.by_head[head].append(known)
        return known

    def new(self, span: Span, words: str, one: Description) -> Entity:
        """Somebody without a name of whom nothing was said before."""
        phrase = " ".join(words.split()).strip(" ,\"“”'’")
        kind = one.kind if one.kind != "pronoun" else _PRONOUNS.get(one.head, "collective_public")
        body = one.body
        if body.lower() in POSSESSOR:  # "its spokesman"
            own = self.who.meant(span.start, THINGS, sources=self.spoken) if body.lower() in {"its", "whose"} else None
            body = own.name.full if own is not None else ""
        bearer = Bearer(
            Name((phrase,), 0, (), kind, one.role, one.gender), kind, one.role, one.evidence, body, one.gender
        )
        bearer.called[""] = span.start
        known = Entity(bearer, phrase, kind, one.plural, False, one.first, body=body, words=set(one.words),
                       tails=set(one.tail))  # fmt: skip
        whose = _WHOSE.get(one.owner.lower(), "")
        if not body and (one.stands_for == "spokesman" or (whose and one.stands_for in _SPEAKERS)):
            near = self.who.meant(span.start, PERSONS if whose else THINGS | PERSONS, whose, sources=self.spoken)
            known.near = near.name.full if near is not None else ""
        self._of[id(bearer)] = known
        self.calls(known, one.stands_for)
        return known

    def calls(self, known: Entity, head: str) -> None:
        """Notes that somebody is called by a noun."""
        known.heads.add(head)
        if known not in self.by_head[head]:
            self.by_head[head].append(known)

    def speaks(self, one: Entity, span: Span) -> None:
        """Notes that a source phrase stands for somebody."""
        if not one.mentions:
            self.speakers.append(one)
        one.mentions.append(span)
        if span.start not in one.places:
            insort(one.places, span.start)
        self.who.mention(span.start, span.end, one.bearer)
        self.ends[span.start] = span.end
        self.spoken.add(span.start)
        self.last.pop(one, None)
        self.last[one] = None
