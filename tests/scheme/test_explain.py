"""Explain: a scheme told in plain English leaves no rule out."""

import re

import pytest

from demerit import facts
from demerit import scheme as schemes
from demerit.scheme.explain import explain


def told(key):
    return "\n".join(explain(key, schemes.load(key).spec))


@pytest.mark.parametrize("key", schemes.keys())
def test_every_rule_of_a_scheme_is_told(key):
    spec, text = schemes.load(key).spec, told(key)

    assert spec["title"] in text
    for where, fact in facts.facts(spec):
        if where.startswith("firms."):
            assert f"{where}: {fact['value']} [" in text, where
        elif where.startswith("points."):
            assert re.search(rf" {abs(fact['value'])}  .*\({where[7:]}\)", text), where
        elif ".doors." in where:
            assert f"({where.rpartition('.')[2]})" in text, where
    for tier in spec.get("tier", []):
        assert f"  {tier['key']}: " in text
    for left in spec.get("not_modelled", []):
        assert left in text


def test_the_trial_is_told_as_a_person_would():
    text = told("suining")

    for line in (
        "Everybody starts with 1000 points.",
        "Costs   100  A post that the authorities call misbehaviour (online_post)",
        "Adds   100  Being named an excellent employee or good citizen (merit)",
        "D: below 600 points.",
        "shut: Applying for a job (job)",
        "What is entered stays for ever.",
        "Protest of 1 in 100 adults for a month ends it.",
        "17 are assumed.",
    ):
        assert line in text


def test_a_part_without_words_of_its_own_is_told_number_by_number():
    spec = schemes.load("suining").spec | {
        "moon": {"phase": {"value": 3, "basis": "assumed", "why": "x", "range": [1, 4]}}
    }

    assert "moon.phase: 3 [assumed, 1 to 4]" in "\n".join(explain("x", spec))


def test_a_weighted_scorecard_is_told_by_its_dimensions():
    def rated(value):
        return {"value": value, "basis": "assumed", "why": "x", "range": [value, value]}

    row = {"key": "history", "weight": rated(40), "marks": {"loan_default": rated(-35)}}
    text = "\n".join(explain("x", schemes.load("suining").spec | {"dimension": [row]}))

    assert "  history: weighs 40 of 100. [assumed, 40 to 40]" in text
    assert "-35 marks  Not paying a loan or card instalment when due (loan_default)" in text
