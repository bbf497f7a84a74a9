"""Begin: what people own, owe and are when the months before the start begin.

income, household, traits  ->  household_fen, wage_fen, need_fen, bill_fen, rent_fen,
    instalment_fen, buffer_fen, daring, assent, thin, favoured, scored, honest, official,
    desk_total, group_bits, and first values of what later months change

Where a scheme asks for consent, who does not give it has no file: nothing is entered for them, and
they meet every door as everyone does.

The first values are only a start: 24 months under ordinary law follow before month 0 (run.py), so
that nobody starts without a past.  Debts last longer than that: who has long been short begins
with the arrears and the judgment of such a past (society/tables/household.py).
"""

import numpy as np

from demerit import draws
from demerit.columns import DESKS_MAX, HARDSHIP, HONESTY, LAW, NEGLECT, TOUCHINESS
from demerit.frames import seat
from demerit.kernel import kernel
from demerit.step.trust import keeps

PUBLIC, UNEMPLOYED = 1, 4  # rows of society.people.STATUS; the first five are the labour force
LONG_AGO = -20_000  # months
ADULT = 18  # years
MOST = 1 << 30  # fen
CERTAIN = 256  # the share that joins a scheme which asks nobody
EIGHTHS = 8  # society.tables.household.EIGHTHS


@kernel
def score_cell(score):
    """The cell of the grid -4 to 4 in 64ths that a normal score of 4096ths falls in."""
    return min(512, max(0, 256 + ((score + 32) >> 6)))


@kernel
def begin(world, society, scheme):
    """Give first values to every person of the block."""
    # Replicate 0: replicates are the same people, from the same start, with other luck.
    draws.rows(world.scratch.u, world.seed, world.first, 0, 0, draws.START, np.int64(0))
    for i in range(world.people):
        budget(world, society, i)
        in_labour = world.life.wage_fen[i] > 0
        world.life.daring[i] = world.scratch.u[1, i] >> np.uint32(24)
        world.file.thin[i] = world.life.age_years[i] >= ADULT and world.life.indebted[i] == 0
        world.life.employed[LAW, i] = in_labour and world.life.status[i] < UNEMPLOYED
        joins = np.int64(society.vpn_stock_16) << 16
        world.life.evading[LAW, i] = (
            world.life.online[i] and np.int64(world.scratch.u[2, i]) < joins
        )
        world.life.neglecting[LAW, i] = neglects_at_rest(world, society, i)
    draws.rows(world.scratch.u, world.seed, world.first, 0, 0, draws.START, np.int64(1))
    for i in range(world.people):
        near = np.int64(world.scratch.u[0, i]) < society.close_32
        world.life.favoured[i] = near or world.life.status[i] == PUBLIC
        world.life.assent[i] = world.scratch.u[1, i] >> np.uint32(24)
        high = np.int64(world.scratch.u[2, i]) < society.prestige_start_32
        world.life.prestige_held[LAW, i] = high and world.life.employed[LAW, i] != 0
        past(world, society, i)
    enrol(world, scheme)
    begin_groups(world)
    begin_beliefs(world, society)
    begin_offices(world, society, scheme)


@kernel
def enrol(world, scheme):
    """Say who has a file: at the beginning, and again where another scheme opens (run.py)."""
    for i in range(world.people):
        world.file.scored[i] = world.life.age_years[i] >= scheme.age_from
    if scheme.join_256 < CERTAIN or scheme.join_online != 0:
        consent(world, scheme)


@kernel
def consent(world, scheme):
    """Who has a file: those old enough, online if it takes that, who join.

    The same share joins of those who go by what they think of such schemes and of those who do not.
    """
    draws.rows(world.scratch.u, world.seed, world.first, 0, 0, draws.CONSENT, np.int64(0))
    for i in range(world.people):
        may = world.file.scored[i] != 0
        may &= scheme.join_online == 0 or world.life.online[i] != 0
        word = np.int64(world.scratch.u[0, i] >> np.uint32(24))
        if np.int64(world.scratch.u[1, i]) < scheme.by_assent_32:
            word = np.int64(world.life.assent[i])
        world.file.scored[i] = may & (word < scheme.join_256)


@kernel
def budget(world, society, i):
    """What comes in, is needed and is due each month, and the buffer aimed at [fen]."""
    life = world.life
    household = np.int64(life.income_month_fen[i]) * np.int64(life.household_size[i])
    in_labour = life.age_years[i] >= 16 and life.status[i] <= UNEMPLOYED
    earners = max(1, np.int64(life.earner_count[i]))
    need = society.need_fen[life.urban[i]] * np.int64(life.household_size[i])
    rents = np.int64(world.scratch.u[0, i]) < society.tenant_32[life.urban[i]]
    # Who lives on the subsistence line is lent nothing.
    instalment = max(np.int64(0), household - need) * society.instalment_256 >> 8
    cell = score_cell(np.int64(life.trait[HARDSHIP, i]))
    world.life.household_fen[i] = household
    world.life.wage_fen[i] = (household * society.labour_256 >> 8) // earners if in_labour else 0
    world.life.need_fen[i] = need
    world.life.bill_fen[i] = household * society.bills_256 >> 8
    world.life.rent_fen[i] = household * society.rent_256 >> 8 if rents else 0
    world.life.instalment_fen[i] = instalment if life.indebted[i] else 0
    world.life.buffer_fen[i] = min(MOST, household * society.buffer_256[cell] >> 8)


