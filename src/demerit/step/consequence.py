"""Consequence: who knocks at which door, whom the scheme turns away, and what follows for work.

tier, standing, able, employed, look_up_cost  ->  asked, refused, granted, shut, shut_wrongly,
    employed, prestige_held, desk_passed

Three parts: people knock (their own need); the doors are granted (the authority's half: it sees
the central file and nothing else); work and standing are lost and found.  Rationed doors have as
many places in every world (climate.py): what one is refused another gets.  Lenders look at what a
bank has on file and at judgments in every world; a tier that widens a lender's door stands in for
the record that a thin file lacks.

Sources: B. Crepon and others, "Do labor market policies have displacement effects?", QJE 128(2),
2013; M. Bos, E. Breza, A. Liberman, "The labor market effects of credit market information", Review
of Financial Studies 31(6), 2018.
"""

import numpy as np

from demerit import draws
from demerit.columns import (
    ASSISTANCE,
    CARD,
    EMPLOYEE,
    HIRE,
    JOB,
    LOAN,
    OFFICE,
    PRESTIGE,
    PROMOTION,
)  # fmt: skip
from demerit.kernel import fill, foremost, inline, kernel, stage, without
from demerit.private import combined
from demerit.society.tables.doors import NOBODY, UNEMPLOYED
from demerit.standing import office_grade

ADULT, PARENT_FROM, PARENT_TO, YOUNG_TO = 18, 25, 45, 45  # years
DUES_SHORT = 2  # of the dues, bills and instalments: who covers fewer is in need
ALL = 4  # access as for everyone, in quarters
ONE_16 = 65536
# Indices of the purpose KNOCK: from 0 who knocks, four doors a row of draws; then
WORK, ANSWER = 32, 64  # jobs and standing lost; from 64 the answer at each door


@inline
def left_out(climate, door):
    """Is nobody looking this month, and does what comes of this door leave nothing behind?"""
    return climate.idle != 0 and door not in (
        JOB, ASSISTANCE, PROMOTION, LOAN, CARD, PRESTIGE, OFFICE
    )  # fmt: skip


@stage
def knock(world, society, scheme, climate, month):
    """Who asks this month (world, door, person) [yes/no]."""
    kinds(world, climate)
    drawn = np.int64(-1)
    for door in range(world.doors):
        lane = door & 3
        if left_out(climate, door):
            continue
        if society.knock_32[door] != 0 and door >> 2 != drawn:
            drawn = door >> 2
            draws.rows(
                world.scratch.u, world.seed, world.first, month, world.replicate,
                draws.KNOCK, drawn,
            )  # fmt: skip
        for w in range(climate.worlds):
            if society.who[door] < UNEMPLOYED and w > 0:
                copy(world.file.asked[0, door], world.file.asked[w, door])
            else:
                ask(world, society, w, door, lane)


@kernel
def kinds(world, climate):
    """Who may knock where, to the scratch row `m`: a bit for each row of WHO, a byte a world."""
    n = world.scratch.m.size
    for i in range(n):
        age = np.uint32(world.life.age_years[i])
        adult = np.uint32(age >= ADULT)
        parent = np.uint32((age >= PARENT_FROM) & (age < PARENT_TO))
        online = adult & np.uint32(world.life.online[i] != 0)
        young = online & np.uint32(age < YOUNG_TO)
        own = adult | parent << np.uint32(1) | online << np.uint32(2) | young << np.uint32(3)
        world.scratch.m[i] = own * np.uint32(0x010101)
    for w in range(climate.worlds):
        first = np.uint32(8 * w + UNEMPLOYED)
        for i in range(n):
            has = np.uint32(world.life.employed[w, i] != 0)
            seeks = np.uint32((world.life.wage_fen[i] > 0) & (world.life.employed[w, i] == 0))
            short = np.uint32(
                (world.life.age_years[i] >= ADULT) & (world.life.able[w, i] < DUES_SHORT)
            )
            bits = seeks | has << np.uint32(1) | short << np.uint32(2)
            world.scratch.m[i] |= np.uint32(bits << first)


@kernel
def ask(world, society, w, door, lane):
    """Who knocks at one door in one world."""
    row, chance = world.file.asked[w, door], society.knock_32[door]
    who = society.who[door]
    if who == NOBODY or chance == 0:
        fill(row, 0)
        return
    # The last word that knocks, so that 32 bits suffice for a certainty.
    last = np.uint32(chance - 1)
    bit = np.uint32(np.int64(1) << (8 * w + who))
    for i in range(row.size):
        may = np.uint32(world.scratch.m[i] & bit) != 0
        row[i] = may & (world.scratch.u[lane, i] <= last)


@kernel
def copy(source, row):
    """A row as another is."""
    for i in range(row.size):
        row[i] = source[i]


