"""Run: blocks of people through the months, in every world at once, on the same draws.

Plan (society, scheme, blocks)  ->  Counts (frames, folds, climate)

Up to two million people everyone is the pilot, in lockstep: all blocks live a month, their counts
are added up in a fixed order, and the next month's climate is made of them (climate.py).  Blocks
are dealt into folds; a fold is one task of the thread pool and one group of the jackknife.
"""

import hashlib
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit import facts, frames
from demerit.blocks import allocate, as_record, name_block
from demerit.columns import COLUMNS, FILE, LAW, SCHEME, WORLDS  # fmt: skip
from demerit.kernel import entries
from demerit.scheme import Scheme
from demerit.scheme import tables as scheme_tables
from demerit.society import tables as society_tables
from demerit.society.people import GROUPINGS, populate
from demerit.society.places import Block, blocks
from demerit.step import MONTH, begin_block, count_block, holds
from demerit.step.begin import open_files
from demerit.survey.ask import Survey
from demerit.survey.tables import fold_rows

PEOPLE_MAX = 2_000_000  # people who can live in lockstep in memory
MONTHS_BEFORE = 24  # under ordinary law, so that cash, arrears and jobs are at rest at month 0
FOLDS = 40
REGION_PEOPLE = 5_000  # a place with fewer in the run reads its province's climate

Progress = Callable[[str, int, int], None]


class RunError(RuntimeError):
    """The run itself failed; the message says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run's bits."""

    society: Any
    scheme: Scheme
    society_tables: Any
    scheme_tables: scheme_tables.Tables
    blocks: list[Block]
    regions: list[int]
    months: int
    seed: int
    replicate: int = 0

    @property
    def people(self) -> int:
        return sum(block.people for block in self.blocks)


@dataclass
class Counts:
    """What a run remembers.  Axes: world, month, counter, group; fold."""

    counters: list[str]
    frames: np.ndarray  # (world, month, counter, group)
    # Months in which the scheme stood (fold, world, counter, group); after the counters the rows of
    # the survey (survey/tables.py).
    folds: np.ndarray
    climate: dict[str, np.ndarray]  # name -> (month, world, ...)
    repeal_month: list[int | None]  # (world)
    threads_used: set[int] = field(default_factory=set)

    @property
    def window(self) -> int:
        """Months from the start in which the scheme stood [months]."""
        repealed = self.repeal_month[SCHEME]
        return self.frames.shape[1] if repealed is None else repealed + 1

    @cached_property
    def total(self) -> np.ndarray:
        """The folds added up (world, counter, group)."""
        found: np.ndarray = self.folds.sum(axis=0)
        return found

    def digest(self) -> str:
        """BLAKE2b-256 of every frame and the climate, in key order."""
        digest = hashlib.blake2b(digest_size=32)
        named = {f"frame.{c}": self.frames[:, :, k] for k, c in enumerate(self.counters)}
        named |= {f"climate.{name}": array for name, array in self.climate.items()}
        for name in sorted(named):
            array = np.ascontiguousarray(named[name])
            digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
            digest.update(array.astype(array.dtype.newbyteorder("<")).tobytes())
        return digest.hexdigest()


def plan(
    scheme: Scheme,
    society: Any,
    months: int,
    seed: int,
    people: int | None = None,
    place: str | None = None,
    replicate: int = 0,
    values: facts.Values | None = None,
    covered: int | None = None,
) -> Plan:
    """Decide who lives where; turn society and scheme into tables.

    `covered` is how many people the scheme's file holds, if the run is only a sample of them.
    """
    dealt = blocks(society, people=people, place=place)
    per_unemployed = society.employed_per_unemployed
    tables = society_tables.build(society.key, per_unemployed, values)
    covered = covered or (sum(b.people for b in dealt) if place else society.population)
    share = covered / society.population
    return Plan(
        society, scheme, tables, scheme_tables.build(scheme, tables, share), dealt,
        regions_of(dealt), months, seed, replicate,
    )  # fmt: skip


