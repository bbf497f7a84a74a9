"""Coverage: every measure that docs/coverage.md names has something to say in the run it names."""

import re
from pathlib import Path

import pytest

from demerit import contrast, run
from demerit import scheme as schemes
from demerit.measures import MEASURES
from demerit.society.people import GROUPINGS

TEXT = (Path(__file__).parents[1] / "docs" / "coverage.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if re.match(r"\| [CS]\d", line)]
PEOPLE, MONTHS = 30_000, 24


def cells(row):
    return [cell.strip() for cell in row.strip("|").split("|")]


def named(row):
    """The schemes and the measures of a row."""
    schemes = re.findall(r"demerit run ([a-z0-9-]+)", row)
    return schemes, [
        key for key in re.findall(r"`([a-z_]+)`", row) if "_" in key or key in MEASURES
    ]


NAMED = [(cells(row)[0], scheme, key) for row in ROWS for scheme in named(row)[0]
         for key in named(row)[1]]  # fmt: skip


@pytest.fixture(scope="module")
def measured(make_plan):
    """Measures of a scheme after two years, once for each scheme."""
    found = {}

    def of(scheme):
        if scheme not in found:
            place = "0412" if schemes.load(scheme).spec["scope"] == "county" else None
            plan = make_plan(scheme, people=PEOPLE, months=MONTHS, place=place)
            counts = run.simulate(plan, 2, months_before=6)
            found[scheme] = contrast.contrast([counts], GROUPINGS)
        return found[scheme]

    return of


def test_every_clause_and_system_has_a_row():
    keys = {cells(row)[0].split()[0] for row in ROWS}

    assert {f"C{k}" for k in range(1, 24)} | {f"S{k}" for k in range(1, 10)} == keys


def test_what_no_run_shows_is_said_to_be_missing():
    for row in ROWS:
        schemes, measures = named(row)
        assert (schemes and measures) or cells(row)[-1], row


@pytest.mark.parametrize(("clause", "scheme", "key"), NAMED)
def test_a_measure_named_for_a_clause_is_not_empty(measured, clause, scheme, key):
    shown = measured(scheme)[key]

    assert shown[shown["headline"]] is not None
