"""Proper names: where they stand, what in them is title and what is name, and what kind of thing bears them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..attribution.attributions import cues
from ..language import word_lists
from ..language.closed_classes import DETERMINER, INSIDE_A_NAME, LEADS_A_NAME, NO_NAME, PARTICLE, TIME
from ..language.nouns import (
    POSSESSIVE,
    _longest,
    bare,
    first_names,
    is_title,
    makes_a_body,
    noun_of,
    person_of,
    singular,
    titles,
    whole,
)
from ..language.word_lists import word_class

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_PREFIX = r"(?:a[dlnrs]|ash|el|ul)-|[dl]['’]"  # al-Rashid, d’Ormes
_CAPITALISED = (
    r"(?:(?:[A-Z]\.){1,4}|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Cmdr|Prof|Rev|Hon|St|Jr|Sr|Bros)\.|"
    rf"(?:{_PREFIX})?[{_UPPER}][\w’'&-]*(?:\.(?:com|org|net|co|tv|uk|au|de|fr|ru)\b)*)"
)
_LINK = (
    r"(?:(?:(?:de|la|las|los|le|van|von|der|den|ter|bin|ibn|al|el|du|da|di|del)[ \u00a0]){1,2}|"
    r"(?:of|the|of[ \u00a0]the|for|for[ \u00a0]the|&)[ \u00a0])?"
)
_NICKNAME = rf"(?:[“‘\"'][{_UPPER}][\w’'-]*(?:[ \u00a0][{_UPPER}][\w’'-]*){{0,2}}[”’\"'])"  # Bob ‘Tank’ Murray
# A run ends after 60 words: in 2 of 4,000 articles one is longer, a list of all countries, and it names none of them.
NAME = re.compile(
    rf"(?<![\w’'@#/]){_CAPITALISED}(?:,?[ \u00a0](?=Jr\b|Sr\b){_CAPITALISED}|[ \u00a0](?:{_NICKNAME}[ \u00a0])?"
    rf"{_LINK}{_CAPITALISED}){{0,59}}"
)
# where a name may begin: faster to look for than the whole
_CAPITAL = re.compile(rf"[{_UPPER}](?<![\w’'@#/].)|(?<![\w’'@#/-])(?:{_PREFIX})(?=[{_UPPER}])")
_BODY_FIRST = re.compile(
    r"(?:Alliance|Americans|Association|Board|Bureau|Campaign|Cent(?:er|re)s?|Citizens|Coalition|Commission|Committee|"
    r"Conference|Council|Department|Federation|Forum|Foundation|Fund|Institute|League|Ministry|Network|Office|Parents|"
    r"Partnership|Project|School|Secretariat|Society|Students|Subcommittee|Team|Union|Veterans|Women|Workers)\b"
)
_LONG_BODY = re.compile(  # "Commission on Harbour Safety", "Department of Roads and Harbours"
    rf"(?:{_CAPITALISED}[ \u00a0]){{0,59}}?{_BODY_FIRST.pattern}[ \u00a0](?:of|for|on|to|against)[ \u00a0]"
    rf"(?:(?:the|an?)[ \u00a0])?"
    rf"({_CAPITALISED}(?:[ \u00a0]{_CAPITALISED}){{0,59}}"
    rf"(?:[ \u00a0]and[ \u00a0][{_UPPER}][a-z]+(?:[ \u00a0][{_UPPER}][a-z]+){{0,2}}(?![\w’']|[ \u00a0][{_UPPER}]))?)"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*(?:['’](?!\w)|\.)?|&")
_PIECE = re.compile(rf"{_NICKNAME}(?=[ \u00a0])|{WORD.pattern}")
_PARTICLE_BEFORE = re.compile(rf"(?:{_PREFIX})(?=\w)")
_ADDRESS = re.compile(r"\w\.[a-z]{2,3}$")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,5}|[A-Z&][A-Z0-9&]{1,4}")
_SUFFIXES = word_class("suffix")
_DEGREES = word_class("degree")
_LEADS_A_TITLE = word_class("leads_a_title")
_INVERTED = ("said", "ed", "wrote", "says")  # how verbs end that stand before who speaks
_NAMES_TOO = word_class("time_and_name")  # Theresa May


def words_of(phrase: str) -> list[str]:
    """The words of a phrase, possessive endings and the stops of abbreviations on."""
    return WORD.findall(phrase)


class Name(NamedTuple):
    """A proper name in a run of words: its own words, from the one numbered ``first``, and the title before it.

    ``kind`` is as in `sources.KINDS`; ``role`` may be unknown; ``gender`` is m, f or "": it only serves pronouns.
    """

    words: tuple[str, ...]
    first: int
    title: tuple[str, ...]
    kind: str
    role: str
    gender: str

    @property
    def full(self) -> str:
        """The name without its title."""
        return " ".join(self.words)

    @property
    def length(self) -> int:
        """How many words it has, a nickname in marks aside."""
        return sum(word[0].isalnum() for word in self.words)

    @property
    def surname(self) -> str:
        """The last word that is no suffix, for comparing."""
        return _surname(self.words)


@lru_cache(maxsize=4096)
def _surname(words: tuple[str, ...]) -> str:
    own = [word for word in words if word.strip(".").casefold() not in _SUFFIXES]
    return plain(own[-1]) if own else ""


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """A word of a name for comparing: small letters without accents, straight apostrophes, no "al-" or "d'".

    >>> plain("Muñoz"), plain("El-Sayed"), plain("d’Ormes")
    ('munoz', 'sayed', 'ormes')
    """
    low = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return _PARTICLE_BEFORE.sub("", "".join(sign for sign in low if not unicodedata.combining(sign)), 1)


def _capital(word: str) -> bool:
    """Whether a word is written as names are: with a capital, a particle or a mark before it aside."""
    return _PARTICLE_BEFORE.sub("", word, 1).lstrip("“‘\"'")[:1].isupper()


def parse(words: Sequence[str]) -> Name | None:
    """The proper name that a run of words ends in; None if it ends in none.

    >>> parse("Transport Minister Hanneke Orvald".split()).words
    ('Hanneke', 'Orvald')
    >>> parse("the Harbour Safety Board".split()).kind
    'organisation'
    """
    first, stop = _capitals(words)
    if first == stop:
        return None
    own = [word.strip(",") for word in words[first : stop - 1]] + [bare(words[stop - 1].strip(","))]
    owner = next((k for k in range(len(own) - 1, 0, -1) if bare(own[k - 1]) != own[k - 1]), 0)
    if owner and not whole(own) and not makes_a_body(own[-1]):  # "Channel Six's Mara Voss"
        first, own = first + owner, own[owner:]
    half = len(own) // 2
    if half > 1 and own[:half] == own[half:]:
        first, own = first + half, own[half:]  # "Mara Voss Mara Voss"
    if (people := whole([*own[:-1], f"{own[-1]}s"])) and people[0] == "collective_public":
        return None  # "Norwegian"
    listed = whole(own)
    if listed is not None:
        return Name(tuple(own), first, tuple(words[:first]), listed[0], listed[1], "")
    low = [word.lower() for word in own]
    linked = next((k for k, word in enumerate(low) if k and word in {"of", "for"}), 0)
    titles_at = [k for k, word in enumerate(low[:-1]) if is_title(word)]
    while titles_at and titles_at[-1] == linked - 1 > 0 and low[linked - 2] in first_names():
        titles_at.pop()  # "Ada King of Elm"
    title = titles_at[-1] if titles_at else -1
    if 0 <= title == linked - 1 and len(own) > linked + 2 and not whole(own[linked + 1 :]):
        title, linked = linked + 1, 0  # "Secretary of State Mara Voss"
    opens = title < 0 and len(own) > 1 and low[0] not in first_names() and _BODY_FIRST.match(own[0])
    body = (makes_a_body(own[-1]) and not (len(own) == 1 and person_of(low[0]))) or linked or "&" in own or opens
    led = 0 <= title < linked - 1 and not makes_a_body(own[linked - 1]) and singular(low[title]) == low[title]
    if linked and (title == linked - 1 or led or (low[0] in first_names() and linked > 1)):
        own, body = own[:linked], 0  # "Mara Voss of the Harbour Board", "Gov. Una Frey of Elm", "President of Elm"
    elif linked and title > linked:
        body = 0
    if body:
        kind, role = _kind_of_body(own)
        return Name(tuple(own), first, tuple(words[:first]), kind, role, "")
    at = title + 1 if title + 1 < len(own) else 0
    if title >= 0 and not at:
        return None  # "President of Elm"
    return _person(words[: first + at], own[at:], titled=at > 0 or bool(first and is_title(words[first - 1].lower())))


def _capitals(words: Sequence[str]) -> tuple[int, int]:
    """The last run of capitalised words, small links inside it included; words before and after a name are off."""
    first = stop = len(words)
    while first:
        back = first - 1
        while back and first < stop and back > first - 3 and words[back].lower() in INSIDE_A_NAME:
            back -= 1
        if not _capital(words[back]):
            break
        first = back
    while first < stop:
        low = words[first].lower().strip(",")
        named = low in first_names() and stop - first > 1 and _capital(words[first + 1])
        if stop - first > 2 and low.endswith(_INVERTED) and low in cues() and low not in first_names():
            first += 1  # "Said Ann Orde: ..."
            continue
        if not (low in LEADS_A_NAME or low in PARTICLE or (low in TIME and not named)) or whole(words[first:stop]):
            break
        first += 1
    while stop - first > 1:
        low = words[stop - 1].lower().strip(".,")
        when = low in TIME and low not in _NAMES_TOO and not whole(words[first:stop])
        if not (low in PARTICLE or low in _DEGREES or when):
            break
        stop -= 1
    return first, stop


def _person(title: Sequence[str], own: list[str], *, titled: bool) -> Name | None:
    """A person's name, or a body's if its form says so and no title does not."""
    last = own[-1].lower()
    known = own[0].lower() in first_names()
    if titled and len(own) > 1 and (listed := whole(own)) and not listed[2]:
        return Name(tuple(own), len(title), tuple(title), listed[0], listed[1], "")
    if "." in own[-1] and _ADDRESS.search(own[-1]):
        return Name(tuple(own), len(title), tuple(title), "organisation", "unknown", "")  # "Harbourly.com"
    noun = noun_of(last)
    if titled and len(own) == 1 and noun is not None and singular(last) != last:
        return None  # "Harbour Councillors"
    if titled and len(own) == 1 and last in titles() and title[-1].lower() in _LEADS_A_TITLE:
        return None  # "Prime Minister"
    if not titled and not (known and len(own) > 1):
        if noun is not None and (len(own) == 1 or singular(last) != last or noun.kind != "document_or_data"):
            if noun.kind in {"unnamed_person", "collective_public"}:
                return None  # "Officials", "Harbour Board Doctor"
            return Name(tuple(own), len(title), tuple(title), noun.kind, noun.role, "")
        if len(own) == 1 and (last in NO_NAME or last in DETERMINER):
            return None  # "Democratic", "A"
        if len(own) == 1 and _ACRONYM.fullmatch(own[0]):
            return Name(tuple(own), len(title), tuple(title), "organisation", "unknown", "")
    for stop in range(min(len(own) - 1, _longest()), 1, -1) if not known else ():
        if (listed := whole(own[:stop])) and listed[0] == "media_outlet":
            return _person([*title, *own[:stop]], own[stop:], titled=True)  # "Harbour Post Mara Voss"
    gender = first_names().get(own[0].lower(), "") if len(own) > 1 else ""
    role = ""
    for word in reversed(title):
        low = bare(word).lower()
        if low in titles():
            role, gender = role or titles()[low][0], titles()[low][1] or gender
        elif noun := person_of(low):
            role, gender = role or noun.role, noun.gender or gender
    return Name(tuple(own), len(title), tuple(title), "named_person", role or "unknown", gender)


def _kind_of_body(own: Sequence[str]) -> tuple[str, str]:
    """Kind and role of a name that is no person's, by its words."""
    last = noun_of(own[-1])
    if own[-1].lower() in word_lists.words("media.txt") or "News" in own[:-1]:
        return "media_outlet", "other medium"
    if last is not None and last.kind == "document_or_data":
        return last.kind, last.role
    for word in (own[-1], *own):
        noun = noun_of(word)
        if noun is not None and noun.kind == "organisation":
            return noun.kind, noun.role
    return "organisation", "unknown"


