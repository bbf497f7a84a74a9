"""In the browser: the page opens from disk, draws every chart, asks the network for nothing."""

import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PAGES = [("page", 1280), ("page", 390), ("comparison_page", 1280), ("comparison_page", 390),
         ("comparison_page", 360)]  # fmt: skip
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser():
    if not os.environ.get("CI"):  # there, a missing browser is a fault
        pytest.importorskip("playwright.sync_api")
        if not Path(CHROMIUM).exists():
            pytest.skip(f"no browser at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=PAGES, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def asked_for(request):
    return request.param


@pytest.fixture(scope="module")
def saved(request, tmp_path_factory, asked_for):
    path = tmp_path_factory.mktemp("run") / "report.html"
    path.write_text(request.getfixturevalue(asked_for[0]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def opened(browser, saved, asked_for):
    """The page on a screen of this width, with all that it said and asked for."""
    page = browser.new_page(viewport={"width": asked_for[1], "height": 900})
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda wanted: asked.append(wanted.url))
    page.goto(saved.as_uri())
    page.wait_for_selector("html[data-charts=drawn]", timeout=20_000)
    yield page, said, asked
    page.close()


def test_nothing_is_said_on_the_console(opened):
    _, said, _ = opened
    assert said == []


def test_nothing_but_the_file_is_asked_for(opened, saved):
    _, _, asked = opened
    assert asked == [saved.as_uri()]


def test_every_chart_is_drawn(opened):
    page, _, _ = opened
    count = "document.querySelectorAll('.chart').length"
    drawn = (
        "[...document.querySelectorAll('.chart')].filter(c => c.querySelector('svg path')).length"
    )
    assert page.evaluate(count) > 10
    assert page.evaluate(drawn) == page.evaluate(count)


def test_nothing_scrolls_sideways(opened):
    page, _, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    ends = "[...document.querySelectorAll('.chart svg')].map(s => s.getBoundingClientRect().right)"
    assert max(page.evaluate(ends)) <= page.evaluate("innerWidth")


def test_words_in_a_chart_do_not_overlap(opened):
    page, _, _ = opened
    assert page.evaluate(OVERLAPS) == []


# Pairs of words in one chart whose boxes share more than a sliver, as "chart: this / that".
OVERLAPS = """() => {
  const found = [];
  for (const chart of document.querySelectorAll('.chart')) {
    const words = [...chart.querySelectorAll('svg text')].filter(t => t.textContent.trim());
    const boxes = words.map(t => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
      const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (wide > 1 && high > 5) found.push(`${chart.id}: ${a} / ${b}`);
    }));
  }
  return found;
}"""


def test_what_matters_unfolds_for_paper(opened):
    page, _, _ = opened
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details.print')].every(d => d.open)")
