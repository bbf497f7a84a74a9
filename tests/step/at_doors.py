"""A block of people with work and a file, who stand at doors: for the tests of consequence."""

import numpy as np

from demerit import climate as cl
from demerit.blocks import allocate, as_record, name_block
from demerit.columns import DOORS, SCHEME  # fmt: skip
from demerit.society.people import GROUPINGS, populate
from demerit.step import consequence

PEOPLE, ALL, LOWEST, ALWAYS = 2_000, 4, 3, 1 << 32


class Block:
    """A block of people with work and a file: every tenth in the lowest tier, where a scheme is."""

    def __init__(self, plan, replicate=0):
        tables = plan.society_tables
        self.plan, self.deeds = plan, int(tables.kind.size)
        groups = sum(len(names) for names in GROUPINGS.values())
        self.blocks = allocate(1, self.deeds, len(GROUPINGS), groups)
        self.world = name_block(self.blocks, 0, (1, 0, PEOPLE, replicate, 0))
        populate(self.world, plan.society.people, 9, PEOPLE)
        self.file, self.life = self.world.file, self.world.life
        labour = (self.life.age_years >= 16) & (self.life.status <= 4)
        labour[PEOPLE:] = False
        self.life.wage_fen[:] = np.where(labour, 300_000, 0)
        self.life.employed[:] = labour & (self.life.status < 4)
        self.life.able[:] = ALL
        self.life.able[:, ::7] = 1
        self.file.scored[:] = self.life.age_years >= 18
        self.file.tier[1:, ::10] = LOWEST
        self.climate = cl.before(tables, 1, self.deeds)._replace(
            worlds=3, in_force=np.array([0, 1, 1], np.int64)
        )

    def call(self, *names, month=0, **numbers):
        """Stages by name; numbers replace those of the tables."""
        own = {k: v for k, v in numbers.items() if k in self.plan.society_tables._fields}
        society = as_record(self.plan.society_tables._replace(**own))[0]
        other = {k: v for k, v in numbers.items() if k not in own}
        scheme = as_record(self.plan.scheme_tables._replace(**other))[0]
        for name in names:
            given = self.file if name == "grant" else self.world
            here = cl.by_region(self.climate)[0]
            getattr(consequence, name)(given, society, scheme, here, month)
        return self


def often(plan, **chance):
    """Everyone who may knocks, but where a chance is named."""
    knock = np.full(len(DOORS), ALWAYS, np.int64)
    for door, share in chance.items():
        knock[DOORS.index(door)] = round(share * ALWAYS)
    return knock


def doors(**tiers):
    """Access of the lowest tier: as everyone's but at the doors named [quarters]."""
    access = np.full((4, len(DOORS)), ALL, np.int64)
    for door, wide in tiers.items():
        access[LOWEST, DOORS.index(door)] = wide
    return access


def lowest(block, world=SCHEME):
    return (block.file.tier[world] == LOWEST) & (block.file.scored == 1)
