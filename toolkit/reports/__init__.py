"""The report as a web page, PDF and DOCX (`write`), the marked-up article, and the explorer for notebooks."""

from .marked_article import marked_up
from .methods import codebook
from .report import CHARTS, ReportWarning, write

__all__ = [
    "CHARTS",
    "ReportWarning",
    "codebook",
    "marked_up",
    "write",
]
