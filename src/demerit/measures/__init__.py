"""Measures: pure functions from counts to a ratio per group.  Importing this finds them all."""

from demerit.measures import (
    benefit,
    burden,
    doors,
    error,
    fairness,
    firms,
    issuers,
    learned,
    lookups,
    mobility,
    officials,
    perfection,
    privacy,
    speech,
    trust,
    validity,
)
from demerit.measures.registry import (
    MEASURES,
    TOPICS,
    Measure,
    Ratio,
    evaluate,
    measure,
    settled,
)

__all__ = [
    "MEASURES", "TOPICS", "Measure", "Ratio", "benefit", "burden", "doors", "error", "evaluate",
    "fairness", "firms", "issuers", "learned", "lookups", "measure", "mobility", "officials",
    "perfection", "privacy", "settled", "speech", "trust", "validity",
]  # fmt: skip
