"""Deeds and agencies: every row is whole, and the two files fit together."""

from itertools import pairwise

import pytest

from demerit import facts
from demerit.columns import DUES, SPELLS, TRAITS
from demerit.society.tables.deeds import KINDS
from demerit.society.traits import AT_RISK, ENDS

FILE = facts.read("deeds.toml")
DEEDS, SIGNALS = FILE["deed"], FILE["signal"]
AGENCIES = facts.read("agencies.toml")["agency"]
CONTEXTS = ("finance", "traffic", "speech", "family", "faith", "civic", "work", "consumption",
            "company", "court", "health", "standing")  # fmt: skip
PLAIN = {"title", "context", "at_risk", "kind", "harm", "trait"}
NUMBERS = {"lawful", "rate", "concentration", "law_cost"}
OF_SOME = {"load", "signal", "end", "spell_months", "fined"}
OF_AGENCIES = {"coverage_town", "coverage_village", "false", "wrong", "by_name", "late", "lost"}
STEPS = ("weak", "medium", "strong")


@pytest.mark.parametrize("key", DEEDS)
def test_a_deed_is_whole(key):
    deed = DEEDS[key]
    keys = set(deed) - PLAIN - NUMBERS - OF_SOME

    assert {"protected", "seen"} == keys
    assert PLAIN | NUMBERS <= set(deed)
    assert all("basis" in deed[name] for name in NUMBERS)
    assert deed["context"] in CONTEXTS
    assert deed["at_risk"] in AT_RISK
    assert deed["kind"] in KINDS
    assert deed["trait"] in TRAITS
    assert ("spell" == deed["kind"]) <= ("spell_months" in deed)


@pytest.mark.parametrize("key", DEEDS)
def test_a_deed_is_seen_by_agencies_that_there_are_and_by_one_at_least(key):
    seen = DEEDS[key]["seen"]

    assert seen
    assert set(seen) <= set(AGENCIES)
    assert all(0 <= share["value"] <= 1 for share in seen.values())


@pytest.mark.parametrize("key", DEEDS)
def test_what_is_protected_names_its_article_and_is_no_harm(key):
    protected = DEEDS[key]["protected"]

    if protected:
        assert "iccpr-1966" == protected["source"]
        assert protected["where"].startswith("article")
        assert not DEEDS[key]["harm"]


@pytest.mark.parametrize("key", DEEDS)
def test_what_harms_nobody_and_is_lawful_costs_nothing_but_where_the_law_is_bent(key):
    deed = DEEDS[key]

    if deed["lawful"]["value"] and key != "online_post":
        assert 0 == deed["law_cost"]["value"]


def test_dues_and_lasting_states_are_deeds_of_their_kind():
    assert set(DUES) == {key for key, deed in DEEDS.items() if deed["kind"] == "due"}
    lasting = {
        key for key, deed in DEEDS.items() if deed["kind"] in ("spell", "membership", "tie", "firm")
    }
    assert lasting | {"judgment_unpaid"} == set(SPELLS)


# Signs: three steps, one for all such deeds of a context.


def test_signs_come_in_three_steps_each_stronger_than_the_last():
    assert STEPS == tuple(SIGNALS)
    for weaker, stronger in pairwise(STEPS):
        assert SIGNALS[weaker]["range"][1] <= SIGNALS[stronger]["range"][0]


def test_a_deed_has_a_load_or_is_a_sign():
    for key, deed in DEEDS.items():
        assert ("load" in deed) != ("signal" in deed), key
        assert ("signal" in deed) == ("end" in deed), key
        assert deed.get("signal", "weak") in STEPS
        assert deed.get("end", "low") in ENDS


def test_all_signs_of_a_context_are_of_one_step_and_harm_nobody():
    """No file says which purchase, word, paper or place betrays a belief."""
    steps = {}
    for key, deed in DEEDS.items():
        if "signal" in deed:
            steps.setdefault(deed["context"], set()).add(deed["signal"])
            assert not deed["harm"], key
            assert deed["lawful"]["value"], key

    assert {"consumption", "health", "speech"} == set(steps)
    assert {1} == {len(found) for found in steps.values()}


def test_all_that_is_bought_played_or_read_is_a_sign():
    for key, deed in DEEDS.items():
        if deed["context"] == "consumption":
            assert "signal" in deed, key


# Agencies.


@pytest.mark.parametrize("key", AGENCIES)
def test_an_agency_is_whole(key):
    agency = AGENCIES[key]

    assert {"title", "watches", "electronic"} | OF_AGENCIES == set(agency)
    for name in OF_AGENCIES:
        assert 0 <= agency[name]["value"] <= 1
        assert "range" in agency[name]


def test_agencies_record_fewer_false_than_true_deeds_by_the_central_numbers():
    """The rarer a deed, the more of its records are false; half of them is where sense ends."""
    for key, deed in DEEDS.items():
        rate = deed["rate"]["value"]
        rate *= deed["spell_months"]["value"] if deed["kind"] == "spell" else 1
        if deed["kind"] == "due":
            continue  # how often something is due is the household's matter
        for by, share in deed["seen"].items():
            false = AGENCIES[by]["false"]["value"]
            assert false < rate * share["value"], (key, by)