class Found(NamedTuple):
    """A name in a text, with the place of its own words (title and possessive off) and where its title begins."""

    start: int
    end: int
    begin: int
    name: Name


def scan(text: str, start: int, end: int) -> Iterator[Found]:
    """The proper names of a stretch of text, in order."""
    at = start
    while (opens := _CAPITAL.search(text, at, end)) and (match := NAME.match(text, first := opens.start(), end)):
        run = match.group()
        longer = _LONG_BODY.match(text, first, end) if _holds_a_body(run) else None
        if longer and not longer[1].lower().startswith(_DAYS):
            at, here = longer.end(), _long_body(longer.group())
        else:
            at, here = match.end(), _names_of(run)
        for found in here:
            yield Found(first + found.start, first + found.end, first + found.begin, found.name)


@lru_cache(maxsize=4096)
def _holds_a_body(run: str) -> bool:
    return _BODY_FIRST.search(run) is not None


@lru_cache(maxsize=1024)
def _long_body(run: str) -> list[Found]:
    """The one name in a run such as "The Commission on Harbour Safety"."""
    pieces = list(WORD.finditer(run))
    while pieces[0].group().lower() in LEADS_A_NAME or POSSESSIVE.search(pieces[0].group()):
        pieces.pop(0)
    words = [piece.group() for piece in pieces]
    words[-1] = bare(words[-1])
    first = next(k for k, word in enumerate(words) if _BODY_FIRST.match(word))
    name = Name(tuple(words), 0, (), *_kind_of_body(words[: first + 1]), "")
    start = pieces[0].start()
    return [Found(start, pieces[-1].start() + len(words[-1]), start, name)]


@lru_cache(maxsize=4096)  # "The", "But" and the names of the day make up most runs
def _names_of(run: str) -> list[Found]:
    """The names in a run of capitalised words: one, or more joined by possessives ("Channel Six's Mara Voss")."""
    pieces = list(_PIECE.finditer(run))
    found: list[Found] = []
    while pieces and (name := parse([piece.group() for piece in pieces])) is not None:
        last = pieces[name.first + len(name.words) - 1]
        start, end = pieces[name.first].start(), last.start() + len(bare(last.group()))
        pieces = pieces[: name.first]
        begin = start
        while pieces and bare(pieces[-1].group()) == pieces[-1].group():
            begin = pieces.pop().start()
        found.insert(0, Found(start, end, begin, name))
    return found
