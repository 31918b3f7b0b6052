"""Quotation marks, and the quoted runs between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import NamedTuple

from ..article import Span, touching
from ..language import word_lists

SHORT = 4  # words; below this a run in mid-sentence can't be told from a scare quote by its form


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted run: ``span`` with its marks, ``content`` without them.

    ``paragraph`` is the index of its paragraph; ``closed`` is False where the mark was never closed and the run was
    ended with the paragraph; ``continued`` is True where the run goes on from the paragraph before (each opens, only
    the last closes). ``kind``: ``speech``, ``document`` (quotes a text), ``term`` (scare quote, echo), ``title`` (of
    a work). Only the first two count as quotation.
    """

    span: Span
    content: Span
    paragraph: int
    closed: bool
    kind: str
    continued: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    family: str
    role: str  # open, close, either


_MARKS = re.compile(r"'{2,3}|’{2,3}|``|‘‘|´´|<<|>>|(?<![\w,]),,(?=\w)|[“”„‟❝❞〝〞〟«»\"＂″‶「」『』‘’‚‛‹›'`´′]")
_SIGNS = {  # by family; those of one open and close each other
    "curly": "“ ” ‟ ❝ ❞ 〝 〞 〟",
    "low": "„ ,,",
    "angle": "« » << >>",
    "straight": '" ＂ ″ ‶',
    "doubled": "'' `` ‘‘ ’’ ´´",
    "corner": "「 」",
    "corners": "『 』",
    "single": "‘ ’ ‚ ‛ ‹ › ` ´ ′",
    "apostrophe": "'",
}
_FAMILY = {sign: family for family, signs in _SIGNS.items() for sign in signs.split()}
_CLOSERS = {"curly": {"curly", "straight", "doubled"}, "low": {"low", "curly", "straight", "doubled"},
            "angle": {"angle"}, "straight": {"straight", "curly", "doubled"},
            "doubled": {"doubled", "straight", "curly"}, "corner": {"corner"}, "corners": {"corners"},
            "single": {"single", "apostrophe"}, "apostrophe": {"apostrophe", "single"}}  # fmt: skip
_SINGLE = frozenset({"single", "apostrophe"})
_FIXED = dict.fromkeys("“„‟❝〝«「『‘‚‛‹`", "open") | dict.fromkeys("”❞〞〟»」』›", "close")
_FIXED |= {",,": "open", "``": "open", "‘‘": "open", "’’": "close", "<<": "open", ">>": "close"}
_UPRIGHT = frozenset("❝❞〝〞〟「」『』")  # their shape alone tells the direction
_BEFORE = "([{—–-/"
_TRAILS = re.compile(r"[,;:.!?)\]}]{1,2}(?:\s|\Z)")  # ends what stands before: a mark in front of it closes
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|cos|n|bout|round|ere)\b", re.IGNORECASE)
_TURN = re.compile(r"\s*((?:[—–―]|-(?=\s))\s*)(?=[\w¿¡])")
_RESUMED = re.compile(r"[—–―][.,;:]?\s*(?=\w)")
_FEET = re.compile(r"\d['′’]\s?\d{1,2}(?:\.\d+)?$")
_WORK = re.compile(
    r"\b(?:book|novel|film|movie|song|album|single|play|show|series|podcast|poem|painting|documentary|essay|musical"
    r"|opera|memoir|titled|entitled|called|named|dubbed|ship|ferry|trawler|programme|program)\W{0,2}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[^\s—–]*")


