"""Redraws: the same people, lives over, with other luck each time; who is worse and better off.

A scheme, how many draws  ->  shares of people, each outcome in a unit of its own

Who people are, where they live and what they begin with is the same in every draw; what befalls
them is drawn anew from the months before the start on.  Every life is lived in both worlds with the
same luck.  Protest ends the scheme in none: all lives are as long.  There is no one scale of
welfare: money, work, doors and speech stand each for itself.

Persons' sums are kept in memory for the time of the question, and are not to be had: what is handed
back are shares (ETHICS.md).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from demerit import climate as cl
from demerit import facts, luck, run
from demerit.blocks import View, view
from demerit.columns import ASSISTANCE, LAW, SCHEME
from demerit.lint_worlds import lasting, own_deeds
from demerit.scheme import Scheme
from demerit.scheme.reading import case
from demerit.scheme.rules import rules_of
from demerit.society.people import GROUPINGS
from demerit.worse_off import Lives, share

DRAWS, DRAWS_LEAST = 32, 4
PEOPLE_MOST = 200_000  # 32 lives of each take 1 kB
WORLDS = (LAW, SCHEME)
FEN = 100  # of a yuan
SPEECH = ("petition", "online_post", "criticism", "signal_message", "signal_place")
Tell = Callable[[str, int, int], None]


class Outcome(NamedTuple):
    """What is told of lives, in which unit, and how much of it is a loss."""

    unit: str
    threshold: float
    question: str
    textbook: str


OUTCOMES = {
    "money": Outcome(
        "months of subsistence", 1.0,
        "Have I lost more than a month's subsistence of my household?",
        "Wages paid and assistance, less what refused doors, and points bought, cost; over the "
        "household's subsistence line of a month.",
    ),
    "work": Outcome(
        "months", 1.0, "Am I without work for more than a month longer?",
        "Months without work of who is in the labour force.",
    ),
    "doors": Outcome(
        "knocks", 1.0, "Do I knock in vain more than once oftener?",
        "Knocks at doors that are not answered by an open one, whatever the reason.",
    ),
    "speech": Outcome(
        "deeds", 1.0, "Do I leave unsaid more than one thing that I would have said?",
        "Lawful petitions, posts, criticism and signs of opinion, wanted with today's grievance "
        "and no fear, and not done.",
    ),
}  # fmt: skip
# Lives that are asked about: all, and those in which nothing was done under the scheme.
AMONG = {
    "everybody": "all lives",
    "no_harmful_deed": "lives in which nothing harmful was done that costs points",
    "no_costly_deed": "lives in which nothing was done that costs points",
}


class Gathering(run.Lockstep):
    """A lockstep that adds up what becomes of each person, in memory."""

    rules: tuple[list[int], list[int], list[int]] = ([], [], [])  # deed rows: own, own; speech

    def __init__(self, plan: run.Plan, pool: ThreadPoolExecutor, threads: int):
        super().__init__(plan, pool, threads, None)
        self.sums: dict[tuple[int, int], np.ndarray] = {}  # block -> (outcome, world, person)
        self.did: dict[tuple[int, int], np.ndarray] = {}  # block -> (set of deeds, person)
        self.views: dict[tuple[int, int], View] = {}

    def lived(self, fold: int, k: int, month: int, stage: str) -> None:
        """After each month: what it has brought in both worlds, and who has done something."""
        if stage != "month":
            return
        block = self.views.setdefault((fold, k), view(self.folds[fold], k))
        done = block.life.deed_count[LAW if month < 0 else SCHEME][:, : block.people]
        did = np.array([(done[rows] > 0).any(axis=0) for rows in self.rules[:2]])
        self.did[fold, k] = did | self.did.get((fold, k), False)
        if month >= 0:
            shape = (len(OUTCOMES), len(WORLDS), int(block.people))
            sums = self.sums.setdefault((fold, k), np.zeros(shape, np.int64))
            for row, w in enumerate(WORLDS):
                sums[:, row] += month_of(self.plan, block, w, self.rules[2])


def month_of(plan: run.Plan, block: View, w: int, speech: Sequence[int]) -> np.ndarray:
    """What one month has brought in one world (outcome, person) [fen; yes/no; knocks; deeds].

    More is better: what is a loss is counted below nought.
    """
    n, file, life = int(block.people), block.file, block.life
    idle = (life.wage_fen[:n] > 0) & (life.employed[w, :n] == 0)
    vain = (file.asked[w, :, :n] != 0) & (file.granted[w, :, :n] == 0)
    unsaid = life.deed_withheld[w][speech, :n].sum(axis=0, dtype=np.int64)
    fen = earned(plan.society_tables, block, w, n) - spent(plan, block, w, n)
    return np.array([fen, -idle.astype(np.int64), -vain.sum(axis=0, dtype=np.int64), -unsaid])


def earned(society: Any, block: View, w: int, n: int) -> np.ndarray:
    """Wages paid, as step/live.py has them, and assistance (person,) [fen a month]."""
    life = block.life
    wage = life.wage_fen[:n].astype(np.int64)
    more = wage * society.prestige_256 >> 8
    usual = society.prestige_start_32 >> 16
    job = wage - (more * usual >> 16) + more * (life.prestige_held[w, :n] != 0)
    job = job * (life.employed[w, :n] != 0) * (life.wage_withheld[w, :n] == 0)
    need = life.need_fen[:n].astype(np.int64)
    return job + (need * society.benefit_256 >> 8) * (block.file.granted[w, ASSISTANCE, :n] != 0)


def spent(plan: run.Plan, block: View, w: int, n: int) -> np.ndarray:
    """What refused doors cost beside the household's book, and the price of points [fen]."""
    if w == LAW:
        return np.zeros(n, np.int64)
    cost = np.rint(plan.society_tables.cost_yuan).astype(np.int64) * FEN
    refused = block.file.refused[w, :, :n].astype(np.int64)
    price = int(plan.scheme_tables.price_fen)
    return np.asarray(cost @ refused + price * (block.file.bought_points[w, :n] > 0))


