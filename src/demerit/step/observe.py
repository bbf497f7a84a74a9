"""Observe: agencies record deeds, miss most, and record some that never happened.

deed_count, exposure_256, evading, found_month  ->  the ledger (record_*), found_month

A deed is seen with the sensitivity of the agency that looks for it; where the agency watches
rather than waits, the more so the more a person lives in view.  Records go wrong in three ways:
booked without a deed, booked on a look-alike of the neighbourhood, or labelled as what the
scheme's words do not cover.  A lasting state is found at most once in the scheme's interval.
Records of namesakes elsewhere arrive at the rate at which such records left this region last
month (climate.py): they are counted out in step/link.py and in here.

An agency cannot tell the true from the false; only the laboratory can (`record_truth`).

Source: I. Fellegi, A. Sunter, "A theory for record linkage", JASA 64, 1969 (errors of linkage);
Federal Trade Commission, "Report to Congress under section 319", 2012 (errors in credit files).
"""

import numpy as np

from demerit import draws
from demerit.columns import COUNT_MAX, FALSE, FOREIGN, MISLABELLED, TRUE
from demerit.kernel import inline, kernel
from demerit.label import truly_labelled

UNSET = -30_002  # due month of a record that has not been linked yet
WORD = np.int64(1 << 32)
MEMBERS = 1  # row of the spells that is a membership: anyone may be suspected of it
ADULT = 18  # years


@kernel
def observe(world, society, scheme, climate, month):
    """Enter this month's records in the ledger of each recording world.

    Needs   at most COUNT_MAX deeds of a kind per person; room in the ledger (run.py checks)
    """
    for w in range(1, climate.worlds):
        keep_waiting(world, w, month)
    if climate.recording[1] + climate.recording[2] == 0:
        return
    for deed in range(world.deeds):
        if scheme.points[deed] != 0:
            see(world, society, scheme, climate, month, deed)
    misrecord(world, society, scheme, climate, month)


@kernel
def keep_waiting(world, w, month):
    """Drop from the ledger what has arrived, was lost or went elsewhere."""
    kept = 0
    for r in range(world.file.record_total[w]):
        if world.file.record_due[w, r] >= month:
            world.file.record_person[w, kept] = world.file.record_person[w, r]
            world.file.record_deed[w, kept] = world.file.record_deed[w, r]
            world.file.record_serial[w, kept] = world.file.record_serial[w, r]
            world.file.record_joined[w, kept] = world.file.record_joined[w, r]
            world.life.record_doer[w, kept] = world.life.record_doer[w, r]
            world.life.record_truth[w, kept] = world.life.record_truth[w, r]
            world.life.record_unable[w, kept] = world.life.record_unable[w, r]
            world.file.record_due[w, kept] = world.file.record_due[w, r]
            kept += 1
    world.file.record_total[w] = kept
    world.file.record_new[w] = kept


@kernel
def write(world, w, person, doer, deed, serial, truth, unable, joined):
    """One row of the ledger; beyond its room rows are counted and not written (run.py raises)."""
    r = world.file.record_total[w]
    world.file.record_total[w] = r + 1
    if r < world.file.record_person.shape[1]:
        world.file.record_person[w, r] = person
        world.life.record_doer[w, r] = doer
        world.file.record_deed[w, r] = deed
        world.file.record_serial[w, r] = serial
        world.life.record_truth[w, r] = truth
        world.life.record_unable[w, r] = unable
        world.file.record_joined[w, r] = joined
        world.file.record_due[w, r] = UNSET


@inline
def sensitivity(world, society, w, i, deed):
    """Chance that a deed of this person is recorded, as a threshold up to 2**32."""
    seen = society.seen_32[deed]
    if society.watched[deed]:
        seen = min(WORD, seen * np.int64(world.life.exposure_256[i]) >> 8)
    if society.online[deed] and world.life.evading[w, i]:
        seen = seen * (256 - society.hiding_256) >> 8
    return seen


@kernel
def see(world, society, scheme, climate, month, deed):
    """Record the deeds of one kind: look at eight people at once, and at one where it happened."""
    here, perfect = world.life.deed_count[1, deed], world.life.deed_count[2, deed]
    eight, eight_perfect = here.view(np.uint64), perfect.view(np.uint64)
    for j in range(eight.size):
        if eight[j] | eight_perfect[j]:
            for i in range(8 * j, 8 * j + 8):
                most = max(here[i], perfect[i])
                if most:
                    look(world, society, scheme, climate, month, deed, i, most)


