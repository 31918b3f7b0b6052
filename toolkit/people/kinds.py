"""What is seen of a source, to tell its kind, its role and whether it is one at all.

Its phrases (head noun, determiner, modifiers, what follows), what the article calls it elsewhere, what it does, who
speaks next, and, as numbers, what the network that labelled the text holds of these places and of these words. Words of
persons' names are no features, nor are other capitalised words unless a list has them as body, outlet or title.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..article import Span
from ..attribution import tagger
from ..attribution.attributions import Attribution, cues, stances
from ..language import nouns, word_lists
from ..language.closed_classes import DETERMINER, POSSESSOR
from . import affiliations, proper_names
from .choices import Floats
from .descriptions import Description, describe, trimmed
from .entities import Entity
from .proper_names import Name
from .view import View

KINDS = ("named_person", "unnamed_person", "organisation", "document_or_data", "media_outlet", "collective_public")
PRIOR = "by lists"  # what the lists of words say, which training leans to
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_REASON = re.compile(
    r"anonym|not (?:to )?be (?:named|identified)|not authori[sz]ed|declined to be|unauthori[sz]ed to", re.IGNORECASE
)
_LISTS = re.compile(r",?\s(?:(?:who|which)\sinclud(?:e|es|ed)|including|such\sas|among\sthem|like)\s")
_NEAR = 260  # characters after a phrase in which its namelessness is explained
_NEXT = 600  # characters after a phrase in which the next source may be one of a group
_SOME = 4  # mentions, and attributions, that are looked at


class Seen(NamedTuple):
    """What is seen of a source: short features, and numbers (of words alone where no network labelled the text)."""

    features: list[str]
    numbers: Floats


def look(text: str, one: Entity, own: Sequence[Attribution], others: Company, view: View) -> Seen:
    """What is seen of a source; ``own``: its attributions; ``others``: all who speak."""
    bearer = one.bearer
    mentions = sorted(one.mentions)
    said = [describe(trimmed(text, span).of(text)) for span in mentions[:_SOME]]
    out = [f"type {one.type}", f"type {one.type} {bearer.role}", f"role {bearer.role}"]
    out += [f"{PRIOR} kind {one.kind}", f"{PRIOR} role {bearer.role}"]
    for span, phrase in zip(mentions, said, strict=False):
        out += _phrase(text, span, phrase)
    out += [f"called {noun}" for noun in one.heads if noun]
    out += [f"words {word}" for word in one.words if known(word)]
    out += [f"title {word.lower()}" for word in bearer.titles if known(word.lower())]
    out += _name(one)
    body = one.body or bearer.body
    out.append(f"body {bool(body)}")
    out += [] if one.named or body else _whose(text, one, said, mentions)
    out += [f"body {word.lower()}" for word in proper_names.words_of(body) if known(word.lower())]
    many = f"{one.plural} {one.kind[:3]}"
    told = [informs(text, attribution) for attribution in own]
    out += [f"tells {any(told)} {all(told)}", f"tells {any(told)} {many}", f"times {min(len(own), 4)} {many}"]
    for attribution in own:
        cue, stance = _verb(text, attribution)
        out += [f"does {attribution.kind} {many}", f"cue {cue}", f"stance {stance} {many}", f"cue {cue} {one.kind[:3]}"]
    sure = max((attribution.confidence for attribution in own), default=0.0)
    out += [
        f"sure {int(sure * 10)}",
        f"sure {int(sure * 5)} {one.type} {len(own) > 1}",
        f"top {any(not attribution.depth for attribution in own)}",
        f"no cue {all(attribution.cue is None for attribution in own)}",
    ]
    out += others.features(one, mentions)
    heads = [w for phrase in said for w in ([phrase.head] if phrase.head and phrase.kind != "pronoun" else [])]
    if one.named and bearer.kind != "named_person":
        heads.append(nouns.bare(bearer.name.words[-1]).lower())
    rest = [w for w in (*one.words, *(w.lower() for w in proper_names.words_of(body))) if w not in heads]
    words = np.concatenate([_meaning(tuple(heads or one.heads)), _meaning(tuple(sorted(rest)))])
    parts = [
        view.mean(mentions[:_SOME]),
        view.mean(mentions[:1]),
        view.mean([attribution.cue for attribution in own[:_SOME] if attribution.cue]),
        view.tells(mentions[:_SOME]),
    ]
    return Seen(list(dict.fromkeys(out)), np.concatenate([words, *parts]))


def _whose(text: str, one: Entity, said: Sequence[Description], mentions: Sequence[Span]) -> list[str]:
    """What may tell the body of somebody whose phrases name none."""
    found = [
        affiliations.loosely(trimmed(text, span).of(text), phrase.rest, phrase.owner, phrase.head)
        for span, phrase in zip(mentions, said, strict=False)
        if phrase.kind != "pronoun"
    ]
    out = [f"whose {how}{' A' * words[:1].isupper()}" for how, words in found if words]
    out = out or [f"whose none {bool(one.near)}"]
    return out + [f"{how} {noun}" for how in out for noun in one.heads]


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


@lru_cache(maxsize=1024)
def _meaning(words: tuple[str, ...]) -> Floats:
    """The mean of the numbers that the shipped tagger knows of some words."""
    net = tagger.shipped()
    rows = [net.vocabulary[word] for word in words if word in net.vocabulary]
    table = net.tables[0]
    out: Floats = table[rows].mean(0) if rows else np.zeros(table.shape[1], np.float32)
    return out


def _verb(text: str, one: Attribution) -> tuple[str, str]:
    """The verb of a cue, as the list of cues has it, and its stance there."""
    if one.cue is None:
        return "none", "none"
    words = one.cue.of(text).lower().split()
    found = next((word for word in words if word in cues()), "")
    return (cues()[found][0], stances()[found]) if found else (words[0] if words[0].isalpha() else "sign", "none")


@lru_cache(maxsize=8192)
def known(low: str) -> bool:
    """Whether a lower-case word may be a feature though it has a capital: no name, but a word of some list."""
    return low in nouns.titles() or nouns.noun_of(low) is not None or nouns.makes_a_body(low) or low in _listed()


@cache
def _listed() -> frozenset[str]:
    return frozenset(nouns.bodies())


def _name(one: Entity) -> list[str]:
    bearer = one.bearer
    name: Name = bearer.name
    if not one.named:
        return []
    if bearer.kind == "named_person":
        first = name.words[0].lower() in nouns.first_names()
        return [f"person {min(len(name.words), 3)} {first}", f"gender {bearer.gender}", f"certain {bearer.certain}"]
    out = [
        f"name {min(len(name.words), 4)} {name.full.isupper()} {bearer.place}",
        f"name ends {nouns.bare(name.words[-1]).lower()}",
        f"{one.type} place {bearer.place}",
    ]
    out += [f"name has {word.lower()}" for word in name.words if known(word.lower())]
    if (listed := nouns.whole(name.words)) is not None:
        out.append(f"listed {listed[0]} {listed[1]}")
    return out


def _phrase(text: str, span: Span, one: Description) -> list[str]:
    """What a phrase shows."""
    words = _WORD.findall(span.of(text))
    low = [word.lower() for word in words]
    head = one.head if one.name is None else "NAME" if one.name.kind == "named_person" else "BODY"
    noun = nouns.heads().get(head)
    first = one.first if one.first in DETERMINER | POSSESSOR else "none"
    out = [f"kind {one.kind} {one.role}", f"head {head}", f"first {first} {one.plural}"]
    if noun is not None:
        lists = f"{noun.kind} {noun.role}"
        out += [
            f"is {lists} {one.plural}",
            f"stands for {noun.stands_for}",
            f"head {head} {one.plural} {first}",
            f"is {noun.kind[:3]} {one.plural} {first}",
        ]
    elif one.name is None:
        out += [f"ends {head[-3:]} {one.plural}"]
    own = [word if raw.islower() or known(word) else "X" for word, raw in zip(low, words, strict=True)]
    out += [f"has {word}" for word in own if word != "X"]
    out += [f"pair {a} {b}" for a, b in pairwise(own) if "X" not in {a, b}]
    rest = one.rest.lower().split()[:1]
    out += [f"rest {rest[0] if rest else ''}", f"rest {rest[0] if rest else ''} {one.kind[:3]} {one.plural}"]
    out += [f"owner {bool(one.owner)} {one.kind[:3]}", f"phrase body {bool(one.body)} {one.kind[:3]}"]
    near = text[max(0, span.start - 60) : span.end + _NEAR].split("\n")[0]
    if _REASON.search(near):
        out.append("wants no name")
    out.append(f"length {min(len(words), 6)}")
    if _LISTS.match(text, span.end, span.end + 40) or _LISTS.search(one.rest):
        out.append("lists members")
    return out


class Company:
    """All who speak, to see whether members of a group are named."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        spoke = [one for one in entities if one.mentions]
        self.firsts = sorted(((min(one.mentions).start, i) for i, one in enumerate(spoke)))
        self.spoke = spoke
        self.called = Counter(
            head for one in spoke if one.named and one.kind == "named_person" for head in one.heads if head
        )

    def features(self, one: Entity, mentions: Sequence[Span]) -> list[str]:
        """Whether somebody who is introduced speaks next, and whether others are called alike."""
        if one.named or not mentions:
            return []
        out = []
        k = bisect_right(self.firsts, (mentions[0].start, len(self.spoke)))
        if k < len(self.firsts) and self.firsts[k][0] < mentions[-1].end + _NEXT:
            other = self.spoke[self.firsts[k][1]]
            new = other.bearer.first >= mentions[0].start
            out += [f"next {other.type} {new} {one.plural}", f"next {other.bearer.role} {one.bearer.role} {new}"]
            out.append(f"next alike {bool(one.heads & other.heads)} {new}")
        alike = max((self.called[head] for head in one.heads), default=0)
        return [*out, f"alike {min(alike, 2)} {one.plural}"]
