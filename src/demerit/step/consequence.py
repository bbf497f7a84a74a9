"""Consequence: who knocks at which door, whom the scheme turns away, and what follows for work.

tier, able, employed  ->  asked, refused, granted, employed

Three parts: people knock (their own need); the doors are granted (the authority's half: it sees
the central file and nothing else); work is lost and found.  Rationed doors have as many places in
every world (climate.py): what one is refused another gets.

Source: B. Crepon and others, "Do labor market policies have displacement effects?", QJE 128(2),
2013.
"""

import numpy as np

from demerit import draws
from demerit.columns import ASSISTANCE, JOB, LICENCE, PROMOTION, SCHOOL
from demerit.kernel import fill, kernel

ADULT, PARENT_FROM, PARENT_TO = 18, 25, 45  # years
ALL = 4  # access as for everyone, in quarters


@kernel
def knock(world, society, scheme, climate, month):
    """Who asks this month (world, door, person) [yes/no]."""
    n = world.scratch.m.size
    draws.rows(world.scratch.u, world.seed, world.first, month, world.replicate, draws.KNOCK, 0)
    for w in range(climate.worlds):
        for i in range(n):
            adult = world.life.age_years[i] >= ADULT
            parent = world.life.age_years[i] >= PARENT_FROM and world.life.age_years[i] < PARENT_TO
            short = adult and world.life.able[w, i] < 2
            world.file.asked[w, LICENCE, i] = (
                adult and np.int64(world.scratch.u[0, i]) < society.knock_32[LICENCE]
            )
            world.file.asked[w, ASSISTANCE, i] = (
                short and np.int64(world.scratch.u[1, i]) < society.knock_32[ASSISTANCE]
            )
            world.file.asked[w, SCHOOL, i] = (
                parent and np.int64(world.scratch.u[2, i]) < society.knock_32[SCHOOL]
            )
            world.file.asked[w, PROMOTION, i] = (
                world.life.employed[w, i] != 0
                and np.int64(world.scratch.u[3, i]) < society.knock_32[PROMOTION]
            )
    draws.rows(world.scratch.u, world.seed, world.first, month, world.replicate, draws.KNOCK, 1)
    for w in range(climate.worlds):
        for i in range(n):
            world.file.asked[w, JOB, i] = (
                world.life.wage_fen[i] > 0
                and world.life.employed[w, i] == 0
                and np.int64(world.scratch.u[0, i]) < society.knock_32[JOB]
            )


@kernel
def grant(file, society, scheme, climate, month):
    """Let in or turn away each who asks (world, door, person) [yes/no]."""
    for w in range(climate.worlds):
        for door in range(file.doors):
            fill(file.granted[w, door], 0)
            fill(file.refused[w, door], 0)
            eight = file.asked[w, door].view(np.uint64)
            for j in range(eight.size):
                if eight[j]:
                    for i in range(8 * j, 8 * j + 8):
                        if file.asked[w, door, i]:
                            answer(file, scheme, climate, month, w, door, i)


@kernel
def access(file, scheme, climate, w, door, i):
    """How wide this door stands for this person [quarters of what everyone has]."""
    if climate.in_force[w] == 0 or not file.scored[i]:
        return ALL
    return scheme.access[file.tier[w, i], door]


@kernel
def answer(file, scheme, climate, month, w, door, i):
    """One door, one person."""
    wide = access(file, scheme, climate, w, door, i)
    person = file.first + draws.U(i)
    word = draws.four(file.seed, person, month, file.replicate, draws.KNOCK, 2 + door)[0]
    chance = climate.door_32[w, door] * wide >> 2
    file.refused[w, door, i] = wide == 0
    file.granted[w, door, i] = np.int64(word) < chance


@kernel
def work(world, society, scheme, climate, month):
    """Jobs are lost at a rate, and found at the door."""
    for w in range(climate.worlds):
        for i in range(world.scratch.m.size):
            # Row 1 of the second draw of `knock`, which is still in the scratch rows.
            loses = np.int64(world.scratch.u[1, i]) < society.job_loss_32
            has = world.life.employed[w, i] != 0
            world.life.employed[w, i] = not loses if has else world.file.granted[w, JOB, i] != 0
