"""Attributes against the figures that they are made from."""

import numpy as np
import pytest

from demerit import facts
from demerit.society import attributes, catalogue, keys, load
from demerit.society.attributes import shares, starts
from demerit.society.margins import folder


def test_starts_give_back_their_shares():
    given = np.array([[0.1, 0.0, 0.6, 0.3], [0.25, 0.25, 0.25, 0.25]])

    assert shares(starts(given)) == pytest.approx(given, abs=1e-9)


def test_a_child_is_never_alone_and_the_table_counts_persons(society):
    size = shares(society.people.counted.size)

    assert size[:3, :2].sum() == 0
    assert size[12:, 0].sum() == 0
    counted = society.people.counted
    table = catalogue.counts(counted.start, counted.cell, society.spec)
    by_size = (size * table.sum((0, 1, 3, 4, 5))[:, None]).sum(0)
    assert by_size[1] == pytest.approx(0.2539 * 494_157_423, rel=1e-6)
    assert by_size[1:].sum() == pytest.approx(1_292_809_300, rel=1e-6)
    assert by_size[0] == pytest.approx(118_969_424 - 2_000_000, rel=1e-6)


def test_earners_are_binomial(every):
    others = shares(every.people.counted.earner)
    q = every.spec["earner"]["other_of_adult"]["value"]

    assert (others[1] * np.arange(10)).sum(1) == pytest.approx(q * np.arange(10), abs=1e-6)


def test_names_go_through_the_published_counts(society):
    table = society.people.having.namesakes
    part = society.population / 4096

    assert (np.diff(table) <= 0).all()
    assert abs(table[0] - 294_281) < 1  # the commonest name fills most of the first part
    assert table[int(22 * 230_000 / part)] == pytest.approx(198_720, rel=0.06)
    assert table.mean() > 1.02e-6 * society.population
    names = sum(part / (bearers + 1) for bearers in table if bearers >= 150_000)
    assert names == pytest.approx(50, abs=1.5)


def test_nobody_belongs_to_a_party_of_which_the_society_says_nothing():
    india = load("india-2011")

    assert not india.people.having.party.any()
    assert load("china-2020").people.having.party.any()


def test_debts_of_town_and_village_are_those_of_the_survey():
    chance = load("india-2011").people.having.debt / 2**32

    assert chance == pytest.approx([0.35, 0.224], rel=1e-6)


RANGED = [
    (key, f"society.{name}", end)
    for key in keys()
    for name, fact in facts.facts(facts.read(folder(key) / "society.toml"))
    if name.startswith(("debt.", "driver.", "party.", "name.", "income.", "online."))
    for end in fact.get("range", ())
]


@pytest.mark.parametrize(("key", "name", "end"), RANGED)
def test_a_society_can_be_made_at_either_end_of_each_range(key, name, end):
    having = load(key, {name: end}).people.having

    assert having.namesakes.min() >= 0
    assert (np.diff(having.namesakes) <= 0).all()  # the commonest name first
    assert having.driver[:18].max() == 0 < having.driver.max()
    assert 0 < having.debt.min() <= having.debt.max() < 2**32


def test_the_name_law_fills_the_population(society):
    spec = society.spec
    many = dict(spec, name=dict(spec["name"], least={"value": 10}))

    assert attributes.namesakes(many)[-1] >= 8
    assert attributes.namesakes(spec)[-1] == 0


def test_licences_beyond_the_people_are_refused(society):
    spec = dict(society.spec, driver={"total": {"value": 900_000_000}})
    people = np.full((attributes.YEARS, 2), 9_000_000.0)

    with pytest.raises(Exception, match="more licences than people"):
        attributes.drivers(spec, people)
