"""Which column of a table holds what; rows in, articles out, and articles as a table again."""

from __future__ import annotations

import math
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..article import Article, ArticleError
from ..language import legible
from . import dates, outlets
from .files import short

if TYPE_CHECKING:
    import pandas as pd

# Article field -> the names a file may give it, in upper or lower case; the first is the column that `frame` writes.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id"),
    "outlet": ("outlet", "publisher", "media_name", "source.name", "publisher.name"),
    "title": ("title", "headline"),
    "published": ("date", "published", "publish_date", "publishedAt", "datePublished", "date_publish"),
    "url": ("url", "link"),
    "author": ("author", "authors", "byline", "author.name"),
    "section": ("section",),
    "language": ("language", "lang"),
    "story": ("story_id", "story"),
    "origin": ("source_file",),
    "note": ("note",),
    "text": ("text", "body", "content", "articleBody", "maintext"),
}
# What columns of exports, interfaces and extractors are called besides; too common as words to head a pasted page.
ALSO: dict[str, tuple[str, ...]] = {
    "outlet": ("newspaper", "publication", "publication_title", "source_name", "source.title", "sitename", "site_name",
               "media_outlet", "medium", "media", "paper", "zeitung", "fields.publication", "site", "source_hostname",
               "source_domain", "domain", "hostname", "pubtitle", "SN", "source", "source_url", "site_url"),
    "title": ("headline.main", "webTitle", "article_title", "fields.headline", "HD"),
    "published": ("published_date", "publishing_date", "pub_date", "pubdate", "publication_date", "webPublicationDate",
                  "seendate", "dateTime", "PD"),
    "url": ("web_url", "webUrl", "document_url", "requested_url", "source"),
    "author": ("byline.original", "fields.byline", "BY"),
    "section": ("section_name", "sectionName", "SE"),
    "language": ("LA", "language_of_publication"),
    "story": ("eventUri", "storyUri"),
    "text": ("article_text", "full_text", "fulltext", "plain_text", "plaintext", "bodytext", "fields.bodyText",
             "article", "message", "raw_text", "TD"),
}  # fmt: skip
# Columns in which the address of a site names the outlet, and that of a page none.
ADDRESSED = frozenset({"media", "site", "source", "publication", "newspaper", "source_url", "site_url"})
MISSING = frozenset({"", "nan", "n/a", "na", "#n/a", "null", "none", "<na>", "nat", "[removed]", "[deleted]"})
FILES = (
    ".txt .text .md .csv .tsv .json .jsonl .ndjson .html .htm .mht .mhtml .xml .pdf .doc .docx .rtf .odt .xls .xlsx"
    " .zip .eml .gz .parquet .warc"
)
# Tables that name articles and hold none of their texts: columns that tell them, who makes them.
WITHOUT_TEXT = {
    ("media_name", "media_url"): "Media Cloud",
    ("media_name", "publish_date"): "Media Cloud",
    ("seendate", "domain"): "GDELT",
    ("web_url", "lead_paragraph"): "the interface of The New York Times",
    ("web_url", "snippet"): "the interface of The New York Times",
    ("storeid", "pubtitle"): "ProQuest's table",
}

CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")
HALF_PAIRS = re.compile("[\ud800-\udfff]")  # no characters: no file can hold them, so one sign takes the place of each
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_LISTED = re.compile(r"\[(?:(?:'[^']*'|\"[^\"]*\")(?:, |(?=\])))*\]")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_AGAIN = re.compile(r" \(\d+\)$")

Record = Mapping[str, object]


class Row(NamedTuple):
    """Where a row stands in its file (``""`` when the file is one article), its cells, and what was odd about it."""

    where: str
    record: Record
    note: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table were taken for: a field's columns, the first that is filled first; and the rest."""

    place: str
    fields: Mapping[str, tuple[str, ...]]
    kept: tuple[str, ...]

    def names(self) -> list[str]:
        """All columns, those that were taken for a field first."""
        return list(dict.fromkeys([*(name for names in self.fields.values() for name in names), *self.kept]))

    def __str__(self) -> str:
        named = {NAMES[field][0]: columns for field, columns in self.fields.items()}
        taken = [f"{field} from {', '.join(columns)}" for field, columns in named.items() if columns]
        parts = [", ".join(taken)]
        parts += [f"kept as they are: {', '.join(self.kept)}"] * bool(self.kept)
        none = [name for name in ("outlet", "title", "date", "story_id") if not named[name]]
        parts += [f"no column for: {', '.join(none)}"] * bool(none)
        return f"{self.place}: {'; '.join(parts)}"


