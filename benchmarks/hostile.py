"""CPU seconds that ``measure`` takes for texts that no newspaper prints, at a size, twice and four times that size.

    PYTHONPATH=. python benchmarks/hostile.py [NAME ...] [--size 250000] [--limit 60]

Every text is one thing over and over. What grows with the text costs twice as much per doubling, what grows with its
square four times; ``goal`` says whether each doubling stays within 2.5. ``prose``, the sample articles in a row, is
what the others are to be seen beside. ``--limit``: seconds of the clock for a text with all its sizes; what had not
ended by then shows as a dash. ``--profile`` shows instead where the time of the named text goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve()
GOAL = 2.5
FIRST = "Ada Bela Cora Dora Edda Fria Gala Hedda Ines Juna Kaja Lena Mona Nora Olga Petra".split()
PARTS = "bra cle dom fen gri hul jas kor lim mop nal peg qua ros sul tra uri vob wem xan yor zil ash eld".split()
LAST = "Pike Voss Brandt Orvald Moss Frey Tolliver Quill Hask Ulder Rook Stane Wick Yarrow".split()


def _prose() -> str:
    from toolkit import read

    return "\n\n".join(article.text for article in read(str(HERE.parent.parent / "data"))) + "\n\n"


def _people(pattern: str) -> Callable[[], str]:
    """Sentences in which {0} and {1} are two of some hundred people, and {new} is a name that comes but once."""

    def drawn() -> str:
        chance, out = random.Random(pattern), []
        for number in range(20_000):
            names = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in "12"]
            new = "".join(PARTS[number // len(PARTS) ** place % len(PARTS)] for place in (2, 1, 0)).capitalize()
            out.append(pattern.format(*names, new=new))
        return "".join(out)

    return drawn


# Name -> what is repeated, or a function that gives it. Without line breaks a text is one paragraph.
TEXTS: dict[str, str | Callable[[], str]] = {
    "prose": _prose,
    "prose in one paragraph": lambda: " ".join(_prose().split()) + " ",
    "words without end": "the town and the river by the mill ",
    "one word": "a",
    "blanks": " ",
    "line breaks": "\n",
    "tabs": "\t",
    "blanks between letters": "a" + " " * 50,
    "short lines": "the river\n",
    "wrapped lines": "the river rose on Monday while the council sat and talked of\n",
    "capital words": "Harbour Safety ",
    "capital words, all different": lambda: " ".join(f"{a}{b} {c}" for a in FIRST for b in "bcdf" for c in LAST) + " ",
    "capitals": "HARBOUR SAFETY BOARD ",
    "capital letters": "A",
    "initials": "A. B. C. ",
    "names": _people("{0}, {1}, "),
    "names all different": _people("{new} Pike, Ada {new}, "),
    "people all different": _people("Ada {new} said the river rose. "),
    "one family": _people("{new} Pike spoke. Pike said it rose. "),
    "bodies all different": _people("The {new} Board met. {new} said it rose. "),
    "descriptions all different": _people("A {new} driver said it rose. "),
    "agencies": _people("{0} spoke. The agency said it rose. "),
    "ministers": _people("Minister Ada {new} spoke. The minister said it rose. "),
    "ministries": _people("The Harbour Ministry accused {0} of fraud. The ministry said so. "),
    "first names": _people("Ada {new} spoke. Ada said it rose. "),
    "pronouns for nobody": _people("The {new} Board met. She said it rose. "),
    "experts": _people("Experts said it rose. Ada {new} told them. "),
    "nobody knows": _people("Officials, who said it rose, met {0}, who said no. "),
    "anonymity": "an official said it rose, speaking on condition of anonymity, and ",
    "headlines": "Ada Pike Wins Harbour Vote Again\n\n",
    "accused drivers": "accused the driver he told him ",
    "titles": "President Minister Secretary ",
    "bodies": "Commission on Harbour Department of ",
    "bodies that never come": "Harbour of the Harbour for ",
    "possessives": "Pike’s Voss’s ",
    "opening marks": "“",
    "opening marks and words": "“a ",
    "closing marks": "”",
    "straight marks": '"',
    "straight marks and words": '"a ',
    "paragraphs that open a mark": "“The river rose.\n\n",
    "single marks": "‘a ",
    "apostrophes": "'",
    "apostrophes and words": "the workers' ",
    "quotations": "“The river rose at last,” she said. ",
    "quoted documents": "The report said: “It rose.” ",
    "marks in marks": "“‘",
    "opening brackets": "(",
    "opening brackets and words": "(a ",
    "square brackets": "[1]",
    "said": "said ",
    "he said": "he said ",
    "he said that": "He said that ",
    "said sentences": "He said so. ",
    "speakers": _people("“The river rose,” said {0}. "),
    "speakers in paragraphs": _people("“The river rose,” {0} said.\n\n"),
    "spokesmen": _people("A spokesman for {0} said the river rose. "),
    "pronouns": "he she they it him her ",
    "pronouns and speakers": _people("{0} spoke. “It rose,” he said. She said it fell. "),
    "accusations": _people("{0} accused {1} of fraud. "),
    "accusations in one sentence": _people("{0} accused {1} of fraud and "),
    "accusations and replies": _people("{0} accused {1} of fraud. {1} denied it, saying it was false. "),
    "accused of": "accused of ",
    "allegedly": "Pike allegedly lied ",
    "declined to comment": "declined to comment ",
    "hedges": "perhaps it may seem likely ",
    "numbers": "1 22 333 ",
    "digits": "1",
    "digits with commas": "1,000,",
    "digits with points": "1.2.",
    "money": "$1.5 million 40% £3m ",
    "colons": "A: b ",
    "colons in lines": "Ada Pike: the river rose.\n",
    "full stops": ".",
    "full stops and blanks": ". ",
    "question marks": "?!",
    "hyphens": "a-",
    "dashes": "—",
    "hyphens alone": "-",
    "commas": "a, ",
    "addresses": "https://example.com/a/b?c=d&e=f ",
    "one address": "https://example.com/a/b?c=d&e=f/",
    "handles": "@ada_pike #river ",
    "mail": "ada.pike@example.com ",
    "entities": "&amp;&quot;&#8217;",
    "tags": "<p><b>a</b>",
    "zero width": "a\u200b\u200d\ufeff",
    "emoji": "😀👍🏽",
    "combining marks": "e\u0301\u0302",
    "combining marks alone": "\u0301",
    "soft hyphens": "a\u00ad",
    "table rows": "| Ada Pike | 12 | 4.5% |\n",
    "list": "• the river\n",
    "credits": "Photo: Ada Pike\n",
    "share buttons": "Share this article\n",
    "datelines": "ELM — ",
    "abbreviations": "Mr. Dr. U.S. Inc. ",
    "syllables": "unconstitutionality ",
    "one long word": "unconstitutional",
    "chinese": "他说河水上涨了。",
    "surrogates": "\ud800",
    "null": "\x00",
}


def text(name: str, size: int) -> str:
    """A hostile text of so many characters."""
    made = TEXTS[name]
    unit = made if isinstance(made, str) else made()
    return (unit * (size // len(unit) + 1))[:size]


def measured(name: str, sizes: list[int]) -> None:
    """Prints the CPU seconds of each size, as soon as they are known."""
    from toolkit import measure

    measure("“It rose,” said Ada Pike. Voss accused her of fraud. 12% said no.")  # loads what is loaded once
    for size in sizes:
        whole = text(name, size)
        before = time.process_time()
        measure(whole)
        print(time.process_time() - before, flush=True)


def row(name: str, sizes: list[int], limit: float) -> list[float]:
    """The CPU seconds of the sizes that ended within the limit, in a process of their own."""
    command = [sys.executable, str(HERE), name, "--one", "--size", str(sizes[0])]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired as late:
        return [float(line) for line in (late.stdout or b"").split()]
    return [float(line) for line in done.stdout.split()]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", default=list(TEXTS), help="of a text; all without")
    parser.add_argument("--size", type=int, default=250_000, help="characters of the smallest")
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    sizes = [args.size, 2 * args.size, 4 * args.size]
    if args.one:
        return measured(args.names[0], sizes)
    if args.profile:
        from toolkit import measure

        whole, profile = text(args.names[0], args.size), cProfile.Profile()
        measure("It rose, she said.")
        profile.runcall(measure, whole)
        return pstats.Stats(profile).sort_stats("tottime").print_stats(15)
    print(f"| text | {' | '.join(f'{size // 1000} kB' for size in sizes)} | per doubling | goal |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for name in args.names:
        seconds = row(name, sizes, args.limit)
        cells = [f"{one:.2f}" for one in seconds] + ["–"] * (3 - len(seconds))
        ratios = [b / a for a, b in pairwise(seconds)]
        kept = len(seconds) == 3 and max(ratios) <= GOAL
        growth = ", ".join(f"{ratio:.1f}" for ratio in ratios)
        print(f"| {name} | {' | '.join(cells)} | {growth} | {'kept' if kept else 'MISSED'} |", flush=True)
    return None


if __name__ == "__main__":
    main()
