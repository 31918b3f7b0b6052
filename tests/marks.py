"""Cases as data: spans written as marks in the text, ``{source|Lee} {cue|said} {content|“we are done.”}``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.article import Span

CASES = Path(__file__).parent / "cases"


def parse(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    """The text without its marks, and what was marked, outer marks after inner ones; ``\\n`` is a line break."""
    text: list[str] = []
    found: list[tuple[str, Span]] = []
    open_marks: list[tuple[str, int]] = []
    at, length = 0, 0
    marked = marked.replace("\\n", "\n")
    while at < len(marked):
        if marked[at] == "{":
            bar = marked.index("|", at)
            open_marks.append((marked[at + 1 : bar], length))
            at = bar + 1
        elif marked[at] == "}":
            label, start = open_marks.pop()
            found.append((label, Span(start, length)))
            at += 1
        else:
            text.append(marked[at])
            length += 1
            at += 1
    assert not open_marks, f"a mark is never closed: {marked}"
    return "".join(text), found


def cases(name: str) -> Iterator[tuple[str, str]]:
    """Label and marked text of each case in a file: a line ``# what is tricky`` and the line below it."""
    label = ""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            label = line[2:]
        elif line.strip():
            yield label, line
