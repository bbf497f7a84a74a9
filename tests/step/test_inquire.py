"""Inquire: who looks, what they may see, what follows; where nothing is public, nothing does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit import draws, network
from demerit.columns import (
    CARD,
    DATING,
    EMPLOYEE,
    HEARD,
    HIRE,
    JOB,
    LANDLORD,
    LAW,
    LENDER,
    LOAN,
    MATCH,
    NO_ERRORS,
    SCHEME,
    TIE,
)  # fmt: skip

SURE, NEVER = 1 << 32, 0
LOOKS = ("tie", "employer", "landlord", "hirer", "match", "lender")
MINDS = ("not_hired", "dismissed", "declined", "shunned")
MARKED, CLEAR, CHILD, UNSCORED, OWNER, APPLICANT = range(6)  # rows of the people told of below


@pytest.fixture
def small(block):
    """An open database; everybody is grown up, works and rents; nobody looks yet."""
    life, file, people = block.life, block.file, block.people
    block.scheme.visible = block.scheme.looked_at = 1
    block.scheme.posted[:] = 0
    for name in (*(f"{who}_looks_32" for who in LOOKS), *(f"{mind}_32" for mind in MINDS)):
        setattr(block.society, name, NEVER)
    life.age_years[:people], life.status[:people] = 40, 0
    life.employed[:, :people] = 1
    life.rent_fen[:people] = 100_000
    life.awareness[1:, :people] = HEARD
    file.granted[:] = 0
    file.sanctioned[:] = 0
    file.sanctioned[1:, [MARKED, CHILD, UNSCORED, OWNER, APPLICANT]] = 1
    life.age_years[CHILD], file.scored[UNSCORED] = 17, 0
    life.status[OWNER] = 2
    life.employed[:, APPLICANT] = 0
    for door in (JOB, DATING, LOAN, CARD):
        file.granted[1:, door, APPLICANT] = 1
    return block


def curious(block, *who):
    """These look whenever they can."""
    for each in who:
        setattr(block.society, f"{each}_looks_32", SURE)
    return block


def unforgiving(block, *minds):
    """These hold a mark against people without fail."""
    for each in minds or MINDS:
        setattr(block.society, f"{each}_32", SURE)
    return block


def bits(block, name, world=SCHEME):
    return getattr(block.life, name)[world, : block.people].astype(int)


def test_where_nothing_is_public_nobody_looks_anybody_up(small):
    unforgiving(curious(small, *LOOKS))
    small.scheme.visible = small.scheme.looked_at = 0
    small.call("inquire")

    assert 0 == small.life.looked_up.sum() + small.life.look_up_cost.sum()
    assert 0 == small.life.ties_cut.sum()


def test_nobody_is_looked_up_under_ordinary_law_or_after_a_repeal(small):
    unforgiving(curious(small, *LOOKS))
    small.climate.in_force[NO_ERRORS] = 0
    small.life.ties_cut[NO_ERRORS, MARKED] = 5
    small.call("inquire")

    assert bits(small, "looked_up").any()
    for world in (LAW, NO_ERRORS):
        for name in ("looked_up", "look_up_cost", "ties_cut"):
            assert not bits(small, name, world).any()


def test_everyone_is_looked_up_on_the_occasions_that_they_have(small):
    """One who works and rents; a child; one without a file; one who owns the shop; an applicant."""
    curious(small, *LOOKS).call("inquire")
    found = bits(small, "looked_up")

    assert EMPLOYEE | LANDLORD | TIE == found[MARKED] == found[CLEAR]
    assert 0 == found[CHILD] == found[UNSCORED]
    assert LANDLORD | TIE == found[OWNER]
    assert HIRE | MATCH | LENDER | LANDLORD | TIE == found[APPLICANT]


def test_what_is_seen_of_a_clear_standing_costs_nothing(small):
    unforgiving(curious(small, *LOOKS)).call("inquire")
    cost = bits(small, "look_up_cost")

    assert [MARKED, OWNER, APPLICANT] == np.flatnonzero(cost).tolist()
    assert np.array_equal(cost[cost > 0], bits(small, "looked_up")[cost > 0])


def test_who_lends_or_lets_asks_for_more_and_the_others_by_chance(small):
    curious(small, *LOOKS).call("inquire")

    assert LANDLORD == bits(small, "look_up_cost")[MARKED]
    assert LANDLORD | LENDER == bits(small, "look_up_cost")[APPLICANT]


def test_of_a_public_list_whoever_looks_sees_who_is_on_it_and_no_more(small):
    unforgiving(curious(small, "employer"))
    small.scheme.visible, small.scheme.posted[3] = 0, 1
    small.file.tier[1:, : small.people] = 2  # under sanction, and not named
    small.file.tier[1:, CLEAR] = 3  # named
    small.call("inquire")

    assert [CLEAR] == np.flatnonzero(bits(small, "look_up_cost")).tolist()


def test_a_tie_who_sees_a_mark_breaks_off_until_it_is_gone(small):
    """The tie is the one that the words name, and is asked for no help any more."""
    unforgiving(curious(small, "tie")).call("inquire")
    near = np.zeros(64, np.int64)
    world, society = small.world, small.society
    count = network.ties(
        world.seed, world.first, world.people, MARKED, society.degree, society.rewired_32, near
    )
    word = draws.four(world.seed, world.first + np.uint64(MARKED), small.month, 0,
                      draws.LOOK_UP, 0)[3]  # fmt: skip
    which = int(word) * count >> 32
    assert 1 << which == bits(small, "ties_cut")[MARKED]
    assert 0 == bits(small, "ties_cut")[CLEAR]

    again = small.copy().call("inquire")
    assert 0 == bits(again, "looked_up")[MARKED]  # the same tie does not look twice
    assert 1 << which == bits(again, "ties_cut")[MARKED]
    small.file.sanctioned[SCHEME, MARKED] = 0
    assert 0 == bits(small.call("inquire"), "ties_cut")[MARKED]


@pytest.mark.parametrize("why", ["has not heard", "is a child"])
def test_a_tie_who_knows_of_no_scheme_does_not_look(small, why):
    curious(small, "tie")
    if why == "is a child":
        small.life.age_years[: small.people] = 17
        small.life.age_years[MARKED] = 40
    else:
        small.life.awareness[:] = 0
    small.call("inquire")

    assert 0 == bits(small, "looked_up").sum()


def test_a_look_up_takes_the_job_that_was_found_and_the_one_that_is_held(small):
    unforgiving(curious(small, "hirer", "employer")).call("inquire")
    small.society.job_loss_32 = NEVER
    small.call("work")

    assert [0, 0, 1] == [small.life.employed[SCHEME, i] for i in (APPLICANT, MARKED, CLEAR)]
    small.life.look_up_cost[:] = 0
    small.life.employed[:, APPLICANT] = 0
    assert 1 == small.call("work").life.employed[SCHEME, APPLICANT]


def test_whoever_it_is_held_against_learns_the_own_score(small):
    unforgiving(curious(small, "employer"))
    small.call("inquire").call("respond")

    assert 3 == small.life.awareness[SCHEME, MARKED]
    assert small.life.awareness[SCHEME, CLEAR] < 3
    assert small.life.grievance[SCHEME, MARKED] > small.life.grievance[SCHEME, CLEAR]


def test_a_landlord_takes_a_deposit_once(small):
    """A month's rent of 1,000 yuan: 100,000 fen."""
    small.society.deposit_256 = 256
    small.life.look_up_cost[SCHEME, MARKED] = LANDLORD
    small.life.cash_fen[:] = 5_000_000
    with_it, without = small.copy(), small.copy()
    without.life.look_up_cost[:] = 0
    rent = int(small.life.rent_fen[MARKED])
    most = [int(b.call("live").life.cash_fen[SCHEME, MARKED]) for b in (with_it, without)]

    assert 0 < most[1] - most[0] <= rent
    assert np.array_equal(with_it.life.cash_fen[LAW], without.life.cash_fen[LAW])


