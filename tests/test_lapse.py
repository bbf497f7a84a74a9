"""Lapse: an entry whose term is over and that is overlooked stands on, in error from then."""

import numpy as np
import pytest

from demerit import run
from demerit.columns import ANATOMY, CLEAN, ERROR, FALSE, HARM, NEVER, NO_ERRORS, SCHEME, TRUE
from demerit.survey import tables

EDGE = 600  # of suining
ALWAYS, TERM = (1 << 32) - 1, 3


@pytest.fixture
def block(quiet):
    found = quiet.copy()
    found.scheme.erase_months = TERM
    return found


@pytest.fixture
def plant(block, deeds):
    """Somebody at so many points, with one entry that arrives this month."""

    def plant(points, deed, truth=TRUE):
        person = next(i for i in range(7, 500) if block.file.scored[i])
        block.set_score(SCHEME, person, points)
        block.put(SCHEME, person, deeds.index(deed), truth)
        block.call("score", "audit")
        return person

    return plant


def later(block, months, missed=0):
    """Score and audit of so many months on, in which what is due to go is overlooked or not."""
    block.scheme.missed_32 = missed
    for _ in range(months):
        block.month += 1
        block.call("score", "audit")


def standing(block, person):
    """Score, clean file, whether under sanction and wrongly so."""
    return (int(block.file.score_points[SCHEME, person]),
            int(block.life.shadow_points[SCHEME, CLEAN, person]),
            bool(block.file.sanctioned[SCHEME, person]),
            bool(block.life.wrongful[SCHEME, person]))  # fmt: skip


def test_what_is_taken_off_in_time_wrongs_nobody(block, plant):
    person = plant(EDGE + 20, "elder_neglect")  # 50 points
    assert (EDGE - 30, EDGE - 30, True, False) == standing(block, person)
    later(block, TERM)

    assert (EDGE + 20, EDGE + 20, False, False) == standing(block, person)


def test_what_is_overlooked_wrongs_whom_it_keeps_below_the_edge_until_it_goes(block, plant):
    person = plant(EDGE + 20, "elder_neglect")
    later(block, TERM, ALWAYS)
    assert (EDGE - 30, EDGE + 20, True, True) == standing(block, person)
    assert "error" == ANATOMY[block.life.anatomy[SCHEME, person]]
    later(block, 2, ALWAYS)
    assert (EDGE - 30, EDGE + 20, True, True) == standing(block, person)
    later(block, 1)

    assert (EDGE + 20, EDGE + 20, False, False) == standing(block, person)
    shadows = block.life.shadow_points[SCHEME, :, person]
    assert {EDGE + 20} == set(shadows[: CLEAN + 1].tolist())


def test_an_untrue_entry_that_is_overlooked_was_in_error_before(block, plant):
    person = plant(EDGE + 20, "elder_neglect", FALSE)
    before = block.life.shadow_points[SCHEME, :, person].tolist()
    later(block, TERM, ALWAYS)

    assert before[: CLEAN + 1] == block.life.shadow_points[SCHEME, : CLEAN + 1, person].tolist()
    assert before[ERROR] == before[HARM] == before[CLEAN] == EDGE + 20


def test_nobody_is_overlooked_in_the_world_without_errors(make_plan, harsh):
    plan = make_plan("national", people=2_500, months=8, place=None, values=harsh,
                     erase_months=2, missed_32=ALWAYS)  # fmt: skip
    found = run.simulate(plan, 1, months_before=1)

    def total(name, world):
        return int(found.frames[world, :, found.counters.index(name), 0].sum())

    assert total("sanctioned_wrongly", SCHEME) > 10 * total("sanctioned_wrongly", NO_ERRORS)
    blamed = tables.read("blame", found.folds.sum(axis=0), found.counters)[..., 0]
    assert blamed[SCHEME, 1, 6] > 0
    assert 0 == blamed[NO_ERRORS, 1, 6]


def test_an_entry_stands_on_as_long_as_a_geometric_law_says(make_plan, stop, harsh):
    """Each month anew a third is overlooked: of those whose term is over, 1/3 stay one month more,
    1/9 two, so that half as many stand over their term as go off it in a month."""
    plan = make_plan("suining", people=2_500, months=12, values=harsh, erase_months=2,
                     missed_32=(1 << 32) // 3)  # fmt: skip
    stopped = stop(plan)
    over = gone = 0
    for month in range(12):
        stopped.live()
        file = stopped.steps.folds[0].files[0]
        for r in range(int(file["record_total"][SCHEME])):
            due, erase, late = (int(file[f"record_{x}"][SCHEME, r])
                                for x in ("due", "erase", "over"))  # fmt: skip
            if month > 5 and 0 <= due <= month and erase < NEVER:
                over += late <= month < erase
                gone += erase == month
    assert gone > 1_000
    assert over / gone == pytest.approx(0.5, abs=4 * np.sqrt(0.5 / gone) * 2)
