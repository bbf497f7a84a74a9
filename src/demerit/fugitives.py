"""Fugitives: would a scheme have stopped the big financial fugitives, and whom does it catch? (C18)

data/fugitives.toml, a scheme, a society  ->  of fifty borrowers how many are stopped; who is listed

Fifty hypothetical borrowers of equal weight default and mean to leave.  A scheme stops one of them
if a judgment bears the borrower's own name, if it comes before the departure, and if the borrower
leaves by a way at which the standing is asked and shut.  Each of these is assumed, over a range;
the interval is what nine of ten of 64 draws over these ranges lie between.  Beside them stands
everybody else whom the same scheme has under sanction, in runs of a sample of the society.

They are a sum and no people of a run: fifty in a nation are 0.004 in a sample of 100,000, and fifty
put into every sample would be ten thousand times too many, in whatever else is counted.

Waiting times are exponential, so that of a judgment of mean J and a departure of mean D the
judgment comes first with chance D / (D + J) (D. R. Cox, "Renewal Theory", 1962, from memory).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from demerit import ensemble, facts, run
from demerit import scheme as schemes
from demerit import society as societies
from demerit.columns import ABROAD, FLIGHT, SCHEME, TRAVEL
from demerit.contrast import over_replicates

DRAWS, QUANTILES = 64, (0.05, 0.95)
WAYS = (FLIGHT, ABROAD, TRAVEL)  # doors, any of which shut keeps who asks there in the country
ALL = 4  # a door as for everyone, in quarters


@dataclass(frozen=True)
class Question:
    """What is asked: the scheme, and the sample of a society that it is run on."""

    scheme: str = "court-list"
    society: str = "china-2020"
    people: int = 100_000
    months: int = 36
    seed: int = 1
    replicates: int = 5
    threads: int = 1


def stopped_share(number: Mapping[str, float], shut: float = 1.0) -> float:
    """Share of the borrowers whom a list stops beyond those whom ordinary law holds already.

    `shut` is the part of those asked who are turned away.

    >>> one = {"proceedings": 6, "departure": 6, "nominee": 0.5, "other_way": 0.0, "on_hold": 0.2}
    >>> stopped_share(one)
    0.2
    """
    in_time = number["departure"] / (number["departure"] + number["proceedings"])
    own_name, asked = 1 - number["nominee"], 1 - number["other_way"]
    return (1 - number["on_hold"]) * own_name * in_time * asked * shut


def shut_share(tables: Any) -> float:
    """Of listed borrowers who ask at a way out of the country, the share turned away.

    Nought where the scheme does not count unpaid judgments, or one entry brings no tier that shuts
    a way out.
    """
    deed = list(facts.read("deeds.toml")["deed"]).index("judgment_unpaid")
    points = int(tables.points[deed])
    if points >= 0:
        return 0.0
    score = max(int(tables.least), int(tables.start) + points)
    tier = next((k for k, floor in enumerate(tables.floor) if score >= floor), -1)
    wide = min(int(tables.access[tier, way]) for way in WAYS)
    return 1 - min(wide, ALL) / ALL


def stopped(shut: float) -> dict[str, float]:
    """Of the borrowers, how many are stopped: at the assumed numbers, and ends of the interval."""
    table = facts.read("fugitives.toml")["fugitives"]
    count, rest = table["number"]["value"], {k: v for k, v in table.items() if k != "number"}
    found = []
    for row in ensemble.sobol(len(rest), 1, DRAWS):
        drawn = zip(rest.items(), row, strict=True)
        found.append(stopped_share({key: ensemble.at(fact, u) for (key, fact), u in drawn}, shut))
    low, high = np.quantile(found, QUANTILES)
    usual = stopped_share({key: fact["value"] for key, fact in rest.items()}, shut)
    ends = {"value": count * usual, "low": count * float(low), "high": count * float(high)}
    return {"of": count, **ends}


def caught(question: Question, tell: Any = None) -> tuple[dict[str, Any], Any]:
    """Whom the scheme has under sanction in its last month, in the whole society [persons].

    All of them, those of them but for debts that they could not pay, and the wrongly sanctioned:
    each with a 95% interval over replicates.  Returns the scheme's tables too.
    """
    scheme, society = schemes.load(question.scheme), societies.load(question.society)
    names = {"listed": "sanctioned", "unable": "anatomy_unable", "wrongly": "sanctioned_wrongly"}
    found: dict[str, list[float]] = {key: [] for key in names}
    for replicate in range(question.replicates):
        plan = run.plan(
            scheme, society, question.months, question.seed, question.people, replicate=replicate
        )
        counts = run.simulate(plan, question.threads)
        month = max(0, counts.window - 1)  # the last in which the scheme stood
        frames = counts.frames[SCHEME, month, :, 0]
        last = dict(zip(counts.counters, frames.tolist(), strict=True))
        for key, name in names.items():
            found[key].append(society.population * last[name] / last["people"])
        if tell:
            tell("replicates", replicate + 1, question.replicates)
    answer = {}
    for key, sample in found.items():
        ends = over_replicates(sample) if len(sample) > 1 else None
        low, high = ends or (None, None)
        answer[key] = {"value": float(np.mean(sample)), "low": low, "high": high}
    return answer, plan.scheme_tables


def answer(question: Question, tell: Any = None) -> dict[str, Any]:
    """Both sides, and how many small debtors are caught for each fugitive stopped."""
    others, tables = caught(question, tell)
    few = stopped(shut_share(tables))
    listed = others["listed"]["value"]
    return {
        "scheme": question.scheme, "society": question.society, "people": question.people,
        "months": question.months, "seed": question.seed, "replicates": question.replicates,
        "fugitives": few, "others": others,
        "stopped_share": {k: few[k] / few["of"] for k in ("value", "low", "high")},
        # More fugitives stopped are fewer others for each: the ends change places.
        "others_per_fugitive": {
            end: listed / few[of] if few[of] > 0 else None
            for end, of in (("value", "value"), ("low", "high"), ("high", "low"))
        },
    }  # fmt: skip
