"""Within: what the score is worth in each group by itself, and whether it says the same of all.

Counts of the survey, axes (points from the start, outcome, group)  ->  numbers by group, and the
widest gap between any two groups, which at most three margins make.

The score stands in 31 steps, as far from where everybody starts as that is, and wider the further
(survey/tables.py); the outcomes are honesty, a trait that the laboratory drew, in quarters, and a
loan or judgment left unpaid in the year after.  Groups under 1,000 people, or with under 30 of
either outcome, are left out, as their cells are blank elsewhere.

Sources, all from memory: G. Pleiss and others, "On fairness and calibration", NIPS 2017,
arXiv:1709.02012; A. Chouldechova, "Fair prediction with disparate impact", Big Data 5(2), 2017,
doi:10.1089/big.2016.0047; J. Kleinberg, S. Mullainathan, M. Raghavan, "Inherent trade-offs in the
fair determination of risk scores", ITCS 2017, arXiv:1609.05807; S. Greenland, J. Robins,
"Estimation of a common effect parameter from sparse follow-up data", Biometrics 41(1), 1985.
Areas and rates are those of Fairlearn's MetricFrame, steps of the score its control feature
(tests/test_within.py).
"""

from collections.abc import Callable

import numpy as np

from demerit.measures.fairness import EVENTS_MIN, GROUPS, PEOPLE_MIN, gap, one
from demerit.measures.registry import Measure, Ratio, measure, put, section
from demerit.measures.validity import above, rank_correlation

START = 15  # step of the score that everybody starts in

Table = np.ndarray  # (step, outcome, group)
Held = np.ndarray | None  # (group,) yes or no; of pairs (group, group)


def in_two(quarters: Table) -> Table:
    """Honesty below and above its middle (step, two, group)."""
    quarters = np.asarray(quarters)
    return np.stack([quarters[:, :2].sum(axis=1), quarters[:, 2:].sum(axis=1)], axis=1)


def turned(defaults: Table) -> Table:
    """Who defaulted first, so that the second outcome is the one that a score ought to raise."""
    return np.asarray(defaults)[:, ::-1]


def enough(two: Table) -> np.ndarray:
    """Which groups are large enough, with enough of either outcome (group,)."""
    each = np.asarray(two).sum(axis=0)
    held: np.ndarray = (each.sum(axis=0) >= PEOPLE_MIN) & (each.min(axis=0) >= EVENTS_MIN)
    return held


def shown(ratio: Ratio, held: np.ndarray) -> Ratio:
    """A ratio that is undefined of groups too small."""
    return Ratio(ratio.part, np.where(held, ratio.whole, 0))


def area(two: Table, held: Held = None) -> Ratio:
    """Area under the ROC curve in each group by itself, the worse outcome first."""
    two = np.asarray(two)
    return shown(above(two[:, 1], two[:, 0]), enough(two) if held is None else held)


# ---- in each group by itself

section("Validity")


@measure(unit="share", better="more", headline="with", settle=lambda t: enough(in_two(t)))
def within_auc_honesty(within_honesty, held=None):
    """In each group by itself: of a more and a less honest person, how likely does the more honest
    have the higher score?

    Area under the ROC curve of the score for being in the upper half of honesty, by group.  Hanley
    and McNeil 1982 (from memory).

    Counts     within_honesty (points from the start, quarter of honesty)
    Undefined  in a group under 1,000 people, or with under 30 of either half
    Caution    Of all people it is `score_auc_honesty` in steps that are wider.

    Of 1,000 of each half below the start, and 3,000 of the upper one at it: 3 of 4 pairs are told
    apart, and half of the rest are right.

    >>> table = np.zeros((31, 4, 1)); table[14, 0], table[14, 3], table[15, 2] = 1e3, 1e3, 3e3
    >>> within_auc_honesty(table).value
    array([0.875])
    """
    return area(in_two(within_honesty), held)


