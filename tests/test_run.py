"""Run: who lives in a run, in what order, and what the trial around it says."""

from dataclasses import replace

import numpy as np
import pytest

from demerit import facts, run, trial
from demerit.columns import LAW, SCHEME, WORLDS
from demerit.society import grades
from demerit.society.people import GROUPINGS


def test_a_run_has_the_people_that_were_asked_for(make_plan):
    for people in (1_000, 2_048, 2_049, 7_777):
        plan = make_plan(people=people)

        assert people == plan.people == sum(block.people for block in plan.blocks)


def test_a_region_has_people_enough_to_be_no_noise(make_plan):
    """Of a place; else of its province; else of the nation: 5,000 people at the least."""
    county, sample = make_plan(people=6_000), make_plan("none", people=20_000, place=None)
    larger = make_plan("none", people=100_000, place=None)
    size = np.bincount(larger.regions, [block.people for block in larger.blocks])
    provinces = np.bincount([b.province_index for b in larger.blocks],
                            [b.people for b in larger.blocks])  # fmt: skip

    assert {0} == set(county.regions) == set(sample.regions)
    assert 1 + (provinces >= run.REGION_PEOPLE).sum() == len(size)
    assert (size >= run.REGION_PEOPLE).sum() >= len(size) - 1


def test_too_many_people_for_lockstep_are_refused(make_plan):
    plan = make_plan(people=2_000_001, place="0412")
    with pytest.raises(facts.InputError, match="people"):
        run.simulate(plan)


def test_a_full_ledger_ends_the_run_with_what_to_do(make_plan, harsh):
    """Two years of old records wait for the scheme to begin: more than there is room for."""
    values = harsh | {"deeds.deed.traffic_offence.rate": 15.0}
    plan = make_plan(people=2_048, months=1, values=values, backlog_months=24)
    with pytest.raises(run.RunError, match="ledger"):
        run.simulate(plan, 1, months_before=24)


def test_progress_counts_the_months_to_the_end(make_plan):
    told = []
    run.simulate(make_plan(people=1_000, months=3), 1, lambda *step: told.append(step),
                 months_before=2)  # fmt: skip
    months = [step for step in told if step[0] == "months"]

    assert [("months", k, 5) for k in range(1, 6)] == months


def test_the_months_before_the_start_are_not_counted(make_plan):
    found = run.simulate(make_plan(people=1_000, months=3), 1, months_before=2)

    assert 3 == found.frames.shape[1]
    assert all(3 == array.shape[0] for array in found.climate.values())


def test_without_a_survey_every_count_is_the_same_and_its_tables_are_noughts(make_plan, harsh):
    plan = make_plan(people=2_300, months=13, values=harsh)
    found = [run.simulate(plan, 1, months_before=2, ask=ask) for ask in (True, False)]
    counted = len(found[0].counters)
    folds = [one.folds for one in found]

    assert found[0].digest() == found[1].digest()
    assert np.array_equal(folds[0][:, :, :counted], folds[1][:, :, :counted])
    assert folds[0].shape == folds[1].shape
    assert folds[0][:, :, counted:].any()
    assert not folds[1][:, :, counted:].any()


def test_in_however_many_folds_every_count_is_the_same(make_plan, harsh):
    """Of the survey, too, where everybody is asked."""
    plan = make_plan(people=9_000, months=13, values=harsh)
    found = [run.simulate(plan, 1, months_before=2, folds=folds) for folds in (1, 2, run.FOLDS)]

    assert [1, 2, 5] == [len(one.folds) for one in found]
    assert 1 == len({one.digest() for one in found})
    for one in found[1:]:
        assert np.array_equal(found[0].total, one.total)


def test_worlds_start_alike(make_plan, stop):
    block = stop(make_plan(people=1_000)).block()
    for name in ("cash_fen", "employed", "evading", "neglecting", "grievance"):
        column = block.column(name)

        assert all(np.array_equal(column[LAW], column[w]) for w in range(len(WORLDS))), name


def test_backlog_brings_old_records_in_at_the_start(make_plan):
    with_old = make_plan(people=5_000, months=1, backlog_months=6)
    without = make_plan(people=5_000, months=1)
    found = [
        int(c.frames[SCHEME, 0, c.counters.index("entry_traffic_offence"), 0])
        for c in (run.simulate(plan, 1, months_before=8) for plan in (with_old, without))
    ]

    assert found[0] == pytest.approx(7.3 * found[1], rel=0.35)


