"""What the tests of the society share."""

import numpy as np
import pytest

from demerit.columns import COLUMNS, allocate
from demerit.society import Society, load
from demerit.society.people import GROUPINGS, populate

OWN = tuple(column.name for column in COLUMNS if column.writer == "society")


@pytest.fixture(scope="session")
def society() -> Society:
    return load("china-2020")


@pytest.fixture(scope="session")
def make():
    """People of one block as a dict of columns: the last axis is the person."""

    def of(society, first, people, province=9, seed=1, replicate=0):
        groups = sum(len(names) for names in GROUPINGS.values())
        deeds = len(society.people.offending.risk)
        size = {"person": people, "deed": deeds, "grouping": len(GROUPINGS), "group": groups}
        world = allocate(seed, first, 0, size, replicate)
        populate(world, society.people, province, people)
        return {name: np.array(getattr(world, name)[..., :people]) for name in OWN}

    return of
