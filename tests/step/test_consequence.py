"""Consequence: doors, and what they do to work."""

import numpy as np

from demerit.columns import JOB, LAW, SCHEME


def granted(eventful):
    return eventful.block().call("live", "behave", "observe", "link", "score", "audit", "knock",
                                 "grant")  # fmt: skip


def test_nobody_is_let_in_or_refused_who_did_not_ask(eventful):
    block = granted(eventful)

    for world in (LAW, SCHEME):
        assert np.all(block.file.granted[world] <= block.file.asked[world])
        assert np.all(block.file.refused[world] <= block.file.asked[world])
        assert not np.any(block.file.refused[world] & block.file.granted[world])


def test_the_lowest_tier_is_refused_a_job_and_no_other_is(eventful):
    block = granted(eventful)
    asked = block.file.asked[SCHEME, JOB] == 1
    barred = block.file.sanctioned[SCHEME] == 1

    assert (asked & barred).sum() > 0
    assert np.array_equal(block.file.refused[SCHEME, JOB] == 1, asked & barred)
    assert 0 == block.file.refused[LAW].sum()


def test_a_refusal_takes_no_job_away_and_a_job_is_found_at_the_door_alone(eventful):
    block = granted(eventful)
    before = block.life.employed.copy()
    block.call("work")
    found = (block.life.employed[SCHEME] == 1) & (before[SCHEME] == 0)

    assert found.sum() > 0
    assert np.all(block.file.granted[SCHEME, JOB][found] == 1)


def test_the_same_people_lose_their_jobs_in_every_world(eventful):
    block = granted(eventful)
    before = block.life.employed.copy()
    block.call("work")
    both = (before[LAW] == 1) & (before[SCHEME] == 1)

    assert np.array_equal(block.life.employed[LAW][both], block.life.employed[SCHEME][both])


def test_children_ask_for_no_job_licence_or_school(eventful):
    block = granted(eventful)
    young = block.life.age_years < 14

    assert 0 == block.file.asked[:, :, young].sum()
