"""Fairness: the same numbers as Fairlearn's of the same people, and as a table it was run on."""

import json
from pathlib import Path

import numpy as np
import pytest

from demerit import contrast
from demerit.measures import MEASURES, fairness
from demerit.survey import tables

# One confusion table by group, and what Fairlearn 0.15, AIF360 0.6.1 and Aequitas 1.1 make of it.
FIXTURE = json.loads((Path(__file__).parent / "fairness_fixture.json").read_text())
SCALE = 20  # a group of the fixture has 85 people not selected, fewer than are shown


def cells(rows):
    """Counts of standings by group, of (group, ought to be free, is free, how many); one truth."""
    found = np.zeros((8, 1 + max(group for group, *_ in rows)), np.int64)
    for group, ought, free, n in rows:
        found[4 * (not free) + (0 if ought else 3), group] += n
    return found


def value(key, standing):
    return MEASURES[key].function(standing).value[0]


def published():
    rows = [("ABC".index(r["group"]), r["y_true"], r["y_pred"], SCALE * r["n"])
            for r in FIXTURE["fixture"]]  # fmt: skip
    return cells(rows)


@pytest.mark.parametrize(("key", "name"), [
    ("kept_ratio_sex", "demographic_parity_ratio"),
    ("equal_opportunity_sex", "equal_opportunity_difference"),
    ("equalised_odds_sex", "equalized_odds_difference"),
    ("missed_ratio_sex", "false_positive_rate_ratio"),
])  # fmt: skip
def test_the_published_table_gives_the_published_numbers(key, name):
    assert FIXTURE["fairlearn"][name] == pytest.approx(value(key, published()), abs=1e-12)


