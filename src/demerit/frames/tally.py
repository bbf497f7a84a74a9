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
from demerit.kernel import fill, inline, kernel

LOWEST = np.uint64(0x0101010101010101)  # the lowest bit of each of eight people
EVEN_BYTES = np.uint64(0x00FF00FF00FF00FF)
LOW_HALF = np.uint64(0xFFFFFFFF)
EIGHTS, PAIRS, WORDS = BLOCK // 8, BLOCK // 2, BLOCK // 64  # in a row
HALF = WORDS // 2
# Which worlds are counted, a bit a world.  Numbers of this kind, not Python's: the compiler makes a
# kernel anew for each of Python's whole numbers that it is called with.
EVERY_WORLD, BUT_LAW = np.int64(0b111), np.int64(0b110)
FEW = 24  # people who differ, up to whom each is added alone: as quick as to count a packed row
FEW_NUMBERS = 300  # and for numbers of many bits


@inline
def seat(i):
    """Where a person sits in a packed row: the word and the bit."""
    return (i >> 3) & (WORDS - 1), 8 * (i & 7) + (i >> 8)


@inline
def ones_by_byte(x):
    """How many bits are set in each byte."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    return (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)


@inline
def ones(x):
    """How many bits are set."""
    return np.int64((ones_by_byte(x) * LOWEST) >> np.uint64(56))


@inline
def bytes_added(x, y):
    """The sixteen bytes of two words added up."""
    x = (x & EVEN_BYTES) + ((x >> np.uint64(8)) & EVEN_BYTES)
    y = (y & EVEN_BYTES) + ((y >> np.uint64(8)) & EVEN_BYTES)
    return np.int64(((x + y) * np.uint64(0x0001000100010001)) >> np.uint64(48))


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


@inline
def differ(one, other):
    """Which of eight people differ: the lowest bit of each."""
    gap = one ^ other
    gap |= gap >> np.uint64(4)
    gap |= gap >> np.uint64(2)
    return (gap | (gap >> np.uint64(1))) & LOWEST


@kernel
def pack_gap(row, base, packed):
    """Who differs between two rows of eights, as bits (word,)."""
    for k in range(WORDS):
        packed[k] = (
            differ(row[k], base[k])
            | (differ(row[k + WORDS], base[k + WORDS]) << np.uint64(1))
            | (differ(row[k + 2 * WORDS], base[k + 2 * WORDS]) << np.uint64(2))
            | (differ(row[k + 3 * WORDS], base[k + 3 * WORDS]) << np.uint64(3))
            | (differ(row[k + 4 * WORDS], base[k + 4 * WORDS]) << np.uint64(4))
            | (differ(row[k + 5 * WORDS], base[k + 5 * WORDS]) << np.uint64(5))
            | (differ(row[k + 6 * WORDS], base[k + 6 * WORDS]) << np.uint64(6))
            | (differ(row[k + 7 * WORDS], base[k + 7 * WORDS]) << np.uint64(7))
        )


@kernel
def in_both(bits, other):
    """How many have a bit in both rows (word,)."""
    here, there = np.uint64(0), np.uint64(0)
    for word in range(HALF):
        here += ones_by_byte(bits[word] & other[word])
    for word in range(HALF, WORDS):
        there += ones_by_byte(bits[word] & other[word])
    return bytes_added(here, there)


@kernel
def follow(row, base, world):
    """Move `found` from the counts of `base` to those of `row`, both of eights."""
    differing = np.uint64(0)
    for k in range(EIGHTS):
        differing |= row[k] ^ base[k]
    if differing:
        packed = world.scratch.packed
        pack_gap(row, base, packed)
        hits = in_both(packed, world.scratch.present)
        if hits > FEW and hits > FEW * planes(row):
            recount(row, world)
        else:
            mend(row, base, packed, world.scratch.present, world.scratch.found, world.life.group)


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
def mend(row, base, packed, present, found, group):
    """Add to `found` what `row` has more than `base`, for those who differ (packed)."""
    for word in range(WORDS):
        left = packed[word] & present[word]
        while left:
            bit = ones((left - np.uint64(1)) & ~left)  # the lowest that is set
            left &= left - np.uint64(1)
            k, place = word + WORDS * (bit & 7), bit >> 3
            shift = np.uint64(8 * place)
            ahead = np.int64((row[k] >> shift) & np.uint64(255))
            behind = np.int64((base[k] >> shift) & np.uint64(255))
            add(found, group, 8 * k + place, ahead - behind)


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
    """Add the bits of a packed row by group, each worth 2^plane.

    A byte holds the ones of half a row's words, not of a whole row's.
    """
    for group in range(found.size):
        here, there = np.uint64(0), np.uint64(0)
        for word in range(HALF):
            here += ones_by_byte(packed[word] & bits[group, word])
        for word in range(HALF, WORDS):
            there += ones_by_byte(packed[word] & bits[group, word])
        found[group] += bytes_added(here, there) << plane


@kernel
def keep(found, out):
    """Add `found` to a counter (group,)."""
    for group in range(found.size):
        out[group] += found[group]


@kernel
def tally_same(row, mask, world, worlds, out, counter):
    """Count a row of bytes that is the same in all worlds (person,)."""
    found = world.scratch.found
    fill(found, 0)
    follow(row.view(np.uint64), world.scratch.nought, world)
    for w in range(worlds):
        if listed(mask, w):
            keep(found, out[w, counter])


@kernel
def tally(rows, mask, world, worlds, out, counter):
    """Count rows of bytes (world, person) in the worlds that the mask names."""
    eights, found = rows.view(np.uint64), world.scratch.found
    fill(found, 0)
    last = np.int64(-1)
    for w in range(worlds):
        if listed(mask, w):
            if last < 0:
                follow(eights[w], world.scratch.nought, world)
            else:
                follow(eights[w], eights[last], world)
            last = w
            keep(found, out[w, counter])


@kernel
def tally_at(cube, k, mask, world, worlds, out, counter):
    """Count the rows of one deed or door: cube of eights (world, deed or door, eight)."""
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
def tally_number(mask, world, worlds, out, counter):
    """Add up the scratch row `number` of each world that the mask names."""
    number, found = world.scratch.number, world.scratch.found
    pairs = number.view(np.uint64)
    fill(found, 0)
    last = np.int64(-1)
    for w in range(worlds):
        if listed(mask, w):
            if last < 0:
                few = mend_number(pairs[w], world.scratch.nought, world)
            else:
                few = mend_number(pairs[w], pairs[last], world)
            if not few:
                recount_number(number[w], world)
            last = w
            keep(found, out[w, counter])


@kernel
def mend_number(row, base, world):
    """Add to `found` what `row` has more than `base`, both of pairs; or give up and say so."""
    found, group = world.scratch.found, world.life.group
    differing = np.int64(0)
    for k in range(PAIRS):
        differing += row[k] != base[k]
    if differing > FEW_NUMBERS:
        return False
    for k in range(PAIRS if differing else 0):
        if row[k] != base[k]:
            for j in range(2):
                shift = np.uint64(32 * j)
                ahead = np.int64((row[k] >> shift) & LOW_HALF)
                behind = np.int64((base[k] >> shift) & LOW_HALF)
                add(found, group, 2 * k + j, ahead - behind)
    return True


@kernel
def recount_number(row, world):
    """Sum a row of whole numbers afresh (person,), bit by bit."""
    found, mark = world.scratch.found, world.scratch.mark[0]
    eights, packed = mark.view(np.uint64), world.scratch.packed
    fill(found, 0)
    some = np.uint32(0)
    for i in range(BLOCK):
        some |= row[i]
    plane = np.int64(0)
    while np.int64(some) >> plane:
        shift = np.uint32(plane)
        for i in range(BLOCK):
            mark[i] = (row[i] >> shift) & np.uint32(1)
        pack(eights, np.uint64(0), packed)
        add_packed(packed, world.life.group_bits, plane, found)
        plane += 1
