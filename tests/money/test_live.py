"""Live: what is owed is paid, in arrears, in a judgment or given up, to the fen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import network
from demerit.columns import LAW, LOAN, SCHEME

ALWAYS = 1 << 32
MOST = 1 << 30
# Nothing is eaten, spent, given up or taken, and nobody falls ill: cash moves by dues and income.
STILL = {"spending_256": 0, "write_off_16": 0, "give_up_32": 0, "seize_32": 0, "illness_32": 0,
         "ask_32": 0, "breach_suit_32": 0, "benefit_256": 0}  # fmt: skip
# And no creditor sues.
CALM = {**STILL, "suit_32": 0}


@pytest.fixture(scope="module")
def lived(book_of):
    """A neighbourhood with every kind of debt: poor, and two years of ordinary law behind it."""
    book = book_of(people=700, province=24, first=9_000_000)
    for _ in range(24):
        book.step()
    return book


def owed(book, w=LAW):
    """All that stands open: arrears, judgment, loan [fen]."""
    return sum(book.read(name, w) for name in ("arrears_fen", "judgment_fen", "loan_fen"))


def fresh(book):
    """What falls due for the first time this month: all but the parts of loans and judgments."""
    r = book.read
    return (r("bill_fen") + r("rent_fen") + r("instalment_fen")
            + r("fine_due") * book.tables.fine_fen)  # fmt: skip


def income(book):
    """What comes in, back pay apart, as section 7.4 of the model says [fen]."""
    r, s = book.read, book.tables
    more = r("wage_fen") * s.prestige_256 >> 8
    job = r("wage_fen") - (more * (s.prestige_start_32 >> 16) >> 16) + more * r("prestige_held")
    return r("household_fen") - r("wage_fen") + job * r("employed") * (1 - r("wage_withheld"))


def test_what_is_owed_is_paid_or_stays_owed_to_the_fen(lived):
    book = lived.copy(**{**STILL, "suit_32": ALWAYS, "back_pay_256": 0})
    book.file.granted[:] = 0
    book.life.need_fen[:] = 0
    book.life.buffer_fen[:] = MOST
    adult = book.read("age_years") >= 18
    before, due, cash = owed(book), fresh(book), book.read("cash_fen")
    book.live()
    paid = before + due - owed(book)
    spent = cash + income(book) - book.read("cash_fen")

    assert np.array_equal(paid[adult], spent[adult])
    assert (paid[adult] > 0).sum() > 400
    assert (owed(book)[adult] > before[adult]).sum() > 5


def test_a_suit_turns_arrears_into_a_judgment_of_the_same_sum(lived):
    calm, sued = lived.copy(**CALM), lived.copy(**{**STILL, "suit_32": ALWAYS})
    calm.live()
    sued.live()
    behind = calm.read("arrears_fen") > 6 * calm.due()[:2].sum(axis=0)
    behind &= calm.read("age_years") >= 18

    assert behind.sum() > 10
    assert np.array_equal(owed(calm), owed(sued))
    assert np.array_equal(behind, sued.read("judgment_fen") > calm.read("judgment_fen"))
    assert 0 == sued.read("arrears_fen")[behind].sum()


def test_creditors_give_up_a_share_of_arrears_rounded_up(lived):
    calm = lived.copy(**CALM)
    gives_up = lived.copy(**{**CALM, "write_off_16": 6554})
    for book in (calm, gives_up):
        book.live()
    unable, all_ = calm.read("arrears_unable_fen"), calm.read("arrears_fen")
    lost = (unable * 6554 + 65535 >> 16) + ((all_ - unable) * 6554 + 65535 >> 16)

    assert np.array_equal(all_ - lost, gives_up.read("arrears_fen"))
    assert lost.sum() > 0


def test_a_judgment_is_given_up_or_taken_from_what_is_free(lived):
    # A judgment of 100 yuan on everybody, which nobody performs.
    base = lived.copy(**CALM)
    base.file.judgment_fen[LAW] = 10_000
    base.life.deed_count[LAW, base.society.due_deed[3]] = 1
    kept, gone, taken = (base.copy(**{**CALM, **change}) for change in
                         ({}, {"give_up_32": ALWAYS}, {"seize_32": ALWAYS}))  # fmt: skip
    for book in (kept, gone, taken):
        book.live()
    adult = base.read("age_years") >= 18
    due, need = kept.due(), kept.read("need_fen")
    free = np.maximum(0, kept.read("cash_fen") - need - due[:3].sum(axis=0))
    paid = np.where(adult, np.minimum(10_000, free), 0)

    assert np.all(kept.read("judgment_fen") == 10_000)
    assert 0 == gone.read("judgment_fen")[adult].sum()
    assert np.array_equal(10_000 - paid, taken.read("judgment_fen"))
    assert np.array_equal(kept.read("cash_fen") - paid, taken.read("cash_fen"))
    assert ((paid > 0) & (paid < 10_000)).sum() + (paid == 0)[adult].sum() > 0


def test_a_broken_contract_ends_in_a_judgment_of_the_claim(lived):
    book, calm = lived.copy(**{**CALM, "breach_suit_32": ALWAYS}), lived.copy(**CALM)
    breach = book.society.breach
    for one in (book, calm):
        one.life.deed_count[LAW, breach, :] = np.arange(2048) % 3 == 0
        one.live()
    broke = (np.arange(book.people) % 3 == 0) & (book.read("age_years") >= 18)
    claim = book.read("household_fen") * book.tables.claim_256 >> 8

    assert np.array_equal(np.where(broke, claim, 0),
                          book.read("judgment_fen") - calm.read("judgment_fen"))  # fmt: skip


def test_a_judgment_that_is_performed_is_paid_whole(lived):
    book = lived.copy(**CALM)
    book.file.judgment_fen[LAW] = 5_000
    book.life.cash_fen[LAW] = 1 << 29
    book.life.deed_count[LAW, book.society.due_deed[3]] = 0
    book.live()

    assert 0 == book.read("judgment_fen").sum()


def test_who_only_cannot_pay_owes_by_inability_alone(lived):
    book = lived.copy()
    book.life.arrears_fen[LAW] = book.life.arrears_unable_fen[LAW]
    for rank in range(4):
        deed, due = book.society.due_deed[rank], book.due()[rank]
        lacks = (book.read("able") <= rank) & (due > 0) & (book.read("deed_rate")[deed] > 0)
        book.life.deed_count[LAW, deed, : book.people] = lacks
    book.live()

    assert book.read("arrears_unable_fen").sum() > 0
    assert np.array_equal(book.read("arrears_unable_fen"), book.read("arrears_fen"))


def test_who_only_will_not_pay_owes_by_choice_alone(lived):
    book = lived.copy()
    for name in ("arrears_fen", "arrears_unable_fen"):
        book.life[name][LAW] = 0
    book.life.cash_fen[LAW], book.life.able[LAW] = 1 << 29, 4
    book.life.deed_count[LAW, book.society.due_deed[0]] = 1
    book.live()

    assert book.read("arrears_fen").sum() > 0
    assert 0 == book.read("arrears_unable_fen").sum()


def test_inability_is_never_more_than_all_arrears_and_cash_is_never_below_nought(lived):
    book = lived.copy()
    for _ in range(6):
        book.step()
        unable, all_ = book.read("arrears_unable_fen"), book.read("arrears_fen")

        assert np.all((unable >= 0) & (unable <= all_))
        assert np.all(book.read("cash_fen") >= 0)
        assert 0 == all_[book.read("age_years") < 18].sum()


def test_who_pays_what_there_is_not_owes_the_rest_as_one_who_cannot(lived):
    """A due that is paid by going short takes cash to nought; what it did not cover is arrears."""
    book = lived.copy(**CALM)
    for name in ("arrears_fen", "arrears_unable_fen", "loan_fen"):
        book.life[name][LAW] = 0
    book.file.judgment_fen[LAW] = 0
    book.life.fine_due[LAW], book.life.able[LAW], book.life.cash_fen[LAW] = 0, 0, 100
    book.life.deed_count[LAW] = 0
    due = fresh(book)
    book.live()
    adult = (book.read("age_years") >= 18) & (due > 100)

    assert np.array_equal(due[adult] - 100, book.read("arrears_unable_fen")[adult])


@given(more=st.lists(st.integers(0, 2_000_000), min_size=7, max_size=7))
def test_more_cash_never_covers_fewer_dues(lived, more):
    poorer, richer = lived.copy(**CALM), lived.copy(**CALM)
    extra = np.resize(np.array(more), 2048)
    for book in (poorer, richer):  # no more than the sum that cash is kept at
        book.life.cash_fen[LAW] = np.minimum(book.life.cash_fen[LAW], MOST >> 1)
    richer.life.cash_fen[LAW] += extra.astype(np.int32)
    poorer.live()
    richer.live()

    assert np.all(richer.read("able") >= poorer.read("able"))
    assert np.all(richer.read("cash_fen") >= poorer.read("cash_fen"))
    assert np.all(richer.read("arrears_fen") <= poorer.read("arrears_fen"))


def test_a_wage_is_withheld_from_who_works_for_one_and_from_nobody_else(lived):
    book = lived.copy(withheld_start_32=ALWAYS)
    book.life.wage_withheld[LAW] = 0
    book.life.wage_owed_fen[LAW] = 0
    book.live()
    hired = np.isin(book.read("status"), (0, 4)) & (book.read("employed") == 1)

    assert np.array_equal(hired, book.read("wage_withheld") == 1)
    assert np.all((book.read("wage_owed_fen") > 0) == hired)


def test_what_an_employer_owes_is_paid_in_part_when_the_spell_ends(lived):
    off = {**CALM, "withheld_start_32": 0, "withheld_end_32": ALWAYS, "back_pay_256": 64}
    paid, unpaid = lived.copy(**off), lived.copy(**{**off, "back_pay_256": 0})
    for book in (paid, unpaid):
        book.life.wage_withheld[LAW], book.life.wage_owed_fen[LAW] = 1, 1_000_000
        book.life.cash_fen[LAW] = 0
        book.live()

    assert np.all(paid.read("cash_fen") - unpaid.read("cash_fen") == 250_000)
    assert 0 == paid.read("wage_owed_fen").sum() + paid.read("wage_withheld").sum()


def test_a_loan_is_owed_with_interest_and_repaid_within_its_term(lived):
    book = lived.copy(**CALM)
    book.life.loan_fen[LAW] = 0
    book.file.granted[LAW] = 0
    without = book.copy(**CALM)
    book.file.granted[LAW, LOAN, :] = 1
    for one in (book, without):
        one.live()
    spare = np.maximum(0, book.read("household_fen") - book.read("need_fen"))
    lent = book.read("cash_fen") - without.read("cash_fen")
    below = book.read("cash_fen") < MOST

    assert np.array_equal(spare * book.tables.loan_16 >> 16, book.read("loan_fen"))
    assert np.allclose(book.read("loan_fen")[below], 1.1 * lent[below], rtol=1e-3, atol=2)
    book.file.granted[LAW] = 0
    for _ in range(12):
        assert book.read("loan_fen").sum() > 0
        book.life.deed_count[LAW] = 0
        book.live()
    assert 0 == book.read("loan_fen").sum()


def test_who_stands_high_borrows_at_lower_interest(lived):
    book = lived.copy(**CALM)
    book.worlds()
    book.life.loan_fen[:] = 0
    book.file.granted[:, LOAN, :] = 1
    book.file.scored[:] = 1
    book.scheme.access[0, LOAN] = 8  # twice as wide as for everyone
    book.live()
    spare = np.maximum(0, book.read("household_fen") - book.read("need_fen"))
    loan = spare * book.tables.loan_16 >> 16
    interest = loan - (loan * book.tables.loan_paid_16 >> 16)

    assert np.array_equal(loan, book.read("loan_fen"))
    assert np.array_equal(loan - interest + interest // 2, book.read("loan_fen", SCHEME))


def ties(book, i):
    out = np.zeros(64, np.int64)
    s = book.society
    found = network.ties(
        book.file.seed, book.file.first, book.people, i, s.degree, s.rewired_32, out
    )
    return out[:found]


@pytest.fixture(scope="module")
def needy(lived):
    """One adult without money among ties who have plenty, and nobody else in need."""
    book = lived.copy(**CALM)
    i = int(np.flatnonzero((book.read("age_years") >= 30) & (book.read("wage_fen") == 0))[0])
    book.life.cash_fen[LAW] = 1 << 26
    for name in ("arrears_fen", "arrears_unable_fen", "loan_fen"):
        book.life[name][LAW] = 0
    book.file.judgment_fen[LAW] = 0
    book.life.deed_count[LAW] = 0
    book.life.able[LAW] = 4
    book.life.age_years[: book.people] = 40
    book.life.cash_fen[LAW, i], book.life.household_fen[i] = 0, 0
    book.life.need_fen[i], book.life.bill_fen[i] = 30_000, 5_000
    book.life.rent_fen[i] = book.life.instalment_fen[i] = 0
    book.life.deed_rate[book.society.traffic] = 0
    return book, i


def helped(needy, sanctioned=(), month=0, **numbers):
    """The scheme's world after a month in which the needy ask: it, and the number of helpers."""
    book, i = needy
    asking = book.copy(**{**CALM, "ask_32": ALWAYS, **numbers})
    asking.worlds()
    asking.month += month
    asking.file.sanctioned[SCHEME, list(sanctioned)] = 1
    asking.live()
    return asking, int(asking.life.supported[SCHEME, i])