@measure(unit="number", better="more", headline="with", settle=lambda t: enough(in_two(t)))
def within_rank_honesty(within_honesty, held=None):
    """In each group by itself: how far do people's scores follow how honest they are?

    Rank correlation (Spearman) of the score with honesty, by group.  C. Spearman, American Journal
    of Psychology 15(1), 1904 (from memory).

    Counts     within_honesty (points from the start, quarter of honesty)
    Undefined  in a group under 1,000 people, with under 30 of either half, or of one score
    Caution    In quarters of honesty it comes a little nearer to nought than in the sixteenths of
               `score_meaning_honesty`.

    >>> table = np.zeros((31, 4, 1)); table[14, 0], table[15, 3] = 1e3, 1e3
    >>> within_rank_honesty(table).value
    array([1.])
    """
    held = enough(in_two(within_honesty)) if held is None else held
    return shown(rank_correlation(within_honesty), held)


@measure(unit="share", better="more", headline="with", settle=enough)
def within_auc_default(within_default, held=None):
    """In each group by itself: of one who will leave a loan or judgment unpaid and one who will
    not, how likely does the score tell them apart?

    Area under the ROC curve of the score for no default in the next year, by group.

    Counts     within_default (points from the start a year before, defaulted since)
    Undefined  in a group under 1,000 people or 30 defaults, or if the run is shorter than two years
    Caution    Being scored changes who can pay, and perhaps not in all groups alike:
               `within_auc_default_law` asks without.

    >>> table = np.zeros((31, 2, 1)); table[14, 1], table[15, 0] = 50, 1e3
    >>> within_auc_default(table).value
    array([1.])
    """
    return area(turned(within_default), held)


@measure(unit="share", better="more", headline="with", settle=enough)
def within_auc_default_law(within_default_law, held=None):
    """In each group by itself: if the score had no consequences, how well would it tell who will
    default from who will not?

    Area under the ROC curve of the score for default of the same people, with the same luck, under
    ordinary law in the next year, by group.

    Counts     within_default_law (points from the start a year before, defaulted under law since)
    Undefined  as `within_auc_default`

    >>> table = np.zeros((31, 2, 1)); table[14] = [[1e3], [50]]
    >>> within_auc_default_law(table).value
    array([0.5])
    """
    return area(turned(within_default_law), held)


RATE = {
    "below": ("below where everybody starts", slice(START)),
    "at_start": ("where everybody starts", slice(START, START + 1)),
    "above": ("above where everybody starts", slice(START + 1, None)),
}


def rate_in(band: slice) -> Callable[[Table], Ratio]:
    """A function of defaults by score: the share that defaults in this band of the score.

    >>> table = np.zeros((31, 2, 1)); table[14] = [[90], [10]]
    >>> [rate_in(band)(table).value.item() for _, band in RATE.values()]
    [0.1, nan, nan]
    """

    def function(within_default: Table) -> Ratio:
        """Share that defaults of those whose score stood in a band a year ago.

        Undefined  where nobody stood there a year ago; a group under 1,000 people or 30 defaults
        Caution    What a score foretells of a group is told by the same score in another, beside.
        """
        rows = np.asarray(within_default)[band]
        return Ratio(rows[:, 1].sum(axis=0), rows.sum(axis=(0, 1)))

    return function


for _key, (_where, _band) in RATE.items():
    put(Measure(
        f"default_rate_{_key}", "share", "neither", "with",
        f"Of those whose score stood {_where}, how many leave a loan or judgment unpaid in the "
        "next year?",
        "Outcome rate by score band, and by group: where the score is calibrated within groups it "
        "is the same for all of them at the same score.", ("within_default",), rate_in(_band),
    ))  # fmt: skip


# ---- between groups

section("Fairness")


def shared(two: Table) -> np.ndarray:
    """How much any two groups have at the same scores: n m / (n + m) for n people of one and m of
    the other, added up over the steps (group, group)."""
    return weights(two).sum(axis=0)


def weights(two: Table) -> np.ndarray:
    """The same step by step: Mantel's and Haenszel's weights (step, group, group)."""
    people = np.asarray(two, float).sum(axis=1)
    n, m = people[:, :, None], people[:, None, :]
    return np.divide(n * m, n + m, out=np.zeros((*people.shape, people.shape[1])), where=n + m > 0)


def pairs(two: Table) -> np.ndarray:
    """Which two groups are large enough and have enough at the same scores (group, group)."""
    held, many = enough(two), shared(two) >= PEOPLE_MIN / 4
    found: np.ndarray = held[:, None] & held & many & ~np.eye(held.size, dtype=bool)
    return found


