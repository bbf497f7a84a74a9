"""Lint: what a lawyer would expect is found, with its line; no scheme has no finding."""

import json
from pathlib import Path

import pytest

from demerit import cli, facts
from demerit import scheme as schemes
from demerit.scheme.elements import judge
from demerit.scheme.lint import RULES, lint
from demerit.scheme.reading import case

CREDIT = Path(__file__).parent / "credit.toml"
LAW = facts.read("ai_act.toml")


def verdict(key, change=lambda spec: None):
    spec = schemes.load(key).spec
    change(spec)
    here = case(spec)
    return judge(here, lint(here))


def status(found):
    return {row.key: row.found.status for row in (*found.elements, *found.rules)}


def found_by(found, rule):
    return next(row.found for row in found.rules if row.key == rule)


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        return ended.value.code or 0, *capsys.readouterr()

    return call


# ---- what is expected of the worked examples


def test_the_trial_fails_both_limbs():
    found = verdict("suining")

    assert "met" == found.pattern
    assert {"E7i": "met", "E7ii": "met"}.items() <= status(found).items()
    for rule in ("AIA-001", "AIA-003", "AIA-004", "AIA-008"):
        assert "met" == status(found)[rule]
    assert "limbs (i) and (ii)" in found.says


def test_the_trial_punishes_a_post_above_neglect_of_the_old():
    order = found_by(verdict("suining"), "AIA-003")

    assert "online_post -100 above elder_neglect -50" in order.what
    assert "error" == order.severe
    assert {"points.online_post", "points.elder_neglect"} <= set(order.places)


def test_the_trial_punishes_petition_faith_and_speech():
    what = found_by(verdict("suining"), "AIA-004").what

    assert all(deed in what for deed in ("petition", "banned_group", "online_post"))
    assert "bribe" not in what


def test_the_court_list_shuts_flights_and_schools_for_debts():
    found = verdict("court-list")

    assert all("met" == status(found)[rule] for rule in ("AIA-001", "AIA-006", "AIA-008"))
    what = found_by(found, "AIA-001").what
    assert "flight (travel) by judgment_unpaid" in what
    assert "school (schooling) by judgment_unpaid" in what
    assert "children" in found_by(found, "AIA-006").what


def test_credit_for_loans_is_high_risk_and_not_prohibited():
    found = verdict(CREDIT)

    assert "not met" == found.pattern
    assert {"met"} == {status(found)[key] for key in ("E2", "E3", "E4", "E5", "E6", "AIA-014")}
    assert {"not met"} == {status(found)[key] for key in ("E7i", "E7ii", "AIA-001", "AIA-002")}
    assert "High-risk under Annex III 5(b)" in found.says


def test_credit_that_says_nothing_of_its_law_is_high_risk_all_the_same():
    """Its doors tell its purpose; what it leaves unsaid are warnings."""
    found = verdict(CREDIT, lambda spec: spec.pop("law"))

    assert "not met" == found.pattern
    assert {"met"} == {status(found)[key] for key in ("AIA-010", "AIA-014", "FRIA")}
    assert "High-risk under Annex III 5(b)" in found.says
    assert "does not say its purpose and legal basis" in found_by(found, "AIA-014").what


def test_no_scheme_has_no_finding(call):
    found = verdict("none")

    assert {"not met"} == set(status(found).values())
    assert [] == json.loads(call("lint", "none", "--json")[1])["findings"]


# ---- each rule can be met and mended


def without(part):
    return lambda spec: spec.pop(part)


def set_to(*path):
    *where, key, value = path

    def change(spec):
        node = spec
        for name in where:
            node = node[name]
        node[key]["value"] = value

    return change


def shuts(door):
    def change(spec):
        spec["tier"][-1]["doors"][door] = {"value": 0, "basis": "assumed"}

    return change


def scores(deed, points=-10):
    def change(spec):
        spec["points"][deed] = {"value": points, "basis": "assumed"}

    return change


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("AIA-001", shuts("flight")),
        ("AIA-001", scores("petition")),
        ("AIA-002", scores("missed_checkup")),
        ("AIA-003", set_to("points", "late_bill", -100)),
        ("AIA-004", scores("alcohol")),
        ("AIA-005", without("erase")),
        ("AIA-006", shuts("school")),
        ("AIA-006", scores("low_tie")),
        ("AIA-007", without("redress")),
        ("AIA-007", set_to("redress", "success", 0)),
        ("AIA-008", shuts("job")),
        ("AIA-009", shuts("deposit")),
        ("AIA-010", lambda spec: spec["law"].pop("human_review")),
        ("AIA-010", set_to("redress", "notice", 0)),
        ("AIA-011", scores("gaming")),
        ("AIA-012", scores("banned_group")),
    ],
)
def test_a_rule_finds_what_it_looks_for_and_only_then(rule, change):
    assert "not met" == status(verdict(CREDIT))[rule]
    assert "met" == status(verdict(CREDIT, change))[rule]


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("AIA-001", scores("fine_unpaid")),  # a debt to the state: related to credit or not
        ("AIA-005", set_to("erase", "months", 0)),  # it goes when it is paid, for those who can
        ("AIA-008", shuts("internet")),
        ("AIA-012", scores("alcohol")),
        (
            "AIA-014",
            lambda spec: (
                spec["law"].pop("annex"),
                spec["tier"][-1].update(doors={"deposit": {"value": 0, "basis": "assumed"}}),
                spec["tier"][0].pop("doors"),
                scores("alcohol")(spec),
                spec["points"].pop("late_bill"),
                spec["points"].pop("on_time"),
                spec["points"].pop("loan_default"),
            ),
        ),
    ],
)
def test_what_is_disputed_or_left_unsaid_is_open(rule, change):
    assert "open" == status(verdict(CREDIT, change))[rule]