def regions_of(dealt: list[Block]) -> list[int]:
    """The climate that each block shares: of its place, or of its province or the nation where that
    has too few people in the run."""
    size: dict[tuple[str, int], int] = {}
    for block in dealt:
        for name in (("place", block.place_index), ("province", block.province_index)):
            size[name] = size.get(name, 0) + block.people
    names = []
    for block in dealt:
        wider = (("place", block.place_index), ("province", block.province_index))
        large = [name for name in wider if size[name] >= REGION_PEOPLE]
        names.append(large[0] if large else ("nation", 0))
    order = {name: k for k, name in enumerate(sorted(set(names)))}
    return [order[name] for name in names]


def fork(blocks: Any) -> None:
    """Every world starts as the world of ordinary law stands.

    Ledgers and private accounts are empty until then; to copy their room would only make it real
    memory.
    """
    for column in COLUMNS:
        reserved = {"record", "ring", "issuer"} & set(column.axes)
        if column.axes[0] == "world" and column.writer != "scratch" and not reserved:
            kept = blocks.files if column.name in FILE else blocks.lives
            kept[column.name][:, 1:] = kept[column.name][:, LAW : LAW + 1]


class Lockstep:
    """All blocks of a plan, month by month, on a pool of threads."""

    counting = True

    def __init__(self, plan: Plan, pool: ThreadPoolExecutor, threads: int, order: list[int] | None):
        self.plan = plan
        self.pool, self.threads = pool, threads
        # All threads start now: the pool alone starts one only while no other is at rest, and
        # short tasks kept it at one.
        together = threading.Barrier(threads)
        for ready in [pool.submit(together.wait) for _ in range(threads)]:
            ready.result()
        self.society = as_record(plan.society_tables)
        self.scheme = as_record(plan.scheme_tables)
        self.deeds = plan.scheme_tables.points.size
        self.groups = sum(len(names) for names in GROUPINGS.values())
        self.counters = frames.counters(list(facts.read("deeds.toml")["deed"]))
        count = min(FOLDS, len(plan.blocks))
        self.order = order or list(range(count))
        self.folds: list[Any] = [None] * count
        self.threads_used: set[int] = set()
        regions = max(plan.regions) + 1
        shape = (count, len(WORLDS), len(self.counters), self.groups)
        self.out = np.zeros(shape, np.int64)
        self.shared = np.zeros((count, len(WORLDS), regions, cl.items(self.deeds)), np.int64)
        self.stages: list[Any] = []
        self.names: list[str] = []
        self.count: Any = None
        self.survey: Survey | None = None

    def compile(self, weather: Any) -> None:
        """The machine code of every stage and of the counting."""
        given = self.folds[0], 0, self.society, self.scheme, weather, 0
        self.stages = entries(MONTH, *given)
        kernels: tuple[Any, ...] = MONTH
        plain = [getattr(stage, "py_func", stage).__name__ for stage in kernels]
        self.names = [name.removesuffix("_block") for name in plain]
        if self.counting:
            self.count = entries([count_block], *given, self.out[0], self.shared[0])[0]

    def each_fold(self, act: Callable[[int], None]) -> None:
        """Let the threads take folds from one queue until none is left."""
        waiting = deque(self.order)

        def work() -> None:
            while True:
                try:
                    fold = waiting.popleft()
                except IndexError:
                    return
                act(fold)

        for done in [self.pool.submit(work) for _ in range(self.threads)]:
            done.result()

    def people(self) -> None:
        """Compute the people of every block."""
        plan = self.plan

        def make(fold: int) -> None:
            mine = range(fold, len(plan.blocks), len(self.folds))
            blocks = allocate(len(mine), self.deeds, len(GROUPINGS), self.groups)
            open_files(blocks, plan.scheme_tables.start)
            for k, block in enumerate(plan.blocks[b] for b in mine):
                head = (plan.seed, block.first, block.people, plan.replicate, plan.regions[mine[k]])
                world = name_block(blocks, k, head)
                populate(world, plan.society.people, block.province_index, block.people)
                begin_block(blocks, k, self.society, self.scheme)
            self.folds[fold] = blocks

        self.each_fold(make)

    def month(self, climate: cl.Climate, month: int) -> None:
        """Let every block live this month; its counts are in `out` and `shared` after."""
        weather = cl.by_region(climate)
        if not self.stages:
            self.compile(weather)

        def live(fold: int) -> None:
            self.threads_used.add(threading.get_ident())
            self.out[fold] = 0
            self.shared[fold] = 0
            for k in range(len(self.folds[fold].files)):
                self.lead(fold, k, weather, month)
            if month >= 0 and self.survey:
                self.survey.month(fold, weather[0].in_force, month)

        self.each_fold(live)

    def lead(self, fold: int, k: int, weather: Any, month: int) -> None:
        """Lead one block through one month, and count it."""
        given = self.folds[fold], k, self.society, self.scheme, weather, month
        for name, stage in zip(self.names, self.stages, strict=True):
            stage(*given)
            self.lived(fold, k, month, name)
        if not holds(*given[:2]):
            raise RunError(
                "more records than the ledger of a block holds; lower the rates "
                "or the shares seen in this scheme or society."
            )
        if month >= 0 and self.counting:
            self.count(*given, self.out[fold], self.shared[fold])
        self.lived(fold, k, month, "month")

    def lived(self, fold: int, k: int, month: int, stage: str) -> None:
        """One block has lived this stage, or this month: nothing, but for who looks (replay)."""

    def fork(self) -> None:
        self.each_fold(lambda fold: fork(self.folds[fold]))


