"""A run's report: tables, charts, findings in sentences, method and codebook, on one web page and on paper.

Nothing here reads a clock: the same articles give the same files, byte for byte, with the same versions installed.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from .. import writing
from ..analysis import Analysis, analyze
from ..article import Article, ArticleError
from ..attribution import engines
from ..comparison import copies, correction, published
from ..comparison.in_sentences import compared, sentences
from ..metrics.given import articles_of
from ..metrics.table import analysed, evidence, failed, measure
from ..progress import bar
from ..reading import corrections as by_hand
from ..reading.columns import HALF_PAIRS
from ..writing import UNSHOWN
from . import contents, pdf_and_docx
from .contents import Contents, title_of
from .linked import Places
from .methods import codebook, made_by, methods
from .pictures import ALONE, CHARTS, FORMS, pictures
from .web_page import page, pages

__all__ = ("CHARTS", "ReportWarning", "write")

UNREAD = "This article could not be read or analysed; a report with its text says why."
RUN = 4  # so many words of an article in a row are its text, and stand in no report without text
_WORD = re.compile(r"\w+")


class ReportWarning(UserWarning):
    """A form of the report that could not be written here."""


def write(  # noqa: PLR0913 - each says one thing of the report
    articles: str | Article | Analysis | pd.DataFrame | Iterable[str | Article | Analysis],
    out: str | Path,
    *,
    text: bool = True,
    hand: pd.DataFrame | None = None,
    formats: Sequence[str] = ("pdf", "docx"),
    resamples: int = 9999,
    seed: int = 1,
    marked: int = 200,
    count_copies: bool = False,
    corrections: by_hand.Given = (),
    engine: str = engines.DEFAULT,
    progress: bool | None = None,
) -> list[Path]:
    """Writes the report into the folder ``out``, which is made if need be, and gives the paths of its files.

    The articles may be analysed already; one may stand alone, and a table must have their texts in a column.

    report.html (one file that needs no other, with up to ``marked`` articles in full; of more each has a page of its
    own in articles/), report.pdf and report.docx (``formats``; a `ReportWarning` says why one could not be written),
    findings.txt (with the method), metrics.csv, evidence.csv (each row with its place on the page), codebook.csv, and
    charts/ in PNG, SVG and PDF. The tables are UTF-8 with a byte order mark, and a text that a spreadsheet would take
    for a formula has an apostrophe in front. A chart that the articles cannot fill is left out, with a sentence in its
    place. All are written at the end, whole or not at all; then files of an older report go.

    Without ``text`` nothing that is written holds four words of an article in a row: findings stand as offsets, and
    metrics.csv has the text's length and SHA-256, so that whoever has the text can put the two together. ``hand`` are
    your own codes (columns id and metrics) for the correction; without it those that come with the toolkit are used.
    Near copies of a text (`copies.mark`) count once in comparisons, unless ``count_copies``. ``corrections``: a file of
    yours, or its lines (`reading.corrections`), for articles not analysed yet, as is ``engine`` (`analyze`).
    ``progress``: see `progress.bar`. Raises `ArticleError` when there are no articles or a format is unknown, and
    `writing.WritingError`, before the work, where ``out`` cannot be written.
    """
    unknown = [form for form in formats if form not in {"pdf", "docx"}]
    if unknown:
        raise ArticleError(f"The format {unknown[0]!r} is unknown; name pdf, docx or none.")
    engines.check(engine)
    folder = writing.check_folder(out)
    chance: dict[str, Any] = {"resamples": resamples, "seed": seed}
    given = articles_of(articles, None, corrections)
    analyses, measured = _analysed(given, text, engine, progress)
    measured = measured if count_copies else copies.mark(measured, analyses)
    whole, files = _whole(analyses, measured, text=text, hand=hand, chance=chance, marked=marked, progress=progress)
    files = _files(whole, progress) | files  # the page stands first
    files |= _papers(whole, files["report.html"], formats, progress)
    return _put(files, folder)


def _whole(
    analyses: Sequence[Analysis],
    measured: pd.DataFrame,
    *,
    text: bool,
    hand: pd.DataFrame | None,
    chance: dict[str, Any],
    marked: int,
    progress: bool | None,
) -> tuple[Contents, dict[str, bytes]]:
    """What the report holds, and the files of its charts."""
    correct = {a.annotator for a in analyses if a.annotator} == {correction.annotator()}
    found = compared(measured, hand=hand, correct=correct, **chance)
    places = Places(len(analyses), marked, text)
    drawings, absent, files = pictures(analyses, found, places, progress)
    titles = [title_of(a, i) if text else a.article.id for i, a in enumerate(analyses, 1)]
    grids = contents.number_grids(found, published.beside(found.table, correct=correct, **chance), titles, places)
    grids[-1:-1] = contents.by_hand(analyses, titles, places) if text else []
    whole = Contents(
        analyses,
        titles,
        found.table,
        sentences(found),
        drawings,
        absent,
        grids,
        methods(analyses, hand=hand, **chance),
        codebook(analyses, found.table),
        f"Made with {made_by()}.",
        text,
        places,
    )
    return whole, files


def _analysed(
    articles: Sequence[Article | Analysis], text: bool, engine: str, progress: bool | None
) -> tuple[list[Analysis], pd.DataFrame]:
    """The articles analysed, with what their numbers are; without ``text`` nothing is known of them that holds it."""
    analyses = [_readable(x, engine) for x in bar(articles, "analysing", progress=progress)]
    if not analyses:
        raise ArticleError("There are no articles, so there is nothing to report; give at least one.")
    measured = measure(analyses, progress=progress)
    analyses = [failed(a, why) if why and a.words else a for a, why in zip(analyses, measured["error"], strict=True)]
    if text:
        return analyses, measured
    analyses = [_without_text(analysis, i) for i, analysis in enumerate(analyses, 1)]
    return analyses, measure(analyses)


def _files(whole: Contents, progress: bool | None) -> dict[str, bytes]:
    """The page and the tables, by name."""
    analyses, table = whole.analyses, whole.table
    parts: dict[str, Callable[[], bytes]] = {
        "report.html": lambda: page(whole).encode(),
        "findings.txt": lambda: _plain(whole),
        "metrics.csv": lambda: _csv(table if whole.text else _with_digests(table, analyses)),
        "evidence.csv": lambda: _csv(_evidence(analyses, whole.text, whole.places)),
        "codebook.csv": lambda: _csv(whole.codebook),
    }
    steps = bar(list(parts.items()), "putting the report together", progress=progress, at_once=True)
    return {name: make() for name, make in steps} | {name: one.encode() for name, one in pages(whole)}


def _put(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Writes all files and removes those of an older report."""
    writing.write({folder / name: content for name, content in files.items()})
    older = {"report.pdf", "report.docx", *(f"charts/{name}{form}" for name in (*CHARTS, ALONE) for form in FORMS)}
    older |= {f"articles/{path.name}" for path in folder.glob("articles/*.html") if path.stem.isdigit()}
    for name in older - set(files):
        (folder / name).unlink(missing_ok=True)
    return [folder / name for name in files]


