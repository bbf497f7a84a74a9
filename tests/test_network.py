"""Network: close ties are a small world, the same both ways, and never stored."""

import numpy as np
import pytest

from demerit import draws, network

PEOPLE, DEGREE = 600, 10


def graph(people, degree, rewired, first=1_000):
    """Ties of every row, as lists."""
    near = np.zeros(64, np.int64)
    found = []
    for i in range(people):
        count = network.ties(
            draws.U(3), draws.U(first), people, i, degree, int(rewired * draws.WORD), near
        )
        found.append(near[:count].tolist())
    return found


def clustering(ties):
    """Share of pairs of one's ties that are tied to each other, mean over people."""
    sets = [set(row) for row in ties]
    both = [s | {j for j in range(len(ties)) if i in sets[j]} for i, s in enumerate(sets)]
    shares = []
    for s in both:
        pairs = [(a, b) for a in s for b in s if a < b]
        if pairs:
            shares.append(sum(b in both[a] for a, b in pairs) / len(pairs))
    return float(np.mean(shares))


def mean_path(ties):
    """Mean number of steps from row 0, 100 and 200 to everybody."""
    lengths = []
    for start in (0, 100, 200):
        seen, edge, steps = {start}, {start}, 0
        while edge:
            lengths += [steps] * len(edge)
            edge = {j for i in edge for j in ties[i]} - seen
            seen |= edge
            steps += 1
    return float(np.mean(lengths))


@pytest.fixture(scope="module")
def small_world():
    return graph(PEOPLE, DEGREE, 0.1)


def test_without_rewiring_the_ties_are_the_neighbours_on_a_ring():
    ring = graph(50, 4, 0.0)

    assert [sorted((i + d) % 50 for d in (-2, -1, 1, 2)) for i in range(50)] == [
        sorted(row) for row in ring
    ]


def test_nobody_is_tied_to_themselves(small_world):
    assert [] == [i for i, row in enumerate(small_world) if i in row]


def test_people_have_as_many_ties_as_stated_on_average(small_world):
    """Half are computed from each end; those swapped for anybody are known from one end alone."""
    mean = np.mean([len(row) for row in small_world])

    assert DEGREE * (1 - 0.5 * 0.1) == pytest.approx(mean, rel=0.02)


def test_ties_are_a_small_world(small_world):
    """Watts and Strogatz: nearly as clustered as the ring, nearly as short of path as chance."""
    ring, chance = graph(PEOPLE, DEGREE, 0.0), graph(PEOPLE, DEGREE, 1.0)

    assert clustering(small_world) > 0.6 * clustering(ring)
    assert clustering(small_world) > 5 * clustering(chance)
    assert mean_path(small_world) < 0.35 * mean_path(ring)
    assert mean_path(small_world) < 2.0 * mean_path(chance)


def test_a_tie_between_neighbours_is_known_from_both_ends(small_world):
    for i, row in enumerate(small_world):
        for j in row:
            near = min((i - j) % PEOPLE, (j - i) % PEOPLE) <= DEGREE // 2
            ahead = (j - i) % PEOPLE <= DEGREE // 2
            if near and not ahead:  # j is behind: its tie forward reaches i
                assert i in small_world[j]


def test_ties_do_not_depend_on_the_place_in_a_list_but_on_who_people_are():
    assert graph(60, 6, 0.5, first=0) != graph(60, 6, 0.5, first=60)
    assert graph(60, 6, 0.5) == graph(60, 6, 0.5)


def test_one_person_alone_has_no_ties():
    assert [[]] == graph(1, 10, 0.1)
