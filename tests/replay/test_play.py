"""Play: what is chosen is done, what is left free is as in the run, nothing precedes its cause."""

from functools import cache

import numpy as np
import pytest

from demerit import facts, run
from demerit.columns import SPELLS
from demerit.facts import InputError
from demerit.replay.occasions import APPEAL, BUY, DEALT, HANDS, PAY
from demerit.replay.play import CHOICES, OFFERS_MOST, STAGES, ChoiceError, Player, months_of, play
from demerit.replay.recorded import Recorded, live, seat_of
from demerit.replay.recorded import months_of as climates_of
from demerit.replay.story import story

MONTHS = 6
FREE = "*." * MONTHS


@pytest.fixture(scope="module")
def recorded(harsh_run):
    return harsh_run[0]


@pytest.fixture(scope="module")
def free(recorded):
    """The lives of some people with every choice left to the model, by id."""
    first = int(recorded.plan.blocks[1].first)
    return {first + i: play(recorded, first + i, FREE) for i in range(40)}


@pytest.fixture(scope="module")
def choose(recorded):
    """Play a person who chooses one thing in one month, and leaves all else free."""

    @cache
    def make(person, month, key, letter):
        offers = play(recorded, person, "*." * month)["offers"]
        letters = "".join(letter if offer["key"] == key else "-" for offer in offers)
        assert letters.strip("-") == letter
        return play(recorded, person, "*." * month + letters + "." + "*." * (MONTHS - month - 1))

    return make


def offered(lives, key):
    """Who is offered something, and when: (person, month, offer)."""
    return [
        (person, row["month"], offer)
        for person, life in lives.items()
        for row in life["offered"]
        for offer in row["offers"]
        if offer["key"] == key
    ]


def happens(life, month, **wanted):
    return [
        event for event in life["events"]
        if event["month"] == month and event["world"] != "law" and wanted.items() <= event.items()
    ]  # fmt: skip


def test_what_is_left_free_is_the_life_of_the_run(recorded, free):
    for person, life in list(free.items())[:20]:
        told = story(recorded, person)
        letters = "".join("-" * len(row["offers"]) + "." for row in life["offered"])

        assert told["months"] == life["months"]
        assert told["events"] == life["events"]
        assert life["months"] == play(recorded, person, letters)["months"]
        assert life["events"] == play(recorded, person, letters)["events"]


def test_the_same_choices_are_the_same_life(recorded, free):
    person = next(iter(free))
    letters = "".join("1" * len(row["offers"]) + "." for row in free[person]["offered"][:2])

    assert play(recorded, person, letters) == play(recorded, person, letters)


@pytest.mark.parametrize("key", ["petition", "online_post", "traffic_offence", "bribe",
                                 "volunteering", "littering"])  # fmt: skip
def test_what_is_chosen_is_done_once_or_not_at_all(choose, free, key):
    found = offered(free, key)

    assert found
    for person, month, _ in found[:6]:
        did = choose(person, month, key, "1")
        left = choose(person, month, key, "0")

        assert [1] == [e["count"] for e in happens(did, month, event="did", deed=key)]
        assert [] == happens(left, month, event="did", deed=key)
        assert [] == happens(did, month, event="withheld", deed=key)
        law = [e for e in did["events"] if e["month"] == month and e["world"] in ("law", "both")]
        assert any(e["event"] == "did" and e["deed"] == key for e in law)


@pytest.mark.parametrize("letter", "01")
def test_a_choice_changes_nothing_that_comes_before_it(choose, free, letter):
    compared = 0
    for key in ("petition", "traffic_offence", PAY):
        for person, month, _ in [row for row in offered(free, key) if row[1] > 0][:4]:
            life = choose(person, month, key, letter)
            before = [e for e in life["events"] if e["month"] < month]

            assert free[person]["months"][:month] == life["months"][:month]
            assert [e for e in free[person]["events"] if e["month"] < month] == before
            assert free[person]["offered"][: month + 1] == [
                {**row, "chosen": "*"} for row in life["offered"][: month + 1]
            ]
            compared += 1
    assert compared > 6


