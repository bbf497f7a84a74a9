"""Page: one file that needs nothing else, says first what it is, and lets nothing else in."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from demerit import storage
from demerit.report import files, render, vendor


class Reader(HTMLParser):
    """What a browser would see: tags with attributes, text by element."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.open = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def words(self):
        hidden = ("script", "style", "title")
        return " ".join(
            " ".join(text.split()) for tag, text in self.texts if tag not in hidden and text.strip()
        )


HTML = [name for name in ("report.html", *storage.PAGES) if name.endswith(".html")]


@pytest.fixture(scope="session")
def read(page):
    return Reader(page)


@pytest.fixture(params=[*HTML, "comparison"])
def any_page(request, pages, comparison_page):
    return comparison_page if request.param == "comparison" else pages[request.param]


def in_elements(page, tag):
    return re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)


def test_the_same_run_gives_the_same_page(make, frames, page):
    assert render(make["document"](), frames, {}) == page


def test_render_changes_nothing_that_it_is_given(make, frames):
    document = make["document"]()
    copies = {name: array.copy() for name, array in frames.items()}
    render(document, frames, {})
    assert document == make["document"]()
    assert all((frames[name] == copies[name]).all() for name in copies)


def test_the_statement_is_the_first_line(any_page):
    assert Reader(any_page).words().startswith("These people do not exist.")


def test_a_run_that_is_not_settled_says_so_before_all_else(make, frames):
    document = make["document"]() | {"settled": False}
    words = Reader(render(document, frames, {})).words()
    assert words.index("Not settled") < words.index("Suining County trial")


def test_a_run_with_a_pilot_tells_of_it(make, frames):
    pilot = {"people": 2_000_000, "residual": 2.84, "tolerance": 4.84}
    words = Reader(
        render(make["document"]() | {"pilot": pilot, "settled": True}, frames, {})
    ).words()

    assert "pilot of 2 million of the kind" in words
    assert "2.8 standard errors" in words
    assert "4.8 somewhere" in words
    assert "Not settled" not in words


def test_nothing_is_fetched(any_page):
    read = Reader(any_page)
    fetching = ("src", "href", "srcset", "action", "data", "poster", "formaction", "ping")
    for tag, attrs in read.tags:
        assert not {name: attrs[name] for name in fetching if name in attrs and tag != "a"}
    assert not {"link", "iframe", "img", "object", "embed", "base"} & {tag for tag, _ in read.tags}


def test_links_lead_to_files_of_the_folder_and_parts_of_the_page(any_page):
    read = Reader(any_page)
    ids = {attrs["id"] for _, attrs in read.tags if "id" in attrs}
    for attrs in read.of("a"):
        name, _, part = attrs["href"].partition("#")
        assert name in ("", "report.html", *storage.PAGES)
        assert not part or part in ids


def test_no_two_parts_of_a_page_have_the_same_id(any_page):
    ids = [attrs["id"] for _, attrs in Reader(any_page).tags if "id" in attrs]
    assert sorted(set(ids)) == sorted(ids)


def test_style_and_handlers_stand_in_no_attribute(any_page):
    for _, attrs in Reader(any_page).tags:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]


