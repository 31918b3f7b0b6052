"""What a reader has to hold in the head at once: no long function, no long file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "toolkit"
LINES, FUNCTION = 400, 60
FILES = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py")}


def long_functions(source: str) -> set[str]:
    """The functions of more than `FUNCTION` lines, docstring and decorators in."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {node.name for node in found if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION}


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_function_is_longer_than_a_screen(name: str) -> None:
    assert long_functions(FILES[name]) == set()


def test_no_file_is_long() -> None:
    assert {name for name, source in FILES.items() if len(source.splitlines()) > LINES} == set()


def test_a_long_function_is_found() -> None:
    body = "    x = 1\n"
    assert long_functions(f"def f():\n{body * (FUNCTION - 1)}") == set()
    assert long_functions(f"class A:\n  def f(self):\n{body * FUNCTION}") == {"f"}