@pytest.mark.parametrize(
    ("change", "element"),
    [(shuts("flight"), "E7i"), (shuts("job"), "E7ii"), (scores("alcohol"), "E7ii")],
)
def test_one_limb_is_enough(change, element):
    found = verdict(CREDIT, change)

    assert "met" == found.pattern == status(found)[element]


def test_rewards_alone_leave_it_open():
    def change(spec):
        spec["tier"][-1].pop("doors")
        spec["tier"][0]["doors"] = {"flight": {"value": 2, "basis": "assumed"}}

    found = verdict(CREDIT, change)

    assert "open" == status(found)["E6"] == status(found)["AIA-001"] == found.pattern


def test_names_made_public_are_a_consequence():
    found = verdict(CREDIT, set_to("posting", "public", 1))

    assert "posting (reputation)" in found_by(found, "AIA-001").what
    assert ["posting.public"] == [
        row.place for row in found.case.consequences if row.door == "posting"
    ]


def test_a_learned_score_is_a_system_that_predicts():
    found = verdict(CREDIT, lambda spec: spec.update(kind="learned"))

    assert "met" == status(found)["E1"] == status(found)["AIA-011"]
    assert "open" == status(verdict(CREDIT))["E1"]


def test_firms_are_no_natural_persons():
    """What a scheme scores of them is outside of the prohibition, whatever its key."""
    found = case(schemes.load("national").spec)

    assert [] == [row for row in (*found.inputs, *found.consequences) if "firms" in row.place]
    assert 1 == [row.key for row in found.inputs].count("judgment_unpaid")


# ---- every input and consequence says what law asks


@pytest.mark.parametrize("key", schemes.keys())
def test_every_scored_deed_and_every_consequence_is_described(key):
    found = case(schemes.load(key).spec)

    for row in found.inputs:
        assert row.context
        assert row.collected_for, row.key
        assert row.gravity is not None, row.key
        assert row.origin in ("known", "inferred", "predicted")
    for row in found.consequences:
        assert row.context != "unknown"
        assert row.severity is not None, row.door


def test_contexts_are_those_of_deeds_agencies_and_doors():
    book = facts.read("contexts.toml")
    deeds, doors = facts.read("deeds.toml")["deed"], facts.read("doors.toml")["door"]
    contexts = set(book["context"])

    assert {deed["context"] for deed in deeds.values()} <= contexts
    assert {row["context"] for row in book["door"].values()} <= contexts
    assert {kept for row in book["agency"].values() for kept in row} <= contexts
    assert set(book["related"]) <= contexts
    assert {to for rows in book["related"].values() for to in rows} <= contexts | set(deeds)
    assert set(facts.read("agencies.toml")["agency"]) == set(book["agency"])
    assert set(doors) == set(book["door"])


def test_every_harmful_deed_has_a_gravity():
    deeds = facts.read("deeds.toml")["deed"]

    assert {key for key, deed in deeds.items() if deed["harm"]} == set(
        facts.read("contexts.toml")["gravity"]
    )


def test_every_rule_of_the_data_is_held_and_names_measures_that_there_are():
    from demerit.measures import MEASURES

    assert list(LAW["rule"]) == list(RULES)
    assert set() == {m for rule in LAW["rule"].values() for m in rule["measures"]} - set(MEASURES)


# ---- the command


def test_the_command_names_lines_law_and_what_mends(call):
    code, out, _ = call("lint", "suining")
    file = (facts.DATA / "schemes" / "suining.toml").read_text().split("\n")
    line = next(k for k, row in enumerate(file, 1) if row.startswith("doors = { job"))

    assert 0 == code
    assert out.startswith("Not legal advice.")
    assert f"where suining.toml, line {line}\n" in out
    assert "Article 5(1)(c)(i)" in out
    assert "Keep work, schooling" in out
    assert "unrelated to the contexts in which the data was" in " ".join(out.split())


def test_the_command_says_what_is_from_memory(call):
    findings = json.loads(call("lint", "suining", "--json")[1])["findings"]
    memory = {row["key"]: row["from_memory"] for row in findings}

    assert memory["AIA-008"]
    assert not memory["AIA-001"]
    assert "* rests on the Commission's guidelines, from memory" in call("lint", "suining")[1]


def test_the_findings_as_json(call):
    document = json.loads(call("lint", CREDIT, "--json")[1])

    assert document["notice"].startswith("Not legal advice")
    assert 8 == len(document["schemes"][0]["elements"])
    for row in document["findings"]:
        assert {"scheme", "key", "status", "what", "law", "mend", "places", "limb"} <= set(row)
    places = [place for row in document["findings"] for place in row["places"]]
    assert all(place["line"] for place in places)
    assert {"known"} == {row["origin"] for row in document["schemes"][0]["inputs"]}


def test_all_schemes_in_one_table(call):
    code, out, _ = call("lint")
    rows = {row.split()[0]: row.split()[1:] for row in out.split("\n") if row[:1].isalnum()}

    alone = {key for key in schemes.keys() if not schemes.load(key).waves}  # but for calendars
    assert 0 == code
    assert alone <= set(rows)
    assert not rows.keys() & (set(schemes.keys()) - alone)
    assert all(f"\n{rule} " in out for rule in RULES)
    assert {len(LAW["element"]) + len(RULES)} == {len(rows[key]) for key in alone}
    assert {"."} == set(rows["none"])
    assert 100 >= max(map(len, out.split("\n")))
