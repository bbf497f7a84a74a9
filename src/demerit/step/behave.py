"""Behave: what people truly do this month, good and bad, and who pays what is due.

deed_rate, caution, awareness, grievance, score_points, able, tie_low, firm_low  ->  deed_count,
    deed_withheld, deed_shown, distressed, neglecting

Everyone has a lasting rate of each deed (society/people.py).  What is wanted: grievance raises
speech, and a small price on a deed that had none raises the deed (Gneezy and Rustichini 2000).
What is done: caution holds back what the scheme scores against a person, as far as
`scheme.fear_16` says (harmful deeds are deterred, lawful ones chilled, and the two are never added
up), and who knows the rules does more of what it rewards, most of all next to an edge.  Withheld is
wanted and not done, shown is done and not wanted, on the same draw.

Dues that cannot be paid go unpaid whatever one wants, but for those whom fear makes go without
food or medicine to pay them (distressed).

Source: D. Nagin, "Deterrence in the twenty-first century", Crime and Justice 42, 2013 (from
memory); J. Penney, "Chilling effects", Berkeley Technology Law Journal 31, 2016; U. Gneezy and
A. Rustichini, "A fine is a price", Journal of Legal Studies 29, 2000.
"""

import numpy as np

from demerit import draws
from demerit.columns import KNOWS_RULES
from demerit.kernel import fill, kernel, stage
from demerit.society.tables.deeds import COUNT, DUE, FIRM, MEMBERS, ON_TIME, ONCE, SPELL, TIE

SURE = np.uint32(0xFFFFFFFF)  # the rate of those who are members
ONE = np.int64(65536)
BUCKET_BITS = 5  # scheme.tables.BUCKET_POINTS is 32
BUCKETS = 32


@stage
def behave(world, society, scheme, climate, month):
    """Draw every deed of every person [deeds].

    Writes  deed_count, deed_withheld, deed_shown (world, deed, person), distressed, neglecting
            (world, person)
    """
    for w in range(climate.worlds):
        fill(world.life.distressed[w], 0)
    for deed in range(world.deeds):
        lane = deed & 3
        if lane == 0:
            draws.rows(
                world.scratch.u, world.seed, world.first, month, world.replicate,
                draws.DEED, deed >> 2,
            )  # fmt: skip
        for w in range(climate.worlds):
            act(world, society, scheme, climate, w, deed, lane)


@kernel
def act(world, society, scheme, climate, w, deed, lane):
    """One deed of everybody in one world."""
    kind = society.kind[deed]
    if climate.in_force[w] != 0 and scheme.points[deed] != 0:
        world.life.swayed[w, deed] = 1
    else:
        clear(world, w, deed)
    if kind == TIE:
        know_the_low(world, w, deed)
    elif kind == FIRM:
        own_the_low(world, w, deed)
    elif kind == ON_TIME:
        pay_in_time(world, society, w, deed)
    elif kind in (ONCE, COUNT, DUE) and not bent(society, scheme, climate, w, deed):
        act_plainly(world, society, w, deed, lane)
    else:
        sway(world, society, scheme, climate, w, deed)
        act_swayed(world, society, scheme, climate, w, deed, lane)


@kernel
def act_plainly(world, society, w, deed, lane):
    """One deed that nothing moves: out of habit alone, but for what want of money leaves unpaid."""
    kind = society.kind[deed]
    if kind == DUE:
        draw_plain_due(world, society, w, deed, lane)
    elif w > 0:
        do_as_ever(world, w, deed)
    elif kind == ONCE:
        draw_plain(world, w, deed, lane)
    else:
        draw_plain_counts(world, society, w, deed, lane)


@kernel
def act_swayed(world, society, scheme, climate, w, deed, lane):
    """One deed that grievance, prices, fear or reward may move."""
    kind = society.kind[deed]
    if kind == ONCE and world.life.swayed[w, deed]:
        draw_swayed(world, w, deed, lane)
    elif kind == ONCE:
        draw_wished(world, w, deed, lane)
    elif kind == COUNT:
        draw_counts(world, society, w, deed, lane)
    elif kind == SPELL:
        draw_spell(world, society, w, deed, lane)
    elif kind == MEMBERS:
        draw_members(world, w, deed, lane)
    else:
        draw_due(world, society, scheme, climate, w, deed, lane)


@kernel
def bent(society, scheme, climate, w, deed):
    """Does anything but habit move this deed in this world?"""
    if society.voiced[deed]:
        return True
    if scheme.crowd_16[deed] != 0 and w > 0:
        return True
    return climate.in_force[w] != 0 and scheme.points[deed] != 0


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
            bucket = min(BUCKETS - 1, max(0, (np.int64(score[i]) - edge) >> BUCKET_BITS))
            m[i] = ONE - (np.int64(caution[i]) * fear[bucket] >> 8)
    else:
        show, aim = scheme.show_16[deed], scheme.aim
        for i in range(m.size):
            bucket = min(BUCKETS - 1, abs(np.int64(score[i]) - aim) >> BUCKET_BITS)
            m[i] = ONE + show[bucket] * np.int64(aware[i] >= KNOWS_RULES)


