"""One article: who speaks in it, how each is identified, where, and with how many words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Unpack

import pandas as pd
from matplotlib.axes import Axes

from ..numbers_in_words import counted, percent, scaled
from ..people.descriptions import describe
from .frame import Frame, chart
from .inside_articles import OWN
from .layout import Page, Rows, Words, lay_out
from .lettering import write
from .looks import ChartError, faint, line, ordered, tinted
from .sourcing import KINDS, looks_of
from .tables import need

_SUMS = (1.08, 1.38)  # where the bars of sums begin and the longest ends, in widths of the article
_CLAUSE = re.compile(r"\s*[,;(]|\s+(?:who|whose|which|that|because)\b")  # what a headline has no room for begins so


class _Speaker(NamedTuple):
    """A row: who, how identified, of what kind, and its stretches with their words."""

    name: str
    how: str
    kind: str
    stretches: pd.DataFrame
    words: int


@chart
def speakers(table: pd.DataFrame, **frame: Unpack[Frame]) -> Axes:
    """Who speaks in one article: a row each, in the order in which they begin, with how the article introduces them.

    The stretches show where in the article each speaks, the bars at the right with how many words in all; the
    reporter's own voice stands on top, its words as a number alone, so that the bars of the sources can be told apart.
    ``table`` is that of ``table.strip`` for one article: start, stop (shares 0..1 of its words), words, kind, name,
    identified. Raises ChartError for an empty table, a missing column, and for several articles.

    >>> table = pd.DataFrame({"id": "a1", "start": [0.0, 0.4], "stop": [0.4, 1.0], "words": [40, 60],
    ...     "kind": ["own voice", "named_person"], "name": ["", "Ilse Brandt"], "identified": ["", "the mayor"]})
    >>> speakers(table).get_label().split(". ")[0]
    'Ilse Brandt is the only source: 60.0% of the words'
    """
    table = need(table, ["id", "start", "stop", "words", "kind", "name", "identified"])
    if table["id"].nunique() > 1 or (table["start"] == 0).sum() > 1:
        raise ChartError("This chart shows one article; give it one, such as articles[0].")
    rows = _speakers(table)
    total = int(table["words"].sum())
    others = [row for row in rows if row.kind not in {"own voice", "none"}]
    finding = _finding(others, total)
    rows = ordered(frame, rows, [row.name for row in rows])
    unnamed = sum(row.how.startswith("not named") for row in others)
    hidden = f"{unnamed} of them not named" if unnamed else "none of them anonymous"
    title = str(table["title"].iloc[0]) if "title" in table and table["title"].iloc[0] else ""
    words = Words(
        finding=finding,
        subtitle=(f"“{title}”: " if title else "")
        + f"{counted(len(others), 'source')}, {hidden}, in the order in which they begin "
        f"(n = {counted(total, 'word')})",
        xlabel="Position in the article",
        basis="Counts of the body’s words; headline, byline and captions are left out.",
        told="Stretches of speakers: "
        + "; ".join(f"{row.name}{f' ({row.how})' * bool(row.how)} {counted(row.words, 'word')}" for row in rows),
        data=pd.DataFrame([(row.name, row.how, row.kind, row.words, scaled(row.words / total)) for row in rows],
                          columns=["who", "identified", "kind", "words", "words (%)"]),
    )  # fmt: skip
    looks = tinted(frame, looks_of({"own voice": OWN, **KINDS}, table["kind"]))
    shown = [kind for kind in looks if any(row.kind == kind for row in rows)]
    key = [("■", looks[kind][1], looks[kind][0]) for kind in shown if kind != "own voice"]
    names, notes = [row.name for row in rows], [row.how for row in rows]
    page = lay_out(
        frame, words, Rows(names=names, notes=notes, tall=2.6, least=1.6, lines=2, noted=1, wide=0.36), key=key
    )
    _draw(page, rows, looks)
    return page.ax


def _finding(others: Sequence[_Speaker], total: int) -> str:
    """Who has the most words."""
    if not others:
        return "Nobody but the reporter speaks"
    most = max(row.words for row in others)
    top = [_CLAUSE.split(row.name)[0] or row.name for row in others if row.words == most]
    part = f"{percent(most / total)} of the words{' each' * (len(top) > 1)}"
    if len(others) == 1:
        return f"{top[0]} {'are' if describe(top[0]).plural else 'is'} the only source: {part}"
    if len(top) > 2:
        return f"{len(top)} sources speak most: {part}"
    said = " and ".join(name[0].upper() + name[1:] if not k else name for k, name in enumerate(top))
    return f"{said} {'speak' if len(top) > 1 or describe(top[0]).plural else 'speaks'} most: {part}"


def _speakers(table: pd.DataFrame) -> list[_Speaker]:
    """A row a speaker: the reporter, then the others in the order in which they begin, words of nobody last."""
    found = [
        _Speaker(OWN[0] if kind == "own voice" else str(name) or KINDS["none"][0], str(how), str(kind), mine,
                 int(mine["words"].sum()))
        for (kind, name, how), mine in table.groupby(["kind", "name", "identified"], sort=False)
    ]  # fmt: skip
    firsts = [float(row.stretches["start"].iloc[0]) for row in found]
    order = [(row.kind != "own voice", row.kind == "none", at) for row, at in zip(found, firsts, strict=True)]
    return [found[k] for k in sorted(range(len(found)), key=order.__getitem__)]


def _draw(page: Page, rows: list[_Speaker], looks: dict[Any, tuple[str, str]]) -> None:
    """Draws the stretches, the bars of sums with their words, and the axis."""
    ax, size = page.ax, page.size
    start, end = _SUMS
    most = max([row.words for row in rows if row.kind != "own voice"], default=1)
    ax.hlines(range(len(rows)), 0, 1, color=faint(), linewidth=0.7, zorder=1, gid="ground")
    for y, row in enumerate(rows):
        colour, mine = looks[row.kind][1], row.stretches
        edge = 0.5 * (row.kind == "own voice")  # pale on white
        look: dict[str, Any] = {"color": colour, "linewidth": edge, "edgecolor": line()}
        ax.barh([y] * len(mine), mine["stop"] - mine["start"], 0.62, mine["start"], gid=row.kind, zorder=2, **look)
        wide = (end - start) * row.words / most if row.kind != "own voice" else 0.0
        ax.barh([y] * bool(wide), [wide] * bool(wide), 0.62, start, gid="sum", zorder=2, **look)
        write(ax, f"{row.words:,}", (start + wide, y), size, (0.35 * size, 0), ha="left", gid="words")
    ax.set_xlim(0, end + 4.2 * size / page.plot * end)
    ax.grid(visible=False)
    ax.set_xticks([0, 0.5, 1, start], ["0%", "50%", "100%", " Words"])
    labels: list[Any] = ax.get_xticklabels()
    for label, side in zip(labels, ("left", "center", "right", "left"), strict=True):
        label.set_horizontalalignment(side)
    ax.spines["bottom"].set_bounds(0, 1)
