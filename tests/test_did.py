"""Differences in differences, on panels whose answer is known."""

import math

import numpy as np
import pytest

from demerit import did


def panel(rng, pilots=12, others=60, effect=0.0, trend=0.0, gap=0.0, spread=0.2, apart=0.0):
    """Counts and people (place, period), pilots first: a place has its own level and its own luck.

    `apart` is how much more the pilots would have risen by themselves.
    """
    places = pilots + others
    people = rng.integers(500, 3_000, (places, 1)) * np.ones((1, 2), np.int64)
    is_pilot = np.arange(places) < pilots
    level = 0.05 * np.exp(rng.normal(0, spread, places)) * (1 + gap * is_pilot)
    after = level + 0.05 * (trend + apart * is_pilot)
    rate = np.stack([level, after * (1 + effect * is_pilot)], axis=1)
    rate *= np.exp(rng.normal(0, 0.05, rate.shape))
    return rng.poisson(rate * people), people, is_pilot


def reckon(counts, people, is_pilot):
    kept = did.leave_out(len(counts))
    sides = [did.rates(kept[:, rows], counts[rows], people[rows]) for rows in (is_pilot, ~is_pilot)]
    found = did.effect(*sides)
    strata = [np.flatnonzero(is_pilot), np.flatnonzero(~is_pilot)]
    return found[0], did.standard_error(found, strata)


def test_a_case_by_hand():
    """Pilots 100 -> 90 of 1,000, others 200 -> 220: without the scheme 120, so a quarter less."""
    counts = np.array([[60, 50], [40, 40], [200, 220]])
    people = np.array([[500, 500], [500, 500], [1_000, 1_000]])
    found, error = reckon(counts, people, np.array([True, True, False]))

    assert found == pytest.approx(-0.25)
    assert math.isnan(error)  # one place to compare with


def test_the_jackknife_by_hand():
    """Two of a kind each: leaving out either gives two numbers, whose spread is (a - b)^2 / 4 a
    side."""
    counts = np.array([[10, 20], [10, 10], [10, 10], [30, 30]])
    people = np.full((4, 2), 100)
    _, error = reckon(counts, people, np.array([True, True, False, False]))
    # pilots alone 0.1 -> 0.1 and 0.1 -> 0.2 beside others at rest: effects 0 and 1; others: alike.
    assert error == pytest.approx(math.sqrt((1 - 0) ** 2 / 4))


@pytest.mark.parametrize("effect", [-0.3, 0.0, 0.5])
@pytest.mark.parametrize("gap", [0.0, 1.0])
def test_levels_that_differ_and_a_trend_that_all_share_do_not_mislead(effect, gap):
    rng = np.random.default_rng(1)
    found = [
        reckon(*panel(rng, effect=effect, trend=0.4, gap=gap))[0] for _ in range(200)
    ]  # fmt: skip

    assert np.mean(found) == pytest.approx(effect, abs=0.02)


def test_pilots_that_rise_by_themselves_do_mislead():
    """A rise of half the level that the others do not share is taken for the scheme's doing."""
    rng = np.random.default_rng(2)
    found = [reckon(*panel(rng, apart=0.5, spread=0.0))[0] for _ in range(100)]

    assert np.mean(found) == pytest.approx(0.5, abs=0.02)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    rng, covered, draws = np.random.default_rng(3), 0, 600
    for _ in range(draws):
        found, error = reckon(*panel(rng, effect=-0.2, trend=0.1))
        covered += abs(found + 0.2) <= 1.96 * error
    # 12 pilots: a normal 95% is somewhat too narrow
    assert 0.90 <= covered / draws <= 0.98


def test_people_of_one_place_are_not_independent_cases():
    """Where people of a place share a lot, more of them make the error no smaller."""
    errors = []
    for times in (1, 25):
        rng = np.random.default_rng(4)
        counts, people, is_pilot = panel(rng, spread=0.0)
        lots = np.exp(rng.normal(0, 0.3, counts.shape))
        errors.append(reckon(counts * times * lots, people * times, is_pilot)[1])

    assert errors[0] == pytest.approx(errors[1], rel=1e-9)
    assert errors[0] > 0.05


def test_nothing_is_reckoned_from_nothing():
    none = np.zeros((4, 2))
    found, error = reckon(none, none + 10, np.array([True, True, False, False]))

    assert math.isnan(found)
    assert math.isnan(error)
    assert np.isnan(did.change(none, none)).all()
