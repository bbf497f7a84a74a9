"""Worse off: shares that arithmetic settles, bounds against closed forms and all couplings."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.stats import norm

from demerit.contrast import reach
from demerit.worse_off import Lives, Means, bounds, extrapolated, means, outer, parts, share

DRAWS = 32


def lives(law, scheme, counted=None):
    law, scheme = np.asarray(law, float), np.asarray(scheme, float)
    return Lives(law, scheme, np.ones(law.shape, bool) if counted is None else counted)


def told(asked, threshold=1.0, folds=10, months=100, **options):
    fold = np.arange(asked.law.shape[1]) % folds
    return share(asked, threshold, fold, months, **options)


# ---- by hand


def test_a_case_by_hand():
    """Of four people in two redraws, the first loses 3 in one life and wins 4 in the other: on
    average better off by half.  The second loses 1.5 on average, the third exactly the threshold,
    the fourth nothing.  One in four is worse off; of eight pairs of lives three show a loss."""
    law = [[5, 5, 5, 5], [5, 5, 5, 5]]
    scheme = [[2, 3, 4, 5], [9, 4, 4, 5]]
    found = told(lives(law, scheme), folds=4, months=1_000)

    assert 1 / 4 == found["share"]
    assert 2 / 8 == found["one_pair"]
    assert 1 == found["people_worse"]
    # First draw: two of four have lost more than one; second: none.
    assert 2 / 8 == found["share_of_half_the_draws"]
    assert 1 / 4 == found["extrapolated"]
    assert 0 == told(lives(law, scheme).turned, folds=4, months=1_000)["share"]


def test_a_gain_is_a_loss_with_the_worlds_turned():
    rng = np.random.default_rng(1)
    asked = lives(rng.normal(size=(8, 500)), rng.normal(0.3, 2, size=(8, 500)))
    up = told(asked.turned, 0.2)["share"]
    down = told(lives(-asked.law, -asked.scheme), 0.2)["share"]

    assert down == up > 0


def test_only_lives_that_count_are_counted():
    """The first did nothing in two lives of four, in which she lost 2 on average; the second in
    all, and lost nothing; the third in none: a third of the lives that count are of one who is
    worse off."""
    counted = np.array([[1, 1, 0], [1, 1, 0], [0, 1, 0], [0, 1, 0]], bool)
    law = np.zeros((4, 3))
    scheme = np.array([[-1, 0, -9], [-3, 0, -9], [50, 0, -9], [50, 0, -9]])
    found = told(lives(law, scheme, counted), folds=3, months=1_000)

    assert 1 / 3 == pytest.approx(found["share"])
    assert 2 == found["people"]
    assert 1 / 6 == pytest.approx(found["one_pair"])


def test_too_few_lives_that_count_give_no_mean():
    counted = np.zeros((8, 2), bool)
    counted[0], counted[1, 1] = True, True

    assert [0, 0.25] == means(lives(np.zeros((8, 2)), np.ones((8, 2)), counted)).weight.tolist()


def test_a_cell_with_few_losers_is_blank_but_that_nobody_has_lost_is_told():
    law, scheme = np.zeros((4, 1_000)), np.zeros((4, 1_000))

    assert 0 == told(lives(law, scheme), cell=True)["share"]
    scheme[:, :29] = -5
    assert told(lives(law, scheme), cell=True)["share"] is None
    assert 0.029 == told(lives(law, scheme))["share"]
    scheme[:, :30] = -5
    assert 0.03 == told(lives(law, scheme), cell=True)["share"]
    assert told(lives(law[:, :90], scheme[:, :90]), months=11)["share"] is None  # 990 months


def test_where_both_worlds_are_one_nobody_is_worse_or_better_off():
    law = np.random.default_rng(2).normal(0, 9, (DRAWS, 700))
    found = told(lives(law, law))

    assert {0} == {found[key] for key in ("share", "extrapolated", "one_pair", "bound_low_least",
                                          "share_of_half_the_draws", "bound_low")}  # fmt: skip
    assert 1 - 0.025 ** (1 / 700) == pytest.approx(found["share_high"])  # 700 do not show more
    assert found["bound_high"] > 0.3  # all the same, the two distributions alone could hide much


# ---- noise


def test_noise_of_the_mean_is_told_and_taken_off():
    """One in ten loses 3, all others nothing; a pair of lives differs by 4 beside it, as luck has
    it.  The mean of 32 passes the threshold by noise alone with chance Phi(-1 / (4 / sqrt(32)))."""
    rng, people, spread = np.random.default_rng(3), 40_000, 4.0
    law = np.zeros((DRAWS, people))
    effect = np.where(np.arange(people) % 10 == 0, -3.0, 0.0)
    scheme = effect + rng.normal(0, spread, (DRAWS, people))
    found = told(lives(law, scheme))

    def passing(draws):
        error = spread / draws**0.5
        return 0.1 * norm.cdf(2 / error) + 0.9 * norm.cdf(-1 / error)

    assert passing(32) == pytest.approx(found["share"], abs=0.006)
    assert passing(16) == pytest.approx(found["share_of_half_the_draws"], abs=0.006)
    assert passing(1) == pytest.approx(found["one_pair"], abs=0.006)
    assert found["one_pair"] > 0.4 > 2 * found["share"]
    wrong = abs(np.array([found["extrapolated"], found["share"], found["one_pair"]]) - 0.1)
    assert wrong[0] < wrong[1] < wrong[2]


def test_the_extrapolation_is_exact_where_the_share_is_linear_in_the_noise():
    assert 0.07 == pytest.approx(extrapolated(0.07 + 3 / 32, 0.07 + 3 / 16))


def test_the_extrapolation_overshoots_where_few_lose_and_stands_without_an_interval():
    """Two in 100 lose 2, lives have a spread of 2: the means of 32 and 16 pass 1 by noise with
    chance Phi(-2.83) and Phi(-2).  The share is far from linear in the noise: the truth lies
    between it and the line's end, which is too low by a factor of seven."""
    scheme = np.random.default_rng(5).normal(0, 2.0, (DRAWS, 4_000))
    scheme[:, ::50] -= 2.0
    found = told(lives(np.zeros(scheme.shape), scheme), folds=40)

    def passing(draws):
        error = 2.0 / draws**0.5
        return 0.02 * norm.cdf(1 / error) + 0.98 * norm.cdf(-1 / error)

    truth, line = 0.02, 2 * passing(32) - passing(16)
    assert 0.0026 < line < 0.0027 < passing(32)
    assert found["extrapolated"] < truth / 2 < truth < found["share"] < 0.025
    assert found["share_low"] < truth < found["share_high"]
    assert not {"extrapolated_low", "extrapolated_high"} & found.keys()


