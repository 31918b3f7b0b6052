"""Why something was decided so, in a reader's words: what lists/reasons.tsv says of the features that decided."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from .word_lists import rows, word_class, words

FEW = 2  # what is weak is said where there is less of what is strong
_STEM = 5  # letters; words that begin alike are one to a reader: "official", "officials"
_QUOTED = re.compile(r"“([^”]+)”")
_SMALL = ("determiner", "possessor", "pronoun", "quantity", "auxiliary", "be", "relative", "refers")


class _Entry(NamedTuple):
    rest: re.Pattern[str]  # what a feature without its family must match
    says: str  # with {} for what the pattern's group holds
    weak: bool


def reasons(of: Iterable[str], features: Iterable[str], *, after: Iterable[str] = (), most: int = 3) -> list[str]:
    """What the features say, the strongest first, each thing once; ``most``: how many at most.

    ``of``: what was decided, by the names that the list has: ``zone`` of a line, ``kind`` or ``role`` of a source and
    what it was taken for, who is ``meant``, which ``cue`` words belong to, whose they are (``origin``). ``after``: what
    is said already, and stands first. What is weak is said only where less than two others are; features that the list
    does not know say nothing.

    >>> found = ["head official", "cue announce", "has officials", "sure 4 uunns False", "unheard of"]
    >>> reasons(["kind", "unnamed_person"], found), reasons(["kind"], found)
    (['“official”', 'no name in the article'], ['“official”', 'its verb “announce”'])
    """
    names = tuple(of)
    known = [one for feature in features if (one := _reason(names, feature)) is not None]
    said = dict.fromkeys(after)
    stems = {stem for one in said for stem in _stems(one)}
    for weak, limit in ((False, most), (True, min(most, FEW))):
        for one in known:
            new = _stems(one.says)
            if one.weak == weak and len(said) < limit and (new - stems or not new):
                said[one.says] = None
                stems |= new
    return list(said)


def _stems(said: str) -> set[str]:
    """The quoted words, cut to what tells them apart."""
    return {word[:_STEM].lower() for quoted in _QUOTED.findall(said) for word in quoted.split()} - _small()


def reason(of: str, feature: str) -> str:
    """What one feature says; "" where it says nothing by itself.

    >>> reason("zone", "word subscribe"), reason("zone", "bias")
    ('says “subscribe”', '')
    """
    found = _reason((of,), feature)
    return found.says if found else ""


@lru_cache(maxsize=32768)
def _reason(of: tuple[str, ...], feature: str) -> _Entry | None:
    family, _, rest = feature.partition(" ")
    for key, part in ((family, rest), ("*", feature)):
        for one in of:
            for entry in _entries().get((one, key), ()):
                if found := entry.rest.fullmatch(part):
                    says = entry.says.format(*found.groups())
                    return entry._replace(says=says) if _stems(says) or "“{}”" not in entry.says else None
    return None


@cache
def _entries() -> dict[tuple[str, str], list[_Entry]]:
    """What is listed, by what was decided and by family."""
    found = defaultdict[tuple[str, str], list[_Entry]](list)
    for names, family, rest, says in rows("reasons.tsv"):
        of = set(names.split())
        for one in of - {"weak"}:
            found[one, family].append(_Entry(re.compile(rest or ".*"), says, "weak" in of))
    return dict(found)


@cache
def _small() -> frozenset[str]:
    """Words, cut to their stem, that are no reason."""
    more = ("for", "with", "who", "of", "to", "in", "on", "after", "into", "over")
    return frozenset(word[:_STEM] for word in words("function_words.txt").union(more, *map(word_class, _SMALL)))
