"""Evaluate: an evaluator's report beside the truth, and gaps that add up."""

import copy
import json

import numpy as np
import pytest

from demerit import evaluate as evaluation
from demerit import facts, rollout_storage, storage, trial
from demerit.columns import LAW, SCHEME
from demerit.facts import InputError

CALENDAR = """\
format = 1
key = "made"
title = "One scheme in half of the places, picked at random"
version = "own"
kind = "rollout"
scope = "nation"
[[wave]]
key = "half"
scheme = "{scheme}"
choice = "random"
month = {{ value = {start}, basis = "assumed", why = "x", range = [{start}, {start}] }}
share = {{ value = 0.5, basis = "assumed", why = "x", range = [0.5, 0.5] }}
effort = {{ value = {effort}, basis = "assumed", why = "x", range = [1, 2] }}
[pick]
able  = {{ value = 0, basis = "assumed", why = "x", range = [0, 0] }}
eager = {{ value = 0, basis = "assumed", why = "x", range = [0, 0] }}
[spill]
share = {{ value = {spill}, basis = "assumed", why = "x", range = [0, 1] }}
[moves]
rate = {{ value = 0, basis = "assumed", why = "x", range = [0, 0] }}
"""


def calendar(folder, scheme="suining", start=6, effort=1.0, spill=0.0):
    path = folder / "made.toml"
    path.write_text(CALENDAR.format(scheme=scheme, start=start, effort=effort, spill=spill))
    return str(path)


def made(folder, people=60_000, months=14, **rules):
    request = trial.Request(calendar(folder, **rules), people=people, months=months, quick=True)
    out = storage.write(trial.run(request), folder / "run")
    document = storage.read_document(out)
    plan = evaluation.design(document)
    return document, rollout_storage.read_places(out, document), plan, out


@pytest.fixture(scope="module")
def fair(tmp_path_factory):
    """Half of the places at random, agencies as ever, nothing spills over."""
    document, places, plan, out = made(tmp_path_factory.mktemp("fair"))
    return document, places, plan, evaluation.live_everywhere(document, plan), out


@pytest.fixture(scope="module")
def report(fair):
    document, places, plan, everywhere, _ = fair
    deeds = evaluation.scored(document, plan)
    return evaluation.evaluate(document, places, everywhere, plan, deeds)


def test_the_gaps_add_up_to_the_whole(report):
    assert len(report["outcomes"]) >= 3
    for row in report["outcomes"]:
        parts = sum(gap["value"] for gap in row["gaps"].values())

        assert parts == pytest.approx(row["gap"], abs=1e-12)
        assert row["recorded"] - row["everywhere"] == pytest.approx(row["gap"], abs=1e-12)


def test_a_fair_trial_tells_the_truth(report):
    """Random places, agencies that look no harder, no spill-over: the interval covers what the
    scheme everywhere does, and each step that a fair trial cannot get wrong is chance at the most.
    """
    assert all(row["covered"] for row in report["outcomes"])
    for row in report["outcomes"]:
        assert 0 == row["gaps"]["spill_over"]["value"]
        for name in ("records", "trends", "answers"):
            gap = row["gaps"][name]
            assert abs(gap["value"]) <= 3.5 * gap["standard_error"], (row["key"], name)


def test_agencies_that_look_harder_in_pilots_are_taken_for_more_deeds(tmp_path, report):
    document, places, plan, _ = made(tmp_path, effort=2.0)
    everywhere = evaluation.live_everywhere(document, plan)
    row = evaluation.outcome("traffic_offence", places, everywhere, plan)
    fair_row = next(row for row in report["outcomes"] if row["key"] == "traffic_offence")

    assert row["recorded"] == pytest.approx(1.0, abs=0.15)  # twice as many are seen
    assert not row["covered"]
    assert row["gaps"]["records"]["value"] > 10 * row["gaps"]["records"]["standard_error"]
    assert "what is written down is not what is done" in evaluation.sentence({"title": "x", **row})
    # The truth of the scheme everywhere knows no pilots' effort.
    assert row["everywhere"] == fair_row["everywhere"]