def test_error_among_the_punished_is_what_aequitas_calls_false_omission():
    rates = [row["for"] for row in FIXTURE["aequitas"]["rows"]]
    base = [row["prev"] for row in FIXTURE["aequitas"]["rows"]]

    assert rates == pytest.approx(fairness.wronged(published()), abs=1e-9)
    assert [1 - b for b in base] == pytest.approx(fairness.deserving(published()), abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_counts_agree_with_fairlearn_on_the_people_counted(seed):
    """Two truths are drawn: the clean file and the seen file are not the same people."""
    from fairlearn import metrics

    standing = np.random.default_rng(seed).integers(200, 1_200, (8, 4))
    standing[:, 3] *= 3
    of, group = (axis.ravel() for axis in np.indices(standing.shape))
    of, group = (np.repeat(axis, standing.ravel()) for axis in (of, group))
    free = (~fairness.SANCTIONED)[of].astype(int)
    clean, seen = (~fairness.FOUL)[of].astype(int), (~fairness.SEEN)[of].astype(int)

    def by(function, truth, predicted):
        return metrics.MetricFrame(
            metrics=function, y_true=truth, y_pred=predicted, sensitive_features=group
        ).ratio(method="between_groups")

    given = {"sensitive_features": group}
    expected = {
        "kept_ratio": metrics.demographic_parity_ratio(clean, free, **given),
        "sanctioned_ratio": metrics.demographic_parity_ratio(clean, 1 - free, **given),
        "equal_opportunity": metrics.equal_opportunity_difference(clean, free, **given),
        "equalised_odds": metrics.equalized_odds_difference(seen, free, **given),
        "missed_ratio": by(metrics.false_positive_rate, seen, free),
        "wrongful_ratio": by(metrics.true_positive_rate, 1 - free, clean),
        "deserving_ratio": metrics.demographic_parity_ratio(clean, 1 - seen, **given),
    }

    assert set(expected) == set(fairness.FAMILIES)
    for family, number in expected.items():
        assert number == pytest.approx(value(f"{family}_age", standing), abs=1e-12), family


def test_groups_too_small_to_show_are_left_out():
    """Two groups alike; a third of 999 is left out, of 1,000 it counts; 29 events are too few."""
    two = [(g, 1, free, n) for g in (0, 1) for free, n in ((1, 900), (0, 100))]

    assert 1 == value("sanctioned_ratio_sex", cells([*two, (2, 1, 1, 500), (2, 1, 0, 499)]))
    assert 0.2 == value("sanctioned_ratio_sex", cells([*two, (2, 1, 1, 500), (2, 1, 0, 500)]))
    assert 1 == value("sanctioned_ratio_sex", cells([*two, (2, 1, 1, 5_000), (2, 1, 0, 29)]))


def test_one_group_alone_has_no_ratio():
    assert np.isnan(value("kept_ratio_sex", cells([(0, 1, 1, 5_000), (1, 1, 1, 500)])))


def test_equalised_odds_are_undefined_where_either_half_is():
    """Nobody deserves a sanction in the second group, so that nobody there can be missed."""
    fair = [(g, 1, free, n * (1 + g)) for g in (0, 1) for free, n in ((1, 900), (0, 100 + 100 * g))]
    foul = [(0, 0, free, n) for free, n in ((1, 600), (0, 600))]

    assert value("equal_opportunity_sex", cells([*fair, *foul])) > 0
    assert np.isnan(value("equalised_odds_sex", cells([*fair, *foul])))
    both = [*fair, *foul, *[(1, *row[1:]) for row in foul]]
    assert 0.08 == pytest.approx(value("equalised_odds_sex", cells(both)), abs=0.01)


def test_unequal_base_rates_do_not_make_equal_opportunity_unequal():
    """Of the innocent one in ten is punished in both groups, of which one has twice the guilty."""
    rows = [(g, 1, free, n) for g in (0, 1) for free, n in ((1, 9_000), (0, 1_000))]
    rows += [(g, 0, 0, 1_000 * (1 + g)) for g in (0, 1)]

    assert 0 == value("equal_opportunity_sex", cells(rows))
    assert value("deserving_ratio_sex", cells(rows)) < 0.6


def test_the_interval_keeps_the_groups_that_the_whole_has():
    """One group has 30 events in all: a fold left out would take it away, and the gap with it."""
    folds = np.zeros((40, 3, tables.CELLS), np.int64)
    place = tables.PLACES["standing"]
    standing = folds[:, :, place.first : place.end].reshape(40, 3, *place.shape)
    female, male = (np.flatnonzero(column)[0] for column in tables.combined(("sex",)).T)
    rng = np.random.default_rng(1)
    for stratum, events in ((female, np.repeat([1, 0], [30, 10])), (male, rng.poisson(6, 40))):
        standing[:, 1, 4, stratum] = events
        standing[:, 1, 0, stratum] = 100
    found = contrast.jackknife(MEASURES["sanctioned_ratio_sex"], tables.fold_rows(folds), [])
    ratio = 30 / 4_030 / (standing[:, 1, 4, male].sum() / standing[:, 1, :, male].sum())

    assert found[0] < ratio < found[1]
    assert found[1] - found[0] < 0.1


# ---- of people in strata, through the tables of the survey


@pytest.fixture(scope="module")
def surveyed():
    """People with a home, age, sex, income fifth and schooling, and how they stand; and the totals
    of a run in which they were counted (world, row, group)."""
    rng = np.random.default_rng(8)
    stratum = rng.permutation(np.repeat(np.arange(tables.AXES["stratum"]), 30))
    home, age, sex, income, schooling = tables.indices()[:, stratum]
    risk = 0.05 + 0.05 * home + 0.02 * age + 0.03 * sex * home + 0.02 * income + 0.01 * schooling
    under, foul, seen = (rng.random(stratum.size) < risk + more for more in (0.1, 0.0, 0.2))
    of = 4 * under + 2 * foul + seen
    counts = np.zeros((len(tables.WORLDS), tables.CELLS), np.int64)
    place = tables.PLACES["standing"]
    np.add.at(counts[1], place.first + of * tables.AXES["stratum"] + stratum, 1)
    people = {"home": home, "age": age, "sex": sex, "income": income, "schooling": schooling}
    return people, (under, foul, seen), tables.fold_rows(counts[None])[0]


@pytest.mark.parametrize("grouping", fairness.GROUPS)
def test_every_measure_of_every_grouping_is_fairlearns(grouping, surveyed, monkeypatch):
    """Fairlearn is given a column for each margin, and crosses them itself; it leaves no group out
    for being small."""
    import pandas as pd
    from fairlearn import metrics

    monkeypatch.setattr(fairness, "PEOPLE_MIN", 1)
    monkeypatch.setattr(fairness, "EVENTS_MIN", 1)
    people, (under, foul, seen), totals = surveyed
    margins = pd.DataFrame({name: people[name] for name in grouping.split("_")})
    free, clean, fair = (1 - x.astype(int) for x in (under, foul, seen))
    given = {"sensitive_features": margins}

    def by(function, truth, predicted):
        return metrics.MetricFrame(
            metrics=function, y_true=truth, y_pred=predicted, sensitive_features=margins
        ).ratio(method="between_groups")

    expected = {
        "kept_ratio": metrics.demographic_parity_ratio(clean, free, **given),
        "sanctioned_ratio": metrics.demographic_parity_ratio(clean, 1 - free, **given),
        "equal_opportunity": metrics.equal_opportunity_difference(clean, free, **given),
        "equalised_odds": metrics.equalized_odds_difference(fair, free, **given),
        "missed_ratio": by(metrics.false_positive_rate, fair, free),
        "wrongful_ratio": by(metrics.true_positive_rate, 1 - free, clean),
        "deserving_ratio": metrics.demographic_parity_ratio(clean, 1 - fair, **given),
    }

    assert set(expected) == set(fairness.FAMILIES)
    for family, number in expected.items():
        m = MEASURES[f"{family}_{grouping}"]
        found = contrast.values(m, totals, [])["with"][0]
        assert number == pytest.approx(found, abs=1e-12), family


def test_no_grouping_crosses_more_than_three_margins():
    assert 3 == max(len(grouping.split("_")) for grouping in fairness.GROUPS)