def at_same_score(two: Table, held: Held = None) -> np.ndarray:
    """How much more of the first outcome one group has than another at the same score: Mantel's
    and Haenszel's difference of rates; nan of a pair too small (group, group).

    At step 14 a half of one group's 1,000 and none of the other's, at 15 none of either's 1,000 and
    3,000: weights 500 and 750, 500 times a half over 1,250.

    >>> two = np.zeros((31, 2, 2))
    >>> two[14], two[15] = [[500, 0], [500, 1000]], [[0, 0], [1000, 3000]]
    >>> at_same_score(two, np.array([[False, True], [True, False]]))
    array([[ nan,  0.2],
           [-0.2,  nan]])
    """
    two = np.asarray(two, float)
    people, weight = two.sum(axis=1), weights(two)
    rate = np.divide(two[:, 0], people, out=np.zeros_like(people), where=people > 0)
    apart = (weight * (rate[:, :, None] - rate[:, None, :])).sum(axis=0)
    told = (pairs(two) if held is None else held) & (weight.sum(axis=0) > 0)
    return np.divide(apart, weight.sum(axis=0), out=np.full(apart.shape, np.nan), where=told)


def widest_area(two: Table, held: np.ndarray | None = None) -> Ratio:
    """Widest gap of areas under the curve.

    Undefined  with fewer than two groups of 1,000 people and 30 of either outcome
    Caution    Chance alone lifts it off nought, the more so the more groups there are.
    """
    return one(gap(area(two, held).value))


def widest_at_score(two: Table, held: Held = None) -> Ratio:
    """Widest gap of an outcome at the same score.

    Undefined  with no two groups of 1,000 people and 30 of either outcome that share scores as two
               of 500 would that stood at one
    Caution    With unequal base rates a score that is even here cannot err evenly (Kleinberg and
               others 2016, Chouldechova 2017): read it beside `equalised_odds`.  Within a step
               scores may still differ, and chance alone lifts it off nought.
    """
    apart = at_same_score(two, held)
    known = apart[np.isfinite(apart)]
    return one(float(known.max()) if known.size else np.nan)


def of(
    reduce: Callable[..., Ratio], settle: Callable[[Table], object], two: Callable[[Table], Table]
) -> tuple[Callable[..., Ratio], Callable[[Table], object]]:
    """A function of a table that reduces two outcomes of it to one number, and which groups it
    reads: what a jackknife leaves out shall not take a group with it."""

    def function(table: Table, held: object = None) -> Ratio:
        return reduce(two(table), held)

    function.__doc__ = reduce.__doc__
    return function, lambda table: settle(two(table))


AREA = (
    "Largest difference between groups of the area under the ROC curve of the score for {}.  "
    "Fairlearn: MetricFrame of roc_auc_score, difference between groups."
)
AT_SCORE = (
    "Calibration within groups (sufficiency): largest difference between two groups of the share "
    "that {} at the same score, each step of the score weighted by how many of both stand there "
    "(Mantel and Haenszel's risk difference).  Pleiss and others 2017; Chouldechova 2017 (from "
    "memory)."
)
FAMILIES = {
    "auc_honesty_gap": (
        "within_honesty",
        "How far apart are {who} in how well the score tells the honest from the others?",
        AREA.format("being in the upper half of honesty"),
        of(widest_area, enough, in_two),
    ),
    "auc_default_gap": (
        "within_default",
        "How far apart are {who} in how well the score tells who will default?",
        AREA.format("no default in the next year"),
        of(widest_area, enough, turned),
    ),
    "same_score_honesty_gap": (
        "within_honesty",
        "Where {who} have the same score, how far apart are they in honesty?",
        AT_SCORE.format("is in the upper half of honesty"),
        of(widest_at_score, pairs, in_two),
    ),
    "same_score_default_gap": (
        "within_default",
        "Where {who} have the same score, how far apart are they in leaving debts unpaid?",
        AT_SCORE.format("defaults in the next year"),
        of(widest_at_score, pairs, turned),
    ),
}  # fmt: skip
for _family, (_table, _question, _textbook, (_function, _settle)) in FAMILIES.items():
    for _groups, _who in GROUPS.items():
        put(Measure(
            f"{_family}_{_groups}", "share", "less", "with", _question.format(who=_who), _textbook,
            (f"{_table}_by_{_groups}",), _function, _settle,
        ))  # fmt: skip
