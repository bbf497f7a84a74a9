"""Learned scores: weights of evidence by hand and by law; traces planted on files; whole runs."""

import inspect
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import climate as cl
from demerit import learned
from demerit.columns import ANATOMY, CLEAN, FALSE, LAW, NO_ERRORS, SCHEME, SEEN_ALL, TRUE

START = 600  # of learned.toml
WHOLE = {"doubling": 20, "most": 500, "prior": 1}


def fit(people, outcomes, traced, both, **changed):
    """The weight of one trace."""
    counts = np.array([traced]), np.array([both])
    return int(learned.fit(people, outcomes, *counts, **WHOLE | changed)[0])


# The fit


def test_a_weight_is_the_log_of_an_odds_ratio_worked_by_hand():
    """200 files, 40 with the outcome.  100 bear the trace: 32 of them met it, odds of none 68 to
    32 = 2.125; of the others 8 of 100, 92 to 8 = 11.5.  With one person of the common odds (0.8 and
    0.2) on each side: (68.8 / 32.2) / (92.8 / 8.2) = 0.18880, log2 -2.4051, times 20: -48."""
    assert -48 == fit(200, 40, 100, 32)
    assert 20 * math.log2((68.8 / 32.2) / (92.8 / 8.2)) == pytest.approx(-48.1, abs=0.05)
    # Mirrored: the outcome met by those without the trace.
    assert 48 == fit(200, 40, 100, 8)


def test_a_trace_that_tells_nothing_weighs_nothing():
    assert 0 == fit(1_000, 100, 300, 30) == fit(1_000, 100, 10, 1)


def test_a_trace_of_few_people_weighs_little_and_one_of_nobody_or_all_nothing():
    """One bearer, and that one met the outcome: by the prior nobody is condemned for it."""
    weights = [fit(10_000, 500, 1, 1, prior=prior) for prior in (1, 10, 100, 1_000)]

    assert weights == sorted(weights)
    assert -6 <= weights[2] < 0
    assert 0 == fit(10_000, 500, 0, 0) == fit(10_000, 500, 10_000, 500)


def test_a_weight_is_held():
    assert (-60, 60) == (fit(1_000, 500, 500, 499, most=60), fit(1_000, 500, 500, 1, most=60))


@given(
    st.integers(1, 10**15), st.integers(1, 10**15), st.integers(1, 200)
)  # fmt: skip
def test_doublings_are_the_rounded_logarithm_and_mirror_themselves(above, below, points):
    exact = points * (math.log2(above) - math.log2(below))
    found = learned.doublings(above, below, points)

    assert abs(found - exact) <= 0.5 + 1e-6
    assert -found == learned.doublings(below, above, points)


@given(
    st.integers(2, 2_000), st.integers(1, 500), st.integers(2, 2_000), st.integers(1, 500),
    st.integers(1, 300),
)  # fmt: skip
def test_more_outcomes_among_the_bearers_never_make_a_weight_better(here, hit, rest, other, prior):
    """And the weight lies between nought and what it is without a prior."""
    hit, other = min(hit, here - 1), min(other, rest - 1)
    weight = fit(here + rest, hit + other, here, hit, prior=prior, most=10_000)
    worse = fit(here + rest, hit + other, here, hit + 1, prior=prior, most=10_000)
    plain = 20 * math.log2((here - hit) / hit * other / (rest - other))

    assert worse <= weight
    assert min(0, plain) - 0.51 <= weight <= max(0, plain) + 0.51


def drawn(seed, seen_more, conduct, people=200_000):
    """Counts of one trace and the outcome, both seen as far as a person is in view."""
    luck = np.random.default_rng(seed)
    view = luck.lognormal(0, 1, people) if seen_more else np.ones(people)
    doing = luck.random(people) < 0.5
    habit = doing & (luck.random(people) < np.minimum(1, 0.2 * view))
    harm = luck.random(people) < 0.1 * (1 + conduct * doing)
    outcome = harm & (luck.random(people) < np.minimum(1, 0.3 * view))
    return people, int(outcome.sum()), int(habit.sum()), int((habit & outcome).sum())


