"""Who said what: source, cue and content.

An *annotator* proposes findings; what follows from them (kind, stance, depth) is worked out here, whoever proposed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..article import Span
from ..language import word_lists
from .quotation_marks import Quotation

STANCES = ("neutral", "factive", "doubting", "conceding", "conflict", "cognitive", "denial")
HEDGE_WORDS = 6  # a hedge that early in the content belongs to the cue: "According to her, he supposedly left"
_LEFT, _RIGHT = 4, 6  # words beside a cue in which its adverb, its "not" and the rest of its phrase are looked for
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CLAUSE = re.compile(r"[.;:!?“”\"\n]|''|``")
_NOT = re.compile(
    r"(?:\b(?:not(?! only)|never|cannot|neither|nor|without|(?:declin|fail|refus|neglect)\w* to|stop\w* short of)"
    r"|\b\w+n't)(?: (?:\w+ly|yet|even|ever|once|have|has|be|been|so far|publicly|to))*$"
)
_NEGATED = {"denial": "conceding", "conceding": "denial", "cognitive": "cognitive"}  # others: the words are withheld


class Finding(NamedTuple):
    """What an annotator proposes: spans, why, and how sure it is (0..1).

    ``follows`` is the index of the finding whose source goes on here ("carried over"), where none is written.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    evidence: str
    confidence: float
    follows: int | None = None


ASIDE = 3  # further off than paragraphs are looked over


class Passage(NamedTuple):
    """What an annotator is given: a text, and the paragraphs, sentences and quotations to look at.

    ``places``: a number for each paragraph, which goes up by one from a paragraph to the next, and by `ASIDE` where
    what is said in one does not go on in the other; empty where each goes on in the next.
    """

    text: str
    paragraphs: Sequence[Span]
    sentences: Sequence[Span]
    quotations: Sequence[Quotation]
    places: Sequence[int] = ()