def find(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The quoted runs of the paragraphs, in order and disjoint; a quotation inside a quotation belongs to the outer.

    Marks: “ ” " ‘ ’ ' « » „ “, ``''`` and ''…'', 「 」, their look-alikes (‟ ″ ＂ ` ´), with blanks inside or without,
    and the dashes before the turns of a dialogue. Apostrophes, feet and inches, bullets are none. A run never crosses
    a paragraph; one left open where the next paragraph opens again is a running quotation, any other is not
    ``closed``.
    The kinds are judged from form alone; `settle` judges them again once the attributions are known.

    >>> text = "The 6'2\\" mayor said: “I won't go. ‘Never’ is my word.”"
    >>> [quotation.content.of(text) for quotation in find(text, [Span(0, len(text))])]
    ["I won't go. ‘Never’ is my word."]
    """
    found: list[Quotation] = []
    running = False  # whether the paragraph before left a run open that goes on here
    turns = _dialogue(text, paragraphs)
    for number, paragraph in enumerate(paragraphs):
        if number in turns:
            found += turns[number]
            running = False
            continue
        goes_on, running = running, False
        following = text[slice(*paragraphs[number + 1])].lstrip()[:2] if number + 1 < len(paragraphs) else ""
        for opening, closing in _runs(text, paragraph, following):
            content = Span(opening.end, paragraph.end if closing is None else closing.start)
            if not _WORD.search(text, *content):
                continue
            span = Span(opening.start, content.end if closing is None else closing.end)
            running = closing is None and following.startswith(text[opening.start : opening.end])
            kind = "speech" if goes_on or running else _shape(text, span, content, paragraph)
            closed = running or (closing is not None and closing.end > closing.start)
            found.append(Quotation(span, content, number, closed, kind, continued=goes_on))
            goes_on = False
    return tuple(found)


def settle(found: Sequence[Quotation], *, spoken: Sequence[Span], written: Sequence[Span]) -> tuple[Quotation, ...]:
    """The runs with their kinds judged again, once it is known who is quoted.

    ``spoken``: contents that consist of one quotation and have a cue; ``written``: contents attributed to a document
    or a medium.
    """
    whole, in_writing = set(spoken), touching(written)
    out = []
    for quotation in found:
        kind = quotation.kind
        if kind == "term" and quotation.span in whole:
            kind = "speech"
        if kind == "speech" and in_writing(quotation.content):
            kind = "document"
        out.append(replace(quotation, kind=kind))
    return tuple(out)


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """The signs of a paragraph that may be quotation marks, with the direction that their neighbours give."""
    out = []
    low = False  # whether „ waits for its “
    for match in _MARKS.finditer(text, *paragraph):
        start, end = match.span()
        sign = match.group()
        if sign in {"'''", "’’’"}:  # a single mark opens or closes inside a doubled one
            inner_first = start > paragraph.start and not text[start - 1].isspace()
            start, end = (start + 1, end) if inner_first else (start, end - 1)
            sign = sign[:2]
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        trails = not after.isalnum() and (after.isspace() or _TRAILS.match(text, end, paragraph.end) is not None)
        opens = (before.isspace() or before in _BEFORE) and not trails
        closes = not before.isspace() and before not in "([{" and not after.isalnum()
        family = _FAMILY[sign]
        if family in _SINGLE and ((before.isalnum() and after.isalnum()) or (opens and _ELIDED.match(text, end))):
            continue  # an apostrophe: won't, '90s
        if sign in {'"', "''", "″"} and _FEET.search(text[max(paragraph.start, start - 10) : start]):
            continue  # 6'2"
        if sign in "′‵" and before.isdigit():
            continue  # 6′
        role = "open" if opens and not closes else "close" if closes and not opens else _FIXED.get(sign, "either")
        if sign in _UPRIGHT:
            role = _FIXED[sign]
        if family == "low" or (sign == "“" and low):
            low = family == "low"
            role = "open" if low else "close"
        out.append(_Mark(start, end, family, role))
    return out


def _runs(text: str, paragraph: Span, following: str) -> Iterator[tuple[_Mark, _Mark | None]]:
    """Opening and closing marks of a paragraph's outermost runs.

    A closing mark of no width ends a run that a second opening mark cut short; None: it ends with the paragraph.
    """
    marks = _marks(text, paragraph)
    later = _later_openings(marks)
    at = 0
    quoted_before: set[str] = set()  # the families of marks that this paragraph has used in pairs
    while at < len(marks):
        opening = marks[at]
        sign = text[opening.start : opening.end]
        digits = opening.family == "straight" and text[opening.start - 1 : opening.start].isdigit()  # 12" pipes
        if opening.role == "close" or digits:
            at += 1
            continue
        again = later[at]
        closer = _closer(text, marks, at)
        goes_on = following.startswith(sign)
        before = _last_sign(text, paragraph.start, opening.start)
        if closer is None and not goes_on and before in {"", ":", ","}:
            closer = _slip(text, marks, at, len(marks) if again is None else again)
        if closer is not None:
            quoted_before.add(opening.family)
            yield opening, marks[closer]
            at = closer + 1
            continue
        if opening.family in _SINGLE:  # may be an apostrophe: believed where a quotation is announced
            announced = before in {"", ":", ","}
            certain = opening.family == "single" or goes_on
            resumed = opening.family in quoted_before and before in {".", "!", "?"}
            if opening.role == "open" and again is None and (resumed or (announced and certain)):
                yield opening, None
                return
            at += 1
        elif opening.family == "angle" and not goes_on and not text[opening.end : opening.end + 1].isalnum():
            at += 1  # the arrow of a link
        elif sign in {"»", ">>"} and not goes_on:
            at += 1  # a bullet
        elif again is None:
            yield opening, None
            return
        else:
            end = marks[again].start
            yield opening, _Mark(end, end, opening.family, "close")
            at = again


def _later_openings(marks: Sequence[_Mark]) -> list[int | None]:
    """For each mark the next one of its family that opens."""
    out: list[int | None] = [None] * len(marks)
    known: dict[str, int] = {}
    for k in range(len(marks) - 1, -1, -1):
        out[k] = known.get(marks[k].family)
        if marks[k].role == "open":
            known[marks[k].family] = k
    return out


def _last_sign(text: str, start: int, end: int) -> str:
    """The last sign of a stretch that is no blank; "" if there is none."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return text[end - 1] if end > start else ""


def _closer(text: str, marks: Sequence[_Mark], at: int) -> int | None:
    """Index of the mark that closes ``marks[at]``; None if another of its kind opens first, or there is none.

    Lacking a better one, it is the last that closes a quotation inside, in marks of another kind.
    """
    family = marks[at].family
    depth = 1
    spare = None
    inside = dict.fromkeys(_CLOSERS[family], 0)  # what else stands open, by family
    for k in range(at + 1, len(marks)):
        mark = marks[k]
        if mark.family not in inside:
            continue
        if mark.role == "open":
            if mark.family != family:
                inside[mark.family] += 1
            elif not _closes_twice(text, marks, k):
                return spare
            else:
                depth += 1
        elif inside[mark.family]:
            inside[mark.family] -= 1
            spare = k
        elif not (family in _SINGLE and _possessive(text, marks, k)):
            if "doubled" in (family, mark.family) and family != mark.family and mark.role != "close":
                continue
            depth -= 1
            if not depth:
                return k
    return spare


def _closes_twice(text: str, marks: Sequence[_Mark], at: int) -> bool:
    """Whether two closing marks follow before the next opening one: then ``marks[at]`` opens inside a quotation."""
    family = marks[at].family
    closing = 0
    for k in range(at + 1, len(marks)):
        if marks[k].family in _CLOSERS[family]:
            if marks[k].role == "open":
                return False
            closing += not (family in _SINGLE and _possessive(text, marks, k))
            if closing == 2:
                return True
    return False


def _possessive(text: str, marks: Sequence[_Mark], at: int) -> bool:
    """Whether a single mark is the apostrophe of "the workers' demands", the quotation going on to a later mark."""
    mark = marks[at]
    if text[mark.start - 1 : mark.start] not in {"s", "S"} or not re.match(r"\s+\w", text[mark.end : mark.end + 9]):
        return False
    for k in range(at + 1, len(marks)):
        if marks[k].family in _SINGLE:
            return marks[k].role != "open"
    return False


def _slip(text: str, marks: Sequence[_Mark], at: int, stop: int) -> int | None:
    """Index of the mark that closes by a slip what one of the other width opened: "We are done,' he said."""
    single = marks[at].family in _SINGLE
    depth = 0
    for k in range(at + 1, stop):
        if (marks[k].family in _SINGLE) != single:
            if marks[k].role == "open":
                depth += 1
            elif depth:
                depth -= 1
            elif marks[k].role == "close" and text[marks[k].start - 1] in ",.!?":
                return k
    return None


@cache
def _tag() -> re.Pattern[str]:
    """The words that give a turn to its speaker: ", said Ann", "? asked a man", " —said Ann", ", Ann said."."""
    forms = [form for _, _, frames, words in word_lists.rows("cues.tsv") if "q" in frames for form in words.split()]
    verb = f"(?:{'|'.join(sorted(re.escape(form.replace('_', ' ')) for form in forms))})"
    return re.compile(
        rf"(?:(?<=[,?!….])\s+|\s*[—–―]\s*)(?P<inverted>{verb}\s+(?:[A-Z]|(?:the|an?|one|he|she|they|his|her)\b))"
        rf"|(?<=[,?!…])\s+(?:[A-Z][\w.'’-]*\s+){{1,3}}{verb}(?=[.,]|\s*\Z)"
    )


def _dialogue(text: str, paragraphs: Sequence[Span]) -> dict[int, list[Quotation]]:
    """The turns of dialogues written with dashes, by paragraph: two in a row or more, one of them with "said Ann".

    A turn goes to the words that name the speaker, and on where a dash closes them.
    """
    turns: dict[int, list[Quotation]] = {}
    heads = [_TURN.match(text, *paragraph) for paragraph in paragraphs]
    for told, group in groupby(range(len(paragraphs)), key=lambda number: heads[number] is not None):
        numbers = list(group)
        if not told or len(numbers) < 2:
            continue
        tags = [_tag().search(text, *paragraphs[number]) for number in numbers]
        if not any(tag and tag["inverted"] for tag in tags):
            continue
        for number, tag in zip(numbers, tags, strict=True):
            head, end = heads[number], paragraphs[number].end
            if head is None:
                continue
            stop = tag.start() if tag else end
            span = Span(head.end() - len(head[1]), stop)
            turns[number] = [Quotation(span, Span(head.end(), stop), number, True, "speech")]
            resumed = _RESUMED.search(text, tag.end(), end) if tag else None
            if resumed:
                content = Span(resumed.end(), end)
                turns[number].append(Quotation(content, content, number, True, "speech", continued=True))
    return turns


def _shape(text: str, span: Span, content: Span, paragraph: Span) -> str:
    """The kind that the form of a run shows: title, term or speech."""
    words = _WORD.findall(text, *content)
    before = text[max(paragraph.start, span.start - 40) : span.start].rstrip()
    inner = text[slice(*content)].rstrip()
    sentence = inner[-1] in ".!?…,;'’”"
    capitals = [word for word in words if word[0].isupper() or word[0].isdigit()]
    small = word_lists.word_class("small_in_a_title")
    titled = words[0] in capitals and len(capitals) + sum(word in small for word in words) == len(words)
    work = _WORK.search(before) is not None
    if titled and len(words) < 10 and (work or (len(capitals) > 1 and inner[-1] not in ".!?…")):
        return "title"
    begins = not before or before[-1] in ".!?:,…" or before[-1] in '”"'
    if len(words) < SHORT and not (sentence and begins):
        return "term"
    return "speech"
