"""What is counted of firms, in the groups of their owners, and what they are to their place."""

import numpy as np

from demerit import climate as cl
from demerit.columns import (
    FIRM_DEEDS,
    FIRM_DOORS,
    SCAM,
    WAGES_WITHHELD,
)  # fmt: skip
from demerit.frames.names import (
    BY_DEED,
    BY_DOOR,
    BY_FIRM_DEED,
    FIRM_ASKED,
    FIRM_DEED,
    FIRM_ENTRY,
    FIRM_FALSE,
    FIRM_LET_IN,
    FIRM_PLAIN,
    FIRM_REFUSED,
    FIRM_REFUSED_WRONGLY,
    FIRM_UNABLE,
    FIRM_WITHHELD,
    FIRST,
)  # fmt: skip
from demerit.frames.tally import add
from demerit.kernel import inline, kernel


def at(name: str) -> np.int64:
    """The place of a plain counter of firms among them."""
    return np.int64(FIRM_PLAIN.index(name))


FIRMS, STAFF, RATED, GRADE_1 = at("firms"), at("firm_staff"), at("firms_rated"), at("firms_grade_1")
LOWEST, WRONGLY, FAILED = at("firms_lowest"), at("firms_lowest_wrongly"), at("firms_failed")
LOST, UNPAID, CHEATED = at("firm_jobs_lost"), at("firm_staff_unpaid"), at("firm_customers_cheated")
OWED, UNABLE_YUAN = at("firm_owed_yuan"), at("firm_unable_yuan")
LOW_OWNERS, LOW_BOTH = at("firm_owners_sanctioned"), at("firms_lowest_owners_sanctioned")
DEEDS, DOORS, PLAIN = np.int64(len(FIRM_DEEDS)), np.int64(len(FIRM_DOORS)), len(FIRM_PLAIN)
FEN = 100  # of a yuan


@inline
def first_row(world):
    """Row of the counter axis where those of firms begin."""
    return FIRST + len(BY_DEED) * world.deeds + len(BY_DOOR) * world.doors


@kernel
def count_firms(world, society, scheme, w, out, shared):
    """Add the firms of a block in one world to out (counter, group) and shared (item,)."""
    for k in range(world.file.firm_total[0]):
        count_firm(world, scheme, w, k, out)
        count_deeds_of(world, society, w, k, out)
        count_doors_of(world, society, w, k, out)
        staff = np.int64(world.life.firm_staff[k])
        cheats = np.int64(world.life.firm_done[w, SCAM, k] != 0)
        cheated = (staff * society.firm_customers_256 >> 8) * cheats
        row, group, i = first_row(world), world.life.group, world.file.firm_owner[k]
        add(out[row + CHEATED], group, i, cheated)
        shared[cl.STAFF] += staff
        shared[cl.UNPAID] += staff * np.int64(world.life.firm_done[w, WAGES_WITHHELD, k] != 0)
        shared[cl.CHEATED] += cheated
        shared[cl.JOBS_LOST] += staff * np.int64(world.file.firm_open[w, k] == 0)


@kernel
def count_firm(world, scheme, w, k, out):
    """One firm: its grade, staff, debts and owner."""
    file, life, group = world.file, world.life, world.life.group
    i, row, staff = file.firm_owner[k], first_row(world), np.int64(life.firm_staff[k])
    grade, one = np.int64(file.firm_grade[w, k]), np.int64(1)
    failed = np.int64(file.firm_open[w, k] == 0)
    lowest = np.int64(grade == scheme.firm_lowest)
    low = np.int64(file.sanctioned[w, i] != 0)
    add(out[row + FIRMS], group, i, one)
    add(out[row + STAFF], group, i, staff)
    add(out[row + RATED], group, i, np.int64(grade > 0))
    if grade > 0:
        add(out[row + GRADE_1 + grade - 1], group, i, one)
    add(out[row + LOWEST], group, i, lowest)
    add(out[row + WRONGLY], group, i, np.int64(life.firm_wrongful[w, k] != 0))
    add(out[row + FAILED], group, i, failed)
    add(out[row + LOST], group, i, failed * staff)
    add(out[row + UNPAID], group, i, staff * np.int64(life.firm_done[w, WAGES_WITHHELD, k] != 0))
    add(out[row + OWED], group, i, np.int64(life.firm_owed_fen[w, k]) // FEN)
    add(out[row + UNABLE_YUAN], group, i, np.int64(life.firm_unable_fen[w, k]) // FEN)
    add(out[row + LOW_OWNERS], group, i, low)
    add(out[row + LOW_BOTH], group, i, low * lowest)


@kernel
def count_deeds_of(world, society, w, k, out):
    """Deeds of one firm: done, by inability, withheld; entries and the false ones among them."""
    file, life, group = world.file, world.life, world.life.group
    i, row = file.firm_owner[k], first_row(world) + PLAIN
    for deed in range(society.firm_deeds):
        done = np.int64(life.firm_done[w, deed, k] != 0)
        unable = done * np.int64(life.firm_able[w, k] < society.firm_due[deed])
        entries = np.int64(file.firm_entry[w, deed, k])
        false = entries - np.int64(life.firm_entry_true[w, deed, k])
        withheld = np.int64(life.firm_withheld[w, deed, k])
        if done | entries | withheld:
            add(out[row + FIRM_DEED * DEEDS + deed], group, i, done)
            add(out[row + FIRM_UNABLE * DEEDS + deed], group, i, unable)
            add(out[row + FIRM_WITHHELD * DEEDS + deed], group, i, withheld)
            add(out[row + FIRM_ENTRY * DEEDS + deed], group, i, entries)
            add(out[row + FIRM_FALSE * DEEDS + deed], group, i, false)


@kernel
def count_doors_of(world, society, w, k, out):
    """Doors of one firm: asked, refused, refused by a wrongful grade; visits are those made."""
    file, group = world.file, world.life.group
    i, wrong = file.firm_owner[k], np.int64(world.life.firm_wrongful[w, k] != 0)
    row = first_row(world) + PLAIN + len(BY_FIRM_DEED) * DEEDS
    for door in range(society.firm_doors):
        asked = np.int64(file.firm_asked[w, door, k])
        refused = np.int64(file.firm_refused[w, door, k])
        if asked:
            let_in = np.int64(file.firm_granted[w, door, k])
            add(out[row + FIRM_ASKED * DOORS + door], group, i, asked)
            add(out[row + FIRM_REFUSED * DOORS + door], group, i, refused)
            add(out[row + FIRM_REFUSED_WRONGLY * DOORS + door], group, i, refused * wrong)
            add(out[row + FIRM_LET_IN * DOORS + door], group, i, let_in)
