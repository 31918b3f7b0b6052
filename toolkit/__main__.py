"""The command line: ``python -m toolkit VERB FILES``; each verb calls one public function and prints.

Exit status: 0 done, 1 the input is at fault (one sentence on the error stream), 2 wrong usage, 130 stopped by Ctrl-C.
What takes long to load is imported by the verbs, so that Ctrl-C is heard from the start.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .article import UNKNOWN, Article, ArticleError, ToolkitError
from .attribution.engines import DEFAULT, ENGINES
from .reading import columns

if TYPE_CHECKING:
    import pandas as pd

    from .reading.readers import Reading

OURS = frozenset(names[0] for names in columns.NAMES.values())  # the columns of our own tables
# The options that name the columns of tables; without them columns go by their usual names.
COLUMN_OPTIONS = {
    "text": "the column of a table that holds the text, where it has a name of its own",
    "title": "the column with the title",
    "outlet": "the column with the outlet, or the name of the outlet of articles whose file tells none",
    "date": "the column with the date",
    "url": "the column with the web address",
    "author": "the column with the author",
    "story": "the column that names the event; compare and chart: auto groups the articles by their words and dates",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; gives the exit status."""
    given = _parser().parse_args(arguments)
    try:
        return _run(given)
    except KeyboardInterrupt:
        pass  # said below, when what was at work is gone and its line of progress wiped off
    print("toolkit: stopped by Ctrl-C.", file=sys.stderr)
    return 130


