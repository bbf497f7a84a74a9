"""Score: entries that reach a file become points, points a tier; and entries are taken off again.

record_due, record_deed, rated_points, correction_points, bought_points, moved  ->  score_points,
    tier, sanctioned, record_erase, record_over, entry_held, trace_bits, past_bits, outcome_came,
    given_points, regraded

Points of a month are added up first and held between the least and the cap after, so that the order
of entries inside a month does not matter.  An entry is taken off so many months after it came, or
after the debt that it speaks of was paid, if the scheme says so; its points come back then.  Where
a scheme's clerks are said to overlook some, one that is due to go stands on until a month in which
it is not overlooked.  After an amnesty every file is as it was opened; so is, where files do not
follow their holders, that of who has moved (move.py).  Where people rate people the score is the
running mean of their ratings.
A learned score is made anew each month: the start, the weights of the traces that stand on the file
(learned.py), and what was given.
"""

import numpy as np

from demerit import draws
from demerit.columns import DUES, NEVER
from demerit.kernel import fill, inline, kernel, stage
from demerit.learned import bit, costly, stands, worth

WAITING = NEVER - 1  # the month of erasure of an entry that stands until its debt is paid
JUDGMENT_RANK = DUES.index("judgment_unpaid") + 1


@kernel
def held(points, cap, least=0):
    """Points kept between the least that there can be and the cap.

    >>> held(1080, 1000), held(-30, 1000), held(930, 1000), held(300, 950, 350)
    (1000, 0, 930, 350)
    """
    return max(least, min(cap, points))


@kernel
def tier_of(points, floor):
    """The first tier whose floor the points reach; floors fall, the last is nought [index].

    >>> tier_of(849, np.array([970, 850, 600, 0]))
    2
    """
    for tier in range(floor.size - 1):
        if points >= floor[tier]:
            return tier
    return floor.size - 1


@stage
def score(file, society, scheme, climate, month):
    """Change scores by this month's entries, erasures and corrections, and grade anew.

    Writes  score_points, entry_loss, entry_held, tier, sanctioned, newly_sanctioned
            (world, person), record_erase, record_over, record_now (world, record), now_total
            (world,); of a learned score trace_bits, past_bits, outcome_came, given_points, regraded
    """
    for w in range(1, climate.worlds):
        fill(file.entry_loss[w], 0)
        fill(file.newly_sanctioned[w], 0)
        if climate.in_force[w] == 0:
            fill(file.tier[w], 0)
            fill(file.sanctioned[w], 0)
            continue
        bring_up(file, scheme, climate, w, month)
        choose(file, society, scheme, w, month)
        for k in range(file.now_total[w]):
            enter(file, scheme, w, month, file.record_now[w, k])
        if scheme.learns:
            weigh(file, scheme, climate, w, month)
        for k in range(file.now_total[w]):
            grade(file, scheme, w, file.record_person[w, file.record_now[w, k]])
        anew = month == scheme.opens or climate.amnesty[w] != 0
        anew |= scheme.peer_weight > 0 or scheme.learns != 0 or scheme.move_32 > 0
        for pair in range((file.people + 1) >> 1):
            if anew or gives(file, w, pair):
                for i in range(2 * pair, min(file.people, 2 * pair + 2)):
                    moved = given(file, w, i) != 0 or scheme.peer_weight > 0 or scheme.learns
                    moved |= scheme.move_32 > 0 and file.moved[i] != 0
                    if month == scheme.opens or climate.amnesty[w] or moved:
                        grade(file, scheme, w, i)


@kernel
def bring_up(file, scheme, climate, w, month):
    """What is done to files before this month's entries: given back, averaged, opened anew."""
    if scheme.learns:
        begin_year(file, scheme, climate, w, month)
    if climate.amnesty[w]:
        forgive(file, scheme, w, month)
    elif scheme.learns:
        keep_given(file, scheme, w)
    else:
        give_back(file, scheme, w)
        if scheme.peer_weight > 0:
            average(file, scheme, w)
        if scheme.move_32 > 0:
            renew(file, scheme, w, month)