def test_the_interval_is_over_people():
    """Independent people, one in five of whom has lost: that of a share of 8,000."""
    rng = np.random.default_rng(4)
    scheme = np.where(rng.random(8_000) < 0.2, -5.0, 0.0) * np.ones((4, 1))
    found = told(lives(np.zeros((4, 8_000)), scheme), folds=40)
    half = (found["share_high"] - found["share_low"]) / 2

    assert reach(40) * (0.2 * 0.8 / 8_000) ** 0.5 == pytest.approx(half, rel=0.3)
    assert found["extrapolated"] == pytest.approx(found["share"])


# ---- bounds


@pytest.mark.parametrize(("shift", "threshold", "folds"), [(-1.0, 0.0, 40), (-1.0, 0.5, 10)])
def test_the_outer_ends_of_bounds_hold_both_in_95_of_100(shift, threshold, folds):
    """Of normals, whose bounds are known; 95 in 100 or more, for each end is of 97.5."""
    rng, trials = np.random.default_rng(8), 300
    gap = -threshold - shift
    low, high = max(0.0, 2 * norm.cdf(gap / 2) - 1), min(1.0, 2 * norm.cdf(gap / 2))
    held, fold = 0, np.arange(2_000) % folds
    for _ in range(trials):
        law, scheme = rng.normal(size=2_000), rng.normal(shift, 1, 2_000)
        least, most = outer(Means(law, scheme, np.ones(2_000)), threshold, fold)
        held += least <= low and high <= most

    assert held / trials > 0.95 - 3 * (0.95 * 0.05 / trials) ** 0.5


