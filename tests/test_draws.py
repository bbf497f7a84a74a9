"""Draws: the published answers of Philox, and counts that fall with the rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from demerit import draws
from demerit.draws import U

randomgen = pytest.importorskip("randomgen")

# Counter, key and answer as Random123 prints them (file kat_vectors, philox4x32 10).
ONES = 0xFFFFFFFF
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


def four_at(counter, key):
    """The draw whose address is this counter, under this key."""
    seed, person = U(key[0] | key[1] << 32), U(counter[0] | counter[1] << 32)
    month, replicate = counter[2] >> 16, counter[2] & 0xFFFF
    return draws.four(seed, person, month, replicate, counter[3] >> 16, counter[3] & 0xFFFF)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert answer == tuple(map(int, four_at(counter, key)))


def test_philox_agrees_with_randomgen_on_random_counters():
    source = np.random.default_rng(1)
    for _ in range(50):
        words = [int(word) for word in source.integers(0, 1 << 32, 6)]
        counter = sum(word << 32 * k for k, word in enumerate(words[:4]))
        key = words[4] | words[5] << 32
        # Theirs counts up before the first draw.
        theirs = randomgen.Philox(counter=counter - 1, key=key, number=4, width=32)

        assert theirs.random_raw(4).tolist() == list(map(int, four_at(words[:4], words[4:])))


def test_a_row_of_draws_is_the_draws_of_its_people():
    u = np.zeros((4, 40), np.uint32)
    draws.rows(u, U(7), U(123_456_789_000), -3, 5, draws.DEED, 2)

    for i in range(40):
        one = draws.four(U(7), U(123_456_789_000 + i), -3, 5, draws.DEED, 2)
        assert u[:, i].tolist() == list(map(int, one))


def test_every_part_of_an_address_matters():
    address = (U(1), U(2), 3, 4, 5, 6)
    base = draws.four(*address)
    for k in range(6):
        other = [
            *address[:k],
            type(address[k])(address[k] + type(address[k])(1)),
            *address[k + 1 :],
        ]

        assert base != draws.four(*other)


def test_months_before_the_start_have_addresses_of_their_own():
    months = range(-24, 60)

    assert len(months) == len({draws.four(U(1), U(2), m, 0, 0, 0) for m in months})


def test_no_two_decisions_share_a_purpose():
    purposes = [draws.PEOPLE, draws.TRAIT, draws.FRAILTY, draws.HOUSEHOLD, draws.PLACE,
                draws.LIFE, draws.DEED, draws.SPELL, draws.SEEN, draws.SERIAL, draws.LABEL,
                draws.FALSE_RECORD, draws.LINK, draws.KNOCK, draws.RESPOND, draws.REDRESS,
                draws.TIE, draws.START]  # fmt: skip

    assert len(purposes) == len(set(purposes))


def test_a_word_falls_under_a_threshold_as_often_as_its_chance():
    u = np.zeros((4, 100_000), np.uint32)
    draws.rows(u, U(1), U(0), 0, 0, draws.SEEN, 0)
    for p in (0.001, 0.1, 0.5, 0.9):
        hits = int((u < draws.chance_32(p)).sum())

        assert abs(hits - u.size * p) < 4 * np.sqrt(u.size * p * (1 - p))


@given(st.integers(0, (1 << 32) - 1), st.integers(1, 2**31))
def test_a_whole_number_among_n_is_at_least_nought_and_below_n(word, n):
    assert 0 <= (word * n) >> 32 < n


TABLE = draws.poisson_table()
GUIDE = draws.poisson_guide(TABLE)


@pytest.mark.parametrize("rate", [0.00005, 0.003, 0.0271, 0.4, 1.0, 3.7, 9.0, 15.0])
def test_counts_are_poisson(rate):
    """Within 2e-5: the words' even steps and the table's interpolation.

    Words at even steps stand for the whole distribution: there is no sampling error.
    """
    most, steps = 16, 1 << 17
    rate_16 = round(rate * 65536)
    words = (np.arange(steps, dtype=np.uint64) << 15) + (1 << 14)
    counts = np.bincount(
        [draws.poisson(TABLE, GUIDE, np.uint32(word), rate_16) for word in words],
        minlength=most + 1,
    )
    expected = stats.poisson.pmf(np.arange(most), rate_16 / 65536)

    assert np.abs(counts[:most] / steps - expected).max() < 2e-5


def test_a_lower_rate_never_gives_a_higher_count_from_the_same_word():
    source = np.random.default_rng(1)
    words = source.integers(0, 1 << 32, 200_000, dtype=np.uint64)
    rates = source.integers(1, 4 * 65536, words.size)
    gaps = source.integers(1, 40, words.size)
    worse = sum(
        draws.poisson(TABLE, GUIDE, word, max(0, rate - gap))
        > draws.poisson(TABLE, GUIDE, word, rate)
        for word, rate, gap in zip(words.astype(np.uint32), rates, gaps, strict=True)
    )

    assert worse == 0


def test_this_word_gives_no_more_deeds_at_a_lower_rate():
    word = np.uint32(4_279_690_128)

    assert draws.poisson(TABLE, GUIDE, word, 19_827) <= draws.poisson(TABLE, GUIDE, word, 19_839)


def test_counts_are_at_most_the_most():
    assert draws.poisson(TABLE, GUIDE, np.uint32((1 << 32) - 1), 15 << 16) == 16


def test_no_deeds_at_a_rate_of_nought():
    """But for the last word of 2**32."""
    assert draws.poisson(TABLE, GUIDE, np.uint32((1 << 32) - 3), 0) == 0
