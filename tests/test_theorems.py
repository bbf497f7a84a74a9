"""Theorems: where arithmetic says what must come out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import climate as cl
from demerit import run
from demerit.columns import ASSISTANCE, DOORS, JOB, LAW, SCHEME, WORLDS
from demerit.facts import read
from demerit.measures import MEASURES
from demerit.society.tables import HABIT, HARMFUL, LAWFUL, STANDING, deed_class, lognormal_cells
from demerit.society.tables.answers import astray
from demerit.step.link import astray_32
from demerit.step.score import held, tier_of

WORD = 1 << 32
ASTRAY = astray()


@pytest.fixture(scope="module")
def plan(make_plan):
    return make_plan(people=2_500)


# Score


@given(st.integers(-40_000, 40_000), st.integers(0, 30_000))
def test_points_are_held_between_nought_and_the_cap(points, cap):
    found = held(points, cap)

    assert 0 <= found <= cap
    assert found == points or not 0 <= points <= cap


@given(
    st.lists(st.integers(0, 30_000), min_size=1, max_size=3, unique=True), st.integers(0, 30_000)
)
def test_a_tier_is_the_best_whose_floor_is_reached(floors, points):
    floor = np.array([*sorted({*floors, 0}, reverse=True)], np.int64)
    tier = tier_of(points, floor)

    assert points >= floor[tier]
    assert tier == 0 or points < floor[tier - 1]


# Link


@given(st.integers(0, 294_281), st.floats(0, 1))
def test_a_name_goes_astray_as_often_as_another_of_it_is_picked(others, share):
    """Of n + 1 files of a name one is picked, n Poisson: E[n / (n + 1)] = 1 - (1 - exp(-m)) / m."""
    share_32 = round(share * WORD)
    mean = others * share_32 / WORD
    expected = 1 - (1 - np.exp(-mean)) / mean if mean > 1e-9 else mean / 2

    assert expected == pytest.approx(int(astray_32(others, share_32, ASTRAY)) / WORD, abs=0.009)


def test_where_everybody_is_on_file_n_others_of_a_name_are_picked_n_times_in_n_plus_one():
    for others in (20, 100, 5_000):
        found = int(astray_32(others, WORD, ASTRAY)) / WORD

        assert others / (others + 1) == pytest.approx(found, abs=1 / others**1.5)


@given(st.integers(0, 294_281), st.integers(0, 1 << 32), st.integers(0, 1 << 32))
def test_fewer_files_never_send_more_astray(others, one, two):
    few, many = sorted((one, two))

    assert 0 <= astray_32(others, few, ASTRAY) <= astray_32(others, many, ASTRAY) < WORD


# Deterrence and chilling


def test_fear_of_a_harmful_deed_rises_toward_the_edge(plan, deeds):
    fear = plan.scheme_tables.fear_16 / 65536
    for deed in ("traffic_offence", "bribe", "elder_neglect"):
        row = fear[deeds.index(deed)]

        assert np.all(np.diff(row) <= 0)
        assert row[0] > row[-1] > 0


def test_fear_is_one_less_the_cost_ratio_to_the_elasticity(plan, deeds):
    """A traffic offence at 48 points from the edge: 20/48 of 20,000 yuan beside 300 yuan."""
    answers = read("responses.toml")["deterrence"]
    price, power = answers["exclusion_cost"]["value"], answers["severity"]["value"]
    law = read("deeds.toml")["deed"]["traffic_offence"]["law_cost"]["value"]
    expected = 1 - ((law + price * 20 / 48) / law) ** power
    found = plan.scheme_tables.fear_16[deeds.index("traffic_offence"), 1] / 65536

    assert expected == pytest.approx(found, abs=1e-5)


def test_lawful_deeds_are_chilled_alike_wherever_one_stands(plan, deeds):
    share = read("responses.toml")["chilling"]["share"]["value"]
    for deed in ("petition", "online_post", "banned_group"):
        row = plan.scheme_tables.fear_16[deeds.index(deed)] / 65536

        assert np.allclose(row, share, atol=1e-5)


def test_what_a_scheme_rewards_or_leaves_alone_is_not_feared(plan, deeds):
    for deed in ("merit", "late_bill", "loan_default"):
        assert 0 == plan.scheme_tables.fear_16[deeds.index(deed)].sum()


def test_no_deed_is_both_deterred_and_chilled():
    for deed in read("deeds.toml")["deed"].values():
        kind = deed_class(deed)

        assert kind in {HARMFUL, LAWFUL, HABIT, STANDING}
        assert not (deed["protected"] and kind == HARMFUL)


# Protest


def test_arrest_grows_sure_with_police_per_protester_as_epstein_has_it(plan):
    k = read("responses.toml")["protest"]["arrest"]["value"]
    ratio = np.arange(513) / 16
    table = plan.society_tables.arrest_256

    assert np.allclose(256 * (1 - np.exp(-k * ratio)), table, atol=0.5)
    assert 0.9 == pytest.approx(table[16] / 256, abs=0.01)  # one officer for each: nine in ten
    assert np.all(np.diff(table) >= 0)


def test_half_lives_halve(plan):
    months = read("responses.toml")["deterrence"]["half_life"]["value"]
    left = 65536.0
    for _ in range(months):
        left = left * plan.society_tables.fade_16 / 65536

    assert 32768 == pytest.approx(left, rel=1e-3)


@given(st.floats(0.1, 1.5), st.floats(0.5, 8))
def test_the_median_of_a_lognormal_stands_at_its_centre(spread, centre):
    cells = lognormal_cells(spread, centre) / 256

    assert centre == pytest.approx(cells[256], rel=0.01)
    assert np.all(np.diff(cells) >= 0)
    assert cells[320] / cells[256] == pytest.approx(np.exp(spread), rel=0.02)


# Doors


@given(
    st.integers(0, 4_000_000),
    st.lists(st.integers(0, 4_000_000), min_size=len(WORLDS) - 1, max_size=len(WORLDS) - 1),
)
def test_places_are_as_many_in_every_world(law, others):
    """Askers by their weight, times the chance of one of weight one: the places under the law."""
    ordinary = np.full(len(DOORS), WORD // 3, np.int64)
    rationed = (np.arange(len(DOORS)) % 2).astype(np.uint8)

    class Society:
        open_32 = ordinary
        filled_256 = 256

    Society.rationed = rationed
    asked = np.array([law, *others], np.int64)[:, None, None] * np.ones(
        (1, 1, len(DOORS)), np.int64
    )
    chance = cl.doors(asked, Society)
    for w, door in np.ndindex(len(WORLDS), len(DOORS)):
        share, here = int(chance[w, 0, door]), int(asked[w, 0, door])
        if not rationed[door] or here == 0 or law == 0:
            assert share == ordinary[door]
        elif 1 / 4 < law / here < 3:
            assert abs(share * here - int(ordinary[door]) * law) <= here
        else:
            assert ordinary[door] // 4 <= share <= min(WORD, 4 * int(ordinary[door]))


def test_employment_rests_where_jobs_found_are_jobs_lost(china, make_plan):
    """U f = E s: with so many employed for each unemployed as the census counts."""
    tables = make_plan().society_tables
    lost, found = tables.job_loss_32 / WORD, tables.open_32[JOB] / WORD
    searching = tables.knock_32[JOB] / WORD

    assert china.employed_per_unemployed == pytest.approx(found * searching / lost, rel=1e-3)


@pytest.mark.slow
def test_employment_stays_at_its_rest(china, make_plan):
    plan = make_plan("none", people=20_000, months=24)
    found = run.simulate(plan, 2)
    work, labour = (found.frames[LAW, :, found.counters.index(c), 0].sum()
                    for c in ("employed", "labour"))  # fmt: skip
    ratio = china.employed_per_unemployed

    # One in thirty moves in and out a month: 24 months are about as many independent looks at
    # 12,000 people as 4; the tolerance is four standard errors.
    tolerance = 4 * np.sqrt(ratio / (1 + ratio) ** 2 / (labour / 24 * 4))
    assert ratio / (1 + ratio) == pytest.approx(work / labour, abs=tolerance)


# Records


def test_false_records_make_up_f_over_f_plus_r_s():
    """Bayes: a deed of rate r seen with chance s, false records at rate f."""
    seen = 0.0196 * 0.002
    shares = [round(100 * f / (f + seen), 1) for f in (1e-6, 1e-5, 1e-4)]

    assert [2.5, 20.3, 71.8] == shares


def test_the_share_of_false_entries_is_what_the_rates_say(make_plan, deeds):
    """Petitions alone, all seen and none lost; false ones at f per adult and month."""
    rate, false, people = 0.02, 0.005, 20_000
    values = {
        "deeds.deed.petition.rate": rate, "deeds.deed.petition.concentration": 0.1,
        "deeds.deed.petition.seen.petition_office": 1.0,
        "agencies.agency.petition_office.false": false,
        **{f"agencies.agency.petition_office.{k}": 0.0
           for k in ("wrong", "by_name", "late", "lost")},
        "suining.label.petition.share": 1.0, "suining.label.petition.error": 0.0,
        "responses.chilling.share": 0.0, "responses.grievance.voice": 0.0,
    }  # fmt: skip
    points = np.where(np.arange(len(deeds)) == deeds.index("petition"), -50, 0)
    plan = make_plan(people=people, months=3, values=values, points=points)
    found = run.simulate(plan, 2, months_before=1)

    def total(name):
        return int(found.frames[SCHEME, :, found.counters.index(name), 0].sum())

    records, wrong = total("record_petition"), total("false_petition")
    expected = false / (false + rate)
    assert expected == pytest.approx(wrong / records, abs=4 * np.sqrt(expected * 0.8 / records))
    assert wrong + total("deed_petition") == records


def test_measures_ask_a_question_and_name_their_unit():
    for m in MEASURES.values():
        assert m.question.endswith("?")
        assert m.unit in {
            "share",
            "rate",
            "points",
            "yuan",
            "minutes",
            "months",
            "entries",
            "number",
        }


def test_assistance_is_not_rationed(plan):
    assert 0 == plan.society_tables.rationed[ASSISTANCE]


# Linkage


def test_files_with_somebody_elses_entry_are_as_many_as_the_arithmetic_of_linkage_says(
    make_plan, deeds
):
    """Petitions alone, all seen, joined by name alone, in a file that covers the society.

    A record goes astray with the chance that its name's namesakes give it (Fellegi and Sunter 1969,
    `theory.linkage`); what leaves in a month lands evenly in the next, so that after months with
    chances p the share of files without a stranger's entry is the product of all 1 - p.
    """
    people, months = 20_000, 6
    values = {
        "deeds.deed.petition.rate": 0.05, "deeds.deed.petition.concentration": 0.1,
        "deeds.deed.petition.seen.petition_office": 1.0,
        **{f"agencies.agency.petition_office.{k}": 0.0 for k in ("false", "wrong", "late", "lost")},
        "agencies.agency.petition_office.by_name": 1.0, "responses.chilling.share": 0.0,
        "responses.grievance.voice": 0.0, "suining.label.petition.share": 1.0,
        "suining.label.petition.error": 0.0,
    }  # fmt: skip
    points = np.where(np.arange(len(deeds)) == deeds.index("petition"), -50, 0)
    plan = make_plan(people=people, months=months, values=values, points=points,
                     file_share_32=WORD)  # fmt: skip
    found = run.simulate(plan, 2, months_before=1)

    def each_month(name):
        return found.frames[SCHEME, :, found.counters.index(name), 0]

    sent, records = each_month("sent_petition"), each_month("deed_petition").sum()
    namesakes = plan.society.people.having.namesakes
    gone = np.mean([astray_32(int(n), WORD, ASTRAY) for n in namesakes]) / WORD
    assert gone == pytest.approx(sent.sum() / records, abs=4 * np.sqrt(gone * (1 - gone) / records))
    scored = each_month("scored")[0]
    foreign = 1 - np.cumprod(1 - np.concatenate([[0], sent[:-1]]) / scored)
    spread = np.sqrt(foreign[-1] * (1 - foreign[-1]) / scored)
    assert foreign[-1] == pytest.approx(each_month("files_foreign")[-1] / scored, abs=4 * spread)