# ---- planted answers, without a run


def planted(pilot=1.0, waiting=1.0, scaled=1.0, elsewhere=1.0, seen=0.1, trend=1.0, places=8):
    """Places of which the first half are pilots; deeds are multiplied as said after month 5."""
    base = np.full((places, 3, 12), 1_000.0)
    half = np.arange(places) < places // 2
    base[half, :, 6:] *= trend
    here, there = base.copy(), base.copy()
    here[half, SCHEME, 6:] *= pilot
    here[~half, SCHEME, 6:] *= waiting
    there[half, SCHEME, 6:] *= scaled
    there[~half, SCHEME, 6:] *= elsewhere
    people = np.full(base.shape, 10_000)
    given = {"people": people, "deed_fraud": here, "record_fraud": here * 0.1}
    given["record_fraud"][half, SCHEME, 6:] *= seen / 0.1
    wave = {"key": "w", "scheme": "suining", "title": "x", "choice": "random"}
    plan = evaluation.Design(wave, half, ~half, 6, 12)
    return evaluation.outcome("fraud", given, {"people": people, "deed_fraud": there}, plan)


@pytest.mark.parametrize(
    ("name", "rules", "value"),
    [
        ("records", {"seen": 0.2}, 1.0),
        ("spill_over", {"waiting": 0.9}, 1 / 0.9 - 1),
        ("trends", {"trend": 1.5}, 0.5),
        ("scale", {"pilot": 0.8, "elsewhere": 0.9, "scaled": 0.9}, -0.1),
        ("answers", {"pilot": 0.8, "scaled": 0.8, "elsewhere": 1.0}, -0.1),
    ],
)
def test_each_bias_is_told_by_its_own_gap(name, rules, value):
    row = planted(**rules)

    assert row["gaps"][name]["value"] == pytest.approx(value)
    for other, gap in row["gaps"].items():
        assert other == name or gap["value"] == pytest.approx(0, abs=1e-12), other
    assert row["gap"] == pytest.approx(value)


def test_without_any_bias_the_report_is_the_truth():
    row = planted(pilot=0.7, scaled=0.7, elsewhere=0.7)

    assert row["recorded"] == pytest.approx(row["everywhere"]) == pytest.approx(-0.3)
    assert row["gap"] == pytest.approx(0, abs=1e-12)
    assert "30% less" in evaluation.sentence({"title": "x", **row})


def test_too_few_records_say_nothing():
    assert planted(seen=1e-4) is None


# ---- which places and months


def document_of(*cohorts, months=40, ended=None):
    """run.json of a rollout: (waves, places) for each cohort; a wave is named by its month."""
    names = dict.fromkeys(name for waves, _ in cohorts for name in waves)
    waves = [{"key": name, "month": int(name.split("-")[-1]), "scheme": "suining", "title": "x",
              "choice": "all" if name.startswith("all") else "random",
              "ended": {"scheme": (ended or {}).get(name)}} for name in names]  # fmt: skip
    rows = [k for k, (_, places) in enumerate(cohorts) for _ in range(places)]
    return {"run": "r", "months": months, "rollout": {
        "waves": waves, "cohorts": [{"waves": list(own)} for own, _ in cohorts],
        "place_cohorts": rows}}  # fmt: skip


def test_pilots_are_compared_with_places_that_wait_until_these_begin():
    document = document_of((["a-12"], 2), (["b-12"], 1), (["all-36"], 5))
    plan = evaluation.design(document)

    assert ("a-12", 12, 36) == (plan.wave["key"], plan.start, plan.end)
    assert [1, 1, 0, 0, 0, 0, 0, 0] == plan.pilots.astype(int).tolist()
    assert [0, 0, 0, 1, 1, 1, 1, 1] == plan.others.astype(int).tolist()


def test_the_comparison_ends_with_the_scheme():
    document = document_of((["a-12"], 2), ([], 5), ended={"a-12": 20})

    assert 21 == evaluation.design(document).end


