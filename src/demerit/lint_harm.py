"""Harm of lint: how much of the harm of a scheme comes of each rule, and on whom it falls.

Worlds of a run's question  ->  shares of its harm, each with its interval of chance

To drop one rule tells its marginal effect, which do not add up.  Shares that do are the Shapley
values of at most seven groups of rules, one for each part of life (shapley.py).  Intervals are
of chance alone: a delete-a-group jackknife over the folds, paired between worlds.
"""

import time
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from demerit import facts, run
from demerit.columns import DOORS, SCHEME
from demerit.contrast import EVENTS_MIN, FOLDS_MIN, PEOPLE_MIN, half_width
from demerit.lint_worlds import HARM, Sample, Tell, Worlds, leave_out
from demerit.measures import MEASURES, beside, evaluate
from demerit.scheme.lint import kendall
from demerit.scheme.rules import DISPUTED, OTHER, UNRELATED, Rule, aims, foreign, grouped
from demerit.shapley import shapley
from demerit.society.people import GROUPINGS

GROUPS = 7  # of rules: 128 worlds
HARM_IS = (
    "Harm is counted, not weighed: person-months under sanction; doors refused because of the "
    "score; what these refusals cost. A share is that part of it which goes away in a world "
    "without the rules named, on the same draws."
)
beside("Proportion", "demerit lint SCHEME --run RUN --worlds", {
    "drop_one": "How much of the harm goes away without a rule, and how much harm is that for each "
    "of its deeds?",
    "gravity": "Do graver deeds bring more harm to who does them than lighter ones?",
    "shares": "How much of the harm do the rules on each part of life bring (Shapley values)?",
    "contexts": "How much of it is of rules that have nothing to do with what the scheme decides?",
    "at_unrelated_doors": "How much of it falls at doors that have nothing to do with the deed?",
    "without_deed": "How much of it falls on people who did nothing that is scored?",
})  # fmt: skip


class Figure(NamedTuple):
    """A number and what chance alone makes of it, 95 in 100; none where it is undefined."""

    value: float | None
    low: float | None = None
    high: float | None = None


def figure(sample: Sample) -> Figure:
    """The number of everybody, and its interval by leaving out each fold in turn.

    >>> figure(np.array([2.0, 2.0, 2.0, 2.0, 2.0, 2.0]))
    Figure(value=2.0, low=2.0, high=2.0)
    >>> figure(np.array([np.nan])), figure(np.array([1.0, 1.0]))
    (Figure(value=None, low=None, high=None), Figure(value=1.0, low=None, high=None))
    """
    whole, left = float(sample[0]), sample[1:]
    if not np.isfinite(whole):
        return Figure(None)
    if left.size < FOLDS_MIN or not np.isfinite(left).all():
        return Figure(whole)
    half = half_width(left)
    return Figure(whole, whole - half, whole + half)


def part_of(part: Sample, whole: Sample, happened: Sample | None = None) -> Figure:
    """A share of harm; without an interval where too little harm `happened` (the whole, unless that
    is money) to tell chance: none of it in any fold is then no sign that there never is.

    >>> part_of(np.full(9, 0.0), np.full(9, 40.0)).high, part_of(np.full(9, 0.0), np.full(9, 29.0))
    (0.0, Figure(value=0.0, low=None, high=None))
    """
    found = figure(over(part, whole))
    enough = (whole if happened is None else happened)[0] >= EVENTS_MIN
    return found if enough else Figure(found.value)


def over(part: Sample, whole: Sample) -> Sample:
    """part / whole, undefined where there is no whole."""
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def measure(document: dict[str, Any], people: int, threads: int, tell: Tell) -> dict[str, Any]:
    """All that lint measures by further worlds, as JSON has it; {} where nothing is scored."""
    worlds = Worlds(document, people, threads, tell)
    if not worlds.rules:
        return {}
    started = time.perf_counter()
    counts, borne = worlds.watch()
    base = worlds.harm()
    found: dict[str, Any] = {
        "people": worlds.people, "months": document["months_in_force"], "says": HARM_IS,
        "interval": "jackknife: chance alone, 95 in 100", "harm": described(base, document),
        "wrongful": wrongful(counts),
    }  # fmt: skip
    if any(base[unit][0] for unit in HARM):
        found |= {
            "drop_one": drop_one(worlds, counts),
            "shares": shares(worlds),
            "at_unrelated_doors": at_doors(worlds),
            "without_deed": borne_by(borne, base),
        }
        found["contexts"] = contexts(worlds, found["drop_one"])
        found["gravity"] = gravity(worlds, counts)
    found |= {"worlds": len(worlds.known), "seconds": time.perf_counter() - started}
    return dict(plain(found))


