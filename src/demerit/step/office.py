"""Office: those who run the scheme sell points, settle accounts, and catch each other or not.

trait, deed_count, desk_sold, desk_shielded  ->  desk_person, desk_open, desk_points, desk_clean,
    desk_target, desk_fen, desk_disciplined, desk_gone

A block has so many desks, and an official at each, with a score of their own.  Some are for sale: a
lasting readiness, stronger in the less honest.  They sell points to who asks (step/redress.py) and
book a deed that was never done on somebody who petitioned or criticised (observe writes it next
month).  Any of them drops records on friends (observe) and may take bribes as a deed of their own.
Each such act may be found out by inspectors (Olken 2007) or reported by colleagues, of whom only
those who are not for sale report: where all are, nobody does (Andvig and Moene 1990).  Discipline
costs points, and below the floor the office, which is what makes honesty pay (Becker and Stigler
1974).  Some are disciplined for nothing; `desk_clean` is the score without that.

Nothing here looks at everybody: a block has some ten officials.

Sources, all from memory: G. Becker, G. Stigler, "Law enforcement, malfeasance, and compensation of
enforcers", J. Legal Studies 3(1), 1974; A. Shleifer, R. Vishny, "Corruption", QJE 108(3), 1993; J.
Andvig, K. Moene, "How corruption may corrupt", JEBO 13(1), 1990; B. Olken, "Monitoring corruption:
evidence from a field experiment in Indonesia", J. Political Economy 115(2), 2007.
Left out: officials under ordinary law; rank and superiors; what an office pays; points that come
back with time; citizens who report.
"""

import numpy as np

from demerit import draws
from demerit.columns import HONESTY
from demerit.kernel import fill, kernel, stage

PUBLIC = 1  # row of society.people.STATUS
ADULT = 18  # years
MOST = 1 << 30  # fen
RIGHTLY, WRONGLY = 1, 2  # why somebody is disciplined
LASTING = np.int64(2)  # index of the draw that is made once for life


@stage
def office(world, society, scheme, climate, month):
    """Let officials act, be found out, and lose their office.

    Writes  desk_person, desk_open, desk_target, desk_disciplined, desk_gone (world, desk),
            desk_points, desk_clean (world, desk) [points], desk_fen (world, desk) [fen, next month]
    """
    if not scheme.officials:
        return
    for w in range(1, climate.worlds):
        fill(world.life.desk_open[w], 0)
        fill(world.life.desk_target[w], 0)
        fill(world.life.desk_fen[w], 0)
        fill(world.life.desk_disciplined[w], 0)
        fill(world.life.desk_gone[w], 0)
        if climate.in_force[w]:
            honest, others = tempt(world, scheme, w)
            for desk in range(world.life.desk_total[w]):
                if world.life.desk_person[w, desk]:
                    serve(world, scheme, month, w, desk, honest, others)
            for desk in range(world.life.desk_total[w]):
                if world.life.desk_gone[w, desk]:
                    succeed(world, scheme, w, desk)


@kernel
def tempt(world, scheme, w):
    """Who is for sale; returns how many are not, and how many colleagues each has.

    A lasting word against a table by honesty: the larger the share for sale, the more beside those
    who were for sale already.
    """
    honest, filled = np.int64(0), np.int64(0)
    for desk in range(world.life.desk_total[w]):
        if world.life.desk_person[w, desk]:
            i = np.int64(world.life.desk_person[w, desk]) - 1
            word = draws.four(world.seed, world.first + draws.U(i), 0, 0, draws.OFFICE, LASTING)[0]
            cell = min(512, max(0, 256 + ((np.int64(world.life.trait[HONESTY, i]) + 32) >> 6)))
            ready = np.int64(word) < scheme.open_32[cell]
            world.life.desk_open[w, desk] = ready
            honest += not ready
            filled += 1
    return honest, filled - 1


