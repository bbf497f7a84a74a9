"""The fugitives: whom a list of debtors stops, by hand and at its ends."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "examples"))
import fugitives

CERTAIN = {"proceedings": 6, "departure": 6, "nominee": 0.0, "other_way": 0.0, "on_hold": 0.0}


def test_who_waits_as_long_as_the_case_lasts_is_stopped_half_the_time():
    assert 0.5 == fugitives.stopped_share(CERTAIN)


@pytest.mark.parametrize("way", ["nominee", "other_way", "on_hold"])
def test_nobody_is_stopped_whom_the_list_does_not_name_or_meet_or_find_there(way):
    assert 0.0 == fugitives.stopped_share(CERTAIN | {way: 1.0})


def test_the_answer_lies_within_its_interval_and_below_fifty():
    got, low, high = fugitives.answers()

    assert 0 < low < got < high < 50
