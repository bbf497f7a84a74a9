"""Tables of the household cash book: what comes in, what is due, what is not paid."""

import math
from typing import Any, NamedTuple

import numpy as np

from demerit.society.tables.numbers import lognormal_cells, wide

EIGHTHS = 8  # a lasting shortfall, as a part of what is due each month
LIVES = 256  # quantiles of the months since a household in lasting need was last sued
PAST = 600  # months that such a past may have lasted


class Household(NamedTuple):
    """Axes: home (rural, urban), score cell, eighth, life."""

    labour_256: int  # share of household income that earners bring
    need_fen: np.ndarray  # (home,) subsistence line a head
    bills_256: int  # share of household income
    tenant_32: np.ndarray  # (home,) share of households that rent
    rent_256: int  # share of household income, of tenants
    instalment_256: int  # share of what is left to live on, of the indebted
    buffer_256: np.ndarray  # (score cell,) months of household income, by hardship
    spending_256: int  # share of what is left above need and dues
    illness_32: int
    illness_fen: int
    benefit_256: int  # community assistance, share of the subsistence line
    fine_fen: int  # a fine for a driving offence
    pay_back_256: int  # share of what is left after food that goes to debts of inability
    catch_up_256: int  # share of arrears left by choice that is made good in a month
    write_off_16: int  # share of arrears that creditors give up in a month
    suit_months: int  # months of dues in arrears from which a creditor sues
    suit_32: int  # chance a month that the creditor does
    breach_suit_32: int  # chance that a broken contract ends in a judgment
    claim_256: int  # what it is about, months of household income
    seize_32: int  # chance a month that the court finds and takes what is free
    give_up_32: int  # chance a month that a judgment is never heard of again
    job_loss_32: int
    withheld_start_32: int  # chance a month that an employer begins to withhold the wage
    withheld_end_32: int  # ... stops
    back_pay_256: int  # share of the wages owed that is paid when the spell ends
    loan_16: int  # what is owed for a loan, months of what is left to live on
    loan_paid_16: int  # share of it that is paid out; the rest is interest
    card_16: int  # the same for a card
    card_paid_16: int
    part_16: int  # what falls due of it each month, share of what is left to live on
    ask_32: int  # chance a month that somebody short asks close ties
    gift_fen: int  # what a tie gives at the most
    reserve_fen: int  # what a tie must hold above need and dues to give
    shun_32: int  # chance that a tie gives nothing to one under sanction
    withdrawn_32: int  # chance that a tie under sanction gives nothing
    close_32: int  # share of others who are close to an official
    official_32: int  # share of the public service that holds office
    past_256: np.ndarray  # (eighth, life) months of the shortfall in arrears, in lasting need
    past_sued_16: np.ndarray  # (eighth, life) chance that a judgment stands
    past_judged_256: np.ndarray  # (eighth,) months of the shortfall that it is about


