"""What the tests of the society share."""

import numpy as np
import pytest

from demerit.blocks import allocate, name_block
from demerit.columns import BLOCK, COLUMNS
from demerit.society import Society, keys, load
from demerit.society.people import GROUPINGS, populate

OWN = tuple(column.name for column in COLUMNS if column.writer == "society")


@pytest.fixture(scope="session")
def society() -> Society:
    return load("china-2020")


@pytest.fixture(scope="session", params=keys())
def every(request) -> Society:
    """Each society that there is, in turn."""
    return load(request.param)


@pytest.fixture(scope="session")
def make():
    """People of consecutive ids as a dict of columns: the last axis is the person."""

    def of(society, first, people, province=9, seed=1, replicate=0):
        groups = sum(len(names) for names in GROUPINGS.values())
        room = allocate(1, len(society.people.offending.risk), len(GROUPINGS), groups)
        parts = []
        for start in range(0, people, BLOCK):
            n = min(BLOCK, people - start)
            world = name_block(room, 0, (seed, first + start, n, replicate, 0))
            populate(world, society.people, province, n)
            parts.append({name: np.array(getattr(world, name)[..., :n]) for name in OWN})
        return {name: np.concatenate([part[name] for part in parts], -1) for name in OWN}

    return of
