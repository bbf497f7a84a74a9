"""Tables of doors: every door of the axis, whole and within reason."""

import numpy as np
import pytest

from demerit import facts
from demerit import scheme as schemes
from demerit.columns import ABROAD, DOORS, FLIGHT, LOAN, POSTING, TRAIN, TRAVEL
from demerit.scheme.tables import build as scheme_tables
from demerit.society import keys
from demerit.society.tables import build
from demerit.society.tables.doors import NOBODY, RISES, TOUCHES, WHO, employed_after, gain

DOOR = facts.read("doors.toml")["door"]
EMPLOYED_PER_UNEMPLOYED = 18.0
ALWAYS = 1 << 32


@pytest.fixture(scope="module")
def made():
    return build("china-2020", EMPLOYED_PER_UNEMPLOYED)


def test_the_file_has_every_door_of_the_axis_in_its_order():
    assert DOORS == tuple(DOOR)


@pytest.mark.parametrize("key", DOORS)
def test_a_door_says_who_knocks_what_it_touches_and_what_a_refusal_costs(key):
    door = DOOR[key]

    assert door["kind"] in ("rationed", "elastic")
    assert door["who"] in WHO
    assert door["touches"] in TOUCHES
    assert door.get("under", "travel") in DOORS
    assert door.get("falls_on", "child") == "child"
    assert {"title", "knock", "cost_yuan", "cost_hours"} <= set(door)
    assert ("granted" in door) == (key != "job")
    for name in ("knock", "granted", "thin_granted", "judgment_granted"):
        assert 0 <= door.get(name, {"value": 0})["value"] <= 1
    assert 0 <= door["cost_yuan"]["value"]
    assert 0 <= door["cost_hours"]["value"]


def test_every_kind_of_knocker_and_part_of_life_has_a_door():
    assert set(WHO) == {door["who"] for door in DOOR.values()}
    assert set(TOUCHES) == {door["touches"] for door in DOOR.values()}


def test_the_refusal_of_a_school_place_falls_on_a_child():
    assert ["school"] == [key for key, door in DOOR.items() if "falls_on" in door]


def test_lenders_alone_look_at_bank_records_and_judgments(made):
    lenders = {DOORS.index("loan"), DOORS.index("card")}

    assert lenders == set(np.flatnonzero(made.thin_16 < 65536))
    assert lenders == set(np.flatnonzero(made.judgment_16 < 65536))


def test_queues_jobs_schools_and_ranks_are_rationed_tickets_and_loans_are_not(made):
    """A rationed door has so many places; its weights know neither thin files nor other doors."""
    rationed = {DOORS[d] for d in np.flatnonzero(made.rationed)}

    assert {"job", "school", "promotion", "prestige", "office", "lane", "dating"} == rationed
    for key in rationed:
        assert made.under[DOORS.index(key)] == DOORS.index(key)
        assert made.thin_16[DOORS.index(key)] == 65536


def test_all_travel_stands_over_flights_fast_trains_and_the_way_abroad(made):
    assert [FLIGHT, TRAIN, ABROAD] == [
        d for d in range(len(DOORS)) if made.under[d] != d and made.under[d] == TRAVEL
    ]


def test_nobody_knocks_at_the_public_list_and_its_refusal_costs_nothing(made):
    assert NOBODY == made.who[POSTING]
    assert 0 == made.knock_32[POSTING] == made.cost_yuan[POSTING]


def test_costs_stand_in_yuan_and_minutes(made):
    assert DOOR["loan"]["cost_yuan"]["value"] == made.cost_yuan[LOAN]
    assert 60 * DOOR["loan"]["cost_hours"]["value"] == made.cost_minutes[LOAN]


def test_prices_in_yuan_are_carried_over_to_the_money_of_another_society():
    india = build("india-2011", EMPLOYED_PER_UNEMPLOYED)
    rate = facts.read("societies/india-2011/household.toml")["money"]["per_yuan"]["value"]
    other = build("india-2011", EMPLOYED_PER_UNEMPLOYED, {"household.money.per_yuan": 10.0})

    assert rate == india.per_yuan == pytest.approx(72_000 / 32_189, abs=0.005)
    assert round(rate * DOOR["loan"]["cost_yuan"]["value"]) == india.cost_yuan[LOAN]
    assert 10 * DOOR["loan"]["cost_yuan"]["value"] == other.cost_yuan[LOAN]


def test_what_is_sold_costs_the_money_of_the_society(made):
    national = schemes.load("national")
    prices = {
        key: scheme_tables(national, build(key, EMPLOYED_PER_UNEMPLOYED), 1.0).price_fen
        for key in ("china-2020", "india-2011")
    }

    assert {"china-2020": 200_000, "india-2011": 448_000} == prices


def test_every_society_has_a_household_book_of_the_same_numbers():
    books = {
        key: {name for name, _ in facts.facts(facts.read(f"societies/{key}/household.toml"))}
        for key in keys()
    }

    assert {"money.per_yuan"} == books["india-2011"] - books["china-2020"]
    assert set() == books["china-2020"] - books["india-2011"]


def test_standing_rests_where_the_tables_start_it(made):
    """A month on, holders who keep job and standing and those who gain it are as many as before."""
    share, kept = made.prestige_start_32 / ALWAYS, 1 - made.job_loss_32 / ALWAYS
    demoted, gained = made.demoted_32 / ALWAYS, gain(DOOR)
    after = kept * (share * (1 - demoted) + (1 - share) * gained)

    assert 0.05 < share < 0.5
    assert share == pytest.approx(after, rel=1e-6)


@pytest.mark.parametrize("off", ["knock", "granted"])
def test_with_no_way_to_it_nobody_has_work_of_high_standing(off):
    values = {f"doors.door.{key}.{off}": 0 for key in RISES}

    assert 0 == build("china-2020", EMPLOYED_PER_UNEMPLOYED, values).prestige_start_32


def test_thin_files_and_judgments_can_be_switched_off():
    values = {f"doors.door.{key}.{name}": 1 for key in ("loan", "card")
              for name in ("thin_granted", "judgment_granted")}  # fmt: skip
    made = build("china-2020", EMPLOYED_PER_UNEMPLOYED, values)

    assert np.all(made.thin_16 == 65536)
    assert np.all(made.judgment_16 == 65536)


def test_a_bar_from_jobs_for_a_year_costs_more_than_a_year_of_a_bad_mark_did():
    """Published: 3 points (Bos, Breza and Liberman 2018).  Its employers were free to hire."""
    loss = facts.value(facts.read("societies/china-2020/household.toml"), "work", "job_loss_rate")
    rest = EMPLOYED_PER_UNEMPLOYED / (1 + EMPLOYED_PER_UNEMPLOYED)
    fall = {
        width: 100 * (rest - employed_after(12, width, loss, EMPLOYED_PER_UNEMPLOYED))
        for width in (0.0, 0.25, 0.5, 0.75, 1.0)
    }

    assert 0 == pytest.approx(fall[1.0], abs=1e-9)
    assert list(fall.values()) == sorted(fall.values(), reverse=True)
    assert fall[0.75] < 3 < fall[0.5] < fall[0.0]
