"""A run's report: tables, charts, findings in sentences, method, and one web page that holds them with the articles.

Nothing here reads a clock: the same articles give the same files, byte for byte, with the same versions installed.
"""

from __future__ import annotations

import csv
import math
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from . import __version__, compare
from .analysis import Analysis, analyze
from .article import Article, ArticleError
from .markup import UNSHOWN, counted, marked_up
from .metrics import METRICS
from .page import Drawing, figure, page, parts_of
from .reading import HALF_PAIRS
from .table import evidence, measure, quote_positions, source_kinds

__all__ = ["findings", "marked_up", "methods", "write"]

COMPARED = ("quoted_share", "sources", "anonymous_share", "flesch_kincaid_grade")
CHARTS = ("quoted-share", "source-kinds", "quote-positions", "paired-quoted-share")
WIDE, NARROW = 6.5, 4.2  # inches: the chart on paper or a large screen, and on a telephone
_NAMED = re.compile(r"Flesch|Gunning|Dale|Coleman|SMOG|LIX|RIX")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


class _Compared(NamedTuple):
    """A measured table and what comparing its outlets gave; ``pairs`` is None where ``reason`` says why."""

    table: pd.DataFrame
    means: pd.DataFrame
    pairs: pd.DataFrame | None
    reason: str


def findings(
    table: pd.DataFrame, *, metrics: Sequence[str] = COMPARED, resamples: int = 9999, seed: int = 1
) -> list[str]:
    """What a measured table shows, in plain sentences with n and 95 % intervals.

    ``table`` is that of `toolkit.measure`. The outlets with the highest and the lowest mean are named for each metric,
    and the largest difference on the same stories; what the sample is too small for is said last. Raises
    `compare.CompareError` for a table without rows, or without a column that is needed.

    >>> table = measure([Article("The mayor quit. “I am tired,” she said.", id="quits", outlet="Herald")])
    >>> findings(table, metrics=["quoted_share"])[1]
    'Quoted share: 37.5% (3 of 8); one article, so no interval.'
    """
    return _sentences(_compared(table, metrics, resamples, seed))


def methods(analyses: Sequence[Analysis], *, resamples: int = 9999, seed: int = 1) -> str:
    """How the numbers of this run were made: paragraphs parted by blank lines.

    Versions, articles, what was left out, how text is cut, who proposed the attributions, the definitions of the
    compared metrics with their references, and how the intervals and tests were made.
    """
    outlets = {a.article.outlet.strip() for a in analyses} - {""}
    empty = [a.article.id or f"article {i}" for i, a in enumerate(analyses, 1) if not a.words]
    junk = Counter(zone.why for a in analyses for zone in a.zones if zone.kind == "junk")
    furniture = ", ".join(f"{why} ({n})" for why, n in sorted(junk.items(), key=lambda found: (-found[1], found[0])))
    return "\n\n".join(
        " ".join(paragraph)
        for paragraph in (
            (
                f"Run: {_made_by()}.",
                f"{_articles(len(analyses), len(outlets))},",
                f"{counted(sum(len(a.words) for a in analyses), 'word')} in",
                f"{counted(sum(len(a.sentences) for a in analyses), 'sentence')} of body text.",
                f"In no number, for want of words in the body: {_listed(empty)}." if empty else "All were measured.",
            ),
            (
                "Left out: headlines, decks, bylines, datelines, captions and credits are not counted,",
                f"nor is page furniture, here {counted(sum(junk.values()), 'stretch', 'es')}: {furniture}."
                if junk
                else "nor is page furniture, of which none was found.",
                "No character is deleted: each article's ledger lists these stretches and the rule that decided.",
            ),
            (
                "Text: a word is a run between white space, or between dashes, that holds a letter or digit.",
                "A sentence ends at a full stop, question or exclamation mark that is no part of an abbreviation,",
                "number or name, and with its paragraph. Every metric uses this one segmentation.",
                "Quotations are read from the marks; those of speech and documents count, terms and titles do not.",
                "Attributions (source, cue, content; after Pareti 2016) were proposed by:",
                f"{', '.join(sorted({a.annotator for a in analyses}))}.",
                "Those inside another one are marked and not counted. A source counts once an article.",
            ),
            ("Metrics compared.", *map(_defined, COMPARED), "The data dictionary defines the others."),
            (
                "Comparison: means are over articles, differences over stories that both outlets covered; never over",
                "sentences. Intervals: 95% bootstrap-t (Efron & Tibshirani 1993),",
                f"{resamples:,} resamples, seed {seed}. Differences: two-sided sign-flip permutation test,",
                "p adjusted after Holm over all pairs and metrics. The intervals hold the chance of the sample only:",
                "the toolkit also misreads some sentences, and its own errors are not in them.",
                "Look at the marked-up articles before relying on a small difference.",
            ),
        )
    )


