"""The charts of a report: drawn, as files, and for its page with marks that lead to the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from .. import comparison
from ..analysis import Analysis
from ..comparison.groups_and_pairs import once
from ..comparison.in_sentences import Compared
from ..comparison.unknown import UNKNOWN, stripped
from ..metrics.dictionary import COMPARED
from ..metrics.table import quote_positions, source_kinds, strip
from ..progress import bar
from . import linked
from .contents import Drawing
from .inline import inline
from .linked import Marks, Places

FORMS = (".png", ".svg", ".pdf")
ALONE = "speakers"  # the chart of a report of one article, in the place of the strip
CHARTS = ("quoted-share", "source-kinds", "sourcing-strip", "quote-positions", "paired-quoted-share")
OF_SEVERAL = ("quoted-share", "paired-quoted-share")  # which one article cannot have
WIDE, NARROW = 6.5, 4.2  # inches: the chart on paper or a large screen, and on a telephone
ONCE = 600  # marks; a chart of more stands on the page once, for all screens, or the page would be large
Draw = Callable[[float, str | None, Marks], Any]


def pictures(
    analyses: Sequence[Analysis], found: Compared, places: Places, progress: bool | None
) -> tuple[list[Drawing], list[str], dict[str, bytes]]:
    """Draws the charts: those on the page, why others are not, and the files."""
    from .. import charts

    named = any(a.article.outlet.strip() for a in analyses)
    run = _Run(analyses, found, places, named)
    drawn: list[tuple[str, str, Draw]] = [
        ("Quoted share by outlet", "Words in quotations of speech or documents, divided by the words of the body.",
         run.intervals),
        ("Kinds of sources", "Who or what is quoted or cited in the body; each source counts once an article.",
         run.source_mix),
        ("Who speaks where", "From the first word of an article to its last, coloured by who is speaking.", run.strip),
        ("Where quotations stand",
         "Quotations of speech or documents in the body, by the words before them; one that runs on counts once.",
         run.quote_positions),
        ("Differences on the same stories", "Each pair of outlets, on the stories that both covered.", run.paired),
    ]  # fmt: skip
    drawings, absent = [], []
    files: dict[str, bytes] = {}
    named_drawn = list(zip(CHARTS, drawn, strict=True))
    if len(analyses) == 1:
        named_drawn = [each for each in named_drawn if each[0] not in OF_SEVERAL]
    if len(analyses) == 1 and places.text:
        who: tuple[str, str, Draw] = (
            "Who speaks",
            "Each source of the article, where it speaks and how much.",
            run.speakers,
        )
        named_drawn = [(ALONE, who), *(each for each in named_drawn if each[0] != "sourcing-strip")]
    for name, (title, caption, draw) in bar(named_drawn, "drawing charts", progress=progress, at_once=True):
        marks = Marks()
        try:
            wide = draw(WIDE, None if named else title, marks)
            sizes = [(wide, "w")]
            if len(marks.names) <= ONCE:
                sizes.append((draw(NARROW, None if named else title, marks), "n"))
        except charts.ChartError as error:
            absent.append(f"Chart left out, “{title}”: {error}")
            continue
        alt = charts.alt_text(wide)
        shown = [inline(charts.image(each, light=True), f"{name}-{size}", alt, marks.names) for each, size in sizes]
        files |= {f"charts/{name}{form}": charts.image(_bare(wide), form=form[1:]) for form in FORMS}
        drawings.append(Drawing(caption, alt, shown, files[f"charts/{name}.png"]))
    return drawings, absent, files


def _bare(ax: Any) -> Any:
    """The chart without its addresses, which lead nowhere from a file of its own."""
    for each in ax.patches:
        each.set_url(None)
    for each in ax.collections:
        each.set_urls([None])
    return ax


class _Run:
    """The tables of the charts, the articles under the groups that the charts have, and where their rows lead."""

    def __init__(self, analyses: Sequence[Analysis], found: Compared, places: Places, named: bool) -> None:
        group = UNKNOWN if named else "All articles" if len(analyses) > 1 else "This article"
        self.found, self.analyses, self.places, self.metric = found, analyses, places, COMPARED[0]
        self.groups = [str(name) for name in _grouped(found.table, group)["outlet"]]
        strips, positions = [], []
        for number, (analysis, name) in enumerate(zip(analyses, _names(analyses), strict=True), 1):
            rows = strip([analysis]).assign(id=name)
            strips.append(_leading(rows, linked.stretches(analysis, number, rows, places)))
            positions.append(_leading(quote_positions([analysis]), linked.quotations(analysis, number, places)))
        own = [(places.of(number), name) for number, name in enumerate(_names(analyses), 1)]
        table = _leading(found.table, own)
        self.known, self.means, self.kinds, self.positions, self.strips = (
            _grouped(each, group)
            for each in (table, found.means, source_kinds(analyses), pd.concat(positions), pd.concat(strips))
        )
        if not places.text:
            self.strips, self.positions = (
                self.strips.assign(name="", title="", identified=""),
                self.positions.assign(title=""),
            )

    def intervals(self, width: float, title: str | None, marks: Marks) -> Any:
        from .. import charts

        known = once(self.known)
        ax = charts.intervals(self.means, known, differences=self.found.pairs, metric=self.metric, width=width)
        shown = known[known[self.metric].notna()]
        groups = [(list(mine[self.metric]), list(mine["lead"])) for _, mine in shown.groupby("outlet")]
        marks.lead_each((each for each in ax.collections if str(each.get_gid()).startswith("dots")), groups)
        return ax

    def source_mix(self, width: float, title: str | None, marks: Marks) -> Any:
        from .. import charts
        from ..charts.sourcing import KINDS

        ax = charts.source_mix(self.kinds, width=width, title=title)
        first = linked.first_of(self.analyses, self.places, self.groups)
        amounts = self.kinds.pivot_table(index="outlet", columns="kind", values="n", aggfunc="sum").fillna(0.0)
        order = [kind for kind in KINDS if kind in amounts]
        shares = amounts.div(amounts.sum(axis=1), axis=0)[order].sort_values(order, ascending=False, kind="stable")
        parts = [(str(group), kind, shares.loc[group, kind]) for kind in order for group in shares.index]
        bars: list[Any] = list(ax.patches)
        for part, (group, kind, share) in zip(bars, parts, strict=False):
            if share and abs(part.get_width() - share) < 1e-9 and (group, kind) in first:
                marks.lead([part], [first[group, kind]])
        return ax

    def strip(self, width: float, title: str | None, marks: Marks) -> Any:
        from .. import charts

        ax = charts.strip(self.strips, width=width, title=title)
        for kind, mine in self.strips.groupby("kind"):
            if lines := [bar for bar in ax.patches if bar.get_gid() == kind]:  # none where many share the height
                marks.lead(lines, list(mine["lead"]))
        return ax

    def speakers(self, width: float, title: str | None, marks: Marks) -> Any:
        from .. import charts

        ax = charts.speakers(self.strips, width=width)
        kinds, starts = self.strips["kind"], self.strips["start"].round(9)
        leads = dict(zip(zip(kinds, starts, strict=True), self.strips["lead"], strict=True))
        parts: list[Any] = list(ax.patches)
        for part in parts:
            known = part.get_gid(), round(part.get_x(), 9)
            if known in leads:
                marks.lead([part], [leads[known]])
        return ax

    def quote_positions(self, width: float, title: str | None, marks: Marks) -> Any:
        from .. import charts

        ax = charts.quote_positions(self.positions, width=width, title=title)
        groups = [(list(mine["position"]), list(mine["lead"])) for _, mine in self.positions.groupby("outlet")]
        marks.lead_each((each for each in ax.collections if str(each.get_gid()).startswith("ticks")), groups)
        return ax

    def paired(self, width: float, title: str | None, marks: Marks) -> Any:
        from .. import charts

        if self.found.pairs is None:
            raise charts.ChartError(self.found.reason)
        values = comparison.paired_values(self.found.table, self.metric)
        ax = charts.paired(self.found.pairs, values, metric=self.metric, width=width)
        each = zip(self.known["outlet"], self.known["story_id"], self.known["lead"], strict=True)
        told: dict[tuple[str, str], tuple[str, str]] = {}
        for outlet, story, lead in each:
            told.setdefault((str(outlet), str(story).strip()), lead)
        groups = [
            (list(mine["difference"]), [told[str(a), str(story).strip()] for story in mine["story_id"]])
            for (a, _), mine in values.groupby(["a", "b"])
        ]
        marks.lead_each((each for each in ax.collections if str(each.get_gid()).startswith("dots")), groups)
        return ax


def _leading(table: pd.DataFrame, links: list[tuple[str, str]]) -> pd.DataFrame:
    """The table with where each row leads, and to what."""
    return table.assign(lead=pd.Series(links, index=table.index, dtype=object))


def _names(analyses: Sequence[Analysis]) -> list[str]:
    """A name of its own for each article: its id, with its number where that is missing or not the only one."""
    ids = Counter(a.article.id for a in analyses)
    return [a.article.id if a.article.id and ids[a.article.id] == 1 else f"{a.article.id or 'article'} {i}"
            for i, a in enumerate(analyses, 1)]  # fmt: skip


def _grouped(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """The table with ``group`` as outlet of the rows that name none."""
    return table.assign(outlet=stripped(table["outlet"]).fillna(group))
