"""From labelled tokens to findings: which source and which content belong to which cue.

Three choices, each among a few candidates, by weights that were learnt from coded articles: the cue of each content,
the source of each cue, and the source of a content that has no cue. `Scene` lists the candidates and what is seen of
them, for the training too.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple

from ..article import Span
from ..language import segmentation
from ..language.reasons import reasons
from . import conventions, engines, quotation_marks
from .attributions import ASIDE, Annotator, Finding, Passage, cues
from .pieces import ROLES, pieces, reconciled
from .tagger import Labelled, Network

DEEPEST = 2  # attributions inside attributions inside attributions
_AROUND = "“”„«»‹›\"‘’'`, "
_ENDS = f"{_AROUND}.:;!?)"
_STOP = re.compile(r"(?<=\w\w\w)(?<!\b(?:Inc|Ltd))(?<!\bCorp)\.\Z")
_THAT = re.compile(r"^that\s+[“”\"‘’']*", re.IGNORECASE)  # it joins a clause to the cue before it
# Words before which no verb of somebody else's saying stands, but a noun, an infinitive or the speaker's own verb.
_NOBODY = frozenset("a an any each her his i its my no of our some the their these this those to we your".split())
NEAR = 2  # how many candidates on either side are looked at
_STEPS = (1, 2, 3, 5, 8, 13, 21, 34)  # distances that are told apart, in tokens


class Findings(list[Finding]):
    """What a tagger's labels come to, with the labels: who the sources are is told from its states as well."""

    labelled: Labelled


class Choice(NamedTuple):
    """One decision: what is asked, the numbers of the candidate pieces (None: none of them), what each shows, and the
    number of the piece that it is about."""

    question: str
    candidates: list[int | None]
    seen: list[list[str]]
    at: int


Chooser = Callable[[Choice], tuple[int | None, float]]


def by_tagger(tagger: Network | None = None) -> Annotator:
    """The annotator of a trained tagger; of the default engine's if none is given.

    Contents are looked into in turn, as texts of their own, for the attributions to others inside them.
    """
    tagger = tagger or engines.tagger()

    def annotate(passage: Passage) -> Findings:
        labelled = tagger(passage)
        found = link(passage, labelled, tagger.links)
        found = conventions.echoes(passage, conventions.named_after(passage, found))
        found = conventions.turns(passage, conventions.dialogue(passage, found))
        found = inside = conventions.signed(passage, found)
        for _ in range(DEEPEST):
            held = within(passage, [finding.content for finding in inside])
            inside = link(held, tagger(held), tagger.links) if held.paragraphs else []
            known = {finding.cue for finding in found}
            inside = [one for one in inside if one.cue and one.cue not in known and _another(passage.text, one)]
            found = found + inside
        out = Findings(found + conventions.unsourced(passage, labelled))
        out.labelled = labelled
        return out

    annotate.__name__ = f"tagger {tagger.digest}"
    return annotate


def within(passage: Passage, contents: Sequence[Sequence[Span]]) -> Passage:
    """The sentences of contents that hold a word of saying, as paragraphs of their own, without marks around them.

    Nothing is joined over what was left out.
    """
    text = passage.text
    of = {span: number for number, content in enumerate(contents) for span in content}
    held: list[Span] = []
    places: list[int] = []
    before = (-1, -1)
    for span in sorted(of):
        for sentence in segmentation.sentences(text, [span]):
            words = sentence.of(text)
            bare = _THAT.sub("", words.strip(_AROUND))
            if bare and _says(bare.split()):
                start = sentence.start + words.index(bare)
                held.append(Span(start, start + len(bare)))
                at = (of[span], bisect_right(passage.sentences, (start + 1,)))
                near = at[0] == before[0] and at[1] - before[1] <= 1
                places.append((places[-1] if places else 0) + (1 if near else ASIDE))
                before = at
    return Passage(text, held, held, quotation_marks.find(text, held), places)


def _another(text: str, inner: Finding) -> bool:
    """Whether an attribution inside another names somebody else: not "I", who is the speaker."""
    return inner.source is not None and inner.source.of(text).lower() not in {"i", "we", "me", "us", "my", "our"}


def _says(words: Sequence[str]) -> bool:
    """Whether somebody says something in a sentence: a verb that opens a clause, no noun and not the speaker's own."""
    known = _openers()
    for before, word, after in zip(("", *words), words, (*words[1:], ""), strict=False):
        bare = word.strip(_ENDS)
        if (bare in known or f"{bare} {after}" in known) and before.lower() not in _NOBODY:
            return True
    return False


