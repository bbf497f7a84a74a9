"""A question: what can be changed, what comes of it, and what is refused."""

import tomllib

import pytest
from explorer_asks import ASKED, SMALL

from demerit import facts, scheme
from demerit.explorer import levers, toml
from demerit.explorer.models import PERSON_MONTHS_MOST

RUNNABLE = [key for key in scheme.keys() if scheme.load(key).spec["kind"] != "rollout"]


@pytest.mark.parametrize("key", scheme.keys())
def test_a_file_written_again_reads_the_same(key):
    spec = scheme.load(key).spec

    assert tomllib.loads(toml.write(spec)) == spec


@pytest.mark.parametrize("key", RUNNABLE)
def test_every_lever_stands_within_its_bounds_and_says_what_it_rests_on(key):
    for lever in levers.levers(scheme.load(key).spec, {}):
        assert lever["min"] <= lever["value"] == lever["now"] <= lever["max"]
        assert lever["step"] > 0
        assert lever["absent"] or lever["basis"]
        assert lever["source"] is None or lever["source"] in facts.sources()


@pytest.mark.parametrize("key", RUNNABLE)
def test_a_lever_moved_to_its_end_is_in_the_file_and_nothing_else_is(client, key):
    spec = scheme.load(key).spec
    known = [lever for lever in levers.levers(spec, {}) if lever["kind"] in ("share", "access")]
    for lever in known[::7]:
        to = lever["max"] if lever["max"] != lever["value"] else lever["min"]
        asked = {"scheme": key, "changes": {lever["id"]: to}, **SMALL}
        answer = client.post("/api/scheme", json=asked).json()

        assert answer["faults"] == []
        now = {n: f["value"] for n, f in facts.facts(tomllib.loads(answer["text"]))}
        was = {n: f["value"] for n, f in facts.facts(spec)}
        beside = levers.row_of(lever["id"]).get("beside", {})
        apart = {n for n in now.keys() | was.keys() if now.get(n) != was.get(n)}
        part = lever["id"].rpartition(".")[0]
        assert now[lever["id"]] == to
        assert apart == {lever["id"]} | ({f"{part}.{b}" for b in beside} - was.keys())


def test_groups_and_titles_of_levers_are_those_of_their_file():
    table = facts.read("levers.toml")
    rows = [*table["times"], *table["number"]]

    assert {row["group"] for row in rows} == set(table["group"])
    for key in RUNNABLE:
        for lever in levers.levers(scheme.load(key).spec, {}):
            assert "{" not in lever["title"]


def test_a_number_that_a_reader_sets_is_assumed_and_says_what_the_file_had(client):
    answer = client.post("/api/scheme", json=ASKED).json()
    spec = tomllib.loads(answer["text"])
    number = spec["points"]["traffic_offence"]

    assert (spec["key"], answer["file"]) == ("suining-changed", "suining-changed.toml")
    assert (number["value"], number["basis"], number["range"]) == (-500, "assumed", [-500, -500])
    assert "the file had -20 (assumed)" in number["why"]
    assert answer["set"] == ["agencies.agency.*.false=x2"]
    assert {row["id"]: (row["was"], row["now"]) for row in answer["numbers"]}[
        "points.traffic_offence"
    ] == (-20, -500)


def test_a_question_without_changes_is_the_shipped_scheme(client):
    answer = client.post("/api/scheme", json=SMALL).json()

    assert (answer["changed"], answer["file"], answer["key"]) == (False, None, "suining")
    assert answer["text"] == scheme.find("suining").read_text(encoding="utf-8")
    assert answer["lint"]["before"] == answer["lint"]["rules"]
    same = client.post("/api/scheme", json=SMALL | {"changes": {"redress.appeal": 0.05}}).json()
    assert same["digest"] == answer["digest"]


def test_red_flags_change_as_the_rules_do(client):
    opened = SMALL | {"changes": {"tier.D.doors.job": 1}}
    before = client.post("/api/scheme", json=SMALL).json()["lint"]
    after = client.post("/api/scheme", json=opened).json()["lint"]

    assert after["before"] == before["rules"] != after["rules"]
    assert before["rules"]["AIA-001"] == "met"
    assert after["rules"]["AIA-001"] != "met"
    found = before["findings"][0]
    assert all(place["line"] for place in found["lines"])


