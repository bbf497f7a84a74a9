"""The check: targets met by the tables, and by people on fixed seeds."""

import importlib

import numba
import numpy as np
import pytest

from demerit import facts
from demerit.facts import InputError
from demerit.society import grades, keys, targets
from demerit.society.margins import folder

check = importlib.import_module("demerit.society.check")

# Of the seeds 1 to 200 two go beyond the bound at this size in China, as many as are expected.
SEEDS = range(1, 21)
PEOPLE = 100_000
compiled = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="millions of people")


# Cells that are tested and targets that are met, at least; and some figures that are no targets.
LEAST = {"china-2020": (450, 500), "india-2011": (160, 180)}
NO_TARGETS = {
    "china-2020": (
        ("income", "mean"), ("income", "median"), ("income", "mean of fifth 1"),
        ("income", "Gini"), ("income", "Tibet"), ("internet", "urban"), ("indebted", "urban"),
        ("schooling, nation", "university"), ("millions", "drivers, 2019"),
    ),
    "india-2011": (
        ("income fifths", "fifth 1"), ("millions", "earners"), ("state of work, model", "home"),
        ("unused", "urban share [%, 2020]"),
        ("unused", "mean debt, rural household [rupees, 2018]"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=keys())
def key(request):
    return request.param


@pytest.fixture(scope="module")
def found(key):
    return check.check(key, 20_000, [3]) if not numba.config.DISABLE_JIT else None


@compiled
def test_people_of_twenty_seeds_show_the_margins_and_at_most_one_fails(key):
    rows, summary = check.check(key, PEOPLE, SEEDS)

    assert sum(not each["passed"] for each in summary["seeds"]) <= 1
    assert summary["passed"]
    assert summary["cells"] > LEAST[key][0]
    assert all(set(row) == set(rows[0]) for row in rows)


@compiled
def test_every_target_is_met_by_the_tables(key, found):
    rows, summary = found
    met = [row for row in rows if row["target"]]

    assert summary["largest_gap"] == max(abs(row["gap"]) for row in met) <= 1e-4
    assert len(met) > LEAST[key][1]


@compiled
def test_what_cannot_hold_is_printed_with_its_reason(key, found):
    rows, _ = found
    names = {(row["margin"], row["cell"]) for row in rows if not row["target"]}

    assert all(row["why"] for row in rows if not row["target"])
    assert set(NO_TARGETS[key]) <= names


@compiled
def test_every_conflict_that_a_society_names_is_one_that_the_check_prints(key, found):
    rows, _ = found
    for entry in facts.read(folder(key) / "society.toml")["conflict"]:
        assert any(
            row["margin"] == entry["margin"] and row["why"] == entry["why"] for row in rows
        ), entry


@compiled
def test_the_check_counts_what_the_figures_rest_on(key, found):
    _, summary = found

    assert summary["figures"] == grades(key)
    assert sum(summary["figures"].values()) > 200


@compiled
def test_a_wrong_table_is_found(society):
    ask = targets.Asker(society)
    asked = targets.targets(ask)
    k = next(k for k, target in enumerate(asked) if target.name == "home")
    wrong = asked[k]._replace(table=asked[k].table + 0.03)

    drawn = check.draw(society, asked, 50_000, 1)

    right_z = check.score(asked[k], drawn.dealt, drawn.counts[k])
    wrong_z = check.score(wrong, drawn.dealt, drawn.counts[k])
    assert np.nanmax(np.abs(right_z)) < 4
    assert np.nanmax(np.abs(wrong_z)) > 4


def test_the_variance_is_that_of_quotas():
    target = targets.Target(
        "x", ("a",), np.array([0.5]), np.array([[0.1], [0.9]]), np.ones(1), len, "", 1, ""
    )
    dealt = np.array([1000, 1000])

    z = check.score(target, dealt, np.array([[100.0 + 13], [900.0]]))

    assert z[0] == pytest.approx(13 / np.sqrt(180))  # not 13 over the root of 2000 / 4


def test_no_seed_is_an_error():
    with pytest.raises(InputError, match="seeds"):
        check.check("china-2020", 1000, [])
