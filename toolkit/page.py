"""The report as one web page that asks nothing of any host: no script, images inside, a strict content policy."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .analysis import Analysis
from .markup import KEY, about, counted, section, shown, stylesheet
from .metrics import METRICS, Metric

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "words", "quoted_share", "attributed_share", "attributions", "sources", "named_sources", "anonymous_share",
    "largest_source_share", "flesch_ease", "flesch_kincaid_grade",
)  # fmt: skip
# Share -> what it divides, where both are metrics: a share is printed with its parts.
PARTS = {
    "quoted_share": ("quoted_words", "words"),
    "attributed_share": ("attributed_words", "words"),
    "anonymous_share": ("anonymous_sources", "sources"),
}
_DASH = '<span title="undefined">–</span>'


class Drawing(NamedTuple):
    """A chart on the page: SVG for a wide and for a narrow screen, and what it shows in words."""

    caption: str
    alt: str
    wide: bytes
    narrow: bytes


def page(
    analyses: Sequence[Analysis],
    table: pd.DataFrame,
    means: pd.DataFrame,
    *,
    findings: Iterable[str],
    drawings: Iterable[Drawing],
    absent: Iterable[str],
    method: str,
    made_by: str,
    marked: int,
) -> str:
    """The page: findings, charts, numbers by outlet and by article, the articles, method, data dictionary.

    ``table`` is `table.measure` of the analyses, ``means`` that of `compare.compare`; ``absent`` says which charts
    are missing and why; the first ``marked`` articles are shown in full. Same input, same page.
    """
    outlets = len({a.article.outlet.strip() for a in analyses} - {""})
    heading = f"Media analysis of {counted(len(analyses), 'article')}"
    heading += f" from {counted(outlets, 'outlet')}" if outlets else ""
    titles = [title_of(analysis, i) for i, analysis in enumerate(analyses, 1)]
    charts = "".join(_figure(drawing) for drawing in drawings) + "".join(f"<p>{shown(why)}</p>" for why in absent)
    paragraphs = "".join(f"<p>{shown(part)}</p>" for part in method.split("\n\n"))
    sections = [
        ("findings", "Findings", f"<ul>{''.join(f'<li>{shown(one)}</li>' for one in findings)}</ul>"),
        ("charts", "Charts", charts),
        *([("outlets", "Numbers by outlet", _by_outlet(means))] if len(analyses) > 1 else []),
        ("numbers", "Numbers by article", _by_article(table, titles, marked)),
        ("articles", "The articles", f'<div class="mat">{KEY}</div>' + _articles(analyses, table, titles, marked)),
        ("method", "Method", paragraphs),
        ("dictionary", "Data dictionary", _dictionary()),
    ]
    contents = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in sections)
    body = "".join(
        f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{inside}</section>\n'
        for name, title, inside in sections
    )
    styles = stylesheet("report.css") + " " + stylesheet("markup.css")
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<title>{heading}</title>\n<link rel="icon" href="data:,">\n<style>{styles}</style>\n</head>\n<body>\n'
        f'<a class="skip" href="#findings">Skip to the findings</a>\n<header><h1>{heading}</h1>'
        f"<p>Every number can be walked back to the words it was counted from.</p></header>\n"
        f'<nav aria-label="Contents"><ul>{contents}</ul></nav>\n<main>\n{body}</main>\n'
        f"<footer><p>{shown(made_by)}</p></footer>\n</body>\n</html>\n"
    )


def title_of(analysis: Analysis, number: int) -> str:
    """What to call an article: its title, its headline, its id, or its number."""
    text = analysis.article.text
    headline = next((zone.span.of(text) for zone in analysis.zones if zone.kind == "headline"), "")
    names = (" ".join(name.split()) for name in (analysis.article.title, headline, analysis.article.id))
    return next(filter(None, names), f"Article {number}")


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


def parts_of(row: Mapping[Any, Any], name: str) -> str:
    """What a share divides, such as ``61 of 436``; nothing for another metric or where it is undefined."""
    if name not in PARTS or math.isnan(row[name]):
        return ""
    part, total = (f"{row[each]:,.0f}" for each in PARTS[name])
    return f"{part} of {total}"


def _figure(drawing: Drawing) -> str:
    wide, narrow = (f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}" for svg in drawing[2:])
    return (
        f'<figure><picture><source media="(max-width: 36rem)" srcset="{narrow}">'
        f'<img src="{wide}" alt="{shown(drawing.alt)}"></picture>'
        f"<figcaption>{shown(drawing.caption)}</figcaption></figure>\n"
    )


def _table(name: str, head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that scrolls in its own frame; cells are HTML, the first of a row is its header."""
    columns = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>\n' for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="Table: {shown(name)}"><table>'
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )


def _head(name: str) -> str:
    return shown(METRICS[name].label)


def _by_outlet(means: pd.DataFrame) -> str:
    """The means of the compared metrics, outlets by rows."""
    by = str(means.columns[0])
    names = list(dict.fromkeys(means["metric"]))
    rows = []
    for outlet, mine in means.groupby(by, sort=False):
        cells = [f"<bdi>{shown(str(outlet))}</bdi>"]
        for _, row in mine.iterrows():
            name = row["metric"]
            limits = "no interval"
            if not math.isnan(row["low"]):
                limits = f"{figure(row['low'], name)} to {figure(row['high'], name)}"
            cells.append(f"{figure(row['mean'], name)} <small>({limits}; n = {row['n']})</small>")
        rows.append(cells)
    level = next((str(m).split()[0] for m in means["method"] if not str(m).startswith("no ")), "")
    note = f"Mean of articles{f', {level} interval in brackets' if level else ''}; n: articles with a value."
    return f"<p>{note}</p>" + _table("Numbers by outlet", ["Outlet", *map(_head, names)], rows)


def _by_article(table: pd.DataFrame, titles: Sequence[str], marked: int) -> str:
    whole = _whole(table)
    rows = []
    for i, (title, row) in enumerate(zip(titles, table.to_dict("records"), strict=True), 1):
        name = f"<bdi>{shown(title)}</bdi>"
        link = f'<a href="#article-{i}">{name}</a>' if i <= marked else name
        cells = [link, f"<bdi>{shown(row['outlet'])}</bdi>" if row["outlet"].strip() else "–"]
        for column in COLUMNS:
            value = figure(row[column], column, whole=column in whole)
            parts = parts_of(row, column)
            cells.append(_DASH if value == "–" else f"{value} <small>{parts}</small>" if parts else value)
        rows.append(cells)
    undefined = bool(table[list(COLUMNS)].isna().to_numpy().any())
    note = "<p><small>– undefined: nothing to divide by, or no words in the body.</small></p>" if undefined else ""
    head = ["Article", "Outlet", *map(_head, COLUMNS)]
    return _table("Numbers by article", head, rows) + note


def _whole(table: pd.DataFrame) -> set[str]:
    """The metrics all of whose values are whole numbers."""
    return {name for name in METRICS if table[name].dropna().mod(1).eq(0).all()}


def _articles(analyses: Sequence[Analysis], table: pd.DataFrame, titles: Sequence[str], marked: int) -> str:
    out = []
    whole = _whole(table)
    for i, (analysis, row) in enumerate(zip(analyses[:marked], table.to_dict("records"), strict=False), 1):
        error = f'<p class="error">{shown(row["error"])}</p>' if row["error"] else ""
        rows = [(shown(m.label), figure(row[m.name], m.name, whole=m.name in whole), shown(m.unit))
                for m in METRICS.values()]  # fmt: skip
        numbers = _table(f"All numbers of article {i}", ("Metric", "Value", "Unit"), rows)
        out.append(
            f'<section class="article" aria-labelledby="article-{i}">'
            f'<h3 id="article-{i}"><bdi>{shown(titles[i - 1])}</bdi></h3>\n'
            f'<div class="mat">{error}{about(analysis.article)}{section(analysis, f"a{i}")}\n'
            f'<details class="mat-list"><summary>All numbers of this article</summary>{numbers}</details></div>\n'
            '<p class="back"><a href="#numbers">Back to the numbers</a></p></section>\n'
        )
    if len(analyses) > marked:
        more = counted(len(analyses) - marked, "further article")
        out.append(f"<p>{more} in the tables only: numbers in metrics.csv, the words behind them in evidence.csv.</p>")
    return "".join(out)


def _dictionary() -> str:
    rows = [
        (f"{shown(m.label)} <code>{m.name}</code>", shown(m.unit), _range(m), shown(m.direction),
         shown(m.definition), shown(m.reference))
        for m in METRICS.values()
    ]  # fmt: skip
    head = ("Metric", "Unit", "Range", "More means", "Definition", "Reference")
    return _table("Data dictionary", head, rows)


def _range(metric: Metric) -> str:
    low, high = (f"{value:g}".replace("-", "−") if math.isfinite(value) else "" for value in (metric.low, metric.high))
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"up to {high}" if high else "any"