@pytest.mark.parametrize(
    ("cohorts", "word"),
    [
        ([(["a-0"], 2), ([], 5)], "no time before"),
        ([(["a-40"], 2), ([], 5)], "--months more"),
        ([(["all-12"], 2)], "no place is left"),
        ([(["a-12", "b-12"], 2), ([], 5)], "one beside it"),
        ([(["all-3", "a-12"], 2), (["all-3"], 5)], "another scheme before"),
    ],
)
def test_what_cannot_be_compared_is_said(cohorts, word):
    document = document_of(*cohorts)
    key = document["rollout"]["waves"][-1]["key"]
    with pytest.raises(InputError, match=word):
        evaluation.design(document, key)


def test_a_run_of_one_scheme_has_nothing_to_evaluate():
    with pytest.raises(InputError, match="no run of a calendar"):
        evaluation.design({"run": "suining-1"})


def test_a_wave_that_there_is_not_is_told_the_nearest():
    with pytest.raises(InputError, match="did you mean 'a-12'"):
        evaluation.design(document_of((["a-12"], 2), ([], 5)), "a-13")


# ---- the run with the scheme everywhere


def test_everywhere_is_the_same_people_under_ordinary_law(fair):
    _, places, plan, everywhere, _ = fair
    for name in ("people", "deed_traffic_offence", "deed_late_bill"):
        assert np.array_equal(
            places[name][:, LAW, : plan.end], everywhere[name][:, LAW, : plan.end]
        )
    after = everywhere["deed_traffic_offence"][plan.others, SCHEME, plan.start :]
    assert np.any(
        after != places["deed_traffic_offence"][plan.others, SCHEME, plan.start : plan.end]
    )


def test_in_pilots_the_scheme_does_the_same_where_it_stands_elsewhere_too(fair):
    """Nothing spills over in this run, and no agency looks harder: a place alone is a place."""
    _, places, plan, everywhere, _ = fair
    for name in ("deed_traffic_offence", "record_traffic_offence", "deed_late_bill"):
        here = places[name][plan.pilots, SCHEME, : plan.end]
        same = here == everywhere[name][plan.pilots, SCHEME, : plan.end]

        assert same.mean() > 0.9, name  # climates are of the pilots here and of all there


def test_a_run_of_another_version_is_not_evaluated(fair):
    document, _, plan, _, _ = fair
    other = copy.deepcopy(document)
    other["numbers"]["list"][0]["value"] = 12345
    with pytest.raises(InputError, match="cannot be lived again"):
        evaluation.live_everywhere(other, plan)


# ---- the command


@pytest.fixture
def call(fair, monkeypatch, capsys):
    from demerit.cli import main

    monkeypatch.setattr(evaluation, "live_everywhere", lambda *_: fair[3])

    def called(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["evaluate", str(fair[4]), *arguments])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return called


def test_the_command_says_it_in_plain_english(call):
    code, out, _ = call()

    assert 0 == code
    assert out.startswith("These people do not exist.")
    assert "months 0 to 5 before, 6 to 13 after" in " ".join(out.split())
    assert "A driving offence: the evaluator reports" in out


def test_the_command_prints_one_document(call, report):
    code, out, _ = call("--json", "--outcome", "traffic_offence")
    document = json.loads(out)

    assert 0 == code
    assert ["traffic_offence"] == [row["key"] for row in document["outcomes"]]
    assert (
        document["outcomes"][0]
        == json.loads(json.dumps(report["outcomes"]))[
            [row["key"] for row in report["outcomes"]].index("traffic_offence")
        ]
    )


def test_a_deed_that_is_not_scored_is_refused(call):
    code, _, err = call("--outcome", "volunteering")

    assert 2 == code
    assert "is not scored" in err


def test_every_gap_has_its_words():
    assert set(evaluation.GAPS) == set(evaluation.BECAUSE)
    assert len(evaluation.STEPS) == len(evaluation.GAPS) + 1
    assert facts.read("deeds.toml")["deed"]
