"""Luck: nought where nothing about a record is left to chance, a lottery where everything is."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

from demerit import cli, facts, luck
from demerit.columns import SCHEME
from demerit.measures.registry import Ratio

AGENCIES = facts.read("agencies.toml")["agency"]
DEEDS = facts.read("deeds.toml")["deed"]


def quiet(stage, done, total):
    pass


def compare(plan, redrawn=luck.REDRAWN, open_loop=True):
    return luck.compare(plan, redrawn, open_loop, 1, quiet, months_before=2)


def shares(totals):
    return {key: m["value"] for key, m in luck.measure(totals).items()}


@pytest.fixture(scope="module")
def certain(make_plan):
    """Every true deed is seen, of everybody alike, at once and rightly; nobody hides, and nothing
    else is written."""
    errors = ("false", "wrong", "by_name", "late", "lost")
    values = {f"agencies.agency.{key}.{name}": 0 for key in AGENCIES for name in errors}
    values |= {f"agencies.agency.{key}.coverage_{home}": 1.0 for key in AGENCIES
               for home in ("town", "village")}  # fmt: skip
    values |= {f"deeds.deed.{key}.seen.{agency}": 1.0 for key, deed in DEEDS.items()
               for agency in deed["seen"]}  # fmt: skip
    values |= {
        "suining.repeal.share": 1,
        "society.trait.exposure_spread": 0.0,
        "responses.evasion.stock": 0.000001,
        "responses.evasion.on_caution": 0.0,
    }
    word = np.full(len(DEEDS), 1 << 32, np.int64)
    return make_plan(people=4_500, months=6, values=values, label_share_32=word,
                     label_error_32=0 * word, shield_32=0,
                     erring=np.zeros(3, np.int64))  # fmt: skip


@pytest.mark.parametrize("open_loop", [True, False])
def test_where_records_leave_nothing_to_chance_luck_is_nought(certain, open_loop):
    found = shares(compare(certain, open_loop=open_loop))

    assert found["sanctioned_once"] > 0.005
    assert 0 == found["luck_of_sanction"]
    assert 1 == pytest.approx(found["score_reliability"])
    assert found["moved_once"] > 0.005
    assert 0 == found["luck_of_tier_change"]
    assert 0 == pytest.approx(found["luck_of_score"])


@pytest.fixture(scope="module")
def lottery(make_plan):
    """No true deed is ever seen; agencies write down what nobody did."""
    values = {f"deeds.deed.{key}.seen.{agency}": 0.0 for key, deed in DEEDS.items()
              for agency in deed["seen"]}  # fmt: skip
    values |= {f"agencies.agency.{key}.false": 0.002 for key in AGENCIES}
    values |= {"suining.points.bribe": -500, "suining.repeal.share": 1}
    return make_plan(people=6_000, months=12, values=values)


def test_where_all_is_chance_a_second_draw_is_independent_of_the_first(lottery):
    """A false record of a bribe is as likely on every adult and enough for a sanction: whoever is
    under sanction once is so again with the base rate."""
    totals = compare(lottery)
    found = shares(totals)
    base = found["sanctioned_once"]

    assert 0.01 < base < 0.3
    assert 1 - base == pytest.approx(found["luck_of_sanction"], abs=0.03)
    assert 0 == pytest.approx(found["score_reliability"], abs=0.12)
    assert 1 - found["moved_once"] == pytest.approx(found["luck_of_tier_change"], abs=0.04)
    assert 1 - found["score_reliability"] == pytest.approx(found["luck_of_score"])


def test_nothing_redrawn_is_the_same_life(make_plan, harsh):
    plan = make_plan(people=2_500, months=4, values=harsh | {"suining.repeal.share": 1})
    found = shares(compare(plan, redrawn=(), open_loop=False))

    assert (0, 1) == (found["luck_of_sanction"], pytest.approx(found["score_reliability"]))
    assert found["sanctioned_once"] > 0


def test_in_the_open_loop_lives_are_those_of_the_first_draw(make_plan, harsh, monkeypatch):
    """And in the closed loop they part: sanctions have consequences."""
    plan = make_plan(people=2_500, months=6, values=harsh | {"suining.repeal.share": 1})
    kept = {}

    def look(one, two, *_):
        names = ("deed_count", "able", "cash_fen")
        kept["same"] = [np.array_equal(one.folds[f].lives[n][:, SCHEME], two.folds[f].lives[n][
            :, SCHEME]) for f in range(len(one.folds)) for n in names]  # fmt: skip
        kept["scores"] = [np.array_equal(*(s.folds[f].files["score_points"] for s in (one, two)))
                          for f in range(len(one.folds))]  # fmt: skip

    monkeypatch.setattr(luck, "count", look)
    compare(plan)
    assert all(kept["same"])
    assert not any(kept["scores"])
    compare(plan, open_loop=False)
    assert not all(kept["same"])


def test_a_redrawn_stage_takes_its_luck_from_another_replicate_and_no_other_does(make_plan):
    plan, seen = make_plan(people=1_000, months=1), {}

    class Noted(luck.Second):
        def lived(self, fold, k, month, stage):
            seen[stage] = int(self.folds[fold].files["replicate"][k])
            super().lived(fold, k, month, stage)

    with ThreadPoolExecutor(1) as pool:
        steps = Noted(plan, pool, 1, None)
        steps.redrawn, steps.replicate = frozenset({"observe", "link"}), 7
        steps.month(luck.before(plan, steps, 1), 0)

    assert {"observe": 7, "link": 7} == {k: v for k, v in seen.items() if v}
    assert set(steps.names) < set(seen)


def test_the_share_is_of_those_under_sanction_in_either_draw_taken_alone():
    """Six in both draws and eight in one: ten are under sanction in each, of whom four are not in
    the other."""
    assert isinstance(luck.of_sanction(np.array([6]), np.array([8])), Ratio)
    assert 0.4 == luck.of_sanction(np.array([6]), np.array([8])).value[0]


def test_who_comes_to_another_tier_in_each_draw_is_moved_alike_in_neither():
    """Of four who have a file one moves alike, one in one draw, one to another tier in each; the
    fifth has none."""

    def steps(tiers):
        scored = np.array([1, 1, 1, 1, 0])
        file = {"tier": np.array([[0] * 5, tiers]), "scored": scored, "people": 5}
        fold = SimpleNamespace(files=[file])
        return SimpleNamespace(folds=[fold])

    found = np.zeros((1, 3, len(luck.COUNTERS), 1), np.int64)
    before = [luck.standing(steps([2, 2, 2, 2, 2])) for _ in range(2)]
    luck.moved(steps([1, 1, 1, 2, 1]), steps([1, 2, 0, 2, 2]), before, found)

    assert [1, 3, 0] == found[0, SCHEME, 3:, 0].tolist()
    assert 3 / 5 == luck.of_sanction(found[0, SCHEME, 3], found[0, SCHEME, 4]).value[0]
    (asked,) = (m.question for m in luck.MEASURES if m.key == "luck_of_tier_change")
    assert "not have come to the tier where I stand now" in asked  # a third tier counts, too


def test_a_stage_that_is_no_matter_of_records_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["luck", "suining", "--people", "1000", "--redraw", "behave"])

    assert 2 == stopped.value.code
    assert "only observe and link can be drawn anew" in capsys.readouterr().err
