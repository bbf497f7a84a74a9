"""Gather: what each issuer of a private score sees of its customers this month.

deed_count, online  ->  customer, mixed, noticed_points, private_clean_16, clean_standing

An issuer sees what its own agencies and platforms see, and no more; it has no file of the state's.
It takes a month of an account whole: one half of a word says what of the deeds that cost points is
seen, the other what of those that bring some.  Some accounts are mixed with another customer's, as
files of credit bureaus are: what is seen of the other is booked on them too, as long as they last.
The laboratory keeps each account beside it as it would be on its own.

Source: Federal Trade Commission, "Report to Congress under section 319", 2012 (mixed files);
K. Brevoort, P. Grimm, M. Kambara, "Credit invisibles and the unscored", Cityscape 18(2), 2016 (from
memory: who has no file).
"""

import numpy as np

from demerit import draws
from demerit.kernel import fill, kernel, stage
from demerit.private import CAP, HIGH_LINE, LEAST, LOW_LINE, START, moved, ranked

ADULT = 18  # years
# Indices of the purpose ISSUER; the word of an issuer is that of its row.
OPENS, SEES, MIXES, WITH_WHOM = 0, 1, 2, 3


@stage
def gather(world, society, scheme, climate, month):
    """Note what every issuer sees on each account [points].

    Writes  customer, mixed (issuer, person), noticed_points, private_clean_16, clean_standing
            (world, issuer, person)
    """
    if scheme.issuers > 0 and climate.in_force[1] + climate.in_force[2] > 0:
        if month == scheme.issuer_opens:
            open_accounts(world, scheme)
        draws.rows(
            world.scratch.u, world.seed, world.first, month, world.replicate,
            draws.ISSUER, np.int64(SEES),
        )  # fmt: skip
        for w in range(1, climate.worlds):
            for k in range(scheme.issuers):
                if climate.in_force[w] == 0:
                    fill(world.life.clean_standing[w, k], 0)
                else:
                    notice(world, scheme, w, k)
                    keep_clean(world, scheme, w, k, month)
                    if scheme.erring[w]:
                        mingle(world, w, k)


@kernel
def open_accounts(world, scheme):
    """Who has an account with whom, and whose is mixed with another's: drawn once."""
    u = world.scratch.u
    # Replicate 0: replicates are the same people with the same accounts, and other luck in them.
    draws.rows(u, world.seed, world.first, 0, 0, draws.ISSUER, np.int64(OPENS))
    enrol(world, scheme)
    draws.rows(u, world.seed, world.first, 0, world.replicate, draws.ISSUER, np.int64(MIXES))
    for k in range(scheme.issuers):
        mixed = world.life.mixed[k]
        customer, share = world.file.customer[k], scheme.mixed_32[k]
        for i in range(customer.size):
            mixed[i] = (customer[i] != 0) & (np.int64(u[k, i]) < share)


@kernel
def enrol(world, scheme):
    """Who has an account with whom: of adults online, each issuer's share, for good."""
    for k in range(scheme.issuers):
        u, joins = world.scratch.u[k], scheme.customer_32[k]
        for i in range(u.size):
            may = (world.life.online[i] != 0) & (world.life.age_years[i] >= ADULT)
            world.file.customer[k, i] = may & (np.int64(u[i]) < joins)


@kernel
def notice(world, scheme, w, k):
    """What an issuer sees on its customers' own accounts this month (person,) [points]."""
    seen = world.file.noticed_points[w, k]
    customer = world.file.customer[k]
    fill(seen, 0)
    for deed in range(world.deeds):
        points = scheme.issuer_points[k, deed]
        if points != 0:
            # The upper half of the word for what costs points, the lower for what brings some.
            shift = np.uint32(16 if points < 0 else 0)
            see(world, scheme, w, k, deed, points, shift, seen)
    for i in range(seen.size):
        seen[i] *= customer[i]


@kernel
def see(world, scheme, w, k, deed, points, shift, seen):
    """Add one deed of everybody, as often as it was done, if this month of it was seen."""
    u, done, urban = world.scratch.u[k], world.life.deed_count[w, deed], world.life.urban
    village = np.uint32(scheme.issuer_seen_16[k, deed, 0])
    town = np.uint32(scheme.issuer_seen_16[k, deed, 1])
    worth = np.int32(points)
    for i in range(seen.size):
        half = (u[i] >> shift) & np.uint32(0xFFFF)
        reach = town if urban[i] != 0 else village
        seen[i] += worth * np.int32(done[i]) * np.int32(half < reach)


@kernel
def keep_clean(world, scheme, w, k, month):
    """Each account as it would be on its own; call it before others' months are on it."""
    points = world.life.private_clean_16[w, k]
    standing = world.life.clean_standing[w, k]
    line, kept = scheme.line_16[k], scheme.kept_16[k]
    start, least, cap = line[START], line[LEAST], line[CAP]
    low, high = line[LOW_LINE], line[HIGH_LINE]
    own, customer = world.file.noticed_points[w, k], world.file.customer[k]
    if month == scheme.issuer_opens:
        fill(points, start)
    for i in range(points.size):
        after = max(least, min(cap, moved(points[i], start, kept, own[i])))
        points[i] = after
        standing[i] = ranked(after, low, high) * customer[i]


@kernel
def mingle(world, w, k):
    """On a mixed account stands also what was seen of the other customer this month."""
    seen = world.file.noticed_points[w, k]
    own, customer = world.scratch.points[0], world.file.customer[k]
    for i in range(seen.size):
        own[i] = seen[i]
    eight = world.life.mixed[k].view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, min(world.people, 8 * j + 8)):
                if world.life.mixed[k, i] and world.people > 1:
                    other = whom(world, k, i)
                    seen[i] += own[other] * customer[other]


@kernel
def whom(world, k, i):
    """Whose months stand on the mixed account of row i: another of the block."""
    words = draws.four(
        world.seed, world.first + draws.U(i), 0, world.replicate,
        draws.ISSUER, np.int64(WITH_WHOM),
    )  # fmt: skip
    return (i + 1 + draws.among(words[k], world.people - 1)) % world.people
