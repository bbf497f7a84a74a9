"""Evaluate: what an evaluator of a rollout's pilots would report, beside what is true.

run.json and places.parquet of a rollout  ->  for each deed six relative effects, and their gaps

    recorded      differences in differences of what agencies wrote down (did.py)
    done          the same of what was truly done
    apart         the same, the places compared being as they are without the pilots
    pilots        what the scheme did in the pilots: with it less without, the same people and luck
    scaled        what it does in the same places where it stands everywhere
    everywhere    what it does in all places then

Each differs from the next in one thing: that records are not deeds; that what happens in pilots
spills over; that pilots would not have moved as the others did (choice of places); that the scheme
stands elsewhere too, and nobody takes a pilot's trouble over it (scale); that pilots do not
answer as all places do (choice of places again).  So the five gaps add up to the whole.  The last
two steps need a run with the scheme everywhere from the same month on: the same people, the same
luck.  What is chance in a gap is told like that of the report, by places left out in turn (did.py).

Source: as did.py; S. Wang, D. Yang, "Policy experimentation in China", NBER working paper 29402,
2021 (from memory).
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from demerit import chosen, did, facts, mechanism, run
from demerit.columns import LAW, SCHEME
from demerit.contrast import tidy
from demerit.ensemble import load_society
from demerit.facts import InputError
from demerit.replay.recorded import check
from demerit.scheme import Scheme
from demerit.scheme.wave import PICKS

EVENTS_MIN = 30  # records in a cell below which nothing is said
Z = 1.96  # 95 in 100 of a normal
STEPS = ("recorded", "done", "apart", "pilots", "scaled", "everywhere")
GAPS = ("records", "spill_over", "trends", "scale", "answers")  # between one step and the next
NEVER = 1_200  # a month that no run reaches
Places = dict[str, np.ndarray]  # counter -> (place, world, month)


@dataclass(frozen=True)
class Design:
    """Which places are compared over which months."""

    wave: dict[str, Any]  # of run.json
    pilots: np.ndarray  # (place,) yes or no
    others: np.ndarray
    start: int
    end: int  # the first month that is not compared


def design(document: dict[str, Any], key: str | None = None) -> Design:
    """The wave that is evaluated, its places and months.

    InputError where nothing can be compared, with what could be.
    """
    if "rollout" not in document:
        raise InputError(
            f"{document['run']}: is no run of a calendar; evaluate one of `demerit run pilots`."
        )
    waves = {wave["key"]: wave for wave in document["rollout"]["waves"]}
    if key is not None and key not in waves:
        raise InputError(f"--wave {key!r}: there is none; {facts.nearest(key, waves)}")
    found, why = {}, {}
    for name, wave in waves.items():
        try:
            found[name] = compare(document, waves, wave)
        except InputError as error:
            why[name] = str(error)
    if key is not None and key in why:
        can = f" There are: {', '.join(found)}." if found else ""
        raise InputError(f"--wave {key}: {why[key]}{can}")
    if not found:
        told = "".join(f"\n  {name}: {text}" for name, text in why.items())
        raise InputError(f"{document['run']}: no wave can be evaluated.{told}")
    picked = [name for name in found if waves[name]["choice"] in PICKS]
    return found[key or (picked or list(found))[0]]


def compare(document: dict[str, Any], waves: dict[str, Any], wave: dict[str, Any]) -> Design:
    """Pilots, places that wait, and months.  InputError says why there is nothing to compare."""
    start, end = wave["month"], document["months"]
    if start == 0:
        raise InputError("begins in month 0: there is no time before to compare with.")
    if start >= end:
        raise InputError(f"begins in month {start}, and the run ends before; give --months more.")
    begin = [sorted(waves[k]["month"] for k in c["waves"]) for c in document["rollout"]["cohorts"]]
    names = [c["waves"] for c in document["rollout"]["cohorts"]]
    mine = [
        wave["key"] in own and months[0] == start for own, months in zip(names, begin, strict=True)
    ]
    alone = [ok and months.count(start) == 1 for ok, months in zip(mine, begin, strict=True)]
    wait = [not months or months[0] > start for months in begin]
    if not any(alone):
        raise InputError("its places had another scheme before, or have one beside it.")
    if not any(wait):
        raise InputError("no place is left without a scheme to compare with.")
    later = [
        m for k, months in enumerate(begin) if alone[k] or wait[k] for m in months if m > start
    ]
    if (ended := wave["ended"]["scheme"]) is not None:
        later.append(ended + 1)
    end = min([end, *later])
    cohort = np.array(document["rollout"]["place_cohorts"])
    return Design(wave, np.array(alone)[cohort], np.array(wait)[cohort], start, end)


def periods(counts: np.ndarray, plan: Design) -> np.ndarray:
    """Counts (place, month) before and after (place, period)."""
    halves = counts[:, : plan.start], counts[:, plan.start : plan.end]
    return np.stack([half.sum(axis=1, dtype=np.float64) for half in halves], axis=1)


def outcome(deed: str, places: Places, everywhere: Places, plan: Design) -> dict[str, Any] | None:
    """Steps, gaps and what is chance in them for one deed; None where too little was recorded."""
    pilots, others, each = plan.pilots, plan.others, np.ones_like(plan.pilots)
    written = periods(places[f"record_{deed}"][:, SCHEME], plan)
    cells = [written[rows].sum(axis=0) for rows in (pilots, others)]
    if min(cell.min() for cell in cells) < EVENTS_MIN:
        return None
    kept = did.leave_out(len(pilots))
    people = periods(places["people"][:, LAW], plan)

    def of(counts: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return did.rates(kept[:, rows], counts[rows], people[rows])

    done, law, scaled, other = (
        periods(source[f"deed_{deed}"][:, world], plan)
        for source in (places, everywhere) for world in (SCHEME, LAW)
    )  # fmt: skip
    steps = [
        did.effect(of(written, pilots), of(written, others)),
        did.effect(of(done, pilots), of(done, others)),
        did.effect(of(done, pilots), of(law, others)),
        did.change(of(done, pilots), of(law, pilots)),
        did.change(of(scaled, pilots), of(other, pilots)),
        did.change(of(scaled, each), of(other, each)),
    ]
    if not np.isfinite([step[0] for step in steps]).all():
        return None
    strata = [np.flatnonzero(rows) for rows in (pilots, others)]
    between = [a - b for a, b in pairwise(steps)]

    def error_of(found: np.ndarray) -> float | None:
        return tidy(did.standard_error(found, strata))

    error = error_of(steps[0])
    first, last = float(steps[0][0]), float(steps[-1][0])
    ends = (None, None) if error is None else (first - Z * error, first + Z * error)
    return {
        **{name: float(step[0]) for name, step in zip(STEPS, steps, strict=True)},
        "standard_error": error, "low": ends[0], "high": ends[1],
        "covered": None if error is None else abs(first - last) <= Z * error,
        "gap": first - last,
        "gaps": {
            name: {"value": float(apart[0]), "standard_error": error_of(apart)}
            for name, apart in zip(GAPS, between, strict=True)
        },
        "records": int(sum(cell.sum() for cell in cells)),
    }  # fmt: skip


def scheme_of(document: dict[str, Any]) -> Scheme:
    """The calendar of a run, with the schemes of its waves, as run.json has them."""
    waves = tuple(
        Scheme(row["key"], row["title"], row["rules"], row["file"])
        for row in document["wave_rules"]
    )
    return Scheme(
        document["scheme"], document["scheme_title"], document["rules"], document["scheme_file"],
        waves,
    )  # fmt: skip


def everywhere_of(scheme: Scheme, key: str) -> Scheme:
    """The same calendar, in which one wave begins everywhere and no other ever does; agencies look
    as they otherwise do."""
    spec = copy.deepcopy(scheme.spec)
    for row in spec["wave"]:
        if row["key"] == key:
            row["choice"] = "all"
            row.pop("effort", None)
        else:
            row["month"]["value"] = NEVER
    return Scheme(scheme.key, scheme.title, spec, scheme.name, scheme.waves)


def live_everywhere(
    document: dict[str, Any], plan: Design, threads: int = 1, tell: run.Progress | None = None
) -> Places:
    """The run's people, with the wave's scheme everywhere from the month in which it begins."""
    scheme = scheme_of(document)
    key = document["society"]
    off = mechanism.off(tuple(document["without"]), scheme, key)
    changed = {**chosen.choose(document.get("set", ())), **off}
    society = load_society(key, changed)
    check(document, scheme, society)
    made = run.plan(
        everywhere_of(scheme, plan.wave["key"]), society, plan.end, document["seed"],
        document["people"], document["place"], values=changed,
    )  # fmt: skip
    apart = run.simulate(made, threads, tell).apart
    assert apart is not None
    return {name: apart.places[..., k] for k, name in enumerate(apart.names)}


def evaluate(
    document: dict[str, Any], places: Places, everywhere: Places, plan: Design,
    deeds: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """The report of an evaluator beside the truth, for these deeds."""
    told = facts.read("deeds.toml")["deed"]
    found: list[dict[str, Any]] = []
    silent = []
    for deed in deeds:
        row = outcome(deed, places, everywhere, plan)
        if row is None:
            silent.append(deed)
            continue
        row = {"key": deed, "title": told[deed]["title"], **row}
        found.append(row | {"says": sentence(row)})
    people = [int(places["people"][rows, LAW, 0].sum()) for rows in (plan.pilots, plan.others)]
    return {
        "statement": document["statement"], "run": document["run"], "wave": plan.wave["key"],
        "scheme": plan.wave["scheme"], "scheme_title": plan.wave["title"],
        "choice": plan.wave["choice"],
        "pilots": int(plan.pilots.sum()), "others": int(plan.others.sum()),
        "pilot_people": people[0], "other_people": people[1],
        "before": [0, plan.start - 1], "after": [plan.start, plan.end - 1],
        "outcomes": found, "too_few": silent,
    }  # fmt: skip


def scored(document: dict[str, Any], plan: Design) -> list[str]:
    """The deeds that the wave's scheme asks agencies for, in the order of the data file."""
    named = {row["key"]: row["rules"] for row in document["wave_rules"]}
    rules = named[plan.wave["scheme"]]
    asked = set(rules.get("points", {}))
    for row in rules.get("dimension", []):
        asked |= set(row.get("marks", {}))
    return [deed for deed in facts.read("deeds.toml")["deed"] if deed in asked]


