"""Figures that are no targets."""

import pytest

from demerit.society import figures
from demerit.society.targets import Asker


def test_earners_come_to_about_the_labour_force(society):
    ask = Asker(society)

    assert figures.earners(society, ask) * ask.total == pytest.approx(783_920_000, rel=0.01)


def test_a_gap_is_a_share_of_what_is_wanted():
    row = figures.row("x", "y", 100.0, 105.0, None, "why")

    assert row["gap"] == pytest.approx(0.05)
    assert row["target"] is False