@inline
def given(file, w, i):
    """Points granted on appeal, earned back or bought last month."""
    points = np.int64(file.correction_points[w, i]) + file.bought_points[w, i]
    return points + file.earned_points[w, i]


@inline
def gives(file, w, pair):
    """Was anything given last month to one of two people side by side?"""
    some = file.correction_points[w].view(np.uint64)[pair]
    some |= file.bought_points[w].view(np.uint64)[pair]
    return (some | file.earned_points[w].view(np.uint64)[pair]) != 0


@kernel
def give_back(file, scheme, w):
    """Add what was given last month.

    Files are graded after this month's entries alone: who is lifted out of a sanction and falls
    back by an entry of the same month has not fallen anew.
    """
    for pair in range((file.people + 1) >> 1):
        if gives(file, w, pair):
            for i in range(2 * pair, min(file.people, 2 * pair + 2)):
                points = given(file, w, i)
                if points != 0:
                    score = np.int64(file.score_points[w, i]) + points
                    file.score_points[w, i] = held(score, scheme.cap, scheme.least)


@inline
def mean_with(score, count, points, weight):
    """A score that so many ratings stand behind, with `count` more of this sum [points].

    >>> mean_with(400, 2, 1000, 8)
    420
    """
    return (score * weight + points + (weight + count) // 2) // (weight + count)


@kernel
def average(file, scheme, w):
    """The running mean with this month's ratings; a fall is what a person is told of."""
    for i in range(file.people):
        count = np.int64(file.rated_count[w, i])
        if count > 0:
            before = np.int64(file.score_points[w, i])
            points = np.int64(file.rated_points[w, i])
            after = mean_with(before, count, points, scheme.peer_weight)
            file.score_points[w, i] = after
            file.entry_loss[w, i] = after < before


@kernel
def forgive(file, scheme, w, month):
    """An amnesty: every file as it was opened, and what has arrived is forgotten."""
    for i in range(file.people):
        file.score_points[w, i] = scheme.start
        file.entry_held[w, i] = 0
    if scheme.learns:
        fill(file.past_bits[w], np.uint64(0))
        fill(file.outcome_came[w], 0)
        fill(file.given_points[w], 0)
    for r in range(file.record_total[w]):
        if file.record_due[w, r] < month:
            file.record_erase[w, r] = NEVER


@kernel
def renew(file, scheme, w, month):
    """Who has come from elsewhere has a new file: nothing that had arrived is on it."""
    for i in range(file.people):
        if file.moved[i]:
            file.score_points[w, i] = scheme.start
            file.entry_held[w, i] = 0
    for r in range(file.record_total[w]):
        if file.record_due[w, r] < month and file.moved[file.record_person[w, r]]:
            file.record_erase[w, r] = NEVER


@kernel
def choose(file, society, scheme, w, month):
    """List the records that act this month, and say of each entry when it goes."""
    acting = 0
    for r in range(file.record_total[w]):
        due, erase = np.int64(file.record_due[w, r]), np.int64(file.record_erase[w, r])
        if due == month:
            erase = NEVER
            if scheme.erase_months < NEVER:
                erase = month + scheme.erase_months
            elif scheme.paid_months < NEVER and of_judgment(file, society, w, r):
                erase = WAITING
            file.record_erase[w, r] = erase
        elif (
            scheme.paid_months < NEVER and erase < NEVER and 0 <= due < month
            and of_judgment(file, society, w, r) and is_paid(file, w, r)
        ):  # fmt: skip
            erase = min(erase, month + scheme.paid_months)
            file.record_erase[w, r] = erase
        goes = erase == month and 0 <= due < month
        over = goes and overlooked(file, scheme, w, month, r)
        if over:
            file.record_erase[w, r] = month + 1
            file.record_over[w, r] = min(month, file.record_over[w, r])
        # One that is overlooked again does nothing new.
        if due == month or (goes and not over) or (over and file.record_over[w, r] == month):
            file.record_now[w, acting] = r
            acting += 1
    file.now_total[w] = acting


@kernel
def overlooked(file, scheme, w, month, r):
    """Is an entry that is due to go this month left where it is?"""
    if scheme.missed_32 == 0 or not scheme.erring[w]:
        return False
    serial, deed = draws.U(file.record_serial[w, r]), np.int64(file.record_deed[w, r])
    word = draws.four(file.seed, serial, month, file.replicate, draws.LAPSE, deed)[0]
    return np.int64(word) < scheme.missed_32


@inline
def of_judgment(file, society, w, r):
    """Is this record about a judgment that was not performed?"""
    return society.due[file.record_deed[w, r]] == JUDGMENT_RANK


@inline
def is_paid(file, w, r):
    """Has the debtor whom the record names performed it by now?"""
    return file.judgment_fen[w, file.record_person[w, r]] == 0


@kernel
def enter(file, scheme, w, month, r):
    """Add one record's points in the month in which it arrives; give them back when it goes."""
    i, points = file.record_person[w, r], scheme.points[file.record_deed[w, r]]
    if file.record_over[w, r] == month:
        return
    sign = 1 if file.record_due[w, r] == month else -1
    costs = np.int64(points < 0)
    file.entry_change[w, i] += sign * points
    if sign > 0:
        file.entry_loss[w, i] = min(255, np.int64(file.entry_loss[w, i]) + costs)
    file.entry_held[w, i] = max(0, min(255, np.int64(file.entry_held[w, i]) + sign * costs))


@kernel
def grade(file, scheme, w, i):
    """Add the month's change to one file and put the person in a tier."""
    if not file.scored[i]:
        return
    points = np.int64(file.score_points[w, i]) + file.entry_change[w, i]
    points = held(points, scheme.cap, scheme.least)
    file.entry_change[w, i] = 0
    file.score_points[w, i] = points
    file.tier[w, i] = tier_of(points, scheme.floor)
    below = points < scheme.edge
    file.newly_sanctioned[w, i] |= below and not file.sanctioned[w, i]
    file.sanctioned[w, i] = below


# ---- learned scores


@inline
def learned_score(file, scheme, climate, w, i):
    """What this month's weights make of the traces that stand on a file [points]."""
    traces = worth(file.trace_bits[w, i], climate.weights[w])
    points = scheme.start + traces + file.given_points[w, i]
    return held(points, scheme.cap, scheme.least)


@kernel
def begin_year(file, scheme, climate, w, month):
    """After a fit: whom its weights alone put in another tier; and the files as they stand are what
    the next fit learns from, by what comes after.  The first year begins after the first month."""
    fill(file.regraded[w], 0)
    if month < 1 or scheme.every_months == 0 or (month - 1) % scheme.every_months != 0:
        return
    for i in range(file.people):
        file.past_bits[w, i] = file.trace_bits[w, i]
        file.outcome_came[w, i] = 0
        if file.scored[i]:
            points = learned_score(file, scheme, climate, w, i)
            file.regraded[w, i] = tier_of(points, scheme.floor) != file.tier[w, i]


@kernel
def keep_given(file, scheme, w):
    """What was given is kept apart, for the score is made anew: at most what lies between the least
    and the cap."""
    for i in range(file.people):
        points = np.int64(file.given_points[w, i]) + given(file, w, i)
        file.given_points[w, i] = min(scheme.cap - scheme.least, points)


@kernel
def weigh(file, scheme, climate, w, month):
    """Which traces stand on each file, and the score that they come to; and whether the outcome
    came.  An entry beside another of its kind leaves no new trace: it costs nothing."""
    weights, traces = climate.weights[w], np.zeros(file.people, np.uint64)
    for r in range(file.record_total[w]):
        due = np.int64(file.record_due[w, r])
        if stands(due, np.int64(file.record_erase[w, r]), month):
            i, deed = file.record_person[w, r], np.int64(file.record_deed[w, r])
            traces[i] |= bit(deed)
            file.outcome_came[w, i] |= due == month and deed == scheme.outcome
    for i in range(file.people):
        new = traces[i] & ~file.trace_bits[w, i]
        file.entry_loss[w, i] = costly(new, weights)
        file.entry_held[w, i] = costly(traces[i], weights)
        file.trace_bits[w, i] = traces[i]
        file.score_points[w, i] = learned_score(file, scheme, climate, w, i)
