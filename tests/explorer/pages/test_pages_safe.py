"""Safe: nothing inline, no other host; what goes wrong is told, and nothing spins for ever."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from .conftest import LISTS, VENDOR

STATIC = Path(__file__).parents[3] / "src/demerit/explorer/static"
SCREENS = ["guess?shown=1&guess=1&", "society?", "life?", "rules?", "compare?"]
OWN = [path for path in STATIC.rglob("*") if path.suffix in (".js", ".css", ".html")
       and "vendor" not in path.parts]  # fmt: skip


@pytest.mark.parametrize("folder", [STATIC / "vendor", VENDOR], ids=["pages", "tests"])
def test_what_others_made_is_what_was_published(folder):
    rows = tomllib.loads((folder / "VENDORED.toml").read_text("utf-8"))["file"]
    listed = {row["name"] for row in rows}
    licences = {name for row in rows for name in row["licence_file"].split(", ")}

    assert {path.name for path in folder.iterdir()} == listed | licences | {"VENDORED.toml"}
    for row in rows:
        assert row["sha256"] == hashlib.sha256((folder / row["name"]).read_bytes()).hexdigest()


def test_the_page_has_no_inline_script_or_style_and_names_no_other_host():
    page = (STATIC / "index.html").read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    for path in OWN:
        text = path.read_text("utf-8")
        hosts = set(re.findall(r"https?://([\w.]+)", text)) - {"www.w3.org"}  # a name space of SVG
        assert set() == hosts, path.name
        assert not re.search(r"\beval\(|new Function\(|\bstyle=\"", text), path.name


def test_files_are_short_enough_to_be_read():
    for path in OWN:
        if path.name != "texts.en.js":  # a table of sentences
            assert len(path.read_text("utf-8").splitlines()) <= 400, path.name


@pytest.mark.parametrize("screen", SCREENS)
def test_a_server_that_does_not_answer_is_told_as_a_fault(opened, screen):
    found = opened()
    found.refusals = True
    page = found.page
    page.route("**/api/**", lambda route: route.abort())
    found.go(f"{screen}{LISTS}")
    page.locator(".fault[role=alert]").first.wait_for()

    assert "does not answer" in page.locator(".fault").first.inner_text()
    assert "demerit explore" in page.locator(".fault").first.inner_text()
    assert 0 == page.locator("[aria-busy=true], .waiting").count()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_run_that_fails_is_told_with_its_reason_and_can_be_asked_again(opened, screen):
    found = opened()
    found.refusals = True
    page = found.page
    answer = ('event: error\ndata: {"error": {"what": "The disk is full.", "where": null, '
              '"allowed": null, "mend": "make room"}}\n\n')  # fmt: skip
    job = {"job": "j-9-00000000", "state": "queued", "position": 1, "run": None, "cached": False}
    page.route("**/api/jobs*", lambda route: route.fulfill(status=202, json=job))
    page.route("**/api/jobs/*/events", lambda route: route.fulfill(
        status=200, content_type="text/event-stream", body=answer))  # fmt: skip
    found.go(f"{screen}{LISTS}")
    page.locator(".fault", has_text="The disk is full.").first.wait_for()

    assert "make room" in page.locator(".fault").first.inner_text()
    page.unroute("**/api/jobs*")
    page.unroute("**/api/jobs/*/events")
    page.get_by_role("button", name="Try again").first.click()
    page.locator(".fault").first.wait_for(state="detached")


def test_a_faulty_address_is_told_with_what_is_allowed(opened):
    found = opened()
    found.refusals = True
    page = found.go("society?scheme=court-list&people=5&months=8")
    page.locator(".fault").first.wait_for()

    assert "people" in page.locator(".fault").first.inner_text()
    assert 0 == page.locator(".waiting").count()


def test_a_page_without_the_token_says_where_the_address_is(browser, server):
    page = browser.new_page()
    answer = page.goto(f"{server.origin}/")

    assert 401 == answer.status
    page.close()
