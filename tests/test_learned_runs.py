"""Learned scores in whole runs, and in scheme files."""

import numpy as np
import pytest

from demerit import facts, learned, run, storage, trial
from demerit import scheme as schemes
from demerit.columns import LAW, SCHEME
from demerit.measures import MEASURES
from demerit.replay import recorded as replay
from demerit.replay import story
from demerit.replay.recorded import Recorded, months_of

START = 600  # of learned.toml
MOVES = ("entered", "erased")
OFTEN = {"learned.learned.every_months": 3, "learned.learned.window_months": 6}


@pytest.fixture(scope="module")
def plan(make_plan):
    return make_plan("learned", people=4_200, months=8, values=OFTEN)


@pytest.fixture(scope="module")
def counts(plan):
    return run.simulate(plan, 1, months_before=12)


def test_weights_change_in_the_month_after_a_fit_and_in_no_other(plan, counts):
    weights = counts.climate["weights"][:, SCHEME]
    changes = [m for m in range(1, 8) if not np.array_equal(weights[m], weights[m - 1])]

    assert [4, 7] == changes
    assert np.array_equal(plan.scheme_tables.first, weights[0])
    assert np.abs(weights).max() <= plan.scheme_tables.most_points
    assert 0 == np.abs(weights[:, plan.scheme_tables.traced == 0]).max()
    assert 0 == np.abs(counts.climate["weights"][:, LAW]).max()


def test_an_earlier_default_goes_with_a_later_one(counts, deeds):
    assert counts.climate["weights"][-1, SCHEME, deeds.index("loan_default")] < 0


def test_people_are_regraded_in_the_month_after_a_fit_and_in_no_other(counts):
    regraded = counts.frames[SCHEME, :, counts.counters.index("regraded"), 0]

    assert {4, 7} == set(np.flatnonzero(regraded).tolist())


def test_points_lost_have_a_class_each(counts):
    lost, habit, harm = (
        counts.frames[:, :, counts.counters.index(name)]
        for name in ("trace_points_lost", "trace_points_lost_habit", "trace_points_lost_harm")
    )

    assert np.all(habit + harm <= lost)
    assert habit[SCHEME, 7, 0] > 0
    assert 0 == habit[SCHEME, :4].sum()  # until the first fit no habit weighs anything
    assert 0 == lost[LAW].sum()


def test_threads_and_order_change_no_weight(plan, counts):
    assert counts.digest() == run.simulate(plan, 2, order=[2, 0, 1], months_before=12).digest()


def test_a_run_without_the_mechanism_keeps_the_weights_of_its_file(make_plan):
    plan = make_plan("learned", people=2_500, months=5, values={"learned.learned.every_months": 0})
    weights = run.simulate(plan, 1, months_before=2).climate["weights"][:, SCHEME]

    assert np.array_equal(weights, np.tile(plan.scheme_tables.first, (5, 1)))


def test_blocks_live_again_over_the_recorded_weights(plan):
    counts = run.simulate(plan, 1)
    climate = {name: np.moveaxis(array, 0, 1) for name, array in counts.climate.items()}
    recorded = Recorded({}, plan, months_of(climate), facts.read("deeds.toml")["deed"], [])

    assert np.array_equal(counts.frames, replay.live(recorded, range(3), counting=True))


def test_a_run_holds_whole_weights_and_its_measures(tmp_path):
    request = trial.Request("learned", people=1_000, months=14, quick=True)
    result = trial.run(request)
    document, _, climate = storage.read(storage.write(result, tmp_path / "run"))

    assert np.int64 == climate["weights"].dtype
    assert {"learned_habit_share", "learned_harm_share", "regraded_rate"} <= set(
        document["measures"]
    ) & set(MEASURES)
    assert np.any(climate["weights"][SCHEME, 13] != climate["weights"][SCHEME, 12])


def test_a_scheme_that_learns_nothing_has_a_digest_without_weights(make_plan):
    counts = run.simulate(make_plan("suining", people=2_100, months=1), 1, months_before=1)
    digest = counts.digest()
    counts.climate.pop("weights")

    assert digest == counts.digest()


# A scheme file


@pytest.fixture
def change(tmp_path):
    """The faults of the shipped file with some text changed."""

    def change(old, new):
        text = schemes.find("learned").read_text()
        assert old in text
        path = tmp_path / "mine.toml"
        path.write_text(text.replace(old, new, 1))
        return [str(fault) for fault in schemes.examine(path)]

    return change


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('value = "loan_default"', 'value = "bribe"', "learned.outcome: 'bribe' is not among"),
        ("[learned]", "[learnt]", "learned: is missing"),
        ("prior_count     = { value = 100", "prior_count     = { value = 0", "prior_count"),
        ('kind     = "learned"', 'kind     = "points"', "learned: this key is unknown"),
        ("gaming          =", "gamming         =", "points.gamming: no such deed"),
        ("value = -60", "value = -600", "further from nought than most_points"),
        ("[[tier]]", "[erase]\nmonths = { value = 1, basis = \"assumed\", why = \"a\", range = "
         "[1, 1] }\npaid_months = { value = 0, basis = \"assumed\", why = \"a\", range = [0, 0] }\n"
         "[[tier]]", "a trace stands for learned.window_months"),
    ],
)  # fmt: skip
def test_a_fault_of_a_learned_scheme_is_told(change, old, new, word):
    assert any(word in fault for fault in change(old, new))


def test_nobody_fears_or_shows_off_a_trace(make_plan):
    tables = make_plan("learned").scheme_tables

    assert 0 == np.abs(tables.points).max() == tables.fear_16.max() == tables.show_16.max()
    assert 0 == tables.told_256
    assert 256 == make_plan("suining").scheme_tables.told_256


def test_every_deed_has_a_bit():
    assert len(facts.read("deeds.toml")["deed"]) <= learned.DEEDS_MAX


# What is told of a life


@pytest.fixture(scope="module")
def told(plan):
    """Stories of the first people of a run whose points are given by traces."""
    counts = run.simulate(plan, 1)
    climate = {name: np.moveaxis(array, 0, 1) for name, array in counts.climate.items()}
    deeds, agencies = facts.read("deeds.toml")["deed"], facts.read("agencies.toml")["agency"]
    recorded = Recorded({"run": "mine"}, plan, months_of(climate), deeds, list(agencies))
    first = plan.blocks[0].first
    return [story.story(recorded, first + k) for k in range(60)]


def test_entries_and_erasures_of_a_year_add_up_to_the_score(told):
    """Until the first fit: the start, what came and what went; a second entry moves nothing."""
    several = 0
    for life in told:
        events = [e for e in life["events"] if e["month"] < 4 and e["event"] in MOVES]
        points = sum(e["points"] for e in events)
        state = life["months"][3]["scheme"]
        if "score_points" in state and not any(e["event"] == "corrected" for e in life["events"]):
            assert START + points == state["score_points"]
        several += sum(e["points"] == 0 and e["deed"] == "on_time" for e in events)

    assert several > 0


def test_new_weights_that_regrade_are_told(told):
    months = {e["month"] for life in told for e in life["events"] if e["event"] == "regraded"}

    assert months <= {4, 7}
    assert months
