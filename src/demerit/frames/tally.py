"""Tally: rows of people added up by group, exactly, and never person by person where many count.

rows (world, person)  ->  out (world, counter, group)

A world is counted by what differs from the world before it: the scratch row `found` holds the
counts of one world by group and is moved on to the next.  Rows are compared 64 people at a time.
Where few differ, each is added to its groups; where many do, the row is packed, a bit a person, and
counted against the bits of each group, 64 people at a time (numbers above one: bit by bit).
"""

import numpy as np

from demerit.kernel import fill, inline, kernel

MAGIC = np.uint64(0x0102040810204080)
LOWEST = np.uint64(0x0101010101010101)  # the lowest bit of each of eight people
EVERY_WORLD, BUT_LAW = 0b111, 0b110  # which worlds are counted, a bit a world (columns.WORLDS)


@inline
def pack(eight):
    """Eight yes/no bytes as eight bits, the first person in the lowest."""
    return (eight * MAGIC) >> np.uint64(56)


@inline
def ones(x):
    """How many bits are set."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inline
def gap(ahead, behind, k):
    """Nought if the 64 people from the k-th eight on are alike in both rows [bits]."""
    return (
        (ahead[k] ^ behind[k])
        | (ahead[k + 1] ^ behind[k + 1])
        | (ahead[k + 2] ^ behind[k + 2])
        | (ahead[k + 3] ^ behind[k + 3])
        | (ahead[k + 4] ^ behind[k + 4])
        | (ahead[k + 5] ^ behind[k + 5])
        | (ahead[k + 6] ^ behind[k + 6])
        | (ahead[k + 7] ^ behind[k + 7])
    )


@inline
def listed(mask, w):
    """Is this world one of those that the mask names?"""
    return (mask >> w) & 1


@kernel
def add(out, group, i, much):
    """Add to every group that row i belongs to."""
    for grouping in range(group.shape[0]):
        out[group[grouping, i]] += much


@kernel
def follow(row, base, world):
    """Move `found` from the counts of `base` to those of `row`, both of bytes (person,)."""
    ahead, behind = row.view(np.uint64), base.view(np.uint64)
    chunks = (world.people + 63) >> 6
    differing = 0
    for chunk in range(chunks):
        differing += gap(ahead, behind, 8 * chunk) != 0
    if 4 * differing > 3 * chunks:
        recount(ahead, chunks, world)
    elif differing:
        mend(row, base, chunks, world)


@kernel
def mend(row, base, chunks, world):
    """Add to `found` what `row` has more than `base`, where they differ."""
    ahead, behind = row.view(np.uint64), base.view(np.uint64)
    found, group, people = world.scratch.found, world.life.group, world.people
    for chunk in range(chunks):
        if gap(ahead, behind, 8 * chunk):
            for k in range(8 * chunk, 8 * chunk + 8):
                if ahead[k] != behind[k]:
                    for i in range(8 * k, min(people, 8 * k + 8)):
                        if row[i] != base[i]:
                            add(found, group, i, np.int64(row[i]) - np.int64(base[i]))


@kernel
def recount(eights, chunks, world):
    """Count a row afresh: `found` becomes its sum by group."""
    found, packed, bits = world.scratch.found, world.scratch.packed, world.life.group_bits
    bytes_ = packed.view(np.uint8)
    some = np.uint64(0)
    for k in range(8 * chunks):
        some |= eights[k]
    fill(found, 0)
    for plane in range(8):
        if (some >> np.uint64(plane)) & LOWEST:
            for k in range(8 * chunks):
                bytes_[k] = pack((eights[k] >> np.uint64(plane)) & LOWEST)
            for group in range(found.size):
                here = np.int64(0)
                for word in range(chunks):
                    here += ones(packed[word] & bits[group, word])
                found[group] += here << plane


@kernel
def keep(world, out):
    """Add `found` to a counter: out (group,)."""
    found = world.scratch.found
    for group in range(found.size):
        out[group] += found[group]


@kernel
def tally_same(row, mask, world, worlds, out, counter):
    """Count a row of bytes that is the same in all worlds (person,)."""
    fill(world.scratch.found, 0)
    follow(row, world.scratch.nought.view(np.uint8), world)
    for w in range(worlds):
        if listed(mask, w):
            keep(world, out[w, counter])


@kernel
def tally(rows, mask, world, worlds, out, counter):
    """Count rows of bytes (world, person) in the worlds that the mask names."""
    fill(world.scratch.found, 0)
    last = -1
    for w in range(worlds):
        if listed(mask, w):
            if last < 0:
                follow(rows[w], world.scratch.nought.view(np.uint8), world)
            else:
                follow(rows[w], rows[last], world)
            last = w
            keep(world, out[w, counter])


@kernel
def tally_at(cube, k, mask, world, worlds, out, counter):
    """Count the rows of one deed or door: cube (world, deed or door, person)."""
    fill(world.scratch.found, 0)
    last = -1
    for w in range(worlds):
        if listed(mask, w):
            if last < 0:
                follow(cube[w, k], world.scratch.nought.view(np.uint8), world)
            else:
                follow(cube[w, k], cube[last, k], world)
            last = w
            keep(world, out[w, counter])


@kernel
def tally_above(rows, level, mask, world, worlds, out, counter):
    """Count those above a level: rows (world, person) of any whole number."""
    mark = world.scratch.mark
    for w in range(worlds):
        if listed(mask, w):
            for i in range(world.people):
                mark[w, i] = rows[w, i] > level
    tally(mark, mask, world, worlds, out, counter)


@kernel
def tally_both(rows, other, mask, world, worlds, out, counter):
    """Count those of whom both are so: rows (world, person), other (person,), yes/no."""
    mark = world.scratch.mark
    for w in range(worlds):
        if listed(mask, w):
            for i in range(world.people):
                mark[w, i] = rows[w, i] & other[i]
    tally(mark, mask, world, worlds, out, counter)


@kernel
def tally_both_at(cube, k, other, mask, world, worlds, out, counter):
    """Count those of whom both are so: cube (world, door, person), other (person,), yes/no."""
    mark = world.scratch.mark
    for w in range(worlds):
        if listed(mask, w):
            for i in range(world.people):
                mark[w, i] = cube[w, k, i] & other[i]
    tally(mark, mask, world, worlds, out, counter)


@kernel
def tally_sum(rows, unit, who, mask, world, worlds, out, counter):
    """Add up whole numbers in whole units (world, person) of those who count (person,)."""
    fill(world.scratch.found, 0)
    last = -1
    for w in range(worlds):
        if listed(mask, w):
            if last < 0:
                follow_sum(rows[w], world.scratch.nought, unit, who, world)
            else:
                follow_sum(rows[w], rows[last], unit, who, world)
            last = w
            keep(world, out[w, counter])


@kernel
def follow_sum(row, base, unit, who, world):
    """Move `found` from the sums of `base` to those of `row`, both of four bytes (person,)."""
    ahead, behind = row.view(np.uint64), base.view(np.uint64)
    found, group = world.scratch.found, world.life.group
    for k in range((world.people + 1) >> 1):
        if ahead[k] != behind[k]:
            for i in range(2 * k, 2 * k + 2):
                if who[i] and row[i] != base[i]:
                    much = np.int64(row[i]) // unit - np.int64(base[i]) // unit
                    add(found, group, i, much)
