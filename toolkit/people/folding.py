"""Whose mention a source phrase is: names, pronouns and descriptions brought to one bearer each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from ..article import Span
from ..attribution.attributions import Attribution, stances
from ..language import word_lists
from ..language.closed_classes import POSSESSOR
from . import proper_names
from .bearers import Bearer, Register
from .descriptions import Description, describe, trimmed
from .joined import parts
from .proper_names import Name
from .referents import NEW, PERSONS, THINGS, Group, Met, Referents, owner_words
from .register import speaks

_SAME = frozenset(("the", "both", "these", "those"))
_AUTHOR = re.compile(r"\b[Bb][Yy]:? ((?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+)")
_NOTE = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+,? (?:is|was|teaches|writes|covers|lives|works|serves)\b")
_LATE = re.compile(  # "his doctor on Friday afternoon", "the woman's"
    r"(?:\s(?:(?:on|late|early|earlier|this|last)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tonight)"
    r"(?:\s(?:morning|afternoon|evening|night))?|['’]s|(?<=s)['’])$"
)
_OPENS = re.compile(r"(?:^|[.!?:\n“”\"]\s*)$")
_RELATED = re.compile(r",\s|\b(?:by|from|with|to|that|said|on|about|among|is|are|was|were|has|had|have|and|than|as)\s")


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
    silent = word_lists.words("acts.txt")
    return any(known.get(form, "cognitive") != "cognitive" and form not in silent for form in forms)


class Folding:
    """Brings the source phrases of an article, given in the order of the text, to groups of one bearer each."""

    def __init__(self, text: str, who: Register, attributions: Sequence[Attribution], *, byline: str = "") -> None:
        self.text, self.who, self.byline = text, who, byline
        self.met = Met()
        self.of: dict[int, Group] = {}
        self.spoke: set[int] = set()
        self.telling = {one.source for one in attributions if one.source and informs(text, one)}
        self.taken: dict[Span, list[Group]] = {}
        starts = sorted({one.source.start for one in attributions if one.source})
        self.referents = Referents(text, who, self.met, self.spoke, starts)
        self.direct = sorted(span for one in attributions if one.kind == "direct" for span in one.content)

    def take(self, mention: Span, said: Attribution, parent: Group | None) -> list[Group]:
        """The groups that a source phrase stands for: one, or one a joined name."""
        if mention in self.taken:
            return self.taken[mention]
        found = self.taken[mention] = []
        spoken = parts(self.text, trimmed(self.text, mention))
        placed = [(span, self._group(span, words, said, parent)) for span, words in spoken]
        if len(spoken) == 1 and placed[0][1].description.plural and (pair := self.referents.pair(*spoken[0])):
            if placed[0][1] is self.met.all[-1] and not placed[0][1].mentions:
                self.met.drop()
            placed = [(spoken[0][0], self._of(bearer, describe(bearer.name.full))) for bearer in pair]
        for span, group in placed:
            self.met.mention(group, span)
            self.who.mention(span.start, span.end, group.bearer)
            self.spoke.add(span.start)
            found.append(group)
        return found

    def _group(self, span: Span, words: str, said: Attribution, parent: Group | None) -> Group:
        one = describe(words)
        if one.kind == "pronoun":
            return self._pronoun(span, one, said, parent)
        if one.name is not None and self._common(one.name, span):
            one = describe(words[:1].lower() + words[1:])  # "Vouchers", which the article has in small letters too
        if one.name is not None:
            return self._named(one, span)
        if (lone := self.referents.surname(words) or self.referents.apposed(span, one)) is not None:
            return self._of(lone, one)
        if one.kind == "unnamed_person" and not one.plural:
            bearer = self.referents.titled(span, one, said)
            if bearer is not None:
                return self._of(bearer, one)
        if one.kind == "organisation" and (named := self.who.bodies.get(re.sub(r"^the ", "", words.lower()))):
            return self._of(named, one)  # "the harbour ministry", elsewhere with capitals
        if (
            one.kind in {"organisation", "media_outlet"}
            and one.definite
            and not one.words
            and one.head in proper_names.heads()
        ):
            bearer = self.referents.body(span, one)
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
        return name.full.lower() in self.small

    @cached_property
    def small(self) -> frozenset[str]:
        """The words of the article as they are written."""
        return frozenset(re.findall(r"[\w’'-]+", self.text))

    def _of(self, bearer: Bearer, one: Description) -> Group:
        """The group of a bearer."""
        group = self.of.get(id(bearer))
        if group is None:
            group = Group(bearer, one, bearer.name.full, bearer.kind, set(), bearer.body, False)
            self.met.add(group)
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
            bearer = self.who.add(one.name, "named_person" if speaks(self.text, span, one.name) else "")
            bearer.full_places += len(one.name.words) > 1
        if bearer.kind == "named_person":
            if not bearer.evidence and one.role != "unknown" and one.evidence:
                bearer.role, bearer.evidence = one.role, one.evidence
            bearer.body = bearer.body or one.body
            bearer.gender = bearer.gender or one.gender
            bearer.called.setdefault("", at)
        return self._of(bearer, one)

    def _described(self, span: Span, words: str, one: Description, said: Attribution) -> Group:
        """The group of a description: the one met before with the same head that no word tells apart, or a new one."""
        owning = self.referents.owner(one, span, said)
        owner = owner_words(owning, one)
        own = set(one.words) | owner
        fresh = NEW.match(one.first or words) is not None and not one.definite
        for group in reversed(self.met.of_noun[one.stands_for]):
            if (
                group.description.name is not None
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
        if (alike := self.referents.alike(span, one)) is not None:
            return alike
        phrase = _LATE.sub("", " ".join(words.split()).strip(" ,\"“”'’"))
        body = one.body
        if body.lower() in POSSESSOR:
            owning = self.referents.owns(span, said) if body.lower() in {"its", "whose"} else owning
            body = owning.name.full if owning else ""
        bearer = Bearer(
            Name((phrase,), 0, (), one.kind, one.role, one.gender), one.kind, one.role, one.evidence, body, one.gender
        )
        bearer.called[""] = span.start
        group = Group(bearer, one, phrase, one.kind, own, body, one.plural)
        self.met.add(group)
        self.of[id(bearer)] = group
        return group

    # pronouns

    def _pronoun(self, span: Span, one: Description, said: Attribution, parent: Group | None) -> Group:
        word = one.head
        if word in {"i", "we", "you"}:
            return self._speaker(span, one, parent)
        if word in {"who", "which", "that"} and (found := self._relative(span, one, said)) is not None:
            return found
        if word in {"he", "she", "who"}:
            meant = self.who.meant(span.start, PERSONS, one.gender, apart=said.content, sources=self.spoke)
            meant = meant or self.referents.anybody(span, one)
            if meant is not None:
                return self._of(meant, one)
            return self._described(span, span.of(self.text), one._replace(kind="unnamed_person"), said)
        if word in {"they", "both", "these", "those", "one"}:
            return self._several(span, one, said)
        meant = self.who.meant(span.start, THINGS, apart=said.content, sources=self.spoke)
        if meant is not None:
            return self._of(meant, one)
        return self._described(span, span.of(self.text), one._replace(kind="document_or_data"), said)

    def _speaker(self, span: Span, one: Description, parent: Group | None) -> Group:
        """Whom "I", "we" or "you" stands for: the speaker of the words around, else the author."""
        if parent is not None and one.head != "you":
            return parent
        if one.head == "i":
            name = self.byline or self._author()
            if name and (parsed := proper_names.parse(proper_names.words_of(name))) is not None:
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
        last = max(self.met.since(span.start - 900), key=lambda group: group.mentions[-1].end, default=None)
        if last is not None and self.text[last.mentions[-1].end : span.start].strip(" ,\u00a0") == "":
            return last
        near = self.who.near(span.start, 130)
        person = one.head == "who"
        border = max(self.text.rfind(sign, max(0, span.start - 132), span.start) for sign in (". ", "\n", "; "))
        near = [item for item in near if item[0] > border]
        if (
            near
            and self.text[near[-1][1] : span.start].strip(" ,’'s\u00a0") == ""
            and (near[-1][2].kind == "named_person") == person
        ):
            return self._of(near[-1][2], one)
        before = self.text[max(border, span.start - 90) : span.start].rstrip(" ,\u00a0")
        phrase = _RELATED.split(before)[-1]
        inner = describe(phrase) if phrase.strip() else None
        if inner is not None and inner.name is None and inner.head in proper_names.heads():
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
        near = self.met.since(span.start - 900)
        many = [
            group
            for group in near
            if group.plural or group.kind in {"organisation", "collective_public", "media_outlet"}
        ]
        if many or near:
            return (many or near)[-1]
        return self._described(span, span.of(self.text), one._replace(kind="collective_public", plural=True), said)
