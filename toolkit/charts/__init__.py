"""Twelve charts of finished tables and analysed articles: `draw` one of `CHARTS` by its name, `save` it as a file.

Each module holds the charts of one question; `layout` and `lettering` draw what all share.
"""

from .catalogue import CHARTS, draw
from .comparisons import dumbbell, intervals, paired
from .frame import COLUMN, HALF, SLIDE
from .inside_articles import quote_positions, strip
from .over_time import coverage, trend
from .picture import ChartError, alt_text, image, save
from .side_by_side import VOICES, corrected, voices
from .sourcing import KINDS, source_mix, stances, transparency

__all__ = [
    "CHARTS",
    "COLUMN",
    "HALF",
    "KINDS",
    "SLIDE",
    "VOICES",
    "ChartError",
    "alt_text",
    "corrected",
    "coverage",
    "draw",
    "dumbbell",
    "image",
    "intervals",
    "paired",
    "quote_positions",
    "save",
    "source_mix",
    "stances",
    "strip",
    "transparency",
    "trend",
    "voices",
]
