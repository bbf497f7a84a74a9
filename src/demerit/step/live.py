"""Live: a month's money.  What came in, what was eaten, what is owed, and what can be paid.

cash, debts, deed_count (last month's unpaid dues), employed, granted  ->  cash_fen, able,
    arrears_fen, arrears_unable_fen, judgment_fen, loan_fen, wage_withheld, wage_owed_fen,
    fine_due, illness, supported

A household keeps a buffer and spends most of what comes in above it (Deaton, "Saving and liquidity
constraints", Econometrica 59, 1991).  `able` is how many of the dues cash and saleable assets,
less the subsistence line, cover: bills and rent, then the instalment, the fine, the judgment.
Non-payment while able is choice (step/behave.py), else inability: two stocks of arrears (Gerardi
and others, "Can't pay or won't pay?", Review of Financial Studies 31(3), 2018).  What stays unpaid
is made good, given up by the creditor, or taken to court.  Close ties help who is short
(Fafchamps and Lund, "Risk-sharing networks in rural Philippines", J. of Development Economics 71,
2003, from memory).

Three parts: rows of the block, in loops without branches; what is rare, person by person, where a
row says so; and nothing else.  Money that is due is paid, in arrears, in a judgment, or given up:
to the fen (tests/money).
Left out: interest on arrears; eviction; a second member of the household who answers for it.
"""

import numpy as np

from demerit import draws, network
from demerit.columns import ASSISTANCE, CARD, LANDLORD, LENDER, LOAN
from demerit.kernel import fill, inline, kernel, stage

ADULT = 18  # years
EMPLOYEE, UNEMPLOYED = 0, 4  # rows of society.people.STATUS: those who work for a wage
MOST = 1 << 30  # fen
ALL = 4  # access as for everyone, in quarters
SHORT = 3  # able below this: bills, instalment and fine are not all covered
ASKED = 1  # first index of the draws of ties
AS_EVER = 256  # of the climate: what firms do under ordinary law
SCAMS = np.int64(32)  # index of the draw that says who meets a scam


@stage
def live(world, society, scheme, climate, month):
    """Settle last month's dues, take in this month's income, see what can be paid [fen].

    Reads   own columns and deed_count, employed, prestige_held, granted, sanctioned of last month
    Writes  every column whose writer is `live`
    """
    if scheme.firms != 0:
        meet_scams(world, society, climate, month)
    draws.rows(
        world.scratch.u, world.seed, world.first, month, world.replicate, draws.LIFE, np.int64(0)
    )
    fill(world.scratch.flag, 0)
    for w in range(climate.worlds):
        settle(world, society, w)
        if w > 0 and scheme.sale_32 > 0:
            pay_sellers(world, scheme, w)
        if w > 0 and scheme.officials:
            take_price(world, w)
        if w > 0 and scheme.looked_at:
            pay_landlords(world, society, w)
        earn(world, society, climate, w)
        keep_house(world, society, w)
        borrow(world, society, scheme, climate, w)
        owe(world, society, w)
    eight = world.scratch.flag.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if world.scratch.flag[i]:
                    debtor(world, society, climate, month, i)


@inline
def part(society, household, need, loan):
    """What falls due this month of loans taken: the last part is what is left."""
    return min(loan, (max(np.int64(0), household - need) * society.part_16 >> 16) + 1)


@inline
def covered(free, first, second, third, fourth):
    """How many of the dues what is free covers, one after another."""
    able = np.int64(free >= first) + np.int64(free >= first + second)
    able += np.int64(free >= first + second + third)
    return able + np.int64(free >= first + second + third + fourth)


