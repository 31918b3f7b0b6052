"""Which articles are copies of one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ..analysis import Analysis
from ..article import Article
from ..metrics.given import articles_of
from .groups_and_pairs import COPY
from .same_event import TOKEN, Integers, StoriesError, days

if TYPE_CHECKING:
    import pandas as pd

NEAR = 0.6
_RUN = 8  # words of a run that two texts share
_PARTS = 16  # in which the runs are looked through, one after another, so that memory holds one part's order
_FURNITURE = 5  # a run in more texts of one outlet than this, or in 40 times as many of any, is furniture of the page


def duplicates(articles: Iterable[object], *, near: float = NEAR, least: float = 0.1) -> pd.DataFrame:
    """Pairs of articles with the same sentences: copies of a wire story are not independent articles.

    One row a pair, the most alike first: a, b (ids), similarity (share of the shorter text's runs of 8 words that stand
    in the other too, 0 to 1), kind (``near-duplicate`` from ``near`` on, ``shared passages`` from ``least`` on), why
    (with the longest passage). Case and punctuation do not count; a run in more than 5 texts of one outlet is furniture
    of its pages and passed over. No pair gives an empty table. Time and memory grow with the words: 14,000 articles of
    890 words take 11 CPU seconds and 0.2 GB beside their texts, so that 100,000 take under two minutes and some 1.5 GB.
    Raises StoriesError unless 0 < least <= near <= 1.

    >>> from toolkit import Article
    >>> wire = "The ferry to Brant Island ran aground on Monday morning and forty people waited there for a tug."
    >>> table = duplicates([Article(wire, id="a"), Article(wire.replace("forty", "40"), id="b")], near=0.2)
    >>> table.loc[0, ["a", "b", "kind"]].tolist()
    ['a', 'b', 'near-duplicate']
    """
    import pandas as pd

    if not 0 < least <= near <= 1:
        raise StoriesError(f"near is {near} and least {least}; give numbers with 0 < least <= near <= 1.")
    given = _given(articles)
    numbers: dict[str, int] = {}
    runs, sizes = _all_runs(given, numbers)
    rows = []
    for i, j, shared in _sharing(runs, [article.outlet for article in given]):
        share = shared / min(sizes[i], sizes[j])
        if share >= least:
            short, long = (i, j) if sizes[i] <= sizes[j] else (j, i)
            kind = "near-duplicate" if share >= near else "shared passages"
            why = f"{shared} of the shorter one's {sizes[short]} runs of {_RUN} words stand in the other"
            inside = np.isin(_runs(TOKEN.findall(given[short].text.casefold()), numbers), runs[long])
            passage = _longest(given[short].text, inside)
            rows.append((given[i].id, given[j].id, float(share), kind, f"{why}; the longest passage: {passage}"))
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return pd.DataFrame(rows, columns=["a", "b", "similarity", "kind", "why"])


def mark(table: pd.DataFrame, articles: Iterable[object], *, near: float = NEAR) -> pd.DataFrame:
    """The table of ``toolkit.measure`` with a column ``copy_of``: near copies of one text count once in comparisons.

    Of articles that are near-duplicates of one another the first counts (by date, else the longest); the others name
    its id in ``copy_of``, where all else have ``""``, and every comparison leaves them out. To count them all, drop the
    column. ``articles`` are those of the table, in its order; raises StoriesError where they are not as many.

    >>> import pandas as pd
    >>> from toolkit import Article
    >>> wire = "The ferry to Brant Island ran aground on Monday morning and forty people waited there for a tug. "
    >>> given = [Article(wire, id="cut"), Article(wire + "It rained.", id="wire"), Article("It snowed.", id="other")]
    >>> mark(pd.DataFrame({"sources": [0, 0, 0]}), given)["copy_of"].tolist()
    ['wire', '', '']
    """
    given = _given(articles)
    if len(given) != len(table):
        raise StoriesError(f"The table has {len(table)} rows and there are {len(given)} articles; give those measured.")
    runs, sizes = _all_runs(given, {})
    first = list(range(len(given)))

    def home(i: int) -> int:
        while first[i] != i:
            i = first[i]
        return i

    known = zip(days([one.published for one in given]), sizes, strict=True)
    order = [(day.isoformat() if day else "~", -int(size), i) for i, (day, size) in enumerate(known)]
    for i, j, shared in _sharing(runs, [article.outlet for article in given]):
        if shared >= near * min(sizes[i], sizes[j]):
            one, other = sorted((home(i), home(j)), key=order.__getitem__)
            first[other] = one
    names = [given[home(i)].id or f"row {home(i) + 1}" if home(i) != i else "" for i in range(len(given))]
    return table.assign(**{COPY: names})


def _given(articles: Iterable[object]) -> list[Article]:
    return [one.article if isinstance(one, Analysis) else one for one in articles_of(articles)]


def _all_runs(articles: Sequence[Article], numbers: dict[str, int]) -> tuple[list[npt.NDArray[np.uint64]], Integers]:
    """The different runs of each article, sorted, and how many they are; ``numbers`` is filled with those of words."""
    runs = [np.unique(_runs(TOKEN.findall(article.text.casefold()), numbers)) for article in articles]
    return runs, np.array([len(each) for each in runs], dtype=np.int64)


def _runs(words: Sequence[str], numbers: dict[str, int]) -> npt.NDArray[np.uint64]:
    """A number for each run of words, the same for the same run; a shorter text is one run."""
    found = np.array([numbers.setdefault(word, len(numbers) + 1) for word in words], dtype=np.uint64)
    size = min(_RUN, len(found))
    out = np.zeros(len(found) - size + 1 if size else 0, dtype=np.uint64)
    for k in range(size):  # a polynomial of the words' numbers, modulo 2**64
        out = out * np.uint64(0x9E3779B97F4A7C15) + found[k : len(found) - size + 1 + k]
    return out


def _sharing(runs: Sequence[npt.NDArray[np.uint64]], outlets: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Pairs of texts and how many runs they share, without the furniture of an outlet's pages.

    The runs are sorted numbers, evenly spread: their parts are stretches of all that there are.
    """
    houses = np.array([-i if not name else outlets.index(name) for i, name in enumerate(outlets, 1)], dtype=np.int32)
    borders = np.array([k * (2**64 // _PARTS) for k in range(1, _PARTS)], dtype=np.uint64)
    stretches = [np.split(each, np.searchsorted(each, borders)) for each in runs]
    found = [
        np.unique(_pairs([each[part] for each in stretches], houses), return_counts=True) for part in range(_PARTS)
    ]
    pairs, place = np.unique(np.concatenate([each for each, _ in found]), return_inverse=True)
    counts = np.zeros(len(pairs), np.int64)
    np.add.at(counts, place, np.concatenate([each for _, each in found]))
    for pair, shared in zip(pairs.tolist(), counts.tolist(), strict=True):
        yield pair // len(runs), pair % len(runs), shared


def _pairs(runs: Sequence[npt.NDArray[np.uint64]], houses: npt.NDArray[np.int32]) -> Integers:
    """A number for each two texts and each run that they share: the first one times all, and the other."""
    values = np.concatenate([np.empty(0, np.uint64), *runs])
    pairs = [np.empty(0, np.int64)]
    if len(values):
        owners = np.repeat(np.arange(len(runs), dtype=np.int32), [len(each) for each in runs])
        order = np.lexsort((houses[owners], values))  # owners stay in order
        values, owners = values[order], owners[order]
        house = houses[owners]
        own = _blocks((values[1:] != values[:-1]) | (house[1:] != house[:-1]))
        kept = np.repeat(own <= _FURNITURE, own)
        values, owners = values[kept], owners[kept].astype(np.int64)
        sizes = _blocks(values[1:] != values[:-1]) if len(values) else np.empty(0, np.int64)
        starts = np.cumsum(sizes) - sizes
        for size in np.unique(sizes[(sizes > 1) & (sizes <= 40 * _FURNITURE)]):
            together = np.sort(owners[starts[sizes == size][:, None] + np.arange(size)], axis=1)
            one, other = np.triu_indices(int(size), 1)
            pairs.append((together[:, one] * len(runs) + together[:, other]).ravel())
    return np.concatenate(pairs)


def _blocks(changes: npt.NDArray[np.bool_]) -> Integers:
    """The lengths of the blocks of equal neighbours, given where a neighbour differs."""
    edges = np.concatenate([[0], np.flatnonzero(changes) + 1, [len(changes) + 1]])  # one value more than changes
    return np.diff(edges).astype(np.int64)


def _longest(text: str, shared: npt.NDArray[np.bool_]) -> str:
    """The longest passage of a text whose runs are all shared: its length and its beginning."""
    words = [found.span() for found in TOKEN.finditer(text)]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shared.astype(np.int8), [0]])))
    starts, stops = edges[::2], edges[1::2]
    k = int(np.argmax(stops - starts))
    start, length = int(starts[k]), int(stops[k] - starts[k]) + min(_RUN, len(words)) - 1
    shown = " ".join(text[words[start][0] : words[min(start + _RUN, start + length) - 1][1]].split())
    return f"{length} words from “{shown}”"
