"""Outlets and stories compared: means, differences on the same stories, both corrected for the toolkit's errors.

The numbers are told `in_sentences`; `same_event` finds articles on one event, `copies` those that share passages.
"""

from .estimates import SMALL, Estimates, SmallSampleWarning, sentence
from .groups_and_pairs import CompareError
from .in_sentences import findings
from .means_and_differences import adequacy, compare, differences, over_time, paired_values, pooled
from .unknown import UNKNOWN

__all__ = [
    "SMALL",
    "UNKNOWN",
    "CompareError",
    "Estimates",
    "SmallSampleWarning",
    "adequacy",
    "compare",
    "differences",
    "findings",
    "over_time",
    "paired_values",
    "pooled",
    "sentence",
]
