"""Register: who is on the public list in a month.

every block lived again to that month  ->  the listed, with how long they have been

A list holds what a scheme makes public: a name (here an id, for nobody has one), the place, the
tier and the month in which it was made public.  Of firms it is the blacklist; of officials, the
register of who holds which office, since when, and the points where all is open to all.
"""

from typing import Any

import numpy as np

from demerit.columns import SCHEME
from demerit.facts import InputError
from demerit.replay.recorded import Recorded, live_all
from demerit.replay.subjects import grades_of, office_grade, require
from demerit.run import Progress

Row = dict[str, Any]


class Listed:
    """Keeps who of each block is on the list, and since when."""

    def __init__(self, recorded: Recorded):
        self.recorded = recorded
        self.since: dict[int, np.ndarray] = {}  # block -> (person,) month, or -1
        self.tier: dict[int, np.ndarray] = {}

    def __call__(self, block: int, world: Any, month: int, stage: str) -> None:
        """Look at the block after a month."""
        if month < 0:
            return
        people, file = int(world.people), world.file
        tier = file.tier[SCHEME, :people].copy()
        posted = self.recorded.plan.scheme_tables.posted[tier] != 0
        posted &= file.scored[:people] != 0
        posted &= self.recorded.climates[month].in_force[SCHEME] != 0
        before = self.since.get(block, np.full(people, -1))
        self.since[block] = np.where(posted, np.where(before < 0, month, before), -1)
        self.tier[block] = tier


def persons(
    recorded: Recorded, frames: dict[str, np.ndarray], month: int, threads: int,
    tell: Progress | None = None,
) -> list[Row]:  # fmt: skip
    """The listed people of a month, by id."""
    if not recorded.plan.scheme_tables.posted.any():
        return []
    listed = Listed(recorded)
    live_all(recorded, frames, listed, month + 1, threads, tell)
    found = []
    places = recorded.plan.society.places.keys
    for b, block in enumerate(recorded.plan.blocks):
        found += [
            {"person": block.first + int(i), "place": places[block.place_index],
             "tier": recorded.tiers[int(listed.tier[b][i])], "since": int(listed.since[b][i])}
            for i in np.flatnonzero(listed.since[b] >= 0)
        ]  # fmt: skip
    return sorted(found, key=lambda row: row["person"])


class Blacklisted:
    """Keeps which firms of each block are on the blacklist, and since when."""

    def __init__(self, recorded: Recorded):
        self.recorded = recorded
        self.rows: dict[int, dict[int, Row]] = {}  # block -> owner's row -> grade, since, until

    def __call__(self, block: int, world: Any, month: int, stage: str) -> None:
        """Look at the block after a month."""
        if month < 0:
            return
        file, before = world.file, self.rows.get(block, {})
        stands = self.recorded.climates[month].in_force[SCHEME] != 0
        grades = ["not rated", *grades_of(self.recorded, "firms")]
        self.rows[block] = now = {}
        for k in range(int(file.firm_total[0]) if stands else 0):
            owner, until = int(file.firm_owner[k]), int(file.firm_until[SCHEME, k])
            if file.firm_open[SCHEME, k] and until > month:
                since = before.get(owner, {"since": month})["since"]
                grade = grades[int(file.firm_grade[SCHEME, k])]
                now[owner] = {"grade": grade, "since": since, "until": until}


class InOffice:
    """Keeps who of each block holds an office, and since when."""

    def __init__(self, recorded: Recorded):
        self.recorded = recorded
        self.rows: dict[int, dict[int, Row]] = {}  # block -> row -> since, points

    def __call__(self, block: int, world: Any, month: int, stage: str) -> None:
        """Look at the block after a month."""
        if month < 0:
            return
        life, before = world.life, self.rows.get(block, {})
        stands = self.recorded.climates[month].in_force[SCHEME] != 0
        self.rows[block] = now = {}
        for desk in range(int(life.desk_total[SCHEME]) if stands else 0):
            holder = int(life.desk_person[SCHEME, desk]) - 1
            if holder >= 0:
                now[holder] = {"since": before.get(holder, {"since": month})["since"]}
                if self.recorded.plan.scheme_tables.visible:
                    points = int(life.desk_points[SCHEME, desk])
                    now[holder] |= {
                        "office_points": points, "grade": office_grade(self.recorded, points)
                    }  # fmt: skip


def of_kind(kind: str, keep: type[Blacklisted] | type[InOffice]) -> Any:
    """The register of firms or of officials, by id."""

    def listed(
        recorded: Recorded, frames: dict[str, np.ndarray], month: int, threads: int,
        tell: Progress | None = None,
    ) -> list[Row]:  # fmt: skip
        require(recorded, kind)
        kept = keep(recorded)
        live_all(recorded, frames, kept, month + 1, threads, tell)
        places, blocks = recorded.plan.society.places.keys, recorded.plan.blocks
        found = [
            {kind: blocks[b].first + row, "place": places[blocks[b].place_index], **what}
            for b, rows in kept.rows.items() for row, what in rows.items()
        ]  # fmt: skip
        return sorted(found, key=lambda row: int(row[kind]))

    return listed


KINDS = {
    "person": persons,
    "firm": of_kind("firm", Blacklisted),
    "official": of_kind("official", InOffice),
}


def month_of(recorded: Recorded, month: int | None) -> int:
    """The month that is asked for: by default the last in which the scheme stood."""
    last = recorded.plan.months - 1
    if month is None:
        return max(0, recorded.months_in_force - 1)
    if not 0 <= month <= last:
        raise InputError(f"month {month}: this run has months 0 to {last}.")
    return month


def why_none(recorded: Recorded, month: int, kind: str = "person") -> str:
    """Why a list is empty."""
    if kind != "person":
        stands = recorded.climates[month].in_force[SCHEME] != 0
        none = {"firm": "No firm is on the blacklist", "official": "Nobody holds an office"}[kind]
        return f"{none} in this month." if stands else "The scheme does not stand in this month."
    if not recorded.plan.scheme_tables.scored.any():
        return "Ordinary law alone: there is no score and no list."
    if not recorded.plan.scheme_tables.posted.any():
        return "This scheme makes no names public."
    if recorded.climates[month].in_force[SCHEME] == 0:
        return "The scheme does not stand in this month."
    return "Nobody is on the list in this month."
