"""Redress: appeals with and without ground, points earned back and points bought; next month."""

import numpy as np
import pytest

from demerit.columns import (
    CLEAN,
    HEARD,
    KNOWS_RULES,
    KNOWS_SCORE,
    LAW,
    NO_ERRORS,
    SCHEME,
)  # fmt: skip

SURE, NEVER = 1 << 32, 0
GIVEN = ("correction_points", "earned_points", "bought_points")
WRONGED, LOW, FREE = 5, 6, 7  # lost by error; under sanction by true deeds; neither


@pytest.fixture
def small(block):
    """Three people who know their score; whatever may be granted is."""
    scheme = block.scheme
    scheme.appeal_32 = scheme.success_32 = scheme.decide_32 = scheme.unfounded_32 = SURE
    scheme.repair_32 = scheme.sale_32 = NEVER
    block.society.groundless_16 = 65536
    for i, points, clean in ((WRONGED, 700, 820), (LOW, 400, 400), (FREE, 900, 900)):
        block.set_score(SCHEME, i, points)
        block.life.shadow_points[SCHEME, CLEAN, i] = clean
        block.file.sanctioned[SCHEME, i] = points < scheme.edge
        block.file.tier[SCHEME, i] = 3 if points < scheme.edge else 1
        block.life.awareness[SCHEME, i] = KNOWS_SCORE
    return block


def given(block, name="correction_points", world=SCHEME):
    found = np.flatnonzero(getattr(block.file, name)[world])
    return {int(i): int(getattr(block.file, name)[world, i]) for i in found}


def appealed(block, world=SCHEME):
    return set(np.flatnonzero(block.life.appealed[world]).tolist())


# Appeal


def test_a_founded_appeal_gives_back_what_errors_took_one_without_ground_lifts_to_the_edge(small):
    edge = int(small.scheme.edge)
    small.call("redress")

    assert {WRONGED, LOW} == appealed(small)
    assert {WRONGED: 120, LOW: edge - 400} == given(small)
    assert 0 == small.life.appeal_open.sum()


@pytest.mark.parametrize("aware", [0, HEARD, KNOWS_RULES])
def test_nobody_appeals_who_does_not_know_the_own_score(small, aware):
    small.life.awareness[:] = aware
    small.call("redress")

    assert set() == appealed(small)
    assert {} == given(small)


def test_an_appeal_waits_for_its_answer_and_is_not_lodged_twice(small):
    small.scheme.decide_32 = NEVER
    small.call("redress")
    assert {WRONGED, LOW} == appealed(small) == set(np.flatnonzero(small.life.appeal_open[SCHEME]))
    assert {} == given(small)

    small.month += 1
    small.call("redress")
    assert set() == appealed(small)
    assert 2 == small.life.appeal_open.sum()

    small.month += 1
    small.scheme.decide_32 = SURE
    small.call("redress")
    assert {WRONGED, LOW} == set(given(small))
    assert 0 == small.life.appeal_open.sum()


def test_appeals_are_decided_at_their_chance(small):
    small.scheme.decide_32 = SURE // 4
    small.life.awareness[SCHEME, : small.people] = KNOWS_SCORE
    small.life.shadow_points[SCHEME, CLEAN, : small.people] = 1_000
    small.file.score_points[SCHEME, : small.people] = 900
    small.call("redress")

    assert small.people == small.life.appealed[SCHEME].sum()
    assert 0.25 == pytest.approx(len(given(small)) / small.people, abs=0.07)


def test_what_is_refused_gives_nothing(small):
    small.scheme.success_32 = small.scheme.unfounded_32 = NEVER
    small.call("redress")

    assert {WRONGED, LOW} == appealed(small)
    assert {} == given(small)


def test_one_number_switches_appeals_without_ground_off(small):
    small.society.groundless_16 = 0
    small.call("redress")

    assert {WRONGED} == appealed(small)