@kernel
def serve(world, scheme, month, w, desk, honest, others):
    """A month of one official: an account settled, what was sold, and whether it comes out."""
    i = np.int64(world.life.desk_person[w, desk]) - 1
    person = world.first + draws.U(i)
    settles, whom, seen, told = draws.four(
        world.seed, person, month, world.replicate, draws.OFFICE, np.int64(0)
    )
    if world.life.desk_open[w, desk] and scheme.erring[w] and np.int64(settles) < scheme.settle_32:
        world.life.desk_target[w, desk] = critic(world, scheme, w, i, whom)
    sold = np.int64(world.life.desk_sold[w, desk])
    acts = sold + np.int64(world.life.desk_shielded[w, desk])
    acts += np.int64(world.life.desk_target[w, desk] > 0)
    acts += np.int64(world.life.deed_count[w, scheme.bribe_taken, i])
    # Colleagues who are not for sale: oneself is none of one's own.
    clean_hands = honest - np.int64(world.life.desk_open[w, desk] == 0)
    report = acts * scheme.report_32 * clean_hands // max(np.int64(1), others)
    found = np.int64(seen) < acts * scheme.inspect_32 or np.int64(told) < report
    world.life.desk_fen[w, desk] = min(np.int64(MOST), sold * scheme.price_fen)
    if found:
        discipline(world, scheme, w, desk, RIGHTLY)
    elif acts == 0 and scheme.erring[w]:
        word = draws.four(world.seed, person, month, world.replicate, draws.OFFICE, np.int64(1))[0]
        if np.int64(word) < scheme.accuse_32:
            discipline(world, scheme, w, desk, WRONGLY)


@kernel
def critic(world, scheme, w, own, word):
    """Somebody with a file who petitioned or criticised this month: the first from a drawn row on
    [row from one; 0: nobody did]."""
    petitioned = world.life.deed_count[w, scheme.petition]
    criticised = world.life.deed_count[w, scheme.criticism]
    start = draws.among(word, world.people)
    for step in range(world.people):
        i = (start + step) % world.people
        if (petitioned[i] or criticised[i]) and world.file.scored[i] and i != own:
            return i + 1
    return np.int64(0)


@kernel
def discipline(world, scheme, w, desk, why):
    """Points off; below the floor the office is lost, with what was taken this month."""
    points = np.int64(world.life.desk_points[w, desk]) - scheme.office_cost
    clean = np.int64(world.life.desk_clean[w, desk]) - scheme.office_cost * (why == RIGHTLY)
    world.life.desk_points[w, desk] = max(np.int64(0), points)
    world.life.desk_clean[w, desk] = max(np.int64(0), clean)
    lost = points < scheme.office_floor
    if lost:
        world.life.desk_gone[w, desk] = world.life.desk_person[w, desk]
        world.life.desk_target[w, desk] = 0
        world.life.desk_fen[w, desk] = 0
    spared = lost and clean >= scheme.office_floor
    world.life.desk_disciplined[w, desk] = WRONGLY if spared else why


@kernel
def succeed(world, scheme, w, desk):
    """Somebody else of the public service takes the desk, with a clean score; or nobody is left.

    The next in the block after who lost it, who works and sits at no desk.  Nobody is for sale in
    the first month.
    """
    gone = np.int64(world.life.desk_gone[w, desk]) - 1
    world.life.desk_person[w, desk] = 0
    for step in range(1, world.people):
        i = (gone + step) % world.people
        public = world.life.status[i] == PUBLIC and world.life.age_years[i] >= ADULT
        if public and world.life.employed[w, i] and not sits(world, w, i):
            world.life.desk_person[w, desk] = i + 1
            break
    world.life.desk_open[w, desk] = 0
    world.life.desk_points[w, desk] = scheme.office_start
    world.life.desk_clean[w, desk] = scheme.office_start


@kernel
def sits(world, w, i):
    """Does this person hold an office now, or lose one this month?"""
    found = False
    for desk in range(world.life.desk_total[w]):
        found |= world.life.desk_person[w, desk] == i + 1
        found |= world.life.desk_gone[w, desk] == i + 1
    return found
