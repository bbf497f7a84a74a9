"""Frames: the counts of a block filled at random are what numpy adds up, group by group.

No month is lived here: the columns are filled by hand, so that every counter has something to count
and worlds differ by nothing, by a few people or by most.
"""

import numpy as np
import pytest
from frames.by_hand import (
    DENSITIES,
    GROUPS,
    ISSUERS,
    MONTH,
    RECORDS,
    borne,
    by_group,
    counted,
    differing,
    draw,
    expected,
    random_block,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st

from demerit import climate as cl
from demerit import frames
from demerit.columns import BLOCK, DOORS, ELSEWHERE, GROUNDLESS, LAW, SCHEME, TRUE, WORLDS
from demerit.frames import tally
from demerit.frames.names import BY_DEED, BY_DOOR, BY_ISSUER, PARTS, PLAIN


@given(st.integers(0, 2**64 - 1))
def test_ones_are_counted(word):
    assert word.bit_count() == frames.ones(np.uint64(word))


@given(st.integers(0, BLOCK - 1), st.integers(0, 7))
def test_a_number_is_packed_where_its_person_sits(person, plane):
    row, packed = np.zeros(BLOCK, np.uint8), np.zeros(BLOCK // 64, np.uint64)
    row[person] = 1 << plane
    tally.pack(row.view(np.uint64), np.uint64(plane), packed)
    word, bit = frames.seat(person)

    assert 1 << bit == int(packed[word])
    assert 1 == np.count_nonzero(packed)


def test_every_counter_has_a_name_of_its_own(deeds):
    names = frames.counters(deeds)

    assert len(names) == len(set(names))
    by_axis = len(BY_DEED) * len(deeds) + len(BY_DOOR) * len(DOORS) + len(BY_ISSUER) * ISSUERS
    of_firms = sum(name.startswith("firm") for name in names)
    assert len(PLAIN) + by_axis + of_firms + len(PARTS) == len(names)


@pytest.mark.pure
@pytest.mark.parametrize("people", [1, 63, 1_000])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_counter_is_a_plain_sum_by_group(tables, deeds, people, seed):
    world = random_block(np.random.default_rng(seed), people, len(deeds))
    wanted = expected(world, tables, deeds)

    assert [] == differing(counted(world, tables, deeds).by_name, wanted)
    if people == 1_000:  # or the two would agree on nothing
        quiet = [name for name, rows in wanted.items() if not rows.any()]
        assert len(quiet) < len(wanted) / 8


@pytest.mark.parametrize("stands", [(0, 0, 0), (0, 1, 0), (0, 0, 1)])
def test_a_scheme_that_is_repealed_in_one_world_is_counted_in_the_other(tables, deeds, stands):
    world = random_block(np.random.default_rng(4), 300, len(deeds))

    assert [] == differing(
        counted(world, tables, deeds, stands).by_name, expected(world, tables, deeds, stands)
    )


def test_blocks_are_added_up(tables, deeds):
    society, scheme = tables
    blocks = [random_block(np.random.default_rng(k), 200, len(deeds)) for k in (5, 6)]
    names = frames.counters(deeds)
    climate = cl.before(society, 1, len(deeds), scheme)
    climate = cl.by_region(climate._replace(worlds=len(WORLDS), in_force=np.array([0, 1, 1])))[0]
    out = np.zeros((len(WORLDS), len(names), GROUPS), np.int64)
    shared = np.zeros((len(WORLDS), 1, cl.items(len(deeds))), np.int64)
    for world in blocks:
        frames.count(world, society, scheme, climate, MONTH, out, shared)

    assert np.array_equal(sum(counted(world, tables, deeds).out for world in blocks), out)
    assert np.array_equal(sum(counted(w, tables, deeds).shared for w in blocks), shared[:, 0])


def test_worlds_that_have_not_parted_are_not_counted(tables, deeds):
    world = random_block(np.random.default_rng(7), 200, len(deeds))
    found = counted(world, tables, deeds, worlds=1)

    assert found.out[LAW].any()
    assert not found.out[SCHEME:].any()


@pytest.mark.pure
@pytest.mark.parametrize("people", [5, 1_999, 2_048])
@pytest.mark.parametrize("most", [1, 255])
@pytest.mark.parametrize("before", DENSITIES)
@pytest.mark.parametrize("after", DENSITIES)
def test_counting_what_differs_gives_what_counting_all_gives(before, after, most, people):
    rng = np.random.default_rng(people)
    world = random_block(rng, people, 1)
    base, row = np.zeros((2, BLOCK), np.uint8)
    base[:people] = draw(rng, most, people, before)
    other = draw(rng, most, people, 0.5)
    row[:people] = np.where(rng.random(people) < after, other, base[:people])
    row[people:] = 1  # nobody is there
    frames.clear(world)
    world.scratch.found[:] = by_group(world, base)
    tally.follow(row.view(np.uint64), base.view(np.uint64), world)

    assert np.array_equal(by_group(world, row), world.scratch.found)


@pytest.mark.pure
@pytest.mark.parametrize("density", DENSITIES)
@pytest.mark.parametrize("most", [1, 2**31 - 1])
def test_numbers_are_added_up_in_every_world(density, most):
    rng = np.random.default_rng(3)
    world = random_block(rng, 1_400, 1)
    frames.clear(world)
    number = np.zeros((len(WORLDS), BLOCK), np.int32)
    number[0, :1_400] = draw(rng, most, 1_400, density)
    number[1, :1_400] = np.where(rng.random(1_400) < 0.9, number[0, :1_400], most)
    number[2] = number[1]
    number[:, 1_400:] = 5  # nobody is there
    out = np.zeros((len(WORLDS), 1, GROUPS), np.int64)
    world.scratch.found[:] = 0
    nought = world.scratch.nought
    tally.tally_number(number, nought, tally.EVERY_WORLD, world, len(WORLDS), out, np.int64(0))

    assert [by_group(world, row).tolist() for row in number] == out[:, 0].tolist()


def test_nobody_past_the_last_person_is_counted(deeds, tables):
    world = random_block(np.random.default_rng(8), 700, len(deeds))
    wanted = counted(world, tables, deeds).by_name
    for part in (world.file, world.life):
        for name in ("able", "employed", "asked", "dealt", "deed_count", "sanctioned", "tier"):
            if name in part.dtype.names:
                part[name][..., 700:] = 1
    found = counted(world, tables, deeds).by_name

    assert [] == differing(found, wanted)


def test_what_is_shared_is_what_the_climate_needs(tables, deeds):
    society, scheme = tables
    world = random_block(np.random.default_rng(9), 900, len(deeds))
    found = counted(world, tables, deeds)
    shared, by_name = found.shared, found.by_name
    file, people = world.file, slice(0, world.people)
    out = [int(file.record_deed[SCHEME, r])
           for r in range(int(file.record_new[SCHEME]), int(file.record_total[SCHEME]))
           if file.record_due[SCHEME, r] == ELSEWHERE]  # fmt: skip
    names = {cl.PEOPLE: "people", cl.SCORED: "scored", cl.ADULTS: "adults", cl.PROTEST: "protest",
             cl.POSTED: "posted", cl.SABOTAGE: "sabotage"}  # fmt: skip

    for w in range(len(WORLDS)):
        for item, name in names.items():
            assert by_name[name][w, 0] == shared[w, item], name
        for door in np.flatnonzero(society.rationed):
            own, over = scheme.access[file.tier[w, people], [[door], [society.under[door]]]]
            wide = np.where(over < 4, np.minimum(own, over), own)
            wide = np.where((file.scored[people] == 1) & (w > 0), wide, 4)
            offers = [
                scheme.partner[k, file.standing[w, k, people], door]
                for k in range(scheme.issuers if scheme.partnered[door] and w > 0 else 0)
            ]
            least, most = np.min([wide, *offers], axis=0), np.max([wide, *offers], axis=0)
            wide = np.where(least < 4, least, most)
            # Where everyone is let in, more access than makes certain takes no more.
            wide = np.minimum(wide, (1 << 34) // max(1, int(society.open_32[door])))
            asked = file.asked[w, door, people]
            assert (asked * wide).sum() == shared[w, cl.ASKED + door], DOORS[door]
    gone = shared[:, cl.OUT : cl.OUT + len(deeds)]
    assert np.bincount(out, minlength=len(deeds)).tolist() == gone[SCHEME].tolist()
    assert not gone[LAW].any()


def test_a_fit_is_given_who_bore_a_trace_and_met_the_outcome(tables, deeds):
    """Month 7 is one of a fit, every 7 months."""
    world = random_block(np.random.default_rng(11), 700, len(deeds))
    rows = counted(world, tables, deeds).shared[:, cl.OUT + len(deeds) :]
    for w in range(len(WORLDS)):
        scored, came = world.file.scored == 1, world.file.outcome_came[w] == 1
        bearers = [scored & borne(world.file.past_bits[w], deed) for deed in range(len(deeds))]
        found = [scored.sum(), (scored & came).sum(), *(b.sum() for b in bearers),
                 *((b & came).sum() for b in bearers)]  # fmt: skip

        assert (found if w > 0 else [0] * len(found)) == rows[w].tolist()
    later = tables[1].copy()
    later.every_months = 6
    assert 0 == counted(world, (tables[0], later), deeds).shared[:, cl.OUT + len(deeds) :].sum()


def test_true_and_groundless_records_are_not_false(tables, deeds):
    world = random_block(np.random.default_rng(10), 200, len(deeds))
    world.life.record_truth[SCHEME, :RECORDS] = np.where(np.arange(RECORDS) % 2, TRUE, GROUNDLESS)
    found = counted(world, tables, deeds).by_name

    assert 0 == found["entries_false"][SCHEME].sum()
    assert 0 < found["entries_groundless"][SCHEME, 0] < found["entries"][SCHEME, 0]
