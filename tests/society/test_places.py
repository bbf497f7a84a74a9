"""Places and blocks: borders belong to the society."""

import itertools

import numpy as np
import pytest

from demerit.columns import BLOCK
from demerit.facts import InputError
from demerit.society.places import Places, apportion, blocks, cut, part

PLACES = {"china-2020": "2844", "india-2011": "0640"}


def test_places_add_up_to_their_provinces(every):
    society = every
    from demerit.society.margins import figures

    by = figures(society.key, "provinces")
    people = np.bincount(society.places.province, society.places.people)
    count = np.bincount(society.places.province)

    for p, entry in enumerate(society.spec["province"]):
        assert people[p] == by[entry["key"], "population", "all"]
        assert count[p] == by[entry["key"], "places", "all"]
    assert society.places.people.sum() == society.population
    assert society.places.people.min() >= 5000
    assert society.places.keys[0] == "0001"
    assert society.places.keys[-1] == PLACES[society.key]


@pytest.mark.parametrize("people", [1, 31, 5_000, 100_000, 1_234_567])
def test_a_part_has_its_people_in_even_blocks_that_do_not_overlap(society, people):
    found = blocks(society, people=people)
    ends = [(b.first, b.first + b.people) for b in found]

    assert sum(b.people for b in found) == people
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
    for b in found:
        place = society.places
        assert 0 < b.people <= BLOCK
        assert place.province[b.place_index] == b.province_index
        start = place.first[b.place_index]
        assert start <= b.first
        assert b.first + b.people <= start + place.people[b.place_index]


def test_each_province_gets_its_share_in_as_few_blocks_as_fit(society):
    found = blocks(society, people=1_000_000)
    total = np.bincount(society.places.province, society.places.people)
    got = np.zeros(31, int)
    count = np.zeros(31, int)
    for b in found:
        got[b.province_index] += b.people
        count[b.province_index] += 1

    assert np.abs(got - total / total.sum() * 1_000_000).max() < 1
    assert (count == -(-got // BLOCK)).all()


def test_places_are_drawn_in_proportion_to_size():
    sizes = np.array([50_000, 100_000, 350_000])
    places = Places(("0001", "0002", "0003"), np.zeros(3, int), sizes, np.cumsum(sizes) - sizes)
    drawn = np.zeros(3)
    for seed in range(60):
        for b in part(places, 40_000, seed):
            drawn[b.place_index] += b.people

    assert drawn / drawn.sum() == pytest.approx(sizes / sizes.sum(), abs=0.04)


def test_nearly_everybody_still_fits():
    sizes = np.array([5_000, 5_001, 7_777])
    places = Places(("0001", "0002", "0003"), np.zeros(3, int), sizes, np.cumsum(sizes) - sizes)

    found = part(places, 17_777, 1)

    assert sum(b.people for b in found) == 17_777
    assert len({b.first for b in found}) == len(found)


def test_a_whole_place_is_cut_into_even_blocks(society):
    found = cut(society.places, 411, int(society.places.people[411]))
    sizes = [b.people for b in found]

    assert sum(sizes) == society.places.people[411]
    assert len(found) == -(-sum(sizes) // BLOCK)
    assert max(sizes) - min(sizes) <= 1
    assert found[0].first == society.places.first[411]


def test_one_place_may_be_given_another_size(society):
    found = blocks(society, people=1_100_000, place="0412")

    assert sum(b.people for b in found) == 1_100_000
    assert {b.place_index for b in found} == {411}
    assert [b.first for b in found[1:]] == [b.first + b.people for b in found[:-1]]


def test_wrong_input_is_told(society):
    for people, place, message in (
        (0, None, "too few"),
        (-5, None, "too few"),
        (2_000_000_000, None, "more than the society's 1,409,778,724"),
        (None, "9999", "there is no place '9999'"),
    ):
        with pytest.raises(InputError, match=message):
            blocks(society, people=people, place=place)


def test_parts_are_by_largest_remainder():
    assert apportion(7, np.array([1.0, 2.0, 4.0])).tolist() == [1, 2, 4]
    assert apportion(10, np.array([5.0, 3.1, 1.9])).tolist() == [5, 3, 2]
