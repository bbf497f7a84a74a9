"""Trail: what is followed of a block month by month, for what no single month can tell.

a block, what is remembered of it  ->  cells of the survey (world, cell), what is remembered

Who is in the lowest tier, and what lifts them out; whose error it is that keeps somebody under
sanction (the audit's clean file says that it is one, not whose); appeals that reviewers decided,
and rightly or not; the poverty that a person's twin under ordinary law is spared; what lifts
scores; whose favours are sold to whom; what kinds of data have come to a file and stay for ever.
Nothing is written that a stage reads.

Single entries have no points of their own where the score is learned or a mean of ratings: whose
error it is and what lifts a score are not told apart there, and these tables stay empty.  Appeals
are decided by where the whole file stands beside the clean one, and are told of every score.
"""

import numpy as np

from demerit.columns import (
    CLEAN,
    FALSE,
    FOREIGN,
    GROUNDLESS,
    LAW,
    MISLABELLED,
    NEVER,
    TRUE,
)  # fmt: skip
from demerit.kernel import fill, inline, stage
from demerit.survey.memory import (
    AGENCY,
    EYE,
    GROUND,
    LABEL,
    NAME,
    NOBODY,
    OF_RECORDS,
    REVIEWER,
    SEVERAL,
    STALE,
)
from demerit.survey.tables import AXES, PLACES

# Of a record: its truth, and whether it was joined by name with records from elsewhere.
CAUSE = np.zeros((AXES["truth"], AXES["joined"]), np.int64)
CAUSE[FALSE], CAUSE[MISLABELLED], CAUSE[GROUNDLESS] = AGENCY, LABEL, GROUND
CAUSE[FOREIGN] = EYE, NAME
GOOD, UNTRUE, LAPSE, APPEAL, REPAIR, PURCHASE = range(AXES["source"])
NOTHING, CORRECTED, BOUGHT, EARNED = range(AXES["means"])
CAUSES, FIFTHS, SPENT, STRATA = (AXES[name] for name in ("cause", "fifth", "spent", "stratum"))
BLAME, BUYERS, CLIMB, CLIMBED, EVER_POOR, FAULT, LIFT, OUTLIVED = (
    PLACES[name].first for name in ("blame", "buyers", "climb", "climbed", "ever_poor", "fault",
                                    "lift", "outlived")
)  # fmt: skip
POOR_DEPTH, POOR_EVER, POOR_SPELL, SHOWING, VERDICT = (
    PLACES[name].first for name in ("poor_depth", "poor_ever", "poor_spell", "showing", "verdict")
)
JOINED = AXES["joined"]


# ---- the lowest tier


@stage
def default(world, past, rules):
    """Note who leaves a loan or a judgment unpaid."""
    for w in range(past.defaulted.shape[0]):
        for row in range(rules.defaults.size):
            done, left = world.life.deed_count[w, rules.defaults[row]], past.defaulted[w]
            for i in range(left.size):
                left[i] |= done[i]


@stage
def climb(world, past, rules, w, month, cells):
    """Who was in the lowest tier, for how long, and who has left it by what."""
    file, low, since, means = world.file, past.low[w], past.low_since[w], past.means[w]
    for i in range(world.people):
        now = (file.scored[i] != 0) & (file.tier[w, i] == rules.lowest)
        if low[i]:
            spent = min(int(month - since[i]), SPENT) - 1
            cells[w, CLIMB + spent] += 1
            if not now:
                cells[w, CLIMB + SPENT + spent] += 1
                cells[w, CLIMBED + np.int64(means[i])] += 1
        if now:
            if not low[i]:
                since[i] = month
            means[i] = given(file, w, i)
        low[i] = now


@inline
def given(file, w, i):
    """What lifted this score last: row of the axis `means`."""
    found = NOTHING
    if file.earned_points[w, i] > 0:
        found = EARNED
    if file.bought_points[w, i] > 0:
        found = BOUGHT
    if file.correction_points[w, i] > 0:
        found = CORRECTED
    return found


# ---- entries


