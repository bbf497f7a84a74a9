"""Live it: months of one synthetic person, by keyboard, in the address; three lives at the end."""

import pytest

from .conftest import LISTS

MONTHS = 8  # of the small run


@pytest.fixture
def begun(opened):
    """The page before the first month, with somebody to live."""
    found = opened()
    page = found.go(f"live?{LISTS}")
    page.locator(".offers .main").wait_for()
    return found


def test_all_months_can_be_lived_with_the_keyboard_alone(begun, server):
    page = begun.page
    run = server.run_of("court-list")
    chosen = 0
    for month in range(1, MONTHS + 1):
        offers = page.locator("fieldset.offer").count()
        if offers:
            page.locator("fieldset.offer input").first.focus()
            page.keyboard.press("Space")  # the first answer: yes
            chosen += 1
            for _ in range(offers - 1):
                page.keyboard.press("Tab")
                page.keyboard.press("ArrowDown")  # the second: no
                chosen += 1
            page.keyboard.press("Tab")
        else:
            page.locator(".offers .main").focus()
        assert f"Live month {month}" == page.evaluate("document.activeElement.innerText.trim()")
        page.keyboard.press("Enter")
        if month < MONTHS:
            page.get_by_role("heading", name=f"Month {month + 1} of {MONTHS}").wait_for()
            assert "H2" == page.evaluate("document.activeElement.tagName")
    page.locator(".beside").wait_for()

    state = begun.state()
    choices = state.split("c=")[1].split("&")[0]
    person = state.split("person=")[1].split("&")[0]
    found = server.ask(f"/api/runs/{run}/people/{person}/play?choices={choices}")
    assert chosen > MONTHS
    assert MONTHS == choices.count(".")
    assert choices.count("1") + choices.count("0") == chosen
    assert found["over"]
    knew = found["end"]["knew"]
    said = page.locator(".ended .answer").inner_text()
    assert f"You did {knew['done']} things" in said
    cells = page.locator(".beside tbody tr").last.locator("td").all_inner_texts()
    for life, cell in zip(("yours", "model", "twin"), cells, strict=True):
        sums = found["end"]["lives"][life]
        net = sums["cash"][-1] - sums["owed"][-1]
        assert net == int(cell.replace(",", "").replace("\u2212", "-"))


def test_what_is_left_open_and_the_rest_is_lived_by_habit(begun):
    page = begun.page
    page.locator(".offers .main").click()
    page.get_by_role("heading", name=f"Month 2 of {MONTHS}").wait_for()
    page.get_by_role("button", name="Leave the other").click()
    page.locator(".beside").wait_for()
    rows = [row.locator("td").all_inner_texts() for row in page.locator(".beside tbody tr").all()]

    assert all(row[0] == row[1] for row in rows)  # all by habit: the life of the model
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("heading", name=f"Month 2 of {MONTHS}").wait_for()
    page.go_back()
    page.locator(".beside").wait_for()


def test_a_month_says_what_came_and_keeps_back_what_cannot_be_known(begun, server):
    page = begun.page
    run = server.run_of("court-list")
    page.locator("fieldset.offer input").first.check()
    page.locator(".offers .main").click()
    page.locator(".came").wait_for()
    assert 1 == page.locator(".came .chosen").count()
    assert 0 == page.locator(".came .unknown").count()
    page.get_by_label("Show what this person cannot know").check()
    page.locator(".came .unknown").first.wait_for()

    assert "lens=1" in begun.state()
    person = begun.state().split("person=")[1].split("&")[0]
    months = server.ask(f"/api/runs/{run}/people/{person}/play?choices=*.")["months"]
    score = f"{months[0]['scheme']['score_points']:,} points"
    assert score in page.locator(".standing").inner_text()


def test_another_place_is_another_person(begun):
    page = begun.page
    first = page.locator(".whose").inner_text()
    page.get_by_label("Somebody old, in a village").check()
    page.locator(".whose", has_text="village").wait_for()
    page.wait_for_function("was => document.querySelector('.whose').innerText !== was", arg=first)

    assert "as=old" in begun.state()


def test_choices_of_another_life_are_told_and_can_be_put_away(opened):
    found = opened()
    found.refusals = True
    page = found.go(f"live?{LISTS}&c=111111.")
    page.locator(".fault").wait_for()
    assert "this life offers" in page.locator(".fault").inner_text()
    page.get_by_role("button", name="Begin this life anew").click()
    page.locator(".offers .main").wait_for()
    assert "c=" not in found.state()


def test_the_fifth_screen_and_a_life_lead_here(opened):
    page = opened().go(f"compare?of=scheme:court-list,scheme:suining&{LISTS.split('&', 1)[1]}")
    page.get_by_role("link", name="Live it yourself").click()
    page.get_by_role("heading", name="Live it").wait_for()
    page = opened().go(f"life?{LISTS}&where=sanctioned")
    page.locator(".who").wait_for()
    person = page.locator(".who h2").inner_text().split()[1].rstrip(",")
    page.get_by_role("link", name="Live this life yourself").click()
    page.locator(".whose", has_text=person).wait_for()
