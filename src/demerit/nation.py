"""Nation: a run of any size, from its climate to its counts, with a ledger of what is done.

Plan, pilot  ->  climate (lockstep)  ->  everybody in it, range after range  ->  Counts

A run of no more people than its pilot is the pilot, and its counts are the result.  Above, the
pilot makes the climate and everybody lives in it (stream.py); what everybody does is held against
what the pilot did (settle.py).  Each month of a pilot and each range of blocks becomes an entry of
the ledger, if there is one: a run that goes on lives the months of an unfinished pilot again and
holds them against the ledger, and takes a finished pilot and finished ranges as they are.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit import facts, run, settle, stream
from demerit.columns import SCHEME, WORLDS
from demerit.ledger import Entry, Ledger

FIELDS = cl.Climate._fields[1:]
Arrays = dict[str, np.ndarray]
PASSES_MAX = 3  # times that everybody may live again


@dataclass(frozen=True)
class Pilot:
    """What everybody is to live in.  Axes: month, world, region, item."""

    climates: list[cl.Climate]
    repeal_month: list[int | None]
    counted: np.ndarray
    squares: np.ndarray
    survey: np.ndarray  # (fold, world, row, group) rows of the survey in Counts.folds


class Kept:
    """One replicate's part of a ledger; of none, nothing is kept."""

    def __init__(self, ledger: Ledger | None, replicate: int):
        self.ledger, self.replicate = ledger, replicate

    def entries(self, kind: str, **said: Any) -> list[Entry]:
        """The entries of this kind of which all this is said."""
        if self.ledger is None:
            return []
        return list(self.ledger.find(kind=kind, replicate=self.replicate, **said))

    def arrays(self, entry: Entry) -> Arrays:
        """The arrays of an entry."""
        assert self.ledger is not None
        return self.ledger.arrays(entry)

    def add(self, kind: str, arrays: Arrays, **said: Any) -> None:
        """One more entry."""
        if self.ledger:
            self.ledger.append({"kind": kind, "replicate": self.replicate, **said}, arrays)


def dealt(plan: run.Plan, most: int, place: str | None) -> tuple[run.Plan, run.Plan | None]:
    """A plan and its pilot of so many people, whose regions it shares; no pilot where everybody of
    the plan is no more than that."""
    if plan.people <= most:
        return plan, None
    if plan.calendar:
        raise facts.InputError(
            f"people: {plan.people:,} are more than a calendar of schemes runs on, which needs all "
            f"of them in lockstep; at most {most:,} (--pilot), as in --people 500k."
        )
    pilot = run.pilot_of(plan, most, place)
    return replace(plan, regions=run.regions_of(plan.blocks, pilot.blocks)), pilot


def simulate(
    plan: run.Plan, pilot: run.Plan | None = None, threads: int = 1,
    tell: run.Progress | None = None, ledger: Ledger | None = None, passes: int = 0,
    months_before: int = run.MONTHS_BEFORE, engine: stream.Engine | None = None,
    watch: run.Watch | None = None,
) -> run.Counts:  # fmt: skip
    """Run a plan, by way of a pilot if there is one; `passes` is how often everybody may live again
    where the climate has not settled, `engine` who lives the ranges of everybody (shard.py).
    `watch` is shown the months of a run without a pilot."""
    kept = Kept(ledger, plan.replicate)
    said = tell or (lambda stage, done, total: None)
    if pilot is None:
        return whole(plan, threads, said, kept, months_before, watch)
    found = live_pilot(pilot, threads, said, kept, months_before)
    return everybody(plan, found, threads, said, kept, passes, months_before, engine)


def replicates(
    plan: run.Plan, pilot: run.Plan | None, count: int
) -> Iterator[tuple[run.Plan, run.Plan | None]]:
    """The same plans with other luck."""
    for k in range(count):
        yield replace(plan, replicate=k), replace(pilot, replicate=k) if pilot else None


def settled(counts: run.Counts, pilot: int) -> dict[str, Any]:
    """For run.json: whether everybody bore out the climate that a pilot of so many made; without a
    pilot there is nothing to bear out."""
    if counts.settling is None:
        return {"settled": True, "pilot": None}
    rest = {key: value for key, value in counts.settling.items() if key != "settled"}
    return {"settled": counts.settling["settled"], "pilot": {"people": pilot, **rest}}


# ---- the pilot


class Recorder:
    """Keeps each month of a lockstep, or holds it against what the ledger already has."""

    def __init__(self, kept: Kept):
        self.kept, self.known = kept, kept.entries("month")
        self.months: list[Arrays] = []
        self.repeal: list[int | None] = []

    def recall(self) -> None:
        """Take all months from the ledger."""
        self.months = [self.kept.arrays(entry) for entry in self.known]
        self.repeal = list(self.known[-1].what["repeal"])

    def __call__(
        self, month: int, climate: cl.Climate, steps: run.Lockstep, repealed: list[int | None]
    ) -> None:
        """See `run.Watch`."""
        arrays = {f"climate.{name}": getattr(climate, name) for name in FIELDS}
        arrays["counted"] = steps.shared.sum(axis=0)
        arrays["squares"] = settle.scatter(steps.shared)
        self.months.append(arrays)
        self.repeal = list(repealed)
        if month >= len(self.known):
            self.kept.add("month", arrays, month=month, repeal=self.repeal)
            return
        what, known = self.known[month].what, self.kept.arrays(self.known[month])
        same = what["month"] == month and what["repeal"] == self.repeal
        if not (same and all(np.array_equal(known[name], arrays[name]) for name in arrays)):
            raise run.RunError(
                f"lived again, month {month} is not as the ledger has it: the run was begun by "
                "another demerit than this, or with other libraries. Start it again."
            )


