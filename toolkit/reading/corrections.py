"""Corrections by hand: the file that holds them, and the line that would make one.

A line says of which ``article`` (its id) ``what`` is wrong (source, attribution, quotation, zone), ``which`` one (its
words, and behind them ``@120``, where it begins), in which ``field``, what ``value`` is right, ``who`` says so and
``why``. What they do to what was found is in `toolkit.corrected`. A ``line`` is of all pages: ``article`` names an
outlet or is ``*``, ``which`` is a line of their furniture in which ``*`` stands for any words.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..article import Article, ArticleError, Correction
from ..language import word_lists
from ..writing import bare, guarded, write
from .files import short

NAME = "corrections.csv"  # found by itself where it lies beside the articles
COLUMNS = ("article", "what", "which", "field", "value", "who", "why")
FIELDS = {  # what may be corrected of each, and what the value is
    "source": ("kind", "role", "anonymous", "affiliation", "name", "same as", "remove"),
    "attribution": ("source", "stance", "remove", "add"),
    "quotation": ("kind",),
    "zone": ("kind",),
    "line": ("kind",),
}
_LISTED = {  # the variable of the codebook that has the values which a field may take
    ("source", "kind"): "source",
    ("source", "role"): "role",
    ("attribution", "stance"): "stance",
    ("quotation", "kind"): "quotation",
    ("zone", "kind"): "zone",
    ("line", "kind"): "zone",
}
_YES, _NO = frozenset(("yes", "y", "true", "1")), frozenset(("no", "n", "false", "0"))
_AT = re.compile(r"\s*@\s*(\d+)\s*$")
_SHOWN = 3  # ids of articles that a warning names
WORDS = 5  # so many words tell one finding from others


Given = str | Path | Iterable[Correction]  # a file, or its lines; () for none


class CorrectionWarning(UserWarning):
    """A correction that was found by itself, or one that fits nothing in the article."""


def read(path: str | Path) -> list[Correction]:
    """The corrections in a file with the columns of `COLUMNS`, in its order; empty rows are passed over.

    Comma, semicolon or tab parts its cells; ``who`` and ``why`` may be left out. Raises `ArticleError` for a file that
    cannot be read, a missing column, and for an unknown ``what``, ``field`` or ``value``, with what is allowed.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), NAME)
    >>> _ = path.write_text("article,what,which,field,value\\nferry,source,officials @81,anonymous,no\\n")
    >>> [(one.which, one.value) for one in read(path)]
    [('officials @81', 'no')]
    """
    path = Path(path).expanduser()
    text = _text(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text))
    names = _names(next(rows, list(COLUMNS)))
    if missing := [name for name in COLUMNS[:5] if name not in names]:
        raise ArticleError(
            f"{path.name}: no column {', '.join(missing)}; a file of corrections has the columns {', '.join(COLUMNS)}."
        )
    found = []
    for row in rows:
        cells = {name: bare(cell).strip() for name, cell in zip(names, row, strict=False)}
        known = {name: cells.get(name, "") for name in COLUMNS}
        if any(known.values()):
            found.append(checked(Correction(**known, place=f"{path.name}:{rows.line_num}")))
    return found


def add(path: str | Path, lines: Iterable[Correction]) -> None:
    """Writes lines behind those that a file of corrections has, in its columns; makes the file if there is none.

    Raises `ArticleError` for a line that `read` would not take, and `WritingError` where the file cannot be written.
    """
    path = Path(path).expanduser()
    given = [checked(one) for one in lines]
    text = _text(path) if path.exists() else ""
    text = text or f"{','.join(COLUMNS)}\n"
    mark = _mark(text)
    names = _names(next(csv.reader(io.StringIO(text), delimiter=mark)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerows([guarded(one._asdict().get(name, "")) for name in names] for one in given)
    write({path: f"{text.removesuffix(chr(10))}\n{out.getvalue()}".encode("utf-8-sig", "replace")})


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ArticleError(f"{short(path)}: corrections cannot be read ({error.strerror}); check the path.") from None
    except UnicodeDecodeError:
        raise ArticleError(f"{path.name}: this is not UTF-8; save the corrections as CSV UTF-8.") from None


def _mark(text: str) -> str:
    return max(",;\t", key=text.partition("\n")[0].count)


def _names(header: Iterable[str]) -> list[str]:
    return [name.strip().lower() for name in header]


def checked(one: Correction) -> Correction:
    """The correction with its words in the form in which they are known; raises `ArticleError` for unknown ones."""
    what, field = one.what.lower(), " ".join(one.field.lower().replace("_", " ").split())
    if what not in FIELDS:
        raise ArticleError(f"{one.place}: nothing called {short(one.what)!r} can be corrected; {_one_of(FIELDS)}.")
    if field not in FIELDS[what]:
        raise ArticleError(f"{one.place}: {what} has no field {short(one.field)!r}; {_one_of(FIELDS[what])}.")
    if not words_of(one.which)[0]:
        raise ArticleError(f"{one.place}: the column which is empty; write there the words of the {what}.")
    value = one.value
    if (what, field) in _LISTED:
        known = {_plain(name): name for name in values(what, field)}
        if _plain(value) not in known:
            raise ArticleError(f"{one.place}: {what} has no {field} {short(value)!r}; {_one_of(values(what, field))}.")
        value = known[_plain(value)]
    elif field == "anonymous":
        if value.lower() not in _YES | _NO:
            raise ArticleError(f"{one.place}: anonymous is yes or no, not {short(value)!r}.")
        value = "yes" if value.lower() in _YES else "no"
    elif not value and field in {"name", "same as"}:
        raise ArticleError(f"{one.place}: the column value is empty; write there the other name of the source.")
    return one._replace(what=what, field=field, value=value)


def _one_of(names: Iterable[str]) -> str:
    return f"write one of {', '.join(names)}"


def _plain(value: str) -> str:
    return " ".join(value.lower().replace("_", " ").split())


@cache
def values(what: str, field: str) -> tuple[str, ...]:
    """The values that a field may have, from the codebook; none where any words will do."""
    variable = _LISTED.get((what, field), "")
    return tuple(value for name, value, _ in word_lists.rows("codebook.tsv") if name == variable)


def words_of(which: str) -> tuple[str, int | None]:
    """The words of ``which``, and where they begin if it says so.

    >>> words_of("the port officials @81")
    ('the port officials', 81)
    """
    found = _AT.search(which)
    return (which[: found.start()].strip(), int(found[1])) if found else (which.strip(), None)


def which(words: str, at: int) -> str:
    """The first words of a finding and where it begins, as a correction names it.

    >>> which("the port officials", 81)
    'the port officials @81'
    """
    return f"{' '.join(words.split()[:WORDS])} @{at}"


def pattern(one: Correction) -> re.Pattern[str]:
    """What a line of furniture matches as a whole: its words in any case, ``*`` for any others.

    >>> bool(pattern(Correction("*", "line", "Play our * quiz", "kind", "junk")).fullmatch("Play our weekly quiz"))
    True
    """
    return re.compile(".*".join(map(re.escape, " ".join(one.which.split()).split("*"))), re.IGNORECASE)


def line(article: str, what: str, words: str, at: int, field: str, value: str = "") -> str:
    """The line of a file of corrections that would set a field; who and why are left for the hand that copies it.

    >>> line("ferry", "source", "officials, two of them", 81, "anonymous", "no")
    'ferry,source,"officials, two of them @81",anonymous,no,,'
    """
    cells = (article, what, which(words, at), field, value, "", "")
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(map(guarded, cells))
    return " ".join(out.getvalue().split("\n"))


def attach(articles: Sequence[Article], given: Given) -> list[Article]:
    """The articles, each with the corrections that name its id; one `CorrectionWarning` tells of lines for others.

    >>> ferry = attach([Article("It rained.", id="ferry")], [Correction("ferry", "zone", "It", "kind", "note")])
    >>> ferry[0].corrections[0].value
    'note'
    """
    lines = lines_of(given)
    known = {article.id for article in articles}
    houses = {name for article in articles for name in _pages(article)}
    _lost([one for one in lines if one.article not in (houses if one.what == "line" else known)])
    return [own(article, lines) for article in articles]


def corrected(article: Article, given: Given) -> Article:
    """One article with the corrections that name its id; lines for others may well be in the file, too."""
    lines = lines_of(given)
    found = own(article, lines)
    if found is article:
        _lost([one for one in lines if one.what != "line"])
    return found


def lines_of(given: Given) -> list[Correction]:
    """The lines, read from the file if one is given, of "none" none; raises as `read` does."""
    if given == "none":
        return []
    return read(given) if isinstance(given, str | Path) else [checked(one) for one in given]


def own(article: Article, lines: Sequence[Correction]) -> Article:
    """The article with those of the lines that name its id, or its outlet for a line of all its pages."""
    pages = _pages(article)
    mine = tuple(
        one
        for one in lines
        if (one.article in pages if one.what == "line" else one.article == article.id)
        and one not in article.corrections
    )
    return replace(article, corrections=article.corrections + mine) if mine else article


def _pages(article: Article) -> set[str]:
    """What a line of furniture may name in the place of the article."""
    return {"*", article.id, article.outlet, article.more.get("outlet_given", "")} - {""}


def _lost(lines: Sequence[Correction]) -> None:
    """Warns of lines that name none of the articles."""
    if lines:
        names = sorted({repr(short(one.article)) for one in lines})
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        where = f"{lines[0].place or NAME}{' and further lines' * (len(lines) > 1)}"
        named = f"{', '.join(names[:_SHOWN])}{more}"
        said = CorrectionWarning(f"{_corrections(lines)} not used ({where}): no article here has the id {named}.")
        warnings.warn(said, stacklevel=4)


def taken(articles: Sequence[Article], given: Given | None, beside: Sequence[Path]) -> list[Article]:
    """The articles with the corrections that are given; where none are, with those found beside them, which is said."""
    lines = lines_of(given) if given is not None else [one for path in beside for one in read(path)]
    if given is None and lines:
        text = f"{_corrections(lines)} taken from {', '.join(map(str, beside))}."
        warnings.warn(CorrectionWarning(text), stacklevel=3)
    return attach(articles, lines)


def _corrections(lines: Sequence[Correction]) -> str:
    return f"{len(lines)} correction{'s' * (len(lines) != 1)}"
