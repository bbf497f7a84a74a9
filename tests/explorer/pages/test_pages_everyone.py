"""For everyone: axe-core, keyboard alone, phone width, dark, still, print, one file of texts."""

import re
from pathlib import Path

import pytest

from .conftest import DESKTOP, LISTS, PHONE, SMALL, VENDOR

STATIC = Path(__file__).parents[3] / "src/demerit/explorer/static"
SCREENS = {
    "guess": (f"guess?{LISTS}&guess=40", "#guess"),
    "answer": (f"guess?{LISTS}&guess=40&shown=1", "#figure-anatomy svg"),
    "society": (f"society?{LISTS}&month=7&by=arrears", "canvas"),
    "life": (f"life?{LISTS}&where=sanctioned&as=laboratory&list=1", ".listed"),
    "rules": (f"rules?{LISTS}&x.false_records=2", ".four [data-seconds]"),
    "live": (f"live?{LISTS}&c=*.*.&lens=1", ".offers .main"),
    "lived": (f"live?{LISTS}&c={'*.' * 8}", ".beside"),
    "puzzle": (f"rules?scheme=national&{SMALL}&puzzle=1", ".four [data-seconds]"),
    "compare": (f"compare?of=scheme:court-list,scheme:suining&{SMALL}", ".one figure"),
}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
GRAVE = ("serious", "critical")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_page(opened, screen, size, dark):
    state, there = SCREENS[screen]
    page = opened(SIZES[size], dark).go(state)
    page.locator(there).first.wait_for()
    page.wait_for_timeout(300)
    page.evaluate((VENDOR / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]

    grave = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in GRAVE]
    assert [] == grave
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_sentence_says_that_these_people_do_not_exist(opened, screen):
    state, there = SCREENS[screen]
    page = opened().go(state)
    page.locator(there).first.wait_for()
    page.locator(".statement", has_text=re.compile(r"\d+% of the numbers are assumed")).wait_for()
    first = page.locator("body").inner_text().removeprefix("Skip to the page").strip()

    assert first.startswith(
        "These people do not exist. They were computed from published totals, and "
    )
    assert "says nothing of what the people of any country are like" in first.splitlines()[0]


def test_the_whole_way_can_be_walked_with_the_keyboard_alone(opened):
    found = opened()
    page = found.go(f"guess?{LISTS}")

    def to(words, most=160):
        """Tab until that stands in focus."""
        for _ in range(most):
            page.keyboard.press("Tab")
            name = page.evaluate(
                "(e => e === document.body ? '' : e.id || e.innerText || '')"
                "(document.activeElement)"
            )
            if words in name:
                return
        pytest.fail(f"Tab never comes to {words!r}")

    to("Skip to the page")
    page.keyboard.press("Enter")
    assert "MAIN" == page.evaluate("document.activeElement.tagName")
    to("guess")
    page.keyboard.press("ArrowLeft")
    to("Show what the run says")
    page.keyboard.press("Enter")
    page.locator("#figure-anatomy").wait_for()
    assert "guess=49" in found.state()
    to("See the society move")
    page.keyboard.press("Enter")
    page.locator("canvas").first.wait_for()
    to("Next")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Read this life, told twice").wait_for()
    to("Read this life")
    page.keyboard.press("Enter")
    page.locator(".lives .month").first.wait_for()
    to("Change the rules")
    page.keyboard.press("Enter")
    page.locator(".four [data-seconds]").wait_for()
    to("lever-cameras")
    page.keyboard.press("ArrowRight")
    page.locator(".lever.moved").wait_for()
    to("Compare and share", most=400)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Side by side").wait_for()


def test_who_wants_stillness_gets_it(opened):
    page = opened(moving=False).go(f"society?{LISTS}&month=2")
    page.locator("canvas").first.wait_for()
    frames = page.evaluate(
        """() => { let n = 0; const was = requestAnimationFrame;
             globalThis.requestAnimationFrame = (f) => { n++; return was(f); };
             const time = document.querySelector(".time input");
             time.value = 6;
             time.dispatchEvent(new Event("input", {bubbles: true}));
             return new Promise((done) => setTimeout(() => done(n), 400)); }"""
    )

    assert frames <= 3  # the page is drawn again, but nothing is moved step by step


def test_light_and_dark_follow_the_system_and_the_switch(opened):
    page = opened(dark=True).go(f"guess?{LISTS}")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)
    page.get_by_label("Light or dark").select_option("light")
    light = page.evaluate(colour)
    page.reload()
    page.locator("h1").wait_for()

    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 150
    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 700
    assert light == page.evaluate(colour)


