"""A comparison as a table of plain text, for a console: each metric's means, then its differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ..numbers_in_words import counted, notation
from .estimates import p_value
from .in_sentences import Compared, noun

WIDTH = 100  # columns, at the most
_PAIRS = 6  # differences of a metric that are shown, the surest first
_NAME = 46  # signs of a name, at the most


def table(found: Compared) -> str:
    """The means, and the differences on the same stories, of each metric, in lines of `WIDTH` signs at the most.

    Of more than six pairs of outlets those with the smallest p stand there, and how many others there are. What is not
    corrected for the toolkit's errors has no such column.
    """
    by = str(found.means.columns[0])
    lines: list[str] = []
    for name, mine in found.means.groupby("metric", sort=False):
        look = notation(str(name), mine[["mean", "low", "high"]].to_numpy(dtype=float).ravel())
        unit = f" ({look.unit})" if look.unit and look.unit != look.label.lower() else ""
        lines += [f"{look.label}{unit}"]
        rows = [
            (str(row[by]), f"{row['n']:,}", look.number(row["mean"]), look.limits(row["low"], row["high"]) or "none",
             *([look.number(row["corrected"])] if "corrected" in row else []))
            for _, row in mine.iterrows()
        ]  # fmt: skip
        lines += _lines([(by, "articles", "mean", "95% interval", "corrected")[: len(rows[0])], *rows])
        if found.pairs is not None:
            lines += _of_pairs(found.pairs[(found.pairs["metric"] == name) & (found.pairs["n"] > 0)], by)
        lines.append("")
    return "\n".join(lines).rstrip()


def _of_pairs(pairs: pd.DataFrame, by: str) -> Iterator[str]:
    """The differences of one metric."""
    if pairs.empty:
        return
    size = pairs["difference"].abs()
    shown = pairs.assign(size=size).sort_values(["p", "size"], ascending=[True, False]).head(_PAIRS)
    look = notation(str(pairs["metric"].iloc[0]), pairs[["difference", "low", "high"]].to_numpy(dtype=float).ravel())
    rows = [
        (f"{_short(str(row['a']), 22)} − {_short(str(row['b']), 22)}", f"{row['n']:,}",
         look.number(row["difference"], signed=True, bare=True),
         look.limits(row["low"], row["high"], signed=True, bare=True) or "none",
         p_value(row["p_adjusted"]).removeprefix("= "))
        for _, row in shown.iterrows()
    ]  # fmt: skip
    yield from _lines(
        [
            (f"two {noun(by)}s", "stories", f"gap{' in points' if look.share else ''}", "95% interval", "adjusted p"),
            *rows,
        ]
    )
    if len(pairs) > _PAIRS:
        yield f"  and {counted(len(pairs) - _PAIRS, 'pair')} more, which a folder named with --out holds"


def _lines(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows in columns: the first to the left, the others to the right."""
    short = [(_short(first, _NAME), *rest) for first, *rest in rows]
    wide = [max(map(len, column)) for column in zip(*short, strict=True)]
    wide[0] = max(wide[0], 30)
    return [
        "  " + "  ".join([first.ljust(wide[0]), *(cell.rjust(w) for cell, w in zip(rest, wide[1:], strict=True))])
        for first, *rest in short
    ]


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