@pytest.fixture(scope="module")
def repealed(make_plan, harsh):
    """A scheme whose end takes one protester in 10,000 adults."""
    values = harsh | {"suining.repeal.share": 0.0001, "responses.protest.threshold": 0.01}
    return run.simulate(make_plan(people=6_000, months=12, values=values), 1, months_before=1)


def test_after_repeal_nobody_is_scored_sanctioned_or_recorded(repealed):
    month = repealed.repeal_month[SCHEME]
    assert month is not None
    assert month < 10

    for name in ("sanctioned", "entries", "appeals", "refused_job", "chilled", "deterred"):
        after = repealed.frames[SCHEME, month + 1 :, repealed.counters.index(name), 0]
        assert 0 == after.sum(), name


def test_months_after_repeal_are_not_averaged_in(repealed):
    window = repealed.repeal_month[SCHEME] + 1
    k = repealed.counters.index("people")

    assert window == repealed.window
    assert 6_000 * window == repealed.folds[:, SCHEME, k, 0].sum()


def test_an_error_in_a_month_is_not_swallowed(make_plan, monkeypatch):
    def fail(*_):
        raise IndexError("a month went wrong")

    monkeypatch.setattr(run, "MONTH", (fail,))
    with pytest.raises(IndexError, match="a month went wrong"):
        run.simulate(make_plan(people=1_000, months=1), 1, months_before=1)


# Trial


@pytest.fixture(scope="module")
def ask():
    base = trial.Request("suining", people=2_000, months=3, quick=True)
    return lambda **changes: trial.run(replace(base, **changes))


@pytest.fixture(scope="module")
def answer(ask):
    return ask()


def test_a_document_says_what_was_run(answer):
    document = answer.document

    assert ("suining", "china-2020", 2_000, 3, 1) == tuple(
        document[k] for k in ("scheme", "society", "people", "months", "seed")
    )
    assert list(WORLDS) == document["worlds"]
    assert 64 == len(document["digest"])
    assert document["groups"] == [name for names in GROUPINGS.values() for name in names]
    assert document["command"].startswith("demerit run suining --people 2000 --months 3 --seed 1")


def test_a_run_on_another_society_counts_in_its_money_and_says_what_its_figures_rest_on(ask):
    document = ask(scheme="none", society="india-2011").document

    assert "rupees" == document["currency"] == document["measures"]["arrears_mean"]["unit"]
    assert "India, 2011" == document["society_title"]
    assert grades("india-2011") == document["totals"]
    assert "--society india-2011" in document["command"]


def test_a_measure_of_a_document_has_its_sides_and_its_intervals(answer):
    wanted = {"unit", "with", "without", "effect", "low", "high", "chance_low", "chance_high",
              "interval", "by_group"}  # fmt: skip
    for key, measure in answer.document["measures"].items():
        assert wanted <= set(measure), key
        assert measure["low"] is measure["high"] is None


def test_the_digest_of_a_document_is_of_the_run_alone(ask, answer):
    assert answer.document["digest"] == ask(threads=2).document["digest"]
    assert answer.document["digest"] != ask(seed=2).document["digest"]


def test_five_replicates_have_their_own_interval(ask):
    measures = ask(replicates=5).document["measures"]

    assert "replicates" == measures["employment"]["interval"]


def test_the_basis_of_every_number_is_told(answer):
    told = answer.document["numbers"]

    assert told["total"] == told["stated"] + told["inferred"] + told["assumed"]
    assert told["total"] == len(told["list"])
    assert {row["source"] for row in told["list"] if row["source"]} <= set(
        answer.document["sources"]
    )


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"people": 0}, "people"), ({"months": 0}, "months"), ({"seed": -1}, "seed"),
        ({"replicates": 0}, "replicates"), ({"threads": 0}, "threads"),
        ({"place": "9999"}, "place"), ({"scheme": "suinin"}, "suining"),
        ({"society": "china"}, "china-2020"), ({"scheme": "none", "place": "0001"}, "place"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_is_told(ask, changes, word):
    with pytest.raises(facts.InputError, match=word):
        ask(**changes)


def test_all_that_is_wrong_with_a_request_is_told_at_once(ask):
    with pytest.raises(facts.InputError) as told:
        ask(people=0, months=-1, threads=0)

    assert 3 == len(str(told.value).splitlines())


def test_a_trial_runs_in_the_place_of_its_province_nearest_in_size(china):
    from demerit import scheme as schemes

    place, people = trial.where(trial.Request("suining"), schemes.load("suining"), china)
    k = china.places.keys.index(place)

    assert 1_100_000 == people
    assert "Jiangsu" == china.provinces[china.places.province[k]]
