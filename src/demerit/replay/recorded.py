"""Recorded: blocks of a run lived again, over the climate that the run recorded.

run.json, climate.parquet  ->  Recorded  ->  the columns of a block, stage by stage, month by month

No life is stored.  Whoever wants to read one lives that person's block again: the draws have their
addresses and the climate of every month is on record, so that the block does what it did.  Of a run
with several replicates the first has left its climate, and is the one that is lived again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from demerit import __version__, chosen, facts, mechanism, nation, run, stream
from demerit import climate as cl
from demerit.columns import SCHEME, WORLDS
from demerit.ensemble import load_society, numbers
from demerit.facts import InputError
from demerit.scheme import Scheme
from demerit.stream import AFTER_MONTH, See

FIELDS = cl.Climate._fields[1:]
OLD = "it was written by another version of demerit; run it again: {command}"


@dataclass(frozen=True)
class Recorded:
    """A run as its folder tells it, ready to be lived again.

    To keep one is to have every life of the run at hand: what is the same for all of them, the
    climate of each month and the machine code, is made ready with the first that is asked for.
    Several threads may ask at once.
    """

    document: dict[str, Any]
    plan: run.Plan
    climates: list[cl.Climate]  # (month,)
    deeds: dict[str, Any]  # the deed axis, with what is said of each
    agencies: list[str]

    @property
    def tiers(self) -> list[str]:
        """Keys of the tiers, best first."""
        return [tier["key"] for tier in self.plan.scheme.spec.get("tier", [])] or ["none"]

    def points(self, month: int) -> np.ndarray:
        """What an entry is worth in a month (deed,) [points]: by the rules, or as was learned."""
        weights: np.ndarray = self.climates[month].weights[SCHEME]
        return self.plan.scheme_tables.points + weights

    @cached_property
    def steps(self) -> stream.Through:
        """All months and their machine code, for `Through.again`."""
        way = stream.way(self.plan, self.climates, run.MONTHS_BEFORE, seen=True)
        made = stream.Through(self.plan, way, 1, counting=False)
        made.ready()
        return made

    @property
    def months_in_force(self) -> int:
        """Months from the start in which the scheme stood; nought for ordinary law [months]."""
        return sum(int(climate.in_force[SCHEME]) for climate in self.climates)


def recall(document: dict[str, Any], climate: dict[str, np.ndarray]) -> Recorded:
    """The plan of a run, and its climate month by month.  InputError for one of another version,
    and for a rollout."""
    if "rollout" in document:
        raise InputError(
            f"{document['run']}: is a run of a calendar, whose lives are not told one by one yet; "
            "run the scheme of one wave on its own to read its lives."
        )
    if "rules" not in document or not set(FIELDS) <= set(climate):
        raise InputError(foreign(document, "its folder lacks what is needed to live it again"))
    scheme = Scheme(
        document["scheme"], document["scheme_title"], document["rules"], document["scheme_file"]
    )
    key = document["society"]
    own = chosen.choose(document.get("set", ()))
    changed = {**own, **mechanism.off(tuple(document["without"]), scheme, key)}
    society = load_society(key, changed)
    check(document, scheme, society)
    made = run.plan(
        scheme, society, document["months"], document["seed"], document["people"],
        document["place"], values=changed,
    )  # fmt: skip
    made = replace(made, worlds=len(document["worlds"]))
    if document.get("pilot"):
        made, _ = nation.dealt(made, document["pilot"]["people"], document["place"])
    deeds = facts.read("deeds.toml")["deed"]
    return Recorded(
        document, made, months_of(climate), deeds, list(facts.read("agencies.toml")["agency"])
    )


def months_of(climate: dict[str, np.ndarray]) -> list[cl.Climate]:
    """The climate by month: of arrays (world, month, ...)."""
    months = climate[FIELDS[0]].shape[1]
    lacking = len(WORLDS) - len(climate[FIELDS[0]])  # worlds that were not lived
    full = {n: np.concatenate([climate[n], *[climate[n][-1:]] * lacking]) for n in FIELDS}
    return [
        cl.Climate(len(WORLDS), **{n: np.ascontiguousarray(full[n][:, m]) for n in FIELDS})
        for m in range(months)
    ]


def check(document: dict[str, Any], scheme: Scheme, society: Any) -> None:
    """Raise InputError if this program would live other lives than those of the run."""
    if document["versions"]["demerit"] != __version__:
        raise InputError(foreign(document, f"this is version {__version__}"))
    if document["society_digest"] != society.digest:
        raise InputError(foreign(document, f"the tables of {society.key} have changed"))
    then = {row["name"]: row["value"] for row in document["numbers"]["list"]}
    own = chosen.choose(document.get("set", ()))
    now = {
        name: chosen.apply(fact, name, own)["value"] for name, fact in numbers(scheme, society.key)
    }
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            raise InputError(
                foreign(document, f"{name} was {then.get(name)} then and is {now.get(name)} now")
            )


def foreign(document: dict[str, Any], why: str) -> str:
    """Why a run cannot be lived again."""
    return f"{document['run']}: cannot be lived again ({why}); {OLD.format(**document)}"


def seat_of(recorded: Recorded, person: int) -> tuple[int, int]:
    """The block of a person and their row in it.  InputError for one who does not live here."""
    first, people = recorded.plan.blocks.first, recorded.plan.blocks.people
    found = np.flatnonzero((first <= person) & (person < first + people))
    if found.size:
        return int(found[0]), person - int(first[found[0]])
    last = first + people - 1
    ends = np.concatenate([first, last])
    nearest = int(ends[np.argmin(np.abs(ends - person))])
    raise InputError(
        f"person {person}: does not live in this run. Its {recorded.plan.people:,} people have ids "
        f"from {first.min()} to {last.max()}{', with gaps' if len(first) > 1 else ''}; the nearest "
        f"is {nearest}. `demerit find RUN --where ...` gives ids to read."
    )


def live(
    recorded: Recorded,
    which: Iterable[int],
    see: See | None = None,
    months: int | None = None,
    threads: int = 1,
    stages: Iterable[str] = AFTER_MONTH,
    counting: bool = False,
    tell: run.Progress | None = None,
) -> np.ndarray | None:
    """Live these blocks again up to a month, the months before the start included.

    `see` is shown each block after the stages named ("month": after all of them), from the threads
    that live it.  Return the counts (world, month, counter, group) if they are asked for.
    """
    wanted, plan = list(which), recorded.plan
    until = run.MONTHS_BEFORE + (plan.months if months is None else months)
    steps = recorded.steps.again(recorded.steps.way[:until], min(threads, len(wanted)), counting)
    steps.see, steps.stages_wanted = see, frozenset(stages)
    people, done = int(plan.blocks[wanted].people.sum()), 0

    def lived(more: int) -> None:
        nonlocal done
        with steps.lock:
            done += more
            if tell:
                tell("people", done, people)

    part = steps.live(wanted, lived)
    return part.frames if counting else None


def live_all(
    recorded: Recorded,
    frames: dict[str, np.ndarray],
    see: See,
    months: int,
    threads: int = 1,
    tell: run.Progress | None = None,
) -> None:
    """Live every block again up to a month, and hold the counts against those of the run.

    Raises RunError if they differ: what was shown is then not of this run.
    """
    every = range(len(recorded.plan.blocks))
    found = live(recorded, every, see, months, threads, counting=True, tell=tell)
    assert found is not None
    for k, name in enumerate(frames):
        if not np.array_equal(found[:, :, k], frames[name][:, :months]):
            raise run.RunError(
                f"{recorded.document['run']}: lived again, its people do otherwise ({name}); it "
                f"was run by another demerit than this, or with other libraries."
            )
