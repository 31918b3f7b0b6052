"""Articles that tell no outlet (or none of what else groups them): one rule for tables, charts and sentences.

They are one group, called `UNKNOWN`, which is shown beside the others. No finding names it where another group has a
name, and it is compared with none.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..article import UNKNOWN

__all__ = ("UNKNOWN", "beside", "called", "known", "stripped", "without")


def stripped(column: pd.Series) -> pd.Series:
    """Names as stripped text, blank as missing."""
    text = column.astype("string").str.strip()
    return text.mask((text == "") | (text == UNKNOWN)).astype(object)


def called(column: pd.Series) -> pd.Series:
    """Names as tables and charts show them: stripped, `UNKNOWN` for blank."""
    return stripped(column).fillna(UNKNOWN)


def known(groups: Iterable[str]) -> list[str]:
    """The groups that a finding may name: those with a name, or all where none has one.

    >>> known(["Herald", UNKNOWN]), known([UNKNOWN])
    (['Herald'], ['(unknown)'])
    """
    every = list(groups)
    return [group for group in every if group != UNKNOWN] or every


def beside(group: str, before: str) -> str:
    """A group in a sentence, with the word before it: ``" at Herald"``; nothing for the unknown one.

    >>> beside("Herald", "of"), beside(UNKNOWN, "of")
    (' of Herald', '')
    """
    return "" if group == UNKNOWN else f" {before} {group}"


def without(by: str) -> str:
    """What the articles of the unknown group lack: ``"without an outlet"``."""
    return f"without {'an outlet' if by == 'outlet' else by.replace('_', ' ')}"
