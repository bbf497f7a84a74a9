"""Change the rules: levers with bounds and bases, four numbers, red flags, and a puzzle."""

import json

import pytest

from .conftest import LISTS, SMALL

JUDGE = """async (given) => (await import("/static/screens/puzzle.js")).judge(given)"""
FOUR = {"fraud": {"with": 1.0, "without": 2.0}}
CLEAN = {"train": {"wrongly": 0}, "travel": {"wrongly": 0}}


def answered(page):
    """Wait for the answer, and give the time in seconds that the page says it took."""
    done = page.locator(".four [data-seconds]")
    done.wait_for()
    return float(done.get_attribute("data-seconds"))


def kept(page):
    """Wait for the run of the answer, which follows."""
    page.locator(".four [data-run]").wait_for()


def test_every_lever_shows_bounds_and_basis(opened, server):
    page = opened().go(f"rules?{LISTS}")
    page.locator(".lever").first.wait_for()
    levers = server.ask("/api/levers", {"scheme": "court-list"})["levers"]
    for group in page.locator("details.group > summary").all():
        group.click()

    assert len(levers) == page.locator(".lever").count() > 20
    for lever in levers:
        drawn = page.locator(f'[id="lever-{lever["id"]}"]')
        if lever["kind"] != "switch":
            bounds = [float(drawn.get_attribute(end)) for end in ("min", "max")]
            assert [lever["min"], lever["max"]] == bounds
    assert (
        len(levers)
        == page.locator(".lever .basis").count() - page.locator(".lever-basis p .basis").count()
    )


def test_a_lever_moved_by_keyboard_is_in_the_address_and_brings_another_answer(opened):
    found = opened()
    page = found.go(f"rules?{LISTS}")
    answered(page)
    lever = page.locator('[id="lever-false_records"]')
    lever.focus()
    page.keyboard.press("End")
    page.locator(".lever.moved").wait_for()
    page.locator(".was").first.wait_for()
    answered(page)

    assert "x.false_records=10" in found.state()
    assert 4 == page.locator(".big-one").count()
    assert "As written: 1 \u00d7 as assumed." in page.locator(".lever.moved").inner_text()
    assert 2 == page.locator(".four-line path.line").count()
    page.get_by_role("button", name="Put all back").click()
    page.locator(".lever.moved").wait_for(state="detached")
    assert "x." not in found.state()


def test_the_four_numbers_are_those_of_the_run(opened, server):
    page = opened().go(f"rules?{LISTS}")
    answered(page)
    kept(page)
    run = server.run_of("court-list")
    head, four = server.ask(f"/api/runs/{run}"), server.ask(f"/api/runs/{run}/four")
    last = four["months"][head["months_in_force"] - 1]

    said = page.locator(".big-one.sanctioned .big").inner_text()
    assert pytest.approx(1e4 * last["sanctioned"]["share"], rel=0.01) == float(said)
    measures = server.ask(f"/api/runs/{run}/measures")["measures"]
    wrongly = float(page.locator(".big-one.wrongly .big").inner_text())
    assert pytest.approx(100 * measures["wrongful_sanction_share"]["with"], rel=0.01) == wrongly


def test_red_flags_change_as_the_rules_do(opened, server):
    lint = server.ask("/api/scheme", {"scheme": "suining", "changes": {"points.petition": 0,
                      "points.banned_group": 0, "points.online_post": 0}})["lint"]  # fmt: skip
    gone = [k for k, was in lint["before"].items() if was == "met" != lint["rules"][k]]
    page = opened().go(
        f"rules?scheme=suining&{SMALL}"
        "&x.points.petition=0&x.points.banned_group=0&x.points.online_post=0"
    )
    page.locator(".flag").first.wait_for()

    assert gone
    assert len(gone) == page.locator(".flag.gone").count()
    red = sum(finding["status"] == "met" for finding in lint["findings"])
    assert page.locator(".flags [role=status]").inner_text().startswith(f"{red} red flags.")


def test_the_run_is_told_while_it_goes(opened):
    page = opened().go("rules?scheme=national&people=100000&months=60&seed=7")  # takes long enough
    page.locator(".four progress").wait_for()
    told = page.locator(".four [role=status]").inner_text()
    page.locator(".four-line path.line").wait_for()

    assert any(word in told for word in ("Living", "Preparing", "Waiting", "Starting", "Letting"))
    answered(page)


def test_the_four_numbers_are_an_answer_before_their_run_is_there(opened):
    """The server says no more than them here."""
    found = opened()
    page = found.page
    job = {"job": "j-9-00000000", "state": "queued", "position": 1, "run": None, "cached": False}
    four = {"sanctioned": {"people": 3, "share": 0.0123, "of": ""},
            "wrongly": {"people": 1, "share": 0.25, "of": ""},
            "fraud": {"with": 0.002, "without": 0.001, "of": ""},
            "silent": {"withheld": 5, "share": 0.5, "of": ""}}  # fmt: skip
    told = [
        ("started", {"months": 1, "people": 3000, "command": "demerit run"}),
        ("month", {"month": 0, "months": 1, "repealed": None, "four": four}),
        ("four", {"months_in_force": 1, "doors": {}, "seconds": 1.0}),
    ]
    events = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in told)
    page.route("**/api/jobs*", lambda route: route.fulfill(status=202, json=job))
    page.route("**/api/jobs/*/events", lambda route: route.fulfill(
        status=200, content_type="text/event-stream",
        body=f"retry: 60000\n\n{events}"))  # fmt: skip
    found.go("rules?scheme=court-list&people=3000&months=1")
    answered(page)

    assert ["123", "25", "+120", "50"] == page.locator(".big-one .big").all_inner_texts()
    assert "now surveyed" in page.locator(".four").inner_text()
    assert 0 == page.locator(".four [data-run]").count()


@pytest.mark.parametrize(
    ("given", "rules", "fraud", "trains"),
    [
        ({"changes": {"a": 1}, "four": FOUR, "doors": CLEAN, "done": True}, True, True, True),
        ({"changes": {}, "four": FOUR, "doors": CLEAN, "done": True}, False, True, True),
        ({"changes": dict.fromkeys("abcd", 1), "four": FOUR, "doors": CLEAN, "done": True},
         False, True, True),
        ({"changes": {"a": 1}, "four": {"fraud": {"with": 2.0, "without": 2.0}}, "doors": CLEAN,
          "done": True}, True, False, True),
        ({"changes": {"a": 1}, "four": FOUR, "doors": {**CLEAN, "travel": {"wrongly": 1}},
          "done": True}, True, True, False),
        ({"changes": {"a": 1}, "four": FOUR, "doors": CLEAN, "done": False}, True, None, None),
    ],
)  # fmt: skip
def test_the_puzzle_checks_itself(opened, given, rules, fraud, trains):
    page = opened().go(f"guess?{LISTS}")
    found = page.evaluate(JUDGE, given)

    assert (rules, fraud, trains) == (found["rules"], found["fraud"], found["trains"])


def test_the_puzzle_stands_above_the_levers_and_follows_them(opened):
    found = opened()
    page = found.go(f"rules?scheme=national&{SMALL}&puzzle=1")
    answered(page)
    page.locator(".test.no").first.wait_for()
    assert "0 of at most 3 rules changed." in page.locator(".tests").inner_text()
    page.locator('[id="lever-repeal.share"]').focus()
    page.keyboard.press("End")
    page.locator(".test.yes", has_text="1 of at most 3").wait_for()


def test_the_command_and_its_file_are_there_to_take(opened):
    page = opened().go(f"rules?{LISTS}&x.erase.months=6")
    page.get_by_text("The exact command").click()
    said = page.locator(".bench-answer pre").last.inner_text()

    assert said.startswith("demerit run court-list-changed.toml --people 3000 --months 8")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save court-list-changed.toml").click()
    assert "court-list-changed.toml" == saved.value.suggested_filename
    assert 'key = "court-list-changed"' in saved.value.path().read_text().replace("  ", " ")


def test_a_changed_run_that_is_named_can_be_put_back(opened, server):
    found = opened()
    page = found.go(f"rules?{LISTS}&x.false_records=2")
    page.locator(".was").first.wait_for()
    answered(page)
    kept(page)
    run = server.run_of("court-list", {"false_records": 2})
    page = found.go(f"rules?run={run}")
    page.locator(".lever.moved").wait_for()
    page.get_by_role("button", name="Put all back (1)").click()
    page.locator(".lever.moved").wait_for(state="detached")

    assert "run=" not in found.state()
    assert "x." not in found.state()
    assert "people=3000&months=8&seed=1" in found.state()


def test_a_lever_moved_on_a_folder_keeps_all_that_the_folder_was(opened, server, command):
    name = "by-hand-seeded"
    command("run", "court-list", "--people", "2k", "--months", "5", "--seed", "7", "--without",
            "chilling", "--quick", "--out", server.runs / name, folder=server.runs)  # fmt: skip
    found = opened()
    page = found.go(f"rules?run={name}")
    answered(page)
    page.locator('[id="lever-false_records"]').focus()
    page.keyboard.press("End")
    page.locator(".lever.moved").wait_for()
    state = dict(part.split("=") for part in found.state().split("?")[1].split("&"))

    assert state == {
        "scheme": "court-list", "society": "china-2020", "people": "2000", "months": "5",
        "seed": "7", "without": "chilling", "x.false_records": "10",
    }  # fmt: skip
    answered(page)
    page.locator(".was").first.wait_for()
    said = page.locator(".bench-answer pre").last.text_content()
    assert "--seed 7 --without chilling" in said


def test_a_folder_of_a_file_of_its_own_says_that_its_rules_cannot_be_changed(
    opened, server, command
):
    name = "by-hand-own"
    text = server.ask("/api/scheme", {"scheme": "court-list", "changes": {"erase.months": 6}})
    file = server.runs.parent / text["file"]
    file.write_text(text["text"])
    command("run", file, "--people", "2k", "--months", "4", "--quick", "--out",
            server.runs / name, folder=server.runs.parent)  # fmt: skip
    page = opened().go(f"rules?run={name}")
    page.get_by_text("come from a file of its own").wait_for()

    assert 0 == page.locator(".lever").count()
    assert "2,000 synthetic people over 4 months" in page.locator(".setting .quiet").inner_text()


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ({"asked": None, "command": "demerit run suining --people 9 --quick", "set": []}, None),
        ({"asked": None, "command": "demerit run my own.toml --people 9", "set": []}, "file"),
        ({"asked": None, "command": "demerit run dir/own --people 9", "set": []}, "file"),
        ({"asked": None, "command": "demerit run suining --set a=1", "set": ["a=1"]}, "set"),
        ({"asked": {"text": None}, "command": "demerit run x.toml", "set": ["a=1"]}, None),
        ({"asked": {"text": "key = 1"}, "command": "demerit run x.toml", "set": []}, "file"),
    ],
)
def test_what_a_question_cannot_say_keeps_rules_as_they_are(opened, head, why):
    page = opened().go(f"guess?{LISTS}")
    ask = """async (head) => (await import("/static/lib/question.js")).whyFixed(head)"""

    assert why == page.evaluate(ask, head)
