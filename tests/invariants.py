"""What holds of any text's analysis, whatever the text: one sentence for each breach."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from toolkit import Analysis, Span
from toolkit.attribution.attributions import Attribution
from toolkit.language import segmentation
from toolkit.metrics.dictionary import METRICS
from toolkit.reading.page_zones import EDITORIAL

SHARES = (
    ("quoted_share", "quoted_words", "words"),
    ("attributed_share", "attributed_words", "words"),
    ("quotation_length", "quoted_words", "quotations"),
    ("anonymous_share", "anonymous_sources", "sources"),
    ("denial_share", "denials", "attributions"),
)


def broken(found: Analysis) -> list[str]:
    """The breaches, none where all is well."""
    return [*_spans(found), *_zones(found), *_quotations(found), *_attributions(found), *_counts(found)]


def broken_row(row: Mapping[str, Any]) -> list[str]:
    """The breaches in an article's numbers: a share is its part of its whole, no number leaves its range."""
    out = [str(row["error"])] if row["error"] and not str(row["error"]).startswith("no text") else []
    if row["error"]:
        return out
    for share, part, whole in SHARES:
        wanted = row[part] / row[whole] if row[whole] else math.nan
        if not (math.isclose(row[share], wanted) or (math.isnan(row[share]) and math.isnan(wanted))):
            out.append(f"{share} is {row[share]}, not {part} / {whole}")
    for name, metric in METRICS.items():
        if not math.isnan(row[name]) and not metric.low - 1e-9 <= row[name] <= metric.high + 1e-9:
            out.append(f"{name} is {row[name]}, outside {metric.low} to {metric.high}")
    return out


def _spans(found: Analysis) -> Iterator[str]:
    size = len(found.article.text)
    named: dict[str, list[Span]] = {
        "zone": [zone.span for zone in found.zones],
        "paragraph": list(found.paragraphs),
        "sentence": list(found.sentences),
        "word": list(found.words),
        "quotation": [q.span for q in found.quotations],
        "content": [span for a in found.attributions for span in a.content],
        "cue": [a.cue for a in found.attributions if a.cue],
        "source": [a.source for a in found.attributions if a.source],
        "mention": [span for source in found.sources for span in source.mentions],
    }
    for name, spans in named.items():
        yield from (f"{name} {s} is empty or outside the text" for s in spans if not 0 <= s.start < s.end <= size)
        if name in {"zone", "paragraph", "sentence", "word", "quotation"}:
            yield from (f"{name} {a} is not before {b}" for a, b in pairwise(spans) if a.end > b.start)


def _zones(found: Analysis) -> Iterator[str]:
    left = list(found.article.text)
    for zone in found.zones:
        left[zone.span.start : zone.span.end] = " " * (zone.span.end - zone.span.start)
    if rest := "".join(left).strip():
        yield f"no zone has {rest[:40]!r}"


def _quotations(found: Analysis) -> Iterator[str]:
    for q in found.quotations:
        if not q.span.covers(q.content):
            yield f"quotation {q.span} does not hold its content {q.content}"
        if q.paragraph >= 0 and not found.paragraphs[q.paragraph].covers(q.span):
            yield f"quotation {q.span} leaves its paragraph"


def _attributions(found: Analysis) -> Iterator[str]:
    lines = [zone.span for zone in found.zones if zone.kind in EDITORIAL]
    quoted = [q.content for q in found.quotations]
    for a in found.attributions:
        parts = [*a.content, *[part for part in (a.cue, a.source) if part]]
        for one, other in pairwise(sorted(parts)):
            if one.overlaps(other) and a.depth == 0 and one in a.content and other in a.content:
                yield f"contents {one} and {other} of one attribution overlap"
        for part in (a.cue, a.source):
            if part and not a.depth and any(q.overlaps(part) for q in quoted if any(c.covers(q) for c in a.content)):
                yield f"cue or source {part} stands inside the quotation that it attributes"
        yield from _leaps(a, lines, quoted)
        if a.follows is not None and not 0 <= a.follows < len(found.attributions):
            yield f"an attribution follows number {a.follows}, which is none"


def _leaps(a: Attribution, lines: Sequence[Span], quoted: Sequence[Span]) -> Iterator[str]:
    """Pieces are neighbours: at most a paragraph apart, two between quotations."""
    for one, other in pairwise(a.content):
        apart = bisect_right(lines, (other.start + 1,)) - bisect_right(lines, (one.end,))
        both = all(any(q.overlaps(span) for q in quoted) for span in (one, other))
        if other.start < one.start or apart > (2 if both and not a.depth else 1):
            yield f"content leaps from {one} to {other}, {apart} paragraphs on"


def _counts(found: Analysis) -> Iterator[str]:
    text = found.text
    each = [segmentation.count_words(text, sentence) for sentence in found.sentences]
    if sum(each) != len(segmentation.words(text, found.sentences)):
        yield f"the sentences have {each} words, the text {len(segmentation.words(text, found.sentences))}"
