"""Reads who is who in an article: its names in order, and what they are called besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..article import Span
from ..language import nouns
from ..language.closed_classes import LEADS_A_NAME, TIME
from ..language.word_lists import word_class
from . import affiliations, descriptions, proper_names, roles
from .bearers import Bearer, Register, is_outlet, key_of
from .proper_names import Name

_SENTENCE_END = re.compile(r"[.!?:…“”\"‘—―\n]['’”\")]*\s*$")
_APPOSED = re.compile(r",\s((?:[^.;:!?\n“”\"]|\.(?=\w)){3,120})|\s\(([^)\n]{2,60})\)")
_LEAD = re.compile(r"(?:^|[\s,(“\"—-])((?:[\w’'.-]+,?\s){1,7})$")
_SUBJECT = re.compile(  # "In Elm, the mayor said": no apposition
    r"(?:the|an?|his|her|its|their|[\w’']+['’]s)\s(?:(?!who\b|which\b|that\b)[\w-]+\s){1,4}?"
    r"(?:said|says|told|tells|added|adds|announced|wrote|asked|tweeted|argued|is|was|has|had|have|will|would|did|does)\b"
)
_OPENING = re.compile(
    r"(?:^|[\s“\"])((?:an?|the|his|her|its|[\w’']+['’]s|one of the)\s(?:[\w’'.-]+\s){0,8}[\w’'.-]+)$", re.IGNORECASE
)
_NO_NOUN = re.compile(r"(?:who|which|and|but|said|says|told|in|on|as|while|after|when|with)\b")
_CLAUSE = re.compile(r"\b(?:who|said|says|told|wrote|added)\b")
_PIECES = re.compile(r",\s| and (?=an?\b|the\b|former\b|current\b)")
_AGE = re.compile(r"(?:aged )?([1-9]\d)\b")
_HEAD = re.compile(r"(?:\n|\A)[\s\"“”'‘]*\Z")
_SHORT = re.compile(r"\s\(([A-Z][\w.&-]{1,9})\)")
_UNDER = word_class("under")
_NOUNS = {  # what is written short before a name
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor", "prof": "professor",
    "sgt": "officer", "lt": "officer", "det": "detective", "capt": "captain", "rev": "pastor", "col": "colonel",
}  # fmt: skip
_STOPS = LEADS_A_NAME | TIME | word_class("before_a_title")


class _Found(NamedTuple):
    """A name in a text, the kind of who bears it, and whether it opens its sentence, where any word has a capital."""

    one: proper_names.Found
    kind: str
    opens: bool


def _read(text: str, spans: Iterable[Span], outlet: str) -> list[_Found]:
    """The names in some stretches of a text; those with capitals everywhere show none, unless all are so."""
    spans = sorted(spans)
    found = []
    for span in [span for span in spans if not _title_case(text, span)] or spans:
        for one in proper_names.scan(text, *span):
            before = text[max(span.start, one.begin - 4) : one.begin]
            opens = not before.strip() or _SENTENCE_END.search(before) is not None
            if opens and (short := without_noun(one.name)) is not None:
                one = one._replace(start=text.index(short.words[0], one.start + len(one.name.words[0])), name=short)
            kind = "media_outlet" if is_outlet(one.name, outlet) else one.name.kind
            kind = "named_person" if speaks(text, Span(one.start, one.end), one.name) else kind
            found.append(_Found(one, kind, opens))
    return found


def without_noun(name: Name) -> Name | None:
    """A body's name without the noun for a person before it: Norvane Works, for "Contractor Norvane Works insists".

    None where there is no such noun. At the head of a sentence it cuts 5 names in 4,000 articles, mostly American:
    "Deputy White House", "Official Communist Party".

    >>> short = without_noun(proper_names.parse("Contractor Norvane Works".split()))
    >>> short.full, without_noun(short)
    ('Norvane Works', None)
    """
    if name.kind == "named_person" or name.title or len(name.words) < 3 or name.words[1].islower():
        return None
    noun = nouns.heads().get(name.words[0].lower())
    if noun is None or noun.kind != "unnamed_person" or nouns.whole(name.words):
        return None
    return name._replace(words=name.words[1:], title=name.words[:1])


def register(text: str, spans: Iterable[Span], *, outlet: str = "") -> Register:
    """Reads the names in the given stretches of an article, document-wide: who bears them comes out at the end."""
    outlet = " ".join(outlet.split())
    out = Register(text, outlet)
    whose = _bearers(out, _read(text, spans, outlet))
    same = _short_names(out)
    whose = [(one, same.get(id(bearer), bearer)) for one, bearer in whose]
    whose.sort(key=lambda pair: pair[0].start)
    out.mentions = [(one.start, one.end, bearer) for one, bearer in whose]
    out.starts = [start for start, _, _ in out.mentions]
    for one, bearer in whose:
        if len(bearer.places) < 3:
            _learn(out, one, bearer)
        bearer.places.append(one.start)
    return out


def _bearers(out: Register, names: Sequence[_Found]) -> list[tuple[proper_names.Found, Bearer]]:
    """Whose each name is: bodies and full names first, then the surnames, those with a gender before others."""
    persons = [(one, opens) for one, kind, opens in names if kind == "named_person"]
    full = {one.name.surname for one, _ in persons if len(one.name.words) > 1 or one.name.title}
    inside = {one.name.surname for one, opens in persons if not opens}
    inside |= {proper_names.plain(word) for one, _ in persons for word in one.name.words[1:-1] if len(word) > 2}
    whose: list[tuple[proper_names.Found, Bearer]] = []
    late: list[proper_names.Found] = []
    for one, kind, _ in names:
        name = one.name
        if kind != "named_person" and not (len(name.words) == 1 and name.surname in full):
            whose.append((one, _body(out, one, kind)))
        elif len(name.words) > 1:
            whose.append((one, _full_name(out, one)))
        elif name.surname in full or name.surname in inside or name.title:
            late.append(one)
    for one in sorted(late, key=lambda one: (not one.name.gender, one.start)):
        bearer = out.bearer(one.name, at=one.start) or out.add(one.name, "named_person", at=one.start)
        whose.append((one, bearer))
    return whose


def _body(out: Register, one: proper_names.Found, kind: str) -> Bearer:
    """The body that bears a name; what stands in brackets behind is short for it."""
    key = key_of(one.name)
    body = out.bodies.get(key) or out.acronyms.get(key.upper()) or out.add(one.name, kind)
    short = _SHORT.match(out.text, one.end, one.end + 14)
    if short and not body.place and (nouns.whole([short[1]]) or ("",))[0] != "media_outlet":  # "ELM (Reuters)"
        out.acronyms[short[1].replace(".", "").upper()] = body
    return body


def _full_name(out: Register, one: proper_names.Found) -> Bearer:
    """Who bears a first name and surname."""
    name = one.name
    bearer = out.bearer(name, at=one.start) or out.add(name, "named_person", at=one.start)
    bearer.full_places += 1
    bearer.titles |= set(name.title)
    if name.length > bearer.name.length:
        bearer.name = name
        out.inside(bearer)
    bearer.gender = bearer.gender or name.gender
    return bearer


def _short_names(out: Register) -> dict[int, Bearer]:
    """Whom the shorter names of bodies stand for: "the Post" for the Harbour Post, "the Fund" for the Relief Fund."""
    found: dict[int, Bearer] = {}
    bodies = list(out.bodies.items())
    for key, short in bodies:
        longer = [long for other, long in bodies if long is not short and _shortens(key, other, short, long)]
        longer = list(dict.fromkeys(longer))
        if len(longer) == 1 and id(longer[0]) not in found:
            found[id(short)] = longer[0]
    for key, short in bodies:
        if id(short) in found:
            out.bodies[key] = found[id(short)]
    for key, body in out.acronyms.items():
        out.acronyms[key] = found.get(id(body), body)
    return found


def _shortens(key: str, other: str, short: Bearer, long: Bearer) -> bool:
    """Whether a body's name is the end or beginning of a longer one that it may stand for."""
    if short.place or long.place or short.kind != long.kind:
        return False
    return other.endswith(f" {key}") or other.startswith(f"{key} ")


