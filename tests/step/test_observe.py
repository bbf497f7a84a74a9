"""Observe: what agencies write, and what the laboratory knows of it."""

import numpy as np

from demerit.columns import FALSE, FOREIGN, GROUNDLESS, MISLABELLED, NO_ERRORS, SCHEME, TRUE
from demerit.step.observe import UNSET

PERFECT = 1 << 32


def new(block, name, world=SCHEME):
    rows = slice(int(block.file.record_new[world]), int(block.file.record_total[world]))
    return block.column(f"record_{name}")[world, rows]


def perfect(block):
    """Agencies that see all and never err, of a scheme whose words leave nothing open."""
    society, scheme = block.society, block.scheme
    society.watch_seen_32[:], society.watches[:], society.hiding_256 = PERFECT, 0, 0
    society.wrong_32[:] = society.by_name_32[:] = society.lost_32[:] = 0
    society.watch_false_32[:], scheme.shield_32 = 0, 0
    block.climate.seen_256[:] = 256
    scheme.label_share_32[:], scheme.label_error_32[:] = PERFECT, 0
    block.climate.name_in_32[:] = 0
    block.life.found_month[:] = -20_000
    return block


def test_perfect_agencies_write_every_deed_and_nothing_else(eventful):
    block = perfect(eventful.block().call("live", "behave")).call("observe")
    scored = block.scheme.points != 0
    done = block.life.deed_count[SCHEME, :, : block.people] * scored[:, None]
    written = np.zeros_like(done)
    np.add.at(written, (new(block, "deed"), new(block, "person")), 1)

    assert np.array_equal(done, written)
    assert {TRUE} == set(new(block, "truth").tolist())


def test_all_kinds_of_error_are_made_and_known(eventful):
    block = eventful.block().call("live", "behave", "observe")
    truth = new(block, "truth")

    assert {TRUE, FALSE, FOREIGN, MISLABELLED} == set(truth.tolist())
    own = new(block, "person") == new(block, "doer")
    joined = new(block, "joined") == 1
    assert np.all(own[truth != FOREIGN])
    assert not np.any(own[(truth == FOREIGN) & ~joined])


def test_without_errors_no_record_is_false(eventful):
    block = eventful.block().call("live", "behave", "observe")

    assert {TRUE} == set(new(block, "truth", NO_ERRORS).tolist())


def test_a_lasting_state_is_found_once_an_interval(eventful, deeds):
    block = eventful.block().call("live", "behave")
    perfect(block).call("observe")
    state = deeds.index("banned_group")
    first = (new(block, "deed") == state).sum()
    block.month += 1
    block.call("observe")

    assert first > 0
    assert 0 == (new(block, "deed") == state).sum()
    block.month += int(block.scheme.interval_months)
    block.call("observe")
    assert first == (new(block, "deed") == state).sum()


def test_a_vpn_hides_posts(eventful, deeds):
    open_, hidden = (eventful.block().call("live", "behave") for _ in range(2))
    open_.life.evading[:] = 0
    hidden.life.evading[:] = 1
    post = deeds.index("online_post")
    # A post is looked for by the internet police alone, which work by wire.
    few, many = ((new(perfect_but_hiding(b).call("observe"), "deed") == post).sum()
                 for b in (hidden, open_))  # fmt: skip

    assert few < many / 2


def perfect_but_hiding(block):
    hiding = int(block.society.hiding_256)
    perfect(block).society.hiding_256 = hiding
    return block


def test_the_ledger_keeps_what_is_still_on_its_way(eventful):
    block = eventful.block().call("live", "behave")
    block.month = 6  # a month in which it is tidied
    block.file.record_due[SCHEME, ::2] = 7
    total = int(block.file.record_total[SCHEME])
    coming = block.file.record_due[SCHEME, :total] >= block.month
    serials = block.file.record_serial[SCHEME, :total][coming].tolist()
    block.call("observe")
    kept = int(block.file.record_new[SCHEME])

    assert serials == block.file.record_serial[SCHEME, :kept].tolist()
    assert len(serials) > 0
    assert np.all(new(block, "due") == UNSET)


