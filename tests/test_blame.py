"""Blame: files worked by hand, and whose error it is that keeps each under sanction."""

from types import SimpleNamespace

import numpy as np
import pytest

from demerit import run
from demerit.blocks import allocate
from demerit.columns import CLEAN, FALSE, FOREIGN, MISLABELLED, NEVER, SCHEME, TRUE, WORLDS
from demerit.survey import memory, tables
from demerit.survey.month import month_block, watched

DEEDS = np.array([-150, -60])  # points


class Followed:
    """A block of a few people whose files stand at 500, the edge at 600; what is counted of it.

    records: person, deed, truth, joined
    """

    def __init__(self, people=4, records=(), entered=True):
        self.blocks = allocate(1, len(DEEDS), groupings=1, groups=1)
        parts = [part.view(np.ndarray) for part in (self.blocks.files, self.blocks.lives)]
        self.columns = {name: part[name] for part in parts for name in part.dtype.names}
        nothing = np.zeros(len(DEEDS), int)
        self.watch = watched(SimpleNamespace(
            edge=600, lowest=0, judgment=1, entered=entered, officials=False, points=DEEDS,
            harmful=nothing, quieted=nothing, quiet=nothing, defaults=nothing,
        ))  # fmt: skip
        self.memory = memory.remember(1)
        self.cells = np.zeros((len(WORLDS), tables.CELLS), np.int64)
        self["people"][:], self["able"][:], self["shadow_points"][:] = people, 4, 650
        self["score_points"][:], self["sanctioned"][:] = 500, 1
        for name in ("erase", "over"):
            self[f"record_{name}"][:, :, : len(records)] = NEVER
        for r, (person, deed, truth, joined) in enumerate(records):
            for name, x in (("person", person), ("deed", deed), ("truth", truth),
                            ("joined", joined)):  # fmt: skip
                self[f"record_{name}"][0, SCHEME, r] = x
        self["record_now"][0, SCHEME, : len(records)] = np.arange(len(records))
        self["now_total"][0, SCHEME] = len(records)

    def __getitem__(self, name):
        """A column (1, ...)."""
        return self.columns[name]

    def month(self, month, amnesty=False):
        """Count a month in which the scheme stands in its own world."""
        ruled, forgiven = np.zeros((2, len(WORLDS)), np.uint8)
        ruled[SCHEME], forgiven[SCHEME] = 1, amnesty
        month_block(self.blocks, 0, self.memory, 0, self.watch, month, ruled, forgiven,
                    self.cells, np.zeros(len(WORLDS), np.int64))  # fmt: skip

    def table(self, name):
        """A table of the scheme's world."""
        place = tables.PLACES[name]
        return self.cells[SCHEME, place.first : place.end].reshape(place.shape)


def test_each_kind_of_error_is_told_by_what_alone_would_free():
    """One file for each: an error of 150 points frees it alone, two of 60 do not."""
    followed = Followed(5, [
        (0, 0, FALSE, 0), (1, 0, FOREIGN, 1), (2, 1, FALSE, 0), (2, 1, FOREIGN, 0),
        (3, 0, FALSE, 0), (3, 0, MISLABELLED, 0), (4, 0, TRUE, 0),
    ])  # fmt: skip
    followed["shadow_points"][0, SCHEME, CLEAN, 4] = 500
    followed.month(0)
    expected = np.zeros((2, 9), np.int64)
    expected[0, 0] = expected[1, memory.AGENCY] = expected[1, memory.NAME] = 1
    expected[1, memory.SEVERAL] = 2  # both needed; each enough

    assert np.array_equal(expected, followed.table("blame"))


def test_a_debt_that_is_paid_keeps_no_honest_file_down_by_error_but_by_its_age():
    """Every entry true, 140 points short of the edge, 150 for a judgment: owed, then paid."""
    followed = Followed(1, [(0, 1, TRUE, 0), (0, 1, TRUE, 0)])
    followed["shadow_points"][:], followed["score_points"][:] = 500, 500
    followed["judgment_fen"][0, SCHEME] = 100
    followed.month(0)
    followed["now_total"][:], followed["judgment_fen"][:] = 0, 0
    followed.month(1)

    assert 1 == followed.table("blame")[0, 0] == followed.table("blame")[0, memory.STALE]
    assert 2 == followed.table("blame").sum()


def test_an_error_that_a_reviewer_lets_stand_is_the_reviewers_from_the_next_month_on():
    followed = Followed(1, [(0, 0, FALSE, 0)])
    followed["appealed"][0, SCHEME], followed["appeal_open"][0, SCHEME] = 1, 1
    followed.month(0)  # complains
    followed["now_total"][:], followed["appealed"][:], followed["appeal_open"][:] = 0, 0, 0
    followed.month(1)  # is refused
    followed.month(2)
    followed["score_points"][:], followed["sanctioned"][:] = 650, 0
    followed.month(3)  # is free
    followed["score_points"][:], followed["sanctioned"][:] = 500, 1
    followed["now_total"][0, SCHEME], followed["record_due"][0, SCHEME] = 1, 4
    followed.month(4)  # a new error is the agency's again

    blamed = followed.table("blame")[1]
    assert [3, 1] == [blamed[memory.AGENCY], blamed[memory.REVIEWER]]


def test_an_amnesty_forgets_whose_error_it_was():
    followed = Followed(1, [(0, 0, FALSE, 0)])
    followed.month(0)
    followed["now_total"][:] = 0
    followed.month(1, amnesty=True)

    blamed = followed.table("blame")[1]
    assert 1 == blamed[memory.AGENCY] == blamed[memory.SEVERAL]


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
    followed = Followed(4, entered=False)
    followed["shadow_points"][0, SCHEME, CLEAN, 2:4] = 500
    followed["appealed"][0, SCHEME] = 1
    followed["correction_points"][0, SCHEME, :4] = 150, 0, 100, 0
    followed.month(0)

    assert [[1, 1], [1, 1]] == followed.table("verdict").tolist()
    assert 0 == followed.table("blame").sum()