def _papers(whole: Contents, html: bytes, formats: Sequence[str], progress: bool | None) -> dict[str, bytes]:
    """The report on paper, by name; warns of what could not be made."""
    made = {}
    for form in bar(formats, "putting it on paper", progress=progress, at_once=True):
        try:
            if form == "docx":
                made["report.docx"] = pdf_and_docx.docx(whole)
            else:
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder, "report.html")
                    writing.write({path: html})
                    made["report.pdf"] = pdf_and_docx.pdf(path)
        except pdf_and_docx.PaperError as error:
            warnings.warn(str(error), ReportWarning, stacklevel=3)
    return made


def _readable(x: Article | Analysis, engine: str) -> Analysis:
    """The analysis, with U+FFFD for what a file cannot hold; what is known of the article is put on one line."""
    given = x.article if isinstance(x, Analysis) else x
    shown = [field.name for field in fields(given) if field.name not in {"more", "corrections"}]
    known: dict[str, Any] = {name: UNSHOWN.sub("\ufffd", " ".join(getattr(given, name).split())) for name in shown}
    article = replace(given, **known | {"text": HALF_PAIRS.sub("\ufffd", given.text)}, more={})
    if isinstance(x, Analysis):
        return replace(x, article=article)
    return analysed(article, partial(analyze, engine=engine))


def _without_text(analysis: Analysis, number: int) -> Analysis:
    """The analysis of an article of which nothing is known that may hold words of its text; it has an id."""
    article = analysis.article
    runs = _runs(article.text)
    kept = ("id", "outlet", "published", "section", "language", "story")
    held: dict[str, Any] = {name: getattr(article, name) for name in kept}
    held = {name: "" if _runs(value) & runs else value for name, value in held.items()}
    held |= {"id": held["id"] or f"article {number}", "fault": UNREAD if article.fault else ""}
    return replace(analysis, article=Article(article.text, **held))


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every run of `RUN` words, in small letters, whatever stands between them."""
    words = _WORD.findall(text.replace("_", " ").lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _with_digests(table: pd.DataFrame, analyses: Sequence[Analysis]) -> pd.DataFrame:
    """The table with the length and the SHA-256 of each text, and without columns that are empty throughout."""
    texts = [a.article.text.encode("utf-8", "surrogatepass") for a in analyses]
    known = table.drop(columns=["title", "url", "author", "source_file", "note"])
    known.insert(1, "characters", [len(a.article.text) for a in analyses])
    known.insert(2, "sha256", [hashlib.sha256(each).hexdigest() for each in texts])
    return known


def _evidence(analyses: Sequence[Analysis], text: bool, places: Places) -> pd.DataFrame:
    """The findings of all articles: with ``text`` each with its place on the page, else without words and reasons."""
    tables = []
    for number, analysis in enumerate(analyses, 1):
        table = evidence(analysis)
        if text:
            page = "" if places.apart else "report.html"
            table["link"] = [f"{page}{places.of(number, start)}" for start in table["start"]]
        else:
            table["n_words"] = [len(words.split()) for words in table["words"]]
            table = table.drop(columns=["words", "why"])
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _csv(table: pd.DataFrame) -> bytes:
    return writing.spreadsheet(table).encode("utf-8-sig", "replace")


def _plain(whole: Contents) -> bytes:
    """Findings and method as a text file."""
    said = [f"- {one}".replace("\n", "\n  ") for one in whole.findings]
    return UNSHOWN.sub("\ufffd", "\n".join([*said, "", whole.method, ""])).encode()
