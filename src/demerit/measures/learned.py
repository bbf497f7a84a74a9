"""Learned: what becomes of people whose score is made of weights that nobody wrote."""

from demerit.measures.registry import Ratio, measure, section

section("Meaning")


@measure(unit="share", better="less", headline="with")
def learned_habit_share(trace_points_lost_habit, trace_points_lost):
    """Of the points that my traces cost me, how many are for habits that harm nobody?

    Share of a learned score's downward pull that rests on class habit.

    Counts     trace_points_lost: over people and months, the weights below nought of the traces
               that stand on each file; trace_points_lost_habit: those of habits among them
    Undefined  where no score is learned, or no trace costs points
    Caution    A habit that goes with poverty costs points though poverty is nowhere read.

    >>> learned_habit_share(np.array([30]), np.array([120])).value
    array([0.25])
    """
    return Ratio(trace_points_lost_habit, trace_points_lost)


@measure(unit="share", better="neither", headline="with")
def learned_harm_share(trace_points_lost_harm, trace_points_lost):
    """Of the points that traces cost people, how many are for what harms somebody?

    Share of a learned score's downward pull that rests on class harmful: the rest is for habits,
    lawful conduct and the standing of others.

    Counts     as learned_habit_share; trace_points_lost_harm: those of harmful deeds
    Undefined  where no score is learned, or no trace costs points
    Caution    A debt that could not be paid is of a harmful class all the same.

    >>> learned_harm_share(np.array([80]), np.array([120])).value
    array([0.66666667])
    """
    return Ratio(trace_points_lost_harm, trace_points_lost)


@measure(unit="rate", better="less", headline="with")
def regraded_rate(regraded, scored):
    """How likely is it in a month that my group changes though nothing new is on my file?

    Churn by retraining: people put in another tier by new weights alone, per scored person and
    month; with a fit once a year, twelve times this is the share at each of them.

    Undefined  where nobody is scored
    Source     J. Perdomo and others, "Performative prediction", PMLR 119, 2020: what retraining
               moves, and whether it comes to rest.

    >>> regraded_rate(np.array([6]), np.array([1_200])).value
    array([0.005])
    """
    return Ratio(regraded, scored)
