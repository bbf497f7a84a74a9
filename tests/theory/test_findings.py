"""Findings: every published one is a row, an input or outside; a row that moves turns red."""

import json
import math

import pytest

from demerit import cli, facts, theory
from demerit.theory import findings
from demerit.theory.row import reference

PATH = facts.DATA / "reference" / "findings.json"
REGISTER, ROWS = reference("findings")["register"], reference("findings")["findings"]
TAKEN = {2, 8, 10}  # numbers of findings that were never given out
FINDINGS = {f"T{k:02}" for k in range(1, 30) if k not in TAKEN}
EFFECTS = {f"E{k:02}" for k in range(1, 27)}
RATES = {"B21"}  # a rate of a deed that is held against a run, and not put in
NUMBERS = {
    name: fact
    for path in facts.DATA.rglob("*.toml")
    if path.name != "sources.toml" and path.parent.name in ("data", "schemes", findings.SOCIETY)
    for name, fact in facts.facts(facts.parse(path), path.stem)
}


def found(key):
    return math.nan if ROWS[key]["found"] is None else ROWS[key]["found"]


def test_every_finding_stands_in_the_register_once():
    keys = []
    json.loads(PATH.read_text(), object_pairs_hook=lambda pairs: keys.extend(k for k, _ in pairs))

    assert sorted(FINDINGS | EFFECTS | RATES) == sorted(REGISTER)
    assert [] == [key for key in REGISTER if keys.count(key) != 1]
    assert [] == [key for key in ROWS if keys.count(key) != 1]


def test_a_finding_is_a_row_or_an_input_or_outside_and_never_two_of_these():
    rows = {entry["of"] for entry in ROWS.values()}
    aside = theory.aside("findings")

    assert set(REGISTER) == rows | set(aside)
    assert set() == rows & set(aside)
    assert [] == [key for key, entry in aside.items() if {"input", "outside"} <= set(entry)]


@pytest.mark.parametrize("key", [key for key, entry in REGISTER.items() if "input" in entry])
def test_a_finding_that_is_an_input_names_a_number_that_rests_on_a_source(key):
    number = NUMBERS[REGISTER[key]["input"]]

    assert number["source"] not in {
        entry["source"] for entry in ROWS.values() if "note" not in REGISTER[entry["of"]]
    }


def test_a_publication_that_serves_for_both_says_which_figure_is_which():
    inputs = {fact["source"] for fact in NUMBERS.values() if "source" in fact}
    both = {entry["of"] for entry in ROWS.values() if entry["source"] in inputs}

    assert {"E07", "T15", "T11", "B21"} == both
    assert all(len(REGISTER[key]["note"]) > 40 for key in both)


def test_a_finding_has_a_title_and_one_outside_a_reason():
    assert all(5 < len(entry["title"]) < 80 for entry in REGISTER.values())
    assert [] == [k for k, entry in REGISTER.items() if len(entry.get("outside", 30 * "x")) < 15]


@pytest.mark.parametrize("key", ROWS)
def test_a_row_says_what_was_found_when_its_reason_was_written(key):
    row = findings.beside(key, ROWS[key], found(key))

    assert ("gap" if "gap" in ROWS[key] else "yes") == row.agrees
    assert "[" in row.what


@pytest.mark.parametrize("key", ROWS)
@pytest.mark.parametrize("times", [-1.0, 2.5, 1 / 2.5])
def test_a_row_that_moves_on_turns_red(key, times):
    """Unless it has come to what was published."""
    moved = 3.0 if math.isnan(found(key)) else found(key) * times
    row = findings.beside(key, ROWS[key], moved)
    near = abs(moved - row.published) <= row.tolerance

    assert ("yes" if near else "no") == row.agrees


def test_the_command_prints_the_rows_and_what_has_none(monkeypatch, capsys):
    monkeypatch.setattr(findings, "figures", lambda: {key: found(key) for key in ROWS})
    with pytest.raises(SystemExit) as ended:
        cli.main(["validate", "findings"])
    out, _ = capsys.readouterr()

    assert not ended.value.code
    assert [] == [entry["what"] for entry in ROWS.values() if entry["what"] not in out]
    assert [] == [key for key in theory.aside("findings") if f"  {key}  " not in out]
    assert "0 differ without" in out
