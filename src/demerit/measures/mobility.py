"""Mobility and recourse: who rises, who falls, who never gets out of the lowest tier, and by what.

Tables of the survey: `mobility` (tier a year before, tier now, group), tiers counted from the
lowest; `climb` (at risk or out, months spent, group) and `climbed` (means, group), month by month.
"""

from collections.abc import Callable

import numpy as np

from demerit.measures.registry import Measure, Ratio, measure, put, section

section("Mobility and recourse")

TIERS = ("the lowest tier", "the second tier from below", "the third tier from below",
         "the fourth tier from below")  # fmt: skip
YEAR = 12  # months
AT_RISK_MIN = 30  # people, below which a month's chance of getting out is not read


def of_move(start: int, end: int) -> Callable[[np.ndarray], Ratio]:
    """A function of `mobility`: of those who stood in one tier, who stands in another."""
    return lambda mobility: Ratio(mobility[start, end], mobility[start].sum(axis=0))


for _start, _from in enumerate(TIERS):
    for _end, _to in enumerate(TIERS):
        put(Measure(
            f"moved_{_start + 1}_to_{_end + 1}", "share", "neither", "with",
            f"I stand in {_from}: how likely am I to stand in {_to} a year later?"
            if _start != _end else
            f"I stand in {_from}: how likely am I to stand there a year later, too?",
            "Transition probability between tiers from year to year; tiers are numbered from the "
            "lowest.",
            ("mobility",), of_move(_start, _end),
        ))  # fmt: skip


@measure(unit="share", better="neither", headline="with")
def tier_up_share(mobility):
    """How likely am I to stand in a better tier a year from now?

    Upward mobility: of all who have a file and could rise, those who did.

    Undefined  where nobody stands below the best tier, or the scheme does not stand for two years

    >>> moved = np.zeros((4, 4, 1)); moved[0, 0], moved[0, 1], moved[3, 3] = 3, 1, 9
    >>> tier_up_share(moved).value
    array([0.25])
    """
    moved, top = np.asarray(mobility), highest(mobility)
    up = sum(moved[a, b] for a in range(top) for b in range(a + 1, 4))
    return Ratio(up + 0 * moved[0, 0], moved[:top].sum(axis=(0, 1)))


@measure(unit="share", better="less", headline="with")
def tier_down_share(mobility):
    """How likely am I to stand in a worse tier a year from now?

    Downward mobility: of all who have a file and could fall, those who did.

    Undefined  where all stand in the lowest tier, or the scheme does not stand for two years

    >>> moved = np.zeros((4, 4, 1)); moved[2, 0], moved[3, 3] = 1, 9
    >>> tier_down_share(moved).value
    array([0.1])
    """
    moved = np.asarray(mobility)
    down = sum(moved[a, b] for a in range(1, 4) for b in range(a))
    return Ratio(down, moved[1:].sum(axis=(0, 1)))


def highest(mobility: np.ndarray) -> int:
    """The best tier that anybody stands in, from the lowest."""
    used = np.asarray(mobility).sum(axis=(1, 2)) + np.asarray(mobility).sum(axis=(0, 2))
    return int(np.max(np.flatnonzero(used), initial=0))


def staying(climb: np.ndarray) -> np.ndarray:
    """Chance of being in the lowest tier still after one month, two ... (spent,); as far as enough
    people were there to tell (Kaplan-Meier)."""
    at_risk, out = np.asarray(climb, float)[..., 0]
    enough = np.cumprod(at_risk >= AT_RISK_MIN).astype(bool)
    return np.cumprod(1 - out[enough] / at_risk[enough])


def one(value: float | None) -> Ratio:
    """A number that is no share of a count; None where undefined."""
    whole = 0.0 if value is None else 1.0
    return Ratio(np.array([value or 0.0]), np.array([whole]))


@measure(unit="months", better="less", headline="with", smooth=False)
def climb_months(climb):
    """I have fallen into the lowest tier: after how many months is half of us out?

    Time to recourse: median months in the lowest tier, by Kaplan and Meier, those still there
    counted as far as they have come.

    Counts     climb: person-months in the lowest tier by months spent; those who left it
    Undefined  where half are not out as far as the run can tell: see `climb_never_share`
    Caution    No jackknife holds for a median in whole months: chance is of replicates alone.
    Source     E. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations",
               JASA 53(282), 1958 (from memory); A. Bell and others, "The Game Of Recourse",
               SIGMOD 2024, doi:10.1145/3626246.3654742 (time to recourse).

    A hundred fall; a fifth, then half of the rest, get out: 40 are left after two months.

    >>> climb = np.zeros((2, 64, 1)); climb[0, :2, 0], climb[1, :2, 0] = (100, 80), (20, 40)
    >>> climb_months(climb).value
    array([2.])
    """
    left = staying(climb)
    half = np.flatnonzero(left <= 0.5)
    return one(float(half[0] + 1) if half.size else None)


@measure(unit="share", better="less", headline="with")
def climb_year_share(climb):
    """I have fallen into the lowest tier: how likely am I to be there still a year later, without a
    break?

    Survival in the lowest tier at twelve months, by Kaplan and Meier.

    Undefined  where too few were there for a year

    >>> climb = np.zeros((2, 64, 1)); climb[0, :12, 0], climb[1, 3, 0] = 50, 10
    >>> climb_year_share(climb).value
    array([0.8])
    """
    left = staying(climb)
    return one(float(left[YEAR - 1]) if left.size >= YEAR else None)


@measure(unit="share", better="less", headline="with")
def climb_never_share(climb):
    """I have fallen into the lowest tier: how likely do I never get out while the run lasts?

    Survival in the lowest tier as far as the run can tell, by Kaplan and Meier: the longest stay
    that thirty people were at risk of.

    Undefined  where fewer than thirty ever were in the lowest tier
    Caution    A longer run can only lower it.

    >>> climb = np.zeros((2, 64, 1)); climb[0, :2, 0], climb[1, :2, 0] = (100, 80), (20, 40)
    >>> climb_never_share(climb).value
    array([0.4])
    """
    left = staying(climb)
    return one(float(left[-1]) if left.size else None)


MEANS = {
    "time": "nothing but time and what they did: entries taken off, points for good deeds",
    "appeal": "points given back on appeal",
    "purchase": "points bought from who keeps the file",
    "repair": "points earned back under the scheme's own rules",
}
for _row, (_means, _words) in enumerate(MEANS.items()):
    put(Measure(
        f"climbed_by_{_means}_share", "share", "neither", "with",
        f"Of those who got out of the lowest tier, how many did so in a month with {_words}?",
        "What recourse takes: of all who left the lowest tier, by what the file was given in the "
        "month before; an appeal comes before a purchase, that before repair.",
        ("climbed",), lambda climbed, row=_row: Ratio(climbed[row], climbed.sum(axis=0)),
    ))  # fmt: skip