def test_what_has_nothing_to_do_with_the_outcome_weighs_about_nothing():
    """Four standard errors of a log odds ratio of some 20,000 bearers and 3 in 100 outcomes."""
    weights = [fit(*drawn(seed, seen_more=False, conduct=0)) for seed in range(10)]

    assert max(map(abs, weights)) <= 6
    assert abs(sum(weights)) <= 10


def test_a_habit_gets_weight_for_being_seen_where_some_are_watched_more():
    """The habit has nothing to do with harm: bearing its trace only says that one is in view."""
    watched = [fit(*drawn(seed, seen_more=True, conduct=0)) for seed in range(5)]
    conduct = [fit(*drawn(seed, seen_more=False, conduct=1)) for seed in range(5)]

    assert max(watched) < -10
    assert max(conduct) < -6  # records alone cannot tell the two apart


def test_there_is_no_function_that_scores_somebody_new():
    """What the module has takes counts, bits or tables; a score is made in step/score.py alone."""
    found = {
        name: list(inspect.signature(getattr(f, "py_func", f)).parameters)
        for name, f in vars(learned).items()
        if getattr(f, "__module__", "") == "demerit.learned" and callable(f)
    }

    assert {"price", "asks", "stands", "bit", "worth", "costly", "fit", "doublings"} == set(found)
    assert ["bits", "weights"] == found["worth"]
    assert not {"person", "people_list", "record", "records", "name"} & set().union(*found.values())


# What a file says


@pytest.fixture(scope="module")
def begun(make_plan, stop):
    """Five hundred people in month 1 of the shipped scheme, their ledger empty."""
    stopped = stop(make_plan("learned", people=500, backlog_months=0))
    stopped.live(1)
    return stopped.block().call("live", "behave").clear_ledger()


@pytest.fixture
def weighed(begun, deeds):
    """A block with these weights this month, and somebody on file."""

    def weighed(**weights):
        block = begun.copy()
        row = np.zeros((3, len(deeds)), np.int64)
        for deed, points in weights.items():
            row[1:, deeds.index(deed)] = points
        block.climate = block.climate._replace(weights=row)
        block.life.deed_count[:] = 0
        block.life.done_month[:] = 0
        return block, next(i for i in range(500) if block.file.scored[i])

    return weighed


def of_person(block, i, *columns):
    return tuple(int(block.column(name)[SCHEME, i]) for name in columns)


def test_a_score_is_the_start_and_what_the_traces_weigh_however_many_entries(weighed, deeds):
    block, i = weighed(gaming=-30, nappies=12)
    for deed in ("gaming", "gaming", "nappies", "alcohol"):
        block.put(SCHEME, i, deeds.index(deed))
    block.call("score")

    bits = sum(1 << deeds.index(deed) for deed in ("gaming", "nappies", "alcohol"))
    assert (START - 18, bits) == of_person(block, i, "score_points", "trace_bits")
    assert (1, 1) == of_person(block, i, "entry_loss", "entry_held")
    block.month += 1
    block.put(SCHEME, i, deeds.index("gaming"))
    block.call("score")
    assert (START - 18,) == of_person(block, i, "score_points")
    assert (0, 1) == of_person(block, i, "entry_loss", "entry_held")


def test_a_trace_is_gone_after_the_window(weighed, deeds):
    block, i = weighed(gaming=-30)
    block.put(SCHEME, i, deeds.index("gaming"))
    block.call("score")
    scores = []
    for month in range(2, 15):
        block.month = month
        block.call("score")
        scores += of_person(block, i, "score_points")

    assert [START - 30] * 11 + [START] * 2 == scores


def test_a_harmless_habit_alone_can_bring_a_sanction_and_the_anatomy_says_so(weighed, deeds):
    block, i = weighed(gaming=-50)
    block.put(SCHEME, i, deeds.index("gaming"))
    block.call("score", "audit")

    assert (1, 0, ANATOMY.index("habit")) == of_person(
        block, i, "sanctioned", "wrongful", "anatomy"
    )


