"""Comparison: the same people under each scheme, whichever is named first; whole or not at all."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from demerit import ablation, comparison, ensemble, scheme, trial
from demerit.columns import LAW, SCHEME
from demerit.measures import MEASURES
from demerit.run import RunError
from demerit.trial import Request

KEYS = ("suining", "court-list", "national", "none")
SMALL = ("--people", "3000", "--months", "2", "--quick")


def ask(keys, people=12_000, months=6, **options):
    return [Request(key, people=people, months=months, quick=True, **options) for key in keys]


@pytest.fixture(scope="module")
def results():
    """Each scheme's trial, as the comparison asks for it."""
    requests = ask(KEYS)
    settings = comparison.check(requests)
    return [trial.answer(r, here) for r, here in zip(requests, settings, strict=True)]


@pytest.fixture(scope="module")
def compared():
    return comparison.run(ask(KEYS))


# ---- the same people


def test_under_ordinary_law_everybody_lives_the_same_life(compared):
    first, *others = compared.frames.values()

    assert len(others) == 3
    for frames in others:
        assert list(frames) == list(first)
        same = [n for n in first if np.array_equal(first[n][LAW], frames[n][LAW])]
        rest = set(first) - set(same)
        assert all(n.startswith(comparison.OF_SCHEME) for n in rest), rest
        assert {"people", "employed", "deed_bribe", "unpaid_unable", "protest"} <= set(same)


def test_the_schemes_do_not_do_the_same(compared):
    first, *others = compared.frames.values()

    for frames in others:
        assert not all(np.array_equal(first[n][SCHEME], frames[n][SCHEME]) for n in first)


@pytest.mark.parametrize("part", ["frames", "climate"])
def test_another_life_under_ordinary_law_is_a_fault_of_the_program(results, part):
    comparison.check_law(results)
    name = {"frames": "employed", "climate": "hear_32"}[part]
    arrays = dict(getattr(results[1], part))
    arrays[name] = arrays[name].copy()
    arrays[name][LAW, 0] += 1
    planted = replace(results[1], **{part: arrays})

    with pytest.raises(RunError, match=f"suining and those of court-list differ .{name}"):
        comparison.check_law([results[0], planted])


def test_a_national_scheme_in_a_county_has_the_nation_on_file(results, china):
    settings = comparison.check(ask(KEYS))

    assert {(s.place, s.people) for s in settings} == {(settings[0].place, 12_000)}
    assert settings[0].place is not None
    assert [s.covered for s in settings] == [None, *[china.population] * 3]
    made = [trial.plan(s.scheme, s.society, 1, 1, s.people, s.place, covered=s.covered)
            for s in settings]  # fmt: skip
    assert list(made[0].blocks) == list(made[1].blocks)
    alone = trial.plan(settings[1].scheme, settings[1].society, 1, 1, 12_000, settings[1].place)
    assert made[1].scheme_tables.file_share_32 > 1000 * alone.scheme_tables.file_share_32


def test_national_schemes_alone_run_on_the_nation():
    settings = comparison.check(ask(("sesame", "court-list")))

    assert [(s.place, s.people, s.covered) for s in settings] == [(None, 12_000, None)] * 2
    assert "sample of 12,000" in comparison.where_in_words(settings)


def test_a_scheme_made_for_another_society_is_said_to_be_so():
    requests = ask(("cibil", "court-list"))
    abroad = comparison.where_in_words(comparison.check(requests))
    at_home = [replace(r, society="india-2011") for r in requests]

    assert "The rules of cibil were made for india-2011, another society." in abroad
    assert "another society" not in comparison.where_in_words(comparison.check(at_home))


@pytest.mark.parametrize("keys", [("suining", "sketch-rongcheng"), ("sketch-rongcheng", "suining")])
def test_of_two_trials_the_larger_one_gives_the_place(keys):
    requests = [Request(key, quick=True) for key in keys]
    settings = comparison.check(requests)
    own = trial.setting(Request("suining"))

    assert {(s.place, s.people) for s in settings} == {(own.place, 1_100_000)}


# ---- the numbers


def test_two_orders_of_schemes_give_the_same_numbers(compared):
    turned = comparison.run(ask(KEYS[::-1]))

    assert turned.document["digest"] == compared.document["digest"]
    assert turned.document["numbers"]["total"] == compared.document["numbers"]["total"]
    for key, measure in compared.document["measures"].items():
        other = turned.document["measures"][key]
        assert measure["by_scheme"] == other["by_scheme"]
        assert measure["law"] == other["law"]
        assert {frozenset(p) for p in measure["differs"]} == {
            frozenset(p) for p in other["differs"]
        }
        back = {(p["b"], p["a"]): -p["difference"] for p in other["pairs"]}
        assert {(p["a"], p["b"]): p["difference"] for p in measure["pairs"]} == back


