"""Scorebench: every score is that of a second writing, and of no thread or neighbour table."""

import platform
import re

import numba
import numpy as np
import pytest

from demerit import draws, scorebench
from demerit.scorebench import FLOORS, SIDES, START

F = np.float32


def slowly(people: int, months: int, seed: int) -> np.ndarray:
    """The workload again, from its description and for one person at a time (person,) [points]."""
    chance = [F(p) for p in (0.05, 0.08, 0.10, 0.10, 0.06, 0.02)]
    points = [F(p) for p in (-50, -20, -10, 5, 10, 20)]
    fear, hope = ([F(x) for x in row] for row in ((0.1, 0.3, 0.6, 1.0), (1.0, 0.6, 0.3, 0.1)))
    key = np.uint64(seed)
    trait = [
        F(int(draws.four(key, np.uint64(i), 0, 0, draws.TRAIT, 0)[0]) >> 8) / F(1 << 24)
        for i in range(people)
    ]
    score, tier = [START] * people, [1] * people
    for month in range(months):
        last, score = score, list(score)
        for i in range(people):
            a, b, c, d = map(int, draws.four(key, np.uint64(i), month, 0, draws.DEED, 0))
            bits = [a >> 11, b >> 11, c >> 11, d >> 11,
                    (a % 2048) * 1024 + b % 1024, (c % 2048) * 1024 + d % 1024]  # fmt: skip
            bad = (F(1.5) - trait[i]) * (F(1) - F(0.3) * fear[tier[i]])
            good = (F(0.5) + trait[i]) * (F(1) + F(0.3) * hope[tier[i]])
            s = last[i]
            for k in range(6):
                if F(bits[k]) / F(1 << 21) < chance[k] * (bad if k < 3 else good):
                    s = s + points[k]
            left, right = ([last[(i + x) % people] for x in xs] for xs in ((-2, -1), (1, 2)))
            mean = ((left[0] + left[1]) + (right[0] + right[1])) / F(4)
            s = s + F(0.01) * (mean - s)
            score[i] = min(max(s, F(0)), F(1300))
            tier[i] = int(sum(score[i] < floor for floor in (1030, 960, 850)))
    return np.array(score, F)


@pytest.mark.slow
@pytest.mark.parametrize("held", [True, False], ids=["held", "computed"])
def test_every_score_is_that_of_the_second_writing(held):
    """Ten thousand people, twelve months: bit for bit."""
    run = scorebench.simulate(10_000, seed=3, held=held)

    np.testing.assert_array_equal(slowly(10_000, 12, 3), run.score)


@pytest.mark.parametrize("people", [5, 1024, 1025, 70_001])
def test_threads_and_tables_change_no_bit(people):
    """Pieces and shares of any size, neighbours held or computed, one thread or three."""
    one = scorebench.simulate(people, months=3)
    for threads, held in ((3, True), (1, False), (3, False)):
        other = scorebench.simulate(people, months=3, threads=threads, held=held)

        np.testing.assert_array_equal(one.score, other.score)
        np.testing.assert_array_equal(one.share, other.share)
        np.testing.assert_array_equal(one.mean, other.mean)


def test_what_is_counted_is_what_is_there():
    """Means and shares of the last month are those of the scores; another seed gives others."""
    run, other = (scorebench.simulate(20_000, seed=seed) for seed in (1, 2))

    assert run.mean[-1] == pytest.approx(run.score.astype(float).mean(), abs=1 / 128)
    np.testing.assert_allclose(
        run.share[-1], np.bincount(np.searchsorted(-FLOORS, -run.score), minlength=4) / 20_000
    )
    assert not np.array_equal(run.score, other.score)


def test_the_shares_are_those_that_other_engines_give():
    """Chi-square of the last month's tiers against shares that plain NumPy gave at a million."""
    numpy_gave = np.array([0.04642, 0.55304, 0.38627, 0.01427])  # seed 1
    run = scorebench.simulate(1_000_000, threads=2, held=False)
    gap = (run.share[-1] - numpy_gave) ** 2 / (2 * numpy_gave) * 1_000_000

    assert gap.sum() < 16.3  # 0.1% of chi-square with three degrees of freedom


def test_neighbours_stand_where_the_ring_says():
    """Each row holds the place one's neighbour has in a column of scores with both its ends."""
    near = scorebench.neighbours(7)

    for i in range(7):
        assert [(i + side) % 7 + 2 for side in SIDES] == near[:, i].tolist()


@pytest.mark.skipif(platform.machine() not in {"x86_64", "AMD64"}, reason="reads x86 assembly")
def test_the_hot_loop_is_made_of_vector_instructions():
    """Products and comparisons of eight numbers at once, or sixteen."""
    column, row = np.zeros(64, F), np.zeros(64, np.uint32)
    given = column, column, column, np.zeros(64, np.int8), column, row, row, row, row
    fresh = numba.njit(nogil=True, error_model="numpy")(scorebench.step.py_func)
    fresh.compile(tuple(map(numba.typeof, given)))
    (text,) = fresh.inspect_asm().values()

    assert len(re.findall(r"\tv?(?:mul|add|sub|cmp\w*)ps\t[^\n]*%[xyz]mm", text)) >= 10
