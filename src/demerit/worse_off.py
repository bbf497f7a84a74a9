"""Worse off: who loses by the mean of redraws, and what neither a single pair of lives nor chance
may be taken for.

an outcome of the same people in two worlds, life by life  ->  shares of people

A person is worse off whose mean over the redraws of luck falls short by more than a threshold.  The
mean of so many redraws has noise of its own, which spreads it past the threshold: the same share
from half as many redraws tells how much.  A line through the two to endless redraws (in the manner
of Cook and Stefanski 1994 and Quenouille 1956; both from memory) is only an end beside the share:
the share is not linear in the noise, and where few lose and the noise is near the threshold the
line overshoots (tests/test_worse_off.py).  It has no interval, for none would cover.  The share of
single pairs of lives that show a loss is told to be seen wrong: it takes luck for loss, and how the
lives of a pair go together is this model's choice.  What no such choice can leave are the bounds
from the two distributions alone.  Their outer ends with chance are told beside them: each bound is
a difference of two shares at the cut at which it is the greatest, and has the error of that
difference (Fan and Park); that the cut was picked on the same people is left out, and small.

Sources: J. Heckman, J. Smith, N. Clements, "Making the most out of programme evaluations and social
experiments: accounting for heterogeneity in programme impacts", Review of Economic Studies 64,
1997; G. Makarov, "Estimates for the distribution function of a sum of two random variables when the
marginal distributions are fixed", Theory Probab. Appl. 26, 1982 (both from memory); J. Cook, L.
Stefanski, "Simulation-extrapolation estimation in parametric measurement error models", J. American
Statistical Association 89, 1994 (from memory); Y. Fan, S. Park, "Sharp bounds on the distribution
of treatment effects and their statistical inference", Econometric Theory 26(3), 2010 (from memory).
"""

from typing import Any, NamedTuple

import numpy as np

from demerit import chance
from demerit.contrast import EVENTS_MIN, FOLDS_MIN, PEOPLE_MIN, half_width

COUNTED_LEAST = 4  # one in so many of a person's lives must count, or the mean is too little known


class Lives(NamedTuple):
    """One outcome of the same people in two worlds, with the same luck.  More of it is better."""

    law: np.ndarray  # (draw, person)
    scheme: np.ndarray  # (draw, person)
    counted: np.ndarray  # (draw, person) yes/no: the lives that are asked about

    @property
    def turned(self) -> "Lives":
        """The worlds in each other's place: who is better off here is worse off there."""
        return Lives(self.scheme, self.law, self.counted)


class Means(NamedTuple):
    """Each person's mean over the lives that count, and which share of all lives these are."""

    law: np.ndarray  # (person,)
    scheme: np.ndarray  # (person,)
    weight: np.ndarray  # (person,)


def means(lives: Lives) -> Means:
    """Means over draws; who has too few lives that count has no weight.

    >>> law, scheme = np.array([[1.0, 4.0], [3.0, 8.0]]), np.array([[1.0, 0.0], [1.0, 0.0]])
    >>> [m.tolist() for m in means(Lives(law, scheme, np.array([[True, True], [True, False]])))]
    [[2.0, 4.0], [1.0, 0.0], [1.0, 0.5]]
    """
    draws, counted = lives.counted.shape[0], lives.counted
    count = counted.sum(axis=0)
    law, scheme = (
        np.divide(np.where(counted, world, 0.0).sum(axis=0, dtype=np.float64), count,
                  out=np.zeros(count.shape), where=count > 0)
        for world in (lives.law, lives.scheme)
    )  # fmt: skip
    return Means(law, scheme, np.where(count * COUNTED_LEAST >= draws, count / draws, 0.0))


def lost(law: np.ndarray, scheme: np.ndarray, threshold: float) -> np.ndarray:
    """Who has lost more than the threshold (same shape)."""
    return np.asarray(scheme < law - threshold)


