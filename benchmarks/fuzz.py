"""Small random texts of marks, blanks, line breaks, words and figures: no failure, and what holds of any text holds.

    python benchmarks/fuzz.py [--count 10000] [--seed marks]

Prints each text that breaks something, with what it breaks, and how many there were. What must hold stands in
tests/invariants.py.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from invariants import broken, broken_row  # noqa: E402

from toolkit import Article, analyze, measure  # noqa: E402

PIECES = (
    *"“”„‟\"″＂‘’'`´«»‹›「」",
    *("''", "``", "<<", "’’", "â€œ", "&quot;", "&#8217;", "&amp;", "\ufffd"),
    *(" ", " ", " ", "  ", "\u00a0", "\u202f", "\t", "\n", "\n\n", "\r\n", "\u2028", "-\n", "\u00ad", "\u200b"),
    *("—", "–", "-", "— ", "» ", "• ", "| ", ":", ": ", ",", ", ", ".", ". ", "!", "? ", "…", "(", ")", "[", "]"),
    *("7", "6'2", "1,204", "10:42 a.m.", "$5", "50%", "’90s"),
    *("Ann Lee", "Lee", "the mayor", "She", "he", "officials", "Norvane", "the Elm Post", "MR.", "U.S."),
    *("said", "told the council that", "claimed", "asked", "denied", "according to", "allegedly", ", said Ann Lee. "),
    *("the bridge was safe", "we are done", "it rained", "won't", "workers’", "by", "and", "Der Rat tagt", "🎉", "é"),
)


def texts(count: int, seed: str) -> list[str]:
    """So many texts, the same for the same seed."""
    chance = random.Random(seed)
    return [
        "".join(piece + " " * (piece[-1:].isalnum() and chance.random() < 0.8)
                for piece in chance.choices(PIECES, k=chance.randrange(40)))
        for _ in range(count)
    ]  # fmt: skip


def faults(text: str) -> list[str]:
    """What a text breaks; a failure too."""
    try:
        found = analyze(Article(text))
        return broken(found) + broken_row(measure(found))
    except Exception as error:  # what fails is what is looked for
        return [f"{type(error).__name__}: {error}"]


def main() -> None:
    """Prints the texts that break something."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=10_000)
    ask.add_argument("--seed", default="marks")
    asked = ask.parse_args()
    bad = 0
    for text in texts(asked.count, asked.seed):
        if found := faults(text):
            bad += 1
            print(f"{text!r}: {'; '.join(found)}")
    print(f"{bad} of {asked.count} texts break something")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
