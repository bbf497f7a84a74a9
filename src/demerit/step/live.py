"""Live: a month's money.  What came in, what was eaten, what an illness took, what can be paid.

cash_fen, deed_count (last month's unpaid dues), employed, granted  ->  cash_fen, illness, able

A household keeps a buffer and spends most of what comes in above it (Deaton, "Saving and liquidity
constraints", Econometrica 59, 1991).  `able` is what cash and saleable assets, less the
subsistence line, cover: the bills come first, then the instalment.  Non-payment while able is
choice (step/behave.py), else inability.
Left out: what a household might borrow or be given by kin.
"""

import numpy as np

from demerit import draws
from demerit.columns import ASSISTANCE
from demerit.kernel import kernel


@kernel
def live(world, society, scheme, climate, month):
    """Settle last month's dues, take in this month's income, see what can be paid [fen].

    Reads   cash_fen, deed_count of last month, employed, granted of last month
    Writes  cash_fen (world, person) [fen], illness, able (world, person)
    """
    draws.rows(world.scratch.u, world.seed, world.first, month, world.replicate, draws.LIFE, 0)
    late, default = society.late_bill, society.loan_default
    for w in range(climate.worlds):
        for i in range(world.life.cash_fen.shape[1]):
            bill, instalment = (
                np.int64(world.life.bill_fen[i]),
                np.int64(world.life.instalment_fen[i]),
            )
            need = np.int64(world.life.need_fen[i])
            paid = bill * (1 - np.int64(world.life.deed_count[w, late, i]))
            paid += instalment * (1 - np.int64(world.life.deed_count[w, default, i]))
            rest = max(np.int64(0), np.int64(world.life.cash_fen[w, i]) - paid)

            household = np.int64(world.life.household_fen[i])
            income = household - np.int64(world.life.wage_fen[i]) * (
                1 - np.int64(world.life.employed[w, i])
            )
            left = rest - min(rest, need)
            surplus = max(np.int64(0), income - need - bill - instalment)
            left -= min(left, surplus * society.spending_256 >> 8)
            # What lies above the buffer is spent or saved out of reach: an eighth is kept a month.
            over = max(np.int64(0), left - np.int64(world.life.buffer_fen[i]))
            left -= over - (over >> 3)

            ill = np.int64(world.scratch.u[1, i]) < society.illness_32
            benefit = need * society.benefit_256 >> 8
            cash = left + income + benefit * np.int64(world.file.granted[w, ASSISTANCE, i])
            cash = max(np.int64(0), cash - society.illness_fen * np.int64(ill))
            world.life.cash_fen[w, i] = min(cash, np.int64(1 << 30))
            world.life.illness[w, i] = ill
            free = cash - need
            world.life.able[w, i] = np.int64(free >= bill) + np.int64(free >= bill + instalment)
