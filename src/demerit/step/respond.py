"""Respond: people hear, grow careful or angry, approve, protest, damage, hide.

entry_loss, newly_sanctioned, refused, look_up_cost, tier, able  ->  awareness, caution, grievance,
    approving, protesting, sabotaging, evading, and what is known of ties

Awareness comes first: nobody fears, appeals or hides from what they have not heard of.  Caution is
how present the believed certainty of a record is: learned from one's own entries and from the fall
of ties (Sah 1991; Lochner 2007), and fading (points licences: half gone in six months).
Approval is high among those who have heard and falls when the risks are known (Kostka 2019; Rieger,
Wang and Ohlberg 2020).  Who protests says step/protest.py (Epstein 2002; Granovetter 1978; Watts
2002).  Sabotage is a share of the aggrieved.  Evasion is adopted by imitation (Bass 1969).
"""

import numpy as np

from demerit import draws, network
from demerit.columns import HEARD, KNOWS_RULES, KNOWS_SCORE, NOT_AWARE, TOUCHINESS
from demerit.kernel import fill, kernel, stage
from demerit.step.protest import joins

ADULT = 18  # years
IN_NEED = 2  # dues that who is not in need covers: bills and instalment
# Bits of the scratch row `flag`: what happened to a person this month.
SHUT, NAMED, TIE_NAMED, CAUSE = 1, 2, 4, 8
CAUSES = np.uint64(0x0808080808080808)  # CAUSE in each of eight people


@stage
def respond(world, society, scheme, climate, month):
    """Answers of every person in every world [1/256 where not yes/no or a count].

    Writes  awareness, caution, grievance, approving, protesting, sabotaging, evading,
            tie_sanctioned, tie_low, tie_protesting (world, person)
    """
    draws.rows(
        world.scratch.u, world.seed, world.first, month, world.replicate, draws.RESPOND, np.int64(0)
    )
    for w in range(climate.worlds):
        note(world, society, scheme, climate, w)
        if climate.in_force[w]:
            learn(world, society, scheme, climate, w)
        else:
            fade(world, society, w)
        resent(world, society, climate, w)
        approve(world, society, climate, w)
        protest(world, society, climate, w)
        sabotage(world, society, climate, month, w)
        evade(world, society, w)
        know_ties(world, society, w)


@kernel
def note(world, society, scheme, climate, w):
    """What happened to whom, to the scratch row `flag`; and whose ties fell this month."""
    flag = world.scratch.flag
    fill(flag, 0)
    fill(world.life.tie_sanctioned[w], 0)
    if climate.in_force[w] == 0:
        return
    for door in range(world.doors):
        refused = world.file.refused[w, door]
        for i in range(flag.size):
            flag[i] |= refused[i]  # SHUT
    if scheme.looked_at:
        cost = world.life.look_up_cost[w]
        for i in range(flag.size):
            flag[i] |= SHUT * np.uint8(cost[i] != 0)
    tier, scored = world.file.tier[w], world.file.scored
    for t in range(scheme.posted.size):
        if scheme.posted[t]:
            for i in range(flag.size):
                flag[i] |= NAMED * np.uint8((tier[i] == t) & (scored[i] != 0))
    hear_of_falls(world, society, scheme, w)


@kernel
def hear_of_falls(world, society, scheme, w):
    """Ties of those who fell this month count it; those of whom is named learn what it is about."""
    flag, near = world.scratch.flag, world.scratch.near
    falls = world.life.tie_sanctioned[w]
    eight = world.file.newly_sanctioned[w].view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if world.file.newly_sanctioned[w, i]:
                    named = scheme.posted[world.file.tier[w, i]] != 0
                    found = network.ties(
                        world.seed, world.first, world.people, i, society.degree,
                        society.rewired_32, near,
                    )  # fmt: skip
                    for k in range(found):
                        falls[near[k]] = min(100, np.int64(falls[near[k]]) + 1)
                        flag[near[k]] |= TIE_NAMED * named


