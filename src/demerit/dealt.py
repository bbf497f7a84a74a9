"""Dealt: what makes groups unequal, each input to be switched off by dealing it out anew.

A block of people, inputs that are off  ->  the same block with these columns dealt among the like

An input is off when everybody has somebody else's: its columns are dealt out at random among the
grown-up people of the block, and among its children, whoever they are.  How much there is of it,
and how unevenly, stays; that it goes with sex, age, home, schooling or income is gone (permutation,
as in Breiman, "Random forests", Machine Learning 45, 2001, from memory).  No kernel knows of it,
and groups stay what they are.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

import numpy as np

from demerit import draws, run
from demerit.ensemble import numbers
from demerit.scheme import Scheme

ADULT = 18  # years
DEAL = 4200  # what draws are for; the purposes of a run are far below


class Input(NamedTuple):
    """Something that is not the same for all groups, and the numbers that put it in."""

    title: str
    before: tuple[str, ...]  # columns dealt before people begin: what they then own follows
    after: tuple[str, ...]  # columns dealt once they have begun
    numbers: tuple[str, ...]  # patterns of names


INPUTS = {
    "deeds": Input(
        "who can do what is scored, and how often they do",
        ("deed_rate",), (),
        ("deeds.deed.*.rate", "deeds.deed.*.concentration", "deeds.deed.*.load", "deeds.signal.*",
         "society.driver.*", "society.online.*", "society.parent_in_need.*", "society.debt.*"),
    ),
    "eyes": Input(
        "agencies that see town and village unequally",
        (), ("urban",),
        ("agencies.agency.*.coverage_*",),
    ),
    "exposure": Input(
        "some live more in view than others",
        ("exposure_256",), (),
        ("society.trait.exposure_spread", "society.copula.central.earning__exposure"),
    ),
    "money": Input(
        "income, household, work, debts, cost of living",
        ("income_month_fen", "household_size", "earner_count", "indebted", "status", "urban"), (),
        ("society.income.*", "society.earner.*", "society.debt.*", "household.*"),
    ),
    "discretion": Input(
        "friends in office, who drop records and sell points",
        (), ("favoured",),
        ("household.work.close_to_official", "household.work.official_share", "*.favours.*"),
    ),
    "temper": Input(
        "traits of character that go with income; who is online",
        ("trait", "online"), (),
        ("society.copula.central.*", "society.online.*"),
    ),
}  # fmt: skip
ALL = frozenset(INPUTS)


def behind(scheme: Scheme, society: str) -> dict[str, dict[str, Any]]:
    """Of each input, the numbers that put it in and how many of them are assumed."""
    every = list(numbers(scheme, society))
    found = {}
    for key, entry in INPUTS.items():
        mine = [
            (name, fact["basis"]) for name, fact in every
            if any(fnmatchcase(name, pattern) for pattern in entry.numbers)
        ]  # fmt: skip
        assumed = sum(basis == "assumed" for _, basis in mine)
        found[key] = {"title": entry.title, "numbers": len(mine), "assumed": assumed,
                      "names": [name for name, _ in mine]}  # fmt: skip
    return found


class Dealt(run.Lockstep):
    """A lockstep in which some inputs are dealt out anew."""

    def __init__(self, plan: run.Plan, pool: ThreadPoolExecutor, threads: int, off: frozenset[str]):
        super().__init__(plan, pool, threads, None)
        self.off = off
        self.homes: dict[int, np.ndarray] = {}  # by the first id of a block that is on its way

    def came(self, world: Any, writer: str) -> None:
        """Deal columns of a block out when its people have come, or have begun.

        The cost of living is that of the home that is dealt; agencies look where people live.
        """
        life, adult = world.life, world.life.age_years[: world.people] >= ADULT
        if writer == "society":
            self.homes[int(world.first)] = life.urban[: world.people].copy()
        else:
            life.urban[: world.people] = self.homes.pop(int(world.first))
        for k, (key, entry) in enumerate(INPUTS.items()):
            columns = entry.before if writer == "society" else entry.after
            if key in self.off and columns:
                order = order_of(world, k, adult)
                for name in columns:
                    column = getattr(life, name)[..., : world.people]
                    column[...] = column[..., order]


def order_of(world: Any, which: int, adult: np.ndarray) -> np.ndarray:
    """Whose column each person is given: the grown-up among themselves, and children (person,)."""
    u = np.empty((4, adult.size), np.uint32)
    draws.rows(u, world.seed, world.first, 0, 0, np.int64(DEAL), np.int64(which))
    found = np.arange(adult.size)
    for alike in (np.flatnonzero(adult), np.flatnonzero(~adult)):
        found[alike] = alike[np.argsort(u[0, alike], kind="stable")]
    return found


def simulate(
    plan: run.Plan, off: frozenset[str], threads: int,
    tell: Callable[[str, int, int], None] = lambda *_: None,
    months_before: int = run.MONTHS_BEFORE,
) -> run.Counts:  # fmt: skip
    """Run a plan in which these inputs are off; the counts of a run where none is."""
    with ThreadPoolExecutor(threads) as pool:
        steps = Dealt(plan, pool, threads, off)
        steps.people()
        return run.live_months(plan, steps, tell, months_before)
