"""The numbers of an article's sources: how many, who they are, how much is theirs, and how they are introduced.

Units are named throughout: sources (each once an article), attributions (of the body, none inside another), words.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ..analysis import Analysis
from ..article import Span
from ..attribution.attributions import Attribution
from ..language import nouns
from ..people.descriptions import describe
from ..people.sources import Source

OFFICIAL = frozenset(("official", "politician", "police/courts"))  # the roles that Sigal's officials have here


def attributed(analysis: Analysis) -> dict[int, tuple[Attribution, Source | None]]:
    """The attributions of the body that are not inside another one, by index, each with its source (None: none)."""
    speakers = analysis.speakers()
    return {i: (analysis.attributions[i], speakers.get(i)) for i in sorted(analysis.counted)}


def spoken(analysis: Analysis) -> list[tuple[Source, int]]:
    """The sources of the body, in the order of the analysis, and how many of its words are attributed to each."""

    def content(source: Source) -> list[Span]:
        own = analysis.counted.intersection(source.attributions)
        return [span for i in own for span in analysis.attributions[i].content]

    return [(source, count(analysis.words, content(source))) for source in analysis.cited]


def introduced(analysis: Analysis, source: Source) -> str:
    """How the article says who a source is, in its own words: "the mayor", "who ran the ward", "not named".

    What stands beside the name in the fullest mention; of an anonymous one, "not named" and the reason if one is given;
    ``""`` where the article says nothing.
    """
    if source.anonymous:
        return "not named" + (f", {' '.join(source.reason.split())}" if source.reason else "")
    last = (source.name.split() or [""])[-1]
    mentions = (" ".join(span.of(analysis.article.text).split()) for span in source.mentions)
    fullest = max((each for each in mentions if last in each), key=len, default="")
    beside = re.sub(rf"\b{re.escape(source.name)}\b", "", fullest) if source.kind == "named_person" else ""
    told = re.sub(r"\s+(?=[,;:])", "", " ".join(beside.split())).strip(" ,;:–—-")
    return told if beside != fullest else ""


def speaks_for_a_body(source: Source) -> bool:
    """Whether it is an unnamed spokesperson of a body that the article tells."""
    return source.anonymous and bool(source.affiliation) and describe(source.name).stands_for == "spokesman"


def transparent(source: Source) -> bool:
    """Whether a reader can tell who it is: a person with name and role, or a body or medium with a proper name."""
    if source.kind == "named_person":
        return source.role != "unknown"
    own = [word for word in source.name.split() if word.lower() != "the"]
    common = len(own) == 1 and nouns.singular(own[0].lower()) in nouns.heads()  # "Police"
    return source.kind in {"organisation", "media_outlet"} and not common and any(word[0].isupper() for word in own)


def longest_chain(analysis: Analysis) -> float:
    """Through how many hands the most remote words came: each attribution around them, and another medium, is one."""
    speakers = analysis.speakers()
    second_hand = {i for i, source in speakers.items() if source.second_hand}
    inside = ((i, a) for i, a in enumerate(analysis.attributions) if analysis.in_body(a.cue or a.content[0]))
    return max((a.depth + 1 + (i in second_hand) for i, a in inside), default=math.nan)


def share(part: float, whole: float) -> float:
    """A part of a whole, NaN where the whole is nothing."""
    return part / whole if whole else math.nan


def count(words: Sequence[Span], spans: Iterable[Span]) -> int:
    """How many of the words begin inside one of the spans at least."""
    covered: set[int] = set()
    for span in spans:
        covered.update(range(bisect_left(words, (span.start, 0)), bisect_left(words, (span.end, 0))))
    return len(covered)


def effective(amounts: Sequence[int]) -> float:
    """exp of the Shannon entropy of the amounts' shares; NaN where there are none."""
    total = sum(amounts)
    if not total:
        return math.nan
    return math.exp(-sum(n / total * math.log(n / total) for n in amounts if n))
