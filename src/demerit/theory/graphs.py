"""Graphs: random graphs as lists of ties, from draws."""

import numpy as np

from demerit import draws
from demerit.theory.row import GRAPH


def random_graph(seed: int, people: int, ties: float) -> tuple[np.ndarray, np.ndarray]:
    """A random graph with `ties` ties a person in the mean: (start (person + 1,), near (tie,)).

    people x ties / 2 pairs are drawn; a pair of one person with himself is dropped, which one in
    `people` is.  The number of ties of a person is Poisson, for many people.

    Source: P. Erdos, A. Renyi, "On random graphs I", Publicationes Mathematicae 6, 1959.
    """
    pairs = round(people * ties / 2)
    u = np.empty((4, pairs), np.uint32)
    draws.rows(u, draws.U(seed), draws.U(0), 0, 0, GRAPH, 0)
    one, other = ((u[:2].astype(np.uint64) * draws.U(people)) >> draws.HALF).astype(np.int64)
    kept = one != other
    mine = np.concatenate((one[kept], other[kept]))
    theirs = np.concatenate((other[kept], one[kept]))
    near = theirs[np.argsort(mine, kind="stable")]
    start = np.zeros(people + 1, np.int64)
    np.cumsum(np.bincount(mine, minlength=people), out=start[1:])
    return start, near
