"""Redress: appeals of people wronged who know it, acting next month."""

import numpy as np

from demerit.columns import CLEAN, KNOWS_SCORE, NO_ERRORS, SCHEME


def responded(eventful):
    return eventful.block().call("live", "behave", "observe", "link", "score", "audit", "knock",
                                 "grant", "work", "respond")  # fmt: skip


def test_who_appeals_has_lost_points_by_error_and_knows_it(eventful):
    block = responded(eventful).call("redress")
    appealed = block.life.appealed[SCHEME] == 1
    lost = block.life.shadow_points[SCHEME, CLEAN] - block.file.score_points[SCHEME]

    assert appealed.sum() > 0
    assert np.all(lost[appealed] > 0)
    assert np.all(block.life.awareness[SCHEME][appealed] == KNOWS_SCORE)


def test_a_correction_acts_next_month(eventful):
    block = responded(eventful)
    block.scheme.appeal_32 = block.scheme.success_32 = 1 << 32
    before = block.file.score_points[SCHEME].copy()
    block.call("redress")
    given = block.file.correction_points[SCHEME].astype(int)

    assert np.array_equal(before, block.file.score_points[SCHEME])
    assert (given > 0).sum() > 0
    block.clear_ledger().month += 1
    block.call("score")
    assert np.array_equal(before + given, block.file.score_points[SCHEME].astype(int))


def test_without_errors_there_is_nothing_to_appeal(eventful):
    block = responded(eventful).call("redress")

    assert (
        0 == block.life.appealed[NO_ERRORS].sum() == block.file.correction_points[NO_ERRORS].sum()
    )
