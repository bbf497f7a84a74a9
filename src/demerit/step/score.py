"""Score: entries that reach a file become points, points a tier; and entries are taken off again.

record_due, record_deed, correction_points, bought_points  ->  score_points, tier, sanctioned,
    record_erase, entry_held

Points of a month are added up first and held between nought and the cap after, so that the order
of entries inside a month does not matter.  An entry is taken off so many months after it came, or
after the debt that it speaks of was paid, if the scheme says so; its points come back then.  After
an amnesty every file is as it was opened.
"""

import numpy as np

from demerit.columns import DUES, NEVER
from demerit.kernel import fill, kernel

WAITING = NEVER - 1  # the month of erasure of an entry that stands until its debt is paid
JUDGMENT_RANK = DUES.index("judgment_unpaid") + 1


@kernel
def held(points, cap):
    """Points kept between nought and the cap.

    >>> held(1080, 1000), held(-30, 1000), held(930, 1000)
    (1000, 0, 930)
    """
    return max(0, min(cap, points))


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


@kernel
def score(file, society, scheme, climate, month):
    """Change scores by this month's entries, erasures and corrections, and grade anew.

    Writes  score_points, entry_loss, entry_held, tier, sanctioned, newly_sanctioned
            (world, person), record_erase (world, record)
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
        for i in range(file.people):
            back = file.correction_points[w, i] + file.bought_points[w, i]
            back += file.earned_points[w, i]
            if back != 0:
                file.entry_change[w, i] += back
                grade(file, scheme, w, i)
        for r in range(file.record_total[w]):
            enter(file, society, scheme, w, month, r)
        for r in range(file.record_total[w]):
            if file.record_due[w, r] == month or file.record_erase[w, r] == month:
                grade(file, scheme, w, file.record_person[w, r])
        if month == 0 or climate.amnesty[w]:
            for i in range(file.people):
                grade(file, scheme, w, i)


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
def enter(file, society, scheme, w, month, r):
    """Add one record's points in the month in which it arrives; give them back when it goes."""
    i, deed = file.record_person[w, r], file.record_deed[w, r]
    points = scheme.points[deed]
    if file.record_due[w, r] == month:
        file.entry_change[w, i] += points
        file.entry_loss[w, i] = min(255, np.int64(file.entry_loss[w, i]) + (points < 0))
        file.entry_held[w, i] = min(255, np.int64(file.entry_held[w, i]) + (points < 0))
        of_judgment = society.due[deed] == JUDGMENT_RANK
        if scheme.erase_months < NEVER:
            file.record_erase[w, r] = month + scheme.erase_months
        elif of_judgment and scheme.paid_months < NEVER:
            file.record_erase[w, r] = WAITING
    elif file.record_due[w, r] >= 0 and file.record_due[w, r] < month:
        erase = np.int64(file.record_erase[w, r])
        if erase < NEVER and society.due[deed] == JUDGMENT_RANK:
            if scheme.paid_months < NEVER and file.judgment_fen[w, i] == 0:
                erase = min(erase, month + scheme.paid_months)
                file.record_erase[w, r] = erase
        if erase == month:
            file.entry_change[w, i] -= points
            file.entry_held[w, i] = max(0, np.int64(file.entry_held[w, i]) - (points < 0))


@kernel
def grade(file, scheme, w, i):
    """Add the month's change to one file and put the person in a tier."""
    if not file.scored[i]:
        return
    points = held(np.int64(file.score_points[w, i]) + file.entry_change[w, i], scheme.cap)
    file.entry_change[w, i] = 0
    file.score_points[w, i] = points
    file.tier[w, i] = tier_of(points, scheme.floor)
    below = points < scheme.edge
    file.newly_sanctioned[w, i] |= below and not file.sanctioned[w, i]
    file.sanctioned[w, i] = below
