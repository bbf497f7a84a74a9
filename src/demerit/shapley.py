"""Shapley: what each of a few players adds to a whole, so that the parts add up to it.

worth of every set of players  ->  a share for each player

Source: L. Shapley, "A value for n-person games", in Contributions to the Theory of Games II,
Princeton, 1953 (from memory).
"""

from math import comb

import numpy as np


def shapley(worth: np.ndarray) -> np.ndarray:
    """The Shapley value of each player (player, ...), exactly: every set is looked at.

    `worth` (2**players, ...) is what each set of players is worth; player k is in set s if bit k
    of s is set.  Raises ValueError where the number of sets is no power of two.

    A left glove makes a pair with either of two right ones (players 0; 1 and 2):

    >>> gloves = np.array([0, 0, 0, 1, 0, 1, 0, 1], float)
    >>> (6 * shapley(gloves)).round(9).tolist()
    [4.0, 1.0, 1.0]
    """
    players = worth.shape[0].bit_length() - 1
    if worth.shape[0] != 1 << players:
        raise ValueError(f"{worth.shape[0]} sets are not all the sets of so many players.")
    sets = np.arange(worth.shape[0])
    size = np.array([int(s).bit_count() for s in sets])
    values = []
    for k in range(players):
        left = sets[(sets >> k) & 1 == 0]
        # A set of s others comes before the player in this share of all orders.
        share = np.array([1 / (players * comb(players - 1, int(s))) for s in size[left]])
        values.append(np.tensordot(share, worth[left | (1 << k)] - worth[left], axes=1))
    return np.array(values).reshape(players, *worth.shape[1:])