def test_a_text_with_faults_is_told_them_with_their_lines(client):
    text = scheme.find("suining").read_text(encoding="utf-8")
    text = text.replace("floor = { value = 970", "floor = { value = 97")
    answer = client.post("/api/scheme", json={"text": text}).json()

    assert [fault["place"] for fault in answer["faults"]] == ["tier", "tier.A.floor"]
    assert all(fault["line"] for fault in answer["faults"])
    assert answer["text"] is None
    assert client.post("/api/jobs", json={"text": text}).status_code == 422


@pytest.mark.parametrize(
    "text", ["", "a = 1", "\x00", "[" * 50_000, "a = " + "9" * 6_000, 'kind = "points"', "\x7f = 1"]
)
def test_a_text_that_is_no_scheme_is_told_so(client, text):
    answer = client.post("/api/scheme", json={"text": text})

    assert answer.json()["faults"]
    assert answer.json()["text"] is None


def test_half_a_letter_is_no_fault_of_the_program(client):
    answer = client.post("/api/scheme", content=b'{"text": "\\ud800"}')

    assert answer.status_code in (200, 422)


def test_a_calendar_reads_no_file_beside_it(client, tmp_path):
    secret = tmp_path / "secret.toml"
    secret.write_text("a = 1")
    name = f"../../../../../..{secret}"
    wave = f'[[wave]]\nkey = "one"\nscheme = "{name}"\nchoice = "all"\n'
    head = 'format = 1\nkey = "mine"\ntitle = "Mine"\nkind = "rollout"\nversion = "own"\n'

    found = client.post("/api/scheme", json={"text": head + wave}).json()["faults"]

    assert [fault["place"] for fault in found] == ["kind"]
    assert "secret" not in str(found)


@pytest.mark.parametrize(("asked", "where"), [
    ({"people": 200_001}, "people"), ({"people": 999}, "people"), ({"months": 0}, "months"),
    ({"months": 121}, "months"), ({"people": 200_000, "months": 120}, "people"),
    ({"seed": -1}, "seed"), ({"seed": 2**60}, "seed"), ({"scheme": "pilots"}, "scheme"),
    ({"changes": {"nothing": 1}}, "changes.nothing"), ({"persons": []}, "persons"),
    ({"changes": {"redress.appeal": 1.5}}, "changes.redress.appeal"),
    ({"changes": {"points.petition": 0.5}}, "changes.points.petition"),
    ({"changes": {"points.petition": "many"}}, "changes.points.petition"),
    ({"text": "x" * 200_001}, "text"), ({"scheme": "../../etc/passwd"}, "scheme"),
    ({"without": ["nothing"]}, None),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_place(client, asked, where):
    for path in ("/api/scheme", "/api/jobs", "/api/scheme.toml", "/api/levers"):
        answer = client.post(path, json=asked)

        assert answer.status_code == 422
        assert answer.json()["error"]["where"] == where
        assert len(answer.json()["error"]["what"]) < 1_000


def test_unknown_names_are_not_found(client):
    assert client.post("/api/jobs", json={"scheme": "nothing"}).status_code == 404
    assert client.post("/api/jobs", json={"society": "nothing"}).status_code == 404
    assert client.get("/api/schemes/nothing").status_code == 404


def test_the_bounds_are_those_that_the_server_tells(client):
    bounds = client.get("/api/about").json()["bounds"]

    assert bounds["person_months"] == PERSON_MONTHS_MOST
    assert client.post("/api/scheme", json={"people": bounds["people"][1], "months": 60}).is_success


@pytest.mark.parametrize("body", [
    b"", b"[", b"[1]", b"null", b'{"people": NaN}', b"\xff\xfe", b'{"people": 1e999}',
    b'{"seed": ' + b"9" * 5_000 + b"}",
])  # fmt: skip
def test_a_body_that_is_no_question_is_refused(client, body):
    answer = client.post("/api/scheme", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["error"]["what"]


def test_the_file_of_a_question_is_a_download(client):
    import json

    posted = client.post("/api/scheme.toml", json=ASKED)
    linked = client.get("/api/scheme.toml", params={"question": json.dumps(ASKED)})

    assert posted.text == linked.text == client.post("/api/scheme", json=ASKED).json()["text"]
    assert 'filename="suining-changed.toml"' in posted.headers["content-disposition"]
    assert client.get("/api/scheme.toml", params={"question": "{"}).status_code == 422
