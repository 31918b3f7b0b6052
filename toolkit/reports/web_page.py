"""The report as one web page that asks nothing of any host: no script, images inside, a strict content policy."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Iterator, Sequence

from ..analysis import Analysis
from ..metrics.dictionary import METRICS
from ..numbers_in_words import UNDEFINED, counted, figure
from .contents import Cell, Contents, Drawing, Grid, whole_numbers
from .margin import evidence_without_text, shown
from .marked_article import KEY, about, section, stylesheet

PRINTED = 12  # articles that are printed with their text; the rest are on the screen


def page(contents: Contents) -> str:
    """The page: findings, charts, tables of numbers, the articles, method, codebook. Same contents, same page."""
    heading = contents.heading
    sections = [
        ("findings", "Findings", _findings(contents.findings)),
        ("charts", "Charts", _charts(contents)),
        *((f"table-{i}", grid.name, _table(grid)) for i, grid in enumerate(contents.grids, 1)),
        ("articles", "The articles", "".join(_articles(contents))),
        ("method", "Method", "".join(map(_paragraph, contents.method.split("\n\n")))),
        ("codebook", "Codebook", _codebook(contents.codebook)),
    ]
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in sections)
    body = "".join(
        f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{inside}</section>\n'
        for name, title, inside in sections
    )
    styles = stylesheet("report.css") + " " + stylesheet("markup.css")
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    motto = "Every number can be walked back to the words it was counted from."
    if not contents.text:
        motto = "Without the words of the articles: findings stand as character offsets into their texts."
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<title>{heading}</title>\n<link rel="icon" href="data:,">\n<style>{styles}</style>\n</head>\n<body>\n'
        f'<a class="skip" href="#findings">Skip to the findings</a>\n'
        f"<header><h1>{heading}</h1><p>{motto}</p></header>\n"
        f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n<main>\n{body}</main>\n'
        f"<footer><p>{shown(contents.made_by)}</p></footer>\n</body>\n</html>\n"
    )


def _paragraph(text: str) -> str:
    return f"<p>{shown(text)}</p>"


def _findings(found: Sequence[str]) -> str:
    """A list; what a finding comes to is printed bold where more follows."""
    items = []
    for one in found:
        lead, *rest = one.split("\n")
        more = "".join(f"<li>{shown(each)}</li>" for each in rest)
        items.append(f"<li><strong>{shown(lead)}</strong><ul>{more}</ul></li>" if rest else f"<li>{shown(lead)}</li>")
    return f'<ul class="findings">{"".join(items)}</ul>'


def _charts(contents: Contents) -> str:
    figures = "".join(map(_figure, contents.drawings))
    return f'<div class="figures">{figures}</div>' + "".join(map(_paragraph, contents.absent))


def _codebook(grids: Sequence[Grid]) -> str:
    return "".join(f'<div class="codes"><h3>{shown(grid.name)}</h3>{_table(grid)}</div>' for grid in grids)


def _figure(drawing: Drawing) -> str:
    wide, narrow = (f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}" for svg in drawing[2:4])
    return (
        f'<figure><picture><source media="(max-width: 36rem)" srcset="{narrow}">'
        f'<img src="{wide}" alt="{shown(drawing.alt)}"></picture>'
        f"<figcaption>{shown(drawing.caption)}</figcaption></figure>\n"
    )


def _table(grid: Grid) -> str:
    """A table that scrolls in its own frame; the first cell of a row is its header."""
    columns = "".join(f'<th scope="col">{shown(cell)}</th>' for cell in grid.head)
    body = "".join(
        f'<tr><th scope="row">{_cell(row[0])}</th>{"".join(f"<td>{_cell(cell)}</td>" for cell in row[1:])}</tr>\n'
        for row in grid.rows
    )
    note = f"<p>{shown(grid.note)}</p>" if grid.note else ""
    wide = " wide" if len(grid.head) > 4 else ""
    return (
        f'{note}<div class="scroll{wide}" role="region" tabindex="0" aria-label="Table: {shown(grid.name)}"><table>'
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )


def _cell(cell: Cell | str) -> str:
    text, small, link = Cell(cell) if isinstance(cell, str) else cell
    inside = shown(text) if text.isascii() else f"<bdi>{shown(text)}</bdi>"  # it may run from right to left
    inside = '<span title="undefined">–</span>' if text == UNDEFINED else inside
    if link:
        inside = f'<a href="#{link}">{inside}</a>'
    return inside + "".join(f" <small>{shown(line)}</small>" for line in small.split("\n") if line)


def _articles(contents: Contents) -> Iterator[str]:
    if contents.text:
        yield f'<div class="mat">{KEY}</div>'
    else:
        yield "<p>What was found in each article, by number of source and by characters from the text's first.</p>"
    whole = whole_numbers(contents.table)
    first = list(zip(contents.analyses, contents.titles, contents.table.to_dict("records"), strict=True))
    for i, (analysis, title, row) in enumerate(first[: contents.marked], 1):
        rows = [(m.label, figure(row[m.name], m.name, whole=m.name in whole), m.unit)
                for m in METRICS.values() if not math.isnan(row[m.name])]  # fmt: skip
        numbers = _table(Grid(f"All numbers of article {i}", ("Metric", "Value", "Unit"), rows))
        error = f'<p class="error">{shown(row["error"])}</p>' if row["error"] else ""
        inside = _with_text(analysis, i) if contents.text else evidence_without_text(analysis)
        yield (
            f'<section class="article{" unprinted" * (i > PRINTED)}" aria-labelledby="article-{i}">'
            f'<h3 id="article-{i}"><bdi>{shown(title)}</bdi></h3>\n<div class="mat">{error}{inside}\n'
            f'<details class="mat-list"><summary>All numbers of this article</summary>{numbers}</details></div>\n'
            f'<p class="back"><a href="#table-{len(contents.grids)}">Back to the numbers</a></p></section>\n'
        )
    if contents.text and len(contents.analyses) > PRINTED:
        yield f'<p class="printed">Printed are the first {PRINTED} articles; the page on a screen has all.</p>'
    if len(contents.analyses) > contents.marked:
        more = counted(len(contents.analyses) - contents.marked, "further article")
        yield f"<p>{more} in the tables only: numbers in metrics.csv, what they rest on in evidence.csv.</p>"


def _with_text(analysis: Analysis, number: int) -> str:
    return about(analysis.article) + section(analysis, f"a{number}")
