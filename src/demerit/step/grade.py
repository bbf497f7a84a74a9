"""Grade: what the scheme makes of its files on firms.

firm_entry, firm_open, firm_asked, sanctioned (owners)  ->  firm_points, firm_grade, firm_until,
    firm_granted, firm_refused

Points of entries are added up over a rating period and make a grade at its end; then they begin
anew.  An owner under sanction costs the firm points then.  For some deeds one entry brings the
blacklist and the lowest grade at once (joint punishment by memorandum: what one agency finds, all
doors answer).  A firm that has failed, or that the scheme no longer covers, has no file.

Doors: who asks is let in at the door's chance under ordinary law times the access of the grade.
Visits are such a door too: nobody asks for them.

This stage is handed the authority's file alone.

Source: State Taxation Administration, "Measures for the administration of tax credit",
announcement 40 of 2014 (from memory): yearly grades A to D by points, D at once for grave cases.
"""

import numpy as np

from demerit.columns import INSPECTION
from demerit.kernel import inline, kernel, stage

ALL = 4  # access as for everyone, in quarters
CERTAIN = np.int64(1) << 32


@stage
def grade(file, society, scheme, climate, month):
    """Enter, grade and list; open or shut the doors.

    Writes  firm_points [points], firm_grade, firm_until [month] (world, firm), firm_granted,
            firm_refused (world, firm door, firm)
    """
    if scheme.firms != 0:
        for w in range(climate.worlds):
            for k in range(file.firm_total[0]):
                if climate.in_force[w] == 0 or file.firm_open[w, k] == 0:
                    file.firm_points[w, k] = 0
                    file.firm_grade[w, k] = 0
                    file.firm_until[w, k] = 0
                else:
                    enter(file, society, scheme, month, w, k)
                for door in range(society.firm_doors):
                    answer(file, society, scheme, w, k, door)


@kernel
def enter(file, society, scheme, month, w, k):
    """This month's entries of one firm, and its grade after them."""
    points, grave = np.int64(file.firm_points[w, k]), False
    for deed in range(society.firm_deeds):
        entries = np.int64(file.firm_entry[w, deed, k])
        points += entries * scheme.firm_points[deed]
        grave |= entries > 0 and scheme.firm_lists[deed] != 0
    grade, until = np.int64(file.firm_grade[w, k]), np.int64(file.firm_until[w, k])
    low = file.sanctioned[w, file.firm_owner[k]] != 0
    points, grade, until = graded(scheme, month, points, grade, until, grave, low)
    file.firm_points[w, k] = points
    file.firm_grade[w, k] = grade
    file.firm_until[w, k] = until


@inline
def is_due(scheme, month):
    """Are all firms rated this month?"""
    lived = month - scheme.opens
    return lived > 0 and lived % scheme.firm_rating_months == 0


@kernel
def graded(scheme, month, points, grade, until, grave, low):
    """Points, grade and end of the listing after a month [points, index, month].

    `grave`: an entry that lists at once; `low`: the owner is under sanction.
    """
    if grave:
        until, grade = np.int64(month) + scheme.firm_list_months, scheme.firm_lowest
    if is_due(scheme, month):
        total = scheme.firm_start + points - scheme.firm_owner_points * np.int64(low)
        grade = np.int64(1)
        while grade < scheme.firm_lowest and total < scheme.firm_floor[grade - 1]:
            grade += 1
        if month < until:
            grade = scheme.firm_lowest
        points = np.int64(0)
    return points, grade, until


@kernel
def answer(file, society, scheme, w, k, door):
    """One firm at one door.  Turned away because of the grade is who another grade let in."""
    word, likely = np.int64(file.firm_word[door, k]), society.firm_open_32[door]
    wide = scheme.firm_access[file.firm_grade[w, k], door]
    asks = file.firm_asked[w, door, k] != 0
    enters = word < min(CERTAIN, likely * wide >> 2)
    shut = wide == 0 or (word < likely and not enters)
    file.firm_granted[w, door, k] = asks and enters
    file.firm_refused[w, door, k] = asks and shut and wide < ALL and door != INSPECTION
