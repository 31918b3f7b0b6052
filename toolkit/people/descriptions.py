"""Source phrases: what the words of one say of its bearer, whoever that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..article import Span
from ..language import nouns
from ..language.closed_classes import (
    DETERMINER,
    LEADS_A_NAME,
    MASS,
    NO_AGENT,
    NO_NAME,
    POSSESSOR,
    QUALIFIER,
    QUANTITY,
    REFERS,
    RULERS,
    TIME,
)
from ..language.word_lists import word_class
from . import affiliations, proper_names, roles

# ends the noun phrase that holds the head
_CUT = re.compile(
    r",|;|:|\(|\[|\n| [—–-] |--|\b(?:who|whom|whose|which|that|of|at|for|from|in|on|with|to|by|about|against|"
    r"among|around|across|after|before|near|inside|outside|under|over|within|behind|during|"
    r"(?<!more )(?<!fewer )(?<!less )than|as|familiar|briefed|close|involved|"
    r"including|such|like|responding|surveyed|polled|interviewed|speaking|opposed|based|said|says|is|are|was|were|has|have|"
    r"had|will|would|did|does|do|could|may|might|can|should|faces|told|asked|I|he|she|it|they|we|you|anything|nothing|"
    r"something|representing|handling|seeking|overseeing|advising|calling|urging|investigating|covering|attending)\b"
)
_NOT_WHEN = word_class("time_or_not")
_TAILS = re.compile(r"(?:of|for|in|at|from|on|with|to)\s([^,;:(]*?)(?=$|[,;:(]|\s(?:who|which|that|said|says)\b)")
_SMALL = DETERMINER | POSSESSOR | {"of", "and", "for", "in", "s"}
_TRAILING = (TIME - _NOT_WHEN) | word_class("trailing")  # "Mara Voss Tuesday evening", "Mara Voss herself"
_EDGE = " \t\n\u00a0\"'“”‘’«»,.;:()[]—–-―*"
_TAIL = re.compile(  # "the book she", "conservative leaders on", "Voss said"
    r"(?<=[\w.’'”]),?\s(?:(?:I|he|she|they|we|who|which|that|and|or|but|of|on|as|in|at|by|for|from|to|with|the|an?|also|"
    r"is|was|has|had|have|said|says|told)\s?)+\Z"
)
_KEEPS_STOP = re.compile(r"(?:\b[A-Z]|\b(?:Jr|Sr|Inc|Co|Ltd|Corp))\.$")
_AGENTS = re.compile(r"(?:ers|ors|ists|ants|ians|men|women|folks?|elites|eers)$")
_AGENT = re.compile(r"(?:er|or|ist|ant|ian|man|woman|eer)$")
_PARTICIPLE = re.compile(
    r"(?:[a-z-]{3,}ed|seen|made|written|given|held|taken|sent|shown|led|run|being|done|obtained|due)$"
)
_NUMBER = re.compile(
    r"[\d.,]+%?$|(?:one|two|three|four|five|six|seven|eight|nine|ten|both|several|some)$|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?$"
)
_SHARE = word_class("share")
_PRESS = word_class("press")
_PRESS_TELLS = word_class("press_tells")


class Description(NamedTuple):
    """What a source phrase says of its bearer.

    ``name`` is the proper name, if there is one; ``head`` the head noun, singular, or the pronoun; ``kind`` as in
    `sources.KINDS`, or ``pronoun``; ``words`` the qualifying words, for telling two apart; ``body`` the body that the
    bearer is said to belong to; ``owner`` the possessor before the head, a name or "his"; ``evidence`` the words that
    gave the role; ``first`` the first word, which tells "another official" from "the official".
    """

    name: proper_names.Name | None
    head: str
    kind: str
    role: str = "unknown"
    gender: str = ""
    words: frozenset[str] = frozenset()
    first: str = ""
    plural: bool = False
    body: str = ""
    owner: str = ""
    evidence: str = ""
    rest: str = ""

    @property
    def definite(self) -> bool:
        """Whether the phrase points back to what is known."""
        return self.first in {"the", "both", "these", "those", "this", "that"} | POSSESSOR or bool(self.owner)

    @property
    def tail(self) -> frozenset[str]:
        """The words that say of what, for whom or where: "elm" of "police in Elm", "the mayor of Elm"."""
        found = _TAILS.match(self.rest)
        return frozenset(word.lower() for word in proper_names.words_of(found[1])) - _SMALL if found else frozenset()

    @property
    def stands_for(self) -> str:
        """The noun that the head stands for: lawyer for attorney."""
        return nouns.stands_for(self.head)


def trimmed(text: str, span: Span) -> Span:
    """A span without quotation marks, brackets, commas and blanks at its edges; the stop of "Jr." stays.

    Words of the next phrase after it are off.
    """
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        inside = text[start:end]
        if (text[end - 1] == "." and _KEEPS_STOP.search(inside)) or (text[end - 1] == ")" and "(" in inside):
            break
        end -= 1
    if start >= end:
        return span
    tail = _TAIL.search(text[start:end])
    return Span(start, start + tail.start() if tail and tail.start() else end)


@lru_cache(maxsize=4096)  # the same phrases come again and again in an article
def describe(phrase: str) -> Description:
    """Reads a source phrase: pronoun, name with title, or description with a head noun.

    >>> describe("Two verified security sources").kind, describe("Harbour mayor Ilse Brandt").name.full
    ('unnamed_person', 'Ilse Brandt')
    """
    text = " ".join(phrase.split())
    text = trimmed(text, Span(0, len(text))).of(text)
    low = text.lower()
    if low in REFERS and (text != text.upper() or low == "i"):  # not "US"
        return _pronoun(low)
    if low.startswith("@") and " " not in low:
        handle = proper_names.Name((text,), 0, (), "named_person", "unknown", "")
        return Description(handle, "", "named_person")
    inner, rest, found = _core(text)
    words = proper_names.words_of(inner)
    if not words:
        return Description(None, low, "document_or_data", rest=rest)
    first = words[0].lower()
    if _quantity(words) and (of := re.match(r"of (.+)", rest)):
        return _many(describe(of[1]), words, first)
    if found is not None:
        return _named(words, found, first, rest)
    return _apposed(words, first, rest) or _common(words, first, rest)


def _pronoun(low: str) -> Description:
    gender = "m" if low in {"he", "him", "his", "himself"} else "f" if low in {"she", "her", "hers", "herself"} else ""
    plural = low in {"they", "them", "their", "we", "us", "our", "both", "these", "those", "both men", "both women"}
    word = {"him": "he", "his": "he", "himself": "he", "her": "she", "hers": "she", "herself": "she", "me": "i",
            "my": "i", "myself": "i", "us": "we", "our": "we", "them": "they", "their": "they", "themselves": "they",
            "its": "it", "itself": "it", "your": "you", "whom": "who"}.get(low, low)  # fmt: skip
    return Description(None, word, "pronoun", gender=gender, first=low, plural=plural)


def _core(text: str) -> tuple[str, str, proper_names.Name | None]:
    """The noun phrase that holds the head, what follows it, and the proper name that it ends in."""
    found = list(proper_names.scan(text, 0, len(text)))
    cut = len(text)
    for match in _CUT.finditer(text, 1):
        inside = any(one.begin < match.start() < one.end for one in found)
        if not inside and text[: match.start()].strip(" ,"):
            cut = match.start()
            break
    inner = text[:cut].rstrip(" ,—–-")
    inner = inner.rpartition(" ")[0] if inner.endswith((" and", " or", " but")) else inner
    while " " in inner and inner.rpartition(" ")[2].lower() in _TRAILING:
        inner = inner.rpartition(" ")[0].rstrip(" ,")
    last = next((one for one in found if one.start < len(inner) <= one.end + 3), None)
    if last is not None and inner[last.end :].strip("'’s .)\"") == "":
        return inner, text[cut:].strip(" ,;—–-"), last.name
    return inner, text[cut:].strip(" ,;—–-"), None


def _named(words: list[str], found: proper_names.Name, first: str, rest: str) -> Description:
    parsed = proper_names.parse(words)
    name = parsed if parsed is not None and len(parsed.words) >= len(found.words) else found
    role, evidence = _role_of(name, words[: len(words) - len(name.words)], rest)
    lead = words[: max(0, len(words) - len(name.words))]
    body = (affiliations.of_title(lead) or affiliations.of_phrase([], rest)) if name.kind == "named_person" else ""
    return Description(name, "", name.kind, role, name.gender, first=first, body=body, evidence=evidence, rest=rest)


def _role_of(name: proper_names.Name, lead: Sequence[str], rest: str) -> tuple[str, str]:
    """A name's role and the words that made it: its title, or the apposition after it."""
    if name.kind != "named_person":
        return name.role, name.full if name.role != "unknown" else ""
    title = [word for word in lead if word.lower() not in DETERMINER]
    if name.role != "unknown":
        return roles.widened(name.role, " ".join(title))
    return roles.apposed_role(rest)


