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
