"""Articles to look through in a notebook: side by side, by source, with numbers and evidence, and to be corrected."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..analysis import Analysis
from ..article import Article, ArticleError, Correction, ToolkitError
from ..metrics.dictionary import METRICS
from ..metrics.given import articles_of
from ..metrics.table import analysed, evidence, measure
from ..numbers_in_words import figure
from ..reading import corrections as by_hand
from .contents import title_of
from .in_html import filled
from .marked_article import marked_up

__all__ = ["explore"]


def explore(articles: object, *, corrections: str | Path = by_hand.NAME) -> Any:
    """A small explorer for a notebook: choose articles to see them side by side, marked up, with numbers and evidence.

    ``articles`` as for `toolkit.measure`; one is analysed when it is first chosen, all when a source is looked for.
    Under "Correct" a wrong finding is mended: the line is written into the file ``corrections``, whose lines are taken
    from the start, and the article is shown anew. Needs ipywidgets (the extra ``explore``). Raises `ArticleError` for
    no articles and `ToolkitError` where ipywidgets is not installed.

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
    return _Explorer(shown, Path(corrections), ipywidgets).box


class _Explorer:
    """The widgets and what they show; ``box`` holds them: articles and source to choose, and the tabs."""

    def __init__(self, shown: Sequence[Article | Analysis], file: Path, widgets: Any) -> None:
        self.widgets, self.file = widgets, file
        self.shown = list(shown)
        if file.is_file():
            lines = by_hand.read(file)
            self.shown = [by_hand.own(x, lines) if isinstance(x, Article) else x for x in self.shown]
        self.known: dict[int, Analysis] = {}
        self.names = [(f"{i}. {_name(given, i)}", i - 1) for i, given in enumerate(self.shown, 1)]
        wide = {"layout": {"width": "48em"}}
        self.menu = widgets.SelectMultiple(
            options=self.names, value=(0,), rows=min(len(self.names), 6) + 1, description="Articles", **wide
        )
        self.source = widgets.Text(placeholder="a name, or part of one", description="Source", continuous_update=False)
        self.views: dict[str, Callable[[Analysis], str]] = {
            "Text": marked_up,
            "Numbers": _numbers,
            "Evidence": lambda analysis: _evidence(analysis, self.source.value),
        }
        self.pages = [widgets.HBox(layout={"align_items": "flex-start"}) for _ in self.views]
        self.of, self.said = widgets.Label(), widgets.HTML()
        self.form = self._form(wide)
        tabs = widgets.Tab(children=[*self.pages, widgets.VBox([self.of, *self.form.values(), self.said])])
        tabs.titles = [*self.views, "Correct"]
        self.menu.observe(self.show, names="value")
        self.source.observe(self.filter, names="value")
        hint = widgets.Label("Ctrl (on a Mac ⌘) and a click choose several articles, which stand side by side.")
        self.box = widgets.VBox([self.menu, hint, self.source, tabs])
        self.show()

    def analysis(self, i: int) -> Analysis:
        if i not in self.known:
            self.known[i] = analysed(self.shown[i])
        return self.known[i]

    def show(self, _: object = None) -> None:
        """Shows the chosen articles side by side, and offers their findings to be corrected."""
        chosen = [self.analysis(i) for i in self.menu.value]
        width = f"{100 / max(len(chosen), 1):.0f}%"
        for page, view in zip(self.pages, self.views.values(), strict=True):
            page.children = [
                self.widgets.HTML(view(each), layout={"width": width, "min_width": "20em", "padding": "0 1em 0 0"})
                for each in chosen
            ]
        self.offer()

    def filter(self, _: object = None) -> None:
        """Leaves the articles in which a source is called so."""
        words = self.source.value.casefold().strip()
        kept = [
            (name, i)
            for name, i in self.names
            if not words or any(words in source.name.casefold() for source in self.analysis(i).sources)
        ]
        self.said.value = "" if kept else "No article has such a source."
        self.menu.options = kept
        self.menu.value = tuple(i for _, i in kept[:1])
        self.show()

    def _form(self, wide: dict[str, Any]) -> dict[str, Any]:
        """The fields of a correction."""
        w = self.widgets
        form = {
            "what": w.Dropdown(options=list(by_hand.FIELDS), description="What", **wide),
            "which": w.Combobox(description="Which", placeholder="choose, or write its words", **wide),
            "field": w.Dropdown(options=by_hand.FIELDS["source"], description="Field", **wide),
            "value": w.Combobox(description="Value", **wide),
            "who": w.Text(description="Who", placeholder="your name", **wide),
            "why": w.Text(description="Why", **wide),
            "button": w.Button(description="Write into the file", layout={"width": "14em"}),
        }
        form["what"].observe(self.offer, names="value")
        form["field"].observe(self.offer_values, names="value")
        form["button"].on_click(self.write)
        return form

    def offer(self, _: object = None) -> None:
        """Offers what can be corrected in the first chosen article."""
        what = self.form["what"].value
        if self.form["field"].options != by_hand.FIELDS[what]:
            self.form["field"].options = by_hand.FIELDS[what]
        found = _things(self.analysis(self.menu.value[0]), what) if self.menu.value else []
        chosen = next((name for name, i in self.names if i in self.menu.value[:1]), "")
        self.of.value = f"In the first of the chosen articles, {chosen}" if chosen else ""
        self.form["which"].options = list(dict.fromkeys(found))
        self.offer_values()

    def offer_values(self, _: object = None) -> None:
        """Offers the values that a field may have."""
        what, field = self.form["what"].value, self.form["field"].value
        values = by_hand.values(what, field)
        if (field in {"same as", "source", "add"}) and self.menu.value:
            values = tuple(dict.fromkeys(one.name for one in self.analysis(self.menu.value[0]).sources))
        self.form["value"].options = ("yes", "no") if field == "anonymous" else values

    def write(self, _: object = None) -> None:
        """Writes the correction, takes it and shows the article anew; says what is wrong with it, if anything is."""
        if not self.menu.value:
            return
        i = self.menu.value[0]
        given = {name: self.form[name].value.strip() for name in by_hand.COLUMNS[1:]}
        try:
            line = by_hand.checked(Correction(self.shown_article(i).id, **given))
            article = by_hand.own(self.shown_article(i), [line])
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", by_hand.CorrectionWarning)  # it is said beside the button
                found = analysed(article)
            if fault := next((one.fault for one in found.corrections if one.correction == line), ""):
                raise ArticleError(fault)
            by_hand.add(self.file, [line])
        except ToolkitError as error:
            self.said.value = filled("explorer.html", values={}, rows=[], said=str(error).removeprefix(": "))
            return
        self.shown[i], self.known[i] = article, found
        said = f"Written into {self.file}: {found.corrections[-1]}."
        self.show()
        self.said.value = filled("explorer.html", values={}, rows=[], said=said)

    def shown_article(self, i: int) -> Article:
        given = self.shown[i]
        return given.article if isinstance(given, Analysis) else given


def _things(analysis: Analysis, what: str) -> list[str]:
    """What can be corrected of an article, each by its words and where it begins."""
    text = analysis.article.text
    spans = {
        "source": [(one.name, one.mentions[0].start) for one in analysis.sources],
        "attribution": [(a.content[0].of(text), a.content[0].start) for a in analysis.attributions],
        "quotation": [(q.content.of(text), q.content.start) for q in analysis.quotations],
        "zone": [(zone.span.of(text), zone.span.start) for zone in analysis.zones],
    }
    return [by_hand.which(words, at) for words, at in spans[what]]


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


def _evidence(analysis: Analysis, source: str) -> str:
    found = evidence(analysis)
    rows = found[found["what"] != "sentence"].to_dict("records")
    words = source.casefold().strip()
    if words:
        rows = [row for row in rows if words in f"{row['words']} {row['why']}".casefold()]
    return filled("explorer.html", rows=rows, values={}, said="")
