"""A table of estimates, the sentence that each row comes to, and the warning when it rests on little."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from ..numbers_in_words import notation
from . import unknown

SMALL = 10  # below it the interval of skewed values covers under 93 %; five stories or fewer cannot give p < .05
_TOLD = 12  # rows of a table that are told in sentences


class SmallSampleWarning(UserWarning):
    """So few values, or values so alike, that an interval is rough or absent."""


class Estimates(pd.DataFrame):
    """A table of estimates; a notebook shows it with a sentence for each row, and the numbers beneath."""

    @property
    def _constructor(self) -> type[Estimates]:
        return Estimates

    def _repr_html_(self) -> str | None:
        plain: Any = super()  # the stubs of pandas do not know its _repr_html_
        table: str | None = plain._repr_html_()
        needed = {"metric", "n", "n_missing", "low", "high", "method"}
        value = {"mean", "difference"} & set(self.columns)
        if table is None or not needed <= set(self.columns) or not value or not 0 < len(self) <= _TOLD:
            return table
        said = (f"<li>{escape(sentence(row))}</li>" for _, row in self.iterrows())
        return f"<ul>{''.join(said)}</ul><details><summary>The numbers</summary>{table}</details>"


def sentence(row: Mapping[str, Any] | pd.Series) -> str:
    """One plain sentence for a row of ``compare`` or ``differences``, with n and interval.

    A row of ``correction.corrected`` gets a second one: what is left when the toolkit's own error is taken out.
    A share is in per cent, its difference in percentage points.

    >>> row = {"outlet": "Herald", "metric": "sources", "n": 12, "n_missing": 0, "mean": 4.0, "low": 2.6, "high": 5.9}
    >>> sentence(row | {"method": "95% bootstrap"})
    'In 12 articles of Herald, the mean of sources is 4.0 (95% interval 2.6 to 5.9).'
    """
    paired = "difference" in row
    n, missing = int(row["n"]), int(row["n_missing"])
    value = float(row["difference" if paired else "mean"])
    look = notation(str(row["metric"]), [value, row["low"], row["high"]])
    label = look.in_text

    def written(number: float) -> str:
        return look.number(number, bare=paired)

    notes = ["no interval"]
    if not math.isnan(row["low"]):
        notes = [f"{str(row['method']).split()[0]} interval {written(row['low'])} to {written(row['high'])}"]
    if paired and n:
        notes += [f"p {p_value(row['p'])}, adjusted {p_value(row['p_adjusted'])}"]
    if missing:
        notes += [f"{missing} without a value left out"]
    inside = f"({'; '.join(notes)})"
    points = look.points if paired else ""
    second = _second_sentence(row, written, points) if n and row.get("n_coded") else ""
    if paired:
        if not n:
            return f"{row['a']} and {row['b']} share no story with a value of {label} from both."
        level = f"{written(abs(value))}{points} {'above' if value > 0 else 'below'}" if value else "level with"
        over = "one story" if n == 1 else f"{n} stories"
        return f"On {over} that both covered, {row['a']} is {level} {row['b']} in {label} {inside}.{second}"
    by = str(next(iter(row.keys())))
    of = unknown.beside(str(row[by]), "of") or f" {unknown.without(by)}"
    if not n:
        return f"No article{of} has a value of {label}."
    over = "one article" if n == 1 else f"{n} articles"
    return f"In {over}{of}, the mean of {label} is {written(value)} {inside}.{second}"


def _second_sentence(row: Mapping[str, Any] | pd.Series, written: Callable[[float], str], points: str) -> str:
    """What the toolkit's own error makes of the estimate."""
    n, own = int(row["n_coded"]), row.get("codes") == "own"
    if math.isnan(row["corrected"]):
        if own:
            return f" Your own codes of {n} of them are too few for a correction."
        return f" On {n} articles coded by hand the toolkit's values follow the hand's too loosely for a correction."
    limits = ""
    if not math.isnan(row["corrected_low"]):
        level = str(row["method"]).split()[0]
        limits = f" ({level} interval {written(row['corrected_low'])} to {written(row['corrected_high'])})"
    what = "the difference" if "difference" in row else "it"
    said = f"{what} is {written(row['corrected'])}{points}"
    if own:
        return f" By your own codes of {n} of them, {said}{limits}."
    text = f" If the toolkit errs here as on {n} articles coded by hand, and alike in all outlets, {said}"
    text += f" without its error{limits}"
    could = "could_be_error" in row and row["could_be_error"]
    return f"{text}; chance and its errors alone could make as much." if could else f"{text}."


def p_value(value: float) -> str:
    """A p as sentences write it, after the letter."""
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"


def warn(rows: Sequence[tuple[str, str, Mapping[str, Any]]], unit: str) -> None:
    """One warning a metric for few values, one for equal values."""
    for metric in dict.fromkeys(each for each, _, _ in rows):
        mine = [(name, row) for each, name, row in rows if each == metric]
        few = [f"{name} ({row['n']})" for name, row in mine if row["n"] < SMALL]
        if few:
            text = f"{metric}: fewer than {SMALL} {unit} with a value for {', '.join(few)}, so the interval is rough"
            warnings.warn(text + " or absent.", SmallSampleWarning, stacklevel=4)
        alike = [name for name, row in mine if row["n"] >= SMALL and math.isnan(row["low"])]
        if alike:
            text = f"{metric}: all values are equal for {', '.join(alike)}, so resampling can show no interval."
            warnings.warn(text, SmallSampleWarning, stacklevel=4)