@cache
def _openers() -> frozenset[str]:
    """The forms of verbs that open a clause or a quotation, "according to" among them."""
    return frozenset(form for form, (_, _, frames) in cues().items() if set(frames) & set("cq")) | {"according to"}


def link(passage: Passage, labelled: Labelled, links: Mapping[str, float]) -> list[Finding]:
    """Joins labelled tokens into findings by learnt weights of what is seen of the candidates.

    A content may belong to a cue of another sentence or paragraph: “A,” he said. “B.” is one finding; its pieces are
    never more than a paragraph apart. A quotation without a cue and a source of its own follows the finding before
    it.
    """

    def choose(choice: Choice) -> tuple[int | None, float]:
        scores = [sum(map(links.get, seen, repeat(0.0))) for seen in choice.seen]
        best = max(range(len(scores)), key=scores.__getitem__)
        sure = 1 / sum(math.exp(score - scores[best]) for score in scores)
        worth = {one: worth for one in choice.seen[best] if (worth := links.get(one, 0.0)) > 0}
        why[choice.question == "cue", choice.at] = sorted(worth, key=lambda one: -worth[one])
        return choice.candidates[best], sure

    why: dict[tuple[bool, int], list[str]] = {}  # of a piece's cue or source, what spoke most for it
    scene = Scene(passage, labelled)
    cue_of, source_of = scene.run(choose)
    return _findings(scene, cue_of, source_of, why)


