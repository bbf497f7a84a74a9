"""Trial: one question put to the model, and its whole answer.

Request  ->  Result (document, frames, climate)

The same people with the same luck under ordinary law, under the scheme, and under the scheme
without errors; measures with both intervals; how much of it rests on assumptions.
"""

import platform
import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np

from demerit import (
    chosen,
    contrast,
    ensemble,
    facts,
    further,
    inputs,
    mechanism,
    nation,
    preface,
    waves,
)
from demerit import scheme as schemes
from demerit.columns import SCHEME, WORLDS
from demerit.draws import MONTHS_MAX, REPLICATES_MAX
from demerit.ledger import Ledger
from demerit.measures import acceptance
from demerit.published import published
from demerit.run import PEOPLE_MAX, Counts, Plan, Progress, Watch, plan, simulate
from demerit.society import grades
from demerit.society.people import GROUPINGS
from demerit.stream import Engine

PEOPLE_MIN = 1_000
PEOPLE_LIMIT = 1 << 31  # of any society
MONTHS_LIMIT = 1_200
assert MONTHS_LIMIT < MONTHS_MAX


@dataclass(frozen=True)
class Request:
    """What is asked.  `people` is the county's size for a trial, the sample's for a nation."""

    scheme: str
    society: str = "china-2020"
    place: str | None = None
    people: int | None = None
    months: int = 60
    seed: int = 1
    replicates: int = 1
    threads: int = 1
    quick: bool = False
    without: tuple[str, ...] = ()  # mechanisms that are switched off
    pilot: int = PEOPLE_MAX  # people whose counts make the climate, where the run has more
    settle: int = 0  # times that everybody may live again where the climate has not settled
    worlds: int = len(WORLDS)  # that are lived: 2 leave out the scheme without errors
    set: tuple[str, ...] = ()  # numbers of the data files that are set for this run (chosen.py)


Keep = Callable[[dict[str, Any]], Ledger]  # what decides a run -> its ledger


@dataclass
class Result:
    """What is answered.  Frames: counter -> (world, month, group); climate: (world, month, ...)."""

    request: Request
    document: dict[str, Any]
    frames: dict[str, np.ndarray]
    climate: dict[str, np.ndarray]
    # What a comparison with another scheme is made of (comparison.py); a folder does not hold it.
    runs: list[Counts] = field(default_factory=list)  # of each replicate
    draws: list[dict[str, float] | None] = field(default_factory=list)  # of ensemble.not_known
    apart: waves.Apart | None = None  # of a rollout: counts by cohort and place
    changed: list[facts.Values] = field(default_factory=list)  # the numbers of each draw
    stories: dict[str, Any] | None = None  # of people of the run (replay/stories.py)


# Headlines of each draw of what is not known, and the values that its numbers took.
Varied = tuple[list[dict[str, float] | None], list[facts.Values]]


class Setting(NamedTuple):
    """Where a scheme runs: read, checked, and placed."""

    scheme: schemes.Scheme
    society: Any
    changed: facts.Values  # numbers of mechanisms that are off
    place: str | None
    people: int
    covered: int | None = None  # whom the scheme's file holds, where that is not everybody here
    varied: Sequence[str] = ()  # the numbers that one Sobol set spans, if not this scheme's alone


def run(
    request: Request, progress: Progress | None = None, keep: Keep | None = None,
    engine: Engine | None = None,
) -> Result:  # fmt: skip
    """Answer a request.  InputError where the request is wrong, RunError where the run fails.

    `keep` opens a ledger of what is done; without it a run that is stopped has left nothing.
    `engine` lives everybody beyond the pilot (shard.py); it changes no bit of the answer.
    """
    check(request)
    here = setting(request)
    result = answer(request, here, progress, keep, engine)
    further.add(result, here, progress or (lambda stage, done, total: None))
    return result


def setting(request: Request) -> Setting:
    """Read what a request names and find where it runs.  InputError where that cannot be."""
    scheme = schemes.load(request.scheme)
    off = mechanism.off(without(request, scheme), scheme, request.society)
    changed = {**chosen.choose(request.set), **off}
    scheme = schemes.load(request.scheme, changed)
    society = ensemble.load_society(request.society, changed)
    return Setting(scheme, society, changed, *where(request, scheme, society))


