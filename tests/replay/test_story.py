"""Story: what is told of a person is what happened to them, in both worlds."""

from collections import Counter

import numpy as np
import pytest

from demerit import facts
from demerit.columns import COLUMNS, LAW, SCHEME
from demerit.replay import recorded as replay
from demerit.replay.story import KEPT, LEDGER, story
from demerit.replay.words import PLAIN, Teller, is_ordinary, months, who


@pytest.fixture(scope="module")
def stories(harsh_run):
    """The lives of forty people of the second block, and that block month by month."""
    recorded, _ = harsh_run
    first = recorded.plan.blocks[1].first
    months = []

    def see(_block, world, month, _stage):
        if month >= 0:
            names = ("deed_count", "refused", "score_points", "employed", "wrongful", "arrears_fen")
            months.append({name: getattr(world, name).copy() for name in names})

    replay.live(recorded, [1], see)
    return [story(recorded, first + i) for i in range(40)], months


@pytest.fixture(scope="module")
def tell(harsh_run):
    doors = facts.read("doors.toml")["door"]
    return Teller(harsh_run[0].deeds, facts.read("agencies.toml")["agency"], doors)


@pytest.mark.parametrize(("world", "w"), [("law", LAW), ("scheme", SCHEME)])
def test_every_deed_and_refusal_is_told_and_no_other(harsh_run, stories, world, w):
    recorded, _ = harsh_run
    told, columns = stories
    deeds = list(recorded.deeds)
    for i, life in enumerate(told):
        mine = [e for e in life["events"] if e["world"] in (world, "both")]
        did = Counter({(e["month"], e["deed"]): e["count"] for e in mine if e["event"] == "did"})
        refused = sum(e["event"] == "asked" and e["answer"].startswith("refused") for e in mine)
        want = Counter({
            (m, deeds[k]): int(c["deed_count"][w, k, i])
            for m, c in enumerate(columns) for k in np.flatnonzero(c["deed_count"][w, :, i])
        })  # fmt: skip

        assert want == did
        assert sum(int(c["refused"][w, :, i].sum()) for c in columns) == refused


def test_a_state_is_what_the_columns_say(stories):
    told, columns = stories
    for i, life in enumerate(told):
        for month, c in zip(life["months"], columns, strict=True):
            state = month["scheme"]

            assert bool(c["employed"][SCHEME, i]) == state["employed"]
            assert int(c["arrears_fen"][LAW, i]) // 100 == month["law"]["arrears"]
            if life["who"]["scored"]:
                assert int(c["score_points"][SCHEME, i]) == state["score_points"]
                assert bool(c["wrongful"][SCHEME, i]) == state["wrongful"]
            assert "score_points" not in month["law"]


def test_lives_without_the_scheme_have_nothing_of_it(stories):
    of_scheme = {"recorded", "entered", "erased", "tier", "sanctioned", "freed", "posted", "opened",
                 "learns", "appeals", "scheme_begins", "withheld", "shown"}  # fmt: skip
    for life in stories[0]:
        found = {e["event"] for e in life["events"] if e["world"] != "scheme"}

        assert not found & of_scheme


def test_a_false_record_has_no_doer_and_a_foreign_one_another(stories):
    events = [(life["person"], e) for life in stories[0] for e in life["events"]]
    false = [e for _, e in events if e.get("truth") == "false"]
    foreign = [(p, e) for p, e in events if e.get("truth") == "foreign" and e["event"] == "entered"]

    assert false
    assert foreign
    assert {None} == {e["did"] for e in false}
    assert all(person != e["did"] for person, e in foreign)


def test_what_is_recorded_of_a_person_and_reaches_their_file_is_entered_then(stories):
    for life in stories[0]:
        written = Counter(
            (e["arrives"], e["deed"]) for e in life["events"]
            if e["event"] == "recorded" and e["on"] == life["person"] and e["fate"] == "arrives"
            and e["arrives"] < len(life["months"])
        )  # fmt: skip
        entered = Counter(
            (e["month"], e["deed"]) for e in life["events"] if e["event"] == "entered"
        )

        assert written == entered


def test_a_story_keeps_columns_that_there_are():
    names = {column.name for column in COLUMNS}

    assert names >= {*KEPT, *LEDGER}


def test_every_event_can_be_told_in_words(stories, tell):
    known = {*tell.tells, *PLAIN}
    for life in stories[0]:
        assert {e["event"] for e in life["events"]} <= known
        lines = list(months(life, tell, whole=True))

        assert len(life["events"]) + len(life["months"]) == len(lines)
        assert all(line.rstrip().endswith((".", "work", "arrears", "judgment")) for line in lines)
        assert life["who"]["place"] in who(life["who"], "yuan")


def test_quiet_months_are_folded_and_none_is_lost(tell):
    state = {"employed": True, "arrears": 0, "judgment": 0}
    did = {"world": "both", "event": "did", "deed": "littering", "count": 2}
    life = {
        "months": [{"month": m, "law": state, "scheme": state} for m in range(6)],
        "events": [{"month": m, **did} for m in range(6)]
        + [{"month": 3, "world": "scheme", "event": "job_lost"}],
    }
    life["events"].sort(key=lambda e: e["month"])

    assert [
        "months 0 to 2: nothing out of the ordinary (dropping litter (6 times)).",
        "month 3: without: at work; with: at work",
        "  with    Loses the job.",
        "months 4 to 5: nothing out of the ordinary (dropping litter (4 times)).",
    ] == list(months(life, tell))


def test_what_costs_points_or_is_not_true_is_news(tell):
    entry = {"event": "entered", "truth": "true", "points": 2}

    assert is_ordinary(entry, set(), tell.deeds)
    assert not is_ordinary({**entry, "points": -2}, set(), tell.deeds)
    assert not is_ordinary({**entry, "truth": "foreign"}, set(), tell.deeds)
    assert not is_ordinary({"event": "asked", "answer": "refused"}, set(), tell.deeds)


def test_no_story_tells_a_faith_or_names_a_province(stories):
    for life in stories[0]:
        assert "faith" not in life["who"]["traits"]
        assert not {"province", "faith"} & set(life["who"])
