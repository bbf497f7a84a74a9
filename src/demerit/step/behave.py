"""Behave: what people truly do this month, good and bad, and who pays what is due.

deed_rate, caution, grievance, score_points, able  ->  deed_count, deed_withheld, neglecting

Everyone has a lasting rate of each deed (society/people.py).  Grievance raises speech; caution
holds back what the scheme scores, as far as `scheme.fear_16` says: harmful deeds are deterred,
lawful ones chilled, and the two are never added up.  A deed is wanted if its draw falls under the
rate without fear, done if it falls under the rate with fear: withheld is the difference, on the
same draw.  Dues that cannot be paid go unpaid whatever one wants.

Source: D. Nagin, "Deterrence in the twenty-first century", Crime and Justice 42, 2013 (from
memory); J. Penney, "Chilling effects", Berkeley Technology Law Journal 31, 2016.
"""

import numpy as np

from demerit import draws
from demerit.columns import COUNT_MAX
from demerit.kernel import fill, kernel

MEMBERS = 1  # row of the spells that is a membership
SURE = np.uint32(0xFFFFFFFF)  # the rate of those who are members
ONE = np.int64(65536)
BUCKET_BITS = 5  # scheme.tables.BUCKET_POINTS is 32
BUCKETS = 32


@kernel
def behave(world, society, scheme, climate, month):
    """Draw every deed of every person [deeds].

    Writes  deed_count, deed_withheld (world, deed, person), neglecting (world, person)
    """
    for deed in range(world.deeds):
        lane = deed & 3
        if lane == 0:
            draws.rows(
                world.scratch.u,
                world.seed,
                world.first,
                month,
                world.replicate,
                draws.DEED,
                deed >> 2,
            )
        for w in range(climate.worlds):
            hold_back(world, society, scheme, climate, w, deed)
            if society.spell[deed] >= 0:
                draw_spell(world, society, w, deed, lane)
            elif society.payment[deed]:
                draw_payment(world, society, w, deed, lane)
            elif society.counted[deed]:
                draw_counts(world, w, deed, lane)
            else:
                draw_deeds(world, society, w, deed, lane)


@kernel
def hold_back(world, society, scheme, climate, w, deed):
    """Share of this deed that caution leaves, to the scratch row `m` [1/65536]."""
    n = world.scratch.m.size
    if climate.in_force[w] == 0 or scheme.points[deed] >= 0:
        fill(world.scratch.m, ONE)
        return
    fear = scheme.fear_16[deed]
    for i in range(n):
        away = (np.int64(world.file.score_points[w, i]) - scheme.edge) >> BUCKET_BITS
        bucket = min(BUCKETS - 1, max(0, away))
        world.scratch.m[i] = ONE - (np.int64(world.life.caution[w, i]) * fear[bucket] >> 8)


@kernel
def draw_deeds(world, society, w, deed, lane):
    """A deed done at most once a month."""
    voice = society.voice_256 * society.voiced[deed]
    for i in range(world.scratch.m.size):
        # Grievance in 256ths and voice in 256ths: the product is in 65536ths.
        raised = ONE + np.int64(world.life.grievance[w, i]) * voice
        wanted = np.int64(world.life.deed_rate[deed, i]) * raised >> 16
        wants = np.int64(world.scratch.u[lane, i]) < wanted
        done = np.int64(world.scratch.u[lane, i]) < wanted * np.int64(world.scratch.m[i]) >> 16
        world.life.deed_count[w, deed, i] = done
        world.life.deed_withheld[w, deed, i] = wants ^ done


@kernel
def draw_counts(world, w, deed, lane):
    """A deed that may happen more than once a month: a Poisson count."""
    for i in range(world.scratch.m.size):
        rate = np.int64(world.life.deed_rate[deed, i])
        done = wants = np.int64(0)
        if rate > 0:
            held = rate * np.int64(world.scratch.m[i]) >> 16
            done = draws.poisson(world.scratch.u[lane, i], held, COUNT_MAX)
            wants = done
            if held < rate:
                wants = max(done, draws.poisson(world.scratch.u[lane, i], rate, COUNT_MAX))
        world.life.deed_count[w, deed, i] = done
        world.life.deed_withheld[w, deed, i] = wants - done


@kernel
def draw_spell(world, society, w, deed, lane):
    """A lasting state: members practise or keep it in; a spell of neglect begins or ends."""
    if society.spell[deed] == MEMBERS:
        for i in range(world.scratch.m.size):
            member = world.life.deed_rate[deed, i] == SURE
            open_ = np.int64(world.scratch.u[lane, i] >> np.uint32(16)) < np.int64(
                world.scratch.m[i]
            )
            world.life.deed_count[w, deed, i] = member and open_
            world.life.deed_withheld[w, deed, i] = member and not open_
        return
    for i in range(world.scratch.m.size):
        word, rate = np.int64(world.scratch.u[lane, i]), np.int64(world.life.deed_rate[deed, i])
        was = world.life.neglecting[w, i] != 0
        starts = word < rate * np.int64(world.scratch.m[i]) >> 16
        now = word >= society.spell_end_32 if was else starts
        world.life.neglecting[w, i] = now
        world.life.deed_count[w, deed, i] = now
        world.life.deed_withheld[w, deed, i] = word < rate and not starts and not was


@kernel
def draw_payment(world, society, w, deed, lane):
    """A due that goes unpaid: by inability, or by choice of one who could pay."""
    enough = 1 if deed == society.late_bill else 2
    due = world.life.bill_fen if deed == society.late_bill else world.life.instalment_fen
    for i in range(world.scratch.m.size):
        word, rate = np.int64(world.scratch.u[lane, i]), np.int64(world.life.deed_rate[deed, i])
        owes = due[i] > 0 and rate > 0
        able = world.life.able[w, i] >= enough
        chooses = word < rate * np.int64(world.scratch.m[i]) >> 16
        world.life.deed_count[w, deed, i] = owes and (chooses or not able)
        world.life.deed_withheld[w, deed, i] = owes and able and word < rate and not chooses
