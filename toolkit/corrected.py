"""What corrections by hand do to what was found in an article: each what it says, and none is lost.

A finding is known by its words, so that a correction still fits when the toolkit, or the text before, changes.
"""

from __future__ import annotations

import operator
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeVar

from .article import FILL, Correction, Span, Zone
from .attribution.attributions import Attribution, Finding
from .attribution.quotation_marks import Quotation
from .people import anonymity
from .people.descriptions import describe
from .people.sources import Source
from .reading.corrections import CorrectionWarning, pattern, words_of

T = TypeVar("T")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›`´′", "'"))
Named = tuple[int, str, int]  # a thing's number, words that it is known by, and where they begin


class Corrected(NamedTuple):
    """A correction, where it took effect and what was there before; ``fault`` says why it did not."""

    correction: Correction
    span: Span
    was: str = ""
    fault: str = ""

    def __str__(self) -> str:
        one = self.correction
        to = {"add": "added", "remove": "removed"}.get(one.field, f"{one.field}: {one.value or 'none'}")
        was = f" (was {self.was})" if self.was else ""
        by = f", by {one.who}" if one.who else ""
        return self.fault or f"{to}{was}{by}{f': {one.why}' if one.why else ''}"


class Corrections:
    """The corrections of one article: it takes them step by step, as the finders go, and keeps what came of them."""

    def __init__(self, text: str, lines: Sequence[Correction]) -> None:
        self.text = text
        self.lines = lines
        self.done: dict[Correction, Corrected] = {}

    @property
    def outcomes(self) -> tuple[Corrected, ...]:
        """What came of each line, in the file's order."""
        return tuple(self.done[one] for one in self.lines if one in self.done)

    def warn(self) -> None:
        """Warns of each line that fits nothing."""
        for one in self.outcomes:
            if one.fault:
                warnings.warn(CorrectionWarning(one.fault), stacklevel=4)

    def zones(self, found: Sequence[Zone]) -> tuple[Zone, ...]:
        """The zones, with those that are of another kind."""
        out = list(found)
        for one in self._lines("line"):
            told = pattern(one)
            same = (z for z in out if z.kind == one.value and told.fullmatch(" ".join(z.span.of(self.text).split())))
            for zone in islice(same, 1):
                self._note(one, zone.span)
        for one in self._lines("zone"):
            at = self._which(one, [(i, zone.span.of(self.text), zone.span.start) for i, zone in enumerate(out)])
            if at is not None:
                self._note(one, out[at].span, out[at].kind)
                out[at] = Zone(out[at].span, one.value, _by(one))
        return tuple(out)

    def findings(self, proposed: Sequence[Finding], quoted: Sequence[Quotation]) -> list[Finding]:
        """The proposed attributions without those that are none, and with those that were missed."""
        out = list(proposed)
        for one in self._lines("attribution", "remove"):
            at = self._which(one, self._said([finding.content for finding in out]))
            if at is not None:
                self._note(one, out[at].content[0], " … ".join(span.of(self.text) for span in out[at].content)[:60])
                out = _without(out, at)
        for one in self._lines("attribution", "add"):
            places = self._places(one.which)
            if not places:
                self._fault(one, "these words do not stand in the article")
                continue
            span = _with_marks(places[0], quoted)
            if any(finding.content == (span,) for finding in out):
                self._fault(one, "it is an attribution already")
                continue
            self._note(one, span)
            out.append(Finding(None, None, (span,), _by(one), 1.0))
        return out

    def attributions(self, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
        """The attributions, with those of another stance."""
        out = list(found)
        for one in self._lines("attribution", "stance"):
            at = self._which(one, self._said([a.content for a in out]))
            if at is not None:
                self._note(one, out[at].cue or out[at].content[0], out[at].stance)
                out[at] = replace(out[at], stance=one.value, evidence=f"{out[at].evidence}; stance {_by(one)}")
        return tuple(out)

    def quotations(self, found: Sequence[Quotation]) -> tuple[Quotation, ...]:
        """The quoted runs, with those of another kind."""
        out = list(found)
        for one in self._lines("quotation"):
            at = self._which(one, self._said([(q.content,) for q in out]))
            if at is not None:
                self._note(one, out[at].span, out[at].kind)
                out[at] = replace(out[at], kind=one.value)
        return tuple(out)

    def sources(self, found: Sequence[Source], attributions: Sequence[Attribution]) -> tuple[Source, ...]:
        """The sources as they are said to be, in the order of their first mention; one that says nothing is none."""
        out = list(found)
        for one in self.lines:
            if one.what == "source":
                at = self._source(one, one.which, out)
                if at is not None:
                    self._set(one, at, out)
            elif (one.what, one.field) == ("attribution", "source") or (one.field == "add" and self._added(one)):
                at = self._which(one, self._said([a.content for a in attributions]))
                if at is not None:
                    self._move(one, at, attributions, out)
        return tuple(sorted((one for one in out if one.attributions), key=lambda one: one.mentions[0]))

    def _set(self, one: Correction, at: int, out: list[Source]) -> None:
        """One source as a line says it is."""
        old, value = out[at], one.value
        now, was = old, str(getattr(old, one.field, ""))
        if one.field == "remove":
            del out[at]
            self._note(one, old.mentions[0], old.name)
            return
        if one.field == "same as":
            other = self._source(one, value, out)
            if other is not None and other != at:
                out[other] = _merged(out[other], old)
                del out[at]
                self._note(one, old.mentions[0], old.name)
            elif other == at:
                self._fault(one, "both are one source already")
            return
        if one.field == "kind":
            now = _of_kind(old, value)
        elif one.field == "anonymous":
            was = "yes" if old.anonymous else "no"
            anonymous = value == "yes"
            now = replace(_of_kind(old, "unnamed_person") if anonymous else old, anonymous=anonymous)
            now = now if anonymous else replace(now, reason="", vagueness="")
        elif one.field == "role":
            now = replace(old, role=value, role_evidence=_by(one))
        elif one.field == "affiliation":
            now = replace(old, affiliation=value)
        elif one.field == "name":
            now = replace(old, name=value)
        out[at] = replace(now, why=_why(old.why, one))
        self._note(one, old.mentions[0], was)

    def _move(self, one: Correction, index: int, attributions: Sequence[Attribution], out: list[Source]) -> None:
        """One attribution to the source that said it: one of those found, one that the article names, or none."""
        said = attributions[index]
        before = [k for k, source in enumerate(out) if index in source.attributions + source.nested]
        to = self._source(one, one.value, out, quiet=True) if one.value else None
        if to is not None and to in before:
            if _key(words_of(one.value)[0]) == _key(out[to].name):
                self._fault(one, "this is its source already")
                return
            to = None  # called so, yet somebody else
        was = " and ".join(out[k].name for k in before) or "none"
        for k in before:
            shared = any(attributions[i].source == said.source for i in out[k].attributions if i != index)
            out[k] = _less(out[k], index, None if shared else said.source)
        mention = said.source
        if one.value and to is None:
            place = self._places(one.value, (said.cue or said.content[0]).start)
            mention = mention or (place[0] if place else said.cue or said.content[0])
            out.append(_new(one, place[0] if place else mention))
            to = len(out) - 1
        if to is not None:
            out[to] = _more(out[to], index, mention, nested=said.depth > 0)
        if one.field != "add":
            self._note(one, said.source or said.content[0], was)

    def _source(self, one: Correction, which: str, out: Sequence[Source], *, quiet: bool = False) -> int | None:
        """The source that is called so, or is written so in the article."""
        named = [(k, source.name, source.mentions[0].start) for k, source in enumerate(out)]
        named += [(k, m.of(self.text), m.start) for k, source in enumerate(out) for m in source.mentions]
        return self._which(one, named, which, quiet=quiet)

    def _which(self, one: Correction, things: Sequence[Named], which: str = "", *, quiet: bool = False) -> int | None:
        """The number of the thing that has these words: exactly, else at its beginning, else within.

        Of several the one that begins nearest to the place that is given; without a place they must be one.
        """
        words, at = words_of(which or one.which)
        what = "source" if which else one.what
        key = _key(words)
        known = [(i, _key(said), start) for i, said, start in things]
        for fits in _WAYS:
            near = [(i, start) for i, said, start in known if fits(said, key)]
            if at is not None and near:
                return min(near, key=lambda each: abs(each[1] - at))[0]
            if len({i for i, _ in near}) == 1:
                return near[0][0]
            if near:
                place = " or ".join(f"@{start}" for start in sorted({start for _, start in near})[:3])
                self._fault(one, f"several fit “{words}”; write behind it where it begins, such as {place}")
                return None
        if not quiet:
            self._fault(one, f"no {what} there has the words “{words}”")
        return None

    def _said(self, contents: Sequence[Sequence[Span]]) -> list[Named]:
        return [(i, " ".join(s.of(self.text) for s in spans), spans[0].start) for i, spans in enumerate(contents)]

    def _places(self, which: str, at: int | None = None) -> list[Span]:
        """Where these words stand in the article, nearest first."""
        words, given = words_of(which)
        near = given if given is not None else at or 0
        spaced = r"\s+".join(re.escape(word) for word in words.translate(_QUOTES).split())
        found = re.finditer(rf"(?<!\w){spaced}(?!\w)", self.text.translate(_QUOTES), re.IGNORECASE) if spaced else ()
        return sorted((Span(*match.span()) for match in found), key=lambda span: abs(span.start - near))

    def _added(self, one: Correction) -> bool:
        return one in self.done and not self.done[one].fault

    def _lines(self, what: str, field: str = "") -> Iterable[Correction]:
        return (one for one in self.lines if one.what == what and field in {"", one.field})

    def _note(self, one: Correction, span: Span, was: str = "") -> None:
        self.done[one] = Corrected(one, span, " ".join(was.split()))

    def _fault(self, one: Correction, why: str) -> None:
        where = f"{one.place}: " if one.place else ""
        said = f"{where}the correction of the {one.what} “{one.which}” in {one.article or 'the text'} is not used"
        self.done[one] = Corrected(one, Span(0, 0), fault=f"{said}, for {why}.")


_WAYS: tuple[Callable[[str, str], bool], ...] = (
    operator.eq,
    lambda said, key: said.startswith(f"{key} "),
    lambda said, key: f" {key} " in f" {said} ",
)


_ROLE = re.compile(r"; (?=role: |[a-z][a-z -]* \(\d\.\d\d\))")  # where the reason for the role begins


def _key(words: str) -> str:
    """Words as they are compared: small letters, single blanks, no other signs."""
    return " ".join(re.findall(r"\w+", words.replace(FILL, "").casefold()))


def _by(one: Correction) -> str:
    return f"corrected by {one.who or 'hand'}{f': {one.why}' if one.why else ''}"


def _why(before: str, one: Correction) -> str:
    """Why a source is what it is: the correction, in the place of the reason that it overrules."""
    told = f"{one.field}: {one.value or 'none'}, {_by(one)}"
    role = _ROLE.search(before)
    parts = {"kind": before[: role.start()] if role else before, "role": before[role.end() :] if role else ""}
    about = "kind" if one.field == "anonymous" else one.field
    if about in parts and " corrected by " not in parts[about]:
        return "; ".join(filter(None, (parts | {about: told}).values()))
    return "; ".join(filter(None, (before, told)))


def _without(found: Sequence[Finding], at: int) -> list[Finding]:
    """The findings without one; what followed it has its source now."""
    gone = found[at]
    out = []
    for i, one in enumerate(found):
        if one.follows == at:
            one = one._replace(source=one.source or gone.source, follows=gone.follows)
        if one.follows is not None and one.follows > at:
            one = one._replace(follows=one.follows - 1)
        if i != at:
            out.append(one)
    return out


def _with_marks(span: Span, quoted: Sequence[Quotation]) -> Span:
    """The span with the marks around it, where it is the whole of a quoted run."""
    for q in quoted:
        if span.start <= q.content.start + 1 and q.content.end - 1 <= span.end and span.overlaps(q.content):
            span = Span(min(span.start, q.span.start), max(span.end, q.span.end))
    return span


def _of_kind(old: Source, kind: str) -> Source:
    """A source of another kind, with what follows from that."""
    anonymous = kind == "unnamed_person"
    person = kind in {"named_person", "unnamed_person"}
    return replace(
        old,
        kind=kind,
        anonymous=anonymous,
        affiliation=old.affiliation if person else "",
        second_hand=bool(old.through) or kind == "media_outlet",
        reason=old.reason if anonymous else "",
        vagueness=(old.vagueness or anonymity.vagueness((), old.affiliation, ())) if anonymous else "",
    )


def _new(one: Correction, mention: Span) -> Source:
    """A source that only a correction knows, taken for what its words say."""
    said = describe(one.value)
    kind = said.name.kind if said.name is not None else said.kind if said.kind != "pronoun" else "unnamed_person"
    role = said.name.role if said.name is not None and said.role == "unknown" else said.role
    made = Source(words_of(one.value)[0], kind, False, said.body, role, False, (mention,), (), why=f"source {_by(one)}")
    return _of_kind(made, kind)


def _merged(into: Source, other: Source) -> Source:
    """Two sources as one, which is what the first is."""
    return replace(
        into,
        mentions=_sorted(into.mentions + other.mentions),
        attributions=_sorted(into.attributions + other.attributions),
        nested=_sorted(into.nested + other.nested),
        references=_sorted(into.references + other.references),
        second_hand=into.second_hand or other.second_hand,
        through=into.through or other.through,
    )


def _less(source: Source, index: int, mention: Span | None) -> Source:
    """A source without one of its attributions; the place where it was written for it goes, unless it is the last."""
    mentions = tuple(span for span in source.mentions if span != mention) or source.mentions
    return replace(
        source,
        mentions=mentions,
        attributions=tuple(i for i in source.attributions if i != index),
        nested=tuple(i for i in source.nested if i != index),
    )


def _more(source: Source, index: int, mention: Span | None, *, nested: bool) -> Source:
    mentions = _sorted(source.mentions + ((mention,) if mention else ()))
    if nested:
        return replace(source, mentions=mentions, nested=_sorted((*source.nested, index)))
    return replace(source, mentions=mentions, attributions=_sorted((*source.attributions, index)))


def _sorted(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(set(things)))  # type: ignore[type-var]
