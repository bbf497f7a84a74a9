"""Respond: nobody fears, hides from, approves of or is angered by what they have not heard of."""

import numpy as np
import pytest

from demerit import network
from demerit.columns import (
    HEARD,
    JOB,
    KNOWS_RULES,
    KNOWS_SCORE,
    LAW,
    NOT_AWARE,
    SCHEME,
    WORLDS,
)  # fmt: skip

SURE, NEVER = 1 << 32, 0


@pytest.fixture
def small(block):
    """Nobody learns by themselves, and everybody can pay."""
    block.society.learn_32 = block.society.look_up_32 = NEVER
    block.life.able[:] = 4
    block.life.grievance[:] = 0
    return block


def know(block, level):
    block.life.awareness[1:, : block.people] = level
    return block


def ties_of(block, i):
    near = np.zeros(64, np.int64)
    world, society = block.world, block.society
    found = network.ties(
        world.seed, world.first, world.people, i, society.degree, society.rewired_32, near
    )
    return np.bincount(near[:found], minlength=block.people)


def fall(block, i, tier=3, world=SCHEME):
    for name, value in (("newly_sanctioned", 1), ("sanctioned", 1), ("tier", tier)):
        getattr(block.file, name)[world, i] = value


# Awareness


def test_nobody_answers_what_they_have_not_heard_of(small):
    """Entries, refusals and ties' falls pass by who is told nothing."""
    small.scheme.notice_32 = NEVER
    small.scheme.posted[:] = 0
    small.file.entry_loss[1:, : small.people] = 1
    small.life.entry_false[1:, : small.people] = 1
    for i in range(0, 60, 3):
        fall(small, i)
    small.call("respond")

    for name in ("awareness", "caution", "grievance", "approving", "protesting", "sabotaging"):
        assert 0 == getattr(small.life, name)[SCHEME].sum(), name
    assert small.life.tie_sanctioned[SCHEME].sum() > 0


def test_a_scheme_that_does_nothing_and_is_not_heard_of_makes_no_difference(small):
    small.call("respond")

    for name in ("caution", "grievance", "approving", "protesting", "sabotaging", "evading",
                 "tie_low", "tie_protesting"):  # fmt: skip
        column = getattr(small.life, name)
        assert np.array_equal(column[LAW], column[SCHEME]), name


def test_awareness_goes_up_one_step_a_month_by_oneself(small):
    small.society.learn_32 = small.society.look_up_32 = SURE
    small.climate.hear_32[:] = SURE
    people = slice(0, small.people)
    for level in (HEARD, KNOWS_RULES, KNOWS_SCORE, KNOWS_SCORE):
        small.call("respond")
        assert np.all(level == small.life.awareness[SCHEME, people])


@pytest.mark.parametrize("how", ["told", "refused", "posted"])
def test_who_is_told_refused_or_posted_knows_the_own_score(small, how):
    small.scheme.notice_32 = SURE if how == "told" else NEVER
    small.scheme.posted[:] = [0, 0, 0, how == "posted"]
    small.file.tier[SCHEME, 7] = 3
    small.file.entry_loss[SCHEME, 7] = 1
    small.file.refused[SCHEME, JOB, 7] = how == "refused"
    small.call("respond")

    assert KNOWS_SCORE == small.life.awareness[SCHEME, 7]
    assert KNOWS_SCORE == small.life.awareness[SCHEME].sum()


def test_ties_of_one_whose_name_is_posted_know_the_rules(small):
    """Tier 2 is posted and tier 3 is not: only the first fall tells its ties what it is about."""
    small.scheme.posted[:] = [0, 0, 1, 0]
    fall(small, 50, tier=2)
    fall(small, 200, tier=3)
    small.call("respond")
    aware = small.life.awareness[SCHEME, : small.people]
    named, unnamed = ties_of(small, 50) > 0, ties_of(small, 200) > 0

    assert np.all(KNOWS_RULES <= aware[named])
    assert np.all(NOT_AWARE == aware[unnamed & ~named])


def test_who_has_no_file_hears_nothing(small):
    small.file.scored[:] = 0
    small.climate.hear_32[:] = SURE
    small.call("respond")

    assert 0 == small.life.awareness.sum()


