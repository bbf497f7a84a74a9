"""One life, told twice: months, rules behind them, the file as each may see it, the register."""

import pytest

from .conftest import LISTS, PHONE


@pytest.fixture
def told(opened):
    """The page of somebody who was punished for a debt that they could not pay."""
    found = opened()
    page = found.go(f"life?{LISTS}&where=sanctioned+for+poverty")
    page.locator(".lives .month").first.wait_for()
    return found


def test_both_lives_stand_side_by_side_with_the_same_person(told, server):
    page = told.page
    person = page.locator(".who h2").inner_text().split()[1].rstrip(",")
    run = server.run_of("court-list")
    life = server.ask(f"/api/runs/{run}/people/{person}")

    assert life["words"] == page.locator(".who p").first.inner_text()
    for world, kind in (("scheme", "with"), ("law", "without")):
        months = sum(month[world]["employed"] for month in life["months"])
        said = page.locator(f".ending.{kind}").inner_text()
        assert f"At work in {months} of {len(life['months'])} months" in said


def test_every_loud_step_is_told_on_its_side(told, server):
    page = told.page
    if (rest := page.get_by_role("button", name="Tell the other")).count():
        rest.click()
    person = page.locator(".who h2").inner_text().split()[1].rstrip(",")
    run = server.run_of("court-list")
    steps = server.ask(f"/api/runs/{run}/people/{person}")["steps"]

    sides = {"law": ".left", "scheme": ".right", "both": ".middle"}
    for world, side in sides.items():
        # The same thing twice in a month is told once.
        wanted = {(s["month"], s["text"]) for s in steps if s["world"] == world and not s["quiet"]}
        assert len(wanted) == page.locator(f".lives {side} .event").count()
    assert any(not step["quiet"] for step in steps)


def test_a_step_links_to_its_rule_its_agency_and_its_source(told):
    page = told.page
    entry = page.locator(".event.record:has(.why)").first
    entry.locator("summary").click()
    said = entry.locator(".why").inner_text()

    assert "Rule points." in said
    assert "Written by:" in said
    assert "How often it writes what nobody did:" in said
    assert any(basis in said for basis in ("assumed", "stated in a source", "inferred"))


def test_the_file_says_what_is_true_to_the_laboratory_alone(told):
    page = told.page
    page.locator(".paper table").wait_for()
    scheme = page.locator(".paper thead").inner_text()
    rows = page.locator(".paper tbody tr").count()
    page.get_by_label("The laboratory").check()
    page.locator(".paper.laboratory table").wait_for()
    laboratory = page.locator(".paper thead").inner_text()

    assert "Truth" not in scheme
    assert "Truth" in laboratory
    assert rows == page.locator(".paper tbody tr").count() > 0
    assert "as=laboratory" in told.state()


def test_what_is_untrue_of_an_entry_can_be_read_on_a_phone(opened):
    page = opened(PHONE).go(f"life?{LISTS}&where=false+entry&as=laboratory")
    page.locator(".paper .wrong").first.wait_for()

    for table in page.locator(".paper .scroll").all():
        width, room = table.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert width <= room, table.inner_text()


def test_the_register_lists_people_and_what_being_listed_does(opened):
    found = opened()
    page = found.go(f"life?{LISTS}&list=1")
    listed = page.locator(".listed button")
    listed.first.wait_for()

    assert "A fast train or soft-class ticket: shut" in page.locator(".does").inner_text()
    one = listed.first.locator(".listed-id").inner_text()
    listed.first.click()
    page.locator(".who h2", has_text=one).wait_for()
    assert f"person={one.split()[1]}" in found.state()


def test_a_scheme_without_a_public_list_says_why_its_register_is_empty(opened):
    page = opened().go("life?scheme=suining&people=3000&months=8&list=1")
    page.locator(".register strong").wait_for()

    assert "makes no names public" in page.locator(".register strong").inner_text()


def test_a_person_who_is_not_there_is_told_as_a_fault(opened):
    found = opened()
    found.refusals = True
    page = found.go(f"life?{LISTS}&person=999999999999")
    page.locator(".fault").first.wait_for()

    assert "999999999999" in page.locator(".fault").first.inner_text()
    assert 0 == page.locator(".waiting").count()


def test_next_and_previous_stay_when_they_are_used(opened):
    found = opened()
    page = found.go(f"life?{LISTS}")  # the address names no condition
    page.locator(".who h2").wait_for()
    first = page.locator(".who h2").inner_text()
    page.get_by_role("button", name="Next").click()
    page.wait_for_function("was => document.querySelector('.who h2')?.innerText != was", arg=first)
    assert "where=" in found.state()
    page.get_by_role("button", name="Previous").click()
    page.wait_for_function("was => document.querySelector('.who h2')?.innerText == was", arg=first)


def test_the_end_of_a_scheme_is_told_by_its_last_month(opened):
    page = opened().go(f"guess?{LISTS}")
    say = """async (step) => (await import("/static/screens/timeline.js")).say(step)"""
    last = 19  # months count from nought in the program, and from one on the page
    said = page.evaluate(say, {"event": "scheme_ends", "month": last + 1, "text": "repealed"})

    assert said.endswith(f"after month {last + 1}.")
