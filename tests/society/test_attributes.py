"""Attributes against the figures that they are made from."""

import numpy as np
import pytest

from demerit.society import attributes, catalogue
from demerit.society.attributes import shares, starts


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


def test_earners_are_binomial(society):
    others = shares(society.people.counted.earner)
    q = society.spec["earner"]["other_of_adult"]["value"]

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