@stage
def forgive(past, w):
    """Every file is opened anew: nothing is held against anybody."""
    for cause in range(OF_RECORDS):
        fill(past.wrong[w, cause], 0)
    fill(past.erred[w], 0)
    fill(past.debt[w], 0)
    fill(past.kept[w], 0)


@stage
def enter(world, past, rules, w, month, cells):
    """What entries that arrive this month take, what those that go give back, and those that are
    overlooked when their term is over."""
    file, life = world.file, world.life
    for at in range(file.now_total[w]):
        r = file.record_now[w, at]
        person, truth = file.record_person[w, r], np.int64(life.record_truth[w, r])
        full = rules.points[file.record_deed[w, r]]
        over = file.record_over[w, r]
        new, overlooked = file.record_due[w, r] == month, over == month
        # A true entry is stale from the month in which it is overlooked: one of a judgment is then
        # no longer counted among those whose debt may be paid.
        stale = (truth == TRUE) & (over <= month)
        points = full if new else np.int64(0) if overlooked else -full
        once = overlooked & (not new)
        joined = np.int64(file.record_joined[w, r])
        cause = STALE if stale else CAUSE[truth, joined]
        if cause:
            past.wrong[w, cause - 1, person] -= full if stale and once else points
            past.erred[w, person] = 1
        if truth == TRUE and file.record_deed[w, r] == rules.judgment:
            past.debt[w, person] -= -full if once else np.int64(0) if stale else points
        if new and file.record_erase[w, r] == NEVER:
            past.kept[w, person] |= np.uint64(1) << np.uint64(file.record_deed[w, r])
        if new and points < 0:
            cells[w, FAULT + JOINED * truth + joined] += 1
        if points > 0:
            source = LAPSE
            if new:
                source = UNTRUE if CAUSE[truth, joined] else GOOD
            cells[w, LIFT + source] += points


# ---- sanctions


@stage
def blame(world, past, rules, w, cells):
    """Whose error it is that keeps people under sanction, one by one.

    A kind of error decides alone if the file would be free without it; several do where more
    than one does, or none.  Where a reviewer was asked in an earlier month and let the error
    stand, it is the reviewer's.
    """
    file, life, edge = world.file, world.life, rules.edge
    for i in range(world.people):
        if file.sanctioned[w, i]:
            score, clean = file.score_points[w, i], life.shadow_points[w, CLEAN, i]
            # Points that entries about a judgment still take of people who owe nothing by it.
            paid = np.int64(0)
            if file.judgment_fen[w, i] == 0:
                paid = np.int64(past.debt[w, i])
            if past.debt[w, i] > 0:
                cells[w, OUTLIVED + (file.judgment_fen[w, i] == 0)] += 1
            ways, alone = 0, 0
            for cause in range(1, OF_RECORDS + 1):
                taken = past.wrong[w, cause - 1, i] + (paid if cause == STALE else np.int64(0))
                if score + taken >= edge:
                    ways += 1
                    alone = cause
            cause = alone if ways == 1 else SEVERAL
            wrongful = clean >= edge
            if wrongful and past.upheld[w, i]:
                cause = REVIEWER
            if not wrongful and clean + paid < edge:
                cause = NOBODY
            cells[w, BLAME + CAUSES * wrongful + cause] += 1


@stage
def review(world, past, w, cells):
    """Appeals that were answered this month; errors that are gone."""
    file, life = world.file, world.life
    waiting, erred, upheld = past.waiting[w], past.erred[w], past.upheld[w]
    for i in range(world.people):
        stands = life.appeal_open[w, i] != 0
        answered = ((waiting[i] != 0) | (life.appealed[w, i] != 0)) & (not stands)
        waiting[i] = stands
        if answered | (erred[i] != 0) | (upheld[i] != 0):
            # How far the file stands below the clean one [points].
            lost = life.shadow_points[w, CLEAN, i] - file.score_points[w, i]
            if answered:
                granted = file.correction_points[w, i] > 0
                cells[w, VERDICT + 2 * (lost > 0) + granted] += 1
                if lost > 0 and granted:
                    clear(past, w, i)
                elif lost > 0:
                    upheld[i] = 1
            if erred[i] and lost == 0:  # caps have made up for it
                clear(past, w, i)
            if lost <= 0:
                upheld[i] = 0


