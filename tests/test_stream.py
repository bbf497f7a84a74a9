"""Stream: blocks on their own, in a climate that is known, do what they did beside all others."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from demerit import cli, nation, run, stream
from demerit import climate as cl
from demerit.blocks import untouched
from demerit.columns import BLOCK, COLUMNS, WORLDS
from demerit.society.places import Dealt, blocks

NOBODY = nation.Kept(None, 0)


def quiet(*_):
    """Nobody is told how far it has come."""


@pytest.fixture(scope="module")
def harsh_plan(make_plan, harsh):
    """Five blocks of one place in which everything happens, with old records and an early end."""
    values = harsh | {"suining.repeal.share": 0.0001, "responses.protest.threshold": 0.01}
    return make_plan(people=9_000, months=5, values=values, backlog_months=2)


@pytest.fixture(scope="module")
def lockstep(harsh_plan):
    return run.simulate(harsh_plan, 2, months_before=3)


@pytest.fixture(scope="module")
def climates(lockstep):
    return [
        cl.Climate(len(WORLDS), **{name: lockstep.climate[name][m] for name in nation.FIELDS})
        for m in range(5)
    ]


@pytest.fixture(scope="module")
def pilot(harsh_plan):
    return nation.live_pilot(harsh_plan, 1, quiet, NOBODY, 3)


@pytest.mark.parametrize("threads", [1, 2])
def test_with_everyone_in_the_pilot_the_second_pass_is_the_run(
    harsh_plan, pilot, lockstep, threads
):
    found = nation.everybody(harsh_plan, pilot, threads, quiet, NOBODY, 0, 3)

    assert lockstep.repeal_month[1] is not None
    assert lockstep.digest() == found.digest()
    assert np.array_equal(lockstep.folds, found.folds)
    assert lockstep.repeal_month == found.repeal_month
    assert 0 == found.settling["residual"]
    assert found.settling["settled"]
    assert found.repeal_month[1] == found.settling["repeal_month_counted"]


def test_a_sample_of_the_nation_streams_to_the_same_counts(make_plan):
    plan = make_plan("national", people=20_000, place=None, months=2)
    whole = run.simulate(plan, 2, months_before=2)
    found = nation.everybody(
        plan, nation.live_pilot(plan, 2, quiet, NOBODY, 2), 2, quiet, NOBODY, 0, 2
    )

    assert whole.digest() == found.digest()


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("parts", [1, 7])
def test_neither_threads_nor_order_nor_ranges_change_a_count(
    harsh_plan, climates, lockstep, threads, parts, monkeypatch
):
    monkeypatch.setattr(stream, "HELD", 1 if parts == 7 else 4)
    order = random.Random(parts).sample(range(len(harsh_plan.blocks)), len(harsh_plan.blocks))
    found = [
        stream.live_range(harsh_plan, climates, order[k::parts], threads, 3) for k in range(parts)
    ]

    assert np.array_equal(lockstep.frames, sum(part.frames for part in found))


@pytest.mark.parametrize("count", [1, 39, 40, 41, 3_000, 100_000])
def test_ranges_hold_every_block_once_each_inside_a_fold(count):
    found = stream.ranges(count)

    assert list(range(count)) == sorted(block for which in found for block in which)
    assert all(len({block % run.FOLDS for block in which}) == 1 for which in found)
    assert len(found) <= stream.RANGES * run.FOLDS
    assert all(len(which) > 0 for which in found)


@pytest.mark.parametrize("size", [1, 7])
def test_how_the_ranges_are_cut_changes_nothing(harsh_plan, pilot, lockstep, monkeypatch, size):
    """As if a fold had so many ranges that each held one block, or one that held them all."""
    monkeypatch.setattr(run, "FOLDS", 2)
    monkeypatch.setattr(stream, "RANGE", 1 if size == 7 else 1_000)
    monkeypatch.setattr(stream, "RANGES", size)
    found = nation.everybody(harsh_plan, pilot, 2, quiet, NOBODY, 0, 3)

    assert (2 if size == 1 else 5) == len(stream.ranges(len(harsh_plan.blocks)))
    assert lockstep.digest() == found.digest()


def test_a_failure_in_one_block_ends_the_range(harsh_plan, climates, monkeypatch):
    seen = []

    def fail(self, seat, mine):
        seen.append(mine)
        raise run.RunError("one block failed")

    monkeypatch.setattr(stream.Through, "through", fail)
    monkeypatch.setattr(stream, "HELD", 1)
    with pytest.raises(run.RunError, match="one block failed"):
        stream.live_range(harsh_plan, climates, range(5), 1, 3)
    assert 1 == len(seen)


# ---- who shares which climate


@pytest.fixture(scope="module")
def everybody(china):
    return blocks(china)


def test_everybody_of_a_nation_is_dealt_in_arrays(china, everybody):
    ends = everybody.first + everybody.people

    assert 1_409_778_724 == china.population == everybody.people.sum()
    assert 680_000 < len(everybody) < 700_000
    assert everybody.people.max() <= BLOCK
    assert np.array_equal(ends[:-1], everybody.first[1:])
    assert 1_409_778_724 == ends[-1]
    assert everybody[-1] == list(everybody[len(everybody) - 2 :])[1]


def test_everybody_reads_the_climate_of_their_place_or_province(make_plan, china):
    pilot = make_plan("none", people=300_000, place=None)
    full, same = nation.dealt(make_plan("none", people=3_000_000, place=None), 300_000, None)
    names = {}
    for block, region in zip(same.blocks, same.regions.tolist(), strict=True):
        names.setdefault(region, set()).add((block.province_index, block.place_index))
    own = {next(iter(v))[1]: k for k, v in names.items() if len(v) == 1}
    of_province = {next(iter(v))[0]: k for k, v in names.items()
                   if len(v) > 1 and len({p for p, _ in v}) == 1}  # fmt: skip

    assert np.array_equal(pilot.regions, same.regions)
    assert own
    assert len(of_province) > 20
    for block, region in zip(full.blocks, full.regions.tolist(), strict=True):
        if block.place_index in own:
            assert own[block.place_index] == region
        elif block.province_index in of_province:
            assert of_province[block.province_index] == region


def test_whose_province_has_nobody_in_the_pilot_reads_the_largest_region():
    pilot = Dealt([0, 10_000, 20_000], [6_000, 9_000, 7_000], [0, 1, 2], [0, 1, 1])
    full = Dealt([0] * 4, [100] * 4, [0, 3, 4, 2], [0, 0, 2, 1])

    assert [0, 1, 2] == run.regions_of(pilot).tolist()
    # Their own place; the largest of their province; the largest of all; their own place.
    assert [0, 0, 1, 2] == run.regions_of(full, pilot).tolist()


def test_a_person_with_a_high_id_lives_as_computed(make_plan, everybody, china):
    """The last block of the nation, whose ids need 31 bits; and one as far as ids may go."""
    plan = make_plan("none", people=5_000, place=None, months=1)
    last = replace(plan, blocks=everybody[-1:], regions=np.zeros(1, np.int64))
    with ThreadPoolExecutor(1) as pool:
        steps = run.Lockstep(last, pool, 1, None)
        steps.people()
        first, people = steps.folds[0].files.first[0], steps.folds[0].files.people[0]

        assert china.population == int(first) + int(people)
        again = run.Lockstep(last, pool, 1, None)
        again.people()
        assert np.array_equal(steps.folds[0].lives.age_years, again.folds[0].lives.age_years)


def test_nothing_in_a_climate_depends_on_how_many_people_there_are(make_plan, harsh):
    """Five thousand times the counts make the same climate, and the same end of the scheme."""
    plan = make_plan(people=6_000, months=1, values=harsh)
    scheme, society = plan.scheme_tables, plan.society_tables
    regions, deeds = 2, scheme.points.size
    rng = np.random.default_rng(1)
    counts = rng.integers(1_000, 5_000, (len(WORLDS), regions, cl.items(deeds)))
    counts[..., cl.ADULTS] = 100_000
    counts[..., cl.SCORED] = 80_000
    before = cl.before(society, regions, deeds)
    stands = scheme.scored.copy()
    one, ten = (cl.follow(before, counts * times, society, scheme, stands) for times in (1, 5_000))
    ends = [cl.Outcry(scheme).hear(counts * times, 0).tolist() for times in (1, 5_000)]

    for name in nation.FIELDS:
        a, b = getattr(one, name), getattr(ten, name)
        # Shares of firms' cases are weighed against whole numbers of other cases (of_firms).
        near = 2 if name in ("withheld_256", "fraud_256", "laid_256") else 0
        assert np.abs(a - b).max() <= near, name
    assert ends[0] == ends[1]


def test_without_the_third_world_the_other_two_are_lived_as_ever(harsh_plan, lockstep):
    plan = replace(harsh_plan, worlds=2)
    alone = run.simulate(plan, 2, months_before=3)
    found = nation.everybody(
        plan, nation.live_pilot(plan, 1, quiet, NOBODY, 3), 2, quiet, NOBODY, 0, 3
    )
    compares = [name.endswith("_by_error") for name in alone.counters]

    assert alone.digest() == found.digest()
    for own, whole in ((alone.frames, lockstep.frames), (alone.folds, lockstep.folds)):
        rows = whole.shape[-2] - len(compares)  # of the survey, after the counters
        kept = ~np.array(compares + [False] * rows)
        kept[len(compares) :] = False
        axis = 0 if own is alone.frames else 1
        both = [np.moveaxis(counts, axis, 0)[:, ..., kept, :] for counts in (own, whole)]
        assert np.array_equal(both[0][:2], both[1][:2])
        assert not both[0][2].any()
        assert both[1][2].any()
    assert not alone.frames[:, :, np.flatnonzero(compares)].any()
    assert lockstep.repeal_month[:2] == alone.repeal_month[:2]


def test_what_is_left_out_of_the_months_before_leaves_nothing_behind(make_plan):
    """Where somebody looks at them, everything is drawn: it comes to the same."""
    for key, more in (("national", {}), ("suining", {"backlog_months": 2})):
        place = None if key == "national" else "0412"
        plan = make_plan(key, people=6_000, place=place, months=3, **more)
        hasty = run.simulate(plan, 1, months_before=5)
        with ThreadPoolExecutor(1) as pool:
            steps = run.lockstep(plan, pool, 1)
            assert steps.seen_before
            steps.people()
            patient = run.live_months(plan, steps, quiet, 5)

        assert hasty.digest() == patient.digest()
        assert np.array_equal(hasty.folds, patient.folds)


def test_room_that_was_wiped_is_as_new(harsh_plan):
    steps = run.Steps(harsh_plan, 1)
    room = steps.people_of([0])
    for records in (room.files, room.lives):
        for name in records.dtype.names:
            records[name] = 7
    room.files["deeds"], room.files["groupings"] = steps.deeds, room.files["groupings"] * 0 + 8
    again, new = steps.people_of([4], room), steps.people_of([4])
    skipped = untouched(harsh_plan.scheme_tables)
    skipped |= {c.name for c in COLUMNS if "record" in c.axes}

    for name in set(room.files.dtype.names) - skipped:
        assert np.array_equal(new.files[name], again.files[name]), name
    for name in set(room.lives.dtype.names) - skipped:
        assert np.array_equal(new.lives[name], again.lives[name]), name


def test_the_cost_of_a_stream_is_told_for_three_worlds_and_two(capsys):
    asked = "bench national --workload stream --months 2 --threads 1".split()
    with pytest.raises(SystemExit) as ended:
        cli.main([*asked, "--people", "25k", "--json"])
    rows = json.loads(capsys.readouterr().out)["rows"]

    assert not ended.value.code
    assert [3, 2] == [row["worlds"] for row in rows]
    assert all(25_000 == row["people"] and row["cpu_us_per_person"] > 0 for row in rows)
    with pytest.raises(SystemExit) as ended:
        cli.main([*asked, "--people", "20k"])
    assert 2 == ended.value.code
    assert "more than 20,000" in capsys.readouterr().err
