"""Stream: blocks through all their months, each on its own, in a climate that is known.

Plan, climate of every month, numbers of blocks  ->  Part (counts of these blocks)

What one block does depends on its people, its draws and the climate alone.  So a nation is lived
a few blocks at a time: no more of it is in memory than each thread has in hand, and the counts of a
range of blocks are a pure function of plan, climate and range, on whatever machine.  The same lives
a run's blocks again for somebody to look at (replay).
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from demerit import climate as cl
from demerit import run
from demerit.blocks import View, view
from demerit.columns import WORLDS

AFTER_MONTH = frozenset({"month"})  # the last word of a month, after all stages
HELD = 4  # blocks in the hands of a thread: their counts are added to the rest together
RANGE = 256  # blocks of a range, at the least ...
RANGES = 10  # ... and ranges of a fold, at the most: each is kept in the ledger

See = Callable[[int, View, int, str], None]  # block, its columns, month, what has just been lived
Tell = Callable[[int], None]  # how many people more have lived all their months


class Way(NamedTuple):
    """A month of the way, before the start or after."""

    month: int
    weather: Any  # (region,) the climate, for kernels
    idle: bool  # nobody looks, at anything
    parts: bool  # the worlds part before it


@dataclass
class Part:
    """What blocks did, added up."""

    frames: np.ndarray  # (world, month, counter, group)
    shared: np.ndarray  # (month, world, region, item) what climates are made of


class Asked(NamedTuple):
    """All that the counts of a range of blocks depend on, beside the range."""

    plan: run.Plan
    climates: Sequence[cl.Climate]
    months_before: int


# Who lives ranges: yields each with its counts when it is done, in whatever order.
Engine = Callable[[Asked, Sequence[range], Tell], Iterator[tuple[range, Part]]]


def way(
    plan: run.Plan, climates: Iterable[cl.Climate], months_before: int, seen: bool = False
) -> list[Way]:  # fmt: skip
    """The months before the start under ordinary law, then those of these climates.

    `seen`: somebody looks at the months before the start.
    """
    months = [*run.climates_before(plan, months_before), *enumerate(climates)]
    found, worlds = [], 1
    for month, climate in months:
        idle = run.idle(climate, month) and not seen
        weather = cl.by_region(climate, idle, plan.worlds)
        found.append(Way(month, weather, idle, climate.worlds > worlds))
        worlds = climate.worlds
    return found


def ranges(count: int) -> list[range]:
    """Blocks of a run in ranges, each inside one fold (the folds are those of a lockstep).

    >>> [list(which) for which in ranges(42)[:3]]
    [[0, 40], [1, 41], [2]]
    """
    found = []
    for fold in range(min(run.FOLDS, count)):
        own = range(fold, count, run.FOLDS)
        parts = min(RANGES, -(-len(own) // RANGE))
        ends = [len(own) * k // parts for k in range(parts + 1)]
        found += [own[a:b] for a, b in pairwise(ends)]
    return found


class Through(run.Steps):
    """Blocks on their way through all months, a few in the hands of each thread."""

    def __init__(self, plan: run.Plan, way: Sequence[Way], threads: int, counting: bool = True):
        super().__init__(plan, threads)
        self.way, self.counting = way, counting
        self.months = sum(step.month >= 0 for step in way)
        self.which: list[Sequence[int]] = [()] * threads
        self.see: See | None = None
        self.stages_wanted: frozenset[str] = AFTER_MONTH
        self.lock = threading.Lock()
        # What the blocks of each seat did: month (world, counter, group), (world, region, item).
        self.done: list[list[tuple[np.ndarray, np.ndarray]]] = [[] for _ in range(threads)]

    def again(self, way: Sequence[Way], threads: int, counting: bool) -> "Through":
        """Another with the same machine code, ready at once; both may be at work together."""
        made = copy(self)
        made.way, made.counting = way, counting
        made.folds, made.which = [None] * threads, [()] * threads
        made.out, made.shared = (
            np.zeros((threads, *room.shape[1:]), room.dtype) for room in (self.out, self.shared)
        )
        made.months = sum(step.month >= 0 for step in way)
        made.lock = threading.Lock()
        made.done = [[] for _ in range(threads)]
        if counting and self.count is None:
            made.stages = []  # all of it once more, with the counting
        return made

    def ready(self) -> None:
        """Have the machine code of every stage, compiled for a block that nobody lives."""
        self.folds[0] = self.people_of([0])
        self.compile(self.way[0].weather)
        self.folds[0] = None

    def live(self, which: Sequence[int], tell: Tell | None = None) -> Part:
        """Lead these blocks of the plan through all months; `tell` is told of people done."""
        shape = (len(WORLDS), self.months, len(self.counters), self.groups)
        part = Part(
            np.zeros(shape, np.int64), np.zeros((self.months, *self.shared.shape[1:]), np.int64)
        )
        held = HELD if self.see is None else 1
        waiting = deque(which[at : at + held] for at in range(0, len(which), held))
        threads = min(len(self.folds), len(waiting))
        if not self.stages and waiting:
            self.ready()

        def work(seat: int) -> None:
            self.done[seat] = [
                (np.zeros_like(self.out[0]), np.zeros_like(self.shared[0]))
                for _ in range(self.months if self.counting else 0)
            ]
            while True:
                try:
                    mine = waiting.popleft()
                except IndexError:
                    return self.add_up(seat, part)
                self.through(seat, mine)
                if tell:
                    tell(int(self.plan.blocks[list(mine)].people.sum()))

        with ThreadPoolExecutor(max(1, threads)) as pool:
            try:
                for done in [pool.submit(work, seat) for seat in range(threads)]:
                    done.result()
            finally:
                waiting.clear()  # where one has failed, or Ctrl-C: the others end their blocks
        if self.see is not None:
            self.folds = [None] * len(self.folds)
        return part

    def through(self, seat: int, mine: Sequence[int]) -> None:
        """Lead a few blocks through all months."""
        room = self.folds[seat] if self.see is None else None  # of who is looked at none is reused
        self.folds[seat], self.which[seat] = self.people_of(mine, room), mine
        for step in self.way:
            if step.parts:
                run.fork(self.folds[seat], self.plan.worlds)
            for k in range(len(mine)):
                self.lead(seat, k, step.weather, step.month, step.idle)

    def tally(self, fold: int, k: int, given: tuple[Any, ...]) -> None:
        """Add what one block did this month to what others of its seat did."""
        self.count(*given, *self.done[fold][given[-1]])

    def add_up(self, seat: int, part: Part) -> None:
        """Add what the blocks of a seat did to what all did."""
        with self.lock:
            for month, (frames, shared) in enumerate(self.done[seat]):
                part.frames[:, month] += frames
                part.shared[month] += shared
        self.done[seat] = []

    def lived(self, fold: int, k: int, month: int, stage: str) -> None:
        """Show the block, if somebody wants to see it after this stage."""
        if self.see is not None and stage in self.stages_wanted:
            self.see(self.which[fold][k], view(self.folds[fold], k), month, stage)


def live_range(
    plan: run.Plan, climates: Sequence[cl.Climate], which: Sequence[int], threads: int = 1,
    months_before: int = run.MONTHS_BEFORE,
) -> Part:  # fmt: skip
    """The counts of these blocks of a plan: a pure function, for any machine that takes a range.

    The same bits for any number of threads and any order of the blocks.
    """
    return Through(plan, way(plan, climates, months_before), threads).live(which)


def on_threads(threads: int) -> Engine:
    """The engine of one process: a range after the other, each on all threads."""

    def live(asked: Asked, which: Sequence[range], tell: Tell) -> Iterator[tuple[range, Part]]:
        months = way(asked.plan, asked.climates, asked.months_before)
        steps = Through(asked.plan, months, threads)
        for blocks in which:
            yield blocks, steps.live(blocks, tell)

    return live