def _title_case(text: str, span: Span) -> bool:
    """Whether nearly every word of a short paragraph has a capital, so that capitals show no names."""
    if span.end - span.start > 200:
        return False
    words = [word for word in proper_names.words_of(span.of(text)) if len(word) > 3]
    return len(words) > 3 and sum(not word[:1].isupper() for word in words) <= len(words) // 8


def speaks(text: str, span: Span, name: Name) -> bool:
    """Whether capitals at the head of a line stand for a person whose turn it is, as in "HART: I was told."."""
    if name.kind != "organisation" or not name.full.isupper() or text[span.end : span.end + 1] != ":":
        return False
    return name.full.lower() not in nouns.bodies() and bool(_HEAD.search(text, max(0, span.start - 4), span.start))


def _learn(out: Register, one: proper_names.Found, bearer: Bearer) -> None:
    """Takes role, body and gender of a bearer from the words around one of its names."""
    if bearer.kind != "named_person":
        return
    _titled(out, one, bearer, _before(out, one, bearer))
    after = _APPOSED.match(out.text, one.end, one.end + 130)
    if after:
        clause = next(group for group in after.groups() if group)
        if not (_NO_NOUN.match(clause) or _SUBJECT.match(clause)):
            _apposed(out, bearer, _CLAUSE.split(clause, maxsplit=1)[0], one.start)


