"""Frames: what a run remembers of each month: whole counts by world and group, never persons.

world (one block)  ->  out (world, counter, group), shared (world, region, item)

names.py says what is counted, tally.py how rows of people become counts by group; people.py,
files.py and doors.py go through the columns.
"""

import numpy as np

from demerit.columns import BLOCK, WORLDS
from demerit.frames.doors import count_doors, door_row, share
from demerit.frames.files import count_files, count_records
from demerit.frames.names import (
    BY_DEED,
    BY_DOOR,
    DEED,
    ENTRY,
    FIRST,
    PLAIN,
    REFUSED,
    SHOWN,
    WITHHELD,
    counters,
    row,
)  # fmt: skip
from demerit.frames.people import count_answers, count_deals, count_money, count_people
from demerit.frames.tally import EVERY_WORLD, listed, ones, pack, seat, tally_at
from demerit.kernel import fill, kernel

__all__ = ["BY_DEED", "BY_DOOR", "PLAIN", "clear", "count", "counters", "ones", "seat"]

CHILLED, DETERRED, ENTRIES = row("chilled"), row("deterred"), row("entries")
POSTED, TIER_0 = row("posted"), row("tier_0")
REFUSAL_YUAN, REFUSAL_MINUTES = row("refusal_cost_yuan"), row("refusal_cost_minutes")


@kernel
def count(world, society, scheme, climate, month, out, shared):
    """Add this block's month to the counts; `out` and `shared` are not cleared here."""
    worlds, force = climate.worlds, 0
    for w in range(worlds):
        force |= (climate.in_force[w] != 0) << w
    clear(world)
    count_people(world, worlds, out)
    count_money(world, society, worlds, out)
    count_deals(world, worlds, out)
    count_answers(world, worlds, out)
    count_files(world, scheme, force, worlds, out)
    count_deeds(world, scheme, force, worlds, out)
    count_doors(world, society, scheme, force, worlds, out)
    for w in range(worlds):
        in_force = listed(force, w)
        if w > 0:
            count_records(world, in_force, w, month, out[w])
        add_up(world, society, scheme, out[w])
        share(world, society, scheme, climate, w, shared[w, world.region])


@kernel
def clear(world):
    """Scratch rows as the tallies want them: nobody past the block's people is counted."""
    for w in range(len(WORLDS)):
        fill(world.scratch.mark[w], 0)
        fill(world.scratch.number[w], 0)
    for i in range(BLOCK):
        world.scratch.everyone[i] = i < world.people
    pack(world.scratch.everyone.view(np.uint64), np.uint64(0), world.scratch.present)


@kernel
def count_deeds(world, scheme, force, worlds, out):
    """True deeds; what is withheld of those that cost points, what is shown of those that bring some."""
    deeds = world.deeds
    done = world.life.deed_count.view(np.uint64)
    withheld = world.life.deed_withheld.view(np.uint64)
    shown = world.life.deed_shown.view(np.uint64)
    for deed in range(deeds):
        at = FIRST + deed
        tally_at(done, deed, EVERY_WORLD, world, worlds, out, at + DEED * deeds)
        if scheme.points[deed] < 0:
            tally_at(withheld, deed, force, world, worlds, out, at + WITHHELD * deeds)
        elif scheme.points[deed] > 0:
            tally_at(shown, deed, force, world, worlds, out, at + SHOWN * deeds)


@kernel
def add_up(world, society, scheme, out):
    """Counters that are totals of others, worked out anew from these: out (counter, group).

    What is withheld is deterred if the deed does harm and chilled if it does not.
    """
    deeds, groups = world.deeds, out.shape[1]
    for counter in (CHILLED, DETERRED, ENTRIES, POSTED, REFUSAL_YUAN, REFUSAL_MINUTES):
        fill(out[counter], 0)
    for deed in range(deeds):
        withheld, entry = FIRST + WITHHELD * deeds + deed, FIRST + ENTRY * deeds + deed
        kind = CHILLED if society.deed_class[deed] else DETERRED
        for group in range(groups):
            out[kind, group] += out[withheld, group]
            out[ENTRIES, group] += out[entry, group]
    for tier in range(scheme.posted.size):
        if scheme.posted[tier]:
            for group in range(groups):
                out[POSTED, group] += out[TIER_0 + tier, group]
    for door in range(world.doors):
        refused = door_row(world, REFUSED, door)
        for group in range(groups):
            out[REFUSAL_YUAN, group] += society.cost_yuan[door] * out[refused, group]
            out[REFUSAL_MINUTES, group] += society.cost_minutes[door] * out[refused, group]
