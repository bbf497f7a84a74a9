"""Recorded: blocks lived again do what they did, bit for bit, or it is said that they do not."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from demerit import run, storage, trial
from demerit.facts import InputError
from demerit.replay import recorded as replay


def test_blocks_lived_again_one_by_one_add_up_to_the_run(harsh_run):
    recorded, counts = harsh_run
    blocks = range(len(recorded.plan.blocks))
    alone = [replay.live(recorded, [b], counting=True) for b in blocks]

    assert 3 == len(alone)
    assert np.array_equal(counts.frames, sum(alone))
    assert counts.digest() == replace(counts, frames=sum(alone)).digest()


@pytest.mark.parametrize("threads", [1, 2])
def test_neither_threads_nor_batches_nor_order_change_what_is_lived(
    harsh_run, monkeypatch, threads
):
    recorded, counts = harsh_run
    monkeypatch.setattr(run, "FOLDS", 2)

    assert np.array_equal(
        counts.frames, replay.live(recorded, [2, 0, 1], threads=threads, counting=True)
    )


def test_a_replay_may_end_before_the_run_does(harsh_run):
    recorded, counts = harsh_run

    found = replay.live(recorded, range(3), months=2, counting=True)
    assert np.array_equal(counts.frames[:, :2], found)


def test_a_block_can_be_looked_at_after_every_stage(harsh_run):
    recorded, _ = harsh_run
    seen = []
    names = "live behave deal observe link score audit knock grant work respond redress".split()
    replay.live(recorded, [1], lambda *what: seen.append((what[0], *what[2:])), 1,
                stages=(*names, "month"))  # fmt: skip
    of_first = [stage for _, month, stage in seen if month == 0]

    assert {1} == {block for block, _, _ in seen}
    assert set(names) <= set(of_first)
    assert "month" == of_first[-1]
    assert list(range(-run.MONTHS_BEFORE, 1)) == [m for _, m, stage in seen if stage == "month"]


def test_a_folder_is_lived_again_as_it_was(folder):
    document, frames, climate = storage.read(folder)
    recorded = replay.recall(document, climate)

    assert document["months_in_force"] == recorded.months_in_force
    assert document["people"] == recorded.plan.people
    replay.live_all(recorded, frames, lambda *_: None, 3, threads=2)


def test_other_people_than_those_of_the_run_are_not_shown(folder):
    document, frames, climate = storage.read(folder)
    recorded = replay.recall(document, climate)
    frames["protest"][1, 2, 0] += 1

    replay.live_all(recorded, frames, lambda *_: None, 2)
    with pytest.raises(run.RunError, match="protest"):
        replay.live_all(recorded, frames, lambda *_: None, 3)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda d: d.pop("rules"), "lacks"),
        (lambda d: d["versions"].update(demerit="0.0.9"), "this is version"),
        (lambda d: d.update(society_digest="0"), "tables of china-2020"),
        (lambda d: d["numbers"]["list"][0].update(value=-7), "was -7 then"),
        (lambda d: d["numbers"]["list"].pop(), "was None then"),
    ],
)
def test_a_run_of_another_version_is_not_lived_again(folder, change, word):
    document, climate = storage.read_lives(folder)
    change(document)

    with pytest.raises(InputError, match=word) as told:
        replay.recall(document, climate)
    assert document["command"] in str(told.value)


def test_everybody_of_a_run_has_a_seat_and_nobody_else(harsh_run):
    recorded, _ = harsh_run
    for b, block in enumerate(recorded.plan.blocks):
        last = block.first + block.people - 1

        assert (b, 0) == replay.seat_of(recorded, block.first)
        assert (b, block.people - 1) == replay.seat_of(recorded, last)
    with pytest.raises(InputError, match=f"the nearest is {last}"):
        replay.seat_of(recorded, last + 1)
    with pytest.raises(InputError, match="demerit find"):
        replay.seat_of(recorded, 0)


def test_a_run_by_way_of_a_pilot_is_lived_again_in_the_pilots_regions(tmp_path):
    asked = trial.Request("national", people=100_000, pilot=70_000, months=1, seed=3, quick=True)
    document, frames, climate = storage.read(storage.write(trial.run(asked), tmp_path / "run"))
    recorded = replay.recall(document, climate)

    assert 70_000 == document["pilot"]["people"]
    assert 1 < recorded.plan.region_count == climate["hear_32"].shape[2]
    assert "--pilot 70000" in document["command"]
    replay.live_all(recorded, frames, lambda *_: None, 1, threads=2)


def test_lives_asked_for_at_once_by_several_threads_are_what_they_are(harsh_run):
    recorded, counts = harsh_run
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda b: replay.live(recorded, [b], counting=True), [0, 1, 2, 1]))

    assert np.array_equal(counts.frames, sum(found[:3]))
    assert np.array_equal(found[1], found[3])