def wanted(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The columns that the user names, by article field; a field goes by its own name or that of its column.

    >>> wanted({"date": "Erschienen"})
    {'published': 'Erschienen'}
    """
    if not isinstance(columns or {}, Mapping):
        raise ArticleError(f"columns is {short(columns)!r}; give names by field: columns={{'text': 'COLUMN'}}.")
    fields = {name: field for field, names in NAMES.items() for name in (field, names[0])}
    unknown = [str(name) for name in columns or {} if name not in fields]
    if unknown:
        known = ", ".join(names[0] for names in NAMES.values())
        raise ArticleError(f"{unknown[0]!r} is no field of an article; name columns for {known}.")
    return {fields[name]: str(column) for name, column in (columns or {}).items()}


def assign(names: Sequence[str], chosen: Mapping[str, str], place: str) -> Columns:
    """Finds the columns of each field: the one that was chosen, else those with a known name.

    Raises `ArticleError` where none holds the text.
    """
    known: dict[str, list[str]] = {}
    for name in names:
        known.setdefault(plain(name), []).append(name)
    own = {field: named(column, names) for field, column in chosen.items()}
    fields = {}
    for field, aliases in NAMES.items():
        found = [name for alias in (*aliases, *ALSO.get(field, ())) for name in known.get(plain(alias), ())]
        free = (name for name in found if field == "text" or name != own.get("text"))
        fields[field] = (own[field],) if own.get(field) else tuple(dict.fromkeys(free))
    if not fields["text"]:
        maker = next((maker for told, maker in WITHOUT_TEXT.items() if known.keys() >= {*told}), "")
        if maker and "text" not in chosen:
            raise ArticleError(
                f"{place}: {maker} gives no texts of articles; save the pages behind the addresses with a tool such as"
                " trafilatura or fundus, or export full texts, and read those."
            )
        missed = f"column {chosen['text']!r} or other " if "text" in chosen else "column "
        raise ArticleError(
            f"{place}: no {missed}with the text (columns: {', '.join(map(str, names[:20])) or 'none'});"
            f" name the one that holds it: --text COLUMN, or columns={{'text': 'COLUMN'}} in Python."
        )
    used = {name for columns in fields.values() for name in columns}
    return Columns(place, fields, tuple(name for name in names if name not in used))


def has_text(names: Iterable[str]) -> bool:
    """Whether one of the names is that of a text's column."""
    known = {plain(name) for name in (*NAMES["text"], *ALSO["text"])}
    return any(plain(name) in known for name in names)


def named(column: str, names: Iterable[str]) -> str:
    """The name among these that is meant: the very same, or the same but for case and spaces; ``""`` for none."""
    names = list(names)
    alike = (name for name in names if plain(name) == plain(column))
    return column if column in names else next(alike, "")


def check(chosen: Mapping[str, str], tables: Collection[Columns]) -> None:
    """Raises `ArticleError` for a column that the user named and that no table has."""
    for column in chosen.values():
        if not any(named(column, table.names()) for table in tables):
            seen = "; ".join(f"{table.place} has {', '.join(table.names()[:20])}" for table in list(tables)[:3])
            raise ArticleError(
                f"There is no column {column!r} ({seen or 'none of the files is a table'}); check its spelling."
            )


def plain(name: str) -> str:
    """A column's name without what tables write differently."""
    return _AGAIN.sub("", name.strip("\ufeff \t\r\n")).strip().lower().replace(" ", "_").replace("-", "_")


def unlike(names: Iterable[str]) -> list[str]:
    """The names with a number behind those that come again, and one in the place of an empty name.

    >>> unlike(["text", "", "text"])
    ['text', 'column 2', 'text (2)']
    """
    out: list[str] = []
    for place, name in enumerate(names, start=1):
        stem = name.strip("\ufeff \t\r\n") or f"column {place}"
        forms = (f"{stem} ({n})" if n > 1 else stem for n in count(1))
        out.append(next(form for form in forms if form not in out))
    return out


def from_rows(rows: Iterable[Row], columns: Columns, *, stem: str, origin: str = "") -> Iterator[Article]:
    """One article a row, whatever stands in it; a field is taken from the first of its columns that holds something."""
    # The rows are gone through twice: how a date is meant, others may tell.
    used = {column for of in columns.fields.values() for column in of}
    days = columns.fields["published"]
    day_first = dates.day_comes_first(_cell(record.get(column)) for _, record, _ in rows for column in days)
    for where, record, odd in rows:
        found = _in_one_form(article(record, columns.fields, used), day_first)
        note = "; ".join(filter(None, (found.note, odd)))
        place = origin and (f"{origin}:{where}" if where else origin)
        name = f"{stem}:{where}" if where else stem
        yield replace(found, id=found.id or name, origin=found.origin or place, note=note)


def article(record: Record, fields: Mapping[str, tuple[str, ...]], used: Collection[str]) -> Article:
    """The article in a row; where its text is none, `Article.fault` says why."""
    text = fault = ""
    try:
        column, text = next(((c, found) for c in fields["text"] if (found := text_of(record.get(c)))), ("", ""))
        if plain(column) == "td":  # Factiva's: the first paragraphs have a column of their own
            lead = next((text_of(v) for c, v in record.items() if plain(c) == "lp"), "")
            text = "\n\n".join(filter(None, (lead, text)))
    except ArticleError as error:
        fault = str(error)
    cells = {field: [(c, _cell(record.get(c))) for c in of] for field, of in fields.items() if field != "text"}
    cells["outlet"] = [(c, outlets.of_site(v) if plain(c) in ADDRESSED else v) for c, v in cells["outlet"]]
    cells["url"] = [(c, v) for c, v in cells["url"] if plain(c) != "source" or _ADDRESS.fullmatch(v)]
    more = {
        c: value(v)
        for c, v in record.items()
        if c not in used and not isinstance(v, Mapping) and not isinstance(record.get(c.partition(".")[0]), Mapping)
    }
    known: dict[str, Any] = {field: next((v for _, v in of if v), "") for field, of in cells.items()}
    if _LISTED.fullmatch(known["author"]):  # a list as Python prints it
        known["author"] = ", ".join(a or b for a, b in _QUOTED.findall(known["author"]))
    return Article(text, **known, more=more, fault=fault)


def _in_one_form(found: Article, day_first: bool | None) -> Article:
    """The article with its date as ISO and its outlet under the one name it is compared by; ``more`` keeps what stood
    there as ``date_given`` and ``outlet_given``. Without an outlet its web address may tell it."""
    day, twofold = dates.one_form(found.published, day_first=day_first)
    outlet = outlets.folded(found.outlet) if found.outlet else outlets.of_address(found.url)
    given = {"date_given": found.published} if day[:10] != found.published[:10] else {}
    notes = [found.note]
    if twofold:
        notes.append(f"the date {day} can be read in two ways: write year-month-day")
    if outlet != found.outlet and found.outlet:
        given["outlet_given"] = found.outlet
    elif outlet and not found.outlet:
        notes.append("the outlet by the web address")
    if cut := legible.CUT.search(found.text[-99:]):
        notes.append(f"the text is cut, it ends in “{cut[1]}”: save the page behind its address and read that")
    more = {**found.more, **{column: text for column, text in given.items() if column not in found.more}}
    return replace(found, published=day, outlet=outlet, more=more, note="; ".join(filter(None, notes)))


def article_of(x: object, columns: Mapping[str, str] | None = None) -> Article:
    """The article that one thing stands for: a text, a row of a table, or an article already.

    ``columns`` as in `articles`. Raises `ArticleError` for what is none: a file's name, a number, bytes, a list.

    >>> article_of({"Publisher": "The Gazette", "body": "Ferry fares rise."}).outlet
    'The Gazette'
    """
    if isinstance(x, Article):
        return coerced(x) if isinstance(x.text, str) else replace(coerced(x), text=text_of(x.text))
    row = x._asdict() if hasattr(x, "_asdict") else x.to_dict() if hasattr(x, "to_dict") else x
    if isinstance(row, Mapping):
        chosen, names = wanted(columns), unlike(map(str, row))
        taken = assign(names, chosen, "the row")
        check(chosen, [taken])
        (one,) = from_rows([Row("", dict(zip(names, row.values(), strict=True)))], taken, stem="")
        return one
    if isinstance(x, str) and not _elsewhere(x) and not _exists(x):
        return Article(str(x))
    if isinstance(x, Iterable) and not isinstance(x, str | bytes | bytearray):
        raise ArticleError("These are several things, not one article; give them to measure or evidence, or singly.")
    text = text_of(Path(x) if isinstance(x, str) and _exists(x) else x)
    if not text:
        raise ArticleError(f"This is no article but {short(x)!r}; give a text, an Article or a row with a text.")
    return Article(text)


def coerced(x: Article) -> Article:
    """The article with texts for what else is known of it: ``""`` for None and NaN."""
    known = {name: getattr(x, name) for name in NAMES if name != "text"}
    odd: dict[str, Any] = {name: _cell(found) for name, found in known.items() if not isinstance(found, str)}
    return replace(x, **odd) if odd else x


def text_of(cell: object) -> str:
    """The text in a cell, character for character; ``""`` for a missing one, whatever sign stands for it.

    A list of texts is taken for paragraphs. Raises `ArticleError` for what is no text: a number, bytes, a file's name.
    """
    if isinstance(cell, str):
        if cell.strip().lower() in MISSING:
            return ""
        if what := _elsewhere(cell):
            advice = "save the page and read the file:" if "web" in what else "read it:"
            raise ArticleError(f"The text is {what} ({short(cell)}), not an article; {advice} toolkit.read(…).")
        return HALF_PAIRS.sub("\ufffd", cell)
    if value(cell) in {"", "NaT", "<NA>"}:
        return ""
    if isinstance(cell, list | tuple) and all(isinstance(part, str) for part in cell):
        return "\n\n".join(cell)
    if isinstance(cell, Path):
        raise ArticleError(f"The text is a file's name ({short(cell)}), not an article; read it: toolkit.read(…).")
    if isinstance(cell, bytes | bytearray):
        raise ArticleError("The text is bytes, not words; decode it first: text.decode('utf-8').")
    raise ArticleError(f"The text is of type {type(cell).__name__} ({short(cell)}), not words; give it as a string.")


def _elsewhere(text: str) -> str:
    """What a text is that only says where an article lies: one line, a web address or a name with a file's ending."""
    line = text.strip()
    if len(line) > 200 or "\n" in line:
        return ""
    if _ADDRESS.fullmatch(line):
        return "a web address"
    return "a file's name" if os.path.splitext(line)[1].lower() in FILES.split() else ""


def _exists(text: str) -> bool:
    """Whether a text is the name of a file or folder here."""
    return bool(text.strip()) and len(text) <= 1000 and "\n" not in text and os.path.exists(text)


def _cell(cell: object) -> str:
    """What a cell says of the article: ``""`` where a sign such as N/A stands for nothing."""
    text = value(cell).strip()
    return "" if text.lower() in MISSING else text


def value(cell: object) -> str:
    """A cell as text: nothing for None, a day for a midnight, 3 for 3.0, names joined by commas for a list."""
    if cell is None:
        return ""
    if isinstance(cell, list | tuple):
        return ", ".join(filter(None, map(value, cell)))
    if isinstance(cell, Mapping):
        return value(cell.get("name"))
    if isinstance(cell, float):
        return "" if math.isnan(cell) else str(int(cell)) if cell.is_integer() else str(cell)
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).removesuffix("T00:00:00")
    return HALF_PAIRS.sub("\ufffd", str(cell))


