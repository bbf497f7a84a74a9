"""Acceptance: does outcry end the scheme, and when?  Of whole runs: a replicate counts as one.

months in which the scheme ended in each replicate (None: it stood to the end)  ->  numbers

A repeal is an event.  Its share is over replicates, its month a median, and every other measure is
told apart for runs with and without it, never as a mean over both (trial.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Ended = Sequence[int | None]
SECTION = "Acceptance"  # of registry.SECTIONS
DRAWN_MIN = 5  # replicates that an interval needs


@dataclass(frozen=True)
class OfRuns:
    """A function of when replicates ended, and what is said of it."""

    key: str
    unit: Literal["share", "months"]
    better: Literal["more", "less", "neither"]
    question: str
    textbook: str
    function: Callable[[Ended], float | None]
    chance: Callable[[Ended], tuple[float, float] | None]


def repealed_share(ended: Ended) -> float | None:
    """Share of replicates in which the scheme ended; None of none.

    >>> repealed_share([None, 7, None, 30])
    0.5
    """
    return sum(month is not None for month in ended) / len(ended) if ended else None


def share_of_chance(ended: Ended) -> tuple[float, float] | None:
    """95% interval of that share over other luck; None of fewer than five replicates.

    Source: C. Clopper, E. Pearson, "The use of confidence or fiducial limits", Biometrika 26(4),
    1934 (from memory): exact, and so a little wide.

    >>> [round(x, 3) for x in share_of_chance([None, None, None, None, None])]
    [0.0, 0.522]
    """
    from scipy.stats import beta

    n, k = len(ended), sum(month is not None for month in ended)
    if n < DRAWN_MIN:
        return None
    low = float(beta.ppf(0.025, k, n - k + 1)) if k else 0.0
    high = float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0
    return low, high


def repeal_month(ended: Ended) -> float | None:
    """Median month of those replicates in which it ended, months of the run counted from nought; of
    an even number the mean of the middle two.

    >>> repeal_month([None, 7, 30, None]), repeal_month([None])
    (18.5, None)
    """
    months = sorted(month for month in ended if month is not None)
    if not months:
        return None
    middle = len(months) // 2
    return float(months[middle] if len(months) % 2 else (months[middle - 1] + months[middle]) / 2)


def month_of_chance(ended: Ended) -> tuple[float, float] | None:
    """95% interval of that median: between two of the ordered months (sign test); None of fewer
    than six, for no two of them are far enough apart.

    >>> month_of_chance([1, 2, 3, 4, 5, 6]), month_of_chance([1, 2, 3, 4, 5])
    ((1.0, 6.0), None)
    """
    from scipy.stats import binom

    months = sorted(month for month in ended if month is not None)
    k = int(binom.ppf(0.025, len(months), 0.5)) if months else 0
    if k < 1:
        return None
    return float(months[k - 1]), float(months[-k])


def half_gone_month(ended: Ended) -> float | None:
    """Median time to outcry of all replicates, by Kaplan and Meier: those that stood to the end are
    counted as far as they came; None where fewer than half ended.

    >>> half_gone_month([7, 30, None]), half_gone_month([7, None, None])
    (30.0, None)
    """
    months = sorted(month for month in ended if month is not None)
    needed = -(-len(ended) // 2)
    return float(months[needed - 1]) if needed and len(months) >= needed else None


def none_of_chance(ended: Ended) -> None:
    """No interval: that of `outcry_month` is given."""


OF_RUNS = {
    m.key: m
    for m in (
        OfRuns(
            "outcry_share", "share", "neither",
            "How likely does protest end the scheme before the run is over?",
            "Share of replicates with repeal; interval of Clopper and Pearson.",
            repealed_share, share_of_chance,
        ),
        OfRuns(
            "outcry_month", "months", "neither",
            "Where protest ends the scheme, in which month of the run does it?",
            "Time to outcry: median month of repeal over the replicates that have one; interval of "
            "order statistics.  Those that would end later are not in it.",
            repeal_month, month_of_chance,
        ),
        OfRuns(
            "outcry_half_month", "months", "neither",
            "In which month have half of all runs ended by protest?",
            "Median time to outcry over all replicates, by Kaplan and Meier; none where fewer than "
            "half end.",
            half_gone_month, none_of_chance,
        ),
    )
}  # fmt: skip


def measured(ended: Ended) -> dict[str, dict[str, object]]:
    """All of these, as JSON has them.

    >>> measured([None, 4])["outcry_month"]["value"]
    4.0
    """
    found: dict[str, dict[str, object]] = {}
    for key, m in OF_RUNS.items():
        low, high = m.chance(ended) or (None, None)
        found[key] = {
            "unit": m.unit, "better": m.better, "question": m.question, "textbook": m.textbook,
            "value": m.function(ended), "chance_low": low, "chance_high": high,
        }  # fmt: skip
    return found
