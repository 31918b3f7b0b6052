"""What is handed out: the source archive and the wheel made from it, installed where nothing of the clone is seen."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OUTSIDE = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
TEXT = "Mayor quits\n\nThe mayor quit. “I am tired of it,” said Ilse Brandt. He left at noon."

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not importlib.util.find_spec("pip"), reason="no pip here"),
]


def run(*words: str | Path, folder: Path) -> str:
    """What a command prints; it sees none of the settings that lead to the clone."""
    command = [str(word) for word in words]
    done = subprocess.run(command, cwd=folder, env=OUTSIDE, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def data_files() -> set[str]:
    """Everything in the package that a clone has, but what Python makes."""
    found = (path for path in (ROOT / "toolkit").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel that is built from what the archive holds."""
    place = tmp_path_factory.mktemp("build")
    clone, out = place / "clone", place / "out"
    shutil.copytree(ROOT / "toolkit", clone / "toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, clone / name)
    make = "from setuptools import build_meta; import sys; build_meta.build_sdist(sys.argv[1])"
    run(sys.executable, "-c", make, out, folder=clone)
    (archive,) = out.iterdir()
    with tarfile.open(archive) as packed:
        packed.extractall(place / "unpacked", filter="data")
    (unpacked,) = (place / "unpacked").iterdir()
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    run(*pip, "--wheel-dir", out, unpacked, folder=place)
    return out


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a new environment that has the wheel, and what it requires from this one; not the clone."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place / "venv", with_pip=False, symlinks=os.name != "nt")
    (python,) = (place / "venv").glob("bin/python") if os.name != "nt" else (place / "venv").glob("Scripts/python.exe")
    (wheel,) = built.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    run(*pip, wheel, folder=place)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", where, folder=place).strip())
    (packages / "required.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python.parent


def test_wheel_holds_the_whole_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert names == data_files(), "see [tool.setuptools.package-data] in pyproject.toml"


def test_report_from_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mayor.txt").write_text(TEXT, encoding="utf-8")
    where = run(installed / "python", "-c", "import toolkit; print(toolkit.__file__)", folder=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)
    printed = run(installed / "python", "-m", "toolkit", "report", "mayor.txt", "--formats", folder=tmp_path)
    assert str(Path("report") / "report.html") in printed.split()
    assert "Ilse Brandt" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


def test_script_does_what_the_module_does_and_goes_by_its_name(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mayor.txt").write_text(TEXT, encoding="utf-8")
    told = run(installed / "media-analysis", "read", "mayor.txt", folder=tmp_path)
    assert told.endswith("\nread: 1 article from 1 file\n")
    assert run(installed / "media-analysis", "--help", folder=tmp_path).startswith("usage: media-analysis ")
