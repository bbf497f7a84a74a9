"""Move: some people have come from elsewhere, where their file has not followed them.

scored  ->  moved

Where a score does not move with its holder, who comes from a place with other rules has a new file.
People stay in their block in this model: the one who has come takes the seat, the household and the
habits of the one who has left (the same people on average: no figure says how they differ), and the
file begins anew.  Nothing is drawn where files follow their holders.
"""

import numpy as np

from demerit import draws
from demerit.kernel import stage


@stage
def move(world, society, scheme, climate, month):
    """Say who has come from elsewhere this month.

    Writes  moved (person,)
    """
    if scheme.move_32 > 0:
        draws.rows(
            world.scratch.u, world.seed, world.first, month, world.replicate,
            draws.MOVE, np.int64(0),
        )  # fmt: skip
        for i in range(world.people):
            comes = np.int64(world.scratch.u[0, i]) < scheme.move_32
            world.file.moved[i] = comes and world.file.scored[i] != 0
