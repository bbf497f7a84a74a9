"""Tally: rows of people added up by group, exactly, and never person by person where many count.

rows (world, person)  ->  out (world, counter, group)

A world is counted by what differs from the world before it: the scratch row `found` holds the
counts of one world by group and is moved on to the next.  Rows are read eight people at a time.
Where few differ, each is added to its groups; where many do, the row is packed, a bit a person, and
counted against the bits of each group, 64 people at a time (numbers above one: bit by bit).

People sit in words so that packing needs no more than shifts: word k holds the eights k, k + 32,
k + 64 and so on, and a byte of it one person of each (`seat`).

Rows are handed on as eights (uint64): to view a row anew takes longer than to read it.  Loops of
fixed length are made into vector instructions at the level of kernel.py; at higher levels they are
unrolled first and run three times slower.
"""

import numpy as np

from demerit.columns import BLOCK
from demerit.kernel import fill, inline, kernel, ones

LOWEST = np.uint64(0x0101010101010101)  # the lowest bit of each of eight people
LOW_HALF = np.uint64(0xFFFFFFFF)
EIGHTS, PAIRS, WORDS = BLOCK // 8, BLOCK // 2, BLOCK // 64  # in a row
# Which worlds are counted, a bit a world.  Numbers of this kind, not Python's: the compiler makes a
# kernel anew for each of Python's whole numbers that it is called with.
EVERY_WORLD, BUT_LAW = np.int64(0b111), np.int64(0b110)
FEW = 24  # eights that differ, up to which each is added alone: as quick as to count a packed row


@inline
def seat(i):
    """Where a person sits in a packed row: the word and the bit."""
    return (i >> 3) & (WORDS - 1), 8 * (i & 7) + (i >> 8)


@inline
def listed(mask, w):
    """Is this world one of those that the mask names?"""
    return (mask >> w) & 1


@inline
def add(out, group, i, much):
    """Add to every group that row i belongs to."""
    for grouping in range(group.shape[0]):
        out[group[grouping, i]] += much


@inline
def bit_of(eight, plane):
    """One bit of each of eight numbers."""
    return (eight >> plane) & LOWEST


@kernel
def pack(row, plane, packed):
    """One bit of each number of a row of eights, as bits (word,)."""
    for k in range(WORDS):
        packed[k] = (
            bit_of(row[k], plane)
            | (bit_of(row[k + WORDS], plane) << np.uint64(1))
            | (bit_of(row[k + 2 * WORDS], plane) << np.uint64(2))
            | (bit_of(row[k + 3 * WORDS], plane) << np.uint64(3))
            | (bit_of(row[k + 4 * WORDS], plane) << np.uint64(4))
            | (bit_of(row[k + 5 * WORDS], plane) << np.uint64(5))
            | (bit_of(row[k + 6 * WORDS], plane) << np.uint64(6))
            | (bit_of(row[k + 7 * WORDS], plane) << np.uint64(7))
        )


@kernel
def in_both(bits, other):
    """How many have a bit in both rows (word,)."""
    found = np.int64(0)
    for word in range(WORDS):
        found += ones(bits[word] & other[word])
    return found


@kernel
def follow(row, base, world):
    """Move `found` from the counts of `base` to those of `row`, both of eights."""
    differing = np.int64(0)
    for k in range(EIGHTS):
        differing += row[k] != base[k]
    if differing > FEW and differing > FEW * planes(row):
        recount(row, world)
    elif differing:
        mend(row, base, world)


@kernel
def planes(row):
    """How many bits the numbers of a row of eights take."""
    some = np.uint64(0)
    for k in range(EIGHTS):
        some |= row[k]
    found = np.int64(0)
    for plane in range(8):
        found += bit_of(some, np.uint64(plane)) != 0
    return found


@kernel
def mend(row, base, world):
    """Add to `found` what `row` has more than `base`, both of eights, for those who differ."""
    found, group = world.scratch.found, world.life.group
    for k in range(EIGHTS):
        if row[k] != base[k]:
            for i in range(8 * k, min(world.people, 8 * k + 8)):
                shift = np.uint64(8 * (i & 7))
                ahead = np.int64((row[k] >> shift) & np.uint64(255))
                behind = np.int64((base[k] >> shift) & np.uint64(255))
                if ahead != behind:
                    add(found, group, i, ahead - behind)


@kernel
def recount(row, world):
    """Count a row of eights afresh: `found` becomes its sum by group."""
    some = np.uint64(0)
    for k in range(EIGHTS):
        some |= row[k]
    fill(world.scratch.found, 0)
    for plane in range(8):
        if bit_of(some, np.uint64(plane)):
            pack(row, np.uint64(plane), world.scratch.packed)
            add_packed(world.scratch.packed, world.life.group_bits, plane, world.scratch.found)


@kernel
def add_packed(packed, bits, plane, found):
    """Add the bits of a packed row by group, each worth 2^plane."""
    for group in range(found.size):
        here = np.int64(0)
        for word in range(WORDS):
            here += ones(packed[word] & bits[group, word])
        found[group] += here << plane


@kernel
def keep(found, out):
    """Add `found` to a counter (group,)."""
    for group in range(found.size):
        out[group] += found[group]


@kernel
def tally_rows(cube, k, mask, world, worlds, out, counter):
    """Count the rows of one deed, door or mark, in the worlds that the mask names.

    Reads   cube of eights (world, deed or door or mark, eight)
    """
    found = world.scratch.found
    fill(found, 0)
    last = np.int64(-1)
    for w in range(worlds):
        if listed(mask, w):
            if last < 0:
                follow(cube[w, k], world.scratch.nought, world)
            else:
                follow(cube[w, k], cube[last, k], world)
            last = w
            keep(found, out[w, counter])


@kernel
def tally_number(rows, base, mask, world, worlds, out, counter):
    """Add up numbers, none below nought (world, person), person by person where they differ.

    Reads   base (pair) that the first world is compared with, its sum by group in `found`
    """
    found, pairs = world.scratch.found, rows.view(np.uint64)
    last = np.int64(-1)
    for w in range(worlds):
        if listed(mask, w):
            if last < 0:
                mend_number(pairs[w], base, world)
            else:
                mend_number(pairs[w], pairs[last], world)
            last = w
            keep(found, out[w, counter])


@kernel
def mend_number(row, base, world):
    """Add to `found` what `row` has more than `base`, both of pairs of people."""
    found, group = world.scratch.found, world.life.group
    for k in range(PAIRS):
        if row[k] != base[k]:
            for i in range(2 * k, min(world.people, 2 * k + 2)):
                shift = np.uint64(32 * (i & 1))
                ahead = np.int64((row[k] >> shift) & LOW_HALF)
                behind = np.int64((base[k] >> shift) & LOW_HALF)
                add(found, group, i, ahead - behind)
