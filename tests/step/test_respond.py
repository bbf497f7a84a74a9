"""Respond: nobody fears, hides from or is angered by what they have not heard of."""

import numpy as np

from demerit.columns import HEARD, KNOWS_RULES, LAW, NOT_AWARE, SCHEME


def scored(block):
    return block.call(
        "live", "behave", "observe", "link", "score", "audit", "knock", "grant", "work"
    )


def test_who_has_not_heard_of_the_scheme_is_as_under_the_law(make_plan, stop):
    stopped = stop(make_plan(people=1_500))
    stopped.live(6)
    block = stopped.block()
    unaware = block.life.awareness[SCHEME] == NOT_AWARE

    assert unaware.sum() > 100
    assert 0 == block.life.caution[SCHEME][unaware].sum()
    same_means = unaware & (block.life.cash_fen[LAW] == block.life.cash_fen[SCHEME])
    assert np.array_equal(
        block.life.grievance[LAW][same_means], block.life.grievance[SCHEME][same_means]
    )


def test_awareness_never_falls(eventful):
    block = scored(eventful.block())
    before = block.life.awareness.copy()
    block.call("respond")

    assert np.all(block.life.awareness >= before)
    assert np.any(block.life.awareness > before)


def test_under_the_law_nobody_is_aware_or_cautious(eventful):
    block = eventful.block()

    assert 0 == block.life.awareness[LAW].sum() == block.life.caution[LAW].sum()


def test_caution_comes_with_knowing_the_rules(eventful):
    block = eventful.block()
    careful = block.life.caution[SCHEME] > 0

    assert np.all(block.life.awareness[SCHEME][careful] >= KNOWS_RULES)
    assert np.any(block.life.awareness[SCHEME] == HEARD)


def test_caution_fades_by_half_in_its_half_life(eventful):
    block = eventful.block()
    block.climate.in_force[:] = 0
    block.life.caution[SCHEME] = 200
    for _ in range(6):
        block.call("respond")

    assert np.all(np.abs(block.life.caution[SCHEME].astype(int) - 100) <= 6)


def test_protest_is_of_adults_with_a_grievance(eventful):
    block = scored(eventful.block())
    block.life.grievance[:] = 0
    block.society.grievance[:] = 0
    block.call("respond")
    assert 0 == block.life.protesting.sum()

    block.life.grievance[:] = 255
    block.society.threshold_256 = 1
    block.climate.arrest_256[:] = 0
    block.climate.legitimacy_256[:] = 0
    block.call("respond")
    people = slice(0, block.people)
    assert np.array_equal(
        block.life.age_years[people] >= 18, block.life.protesting[SCHEME, people] == 1
    )


def test_vpns_are_used_by_people_online_alone(eventful):
    block = scored(eventful.block()).call("respond")

    assert np.all(block.life.evading <= block.life.online)


def test_the_cautious_take_to_vpns_sooner(eventful):
    block = scored(eventful.block())
    bold = block.copy()
    block.life.caution[SCHEME] = 255
    bold.life.caution[SCHEME] = 0
    for each in (block, bold):
        each.life.evading[:] = 0
        each.climate.in_force[:] = 0
        each.society.vpn_join_32 = 1 << 28
        each.call("respond")

    assert block.life.evading[SCHEME].sum() > 1.5 * bold.life.evading[SCHEME].sum() > 0
