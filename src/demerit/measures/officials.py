"""Officials: what those who run the scheme do with it, and what that leaves of its meaning."""

import numpy as np

from demerit.measures.registry import Ratio, measure, section

section("Power")


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


@measure(unit="share", better="neither", headline="with")
def buyers_richest_share(buyers):
    """Points are sold: how likely is the buyer to be of the richest fifth?

    Whom the sellers served, by income: buyers of the richest fifth of the society over all buyers.

    Counts     buyers (under sanction or not, fifth of income per head from the poorest)
    Undefined  where nobody buys
    Caution    Who buys must have the money: a fifth is what chance alone would give, of everybody.

    >>> buyers_richest_share(np.array([[[0]] * 4 + [[3]], [[1]] * 5])).value
    array([0.5])
    """
    return Ratio(buyers[:, -1].sum(axis=0), buyers.sum(axis=(0, 1)))


@measure(unit="share", better="neither", headline="with")
def buyers_sanctioned_share(buyers):
    """Points are sold: how likely is the buyer to be under sanction?

    Whom the sellers served, by need: buyers under sanction over all; the rest buy a better tier.

    Counts     as buyers_richest_share
    Undefined  where nobody buys

    >>> buyers_sanctioned_share(np.array([[[0]] * 4 + [[3]], [[1]] * 5])).value
    array([0.625])
    """
    return Ratio(buyers[1].sum(axis=0), buyers.sum(axis=(0, 1)))


def shares_by_rank(desk_acts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lorenz curve of officials, the least busy first: shares of officials and of favours, upto
    each number of favours; empty where there are none."""
    desks = np.asarray(desk_acts, float)[:, 0]
    acts = desks * np.arange(desks.size)
    if not acts.sum():
        return np.zeros(0), np.zeros(0)
    upto = [np.concatenate([[0.0], np.cumsum(x) / x.sum()]) for x in (desks, acts)]
    return upto[0], upto[1]


def alone(value: float | None) -> Ratio:
    """A number that is no share of a count; None where undefined."""
    return Ratio(np.array([value or 0.0]), np.array([float(value is not None)]))


@measure(unit="share", better="neither", headline="with")
def favours_busiest_tenth_share(desk_acts):
    """Officials sell points, drop records and settle accounts: how much of it is the work of the
    busiest tenth of them?

    Concentration of discretion: the top tenth's share, by the Lorenz curve of favours in a year.

    Counts     desk_acts: offices by how many favours came from them since the last yearly survey;
               63 and more count as 255
    Undefined  where the scheme has no officials of its own, or none does a favour
    Caution    Few officials do any: chance alone heaps them up, too.
    Source     M. Lorenz, "Methods of measuring the concentration of wealth", Publications of the
               American Statistical Association 9(70), 1905 (from memory).

    Of twenty offices one does three favours and three do one: the two busiest do four of six.

    >>> acts = np.zeros((256, 1)); acts[0], acts[1], acts[3] = 16, 3, 1
    >>> favours_busiest_tenth_share(acts).value.round(3)
    array([0.667])
    """
    officials, favours = shares_by_rank(desk_acts)
    return alone(float(1 - np.interp(0.9, officials, favours)) if officials.size else None)


@measure(unit="number", better="neither", headline="with")
def favours_gini(desk_acts):
    """How unevenly are favours spread among officials?

    Gini coefficient of favours by office in a year: nought if all do as many, one if one does all.

    Counts     as favours_busiest_tenth_share
    Undefined  as favours_busiest_tenth_share

    Half of all offices do all there is, and as much each.

    >>> acts = np.zeros((256, 1)); acts[0], acts[2] = 5, 5
    >>> favours_gini(acts).value
    array([0.5])
    """
    officials, favours = shares_by_rank(desk_acts)
    if not officials.size:
        return alone(None)
    between = (favours[1:] + favours[:-1]) / 2 * np.diff(officials)
    return alone(float(1 - 2 * between.sum()))


section("Validity")


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
