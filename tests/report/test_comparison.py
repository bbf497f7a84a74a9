"""The page of a comparison: what it says first, what it may say, and that it holds all numbers."""

import html
import json
import re

import pytest

from demerit.report import render_comparison
from demerit.report.comparison import dots, findings, months
from demerit.report.comparison.sides import Sides

KEYS = ["suining", "court-list", "sketch-rongcheng"]


@pytest.fixture
def sides(make):
    return Sides(make["comparison"]())


def words(page):
    """The words of a page, without tags and scripts."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", page, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_statement_is_the_first_thing_said(comparison_page):
    body = words(comparison_page.partition("<body>")[2])

    assert body.startswith("These people do not exist.")


def test_a_sketch_is_said_to_be_one(comparison_page):
    section = comparison_page.partition('id="schemes"')[2].partition("</section>")[0]

    assert section.count("Most of the rules of this scheme are ours.") == 1
    assert "Rongcheng\u0026#39;s score of 2016 (sketch)" in section.replace("&", "\u0026")


def test_nothing_is_fetched_and_nothing_foreign_runs(comparison_page):
    page = html.unescape(comparison_page.partition("</head>")[0])

    assert "default-src 'none'" in page
    assert not re.search(r'(src|href)="(http|//)', comparison_page.partition("<script")[0])


def test_the_page_is_the_same_each_time(comparison_page, make, sides_frames):
    assert render_comparison(make["comparison"](), sides_frames) == comparison_page


def test_every_chart_has_words_and_a_table(sides, sides_frames):
    figures = [*dots.figures(sides), *months.figures(sides, sides_frames)]
    drawn = [f for f in figures if f.panels]

    assert len(drawn) > 5
    for figure in drawn:
        assert figure.rows
        assert all(len(row) == len(figure.headers) for row in figure.rows)
        for panel in figure.panels:
            assert len(panel.alt) > 40
            json.dumps(panel.spec, allow_nan=False)


def test_every_scheme_has_a_row_in_every_panel_of_dots(sides):
    for figure in dots.figures(sides):
        for panel in figure.panels:
            for label in sides.labels.values():
                assert label in panel.alt


def test_small_multiples_share_one_scale(sides, sides_frames):
    for figure in months.figures(sides, sides_frames):
        tops = {str(p.spec["layer"][1]["encoding"]["y"]["scale"]["domain"]) for p in figure.panels}
        assert len(tops) <= 1


def test_the_one_that_differs_from_all_has_the_most(sides):
    said = findings.most(sides, "sanctioned_share")

    assert "is highest under Suining County trial (0.24" in said
    assert "lowest under the court list of debtors" in said
    assert "which cannot be told apart" in said


def test_without_a_settled_difference_we_cannot_say(sides):
    said = findings.most(sides, "wrongful_sanction_share")

    assert "we cannot say under which scheme" in said
    assert "highest under" not in said


def test_chance_alone_does_not_settle_what_is_not_known(make):
    document = make["comparison"]()
    document["measures"]["sanctioned_share"]["differs_throughout"] = []
    assert "we cannot say" in findings.most(Sides(document), "sanctioned_share")

    document = make["comparison"](quick=True)
    assert "is highest under" in findings.most(Sides(document), "sanctioned_share")


def test_a_measure_of_too_few_is_not_told(make):
    document = make["comparison"]()
    for one in document["measures"]["sanction_anatomy"]["by_scheme"].values():
        one["enough"] = False

    assert "too few people, or none" in findings.most(Sides(document), "sanction_anatomy")


def test_an_effect_is_told_of_each_scheme(sides):
    said = findings.moved(sides, {"deeds_traffic_offence": "how often people offend"})

    assert said.startswith("In this model, how often people offend falls under")
    assert all(name in said for name in ("Suining County trial", "the court list", "the sketch"))
    assert "cannot be told apart" in said


def test_an_effect_whose_sign_changes_is_not_told(sides):
    said = findings.moved(sides, {"deeds_bribe": "how often bribes are paid"})

    assert "we cannot say which" in said
    assert "falls under" not in said


def test_sentences_speak_of_this_model_and_argue_for_nothing(sides):
    for question, sentence in findings.findings(sides):
        assert sentence.startswith("In this"), question
        assert not re.search(r"\b(should|better|worse|best|worst|good|bad)\b", sentence)


def test_a_repealed_scheme_is_said_to_be_one(sides):
    assert "Suining County trial is repealed in month 32" in findings.repeals(sides)


def test_every_measure_and_letter_stands_in_the_table(comparison_page, make):
    for key in make["comparison"]()["measures"]:
        assert f'id="measure-{key}"' in comparison_page
    row = comparison_page.partition('id="measure-sanctioned_share"')[2].partition("</tr>")[0]
    assert re.findall(r'class="sup">([a-z]+)<', row) == ["bc", "a", "a"]


@pytest.mark.parametrize("quick", [True, False])
def test_what_was_left_out_is_said(make, sides_frames, quick):
    page = words(render_comparison(make["comparison"](quick=quick), sides_frames))

    assert ("made with --quick" in page) == quick
    assert ("Thin line: the range" in page) != quick
