"""Harm of lint: shares of it, against what arithmetic and small schemes settle."""

from types import SimpleNamespace

import numpy as np
import pytest
from verdicts import share, status, verdict

from demerit import preface
from demerit import scheme as schemes
from demerit.contrast import reach
from demerit.lint_harm import figure, gravity
from demerit.lint_worlds import Worlds, leave_out
from demerit.scheme.elements import judge
from demerit.scheme.lint import lint
from demerit.scheme.measured import tables
from demerit.scheme.reading import case
from demerit.scheme.rules import OTHER, grouped, rules_of

NEAR = 1e-9


# ---- intervals


def test_the_interval_of_a_mean_is_its_standard_error():
    parts = np.random.default_rng(3).normal(size=40)
    value, low, high = figure(leave_out(parts) / leave_out(np.ones(40)))

    assert parts.mean() == pytest.approx(value)
    assert reach(40) * parts.std(ddof=1) / np.sqrt(40) == pytest.approx((high - low) / 2)


def test_what_two_worlds_share_cancels_in_their_difference():
    common, own = np.random.default_rng(4).normal(size=(2, 20))
    one, other = leave_out(100 * common + own), leave_out(100 * common)

    assert figure(one - other) == pytest.approx(figure(leave_out(own)))


# ---- what a scheme must give


def test_the_only_rule_has_brought_all_of_the_harm(ask):
    _, found = ask("court-list")
    (alone,), (group,) = found["drop_one"], found["contexts"]["groups"]

    assert found["harm"]["sanction"]["count"] > 100
    assert 1 == alone["sanction"]["value"] == group["sanction"]["value"]
    assert 1 == alone["doors"]["value"] == share(found, "every")
    assert 2 == found["worlds"] == found["contexts"]["sets"]


def test_a_rule_that_nobody_breaks_has_brought_none(ask):
    """Where no firm is graded nobody's employer is on a list."""

    def change(spec):
        spec["points"]["firm_listed"] = {"value": -100, "basis": "assumed"}

    _, found = ask("court-list", change=change)
    idle = next(row for row in found["drop_one"] if row["rule"] == "firm_listed")
    group = next(row for row in found["contexts"]["groups"] if row["context"] == "standing")

    assert 4 == found["contexts"]["sets"]
    assert 0 == idle["sanction"]["value"] == idle["doors"]["value"]
    assert 0 == pytest.approx(group["sanction"]["value"], abs=NEAR)


@pytest.mark.parametrize("key", ["good-citizen-pass", "cibil", "sesame"])
def test_shares_of_the_parts_of_life_add_up_to_the_whole(ask, key):
    _, found = ask(key)
    rows = [*found["contexts"]["groups"], found["contexts"]["without_any"]]

    for unit in ("sanction", "doors", "cost"):
        assert 1 == pytest.approx(sum(row[unit]["value"] for row in rows), abs=NEAR)
    assert 2 ** len(found["contexts"]["groups"]) == found["contexts"]["sets"]


def test_a_pass_for_the_silent_is_all_for_lawful_conduct(ask):
    """Nothing harmful is scored, so that whoever is under sanction has done no harm that is."""
    asked, found = ask("good-citizen-pass")
    borne = found["without_deed"]

    assert 1 == share(found, "lawful") == borne["no_harmful_deed"]["sanction"]["value"]
    assert 0 < borne["no_costly_deed"]["sanction"]["value"] < 0.5
    wrong = found["wrongful"]["wrongful_sanction_share"]["value"]
    assert borne["no_costly_deed"]["sanction"]["value"] <= wrong
    assert {"E7i": "met", "E7ii": "met"}.items() <= status(verdict(asked, found)).items()


def test_the_court_list_is_in_context_at_the_bank_alone(ask):
    """A debt decides on journeys, schools and posts; whether it may on loans is disputed."""
    asked, found = ask("court-list")
    doors = found["at_unrelated_doors"]

    assert 0 == share(found, "unrelated") < doors["unrelated"]["value"] < 1
    assert 1 == share(found, "unrelated_or_disputed") == doors["unrelated_or_disputed"]["value"]
    assert 0 == found["without_deed"]["no_harmful_deed"]["sanction"]["value"]
    what = {row.key: row.found.what for row in verdict(asked, found).rules}["AIA-001"]
    assert "of doors refused by rules unrelated to them" in what


def test_ratings_bring_the_harm_where_people_rate_one_another(ask):
    def few(spec):
        kept = ("criticism", "littering", "clean_up")
        spec["points"] = {key: spec["points"][key] for key in kept}

    _, found = ask("nosedive", change=few)
    alone = {row["rule"]: row["sanction"]["value"] for row in found["drop_one"]}

    assert 1 == share(found, "every")
    assert "peer" == max(alone, key=alone.get)
    assert (
        None is next(r for r in found["drop_one"] if r["rule"] == "peer")["per_1000_deeds"]["value"]
    )


