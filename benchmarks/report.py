"""How long a report takes and how large it is, by the number of articles, and what of it takes the room.

    PYTHONPATH=. python benchmarks/report.py FILE [--articles 12 200 1000] [--seed 1] [--profile]

``FILE``: articles as `toolkit.read` takes them, such as a table; of those with 200 words or more so many are drawn, the
outlets in turn. Each report is made in a process of its own, without PDF and DOCX, and looked at: seconds (of the
clock and of the processor), files, bytes of all, of the page, of the largest page of one article, and the memory that
it took at most. ``--profile`` prints what the page of the first number consists of.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from itertools import chain, zip_longest
from pathlib import Path

from toolkit import Article, read

WORDS = 200  # fewer are no article
RUN = """
import resource, sys, time
from benchmarks.report import drawn
from toolkit import report
articles = drawn(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
wall, cpu = time.perf_counter(), time.process_time()
report(articles, sys.argv[4], formats=(), progress=False)
print(time.perf_counter() - wall, time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
PARTS = {
    "marked-up text": r'<div class="mat-text".*?</div>',
    "lists below": r"<details.*?</details>",
    "charts": r"<svg.*?</svg>",
    "tables": r"<table.*?</table>",
    "styles": r"<style.*?</style>",
}


def drawn(path: str, count: int, seed: int) -> list[Article]:
    """So many articles of a file, the outlets in turn."""
    by_outlet = defaultdict[str, list[Article]](list)
    for article in read(path):
        if article.text.count(" ") >= WORDS:
            by_outlet[article.outlet].append(article)
    chance = random.Random(seed)
    for own in by_outlet.values():
        chance.shuffle(own)
    turns = chain.from_iterable(zip_longest(*(by_outlet[name] for name in sorted(by_outlet))))
    return [article for article in turns if article is not None][:count]


def run(path: str, count: int, seed: int, folder: Path) -> list[str]:
    """One row of the table."""
    command = [sys.executable, "-c", RUN, path, str(count), str(seed), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall, cpu, memory = map(float, done.stdout.split())
    sizes = {each.relative_to(folder): each.stat().st_size for each in folder.rglob("*") if each.is_file()}
    pages = [size for name, size in sizes.items() if name.parts[0] == "articles"]
    rows = [sum(sizes.values()), sizes[Path("report.html")], max(pages, default=0)]
    return [
        f"{count:,}",
        f"{wall:.0f}",
        f"{cpu:.0f}",
        f"{len(sizes):,}",
        *(f"{size / 1e6:.1f}" for size in rows),
        f"{memory / 1024:.0f}",
    ]


def profile(page: str) -> list[tuple[str, int]]:
    """What the page consists of, in characters: its parts, and of its tags and attributes those that take the most."""
    size = {name: sum(map(len, re.findall(pattern, page, re.DOTALL))) for name, pattern in PARTS.items()}
    marks = Counter[str]()
    for tag in re.findall(r"<[^>]*>", page):
        marks[re.split(r"[\s>]", tag)[0] + ">"] += len(tag)
        for name, value in re.findall(r' ([\w-]+)="([^"]*)"', tag):
            marks[f"{name}="] += len(f' {name}="{value}"')
    return [*size.items(), *marks.most_common(16)]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--articles", type=int, nargs="+", default=[12, 200, 1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    print("| articles | s | CPU s | files | MB | page, MB | largest article, MB | memory, MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    page = ""
    for count in args.articles:
        with tempfile.TemporaryDirectory() as folder:
            print(f"| {' | '.join(run(args.file, count, args.seed, Path(folder)))} |", flush=True)
            page = page or Path(folder, "report.html").read_text(encoding="utf-8")
    if args.profile:
        print("\n| part of the page | characters |\n| --- | ---: |")
        print("\n".join(f"| {name.replace('<', '&lt;')} | {size:,} |" for name, size in profile(page)))


if __name__ == "__main__":
    main()
