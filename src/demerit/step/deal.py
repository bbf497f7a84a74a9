"""Deal: a stranger offers a deal; one may look up the stranger's standing, trust or decline.

belief, awareness, sanctioned, able, caution, score_points  ->  dealt, assured, belief

Trust is a belief about an unknown stranger; assurance is to know what holds the other to the deal
(Yamagishi and Yamagishi 1994).  Where a scheme shows people's standing, who looks it up deals by
standing and not by belief: whoever is under sanction is declined, everyone else dealt with (help
for those of good standing alone is image scoring: Nowak and Sigmund 1998).  Without a look-up one
deals if one's belief exceeds the stake.  The other keeps the deal by honesty, need and fear of an
entry for breach of contract.  What came of it moves belief: wholly, if one trusted; less, if one
was assured, for that teaches little of strangers.

Deals go on in every world, on the same draws.  A broken deal is no deed: no agency hears of it.

Sources: T. Yamagishi, M. Yamagishi, "Trust and commitment in the United States and Japan",
Motivation and Emotion 18, 1994, doi:10.1007/BF02249397; M. Nowak, K. Sigmund, "Evolution of
indirect reciprocity by image scoring", Nature 393, 1998, doi:10.1038/31225.
"""

import numpy as np

from demerit import draws
from demerit.columns import BROKEN, DECLINED, HEARD, HONESTY, HONOURED
from demerit.kernel import fill, foremost, kernel, stage, without
from demerit.step.trust import keeps

ADULT = 18  # years
IN_NEED = 2  # dues that who is not in need covers: bills and instalment
BUCKET_BITS = 5  # scheme.tables.BUCKET_POINTS is 32
BUCKETS = 32


@stage
def deal(world, society, scheme, climate, month):
    """Offer deals; see what comes of them.

    Writes  dealt, assured, belief (world, person)
    """
    draws.rows(
        world.scratch.u, world.seed, world.first, month, world.replicate, draws.DEAL, np.int64(0)
    )
    offered, age = world.scratch.flag, world.life.age_years
    for i in range(offered.size):
        word = np.int64(world.scratch.u[0, i])
        offered[i] = (word < society.offer_32) & (age[i] >= ADULT)
    if climate.idle:  # to decline teaches nothing, and nobody looks
        stake, belief = world.scratch.u[2], world.life.belief[0]
        for i in range(offered.size):
            offered[i] &= belief[i] > stake[i] >> np.uint32(24)
    for w in range(climate.worlds):
        fill(world.life.dealt[w], 0)
        fill(world.life.assured[w], 0)
    eight = offered.view(np.uint64)
    for j in range(eight.size):
        some = eight[j]
        while some:
            k = foremost(some)
            i, some = 8 * j + k, without(some, k)
            other = stranger(world, i)
            for w in range(climate.worlds if other != i else 0):
                meet(world, society, scheme, climate.in_force[w] != 0, month, w, i, other)


@kernel
def stranger(world, i):
    """Another adult of the block, or i if there is none [row]."""
    people = world.people
    other = i + 1 + draws.among(world.scratch.u[1, i], max(1, people - 1))
    other -= people if other >= people else 0  # a division takes ten times as long
    while world.life.age_years[other] < ADULT:
        other += 1
        other = other if other < people else 0
    return other


@kernel
def meet(world, society, scheme, stands, month, w, i, other):
    """One deal in one world: looked up, declined, kept or broken; and what it teaches."""
    stake = np.int64(world.scratch.u[2, i] >> np.uint32(24))
    belief = np.int64(world.life.belief[w, i])
    looks = False
    if stands and scheme.visible and world.life.awareness[w, i] >= HEARD:
        looks = world.file.scored[other] != 0 and looks_up(world, society, month, i)
    world.life.assured[w, i] = looks
    declines = world.file.sanctioned[w, other] != 0 if looks else belief <= stake
    if declines:
        world.life.dealt[w, i] = DECLINED
        return
    needy = world.life.able[w, other] < IN_NEED
    fear = np.int64(0)
    if stands and scheme.points[society.breach] < 0:
        fear = fear_of_breach(world, society, scheme, w, other)
    kept = keeps(society, world.life.trait[HONESTY, other], needy, fear)
    honoured = np.int64(world.scratch.u[3, i]) < kept << 16
    world.life.dealt[w, i] = HONOURED if honoured else BROKEN
    rate = society.learning_256
    if looks:
        rate = rate * society.assured_256 >> 8
    # Rounded up or down by chance, so that small surprises move belief by their share on average.
    chance = np.int64(world.scratch.u[2, i] & np.uint32(255))
    surprise = (255 if honoured else 0) - belief
    world.life.belief[w, i] = belief + ((surprise * rate + chance) >> 8)


@kernel
def looks_up(world, society, month, i):
    """Does person i look up the other's standing first, if it can be seen?"""
    person = world.first + draws.U(i)
    word = draws.four(world.seed, person, month, world.replicate, draws.DEAL, np.int64(1))[0]
    return np.int64(word) < society.check_32


@kernel
def fear_of_breach(world, society, scheme, w, i):
    """Share of breaches that fear of an entry withholds [1/65536], as in behave."""
    away = (np.int64(world.file.score_points[w, i]) - scheme.edge) >> BUCKET_BITS
    fear = scheme.fear_16[society.breach, min(BUCKETS - 1, max(0, away))]
    return np.int64(world.life.caution[w, i]) * fear >> 8
