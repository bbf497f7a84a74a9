"""Settle: does everybody do what the pilot said that they do?

counts of the pilot and of everybody (month, world, region, item)  ->  residual, next climate

A pilot makes the climate that everybody lives in.  What everybody does in it makes a climate too;
were the pilot everybody, the two would be one.  They are held against each other in what climates
are made of, counts per adult by region and month, and the largest gap is told in standard errors of
the pilot.  A gap larger than chance would bring is answered, if asked, by living everybody once
more in the climate of the mean of both counts.  Whether and when the scheme ends is the pilot's.

Events come in clusters: a firm that withholds wages withholds many.  How large they are is told,
for each item, by how much more the pilot's folds differ than single events would (of all regions
and months together: within a region the folds are too few).  Clusters are counted as Poisson, on
the scale of roots, where a standard error is one whatever the mean: few clusters have a long tail.

Source: F. Anscombe, "The transformation of Poisson, binomial and negative-binomial data",
Biometrika 35, 1948; R. Wedderburn, "Quasi-likelihood functions, generalized linear models, and the
Gauss-Newton method", Biometrika 61, 1974: a variance in proportion to the mean (from memory).
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit.columns import DOORS, WORLDS

CHANCE = 0.05  # that somewhere, of all that is compared, chance alone brings a gap as large
ANSCOMBE = 3 / 8
SCALE = 1 << 24  # adults of a region that mean counts are given for: climates compute in 64 bits
PLAIN = (
    "people", "scored", "adults", "protest", "posted", "sabotage",
    "staff", "unpaid", "cheated", "jobs_lost",
)  # fmt: skip


def item_name(item: int, deeds: Sequence[str]) -> str:
    """What is counted there.

    >>> item_name(3, []), item_name(cl.ASKED, []), item_name(cl.OUT, ["bribe"])
    ('protest', 'asked_job', 'sent_bribe')
    """
    if item < cl.ASKED:
        return PLAIN[item]
    if item < cl.OUT:
        return f"asked_{DOORS[item - cl.ASKED]}"
    kinds = ("sent", "trace", "trace_and_outcome")
    rest = item - cl.OUT
    if len(deeds) <= rest < len(deeds) + cl.TRACES:  # of a learned score, in the month of a fit
        return ("files", "outcomes")[rest - len(deeds)]
    kind, deed = divmod(rest - cl.TRACES * (rest >= len(deeds)), len(deeds))
    return f"{kinds[kind]}_{deeds[deed]}"


def scatter(shared: np.ndarray) -> np.ndarray:
    """How far the folds of a pilot differ from their region: squares of counts, added up
    (world, region, item), of counts (fold, world, region, item)."""
    adults = shared[..., cl.ADULTS].astype(np.float64)[..., None]
    whole = adults.sum(axis=0)
    rate = shared.sum(axis=0) / np.maximum(1.0, whole)
    own = shared - rate * adults
    folds = (adults > 0).sum(axis=0)
    factor = np.where(folds > 1, folds / np.maximum(1, folds - 1), 0.0)
    squares: np.ndarray = (own * own).sum(axis=0) * factor
    return squares


def gaps(pilot: np.ndarray, squares: np.ndarray, everybody: np.ndarray) -> np.ndarray:
    """The gap of each count per adult, in standard errors (month, world, region, item).

    Nought where the pilot has nobody.
    """
    size, whole = (c[..., cl.ADULTS][..., None] for c in (pilot, everybody))
    least = np.maximum(1, whole)
    events = pilot.sum(axis=(0, 1, 2)).astype(np.float64)
    cluster = np.maximum(1.0, squares.sum(axis=(0, 1, 2)) / np.maximum(1.0, events))
    # Whole numbers are divided, so that there is no gap at all where everybody is the pilot.
    roots = [np.sqrt(c / cluster + ANSCOMBE) for c in (pilot, everybody * size / least)]
    found: np.ndarray = 2 * np.abs(roots[0] - roots[1]) / np.sqrt(1 + size / least)
    return np.where((size > 0) & (whole > 0), found, 0.0)


def tolerance(compared: int) -> float:
    """The gap that chance alone brings anywhere among so many in CHANCE of runs [standard errors].

    >>> round(tolerance(1), 2), round(tolerance(500_000), 2)
    (1.96, 5.33)
    """
    return NormalDist().inv_cdf(1 - CHANCE / 2 / max(1, compared))


def judge(
    pilot: np.ndarray, squares: np.ndarray, everybody: np.ndarray, deeds: Sequence[str]
) -> dict[str, Any]:
    """The residual, what it may be, and where it is largest."""
    found = gaps(pilot, squares, everybody)
    month, world, _, item = (int(k) for k in np.unravel_index(int(np.argmax(found)), found.shape))
    compared = int((found.shape[-1]) * (pilot[..., cl.ADULTS] > 0).sum())
    residual, allowed = float(found.max()), tolerance(compared)
    return {
        "residual": residual, "tolerance": allowed, "settled": residual <= allowed,
        "compared": compared, "largest_month": month, "largest_world": WORLDS[world],
        "largest_count": item_name(item, deeds),
    }  # fmt: skip


def mean_counts(read: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """The mean of two counts of the same regions (..., region, item), each of its own number of
    people, per SCALE adults at the most: whole numbers.

    >>> a, b = np.zeros((1, 12), np.int64), np.zeros((1, 12), np.int64)
    >>> a[0, cl.ADULTS], a[0, cl.PROTEST], b[0, cl.ADULTS], b[0, cl.PROTEST] = 100, 1, 1000, 30
    >>> mean_counts(a, b)[0, [cl.ADULTS, cl.PROTEST]].tolist()
    [1000, 20]
    """
    sizes = [np.maximum(1, c[..., cl.ADULTS])[..., None] for c in (read, counted)]
    base = np.minimum(SCALE, np.maximum(*sizes))
    parts = [c * base // size for c, size in zip((read, counted), sizes, strict=True)]
    total: np.ndarray = parts[0] + parts[1]
    return total // 2


def climates_of(plan: Any, counts: np.ndarray, read: Sequence[cl.Climate]) -> list[cl.Climate]:
    """The climates that these counts (month, world, region, item) make, one for each month; whether
    the scheme stands, and amnesties, are those of the climates that were read."""
    found = [read[0]]
    for month, after in enumerate(read[1:]):
        made = cl.follow(
            read[month], counts[month], plan.society_tables, plan.scheme_tables,
            after.in_force.copy(), after.amnesty.copy(),
        )  # fmt: skip
        found.append(made)
    return found


def repeal_counted(plan: Any, counts: np.ndarray) -> int | None:
    """The month in which protest would have ended the scheme by these counts [month]."""
    outcry = cl.Outcry(plan.scheme_tables)
    for month, found in enumerate(counts):
        outcry.hear(found, month)
    return outcry.month[WORLDS.index("scheme")]
