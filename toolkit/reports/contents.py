"""What a report holds, before it takes a form: findings, charts, tables and method, as plain text.

`page` makes one web page of it, `paper` a document.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from ..analysis import Analysis
from ..article import UNKNOWN
from ..comparison.in_sentences import Compared
from ..metrics.dictionary import METRICS, SHOWN
from ..numbers_in_words import UNDEFINED, Notation, counted, figure, limits, listed, notation, parts_of
from .linked import Places


class Cell(NamedTuple):
    """One field of a table: its text, what stands small beneath, and the address that it links to."""

    text: str
    small: str = ""
    link: str = ""


class Grid(NamedTuple):
    """A table for reading; the first cell of a row is its name. ``note`` stands above it."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    note: str = ""

    @property
    def cells(self) -> list[list[Cell]]:
        """The rows, each field as a `Cell`."""
        return [[Cell(one) if isinstance(one, str) else one for one in row] for row in self.rows]


class Drawing(NamedTuple):
    """A chart: what it shows in words, as SVG for a wide screen and, unless large, for a narrow one, and as PNG."""

    caption: str
    alt: str
    svg: Sequence[Markup]
    png: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts of a report in their order. ``text`` tells whether the articles' words may be in it."""

    analyses: Sequence[Analysis]
    titles: Sequence[str]
    table: pd.DataFrame
    findings: Sequence[str]
    drawings: Sequence[Drawing]
    absent: Sequence[str]
    grids: Sequence[Grid]
    method: str
    codebook: pd.DataFrame
    made_by: str
    text: bool
    places: Places

    @property
    def codes(self) -> list[Grid]:
        """The codebook as tables."""
        return codes(self.codebook)

    @property
    def heading(self) -> str:
        """The report's title."""
        outlets = len({a.article.outlet.strip() for a in self.analyses} - {""})
        of = f" from {counted(outlets, 'outlet')}" if outlets else ""
        return f"Media analysis of {counted(len(self.analyses), 'article')}{of}"


def title_of(analysis: Analysis, number: int) -> str:
    """What to call an article: its title, its headline, its id, or its number."""
    text = analysis.article.text
    headline = next((zone.span.of(text) for zone in analysis.zones if zone.kind == "headline"), "")
    names = (" ".join(name.split()) for name in (analysis.article.title, headline, analysis.article.id))
    return next(filter(None, names), f"Article {number}")


def number_grids(compared: Compared, published: pd.DataFrame, titles: Sequence[str], places: Places) -> list[Grid]:
    """The tables of numbers: by outlet, beside published figures, by article."""
    many = len(compared.table) > 1
    found = [by_outlet(compared.means)] if many else []
    known = published if many else published[published["unit"] != "share of articles"]
    found += [beside_published(known)] if len(known) else []
    return [*found, by_article(compared.table, titles, places)]


def by_outlet(means: pd.DataFrame) -> Grid:
    """The means of the compared metrics, outlets by rows; corrected ones beneath."""
    by = str(means.columns[0])
    rows: list[list[Cell | str]] = []
    for outlet, mine in means.groupby(by, sort=False):
        rows.append([str(outlet), *(_estimate(row, notation(str(row["metric"]))) for _, row in mine.iterrows())])
    level = next((str(m).split()[0] for m in means["method"] if not str(m).startswith("no ")), "")
    note = f"Mean of articles{f', {level} interval in brackets' if level else ''}; n: articles with a value."
    if means.get("n_coded", pd.Series(0)).any():
        note += " Corrected: without the toolkit's own error, as measured on articles coded by hand."
    return Grid("Numbers by outlet", ["Outlet", *map(_label, dict.fromkeys(means["metric"]))], rows, note)


def _estimate(row: pd.Series, written: Notation) -> Cell:
    """An estimate with its interval, and beneath it the corrected one where there is one."""
    small = f"({written.limits(row['low'], row['high']) or 'no interval'}; n = {row['n']})"
    value = float(row.get("corrected", math.nan))
    if not math.isnan(value):
        between = written.limits(row["corrected_low"], row["corrected_high"])
        small += f"\ncorrected {written.number(value)}" + (f"\n({between})" if between else "")
    return Cell(written.number(row["mean"]), small)