class Scene:
    """The pieces of a passage with what is needed to look at them."""

    def __init__(self, passage: Passage, labelled: Labelled) -> None:
        self.spans = labelled.spans
        self.text = passage.text
        starts = [start for start, _ in labelled.spans]
        firsts = [bisect_left(starts, paragraph.start) for paragraph in passage.paragraphs]
        self.pieces = pieces(reconciled(passage, labelled, starts), labelled.confidence, firsts)
        self.sentence = [bisect_right(passage.sentences, (starts[p.first] + 1,)) for p in self.pieces]
        self.paragraph = [bisect_right(passage.paragraphs, (starts[p.first] + 1,)) for p in self.pieces]
        if passage.places:
            self.paragraph = [passage.places[number - 1] for number in self.paragraph]
        self.words = [[self.token(i).lower() for i in (p.first, p.last)] for p in self.pieces]
        self.before = [self.token(p.first - 1) for p in self.pieces]
        self.after = [self.token(p.last + 1) for p in self.pieces]
        ends = [(self.token(p.last - 1), self.token(p.last)) for p in self.pieces]
        self.end = ["".join(sign for sign in pair if not sign[:1].isalnum()) for pair in ends]  # ,” promises a cue
        quoted = [q.span for q in passage.quotations]
        self.quoted = ["quoted" if self._inside(quoted, starts[p.first]) else "plain" for p in self.pieces]
        heads = {paragraph.start for paragraph in passage.paragraphs}
        opens = {sentence.start for sentence in passage.sentences}
        self.place = ["head" if starts[p.first] in heads else "first" if starts[p.first] in opens else ""
                      for p in self.pieces]  # fmt: skip
        closed = {q.span.end for q in passage.quotations if q.content.end < q.span.end}
        self.closed = ["closed" if self.span(i).end in closed else "open" for i in range(len(self.pieces))]
        self.holding = Counter((paragraph, p.role) for paragraph, p in zip(self.paragraph, self.pieces, strict=True))
        self.having = {role: [i for i, p in enumerate(self.pieces) if p.role == role] for role in ROLES}
        self.count: dict[str, list[int]] = {}  # pieces of each role before each piece
        for role in ROLES:
            total, counts = 0, []
            for piece in self.pieces:
                counts.append(total)
                total += piece.role == role
            self.count[role] = counts

    @staticmethod
    def _inside(quoted: Sequence[Span], at: int) -> bool:
        i = bisect_right(quoted, (at + 1,)) - 1
        return i >= 0 and at < quoted[i].end

    def token(self, i: int) -> str:
        """A token's letters; nothing outside the passage."""
        return self.text[slice(*self.spans[i])] if 0 <= i < len(self.spans) else ""

    def span(self, number: int) -> Span:
        """A piece as a stretch of the text."""
        piece = self.pieces[number]
        return Span(self.spans[piece.first][0], self.spans[piece.last][1])

    def name(self, number: int) -> Span:
        """A source's words without the stop of the sentence that it ends."""
        span = self.span(number)
        stop = _STOP.search(self.text, *span)
        return span if stop is None or stop.start() == span.start else Span(span.start, stop.start())

    def near(self, at: int, role: str, paragraphs: int) -> list[int]:
        """The nearest pieces of a role on either side that stand at most so many paragraphs away."""
        own = self.having[role]
        left, right = bisect_left(own, at), bisect_right(own, at)
        beside = own[max(0, left - NEAR) : left] + own[right : right + NEAR]
        return [other for other in beside if abs(self.paragraph[other] - self.paragraph[at]) <= paragraphs]

    def neighbours(self, one: int, other: int) -> bool:
        """Whether two contents, in order, may be pieces of one: at most a paragraph on, two between quotations."""
        both = self.quoted[one] == self.quoted[other] == "quoted"
        return self.paragraph[other] - self.paragraph[one] <= (2 if both else 1)

    def between(self, one: int, other: int) -> str:
        """How two pieces lie to each other: side, distance, sentences and paragraphs, and pieces between."""
        side, low, high = ("L", other, one) if other < one else ("R", one, other)
        gap = self.pieces[high].first - self.pieces[low].last
        sentences = min(self.sentence[high] - self.sentence[low], 2)
        paragraphs = min(self.paragraph[high] - self.paragraph[low], 2)
        return f"{side}{bisect_left(_STEPS, gap)} {sentences}{paragraphs}"

    def across(self, one: int, other: int) -> str:
        """How many pieces of each role stand between two."""
        out, low, high = ("L", other, one) if other < one else ("R", one, other)
        own = self.pieces[low].role
        for role, counts in self.count.items():
            out += "012"[min(counts[high] - counts[low] - (own == role), 2)]
        return out

    def holds(self, number: int, *roles: str) -> str:
        """Whether each of some roles stands in a piece's paragraph, apart from the piece: 0 no, 1 yes."""
        piece, paragraph = self.pieces[number], self.paragraph[number]
        return "".join(f"{self.holding[paragraph, role] > (role == piece.role):d}" for role in roles)

    def run(self, choose: Chooser) -> tuple[dict[int, int | None], dict[int, tuple[int | None, float]]]:
        """The cue of each content, and the source of each cue and of each content without a cue.

        -1 as a cue: the content goes on from the content before it, which has no cue either.
        """
        cue_of: dict[int, int | None] = {}
        source_of: dict[int, tuple[int | None, float]] = {}
        before: int | None = None
        self.sure: dict[int, float] = {}
        self.latest: dict[int | None, int] = {}  # the last content of each cue
        taken: set[int | None] = set()
        for number, piece in enumerate(self.pieces):
            if piece.role == "content":
                cue_of[number], self.sure[number] = choose(self.cue_choice(number, before, cue_of))
                before = self.latest[cue_of[number]] = number
        used = sorted({cue for cue in cue_of.values() if cue is not None})
        for number in sorted([*used, *(number for number, cue in cue_of.items() if cue is None)]):
            question = "source" if self.pieces[number].role == "cue" else "speaker"
            source_of[number] = choose(self.source_choice(question, number, taken))
            taken.add(source_of[number][0])
        return cue_of, source_of

    def cue_choice(self, content: int, before: int | None, cue_of: Mapping[int, int | None]) -> Choice:
        """Which cue a content belongs to; ``before`` is the content before it, whose cue is known."""
        last = None if before is None else cue_of[before]
        candidates = sorted({*self.near(content, "cue", 1), *([] if last is None else [last])})
        candidates = [cue for cue in candidates if self.neighbours(self.latest.get(cue, content), content)]
        quoted, place = self.quoted[content], self.place[content]
        first = self.words[content][0]
        seen = []
        for cue in candidates:
            side = "L" if cue < content else "R"
            edge = self.before[content] if cue < content else self.after[content]
            lies, over = self.between(content, cue), self.across(content, cue)
            again = "again" if cue == last else "taken" if cue in self.latest else "free"
            other = self.quoted[before] if before is not None else ""
            shown = []
            if self.paragraph[cue] != self.paragraph[content]:  # what speaks for going on from another paragraph
                own, there = self.holds(content, "source", "cue"), self.holds(cue, "content")
                ended = self.closed[before] if before is not None and before == self.latest.get(cue) else ""
                shown = [
                    f"c far {side} {own} {there} {quoted} {again}",
                    f"c far {side} {self.place[cue]} {there} {quoted}",
                    f"c far {side} {self.end[content]} {place} {quoted}",
                    f"c far {side} {again} {own} {quoted} {other} {ended}",
                ]
            seen.append([
                *shown,
                f"c at {lies}",
                f"c at {lies} {quoted} {again}",
                f"c over {over}",
                f"c over {over} {quoted} {place} {again}",
                f"c edge {side}{edge} {quoted}",
                f"c edges {side}{edge} {self.after[cue] if cue < content else self.before[cue]}",
                f"c last {side}{self.words[cue][1]} {again}",
                f"c first {side}{self.words[cue][0]}",
                f"c begins {side}{first} {quoted}",
                f"c ends {side}{self.end[content]} {again} {lies[-2:]}",
                f"c {again} {side} {quoted} {other} {place}",
                f"c in {self.quoted[cue]} {quoted} {side}",
            ])  # fmt: skip
        none = [f"c none {quoted} {place}", f"c none {quoted} {self.holds(content, 'source', 'cue')}",
                f"c none ends {self.end[content]}",
                f"c none edge {self.before[content]} {quoted}", f"c none {first}",
                f"c none of {min(len(candidates), 3)}",
                f"c none {sum(self.sentence[cue] == self.sentence[content] for cue in candidates):d}"]  # fmt: skip
        return Choice("cue", [*candidates, None], [*seen, none], content)

    def source_choice(self, question: str, at: int, taken: Container[int | None]) -> Choice:
        """Which source a cue, or a content without a cue, belongs to; ``taken``: the sources of those before."""
        candidates = self.near(at, "source", 0 if question == "source" else 1)
        q, (first, last) = question[1], self.words[at]
        seen = []
        for source in candidates:
            side = "L" if source < at else "R"
            edge = self.before[at] if source < at else self.after[at]
            lies, over = self.between(at, source), self.across(at, source)
            word = self.words[source][1] if len(self.words[source][1]) < 6 else ""
            again = "taken" if source in taken else "free"
            shown = []
            if question == "speaker":
                own, there = self.holds(at, "source", "cue"), self.holds(source, "content", "cue")
                far = f"{self.paragraph[at] - self.paragraph[source]:+}"
                shown = [f"{q} far {far} {own} {there} {self.quoted[at]}", f"{q} far {far} {self.end[at]}"]
            seen.append([
                *shown,
                f"{q} at {lies}",
                f"{q} over {over}",
                f"{q} over {over} {again} {lies[:2]}",
                f"{q} edge {side}{edge}",
                f"{q} first {side}{first}",
                f"{q} last {side}{last}",
                f"{q} ing {side}{first.endswith('ing')} {lies[:2]}",
                f"{q} who {side}{word}",
                f"{q} next {side}{self.after[source] if source < at else self.before[source]}",
                f"{q} in {self.quoted[source]} {self.quoted[at]} {side}",
            ])  # fmt: skip
        before = self.before[at]
        none = [f"{q} none", f"{q} none first {first}", f"{q} none last {last}",
                f"{q} none ing {first.endswith('ing')}", f"{q} none before {before}",
                f"{q} none {self.quoted[at]} {self.place[at]}",
                f"{q} none {sum(self.sentence[s] == self.sentence[at] for s in candidates)}"]  # fmt: skip
        return Choice(question, [*candidates, None], [*seen, none], at)


