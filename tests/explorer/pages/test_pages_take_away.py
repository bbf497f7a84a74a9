"""Take it away: each chart as SVG, PNG and CSV, with its metadata and a command that repeats it."""

import csv
import json
import shlex
import struct
import xml.etree.ElementTree as ET

import pytest

from .conftest import LISTS, SMALL

STATEMENT = "These people do not exist. They were computed from published totals, and "
CHARTS = [
    ("anatomy", f"guess?{LISTS}&guess=40&shown=1"),
    ("society", f"society?{LISTS}&month=7&by=arrears"),
    ("months", f"society?{LISTS}&month=7&by=arrears"),
    ("story", f"life?{LISTS}&where=sanctioned"),
    ("play-money", f"live?{LISTS}&c={'*.' * 8}"),
    ("register", f"life?{LISTS}&list=1"),
    ("four", f"rules?{LISTS}"),
    ("compare-sanctioned_share", f"compare?of=scheme:court-list,scheme:suining&{SMALL}"),
]
DRAWN = [chart for chart in CHARTS if chart[0] != "register"]  # a list of buttons is no drawing


@pytest.fixture
def figure(opened):
    """A chart with what goes with it laid open."""

    def open_(name, state):
        page = opened().go(state)
        found = page.locator(f"[id='figure-{name}']")
        found.locator("details.away > summary").click()
        found.get_by_text("What this does not show").wait_for()
        return page, found

    return open_


@pytest.mark.parametrize(("name", "state"), DRAWN, ids=[chart[0] for chart in DRAWN])
def test_svg_and_png_hold_statement_title_and_limits(figure, name, state):
    page, found = figure(name, state)
    title = found.locator(".figure-title").inner_text()
    with page.expect_download() as saved:
        found.get_by_role("button", name="SVG").click()
    text = saved.value.path().read_text("utf-8")
    root = ET.fromstring(text)
    words = " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("text"))

    assert title == next(node.text for node in root if node.tag.endswith("title"))
    assert STATEMENT.partition(".")[0] in words
    assert "No forecast" in words
    assert sum(node.tag.endswith(("path", "rect", "line")) for node in root.iter()) > 5
    assert "class=" not in text  # the drawing needs no style sheet
    with page.expect_download() as saved:
        found.get_by_role("button", name="PNG").click()
    data = saved.value.path().read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG\r\n")
    assert 2 * float(root.get("width")) == width
    assert 2 * float(root.get("height")) == height


@pytest.mark.parametrize(("name", "state"), DRAWN, ids=[chart[0] for chart in DRAWN])
def test_no_word_of_a_drawing_is_cut(figure, name, state):
    page, found = figure(name, state)
    with page.expect_download() as saved:
        found.get_by_role("button", name="SVG").click()
    text = saved.value.path().read_text("utf-8")
    lone = page.context.new_page()  # a page without the fonts of the explorer
    lone.set_content(f"<body style='margin: 0'>{text}")
    cut = lone.evaluate(
        """() => { const all = document.querySelector("svg").getBoundingClientRect();
             return [...document.querySelectorAll("svg text")].map((t) =>
               [t.textContent, t.getBoundingClientRect()]).filter(([, box]) =>
               box.right > all.right || box.left < all.left).map(([words]) => words); }"""
    )
    written = lone.locator("svg > text").evaluate_all(  # as wide as the font has it, not squeezed
        """all => all.map((t) => { const held = t.getBoundingClientRect().width;
             t.removeAttribute("textLength");
             return t.getBoundingClientRect().width / held; })"""
    )

    assert [] == cut
    assert all(0.97 < part < 1.03 for part in written), written
    assert len(written) > 5


def test_a_list_is_no_drawing(figure):
    _, found = figure(*next(chart for chart in CHARTS if chart[0] == "register"))

    assert ["CSV"] == found.locator(".away .row").first.locator("a, button").all_inner_texts()


@pytest.mark.parametrize(("name", "state"), CHARTS, ids=[chart[0] for chart in CHARTS])
def test_csv_begins_with_its_metadata_and_is_a_table(figure, name, state):
    page, found = figure(name, state)
    with page.expect_download() as saved:
        found.locator(".row").get_by_text("CSV").click()
    text = saved.value.path().read_text("utf-8-sig")
    head = [line for line in text.splitlines() if line.startswith("#")]
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))

    assert head[0].startswith(f"# {STATEMENT}")
    assert any("demerit run" in line or "demerit compare" in line for line in head)
    assert len(rows) > 1
    assert 1 == len({len(row) for row in rows if row})


@pytest.mark.parametrize(("name", "state"), CHARTS, ids=[chart[0] for chart in CHARTS])
def test_every_chart_has_its_numbers_and_words_for_a_screen_reader(figure, name, state):
    _, found = figure(name, state)

    assert found.get_attribute("aria-labelledby")
    for drawing in found.locator("svg[data-chart], canvas").all():
        assert len(drawing.get_attribute("aria-label")) > 20
    assert found.locator("table tbody tr").count() > 0


def test_the_command_gives_the_same_run(opened, server, command, tmp_path):
    found = opened()
    page = found.go(f"rules?{LISTS}&x.false_records=2&x.erase.months=6")
    page.locator(".four [data-run]").wait_for()
    page.locator("[id='figure-four'] details.away > summary").click()
    said = page.locator("[id='figure-four'] dd pre").first.inner_text()
    with page.expect_download() as saved:
        page.locator("[id='figure-four']").get_by_role("button", name="Save").click()
    (tmp_path / saved.value.suggested_filename).write_bytes(saved.value.path().read_bytes())
    words = shlex.split(said)
    command(*words[1:], "--out", "again", folder=tmp_path)
    run = server.run_of("court-list", {"false_records": 2, "erase.months": 6})

    assert "demerit" == words[0]
    again = json.loads((tmp_path / "again" / "run.json").read_text("utf-8"))
    assert server.ask(f"/api/runs/{run}")["digest"] == again["digest"]