def simulate(
    plan: Plan,
    threads: int = 1,
    progress: Progress | None = None,
    order: list[int] | None = None,
    months_before: int = MONTHS_BEFORE,
) -> Counts:
    """Run a plan; the counts are the same bits for any number of threads and order of folds."""
    if plan.people > PEOPLE_MAX:
        raise facts.InputError(
            f"people: {plan.people:,} are more than run in lockstep; "
            f"at most {PEOPLE_MAX:,} (--people 2m)."
        )
    tell = progress or (lambda stage, done, total: None)
    with ThreadPoolExecutor(threads) as pool:
        steps = Lockstep(plan, pool, threads, order)
        tell("people", 0, 1)
        steps.people()
        return live_months(plan, steps, tell, months_before)


def live_before(plan: Plan, steps: Lockstep, tell: Progress, months_before: int) -> cl.Climate:
    """The months before the start, under ordinary law; return their climate.

    The worlds part where the scheme's old records begin, at the latest at the start.
    """
    scheme = plan.scheme_tables
    climate = cl.before(plan.society_tables, max(plan.regions) + 1, steps.deeds)
    backlog = min(scheme.backlog_months, months_before) if scheme.scored.any() else 0
    for month in range(-months_before, 0):
        if month == -backlog:
            steps.fork()
            climate = climate._replace(worlds=len(WORLDS), recording=scheme.scored.copy())
        steps.month(climate, month)
        tell("months", month + months_before + 1, months_before + plan.months)
    if backlog == 0:
        steps.fork()
    return climate


def live_months(plan: Plan, steps: Lockstep, tell: Progress, months_before: int) -> Counts:
    """The months before the start, then the months that count."""
    scheme, society = plan.scheme_tables, plan.society_tables
    climate = live_before(plan, steps, tell, months_before)
    outcry = cl.Outcry(scheme)
    stands = outcry.stands.copy()
    climate = climate._replace(
        worlds=len(WORLDS), recording=stands, in_force=stands.copy(),
        hear_32=np.full_like(climate.hear_32, society.launch_32) * stands[:, None],
    )  # fmt: skip
    shape = (len(WORLDS), plan.months, len(steps.counters), steps.groups)
    found = np.zeros(shape, np.int64)
    folds = np.zeros_like(steps.out)
    deeds = list(facts.read("deeds.toml")["deed"])
    survey = steps.survey = Survey(society, scheme, deeds, plan.months, steps.folds)
    past: dict[str, list[np.ndarray]] = {name: [] for name in cl.Climate._fields[1:]}
    for month in range(plan.months):
        for name, kept in past.items():
            kept.append(getattr(climate, name))
        steps.month(climate, month)
        found[:, month] = steps.out.sum(axis=0)
        if outcry.month[SCHEME] is None:
            folds += steps.out
        counts = steps.shared.sum(axis=0)
        stands = outcry.hear(counts, month)
        survey.open = outcry.month[SCHEME] is None
        climate = cl.follow(climate, counts, society, scheme, stands, outcry.amnesty)
        tell("months", months_before + month + 1, months_before + plan.months)
    recorded = {name: np.stack(kept) for name, kept in past.items()}
    folds = np.concatenate([folds, fold_rows(survey.cells)], axis=2)
    return Counts(steps.counters, found, folds, recorded, outcry.month, steps.threads_used)
