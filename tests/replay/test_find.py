"""Find and register: who they name is who the run counts."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from demerit.columns import SCHEME
from demerit.facts import InputError
from demerit.replay import conditions
from demerit.replay import find as of_find
from demerit.replay import recorded as replay
from demerit.replay.conditions import HAPPENED, IS, parse
from demerit.replay.find import TESTS, find, find_some
from demerit.replay.register import month_of, persons, why_none
from demerit.society.people import GROUPINGS

GROUPS = [name for names in GROUPINGS.values() for name in names]


@pytest.fixture(scope="module")
def search(harsh_run, frames_of):
    return cache(lambda where: find(harsh_run[0], frames_of, parse(where), 2))


def test_every_condition_has_a_test_and_every_test_a_meaning():
    assert {*IS, *HAPPENED} == {*TESTS, "listed", "silenced"}
    assert all(meaning for _, meaning in conditions.told())


@pytest.mark.parametrize(("words", "group"), [("rural", "rural"), ("not rural", "urban"),
                                              ("female", "female"), ("over 59", "60+"),
                                              ("poorest", "fifth 1 (poorest)")])  # fmt: skip
def test_what_people_are_is_as_the_frames_count_it(search, frames_of, words, group):
    found = search(words)

    assert frames_of["people"][SCHEME, 0, GROUPS.index(group)] == len(found)
    assert sorted(set(found)) == found


def test_all_conditions_must_hold(search):
    old, rural, wronged = (set(search(w)) for w in ("over 60", "rural", "wrongly sanctioned"))
    both = search("Wrongly sanctioned,rural,  over 60")

    assert both
    assert old & rural & wronged == set(both)


@pytest.mark.parametrize("words", ["wrongly sanctioned", "refused job", "listed", "silenced",
                                   "false entry", "protested", "corrected"])  # fmt: skip
def test_what_happened_is_found_in_any_month(harsh_run, search, words):
    """By the columns of each month, looked at one by one."""
    recorded, _ = harsh_run
    tables, ever = recorded.plan.scheme_tables, set()
    harmless = [k for k, d in enumerate(recorded.deeds.values()) if not d["harm"]]
    looks = {
        "wrongly sanctioned": lambda w, i: w.wrongful[SCHEME, i],
        "refused job": lambda w, i: w.refused[SCHEME, 0, i],
        "listed": lambda w, i: tables.posted[w.tier[SCHEME, i]] and w.scored[i],
        "silenced": lambda w, i: any(
            w.deed_withheld[SCHEME, k, i] for k in harmless if tables.points[k] < 0),
        "false entry": lambda w, i: w.entry_false[SCHEME, i],
        "protested": lambda w, i: w.protesting[SCHEME, i],
        "corrected": lambda w, i: w.correction_points[SCHEME, i],
    }  # fmt: skip

    def see(block, world, month, _stage):
        if month >= 0 and recorded.climates[month].in_force[SCHEME]:
            first = recorded.plan.blocks[block].first
            ever.update(first + i for i in range(400) if looks[words](world, i))

    replay.live(recorded, [0], see)
    block = recorded.plan.blocks[0]
    found = [k for k in search(words) if block.first <= k < block.first + 400]

    assert found
    assert sorted(ever) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wrongly sanctoned", ["'wrongly sanctoned'", "did you mean 'wrongly sanctioned'"]),
        ("rural, tall", ["'tall'", "There are: urban"]),
        ("over sixty", ["'over sixty'", "over AGE"]),
        ("refused jobb", ["no door 'jobb'", "did you mean 'job'"]),
        ("rural,,old", ["a condition is missing"]),
        ("", ["a condition is missing"]),
        ("not", ["'not'"]),
    ],
)
def test_a_word_that_is_no_condition_is_told_with_the_nearest(text, words):
    with pytest.raises(InputError) as told:
        parse(text)

    assert all(word in str(told.value) for word in words)


@pytest.mark.parametrize("month", [0, 3, 5])
def test_the_register_names_whom_the_run_counts_as_posted(harsh_run, frames_of, month):
    rows = persons(harsh_run[0], frames_of, month, 2)

    assert frames_of["posted"][SCHEME, month, 0] == len(rows)
    assert len({row["person"] for row in rows}) == len(rows)
    assert all(0 <= row["since"] <= month for row in rows)
    assert set(rows[0]) == {"person", "place", "tier", "since"}


def test_a_scheme_that_names_nobody_has_an_empty_register(harsh_run, frames_of):
    recorded, _ = harsh_run
    tables = recorded.plan.scheme_tables
    silent = tables._replace(posted=np.zeros_like(tables.posted))
    quiet = replace(recorded, plan=replace(recorded.plan, scheme_tables=silent))

    assert [] == persons(quiet, frames_of, 2, 1)
    assert "makes no names public" in why_none(quiet, 2)


def test_a_month_that_is_not_in_the_run_is_told(harsh_run):
    recorded, _ = harsh_run

    assert recorded.months_in_force - 1 == month_of(recorded, None)
    for month in (-1, 6):
        with pytest.raises(InputError, match="months 0 to 5"):
            month_of(recorded, month)


def test_in_a_large_run_it_stops_when_enough_are_found(harsh_run, search, monkeypatch):
    """One block at a time of three: who is found lives in the blocks looked at, and all of them."""
    monkeypatch.setattr(of_find, "HAND", 1)
    recorded, _ = harsh_run
    blocks = recorded.plan.blocks
    for enough, looked in ((1, 1), (10**6, 3)):
        found = find_some(recorded, parse("wrongly sanctioned, over 30"), enough, 2)
        ends = blocks.first + blocks.people
        here = [i for i in search("wrongly sanctioned, over 30") if (i < ends[:looked]).any()]

        assert here == found.ids
        assert blocks.people[:looked].sum() == found.people
        assert (looked == 3) == found.whole


def test_who_is_found_does_not_depend_on_threads(harsh_run, monkeypatch):
    monkeypatch.setattr(of_find, "HAND", 2)
    one, two = (find_some(harsh_run[0], parse("rural"), 1, threads) for threads in (1, 2))

    assert one == two
