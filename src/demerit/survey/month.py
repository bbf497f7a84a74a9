"""Month: what is counted of a block in every month, in machine code.

a block, what is remembered of it  ->  cells of the survey (world, cell), what is remembered

Blocks are looked at as they are lived, so that threads do not wait for one another.
"""

from typing import Any, NamedTuple

import numpy as np

from demerit.blocks import as_record, world_of
from demerit.columns import LAW
from demerit.kernel import fill, kernel
from demerit.survey.flow import conduct, harm, money, quieted
from demerit.survey.trail import (
    blame,
    climb,
    default,
    enter,
    favour,
    forgive,
    give,
    impoverish,
    poor_ever,
    review,
    show,
)


class Watched(NamedTuple):
    """What the kernels are told of the scheme and of deeds."""

    edge: np.ndarray  # () points
    lowest: np.ndarray  # () index of the lowest tier
    judgment: np.ndarray  # () row of the deed axis
    entered: np.ndarray  # () yes or no
    officials: np.ndarray  # () yes or no
    points: np.ndarray  # (deed,) points
    harmful: np.ndarray  # (deed,) yes or no
    quieted: np.ndarray  # (deed,) yes or no
    quiet: np.ndarray  # (deed,) row of the axis quiet
    defaults: np.ndarray  # (k,) rows of the deed axis


def watched(rules: Any) -> Any:
    """A record of what the kernels need of a survey's rules (1,)."""
    flags = ("entered", "officials", "harmful", "quieted")
    kinds = {name: np.uint8 if name in flags else np.int64 for name in Watched._fields}
    return as_record(
        Watched(*(np.asarray(getattr(rules, name), kind) for name, kind in kinds.items()))
    )


@kernel
def month_block(blocks, k, memory, row, watch, month, ruled, amnesty, cells, worth):
    """Count a month of one block in every world; what a scheme gives rise to where it stands.

    Reads   watch (1,), ruled and amnesty (world,): the scheme stands, and opens every file anew
    Writes  memory[row], cells (world, cell), worth (world,) [points]
    """
    world, past, rules = world_of(blocks, k), memory[row], watch[0]
    default(world, past, rules)
    harm(world, past, rules, cells)
    money(world, cells)
    conduct(world, rules, cells, worth)
    stands = False
    for w in range(LAW + 1, ruled.size):
        stands |= ruled[w] != 0
    if stands:
        poor_ever(world, past, LAW, cells)
    for w in range(LAW + 1, ruled.size):
        if ruled[w]:
            follow(world, past, rules, w, month, amnesty[w], cells)
        else:
            fill(past.low[w], 0)


@kernel
def follow(world, past, rules, w, month, amnesty, cells):
    """Follow one world in which the scheme stands."""
    climb(world, past, rules, w, month, cells)
    quieted(world, past, rules, w, cells)
    poor_ever(world, past, w, cells)
    if amnesty:
        forgive(past, w)
    enter(world, past, rules, w, month, cells)
    if rules.entered:
        blame(world, past, rules, w, cells)
    review(world, past, w, cells)
    if rules.entered:
        give(world, w, cells)
        show(world, rules, w, cells)
    impoverish(world, past, w, month, cells)
    if rules.officials:
        favour(world, past, w)