def articles(frame: pd.DataFrame, *, columns: Mapping[str, str] | None = None) -> list[Article]:
    """The articles in a table, one a row, under the column names of `NAMES`; missing values become ``""``.

    ``columns`` names columns that go by other names: ``{"text": "Volltext"}``. Ids that the table does not give are
    ``row:`` and the row's index. Raises `ArticleError` without a text column, or without a column that was named.

    >>> import pandas as pd
    >>> articles(pd.DataFrame({"Publisher": ["The Gazette"], "body": ["Ferry fares rise."]}))[0].outlet
    'The Gazette'
    """
    chosen, names = wanted(columns), unlike(map(str, frame.columns))
    taken = assign(names, chosen, "the table")
    check(chosen, [taken])
    filled = frame.astype(object).where(frame.notna(), None)
    rows = [Row(str(at), dict(zip(names, row, strict=True))) for at, *row in filled.itertuples(name=None)]
    return list(unlike_ids(from_rows(rows, taken, stem="row")))


def frame(articles: Iterable[Article], *, more: Iterable[str] | None = None) -> pd.DataFrame:
    """The articles as a table of text columns with all that their files say of them, or, of their own columns, what
    ``more`` names; `articles` reads it back.

    >>> list(frame([]).columns)
    ['id', 'outlet', 'title', 'date', 'url', 'author', 'section', 'language', 'story_id', 'source_file', 'note', 'text']
    """
    import pandas as pd

    kept = list(articles)
    cells = {names[0]: [getattr(article, field) for article in kept] for field, names in NAMES.items()}
    names = dict.fromkeys(column for article in kept for column in article.more) if more is None else more
    own = {apart(column, cells): [article.more.get(column, "") for article in kept] for column in names}
    return pd.DataFrame(cells | own, dtype=str)


def apart(column: str, names: Collection[str]) -> str:
    """The name of a user's column beside ours: ``words_given`` where ours has ``words``."""
    while column in names:
        column += "_given"
    return column


def unlike_ids(found: Iterable[Article]) -> Iterator[Article]:
    """The articles with ``-2``, ``-3`` behind an id that comes again."""
    kept, times = set[str](), Counter[str]()
    for article in found:
        free = article.id
        while free in kept:
            times[article.id] += 1
            free = f"{article.id}-{times[article.id] + 1}"
        kept.add(free)
        yield article if free == article.id else replace(article, id=free)