@kernel
def learn(world, society, scheme, climate, w):
    """Hear of the scheme, learn its rules, learn the own score; and grow careful."""
    u, flag, scored = world.scratch.u, world.scratch.flag, world.file.scored
    awareness = world.life.awareness[w]
    caution = world.life.caution[w]
    falls, loss = world.life.tie_sanctioned[w], world.file.entry_loss[w]
    hear, notice = climate.hear_32[w], scheme.notice_32
    # Weights that were learned nobody can read up; a scheme that tells them is told_256 = 256.
    rules = society.learn_32 * scheme.told_256 >> 8
    look, price = society.look_up_32, society.caution
    for i in range(flag.size):
        before = np.int64(awareness[i])
        hears = (before == NOT_AWARE) & (np.int64(u[0, i]) < hear)
        reads = (before == HEARD) & (np.int64(u[1, i]) < rules)
        looks = (before == KNOWS_RULES) & (np.int64(u[1, i]) < look)
        aware = before + np.int64(hears | reads | looks)
        hit = loss[i] > 0
        told = hit & (np.int64(u[3, i]) < notice) | ((flag[i] & (SHUT | NAMED)) != 0)
        aware = max(aware, KNOWS_SCORE * np.int64(told))
        aware = max(aware, KNOWS_RULES * np.int64((flag[i] & TIE_NAMED) != 0))
        aware = aware if scored[i] else before
        awareness[i] = aware

        care = np.int64(caution[i]) * society.fade_16 >> 16
        care = max(care, price[0] * np.int64((before < KNOWS_RULES) & (aware >= KNOWS_RULES)))
        care = max(care, price[1] * np.int64(hit & (aware == KNOWS_SCORE)))
        care += price[2] * np.int64(falls[i]) * np.int64(aware >= KNOWS_RULES)
        caution[i] = min(255, care)


@kernel
def fade(world, society, w):
    """Where no scheme stands, caution fades."""
    caution = world.life.caution[w]
    for i in range(caution.size):
        caution[i] = np.int64(caution[i]) * society.fade_16 >> 16


@kernel
def resent(world, society, climate, w):
    """Grievance fades, and grows by what is suffered and known."""
    grievance = world.life.grievance[w]
    able, age = world.life.able[w], world.life.age_years
    flag, awareness = world.scratch.flag, world.life.awareness[w]
    loss, false = world.file.entry_loss[w], world.life.entry_false[w]
    fallen, falls = world.file.newly_sanctioned[w], world.life.tie_sanctioned[w]
    stands = climate.in_force[w] != 0
    for i in range(flag.size):
        grievance[i] = np.int64(grievance[i]) * society.grievance_fade_16 >> 16
        short = (able[i] < IN_NEED) & (age[i] >= ADULT)
        suffers = (loss[i] | false[i] | fallen[i] | falls[i] | (flag[i] & (SHUT | NAMED))) != 0
        feels = short | (suffers & stands & (awareness[i] >= KNOWS_RULES))
        flag[i] |= CAUSE * np.uint8(feels)
    eight = flag.view(np.uint64)
    for j in range(eight.size):
        if eight[j] & CAUSES:
            for i in range(8 * j, 8 * j + 8):
                if flag[i] & CAUSE:
                    touchy = (np.int64(world.life.trait[TOUCHINESS, i]) + 32) >> 6
                    touch = society.touch_256[min(512, max(0, 256 + touchy))]
                    felt = cause(world, society, stands, w, i) * touch >> 8
                    grievance[i] = min(255, np.int64(grievance[i]) + felt)


@kernel
def cause(world, society, stands, w, i):
    """What this month gives one person to resent [1/256]."""
    weight, add = society.grievance, np.int64(0)
    if world.life.able[w, i] < IN_NEED and world.life.age_years[i] >= ADULT:
        add += weight[0]
    if not stands or world.life.awareness[w, i] < KNOWS_RULES:
        return add
    if world.life.awareness[w, i] == KNOWS_SCORE:
        if world.life.entry_false[w, i] > 0:
            add += weight[2]
        elif world.file.entry_loss[w, i] > 0:
            add += weight[1]
        if world.file.newly_sanctioned[w, i]:
            add += weight[3]
        if world.scratch.flag[i] & SHUT:
            add += weight[4]
    add += weight[5] * np.int64(world.life.tie_sanctioned[w, i])
    if world.scratch.flag[i] & NAMED:
        add += weight[6]
    return add