def _run(given: argparse.Namespace) -> int:
    verb: Callable[[argparse.Namespace], None] = given.verb
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", UserWarning)
            verb(given)
        for message in dict.fromkeys(str(w.message) for w in caught if issubclass(w.category, UserWarning)):
            print(f"note: {message}", file=sys.stderr)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ToolkitError, OSError) as error:
        print(f"toolkit: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    name = "media-analysis" if Path(sys.argv[0]).stem == "media-analysis" else "python -m toolkit"
    parser = argparse.ArgumentParser(prog=name, description="Media analysis of news articles.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def add(name: str, verb: Callable[[argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text)
        _common(sub, name)
        sub.set_defaults(verb=verb)
        return sub

    listed = add("read", _read, "list the articles in files")
    listed.add_argument("--out", help="write them to this file, .csv or .parquet")
    measure = add("measure", _measure, "one row of numbers an article, as CSV")
    measure.add_argument("--out", help="write the CSV to this file")
    groups = "numbers of the data dictionary, or groups of them such as readability or sourcing (default: all)"
    measure.add_argument("--metrics", nargs="+", metavar="NAME", help=groups)
    _engine(measure)
    _engine(add("explain", _explain, "show what was found in each article, and where"))
    for name, verb, text in (
        ("compare", _compare, "compare outlets, and outlets on the same stories"),
        ("chart", _chart, "draw a chart"),
    ):
        sub = add(name, verb, text)
        sub.add_argument("--metric", action="append", help="a metric of the data dictionary; may be given again")
        sub.add_argument("--by", default="outlet", help="the column whose groups are compared (default: outlet)")
        sub.add_argument(
            "--count-copies", action="store_true", help="count near copies of a text as articles of their own"
        )
        sub.add_argument(
            "--out", help="compare: a folder for tables and charts; chart: the file to write, .png .svg or .pdf"
        )
        _engine(sub)
        if name == "chart":
            kinds = "which chart (default: intervals); a wrong name lists all"
            sub.add_argument("--kind", type=_kind, default="intervals", help=kinds)
            sub.add_argument("--size", default="column", choices=["half", "column", "slide"], help="(default: column)")
            _look_options(sub)
    report = add("report", _report, "write tables, charts and a report as HTML, PDF and DOCX")
    report.add_argument("--out", default="report", help="the folder to write (default: report)")
    report.add_argument(
        "--without-text", action="store_true", help="numbers and offsets only, not the words of the articles"
    )
    forms = "forms beside the HTML page (default: pdf docx); none if the list is empty"
    report.add_argument("--formats", nargs="*", default=["pdf", "docx"], choices=["pdf", "docx"], help=forms)
    report.add_argument("--count-copies", action="store_true", help="count near copies as articles of their own")
    _engine(report)
    report.add_argument("--codes", help="a CSV file of your own codes (columns id and metrics), to correct by")
    return parser


def _common(sub: argparse.ArgumentParser, name: str) -> None:
    """What every verb takes: files, the names of columns, corrections."""
    sub.add_argument("files", nargs="+", metavar="FILE", help="files, folders or patterns")
    for option, what in COLUMN_OPTIONS.items():
        column = f"{option}-column" if (name, option) == ("chart", "title") else option
        default = "story_id" if option == "story" and name in {"compare", "chart"} else ""
        sub.add_argument(f"--{column}", dest=f"{option}_column", default=default, metavar="COLUMN", help=what)
    by_hand = "a CSV file of corrections by hand, or none (default: corrections.csv beside the articles)"
    sub.add_argument("--corrections", metavar="FILE", help=by_hand)
    shown = "a line that says how far the work is (default: on a terminal)"
    sub.add_argument("--progress", action=argparse.BooleanOptionalAction, help=shown)


def _engine(sub: argparse.ArgumentParser) -> None:
    what = "what finds attributions: fast takes a quarter of the time and errs more (default: accurate)"
    sub.add_argument("--engine", choices=ENGINES, default=DEFAULT, help=what)


def _look_options(sub: argparse.ArgumentParser) -> None:
    """The options for a chart's own looks."""
    sub.add_argument("--title", help="a title in the place of what is seen; '' for none")
    sub.add_argument("--subtitle", help="what stands beneath the title; '' for nothing")
    sub.add_argument("--source", default="", help="where the articles come from, for the last line")
    sub.add_argument("--palette", help="a palette of matplotlib, such as tab10, or colours with commas between")
    sub.add_argument("--colors", type=_pairs, help="colours of kinds, voices or rows: 'Herald=crimson,Tribune=#468'")
    sub.add_argument("--order", type=_names, help="rows from the top: 'Herald,Tribune'")
    sub.add_argument("--labels", type=_pairs, help="other names: 'The Daily Herald=Herald'")
    sub.add_argument("--width", type=float, help="in inches, in the place of --size")
    sub.add_argument("--height", type=float, help="in inches (default: as high as the rows need)")
    sub.add_argument("--font", help="a font that is installed")
    sub.add_argument("--dark", action="store_true", help="light on a dark ground")
    sub.add_argument("--data", action="store_true", help="write what is drawn beside it, as a CSV file")
    sub.add_argument("--paths", action="store_true", help="SVG: letters as shapes, for where the font is missing")


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _pairs(text: str) -> dict[str, str]:
    """Pairs of names; argparse says the error, with exit status 2."""
    pairs = [part.partition("=") for part in _names(text)]
    if not all(sign and name.strip() and value.strip() for name, sign, value in pairs):
        raise argparse.ArgumentTypeError(f"{text!r} has no pairs; give them as name=value,name=value")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _articles(given: argparse.Namespace) -> list[Article]:
    from .reading import corrections, outlets

    reading = _reading(given)
    found = list(reading)
    found = outlets.filled(found, _settled(given, reading))
    return corrections.taken(found, given.corrections, reading.beside(corrections.NAME))


def _reading(given: argparse.Namespace) -> Reading:
    """The articles to be read, by the columns that are named; ``given`` gets the name of the column of stories."""
    from .reading.readers import Reading

    said = {option: getattr(given, f"{option}_column") for option in COLUMN_OPTIONS}
    given.story = said["story"] if said["story"] in OURS or said["story"] == "auto" else "story_id"
    chosen = {option: column for option, column in said.items() if column}
    if given.story == said["story"]:
        del chosen["story"]
    return Reading(given.files, columns=chosen, progress=given.progress)


def _settled(given: argparse.Namespace, reading: Reading) -> str:
    """Says what was skipped, checks the named columns and names that of ``--by``, when all is read; gives the outlet of
    articles without one, if ``--outlet`` names no column."""
    from .reading.files import SkippedWarning

    tables, chosen = reading.tables, reading.chosen
    if reading.skipped:  # told before the long work
        print(f"note: {SkippedWarning(reading.skipped)}", file=sys.stderr)
    outlet = chosen.get("outlet", "")
    if any(columns.named(outlet, table.names()) for table in tables):
        outlet = ""
    if outlet:
        del chosen["outlet"]
        bare = [table.place for table in tables if not table.fields["outlet"]]
        if bare:
            print(f"note: no column {outlet!r} in {bare[0]}; taken for the name of the outlet.", file=sys.stderr)
    reading.check()
    if getattr(given, "by", "") and given.by not in OURS:
        fields = {name: field for table in tables for field, names in table.fields.items() for name in names}
        field = fields.get(columns.named(given.by, fields), "")
        given.by = columns.NAMES[field][0] if field else given.by
    return outlet


def _measured(given: argparse.Namespace, articles: list[Article], metrics: Sequence[str] | None = None) -> pd.DataFrame:
    """The numbers; how many articles have none, and why the first, is noted."""
    from .metrics.table import measure

    table = measure(articles, metrics=metrics, engine=given.engine, progress=given.progress)
    failed = table[table["error"] != ""]
    if len(failed):
        why = f"{failed['id'].iloc[0]}: {failed['error'].iloc[0]}"
        warnings.warn(f"not measured, see the column error: {len(failed)} of {len(table)} (first {why})", stacklevel=2)
    return table


def _csv(table: pd.DataFrame | Iterable[pd.DataFrame], out: str) -> None:
    from . import writing

    print(f"{writing.table(table, out)} rows: {out}")


def _read(given: argparse.Namespace) -> None:
    from . import writing
    from .reading import outlets
    from .reading.waiting import waiting

    if given.out:
        writing.check_table(given.out)
    reading = _reading(given)
    with waiting(reading) as found:
        outlet = _settled(given, reading)
        batches = (outlets.filled(batch, outlet) for batch in found)
        if given.out:
            _csv((columns.frame(batch, more=found.more) for batch in batches), given.out)
        else:
            for batch in batches:
                _list(batch)
        print(*reading.tables, *found.summary, sep="\n")


def _list(articles: Iterable[Article]) -> None:
    for article in articles:
        words = len(article.text.split())
        print(f"{article.id}\t{article.outlet or UNKNOWN}\t{words} words\t{article.title or '(no title)'}")
        if article.note:
            print(f"\t{article.note}")


def _measure(given: argparse.Namespace) -> None:
    from . import writing
    from .metrics.dictionary import METRICS

    if given.out:
        writing.check_table(given.out)
    if given.metrics:  # a wrong name is told before the long work
        METRICS.chosen(given.metrics)
    table = _measured(given, _articles(given), given.metrics)
    if given.out:
        _csv(table, given.out)
    else:
        print(writing.spreadsheet(table, plain=True), end="")


def _explain(given: argparse.Namespace) -> None:
    from functools import partial

    from .analysis import analyze
    from .explained import explained
    from .metrics.table import analysed

    for article in _articles(given):
        print(*explained(analysed(article, partial(analyze, engine=given.engine))), sep="\n")


def _compare(given: argparse.Namespace) -> None:
    import textwrap

    from . import writing
    from .comparison import copies, correction, in_sentences, in_tables, same_event
    from .metrics.dictionary import COMPARED

    folder = writing.check_folder(given.out) if given.out else None
    metrics = given.metric or list(COMPARED)
    articles = _articles(given)
    table = _measured(given, articles)
    if not given.count_copies:
        table = copies.mark(table, articles)
    story, tables = given.story, {}
    if story == "auto":
        tables["stories"] = same_event.group(articles)
        table, story = table.assign(story_id=list(tables["stories"]["story_id"])), "story_id"
    correct = given.engine == DEFAULT  # whose errors are measured
    found = in_sentences.compared(table, metrics, by=given.by, story=story, correct=correct)
    for finding in in_sentences.sentences(found):
        print(*textwrap.wrap(finding.split("\n")[0], in_tables.WIDTH, subsequent_indent="  "), sep="\n")
    print(f"\n{in_tables.table(found)}")
    if not correct and set(correction.measured()) & set(metrics):
        print(f"\n{correction.UNKNOWN}")
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"estimates": found.means} | ({} if found.pairs is None else {"differences": found.pairs}) | tables
    for name, each in tables.items():
        _csv(each, str(folder / f"{name}.csv"))
    if found.pairs is not None:
        _drawn(given, table, found.pairs, story, folder)


def _drawn(given: argparse.Namespace, table: pd.DataFrame, pairs: pd.DataFrame, story: str, folder: Path) -> None:
    """A chart of the differences of each metric."""
    from . import charts, comparison
    from .progress import bar

    drawn = list(pairs.dropna(subset="difference")["metric"].unique())
    values = comparison.paired_values(table, drawn, by=given.by, story=story)
    pictures: list[Path] = []
    for each in bar(drawn, "drawing charts", progress=given.progress, at_once=True):
        chart = charts.paired(pairs, values, metric=each)
        pictures += charts.save(chart, folder / f"differences-{each}", formats=["svg", "png"])
    print(*pictures, sep="\n")


def _kind(name: str) -> str:
    """The name of a chart; argparse says the error, with exit status 2."""
    from .charts import CHARTS

    if name not in CHARTS:
        known = "; ".join(f"{each} ({chart.shows})" for each, chart in CHARTS.items())
        raise argparse.ArgumentTypeError(f"the chart {name!r} is not known; name one of {known}")
    return name


def _chart(given: argparse.Namespace) -> None:
    from .writing import check_file

    out = check_file(given.out or f"{given.kind}.png", [".png", ".svg", ".pdf"], "a chart")
    from . import charts
    from .metrics.dictionary import COMPARED

    palette = given.palette and (_names(given.palette) if "," in given.palette else given.palette)
    size = {"half": charts.HALF, "column": charts.COLUMN, "slide": charts.SLIDE}[given.size]
    names = ("title", "subtitle", "source", "colors", "order", "labels", "height", "font", "dark", "count_copies")
    look: dict[str, Any] = {name: getattr(given, name) for name in names}
    chart = charts.draw(
        given.kind,
        _articles(given),
        metric=(given.metric or COMPARED)[0],
        by=given.by,
        story=given.story,
        engine=given.engine,
        progress=given.progress,
        palette=palette or None,
        width=size if given.width is None else given.width,
        **look,
    )
    print(*charts.save(chart, out, data=given.data, paths=given.paths))


def _report(given: argparse.Namespace) -> None:
    from . import reports, writing

    writing.check_folder(given.out)
    hand = _codes(given.codes) if given.codes else None
    options: dict[str, Any] = {"text": not given.without_text, "hand": hand, "formats": given.formats}
    options["count_copies"] = given.count_copies
    options |= {"engine": given.engine, "progress": given.progress}
    print(*reports.write(_articles(given), given.out, **options), sep="\n")


def _codes(path: str) -> pd.DataFrame:
    """A table of codes; whatever pandas cannot read is an error in one sentence."""
    import pandas as pd

    try:
        return pd.read_csv(path, encoding="utf-8-sig", dtype={"id": str})
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise ArticleError(f"{path}: not a CSV table of codes ({error}); give columns id and metrics.") from None


if __name__ == "__main__":
    sys.exit(main())
