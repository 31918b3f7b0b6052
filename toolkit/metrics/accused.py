"""Who may be accused: the persons and bodies of an article, what is seen of each, and weights that were learnt.

What is seen are short words: how often and where somebody is written of, as what, which accusing words stand how near
and on which side, which small words stand around. `training/replies.py` learns from coded articles what each is worth.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np

from ..analysis import Analysis
from ..article import Span
from ..attribution import attributions
from ..language import nouns
from . import mentions
from .mentions import Mention

CUT = 0.16  # the best F1 on folds of the train part
CROWD = 12  # accusing words on either side: no sentence has so many but one without end
AROUND = 5  # words on either side that are looked at
STATUSES = ("quoted", "denied", "declined", "no_response", "absent")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_WHOSE = re.compile(r"^(?:his|her|its|their|this|that|these|those|our|my) ")
_HARD = frozenset(("conceding", "conflict", "denial", "doubting"))  # the stances that show a quarrel
_ENDS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_STEPS = (1, 2, 3, 5, 8, 13, 21)  # counts and distances that are told apart

Cues = Sequence[Sequence[tuple[Span, str]]]


class Candidate(NamedTuple):
    """Somebody of whom accusing words stand near: what is seen of them, where they stand, and these words."""

    name: str
    names: frozenset[str]
    seen: list[str]
    places: list[tuple[int, Span]]
    words: tuple[Span, ...]
    called: bool  # by a name or a description, not a bare noun as "critics"
    pointed: bool = False  # the accusation is what the text is about


class Weights(NamedTuple):
    """What each thing seen is worth: for being accused, and for each status of an answer."""

    accused: Mapping[str, float]
    status: Mapping[str, float]


@cache
def shipped() -> Weights:
    """The weights that came with the package."""
    content = files("toolkit").joinpath("weights/replies.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        names = json.loads(bytes(stored["names"]).decode("utf-8"))
        return Weights(*(dict(zip(names[part], stored[part].tolist(), strict=True)) for part in Weights._fields))


def chance(seen: Iterable[str], weights: Mapping[str, float]) -> float:
    """How likely (0..1) somebody of whom this is seen is accused."""
    score = sum(weights.get(one, 0.0) for one in seen)
    return 1 / (1 + math.exp(-score)) if score > -50 else 0.0


def candidates(
    analysis: Analysis, cast: Sequence[Sequence[Mention]], cues: Cues, ruled: Mapping[Span, Sequence[str]]
) -> list[Candidate]:
    """Everybody near whom an accusing word or one of quarrel stands, in the order of the text.

    ``cast``: the mentions of each sentence; ``cues``: its accusing words with their frames; ``ruled``: the mentions
    that grammar makes the accused of such a word, with the frames.
    """
    text = analysis.article.text
    who: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for i, here in enumerate(cast):
        for m in here:
            who[_WHOSE.sub("", mentions.key(m.name or m.span.of(text)))].append((i, m))
    sources = {_WHOSE.sub("", mentions.key(source.name)) for source in analysis.sources}
    scene = _Scene(analysis, cues)
    most = max(map(len, who.values()), default=1)
    out = []
    for name, places in who.items():
        words = {span for i, m in places for span, _ in scene.hard(i, m.span)}
        if not words:
            continue
        seen = Counter(["always", *_at_large(text, name, places, most)])
        seen[f"source {name in sources}"] = 1
        seen.update(scene.about)
        for i, m in places:
            seen.update(scene.near(i, m, ruled.get(m.span, ())))
        found = [one for one, n in seen.items() for at_least in (1, 2, 4) if n >= at_least]
        told = [f"{one}#{n}" for one, count in seen.items() for n in (2, 4) if count >= n]
        full = max((m.name or " ".join(m.span.of(text).split()) for _, m in places), key=lambda n: (len(n), n))
        known = frozenset(m.name for _, m in places if m.name) | {full}
        out.append(Candidate(full, known, list(dict.fromkeys(found)) + told, [(i, m.span) for i, m in places],
                             tuple(sorted(words)), any(m.name for _, m in places)))  # fmt: skip
    return out


def _step(n: int) -> int:
    return max((step for step in _STEPS if step <= n), default=0)


def _at_large(text: str, name: str, places: Sequence[tuple[int, Mention]], most: int) -> list[str]:
    """What is seen of somebody in the whole article: how often, how early, a name or a noun, and which."""
    noun = nouns.singular(name.rpartition(" ")[2])
    head = nouns.heads().get(noun)
    proper = any(m.span.of(text)[:1].isupper() for _, m in places)
    out = [f"times {_step(len(places))}", f"of most {4 * len(places) // most}"]
    out.append(f"kind {head.kind if head else 'name'}{' proper' * proper}")
    if head:
        out += [f"head {noun}", f"role {head.role}"]
    return out


class _Scene:
    """The sentences of an article as words, with their accusing words and those of quarrel."""

    def __init__(self, analysis: Analysis, cues: Cues) -> None:
        text = self.text = analysis.article.text
        self.tokens = [[(*m.span(), _worn(m.group())) for m in _TOKEN.finditer(text, *s)] for s in analysis.sentences]
        self.cues = cues
        known = attributions.cues()
        stances_of = [
            [(Span(a, b), known[low][1]) for a, b, _ in tokens
             if (low := text[a:b].lower()) in known and known[low][1] in _HARD]
            for tokens in self.tokens
        ]  # fmt: skip
        self.near_words = [
            sorted((span, what) for span, what in (*accusing, *stances))
            for accusing, stances in zip(cues, stances_of, strict=True)
        ]
        total = sum(map(len, cues))
        self.about = [f"accusing a sentence {10 * total // max(1, len(cues))}"]
        self.contents = sorted((s, a.stance) for a in analysis.attributions for s in a.content)

    def hard(self, i: int, place: Span) -> list[tuple[Span, str]]:
        """The accusing words and those of quarrel on either side of a place in a sentence, with what they are."""
        middle = bisect_left(self.near_words[i], (Span(place.start, 0), ""))
        return self.near_words[i][max(0, middle - CROWD) : middle + CROWD]

    def near(self, i: int, m: Mention, ruled: Sequence[str]) -> list[str]:
        """What is seen at one mention, in sentence number ``i``."""
        tokens = self.tokens[i]
        first, stop = (bisect_left(tokens, (at, 0, "")) for at in m.span)
        before = [word for _, _, word in tokens[max(0, first - AROUND) : first]]
        after = [word for _, _, word in tokens[stop : stop + AROUND]]
        out = [f"before {word}" for word in before] + [f"after {word}" for word in after]
        out += [f"right after {after[0]}"] if after else []
        out += ["accused", *(f"accused {frame}" for frame in ruled)] if ruled else []
        out += ["with accusing"] if self.cues[i] else []
        for span, what in self.hard(i, m.span):
            at = bisect_left(tokens, (span.start, 0, ""))
            side, gap = ("before", first - at) if at < first else ("after", at - stop + 1)
            reach = 2 if gap <= 2 else 5 if gap <= 5 else 10 if gap <= 10 else 99
            out.append(f"{what.partition(':')[0]} {side} {reach}")
        at = bisect_left(self.contents, (Span(m.span.start + 1, 0), ""))
        for span, stance in self.contents[max(0, at - 6) : at]:
            if span.covers(m.span):
                out += ["told of", f"told of {stance}"]
        return out


def _worn(word: str) -> str:
    """A word in small letters without its ending; of one with a capital, which may be a name, only that."""
    if not word.islower():
        return "A"
    word = re.sub(r"['’]s$", "", word)
    return next((word[: -len(end)] for end in _ENDS if word.endswith(end) and len(word) - len(end) > 3), word)


def answer(seen: Sequence[str], told: Sequence[str], shown: Container[str], weights: Mapping[str, float]) -> str:
    """Which status the answer of an accused has, among those of which words are shown and ``absent``."""
    rows = answer_rows(seen, told, shown)
    return max(rows, key=lambda status: sum(weights.get(one, 0.0) for one in rows[status]))


def answer_rows(seen: Sequence[str], told: Sequence[str], shown: Container[str]) -> dict[str, list[str]]:
    """The statuses that are possible, each with what speaks for it or against."""
    out = [f"{one}#{at_least}" for one, n in Counter(told).items() for at_least in (1, 2, 4) if n >= at_least]
    out += [f"has {status}" for status in STATUSES if status in shown]
    out += [one for one in seen if one.startswith(("times ", "source ")) and "#" not in one]
    possible = [status for status in STATUSES if status in shown or status == "absent"]
    return {status: [status, *(f"{status}: {one}" for one in out)] for status in possible}
