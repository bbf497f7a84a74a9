"""Audit: the laboratory's shadow files, by which it is said what is wrongful and why.

record_truth, record_unable, deed_count  ->  shadow_points, entry_false, foreign_held, wrongful,
    deserving, anatomy

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

from demerit.columns import (
    ABLE,
    ALONE,
    CLEAN,
    ERROR,
    FOREIGN,
    GROUNDLESS,
    HARM,
    SEEN_ALL,
    TRUE,
    UNHABITUAL,
    UNLAWFUL,
)  # fmt: skip
from demerit.kernel import fill, kernel
from demerit.label import truly_labelled
from demerit.society.tables import HABIT, HARMFUL, LAWFUL, STANDING
from demerit.step.score import held

(A_NONE, A_ERROR, A_UNABLE, A_LAWFUL, A_HABIT, A_STANDING, A_HARM, A_MIXED) = range(8)


@kernel
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
        give_back(world, w)
        enter(world, society, scheme, w, month)
        see_all(world, society, scheme, w, month)
        hold(world, scheme, w, month)
        judge(world, scheme, w)


@kernel
def forgive(world, scheme, w):
    """After an amnesty every shadow is as it was opened, too."""
    for shadow in range(SEEN_ALL + 1):
        fill(world.life.shadow_points[w, shadow], scheme.start)
    fill(world.life.foreign_held[w], 0)


@kernel
def give_back(world, w):
    """A granted appeal undoes false entries, in every shadow that had counted them; points that
    were bought count in every shadow but those without errors.  Points earned back under the
    scheme's own rules count in all."""
    for i in range(world.people):
        back = world.file.correction_points[w, i] + world.file.bought_points[w, i]
        if back != 0:
            for shadow in (ABLE, UNLAWFUL, UNHABITUAL, ALONE):
                world.life.shadow_points[w, shadow, i] += back
        earned = world.file.earned_points[w, i]
        if earned != 0:
            for shadow in range(SEEN_ALL):
                world.life.shadow_points[w, shadow, i] += earned


@kernel
def enter(world, society, scheme, w, month):
    """Add this month's entries to the shadow files that keep them; take off what is erased."""
    for r in range(world.file.record_total[w]):
        if world.file.record_due[w, r] == month:
            enter_one(world, society, scheme, w, r, 1)
        elif world.file.record_erase[w, r] == month:
            enter_one(world, society, scheme, w, r, -1)


@kernel
def enter_one(world, society, scheme, w, r, sign):
    """One entry, in every shadow file that keeps it.

    An entry is of one kind: untrue, else a debt that could not be paid, else as its deed is.
    """
    i, deed = world.file.record_person[w, r], world.file.record_deed[w, r]
    truth, unable = world.life.record_truth[w, r], world.life.record_unable[w, r] != 0
    points, kind = sign * scheme.points[deed], society.deed_class[deed]
    costs, true = scheme.points[deed] < 0, truth == TRUE or truth == GROUNDLESS
    shadow = world.life.shadow_points[w]
    if sign > 0:
        world.life.entry_false[w, i] += truth != TRUE and costs
    if truth == FOREIGN:
        held_now = np.int64(world.life.foreign_held[w, i]) + sign
        world.life.foreign_held[w, i] = max(0, min(255, held_now))
    of_deed = true and costs and not unable
    if true:
        shadow[ERROR, i] += points
    if truth == TRUE:
        shadow[CLEAN, i] += points
    if not (true and unable):
        shadow[ABLE, i] += points
    if not (of_deed and kind == LAWFUL):
        shadow[UNLAWFUL, i] += points
    if not (of_deed and kind == HABIT):
        shadow[UNHABITUAL, i] += points
    if not (of_deed and kind == STANDING):
        shadow[ALONE, i] += points
    if true and not unable and (kind == HARMFUL or not costs):
        shadow[HARM, i] += points


@kernel
def see_all(world, society, scheme, w, month):
    """What every true deed would have cost or gained, seen at once and rightly labelled."""
    for deed in range(world.deeds):
        points = scheme.points[deed]
        if points == 0:
            continue
        row = world.life.deed_count[w, deed]
        eight = row.view(np.uint64)
        for j in range(eight.size):
            if eight[j]:
                for i in range(8 * j, 8 * j + 8):
                    if row[i] and world.file.scored[i]:
                        times = times_counted(world, society, scheme, w, month, deed, i)
                        change = max(-15_000, min(15_000, points * times))
                        world.life.shadow_points[w, SEEN_ALL, i] = held(
                            world.life.shadow_points[w, SEEN_ALL, i] + change, scheme.cap
                        )


@kernel
def times_counted(world, society, scheme, w, month, deed, i):
    """How often the rules would count these deeds of a month, were all of them seen."""
    spell, count = society.spell[deed], np.int64(world.life.deed_count[w, deed, i])
    if scheme.ground[deed] and world.life.able[w, i] < society.due[deed]:
        return np.int64(0)  # not on the rule's own ground
    if spell >= 0:  # once per interval
        if month - world.life.seen_month[w, spell, i] < scheme.interval_months:
            return np.int64(0)
        world.life.seen_month[w, spell, i] = month
        return np.int64(1)
    if scheme.label_share_32[deed] >= 1 << 32:
        return count
    times = np.int64(0)
    for k in range(count):
        covered, _ = truly_labelled(world, scheme, month, i, deed, k)
        times += covered
    return times


@kernel
def hold(world, scheme, w, month):
    """Keep between nought and the cap what this month's entries and corrections moved."""
    for r in range(world.file.record_total[w]):
        if world.file.record_due[w, r] == month or world.file.record_erase[w, r] == month:
            i = world.file.record_person[w, r]
            for shadow in range(SEEN_ALL):
                world.life.shadow_points[w, shadow, i] = held(
                    world.life.shadow_points[w, shadow, i], scheme.cap
                )
    for i in range(world.people):
        given = world.file.correction_points[w, i] + world.file.bought_points[w, i]
        if given + world.file.earned_points[w, i] != 0:
            for shadow in range(SEEN_ALL):
                world.life.shadow_points[w, shadow, i] = held(
                    world.life.shadow_points[w, shadow, i], scheme.cap
                )


@kernel
def judge(world, scheme, w):
    """Wrongful, deserving, and but for what each sanction would not be."""
    shadow = world.life.shadow_points[w]
    for i in range(world.people):
        below = world.file.sanctioned[w, i] != 0
        world.life.wrongful[w, i] = below and shadow[CLEAN, i] >= scheme.edge
        world.life.deserving[w, i] = world.file.scored[i] and shadow[SEEN_ALL, i] < scheme.edge
        world.life.anatomy[w, i] = dissect(shadow[:, i], scheme.edge) if below else A_NONE


@kernel
def dissect(points, edge):
    """The kind of entry but for which a sanctioned file would be free [row of ANATOMY].

    Harm alone suffices; else the one kind whose removal frees; else mixed: several kinds needed,
    or each enough, and never shared out.

    >>> dissect(np.array([700, 500, 500, 500, 500, 900, 0, 0]), 600) == A_ERROR
    True
    >>> dissect(np.array([700, 500, 700, 500, 500, 900, 0, 0]), 600) == A_MIXED
    True
    """
    if points[HARM] < edge:
        return A_HARM
    found, kinds = A_MIXED, 0
    for kind in range(ERROR, ALONE + 1):
        if points[kind] >= edge:
            found = A_ERROR + kind
            kinds += 1
    return found if kinds == 1 else A_MIXED
