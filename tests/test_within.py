"""Within: the same numbers as Fairlearn's, scikit-learn's and SciPy's of the same people; and what
theory says of scores that are calibrated within groups."""

from itertools import cycle, permutations

import numpy as np
import pandas as pd
import pytest
from fairlearn import metrics
from scipy import stats
from sklearn.metrics import roc_auc_score

from demerit import contrast
from demerit.measures import MEASURES, fairness, within
from demerit.society.people import GROUPINGS
from demerit.survey import tables

STEPS = tables.AXES["distance"]
CASES = list(zip(fairness.GROUPS, cycle(["honesty", "default"]), strict=False))
BY = ("home", "age", "sex", "income", "schooling")


@pytest.fixture(scope="module")
def people():
    """People of every stratum whose score follows their honesty and their groups, and whose default
    follows score and groups: the truth of both differs between groups."""
    rng = np.random.default_rng(4)
    stratum = rng.permutation(np.repeat(np.arange(tables.AXES["stratum"]), 60))
    found = pd.DataFrame(dict(zip(BY, tables.indices()[:, stratum], strict=True)))
    found["stratum"], found["quarter"] = stratum, rng.integers(0, 4, stratum.size)
    drift = found.home + 0.5 * found.income * found.sex
    score = rng.normal(14 + 0.4 * found.quarter * (1 + found.sex) + 0.3 * drift, 3)
    found["step"] = np.clip(score, 0, STEPS - 1).astype(int)
    risk = 0.35 - 0.012 * found.step + 0.02 * found.income + 0.01 * found.age
    found["default"] = (rng.random(stratum.size) < risk).astype(int)
    return found


@pytest.fixture(scope="module")
def totals(people):
    """The totals of a run in which they were surveyed (world, row, group)."""
    cells = np.zeros((len(tables.WORLDS), tables.CELLS), np.int64)
    for name, outcome in (("within_honesty", people.quarter), ("within_default", people.default)):
        place = tables.PLACES[name]
        for facet in tables.facets()[:, people.stratum]:
            at = np.ravel_multi_index((people.step, outcome, facet), place.shape)
            np.add.at(cells[1], place.first + at, 1)
    return tables.fold_rows(cells[None])[0]


def value(key, totals):
    return contrast.values(MEASURES[key], totals, [])["with"][0]


def margins(people, grouping):
    return people[grouping.split("_")]


@pytest.mark.parametrize(("grouping", "outcome"), CASES)
def test_gaps_of_areas_are_fairlearns(grouping, outcome, people, totals):
    """Fairlearn crosses the margins itself, and asks scikit-learn for each area."""
    good = people.quarter >= 2 if outcome == "honesty" else people.default == 0
    frame = metrics.MetricFrame(metrics=roc_auc_score, y_true=good.astype(int), y_pred=people.step,
                                sensitive_features=margins(people, grouping))  # fmt: skip
    found = value(f"auc_{outcome}_gap_{grouping}", totals)

    assert frame.difference(method="between_groups") == pytest.approx(found, abs=1e-12)
    assert found > 0


@pytest.mark.parametrize(("grouping", "outcome"), CASES)
def test_gaps_at_the_same_score_are_of_fairlearns_rates(grouping, outcome, people, totals):
    """The step of the score is Fairlearn's control feature: rates and people by step and group; of
    each two groups the mean over steps of the difference, weighted as Mantel and Haenszel do."""
    bad = (people.quarter < 2 if outcome == "honesty" else people.default == 1).astype(int)
    frame = metrics.MetricFrame(
        metrics={"rate": metrics.selection_rate, "n": metrics.count}, y_true=bad, y_pred=bad,
        sensitive_features=margins(people, grouping), control_features=people.step,
    )  # fmt: skip
    groups = grouping.split("_")
    flat = frame.by_group.reset_index().astype(float)
    rate, n = (flat.pivot(index="step", columns=groups)[name] for name in ("rate", "n"))
    expected = []
    for one, other in permutations(rate.columns, 2):
        weight = (n[one] * n[other] / (n[one] + n[other])).fillna(0)
        if weight.sum() >= 250:
            apart = (rate[one] - rate[other]).where(weight > 0, 0)
            expected.append((weight * apart).sum() / weight.sum())
    found = value(f"same_score_{outcome}_gap_{grouping}", totals)

    assert len(expected) > 1
    assert max(expected) == pytest.approx(found, abs=1e-12)
    assert found > 0


