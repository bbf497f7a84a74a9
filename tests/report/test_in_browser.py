"""In the browser: the page opens from disk, draws every chart, asks the network for nothing."""

import re

import pytest

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390, 360)
DRAWN = ("report.html", "comparison", "lawyer.html", "statistician.html", "journalist.html",
         "assumptions.html")  # fmt: skip
PAGES = [(name, width) for name in DRAWN for width in WIDTHS] + [("measures.html", 390)]


@pytest.fixture(scope="module", params=PAGES, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def asked_for(request):
    return request.param


@pytest.fixture(scope="module")
def saved(request, tmp_path_factory, asked_for):
    path = tmp_path_factory.mktemp("run") / "report.html"
    path.write_text(text_of(request, asked_for[0]), encoding="utf-8")
    return path


def text_of(request, name):
    """A page of the made-up run, or of the made-up comparison."""
    if name == "comparison":
        return request.getfixturevalue("comparison_page")
    return request.getfixturevalue("pages")[name]


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


def test_every_chart_is_drawn(opened, asked_for):
    page, _, _ = opened
    count = "document.querySelectorAll('.chart').length"
    drawn = (
        "[...document.querySelectorAll('.chart')].filter(c => c.querySelector('svg path')).length"
    )
    least = {"report.html": 10, "comparison": 10, "measures.html": 0, "statistician.html": 0}
    assert page.evaluate(count) >= least.get(asked_for[0], 2)
    assert page.evaluate(drawn) == page.evaluate(count)


def test_nothing_scrolls_sideways(opened):
    page, _, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    ends = "[...document.querySelectorAll('.chart svg')].map(s => s.getBoundingClientRect().right)"
    assert max(page.evaluate(ends), default=0) <= page.evaluate("innerWidth")


def test_words_in_a_chart_do_not_overlap(opened):
    page, _, _ = opened
    assert page.evaluate(OVERLAPS) == []


def test_no_word_of_a_chart_is_cut_off(opened):
    page, _, _ = opened
    assert page.evaluate(CUT) == []


# Words that reach out of their drawing by more than a sliver.
CUT = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('.chart svg')) {
    const edge = svg.getBoundingClientRect();
    for (const word of svg.querySelectorAll('text')) {
      const box = word.getBoundingClientRect();
      if (box.width && (box.right > edge.right + 1 || box.left < edge.left - 1
          || box.bottom > edge.bottom + 1 || box.top < edge.top - 1)) {
        found.push(`${svg.closest('.chart').id}: ${word.textContent}`);
      }
    }
  }
  return found;
}"""


# Pairs of words in one chart whose boxes share more than a sliver, as "chart: this / that".
OVERLAPS = """() => {
  const found = [];
  const seen = t => t.textContent.trim() && getComputedStyle(t).opacity !== '0';
  for (const chart of document.querySelectorAll('.chart')) {
    const words = [...chart.querySelectorAll('svg text')].filter(seen);
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


# ---- the policy: one byte that differs, and the browser refuses it


@pytest.fixture(params=["report.html", "journalist.html", "measures.html", "comparison"])
def broken(request, tmp_path, browser):
    """A page of which one byte of the nth script or style is another: what the browser makes of it.

    Returns a function (tag, which) -> (page, what the console said).
    """
    text = text_of(request, request.param)

    def open_broken(tag, which):
        start = [m.end() for m in re.finditer(rf"<{tag}>", text)][which]
        at = text.index(" ", start)  # a space that becomes a tab changes nothing but the hash
        path = tmp_path / "broken.html"
        path.write_text(f"{text[:at]}\t{text[at + 1 :]}", encoding="utf-8")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri(), wait_until="load")
        return page, said

    return open_broken


def refused(said, kind):
    """Did the browser refuse something of this kind for the policy's sake?"""
    return any(kind in text and "Content Security Policy" in text for text in said)


def test_a_style_with_one_other_byte_is_refused(broken):
    page, said = broken("style", 0)
    assert refused(said, "style")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "none"
    page.close()


@pytest.mark.parametrize("which", [0, -1])
def test_a_script_with_one_other_byte_is_refused(broken, which):
    """The first opens what is folded for paper; the last draws, or is the first, where none do."""
    page, said = broken("script", which)
    assert refused(said, "script")
    folded = page.evaluate("document.querySelectorAll('details.print').length")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    if which == 0 and folded:
        assert not page.evaluate("document.querySelector('details.print').open")
    if which == -1:
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.getAttribute('data-charts')") is None
    page.close()


def test_a_script_that_the_page_did_not_come_with_never_runs(request, tmp_path, browser):
    """Neither put in as an element, nor as a handler, nor made from text."""
    path = tmp_path / "report.html"
    path.write_text(
        text_of(request, "report.html").replace(
            "</main>",
            "<script>window.got = 1</script><b id=h onclick='window.got = 2'>h</b></main>",
        ),
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto(path.as_uri(), wait_until="load")
    page.click("#h")
    assert page.evaluate("window.got === undefined")
    page.close()
