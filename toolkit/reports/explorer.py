"""Articles to look through in a notebook: choose one, see it marked up, its numbers, the words behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..analysis import Analysis
from ..article import Article, ArticleError, ToolkitError
from ..metrics.dictionary import METRICS
from ..metrics.given import articles_of
from ..metrics.table import analysed, evidence, measure
from ..numbers_in_words import figure
from .contents import title_of
from .in_html import filled
from .marked_article import marked_up

__all__ = ["explore"]


def explore(articles: object) -> Any:
    """A small explorer for a notebook: a menu of articles, and tabs with marks, numbers and evidence of the chosen one.

    ``articles`` as for `toolkit.measure`; one is analysed when it is first chosen. Needs ipywidgets (the extra
    ``explore``). Raises `ArticleError` for no articles and `ToolkitError` where ipywidgets is not installed.

    >>> explore(["The mayor quit."])  # doctest: +SKIP
    VBox(...)
    """
    shown = articles_of(articles)
    if not shown:
        raise ArticleError("There are no articles to explore; give at least one.")
    try:
        import ipywidgets
    except ImportError:
        raise ToolkitError(
            "The explorer needs ipywidgets, which is not installed; install it with "
            "pip install 'media-analysis-toolkit[explore]' and start the notebook anew."
        ) from None

    known: dict[int, Analysis] = {}

    def analysis(i: int) -> Analysis:
        if i not in known:
            known[i] = analysed(shown[i])
        return known[i]

    names = [(f"{i}. {_name(given, i)}", i - 1) for i, given in enumerate(shown, 1)]
    menu = ipywidgets.Dropdown(options=names, description="Article", layout={"width": "40em"})
    views: dict[str, Callable[[Analysis], str]] = {"Text": marked_up, "Numbers": _numbers, "Evidence": _evidence}
    pages = [ipywidgets.HTML() for _ in views]
    tabs = ipywidgets.Tab(children=pages, titles=list(views))

    def show(_: object = None) -> None:
        for page, view in zip(pages, views.values(), strict=True):
            page.value = view(analysis(menu.value))

    menu.observe(show, names="value")
    show()
    return ipywidgets.VBox([menu, tabs])


def _name(given: Article | Analysis, number: int) -> str:
    """The article's title, or how it begins."""
    if isinstance(given, Analysis):
        return title_of(given, number)
    name = "" if given.id.startswith("row:") else given.id
    return given.title or name or " ".join(given.text.split()[:8]) or "an empty article"


def _numbers(analysis: Analysis) -> str:
    values = measure(analysis)
    shown = {name: figure(values[name], name, whole=float(values[name]).is_integer()) for name in METRICS}
    said = values["error"] or values["cautions"]
    return filled("explorer.html", said=said, metrics=METRICS.values(), values=shown)


def _evidence(analysis: Analysis) -> str:
    found = evidence(analysis)
    return filled("explorer.html", rows=found[found["what"] != "sentence"].to_dict("records"), values={})
