"""Charts of who speaks: kinds of sources, how they are introduced, where they stand, how openly they are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.unknown import beside, called
from ..comparison.unknown import known as with_a_name
from ..numbers_in_words import counted, percent, scaled
from .frame import Frame, chart
from .layout import Rows, Words, flag, lay_out
from .lettering import ink_on, width_of, write
from .looks import ChartError, ground, ordered, tinted
from .tables import by_name, firm, from_to, need, told_apart

# Label and colour. In grey any two of a chart can be told apart, for in a strip any two may meet.
KINDS = {
    "named_person": ("Named persons", "#061A38"),
    "unnamed_person": ("Unnamed persons", "#F0AE30"),
    "organisation": ("Organisations", "#3D82C0"),
    "document_or_data": ("Documents and data", "#A9DCF7"),
    "media_outlet": ("Other media", "#662458"),
    "collective_public": ("The public", "#9C9386"),
    "none": ("No source given", "#765632"),
}
STANCES = {
    "doubting": ("Doubting (claim)", "#E39A12"),
    "denial": ("Denial (deny)", "#7A5428"),
    "conflict": ("Conflict (slam)", "#ECB0C8"),
    "conceding": ("Conceding (admit)", "#662458"),
    "cognitive": ("Cognitive (believe)", "#3D82C0"),
    "factive": ("Factive (confirm)", "#061A38"),
    "neutral": ("Neutral (say)", "#EEEEEE"),
}
CLASSES = {
    0: ("None", "#F2B134"),
    1: ("One", "#D3E6F3"),
    2: ("Two or three", "#5E9BCB"),
    3: ("Four or more", "#061A38"),
}
_OTHERS = ("#7F7F7F", "#E8C9A9", "#4D4D4D", "#F0F0F0")
_NO_INTERVAL = "Shares of the articles at hand, without an interval."


@chart
def source_mix(table: pd.DataFrame, *, by: str = "outlet", **frame: Unpack[Frame]) -> Axes:
    """Bars of 100%: what kinds of sources each outlet uses, the most of the first kind on top.

    ``table`` is tidy: ``by``, kind (as in ``Source.kind``; others keep their name), and n (sources) or share (0..1), or
    both; without share, a segment is n over the outlet's n. Kinds are named once, above the first bar; a segment wide
    enough holds its per cent. Raises ChartError for an empty table, a missing column, or an outlet without sources.

    >>> table = pd.DataFrame({"outlet": "Herald", "kind": ["named_person", "organisation"], "n": [6, 2]})
    >>> [f"{bar.get_width():.2f}" for bar in source_mix(table).patches]
    ['0.75', '0.25']
    """
    column = "share" if "share" in table else "n"
    table = by_name(table, [by, "kind", column])
    amounts = table.pivot_table(index=by, columns="kind", values=column, aggfunc="sum").fillna(0.0)
    counts = table.groupby(by)["n"].sum() if "n" in table else None
    totals = amounts.sum(axis=1)
    wrong = totals[(totals - 1).abs() > 0.01] if column == "share" else totals[totals <= 0]
    if len(wrong):
        allowed = "shares must add up to 1" if column == "share" else "leave out an outlet without sources"
        raise ChartError(f"The kinds of source of {wrong.index[0]} add up to {wrong.iloc[0]:g}; {allowed}.")
    return _bars(
        amounts,
        counts,
        KINDS,
        "source",
        articles=table if "id" in table and "n" in table else None,
        shown="Kinds of sources in the body, each once an article",
        frame=frame,
    )


@chart
def stances(table: pd.DataFrame, *, by: str = "kind", **frame: Unpack[Frame]) -> Axes:
    """Bars of 100%: with what kind of cue each kind of source is introduced, the most doubted on top.

    ``table`` is that of ``table.stances``: outlet, kind, stance (one of ``attributions.STANCES``), n (attributions);
    ``by="outlet"`` has a bar an outlet. Raises ChartError as ``source_mix`` does.

    >>> table = pd.DataFrame({"kind": "organisation", "stance": ["neutral", "doubting"], "n": [6, 2]})
    >>> stances(table).get_label().split(". ")[0]
    'Doubting (claim): 25.0% of attributions to organisations'
    """
    table = need(table, [by, "stance", "n"])
    rows = table["kind"].map(lambda kind: KINDS.get(kind, (kind,))[0]) if by == "kind" else table[by]
    table = table.assign(**{by: called(rows)})
    table = table[table["n"] > 0]
    if table.empty:
        raise ChartError("The table counts no attribution, so there is nothing to draw.")
    amounts = table.pivot_table(index=by, columns="stance", values="n", aggfunc="sum").fillna(0.0)
    return _bars(
        amounts,
        amounts.sum(axis=1),
        STANCES,
        "attribution",
        articles=table if "id" in table else None,
        shown="Cues of the body’s attributions by stance",
        where=("to", str.lower) if by == "kind" else ("at", str),
        frame=frame,
    )


@chart
def transparency(table: pd.DataFrame, *, by: str = "outlet", **frame: Unpack[Frame]) -> Axes:
    """Bars of 100%: articles with 0, 1, 2–3 and 4 or more fully identified sources, the most without any on top.

    The classes are those of the Project for Excellence in Journalism (2005). ``table`` is the measured frame, whose
    ``by`` and transparency_class (0..3) columns are read; articles without a class are left out and counted.
    Raises ChartError for an empty table, a missing column, another class, or no article with one.

    >>> table = pd.DataFrame({"outlet": "Herald", "transparency_class": [0, 2, 2, 3]})
    >>> transparency(table).get_label().split(". ")[0]
    'No fully identified sources: 25.0% of articles at Herald'
    """
    table = by_name(table, [by, "transparency_class"])
    known = table[table["transparency_class"].notna()]
    odd = known[~known["transparency_class"].isin(list(CLASSES))]
    if len(odd):
        raise ChartError(
            f"The class of transparency {odd['transparency_class'].iloc[0]:g} is not known; give 0, 1, 2 or 3."
        )
    if known.empty:
        raise ChartError("No article has a class of transparency, so there is nothing to draw.")
    amounts = pd.crosstab(known[by], known["transparency_class"].astype(int))
    lost = len(table) - len(known)
    return _bars(
        amounts.astype(float),
        amounts.sum(axis=1),
        CLASSES,
        "article",
        articles=known.assign(id=range(len(known)), n=1),
        shown="Fully identified sources an article" + (f"; {counted(lost, 'article')} left out" if lost else ""),
        of=" fully identified sources",
        frame=frame,
    )


def _bars(
    amounts: pd.DataFrame,
    counts: pd.Series | None,
    looks: Mapping[Any, tuple[str, str]],
    unit: str,
    *,
    articles: pd.DataFrame | None,
    shown: str,
    frame: Frame,
    of: str = "",
    where: tuple[str, Any] = ("at", str),
) -> Axes:
    """Bars of 100%, sorted by their segments; each segment is named once, above the first bar.

    ``articles`` has the counts by article, from which the interval of the finding comes.
    """
    looks = tinted(frame, looks_of(looks, amounts))
    kinds = [kind for kind in looks if kind in amounts and amounts[kind].any()]
    shares = amounts.div(amounts.sum(axis=1), axis=0)[kinds].sort_values(kinds, ascending=False, kind="stable")
    names = [str(name) for name in shares.index]
    totals = None if counts is None else [int(n) for n in counts[shares.index]]
    ends, clear, method = firm(names, totals or [0] * len(names), 10), False, ""
    if articles is not None:
        by, kind = str(amounts.index.name), amounts.columns.name
        part = articles["n"].where(articles[kind] == kinds[0], 0)
        each = articles.assign(part=part).groupby([by, "id"], as_index=False)[["part", "n"]].sum()
        many = each[by].value_counts()
        ends = firm(ends, [int(many[name]) for name in ends], 2)
        clear, method = told_apart(each, ends, "part", "n", by=by)
    ends = ends if clear else with_a_name(names)

    label = looks[kinds[0]][0] if not of else looks[kinds[0]][0].replace("None", "No") + of
    label = label.removesuffix("s") if label.startswith("One ") else label
    finding = f"{label}: {_finding(shares[kinds[0]], ends, unit, where, clear=clear)}"
    drawn = scaled(shares).rename(columns={kind: f"{looks[kind][0]} (%)" for kind in kinds})
    drawn = drawn.rename_axis(columns=None).reset_index().assign(**({} if totals is None else {"n": totals}))
    shares = shares.loc[ordered(frame, list(shares.index), names)]
    parts, names = shares.to_numpy(dtype=float), [str(name) for name in shares.index]
    totals = None if counts is None else [int(n) for n in counts[shares.index]]
    listed = [
        f"{name} "
        + ", ".join(f"{looks[kind][0].lower()} {percent(part)}" for kind, part in zip(kinds, row, strict=True) if part)
        for name, row in zip(names, parts, strict=True)
    ]
    words = Words(
        finding=finding,
        subtitle=f"{shown}, in per cent" + ("" if totals is None else f" (n = {counted(sum(totals), unit)})"),
        basis=method or _NO_INTERVAL,
        told=f"Bars of 100%: {'; '.join(listed)}",
        data=drawn,
    )
    rows = Rows(names=names, notes=[f"n = {n:,}" for n in totals or ()], tall=2.8, least=1.35)
    return _stacked(frame, words, rows, parts, [looks[kind] for kind in kinds])


def _finding(shares: pd.Series, ends: Sequence[str], unit: str, where: tuple[str, Any], *, clear: bool) -> str:
    """What is seen of the first kind: its share in the two groups at the ends where these are apart, else its range."""
    (first, at), (last, other) = (
        (percent(shares[name]), beside(where[1](name), where[0])) for name in (ends[0], ends[-1])
    )
    if clear or len(ends) < 2:
        return f"{first} of {unit}s{at}" + f", {last}{other}" * clear
    return f"{from_to(shares[list(ends)], percent)} of {unit}s{', by kind of source' * (where[0] == 'to')}"


def _stacked(frame: Frame, words: Words, rows: Rows, parts: np.ndarray, looks: Sequence[tuple[str, str]]) -> Axes:
    """Draws a bar a row of its ``parts`` (0..1); each has its per cent where it fits, and a flag above the first."""
    lefts = parts.cumsum(axis=1) - parts
    middles = lefts[0] + parts[0] / 2
    flags = [(float(middle), label) for middle, (label, _) in zip(middles, looks, strict=True)]
    page = lay_out(frame, words, rows, flags=flags)
    ax, size = page.ax, page.size
    for k, (_, colour) in enumerate(looks):
        ax.barh(range(len(parts)), parts[:, k], 0.66, lefts[:, k], color=colour, edgecolor=ground(), linewidth=0.8)
        for y, (part, left) in enumerate(zip(parts[:, k], lefts[:, k], strict=True)):
            if part * page.plot > 1.05 * width_of(percent(part), size):
                write(ax, percent(part), (left + part / 2, y), size, color=ink_on(colour), ha="center")
        flag(page, k, (middles[k], -0.33), colour=colour, stem=parts[0, k] > 0)
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    return ax


def looks_of(looks: Mapping[Any, tuple[str, str]], kinds: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    """The labels and colours, with those of kinds that have none yet."""
    others = [kind for kind in kinds if kind not in looks]
    return {**looks, **{kind: (str(kind), _OTHERS[place % len(_OTHERS)]) for place, kind in enumerate(others)}}