def _quantity(words: Sequence[str]) -> bool:
    """Whether words only count what follows "of": "a number", "42 percent", "some", "a group"."""
    low = [word.lower() for word in words]
    counted = low[-1] in QUANTITY or low[-1] in DETERMINER or _NUMBER.match(low[-1]) is not None
    return counted and low[-1] not in {"the", "his", "her", "their", "its", "our", "a", "an"}


def _many(inner: Description, words: Sequence[str], first: str) -> Description:
    """What is counted: "a group of doctors", "one of the mayor's advisers", "many of those who voted"."""
    if inner.name is not None and inner.name.kind == "named_person":
        return inner
    single = words[-1].lower() in {"one", "another", "neither"}
    if single and (apposed := _apposed([inner.head or "person"], first, inner.rest)) is not None:
        return apposed  # "one of the panelists, actress Ada Lund"
    kind = inner.kind
    if single and kind != "document_or_data":
        kind = "unnamed_person"
    elif kind == "pronoun" or words[-1].lower() in _SHARE or words[-1].endswith("%"):
        kind = "collective_public"
    return inner._replace(name=None, kind=kind, first=first, plural=not single, head=inner.head or "person")


_PERSON = nouns.Head("unnamed_person", "unknown", "", "person")


def _full(own: Sequence[str]) -> bool:
    """Whether words are a first name and surname, or a noun for persons and these: "actress Ada Lund"."""
    name = proper_names.parse(own)
    if name is None or name.kind != "named_person" or len(name.words) < 2 or name.first + len(name.words) < len(own):
        return False
    led = name.first == 0 or nouns.is_title(own[name.first - 1].lower())
    led = led and own[0].lower() not in {"including", "like", "such"}
    return led and name.words[0].lower() in nouns.first_names()