def test_under_the_law_nobody_is_aware_cautious_or_approving(small):
    know(small, KNOWS_RULES)
    small.call("respond")

    assert 0 == small.life.awareness[LAW].sum()
    assert 0 == small.life.caution[LAW].sum() == small.life.approving[LAW].sum()


# Caution


def test_caution_fades_by_half_in_its_half_life(small):
    small.climate.in_force[:] = 0
    small.life.caution[SCHEME] = 200
    for _ in range(6):
        small.call("respond")

    assert np.all(np.abs(small.life.caution[SCHEME].astype(int) - 100) <= 6)


def test_each_tie_that_falls_makes_who_knows_the_rules_more_careful(small):
    know(small, KNOWS_RULES)
    for i in (10, 12, 300):
        fall(small, i)
    small.call("respond")
    falls = sum(ties_of(small, i) for i in (10, 12, 300))
    people = slice(0, small.people)

    assert np.array_equal(falls, small.life.tie_sanctioned[SCHEME, people])
    expected = np.minimum(255, falls * small.society.caution[2])
    assert np.array_equal(expected, small.life.caution[SCHEME, people])


# Ties


@pytest.mark.parametrize("name", ["tie_low", "tie_protesting"])
def test_ties_are_counted_once_for_each_person_they_are_known_to_be_tied_to(small, name):
    """Whoever is under sanction, and whoever protests, is counted with their ties."""
    chosen = (3, 4, 120)
    small.society.threshold_16 = 1 << 20
    if name == "tie_protesting":
        adults = np.flatnonzero(small.life.age_years[: small.people] >= 18)
        chosen = tuple(adults[[0, 1, 50]])
        small.society.threshold_16 = 1_000
        small.climate.arrest_256[:] = 0
        small.society.grievance_fade_16 = 65536
        small.life.grievance[SCHEME, list(chosen)] = 255
    for i in chosen:
        small.file.sanctioned[SCHEME, i] = 1
    small.call("respond")

    expected = sum(ties_of(small, i) for i in chosen)
    assert np.array_equal(expected, getattr(small.life, name)[SCHEME, : small.people])


def test_a_tie_who_is_set_free_is_counted_no_more(small):
    small.file.sanctioned[SCHEME, 3] = 1
    small.call("respond")
    assert small.life.tie_low[SCHEME].sum() > 0
    small.file.sanctioned[SCHEME, 3] = 0
    small.call("respond")

    assert 0 == small.life.tie_low[SCHEME].sum()


# Grievance


def test_inability_is_resented_in_every_world_by_adults(small):
    small.life.able[:] = 0
    small.call("respond")
    people = slice(0, small.people)
    adult = small.life.age_years[people] >= 18

    for w in range(len(WORLDS)):
        assert np.array_equal(adult, small.life.grievance[w, people] > 0)


@pytest.mark.parametrize(
    ("suffered", "weight"), [("loss", 1), ("false", 2), ("fall", 3), ("refusal", 4), ("posting", 6)]
)
def test_what_is_suffered_and_known_adds_its_weight(small, suffered, weight):
    small.society.touch_256[:] = 256
    small.scheme.posted[:] = [0, 0, 0, suffered == "posting"]
    know(small, KNOWS_SCORE)
    small.file.entry_loss[SCHEME, 9] = suffered in {"loss", "false"}
    small.life.entry_false[SCHEME, 9] = suffered == "false"
    small.file.newly_sanctioned[SCHEME, 9] = suffered == "fall"
    small.file.refused[SCHEME, JOB, 9] = suffered == "refusal"
    small.file.tier[SCHEME, 9] = 3
    small.call("respond")

    assert small.society.grievance[weight] == small.life.grievance[SCHEME, 9]


def test_ties_falls_are_resented_by_who_knows_the_rules(small):
    small.society.touch_256[:] = 256
    know(small, KNOWS_RULES)
    fall(small, 30)
    small.call("respond")
    expected = ties_of(small, 30) * small.society.grievance[5]

    assert np.array_equal(expected, small.life.grievance[SCHEME, : small.people])


