"""What is marked of people in every world: work, money, deals, protest, what they know.

A mark is a row of the scratch for each plain counter and world; tally.py adds the rows up.  Bytes
are compared with numbers of one byte: with a wider one the loop takes seven times as long.
"""

import numpy as np

from demerit.columns import BROKEN, HONOURED, KNOWS_SCORE, LAW, NO_DEAL
from demerit.frames.names import row
from demerit.kernel import fill, kernel

ADULT = 18  # years

PEOPLE, SCORED, ADULTS, THIN = row("people"), row("scored"), row("adults"), row("thin")
LABOUR, EMPLOYED, SEEKING = row("labour"), row("employed"), row("seeking")
DISPLACED, PLACED, PRESTIGE = row("displaced"), row("placed"), row("prestige")
DUE, UNABLE, CHOICE = row("due"), row("unpaid_unable"), row("unpaid_choice")
ARREARS, JUDGMENTS, LOANS = row("arrears"), row("judgments"), row("loans")
WITHHELD_WAGES = row("wages_withheld")
POOR, SUPPORTED, DISTRESSED = row("poor"), row("supported"), row("distressed")
OFFERED, MADE, HONOURED_DEALS = row("deals_offered"), row("deals_made"), row("deals_honoured")
ASSURED, ASSURED_HONOURED = row("deals_assured"), row("deals_assured_honoured")
BELIEF = row("belief_sum")
PROTEST, VPN, SABOTAGE = row("protest"), row("vpn"), row("sabotage")
HEARD, APPROVING = row("aware_heard"), row("approving")


@kernel
def mark_people(world, w):
    """Who lives here, and who has work."""
    file, life, mark = world.file, world.life, world.scratch.mark[w]
    for i in range(world.people):
        mark[PEOPLE, i] = 1
        mark[SCORED, i] = file.scored[i]
        mark[THIN, i] = file.thin[i]
    for i in range(world.people):
        mark[ADULTS, i] = life.age_years[i] >= ADULT
        mark[LABOUR, i] = life.wage_fen[i] > 0
    for i in range(world.people):
        mark[EMPLOYED, i] = life.employed[w, i]
        mark[PRESTIGE, i] = life.prestige_held[w, i]
        mark[SEEKING, i] = (life.wage_fen[i] > 0) & (life.employed[w, i] == 0)
    for i in range(world.people):
        mark[DISPLACED, i] = life.employed[LAW, i] > life.employed[w, i]
        mark[PLACED, i] = life.employed[LAW, i] < life.employed[w, i]


@kernel
def mark_money(world, society, w):
    """Dues, debts, and what people do without."""
    file, life, mark = world.file, world.life, world.scratch.mark[w]
    mark_dues(world, society, w)
    for i in range(world.people):
        mark[ARREARS, i] = life.arrears_fen[w, i] > 0
        mark[LOANS, i] = life.loan_fen[w, i] > 0
        mark[JUDGMENTS, i] = file.judgment_fen[w, i] > 0
    for i in range(world.people):
        mark[WITHHELD_WAGES, i] = life.wage_withheld[w, i]
        mark[SUPPORTED, i] = life.supported[w, i] > 0
        mark[DISTRESSED, i] = life.distressed[w, i]
        mark[POOR, i] = life.able[w, i] == 0


@kernel
def mark_dues(world, society, w):
    """Who owes something this month, who leaves a due unpaid for want of money, who by choice.

    A due of rank r (society.due) that goes unpaid could have been paid by who covers r dues.  One
    who leaves several unpaid may be counted as both.
    """
    life, mark, able = world.life, world.scratch.mark[w], world.life.able[w]
    first, second = life.deed_rate[society.due_deed[0]], life.deed_rate[society.due_deed[1]]
    third, fourth = life.deed_rate[society.due_deed[2]], life.deed_rate[society.due_deed[3]]
    for i in range(world.people):
        mark[DUE, i] = (first[i] > 0) & ((life.bill_fen[i] > 0) | (life.rent_fen[i] > 0))
        mark[DUE, i] |= (second[i] > 0) & (life.instalment_fen[i] > 0)
    for i in range(world.people):
        mark[DUE, i] |= (second[i] > 0) & (life.loan_fen[w, i] > 0)
        mark[DUE, i] |= (third[i] > 0) & (life.fine_due[w, i] != 0)
        mark[DUE, i] |= (fourth[i] > 0) & (world.file.judgment_fen[w, i] > 0)
    fill(mark[UNABLE], 0)
    fill(mark[CHOICE], 0)
    for rank in range(1, society.due_deed.size + 1):
        unpaid, enough = life.deed_count[w, society.due_deed[rank - 1]], np.uint8(rank)
        for i in range(world.people):
            mark[UNABLE, i] |= (unpaid[i] != 0) & (able[i] < enough)
            mark[CHOICE, i] |= (unpaid[i] != 0) & (able[i] >= enough)


@kernel
def mark_answers(world, w):
    """Deals with strangers; protest, evasion, sabotage; who knows of the scheme and approves."""
    life, mark = world.life, world.scratch.mark[w]
    dealt, assured, aware = life.dealt[w], life.assured[w], life.awareness[w]
    for i in range(world.people):
        mark[OFFERED, i] = dealt[i] > NO_DEAL
        mark[MADE, i] = dealt[i] >= BROKEN
        mark[HONOURED_DEALS, i] = dealt[i] >= HONOURED
    for i in range(world.people):
        mark[ASSURED, i] = (dealt[i] >= BROKEN) & (assured[i] != 0)
        mark[ASSURED_HONOURED, i] = (dealt[i] == HONOURED) & (assured[i] != 0)
        mark[BELIEF, i] = life.belief[w, i] if dealt[i] != NO_DEAL else 0
    for i in range(world.people):
        mark[PROTEST, i] = life.protesting[w, i]
        mark[VPN, i] = life.evading[w, i]
        mark[SABOTAGE, i] = life.sabotaging[w, i]
        mark[APPROVING, i] = (life.approving[w, i] != 0) & (aware[i] > 0)
    for level in range(KNOWS_SCORE):
        below = np.uint8(level)
        for i in range(world.people):
            mark[HEARD + level, i] = aware[i] > below
