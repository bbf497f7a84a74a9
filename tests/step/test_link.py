"""Link: late, lost, astray; alike in every world."""

import numpy as np
import pytest

from demerit.columns import ELSEWHERE, LOST, NO_ERRORS, SCHEME
from demerit.scheme.parts import JOINS


def due(block, world=SCHEME):
    rows = slice(int(block.file.record_new[world]), int(block.file.record_total[world]))
    return block.file.record_due[world, rows]


def observed(eventful):
    return eventful.block().call("live", "behave", "observe")


def test_every_new_record_is_told_its_month_or_its_end(eventful):
    block = observed(eventful).call("link")
    found = due(block)

    assert np.all((found >= block.month) | np.isin(found, (LOST, ELSEWHERE)))
    assert {LOST, ELSEWHERE, *range(block.month, block.month + 4)} == set(found.tolist())


def test_without_errors_none_goes_elsewhere(eventful):
    block = observed(eventful).call("link")

    assert ELSEWHERE not in due(block, NO_ERRORS)


def test_with_nothing_lost_late_or_joined_by_name_all_arrive_at_once(eventful):
    block = observed(eventful)
    block.society.lost_32[:] = block.society.by_name_32[:] = block.society.late_32[:] = 0
    block.call("link")
    bearer = block.file.record_person[SCHEME, int(block.file.record_new[SCHEME]) :][
        : due(block).size
    ]
    scored = block.file.scored[bearer] == 1

    assert np.all(due(block)[scored] == block.month)
    assert np.all(due(block)[~scored] == LOST)


def test_who_books_nothing_has_no_entries(eventful):
    block = observed(eventful)
    block.scheme.booked_32 = 0
    block.file.record_joined[:] = 0
    block.call("link")

    assert {LOST} == set(due(block).tolist())


def test_a_record_of_both_worlds_has_one_fate(eventful):
    """What parts the worlds is errors: a record late in one is late in the other."""
    block = observed(eventful)
    block.society.by_name_32[:] = 0
    block.call("link")
    fates = []
    for world in (SCHEME, NO_ERRORS):
        rows = slice(int(block.file.record_new[world]), int(block.file.record_total[world]))
        keys = zip(*(block.column(f"record_{c}")[world, rows].tolist()
                     for c in ("person", "deed", "serial")), strict=True)  # fmt: skip
        fates.append(dict(zip(keys, due(block, world).tolist(), strict=True)))
    both = fates[0].keys() & fates[1].keys()

    assert len(both) > 20
    assert {key: fates[0][key] for key in both} == {key: fates[1][key] for key in both}


@pytest.mark.parametrize(("by", "named"), [("id", 0), ("name", 1), ("both", 0.4)])
def test_a_scheme_says_how_a_database_is_joined(eventful, by, named):
    """Without a number a record is lost where numbers are asked for; by name all may go astray."""
    block = observed(eventful)
    block.society.lost_32[:], block.scheme.booked_32 = 0, 1 << 32
    block.file.record_joined[:] = 0
    block.scheme.join_by[:] = JOINS.index(by)
    block.file.namesake_count[:] = 1 << 30
    block.scheme.file_share_32 = 1 << 32
    found = due(block.call("link"))
    rows = slice(int(block.file.record_new[SCHEME]), int(block.file.record_total[SCHEME]))
    scored = block.file.scored[block.file.record_person[SCHEME, rows]] == 1
    gone = np.mean(found[scored] == ELSEWHERE)
    lost = np.mean(found[scored] == LOST)

    assert abs(gone - named) < 0.1
    assert abs(lost - (0.4 if by == "id" else 0)) < 0.1
