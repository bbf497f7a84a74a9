"""The joint table: what cannot be is not in it, and years of age fit schooling."""

import numpy as np
import pytest

from demerit.society import attributes, catalogue, joint
from demerit.society.margins import CHILD, EMPLOYED, STUDENT, UNEMPLOYED

EMPLOYED_PEOPLE = {"china-2020": 750_640_000, "india-2011": 481_700_000}


@pytest.fixture(scope="module")
def table(every):
    counted = every.people.counted
    return catalogue.counts(counted.start, counted.cell, every.spec)


def test_children_have_no_work_and_the_grown_are_no_children(table):
    by = table.sum((0, 1, 3, 4))

    assert by[:3, :CHILD].sum() == 0
    assert by[4:, CHILD].sum() == 0
    assert by[3, CHILD] == pytest.approx(0.208 * by[3].sum(), rel=1e-6)


def test_students_are_young_and_have_been_to_school(table):
    by = table[..., STUDENT].sum((0, 1, 3))

    assert by[7:].sum() == 0
    assert by[:, :2].sum() == 0


def test_nobody_of_eighty_works_or_looks_for_work_and_no_youth_is_retired(every, table):
    by = table.sum((0, 1, 3, 4))

    assert by[20, : UNEMPLOYED + 1].sum() == 0
    assert by[:9, 6].sum() < 0.05 * by[:, 6].sum()
    assert by[:, :EMPLOYED].sum() == pytest.approx(EMPLOYED_PEOPLE[every.key], rel=1e-6)


def test_years_of_age_fit_schooling(every):
    share = attributes.shares(every.people.counted.year)

    assert share.sum(-1) == pytest.approx(1, abs=1e-9)
    assert share[1, 0, 0] == 1  # nobody of six to nine has been to no school
    assert share[2, 2, :2].sum() == 0  # nor is anybody under twelve in junior school
    assert share[3, 4, :2].sum() == 0  # nor under 17 at a university


def test_every_year_of_a_band_is_as_large_as_the_next(every, table):
    years = joint.by_year(table, attributes.shares(every.people.counted.year))
    people = years.sum((0, 1, 3, 4, 5))

    assert people.sum() == pytest.approx(every.population)
    for band in (0, 2, 4, 10):
        part = people[5 * band : 5 * band + 5]
        assert part == pytest.approx(np.full(5, part.mean()), rel=1e-5)
    assert people[16:20] == pytest.approx(np.full(4, people[16:20].mean()), rel=1e-5)
