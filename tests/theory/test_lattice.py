"""Lattice: Epstein's citizens and cops."""

import numpy as np
import pytest

from demerit.theory import epstein, lattice

SMALL = lattice.Setup(
    grid=16, citizen_density=0.7, cop_density=0.04, fixed_numbers=True, legitimacy=0.82,
    longest_term=30, vision=4, shape="circle", rounding="floor", threshold=0.1, arrest=2.3,
)  # fmt: skip


@pytest.mark.parametrize(("shape", "cells"), [("circle", 148), ("diamond", 112)])
def test_a_cell_sees_what_is_within_seven_and_is_seen_by_it(shape, cells):
    near = lattice.sight(40, 7, shape)
    pairs = set(zip(np.repeat(np.arange(1600), cells).tolist(), near.ravel().tolist(), strict=True))

    assert (1600, cells) == near.shape
    assert 1600 * cells == len(pairs)
    assert pairs == {(b, a) for a, b in pairs}
    assert all(a != b for a, b in pairs)


def test_rounding_is_what_parts_the_tables_of_arrest():
    down, near, none = (lattice.arrests(2.3, how, 4, 3) for how in ("floor", "round", "none"))

    assert 0 == down[2, 3] < none[2, 3] < near[2, 3]  # two cops, three active
    assert 230 == down[3, 2] == down[1, 1]  # 256 (1 - exp(-2.3))
    assert 0 == near[1, 2]  # a half rounds to the even nought


@pytest.fixture(scope="module")
def lives():
    return lattice.run(SMALL, 1, 0, 300)


def test_rebellion_comes_and_goes_and_fills_the_jail(lives):
    citizens = round(0.7 * 256)

    assert 0 == lives.active[0] == lives.jailed[0]
    assert 0 in lives.active[10:]
    assert lives.active.max() > 20
    assert lives.jailed.max() > 20
    assert np.all(lives.active + lives.jailed <= citizens)


def test_a_run_is_the_same_each_time_and_another_by_other_draws(lives):
    again, other = lattice.run(SMALL, 1, 0, 300), lattice.run(SMALL, 1, 1, 300)

    assert np.array_equal(lives.active, again.active)
    assert not np.array_equal(lives.active, other.active)


def test_without_cops_all_whom_grievance_moves_are_active_for_good():
    free = lattice.run(SMALL._replace(cop_density=0.0), 1, 0, 5)

    assert free.active[1] == free.active[-1] > 40
    assert 0 == free.jailed.sum()


def test_eight_bits_and_sixteen_tell_much_the_same_of_whom_grievance_moves():
    calm = SMALL._replace(cop_density=0.0)
    many, few = (lattice.run(calm._replace(bits=bits), 1, 0, 2).active[-1] for bits in (16, 8))

    assert 40 < few <= many <= few + 3


def test_where_the_scheme_is_legitimate_nobody_is_active():
    assert 0 == lattice.run(SMALL._replace(legitimacy=0.91), 1, 0, 20).active.sum()


def test_a_term_of_nought_still_lasts_to_the_next_turn():
    short = lattice.run(SMALL._replace(longest_term=0), 1, 0, 100)

    assert 0 < short.jailed.max() <= round(0.04 * 256)  # one arrest a cop and step


def test_bursts_are_runs_of_steps_at_or_above_the_mark():
    active = np.array([9, 9, 60, 70, 9, 50, 9, 9, 49, 80])
    found = epstein.figures(lattice.Lives(active, active // 10), 1, 50)

    assert 3 * 1000 / 9 == found["bursts_per_1000"]
    assert (70 + 50 + 80) / 3 == found["mean_burst_peak"]
    assert 3.5 == found["mean_wait"]
    assert 4 / 9 == found["share_ge50"]


def test_a_run_without_bursts_has_no_waits():
    found = epstein.figures(lattice.Lives(np.zeros(10), np.zeros(10)), 0, 50)

    assert np.isnan(found["mean_wait"])
    assert np.isnan(found["mean_burst_peak"])
