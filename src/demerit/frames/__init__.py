"""Frames: what a run remembers of each month: whole counts by world and group, never persons.

world (one block)  ->  out (world, counter, group), shared (world, region, item)

names.py says what is counted; people.py, files.py and doors.py mark who counts, a scratch row for
each counter and world; tally.py adds rows up by group; offices.py counts officials, firms.py firms
and lookups.py whom others look up, one by one.
"""

import numpy as np

from demerit.columns import BLOCK, NO_ERRORS
from demerit.frames.doors import count_doors, door_row, mark_thin, share
from demerit.frames.files import count_records, count_sums, mark_files
from demerit.frames.firms import count_firms
from demerit.frames.issuers import count_issuers, mark_private
from demerit.frames.lookups import count_look_ups
from demerit.frames.names import (
    BUT_LAW,
    BY_DEED,
    BY_DOOR,
    BY_ERRORS,
    BY_HAND,
    BY_ISSUER,
    DEED,
    ENTRY,
    FIRST,
    IN_ALL,
    KINDS,
    PLAIN,
    REFUSED,
    SHOWN,
    WITHHELD,
    counters,
    row,
)  # fmt: skip
from demerit.frames.offices import count_offices
from demerit.frames.people import mark_answers, mark_money, mark_people
from demerit.frames.tally import EVERY_WORLD, listed, ones, pack, seat, tally_rows
from demerit.frames.traces import count_traces, share_traces
from demerit.kernel import fill, kernel

__all__ = [
    "BY_DEED", "BY_DOOR", "BY_ISSUER", "PLAIN", "clear", "count", "counters", "ones",
    "seat",
]  # fmt: skip

CHILLED, DETERRED, ENTRIES = row("chilled"), row("deterred"), row("entries")
POSTED, TIER_0 = row("posted"), row("tier_0")
REFUSAL_YUAN, REFUSAL_MINUTES = row("refusal_cost_yuan"), row("refusal_cost_minutes")
ALL_BUT_LAW, SCHEME_ALONE = np.int64(0b110), np.int64(0b010)  # a bit a world (columns.WORLDS)


@kernel
def count(world, society, scheme, climate, month, out, shared):
    """Add this block's month to the counts; `out` and `shared` are not cleared here."""
    worlds, force = np.int64(climate.worlds), np.int64(0)
    clear(world)
    for w in range(worlds):
        force |= (climate.in_force[w] != 0) << w
        mark_people(world, w)
        mark_money(world, society, w)
        mark_answers(world, w)
        mark_thin(world, w)
        if climate.in_force[w]:
            mark_files(world, scheme, w)
            if scheme.issuers:
                mark_private(world, scheme, w)
    count_marks(world, force, worlds, out)
    count_sums(world, scheme, force, worlds, out)
    count_deeds(world, scheme, force, worlds, out)
    for w in range(worlds):
        share(world, society, scheme, climate, w, shared[w, world.region])
        if scheme.firms != 0:
            count_firms(world, society, scheme, w, out[w], shared[w, world.region])
        if scheme.learns and climate.in_force[w]:
            count_traces(world, society, climate, w, out[w])
            share_traces(world, scheme, month, w, shared[w, world.region])
    count_doors(world, society, scheme, force, worlds, out)
    count_offices(world, scheme, force, worlds, out)
    if scheme.looked_at:
        count_look_ups(world, scheme, force, worlds, out)
    if scheme.issuers:
        count_issuers(world, scheme, force, worlds, out)
    for w in range(worlds):
        if w > 0:
            count_records(world, listed(force, w), w, month, out[w])
        add_up(world, society, scheme, out[w])


@kernel
def clear(world):
    """Who lives in the block: what else the scratch rows hold past them is not counted."""
    for i in range(BLOCK):
        world.scratch.everyone[i] = i < world.people
    pack(world.scratch.everyone.view(np.uint64), np.uint64(0), world.scratch.present)


@kernel
def count_marks(world, force, worlds, out):
    """Add up the marked rows, each in the worlds in which it means something."""
    marks = world.scratch.mark.view(np.uint64)
    for counter in range(KINDS.size):
        kind, mask = KINDS[counter], force
        if kind == BY_HAND:
            continue
        if kind == IN_ALL:
            mask = EVERY_WORLD
        elif kind == BUT_LAW:
            mask = ALL_BUT_LAW
        elif kind == BY_ERRORS:  # beside the world without errors, if that is lived
            mask = force & SCHEME_ALONE if worlds > NO_ERRORS else 0
        tally_rows(marks, counter, mask, world, worlds, out, counter)


@kernel
def count_deeds(world, scheme, force, worlds, out):
    """True deeds; what is withheld of those that cost points, shown of those that bring some."""
    deeds = world.deeds
    done = world.life.deed_count.view(np.uint64)
    withheld = world.life.deed_withheld.view(np.uint64)
    shown = world.life.deed_shown.view(np.uint64)
    for deed in range(deeds):
        at = FIRST + deed
        tally_rows(done, deed, EVERY_WORLD, world, worlds, out, at + DEED * deeds)
        some = np.int64(0)  # most of these rows are noughts (step/behave.py)
        for w in range(worlds):
            some |= world.life.swayed[w, deed]
        if some == 0:
            continue
        if scheme.points[deed] < 0:
            tally_rows(withheld, deed, force, world, worlds, out, at + WITHHELD * deeds)
        elif scheme.points[deed] > 0:
            tally_rows(shown, deed, force, world, worlds, out, at + SHOWN * deeds)


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