def test_a_lender_who_saw_a_mark_asks_half_as_much_interest_again(small):
    small.society.dearer_256 = 128
    small.life.look_up_cost[SCHEME, APPLICANT] = LENDER
    small.life.loan_fen[:] = 0
    small.file.granted[1:, CARD] = 0
    dear, usual = small.copy(), small.copy()
    usual.life.look_up_cost[:] = 0
    society, life = small.society, small.life
    spare = max(0, int(life.household_fen[APPLICANT]) - int(life.need_fen[APPLICANT]))
    owed = spare * int(society.loan_16) >> 16
    interest = owed - (owed * int(society.loan_paid_16) >> 16)
    loans = [int(b.call("live").life.loan_fen[SCHEME, APPLICANT]) for b in (dear, usual)]

    assert interest > 0
    assert interest * 128 >> 8 == loans[0] - loans[1]


@settings(max_examples=20)
@given(
    looks=st.lists(st.integers(0, 1 << 32), min_size=6, max_size=6),
    minds=st.lists(st.integers(0, 1 << 32), min_size=4, max_size=4),
    month=st.integers(0, 60),
)
def test_what_is_held_against_people_is_among_what_was_looked_at(begun, looks, minds, month):
    block = begun.copy()
    block.month, people = month, block.people
    block.file.scored[:people] = 1
    block.scheme.visible = block.scheme.looked_at = 1
    for who, chance in zip(LOOKS, looks, strict=True):
        setattr(block.society, f"{who}_looks_32", chance)
    for mind, chance in zip(MINDS, minds, strict=True):
        setattr(block.society, f"{mind}_32", chance)
    block.file.sanctioned[1:, :people:3] = 1
    block.file.granted[1:, :, :people:2] = 1
    block.call("inquire")
    looked, cost = bits(block, "looked_up"), bits(block, "look_up_cost")

    assert np.array_equal(cost & looked, cost)
    assert not cost[block.file.sanctioned[SCHEME, :people] == 0].any()
    assert np.array_equal(bits(block, "ties_cut") > 0, cost & TIE > 0)