def test_under_the_law_and_after_a_repeal_nothing_is_open_or_given(small):
    small.life.appeal_open[:, WRONGED] = 1
    small.climate.in_force[:] = 0
    small.call("redress")

    assert 0 == small.life.appeal_open[1:].sum() == small.life.appealed.sum()
    assert all(0 == getattr(small.file, name)[1:].sum() for name in GIVEN)


def test_without_errors_there_is_nothing_to_appeal_with_ground(small):
    small.life.awareness[NO_ERRORS] = KNOWS_SCORE
    small.call("redress")

    assert set() == appealed(small, NO_ERRORS)


# Repair


def test_who_is_under_sanction_and_knows_the_rules_earns_points_back(small):
    small.scheme.repair_32, small.scheme.repair_points = SURE, 30
    small.life.awareness[SCHEME, LOW] = KNOWS_RULES
    small.call("redress")

    assert {LOW: 30} == given(small, "earned_points")

    small.life.awareness[SCHEME, LOW] = HEARD
    assert {} == given(small.call("redress"), "earned_points")


# Sale


@pytest.fixture
def market(small):
    small.scheme.sale_32, small.scheme.sale_points, small.scheme.price_fen = SURE, 200, 50_000
    small.life.cash_fen[:] = small.life.need_fen + 60_000
    return small


def test_who_could_stand_better_and_can_pay_buys(market):
    assert {WRONGED: 200, LOW: 200, FREE: 200} == given(market.call("redress"), "bought_points")


def test_the_poor_the_best_and_who_does_not_know_buy_nothing(market):
    market.life.cash_fen[SCHEME, WRONGED] = market.life.need_fen[WRONGED] + 50_000
    market.file.tier[SCHEME, FREE] = 0
    market.life.awareness[SCHEME, LOW] = KNOWS_RULES

    assert {} == given(market.call("redress"), "bought_points")


def test_one_number_switches_the_sale_off(market):
    market.scheme.sale_32 = NEVER

    assert {} == given(market.call("redress"), "bought_points")


def test_points_are_bought_at_the_chance_of_a_seller(market):
    market.scheme.sale_32 = SURE // 2
    market.life.awareness[SCHEME, : market.people] = KNOWS_SCORE
    market.file.tier[SCHEME, : market.people] = 2
    share = len(given(market.call("redress"), "bought_points")) / market.people

    assert 0.5 == pytest.approx(share, abs=0.08)


def test_all_of_it_acts_next_month_and_once(market):
    market.scheme.repair_32, market.scheme.repair_points = SURE, 30
    before = market.file.score_points.copy()
    market.call("redress")

    assert np.array_equal(before, market.file.score_points)
    assert 0 == sum(getattr(market.file, name)[LAW].sum() for name in GIVEN)
    market.month += 1
    market.scheme.sale_32 = market.scheme.repair_32 = market.scheme.appeal_32 = NEVER
    market.call("redress")
    assert all({} == given(market, name) for name in GIVEN)


def test_what_was_given_stands_on_the_file_a_month_later(market):
    """Appeal, repair and sale of one person under sanction, added up."""
    market.scheme.repair_32, market.scheme.repair_points = SURE, 30
    back = int(market.scheme.edge) - 400
    market.call("redress")
    market.month += 1
    market.call("score")

    assert 400 + back + 30 + 200 == market.file.score_points[SCHEME, LOW]
    assert 0 == market.file.sanctioned[SCHEME, LOW]


def test_an_amnesty_opens_every_file_anew_where_it_is_given(small):
    small.climate.amnesty[NO_ERRORS] = 1
    small.file.score_points[NO_ERRORS] = small.file.score_points[SCHEME]
    small.file.sanctioned[NO_ERRORS] = small.file.sanctioned[SCHEME]
    small.call("score")
    people = slice(0, small.people)

    assert np.all(small.scheme.start == small.file.score_points[NO_ERRORS, people])
    assert 0 == small.file.sanctioned[NO_ERRORS].sum()
    assert [700, 400, 900] == small.file.score_points[SCHEME, [WRONGED, LOW, FREE]].tolist()