def answer(
    request: Request, here: Setting, progress: Progress | None = None, keep: Keep | None = None,
    engine: Engine | None = None, watch: Watch | None = None,
    counted: Callable[[Counts], None] | None = None,
    compiled: bool = False,
) -> Result:  # fmt: skip
    """Answer a request where it runs.  RunError where the run fails.

    `watch` is shown each month of a lockstep, `counted` all counts before anything is measured;
    `compiled` says that this process has run before, so that no time is lost on kernels.
    """
    tell = progress or (lambda stage, done, total: None)
    scheme, society, _, place, people, *_ = here
    told = {"run": name(scheme, people, request), "request": asdict(request)}
    ledger = keep(told | inputs.digests(scheme, society)) if keep else None
    if not compiled:
        ready(request, here, tell)

    started = time.perf_counter()
    if ledger:
        ledger.start_clock()
    made, pilot = nation.dealt(planned(request, here), request.pilot, place)
    runs = [
        nation.simulate(
            *lucky, request.threads, tell, ledger, request.settle, engine=engine, watch=watch
        )
        for lucky in nation.replicates(made, pilot, request.replicates)
    ]
    seconds = ledger.seconds() if ledger else time.perf_counter() - started
    first = runs[0]
    if counted:
        counted(first)
    document = describe(request, scheme, society, place, people, first, seconds)
    if first.apart:
        document |= waves.said(scheme, first.apart, society.places.keys, first.ended)
    document["measures"] = measured([runs[k] for k in alike(runs)], society.currency)
    document["repeal"] = repeal(runs)
    document["other_fate"] = other_fate(runs, society.currency)
    document["published"] = published(scheme, first)
    named = [{"source": row["source"]} for row in document["published"]]
    document["sources"] |= preface.cited(named)
    varied: Varied = ([], []) if request.quick else add_not_known(document, request, here, tell)
    lived = slice(request.worlds)
    frames = {name: first.frames[lived, :, k] for k, name in enumerate(first.counters)}
    climate = {name: np.moveaxis(array[:, lived], 0, 1) for name, array in first.climate.items()}
    return Result(request, document, frames, climate, runs, varied[0], first.apart, varied[1])


def ready(request: Request, here: Setting, tell: Progress) -> None:
    """Compile every kernel, or load it, before a clock is started."""
    warm = plan(here.scheme, here.society, 1, request.seed, PEOPLE_MIN, here.place,
                values=here.changed)  # fmt: skip
    tell("compiling", 0, 1)
    simulate(warm, 1, months_before=1)
    tell("compiling", 1, 1)


def planned(request: Request, here: Setting) -> Plan:
    """Who lives where, by which tables.  InputError where a calendar is to leave out a world."""
    made = plan(
        here.scheme, here.society, request.months, request.seed, here.people, here.place,
        values=here.changed, covered=here.covered,
    )  # fmt: skip
    if made.calendar and request.worlds < len(WORLDS):
        raise facts.InputError("worlds: a calendar of schemes lives all three; leave out --worlds.")
    return replace(made, worlds=request.worlds)


def alike(runs: Sequence[Counts]) -> list[int]:
    """The replicates in which the scheme met the same fate as in the first, by number."""
    ended = [run.repeal_month[SCHEME] is not None for run in runs]
    return [k for k, fate in enumerate(ended) if fate == ended[0]]


def measured(runs: Sequence[Counts], currency: str) -> dict[str, Any]:
    """Every measure over replicates of one fate, money in what the society calls it."""
    found = contrast.contrast(runs, GROUPINGS)
    for measure in found.values():
        if measure["unit"] == "yuan":
            measure["unit"] = currency
    return found


