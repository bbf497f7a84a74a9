"""Observe: agencies record deeds, miss most, and record some that never happened.

deed_count, exposure_256, evading, found_month, desk_target  ->  the ledger (record_*),
    found_month, shielded, desk_shielded

A deed is booked by the first of its watches that sees it: with the sensitivity of the agency, the
more so the more a person lives in view where the agency watches rather than waits, the less so
where sabotage or a VPN blinds what works by wire.  Agencies whose database the scheme has not
joined are not asked.  Records go wrong in three ways: booked without a deed, booked on a look-alike
of the neighbourhood, or labelled as what the scheme's words do not cover.  A friend in office can
drop one; an official can have one booked on who complained (step/office.py).  A lasting state is
found at most once in the scheme's interval.
Records of namesakes elsewhere arrive at the rate at which such records left this region last
month (climate.py): they are counted out in step/link.py and in here.

An agency cannot tell the true from the false; only the laboratory can (`record_truth`).

Source: I. Fellegi, A. Sunter, "A theory for record linkage", JASA 64, 1969 (errors of linkage);
Federal Trade Commission, "Report to Congress under section 319", 2012 (errors in credit files).
"""

import numpy as np

from demerit import draws
from demerit.columns import (
    COUNT_MAX,
    FALSE,
    FOREIGN,
    GROUNDLESS,
    MISLABELLED,
    NEVER,
    TRUE,
)
from demerit.kernel import fill, foremost, inline, kernel, stage, without
from demerit.label import truly_labelled
from demerit.learned import asks, price
from demerit.society.tables.deeds import COUNT, MEMBERS, ONCE

UNSET = -30_002  # due month of a record that has not been linked yet
WORD = np.int64(1 << 32)
TIDY = 6  # months between one clearing of the ledger and the next
OF_DESKS = 3  # the serial numbers of what officials have booked begin at this index
OF_COUNTS = 1024  # the draws of deeds that may happen more than once begin at this index
ADULT = 18  # years


@stage
def observe(world, society, scheme, climate, month):
    """Enter this month's records in the ledger of each recording world.

    Needs   at most COUNT_MAX deeds of a kind per person; room in the ledger (run.py checks)
    """
    for w in range(1, climate.worlds):
        if month % TIDY == 0:
            tidy(world, w, month)
        world.file.record_new[w] = world.file.record_total[w]
        fill(world.life.shielded[w], 0)
        if scheme.officials:
            fill(world.life.desk_shielded[w], 0)
    if climate.recording[1] + climate.recording[2] == 0:
        return
    for deed in range(world.deeds):
        if asks(scheme, deed):
            see(world, society, scheme, climate, month, deed)
    misrecord(world, society, scheme, climate, month)
    if scheme.officials:
        settle(world, society, scheme, climate, month)


@kernel
def tidy(world, w, month):
    """Drop from the ledger what was lost, went elsewhere, or arrived and stays for ever.

    Such rows do nothing: to move the others up once in a while is enough.
    """
    kept = 0
    for r in range(world.file.record_total[w]):
        waits = world.file.record_due[w, r] >= month
        erase = world.file.record_erase[w, r]
        if waits or (erase >= month and erase < NEVER):
            world.file.record_person[w, kept] = world.file.record_person[w, r]
            world.file.record_deed[w, kept] = world.file.record_deed[w, r]
            world.file.record_agency[w, kept] = world.file.record_agency[w, r]
            world.file.record_serial[w, kept] = world.file.record_serial[w, r]
            world.file.record_joined[w, kept] = world.file.record_joined[w, r]
            world.life.record_doer[w, kept] = world.life.record_doer[w, r]
            world.life.record_truth[w, kept] = world.life.record_truth[w, r]
            world.life.record_unable[w, kept] = world.life.record_unable[w, r]
            world.file.record_due[w, kept] = world.file.record_due[w, r]
            world.file.record_erase[w, kept] = erase
            world.file.record_over[w, kept] = world.file.record_over[w, r]
            kept += 1
    world.file.record_total[w] = kept


@kernel
def write(world, w, person, doer, deed, agency, serial, truth, unable, joined):
    """One row of the ledger; beyond its room rows are counted and not written (run.py raises)."""
    r = world.file.record_total[w]
    world.file.record_total[w] = r + 1
    if r < world.file.record_person.shape[1]:
        world.file.record_person[w, r] = person
        world.life.record_doer[w, r] = doer
        world.file.record_deed[w, r] = deed
        world.file.record_agency[w, r] = agency
        world.file.record_serial[w, r] = serial
        world.life.record_truth[w, r] = truth
        world.life.record_unable[w, r] = unable
        world.file.record_joined[w, r] = joined
        world.file.record_due[w, r] = UNSET
        world.file.record_erase[w, r] = NEVER
        world.file.record_over[w, r] = NEVER


@inline
def joined(scheme, agency, month):
    """Has the scheme joined this agency's database by now?  (Old records count as of the start.)"""
    return scheme.join_by[agency] != 0 and max(month, 0) >= scheme.join_month[agency]


