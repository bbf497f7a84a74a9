"""Pages beside the first: each tells what it is for, from what the run's folder holds."""

import json
import re
from dataclasses import replace

import pytest

from demerit import storage
from demerit.measures import MEASURES, SECTIONS
from demerit.report import card, files, journalist, lawyer, page, statistician, tables, topics


def words(page):
    """What a page says, without its tags and scripts."""
    body = re.sub(r"(?s)<(script|style)[^>]*>.*?</\1>", " ", page)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_a_run_has_all_its_pages_and_no_other(pages):
    assert set(pages) == {"report.html", *storage.PAGES}


def test_the_same_run_gives_the_same_pages(make, frames, pages):
    assert files(make["document"](), frames, {}, make["stories"]()) == pages


@pytest.mark.parametrize("name", [n for n in storage.PAGES if n.endswith(".html")])
def test_a_page_names_the_others_and_the_run_it_belongs_to(pages, name, make):
    page = pages[name]
    for other in ("report.html", *storage.PAGES):
        if other.endswith(".html") and other != name:
            assert f'<a href="{other}">' in page
    assert make["document"]()["digest"][:16] in words(page)


@pytest.mark.parametrize("missing", ["lint", "luck", "proportion", "not_known", "rules"])
def test_a_run_of_an_earlier_version_is_told_as_far_as_it_goes(make, frames, missing):
    document = make["document"]()
    del document[missing]
    assert set(files(document, frames, {})) == {"report.html", *storage.PAGES}


# ---- the lawyer


def test_the_lawyer_is_told_verdict_lines_and_limbs(pages):
    said = words(pages["lawyer.html"])
    assert "The pattern of the prohibition is there: limb (i)." in said
    assert "suining.toml, line 25" in said
    first, second = said.index("Limb (i)"), said.index("Limb (ii)")
    assert first < said.index("What AIA-001 looks for") < second
    assert second < said.index("What AIA-004 looks for") < said.index("What stands beside")
    assert (
        "What share is punished? 0.24% (0.06 to 1.1% over the numbers that nobody has published)"
        in said
    )


def test_the_lawyer_reads_titles_and_not_keys(pages):
    said = words(pages["lawyer.html"])
    assert "“Paying a bribe” and “A post that the authorities call misbehaviour”" in said
    assert "online_post" not in said.replace("points.online_post", "")


def test_the_lawyer_sees_what_costs_more_than_graver_deeds(pages):
    assert "harms nobody and costs more than 2 of 2 deeds that do harm" in words(
        pages["lawyer.html"]
    )


def test_points_for_a_thousand_deeds_are_those_of_the_counts(pages, frames, make):
    world, window = make["document"]()["worlds"].index("scheme"), 32
    done, entered = (int(frames[f"{n}_bribe"][world, :window, 0].sum()) for n in ("deed", "entry"))
    row = re.search(r"Paying a bribe 4 50 ([\d,]+) ([\d,]+) ([\d.,]+) 31",
                    words(pages["lawyer.html"]))  # fmt: skip
    assert [int(x.replace(",", "")) for x in row.groups()[:2]] == [done, entered]
    assert float(row[3].replace(",", "")) == pytest.approx(50_000 * entered / done, rel=0.05)


def test_further_worlds_are_told_with_their_intervals_or_left_out_in_words(pages, make, frames):
    assert "31% (25 to 37%)" in words(pages["lawyer.html"])
    quick = files(make["document"](quick=True), frames, {})
    assert "is read from further worlds: left out by --quick" in words(quick["lawyer.html"])


# ---- the statistician


def test_the_statistician_is_told_of_luck_coverage_and_draws(pages):
    said = words(pages["statistician.html"])
    assert "Would I be free under another draw? 42% 40 to 44%" in said
    assert "Coverage." in said
    assert "Draws in which the scheme met the same fate 60" in said


def test_the_statistician_is_told_group_by_group_what_the_score_is_worth(make, frames):
    """In the order of the groups; no column where no group is large enough, and no row."""
    document = make["document"]()
    of = document["measures"]
    for key, sexes in (("within_auc_honesty", (0.512, 0.5)), ("default_rate_below", (None, 0.0431)),
                       ("within_auc_default", (None, None))):  # fmt: skip
        of[key] = make["measure"]("Is it?", "share", "with", None, 0.51, 0.5, 0.52, (0.5, 0.52))
        of[key]["by_group"] = {
            "sex": {name: {"with": x} for name, x in zip(("female", "male"), sexes, strict=True)},
            "home": {"rural": {"with": None}},
        }
    found = statistician.of_topic(document, "Validity")["extra"]
    said = words(files(document, frames, {})["statistician.html"])

    assert len(found["heads"]) == 3
    assert [["sex: female", "51.2%", ""], ["sex: male", "50%", "4.3%"]] == found["rows"]
    assert "More honest of two stands higher" in said
    assert "Default within a year, of those below the start" in said
    assert tables.by_group(make["document"](), statistician.WITHIN) is None


def test_every_column_of_the_table_by_group_is_a_measure_of_validity():
    assert {"Validity"} == {MEASURES[key].section for key in statistician.WITHIN}


