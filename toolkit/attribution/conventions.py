"""Attributions that conventions of writing show: a turn of a transcript, a name signed below, an adverb of hearsay."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np

from ..article import Span
from ..language.word_lists import word_class
from .attributions import Finding, Passage, cues
from .quotation_marks import SHORT
from .tagger import Labelled

# They hand on what others say; "supposedly" and "apparently" may be the writer's own guess.
_ADVERB = re.compile(r"\b(?:allegedly|purportedly|reportedly|reputedly)\b", re.IGNORECASE)
_BORDER = re.compile(
    r"[;:()—–“”\"]|,\s+(?=(?:who|which)\b)|,\s+(?:and|but|while|whereas|where|when|after|before|as|because|though)\b"
)
_COMMA = re.compile(r"[;:()—–“”\",]")
_GOVERNS = (" a ", " an ", " the ", " for ", " of ", " by ")  # "for allegedly lying", "an allegedly stolen car"
_SIGNS = "“”„«»‹›\"‘’'`, .:;!?"
_NAMED_AFTER = re.compile(r"\s+((?:an?|one|the)(?:\s+[\w'’-]+){1,4}?)(?=[.,;:!?]|\s*(?:\n|\Z))")
_HANDING = word_class("hands_on") | {"-", ":"}  # "spoke of", "referred to"
_BARE = word_class("no_end")
CONFIDENCE = 0.5  # an adverb alone shows it
_SIGNED = re.compile(  # — Ann Lee, mayor of Elm
    r"[ \u00a0]*(?:\n\s*)?[-–—―]{1,2}[ \u00a0]?"
    r"([A-Z@][\w.@’'-]*(?:[ \u00a0](?:[A-Z][\w.’'-]*|of|de|van|von|the)){0,5})"
    r"(?=(?:[.;]?[ \u00a0]*|(?:,|[ \u00a0](?:in|at|on|to|during)\b)[^\n]{1,160})(?:\n|\Z))"
)

_TWEETED = re.compile(  # — Ann Lee (@annlee) March 4, 2021
    r"[ \u00a0]*[-–—―]{1,2}[ \u00a0]?([^\n()—–―]{1,50}[ \u00a0]\(@\w{1,30}\))"
    r"[ \u00a0]*(?:on[ \u00a0])?[A-Z][a-z]+\.?[ \u00a0]\d{1,2},?[ \u00a0]\d{4}"
)
_CLOSING = " \u00a0\"”’'»"
_PARTS = 4  # paragraphs of a tweet at most

_LABEL = re.compile(  # "HART: Who knew?", “Ann Lee: I did.
    r"[\s“”„«»\"‘’']*((?:[A-ZÀ-ÖØ-Þ][\w.’'-]*(?:[ \u00a0](?=[A-ZÀ-ÖØ-Þ])|(?=:))){1,5}):[ \u00a0]+(?=\S)"
)
_VOICE = re.compile(r"\?|\b(?:I|[Mm]e|[Mm]y|[Yy]ou|[Yy]our|[Ww]e|[Oo]ur)\b")  # whoever speaks says so, or asks
_QUOTED = re.compile(r"(?<=.)(?:“[^”]*”|\"[^\"]*\")")
VOICED = 0.4  # share of a speaker's turns in which that is heard; in lists such as "Winner: the ferry" it is not
ASKS = 0.8  # share of questions among the turns of who asks: of 48 transcripts 13 have such a one, 12 a reporter
TURN = 0.9  # confidence: the form shows it, but a list may have it too


def dialogue(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with each turn that a dash opens given to whom the words after it name: — Fed? asked Ann."""
    own = []
    for quotation in passage.quotations:
        dashed = passage.text[quotation.span.start] in "—–―-"
        if dashed and (named := _said().match(passage.text, quotation.span.end)):
            source, cue = Span(*named.span(2)), Span(*named.span(1))
            own.append(Finding(source, cue, (quotation.span,), "named in a dialogue", TURN))
    return _without(found, sorted(span for one in own for span in (*one.content, one.source) if span)) + own


@cache
def _said() -> re.Pattern[str]:
    verbs = "|".join(sorted(re.escape(form) for form, (_, _, frames) in cues().items() if "q" in frames))
    return re.compile(
        rf"\s*[—–―]?\s*({verbs})\s+"
        r"([A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,4}|(?:an?|one|the)(?:\s+[\w'’-]+){1,4}?|s?he|they)"
        r"(?=[.,;:!?]|\s*[—–―\n]|\s*\Z)"
    )


