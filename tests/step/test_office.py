"""Office: officials sell points, settle accounts, are found out or not, and lose their office."""

from collections import namedtuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.columns import (
    FALSE,
    HONESTY,
    KNOWS_SCORE,
    LAW,
    NO_ERRORS,
    PRESTIGE,
    PROMOTION,
    SCHEME,
)  # fmt: skip
from demerit.scheme.tables import for_sale
from demerit.standing import office_grade

SURE, NEVER = 1 << 32, 0
PUBLIC = 1
START, COST, FLOOR, PRICE = 1_000, 250, 600, 50_000
DESKS = (3, 8, 20, 31)  # rows of those who hold office here


@pytest.fixture
def small(block, deeds):
    """Four officials, two of them for sale; nobody is found out, and nothing is settled."""
    scheme, life = block.scheme, block.life
    scheme.officials, scheme.office_start = 1, START
    scheme.office_cost, scheme.office_floor, scheme.price_fen = COST, FLOOR, PRICE
    scheme.settle_32 = scheme.inspect_32 = scheme.report_32 = scheme.accuse_32 = NEVER
    scheme.settle_deed = deeds.index("online_post")
    scheme.open_32 = np.where(np.arange(513) < 256, SURE, NEVER)
    life.desk_total[:] = len(DESKS)
    life.desk_person[:, : len(DESKS)] = np.array(DESKS) + 1
    life.desk_points[:, : len(DESKS)] = life.desk_clean[:, : len(DESKS)] = START
    life.trait[HONESTY, list(DESKS)] = [-8_000, 8_000, -8_000, 8_000]
    life.deed_count[:, :, : block.people] = 0
    life.status[: block.people] = np.where(np.arange(block.people) % 5 == 0, PUBLIC, 0)
    life.age_years[: block.people] = 40
    life.employed[:, : block.people] = 1
    return block


def desks(block, name, world=SCHEME):
    return getattr(block.life, f"desk_{name}")[world, : len(DESKS)].tolist()


# For sale


def test_the_less_honest_are_for_sale(small):
    assert [1, 0, 1, 0] == desks(small.call("office"), "open")


def test_under_the_law_after_a_repeal_and_without_the_section_no_official_does_anything(small):
    small.scheme.inspect_32, small.life.desk_sold[:, :4] = SURE, 1
    law = small.copy().call("office")
    assert [0] * 4 == desks(law, "open", LAW) == desks(law, "disciplined", LAW)

    small.climate.in_force[:] = 0
    assert [0] * 4 == desks(small.copy().call("office"), "open")
    small.climate.in_force[SCHEME], small.scheme.officials = 1, 0
    assert [0] * 4 == desks(small.call("office"), "disciplined")


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-0.95, 0))
def test_a_larger_share_for_sale_has_all_those_of_a_smaller_one(one, two, load):
    few, many = (for_sale(share, load) for share in sorted((one, two)))

    assert np.all(few <= many)
    assert np.all(np.diff(few) <= 0)  # by honesty


@settings(max_examples=30)
@given(st.floats(0.01, 0.99), st.floats(-0.95, 0))
def test_the_share_for_sale_is_what_it_says_whatever_the_load(share, load):
    z = (np.arange(513) - 256) / 64
    weight = np.exp(-z * z / 2)

    assert share == pytest.approx((for_sale(share, load) * weight).sum() / weight.sum() / SURE,
                                  abs=2e-3)  # fmt: skip


# Sales


def buyers(block):
    """Everybody wants points, has the money, and asks."""
    block.scheme.sale_32, block.scheme.sale_points = SURE, 200
    block.scheme.appeal_32 = block.scheme.repair_32 = NEVER
    block.life.awareness[SCHEME, : block.people] = KNOWS_SCORE
    block.file.tier[SCHEME, : block.people] = 2
    block.life.cash_fen[:] = block.life.need_fen + PRICE + 1
    return block


def test_who_would_buy_finds_a_seller_if_the_official_asked_is_for_sale(small):
    sold = desks(buyers(small.call("office")).call("redress"), "sold")

    assert 0 == sold[1] == sold[3]
    assert sold[0] + sold[2] == (small.file.bought_points[SCHEME] > 0).sum()
    assert 0.5 == pytest.approx((sold[0] + sold[2]) / small.people, abs=0.1)


def test_where_nobody_is_for_sale_nobody_buys(small):
    small.scheme.open_32 = np.zeros(513)
    buyers(small.call("office")).call("redress")

    assert 0 == small.file.bought_points[SCHEME].sum() == sum(desks(small, "sold"))


def test_a_block_without_officials_sells_nothing_and_shields_nobody(small):
    small.life.desk_total[:] = 0
    buyers(small.call("office")).call("redress")

    assert 0 == small.file.bought_points[SCHEME].sum()