@stage
def grant(file, society, scheme, climate, month):
    """Let in or turn away each who asks (world, door, person) [yes/no]: in all worlds on one word.

    The climate goes no further than here: to hand its arrays on for each person cost more than all
    the rest.
    """
    at = np.empty(file.scored.size, np.int64)
    words = np.empty((4, file.scored.size), np.uint32)
    word = words[0]
    for door in range(file.doors):
        if left_out(climate, door):
            continue
        found = callers(file, climate.worlds, door, at)
        draws.some(
            words, file.seed, file.first, at, found, month, file.replicate, draws.KNOCK,
            np.int64(ANSWER) + door,
        )  # fmt: skip
        touched = touches(society, scheme, door)
        for w in range(climate.worlds):
            fill(file.granted[w, door], 0)
            fill(file.refused[w, door], 0)
            stands = climate.in_force[w] != 0 and touched
            let_in = climate.door_32[w, door]
            lender = society.thin_16[door] < ONE_16 or society.judgment_16[door] < ONE_16
            if stands or lender:
                for k in range(found):
                    if file.asked[w, door, at[k]]:
                        answer(file, society, scheme, stands, let_in, w, door, at[k], word[k])
            else:
                for k in range(found):
                    asks = file.asked[w, door, at[k]] != 0
                    file.granted[w, door, at[k]] = asks & (np.int64(word[k]) < let_in)


@kernel
def callers(file, worlds, door, at):
    """Who asks at this door in any world: their rows to `at`; how many they are."""
    last = worlds - 1
    # Before the worlds part, the first stands for the others.
    one = file.asked[0, door].view(np.uint64)
    two = file.asked[min(1, last), door].view(np.uint64)
    three = file.asked[last, door].view(np.uint64)
    found = 0
    for j in range(one.size):
        eight = one[j] | two[j] | three[j]
        while eight:
            k = foremost(eight)
            at[found] = 8 * j + k
            found += 1
            eight = without(eight, k)
    return found


@kernel
def touches(society, scheme, door):
    """Does any tier or private score narrow or widen this door?"""
    found = scheme.partnered[door] != 0
    for tier in range(scheme.access.shape[0]):
        found |= scheme.access[tier, door] != ALL
        found |= scheme.access[tier, society.under[door]] != ALL
    return found


@kernel
def access(file, society, scheme, stands, w, door, i):
    """How wide this door stands for this person [quarters of what everyone has]."""
    if stands == 0 or not file.scored[i]:
        return np.int64(ALL)
    wide = scheme.access[file.tier[w, i], door]
    over = scheme.access[file.tier[w, i], society.under[door]]
    return min(wide, over) if over < ALL else wide


@kernel
def chance(file, society, let_in, w, door, i, wide):
    """Chance to be let in at a door so wide, where `let_in` is that of everyone [2^-32]."""
    likely = min(let_in * wide >> 2, np.int64(draws.WORD))
    if file.thin[i] and wide <= ALL:
        likely = likely * society.thin_16[door] >> 16
    if file.judgment_fen[w, i] > 0:
        likely = likely * society.judgment_16[door] >> 16
    return likely


@kernel
def answer(file, society, scheme, stands, let_in, w, door, i, word):
    """One door, one person, one world.

    Turned away because of the tier or of a private score is who finds the door shut, or finds it
    narrowed and would have been let in as everyone is.
    """
    wide = access(file, society, scheme, stands, w, door, i)
    if stands and scheme.partnered[door]:
        wide = combined(file.standing[w], scheme, door, i, wide)
    enters = np.int64(word) < chance(file, society, let_in, w, door, i, wide)
    file.granted[w, door, i] = enters
    if wide < ALL:
        as_all = np.int64(word) < chance(file, society, let_in, w, door, i, ALL)
        file.refused[w, door, i] = wide == 0 or (as_all and not enters)


@stage
def attribute(world, society, scheme, climate, month):
    """Say at which doors a private score alone turned away, and where it did so wrongly [bits].

    Alone: the state's tier would have let in.  Wrongly: so would the scores of the same accounts
    on their own, unmixed with others', on the same word (but-for test, as in step/audit.py).
    """
    if scheme.issuers > 0:
        for w in range(1, climate.worlds):
            fill(world.life.shut[w], 0)
            fill(world.life.shut_wrongly[w], 0)
            for door in range(world.doors):
                if climate.in_force[w] and scheme.partnered[door]:
                    blame(world, society, scheme, climate.door_32[w, door], month, w, door)


