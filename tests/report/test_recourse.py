"""The lawyer is told in words whether there is a way out, and nothing where nothing is known."""

import numpy as np
import pytest

from demerit.contrast import tidy
from demerit.measures import MEASURES
from demerit.report import files, recourse

PATHS = np.zeros((2, 8, 1))
PATHS[0, :, 0] = 40, 0, 10, 0, 0, 30, 0, 20  # 40 wait, 10 pay or do, 30 lack the money, 20 shut out
MONTHS, DEEDS = np.zeros((2, 25, 1)), np.zeros((2, 64, 1))
MONTHS[0, [0, 3, 24], 0] = 40, 10, 50
DEEDS[0, [0, 1], 0] = 20, 30
TABLES = {"recourse": PATHS, "recourse_month": MONTHS, "recourse_deed": DEEDS}


@pytest.fixture
def document(make):
    """A quick run that holds these tables and nothing else."""
    measures = {}
    for key, m in MEASURES.items():
        if m.counts[0] in TABLES:
            value = tidy(m.function(TABLES[m.counts[0]]).value[0])
            measures[key] = make["measure"](m.question, m.unit, "with", None, value, None, None,
                                            (None, None)) | {"interval": None}  # fmt: skip
    return {"quick": True, "measures": measures}


def test_out_of_the_lowest_tier_is_told_in_numbers_that_the_tables_hold(document):
    (said, best) = recourse.paragraphs(document)

    assert "Of people in the lowest tier, 50% can do nothing that would bring them out" in said
    assert "Of 100 of these, 60 for want of money" in said
    assert "and 40 because nothing that they may do gives points" in said
    assert "40 of 100 come out of it by waiting alone, 10 by deeds" in said
    assert "Half of all can be there within 4 months." in said
    assert "Who can be there at all needs 0.6 deeds on the average" in said
    assert best == recourse.BEST


def test_one_reason_alone_is_not_counted_of_a_hundred(document):
    shares = {"means": 1.0, "slow": 0.0, "shut": 0.0}
    for key, value in shares.items():
        document["measures"][f"recourse_none_by_{key}_share"]["with"] = value

    assert "It is so for want of money" in recourse.paragraphs(document)[0]


def test_nobody_below_a_perk_is_not_told_of(document):
    assert not any("reward them" in text or "would reward" in text
                   for text in recourse.paragraphs(document))  # fmt: skip


def test_an_interval_stands_beside_the_share(document):
    document["measures"]["recourse_none_share"] |= {"chance_low": 0.41, "chance_high": 0.59}

    assert "50% (41 to 59% chance alone" in recourse.paragraphs(document)[0]


def test_groups_that_are_too_small_have_no_row(document):
    cells = {"home": {"urban": {"with": 0.25}, "rural": {"with": None}}}
    for key in ("none", "none_year"):
        document["measures"][f"recourse_{key}_share"]["by_group"] = cells

    assert [["People in the lowest tier: urban", "25%", "25%"]] == recourse.rows(document)


@pytest.mark.parametrize("held", [True, False])
def test_the_lawyers_page_tells_it_or_says_that_it_cannot(make, document, frames, held):
    run = make["document"]()
    if held:
        run["measures"] |= document["measures"]
    page = files(run, frames, {})["lawyer.html"]

    assert "Is there a way out?" in page
    assert held == ("can do nothing that would bring them" in page)
    assert held != ("Not told: nobody stood in the lowest tier" in page)