def test_print_leaves_out_what_cannot_be_pressed(opened):
    page = opened().go(f"guess?{LISTS}&guess=40&shown=1")
    page.locator("#figure-anatomy svg").first.wait_for()
    page.emulate_media(media="print")

    assert page.locator(".statement").is_visible()
    assert page.locator("#figure-anatomy svg").first.is_visible()
    assert not page.locator("nav").first.is_visible()
    assert 0 == sum(button.is_visible() for button in page.locator("button").all())


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("chosen", ["auto", "light", "dark"])
def test_print_is_dark_on_light_whatever_the_theme(opened, system, chosen):
    page = opened().go(f"guess?{LISTS}&guess=40&shown=1")
    page.locator("#figure-anatomy svg").first.wait_for()
    page.get_by_label("Light or dark").select_option(chosen)
    page.emulate_media(media="print", color_scheme=system)
    colours = page.evaluate(
        """() => [["main p", "color"], [".cause-harm", "fill"], [".dots-label", "fill"]].map(
             ([where, what]) => getComputedStyle(document.querySelector(where))[what])"""
    )

    for colour in colours:
        assert sum(map(int, re.findall(r"\d+", colour)[:3])) < 360, colours


# The colour that most of a canvas has, and that of dots as the page is shown now.
DOTS = """async () => {
    const bitmap = await createImageBitmap(document.querySelector("canvas")), found = {};
    const copy = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    copy.drawImage(bitmap, 0, 0);
    const { data } = copy.getImageData(0, 0, bitmap.width, bitmap.height);
    for (let k = 0; k < data.length; k += 4) {
        const colour = data.slice(k, k + 3).join(",");
        if (data[k + 3] === 255) found[colour] = (found[colour] ?? 0) + 1;
    }
    // Nothing at all, as long as nothing is drawn.
    const [[most]] = [...Object.entries(found).sort((a, b) => b[1] - a[1]), [""]];
    const style = getComputedStyle(document.documentElement);
    return ["#" + most.split(",").map((x) => Number(x).toString(16).padStart(2, "0")).join(""),
            style.getPropertyValue("--tier0").trim()];
}"""


def test_dots_are_printed_in_the_colours_of_paper_whatever_the_theme(opened):
    """A canvas keeps the colours in which it was drawn, unless it is drawn again."""
    page = opened(dark=True).go(f"society?{LISTS}&month=2")
    page.locator("canvas").first.wait_for()
    drawn = {}
    for media in ("screen", "print"):
        page.emulate_media(media=media, color_scheme="dark")
        for _ in range(50):
            drawn[media], wanted = page.evaluate(DOTS)
            if drawn[media] == wanted:
                break
            page.wait_for_timeout(100)
        assert drawn[media] == wanted

    assert drawn["screen"] != drawn["print"]


def test_rules_that_were_changed_and_the_address_are_told_on_paper(opened):
    found = opened()
    page = found.go(f"rules?{LISTS}&x.false_records=2")
    page.locator(".lever.moved").wait_for()
    said = page.locator(".bench-answer .on-paper li")
    assert not said.first.is_visible()
    page.emulate_media(media="print")

    assert said.first.is_visible()
    assert "2 \u00d7 as assumed. As written: 1 \u00d7 as assumed." in said.first.inner_text()
    assert page.locator(".share .on-paper").inner_text().endswith(found.state())


@pytest.mark.parametrize("name", ["toString", "constructor", "__proto__", "nothing"])
def test_an_address_that_names_no_screen_shows_the_first(opened, name):
    page = opened().go(name)
    page.locator("nav [aria-current=page]").wait_for()

    assert "#guess" in page.locator("nav [aria-current=page]").get_attribute("href")
    assert 0 == page.locator(".fault").count()


def test_every_text_that_is_asked_for_is_in_the_file_of_texts(opened):
    page = opened().go(f"guess?{LISTS}")
    asked = set()
    for path in STATIC.rglob("*.js"):
        if "vendor" not in path.parts and path.name != "texts.en.js":
            asked |= set(re.findall(r"""\bt\(\s*["']([\w.]+)["']""", path.read_text("utf-8")))
    missing = page.evaluate(
        """async (keys) => { const { default: texts } = await import("/static/texts.en.js");
             const find = (key) => key.split(".").reduce((part, name) => part?.[name], texts);
             return keys.filter((key) => find(key) === undefined); }""",
        sorted(asked),
    )

    assert len(asked) > 100
    assert [] == missing
