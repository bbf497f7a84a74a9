"""Targets: the same label for tables and people."""

import numpy as np

from demerit.society.targets import Asker, ages, only, targets


def test_labels_of_ages():
    c = {"age_years": np.array([3, 14, 15, 59, 60, 99])}

    assert ages(15, 60)(c).tolist() == [-1, -1, 0, 0, 1, 1]
    assert only(lambda c: c["age_years"] >= 60)(c).tolist() == [-1, -1, -1, -1, 0, 0]


def test_cells_of_every_target_are_shares(every):
    for target in targets(Asker(every)):
        assert target.table.shape == (len(every.provinces), len(target.cells)), target.name
        assert (target.table >= 0).all()
        assert (target.table.sum(1) <= 1 + 1e-9).all(), target.name
        assert target.wanted.shape[-1] == len(target.cells)
