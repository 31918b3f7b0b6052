"""Right of reply: whom the article accuses or doubts, and whether their answer stands in it.

Candidates to look at, with the words that speak for them; never a verdict on the article or on anybody in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from ..analysis import Analysis
from ..article import Span, touching
from ..attribution import attributions
from ..attribution.tagger import one_thread
from ..language import word_lists
from ..language.word_lists import word_class
from . import accused, mentions
from .accused import STATUSES
from .mentions import Mention

POINT = 5  # where grammar tells an accusation in one of so many sentences, it is what the text is about
REACH = 6  # words between an accusing word and the accused

_BE = word_class("be")
_BY = word_class("after_a_passive")
_NOT = word_class("negation")
_FROM = (" from ", " in ", " at ", " near ")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Reply:
    """Somebody whom the article accuses or doubts, and what it gives of their answer.

    ``accused``: the words that accuse or doubt them; ``status``: the first of `STATUSES` that holds; ``evidence``: the
    words that show it (none when absent); ``why``: both in a sentence.
    """

    name: str
    accused: tuple[Span, ...]
    status: str
    evidence: tuple[Span, ...]
    why: str


@dataclass(slots=True)
class _Found:
    cues: list[Span] = field(default_factory=list)
    shown: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    told: list[str] = field(default_factory=list)  # what is seen of their words


def replies(analysis: Analysis) -> tuple[Reply, ...]:
    """Whom the body accuses or doubts, in the order of the first accusing word, and whether their answer stands in it.

    Who is accused was learnt from coded articles (`accused`): somebody near whom accusing words stand, by what is seen
    around them. An answer is looked for in the whole article: words attributed to the accused or to their lawyer or
    spokesman, a denial, a refusal, an attempt to reach them; which of these counts was learnt as well.

    >>> from toolkit import analyze
    >>> found = replies(analyze("Voss accused Ada Pike of fraud. Pike declined to comment."))
    >>> [(reply.name, reply.status) for reply in found]
    [('Ada Pike', 'declined')]
    """
    return analysis.once(_replies)


@one_thread()
def _replies(analysis: Analysis) -> tuple[Reply, ...]:
    weights = accused.shipped()
    out = []
    for one, shown, told in scene(analysis):
        if said := judged(one, shown, told, weights):
            status, sure = said
            out.append(_reply(analysis.article.text, one, sure, status, shown.get(status, [])))
    return tuple(sorted(out, key=lambda reply: reply.accused[0]))


def judged(
    one: accused.Candidate, shown: Container[str], told: Sequence[str], weights: accused.Weights
) -> tuple[str, str] | None:
    """The status of somebody's answer and how sure it is that they are accused; None if they seem not to be."""
    if one.pointed:
        return next((status for status in STATUSES if status in shown), "absent"), "the accusation is the text"
    chance = accused.chance(one.seen, weights.accused)
    if chance < accused.CUT:
        return None
    return accused.answer(one.seen, told, shown, weights.status), f"likely by {chance:.2f} of 1"


def scene(analysis: Analysis) -> list[tuple[accused.Candidate, dict[str, list[Span]], list[str]]]:
    """Everybody who may be accused, with what the article has of their answers.

    That is status -> the words, and what is seen of these.
    """
    text = analysis.article.text
    cues = [list(_cues(text, sentence)) for sentence in analysis.sentences]
    cast = mentions.find(analysis)
    ruled: dict[Span, list[str]] = defaultdict(list)
    by_rule: dict[Span, list[Span]] = defaultdict(list)
    for sentence, near, accusing in zip(analysis.sentences, cast, cues, strict=True):
        frames = dict(accusing)
        for mention, cue in _accused(text, sentence, near, accusing):
            ruled[mention.span].append(frames[cue].partition(":")[0])
            by_rule[mention.span].append(cue)
    own = mentions.key(analysis.article.outlet)
    found: dict[str, _Found] = {}
    met = []
    for one in accused.candidates(analysis, cast, cues, ruled):
        if own and mentions.key(one.name) == own:
            continue
        words = sorted(cue for _, place in one.places for cue in by_rule.get(place, ()))
        told_in = {i for i, place in one.places if place in by_rule}
        pointed = bool(told_in) and one.called and POINT * len(told_in) >= len(analysis.sentences)
        one = one._replace(words=tuple(dict.fromkeys(words)) or one.words, pointed=pointed)
        met.append(one)
        same = _Found(cues=words)
        found |= dict.fromkeys(one.names, same)
    if found:
        _answers(analysis, cast, found)
    return [(one, {k: v for k, v in found[one.name].shown.items() if v}, found[one.name].told) for one in met]


