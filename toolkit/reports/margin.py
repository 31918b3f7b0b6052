"""What stands beside a marked-up text: the sources with their numbers and colours, the evidence, the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..analysis import Analysis
from ..article import Span
from ..attribution.attributions import Attribution
from ..language.segmentation import words
from ..metrics.right_of_reply import Reply
from ..metrics.table import OUTSIDE
from ..numbers_in_words import counted
from ..people.sources import Source
from ..writing import UNSHOWN

# The colours of markup.css: none, then one for each of eight sources; the ninth takes the first again, with its number.
HUES = ("#6b6f76", "#0072b2", "#b85400", "#007f5f", "#b0447f", "#8a6a00", "#6d62b8", "#a8443c", "#0a7d86")
COLOURS = len(HUES) - 1
EXCERPT = 14  # words of a content that are repeated in the list
SOURCE_KINDS = {
    "named_person": "named person",
    "unnamed_person": "unnamed person",
    "organisation": "organisation",
    "document_or_data": "document or data",
    "media_outlet": "other medium",
    "collective_public": "the public",
}


def shown(text: str) -> str:
    """Text as HTML, quotes escaped, and U+FFFD for what HTML cannot hold; a carriage return is kept by number.

    >>> shown("<b> & \\ud800")
    '&lt;b&gt; &amp; \\ufffd'
    """
    return escape(UNSHOWN.sub("\ufffd", text), quote=True).replace("\r", "&#13;")


def place(anchor: str, start: int) -> str:
    """The id of what begins at a character of an article.

    >>> place("a1", 120)
    'a1-c120'
    """
    return f"{anchor}-c{start}"


def head(attribution: Attribution) -> Span:
    """Where a reader is sent: the cue, or the content where there is none."""
    return attribution.cue or attribution.content[0]


def numbers(analysis: Analysis) -> dict[int, int]:
    """The number of its source, for each attribution that has one."""
    return {index: number for number, source in enumerate(analysis.sources, 1) for index in source.attributions}


def label(number: int) -> str:
    """How a source is called in the text: S1, S2, …; S? where there is none."""
    return f"S{number}" if number else "S?"


def colour(number: int) -> int:
    """The number of a source's colour; 0, grey, where there is no source."""
    return (number - 1) % COLOURS + 1 if number else 0


def chip(number: int) -> str:
    """The label on the source's colour."""
    return f'<span class="mat-chip mat-m{colour(number)}">{label(number)}</span>'


def sources(analysis: Analysis) -> str:
    """The sources with their numbers."""
    rows = []
    for number, source in enumerate(analysis.sources, 1):
        name = f"<bdi>{shown(' '.join(source.name.split()))}</bdi>"
        rows.append(f"<li>{chip(number)} {name} <small>{shown(', '.join(_facts(analysis, source)))}</small></li>")
    if any(not a.depth and not analysis.source_of(i) for i, a in enumerate(analysis.attributions)):
        rows.append(f"<li>{chip(0)} <small>no source given</small></li>")
    return f'<ul class="mat-legend">{"".join(rows)}</ul>' if rows else ""


def _facts(analysis: Analysis, source: Source, *, words: bool = True) -> list[str]:
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


def evidence(analysis: Analysis, anchor: str) -> str:
    """The attributions as a list, each linked to its place in the text."""
    if not analysis.attributions:
        return '<p class="mat-about">No attribution was found in this article.</p>'
    text = analysis.article.text
    own = numbers(analysis)
    rows = []
    for index, a in enumerate(analysis.attributions):
        said = " … ".join(span.of(text) for span in a.content).split()
        excerpt = " ".join(said[:EXCERPT]) + (" …" if len(said) > EXCERPT else "")
        source = "none given" if a.follows is None else "goes on"
        if a.source:
            source = " ".join(a.source.of(text).split()).rstrip(",")
        cue = " ".join(a.cue.of(text).split()) if a.cue else "none"
        tag = '<span class="mat-chip mat-m0">nested</span>' if a.depth else chip(own.get(index, 0))
        rows.append(
            f'<li id="{anchor}-w{index + 1}" value="{index + 1}">{tag} '
            f'<a href="#{place(anchor, head(a).start)}"><bdi>{shown(excerpt)}</bdi></a> <small>source: '
            f"<bdi>{shown(source)}</bdi>; cue: <bdi>{shown(cue)}</bdi>; {shown(judged(a))}{_apart(analysis, index)}. "
            f"Why: {shown(a.evidence)}.</small></li>"
        )
    return _fold(_evidence_of(analysis), f"<ol>{''.join(rows)}</ol>")


def evidence_without_text(analysis: Analysis) -> str:
    """Sources and attributions of an article by number, kind and character offsets, without a word of its text."""
    own = numbers(analysis)
    sources = "".join(
        f"<li>{chip(number)} <small>{shown(', '.join(_facts(analysis, source, words=False)))}</small></li>"
        for number, source in enumerate(analysis.sources, 1)
    )
    rows = []
    for index, a in enumerate(analysis.attributions):
        spans = [("source", a.source), ("cue", a.cue), *(("content", span) for span in a.content)]
        where = "; ".join(f"{role} {span.start}–{span.end}" for role, span in spans if span)
        tag = '<span class="mat-chip mat-m0">nested</span>' if a.depth else chip(own.get(index, 0))
        rows.append(
            f'<li value="{index + 1}">{tag} <small>{where}; {shown(judged(a))}{_apart(analysis, index)}</small></li>'
        )
    legend = f'<ul class="mat-legend">{sources}</ul>' if sources else ""
    listed = _fold(_evidence_of(analysis), f"<ol>{''.join(rows)}</ol>")
    return legend + (listed if rows else "")


def _apart(analysis: Analysis, index: int) -> str:
    """What tells an attribution of headline, deck or caption from those of the body."""
    return "" if analysis.attributions[index].depth or index in analysis.counted else f"; {OUTSIDE}"


def _evidence_of(analysis: Analysis) -> str:
    """The title of the list: how many attributions count, and how many stand there besides."""
    n = len(analysis.counted)
    more = len(analysis.attributions) - n
    return f"Evidence: {counted(n, 'attribution')}" + f", and {more} nested or not in the body" * (more > 0)


def accused(found: Sequence[Reply], anchor: str) -> str:
    """Whom the article accuses or doubts, and what it gives of their answer, each linked to the accusing words."""
    if not found:
        return ""
    rows = "".join(
        f'<li><a href="#{place(anchor, one.accused[0].start)}"><bdi>{shown(one.name)}</bdi></a> '
        f"<small>answer: {shown(one.status.replace('_', ' '))}. Why: {shown(one.why)}.</small></li>"
        for one in found
    )
    return _fold(f"Accused or doubted: {len(found):,} to look at; no verdict", f"<ul>{rows}</ul>")


def ledger(analysis: Analysis) -> str:
    """What was not counted as the article's body, and why."""
    text = analysis.article.text
    outside = [zone for zone in analysis.zones if zone.kind != "body"]
    if not outside:
        return ""
    size = len(words(text, [zone.span for zone in outside]))
    rows = "".join(
        f"<li>{shown(zone.kind)} <small>({shown(zone.why)})</small>: "
        f"<bdi>{shown(' '.join(zone.span.of(text).split()))}</bdi></li>"
        for zone in outside
    )
    title = f"Ledger: {counted(len(outside), 'stretch', 'es')}, {counted(size, 'word')}, not counted as body"
    return _fold(title, f"<ul>{rows}</ul>")


def _fold(title: str, inside: str) -> str:
    return f'<details class="mat-list"><summary>{title}</summary>{inside}</details>'