@inline
def sensitivity(world, society, climate, w, i, deed, watch):
    """Chance that this agency records a deed of this person, as a threshold up to 2**32."""
    agency = society.watch_agency[watch]
    seen = society.watch_seen_32[watch, world.life.urban[i]]
    if society.watches[agency]:
        seen = min(WORD, seen * np.int64(world.life.exposure_256[i]) >> 8)
    if society.electronic[agency]:
        if society.hidden[deed] and world.life.evading[w, i]:
            seen = seen * (256 - society.hiding_256) >> 8
        seen = seen * climate.seen_256[w] >> 8
    return seen


@kernel
def first_to_see(world, society, scheme, climate, month, w, i, deed, word):
    """The agency that books a deed [row of the agency axis], or -1: one word, parted among the
    watches, so that a stronger or further agency sees all that fewer would have seen."""
    below = np.int64(word)
    for watch in range(society.watch_from[deed], society.watch_from[deed + 1]):
        agency = society.watch_agency[watch]
        if joined(scheme, agency, month):
            below -= sensitivity(world, society, climate, w, i, deed, watch)
            if below < 0:
                return agency
    return -1


@kernel
def reach(society, scheme, month, deed, home):
    """How much of a deed all agencies see at the most, in villages (0) or towns (1): those that
    watch, and so see more of who lives in view, and those that wait [2**-32]."""
    watching = waiting = np.int64(0)
    for watch in range(society.watch_from[deed], society.watch_from[deed + 1]):
        agency = society.watch_agency[watch]
        if joined(scheme, agency, month):
            if society.watches[agency]:
                watching += society.watch_seen_32[watch, home]
            else:
                waiting += society.watch_seen_32[watch, home]
    return watching, waiting


@kernel
def doers(here, perfect, at):
    """Who did it in either world: their rows to `at`; how many they are."""
    found, one, two = np.int64(0), here.view(np.uint64), perfect.view(np.uint64)
    for j in range(one.size):
        eight = one[j] | two[j]
        while eight:
            k = foremost(eight)
            at[found] = 8 * j + k
            found += 1
            eight = without(eight, k)
    return found


@kernel
def see(world, society, scheme, climate, month, deed):
    """Record the deeds of one kind.  Each deed of a person has a draw of its own, alike in all
    worlds; only where it falls within reach is looked at more closely.

    Words are drawn for whom they are asked of and for nobody else: to scratch, in a list.
    """
    here = world.life.deed_count[1, deed]
    perfect, u = world.life.deed_count[climate.worlds - 1, deed], world.scratch.u
    at, within, words = world.scratch.fen, world.scratch.bound, world.scratch.m
    found, counted, k = doers(here, perfect, at), society.kind[deed] == COUNT, np.int64(0)
    urban, exposure = world.life.urban, world.life.exposure_256
    village = reach(society, scheme, month, deed, 0)
    town = reach(society, scheme, month, deed, 1)
    while found > 0:
        index = OF_COUNTS + deed * 4 + (k >> 2) if counted else deed >> 2
        word = u[k & 3] if counted else u[deed & 3]
        draws.some(u, world.seed, world.first, at, found, month, world.replicate, draws.SEEN, index)
        near = more = np.int64(0)
        for n in range(found):
            i = at[n]
            watching, waiting = town if urban[i] else village
            within[near], words[near] = i, word[n]
            near += np.int64(word[n]) < (watching * np.int64(exposure[i]) >> 8) + waiting
            at[more] = i
            more += counted and max(here[i], perfect[i]) > k + 1
        draws.some(
            u, world.seed, world.first, within, near, month, world.replicate, draws.SERIAL,
            deed * COUNT_MAX + k,
        )  # fmt: skip
        for n in range(near):
            luck = u[0, n], u[1, n], u[2, n], u[3, n]
            look(world, society, scheme, climate, month, deed, within[n], k, words[n], luck)
        found, k = more, k + 1


@kernel
def look(world, society, scheme, climate, month, deed, i, k, word, luck):
    """One deed within reach: who sees it, in each world, and what becomes of it."""
    spell = society.spell[deed]
    for w in range(1, climate.worlds):
        if climate.recording[w] == 0 or k >= world.life.deed_count[w, deed, i]:
            continue
        if spell >= 0 and month - world.life.found_month[w, spell, i] < scheme.interval_months:
            continue
        agency = first_to_see(world, society, scheme, climate, month, w, i, deed, word)
        if agency >= 0:
            if spell >= 0:
                world.life.found_month[w, spell, i] = month
            book(world, society, scheme, climate, month, w, i, deed, k, agency, luck)


