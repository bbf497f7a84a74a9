"""Flow: what happens in a month is counted every month, as the frames do it.

a block  ->  cells of the survey (world, cell)

Harm done, poverty, what work brings, lawful deeds given up, what deeds are worth by the scheme's
own points: each belongs to its month, and a scheme that is ended after a few of them is told by all
in which it stood.  How people stand is asked once a year (ask.py), for it hardly moves in a month
and takes longer to count.
"""

import numpy as np

from demerit.columns import LAW
from demerit.kernel import fill, stage
from demerit.survey.tables import AXES, PLACES

ADULT = 18  # years
STRATA, KINDS = AXES["stratum"], AXES["chill"]
HARM, POVERTY, OUTPUT = (PLACES[name].first for name in ("harm_month", "poverty", "output"))
CONDUCT, BLAMELESS, KIND = (
    PLACES[name].first for name in ("conduct", "chill_blameless", "chill_kind")
)


@stage
def harm(world, past, rules, cells):
    """Adults with and without a harmful deed, in every world."""
    life, some, stratum = world.life, past.some, past.stratum
    for w in range(cells.shape[0]):
        fill(some, 0)
        for deed in range(world.deeds):
            if rules.harmful[deed]:
                done = life.deed_count[w, deed]
                for i in range(some.size):
                    some[i] |= done[i]
        for i in range(world.people):
            if life.age_years[i] >= ADULT:
                cells[w, HARM + STRATA * (some[i] != 0) + stratum[i]] += 1


@stage
def money(world, cells):
    """Who cannot cover the first of their dues, here and under ordinary law; wages of those in
    work."""
    life = world.life
    for w in range(cells.shape[0]):
        here, law, both, earned = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
        for i in range(world.people):
            here += life.able[w, i] == 0
            law += life.able[LAW, i] == 0
            both += (life.able[w, i] == 0) & (life.able[LAW, i] == 0)
        for i in range(world.people):
            earned += life.wage_fen[i] * np.int64(life.employed[w, i] != 0)
        cells[w, POVERTY] += world.people - here - law + both
        cells[w, POVERTY + 1] += here - both
        cells[w, POVERTY + 2] += law - both
        cells[w, POVERTY + 3] += both
        cells[w, OUTPUT] += world.people
        cells[w, OUTPUT + 1] += earned


@stage
def conduct(world, rules, cells, worth):
    """What true deeds of those with a file would bring by the scheme's own points, all of them
    seen: added to `worth` (world,) as well."""
    file, life, scored = world.file, world.life, np.int64(0)
    for i in range(world.people):
        scored += file.scored[i] != 0
    for w in range(cells.shape[0]):
        brought = np.int64(0)
        for deed in range(world.deeds):
            if rules.points[deed]:
                done, times = life.deed_count[w, deed], np.int64(0)
                for i in range(world.people):
                    times += done[i] * np.int64(file.scored[i] != 0)
                brought += times * rules.points[deed]
        cells[w, CONDUCT] += scored
        cells[w, CONDUCT + 1] += brought
        worth[w] += brought


@stage
def quieted(world, past, rules, w, cells):
    """Lawful deeds that cost points withheld and done, by those with nothing of that kind on
    file."""
    count_quieted(world, past, rules, w, world.life.deed_withheld[w], 0, cells)
    count_quieted(world, past, rules, w, world.life.deed_count[w], 1, cells)


@stage
def count_quieted(world, past, rules, w, done, row, cells):
    """Count these deeds (deed, person) in one row of the axis `chill`."""
    file, times = world.file, past.times
    fill(times, 0)
    for deed in range(world.deeds):
        if rules.quieted[deed]:
            each = np.int64(0)
            for i in range(world.people):
                blank = (file.scored[i] != 0) & (file.entry_held[w, i] == 0)
                often = np.int32(done[deed, i] * np.int32(blank))
                times[i] += often
                each += often
            cells[w, KIND + KINDS * rules.quiet[deed] + row] += each
    for i in range(world.people):
        if times[i]:
            cells[w, BLAMELESS + STRATA * row + np.int64(past.stratum[i])] += times[i]
