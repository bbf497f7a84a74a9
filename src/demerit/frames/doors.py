"""What is counted of doors, and what the next month's climate is made from."""

import numpy as np

from demerit import climate as cl
from demerit.columns import CARD, ELSEWHERE, LOAN
from demerit.frames.names import ASKED, BY_DEED, FIRST, GRANTED, REFUSED, REFUSED_WRONGLY, row
from demerit.frames.people import ADULT
from demerit.frames.tally import (
    EVERY_WORLD,
    in_both,
    listed,
    pack,
    tally,
    tally_at,
    tally_both_at,
)  # fmt: skip
from demerit.kernel import inline, kernel

LOW = np.uint64(0)  # the lowest bit of a yes/no column
ALL = 4  # access as for everyone, in quarters
THIN_ASKED, THIN_GRANTED = row("thin_asked_loan"), row("thin_granted_loan")


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
    bent = False
    for tier in range(scheme.access.shape[0]):
        bent |= access(society, scheme, tier, door) != ALL
    return bent


@kernel
def count_doors(world, society, scheme, force, worlds, out):
    """Knocks: asked, refused, refused wrongly, granted; nobody is refused where all are let in."""
    file, life, mark = world.file, world.life, world.scratch.mark
    knocks, let_in = file.asked.view(np.uint64), file.granted.view(np.uint64)
    turned_away = file.refused.view(np.uint64)
    for door in range(world.doors):
        asked, granted = door_row(world, ASKED, door), door_row(world, GRANTED, door)
        tally_at(knocks, door, EVERY_WORLD, world, worlds, out, asked)
        tally_at(let_in, door, EVERY_WORLD, world, worlds, out, granted)
        if is_bent(society, scheme, door):
            refused = door_row(world, REFUSED, door)
            tally_at(turned_away, door, force, world, worlds, out, refused)
            for w in range(worlds):
                if listed(force, w):
                    for i in range(world.people):
                        mark[w, i] = file.refused[w, door, i] & life.wrongful[w, i]
            wrongly = door_row(world, REFUSED_WRONGLY, door)
            tally(mark, force, world, worlds, out, wrongly)
    for k in range(2):
        door = CARD if k else LOAN
        tally_both_at(file.asked, door, file.thin, EVERY_WORLD, world, worlds, out, THIN_ASKED + k)
        tally_both_at(
            file.granted, door, file.thin, EVERY_WORLD, world, worlds, out, THIN_GRANTED + k
        )


@kernel
def share(world, society, scheme, climate, w, shared):
    """What the next month's climate is made from: shared (item,) of this world and region.

    Elastic doors are left out: as many are let in as ask, and nobody's place is another's.
    """
    in_force = climate.in_force[w] != 0
    file, life, mark = world.file, world.life, world.scratch.mark[w]
    packed, ranked, present = world.scratch.packed, world.scratch.ranked, world.scratch.present
    shared[cl.PEOPLE] += world.people
    pack(file.scored.view(np.uint64), LOW, packed)
    shared[cl.SCORED] += in_both(packed, present)
    pack(life.protesting[w].view(np.uint64), LOW, packed)
    shared[cl.PROTEST] += in_both(packed, present)
    pack(life.sabotaging[w].view(np.uint64), LOW, packed)
    shared[cl.SABOTAGE] += in_both(packed, present)
    for i in range(world.people):
        mark[i] = life.age_years[i] >= ADULT
    pack(mark.view(np.uint64), LOW, packed)
    shared[cl.ADULTS] += in_both(packed, present)
    for tier in range(scheme.posted.size):
        for i in range(world.people):
            mark[i] = (file.tier[w, i] == np.uint8(tier)) & (file.scored[i] != 0)
        pack(mark.view(np.uint64), LOW, ranked[tier])
        if in_force and scheme.posted[tier]:
            shared[cl.POSTED] += in_both(ranked[tier], present)
    for door in range(world.doors):
        if society.rationed[door]:
            share_door(world, society, scheme, climate, w, door, shared)
    if w > 0:
        for r in range(file.record_new[w], file.record_total[w]):
            if file.record_due[w, r] == ELSEWHERE:
                shared[cl.OUT + file.record_deed[w, r]] += 1


@kernel
def share_door(world, society, scheme, climate, w, door, shared):
    """Askers at a door, each weighted by the access of their tier (climate.weight) [quarters]."""
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
