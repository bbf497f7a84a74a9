"""Intervals: 95 in 100 hold the truth, where the truth is known, within binomial error."""

import numpy as np
import pytest

from demerit import contrast, run
from demerit.columns import WORLDS
from demerit.measures import MEASURES
from demerit.survey import tables

SIGMA = 3  # binomial standard errors that a share of trials may lie off


def allowed(trials):
    """How far the share of intervals that hold the truth may lie from 0.95."""
    return SIGMA * np.sqrt(0.95 * 0.05 / trials)


def planted(rng, folds, people=300):
    """Folds of unequal size and unlike chance: score steps of two kinds, in the table of defaults
    (fold, world, row, group)."""
    cells = np.zeros((folds, len(WORLDS), tables.CELLS), np.int64)
    place = tables.PLACES["default_own"]
    for fold in range(folds):
        n = rng.poisson(people)
        bad = rng.random(n) < np.clip(rng.normal(0.2, 0.03), 0, 1)
        step = np.clip(rng.normal(64 + rng.normal(0, 3) - 12 * bad, 15), 0, 127).astype(int)
        np.add.at(cells[fold, 1], place.first + 2 * step + bad, 1)
    return tables.fold_rows(cells)


@pytest.mark.slow
@pytest.mark.parametrize("folds", [5, 10, 40])
def test_the_interval_of_a_curve_holds_the_truth(folds):
    """Nonlinear in the counts; with few folds, as a small run has."""
    m, rng = MEASURES["score_auc_default"], np.random.default_rng(11)
    truth = contrast.values(m, planted(rng, 3_000).sum(axis=0), [])["with"][0]
    trials = 300 if folds < 40 else 150
    held = 0
    for _ in range(trials):
        low, high = contrast.jackknife(m, planted(rng, folds), [])
        held += low <= truth <= high

    assert 0.95 == pytest.approx(held / trials, abs=allowed(trials) + 0.01)


def test_a_normal_reach_would_be_too_short_with_five_folds():
    """The mean of five: of 1.96 standard errors 88 in 100 hold it, of Student's 2.78 all 95."""
    rng, trials = np.random.default_rng(3), 20_000
    sample = rng.normal(size=(trials, 5))
    t = abs(sample.mean(axis=1)) / (sample.std(axis=1, ddof=1) / np.sqrt(5))

    assert 0.95 == pytest.approx((t <= contrast.reach(5)).mean(), abs=allowed(trials))
    assert (t <= 1.96).mean() < 0.89


@pytest.fixture(scope="module")
def seeds(make_plan):
    """The same question with eighty seeds: other people each time, in ten blocks."""
    plans = (make_plan(people=20_000, months=2, seed=seed) for seed in range(80))
    return [run.simulate(plan, 1, months_before=1) for plan in plans]


@pytest.mark.slow
@pytest.mark.parametrize("key", [
    "score_mean", "entries_mean", "score_auc_honesty", "score_meaning_income",
    "own_score_known_share",
])  # fmt: skip
def test_the_interval_of_a_run_holds_what_other_seeds_say(seeds, key):
    """The truth is the mean over all seeds, nine times as sure as one; what the folds of a run
    share, its climate, has hardly moved after two months."""
    m, counters = MEASURES[key], seeds[0].counters
    truth = np.mean([contrast.values(m, s.folds.sum(axis=0), counters)["with"][0] for s in seeds])
    ends = [contrast.jackknife(m, s.folds, counters) for s in seeds]
    held = np.mean([low <= truth <= high for low, high in ends])

    assert 0.95 == pytest.approx(held, abs=allowed(len(seeds)) + 0.01)