@kernel
def settle(world, society, w):
    """Pay last month's dues but those that deed_count says went unpaid; these are arrears now.

    Who pays by going short pays what there is; what cash did not cover is arrears too.
    """
    life, file = world.life, world.file
    late, default = life.deed_count[w, society.due_deed[0]], life.deed_count[w, society.due_deed[1]]
    unfined, refused = (
        life.deed_count[w, society.due_deed[2]],
        life.deed_count[w, society.due_deed[3]],
    )
    for i in range(world.scratch.flag.size):
        household, need = np.int64(life.household_fen[i]), np.int64(life.need_fen[i])
        loan, judgment = np.int64(life.loan_fen[w, i]), np.int64(file.judgment_fen[w, i])
        able, adult = np.int64(life.able[w, i]), np.int64(life.age_years[i] >= ADULT)
        repaid = part(society, household, need, loan)
        first = np.int64(life.bill_fen[i]) + np.int64(life.rent_fen[i])
        second = np.int64(life.instalment_fen[i]) + repaid
        third = np.int64(life.fine_due[w, i]) * society.fine_fen
        open_1 = first * np.int64(late[i] != 0)
        open_2 = second * np.int64(default[i] != 0)
        open_3 = third * np.int64(unfined[i] != 0)
        open_4 = judgment * np.int64(refused[i] != 0)
        paid = first + second + third + judgment - open_1 - open_2 - open_3 - open_4
        cash = np.int64(life.cash_fen[w, i])
        lacks = max(np.int64(0), paid - cash) * adult
        unable = open_1 * np.int64(able < 1) + open_2 * np.int64(able < 2)
        unable += open_3 * np.int64(able < 3)
        arrears = np.int64(life.arrears_fen[w, i]) + open_1 + open_2 + open_3 + lacks
        unable += np.int64(life.arrears_unable_fen[w, i]) + lacks
        world.life.cash_fen[w, i] = max(np.int64(0), cash - paid)
        world.life.loan_fen[w, i] = loan - repaid
        world.file.judgment_fen[w, i] = open_4
        world.life.arrears_fen[w, i] = min(arrears, MOST)
        world.life.arrears_unable_fen[w, i] = min(unable, MOST)


@kernel
def meet_scams(world, society, climate, month):
    """What firms' scams cost people beyond, or short of, those under ordinary law.

    The losses of ordinary law are in what households spend already, so that world law is as it was.
    """
    law, most, moved = np.int64(society.scam_32), np.int64(0), False
    for w in range(1, climate.worlds):
        most = max(most, law, law * climate.fraud_256[w] >> 8)
        moved |= climate.fraud_256[w] != AS_EVER
    if not moved:
        return
    u = world.scratch.u
    draws.rows(u, world.seed, world.first, month, world.replicate, draws.LIFE, SCAMS)
    for i in range(world.people):
        word = np.int64(u[0, i])
        if word < most and world.life.age_years[i] >= ADULT:
            for w in range(1, climate.worlds):
                met = np.int64(word < law * climate.fraud_256[w] >> 8)
                usual = np.int64(word < law)
                cash = np.int64(world.life.cash_fen[w, i]) + (usual - met) * society.scam_fen
                world.life.cash_fen[w, i] = max(np.int64(0), min(cash, MOST))


@kernel
def pay_sellers(world, scheme, w):
    """The price of the points that were bought last month."""
    cash, bought = world.life.cash_fen[w], world.file.bought_points[w]
    for i in range(cash.size):
        price = scheme.price_fen * np.int64(bought[i] > 0)
        cash[i] = max(np.int64(0), np.int64(cash[i]) - price)


@kernel
def take_price(world, w):
    """What officials were paid for points last month."""
    for desk in range(world.life.desk_total[w]):
        if world.life.desk_fen[w, desk]:
            i = np.int64(world.life.desk_person[w, desk]) - 1
            cash = np.int64(world.life.cash_fen[w, i]) + np.int64(world.life.desk_fen[w, desk])
            world.life.cash_fen[w, i] = min(MOST, cash)


