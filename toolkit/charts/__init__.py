"""Thirteen charts of finished tables and analysed articles: `draw` one of `CHARTS` by its name, `save` it as a file.

Each module holds the charts of one question; `layout` and `lettering` draw what all share.
"""

from .catalogue import CHARTS, draw
from .comparisons import dumbbell, intervals, paired
from .frame import COLUMN, HALF, SLIDE
from .inside_articles import quote_positions, strip
from .looks import ChartError
from .one_article import speakers
from .over_time import coverage, trend
from .picture import alt_text, data, image, save
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
    "data",
    "draw",
    "dumbbell",
    "image",
    "intervals",
    "paired",
    "quote_positions",
    "save",
    "source_mix",
    "speakers",
    "stances",
    "strip",
    "transparency",
    "trend",
    "voices",
]