def test_the_policy_names_the_hash_of_each_script_and_style_and_nothing_else(any_page):
    page, read = any_page, Reader(any_page)
    policy = next(a["content"] for a in read.of("meta") if a.get("http-equiv"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        texts = in_elements(page, tag)
        digests = [hashlib.sha256(t.encode()).digest() for t in texts]
        expected = [f"'sha256-{base64.b64encode(d).decode()}'" for d in digests]
        assert rules[f"{tag}-src"].split() == expected
        assert not any("\r" in text for text in texts)  # a browser would hash another text


def test_scripts_cannot_be_ended_by_their_own_text(any_page):
    page = any_page
    assert page.count("</script>") == page.count("<script")
    hostile = {"a": "</script><script>alert(1)</script>"}
    assert "<" not in json.dumps(hostile).replace("<", "\\u003c")


def test_text_of_the_run_cannot_become_markup(make, frames):
    document = make["document"]() | {"scheme_title": "<b onclick=x>Trial</b> & more"}
    page = render(document, frames, {})
    assert "<b onclick" not in page
    assert "&lt;b onclick=x&gt;Trial&lt;/b&gt; &amp; more" in page


def test_the_first_page_has_many_charts(read):
    assert len([a for a in read.of("div") if a.get("class") == "chart"]) > 10


def test_each_chart_has_words_for_who_cannot_see_it(any_page):
    charts = [a for a in Reader(any_page).of("div") if a.get("class") == "chart"]
    for chart in charts:
        assert chart["role"] == "img"
        assert len(chart["aria-label"]) > 40
        assert any(c.isdigit() for c in chart["aria-label"])


def test_each_chart_has_its_specification_and_each_figure_its_numbers(any_page):
    page, read = any_page, Reader(any_page)
    found = re.search(r'id="specs">(.*?)</script>', page, re.DOTALL)
    specs = json.loads(found[1]) if found else {}
    ids = [a["id"].removeprefix("chart-") for a in read.of("div") if a.get("class") == "chart"]
    assert ids == list(specs)
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == len(read.of("figure"))
    assert all('class="numbers"' in f for f in figures if 'class="chart"' in f)


def test_the_parts_come_in_order(page):
    heads = ["statement", "lead", "findings", "charts", "published", "rests", "limits",
             "repeat"]  # fmt: skip
    places = [page.index(f'<p class="{h}"') for h in heads[:2]]
    places += [page.index(f'<h2 id="{h}"') for h in heads[2:]]
    assert places == sorted(places)


def test_the_share_assumed_and_every_number_is_told(read, pages, make):
    assert "That is 75% assumed." in read.words()
    words = Reader(pages["assumptions.html"]).words()
    assert "That is 75% assumed." in words
    for row in make["document"]()["numbers"]["list"]:
        assert row["name"] in words


def test_how_to_repeat_it(read, make):
    document = make["document"]()
    words = read.words()
    assert document["command"] in words
    assert document["digest"] in words


def test_months_and_not_jargon(read):
    words = read.words().lower()
    for jargon in ("counterfactual", "treatment effect", "baseline", "bootstrap"):
        assert jargon not in words


def test_a_quick_run_says_that_the_range_was_left_out(make, frames):
    made = files(make["document"](quick=True), frames, {}, make["stories"]())
    assert "The run was made with --quick" in Reader(made["report.html"]).words()
    for name in ("lawyer.html", "statistician.html", "measures.html"):
        assert "left out of this run by --quick" in Reader(made[name]).words()
    assert "Left out by --quick" in Reader(made["assumptions.html"]).words()


def test_a_run_in_which_nothing_happens_is_told_in_words(make, frames):
    still = {k: v if k in ("people", "scored", "tier_0", "score_sum", "labour", "employed", "due")
             else 0 * v for k, v in frames.items()}  # fmt: skip
    document = make["document"]()
    document["repeal"]["month"] = None
    page = render(document, still, {})
    words = Reader(page).words()
    assert "Nobody was punished in any month of this run" in words
    assert "No door was shut to anybody because of a tier in this run" in words
    assert "Nobody protests in this run" in words
    assert 'id="chart-anatomy-0"' not in page
    assert "nan" not in words.lower().split()


def test_a_short_run_of_few_people_is_told_too(make):
    document = make["document"](2_000, quick=True)
    document["months"] = 3
    document["repeal"]["month"] = None
    frames = {k: v[:, :3] for k, v in make["frames"](2_000).items()}
    words = Reader(render(document, frames, {})).words()
    assert "3 months" in words


def test_vendored_scripts_are_those_that_were_published():
    assert [row["package"] for row in vendor.listing()] == [
        "vega", "vega-lite", "vega-embed", "vega-interpreter",
    ]  # fmt: skip
    assert len(vendor.scripts()) == 4
    assert all(row["licence"] == "BSD-3-Clause" for row in vendor.listing())


def test_a_report_says_what_the_figures_of_its_society_rest_on(make, frames):
    totals = {"published": 5, "from memory": 75, "derived": 0, "assumed": 149}

    page = render(make["document"]() | {"totals": totals}, frames, {})

    assert "made of 229 figures: 5 read in print, 75 recalled and 149 assumed." in page