@kernel
def book(world, society, scheme, climate, month, w, i, deed, k, agency, luck):
    """Label one seen deed and book it on somebody, unless a friend in office drops it."""
    serial, mixed_up, whom, friend = luck
    drop = price(scheme, climate, w, deed) < 0 and np.int64(friend) < scheme.shield_32
    if drop and world.life.favoured[i] and (not scheme.officials or drops(world, w, i)):
        world.life.shielded[w, i] = min(255, np.int64(world.life.shielded[w, i]) + 1)
        return
    truth, bearer = TRUE, i
    if scheme.label_share_32[deed] < WORD:
        covered, slip = truly_labelled(world, scheme, month, i, deed, k)
        slipped = scheme.erring[w] and np.int64(slip) < scheme.label_error_32[deed]
        if covered == slipped:  # called something else, rightly or not
            return
        truth = TRUE if covered else MISLABELLED
    unable = world.life.able[w, i] < society.due[deed]
    if truth == TRUE and unable and scheme.ground[deed]:  # the rule is for who could have paid
        truth = GROUNDLESS
    if scheme.erring[w] and np.int64(mixed_up) < society.wrong_32[agency] and world.people > 1:
        bearer = (i + 1 + draws.among(whom, world.people - 1)) % world.people
        truth = FOREIGN
    write(world, w, bearer, i, deed, agency, serial, truth, unable, 0)


@kernel
def drops(world, w, i):
    """Does this person's friend hold an office now?  Then the record is gone, on that account."""
    desks = world.life.desk_total[w]
    if desks == 0 or world.life.desk_person[w, i % desks] == 0:
        return False
    dropped = np.int64(world.life.desk_shielded[w, i % desks])
    world.life.desk_shielded[w, i % desks] = min(255, dropped + 1)
    return True


@kernel
def settle(world, society, scheme, climate, month):
    """Book what officials have asked for last month: a deed that was never done, on a critic."""
    deed = scheme.settle_deed
    agency = society.watch_agency[society.watch_from[deed]]
    if not joined(scheme, agency, month):
        return
    for w in range(1, climate.worlds):
        if climate.recording[w] and scheme.erring[w]:
            for desk in range(world.life.desk_total[w]):
                if world.life.desk_target[w, desk]:
                    i = np.int64(world.life.desk_target[w, desk]) - 1
                    serial = serial_of(world, month, i, OF_DESKS + desk)
                    write(world, w, i, i, deed, agency, serial, FALSE, False, 0)


@inline
def false_32(society, scheme, month, deed, watch):
    """False records of this deed by this agency, per person at risk and month [2**-32]."""
    asked = asks(scheme, deed) and joined(scheme, society.watch_agency[watch], month)
    return society.watch_false_32[watch] if asked else np.int64(0)


@kernel
def misrecord(world, society, scheme, climate, month):
    """Book deeds that nobody did, and what came in on namesakes elsewhere."""
    draws.rows(
        world.scratch.u,
        world.seed,
        world.first,
        month,
        world.replicate,
        draws.FALSE_RECORD,
        np.int64(0),
    )
    false = np.int64(0)
    for deed in range(world.deeds):
        for watch in range(society.watch_from[deed], society.watch_from[deed + 1]):
            false += false_32(society, scheme, month, deed, watch)
    for w in range(1, climate.worlds):
        if climate.recording[w] == 0 or scheme.erring[w] == 0:
            continue
        namesakes = np.int64(0)
        for deed in range(world.deeds):
            namesakes += climate.name_in_32[w, deed]
        for i in range(world.people):
            if np.int64(world.scratch.u[0, i]) < false:
                misrecord_one(world, society, scheme, month, w, i)
            if world.file.scored[i] and np.int64(world.scratch.u[1, i]) < namesakes:
                join_one(world, society, climate, month, w, i)


@kernel
def misrecord_one(world, society, scheme, month, w, i):
    """A record of a deed never done, on somebody who might have done it."""
    below = np.int64(world.scratch.u[0, i])
    for deed in range(world.deeds):
        for watch in range(society.watch_from[deed], society.watch_from[deed + 1]):
            below -= false_32(society, scheme, month, deed, watch)
            if below < 0:
                if might(world, society, w, i, deed):
                    agency, serial = society.watch_agency[watch], serial_of(world, month, i, 1)
                    write(world, w, i, i, deed, agency, serial, FALSE, False, 0)
                return


@kernel
def might(world, society, w, i, deed):
    """Could a record of this deed be believed of this person, and be false?"""
    kind = society.kind[deed]
    lasts = kind != ONCE and kind != COUNT  # noqa: PLR1714
    if lasts and world.life.deed_count[w, deed, i] > 0:
        return False  # in that state already: the record would be true
    if kind == MEMBERS:
        return world.life.age_years[i] >= ADULT  # anyone may be suspected
    return world.life.deed_rate[deed, i] > 0


@kernel
def join_one(world, society, climate, month, w, i):
    """A namesake's record, from elsewhere, on this person's file."""
    below = np.int64(world.scratch.u[1, i])
    for deed in range(world.deeds):
        below -= climate.name_in_32[w, deed]
        if below < 0:
            agency = society.watch_agency[society.watch_from[deed]]
            write(world, w, i, i, deed, agency, serial_of(world, month, i, 2), FOREIGN, False, 1)
            return


@kernel
def serial_of(world, month, i, index):
    """The number printed on a record that no deed stands behind."""
    person = world.first + draws.U(i)
    return draws.four(world.seed, person, month, world.replicate, draws.FALSE_RECORD, index)[0]