@pytest.mark.parametrize("grouping", BY)
def test_each_group_is_scipys_and_scikit_learns_of_its_people_alone(grouping, people, totals):
    names = GROUPINGS[grouping]
    found = {key: contrast.by_group(MEASURES[key], totals, [], GROUPINGS)[grouping]
             for key in ("within_auc_honesty", "within_auc_default", "within_rank_honesty",
                         "default_rate_below")}  # fmt: skip
    for k, name in enumerate(names):
        of = people[people[grouping] == k]
        below = of[of.step < tables.AXES["distance"] // 2]
        expected = (roc_auc_score(of.quarter >= 2, of.step), roc_auc_score(1 - of.default, of.step),
                    stats.spearmanr(of.step, of.quarter).statistic,
                    below.default.mean())  # fmt: skip
        assert expected == pytest.approx([by[name]["with"] for by in found.values()], abs=1e-12)


def test_a_group_whose_scores_run_against_its_honesty_is_shown():
    """Below nought, or nought to the third place, is a correlation, not too few to tell."""
    cells = np.zeros((len(tables.WORLDS), tables.CELLS), np.int64)
    place = tables.PLACES["within_honesty"]
    table = cells[:, place.first : place.end].reshape(-1, *place.shape)
    female, male = (np.flatnonzero(column)[0] for column in tables.faceted(("sex",)).T)
    table[1, [14, 15], [3, 0], female] = 1_000
    table[1, 14:16, [0, 3], male] = [[1_000, 1_000], [1_000, 1_001]]
    found = contrast.by_group(MEASURES["within_rank_honesty"], tables.fold_rows(cells[None])[0], [],
                              GROUPINGS)["sex"]  # fmt: skip

    assert -1 == pytest.approx(found["female"]["with"], abs=1e-12)
    assert 0 < found["male"]["with"] < 0.001


def test_of_all_people_each_is_told_once(people, totals):
    expected = roc_auc_score(people.quarter >= 2, people.step)

    assert expected == pytest.approx(value("within_auc_honesty", totals), abs=1e-12)
    rows = people[people.step == within.START]
    assert rows.default.mean() == pytest.approx(value("default_rate_at_start", totals), abs=1e-12)


def two_groups(*rows):
    """Defaults by step and group: (step, group, people, of them default)."""
    found = np.zeros((STEPS, 2, 2))
    for step, group, n, bad in rows:
        found[step, :, group] += n - bad, bad
    return found


def test_a_gap_at_the_same_score_worked_by_hand():
    """Below, 20 and 40 in 100 of 1,000 and 3,000 default, at the start 2 and 3 in 100 of 4,000 and
    2,000: weights 750 and 1,333 1/3, so (750 x 20 + 1,333 1/3 x 1) / 2,083 1/3 = 7.84 in 100.  As
    they stand, 5.6 and 25.2 do: most of that is that they have other scores."""
    table = two_groups((14, 0, 1_000, 200), (14, 1, 3_000, 1_200),
                       (15, 0, 4_000, 80), (15, 1, 2_000, 60))  # fmt: skip
    found = MEASURES["same_score_default_gap_sex"].function(table)

    assert 0.0784 == pytest.approx(found.value[0], abs=1e-12)


def calibrated():
    """Half of one group are below, of the other a tenth; 30 in 100 default there, 5 at the start,
    in both groups."""
    return two_groups((14, 0, 5_000, 1_500), (15, 0, 5_000, 250),
                      (14, 1, 1_000, 300), (15, 1, 9_000, 450))  # fmt: skip


def test_a_score_that_says_the_same_of_both_has_no_gap_however_unequal_their_scores():
    assert 0 == pytest.approx(
        MEASURES["same_score_default_gap_sex"].function(calibrated()).value[0], abs=1e-12
    )
    assert MEASURES["auc_default_gap_sex"].function(calibrated()).value[0] > 0.05


def test_what_is_calibrated_within_unequal_groups_cannot_err_alike():
    """Kleinberg, Mullainathan and Raghavan 2016; Chouldechova 2017 (from memory): if all below are
    under sanction, FPR = p / (1 - p) (1 - PPV) / PPV (1 - FNR).  PPV is the same in both groups and
    the base rate p is not, so that the odds are not, either."""
    table = 2 * calibrated()
    standing = np.zeros((8, 2))
    for under, rows in ((4, table[:15]), (0, table[15:])):
        standing[under], standing[under + 1] = rows.sum(axis=0)
    p, fnr = fairness.deserving(standing), fairness.missed(standing)
    fpr = 1 - fairness.undeserving_kept(standing)
    ppv = standing[5] / (standing[4] + standing[5])

    assert ppv[0] == ppv[1]
    assert 0 == pytest.approx(MEASURES["same_score_default_gap_sex"].function(table).value[0])
    assert fpr == pytest.approx(p / (1 - p) * (1 - ppv) / ppv * (1 - fnr), abs=1e-12)
    assert MEASURES["equalised_odds_sex"].function(standing).value[0] > 0.3


def test_a_group_judged_too_mildly_by_the_same_score_shows_as_a_gap():
    """Ten more in 100 of the second group default at every score."""
    table = calibrated()
    table[14, :, 1] += -100, 100
    table[15, :, 1] += -900, 900

    assert 0.1 == pytest.approx(MEASURES["same_score_default_gap_sex"].function(table).value[0])


def test_groups_too_small_to_show_are_left_out():
    """A third group that defaults far more is left out with 999 people and read with 1,000; with 29
    who do not default it is left out again."""
    third = np.zeros((STEPS, 2, 3))
    third[..., :2] = calibrated()
    third[14, :, 2] = 30, 969
    default = MEASURES["same_score_default_gap_age"].function
    assert 0 == pytest.approx(default(third).value[0], abs=1e-12)
    third[14, 1, 2] += 1
    assert 0.67 == pytest.approx(default(third).value[0])
    third[14, :, 2] = 29, 9_971
    assert 0 == pytest.approx(default(third).value[0], abs=1e-12)
    assert np.isnan(MEASURES["auc_default_gap_sex"].function(third[..., 1:2]).value[0])


def test_groups_that_share_no_scores_are_not_compared():
    """Of 500 of the first at a step there is nobody of the second, then 499, then 500: they share
    n m / (n + m), which has to be 250."""
    table = two_groups((14, 0, 500, 100), (15, 1, 5_000, 250))
    table[13, :, 0] = 4_000, 500
    function = MEASURES["same_score_default_gap_sex"].function
    assert np.isnan(function(table).value[0])
    table[14, :, 1] = 299, 200
    assert np.isnan(function(table).value[0])
    table[14, :, 1] = 300, 200
    assert 0.2 == pytest.approx(function(table).value[0])


def test_the_start_is_the_middle_step_of_the_survey():
    from demerit.survey import ask

    assert tables.AXES["distance"] // 2 == within.START
    assert len(within.RATE) == 3
    assert STEPS == 2 * len(ask.WIDTHS) + 1


@pytest.mark.parametrize("family", within.FAMILIES)
def test_an_interval_reads_the_groups_that_the_whole_has(family):
    """One group has just 1,000 people and 30 of one outcome: a fold left out would take it away."""
    rng = np.random.default_rng(2)
    folds = np.zeros((40, 3, tables.CELLS), np.int64)
    for name in ("within_honesty", "within_default"):
        place = tables.PLACES[name]
        table = folds[:, :, place.first : place.end].reshape(40, 3, *place.shape)
        low, high = (0, 3) if name == "within_honesty" else (1, 0)
        female, male = (np.flatnonzero(column)[0] for column in tables.faceted(("sex",)).T)
        table[:, 1, 14, low, male] = rng.poisson(30, 40)
        table[:, 1, 14, high, male] = rng.poisson(60, 40)
        table[:, 1, 15, low, male] = rng.poisson(20, 40)
        table[:, 1, 15, high, male] = rng.poisson(80, 40)
        table[:, 1, 14, low, female] = np.repeat([1, 0], [20, 20])
        table[:, 1, 14, high, female] = 2
        table[:, 1, 15, low, female] = np.repeat([1, 0], [10, 30])
        table[:, 1, 15, high, female] = np.repeat([22, 23], [30, 10])
    m = MEASURES[f"{family}_sex"]
    found = contrast.jackknife(m, tables.fold_rows(folds), [])
    whole = contrast.values(m, tables.fold_rows(folds).sum(axis=0), [])["with"][0]

    assert found[0] <= whole <= found[1]
    assert found[1] - found[0] < 0.4


@pytest.mark.slow
def test_the_interval_of_a_gap_at_the_same_score_holds_the_truth():
    """Two groups that differ by six in 100 at every score, in forty folds of unlike chance."""
    rng, truth, held, trials = np.random.default_rng(6), 0.06, 0, 150
    place = tables.PLACES["within_default"]
    female, male = (np.flatnonzero(column)[0] for column in tables.faceted(("sex",)).T)
    for _ in range(trials):
        folds = np.zeros((40, 3, tables.CELLS), np.int64)
        table = folds[:, :, place.first : place.end].reshape(40, 3, *place.shape)
        for fold in range(40):
            more = rng.normal(0, 0.01)
            for facet, group, share in ((female, 0.0, 0.3), (male, truth, 0.6)):
                below = rng.binomial(300, share)
                for step, n, risk in ((14, below, 0.2), (15, 300 - below, 0.05)):
                    bad = rng.binomial(n, risk + group + more)
                    table[fold, 1, step, :, facet] = n - bad, bad
        low, high = contrast.jackknife(
            MEASURES["same_score_default_gap_sex"], tables.fold_rows(folds), []
        )
        held += low <= truth <= high

    assert 0.95 == pytest.approx(held / trials, abs=3 * np.sqrt(0.95 * 0.05 / trials) + 0.01)
