"""Score: entries that reach a file become points, points a tier; and entries are taken off again.

record_due, record_deed, rated_points, correction_points, bought_points, moved  ->  score_points,
    tier, sanctioned, record_erase, entry_held

Points of a month are added up first and held between the least and the cap after, so that the order
of entries inside a month does not matter.  An entry is taken off so many months after it came, or
after the debt that it speaks of was paid, if the scheme says so; its points come back then.  After
an amnesty every file is as it was opened; so is, where files do not follow their holders, that of
who has moved (move.py).  Where people rate people the score is the running mean
of their ratings.
"""

import numpy as np

from demerit.columns import DUES, NEVER
from demerit.kernel import fill, inline, kernel, stage

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
            (world, person), record_erase, record_now (world, record), now_total (world,)
    """
    for w in range(1, climate.worlds):
        fill(file.entry_loss[w], 0)
        fill(file.newly_sanctioned[w], 0)
        if climate.in_force[w] == 0:
            fill(file.tier[w], 0)
            fill(file.sanctioned[w], 0)
            continue
        if climate.amnesty[w]:
            forgive(file, scheme, w, month)
        else:
            give_back(file, scheme, w)
            if scheme.peer_weight > 0:
                average(file, scheme, w)
            if scheme.move_32 > 0:
                renew(file, scheme, w, month)
        choose(file, society, scheme, w, month)
        for k in range(file.now_total[w]):
            enter(file, scheme, w, month, file.record_now[w, k])
        for k in range(file.now_total[w]):
            grade(file, scheme, w, file.record_person[w, file.record_now[w, k]])
        for i in range(file.people):
            moved = given(file, w, i) != 0 or scheme.peer_weight > 0
            moved |= scheme.move_32 > 0 and file.moved[i] != 0
            if month == scheme.opens or climate.amnesty[w] or moved:
                grade(file, scheme, w, i)


@inline
def given(file, w, i):
    """Points granted on appeal, earned back or bought last month."""
    points = np.int64(file.correction_points[w, i]) + file.bought_points[w, i]
    return points + file.earned_points[w, i]


@kernel
def give_back(file, scheme, w):
    """Add what was given last month.

    Files are graded after this month's entries alone: who is lifted out of a sanction and falls
    back by an entry of the same month has not fallen anew.
    """
    for i in range(file.people):
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
        if due == month or (erase == month and due >= 0):
            file.record_now[w, acting] = r
            acting += 1
    file.now_total[w] = acting


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
