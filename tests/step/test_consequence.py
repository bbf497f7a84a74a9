"""Consequence: who asks at doors, and who is let in."""

from types import SimpleNamespace

import numpy as np
import pytest
from step.at_doors import ALL, ALWAYS, LOWEST, Block, doors, lowest, often

from demerit import climate as cl
from demerit.columns import (
    ABROAD,
    CARD,
    DATING,
    DEPOSIT,
    DOORS,
    FLIGHT,
    HOTEL,
    INTERNET,
    JOB,
    LAW,
    LICENCE,
    LOAN,
    NO_ERRORS,
    OFFICE,
    POSTING,
    PRESTIGE,
    PROMOTION,
    SCHEME,
    SCHOOL,
    TRAIN,
    TRAVEL,
)  # fmt: skip
from demerit.step import consequence


@pytest.fixture(scope="module")
def plan(make_plan):
    return make_plan()


@pytest.fixture
def block(plan):
    return Block(plan)


# ---- who knocks


def test_only_those_knock_who_may(plan, block):
    block.call("knock", knock_32=often(plan))
    life = block.life
    adult = life.age_years >= 18
    online = adult & (life.online == 1)
    has = life.employed[SCHEME] == 1
    may = {
        JOB: (life.wage_fen > 0) & ~has, LICENCE: adult, SCHOOL: (life.age_years >= 25)
        & (life.age_years < 45), PROMOTION: has, PRESTIGE: has, OFFICE: has, FLIGHT: adult,
        INTERNET: online, DATING: online & (life.age_years < 45),
        DOORS.index("assistance"): adult & (life.able[SCHEME] < 2),
    }  # fmt: skip

    for door, expected in may.items():
        assert expected.sum() > 0
        assert np.array_equal(expected, block.file.asked[SCHEME, door] == 1)


def test_nobody_knocks_at_the_public_list(plan, block):
    block.call("knock", knock_32=often(plan))

    assert 0 == block.file.asked[:, POSTING].sum()


def test_people_knock_at_the_rate_of_the_door(plan, block):
    block.call("knock", knock_32=often(plan, flight=0.25))
    adults = block.life.age_years >= 18

    assert 0.25 == pytest.approx(block.file.asked[LAW, FLIGHT][adults].mean(), abs=0.05)


def test_needs_that_no_scheme_changes_are_the_same_in_all_worlds(plan, block):
    block.life.employed[SCHEME] = 0
    block.life.able[SCHEME] = 0
    block.call("knock", knock_32=often(plan, flight=0.3, school=0.3, promotion=0.3))
    asked = block.file.asked
    own = [d for d, who in enumerate(plan.society_tables.who) if who < consequence.UNEMPLOYED]

    assert LICENCE in own
    assert PROMOTION not in own
    assert np.array_equal(asked[LAW, own], asked[SCHEME, own])
    assert 0 == asked[SCHEME, PROMOTION].sum() < asked[LAW, PROMOTION].sum()
    assert asked[SCHEME, JOB].sum() > asked[LAW, JOB].sum()


def test_before_the_worlds_part_one_world_alone_is_moved(plan, block):
    block.climate = block.climate._replace(worlds=1)
    block.call("knock", "grant", "work", knock_32=often(plan))

    assert block.file.asked[LAW].sum() > 0
    assert block.file.granted[LAW].sum() > 0
    assert 0 == block.file.asked[SCHEME:].sum() + block.file.granted[SCHEME:].sum()


# ---- who is let in


def test_nobody_is_let_in_or_refused_who_did_not_ask(plan, block):
    block.call("knock", "grant", knock_32=often(plan, train=0.5), access=doors(train=0, hotel=2))

    for world in (LAW, SCHEME, NO_ERRORS):
        assert np.all(block.file.granted[world] <= block.file.asked[world])
        assert np.all(block.file.refused[world] <= block.file.asked[world])
        assert not np.any(block.file.refused[world] & block.file.granted[world])


