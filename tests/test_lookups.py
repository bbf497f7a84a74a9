"""Look-ups in whole runs: people are looked up where something is public, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest

from demerit import run
from demerit import scheme as schemes
from demerit.columns import LAW, SCHEME
from demerit.frames.names import LOOK_UPS, OFFICE_GRADES

SCHEMES = [key for key in schemes.keys() if key != "none"]
ALL = 0  # row of the frames' group axis


@pytest.fixture(scope="module")
def counts(make_plan, harsh):
    """A run of every scheme; `suining` with rates at which everything happens."""
    made = {key: make_plan(key, people=3_000, months=6) for key in SCHEMES}
    made["harsh"] = make_plan("suining", people=3_000, months=6, values=harsh)
    return {key: run.simulate(plan, 1, months_before=3) for key, plan in made.items()}


def frame(found, name, world=SCHEME):
    """A counter (month, group)."""
    return found.frames[world, :, found.counters.index(name)]


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_people_are_looked_up_where_something_is_public_and_nowhere_else(make_plan, counts, key):
    """`harsh` names people in public; nobody has a mark without a sanction."""
    public = key == "harsh" or make_plan(key, people=1_000).scheme_tables.looked_at == 1
    found = counts[key]
    looks = sum(frame(found, c) for c in found.counters if c.startswith("looked_up_"))
    lost = sum(frame(found, c) for c in LOOK_UPS if c.endswith(("_lost", "_worse")))

    assert (looks[:, ALL].sum() > 0) == public
    assert np.all(frame(found, "look_ups_marked") <= looks)
    assert np.all(frame(found, "look_ups_wrong") <= frame(found, "look_ups_marked"))
    assert np.all(lost <= frame(found, "look_ups_marked"))
    assert frame(found, "sanctioned").sum() > 0 or lost.sum() == 0
    for c in (*LOOK_UPS, *OFFICE_GRADES):
        assert 0 == frame(found, c, LAW).sum(), c


def test_a_part_that_a_scheme_lacks_is_in_no_digest(counts):
    """Counters of parts, noughts throughout, may be there or not; any other may not go."""
    for key, moves in (("suining", False), ("court-list", True)):
        found = counts[key]
        kept = [k for k, name in enumerate(found.counters) if name not in LOOK_UPS]
        without = replace(
            found, counters=[found.counters[k] for k in kept], frames=found.frames[:, :, kept]
        )
        less = replace(found, counters=found.counters[1:], frames=found.frames[:, :, 1:])

        assert moves == (found.digest() != without.digest())
        assert found.digest() != less.digest()