@kernel
def blame(world, society, scheme, let_in, month, w, door):
    """One door of one world: look again at everyone who was turned away."""
    file, refused = world.file, world.file.refused[w, door]
    bit, index = np.uint32(np.int64(1) << door), np.int64(ANSWER) + door
    eight = refused.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if refused[i]:
                    words = draws.four(
                        world.seed, world.first + draws.U(i), month, world.replicate,
                        draws.KNOCK, index,
                    )  # fmt: skip
                    word, wide = np.int64(words[0]), access(file, society, scheme, 1, w, door, i)
                    if word < chance(file, society, let_in, w, door, i, wide):
                        world.life.shut[w, i] |= bit
                        clean = combined(world.life.clean_standing[w], scheme, door, i, wide)
                        if word < chance(file, society, let_in, w, door, i, clean):
                            world.life.shut_wrongly[w, i] |= bit


@stage
def work(world, society, scheme, climate, month):
    """Jobs are lost at a rate, and found at the door; standing goes with them or at a review.

    Whom an employer has looked up, and holds it against, is not hired, or dismissed.
    """
    draws.rows(
        world.scratch.u, world.seed, world.first, month, world.replicate, draws.KNOCK, WORK
    )  # fmt: skip
    for w in range(climate.worlds):
        ends = society.job_loss_32 * climate.laid_256[w] >> 8
        if w > 0 and scheme.office_grades:
            pass_over(world, society, scheme, climate, month, w)
        against = world.life.look_up_cost[w]
        for i in range(world.scratch.m.size):
            loses = (np.int64(world.scratch.u[0, i]) < ends) | (against[i] & EMPLOYEE != 0)
            has = world.life.employed[w, i] != 0
            stays = has & (not loses)
            hired = (world.file.granted[w, JOB, i] != 0) & (against[i] & HIRE == 0)
            found = (not has) & hired
            word = np.int64(world.scratch.u[1, i])
            held = world.life.prestige_held[w, i] != 0
            rises = (
                (world.file.granted[w, PROMOTION, i] != 0)
                | (world.file.granted[w, PRESTIGE, i] != 0)
                | (world.file.granted[w, OFFICE, i] != 0)
            )
            keeps = stays & held & (word >= society.demoted_32)
            world.life.employed[w, i] = stays | found
            world.life.prestige_held[w, i] = keeps | (stays & (not held) & rises)
            world.scratch.flag[i] = keeps & (word < society.review_32)
        if climate.in_force[w]:
            review(world, society, scheme, w)
        if w > 0 and scheme.officials:
            dismiss(world, w)


@kernel
def pass_over(world, society, scheme, climate, month, w):
    """Doors to work of high standing stand for an official as tier and grade together leave them.

    The narrower holds; else the wider.  The answer is given again, on the same word; for the grade
    alone is passed over who would have been let in without it.
    """
    file, doors = world.file, climate.door_32[w]
    for desk in range(world.life.desk_total[w]):
        world.life.desk_passed[w, desk] = 0
        if climate.in_force[w] and world.life.desk_person[w, desk]:
            i = np.int64(world.life.desk_person[w, desk]) - 1
            grade = office_grade(scheme, np.int64(world.life.desk_points[w, desk]))
            for door in (PROMOTION, PRESTIGE, OFFICE):
                own = scheme.office_access[grade, door]
                if own != ALL and file.asked[w, door, i]:
                    wide = access(file, society, scheme, 1, w, door, i)
                    both = min(wide, own) if min(wide, own) < ALL else max(wide, own)
                    word = draws.four(
                        world.seed, world.first + draws.U(i), month, world.replicate,
                        draws.KNOCK, np.int64(ANSWER) + door,
                    )[0]  # fmt: skip
                    enters = np.int64(word) < chance(file, society, doors[door], w, door, i, both)
                    let_in = file.granted[w, door, i] != 0
                    world.life.desk_passed[w, desk] += let_in and not enters
                    world.file.granted[w, door, i] = enters


@kernel
def dismiss(world, w):
    """Who lost an office last month has no work now, and looks for some from the next on."""
    for desk in range(world.life.desk_total[w]):
        if world.life.desk_gone[w, desk]:
            i = np.int64(world.life.desk_gone[w, desk]) - 1
            world.life.employed[w, i] = 0
            world.life.prestige_held[w, i] = 0


@kernel
def review(world, society, scheme, w):
    """Holders looked at this month (scratch row `flag`) whose tier shuts the door lose the work.

    They have stood at the door again and been turned away: `asked` and `refused` say so.
    """
    eight = world.scratch.flag.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if world.scratch.flag[i]:
                    wide = access(world.file, society, scheme, 1, w, PRESTIGE, i)
                    if wide == 0:
                        world.life.prestige_held[w, i] = 0
                        world.file.asked[w, PRESTIGE, i] = 1
                        world.file.refused[w, PRESTIGE, i] = 1
