"""Begin: what people own, owe and are when the months before the start begin.

income, household, traits  ->  household_fen, wage_fen, need_fen, bill_fen, instalment_fen,
    buffer_fen, daring, scored, group_bits, and first values of what later months change

The first values are only a start: 24 months under ordinary law follow before month 0 (run.py), so
that nobody starts without a past.
"""

import numpy as np

from demerit import draws
from demerit.columns import HARDSHIP, HONESTY, LAW, TOUCHINESS
from demerit.kernel import kernel
from demerit.step.trust import keeps

UNEMPLOYED = 4  # the first five rows of society.people.STATUS are the labour force
LONG_AGO = -20_000  # months
ADULT = 18  # years


@kernel
def score_cell(score):
    """The cell of the grid -4 to 4 in 64ths that a normal score of 4096ths falls in."""
    return min(512, max(0, 256 + ((score + 32) >> 6)))


@kernel
def begin(world, society, scheme):
    """Give first values to every person of the block."""
    # Replicate 0: replicates are the same people, from the same start, with other luck.
    draws.rows(world.scratch.u, world.seed, world.first, 0, 0, draws.START, 0)
    for i in range(world.people):
        household = np.int64(world.life.income_month_fen[i]) * world.life.household_size[i]
        in_labour = world.life.age_years[i] >= 16 and world.life.status[i] <= UNEMPLOYED
        world.life.household_fen[i] = household
        earners = max(1, world.life.earner_count[i])
        world.life.wage_fen[i] = (
            (household * society.labour_256 >> 8) // earners if in_labour else 0
        )
        world.life.need_fen[i] = (
            society.need_fen[world.life.urban[i]] * world.life.household_size[i]
        )
        world.life.bill_fen[i] = household * society.bills_256 >> 8
        # Who lives on the subsistence line is lent nothing.
        spare = max(np.int64(0), household - np.int64(world.life.need_fen[i]))
        instalment = spare * society.instalment_256 >> 8
        world.life.instalment_fen[i] = instalment if world.life.indebted[i] else 0
        cell = score_cell(world.life.trait[HARDSHIP, i])
        world.life.buffer_fen[i] = min(1 << 30, household * society.buffer_256[cell] >> 8)
        world.life.daring[i] = world.scratch.u[1, i] >> np.uint32(24)
        world.file.scored[i] = world.life.age_years[i] >= scheme.age_from
        # A household that spends more than comes in has used up its buffer by now.
        dues = np.int64(world.life.bill_fen[i]) + np.int64(world.life.instalment_fen[i])
        short = household <= world.life.need_fen[i] + dues
        kept = 0 if short else world.life.buffer_fen[i]
        world.life.cash_fen[LAW, i] = min(1 << 30, kept + household)
        if short and world.life.age_years[i] >= ADULT:
            world.life.grievance[LAW, i] = long_felt(world, society, i)
        world.life.employed[LAW, i] = in_labour and world.life.status[i] < UNEMPLOYED
        joins = np.int64(society.vpn_stock_16) << 16
        world.life.evading[LAW, i] = (
            world.life.online[i] and np.int64(world.scratch.u[2, i]) < joins
        )
        world.life.neglecting[LAW, i] = neglects_at_rest(world, society, i)
    begin_groups(world)
    begin_beliefs(world, society)


@kernel
def long_felt(world, society, i):
    """The grievance that inability comes to when it lasts: what fades is what is added."""
    touch = society.touch_256[score_cell(world.life.trait[TOUCHINESS, i])]
    monthly = society.grievance[0] * touch >> 8
    return min(255, (monthly << 16) // (65536 - society.grievance_fade_16))


@kernel
def neglects_at_rest(world, society, i):
    """Is this person in a spell of neglect, drawn from the share at rest?"""
    for deed in range(world.deeds):
        if society.spell[deed] == 0:
            enter = np.int64(world.life.deed_rate[deed, i])
            rest = (enter << 16) // (enter + society.spell_end_32)
            return np.int64(world.scratch.u[3, i]) < rest << 16
    return False


@kernel
def begin_beliefs(world, society):
    """What people believe of strangers rests where the deals of their block are kept [1/256].

    Beliefs lie apart as they do at rest (society/tables/answers.py): by the sum of four even bytes,
    which is near to normal.
    """
    draws.rows(world.scratch.u, world.seed, world.first, 0, 0, draws.START, 2)
    kept_16, adults = np.int64(0), np.int64(0)
    for i in range(world.people):
        if world.life.age_years[i] >= ADULT:
            dues = np.int64(world.life.bill_fen[i]) + np.int64(world.life.instalment_fen[i])
            dues += np.int64(world.life.rent_fen[i])
            short = world.life.household_fen[i] <= world.life.need_fen[i] + dues
            kept_16 += keeps(society, world.life.trait[HONESTY, i], short, 0)
            adults += 1
    rest_256 = (kept_16 // max(1, adults) - society.belief_dip_16) * 255 >> 16
    for i in range(world.people):
        word = np.int64(world.scratch.u[0, i])
        four = (word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + (word >> 24)
        apart = (four - 510) * society.belief_spread_256 >> 8
        world.life.belief[LAW, i] = min(255, max(0, rest_256 + apart))


@kernel
def begin_groups(world):
    """A bit for each person in each group, packed as frames.pack packs."""
    for grouping in range(world.groupings):
        for i in range(world.people):
            bit = np.uint64(1) << np.uint64(i & 63)
            world.life.group_bits[world.life.group[grouping, i], i >> 6] |= bit


def open_files(blocks, start):
    """Everyone's file opens at the starting score, in every world; no state was ever found."""
    blocks.files["score_points"] = start
    blocks.lives["shadow_points"] = start
    blocks.lives["found_month"] = LONG_AGO
    blocks.lives["seen_month"] = LONG_AGO
