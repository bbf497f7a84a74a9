"""Audit: the laboratory's shadow files, by which it is said what is wrongful and why.

record_truth, record_unable, deed_count  ->  shadow_points, entry_false, foreign_held, wrongful,
    deserving, anatomy; shadow_given, done_month

Beside each file stand the same file less its entries of one kind: `error` without what is false,
mislabelled or another's; `able` without debts that could not be paid; `unlawful` without lawful or
protected conduct; `unhabitual` without harmless habits; `alone` without another's standing; `harm`
with true harm alone; and `clean`, without errors and without what the rule's own ground does not
cover (a rule against those who could pay, used on one who could not).  What an agency missed stays
missed.  `seen` is of another kind: every true deed seen and labelled rightly; it serves `deserving`
and missed sanctions, never `wrongful`.  Points bought are errors in a person's favour.

A sanction is wrongful in a month when the clean file would not bring it (but-for test).
No stage of the scheme reads what this stage writes; people do know of their own false entries
(respond, redress).
"""

import numpy as np

from demerit.anatomy import A_NONE, dissect
from demerit.columns import (
    ABLE,
    ALONE,
    CLEAN,
    ERROR,
    FOREIGN,
    GROUNDLESS,
    HARM,
    JUDGMENT,
    NEVER,
    RING,
    SEEN_ALL,
    TRUE,
    UNHABITUAL,
    UNLAWFUL,
)  # fmt: skip
from demerit.kernel import fill, inline, kernel, stage
from demerit.label import truly_labelled
from demerit.learned import bit, price, stands, worth
from demerit.society.tables import HABIT, HARMFUL, LAWFUL, STANDING
from demerit.step.score import held, mean_with

# The shadow files that keep an untrue entry, and one whose term is over, a bit a row of SHADOWS.
AS_UNTRUE = np.int64(1 << ABLE | 1 << UNLAWFUL | 1 << UNHABITUAL | 1 << ALONE)
LONG_AGO = -20_000  # months: no finding yet
FEW = 80  # eights of people who did a deed, up to whom to go by them alone is quicker
RING_MOST = 30_000  # points of one month that the seen shadow remembers


@stage
def audit(world, society, scheme, climate, month):
    """Keep the shadow files and judge this month's sanctions.

    Writes  shadow_points (world, shadow, person) [points], entry_false, foreign_held, wrongful,
            deserving, anatomy (world, person)
    """
    for w in range(1, climate.worlds):
        fill(world.life.entry_false[w], 0)
        if climate.in_force[w] == 0:
            fill(world.life.wrongful[w], 0)
            fill(world.life.anatomy[w], 0)
            fill(world.life.deserving[w], 0)
            continue
        if climate.amnesty[w]:
            forgive(world, scheme, w)
        else:
            give_back(world, scheme, w)
            average(world, scheme, w)
            if scheme.move_32 > 0 and not scheme.learns:
                renew(world, scheme, w)
        enter(world, society, scheme, climate, w, month)
        if scheme.learns:
            weigh(world, society, scheme, climate, w, month)
        else:
            forget(world, society, scheme, w, month)
            if scheme.peer_weight == 0:
                see_all(world, society, scheme, w, month)
            hold(world, scheme, w, month)
        judge(world, scheme, w)


@kernel
def forgive(world, scheme, w):
    """After an amnesty every shadow is as it was opened, too."""
    for shadow in range(SEEN_ALL + 1):
        fill(world.life.shadow_points[w, shadow], scheme.start)
    fill(world.life.foreign_held[w], 0)
    fill(world.life.seen_month[w, JUDGMENT], LONG_AGO)
    for slot in range(RING):
        fill(world.life.seen_ring[w, slot], 0)
    if scheme.learns:
        for shadow in range(SEEN_ALL):
            fill(world.life.shadow_given[w, shadow], 0)
        for deed in range(world.deeds):
            fill(world.life.done_month[w, deed], 0)


@kernel
def renew(world, scheme, w):
    """Who has come from elsewhere has new shadows, too."""
    life, moved = world.life, world.file.moved
    for i in range(world.people):
        if moved[i]:
            for shadow in range(SEEN_ALL + 1):
                life.shadow_points[w, shadow, i] = scheme.start
            life.foreign_held[w, i] = 0
            life.seen_month[w, JUDGMENT, i] = LONG_AGO
            for slot in range(RING):
                life.seen_ring[w, slot, i] = 0


