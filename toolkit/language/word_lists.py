"""The word lists: data with origin, described in this folder's README."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a word list, one a line, split at tabs; comment lines left out."""
    lines = files(__package__).joinpath("lists", name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The first column of a word list, as a set."""
    return frozenset(row[0] for row in rows(name))


def word_class(name: str) -> frozenset[str]:
    """The words of a closed class, as lists/closed_classes.tsv has it; its README says what each class is.

    >>> "you" in word_class("pronoun"), "mayor" in word_class("pronoun")
    (True, False)
    """
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for word, classes in rows("closed_classes.tsv"):
        for name in classes.split():
            found[name].add(word)
    return {name: frozenset(words) for name, words in found.items()}
