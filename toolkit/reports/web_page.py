"""The report as one web page that asks nothing of any host: no script, images inside, a strict content policy."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from ..metrics.dictionary import METRICS
from ..numbers_in_words import figure
from .contents import Contents, Grid, whole_numbers
from .in_html import filled, stylesheet
from .marked_article import about, section, without_text

PRINTED = 12  # articles that are printed with their text; the rest are on the screen


def page(contents: Contents) -> str:
    """The page: findings, charts, tables of numbers, the articles, method, codebook. Same contents, same page."""
    styles = Markup(" ").join([stylesheet("report.css"), stylesheet("markup.css")])
    return filled(
        "report.html",
        report=contents,
        articles=list(_articles(contents)),
        printed=PRINTED,
        styles=styles,
        digest=base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode(),
        svg=lambda drawn: f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}",
    )


def _articles(contents: Contents) -> Iterator[dict[str, Any]]:
    """What is shown of each article: title, fault, its parts, its numbers."""
    whole = whole_numbers(contents.table)
    each = zip(contents.analyses, contents.titles, contents.table.to_dict("records"), strict=True)
    for i, (analysis, title, row) in enumerate(list(each)[: contents.marked], 1):
        rows = [(m.label, figure(row[m.name], m.name, whole=m.name in whole), m.unit)
                for m in METRICS.values() if not math.isnan(row[m.name])]  # fmt: skip
        yield {
            "title": title,
            "error": row["error"],
            "about": about(analysis.article) if contents.text else None,
            "inside": section(analysis, f"a{i}") if contents.text else without_text(analysis),
            "numbers": Grid(f"All numbers of article {i}", ("Metric", "Value", "Unit"), rows),
        }