def write(
    articles: Sequence[Article | Analysis],
    out: str | Path,
    *,
    resamples: int = 9999,
    seed: int = 1,
    marked: int = 200,
) -> list[Path]:
    """Writes the report into the folder ``out``, which is made if need be, and gives the paths of its files.

    report.html (one file that needs no other; the first ``marked`` articles in full), findings.txt (with the method),
    metrics.csv, evidence.csv, and charts/ in PNG, SVG and PDF. The tables are UTF-8 with a byte order mark, and a
    text that a spreadsheet would take for a formula has an apostrophe in front. A chart that the articles cannot
    fill is left out, with a sentence in its place. Raises `ArticleError` when there are no articles.
    """
    analyses = [_readable(x) for x in articles]
    if not analyses:
        raise ArticleError("There are no articles, so there is nothing to report; give at least one.")
    compared = _compared(measure(analyses), COMPARED, resamples, seed)
    said, method = _sentences(compared), methods(analyses, resamples=resamples, seed=seed)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    drawings, absent, paths = _charts(analyses, compared, folder / "charts")
    files = {
        "report.html": page(
            analyses, compared.table, compared.means, findings=said, drawings=drawings, absent=absent, method=method,
            made_by=f"Made with {_made_by()}.", marked=marked,
        ).encode(),
        "findings.txt": _plain("\n".join([*(f"- {one}" for one in said), "", method, ""])),
        "metrics.csv": _spreadsheet(compared.table),
        "evidence.csv": _spreadsheet(evidence(analyses)),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [*(folder / name for name in files), *paths]


def _readable(x: Article | Analysis) -> Analysis:
    """The analysis, with U+FFFD for what a file cannot hold; what is known of the article is put on one line."""
    given = x if isinstance(x, Article) else x.article
    shown = [field.name for field in fields(given) if field.name != "more"]
    known = {name: UNSHOWN.sub("\ufffd", " ".join(getattr(given, name).split())) for name in shown}
    article = replace(given, **known | {"text": HALF_PAIRS.sub("\ufffd", given.text)}, more={})
    return analyze(article) if isinstance(x, Article) else replace(x, article=article)


def _compared(table: pd.DataFrame, metrics: Sequence[str], resamples: int, seed: int) -> _Compared:
    pairs, reason = None, ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.SmallSampleWarning)  # the sentences say it
        means = compare.compare(table, metrics, resamples=resamples, seed=seed)
        try:
            pairs = compare.differences(table, metrics, resamples=resamples, seed=seed)
        except compare.CompareError:
            reason = "it needs articles of two outlets on the same story, with the same story_id."
    return _Compared(table, means, pairs, reason)


