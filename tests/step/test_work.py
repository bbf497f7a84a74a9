"""Consequence: what doors do to work."""

import numpy as np
import pytest
from step.at_doors import ALWAYS, Block, doors, lowest, often

from demerit.columns import JOB, LAW, OFFICE, PRESTIGE, PROMOTION, SCHEME


@pytest.fixture(scope="module")
def plan(make_plan):
    return make_plan()


@pytest.fixture
def block(plan):
    return Block(plan)


def test_a_refusal_takes_no_job_away_and_a_job_is_found_at_the_door_alone(plan, block):
    block.call("knock", "grant", knock_32=often(plan), access=doors(job=0))
    before = block.life.employed.copy()
    block.call("work", access=doors(job=0))
    found = (block.life.employed[SCHEME] == 1) & (before[SCHEME] == 0)

    assert found.sum() > 0
    assert np.array_equal(found, block.file.granted[SCHEME, JOB] == 1)


def test_the_same_people_lose_their_jobs_in_every_world(plan, block):
    block.call("knock", "grant", knock_32=often(plan), access=doors(job=0))
    before = block.life.employed.copy()
    block.call("work", job_loss_32=ALWAYS // 5)
    both = (before[LAW] == 1) & (before[SCHEME] == 1)

    assert 0.2 == pytest.approx(1 - block.life.employed[LAW][both].mean(), abs=0.05)
    assert np.array_equal(block.life.employed[LAW][both], block.life.employed[SCHEME][both])


def test_work_of_high_standing_is_come_by_at_three_doors_alone(plan, block):
    block.call("knock", "grant", "work", knock_32=often(plan, job=0.5), access=doors(promotion=0))
    granted = block.file.granted[SCHEME]
    let_in = granted[PROMOTION] | granted[PRESTIGE] | granted[OFFICE]

    assert np.array_equal(let_in & block.life.employed[SCHEME], block.life.prestige_held[SCHEME])
    assert block.life.prestige_held[SCHEME].sum() > 0


def test_standing_goes_with_the_job(block):
    block.life.prestige_held[:] = block.life.employed
    block.call("work", job_loss_32=ALWAYS // 2, demoted_32=0, review_32=0)

    assert np.array_equal(block.life.employed[LAW], block.life.prestige_held[LAW])


def test_a_holder_whose_tier_shuts_the_door_does_not_outlast_a_review(block):
    """And has been turned away at that door: asked, and refused."""
    block.life.prestige_held[:] = block.life.employed
    held = block.life.prestige_held[SCHEME] == 1
    block.call("work", job_loss_32=0, demoted_32=0, review_32=ALWAYS, access=doors(prestige=0))
    fallen = held & lowest(block)

    assert fallen.sum() > 0
    assert np.array_equal(held & ~fallen, block.life.prestige_held[SCHEME] == 1)
    assert np.array_equal(fallen, block.file.refused[SCHEME, PRESTIGE] == 1)
    assert np.array_equal(fallen, block.file.asked[SCHEME, PRESTIGE] == 1)
    assert np.array_equal(held, block.life.prestige_held[LAW] == 1)


def test_under_a_door_that_is_not_shut_a_review_ends_nothing_more(block):
    block.life.prestige_held[:] = block.life.employed
    block.call("work", access=doors(prestige=1))

    assert np.array_equal(block.life.prestige_held[LAW], block.life.prestige_held[SCHEME])


def test_standing_rests_under_ordinary_law(plan):
    """From the share that the tables name, over three years and eight lots of luck."""
    tables, ends, starts = plan.society_tables, [], []
    for replicate in range(8):
        block = Block(plan, replicate)
        luck = np.random.default_rng(replicate).random(block.life.age_years.size)
        start = luck * ALWAYS < tables.prestige_start_32
        block.life.prestige_held[LAW] = block.life.employed[LAW] & start
        block.climate = block.climate._replace(worlds=1)
        for month in range(36):
            held, has = block.life.prestige_held[LAW].sum(), block.life.employed[LAW].sum()
            (starts if month < 12 else ends if month >= 24 else []).append(held / has)
            block.call("knock", "grant", "work", month=month)
    expected = tables.prestige_start_32 / ALWAYS

    assert expected == pytest.approx(np.mean(starts), abs=0.02)
    assert expected == pytest.approx(np.mean(ends), abs=0.02)