@dataclass(frozen=True)
class Drawn:
    """The lives of one question.  Axes: draw, outcome, world (law, scheme), person."""

    sums: np.ndarray  # (draw, outcome, world, person) in the units of OUTCOMES
    did: np.ndarray  # (draw, set of deeds, person)
    group: np.ndarray  # (grouping, person) row of the frames' group axis
    fold: np.ndarray  # (person,)
    months: int


def lives(drawn: Drawn, outcome: str, among: str) -> Lives:
    """One outcome, of the lives that are asked about."""
    row, kind = list(OUTCOMES).index(outcome), list(AMONG).index(among)
    law, scheme = (drawn.sums[:, row, w] for w in range(len(WORLDS)))
    every = np.ones(law.shape, bool)
    return Lives(law, scheme, ~drawn.did[:, kind - 1] if kind else every)


def live(plan: run.Plan, draws: int, threads: int, tell: Tell,
         months_before: int = run.MONTHS_BEFORE) -> Drawn:  # fmt: skip
    """Live a plan with the luck of as many replicates."""
    deeds = list(facts.read("deeds.toml")["deed"])
    own = own_deeds(rules_of(case(plan.scheme.spec)))
    kept = []
    with ThreadPoolExecutor(threads) as pool:
        for draw in range(draws):
            steps = Gathering(replace(plan, replicate=draw), pool, threads)
            steps.rules = (*own, [deeds.index(key) for key in SPEECH])
            follow(steps, months_before)
            kept.append(gathered(steps))
            tell("redraws", draw + 1, draws)
    sums, did, group, fold = zip(*kept, strict=True)
    return Drawn(np.array(sums), np.array(did), group[0], fold[0], plan.months)


def follow(steps: Gathering, months_before: int) -> None:
    """The months before the start, then those that count."""
    plan = steps.plan
    climate = luck.before(plan, steps, months_before)
    outcry = cl.Outcry(plan.scheme_tables)
    for month in range(plan.months):
        steps.month(climate, month)
        climate = luck.follow(plan, steps, climate, outcry, month)