def _apposed(words: list[str], first: str, rest: str) -> Description | None:
    """A description whose bearer is named after a comma: "a spokesman, Jan Roth", "the mayor, Ilse Brandt"."""
    noun = nouns.noun_of(" ".join(words[-2:])) or nouns.noun_of(words[-1])
    if noun is None and words[-1].islower() and _full(proper_names.words_of(rest.split(", ")[0])):
        noun = _PERSON  # "the harbour master, Jonas Ekholm", "one of the panelists, the actress Ada Lund"
    if not rest or noun is None or noun.kind == "document_or_data":
        return None
    person = noun.kind in {"unnamed_person", "collective_public"}
    given = "," in rest or rest[:1].isupper() or _full(proper_names.words_of(rest))
    for piece in rest.split(", ")[:2] if given else []:
        own = proper_names.words_of(re.split(r";|\(|\bwho\b|\bof\b|\bfor\b|\bat\b", piece)[0].strip())
        if not own or not (own[0][:1].isupper() or own[0] == "the" or _full(own)):
            continue
        name = proper_names.parse(own)
        is_body = name is not None and piece == rest and name.kind != "named_person"
        if name is not None and (is_body or (not person and piece == rest and not name.gender)):
            kind, role = (name.kind, name.role) if is_body and person else (noun.kind, noun.role)
            name = name._replace(kind=kind, role=role)
            return Description(name, "", kind, role, first=first, evidence=noun.role, rest=rest)
        if name is not None and person and name.kind == "named_person" and (len(name.words) > 1 or name.title):
            role = noun.role if noun.role != "unknown" else name.role
            name = name._replace(gender=noun.gender or name.gender, role=role)
            clause = " ".join(word for word in words if word.lower() not in DETERMINER)
            before = rest.split(piece)[0].strip(" ,")
            role, evidence = roles.widened(role, f"{clause} {before}".strip())
            body = affiliations.of_phrase(words[:-1], before)
            return Description(name, "", name.kind, role, name.gender, first=first, body=body, evidence=evidence,
                               rest=rest)  # fmt: skip
    return None


