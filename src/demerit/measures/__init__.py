"""Measures: pure functions from counts to a ratio per group.  Importing this finds them all."""

from demerit.measures import benefit, burden, error, speech
from demerit.measures.registry import MEASURES, Measure, Ratio, evaluate, measure

__all__ = [
    "MEASURES", "Measure", "Ratio", "benefit", "burden", "error", "evaluate", "measure", "speech",
]  # fmt: skip