def test_nobody_else_does_otherwise_in_the_month_of_a_choice(recorded, free):
    person, month, _ = next(row for row in offered(free, "petition") if row[1] == 3)
    block, row = seat_of(recorded, person)
    letters = "".join("1" if o["key"] == "petition" else "-"
                      for o in free[person]["offered"][month]["offers"])  # fmt: skip
    seen = []
    for chosen in ("*", letters):
        player = Player(recorded, row, ["*"] * month + [chosen])

        def see(number, world, at, stage, player=player):
            player(number, world, at, stage)
            if at == month and stage == "month":
                names = ("deed_count", "cash_fen", "employed", "granted", "score_points")
                seen.append({n: np.delete(getattr(world, n), row, -1) for n in names})

        live(recorded, [block], see, month + 1, stages=STAGES)

    for name, column in seen[0].items():
        assert np.array_equal(column, seen[1][name]), name


def test_to_pay_what_there_is_no_cash_for_is_to_go_without(choose, free):
    found = [row for row in offered(free, PAY) if row[1] < MONTHS - 1]

    assert found
    for person, month, offer in found[:6]:
        paid, left = (choose(person, month, PAY, letter) for letter in "10")
        dues = [due["deed"] for due in offer["dues"]]

        assert offer["sum"] == pytest.approx(
            sum(due["sum"] for due in offer["dues"]), abs=len(dues)
        )
        assert offer["cash"] - offer["need"] < offer["sum"]
        assert happens(paid, month, event="goes_without")
        assert not any(happens(paid, month, event="did", deed=deed) for deed in dues)
        assert not happens(left, month, event="goes_without")
        assert all(happens(left, month, event="did", deed=deed) for deed in dues)
        assert not happens(left, month, event="did", deed="on_time")
        owed = [life["months"][month + 1]["scheme"]["arrears_unable"] for life in (paid, left)]
        assert owed[0] <= owed[1]


def test_an_appeal_is_heard_by_the_same_draws(choose, free):
    found = offered(free, APPEAL)
    corrected = 0

    assert found
    for person, month, _ in found[:12]:
        lodged, left = (choose(person, month, APPEAL, letter) for letter in "10")

        assert happens(lodged, month, event="appeals")
        assert not happens(left, month, event="appeals")
        assert not happens(left, month, event="corrected")
        corrected += any(e["event"] == "corrected" for e in lodged["events"])
    assert corrected


def test_a_deed_that_every_agency_misses_is_seen_by_nobody(free):
    everything = [
        offer for life in free.values() for row in life["offered"] for offer in row["offers"]
        if offer["key"] in HANDS["say"] + HANDS["help"] + HANDS["slip"]
    ]  # fmt: skip

    assert {offer["seen"] for offer in everything if offer["deed"] == "volunteering"} == {0.0}
    assert all((offer["points"] == 0) == (offer["agencies"] == []) for offer in everything
               if offer["points"] == 0)  # fmt: skip
    for offer in everything:
        assert 0 <= offer["seen"] <= 1
        assert bool(offer["agencies"]) == (offer["seen"] > 0) or offer["points"]


# ---- points for sale


@pytest.fixture(scope="module")
def market(make_plan):
    """A small run of the national score in which every official is for sale, and told of."""
    values = {"national.officials.for_sale": 1.0, "national.redress.notice": 1.0}
    plan = make_plan("national", people=1_200, months=MONTHS, values=values)
    counts = run.simulate(plan, 1)
    climate = {name: np.moveaxis(array, 0, 1) for name, array in counts.climate.items()}
    table = facts.read("deeds.toml")["deed"], list(facts.read("agencies.toml")["agency"])
    return Recorded({"run": "market"}, plan, climates_of(climate), *table)


