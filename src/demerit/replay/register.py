"""Register: who is on the public list in a month.

every block lived again to that month  ->  the listed, with how long they have been

A list holds what a scheme makes public: a name (here an id, for nobody has one), the place, the
tier and the month in which it was made public.
"""

from typing import Any

import numpy as np

from demerit.columns import SCHEME
from demerit.facts import InputError
from demerit.replay.recorded import Recorded, live_all
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


KINDS = {"persons": persons}  # whoever is listed: another kind of subject is another function


def month_of(recorded: Recorded, month: int | None) -> int:
    """The month that is asked for: by default the last in which the scheme stood."""
    last = recorded.plan.months - 1
    if month is None:
        return max(0, recorded.months_in_force - 1)
    if not 0 <= month <= last:
        raise InputError(f"month {month}: this run has months 0 to {last}.")
    return month


def why_none(recorded: Recorded, month: int) -> str:
    """Why a list is empty."""
    if not recorded.plan.scheme_tables.scored.any():
        return "Ordinary law alone: there is no score and no list."
    if not recorded.plan.scheme_tables.posted.any():
        return "This scheme makes no names public."
    if recorded.climates[month].in_force[SCHEME] == 0:
        return "The scheme does not stand in this month."
    return "Nobody is on the list in this month."
