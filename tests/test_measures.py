"""Measures: each reads counters that there are, and no deed or door is left out."""

import numpy as np
import pytest

from demerit import columns, contrast, facts, frames
from demerit.anatomy import dissect
from demerit.columns import DOORS
from demerit.measures import MEASURES, benefit, doors, evaluate, speech
from demerit.measures.error import BUT_FOR
from demerit.survey import tables

DEEDS = facts.read("deeds.toml")["deed"]
HARMFUL = {key for key, deed in DEEDS.items() if deed["harm"]}


def blank(name):
    """Noughts of one group, in the shape of a counter or of a table of the survey."""
    table = tables.find(name)
    axes = [axis for axis in tables.TABLES[table[0]] if axis not in tables.PARTED] if table else []
    return np.zeros((*(tables.AXES[axis] for axis in axes), 1), np.int64)


def ratio(key, **counts):
    """A measure of one group, from these counters; those not named are nought."""
    m = MEASURES[key]
    assert set(counts) <= set(m.counts), "a counter that the measure does not read"
    given = {"scheme": {}, "law": {}}
    for name in m.counts:
        counter, _, world = name.partition("__")
        given[world or "scheme"][counter] = blank(counter) + counts.get(name, 0)
    return evaluate(m, given, "scheme").value[0]


@pytest.mark.parametrize("key", MEASURES)
def test_a_measure_reads_counters_that_there_are(key, deeds):
    read = {name.partition("__")[0] for name in MEASURES[key].counts}

    assert set() == {name for name in read - set(frames.counters(deeds)) if not tables.find(name)}


@pytest.mark.parametrize("key", MEASURES)
def test_a_measure_of_nobody_is_undefined(key):
    assert np.isnan(ratio(key))


@pytest.mark.parametrize("key", MEASURES)
def test_a_measure_says_what_it_is_and_asks_one_question(key):
    m = MEASURES[key]

    assert m.question.endswith("?")
    assert 1 == m.question.count("?")
    assert m.textbook.endswith(".")


def test_no_two_measures_are_the_same_number(deeds):
    rng = np.random.default_rng(1)
    folds = rng.integers(1, 1 << 30, (3, len(frames.counters(deeds)) + tables.ROWS, tables.GROUPS))
    # Medians in whole months may be the same by chance.
    found = {key: contrast.values(m, folds, frames.counters(deeds))["with"][0]
             for key, m in MEASURES.items() if m.smooth}  # fmt: skip
    undefined = [key for key, number in found.items() if np.isnan(number)]

    assert len(undefined) < 8  # differences that are below nought in noise
    assert len(found) == len(set(found.values()))


def test_every_door_is_in_one_family():
    assert sorted(DOORS) == sorted(doors.DOORS)


def test_every_deed_has_its_rate_and_every_harm_its_deterrence():
    assert set(DEEDS) == set(benefit.DEEDS)
    assert HARMFUL == set(benefit.HARM)
    assert {f"deterred_{key}" for key in HARMFUL} <= set(MEASURES)


def test_deeds_that_harm_nobody_are_measured_by_context():
    """As quieted, as done for show, or as faith, which has a measure of its own."""
    families = [*benefit.SHOWN.items(), *speech.QUIETED.items()]
    listed = {(context, key) for context, (_, keys) in families for key in keys}
    listed.add(("faith", "banned_group"))

    assert {(deed["context"], key) for key, deed in DEEDS.items() if not deed["harm"]} == listed


def test_refusals_of_a_family_are_over_its_knocks():
    assert 0.25 == ratio("refused_credit_share", refused_loan=1, asked_loan=2, asked_card=2)
    assert 0.75 == ratio("let_in_stay", granted_hotel=3, asked_hotel=3, asked_deposit=1)


def test_refusals_at_every_door_are_counted_and_told_apart_from_mistakes():
    refused = {f"refused_{door}": 2 for door in DOORS}

    assert 0.38 == ratio("refused_rate", people=100, **refused)
    assert 1 / 38 == ratio("refused_wrongly_share", wrongly_dating=1, **refused)


def test_what_is_withheld_is_over_what_was_wanted():
    assert 0.5 == ratio("withheld_health", withheld_missed_checkup=2, deed_missed_checkup=2)
    assert 0.1 == ratio("withheld_speech", withheld_criticism=1, deed_signal_place=9)


def test_what_is_shown_is_over_what_was_done():
    assert 0.2 == ratio("shown_civic", shown_clean_up=1, deed_clean_up=2, deed_volunteering=3)


def test_deals_on_trust_alone_are_those_made_without_a_look():
    made = {"deals_made": 6, "deals_assured": 4}

    assert 0.2 == ratio("trust", deals_offered=10, **made)
    assert 0.5 == ratio(
        "deals_unassured_honoured", deals_honoured=4, deals_assured_honoured=3, **made
    )


def test_what_a_leak_would_expose_is_counted_of_all_that_is_written():
    assert 0.3 == ratio("entries_private_share", entry_criticism=1, entry_alcohol=2, entries=10)
    assert "entry_traffic_offence" not in MEASURES["entries_private_share"].counts
    assert "entry_banned_group" in MEASURES["entries_private_share"].counts


def test_validity_is_the_area_under_the_curve():
    """As scikit-learn's or SciPy's would be, person by person."""
    from scipy.stats import mannwhitneyu

    rng = np.random.default_rng(5)
    tier, honest = rng.integers(0, 4, 500), rng.integers(0, 2, 500) == 1
    tier = np.where(honest & (rng.random(500) < 0.3), 0, tier)
    counts = {f"tier_{k}": (tier == k).sum() for k in range(4)}
    counts |= {f"honest_tier_{k}": (honest & (tier == k)).sum() for k in range(4)}
    better = mannwhitneyu(-tier[honest], -tier[~honest]).statistic

    assert better / honest.sum() / (~honest).sum() == pytest.approx(
        ratio("score_validity", **counts)
    )


def test_validity_is_one_where_tiers_part_the_honest_and_a_half_where_they_say_nothing():
    assert 1 == ratio("score_validity", tier_0=3, honest_tier_0=3, tier_3=2)
    assert 0 == ratio("score_validity", tier_0=2, honest_tier_3=3, tier_3=3)
    assert 0.5 == ratio("score_validity", tier_1=10, honest_tier_1=4)


def test_validity_of_the_whole_country_does_not_overflow():
    large = 10**11
    counts = {"tier_0": 2 * large, "honest_tier_0": large}

    assert 0.5 == ratio("score_validity", **counts)


def test_the_anatomy_asks_for_what_alone_decides_as_its_kernel_counts_it():
    """A file free without lawful conduct is not counted there where harm alone would suffice, nor
    where to take away habits would free it as well: the question must say so."""
    edge, free, held = 600, 700, 500
    points = np.full(8, held)
    points[columns.HARM] = free
    points[columns.ERROR + 2] = free  # without lawful conduct
    alone = dissect(points, edge)
    assert "anatomy_lawful" == f"anatomy_{columns.ANATOMY[alone]}"
    points[columns.HARM] = held
    assert "harm" == columns.ANATOMY[dissect(points, edge)]
    points[columns.HARM] = points[columns.ERROR + 3] = free
    assert "mixed" == columns.ANATOMY[dissect(points, edge)]

    for kind in BUT_FOR:
        m = MEASURES[f"sanction_anatomy_{kind}"]
        assert m.question.endswith(", and for nothing else?")
        assert "harm alone would not suffice" in m.textbook
