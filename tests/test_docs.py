"""The pages in docs/ say what the toolkit is: what is made is made anew, what is named is there."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from toolkit.__main__ import _parser
from toolkit.language import word_lists

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)")
PLACE = re.compile(r"`((?:toolkit|tests|docs|benchmarks|training)/[\w./-]+)`(?:: ((?:`\w+`(?:, )?)+))?")


def made() -> ModuleType:
    """docs/make.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("page", "maker"), [("data-dictionary", "dictionary"), ("formats", "formats")])
def test_what_is_made_is_up_to_date(page: str, maker: str) -> None:
    stands = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    assert stands == getattr(made(), maker)(), "run python docs/make.py"


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [ROOT / "CONTRIBUTING.md", *PAGES], ids=lambda page: page.name)
def test_files_and_what_they_hold_are_there(page: Path) -> None:
    """A name after a file, as in `toolkit/article.py`: `Span`, stands in it: defined, or a column of a word list."""
    missing = []
    for file, names in PLACE.findall(page.read_text(encoding="utf-8")):
        path = ROOT / file
        held = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not path.exists():
            missing.append(file)
        missing += [f"{file}: {name}" for name in re.findall(r"\w+", names) if name not in _defined(held)]
    assert missing == []


def _defined(source: str) -> set[str]:
    """The functions, classes and names that a module defines at its top, and the methods of its classes."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def test_commands_exist() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    verbs = set(re.findall(r"python -m toolkit ([a-z]+)", text))
    assert verbs == {"read", "measure", "explain", "compare", "chart", "report"}
    assert all(verb in _parser().format_help() for verb in verbs)
    scripts = re.findall(r"(?:benchmarks|training)/\w+\.py", text)
    assert [script for script in scripts if not (ROOT / script).exists()] == []


def test_the_codebook_has_every_value() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    values = [f"`{value}`" for _, value, _ in word_lists.rows("codebook.tsv")]
    assert [value for value in values if value not in page] == []


def test_the_codebook_has_the_numbers_of_the_cases() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    cases = (ROOT / "tests" / "cases" / "sources.txt").read_text(encoding="utf-8")
    decisions = set(re.findall(r"^(\d+)\. \*\*", page, re.MULTILINE))
    assert decisions == set(re.findall(r"^# (\d+):", cases, re.MULTILINE))


def test_the_sample_report_is_whole_and_small(root: Path) -> None:
    page = (root / "docs" / "sample-report.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 1_000_000
    assert "default-src 'none'" in page
    assert page.count('class="mat-text"') == len(list((root / "data" / "articles").iterdir()))