def _reply(text: str, one: accused.Candidate, sure: str, status: str, shown: Sequence[Span]) -> Reply:
    evidence = tuple(dict.fromkeys(sorted(shown)))
    words = ", ".join(dict.fromkeys(" ".join(cue.of(text).split()) for cue in one.words))
    said = ", ".join(dict.fromkeys(" ".join(span.of(text).split()) for span in evidence))
    if len(said) > 120:
        said = f"{said[:117].rsplit(' ', 1)[0]} …"
    why = f"accused or doubted: {words}; " + (f"{status.replace('_', ' ')}: {said}" if said else "no answer found")
    return Reply(one.name, one.words, status, evidence, f"{why}; {sure}")


@cache
def _forms() -> dict[str, str]:
    """Accusing form -> frame: where the accused stands."""
    return {
        form.replace("_", " "): frame
        for _, frame, forms in word_lists.rows("accusations.tsv")
        for form in forms.split()
    }


@cache
def _openings() -> dict[str, int]:
    """First word of the accusing forms -> most words that such a form has."""
    out: dict[str, int] = {}
    for form in _forms():
        first, *rest = form.split()
        out[first] = max(out.get(first, 1), 1 + len(rest))
    return out


def _cues(text: str, sentence: Span) -> Iterator[tuple[Span, str]]:
    """The accusing words of a sentence, the longest form at each place, and their frames."""
    tokens = [Span(*match.span()) for match in _TOKEN.finditer(text, *sentence)]
    done = 0
    for i, token in enumerate(tokens):
        for length in range(_openings().get(token.of(text).lower(), 0) if i >= done else 0, 0, -1):
            span = Span(token.start, tokens[min(i + length, len(tokens)) - 1].end)
            frame = _forms().get(" ".join(span.of(text).lower().split()))
            if frame:
                if frame != "none":
                    yield span, frame
                done = i + length
                break


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((status, re.compile(pattern)) for status, pattern in word_lists.rows("replies.tsv"))


def _accused(
    text: str, sentence: Span, cast: Sequence[Mention], cues: Sequence[tuple[Span, str]]
) -> Iterator[tuple[Mention, Span]]:
    """Each mention of an accused in a sentence, with the words that accuse."""
    starts = [match.start() for match in _TOKEN.finditer(text, *sentence)] if cues else []
    another = next((i for i, m in enumerate(cast) if m.name != cast[0].name), len(cast))
    for cue, frames in cues:  # of a sentence without end only what stands near is looked at
        frame, _, needed = frames.partition(":")
        earlier = bisect_right(cast, cue.start, key=lambda m: m.span.end)
        before = cast[max(0, earlier - 2) : earlier]
        if len(before) > 1 and text.endswith(_FROM, sentence.start, before[-1].span.start):
            before = before[:-1] if before[-2].name else []  # "a man from Elm was accused"
            earlier -= 1
        later = bisect_left(cast, cue.end, key=lambda m: m.span.start)
        after = cast[later : later + 2]
        lead = _before(text, starts, cue.start)[-5:]
        if any(word in _NOT or word.endswith(("n't", "n’t")) for word in lead):
            continue
        determined = bool(lead) and lead[-1] in word_lists.word_class("determiner")
        if determined and cue.of(text).lower() in {"suspect", "suspects"}:
            continue  # "the suspect"
        if len(after) > 1 and after[0].owns and after[0].span.end + 3 >= after[1].span.start:
            after = after[1:]  # "Channel Six's Mara Voss"
        rest = _tokens(text, cue.end, sentence.end, 1)
        passive = cue.of(text).lower().endswith(("ed", "en")) and (bool(_BE & set(lead)) or bool(_BY & set(rest)))
        if frame == "misdeed":
            if _told(text, starts, before, cue, alone=earlier <= another):
                yield before[-1], cue
        elif frame == "subject" or (passive and frame in {"object", "owner"}):
            if before and _gap(text, before[-1].span, cue) <= REACH:
                yield before[-1], cue
        elif after and _gap(text, cue, after[0].span) <= {"clause": REACH, "object": 1}.get(frame, 0):
            if re.search(r"[,;:.]", text[cue.end : after[0].span.start]):
                continue
            then = _tokens(text, after[0].span.end, sentence.end, REACH)
            if (frame != "owner" or after[0].owns) and (not needed or set(needed.split(",")) & set(then)):
                yield after[0], cue


