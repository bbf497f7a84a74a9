"""Charts: titles tell what the counts hold, small cells stay blank, specifications are sound."""

import itertools

import numpy as np
import pytest

from demerit.report.charts import (
    FIGURES,
    access,
    conduct,
    families,
    forms,
    over_time,
    rows,
    sanctions,
    score,
    unrest,
)
from demerit.report.counts import Counts


@pytest.fixture
def counts(document, frames):
    return Counts(document, frames)


def values_in(spec):
    for layer in spec["layer"]:
        yield from layer.get("data", spec.get("data", {})).get("values", [])


def test_what_conduct_does_not_explain_is_not_drawn_among_what_the_score_follows():
    """It is another number than a rank correlation, and no luck."""
    shown = {"headline": "with", "with": 0.4, "chance_low": None, "chance_high": None,
             "low": None, "high": None}  # fmt: skip
    measures = {f"score_meaning_{end}": shown for end in ("conduct", "luck")}
    drawn = families.family({"measures": measures, "quick": True}, *families.FAMILIES[0])

    assert ["conduct"] == [row[1] for row in drawn.rows]


def test_a_hundred_squares_are_a_hundred(counts):
    parts = sanctions.of_hundred(counts)
    assert sum(parts.values()) == 100
    (panel,) = sanctions.anatomy(counts).panels
    assert len(panel.spec["layer"][0]["data"]["values"]) == 100


def test_the_title_of_the_anatomy_is_the_number_in_it(counts):
    harm = sanctions.of_hundred(counts)["anatomy_harm"]
    assert sanctions.anatomy(counts).title.startswith(f"Of 100 people being punished, {harm} are")


def test_groups_that_are_too_small_are_blank(document, make):
    counts = Counts(document, make["frames"](3_000))
    figure = sanctions.groups(counts)
    blank = [
        (g, label)
        for g in sanctions.GROUPINGS
        for label in counts.groupings[g]
        if counts.total("sanctioned", "scheme", g, label) < 30
    ]
    assert blank, "the made-up run must have a small cell"
    for grouping, label in blank:
        row = next(r for r in figure.rows if r[0] == f"{sanctions.GROUPINGS[grouping]}: {label}")
        assert row[2:] == ["", "", ""]


def test_faith_is_no_group_of_punishment_and_no_figure_knows_places(counts):
    assert "faith" not in sanctions.GROUPINGS
    for make in FIGURES:
        figure = make(counts)
        told = " ".join([figure.title, *(p.title for p in figure.panels)]).lower()
        assert "province" not in told


def test_the_repeal_month_is_marked_in_each_panel_of_protest(counts):
    for panel in unrest.protest(counts).panels:
        words = [layer["mark"].get("text") for layer in panel.spec["layer"]]
        assert "repealed, month 32" in words


def test_all_that_is_said_of_months_counts_them_from_one(counts):
    """Row 31 of the made-up run is its 32nd month: in title, lead, mark, table and axis."""
    figure = unrest.protest(counts)
    assert figure.title.endswith("the scheme is repealed in month 32")
    assert "repealed in month 32, and scoring stops" in figure.lead
    assert "half of those by month 29" in figure.lead
    assert [row[0] for row in figure.rows] == [str(m) for m in range(1, 61)]
    assert forms.month_axis(60)["values"] == [11, 23, 35, 47, 59]
    assert "datum.value + 1" in forms.month_axis(60)["labelExpr"]
    assert over_time.path(np.array([1.0, 3.0, 2.0])) == (
        "1 in month 1, at most 3 in month 2, 2 in month 3"
    )


def test_lines_of_the_scheme_stop_with_it(counts):
    for panel in score.tiers(counts).panels:
        months = {row["m"] for row in panel.spec["layer"][0]["data"]["values"]}
        assert max(months) == counts.document["repeal"]["month"]


def test_displaced_and_placed_are_told_apart_from_how_many_work(counts):
    figure = access.work(counts)
    assert [p.title.split(":")[0] for p in figure.panels] == ["Who", "How many"]


def test_tables_have_as_many_cells_as_heads(counts):
    for make in FIGURES:
        figure = make(counts)
        assert {len(row) for row in figure.rows} <= {len(figure.headers)}


def test_labels_keep_their_distance_and_stay_inside():
    placed = forms.spread([5.0, 5.1, 5.05, 9.9], 0.0, 10.0, 1.0)
    ordered = sorted(placed)
    assert all(b - a >= 1 - 1e-6 for a, b in itertools.pairwise(ordered))
    assert ordered[0] >= 0
    assert ordered[-1] <= 10


@pytest.mark.parametrize(("low", "high"), [(0, 0), (0, 3e-7), (-4, 9), (94.1, 94.9), (0, 5e6)])
def test_ticks_enclose_what_is_drawn(low, high):
    ticks = forms.nice(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 8


def test_a_bar_too_small_to_show_has_words_and_no_length():
    spec = rows.bars([rows.Bar("Paying a bribe", None, "too few to show", "#000")])
    (row,) = spec["data"]["values"]
    assert (row["v"], row["t"]) == (0.0, "too few to show")


def test_no_number_in_a_specification_is_nan(counts):
    for make in FIGURES:
        for panel in make(counts).panels:
            for row in values_in(panel.spec):
                numbers = [v for v in row.values() if isinstance(v, float)]
                assert np.isfinite(numbers).all()


def test_an_axis_says_its_numbers_as_they_are_and_drops_none():
    axis = forms.number_axis([0, 2.5, 5])
    assert axis["values"] == [0, 2.5, 5]
    assert axis["tickCount"] == 3
    assert "format" not in axis  # it would round 2.5 to 3


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.002, -0.001, "Paying a bribe happens 0.53% less often"),
        (-0.002, 0.001, "can we say whether"),
    ],
)
def test_a_title_tells_a_direction_only_where_it_is_settled(document, frames, low, high, said):
    measures = document["measures"]
    for key in ("deeds_traffic_offence", "deeds_petition"):
        del measures[key]
    measures["deeds_bribe"] |= {"low": low, "high": high}
    title = conduct.deeds(Counts(document, frames)).title
    assert said in title


def test_the_interval_of_a_deed_is_drawn_as_a_change(document, frames):
    document["measures"]["deeds_bribe"] |= {"low": -0.003, "high": 0.0015, "without": 0.015}
    panel, _ = conduct.deeds(Counts(document, frames)).panels
    row = next(r for r in panel.spec["data"]["values"] if r["n"] == "Paying a bribe")
    assert (row["l"], row["h"]) == (-20.0, 10.0)
