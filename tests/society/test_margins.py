"""Margins: figures about many people, each with its source; no society is a list of persons."""

import re

import numpy as np
import pytest

from demerit.facts import DATA, facts, sources
from demerit.society import margins
from demerit.society.catalogue import keys, load
from demerit.society.margins import Row, folder, read, row_faults

FILES = [
    (key, path.stem) for key in keys() for path in sorted(folder(key).glob("margins/*.csv"))
]  # fmt: skip
WORDS = {
    "currency",
    "margin",
    "cell",
    "title",
    "why",
    "where",
    "unit",
    "source",
    "basis",
    "grade",
    "key",
    "traits",
}
PEOPLE = {"china-2020": 1_409_778_724, "india-2011": 1_210_854_977}
COPIES = ("scshuyue", "zyrm", "techbow", "ccgp-fushun", "cryptospotters", "takefoto", "cnool")


@pytest.mark.parametrize(("key", "margin"), FILES)
def test_every_figure_has_a_source_and_a_grade_and_is_about_a_thousand_people(key, margin):
    rows = read(key, margin)

    assert rows
    assert [fault for row in rows for fault in row_faults(row)] == []
    assert len({row.groups for row in rows if row.unit == rows[0].unit}) > 0


@pytest.mark.parametrize(("key", "margin"), FILES)
def test_no_figure_is_empty_of_its_grade(key, margin):
    for row in read(key, margin):
        assert row.source or row.grade == "assumed", row
        assert row.year >= 2000, row


def test_a_margin_of_four_dimensions_is_refused():
    row = Row("x", ("CN", "a", "b", "c"), 5000, "persons", 2020, "nbs-census-3", "published", "")

    assert row_faults(row) == ["CN a b c: a margin has at most 3 dimensions."]


def test_a_cell_of_a_few_people_is_refused():
    row = Row("x", ("CN", "a"), 999, "persons", 2020, "nbs-census-3", "published", "")

    assert row_faults(row) == ["CN a: a cell holds nobody or at least 1,000 people."]


def test_a_margin_without_a_source_is_refused():
    row = Row("x", ("CN", "a"), 5, "%", 2020, "nowhere", "published", "")

    assert row_faults(row) == ["CN a: no source 'nowhere' in data/sources.toml."]


@pytest.mark.parametrize("key", keys())
def test_a_society_has_at_least_a_hundred_thousand_people_and_no_free_text(key):
    import tomllib

    spec = tomllib.loads((folder(key) / "society.toml").read_text(encoding="utf-8"))

    assert spec["population"]["value"] >= margins.SOCIETY_MIN
    assert sorted(set(texts(spec)) - WORDS) == []
    for where, fact in facts(spec):
        assert not isinstance(fact["value"], str), where


def texts(node, name=""):
    """The names under which a spec holds text."""
    if isinstance(node, str):
        yield name
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from texts(child, key)
    elif isinstance(node, list):
        for child in node:
            yield from texts(child, name)


def test_a_source_is_a_publication_and_no_copy():
    text = (DATA / "sources.toml").read_text(encoding="utf-8")

    assert [name for name in COPIES if name in text] == []
    for key, source in sources().items():
        assert {"author", "title", "year"} <= source.keys(), key


def test_totals_agree_with_one_another(every):
    fixed = margins.totals(every.spec)
    whole = fixed.province.sum()

    assert whole == every.population == PEOPLE[every.key]
    for table in fixed:
        assert table.sum() == pytest.approx(whole, rel=1e-9)
    by_age = np.add.reduceat(fixed.age_sex.sum(1), [0, 3, 12, 13])
    assert fixed.province_age.sum(0) == pytest.approx(by_age, rel=1e-9)
    assert fixed.age_schooling.sum(0) == pytest.approx(fixed.province_schooling.sum(0), rel=1e-9)


# ---- India


def test_every_state_of_india_has_the_nation_s_people():
    fixed = margins.totals(load("india-2011").spec)

    for table in (fixed.province_age, fixed.province_sex, fixed.province_home):
        share = table / fixed.province[:, None]
        assert share == pytest.approx(np.tile(share.mean(0), (35, 1)), abs=1e-12)


def test_what_is_assumed_of_india_says_its_range_and_lies_in_it():
    found = 0
    for path in sorted(folder("india-2011").glob("margins/*.csv")):
        for row in read("india-2011", path.stem):
            if row.grade == "assumed":
                low, high = map(float, re.search(r"range (\S+) to (\S+)$", row.note).groups())
                assert low <= row.value <= high, row
                found += 1

    assert found > 100


def test_a_margin_that_a_society_lacks_has_no_figures():
    assert margins.figures("india-2011", "party") == {}
    assert margins.by_province(load("india-2011").spec, "income", "all") is None


def test_a_conflict_fits_the_first_line_that_names_it():
    spec = {
        "conflict": [
            {"margin": "income", "cell": "mean of *", "why": "a"},
            {"margin": "income", "cell": "*", "why": "b"},
        ]
    }

    assert margins.reason(spec, "income", "mean of fifth 1") == "a"
    assert margins.reason(spec, "income", "Tibet") == "b"
    assert margins.reason(spec, "internet", "all") == ""
