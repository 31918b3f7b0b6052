"""The walls of the house: imports point one way, and what is heavy or loud lives in one room."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "toolkit"
# From the ground up. A module imports from floors below its own and from its own package, never in a circle.
FLOORS = (
    ("article",),
    ("progress", "writing"),
    ("language",),
    ("reading", "attribution"),
    ("people",),
    ("corrected",),
    ("analysis",),
    ("metrics",),
    ("numbers_in_words",),
    ("comparison", "explained"),
    ("charts",),
    ("reports",),
    ("__main__",),
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
HOMES = {
    "jinja2": ("reports",),
    "markupsafe": ("reports",),
    "matplotlib": ("charts",),
    "nltk": ("language",),
    "textstat": ("language",),
}
NETWORK = ("aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "urllib.request", "urllib3")
# Shown in a notebook, an article and its analysis are drawn by the last package.
DRAWN_LATER = {("article", "_repr_html_"), ("analysis", "_repr_html_")}


def dotted(path: Path) -> str:
    """The name of a module below the package, such as ``language.syllables``."""
    return ".".join(path.relative_to(FOLDER).with_suffix("").parts)


MODULES = {dotted(path): path for path in sorted(FOLDER.rglob("*.py")) if path != FOLDER / "__init__.py"}


def imports(tree: ast.AST, module: str, function: str = "") -> Iterator[tuple[str, str, int]]:
    """Every import below a node: full name of what is imported, the function it stands in, line."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, function, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ["toolkit", *module.split(".")][: -node.level] if node.level else []
            home = ".".join([*above, *filter(None, [node.module])])
            yield from ((f"{home}.{alias.name}", function, node.lineno) for alias in node.names)
        else:
            inner = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
            yield from imports(node, module, inner)


def breaches(name: str, source: str) -> list[str]:
    """What a module imports or does against the rules."""
    tree = ast.parse(source)
    own = name.partition(".")[0]
    found = set()
    for module, function, line in imports(tree, name):
        top, _, rest = module.partition(".")
        other = rest.partition(".")[0]
        foreign = top == "toolkit" and other in FLOOR and other != own and (own, function) not in DRAWN_LATER
        if foreign and FLOOR[other] >= FLOOR[own]:
            found.add(f"{name}:{line} imports {other}, which is not below it")
        if own not in HOMES.get(top, (own,)):
            found.add(f"{name}:{line} imports {top}, which belongs in {', '.join(HOMES[top])}")
        if any(module == one or module.startswith(f"{one}.") for one in NETWORK):
            found.add(f"{name}:{line} imports {module}, which reaches the network")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "print" and name != "__main__":
            found.add(f"{name}:{node.lineno} prints")
    return sorted(found)


@pytest.mark.parametrize("name", MODULES)
def test_module_keeps_to_its_floor(name: str) -> None:
    assert name.partition(".")[0] in FLOOR, "give the new package its place in FLOORS"
    assert breaches(name, MODULES[name].read_text(encoding="utf-8")) == []


def circle(sources: dict[str, str]) -> list[str]:
    """The modules that import each other in a circle; none where imports point one way."""
    graph: dict[str, set[str]] = {}
    for name, source in sources.items():
        found = [(f"{module}.", function) for module, function, _ in imports(ast.parse(source), name)]
        graph[name] = {
            other
            for other in sources
            for module, function in found
            if module.startswith(f"toolkit.{other}.") and (name, function) not in DRAWN_LATER and other != name
        }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle({name: path.read_text(encoding="utf-8") for name, path in MODULES.items()}) == []


def test_a_circle_is_found() -> None:
    sources = {
        "people.a": "from .b import x",
        "people.b": "from . import c",
        "people.c": "def f():\n  from .a import y",
    }
    assert set(circle(sources)) == {"people.a", "people.b", "people.c"}
    assert circle(sources | {"people.c": "from .d import y"}) == []


@pytest.mark.parametrize(
    ("name", "source", "breach"),
    [
        ("language.a", "from ..reports.b import c", "language.a:1 imports reports, which is not below it"),
        ("language.a", "from .. import comparison", "language.a:1 imports comparison, which is not below it"),
        ("language.a", "import toolkit.metrics.table", "language.a:1 imports metrics, which is not below it"),
        ("language.a", "from toolkit import metrics", "language.a:1 imports metrics, which is not below it"),
        ("reading.a", "from ..attribution import b", "reading.a:1 imports attribution, which is not below it"),
        ("article", "def f():\n    from .reports import a", "article:2 imports reports, which is not below it"),
        ("reports.a", "import matplotlib.pyplot", "reports.a:1 imports matplotlib, which belongs in charts"),
        ("metrics.a", "from nltk import tokenize", "metrics.a:1 imports nltk, which belongs in language"),
        ("reading.a", "from urllib import request", "reading.a:1 imports urllib.request, which reaches the network"),
        ("reading.a", "if 1:\n    import http.client", "reading.a:2 imports http.client, which reaches the network"),
        ("charts.a", "def f():\n    print(1)", "charts.a:2 prints"),
    ],
)
def test_breach_is_found(name: str, source: str, breach: str) -> None:
    assert breach in breaches(name, source)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("article", "class A:\n    def _repr_html_(self):\n        from .reports import a"),
        ("reading.a", "from urllib.parse import urlsplit"),
        ("reading.a", "from ..language import segmentation\nfrom .b import c\nfrom ..article import Span"),
        ("charts.a", "from matplotlib.axes import Axes"),
        ("__main__", "print(1)"),
    ],
)
def test_look_alike_is_none(name: str, source: str) -> None:
    assert breaches(name, source) == []


def test_import_is_light() -> None:
    """`import toolkit` loads nothing but itself; even its names load on use."""
    code = "import sys, toolkit; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parent)
    assert set(loaded.stdout.split()) & {"pandas", "numpy", "matplotlib", "nltk", "textstat", "dask"} == set()
