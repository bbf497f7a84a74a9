"""Rate: close ties rate one another, and the score is the running mean."""

import numpy as np
import pytest

from demerit.columns import CLEAN, ERROR, NO_ERRORS, SCHEME, SEEN_ALL
from demerit.step.score import mean_with

CERTAIN = 1 << 32


@pytest.fixture(scope="module")
def rated(make_plan, stop):
    """A function: a block of a scheme of ratings in its third month; tables may be set."""

    def of(**tables):
        stopped = stop(make_plan("nosedive", people=600, **tables))
        stopped.live(2)
        return stopped.block().call("live", "behave", "observe", "link")

    return of


def column(block, name, world=SCHEME):
    return block.column(name)[world, ..., : block.people].astype(np.int64)


def test_nobody_is_rated_where_a_scheme_scores_deeds(eventful):
    block = eventful.block().call("live", "behave", "observe", "link", "rate")

    assert 0 == column(block, "rated_count").sum() == column(block, "rated_points").sum()


def test_every_tie_rates_where_it_is_certain(rated):
    block = rated(rates_32=CERTAIN).call("rate")
    scored = block.file.scored[: block.people] != 0
    counts = column(block, "rated_count")

    assert 0 == counts[~scored].sum()
    assert 5 < counts[scored].mean() < 10  # ten ties less those too young to have a file


def test_a_rating_of_one_of_whom_nothing_is_seen_is_the_usual_one(rated):
    block = rated(sees_32=0, noise_256=0, herd_256=0).call("rate")

    assert np.array_equal(430 * column(block, "rated_count"), column(block, "rated_points"))


def test_a_rating_leans_to_the_score_that_shows(rated):
    block = rated(sees_32=0, noise_256=0, herd_256=128)
    block.file.score_points[SCHEME, : block.people] = 230
    block.call("rate")

    assert np.array_equal(330 * column(block, "rated_count"), column(block, "rated_points"))


def test_deeds_that_are_seen_are_marked(rated, deeds):
    block = rated(sees_32=CERTAIN, noise_256=0, herd_256=0)
    block.column("deed_count")[SCHEME] = 0
    block.column("deed_count")[SCHEME, deeds.index("littering"), : block.people] = 1
    block.call("rate")

    assert np.array_equal(370 * column(block, "rated_count"), column(block, "rated_points"))


def test_moods_favour_nobody(rated):
    block = rated(rates_32=CERTAIN, sees_32=0, herd_256=0, usual=250).call("rate")
    mean = column(block, "rated_points").sum() / column(block, "rated_count").sum()

    assert mean == pytest.approx(250, abs=3)


def test_the_clean_shadow_knows_no_mood_and_the_file_without_errors_has_none(rated):
    block = rated(herd_256=0).call("rate")
    shadow, clean = column(block, "rated_shadow"), column(block, "rated_shadow", NO_ERRORS)

    assert np.array_equal(shadow[ERROR], shadow[CLEAN])
    assert not np.array_equal(shadow[CLEAN], column(block, "rated_points"))
    assert np.array_equal(clean[CLEAN], column(block, "rated_points", NO_ERRORS))
    assert np.any(shadow[SEEN_ALL] != shadow[CLEAN])


def test_the_score_is_the_running_mean_of_ratings(rated):
    block = rated()
    before = column(block, "score_points")
    block.call("rate", "score")
    count, points = column(block, "rated_count"), column(block, "rated_points")
    after = (2 * (60 * before + points) + 60 + count) // (2 * (60 + count))

    assert np.array_equal(np.where(count > 0, after, before), column(block, "score_points"))
    fell = (count > 0) & (after < before)
    assert np.array_equal(fell, column(block, "entry_loss") > 0)


def test_a_mean_of_equal_ratings_comes_to_within_the_rounding():
    """The gap shrinks by W / (W + n) each time, until half a point is lost."""
    score = 420
    for _ in range(200):
        score = mean_with(score, 10, 3000, 60)

    assert abs(score - 300) <= 60 / 10 / 2 + 1


def test_agencies_write_nothing_that_is_scored(rated):
    block = rated()

    assert 0 == block.file.record_total[SCHEME]
