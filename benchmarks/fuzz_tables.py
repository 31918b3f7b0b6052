"""Random tables, read and measured: as many rows as were written, with their texts, or one sentence.

    python benchmarks/fuzz_tables.py [--tables 1000] [--first 0]

Each table has random names for its columns, a random separator, encoding and line end, double and missing columns,
cells that hold nothing in various ways, rows that are short or long, and texts with marks, line breaks and odd
characters. It is written to disk and read by `toolkit.read`, and another is built in memory; both are measured. Prints
what went wrong, by the number of the table (its seed), and how often a table was refused with which sentence. Exit
status 1 if anything went wrong.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import re
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import toolkit
from toolkit.reading import columns

NOTHING = ["", "NaN", "N/A", "NULL", "None", "[removed]", "[Removed]", " "]
TEXTS = [
    "The ferry sank. “We sang,” said Ada Quill.",
    'Rain fell; "it poured", he said, on Monday | on Tuesday\tand after.',
    "First line.\nSecond line, she said.\r\n\r\nThird.",
    "Short",
    "'Single' — “never closed",
    'ends in a mark "',
    '"',
    "=1+1 is no formula",
    "Fähre läuft auf Grund … [+2819 chars]",
    "Ω≈ç√ 漢字 \u200b zero",
    "\\ backslash \\n in it",
    "sep=;",
    "a.txt",
    "https://gazette.example/ferry",
    "3.5",
    "# comment, he said",
]
ODD: list[Any] = [
    None, 3.5, float("nan"), pd.NA, pd.NaT, b"bytes", True, 7, "\ud800 half", "\0nul\0", ["a", "b"], {}, {"a": 1},
]  # fmt: skip
OWN = ["leaning", "page", "words", "error", "Nr.", "a.b", "", "5", "index", "Überschrift", "Medium ", "sources"]


def names(rng: random.Random, field: str) -> str:
    """A name of a field as a table may write it."""
    name = rng.choice([*columns.NAMES[field], *columns.ALSO.get(field, ())])
    return rng.choice([str, str.upper, str.title, lambda n: n.replace("_", " "), lambda n: f" {n}"])(name)


def header(rng: random.Random) -> tuple[list[str], int]:
    """The columns of a table, and which of them holds the text."""
    fields = [field for field in columns.NAMES if field != "text" for _ in range(rng.choice([0, 0, 1, 1, 2]))]
    known = [names(rng, field) for field in fields]
    own = rng.sample(OWN, rng.randint(0, 4))
    found = known + own + rng.choices(known + own, k=rng.choice([0, 0, 1])) if known + own else []
    rng.shuffle(found)
    at = rng.randint(0, len(found))
    found.insert(at, rng.choice(["Volltext", names(rng, "text")]))
    if rng.random() < 0.1:
        found.append(names(rng, "text"))
    return found, at


def cell(value: str, mark: str, always: bool) -> str:
    """A cell as a spreadsheet writes it."""
    if always or re.search(rf'["\r\n{re.escape(mark)}]', value) or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value


def on_disk(rng: random.Random, folder: Path) -> tuple[Path, dict[str, str] | None, list[str], bool]:
    """A table's file, the name of its text's column if it is unusual, its texts, and whether it is without fault."""
    heads, at = header(rng)
    mark, end, always = rng.choice(",;\t|"), rng.choice(["\n", "\r\n"]), rng.random() < 0.5
    texts, lines, whole = [], [], "Volltext" in heads or sum(columns.has_text([head]) for head in heads) == 1
    for _ in range(rng.randint(1, 5)):
        row = [rng.choice([*NOTHING, "x", "Gazette", "2031-05-02", "7"]) for _ in heads]
        row[at] = rng.choice([*TEXTS, *NOTHING])
        if rng.random() < 0.06:  # long
            row += ["surplus"]
            whole = False
        cells = [cell(value, mark, always) for value in row]
        if rng.random() < 0.06 and at + 1 < len(cells):  # short
            cells = cells[: rng.randint(at + 1, len(cells))]
            row = row[: len(cells)]
        if rng.random() < 0.05:
            cells += [""] * 2
        if rng.random() < 0.03:
            cells[0] = f'"{cells[0]}'
            whole = False
        lines.append(mark.join(cells))
        if any(value for value in row):
            texts.append(row[at])
        if rng.random() < 0.1:
            lines.append("")
    top = rng.choice(["", "", "", f"sep={mark}{end}"])
    lines.insert(0, mark.join(cell(head, mark, always) for head in heads))
    text = top + end.join(lines) + rng.choice(["", end])
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"])
    path = folder / f"table{rng.choice(['.csv', '.csv', '.tsv', '.CSV'])}"
    raw = text.encode(encoding, "replace")
    path.write_bytes(raw)
    texts = [one.encode(encoding, "replace").decode(encoding) for one in texts]
    return path, {"text": "Volltext"} if "Volltext" in heads else None, texts, whole


def in_memory(rng: random.Random) -> pd.DataFrame:
    """A table with whatever people put into one."""
    heads, at = header(rng)
    rows = []
    for _ in range(rng.randint(0, 5)):
        row: list[Any] = [rng.choice([*NOTHING, *ODD, "x", 5, pd.Timestamp("2031-05-02")]) for _ in heads]
        row[at] = rng.choice([*TEXTS, *NOTHING, *ODD])
        rows.append(row)
    index = rng.choice([None, [rng.randint(0, 3) for _ in rows], list("abcde")[: len(rows)]])
    return pd.DataFrame(rows, columns=pd.Index(heads, dtype=object), index=index, dtype=object)


def refused(error: Exception) -> str:
    """The sentence of a refusal without what is this table's; raises what is no refusal."""
    said = str(error)
    if not isinstance(error, toolkit.ToolkitError) or "\n" in said or not said.endswith("."):
        raise error
    return re.sub(r"^table\.\w+|\(.*\)|\d+|'[^']*'", "…", said)


