"""Charts of what stands inside the articles: where quotations fall, and who is speaking."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..comparison.unknown import beside
from ..comparison.unknown import known as with_a_name
from ..numbers_in_words import counted, percent, scaled
from .frame import Frame, chart, is_slide
from .layout import Page, Rows, Words, lay_out
from .lettering import ink_on, width_of, wrap, write
from .looks import ChartError, ground, ink, ordered, row_colours, tinted
from .sourcing import KINDS, looks_of
from .tables import by_name, firm, from_to, told_apart

_SEEN = 0.02  # of an article: what a reader of the chart can see
_MANY = 200  # articles; lines of more would be thinner than a screen shows
_ROWS = 40  # outlets whose bands are drawn: those with the most articles
_TALL = 2.4  # text sizes: an outlet's bands at the least
_PLACES = 40  # of an article, at each of which many articles' words are shared out
OWN = ("Reporter’s own voice", "#EFEFEF")


@chart
def quote_positions(table: pd.DataFrame, *, by: str = "outlet", **frame: Unpack[Frame]) -> Axes:
    """Where in the article quotations fall: ticks for each outlet (``by="id"``: each article), earliest on top.

    ``table`` has a row a quotation: ``by``, position (body words before it over body words, 0..1), and perhaps words
    (a longer quotation has a taller tick) and id (articles are counted). The diamond is the median position. Raises
    ChartError for an empty table, a missing column or a position outside 0..1.

    >>> table = pd.DataFrame({"outlet": "Herald", "position": [0.1, 0.2, 0.9], "words": [12, 30, 8]})
    >>> quote_positions(table).get_label().split(". ")[0]
    'Half of the quotations stand in the first 20.0% of the article at Herald'
    """
    table = by_name(table, [by, "position"])
    if not table["position"].between(0, 1).all():
        raise ChartError("A position is missing or outside 0..1; give body words before the quotation over body words.")
    medians = table.groupby(by)["position"].median().sort_values(kind="stable")
    keys = [str(name) for name in medians.index]
    numbers = [table.loc[table[by] == name, "id"].nunique() if "id" in table and by != "id" else 0 for name in keys]
    ends, clear, how = firm(keys, numbers, 2), False, ""
    if any(numbers):
        middles = table.groupby([by, "id"], as_index=False)[["position"]].median()
        clear, how = told_apart(middles, ends, "position", by=by)
        how = how.replace("intervals", "intervals of the articles’ medians")
    ends = ends if clear else with_a_name(keys)
    halves = [percent(medians[name]) for name in (ends[0], ends[-1])]
    finding = f"Half of the quotations stand in the first {halves[0]} of the article"
    finding += beside(ends[0], "at") if len(ends) == 1 else ""
    if clear and medians[ends[-1]] - medians[ends[0]] >= _SEEN:
        finding = f"Quotations come earliest at {ends[0]} (half by {halves[0]} of the article)"
        finding += f", latest at {ends[-1]} (half by {halves[1]})"
    elif len(ends) > 1:
        finding = f"Half of the quotations stand in the first {' to '.join(dict.fromkeys(halves))} of the article"
    titles = _titles(table) if by == "id" else {}
    medians = medians.loc[ordered(frame, list(medians.index), [titles.get(name, name) for name in keys])]
    keys = [str(name) for name in medians.index]
    names = [titles.get(name, name) for name in keys]
    groups = [table[table[by] == name] for name in keys]
    numbers = [group["id"].nunique() if "id" in table and by != "id" else 0 for group in groups]
    articles = [f" in {counted(n, 'article')}" if n else "" for n in numbers]
    each = zip(names, medians, groups, strict=True)
    words = Words(
        finding=finding,
        subtitle=f"Each tick is a quotation in the body{', taller the more words it has' if 'words' in table else ''}; "
        f"diamond: median (n = {counted(len(table), 'quotation')})",
        xlabel="Position in the article (share of body words before the quotation)",
        basis=how or "Medians of the articles at hand, without an interval.",
        data=_in_per_cent(table, ["position"]),
        told="Strips of ticks, median position: "
        + "; ".join(f"{name} {percent(value)}, n = {len(group)}" for name, value, group in each),
    )
    notes = [f"n = {len(group):,}{many}" for group, many in zip(groups, articles, strict=True)]
    page = lay_out(frame, words, Rows(names=names, notes=notes))
    _ticks(page, groups, medians.to_numpy(), row_colours(frame, names))
    return page.ax


def _titles(table: pd.DataFrame) -> dict[str, str]:
    """The title of each article by its id, where it has one that no other has."""
    if "title" not in table or "id" not in table:
        return {}
    known = table.drop_duplicates("id").set_index("id")["title"].fillna("").str.strip()
    known = known[(known != "") & ~known.duplicated(keep=False)]
    return {str(key): str(title) for key, title in known.items()}


def _in_per_cent(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The data of a chart: places in per cent of the article's words."""
    found = table.assign(**{name: scaled(table[name]) for name in columns})
    return pd.DataFrame(found.rename(columns={name: f"{name} (%)" for name in columns}))


