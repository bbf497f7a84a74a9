"""Believed: what people make of a scheme's points: fear, use, and a price.

points (deed,), Society tables  ->  shares withheld or done for show (deed, bucket)

Each is worked out once: what an entry would cost or bring, seen from each distance to the edge of
the sanctioned tiers, beside what ordinary law costs already.
"""

from typing import Any

import numpy as np

from demerit.society.tables import HARMFUL

BUCKETS, BUCKET_POINTS = 32, 32  # distances to the edge: 32 steps of 32 points


def distances() -> np.ndarray:
    """The middle of each bucket's distance to the edge (bucket,) [points]."""
    return np.maximum(1, (np.arange(BUCKETS) + 0.5) * BUCKET_POINTS)


def show(points: np.ndarray, society: Any) -> np.ndarray:
    """How much more of a rewarded deed is done for its points (deed, bucket) [1/65536].

    The full share where one entry carries a person over the edge, less the further away it lies:
    as fear rises near the edge, so does the use of points.
    """
    out = np.zeros((points.size, BUCKETS))
    for deed in np.flatnonzero(points > 0):
        out[deed] = society.show_16 * np.minimum(1, points[deed] / distances())
    return np.rint(out).astype(np.int64)


def crowd(points: np.ndarray, society: Any, cap: int) -> np.ndarray:
    """How much more of a harmful deed is done once it has a small price (deed,) [1/65536].

    A small, sure price reads as permission (Gneezy and Rustichini 2000): only deeds that the law
    itself hardly punishes, and only where one entry takes away a small part of all points.
    """
    out = np.zeros(points.size, np.int64)
    for deed in np.flatnonzero(points < 0):
        small = -points[deed] * 256 <= society.price_256 * cap
        mild = society.law_cost_yuan[deed] <= society.mild_yuan
        if society.deed_class[deed] == HARMFUL and small and mild:
            out[deed] = society.crowding_16
    return out


def fear(points: np.ndarray, society: Any) -> np.ndarray:
    """Share of a deed that full caution withholds (deed, bucket) [1/65536].

    Harmful deeds: 1 - ((law + scheme) / law) ** severity, where the scheme costs the believed price
    of exclusion times the part of the way to the edge that one entry goes: fear rises near the
    edge (Sagberg and Ingebrigtsen 2018).  Lawful deeds: the chilled share, wherever one stands.
    Where no tier narrows a door there is nothing to fear (`build` hands over no points then).
    """
    distance = distances()
    out = np.zeros((points.size, BUCKETS))
    for deed in np.flatnonzero(points < 0):
        if society.deed_class[deed] == HARMFUL:
            scheme = society.exclusion_cost_yuan * np.minimum(1, -points[deed] / distance)
            law = max(1.0, society.law_cost_yuan[deed])
            out[deed] = 65536 * (1 - ((law + scheme) / law) ** society.severity)
        else:
            out[deed] = society.chill_16
    return np.rint(out).astype(np.int64)
