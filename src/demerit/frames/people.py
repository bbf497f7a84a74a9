"""What is counted of people in every world: work, money, deals, protest, what they know."""

import numpy as np

from demerit.columns import BROKEN, HONOURED, KNOWS_SCORE, LAW, NO_DEAL
from demerit.frames.names import row
from demerit.frames.tally import (
    BUT_LAW,
    EVERY_WORLD,
    listed,
    tally,
    tally_above,
    tally_same,
    tally_number,
)  # fmt: skip
from demerit.kernel import fill, kernel

ADULT = 18  # years
FEN = np.uint32(100)  # to the yuan
# Of the kind of the columns that they are compared with: a wider number takes eight times as long.
NO_MONEY, NONE = np.int32(0), np.uint8(0)
NOT_MADE, NOT_HONOURED = np.uint8(BROKEN - 1), np.uint8(HONOURED - 1)

PEOPLE, SCORED, ADULTS, THIN = row("people"), row("scored"), row("adults"), row("thin")
LABOUR, EMPLOYED, SEEKING = row("labour"), row("employed"), row("seeking")
DISPLACED, PLACED, PRESTIGE = row("displaced"), row("placed"), row("prestige")
DUE, UNABLE, CHOICE = row("due"), row("unpaid_unable"), row("unpaid_choice")
ARREARS, ARREARS_YUAN = row("arrears"), row("arrears_yuan")
ARREARS_UNABLE = row("arrears_unable_yuan")
JUDGMENTS, WITHHELD_WAGES, LOANS = row("judgments"), row("wages_withheld"), row("loans")
POOR, SUPPORTED, DISTRESSED = row("poor"), row("supported"), row("distressed")
OFFERED, MADE, HONOURED_DEALS = row("deals_offered"), row("deals_made"), row("deals_honoured")
ASSURED, ASSURED_HONOURED = row("deals_assured"), row("deals_assured_honoured")
BELIEF = row("belief_sum")
PROTEST, VPN, SABOTAGE = row("protest"), row("vpn"), row("sabotage")
HEARD, APPROVING = row("aware_heard"), row("approving")


@kernel
def count_people(world, worlds, out):
    """Who lives here, and who has work."""
    life, mark = world.life, world.scratch.mark
    tally_same(world.scratch.everyone, EVERY_WORLD, world, worlds, out, PEOPLE)
    tally_same(world.file.scored, EVERY_WORLD, world, worlds, out, SCORED)
    tally_same(world.file.thin, EVERY_WORLD, world, worlds, out, THIN)
    for i in range(world.people):
        mark[LAW, i] = life.age_years[i] >= ADULT
    tally_same(mark[LAW], EVERY_WORLD, world, worlds, out, ADULTS)
    for i in range(world.people):
        mark[LAW, i] = life.wage_fen[i] > 0
    tally_same(mark[LAW], EVERY_WORLD, world, worlds, out, LABOUR)
    for w in range(worlds):
        for i in range(world.people):
            mark[w, i] = (life.wage_fen[i] > 0) & (life.employed[w, i] == 0)
    tally(mark, EVERY_WORLD, world, worlds, out, SEEKING)
    tally(life.employed, EVERY_WORLD, world, worlds, out, EMPLOYED)
    tally(life.prestige_held, EVERY_WORLD, world, worlds, out, PRESTIGE)
    for w in range(1, worlds):
        for i in range(world.people):
            mark[w, i] = life.employed[LAW, i] > life.employed[w, i]
    tally(mark, BUT_LAW, world, worlds, out, DISPLACED)
    for w in range(1, worlds):
        for i in range(world.people):
            mark[w, i] = life.employed[LAW, i] < life.employed[w, i]
    tally(mark, BUT_LAW, world, worlds, out, PLACED)


@kernel
def count_money(world, society, worlds, out):
    """Dues, debts, and what people do without."""
    life = world.life
    count_dues(world, society, worlds, out)
    tally_above(life.arrears_fen, NO_MONEY, EVERY_WORLD, world, worlds, out, ARREARS)
    tally_yuan(life.arrears_fen, world, worlds, out, ARREARS_YUAN)
    tally_yuan(life.arrears_unable_fen, world, worlds, out, ARREARS_UNABLE)
    tally_above(world.file.judgment_fen, NO_MONEY, EVERY_WORLD, world, worlds, out, JUDGMENTS)
    tally(life.wage_withheld, EVERY_WORLD, world, worlds, out, WITHHELD_WAGES)
    tally_above(life.loan_fen, NO_MONEY, EVERY_WORLD, world, worlds, out, LOANS)
    tally_above(life.supported, NONE, EVERY_WORLD, world, worlds, out, SUPPORTED)
    tally(life.distressed, EVERY_WORLD, world, worlds, out, DISTRESSED)
    for w in range(worlds):
        for i in range(world.people):
            world.scratch.mark[w, i] = life.able[w, i] == 0
    tally(world.scratch.mark, EVERY_WORLD, world, worlds, out, POOR)