@kernel
def clear(world, w, deed):
    """Nothing is withheld and nothing shown; rows that are noughts already are not written again,
    for most are, and to write them took more time than all the draws."""
    if world.life.swayed[w, deed]:
        fill(world.life.deed_withheld[w, deed], 0)
        fill(world.life.deed_shown[w, deed], 0)
        world.life.swayed[w, deed] = 0


@kernel
def draw_plain(world, w, deed, lane):
    """A deed done at most once a month, out of habit alone."""
    u, rate = world.scratch.u[lane], world.life.deed_rate[deed]
    done = world.life.deed_count[w, deed]
    for i in range(u.size):
        done[i] = u[i] < rate[i]


@kernel
def draw_plain_counts(world, society, w, deed, lane):
    """A deed that may happen more than once a month, out of habit alone: a Poisson count."""
    table, guide = society.poisson_32, society.poisson_guide
    u, rate = world.scratch.u[lane], world.life.deed_rate[deed]
    done = world.life.deed_count[w, deed]
    for i in range(u.size):
        done[i] = draws.poisson(table, guide, u[i], np.int64(rate[i])) if rate[i] > 0 else 0


@kernel
def do_as_ever(world, w, deed):
    """Where nothing moves a deed it is done as under ordinary law, from the same word."""
    done, law = world.life.deed_count[w, deed], world.life.deed_count[0, deed]
    for i in range(done.size):
        done[i] = law[i]


@kernel
def draw_wished(world, w, deed, lane):
    """A deed done at most once a month, as it is wished and neither feared nor rewarded."""
    u, rate, wish = world.scratch.u[lane], world.life.deed_rate[deed], world.scratch.wish
    done = world.life.deed_count[w, deed]
    for i in range(u.size):
        wanted = np.uint64(rate[i]) * np.uint64(wish[i]) >> np.uint64(16)
        done[i] = np.uint64(u[i]) < wanted


@kernel
def draw_swayed(world, w, deed, lane):
    """A deed done at most once a month, moved by grievance, prices, fear or reward."""
    u, rate = world.scratch.u[lane], world.life.deed_rate[deed]
    done = world.life.deed_count[w, deed]
    wish, m = world.scratch.wish, world.scratch.m
    withheld, shown = world.life.deed_withheld[w, deed], world.life.deed_shown[w, deed]
    for i in range(u.size):
        wanted = np.uint64(rate[i]) * np.uint64(wish[i]) >> np.uint64(16)
        wants = np.uint64(u[i]) < wanted
        does = np.uint64(u[i]) < wanted * np.uint64(m[i]) >> np.uint64(16)
        done[i] = does
        withheld[i] = wants & (not does)
        shown[i] = does & (not wants)


@kernel
def draw_counts(world, society, w, deed, lane):
    """A deed that may happen more than once a month: a Poisson count."""
    table, guide = society.poisson_32, society.poisson_guide
    u, rate = world.scratch.u[lane], world.life.deed_rate[deed]
    wish, m = world.scratch.wish, world.scratch.m
    done, law = world.life.deed_count[w, deed], world.life.deed_count[0, deed]
    withheld, shown = world.life.deed_withheld[w, deed], world.life.deed_shown[w, deed]
    swayed = world.life.swayed[w, deed] != 0
    for i in range(u.size):
        habit = np.int64(rate[i])
        wants = does = np.int64(0)
        if habit > 0:
            wanted = habit * np.int64(wish[i]) >> 16
            held = wanted * np.int64(m[i]) >> 16
            # Unmoved, it is what the world of ordinary law drew from the same word.
            unmoved = w > 0 and wanted == habit
            wants = np.int64(law[i]) if unmoved else draws.poisson(table, guide, u[i], wanted)
            does = wants if held == wanted else draws.poisson(table, guide, u[i], held)
            if held < wanted:  # rounding apart, fear leaves no more and reward no less
                wants = max(wants, does)
            else:
                does = max(wants, does)
        done[i] = does
        if swayed:
            withheld[i] = max(0, wants - does)
            shown[i] = max(0, does - wants)


@kernel
def draw_members(world, w, deed, lane):
    """Members of a group practise, or keep it in."""
    swayed = world.life.swayed[w, deed] != 0
    u, rate, m = world.scratch.u[lane], world.life.deed_rate[deed], world.scratch.m
    done, withheld = world.life.deed_count[w, deed], world.life.deed_withheld[w, deed]
    for i in range(u.size):
        member = rate[i] == SURE
        open_ = (u[i] >> np.uint32(16)) < np.uint32(m[i])
        done[i] = member & open_
        withheld[i] = member & (not open_) & swayed