@inline
def clear(past, w, i):
    """Put nothing down to anybody on this file any more."""
    for cause in range(OF_RECORDS):
        past.wrong[w, cause, i] = 0
    past.erred[w, i] = 0
    past.upheld[w, i] = 0


# ---- what lifts scores


@stage
def give(world, w, cells):
    """Points given back, earned back and bought this month; who buys them."""
    file = world.file
    for i in range(world.people):
        cells[w, LIFT + APPEAL] += file.correction_points[w, i]
        cells[w, LIFT + REPAIR] += file.earned_points[w, i]
        cells[w, LIFT + PURCHASE] += file.bought_points[w, i]
        if file.bought_points[w, i]:
            low = file.sanctioned[w, i] != 0
            cells[w, BUYERS + FIFTHS * low + np.int64(world.life.income_fifth[i])] += 1


@stage
def show(world, rules, w, cells):
    """Of good deeds written down this month that reach a file: their points, and those of deeds
    done for the points alone."""
    file, life = world.file, world.life
    for r in range(file.record_new[w], file.record_total[w]):
        deed = file.record_deed[w, r]
        points = rules.points[deed]
        if points > 0 and life.record_truth[w, r] == TRUE and file.record_due[w, r] >= 0:
            doer = life.record_doer[w, r]
            done = max(np.int64(1), np.int64(life.deed_count[w, deed, doer]))
            cells[w, SHOWING] += points
            cells[w, SHOWING + 1] += points * life.deed_shown[w, deed, doer] // done


@stage
def favour(world, past, w):
    """Favours of officials: points sold, records on friends dropped, accounts settled."""
    life = world.life
    for desk in range(life.desk_sold.shape[1]):
        past.favours[w, desk] += life.desk_sold[w, desk]
        past.favours[w, desk] += life.desk_shielded[w, desk]
        past.favours[w, desk] += life.desk_target[w, desk] > 0


# ---- poverty


@stage
def impoverish(world, past, w, month, cells):
    """Who cannot cover the first of their dues here and can under ordinary law: how many have
    ever, for how long, and what they lack."""
    life, was, since = world.life, past.caused[w], past.caused_since[w]
    if not past.asked[w]:
        past.asked[w] = 1
        for i in range(world.people):
            cells[w, EVER_POOR + np.int64(past.stratum[i])] += 1
    for i in range(world.people):
        caused = (life.able[w, i] == 0) & (life.able[LAW, i] > 0)
        if was[i]:
            spent = min(int(month - since[i]), SPENT) - 1
            cells[w, POOR_SPELL + spent] += 1
            if not caused:
                cells[w, POOR_SPELL + SPENT + spent] += 1
        elif caused:
            since[i] = month
            cells[w, POOR_DEPTH + 1] += 1
            if not past.ever[w, i]:
                past.ever[w, i] = 1
                cells[w, EVER_POOR + STRATA + np.int64(past.stratum[i])] += 1
        if caused:
            line = np.int64(life.need_fen[i])
            cells[w, POOR_DEPTH] += 1
            cells[w, POOR_DEPTH + 2] += max(np.int64(0), line - life.cash_fen[w, i])
            cells[w, POOR_DEPTH + 3] += line
        was[i] = caused


@stage
def poor_ever(world, past, w, cells):
    """Who cannot cover the first of their dues in this world, whatever becomes of the twin."""
    if not past.known[w]:
        past.known[w] = 1
        for i in range(world.people):
            cells[w, POOR_EVER + np.int64(past.stratum[i])] += 1
    for i in range(world.people):
        if world.life.able[w, i] == 0 and not past.poor[w, i]:
            past.poor[w, i] = 1
            cells[w, POOR_EVER + STRATA + np.int64(past.stratum[i])] += 1
