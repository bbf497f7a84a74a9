"""Rest: five years under ordinary law alone, and every stock stays where the past has left it.

The last year's mean lies within 5% of the first year's, or within four standard errors of a count
of as many people (their states last for years, so that a year is one look at them).
"""

import numpy as np
import pytest

from demerit.columns import LAW

MONTHS, TOLERANCE, ERRORS = 60, 0.05, 4
STOCKS = {
    "employed": "labour", "unpaid_unable": "due", "unpaid_choice": "due",
    "deed_elder_neglect": "people", "vpn": "people", "protest": "people",
    "deed_petition": "people", "deed_online_post": "people", "deed_late_bill": "due",
    "deed_banned_group": "people", "deed_merit": "people",
}  # fmt: skip


def live(stopped):
    """Every month's counts of all in the world of law, and mean cash by fifth of income."""
    rows, cash = [], []
    for _ in range(MONTHS):
        rows.append(stopped.live()[LAW, :, 0])
        cash.append(mean_cash(stopped))
    names = {name: k for k, name in enumerate(stopped.steps.counters)}
    return {name: np.array(rows)[:, k].astype(float) for name, k in names.items()}, np.array(cash)


def mean_cash(stopped):
    """Cash and saleable assets [yuan]: all, then the poorest to the richest fifth."""
    cash, fifth = [], []
    for files, lives, _ in stopped.steps.folds:
        for k in range(files.size):
            n = int(files[k].people)
            cash.append(lives["cash_fen"][k, LAW, :n] / 100)
            fifth.append(lives["income_fifth"][k, :n])
    cash, fifth = np.concatenate(cash), np.concatenate(fifth)
    return [cash.mean(), *(cash[fifth == f].mean() for f in range(5))]


@pytest.fixture(scope="module")
def county(make_plan, stop):
    return live(stop(make_plan("none", people=20_000, months=MONTHS), before=24))


@pytest.fixture(scope="module")
def nation(make_plan, stop):
    return live(stop(make_plan("none", people=20_000, place=None, months=MONTHS), before=24))


def years(series):
    return series[:12].mean(), series[-12:].mean()


@pytest.mark.slow
@pytest.mark.parametrize("name", STOCKS)
@pytest.mark.parametrize("where", ["county", "nation"])
def test_a_stock_rests(where, name, request):
    counts, _ = request.getfixturevalue(where)
    first, last = years(counts[name] / counts[STOCKS[name]])
    people = counts[name][:12].mean()
    chance = ERRORS * np.sqrt(2 / people)

    assert pytest.approx(first, rel=max(TOLERANCE, chance)) == last


@pytest.mark.slow
@pytest.mark.parametrize("where", ["county", "nation"])
def test_cash_rests(where, request):
    _, cash = request.getfixturevalue(where)
    first, last = cash[:12].mean(axis=0), cash[-12:].mean(axis=0)

    assert pytest.approx(first[0], rel=TOLERANCE) == last[0]
    assert pytest.approx(first, rel=2 * TOLERANCE) == last
    assert np.all(np.diff(last[1:]) > 0)  # the richer hold more


@pytest.mark.slow
def test_the_rest_is_that_of_the_margins(county, china):
    counts, _ = county
    ratio = china.employed_per_unemployed
    _, last = years(counts["employed"] / counts["labour"])

    assert ratio / (1 + ratio) == pytest.approx(last, abs=0.01)
