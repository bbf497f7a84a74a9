"""Perfection: the parts of efficiency add up, and each moves as arithmetic says."""

import numpy as np
import pytest

from demerit import facts
from demerit.measures import MEASURES, benefit, perfection

PARTS = ("harm_cost", "enforcement_cost", "administration_cost", "shut_doors_cost")


def counts(**changed):
    """A society of 1,000 people in which the average person earns 2,000."""
    m = MEASURES["efficiency"]
    given = {name: np.array([0]) for name in m.counts}
    given |= {"output": np.array([[1_000], [200_000_000]]), "people": np.array([1_000])}
    return given | {name: np.array([n]) for name, n in changed.items()}


def value(key, given):
    m = MEASURES[key]
    return m.function(*(given[name] for name in m.counts)).value[0]


def test_efficiency_is_output_less_its_parts():
    given = counts(deed_fraud=3, deed_littering=900, entries=50, newly_sanctioned=4, appeals=2,
                   tier_1=800, refusal_cost_yuan=700, refusal_cost_minutes=600)  # fmt: skip
    parts = sum(value(key, given) for key in PARTS)

    assert value("output_mean", given) - parts == pytest.approx(value("efficiency", given))
    assert all(value(key, given) > 0 for key in PARTS)


def test_without_a_scheme_only_harm_is_taken_off():
    """A fraud in a thousand months at 3,000 yuan: three yuan a month."""
    given = counts(deed_fraud=1)

    assert 2_000 - 3 == pytest.approx(value("efficiency", given))
    assert [0, 0, 0] == [value(key, given) for key in PARTS[1:]]


def test_every_harm_has_a_price_and_every_price_a_range_about_it():
    assert set(benefit.HARM) == set(perfection.COSTS["harm"])
    for where, fact in facts.facts(perfection.COSTS, "costs"):
        low, high = fact["range"]

        assert low <= fact["value"] <= high, where
        assert "assumed" == fact["basis"]


def test_who_harms_nobody_is_perfect():
    assert 1 == MEASURES["perfect_share"].function(np.array([[5], [0]])).value[0]
    assert 0 == MEASURES["perfect_share"].function(np.array([[0], [5]])).value[0]
