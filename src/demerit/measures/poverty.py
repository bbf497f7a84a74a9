"""Poverty that the scheme causes: how many people ever, how deep, and for how long.

Poor here are those whose cash and saleable assets less subsistence cover no due.  Caused is what a
person's twin under ordinary law is spared in the same month; every month is looked at, from the one
in which the twins part, so that no spell has begun before.  Tables of survey/trail.py.

Twins part by chance once jobs are found by others, so that some of this is chance and is matched by
people who are spared poverty: `poverty_caused` stands beside `poverty_relieved`.
"""

import numpy as np

from demerit.measures.mobility import YEAR, one, staying
from demerit.measures.registry import FEN, Ratio, measure, section

section("Who cannot pay")


@measure(unit="share", better="less", headline="effect")
def poverty_ever(poor_ever):
    """How likely am I to be poor at any time of the run?

    Cumulative incidence of poverty: people who were poor in one month at least, over all.  Its
    effect is a difference of two shares, each of one world by itself, and takes no chance for the
    scheme: how many more people are ever poor with it than without.

    Counts     poor_ever (everybody, those who ever were), people
    Undefined  where no scheme stands
    Caution    A longer run can only raise both shares.  The effect is net of people who are spared.

    >>> poverty_ever(np.array([[200], [30]])).value
    array([0.15])
    """
    return Ratio(poor_ever[1], poor_ever[0])


@measure(unit="share", better="less", headline="with")
def poverty_caused_ever(ever_poor):
    """How likely is it that I am poor, in some month, and that my twin without the scheme is not?

    Ever poor and not the twin: people with at least one month of it, over all.

    Counts     ever_poor (everybody, those who ever were), people
    Undefined  where no scheme stands
    Caution    By one pair of lives each, of which luck parts many: it takes luck for the scheme,
               and a longer run can only raise it.  What the scheme does to how many are ever poor
               is `poverty_ever`; who is worse off by the mean of many lives, `demerit redraws`.

    >>> poverty_caused_ever(np.array([[200], [3]])).value
    array([0.015])
    """
    return Ratio(ever_poor[1], ever_poor[0])


@measure(unit="yuan", better="less", headline="with", events=("poor_depth:0",))
def poverty_caused_depth(poor_depth):
    """I am poor and my twin without the scheme is not: how much is missing each month of what my
    household needs to live?

    Depth of poverty: mean shortfall of cash and saleable assets below the household's subsistence
    line, over the person-months of poverty caused.

    Counts     poor_depth (person-months, spells begun, missing, line), the last two in fen
    Undefined  where nobody is poor whose twin is not
    Caution    By one pair of lives, as poverty_caused_ever.  Who can still eat and cannot pay the
               first of the bills is poor here and lacks nought.

    >>> poverty_caused_depth(np.array([[4], [1], [200_000], [1_000_000]])).value
    array([500.])
    """
    return Ratio(poor_depth[2] / FEN, poor_depth[0])


@measure(unit="share", better="less", headline="with", events=("poor_depth:0",))
def poverty_caused_gap(poor_depth):
    """I am poor and my twin without the scheme is not: what part of what my household needs to
    live is missing?

    Poverty gap of those made poor (income gap ratio): mean shortfall over mean line, both over the
    person-months of poverty caused.  Only where all lines are equal is it, times the share who are
    poor, the poverty gap index, P1 of Foster, Greer and Thorbecke, which is the mean of each one's
    shortfall over that one's own line: here households with a high line weigh more.

    Counts     poor_depth (person-months, spells begun, missing, line), the last two in fen
    Undefined  where nobody is made poor
    Source     J. Foster, J. Greer, E. Thorbecke, "A class of decomposable poverty measures",
               Econometrica 52(3), 1984 (from memory).

    >>> poverty_caused_gap(np.array([[4], [1], [2_000], [10_000]])).value
    array([0.2])

    Of two, one lacks 100 of 200 and one nought of 800: a tenth, where the mean of the two is 1/4.

    >>> poverty_caused_gap(np.array([[2], [2], [100], [1_000]])).value
    array([0.1])
    """
    return Ratio(poor_depth[2], poor_depth[3])


@measure(unit="months", better="less", headline="with", events=("poor_depth:1",))
def poverty_spell_months(poor_depth):
    """I am poor and my twin without the scheme is not: for how many months, without a break?

    Mean length of a spell: months of poverty caused over spells begun, those that the end of the
    run cuts off counted as far as they have come.

    Counts     poor_depth (person-months, spells begun, missing, line)
    Undefined  where no spell begins
    Caution    A lower bound of the mean of whole spells, for those cut off are counted short.  Who
               is poor at a given time is in a longer spell than who becomes so (length-biased).
    Source     M. Bane, D. Ellwood, "Slipping into and out of poverty: the dynamics of spells", J.
               of Human Resources 21(1), 1986 (its abstract read in NBER working paper 1199).

    >>> poverty_spell_months(np.array([[12], [4], [0], [0]])).value
    array([3.])
    """
    return Ratio(poor_depth[0], poor_depth[1])


@measure(unit="months", better="less", headline="with", events=("poor_spell:1",))
def poverty_spell_completed_months(poor_spell):
    """I was poor while my twin without the scheme was not: for how many months was I?

    Mean length of completed spells.

    Counts     poor_spell (at risk of ending or ended, months spent), person-months; spells of 64
               months and more count as 64
    Undefined  where no spell has ended
    Caution    Short of the mean of all spells, the more the shorter the run: long ones are those
               that have not ended yet.  poverty_spell_year_share is free of that.

    Three end after one month, one after five.

    >>> spell = np.zeros((2, 64, 1)); spell[1, 0], spell[1, 4] = 3, 1
    >>> poverty_spell_completed_months(spell).value
    array([2.])
    """
    ended = np.asarray(poor_spell, float)[1]
    months = np.arange(1, ended.shape[0] + 1)[:, None]
    return Ratio((months * ended).sum(axis=0), ended.sum(axis=0))


@measure(unit="share", better="less", headline="with")
def poverty_spell_year_share(poor_spell):
    """I am poor and my twin without the scheme is not: how likely am I to be so still a year later,
    without a break?

    Survival of a spell at twelve months, by Kaplan and Meier: spells cut off by the end of the run
    are counted as far as they have come, and bias nothing.

    Counts     as poverty_spell_completed_months
    Undefined  where fewer than thirty people were poor for so long
    Source     E. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations",
               JASA 53(282), 1958 (from memory).

    >>> spell = np.zeros((2, 64, 1)); spell[0, :12, 0], spell[1, 3, 0] = 50, 40
    >>> poverty_spell_year_share(spell).value.round(3)
    array([0.2])
    """
    left = staying(poor_spell)
    return one(float(left[YEAR - 1]) if left.size >= YEAR else None)
