"""Names and descriptions: what a source phrase stands for, read off its words alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from . import lexicons
from .article import Span
from .lexicons.closed_classes import DETERMINER, QUALIFIER, REFERS

_PARTICLES = frozenset(("al", "and", "bin", "de", "for", "of", "the", "van", "von"))
_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")
_CUT = re.compile(r",|;|:|\(|\n| [—–-] |\b(?:who|whom|whose|which|that|of|at|for|from|in|on|with|to|by|familiar|briefed"
                  r"|close|involved|including|speaking)\b")  # fmt: skip
_CAPITALISED = (
    r"(?:[A-Z]\.|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Hon|St|Jr|Sr)\.|[^\W\d_a-z][\w’'&-]*)"
)
_NAME = re.compile(
    rf"(?<![\w’']){_CAPITALISED}(?:[ \u00a0](?:(?:de|la|van|von|der|den|bin|al|du|da|di|of|the|and|for)[ \u00a0])?"
    rf"{_CAPITALISED})*"
)
_SENTENCE_END = re.compile(r"[.!?:…“”\"‘’'—–-]\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")


@cache
def heads() -> dict[str, tuple[str, str]]:
    """Head noun, singular -> (kind, role)."""
    return {noun: (kind, role) for noun, kind, role in lexicons.rows("heads.tsv")}


@dataclass(frozen=True, slots=True)
class Description:
    """What a source phrase says of its bearer.

    ``name`` is the bare proper name (``""``: none); ``head`` the head noun, singular; ``title`` the words before the
    name; ``kind`` as for `sources.Source`, or ``pronoun``; ``words``: the qualifying words, for telling two apart.
    """

    name: str
    head: str
    title: str
    kind: str
    role: str
    words: frozenset[str]
    definite: bool
    plural: bool
    affiliation: str


def common(word: str) -> bool:
    """Whether a lower-cased word is a common noun for those who speak."""
    return singular(word) in heads() or re.search(r"(?:ers|ors|ists|ants|men)$", word) is not None


def singular(word: str) -> str:
    """The singular of a noun in the list of heads; another word as it is."""
    for ending, other in (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("men", "man"), ("women", "woman")):
        if word.endswith(ending) and word[: len(word) - len(ending)] + other in heads():
            return word[: len(word) - len(ending)] + other
    return word


def describe(phrase: str) -> Description:
    """Reads a source phrase: pronoun, name with title, or description with a head noun.

    >>> describe("Two verified security sources").kind, describe("Harbour mayor Ilse Brandt").name
    ('unnamed_person', 'Ilse Brandt')
    """
    text = " ".join(phrase.split()).strip(" \"'“”‘’,.;:()—–")
    low = text.lower()
    if low in REFERS or low in {"both men", "both women"}:
        return Description("", low, "", "pronoun", "unknown", frozenset(), True, low in {"they", "we", "both"}, "")
    cut = _CUT.search(text, 1)
    while cut and not text[: cut.start()].strip(" ,"):
        cut = _CUT.search(text, cut.end())
    inner = text[: cut.start()].strip() if cut else text
    rest = text[cut.start() :].strip(" ,;—–") if cut else ""
    words = _WORD.findall(_POSSESSIVE.sub("", inner))
    if not words:
        return Description("", low, "", "organisation", "unknown", frozenset(), False, False, "")
    definite = words[0].lower() in {"the", "both", "these", "those", "his", "her", "their", "its", "this", "that"}
    while len(words) > 1 and words[0].lower() in DETERMINER:
        words = words[1:]
    while (
        len(words) > 1
        and words[-1].lower() not in heads()
        and re.fullmatch(r"[a-z]+ed|seen|made|written|given", words[-1])
    ):
        words = words[:-1]  # "documents seen", "a notice published"
    if words[-1].lower() in DETERMINER:  # "both", "one", "another"
        return Description("", "they", "", "pronoun", "unknown", frozenset(), True, True, "")
    last = words[-1].lower()
    head = singular(last)
    plural = head != last
    title, name = _split(words)
    if not name and rest:  # "a spokesman, Jan Roth" and "the mayor, Ilse Brandt"
        apposed = _split(_WORD.findall(re.split(r",|;|\bwho\b|\bof\b|\bfor\b", rest)[0]))
        if len(apposed[1]) > 1 and kind_of_name(apposed[1], apposed[0]) == "named_person":
            title, name = [*words, *apposed[0]], apposed[1]
    kind, role = heads().get(head, ("", "unknown"))
    if name:
        kind = kind_of_name(name, title)
        role = next(
            (heads()[singular(w.lower())][1] for w in reversed(title) if singular(w.lower()) in heads()), "unknown"
        )
        if kind == "media_outlet":
            role = "other medium"
    elif not kind:
        agents = re.search(r"(?:ers|ors|ists|ents|ants|ians|men|women|folk)$", last)
        kind = (
            "collective_public"
            if agents
            else "unnamed_person"
            if low.startswith(("a ", "an ", "one "))
            else "organisation"
        )
        plural = agents is not None
    elif kind == "document_or_data" and {w.lower() for w in words} & {"media", "news", "press"}:
        kind, role = "media_outlet", "other medium"  # "media reports"
    elif kind == "collective_public" and not plural and low.startswith(("a ", "an ", "one ", "another ")):
        kind = "unnamed_person"
    qualifiers = frozenset(w.lower() for w in words[:-1]) - QUALIFIER - DETERMINER
    return Description(" ".join(name), head, " ".join(title).lower(), kind, role, qualifiers, definite, plural,
                       _affiliation(words[:-1], rest))  # fmt: skip


def _affiliation(modifiers: Iterable[str], rest: str) -> str:
    """The body that an unnamed person is said to belong to or to speak for; "" if none is given."""
    own = [w for w in modifiers if w.lower() not in QUALIFIER | DETERMINER]
    body = re.match(r"(?:of|for|at|from|in|with|to)\s+((?:the\s+|an?\s+)?[^,;]{2,60})", rest)
    if body:
        nouns = [heads().get(singular(word), ("",))[0] for word in body[1].lower().split()]
        if "organisation" in nouns or any(letter.isupper() for letter in body[1]):
            own.append(body[1].strip())
    return " ".join(own)


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Title and proper name of a noun phrase's words; no name if its last word is not capitalised."""
    first = len(words)
    while first:
        inside = words[first - 1].lower() in _PARTICLES and 1 < first < len(words) and words[first - 2][0].isupper()
        if not words[first - 1][0].isupper() and not inside:
            break
        first -= 1
    name = words[first:]
    body = bool(name) and name[-1].lower() in lexicons.words("organisations.txt") | lexicons.words("media.txt")
    titles = [] if body else [k for k, word in enumerate(name[:-1]) if _is_title(word.lower())]
    if titles:  # "Transport Minister Hanneke Orvald"
        first += titles[-1] + 1
        name = words[first:]
    if len(name) == 1 and not first and common(name[0].lower()):
        return [], []  # "Officials" at the head of a sentence
    suffix = [w for w in name if w.strip(".").lower() not in {"jr", "sr", "ii", "iii"}]
    return words[:first], [*suffix[:-1], *(_POSSESSIVE.sub("", w) for w in suffix[-1:])]