Annotator = Callable[[Passage], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution: ``source`` (who), ``cue`` (the word that attributes), ``content`` (what; one span or more).

    ``kind``: direct (all of the content in quotation marks), mixed, indirect. ``stance`` is the cue's, one of
    `STANCES`. ``depth`` counts the attributions around this one: 0 at the top. ``confidence`` runs from 0 to 1.
    ``evidence`` says why. ``follows``: index of the attribution whose source speaks on, where this one names none.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    kind: str
    stance: str
    depth: int
    confidence: float
    evidence: str
    follows: int | None = None


def attribute(passage: Passage, annotator: Annotator) -> tuple[Attribution, ...]:
    """The attributions that an annotator finds in a passage, in the order of their first content."""
    text = passage.text
    proposed = [finding for finding in annotator(passage) if finding.content]
    order = sorted(range(len(proposed)), key=lambda i: (proposed[i].content[0], i))
    place = {old: new for new, old in enumerate(order)}
    depths = _depths(proposed)
    starts = [quotation.span.start for quotation in passage.quotations]
    out = []
    for old in order:
        source, cue, content, evidence, confidence, follows = proposed[old]
        kind = _kind(text, content, passage.quotations, starts)
        stance, why = _stance(text, cue, content)
        out.append(Attribution(content, cue, source, kind, stance, depths[old], confidence, f"{evidence}; {why}",
                               None if follows is None else place[follows]))  # fmt: skip
    return tuple(out)


def _depths(proposed: Sequence[Finding]) -> list[int]:
    """In how many other contents each finding's cue (or, lacking one, its content) stands."""
    contents = sorted((span, i) for i, finding in enumerate(proposed) for span in finding.content)
    probes = sorted((finding.cue or finding.content[0], i) for i, finding in enumerate(proposed))
    out = [0] * len(proposed)
    active: list[tuple[Span, int]] = []
    at = 0
    for probe, i in probes:
        while at < len(contents) and contents[at][0].start <= probe.start:
            active.append(contents[at])
            at += 1
        active = [(span, other) for span, other in active if span.end > probe.start]
        around = {other for span, other in active if span.covers(probe)}
        out[i] = sum(other != i and proposed[other].content != proposed[i].content for other in around)
    return out


def _kind(text: str, content: Sequence[Span], quotations: Sequence[Quotation], starts: Sequence[int]) -> str:
    quoted = rest = 0
    for span in content:
        near = quotations[max(0, bisect_left(starts, span.start) - 1) : bisect_left(starts, span.end)]
        inside = [q.span for q in near if q.span.overlaps(span)]
        quoted += sum(min(span.end, q.end) - max(span.start, q.start) for q in inside)
        edges = [span.start, *(edge for q in inside for edge in q), span.end]
        rest += any(re.search(r"\w", text[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return "indirect" if not quoted else "mixed" if rest else "direct"


@cache
def cues() -> dict[str, tuple[str, str, str]]:
    """The cue verbs that the rules know: form -> (lemma, stance, frames); forms of two words are joined by a blank."""
    rows = (row for row in word_lists.rows("cues.tsv") if row[2])
    return {f.replace("_", " "): (lemma, stance, frames) for lemma, stance, frames, fs in rows for f in fs.split()}


@cache
def stances() -> dict[str, str]:
    """The stance of every form of the cue lexicon: verbs, and nouns, adjectives and phrases that attribute."""
    return {form.replace("_", " "): stance
            for _, stance, _, forms in word_lists.rows("cues.tsv") for form in forms.split()}  # fmt: skip


@cache
def _adverbs() -> tuple[re.Pattern[str], dict[str, str]]:
    """The adverbs that change the stance of a cue, and their kinds; a mere hedge ("perhaps") changes none."""
    kinds = {phrase: kind for phrase, kind in word_lists.rows("adverbs.tsv") if kind != "hedge"}
    return re.compile(rf"\b(?:{'|'.join(sorted(kinds, key=len, reverse=True))})\b"), kinds


def _stance(text: str, cue: Span | None, content: Sequence[Span]) -> tuple[str, str]:
    """The stance of a cue, and the words that show it.

    The cue's longest known phrase decides; of single words the first that is not neutral. A "not" before it turns
    denial into concession and concession into denial; words that are withheld ("would not confirm", "declined to
    comment") are neutral. An adverb of doubt at the cue overrules, and so does hearsay early in what a neutral cue
    reports; the other adverbs ("angrily", "correctly") give a neutral cue their stance.
    """
    if cue is None:
        return "neutral", "no cue"
    left, right = _beside(text, cue, content)
    inner = _plain(cue.of(text))
    stance, form = _lookup(inner, right)
    negated = _NOT.search(f"{left} {inner[: inner.find(form.split()[0])]}".strip()) if form else None
    if negated:
        stance = _NEGATED.get(stance, "neutral")
        withheld = "withheld, " * (stance == "neutral")
        return stance, f"{stance}: {withheld}{negated.group().strip()} {form}"
    adverb, kind = _adverb(left, inner, right)
    if kind in {"doubting", "hearsay"} or (adverb and stance == "neutral"):
        stance, form = "doubting" if kind == "hearsay" else kind, adverb
    elif stance == "neutral":
        pattern, kinds = _adverbs()
        after = next((span for span in content if span.start >= cue.end), content[0])
        head = " ".join(_CLAUSE.split(after.of(text), maxsplit=1)[0].lower().split()[:HEDGE_WORDS])
        early = next((word for word in pattern.findall(head) if kinds[word] == "hearsay"), "")
        stance, form = ("doubting", early) if early else (stance, form)
    return stance, f"{stance}: {form}" if form else f"cue: {inner}"


def _adverb(left: str, inner: str, right: str) -> tuple[str, str]:
    """The adverb in a cue, right before it or soon after it, and its kind; "", "" if there is none."""
    pattern, kinds = _adverbs()
    for match in pattern.finditer(inner):
        return match.group(), kinds[match.group()]
    for match in pattern.finditer(left):
        if set(_WORD.findall(left[match.end() :])) <= word_lists.word_class("auxiliary"):
            return match.group(), kinds[match.group()]
    for match in pattern.finditer(right):
        if len(_WORD.findall(right[: match.start()])) <= (_RIGHT if " " in match.group() else 1):
            return match.group(), kinds[match.group()]
    return "", ""


def _plain(words: str) -> str:
    """In small letters, with single blanks and straight apostrophes."""
    return " ".join(words.lower().replace("’", "'").split())


def _beside(text: str, cue: Span, content: Sequence[Span]) -> tuple[str, str]:
    """The words right before and after a cue, inside its clause and outside the content."""
    start = max([cue.start - 60, *(span.end for span in content if span.end <= cue.start)])
    end = min([cue.end + 80, *(span.start for span in content if span.start >= cue.end)])
    left = _plain(_CLAUSE.split(text[max(start, 0) : cue.start])[-1]).split()[-_LEFT:]
    right = _plain(_CLAUSE.split(text[cue.end : end])[0]).split()[:_RIGHT]
    return " ".join(left), " ".join(right)


def _lookup(inner: str, right: str) -> tuple[str, str]:
    """Stance and form of what the lexicon knows in a cue; a phrase may go on after the cue ("cast | doubt on")."""
    known = stances()
    own = _WORD.findall(inner)
    words = own + _WORD.findall(right)
    for length in range(min(5, len(words)), 1, -1):
        for i in range(len(own)):
            phrase = " ".join(words[i : i + length])
            if phrase in known:
                return known[phrase], phrase
    singles = [word for word in own if word in known]
    form = next((word for word in singles if known[word] != "neutral"), singles[0] if singles else "")
    return known.get(form, "neutral"), form
