"""Inquire: others look people up, and hold against them what they see.

sanctioned, tier, granted, employed, awareness  ->  looked_up, look_up_cost, ties_cut

Where a scheme names people in public, or opens its database to everybody, not only its own doors
answer to a standing.  Employers look up whom they are about to hire and, now and then, whom they
employ; a match, a close tie, a lender and a landlord look too.  Who sees a sanction may hire
somebody else, dismiss, decline, break off, or ask for more: none of it does a tier order.  A mark
seen halves an applicant's chances (Pager 2003); employers look at credit files, and where they may
not they turn to other signals (Ballance, Clifford and Shoag 2020).  Ties are afraid of what it says
of themselves (Goffman 1963).

Nobody looks twice at what a door has decided: employers, matches and lenders look at those alone
who were let in.  Strangers who look before a deal are told of in step/deal.py, and are no part of
this.  Who looks sees the central file and nothing else; whether it is wrong the counting asks.

Sources: D. Pager, "The mark of a criminal record", American J. Sociology 108(5), 2003; J. Ballance,
R. Clifford, D. Shoag, "'No more credit score'", Labour Economics 63, 2020 (both from memory).
Left out: who was looked up does not learn by whom, nor that it was false; two lookers who talk.
"""

import numpy as np

from demerit import draws, network
from demerit.columns import (
    CARD,
    DATING,
    EMPLOYEE,
    HEARD,
    HIRE,
    JOB,
    LANDLORD,
    LENDER,
    LOAN,
    MATCH,
    TIE,
)  # fmt: skip
from demerit.kernel import fill, inline, kernel, stage
from demerit.standing import marked

ADULT = 18  # years
SELF_EMPLOYED = 2  # row of society.people.STATUS
# Indices of the draws: what can happen to anybody; who looks at who was let in; what is made of it.
CHANCE, LET_IN, MADE_OF_IT = map(np.int64, range(3))


@stage
def inquire(world, society, scheme, climate, month):
    """Look people up, where there is anything to see.

    Writes  looked_up, look_up_cost [bits of OCCASIONS], ties_cut [a bit a tie] (world, person)
    """
    if scheme.looked_at:
        draws.rows(
            world.scratch.u, world.seed, world.first, month, world.replicate,
            draws.LOOK_UP, CHANCE,
        )  # fmt: skip
        for w in range(1, climate.worlds):
            fill(world.life.looked_up[w], 0)
            fill(world.life.look_up_cost[w], 0)
            if climate.in_force[w]:
                forgive(world, scheme, w)
                expect(world, society, w)
                eight = world.scratch.flag.view(np.uint64)
                for j in range(eight.size):
                    if eight[j]:
                        for i in range(8 * j, 8 * j + 8):
                            if world.scratch.flag[i]:
                                visit(world, society, scheme, month, w, i)
            else:
                fill(world.life.ties_cut[w], np.uint64(0))


@kernel
def forgive(world, scheme, w):
    """Ties who broke off are back once there is nothing to see."""
    cut = world.life.ties_cut[w]
    for i in range(world.people):
        if cut[i] and not marked(scheme, world.file, w, i):
            world.life.ties_cut[w, i] = 0


@inline
def has_employer(life, w, i):
    """Works for somebody else [yes/no]."""
    return (life.employed[w, i] != 0) & (life.status[i] != SELF_EMPLOYED)


@kernel
def expect(world, society, w):
    """Whom somebody may look up this month, to the scratch row `flag`."""
    file, life, u, flag = world.file, world.life, world.scratch.u, world.scratch.flag
    jobs, dates = file.granted[w, JOB], file.granted[w, DATING]
    loans, cards = file.granted[w, LOAN], file.granted[w, CARD]
    for i in range(flag.size):
        looks = np.int64(u[0, i]) < society.tie_looks_32
        looks |= has_employer(life, w, i) & (np.int64(u[1, i]) < society.employer_looks_32)
        looks |= (life.rent_fen[i] > 0) & (np.int64(u[2, i]) < society.landlord_looks_32)
        looks |= (jobs[i] | dates[i] | loans[i] | cards[i]) != 0
        flag[i] = looks & (file.scored[i] != 0) & (life.age_years[i] >= ADULT)


@kernel
def visit(world, society, scheme, month, w, i):
    """Who looks one person up this month, and what they make of it."""
    file, life, u = world.file, world.life, world.scratch.u
    person, looked, tie = world.first + draws.U(i), np.int64(0), np.int64(-1)
    if np.int64(u[0, i]) < society.tie_looks_32:
        tie = neighbour(world, society, w, i)
        looked |= TIE * np.int64(tie >= 0)
    if has_employer(life, w, i) and np.int64(u[1, i]) < society.employer_looks_32:
        looked |= EMPLOYEE
    if life.rent_fen[i] > 0 and np.int64(u[2, i]) < society.landlord_looks_32:
        looked |= LANDLORD
    borrows = file.granted[w, LOAN, i] | file.granted[w, CARD, i]
    if file.granted[w, JOB, i] or file.granted[w, DATING, i] or borrows:
        words = draws.four(
            world.seed, person, month, world.replicate, draws.LOOK_UP, LET_IN
        )  # fmt: skip
        if file.granted[w, JOB, i] and np.int64(words[0]) < society.hirer_looks_32:
            looked |= HIRE
        if file.granted[w, DATING, i] and np.int64(words[1]) < society.match_looks_32:
            looked |= MATCH
        if borrows and np.int64(words[2]) < society.lender_looks_32:
            looked |= LENDER
    world.life.looked_up[w, i] = looked
    if looked and marked(scheme, file, w, i):
        words = draws.four(
            world.seed, person, month, world.replicate, draws.LOOK_UP, MADE_OF_IT
        )  # fmt: skip
        cost = held_against(society, looked, words)
        world.life.look_up_cost[w, i] = cost
        if cost & TIE:
            world.life.ties_cut[w, i] |= np.uint64(1) << np.uint64(tie)


@kernel
def neighbour(world, society, w, i):
    """Which close tie looks [place in the tie list; -1: none, who can and does not know already].

    A grown-up who has heard of the scheme, and has not broken off before.
    """
    near = world.scratch.near
    found = network.ties(
        world.seed, world.first, world.people, i, society.degree, society.rewired_32, near
    )
    if found == 0:
        return np.int64(-1)
    which = draws.among(world.scratch.u[3, i], np.int64(found))
    tie, knows = near[which], world.life.ties_cut[w, i] >> np.uint64(which) & np.uint64(1)
    hears = world.life.awareness[w, tie] >= HEARD and world.life.age_years[tie] >= ADULT
    return which if hears and knows == 0 else np.int64(-1)


@kernel
def held_against(society, looked, words):
    """On which of these occasions a sanction that was seen is held against a person [bits].

    Who lends or lets asks for more of whoever has a mark; the others do so by chance.
    """
    cost = looked & (LENDER | LANDLORD)
    if np.int64(words[0]) < society.not_hired_32:
        cost |= looked & HIRE
    if np.int64(words[1]) < society.dismissed_32:
        cost |= looked & EMPLOYEE
    if np.int64(words[2]) < society.declined_32:
        cost |= looked & MATCH
    if np.int64(words[3]) < society.shunned_32:
        cost |= looked & TIE
    return cost