@kernel
def give_back(world, scheme, w):
    """Points granted on appeal count in every shadow that had counted the entry undone; points that
    were bought in every shadow but those without errors; points earned back in all.

    What is undone is groundless as far as `clean` stands above `error`, and false beyond that.
    """
    file, flag = world.file, world.scratch.flag
    undone, bought = file.correction_points[w], file.bought_points[w]
    earned = file.earned_points[w]
    for i in range(flag.size):
        flag[i] = (undone[i] | bought[i] | earned[i]) != 0
    eight = flag.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if flag[i]:
                    give_back_to(world, scheme, w, i)


@kernel
def give_back_to(world, scheme, w, i):
    """The same for one person."""
    shadow = world.life.shadow_points[w]
    undone, bought = np.int64(world.file.correction_points[w, i]), world.file.bought_points[w, i]
    above = np.int64(shadow[CLEAN, i]) - np.int64(shadow[ERROR, i])
    groundless = max(np.int64(0), min(undone, above))
    for kind in range(SEEN_ALL):  # held before this month's entries, as the file itself is
        points = np.int64(world.file.earned_points[w, i])
        if kind == ERROR:
            points += groundless
        elif kind == ABLE:
            points += undone - groundless + bought
        elif kind != HARM and kind != CLEAN:  # noqa: PLR1714
            points += undone + bought
        if scheme.learns:
            points += np.int64(world.life.shadow_given[w, kind, i])
            world.life.shadow_given[w, kind, i] = min(scheme.cap - scheme.least, points)
        else:
            points += np.int64(shadow[kind, i])
            shadow[kind, i] = held(points, scheme.cap, scheme.least)


@kernel
def average(world, scheme, w):
    """Where people rate people each shadow is the mean of ratings without what it leaves out.

    A fall that the clean file does not know is as a false entry.
    """
    shadow, rated = world.life.shadow_points[w], world.life.rated_shadow[w]
    for i in range(world.people if scheme.peer_weight > 0 else 0):
        count = np.int64(world.file.rated_count[w, i])
        if count > 0:
            before = np.int64(shadow[CLEAN, i])
            for kind in range(SEEN_ALL + 1):
                points, score = np.int64(rated[kind, i]), np.int64(shadow[kind, i])
                shadow[kind, i] = mean_with(score, count, points, scheme.peer_weight)
            fell = world.file.entry_loss[w, i] != 0
            world.life.entry_false[w, i] = fell and np.int64(shadow[CLEAN, i]) >= before


@kernel
def enter(world, society, scheme, climate, w, month):
    """Add this month's entries to the shadow files that keep them; take off what is erased."""
    for k in range(world.file.now_total[w]):
        r = world.file.record_now[w, k]
        sign = 1 if world.file.record_due[w, r] == month else -1
        enter_one(world, society, scheme, climate, w, r, sign, month)


@kernel
def enter_one(world, society, scheme, climate, w, r, sign, month):
    """One entry, in every shadow file that keeps it.

    One whose term is over and that is overlooked leaves those that keep it and is from then on kept
    as an untrue one is.
    """
    i, deed = world.file.record_person[w, r], world.file.record_deed[w, r]
    truth, points = world.life.record_truth[w, r], sign * scheme.points[deed]
    keep = keepers(world, society, scheme, climate, w, r)
    if world.file.record_over[w, r] == month:
        for shadow in range(SEEN_ALL):
            stays = (AS_UNTRUE >> shadow & 1) - (keep >> shadow & 1)
            world.life.shadow_points[w, shadow, i] += stays * scheme.points[deed]
        return
    if world.file.record_over[w, r] < month:
        keep = AS_UNTRUE
    if sign > 0:
        costs = price(scheme, climate, w, deed) < 0
        world.life.entry_false[w, i] += costs and truth not in (TRUE, GROUNDLESS)
    if truth == FOREIGN:
        held_now = np.int64(world.life.foreign_held[w, i]) + sign
        world.life.foreign_held[w, i] = max(0, min(255, held_now))
    for shadow in range(SEEN_ALL):
        if keep >> shadow & 1:
            world.life.shadow_points[w, shadow, i] += points


