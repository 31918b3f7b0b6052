"""What stands beside a marked-up text: the sources with their numbers and colours, the evidence, the ledger."""

from __future__ import annotations

from typing import NamedTuple

from ..analysis import Analysis
from ..article import Span, Zone
from ..attribution.attributions import Attribution
from ..language.segmentation import words
from ..metrics.table import OUTSIDE
from ..numbers_in_words import counted
from ..people.sources import Source

EXCERPT = 14  # words of a content that are repeated in the list
SOURCE_KINDS = {
    "named_person": "named person",
    "unnamed_person": "unnamed person",
    "organisation": "organisation",
    "document_or_data": "document or data",
    "media_outlet": "other medium",
    "collective_public": "the public",
}


class Listed(NamedTuple):
    """A source of the list: its number, its name and what is known of it."""

    number: int
    name: str
    facts: str


class Item(NamedTuple):
    """An attribution of the list: its place in it, the number of its source, where it begins, its words and offsets."""

    order: int
    number: int
    nested: bool
    start: int
    excerpt: str
    source: str
    cue: str
    where: str
    judged: str
    why: str


def head(attribution: Attribution) -> Span:
    """Where a reader is sent: the cue, or the content where there is none."""
    return attribution.cue or attribution.content[0]


def numbers(analysis: Analysis) -> dict[int, int]:
    """The number of its source, for each attribution that has one."""
    return {index: number for number, source in enumerate(analysis.sources, 1) for index in source.attributions}


def sources(analysis: Analysis, *, text: bool = True) -> list[Listed]:
    """The sources with their numbers; with 0 what is attributed to nobody. Without ``text`` no word of the article."""
    found = [
        Listed(number, one_line(source.name) * text, ", ".join(_facts(analysis, source, words=text)))
        for number, source in enumerate(analysis.sources, 1)
    ]
    if text and any(not a.depth and not analysis.source_of(i) for i, a in enumerate(analysis.attributions)):
        found.append(Listed(0, "", "no source given"))
    return found


def _facts(analysis: Analysis, source: Source, *, words: bool) -> list[str]:
    """What is known of a source; without ``words`` nothing of the article's own."""
    kind = SOURCE_KINDS.get(source.kind, source.kind)
    n = len(analysis.counted.intersection(source.attributions))
    facts = [kind]
    facts += ["anonymous"] if source.anonymous else []
    facts += [f"of {source.affiliation}"] if source.affiliation and words else []
    facts += [source.role] if source.role not in {"", "unknown", kind} else []
    facts += ["reason given"] if source.reason else []
    facts += ["second-hand"] if source.second_hand else []
    facts += [f"through {source.through}"] if source.through and words else []
    return [*facts, counted(n, "attribution") if n else OUTSIDE]


def judged(a: Attribution) -> str:
    """An attribution's kind, the cue's stance, and the confidence."""
    return f"{a.kind}, {a.stance}, confidence {a.confidence:.2f}"


def standing(analysis: Analysis, index: int) -> str:
    """What tells an attribution of headline, deck or caption from those of the body."""
    return "" if analysis.attributions[index].depth or index in analysis.counted else f"; {OUTSIDE}"


def evidence(analysis: Analysis) -> list[Item]:
    """The attributions in their order, each with its words, its offsets and its reason."""
    text, own, rows = analysis.article.text, numbers(analysis), []
    for index, a in enumerate(analysis.attributions):
        said = " … ".join(span.of(text) for span in a.content).split()
        excerpt = " ".join(said[:EXCERPT]) + (" …" if len(said) > EXCERPT else "")
        source = "none given" if a.follows is None else "goes on"
        if a.source:
            source = one_line(a.source.of(text)).rstrip(",")
        cue = one_line(a.cue.of(text)) if a.cue else "none"
        spans = [("source", a.source), ("cue", a.cue), *(("content", span) for span in a.content)]
        where = "; ".join(f"{role} {span.start}–{span.end}" for role, span in spans if span)
        told = judged(a) + standing(analysis, index)
        number = own.get(index, 0)
        rows.append(
            Item(index + 1, number, bool(a.depth), head(a).start, excerpt, source, cue, where, told, a.evidence)
        )
    return rows


def evidence_of(analysis: Analysis) -> str:
    """The title of the list: how many attributions count, and how many stand there besides."""
    n = len(analysis.counted)
    more = len(analysis.attributions) - n
    return f"Evidence: {counted(n, 'attribution')}" + f", and {more} nested or not in the body" * (more > 0)


def ledger(analysis: Analysis) -> tuple[str, list[tuple[Zone, str]]]:
    """What was not counted as the article's body, and how much it is."""
    text = analysis.article.text
    outside = [zone for zone in analysis.zones if zone.kind != "body"]
    size = len(words(text, [zone.span for zone in outside]))
    title = f"Ledger: {counted(len(outside), 'stretch', 'es')}, {counted(size, 'word')}, not counted as body"
    return title, [(zone, one_line(zone.span.of(text))) for zone in outside]


def one_line(text: str) -> str:
    """The words of a text with one blank between them."""
    return " ".join(text.split())