def _is_title(word: str) -> bool:
    return word in lexicons.words("titles.txt") or heads().get(word, ("",))[0] == "unnamed_person"


def kind_of_name(name: list[str], title: Iterable[str] = ()) -> str:
    """named_person, organisation or media_outlet, by the words of a proper name."""
    low = [w.lower() for w in name]
    media, bodies = lexicons.words("media.txt"), lexicons.words("organisations.txt")
    if any(t.lower() in lexicons.words("titles.txt") for t in title) and not (set(low) & bodies):
        return "named_person"
    if low[-1] in media or (low[0] in media and len(low) <= 2 and len(name[0]) <= 5 and name[0].isupper()):
        return "media_outlet"
    if (
        set(low) & bodies
        or (len(name) == 1 and name[0].isupper() and 2 <= len(name[0]) <= 6)
        or "of" in low
        or "for" in low
    ):
        return "organisation"
    return "named_person"


@dataclass(slots=True)
class Register:
    """The proper names of an article: full names by surname, and the titles they were given."""

    # ``full``: surname -> full names; ``by_title``: title or role -> person; ``bodies``: first word -> organisation;
    # ``places``: where each person's name stands
    full: dict[str, list[str]] = field(default_factory=dict)
    by_title: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    places: list[tuple[int, str]] = field(default_factory=list)

    def name_of(self, name: str) -> str:
        """The fullest name of the person that a name belongs to."""
        fullest = self.full.get(name.split()[-1].casefold(), [])
        matching = [other for other in fullest if set(name.split()) <= set(other.split())]
        return max(matching, key=lambda other: len(other.split()), default=name)


def register(text: str, spans: Iterable[Span]) -> Register:
    """Collects the names of persons in the given stretches of an article."""
    found = Register()
    titles = lexicons.words("titles.txt")
    forms: dict[str, list[str]] = defaultdict(list)
    for span in spans:
        for match in _NAME.finditer(text, *span):
            words = [_POSSESSIVE.sub("", w) for w in match.group().split()]
            while len(words) > 1 and words[0].lower() in DETERMINER | {
                "according",
                "but",
                "and",
                "when",
                "in",
                "on",
                "at",
                "as",
                "after",
                "for",
            }:
                words = words[1:]
            title, name = _split(words)
            if not name or not name[-1][0].isupper():
                continue
            if kind_of_name(name, title) != "named_person":
                if len(name) > 1:
                    found.bodies.setdefault(name[0], " ".join(name))
                continue
            if len(name) > 4 or (len(name) == 1 and not title and name[0].lower() in titles):
                continue
            before = text[max(span.start, match.start() - 4) : match.start()]
            starts = (match.start() - span.start < 4 and not before.strip()) or _SENTENCE_END.search(before)
            if len(name) == 1 and not title and starts and name[0].casefold() not in forms:
                continue  # any word is capitalised at the head of a sentence
            person = " ".join(name)
            found.places.append((match.start(), person))
            if len(name) > 1 and person not in forms[name[-1].casefold()]:
                forms[name[-1].casefold()].append(person)
            before = text[max(span.start, match.start() - 40) : match.start()]
            lead = [w.lower() for w in re.findall(r"[\w-]+", before.rsplit(",", 1)[-1])[-1:]]
            for word in (*(t.lower() for t in title), *(lead if not before.endswith(("\n", ". ")) else ())):
                if word.strip(".") in titles or singular(word) in heads():
                    found.by_title.setdefault(singular(word), person)
            after = re.match(
                r",\s(?:the|an?|its|his|her)?\s?([\w\s'’-]{3,60}?)(?:,|\.|\bof\b|\bfor\b|\bat\b|\bwho\b)",
                text[match.end() : match.end() + 80],
            )
            if after:
                noun = singular(after[1].split()[-1].lower()) if after[1].split() else ""
                if noun in titles or heads().get(noun, ("",))[0] == "unnamed_person":
                    found.by_title.setdefault(noun, person)
    found.full = dict(forms)
    return found
