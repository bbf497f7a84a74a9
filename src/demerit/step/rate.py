"""Rate: people rate the people they know, by what they saw of them and by their mood.

deed_count, able, score_points, shadow_points  ->  rated_count, rated_points, rated_shadow

Only in a scheme in which people rate people (`[peer]`): each close tie rates one with some chance a
month.  A tie who saw what one did this month marks it; moods lie apart without favour or prejudice;
and a rating leans to the score that shows already.  The score itself is the running mean of ratings
(step/score.py); beside it the laboratory notes what the same ties would have given without mood, or
without what was seen of one kind (step/audit.py).

Source: L. Muchnik, S. Aral, S. Taylor, "Social influence bias: a randomized experiment", Science
341, 2013, doi:10.1126/science.1240466 (from memory).
"""

import numpy as np

from demerit import draws, network
from demerit.columns import (
    ABLE,
    ALONE,
    CLEAN,
    ERROR,
    HARM,
    SEEN_ALL,
    UNHABITUAL,
    UNLAWFUL,
)  # fmt: skip
from demerit.kernel import fill, kernel, stage
from demerit.society.tables import HABIT, HARMFUL, LAWFUL, STANDING

EVEN_BYTES = 510  # the mean of the sum of four even bytes


@stage
def rate(world, society, scheme, climate, month):
    """Ratings of this month [ratings, points].

    Writes  rated_count, rated_points (world, person), rated_shadow (world, shadow, person)
    """
    if scheme.peer_weight == 0:
        return
    for w in range(1, climate.worlds):
        fill(world.file.rated_count[w], 0)
        fill(world.file.rated_points[w], 0)
        for shadow in range(SEEN_ALL + 1):
            fill(world.life.rated_shadow[w, shadow], 0)
    if climate.in_force[1] + climate.in_force[2] == 0:
        return
    marks = np.zeros(SEEN_ALL + 1, np.int64)
    near = np.zeros(world.scratch.near.size, np.int64)
    for i in range(world.people):
        if world.file.scored[i]:
            found = network.ties(
                world.seed, world.first, world.people, i, society.degree, society.rewired_32, near
            )
            for w in range(1, climate.worlds):
                if climate.in_force[w]:
                    conduct(world, society, scheme, w, i, marks)
                    be_rated(world, scheme, month, w, i, near[:found], marks)


@kernel
def conduct(world, society, scheme, w, i, marks):
    """What this month's deeds of one person do to a rating, for each shadow that holds them."""
    fill(marks, 0)
    for deed in range(world.deeds):
        times = np.int64(world.life.deed_count[w, deed, i])
        points = scheme.points[deed] * times
        if points != 0:
            kind, costs = society.deed_class[deed], points < 0
            unable = world.life.able[w, i] < society.due[deed]
            of_deed = costs and not unable
            marks[ERROR] += points
            marks[CLEAN] += points
            marks[SEEN_ALL] += points
            marks[ABLE] += 0 if unable else points
            marks[UNLAWFUL] += 0 if of_deed and kind == LAWFUL else points
            marks[UNHABITUAL] += 0 if of_deed and kind == HABIT else points
            marks[ALONE] += 0 if of_deed and kind == STANDING else points
            marks[HARM] += points if not unable and (kind == HARMFUL or not costs) else 0


@kernel
def be_rated(world, scheme, month, w, i, near, marks):
    """The ratings that one person gets from these ties."""
    for k in range(near.size):
        if not world.file.scored[near[k]]:
            continue
        rates, sees, mood, _ = draws.four(
            world.seed, world.first + draws.U(i), month, world.replicate, draws.PEER, k
        )
        if np.int64(rates) >= scheme.rates_32:
            continue
        saw = np.int64(sees) < scheme.sees_32
        noise = mood_of(np.int64(mood), scheme.noise_256) if scheme.erring[w] else np.int64(0)
        world.file.rated_count[w, i] = np.int64(world.file.rated_count[w, i]) + 1
        world.file.rated_points[w, i] += rating(
            scheme, np.int64(world.file.score_points[w, i]), marks[ERROR] * saw + noise
        )
        for shadow in range(SEEN_ALL + 1):
            moody = shadow not in (ERROR, CLEAN, HARM, SEEN_ALL)
            seen = saw or shadow == SEEN_ALL
            world.life.rated_shadow[w, shadow, i] += rating(
                scheme,
                np.int64(world.life.shadow_points[w, shadow, i]),
                marks[shadow] * seen + noise * moody,
            )


@kernel
def mood_of(word, noise_256):
    """How far a mood moves a rating [points]: the sum of four even bytes, near to normal.

    >>> mood_of(0x80808080, 256), mood_of(0x7F7F7F7F, 256)
    (2, -2)
    """
    four = (word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + (word >> 24)
    return (four - EVEN_BYTES) * noise_256 >> 8


@kernel
def rating(scheme, score, moved):
    """One rating [points]: the usual one, drawn to the score that shows, and what moved it."""
    leans = scheme.usual + ((score - scheme.usual) * scheme.herd_256 >> 8)
    return max(scheme.least, min(scheme.cap, leans + moved))
