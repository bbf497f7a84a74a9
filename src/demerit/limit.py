"""Limit: the least time that a month can take on this machine.

Words to draw, bytes to move  ->  nanoseconds

Two things bound a month from below: the draws that it must make and the bytes that it must move.
Both are measured here on the same machine in the same minute, since machines differ and one
machine differs from itself.
"""

import time

import numpy as np

from demerit import draws
from demerit.columns import BLOCK, COLUMNS, DOORS, SHADOWS, SPELLS, TRAITS, WORLDS
from demerit.kernel import kernel
from demerit.society.people import GROUPINGS

ROUNDS = 200
ROWS_OF_STAGES = 5  # live, deal, observe (false records), consequence (work), respond


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