@kernel
def pay_landlords(world, society, w):
    """What landlords asked on top last month, of tenants in whose standing they saw a mark."""
    cash, cost = world.life.cash_fen[w], world.life.look_up_cost[w]
    for i in range(cash.size):
        if cost[i] & LANDLORD:
            deposit = np.int64(world.life.rent_fen[i]) * society.deposit_256 >> 8
            cash[i] = max(np.int64(0), np.int64(cash[i]) - deposit)


@kernel
def earn(world, society, climate, w):
    """What comes in this month, to the scratch row `fen`; spells in which a wage is withheld."""
    life, u, usual = world.life, world.scratch.u, society.prestige_start_32 >> 16
    begins = society.withheld_start_32 * climate.withheld_256[w] >> 8
    for i in range(world.scratch.flag.size):
        wage, employed = np.int64(life.wage_fen[i]), np.int64(life.employed[w, i])
        # Published incomes hold such work already: it moves wages apart, and not their mean.
        more = wage * society.prestige_256 >> 8
        job = wage - (more * usual >> 16) + more * np.int64(life.prestige_held[w, i] != 0)
        job *= employed
        hired = (life.status[i] == EMPLOYEE) | (life.status[i] == UNEMPLOYED)
        word, was = np.int64(u[0, i]), np.int64(life.wage_withheld[w, i])
        starts = np.int64(word < begins) * employed * np.int64(hired)
        lasts = np.int64(word >= society.withheld_end_32)
        now = was * lasts + (1 - was) * starts
        owed = np.int64(life.wage_owed_fen[w, i])
        back = (owed * society.back_pay_256 >> 8) * (1 - now)
        world.life.wage_withheld[w, i] = now
        world.life.wage_owed_fen[w, i] = min((owed + job) * now, MOST)
        world.scratch.fen[i] = np.int64(life.household_fen[i]) - wage + job * (1 - now) + back


@kernel
def keep_house(world, society, w):
    """Eat, make good what is in arrears, spend; take in income and assistance; fall ill."""
    life, file, u = world.life, world.file, world.scratch.u
    for i in range(world.scratch.flag.size):
        income, need = world.scratch.fen[i], np.int64(life.need_fen[i])
        dues = np.int64(life.bill_fen[i]) + np.int64(life.rent_fen[i])
        dues += np.int64(life.instalment_fen[i])
        cash = np.int64(life.cash_fen[w, i])
        left = cash - min(cash, need)
        unable = np.int64(life.arrears_unable_fen[w, i])
        unwilling = np.int64(life.arrears_fen[w, i]) - unable
        good = min(unable, left * society.pay_back_256 >> 8)
        late = min(left - good, (unwilling * society.catch_up_256 + 255) >> 8)
        unable, unwilling, left = unable - good, unwilling - late, left - good - late
        unable -= (unable * society.write_off_16 + 65535) >> 16
        unwilling -= (unwilling * society.write_off_16 + 65535) >> 16
        surplus = max(np.int64(0), income - need - dues)
        left -= min(left, surplus * society.spending_256 >> 8)
        # What lies above the buffer is spent or saved out of reach: an eighth is kept a month.
        over = max(np.int64(0), left - np.int64(life.buffer_fen[i]))
        left -= over - (over >> 3)
        ill = np.int64(u[1, i]) < society.illness_32
        benefit = (need * society.benefit_256 >> 8) * np.int64(file.granted[w, ASSISTANCE, i])
        left += income + benefit - society.illness_fen * np.int64(ill)
        world.life.cash_fen[w, i] = min(max(np.int64(0), left), MOST)
        world.life.arrears_fen[w, i] = unable + unwilling
        world.life.arrears_unable_fen[w, i] = unable
        world.life.illness[w, i] = ill


