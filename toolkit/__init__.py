"""Readability, quotation and sourcing of news articles, traceable to the words.

``read`` files into articles, ``analyze`` one, ``measure`` many; `METRICS` says what each number means and ``evidence``
shows the words behind it. ``compare`` outlets, or their ``differences`` on the same stories, ``correct`` both for the
toolkit's errors; ``group_events`` and ``find_copies`` among articles; draw a ``chart``, ``save`` it, write a
``report``. What else there is stands in eight packages, which load on first use: ``language``, ``reading``,
``attribution``, ``people``, ``metrics``, ``comparison``, ``charts``, ``reports``; each says on top what it holds.
Nothing here downloads, prints or keeps state.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {  # public name: module, and its name there where it is another
    "Article": "article",
    "ArticleError": "article",
    "ToolkitError": "article",
    "Span": "article",
    "read": "reading.readers",
    "analyze": "analysis",
    "Analysis": "analysis",
    "METRICS": "metrics.dictionary",
    "measure": "metrics.table",
    "evidence": "metrics.table",
    "compare": "comparison",
    "differences": "comparison",
    "correct": "comparison.correction:corrected",
    "group_events": "comparison.same_event:group",
    "find_copies": "comparison.copies:duplicates",
    "chart": "charts:draw",
    "CHARTS": "charts",
    "save": "charts",
    "report": "reports:write",
    "explore": "reports.explorer",
}
_ROOMS = {  # modules by the names that scripts know them by
    "calibration": "comparison.correction",
    "charts": "charts",
    "comparison": "comparison",
    "findings": "comparison.in_sentences",
    "linking": "attribution.linker",
    "notebook": "reports.notebook",
    "readability": "language.readability",
    "reply": "metrics.right_of_reply",
    "reports": "reports",
    "stories": "comparison.same_event",
    "table": "metrics.table",
    "tagger": "attribution.tagger",
}
__all__ = [
    "CHARTS",
    "METRICS",
    "Analysis",
    "Article",
    "ArticleError",
    "Span",
    "ToolkitError",
    "analyze",
    "chart",
    "compare",
    "correct",
    "differences",
    "evidence",
    "explore",
    "find_copies",
    "group_events",
    "measure",
    "read",
    "report",
    "save",
]

if TYPE_CHECKING:
    from .analysis import Analysis, analyze
    from .article import Article, ArticleError, Span, ToolkitError
    from .charts import CHARTS, save
    from .charts import draw as chart
    from .comparison import compare, differences
    from .comparison.copies import duplicates as find_copies
    from .comparison.correction import corrected as correct
    from .comparison.same_event import group as group_events
    from .metrics.dictionary import METRICS
    from .metrics.table import evidence, measure
    from .reading.readers import read
    from .reports import write as report
    from .reports.explorer import explore


def __getattr__(name: str) -> Any:
    if name in _HOME:
        module, _, there = _HOME[name].partition(":")
        return getattr(import_module(f".{module}", __name__), there or name)
    if name in _ROOMS:
        return import_module(f".{_ROOMS[name]}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
