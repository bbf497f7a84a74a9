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
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit import facts, frames
from demerit.blocks import allocate, as_record, name_block
from demerit.columns import COLUMNS, FILE, LAW, SCHEME, WORLDS  # fmt: skip
from demerit.kernel import entries
from demerit.plan import REGION_PEOPLE, Plan, plan, regions_of
from demerit.scheme import rollout
from demerit.society.people import GROUPINGS, populate
from demerit.step import MONTH, begin_block, count_block, enrol_block, holds
from demerit.step.begin import open_again, open_files
from demerit.waves import Apart, Everywhere, Unfolding, of_places

__all__ = ["REGION_PEOPLE", "Plan", "plan", "regions_of"]  # of plan.py, beside what is here

PEOPLE_MAX = 2_000_000  # people who can live in lockstep in memory
MONTHS_BEFORE = 24  # under ordinary law, so that cash, arrears and jobs are at rest at month 0
BEFORE_ALL = -10_000  # a month before any wave of a rollout
FOLDS = 40

Progress = Callable[[str, int, int], None]


class RunError(RuntimeError):
    """The run itself failed; the message says why and what to do."""


@dataclass
class Counts:
    """What a run remembers.  Axes: world, month, counter, group; fold."""

    counters: list[str]
    frames: np.ndarray  # (world, month, counter, group)
    folds: np.ndarray  # (fold, world, counter, group) months in which the scheme stood
    climate: dict[str, np.ndarray]  # name -> (month, world, ...)
    repeal_month: list[int | None]  # (world)
    threads_used: set[int] = field(default_factory=set)
    apart: Apart | None = None  # of a rollout: counts by cohort and place
    ended: list[list[int | None]] = field(default_factory=list)  # ... repeal_month of each wave

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
        # What each block lives under: the same, but in a rollout (`turn`).
        self.rules = [(self.society, self.scheme)] * len(plan.blocks)
        self.cohorts = [0] * len(plan.blocks)
        self.deeds = plan.scheme_tables.points.size
        self.groups = sum(len(names) for names in GROUPINGS.values())
        self.counters = frames.counters(list(facts.read("deeds.toml")["deed"]))
        count = min(FOLDS, len(plan.blocks))
        self.order = order or list(range(count))
        self.folds: list[Any] = [None] * count
        self.threads_used: set[int] = set()
        regions = max(plan.regions) + 1
        self.by_block: np.ndarray | None = None
        if plan.calendar:
            self.cohorts = [plan.calendar.of_place[b.place_index] for b in plan.blocks]
            self.kept = of_places(self.counters)
            self.by_block = np.zeros((len(plan.blocks), len(WORLDS), len(self.kept)), np.int64)
            self.under: dict[int, rollout.Rules] = {}  # by cohort
            self.turn(BEFORE_ALL)
        shape = (max(self.cohorts) + 1, len(WORLDS), len(self.counters), self.groups)
        self.apart = np.zeros((count, *shape), np.int64)  # (fold, cohort, world, counter, group)
        self.shared = np.zeros((count, len(WORLDS), regions, cl.items(self.deeds)), np.int64)
        self.stages: list[Any] = []
        self.names: list[str] = []
        self.count: Any = None

    def compile(self, weather: Any) -> None:
        """The machine code of every stage and of the counting."""
        given = self.folds[0], 0, *self.rules[0], weather, 0
        self.stages = entries(MONTH, *given)
        kernels: tuple[Any, ...] = MONTH
        plain = [getattr(stage, "py_func", stage).__name__ for stage in kernels]
        self.names = [name.removesuffix("_block") for name in plain]
        if self.counting:
            self.count = entries([count_block], *given, self.apart[0, 0], self.shared[0])[0]

    @property
    def out(self) -> np.ndarray:
        """Counts of the month (fold, world, counter, group)."""
        return self.apart[:, 0] if self.apart.shape[1] == 1 else self.apart.sum(axis=1)

    def turn(self, month: int, over: frozenset[int] = frozenset()) -> None:
        """In a rollout, give blocks the rules of a new month, and files where a scheme opens.

        `over`: waves that outcry has ended.
        """
        calendar = self.plan.calendar
        for c in sorted(set(self.cohorts)) if calendar else ():
            assert calendar is not None
            rules, was = calendar.rules(c, month, over), self.under.get(c)
            if was is not None and rules[:2] == was[:2]:
                continue
            self.under[c] = rules
            tables = as_record(rules.society), as_record(rules.scheme)
            for b in (b for b, cohort in enumerate(self.cohorts) if cohort == c):
                self.rules[b] = tables
                if was is not None and rules.state != was.state:
                    blocks, k = self.folds[b % len(self.folds)], b // len(self.folds)
                    enrol_block(blocks, k, tables[1])
                    open_again(blocks, k, rules.scheme)

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
                begin_block(blocks, k, *self.rules[mine[k]])
            self.folds[fold] = blocks

        self.each_fold(make)

    def month(self, climate: cl.Climate, month: int) -> None:
        """Let every block live this month; its counts are in `apart` and `shared` after."""
        weather = cl.by_region(climate)
        if not self.stages:
            self.compile(weather)

        def live(fold: int) -> None:
            self.threads_used.add(threading.get_ident())
            self.apart[fold] = 0
            self.shared[fold] = 0
            for k in range(len(self.folds[fold].files)):
                self.lead(fold, k, weather, month)

        self.each_fold(live)

    def lead(self, fold: int, k: int, weather: Any, month: int) -> None:
        """Lead one block through one month, and count it."""
        block = fold + k * len(self.folds)
        given = self.folds[fold], k, *self.rules[block], weather, month
        for name, stage in zip(self.names, self.stages, strict=True):
            stage(*given)
            self.lived(fold, k, month, name)
        if not holds(*given[:2]):
            raise RunError(
                "more records than the ledger of a block holds; lower the rates "
                "or the shares seen in this scheme or society."
            )
        if month >= 0 and self.counting:
            out = self.apart[fold, self.cohorts[block]]
            before = out[:, self.kept, 0] if self.by_block is not None else None
            self.count(*given, out, self.shared[fold])
            if self.by_block is not None:
                self.by_block[block] = out[:, self.kept, 0] - before
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
    unfolding = unfold(plan)
    climate = cl.before(plan.society_tables, max(plan.regions) + 1, steps.deeds)
    backlog = min(unfolding.backlog(), months_before)
    for month in range(-months_before, 0):
        if month == -backlog:
            steps.fork()
            climate = unfolding.record(climate)
        steps.turn(month)
        steps.month(climate, month)
        tell("months", month + months_before + 1, months_before + plan.months)
    if backlog == 0:
        steps.fork()
    return climate


