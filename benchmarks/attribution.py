"""Who said what: this toolkit beside its peers, in one run, on articles coded by hand.

    python benchmarks/attribution.py --bench DIR [--peer textacy-md ...]

DIR holds the scoring harness: the folders attribution, ood and sourcing, and beside it data/polnear. Peers are those
that the harness wraps; one that is not installed is named and left out. Prints one table a data set.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DRAWS = 1000  # articles drawn again, for the intervals
HERE = Path(__file__).resolve().parent
OURS = {"adapters:attributions": "this toolkit", "adapters:fast": "this toolkit, fast"}
SHOWN = {
    "att full F1": "full F1",
    "content F1": "content",
    "source F1": "source",
    "cue F1": "cue",
    "exact source F1": "exact source",
    "exact cue F1": "exact cue",
    "exact content F1": "exact content",
    "speaker accuracy all": "speaker",
    "attributions per 1,000 words: MAE": "per 1,000, MAE",
    "share attributed: MAE": "share, MAE",
    "distinct sources: MAE": "sources, MAE",
}


def run(folder: Path, *words: str) -> str:
    """What a script of the harness prints; it finds the toolkit and its adapters."""
    paths = os.pathsep.join([str(HERE.parent), str(HERE), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no message"])[-1])
    return done.stdout


def figures(found: Mapping[str, Any]) -> dict[str, str]:
    """The figures that a scorer gave, with their intervals where it drew any."""
    values = found["scores"] | found["document error"]
    edges = found.get("95% interval", {})
    return {
        label: f"{values[name]:.3f}" + (f" [{edges[name][0]:.3f}, {edges[name][1]:.3f}]" if name in edges else "")
        for name, label in SHOWN.items()
    }


def table(rows: list[dict[str, str]]) -> str:
    """Rows of figures as a Markdown table."""
    heads = list(dict.fromkeys(name for row in rows for name in row))
    lines = [heads, ["---"] * len(heads), *([row.get(name, "") for name in heads] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def polnear(bench: Path, out: Path, systems: list[str]) -> list[dict[str, str]]:
    """Each system on PolNeAR's dev part, with its speed."""
    rows = []
    for system in systems:
        written, timed, scored = (out / f"{system.replace(':', '.')}{end}" for end in (".jsonl", ".json", ".scores"))
        try:
            run(bench / "attribution", "predict.py", "--system", system, "--split", "dev", "--out", str(written),
                "--stats", str(timed))  # fmt: skip
        except RuntimeError as reason:
            print(f"{system} is left out: {reason}\n")
            continue
        gold = bench.parent / "data" / "polnear" / "dev"
        run(bench / "attribution", "score.py", "--gold", str(gold), "--pred", str(written), "--json", str(scored),
            "--bootstrap", str(DRAWS))  # fmt: skip
        speed = json.loads(timed.read_text(encoding="utf-8"))["words/cpu s"]
        name = OURS.get(system, system)
        found = json.loads(scored.read_text(encoding="utf-8"))
        rows.append({"system": name, **figures(found), "words a CPU s": f"{speed:,.0f}"})
    return rows


def wikinews(bench: Path, out: Path, system: str) -> dict[str, str]:
    """An engine of the toolkit on the Wikinews articles of the dev part."""
    found = getattr(importlib.import_module("adapters"), system.partition(":")[2])()
    texts = map(json.loads, run(bench / "ood", "score.py", "--export", "dev").splitlines())
    lines = [json.dumps({"doc": text["doc"], "attributions": found(text["text"])}) for text in texts]
    written, scored = out / "wikinews.jsonl", out / "wikinews.json"
    written.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(bench / "ood", "score.py", "--pred", str(written), "--split", "dev", "--json", str(scored), "--bootstrap",
        str(DRAWS))  # fmt: skip
    return {"system": OURS[system], **figures(json.loads(scored.read_text(encoding="utf-8")))}


def main() -> None:
    """Runs the systems and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="the folder of the scoring harness")
    parser.add_argument("--peer", action="append", default=[], help="a system the harness wraps; may be given again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        report(given.bench.resolve(), Path(out), given.peer)


def report(bench: Path, out: Path, peers: list[str]) -> None:
    """Prints the tables; predictions go to ``out``."""
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    print(f"PolNeAR, dev\n\n{table(polnear(bench, out, [*OURS, 'naive', *peers]))}\n")
    print(f"Wikinews, dev\n\n{table([wikinews(bench, out, system) for system in OURS])}\n")
    for adapter in ("sources", "fast_sources"):
        scored = run(bench / "sourcing", "score_sources.py", "--adapter", f"adapters:{adapter}", "--gold",
                     "gold_dev.jsonl", "--anon", "gold_anon_dev.jsonl", "--polnear",
                     str(bench.parent / "data" / "polnear"))  # fmt: skip
        print(f"Sources, dev, by {adapter}\n\n{scored}")


if __name__ == "__main__":
    main()
