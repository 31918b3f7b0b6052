"""What the README and the first notebook show of a sample article: nobody is given the words of somebody else."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from toolkit import Analysis, analyze, read

ROOT = Path(__file__).parent.parent


def shown_in_the_readme() -> str:
    """The article of the README's pictures."""
    (name,) = re.findall(r'^SAMPLE = "([\w-]+)"', (ROOT / "docs" / "make.py").read_text(encoding="utf-8"), re.MULTILINE)
    return str(name)


def shown_in_the_first_notebook() -> str:
    """The article of the first notebook."""
    notebook = json.loads((ROOT / "notebooks" / "01-one-article.ipynb").read_text(encoding="utf-8"))
    (name,) = re.findall(r"data/articles/([\w-]+)\.txt", "".join(notebook["cells"][1]["source"]))
    return str(name)


@cache
def analysed(name: str) -> Analysis:
    return analyze(read(ROOT / "data" / "articles" / f"{name}.txt")[0])


def whose(name: str) -> dict[str, set[str]]:
    """For each source that is found, and for no source, those to whom the hand gave what is given to it."""
    gold = json.loads((ROOT / "data" / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    found, said = analysed(name), {}
    for one in gold["attributions"]:
        if one["nested_in"] is None:
            said |= {at: one["canonical"] for start, end in one["content"] for at in range(start, end)}
    given = defaultdict[str, set[str]](set)
    for i in found.counted:
        source = found.source_of(i)
        letters = [at for span in found.attributions[i].content for at in range(*span) if found.text[at].isalnum()]
        ((most, _),) = Counter(said.get(at, "nobody") for at in letters).most_common(1)
        given[source.name if source else "no source"].add(most)
    return given


@pytest.mark.parametrize("name", [shown_in_the_readme(), shown_in_the_first_notebook()])
def test_nobody_is_given_the_words_of_somebody_else(name: str) -> None:
    given = whose(name)
    assert len(given) > 5
    assert "nobody" not in given.pop("no source", set())
    assert {who: names for who, names in given.items() if len(names) > 1 or "nobody" in names} == {}


@pytest.mark.parametrize("name", [shown_in_the_readme(), shown_in_the_first_notebook()])
def test_nobody_stands_there_twice(name: str) -> None:
    given = whose(name)
    given.pop("no source", None)
    assert len({next(iter(names)) for names in given.values()}) == len(given)
