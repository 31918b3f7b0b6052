"""Who is meant by a source phrase: somebody met before, somebody whom the article names, or somebody new.

Phrases come in the order of the text. A name is its bearer's. For a pronoun or a description the candidates are listed,
each with what is seen of it, and weights learnt from coded articles choose.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ..article import Span
from ..attribution.attributions import Attribution
from ..language.closed_classes import DETERMINER, PARTIES, POSSESSOR
from . import proper_names
from .bearers import Bearer, Register
from .descriptions import Description, describe, trimmed
from .joined import parts
from .proper_names import Name
from .register import speaks

PERSONS = frozenset(("named_person", "unnamed_person"))
_THINGS = frozenset(("organisation", "media_outlet", "document_or_data"))
REACH, AHEAD = 2400, 700  # characters before and after a phrase in which a name is a candidate
LATELY = 60  # names, speakers, bearers of a title that are looked back on at most
MANY = 18  # candidates at most: the nearest
_LETTERS = frozenset(("Q", "A", "Question", "Answer"))
_AUTHOR = re.compile(r"\b[Bb][Yy]:? ((?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+)")
_NOTE = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+,? (?:is|was|teaches|writes|covers|lives|works|serves)\b")
_LATE = re.compile(  # "his doctor on Friday afternoon", "the woman's"
    r"(?:\s(?:(?:on|late|early|earlier|this|last)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tonight)"
    r"(?:\s(?:morning|afternoon|evening|night))?|['’]s|(?<=s)['’])$"
)
_OPENS = re.compile(r"(?:^|[.!?:\n“”\"]\s*)$")
_RELATED = re.compile(r",\s|\b(?:by|from|with|to|that|said|on|about|among|is|are|was|were|has|had|have|and|than|as)\s")
_NUMBERS = frozenset("two three four five six seven eight nine ten dozens several".split())
_APART = frozenset(
    "another other others second third different separate new former deputy vice ex shadow acting opposition".split()
)
_NEXT = re.compile(r"\s*([’']s|\w+|[^\w\s])")
_SMALL = frozenset(
    "of to with by for from on in at about against over and or but that when as if while because than like "
    "the a an is was has had have were are said says told who will would mr. mrs. ms. dr. president".split()
)
_OPEN = frozenset("a an another one some several many two three four five no".split())
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "neither": 2}
_PRONOUNS = {"he": "unnamed_person", "she": "unnamed_person", "who": "unnamed_person", "it": "document_or_data"}
_HE = frozenset(("he", "she"))


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
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)
    attributions: list[int] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    why: tuple[str, ...] = ()

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


class Choice(NamedTuple):
    """Whom a phrase means: the candidates (None: somebody new), and what is seen of each."""

    candidates: list[tuple[Entity, ...] | None]
    seen: list[list[str]]
    old: bool  # "he" or "she" is somebody who is written of elsewhere


Chooser = Callable[[Choice], tuple[int, tuple[str, ...]]]  # the number of a candidate, and why


class Resolver:
    """Brings the source phrases of an article, given in the order of the text, to one entity each."""

    def __init__(
        self,
        text: str,
        who: Register,
        attributions: Sequence[Attribution],
        choose: Chooser,
        *,
        byline: str = "",
        noted: Callable[[int, Sequence[Entity]], None] | None = None,
    ) -> None:
        self.text, self.who, self.byline, self.choose, self.noted = text, who, byline, choose, noted
        self.said = attributions
        self.current = -1  # the attribution whose source is looked at
        self.entities: list[Entity] = []
        self.of: dict[int, Entity] = {}
        self.by_head: dict[str, list[Entity]] = defaultdict(list)  # those who are called by a noun
        self.taken: dict[Span, list[Entity]] = {}
        self.pair: tuple[Entity, ...] = ()
        self.spoken: set[int] = set()  # where sources met so far begin
        self.last: dict[Entity, None] = {}  # those who spoke, the last one last
        self.borders = who._sentences()
        self.breaks = [match.start() for match in re.finditer(r"\n+", text)]
        self.ends = {start: end for start, end, _ in who.mentions}
        self.beside: dict[int, str] = {}  # what stands before and after a name, in short
        self.contents = sorted(span for one in attributions for span in one.content)
        self.named = [self.entity(one) for one in dict.fromkeys(one for _, _, one in who.mentions)]

    def run(self) -> dict[int, list[Entity]]:
        """The entities behind each attribution that has a source of its own or goes on from one that has."""
        out: dict[int, list[Entity]] = {}
        around = _around(self.said)
        written = [i for i, one in enumerate(self.said) if one.source and one.source.of(self.text) not in _LETTERS]
        for i in sorted(written, key=lambda i: (self.said[i].source or Span(0, 0), i)):
            source = self.said[i].source
            assert source is not None
            self.current = i
            outer = out.get(around.get(i, -1), [])
            out[i] = self.take(source, self.said[i], outer[0] if outer else None)
            if self.noted is not None:
                self.noted(i, out[i])
        for i, one in enumerate(self.said):
            if one.source is None and one.follows in out:
                out[i] = out[one.follows]
            for known in out.get(i, []):
                (known.nested if one.depth else known.attributions).append(i)
        self.around = around
        return out

    def entity(self, bearer: Bearer) -> Entity:
        """Who bears a name."""
        known = self.of.get(id(bearer))
        if known is None:
            known = Entity(bearer, bearer.name.full, bearer.kind, False, True, body=bearer.body)
            known.heads = {noun for noun in bearer.called if noun}
            if bearer.kind != "named_person":
                known.heads |= {_stands(proper_names.singular(bearer.name.words[k].lower())) for k in (0, -1)}
            known.words = bearer.words | {word.lower() for word in proper_names.words_of(bearer.body)}
            known.places = list(bearer.places)
            self.of[id(bearer)] = known
            for head in known.heads:
                self.by_head[head].append(known)
        return known

    def take(self, mention: Span, said: Attribution, parent: Entity | None) -> list[Entity]:
        """The entities that a source phrase stands for: one, or one a joined name."""
        if mention in self.taken:
            return self.taken[mention]
        found: list[Entity] = []
        spoken = parts(self.text, trimmed(self.text, mention))
        for span, words in spoken:
            for one in self._meant(span, words, said, parent):
                self._note(one, span)
                found.append(one)
        if len(found) > 1:
            self.pair = tuple(dict.fromkeys(found))
        self.taken[mention] = found
        return found

    def _note(self, one: Entity, span: Span) -> None:
        if not one.mentions:
            self.entities.append(one)
        one.mentions.append(span)
        if span.start not in one.places:
            insort(one.places, span.start)
        self.who.mention(span.start, span.end, one.bearer)
        self.ends[span.start] = span.end
        self.spoken.add(span.start)
        self.last.pop(one, None)
        self.last[one] = None

    # what is certain

    def _meant(self, span: Span, words: str, said: Attribution, parent: Entity | None) -> Sequence[Entity]:
        one = describe(words)
        if one.kind == "pronoun" and one.head in {"i", "we", "you"}:
            return (self._speaker(span, one, parent),)
        if one.kind == "pronoun" and one.head in {"who", "which", "that"}:
            known = self._relative(span, one)
            if isinstance(known, Entity):
                return (known,)
            if known is not None:
                words, one = known, describe(known)
        if one.name is not None and self._common(one.name, span):
            one = describe(words[:1].lower() + words[1:])  # "Vouchers", which the article has in small letters too
        if one.name is not None:
            return (self._named(one, span),)
        if (beside := self._apposed(span, one)) is not None:
            return (beside,)
        return self._chosen(span, words, one, said, parent)

    def _common(self, name: Name, span: Span) -> bool:
        """Whether a lone capitalised word at the head of a sentence is no name but a word of the article."""
        if name.kind != "named_person" or len(name.words) > 1 or name.title or not name.full.isalpha():
            return False
        known = self.who.bearer(name, at=span.start)
        if (known is not None and known.certain) or not _OPENS.search(self.text[max(0, span.start - 4) : span.start]):
            return False
        return re.search(rf"(?<![\w’'-]){name.full.lower()}(?![\w’'-])", self.text) is not None

    def _named(self, one: Description, span: Span) -> Entity:
        assert one.name is not None
        at = span.start
        bearer = self.who.bearer(one.name, at=at)
        if bearer is None and one.name.kind == "named_person" and len(one.name.words) > 2:
            inside = self.who.near(span.end, span.end - at)  # a headline's verb beside the name
            bearer = next((known for _, end, known in inside if end <= span.end), None)
        if bearer is None:
            bearer = self.who.add(one.name, "named_person" if speaks(self.text, span, one.name) else "")
            bearer.full_places += len(one.name.words) > 1
            bearer.places.append(at)
        if bearer.kind == "named_person":
            if not bearer.evidence and one.role != "unknown" and one.evidence:
                bearer.role, bearer.evidence = one.role, one.evidence
            bearer.body = bearer.body or one.body
            bearer.gender = bearer.gender or one.gender
            bearer.called.setdefault("", at)
        known = self.entity(bearer)
        known.turn = known.turn or self.text[span.end : span.end + 1] == ":"
        return known

    def _speaker(self, span: Span, one: Description, parent: Entity | None) -> Entity:
        """Whom "I", "we" or "you" stands for: the speaker of the words around, else the author."""
        if parent is not None and one.head != "you":
            return parent
        if one.head == "i":
            name = self.byline or self._author()
            if name and proper_names.parse(proper_names.words_of(name)) is not None:
                parsed = proper_names.parse(proper_names.words_of(name))
                assert parsed is not None
                return self._named(describe(" ".join(parsed.words)), span)
            one = one._replace(kind="named_person")
        else:
            one = one._replace(kind="collective_public", plural=True)
        known = next((e for e in self.entities if e.name.lower() == one.head), None)
        return known or self._new(span, span.of(self.text), one)

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

    def _relative(self, span: Span, one: Description) -> Entity | str | None:
        """What "who" or "which" goes with: who is meant right before it, or the noun phrase before it, in words."""
        for known in islice(reversed(self.last), LATELY):
            if self.text[known.mentions[-1].end : span.start].strip(" ,\u00a0") == "":
                return known
        near = self.who.near(span.start, 130)
        border = max(self.text.rfind(sign, 0, span.start) for sign in (". ", "\n", "; "))
        near = [item for item in near if item[0] > border]
        beside = near and self.text[near[-1][1] : span.start].strip(" ,’'s\u00a0") == ""
        if beside and (near[-1][2].kind == "named_person") == (one.head == "who"):
            return self.entity(near[-1][2])
        before = self.text[max(border, span.start - 90) : span.start].rstrip(" ,\u00a0")
        phrase = _RELATED.split(before)[-1]
        inner = describe(phrase) if phrase.strip() else None
        return phrase if inner is not None and inner.name is None and inner.head in proper_names.heads() else None

    def _apposed(self, span: Span, one: Description) -> Entity | None:
        """Whom an apposition stands beside, where the name was left out: "Elm, | its only ally, | said"."""
        if one.plural or one.kind not in {"unnamed_person", "organisation", "collective_public"}:
            return None
        starts, mentions = self.who.starts, self.who.mentions
        after = bisect_left(starts, span.end + 1)
        if after < len(starts) and starts[after] == span.end + 1 and self.text[span.end] == " ":
            known = mentions[after][2]  # "Harbour Minister | Una Frey": the name was cut off
            return self.entity(known) if one.kind == "unnamed_person" and known.kind == "named_person" else None
        if not one.definite and one.first not in {"a", "an"}:
            return None
        if self.text[max(0, span.start - 2) : span.start] != ", " or self.text[span.end : span.end + 1] != ",":
            return None
        k = bisect_left(starts, span.start) - 1
        return self.entity(mentions[k][2]) if k >= 0 and mentions[k][1] == span.start - 2 else None

    # what is chosen

    def _chosen(
        self, span: Span, words: str, one: Description, said: Attribution, parent: Entity | None
    ) -> Sequence[Entity]:
        choice = self._choice(span, words, one, said, parent)
        best, why = self.choose(choice)
        found = choice.candidates[best]
        if found is None:
            known = self._new(span, words, one)
            known.why = why
            return (known,)
        for known in found if len(found) == 1 else ():
            known.why = known.why or why
            self._calls(known, one.stands_for)
            if one.kind != "pronoun":
                known.words |= one.words
            known.body = known.body or one.body
        return found

    def _new(self, span: Span, words: str, one: Description) -> Entity:
        phrase = _LATE.sub("", " ".join(words.split()).strip(" ,\"“”'’"))
        kind = one.kind if one.kind != "pronoun" else _PRONOUNS.get(one.head, "collective_public")
        body = one.body
        if body.lower() in POSSESSOR:  # "its spokesman"
            own = self.who.meant(span.start, _THINGS, sources=self.spoken) if body.lower() in {"its", "whose"} else None
            body = own.name.full if own is not None else ""
        bearer = Bearer(
            Name((phrase,), 0, (), kind, one.role, one.gender), kind, one.role, one.evidence, body, one.gender
        )
        bearer.called[""] = span.start
        known = Entity(bearer, phrase, kind, one.plural, False, one.first, body=body, words=set(one.words))
        self.of[id(bearer)] = known
        self._calls(known, one.stands_for)
        return known

    def _choice(self, span: Span, words: str, one: Description, said: Attribution, parent: Entity | None) -> Choice:
        at = span.start
        near = [
            ((at - before if before >= 0 else 4 * (after - at)) // (8 if one.stands_for in known.heads else 1), known)
            for known in self._candidates(one, at)
            for before, after in [_beside(known.places, at)]
        ]
        near.sort(key=lambda item: item[0])
        here = _Here(
            span,
            one,
            _type(one, words),
            _way(one, words),
            _own(one),
            said,
            parent,
            bisect_right(self.borders, at),
            bisect_right(self.breaks, at),
            _bare(words),
            self._nearest(one, said, at),
            dict(zip(reversed(self.last), ("last", "second"), strict=False)),
        )
        candidates: list[tuple[Entity, ...] | None] = []
        seen: list[list[str]] = []
        rank: dict[str, int] = {}
        same = 0
        for order, (_, known) in enumerate(near[:MANY]):
            nth = rank[known.type] = rank.get(known.type, -1) + 1
            if known.kind in PERSONS:
                rank["person"] = rank.get("person", -1) + 1
            seen.append(self._look(here, known, order, nth, rank.get("person", -1)))
            candidates.append((known,))
            same += one.stands_for in known.heads
        for several, how in self._several(one, at):
            far = min(here.sentence - bisect_right(self.borders, max(known.places[0] for known in several)), 4)
            count = "" if one.first not in _COUNTS else _COUNTS[one.first] == len(several)
            every = all(known.mentions for known in several)
            candidates.append(several)
            seen.append(
                [
                    f"{how} {here.type}",
                    f"{how} {here.way} {one.plural}",
                    f"{how} {here.type} {far}",
                    f"{how} head {one.head}",
                    f"{how} count {count} {len(several)}",
                    f"{how} spoke {every} {here.way}",
                    f"{how} of {len(several)} {here.way}",
                    f"{how} own {len(here.own)} {here.way}",
                ]
            )
        candidates.append(None)
        kind, way = here.type, here.way
        seen.append(
            [
                f"new {kind}",
                f"new {way}",
                f"new head {one.head}",
                f"new {kind} same {min(same, 3)}",
                f"new {way} same {min(same, 2)} {one.plural}",
                f"new {kind} any {min(len(near), 4)}",
                f"new first {one.first}",
                f"new own {len(here.own) > 0} {kind}",
                f"new own {min(len(here.own), 2)} {way} {min(same, 2)}",
                f"new {way} {one.kind} {one.plural}",
                f"new rest {' '.join(one.rest.lower().split()[:1])} {way}",
                f"new rest {bool(one.rest)} {kind} {min(same, 1)}",
                f"new owner {bool(one.owner)} {kind}",
                f"new head {one.head} {way}",
                f"new depth {said.depth > 0} {kind}",
                f"new early {at < 500} {way}",
            ]
        )
        seen[-1] += [f"new has {word}" for word in one.words if word in _APART]
        return Choice(candidates, seen, one.head in _HE and len(candidates) > 1)

    def _candidates(self, one: Description, at: int) -> Iterator[Entity]:
        """Those whom a phrase may mean: who spoke before, who is called so, and who is named near it."""
        reach = REACH if one.kind == "pronoun" else REACH // 4  # who is described otherwise than before stands near
        k, stop = bisect_left(self.who.starts, at), bisect_left(self.who.starts, at + AHEAD)
        near = self.who.mentions[max(bisect_left(self.who.starts, at - reach), k - LATELY) : min(stop, k + LATELY)]
        spoke = islice(reversed(self.last), LATELY)
        called = self.by_head.get(one.stands_for, [])
        called = called if len(called) <= LATELY else [*called[:LATELY], *called[-LATELY:]]
        for known in dict.fromkeys([*spoke, *called, *(self.entity(bearer) for _, _, bearer in near)]):
            if (known.mentions or known.bearer.certain) and _agree(one, known):
                yield known

    def _calls(self, known: Entity, head: str) -> None:
        """Notes that somebody is called by a noun."""
        known.heads.add(head)
        if known not in self.by_head[head]:
            self.by_head[head].append(known)

    def _nearest(self, one: Description, said: Attribution, at: int) -> Bearer | None:
        """Whom nearness alone would choose."""
        if one.kind != "pronoun":
            return None
        kinds = PERSONS if one.head in _HE or one.head == "who" else _THINGS
        return self.who.meant(at, kinds, one.gender, apart=said.content, sources=self.spoken)

    def _around(self, place: int) -> tuple[str, str]:
        """The small words or signs before and after a name."""
        if place not in self.beside:
            before = self.text[max(0, place - 14) : place].lower().split(" ")
            end = self.ends.get(place, place)
            after = _NEXT.match(self.text, end, end + 14)
            last = before[-2] if len(before) > 1 and not before[-1] else "(" if before[-1] else ""
            last = (
                last if last in _SMALL else "." if last[-1:] in {".", "\n", ""} else "," if last[-1:] == "," else "word"
            )
            word = after[1].lower() if after else ""
            word = (
                word
                if word in _SMALL or not word.isalpha()
                else "-ed"
                if word.endswith("ed")
                else "-s"
                if word.endswith("s")
                else "word"
            )
            self.beside[place] = f"{last}|{word}"
        first, _, second = self.beside[place].partition("|")
        return first, second

    def _several(self, one: Description, at: int) -> Iterator[tuple[tuple[Entity, ...], str]]:
        """Those of whom a phrase for several may speak: the last joined ones, and the named ones that are called so."""
        if not (one.plural or one.head in {"both", "they", "who", "each", "couple", "pair", "duo", "group"}):
            return
        if 1 < len(self.pair) < 5:
            yield self.pair, "pair"
        if one.kind != "pronoun":
            alike = self.by_head.get(one.stands_for, [])[:LATELY]
            called = [known for known in alike if known.named and known.kind == "named_person"]
            if 1 < len(called) < 5 and set(called) != set(self.pair):
                yield tuple(called), "called"
        spoke = list(islice((one for one in reversed(self.last) if one.kind == "named_person"), 2))[::-1]
        if len(spoke) == 2 and set(spoke) != set(self.pair):
            yield tuple(spoke), "two"

    def _quoted(self, place: int) -> bool:
        k = bisect_left(self.contents, Span(place + 1, 0)) - 1
        return k >= 0 and self.contents[k].end > place

    def _look(self, here: _Here, known: Entity, order: int, nth: int, person: int) -> list[str]:
        span, one, kind, way = here.span, here.one, here.type, here.way
        at = span.start
        k = bisect_left(known.places, at)
        type_ = known.type
        if k:
            place = known.places[k - 1]
            sentence = bisect_right(self.borders, place)
            far = here.sentence - sentence
            apart = "01233344444"[far] if far < 11 else "5"
            blocks = min(here.paragraph - bisect_right(self.breaks, place), 3)
            first = self.borders[sentence - 1] if sentence else 0
            subject = "opens" if place - first < 6 else "soon" if place - first < 40 else "late"
            quoted = self._quoted(place)
        else:
            place = known.places[0] if known.places else at
            ahead = place - span.end
            apart = f"ahead {(ahead > 3) + (ahead > 60) + (ahead > 250) + (ahead > 700)}"
            blocks, subject, quoted = 0, "", False
        spoke = here.spoke.get(known, "before" if known.mentions else "never")
        bearer = known.bearer
        gender = (
            "" if not one.gender else "same" if bearer.gender == one.gender else "open" if not bearer.gender else "x"
        )
        out = [
            f"{kind} {type_}",
            f"{kind} {type_} {apart}",
            f"{kind} blocks {blocks} {spoke}",
            f"{kind} {spoke} {apart}",
            f"{kind} subject {subject} {apart}",
            f"{kind} quoted {quoted} {apart}",
            f"{kind} times {min(len(known.places), 6)}",
            f"{kind} order {min(order, 4)} {spoke}",
            f"{way} {type_}",
            f"{way} {apart} {spoke}",
            f"{way} nth {min(nth, 3)} {type_}",
            f"{way} subject {subject} {spoke}",
            f"{way} person {min(person, 3)} {apart}",
            f"{way} quoted {quoted} {spoke}",
            f"{way} parent {known is here.parent} {here.said.depth > 0} {apart}",
            f"{way} blocks {blocks} {subject} {apart}",
            f"{way} direct {here.said.kind} {spoke} {blocks}",
        ]
        if k:
            there = place in self.spoken
            before, after = self._around(place)
            out += [
                f"{way} {spoke} {subject} {apart}",
                f"{way} there {there} {apart}",
                f"{way} there {there} {subject} {apart}",
                f"{way} before {before}",
                f"{way} after {after}",
                f"{way} before {before} {apart}",
                f"{way} after {after} {apart}",
                f"{way} speaks {min(len(known.mentions), 4)} {spoke}",
                f"{way} before {before} {type_}",
                f"{way} there {there} {quoted} {here.said.depth > 0} {apart}",
            ]
        if known.bearer is here.meant:
            out += [f"{way} meant", f"{kind} meant", f"{way} meant {apart}"]
        if gender:
            out += [f"{way} gender {gender} {type_}", f"{way} gender {gender} {apart}"]
        if bearer.place:
            out.append(f"{kind} a place")
        if k and _owns(self.text, place, known):
            out += [f"{way} owns {apart}", f"{way} owns {spoke}"]
        if one.kind == "pronoun":
            return out
        own, theirs = here.own, known.words
        same = one.head in known.heads or one.stands_for in known.heads
        how = "same" if same else "none" if not known.heads else "other"
        words = ("bare" if not own else "none") if not (own & theirs) else "all" if own <= theirs else "some"
        back = "less" if theirs - own and own else "=" if theirs == own else ""
        body = known.body or bearer.body
        bodies = "" if not one.body or not body else "same" if _content(one.body) & _content(body) else "x"
        out += [
            f"{kind} head {how}",
            f"{kind} head {how} {type_} {words}",
            f"head {how} words {words} {back} {one.plural}",
            f"{way} head {how} words {words} {type_}",
            f"{way} head {how} {spoke} {words}",
            f"{way} head {how} {apart} {type_[:2]}",
            f"head {how} {one.head}",
            f"{type_} {one.head}",
            f"head {how} owner {bool(one.owner)} {type_}",
            f"party {_other_party(own | {one.head}, known)}",
            f"bodies {bodies} {how}",
            f"{way} many {one.plural == known.plural} {how}",
            f"first {one.first} {how}",
            f"{way} kinds {one.kind == known.kind} {how}",
            f"head {how} nth {min(nth, 2)} {way}",
            f"{way} rest {bool(one.rest)} {how} {words}",
            f"{one.head} {spoke} {type_[1:4]}",
            f"{type_} {one.head} {spoke} {way}",
            f"{one.head} {spoke} {apart}",
        ]
        inside = next((p for p in known.places if span.start < p < span.end), None)
        if inside is not None:
            joint = self.text[max(span.start, inside - 5) : inside].lower().split()
            how_in = "owner" if _owns(self.text, inside, known) else joint[-1] if joint else ""
            out += [
                f"in it {one.head}",
                f"in it {kind} {type_} {how_in}",
                f"in it {how_in} {way}",
                f"in it {type_[1:4]} {kind}",
            ]
        elif one.owner and one.owner.lower() in known.name.lower():
            out += [f"is owner {type_}", f"is owner {kind}"]
        if here.bare == _bare(known.name):
            out += [f"{way} same phrase {one.plural}", f"same phrase {kind}"]
        if known.named and known.kind != "named_person" and same:
            out.append(f"{way} in its name {apart}")
        out += [f"has {word} {how}" for word in own if word in _APART and word not in theirs]
        out += [f"lacks {word} {how}" for word in theirs if word in _APART and word not in own]
        if self.text[max(0, at - 2) : at] == ", " and k and place + len(known.name) >= at - 4:
            out += [f"beside {type_[:2]}", f"beside {kind}"]
        return out


class _Here(NamedTuple):
    """A phrase in its place."""

    span: Span
    one: Description
    type: str
    way: str
    own: frozenset[str]
    said: Attribution
    parent: Entity | None
    sentence: int
    paragraph: int
    bare: str  # its words without determiner
    meant: Bearer | None  # whom nearness alone would choose
    spoke: dict[Entity, str]  # the last two who spoke


def _beside(places: Sequence[int], at: int) -> tuple[int, int]:
    """The last place before a place, and the first from there on; -1 where there is none."""
    k = bisect_left(places, at)
    return (places[k - 1] if k else -1), (places[k] if k < len(places) else -1)


def _own(one: Description) -> frozenset[str]:
    return frozenset(one.words | ({one.owner.lower()} if one.owner and one.owner.lower() not in POSSESSOR else set()))


@lru_cache(maxsize=4096)
def _content(words: str) -> frozenset[str]:
    return frozenset(word.lower() for word in proper_names.words_of(words)) - DETERMINER - {"the", "of"}


@lru_cache(maxsize=4096)
def _bare(words: str) -> str:
    """A phrase in small letters without its determiner."""
    first, _, rest = words.lower().partition(" ")
    return rest if rest and first in DETERMINER else words.lower()


def _owns(text: str, place: int, known: Entity) -> bool:
    end = place + len(known.name)
    return text[end : end + 2] in {"'s", "’s"}


def _stands(noun: str) -> str:
    head = proper_names.heads().get(noun)
    return head.stands_for if head else noun


def _other_party(words: Iterable[str], known: Entity) -> bool:
    """Whether a description and what is said of somebody name different parties."""
    own = [party for party in PARTIES if party & {*words}]
    theirs = [party for party in PARTIES if party & known.words]
    return bool(own and theirs) and not any(party in theirs for party in own)


def _agree(one: Description, known: Entity) -> bool:
    """Whether gender and number let a phrase mean somebody."""
    gender = known.bearer.gender
    if one.gender and gender and one.gender != gender:
        return False
    if one.head in _HE:
        return known.kind in PERSONS or (known.kind == "collective_public" and not known.plural)
    return True


def _way(one: Description, words: str) -> str:
    """How a phrase refers: by a pronoun for a person, for things, for several, or by which determiner."""
    if one.kind == "pronoun":
        return {"he": "P", "she": "P", "it": "I", "they": "T", "both": "T", "these": "T", "those": "T"}.get(
            one.head, "W"
        )
    first = one.first
    return (
        "the"
        if first in {"the", "this", "that", "these", "those", "both"}
        else "own"
        if first in POSSESSOR
        else "a"
        if first in {"a", "an", "one"}
        else "more"
        if first in {"another", "other", "others", "second"}
        else "some"
        if first in DETERMINER
        else "Cap"
        if words[:1].isupper()
        else "bare"
    )


def _type(one: Description, words: str) -> str:
    """What a phrase looks like, in short: the pronoun, or determiner, number and the head noun's kind."""
    if one.kind == "pronoun":
        return one.head
    noun = proper_names.heads().get(one.head)
    kind = noun.kind[:3] if noun else one.kind[:3]
    return f"{_way(one, words)} {kind}{'s' if one.plural else ''}"


def _around(attributions: Sequence[Attribution]) -> dict[int, int]:
    """Of each nested attribution, the one whose content it stands in most closely."""
    out: dict[int, int] = {}
    contents = sorted((span, i) for i, one in enumerate(attributions) for span in one.content)
    for i, one in enumerate(attributions):
        if not one.depth:
            continue
        probe = one.cue or one.content[0]
        at = bisect_right(contents, (Span(probe.start, probe.end + 1), -1))
        for span, other in reversed(contents[max(0, at - 12) : at]):
            if other != i and span.covers(probe) and attributions[other].depth < one.depth:
                out[i] = other
                break
    return out
