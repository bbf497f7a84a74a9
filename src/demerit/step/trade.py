"""Trade: a month of the firms of a block, and what agencies write of them.

owners, last month's cash, debts and doors  ->  firm_cash_fen, firm_owed_fen, firm_able, firm_done,
    firm_withheld, firm_entry, firm_entry_true, firm_asked, and what a firm is

A firm sits in the block of its owner.  Sales move from month to month; what they leave is paid out
in the order of FIRM_DUES: wages, tax, invoices, a judgment.  What cash does not cover is not paid,
whatever the owner wants; of the rest some choose not to pay: two stocks, as for households
(step/live.py).  The cash that small firms hold lasts for weeks (Farrell and Wheat, "Cash is King",
JPMorgan Chase Institute, 2016, from memory).  A firm that is short may fail; another opens
in its place, without a past.

Other deeds have a lasting rate that goes with a trait of the owner.  Where the scheme stands, who
knows its rules withholds some of what it counts against a firm.  Agencies see some of what is done,
the more in the month after a visit; some records are false, some on another firm of the block.

Left out: prices, markets and links between firms; loans that are not repaid when due; partners.
"""

import numpy as np

from demerit import draws
from demerit.columns import (
    CREDIT,
    FIRM_JUDGMENT,
    FIRMS_MAX,
    INSPECTION,
    LATE_INVOICE,
    TAX_EVADED,
    WAGES_WITHHELD,
)  # fmt: skip
from demerit.kernel import fill, inline, kernel, stage
from demerit.society.tables.firms import (
    ASK_LARGE,
    ASK_SHORT,
    FIRM_DUE,
    FIRM_ON_TIME,
)  # fmt: skip

ADULT, SELF_EMPLOYED = 18, 2  # years; row of society.people.STATUS
LARGE = 2  # firms of this row of sizes and above
MOST = np.int64(1) << 44  # fen
CERTAIN = np.int64(1) << 32
ALL_BUT_JUDGMENT = 3  # dues that who is not short covers: wages, tax and invoices
LAST_WORD = np.int64(0xFFFFFFFF)
# Indices of the draws for FIRM: the month's luck, deeds, who asks, answers; what a firm is.
LUCK, OF_DEEDS, ASKS, ANSWERS, IS, FRAILTY = map(np.int64, (0, 1, 8, 12, 32, 34))
OWN_256 = 7094  # (sum of four bytes - 510) * this >> 8 is a normal score in 4096ths, near enough
BEYOND = 512  # the last cell of the grid of scores


# ---- what a firm is


@stage
def found(world, society, scheme):
    """Say who of the block owns a firm, and what firm [once, replicate 0].

    Writes  firm_total, firm_owner, firm_sector, firm_size, firm_staff, firm_turnover_fen,
            firm_knows (firm,), firm_rate (firm deed, firm)
    """
    count = np.int64(0)
    if scheme.firms != 0:
        for i in range(world.people):
            fits = world.life.status[i] == SELF_EMPLOYED and world.life.age_years[i] >= ADULT
            if fits and count < FIRMS_MAX:
                words = of_owner(world, i, 0, 0, draws.FIRM, IS)
                if np.int64(words[0]) < society.firm_owner_32:
                    describe(world, society, i, count, words)
                    count += 1
    world.file.firm_total[0] = count


@inline
def of_owner(world, i, month, replicate, purpose, index):
    """Four words of the owner in this row."""
    return draws.four(world.seed, world.first + draws.U(i), month, replicate, purpose, index)