@kernel
def approve(world, society, climate, w):
    """Who has heard of the scheme approves of it, or not: readiness is a lasting draw."""
    approving = world.life.approving[w]
    if climate.in_force[w] == 0:
        fill(approving, 0)
        return
    awareness, grievance = world.life.awareness[w], world.life.grievance[w]
    assent = world.life.assent
    for i in range(approving.size):
        share = society.approve_256 - (np.int64(grievance[i]) * society.sour_256 >> 8)
        share -= society.told_256 * np.int64(awareness[i] >= KNOWS_RULES)
        approving[i] = (awareness[i] >= HEARD) & (np.int64(assent[i]) < share)


@kernel
def protest(world, society, climate, w):
    """Adults protest by grievance, lost legitimacy, risk, and ties who did last month."""
    legitimacy = climate.legitimacy_256[w]
    arrest = climate.arrest_256[w]
    grievance, daring, age = world.life.grievance[w], world.life.daring, world.life.age_years
    known = world.life.tie_protesting[w]
    protesting = world.life.protesting[w]
    for i in range(protesting.size):
        goes = joins(
            grievance[i], daring[i], legitimacy, arrest, known[i], society.degree,
            society.pull_16, society.threshold_16,
        )  # fmt: skip
        protesting[i] = (age[i] >= ADULT) & goes


@kernel
def sabotage(world, society, climate, month, w):
    """A share of aggrieved adults who have heard damages what watches or serves the scheme."""
    fill(world.life.sabotaging[w], 0)
    if climate.in_force[w] == 0 or society.sabotage_32 == 0:
        return
    grievance, awareness, age = (
        world.life.grievance[w], world.life.awareness[w], world.life.age_years,
    )  # fmt: skip
    might = world.scratch.flag
    for i in range(might.size):
        heard = (awareness[i] >= HEARD) & (age[i] >= ADULT)
        might[i] = heard & (np.int64(grievance[i]) >= society.aggrieved)
    eight = might.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if might[i]:
                    person = world.first + draws.U(i)
                    word = draws.four(
                        world.seed, person, month, world.replicate, draws.RESPOND, np.int64(1)
                    )[0]
                    world.life.sabotaging[w, i] = np.int64(word) < society.sabotage_32


@kernel
def evade(world, society, w):
    """VPNs come by imitation, sooner to the cautious, and lapse."""
    users, online = np.int64(0), np.int64(1)
    evading = world.life.evading[w]
    on = world.life.online
    for i in range(world.people):
        users += evading[i]
        online += on[i]
    gap_16 = (users << 16) // online - society.vpn_stock_16
    # 1 + imitation x (share of users here / share at rest - 1), in 65536ths
    pull = 65536 + society.vpn_imitation_256 * ((gap_16 << 8) // max(1, society.vpn_stock_16))
    join = society.vpn_join_32 * max(np.int64(0), pull) >> 16
    caution, u = world.life.caution[w], world.scratch.u[2]
    for i in range(evading.size):
        word = np.int64(u[i])
        push = 65536 + np.int64(caution[i]) * society.vpn_caution_256
        stays = (evading[i] != 0) & (word >= society.vpn_leave_32)
        starts = (evading[i] == 0) & (on[i] != 0) & (word < join * push >> 16)
        evading[i] = stays | starts


@kernel
def know_ties(world, society, w):
    """How many of one's ties are under sanction, and how many protest, for next month."""
    fill(world.life.tie_low[w], 0)
    network.tell(world, society, world.file.sanctioned[w], world.life.tie_low[w])
    fill(world.life.tie_protesting[w], 0)
    network.tell(world, society, world.life.protesting[w], world.life.tie_protesting[w])
