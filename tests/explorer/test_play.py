"""Play: a life of the run, some of whose choices are made in the address; nothing is kept."""

import pytest
from explorer_asks import BEARER, SMALL

from demerit import storage
from demerit.replay.recorded import recall
from demerit.replay.story import story

MONTHS = SMALL["months"]
FREE = "*." * MONTHS


@pytest.fixture
def person(client, run):
    asked = {"where": "arrears, over 20, under 65, scored", "limit": 1}
    return client.get(f"/api/runs/{run}/find", params=asked).json()["ids"][0]


@pytest.fixture
def play(client, run, person):
    def ask(choices="", who=None):
        address = f"/api/runs/{run}/people/{person if who is None else who}/play"
        return client.get(address, params={"choices": choices})

    return ask


def test_a_life_left_free_is_that_of_the_run(play, folder, run, person):
    document, _, climate = storage.read(folder / run)
    told = story(recall(document, climate), person)
    found = play(FREE).json()

    assert found["months"] == told["months"]
    assert found["over"] is True
    assert found["of"] == MONTHS
    lives = found["end"]["lives"]
    assert lives["yours"] == lives["model"]
    assert lives["same"] == lives["twin"]
    assert lives["yours"]["cash"] == [month["scheme"]["cash"] for month in told["months"]]
    assert lives["twin"]["cash"] == [month["law"]["cash"] for month in told["months"]]
    assert lives["yours"]["sanctioned"] == sum(m["scheme"]["sanctioned"] for m in told["months"])
    wanted = [event["event"] for event in told["events"] if event["world"] != "law"]
    assert [step["event"] for step in found["steps"]] == wanted


def test_what_is_asked_twice_is_the_same(play):
    letters = "".join("1" for _ in play().json()["offers"])

    assert play(f"{letters}.").json() == play(f"{letters}.").json()


def test_a_choice_is_told_and_the_ends_part(play):
    choices = ""
    for month in range(MONTHS):
        found = play(choices).json()
        assert (len(found["months"]), found["over"], found["end"]) == (month, False, None)
        choices += "1" * len(found["offers"]) + "."
    found = play(choices).json()
    did = {(s["month"], s["deed"]) for s in found["steps"] if s["event"] == "did"}
    for row in found["offered"]:
        for offer in row["offers"]:
            if "points" in offer and offer["hand"] in ("help", "say", "slip", "use"):
                assert (row["month"], offer["key"]) in did

    knew, lives = found["end"]["knew"], found["end"]["lives"]
    assert found["offers"] == []
    assert knew["done"] == sum(row["done"] for row in knew["rows"])
    entered = [step for step in found["steps"] if step["event"] == "entered"]
    assert knew["written"] + knew["untrue"] == len(entered)
    assert found["steps"] != play(FREE).json()["steps"]
    assert all(len(life["cash"]) == MONTHS for life in lives.values())


def test_an_offer_says_what_it_costs_and_who_may_see_it(play, client):
    deeds = {row["key"]: row for row in client.get("/api/catalogue").json()["deeds"]}
    for month in range(3):
        for offer in play("*." * month).json()["offers"]:
            for part in offer.get("dues", [offer]):
                if "deed" in part:
                    assert part["title"] == deeds[part["deed"]]["title"]
                    assert part["harm"] == deeds[part["deed"]]["harm"]
                    assert 0 <= part["seen"] <= 1


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("1", "for each month a letter"), ("yes.", "for each month a letter"),
        ("11111.", "this life offers"), ("*." * (MONTHS + 1), f"has {MONTHS} months"),
        ("*" * 201, "at most 200"),
    ],
)  # fmt: skip
def test_choices_that_are_none_are_refused_in_words(play, choices, said):
    answer = play(choices)
    error = answer.json()["error"]

    assert answer.status_code == 422
    assert said in error["what"]
    assert error["where"] == "choices"
    assert error["mend"]


def test_nobody_else_can_be_lived(play, stranger, run, person):
    assert play(who=999_999_999).status_code == 404
    assert play(who="anna").status_code == 422
    answer = stranger.get(f"/api/runs/none-of-these/people/{person}/play", headers=BEARER)
    assert answer.status_code == 404


def test_who_has_no_token_lives_nobody(stranger, run):
    stranger.cookies.clear()
    assert stranger.get(f"/api/runs/{run}/people/19/play").status_code == 401
