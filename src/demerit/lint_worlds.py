"""Worlds of lint: the question of a run asked again of its scheme without some of its rules.

run.json, rules that are gone  ->  the harm in that world, over everybody and all but each fold

Harm is counted, not weighed: person-months under sanction, doors refused, and what these cost.
All worlds share every draw, so that what differs the rule has caused; they live the months in which
the scheme stood in the run, and protest ends none of them, so that all are as long.
"""

import copy
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from demerit import chosen, facts, mechanism, run
from demerit.blocks import View, view
from demerit.columns import DOORS, LAW, SCHEME
from demerit.ensemble import load_society
from demerit.replay.recorded import check
from demerit.scheme import Scheme
from demerit.scheme.reading import Case, case
from demerit.scheme.rules import Rule, rules_of, without

PEOPLE = 50_000  # unless others are asked for: a world of 60 months takes 2 s on two cores
PEOPLE_LEAST = 1_000
HARM = {  # what is counted as harm; the first that a scheme does at all is the one that lint judges
    "sanction": "months under sanction",
    "doors": "doors refused because of the score",
    "cost": "what refused doors cost beside the household's book",
}
Tell = run.Progress
Sample = np.ndarray  # (1 + folds,) a count over everybody, and over all but each fold in turn


def lasting(spec: dict[str, Any]) -> dict[str, Any]:
    """The file of a scheme that protest does not end; the one that is given stays as it is."""
    if "repeal" not in spec:
        return spec
    made = copy.deepcopy(spec)
    made["repeal"]["share"]["value"] = 1.0
    return made


def own_deeds(rules: Iterable[Rule]) -> tuple[list[int], list[int]]:
    """Rows of the deed axis: one's own harmful deeds that cost points; all that do."""
    own = {rule.key: rule.harm for rule in rules if rule.costs and rule.own}
    keys = list(facts.read("deeds.toml")["deed"])
    costly = [k for k, key in enumerate(keys) if key in own]
    return [k for k in costly if own[keys[k]]], costly


def leave_out(folds: np.ndarray) -> np.ndarray:
    """Sums over all folds, and over all but each in turn: (fold, ...) -> (1 + fold, ...)."""
    total = folds.sum(axis=0, keepdims=True)
    return np.concatenate([total, total - folds]).astype(float)


class Watched(run.Lockstep):
    """A lockstep that also counts who bears the harm: people without a deed of their own.

    borne (fold, kind, harm): kind 0 is everybody, 1 who has done nothing harmful that costs points,
    2 who has done nothing that does, since the months before the start; harm: months, doors.
    """

    def __init__(
        self, plan: run.Plan, pool: ThreadPoolExecutor, threads: int,
        harmful: list[int], costly: list[int],
    ):  # fmt: skip
        super().__init__(plan, pool, threads, None)
        self.deed_sets = (harmful, costly)  # rows of the deed axis
        self.borne = np.zeros((len(self.folds), 3, 2), np.int64)
        self.done: dict[tuple[int, int], np.ndarray] = {}  # block -> (set, person) yes/no
        self.views: dict[tuple[int, int], View] = {}

    def lived(self, fold: int, k: int, month: int, stage: str) -> None:
        """After each month: who has done a deed by now, and what they bear."""
        if stage != "month":
            return
        block = self.views.setdefault((fold, k), view(self.folds[fold], k))
        count = block.life.deed_count[LAW if month < 0 else SCHEME][:, : block.people]
        did = np.array([(count[rows] > 0).any(axis=0) for rows in self.deed_sets])
        did |= self.done.get((fold, k), False)
        self.done[fold, k] = did
        if month < 0:
            return
        free = np.concatenate([np.ones_like(did[:1]), ~did])
        sanctioned = block.file.sanctioned[SCHEME][: block.people]
        refused = block.file.refused[SCHEME][:, : block.people].sum(axis=0)
        self.borne[fold] += free @ np.array([sanctioned, refused]).T.astype(np.int64)


class Worlds:
    """Worlds of one question, each lived once: a scheme without some of its rules."""

    def __init__(self, document: dict[str, Any], people: int, threads: int, tell: Tell):
        self.scheme = Scheme(
            document["scheme"], document["scheme_title"], document["rules"],
            document["scheme_file"],
        )  # fmt: skip
        off = mechanism.off(tuple(document["without"]), self.scheme, document["society"])
        self.changed = {**chosen.choose(document.get("set", ())), **off}
        self.society = load_society(document["society"], self.changed)
        check(document, self.scheme, self.society)
        self.case: Case = case(self.scheme.spec)
        self.rules = rules_of(self.case)
        self.document, self.threads, self.tell = document, threads, tell
        self.people = min(people, document["people"])
        self.known: dict[frozenset[str], dict[str, Sample]] = {}
        self.expected = len(self.rules) + 1

    def plan(self, gone: frozenset[str] = frozenset()) -> run.Plan:
        """The question of the run without these rules; protest does not end it."""
        spec = lasting(without(self.scheme.spec, [r for r in self.rules if r.key in gone]))
        asked = self.document
        return run.plan(
            Scheme(self.scheme.key, self.scheme.title, spec, self.scheme.name), self.society,
            asked["months_in_force"], asked["seed"], self.people, asked["place"],
            values=self.changed, covered=asked["people"] if asked["place"] else None,
        )  # fmt: skip

    def harm(self, gone: Iterable[str] = ()) -> dict[str, Sample]:
        """Harm in the world without these rules: of each kind, and at each door."""
        key = frozenset(gone)
        if key not in self.known:
            counts = run.simulate(self.plan(key), self.threads)
            self.known[key] = harm_of(counts)
            self.expected = max(self.expected, len(self.known))
            self.tell("further worlds", len(self.known), self.expected)
        return self.known[key]

    def watch(self) -> tuple[run.Counts, np.ndarray]:
        """The scheme as it is: its counts, and who bears the harm (fold, kind, harm)."""
        made = self.plan()
        with ThreadPoolExecutor(self.threads) as pool:
            steps = Watched(made, pool, self.threads, *own_deeds(self.rules))
            steps.people()
            counts = run.live_months(made, steps, lambda *_: None, run.MONTHS_BEFORE)
        self.known[frozenset()] = harm_of(counts)
        self.tell("further worlds", 1, self.expected)
        return counts, steps.borne


def harm_of(counts: run.Counts) -> dict[str, Sample]:
    """The harm of one world, of each kind and at each door."""
    rows = {name: k for k, name in enumerate(counts.counters)}
    all_people = leave_out(counts.folds[:, SCHEME, :, 0])
    found = {door: all_people[:, rows[f"refused_{door}"]] for door in DOORS}
    doors = np.sum(list(found.values()), axis=0)
    return found | {
        "sanction": all_people[:, rows["sanctioned"]],
        "doors": doors,
        "cost": all_people[:, rows["refusal_cost_yuan"]],
        "scored": all_people[:, rows["scored"]],
    }
