"""What is counted of doors, and what the next month's climate is made from."""

import numpy as np

from demerit import climate as cl
from demerit.columns import CARD, ELSEWHERE, LOAN
from demerit.frames.names import ASKED, BY_DEED, FIRST, GRANTED, REFUSED, REFUSED_WRONGLY, row
from demerit.frames.people import ADULT
from demerit.frames.tally import EVERY_WORLD, listed, tally, tally_at, tally_both_at
from demerit.kernel import inline, kernel

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
    for door in range(world.doors):
        asked, granted = door_row(world, ASKED, door), door_row(world, GRANTED, door)
        tally_at(file.asked, door, EVERY_WORLD, world, worlds, out, asked)
        tally_at(file.granted, door, EVERY_WORLD, world, worlds, out, granted)
        if is_bent(society, scheme, door):
            refused = door_row(world, REFUSED, door)
            tally_at(file.refused, door, force, world, worlds, out, refused)
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
def total(row, people):
    """How many have a yes in a yes/no row."""
    found = np.int64(0)
    for i in range(people):
        found += row[i]
    return found


@kernel
def share(world, society, scheme, in_force, w, shared):
    """What the next month's climate is made from: shared (item,) of this world and region."""
    file, life = world.file, world.life
    shared[cl.PEOPLE] += world.people
    shared[cl.SCORED] += total(file.scored, world.people)
    shared[cl.PROTEST] += total(life.protesting[w], world.people)
    adults, posted = np.int64(0), np.int64(0)
    for i in range(world.people):
        adults += life.age_years[i] >= ADULT
    shared[cl.ADULTS] += adults
    for tier in range(scheme.posted.size):
        if in_force and scheme.posted[tier]:
            for i in range(world.people):
                posted += (file.tier[w, i] == tier) & (file.scored[i] != 0)
    shared[cl.POSTED] += posted
    for door in range(world.doors):
        if in_force and is_bent(society, scheme, door):
            shared[cl.ASKED + door] += asked_by_access(file, society, scheme, w, door)
        else:
            shared[cl.ASKED + door] += ALL * total(file.asked[w, door], world.people)
    if w > 0:
        for r in range(file.record_new[w], file.record_total[w]):
            if file.record_due[w, r] == ELSEWHERE:
                shared[cl.OUT + file.record_deed[w, r]] += 1


@kernel
def asked_by_access(file, society, scheme, w, door):
    """Askers at a door, each weighted by the access of their tier [quarters]."""
    found = np.int64(0)
    eight = file.asked[w, door].view(np.uint64)
    for k in range(eight.size):
        if eight[k]:
            for i in range(8 * k, 8 * k + 8):
                if file.asked[w, door, i]:
                    scored = file.scored[i] != 0
                    wide = access(society, scheme, file.tier[w, i], door)
                    found += wide if scored else np.int64(ALL)
    return found
