"""Readability, quotation and sourcing of news articles, traceable to the words.

``read`` files into articles, ``analyze`` one, ``measure`` many; `METRICS` says what each number means and ``evidence``
shows the words behind it. The rooms ``stories``, ``compare``, ``calibration``, ``charts``, ``report`` and
``readability`` load on first use. Nothing here downloads, prints or keeps state.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "Article": "article", "ArticleError": "article", "Span": "article", "read": "reading", "analyze": "analysis",
    "Analysis": "analysis", "METRICS": "metrics", "measure": "table", "evidence": "table", "explore": "explorer",
}  # fmt: skip
_ROOMS = (
    "calibration",
    "charts",
    "compare",
    "findings",
    "linking",
    "readability",
    "report",
    "reply",
    "stories",
    "table",
    "tagger",
)
__all__ = [
    "METRICS",
    "Analysis",
    "Article",
    "ArticleError",
    "Span",
    "analyze",
    "evidence",
    "explore",
    "measure",
    "read",
]

if TYPE_CHECKING:
    from .analysis import Analysis, analyze
    from .article import Article, ArticleError, Span
    from .explorer import explore
    from .metrics import METRICS
    from .reading import read
    from .table import evidence, measure


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    if name in _ROOMS:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_ROOMS, "__version__"])
