"""Behave: fear holds back, and never makes anybody do more."""

import numpy as np

from demerit.columns import KNOWS_RULES, LAW, SCHEME
from demerit.society.tables.deeds import ON_TIME


def test_with_fear_nobody_does_more_than_without(eventful):
    """Same draws, same grievance, same state: law and scheme differ in caution alone."""
    block = eventful.block()
    for name in ("grievance", "neglecting", "able", "loan_fen", "fine_due", "judgment_fen",
                 "tie_low"):  # fmt: skip
        block.column(name)[SCHEME] = block.column(name)[LAW]
    block.society.distress_16 = 0
    block.scheme.show_16[:] = block.scheme.crowd_16[:] = 0
    block.call("behave")
    drawn = block.society.kind != ON_TIME
    done = block.life.deed_count[:, drawn, : block.people].astype(int)
    withheld = block.life.deed_withheld[SCHEME, drawn, : block.people].astype(int)

    assert np.all(done[SCHEME] <= done[LAW])
    assert np.array_equal(done[LAW] - done[SCHEME], withheld)
    assert withheld.sum() > 0
    assert 0 == block.life.deed_withheld[LAW].sum()


def test_who_is_not_at_risk_does_nothing(eventful):
    block = eventful.block().call("behave")
    safe = block.life.deed_rate == 0

    for world in (LAW, SCHEME):
        done = block.life.deed_count[world] * safe
        spell_left = done[[3]]  # a spell of neglect goes on until it ends
        assert 0 == done.sum() - spell_left.sum()


def test_who_cannot_pay_does_not_and_it_is_not_withheld(eventful):
    block = eventful.block().call("live", "behave")
    bill = block.society.due_deed[0]
    payer = (block.life.bill_fen > 0) & (block.life.deed_rate[bill] > 0)
    poor = (block.life.able[SCHEME] == 0) & payer & (block.life.distressed[SCHEME] == 0)

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


def test_who_knows_the_rules_does_more_of_what_they_reward(eventful, deeds):
    """Without the reward, or without knowing of it, nobody does more than under the law."""
    award = deeds.index("merit")
    block = eventful.block()
    block.life.awareness[SCHEME] = KNOWS_RULES
    block.scheme.show_16[award] = 3 * 65536
    shown = block.call("behave").life.deed_shown[SCHEME, award].astype(int)
    more = block.life.deed_count[SCHEME, award].astype(int) - block.life.deed_count[LAW, award]

    assert np.array_equal(more, shown)
    assert shown.sum() > 0
    block.life.awareness[SCHEME] = KNOWS_RULES - 1
    assert 0 == block.call("behave").life.deed_shown[SCHEME].sum()


def test_a_small_price_lets_a_deed_loose_and_it_stays_so_when_the_price_goes(eventful, deeds):
    late = deeds.index("late_bill")
    block = eventful.block()
    block.life.able[:] = 4
    block.life.caution[:] = 0
    block.scheme.crowd_16[late] = 65536
    block.life.awareness[SCHEME] = KNOWS_RULES
    for stands in (1, 0):
        block.climate.in_force[SCHEME] = stands
        done = block.call("behave").life.deed_count[:, late].sum(axis=1, dtype=int)
        assert done[SCHEME] > 1.5 * done[LAW]
    block.scheme.crowd_16[late] = 0
    done = block.call("behave").life.deed_count[:, late].sum(axis=1, dtype=int)
    assert done[SCHEME] == done[LAW]


def test_fear_makes_some_who_cannot_pay_go_without(eventful, deeds):
    late = deeds.index("late_bill")
    block = eventful.block()
    block.scheme.points[late] = -20
    block.life.able[:] = 0
    block.life.caution[SCHEME] = 255
    block.society.distress_16 = 32768
    block.call("behave")
    owing = block.life.deed_count[LAW, late] == 1
    distressed = block.life.distressed[SCHEME] == 1

    assert 0.4 < distressed[owing].mean() < 0.6
    assert 0 == block.life.distressed[LAW].sum()
    assert np.all(block.life.deed_count[SCHEME, late][owing & ~distressed] == 1)


def test_a_friend_under_sanction_is_a_state_and_not_a_deed(eventful, deeds):
    friend = deeds.index("low_tie")
    block = eventful.block()
    block.life.tie_low[SCHEME] = np.arange(block.life.tie_low.shape[1]) % 3
    block.call("behave")
    adult = block.life.deed_rate[friend] > 0

    assert np.array_equal(block.life.deed_count[SCHEME, friend] == 1,
                          adult & (block.life.tie_low[SCHEME] > 0))  # fmt: skip
    assert 0 == block.life.deed_withheld[SCHEME, friend].sum()


def test_who_pays_all_dues_pays_in_time(eventful, deeds):
    block = eventful.block().call("live", "behave")
    in_time = block.life.deed_count[SCHEME, deeds.index("on_time")] == 1
    unpaid = block.life.deed_count[SCHEME, block.society.due_deed].sum(axis=0) > 0

    assert in_time.sum() > 0
    assert not np.any(in_time & unpaid)
