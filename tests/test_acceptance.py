"""Acceptance: a repeal is an event of a whole run; the other measures are told apart by it."""

from dataclasses import replace

import numpy as np
import pytest

from demerit import run, trial
from demerit.measures import acceptance


@pytest.fixture(scope="module")
def runs(make_plan, harsh):
    """Six replicates of a scheme, told apart by a repeal that is written on them."""
    plan = make_plan(people=2_500, months=4, values=harsh)
    found = [run.simulate(replace(plan, replicate=k), 1, months_before=1) for k in range(6)]
    ended = (None, 3, None, 2, None, None)
    return [replace(one, repeal_month=[None, m, m]) for one, m in zip(found, ended, strict=True)]


def test_the_share_and_the_median_month_are_over_replicates(runs):
    repeal = trial.repeal(runs)

    assert [None, 3, None, 2, None, None] == repeal["months"]
    assert 2 / 6 == repeal["replicates_repealed_share"]
    assert 2.5 == repeal["median_month"] == repeal["measures"]["outcry_month"]["value"]
    assert repeal["measures"]["outcry_half_month"]["value"] is None
    assert repeal["draws_median_month"] is None


def test_runs_of_the_other_fate_have_their_measures_apart(runs):
    """Four that stood and two that ended: no number is a mean over both."""
    stood, ended = [runs[k] for k in (0, 2, 4, 5)], [runs[k] for k in (1, 3)]
    other = trial.other_fate(runs, "yuan")

    assert (True, 2) == (other["repealed"], other["replicates"])
    for key in ("sanctioned_share", "wrongful_sanction_share", "deeds_bribe"):
        assert trial.measured(ended, "yuan")[key] == other["measures"][key]
        assert trial.measured(stood, "yuan")[key]["with"] != other["measures"][key]["with"]
    assert trial.other_fate(stood, "yuan") is None


def test_the_interval_of_a_share_covers_what_is_true():
    """Twelve replicates of a repeal at three in ten: 95 in 100 at the least, for it is exact."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        low, high = acceptance.share_of_chance([1 if x < 0.3 else None for x in rng.random(12)])
        held += low <= 0.3 <= high

    assert held / 400 > 0.95 - 2 * np.sqrt(0.05 * 0.95 / 400)


def test_the_interval_of_a_median_covers_what_is_true():
    """Of fifteen months from 0 to 100, half below 50."""
    rng = np.random.default_rng(8)
    held = 0
    for _ in range(400):
        low, high = acceptance.month_of_chance(list(rng.integers(0, 101, 15)))
        held += low <= 50 <= high

    assert held / 400 > 0.95 - 2 * np.sqrt(0.05 * 0.95 / 400)
