"""Standing: what others make of somebody's standing, as several stages and the counting share it.

A person is marked to others where they can see a sanction: on a public list, or in a database that
is open to everybody.  An official is graded by the points of the office.
"""

import numpy as np

from demerit.kernel import inline


@inline
def marked(scheme, file, w, i):
    """Can whoever looks this person up see a sanction? [yes/no]"""
    shown = scheme.visible != 0 and file.sanctioned[w, i] != 0
    return file.scored[i] != 0 and (shown or scheme.posted[file.tier[w, i]] != 0)


@inline
def office_grade(scheme, points):
    """The grade of an official with so many points [row, best first]."""
    grade = np.int64(0)
    while grade < scheme.office_grades - 1 and points < scheme.office_grade_floor[grade]:
        grade += 1
    return grade
