"""Validate: the table of published cases says what agrees and what does not."""

import json

import pytest

from demerit import cli, theory
from demerit.facts import InputError
from demerit.theory import urn
from demerit.theory.row import compare, reference, sampled

FAST = ["granovetter", "linkage", "performative"]


@pytest.fixture
def call(capsys):
    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


@pytest.mark.parametrize("case", FAST)
def test_a_case_agrees_but_for_the_gaps_that_it_gives_a_reason_for(case):
    rows = theory.rows(case)

    assert [] == [row for row in rows if row.agrees == "no"]
    assert all(row.note for row in rows if row.agrees == "gap")
    assert len(rows) == len({row.key for row in rows})
    assert all(row.key.startswith(f"{case}.") and row.source for row in rows)


@pytest.mark.parametrize("case", theory.CASES)
def test_the_figures_of_a_case_name_their_publications(case):
    sources = theory.sources(case)

    assert sources
    assert all({"author", "title", "year"} <= set(entry) for entry in sources.values())
    assert len(reference(case)["note"]) > 60


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(set(theory.CASES) - set(FAST)))
def test_a_long_case_agrees_too(case):
    assert [] == [row for row in theory.rows(case) if row.agrees == "no"]


def test_an_urn_is_drawn_from_the_limit_it_should_have(monkeypatch):
    monkeypatch.setattr(urn, "URNS", 300)
    ends = urn.shares([10, 20], [0.5, 0.5], 400)

    assert 1 / 3 == pytest.approx(ends.mean(), abs=4 * ends.std() / 300**0.5)
    assert urn.shares([1, 1], [0.9, 0.1], 400).mean() > 0.7
    corrected = urn.shares([10, 10], [0.6, 0.5], 2_000, corrected=True)
    assert 0.6 / 1.1 == pytest.approx(corrected.mean(), abs=0.01)


def test_a_row_within_its_tolerance_agrees_and_nan_agrees_with_nothing():
    assert "yes" == compare("k", "w", 1.0, 1.5, 0.5, "s").agrees
    assert "no" == compare("k", "w", 1.0, 1.6, 0.5, "s").agrees
    assert "no" == compare("k", "w", 1.0, float("nan"), 0.5, "s").agrees
    assert ("gap", "why") == compare("k", "w", 1.0, 1.6, 0.5, "s", gap="why")[5::2]


def test_what_is_drawn_agrees_within_four_standard_errors_of_both():
    found = [0.9, 1.1, 0.9, 1.1]  # standard error 0.0577
    alone, both = (sampled("k", "w", 1.3, found, "s", error) for error in (0.0, 0.06))

    assert "no" == alone.agrees
    assert "yes" == both.agrees
    assert 4 * (0.01 / 3 + 0.06**2) ** 0.5 == pytest.approx(both.tolerance)
    assert "3.6 standard errors apart" == both.note


def test_the_command_prints_a_table_and_counts(call):
    code, out, _ = call("validate", "linkage")

    assert 0 == code
    assert "linkage: Record linkage" in out
    assert "GAP linkage.astray.1.0.weights" in out
    assert "0 differ without" in out


def test_the_command_prints_one_json_document(call):
    code, out, err = call("validate", "--json", "granovetter")
    found = json.loads(out)

    assert (0, "") == (code, err)
    assert {"rows", "count", "aside", "sources"} == set(found)
    assert {} == found["aside"]
    assert len(found["rows"]) == sum(found["count"].values()) > 20
    assert {"key", "what", "published", "got", "tolerance", "agrees", "source", "note"} == set(
        found["rows"][0]
    )
    assert "granovetter-1978" in found["sources"]


def test_a_case_that_there_is_not_is_the_users_error(call):
    code, _, err = call("validate", "epstien")

    assert 2 == code
    assert "did you mean 'epstein'?" in err
    with pytest.raises(InputError):
        theory.rows("none")