def test_each_scheme_has_the_numbers_of_its_own_trial(compared):
    alone = trial.run(Request("suining", people=12_000, months=6, quick=True, threads=2))

    mine = next(s for s in compared.document["schemes"] if s["key"] == "suining")
    assert mine["digest"] == alone.document["digest"]
    for key, measure in alone.document["measures"].items():
        one = compared.document["measures"][key]["by_scheme"]["suining"]
        assert [one[n] for n in ("with", "effect", "chance_low", "chance_high")] == [
            measure[n] for n in ("with", "effect", "chance_low", "chance_high")
        ]


def test_a_difference_is_that_of_an_ablation(results, compared):
    one, two = (r.runs[0] for r in results[:2])
    told = 0
    for key, m in MEASURES.items():
        pairs = compared.document["measures"][key]["pairs"]
        pair = next((p for p in pairs if (p["a"], p["b"]) == KEYS[:2]), None)
        if pair is None or pair["chance_low"] is None:
            continue
        first, second, half = ablation.difference(m, one, two)
        assert pair["difference"] == second - first
        assert pair["chance_high"] - pair["difference"] == pytest.approx(half)
        moved = abs(second - first) > half
        assert moved == (list(KEYS[:2]) in compared.document["measures"][key]["differs"])
        told += moved
    assert told > 5


def test_a_copy_of_a_scheme_differs_from_it_in_nothing(tmp_path):
    text = scheme.find("suining").read_text(encoding="utf-8")
    copy = tmp_path / "copied.toml"
    head = next(line for line in text.splitlines() if line.startswith("key"))
    copy.write_text(text.replace(head, 'key = "copied"', 1), encoding="utf-8")
    document = comparison.run(ask(("suining", str(copy)))).document

    assert document["schemes"][0]["digest"] == document["schemes"][1]["digest"]
    assert all(m["differs"] == [] for m in document["measures"].values())
    assert {p["difference"] for m in document["measures"].values() for p in m["pairs"]} == {0.0}


def test_ordinary_law_is_one_number_but_for_what_the_schemes_decide(compared):
    measures = compared.document["measures"]

    for measure in measures.values():
        alone = {one["without"] for one in measure["by_scheme"].values()} - {None}
        assert measure["law"] is None or alone == {measure["law"]}
    assert measures["employment"]["law"] is not None
    assert measures["deeds_bribe"]["law"] > 0
    assert measures["sanctioned_share"]["law"] == 0  # though `none` has nobody to share it among


def test_what_rests_on_too_few_is_not_told_apart(compared):
    measures = compared.document["measures"]
    few = [(m, key) for m in measures.values() for key, one in m["by_scheme"].items()
           if one["with"] is not None and not one["enough"]]  # fmt: skip

    assert few
    for measure, key in few:
        assert not any(key in (p["a"], p["b"]) for p in measure["pairs"])


# ---- what is not known


def test_schemes_that_share_a_number_share_its_draws(results):
    """One Sobol set spans the numbers of both, in an order that is neither's."""
    settings = comparison.share_draws(comparison.check(ask(("suining", "sketch-rongcheng"))))
    drawn = {}

    class Question:
        society, seed = "china-2020", 1

        def __init__(self, key):
            self.scheme, self.asked = key, []

        def ask_each(self, asked):
            for one in asked:
                self.asked.append(one["changed"])
                yield results[0].runs[0]

    for here in settings:
        question = Question(here.scheme.key)
        found = ensemble.not_known(question, False, lambda *_: None, 4, here.varied)
        drawn[here.scheme.key] = question.asked
        assert len(found["each"]) == 4
    one, two = drawn.values()
    shared = set(one[0]) & set(two[0])
    assert len(shared) > 50
    assert set(one[0]) - shared
    assert all(a[name] == b[name] for a, b in zip(one, two, strict=True) for name in shared)


def test_an_interval_of_a_difference_takes_the_draws_of_one_fate():
    one = [{"x": 1.0}] * 20 + [None] * 5
    two = [None] * 2 + [{"x": 3.0}] * 23

    assert comparison.gaps("x", one, two) == [2.0] * 18


@pytest.mark.slow
def test_what_is_not_known_is_paired_over_draws(monkeypatch):
    few = partial(ensemble.not_known, draws=ensemble.SAME_MIN)
    monkeypatch.setattr(ensemble, "not_known", few)
    monkeypatch.setattr(ensemble, "correlations", lambda *_: {})
    requests = [replace(r, quick=False) for r in ask(("court-list", "none"), 3_000, 1)]
    document = comparison.run(requests).document
    pairs = [p for m in document["measures"].values() for p in m["pairs"]]
    known = [p for p in pairs if p["low"] is not None]

    assert [s["draws"] for s in document["schemes"]] == [ensemble.SAME_MIN] * 2
    assert len(known) > 50
    assert all(p["low"] <= p["high"] for p in known)
    assert all(m["differs_throughout"] is not None for m in document["measures"].values())
