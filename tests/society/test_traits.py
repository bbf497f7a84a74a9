"""Traits: correlations as the sets say, one distribution for all, rates as deeds.toml has them."""

import numpy as np
import pytest

from demerit import facts
from demerit.columns import TRAITS
from demerit.facts import InputError
from demerit.society import catalogue, load, traits
from demerit.society.scores import UNIT, chances

SETS = ("independent", "central", "strong")


@pytest.fixture(scope="module")
def sample(society, make):
    return make(society, 5_000_000, 60_000)


def correlation(people):
    return np.corrcoef(people["trait"].astype(float))


@pytest.mark.parametrize("copula", SETS)
def test_scores_go_together_as_the_set_says(copula, make):
    society = load("china-2020", copula=copula)
    wanted = np.array(traits.correlations(society.spec, copula))

    got = correlation(make(society, 1_000_000, 60_000))

    assert got == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("copula", SETS)
def test_every_extreme_ordering_has_its_pair_and_can_be(copula, society):
    for key, entry in society.spec["ordering"].items():
        matrix = np.array(traits.correlations(society.spec, copula, key))
        first, second = (TRAITS.index(name) for name in entry["traits"])

        assert matrix[first, second] == entry["correlation"]["value"]
        assert np.linalg.eigvalsh(matrix).min() > 0
        assert np.allclose(matrix, matrix.T)


def test_an_ordering_is_seen_in_people(make):
    society = load("china-2020", ordering="honesty_self_control_opposed")

    got = correlation(make(society, 0, 20_000))

    assert got[TRAITS.index("honesty"), TRAITS.index("self_control")] == pytest.approx(
        -0.9, abs=0.01
    )


def test_correlations_that_cannot_hold_together_are_shrunk(society):
    spec = {"copula": {"odd": {}}, "ordering": {}}
    for pair, r in (
        ("honesty__civic", 0.9),
        ("civic__loyalty", 0.9),
        ("honesty__loyalty", -0.9),
    ):
        spec["copula"]["odd"][pair] = {"value": r}

    matrix = np.array(traits.correlations(spec, "odd"))

    assert np.linalg.eigvalsh(matrix).min() > 0
    assert 0 < matrix[0, 1] < 0.9


def test_scores_are_standard_normal(sample):
    z = sample["trait"] / UNIT
    error = 1 / np.sqrt(z.shape[1])

    assert z.mean(1) == pytest.approx(np.zeros(10), abs=4.5 * error)
    assert z.var(1) == pytest.approx(np.ones(10), abs=4.5 * error * np.sqrt(2))


@pytest.mark.parametrize("by", ["male", "schooling", "urban", "online", "party_member", "status"])
def test_a_trait_has_one_distribution_for_all(sample, by):
    for group in np.unique(sample[by]):
        z = sample["trait"][:, sample[by] == group] / UNIT
        if z.shape[1] >= 200:
            assert np.abs(z.mean(1)).max() * np.sqrt(z.shape[1]) < 4.5, (by, group)


def test_a_trait_has_one_distribution_for_all_provinces(society, make):
    here = make(society, 77_000, 500, province=0)
    there = make(society, 77_000, 500, province=25)

    assert np.array_equal(here["trait"], there["trait"])


def test_no_character_trait_goes_with_faith(society):
    for copula in SETS:
        matrix = np.array(traits.correlations(society.spec, copula))
        row = matrix[TRAITS.index("faith")]
        assert row.tolist() == [float(name == "faith") for name in TRAITS]


def test_rates_have_the_mean_of_their_deed():
    for deed in facts.read("deeds.toml")["deed"].values():
        unit = traits.COUNTED_UNIT if deed["counted"] else 2**32
        table = traits.rates(deed) / unit
        rate = deed["rate"]["value"]

        assert (table * chances()).sum() == pytest.approx(rate, rel=1e-3)
        assert table.max() <= (traits.COUNT_CAP if deed["counted"] else traits.PERSON_CAP)
        assert (np.diff(table) >= 0).all()


def test_an_unknown_set_or_ordering_is_named():
    with pytest.raises(InputError, match="did you mean 'central'"):
        load("china-2020", copula="centrall")
    with pytest.raises(InputError, match="there is no ordering 'x'"):
        load("china-2020", ordering="x")


def test_sets_are_listed(society):
    assert tuple(society.spec["copula"]) == catalogue.COPULAS
