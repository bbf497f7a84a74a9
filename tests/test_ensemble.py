"""Ensemble: numbers that nobody has published are varied inside their ranges, and they alone."""

import time
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import ensemble, facts
from demerit import scheme as schemes


@given(st.floats(0, 1), st.integers(-(10**6), 10**6), st.floats(0, 1e6), st.booleans())
def test_a_value_drawn_lies_in_its_range(u, low, span, whole):
    low = low if whole else low / 1000
    fact = {"value": 1 if whole else 1.0, "range": [low, low + span]}
    if whole:
        fact["range"] = [int(low), int(low) + int(span)]
    found = ensemble.at(fact, u)

    room = 1e-6 + 1e-12 * abs(fact["range"][1])
    assert fact["range"][0] - room <= found <= fact["range"][1] + room
    assert isinstance(found, int) == whole


def test_a_wide_range_is_drawn_on_a_log_scale_and_a_narrow_one_is_not():
    assert 1e-5 == pytest.approx(ensemble.at({"value": 1e-5, "range": [1e-6, 1e-4]}, 0.5))
    assert 5.5 == pytest.approx(ensemble.at({"value": 2.0, "range": [1.0, 10.0]}, 0.5))
    assert 50 == ensemble.at({"value": 2, "range": [0, 100]}, 0.5)


def test_the_ends_of_a_range_are_reached():
    for span in ([1e-6, 1e-3], [0.0, 5.0], [-3, 3]):
        fact = {"value": span[0], "range": span}

        assert span == pytest.approx([ensemble.at(fact, 0.0), ensemble.at(fact, 1.0)])


def test_points_fill_the_cube_evenly():
    points = ensemble.sobol(7, 1)

    assert (64, 7) == points.shape
    assert np.all((points >= 0) & (points < 1))
    for column in points.T:  # a Sobol set has one point in each 64th
        assert list(range(64)) == sorted(int(64 * x) for x in column)


def test_points_belong_to_their_seed():
    assert np.array_equal(ensemble.sobol(5, 1), ensemble.sobol(5, 1))
    assert not np.array_equal(ensemble.sobol(5, 1), ensemble.sobol(5, 2))


@pytest.mark.parametrize("key", schemes.keys())
def test_every_assumed_number_of_a_run_has_a_range(key):
    for name, fact in ensemble.numbers(schemes.load(key), "china-2020"):
        assert fact["basis"] != "assumed" or "range" in fact, name


@pytest.mark.parametrize("key", schemes.keys())
def test_what_is_varied_holds_its_own_value_within_its_range(key):
    varied = ensemble.ranged(schemes.load(key), "china-2020")

    assert len(varied) > 100
    for name, fact in varied:
        assert fact["range"][0] <= fact["value"] <= fact["range"][1], name


def test_the_false_records_of_each_agency_are_varied_on_their_own():
    varied = dict(ensemble.ranged(schemes.load("suining"), "china-2020"))

    for agency in facts.read("agencies.toml")["agency"]:
        assert f"agencies.agency.{agency}.false" in varied


def test_who_is_scored_is_never_varied():
    names = {name for name, _ in ensemble.ranged(schemes.load("suining"), "china-2020")}

    assert not {name for name in names if ".people." in name or name.startswith("society.place")}


@pytest.mark.parametrize("key", [key for key in schemes.keys() if key != "none"])
@pytest.mark.parametrize("u", [0.0, 1.0])
def test_a_scheme_at_the_ends_of_all_ranges_is_still_a_scheme(key, u):
    varied = ensemble.ranged(schemes.load(key), "china-2020")
    changed = {name: ensemble.at(fact, u) for name, fact in varied}
    spec = schemes.load(key, changed).spec
    for issuer in spec.get("issuer", []):
        least, start, cap, below, above = (
            issuer[name]["value"] for name in ("least", "start", "cap", "below", "above")
        )
        assert least <= start <= cap
        assert below <= above
    if spec["kind"] in ("private", "rollout"):  # the state scores nobody, or by other files
        return
    floors = [tier["floor"]["value"] for tier in spec["tier"]]

    assert floors == sorted(set(floors), reverse=True)
    assert spec["score"].get("least", {"value": 0})["value"] == floors[-1]


def test_too_few_draws_have_no_interval():
    assert ensemble.interval([1.0] * 15) is None
    assert ensemble.interval([*([1.0] * 15), float("nan")]) is None


def test_an_interval_holds_nine_draws_in_ten():
    low, high = ensemble.interval(range(101))

    assert (5.0, 95.0) == (low, high)


def test_a_question_varied_at_its_own_values_has_the_same_answer():
    question = ensemble.Question("suining", "china-2020", 2, 1, "0412", 1_000, 1)
    same = {name: fact["value"]
            for name, fact in ensemble.ranged(schemes.load("suining"), "china-2020")
            if not name.startswith("society.")}  # fmt: skip

    assert question.ask().digest() == question.ask(same).digest()


def test_one_number_changed_changes_the_answer():
    question = ensemble.Question("suining", "china-2020", 2, 1, "0412", 1_000, 1)

    assert question.ask().digest() != question.ask({"deeds.deed.bribe.rate": 0.03}).digest()


def test_draws_that_nobody_waits_for_any_more_are_not_lived(monkeypatch):
    """Ctrl-C, or a page that was left, after the first of 64."""
    asked = []

    class Question(ensemble.Question):
        def ask(self, changed=None, traits=None, threads=None, folds=0):
            asked.append(threads)
            time.sleep(0.01)
            return SimpleNamespace(repeal_month=[None, None])

    def stop(stage, done, total):
        raise KeyboardInterrupt

    monkeypatch.setattr(ensemble, "headlines", lambda counts, changed=None: {})
    question = Question("suining", "china-2020", 1, 1, "0412", 1_000, threads=2)
    with pytest.raises(KeyboardInterrupt) as held:  # as a traceback would, until it is told
        ensemble.not_known(question, False, stop)
    time.sleep(0.2)

    assert held.value
    assert {1} == set(asked)
    assert len(asked) < 10
