"""Catalogue: the societies there are, and how one is made ready for `populate`.

data/societies/<key>/, deeds.toml, numbers to vary  ->  Society
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from demerit import facts
from demerit.columns import TRAITS
from demerit.facts import DATA, InputError, Values, nearest, value
from demerit.society import attributes, income, joint, scores, traits
from demerit.society.margins import NATION, figures, folder, totals
from demerit.society.people import GUIDE_BITS, Counted, Differing, Having, Offending, People
from demerit.society.places import Places
from demerit.society.places import read as read_places

COUNTED = ("joint_start", "joint_cell", "year_start", "size_start", "earner_start")
HAVING = (
    "parent_chance", "debt_chance", "online_chance", "driver_chance", "party_chance", "namesakes",
)  # fmt: skip
INCOME = ("income_mean", "income_law", "income_cut")
ALL_TABLES = (*COUNTED, *HAVING, *INCOME)
COPULAS = ("independent", "central", "strong")


@dataclass(frozen=True)
class Society:
    """A society ready to be populated."""

    key: str
    title: str
    currency: str  # what the model's unit of money is called in it
    spec: dict[str, Any]  # society.toml with the varied numbers in it
    people: People
    places: Places
    provinces: tuple[str, ...]
    population: int
    employed_per_unemployed: float
    digest: str  # of every table and every border


def keys() -> list[str]:
    """The societies there are."""
    return sorted(path.parent.name for path in (DATA / "societies").glob("*/society.toml"))


def load(
    key: str, values: Values | None = None, copula: str = "central", ordering: str | None = None
) -> Society:
    """The society of this key, with a set of correlations and perhaps an extreme ordering.

    `values` replaces numbers of society.toml and deeds.toml by name; tables that follow from them
    are then made again.  InputError where there is no such society, set or ordering.
    """
    if key not in keys():
        raise InputError(f"there is no society {key!r}; {nearest(key, keys())}")
    spec = facts.read(folder(key) / "society.toml", values)
    deeds = facts.read("deeds.toml", values)
    table = shipped(key)
    if any(name.startswith("society.") for name in values or {}):
        people = counts(table["joint_start"], table["joint_cell"], spec)
        table = {**table, **follow(spec, people, attributes.shares(table["year_start"]))}
    made = make(spec, deeds, table, copula, ordering)
    places = read_places(folder(key) / "places.csv")
    titles = tuple(entry["title"] for entry in spec["province"])
    population = int(value(spec, "population"))
    work = figures(key, "employment")
    ratio = work[NATION, "employed"] / work[NATION, "unemployed"]
    return Society(
        key, spec["title"], spec["currency"], spec, made, places, titles, population, ratio,
        digest(made, places),
    )  # fmt: skip


@cache
def shipped(key: str) -> dict[str, np.ndarray]:
    """The tables as built."""
    return {name: np.load(folder(key) / "tables" / f"{name}.npy") for name in ALL_TABLES}


def counts(start: np.ndarray, cell: np.ndarray, spec: dict[str, Any]) -> np.ndarray:
    """The joint table that its starts and cells stand for [people]."""
    out = np.zeros((len(spec["province"]), *joint.SHAPE))
    home, band, sex, schooling, status = cell.astype(np.intp)
    people = totals(spec).province[:, None] * attributes.shares(start)
    out[:, home, band, sex, schooling, status] = people
    return out


def follow(spec: dict[str, Any], people: np.ndarray, years: np.ndarray) -> dict[str, np.ndarray]:
    """Every table that follows from the joint one."""
    by_year = joint.by_year(people, years)
    return {
        **attributes.tables(spec, people, by_year),
        **income.tables(spec, people.sum((2, 3, 4, 5))),
    }


def make(
    spec: dict[str, Any],
    deeds: dict[str, Any],
    table: dict[str, np.ndarray],
    copula: str,
    ordering: str | None,
) -> People:
    """All that populate knows."""
    start = table["joint_start"]
    word = np.arange(1 << GUIDE_BITS, dtype=np.int64) << (32 - GUIDE_BITS)
    guide = [np.searchsorted(row, word, side="right") - 1 for row in start]
    third = scores.above(2 / 3), scores.above(1 / 3)
    all_deeds = list(deeds["deed"].values())
    share = [value(deed, "rate") for deed in all_deeds if deed["at_risk"] == "member"]
    return People(
        Counted(np.array(guide, np.uint16), *(table[name] for name in COUNTED)),
        Having(*(table[name] for name in HAVING)),
        Differing(
            quantile=scores.quantiles(),
            mixing=traits.mixing(spec, copula, ordering),
            income_mean=table["income_mean"],
            income_law=table["income_law"],
            income_cut=table["income_cut"],
            exposure=traits.exposure(spec),
            watched_cut=np.array(third, np.int64),
            member_from=scores.above(sum(share)),
        ),
        Offending(
            np.array([traits.AT_RISK.index(deed["at_risk"]) for deed in all_deeds], np.uint8),
            np.array([TRAITS.index(deed["trait"]) for deed in all_deeds], np.uint8),
            np.array([traits.loads(deed, deeds["signal"]) for deed in all_deeds], np.int64),
            np.array([traits.rates(deed) for deed in all_deeds], np.uint32),
        ),
    )


def digest(people: People, places: Places) -> str:
    """BLAKE2b over every table, in the order of the fields."""
    made = hashlib.blake2b(digest_size=32)
    for part in (*people, places):
        for name, table in part._asdict().items():
            array = np.ascontiguousarray(table)
            made.update(f"{name} {array.dtype.str} {array.shape} ".encode() + array.tobytes())
    return made.hexdigest()
