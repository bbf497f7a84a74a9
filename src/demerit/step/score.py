"""Score: entries that reach a file this month become points, points a tier.

record_due, record_deed, correction_points  ->  score_points, tier, sanctioned

Points of a month are added up first and held between nought and the cap after, so that the order
of entries inside a month does not matter.
"""

import numpy as np

from demerit.kernel import fill, kernel


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
    """Change scores by this month's entries and corrections, and grade anew.

    Writes  score_points, entry_loss, tier, sanctioned, newly_sanctioned (world, person)
    """
    for w in range(1, climate.worlds):
        fill(file.entry_loss[w], 0)
        fill(file.newly_sanctioned[w], 0)
        if climate.in_force[w] == 0:
            fill(file.tier[w], 0)
            fill(file.sanctioned[w], 0)
            continue
        for i in range(file.people):
            back = file.correction_points[w, i]
            if back != 0:
                file.entry_change[w, i] += back
                grade(file, scheme, w, i)
        for r in range(file.record_total[w]):
            if file.record_due[w, r] == month:
                i = file.record_person[w, r]
                points = scheme.points[file.record_deed[w, r]]
                file.entry_change[w, i] += points
                file.entry_loss[w, i] += points < 0
        for r in range(file.record_total[w]):
            if file.record_due[w, r] == month:
                grade(file, scheme, w, file.record_person[w, r])
        if month == 0:
            for i in range(file.people):
                grade(file, scheme, w, i)


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
