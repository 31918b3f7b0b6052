"""Small invented tables for the tests of charts, and what is read off an Axes."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from toolkit import charts, comparison

NAN = math.nan
DOLLAR = "The $5 Daily & $10 Weekly"


def measured(outlets: int, articles: int, metric: str = "quoted_share") -> pd.DataFrame:
    chance = random.Random(f"{outlets} outlets with {articles} articles each")
    names = [DOLLAR, *(f"Outlet number {k} of the Northern Valley Publishing Company" for k in range(1, outlets))]
    rows = [
        (name, f"s{k}", f"2031-03-{1 + k % 28:02}", k % 4, round(chance.betavariate(2 + place % 4, 6), 4))
        for place, name in enumerate(names)
        for k in range(articles)
    ]
    return pd.DataFrame(rows, columns=["outlet", "story_id", "date", "transparency_class", metric])


def estimates(*rows: tuple[str, int, float, float, float], metric: str = "quoted_share") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["outlet", "n", "mean", "low", "high"])
    return table.assign(metric=metric, n_missing=0, method="95% bootstrap-t over articles", seed=1)


def pairs(*rows: tuple[str, str, int, float, float, float], metric: str = "quoted_share") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["a", "b", "n", "difference", "low", "high"])
    return table.assign(metric=metric, n_missing=0, method="95% bootstrap-t over stories", seed=1)


def voiced(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    """Rows of outlet, voice ("", "own_voice", "quotations", "lead"), mean, low, high."""
    metrics = [f"flesch_kincaid{f'_{voice}' if voice else ''}_grade" for _, voice, *_ in rows]
    return estimates(*((outlet, 9, *numbers) for outlet, _, *numbers in rows)).assign(metric=metrics)


def trended(means: list[float], first: str = "2024-03-01") -> pd.DataFrame:
    periods = [*pd.date_range(first, periods=len(means), freq="MS"), pd.NaT]
    table = pd.DataFrame({"period": periods, "metric": "quoted_share", "mean": [*means, 0.5], "n": 12, "n_missing": 0})
    table["low"], table["high"] = table["mean"] - 0.05, table["mean"] + 0.05
    return table.assign(method="95% bootstrap-t over articles", seed=1)


MIX = pd.DataFrame(
    [
        ("Herald", "named_person", 6),
        ("Herald", "organisation", 2),
        (DOLLAR, "unnamed_person", 3),
        (DOLLAR, "named_person", 1),
        (DOLLAR, "weather_balloon", 1),
    ],
    columns=["outlet", "kind", "n"],
)
CUES = pd.DataFrame(
    [
        ("named_person", "neutral", 30),
        ("named_person", "doubting", 10),
        ("organisation", "neutral", 19),
        ("organisation", "doubting", 1),
        ("none", "denial", 2),
    ],
    columns=["kind", "stance", "n"],
)
PLACES = pd.DataFrame(
    [
        ("Herald", "a", 0.5, 10),
        ("Herald", "b", 0.9, 30),
        (DOLLAR, "c", 0.0, 20),
        (DOLLAR, "c", 1.0, 5),
        (DOLLAR, "d", 0.1, 0),
    ],
    columns=["outlet", "id", "position", "words"],
)
STRIP = pd.DataFrame(
    [
        ("Herald", "a", 0.0, 0.25, "own voice", ""),
        ("Herald", "a", 0.25, 1.0, "organisation", "the council"),
        ("Herald", "b", 0.0, 0.75, "own voice", ""),
        ("Herald", "b", 0.75, 1.0, "none", ""),
        (DOLLAR, "c", 0.0, 0.5, "named_person", "Mara Voss"),
        (DOLLAR, "c", 0.5, 0.9, "own voice", ""),
        (DOLLAR, "c", 0.9, 1.0, "unnamed_person", "a neighbour of the family who asked not to be named"),
    ],
    columns=["outlet", "id", "start", "stop", "kind", "name"],
)
SPOKEN = pd.DataFrame(
    [
        ("a", f"{DOLLAR} rises", 0.0, 0.3, 60, "own voice", "", ""),
        (
            "a",
            f"{DOLLAR} rises",
            0.3,
            0.5,
            40,
            "named_person",
            "Mara Voss",
            "who has run the ferry since 2019",
        ),
        ("a", f"{DOLLAR} rises", 0.5, 0.6, 20, "own voice", "", ""),
        ("a", f"{DOLLAR} rises", 0.6, 0.9, 60, "unnamed_person", "a neighbour of the family next door", "not named"),
        (
            "a",
            f"{DOLLAR} rises",
            0.9,
            0.95,
            10,
            "named_person",
            "Mara Voss",
            "who has run the ferry since 2019",
        ),
        ("a", f"{DOLLAR} rises", 0.95, 1.0, 10, "none", "", ""),
    ],
    columns=["id", "title", "start", "stop", "words", "kind", "name", "identified"],
)
VOICED = voiced(
    ("Herald", "", 10, 9, 11),
    ("Herald", "own_voice", 11, 10, 12),
    ("Herald", "quotations", 7, 6, 8),
    ("Herald", "lead", 14, 12, 16),
    (DOLLAR, "own_voice", 8, NAN, NAN),
    (DOLLAR, "quotations", 9, NAN, NAN),
)
CORRECTED = estimates(("Herald", 12, 0.3, 0.2, 0.4), (DOLLAR, 9, 0.2, NAN, NAN), ("Mail", 9, 0.1, 0.05, 0.2)).assign(
    corrected=[0.35, 0.36, NAN], corrected_low=[0.2, NAN, NAN], corrected_high=[0.6, NAN, NAN], n_coded=92
)


def drawn(chart: str, **options: Any) -> Axes:
    """Each of the charts from a small table."""
    frame = measured(3, 12)
    tables = {
        "speakers": lambda: (SPOKEN,),
        "intervals": lambda: (comparison.compare(frame, "quoted_share", resamples=99), frame),
        "paired": lambda: (
            comparison.differences(frame, "quoted_share", resamples=99),
            comparison.paired_values(frame, "quoted_share"),
        ),
        "dumbbell": lambda: (frame,),
        "corrected": lambda: (CORRECTED,),
        "voices": lambda: (VOICED,),
        "trend": lambda: (trended([0.2, NAN, 0.3]),),
        "coverage": lambda: (frame,),
        "sources": lambda: (MIX,),
        "strip": lambda: (STRIP,),
        "positions": lambda: (PLACES.drop(columns="id"),),
        "stances": lambda: (CUES,),
        "transparency": lambda: (frame,),
    }
    more = {"metric": "quoted_share"} if chart == "dumbbell" else {}
    return charts.CHARTS[chart].function(*tables[chart](), **more, **options)


def part(ax: Axes, gid: str) -> Any:
    found = [child for child in ax.get_children() if child.get_gid() == gid]
    assert len(found) == 1, gid
    return found[0]


def points(ax: Axes, gid: str) -> np.ndarray:
    return np.asarray(part(ax, gid).get_offsets())


def words(ax: Axes, gid: str) -> str:
    return str(part(ax, gid).get_text()).replace("\n", " ")


def texts(ax: Axes, gid: str) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


def rows(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def bars(ax: Axes, gid: str = "") -> list[tuple[float, float, float, float]]:
    """Left, right, middle and height of each bar."""
    found = [bar for bar in ax.patches if not gid or bar.get_gid() == gid]
    return [
        (
            round(bar.get_x(), 6),
            round(bar.get_x() + bar.get_width(), 6),
            round(bar.get_y() + bar.get_height() / 2, 6),
            round(abs(bar.get_height()), 6),
        )
        for bar in found
    ]