class Cut(NamedTuple):
    """Where a bound is reached: the share of the scheme's world below it less that of ordinary
    law's, of which those at the cut are `also_at`."""

    at: float
    also_at: bool
    difference: float


def bounds(
    law: np.ndarray, scheme: np.ndarray, weight: np.ndarray, threshold: float
) -> tuple[float, float]:
    """The least and the greatest share that can have lost more than the threshold, whoever of the
    one world is whoever of the other: Makarov's bounds, sharp.  nan where nobody counts.

    Of three who have 1, 2 and 3 in one world and 0, 2 and 4 in the other, one at least has lost
    (whoever comes to 0), and two at most (1 to 0, 3 to 2):

    >>> low, high = bounds(np.array([1, 2, 3]), np.array([0, 2, 4]), np.ones(3), 0)
    >>> round(3 * low, 9), round(3 * high, 9)
    (1.0, 2.0)
    """
    found = cuts(law, scheme, weight, threshold)
    if found is None:
        return np.nan, np.nan
    return max(0.0, found[0].difference), min(1.0, 1.0 + found[1].difference)


def cuts(
    law: np.ndarray, scheme: np.ndarray, weight: np.ndarray, threshold: float
) -> tuple[Cut, Cut] | None:
    """Where the two bounds are reached; None where nobody counts."""
    law, scheme, weight = (np.ravel(x) for x in (law, scheme, weight))
    law, scheme, weight = law[weight > 0] - threshold, scheme[weight > 0], weight[weight > 0]
    if not weight.size:
        return None
    at = np.unique(np.concatenate([law, scheme]))
    below = share_below(scheme, weight, at)
    low = below - share_below(law, weight, at)
    high = below - share_below(law, weight, at, also_at=True)
    most, least = int(low.argmax()), int(high.argmin())
    return (Cut(float(at[most]), False, float(low[most])),
            Cut(float(at[least]), True, float(high[least])))  # fmt: skip


def outer(whole: "Means", threshold: float, fold: np.ndarray) -> tuple[float, float] | None:
    """How low the lower and how high the upper bound may lie with other people: the two together
    hold both in 95 of 100.  None where there are too few groups of blocks (person,)."""
    found = cuts(*whole, threshold)
    if found is None:
        return None
    ends = []
    for cut, sign in zip(found, (-1, 1), strict=True):
        law = whole.law - threshold
        there = (law <= cut.at) if cut.also_at else (law < cut.at)
        each = whole.weight * ((whole.scheme < cut.at).astype(float) - there)
        parts, sizes = (np.bincount(fold, weights=x) for x in (each, whole.weight))
        parts, sizes = parts[sizes > 0], sizes[sizes > 0]
        if sizes.size < FOLDS_MIN:
            return None
        left = (parts.sum() - parts) / (sizes.sum() - sizes)
        ends.append(cut.difference + sign * half_width(left))
    return max(0.0, ends[0]), min(1.0, 1.0 + ends[1])


def share_below(
    x: np.ndarray, weight: np.ndarray, cuts: np.ndarray, also_at: bool = False
) -> np.ndarray:
    """The share of the weight that lies below each cut, or not above it (cut,)."""
    order = np.argsort(x, kind="stable")
    running = np.concatenate([[0.0], np.cumsum(weight[order], dtype=np.float64)])
    at = np.searchsorted(x[order], cuts, side="right" if also_at else "left")
    return np.asarray(running[at] / running[-1])


class Parts(NamedTuple):
    """What shares are made of, person by person (person,)."""

    weight: np.ndarray
    worse: np.ndarray  # the weight of who has lost by the mean of all draws
    half_weight: np.ndarray  # the same of the two halves of the draws, together
    half_worse: np.ndarray
    pairs: np.ndarray  # share of all lives: pairs that count
    pairs_lost: np.ndarray  # ... that show a loss