def test_a_new_measure_shows_up_by_itself(pages, make, frames, monkeypatch):
    document = make["document"]()
    document["measures"]["brand_new"] = make["measure"](
        "Is it new?", "share", "with", None, 0.5, 0.4, 0.6, (0.45, 0.55)
    )
    new = replace(MEASURES["fraud_met"], key="brand_new", section="Validity")
    monkeypatch.setitem(MEASURES, "brand_new", new)
    made = files(document, frames, {})
    assert 'id="measure-brand_new"' in made["measures.html"]
    assert "Is it new?" in words(made["statistician.html"])
    monkeypatch.delitem(MEASURES, "brand_new")
    assert ">Other</h2>" in files(document, frames, {})["measures.html"]


def test_every_measure_has_a_topic_and_every_caveat_one_that_is_there():
    assert {m.section for m in MEASURES.values()} <= set(SECTIONS)
    assert set(topics.CAVEATS) <= set(SECTIONS)
    assert set(statistician.TOPICS) <= set(SECTIONS)


# ---- the journalist


def test_each_story_says_that_the_person_does_not_exist_and_shows_both_lives(pages):
    said = words(pages["journalist.html"])
    assert said.count("This person does not exist.") == 3
    for text in ("Punished by mistake", "With the scheme:", "Under ordinary law alone:",
                 "18 months, 18 of them by mistake",
                 "The scheme brings 16 months less in paid work"):  # fmt: skip
        assert text in said
    assert "NOT THEIRS" in said


def test_a_run_without_stories_says_why(make, frames):
    said = words(files(make["document"](), frames, {})["journalist.html"])
    assert journalist.NONE in said
    why = make["stories"]() | {"stories": [], "why": "It is a calendar."}
    assert "It is a calendar." in words(
        files(make["document"](), frames, {}, why)["journalist.html"]
    )


# ---- what it hangs on


def test_what_stands_out_is_told_from_noise_and_from_what_moved_along(pages):
    said = words(pages["assumptions.html"])
    assert "It hangs most on “How often bribes are paid”" in said
    assert "went up and down with “How often bribes are paid”" in said
    assert "In each of 60 draws" in said


def test_too_few_draws_with_the_same_fate_say_so(make, frames):
    document = make["document"]()
    document["not_known"] |= {"draws_same_fate": 12, "sensitivity": None}
    said = words(files(document, frames, {})["assumptions.html"])
    assert "Only in 12 of 64 draws" in said


# ---- for a program


def test_measures_json_has_every_measure_whole(pages, make):
    document, found = make["document"](), json.loads(pages["measures.json"])
    assert found["statement"].startswith("These people do not exist.")
    assert found["assumed_share"] == 0.75
    assert [m["key"] for m in found["measures"]] == list(document["measures"])
    for m in found["measures"]:
        one = document["measures"][m["key"]]
        for name in ("question", "unit", "better", "with", "without", "effect"):
            assert m[name] == one[name]
        assert m["not_known"] == (None if one["low"] is None else [one["low"], one["high"]])
        assert m["chance"] == (
            None if one["chance_low"] is None else [one["chance_low"], one["chance_high"]]
        )
        assert (m["undefined"] is None) == (one[one["headline"]] is not None)


def test_what_is_undefined_says_why(make, frames):
    document = make["document"]()
    document["measures"]["wrongful_sanction_share"]["with"] = None
    found = json.loads(files(document, frames, {})["measures.json"])["measures"]
    row = next(m for m in found if m["key"] == "wrongful_sanction_share")
    assert row["undefined"] == "where nobody is under sanction"
    assert row["caution"] == topics.caution("wrongful_sanction_share") != ""


def test_the_card_has_the_parts_of_a_model_card_and_invents_nothing(pages):
    card = pages["model-card.md"]
    heads = re.findall(r"^## (.+)$", card, re.MULTILINE)
    assert heads == ["Scheme details", "Intended use", "Factors", "Metrics", "Evaluation data",
                     "Training data", "Quantitative analyses", "Ethical considerations",
                     "Caveats and recommendations"]  # fmt: skip
    assert card.startswith("These people do not exist.")
    assert "- Intended use: To rank people." in card
    assert "- Legal basis: The scheme's file does not say." in card
    assert "Paying a bribe: -50 points (line 31 of its file)" in card


def test_the_lawyer_and_the_card_say_which_interval_and_claim_none_that_is_not_there(make, frames):
    document = make["document"](quick=True)
    for f in document["lint"]["findings"]:
        for m in f["measured"]:
            m["low"] = m["high"] = None
    document["measures"]["sanctioned_share"] |= {"low": None, "high": None}
    said = [m for limb in lawyer.limbs(document["lint"], document)
            for f in limb["findings"] for m in f["measured"]]  # fmt: skip
    assert said
    assert all("chance alone" in text for text in said)
    document["measures"]["sanctioned_share"] |= {"chance_low": None, "chance_high": None}
    said = [m for limb in lawyer.limbs(document["lint"], document)
            for f in limb["findings"] for m in f["measured"]]  # fmt: skip
    assert all("no interval could be worked out" in text for text in said)
    assert "Where there is one" in card.model_card(document)


def test_the_statistician_counts_effects_surveys_and_the_months_that_count(make):
    document = make["document"]()  # repealed in its 32nd month
    document["measures"]["employment"]["effect"] = None
    said = " ".join(statistician.caveats(document))
    assert "Of the 3 effects of this run" in said
    assert "3 surveys, of months 12, 24 and 32" in said
    rows = dict(statistician.sample(document))
    assert ["60", "32"] == [v for k, v in rows.items() if k.startswith("Months")]
    assert "measures are of the 32 months in which it stood" in page.what_was_run(document)
