"""Frames: counts of a month are what a count by hand of the same columns gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import climate as cl
from demerit import frames
from demerit.columns import (
    DOORS,
    ELSEWHERE,
    FOREIGN,
    LAW,
    NO_ERRORS,
    SCHEME,
    TRUE,
    WORLDS,
)  # fmt: skip


@given(st.integers(0, 2**64 - 1))
def test_ones_are_counted(word):
    assert word.bit_count() == frames.ones(np.uint64(word))


@given(st.lists(st.booleans(), min_size=8, max_size=8))
def test_eight_bytes_are_packed_the_first_lowest(bits):
    eight = np.array(bits, np.uint8).view(np.uint64)[0]

    assert sum(bit << k for k, bit in enumerate(bits)) == int(frames.pack(eight))


def test_every_counter_has_a_name_of_its_own(deeds):
    names = frames.counters(deeds)

    assert len(names) == len(set(names))
    assert len(names) == len(frames.PLAIN) + len(frames.BY_DEED) * len(deeds) + len(
        frames.BY_DOOR
    ) * len(DOORS)


@pytest.fixture(scope="module")
def counted(eventful, deeds):
    """A block after a month, and the counts of that month."""
    block = eventful.block().call(
        "live", "behave", "observe", "link", "score", "audit", "knock", "grant", "work",
        "respond", "redress",
    )  # fmt: skip
    groups = block.life.group_bits.shape[0]
    names = frames.counters(deeds)
    out = np.zeros((len(WORLDS), len(names), groups), np.int64)
    shared = np.zeros((len(WORLDS), 1, cl.items(len(deeds))), np.int64)
    frames.count(block.world, block.society, block.scheme, block.climate, block.month, out, shared)
    return block, dict(zip(names, np.moveaxis(out, 1, 0), strict=True)), shared


def by_group(block, row):
    """A row of numbers added up by group, in plain Python."""
    groups = np.zeros(block.life.group_bits.shape[0], np.int64)
    for i in range(block.people):
        for grouping in range(block.life.group.shape[0]):
            groups[block.life.group[grouping, i]] += int(row[i])
    return groups.tolist()


def test_yes_no_columns_are_counted(counted):
    block, found, _ = counted
    life, file = block.life, block.file
    rows = {
        "scored": file.scored, "sanctioned": file.sanctioned[SCHEME],
        "sanctioned_wrongly": life.wrongful[SCHEME], "employed": life.employed[SCHEME],
        "protest": life.protesting[SCHEME], "vpn": life.evading[SCHEME],
        "aware_rules": life.awareness[SCHEME] >= 2, "appeals": life.appealed[SCHEME],
        "corrected": file.correction_points[SCHEME] != 0,
        "displaced": life.employed[LAW] > life.employed[SCHEME],
        "placed": life.employed[LAW] < life.employed[SCHEME],
        "labour": life.wage_fen > 0, "deserving": life.deserving[SCHEME],
        "missed": (life.deserving[SCHEME] == 1) & (file.sanctioned[SCHEME] == 0),
        "sanctioned_by_error": file.sanctioned[SCHEME] > file.sanctioned[NO_ERRORS],
        "spared_by_error": file.sanctioned[SCHEME] < file.sanctioned[NO_ERRORS],
        "anatomy_error": life.anatomy[SCHEME] == 1, "anatomy_mixed": life.anatomy[SCHEME] == 7,
        "refused_job": file.refused[SCHEME, 0], "asked_licence": file.asked[SCHEME, 1],
        "granted_licence": file.granted[SCHEME, 1],
        "wrongly_job": file.refused[SCHEME, 0] & life.wrongful[SCHEME],
    }  # fmt: skip
    for name, row in rows.items():
        assert by_group(block, row) == found[name][SCHEME].tolist(), name


def test_counts_of_deeds_are_added_up(counted, deeds):
    block, found, _ = counted
    for deed, key in enumerate(deeds):
        for world in range(len(WORLDS)):
            row = block.life.deed_count[world, deed]
            assert by_group(block, row) == found[f"deed_{key}"][world].tolist()


def test_scores_are_added_up_over_those_who_are_scored(counted):
    block, found, _ = counted
    row = np.where(block.file.scored[: block.people] == 1,
                   block.file.score_points[SCHEME, : block.people], 0)  # fmt: skip

    assert by_group(block, row) == found["score_sum"][SCHEME].tolist()


def test_new_records_are_counted_by_the_person_they_name(counted, deeds):
    block, found, _ = counted
    rows = range(int(block.file.record_new[SCHEME]), int(block.file.record_total[SCHEME]))
    named = {key: np.zeros(block.people, int) for key in deeds}
    false, received = np.zeros(block.people, int), np.zeros(block.people, int)
    for r in rows:
        person = int(block.file.record_person[SCHEME, r])
        truth = block.life.record_truth[SCHEME, r]
        named[deeds[block.file.record_deed[SCHEME, r]]][person] += 1
        received[person] += truth == FOREIGN
        false[person] += truth not in {FOREIGN, TRUE}

    for key in deeds:
        assert by_group(block, named[key]) == found[f"record_{key}"][SCHEME].tolist()
    assert by_group(block, false) == sum(found[f"false_{key}"][SCHEME] for key in deeds).tolist()
    assert (
        by_group(block, received) == sum(found[f"received_{key}"][SCHEME] for key in deeds).tolist()
    )


def test_what_is_shared_is_what_the_climate_needs(counted, deeds):
    block, found, shared = counted
    out = [
        block.file.record_deed[SCHEME, r]
        for r in range(int(block.file.record_new[SCHEME]), int(block.file.record_total[SCHEME]))
        if block.file.record_due[SCHEME, r] == ELSEWHERE
    ]

    assert block.people == shared[SCHEME, 0, cl.PEOPLE]
    assert found["protest"][SCHEME, 0] == shared[SCHEME, 0, cl.PROTEST]
    assert found["scored"][SCHEME, 0] == shared[SCHEME, 0, cl.SCORED]
    assert np.bincount(out, minlength=len(deeds)).tolist() == shared[SCHEME, 0, cl.OUT :].tolist()
    job = shared[SCHEME, 0, cl.ASKED]
    assert 4 * (found["asked_job"] - found["refused_job"])[SCHEME, 0] == job