@pytest.mark.parametrize(("truths", "wronged"), [((FALSE,), 1), ((FALSE, TRUE), 0), ((TRUE,), 0)])
def test_a_false_entry_wrongs_unless_a_true_one_leaves_the_same_trace(
    weighed, deeds, truths, wronged
):
    block, i = weighed(late_bill=-50)
    for truth in truths:
        block.put(SCHEME, i, deeds.index("late_bill"), truth)
    block.call("score", "audit")

    assert (1, wronged) == of_person(block, i, "sanctioned", "wrongful")
    clean = START if wronged else START - 50
    assert clean == block.life.shadow_points[SCHEME, CLEAN, i]


def test_a_deed_that_nobody_saw_is_a_trace_of_the_seen_shadow_alone(weighed, deeds):
    block, i = weighed(fine_unpaid=-50)
    block.life.deed_count[SCHEME, deeds.index("fine_unpaid"), i] = 1
    block.call("score", "audit")

    assert (0, 1) == of_person(block, i, "sanctioned", "deserving")
    assert START - 50 == block.life.shadow_points[SCHEME, SEEN_ALL, i]


def test_points_given_back_stay_when_the_score_is_made_anew(weighed, deeds):
    block, i = weighed(late_bill=-50)
    block.put(SCHEME, i, deeds.index("late_bill"), FALSE)
    block.call("score", "audit")
    block.file.correction_points[SCHEME, i] = 50
    block.month += 1
    block.call("score", "audit")

    assert (START, 50) == of_person(block, i, "score_points", "given_points")
    assert START == block.life.shadow_points[SCHEME, CLEAN, i]


def test_new_weights_alone_regrade_and_a_year_begins_with_the_traces_that_stand(weighed, deeds):
    block, i = weighed(gaming=-10)
    block.month = 12
    block.put(SCHEME, i, deeds.index("gaming"))
    block.call("score")
    heavier = block.climate.weights * 5
    block.climate = block.climate._replace(weights=heavier)
    block.month = 13
    before = of_person(block, i, "regraded", "sanctioned")
    block.call("score")

    assert (0, 0) == before
    assert (1, 1) == of_person(block, i, "regraded", "sanctioned")
    assert (1 << deeds.index("gaming"), 0) == of_person(block, i, "past_bits", "outcome_came")
    block.month = 14
    block.put(SCHEME, i, deeds.index("loan_default"))
    block.call("score")
    assert (0, 1) == of_person(block, i, "regraded", "outcome_came")


# Between months


def counts_of(deeds, files, outcomes, traced, both):
    """Counts of a month of a fit, in two regions (world, region, item)."""
    counts = np.zeros((3, 2, cl.items(len(deeds))), np.int64)
    first = cl.OUT + len(deeds)
    for world in (SCHEME, NO_ERRORS):
        for region in range(2):
            row = counts[world, region]
            row[first + cl.FILES], row[first + cl.OUTCOMES] = files, outcomes
            row[first + cl.TRACES + deeds.index("gaming")] = traced
            row[first + cl.TRACES + len(deeds) + deeds.index("gaming")] = both
    return counts


def test_weights_are_fitted_to_all_regions_together_and_only_in_a_month_of_a_fit(make_plan, deeds):
    scheme = make_plan("learned").scheme_tables
    weights = scheme.scored[:, None] * scheme.first
    new = cl.refitted(weights, counts_of(deeds, 5_000, 500, 2_000, 300), scheme)
    expected = fit(10_000, 1_000, 4_000, 600, most=150, prior=100)

    assert expected == new[SCHEME, deeds.index("gaming")] == new[NO_ERRORS, deeds.index("gaming")]
    assert expected < 0
    assert 0 == new[SCHEME, deeds.index("loan_default")]  # nobody bore its trace
    assert 0 == np.abs(new[LAW]).max()
    for nothing in ((0, 0, 0, 0), (5_000, 0, 2_000, 0), (5_000, 5_000, 2_000, 2_000)):
        assert np.array_equal(weights, cl.refitted(weights, counts_of(deeds, *nothing), scheme))
