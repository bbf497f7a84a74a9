"""Gaps: what is dealt out anew goes with no group; parts add up; alike in all, treated alike."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from demerit import cli, contrast, dealt, gaps, run
from demerit.columns import SCHEME
from demerit.dealt import ALL, INPUTS
from demerit.lint_worlds import leave_out
from demerit.measures import MEASURES, fairness
from demerit.survey import tables

MONTHS, BEFORE = 6, 2


def quiet(stage, done, total):
    pass


@pytest.fixture(scope="module")
def plan(make_plan, harsh):
    """A place in which cameras see towns alone, and much comes of it."""
    uneven = {"agencies.agency.traffic_police.coverage_village": 0.0}
    return make_plan(people=20_000, months=MONTHS,
                     values=harsh | uneven | {"suining.repeal.share": 1})  # fmt: skip


@pytest.fixture(scope="module")
def lived(plan):
    """Counts in which some inputs are off, once for each set."""
    known = {}

    def lived(*off):
        if off not in known:
            known[off] = dealt.simulate(plan, frozenset(off), 2, months_before=BEFORE)
        return known[off]

    return lived


def standing(counts, grouping):
    return tables.read(f"standing_by_{grouping}", counts.folds[:, SCHEME], counts.counters)


# ---- dealing out


@pytest.mark.parametrize("key", [k for k, entry in INPUTS.items() if entry.before])
def test_what_is_dealt_stays_what_it_is_and_goes_with_no_group(key, plan):
    """Columns as a whole, among grown-up people and among children; drivers are no longer men."""
    found = {}
    with ThreadPoolExecutor(1) as pool:
        for off in (frozenset(), frozenset([key])):

            class Stopped(dealt.Dealt):
                def came(self, world, writer):
                    super().came(world, writer)
                    if writer == "society" and world.first == plan.blocks.first[0]:
                        n, life = world.people, world.life
                        found[bool(self.off)] = {
                            name: getattr(life, name)[..., :n].copy()
                            for name in ("age_years", "group", "male", *INPUTS[key].before)
                        }

            steps = Stopped(plan, pool, 1, off)
            steps.people_of([0])
    was, now = found[False], found[True]
    adult = was["age_years"] >= dealt.ADULT

    assert np.array_equal(was["group"], now["group"])
    for name in INPUTS[key].before:
        for who in (adult, ~adult):
            a, b = (np.sort(x[name][..., who], axis=-1) for x in (was, now))
            assert np.array_equal(a, b)
    assert any(not np.array_equal(was[name], now[name]) for name in INPUTS[key].before)
    if key == "deeds":
        drives = {state: x["deed_rate"][0] > 0 for state, x in (("was", was), ("now", now))}
        apart = {
            state: rate[adult & (was["male"] == 1)].mean() - rate[adult & (was["male"] == 0)].mean()
            for state, rate in drives.items()
        }
        assert apart["was"] > 0.2
        assert abs(apart["now"]) < 0.1


def test_with_nothing_dealt_out_it_is_the_run_itself(plan, lived):
    assert run.simulate(plan, 1, months_before=BEFORE).digest() == lived().digest()


def test_the_order_of_threads_changes_nothing(plan, lived):
    off = tuple(sorted(ALL))
    one = dealt.simulate(plan, ALL, 1, months_before=BEFORE)

    assert one.digest() == lived(*off).digest()


def test_the_home_that_agencies_see_is_ones_own_unless_eyes_are_off(plan):
    seen = {}
    with ThreadPoolExecutor(1) as pool:
        for off in (frozenset(), frozenset(["money"]), frozenset(["eyes"])):
            steps = dealt.Dealt(plan, pool, 1, off)
            life = steps.people_of([0]).lives[0]
            seen[off] = life.urban.copy(), life.need_fen.copy()
    (own, need), (kept, other), (moved, same) = seen.values()

    assert np.array_equal(own, kept)
    assert not np.array_equal(need, other)
    assert not np.array_equal(own, moved)
    assert np.array_equal(need, same)


# ---- the null test


def apart(counts, grouping, grown=slice(None)):
    """How far two groups lie apart in the rate of sanctions, in standard errors, at the most."""
    cells = leave_out(standing(counts, grouping))
    rates = gaps.rates_of(fairness.sanctioned, cells)[:, grown]
    found = []
    for a in range(rates.shape[1]):
        for b in range(a):
            difference = rates[:, a] - rates[:, b]
            half = contrast.half_width(difference[1:])
            found.append(abs(difference[0]) / (half / contrast.reach(difference.size - 1)))
    return max(x for x in found if np.isfinite(x))


GROWN = {"home": slice(None), "sex": slice(None), "income": slice(None),
         "schooling": slice(2, None), "age": slice(2, None)}  # of whom most are of age  # fmt: skip


@pytest.mark.parametrize("grouping", GROWN)
def test_groups_alike_in_every_input_are_treated_alike(lived, grouping):
    """Null: with all inputs off no two groups lie farther apart than chance puts ten pairs."""
    assert apart(lived(*sorted(ALL)), grouping, GROWN[grouping]) < 3.5


@pytest.mark.parametrize(("grouping", "left"), [("home", "eyes"), ("sex", "deeds")])
def test_an_input_that_is_on_puts_its_gap_in(lived, grouping, left):
    """The same test fails where one input is left on: cameras that see towns alone; men drive."""
    assert apart(lived(*sorted(ALL - {left})), grouping) > 4


# ---- parts


def made(rates, people=40_000, folds=10):
    """Standings of two groups with these shares under sanction, by the clean file too."""
    cells = np.zeros((folds, 8, 2), np.int64)
    for group, rate in enumerate(rates):
        under = round(people * rate / folds)
        cells[:, 7, group], cells[:, 0, group] = under, people // folds - under
    return {"sex": leave_out(cells)}


def test_parts_of_an_additive_gap_are_what_each_input_adds():
    """Deeds put in five points, eyes two the other way, the rest nothing; one point is left."""
    worlds = [
        made((0.1, 0.11 + 0.05 * ("deeds" in on) - 0.02 * ("eyes" in on)))
        for on in map(gaps.switched_on, range(gaps.SETS))
    ]
    row = gaps.part("sanctioned", "sex", worlds)

    assert ("male", "female") == (row["high"], row["low"])
    assert 0.04 == pytest.approx(row["gap"].value)
    expected = dict.fromkeys(INPUTS, 0.0) | {"deeds": 0.05, "eyes": -0.02}
    assert expected == pytest.approx({key: one.value for key, one in row["parts"].items()})
    assert 0.01 == pytest.approx(row["left"].value)
    assert 0.06 == pytest.approx(row["equal_eyes_exposure_money"].value)  # deeds stay on


def test_parts_that_work_together_share_and_still_add_up():
    worlds = [
        made((0.1, 0.1 + 0.06 * ({"deeds", "eyes"} <= on) + 0.002 * len(on)))
        for on in map(gaps.switched_on, range(gaps.SETS))
    ]
    row = gaps.part("sanctioned", "sex", worlds)
    parts = {key: one.value for key, one in row["parts"].items()}

    assert 0.032 == pytest.approx(parts["deeds"]) == pytest.approx(parts["eyes"])
    assert row["gap"].value == pytest.approx(sum(parts.values()) + row["left"].value)


def test_what_lies_beyond_chance_names_whether_its_numbers_are_assumed():
    worlds = [made((0.1, 0.1 + 0.05 * ("eyes" in on))) for on in
              map(gaps.switched_on, range(gaps.SETS))]  # fmt: skip
    row = gaps.part("sanctioned", "sex", worlds)
    inputs = {key: {"numbers": 3, "assumed": 3 if key == "eyes" else 2} for key in INPUTS}

    found = {"inputs": ["eyes"], "among_all": ["eyes"], "all_numbers_assumed": ["eyes"]}
    assert found == gaps.put_in_by(row, inputs)
    inputs["eyes"]["assumed"] = 2
    assert [] == gaps.put_in_by(row, inputs)["all_numbers_assumed"]


def test_too_few_people_have_no_gap():
    assert gaps.part("sanctioned", "sex", [made((0.1, 0.2), people=900)] * gaps.SETS) is None


@pytest.mark.parametrize(("rate", "measure"), [
    ("innocent_kept", "equal_opportunity"), ("sanctioned", None), ("undeserving_kept", None),
])  # fmt: skip
def test_the_gap_is_that_of_the_measure(lived, rate, measure):
    for grouping in ("home", "sex_age", "home_sex_age"):
        cells = standing(lived(), grouping)
        row = gaps.part(rate, grouping, [{grouping: leave_out(cells)}] * gaps.SETS)
        total = cells.sum(axis=0)
        expected = fairness.gap(gaps.RATES[rate].function(total))
        if measure:
            expected = MEASURES[f"{measure}_{grouping}"].function(total).value[0]
        assert expected == pytest.approx(row["gap"].value)


def test_the_numbers_behind_an_input_are_those_of_the_run(plan):
    found = dealt.behind(plan.scheme, "china-2020")

    assert list(INPUTS) == list(found)
    assert "agencies.agency.bank.coverage_town" in found["eyes"]["names"]
    assert all(0 < one["assumed"] <= one["numbers"] for one in found.values())
    for entry in INPUTS.values():  # a pattern that begins with a star is of schemes that have it
        for pattern in (p for p in entry.numbers if not p.startswith("*")):
            assert any(dealt.fnmatchcase(name, pattern) for one in found.values()
                       for name in one["names"]), pattern  # fmt: skip


@pytest.mark.slow
def test_the_command_parts_every_gap(capsys, monkeypatch):
    monkeypatch.setattr(run, "MONTHS_BEFORE", 1)
    with pytest.raises(SystemExit) as ended:
        cli.main(["gaps", "suining", "--people", "2000", "--months", "1", "--json"])
    document = json.loads(capsys.readouterr().out)

    assert not ended.value.code
    assert document["statement"].startswith("These people do not exist.")
    assert 64 == document["worlds"]
    for row in document["gaps"]:
        whole = sum(one["value"] for one in row["parts"].values()) + row["left"]["value"]
        assert whole == pytest.approx(row["gap"]["value"])


def test_a_calendar_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["gaps", "pilots"])

    assert 2 == ended.value.code
    assert "is a calendar of schemes" in capsys.readouterr().err


# ---- many at once


def test_a_gap_is_a_finding_by_holm_after_its_pairs(monkeypatch):
    """Two gaps at p = 0.02 and 0.01 by themselves, the first the widest of three pairs: 0.06 and
    0.01; of two by Holm, 0.06 and 0.02.  Of their twelve parts one at 0.004: 12 times that, 0.048,
    and the others at most 1."""
    rows = [
        {"by_luck": {"gap": 3 * 0.02, **dict.fromkeys(INPUTS, 0.5)}},
        {"by_luck": {"gap": 0.01, **dict.fromkeys(INPUTS, 0.5), "eyes": 0.004}},
    ]
    gaps.among_all(rows)

    assert [0.06, 0.02] == pytest.approx([row["by_luck"]["gap"] for row in rows])
    assert 0.048 == pytest.approx(rows[1]["by_luck"]["eyes"])
    assert 1 == rows[1]["by_luck"]["money"]
    assert gaps.holds(0.048)
    assert not gaps.holds(0.06)
    assert not gaps.holds(None)


def test_what_has_no_interval_is_in_no_family():
    rows = [{"by_luck": {"gap": None, **dict.fromkeys(INPUTS)}},
            {"by_luck": {"gap": 0.04, **dict.fromkeys(INPUTS)}}]  # fmt: skip
    gaps.among_all(rows)

    assert [None, 0.04] == [row["by_luck"]["gap"] for row in rows]


@pytest.mark.parametrize("groups", [2, 5])
def test_a_gap_picked_as_the_widest_is_called_one_time_in_twenty_at_most(groups):
    """Groups that are alike: the widest of ten pairs lies beyond its interval far oftener."""
    rng, trials, folds = np.random.default_rng(3), 1_000, 20
    pairs, called, alone = groups * (groups - 1) // 2, 0, 0
    for _ in range(trials):
        each = rng.normal(size=(folds, groups))
        means = each.mean(axis=0)
        difference = each[:, means.argmax()] - each[:, means.argmin()]
        sample = np.array([difference.mean(), *((difference.sum() - difference) / (folds - 1))])
        called += gaps.by_luck(sample, pairs) < 0.05
        alone += gaps.is_beyond_chance(gaps.figure(sample))

    assert called / trials < 0.05 + 3 * (0.05 * 0.95 / trials) ** 0.5
    if groups == 5:
        assert alone / trials > 0.15
