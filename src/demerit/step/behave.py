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
from demerit.kernel import fill, foremost, kernel, stage, without
from demerit.society.tables.deeds import COUNT, DUE, FIRM, MEMBERS, ON_TIME, ONCE, SPELL, TIE
from demerit.step.sway import bent, moved_by, single_out, stir, sway

SURE = np.uint32(0xFFFFFFFF)  # the rate of those who are members; the last word


@stage
def behave(world, society, scheme, climate, month):
    """Draw every deed of every person [deeds].

    Before the start, where nobody looks (`idle`), those deeds alone that leave something behind.

    Writes  deed_count, deed_withheld, deed_shown (world, deed, person), distressed, neglecting
            (world, person)
    """
    for w in range(climate.worlds):
        fill(world.life.distressed[w], 0)
    stir(world, climate.worlds)
    drawn = np.int64(-1)
    for deed in range(world.deeds):
        kind = society.kind[deed]
        if climate.idle and kind != DUE and kind != SPELL and deed != society.breach:  # noqa: PLR1714
            continue
        if kind not in (TIE, FIRM, ON_TIME) and deed >> 2 != drawn:
            drawn = deed >> 2
            draws.rows(
                world.scratch.u, world.seed, world.first, month, world.replicate,
                draws.DEED, drawn,
            )  # fmt: skip
        if kind in (ONCE, COUNT):
            choose(world, society, scheme, climate, deed)
        else:
            for w in range(climate.worlds):
                act(world, society, scheme, climate, w, deed, deed & 3)


@kernel
def act(world, society, scheme, climate, w, deed, lane):
    """One lasting state or due of everybody in one world."""
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
    elif kind in (SPELL, MEMBERS):
        persist(world, society, scheme, climate, w, deed)
    elif not bent(society, scheme, climate, w, deed):
        draw_plain_due(world, society, w, deed, lane)
    else:
        sway(world, society, scheme, climate, w, deed)
        draw_due(world, society, scheme, climate, w, deed, lane)


# ---- deeds done once a month or several times


@kernel
def choose(world, society, scheme, climate, deed):
    """One deed that may be done or not, in every world.

    By habit, in the world of ordinary law; in the others as there, on the same word, but for those
    whom grievance, prices, fear or reward may move.  These are looked at one by one, and of them
    those alone whose word is low enough: few, as most deeds are rare.
    """
    first, moves = 0 if society.voiced[deed] else 1, False
    if society.kind[deed] == ONCE:
        draw_plain(world, 0, deed, deed & 3)
    else:
        draw_plain_counts(world, society, 0, deed, deed & 3)
    for w in range(climate.worlds):
        clear(world, w, deed)
        if w > 0:
            do_as_ever(world, w, deed)
        moves |= w >= first and bent(society, scheme, climate, w, deed)
    if moves:
        single_out(world, society, scheme, deed)
        eight = world.scratch.flag.view(np.uint64)
        for j in range(eight.size):
            some = eight[j]
            while some:
                k = foremost(some)
                some = without(some, k)
                consider(world, society, scheme, climate, first, deed, 8 * j + k)


@kernel
def consider(world, society, scheme, climate, first, deed, i):
    """One deed of one person, in every world in which something may move it."""
    for w in range(first, climate.worlds):
        if bent(society, scheme, climate, w, deed):
            decide(world, society, scheme, climate, w, deed, i)


@kernel
def decide(world, society, scheme, climate, w, deed, i):
    """What one person wants and does in one world; the difference is withheld, or shown."""
    life, word = world.life, world.scratch.u[deed & 3, i]
    wish, share = moved_by(world, society, scheme, climate, w, deed, i)
    habit = np.int64(life.deed_rate[deed, i])
    wanted = np.int64(np.uint64(habit) * np.uint64(wish) >> np.uint64(16))
    held = np.int64(np.uint64(wanted) * np.uint64(share) >> np.uint64(16))
    if society.kind[deed] == ONCE:
        wants, does = np.int64(np.int64(word) < wanted), np.int64(np.int64(word) < held)
    else:
        wants, does = counts_of(world, society, w, deed, i, habit, wanted, held)
    world.life.deed_count[w, deed, i] = does
    if climate.in_force[w] != 0 and scheme.points[deed] != 0 and wants != does:
        world.life.swayed[w, deed] = 1
        world.life.deed_withheld[w, deed, i] = max(np.int64(0), wants - does)
        world.life.deed_shown[w, deed, i] = max(np.int64(0), does - wants)


