"""What is seen of a source, to tell its kind, its role and whether it is one at all.

Its phrases (head noun, determiner, modifiers, what follows), what the article calls it elsewhere, its cues, and, as
numbers, what the network that labelled the text holds of these places and of these words. Words of persons' names are
no features, nor are other capitalised words unless a list has them as body, outlet or title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..article import Span
from ..attribution import tagger
from ..attribution.attributions import Attribution, cues
from ..language import nouns
from ..language.closed_classes import DETERMINER, POSSESSOR
from . import affiliations, proper_names
from .choices import Floats
from .descriptions import Description, describe, trimmed
from .entities import Entity
from .view import View

KINDS = ("named_person", "unnamed_person", "organisation", "document_or_data", "media_outlet", "collective_public")
PRIOR = "by lists"  # what the lists of words say, which training leans to
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_SOME = 4  # mentions, and attributions, that are looked at


class Seen(NamedTuple):
    """What is seen of a source: short features, and numbers (of words alone where no network labelled the text)."""

    features: list[str]
    numbers: Floats


def look(text: str, one: Entity, own: Sequence[Attribution], view: View) -> Seen:
    """What is seen of a source; ``own``: its attributions."""
    bearer = one.bearer
    mentions = sorted(one.mentions)
    said = [describe(trimmed(text, span).of(text)) for span in mentions[:_SOME]]
    out = [f"{PRIOR} kind {one.kind}", f"{PRIOR} role {bearer.role}"]
    for span, phrase in zip(mentions, said, strict=False):
        out += _phrase(span.of(text), phrase)
    out += [f"called {noun}" for noun in sorted(one.heads) if noun]
    out += [f"words {word}" for word in sorted(one.words) if known(word)]
    if one.named and bearer.kind == "named_person":
        first = bearer.name.words[0].lower()
        out.append(f"person {min(len(bearer.name.words), 3)} {first in nouns.first_names()}")
    body = one.body or bearer.body
    out.append(f"body {bool(body)}")
    out += [] if one.named or body else _whose(text, one, said, mentions)
    out += [f"body {word.lower()}" for word in proper_names.words_of(body) if known(word.lower())]
    out += [f"cue {_verb(text, attribution)}" for attribution in own]
    sure = max((attribution.confidence for attribution in own), default=0.0)
    out.append(f"sure {int(sure * 5)} {one.type} {len(own) > 1}")
    heads = [w for phrase in said for w in ([phrase.head] if phrase.head and phrase.kind != "pronoun" else [])]
    if one.named and bearer.kind != "named_person":
        heads.append(nouns.bare(bearer.name.words[-1]).lower())
    rest = [w for w in (*one.words, *(w.lower() for w in proper_names.words_of(body))) if w not in heads]
    words = np.concatenate([_meaning(tuple(heads or sorted(one.heads))), _meaning(tuple(sorted(rest)))])
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
    return out + [f"{how} {noun}" for how in out for noun in sorted(one.heads)]


@lru_cache(maxsize=1024)
def _meaning(words: tuple[str, ...]) -> Floats:
    """The mean of the numbers that the shipped tagger knows of some words."""
    net = tagger.shipped()
    rows = [net.vocabulary[word] for word in words if word in net.vocabulary]
    table = net.tables[0]
    out: Floats = table[rows].mean(0) if rows else np.zeros(table.shape[1], np.float32)
    return out


def _verb(text: str, one: Attribution) -> str:
    """The verb of a cue, as the list of cues has it."""
    if one.cue is None:
        return "none"
    words = one.cue.of(text).lower().split()
    found = next((word for word in words if word in cues()), "")
    return cues()[found][0] if found else words[0] if words[0].isalpha() else "sign"


@lru_cache(maxsize=8192)
def known(low: str) -> bool:
    """Whether a lower-case word may be a feature though it has a capital: no name, but a word of some list."""
    return low in nouns.titles() or nouns.noun_of(low) is not None or nouns.makes_a_body(low) or low in _listed()


@cache
def _listed() -> frozenset[str]:
    return frozenset(nouns.bodies())


def _phrase(phrase: str, one: Description) -> list[str]:
    """What a phrase shows."""
    words = _WORD.findall(phrase)
    low = [word.lower() for word in words]
    head = one.head if one.name is None else "NAME" if one.name.kind == "named_person" else "BODY"
    noun = nouns.heads().get(head)
    first = one.first if one.first in DETERMINER | POSSESSOR else "none"
    out = [f"first {first} {one.plural}"]
    if noun is not None:
        out += [f"head {head} {one.plural} {first}", f"is {noun.kind[:3]} {one.plural} {first}"]
    own = [word if raw.islower() or known(word) else "X" for word, raw in zip(low, words, strict=True)]
    out += [f"has {word}" for word in own if word != "X"]
    out += [f"pair {a} {b}" for a, b in pairwise(own) if "X" not in {a, b}]
    rest = one.rest.lower().split()[:1]
    return [*out, f"rest {rest[0] if rest else ''} {one.kind[:3]} {one.plural}"]
