"""Contrast: intervals hold what they promise, and small cells are blank."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from demerit import contrast, trial
from demerit.columns import WORLDS
from demerit.measures import MEASURES, Measure, Ratio, evaluate

FOLDS = 40
COUNTERS = ["part", "whole"]


def measure(headline="with"):
    return Measure("m", "share", "less", headline, "How many?", "Share.", ("part", "whole"), Ratio)


def test_a_ratio_is_undefined_without_a_whole():
    found = Ratio(np.array([1, 0, 3]), np.array([4, 0, 3])).value

    assert [0.25, 1.0] == [found[0], found[2]]
    assert np.isnan(found[1])


def test_a_measure_reads_its_own_world_unless_it_names_another():
    m = Measure("m", "share", "less", "with", "How?", "T.", ("part", "part__law"), Ratio)
    counts = {"scheme": {"part": np.array([1])}, "law": {"part": np.array([4])}}

    assert 0.25 == evaluate(m, counts, "scheme").value[0]


def test_an_effect_is_with_minus_without():
    totals = np.zeros((3, 2, 1))
    totals[:, 1] = 100
    totals[:, 0, 0] = 20, 35, 30
    found = contrast.values(measure(), totals, COUNTERS)

    assert (0.35, 0.2, 0.3) == (found["with"][0], found["without"][0], found["no_errors"][0])
    assert 0.15 == pytest.approx(found["effect"][0])


def simulated(source, folds=FOLDS):
    """Folds of unequal size whose ratio is 0.3 in truth (fold, world, counter, group)."""
    whole = source.poisson(400, folds)
    chance = np.clip(source.normal(0.3, 0.05, folds), 0, 1)
    out = np.zeros((folds, len(WORLDS), 2, 1), np.int64)
    out[:, :, 1, 0] = whole[:, None]
    out[:, 1, 0, 0] = source.binomial(whole, chance)
    out[:, 0, 0, 0] = source.binomial(out[:, 1, 0, 0], 0.5)
    return out


def test_the_jackknife_agrees_with_the_textbook_standard_error():
    """Of a ratio estimate, Cochran (1977), 6.4: sum of squared residuals over n (n - 1) mean^2."""
    folds = simulated(np.random.default_rng(1))
    part, whole = folds[:, 1, 0, 0], folds[:, 1, 1, 0]
    ratio = part.sum() / whole.sum()
    error = np.sqrt(((part - ratio * whole) ** 2).sum() / (FOLDS * (FOLDS - 1))) / whole.mean()
    plain = replace(measure(), unit="rate")
    low, high = contrast.jackknife(plain, folds, COUNTERS)

    assert error == pytest.approx((high - low) / (2 * contrast.reach(FOLDS)), rel=0.03)
    assert ratio == pytest.approx((low + high) / 2)


@pytest.mark.parametrize(("headline", "truth"), [("with", 0.3), ("effect", 0.15)])
def test_the_jackknife_covers_the_truth_in_95_of_100(headline, truth):
    source = np.random.default_rng(2)
    trials = 400
    held = 0
    for _ in range(trials):
        low, high = contrast.jackknife(measure(headline), simulated(source), COUNTERS)
        held += low <= truth <= high

    assert 0.95 == pytest.approx(held / trials, abs=0.035)


def test_pairing_worlds_makes_the_interval_of_an_effect_shorter():
    folds = simulated(np.random.default_rng(3))
    paired = np.diff(contrast.jackknife(measure("effect"), folds, COUNTERS))
    mixed = folds.copy()
    mixed[:, 0] = np.random.default_rng(4).permutation(folds[:, 0])

    assert paired < np.diff(contrast.jackknife(measure("effect"), mixed, COUNTERS))


def test_too_few_folds_have_no_interval():
    assert contrast.jackknife(measure(), simulated(np.random.default_rng(1), 4), COUNTERS) is None


def rare(events, folds=FOLDS, people=100):
    """So many events with the scheme and half as many without, each in a fold of its own."""
    out = np.zeros((folds, len(WORLDS), 2, 1), np.int64)
    out[:, :, 1, 0] = people
    np.add.at(out[:, 1, 0, 0], np.arange(events) % folds, 1)
    np.add.at(out[:, 0, 0, 0], np.arange(events // 2) % folds, 1)
    return out


@pytest.mark.parametrize(
    ("headline", "events", "told"),
    [("with", 0, False), ("with", 29, False), ("with", 30, True),
     ("effect", 18, False), ("effect", 20, True)],
)  # fmt: skip
def test_under_thirty_events_are_too_few_to_tell_by_chance(headline, events, told):
    """Of an effect those of both worlds count: 18 + 9, 20 + 10."""
    found = contrast.jackknife(measure(headline), rare(events), COUNTERS)

    assert (found is not None) == told


@pytest.mark.parametrize(
    ("headline", "events", "told"),
    [("with", 29, False), ("with", 30, True), ("effect", 18, False), ("effect", 20, True)],
)  # fmt: skip
def test_money_of_under_thirty_events_is_too_little_to_tell_by_chance(headline, events, told):
    """A thousand yuan an event, so that the money itself says nothing of how many there are."""
    named = replace(measure(headline), unit="yuan", events=("event",))
    folds = rare(events)
    folds = np.concatenate([1_000 * folds[:, :, :1], folds[:, :, 1:], folds[:, :, :1]], axis=2)
    counters = ["part", "whole", "event"]
    found = contrast.jackknife(named, folds, counters)

    assert (found is not None) == told
    assert contrast.jackknife(replace(named, events=()), folds, counters) is not None
    total = folds.sum(axis=0)
    groups = {"all": [], "home": ["urban"]}
    assert (events >= 30) == (contrast.by_group(named, total, counters, groups)[
        "home"]["urban"]["with"] is not None)  # fmt: skip


def test_measures_of_money_points_and_time_name_their_events_or_count_everybody():
    """Those without are means over everybody, ratios of other ratios, or have a rule of their own:
    what they are of is known, or nothing is."""
    without = {key for key, m in MEASURES.items()
               if m.unit not in ("share", "rate") and not m.events
               and "_ratio_" not in key}  # fmt: skip

    assert without == {
        "score_mean", "output_mean", "efficiency", "conduct_worth", "score_rise", "conduct_rise",
        "score_rise_per_conduct", "private_kappa", "private_state_kappa", "climb_months",
        "favours_gini", "kinds_read_mean", "kinds_held_mean", "signal_kept", "score_retest",
        "score_meaning_honesty", "score_meaning_loyalty", "score_meaning_income",
        "score_meaning_conduct", "score_meaning_luck", "score_rise_conduct", "within_rank_honesty",
        "recourse_months", "recourse_deeds", "perk_months", "perk_deeds",
    }  # fmt: skip


def test_replicates_in_which_nothing_happens_tell_nothing_by_chance():
    def run_of(events):
        folds = rare(events)
        return SimpleNamespace(counters=COUNTERS, folds=folds, total=folds.sum(axis=0), worlds=3,
                               repeal_month=[None] * 3, window=1)  # fmt: skip

    found = [contrast.of_measure(measure(), [run_of(n)] * 5, {"all": ["all"]}) for n in (0, 6)]

    assert [None, "replicates"] == [one["interval"] for one in found]
    assert found[1]["chance_low"] < 0.0015 < found[1]["chance_high"] < 0.003


def test_an_interval_of_a_share_or_a_rate_ends_where_these_end():
    folds = np.zeros((5, len(WORLDS), 2, 1), np.int64)
    folds[:, 1, :, 0] = (0, 1_000), (0, 1_000), (40, 1_000), (0, 1_000), (0, 1_000)
    low, high = contrast.jackknife(measure(), folds, COUNTERS)
    folds[:, 1, 0, 0] = 1_000 - folds[:, 1, 0, 0]
    most = contrast.jackknife(measure(), folds, COUNTERS)
    rate = contrast.jackknife(replace(measure(), unit="rate"), folds, COUNTERS)
    folds[:, 0, 1, 0] = 1_000
    effect = contrast.jackknife(measure("effect"), folds, COUNTERS)

    assert 0.0 < low < 0.008 < high < 1
    assert (1 - high, 1 - low) == pytest.approx(most)
    assert 1.0 < rate[1]
    assert most == effect  # with nothing without the scheme, the effect is the level
    folds[:, 0, 0, 0] = 1
    assert 1.0 < contrast.jackknife(measure("effect"), folds, COUNTERS)[1]


def test_a_median_in_whole_months_has_no_jackknife():
    whole = measure()

    assert contrast.jackknife(whole, simulated(np.random.default_rng(1)), COUNTERS)
    assert not MEASURES["climb_months"].smooth
    assert contrast.jackknife(
        replace(whole, smooth=False), simulated(np.random.default_rng(1)), COUNTERS
    ) is None  # fmt: skip


def test_replicates_have_students_interval():
    """1, 2, 3, 4, 5: mean 3, standard error 0.7071, t of four degrees of freedom 2.776."""
    low, high = contrast.over_replicates([1.0, 2.0, 3.0, 4.0, 5.0])

    assert (1.037, 4.963) == (round(low, 3), round(high, 3))


def test_replicates_of_which_one_is_undefined_have_no_interval():
    assert contrast.over_replicates([1.0, float("nan"), 2.0, 3.0, 4.0]) is None


def ratios(**sides):
    return {
        side: Ratio(np.array([part]), np.array([whole])) for side, (part, whole) in sides.items()
    }


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(30, 1_000, 0.03), (29, 1_000, None), (30, 999, None), (500, 999, None)],
)
def test_a_cell_is_blank_under_a_thousand_person_months_or_thirty_events(part, whole, shown):
    found = contrast.cell(ratios(**{"with": (part, whole), "without": (100, 2_000)}), 0)

    assert shown == found["with"]
    assert 0.05 == found["without"]
    assert (found["effect"] is None) == (shown is None)


def test_what_cannot_happen_without_a_scheme_is_nought_and_not_blank():
    found = contrast.cell(ratios(**{"with": (100, 1_000), "without": (0, 1_000)}), 0)

    assert 0 == found["without"]
    assert 0.1 == found["effect"]


def test_undefined_numbers_are_null_in_json():
    assert [None, None, 0.5] == [contrast.tidy(x) for x in (float("nan"), float("inf"), 0.5)]


def test_faith_is_shown_in_the_burden_on_lawful_conduct_alone():
    totals = np.full((3, 2, 4), 10_000)
    groupings = {"all": ["all"], "home": ["urban"], "faith": ["no", "yes"]}

    assert {"home"} == set(contrast.by_group(measure(), totals, COUNTERS, groupings))
    for key in contrast.BURDEN_ON_FAITH:
        assert key in MEASURES
        assert any(word in key for word in ("withheld", "lawful", "banned_group", "chilled"))


def test_where_nobody_lives_without_errors_what_errors_cause_is_undefined():
    asked = {"people": 5_000, "months": 3, "quick": True}
    both = [trial.run(trial.Request("suining", worlds=w, **asked)) for w in (2, 3)]
    short, whole = (found.document["measures"] for found in both)

    assert ["law", "scheme"] == both[0].document["worlds"]
    assert "--worlds law,scheme" in both[0].document["command"]
    assert {2} == {len(frame) for frame in both[0].frames.values()}
    for key, measure in short.items():
        assert measure["no_errors"] is None
        if measure["with"] is None and whole[key]["with"] is not None:
            assert any(n.endswith(("_by_error", "__no_errors")) for n in MEASURES[key].counts)
            assert (None, None) == (measure["chance_low"], measure["effect"])
        else:
            sides = ("with", "without", "effect", "chance_low", "chance_high")
            assert [whole[key][s] for s in sides] == [measure[s] for s in sides], key
    assert short["error_sanction_share"]["with"] is None