def household(house: dict[str, Any]) -> Household:
    """The tables of household.toml."""
    v = {t: {k: fact["value"] for k, fact in rows.items()} for t, rows in house.items()}
    cash, work, rent, loan, card = (v[t] for t in ("cash", "work", "rent", "loan", "card"))
    arrears, court, wages, support = (v[t] for t in ("arrears", "court", "wages", "support"))
    need = [cash["subsistence_rural"], cash["subsistence_urban"]]
    owed = [sort["months"] * (1 + sort["interest"]) for sort in (loan, card)]
    ends = 1 / wages["withheld_months"]
    stock = wages["withheld_share"]
    past, sued, judged = lasting_need(
        1 - support["ask"], arrears["write_off"],
        court["suit_months"], court["suit_rate"], court["give_up"],
    )  # fmt: skip
    return Household(
        labour_256=part_256(cash["labour_share"]),
        need_fen=np.array([round(100 * yuan) for yuan in need], np.int64),
        bills_256=part_256(cash["bills_share"]),
        tenant_32=wide([rent["tenants_rural"], rent["tenants_urban"]]),
        rent_256=part_256(rent["share"]),
        instalment_256=part_256(cash["instalment_share"]),
        # Hardship is the other end of a full buffer.
        buffer_256=lognormal_cells(-cash["buffer_spread"], cash["buffer_months"]),
        spending_256=part_256(cash["spending_share"]),
        illness_32=int(wide(cash["illness_rate"])),
        illness_fen=round(100 * cash["illness_cost"]),
        benefit_256=part_256(cash["benefit_share"]),
        fine_fen=round(100 * cash["fine"]),
        pay_back_256=part_256(arrears["pay_back"]),
        catch_up_256=part_256(arrears["catch_up"]),
        write_off_16=round(65536 * arrears["write_off"]),
        suit_months=round(court["suit_months"]),
        suit_32=int(wide(court["suit_rate"])),
        breach_suit_32=int(wide(court["breach_suit"])),
        claim_256=part_256(court["claim"]),
        seize_32=int(wide(court["seizure"])),
        give_up_32=int(wide(court["give_up"])),
        job_loss_32=int(wide(work["job_loss_rate"])),
        # The share owed rests where spells that begin equal spells that end.
        withheld_start_32=int(wide(min(1.0, ends * stock / (1 - stock)))),
        withheld_end_32=int(wide(ends)),
        back_pay_256=part_256(wages["back_pay"]),
        loan_16=round(65536 * owed[0]),
        loan_paid_16=round(65536 / (1 + loan["interest"])),
        card_16=round(65536 * owed[1]),
        card_paid_16=round(65536 / (1 + card["interest"])),
        part_16=math.ceil(65536 * max(owed) / loan["term"]),
        ask_32=int(wide(support["ask"])),
        gift_fen=round(100 * support["gift"]),
        reserve_fen=round(100 * support["gift"] * support["reserve"]),
        shun_32=int(wide(support["shun"])),
        withdrawn_32=int(wide(support["withdrawn"])),
        close_32=int(wide(work["close_to_official"])),
        # A society that does not say has none.
        official_32=int(wide(work.get("official_share", 0))),
        past_256=past,
        past_sued_16=sued,
        past_judged_256=judged,
    )


def part_256(share: float) -> int:
    """A share in 256ths."""
    return round(256 * share)


def lasting_need(
    unhelped: float, write_off: float, suit_months: float, suit: float, give_up: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What households owe that have long been short: (eighth, life), (eighth, life), (eighth,).

    A shortfall of one is left unpaid in each month without help, a share of all arrears is given
    up, and from so many months of dues on a creditor sues at a chance, and arrears begin anew.  The
    months since the last suit have a law at rest, of which these are 256 quantiles; a judgment
    stands that has not been given up since.

    >>> past, sued, _ = lasting_need(1.0, 0.5, 6, 0.1, 0.1)  # six months are never reached
    >>> int(past.max()) == 256, int(sued.max())
    (True, 0)
    """
    past = np.zeros((EIGHTHS, LIVES), np.int64)
    sued = np.zeros((EIGHTHS, LIVES), np.int64)
    judged = np.zeros(EIGHTHS, np.int64)
    left = (1 - write_off) ** np.arange(1, PAST)
    arrears = unhelped * np.concatenate([[0.0], np.cumsum(left)])  # by months since the last suit
    for eighth in range(EIGHTHS):
        reached = arrears * (eighth + 1) / EIGHTHS > suit_months
        free = (1 - suit) ** np.cumsum(reached)  # not sued up to this month
        before = np.concatenate([[1.0], free[:-1]])
        ever = 1 - free[-1]
        weight = np.cumsum(free)
        at = np.searchsorted(weight / weight[-1], (np.arange(LIVES) + 0.5) / LIVES)
        past[eighth] = np.rint(256 * arrears[at])
        sued[eighth] = np.rint(65536 * ever * (1 - give_up) ** at)
        if sued[eighth].sum() > 0:
            amount = (before * reached * suit * arrears).sum() / ever
            # Owed at rest: suits a month, times their sum, times how long a judgment stands.
            owed = amount / free.sum() * ((1 - give_up) ** np.arange(PAST)).sum()
            judged[eighth] = round(256 * owed / (sued[eighth].mean() / 65536))
    return past, sued, judged
