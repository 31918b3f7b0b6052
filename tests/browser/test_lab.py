"""A notebook in a real JupyterLab in a real browser: Run All Cells, no error, no request off this machine.

One stands for all: what the others show is the same kinds of outputs, and `test_notebooks` runs and compares them.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ROOT = Path(__file__).parent.parent.parent
NOTEBOOK = "01-one-article.ipynb"  # has a chart and a marked-up article
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
QUIET = [
    "--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
PATIENCE = 90  # seconds for a slow machine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium, chromium-browser or google-chrome on this machine"),
]


class Lab:
    """A running JupyterLab: where it is, and what its kernels do."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def kernel(self, notebook: str) -> dict[str, Any]:
        """The state of the notebook's kernel, or nothing while it has none."""
        asked = urllib.request.Request(f"{self.url}api/sessions", headers={"Authorization": f"token {self.token}"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            sessions = json.load(answer)
        return next((session["kernel"] for session in sessions if session["path"] == notebook), {})

    def wait_until_idle(self, notebook: str) -> None:
        """Returns when the kernel is idle with a page connected to it."""
        deadline = time.monotonic() + PATIENCE
        kernel: dict[str, Any] = {}
        while time.monotonic() < deadline:
            kernel = self.kernel(notebook)
            if kernel.get("execution_state") == "idle" and kernel["connections"] > 0:
                return
            time.sleep(0.3)
        raise AssertionError(f"the kernel of {notebook} is not idle after {PATIENCE} s: {kernel}")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab over a copy of notebooks/ beside a copy of data/, its outputs taken away."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "data", home / "data")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    for path in (home / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, path)
    # JupyterLab keeps cells out of the page until they are scrolled to, unless told otherwise.
    tracker = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}', encoding="utf-8")

    token = secrets.token_hex(16)
    folders = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0", f"--ServerApp.root_dir={home / 'notebooks'}",
        f"--LabApp.user_settings_dir={home / 'settings'}", f"--LabApp.workspaces_dir={home / 'workspaces'}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    environment = {**os.environ, **folders, "JUPYTER_TOKEN": token, "PYTHONPATH": str(ROOT)}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            yield Lab(_address(server, home), token)
        finally:
            server.terminate()
            server.wait(timeout=60)


def _address(server: subprocess.Popen[bytes], home: Path) -> str:
    """Where the server listens, read from the file that it writes once it does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        for path in (home / "jupyter_runtime_dir").glob("jpserver-*.json"):
            if written := path.read_text(encoding="utf-8"):
                return str(json.loads(written)["url"])
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start:\n{(home / 'log').read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture
def page() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=BROWSER, args=[*QUIET, "--no-sandbox"] if IS_ROOT else QUIET, timeout=PATIENCE * 1000
        )
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE * 1000)
        yield page
        browser.close()


def test_all_cells_run(lab: Lab, page: Any) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.on("websocket", lambda socket: asked.add(socket.url))
    page.goto(f"{lab.url}lab/tree/{NOTEBOOK}?token={lab.token}&reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    lab.wait_until_idle(NOTEBOOK)

    page.get_by_role("menubar").first.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    cells = nbformat.read(ROOT / "notebooks" / NOTEBOOK, as_version=4).cells
    last = sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in cells)
    end = page.locator(f".jp-CodeCell .jp-InputPrompt >> text='[{last}]:'")
    errors = page.locator(".jp-OutputArea-output", has_text="Traceback (most recent call last)")
    end.or_(errors).first.wait_for(state="attached")
    lab.wait_until_idle(NOTEBOOK)

    assert errors.all_inner_texts() == []
    prompts = [prompt.strip("[]:\n ") for prompt in page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()]
    assert [int(prompt) for prompt in prompts if prompt] == list(range(1, last + 1))
    assert page.locator(".jp-OutputArea-output .mat-content").count() > 0, "no marked-up article among the outputs"
    picture = page.locator(".jp-OutputArea-output img").first
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100"), "no chart among the outputs"
    assert {urlsplit(url).hostname for url in asked} - {None} == {"127.0.0.1"}
