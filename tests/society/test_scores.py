"""Scores against the normal law."""

from statistics import NormalDist

import numpy as np
import pytest

from demerit.society import scores

PHI = NormalDist().cdf


def weights():
    """The chance of each entry of the quantile table."""
    cell = 1 / scores.QUANTILES
    body = np.full(scores.QUANTILES, cell)
    body[[0, -1]] = 0
    tail = np.full(scores.QUANTILES, cell * cell)
    return np.concatenate([body, tail, tail])


def test_scores_have_mean_nought_and_variance_one():
    z, p = scores.quantiles() / scores.UNIT, weights()

    assert p.sum() == pytest.approx(1)
    assert (p * z).sum() == pytest.approx(0, abs=1e-6)
    assert (p * z * z).sum() == pytest.approx(1, abs=1e-5)


def test_tails_are_told_apart_to_five_standard_deviations():
    z = scores.quantiles() / scores.UNIT

    assert -5.5 < z.min() < -5
    assert 5 < z.max() < 5.5


@pytest.mark.parametrize("share", [0.2, 0.35, 0.5, 0.7, 0.9])
def test_the_top_tenth_has_its_share(share):
    spread = scores.spread(share)
    table, p = scores.lognormal(spread), scores.chances()
    top = np.array(scores.middles()) >= scores.TOP

    assert PHI(spread - scores.TOP) == pytest.approx(share)
    assert (table * p)[top].sum() / (table * p).sum() == pytest.approx(share, abs=0.006)


def test_a_share_of_a_tenth_means_that_all_are_alike():
    assert scores.spread(0.1) == 0
    assert scores.lognormal(0.0).tolist() == pytest.approx([1.0] * scores.CELLS)


def test_the_score_above_which_a_share_lies():
    assert scores.above(0) == scores.REACH
    assert scores.above(1) == -scores.REACH
    assert scores.above(0.1) == round(1.2815515655446004 * scores.UNIT)
