"""Lives: what pages show of the synthetic people of a run is what they did in it."""

import base64

import numpy as np
import pytest
from explorer_asks import SMALL

from demerit import storage
from demerit.columns import LAW, SCHEME
from demerit.replay.recorded import recall
from demerit.replay.story import story


@pytest.fixture(scope="module")
def whole(folder, made):
    return storage.read(folder / made[0])


@pytest.fixture
def ids(client, run):
    asked = {"where": "wrongly sanctioned", "limit": 5}
    found = client.get(f"/api/runs/{run}/find", params=asked).json()["ids"]
    assert found
    return found


def test_dots_of_everybody_are_the_counts_of_the_run(client, run, whole):
    _, frames, _ = whole
    found = client.get(f"/api/runs/{run}/society", params={"people": 2_000}).json()
    months, people = SMALL["months"], found["people"]

    def bytes_of(text):
        return np.frombuffer(base64.b64decode(text), np.uint8)

    bits = found["state_bits"]
    states = {
        side: bytes_of(found[side]["state"]).reshape(months, people) for side in ("with", "without")
    }
    names = {"sanctioned": "sanctioned", "wrongly": "sanctioned_wrongly", "posted": "posted",
             "arrears": "arrears", "unemployed": "seeking", "distressed": "distressed"}  # fmt: skip
    assert people == 2_000
    for name, counter in names.items():
        for side, world in (("with", SCHEME), ("without", LAW)):
            counted = ((states[side] & bits[name]) > 0).sum(axis=1)
            assert counted.tolist() == frames[counter][world, :, 0].tolist()
    assert (states["with"] & bits["sanctioned"]).any()
    tiers = bytes_of(found["with"]["tier"]).reshape(months, people)
    for k in range(4):
        assert (tiers == k).sum(axis=1).tolist() == frames[f"tier_{k}"][SCHEME, :, 0].tolist()
    who = bytes_of(found["who"])
    assert ((who & found["who_bits"]["scored"]) > 0).sum() == frames["scored"][SCHEME, 0, 0]
    assert sum(found["count"]) == people == len(bytes_of(found["income_fifth"]))


def test_dots_of_few_are_the_first_of_each_block(client, run):
    found = client.get(f"/api/runs/{run}/society", params={"people": 100}).json()

    assert found["people"] == sum(found["count"]) >= 100
    assert client.get(f"/api/runs/{run}/society", params={"people": 99}).status_code == 422
    assert client.get(f"/api/runs/{run}/society", params={"people": 8_001}).status_code == 422


def test_a_life_is_that_of_the_run_told_in_words(client, run, whole, ids):
    document, _, climate = whole
    told = story(recall(document, climate), ids[0])
    found = client.get(f"/api/runs/{run}/people/{ids[0]}").json()

    assert found["months"] == told["months"]
    assert found["who"] == told["who"]
    assert len(found["steps"]) == len(told["events"])
    assert [step["event"] for step in found["steps"]] == [e["event"] for e in told["events"]]
    kinds = set("deed record file door silence work money other".split())
    assert all(step["text"] and step["kind"] in kinds for step in found["steps"])
    assert "faith" not in str(found["who"])


def test_a_step_leads_to_its_rule_its_agency_and_their_basis(client, run, ids):
    found = client.get(f"/api/runs/{run}/people/{ids[0]}").json()
    entries = [step for step in found["steps"] if step["event"] == "entered"]
    sanctions = [step for step in found["steps"] if step["event"] == "sanctioned"]

    assert entries
    assert sanctions
    for step in entries:
        assert step["rule"]["place"] == f"points.{step['deed']}"
        assert step["rule"]["value"] == step["points"]
        assert step["rule"]["line"]
        assert found["agencies"][step["agency"]]["false"]["basis"]
    assert sanctions[0]["rule"]["place"] == f"tier.{sanctions[0]['tier']}.floor"
    assert all(step["rule"] is None for step in found["steps"] if step["world"] == "law")


def test_the_scheme_does_not_see_which_entry_is_false_and_the_laboratory_does(client, run, ids):
    address = f"/api/runs/{run}/people/{ids[0]}/file"
    clerk = client.get(address, params={"as": "clerk"}).json()["file"]
    known = client.get(address, params={"as": "laboratory"}).json()["file"]

    assert clerk["entries"]
    assert len(clerk["entries"]) == len(known["entries"])
    assert all("truth" not in row for row in clerk["entries"])
    assert any(row["truth"] != "true" for row in known["entries"])
    assert all(row["text"] and row["deed_title"] for row in known["entries"])
    assert "wrongful" in known
    assert "wrongful" not in clerk


@pytest.mark.parametrize("viewer", ["citizen", "partner", "clerk", "subject", "laboratory"])
def test_each_may_look_at_each_month(client, run, ids, viewer):
    asked = {"as": viewer, "month": 2}
    found = client.get(f"/api/runs/{run}/people/{ids[0]}/file", params=asked).json()

    assert (found["month"], found["as"], found["person"]) == (2, viewer, ids[0])


def test_nobody_else_can_be_looked_up(client, run):
    for path in ("people/999999999", "people/999999999/file"):
        answer = client.get(f"/api/runs/{run}/{path}")

        assert answer.status_code == 404
        assert "find" in answer.json()["error"]["mend"]
    assert client.get(f"/api/runs/{run}/people/anna").status_code == 422
    assert client.get(f"/api/runs/{run}/people/-1").status_code == 422


def test_what_a_scheme_does_not_score_has_no_file(client, run, ids):
    for kind in ("firm", "official"):
        answer = client.get(f"/api/runs/{run}/people/{ids[0]}/file", params={"kind": kind})

        assert answer.status_code == 404


def test_the_register_lists_whom_the_run_has_posted(client, run, whole):
    _, frames, _ = whole
    for month in (1, 5):
        found = client.get(f"/api/runs/{run}/register", params={"month": month}).json()

        assert found["count"] == frames["posted"][SCHEME, month, 0]
        assert all(row["since"] <= month for row in found["rows"])
    assert found["rows"]
    assert found["looked_at"] == found["of"] == 2_000
    assert {row["door"]: row["text"] for row in found["does"]} == {"job": "shut"}
    part = client.get(f"/api/runs/{run}/register", params={"limit": 2, "offset": 1}).json()
    assert part["rows"] == found["rows"][1:3]
    assert client.get(f"/api/runs/{run}/register", params={"month": 6}).status_code == 422


def test_people_are_found_by_conditions_alone(client, run):
    def find(where):
        return client.get(f"/api/runs/{run}/find", params={"where": where, "limit": 1_000})

    rural, urban = (find(word).json() for word in ("rural", "not rural"))
    assert rural["count"] + urban["count"] == rural["looked_at"] == 2_000
    assert not set(rural["ids"]) & set(urban["ids"])
    for words in ("anna", "rural,,", "", "x" * 401, "over 1e9"):
        assert find(words).status_code == 422