def gathered(steps: Gathering) -> tuple[np.ndarray, ...]:
    """Sums (outcome, world, person), deeds done (set, person), groups, folds (person,).

    Money is in months of subsistence of the person's own household from here on.
    """
    at = sorted(steps.sums)
    sums = np.concatenate([steps.sums[key] for key in at], axis=2).astype(np.float64)
    views = [steps.views[key] for key in at]
    need = np.concatenate([v.life.need_fen[: v.people] for v in views])
    sums[0] /= np.maximum(need, 1)
    return (
        sums.astype(np.float32),
        np.concatenate([steps.did[key] for key in at], axis=1),
        np.concatenate([v.life.group[:, : v.people] for v in views], axis=1),
        np.concatenate([np.full(int(v.people), key[0]) for key, v in zip(at, views, strict=True)]),
    )


def told(drawn: Drawn) -> dict[str, Any]:
    """What is told of the lives of a question, outcome by outcome: shares of people, no person."""
    return {
        key: {
            **row._asdict(), **levels(drawn, k),
            **{among: {"lives": said, **both(lives(drawn, key, among), row.threshold, drawn)}
               for among, said in AMONG.items()},
            "by_group": by_group(drawn, key, row.threshold),
        }
        for k, (key, row) in enumerate(OUTCOMES.items())
    }  # fmt: skip


def levels(drawn: Drawn, row: int) -> dict[str, float]:
    """The mean of everybody, in both worlds and their difference [unit of the outcome]."""
    law, scheme = (float(drawn.sums[:, row, w].mean(dtype=np.float64)) for w in range(len(WORLDS)))
    return {"without": law, "with": scheme, "effect": scheme - law}


def both(asked: Lives, threshold: float, drawn: Drawn, cell: bool = False) -> dict[str, Any]:
    """Who is worse, and who better off."""
    return {
        side: share(lives, threshold, drawn.fold, drawn.months, cell)
        for side, lives in (("worse", asked), ("better", asked.turned))
    }


def by_group(drawn: Drawn, outcome: str, threshold: float) -> dict[str, Any]:
    """The same of each group but those that faith makes."""
    found: dict[str, Any] = {}
    asked, row = lives(drawn, outcome, "everybody"), 0
    for k, (grouping, names) in enumerate(GROUPINGS.items()):
        for name in names:
            here = np.flatnonzero(drawn.group[k] == row)
            row += 1
            if grouping in ("all", "faith") or not here.size:
                continue
            mine = Lives(*(x[:, here] for x in asked))
            part = replace(drawn, fold=drawn.fold[here])
            found.setdefault(grouping, {})[name] = both(mine, threshold, part, cell=True)
    return found


def experiment(
    scheme: Scheme, society: Any, months: int, seed: int, people: int, place: str | None,
    draws: int, threads: int, tell: Tell, values: facts.Values | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The whole answer.  InputError for a calendar of schemes, too few draws or too many people."""
    if scheme.waves:
        raise facts.InputError(
            f"redraws {scheme.key}: is a calendar of schemes; name one that begins in it: "
            f"{', '.join(dict.fromkeys(one.key for one in scheme.waves))}."
        )
    if draws < DRAWS_LEAST:
        raise facts.InputError(
            f"--draws {draws}: are too few for a mean; at least {DRAWS_LEAST}, as in "
            f"--draws {DRAWS}."
        )
    if people > PEOPLE_MOST:
        raise facts.InputError(
            f"--people {people:,}: the lives of so many are not kept in memory; at most "
            f"{PEOPLE_MOST:,}, as in --people 20k."
        )
    lasts = replace(scheme, spec=lasting(scheme.spec))
    made = run.plan(lasts, society, months, seed, people, place, values=values)
    return {
        "scheme": scheme.key, "people": made.people, "months": months, "draws": draws,
        "seed": seed, "interval": "people: jackknife over blocks, the redraws held, 95 in 100",
        "outcomes": told(live(made, draws, threads, tell)),
    }  # fmt: skip
