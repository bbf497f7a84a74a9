"""Rest: five years under ordinary law alone, and every stock stays where the past has left it.

The last year's mean lies within 5% of the first year's, or within four standard errors of a count
of as many people (their states last for years, so that a year is one look at them).
"""

import numpy as np
import pytest

from demerit.columns import FILE, LAW

MONTHS, TOLERANCE, ERRORS = 60, 0.05, 4
STOCKS = {
    "employed": "labour", "unpaid_unable": "due", "unpaid_choice": "due",
    "deed_elder_neglect": "people", "vpn": "people", "protest": "people",
    "deed_petition": "people", "deed_online_post": "people", "deed_late_bill": "due",
    "deed_banned_group": "people", "deed_merit": "people",
}  # fmt: skip


# What is owed lasts for years and is owed by some hundreds here, so that chance alone moves it.
DEBTS = {"arrears_fen": 0.25, "judgment_fen": 0.3, "loan_fen": 0.15, "wage_withheld": 0.4,
         "prestige_held": 0.12}  # fmt: skip


def live(stopped):
    """Every month's counts of all in the world of law, mean cash by fifth of income, mean debts."""
    rows, cash, debts = [], [], []
    for _ in range(MONTHS):
        rows.append(stopped.live()[LAW, :, 0])
        cash.append(mean_cash(stopped))
        debts.append([mean_of(stopped, name) for name in DEBTS])
    names = {name: k for k, name in enumerate(stopped.steps.counters)}
    counts = {name: np.array(rows)[:, k].astype(float) for name, k in names.items()}
    return counts, np.array(cash), dict(zip(DEBTS, np.array(debts).T, strict=True))


def mean_of(stopped, name):
    """Mean of a column over everybody, in the world of law."""
    total = people = 0
    for files, lives, _ in stopped.steps.folds:
        kept = files if name in FILE else lives
        for k in range(files.size):
            n = int(files[k].people)
            total += float(kept[name][k, LAW, :n].sum(dtype=np.int64))
            people += n
    return total / people


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
    counts, *_ = request.getfixturevalue(where)
    first, last = years(counts[name] / counts[STOCKS[name]])
    people = counts[name][:12].mean()
    chance = ERRORS * np.sqrt(2 / people)

    assert pytest.approx(first, rel=max(TOLERANCE, chance)) == last


@pytest.mark.slow
@pytest.mark.parametrize("where", ["county", "nation"])
def test_cash_rests(where, request):
    _, cash, _ = request.getfixturevalue(where)
    first, last = cash[:12].mean(axis=0), cash[-12:].mean(axis=0)

    assert pytest.approx(first[0], rel=TOLERANCE) == last[0]
    assert pytest.approx(first, rel=2 * TOLERANCE) == last
    assert np.all(np.diff(last[1:]) > 0)  # the richer hold more


@pytest.mark.slow
@pytest.mark.parametrize("name", DEBTS)
@pytest.mark.parametrize("where", ["county", "nation"])
def test_a_debt_rests(where, name, request):
    *_, debts = request.getfixturevalue(where)
    first, last = years(debts[name])

    assert first == pytest.approx(last, rel=DEBTS[name])


@pytest.mark.slow
def test_the_rest_is_that_of_the_margins(county, china):
    counts, *_ = county
    ratio = china.employed_per_unemployed
    _, last = years(counts["employed"] / counts["labour"])

    assert ratio / (1 + ratio) == pytest.approx(last, abs=0.01)
