"""Respond: people hear, grow careful or angry, protest, hide.

entry_loss, newly_sanctioned, refused, able  ->  awareness, caution, grievance, protesting, evading

Awareness comes first: nobody fears, appeals or hides from what they have not heard of.  Caution is
how present the believed certainty of a record is: learned from one's own entries and from the fall
of ties (Sah 1991; Lochner 2007), and fading (points licences: half gone in six months).
Protest follows Epstein (2002): grievance H weighed by lost legitimacy, H (1 - L), less the risk
R P of arrest, above a threshold T.  P falls as others protest, so that each person has a threshold
in the sense of Granovetter (1978).  Evasion is adopted by imitation (Bass 1969).
"""

import numpy as np

from demerit import draws, network
from demerit.columns import (
    HEARD,
    KNOWS_RULES,
    KNOWS_SCORE,
    NOT_AWARE,
    TOUCHINESS,
)  # fmt: skip
from demerit.kernel import fill, inline, kernel

ADULT = 18  # years


@kernel
def respond(world, society, scheme, climate, month):
    """Answers of every person in every world [1/256 where not yes/no]."""
    draws.rows(world.scratch.u, world.seed, world.first, month, world.replicate, draws.RESPOND, 0)
    for w in range(climate.worlds):
        spread(world, society, w)
        if climate.in_force[w]:
            learn(world, society, scheme, climate, w)
        else:
            fade(world, society, w)
        resent(world, society, scheme, climate, w)
        protest(world, society, climate, w)
        evade(world, society, w)


@kernel
def spread(world, society, w):
    """Ties of those who fell this month hear of it."""
    fill(world.life.tie_sanctioned[w], 0)
    eight = world.file.newly_sanctioned[w].view(np.uint64)
    near = world.scratch.near
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if world.file.newly_sanctioned[w, i]:
                    found = network.ties(
                        world.seed, world.first, world.people, i, society.degree,
                        society.rewired_32, near,
                    )  # fmt: skip
                    for k in range(found):
                        world.life.tie_sanctioned[w, near[k]] = min(
                            100, world.life.tie_sanctioned[w, near[k]] + 1
                        )


@inline
def turned_away(world, w, i):
    """Was any door shut to this person this month?"""
    shut = False
    for door in range(world.doors):
        shut |= world.file.refused[w, door, i] != 0
    return shut


@kernel
def learn(world, society, scheme, climate, w):
    """Hear of the scheme, learn its rules, learn the own score; and grow careful."""
    hear = climate.hear_32[w]
    for i in range(world.people):
        if not world.file.scored[i]:
            continue
        before = np.int64(world.life.awareness[w, i])
        aware = before
        if before == NOT_AWARE:
            aware = HEARD if np.int64(world.scratch.u[0, i]) < hear else NOT_AWARE
        elif before == HEARD:
            aware = KNOWS_RULES if np.int64(world.scratch.u[1, i]) < society.learn_32 else HEARD
        elif before == KNOWS_RULES and np.int64(world.scratch.u[1, i]) < society.look_up_32:
            aware = KNOWS_SCORE
        hit = world.file.entry_loss[w, i] > 0
        posted = scheme.public and world.file.newly_sanctioned[w, i]
        told = hit and np.int64(world.scratch.u[3, i]) < scheme.notice_32
        if told or posted or turned_away(world, w, i):
            aware = KNOWS_SCORE
        ties = np.int64(world.life.tie_sanctioned[w, i])
        if ties > 0 and scheme.public:
            aware = max(aware, KNOWS_RULES)
        world.life.awareness[w, i] = aware

        care = np.int64(world.life.caution[w, i]) * society.fade_16 >> 16
        if before < KNOWS_RULES and aware >= KNOWS_RULES:
            care = max(care, society.caution[0])
        if hit and aware == KNOWS_SCORE:
            care = max(care, society.caution[1])
        if aware >= KNOWS_RULES:
            care = min(255, care + society.caution[2] * ties)
        world.life.caution[w, i] = care


@kernel
def fade(world, society, w):
    """Where no scheme stands, caution fades."""
    for i in range(world.scratch.m.size):
        world.life.caution[w, i] = np.int64(world.life.caution[w, i]) * society.fade_16 >> 16


@kernel
def resent(world, society, scheme, climate, w):
    """Grievance fades, and grows by what is suffered and known."""
    weight = society.grievance
    for i in range(world.people):
        felt = np.int64(world.life.grievance[w, i]) * society.grievance_fade_16 >> 16
        add = np.int64(0)
        if world.life.able[w, i] < 2 and world.life.age_years[i] >= ADULT:
            add += weight[0]
        if climate.in_force[w] and world.life.awareness[w, i] >= KNOWS_RULES:
            if world.life.awareness[w, i] == KNOWS_SCORE:
                if world.life.entry_false[w, i] > 0:
                    add += weight[2]
                elif world.file.entry_loss[w, i] > 0:
                    add += weight[1]
                if world.file.newly_sanctioned[w, i]:
                    add += weight[3]
                if turned_away(world, w, i):
                    add += weight[4]
            add += weight[5] * np.int64(world.life.tie_sanctioned[w, i])
            if scheme.public and world.file.sanctioned[w, i]:
                add += weight[6]
        if add > 0:
            cell = min(512, max(0, 256 + ((np.int64(world.life.trait[TOUCHINESS, i]) + 32) >> 6)))
            felt += add * society.touch_256[cell] >> 8
        world.life.grievance[w, i] = min(np.int64(255), felt)


@kernel
def protest(world, society, climate, w):
    """Epstein's rule: H (1 - L) - R P > T."""
    lost = 256 - climate.legitimacy_256[w]
    arrest = climate.arrest_256[w]
    for i in range(world.scratch.m.size):
        felt = np.int64(world.life.grievance[w, i]) * lost >> 8
        risk = (255 - np.int64(world.life.daring[i])) * arrest >> 8
        adult = world.life.age_years[i] >= ADULT
        world.life.protesting[w, i] = adult and felt - risk > society.threshold_256


@kernel
def evade(world, society, w):
    """VPNs come by imitation, sooner to the cautious, and lapse."""
    users, online = np.int64(0), np.int64(1)
    for i in range(world.people):
        users += world.life.evading[w, i]
        online += world.life.online[i]
    gap_16 = (users << 16) // online - society.vpn_stock_16
    # 1 + imitation x (share of users here / share at rest - 1), in 65536ths
    pull = 65536 + society.vpn_imitation_256 * ((gap_16 << 8) // max(1, society.vpn_stock_16))
    join = society.vpn_join_32 * max(np.int64(0), pull) >> 16
    for i in range(world.scratch.m.size):
        word = np.int64(world.scratch.u[2, i])
        push = 65536 + np.int64(world.life.caution[w, i]) * society.vpn_caution_256
        if world.life.evading[w, i]:
            world.life.evading[w, i] = word >= society.vpn_leave_32
        else:
            world.life.evading[w, i] = world.life.online[i] != 0 and word < join * push >> 16