def beside_published(published: pd.DataFrame) -> Grid:
    """The run's figures beside those of the literature, unit by unit."""
    rows: list[list[Cell | str]] = []
    for _, row in published.iterrows():
        written = notation("share" if row["unit"].startswith("share") else row["metric"])
        ends = dict.fromkeys(written.number(row[f"published_{end}"]) for end in ("low", "high"))
        n = f", n = {int(row['published_n']):,}" if row["published_n"] else ""
        own = _estimate(row, written)
        rows.append([row["figure"], row["unit"], own, " to ".join(ends), f"{row['of']}{n}", row["citation"]])
    note = (
        "All articles of this run together, beside what others found: the same quantity in the same unit, yet by other "
        "methods and of other news, so look for the order of size, not for the difference."
    )
    head = ["Figure", "Unit", "This run", "Published", "Of", "Source"]
    return Grid("Beside published figures", head, rows, note)


def by_article(table: pd.DataFrame, titles: Sequence[str], places: Places) -> Grid:
    """A row an article, linked to the article where it is shown."""
    whole = whole_numbers(table)
    rows = []
    for i, (title, row) in enumerate(zip(titles, table.to_dict("records"), strict=True), 1):
        cells: list[Cell | str] = [Cell(title, link=places.of(i))]
        cells.append(row["outlet"].strip() or UNKNOWN)
        cells += [Cell(figure(row[name], name, whole=name in whole), parts_of(row, name)) for name in SHOWN]
        rows.append(cells)
    undefined = bool(table[list(SHOWN)].isna().to_numpy().any())
    note = f"{UNDEFINED} undefined: nothing to divide by, or no words in the body." if undefined else ""
    return Grid("Numbers by article", ["Article", "Outlet", *map(_label, SHOWN)], rows, note)


def by_hand(analyses: Sequence[Analysis], titles: Sequence[str], places: Places) -> list[Grid]:
    """The corrections that were made by hand, and those that fit nothing; no table where there are none."""
    rows: list[list[Cell | str]] = []
    for i, (analysis, title) in enumerate(zip(analyses, titles, strict=True), 1):
        for each in analysis.corrections:
            one = each.correction
            link = places.of(i, each.span.start) if not each.fault else ""
            done = each.fault or f"{one.field}: {one.value or '–'}" + (f" (was {each.was})" if each.was else "")
            rows.append([Cell(title), Cell(f"{one.what} “{one.which}”", link=link), done, one.who, one.why])
    used = sum(not each.fault for a in analyses for each in a.corrections)
    who = sorted({each.correction.who for a in analyses for each in a.corrections if each.correction.who})
    note = f"{counted(used, 'correction')}{f' by {listed(who)}' if who else ''}; every number of this report has them."
    return [Grid("Corrections by hand", ["Article", "Of", "Correction", "Who", "Why"], rows, note)] if rows else []


def whole_numbers(table: pd.DataFrame) -> set[str]:
    """The metrics all of whose values are whole numbers."""
    return {name for name in METRICS if table[name].dropna().mod(1).eq(0).all()}


def codes(book: pd.DataFrame) -> list[Grid]:
    """The codebook of a run (`methods.codebook`) as two tables: categories and metrics."""
    known = book["value"] != ""
    categories: list[list[Cell | str]] = [
        [f"{row['variable']}: {row['value'].replace('_', ' ')}", f"{row['n']:,}", row["definition"]]
        for _, row in book[known].iterrows()
    ]
    metrics: list[list[Cell | str]] = []
    for _, row in book[~known].iterrows():
        name = row["variable"]
        values = "no value"
        if row["n"]:
            values = f"{figure(row['mean'], name)} ({limits(row['least'], row['most'], name)}; n = {row['n']})"
        unit = f"{row['unit']}, {row['range']}"
        metrics.append([Cell(row["label"], name), unit, values, row["definition"], row["reference"]])
    return [
        Grid("Categories", ["Category", "Found", "Definition"], categories, "How often each occurs in these articles."),
        Grid(
            "Metrics",
            ["Metric", "Unit and range", "Mean (least to most)", "Definition", "Reference"],
            metrics,
            "Means of these articles; n: articles with a value.",
        ),
    ]


def _label(name: str) -> str:
    return METRICS[name].label
