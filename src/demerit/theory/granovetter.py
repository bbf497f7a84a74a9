"""Granovetter: a crowd in which everybody sees everybody, with the rule of protest.

Whoever riots when at least t others do has the threshold t.  In the rule of protest it is a matter
of grievance: with pull x D and no risk, H + protesting > T, all three in 1/256 of one person's
weight, so that t = T + 1 - H.  A column of grievance holds 256 of these thresholds exactly.

Source: M. Granovetter, "Threshold models of collective behavior", American Journal of Sociology
83, 1978.
"""

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from demerit import draws
from demerit.step import protest
from demerit.theory.row import CROWD, Row, compare, reference, sampled

SEED = 1978
CALM, FEARLESS = 0, 255  # nothing of legitimacy is left to weigh grievance down; nobody fears
FINE = 65536  # people of the crowd that stands for an endless one


def grievance(thresholds: np.ndarray, highest: int) -> np.ndarray:
    """Grievance [1/256] (same shape) of those who join `thresholds` others, at most `highest`."""
    return highest + 1 - np.clip(np.ceil(thresholds), 0, highest + 1).astype(np.int64)


def riot(thresholds: np.ndarray) -> np.ndarray:
    """How many riot in the end in each crowd (crowd,); thresholds [others] are (crowd, person)."""
    people = thresholds.shape[1]
    felt = grievance(thresholds, people - 1).ravel()
    daring = np.full(felt.size, FEARLESS, np.uint8)
    ties = np.full(felt.size, people - 1, np.int64)
    out = np.zeros(felt.size, np.uint8)
    for _ in range(people + 1):
        total = out.reshape(thresholds.shape).sum(axis=1, dtype=np.int64)
        others = np.repeat(total, people) - out
        protest.march(
            felt, daring, CALM, 0, others, ties, 256 * (people - 1), 256 * (people - 1), out
        )
        if np.array_equal(total, out.reshape(thresholds.shape).sum(axis=1)):
            return total
    raise AssertionError("a crowd of n rests after n rounds")


def least_fixed_point(mean: float, spread: float, people: float) -> float:
    """Least r with people x Phi((r - mean) / spread) = r [people]: what an endless crowd comes to.

    From nobody upward, a step at a time, as the crowd itself does; Newton's steps end it.
    """
    r = 0.0
    for _ in range(200):
        z = (r - mean) / spread
        slope = people * np.exp(-z * z / 2) / np.sqrt(2 * np.pi) / spread
        lack = people * ndtr(z) - r
        # The curve lies above its tangent where it bends up, so that no step goes too far there.
        step = lack / (1 - slope) if slope < 0.99 and r < mean else lack
        r += step
        if abs(step) < 1e-13 * people:
            break
    return float(r)


def critical_spread(mean: float, people: float) -> float:
    """The spread at which the curve touches the diagonal: above it nearly everybody riots.

    People x phi(z) / spread = 1 and people x Phi(z) = mean + spread x z, with z below nought.
    """

    def miss(spread: float) -> float:
        z = -np.sqrt(2 * np.log(people / (spread * np.sqrt(2 * np.pi))))
        return float(people * ndtr(z) - mean - spread * z)

    return float(brentq(miss, 0.2 * mean, people / np.sqrt(2 * np.pi) - 1e-9, xtol=1e-13))


def endless(spread: float, mean: float, people: float, cells: int) -> float:
    """What a large crowd with these thresholds comes to by the rule [people of `people`].

    Thresholds are the quantiles of the normal, in `cells` steps of the share.
    """
    share = (mean + spread * ndtri((np.arange(FINE) + 0.5) / FINE)) / people
    felt = cells + 1 - np.clip(np.ceil(share * cells), 0, cells + 1).astype(np.int64)
    daring = np.full(FINE, FEARLESS, np.uint8)
    out = np.zeros(FINE, np.uint8)
    ties = np.full(FINE, FINE, np.int64)
    total = -1
    while total != (now := int(out.sum(dtype=np.int64))):
        total = now
        # Grievance counts in 1/65536 here, one step of legitimacy: finer than a column holds.
        protest.march(
            felt, daring, 255, 0, np.full(FINE, total), ties, cells, cells, out
        )  # fmt: skip
    return people * total / FINE


def rule_critical_spread(mean: float, people: float, cells: int) -> float:
    """The spread from which more than half riot by the rule, to 0.001 [thresholds]."""
    low, high = 5.0, 25.0
    while high - low > 0.001:
        middle = (low + high) / 2
        if endless(middle, mean, people, cells) > people / 2:
            high = middle
        else:
            low = middle
    return high


def crowds(count: int, people: int, mean: float, spread: float) -> np.ndarray:
    """Thresholds (crowd, person) drawn from a normal [others]."""
    u = np.empty((4, count * people), np.uint32)
    draws.rows(u, draws.U(SEED), draws.U(0), 0, 0, CROWD, 0)
    return (mean + spread * ndtri((u[0] + 0.5) / draws.WORD)).reshape(count, people)


def rows() -> list[Row]:
    """Granovetter's crowds beside what the rule of protest makes of them."""
    given = reference("granovetter")
    people, mean = given["people"], given["mean"]
    steps = np.arange(people)
    less = np.where(steps == 1, 2, steps)
    source = "Granovetter 1978"
    found = [
        compare("granovetter.uniform", "thresholds 0, 1, ... 99: all riot [people]",
                given["uniform"], int(riot(steps[None])[0]), 0, source),
        compare("granovetter.uniform_without_one", "the threshold 1 made 2: one riots [people]",
                given["uniform_without_one"], int(riot(less[None])[0]), 0, source),
        compare("granovetter.critical_spread", "critical spread, closed form [thresholds]",
                given["critical_spread"], critical_spread(mean, people), 1e-6, source),
        compare("granovetter.rule_critical_spread",
                f"critical spread by the rule, {FINE} people, shares in 1/65536 [thresholds]",
                given["critical_spread"], rule_critical_spread(mean, people, FINE), 0.01, source),
        compare("granovetter.rule_critical_spread_8_bits",
                "the same with thresholds held in 1/256 [thresholds]",
                given["critical_spread"], rule_critical_spread(mean, people, 256), 0.01, source,
                note="a column of a byte is fine enough"),
    ]  # fmt: skip
    for row in given["equilibria"]:
        found.append(
            compare(
                f"granovetter.rest.{row['spread']}",
                f"least fixed point at spread {row['spread']} [people of 100]",
                row["joined"],
                least_fixed_point(mean, row["spread"], people),
                1e-6 * max(row["joined"], 1e-3),
                "fixed point of Granovetter 1978",
            )
        )
    for row in given["sampled"]:
        found += sampled_rows(row, people, mean)
    return found


def sampled_rows(row: dict, people: int, mean: float) -> list[Row]:
    """Crowds whose thresholds are drawn, beside the crowds that others drew."""
    spread, count = row["spread"], row["crowds"]
    ends = riot(crowds(2000, people, mean, spread))
    above = (ends > 50).astype(float)
    share = row["share_above_50"]
    # The spread of the published means is not stated; it is that of the crowds drawn here.
    return [
        sampled(f"granovetter.drawn.{spread}.mean", f"mean of crowds, spread {spread} [people]",
                row["mean"], ends.tolist(), "1,000 crowds drawn by others",
                float(ends.std(ddof=1)) / count**0.5),
        sampled(f"granovetter.drawn.{spread}.most", f"crowds above 50, spread {spread} [share]",
                share, above.tolist(), "1,000 crowds drawn by others",
                (share * (1 - share) / count) ** 0.5),
    ]  # fmt: skip