def brief(document: dict[str, Any], people: int, threads: int, tell: Tell) -> dict[str, Any]:
    """What few further worlds tell of proportion: how much harm there is, how much of it goes away
    without all rules of one kind, and how much falls on people who did nothing; as JSON has it.
    {} where nothing is scored.  `measure` adds each rule by itself and the parts of life.
    """
    worlds = Worlds(document, people, threads, tell)
    if not worlds.rules:
        return {}
    worlds.expected = 5  # the scheme as it is, and without each of four sets of rules
    _, borne = worlds.watch()
    base = worlds.harm()
    found: dict[str, Any] = {
        "people": worlds.people, "months": document["months_in_force"], "says": HARM_IS,
        "interval": "jackknife: chance alone, 95 in 100", "harm": described(base, document),
    }  # fmt: skip
    if any(base[unit][0] for unit in HARM):
        found |= {"shares": shares(worlds), "without_deed": borne_by(borne, base)}
    return dict(plain(found))


def plain(x: Any) -> Any:
    """Figures as JSON has them: {value, low, high}."""
    if isinstance(x, Figure):
        return x._asdict()
    if isinstance(x, dict):
        return {key: plain(child) for key, child in x.items()}
    return [plain(child) for child in x] if isinstance(x, list) else x


def described(base: dict[str, Sample], document: dict[str, Any]) -> dict[str, Any]:
    """How much harm there is: the count, and for 1,000 months in which somebody was scored."""
    money = {"cost": document.get("currency", "yuan")}
    return {
        unit: {"title": title, "unit": money.get(unit, "count"), "count": int(base[unit][0]),
               "per_1000": figure(1000 * over(base[unit], base["scored"]))}
        for unit, title in HARM.items()
    }  # fmt: skip


def gone(worlds: Worlds, keys: Iterable[str]) -> dict[str, Figure]:
    """The share of each kind of harm that goes away without these rules."""
    base, other = worlds.harm(), worlds.harm(keys)
    happened = {unit: base["doors" if unit == "cost" else unit] for unit in HARM}  # money is none
    return {unit: part_of(base[unit] - other[unit], base[unit], happened[unit]) for unit in HARM}


def drop_one(worlds: Worlds, counts: run.Counts) -> list[dict[str, Any]]:
    """What goes away without each rule alone: its marginal effect; and for each deed done."""
    base = worlds.harm()
    deeds = {rule.key: per_deed(worlds, rule, counts) for rule in worlds.rules}
    return [
        {"rule": rule.key, "title": rule.title, "context": rule.context, "costs": rule.costs,
         "gravity": rule.gravity, **gone(worlds, [rule.key]),
         "per_1000_deeds": figure(1000 * deeds[rule.key]),
         "per_1000_deeds_and_gravity": figure(1000 * deeds[rule.key] / rule.gravity)
         if rule.gravity else Figure(None)}
        for rule in worlds.rules if base
    ]  # fmt: skip


def per_deed(worlds: Worlds, rule: Rule, counts: run.Counts) -> Sample:
    """Harm of a rule for each deed that was truly done; undefined where it is no deed."""
    unit = judged(worlds.harm())
    name = f"deed_{rule.key}"
    if unit is None or name not in counts.counters or not rule.own:
        return np.array([np.nan])
    done = leave_out(counts.folds[:, SCHEME, counts.counters.index(name), 0])
    return over(worlds.harm()[unit] - worlds.harm([rule.key])[unit], done)


def judged(base: dict[str, Sample]) -> str | None:
    """The kind of harm that lint judges: the first that there is."""
    return next((unit for unit in HARM if base[unit][0]), None)


def shares(worlds: Worlds) -> list[dict[str, Any]]:
    """What goes away without all rules of one kind: one run without all of them."""
    a, rules = worlds.case, worlds.rules
    sets = {
        "unrelated": ("rules on what bears on nothing that the scheme decides on",
                      foreign(a, rules, aims(a), UNRELATED)),
        "unrelated_or_disputed": ("the same, with what is disputed",
                                  foreign(a, rules, aims(a), DISPUTED)),
        "lawful": ("rules on lawful or protected conduct",
                   frozenset(r.key for r in rules if r.costs and r.lawful)),
        "every": ("every rule", frozenset(rule.key for rule in rules)),
    }  # fmt: skip
    return [
        {"key": key, "what": what, "rules": sorted(keys), **gone(worlds, keys)}
        for key, (what, keys) in sets.items()
    ]


