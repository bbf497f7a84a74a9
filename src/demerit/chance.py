"""Chance: what other luck would have shown of a share, of several numbers at once, of bounds; and
how the ends of an interval are told apart.

Sources (all from memory): C. Clopper, E. Pearson, "The use of confidence or fiducial limits",
Biometrika 26(4), 1934; E. Korn, B. Graubard, "Confidence intervals for proportions with small
expected number of positive counts estimated from survey data", Survey Methodology 24(2), 1998;
S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
Statistics 6(2), 1979.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

NORMAL = 1.959964  # standard errors of a normal that hold 95 in 100
FINER = 12  # times that more digits are tried until two ends differ


@lru_cache
def reach(sample: int) -> float:
    """How many standard errors hold 95 in 100 of a number estimated from so many folds or
    replicates (Student's t).

    A normal's 1.96 would hold the truth in 88 of 100 with five (tests/test_intervals.py).

    >>> round(reach(5), 2), round(reach(40), 2)
    (2.78, 2.02)
    """
    from scipy.stats import t

    return float(t.ppf(0.975, sample - 1))


def of_share(
    share: float, error: float, sample: int, most: float = math.inf
) -> tuple[float, float] | None:
    """95% interval of a share whose standard error is worked out of so many folds or replicates.

    That of as many independent cases as would have this error, by Clopper and Pearson, so that it
    stays between nought and one, is longer on the side where there is room, and holds the truth
    near the ends, where share and error shrink together and share +- error does not.  There are
    fewer such cases by what is not known of the error itself (Korn and Graubard), and at most
    `most`; that is also how many there are where no fold differs from another.  None where neither
    says how many.

    >>> [round(x, 4) for x in of_share(0.5, 0.05, 40)]
    [0.395, 0.605]
    >>> [round(x, 4) for x in of_share(1.0, 0.0, 40, 1_000)]
    [0.9963, 1.0]
    >>> of_share(1.0, 0.0, 40) is None
    True
    """
    from scipy.stats import beta

    variance = (error * reach(sample) / NORMAL) ** 2
    cases = min(most, share * (1 - share) / variance if variance > 0 else math.inf)
    if not 0 < cases < math.inf:
        return None
    hits, misses = share * cases, (1 - share) * cases
    low = float(beta.ppf(0.025, hits, misses + 1)) if hits > 0 else 0.0
    high = float(beta.ppf(0.975, hits + 1, misses)) if misses > 0 else 1.0
    return low, high


def by_luck_alone(value: float, half_width: float, sample: int) -> float:
    """How likely a number of true value nought lies as far from it as this one, whose 95% interval
    has this half width and which is worked out of so many folds (Student's t, two sides).

    >>> round(by_luck_alone(2.0, 2.0, 40), 9), by_luck_alone(0.0, 0.0, 40)
    (0.05, 1.0)
    """
    from scipy.stats import t

    if half_width == 0:
        return 1.0 if value == 0 else 0.0
    return float(2 * t.sf(abs(value) / half_width * reach(sample), sample - 1))


def holm(chances: Sequence[float]) -> list[float]:
    """The same chances for many numbers at once: where those below 0.05 are called findings, one
    set in twenty has a false one at most, however the numbers go together.

    Of four, the least times four, the next times three, and so on; none below one before it.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    order = sorted(range(len(chances)), key=chances.__getitem__)
    found, least = [0.0] * len(chances), 0.0
    for place, k in enumerate(order):
        least = max(least, min(1.0, (len(order) - place) * chances[k]))
        found[k] = least
    return found


def told_apart(
    low: float, high: float, tell: Callable[[float, int], str]
) -> tuple[str] | tuple[str, str]:
    """The ends of an interval in words that differ, or one word where they are one.

    `tell`: a number with so many digits more than usual

    >>> told_apart(0.99993, 1.0, lambda x, more: f"{x:.{2 + more}g}")
    ('0.9999', '1')
    >>> told_apart(1.0, 1.0, lambda x, more: f"{x:.{2 + more}g}")
    ('1',)
    """
    if math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-12):
        return (tell(high, 0),)
    for more in range(FINER):
        found = tell(low, more), tell(high, more)
        if found[0] != found[1]:
            break
    return found
