"""How a number is written for readers, wherever one is printed: in sentences, tables, charts, on pages.

A share is in per cent with one decimal (25.6%), its difference in percentage points; any other metric has one decimal,
one that never exceeds 3 two, and so has a column of one's own; a count of one article has none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .metrics.dictionary import METRICS

if TYPE_CHECKING:
    import pandas as pd

# Share -> what it divides, where both are metrics: a share is written with its parts.
PARTS = {
    "quoted_share": ("quoted_words", "words"),
    "attributed_share": ("attributed_words", "words"),
    "anonymous_share": ("anonymous_sources", "sources"),
}
UNDEFINED = "–"
T = TypeVar("T")
# The columns of estimates that are in the metric's unit.
_ESTIMATED = ("mean", "median", "mean_a", "mean_b", "difference", "low", "high", "corrected", "corrected_low",
              "corrected_high", "error_alone")  # fmt: skip
_SHARES = frozenset(("share", "rate", "proportion", "fraction", "probability"))
_WORD = re.compile(r"[a-z]+")


def is_share(name: str, values: Iterable[float] = ()) -> bool:
    """Whether a column is written in per cent: a metric by its unit, a column of one's own by name and values.

    Of one's own is a share what is called so (share, rate, proportion, fraction, probability) and has no value, or
    difference of two, beyond 1.

    >>> is_share("quoted_share"), is_share("pro_share", [0.2, 1]), is_share("pro_share", [20, 80]), is_share("shares")
    (True, True, False, False)
    """
    if name in METRICS:
        return METRICS[name].unit.startswith("share of")
    return not _SHARES.isdisjoint(_WORD.findall(name.lower())) and not any(abs(value) > 1 for value in values)


@dataclass(frozen=True, slots=True)
class Notation:
    """How the values of one column are written: its label and unit for a reader, whether in per cent, its decimals."""

    name: str
    label: str
    in_text: str
    unit: str
    share: bool
    digits: int

    def number(self, value: float, *, signed: bool = False, bare: bool = False) -> str:
        """A value, such as ``25.6%``; ``bare`` without the mark, ``signed`` with a plus; a dash for NaN."""
        if math.isnan(value):
            return UNDEFINED
        shown = 100 * value if self.share else value
        text = f"{abs(shown):,.{self.digits}f}"
        nought = not float(text.replace(",", ""))
        if self.share and shown > 0 and nought and not signed and not bare:
            text, nought = "<0.1", False
        sign = "" if nought else "−" if shown < 0 else "+" if signed else ""
        return sign + text + "%" * (self.share and not bare)

    def gap(self, value: float) -> str:
        """How far two values are apart, such as ``5.2 percentage points`` or ``1.5``."""
        return self.number(abs(value), bare=True) + self.points

    @property
    def points(self) -> str:
        """What follows a difference: ``" percentage points"`` for a share."""
        return " percentage points" * self.share

    def limits(self, low: float, high: float, **look: bool) -> str:
        """An interval, such as ``5.7% to 23.3%``; nothing where there is none."""
        if math.isnan(low) or math.isnan(high):
            return ""
        return f"{self.number(low, **look)} to {self.number(high, **look)}"


def notation(name: str, values: Iterable[float] = ()) -> Notation:
    """How a metric is written, or a column of one's own with these values.

    >>> notation("quoted_share").number(0.256), notation("smog_grade").number(-0.5), notation("pro").gap(-0.25)
    ('25.6%', '−0.5', '0.25')
    """
    share = is_share(name, values)
    if name not in METRICS:
        return Notation(name, name, name.replace("_", " "), "", share, 1 if share else 2)
    metric = METRICS[name]
    return Notation(name, metric.label, metric.in_text, metric.unit, share, 2 if not share and metric.high <= 3 else 1)


def figure(value: float, name: str, *, whole: bool = False) -> str:
    """A metric's value for reading; ``whole``: a count, without decimals.

    >>> figure(0.256, "quoted_share"), figure(1234, "words", whole=True), figure(math.nan, "smog_grade")
    ('25.6%', '1,234', '–')
    """
    written = notation(name, [value])
    return (replace(written, digits=0) if whole and not written.share else written).number(value)


def percent(value: float) -> str:
    """A share of 0..1 in per cent.

    >>> percent(0.256), percent(0.0002)
    ('25.6%', '<0.1%')
    """
    return figure(value, "share")


def scaled(share: T) -> T:
    """A share of 0..1, or a column or table of them, as the number that stands before the mark of per cent.

    >>> scaled(0.256)
    25.6
    """
    found: Any = share
    return cast(T, round(100 * found, 4))


def limits(low: float, high: float, name: str) -> str:
    """An interval for reading, such as ``5.7% to 23.3%``; nothing where there is none."""
    return notation(name, [low, high]).limits(low, high)


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """A table with its metrics, or its estimates of them, written for reading; other columns stay as they are.

    >>> import pandas as pd
    >>> readable(pd.DataFrame({"outlet": ["Herald"], "words": [355.0], "quoted_share": [0.31]})).values.tolist()
    [['Herald', '355', '31.0%']]
    """
    out = table.copy()
    for name in METRICS.keys() & set(table.columns):
        whole = bool(table[name].dropna().mod(1).eq(0).all())
        out[name] = [figure(value, name, whole=whole) for value in table[name]]
    if "metric" in table.columns:
        estimated = [column for column in _ESTIMATED if column in table.columns]
        signed, bare = "difference" in table.columns, not {"difference", "error_alone"}.isdisjoint(table.columns)
        ways = {
            name: notation(str(name), rows[estimated].to_numpy(dtype=float).ravel())
            for name, rows in table.groupby("metric")
        }
        for column in estimated:
            pairs = zip(table["metric"], table[column], strict=True)
            plain = column in {"mean_a", "mean_b"}
            look = {"signed": signed and not plain, "bare": bare and not plain}
            out[column] = [ways[name].number(value, **look) for name, value in pairs]
    return out


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


def parts_of(row: Mapping[Any, Any], name: str) -> str:
    """What a share divides, such as ``61 of 436``; nothing for another metric or where it is undefined."""
    if name not in PARTS or math.isnan(row[name]):
        return ""
    part, total = (f"{row[each]:,.0f}" for each in PARTS[name])
    return f"{part} of {total}"
