"""Prices: numbers that measures alone use are numbers too, and vary with the others."""

import numpy as np
import pytest

from demerit import ensemble, facts, run
from demerit import scheme as schemes
from demerit.contrast import values
from demerit.measures import MEASURES, benefit, prices


@pytest.fixture(scope="module")
def counts(make_plan, harsh):
    return run.simulate(make_plan(people=2_500, months=4, values=harsh), 1, months_before=1)


def test_every_price_is_among_the_numbers_that_are_not_known():
    varied = {name for name, _ in ensemble.ranged(schemes.load("suining"), "china-2020")}
    for file in prices.FILES:
        spec = facts.read(f"{file}.toml")

        assert {name for name, _ in facts.facts(spec, file)} <= varied


def test_a_draw_reckons_by_its_own_prices_and_leaves_the_others_alone(counts):
    """Twice as much for everything: enforcement, administration and harm cost twice as much."""
    names = dict(facts.facts(facts.read("costs.toml"), "costs"))
    twice = {name: 2 * fact["value"] for name, fact in names.items()}
    once, more = ensemble.headlines(counts), ensemble.headlines(counts, twice)
    for key in ("enforcement_cost", "administration_cost"):
        assert 2 * once[key] == pytest.approx(more[key])
    assert 2 * once["harm_averted_net"] == pytest.approx(more["harm_averted_net"])
    assert once["sanctioned_share"] == more["sanctioned_share"]
    assert ensemble.headlines(counts)["enforcement_cost"] == once["enforcement_cost"]


def test_net_of_displacement_lies_between_nothing_and_all_that_fear_holds_back(counts):
    """By hand: averted less the share moved of what is withheld, over the deeds under law."""

    def total(name, world):
        return int(counts.total[world, counts.counters.index(name), 0])

    held, here = (total(f"{what}_littering", 1) for what in ("withheld", "deed"))
    law = total("deed_littering", 0)
    for moved in (0.0, 0.5, 1.0):
        with prices.at({"displacement.moved.littering": moved}):
            found = values(MEASURES["averted_net_littering"], counts.total, counts.counters)

        assert (law - here - moved * held) / law == pytest.approx(found["with"][0])
    gross = values(MEASURES["averted_littering"], counts.total, counts.counters)["with"][0]
    assert (law - here) / law == pytest.approx(gross)


def test_what_moves_is_harm_that_can_be_done_elsewhere():
    """A due, or a parent in need, is where it is."""
    deeds = facts.read("deeds.toml")["deed"]
    stays = {key for key in benefit.HARM if deeds[key]["kind"] in ("due", "spell")}

    assert set(benefit.HARM) - stays == set(prices.now().moved)


def test_a_price_of_no_file_is_refused():
    with pytest.raises(facts.InputError, match=r"no number is called costs\.harm\.sloth"):
        prices.read({"costs.harm.sloth": 1.0})


def test_cost_for_each_yuan_averted_is_the_ratio_of_both(counts):
    def value(key):
        return float(values(MEASURES[key], counts.total, counts.counters)["with"][0])

    running = sum(value(key) for key in ("enforcement_cost", "administration_cost",
                                         "shut_doors_cost"))  # fmt: skip
    averted = value("harm_averted_net")
    if averted > 0:
        assert running / averted == pytest.approx(value("cost_per_averted"))
    else:
        assert np.isnan(value("cost_per_averted"))
