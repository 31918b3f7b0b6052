"""Reads who is who in an article: its names in order, and what they are called besides."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..article import Span
from ..language.closed_classes import LEADS_A_NAME, TIME
from ..language.word_lists import word_class
from . import affiliations, descriptions, proper_names, roles
from .bearers import Bearer, Register, key_of
from .proper_names import Name

_SENTENCE_END = re.compile(r"[.!?:…“”\"‘—―\n]['’”\")]*\s*$")
_APPOSED = re.compile(r",\s((?:[^.;:!?\n“”\"]|\.(?=\w)){3,120})|\s\(([^)\n]{2,60})\)")
_LEAD = re.compile(r"(?:^|[\s,(“\"—-])((?:[\w’'.-]+,?\s){1,7})$")
_IS_A = re.compile(r"\s(?:is|was|became|has been)\s(?:an?|the|one of the)\s((?:[^.;:!?,\n“”\"]){3,60})")
_BODY_LEAD = word_class("body_before_a_name")  # "wrestling league Ringstar": a person is not called so
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
_PARTY = re.compile(r"\s\((R|D)(?:[-–][\w.]{1,8})?\)|,\s(R|D)[-–][A-Z][\w.]{1,6}")
_UNDER = word_class("under")
_NOUNS = {  # what is written short before a name
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor", "prof": "professor",
    "sgt": "officer", "lt": "officer", "det": "detective", "capt": "captain", "rev": "pastor", "col": "colonel",
}  # fmt: skip
_STOPS = word_class("before_a_title")


class _Read(NamedTuple):
    """The names in some stretches of a text, each with its stretch and kind, and the stretches that show none."""

    names: tuple[tuple[proper_names.Found, Span, str], ...]
    headlines: tuple[Span, ...]


def _read(text: str, spans: Iterable[Span], outlet: str) -> _Read:
    spans = tuple(spans)
    headlines = tuple(span for span in spans if _title_case(text, span))
    titled = set(headlines)
    found = [(one, span) for span in spans if span not in titled for one in proper_names.scan(text, *span)]
    if not found:
        found = [(one, span) for span in headlines for one in proper_names.scan(text, *span)]
    single = {one.name.surname for one, _ in found if len(one.name.words) == 1}
    found += [(one, span) for span in headlines for one in _full_names(text, span, single)]
    found.sort(key=lambda pair: pair[0].start)
    return _Read(tuple((one, span, _kind(text, one, span, outlet)) for one, span in found), headlines)


def register(text: str, spans: Iterable[Span], *, outlet: str = "") -> Register:
    """Reads the names in the given stretches of an article, document-wide: who bears them comes out at the end."""
    outlet = " ".join(outlet.split())
    read = _read(text, spans, outlet)
    out = Register(text, outlet)
    whose = _bearers(out, read)
    same = _short_names(out)
    whose = [(one, same.get(id(bearer), bearer)) for one, bearer in whose]
    whose.sort(key=lambda pair: pair[0].start)
    out.mentions = sorted(
        [(one.start, one.end, bearer) for one, bearer in whose]
        + [known for span in read.headlines for known in _in_headline(out, span)],
        key=lambda item: item[:2],
    )
    out.starts = [start for start, _, _ in out.mentions]
    for one, bearer in whose:
        if len(bearer.places) < 3:
            _learn(out, one, bearer)
        bearer.places.append(one.start)
    for start, _, bearer in out.mentions if read.headlines else ():
        at = bisect_left(bearer.places, start)
        if bearer.places[at : at + 1] != [start]:
            bearer.places.insert(at, start)
    return out


def _bearers(out: Register, read: _Read) -> list[tuple[proper_names.Found, Bearer]]:
    """Whose each name is: bodies and full names first, then the surnames, those with a gender before others."""
    persons = [(one, span) for one, span, kind in read.names if kind == "named_person"]
    full = {one.name.surname for one, _ in persons if len(one.name.words) > 1 or one.name.title}
    full_of = {one.name.surname for one, _ in persons if len(one.name.words) > 1 and one.name.gender}
    inside = {one.name.surname for one, span in persons if not _starts(out.text, one, span)}
    inside |= {proper_names.plain(word) for one, _ in persons for word in one.name.words[1:-1] if len(word) > 2}
    whose: list[tuple[proper_names.Found, Bearer]] = []
    late: list[proper_names.Found] = []
    for one, span, kind in read.names:
        name = one.name
        if kind != "named_person" and not (len(name.words) == 1 and name.surname in full):
            whose.append((one, _body(out, one, kind)))
        elif len(name.words) > 1:
            given = name.title or name.words[0].lower() in proper_names.first_names()
            if not given and len(name.words) == 2 and name.surname in full_of and _starts(out.text, one, span):
                start = one.end - len(name.words[1])  # "Notice Voss": any word has a capital there
                late.append(proper_names.Found(start, one.end, start, name._replace(words=name.words[1:])))
            else:
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
    if short and not body.place and (proper_names.whole([short[1]]) or ("",))[0] != "media_outlet":  # "ELM (Reuters)"
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
    if short.place or long.place or len(other) <= len(key) or key.isdigit():
        return False
    ends, opens = other.endswith(f" {key}"), other.startswith(f"{key} ")
    if not (ends or opens):
        return False
    if short.kind == long.kind == "media_outlet":
        return True
    if short.kind != long.kind:
        return False
    rest = other.removesuffix(key).strip() if ends else other.removeprefix(key).strip()
    if ends and (_OFFICE.fullmatch(rest) or proper_names.bodies().get(re.sub(r"'s$", "", rest), ("", "", False))[2]):
        return True  # "the Navy", the United States Navy; "Harbour Safety", the Department of Harbour Safety
    if opens and rest.startswith("of "):
        return True  # "the Supreme Court", of Elm
    return key not in proper_names.bodies() and (ends or len(short.name.words) > 1)


_OFFICE = re.compile(r"(?:department|ministry|office|bureau|secretariat) of(?: the)?")


def _title_case(text: str, span: Span) -> bool:
    """Whether nearly every word of a short paragraph has a capital, so that capitals show no names."""
    if span.end - span.start > 200:
        return False
    words = [word for word in proper_names.words_of(span.of(text)) if len(word) > 3]
    return len(words) > 3 and sum(not word[:1].isupper() for word in words) <= len(words) // 8


def _full_names(text: str, span: Span, surnames: set[str]) -> Iterable[proper_names.Found]:
    """The full names in a headline where every word has a capital: a first name before a surname of the article."""
    pieces = list(proper_names.WORD.finditer(text, *span))
    for given, family in pairwise(pieces):
        last = proper_names.bare(family.group())
        if given.group().lower() in proper_names.first_names() and proper_names.plain(last) in surnames:
            gender = proper_names.first_names()[given.group().lower()]
            name = Name((given.group(), last), 0, (), "named_person", "unknown", gender)
            yield proper_names.Found(given.start(), family.start() + len(last), given.start(), name)


def _in_headline(out: Register, span: Span) -> Iterable[tuple[int, int, Bearer]]:
    """The known names in a headline where every word has a capital."""
    for match in proper_names.WORD.finditer(out.text, *span):
        word = proper_names.bare(match.group())
        key = proper_names.plain(word)
        same = out.persons.get(key, [])
        body = out.acronyms.get(word) if word.isupper() else None
        one = body or (min(same, key=lambda one: one.first) if same else None)
        if one is not None and (one.certain or body):
            yield match.start(), match.start() + len(word), one


def _starts(text: str, one: proper_names.Found, span: Span) -> bool:
    """Whether a name opens its sentence, where any word has a capital."""
    before = text[max(span.start, one.begin - 4) : one.begin]
    return not before.strip() or _SENTENCE_END.search(before) is not None


def _kind(text: str, one: proper_names.Found, span: Span, outlet: str) -> str:
    """The kind of a name in its place: "told The Sounding" shows an outlet."""
    name = one.name
    if speaks(text, Span(one.start, one.end), name):
        return "named_person"
    if name.kind != "named_person" or name.gender or (name.title and proper_names.is_title(name.title[-1].lower())):
        return name.kind
    if outlet and key_of(name) == re.sub(r"^the ", "", outlet.casefold()):
        return "media_outlet"
    before = text[max(span.start, one.begin - 24) : one.begin]
    lead = before.split()[-1] if before.endswith((" ", "\u00a0")) and before.strip() else ""
    if lead in _BODY_LEAD and not name.title:
        noun = proper_names.heads().get(proper_names.singular(lead))
        return noun.kind if noun else name.kind
    titled = text[max(span.start, one.start - 4) : one.start] == "The "
    if titled and len(name.words) < 3 and one.start - 4 > span.start:
        before = text[max(span.start, one.start - 8) : one.start - 4]
        if re.search(r"[a-z,]\s$", before):
            return "media_outlet"
    return name.kind


def speaks(text: str, span: Span, name: Name) -> bool:
    """Whether capitals at the head of a line stand for a person whose turn it is, as in "HART: I was told."."""
    if name.kind != "organisation" or not name.full.isupper() or text[span.end : span.end + 1] != ":":
        return False
    return name.full.lower() not in proper_names.bodies() and bool(
        _HEAD.search(text, max(0, span.start - 4), span.start)
    )


def _learn(out: Register, one: proper_names.Found, bearer: Bearer) -> None:
    """Takes role, body and gender of a bearer from the words around one of its names."""
    if bearer.kind != "named_person":
        return
    _titled(out, one, bearer, _before(out, one, bearer))
    party = _PARTY.match(out.text, one.end, one.end + 14)
    if party:  # "Una Frey (D)"
        bearer.words.add("republican" if "R" in party.groups() else "democratic")
        if bearer.role == "unknown":
            bearer.role, bearer.evidence = "politician", party[0].strip(" ,")
    after = _APPOSED.match(out.text, one.end, one.end + 130) or _IS_A.match(out.text, one.end, one.end + 90)
    if after:
        clause = next(group for group in after.groups() if group)
        if after.re is _IS_A or not (_NO_NOUN.match(clause) or _SUBJECT.match(clause)):
            _apposed(out, bearer, _CLAUSE.split(clause, maxsplit=1)[0], one.start)


def _before(out: Register, one: proper_names.Found, bearer: Bearer) -> list[str]:
    """The title of a name, with the description right before it ("harbour mayor"); one before a comma is apposed."""
    text = out.text
    title = [proper_names.bare(word) for word in one.name.title]
    lead = _LEAD.search(text[max(0, one.begin - 60) : one.begin])
    before = proper_names.words_of(lead[1]) if lead else []
    if lead is None or not before:
        return title
    if not lead[1].rstrip().endswith(","):
        head = proper_names.heads().get(proper_names.singular(before[-1].lower()))
        if head is not None and head.kind in {"unnamed_person", "collective_public"} and before[-1].islower():
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
        if word.lower() in proper_names.titles():
            role, gender = proper_names.titles()[word.lower()]
            bearer.gender = gender or bearer.gender
            if role and bearer.role == "unknown":
                bearer.role = role
            full = _NOUNS.get(word.lower().strip("."))
            if full:
                out.call(bearer, full, one.start)
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
        if (
            low in LEADS_A_NAME
            or low in TIME
            or low in _STOPS
            or low.endswith("ed")
            or (word.endswith(".") and word.islower() and low not in proper_names.titles())
        ):
            break
        own.insert(0, word)
    return own


def _apposed(out: Register, bearer: Bearer, clause: str, at: int) -> None:
    """What an apposition says of a bearer: "the mayor of Elm", "a lawyer for the board"."""
    for piece in _PIECES.split(clause)[:3]:
        said = descriptions.describe(piece)
        if (
            said.name is not None
            or not said.head
            or said.kind not in {"unnamed_person", "collective_public"}
            or said.plural
        ):
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
