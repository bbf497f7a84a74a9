"""Sway: what moves a deed beside habit: grievance, a price, caution, reward.

grievance, caution, awareness, score_points  ->  scratch rows wish, m, stirred, flag

Rules that step/behave.py uses, for a row of people or for one person; nothing here draws, and
nothing is written but scratch.
"""

import numpy as np

from demerit.columns import KNOWS_RULES
from demerit.kernel import fill, inline, kernel
from demerit.society.tables.deeds import ONCE

ONE = np.int64(65536)
LAST = np.uint32(0xFFFFFFFF)  # the last word
BUCKET_BITS = 5  # scheme.tables.BUCKET_POINTS is 32
BUCKETS = 32
AWARE, AGGRIEVED = np.uint8(1), np.uint8(2)  # bits of the scratch row `stirred`


@inline
def feared(score, edge, fear, caution):
    """What caution leaves of a deed that costs points, by the way to the edge [1/65536]."""
    bucket = min(BUCKETS - 1, max(0, (np.int64(score) - edge) >> BUCKET_BITS))
    return ONE - (np.int64(caution) * fear[bucket] >> 8)


@inline
def sought(score, aim, show, aware):
    """How much more of a deed that brings points who knows the rules does [1/65536]."""
    bucket = min(BUCKETS - 1, abs(np.int64(score) - aim) >> BUCKET_BITS)
    return ONE + show[bucket] * np.int64(aware >= KNOWS_RULES)


@kernel
def bent(society, scheme, climate, w, deed):
    """Does anything but habit move this deed in this world?"""
    if society.voiced[deed]:
        return True
    if scheme.crowd_16[deed] != 0 and w > 0:
        return True
    return climate.in_force[w] != 0 and scheme.points[deed] != 0


@kernel
def stir(world, worlds):
    """Whom anything but habit may move at all, in any world, to the scratch row `stirred`: who is
    cautious or knows the rules (AWARE), and who is aggrieved (AGGRIEVED)."""
    stirred = world.scratch.stirred
    fill(stirred, 0)
    for w in range(worlds):
        caution, aware = world.life.caution[w], world.life.awareness[w]
        grievance = world.life.grievance[w]
        for i in range(stirred.size):
            stirred[i] |= AWARE * np.uint8((caution[i] > 0) | (aware[i] >= KNOWS_RULES))
            stirred[i] |= AGGRIEVED * np.uint8(grievance[i] > 0)


@kernel
def single_out(world, society, scheme, deed):
    """Who may do this deed, or not, for another cause than habit: to the scratch row `flag`.

    A word that is too high for the rate at its highest is too high for any.  A Poisson count is
    nought unless the rest of the word, to certainty, is within the mean: exp(-x) >= 1 - x.
    """
    u, rate, flag = world.scratch.u[deed & 3], world.life.deed_rate[deed], world.scratch.flag
    bits, stirred = np.uint32(headroom(society, scheme, deed)), world.scratch.stirred
    if society.kind[deed] == ONCE:
        for i in range(flag.size):
            flag[i] = (u[i] >> bits) < rate[i]
    else:
        for i in range(flag.size):
            rest = (u[i] ^ LAST) >> np.uint32(16)
            flag[i] = (rest <= np.uint32(rate[i] << bits)) & (rate[i] > 0)
    movers = AWARE | AGGRIEVED if society.voiced[deed] else AWARE
    for i in range(flag.size):
        flag[i] &= (stirred[i] & movers) != 0


@kernel
def headroom(society, scheme, deed):
    """By how many times 2 grievance, prices and reward together raise a rate at the most [bits]."""
    most, points = ONE + max(np.int64(0), scheme.crowd_16[deed]), scheme.points[deed]
    if society.voiced[deed]:
        most += 255 * society.voice_256
    share, bits = ONE, np.int64(0)
    if points > 0:
        for bucket in range(BUCKETS):
            share = max(share, ONE + scheme.show_16[deed, bucket])
    while ONE * ONE << bits < most * share:
        bits += 1
    return bits


@kernel
def moved_by(world, society, scheme, climate, w, deed, i):
    """The wish of one person, and what caution or reward makes of it: see `sway`."""
    wish, share, points = ONE, ONE, scheme.points[deed]
    aware = world.life.awareness[w, i]
    if society.voiced[deed]:
        wish += np.int64(world.life.grievance[w, i]) * society.voice_256
    if w > 0:
        wish += scheme.crowd_16[deed] * np.int64(aware >= KNOWS_RULES)
    if climate.in_force[w] != 0 and points < 0:
        score, caution = world.file.score_points[w, i], world.life.caution[w, i]
        share = feared(score, scheme.edge, scheme.fear_16[deed], caution)
    elif climate.in_force[w] != 0 and points > 0:
        score = world.file.score_points[w, i]
        share = sought(score, scheme.aim, scheme.show_16[deed], aware)
    return wish, share


@kernel
def sway(world, society, scheme, climate, w, deed):
    """What moves a deed: the wish to the scratch row `wish`, what caution or reward makes of it to
    `m`, in parts of what habit alone would do [1/65536]."""
    wish, m = world.scratch.wish, world.scratch.m
    fill(wish, 65536)
    fill(m, 65536)
    if society.voiced[deed]:
        grievance, voice = world.life.grievance[w], society.voice_256
        for i in range(wish.size):
            # Grievance in 256ths and voice in 256ths: the product is in 65536ths.
            wish[i] = 65536 + np.int64(grievance[i]) * voice
    aware = world.life.awareness[w]
    # A wish that a price let loose stays when the price has gone, with whoever knew of it.
    crowd = scheme.crowd_16[deed] if w > 0 else 0
    if crowd != 0:
        for i in range(wish.size):
            wish[i] += crowd * np.int64(aware[i] >= KNOWS_RULES)
    points = scheme.points[deed]
    if climate.in_force[w] == 0 or points == 0:
        return
    score, edge = world.file.score_points[w], scheme.edge
    if points < 0:
        fear, caution = scheme.fear_16[deed], world.life.caution[w]
        for i in range(m.size):
            m[i] = feared(score[i], edge, fear, caution[i])
    else:
        show, aim = scheme.show_16[deed], scheme.aim
        for i in range(m.size):
            m[i] = sought(score[i], aim, show, aware[i])
