"""The README says what the program does. To write its data dictionary anew: python tests/test_readme.py"""

from __future__ import annotations

import math
import re
from pathlib import Path

from toolkit import METRICS

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- made by tests/test_readme.py from toolkit.METRICS -->\n).*?(<!-- end -->)", re.DOTALL)


def bound(value: float) -> str:
    return "∞" if value == math.inf else "−∞" if value == -math.inf else f"{value:g}".replace("-", "−")


def dictionary() -> str:
    lines = ["| name | what it is | unit, range | more means | reference |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| `{m.name}` | {m.label}: {m.definition} | {m.unit}, {bound(m.low)} to {bound(m.high)} | {m.direction} "
        f"| {m.reference} |"
        for m in METRICS.values()
    ]
    return "\n".join(lines) + "\n"


def test_the_data_dictionary_is_the_registry() -> None:
    text = README.read_text(encoding="utf-8")
    assert BLOCK.sub(lambda match: match[1] + dictionary() + match[2], text) == text, "run python tests/test_readme.py"


def test_every_command_is_one_of_the_command_line() -> None:
    from toolkit.__main__ import _parser

    verbs = set(re.findall(r"python -m toolkit (\w+)", README.read_text(encoding="utf-8")))
    assert verbs == {"read", "measure", "explain", "compare", "chart", "report"}
    assert all(verb in _parser().format_help() for verb in verbs)


def test_the_quick_start_prints_what_it_says(root: Path) -> None:
    import toolkit

    (line,) = re.findall(
        r"\{'words': (\d+), 'quoted_share': ([\d.]+), 'sources': (\d+)", README.read_text(encoding="utf-8")
    )
    row = toolkit.measure(toolkit.read(root / "data/articles/bridge-comet.txt")[0])
    assert (f"{row['words']}", f"{row['quoted_share']:.2f}", f"{row['sources']}") == line


if __name__ == "__main__":
    README.write_text(
        BLOCK.sub(lambda match: match[1] + dictionary() + match[2], README.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
