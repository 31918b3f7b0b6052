"""Every person and body that the body of an article writes of, and where: names, descriptions, pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ..analysis import Analysis, named
from ..article import Span
from ..language import nouns
from ..language.word_lists import word_class
from ..people.bearers import LATELY, Bearer

_HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_THEY = frozenset(("it", "its", "their", "them", "they"))
PRONOUN = _HE.keys() | _THEY
_OBJECT = re.compile(
    r"(?:him|them)\b|(?:her|it)(?=[^\w\s]|\s(?:after|and|as|at|by|for|from|in|of|on|over|that|to|when|with)\b)",
    re.IGNORECASE,
)
LOOK_BACK = 4  # sentences in which a pronoun finds its name
CROWD = 60  # mentions of a sentence among which it does: no sentence has so many but one without end
_BODIES = frozenset(("organisation", "media_outlet"))
_SPEAKS_FOR = word_class("speaks_for")
_OPENS = word_class("opens_a_description")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_OWNS = re.compile(r"['’]s\b|['’](?= )")
_FOR = re.compile(r"\s(?:for|of|representing)\s(?:the\s|[A-Z][\w.]*\s){0,4}")


_APART = re.compile(  # between a determiner and the noun of another phrase: "the council blamed ministers"
    r"[,.;:]|\s(?:\d[\d.,]*|hundred|thousand|million|billion|am|is|are|was|were|be|has|have|had|will|would|can|could|may|"
    r"might|must|should|did|does|do|not|and|or|said|says|told|of|to|for|by|in|on|at|with|from|as|that|who|which)\s|"
    r"\w\s\w+\s\w*?[a-z]{2}ed\s"
)


class Mention(NamedTuple):
    """Where a person or body is written; no ``name``: a bare noun, as "critics".

    ``speaks_for``: whose lawyer or spokesman it is; ``owns``: as in "Pike's account".
    """

    span: Span
    name: str
    speaks_for: str = ""
    owns: bool = False


def find(analysis: Analysis) -> list[list[Mention]]:
    """The mentions of each sentence of the body, in the order of the text; pronouns and titles stand for names.

    >>> from toolkit import analyze
    >>> [[m.name for m in here] for here in find(analyze("Minister Ada Pike left. The minister took her lawyer."))]
    [['Ada Pike'], ['Ada Pike', 'her lawyer']]
    """
    cast = _Cast(analysis)
    out: list[list[Mention]] = []
    for sentence in analysis.sentences:
        out.append(cast.sentence(sentence, out))
    return out


def key(name: str) -> str:
    """A name for comparing: small letters, no article before it."""
    return re.sub(r"^(?:the|an?) ", "", " ".join(name.split()).casefold())


@lru_cache(maxsize=20_000)
def _head(word: str) -> tuple[str, nouns.Head] | None:
    """The head noun of persons or bodies that a lower-case word is, singular, and what it says."""
    noun = nouns.singular(word)
    head = nouns.heads().get(noun)
    return (noun, head) if head and head.kind in {"unnamed_person", "collective_public", *_BODIES} else None


class _Cast:
    """The persons and bodies of an article, and whom its words mean."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.article.text
        self.register = analysis.once(named)
        bodies = {one.name.words[0]: one for _, _, one in self.register.mentions if one.kind in _BODIES}
        known = []
        for start, end, one in self.register.mentions:
            if one.kind == "named_person" and not one.certain:
                one = bodies.get(one.name.full, one)  # "Norvane" for Norvane Works
            crosshead = len(one.name.words) > 1 and one.name.full.isupper()
            if one.kind in _BODIES or (one.kind == "named_person" and one.certain and not crosshead):
                known.append((Span(start, end), one))
        self.named = [self._mention(span, one.name.full) for span, one in known]
        self.bearers = {one.name.full: one for _, one in known}
        self.by_noun: dict[str, list[tuple[int, Bearer]]] = defaultdict(list)  # "ministry" -> Harbour Ministry
        for span, one in known:
            if one.kind in _BODIES:
                for word in {one.name.words[0], one.name.words[-1]}:
                    self.by_noun[nouns.singular(word.lower())].append((span.start, one))

    def _mention(self, span: Span, name: str, speaks_for: str = "") -> Mention:
        return Mention(span, name, speaks_for, _OWNS.match(self.text, span.end) is not None)

    def sentence(self, sentence: Span, earlier: Sequence[Sequence[Mention]]) -> list[Mention]:
        """The mentions of a sentence, in order; ``earlier``: those of the sentences before it."""
        first, stop = (bisect_left(self.named, ((at, 0),)) for at in sentence)
        named = self.named[first:stop]
        tokens = [Span(*match.span()) for match in _TOKEN.finditer(self.text, *sentence)]
        out: list[Mention] = []
        for i, token in enumerate(tokens):
            if named and named[0].span.overlaps(token):
                if named[0].span.end <= token.end:
                    out.append(self._apposed(named.pop(0), out))
                continue
            word = _OWNS.sub("", token.of(self.text)).lower()
            if word in PRONOUN:
                meant = self._meant(token, word, [*earlier[-LOOK_BACK:], out])
                out += [Mention(token, meant, owns=word in {"her", "his", "its", "their"})] if meant else []
            elif head := _head(word):
                self._describe(head, tokens[max(0, i - 4) : i + 1], out, named)
        return out

    def _apposed(self, name: Mention, out: list[Mention]) -> Mention:
        """A name, and what a description right before it tells: "a spokesman for Pike, Jan Roth"."""
        if not out or self.text[out[-1].span.end : name.span.start].strip() not in {"", ","}:
            return name
        speaks_for = out[-1].speaks_for
        if not out[-1].name and out[-1].span.end + 1 == name.span.start:
            out.pop()  # "spokesman Jan Roth"
        return name._replace(speaks_for=speaks_for)

    def _meant(self, token: Span, word: str, sentences: Sequence[Sequence[Mention]]) -> str:
        """Whom a pronoun means: the first who fits in the nearest sentence; an object nobody in its own."""
        own = bool(_OBJECT.match(self.text, token.start)) and bool(sentences[-1])
        for sentence in reversed(sentences[:-1] if own else sentences):
            for m in islice(sentence, CROWD):
                one = self.bearers.get(m.name)
                person = one is not None and one.kind == "named_person"
                fits = person and one is not None and one.gender in {"", _HE[word]} if word in _HE else not person
                if one is not None and fits and not m.speaks_for:
                    return m.name
        return ""

    def _describe(
        self, found: tuple[str, nouns.Head], tokens: Sequence[Span], out: list[Mention], named: Sequence[Mention]
    ) -> None:
        """Adds a description whose last word is that of a person or body: "the driver", "Pike's lawyer"."""
        text, token = self.text, tokens[-1]
        noun, head = found
        opening = next((t for t in reversed(tokens[:-1]) if t.of(text).lower() in _OPENS), token)
        if _APART.search(text, opening.start, token.end):
            opening = token
        if opening == token and head.kind in _BODIES and out and out[-1].span.end + 1 == token.start:
            opening = out[-1].span  # "Elm police"
        span = Span(opening.start, token.end)
        speaks_for = self._speaks_for(span, out, named) if noun in _SPEAKS_FOR else ""
        if speaks_for and out and out[-1].name != speaks_for and text[out[-1].span.end : span.start].strip() == ",":
            out[-1] = out[-1]._replace(speaks_for=speaks_for)  # "Jan Roth, a lawyer for Pike"
        while out and span.overlaps(out[-1].span):
            out.pop()
        bare = opening == token or head.kind == "collective_public"
        name = "" if bare else _OWNS.sub("", " ".join(span.of(text).split()))
        if name.partition(" ")[0].lower() in _OPENS:
            name = name[0].lower() + name[1:]  # "The ministry" at the head of a sentence
        if name.lower().startswith(("the ", "that ", "this ")) and not speaks_for:
            name = self._called(noun, head, span) or name
        out.append(self._mention(span, name, speaks_for))

    def _called(self, noun: str, head: nouns.Head, span: Span) -> str:
        """Who is called so: a body by a word of its name, a person by title or apposition, best with the same words."""
        words = set(span.of(self.text).lower().split())
        called = self.by_noun[noun] if head.kind in _BODIES else self.register.by_role.get(head.stands_for, [])
        k = bisect_left(called, span.start, key=lambda item: item[0])
        called = called[max(0, k - LATELY) : k] or called[:LATELY]
        best = max(called, key=lambda item: (len(words & item[1].words), item[0]), default=None)
        return best[1].name.full if best else ""

    def _speaks_for(self, span: Span, out: Sequence[Mention], named: Sequence[Mention]) -> str:
        """For whom a lawyer or spokesman speaks: a name after "for", one in the description, or the owner."""
        if named and _FOR.fullmatch(self.text, span.end, named[0].span.start):
            return named[0].name
        near = out[-1] if out and out[-1].span.end > span.start - 4 else None
        return near.name if near and (near.owns or span.overlaps(near.span)) else ""
