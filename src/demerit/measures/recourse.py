"""Recourse: by the scheme's own rules, what would one have to do to come to the next better tier?

Tables of survey/prospects.py: `recourse` (aim, path, group), people by the way that is open to them
or by what shuts it; `recourse_month` and `recourse_deed`, how long it takes at the soonest and how
many deeds at the least.  Of two aims: out of the lowest tier, and up to a perk.  What people did is
in mobility.py; here is what they could.

Source: B. Ustun, A. Spangher, Y. Liu, "Actionable Recourse in Linear Classification", FAT* 2019,
doi:10.1145/3287560.3287566 (beginning read); A. Kothari, B. Kulynych, T.-W. Weng, B. Ustun,
"Prediction without Preclusion", ICLR 2024, arXiv 2308.12820 (beginning read).
"""

from collections.abc import Callable, Sequence

import numpy as np

from demerit.measures.mobility import one
from demerit.measures.registry import Measure, Ratio, put, section

section("Mobility and recourse")

# Rows of the axis `path`: within a year, within two; by waiting alone within one, two, never.
(YEAR_WAIT, YEAR_WAIT_TWO, YEAR_ACT, TWO_WAIT, TWO_ACT, NO_MEANS, TOO_SLOW, SHUT) = range(8)
NONE = (NO_MEANS, TOO_SLOW, SHUT)
AT_BEST = (
    "At best: every good deed is seen and joined at once, none that costs points is done, no untrue"
    " entry comes, and all beyond subsistence is put by (survey/recourse.py). Appeals and points"
    " that are bought are left out. Undefined where nobody stands there in a month that is asked,"
    " and where the score is learned or a mean of ratings."
)
AIMS = {
    "recourse": ("I stand in the lowest tier", "out of it"),
    "perk": ("The next better tier has a reward for me", "up to it"),
}


def of_paths(
    aim: int, rows: Sequence[int], among: Sequence[int] = range(8)
) -> Callable[..., Ratio]:
    """A function of `recourse` (aim, path, group): those on some paths over those on others.

    Of ten three have no way within two years, one of them for want of money.

    >>> table = np.zeros((2, 8, 1)); table[0, :, 0] = 4, 0, 2, 0, 1, 1, 0, 2
    >>> of_paths(0, NONE)(table).value, of_paths(0, [NO_MEANS], NONE)(table).value.round(2)
    (array([0.3]), array([0.33]))
    """
    return lambda recourse: Ratio(
        np.asarray(recourse)[aim, list(rows)].sum(axis=0),
        np.asarray(recourse)[aim, list(among)].sum(axis=0),
    )


def median(counts: np.ndarray) -> int | None:
    """The row in which half of all are, or more with those of the rows before; None of nobody.

    >>> median(np.array([2, 1, 1])), median(np.array([1, 1, 2])), median(np.zeros(3))
    (0, 1, None)
    """
    found = np.cumsum(counts)
    return int(np.argmax(2 * found >= found[-1])) if found[-1] else None


def of_months(aim: int) -> Callable[[np.ndarray], Ratio]:
    """A function of `recourse_month` (aim, month from one and never, group): the median; undefined
    where half never come there.

    >>> table = np.zeros((2, 25, 1)); table[0, 3] = 5; table[0, 24] = 4; table[1, 24] = 1
    >>> of_months(0)(table).value, of_months(1)(table).value
    (array([4.]), array([nan]))
    """

    def function(recourse_month: np.ndarray) -> Ratio:
        row = median(np.asarray(recourse_month)[aim, :, 0])
        never = row is None or row == np.shape(recourse_month)[1] - 1
        return one(None if row is None or never else row + 1.0)

    return function


def of_deeds(aim: int) -> Callable[[np.ndarray], Ratio]:
    """A function of `recourse_deed` (aim, deeds, group): the mean; 63 stand for more.

    Of four one need do nothing, and three two deeds each.

    >>> table = np.zeros((2, 64, 1)); table[0, [0, 2]] = [[1], [3]]
    >>> of_deeds(0)(table).value
    array([1.5])
    """

    def function(recourse_deed: np.ndarray) -> Ratio:
        found = np.asarray(recourse_deed)[aim]
        return Ratio(np.arange(len(found)) @ found, found.sum(axis=0))

    return function


WHY = {
    "means": (NO_MEANS, "only because what is due, or a debt that a court has found, cannot be "
                        "covered by what comes in"),
    "slow": (TOO_SLOW, "because what they may do, and what lapses, brings too little in two years"),
    "shut": (SHUT, "because nothing that they may do gives points, and nothing lapses"),
}  # fmt: skip
for _aim, (_key, (_where, _to)) in enumerate(AIMS.items()):
    for _name, _rows, _asks in (
        ("none_year", (TWO_WAIT, TWO_ACT, *NONE),
         f"nothing that I can do brings me {_to} within a year"),
        ("none", NONE, f"nothing that I can do brings me {_to} within two years"),
        ("wait", (YEAR_WAIT, YEAR_WAIT_TWO, TWO_WAIT),
         f"keeping still and waiting brings me {_to} within two years"),
        ("act", (YEAR_ACT, TWO_ACT),
         f"deeds that the rules reward, or paying, bring me {_to} within two years, and waiting "
         "does not"),
    ):  # fmt: skip
        put(Measure(
            f"{_key}_{_name}_share", "share", "less" if "none" in _name else "neither", "with",
            f"{_where}: how likely is it that {_asks}?",
            ("Preclusion: no actionable recourse. " if "none" in _name else
             "Feasibility of recourse, by what it takes. ") + AT_BEST,
            ("recourse",), of_paths(_aim, _rows),
        ))  # fmt: skip
    put(Measure(
        f"{_key}_months", "months", "less", "with",
        f"{_where}: after how many months can half of us be {_to}, if we do all that we can?",
        "Cost of recourse, in time: median. Undefined where half cannot in two years. " + AT_BEST,
        ("recourse_month",), of_months(_aim), smooth=False,
    ))  # fmt: skip
    put(Measure(
        f"{_key}_deeds", "number", "less", "with",
        f"{_where}: how many deeds does it take at the least to be {_to} as soon as can be?",
        "Cost of recourse, in deeds: mean of those who have a way within two years; the deeds "
        "with the most points first, and to perform a judgment is one. " + AT_BEST,
        ("recourse_deed",), of_deeds(_aim),
    ))  # fmt: skip
    for _name, (_row, _because) in WHY.items():
        put(Measure(
            f"{_key}_none_by_{_name}_share", "share", "neither", "with",
            f"Of those who have no way {_to} within two years, how many have none {_because}?",
            "What precludes: of those without recourse, by what would have to be otherwise. "
            + AT_BEST,
            ("recourse",), of_paths(_aim, [_row], NONE),
        ))  # fmt: skip