def test_what_buyers_pay_the_sellers_have_next_month(small):
    small.life.desk_sold[SCHEME, :4] = [3, 0, 1, 0]
    small.call("office")

    assert [3 * PRICE, 0, PRICE, 0] == desks(small, "fen")

    unpaid = small.copy()
    unpaid.life.desk_fen[:] = 0
    with_it, without = (b.call("live").life.cash_fen[SCHEME] for b in (small, unpaid))
    assert {3, 20} == set(np.flatnonzero(with_it != without))


# Accounts


@pytest.fixture
def angry(small, deeds):
    """One person petitions, another criticises; those for sale settle what they can."""
    small.scheme.settle_32 = SURE
    small.life.deed_count[:, deeds.index("petition"), 50] = 1
    small.life.deed_count[:, deeds.index("criticism"), 300] = 1
    return small


def test_an_account_is_settled_with_who_petitioned_or_criticised_by_who_is_for_sale(angry):
    targets = desks(angry.call("office"), "target")

    assert {51, 301} >= {targets[0], targets[2]}
    assert 0 not in {targets[0], targets[2]}
    assert 0 == targets[1] == targets[3]


def test_nobody_settles_accounts_with_themselves_or_with_who_has_no_file(angry, deeds):
    angry.file.scored[50] = 0
    angry.life.deed_count[:, deeds.index("criticism")] = 0
    angry.life.deed_count[:, deeds.index("criticism"), DESKS[0]] = 1
    targets = desks(angry.call("office"), "target")

    assert [0, DESKS[0] + 1] == [targets[0], targets[2]]


def test_what_is_settled_is_booked_next_month_as_a_false_record_on_the_critic(angry):
    angry.call("office")
    wanted = sorted(t - 1 for t in desks(angry, "target") if t)
    angry.month += 1
    angry.life.deed_count[:] = 0
    angry.society.watch_false_32[:] = 0
    angry.call("observe")
    total = int(angry.file.record_total[SCHEME])

    assert wanted == sorted(angry.file.record_person[SCHEME, :total].tolist())
    assert {FALSE} == set(angry.life.record_truth[SCHEME, :total].tolist())
    assert {int(angry.scheme.settle_deed)} == set(angry.file.record_deed[SCHEME, :total].tolist())
    assert 0 == angry.file.record_total[NO_ERRORS]


# Friends


def test_a_friends_record_is_dropped_on_the_account_of_an_official_in_office(small, deeds):
    small.scheme.shield_32 = SURE
    offence = deeds.index("petition")
    small.life.favoured[:] = 1
    small.life.desk_person[:, 2] = 0  # nobody sits there
    small.life.deed_count[:, offence, : small.people] = 1
    small.society.watch_seen_32[:] = SURE
    small.society.watch_false_32[:] = 0
    small.scheme.label_share_32[:] = SURE
    small.scheme.label_error_32[:] = 0
    small.call("observe")
    dropped = desks(small, "shielded")

    assert [100, 100, 0, 100] == dropped
    assert 300 == small.life.shielded[SCHEME].sum()
    assert 100 == (small.file.record_deed[SCHEME, : int(small.file.record_total[SCHEME])]
                   == offence).sum()  # fmt: skip


# Found out


def test_inspectors_find_acts_out_and_discipline_costs_points(small):
    small.scheme.inspect_32 = SURE
    small.life.desk_sold[SCHEME, 0] = small.life.desk_shielded[SCHEME, 1] = 1
    small.call("office")

    assert [1, 1, 0, 0] == desks(small, "disciplined")
    assert [750, 750, 1_000, 1_000] == desks(small, "points") == desks(small, "clean")


def test_a_bribe_taken_is_an_act_too(small, deeds):
    small.scheme.inspect_32 = SURE
    small.life.deed_count[SCHEME, deeds.index("bribe_taken"), DESKS[3]] = 1

    assert [0, 0, 0, 1] == desks(small.call("office"), "disciplined")


def test_colleagues_report_in_the_measure_in_which_they_are_not_for_sale(small):
    small.scheme.report_32 = SURE
    small.life.desk_sold[SCHEME, :4] = 20
    assert [1] * 4 == desks(small.copy().call("office"), "disciplined")

    small.scheme.open_32 = np.full(513, SURE)
    assert [0] * 4 == desks(small.copy().call("office"), "disciplined")
    small.life.desk_total[:] = 1  # no colleagues
    small.scheme.open_32 = np.zeros(513)
    assert [0] * 4 == desks(small.call("office"), "disciplined")


def test_below_the_floor_the_office_is_lost_with_what_was_taken_and_another_has_it(small):
    small.scheme.inspect_32 = SURE
    small.life.desk_sold[SCHEME, 0], small.life.desk_points[SCHEME, 0] = 2, 800
    small.life.desk_clean[SCHEME, 0] = 800
    small.call("office")

    assert [DESKS[0] + 1, 0, 0, 0] == desks(small, "gone")
    assert 0 == desks(small, "fen")[0] == desks(small, "open")[0]
    assert [5 + 1, *(row + 1 for row in DESKS[1:])] == desks(small, "person")  # the next public one
    assert START == desks(small, "points")[0] == desks(small, "clean")[0]
    assert 1 == desks(small, "disciplined")[0]

    small.month += 1
    small.call("work")
    assert 0 == small.life.employed[SCHEME, DESKS[0]] == small.life.prestige_held[SCHEME, DESKS[0]]


