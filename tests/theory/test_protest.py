"""Protest: the rule in whole numbers, its row, and its cascades."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit.step import protest
from demerit.theory.graphs import random_graph

pytestmark = pytest.mark.pure
BYTE = st.integers(0, 255)
SHARE = st.integers(0, 256)


@given(BYTE, BYTE, SHARE, SHARE, st.integers(0, 40), st.integers(0, 40), st.integers(0, 1 << 18),
       st.integers(0, 1 << 17))  # fmt: skip
def test_the_rule_is_that_of_epstein_with_the_pull_of_ties(
    grievance, daring, legitimacy, arrest, joined, more, pull, threshold
):
    """H (1 - L) + pull x share - R P > T in exact fractions; the share of no ties is nought."""
    ties = joined + more
    felt = Fraction(grievance, 256) * (1 - Fraction(legitimacy, 256))
    risk = Fraction(255 - daring, 256) * Fraction(arrest, 256)
    share = Fraction(joined, ties) if ties else 0
    expected = felt + Fraction(pull, 65536) * share - risk > Fraction(threshold, 65536)

    assert expected == protest.joins(
        grievance, daring, legitimacy, arrest, joined, ties, pull, threshold
    )


@pytest.mark.parametrize(
    ("grievance", "daring", "legitimacy", "arrest", "joined", "expected"),
    [
        (200, 255, 0, 256, 0, True),  # 0.78 > 0.5, and nothing to fear
        (200, 0, 0, 256, 0, False),  # 0.78 - 1 < 0.5
        (200, 0, 0, 0, 0, True),  # nobody is arrested
        (200, 255, 200, 0, 0, False),  # 0.78 x 0.22 < 0.5
        (0, 255, 0, 0, 5, False),  # half of the ties, no more than the threshold
        (0, 255, 0, 0, 6, True),
    ],
)
def test_cases_of_the_rule(grievance, daring, legitimacy, arrest, joined, expected):
    found = protest.joins(grievance, daring, legitimacy, arrest, joined, 10, 65536, 32768)

    assert expected == found


@given(BYTE, BYTE, SHARE, SHARE, st.integers(0, 19))
def test_more_ties_in_protest_never_keep_one_at_home(grievance, daring, legitimacy, arrest, joined):
    few, many = (
        protest.joins(grievance, daring, legitimacy, arrest, n, 20, 20_000, 9_000)
        for n in (joined, joined + 1)
    )

    assert few <= many


def test_a_row_of_columns_says_what_each_person_does():
    rng = np.random.default_rng(1)
    grievance, daring = rng.integers(0, 256, (2, 400)).astype(np.uint8)
    joined, ties = np.sort(rng.integers(0, 12, (2, 400)), axis=0)
    out = np.full(400, 7, np.uint8)
    protest.march(grievance, daring, 128, 60, joined, ties, 30_000, 20_000, out)
    expected = [
        protest.joins(*person, 30_000, 20_000)
        for person in zip(grievance, daring, [128] * 400, [60] * 400, joined, ties, strict=True)
    ]

    assert 40 < sum(expected) < 360
    assert expected == out.astype(bool).tolist()


def settle(start, near, felt, most=1_000):
    """A cascade with a pull of 1 and a threshold of just under a half."""
    people = felt.size
    out = np.zeros(people, np.uint8)
    daring = np.full(people, 255, np.uint8)
    rounds = protest.cascade(start, near, felt, daring, 0, 0, 65536, 32767, out, most)
    return rounds, out


def test_a_cascade_runs_along_a_line_one_person_a_round():
    people = 30
    near = np.array([j for i in range(people) for j in (i - 1, i + 1) if 0 <= j < people])
    start = np.array([0, *np.cumsum([1, *[2] * (people - 2), 1])])
    felt = np.zeros(people, np.int64)
    felt[0] = 256
    rounds, out = settle(start, near, felt)

    assert people == out.sum()
    assert people + 1 == rounds  # and a last round in which nobody changes
    assert 5 == settle(start, near, felt, most=5)[1].sum()


def test_a_cascade_ends_where_the_rule_of_each_person_holds():
    start, near = random_graph(4, 500, 4.0)
    felt = np.zeros(500, np.int64)
    felt[:40] = 256
    _, out = settle(start, near, felt)
    joined = np.array([out[near[a:b]].sum() for a, b in pairwise(start)])
    again = np.zeros(500, np.uint8)
    protest.march(
        felt, np.full(500, 255), 0, 0, joined, np.diff(start), 65536, 32767, again
    )  # fmt: skip

    assert 40 < out.sum() < 500
    assert np.array_equal(again, out)


def test_nobody_protests_where_nobody_begins():
    start, near = random_graph(4, 200, 6.0)

    assert 0 == settle(start, near, np.zeros(200, np.int64))[1].sum()
