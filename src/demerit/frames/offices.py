"""What is counted of officials: who holds an office, in which grade, and is disciplined."""

import numpy as np

from demerit.frames.names import LOOK_UPS, OFFICE_GRADES, after_firms, row
from demerit.frames.tally import add, listed
from demerit.kernel import kernel
from demerit.standing import office_grade

ONE = np.int64(1)
WRONGLY = 2  # as step/office.py disciplines
OFFICIALS, SETTLED = row("officials"), row("accounts_settled")
GRADE_1 = np.int64(len(LOOK_UPS))
GRADES_LOWEST = GRADE_1 + OFFICE_GRADES.index("officials_lowest")
PASSED_OVER = GRADE_1 + OFFICE_GRADES.index("officials_passed_over")
DISCIPLINED, DISCIPLINED_WRONGLY = row("disciplined"), row("disciplined_wrongly")


@kernel
def count_offices(world, scheme, force, worlds, out):
    """Officials of the month: those who lost their office in it, not yet who has it next.

    Who lost it is in the lowest grade.
    """
    if not scheme.officials:
        return
    life, group = world.life, world.life.group
    for w in range(worlds):
        for desk in range(life.desk_total[w] if listed(force, w) else 0):
            lost = np.int64(life.desk_gone[w, desk])
            holder = lost if lost else np.int64(life.desk_person[w, desk])
            if holder:
                add(out[w, OFFICIALS], group, holder - 1, ONE)
                if life.desk_target[w, desk]:
                    add(out[w, SETTLED], group, holder - 1, ONE)
                if life.desk_disciplined[w, desk]:
                    add(out[w, DISCIPLINED], group, holder - 1, ONE)
                if life.desk_disciplined[w, desk] == WRONGLY:
                    add(out[w, DISCIPLINED_WRONGLY], group, holder - 1, ONE)
                if scheme.office_grades:
                    count_grade(world, scheme, w, desk, holder - 1, lost > 0, out[w])


@kernel
def count_grade(world, scheme, w, desk, i, lost, out):
    """The grade of one official, and the doors that it has cost this month."""
    first, group = after_firms(world), world.life.group
    lowest = scheme.office_grades - 1
    grade = office_grade(scheme, np.int64(world.life.desk_points[w, desk]))
    if lost:
        grade = lowest
    add(out[first + GRADE_1 + grade], group, i, ONE)
    add(out[first + GRADES_LOWEST], group, i, np.int64(grade == lowest))
    add(out[first + PASSED_OVER], group, i, np.int64(world.life.desk_passed[w, desk]))