def measured(given: Any, n: int, known: dict[str, str] | None) -> None:
    """Measures and checks the table that comes out."""
    table = toolkit.measure(given, columns=known)
    assert len(table) == n, f"{n} rows became {len(table)}"
    assert table.columns.is_unique, f"columns come twice: {list(table.columns)}"
    wrong = [name for name in toolkit.METRICS if table[name].dtype != float]
    assert not wrong, f"not float: {wrong}"
    bare = table["words"].isna()
    assert (bare == (table["error"] != "")).all(), "a row without numbers has no error, or one with numbers has one"
    assert not table["error"].str.contains("toolkit failed").any(), list(table["error"])


def one(seed: int, folder: Path) -> list[str]:
    """Tries one table in each way; gives the sentences with which it was refused."""
    rng = random.Random(f"fuzz tables {seed}")
    said = []
    path, known, texts, whole = on_disk(rng, folder)
    try:
        found = toolkit.read(path, columns=known)
    except Exception as error:
        said.append(refused(error))
        if whole:
            raise
    else:
        assert len(found) == len(texts) or not whole, f"{len(texts)} rows became {len(found)}"
        for article, text in zip(found, texts, strict=True) if whole else ():
            nothing = article.fault or text.strip().lower() in columns.MISSING
            assert article.text == ("" if nothing else text), f"{text!r} became {article.text!r}"
        measured(found, len(found), None)
    finally:
        path.unlink()
    frame = in_memory(rng)
    lines = [dict(zip(frame, row, strict=True)) for row in frame.itertuples(index=False, name=None)]
    path = folder / "table.jsonl"
    path.write_text("\n".join(json.dumps(line, default=str) for line in lines), encoding="utf-8")
    known = {"text": "Volltext"} if "Volltext" in frame else None
    try:
        measured(toolkit.read(path, columns=known), len(lines), None)
    except toolkit.ToolkitError as error:
        said.append(refused(error))
        if lines:
            raise
    try:
        measured(frame, len(frame), known)
        toolkit.evidence(frame, columns=known)
        column = frame.iloc[:, list(frame).index(next(name for name in frame if known or columns.has_text([name])))]
        measured(column, len(frame), None)
        measured(column.tolist(), len(frame), None)
        if not known:
            measured(frame.set_axis(columns.unlike(map(str, frame)), axis=1).to_dict("records"), len(frame), None)
    except toolkit.ToolkitError as error:
        said.append(refused(error))
    return said


def main() -> int:
    """Tries the tables and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    warnings.simplefilter("error")
    said: collections.Counter[str] = collections.Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(given.first, given.first + given.tables):
            try:
                said.update(one(seed, Path(folder)))
            except Exception as error:
                wrong += 1
                print(f"table {seed}: {type(error).__name__}: {error}")
    for sentence, n in said.most_common():
        print(f"{n:5} refused: {sentence}")
    print(f"{given.tables} tables, {wrong} gone wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