def parts(lives: Lives, threshold: float) -> Parts:
    """By the mean of all draws, of either half of them, and pair by pair."""
    whole = means(lives)
    halves = [means(Lives(*(x[k::2] for x in lives))) for k in (0, 1)]
    each = lost(lives.law, lives.scheme, threshold) & lives.counted
    draws = lives.counted.shape[0]
    return Parts(
        whole.weight, whole.weight * lost(*whole[:2], threshold),
        np.sum([half.weight for half in halves], axis=0),
        np.sum([half.weight * lost(*half[:2], threshold) for half in halves], axis=0),
        lives.counted.sum(axis=0) / draws, each.sum(axis=0) / draws,
    )  # fmt: skip


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, nan where there is no whole."""
    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0)


def extrapolated(share: float, of_halves: float) -> float:
    """Linear extrapolation to endless draws, of which half as many have twice the variance of the
    mean.  It may overshoot: an end beside the share, no estimate.

    >>> round(extrapolated(0.05, 0.06), 9), extrapolated(0.001, 0.004)
    (0.04, 0.0)
    """
    return min(1.0, max(0.0, 2 * share - of_halves))


def share(
    lives: Lives, threshold: float, fold: np.ndarray, months: int, cell: bool = False
) -> dict[str, float | int | None]:
    """The share of these people who are worse off, with all that stands beside it.

    `fold` (person,) is the group of blocks that the jackknife leaves out with a person: an interval
    over people.  `months` is how long a life is.  A cell of a table by group is blank where too few
    people or losses are behind it; that nobody has lost is told.
    """
    found = parts(lives, threshold)
    sums = np.array([np.bincount(fold, weights=x, minlength=fold.max() + 1) for x in found])
    total = sums.sum(axis=1)
    people, losers = int((found.weight > 0).sum()), int((found.worse > 0).sum())
    told = {"people": people, "people_worse": losers, **dict.fromkeys(TOLD)}
    enough = not cell or losers >= EVENTS_MIN or losers == 0
    enough = enough and people * months >= PEOPLE_MIN
    if not enough or total[0] == 0:
        return told
    rest = np.concatenate([total[:, None], total[:, None] - sums[:, sums[0] > 0]], axis=1)
    by_mean, by_half = ratio(rest[1], rest[0]), ratio(total[3], total[2])
    whole = means(lives)
    few = min(losers, people - losers) < EVENTS_MIN
    return told | {
        "share": float(by_mean[0]), **interval(by_mean, people if few else np.inf),
        "share_of_half_the_draws": float(by_half),
        "extrapolated": extrapolated(float(by_mean[0]), float(by_half)),
        **dict(zip(("bound_low", "bound_high"), bounds(*whole, threshold), strict=True)),
        **dict(zip(("bound_low_least", "bound_high_most"),
                   outer(whole, threshold, fold) or (None, None), strict=True)),
        "one_pair": float(total[5] / total[4]),
        **dict(zip(("one_pair_bound_low", "one_pair_bound_high"),
                   bounds(lives.law, lives.scheme, lives.counted, threshold), strict=True)),
    }  # fmt: skip


TOLD = (
    "share", "share_low", "share_high", "share_of_half_the_draws", "extrapolated", "bound_low",
    "bound_high", "bound_low_least", "bound_high_most", "one_pair", "one_pair_bound_low",
    "one_pair_bound_high",
)  # fmt: skip


def interval(sample: np.ndarray, most: float) -> dict[str, Any]:
    """95 in 100 by leaving out each group of blocks in turn; none where there are too few.

    `most`: people, where next to nobody has lost or has not
    """
    whole, left = float(sample[0]), sample[1:]
    if left.size < FOLDS_MIN or not np.isfinite(left).all():
        return {}
    error = half_width(left) / chance.reach(left.size)
    ends = chance.of_share(whole, error, left.size, most)
    return {"share_low": ends[0], "share_high": ends[1]} if ends else {}
