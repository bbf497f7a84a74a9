"""Shapley: the axioms that single it out, and games worked by hand."""

import numpy as np
import pytest

from demerit.shapley import shapley

PLAYERS = 4
SETS = range(1 << PLAYERS)
ANY = np.random.default_rng(1).normal(size=(1 << PLAYERS, 3))


def test_the_shares_add_up_to_the_whole():
    np.testing.assert_allclose(ANY[-1] - ANY[0], shapley(ANY).sum(axis=0))


def test_players_who_add_the_same_get_the_same():
    def mirrored(s):
        return (s & ~0b11) | (s & 1) << 1 | (s >> 1) & 1

    game = np.array([ANY[s] + ANY[mirrored(s)] for s in SETS])

    np.testing.assert_allclose(*shapley(game)[:2])
    assert not np.allclose(*shapley(ANY)[:2])


def test_who_adds_nothing_gets_nothing():
    game = np.array([ANY[s & ~0b100] for s in SETS])

    np.testing.assert_allclose(0, shapley(game)[2], atol=1e-12)
    assert not np.allclose(0, shapley(ANY)[2])


def test_the_value_of_two_games_is_that_of_both():
    np.testing.assert_allclose(shapley(ANY) + shapley(ANY**2), shapley(ANY + ANY**2))


def test_the_runway_is_paid_by_who_needs_it():
    """Three aircraft need 1, 2 and 4 of length: all share the first, two the second."""
    cost = np.array([max([0, *(n for k, n in enumerate((1, 2, 4)) if s >> k & 1)])
                     for s in range(8)], float)  # fmt: skip

    np.testing.assert_allclose([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2], shapley(cost))


def test_a_single_player_gets_the_whole():
    np.testing.assert_allclose([3], shapley(np.array([2.0, 5.0])))
    assert (0,) == shapley(np.array([2.0])).shape


def test_sets_that_are_missing_are_an_error():
    with pytest.raises(ValueError, match="3 sets"):
        shapley(np.zeros(3))
