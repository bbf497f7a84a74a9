"""Draws: random numbers as a pure function of who, when and what for.

(seed, person, month, replicate, purpose, index)  ->  four words of 32 random bits

No generator holds state.  Nothing depends on the order of people, blocks, threads or machines, and
the twin of a world has the same luck: whatever differs between twins, the scheme has caused.

The address is the counter of Philox4x32-10: person (64 bits), month and replicate (16 and 16),
purpose and index (16 and 16); the key is the seed.  Months before the start count down from 65535.
A chance is a threshold on one word: `word < chance_32(p)` happens with probability p.

Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
SC 2011, doi:10.1145/2063384.2063405.
"""

import numpy as np

from demerit.kernel import inline, kernel

# Numbers of this kind and not Python's: a kernel is compiled anew for each of those it is given.
# What a draw is for.  Two decisions never share a purpose; add new ones at the end.
(
    PEOPLE, TRAIT, FRAILTY, HOUSEHOLD, PLACE,
    LIFE, DEED, SPELL, SEEN, SERIAL, LABEL, FALSE_RECORD, LINK, KNOCK, RESPOND, REDRESS, TIE,
    START, DEAL, FAVOUR, COURT, FIRM, FIRM_SEEN, OFFICE, ISSUER, CONSENT, PEER, LOOK_UP,
    MOVE, ROLLOUT, LAPSE,
) = map(np.int64, range(31))  # fmt: skip

MONTHS_MAX = 1 << 15  # as many again are kept for the months before the start
REPLICATES_MAX = 1 << 16
WORD = 1 << 32

M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
U = np.uint64  # ids are unsigned throughout: mixed with signed they would turn into floats


def chance_32(p) -> np.ndarray:
    """The threshold that a word falls under with probability p, 0 to 1 (same shape), as uint32.

    >>> int(chance_32(0.5)), int(chance_32(1.0))
    (2147483648, 4294967295)
    """
    words = np.rint(np.clip(np.asarray(p, np.float64), 0.0, 1.0) * WORD)
    return np.minimum(words, WORD - 1).astype(np.uint32)


@inline
def philox(c0, c1, c2, c3, k0, k1):
    """Philox4x32-10: a counter of four words and a key of two to four random words."""
    for _ in range(10):
        p0 = np.uint64(c0) * M0
        p1 = np.uint64(c2) * M1
        c0, c1, c2, c3 = (
            np.uint32(np.uint32(p1 >> HALF) ^ c1 ^ k0),
            np.uint32(p1 & LOW),
            np.uint32(np.uint32(p0 >> HALF) ^ c3 ^ k1),
            np.uint32(p0 & LOW),
        )
        k0 = np.uint32(k0 + W0)
        k1 = np.uint32(k1 + W1)
    return c0, c1, c2, c3


@inline
def when(month, replicate):
    """Month and replicate in one word; months before the start wrap."""
    return np.uint32(((np.int64(month) & 0xFFFF) << 16) | np.int64(replicate))


@inline
def what(purpose, index):
    """Purpose and index in one word."""
    return np.uint32((np.int64(purpose) << 16) | np.int64(index))


@kernel
def four(seed, person, month, replicate, purpose, index):
    """Four words for one person, month, purpose and index."""
    return philox(
        np.uint32(person & LOW),
        np.uint32(person >> HALF),
        when(month, replicate),
        what(purpose, index),
        np.uint32(seed & LOW),
        np.uint32(seed >> HALF),
    )


@kernel
def rows(u, seed, first, month, replicate, purpose, index):
    """Four words for every person of a block: fills u (4, person) for ids from `first` on."""
    k0, k1 = np.uint32(seed & LOW), np.uint32(seed >> HALF)
    c2, c3 = when(month, replicate), what(purpose, index)
    # Blocks never straddle 2**32 (society/places.py), so the high word is one for all.
    low, high = np.uint32(first & LOW), np.uint32(first >> HALF)
    for i in range(u.shape[1]):
        a, b, c, d = philox(np.uint32(low + np.uint32(i)), high, c2, c3, k0, k1)
        u[0, i] = a
        u[1, i] = b
        u[2, i] = c
        u[3, i] = d


