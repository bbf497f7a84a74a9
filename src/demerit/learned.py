"""Learned: a score made of traces, and how its weights are found in the records of a year.

counts of people with and without each trace, with and without the outcome  ->  whole weights

A trace is that an entry of one kind of deed stands on a file.  Its weight is the weight of
evidence (Good): by how much it raises or lowers the odds of no outcome in the months that follow,
in points per doubling of the odds, as scorecards are written (Siddiqi).  Weights of single traces
are added up, as if traces told of the outcome each by itself (naive Bayes).  What is fitted are
counts, in whole numbers without rounding on the way, so that every machine finds the same weights.

The scheme learns from records: an outcome is an entry, true or not.  What reflects no more than
being watched more closely gets a weight like what reflects conduct.  There is no function here that
takes a person and gives a score: a score is the sum that step/score.py makes inside a run.

Source: I. J. Good, "Probability and the Weighing of Evidence", 1950; N. Siddiqi, "Credit Risk
Scorecards", 2006; B. Cestnik, "Estimating probabilities: a crucial task in machine learning", ECAI
1990, for the prior (all from memory).
"""

import numpy as np

from demerit.columns import NEVER
from demerit.kernel import inline, kernel, ones

DEEDS_MAX = 64  # traces of a file are kept as the bits of a word


# ---- what stages share


@inline
def price(scheme, climate, w, deed):
    """Points of an entry of this deed: by the rules, or as this month's weights have it."""
    return scheme.points[deed] + climate.weights[w, deed]


@inline
def asks(scheme, deed):
    """Does the scheme take in records of this deed?"""
    return (scheme.points[deed] != 0) | (scheme.traced[deed] != 0)


@inline
def stands(due, erase, month):
    """Is an entry on the file this month: has it arrived, and is it not taken off?"""
    return 0 <= due <= month < erase < NEVER


@inline
def bit(deed):
    """The bit of a deed's trace."""
    return np.uint64(1) << np.uint64(deed)


@kernel
def worth(bits, weights):
    """The weights of these traces, added up [points].

    >>> int(worth(np.uint64(0b101), np.array([3, 5, -4])))
    -1
    """
    points, rest = np.int64(0), bits
    while rest != np.uint64(0):
        below = rest - np.uint64(1)
        points += weights[ones(below & ~rest)]  # the place of the lowest bit
        rest &= below
    return points


@kernel
def costly(bits, weights):
    """How many of these traces cost points.

    >>> int(costly(np.uint64(0b101), np.array([3, 5, -4])))
    1
    """
    found, rest = np.int64(0), bits
    while rest != np.uint64(0):
        below = rest - np.uint64(1)
        found += weights[ones(below & ~rest)] < 0
        rest &= below
    return found


# ---- the fit, between months


def fit(
    people: int,
    outcomes: int,
    traced: np.ndarray,
    both: np.ndarray,
    doubling: int,
    most: int,
    prior: int,
) -> np.ndarray:
    """The weight of each trace (deed,) [points]; below nought: it goes with the outcome.

    people, outcomes: how many files there are, and how many of them met the outcome.
    traced, both (deed,): how many bore the trace when the year began, and of these met the outcome.
    doubling: points for each doubling of the odds.  most: no weight lies further from nought.
    prior: so many more people of the common odds are added to those with the trace and to those
    without, so that a trace of few people weighs little and one of nobody nothing.

    Needs   somebody who met the outcome, and somebody who did not

    Of 100 files 20 met the outcome; of the 30 with the trace 15 did (odds of none 1), of the 70
    without 5 did (odds 13): without a prior the weight would be 20 * log2(1 / 13), here it is less:

    >>> fit(100, 20, np.array([30, 0]), np.array([15, 0]), 20, 500, 1).tolist()
    [-72, 0]
    >>> fit(100, 20, np.array([30, 20]), np.array([15, 4]), 20, 60, 1).tolist()
    [-60, 0]
    """
    found = np.zeros(traced.size, np.int64)
    without = people - outcomes
    for deed, (bearers, hit) in enumerate(zip(traced.tolist(), both.tolist(), strict=True)):
        if bearers in (0, people):  # nobody to compare them with
            continue
        spared = bearers - hit
        # odds of no outcome of who bears the trace, over those of who does not, all times `people`
        for_it = (spared * people + prior * without) * (
            (outcomes - hit) * people + prior * outcomes
        )
        against = (hit * people + prior * outcomes) * (
            (without - spared) * people + prior * without
        )
        found[deed] = max(-most, min(most, doublings(for_it, against, doubling)))
    return found


def doublings(above: int, below: int, points: int) -> int:
    """points * log2(above / below), to the nearest whole number, exactly.

    In whole numbers: the largest t with (above / below)^(2 points) >= 2^t is known without a
    logarithm, and a half added to t / 2 rounds it.  There are no ties: 2 points * log2 of a
    fraction is whole only where the fraction is a power of two, and then even.

    >>> doublings(8, 1, 20), doublings(1, 8, 20), doublings(3, 2, 20), doublings(7, 7, 20)
    (60, -60, 12, 0)
    """
    x, y = above ** (2 * points), below ** (2 * points)
    t = x.bit_length() - y.bit_length()
    if (x << -t if t < 0 else x) < (y << t if t > 0 else y):
        t -= 1
    return (t + 1) // 2
