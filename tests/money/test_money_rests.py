"""Money at rest: under ordinary law every stock of the book stays where the past has left it.

The book alone, six neighbourhoods; all else is drawn as conftest.py says.  tests/test_rest.py says
the same of the whole laboratory.
"""

import numpy as np
import pytest

BEFORE, MONTHS = 24, 60


def look(books):
    """Stocks per adult, employee or holder."""

    def of(name):
        return np.concatenate([book.read(name) for book in books])

    adult, work = of("age_years") >= 18, of("employed") == 1
    hired = work & (of("status") == 0)
    arrears = of("arrears_fen")
    return {
        "cash": of("cash_fen")[adult].mean(),
        "short": (of("able") < 3)[adult].mean(),
        "arrears": arrears.sum() / adult.sum(),
        "of inability": of("arrears_unable_fen").sum() / arrears.sum(),
        "judgments": (of("judgment_fen") > 0)[adult].mean(),
        "judged": of("judgment_fen").sum() / adult.sum(),
        "loans": (of("loan_fen") > 0)[adult].mean(),
        "owed for loans": of("loan_fen").sum() / adult.sum(),
        "withheld": of("wage_withheld")[hired].mean(),
        "work": work.sum() / (of("wage_fen") > 0).sum(),
        "high standing": of("prestige_held")[work].mean(),
    }


@pytest.fixture(scope="module")
def years(book_of):
    books = [book_of(2048, p, (k + 1) * 1_000_000) for k, p in enumerate((2, 9, 15, 18, 22, 24))]
    rows = []
    for month in range(BEFORE + MONTHS):
        for book in books:
            book.step()
        if month >= BEFORE:
            rows.append(look(books))
    series = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return {name: (x[:12].mean(), x[-12:].mean()) for name, x in series.items()}


# Some hundreds are in lasting need, and their debts last for years: chance alone moves such a stock
# by so much between two looks (four standard errors); cash and work by far less.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "tolerance"),
    [
        ("cash", 0.02), ("short", 0.05), ("arrears", 0.25), ("of inability", 0.05),
        ("judgments", 0.2), ("judged", 0.3), ("loans", 0.1), ("owed for loans", 0.15),
        ("withheld", 0.4), ("work", 0.01), ("high standing", 0.12),
    ],
)  # fmt: skip
def test_a_stock_of_money_stays_where_it_is(years, name, tolerance):
    first, last = years[name]

    assert first == pytest.approx(last, rel=tolerance)


@pytest.mark.slow
def test_as_many_are_owed_wages_as_were_counted(years):
    """1.0% of migrant workers at the end of 2015; it is put in, and must come out again."""
    assert all(share == pytest.approx(0.01, rel=0.35) for share in years["withheld"])


@pytest.mark.slow
def test_most_of_what_is_owed_could_not_be_paid(years):
    assert min(years["of inability"]) > 0.5