def at_doors(worlds: Worlds) -> dict[str, Figure]:
    """Of all doors refused, those that a rule unrelated to that very door shut.

    For each part of life one world, without all rules that bear on nothing in it, is looked at for
    its doors alone.
    """
    base, book = worlds.harm(), facts.read("contexts.toml")["door"]
    found = {}
    for name, words in (("unrelated", UNRELATED), ("unrelated_or_disputed", DISPUTED)):
        lost = np.zeros_like(base["doors"])
        for door in DOORS:
            if base[door][0]:
                keys = foreign(worlds.case, worlds.rules, [book[door]["context"]], words)
                lost += base[door] - worlds.harm(keys)[door]
        found[name] = part_of(lost, base["doors"])
    return found


def contexts(worlds: Worlds, alone: list[dict[str, Any]]) -> dict[str, Any]:
    """Shares of the parts of life that are scored, which add up: Shapley values, exactly."""
    base = worlds.harm()
    unit = str(judged(base))
    weight = {row["rule"]: row[unit].value or 0.0 for row in alone}
    groups = grouped(worlds.rules, weight, GROUPS)
    names = list(groups)
    sets = [
        frozenset(key for k, name in enumerate(names) if not s >> k & 1 for key in groups[name])
        for s in range(1 << len(names))
    ]  # the rules that are gone where bit k says that group k stays
    worlds.expected = len(worlds.known.keys() | set(sets))
    lived = [worlds.harm(keys) for keys in sets]
    values = {u: shapley(np.array([over(w[u], base[u]) for w in lived])) for u in HARM}
    rest = {u: figure(over(lived[0][u], base[u])) for u in HARM}
    return {
        "groups": [
            {"context": name, "rules": groups[name], **{u: figure(values[u][k]) for u in HARM}}
            for k, name in enumerate(names)
        ],
        "without_any": rest,
        "merged": sorted({r.context for r in worlds.rules if r.key in groups.get(OTHER, [])}),
        "sets": len(sets),
    }  # fmt: skip


def gravity(worlds: Worlds, counts: run.Counts) -> dict[str, Any]:
    """Is a graver deed answered with more harm?  Pairs in which chance alone does not say so."""
    rows = []
    for rule in worlds.rules:
        harm = per_deed(worlds, rule, counts)
        if rule.costs and rule.gravity is not None and np.isfinite(harm).all():
            rows.append((rule, harm))
    wrong = []
    for light, of_light in rows:
        for grave, of_grave in rows:
            more = figure(1000 * (of_light - of_grave))
            if (light.gravity or 0) < (grave.gravity or 0) and (more.low or 0) > 0:
                pair = {"lighter": light.key, "graver": grave.key}
                wrong.append(pair | {"more_per_1000_deeds": more})
    tau = kendall([rule.gravity or 0 for rule, _ in rows], [float(h[0]) for _, h in rows])
    return {"deeds": [rule.key for rule, _ in rows], "tau": tau, "inversions": wrong}


def borne_by(borne: np.ndarray, base: dict[str, Sample]) -> dict[str, Any]:
    """Harm on people who did nothing harmful that costs, or nothing at all; on children."""
    both = leave_out(borne)
    assert (both[:, 0, 0] == base["sanction"]).all(), "the watch counts as the frames do"
    found = {
        name: {unit: part_of(both[:, kind, k], both[:, 0, k])
               for k, unit in enumerate(("sanction", "doors"))}
        for kind, name in ((1, "no_harmful_deed"), (2, "no_costly_deed"))
    }  # fmt: skip
    return found | {"children": {"doors": part_of(base["school"], base["doors"])}}


def wrongful(counts: run.Counts) -> dict[str, Any]:
    """Wrongful sanctions, of those sanctioned and of all who are scored, and by group."""
    found: dict[str, Any] = {}
    for name in ("wrongful_sanction_share", "wrongful_sanction_rate"):
        m = MEASURES[name]
        totals = leave_out(counts.folds)
        rows = {c: counts.counters.index(c) for c in m.counts}
        each = [
            evaluate(m, {"scheme": {c: total[SCHEME, k] for c, k in rows.items()}}, "scheme")
            for total in totals
        ]
        value = np.array([ratio.value for ratio in each])  # (1 + fold, group)
        enough = (each[0].whole >= PEOPLE_MIN) & (each[0].part >= EVENTS_MIN)
        found[name] = figure(value[:, 0])
        found[f"{name}_by_group"] = by_group(value, enough)
    return found


def by_group(value: np.ndarray, enough: np.ndarray) -> dict[str, dict[str, Figure]]:
    """One figure for each group but those that faith makes; blank where too little happened."""
    found: dict[str, dict[str, Figure]] = {}
    at = 0
    for grouping, names in GROUPINGS.items():
        for k, name in enumerate(names, at):
            if grouping not in ("all", "faith"):
                shown = figure(value[:, k]) if enough[k] else Figure(None)
                found.setdefault(grouping, {})[name] = shown
        at += len(names)
    return found
