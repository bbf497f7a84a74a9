"""Measures: pure functions from counts to a ratio per group.  Importing this finds them all."""

from demerit.measures import (
    acceptance,
    benefit,
    burden,
    doors,
    error,
    fairness,
    firms,
    goodhart,
    issuers,
    learned,
    lookups,
    mobility,
    officials,
    perfection,
    poverty,
    privacy,
    recourse,
    speech,
    trust,
    validity,
    within,
)
from demerit.measures.registry import (
    BESIDE,
    MEASURES,
    SECTIONS,
    Measure,
    Ratio,
    behind,
    beside,
    evaluate,
    measure,
    settled,
)

__all__ = [
    "BESIDE", "MEASURES", "SECTIONS", "Measure", "Ratio", "acceptance", "behind", "benefit",
    "beside", "burden", "doors", "error", "evaluate", "fairness", "firms", "goodhart", "issuers",
    "learned", "lookups", "measure", "mobility", "officials", "perfection", "poverty", "privacy",
    "recourse", "settled", "speech", "trust", "validity", "within",
]  # fmt: skip
