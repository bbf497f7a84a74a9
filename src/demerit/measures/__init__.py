"""Measures: pure functions from counts to a ratio per group.  Importing this finds them all."""

from demerit.measures import (
    benefit,
    burden,
    doors,
    error,
    firms,
    issuers,
    lookups,
    officials,
    privacy,
    speech,
    trust,
)
from demerit.measures.registry import MEASURES, Measure, Ratio, evaluate, measure

__all__ = [
    "MEASURES", "Measure", "Ratio", "benefit", "burden", "doors", "error", "evaluate", "firms",
    "issuers", "lookups", "measure", "officials", "privacy", "speech", "trust",
]  # fmt: skip
