"""A table of three outlets."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from tables import NAN, articles


@pytest.fixture
def three() -> pd.DataFrame:
    """Three outlets, twenty stories, one value missing."""
    chance = random.Random("three outlets on twenty stories")
    tables = [
        articles(name, [round(chance.gauss(5 + shift, 2), 2) for _ in range(20)])
        for name, shift in (("Herald", 2.0), ("Tribune", 0.0), ("Courier", 0.1))
    ]
    tables[2].loc[3, "sources"] = NAN
    return pd.concat(tables, ignore_index=True)
