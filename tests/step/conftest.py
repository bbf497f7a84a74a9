"""Small blocks of one's own making: people as drawn, and whatever a test sets by hand."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from demerit import climate as cl
from demerit import run
from demerit.columns import WORLDS, allocate, as_record, name_block
from demerit.society.people import GROUPINGS, populate
from demerit.step.begin import begin, open_files

PEOPLE = 400


def _block_class():
    """The `Block` of the tests' first conftest, which tests share."""
    path = Path(__file__).parent.parent / "conftest.py"
    spec = importlib.util.spec_from_file_location("engine_conftest", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Block


@pytest.fixture(scope="session")
def begun(make_plan):
    """A block as it begins, in all worlds alike; the scheme stands, and nobody has heard of it."""
    plan = make_plan(people=2_500)
    deeds = plan.scheme_tables.points.size
    groups = sum(len(names) for names in GROUPINGS.values())
    parts = allocate(1, deeds, len(GROUPINGS), groups)
    open_files(parts, plan.scheme_tables.start)
    world = name_block(parts, 0, (1, 5_000, PEOPLE, 0, 0))
    populate(world, plan.society.people, 9, PEOPLE)
    society, scheme = as_record(plan.society_tables), as_record(plan.scheme_tables)
    begin(world, society[0], scheme[0])
    run.fork(parts)
    stands = plan.scheme_tables.scored.copy()
    climate = cl.before(plan.society_tables, 1, deeds)._replace(
        worlds=len(WORLDS), recording=stands, in_force=stands.copy()
    )
    world.life.assent[:PEOPLE] = np.arange(PEOPLE) * 256 // PEOPLE  # even, here
    return _block_class()(list(parts), society[0], scheme[0], climate, 3)


@pytest.fixture
def block(begun):
    """A copy of that block, to set columns of by hand."""
    return begun.copy()


@pytest.fixture
def everyone_scored(block):
    """The first adults of the block, and the block: all of its people have a file."""
    block.file.scored[: block.people] = 1
    return block, np.flatnonzero(block.life.age_years[: block.people] >= 18)