def _ticks(page: Page, groups: Sequence[pd.DataFrame], medians: np.ndarray, colours: Sequence[str]) -> None:
    """Draws a tick for each quotation, taller the more words it has, and the diamonds."""
    ax, size = page.ax, page.size
    sized = "words" in groups[0]
    longest = max(1.0, *(float(group["words"].max()) for group in groups)) if sized else 1.0
    for y, group in enumerate(groups):
        words = group["words"].fillna(0) if sized else pd.Series(0.5, group.index)
        start, thin = y + 0.34, min(0.9, max(0.35, 6 / math.sqrt(len(group))))
        tops = start - 0.14 - 0.5 * words / longest
        thinly: dict[str, Any] = {"alpha": thin, "linewidth": 0.11 * size, "gid": f"ticks-{y}", "clip_on": False}
        ax.vlines(group["position"], tops, start, color=colours[y], **thinly)
    side = size * min(0.55, 0.4 * page.row / size)
    look: dict[str, Any] = {"markersize": side, "markeredgecolor": ground(), "clip_on": False, "zorder": 4}
    ax.plot(medians, np.arange(len(groups)) + 0.34, "D", color=ink(), gid="median", **look)
    ax.set_xlim(-0.01, 1.01)
    _percent_axis(ax)


@chart
def strip(table: pd.DataFrame, *, by: str = "outlet", **frame: Unpack[Frame]) -> Axes:
    """The sourcing strip: a line an article, coloured from its first word to its last by who is speaking.

    ``table`` is that of ``table.strip``: ``by``, id, start, stop (shares 0..1 of the body's words), kind (``own
    voice``, a kind of source, ``none``), name (written where it fits). Articles stand by outlet, the most of the
    reporter's own voice on top in both; many share the height without their names, and more than 200 are told by
    outlet, the 40 with the most of them: who has which share of the words at each place of the article. Raises
    ChartError for an empty table, a missing column, or a share outside 0..1.

    >>> table = pd.DataFrame({"outlet": "Herald", "id": "a1", "start": [0.0, 0.4], "stop": [0.4, 1.0],
    ...     "kind": ["own voice", "organisation"], "name": ["", "the council"]})
    >>> strip(table).get_label().split(". ")[0]
    'The reporter’s own voice fills 40.0% of the article at Herald'
    """
    table = by_name(table, [by, "id", "start", "stop", "kind", "name"])
    if not (table["start"].between(0, 1) & table["stop"].between(0, 1) & (table["start"] <= table["stop"])).all():
        raise ChartError("A start or stop is missing or outside 0..1; give words before it over body words.")
    table = table.assign(own=(table["stop"] - table["start"]).where(table["kind"] == "own voice", 0.0))
    lines = table.groupby([by, "id"], sort=True)["own"].sum().reset_index()
    outlets = lines.groupby(by)["own"].mean().sort_values(ascending=False, kind="stable")
    lines = lines.assign(order=lines[by].map(outlets)).sort_values(
        ["order", by, "own", "id"], ascending=[False, True, False, True]
    )
    groups = {str(outlet): [str(name) for name in mine["id"]] for outlet, mine in lines.groupby(by, sort=False)}
    looks = _looks(frame, table["kind"])
    ends = firm(list(groups), [len(ids) for ids in groups.values()], 2)
    clear, how = told_apart(lines, ends, "own", by=by)
    ends = ends if clear else with_a_name(list(groups))
    finding = f"The reporter’s own voice fills {_own_voice(outlets, ends, clear=clear)}"
    groups = {name: groups[name] for name in ordered(frame, list(groups), list(groups))}
    if len(lines) > _MANY:
        most = sorted(groups, key=lambda name: -len(groups[name]))[:_ROWS]
        groups = {name: ids for name, ids in groups.items() if name in most}
    told = "; ".join(f"{name} {percent(outlets[name])}, n = {len(ids)}" for name, ids in groups.items())
    basis = how or "Means of the articles at hand, without an interval."
    if len(lines) > _MANY:
        return _shared_out(frame, table, by, groups, looks, (finding, basis, told))
    stack = _stacked(groups, _titles(table), slide=is_slide(frame))
    words = Words(
        finding=finding,
        subtitle="Each line is an article, first word to last, coloured by who is speaking, in per cent of its words "
        f"(n = {counted(len(lines), 'article')})",
        xlabel="Position in the article (share of body words)",
        basis=basis,
        data=_in_per_cent(table.drop(columns="own"), ["start", "stop"]),
        told=f"Strips by speaker, mean share of own voice: {told}",
    )
    page = lay_out(
        frame,
        words,
        Rows(names=stack.rows, tall=stack.tall, lines=stack.lines, dense=not stack.few),
        key=[("■", colour, label) for label, colour in looks.values()],
    )
    for kind, (_, colour) in looks.items():
        mine = table[table["kind"] == kind]
        places = [stack.places[str(outlet), str(name)] for outlet, name in zip(mine[by], mine["id"], strict=True)]
        _stretches(page, mine, places, kind, colour, few=stack.few)
    _finished(page, stack.heads)
    return page.ax


