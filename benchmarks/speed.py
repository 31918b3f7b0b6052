"""Words that ``measure`` gets through in a second, with one and with two threads for NumPy, beside another checkout.

    PYTHONPATH=. python benchmarks/speed.py [PATH ...] [--before DIR] [--runs 5] [--seconds 2]

``PATH``: articles to measure (default: data). ``--before`` names a checkout of another state (``git worktree add``),
which is measured in turn with this one, so that what else the machine does falls on both. Of the runs the quickest
counts; a run measures the articles over and over for at least ``--seconds``, after one round to load everything.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
RUN = """
import sys, time
from toolkit import measure, read
articles = read(sys.argv[2:])
words = sum(measure(article)["words"] for article in articles)
rounds, wall, cpu = 0, time.perf_counter(), time.process_time()
while not rounds or time.perf_counter() - wall < float(sys.argv[1]):
    for article in articles:
        measure(article)
    rounds += 1
print(rounds * words / (time.process_time() - cpu), rounds * words / (time.perf_counter() - wall))
"""
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def run(checkout: Path, threads: int, seconds: float, paths: list[str]) -> tuple[float, float]:
    """Words per CPU second and per second of the clock, in a process of its own."""
    environment = {**os.environ, **dict.fromkeys(THREADS, str(threads)), "PYTHONPATH": str(checkout)}
    command = [sys.executable, "-P", "-c", RUN, str(seconds), *paths]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    cpu, wall = map(float, done.stdout.split())
    return cpu, wall


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(HERE / "data")])
    parser.add_argument("--before", type=Path, help="a checkout of another state")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    args = parser.parse_args()
    states = {**({"before": args.before.resolve()} if args.before else {}), "now": HERE}
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for _ in range(args.runs):
        for threads in (1, 2):
            for state, checkout in states.items():
                found.setdefault((state, threads), []).append(run(checkout, threads, args.seconds, args.paths))
    print("| state | threads | words per CPU second | words per second |\n| --- | ---: | ---: | ---: |")
    for (state, threads), runs in found.items():
        cpu, wall = (max(values) for values in zip(*runs, strict=True))
        print(f"| {state} | {threads} | {cpu:,.0f} | {wall:,.0f} |")


if __name__ == "__main__":
    main()
