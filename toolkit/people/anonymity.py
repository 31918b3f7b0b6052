"""Anonymity: whether an unnamed source is one, how much is told of it, and why it is not named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..article import Span
from ..language.word_lists import word_class
from .roles import familiar

VAGUENESS = ("sources", "people familiar", "a role", "a role in a body")

_FAR = 2000  # characters that a sentence may go on before a mention
_NOBODY = word_class("nobody")
_REASON = re.compile(
    r"\b((?:because|since|as)\s(?:[\w’'-]+\s){0,4}?(?:not|n[’']t|unauthori[sz]ed|lacked|fear\w*|barred|forbidden|prohibited|"
    r"afraid|risk\w*|sensitiv\w+|private|confidential|worried|concern\w*|wished?|wanted)\b[^.;\n“”]*"
    r"|(?:citing|for fear of|fearing|out of fear|out of concern|to (?:discuss|speak|talk|describe|be candid|avoid|"
    r"protect|offer)"
    r"|in order to|due to|given the)\b[^.;\n“”]*)",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:anonymity|anonymous(?:ly)?|(?:not|n[’']t)\s(?:to\s)?be\s(?:named|identified|quoted by name)|"
    r"(?:not|un)\s?authori[sz]ed\sto\s(?:speak|discuss|comment|talk|brief)|declin\w+ to be (?:named|identified)|"
    r"without (?:being named|attribution)|withh\w+ (?:his|her|their) names?|name be withheld|unauthori[sz]ed to)",
    re.IGNORECASE,
)


_PSEUDONYM = re.compile(
    r"[^.\n“”]{0,30}?(?:\b((?:not|isn[’']t) (?:his|her|their) real names?|names? (?:has|have) been changed)|"
    r"(?<=[(,]|—)\s?((?:both |all )?(?:a )?pseudonyms?))\b",
    re.IGNORECASE,
)


def pseudonym(text: str, mention: Span) -> str:
    """The words in a mention, or right after it, that say that a name is none of the person's own; "" if none do.

    >>> pseudonym("Maria, not her real name, left.", Span(0, 5))
    'not her real name'
    """
    found = _PSEUDONYM.search(text, *mention) or _PSEUDONYM.match(text, mention.end, mention.end + 100)
    return found[1] or found[2] if found else ""


_ASKED = re.compile(
    r"(?:,?\s(?:who|speaking|requesting|asking|granted|insisting)\b[^.,;\n“”]{0,60}?|"
    rf"(?:\s[a-z]+){{0,4}}?\son (?:the )?condition of ){_UNNAMED.pattern}",
    re.IGNORECASE,
)


def nameless(text: str, phrase: Span) -> bool:
    """Whether a phrase, or what follows it at once, says that whom it means is not named.

    >>> nameless("An aide who asked not to be named left.", Span(0, 7))
    True
    """
    return bool(_UNNAMED.search(text, *phrase) or _ASKED.match(text, phrase.end, phrase.end + 160))


def vagueness(heads: Iterable[str], body: str, rests: Iterable[str]) -> str:
    """How much is told of an anonymous source: one of `VAGUENESS`; ``rests``: what follows the head of its phrases."""
    if body:
        return "a role in a body"
    if any(map(familiar, rests)):
        return "people familiar"
    return "sources" if set(heads) <= _NOBODY else "a role"


def reason(text: str, mention: Span) -> str:
    """The words that say why a source is not named, in the sentence of a mention or the next."""
    border = max(0, mention.start - _FAR)
    start = max(border - 1, *(text.rfind(sign, border, mention.start) for sign in (". ", "\n", ".” ", '." '))) + 1
    near = text[start : mention.end + 400].split("\n")[0]
    if not _UNNAMED.search(near):
        return ""
    stop = [match.end() for match in re.finditer(r"[.!?][”\"’']?\s", near[mention.end - start :])][:2]
    near = near[: mention.end - start + stop[-1]] if len(stop) == 2 else near
    named = _UNNAMED.search(near)
    if named is None:
        return ""
    for found in _REASON.finditer(near):
        if abs(found.start() - named.start()) < 160:
            return re.split(r",\s(?:said|told|and said)\b", found[1])[0].strip(" ,")
    return ""
