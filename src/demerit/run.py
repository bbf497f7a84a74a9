"""Run: blocks of people through the months, in every world at once, on the same draws.

Plan (society, scheme, blocks)  ->  Counts (frames, folds, climate)

Up to two million people everyone is the pilot, in lockstep: all blocks live a month, their counts
are added up in a fixed order, and the next month's climate is made of them (climate.py).  Blocks
are dealt into folds; a fold is one task of the thread pool and one group of the jackknife.  Above,
the pilot makes the climate, and everybody lives in it block by block (stream.py).
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit import facts, frames
from demerit.blocks import allocate, as_record, fork, name_block, untouched, wipe
from demerit.columns import SCHEME, WORLDS
from demerit.counts import Counts
from demerit.kernel import entries
from demerit.plan import REGION_PEOPLE, Plan, pilot_of, plan, regions_of
from demerit.scheme import rollout
from demerit.society.people import GROUPINGS, populate
from demerit.step import IDLE, MONTH, begin_block, count_block, enrol_block, holds
from demerit.step.begin import open_again, open_files
from demerit.survey.ask import Survey
from demerit.survey.tables import CELLS, fold_rows
from demerit.waves import Apart, Everywhere, Unfolding, of_places

# Of counts.py, plan.py and blocks.py, beside what is here.
__all__ = ["REGION_PEOPLE", "Counts", "Plan", "fork", "pilot_of", "plan", "regions_of"]

PEOPLE_MAX = 2_000_000  # people who can live in lockstep in memory
MONTHS_BEFORE = 24  # under ordinary law, so that cash, arrears and jobs are at rest at month 0
BEFORE_ALL = -10_000  # a month before any wave of a rollout
FOLDS = 40

Progress = Callable[[str, int, int], None]
# Shown each month of a lockstep once it is counted: the month, its climate, the lockstep, when
# outcry has ended the scheme (world,).
Watch = Callable[[int, cl.Climate, "Lockstep", list[int | None]], None]


class RunError(RuntimeError):
    """The run itself failed; the message says why and what to do."""


def idle(climate: cl.Climate, month: int) -> bool:
    """Is this a month before the start in which nothing is counted and no record is kept?"""
    return month < 0 and climate.worlds == 1


class Steps:
    """The stages of a month as machine code, and folds of blocks to lead through them."""

    counting = True
    seen_before = True  # may somebody look at the months before the start?

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
        self.named: list[tuple[str, Any]] = []  # the same, each with its name
        self.at_rest: list[tuple[str, Any]] = []  # ... of months in which nobody looks
        self.count: Any = None
        self.holds: Any = None
        self.survey: Survey | None = None

    def compile(self, weather: Any) -> None:
        """The machine code of every stage and of the counting."""
        given = self.folds[0], 0, self.society, self.scheme, weather, 0
        self.stages = entries(MONTH, *given)
        kernels: tuple[Any, ...] = MONTH
        plain = [getattr(stage, "py_func", stage).__name__ for stage in kernels]
        self.names = [name.removesuffix("_block") for name in plain]
        self.named = list(zip(self.names, self.stages, strict=True))
        self.at_rest = [row for row, of in zip(self.named, kernels, strict=True) if of in IDLE]
        self.holds = entries([holds], *given[:2])[0]
        if self.counting:
            self.count = entries([count_block], *given, self.out[0], self.shared[0])[0]

    def people_of(self, mine: Sequence[int], room: Any = None) -> Any:
        """The people of these blocks of the plan, in the room of as many others if there is any."""
        plan = self.plan
        if room is None or len(room.files) != len(mine):
            blocks = allocate(len(mine), self.deeds, len(GROUPINGS), self.groups)
        else:
            blocks = room
            wipe(blocks, untouched(plan.scheme_tables))
        open_files(blocks, plan.scheme_tables.start)
        for k, block in enumerate(plan.blocks[b] for b in mine):
            region = int(plan.regions[mine[k]])
            head = (plan.seed, block.first, block.people, plan.replicate, region)
            world = name_block(blocks, k, head)
            populate(world, plan.society.people, block.province_index, block.people)
            self.came(world, "society")
            begin_block(blocks, k, *self.rules_of(mine[k]))
            self.came(world, "begin")
        return blocks

    def came(self, world: Any, writer: str) -> None:
        """One block has its people (`society`), or what they begin with (`begin`): nothing, but for
        who deals it out anew (gaps)."""

    def lead(self, fold: int, k: int, weather: Any, month: int, idle: bool = False) -> None:
        """Lead one block through one month, and count it."""
        given = self.folds[fold], k, *self.rules_at(fold, k), weather, month
        for name, stage in self.at_rest if idle else self.named:
            stage(*given)
            self.lived(fold, k, month, name)
        if not idle and not self.holds(*given[:2]):
            raise RunError(
                "more records than the ledger of a block holds; lower the rates "
                "or the shares seen in this scheme or society."
            )
        if month >= 0 and self.counting:
            self.tally(fold, k, given)
        self.lived(fold, k, month, "month")

    def idle(self, climate: cl.Climate, month: int) -> bool:
        """Does nobody look this month, at anything: neither who runs this, nor an agency?"""
        return idle(climate, month) and not self.seen_before

    def rules_of(self, block: int) -> tuple[Any, Any]:
        """The tables of society and scheme that a block of the plan lives under."""
        return self.society, self.scheme

    def rules_at(self, fold: int, k: int) -> tuple[Any, Any]:
        """The same for the k-th block of a fold."""
        return self.society, self.scheme

    def tally(self, fold: int, k: int, given: tuple[Any, ...]) -> None:
        """Add what one block did this month to the counts of its fold."""
        self.count(*given, self.out[fold], self.shared[fold])

    def lived(self, fold: int, k: int, month: int, stage: str) -> None:
        """One block has lived this stage, or this month: nothing, but for who looks (replay)."""


class Lockstep(Steps):
    """All blocks of a plan, month by month, on a pool of threads."""

    def __init__(self, plan: Plan, pool: ThreadPoolExecutor, threads: int, order: list[int] | None,
                 folds: int = FOLDS):  # fmt: skip
        super().__init__(plan, min(folds, len(plan.blocks)))
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
        rests = self.idle(climate, month)
        weather = cl.by_region(climate, rests, self.plan.worlds)
        if not self.stages:
            self.compile(weather)

        def live(fold: int) -> None:
            self.threads_used.add(threading.get_ident())
            self.clear(fold)
            for k in range(len(self.folds[fold].files)):
                self.lead(fold, k, weather, month, rests)
            if month >= 0 and self.survey:
                self.survey.month(fold, weather[0], month)

        self.each_fold(live)

    def clear(self, fold: int) -> None:
        """Count from nought."""
        self.out[fold] = 0
        self.shared[fold] = 0

    def turn(self, month: int, over: frozenset[int] = frozenset()) -> None:
        """A new month's rules: those of last month, but in a rollout."""

    def fork(self) -> None:
        """Let every world start as that of ordinary law stands."""
        self.each_fold(lambda fold: fork(self.folds[fold], self.plan.worlds))