@kernel
def describe(world, society, i, k, words):
    """Sector, size, staff and lasting rates of one firm."""
    sector, size = np.int64(0), np.int64(0)
    for row in range(society.firm_sector_32.size - 1):
        sector += np.int64(words[1]) >= society.firm_sector_32[row]
    for row in range(society.firm_size_32.size - 1):
        size += np.int64(words[2]) >= society.firm_size_32[row]
    more = of_owner(world, i, 0, 0, draws.FIRM, IS + 1)
    span = society.firm_staff_to[size] - society.firm_staff_from[size] + 1
    staff = society.firm_staff_from[size] + draws.among(more[0], span)
    world.file.firm_owner[k] = i
    world.life.firm_sector[k] = sector
    world.life.firm_size[k] = size
    world.life.firm_staff[k] = staff
    world.life.firm_turnover_fen[k] = staff * society.firm_worker_fen
    world.life.firm_knows[k] = np.int64(words[3]) < society.firm_knows_32
    for deed in range(society.firm_deeds):
        world.life.firm_rate[deed, k] = 0
        if society.firm_sells[deed, sector]:
            four = of_owner(world, i, 0, 0, draws.FIRM, FRAILTY + (deed >> 2))
            own = (bytes_of(four[deed & 3]) - 510) * OWN_256 >> 8
            trait = np.int64(world.life.trait[society.firm_trait[deed], i])
            score = society.firm_load_256[deed] * trait + society.firm_rest_256[deed] * own >> 8
            cell = min(BEYOND, max(0, BEYOND // 2 + ((score + 32) >> 6)))
            rate = society.firm_habit_32[deed]
            if society.firm_kind[deed] != FIRM_ON_TIME:
                rate = rate * society.firm_frail_256[cell] >> 8
            world.life.firm_rate[deed, k] = min(LAST_WORD, rate)


@inline
def bytes_of(word):
    """The sum of the four bytes of a word: near to normal, 510 on average."""
    four = np.int64(word)
    return (four & 255) + (four >> 8 & 255) + (four >> 16 & 255) + (four >> 24)


# ---- the month


@stage
def trade(world, society, scheme, climate, month):
    """Live a month of every firm.

    Writes  firm_open, firm_cash_fen, firm_owed_fen, firm_unable_fen, firm_loan_fen,
            firm_judgment_fen, firm_able (world, firm), firm_done, firm_withheld, firm_entry,
            firm_entry_true (world, firm deed, firm), firm_asked (world, firm door, firm),
            firm_word (firm door, firm)
    """
    if scheme.firms != 0:
        for w in range(climate.worlds):
            for deed in range(society.firm_deeds):
                fill(world.file.firm_entry[w, deed], 0)
                fill(world.life.firm_entry_true[w, deed], 0)
        for k in range(world.file.firm_total[0]):
            live_firm(world, society, scheme, climate, month, k)


@kernel
def live_firm(world, society, scheme, climate, month, k):
    """A month of one firm in every world, on the same draws."""
    i = np.int64(world.file.firm_owner[k])
    luck = of_owner(world, i, month, world.replicate, draws.FIRM, LUCK)
    for w in range(climate.worlds):
        take_in(world, society, w, k, luck)
    words = luck
    for deed in range(society.firm_deeds):
        if deed & 3 == 0:
            words = of_owner(world, i, month, world.replicate, draws.FIRM, OF_DEEDS + (deed >> 2))
        for w in range(climate.worlds):
            act(world, society, scheme, climate.in_force[w] != 0, w, k, deed, words[deed & 3])
    for w in range(climate.worlds):
        pay_out(world, society, w, k, luck)
    if climate.worlds > 1:
        report(world, society, scheme, climate, month, i, k)
    asks = answers = luck
    for door in range(society.firm_doors):
        if door & 3 == 0:
            asks = of_owner(world, i, month, world.replicate, draws.FIRM, ASKS + (door >> 2))
            answers = of_owner(world, i, month, world.replicate, draws.FIRM, ANSWERS + (door >> 2))
        world.file.firm_word[door, k] = answers[door & 3]
        for w in range(climate.worlds):
            knocks = may_ask(world, society, w, k, door)
            knocks = knocks and np.int64(asks[door & 3]) < society.firm_knock_32[door]
            world.file.firm_asked[w, door, k] = knocks


@inline
def due_each_month(society, turnover):
    """Wages, tax and invoices of a month [fen]."""
    wages = turnover * society.firm_wages_256 >> 8
    tax = turnover * society.firm_tax_256 >> 8
    return wages, tax, turnover * society.firm_invoices_256 >> 8


@kernel
def take_in(world, society, w, k, luck):
    """Open, sell, pay what is paid at once and what is made good; say how many dues are covered."""
    life, turnover = world.life, np.int64(world.life.firm_turnover_fen[k])
    wages, tax, invoices = due_each_month(society, turnover)
    cash, owed = np.int64(life.firm_cash_fen[w, k]), np.int64(life.firm_owed_fen[w, k])
    unable, loan = np.int64(life.firm_unable_fen[w, k]), np.int64(life.firm_loan_fen[w, k])
    judgment = np.int64(life.firm_judgment_fen[w, k])
    if world.file.firm_open[w, k] == 0:
        cash, owed, unable = turnover * society.firm_buffer_256 >> 8, np.int64(0), np.int64(0)
        loan, judgment = np.int64(0), np.int64(0)
        world.file.firm_open[w, k] = 1
    else:
        brought, lent = at_doors(world, society, w, k, turnover)
        cash, loan = cash + brought, loan + lent + (lent * society.firm_interest_256 >> 8)
    shock = (bytes_of(luck[0]) - 510) * society.firm_sales_16[life.firm_sector[k]]
    cash += turnover + (turnover * shock >> 16) - (turnover * society.firm_spot_256 >> 8)
    if cash < 0:  # what had to be paid at once is owed now
        owed, unable, cash = owed - cash, unable - cash, np.int64(0)
    free = max(np.int64(0), cash - wages - tax - invoices)
    if np.int64(luck[3]) < society.firm_seize_32:
        taken = min(judgment, free)
        judgment, free, cash = judgment - taken, free - taken, cash - taken
    good = min(owed, free * society.firm_pay_back_256 >> 8)
    owed, unable, cash = owed - good, unable - min(unable, good), cash - good
    part = min(loan, cash, (loan * society.firm_part_16 >> 16) + 1)
    loan, cash = loan - part, cash - part
    able = np.int64(cash >= wages) + np.int64(cash >= wages + tax)
    able += np.int64(cash >= wages + tax + invoices)
    able += np.int64(cash >= wages + tax + invoices + judgment)
    world.life.firm_able[w, k] = able
    world.life.firm_cash_fen[w, k] = min(cash, MOST)
    world.life.firm_owed_fen[w, k] = min(owed, MOST)
    world.life.firm_unable_fen[w, k] = min(unable, MOST)
    world.life.firm_loan_fen[w, k] = min(loan, MOST)
    world.life.firm_judgment_fen[w, k] = min(judgment, MOST)


@kernel
def at_doors(world, society, w, k, turnover):
    """What last month's doors bring or cost, and how much of it is lent [fen]."""
    brought, lent = np.int64(0), np.int64(0)
    for door in range(society.firm_doors):
        let_in = world.file.firm_granted[w, door, k] != 0
        gain = (turnover * society.firm_gain_256[door] >> 8) * np.int64(let_in)
        pays = world.file.firm_asked[w, door, k] != 0 and let_in == (door == INSPECTION)
        loss = (turnover * society.firm_loss_256[door] >> 8) * np.int64(pays)
        brought += gain - loss
        if door == CREDIT:
            lent = gain
    return brought, lent


@kernel
def act(world, society, scheme, stands, w, k, deed, word):
    """One deed of one firm: what it would do out of habit, and what fear or reward makes of it."""
    life, kind = world.life, society.firm_kind[deed]
    rate, able = np.int64(life.firm_rate[deed, k]), np.int64(life.firm_able[w, k])
    held, m = rate, np.int64(65536)
    if stands and life.firm_knows[k]:
        m += scheme.firm_show_16[deed] - scheme.firm_fear_16[deed]
        held = rate * m >> 16
    habit, does = np.int64(word) < rate, np.int64(word) < held
    could, owes = True, True
    if kind == FIRM_DUE:
        could = able >= society.firm_due[deed]
        owes = deed != FIRM_JUDGMENT or life.firm_judgment_fen[w, k] > 0
    elif kind == FIRM_ON_TIME:
        does = able >= 2 and life.firm_done[w, TAX_EVADED, k] == 0
        habit = does
    world.life.firm_done[w, deed, k] = owes and (does or not could)
    world.life.firm_withheld[w, deed, k] = owes and could and habit and not does


@kernel
def pay_out(world, society, w, k, luck):
    """Pay what is due but what deeds say went unpaid; be sued, draw out what is over, or fail."""
    life, done = world.life, world.life.firm_done[w, :, k]
    turnover, able = np.int64(life.firm_turnover_fen[k]), np.int64(life.firm_able[w, k])
    wages, tax, invoices = due_each_month(society, turnover)
    judgment = np.int64(life.firm_judgment_fen[w, k])
    taxed = np.int64(done[TAX_EVADED] == 0)
    kept_1, kept_3 = np.int64(done[WAGES_WITHHELD] != 0), np.int64(done[LATE_INVOICE] != 0)
    kept_4, short = np.int64(done[FIRM_JUDGMENT] != 0), np.int64(able < 2)
    cash = np.int64(life.firm_cash_fen[w, k]) - wages * (1 - kept_1)
    cash -= tax * taxed * (1 - short) + invoices * (1 - kept_3) + judgment * (1 - kept_4)
    cannot = wages * kept_1 * np.int64(able < 1) + tax * taxed * short
    cannot += invoices * kept_3 * np.int64(able < 3)
    owed = np.int64(life.firm_owed_fen[w, k]) + wages * kept_1 + tax * taxed * short
    owed, unable = owed + invoices * kept_3, np.int64(life.firm_unable_fen[w, k]) + cannot
    judgment *= kept_4
    sued = owed > society.firm_suit_months * (wages + invoices)
    if sued and np.int64(luck[1]) < society.firm_suit_32:
        judgment, owed, unable = judgment + owed, np.int64(0), np.int64(0)
    over = max(np.int64(0), cash - (turnover * society.firm_buffer_256 >> 8))
    fails = able < ALL_BUT_JUDGMENT and np.int64(luck[2]) < society.firm_fail_32
    world.life.firm_cash_fen[w, k] = cash - over + (over >> 3)
    world.life.firm_owed_fen[w, k] = min(owed, MOST)
    world.life.firm_unable_fen[w, k] = min(unable, MOST)
    world.life.firm_judgment_fen[w, k] = min(judgment, MOST)
    world.file.firm_open[w, k] = not fails


@kernel
def report(world, society, scheme, climate, month, i, k):
    """What agencies write of one firm in every world, on the same draws."""
    for deed in range(society.firm_deeds):
        if scheme.firm_points[deed] != 0:
            words = of_owner(world, i, month, world.replicate, draws.FIRM_SEEN, deed)
            for w in range(1, climate.worlds):
                if climate.in_force[w] != 0:
                    record(world, society, scheme.erring[w] != 0, w, k, deed, words)


@kernel
def record(world, society, errs, w, k, deed, words):
    """What the agency that looks for a deed writes of one firm: it, nothing, or what never was."""
    seen = society.firm_seen_32[deed]
    if world.file.firm_granted[w, INSPECTION, k]:
        seen = min(CERTAIN, seen * society.firm_inspected_256 >> 8)
    bearer, true = k, np.int64(world.life.firm_done[w, deed, k])
    if true:
        if np.int64(words[0]) >= seen:
            return
        total = np.int64(world.file.firm_total[0])
        if errs and total > 1 and np.int64(words[2]) < society.firm_wrong_32[deed]:
            bearer = (k + 1 + draws.among(words[3], total - 1)) % total
            true = np.int64(0)
    elif (
        not errs or society.firm_harm[deed] == 0 or world.life.firm_rate[deed, k] == 0
        or np.int64(words[1]) >= society.firm_false_32[deed]
    ):  # fmt: skip
        return
    world.file.firm_entry[w, deed, bearer] += 1
    world.life.firm_entry_true[w, deed, bearer] += true


@kernel
def may_ask(world, society, w, k, door):
    """Does this firm have cause to ask at this door?"""
    who = society.firm_who[door]
    if who == ASK_SHORT:
        return world.life.firm_able[w, k] < ALL_BUT_JUDGMENT
    return who != ASK_LARGE or world.life.firm_size[k] >= LARGE
