"""What `measure`, `evidence` and their like may be given, as articles with the columns that came with them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..analysis import Analysis
from ..article import Article, ArticleError
from ..reading import corrections as by_hand
from ..reading.columns import (
    ADDRESSED,
    MISSING,
    NAMES,
    Columns,
    apart,
    article_of,
    articles,
    assign,
    coerced,
    frame,
    has_text,
    plain,
    text_of,
    unlike,
    wanted,
)

if TYPE_CHECKING:
    import pandas as pd


class Given(NamedTuple):
    """Many articles, and beside them what else is known: the user's own columns, or those of `columns.frame`; no text.

    ``ours`` is how many of the columns stand before the numbers.
    """

    articles: Sequence[Article | Analysis]
    known: pd.DataFrame
    ours: int


def one(
    x: object, columns: Mapping[str, str] | None = None, corrections: by_hand.Given = ()
) -> Article | Analysis | None:
    """The article, where a single one is given: a text, an article, an analysis, a row of a table; else None.

    It has the ``corrections`` that name its id. Raises `ArticleError` for a single thing that is no article.
    """
    single = _one(x, columns)
    return _corrected([single], corrections)[0] if single is not None else None


def _corrected(found: Sequence[Article | Analysis], given: by_hand.Given) -> Sequence[Article | Analysis]:
    """The articles with these corrections; what is analysed already cannot take them."""
    if isinstance(given, tuple | list) and not given:
        return found
    articles = [each for each in found if isinstance(each, Article)]
    if len(articles) < len(found):
        raise ArticleError("What is analysed takes no corrections; give them to analyze, or give articles here.")
    return by_hand.attach(articles, given) if len(found) > 1 else [by_hand.corrected(articles[0], given)]


def _one(x: object, columns: Mapping[str, str] | None) -> Article | Analysis | None:
    if isinstance(x, Analysis):
        return x
    if isinstance(x, str | bytes | bytearray | Article | Path) or hasattr(x, "_asdict") or not isinstance(x, Iterable):
        return article_of(x)
    import pandas as pd

    if isinstance(x, pd.Series) and all(isinstance(name, str) for name in x.index) and has_text(x.index):
        return article_of(x, columns)  # a row of a table
    if isinstance(x, Mapping) and all(pd.api.types.is_scalar(cell) or isinstance(cell, Mapping) for cell in x.values()):
        return article_of(x, columns)
    return None


def many(x: object, columns: Mapping[str, str] | None = None, corrections: by_hand.Given = ()) -> Given:
    """The articles of a table, a column, a list or whatever else gives one after the other; none is lost.

    What is no article has an empty text and says why in `Article.fault`. Raises `ArticleError` for a table without a
    text column, or without one that ``columns`` names.
    """
    import pandas as pd

    if isinstance(x, Mapping):
        try:
            x = pd.DataFrame(x)
        except ValueError as error:
            raise ArticleError(f"The columns do not make a table ({error}); give each as many cells.") from None
    if isinstance(x, pd.DataFrame):
        found = articles(x, columns=columns)
        taken = assign(unlike(map(str, x.columns)), wanted(columns), "the table")
        known = _known(x, taken, found)
        return Given(_corrected(found, corrections), known, known.shape[1])
    given = _corrected(_items(x, columns), corrections)
    if isinstance(x, pd.Series):
        return Given(given, pd.DataFrame(index=x.index), 0)
    known = frame(replace(a.article if isinstance(a, Analysis) else a, text="") for a in given).drop(columns="text")
    return Given(given, known, len(NAMES) - 1)


def articles_of(
    x: object, columns: Mapping[str, str] | None = None, corrections: by_hand.Given = ()
) -> list[Article | Analysis]:
    """The articles, whether one is given or many; raises as `one` and `many` do."""
    single = one(x, columns, corrections)
    if single is not None:
        return [single]
    import pandas as pd

    if isinstance(x, pd.DataFrame | Mapping):
        return list(many(x, columns, corrections).articles)
    return list(_corrected(_items(x, columns), corrections))


def _items(x: object, columns: Mapping[str, str] | None) -> list[Article | Analysis]:
    """The articles of a column, a list or the like; those without an id have that of their row."""
    if columns:
        raise ArticleError("Only a table has columns to name; give a DataFrame, or name them when reading a file.")
    if getattr(x, "ndim", 1) != 1 or not isinstance(x, Iterable):
        raise ArticleError("This is no list and no column of texts but an array of another shape; give one of these.")
    labels = getattr(x, "index", None)
    labels = count() if labels is None or callable(labels) else labels
    return [_item(item, f"row:{label}") for label, item in zip(labels, x, strict=False)]


def _item(x: object, name: str) -> Article | Analysis:
    """One of many: an article, whatever it is."""
    if isinstance(x, Analysis):
        return x
    known = coerced(x) if isinstance(x, Article) else Article("", id=name)
    try:
        if isinstance(x, Article):
            return known if isinstance(x.text, str) else replace(known, text=text_of(x.text))
        if isinstance(x, Mapping) or hasattr(x, "_asdict") or hasattr(x, "to_dict"):
            found = article_of(x)
            return replace(found, id=found.id or name)
        return replace(known, text=text_of(x))
    except ArticleError as error:
        return replace(known, text="", fault=str(error))


def _known(table: pd.DataFrame, taken: Columns, found: Sequence[Article]) -> pd.DataFrame:
    """The table without its text, a field's column under the name that the toolkit's tables give to it.

    Where several columns hold a field, its column has what is filled first, and the others stay beside it.
    """
    import pandas as pd

    held = {NAMES[field][0]: (field, of) for field, of in taken.fields.items() if of and field != "text"}
    reserved = set(held)
    ours = {of[0]: column for column, (_, of) in held.items() if plain(of[0]) not in ADDRESSED}
    out: dict[Hashable, object] = {}
    for i, name in enumerate(unlike(map(str, table.columns))):
        cells, label = table.iloc[:, i], table.columns[i]
        if name in ours:
            field, of = held.pop(ours[name])
            out[ours[name]] = _filled(cells) if len(of) == 1 else [getattr(article, field) for article in found]
        elif name not in taken.fields["text"]:
            out[label if str(label) == name and label not in reserved else apart(name, reserved)] = cells
    out |= {column: [getattr(article, field) for article in found] for column, (field, _) in held.items()}
    return pd.DataFrame(out, index=table.index)


def _filled(cells: pd.Series) -> pd.Series:
    """The cells with None where a sign such as N/A stands for nothing."""
    signs = cells.map(lambda cell: isinstance(cell, str) and cell.strip().lower() in MISSING - {""})
    return cells.astype(object).mask(signs.astype(bool), None) if signs.any() else cells