def test_private_scores_are_judged_by_the_doors_they_shut(ask):
    def one_issuer(spec):
        spec["issuer"] = spec["issuer"][:1]

    asked, found = ask("eight-firms", months=6, change=one_issuer)

    assert 0 == found["harm"]["sanction"]["count"] < found["harm"]["doors"]["count"]
    assert None is share(found, "unrelated")
    assert "doors refused by rules on what bears" in {
        row.key: row.found.what for row in verdict(asked, found).rules
    }["AIA-001"]  # fmt: skip


def test_rewards_alone_leave_nothing_to_share_out(ask):
    asked, found = ask("rongcheng-2021", months=3)

    assert "shares" not in found
    assert 1 == found["worlds"]
    assert status(judge(case(asked["rules"]), lint(case(asked["rules"])))) == status(
        verdict(asked, found)
    )
    assert ["Harm"] == [table.title for table in tables(found)]


def test_no_scheme_has_no_world_and_no_finding(ask):
    asked, found = ask("none")

    assert {} == found
    assert {"not met"} == set(status(verdict(asked, found)).values())


def test_credit_for_loans_stays_high_risk_and_is_not_prohibited(ask):
    asked, found = ask("cibil")
    held = verdict(asked, found)

    assert 0 == share(found, "unrelated") == share(found, "lawful")
    assert "not met" == held.pattern
    assert "High-risk under Annex III 5(b)" in held.says


@pytest.mark.slow
def test_the_trial_fails_both_limbs_and_lawful_conduct_bears_part_of_it(ask):
    """With the cut-off of group D raised, so that a small place has enough of it in a year."""

    def harsh(spec):
        spec["tier"][-2]["floor"]["value"] = 900
        spec["tier"][-3]["floor"]["value"] = 900

    asked, found = ask("suining", people=10_000, months=8, change=harsh)
    held = verdict(asked, found)

    assert {"E7i": "met", "E7ii": "met"}.items() <= status(held).items()
    assert 1 == share(found, "unrelated")
    assert 0 < share(found, "lawful") < 1
    parts = found["contexts"]["groups"]
    assert {"speech", "family", "faith", "work", "traffic", "finance"} == {
        row["context"] for row in parts
    }
    assert 1 == pytest.approx(sum(row["sanction"]["value"] for row in parts), abs=NEAR)
    merit = next(row for row in parts if row["context"] == "work")["sanction"]
    assert merit["low"] < merit["value"] < 0  # points for merit buy people free


def test_more_than_seven_parts_of_life_are_put_together(ask):
    worlds = Worlds(ask("cibil")[0] | national(), 5_000, 1, lambda *_: None)
    weight = {rule.key: float(rule.context == "health") for rule in worlds.rules}
    groups = grouped(worlds.rules, weight, 7)

    assert 7 == len(groups)
    assert {"health", OTHER} <= set(groups)
    assert sorted(rule.key for rule in worlds.rules) == sorted(
        key for keys in groups.values() for key in keys
    )


def national():
    scheme = schemes.load("national")
    return {
        "scheme": "national", "scheme_title": scheme.title, "scheme_file": scheme.name,
        "rules": scheme.spec, "numbers": preface.assumptions(scheme, "china-2020"),
    }  # fmt: skip


@pytest.mark.parametrize(("months", "inverted"), [((50, 10), True), ((10, 50), False)])
def test_a_lighter_deed_that_brings_more_harm_is_told_by_deeds_done(months, inverted):
    """Ten blocks, each with 20 deeds of both kinds; months under sanction that each rule brings."""
    noise = np.arange(10) % 2
    brought = dict(zip(("late_bill", "fraud"), (m + noise for m in months), strict=True))
    known = rules_of(case(schemes.load("national").spec))

    def harm(gone=()):
        left = sum(months for key, months in brought.items() if key not in gone)
        return {"sanction": leave_out(left)}

    folds = np.full((10, 3, 2, 1), 20)
    counts = SimpleNamespace(folds=folds, counters=[f"deed_{key}" for key in brought])
    few = SimpleNamespace(harm=harm, rules=[rule for rule in known if rule.key in brought])
    found = gravity(few, counts)

    assert inverted == bool(found["inversions"])
    assert (-1 if inverted else 1) == found["tau"]
    if inverted:
        (pair,) = found["inversions"]
        assert ("late_bill", "fraud") == (pair["lighter"], pair["graver"])
        assert 1000 * (50 - 10) / 20 == pytest.approx(pair["more_per_1000_deeds"].value)


def test_measured_inversions_are_a_warning_beside_one_lawful_purpose(ask):
    """How often a deed is seen counts in them, for which the file does not answer."""
    asked, found = ask("cibil")
    wrong = {"lighter": "late_bill", "graver": "loan_default"}
    held = verdict(asked, found | {"gravity": {"tau": -1.0, "inversions": [wrong]}})

    assert "met" == status(held)["AIA-003"]
    assert "not met" == status(held)["E7ii"] == held.pattern