class ByPlace(Lockstep):
    """A lockstep in which places live under rules of their own: a rollout."""

    def __init__(self, plan: Plan, pool: ThreadPoolExecutor, threads: int, order: list[int] | None,
                 folds: int = FOLDS):  # fmt: skip
        super().__init__(plan, pool, threads, order, folds)
        assert plan.calendar is not None
        self.calendar = plan.calendar
        self.cohorts = plan.cohorts.tolist()
        self.rules: dict[int, tuple[Any, Any]] = {}  # by cohort
        self.under: dict[int, rollout.Rules] = {}  # by cohort
        self.kept = of_places(self.counters)
        self.by_block = np.zeros((len(plan.blocks), len(WORLDS), len(self.kept)), np.int64)
        shape = (len(self.folds), max(self.cohorts) + 1, *self.out.shape[1:])
        self.apart = np.zeros(shape, np.int64)  # (fold, cohort, world, counter, group)
        self.turn(BEFORE_ALL)

    def rules_of(self, block: int) -> tuple[Any, Any]:
        """See `Steps`."""
        return self.rules[self.cohorts[block]]

    def rules_at(self, fold: int, k: int) -> tuple[Any, Any]:
        """See `Steps`."""
        return self.rules_of(fold + k * len(self.folds))

    def tally(self, fold: int, k: int, given: tuple[Any, ...]) -> None:
        """Apart for each cohort, and for each block what is kept by place."""
        block = fold + k * len(self.folds)
        out = self.apart[fold, self.cohorts[block]]
        before = out[:, self.kept, 0]
        self.count(*given, out, self.shared[fold])
        self.by_block[block] = out[:, self.kept, 0] - before

    def clear(self, fold: int) -> None:
        """See `Lockstep`."""
        super().clear(fold)
        self.apart[fold] = 0

    def month(self, climate: cl.Climate, month: int) -> None:
        """Let every block live this month; its counts are in `apart`, too."""
        super().month(climate, month)
        self.out[:] = self.apart.sum(axis=1)

    def turn(self, month: int, over: frozenset[int] = frozenset()) -> None:
        """Give blocks the rules of a new month, and files where a scheme opens.

        `over`: waves that outcry has ended.
        """
        for c in sorted(set(self.cohorts)):
            rules, was = self.calendar.rules(c, month, over), self.under.get(c)
            if was is not None and rules[:2] == was[:2]:
                continue
            self.under[c] = rules
            self.rules[c] = as_record(rules.society), as_record(rules.scheme)
            if was is None or rules.state == was.state:
                continue
            for b in (b for b, cohort in enumerate(self.cohorts) if cohort == c):
                blocks, k = self.folds[b % len(self.folds)], b // len(self.folds)
                enrol_block(blocks, k, self.rules[c][1])
                open_again(blocks, k, rules.scheme)