@kernel
def keepers(world, society, scheme, climate, w, r):
    """The shadow files that keep an entry [a bit a row of SHADOWS].

    An entry is of one kind: untrue, else a debt that could not be paid, else as its deed is.
    """
    deed, truth = world.file.record_deed[w, r], world.life.record_truth[w, r]
    unable, kind = world.life.record_unable[w, r] != 0, society.deed_class[deed]
    costs, true = price(scheme, climate, w, deed) < 0, truth in (TRUE, GROUNDLESS)
    of_deed = true and costs and not unable
    harms = true and not unable and (kind == HARMFUL or not costs)
    keep = np.int64(true) << ERROR
    keep |= np.int64(truth == TRUE) << CLEAN
    keep |= np.int64(not (true and unable)) << ABLE
    keep |= np.int64(not (of_deed and kind == LAWFUL)) << UNLAWFUL
    keep |= np.int64(not (of_deed and kind == HABIT)) << UNHABITUAL
    keep |= np.int64(not (of_deed and kind == STANDING)) << ALONE
    keep |= np.int64(harms) << HARM
    return keep


@kernel
def weigh(world, society, scheme, climate, w, month):
    """A learned score: each shadow file is what its own traces weigh this month.

    `seen` bears the trace of a deed as long as an entry would stand that came in the month in which
    the deed was last done.
    """
    kept, borne, weights = world.scratch.kept_bits, world.scratch.fen, climate.weights[w]
    for shadow in range(SEEN_ALL):
        fill(kept[shadow], np.uint64(0))
    for r in range(world.file.record_total[w]):
        due = np.int64(world.file.record_due[w, r])
        if stands(due, np.int64(world.file.record_erase[w, r]), month):
            i, deed = world.file.record_person[w, r], np.int64(world.file.record_deed[w, r])
            keep = keepers(world, society, scheme, climate, w, r)
            if world.file.record_over[w, r] <= month:
                keep = AS_UNTRUE
            for shadow in range(SEEN_ALL):
                if keep >> shadow & 1:
                    kept[shadow, i] |= bit(deed)
    see_traces(world, scheme, w, month, kept[SEEN_ALL])
    for shadow in range(SEEN_ALL + 1):
        given, bits = world.life.shadow_given[w, shadow], kept[shadow]
        for i in range(world.people):
            # Most shadows bear the traces of the shadow before: what these weigh is known.
            if shadow == 0 or bits[i] != kept[shadow - 1, i]:
                borne[i] = worth(bits[i], weights)
            points = held(scheme.start + borne[i] + given[i], scheme.cap, scheme.least)
            world.life.shadow_points[w, shadow, i] = points


@kernel
def see_traces(world, scheme, w, month, seen):
    """The traces that would stand on each file, were every true deed seen at once."""
    fill(seen, np.uint64(0))
    scored = world.file.scored
    for deed in range(world.deeds):
        if scheme.traced[deed]:
            row, done = world.life.deed_count[w, deed], world.life.done_month[w, deed]
            for i in range(world.people):
                if row[i] and scored[i]:
                    done[i] = month + 1
                if done[i] > 0 and month + 1 - done[i] < scheme.erase_months:
                    seen[i] |= bit(deed)


@kernel
def see_all(world, society, scheme, w, month):
    """What every true deed would have cost or gained, seen at once and rightly labelled."""
    for deed in range(world.deeds):
        if scheme.points[deed] == 0:
            continue
        plain = society.spell[deed] < 0 and scheme.ground[deed] == 0
        if plain and scheme.label_share_32[deed] >= 1 << 32:
            see_plain(world, scheme, w, month, deed)
        else:
            see_closely(world, society, scheme, w, month, deed)


@kernel
def see_plain(world, scheme, w, month, deed):
    """Deeds that the rules count as often as they are done."""
    points, cap, least = scheme.points[deed], scheme.cap, scheme.least
    row, scored = world.life.deed_count[w, deed], world.file.scored
    seen = world.life.shadow_points[w, SEEN_ALL]
    ring = world.life.seen_ring[w, month % scheme.erase_months if scheme.erase_months < RING else 0]
    keeps = np.int64(scheme.erase_months < RING)
    eight, some = row.view(np.uint64), np.int64(0)
    for j in range(eight.size):
        some += eight[j] != 0
    if some <= FEW:  # what is held already stays as it is where nothing was done
        for j in range(eight.size):
            if eight[j]:
                for i in range(8 * j, 8 * j + 8):
                    change = points * np.int64(row[i]) * np.int64(scored[i])
                    seen[i] = max(least, min(cap, np.int64(seen[i]) + change))
                    kept = np.int64(ring[i]) + change * keeps
                    ring[i] = max(-RING_MOST, min(RING_MOST, kept))
        return
    for i in range(row.size):
        change = points * np.int64(row[i]) * np.int64(scored[i])
        seen[i] = max(least, min(cap, np.int64(seen[i]) + change))
    if keeps:
        for i in range(row.size):
            change = points * np.int64(row[i]) * np.int64(scored[i])
            ring[i] = max(-RING_MOST, min(RING_MOST, np.int64(ring[i]) + change))


