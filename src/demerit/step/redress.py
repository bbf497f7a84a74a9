"""Redress: who knows of a false entry may appeal; a granted appeal corrects the file next month.

awareness, shadow_points, score_points  ->  appealed, correction_points

Only people wronged appeal here; unfounded appeals are left out (they would cost work, not points).
"""

import numpy as np

from demerit import draws
from demerit.columns import CLEAN, KNOWS_SCORE
from demerit.kernel import fill, kernel


@kernel
def redress(world, society, scheme, climate, month):
    """Lodge and decide appeals [points given back, acting next month]."""
    for w in range(1, climate.worlds):
        fill(world.file.correction_points[w], 0)
        fill(world.life.appealed[w], 0)
        if climate.in_force[w] == 0:
            continue
        for i in range(world.people):
            lost = np.int64(world.life.shadow_points[w, CLEAN, i]) - world.file.score_points[w, i]
            if lost > 0 and world.life.awareness[w, i] == KNOWS_SCORE:
                person = world.first + draws.U(i)
                appeals, granted, _, _ = draws.four(
                    world.seed, person, month, world.replicate, draws.REDRESS, 0
                )
                if np.int64(appeals) < scheme.appeal_32:
                    world.life.appealed[w, i] = 1
                    if np.int64(granted) < scheme.success_32:
                        world.file.correction_points[w, i] = lost
