"""Observe: what agencies write, and what the laboratory knows of it."""

import numpy as np

from demerit.columns import FALSE, FOREIGN, MISLABELLED, NO_ERRORS, SCHEME, TRUE
from demerit.step.observe import UNSET

PERFECT = 1 << 32


def new(block, name, world=SCHEME):
    rows = slice(int(block.file.record_new[world]), int(block.file.record_total[world]))
    return block.column(f"record_{name}")[world, rows]


def perfect(block):
    """Agencies that see all and never err, of a scheme whose words leave nothing open."""
    society, scheme = block.society, block.scheme
    society.seen_32[:], society.watched[:], society.hiding_256 = PERFECT, 0, 0
    society.false_32[:] = society.wrong_32[:] = society.by_name_32[:] = society.lost_32[:] = 0
    scheme.label_share_32[:], scheme.label_error_32[:] = PERFECT, 0
    block.climate.name_in_32[:] = 0
    block.life.found_month[:] = -1000
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
    few, many = ((new(perfect_but_hiding(b).call("observe"), "deed") == post).sum()
                 for b in (hidden, open_))  # fmt: skip

    assert few < many / 2


def perfect_but_hiding(block):
    hiding = int(block.society.hiding_256)
    perfect(block).society.hiding_256 = hiding
    return block


def test_the_ledger_keeps_what_is_still_on_its_way(eventful):
    block = eventful.block().call("live", "behave")
    total = int(block.file.record_total[SCHEME])
    coming = block.file.record_due[SCHEME, :total] >= block.month
    serials = block.file.record_serial[SCHEME, :total][coming].tolist()
    block.call("observe")
    kept = int(block.file.record_new[SCHEME])

    assert serials == block.file.record_serial[SCHEME, :kept].tolist()
    assert len(serials) > 0
    assert np.all(new(block, "due") == UNSET)
