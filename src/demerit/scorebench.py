"""Scorebench: one small workload that other engines run too, with this project's draws and kernels.

people, months, seed  ->  mean score and share of each tier by month

People stand on a ring, with four neighbours each: those one and two places away.  A trait is even
between nought and one, every score starts at 1000.  Each month, for everybody at once and from last
month's scores and tiers: six deeds, each done with a chance that follows from trait and tier; their
points are added; the score moves a hundredth of the way to the mean of the neighbours' last scores;
it is held between its bounds and put in a tier.

It is no model of anything: it has draws, a table, a network and a count, which is what engines of
this kind spend their time on.  The same workload in other engines is in bench/peers/; a test holds
this one against a second writing in plain Python, score by score.

A person's six draws have 21 bits each and one address: the upper 21 bits of its four words, and two
more put together of what is left of them.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from demerit import draws
from demerit.kernel import entries, inline, kernel

MONTHS = 12
PIECE = 1 << 10  # people whose draws and scores stay in the nearest cache
SHARE = 1 << 16  # people whom a thread takes at a time
SIDES = (-2, -1, 1, 2)  # where one's neighbours stand on the ring
EDGE = 2  # places at either end of the row of scores, in which the ring closes

F = np.float32
CHANCE = np.array([0.05, 0.08, 0.10, 0.10, 0.06, 0.02], F)  # a month, of each deed
POINTS = np.array([-50, -20, -10, 5, 10, 20], F)
FEAR = np.array([0.1, 0.3, 0.6, 1.0], F)  # by tier, best first
HOPE = np.array([1.0, 0.6, 0.3, 0.1], F)
HELD_BACK, ENCOURAGED = F(1) - F(0.3) * FEAR, F(1) + F(0.3) * HOPE  # what a tier does to a chance
FLOORS = np.array([1030, 960, 850], F)
START, LEAST, CAP, DRIFT, QUARTER = F(1000), F(0), F(1300), F(0.01), F(0.25)
BITS, TRAIT_BITS = F(1 / (1 << 21)), F(1 / (1 << 24))
PARTS = F(128)  # scores are added up in whole 128ths of a point: the same sum in any order
LOW_11, LOW_10 = np.uint32(0x7FF), np.uint32(0x3FF)
SHIFT, WIDER, BYTE = np.uint32(11), np.uint32(10), np.uint32(8)


class Outcome(NamedTuple):
    """What a run gives."""

    mean: np.ndarray  # (month,) score after each month [points]
    share: np.ndarray  # (month, tier) of the people
    score: np.ndarray  # (person,) at the end [points]
    seconds: float  # of the months
    cpu_seconds: float  # of the months, all threads
    bytes_per_person: float


@inline
def pieces(a, b, c, d):
    """Six even numbers below one, of 21 bits each, from four words."""
    e = ((a & LOW_11) << WIDER) | (b & LOW_10)
    f = ((c & LOW_11) << WIDER) | (d & LOW_10)
    return (
        F(np.int32(a >> SHIFT)) * BITS, F(np.int32(b >> SHIFT)) * BITS,
        F(np.int32(c >> SHIFT)) * BITS, F(np.int32(d >> SHIFT)) * BITS,
        F(np.int32(e)) * BITS, F(np.int32(f)) * BITS,
    )  # fmt: skip


@inline
def of_tier(table, tier):
    """A table's value for a tier, chosen without a branch and without memory."""
    high = table[0] if tier == 0 else table[1]
    low = table[2] if tier == 2 else table[3]
    return high if tier < 2 else low


@inline
def after(score, trait, tier, near, a, b, c, d):
    """One person's next score, from last month's and the sum of the neighbours' [points]."""
    bad = (F(1.5) - trait) * of_tier(HELD_BACK, tier)
    good = (F(0.5) + trait) * of_tier(ENCOURAGED, tier)
    u = pieces(a, b, c, d)
    s = score
    s += POINTS[0] if u[0] < CHANCE[0] * bad else F(0)
    s += POINTS[1] if u[1] < CHANCE[1] * bad else F(0)
    s += POINTS[2] if u[2] < CHANCE[2] * bad else F(0)
    s += POINTS[3] if u[3] < CHANCE[3] * good else F(0)
    s += POINTS[4] if u[4] < CHANCE[4] * good else F(0)
    s += POINTS[5] if u[5] < CHANCE[5] * good else F(0)
    s += DRIFT * (QUARTER * near - s)
    s = LEAST if s < LEAST else s
    return CAP if s > CAP else s


@kernel
def step(trait, last, now, tier, around, first, second, third, fourth):
    """One month of a piece of the people; `first` to `fourth` are the words drawn (person,).

    Writes  now (person,) [points], tier (person,) [index]
    Gives   how many stand in the best tier, the two best, the three best; the sum of scores in
            128ths of a point
    """
    best = good = fair = total = np.int32(0)  # narrow: a wider number halves the vectors
    for i in range(trait.size):
        s = after(
            last[i], trait[i], tier[i], around[i], first[i], second[i], third[i], fourth[i]
        )  # fmt: skip
        now[i] = s
        a, b, c = np.int32(s >= FLOORS[0]), np.int32(s >= FLOORS[1]), np.int32(s >= FLOORS[2])
        tier[i] = np.int8(np.int32(3) - a - b - c)
        best = np.int32(best + a)
        good = np.int32(good + b)
        fair = np.int32(fair + c)
        total = np.int32(total + np.int32(s * PARTS))
    return best, good, fair, total