@kernel
def some(u, seed, first, at, found, month, replicate, purpose, index):
    """Four words for each of the first `found` rows of a block that `at` names, in their order: the
    words of `rows`, to the front of u (4, person)."""
    k0, k1 = np.uint32(seed & LOW), np.uint32(seed >> HALF)
    c2, c3 = when(month, replicate), what(purpose, index)
    low, high = np.uint32(first & LOW), np.uint32(first >> HALF)
    for k in range(found):
        a, b, c, d = philox(np.uint32(low + np.uint32(at[k])), high, c2, c3, k0, k1)
        u[0, k] = a
        u[1, k] = b
        u[2, k] = c
        u[3, k] = d


@inline
def among(word, n):
    """A whole number from 0 to n - 1, even to within n parts in 2**32."""
    return np.int64((np.uint64(word) * np.uint64(n)) >> HALF)


POISSON_STEP = 8  # bits: the table stands at means 256ths apart
GUIDE_MEAN, GUIDE_WORD = 4, 6  # bits of the mean after the point, and of the word
POISSON_MOST = 16  # deeds a month
POISSON_MEAN_MAX = 16  # deeds a month on average


def poisson_table() -> np.ndarray:
    """P(N <= k) in 32 bits for means 0 to 16 in 256ths, k = 0 ... 15 (mean, k), as uint32.

    >>> (poisson_table()[256, :2] / WORD).round(3)
    array([0.368, 0.736])
    """
    mean = np.arange((POISSON_MEAN_MAX << POISSON_STEP) + 2) / (1 << POISSON_STEP)
    term, below = np.exp(-mean), np.zeros_like(mean)
    table = np.zeros((mean.size, POISSON_MOST), np.uint32)
    for k in range(POISSON_MOST):
        below += term
        table[:, k] = chance_32(below)
        term = term * mean / (k + 1)
    return table


def poisson_guide(table: np.ndarray) -> np.ndarray:
    """Where to begin looking in the table: the count at the lower edge of each 16th of the mean and
    64th of the word (mean, word), as uint8.

    Source: H.-C. Chen, Y. Asau, "On generating random variates from an empirical distribution",
    AIIE Transactions 6(2), 1974 (from memory).

    >>> poisson_guide(poisson_table())[16, [0, 31, 63]]
    array([0, 1, 4], dtype=uint8)
    """
    means = np.arange((POISSON_MEAN_MAX << GUIDE_MEAN) + 1) << (POISSON_STEP - GUIDE_MEAN)
    words = np.arange(1 << GUIDE_WORD, dtype=np.uint64) << np.uint64(32 - GUIDE_WORD)
    return (words[None, :, None] >= table[means, None, :]).sum(axis=2).astype(np.uint8)


@inline
def poisson(table, guide, word, rate_16):
    """A Poisson count by inversion: the mean is rate_16 / 65536, at most 16; 16 deeds at the most.

    Between the means of the table its chances are interpolated, to within 2e-6.  Lower rates never
    give higher counts from the same word, so a deterred twin does no more, and the guide's count is
    never too high.
    """
    rate = min(rate_16, np.int64(POISSON_MEAN_MAX << 16))
    cell, part = rate >> (16 - POISSON_STEP), rate & ((1 << (16 - POISSON_STEP)) - 1)
    count = np.int64(guide[rate >> (16 - GUIDE_MEAN), np.int64(word) >> (32 - GUIDE_WORD)])
    passed = count < POISSON_MOST
    while passed:
        here, further = np.int64(table[cell, count]), np.int64(table[cell + 1, count])
        passed = np.int64(word) >= here - ((here - further) * part >> (16 - POISSON_STEP))
        count += passed
        passed &= count < POISSON_MOST
    return count
