"""Settle: gaps by hand, a factor by hand, and what an unsettled climate is answered with."""

from dataclasses import replace

import numpy as np
import pytest

from demerit import climate as cl
from demerit import nation, settle

ITEMS = cl.items(2)
ADULTS, PROTEST = cl.ADULTS, cl.PROTEST


def counts(adults, protest):
    """(month, world, region, item) of one month, three worlds, one region."""
    made = np.zeros((1, 3, 1, ITEMS), np.int64)
    made[..., ADULTS], made[..., PROTEST] = adults, protest
    return made


def test_a_gap_by_hand():
    """Of 1,000 adults 30 protest; of 100,000, 2,000: 20 would be expected of the pilot.

    On the scale of roots 2 (sqrt 30.375 - sqrt 20.375) = 1.9949, by the root of 1.01 for the size
    of the full run: 1.985.  Plainly, 10 by the root of 20: 2.2.
    """
    found = settle.gaps(counts(1_000, 30), np.zeros((1, 3, 1, ITEMS)), counts(100_000, 2_000))

    assert np.allclose(1.98497, found[0, :, 0, PROTEST], atol=1e-4)
    assert 0 == found[..., ADULTS].max()


def test_of_large_counts_a_gap_is_the_plain_one():
    found = settle.gaps(counts(10**6, 10_200), np.zeros((1, 3, 1, ITEMS)), counts(10**9, 10**7))

    assert np.allclose(2.0, found[0, :, 0, PROTEST], rtol=0.01)


def test_folds_that_differ_tell_of_clusters():
    """Four folds of 100 adults with 0, 0, 20, 20 protesters: squares of 10, four of them, x 4/3.

    Of 40 events: clusters of 13.3, 3 of them in the pilot where 6 are expected.
    """
    shared = np.zeros((4, 1, 1, ITEMS), np.int64)
    shared[..., ADULTS] = 100
    shared[:, 0, 0, PROTEST] = 0, 0, 20, 20

    assert 4 * 100 * 4 / 3 == pytest.approx(settle.scatter(shared)[0, 0, PROTEST])
    squares = np.zeros((1, 3, 1, ITEMS))
    squares[..., PROTEST] = settle.scatter(shared)[0, 0, PROTEST]
    found = settle.gaps(counts(400, 40), squares, counts(40_000, 8_000))

    assert np.allclose(2 * (np.sqrt(6.375) - np.sqrt(3.375)) / np.sqrt(1.01), found[..., PROTEST])


def test_every_count_of_a_climate_has_a_name(deeds):
    names = [settle.item_name(item, deeds) for item in range(cl.items(len(deeds)))]

    assert len(settle.PLAIN) == cl.ASKED
    assert len(set(names)) == len(names)
    assert "protest" == names[cl.PROTEST]
    assert "jobs_lost" == names[cl.JOBS_LOST]


def test_a_region_without_people_in_the_pilot_is_not_compared():
    assert 0 == settle.gaps(counts(0, 0), np.zeros((1, 3, 1, ITEMS)), counts(500, 90)).max()


def test_chance_alone_is_within_the_tolerance_in_nineteen_runs_of_twenty():
    """Of 400 pilots that differ from everybody by chance alone: with room for the chance of it."""
    rng, failed = np.random.default_rng(1), 0
    for _ in range(400):
        pilot, squares = np.zeros((2, 1, 8, ITEMS), np.int64), np.zeros((2, 1, 8, ITEMS))
        full = np.zeros_like(pilot)
        for month in range(2):
            shared = np.zeros((20, 1, 8, ITEMS), np.int64)
            shared[..., ADULTS] = 500
            shared[..., PROTEST] = rng.poisson(5, (20, 1, 8))
            shared[..., cl.OUT] = rng.poisson(0.02, (20, 1, 8))
            shared[..., cl.UNPAID] = 40 * rng.poisson(0.05, (20, 1, 8))  # firms of 40
            pilot[month], squares[month] = shared.sum(axis=0), settle.scatter(shared)
            full[month, ..., ADULTS] = 1_000_000
            full[month, ..., PROTEST] = rng.poisson(10_000, (1, 8))
            full[month, ..., cl.OUT] = rng.poisson(40, (1, 8))
            full[month, ..., cl.UNPAID] = 40 * rng.poisson(100, (1, 8))
        failed += not settle.judge(pilot, squares, full, ["a", "b"])["settled"]

    assert failed <= 40


def test_the_largest_gap_is_named():
    pilot, full = counts(1_000, 30), counts(100_000, 3_000)
    full[0, 1, 0, PROTEST] = 90_000
    found = settle.judge(pilot, np.zeros((1, 3, 1, ITEMS)), full, ["a", "b"])

    assert ("protest", "scheme", 0) == tuple(
        found[f"largest_{name}"] for name in ("count", "world", "month")
    )
    assert not found["settled"]
    assert 3 * ITEMS == found["compared"]


def test_the_mean_of_counts_is_of_rates_whatever_the_numbers():
    found = settle.mean_counts(counts(1_000, 10), counts(1_400_000_000, 42_000_000))

    assert settle.SCALE == found[0, 0, 0, ADULTS]
    assert 0.02 == pytest.approx(found[0, 0, 0, PROTEST] / settle.SCALE, rel=1e-6)


@pytest.fixture(scope="module")
def misled(make_plan, harsh):
    """Everybody in a climate whose pilot told of a quarter of all on the public list."""
    plan = make_plan(people=9_000, months=3, values=harsh)
    kept, quiet = nation.Kept(None, 0), lambda *_: None
    pilot = nation.live_pilot(plan, 2, quiet, kept, 2)
    counted = pilot.counted.copy()
    counted[..., cl.POSTED] = counted[..., cl.SCORED] // 4
    lied = replace(
        pilot, counted=counted, climates=settle.climates_of(plan, counted, pilot.climates)
    )
    return lambda passes: nation.everybody(plan, lied, 2, quiet, kept, passes, 2), pilot


def test_everybody_lives_again_until_settled_or_told_to_stop(misled):
    run, _ = misled
    once, again = run(0), run(3)

    assert not once.settling["settled"]
    assert 1 == len(once.settling["passes"])
    assert 4 == len(again.settling["passes"])
    assert again.settling["passes"][0] == once.settling["residual"]
    assert again.settling["passes"][-1] < again.settling["passes"][0] / 2
    assert once.digest() != again.digest()


def test_an_unsettled_climate_moves_toward_what_is_counted(misled):
    run, pilot = misled
    once, again = run(0), run(3)
    true = np.stack([c.hear_32 for c in pilot.climates]).astype(float)
    gap = [np.abs(f.climate["hear_32"] - true)[1:].mean() for f in (once, again)]

    assert gap[1] < gap[0] / 4