def whole(
    plan: run.Plan, threads: int, tell: run.Progress, kept: Kept, months_before: int,
    watch: run.Watch | None = None,
) -> run.Counts:  # fmt: skip
    """Everybody in lockstep; the counts become an entry, but those of a rollout, which go on from
    its months alone: they are kept by place, too."""
    for entry in kept.entries("counts") if plan.calendar is None else ():
        arrays = kept.arrays(entry)
        climate = {name: arrays[f"climate.{name}"] for name in FIELDS}
        return run.Counts(
            entry.what["counters"], arrays["frames"], arrays["folds"], climate,
            entry.what["repeal"], worlds=plan.worlds,
        )  # fmt: skip
    recorder = Recorder(kept) if kept.ledger else watch
    found = run.simulate(plan, threads, tell, None, months_before, recorder)
    if plan.calendar is None:
        arrays = {"frames": found.frames, "folds": found.folds}
        arrays |= {f"climate.{name}": found.climate[name] for name in FIELDS}
        kept.add("counts", arrays, counters=found.counters, repeal=found.repeal_month)
    return found


def live_pilot(
    pilot: run.Plan, threads: int, tell: run.Progress, kept: Kept, months_before: int
) -> Pilot:
    """The climate of every month and what a survey found, from the ledger if it has them all."""
    recorder = Recorder(kept)
    if known := kept.entries("survey"):
        recorder.recall()
        survey = kept.arrays(known[0])["survey"]
    else:
        found = run.simulate(pilot, threads, tell, None, months_before, recorder)
        survey = found.folds[:, :, len(found.counters) :]
        kept.add("survey", {"survey": survey})
    months = recorder.months
    climates = [
        cl.Climate(len(WORLDS), **{name: arrays[f"climate.{name}"] for name in FIELDS})
        for arrays in months
    ]
    counted, squares = (np.stack([m[name] for m in months]) for name in ("counted", "squares"))
    return Pilot(climates, recorder.repeal, counted, squares, survey)


# ---- everybody


def everybody(
    plan: run.Plan, pilot: Pilot, threads: int, tell: run.Progress, kept: Kept, passes: int,
    months_before: int, engine: stream.Engine | None = None,
) -> run.Counts:  # fmt: skip
    """Everybody through all months in the pilot's climate; again, where that has not settled and it
    is asked for, in the climate of the mean of what was read and what was counted."""
    climates, read, squares = pilot.climates, pilot.counted, pilot.squares
    repealed = pilot.repeal_month[SCHEME]
    window = plan.months if repealed is None else repealed + 1
    deeds = list(facts.read("deeds.toml")["deed"])
    judged: list[dict[str, Any]] = []
    while True:
        turn = len(judged)
        asked = stream.Asked(plan, climates, months_before)
        total, folds, counters = one_pass(
            asked, engine or stream.on_threads(threads), tell, kept, turn, window
        )
        judged.append(settle.judge(read, squares, total.shared, deeds))
        if judged[-1]["settled"] or turn == passes:
            break
        read = settle.mean_counts(read, total.shared)
        climates = settle.climates_of(plan, read, climates)
    # A survey asks a sample, and people of the pilot are one: nobody is asked on the way.
    surveyed = np.zeros((len(folds), *pilot.survey.shape[1:]), np.int64)
    for fold, rows in enumerate(pilot.survey):
        surveyed[fold % len(folds)] += rows
    folds = np.concatenate([folds, surveyed], axis=2)
    settling = {
        **judged[-1], "passes": [found["residual"] for found in judged],
        "repeal_month_counted": settle.repeal_counted(plan, total.shared),
    }  # fmt: skip
    recorded = {name: np.stack([getattr(c, name) for c in climates]) for name in FIELDS}
    return run.Counts(
        counters, total.frames, folds, recorded, pilot.repeal_month, settling, worlds=plan.worlds
    )


def one_pass(
    asked: stream.Asked, engine: stream.Engine, tell: run.Progress, kept: Kept, turn: int,
    window: int,
) -> tuple[stream.Part, np.ndarray, list[str]]:  # fmt: skip
    """Every range of blocks, lived now or taken from the ledger, added up: whole numbers, so that
    it is the same sum in whatever order the ranges come."""
    plan, done, lock = asked.plan, 0, threading.Lock()
    stage = "everybody" if turn == 0 else f"everybody, again ({turn})"
    steps = run.Steps(plan, 1)
    shape = (plan.months, *steps.shared.shape[1:])
    total = stream.Part(
        np.zeros((len(WORLDS), plan.months, *steps.out.shape[2:]), np.int64),
        np.zeros(shape, np.int64),
    )
    folds = np.zeros((min(run.FOLDS, len(plan.blocks)), *steps.out.shape[1:]), np.int64)

    def lived(people: int) -> None:
        nonlocal done
        with lock:
            done += people
            tell(stage, done, plan.people)

    def add(which: range, part: stream.Part) -> None:
        total.frames += part.frames
        total.shared += part.shared
        folds[which.start % run.FOLDS] += part.frames[:, :window].sum(axis=1)

    known = {tuple(entry.what["range"]): entry for entry in kept.entries("range", turn=turn)}
    missing = []
    for which in stream.ranges(len(plan.blocks)):
        if (entry := known.get((which.start, which.stop, which.step))) is None:
            missing.append(which)
            continue
        add(which, stream.Part(**kept.arrays(entry)))
        lived(int(plan.blocks[which].people.sum()))
    for which, part in engine(asked, missing, lived) if missing else ():
        arrays = {"frames": part.frames, "shared": part.shared}
        kept.add("range", arrays, turn=turn, range=(which.start, which.stop, which.step))
        add(which, part)
    return total, folds, steps.counters
