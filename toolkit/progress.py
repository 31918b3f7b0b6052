"""A line that tells how far long work has come, on a terminal or in a notebook; it leaves nothing behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence, Sized
from importlib import import_module
from typing import Any, TypeVar

T = TypeVar("T")
_PATIENCE = 0.5  # seconds of work before the line is shown


def bar(
    items: Sequence[T] | Iterable[T],
    what: str,
    *,
    progress: bool | None = None,
    at_once: bool = False,
    total: int | None = None,
) -> Iterable[T]:
    """The items, one by one, with a line of progress that is wiped off at the end; ``total``: how many, if unknown.

    It is shown after half a second (``at_once`` for a few long steps) where the error stream is a terminal, and in a
    notebook; ``progress`` True shows it anywhere, False nowhere, and one item alone has none unless asked for. In a
    notebook it is one plain output that ends empty: no widget, so that nothing of it is saved. The environment variable
    TQDM_DISABLE=1 turns it off everywhere.

    >>> [item + 1 for item in bar([1, 2, 3], "adding")]
    [2, 3, 4]
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    notebook = hasattr(shell, "kernel")
    n = len(items) if isinstance(items, Sized) else total or 0
    if progress is False or (progress is None and (n < 2 or not (notebook or sys.stderr.isatty()))):
        return items
    from tqdm.std import tqdm

    options: dict[str, Any] = {"file": _Cell(), "ncols": 80} if notebook else _size()
    options |= {"total": n or None, "delay": 0 if at_once else _PATIENCE}
    line: Iterable[T] = tqdm(items, desc=what, leave=False, **options)
    return line


def _size() -> dict[str, Any]:
    """80 columns of 24 rows for a terminal that does not know its size, on which tqdm would draw nothing."""
    try:
        known = all(os.get_terminal_size(sys.stderr.fileno()))
    except (OSError, ValueError):  # asked for where there is no terminal
        known = False
    return {} if known else {"ncols": 80, "nrows": 24}


class _Cell:
    """What a notebook has in the place of a terminal: one output that is written over, and emptied at the end."""

    def __init__(self) -> None:
        self._output: Any = None

    def write(self, text: str) -> None:
        """Shows the text in the place of the one before."""
        display: Any = import_module("IPython.display").display
        line = text.strip("\r\n ")
        shown = {"text/plain": line} if line else {}
        if self._output is not None:
            self._output.update(shown, raw=True)
        elif line:
            self._output = display(shown, raw=True, display_id=True)

    def flush(self) -> None:
        """Nothing waits to be written."""