def _sentences(compared: _Compared) -> list[str]:
    table, means, pairs, reason = compared
    measured = table[table["error"] == ""]
    named = measured["outlet"].fillna("").str.strip()
    outlets = int(named[named != ""].nunique())
    out = [
        f"{_articles(len(measured), outlets)} measured: {counted(int(measured['words'].sum()), 'word')} of body text, "
        f"{counted(int(measured['attributions'].sum()), 'attribution')}, "
        f"{counted(int(measured['sources'].sum()), 'source')} (each counted once an article)."
    ]
    if len(measured) < len(table):
        failed = [str(name) or "an article without an id" for name in table.loc[table["error"] != "", "id"].fillna("")]
        out.append(f"Not measured, for want of words in the body: {_listed(failed)}.")
    if measured.empty:
        return out
    bare = int((named == "").sum())
    if bare and outlets:
        out.append(f"{counted(bare, 'article')} without an outlet: shown as {compare.UNKNOWN}, compared with none.")
    first = means[means["metric"] == means["metric"].iloc[0]]
    few = [f"{row['outlet']} ({row['n']})" for _, row in first.iterrows() if row["n"] < compare.SMALL]
    if few and len(measured) > 1:
        small = f"Fewer than {compare.SMALL} articles with a value"
        out.append(f"{small}, so that a mean has a rough interval or none: {_listed(few)}.")
    for name, mine in means.groupby("metric", sort=False):
        if len(measured) == 1:
            row = measured.iloc[0].to_dict()
            value, parts = figure(row[name], str(name), whole=float(row[name]).is_integer()), parts_of(row, str(name))
            parts = f" ({parts})" if parts else ""
            out.append(f"{METRICS[str(name)].label}: {value}{parts}; one article, so no interval.")
        else:
            said = _highest_and_lowest(str(name), mine)
            out.append(said if outlets else said.replace(f" of {compare.UNKNOWN}", ""))
    if pairs is not None:
        return out + _differences(pairs)
    return [*out, f"No comparison on the same stories: {reason}"]


def _highest_and_lowest(name: str, means: pd.DataFrame) -> str:
    """One metric's means: all of them for two outlets at most, else the highest and the lowest of named outlets."""
    known = means[means["n"] > 0]
    if known.empty:
        return f"{METRICS[name].label}: no article has a value."
    if len(known) > 1:
        known = known[known["outlet"] != compare.UNKNOWN].sort_values(["mean", "outlet"], ascending=[False, True])
    ends = known if len(known) < 3 else known.iloc[[0, -1]]
    said = " ".join(_sentence(row, name) for _, row in ends.iterrows())
    if len(ends) < 2:
        return said
    top, bottom = ends.iloc[0], ends.iloc[-1]
    lead = f"{METRICS[name].label}: highest at {top['outlet']}, lowest at {bottom['outlet']}."
    if top["mean"] == bottom["mean"]:
        lead = f"{METRICS[name].label}: the same at all outlets."
    if math.isnan(top["low"]) or math.isnan(bottom["low"]):
        return f"{lead} {said}"
    return f"{lead} {said} The intervals {'overlap' if bottom['high'] >= top['low'] else 'do not overlap'}."


def _differences(pairs: pd.DataFrame) -> list[str]:
    """What the tests can show, the clearest difference of each metric on the same stories, and how many are clear."""
    shared = pairs[pairs["n"] > 0]
    if shared.empty:
        return ["No comparison on the same stories: no two outlets have a value on one."]
    out = []
    most = int(shared["n"].max())
    floor = 2 / 2**most
    if floor > 0.05:
        stories = "one story" if most == 1 else f"{most} stories"
        out.append(
            f"No pair of outlets has more than {stories} in common, and a sign-flip test of so few cannot give p below "
            f"{floor:.3g}: the differences that follow describe these stories and show nothing beyond them."
        )
    for name, mine in shared.groupby("metric", sort=False):
        size = mine["difference"].abs()
        row = mine.assign(size=size).sort_values(["p_adjusted", "p", "size"], ascending=[True, True, False]).iloc[0]
        lead = "" if len(mine) == 1 else f"Clearest of {len(mine)} pairs of outlets: "
        said = _sentence(row, str(name))
        out.append(lead + (said[0].lower() + said[1:] if lead else said))
    clear = int((shared["p_adjusted"] < 0.05).sum())
    tested = counted(len(shared), "paired difference")
    out.append(f"Of {tested}, {clear or 'none'} {'has' if clear < 2 else 'have'} p below 0.05 after Holm's adjustment.")
    return out


