"""Counts: cells that are too small are blank, and totals stop where the scheme does."""

import numpy as np
import pytest

from demerit.report.charts import score
from demerit.report.counts import Counts, share, trend


@pytest.mark.parametrize(
    ("events", "person_months", "shown"),
    [(30, 1_000, True), (29, 1_000, False), (30, 999, False), (0, 1_000_000, False)],
)
def test_cells_under_1000_person_months_or_30_events_are_blank(events, person_months, shown):
    assert (share(events, person_months) is not None) is shown


def test_groups_of_the_same_name_are_told_apart(document, frames):
    document["groupings"]["faith"] = ["urban", "rural"]
    counts = Counts(document, frames)
    assert counts.total("people", "scheme", "home", "urban") > counts.total(
        "people", "scheme", "faith", "rural"
    )


def test_totals_are_of_the_months_in_which_the_scheme_stood(document, frames):
    counts = Counts(document, frames)
    stood = document["repeal"]["month"] + 1
    assert counts.total("deed_bribe") == counts.series("deed_bribe")[:stood].sum()


def test_nobody_has_a_file_once_the_scheme_is_repealed(document, frames):
    files = Counts(document, frames).files("scheme")
    stood = document["repeal"]["month"] + 1
    assert np.isfinite(files[:stood]).all()
    assert np.isnan(files[stood:]).all()


def test_where_there_is_no_scheme_nobody_has_a_file_and_the_chart_says_so(document, frames):
    document["tiers"] = []
    counts = Counts(document, frames)

    assert np.isnan(counts.files("scheme")).all()
    assert "There is no tier that is punished" == score.tiers(counts).title


def test_a_counter_that_the_run_does_not_have_is_nought(document, frames):
    assert Counts(document, frames).total("no_such_counter") == 0


def test_trend_is_told_only_where_the_slope_excludes_nought():
    draw = np.random.default_rng(3)
    flat = draw.normal(size=(400, 60))
    told = sum(trend(series) is not None for series in flat)
    assert told < 0.1 * 400  # 5% by construction
    assert trend(np.arange(60.0) + draw.normal(size=60)) == "rising"
