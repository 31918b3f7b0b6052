"""Articles that wait on the disk until all are read, and what is to be said of them then."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from ..article import Article
from .readers import Reading

_SIZE = 1000  # articles that are in memory at a time


@contextmanager
def waiting(reading: Reading) -> Iterator[Waiting]:
    """All that is read, gone through as often as one likes and never all in memory.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp(), "news.csv")
    >>> _ = path.write_text("text,page\\nIt rained.,1\\nIt snowed.,2\\n", encoding="utf-8")
    >>> with waiting(Reading(path)) as found:
    ...     found.more, [len(batch) for batch in found], found.summary
    (['page'], [2], ['read: 2 articles from 1 file'])
    """
    with TemporaryFile() as file:
        yield Waiting(reading, file)


class Waiting:
    """Batches of articles; ``more`` are their files' own columns, ``summary`` says in lines how much was read and how
    much skipped, and why.
    """

    def __init__(self, reading: Reading, file: IO[bytes]) -> None:
        self._file = file
        self._batches = read = empty = noted = 0
        first = ""
        more: dict[str, None] = {}
        left = iter(reading)
        while batch := list(islice(left, _SIZE)):
            pickle.dump(batch, file, pickle.HIGHEST_PROTOCOL)
            self._batches += 1
            read += len(batch)
            for article in batch:
                more |= dict.fromkeys(article.more)
                empty += not article.text.strip()
                noted += bool(article.note)
                first = first or (article.note and f"{article.id}: {article.note}")
        self.more = list(more)
        self.summary = [f"read: {_counted(read, 'article')} from {_counted(reading.files, 'file')}"]
        if empty:
            self.summary.append(f"without a text: {_counted(empty, 'article')}")
        if noted:
            self.summary.append(f"with a note: {_counted(noted, 'article')}, the first {first}")
        if reading.skipped:
            self.summary.append(f"skipped: {len(reading.skipped):,}")
            whys = Counter(one.why for one in reading.skipped).most_common()
            self.summary += [f"  {times:,}: {why}" for why, times in whys]

    def __iter__(self) -> Iterator[list[Article]]:
        self._file.seek(0)
        for _ in range(self._batches):
            yield pickle.load(self._file)


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'s' * (n != 1)}"
