"""Blame: files worked by hand, and whose error it is that keeps each under sanction."""

from types import SimpleNamespace

import numpy as np
import pytest

from demerit import run
from demerit.columns import CLEAN, FALSE, FOREIGN, MISLABELLED, NEVER, SCHEME, SHADOWS, TRUE, WORLDS
from demerit.survey import ask, tables, trail

RECORD = ("person", "deed", "truth", "joined", "due", "erase", "over", "doer")


def one_block(people=4, records=()):
    """A block of a few people whose files stand at 500, the edge at 600; and a trail of it.

    records: person, deed, truth, joined
    """
    w, rows = len(WORLDS), max(1, len(records))
    columns = {name: np.zeros((1, w, people), np.int64) for name in (
        "sanctioned", "score_points", "judgment_fen", "appeal_open", "appealed",
        "correction_points", "earned_points", "bought_points", "able", "cash_fen",
    )}  # fmt: skip
    columns |= {name: np.zeros((1, w), np.int64) for name in
                ("now_total", "record_total", "record_new")}  # fmt: skip
    columns |= {f"record_{name}": np.zeros((1, w, rows), np.int64)
                for name in (*RECORD, "now")}  # fmt: skip
    columns |= {"need_fen": np.zeros((1, people), np.int64), "people": np.array([people]),
                "income_fifth": np.zeros((1, people), np.int64),
                "shadow_points": np.full((1, w, len(SHADOWS), people), 650),
                "desk_sold": np.zeros((1, w, 1), np.int64)}  # fmt: skip
    columns["able"][:] = 4
    columns["score_points"][:], columns["sanctioned"][:] = 500, 1
    columns["record_erase"][:] = columns["record_over"][:] = NEVER
    for r, (person, deed, truth, joined) in enumerate(records):
        for name, x in (("person", person), ("deed", deed), ("truth", truth), ("joined", joined)):
            columns[f"record_{name}"][0, SCHEME, r] = x
    columns["record_now"][0, SCHEME] = np.arange(rows)
    columns["now_total"][0, SCHEME] = len(records)
    rules = SimpleNamespace(edge=600, points=np.array([-150, -60]), judgment=1, entered=True,
                            officials=False)  # fmt: skip
    sheet = ask.Sheet(np.zeros((w, tables.CELLS), np.int64))
    return columns, trail.Trail(columns, rules, sheet), sheet


def blamed(sheet):
    """Sanctions by cause so far (clean file free, cause)."""
    place = tables.PLACES["blame"]
    return sheet.cells[SCHEME, place.first : place.end].reshape(place.shape)


def test_each_kind_of_error_is_told_by_what_alone_would_free():
    """One file for each: an error of 150 points frees it alone, two of 60 do not."""
    columns, followed, sheet = one_block(5, [
        (0, 0, FALSE, 0), (1, 0, FOREIGN, 1), (2, 1, FALSE, 0), (2, 1, FOREIGN, 0),
        (3, 0, FALSE, 0), (3, 0, MISLABELLED, 0), (4, 0, TRUE, 0),
    ])  # fmt: skip
    columns["shadow_points"][0, SCHEME, CLEAN, 4] = 500
    followed.month(SCHEME, 0, False, np.zeros((1, 5), int))
    expected = np.zeros((2, 9), np.int64)
    expected[0, 0] = expected[1, trail.AGENCY] = expected[1, trail.NAME] = 1
    expected[1, trail.SEVERAL] = 2  # both needed; each enough

    assert np.array_equal(expected, blamed(sheet))


def test_a_debt_that_is_paid_keeps_no_honest_file_down_by_error_but_by_its_age():
    """Every entry true, 140 points short of the edge, 150 for a judgment: owed, then paid."""
    columns, followed, sheet = one_block(1, [(0, 1, TRUE, 0), (0, 1, TRUE, 0)])
    columns["shadow_points"][:], columns["score_points"][:] = 500, 500
    columns["judgment_fen"][0, SCHEME] = 100
    followed.month(SCHEME, 0, False, np.zeros((1, 1), int))
    columns["now_total"][:], columns["judgment_fen"][:] = 0, 0
    followed.month(SCHEME, 1, False, np.zeros((1, 1), int))

    assert 1 == blamed(sheet)[0, 0] == blamed(sheet)[0, trail.STALE]
    assert 2 == blamed(sheet).sum()


def test_an_error_that_a_reviewer_lets_stand_is_the_reviewers_from_the_next_month_on():
    columns, followed, sheet = one_block(1, [(0, 0, FALSE, 0)])
    stratum = np.zeros((1, 1), int)
    columns["appealed"][0, SCHEME], columns["appeal_open"][0, SCHEME] = 1, 1
    followed.month(SCHEME, 0, False, stratum)  # complains
    columns["now_total"][:], columns["appealed"][:], columns["appeal_open"][:] = 0, 0, 0
    followed.month(SCHEME, 1, False, stratum)  # is refused
    followed.month(SCHEME, 2, False, stratum)
    columns["score_points"][:], columns["sanctioned"][:] = 650, 0
    followed.month(SCHEME, 3, False, stratum)  # is free
    columns["score_points"][:], columns["sanctioned"][:] = 500, 1
    columns["now_total"][0, SCHEME], columns["record_due"][0, SCHEME] = 1, 4
    followed.month(SCHEME, 4, False, stratum)  # a new error is the agency's again

    assert [3, 1] == [blamed(sheet)[1, cause] for cause in (trail.AGENCY, trail.REVIEWER)]


def test_an_amnesty_forgets_whose_error_it_was():
    columns, followed, sheet = one_block(1, [(0, 0, FALSE, 0)])
    followed.month(SCHEME, 0, False, np.zeros((1, 1), int))
    columns["now_total"][:] = 0
    followed.month(SCHEME, 1, True, np.zeros((1, 1), int))

    assert 1 == blamed(sheet)[1, trail.AGENCY] == blamed(sheet)[1, trail.SEVERAL]


@pytest.mark.parametrize("key", ["nosedive", "learned"])
def test_where_entries_have_no_points_of_their_own_nothing_is_told_apart(make_plan, harsh, key):
    found = run.simulate(make_plan(key, people=2_500, months=6, values=harsh, place=None), 1,
                         months_before=2)  # fmt: skip
    totals = found.folds.sum(axis=0)
    for name in ("blame", "lift", "showing"):
        assert 0 == tables.read(name, totals, found.counters).sum(), name


def test_appeals_are_told_where_entries_have_no_points_of_their_own():
    """Of two files that stand below the clean one, one is refused and one granted; of two that do
    not, the same; whose error it is stays untold."""
    columns, followed, sheet = one_block(4)
    followed.rules.entered = False
    columns["shadow_points"][0, SCHEME, CLEAN, 2:] = 500
    columns["appealed"][0, SCHEME] = 1
    columns["correction_points"][0, SCHEME] = 150, 0, 100, 0
    followed.month(SCHEME, 0, False, np.zeros((1, 4), int))
    place = tables.PLACES["verdict"]

    verdict = sheet.cells[SCHEME, place.first : place.end].reshape(place.shape)
    assert [[1, 1], [1, 1]] == verdict.tolist()
    assert 0 == blamed(sheet).sum()
