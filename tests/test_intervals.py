"""Intervals: 95 in 100 hold the truth, where the truth is known, within binomial error."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import beta

from demerit import chance, contrast, run
from demerit.columns import WORLDS
from demerit.measures import MEASURES, Measure, Ratio
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


# ---- shares near one


def near_one(rng, folds, people, spell, miss, months=12):
    """Folds of people of whom a few miss a spell of months: counters `part` and `whole`
    (fold, world, counter, group)."""
    found = np.zeros((folds, len(WORLDS), 2, 1), np.int64)
    missed = spell * rng.binomial(people, miss, folds)
    found[:, 1, 1, 0] = people * months
    found[:, 1, 0, 0] = people * months - missed
    return found


@pytest.mark.parametrize("folds", [10, 40])
@pytest.mark.parametrize("missing", [0.05, 0.5, 2.0, 6.0, 20.0])
@pytest.mark.parametrize("spell", [1, 12])
def test_the_interval_of_a_share_near_one_holds_the_truth(folds, missing, spell):
    """From a twentieth of a person who misses to twenty, for one month or for all twelve: at least
    95 in 100 hold it, and none is of no length.  The share and its error alone hold it in few, and
    say `1 to 1` in the more the rarer it is."""
    m = Measure("m", "share", "less", "with", "How many?", "Share.", ("part", "whole"), Ratio)
    rng, trials, people, months = np.random.default_rng(5), 400, 4_000 // folds, 12
    miss = missing / people / folds
    truth = 1 - miss * spell / months
    held = plain = lengthless = 0
    for _ in range(trials):
        counts = near_one(rng, folds, people, spell, miss)
        low, high = contrast.jackknife(m, counts, ["part", "whole"], months=months)
        assert 0 <= low < high <= 1
        held += low <= truth <= high
        left = contrast.left_out(m, counts, ["part", "whole"])
        whole = counts[:, 1, 0, 0].sum() / counts[:, 1, 1, 0].sum()
        half = contrast.half_width(left)
        plain += whole - half <= truth <= whole + half
        lengthless += half == 0

    assert held / trials > 0.95 - allowed(trials)
    if missing < 1:
        assert plain / trials < 0.5
        assert lengthless / trials == pytest.approx(np.exp(-missing), abs=0.08)


def test_a_share_of_replicates_near_one_has_a_length():
    """Ten replicates of 500 person-months in five months, all but none of them alike."""
    m = Measure("m", "share", "less", "with", "How many?", "Share.", ("part", "whole"), Ratio)
    total = np.zeros((3, 2, 1), np.int64)
    total[1] = 500
    runs = [SimpleNamespace(total=total, window=5) for _ in range(10)]
    found = contrast.replicated(m, runs, 10 * total, ["part", "whole"])

    assert found == pytest.approx(
        (0.025 ** (1 / 1_000), 1.0)
    )  # a thousand people, all their months


def test_the_interval_of_a_share_is_that_of_binomial_trials():
    """40 folds of 250 independent trials, seven in ten of them so: Clopper and Pearson's."""
    rng, share = np.random.default_rng(6), 0.7
    parts = rng.binomial(250, share, 40)
    whole = parts.mean() / 250
    error = parts.std(ddof=1) / 250 / 40**0.5
    low, high = chance.of_share(whole, error, 40)
    hits = int(parts.sum())

    assert beta.ppf(0.025, hits, 10_000 - hits + 1) == pytest.approx(low, abs=0.003)
    assert beta.ppf(0.975, hits + 1, 10_000 - hits) == pytest.approx(high, abs=0.003)


def test_holm_calls_false_one_set_in_twenty():
    """Of twenty numbers of true value nought, estimated from ten folds: one set in twenty has one
    that is called a finding; each by itself would be in two sets of three."""
    rng, sets = np.random.default_rng(7), 2_000
    found = alone = 0
    for _ in range(sets):
        folds = rng.normal(size=(20, 10))
        half = chance.reach(10) * folds.std(axis=1, ddof=1) / 10**0.5
        p = [chance.by_luck_alone(x, h, 10) for x, h in zip(folds.mean(axis=1), half, strict=True)]
        alone += min(p) < 0.05
        found += min(chance.holm(p)) < 0.05

    assert 0.05 == pytest.approx(found / sets, abs=3 * (0.05 * 0.95 / sets) ** 0.5)
    assert 1 - 0.95**20 == pytest.approx(alone / sets, abs=0.04)


def test_no_measure_of_a_run_has_an_interval_of_no_length(seeds):
    """Levels that are shares; an effect of nought in every fold is the rules' own."""
    for run_of in seeds[:2]:
        found = contrast.contrast([run_of], {"all": ["all"]})
        for key, m in found.items():
            if m["unit"] == "share" and m["headline"] == "with" and m["chance_low"] is not None:
                assert m["chance_low"] < m["chance_high"], key