@kernel
def tally_yuan(rows, world, worlds, out, counter):
    """Add up money (world, person) [fen], of each person in whole yuan."""
    for w in range(worlds):
        for i in range(world.people):
            world.scratch.number[w, i] = np.uint32(rows[w, i]) // FEN
    tally_number(EVERY_WORLD, world, worlds, out, counter)


@kernel
def count_dues(world, society, worlds, out):
    """Adults who owe something this month, who leave a due unpaid for want of money, by choice.

    A due of rank r (society.due) that goes unpaid could have been paid by who covers r dues.  One
    who leaves several unpaid may be counted as both.
    """
    life, mark = world.life, world.scratch.mark
    for w in range(worlds):
        owe(world, society, w)
    tally(mark, EVERY_WORLD, world, worlds, out, DUE)
    for choice in range(2):
        for w in range(worlds):
            fill(mark[w], 0)
            for rank in range(1, society.due_deed.size + 1):
                unpaid, enough = life.deed_count[w, society.due_deed[rank - 1]], np.uint8(rank)
                if choice:
                    for i in range(world.people):
                        mark[w, i] |= (unpaid[i] != 0) & (life.able[w, i] >= enough)
                else:
                    for i in range(world.people):
                        mark[w, i] |= (unpaid[i] != 0) & (life.able[w, i] < enough)
        tally(mark, EVERY_WORLD, world, worlds, out, CHOICE if choice else UNABLE)


@kernel
def owe(world, society, w):
    """Who owes one of the dues (columns.DUES), to the scratch row of this world."""
    life, mark = world.life, world.scratch.mark
    rate = life.deed_rate[society.due_deed[0]]
    for i in range(world.people):
        mark[w, i] = (rate[i] > 0) & ((life.bill_fen[i] > 0) | (life.rent_fen[i] > 0))
    rate = life.deed_rate[society.due_deed[1]]
    for i in range(world.people):
        mark[w, i] |= (rate[i] > 0) & ((life.instalment_fen[i] > 0) | (life.loan_fen[w, i] > 0))
    rate = life.deed_rate[society.due_deed[2]]
    for i in range(world.people):
        mark[w, i] |= (rate[i] > 0) & (life.fine_due[w, i] != 0)
    rate = life.deed_rate[society.due_deed[3]]
    for i in range(world.people):
        mark[w, i] |= (rate[i] > 0) & (world.file.judgment_fen[w, i] > 0)


@kernel
def count_deals(world, worlds, out):
    """Deals with strangers: offered, made and honoured, with and without a look at the file."""
    life, mark = world.life, world.scratch.mark
    tally_above(life.dealt, NONE, EVERY_WORLD, world, worlds, out, OFFERED)
    tally_above(life.dealt, NOT_MADE, EVERY_WORLD, world, worlds, out, MADE)
    tally_above(life.dealt, NOT_HONOURED, EVERY_WORLD, world, worlds, out, HONOURED_DEALS)
    for w in range(worlds):
        for i in range(world.people):
            mark[w, i] = (life.dealt[w, i] >= BROKEN) & (life.assured[w, i] != 0)
    tally(mark, EVERY_WORLD, world, worlds, out, ASSURED)
    for w in range(worlds):
        for i in range(world.people):
            mark[w, i] = (life.dealt[w, i] == HONOURED) & (life.assured[w, i] != 0)
    tally(mark, EVERY_WORLD, world, worlds, out, ASSURED_HONOURED)
    for w in range(worlds):
        for i in range(world.people):
            mark[w, i] = life.belief[w, i] * np.uint8(life.dealt[w, i] != NO_DEAL)
    tally(mark, EVERY_WORLD, world, worlds, out, BELIEF)


@kernel
def count_answers(world, worlds, out):
    """Protest, evasion, sabotage; who knows of the scheme and who approves of it."""
    life, mark = world.life, world.scratch.mark
    tally(life.protesting, EVERY_WORLD, world, worlds, out, PROTEST)
    tally(life.evading, EVERY_WORLD, world, worlds, out, VPN)
    tally(life.sabotaging, EVERY_WORLD, world, worlds, out, SABOTAGE)
    for level in range(KNOWS_SCORE):
        tally_above(life.awareness, np.uint8(level), BUT_LAW, world, worlds, out, HEARD + level)
    for w in range(worlds):
        if listed(BUT_LAW, w):
            for i in range(world.people):
                mark[w, i] = (life.approving[w, i] != 0) & (life.awareness[w, i] > 0)
    tally(mark, BUT_LAW, world, worlds, out, APPROVING)