def unfold(plan: Plan) -> Everywhere | Unfolding:
    """How the scheme, or the schemes of a calendar, go on from month to month."""
    if plan.calendar is None:
        return Everywhere(plan.scheme_tables, plan.society_tables)
    cohorts = {
        region: plan.calendar.of_place[block.place_index]
        for region, block in zip(plan.regions, plan.blocks, strict=True)
    }
    return Unfolding(plan.calendar, plan.society_tables, [cohorts[r] for r in sorted(cohorts)])


def live_months(plan: Plan, steps: Lockstep, tell: Progress, months_before: int) -> Counts:
    """The months before the start, then the months that count."""
    climate = live_before(plan, steps, tell, months_before)
    unfolding = unfold(plan)
    climate = unfolding.begin(climate)
    shape = (len(WORLDS), plan.months, len(steps.counters), steps.groups)
    found = np.zeros(shape, np.int64)
    apart = Apart(plan.calendar, plan.blocks, shape, steps.counters) if plan.calendar else None
    folds = np.zeros_like(steps.out)
    past: dict[str, list[np.ndarray]] = {name: [] for name in cl.Climate._fields[1:]}
    for month in range(plan.months):
        for name, kept in past.items():
            kept.append(getattr(climate, name))
        steps.turn(month, unfolding.over)
        steps.month(climate, month)
        found[:, month] = steps.out.sum(axis=0)
        if apart and steps.by_block is not None:
            apart.keep(month, steps.apart, steps.by_block)
        if unfolding.repeal_month[SCHEME] is None:
            folds += steps.out
        climate = unfolding.follow(climate, steps.shared.sum(axis=0), month)
        tell("months", months_before + month + 1, months_before + plan.months)
    recorded = {name: np.stack(kept) for name, kept in past.items()}
    return Counts(
        steps.counters, found, folds, recorded, unfolding.repeal_month, steps.threads_used,
        apart, [outcry.month for outcry in unfolding.outcries],
    )  # fmt: skip
