"""Rollout: which places a wave takes, and what agencies see there."""

from collections import Counter

import numpy as np
import pytest
from calendars import rollout

from demerit import run
from demerit.plan import readiness
from demerit.scheme.rollout import harder, luck


def chosen(china, *waves, people=400_000, able=0.6, wave=0):
    made = run.plan(rollout(*waves, able=able), china, 1, 1, people=people)
    return made, made.calendar.waves[wave].places


def test_so_many_places_are_picked_and_one_at_least(china):
    made, some = chosen(china, ("suining", 0, 0.1))
    places = {block.place_index for block in made.blocks}

    assert round(0.1 * len(places)) == len(some)
    assert 1 == len(chosen(china, ("suining", 0, 0.0001))[1])


def test_the_able_are_the_richest_where_picks_go_with_that_wholly(china):
    made, some = chosen(china, ("suining", 0, ("able", 0.2)), able=1.0)
    income = china.people.differing.income_mean[:, 1]
    others = {block.place_index for block in made.blocks} - set(some)

    least = min(income[china.places.province[place]] for place in some)
    assert least >= max(income[china.places.province[place]] for place in others)


def test_the_eager_petition_more(china):
    made, some = chosen(china, ("suining", 0, ("eager", 0.1)), able=1.0, people=100_000)
    ready = readiness(china, made.blocks, 1)
    others = set(ready) - set(some)

    assert min(ready[place] for place in some) >= max(ready[place] for place in others)


def test_places_picked_at_random_are_no_richer(china):
    income = china.people.differing.income_mean[:, 1]
    rich = [income[china.places.province[k]] for k in range(len(china.places.keys))]
    own = [luck(china, 0, k) for k in range(len(china.places.keys))]

    assert abs(np.corrcoef(rich, own)[0, 1]) < 3 / len(own) ** 0.5
    assert abs(np.mean(own)) < 3 / len(own) ** 0.5
    assert np.std(own) == pytest.approx(1, abs=0.05)


def test_each_place_has_one_scheme_of_the_state_at_a_time(china):
    waves = (("suining", 0, 0.2), ("court-list", 0, ("able", 0.2)), ("national", 0, "rest"))
    made, _ = chosen(china, *waves)
    taken = Counter(place for wave in made.calendar.waves for place in wave.places)

    assert {1} == set(taken.values())
    assert {block.place_index for block in made.blocks} == set(taken)


def test_a_region_of_climate_lies_in_one_cohort(china):
    made, _ = chosen(china, ("suining", 0, 0.3), ("national", 0, "rest"))
    found = {}
    for region, block in zip(made.regions, made.blocks, strict=True):
        found.setdefault(region, set()).add(made.calendar.of_place[block.place_index])

    assert {1} == {len(cohorts) for cohorts in found.values()}


def test_effort_is_how_much_more_agencies_see(make_plan):
    tables = make_plan("suining").society_tables
    seen = harder(tables, 1.5).watch_seen_32
    sure = tables.watch_seen_32 * 1.5 > 2**32

    assert np.all(seen[sure] == 2**32)
    assert np.allclose(seen[~sure], 1.5 * tables.watch_seen_32[~sure], rtol=1e-6, atol=1)
