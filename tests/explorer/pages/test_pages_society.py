"""Society: the same people as dots, with the scheme and without, by month and by what is asked."""

import base64
import re

import pytest

from .conftest import LISTS

PEOPLE = 3000


@pytest.fixture
def crowd(server):
    job = server.ask("/api/jobs", {"scheme": "court-list", "people": 3000, "months": 8})
    while job["state"] not in ("done", "failed"):
        job = server.ask(f"/api/jobs/{job['job']}")
    found = server.ask(f"/api/runs/{job['run']}/society?people={PEOPLE}")
    return {**found, "state": {w: base64.b64decode(found[w]["state"]) for w in ("with", "without")}}


def count(crowd, world, month, name):
    at, bit = month * crowd["people"], crowd["state_bits"][name]
    return sum(1 for byte in crowd["state"][world][at : at + crowd["people"]] if byte & bit)


def sentence(page):
    return page.locator("#figure-society .under").inner_text()


def test_both_panels_hold_the_same_people_and_say_how_many(opened, crowd):
    page = opened().go(f"society?{LISTS}&by=arrears&month=5")
    page.locator("canvas").first.wait_for()

    assert 2 == page.locator("canvas").count()
    said = sentence(page)
    assert f"{count(crowd, 'with', 5, 'arrears'):,} of these {crowd['people']:,} people" in said
    assert f"without it, {count(crowd, 'without', 5, 'arrears'):,}." in said


def test_dots_are_drawn_on_both_canvases(opened):
    page = opened().go(f"society?{LISTS}&month=5")
    page.locator("canvas").first.wait_for()
    inked = page.locator("canvas").evaluate_all(
        """all => all.map(c => c.getContext("2d").getImageData(0, 0, c.width, c.height).data
             .filter((v, k) => k % 4 === 3 && v > 100).length / (c.width * c.height))"""
    )

    assert all(part > 0.1 for part in inked)


def test_play_moves_the_months_and_pause_holds_them(opened):
    found = opened(moving=True)
    page = found.go(f"society?{LISTS}&month=0")
    page.get_by_role("button", name="Play").click()
    page.wait_for_url(re.compile(r"month=2\b"))
    page.get_by_role("button", name="Pause").click()
    at = found.state()
    page.wait_for_timeout(1_800)

    assert at == found.state()


def test_the_time_slider_works_by_keyboard(opened):
    found = opened()
    page = found.go(f"society?{LISTS}&month=3")
    page.locator(".time input").focus()
    page.keyboard.press("ArrowRight")

    assert "month=4" in found.state()
    assert "In this model, in month 5," in sentence(page)


@pytest.mark.parametrize("by", ["tier", "wrongly", "silent", "arrears"])
def test_colour_follows_the_question_and_the_marks_their_count(opened, crowd, by):
    page = opened().go(f"society?{LISTS}&month=7")
    page.locator("canvas").first.wait_for()
    page.locator(f"label:has(.look-{by}) input").check()

    marked = count(crowd, "with", 7, "sanctioned" if by == "tier" else by)
    assert page.locator(".picked .small").inner_text().startswith(f"{marked:,} ")


def test_stepping_through_the_marked_rings_one_and_leads_to_the_life(opened):
    found = opened()
    page = found.go(f"society?{LISTS}&month=7&by=arrears")
    page.get_by_role("button", name="Next").click()
    way = page.get_by_role("link", name="Read this life, told twice")
    way.wait_for()
    person = way.get_attribute("href").split("person=")[1].split("&")[0]

    assert f"person={person}" in found.state()
    assert "in arrears" in page.locator(".picked [role=status]").inner_text()


def test_nobody_moves_but_who_changes_tier(opened):
    page = opened().go(f"society?{LISTS}")
    page.locator("canvas").first.wait_for()
    moved = page.evaluate(
        """async () => {
          const { crowdOf } = await import("/static/lib/crowd.js");
          const tiers = [[0, 0, 1, 255], [0, 1, 1, 255], [0, 0, 1, 255]].flat();
          const pack = (a) => btoa(String.fromCharCode(...a));
          const zero = pack(new Array(12).fill(0));
          const c = crowdOf({ people: 4, months: 3, first: [0], count: [4], tiers: ["A", "B"],
            sanctioned_tiers: [false, true], in_force: [1, 1, 1], state_bits: {},
            with: { tier: pack(tiers), state: zero }, without: { state: zero } });
          return { group: [...c.group], seats: [...c.seats], room: c.room };
        }"""
    )

    assert [0, 0, 1, 2, 0, 1, 1, 2, 0, 0, 1, 2] == moved["group"]
    assert [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0] == moved["seats"]  # who came back has the old seat
    assert [2, 2, 1] == moved["room"]


def test_when_the_scheme_has_ended_all_stand_in_one_block_and_look_alike(opened):
    page = opened().go(f"society?{LISTS}")
    page.locator("canvas").first.wait_for()
    found = page.evaluate(
        """async () => {
          const { crowdOf } = await import("/static/lib/crowd.js");
          const { layOut } = await import("/static/charts/swarm.js");
          const { lookOf } = await import("/static/charts/look.js");
          const tiers = [[1, 1, 1, 255], [1, 1, 1, 255], [255, 255, 255, 255]].flat();
          const pack = (a) => btoa(String.fromCharCode(...a));
          const zero = pack(new Array(12).fill(0));
          const made = (in_force) => crowdOf({ people: 4, months: 3, first: [0], count: [4],
            tiers: ["A", "B"], sanctioned_tiers: [false, true], in_force, state_bits: {},
            with: { tier: pack(tiers), state: zero }, without: { state: zero } });
          const c = made([1, 1, 0]), never = made([0, 0, 0]);
          const lay = layOut(c.room, 300, 300), look = lookOf(c, "tier");
          return { group: [...c.group], seats: [...c.seats], never: [...never.group],
            all: lay.blocks[c.groups], room: [c.room, never.room],
            looks: new Set([0, 1, 2, 3].map((i) => JSON.stringify(look("with", 2, i)))).size };
        }"""
    )

    assert [1, 1, 1, 2, 1, 1, 1, 2, 3, 3, 3, 3] == found["group"]
    assert [0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 2, 3] == found["seats"]
    assert (0, True) == (found["all"]["head"], found["all"]["empty"])  # no heading of its own
    assert [[1, 3, 1], [4, 0, 0]] == found["room"]  # so that the first block has a heading
    assert ([3] * 12, 1) == (found["never"], found["looks"])
