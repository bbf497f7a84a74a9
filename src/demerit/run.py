"""Run: blocks of people through the months, in every world at once, on the same draws.

Plan (society, scheme, blocks)  ->  Counts (frames, folds, climate)

Up to two million people everyone is the pilot, in lockstep: all blocks live a month, their counts
are added up in a fixed order, and the next month's climate is made of them (climate.py).  Blocks
are dealt into folds; a fold is one task of the thread pool and one group of the jackknife.  Above,
the pilot makes the climate, and everybody lives in it block by block (stream.py).
"""

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
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
from demerit.society.places import Dealt, blocks
from demerit.step import MONTH, begin_block, count_block, holds
from demerit.step.begin import open_files

PEOPLE_MAX = 2_000_000  # people who can live in lockstep in memory
MONTHS_BEFORE = 24  # under ordinary law, so that cash, arrears and jobs are at rest at month 0
FOLDS = 40
REGION_PEOPLE = 5_000  # a place with fewer in the run reads its province's climate

Progress = Callable[[str, int, int], None]
# Shown each month of a lockstep once it is counted: the month, its climate, the lockstep, what was
# heard of protest.
Watch = Callable[[int, cl.Climate, "Lockstep", cl.Outcry], None]


class RunError(RuntimeError):
    """The run itself failed; the message says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run's bits."""

    society: Any
    scheme: Scheme
    society_tables: Any
    scheme_tables: scheme_tables.Tables
    blocks: Dealt
    regions: np.ndarray  # (block,) the climate that it reads
    months: int
    seed: int
    replicate: int = 0

    @property
    def people(self) -> int:
        return int(self.blocks.people.sum())

    @property
    def region_count(self) -> int:
        return int(self.regions.max()) + 1


@dataclass
class Counts:
    """What a run remembers.  Axes: world, month, counter, group; fold."""

    counters: list[str]
    frames: np.ndarray  # (world, month, counter, group)
    folds: np.ndarray  # (fold, world, counter, group) months in which the scheme stood
    climate: dict[str, np.ndarray]  # name -> (month, world, ...)
    repeal_month: list[int | None]  # (world)
    settling: dict[str, Any] | None = None  # of a run whose climate a pilot made (settle.py)
    threads_used: set[int] = field(default_factory=set)

    @property
    def window(self) -> int:
        """Months from the start in which the scheme stood [months]."""
        repealed = self.repeal_month[SCHEME]
        return self.frames.shape[1] if repealed is None else repealed + 1

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
    covered = covered or (int(dealt.people.sum()) if place else society.population)
    share = covered / society.population
    return Plan(
        society, scheme, tables, scheme_tables.build(scheme, tables, share), dealt,
        regions_of(dealt), months, seed, replicate,
    )  # fmt: skip


def regions_of(dealt: Dealt, pilot: Dealt | None = None) -> np.ndarray:
    """The climate that each block shares (block,): of its place, or of its province or the nation
    where that has too few people in the run.

    Whose climate is made by a pilot shares that of the pilot's regions: where those of a block have
    nobody in the pilot, the largest of its province, or of all.
    """
    pilot = dealt if pilot is None else pilot
    places, provinces = (
        1 + int(max(a.max(), b.max()))
        for a, b in (
            (dealt.place_index, pilot.place_index), (dealt.province_index, pilot.province_index)
        )
    )  # fmt: skip
    large = (
        np.bincount(pilot.place_index, pilot.people, places) >= REGION_PEOPLE,
        np.bincount(pilot.province_index, pilot.people, provinces) >= REGION_PEOPLE,
    )

    def named(b: Dealt) -> np.ndarray:  # nation first, then places, then provinces
        of_province = np.where(large[1][b.province_index], places + b.province_index, -1)
        return np.where(large[0][b.place_index], b.place_index, of_province)

    kept, own = np.unique(named(pilot), return_inverse=True)
    wanted = named(dealt)
    found = np.minimum(np.searchsorted(kept, wanted), len(kept) - 1)
    for province in np.unique(dealt.province_index[kept[found] != wanted]):
        here = pilot.province_index == province
        size = np.bincount(own, pilot.people * (here if here.any() else 1), len(kept))
        lost = (kept[found] != wanted) & (dealt.province_index == province)
        found[lost] = int(np.argmax(size))
    return found


def pilot_of(plan: Plan, people: int, place: str | None) -> Plan:
    """So many people of a larger run, whose climate all of it shares; same scheme, same tables."""
    dealt = blocks(plan.society, people=people, place=place)
    return replace(plan, blocks=dealt, regions=regions_of(dealt))


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