# ---- in words

BECAUSE = {
    "records": "what is written down is not what is done",
    "spill_over": "the places compared feel the pilots too",
    "trends": "pilots would not have moved as the others did",
    "scale": "a pilot is not the nation",
    "answers": "pilots do not answer as all places do",
}


def percent(x: float) -> str:
    """A relative change as people say it.

    >>> percent(-0.031), percent(0.2), percent(0.0001)
    ('3.1% less', '20% more', 'no change')
    """
    if abs(x) < 0.0005:
        return "no change"
    return f"{100 * abs(x):.3g}% {'more' if x > 0 else 'less'}"


def sentence(row: dict[str, Any]) -> str:
    """One deed in plain English."""
    said = f"{row['title']}: the evaluator reports {percent(row['recorded'])}"
    if row["low"] is not None:
        said += f" (95 in 100: {100 * row['low']:+.3g}% to {100 * row['high']:+.3g}%)"
    said += f"; the scheme everywhere brings {percent(row['everywhere'])}."
    if row["covered"]:
        return f"{said} The interval covers that."
    gaps = row["gaps"]
    widest = max(gaps, key=lambda name: abs(gaps[name]["value"]))
    error = gaps[widest]["standard_error"]
    if error is None or abs(gaps[widest]["value"]) < Z * error:
        return f"{said} No one cause of the gap stands out from chance."
    return f"{said} Most of the gap: {BECAUSE[widest]}."