@kernel
def past(world, society, i):
    """Cash; and of who spends more than comes in, grievance, arrears and judgment of long need."""
    household = np.int64(world.life.household_fen[i])
    dues = np.int64(world.life.bill_fen[i]) + np.int64(world.life.rent_fen[i])
    dues += np.int64(world.life.instalment_fen[i])
    lacks = np.int64(world.life.need_fen[i]) + dues - household
    # A household that spends more than comes in has used up its buffer by now.
    kept = 0 if lacks >= 0 else np.int64(world.life.buffer_fen[i])
    world.life.cash_fen[LAW, i] = min(MOST, kept + household)
    if lacks < 0 or world.life.age_years[i] < ADULT:
        return
    world.life.grievance[LAW, i] = long_felt(world, society, i)
    unpaid = min(lacks, dues)
    if unpaid == 0:
        return
    eighth = (EIGHTHS * unpaid - 1) // dues
    life = world.scratch.u[3, i] >> np.uint32(24)
    low = np.int64(world.scratch.u[3, i] & np.uint32(0xFFFF))
    arrears = min(MOST, unpaid * society.past_256[eighth, life] >> 8)
    world.life.arrears_fen[LAW, i] = arrears
    world.life.arrears_unable_fen[LAW, i] = arrears
    if low < society.past_sued_16[eighth, life]:
        owed = min(MOST, unpaid * society.past_judged_256[eighth] >> 8)
        world.file.judgment_fen[LAW, i] = owed
        world.life.deed_count[LAW, society.due_deed[3], i] = owed > 0


@kernel
def long_felt(world, society, i):
    """The grievance that inability comes to when it lasts: what fades is what is added."""
    touch = society.touch_256[score_cell(np.int64(world.life.trait[TOUCHINESS, i]))]
    monthly = society.grievance[0] * touch >> 8
    return min(255, (monthly << 16) // (65536 - society.grievance_fade_16))


@kernel
def neglects_at_rest(world, society, i):
    """Is this person in a spell of neglect, drawn from the share at rest?"""
    for deed in range(world.deeds):
        if society.spell[deed] == NEGLECT:
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
    draws.rows(world.scratch.u, world.seed, world.first, 0, 0, draws.START, np.int64(2))
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
def begin_offices(world, society, scheme):
    """Some of the public service hold office: a desk for each, all with a clean score.

    Reads   the scratch rows of draws, as `begin_beliefs` left them
    """
    desks = np.int64(0)
    for i in range(world.people):
        public = world.life.age_years[i] >= ADULT and world.life.status[i] == PUBLIC
        drawn = np.int64(world.scratch.u[1, i]) < society.official_32
        world.life.honest[i] = world.life.trait[HONESTY, i] > 0
        world.life.official[i] = public and drawn and desks < DESKS_MAX
        if world.life.official[i]:
            world.life.desk_person[LAW, desks] = i + 1
            world.life.desk_points[LAW, desks] = scheme.office_start
            world.life.desk_clean[LAW, desks] = scheme.office_start
            desks += 1
    world.life.desk_total[LAW] = desks


@kernel
def begin_groups(world):
    """A bit for each person in each group, where the counting of rows looks for it."""
    for grouping in range(world.groupings):
        for i in range(world.people):
            word, bit = seat(i)
            one = np.uint64(1) << np.uint64(bit)
            world.life.group_bits[world.life.group[grouping, i], word] |= one


def open_files(blocks, start):
    """Everyone's file opens at the starting score, in every world; no state was ever found."""
    blocks.files["score_points"] = start
    blocks.lives["shadow_points"] = start
    blocks.lives["found_month"] = LONG_AGO
    blocks.lives["seen_month"] = LONG_AGO


def open_again(blocks, k, scheme):
    """The files of one block open under these rules, in the worlds that have any.

    Older ones are closed: what is on them, or on its way, is nowhere now.
    """
    file, life = blocks.files[k], blocks.lives[k]
    outside = file.scored == 0
    for name in ("tier", "sanctioned"):
        file[name][1:, outside] = 0
    file.record_total[1:] = 0
    file.score_points[1:] = scheme.start
    life.shadow_points[1:] = scheme.start
    life.found_month[1:] = LONG_AGO
    life.seen_month[1:] = LONG_AGO
    for name in ("desk_points", "desk_clean"):
        life[name][1:] = scheme.office_start
