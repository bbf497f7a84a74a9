"""Bench: how fast the months go, where the time goes, and how far from the limit that is.

Plan, months  ->  nanoseconds per person-month by stage; person-months per second; bytes per person

Two things bound a month from below: the draws that it must make and the bytes that it must move.
Both are measured here on the same machine in the same minute, since machines differ and one
machine differs from itself.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit import draws, run
from demerit.columns import BLOCK, COLUMNS, DOORS, SHADOWS, SPELLS, TRAITS, WORLDS
from demerit.kernel import kernel
from demerit.society.people import GROUPINGS
from demerit.step import MONTH

kernels: tuple[Any, ...] = MONTH
STAGES = tuple(getattr(k, "py_func", k).__name__.removesuffix("_block") for k in kernels)
ROUNDS = 200
ROWS_OF_STAGES = 5  # live, deal, observe (false records), consequence (work), respond


class Timed(run.Lockstep):
    """A lockstep on one thread that keeps the time of each stage [ns]."""

    spent: dict[str, int]

    def month(self, climate: cl.Climate, month: int) -> None:
        """Live a month, stage by stage, by the clock."""
        weather = cl.by_region(climate)
        if not self.stages:
            self.compile(weather)
            self.spent = dict.fromkeys((*STAGES, "count"), 0)
        for fold, blocks in enumerate(self.folds):
            out, shared = self.out[fold], self.shared[fold]
            out[:] = 0
            shared[:] = 0
            tables = self.society, self.scheme, weather, month
            for k in range(len(blocks.files)):
                for name, stage in zip(STAGES, self.stages, strict=True):
                    self.clock(name, month, stage, blocks, k, *tables)
                if month >= 0:
                    self.clock("count", month, self.count, blocks, k, *tables, out, shared)

    def clock(self, name: str, month: int, act: Any, *given: Any) -> None:
        """Do one thing; its time counts once the months do."""
        start = time.perf_counter_ns()
        act(*given)
        if month >= 0:
            self.spent[name] += time.perf_counter_ns() - start


def profile(plan: run.Plan) -> dict[str, float]:
    """Time of each stage on one thread [ns per person-month, all worlds together]."""
    with ThreadPoolExecutor(1) as pool:
        steps = Timed(plan, pool, 1, None)
        steps.people()
        run.live_months(plan, steps, lambda *_: None, run.MONTHS_BEFORE)
    lived = plan.people * plan.months
    return {name: spent / lived for name, spent in steps.spent.items()}


@kernel
def draw_rows(u, rounds):
    """Rows of four words for a block, again and again."""
    for k in range(rounds):
        draws.rows(u, draws.U(1), draws.U(0), k, 0, 1, 0)


@kernel
def move(source, target, rounds):
    """Copy one row of bytes to another, again and again."""
    for _ in range(rounds):
        for i in range(source.size):
            target[i] = source[i]


def floor() -> dict[str, float]:
    """What this machine needs for the least that a month must do.

    draw_ns   one word of 32 random bits for one person [ns]
    byte_ns   one byte moved to and from memory beyond the caches [ns]
    """
    u = np.zeros((4, BLOCK), np.uint32)
    source, target = np.ones(1 << 27, np.uint8), np.zeros(1 << 27, np.uint8)
    found = {}
    for name, act, each in (
        ("draw_ns", lambda: draw_rows(u, ROUNDS), 4 * BLOCK * ROUNDS),
        ("byte_ns", lambda: move(source, target, 2), 2 * 2 * source.size),
    ):
        act()
        start = time.perf_counter_ns()
        act()
        found[name] = (time.perf_counter_ns() - start) / each
    return found


def least(deeds: int) -> dict[str, float]:
    """Words drawn and bytes held for one person in one month of all worlds.

    Words: one a deed and a door, and those that every stage draws for everybody.
    Bytes: every column once, but for what is reserved for ledgers.
    """
    length = {"world": len(WORLDS), "deed": deeds, "door": len(DOORS), "trait": len(TRAITS),
              "shadow": len(SHADOWS), "spell": len(SPELLS), "grouping": len(GROUPINGS),
              "person": 1}  # fmt: skip
    held = 0.0
    for c in COLUMNS:
        if c.writer != "scratch" and set(c.axes) <= length.keys() and "person" in c.axes:
            shape = [length[axis] for axis in c.axes]
            held += np.dtype(c.dtype).itemsize * float(np.prod(shape))
    rows = -(-deeds // 4) + -(-len(DOORS) // 4) + ROWS_OF_STAGES
    return {"words": 4.0 * rows, "bytes": held}
