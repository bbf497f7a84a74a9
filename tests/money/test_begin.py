"""Begin: first values are those of the numbers, and who has long been short has a past."""

import numpy as np
import pytest

from demerit.columns import LAW
from demerit.society.tables.household import lasting_need


@pytest.fixture(scope="module")
def begun(book_of):
    return book_of(people=2048, province=8, first=3_000_000)


@pytest.fixture(scope="module")
def poor(book_of):
    return book_of(people=2048, province=24, first=4_000_000)


def short(book):
    r = book.read
    dues = r("bill_fen") + r("rent_fen") + r("instalment_fen")
    return (r("household_fen") <= r("need_fen") + dues) & (r("age_years") >= 18)


def near(expected, found, n):
    """Within four standard errors of a share."""
    return abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / n)


def test_as_many_rent_as_the_numbers_say(begun):
    for home in (0, 1):
        here = begun.read("urban") == home
        share = begun.tables.tenant_32[home] / 2**32

        assert near(share, (begun.read("rent_fen")[here] > 0).mean(), here.sum())


def test_a_file_is_thin_where_an_adult_repays_no_loan(begun):
    thin = (begun.read("age_years") >= 18) & (begun.read("indebted") == 0)

    assert np.array_equal(thin, begun.read("thin") == 1)


def test_officials_are_favoured_and_so_are_some_close_to_them(begun):
    official = begun.read("status") == 1
    others = begun.read("favoured")[~official]

    assert np.all(begun.read("favoured")[official] == 1)
    assert near(begun.tables.close_32 / 2**32, others.mean(), len(others))


def test_readiness_to_approve_is_spread_evenly(begun):
    parts = np.bincount(begun.read("assent") >> 6, minlength=4) / begun.people

    assert all(near(0.25, part, begun.people) for part in parts)


def test_work_of_high_standing_is_held_by_some_who_work(begun):
    held, work = begun.read("prestige_held") == 1, begun.read("employed") == 1
    share = begun.tables.prestige_start_32 / 2**32

    assert 0 == (held & ~work).sum()
    assert near(share, held[work].mean(), work.sum())


def test_who_has_long_been_short_owes_and_nobody_else_does(poor):
    arrears, need = poor.read("arrears_fen"), short(poor)

    assert need.sum() > 20
    assert 0 == arrears[~need].sum() + poor.read("judgment_fen")[~need].sum()
    assert np.array_equal(arrears, poor.read("arrears_unable_fen"))
    assert (arrears[need] > 0).mean() > 0.9


def test_a_judgment_of_the_past_was_not_performed_last_month(poor):
    unpaid = poor.read("deed_count", LAW)[poor.society.due_deed[3]]

    assert np.array_equal(poor.read("judgment_fen") > 0, unpaid == 1)
    assert unpaid.sum() > 0


def test_lasting_need_comes_to_what_a_simulation_of_it_comes_to():
    """Two thousand households, looked at for a thousand months: the same chances, drawn."""
    unhelped, write_off, months, suit, give_up = 0.8, 0.03, 6, 0.02, 0.03
    rng = np.random.default_rng(1)
    arrears, judgment, looks = np.zeros(2000), np.zeros(2000), []
    for month in range(1400):
        arrears = (arrears + unhelped) * (1 - write_off)
        judgment[rng.random(2000) < give_up] = 0
        sued = (arrears > months) & (rng.random(2000) < suit)
        judgment[sued] += arrears[sued]
        arrears[sued] = 0
        if month >= 400:
            tails = np.quantile(arrears, [0.2, 0.8])
            looks.append([arrears.mean(), *tails, (judgment > 0).mean(), judgment.mean()])
    past, stands, judged = (table[-1] for table in lasting_need(
        unhelped, write_off, months, suit, give_up))  # fmt: skip
    stand = stands.mean() / 65536
    ours = [past.mean(), *np.quantile(past, [0.2, 0.8]), 256 * stand, stand * judged]

    assert np.mean(looks, axis=0) == pytest.approx(np.array(ours) / 256, rel=0.03)


def test_without_courts_nobody_was_ever_sued():
    _, stands, judged = lasting_need(1.0, 0.03, 6, 0.0, 0.03)

    assert 0 == stands.sum() + judged.sum()