def test_where_nobody_else_serves_the_desk_stays_empty(small):
    small.scheme.inspect_32 = SURE
    small.life.desk_sold[SCHEME, 0], small.life.desk_points[SCHEME, 0] = 1, 0
    small.life.status[:] = 0
    small.call("office")

    assert 0 == desks(small, "person")[0]
    small.month += 1
    assert 0 == desks(small.call("office"), "open")[0]


def test_nobody_sits_at_two_desks(small):
    small.scheme.inspect_32 = SURE
    small.life.desk_sold[SCHEME, :4], small.life.desk_points[SCHEME, :4] = 1, 0
    small.call("office")
    holders = desks(small, "person")

    assert 4 == len(set(holders)) == len(set(holders) - {row + 1 for row in DESKS})


# Wrongly


def test_who_did_nothing_and_is_accused_is_disciplined_wrongly_and_stays_clean(small):
    small.scheme.accuse_32 = SURE
    small.life.desk_sold[SCHEME, 0] = 1
    small.call("office")

    assert [0, 2, 2, 2] == desks(small, "disciplined")
    assert [1_000, 750, 750, 750] == desks(small, "points")
    assert [1_000] * 4 == desks(small, "clean")
    assert [0] * 4 == desks(small, "disciplined", NO_ERRORS)


def test_an_office_lost_only_for_an_earlier_wrong_is_lost_wrongly(small):
    small.scheme.inspect_32 = SURE
    small.life.desk_sold[SCHEME, 0], small.life.desk_points[SCHEME, 0] = 1, 750
    small.call("office")

    assert 2 == desks(small, "disciplined")[0]
    assert DESKS[0] + 1 == desks(small, "gone")[0]


def test_points_never_rise_in_office_nor_stand_above_the_clean_ones(small):
    small.scheme.inspect_32 = small.scheme.accuse_32 = SURE // 3
    before = np.array(desks(small, "points"))
    for month in range(6):
        small.month = 3 + month
        small.life.desk_sold[SCHEME, :4] = [1, 0, 0, 1]
        small.call("office")
        points, clean = np.array(desks(small, "points")), np.array(desks(small, "clean"))
        kept = np.array(desks(small, "gone")) == 0

        assert np.all(points[kept] <= before[kept])
        assert np.all(points <= clean)
        before = points


# Grades


def graded(block, asked=PROMOTION):
    """Two grades, of which the lower shuts a door; the first official stands in it, and all ask."""
    scheme, file = block.scheme, block.file
    scheme.office_grades = 2
    scheme.office_grade_floor[:2] = [900, 0]
    scheme.office_access[1, PROMOTION] = 0
    block.life.desk_points[:, 0] = 750
    file.asked[1:, asked, : block.people] = file.granted[1:, asked, : block.people] = 1
    file.scored[: block.people] = 1
    block.climate.door_32[:] = SURE
    block.life.prestige_held[:] = 0
    block.society.job_loss_32 = NEVER
    return block


def test_an_official_of_the_lower_grade_is_passed_over_and_the_others_rise(small):
    graded(small).call("work")

    assert [1, 0, 0, 0] == desks(small, "passed")
    assert [0, 1, 1, 1] == [small.file.granted[SCHEME, PROMOTION, i] for i in DESKS]
    assert [0, 1, 1, 1] == [small.life.prestige_held[SCHEME, i] for i in DESKS]
    assert 0 == small.file.refused[SCHEME, PROMOTION].sum()


def test_a_grade_moves_the_doors_that_it_names_alone(small):
    graded(small, asked=PRESTIGE).call("work")

    assert [0] * 4 == desks(small, "passed")
    assert [1] * 4 == [small.file.granted[SCHEME, PRESTIGE, i] for i in DESKS]


def test_without_grades_and_after_a_repeal_nobody_is_passed_over(small):
    over = graded(small).copy()
    over.climate.in_force[:] = 0
    assert [0] * 4 == desks(over.call("work"), "passed")
    small.scheme.office_grades = 0
    assert [0] * 4 == desks(small.call("work"), "passed")


Graded = namedtuple("Graded", ["office_grades", "office_grade_floor"])


@given(st.integers(0, 2_000))
def test_a_grade_is_the_first_whose_floor_is_reached(points):
    scheme = Graded(3, np.array([900, 400, 0, 0]))

    assert [points >= 900, 400 <= points < 900, points < 400].index(True) == office_grade(
        scheme, points
    )
