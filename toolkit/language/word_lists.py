"""The word lists: data with origin, described in this folder's README."""

from __future__ import annotations

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
