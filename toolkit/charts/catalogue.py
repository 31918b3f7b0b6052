"""Tables to charts: each function draws a finished table on one Axes, and neither saves nor sets a global style.

A chart has what is seen in it as title, unit and n beneath, labels beside the marks, the method in the last line, and
a description for readers who cannot see it (``alt_text``). Each takes the words, colours, order, names and size of
`frame.Frame`; ``width`` is in inches (`HALF`, `COLUMN`, `SLIDE`). What matplotlib's own rcParams say of fonts and
colours holds where they are set. `draw` makes a chart of `CHARTS` from articles, tables and all; `save` writes it: the
same file from a script, a notebook and the command line. At the width of a slide a chart is no higher than 9 to 16
while it has a dozen rows.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, NamedTuple, Unpack

import pandas as pd
from matplotlib.axes import Axes

from .. import comparison
from ..analysis import Analysis, analyze
from ..article import Article
from ..attribution import engines
from ..comparison import copies, correction, same_event
from ..metrics import table
from ..metrics.dictionary import COMPARED
from ..metrics.given import articles_of
from ..progress import bar
from ..reading import columns
from .comparisons import dumbbell, intervals, paired
from .frame import Frame, chart
from .inside_articles import quote_positions, strip
from .looks import ChartError
from .one_article import speakers
from .over_time import coverage, frequency, trend
from .side_by_side import VOICES, corrected, voices
from .sourcing import source_mix, stances, transparency
from .tables import need


@dataclass(frozen=True)
class _Run:
    """What is drawn, analysed articles or their measured table, and the metric; each table is made when asked for."""

    given: pd.DataFrame | Sequence[Analysis]
    metric: str
    count_copies: bool = False

    @property
    def analyses(self) -> Sequence[Analysis]:
        if isinstance(self.given, pd.DataFrame):
            raise ChartError("This chart shows what stands in the articles; give it the articles, not their numbers.")
        return self.given

    @cached_property
    def measured(self) -> pd.DataFrame:
        """The numbers; near copies are marked, so that what compares outlets leaves them out."""
        if isinstance(self.given, pd.DataFrame):
            return self.given
        measured = table.measure(self.given)
        return measured if self.count_copies else copies.mark(measured, self.given)

    @property
    def differences(self) -> pd.DataFrame | None:
        """Those on the same stories, if outlets share any; small samples are for the table drawn to warn of."""
        with warnings.catch_warnings(action="ignore", category=comparison.SmallSampleWarning):
            try:
                return comparison.differences(self.measured, self.metric)
            except comparison.CompareError:
                return None


class Chart(NamedTuple):
    """An entry of `CHARTS`: the function, the tables that it needs from a run (and keywords), and what it shows."""

    function: Callable[..., Axes]
    tables: Callable[[_Run], tuple[Sequence[pd.DataFrame], dict[str, Any]]]
    shows: str

    def __repr__(self) -> str:
        return self.shows


def _over_time(run: _Run) -> pd.DataFrame:
    known = [day for day in same_event.days(run.measured["date"].fillna("").astype(str)) if day]
    freq = frequency(known).replace("D", "W") if known else "M"
    return comparison.over_time(run.measured, run.metric, freq=freq)


def _corrected(run: _Run) -> pd.DataFrame:
    """The means, corrected; of a table nobody knows who annotated."""
    known = {"", correction.annotator()}
    if not isinstance(run.given, pd.DataFrame) and not {each.annotator for each in run.given} <= known:
        raise ChartError(correction.UNKNOWN)
    return correction.corrected(run.measured, run.metric)


CHARTS = MappingProxyType({
    "speakers": Chart(speakers, lambda run: ((table.strip(run.analyses),), {}), "who speaks in one article"),
    "intervals": Chart(
        intervals,
        lambda run: ((comparison.compare(run.measured, run.metric), run.measured), {"differences": run.differences}),
        "a metric's mean by outlet",
    ),
    "corrected": Chart(
        corrected,
        lambda run: ((_corrected(run),), {}),
        "means before and after correction for the toolkit's error",
    ),
    "paired": Chart(
        paired,
        lambda run: (
            (comparison.differences(run.measured, run.metric), comparison.paired_values(run.measured, run.metric)), {}
        ),
        "differences of a metric on the same stories",
    ),
    "dumbbell": Chart(
        dumbbell,
        lambda run: ((run.measured, comparison.differences(run.measured, run.metric)), {"metric": run.metric}),
        "two outlets story by story",
    ),
    "voices": Chart(
        voices,
        lambda run: ((comparison.compare(run.measured, list(VOICES)),), {}),
        "readability of reporter, quotations and lead",
    ),
    "trend": Chart(trend, lambda run: ((_over_time(run),), {}), "a metric over time"),
    "coverage": Chart(coverage, lambda run: ((run.measured,), {}), "articles over time"),
    "sources": Chart(source_mix, lambda run: ((table.source_kinds(run.analyses),), {}), "kinds of sources"),
    "strip": Chart(strip, lambda run: ((table.strip(run.analyses),), {}), "who speaks where in each article"),
    "positions": Chart(
        quote_positions, lambda run: ((table.quote_positions(run.analyses),), {}), "where quotations stand"
    ),
    "stances": Chart(stances, lambda run: ((table.stances(run.analyses),), {}), "cues by kind of source"),
    "transparency": Chart(transparency, lambda run: ((run.measured,), {}), "fully identified sources"),
})  # fmt: skip


@chart
def draw(
    chart: str,
    x: str | Article | Analysis | pd.DataFrame | Iterable[str | Article | Analysis],
    *,
    metric: str = COMPARED[0],
    by: str = "outlet",
    story: str = "story_id",
    count_copies: bool = False,
    engine: str = engines.DEFAULT,
    progress: bool | None = None,
    **frame: Unpack[Frame],
) -> Axes:
    """One of `CHARTS` of articles, with the tables that it needs.

    ``x`` holds the articles, analysed or not, or is a table: with a text column its articles are read; else it is that
    of `toolkit.measure`, or a finished one of `toolkit.compare` or the like, and serves for charts of numbers. ``by``
    and ``story`` name what groups the articles and what they share: ``outlet``, ``story_id``, another field of
    `Article`, or a column that their file or table has; ``story="auto"`` lets `same_event.group` find the events.
    Near copies of a text count once where outlets are compared, unless ``count_copies``. ``engine`` analyses what is
    not analysed yet (`analysis.analyze`). ``progress``: see `progress.bar`.

    Raises ChartError for another chart, a name that no article has, or a table that cannot be drawn, and
    `means_and_differences.CompareError` where outlets cannot be compared.

    >>> draw("strip", Article("“We are done,” said Ilse Brandt.", outlet="Herald")).texts[0].get_text()
    'The reporter’s own voice fills 50.0% of the article at Herald'
    """
    if not isinstance(chart, str):
        raise ChartError('The name of the chart stands first, as in chart("intervals", articles).')
    engines.check(engine)
    if chart not in CHARTS:
        raise ChartError(f"The chart {chart!r} is not known; name one of {', '.join(CHARTS)}.")
    function, tables, _ = CHARTS[chart]
    if isinstance(x, pd.DataFrame) and {"metric", "n"} <= set(x):  # estimates
        named: dict[str, Any] = {"metric": metric} if metric in set(x["metric"]) and function is not voices else {}
        return function(x, **named, **frame)
    if isinstance(x, pd.DataFrame) and not columns.has_text(map(str, x)):
        run = _Run(_renamed(x, by, story), metric)
    else:
        how = partial(analyze, engine=engine)
        analyses = [table.analysed(each, how) for each in bar(articles_of(x), "analysing", progress=progress)]
        run = _Run(_grouped(analyses, by, story), metric, count_copies)
    if not len(run.given):
        raise ChartError("There are no articles, so there is nothing to draw.")
    found, words = tables(run)
    return function(*found, **words, **frame)


def _renamed(measured: pd.DataFrame, by: str, story: str) -> pd.DataFrame:
    """The table with ``by`` as its outlet and ``story`` as its story."""
    if story == "auto":
        raise ChartError("Events are found by the articles' words; give the articles, not their numbers.")
    roles = {"outlet": by, "story_id": story}
    return measured.assign(**{role: need(measured, [name])[name] for role, name in roles.items() if role != name})


def _grouped(analyses: list[Analysis], by: str, story: str) -> list[Analysis]:
    """The analyses with ``by`` as their outlet and ``story`` as their story."""
    articles = [analysis.article for analysis in analyses]
    if story == "auto":
        shared = [str(name) for name in same_event.group(articles)["story_id"]]
    else:
        shared = _column(articles, story)
    named = zip(analyses, _column(articles, by), shared, strict=True)
    return [replace(a, article=replace(a.article, outlet=group, story=event)) for a, group, event in named]


def _column(articles: Sequence[Article], name: str) -> list[str]:
    """What the articles have under a name: a field, or a column of their file."""
    name = next((field for field, names in columns.NAMES.items() if name == names[0]), name)
    if name in {field.name for field in fields(Article)} - {"text", "more", "fault", "corrections"}:
        return [str(getattr(article, name)) for article in articles]
    if articles and not any(name in article.more for article in articles):
        more = sorted({column for article in articles for column in article.more})
        raise ChartError(f"No article has {name!r}; name one of {', '.join(['outlet', 'story_id', *more])}.")
    return [str(article.more.get(name, "")) for article in articles]
