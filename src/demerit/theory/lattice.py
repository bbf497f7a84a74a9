"""Lattice: Epstein's civil violence, people and police who move over a torus.

In each step everybody acts once, in an order that is drawn anew: a citizen looks around and
answers by the rule of protest (step/protest.py), a cop arrests somebody active in sight, if there
is anybody; then each moves to a free cell in sight.  An arrested citizen misses as many turns as
the term says, stays where he is, and counts as jailed until his next turn.

The chance of arrest is a table by cops and active people in sight, because the published rule is
about whole numbers of cops per active person.  Grievance, risk, chance and legitimacy have so many
bits: 8 as in a run, or 16, where they are as good as real numbers.  The rule is the same function:
only its units are finer, and of what it takes from 255 (daring) and from 256 (legitimacy), what is
left is set.

Source: J. Epstein, "Modeling civil violence", PNAS 99 (suppl. 3), 2002,
doi:10.1073/pnas.092080199.  The order of acting, moving and jail, which the paper leaves open in
part, is that of the example in Mesa 3.3.1 (https://github.com/projectmesa/mesa).
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from demerit import draws
from demerit.kernel import kernel
from demerit.step import protest
from demerit.theory.row import LATTICE, LATTICE_MOVE, LATTICE_ORDER

CELL, GRIEVANCE, DARING, ACTIVE, TERM = range(5)  # rows of `people`; TERM: turns until free
WHO, COPS, ACTIVES = range(3)  # rows of `cells`: who is there (-1: nobody); how many in sight
TRIES = 32  # of four cells each, for a free one; where a quarter is free 1 in 10**16 finds none


class Setup(NamedTuple):
    """One experiment.  Densities are shares of cells."""

    grid: int  # cells along a side
    citizen_density: float
    cop_density: float
    fixed_numbers: bool  # exactly so many, or each cell by chance
    legitimacy: float
    longest_term: int  # steps; terms are drawn evenly from nought to it
    vision: int  # cells
    shape: str  # "circle" or "diamond": what is within `vision`
    rounding: str  # of cops per active person: "floor", "round" (half to even) or "none"
    threshold: float
    arrest: float  # k of 1 - exp(-k C / A)
    bits: int = 16  # of grievance, risk, chance of arrest and legitimacy


class Lives(NamedTuple):
    """What a run of a lattice gives: active and jailed after each step, from the start on."""

    active: np.ndarray  # (step + 1,)
    jailed: np.ndarray  # (step + 1,)


ROUNDINGS: dict[str, Callable[[float], float]] = {
    "floor": math.floor,
    "round": round,
    "none": float,
}


def arrests(
    constant: float, rounding: str, cops: int, actives: int, whole: int = 256
) -> np.ndarray:
    """Chance of arrest [1/whole] by cops (0 ... cops) and active people (1 ... actives) in sight.

    1 - exp(-k R(C / A)), Epstein 2002; shape (cops + 1, actives + 1), nothing in column 0.
    """
    table = np.zeros((cops + 1, actives + 1), np.int64)
    for c in range(cops + 1):
        for a in range(1, actives + 1):
            ratio = ROUNDINGS[rounding](c / a)
            table[c, a] = round(whole * (1 - math.exp(-constant * ratio)))
    return table


def sight(grid: int, vision: int, shape: str) -> np.ndarray:
    """The cells in sight of each cell, itself left out (cell, in sight) [cell]."""
    reach = range(-vision, vision + 1)
    within = {
        "circle": lambda x, y: x * x + y * y <= vision * vision,
        "diamond": lambda x, y: abs(x) + abs(y) <= vision,
    }[shape]
    steps = [(x, y) for x in reach for y in reach if within(x, y) and (x, y) != (0, 0)]
    cell = np.arange(grid * grid)
    return np.stack(
        [(cell // grid + x) % grid * grid + (cell + y) % grid for x, y in steps], axis=1
    )


@kernel
def tell(near, cells, row, cell, change):
    """All who see this cell see so many more or fewer."""
    for k in range(near.shape[1]):
        cells[row, near[cell, k]] += change


@kernel
def move(seed, replicate, step, i, people, cells, near, row):
    """Go to a free cell in sight, all alike; those who count in `row` are seen there (-1: none)."""
    here = people[CELL, i]
    for attempt in range(TRIES):
        for word in draws.four(seed, draws.U(i), step, replicate, LATTICE_MOVE, attempt):
            there = near[here, draws.among(word, near.shape[1])]
            if cells[WHO, there] < 0:
                cells[WHO, here] = -1
                cells[WHO, there] = i
                people[CELL, i] = there
                if row >= 0:
                    tell(near, cells, row, here, -1)
                    tell(near, cells, row, there, 1)
                return


@kernel
def citizen(i, people, cells, near, arrest, legitimacy, threshold):
    """Answer what is in sight: become active or quiet."""
    here = people[CELL, i]
    # Whoever asks what a protest risks counts as one of the protesters.
    chance = arrest[cells[COPS, here], cells[ACTIVES, here] + 1]
    active = protest.joins(
        people[GRIEVANCE, i], people[DARING, i], legitimacy, chance, 0, 1, 0, threshold
    )
    change = np.int64(active) - people[ACTIVE, i]
    if change != 0:
        people[ACTIVE, i] = active
        tell(near, cells, ACTIVES, here, change)


@kernel
def cop(i, citizens, people, cells, near, pick, term):
    """Jail one of the active people in sight, all alike: `term` turns are missed."""
    here = people[CELL, i]
    if cells[ACTIVES, here] == 0:
        return
    left = draws.among(pick, cells[ACTIVES, here])
    for k in range(near.shape[1]):
        j = cells[WHO, near[here, k]]
        if 0 <= j < citizens and people[ACTIVE, j]:
            if left == 0:
                people[ACTIVE, j] = 0
                people[TERM, j] = term + 1  # free at the turn after those missed
                tell(near, cells, ACTIVES, near[here, k], -1)
                return
            left -= 1


@kernel
def live(
    seed, replicate, citizens, people, cells, near, arrest, legitimacy, threshold,
    longest_term, active, jailed,
):  # fmt: skip
    """Live all steps; count who is active and who is in jail after each."""
    everybody = people.shape[1]
    order = np.arange(everybody)
    u = np.empty((4, everybody), np.uint32)
    for step in range(1, active.size):
        draws.rows(u, seed, draws.U(0), step, replicate, LATTICE_ORDER, 0)
        for last in range(everybody - 1, 0, -1):
            other = draws.among(u[0, last], last + 1)
            order[last], order[other] = order[other], order[last]
        for k in range(everybody):
            i = order[k]
            if i >= citizens:
                cop(
                    i, citizens, people, cells, near, u[1, i],
                    draws.among(u[2, i], longest_term + 1),
                )  # fmt: skip
                move(seed, replicate, step, i, people, cells, near, COPS)
                continue
            people[TERM, i] = max(0, people[TERM, i] - 1)
            if people[TERM, i] == 0:
                citizen(i, people, cells, near, arrest, legitimacy, threshold)
                row = ACTIVES if people[ACTIVE, i] else -1
                move(seed, replicate, step, i, people, cells, near, row)
        for i in range(citizens):
            active[step] += people[ACTIVE, i]
            jailed[step] += people[TERM, i] > 0


def run(setup: Setup, seed: int, replicate: int, steps: int) -> Lives:
    """Run one lattice for so many steps, from everybody quiet."""
    size = setup.grid**2
    u = np.empty((4, size), np.uint32)
    draws.rows(u, draws.U(seed), draws.U(0), 0, replicate, LATTICE, 0)
    citizens, cops = round(setup.citizen_density * size), round(setup.cop_density * size)
    if not setup.fixed_numbers:
        cops = int((u[3] < draws.chance_32(setup.cop_density)).sum())
        both = draws.chance_32(setup.cop_density + setup.citizen_density)
        citizens = int((u[3] < both).sum()) - cops
    people = np.zeros((5, citizens + cops), np.int64)
    people[CELL] = np.argsort(u[2], kind="stable")[: citizens + cops]
    whole = 1 << setup.bits
    people[GRIEVANCE] = u[0, : citizens + cops] >> (32 - setup.bits)
    people[DARING] = 255 - (u[1, : citizens + cops] >> (32 - setup.bits)).astype(np.int64)
    near = sight(setup.grid, setup.vision, setup.shape)
    cells = np.zeros((3, size), np.int64)
    cells[WHO] = -1
    cells[WHO, people[CELL]] = np.arange(citizens + cops)
    for i in range(citizens, citizens + cops):
        tell(near, cells, COPS, people[CELL, i], 1)
    lives = Lives(np.zeros(steps + 1, np.int64), np.zeros(steps + 1, np.int64))
    seen = near.shape[1]
    live(
        draws.U(seed), replicate, citizens, people, cells, near,
        arrests(setup.arrest, setup.rounding, min(cops, seen), seen + 1, whole),
        256 - round(whole * (1 - setup.legitimacy)), round(whole**2 * setup.threshold),
        setup.longest_term, *lives,
    )  # fmt: skip
    return lives
