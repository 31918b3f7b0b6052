"""Numbers and names as they are written in sentences and tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

# Share -> what it divides, where both are metrics: a share is written with its parts.
PARTS = {
    "quoted_share": ("quoted_words", "words"),
    "attributed_share": ("attributed_words", "words"),
    "anonymous_share": ("anonymous_sources", "sources"),
}


def counted(n: int, noun: str, plural: str = "s") -> str:
    """A number and its noun.

    >>> counted(1, "word"), counted(1200, "word"), counted(2, "stretch", "es")
    ('1 word', '1,200 words', '2 stretches')
    """
    return f"{n:,} {noun}{'' if n == 1 else plural}"


def listed(names: Iterable[str], most: int = 8) -> str:
    """The first ``most`` names and how many more there are: ``a, b and 3 more``."""
    found = list(names)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def figure(value: float, name: str, *, whole: bool = False) -> str:
    """A value for reading: a share in per cent, a count whole, else one decimal; a dash where it is undefined.

    >>> figure(0.256, "quoted_share"), figure(1234, "words", whole=True), figure(math.nan, "smog_grade")
    ('25.6%', '1,234', '–')
    """
    if math.isnan(value):
        return "–"
    if name.endswith("_share"):
        return f"{100 * value:.1f}%"
    return f"{value:,.0f}" if whole else f"{value:,.1f}".replace("-", "−")


def limits(low: float, high: float, name: str) -> str:
    """An interval for reading, such as ``5.7% to 23.3%``; nothing where there is none."""
    return "" if math.isnan(low) or math.isnan(high) else f"{figure(low, name)} to {figure(high, name)}"


def parts_of(row: Mapping[Any, Any], name: str) -> str:
    """What a share divides, such as ``61 of 436``; nothing for another metric or where it is undefined."""
    if name not in PARTS or math.isnan(row[name]):
        return ""
    part, total = (f"{row[each]:,.0f}" for each in PARTS[name])
    return f"{part} of {total}"