def turns(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with each turn of a transcript given to the name before its colon.

    A transcript has two speakers or more who come back, and most of whose turns say "I" or "you" or ask something. What
    was found in a turn goes: attributions inside it are looked for anew. Paragraphs between turns go on with the turn
    before where they speak so too, or open with a quotation mark as that turn did.
    """
    text, paragraphs = passage.text, passage.paragraphs
    labels = {i: match for i, one in enumerate(paragraphs) if (match := _LABEL.match(text, *one))}
    by_name: dict[str, list[int]] = defaultdict(list)
    for i, match in labels.items():
        by_name[match[1]].append(i)
    speakers = {
        name
        for name, at in by_name.items()
        if len(at) > 1 and sum(_voiced(text[labels[i].end() : paragraphs[i].end]) for i in at) >= VOICED * len(at)
    }
    if len(speakers) < 2:
        return list(found)
    at = sorted(i for name in speakers for i in by_name[name])
    if all(name.isupper() for name in speakers):  # then others who speak once are told by their capitals
        at = [i for i, match in labels.items() if at[0] <= i <= at[-1] and match[1].isupper()]
    out = []
    for i, following in zip(at, [*at[1:], at[-1] + 1], strict=True):
        head, words = labels[i], [Span(labels[i].end(), paragraphs[i].end)]
        for more in paragraphs[i + 1 : following]:
            marked = text[more.start] in _SIGNS and text[paragraphs[i].start] in _SIGNS
            if not (marked or _voiced(more.of(text))) or "(" in text[more.start : more.start + 2]:
                break
            words.append(more)
        source, cue = Span(*head.span(1)), Span(head.end(1), head.end(1) + 1)
        out.append(Finding(source, cue, tuple(words), "a turn of a transcript", TURN))
    rest = _without(found, sorted(span for one in out for span in (one.source, *one.content) if span))
    return rest + _answers(text, out)


def _answers(text: str, found: Sequence[Finding]) -> list[Finding]:
    """The turns without those of the only one who asks: the interviewer speaks for the outlet."""
    asks = defaultdict[str, list[bool]](list)
    for one in found:
        if one.source is not None:
            asks[one.source.of(text)].append(one.content[-1].of(text).rstrip(_CLOSING).endswith("?"))
    askers = [name for name, own in asks.items() if len(own) > 1 and sum(own) >= ASKS * len(own)]
    return [one for one in found if not (len(askers) == 1 and one.source and one.source.of(text) == askers[0])]


def _voiced(words: str) -> bool:
    """Whether somebody is heard to speak, apart from quotations further on in the words."""
    return bool(_VOICE.search(_QUOTED.sub("", words)))


def _without(found: Sequence[Finding], taken: Sequence[Span]) -> list[Finding]:
    """The findings outside some stretches; contents that reach in are left out."""

    def free(span: Span | None) -> bool:
        before = bisect_left(taken, (span.end,)) if span else 0  # they are sorted and don't overlap
        return span is None or not before or taken[before - 1].end <= span.start

    kept: dict[int, Finding] = {}
    for i, one in enumerate(found):
        content = tuple(filter(free, one.content))
        if content and free(one.source) and free(one.cue):
            kept[i] = one._replace(content=content)
    places = {old: new for new, old in enumerate(kept)}
    return [one._replace(follows=None if one.follows is None else places.get(one.follows)) for one in kept.values()]


def signed(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with those quotations given to their signer that fill a paragraph with a name signed below.

    A quotation whose own paragraph has a cue is left alone.
    """
    out = tweets(passage, found)
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


def tweets(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with each embedded tweet given to the name below it: No. — Ann Lee (@annlee) May 4, 2021.

    What was found in it goes: attributions inside it are looked for anew.
    """
    text, paragraphs = passage.text, passage.paragraphs
    own: list[Finding] = []
    taken: set[Span] = set()
    for i, paragraph in enumerate(paragraphs):
        start = paragraph.start
        for signature in _TWEETED.finditer(text, *paragraph):
            parts = [Span(start, signature.start())]
            if not text[start : signature.start()].strip(_SIGNS):
                parts = [paragraphs[i - 1]] if i else []
            for k in range(i if start == paragraph.start else 0, max(0, i - _PARTS), -1):
                apart = "\n\n\n" in text[paragraphs[k - 1].end : paragraphs[k].start]  # a blank line inside a tweet
                if not apart or _TWEETED.search(text, *paragraphs[k - 1]):
                    break
                parts.insert(0, paragraphs[k - 1])
            parts = [part for part in dict.fromkeys(parts) if part not in taken]
            taken.update(parts)
            if parts:
                own.append(Finding(Span(*signature.span(1)), None, tuple(parts), "signed below the tweet", TURN))
            start = signature.end()
    return _without(found, sorted(span for one in own for span in (*one.content, one.source) if span)) + own


def named_after(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with the source that stands right after its cue: “And the fence?” asked a visitor."""
    out = list(found)
    ends = {quotation.span.end for quotation in passage.quotations}
    for i, one in enumerate(out):
        if one.source is None and one.cue:
            told = max((part.end for part in one.content if part.end <= one.cue.start), default=-1)
            named = _NAMED_AFTER.match(passage.text, one.cue.end)
            if named and told in ends and not passage.text[told : one.cue.start].strip(" \u00a0—–―"):
                out[i] = one._replace(source=Span(*named.span(1)))
    return out


def echoes(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings, without those that hand on words in scare quotes alone by a verb of no saying.

    "The panel discussed the “deep state”" attributes nothing; "she called it a “mess”" and "she spoke of a “mess”" do.
    """
    terms = [quotation.span for quotation in passage.quotations if quotation.kind in {"term", "title"}]
    starts = [span.start for span in terms]
    out = []
    for one in found:
        rest, quoted = "", False
        for part in one.content:
            at = part.start
            for term in terms[bisect_left(starts, part.start) : bisect_left(starts, part.end)]:
                rest, at, quoted = rest + passage.text[at : term.start], term.end, True
            rest += passage.text[at : part.end]
        cue = re.findall(r"\w+|\S", one.cue.of(passage.text).lower()) if one.cue and quoted else []
        plain = cue and cue[-1] not in _HANDING and _BARE.issuperset(re.findall(r"\w+", rest.lower()))
        if not plain or any(word in cues() for word in cue):
            out.append(one)
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
