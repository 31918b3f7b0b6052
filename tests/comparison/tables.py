"""Tables to compare."""

from __future__ import annotations

import math
import random
from typing import Any

import pandas as pd

NAN = math.nan


def articles(outlet: str, values: list[Any], metric: str = "sources") -> pd.DataFrame:
    return pd.DataFrame({"outlet": outlet, "story_id": [f"s{k}" for k in range(len(values))], metric: values})


def skewed(seed: str, n: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.expovariate(1) for _ in range(n)]


def three() -> pd.DataFrame:
    """Three outlets, twenty stories, one value missing."""
    chance = random.Random("three outlets on twenty stories")
    tables = [
        articles(name, [round(chance.gauss(5 + shift, 2), 2) for _ in range(20)])
        for name, shift in (("Herald", 2.0), ("Tribune", 0.0), ("Courier", 0.1))
    ]
    tables[2].loc[3, "sources"] = NAN
    return pd.concat(tables, ignore_index=True)
