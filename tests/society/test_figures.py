"""Figures that are no targets."""

import pytest

from demerit.society import figures
from demerit.society.targets import Asker

LABOUR_FORCE = {"china-2020": 783_920_000, "india-2011": 511_400_000}


def test_earners_come_to_about_the_labour_force(every):
    ask = Asker(every)

    expected = pytest.approx(LABOUR_FORCE[every.key], rel=0.01)
    assert expected == figures.earners(every, ask) * ask.total


def test_a_gap_is_a_share_of_what_is_wanted():
    row = figures.row("x", "y", 100.0, 105.0, None, "why")

    assert row["gap"] == pytest.approx(0.05)
    assert row["target"] is False
