"""Rules: taken out of a scheme one by one, and those that lie out of context."""

import pytest

from demerit import scheme as schemes
from demerit.scheme import rules
from demerit.scheme.reading import case
from demerit.scheme.rules import DISPUTED, UNRELATED, foreign, rules_of, without


def read(key):
    a = case(schemes.load(key).spec)
    return a, {rule.key: rule for rule in rules_of(a)}


@pytest.mark.parametrize("key", schemes.keys())
def test_a_scheme_without_all_its_rules_scores_nothing_and_is_faultless_no_less(key):
    a, found = read(key)
    bare = without(a.spec, found.values())

    assert {row.key for row in a.inputs} <= found.keys()
    assert {0} >= {row.points for row in case(bare).inputs}
    assert a.spec == schemes.load(key).spec


def test_one_rule_is_taken_out_wherever_it_stands_and_nothing_else():
    a, found = read("national")
    bare = without(a.spec, [found["late_bill"]])
    before, after = (
        {row.place: row.points for row in here.inputs} for here in (a, case(bare))
    )  # fmt: skip

    assert 2 == len(found["late_bill"].places)
    assert {place for place in before if before[place] != after[place]} == set(
        found["late_bill"].places
    )


def test_ratings_of_others_are_a_rule_where_people_rate_one_another():
    a, found = read("nosedive")

    assert found[rules.PEER].costs
    assert not found[rules.PEER].own
    assert 0 == without(a.spec, [found[rules.PEER]])["peer"]["rates"]["value"]
    assert rules.PEER not in read("suining")[1]


def test_what_bears_on_nothing_that_is_decided_lies_out_of_context():
    a, found = read("court-list")

    def strange(aims, words):
        return foreign(a, found.values(), aims, words)

    assert {"judgment_unpaid"} == strange(["travel"], UNRELATED)
    assert set() == strange(["finance"], UNRELATED)  # a debt by judgment is a debt, or is it
    assert {"judgment_unpaid"} == strange(["finance"], DISPUTED)
    assert set() == strange(["travel", "finance"], UNRELATED)


def test_what_a_scheme_says_it_is_for_comes_before_what_it_shuts():
    a, _ = read("suining")

    assert ["work"] == rules.aims(a)
    a.spec["law"] = {"purpose": ["traffic"]}
    assert ["traffic"] == rules.aims(a)


def test_a_reward_takes_nothing_away():
    a, found = read("suining")

    assert not found["merit"].costs
    assert "merit" not in foreign(a, found.values(), ["travel"], DISPUTED)


def test_conduct_that_a_treaty_protects_is_lawful_here_whatever_the_law_says():
    _, found = read("suining")

    assert {"petition", "online_post", "banned_group"} == {
        key for key, rule in found.items() if rule.costs and rule.lawful
    }
