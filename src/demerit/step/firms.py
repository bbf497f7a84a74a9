"""Firms: the laboratory's clean files of firms, which grades are wrongful, and what owners bear.

firm_entry_true, firm_grade, wrongful (owners)  ->  firm_clean_points, firm_clean_grade,
    firm_clean_until, firm_wrongful, firm_low

The clean file of a firm has its true entries alone, and an owner's sanction counts in it only if
that is not wrongful itself.  The lowest grade is wrongful in a month when the clean file would not
bring it (the but-for test of step/audit.py).  Whoever owns a firm in the lowest grade is in a
lasting state, of which an agency may find and the scheme may count an entry (`firm_listed`).
"""

import numpy as np

from demerit.kernel import fill, kernel, stage
from demerit.step.grades import graded


@stage
def firms(world, society, scheme, climate, month):
    """Judge this month's grades of firms.

    Writes  firm_clean_points [points], firm_clean_grade, firm_clean_until [month], firm_wrongful
            (world, firm), firm_low (world, person)
    """
    if scheme.firms != 0:
        for w in range(1, climate.worlds):
            fill(world.life.firm_low[w], 0)
            for k in range(world.file.firm_total[0]):
                if climate.in_force[w] == 0 or world.file.firm_open[w, k] == 0:
                    world.life.firm_clean_points[w, k] = 0
                    world.life.firm_clean_grade[w, k] = 0
                    world.life.firm_clean_until[w, k] = 0
                    world.life.firm_wrongful[w, k] = 0
                else:
                    judge(world, society, scheme, month, w, k)


@kernel
def judge(world, society, scheme, month, w, k):
    """The clean file of one firm after this month, and what it says of the grade."""
    life, points, grave = world.life, np.int64(world.life.firm_clean_points[w, k]), False
    for deed in range(society.firm_deeds):
        entries = np.int64(life.firm_entry_true[w, deed, k])
        points += entries * scheme.firm_points[deed]
        grave |= entries > 0 and scheme.firm_lists[deed] != 0
    i = np.int64(world.file.firm_owner[k])
    low = world.file.sanctioned[w, i] != 0 and life.wrongful[w, i] == 0
    grade, until = np.int64(life.firm_clean_grade[w, k]), np.int64(life.firm_clean_until[w, k])
    points, grade, until = graded(scheme, month, points, grade, until, grave, low)
    lowest = world.file.firm_grade[w, k] == scheme.firm_lowest
    world.life.firm_clean_points[w, k] = points
    world.life.firm_clean_grade[w, k] = grade
    world.life.firm_clean_until[w, k] = until
    world.life.firm_wrongful[w, k] = lowest and grade != scheme.firm_lowest
    world.life.firm_low[w, i] = lowest