def _told(text: str, starts: Sequence[int], before: Sequence[Mention], cue: Span, *, alone: bool) -> bool:
    """Whether another one says it of the last mention: "Voss said Pike had lied"; ``alone``: no other is mentioned."""
    if not before or _gap(text, before[-1].span, cue) > 3:
        return False
    said = [word for word in _before(text, starts, before[-1].span.start) if word != "that"]
    itself = alone and before[-1].span.of(text).lower() in mentions.PRONOUN
    return len(said) > 1 and "c" in attributions.cues().get(said[-1], ("", "", ""))[2] and not itself


def _tokens(text: str, start: int, end: int, most: int) -> list[str]:
    """The first words of a stretch, in small letters."""
    return [match.group().lower() for match in islice(_TOKEN.finditer(text, start, end), most)]


def _before(text: str, starts: Sequence[int], at: int) -> list[str]:
    """The last words of a sentence before a place, some ten at least; ``starts``: where its words begin."""
    first = bisect_left(starts, at) - 12
    return _tokens(text, starts[max(0, first)], at, 13) if starts else []


def _gap(text: str, one: Span, other: Span) -> int:
    """How many words stand between two spans; what is more than `REACH` is not counted."""
    return len(_tokens(text, one.end, other.start, REACH + 1))


def _answers(analysis: Analysis, cast: Sequence[Sequence[Mention]], found: dict[str, _Found]) -> None:
    """Gives the accused what the article has of their answers."""
    text = analysis.article.text
    low = text.lower() if len(text.lower()) == len(text) else text  # offsets must hold
    silent = {cue for one in found.values() for cue in one.cues}  # an accusation, or a refusal, is no answer
    for sentence, here in zip(analysis.sentences, cast, strict=True):
        for status, pattern in _patterns():
            for match in pattern.finditer(low, *sentence) if status != "content" else ():
                span = Span(*match.span())
                left = bisect_left(here, span.end, key=lambda m: m.span.start)
                for who in {here[left - 1].name, here[left - 1].speaks_for} if left else ():
                    if who in found:
                        found[who].shown[status].append(span)
                if status != "denied":
                    silent.add(span)
    every = [m for here in cast for m in here]
    ends: dict[str, set[str]] = defaultdict(set)
    for name in found:
        ends[mentions.key(name).rpartition(" ")[2]].add(name)
    known = {end: min(names) for end, names in ends.items() if len(names) == 1}  # "the administration"
    known |= {mentions.key(name): name for name in found}
    no_answer = touching(silent)
    for source in analysis.sources:
        for index in source.attributions:
            a = analysis.attributions[index]
            itself = known.get(mentions.key(source.name)) or _speaker(source.name, a.source, every, found)
            speaker = itself or known.get(mentions.key(source.affiliation))  # "a board official"
            if speaker is None or (a.cue and no_answer(a.cue)):
                continue
            content = " ".join(span.of(low) for span in a.content)
            denies = a.stance == "denial" or any(k == "content" and p.search(content) for k, p in _patterns())
            status = "denied" if denies and a.kind == "indirect" else "quoted"
            found[speaker].told += [f"stance {a.stance}", f"words {a.kind}", *["denies"] * denies]
            found[speaker].told += ["member"] * (itself is None)
            first = min(found[speaker].cues, default=None)
            found[speaker].told += ["after"] * bool(first and first < a.content[0])
            accuses = any(True for span in a.content for _ in _cues(text, span))
            found[speaker].told += ["of accusing"] * accuses
            found[speaker].shown[status] += [a.cue] if a.cue and a.stance == "denial" else a.content


def _speaker(name: str, source: Span | None, cast: Sequence[Mention], found: Mapping[str, _Found]) -> str | None:
    """Which of the accused speaks under a pronoun, or through a lawyer or spokesman."""
    if source is None:
        return None
    first, stop = (bisect_left(cast, at, key=lambda m: m.span.start) for at in source)
    for m in cast[first:stop]:
        if source.covers(m.span):
            if m.speaks_for in found:
                return m.speaks_for
            if m.name in found and mentions.key(name) in mentions.PRONOUN:
                return m.name
    return None
