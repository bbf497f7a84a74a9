"""Firms: hand-worked grades, and laws that a month of any firms must keep."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest

from demerit import climate as cl
from demerit import draws, facts
from demerit.blocks import as_record
from demerit.columns import (
    FIRM_DEEDS,
    FIRM_DOORS,
    FIRM_DUES,
    FIRMS_MAX,
    INSPECTION,
    LAW,
    NO_ERRORS,
    SCHEME,
)  # fmt: skip
from demerit.step.grade import graded

SPEC = facts.read("firms.toml")


class Rules(NamedTuple):
    """The part of a scheme that grades firms."""

    opens: int = 0
    firm_start: int = 70
    firm_owner_points: int = 10
    firm_rating_months: int = 12
    firm_list_months: int = 24
    firm_lowest: int = 4
    firm_floor: np.ndarray = np.array([90, 70, 40, 0])


RULES = as_record(Rules())[0]
HARSH = {
    **{f"firms.deed.{key}.seen": 0.5 for key in FIRM_DEEDS if key != "tax_in_time"},
    **{f"firms.agency.{key}.false": 0.005 for key in SPEC["agency"]},
    "firms.owner.share": 0.3, "firms.sector.trade.spread": 0.3,
}  # fmt: skip


@pytest.fixture(scope="module")
def lived(make_plan, stop):
    """Three thousand people and their firms after fourteen months of the national scheme."""
    stopped = stop(make_plan("national", 3_000, values=HARSH, repeal_32=1 << 33), before=4)
    stopped.live(13)
    return stopped


@pytest.fixture(scope="module")
def block(lived):
    return lived.block()


def firms_of(block):
    return range(int(block.file.firm_total[0]))


def test_the_data_file_and_the_columns_name_the_same_deeds_doors_and_dues():
    assert tuple(SPEC["deed"]) == FIRM_DEEDS
    assert tuple(SPEC["door"]) == FIRM_DOORS
    assert set(FIRM_DUES) - {"tax"} == {
        k for k, row in SPEC["deed"].items() if row["kind"] == "due"
    }


@pytest.mark.parametrize(
    ("points", "low", "expected"),
    [(20, False, 1), (19, False, 2), (0, False, 2), (0, True, 3), (-30, False, 3), (-31, False, 4)],
)
def test_a_rating_puts_a_firm_in_the_first_grade_whose_floor_it_reaches(points, low, expected):
    after, grade, until = graded(RULES, 12, points, 2, 0, False, low)

    assert (0, expected, 0) == (after, grade, until)


def test_between_ratings_points_add_up_and_the_grade_stands():
    assert (-50, 1, 0) == graded(RULES, 13, -50, 1, 0, False, False)


def test_one_grave_entry_brings_the_blacklist_and_the_lowest_grade_until_it_ends():
    _, grade, until = graded(RULES, 7, -40, 1, 0, True, False)
    held = graded(RULES, 24, 30, grade, until, False, False)
    over = graded(RULES, 36, 30, grade, until, False, False)

    assert (4, 31) == (grade, until)
    assert (0, 4, 31) == held
    assert (0, 1, 31) == over


def test_a_firm_belongs_to_one_self_employed_adult_of_its_block(block):
    owners = block.file.firm_owner[: len(firms_of(block))].tolist()

    assert 10 < len(owners) <= FIRMS_MAX
    assert sorted(set(owners)) == owners
    assert {2} == set(block.life.status[owners].tolist())
    assert all(block.life.age_years[owners] >= 18)


def sales_of(block, k):
    """Sales of one firm this month, as the page says [fen]."""
    person = block.world.first + np.uint64(block.file.firm_owner[k])
    word = int(draws.four(block.world.seed, person, block.month, 0, draws.FIRM, np.int64(0))[0])
    shock = sum(word >> shift & 255 for shift in (0, 8, 16, 24)) - 510
    turnover = int(block.life.firm_turnover_fen[k])
    part = int(block.society.firm_sales_16[block.life.firm_sector[k]])
    return turnover + (turnover * shock * part >> 16)


def test_money_that_falls_due_is_paid_owed_or_judged_to_the_fen(block):
    """Cash less debts moves by sales less what falls due; only the owner takes anything out."""
    one, society = block.copy(), block.society
    for name in ("firm_granted", "firm_asked"):
        one.column(name)[:] = 0

    def net():
        debts = one.life.firm_owed_fen + one.life.firm_judgment_fen + one.life.firm_loan_fen
        return one.life.firm_cash_fen - debts

    opened, before = one.file.firm_open.copy(), net()
    one.call("trade")
    after, exact = net(), 0
    for w in (LAW, SCHEME, NO_ERRORS):
        for k in firms_of(one):
            turnover = int(one.life.firm_turnover_fen[k])
            due = {name: turnover * int(society[f"firm_{name}_256"]) >> 8
                   for name in ("spot", "wages", "tax", "invoices")}  # fmt: skip
            if one.life.firm_done[w, FIRM_DEEDS.index("tax_evaded"), k]:
                due["tax"] = 0
            expected = int(before[w, k]) + sales_of(one, k) - sum(due.values())
            drawn = one.life.firm_cash_fen[w, k] >= turnover * int(society.firm_buffer_256) >> 8
            if opened[w, k]:
                assert expected >= after[w, k]
                assert drawn or expected == after[w, k]
                exact += not drawn

    assert exact > 0
    assert (one.life.firm_unable_fen <= one.life.firm_owed_fen).all()


def test_what_cash_does_not_cover_is_not_paid_whatever_the_owner_wants(block):
    n = len(firms_of(block))
    wages, invoice = FIRM_DEEDS.index("wages_withheld"), FIRM_DEEDS.index("late_invoice")
    able, done = block.life.firm_able[:, :n], block.life.firm_done[:, :, :n]

    assert (done[:, wages][able < 1] == 1).all()
    assert (done[:, invoice][able < 3] == 1).all()
    assert (able < 3).any()


def test_under_ordinary_law_no_firm_has_a_grade_and_none_is_turned_away(block):
    assert 0 == block.file.firm_grade[LAW].max()
    assert 0 == block.file.firm_refused[LAW].max()
    assert 0 == block.file.firm_entry[LAW].max()
    assert 0 == block.life.firm_low[LAW].max()


def test_without_errors_every_entry_is_true_and_no_grade_is_wrongful(block):
    entry, true = block.file.firm_entry, block.life.firm_entry_true

    assert entry[NO_ERRORS].tolist() == true[NO_ERRORS].tolist()
    assert 0 == block.life.firm_wrongful[NO_ERRORS].max()


def test_errors_wrong_some_firm_and_the_clean_file_says_so(lived):
    wrong = total = 0
    for fold in range(len(lived.steps.folds)):
        block = lived.block(fold)
        wrong += int(block.life.firm_wrongful[SCHEME].sum())
        total += int((block.file.firm_grade[SCHEME] == 4).sum())

    assert 0 < wrong <= total


def test_one_false_grave_entry_wrongs_exactly_one_firm(block):
    quiet = block.copy()
    quiet.month = 13  # no rating
    for name in ("firm_grade", "firm_clean_grade"):
        quiet.column(name)[:] = 2
    for name in ("firm_until", "firm_clean_until", "firm_entry", "firm_entry_true"):
        quiet.column(name)[:] = 0
    quiet.file.firm_open[:] = 1
    quiet.file.firm_entry[SCHEME, FIRM_DEEDS.index("scam"), 3] = 1
    quiet.call("grade", "firms")

    assert [3] == np.flatnonzero(quiet.life.firm_wrongful[SCHEME]).tolist()
    assert [int(quiet.file.firm_owner[3])] == np.flatnonzero(quiet.life.firm_low[SCHEME]).tolist()


def test_a_lower_grade_lets_no_more_firms_in_and_brings_no_fewer_visits(block):
    let_in = []
    for grade in (1, 2, 3, 4):
        one = block.copy()
        one.month = 13
        one.file.firm_grade[SCHEME] = grade
        one.file.firm_until[:] = 0
        one.file.firm_entry[:] = 0
        one.file.firm_asked[:, :, : len(firms_of(one))] = 1
        one.call("grade")
        let_in.append(one.file.firm_granted[SCHEME].astype(int))

    doors = [d for d in range(len(FIRM_DOORS)) if d != INSPECTION]
    for better, worse in pairwise(let_in):
        assert (better[doors] >= worse[doors]).all()
        assert (better[INSPECTION] <= worse[INSPECTION]).all()


def test_a_grade_is_the_same_whatever_the_laboratory_knows(block):
    plain, mixed = block.copy(), block.copy()
    for name in ("firm_cash_fen", "firm_done", "firm_rate", "firm_clean_points", "firm_able"):
        column = mixed.column(name)
        column[:] = column[..., ::-1].copy()
    results = [one.call("grade").column("firm_grade").tolist() for one in (plain, mixed)]

    assert results[0] == results[1]


def test_an_owner_of_a_firm_in_the_lowest_grade_does_that_deed(block):
    one = block.copy()
    one.life.firm_low[:] = 0
    one.life.firm_low[SCHEME, int(one.file.firm_owner[0])] = 1
    one.call("live", "behave")
    deed = list(facts.read("deeds.toml")["deed"]).index("firm_listed")

    assert 1 == int(one.life.deed_count[SCHEME, deed].sum())
    assert 0 == int(one.life.deed_count[LAW, deed].sum())


def test_where_all_worlds_firms_do_the_same_the_climate_is_ordinary(lived):
    counts = lived.steps.shared.sum(axis=0).copy()
    counts[:] = counts[LAW]
    found = cl.of_firms(counts, lived.plan.society_tables)

    assert [256] == np.unique(list(found.values())).tolist()


def test_more_wages_withheld_by_firms_withhold_more_wages_of_people(lived):
    counts = lived.steps.shared.sum(axis=0).copy()
    counts[:] = counts[LAW]
    counts[SCHEME, :, cl.UNPAID] += counts[LAW, :, cl.STAFF] // 100
    found = cl.of_firms(counts, lived.plan.society_tables)

    assert (found["withheld_256"][SCHEME] > 256).all()
    assert [256] == np.unique(found["withheld_256"][LAW]).tolist()
    assert [256] == np.unique(found["fraud_256"]).tolist()


def test_counters_of_firms_add_up(lived):
    total = lived.steps.out.sum(axis=0)[..., 0]

    def count(name):
        return total[SCHEME, lived.counter(name)]

    grades = sum(count(f"firms_grade_{k}") for k in range(1, 5))
    assert count("firms_rated") == grades
    assert count("firms_grade_4") == count("firms_lowest")
    assert 0 < count("firms_lowest_wrongly") <= count("firms_lowest")
    assert count("firm_false_late_invoice") <= count("firm_entry_late_invoice")
    assert total[LAW, lived.counter("firms")] == count("firms") > 0


def test_a_scheme_without_firms_has_none(make_plan, stop):
    stopped = stop(make_plan(people=1_500), before=1)
    stopped.live(2)
    counts = stopped.steps.out
    first = stopped.counter("firms")

    assert 0 == int(counts[:, :, first:].sum())
    assert 0 == int(stopped.block().file.firm_total[0])
    assert [256] == np.unique(stopped.climate.withheld_256).tolist()