@kernel
def draw_spell(world, society, w, deed, lane):
    """A spell of neglect begins, lasts or ends."""
    u, rate = world.scratch.u[lane], world.life.deed_rate[deed]
    wish, m = world.scratch.wish, world.scratch.m
    neglecting = world.life.neglecting[w]
    done, withheld = world.life.deed_count[w, deed], world.life.deed_withheld[w, deed]
    for i in range(u.size):
        word, wanted = np.int64(u[i]), np.int64(rate[i]) * np.int64(wish[i]) >> 16
        was = neglecting[i] != 0
        starts = word < wanted * np.int64(m[i]) >> 16
        now = word >= society.spell_end_32 if was else starts
        neglecting[i] = now
        done[i] = now
        withheld[i] = (word < wanted) & (not starts) & (not was)


@kernel
def owe(world, w, rank, rate):
    """Who owes the due of this rank this month, to the scratch row `flag` [yes/no]."""
    owes = world.scratch.flag
    if rank == 1:
        bill, rent = world.life.bill_fen, world.life.rent_fen
        for i in range(owes.size):
            owes[i] = (rate[i] > 0) & (bill[i] + rent[i] > 0)
    elif rank == 2:
        instalment, loan = world.life.instalment_fen, world.life.loan_fen[w]
        for i in range(owes.size):
            owes[i] = (rate[i] > 0) & ((instalment[i] > 0) | (loan[i] > 0))
    elif rank == 3:
        fine = world.life.fine_due[w]
        for i in range(owes.size):
            owes[i] = (rate[i] > 0) & (fine[i] > 0)
    else:
        judgment = world.file.judgment_fen[w]
        for i in range(owes.size):
            owes[i] = (rate[i] > 0) & (judgment[i] > 0)


@kernel
def draw_plain_due(world, society, w, deed, lane):
    """A due that goes unpaid, by inability or out of habit, where nobody has cause to fear it."""
    rank = society.due[deed]
    u, rate = world.scratch.u[lane], world.life.deed_rate[deed]
    owe(world, w, rank, rate)
    owes, able, enough = world.scratch.flag, world.life.able[w], np.uint8(rank)
    done = world.life.deed_count[w, deed]
    for i in range(u.size):
        done[i] = (owes[i] != 0) & ((able[i] < enough) | (u[i] < rate[i]))


@kernel
def draw_due(world, society, scheme, climate, w, deed, lane):
    """A due that goes unpaid: by inability, or by choice of one who could pay.

    Of who is unable the word is not needed for a choice: it says who goes without, to pay.
    """
    rank = society.due[deed]
    u, rate, m, wish = (
        world.scratch.u[lane],
        world.life.deed_rate[deed],
        world.scratch.m,
        world.scratch.wish,
    )
    owe(world, w, rank, rate)
    owes, able, caution = world.scratch.flag, world.life.able[w], world.life.caution[w]
    done, withheld = world.life.deed_count[w, deed], world.life.deed_withheld[w, deed]
    distressed = world.life.distressed[w]
    feared = climate.in_force[w] != 0 and scheme.points[deed] < 0
    distress = society.distress_16 if feared else 0
    for i in range(u.size):
        word, wanted = np.int64(u[i]), np.int64(rate[i]) * np.int64(wish[i]) >> 16
        could = able[i] >= rank
        wants = word < wanted
        chooses = word < wanted * np.int64(m[i]) >> 16
        without = word < np.int64(caution[i]) * distress << 8
        due = owes[i] != 0
        done[i] = due & ((could & chooses) | ((not could) & (not without)))
        withheld[i] = due & could & wants & (not chooses)
        distressed[i] |= due & (not could) & without


@kernel
def know_the_low(world, w, deed):
    """Having a close tie who is under sanction: nothing that one does."""
    done, low, rate = (
        world.life.deed_count[w, deed],
        world.life.tie_low[w],
        world.life.deed_rate[deed],
    )
    for i in range(done.size):
        done[i] = (low[i] > 0) & (rate[i] > 0)


@kernel
def own_the_low(world, w, deed):
    """Having a firm in the lowest grade: the state that step/firms.py found last month."""
    done, low = world.life.deed_count[w, deed], world.life.firm_low[w]
    for i in range(done.size):
        done[i] = low[i]


@kernel
def pay_in_time(world, society, w, deed):
    """All that is due is paid."""
    done, rate = world.life.deed_count[w, deed], world.life.deed_rate[deed]
    bill, rent = world.life.bill_fen, world.life.rent_fen
    for i in range(done.size):
        done[i] = (rate[i] > 0) & (bill[i] + rent[i] > 0)
    for due in range(society.due_deed.size):
        unpaid = world.life.deed_count[w, society.due_deed[due]]
        for i in range(done.size):
            done[i] &= unpaid[i] == 0
