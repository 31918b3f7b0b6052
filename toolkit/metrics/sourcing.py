"""The numbers of an article's sources: how many, who they are, how much is theirs, and how they are introduced.

Units are named throughout: sources (each once an article), attributions (of the body, none inside another), words.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from ..analysis import Analysis
from ..article import Span
from ..attribution.attributions import Attribution
from ..people import proper_names
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


def transparent(source: Source) -> bool:
    """Whether a reader can tell who it is: a person with name and role, or a body or medium with a proper name."""
    if source.kind == "named_person":
        return source.role != "unknown"
    own = [word for word in source.name.split() if word.lower() != "the"]
    common = len(own) == 1 and proper_names.singular(own[0].lower()) in proper_names.heads()  # "Police"
    return source.kind in {"organisation", "media_outlet"} and not common and any(word[0].isupper() for word in own)


def numbers(analysis: Analysis) -> dict[str, float]:
    """The values of the metrics about sources, by name; a share with nothing to divide by is NaN."""
    found = attributed(analysis)
    amounts = spoken(analysis)
    sources = [source for source, _ in amounts]
    kinds = Counter(source.kind for source in sources)
    stances = Counter(a.stance for a, _ in found.values())
    anonymous = [source for source in sources if source.anonymous]
    identified = [source for source in sources if not source.anonymous and source.kind != "collective_public"]
    officials = sum(source.role in OFFICIAL for source in identified)
    known = sum(map(transparent, sources))
    said = [(a, source) for a, source in found.values() if source]
    first = min(said, key=lambda pair: pair[0].content[0].start, default=None)
    last = max(said, key=lambda pair: pair[0].content[-1].end, default=None)
    total = sum(words for _, words in amounts)
    return {
        "unsourced_attributions": sum(source is None for _, source in found.values()),
        "doubting_share": share(stances["doubting"], len(found)),
        "denials": stances["denial"],
        "denial_share": share(stances["denial"], len(found)),
        "neutral_share": share(stances["neutral"], len(found)),
        "sources": len(sources),
        "named_sources": kinds["named_person"],
        "anonymous_sources": len(anonymous),
        "organisation_sources": kinds["organisation"],
        "document_sources": kinds["document_or_data"],
        "media_sources": kinds["media_outlet"],
        "collective_sources": kinds["collective_public"],
        "has_anonymous": float(bool(anonymous)),
        "anonymous_share": share(len(anonymous), len(sources)),
        "anonymous_attributions_share": share(
            sum(s is not None and s.anonymous for _, s in found.values()), len(found)
        ),
        "anonymous_words_share": share(sum(words for source, words in amounts if source.anonymous), total),
        "anonymous_affiliation_share": share(sum(bool(s.affiliation) for s in anonymous), len(anonymous)),
        "anonymous_reason_share": share(sum(bool(s.reason) for s in anonymous), len(anonymous)),
        "official_sources": officials,
        "official_share": share(officials, len(identified)),
        "transparent_sources": known,
        "transparency_class": bisect_right((1, 2, 4), known),
        "single_source": float(len(sources) == 1) if sources else math.nan,
        "effective_sources": _effective([words for _, words in amounts]),
        "largest_source_share": share(max((words for _, words in amounts), default=0), total),
        "second_hand_share": share(sum(s is not None and s.second_hand for _, s in found.values()), len(found)),
        "longest_chain": _longest_chain(analysis),
        "words_before_source": bisect_left(analysis.words, (first[0].content[0].start, 0)) if first else math.nan,
        "first_source_official": float(first[1].role in OFFICIAL) if first else math.nan,
        "last_word_official": float(last[1].role in OFFICIAL) if last else math.nan,
    }


def _longest_chain(analysis: Analysis) -> float:
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


def _effective(amounts: Sequence[int]) -> float:
    """exp of the Shannon entropy of the amounts' shares; NaN where there are none."""
    total = sum(amounts)
    if not total:
        return math.nan
    return math.exp(-sum(n / total * math.log(n / total) for n in amounts if n))