def _sentence(row: pd.Series, name: str) -> str:
    label = METRICS[name].label
    label = label if _NAMED.match(label) else label[0].lower() + label[1:]
    return compare.sentence(row, label=label, percent=name.endswith("_share"))


def _articles(n: int, outlets: int) -> str:
    return counted(n, "article") + (f" of {counted(outlets, 'outlet')}" if outlets else "")


def _defined(name: str) -> str:
    metric = METRICS[name]
    reference = "" if metric.reference == "this toolkit" else f" ({metric.reference})"
    return f"{metric.label}: {metric.definition.removesuffix('.')}{reference}."


def _charts(
    analyses: Sequence[Analysis], compared: _Compared, folder: Path
) -> tuple[list[Drawing], list[str], list[Path]]:
    """Draws and saves the charts: those on the page, why others are not, and the files; older files of theirs go."""
    from . import charts

    metric = COMPARED[0]
    table, means, pairs, reason = compared
    named = any(a.article.outlet.strip() for a in analyses)
    group = compare.UNKNOWN if named else "All articles" if len(analyses) > 1 else "This article"
    known, means, kinds, positions = (
        _grouped(found, group) for found in (table, means, source_kinds(analyses), quote_positions(analyses))
    )
    left = len(table) - len(known)
    note = f" {counted(left, 'article')} without an outlet left out." if left else ""

    def intervals(width: float) -> Any:
        if len(table) == 1:
            raise charts.ChartError("one article has no mean and no interval.")
        return charts.intervals(means, known, metric=metric, width=width)

    def paired(width: float) -> Any:
        if pairs is None:
            raise charts.ChartError(reason)
        return charts.paired(pairs, compare.paired_values(table, metric), metric=metric, width=width)

    drawn: list[tuple[str, str, Callable[[float, str], Any]]] = [
        ("Quoted share by outlet", "Words in quotations of speech or documents, divided by the words of the body.",
         lambda width, title: intervals(width)),
        ("Kinds of sources", "Who or what is quoted or cited; each source counts once an article.",
         lambda width, title: charts.source_mix(kinds, width=width, title=title)),
        ("Where quotations stand", "Quotations of speech or documents, by the words of the body that come before them.",
         lambda width, title: charts.quote_positions(positions, width=width, title=title)),
        ("Differences on the same stories", "Each pair of outlets, on the stories that both covered.",
         lambda width, title: paired(width)),
    ]  # fmt: skip
    drawings, absent, paths = [], [], []
    for name, (title, caption, draw) in zip(CHARTS, drawn, strict=True):
        for old in (folder / f"{name}.{form}" for form in ("png", "svg", "pdf")):
            old.unlink(missing_ok=True)
        try:
            wide, narrow = (draw(width, "" if named else title) for width in (WIDE, NARROW))
        except charts.ChartError as error:
            absent.append(f"Chart left out, “{title}”: {error}")
            continue
        paths += charts.save(wide, folder / name)
        svg = (folder / f"{name}.svg").read_bytes()
        drawings.append(Drawing(caption + note, charts.alt_text(wide), svg, charts.image(narrow)))
    return drawings, absent, paths


def _grouped(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """The table with ``group`` as outlet of the rows that name none, or without these rows if it is no name."""
    names = table["outlet"].fillna("").astype(object).map(str.strip).replace({compare.UNKNOWN: group, "": group})
    return table.assign(outlet=names)[names != compare.UNKNOWN]


def _spreadsheet(table: pd.DataFrame) -> bytes:
    """A CSV file in which every text is quoted and none begins a formula; numbers are as they are."""
    safe = table.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = [_harmless(cell) if isinstance(cell, str) else cell for cell in safe[column]]
    text: str = safe.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    return text.encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    cell = UNSHOWN.sub("\ufffd", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(text: str) -> bytes:
    return UNSHOWN.sub("\ufffd", text).encode()


def _listed(names: Iterable[str], most: int = 8) -> str:
    found = list(names)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def _made_by() -> str:
    others = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas", "matplotlib"))
    return f"media-analysis-toolkit {__version__} with {others}"
