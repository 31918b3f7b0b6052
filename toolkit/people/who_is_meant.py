"""Who is meant by a source phrase: somebody met before, somebody whom the article names, or somebody new.

Phrases come in the order of the text. A name is its bearer's. For a pronoun or a description the candidates are listed,
each with what is seen of it, and weights learnt from coded articles choose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import islice

from ..article import Span
from ..attribution.attributions import Attribution
from ..language import nouns
from ..language.closed_classes import DETERMINER, LEADS_A_NAME, NO_SOURCE, POSSESSOR
from . import proper_names
from .bearers import Register
from .candidates import LATELY, Candidates, Choice
from .descriptions import Description, describe, trimmed
from .entities import Entity, Met
from .joined import parts
from .register import speaks, without_noun
from .view import View

_POINTS = frozenset(("they", "it", "which"))
_LETTERS = frozenset(("Q", "A", "Question", "Answer"))
_RELATED = re.compile(r",\s|\b(?:by|from|with|to|that|said|on|about|among|is|are|was|were|has|had|have|and|than|as)\s")

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
        view: View,
        byline: str = "",
        noted: Callable[[int, Sequence[Entity]], None] | None = None,
    ) -> None:
        self.text, self.who, self.byline, self.choose, self.noted = text, who, byline, choose, noted
        self.said = attributions
        self.current = -1  # the attribution whose source is looked at
        self.met = Met(text, who)
        self.candidates = Candidates(self.met, attributions, view)
        self.around = _around(attributions)
        self.taken: dict[Span, list[Entity]] = {}

    def run(self) -> dict[int, list[Entity]]:
        """The entities behind each attribution that has a source of its own or goes on from one that has."""
        out: dict[int, list[Entity]] = {}
        written = [i for i, one in enumerate(self.said) if one.source and one.source.of(self.text) not in _LETTERS]
        for i in sorted(written, key=lambda i: (self.said[i].source or Span(0, 0), i)):
            source = self.said[i].source
            assert source is not None
            self.current = i
            outer = out.get(self.around.get(i, -1), [])
            out[i] = self.take(source, self.said[i], outer[0] if outer else None)
            if self.noted is not None:
                self.noted(i, out[i])
        for i, one in enumerate(self.said):
            if one.source is None and one.follows in out:
                out[i] = out[one.follows]
            for known in out.get(i, []):
                (known.nested if one.depth else known.attributions).append(i)
        return out

    def take(self, mention: Span, said: Attribution, parent: Entity | None) -> list[Entity]:
        """The entities that a source phrase stands for: one, or one a joined name."""
        if mention in self.taken:
            return self.taken[mention]
        found: list[Entity] = []
        for span, words in parts(self.text, trimmed(self.text, mention)):
            if words.lower() in NO_SOURCE:
                continue
            self.met.beside = found
            for one in self._meant(span, words, said, parent):
                self.met.speaks(one, span)
                found.append(one)
        if len(found) > 1:
            self.met.pair = tuple(dict.fromkeys(found))
        self.taken[mention] = found
        return found

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
        if one.name is not None:
            return (self._named(one, span),)
        return self._chosen(span, words, one, said, parent)

    def _named(self, one: Description, span: Span) -> Entity:
        assert one.name is not None
        at = span.start
        bearer = self.who.bearer(one.name, at=at)
        if bearer is None and one.name.kind == "named_person" and len(one.name.words) > 2:
            inside = self.who.near(span.end, span.end - at)  # a headline's verb beside the name
            bearer = next((known for _, end, known in inside if end <= span.end), None)
        if bearer is None and (short := without_noun(one.name)) is not None:
            bearer = self.who.bearer(short, at=at)
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
        known = self.met.entity(bearer)
        known.turn = known.turn or self.text[span.end : span.end + 1] == ":"
        return known

    def _speaker(self, span: Span, one: Description, parent: Entity | None) -> Entity:
        """Whom "I", "we" or "you" stands for: the speaker of the words around, else the author."""
        if parent is not None and one.head != "you":
            return parent
        if one.head == "i":
            if (parsed := proper_names.parse(proper_names.words_of(self.byline))) is not None:
                return self._named(describe(" ".join(parsed.words)), span)
            one = one._replace(kind="named_person")
        else:
            one = one._replace(kind="collective_public", plural=True)
        known = next((e for e in self.met.speakers if e.name.lower() == one.head), None)
        return known or self.met.new(span, span.of(self.text), one)

    def _relative(self, span: Span, one: Description) -> Entity | str | None:
        """What "who" or "which" goes with: who is meant right before it, or the noun phrase before it, in words."""
        for known in islice(reversed(self.met.last), LATELY):
            if self.text[known.mentions[-1].end : span.start].strip(" ,\u00a0") == "":
                return known
        near = self.who.near(span.start, 130)
        border = max(self.text.rfind(sign, 0, span.start) for sign in (". ", "\n", "; "))
        near = [item for item in near if item[0] > border]
        beside = near and self.text[near[-1][1] : span.start].strip(" ,’'s\u00a0") == ""
        if beside and (near[-1][2].kind == "named_person") == (one.head == "who"):
            return self.met.entity(near[-1][2])
        before = self.text[max(border + 1, span.start - 90) : span.start].rstrip(" ,\u00a0")
        phrase = _RELATED.split(before)[-1]
        inner = describe(phrase) if phrase.strip() else None
        return phrase if inner is not None and inner.name is None and inner.head in nouns.heads() else None

    # what is chosen

    def _chosen(
        self, span: Span, words: str, one: Description, said: Attribution, parent: Entity | None
    ) -> Sequence[Entity]:
        choice = self.candidates.choice(span, words, one, said, parent)
        best, why = self.choose(choice)
        found = choice.candidates[best]
        if found is None:
            if one.head in _POINTS and (subject := self._subject(span, plural=one.head == "they")):
                words, one = subject, describe(subject)  # "The unions met. They said …"
            return (self.met.new(span, words, one),)
        for known in found:
            known.means[span] = why
        for known in found if len(found) == 1 else ():
            self.met.calls(known, one.stands_for)
            if one.kind != "pronoun":
                known.words |= one.words
                known.tails |= one.tail
            known.body = known.body or one.body
        return found

    def _subject(self, span: Span, *, plural: bool) -> str:
        """The noun phrase that opens a pronoun's sentence, or the one before it; "" if it names nobody who speaks."""
        borders = self.who.sentences()
        k = bisect_right(borders, span.start)
        for first in reversed(borders[max(0, k - 2) : k]):
            words = list(proper_names.WORD.finditer(self.text, first, min(first + 80, span.start)))[:7]
            low = [word.group().lower() for word in words]
            for i, noun in enumerate(low[:5] if low and low[0] not in LEADS_A_NAME - DETERMINER - POSSESSOR else ()):
                if i and noun in LEADS_A_NAME:
                    break  # "The concern for voters"
                follows = low[min(i + 1, len(low) - 1)]
                if nouns.noun_of(noun) and (follows == noun or not nouns.noun_of(follows)):
                    phrase = self.text[words[0].start() : words[i].end()]
                    fits = (nouns.singular(noun) != noun) == plural and describe(phrase).name is None
                    return phrase if fits else ""
        return ""


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
