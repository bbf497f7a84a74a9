"""What is counted of doors, and what the next month's climate is made from."""

import numpy as np

from demerit import climate as cl
from demerit.columns import CARD, ELSEWHERE, LOAN, PLAIN_MAX
from demerit.frames.names import ASKED, BY_DEED, FIRST, GRANTED, REFUSED, REFUSED_WRONGLY, row
from demerit.frames.tally import EVERY_WORLD, in_both, pack, tally_rows
from demerit.kernel import inline, kernel
from demerit.private import combined

LOW = np.uint64(0)  # the lowest bit of a yes/no column
ALL = 4  # access as for everyone, in quarters
THIN_ASKED, THIN_GRANTED = row("thin_asked_loan"), row("thin_granted_loan")
SPARE = PLAIN_MAX - 1  # a mark that belongs to no counter
TIER_0 = row("tier_0")
SHARED = (
    (row("scored"), cl.SCORED), (row("adults"), cl.ADULTS), (row("protest"), cl.PROTEST),
    (row("sabotage"), cl.SABOTAGE),
)  # fmt: skip


@inline
def door_row(world, what, door):
    """Row of the counter axis: asked, refused, wrongly or granted, at a door."""
    return FIRST + len(BY_DEED) * world.deeds + what * world.doors + door


@kernel
def access(society, scheme, tier, door):
    """How wide a door stands for a tier [quarters]: as the door that it hangs on, if narrower."""
    wide, over = scheme.access[tier, door], scheme.access[tier, society.under[door]]
    return min(wide, over) if over < ALL else wide


@kernel
def is_bent(society, scheme, door):
    """Does the scheme open this door to some wider or less wide than to everyone?"""
    bent = scheme.partnered[door] != 0
    for tier in range(scheme.access.shape[0]):
        bent |= access(society, scheme, tier, door) != ALL
    return bent


@kernel
def count_doors(world, society, scheme, force, worlds, out):
    """Knocks: asked, refused, refused wrongly, granted; nobody is refused where all are let in."""
    file, life, mark = world.file, world.life, world.scratch.mark
    rows = ((file.asked.view(np.uint64), ASKED), (file.granted.view(np.uint64), GRANTED))
    turned_away, marks = file.refused.view(np.uint64), mark.view(np.uint64)
    for door in range(world.doors):
        for row_, what in rows:
            tally_rows(row_, door, EVERY_WORLD, world, worlds, out, door_row(world, what, door))
        if is_bent(society, scheme, door):
            refused = door_row(world, REFUSED, door)
            tally_rows(turned_away, door, force, world, worlds, out, refused)
            for w in range(worlds):
                for i in range(world.people):
                    mark[w, SPARE, i] = file.refused[w, door, i] & life.wrongful[w, i]
                if scheme.partnered[door]:
                    mark_shut(world, w, door)
            wrongly = door_row(world, REFUSED_WRONGLY, door)
            tally_rows(marks, SPARE, force, world, worlds, out, wrongly)


@kernel
def mark_shut(world, w, door):
    """Mark also those whom another's month on a private account kept out."""
    mark, wrongly, bit = world.scratch.mark[w, SPARE], world.life.shut_wrongly[w], np.uint32(door)
    for i in range(world.people):
        mark[i] |= np.uint8((wrongly[i] >> bit) & np.uint32(1))


@kernel
def mark_thin(world, w):
    """Askers at the lenders' doors of whom no bank has a record, and those of them let in."""
    file, mark = world.file, world.scratch.mark[w]
    for i in range(world.people):
        mark[THIN_ASKED, i] = file.asked[w, LOAN, i] & file.thin[i]
        mark[THIN_ASKED + 1, i] = file.asked[w, CARD, i] & file.thin[i]
        mark[THIN_GRANTED, i] = file.granted[w, LOAN, i] & file.thin[i]
        mark[THIN_GRANTED + 1, i] = file.granted[w, CARD, i] & file.thin[i]


@kernel
def share(world, society, scheme, climate, w, shared):
    """What the next month's climate is made from: shared (item,) of this world and region.

    Elastic doors are left out: as many are let in as ask, and nobody's place is another's.
    """
    marks = world.scratch.mark[w].view(np.uint64)
    packed, ranked, present = world.scratch.packed, world.scratch.ranked, world.scratch.present
    in_force = climate.in_force[w] != 0
    shared[cl.PEOPLE] += world.people
    for counter, item in SHARED:
        pack(marks[counter], LOW, packed)
        shared[item] += in_both(packed, present)
    for tier in range(scheme.posted.size if in_force else 0):
        pack(marks[TIER_0 + tier], LOW, ranked[tier])
        for word in range(present.size):
            ranked[tier, word] &= present[word]
        if scheme.posted[tier]:
            shared[cl.POSTED] += in_both(ranked[tier], present)
    for door in range(world.doors):
        if society.rationed[door]:
            share_door(world, society, scheme, climate, w, door, shared)
    if w > 0:
        file = world.file
        for r in range(file.record_new[w], file.record_total[w]):
            if file.record_due[w, r] == ELSEWHERE:
                shared[cl.OUT + file.record_deed[w, r]] += 1


@kernel
def share_door(world, society, scheme, climate, w, door, shared):
    """Askers at a door, each weighted by the access of their tier (climate.weight) [quarters]."""
    if climate.in_force[w] and scheme.partnered[door]:
        shared[cl.ASKED + door] += taken_by_standing(world, society, scheme, climate, w, door)
        return
    packed, ranked = world.scratch.packed, world.scratch.ranked
    pack(world.file.asked[w, door].view(np.uint64), LOW, packed)
    asked = ALL * in_both(packed, world.scratch.present)
    if climate.in_force[w]:
        for tier in range(scheme.access.shape[0]):
            wide = access(society, scheme, tier, door)
            if wide != ALL:
                weight = cl.weight(wide, climate.door_32[w, door])
                asked += (weight - ALL) * in_both(packed, ranked[tier])
    shared[cl.ASKED + door] += asked


@kernel
def taken_by_standing(world, society, scheme, climate, w, door):
    """The same where private scores count too: asker by asker [quarters]."""
    file, asked = world.file, np.int64(0)
    for i in range(world.people):
        if file.asked[w, door, i]:
            tier = access(society, scheme, file.tier[w, i], door) if file.scored[i] else ALL
            wide = combined(file.standing[w], scheme, door, i, np.int64(tier))
            asked += cl.weight(wide, climate.door_32[w, door])
    return asked
