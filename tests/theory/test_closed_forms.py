"""Closed forms: what arithmetic says of the published cases, and what the rule makes of them."""

import itertools
import math

import numpy as np
import pytest

from demerit import draws
from demerit.theory import cascades, epstein, granovetter, linkage, performative, reciprocity
from demerit.theory.graphs import random_graph


def test_in_a_crowd_of_thresholds_0_to_99_all_riot_and_without_the_1_one_does():
    steps = np.arange(100)

    assert [100] == granovetter.riot(steps[None]).tolist()
    assert [1] == granovetter.riot(np.where(steps == 1, 2, steps)[None]).tolist()


def test_a_crowd_ends_where_as_many_have_joined_as_have_a_threshold_below():
    thresholds = np.random.default_rng(2).normal(8, 5, (30, 25))
    for row, found in zip(thresholds, granovetter.riot(thresholds), strict=True):
        joined = 0
        while (row <= joined).sum() > joined:
            joined = int((row <= joined).sum())

        assert joined == found


def test_the_critical_spread_is_where_the_least_fixed_point_jumps():
    spread = granovetter.critical_spread(25, 100)

    assert 12.2 == pytest.approx(spread, abs=0.05)
    assert granovetter.least_fixed_point(25, spread - 0.01, 100) < 7
    assert granovetter.least_fixed_point(25, spread + 0.01, 100) > 99


@pytest.mark.parametrize(("share", "most"), [(0.1, 10), (0.18, 5), (0.2, 5), (0.25, 4), (0.5, 2)])
def test_one_tie_moves_those_with_no_more_ties_than_the_threshold_goes_into_1(share, most):
    needed = cascades.needed(share)

    assert most == np.flatnonzero(needed == 1).max()
    assert [math.ceil(share * k - 1e-9) for k in range(1, 41)] == needed[1:41].tolist()


def test_a_cascade_needs_more_than_one_tie_a_person_and_not_too_many():
    _, low, high = cascades.window(0.18)

    assert 1 < low < 1.1
    assert 5.7 < high < 5.8
    assert (2, 0.0, 0.0) == cascades.window(0.5)


def test_what_is_reached_jumps_with_the_seeds_beyond_the_window():
    few, many = (cascades.reached(6.5, 0.18, seeds) for seeds in (0.001, 0.01))

    assert few < 0.01
    assert many > 0.99


def test_a_simulated_cascade_reaches_what_the_closed_form_says():
    found = [cascades.simulated(graph, 20_000, 3.0, 0.18, 0.01) for graph in range(4)]
    error = np.std(found, ddof=1) / 2

    assert cascades.reached(3.0, 0.18, 0.01) == pytest.approx(np.mean(found), abs=4 * error)


def test_a_random_graph_ties_both_ways_and_as_many_as_asked_for():
    start, near = random_graph(9, 3_000, 4.0)
    mine = np.repeat(np.arange(3_000), np.diff(start))
    pairs = sorted(zip(mine.tolist(), near.tolist(), strict=True))

    assert pairs == sorted((b, a) for a, b in pairs)
    assert 4.0 == pytest.approx(near.size / 3_000, abs=0.01)
    assert 4.0 == pytest.approx(np.diff(start).var(), abs=4 * 4 * math.sqrt(2 / 3_000))


FIELDS = [(0.9, 0.01), (0.95, 0.1), (0.8, 0.5)]


def test_patterns_of_agreement_share_out_the_matches_and_the_others():
    patterns = list(itertools.product((0, 1), repeat=3))
    same, other = zip(*(linkage.chances(p, FIELDS) for p in patterns), strict=True)

    assert 1 == pytest.approx(sum(same))
    assert 1 == pytest.approx(sum(other))


def test_a_posterior_is_bayes_rule():
    for agree in itertools.product((0, 1), repeat=3):
        same, other = linkage.chances(agree, FIELDS)
        bayes = 0.02 * same / (0.02 * same + 0.98 * other)

        assert bayes == pytest.approx(linkage.posterior(agree, FIELDS, 0.02))


def test_a_higher_bar_misses_more_and_joins_fewer_wrongly():
    missed, joined = zip(*(linkage.errors(FIELDS, 0.02, p) for p in (0, 0.3, 0.9, 2)), strict=True)

    assert 0 == missed[0] == joined[-1]
    assert sorted(missed) == list(missed)
    assert sorted(joined, reverse=True) == list(joined)
    assert 1 == pytest.approx(missed[-1])


@pytest.mark.parametrize("mean", [0.1, 1.0, 7.0])
def test_a_name_leads_astray_as_a_sum_over_the_files_of_it(mean):
    chances = [math.exp(-mean) * mean**n / math.factorial(n) for n in range(80)]
    expected = sum(p * n / (n + 1) for n, p in enumerate(chances))

    assert expected == pytest.approx(linkage.name_astray(mean))


def test_the_link_stage_sends_astray_what_follows_from_equal_weights():
    rows = linkage.astray_rows()

    assert {"yes", "gap"} == {row.agrees for row in rows}
    assert all(row.key.endswith(".weights") for row in rows if row.agrees == "gap")


def test_records_joined_by_name_go_astray_as_often_as_they_should():
    wrong = linkage.picked_wrongly(draws.U(7), 0, linkage.others_of_a_name(2), 5_000) / 5_000
    expected = linkage.name_astray(2)

    assert expected == pytest.approx(wrong, abs=4 * math.sqrt(expected * (1 - expected) / 5_000))


def test_few_defectors_are_held_off_by_names_known_above_cost_over_benefit():
    assert 1 / 3 == pytest.approx(reciprocity.critical_of_few(3, 1, 10**9, 1))
    assert 0.34 > reciprocity.critical_of_few(3, 1, 1000, 5) > 1 / 3


def test_those_who_help_gain_by_names_that_are_known():
    unknown, known = (reciprocity.advantage(0, chance)[0] for chance in (0.1, 0.7))

    assert 0.1 == pytest.approx(unknown, abs=0.1)
    assert 0.7 == pytest.approx(known, abs=0.1)


def test_retraining_rests_where_a_score_is_best_for_its_own_data_and_not_at_the_best():
    rest = performative.iterate(lambda t: performative.retrain(t, 0.3, 0.25), 40)[-1]
    best = performative.optimum(0.3, 0.25)

    assert 0.3 / 0.75 == pytest.approx(rest, abs=1e-6)
    assert 0.3 / 0.5 == pytest.approx(best, abs=1e-6)
    assert performative.loss(best, best, 0.3, 0.25) < performative.loss(rest, rest, 0.3, 0.25)


@pytest.mark.parametrize("ratio", [0, 1, 3])
def test_the_share_that_epstein_makes_active_is_the_area_where_the_rule_holds(ratio):
    arrest = 1 - math.exp(-2.3 * ratio)
    half = (np.arange(2_000) + 0.5) / 2_000
    area = (half[:, None] * 0.18 - half[None] * arrest > 0.1).mean()

    assert area == pytest.approx(epstein.joining(0.18, 0.1, arrest), abs=0.001)
