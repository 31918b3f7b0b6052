"""A line of progress: on a terminal, in a notebook, and nowhere else; nothing of it stays."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import pytest

from toolkit import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)


def test_terminal_shows_a_line_and_wipes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(progress.bar(range(3), "analysing")) == [0, 1, 2]
    shown = terminal.getvalue()
    assert "analysing:" in shown
    assert shown.split("\r")[-2].strip() == ""
    assert "\n" not in shown


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (24, 0), (24, 40)])
def test_a_terminal_without_a_size_shows_it_too(rows: int, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`script`, `ssh` and containers open terminals of 0 columns and rows, where tqdm draws nothing."""
    pty = pytest.importorskip("pty", reason="no such terminals on this system")
    termios = pytest.importorskip("termios")
    outer, inner = pty.openpty()
    termios.tcsetwinsize(inner, (rows, columns))
    with open(inner, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        assert list(progress.bar(range(3), "analysing")) == [0, 1, 2]
        terminal.flush()
        shown = os.read(outer, 10_000).decode()
    os.close(outer)
    assert "analysing:" in shown
    assert max(map(len, shown.split("\r"))) <= (columns or 80)


def test_one_item_needs_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(progress.bar([1], "analysing")) == [1]
    assert terminal.getvalue() == ""


def test_a_file_or_pipe_gets_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.bar([1, 2], "analysing")) == [1, 2]
    assert capsys.readouterr().err == ""


def test_it_can_be_asked_for_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert progress.bar([1], "analysing", progress=False) == [1]
    assert terminal.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", asked := io.StringIO())
    assert list(progress.bar([1], "analysing", progress=True)) == [1]
    assert "analysing" in asked.getvalue()


def test_in_a_notebook_nothing_of_it_is_saved() -> None:
    """The cell runs in a real kernel: its saved output has no widget, no text, and no state outside."""
    nbformat = pytest.importorskip("nbformat", reason="the extra lab is not installed")
    nbclient = pytest.importorskip("nbclient", reason="the extra lab is not installed")
    code = (
        "import time\nfrom toolkit import progress\nprogress._PATIENCE = 0\n"
        "sum(time.sleep(0.02) or x for x in progress.bar(range(20), 'adding'))"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    updates: list[dict[str, Any]] = []

    class Client(nbclient.NotebookClient):  # type: ignore[misc, name-defined]
        def process_message(self, message: Any, cell: Any, index: int) -> Any:
            if message["msg_type"] == "update_display_data":
                updates.append(message["content"]["data"])
            return super().process_message(message, cell, index)

    client = Client(notebook, kernel_name="python3", timeout=120)
    client.execute()
    outputs = notebook.cells[0].outputs
    assert [output.data for output in outputs] == [{}, {"text/plain": "190"}]
    assert any("adding:" in update.get("text/plain", "") for update in updates)
    assert "widgets" not in notebook.metadata