@kernel
def counts_of(world, society, w, deed, i, habit, wanted, held):
    """How often one person wants to do a deed and does it: Poisson counts of the same word."""
    table, guide = society.poisson_32, society.poisson_guide
    word, law = world.scratch.u[deed & 3, i], world.life.deed_count[0, deed, i]
    # Unmoved, it is what the world of ordinary law drew from the same word.
    unmoved = w > 0 and wanted == habit
    wants = np.int64(law) if unmoved else draws.poisson(table, guide, word, wanted)
    does = wants if held == wanted else draws.poisson(table, guide, word, held)
    if held < wanted:  # rounding apart, fear leaves no more and reward no less
        wants = max(wants, does)
    else:
        does = max(wants, does)
    return wants, does


# ---- lasting states and dues


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
    """A deed that may happen more than once a month, out of habit alone: a Poisson count, of those
    for whom it can be more than nought (see `single_out`)."""
    table, guide, some = society.poisson_32, society.poisson_guide, world.scratch.flag
    u, rate = world.scratch.u[lane], world.life.deed_rate[deed]
    done = world.life.deed_count[w, deed]
    for i in range(u.size):
        some[i] = ((u[i] ^ SURE) >> np.uint32(16) <= rate[i]) & (rate[i] > 0)
        done[i] = 0
    eight = some.view(np.uint64)
    for j in range(eight.size):
        those = eight[j]
        while those:
            k = foremost(those)
            i, those = 8 * j + k, without(those, k)
            done[i] = draws.poisson(table, guide, u[i], np.int64(rate[i]))


@kernel
def do_as_ever(world, w, deed):
    """Where nothing moves a deed it is done as under ordinary law, from the same word."""
    done, law = world.life.deed_count[w, deed], world.life.deed_count[0, deed]
    for i in range(done.size):
        done[i] = law[i]


@kernel
def persist(world, society, scheme, climate, w, deed):
    """A lasting state of the few who can be in it, one by one."""
    rate, some = world.life.deed_rate[deed], world.scratch.flag
    neglecting = world.life.neglecting[w]
    fill(world.life.deed_count[w, deed], 0)
    if world.life.swayed[w, deed]:
        fill(world.life.deed_withheld[w, deed], 0)
    for i in range(some.size):
        some[i] = (rate[i] > 0) | (neglecting[i] > 0)
    eight = some.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if some[i] and society.kind[deed] == SPELL:
                    neglect(world, society, scheme, climate, w, deed, i)
                elif rate[i] == SURE:
                    practise(world, society, scheme, climate, w, deed, i)


@kernel
def practise(world, society, scheme, climate, w, deed, i):
    """A member of a group practises, or keeps it in."""
    share = moved_by(world, society, scheme, climate, w, deed, i)[1]
    open_ = np.int64(world.scratch.u[deed & 3, i] >> np.uint32(16)) < share
    world.life.deed_count[w, deed, i] = open_
    world.life.deed_withheld[w, deed, i] = (not open_) and world.life.swayed[w, deed] != 0


@kernel
def neglect(world, society, scheme, climate, w, deed, i):
    """A spell of neglect begins, lasts or ends."""
    wish, share = moved_by(world, society, scheme, climate, w, deed, i)
    word = np.int64(world.scratch.u[deed & 3, i])
    wanted = np.int64(world.life.deed_rate[deed, i]) * wish >> 16
    was, starts = world.life.neglecting[w, i] != 0, word < wanted * share >> 16
    now = word >= society.spell_end_32 if was else starts
    world.life.neglecting[w, i] = now
    world.life.deed_count[w, deed, i] = now
    world.life.deed_withheld[w, deed, i] = word < wanted and not starts and not was


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
