"""The first annotator: attributions by rules over marks, cue verbs and word order.

No part-of-speech tagger: a noun phrase is what stands between the signs and words that can't be in one. Quoted runs
are masked, one character for one, so that a quotation is a single token and its words mislead no rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import names
from .article import Span
from .attribution import HEDGES, Finding, Passage, cues
from .lexicons.closed_classes import (
    BETWEEN_SOURCE_AND_VERB,
    DETERMINER,
    NEVER_IN_A_SOURCE,
    OPENS_A_PHRASE,
    PRONOUN,
    SUBJECT,
    TIME,
)
from .quotations import Quotation

_MASK = "█"
_TOKEN = re.compile(
    rf"{_MASK}+|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|St|Jr|Sr|Prof|Rev|Hon|Inc|Corp|Co|Ltd|No|[A-Z])\."
    r"|[^\W_]+(?:[.'’&-][^\W_]+)*|[^\w\s]"
)
_SPEAKER_LINE = re.compile(r"[A-Z][A-Z .'’-]+:")
_WINDOW = 30  # tokens: the longest source phrase
_COUNTS = frozenset(("all", "both", "each", "one", "some", "many", "most", "two", "three", "four", "several", "few"))
_BE = frozenset(("is", "are", "was", "were", "been"))
_SUBJECT_WORDS = PRONOUN | DETERMINER | SUBJECT


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    lower: str


class _Unit:
    """A sentence with every quotation that begins in it, as tokens of the masked text."""

    def __init__(self, masked: str, span: Span) -> None:
        self.span = span
        self.tokens = [_Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
                       for m in _TOKEN.finditer(masked, *span)]  # fmt: skip

    def span_of(self, first: int, last: int) -> Span:
        """From token ``first`` to token ``last``, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def is_block(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].text[0] == _MASK

    def lower(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def last_word(self) -> int:
        """Index of the last token before the final stop."""
        last = len(self.tokens) - 1
        while last > 0 and self.tokens[last].text in {".", "!", "?", "…"}:
            last -= 1
        return last

    def blocks(self, first: int, last: int) -> list[Span]:
        return [Span(*self.tokens[i][:2]) for i in range(max(first, 0), last + 1) if self.is_block(i)]


def by_rules(passage: Passage) -> list[Finding]:
    """The findings of the rule set; an `attribution.Annotator`."""
    quoted = [q for q in passage.quotations if q.kind in {"speech", "document"}]
    masked = _mask(passage.text, quoted)
    transcript = sum(_SPEAKER_LINE.match(masked, *paragraph) is not None for paragraph in passage.paragraphs) > 1
    own: dict[int, list[Quotation]] = defaultdict(list)
    for quotation in quoted:
        own[quotation.paragraph].append(quotation)
    found: list[Finding] = []
    for number, paragraph in enumerate(passage.paragraphs):
        before = len(found)
        for unit in _units(masked, paragraph, passage.sentences, quoted):
            found += _unit_findings(unit, transcript)
        _carry(passage, number, own[number], found, before)
    return found


def _mask(text: str, quoted: Sequence[Quotation]) -> str:
    pieces, at = [], 0
    for quotation in quoted:
        pieces += [text[at : quotation.span.start], _MASK * (quotation.span.end - quotation.span.start)]
        at = quotation.span.end
    return "".join([*pieces, text[at:]])


def _units(masked: str, paragraph: Span, sentences: Sequence[Span], quoted: Sequence[Quotation]) -> Iterator[_Unit]:
    first = bisect_right(sentences, (paragraph.start, -1))
    start = paragraph.start
    for i in range(first, len(sentences)):
        sentence = sentences[i]
        if sentence.start >= paragraph.end:
            break
        inside = masked[sentence.end - 1 : sentence.end + 1] == _MASK * 2
        if not inside:
            yield _Unit(masked, Span(start, sentence.end))
            start = sentence.end
    if masked[start : paragraph.end].strip():
        yield _Unit(masked, Span(start, paragraph.end))


def _unit_findings(unit: _Unit, transcript: bool) -> list[Finding]:
    found: list[Finding] = []
    dialogue = _dialogue(unit, transcript)
    if dialogue is not None:
        return [dialogue]
    for i in range(len(unit.tokens)):
        if unit.is_block(i):
            continue
        finding = _according(unit, i) or _verb(unit, i, found) or _hearsay(unit, i, found)
        if finding is not None:
            found.append(finding)
    return found


def _according(unit: _Unit, i: int) -> Finding | None:
    """ "According to X, …" and "…, according to X"."""
    if unit.lower(i) != "according" or unit.lower(i + 1) != "to" or i + 2 >= len(unit.tokens):
        return None
    end = _right_phrase(unit, i + 2, apposed=i > 0)
    if end is None:
        return None
    last = unit.last_word()
    content = []
    if i > 0:
        left = i - 1
        while left >= 0 and unit.tokens[left].text in {",", "—", "–", "("}:
            left -= 1
        if left >= 0:
            content.append(unit.span_of(0, left))
    after = end + 1
    while after <= last and unit.tokens[after].text in {",", ":", "—", "–", ")"}:
        after += 1
    if after <= last and (i == 0 or after == end + 2):
        content.append(unit.span_of(after, last))
    return Finding(unit.span_of(i + 2, end), unit.span_of(i, i + 1), tuple(content), "according to", 0.9)


def _dialogue(unit: _Unit, transcript: bool) -> Finding | None:
    """A line of a transcript: a name, a colon, what is said; without marks only where several lines look so."""
    colon = next((k for k in range(1, min(6, len(unit.tokens) - 1)) if unit.tokens[k].text == ":"), None)
    if colon is None or unit.lower(0) in OPENS_A_PHRASE | DETERMINER:
        return None
    name = unit.tokens[:colon]
    capitals = transcript and all(t.text.isupper() and len(t.text) > 1 for t in name)
    if not capitals and not (all(t.text[0].isupper() for t in name) and unit.is_block(colon + 1)):
        return None
    content = unit.span_of(colon + 1, len(unit.tokens) - 1)
    return Finding(unit.span_of(0, colon - 1), unit.span_of(colon, colon), (content,), "name and colon", 0.8)


def _hearsay(unit: _Unit, i: int, found: Sequence[Finding]) -> Finding | None:
    """ "X allegedly did Y", with nobody said to allege it."""
    token = unit.tokens[i]
    if token.lower not in HEDGES[:1] + HEDGES[5:]:
        return None
    if any(f.cue and abs(f.cue.start - token.start) < 20 for f in found) or any(
        span.start <= token.start < span.end for f in found for span in f.content
    ):
        return None
    last = unit.last_word()
    start = i
    while start > 0 and unit.tokens[start - 1].text not in {",", ";", "—", "–", ":"} and not unit.is_block(start - 1):
        start -= 1
    stop = i
    while stop < last and not unit.is_block(stop + 1):
        stop += 1
    content = [unit.span_of(a, b) for a, b in ((start, i - 1), (i + 1, stop)) if a <= b]
    return Finding(None, Span(*token[:2]), tuple(content), "hearsay adverb", 0.6)


def _verb(unit: _Unit, i: int, found: list[Finding]) -> Finding | None:
    """A cue verb with the source before or after it, and the quotation or clause that goes with it."""
    token = unit.tokens[i]
    forms = cues()
    two = f"{token.lower} {unit.lower(i + 1)}"
    form, end = (two, i + 1) if two in forms else (token.lower, i)
    if form not in forms or (token.text[0].isupper() and i):
        return None
    frames = forms[form][2]
    if _is_noun(unit, i, form):
        return None
    shared = _shared(unit, i, found)
    if shared is not None:
        source: tuple[int, int] | None = None
    else:
        source = _source_left(unit, i)
        inverted = _source_right(unit, i, end) if source is None else None
        if source is None and inverted is None:
            return None
        if source is not None and unit.lower(source[0] - 1) in {"whether", "if", "unless"}:
            return None
    content = None
    if shared is not None and ("q" not in frames and "c" not in frames):
        return None
    if shared is None and source is None:
        assert inverted is not None
        cue_first, cue_last = i, inverted[1]
        source = inverted
    else:
        cue_first, cue_last = (source[0] if source else i), end
    if "q" in frames:
        content = _quoted(unit, cue_first, end, cue_last)
    if content is None and "q" in frames and unit.lower(cue_first - 1) == "," and _only_time(unit, cue_last + 1):
        content = [unit.span_of(_clause_start(unit, cue_first - 2), cue_first - 2)] if cue_first >= 3 else None
    if content is None and cue_last == end:
        content = _complement(unit, end, frames)
    if not content:
        return None
    if shared is not None:
        opens = unit.tokens[_token_at(unit, content[0].start)]
        subjects = (PRONOUN if "n" in frames else _SUBJECT_WORDS) | {"that", "whether"}
        clause = opens.lower in subjects or opens.text[0].isupper() or opens.text[0] == _MASK
        if not clause:
            return None  # "said that they attacked him and questioned his loyalty"
        _cut_before(unit, i, found)
        span = shared
    else:
        assert source is not None
        span = unit.span_of(*source)
    evidence = "shared source, cue verb" if shared is not None else "source and cue verb"
    return Finding(span, unit.span_of(i, end), tuple(content), evidence, 0.85 if "q" in frames else 0.6)


def _is_noun(unit: _Unit, i: int, form: str) -> bool:
    """Whether a word that could be a cue verb is a noun, a passive or a modifier here."""
    before = unit.lower(i - 1)
    if form.endswith("ing"):
        return before not in {",", "is", "are", "was", "were", "been"} and not before.endswith("ly")
    if before in {"is", "was", "were", "are", "be", "been", "being", "get", "got", "'s"}:
        return True
    if form in {"said", "told", "wrote", "says"}:
        return before in {"the", "a"}
    if before.endswith(("'s", "s'")) or before in DETERMINER - _COUNTS:
        return True
    if form.endswith("s") and (before == "to" or (before.endswith("ed") and unit.tokens[i - 1].text.islower())):
        return True  # "did not respond to questions", "ducked questions"
    if before in {"of", "in", "on", "for", "with", "by", "from", "at", "about", "new", "own", "public"}:
        return True
    forms = cues()
    after = unit.lower(i + 1)
    if form.endswith("s") and (
        after in {"are", "were", "have", "had", "that", "of", "from", "by"} or forms.get(after, ("",))[0] == after
    ):
        return True  # "media reports indicate"
    base = forms[form][0] == form
    return base and not (before.endswith("s") or before in PRONOUN | {"people", "also", "police", "now", "and"})


def _shared(unit: _Unit, i: int, found: Sequence[Finding]) -> Span | None:
    """The source of the verb before, where this one has no subject of its own ("…, but denied …", "…, adding …")."""
    outer = [
        f
        for f in found
        if f.source and f.cue and not any(g is not f and s.covers(f.cue) for g in found for s in g.content)
    ]
    if not outer:
        return None
    k = i - 1
    while k > 0 and (unit.lower(k) in BETWEEN_SOURCE_AND_VERB or unit.lower(k).endswith("ly")):
        k -= 1
    joined = unit.lower(k) in {"and", "but", "or"} and not unit.tokens[i].lower.endswith("ing")
    participle = unit.lower(k) in {",", "and"} and unit.tokens[i].lower.endswith("ing")
    return outer[-1].source if joined or participle else None


def _cut_before(unit: _Unit, i: int, found: list[Finding]) -> None:
    """Ends the contents found so far at the verb that shares their source."""
    k = i - 1
    while k > 0 and (
        unit.lower(k) in BETWEEN_SOURCE_AND_VERB | {"and", "but", "or", ","} or unit.lower(k).endswith("ly")
    ):
        k -= 1
    limit = unit.tokens[k].end
    for at, finding in enumerate(found):
        content = tuple(Span(s.start, min(s.end, limit)) for s in finding.content if s.start < limit)
        if finding.cue is not None and finding.cue.end < limit and content:
            found[at] = finding._replace(content=content)


def _token_at(unit: _Unit, start: int) -> int:
    return next(k for k, token in enumerate(unit.tokens) if token.end > start)


def _source_left(unit: _Unit, i: int) -> tuple[int, int] | None:
    """First and last token of the source before a verb."""
    last = i - 1
    between = BETWEEN_SOURCE_AND_VERB | (_BE if unit.tokens[i].lower.endswith("ing") else frozenset())
    while last >= 0 and (unit.lower(last) in between or _is_adverb(unit, last)):
        last -= 1
    if last < 0 or unit.is_block(last):
        return None
    if unit.lower(last) in PRONOUN:
        return last, last
    if unit.tokens[last].text == ",":
        opening = next(
            (k for k in range(last - 1, max(-1, last - _WINDOW), -1) if unit.tokens[k].text in {",", _MASK}), None
        )
        if opening is None or opening < 1 or unit.is_block(opening - 1):
            return None
        head = _phrase_left(unit, opening - 1)
        if head is None:
            return None
        return head, opening - 1 if unit.lower(opening + 1) in {"who", "which", "whose"} else last
    head = _phrase_left(unit, last)
    if head is None:
        return None
    comma = head - 1  # "Ilse Brandt, mayor of Elm since 2029, said" reaches here with the inner part alone
    if unit.lower(comma) == "," and unit.lower(head) in DETERMINER and unit.tokens[head].lower in {"a", "an"}:
        name = _phrase_left(unit, comma - 1)
        if name is not None and unit.tokens[comma - 1].text[0].isupper():
            return name, last
    return head, last


def _is_adverb(unit: _Unit, i: int) -> bool:
    return unit.tokens[i].text.islower() and unit.tokens[i].text.endswith("ly")


def _phrase_left(unit: _Unit, last: int) -> int | None:
    """First token of the noun phrase that ends at ``last``; None where there is none that can speak."""
    if unit.tokens[last].text in {")", "]"}:
        last = next((k - 1 for k in range(last, -1, -1) if unit.tokens[k].text in {"(", "["}), last)
    first = last + 1
    for k in range(last, max(-1, last - _WINDOW), -1):
        token = unit.tokens[k]
        if not (token.text[0].isalnum() or token.text in {"&", "'", "’", "-", "$", "%"}):
            break
        if token.lower in NEVER_IN_A_SOURCE or (
            k < last and token.lower in cues() and token.text.islower() and unit.lower(k - 1) not in DETERMINER
        ):
            break
        if token.lower in {"and", "&"} and not (
            unit.tokens[k + 1].text[0].isupper() and k and unit.tokens[k - 1].text[0].isupper()
        ):
            break
        first = k
    while first <= last and unit.lower(first) in OPENS_A_PHRASE | {"meanwhile", "still", "instead", "later"}:
        nouns = [k for k in range(first + 1, last + 1) if unit.lower(k) in DETERMINER]
        capitals = last
        while capitals > first and unit.tokens[capitals - 1].text[0].isupper():
            capitals -= 1
        if unit.lower(first) in {"but", "and", "yet", "so", "still", "meanwhile", "instead", "later", "while", "as"}:
            first += 1
        elif unit.tokens[last].text[0].isupper():
            first = capitals
            break
        elif len(nouns) > 1 or (nouns and nouns[-1] > first + 2):
            first = nouns[-1]
            break
        else:
            return None
    while first < last and unit.lower(first) in TIME:  # "Last night a spokeswoman said"
        first += 1
    return first if first <= last and _can_speak(unit, first, last) else None


def _can_speak(unit: _Unit, first: int, last: int) -> bool:
    """Whether a phrase can be who speaks: a name, a noun with its determiner, a plural, or a known head noun."""
    head = unit.tokens[last]
    if head.lower in TIME | DETERMINER - {"both", "one", "some", "many", "most", "others"} or head.text[0].isdigit():
        return False
    if head.lower in {"nobody", "none", "nothing", "neither"}:
        return False
    if head.text[0].isupper() or unit.lower(first) in DETERMINER:
        return True
    return names.common(head.lower) or (head.lower.endswith("s") and not head.lower.endswith("ss"))


def _source_right(unit: _Unit, i: int, end: int) -> tuple[int, int] | None:
    """First and last token of a source that stands after its verb: "…," said Mayor Ilse Brandt."""
    comma_or_block = unit.is_block(i - 1) or (unit.lower(i - 1) == "," and i > 1)
    if not comma_or_block or end + 1 >= len(unit.tokens) or unit.tokens[i].lower.endswith("ing"):
        return None
    first = end + 1
    titled = next((k for k in range(first, min(first + 4, len(unit.tokens))) if unit.tokens[k].text[0].isupper()), None)
    words = [unit.lower(k) for k in range(first, titled or first)]  # "said harbour master Ilse Brandt"
    title = titled is not None and all(word.isalpha() and word not in OPENS_A_PHRASE | TIME for word in words)
    if not (title or unit.lower(first) in DETERMINER | PRONOUN or unit.lower(first).endswith("s")):
        return None
    last = _right_phrase(unit, first)
    return None if last is None else (first, last)


def _right_phrase(unit: _Unit, first: int, *, apposed: bool = True) -> int | None:
    """Last token of the noun phrase that begins at ``first``, its apposition included if that is wanted."""
    if unit.is_block(first) or not unit.tokens[first].text[0].isalnum():
        return None
    alone = PRONOUN - {"one", "it"} | {"him", "them", "me", "us"}
    if unit.lower(first) in alone or (unit.lower(first) == "her" and not unit.lower(first + 1).isalpha()):
        return first
    last = first
    limit = min(len(unit.tokens), first + _WINDOW)
    k = first + 1
    while k < limit:
        token = unit.tokens[k]
        if token.text == ",":
            closing = next(
                (j for j in range(k + 1, limit) if unit.tokens[j].text in {",", ".", ";", "—"} or unit.is_block(j)),
                None,
            )
            describes = unit.lower(k + 1) in {"a", "an", "the", "who", "his", "her"} or unit.lower(k + 2) in {
                "of",
                "for",
            }
            if apposed and closing is not None and describes and not _has_verb(unit, k + 2, closing):
                last = closing - 1
            break
        if not (token.text[0].isalnum() or token.text in {"&", "'", "’", "-", "$", "%"}):
            break
        if token.lower in NEVER_IN_A_SOURCE - {"by"} or token.lower in TIME - {"at", "in", "on", "may", "march"}:
            break
        if token.lower in {"on", "in", "at", "during"} and (
            unit.lower(k + 1) in TIME or unit.tokens[last].text[0].isupper()
        ):
            break
        if token.lower == "and" and not (k + 1 < limit and unit.tokens[k + 1].text[0].isupper()):
            break
        last = k
        k += 1
    return last


def _has_verb(unit: _Unit, first: int, stop: int) -> bool:
    forms = cues()
    return any(
        unit.lower(k) in {"is", "was", "were", "are", "had", "has"} or unit.lower(k) in forms
        for k in range(first, stop)
    )


def _quoted(unit: _Unit, first: int, cue: int, last: int) -> list[Span] | None:
    """The quotations that a source and cue (tokens ``first`` to ``last``) introduce, interrupt or close."""
    before = first - 1
    while before >= 0 and unit.lower(before) in {",", "as", "—", "–"}:
        before -= 1
    if unit.is_block(before):
        start = before
        while start > 0 and (
            unit.is_block(start - 1) or (unit.lower(start - 1) in {",", "and"} and unit.is_block(start - 2))
        ):
            start -= 1
        lead = unit.span_of(start, before)
        opening = _clause_start(unit, start - 1) if start else 0
        if start and opening < start and not any(unit.tokens[k].lower in cues() for k in range(opening, start)):
            lead = Span(unit.tokens[opening].start, lead.end)  # words before the marks belong to what is said
        after = unit.blocks(last + 1, len(unit.tokens) - 1)
        verbs = any(unit.tokens[k].lower in cues() for k in range(last + 1, len(unit.tokens)) if not unit.is_block(k))
        return [lead] if verbs else [lead, *after]
    at = last + 1
    while at < len(unit.tokens) and at <= last + 14 and not unit.is_block(at):
        if unit.lower(at) in {"that", ";"} or (
            unit.tokens[at].lower in cues() and not unit.tokens[at].lower.endswith("ing")
        ):
            return None
        if unit.tokens[at].text == ":" and unit.is_block(at + 1):
            return unit.blocks(at, len(unit.tokens) - 1)
        at += 1
    if unit.is_block(at) and (at == last + 1 or unit.lower(at - 1) in {",", ":"} or all(
            unit.lower(k) in TIME | {"the", "a"} for k in range(last + 1, at))):  # fmt: skip
        return unit.blocks(at, len(unit.tokens) - 1)
    return None


def _clause_start(unit: _Unit, i: int) -> int:
    """First token of the clause that holds token ``i``."""
    while i > 0 and unit.tokens[i - 1].text not in {";", ":", "—", "–"}:
        i -= 1
    return i


def _only_time(unit: _Unit, first: int) -> bool:
    """Whether nothing but a time, place or occasion is left of the sentence."""
    rest = range(first, unit.last_word() + 1)
    return len(rest) == 0 or (len(rest) <= 10 and (unit.lower(first) in TIME or unit.lower(first) in OPENS_A_PHRASE))


def _complement(unit: _Unit, cue: int, frames: str) -> list[Span] | None:
    """What follows a verb as its clause, infinitive or object."""
    last = unit.last_word()
    at = cue + 1
    while at <= last and (unit.lower(at) in TIME or unit.tokens[at].text.isdigit()) and unit.lower(at) != "this":
        at += 1
    if unit.lower(at) == "," and at > cue + 1:
        at += 1
    if at > last:
        return None
    horizon = min(last, cue + 16)
    that = next((k for k in range(at, horizon) if unit.lower(k) in {"that", "whether", "why", "how"}), None)
    comma = next((k for k in range(at, horizon) if unit.tokens[k].text in {",", ";"}), horizon + 1)
    if that is not None and that < comma:
        between = [unit.tokens[k].text for k in range(at, that)]
        addressed = "a" in frames and not any(word in cues() for word in between)
        occasion = "c" in frames and between[:1] != [] and between[0].lower() in OPENS_A_PHRASE | TIME
        if addressed or occasion or ("c" in frames and that == at):
            return [unit.span_of(that, last)]
    if "a" in frames:
        start = next((k for k in range(at + 1, min(last, cue + 9, comma)) if unit.is_block(k)
                      or unit.lower(k) in {"to", "not", "about", "against", "of"} | PRONOUN), None)  # fmt: skip
        return [unit.span_of(start, last)] if start is not None else None
    if "i" in frames and unit.lower(at) in {"to", "not"}:
        return [unit.span_of(at, last)]
    clause = (
        unit.lower(at) in _SUBJECT_WORDS
        or unit.tokens[at].text[0].isupper()
        or unit.is_block(at)
        or unit.lower(at).endswith("s")
    )
    if "c" in frames and (
        clause or ("q" in frames and unit.tokens[at].text[0].isalpha() and unit.lower(at) not in OPENS_A_PHRASE)
    ):
        return [unit.span_of(at, last)]
    if "n" in frames and unit.tokens[at].text[0] not in ".,;:)":
        stop = next((k - 1 for k in range(at + 1, last + 1) if unit.tokens[k].text in {",", ";", "—"}), last)
        return [unit.span_of(at, stop)]
    return None


def _carry(passage: Passage, number: int, own: Sequence[Quotation], found: list[Finding], before: int) -> None:
    """Gives a paragraph's quotations that no cue took to the speaker who was last heard."""
    starts = [quotation.span.start for quotation in own]
    taken: set[int] = set()
    speaker = None  # the paragraph's last finding with a source that holds a quotation
    for k in range(before, len(found)):
        for span in found[k].content:
            held = range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end))
            touched = [i for i in held if own[i].span.overlaps(span)]
            taken.update(touched)
            speaker = k if touched and found[k].source is not None else speaker
    for i, quotation in enumerate(own):
        if i in taken:
            continue
        if speaker is not None and found[speaker].content[-1].end <= quotation.span.start:
            found[speaker] = found[speaker]._replace(content=(*found[speaker].content, quotation.span))
            continue
        alone = not passage.text[passage.paragraphs[number].start : quotation.span.start].strip()
        earlier = next((k for k in range(before - 1, -1, -1) if found[k].cue is not None), None)
        if alone and earlier is not None:
            heard = found[earlier].follows if found[earlier].source is None else earlier
            found.append(Finding(None, None, (quotation.span,), "carried over from the speaker before", 0.6, heard))