def test_a_shut_door_turns_away_its_tier_and_no_other(plan, block):
    block.call("knock", "grant", knock_32=often(plan), access=doors(job=0))
    asked = block.file.asked[SCHEME, JOB] == 1
    expected = asked & lowest(block)

    assert expected.sum() > 0
    assert np.array_equal(expected, block.file.refused[SCHEME, JOB] == 1)
    assert 0 == block.file.refused[LAW].sum()
    assert expected.sum() == block.file.refused[SCHEME].sum()


def test_a_narrowed_door_turns_away_part_of_those_whom_it_would_let_in(plan, block):
    """Premium hotels alone: three quarters of stays are left, the same people's in each world."""
    block.call("knock", "grant", knock_32=often(plan), access=doors(hotel=3))
    file = block.file
    kept = file.granted[SCHEME, HOTEL] | file.refused[SCHEME, HOTEL]

    assert np.array_equal(file.granted[LAW, HOTEL], kept)
    assert np.all(lowest(block)[file.refused[SCHEME, HOTEL] == 1])
    share = file.refused[SCHEME, HOTEL].sum() / file.granted[LAW, HOTEL][lowest(block)].sum()
    assert 0.25 == pytest.approx(share, abs=0.15)


def test_a_reward_widens_an_elastic_door_up_to_certainty(plan, block):
    block.call("knock", "grant", knock_32=often(plan), access=doors(deposit=20, licence=64))
    low = lowest(block)
    asks = block.file.asked[SCHEME, DEPOSIT] == 1
    chance = plan.society_tables.open_32[DEPOSIT] / ALWAYS
    granted = block.file.granted

    assert 5 * chance == pytest.approx(granted[SCHEME, DEPOSIT][low & asks].mean(), abs=0.15)
    assert np.array_equal(granted[LAW, DEPOSIT][~low], granted[SCHEME, DEPOSIT][~low])
    assert np.all(granted[SCHEME, LICENCE][low & asks] == 1)
    assert 0 == block.file.refused.sum()


def test_all_travel_shut_is_no_flight_no_fast_train_and_no_way_abroad(plan, block):
    block.call("knock", "grant", knock_32=often(plan), access=doors(travel=0))
    low = lowest(block)

    for door in (TRAVEL, FLIGHT, TRAIN, ABROAD):
        assert np.array_equal(low, block.file.refused[SCHEME, door] == 1)
    assert 0 == block.file.refused[SCHEME, HOTEL].sum()


def test_travel_widened_widens_no_other_door(plan, block):
    block.call("knock", "grant", knock_32=often(plan), access=doors(travel=16, flight=2))
    file, low = block.file, lowest(block)

    assert np.all(file.granted[SCHEME, TRAVEL][low] == 1)
    assert np.array_equal(file.granted[LAW, TRAIN], file.granted[SCHEME, TRAIN])
    assert np.any(file.refused[SCHEME, FLIGHT][low])


def test_a_tier_does_not_count_where_no_scheme_stands_or_the_person_is_not_scored(plan, block):
    block.file.scored[1::10] = 0
    block.file.tier[SCHEME, 1::10] = LOWEST
    block.climate.in_force[NO_ERRORS] = 0
    block.call("knock", "grant", knock_32=often(plan), access=doors(flight=0))

    assert 0 == block.file.refused[NO_ERRORS].sum()
    assert 0 == block.file.refused[SCHEME, FLIGHT, 1::10].sum()
    assert block.file.refused[SCHEME, FLIGHT, ::10].sum() > 0


@pytest.mark.parametrize("door", [LOAN, CARD])
def test_lenders_lend_less_to_those_of_whom_no_bank_has_a_record(plan, block, door):
    block.file.thin[::2] = 1
    block.call("knock", "grant", knock_32=often(plan))
    adult = block.life.age_years >= 18
    thin, granted = block.file.thin == 1, block.file.granted[LAW, door]
    expected = plan.society_tables.thin_16[door] / 65536

    assert expected < 1
    assert expected == pytest.approx(
        granted[adult & thin].mean() / granted[adult & ~thin].mean(), abs=0.12
    )
    assert 0 == block.file.refused[:, door].sum()