# Approval


def approving(block):
    block.call("respond")
    return int(block.life.approving[SCHEME].sum())


def test_four_in_five_of_those_who_have_heard_approve(small):
    """Readiness is even in these people: 205 of 256 lie below four fifths."""
    share = approving(know(small, HEARD)) / small.people

    assert 0.8 == pytest.approx(share, abs=0.02)


def test_approval_falls_by_what_the_survey_found_when_people_are_told(small):
    heard = approving(know(small.copy(), HEARD))
    told = approving(know(small.copy(), KNOWS_RULES))

    assert 0.24 == pytest.approx((heard - told) / small.people, abs=0.02)


def test_who_approves_when_told_approved_before(small):
    before, after = know(small.copy(), HEARD), know(small.copy(), KNOWS_RULES)
    approving(before), approving(after)

    assert np.all(after.life.approving <= before.life.approving)


def test_the_aggrieved_approve_less(small):
    calm, angry = know(small.copy(), HEARD), know(small.copy(), HEARD)
    angry.life.grievance[SCHEME] = 200

    assert approving(angry) < approving(calm)


def test_nobody_approves_of_a_scheme_that_has_ended(small):
    small.climate.in_force[:] = 0

    assert 0 == approving(know(small, HEARD))


# Protest


def protesters(block, grievance, **society):
    block = block.copy()
    block.society.grievance_fade_16 = 65536
    for name, value in society.items():
        setattr(block.society, name, value)
    block.climate.arrest_256[:] = 40
    block.life.grievance[SCHEME, : block.people] = grievance
    block.call("respond")
    return block.life.protesting[SCHEME, : block.people] != 0


def test_protest_rises_with_grievance(small):
    before = protesters(small, 0)
    for grievance in (60, 120, 180, 240, 255):
        now = protesters(small, grievance)
        assert np.all(before <= now)
        before = now

    assert 0 < before.sum()
    assert not np.any(before[small.life.age_years[: small.people] < 18])


def test_ties_who_protest_draw_others_in(small):
    """Grievance at which few go alone; with all ties out, everyone may be drawn in."""
    alone = protesters(small, 120)
    small.life.tie_protesting[SCHEME] = small.society.degree
    drawn = protesters(small, 120)
    off = protesters(small, 120, pull_16=0)

    assert np.all(alone <= drawn)
    assert alone.sum() < drawn.sum()
    assert np.array_equal(alone, off)


# Sabotage


def test_sabotage_is_of_aggrieved_adults_who_have_heard(small):
    small.society.sabotage_32 = SURE
    small.society.grievance_fade_16 = 65536
    know(small, HEARD)
    small.life.grievance[:, :200] = 255
    small.life.awareness[SCHEME, :100] = NOT_AWARE
    small.call("respond")
    people = np.arange(small.people)
    expected = (people >= 100) & (people < 200) & (small.life.age_years[: small.people] >= 18)

    assert np.array_equal(expected, small.life.sabotaging[SCHEME, : small.people] == 1)
    assert 0 == small.life.sabotaging[LAW].sum()


def test_one_number_switches_sabotage_off(small):
    small.society.sabotage_32 = NEVER
    small.life.grievance[:] = 255
    know(small, HEARD).call("respond")

    assert 0 == small.life.sabotaging.sum()


# VPNs


def test_vpns_are_used_by_people_online_alone(small):
    small.society.vpn_join_32 = 1 << 30
    small.call("respond")
    online = small.life.online[: small.people]

    assert small.life.evading[SCHEME].sum() > 0
    assert np.all(small.life.evading[SCHEME, : small.people] <= online)


def test_the_cautious_take_to_vpns_sooner(small):
    bold = small.copy()
    small.life.caution[SCHEME] = 255
    bold.life.caution[SCHEME] = 0
    for each in (small, bold):
        each.life.evading[:] = 0
        each.climate.in_force[:] = 0
        each.society.vpn_join_32 = 1 << 28
        each.call("respond")

    assert small.life.evading[SCHEME].sum() > 1.5 * bold.life.evading[SCHEME].sum() > 0