def test_ties_give_who_is_short_what_is_missing_and_no_more(needy):
    book, i = needy
    alone = book.copy(**CALM)
    alone.live()
    asking, helpers = helped(needy)
    gifts = asking.read("cash_fen") - alone.read("cash_fen")
    missing = 35_000 - int(alone.life.cash_fen[LAW, i])

    assert 0 == int(alone.life.able[LAW, i]) < int(asking.life.able[LAW, i])
    assert -(-missing // 10_000) == helpers
    assert (missing, 0) == (gifts[i], gifts.sum())
    assert set(np.flatnonzero(gifts < 0)) <= set(ties(asking, i))


def test_who_is_under_sanction_is_shunned_and_ties_under_sanction_give_nothing(needy):
    book, i = needy
    near = set(ties(book, i).tolist())

    assert 0 == helped(needy, [i], shun_32=ALWAYS)[1]
    assert 4 == helped(needy, [i], shun_32=0)[1]
    assert 0 == helped(needy, near, withdrawn_32=ALWAYS)[1]
    assert 4 == helped(needy, near, withdrawn_32=0, shun_32=ALWAYS)[1]
    some = [helped(needy, [i], month, shun_32=ALWAYS // 4 * 3)[1] for month in range(12)]
    assert 0 < sum(some) < 4 * 12


def test_ties_who_have_little_over_give_nothing(needy):
    asking, helpers = helped(needy, reserve_fen=1 << 40)

    assert 0 == helpers
    assert 0 == asking.read("supported").sum()


def test_worlds_alike_live_alike(lived):
    book = lived.copy()
    book.worlds()
    for _ in range(3):
        book.live()
    for name in ("cash_fen", "able", "arrears_fen", "judgment_fen", "loan_fen", "wage_withheld",
                 "wage_owed_fen", "fine_due", "supported", "illness"):  # fmt: skip
        assert np.array_equal(book.read(name, LAW), book.read(name, SCHEME)), name


def test_work_of_high_standing_moves_wages_apart_and_not_their_mean(lived):
    book = lived.copy(**{**CALM, "spending_256": 256, "withheld_start_32": 0})
    even = book.copy(**{**CALM, "spending_256": 256, "withheld_start_32": 0, "prestige_256": 0})
    work = (book.read("employed") == 1) & (book.read("wage_fen") > 0)
    held = book.read("prestige_held") == 1
    for one in (book, even):
        one.life.wage_withheld[LAW], one.life.wage_owed_fen[LAW] = 0, 0
        one.life.cash_fen[LAW] = 0
        one.live()
    gain = book.read("cash_fen") - even.read("cash_fen")

    assert np.all(gain[work & held] > 0)
    assert np.all(gain[work & ~held] < 0)
    assert 0 == np.abs(gain[~work]).sum()
    wage, share = book.read("wage_fen")[work], book.tables.prestige_start_32 / 2**32
    more = 0.3 * wage * (held[work] - share)
    assert gain[work] == pytest.approx(more, rel=0.01, abs=3)


SWITCHES = {
    "wage withheld": ({"household.wages.withheld_share": 0}, "wage_withheld"),
    "illness": ({"household.cash.illness_rate": 0}, "illness"),
    "loans": ({"household.loan.months": 0, "household.card.months": 0}, "loan_fen"),
    "courts": ({"household.court.suit_rate": 0, "household.court.breach_suit": 0}, "judgment_fen"),
    "support": ({"household.support.ask": 0}, "supported"),
    "fines": ({"deeds.deed.traffic_offence.fined": 0}, "fine_due"),
}


@pytest.mark.parametrize("name", SWITCHES)
def test_a_number_set_to_nought_switches_its_mechanism_off(book_of, name):
    values, column = SWITCHES[name]
    on, off = (book_of(700, 24, 9_000_000, given) for given in (None, values))
    seen = [0, 0]
    for _ in range(8):
        for k, book in enumerate((on, off)):
            book.step()
            seen[k] += int(book.read(column).sum())

    assert 0 == seen[1] < seen[0]