@kernel
def see_closely(world, society, scheme, w, month, deed):
    """Deeds that are counted once a finding, or only if they fall under the rule's words."""
    points, row = scheme.points[deed], world.life.deed_count[w, deed]
    eight = row.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if row[i] and world.file.scored[i]:
                    change = points * times_counted(world, society, scheme, w, month, deed, i)
                    world.life.shadow_points[w, SEEN_ALL, i] = held(
                        world.life.shadow_points[w, SEEN_ALL, i] + change, scheme.cap, scheme.least
                    )
                    if scheme.erase_months < RING and not till_paid(society, scheme, deed):
                        slot = month % scheme.erase_months
                        kept = np.int64(world.life.seen_ring[w, slot, i]) + change
                        world.life.seen_ring[w, slot, i] = max(-RING_MOST, min(RING_MOST, kept))


@inline
def till_paid(society, scheme, deed):
    """Do entries of this deed stand until a debt is paid?"""
    return society.spell[deed] == JUDGMENT and scheme.paid_months < NEVER


@kernel
def forget(world, society, scheme, w, month):
    """The seen shadow gives back what its term is over for: as files do, entry by entry."""
    seen = world.life.shadow_points[w, SEEN_ALL]
    if scheme.erase_months < RING:
        # The slot that this month's deeds will take still holds those of erase_months ago.
        ring = world.life.seen_ring[w, month % scheme.erase_months]
        for i in range(world.people):
            if ring[i] != 0:
                seen[i] = held(np.int64(seen[i]) - ring[i], scheme.cap, scheme.least)
                ring[i] = 0
    for deed in range(world.deeds):
        if scheme.points[deed] != 0 and till_paid(society, scheme, deed):
            counted = world.life.seen_month[w, JUDGMENT]
            for i in range(world.people):
                if counted[i] > LONG_AGO and world.file.judgment_fen[w, i] == 0:
                    back = np.int64(seen[i]) - scheme.points[deed]
                    seen[i] = held(back, scheme.cap, scheme.least)
                    counted[i] = LONG_AGO


@kernel
def times_counted(world, society, scheme, w, month, deed, i):
    """How often the rules would count these deeds of a month, were all of them seen."""
    spell, times = society.spell[deed], np.int64(world.life.deed_count[w, deed, i])
    if scheme.ground[deed] and world.life.able[w, i] < society.due[deed]:
        return np.int64(0)  # not on the rule's own ground
    if scheme.label_share_32[deed] < 1 << 32:
        done, times = times, np.int64(0)
        for k in range(done):
            covered, _ = truly_labelled(world, scheme, month, i, deed, k)
            times += covered
    if spell < 0 or times == 0:
        return times
    last = np.int64(world.life.seen_month[w, spell, i])  # once per interval
    lately = month - last < scheme.interval_months
    if last > LONG_AGO if till_paid(society, scheme, deed) else lately:
        return np.int64(0)
    world.life.seen_month[w, spell, i] = month
    return np.int64(1)


@kernel
def hold(world, scheme, w, month):
    """Keep between the least and the cap what this month's entries moved."""
    for k in range(world.file.now_total[w]):
        i = world.file.record_person[w, world.file.record_now[w, k]]
        for shadow in range(SEEN_ALL):
            world.life.shadow_points[w, shadow, i] = held(
                world.life.shadow_points[w, shadow, i], scheme.cap, scheme.least
            )


@kernel
def judge(world, scheme, w):
    """Wrongful, deserving, and but for what each sanction would not be."""
    shadow, edge = world.life.shadow_points[w], scheme.edge
    clean, seen = shadow[CLEAN], shadow[SEEN_ALL]
    sanctioned, scored = world.file.sanctioned[w], world.file.scored
    wrongful, deserving = world.life.wrongful[w], world.life.deserving[w]
    for i in range(clean.size):
        wrongful[i] = (sanctioned[i] != 0) & (clean[i] >= edge)
        deserving[i] = (scored[i] != 0) & (seen[i] < edge)
    fill(world.life.anatomy[w], A_NONE)
    eight = sanctioned.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if sanctioned[i]:
                    world.life.anatomy[w, i] = dissect(shadow[:, i], edge)
