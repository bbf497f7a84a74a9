"""Plan: everything that decides a run's bits: who lives where, and the tables of their rules.

Scheme, Society, how many, where  ->  Plan (blocks, regions, tables; of a rollout, its calendar)
"""

from dataclasses import dataclass
from typing import Any

from demerit import facts
from demerit.blocks import one_block
from demerit.scheme import Scheme, rollout
from demerit.scheme import tables as scheme_tables
from demerit.society import tables as society_tables
from demerit.society.people import GROUPINGS, populate
from demerit.society.places import Block, blocks

REGION_PEOPLE = 5_000  # a place with fewer in the run reads its province's climate


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run's bits."""

    society: Any
    scheme: Scheme
    society_tables: Any
    scheme_tables: scheme_tables.Tables
    blocks: list[Block]
    regions: list[int]
    months: int
    seed: int
    replicate: int = 0
    calendar: rollout.Calendar | None = None  # of a rollout

    @property
    def people(self) -> int:
        return sum(block.people for block in self.blocks)


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
    covered = covered or (sum(b.people for b in dealt) if place else society.population)
    share = covered / society.population
    if scheme.spec["kind"] == "rollout":
        eager = any(row["choice"] == "eager" for row in scheme.spec["wave"])
        petitions = readiness(society, dealt, seed) if eager else {}
        calendar = rollout.calendar(scheme, society, tables, dealt, petitions)
        cohorts = [calendar.of_place[block.place_index] for block in dealt]
        return Plan(
            society, scheme, tables, calendar.waves[0].tables, dealt, regions_of(dealt, cohorts),
            months, seed, replicate, calendar,
        )  # fmt: skip
    return Plan(
        society, scheme, tables, scheme_tables.build(scheme, tables, share), dealt,
        regions_of(dealt), months, seed, replicate,
    )  # fmt: skip


def readiness(society: Any, dealt: list[Block], seed: int) -> dict[int, float]:
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


def regions_of(dealt: list[Block], cohorts: list[int] | None = None) -> list[int]:
    """The climate that each block shares: of its place, or of its province or the nation where that
    has too few people in the run.  In a rollout, of those of its cohort alone."""
    size: dict[tuple[int, str, int], int] = {}
    named = []
    for block, cohort in zip(dealt, cohorts or [0] * len(dealt), strict=True):
        place, province = block.place_index, block.province_index
        named.append(((cohort, "place", place), (cohort, "province", province)))
        for name in named[-1]:
            size[name] = size.get(name, 0) + block.people
    names = []
    for wider in named:
        large = [name for name in wider if size[name] >= REGION_PEOPLE]
        names.append(large[0] if large else (wider[0][0], "nation", 0))
    order = {name: k for k, name in enumerate(sorted(set(names)))}
    return [order[name] for name in names]