@kernel
def look_up(last, first, second, third, fourth, around):
    """The sum of the last scores of the neighbours, whose rows are held (person,) each."""
    for i in range(around.size):
        around[i] = (last[first[i]] + last[second[i]]) + (last[third[i]] + last[fourth[i]])


@kernel
def look_beside(far_left, left, right, far_right, around):
    """The same where neighbours' rows are computed: they stand beside one."""
    for i in range(around.size):
        around[i] = (far_left[i] + left[i]) + (right[i] + far_right[i])


@kernel
def live(trait, last, now, tier, near, seed, month, begin, end, out):
    """One month of the people from begin to end, piece by piece.

    Reads   trait (person,), last (person and both ends), near (side, person) rows of `last`, or
            (side, 0) where neighbours are computed
    Writes  now, tier; out (4,): adds what `step` gives
    """
    u, around = np.empty((4, PIECE), np.uint32), np.empty(PIECE, np.float32)
    for low in range(begin, end, PIECE):
        high = min(end, low + PIECE)
        n = high - low
        draws.rows(u, seed, np.uint64(low), month, 0, draws.DEED, 0)
        if near.shape[1] > 0:
            look_up(last, near[0, low:high], near[1, low:high], near[2, low:high],
                    near[3, low:high], around[:n])  # fmt: skip
        else:
            look_beside(last[low:high], last[low + 1 : high + 1], last[low + 3 : high + 3],
                        last[low + 4 : high + 4], around[:n])  # fmt: skip
        best, good, fair, total = step(
            trait[low:high], last[low + EDGE : high + EDGE], now[low + EDGE : high + EDGE],
            tier[low:high], around[:n], u[0, :n], u[1, :n], u[2, :n], u[3, :n],
        )  # fmt: skip
        out[0] += best
        out[1] += good
        out[2] += fair
        out[3] += total


@kernel
def begin_traits(trait, seed, begin, end):
    """The traits of the people from begin to end, which never change (person,)."""
    u = np.empty((4, PIECE), np.uint32)
    for low in range(begin, end, PIECE):
        draws.rows(u, seed, np.uint64(low), 0, 0, draws.TRAIT, 0)
        for i in range(min(end, low + PIECE) - low):
            trait[low + i] = F(np.int32(u[0, i] >> BYTE)) * TRAIT_BITS


def neighbours(people: int) -> np.ndarray:
    """Whose score to look up: rows of a column of scores with both its ends (side, person)."""
    own = np.arange(people)
    return np.stack([EDGE + (own + side) % people for side in SIDES]).astype(np.uint32)


def close(score: np.ndarray) -> None:
    """Let the ring close: either end of the row of scores is what stands at the other."""
    score[:EDGE], score[-EDGE:] = score[-2 * EDGE : -EDGE], score[EDGE : 2 * EDGE]


def shares(people: int) -> Iterator[tuple[int, int]]:
    """What a thread takes at a time: from whom to whom."""
    return ((low, min(people, low + SHARE)) for low in range(0, people, SHARE))


def simulate(
    people: int, months: int = MONTHS, seed: int = 1, threads: int = 1, held: bool = True
) -> Outcome:
    """Live the workload; the same bits for any number of threads, neighbours held or computed.

    `held`: every person's neighbours stand in an index column, as a network of any shape would;
    else they are computed from the person's place on the ring.
    """
    trait, tier = np.empty(people, F), np.ones(people, np.int8)
    last = np.full(people + 2 * EDGE, START, F)
    now = last.copy()
    near = neighbours(people) if held else np.empty((len(SIDES), 0), np.uint32)
    key = np.uint64(seed)
    given = (trait, last, now, tier, near, key, 0, 0, people, np.zeros(4, np.int64))
    act, begin = entries([live], *given)[0], entries([begin_traits], trait, key, 0, people)[0]
    counts = np.zeros((months, 4), np.int64)
    with ThreadPoolExecutor(threads) as pool:
        together = threading.Barrier(threads)
        for ready in [pool.submit(together.wait) for _ in range(threads)]:
            ready.result()
        list(pool.map(lambda share: begin(trait, key, *share), shares(people)))
        start, cpu = time.perf_counter(), time.process_time()
        for month in range(months):

            def month_of(share, month=month, last=last, now=now):
                out = np.zeros(4, np.int64)
                act(trait, last, now, tier, near, key, month, *share, out)
                return out

            counts[month] = sum(pool.map(month_of, shares(people)))
            close(now)
            last, now = now, last
        spent = time.perf_counter() - start, time.process_time() - cpu
    fair = counts[:, :3] / people
    share = np.diff(fair, axis=1, prepend=0.0, append=1.0)
    held_bytes = sum(column.nbytes for column in (trait, tier, last, now, near))
    return Outcome(
        counts[:, 3] / people / float(PARTS), share, last[EDGE:-EDGE], *spent, held_bytes / people
    )
