"""Redraws: the same people with other luck, lives that add up to a run's, and nobody told."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from demerit import cli, redraws, run
from demerit import scheme as schemes
from demerit.columns import ASSISTANCE, DOORS, LAW, SCHEME
from demerit.lint_worlds import lasting

DRAWS, MONTHS = 4, 12
OUTCOME = {name: k for k, name in enumerate(redraws.OUTCOMES)}


def quiet(stage, done, total):
    pass


def live(plan, threads=1):
    return redraws.live(plan, DRAWS, threads, quiet, months_before=2)


@pytest.fixture(scope="module")
def plan(make_plan, harsh):
    return make_plan(people=3_000, months=MONTHS, values=harsh | {"suining.repeal.share": 1})


@pytest.fixture(scope="module")
def drawn(plan):
    return live(plan)


def test_lives_add_up_to_what_a_run_with_that_luck_counts(plan, drawn):
    """Months without work, knocks in vain and things left unsaid of the third draw."""
    counts = run.simulate(replace(plan, replicate=2), 1, months_before=2)
    rows = {name: k for k, name in enumerate(counts.counters)}
    total = counts.folds.sum(axis=0)[..., 0]

    def sums(outcome):
        return drawn.sums[2, OUTCOME[outcome]].sum(axis=1, dtype=np.float64)

    for row, w in enumerate((LAW, SCHEME)):
        asked, granted = (sum(total[w, rows[f"{what}_{door}"]] for door in DOORS)
                          for what in ("asked", "granted"))  # fmt: skip
        idle = total[w, rows["labour"]] - total[w, rows["employed"]]
        assert asked - granted == -sums("doors")[row] > 0
        assert idle == -sums("work")[row] > 0
    unsaid = sum(total[SCHEME, rows[f"withheld_{key}"]] for key in redraws.SPEECH)
    assert unsaid == -sums("speech")[1] > 0
    assert 0 == sums("speech")[0]


def test_people_are_the_same_in_every_draw_and_their_luck_is_not(plan, drawn):
    for draw in (1, 3):
        assert not np.array_equal(drawn.sums[0], drawn.sums[draw])
    assert drawn.group.shape == (8, 3_000)
    again = live(replace(plan, replicate=17))  # draws are numbered from nought, whatever is asked
    assert np.array_equal(drawn.sums, again.sums)


def test_threads_change_nothing(plan, drawn):
    two = live(plan, threads=2)

    assert np.array_equal(drawn.sums, two.sums)
    assert json.dumps(redraws.told(drawn)) == json.dumps(redraws.told(two))


def test_a_harsh_scheme_shuts_doors_to_many(drawn):
    found = redraws.told(drawn)["doors"]
    worse = found["everybody"]["worse"]

    assert worse["share"] > 0.003 > found["everybody"]["better"]["share"]
    assert worse["bound_low"] <= worse["share"] <= worse["bound_high"]
    assert found["effect"] < 0
    homes = found["by_group"]["home"]
    assert "faith" not in found["by_group"]
    people = sum(homes[home]["worse"]["people_worse"] for home in ("urban", "rural"))
    assert worse["people_worse"] == people


def test_who_has_done_nothing_is_asked_about_alone(drawn):
    """A life in which nothing is done that costs is one in which nothing harmful is."""
    harmful, costly = drawn.did[:, 0], drawn.did[:, 1]

    assert (costly >= harmful).all()
    assert 0 < harmful.mean() < costly.mean() < 1
    told = redraws.told(drawn)["doors"]
    assert told["no_costly_deed"]["worse"]["people"] <= told["no_harmful_deed"]["worse"]["people"]
    assert told["no_harmful_deed"]["worse"]["people"] < told["everybody"]["worse"]["people"]


def test_without_a_scheme_nobody_is_worse_or_better_off(make_plan):
    """The null case: both worlds are ordinary law, whatever luck does to lives."""
    drawn = live(make_plan("none", people=2_000, months=6))

    assert np.array_equal(drawn.sums[:, :, 0], drawn.sums[:, :, 1])
    assert drawn.sums[:, OUTCOME["money"]].std() > 0
    for outcome in redraws.told(drawn).values():
        for side in ("worse", "better"):
            one = outcome["everybody"][side]
            assert {0} == {one[key] for key in ("share", "one_pair", "extrapolated")}


def test_money_is_wages_paid_and_assistance_less_doors_refused_and_points_bought():
    """1,000 fen, a tenth more for work of high standing that two in ten of the employed hold: 980,
    or 1,080 with it; nothing while withheld or out of work.  Half of a need of 400 in assistance.
    Two doors refused at 3 and 5 yuan, and points at 700 fen."""
    society = SimpleNamespace(prestige_256=26, prestige_start_32=int(0.2 * 65536) << 16,
                              benefit_256=128, cost_yuan=np.array([3.0, 5.0]))  # fmt: skip
    granted = np.zeros((2, len(DOORS), 4), np.uint8)
    granted[SCHEME, ASSISTANCE, 3] = 1
    refused = np.zeros((2, 2, 4), np.uint8)
    refused[SCHEME, :, 1] = 1
    block = SimpleNamespace(
        life=SimpleNamespace(
            wage_fen=np.full(4, 1_000, np.int32), need_fen=np.full(4, 400, np.int32),
            employed=np.array([[1, 1, 1, 1], [1, 1, 1, 0]], np.uint8),
            prestige_held=np.array([[0, 0, 0, 0], [0, 1, 0, 0]], np.uint8),
            wage_withheld=np.array([[0, 0, 0, 0], [0, 0, 1, 0]], np.uint8),
        ),
        file=SimpleNamespace(granted=granted, refused=refused,
                             bought_points=np.array([[0] * 4, [0, 50, 0, 0]])),
    )  # fmt: skip
    plan = SimpleNamespace(society_tables=society, scheme_tables=SimpleNamespace(price_fen=700))
    more = 1_000 * 26 >> 8
    usual = 1_000 - (more * int(0.2 * 65536) >> 16)

    assert [usual, usual + more, 0, 200] == redraws.earned(society, block, SCHEME, 4).tolist()
    assert [0, 1_500, 0, 0] == redraws.spent(plan, block, SCHEME, 4).tolist()
    assert [0] * 4 == redraws.spent(plan, block, LAW, 4).tolist()


def lists_in(x):
    """Every list in a document."""
    if isinstance(x, dict):
        for child in x.values():
            yield from lists_in(child)
    elif not isinstance(x, str | int | float | None):
        yield x


def test_no_person_comes_out_and_nothing_is_written(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["redraws", "suining", "--people", "1000", "--months", "1", "--draws", "4",
                  "--threads", "1", "--json"])  # fmt: skip
    document = json.loads(capsys.readouterr().out)

    assert not ended.value.code
    assert document["statement"].startswith("These people do not exist.")
    assert list(redraws.OUTCOMES) == list(document["outcomes"])
    assert [] == list(lists_in(document))
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(("arguments", "said"), [
    (["pilots"], "is a calendar of schemes"),
    (["suining", "--draws", "3"], "at least 4, as in --draws 32"),
    (["suining", "--people", "300k"], "at most 200,000, as in --people 20k"),
    (["suining", "--people", "10"], "from 1,000"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused(arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["redraws", *arguments])

    assert 2 == ended.value.code
    assert said in capsys.readouterr().err


def test_a_scheme_that_lasts_is_another_file_than_the_one_given():
    spec = schemes.load("suining").spec

    assert 1.0 == lasting(spec)["repeal"]["share"]["value"] != spec["repeal"]["share"]["value"]
    assert {} == lasting({})
