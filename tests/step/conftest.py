"""Small blocks of one's own making: people as drawn, and whatever a test sets by hand."""

import numpy as np
import pytest

from demerit import climate as cl
from demerit import run
from demerit import step as stages
from demerit.blocks import HEAD, World, allocate, as_record, name_block
from demerit.columns import WORLDS
from demerit.society.people import GROUPINGS, populate
from demerit.step.begin import begin, open_files

PEOPLE = 400


class Small:
    """A block of a few hundred people, with tables and climate of its own."""

    def __init__(self, parts, society, scheme, climate, month):
        self.parts, self.society, self.scheme = parts, society, scheme
        self.climate, self.month = climate, month
        self.file, self.life, self.scratch = (part[0] for part in parts)
        head = [getattr(self.file, name) for name, _ in HEAD]
        self.world = World(*head, self.file, self.life, self.scratch)
        self.people = int(self.world.people)

    def copy(self):
        parts = [part.copy() for part in self.parts]
        climate = self.climate._replace(
            **{k: v.copy() for k, v in self.climate._asdict().items() if isinstance(v, np.ndarray)}
        )
        return Small(parts, self.society.copy(), self.scheme.copy(), climate, self.month)

    def call(self, name):
        """Let one stage pass, in the climate of its one region."""
        here = cl.by_region(self.climate)[0]
        given = self.file if name == "score" else self.world  # it sees the central file alone
        getattr(stages, name)(given, self.society, self.scheme, here, self.month)
        return self

    def set_score(self, world, person, points):
        """This person's file stands at so many points, of which none is in error."""
        self.file.score_points[world, person] = points
        self.life.shadow_points[world, :, person] = points


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
    return Small(list(parts), society[0], scheme[0], climate, 3)


@pytest.fixture
def block(begun):
    """A copy of that block, to set columns of by hand; all of its people have a file."""
    made = begun.copy()
    made.file.scored[: made.people] = 1
    return made


@pytest.fixture
def adults(block):
    """Rows of the adults of that block."""
    return np.flatnonzero(block.life.age_years[: block.people] >= 18)
