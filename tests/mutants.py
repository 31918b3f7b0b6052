"""Whether the tests would notice: each change below is made in a copy of the project, and its tests must fail.

``python tests/mutants.py`` tries all, ``python tests/mutants.py years cut`` those whose names hold such a word. It
prints killed or survived with the first test that noticed, and ends with status 1 where one survived. About five
seconds each.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARTICLES = "tests/test_gold_articles.py"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file, and the tests that should notice: ``old`` stands there once."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = (ARTICLES,)

    def apply(self, root: Path) -> None:
        """Makes the change below a copy of the project; `ValueError` where it has no place any more."""
        path = root / self.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if text.count(self.old) != 1:
            times = f"{self.old!r} stands {text.count(self.old)} times in {self.file}"
            raise ValueError(f"{self.name}: {times}; mend or drop the mutant.")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


MUTANTS = [
    Mutant("who is near ÷ 10", "toolkit/people/candidates.py", "REACH, AHEAD = 2400, 700", "REACH, AHEAD = 240, 70"),
    Mutant("the score of no label as trained", "toolkit/attribution/tagger.py", "LEAN = 0.45", "LEAN = 0.0"),
    Mutant("linking cut .6", "toolkit/attribution/pieces.py", "CUT = 0.35", "CUT = 0.6",
           ("tests/attribution/test_linker.py",)),
    Mutant("who is meant without weights", "toolkit/people/choices.py", "[sum(map(self.meant.get, seen,",
           "[0.0 * sum(map(self.meant.get, seen,"),
    Mutant("kinds without what the network holds", "toolkit/people/choices.py", "+ away @ self.dense", ""),
    Mutant("kinds without weights of the head noun", "toolkit/people/choices.py",
           "for one in features if one in self.rows]",
           'for one in features if one in self.rows and not one.startswith(("head ", "is ", "stands for "))]'),
    Mutant("window of who is meant ÷ 10", "toolkit/people/candidates.py", "AHEAD = 2400, 700", "AHEAD = 240, 70"),
    Mutant("reply reach 12", "toolkit/metrics/right_of_reply.py", "REACH = 6", "REACH = 12",
           (ARTICLES, "tests/metrics/test_right_of_reply.py")),
    Mutant("affiliations without legislators", "toolkit/people/affiliations.py",
           "head not in _LAWYERS | _LEGISLATORS", "head not in _LAWYERS"),
    Mutant("roles without weights of a title", "toolkit/people/choices.py", "if one in self.rows]\n        known",
           'if one in self.rows and not one.startswith(("title ", "role ", "called "))]\n        known'),
    Mutant("differences without their noise rule", "toolkit/comparison/groups_and_pairs.py",
           "noise = 1e-12 *", "noise = 0.0 *",
           ("tests/comparison/test_differences.py",)),
    Mutant("years as other numbers", "toolkit/language/syllables.py",
           "(1100 <= value < 2000 or 2010 <= value < 2100)", "False", ("tests/language/test_readability.py",)),
    Mutant("years of this century as other numbers", "toolkit/language/syllables.py",
           " or 2010 <= value < 2100)", ")", ("tests/language/test_readability.py",)),
]  # fmt: skip


def copy(to: Path) -> None:
    """The parts of the project that the tests need."""
    for name in ("toolkit", "tests", "data"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)


def noticed(mutant: Mutant) -> str:
    """The first test that fails with the change made; "" where all pass."""
    with tempfile.TemporaryDirectory() as folder:
        copy(Path(folder))
        mutant.apply(Path(folder))
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutant.tests]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    failed = re.search(r"^(?:FAILED|ERROR) (\S.*?)(?: - |$)", done.stdout, re.MULTILINE)
    if done.returncode not in {0, 1} or bool(done.returncode) != bool(failed):
        raise RuntimeError(f"{mutant.name}: the tests did not run: {done.stdout[-800:]}{done.stderr[-800:]}")
    return failed[1] if failed else ""


def main(words: list[str]) -> int:
    """Tries the mutants whose name holds one of the words, or all."""
    survived = 0
    for mutant in MUTANTS:
        if not words or any(word in mutant.name for word in words):
            test = noticed(mutant)
            survived += not test
            print(f"killed    {mutant.name}: {test}" if test else f"SURVIVED  {mutant.name}", flush=True)
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
