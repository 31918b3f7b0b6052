"""The README says what the program does, and is short."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from unittest.mock import create_autospec

import pytest

import toolkit
from toolkit.__main__ import _parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_is_short() -> None:
    assert len(README.split()) <= 1200


def test_every_command_is_one_of_the_command_line() -> None:
    verbs = {*re.findall(r"python -m toolkit (\w+)", README), "read", "measure", "explain", "compare", "chart"}
    assert "report" in verbs
    assert all(verb in _parser().format_help() and f"`{verb}`" in README for verb in verbs - {"report"})
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in make for target in re.findall(r"make ([a-z]+) ", README))


def test_its_code_runs_and_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run on the first of the sample files; the report itself has tests of its own."""
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data" / "articles.csv", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    picture, first, more = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    report = create_autospec(toolkit.report)
    monkeypatch.setattr(toolkit, "report", report, raising=False)
    exec(picture, names)
    exec(first, names)
    report.assert_called_once()
    with pytest.warns(toolkit.comparison.SmallSampleWarning):
        exec(more, names)
    assert (tmp_path / "quoted.svg").exists()
    said = dict(re.findall(r"'(\w+)': ([\d.]+)", more))
    row = toolkit.measure(toolkit.read(ROOT / "data")[0])
    assert len(said) == 3
    assert {name: f"{row[name]:.{len(value.partition('.')[2])}f}" for name, value in said.items()} == said


def test_the_count_of_numbers_and_charts_is_right() -> None:
    assert f"{len(toolkit.METRICS)} numbers" in README
    assert len(toolkit.CHARTS) == 13
    assert "one of thirteen charts" in README
