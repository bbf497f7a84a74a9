"""Guess first: a slider, then the run's anatomy as a hundred marks, with its interval."""

import re

import pytest

from .conftest import LISTS, SMALL


def numbers_of(text):
    return [int(n) for n in re.findall(r"\d+", text)]


@pytest.fixture
def anatomy(server):
    """What the server says of the run that the page shows."""
    job = server.ask("/api/jobs", {"scheme": "court-list", "people": 3000, "months": 8})
    while job["state"] not in ("done", "failed"):
        job = server.ask(f"/api/jobs/{job['job']}")
    return server.ask(f"/api/runs/{job['run']}/anatomy")


def test_the_slider_moves_the_number_the_marks_and_the_address(opened):
    found = opened()
    page = found.go(f"guess?{LISTS}")
    page.locator("#guess").focus()
    page.keyboard.press("Home")
    for _ in range(7):
        page.keyboard.press("ArrowRight")

    assert "7" == page.locator("output.big").inner_text()
    assert 7 == page.locator(".guess-yes").count()
    assert 93 == page.locator(".guess-no").count()
    assert "guess=7" in found.state()


def test_the_answer_is_the_runs_and_stands_as_a_hundred_marks(opened, anatomy):
    page = opened().go(f"guess?{LISTS}&guess=40")
    page.get_by_role("button", name="Show what the run says").click()
    sentence = page.locator(".answer").inner_text()
    harm = next(kind for kind in anatomy["kinds"] if kind["key"] == "harm")

    assert anatomy["defined"]
    assert "You guessed 40." in sentence
    assert f"In this model it is {harm['dots']} of 100" in sentence
    said = f"from {harm['dots_low']} to {harm['dots_high']} by chance alone"
    assert (harm["dots_low"] is not None) == (said in sentence)
    assert (harm["dots_low"] is not None) == ("by chance" in sentence)
    marks = page.locator("#figure-anatomy svg").first
    assert 100 == marks.locator("path").count()
    for kind in anatomy["kinds"]:
        assert kind["dots"] == marks.locator(f"path.cause-{kind['key']}").count()


def test_the_interval_is_drawn_from_low_to_high(opened, anatomy):
    page = opened().go(f"guess?{LISTS}&guess=40&shown=1")
    band, axis = (
        page.locator("#figure-anatomy rect.band"),
        page.locator("#figure-anatomy line.axis"),
    )
    harm = next(kind for kind in anatomy["kinds"] if kind["key"] == "harm")
    if harm["dots_low"] is None:  # too few to tell by chance: a point without a band
        axis.first.wait_for(state="attached")
        assert 0 == band.count()
        return
    width = axis.first.evaluate("line => line.x2.baseVal.value - line.x1.baseVal.value")

    drawn = float(band.get_attribute("width"))
    assert drawn == pytest.approx(
        max(2, width * (harm["dots_high"] - harm["dots_low"]) / 100), abs=1
    )


def test_a_copied_address_shows_the_same_answer(opened):
    first = opened()
    first.go(f"guess?{LISTS}&guess=12&shown=1")
    told = first.page.locator(".answer").inner_text()

    second = opened().go(first.state())
    assert told == second.locator(".answer").inner_text()


def test_where_nobody_is_punished_the_page_says_so(opened):
    page = opened().go(f"guess?scheme=sketch-rongcheng&{SMALL}&shown=1")

    told = page.locator("main").get_by_text("nothing to count")
    told.wait_for()
    assert 0 == page.locator("#figure-anatomy").count()


def test_from_the_answer_one_can_go_to_a_life_and_to_a_rule(opened):
    page = opened().go(f"guess?{LISTS}&guess=40&shown=1")
    page.locator("#figure-anatomy").wait_for()

    ways = page.locator("ul.doors a").evaluate_all("links => links.map(a => a.hash)")
    assert any(way.startswith("#life?") and "where=sanctioned" in way for way in ways)
    assert any(way.startswith("#rules?") for way in ways)
    assert all("people=3000" in way for way in ways if way.startswith(("#life", "#rules")))


def test_a_guess_that_is_no_number_is_the_usual_one(opened):
    page = opened().go(f"guess?{LISTS}&guess=abc&shown=1")
    page.get_by_text("You guessed 50").first.wait_for()


def test_working_it_out_asks_for_the_same_run(opened):
    page = opened().go(f"guess?{LISTS}&seed=3&without=chilling&x.false_records=2&shown=1")
    link = page.get_by_role("link", name="Work it out")
    link.wait_for()
    parts = dict(part.split("=") for part in link.get_attribute("href").split("?")[1].split("&"))
    wanted = {"people": "3000", "months": "8", "seed": "3", "without": "chilling", "quick": "0",
              "x.false_records": "2"}  # fmt: skip

    assert wanted.items() <= parts.items()


def test_schemes_walked_by_keyboard_are_not_all_run(opened):
    found = opened()
    page = found.go(f"guess?{LISTS}")
    page.locator(".setting .quiet").wait_for()
    before = len(found.questions())
    page.locator(".setting select").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.locator(".setting .quiet").wait_for(state="detached")
    page.locator(".setting .quiet").wait_for()

    assert "scheme=court-list&" not in found.state()
    assert 1 == len(found.questions()) - before
