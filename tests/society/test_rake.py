"""Raking against a closed form and against a minimiser that knows nothing of it."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize

from demerit.facts import FactError
from demerit.society.rake import rake


def test_raking_keeps_the_odds_ratio_of_a_two_by_two_table():
    start = np.array([3.0, 1.0, 1.0, 2.0])
    row, column = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    margins = [(row, np.array([60.0, 40.0])), (column, np.array([30.0, 70.0]))]

    # With odds ratio 6 the first cell x solves 6 = x (100 - 60 - 30 + x) / ((60 - x) (30 - x)).
    a, b, c = 5.0, -550.0, 10_800.0
    expected = (-b - math.sqrt(b * b - 4 * a * c)) / (2 * a)

    table = rake(start, margins, 1e-13)

    assert table[0] == pytest.approx(expected, rel=1e-9)
    assert table.sum() == pytest.approx(100)


def test_raking_finds_the_nearest_table_as_a_minimiser_does():
    rng = np.random.default_rng(7)
    a, b, c = (axis.ravel() for axis in np.indices((3, 4, 2)))
    labels = [(a * 2 + c, 6), (b, 4), (a * 4 + b, 12)]
    start, other = rng.uniform(0.2, 2, 24), rng.uniform(0.2, 2, 24)
    start[5] = other[5] = 0
    margins = [(label, np.bincount(label, other, n)) for label, n in labels]

    def dual(price):
        parts = np.split(price, [6, 10])
        tilt = sum(part[label] for part, (label, _) in zip(parts, labels, strict=True))
        owed = sum((part * t).sum() for part, (_, t) in zip(parts, margins, strict=True))
        return (start * np.exp(tilt)).sum() - owed

    price = minimize(dual, np.zeros(22), method="BFGS", options={"gtol": 1e-9, "maxiter": 5000}).x
    parts = np.split(price, [6, 10])
    tilt = sum(part[label] for part, (label, _) in zip(parts, labels, strict=True))

    assert rake(start, margins, 1e-12) == pytest.approx(start * np.exp(tilt), abs=1e-5)


def test_noughts_stay_noughts():
    row, column = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    margins = [(row, np.array([2.0, 3.0])), (column, np.array([4.0, 1.0]))]

    assert rake(np.array([1.0, 1.0, 1.0, 0.0]), margins).tolist()[3] == 0


def test_margins_that_contradict_one_another_are_an_error():
    row, column = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    margins = [(row, np.array([2.0, 3.0])), (column, np.array([1.0, 4.0]))]

    with pytest.raises(FactError, match="contradict"):
        rake(np.array([1.0, 0.0, 1.0, 0.0]), margins, passes=50)