@kernel
def borrow(world, society, scheme, climate, w):
    """A loan or a card granted last month: its sum to cash, that with interest to what is owed.

    A card is drawn on by who could not cover bills, instalment and fine then.  A lender who looked
    the borrower up and saw a mark asks for more interest.
    """
    life, file = world.life, world.file
    loans, cards = file.granted[w, LOAN].view(np.uint64), file.granted[w, CARD].view(np.uint64)
    for j in range(loans.size):
        if loans[j] | cards[j]:
            for i in range(8 * j, 8 * j + 8):
                spare = np.int64(life.household_fen[i]) - np.int64(life.need_fen[i])
                spare = max(np.int64(0), spare)
                cash, loan = np.int64(life.cash_fen[w, i]), np.int64(life.loan_fen[w, i])
                dear = np.int64(life.look_up_cost[w, i] & LENDER != 0) * society.dearer_256
                if file.granted[w, LOAN, i]:
                    owed = spare * society.loan_16 >> 16
                    lent = owed * society.loan_paid_16 >> 16
                    interest = (owed - lent) * ALL // terms(file, scheme, climate, w, i)
                    interest += interest * dear >> 8
                    cash, loan = cash + lent, loan + lent + interest
                if file.granted[w, CARD, i] and life.able[w, i] < SHORT:
                    owed = spare * society.card_16 >> 16
                    lent = owed * society.card_paid_16 >> 16
                    cash, loan = cash + lent, loan + owed + ((owed - lent) * dear >> 8)
                world.life.cash_fen[w, i] = min(cash, MOST)
                world.life.loan_fen[w, i] = min(loan, MOST)


@kernel
def terms(file, scheme, climate, w, i):
    """How wide the door of loans stands: who stands high borrows at so much lower interest."""
    if climate.in_force[w] == 0 or file.scored[i] == 0:
        return ALL
    return max(ALL, scheme.access[file.tier[w, i], LOAN])


@kernel
def owe(world, society, w):
    """What is due this month and how much of it can be paid; who is to be looked at on their own.

    These are who has a judgment against them, broke a contract last month or is so far behind that
    a creditor may sue, and who is short and asks for help.
    """
    life, file, u = world.life, world.file, world.scratch.u
    offends, seen = life.deed_rate[society.traffic], society.fine_32 >> 16
    broken = life.deed_count[w, society.breach]
    for i in range(world.scratch.flag.size):
        household, need = np.int64(life.household_fen[i]), np.int64(life.need_fen[i])
        adult = np.int64(life.age_years[i] >= ADULT)
        # Driving offences a month are in 65536ths, the share that is fined too.
        fined = np.int64(np.int64(u[2, i]) < np.int64(offends[i]) * seen) * adult
        first = np.int64(life.bill_fen[i]) + np.int64(life.rent_fen[i])
        second = np.int64(life.instalment_fen[i])
        second += part(society, household, need, np.int64(life.loan_fen[w, i]))
        third, fourth = fined * society.fine_fen, np.int64(file.judgment_fen[w, i])
        free = np.int64(life.cash_fen[w, i]) - need
        able = covered(free, first, second, third, fourth)
        behind = np.int64(life.arrears_fen[w, i]) > society.suit_months * (first + second)
        asks = np.int64(able < SHORT) * np.int64(np.int64(u[3, i]) < society.ask_32)
        rare = np.int64(behind) + np.int64(fourth > 0) + np.int64(broken[i]) + asks
        world.life.fine_due[w, i] = fined
        world.life.able[w, i] = able
        world.life.supported[w, i] = 0
        world.scratch.flag[i] |= np.int64(rare > 0) * adult


@kernel
def dues(world, society, w, i):
    """What is due of one person this month: bills and rent, instalment, fine, judgment."""
    life = world.life
    need, loan = np.int64(life.need_fen[i]), np.int64(life.loan_fen[w, i])
    first = np.int64(life.bill_fen[i]) + np.int64(life.rent_fen[i])
    second = np.int64(life.instalment_fen[i])
    second += part(society, np.int64(life.household_fen[i]), need, loan)
    third = np.int64(life.fine_due[w, i]) * society.fine_fen
    return first, second, third, np.int64(world.file.judgment_fen[w, i])


