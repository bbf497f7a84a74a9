"""Dots: some thousands of a run's people by month, with the scheme and without, as bytes.

Recorded, how many  ->  tier and state of each (month, person), packed
"""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np

from demerit.columns import LAW, SCHEME
from demerit.explorer.people import BUSY, sample
from demerit.replay.find import harmless
from demerit.replay.recorded import Recorded, live
from demerit.scheme.parts import is_sanctioned

Row = dict[str, Any]
NO_FILE = 255  # in place of a tier
PART = 512  # people of a block, at most, where there are blocks enough: more blocks, more variety
WHO: dict[str, Callable[[Any], np.ndarray]] = {
    "urban": lambda w: w.urban != 0,
    "female": lambda w: w.male == 0,
    "scored": lambda w: w.scored != 0,
    "online": lambda w: w.online != 0,
    "favoured": lambda w: w.favoured != 0,
}
STATES = ("sanctioned", "wrongly", "silent", "arrears", "unemployed", "posted", "distressed")
WHO_BITS = {name: 1 << k for k, name in enumerate(WHO)}
STATE_BITS = {name: 1 << k for k, name in enumerate(STATES)}


class Dots:
    """Keeps what a page shows of the first people of each block, month by month."""

    def __init__(self, recorded: Recorded, which: list[int], rows: dict[int, int]):
        self.recorded, self.rows = recorded, rows
        months, self.at, people = recorded.plan.months, dict[int, int](), 0
        for block in which:
            self.at[block], people = people, people + rows[block]
        self.people = people
        self.who, self.fifth = np.zeros(people, np.uint8), np.zeros(people, np.uint8)
        self.tier = np.full((months, people), NO_FILE, np.uint8)
        self.state = {w: np.zeros((months, people), np.uint8) for w in (LAW, SCHEME)}
        points = recorded.plan.scheme_tables.points
        self.costly = np.flatnonzero((points < 0) & harmless())

    def __call__(self, block: int, world: Any, month: int, stage: str) -> None:
        """Look at a block after a month."""
        if month < 0:
            return
        at, n = self.at[block], self.rows[block]
        mine = slice(at, at + n)
        if month == 0:
            self.fifth[mine] = world.income_fifth[:n]
            for name, test in WHO.items():
                self.who[mine] |= test(world)[:n].astype(np.uint8) * np.uint8(WHO_BITS[name])
        stands = self.recorded.climates[month].in_force[SCHEME] != 0
        if stands:
            tier = world.tier[SCHEME, :n]
            self.tier[month, mine] = np.where(world.scored[:n] != 0, tier, NO_FILE)
        for w, states in self.state.items():
            for name, holds in self.of_month(world, w, n, stands and w == SCHEME).items():
                states[month, mine] |= holds.astype(np.uint8) * np.uint8(STATE_BITS[name])

    def of_month(self, world: Any, w: int, n: int, stands: bool) -> dict[str, np.ndarray]:
        """What holds of each person in one world (person,)."""
        found = {
            "arrears": world.arrears_fen[w, :n] > 0,
            "unemployed": (world.wage_fen[:n] > 0) & (world.employed[w, :n] == 0),
            "distressed": world.distressed[w, :n] != 0,
        }
        if not stands:
            return found
        posted = self.recorded.plan.scheme_tables.posted[world.tier[w, :n]] != 0
        return found | {
            "sanctioned": world.sanctioned[w, :n] != 0,
            "wrongly": world.wrongful[w, :n] != 0,
            "silent": world.deed_withheld[w][self.costly, :n].any(axis=0),
            "posted": posted & (world.scored[:n] != 0),
        }


def dots(recorded: Recorded, people: int) -> Row:
    """About so many people, from blocks spread over the run, by month."""
    sizes = recorded.plan.blocks.people
    which = sample(recorded, people * int(sizes.mean()) // min(PART, int(sizes.mean())))
    each = -(-people // len(which))
    rows = {block: min(each, int(sizes[block])) for block in which}
    seen = Dots(recorded, which, rows)
    with BUSY:
        live(recorded, which, seen)
    tiers = recorded.plan.scheme.spec.get("tier", [])
    return {
        "statement": recorded.document["statement"], "people": seen.people,
        "months": recorded.plan.months,
        "first": [int(recorded.plan.blocks.first[b]) for b in which],
        "count": [rows[b] for b in which],
        "tiers": [tier["key"] for tier in tiers],
        "sanctioned_tiers": [is_sanctioned(tier) for tier in tiers],
        "in_force": [int(c.in_force[SCHEME] != 0) for c in recorded.climates],
        "shape": ["month", "person"], "encoding": "base64 of uint8",
        "who": packed(seen.who), "who_bits": WHO_BITS, "income_fifth": packed(seen.fifth),
        "with": {"tier": packed(seen.tier), "state": packed(seen.state[SCHEME])},
        "without": {"state": packed(seen.state[LAW])}, "state_bits": STATE_BITS,
    }  # fmt: skip


def packed(array: np.ndarray) -> str:
    """Bytes as text.

    >>> packed(np.array([0, 255], np.uint8))
    'AP8='
    """
    return base64.b64encode(array.tobytes()).decode()
