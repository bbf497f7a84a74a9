"""What is counted of officials: who holds an office, settles an account, is disciplined."""

import numpy as np

from demerit.frames.names import row
from demerit.frames.tally import add, listed
from demerit.kernel import kernel

ONE = np.int64(1)
WRONGLY = 2  # as step/office.py disciplines
OFFICIALS, SETTLED = row("officials"), row("accounts_settled")
DISCIPLINED, DISCIPLINED_WRONGLY = row("disciplined"), row("disciplined_wrongly")


@kernel
def count_offices(world, scheme, force, worlds, out):
    """Officials of the month: those who lost their office in it, not yet who has it next."""
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