def _before(out: Register, one: proper_names.Found, bearer: Bearer) -> list[str]:
    """The title of a name, with the description right before it ("harbour mayor"); one before a comma is apposed."""
    text = out.text
    title = [nouns.bare(word) for word in one.name.title]
    lead = _LEAD.search(text[max(0, one.begin - 60) : one.begin])
    before = proper_names.words_of(lead[1]) if lead else []
    if lead is None or not before:
        return title
    if not lead[1].rstrip().endswith(","):
        if before[-1].islower() and nouns.person_of(before[-1]):
            return [*_noun_phrase(before), *title]
        return title
    clause = text[max(0, one.begin - 90) : one.begin].rstrip(" ,")  # "a spokesman for the board, Jan Roth,"
    if text[one.end : one.end + 1] == "," and (opening := _OPENING.search(clause)):
        _apposed(out, bearer, opening[1], one.start)
    return title


def _titled(out: Register, one: proper_names.Found, bearer: Bearer, title: list[str]) -> None:
    """What a title says of a bearer."""
    for pair in pairwise(title):
        out.call(bearer, " ".join(pair), one.start)
    for before_it, word in zip(["", *title], title, strict=False):
        if before_it.lower() not in _UNDER:
            out.call(bearer, word.strip("."), one.start)
        if word.lower() in nouns.titles():
            role, gender = nouns.titles()[word.lower()]
            bearer.gender = gender or bearer.gender
            if role and bearer.role == "unknown":
                bearer.role = role
            out.call(bearer, _NOUNS.get(word.lower().strip("."), ""), one.start)
    if title:
        bearer.words |= {word.lower() for word in title}
        if not bearer.evidence:
            role, evidence = roles.title_role(title)
            if role != "unknown":
                bearer.role, bearer.evidence = role, evidence
            bearer.body = bearer.body or affiliations.of_title(title)


def _noun_phrase(before: Sequence[str]) -> list[str]:
    """The last words of a phrase, back to its determiner, a verb or a word of time: "harbour mayor"."""
    own: list[str] = []
    for word in reversed(before[-5:]):
        low = word.lower()
        ends = word.endswith(".") and word.islower() and low not in nouns.titles()
        if ends or low in _STOPS or low.endswith("ed"):
            break
        own.insert(0, word)
    return own


def _apposed(out: Register, bearer: Bearer, clause: str, at: int) -> None:
    """What an apposition says of a bearer: "the mayor of Elm", "a lawyer for the board"."""
    for piece in _PIECES.split(clause)[:3]:
        said = descriptions.describe(piece)
        if said.name or not said.head or said.plural or said.kind not in {"unnamed_person", "collective_public"}:
            continue
        out.call(bearer, said.head, at)
        bearer.words |= said.words | {said.head} | {word.lower() for word in proper_names.words_of(said.body)}
        if bearer.role == "unknown" or not bearer.evidence:
            role, evidence = roles.apposed_role(piece)
            if role != "unknown":
                bearer.role, bearer.evidence = role, evidence
        bearer.body = bearer.body or said.body
    if bearer.role == "unknown" and (age := _AGE.match(clause)):
        bearer.role, bearer.evidence = "citizen", age[0]
