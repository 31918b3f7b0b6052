"""Attributions that conventions of writing show: a name signed below a quotation, an adverb of hearsay."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from .article import Span
from .attribution import Finding, Passage
from .quotations import SHORT
from .tagger import Labelled

# They hand on what others say; "supposedly" and "apparently" may be the writer's own guess.
_ADVERB = re.compile(r"\b(?:allegedly|purportedly|reportedly|reputedly)\b", re.IGNORECASE)
_BORDER = re.compile(
    r"[;:()—–“”\"]|,\s+(?=(?:who|which)\b)|,\s+(?:and|but|while|whereas|where|when|after|before|as|because|though)\b"
)
_COMMA = re.compile(r"[;:()—–“”\",]")
_GOVERNS = (" a ", " an ", " the ", " for ", " of ", " by ")  # "for allegedly lying", "an allegedly stolen car"
_SIGNS = "“”„«»‹›\"‘’'`, .:;!?"
CONFIDENCE = 0.5  # an adverb alone shows it
_SIGNED = re.compile(  # — Ann Lee, mayor of Elm
    r"[ \u00a0]*(?:\n\s*)?[-–—]{1,2}[ \u00a0]?"
    r"([A-Z@][\w.@’'-]*(?:[ \u00a0](?:[A-Z][\w.’'-]*|of|de|van|von|the)){0,5})"
    r"(?=(?:[.;]?[ \u00a0]*|,[^\n]{1,80})(?:\n|\Z))"
)


def signed(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with those quotations given to their signer that fill a paragraph with a name signed below.

    A quotation whose own paragraph has a cue is left alone.
    """
    out = list(found)
    for quotation in passage.quotations:
        start, end = quotation.span
        signature = _SIGNED.match(passage.text, end)
        around = passage.paragraphs[quotation.paragraph]
        if signature is None or passage.text[around.start : start].strip():
            continue
        name = signature[1].rstrip(".")
        source = Span(signature.start(1), signature.start(1) + len(name))
        for i, one in enumerate(out):
            inside = tuple(span for span in one.content if quotation.span.overlaps(span))
            if not inside or (one.cue and around.overlaps(one.cue)):
                continue
            rest = tuple(span for span in one.content if span not in inside)
            own = Finding(source, None, inside, "signed below the quotation", one.confidence)
            out[i] = one._replace(content=rest) if rest else own
            out += [own] * bool(rest)
            break
    return out


def unsourced(passage: Passage, labelled: Labelled) -> list[Finding]:
    """The clauses with an adverb of hearsay for which the labels show no attribution, each as one without a source.

    The content is the clause around the adverb, as far as it has no labels.
    """
    text, spans, out = passage.text, labelled.spans, []
    taken = np.flatnonzero(labelled.labels)
    for cue in (Span(*match.span()) for match in _ADVERB.finditer(text)):
        at = bisect_left(spans, cue)
        if at == len(spans) or spans[at] != cue or labelled.labels[at]:
            continue
        sentence = passage.sentences[bisect_right(passage.sentences, (cue.start + 1,)) - 1]
        beside = int(np.searchsorted(taken, at))
        start = max(sentence.start, spans[taken[beside - 1]][1] if beside else 0)
        end = min(sentence.end, spans[taken[beside]][0] if beside < len(taken) else len(text))
        start = max([start, *(match.end() for match in _BORDER.finditer(text, start, cue.start))])
        if text[start : cue.start].lower().endswith(_GOVERNS):
            start = cue.start
        relative = text.startswith(("who ", "which "), start)  # such a clause ends at the next comma
        border = (_COMMA if relative else _BORDER).search(text, cue.end, end)
        parts = (_bare(text, start, cue.start), _bare(text, cue.end, border.start() if border else end))
        content = tuple(part for part in parts if part.end > part.start)
        if sum(len(part.of(text).split()) for part in content) >= SHORT:
            out.append(Finding(None, cue, content, "adverb of hearsay, nobody named", CONFIDENCE))
    return out


def _bare(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks and signs at its ends."""
    words = text[start:end].rstrip(_SIGNS)
    bare = words.lstrip(_SIGNS)
    return Span(start + len(words) - len(bare), start + len(words))