def _common(words: list[str], first: str, rest: str) -> Description:
    """A description by a common noun."""
    heads = nouns.heads()
    words = _to_the_head(words)
    low = [word.lower() for word in words]
    last = low[-1]
    pair = nouns.singular(" ".join(words[-2:]).lower()) if len(words) > 1 else last
    head = pair if pair in heads else nouns.singular(nouns.bare(last))
    noun = heads.get(head)
    if noun is None and _quantity(words[-1:]):
        return _counted(words, first, rest)
    if noun is not None:
        kind, role = noun.kind, noun.role
        plural = not last.endswith(head.split()[-1]) or last in {"people", "police", "staff", "personnel", "families"}
    else:
        kind, plural = _by_ending(words[-1])
        role = "unknown"
    if kind == "document_or_data" and _PRESS & {*low[:-1]} and last in _PRESS_TELLS:
        kind, role = "media_outlet", "other medium"  # "media reports"
    if head == "person" or (head == "people" and (not plural or roles.familiar(rest))):
        kind, role = "unnamed_person", "unknown"
    elif plural and head in RULERS and not _NUMBER.match(first):
        kind = "collective_public"  # "senators", as "lawmakers"
    elif kind == "unnamed_person" and first in {"no", "any", "every", "each"}:
        kind = "collective_public"  # "no client"
    elif kind == "collective_public" and not plural and head not in MASS:
        kind = "unnamed_person"
    lead = words[: -len(head.split())]
    owner = next((word for word in reversed(words[:-1]) if nouns.POSSESSIVE.search(word)), "")
    owner = nouns.bare(owner) or (words[0].lower() if words[0].lower() in POSSESSOR else "")
    own = [word for word in lead if word.lower() not in DETERMINER]
    qualifiers = frozenset(
        nouns.bare(word).lower() for word in own if word.lower() not in QUALIFIER or word != word.lower()
    )
    evidence = " ".join([*own, *words[-len(head.split()) :]])
    body = ""
    if kind == "unnamed_person":
        body = affiliations.of_phrase(lead or words[:-1], rest, owner, head)
        body = body or (words[-1] if head in affiliations.PARTISAN else "")  # "a Democrat"
        role, _ = roles.widened(role, f"{evidence} {rest}".strip())
    if role == "unknown":
        evidence = ""
    return Description(None, head, kind, role, noun.gender if noun else "", qualifiers, first, plural, body, owner,
                       evidence, rest)  # fmt: skip


def _to_the_head(words: list[str]) -> list[str]:
    """A noun phrase without what leads it and without the participle or number behind its head."""
    leading = LEADS_A_NAME - {"no", "most", "more"} - POSSESSOR
    while len(words) > 1 and words[0].lower() in leading:
        words = words[1:]
    while len(words) > 1 and nouns.noun_of(words[-1]) is None and (_PARTICIPLE.match(words[-1]) or words[-1].isdigit()):
        words = words[:-1]  # "documents seen", "Article 21"
    return words


def _by_ending(word: str) -> tuple[str, bool]:
    """The kind that the ending of a noun on no list shows, and whether it is plural."""
    low = word.lower()
    plural = low.endswith("s") and not low.endswith("ss")
    if _AGENTS.search(low):
        return "collective_public", plural
    if _AGENT.search(low) and low not in NO_AGENT:
        return "unnamed_person", plural
    if not word[:1].isupper():
        return "document_or_data", plural
    return ("collective_public", True) if low in NO_NAME else ("organisation", plural)


def _counted(words: list[str], first: str, rest: str) -> Description:
    """A number or quantity that stands alone: "some", "several", "those close to him", "two"."""
    one = words[-1].lower() in {"another", "one", "other", "second", "third"}
    kind = "unnamed_person" if one or roles.familiar(rest) else "collective_public"
    return Description(None, "person", kind, first=first, plural=not one, rest=rest)