def _own_voice(shares: pd.Series, ends: Sequence[str], *, clear: bool) -> str:
    """How much of the article is the reporter's own voice, at the groups at both ends where these are apart."""
    first, last = ends[0], ends[-1]
    if len(ends) == 1 or clear:
        other = f", {percent(shares[last])}{beside(last, 'at')}" * (len(ends) > 1)
        return f"{percent(shares[first])} of the article{beside(first, 'at')}{other}"
    return f"{from_to((shares[name] for name in ends), percent)} of the article"


def _shared_out(
    frame: Frame,
    table: pd.DataFrame,
    by: str,
    groups: Mapping[str, Sequence[str]],
    looks: Mapping[Any, tuple[str, str]],
    said: tuple[str, str, str],
) -> Axes:
    """Bands as high as each kind's share of the words at each place, a row an outlet; the reporter's on top."""
    finding, basis, told = said
    edges = np.linspace(0, 1, _PLACES + 1)
    starts, stops = (table[name].to_numpy()[:, None] for name in ("start", "stop"))
    parts = pd.DataFrame(np.clip(np.minimum(stops, edges[1:]) - np.maximum(starts, edges[:-1]), 0, None))
    sums = parts.groupby([table[by].to_numpy(), table["kind"].to_numpy()]).sum() * _PLACES
    kinds = [*(kind for kind in looks if kind != "own voice"), *(kind for kind in looks if kind == "own voice")]
    many = sum(map(len, groups.values()))
    of = f", the {_ROWS} outlets with the most" if table[by].nunique() > len(groups) else ""
    rest = sums.reindex(pd.MultiIndex.from_product([groups, kinds]), fill_value=0.0)
    shares = {name: rest.loc[name].loc[kinds].to_numpy() / len(ids) for name, ids in groups.items()}
    labels = [f"{looks[kind][0]} (%)" for kind in kinds]
    drawn = [scaled(pd.DataFrame(each.T, columns=labels)) for each in shares.values()]
    for name, each in zip(groups, drawn, strict=True):
        each.insert(0, "from (%)", scaled(pd.Series(edges[:-1])))
        each.insert(0, by, name)
    words = Words(
        finding=finding,
        subtitle="At each place of the article, the share of the words that each kind of speaker has, in per cent "
        f"(n = {counted(many, 'article')}{of})",
        xlabel="Position in the article (share of body words)",
        basis=basis,
        data=pd.concat(drawn, ignore_index=True),
        told=f"Bands by speaker, mean share of own voice: {told}",
    )
    notes, tall = [f"n = {len(ids):,}" for ids in groups.values()], max(5.0, 20 / len(groups))
    rows = Rows(names=list(groups), notes=notes, tall=tall, least=_TALL)
    page = lay_out(frame, words, rows, key=[("■", colour, label) for label, colour in looks.values()])
    for y, found in enumerate(shares.values()):
        tops = y + 0.44 - 0.88 * np.vstack([np.zeros(_PLACES), np.cumsum(found, axis=0)])
        for k, kind in enumerate(kinds):
            low, high = (np.append(line, line[-1]) for line in (tops[k], tops[k + 1]))
            look: dict[str, Any] = {"color": looks[kind][1], "linewidth": 0, "gid": kind, "step": "post"}
            page.ax.fill_between(edges, low, high, **look)
    _finished(page, {})
    return page.ax