def lockstep(
    plan: Plan, pool: ThreadPoolExecutor, threads: int, order: list[int] | None = None,
    folds: int = FOLDS,
) -> Lockstep:  # fmt: skip
    """The lockstep of a scheme, or of a calendar of them."""
    return (ByPlace if plan.calendar else Lockstep)(plan, pool, threads, order, folds)


def simulate(
    plan: Plan, threads: int = 1, progress: Progress | None = None,
    order: list[int] | None = None, months_before: int = MONTHS_BEFORE,
    watch: Watch | None = None, ask: bool = True, folds: int = FOLDS,
) -> Counts:  # fmt: skip
    """Run a plan; the counts are the same bits for any number of threads, folds and order of folds,
    but for a survey that asks a sample, which is of each fold.
    `watch` is shown each month when it is counted; without `ask` nobody is surveyed, and the tables
    of the survey are noughts.  Chance is told by `folds`."""
    if plan.people > PEOPLE_MAX:
        raise facts.InputError(
            f"people: {plan.people:,} are more than live in lockstep; at most {PEOPLE_MAX:,} do."
        )
    tell = progress or (lambda stage, done, total: None)
    with ThreadPoolExecutor(threads) as pool:
        steps = lockstep(plan, pool, threads, order, folds)
        steps.seen_before = False
        tell("people", 0, 1)
        steps.people()
        return live_months(plan, steps, tell, months_before, watch, ask)