@kernel
def look(world, society, scheme, climate, month, deed, i, most):
    """Each deed of one person has draws of its own, alike in all worlds: a stronger agency sees
    all that a weaker one saw."""
    person = world.first + draws.U(i)
    seed, replicate = world.seed, world.replicate
    spell = society.spell[deed]
    word = draws.four(seed, person, month, replicate, draws.SEEN, deed * 4)
    for k in range(most):
        if k > 0 and k & 3 == 0:
            word = draws.four(seed, person, month, replicate, draws.SEEN, deed * 4 + (k >> 2))
        for w in range(1, climate.worlds):
            if climate.recording[w] == 0 or k >= world.life.deed_count[w, deed, i]:
                continue
            if spell >= 0 and month - world.life.found_month[w, spell, i] < scheme.interval_months:
                continue
            if np.int64(word[k & 3]) < sensitivity(world, society, w, i, deed):
                if spell >= 0:
                    world.life.found_month[w, spell, i] = month
                book(world, society, scheme, month, w, i, deed, k)


@kernel
def book(world, society, scheme, month, w, i, deed, k):
    """Label one seen deed and book it on somebody."""
    person = world.first + draws.U(i)
    serial, mixed_up, whom, _ = draws.four(
        world.seed, person, month, world.replicate, draws.SERIAL, deed * COUNT_MAX + k
    )
    truth, bearer = TRUE, i
    if scheme.label_share_32[deed] < WORD:
        covered, slip = truly_labelled(world, scheme, month, i, deed, k)
        slipped = scheme.erring[w] and np.int64(slip) < scheme.label_error_32[deed]
        if covered == slipped:  # called something else, rightly or not
            return
        truth = TRUE if covered else MISLABELLED
    if scheme.erring[w] and np.int64(mixed_up) < society.wrong_32[deed] and world.people > 1:
        bearer = (i + 1 + draws.among(whom, world.people - 1)) % world.people
        truth = FOREIGN
    unable = False
    if society.payment[deed]:
        unable = world.life.able[w, i] < (1 if deed == society.late_bill else 2)
    write(world, w, bearer, i, deed, serial, truth, unable, 0)


@kernel
def misrecord(world, society, scheme, climate, month):
    """Book deeds that nobody did, and what came in on namesakes elsewhere."""
    draws.rows(
        world.scratch.u, world.seed, world.first, month, world.replicate, draws.FALSE_RECORD, 0
    )
    false = np.int64(0)
    for deed in range(world.deeds):
        if scheme.points[deed] != 0:
            false += society.false_32[deed]
    for w in range(1, climate.worlds):
        if climate.recording[w] == 0 or scheme.erring[w] == 0:
            continue
        joined = np.int64(0)
        for deed in range(world.deeds):
            joined += climate.name_in_32[w, world.region, deed]
        for i in range(world.people):
            if np.int64(world.scratch.u[0, i]) < false:
                misrecord_one(world, society, scheme, month, w, i)
            if world.file.scored[i] and np.int64(world.scratch.u[1, i]) < joined:
                join_one(world, scheme, climate, month, w, i)


@kernel
def misrecord_one(world, society, scheme, month, w, i):
    """A record of a deed never done, on somebody who might have done it."""
    below = np.int64(world.scratch.u[0, i])
    for deed in range(world.deeds):
        if scheme.points[deed] != 0:
            below -= society.false_32[deed]
            if below < 0:
                if might(world, society, w, i, deed):
                    write(world, w, i, i, deed, serial_of(world, month, i, 1), FALSE, False, 0)
                return


@kernel
def might(world, society, w, i, deed):
    """Could a record of this deed be believed of this person, and be false?"""
    if society.spell[deed] >= 0 and world.life.deed_count[w, deed, i] > 0:
        return False  # in that state already: the record would be true
    if society.spell[deed] == MEMBERS:
        return world.life.age_years[i] >= ADULT
    return world.life.deed_rate[deed, i] > 0


@kernel
def join_one(world, scheme, climate, month, w, i):
    """A namesake's record, from elsewhere, on this person's file."""
    below = np.int64(world.scratch.u[1, i])
    for deed in range(world.deeds):
        below -= climate.name_in_32[w, world.region, deed]
        if below < 0:
            write(world, w, i, i, deed, serial_of(world, month, i, 2), FOREIGN, False, 1)
            return


@kernel
def serial_of(world, month, i, index):
    """The number printed on a record that no deed stands behind."""
    person = world.first + draws.U(i)
    return draws.four(world.seed, person, month, world.replicate, draws.FALSE_RECORD, index)[0]
