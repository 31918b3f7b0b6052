"""Tables of estimates and analysed articles drawn: `draw` one of `CHARTS` by its name, `save` it."""

from .article_charts import quote_positions, strip
from .catalogue import CHARTS, draw
from .comparison_charts import dumbbell, intervals, paired
from .layout import COLUMN, HALF, SLIDE, ChartError, alt_text, image, save
from .series_charts import VOICES, corrected, voices
from .sourcing_charts import KINDS, source_mix, stances, transparency
from .time_charts import coverage, trend

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
