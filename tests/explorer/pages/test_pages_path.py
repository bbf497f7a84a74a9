"""The way of docs/first-visit.md, walked: start, guess, one life, change a rule, share."""

import time

from .conftest import LISTS

FIVE_MINUTES = 300  # seconds


def test_the_first_visit(opened):
    began = time.monotonic()
    found = opened()
    page = found.go(f"guess?{LISTS}")

    # Guess.
    page.locator("#guess").fill("60")
    page.get_by_role("button", name="Show what the run says").click()
    page.get_by_text("You guessed 60.").wait_for()

    # One life.
    page.get_by_role("link", name="Meet one who could not pay").click()
    page.locator(".lives .month").first.wait_for()
    page.get_by_label("The laboratory").check()
    page.locator(".paper.laboratory table").wait_for()

    # Change a rule.
    page.get_by_role("link", name="Change the rules").click()
    page.locator(".four [data-seconds]").wait_for()
    page.locator('[id="lever-redress.appeal"]').focus()
    page.keyboard.press("End")
    page.locator(".was").first.wait_for()
    page.locator(".four [data-seconds]").wait_for()

    # Share.
    assert "x.redress.appeal=1" in found.state()
    shared = page.locator(".share input").input_value()
    assert shared.endswith(found.state())
    other = opened()
    other.page.goto(shared)
    other.page.locator(".four [data-seconds]").wait_for()
    big = ".big-four .big"
    assert page.locator(big).all_inner_texts() == other.page.locator(big).all_inner_texts()
    assert time.monotonic() - began < FIVE_MINUTES
