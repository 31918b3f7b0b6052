"""What a newcomer meets first: the same requirements everywhere, and clear words where something is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import toolkit

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = (ROOT / "environment.yml").read_text(encoding="utf-8")
REQUIREMENT = re.compile(r"\b([a-z][a-z0-9-]+)>=([0-9.]*[0-9])")
NEEDED = dict(REQUIREMENT.findall(" ".join(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"])))


def conda_lines() -> list[str]:
    lines = (line.strip().removeprefix("- ") for line in ENVIRONMENT.partition("dependencies:")[2].splitlines())
    return [line for line in lines if line and not line.startswith(("pip:", "-"))]


def make(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs make with an environment folder of the test's own."""
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    command = ["make", f"VENV={tmp_path}/venv", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def fake_python(tmp_path: Path, script: str) -> str:
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_every_requirement_has_a_floor() -> None:
    assert all(REQUIREMENT.fullmatch(one) for one in PROJECT["dependencies"])
    assert {"matplotlib", "nltk", "numpy", "pandas", "textstat", "jupyterlab"} <= NEEDED.keys()


def test_conda_asks_for_the_same() -> None:
    assert conda_lines()[:2] == [f"python{PROJECT['requires-python']}", "pip"]
    assert dict(REQUIREMENT.findall(" ".join(conda_lines()[2:]))) == NEEDED


def test_conda_understands_its_lines() -> None:
    rattler = pytest.importorskip("rattler", reason="py-rattler is not installed")
    names = [rattler.MatchSpec(line, strict=True).name.normalized for line in conda_lines()]
    assert names == ["python", "pip", *NEEDED]


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="no README.md")
def test_readme_asks_for_the_same() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in REQUIREMENT.findall(" ".join(PROJECT["dependencies"])) if name[0] not in readme] == []
    assert [name for name, floor in REQUIREMENT.findall(readme) if NEEDED.get(name, floor) != floor] == []
    assert PROJECT["requires-python"].removeprefix(">=") in readme


def test_version_is_one() -> None:
    assert toolkit.__version__ == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {PROJECT['version']}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_make_says_that_python_is_too_old(tmp_path: Path) -> None:
    old = fake_python(tmp_path, '[ "$1" = --version ] && echo "Python 3.9.2" && exit 0; exit 1')
    done = make(tmp_path, old, "report")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == (
        "Python 3.11 or newer is needed and Python 3.9.2 was found: install one (https://www.python.org/downloads/)"
        " and run make again, or name it: make PYTHON=/path/to/python3."
    )


def test_make_says_that_there_is_no_python(tmp_path: Path) -> None:
    done = make(tmp_path, "PYTHON=no-such-python", "test")
    assert done.stderr.startswith("Python 3.11 or newer is needed and none was found: install one")


def test_make_says_that_venv_is_missing(tmp_path: Path) -> None:
    script = 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.11;; esac'
    done = make(tmp_path, fake_python(tmp_path, script), "report")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == (
        "Python 3.11 is here without its venv module: run 'sudo apt-get install python3.11-venv' and then make again."
    )
    assert not (tmp_path / "venv").exists()


def test_make_installs_again_only_when_requirements_changed(tmp_path: Path) -> None:
    written = (ROOT / "pyproject.toml").stat().st_mtime
    for name, age in [("bin/python", -10), ("base", 10), ("test", -5)]:
        path = tmp_path / "venv" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (written + age, written + age))
    assert "pip install" not in make(tmp_path, "--dry-run", "report").stdout
    assert "pip install" in make(tmp_path, "--dry-run", "test").stdout
