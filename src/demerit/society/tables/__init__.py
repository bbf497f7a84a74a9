"""Tables of a society as the months read it, one file for each data file.

deeds.toml, agencies.toml, doors.toml, responses.toml, firms.toml, societies/<key>/household.toml
    ->  Tables
"""

from collections import namedtuple
from typing import Any

from demerit import facts
from demerit.society.tables.answers import Answers, answers
from demerit.society.tables.deeds import (
    HABIT,
    HARMFUL,
    LAWFUL,
    STANDING,
    Deeds,
    deed_class,
    deeds,
)
from demerit.society.tables.doors import Doors, doors
from demerit.society.tables.firms import Firms, firms
from demerit.society.tables.household import Household, household
from demerit.society.tables.numbers import lognormal_cells, wide

__all__ = [
    "HABIT", "HARMFUL", "LAWFUL", "STANDING", "Tables", "build", "deed_class",
    "lognormal_cells", "wide",
]  # fmt: skip

# One flat tuple, so that kernels are handed one address.
PARTS = (Deeds, Doors, Household, Answers, Firms)
Tables: Any = namedtuple("Tables", [name for part in PARTS for name in part._fields])  # type: ignore[misc]


def build(key: str, employed_per_unemployed: float, values: facts.Values | None = None) -> Any:
    """The tables of a society; `values` replaces numbers by name."""
    house = facts.read(f"societies/{key}/household.toml", values)
    at_doors = doors(facts.read("doors.toml", values), house, employed_per_unemployed)
    parts = (
        deeds(facts.read("deeds.toml", values), facts.read("agencies.toml", values)),
        at_doors,
        household(house),
        answers(facts.read("responses.toml", values)),
        firms(facts.read("firms.toml", values), at_doors.per_yuan),
    )
    return Tables(*(number for part in parts for number in part))
