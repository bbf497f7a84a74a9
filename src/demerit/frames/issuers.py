"""What is marked and counted of private scores: accounts, doors they shut, how far they agree.

Two scores of one person agree where both lie in the upper half of their customers in the block, or
both in the lower: above the median, the lowest number that half of them do not pass.  The state's
score is halved alike, among those whom it scores.
"""

import numpy as np

from demerit.columns import ABOVE, BELOW, ISSUERS_MAX, PLAIN_MAX
from demerit.frames.names import (
    ABOVE_LINE,
    ACCOUNTS,
    ALIKE,
    BELOW_LINE,
    BY_DEED,
    BY_DOOR,
    FIRST,
    HIGH,
    LOWERED,
    STATE_HIGH,
    TWOFOLD,
    row,
)  # fmt: skip
from demerit.frames.tally import listed, tally_rows
from demerit.kernel import fill, inline, kernel, ones

CUSTOMERS, REFUSED = row("customers"), row("private_refused")
WRONGLY, PAIRS = row("private_refused_wrongly"), row("private_pairs")
SAME, FIRST_HIGH, SECOND_HIGH = PAIRS + 1, PAIRS + 2, PAIRS + 3
SPARE = PLAIN_MAX - 1  # a mark that belongs to no counter
STATE = 7  # the bit of the state's half; the bits before are the issuers'
CELLS = 2048  # of a histogram, in the scratch row `fen`


@inline
def issuer_row(world, what, k):
    """Row of the counter axis: a count of the accounts of an issuer."""
    by_door = FIRST + len(BY_DEED) * world.deeds + len(BY_DOOR) * world.doors
    return by_door + what * ISSUERS_MAX + k


@kernel
def middle(histogram, points, who, bits):
    """The cell of the median of points >> bits, of those who count."""
    fill(histogram, 0)
    for i in range(points.size):
        histogram[points[i] >> bits] += who[i]
    total, below, cell = np.int64(0), np.int64(0), np.int64(0)
    for k in range(histogram.size):
        total += histogram[k]
    while cell < histogram.size - 1 and 2 * (below + histogram[cell]) < total:
        below += histogram[cell]
        cell += 1
    return cell


@kernel
def halves(world, scheme, w):
    """Who is in the upper half of whose scores, to the scratch row `u` of this world: a bit an
    issuer, and one for the state."""
    file, upper, histogram = world.file, world.scratch.u[w], world.scratch.fen
    fill(upper, 0)
    for k in range(scheme.issuers):
        points, customer = file.private_16[w, k], file.customer[k]
        line, bit = middle(histogram, points, customer, np.int64(4)), np.uint32(1 << k)
        for i in range(upper.size):
            upper[i] |= bit * np.uint32((customer[i] != 0) & ((points[i] >> 4) > line))
    bits = np.int64(0)
    while scheme.cap >> bits >= CELLS:
        bits += 1
    state, scored = file.score_points[w], file.scored
    line, bit = middle(histogram, state, scored, bits), np.uint32(1 << STATE)
    for i in range(upper.size):
        upper[i] |= bit * np.uint32((scored[i] != 0) & ((state[i] >> bits) > line))


@kernel
def mark_private(world, scheme, w):
    """Customers, doors that a private score alone shut, and pairs of scores of one person."""
    file, life, mark = world.file, world.life, world.scratch.mark[w]
    halves(world, scheme, w)
    for counter in (CUSTOMERS, PAIRS, SAME, FIRST_HIGH, SECOND_HIGH):
        fill(mark[counter], 0)
    for i in range(world.people):
        mark[REFUSED, i] = ones(np.uint64(life.shut[w, i]))
        mark[WRONGLY, i] = ones(np.uint64(life.shut_wrongly[w, i]))
    for k in range(scheme.issuers):
        for i in range(world.people):
            mark[CUSTOMERS, i] |= file.customer[k, i]
        for other in range(k + 1, scheme.issuers):
            mark_pair(world, w, k, other)


@kernel
def mark_pair(world, w, k, other):
    """Two scores of those who have both; the scratch row `u` says who is in the upper half."""
    mark, upper = world.scratch.mark[w], world.scratch.u[w]
    one, two = world.file.customer[k], world.file.customer[other]
    first, second = np.uint32(k), np.uint32(other)
    for i in range(world.people):
        both = one[i] & two[i]
        high = np.uint8((upper[i] >> first) & np.uint32(1))
        too = np.uint8((upper[i] >> second) & np.uint32(1))
        mark[PAIRS, i] += both
        mark[SAME, i] += both & np.uint8(high == too)
        mark[FIRST_HIGH, i] += both & high
        mark[SECOND_HIGH, i] += both & too


@kernel
def mark_account(world, w, k, what):
    """One counter of what one issuer's accounts are to partners, in the spare mark."""
    mark, customer = world.scratch.mark[w, SPARE], world.file.customer[k]
    standing, clean = world.file.standing[w, k], world.life.clean_standing[w, k]
    high, low = np.uint8(ABOVE), np.uint8(BELOW)
    for i in range(world.people):
        mark[i] = standing[i] == high
    if what == ACCOUNTS:
        for i in range(world.people):
            mark[i] = customer[i]
    elif what == BELOW_LINE:
        for i in range(world.people):
            mark[i] = standing[i] == low
    elif what == LOWERED:
        for i in range(world.people):
            mark[i] = standing[i] < clean[i]


@kernel
def mark_agreement(world, w, k, what):
    """One counter of the accounts of those whom the state scores too, in the spare mark."""
    mark, customer, scored = world.scratch.mark[w, SPARE], world.file.customer[k], world.file.scored
    own, one, state = world.scratch.u[w], np.uint32(1), np.uint32(STATE)
    bit = state if what == STATE_HIGH else np.uint32(k)
    for i in range(world.people):
        mark[i] = customer[i] & scored[i]
    if what == ALIKE:
        for i in range(world.people):
            mark[i] &= np.uint8((((own[i] >> bit) ^ (own[i] >> state)) & one) == 0)
    elif what != TWOFOLD:
        for i in range(world.people):
            mark[i] &= np.uint8((own[i] >> bit) & one)


@kernel
def count_issuers(world, scheme, force, worlds, out):
    """The accounts of each issuer; agreement with the state's score, worked out again by world."""
    marks = world.scratch.mark.view(np.uint64)
    for k in range(scheme.issuers):
        for what in (ACCOUNTS, ABOVE_LINE, BELOW_LINE, LOWERED, TWOFOLD, ALIKE, HIGH, STATE_HIGH):
            for w in range(1, worlds):
                if listed(force, w) and what < TWOFOLD:
                    mark_account(world, w, k, what)
                elif listed(force, w):
                    mark_agreement(world, w, k, what)
            counter = issuer_row(world, what, k)
            tally_rows(marks, SPARE, force, world, worlds, out, counter)
