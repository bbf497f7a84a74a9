"""Stories: three people of a run, chosen by a rule that anybody can follow."""

import numpy as np
import pytest

from demerit import trial
from demerit.replay import find, stories
from demerit.replay.conditions import parse
from demerit.replay.recorded import recall
from demerit.replay.story import story

QUICK = {"people": 4_000, "months": 12, "threads": 1, "quick": True}


@pytest.fixture(scope="module")
def answered():
    return trial.run(trial.Request("sesame", **QUICK))


def test_each_is_the_middle_one_of_those_whom_a_search_finds(answered):
    """The whole run is looked at here: it has fewer people than the rule allows."""
    recorded = recall(answered.document, answered.climate)
    assert answered.stories["people"] == QUICK["people"]
    assert answered.stories["stories"]
    taken = []
    for one in answered.stories["stories"]:
        ids = find.find(recorded, answered.frames, parse(one["condition"]), 1)
        free = [i for i in ids if i not in taken]
        assert one["person"] == free[len(free) // 2]
        assert one["count"] == len(free)
        taken.append(one["person"])


def test_conditions_before_the_one_that_is_told_are_met_by_nobody(answered):
    recorded = recall(answered.document, answered.climate)
    for one in answered.stories["stories"]:
        slot = next(s for s in stories.SLOTS if s.key == one["slot"])
        for text in slot.conditions:
            if text == one["condition"]:
                break
            assert find.find(recorded, answered.frames, parse(text), 1) == []


def test_a_story_is_that_of_the_command_person(answered):
    recorded = recall(answered.document, answered.climate)
    one = answered.stories["stories"][0]
    assert one["story"] == story(recorded, one["person"])


def test_it_says_first_that_nobody_of_them_exists(answered):
    assert answered.stories["statement"].startswith("These people do not exist.")
    assert answered.stories["notice"] == "This person does not exist."


def test_without_a_scheme_there_is_none_and_it_says_why():
    found = trial.run(trial.Request("none", **QUICK)).stories
    assert found["stories"] == []
    assert "no scheme stands" in found["why"]


def test_a_calendar_says_why_none_can_be_told():
    found = trial.run(trial.Request("pilots", **QUICK | {"people": 8_000})).stories
    assert found["stories"] == []
    assert "calendar" in found["why"]


def test_blocks_are_taken_at_even_distances_and_hold_no_more_people_than_allowed():
    blocks = np.full(1_000, 2_000)
    chosen = stories.spread(blocks)
    assert blocks[chosen].sum() <= stories.PEOPLE
    assert chosen[0] == 0
    assert set(np.diff(chosen)) <= {62, 63}
