"""Numbers of the tables: chances as thresholds, shares as whole parts.

Integers throughout: chances as thresholds on a 32-bit word (`_32`), shares in 1/256 (`_256`) or
1/65536 (`_16`), money in fen.
"""

from typing import Any

import numpy as np

from demerit import draws

SCORE_CELLS = 513  # a grid over a normal score: from -4 to 4 in 64ths of a standard deviation


def lognormal_cells(spread: float, centre: float) -> np.ndarray:
    """centre x exp(spread x score) over the grid of scores, in 256ths (SCORE_CELLS,)."""
    score = (np.arange(SCORE_CELLS) - SCORE_CELLS // 2) / 64
    return np.rint(256 * centre * np.exp(spread * score)).astype(np.int64)


def wide(p: Any) -> np.ndarray:
    """Chances as thresholds in 64 bits, so that a certainty is 2**32 and above any word."""
    return np.rint(np.asarray(p, np.float64) * draws.WORD).astype(np.int64)


def halved_16(months: float) -> int:
    """What is left after a month of something that halves in `months` [1/65536].

    >>> halved_16(1)
    32768
    """
    return round(65536 * 0.5 ** (1 / months))
