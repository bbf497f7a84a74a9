"""Money: a block that lives by its cash book alone, all else drawn here in the plainest way.

Begin and live are the project's; who pays, works, borrows or is helped by the community is drawn
from the same rates by NumPy, so that the book can be tested whatever the other stages do.
"""

import copy

import numpy as np
import pytest

from demerit import climate as cl
from demerit import facts
from demerit import scheme as schemes
from demerit.blocks import HEAD, World, allocate, as_record, name_block
from demerit.columns import ASSISTANCE, CARD, COLUMNS, DUES, FILE, JOB, LAW, LOAN
from demerit.scheme import tables as scheme_tables
from demerit.society import tables
from demerit.society.people import GROUPINGS, populate
from demerit.step.begin import begin, open_files
from demerit.step.live import live

WORD = 1 << 32


class Book:
    """One block of people in one world or three, lived a month at a time."""

    def __init__(self, society, people=2048, province=9, first=0, values=None):
        self.tables = tables.build(society.key, society.employed_per_unemployed, values)
        self.society = as_record(self.tables)[0]
        self.scheme = as_record(scheme_tables.build(schemes.load("none"), self.tables, 1.0))[0]
        self.deeds = list(facts.read("deeds.toml")["deed"])
        groups = sum(len(names) for names in GROUPINGS.values())
        self.parts = allocate(1, len(self.deeds), len(GROUPINGS), groups)
        open_files(self.parts, 0)
        populate(
            name_block(self.parts, 0, (1, first, people, 0, 0)), society.people, province, people
        )
        self.hold()
        self.climate = cl.before(self.tables, 1, len(self.deeds))
        self.people, self.month = people, 0
        begin(self.world, self.society, self.scheme)

    def hold(self):
        """The parts of the block as the stages take them."""
        self.file, self.life, self.scratch = (part[0] for part in self.parts)
        head = [getattr(self.file, name) for name, _ in HEAD]
        self.world = World(*head, self.file, self.life, self.scratch)

    def copy(self, **numbers):
        """A copy as it stands, with numbers of the society's tables replaced by name."""
        other = copy.copy(self)
        other.parts = [part.copy() for part in self.parts]
        other.tables = self.tables._replace(**numbers)
        other.society = as_record(other.tables)[0]
        other.scheme = self.scheme.copy()
        other.hold()
        return other

    def worlds(self, number=3):
        """Let so many worlds live apart, each as the first stands; a scheme is in force."""
        for column in COLUMNS:
            if column.axes[0] == "world" and column.writer != "scratch":
                kept = self.file if column.name in FILE else self.life
                kept[column.name][1:] = kept[column.name][LAW]
        self.climate = self.climate._replace(worlds=number, in_force=np.array([0, 1, 1], np.int64))

    def read(self, name, w=LAW):
        """A column of the people, in one world, as whole numbers."""
        array = (self.file if name in FILE else self.life)[name]
        worlds = next(c for c in COLUMNS if c.name == name).axes[0] == "world"
        return (array[w] if worlds else array)[..., : self.people].astype(np.int64)

    def due(self, w=LAW):
        """What is due this month (due, person) [fen], as sections 7.3 and 7.4 of the model say."""
        r, s = self.read, self.tables
        spare = np.maximum(0, r("household_fen") - r("need_fen"))
        part = np.minimum(r("loan_fen", w), (spare * s.part_16 >> 16) + 1)
        return np.array([
            r("bill_fen") + r("rent_fen"), r("instalment_fen") + part,
            r("fine_due", w) * s.fine_fen, r("judgment_fen", w),
        ])  # fmt: skip

    def live(self):
        """The stage alone."""
        here = cl.by_region(self.climate)[0]
        live(self.world, self.society, self.scheme, here, self.month)
        self.month += 1

    def words(self, purpose):
        """Nine words for everybody, the same in every world."""
        rng = np.random.default_rng([self.month, purpose, int(self.file.first)])
        return rng.integers(0, WORD, (9, self.people))

    def pay(self, w=LAW):
        """Leave unpaid what cannot be paid, and by choice at the lasting rate."""
        due, able = self.due(w), self.read("able", w)
        for rank, key in enumerate(DUES, 1):
            deed = self.deeds.index(key)
            rate = self.read("deed_rate")[deed]
            word = self.words(rank)[0]
            owes = (due[rank - 1] > 0) & (rate > 0)
            self.life.deed_count[w, deed, : self.people] = owes & ((word < rate) | (able < rank))

    def breach(self, w=LAW):
        """Contracts broken at the lasting rate."""
        deed = self.tables.breach
        rate = self.read("deed_rate")[deed]
        self.life.deed_count[w, deed, : self.people] = self.words(8)[0] < rate

    def knock(self, w=LAW):
        """Jobs, work of high standing, assistance and loans, at rest under ordinary law."""
        s, n = self.tables, self.people
        word = self.words(9)
        adult, able = self.read("age_years") >= 18, self.read("able", w)
        work, high = self.read("employed", w) == 1, self.read("prestige_held", w) == 1
        loses, seeks = word[0] < s.job_loss_32, ~work & (self.read("wage_fen") > 0)
        start = s.prestige_start_32 / WORD  # as many rise as lose their jobs
        rises = word[1] < s.job_loss_32 * start / (1 - start)
        now = np.where(work, ~loses, seeks & (word[3] < s.open_32[JOB]))
        self.life.employed[w, :n] = now
        self.life.prestige_held[w, :n] = work & now & (high | rises)
        asks = {ASSISTANCE: adult & (able < 2), LOAN: adult, CARD: adult}
        for k, (door, may) in enumerate(asks.items()):
            asked = may & (word[4 + k] < s.knock_32[door])
            self.file.granted[w, door, :n] = asked & (word[7] < s.open_32[door])

    def step(self):
        """One month: the book, then all that it answers to next month."""
        self.live()
        for w in range(self.climate.worlds):
            self.pay(w)
            self.breach(w)
            self.knock(w)


@pytest.fixture(scope="session")
def book_of(china):
    """Make a block that lives by its cash book alone."""
    return lambda *given, **named: Book(china, *given, **named)