def other_fate(runs: Sequence[Counts], currency: str) -> dict[str, Any] | None:
    """The measures of those replicates in which the scheme met another fate than in the first: they
    are never pooled with the others.  None where there are none."""
    same = set(alike(runs))
    others = [run for k, run in enumerate(runs) if k not in same]
    if not others:
        return None
    return {
        "repealed": others[0].repeal_month[SCHEME] is not None, "replicates": len(others),
        "measures": measured(others, currency),
    }  # fmt: skip


def name(scheme: Any, people: int, request: Request) -> str:
    """What a run is called, and its folder if it is given none."""
    return f"{scheme.key}-{people}-{request.months}-seed{request.seed}"


def without(request: Request, scheme: Any) -> tuple[str, ...]:
    """The mechanisms that are off: those of the scheme's file and those of the request."""
    return tuple(dict.fromkeys((*scheme.spec.get("without", ()), *request.without)))


def check(request: Request) -> None:
    """Raise one InputError that lists every number of the request that cannot be."""
    bounds = {
        "people": (request.people, PEOPLE_MIN, PEOPLE_LIMIT, "--people 100k"),
        "pilot": (request.pilot, PEOPLE_MIN, PEOPLE_MAX, "--pilot 2m"),
        "settle": (request.settle, 0, nation.PASSES_MAX, "--settle 1"),
        "worlds": (request.worlds, len(WORLDS) - 1, len(WORLDS), "--worlds law,scheme"),
        "months": (request.months, 1, MONTHS_LIMIT, "--months 60"),
        "seed": (request.seed, 0, 2**64 - 1, "--seed 1"),
        "replicates": (request.replicates, 1, min(1_000, REPLICATES_MAX), "--replicates 1"),
        "threads": (request.threads, 1, 1_024, "--threads 2"),
    }
    found = [
        f"{name}: {value:,} is out of bounds; from {low:,} to {high:,} is allowed, as in {example}."
        for name, (value, low, high, example) in bounds.items()
        if value is not None and not low <= value <= high
    ]
    if found:
        raise facts.InputError("\n".join(found))


def where(request: Request, scheme: Any, society: Any) -> tuple[str | None, int]:
    """The place that a trial runs in and how many people live in the run.

    A county trial runs 1:1 in one synthetic place of the scheme's size; the place is, unless it is
    named, the one of the scheme's province whose drawn size is nearest.
    """
    spec = scheme.spec
    if (request.people or 0) > society.population:
        raise facts.InputError(
            f"people: {request.people:,} is more than the society's {society.population:,} "
            "(--people all)."
        )
    if spec["scope"] == "nation":
        if request.place is not None:
            raise facts.InputError("place: this scheme is not a county trial; leave out --place.")
        return None, request.people or PEOPLE_MAX
    people = request.people or spec["people"]["number"]["value"]
    keys = society.places.keys
    if request.place is not None:
        if request.place not in keys:
            raise facts.InputError(
                f"place {request.place!r}: there is none of this name; places are the keys "
                f"{keys[0]} to {keys[-1]}, as in --place {keys[411]}."
            )
        return request.place, people
    rows = np.arange(len(keys))
    if spec.get("province") in society.provinces:
        rows = rows[society.places.province == society.provinces.index(spec["province"])]
    gap = np.abs(society.places.people[rows] - spec["people"]["number"]["value"])
    return keys[rows[int(np.argmin(gap))]], people


