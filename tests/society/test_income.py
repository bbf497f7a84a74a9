"""Income: mean, ratio of town to village and fifths as stated; the rest printed, not tuned."""

import numpy as np
import pytest

from demerit.society import catalogue, income, load

MEANS = {"china-2020": (32_189, 17_131, 43_834), "india-2011": (72_000, 54_920, 109_840)}


def test_the_mean_and_the_ratio_of_town_to_village_are_those_of_the_margins(every):
    counted, differing = every.people.counted, every.people.differing
    people = catalogue.counts(counted.start, counted.cell, every.spec).sum((2, 3, 4, 5))
    made = {"income_mean": differing.income_mean, "income_law": differing.income_law}
    mean, rural, urban = MEANS[every.key]

    found = income.summary(*income.spectrum(made, people))
    village, town = (differing.income_mean * people).sum(0) / people.sum(0)

    assert mean == pytest.approx(found["mean"], rel=1e-4)
    assert urban / rural == pytest.approx(town / village, rel=1e-4)


def test_states_of_which_no_income_is_known_have_the_nation_s():
    mean = load("india-2011").people.differing.income_mean

    assert (mean == mean[0]).all()


@pytest.fixture(scope="module")
def homes(society):
    counted = society.people.counted
    return catalogue.counts(counted.start, counted.cell, society.spec).sum((2, 3, 4, 5))


@pytest.fixture(scope="module")
def tables(society):
    differing = society.people.differing
    return {"income_mean": differing.income_mean, "income_law": differing.income_law}


def test_the_five_fifths_fit_as_shares_of_their_mean(tables, homes):
    found = income.summary(*income.spectrum(tables, homes))
    ours = np.array([found[f"fifth {k}"] for k in range(1, 6)])
    published = np.array([7869, 16443, 26249, 41172, 80294])

    assert ours / ours.mean() == pytest.approx(published / published.mean(), rel=0.025)


def test_no_other_pair_of_spreads_on_the_grid_fits_better(society, homes):
    published = np.array([7869, 16443, 26249, 41172, 80294])
    wanted = published / published.mean()

    def misfit(urban, rural):
        spec = dict(society.spec)
        spec["income"] = {"urban_spread": {"value": urban}, "rural_spread": {"value": rural}}
        made = income.tables(spec, homes)
        found = income.summary(*income.spectrum(made, homes))
        ours = np.array([found[f"fifth {k}"] for k in range(1, 6)])
        return (np.log(ours / ours.mean() / wanted) ** 2).sum()

    here = misfit(0.6, 0.72)
    near = [misfit(0.6 + a, 0.72 + b) for a in (-0.02, 0, 0.02) for b in (-0.02, 0, 0.02) if a or b]
    assert here < min(near)


def test_the_cuts_part_the_society_in_fifths(society, tables, homes):
    fen, weight = income.spectrum(tables, homes)
    fifth = np.searchsorted(society.people.differing.income_cut, fen)

    assert np.bincount(fifth, weight) / weight.sum() == pytest.approx(np.full(5, 0.2), abs=1e-4)


def test_the_summary_of_a_law_with_a_known_gini():
    found = income.summary(np.array([1, 3]) * 10_000, np.array([0.5, 0.5]))

    assert found["gini"] == pytest.approx(0.25)  # two equal groups, one with a quarter of the whole
    assert found["mean"] == pytest.approx(20_000 / income.FEN)