@kernel
def debtor(world, society, climate, month, i):
    """One person who is far behind, under a judgment or in need, in every world."""
    person = world.first + draws.U(i)
    words = draws.four(world.seed, person, month, world.replicate, draws.COURT, np.int64(0))
    asks = np.int64(world.scratch.u[3, i]) < society.ask_32
    found = -1  # ties are the same in every world, and worked out once if somebody needs them
    for w in range(climate.worlds):
        court(world, society, w, i, words)
        if asks and world.life.able[w, i] < SHORT:
            if found < 0:
                found = network.ties(
                    world.seed, world.first, world.people, i,
                    society.degree, society.rewired_32, world.scratch.near,
                )  # fmt: skip
            support(world, society, w, month, i, found)


@kernel
def court(world, society, w, i, words):
    """A judgment is given up, or its sum is found and taken; creditor or partner sues."""
    first, second, third, judgment = dues(world, society, w, i)
    cash, arrears = np.int64(world.life.cash_fen[w, i]), np.int64(world.life.arrears_fen[w, i])
    if judgment > 0 and np.int64(words[2]) < society.give_up_32:
        judgment = np.int64(0)
    elif judgment > 0 and np.int64(words[1]) < society.seize_32:
        free = cash - np.int64(world.life.need_fen[i]) - first - second - third
        taken = min(judgment, max(np.int64(0), free))
        cash, judgment = cash - taken, judgment - taken
    behind = arrears > society.suit_months * (first + second)
    if behind and np.int64(words[0]) < society.suit_32:
        judgment = min(judgment + arrears, MOST)
        world.life.arrears_fen[w, i] = 0
        world.life.arrears_unable_fen[w, i] = 0
    if world.life.deed_count[w, society.breach, i] and np.int64(words[3]) < society.breach_suit_32:
        claim = np.int64(world.life.household_fen[i]) * society.claim_256 >> 8
        judgment = min(judgment + claim, MOST)
    world.life.cash_fen[w, i] = cash
    world.file.judgment_fen[w, i] = judgment
    free = cash - np.int64(world.life.need_fen[i])
    world.life.able[w, i] = covered(free, first, second, third, judgment)


@kernel
def support(world, society, w, month, i, found):
    """Close ties who have something over give to one who is short, each a little, till it does."""
    first, second, third, fourth = dues(world, society, w, i)
    need = np.int64(world.life.need_fen[i])
    missing = first + second + third + need - np.int64(world.life.cash_fen[w, i])
    for k in range(found):
        tie = world.scratch.near[k]
        gift = min(society.gift_fen, missing)
        if gift > 0 and gives(world, society, w, month, i, tie, k):
            world.life.cash_fen[w, tie] -= gift
            world.life.cash_fen[w, i] += gift
            world.life.supported[w, i] += 1
            missing -= gift
    free = np.int64(world.life.cash_fen[w, i]) - need
    world.life.able[w, i] = covered(free, first, second, third, fourth)


@kernel
def gives(world, society, w, month, i, tie, k):
    """Does the k-th tie of this person give? [yes/no]"""
    life, file = world.life, world.file
    broken_off = life.ties_cut[w, i] >> np.uint64(k) & np.uint64(1)
    if life.age_years[tie] < ADULT or broken_off:
        return False
    first, second, third, fourth = dues(world, society, w, tie)
    over = np.int64(life.cash_fen[w, tie]) - np.int64(life.need_fen[tie])
    if over - first - second - third - fourth < society.reserve_fen:
        return False
    chance = society.shun_32 if file.sanctioned[w, i] else np.int64(0)
    if file.sanctioned[w, tie]:
        chance = max(chance, society.withdrawn_32)
    if chance == 0:
        return True
    person, index = world.first + draws.U(i), ASKED + (k >> 2)
    words = draws.four(world.seed, person, month, world.replicate, draws.LIFE, index)
    return np.int64(words[k & 3]) >= chance