def test_a_deed_is_booked_once_by_the_first_agency_that_sees_it(eventful, deeds):
    """Littering is looked for by cameras and by neighbours: what one has, the other has not."""
    block = perfect(eventful.block()).call("live", "behave")
    litter = deeds.index("littering")
    block.scheme.points[litter] = -5
    first = block.society.watch_from[litter]
    block.society.watch_seen_32[first] = PERFECT // 2
    block.call("observe")
    mine = new(block, "deed") == litter
    agencies, counts = np.unique(new(block, "agency")[mine], return_counts=True)

    assert mine.sum() == block.life.deed_count[SCHEME, litter].sum(dtype=int)
    assert set(block.society.watch_agency[first : first + 2]) == set(agencies)
    assert abs(counts[0] - counts[1]) < 5 * np.sqrt(counts.sum())


def test_a_database_that_is_not_joined_is_not_asked(eventful, deeds):
    block = perfect(eventful.block()).call("live", "behave")
    post = deeds.index("online_post")
    agency = block.society.watch_agency[block.society.watch_from[post]]
    block.scheme.join_by[agency] = 0
    block.call("observe")

    assert post not in new(block, "deed")
    assert new(block, "deed").size > 0


def test_a_database_is_asked_from_the_month_in_which_it_is_joined(eventful, deeds):
    post = deeds.index("online_post")
    found = []
    for wait in (0, 1):
        block = perfect(eventful.block()).call("live", "behave")
        agency = block.society.watch_agency[block.society.watch_from[post]]
        block.scheme.join_month[agency] = block.month + wait
        found.append((new(block.call("observe"), "deed") == post).sum())

    assert found[0] > 0 == found[1]


def test_sabotage_blinds_what_works_by_wire_and_nothing_else(eventful, deeds):
    block = perfect(eventful.block()).call("live", "behave")
    block.climate.seen_256[:] = 0
    block.call("observe")
    by_wire = block.society.electronic[new(block, "agency")]

    assert 0 == by_wire.sum() < by_wire.size


def test_a_friend_in_office_drops_what_costs_points(eventful):
    block = perfect(eventful.block()).call("live", "behave")
    block.scheme.shield_32 = PERFECT
    block.call("observe")
    favoured = block.life.favoured[new(block, "person")] == 1
    costs = block.scheme.points[new(block, "deed")] < 0

    assert not np.any(favoured & costs)
    assert block.life.shielded[SCHEME].sum() > 0


def test_a_rule_against_those_who_could_pay_has_no_ground_against_those_who_could_not(
    eventful, deeds
):
    block = perfect(eventful.block()).call("live", "behave")
    late = deeds.index("late_bill")
    block.scheme.points[late], block.scheme.ground[late] = -20, 1
    block.call("observe")
    mine = new(block, "deed") == late
    able = block.life.able[SCHEME][new(block, "doer")[mine]] >= 1

    assert np.array_equal(new(block, "truth")[mine], np.where(able, TRUE, GROUNDLESS))
    assert 0 < able.sum() < able.size


def test_a_debt_booked_under_the_wrong_words_is_mislabelled_whoever_could_have_paid(
    eventful, deeds
):
    block = perfect(eventful.block()).call("live", "behave")
    late = deeds.index("late_bill")
    block.scheme.points[late], block.scheme.ground[late] = -20, 1
    block.scheme.label_share_32[late], block.scheme.label_error_32[late] = 0, PERFECT
    block.call("observe")
    mine = new(block, "deed") == late

    assert {MISLABELLED} == set(new(block, "truth")[mine].tolist())
    assert 0 < new(block, "unable")[mine].sum() < mine.sum()
