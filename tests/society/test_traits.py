"""Traits: correlations as the sets say, one distribution for all, rates as deeds.toml has them."""

import numpy as np
import pytest

from demerit import facts
from demerit.columns import TRAITS
from demerit.facts import InputError
from demerit.society import catalogue, load, traits
from demerit.society.scores import UNIT, chances

SETS = ("independent", "central", "strong")
DEEDS = facts.read("deeds.toml")["deed"]
STEPS = facts.read("deeds.toml")["signal"]


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


@pytest.mark.parametrize("key", DEEDS)
def test_rates_have_the_mean_of_their_deed(key):
    deed = DEEDS[key]
    counted, drawn = deed["kind"] == "count", deed["kind"] not in traits.UNDRAWN
    table = traits.rates(deed) / (traits.COUNTED_UNIT if counted else 2**32)
    most = (traits.COUNT_CAP if counted else traits.PERSON_CAP) if drawn else 1

    assert deed["rate"]["value"] == pytest.approx((table * chances()).sum(), rel=1e-3)
    assert table.max() <= most
    assert (np.diff(table) >= 0).all()
    assert (drawn and deed["concentration"]["value"] > 0.1) == (table.min() < table.max())


@pytest.mark.parametrize("key", [k for k, deed in DEEDS.items() if "range" in deed["rate"]])
def test_rates_have_the_mean_of_their_deed_over_its_whole_range(key):
    """At both ends of the rate's range and of the concentration's."""
    deed = DEEDS[key]
    unit = traits.COUNTED_UNIT if deed["kind"] == "count" else 2**32
    for rate in deed["rate"]["range"]:
        for share in deed["concentration"]["range"]:
            varied = deed | {"rate": {"value": rate}, "concentration": {"value": share}}
            table = traits.rates(varied) / unit

            assert rate == pytest.approx((table * chances()).sum(), rel=2e-3)


def test_a_sign_has_the_strength_of_its_step_and_the_sign_of_its_end():
    signals = {"weak": {"value": 0.1}, "medium": {"value": 0.3}}

    assert (410, 4075) == traits.loads({"signal": "weak", "end": "high"}, signals)
    assert (-1229, 3907) == traits.loads({"signal": "medium", "end": "low"}, signals)


def test_a_varied_step_moves_every_sign_of_that_step_and_nothing_else(society):
    signs = [deed.get("signal") == "medium" for deed in DEEDS.values()]
    varied = load("china-2020", values={"deeds.signal.medium": 0.4})
    changed = (society.people.offending.load != varied.people.offending.load).any(1)

    assert any(signs)
    assert signs == changed.tolist()


def test_a_sign_that_tells_nothing_is_a_step_of_nought():
    none = load("china-2020", values={f"deeds.signal.{step}": 0.0 for step in STEPS})
    loads = none.people.offending.load

    for row, deed in zip(loads, DEEDS.values(), strict=True):
        assert "signal" not in deed or [0, UNIT] == row.tolist()


def test_an_unknown_set_or_ordering_is_named():
    with pytest.raises(InputError, match="did you mean 'central'"):
        load("china-2020", copula="centrall")
    with pytest.raises(InputError, match="there is no ordering 'x'"):
        load("china-2020", ordering="x")


def test_sets_are_listed(society):
    assert tuple(society.spec["copula"]) == catalogue.COPULAS