def _looks(frame: Frame, kinds: pd.Series) -> dict[Any, tuple[str, str]]:
    """Label and colour of each kind that is there: own voice, the known kinds in their order, others."""
    present = [kind for kind in KINDS if (kinds == kind).any()]
    present += [kind for kind in dict.fromkeys(kinds) if kind not in KINDS and kind != "own voice"]
    looks = tinted(frame, looks_of({"own voice": OWN, **KINDS}, present))
    return {kind: looks[kind] for kind in ("own voice", *present) if (kinds == kind).any()}


def _stretches(page: Page, mine: pd.DataFrame, places: list[int], kind: str, colour: str, *, few: bool) -> None:
    """Draws all stretches of one kind of speaker, with the speaker's name where it fits."""
    small = min(0.82 * page.size, 0.6 * page.row)
    lefts, spans = mine["start"].to_numpy(), (mine["stop"] - mine["start"]).to_numpy()
    tall = 0.8 if few else 1
    look: dict[str, Any] = {"facecolor": colour, "linewidth": 0, "antialiased": few, "clip_on": False, "gid": kind}
    for y, left, span, name in zip(places, lefts, spans, mine["name"].fillna("").astype(str), strict=True):
        # barh would work out the limits of the axes for each, in twice the time
        page.ax.add_artist(Rectangle((left, y - tall / 2), span, tall, **look))
        if few and name and span * page.plot > width_of(name, small) + 0.6 * small:
            write(page.ax, name, (left + span / 2, y), small, color=ink_on(colour), ha="center", gid="name")


def _finished(page: Page, heads: Mapping[int, str]) -> None:
    """Writes the outlets' names above their articles, and the axis."""
    ax, size = page.ax, page.size
    for y, text in heads.items():
        edge: dict[str, Any] = {"xycoords": ax.get_yaxis_transform(), "ha": "left", "weight": "bold"}
        short = wrap(text, page.plot + page.left, size, bold=True, lines=1)
        write(ax, short, (0, y), size, (-page.left, 0), gid="outlet", **edge)
    ax.set_xlim(0, 1)
    ax.grid(visible=False)
    _percent_axis(ax)


class _Stack(NamedTuple):
    """The rows of a strip: their names, their height in text sizes, the lines of a name, the row of each article.

    ``few``: a row has its article's name, and one with a heading stands above each outlet's.
    """

    rows: list[str]
    tall: float
    lines: int
    places: dict[tuple[str, str], int]
    heads: dict[int, str]
    few: bool


def _stacked(groups: Mapping[str, Sequence[str]], titles: Mapping[str, str], *, slide: bool) -> _Stack:
    """The articles of each outlet one under the other, with room for the outlet's name; a slide is not high."""
    total = sum(map(len, groups.values()))
    room, name, gap = (20, 1.3, 0.3) if slide else (40, 4.0, 0.6)  # rows; text sizes
    few = total + len(groups) <= room
    tall = 1.6 if few else min(1.0, room / total)
    rows: list[str] = []
    places: dict[tuple[str, str], int] = {}
    heads: dict[int, str] = {}
    for outlet, ids in groups.items():
        first = len(rows)
        if total == 1:
            rows += [titles.get(each, each) for each in ids]
        elif few:
            heads[first] = f"{outlet} (n = {len(ids):,})"
            rows += ["", *(titles.get(each, each) for each in ids)]
            first += 1
        else:
            block = max(len(ids), math.ceil(name / tall))
            rows += [""] * (block + math.ceil(gap / tall))
            rows[first + block // 2] = f"{outlet}{', ' if slide else chr(10)}n = {len(ids):,}"
            first += (block - len(ids)) // 2
        places |= {(outlet, each): first + k for k, each in enumerate(ids)}
    return _Stack(rows, tall, 1 if few or slide else 2, places, heads, few)


def _percent_axis(ax: Axes) -> None:
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
