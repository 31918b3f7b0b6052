"""What stands beside a marked-up text: the sources with their numbers and colours, the evidence, the ledger."""

from __future__ import annotations

from typing import NamedTuple

from ..analysis import Analysis
from ..article import Span, Zone
from ..attribution.attributions import Attribution
from ..language.segmentation import words
from ..metrics.table import OUTSIDE
from ..numbers_in_words import counted
from ..people.reasons import KINDS_IN_WORDS
from ..people.sources import Source
from ..reading import corrections as by_hand

EXCERPT = 8  # words of a content that are repeated in the list


class Listed(NamedTuple):
    """A source of the list: its number, its name, what is known of it, why, and the lines that would correct it."""

    number: int
    name: str
    facts: str
    why: str = ""
    fixes: tuple[str, ...] = ()


class Quoted(NamedTuple):
    """A quoted run of the list: where it begins, its words, what it was taken for, and the line that corrects it."""

    start: int
    excerpt: str
    kind: str
    fix: str


class Item(NamedTuple):
    """An attribution of the list: its place in it, the number of its source, where it begins, its words and offsets,
    how it is judged and why, and the line that would correct its source."""

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
    fix: str


def head(attribution: Attribution) -> Span:
    """Where a reader is sent: the cue, or the content where there is none."""
    return attribution.cue or attribution.content[0]


def numbers(analysis: Analysis) -> dict[int, int]:
    """The number of its source, for each attribution that has one."""
    return {index: number for number, source in enumerate(analysis.sources, 1) for index in source.attributions}


def sources(analysis: Analysis, *, text: bool = True) -> list[Listed]:
    """The sources with their numbers; with 0 what is attributed to nobody. Without ``text`` no word of the article."""
    found = [
        Listed(
            number,
            one_line(source.name) * text,
            ", ".join(_facts(analysis, source, words=text)),
            source.why * text,
            _fixes(analysis, source),
        )
        for number, source in enumerate(analysis.sources, 1)
    ]
    if text and any(not a.depth and not analysis.source_of(i) for i, a in enumerate(analysis.attributions)):
        found.append(Listed(0, "", "no source given"))
    return found


def _fixes(analysis: Analysis, source: Source) -> tuple[str, ...]:
    """The lines that would correct what a source is."""
    fields = {"kind": source.kind}
    fields |= {"anonymous": "no"} if source.anonymous else {}
    known = analysis.article.id, "source", source.name, min(source.mentions, default=Span(0, 0)).start
    return tuple(by_hand.line(*known, field, value) for field, value in fields.items())


def _facts(analysis: Analysis, source: Source, *, words: bool) -> list[str]:
    """What is known of a source; without ``words`` nothing of the article's own."""
    kind = KINDS_IN_WORDS.get(source.kind, source.kind)
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
    return "" if analysis.attributions[index].depth or index in analysis.counted else OUTSIDE


def meant(source: Source, text: str, phrase: Span) -> str:
    """Why words for a source mean this one; "" where they name it."""
    told = source.why_meant(phrase)
    return f"“{one_line(phrase.of(text))}” is {one_line(source.name)}: {told}" if told else ""


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
        told = "; ".join(filter(None, (judged(a), standing(analysis, index))))
        number = own.get(index, 0)
        name = analysis.sources[number - 1].name if number else ""
        means = meant(analysis.sources[number - 1], text, a.source) if number and a.source else ""
        why = "; ".join(filter(None, (a.evidence, means)))
        fix = by_hand.line(analysis.article.id, "attribution", " ".join(said), a.content[0].start, "source", name)
        rows.append(
            Item(
                index + 1,
                number,
                bool(a.depth),
                head(a).start,
                excerpt,
                source,
                cue,
                where,
                told,
                why,
                fix,
            )
        )
    return rows


def quotations(analysis: Analysis) -> list[Quoted]:
    """The quoted runs in their order, each with what it was taken for."""
    text, rows = analysis.article.text, []
    for q in analysis.quotations:
        said = q.content.of(text).split()
        excerpt = " ".join(said[:EXCERPT]) + (" …" if len(said) > EXCERPT else "")
        kind = f"{q.kind}{', goes on' * q.continued}{f'; {OUTSIDE}' * (q.paragraph < 0)}"
        fix = by_hand.line(analysis.article.id, "quotation", " ".join(said), q.content.start, "kind", q.kind)
        rows.append(Quoted(q.span.start, excerpt, kind, fix))
    return rows


def evidence_of(analysis: Analysis) -> str:
    """The title of the list: how many attributions count, and how many stand there besides."""
    n = len(analysis.counted)
    more = len(analysis.attributions) - n
    return f"Evidence: {counted(n, 'attribution')}" + f", and {more} nested or not in the body" * (more > 0)


def ledger(analysis: Analysis) -> tuple[str, list[tuple[Zone, str, str]]]:
    """What was not counted as the article's body, how much it is, and the lines that would count it; then the body's
    first paragraph, with the line that would leave it out."""
    text = analysis.article.text
    outside = [zone for zone in analysis.zones if zone.kind != "body"]
    body = [zone for zone in analysis.zones if zone.kind == "body"][:1]
    size = len(words(text, [zone.span for zone in outside]))
    title = f"Ledger: {counted(len(outside), 'stretch', 'es')}, {counted(size, 'word')}, not counted as body"
    return title, [
        *((zone, one_line(zone.span.of(text)), _zone_fix(analysis, zone)) for zone in outside),
        *((zone, _begin(zone.span.of(text)), _zone_fix(analysis, zone)) for zone in body),
    ]


def _begin(words: str) -> str:
    own = words.split()
    return " ".join(own[: by_hand.WORDS]) + " …" * (len(own) > by_hand.WORDS)


def _zone_fix(analysis: Analysis, zone: Zone) -> str:
    words = zone.span.of(analysis.article.text)
    return by_hand.line(analysis.article.id, "zone", words, zone.span.start, "kind", zone.kind)


def one_line(text: str) -> str:
    """The words of a text with one blank between them."""
    return " ".join(text.split())