def climates_before(plan: Plan, months_before: int) -> Iterator[tuple[int, cl.Climate]]:
    """The months before the start with their climate, that of ordinary law.

    The worlds part where the scheme's old records begin, at the latest at the start: before the
    first month whose climate has all worlds.
    """
    unfolding, climate = unfold(plan), first(plan)
    backlog = min(unfolding.backlog(), months_before)
    for month in range(-months_before, 0):
        if month == -backlog:
            climate = unfolding.record(climate)
        yield month, climate


def first(plan: Plan) -> cl.Climate:
    """The climate of ordinary law, of which that of the first month that counts is made."""
    scheme = plan.scheme_tables
    return cl.before(plan.society_tables, plan.region_count, scheme.points.size, scheme)


def unfold(plan: Plan) -> Everywhere | Unfolding:
    """How the scheme, or the schemes of a calendar, go on from month to month."""
    if plan.calendar is None:
        return Everywhere(plan.scheme_tables, plan.society_tables)
    of_region = dict(zip(plan.regions.tolist(), plan.cohorts.tolist(), strict=True))
    return Unfolding(plan.calendar, plan.society_tables, [of_region[r] for r in sorted(of_region)])


def live_before(plan: Plan, steps: Lockstep, tell: Progress, months_before: int) -> None:
    """Live the months before the start; the worlds have parted when they are over."""
    worlds = 1
    for month, climate in climates_before(plan, months_before):
        if climate.worlds > worlds:
            steps.fork()
        worlds = climate.worlds
        steps.turn(month)
        steps.month(climate, month)
        tell("months", month + months_before + 1, months_before + plan.months)
    if worlds == 1:
        steps.fork()


def live_months(
    plan: Plan, steps: Lockstep, tell: Progress, months_before: int, watch: Watch | None = None,
    ask: bool = True,
) -> Counts:  # fmt: skip
    """The months before the start, then the months that count."""
    live_before(plan, steps, tell, months_before)
    unfolding = unfold(plan)
    climate = unfolding.begin(first(plan))
    shape = (len(WORLDS), plan.months, len(steps.counters), steps.groups)
    found = np.zeros(shape, np.int64)
    folds = np.zeros_like(steps.out)
    apart = Apart(plan.calendar, plan.blocks, shape, steps.counters) if plan.calendar else None
    steps.survey = survey = surveyed(plan, steps) if ask else None
    past: dict[str, list[np.ndarray]] = {name: [] for name in cl.Climate._fields[1:]}
    for month in range(plan.months):
        for name, kept in past.items():
            kept.append(getattr(climate, name))
        steps.turn(month, unfolding.over)
        steps.month(climate, month)
        found[:, month] = steps.out.sum(axis=0)
        if apart and isinstance(steps, ByPlace):
            apart.keep(month, steps.apart, steps.by_block)
        if unfolding.repeal_month[SCHEME] is None:
            folds += steps.out
        after = unfolding.follow(climate, steps.shared.sum(axis=0), month)
        if survey and unfolding.repeal_month[SCHEME] is not None:
            survey.end(month, steps.each_fold)
        if watch:
            watch(month, climate, steps, unfolding.repeal_month)
        climate = after
        tell("months", months_before + month + 1, months_before + plan.months)
    recorded = {name: np.stack(kept) for name, kept in past.items()}
    cells = survey.cells if survey else np.zeros((len(folds), len(WORLDS), CELLS), np.int64)
    return Counts(
        steps.counters, found, np.concatenate([folds, fold_rows(cells)], axis=2), recorded,
        unfolding.repeal_month, threads_used=steps.threads_used, apart=apart, worlds=plan.worlds,
        ended=[outcry.month for outcry in unfolding.outcries],
    )  # fmt: skip


def surveyed(plan: Plan, steps: Lockstep) -> Survey | None:
    """The survey of a run; none of a rollout, where scores of several schemes do not compare."""
    if plan.calendar:
        return None
    deeds = list(facts.read("deeds.toml")["deed"])
    return Survey(plan.society_tables, plan.scheme_tables, deeds, plan.months, steps.folds)
