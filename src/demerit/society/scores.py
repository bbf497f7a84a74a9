"""Scores: standard normal scores as integers, and tables over them.

A score is in 1/4096 of a standard deviation and lies within 6 of them.  Whatever a person's score
stands for (income, frailty, being in view) is a table over its cells: no exp or log in a kernel.
"""

import math
from functools import cache
from statistics import NormalDist

import numpy as np

UNIT = 4096  # of a score: one standard deviation
REACH = 6 * UNIT  # scores lie in -REACH ... REACH - 1
CELL_BITS = 5  # a cell is 32 units, 1/128 of a standard deviation
CELLS = (2 * REACH) >> CELL_BITS
QUANTILES = 4096
TOP = NormalDist().inv_cdf(0.9)  # where the top tenth begins


@cache
def quantiles() -> np.ndarray:
    """Scores of 4,096 equal cells of chance, at their middles; then of each of the two end cells
    cut again by 4,096, so that one in 33 million is still told apart (3 x 4096,) int16.

    Scaled so that the variance of what is drawn is one.
    """
    z = NormalDist().inv_cdf
    middle = [(k + 0.5) / QUANTILES for k in range(QUANTILES)]
    body = [z(p) for p in middle]
    low = [z(p / QUANTILES) for p in middle]
    tail = sum(x * x for x in low) / QUANTILES
    variance = (sum(x * x for x in body[1:-1]) + 2 * tail) / QUANTILES
    scale = UNIT / math.sqrt(variance)
    table = [scale * x for x in (*body, *low, *(-x for x in reversed(low)))]
    return np.rint(table).astype(np.int16)


@cache
def middles() -> tuple[float, ...]:
    """The score at the middle of each cell [sd]."""
    return tuple(((k + 0.5) * (1 << CELL_BITS) - REACH) / UNIT for k in range(CELLS))


@cache
def chances() -> np.ndarray:
    """The chance of each cell under the standard normal law (cell,); the ends take the tails."""
    edges = [((k << CELL_BITS) - REACH) / UNIT for k in range(1, CELLS)]
    below = [0.0, *(NormalDist().cdf(x) for x in edges), 1.0]
    return np.diff(below)


def lognormal(spread: float) -> np.ndarray:
    """A multiplier with mean one over the cells (cell,), whose log has this spread.

    >>> round(float((lognormal(0.8) * chances()).sum()), 12)
    1.0
    """
    table = np.array([math.exp(spread * z) for z in middles()])
    return table / float((table * chances()).sum())


def spread(share: float) -> float:
    """The spread at which the top tenth of a lognormal has this share of the whole.

    The share is Phi(s - 1.2816); nobody differs below a tenth.

    >>> round(spread(0.7), 3)
    1.806
    """
    return max(TOP + NormalDist().inv_cdf(share), 0.0)


def above(share: float) -> int:
    """The score that this share of people is at or above.

    >>> above(0.5)
    0
    """
    if share <= 0 or share >= 1:
        return REACH if share <= 0 else -REACH
    return round(UNIT * NormalDist().inv_cdf(1 - share))