def _why(content: Sequence[str], source: Sequence[str]) -> str:
    """Why words belong to a cue, and to whom, in a reader's words."""
    unknown = ["the likeliest near"]
    cue, who = reasons(["cue"], content, most=1) or unknown, reasons(["origin"], source, most=1) or unknown
    return f"content: {', '.join(cue)}; source: {', '.join(who)}"


def _findings(
    scene: Scene,
    cue_of: Mapping[int, int | None],
    source_of: Mapping[int, tuple[int | None, float]],
    decided: Mapping[tuple[bool, int], Sequence[str]],
) -> list[Finding]:
    """Puts the pieces together; a quotation that has neither cue nor source follows the finding before it."""
    contents: dict[int, list[int]] = {}
    for content, cue in cue_of.items():
        contents.setdefault(content if cue is None else cue, []).append(content)
    found: list[Finding] = []
    heard: int | None = None  # the last finding that has a source or goes on from one
    for key in sorted(contents, key=lambda key: contents[key][0]):
        source, sure = source_of[key]
        cue = key if scene.pieces[key].role == "cue" else None
        if cue is None and source is None and scene.quoted[key] == "plain":
            continue  # a headline, mostly: nobody says it, and no marks say that anybody does
        parts = [scene.pieces[i] for i in (*contents[key], cue, source) if i is not None]
        sure = min(sure, *(scene.sure[i] for i in contents[key]), *(part.confidence for part in parts))
        follows = heard if cue is None and source is None and scene.quoted[key] == "quoted" else None
        why = _why(decided[True, contents[key][0]], decided[False, key])
        if follows is not None:
            why = "carried over from the speaker before"
        found.append(
            Finding(
                None if source is None else scene.name(source),
                None if cue is None else scene.span(cue),
                tuple(scene.span(i) for i in contents[key]),
                why,
                round(sure, 3),
                follows,
            )
        )
        if source is not None:
            heard = len(found) - 1
    return found
