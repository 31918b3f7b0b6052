"""Readability, quotation and sourcing of news articles, traceable to the words.

``read`` files into articles, ``analyze`` one, ``measure`` many; `METRICS` says what each number means and ``evidence``
shows the words behind it. ``compare`` outlets, or their ``differences`` on the same stories, ``correct`` both for the
toolkit's errors; ``group_events`` and ``find_copies`` among articles; draw a ``chart``, ``save`` it, write a
``report``. What else there is stands in the rooms, such as ``comparison``, ``charts`` and ``readability``, which load
on first use. Nothing here downloads, prints or keeps state.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {  # public name: module, and its name there where it is another
    "Article": "article", "ArticleError": "article", "ToolkitError": "article", "Span": "article", "read": "reading",
    "analyze": "analysis", "Analysis": "analysis", "METRICS": "metrics", "measure": "table", "evidence": "table",
    "compare": "comparison", "differences": "comparison", "correct": "calibration.corrected",
    "group_events": "stories.group", "find_copies": "stories.duplicates", "chart": "charts.draw", "CHARTS": "charts",
    "save": "charts", "report": "reports.write", "explore": "explorer",
}  # fmt: skip
_ROOMS = (
    "calibration",
    "charts",
    "comparison",
    "findings",
    "linking",
    "readability",
    "reply",
    "reports",
    "stories",
    "table",
    "tagger",
)
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
    from .calibration import corrected as correct
    from .charts import CHARTS, save
    from .charts import draw as chart
    from .comparison import compare, differences
    from .explorer import explore
    from .metrics import METRICS
    from .reading import read
    from .reports import write as report
    from .stories import duplicates as find_copies
    from .stories import group as group_events
    from .table import evidence, measure


def __getattr__(name: str) -> Any:
    if name in _HOME:
        module, _, there = _HOME[name].partition(".")
        return getattr(import_module(f".{module}", __name__), there or name)
    if name in _ROOMS:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_ROOMS, "__version__"])
