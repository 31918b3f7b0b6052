"""Runs the notebooks beside it again, top to bottom, and saves them: `make notebooks`.

What is saved depends on code and data alone (no times, no widget state), so a second run leaves git clean.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# In a warning a cell goes by a temporary file that is named after the kernel's process.
CELL_FILE = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")


def executed(path: Path) -> NotebookNode:
    """The notebook with the outputs of a fresh run in its own folder; raises `CellExecutionError` at a failing cell."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(path.parent)}},
        timeout=600,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        record_timing=False,
        coalesce_streams=True,
    )
    client.execute(env={**os.environ, "TQDM_DISABLE": "1"})  # no line of progress in what is saved
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({"tags": cell.metadata.tags} if "tags" in cell.metadata else {})
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = CELL_FILE.sub("cell", output.text)
    return notebook


def main() -> None:
    """Runs the notebooks named on the command line, or all of them."""
    named = [Path(name) for name in sys.argv[1:]]
    for path in named or sorted(Path(__file__).parent.glob("*.ipynb")):
        print(path.name, flush=True)
        nbformat.write(executed(path), path)


if __name__ == "__main__":
    main()
