"""The report as web pages that ask nothing of any host: images inside, a strict content policy, no script needed.

A little script, known to the policy by its digest, sorts and filters tables and searches the list of articles.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Iterator
from functools import cache
from typing import Any

from markupsafe import Markup

from ..metrics.dictionary import METRICS, Metric
from ..numbers_in_words import counted, figure
from .contents import Contents, Grid, whole_numbers
from .in_html import filled, stylesheet
from .marked_article import about, section, without_text

PRINTED = 12  # articles that are printed with their text; the rest are on the screen


def page(contents: Contents) -> str:
    """The page: findings, charts, tables of numbers, the articles, method, codebook. Same contents, same page."""
    shown = list(_articles(contents)) if not contents.places.apart else []
    return filled("report.html", report=contents, articles=shown, listed=_listed(contents), printed=PRINTED, **_parts())


def pages(contents: Contents) -> Iterator[tuple[str, str]]:
    """The name and the content of each article's own page, where the articles have them."""
    if not contents.places.apart:
        return
    parts = _parts()
    for i, article in enumerate(_articles(contents), 1):
        around = {"before": i - 1, "after": (i + 1) % (len(contents.analyses) + 1)}
        links = {name: contents.places.page(n).rpartition("/")[2] if n else "" for name, n in around.items()}
        yield contents.places.page(i), filled("one_article.html", report=contents, article=article, **links, **parts)


def _parts() -> dict[str, Any]:
    """Styles and script of a page, each with its digest for the policy."""
    styles = Markup(" ").join([stylesheet("report.css"), stylesheet("markup.css"), _in_the_dark()])
    script = stylesheet("report.js")
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (styles, script)]
    return {"styles": styles, "script": script, "digest": digests[0], "script_digest": digests[1]}


@cache
def _in_the_dark() -> Markup:
    """Rules that give the charts of a dark page the colours of the dark style; what is white on a bar becomes black.

    They name no element around, for the marks that an SVG uses over and over again stand outside of all.
    """
    from ..charts import picture

    rules = [f'[{part}="{old}"]{{{part}:{new}}}' for old, new in picture.in_the_dark().items()
             for part in ("fill", "stroke")]  # fmt: skip
    rules.append('text[fill="#ffffff"]{fill:#000}')
    return Markup("@media screen and (prefers-color-scheme: dark) {%s}") % Markup(" ".join(rules))


def _listed(contents: Contents) -> list[dict[str, str]]:
    """The articles as a list: title, where it is shown, and what is known of it."""
    out = []
    for i, (analysis, title) in enumerate(zip(contents.analyses, contents.titles, strict=True), 1):
        known = [analysis.article.outlet, analysis.article.published, counted(len(analysis.words), "word")]
        known += [counted(len(analysis.cited), "source")]
        out.append({"title": title, "where": contents.places.of(i), "known": " · ".join(filter(str.strip, known))})
    return out


def _articles(contents: Contents) -> Iterator[dict[str, Any]]:
    """What is shown of each article: number, title, fault, its parts, its numbers."""
    whole = whole_numbers(contents.table)
    each = zip(contents.analyses, contents.titles, contents.table.to_dict("records"), strict=True)
    for i, (analysis, title, row) in enumerate(each, 1):
        rows = [(m.label, figure(row[m.name], m.name, whole=m.name in whole), _unit(m))
                for m in METRICS.values() if not math.isnan(row[m.name])]  # fmt: skip
        yield {
            "number": i,
            "title": title,
            "error": row["error"],
            "about": about(analysis.article) if contents.text else None,
            "inside": section(analysis, f"a{i}", again=False) if contents.text else without_text(analysis),
            "numbers": Grid(f"All numbers of article {i}", ("Metric", "Value", "Unit"), rows),
        }


def _unit(metric: Metric) -> str:
    """The unit of a number, where neither its sign nor its name says it."""
    said = metric.unit.startswith("share of") or metric.unit.lower() in metric.label.lower()
    return "" if said else metric.unit
