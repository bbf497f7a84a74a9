"""Officials: what those who run the scheme do with it, and what that leaves of its meaning."""

import numpy as np

from demerit.measures.registry import Ratio, measure


@measure(unit="rate", better="less", headline="with")
def points_sold_rate(bought, officials):
    """How often does an official sell points to somebody?

    Corruption of the scheme: sales of points, per official and month.

    Counts     bought: people who buy points; officials: person-months in office
    Undefined  where the scheme has no officials of its own (`[officials]`)
    Caution    By group the buyers are of the group, and so are the officials: not the same people.

    >>> points_sold_rate(np.array([3]), np.array([1_000])).value
    array([0.003])
    """
    return Ratio(bought, officials)


@measure(unit="rate", better="less", headline="with")
def accounts_settled_rate(accounts_settled, officials):
    """How often does an official have a deed that was never done booked on a critic?

    Persecution: false records ordered, per official and month.

    Undefined  where the scheme has no officials of its own

    >>> accounts_settled_rate(np.array([2]), np.array([1_000])).value
    array([0.002])
    """
    return Ratio(accounts_settled, officials)


@measure(unit="rate", better="neither", headline="with")
def disciplined_rate(disciplined, officials):
    """I am an official: how likely is it that I am disciplined this month?

    Rate of disciplinary measures, per official and month.

    Undefined  where the scheme has no officials of its own
    Caution    627,000 people were disciplined in China in 2021: 0.00055 per Party member and month
               (derived), 0.0073 if all had been among its 7.167 million civil servants.  The
               chances of being found out are set to lie between, so that it is no check.

    >>> disciplined_rate(np.array([5]), np.array([10_000])).value
    array([0.0005])
    """
    return Ratio(disciplined, officials)


@measure(unit="share", better="less", headline="with")
def disciplined_wrongly_share(disciplined_wrongly, disciplined):
    """I am an official under discipline: how likely is it that I did nothing to bring it?

    False discovery rate among disciplinary measures, by the but-for test: disciplined for nothing,
    or out of office with a score that stood above the floor without what was wrong.

    Undefined  where no official is disciplined

    >>> disciplined_wrongly_share(np.array([1]), np.array([4])).value
    array([0.25])
    """
    return Ratio(disciplined_wrongly, disciplined)


@measure(unit="share", better="less", headline="with")
def officials_lowest_share(
    officials_lowest, officials_grade_1, officials_grade_2, officials_grade_3, officials_grade_4
):
    """I hold an office: how likely is it that I stand in the lowest grade?

    Share of graded officials in the lowest grade; who loses the office this month is among them.

    Undefined  where officials are not graded

    >>> officials_lowest_share(*map(np.array, ([1], [9], [1], [0], [0]))).value
    array([0.1])
    """
    every = officials_grade_1 + officials_grade_2 + officials_grade_3 + officials_grade_4
    return Ratio(officials_lowest, every)


@measure(unit="rate", better="neither", headline="with")
def officials_passed_over_rate(
    officials_passed_over,
    officials_grade_1, officials_grade_2, officials_grade_3, officials_grade_4,
):  # fmt: skip
    """I hold an office: how often am I passed over for my grade?

    Doors to work of high standing that an official's own grade alone shut, per official and month.

    Undefined  where officials are not graded

    >>> officials_passed_over_rate(*map(np.array, ([1], [90], [10], [0], [0]))).value
    array([0.01])
    """
    every = officials_grade_1 + officials_grade_2 + officials_grade_3 + officials_grade_4
    return Ratio(officials_passed_over, every)


@measure(unit="rate", better="less", headline="effect")
def bribes_to_officials(deed_bribe, bought, adults):
    """How often do people pay somebody in office for what is not for sale?

    Bribery: bribes paid and points bought, per adult and month.

    Caution    Under ordinary law there are no points to buy: what a scheme deters of other bribes
               and what its own market adds are summed here.

    >>> bribes_to_officials(np.array([10]), np.array([2]), np.array([1_000])).value
    array([0.012])
    """
    return Ratio(deed_bribe + bought, adults)


@measure(unit="share", better="more", headline="with")
def score_validity(
    tier_0, tier_1, tier_2, tier_3, honest_tier_0, honest_tier_1, honest_tier_2, honest_tier_3
):
    """Of a more and a less honest person, how likely does the more honest stand in the better tier?

    Validity as area under the ROC curve (AUC) of the tier for being in the upper half of honesty:
    ties count half, so that a half is no better than tossing a coin.

    Counts     tier_0 (best) to tier_3, and of them those in the upper half of honesty
    Undefined  where all or none are of that half
    Caution    2 AUC - 1 is Somers' D, the rank correlation of the two.  Tiers alone are compared;
               honesty is an assumed trait, and its assumed tie to deeds decides the level.
    Source     J. Hanley and B. McNeil, "The meaning and use of the area under a receiver operating
               characteristic (ROC) curve", Radiology 143(1), 1982 (from memory).

    One honest person in the best tier and one in the worst, one less honest in between: of two
    pairs one is right.

    >>> one, none = np.array([1]), np.array([0])
    >>> score_validity(one, one, one, none, one, none, one, none).value
    array([0.5])

    Two of each half; all but one honest person share a tier: 2 pairs right and 2 ties of 4.

    >>> two, three = np.array([2]), np.array([3])
    >>> score_validity(one, three, none, none, one, one, none, none).value
    array([0.75])
    """
    honest = [np.asarray(x, float) for x in (honest_tier_0, honest_tier_1, honest_tier_2,
                                             honest_tier_3)]  # fmt: skip
    everyone = [np.asarray(x, float) for x in (tier_0, tier_1, tier_2, tier_3)]
    others = [whole - part for whole, part in zip(everyone, honest, strict=True)]
    right = sum(honest[k] * (sum(others[k + 1 :], 0 * others[k]) + others[k] / 2) for k in range(4))
    return Ratio(right, sum(honest) * sum(others))