def test_points_are_bought_of_an_official_and_paid_for(market):
    first = int(market.plan.blocks[0].first)
    lives = {first + i: play(market, first + i, FREE) for i in range(90)}
    found = [row for row in offered(lives, BUY) if row[1] < MONTHS - 1]
    bought = 0

    assert found
    for person, month, offer in found[:4]:
        letters = {
            letter: "".join(letter if o["key"] == BUY else "-"
                            for o in lives[person]["offered"][month]["offers"])
            for letter in "01"
        }  # fmt: skip
        rest = "*." * (MONTHS - month - 1)
        yes, no = (play(market, person, f"{'*.' * month}{letters[k]}.{rest}") for k in "10")
        buys = happens(yes, month, event="buys_points")

        assert not happens(no, month, event="buys_points")
        if buys:
            bought += 1
            assert [offer["points"]] == [event["count"] for event in buys]
            after = [life["months"][month + 1]["scheme"] for life in (yes, no)]
            assert after[0]["cash"] < after[1]["cash"]
            assert after[0]["score_points"] > after[1]["score_points"]
    assert bought


def test_a_bill_that_could_be_paid_may_be_left(market):
    first = int(market.plan.blocks[0].first)
    for person in range(first, first + 20):
        for month, row in enumerate(play(market, person, FREE)["offered"]):
            if any(offer["key"] == "late_bill" for offer in row["offers"]):
                letters = "".join("1" if o["key"] == "late_bill" else "-" for o in row["offers"])
                life = play(market, person, f"{'*.' * month}{letters}.")

                assert happens(life, month, event="did", deed="late_bill")
                assert not happens(life, month, event="did", deed="on_time")
                assert not happens(life, month, event="goes_without")
                return
    pytest.fail("nobody is offered to leave a bill")


# ---- what may be chosen


def test_every_offer_is_a_deed_that_one_decides_in_a_moment():
    deeds = facts.read("deeds.toml")["deed"]
    kinds = {deeds[key]["kind"] for hand in HANDS.values() for key in hand}
    held = [key for hand in HANDS.values() for key in hand]

    assert {"once", "count", "due"} == kinds
    assert len(held) == len(set(held))
    assert not set(held) & {*SPELLS, "banned_group"}
    assert {hand for pair in DEALT for hand in pair} == set(HANDS)
    assert max(map(len, DEALT)) + len((PAY, APPEAL, BUY)) <= OFFERS_MOST


@pytest.mark.parametrize(
    "text", ["1", "2.", "01", ".1", "1." * 25, "1111111.", "*1.", "a.", "1.\n"]
)
def test_a_text_that_holds_no_choices_is_told(text):
    with pytest.raises(ChoiceError, match="1 yes, 0 no"):
        months_of(text)


def test_choices_that_are_not_offered_are_told(recorded, free):
    person, life = next(iter(free.items()))
    wrong = "1" * (len(life["offered"][0]["offers"]) + 1)
    with pytest.raises(ChoiceError, match=r"in month 1 this life offers \d choices"):
        play(recorded, person, f"{wrong}.")
    with pytest.raises(ChoiceError, match="has 6 months, and 7 were chosen for"):
        play(recorded, person, "*." * 7)
    with pytest.raises(InputError, match="does not live in this run"):
        play(recorded, 10**9, "")


def test_a_life_stands_open_until_its_last_month(recorded, free):
    person, over = next(iter(free.items()))
    begun = play(recorded, person, "")
    middle = play(recorded, person, "*.*.")

    assert (begun["over"], middle["over"], over["over"]) == (False, False, True)
    assert ([], 2, MONTHS) == (begun["months"], len(middle["months"]), len(over["months"]))
    assert over["offered"][2]["offers"] == middle["offers"]
    assert over["offers"] == []
    assert over["now"] is None
    assert {"cash", "need", "due", "owed", "employed"} == set(begun["now"])
    assert CHOICES.startswith("^")
