"""What was left out of an article's body, and what leaving it out did to its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..analysis import Analysis, analyze
from ..article import Article, Correction
from ..language import segmentation
from ..reading.corrections import which
from .table import measure

if TYPE_CHECKING:
    import pandas as pd

METRICS = ("words", "quoted_share", "attributed_share", "sources", "anonymous_share", "flesch_kincaid_grade")


def ledger(x: str | Article | Analysis, metrics: Sequence[str] = METRICS) -> pd.DataFrame:
    """What each zone took, and each number as it would be if that counted as body: a row a kind of zone, body first.

    Columns: ``zone``, ``stretches``, ``taken`` (words), and the metrics; in the first row, that of the body, they are
    the article's own. It takes an analysis for each kind of zone on the page.

    >>> page = "Mayor quits\\n\\nRemove Ads\\n\\nThe mayor of Elm quit on Friday. She gave no reason."
    >>> ledger(page, ["words"]).values.tolist()
    [['body', 1, 11, 11.0], ['headline', 1, 2, 13.0], ['junk', 1, 2, 13.0]]
    """
    import pandas as pd

    analysis = x if isinstance(x, Analysis) else analyze(x)
    article = analysis.article
    rows = []
    for kind in ["body", *sorted({zone.kind for zone in analysis.zones} - {"body"})]:
        spans = [zone.span for zone in analysis.zones if zone.kind == kind]
        counted = (
            analysis
            if kind == "body"
            else analyze(
                article,
                corrections=[
                    Correction(article.id, "zone", which(span.of(article.text), span.start), "kind", "body")
                    for span in spans
                ],
            )
        )
        values = measure(counted)
        rows.append(
            [kind, len(spans), len(segmentation.words(article.text, spans)), *(values[name] for name in metrics)]
        )
    table = pd.DataFrame(rows, columns=["zone", "stretches", "taken", *metrics])
    return table.astype(dict.fromkeys(metrics, float))