def describe(
    request: Request, scheme: Any, society: Any, place: str | None, people: int, counts: Counts,
    seconds: float,
) -> dict[str, Any]:  # fmt: skip
    """All of run.json but the measures."""
    shown = preface.assumptions(scheme, request.society, chosen.choose(request.set))
    months = request.months
    command = (
        f"demerit run {request.scheme} --people {people} --months {months} --seed {request.seed}"
    )
    command += f" --place {place}" if place else ""
    command += f" --society {request.society}" if request.society != "china-2020" else ""
    command += f" --replicates {request.replicates}" if request.replicates > 1 else ""
    command += "".join(f" --without {key}" for key in request.without)
    command += "".join(f" --set {shlex.quote(text)}" for text in request.set)
    if counts.settling:
        command += f" --pilot {request.pilot}" if request.pilot != PEOPLE_MAX else ""
        command += f" --settle {request.settle}" if request.settle else ""
    if request.worlds < len(WORLDS):
        command += f" --worlds {','.join(WORLDS[: request.worlds])}"
    command += " --quick" if request.quick else ""
    groups = [name for names in GROUPINGS.values() for name in names]
    lived = people * months * request.worlds * request.replicates
    return {
        "format": 1,
        "statement": preface.statement(scheme, shown["assumed_share"]),
        "run": name(scheme, people, request), **nation.settled(counts, request.pilot),
        "scheme": scheme.key, "scheme_title": scheme.title,
        "scheme_file": scheme.name, "rules": scheme.spec, "society_digest": society.digest,
        "society": society.key, "society_title": society.title, "place": place,
        "currency": society.currency, "totals": grades(society.key),
        "people": people, "scored_people": int(counts.frames[SCHEME, :, 1, 0].max()),
        "months": months, "months_in_force": counts.window,
        "seed": request.seed, "replicates": request.replicates, "quick": request.quick,
        "without": list(without(request, scheme)), "set": list(request.set),
        "worlds": list(WORLDS[: request.worlds]), "seconds": seconds,
        "person_months_per_s": lived / seconds,
        "peak_rss_bytes": preface.peak_rss(), "digest": counts.digest(), "not_known_seconds": None,
        "versions": {
            "demerit": version("demerit"), "numpy": np.__version__, "numba": version("numba"),
            "python": platform.python_version(),
        },
        "command": command, "numbers": shown,
        "sources": preface.cited(shown["list"]),
        "groupings": {key: list(names) for key, names in GROUPINGS.items()}, "groups": groups,
        "counters": counts.counters, "deeds": preface.deeds(),
        "doors": preface.doors(), "tiers": preface.tiers(scheme),
        "not_modelled": scheme.spec.get("not_modelled", []),
    }  # fmt: skip


def repeal(runs: list[Counts]) -> dict[str, Any]:
    """Whether and when protest ended the scheme: here, over replicates (`months`, `measures`), and
    over draws of the numbers that nobody has published, if they are asked for."""
    months = [r.repeal_month[SCHEME] for r in runs]
    return {
        "month": months[0], "months": months, "replicates": len(runs),
        "replicates_repealed_share": acceptance.repealed_share(months),
        "median_month": acceptance.repeal_month(months),
        "draws": None, "draws_repealed_share": None, "draws_median_month": None,
        "measures": acceptance.measured(months),
    }  # fmt: skip


def add_not_known(
    document: dict[str, Any], request: Request, here: Setting, tell: Progress
) -> Varied:
    """Add intervals over what nobody has published, and the range over other correlations.

    Returns the headlines of each draw, and the values that its numbers took.
    """
    started = time.perf_counter()
    question = ensemble.Question(
        request.scheme, request.society, request.months, request.seed, here.place,
        min(here.people, ensemble.PEOPLE), request.threads,
        here.covered or (here.people if here.place else None), here.changed,
    )  # fmt: skip
    repealed = document["repeal"]["month"] is not None
    found = ensemble.not_known(question, repealed, tell, among=here.varied)
    draws: list[dict[str, float] | None] = found.pop("each")
    changed: list[facts.Values] = found.pop("changed")
    for key, ends in found.pop("intervals").items():
        measure = document["measures"][key]
        # What compares with a world that was not lived stays undefined.
        if ends and (request.worlds == len(WORLDS) or measure["with"] is not None):
            measure["low"], measure["high"] = ends
    document["repeal"] |= {
        "draws": found["draws"], "draws_repealed_share": found["draws_repealed_share"],
        "draws_median_month": found["median_month"],
    }  # fmt: skip
    document["not_known"] = found
    document["correlations"] = ensemble.correlations(question, tell)
    for key, measure in document["measures"].items():
        shown = [x for one in document["correlations"].values() if (x := one[key]) is not None]
        ends = (min(shown), max(shown)) if shown else (None, None)
        measure["correlation_low"], measure["correlation_high"] = ends
    document["not_known_seconds"] = time.perf_counter() - started
    return draws, changed
