"""What a notebook begins with: articles opened and measured, and tables shown whole and read from the left."""

from __future__ import annotations

import sys
import warnings
from typing import Any

import pandas as pd

from ..analysis import Analysis
from ..comparison import SmallSampleWarning, copies
from ..metrics import table
from ..metrics.given import articles_of
from ..progress import bar

_LEFT = (  # a notebook's own style has its cells at the right
    "<style>.mat-table td, .mat-table th, .mat-table tr "
    "{text-align: left !important; vertical-align: top; white-space: normal}</style>"
)


def opened(articles: object, *, dark: bool = False) -> tuple[list[Analysis], pd.DataFrame]:
    """The articles, analysed, and the table of their numbers, in which near copies of a text count once.

    ``articles``: those of `toolkit.read`, or whatever else `toolkit.measure` takes. The notebook is made `ready`, its
    charts ``dark`` if asked for. No article is lost: one that cannot be measured has a row whose ``error`` says why.

    >>> stories, measured = opened(["“We are done,” said Mayor Ilse Brandt. It rains."])
    >>> len(stories), measured["quoted_words"].tolist()
    (1, [3.0])
    """
    ready(dark=dark)
    stories = [table.analysed(each) for each in bar(articles_of(articles), "analysing")]
    return stories, copies.mark(table.measure(stories), stories)


def ready(*, dark: bool = False) -> None:
    """Makes a notebook show charts beneath their cells and tables whole, their columns read from the left.

    A chart is a white panel, as it is saved and printed, or with ``dark`` light on a dark ground, for a dark
    JupyterLab: no one ink can be read on both. What a mean of few articles is worth stands in the findings and tables,
    so no cell warns of it, too. Elsewhere than in a notebook these last two hold.
    """
    warnings.simplefilter("ignore", SmallSampleWarning)
    if dark:
        from ..charts import looks

        looks.darken()
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if hasattr(shell, "kernel"):
        shell.run_line_magic("matplotlib", "inline")
        pd.options.display.max_colwidth = None
        pd.options.display.max_columns = None
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, whole)


def whole(shown: pd.DataFrame) -> str:
    """A table as HTML for a notebook, its columns read from the left."""
    plain: Any = shown  # the stubs of pandas do not know its _repr_html_
    return f'{_LEFT}<div class="mat-table">{plain._repr_html_()}</div>'
