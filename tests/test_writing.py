"""Files that are written: looked at first, whole or not at all, and no cell a formula."""

from __future__ import annotations

import csv
import errno
import io
import os
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import writing
from toolkit.writing import WritingError

posix = pytest.mark.skipif(os.name == "nt", reason="links, modes and devices as POSIX has them")
ROOT = Path(__file__).parent.parent


def cells(frame: pd.DataFrame, *, plain: bool = False) -> list[list[str]]:
    return list(csv.reader(io.StringIO(writing.spreadsheet(frame, plain=plain), newline="")))


# Formulas


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1", "－1", "\r1", "\ufeff=1", "'=1"]
)
def test_formula_gets_an_apostrophe(cell: str, plain: bool) -> None:
    frame = pd.DataFrame({"text": [cell, "a=b", "1-2"], "number": [-1.5, float("nan"), 2.0]})
    assert cells(frame, plain=plain) == [["text", "number"], [f"'{cell}", "-1.5"], ["a=b", ""], ["1-2", "2.0"]]


def test_texts_are_quoted_for_spreadsheets_that_part_at_semicolons() -> None:
    frame = pd.DataFrame({"a": ["x;=1"], "n": [-1.5]})
    assert writing.spreadsheet(frame) == '"a","n"\r\n"x;=1",-1.5\r\n'
    assert writing.spreadsheet(frame, plain=True) == "a,n\nx;=1,-1.5\n"


@pytest.mark.parametrize(
    "column",
    [
        ["-5.5", "2", ""],
        ["+1", "-1,200.5", "3 %"],
        ["-1e-5", "-.5", "1"],
        pd.Series([-5.5, 2, None], dtype=object),
        pd.Categorical(["-1", "2", "2"]),
    ],
)
def test_numbers_stay_numbers_whatever_holds_them(column: list[object]) -> None:
    frame = pd.DataFrame({"tone": column})
    expected = ["" if pd.isna(value) else str(value) for value in frame["tone"]]
    assert [row[0] for row in cells(frame)[1:]] == expected


@pytest.mark.parametrize("other", ["n/a", "-1+2", "-inf", "--1", "-1-1"])
def test_a_column_with_one_text_has_texts(other: str) -> None:
    guarded = [f"'{other}" if other[0] == "-" else other, "'-5.5"]
    assert [row[0] for row in cells(pd.DataFrame({"tone": [other, "-5.5"]}))[1:]] == guarded


def test_names_of_columns_are_texts_too() -> None:
    frame = pd.DataFrame([["=x", 1, "b"]], columns=["=a", "=a", 5])
    assert cells(frame) == [["'=a", "'=a", "5"], ["'=x", "1", "b"]]


def test_a_table_without_rows_or_columns() -> None:
    assert cells(pd.DataFrame({"a": []})) == [["a"]]
    assert writing.spreadsheet(pd.DataFrame()).strip() in ("", '""')


@given(st.text())
def test_bare_takes_away_what_was_put_there(text: str) -> None:
    text = text.replace("\0", "")
    assert writing.bare(writing.guarded(text)) == text


def test_what_no_file_can_hold(tmp_path: Path) -> None:
    writing.table(pd.DataFrame({"a": ["\ud800x\0"]}), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b'\xef\xbb\xbf"a"\r\n"?x\xef\xbf\xbd"\r\n'


# The place


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("m.xlsx", "m.xlsx: cannot write a table of this kind; end the name in .csv or .parquet."),
        ("m", "m: cannot write a table of this kind; end the name in .csv or .parquet."),
        ("no/m.csv", "no/m.csv: the folder no does not exist; make it, or check the path for slips."),
        ("file/m.csv", "file/m.csv: the folder file is a file; make it, or check the path for slips."),
        ("folder.csv", "folder.csv: this is a folder; name a file in it."),
    ],
)
def test_place_of_a_table(path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("folder.csv").mkdir()
    for ask in (writing.check_table, lambda path: writing.table(pd.DataFrame({"a": [1]}), path)):
        with pytest.raises(WritingError) as raised:
            ask(path)
        assert str(raised.value) == message.replace("/", os.sep)
    assert writing.check_table("M.CSV") == Path("M.CSV")


def test_place_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    assert writing.check_folder("a/b/c") == Path("a/b/c")
    assert not Path("a").exists()
    with pytest.raises(WritingError, match=r"^file: file is a file and not a folder; name another folder\.$"):
        writing.check_folder("file")


SHUT = """
import os
from toolkit import writing
if os.geteuid() == 0:  # who may write everywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for ask, path in (
    (writing.check_table, "shut/m.csv"), (writing.check_table, "old.csv"), (writing.check_folder, "shut"),
    (writing.check_folder, "shut/new/report"), (lambda path: writing.write({path: b""}), writing.Path("shut/x")),
):
    try:
        ask(path)
    except writing.WritingError as error:
        print(error)
"""


@posix
def test_place_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o555)
    (tmp_path / "old.csv").touch(mode=0o444)
    tmp_path.chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SHUT], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    denied = "may not be written (Permission denied); change the permissions or name another."
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        *(f"{path}: {denied}" for path in ("shut/m.csv", "old.csv", "shut", "shut/new/report")),
        "shut/x: not written (Permission denied); what was there before is unchanged.",
    ]


def test_tables_of_the_same_columns_are_one(tmp_path: Path) -> None:
    frames = [pd.DataFrame({"a": ["x", "=1"], "n": ["1", "2"]}), pd.DataFrame({"a": ["“y”"], "n": ["3"]})]
    whole = pd.concat(frames, ignore_index=True)
    assert (writing.table(iter(frames), tmp_path / "a.csv"), writing.table(whole, tmp_path / "b.csv")) == (3, 3)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    if find_spec("pyarrow"):
        writing.table(iter(frames), tmp_path / "a.parquet")
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "a.parquet"), whole, check_dtype=False)


# Whole or not at all


def test_files_are_written_and_folders_made(tmp_path: Path) -> None:
    writing.write({tmp_path / "a" / "b": b"1", tmp_path / "c": b"2"})
    assert (tmp_path / "a" / "b").read_bytes() == b"1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]


@pytest.mark.parametrize("stopped", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_what_was_there_stays(
    stopped: BaseException, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"older")
    put = Path.write_bytes

    def fail(path: Path, content: object) -> None:
        if step == "write_bytes":
            put(path, b"ne")
            if "second" not in path.name:
                return
        raise stopped

    with monkeypatch.context() as patched:
        patched.setattr(Path, step, fail)
        with pytest.raises((WritingError, KeyboardInterrupt)) as raised:
            writing.write({first: b"newer", second: b"newer"})
    if isinstance(stopped, OSError):
        at = second if step == "write_bytes" else first
        assert str(raised.value) == f"{at}: not written (No space left on device); what was there before is unchanged."
    assert first.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


@posix
def test_link_mode_and_device_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"older")
    real.chmod(0o640)
    link.symlink_to("real.csv")
    writing.write({link: b"newer", Path(os.devnull): b"x"})
    assert link.is_symlink()
    assert real.read_bytes() == b"newer"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
    assert writing.check_table(os.devnull) == Path(os.devnull)


@posix
def test_a_new_file_has_the_mode_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    writing.write({tmp_path / "new": b""})
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode
