"""The committed notebooks say what a fresh run says, are built alike, and run on other people's files."""

from __future__ import annotations

import ast
import json
import re
import shutil
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random

import nbformat
import pytest
from nbformat import NotebookNode, v4

from notebooks.run import executed

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
QUESTIONS = [
    "01-one-article", "02-how-often-wrong", "03-quotes", "04-sources", "05-readability", "06-same-event",
    "07-your-own-articles",
]  # fmt: skip
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
    form = next(form for form in ("text/html", "text/markdown", "text/plain") if form in output.data)
    return LOOK.sub("", str(output.data[form]))


@dataclass(frozen=True, slots=True)
class Run:
    """A notebook as it is committed, what its run shows now, and what further runs in the same kernel show."""

    name: str
    committed: NotebookNode
    again: list[list[str]]
    own: str
    place: Path


@pytest.fixture(scope="module", params=QUESTIONS)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Each notebook in a copy of the project: as it is, and again with nothing changed but the parameters.

    All in one kernel, which costs less than one each. In 07 a page is pasted at last.
    """
    folder = tmp_path_factory.mktemp("notebook")
    place = folder / "project" / "notebooks"
    shutil.copytree(ROOT / "data", folder / "project" / "data")
    shutil.copytree(ROOT / "notebooks", place)
    (folder / "elsewhere").mkdir()
    path = place / f"{request.param}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    committed, length = deepcopy(notebook), len(notebook.cells)
    for given in others(request.param, folder):
        cells = deepcopy(committed.cells)
        source = "\n".join(f"{key} = {value!r}" for key, value in given.items())
        cells.insert(parameters(committed) + 1, v4.new_code_cell(source))
        notebook.cells += cells
    for k, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{k}"  # each its own
    nbformat.write(notebook, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        patch.chdir(folder / "elsewhere")
        shows = said(executed(path))
    return Run(request.param, committed, shows[:length], "\n".join(chain.from_iterable(shows[length:])), place)


def others(name: str, folder: Path) -> list[dict[str, str]]:
    """The parameters of the further runs; but for 06 the articles share no event."""
    own = str(written_articles(folder, events=name == "06-same-event"))
    given = {"file" if name == "01-one-article" else "files": own}
    given |= {"event": "ferry"} if name == "06-same-event" else {}
    if name in {"03-quotes", "06-same-event"}:  # one article and no event, which cannot be compared
        alone = folder / "alone.txt"
        alone.write_text("Ferry fares rise\n\n“We have no choice,” said Mara Hoek. The boats leave at six.\n", "utf-8")
        return [given, {"files": str(alone)}]
    page = "Ferry fares rise\n\nBy Ann Lee\n\n“We have no choice,” said Mara Hoek. The boats leave at six."
    return [given, {"pasted": page, "out": "mine"}] if name == "07-your-own-articles" else [given]


def parameters(notebook: NotebookNode) -> int:
    """The place of the cell with the parameters."""
    (place,) = (i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    return int(place)


def test_every_question_has_its_notebook() -> None:
    assert [path.stem for path in NOTEBOOKS] == QUESTIONS


def test_notebook_says_the_same_again(run: Run) -> None:
    nbformat.validate(run.committed)
    counts = [cell.execution_count for cell in run.committed.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1)), "not run top to bottom: run make notebooks"
    assert [text for cell in said(run.committed) for text in cell if UNSTEADY.search(text)] == []
    assert run.again == said(run.committed), "run make notebooks and look at what changed"


def test_notebook_runs_on_own_files(run: Run) -> None:
    assert "Mara Voss" in run.own or "The Gazette" in run.own
    assert not re.search(r"Elsing|Meridian Wire|Loxholm", run.own) or run.name == "02-how-often-wrong"
    assert "Warning" not in run.own


def test_what_one_article_cannot_show_is_said(run: Run) -> None:
    if run.name in {"03-quotes", "06-same-event"}:
        assert "None: it needs articles of two outlets on the same story" in run.own
    if run.name == "06-same-event":
        assert "None: fewer than two articles have the event" in run.own


def test_pasted_page_gets_its_report(run: Run) -> None:
    if run.name == "07-your-own-articles":
        assert "Mara Hoek" in (run.place / "mine" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", QUESTIONS)
def test_notebook_is_built_like_the_others(name: str) -> None:
    """STYLE 26 to 28: a question, its parameters, the answer, headings that ask, no helpers; nothing warned or left."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    headings = [cell.source.splitlines()[0] for cell in notebook.cells if cell.cell_type == "markdown"]
    assert headings[0].startswith("# ")
    assert [heading for heading in headings if not heading.endswith("?")] == []
    assert all(heading.startswith("## ") for heading in headings[1:])
    assert headings[-1] == "## What could be wrong?"
    assert notebook.cells[-1].cell_type == "markdown"
    assert parameters(notebook) == 1
    assert [cell.source for cell in code if len(cell.source.splitlines()) >= 10] == []
    answer = next(text for outputs in said(notebook) for text in outputs)
    assert answer.strip("*").startswith("In short.")
    first = " ".join([line for line in answer.splitlines() if line][:3])
    assert re.search(r"\d", first), "the first finding has no number"
    assert "interval" in first or name == "01-one-article", "the first finding has no interval"  # one article has none
    tree = ast.parse("\n".join(re.sub(r"^%", "# %", cell.source, flags=re.MULTILINE) for cell in code))
    assert [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)] == []
    assert any(isinstance(node, ast.Assert) for node in ast.walk(tree))
    assert not re.search(r"sys\.path|!pip|%pip|os\.chdir", "\n".join(cell.source for cell in code))
    assert "widgets" not in notebook.metadata
    kinds = [(output.output_type, kind) for cell in code for output in cell.outputs for kind in output.get("data", {})]
    assert [kind for _, kind in kinds if "widget" in kind or "javascript" in kind] == []
    assert [output for cell in code for output in cell.outputs if output.output_type == "stream"] == []
    shown = "".join(str(data) for cell in code for output in cell.outputs for data in output.get("data", {}).values())
    assert not re.search(r"""<(?:script|link|iframe)|\bsrc=["'](?!data:)|url\(["']?http""", shown), "asks for more"


def written_articles(folder: Path, *, events: bool) -> Path:
    """A table of two outlets' articles, with or without the events that they tell."""
    random = Random("articles that a reader of the notebooks might have")
    names = ("Ilse Brandt", "Tomas Vael", "Mara Voss")
    rows = []
    for outlet in ("The Gazette", "The Tribune"):
        for event in ("ferry", "school"):
            said = [
                f"“The {event} will {random.choice(('open', 'close', 'stay'))} before {random.randint(2, 9)} years "
                f"are over,” {name} told the committee on Monday."
                for name in names
            ]
            told = (
                "The committee had met for hours, and nobody expected a decision. A clerk read the letter aloud. " * 4
            )
            rows.append(
                {"outlet": outlet, "text": "\n\n".join([told, *said])} | ({"story_id": event} if events else {})
            )
    path = folder / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


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
    path = tmp_path / "far" / NOTEBOOKS[0].name
    path.parent.mkdir()
    path.write_bytes(NOTEBOOKS[0].read_bytes())
    with pytest.raises(Exception, match=r"\.\./data\S*: no such file or folder; check the path for slips\."):
        executed(path)
