"""The committed notebooks say what a fresh run says."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, v4

from notebooks.run import executed

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
# Addresses and places that differ between runs or machines, and a figure that was shown as words.
LOOK = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
UNSTEADY = re.compile(r"0x[0-9a-f]{6,}|/home/|/Users/|/root/|/tmp/|site-packages|ipykernel_|<Figure size")


@pytest.fixture(autouse=True)
def own_history(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))


def said(notebook: NotebookNode) -> list[list[str]]:
    """What each cell shows in words; of a picture only that it is one, for fonts differ between machines."""
    return [[shown(output) for output in cell.get("outputs", [])] for cell in notebook.cells]


def shown(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.text)
    assert output.output_type != "error", f"a committed cell ends in {output.ename}: {output.evalue}"
    if "image/png" in output.data:
        return "picture"
    return LOOK.sub("", str(output.data.get("text/html", output.data["text/plain"])))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS, "notebooks/ holds no notebook"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_says_the_same_again(path: Path) -> None:
    committed = nbformat.read(path, as_version=4)
    nbformat.validate(committed)
    counts = [cell.execution_count for cell in committed.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1)), "not run top to bottom: run make notebooks"
    assert [text for cell in said(committed) for text in cell if UNSTEADY.search(text)] == []
    assert said(executed(path)) == said(committed), "run make notebooks and look at what changed"


def test_second_run_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "small.ipynb"
    cells = [
        v4.new_code_cell("import warnings\nwarnings.warn('few articles', stacklevel=1)\nprint('a')\nprint('b')"),
        v4.new_code_cell("import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])"),
        v4.new_code_cell("{'outlets': 4}"),
    ]
    nbformat.write(v4.new_notebook(cells=cells), path)
    nbformat.write(executed(path), path)
    first = path.read_text(encoding="utf-8")
    nbformat.write(executed(path), path)
    assert path.read_text(encoding="utf-8") == first
    assert not UNSTEADY.search("".join(text for cell in said(nbformat.read(path, as_version=4)) for text in cell))
    assert "cell:2: UserWarning: few articles" in first
    assert '"image/png"' in first


def test_failing_cell_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "failing.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1 / 0")]), path)
    with pytest.raises(Exception, match="ZeroDivisionError"):
        executed(path)


def test_a_notebook_in_another_folder_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / NOTEBOOKS[0].name
    path.parent.mkdir()
    path.write_bytes(NOTEBOOKS[0].read_bytes())
    with pytest.raises(Exception, match=r"\.\./data\S*: no such file or folder; check the path for slips\."):
        executed(path)
