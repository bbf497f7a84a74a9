"""Behave: fear holds back, and never makes anybody do more."""

import numpy as np

from demerit.columns import LAW, SCHEME


def test_with_fear_nobody_does_more_than_without(eventful):
    """Same draws, same grievance, same state: law and scheme differ in caution alone."""
    block = eventful.block()
    for name in ("grievance", "neglecting", "able"):
        block.column(name)[SCHEME] = block.column(name)[LAW]
    block.call("behave")
    done = block.life.deed_count[:, :, : block.people].astype(int)
    withheld = block.life.deed_withheld[SCHEME, :, : block.people].astype(int)

    assert np.all(done[SCHEME] <= done[LAW])
    assert np.array_equal(done[LAW] - done[SCHEME], withheld)
    assert withheld.sum() > 0
    assert 0 == block.life.deed_withheld[LAW].sum()


def test_who_is_not_at_risk_does_nothing(eventful):
    block = eventful.block().call("behave")
    safe = block.life.deed_rate == 0
    payments = np.zeros(len(safe), bool)
    payments[[block.society.late_bill, block.society.loan_default]] = True

    for world in (LAW, SCHEME):
        done = block.life.deed_count[world] * (safe & ~payments[:, None])
        spell_left = done[[3]]  # a spell of neglect goes on until it ends
        assert 0 == done.sum() - spell_left.sum()


def test_who_cannot_pay_does_not_and_it_is_not_withheld(eventful):
    block = eventful.block().call("live", "behave")
    bill = block.society.late_bill
    payer = (block.life.bill_fen > 0) & (block.life.deed_rate[bill] > 0)
    poor = (block.life.able[SCHEME] == 0) & payer

    assert poor.sum() > 0
    assert np.all(block.life.deed_count[SCHEME, bill][poor] == 1)
    assert np.all(block.life.deed_withheld[SCHEME, bill][poor] == 0)


def test_members_practise_unless_they_are_chilled(eventful, deeds):
    block = eventful.block().call("behave")
    faith = deeds.index("banned_group")
    members = block.life.deed_rate[faith] == 2**32 - 1

    assert members.sum() > 0
    assert np.array_equal(members, block.life.deed_count[LAW, faith] == 1)
    both = block.life.deed_count[SCHEME, faith] + block.life.deed_withheld[SCHEME, faith]
    assert np.array_equal(members, both == 1)
