"""Plan: everything that decides a run's bits: who lives where, and the tables of their rules.

Scheme, Society, how many, where  ->  Plan (blocks, regions, tables; of a rollout, its calendar)
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from demerit import facts
from demerit.blocks import one_block
from demerit.columns import WORLDS
from demerit.scheme import Scheme, rollout
from demerit.scheme import tables as scheme_tables
from demerit.society import tables as society_tables
from demerit.society.people import GROUPINGS, populate
from demerit.society.places import Dealt, blocks

REGION_PEOPLE = 5_000  # a place with fewer in the run reads its province's climate


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run's bits."""

    society: Any
    scheme: Scheme
    society_tables: Any
    scheme_tables: scheme_tables.Tables
    blocks: Dealt
    regions: np.ndarray  # (block,) the climate that it reads
    months: int
    seed: int
    replicate: int = 0
    calendar: rollout.Calendar | None = None  # of a rollout
    worlds: int = len(WORLDS)  # so many are lived: all, or all but that without errors

    @property
    def people(self) -> int:
        return int(self.blocks.people.sum())

    @property
    def region_count(self) -> int:
        return int(self.regions.max()) + 1

    @property
    def cohorts(self) -> np.ndarray:
        """In a rollout, the cohort of each block's place; else nought (block,)."""
        if self.calendar is None:
            return np.zeros(len(self.blocks), np.int64)
        of_place = self.calendar.of_place
        return np.array([of_place[place] for place in self.blocks.place_index.tolist()], np.int64)


def plan(
    scheme: Scheme,
    society: Any,
    months: int,
    seed: int,
    people: int | None = None,
    place: str | None = None,
    replicate: int = 0,
    values: facts.Values | None = None,
    covered: int | None = None,
) -> Plan:
    """Decide who lives where; turn society and scheme into tables.

    `covered` is how many people the scheme's file holds, if the run is only a sample of them.
    """
    dealt = blocks(society, people=people, place=place)
    per_unemployed = society.employed_per_unemployed
    tables = society_tables.build(society.key, per_unemployed, values)
    covered = covered or (int(dealt.people.sum()) if place else society.population)
    share = covered / society.population
    if scheme.spec["kind"] == "rollout":
        eager = any(row["choice"] == "eager" for row in scheme.spec["wave"])
        petitions = readiness(society, dealt, seed) if eager else {}
        calendar = rollout.calendar(scheme, society, tables, dealt, petitions)
        made = Plan(
            society, scheme, tables, calendar.waves[0].tables, dealt, regions_of(dealt), months,
            seed, replicate, calendar,
        )  # fmt: skip
        return replace(made, regions=of_cohorts(dealt, made.cohorts))
    return Plan(
        society, scheme, tables, scheme_tables.build(scheme, tables, share), dealt,
        regions_of(dealt), months, seed, replicate,
    )  # fmt: skip


def readiness(society: Any, dealt: Dealt, seed: int) -> dict[int, float]:
    """How readily the people of each place petition, by their lasting rates: {place: [2^-32]}."""
    deeds = list(facts.read("deeds.toml")["deed"])
    groups = sum(len(names) for names in GROUPINGS.values())
    sums: dict[int, list[float]] = {}
    for block in dealt:
        one = one_block(seed, block.first, block.people, len(deeds), len(GROUPINGS), groups)
        populate(one, society.people, block.province_index, block.people)
        rates = one.life.deed_rate[deeds.index("petition"), : block.people]
        sums.setdefault(block.place_index, []).append(float(rates.mean()))
    return {place: sum(means) / len(means) for place, means in sums.items()}


def of_cohorts(dealt: Dealt, cohorts: np.ndarray) -> np.ndarray:
    """The climate that each block shares in a rollout: with those of its cohort alone (block,)."""
    found, before = np.zeros(len(dealt), np.int64), 0
    for cohort in np.unique(cohorts):
        mine = np.flatnonzero(cohorts == cohort)
        own = regions_of(dealt[mine])
        found[mine] = before + own
        before += int(own.max()) + 1
    return found


def regions_of(dealt: Dealt, pilot: Dealt | None = None) -> np.ndarray:
    """The climate that each block shares (block,): of its place, or of its province or the nation
    where that has too few people in the run.

    Whose climate is made by a pilot shares that of the pilot's regions: where those of a block have
    nobody in the pilot, the largest of its province, or of all.
    """
    pilot = dealt if pilot is None else pilot
    places, provinces = (
        1 + int(max(a.max(), b.max()))
        for a, b in (
            (dealt.place_index, pilot.place_index), (dealt.province_index, pilot.province_index)
        )
    )  # fmt: skip
    large = (
        np.bincount(pilot.place_index, pilot.people, places) >= REGION_PEOPLE,
        np.bincount(pilot.province_index, pilot.people, provinces) >= REGION_PEOPLE,
    )

    def named(b: Dealt) -> np.ndarray:  # nation first, then places, then provinces
        of_province = np.where(large[1][b.province_index], places + b.province_index, -1)
        return np.where(large[0][b.place_index], b.place_index, of_province)

    kept, own = np.unique(named(pilot), return_inverse=True)
    wanted = named(dealt)
    found = np.minimum(np.searchsorted(kept, wanted), len(kept) - 1)
    for province in np.unique(dealt.province_index[kept[found] != wanted]):
        here = pilot.province_index == province
        size = np.bincount(own, pilot.people * (here if here.any() else 1), len(kept))
        lost = (kept[found] != wanted) & (dealt.province_index == province)
        found[lost] = int(np.argmax(size))
    return found


def pilot_of(plan: Plan, people: int, place: str | None) -> Plan:
    """So many people of a larger run, whose climate all of it shares; same scheme, same tables."""
    dealt = blocks(plan.society, people=people, place=place)
    return replace(plan, blocks=dealt, regions=regions_of(dealt))