def test_the_outer_ends_of_a_bound_are_those_of_a_difference_of_shares():
    """All have it under ordinary law, half of them under the scheme: of 4,000 independent people
    at least half have lost it, and the error of that is that of one share."""
    rng = np.random.default_rng(9)
    law, scheme = np.ones(4_000), (rng.random(4_000) < 0.5).astype(float)
    least, most = outer(Means(law, scheme, np.ones(4_000)), 0.0, np.arange(4_000) % 40)
    lost = 1 - scheme.mean()
    half = reach(40) * (0.25 / 4_000) ** 0.5

    assert (lost, lost) == pytest.approx(bounds(law, scheme, np.ones(4_000), 0))
    assert lost - least == pytest.approx(half, rel=0.3)
    assert most - lost == pytest.approx(half, rel=0.3)
    assert outer(Means(law, scheme, np.ones(4_000)), 0.0, np.arange(4_000) % 4) is None


def couplings(law, scheme, threshold):
    """The least and the most who can lose, over every matching of the two worlds."""
    loss = (scheme[None, :] < law[:, None] - threshold).astype(int)
    return [loss[linear_sum_assignment(loss, maximize=m)].mean() for m in (False, True)]


@pytest.mark.parametrize("seed", range(40))
def test_bounds_are_what_the_extreme_matchings_reach(seed):
    """With ties, of which whole numbers have many."""
    rng = np.random.default_rng(seed)
    law, scheme = rng.integers(0, 7, (2, 12))
    threshold = int(rng.integers(0, 4))
    found = bounds(law, scheme, np.ones(12), threshold)

    assert couplings(law, scheme, threshold) == pytest.approx(found)


@pytest.mark.parametrize(("shift", "threshold"), [(1.0, 0.0), (1.0, 2.5), (-0.5, 1.0), (0.0, 1.0)])
def test_bounds_of_two_normals_are_makarovs(shift, threshold):
    """Of N(0, 1) and N(shift, 1) the share below -threshold lies, with gap = -threshold - shift,
    from 2 Phi(gap / 2) - 1 (or nought) to 2 Phi(gap / 2) (or one)."""
    grid = norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    gap = -threshold - shift
    low = max(0.0, 2 * norm.cdf(gap / 2) - 1)
    high = min(1.0, 2 * norm.cdf(gap / 2))

    found = bounds(grid, grid + shift, np.ones(grid.size), threshold)
    assert (low, high) == pytest.approx(found, abs=1e-3)


def test_bounds_of_yes_and_no_are_those_of_frechet_and_hoeffding():
    """Seven in ten have it under ordinary law, four in ten under the scheme: of these who can have
    lost it are at least 3 (7 - 4), at most 6 (all who lack it now but for one)."""
    law, scheme = np.array([1] * 7 + [0] * 3), np.array([1] * 4 + [0] * 6)

    assert (0.3, 0.6) == pytest.approx(bounds(law, scheme, np.ones(10), 0))


def test_weights_count_as_so_many_people():
    law, scheme, times = np.array([1, 4, 2]), np.array([3, 0, 2]), np.array([1, 2, 3])
    many = bounds(np.repeat(law, times), np.repeat(scheme, times), np.ones(6), 1)

    assert many == pytest.approx(bounds(law, scheme, times / 6, 1))
    assert np.isnan(bounds(law, scheme, np.zeros(3), 1)).all()


@pytest.mark.parametrize("seed", range(10))
def test_no_share_leaves_its_bounds(seed):
    rng = np.random.default_rng(seed)
    law, scheme = rng.gamma(1.0, 2.0, (2, 16, 400))
    counted = rng.random((16, 400)) < 0.7
    for asked in (lives(law, scheme, counted), lives(law, scheme).turned):
        found = told(asked, 0.5)
        assert found["bound_low"] <= found["share"] <= found["bound_high"]
        assert found["bound_low_least"] <= found["bound_low"]
        assert found["bound_high"] <= found["bound_high_most"]
        assert found["one_pair_bound_low"] <= found["one_pair"] <= found["one_pair_bound_high"]
        assert parts(asked, 0.5).weight.sum() > 0
