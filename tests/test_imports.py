"""The walls of the house: imports point one way, and what is heavy or loud lives in one room."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# fmt: off
ORDER = [
    "progress", "article", "files", "writing", "columns", "separated", "webpage", "reading", "lexicons",
    "closed_classes", "segment", "cleaning", "quotations", "names", "roles", "affiliations", "attribution",
    "descriptions", "joined", "bearers", "register", "referents", "folding", "tagger", "conventions", "linking",
    "anonymity", "sources", "syllables", "legible", "counting", "readability", "analysis", "given", "sourcing",
    "hedging", "mentions", "reply", "metrics", "numbers_in_words", "table", "stories", "agreement", "resampling",
    "samples", "estimates", "comparison", "calibration", "findings", "published", "margin", "markup", "contents",
    "methods", "lettering", "canvas", "chart_tables", "comparison_charts", "series_charts", "sourcing_charts",
    "article_charts", "time_charts", "charts", "page", "paper", "reports", "explorer", "__main__",
]
# fmt: on
FOLDER = Path(__file__).parent.parent / "toolkit"
MODULES = {path.parent.name if path.stem == "__init__" else path.stem: path for path in sorted(FOLDER.rglob("*.py"))}
DRAWING = tuple(ORDER[ORDER.index("lettering") : ORDER.index("charts") + 1])
HOMES = {"matplotlib": DRAWING, "nltk": ("readability",), "textstat": ("readability",)}
NETWORK = ("aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "urllib.request", "urllib3")
# Shown in a notebook, an article and its analysis are drawn by the last room.
DRAWN_LATER = {("article", "_repr_html_"), ("analysis", "_repr_html_")}


def imports(tree: ast.AST, function: str = "") -> Iterator[tuple[str, str, int]]:
    """Every import below a node: full module name, the function it stands in, line."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, function, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                module = f"toolkit.{module}" if module else "toolkit"
            bare = module == "toolkit"
            yield from ((f"toolkit.{a.name}" if bare else module, function, node.lineno) for a in node.names)
            if not bare:
                yield from ((f"{module}.{alias.name}", function, node.lineno) for alias in node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from imports(node, node.name)
        else:
            yield from imports(node, function)


def breaches(name: str, source: str) -> list[str]:
    """What a module imports or does against the rules."""
    tree = ast.parse(source)
    found = set()
    for module, function, line in imports(tree):
        top, _, rest = module.partition(".")
        inner = rest.partition(".")[0]
        if top == "toolkit" and inner in ORDER and name != "toolkit":
            early = ORDER.index(inner) < ORDER.index(name) or inner == name
            if not early and not (inner in {"markup", "reports"} and (name, function) in DRAWN_LATER):
                found.add(f"{name}:{line} imports {inner}, which comes later")
        if name not in HOMES.get(top, (name,)):
            found.add(f"{name}:{line} imports {top}, which belongs in {', '.join(HOMES[top])}")
        if any(module == one or module.startswith(f"{one}.") for one in NETWORK):
            found.add(f"{name}:{line} imports {module}, which reaches the network")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "print" and name != "__main__":
            found.add(f"{name}:{node.lineno} prints")
    return sorted(found)


@pytest.mark.parametrize("name", MODULES)
def test_module_keeps_to_its_room(name: str) -> None:
    assert name in {*ORDER, "toolkit"}, "give the new module its place in ORDER"
    assert breaches(name, MODULES[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "source", "breach"),
    [
        ("segment", "from .reports import marked_up", "segment:1 imports reports, which comes later"),
        ("segment", "from . import comparison", "segment:1 imports comparison, which comes later"),
        ("segment", "import toolkit.table", "segment:1 imports table, which comes later"),
        ("segment", "from toolkit import table", "segment:1 imports table, which comes later"),
        ("article", "def f():\n    from . import reports", "article:2 imports reports, which comes later"),
        ("reports", "import matplotlib.pyplot", f"reports:1 imports matplotlib, which belongs in {', '.join(DRAWING)}"),
        ("table", "from nltk import tokenize", "table:1 imports nltk, which belongs in readability"),
        ("reading", "from urllib import request", "reading:1 imports urllib.request, which reaches the network"),
        ("reading", "if True:\n    import http.client", "reading:2 imports http.client, which reaches the network"),
        ("charts", "def f():\n    print(1)", "charts:2 prints"),
    ],
)
def test_breach_is_found(name: str, source: str, breach: str) -> None:
    assert breach in breaches(name, source)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("article", "class A:\n    def _repr_html_(self):\n        from . import reports"),
        ("reading", "from urllib.parse import urlsplit"),
        ("charts", "from matplotlib.axes import Axes"),
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