def test_a_tier_that_widens_the_lenders_door_stands_in_for_a_missing_record(plan, block):
    """With half as much again as everyone has, six in ten are nine in ten, thin or not."""
    block.file.thin[:] = 1
    block.call("knock", "grant", knock_32=often(plan), access=doors(loan=6))
    low = lowest(block)
    ordinary = plan.society_tables.open_32[LOAN] / ALWAYS

    assert 1.5 * ordinary == pytest.approx(block.file.granted[SCHEME, LOAN][low].mean(), abs=0.12)
    assert np.array_equal(
        block.file.granted[LAW, LOAN][~low], block.file.granted[SCHEME, LOAN][~low]
    )


def test_a_narrowed_lenders_door_is_no_record(plan, block):
    block.file.thin[:] = 1
    block.call("knock", "grant", knock_32=often(plan), access=doors(loan=3))

    assert np.all(block.file.granted[SCHEME, LOAN] <= block.file.granted[LAW, LOAN])


def test_lenders_know_of_judgments_in_every_world(plan, block):
    block.file.judgment_fen[:, ::2] = 100
    block.call("knock", "grant", knock_32=often(plan), judgment_16=np.zeros(len(DOORS), np.int64))

    for world in (LAW, SCHEME):
        assert 0 == block.file.granted[world, LOAN, ::2].sum()
        assert block.file.granted[world, LOAN, 1::2].sum() > 0


def test_who_decides_at_a_door_knows_nothing_of_lives(plan):
    """The same files, whatever is true of the people: the same answers."""
    one, two = Block(plan), Block(plan)
    for block in (one, two):
        block.call("knock", knock_32=often(plan))
    two.life.wrongful[:] = 1
    two.life.trait[:] = -two.life.trait
    two.life.able[:] = 0
    two.life.deed_count[:] = 9
    for block in (one, two):
        block.call("grant", access=doors(job=0, loan=0, hotel=2))

    assert np.array_equal(one.file.granted, two.file.granted)
    assert np.array_equal(one.file.refused, two.file.refused)


def test_no_two_draws_of_the_stage_have_one_address():
    last_row = (len(DOORS) - 1) >> 2

    assert last_row < consequence.WORK < consequence.ANSWER
    assert consequence.ANSWER + len(DOORS) <= 1 << 16


@pytest.mark.parametrize("wide", [0, 2, 8, 64])
def test_as_many_places_are_given_in_every_world(plan, wide):
    """At the school door, whoever of a tenth is barred, held back or put first."""
    access, given = doors(school=wide), np.zeros(2)
    block = Block(plan)
    for month in range(24):
        block.call("knock", "grant", month=month, knock_32=often(plan), access=access)
        asked = np.zeros((3, 1, len(DOORS)), np.int64)
        for world, door in ((w, d) for w in range(3) for d in range(len(DOORS))):
            chance = block.climate.door_32[world, 0, door]
            taken = np.where(lowest(block, world) & (world > 0), access[LOWEST, door], ALL)
            each = {wide: int(cl.weight(wide, chance)) for wide in np.unique(taken)}
            weights = np.vectorize(each.get)(taken)
            asked[world, 0, door] = (weights * block.file.asked[world, door]).sum()
        shared = cl.doors(asked, SimpleNamespace(**plan.society_tables._asdict()))
        block.climate = block.climate._replace(door_32=shared)
        if month >= 4:
            given += block.file.granted[[LAW, SCHEME], SCHOOL].sum(axis=-1)

    assert given[0] == pytest.approx(given[1], abs=4 * np.sqrt(given[0]))
    assert shared[LAW, 0, SCHOOL] == plan.society_tables.open_32[SCHOOL]


def test_places_that_stand_empty_widen_the_door_for_nobody(plan):
    asked = np.full((3, 1, len(DOORS)), 400)
    asked[SCHEME] = 200
    society = SimpleNamespace(**plan.society_tables._replace(filled_256=0)._asdict())

    assert np.all(cl.doors(asked, society) == plan.society_tables.open_32)