class Steps:
    """The stages of a month as machine code, and folds of blocks to lead through them."""

    counting = True

    def __init__(self, plan: Plan, folds: int):
        self.plan = plan
        self.society = as_record(plan.society_tables)
        self.scheme = as_record(plan.scheme_tables)
        self.deeds = plan.scheme_tables.points.size
        self.groups = sum(len(names) for names in GROUPINGS.values())
        self.counters = frames.counters(list(facts.read("deeds.toml")["deed"]))
        self.folds: list[Any] = [None] * folds
        self.out = np.zeros((folds, len(WORLDS), len(self.counters), self.groups), np.int64)
        shape = (folds, len(WORLDS), plan.region_count, cl.items(self.deeds))
        self.shared = np.zeros(shape, np.int64)
        self.stages: list[Any] = []
        self.names: list[str] = []
        self.count: Any = None

    def compile(self, weather: Any) -> None:
        """The machine code of every stage and of the counting."""
        given = self.folds[0], 0, self.society, self.scheme, weather, 0
        self.stages = entries(MONTH, *given)
        kernels: tuple[Any, ...] = MONTH
        plain = [getattr(stage, "py_func", stage).__name__ for stage in kernels]
        self.names = [name.removesuffix("_block") for name in plain]
        if self.counting:
            self.count = entries([count_block], *given, self.out[0], self.shared[0])[0]

    def people_of(self, mine: Sequence[int]) -> Any:
        """The people of these blocks of the plan."""
        plan = self.plan
        blocks = allocate(len(mine), self.deeds, len(GROUPINGS), self.groups)
        open_files(blocks, plan.scheme_tables.start)
        for k, block in enumerate(plan.blocks[b] for b in mine):
            region = int(plan.regions[mine[k]])
            head = (plan.seed, block.first, block.people, plan.replicate, region)
            world = name_block(blocks, k, head)
            populate(world, plan.society.people, block.province_index, block.people)
            begin_block(blocks, k, self.society, self.scheme)
        return blocks

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


class Lockstep(Steps):
    """All blocks of a plan, month by month, on a pool of threads."""

    def __init__(self, plan: Plan, pool: ThreadPoolExecutor, threads: int, order: list[int] | None):
        super().__init__(plan, min(FOLDS, len(plan.blocks)))
        self.pool, self.threads = pool, threads
        # All threads start now: the pool alone starts one only while no other is at rest, and
        # short tasks kept it at one.
        together = threading.Barrier(threads)
        for ready in [pool.submit(together.wait) for _ in range(threads)]:
            ready.result()
        self.order = order or list(range(len(self.folds)))
        self.threads_used: set[int] = set()

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

        def make(fold: int) -> None:
            self.folds[fold] = self.people_of(range(fold, len(self.plan.blocks), len(self.folds)))

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

        self.each_fold(live)

    def fork(self) -> None:
        """Let every world start as that of ordinary law stands."""
        self.each_fold(lambda fold: fork(self.folds[fold]))


def simulate(
    plan: Plan,
    threads: int = 1,
    progress: Progress | None = None,
    order: list[int] | None = None,
    months_before: int = MONTHS_BEFORE,
    watch: Watch | None = None,
) -> Counts:
    """Run a plan; the counts are the same bits for any number of threads and order of folds.

    `watch` is shown each month when it is counted.
    """
    if plan.people > PEOPLE_MAX:
        raise facts.InputError(
            f"people: {plan.people:,} are more than live in lockstep; at most {PEOPLE_MAX:,} do."
        )
    tell = progress or (lambda stage, done, total: None)
    with ThreadPoolExecutor(threads) as pool:
        steps = Lockstep(plan, pool, threads, order)
        tell("people", 0, 1)
        steps.people()
        return live_months(plan, steps, tell, months_before, watch)


def climates_before(plan: Plan, months_before: int) -> Iterator[tuple[int, cl.Climate]]:
    """The months before the start with their climate, that of ordinary law.

    The worlds part where the scheme's old records begin, at the latest at the start: before the
    first month whose climate has all worlds.
    """
    scheme = plan.scheme_tables
    climate = cl.before(plan.society_tables, plan.region_count, scheme.points.size)
    backlog = min(scheme.backlog_months, months_before) if scheme.scored.any() else 0
    for month in range(-months_before, 0):
        if month == -backlog:
            climate = climate._replace(worlds=len(WORLDS), recording=scheme.scored.copy())
        yield month, climate


def climate_at_start(plan: Plan, stands: np.ndarray) -> cl.Climate:
    """The climate of the first month that counts; the scheme stands in these worlds (world,)."""
    society = plan.society_tables
    climate = cl.before(society, plan.region_count, plan.scheme_tables.points.size)
    return climate._replace(
        worlds=len(WORLDS), recording=stands, in_force=stands.copy(),
        hear_32=np.full_like(climate.hear_32, society.launch_32) * stands[:, None],
    )  # fmt: skip


def live_months(
    plan: Plan, steps: Lockstep, tell: Progress, months_before: int, watch: Watch | None = None
) -> Counts:
    """The months before the start, then the months that count."""
    scheme, society = plan.scheme_tables, plan.society_tables
    worlds = 1
    for month, climate in climates_before(plan, months_before):
        if climate.worlds > worlds:
            steps.fork()
        worlds = climate.worlds
        steps.month(climate, month)
        tell("months", month + months_before + 1, months_before + plan.months)
    if worlds == 1:
        steps.fork()
    outcry = cl.Outcry(scheme)
    climate = climate_at_start(plan, outcry.stands.copy())
    shape = (len(WORLDS), plan.months, len(steps.counters), steps.groups)
    found = np.zeros(shape, np.int64)
    folds = np.zeros_like(steps.out)
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
        if watch:
            watch(month, climate, steps, outcry)
        climate = cl.follow(climate, counts, society, scheme, stands, outcry.amnesty)
        tell("months", months_before + month + 1, months_before + plan.months)
    recorded = {name: np.stack(kept) for name, kept in past.items()}
    return Counts(
        steps.counters, found, folds, recorded, outcry.month, threads_used=steps.threads_used
    )
