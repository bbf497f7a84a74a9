"""Gaps: what puts each gap between groups in, and what of it rests on assumed numbers.

A plan  ->  gaps of six rates, each parted among six inputs that differ between groups

Each gap is that of the two groups that lie farthest apart in the model as it is, and these two
stay the same when inputs are switched off (dealt.py).  An input's part is its Shapley value: what
it adds to the gap, averaged over all orders of switching the inputs on (64 worlds on the same
draws), so that the parts and what is left with all inputs off add up to the gap.  What is left is
age itself, rules that name it, and chance: the null test, that groups alike in every input are
treated alike.

That two groups were picked as the farthest apart makes gaps that are chance look wider than they
are, and so many gaps and parts are looked at that some lie beyond chance by luck.  The interval, a
jackknife over blocks of people paired between worlds, is of each by itself.  Beside it stands
whether it holds among all of them: by Holm's rule, for a gap after its chance was taken as often as
there are pairs of groups to pick from (Bonferroni; chance.py).
"""

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from demerit import chance, dealt, run
from demerit.columns import SCHEME
from demerit.contrast import half_width
from demerit.dealt import INPUTS
from demerit.lint_harm import Figure, figure, plain
from demerit.lint_worlds import Tell, leave_out
from demerit.measures import fairness
from demerit.measures.fairness import GROUPS
from demerit.shapley import shapley
from demerit.society.people import GROUPINGS
from demerit.survey import tables

SETS = 1 << len(INPUTS)
EQUAL = frozenset(("eyes", "exposure", "money"))  # SCIENCE's null: equal agencies, view and money


ALPHA = 0.05
MANY = (
    "how likely chance alone brings as much among all gaps, or among all parts, of this table: "
    "Holm's rule, a gap's chance first taken as often as there are pairs of groups to pick from"
)


class Rate(NamedTuple):
    """A rate whose gaps are parted."""

    question: str
    textbook: str
    function: Callable[..., np.ndarray]


RATES = {
    "sanctioned": Rate(
        "How much more often is one group under sanction than the other?",
        "Demographic parity difference, of the adverse outcome.", fairness.sanctioned,
    ),
    "innocent_kept": Rate(
        "Among those against whom nothing true speaks, how much less often does one keep free?",
        "Equal opportunity difference, by the clean file.", fairness.innocent_kept,
    ),
    "undeserving_kept": Rate(
        "The same among those whom the rules would not punish were every deed seen?",
        "True positive rate difference, by the seen file: half of equalised odds.",
        fairness.undeserving_kept,
    ),
    "missed": Rate(
        "How much more often does one group get away with what the rules would punish?",
        "False positive rate difference, by the seen file: the other half.", fairness.missed,
    ),
    "wronged": Rate(
        "Among the punished, how much more often is it by mistake?",
        "False discovery rate difference of sanctions.", fairness.wronged,
    ),
    "deserving": Rate(
        "How much more often would the rules punish one group, were every deed seen?",
        "Base rate difference, to stand beside the others.", fairness.deserving,
    ),
}  # fmt: skip


def switched_on(s: int) -> frozenset[str]:
    """The inputs of a set: input k is in it if bit k is set."""
    return frozenset(key for k, key in enumerate(INPUTS) if s >> k & 1)


def standings(plan: run.Plan, off: frozenset[str], threads: int,
              months_before: int = run.MONTHS_BEFORE) -> dict[str, np.ndarray]:  # fmt: skip
    """Standings by each grouping in the world without these inputs: over everybody, and all but
    each fold in turn {grouping: (1 + fold, standing, group)}."""
    counts = dealt.simulate(plan, off, threads, months_before=months_before)
    return {
        name: leave_out(
            tables.read(f"standing_by_{name}", counts.folds[:, SCHEME], counts.counters)
        )
        for name in GROUPS
    }


def names(grouping: str) -> list[str]:
    """Names of the groups, in the order of the table.

    >>> names("sex_age")[:2]
    ['female, 0-13', 'female, 14-29']
    """
    return [", ".join(each) for each in product(*(GROUPINGS[g] for g in grouping.split("_")))]


def rates_of(function: Callable[..., np.ndarray], cells: np.ndarray) -> np.ndarray:
    """A rate over everybody, and all but each fold; nan of groups too small (1 + fold, group)."""
    held = np.isfinite(function(cells[0], None))
    return np.array([function(one, held) for one in cells])


def part(rate: str, grouping: str, worlds: list[dict[str, np.ndarray]]) -> dict[str, Any] | None:
    """One gap and its parts; None where there are not two groups large enough.

    `worlds` (set,): standings with the inputs of each set on, the last of them the model as it is.
    """
    function = RATES[rate].function
    whole = rates_of(function, worlds[-1][grouping])
    known = np.flatnonzero(np.isfinite(whole[0]))
    if known.size < 2:
        return None
    high = known[np.argmax(whole[0, known])]
    low = known[np.argmin(whole[0, known])]
    pair = np.isin(np.arange(whole.shape[1]), (high, low))
    worth = []
    for one in worlds:
        found = np.array([function(cells, pair) for cells in one[grouping]])
        worth.append(found[:, high] - found[:, low])
    values = shapley(np.array(worth))
    pairs = known.size * (known.size - 1) // 2
    null = worth[sum(1 << k for k, key in enumerate(INPUTS) if key not in EQUAL)]
    return {
        "rate": rate, "grouping": grouping,
        "high": names(grouping)[high], "low": names(grouping)[low],
        "rate_high": float(whole[0, high]), "rate_low": float(whole[0, low]),
        "gap": figure(worth[-1]), "pairs": pairs,
        "by_luck": {"gap": by_luck(worth[-1], pairs),
                    **{key: by_luck(values[k]) for k, key in enumerate(INPUTS)}},
        "parts": {key: figure(values[k]) for k, key in enumerate(INPUTS)},
        "left": figure(worth[0]), "equal_eyes_exposure_money": figure(null),
    }  # fmt: skip


def by_luck(sample: np.ndarray, pairs: int = 1) -> float | None:
    """How likely chance alone brings as much, picked as the widest of so many pairs; None where it
    has no interval.

    >>> by_luck(np.full(9, 0.0)), by_luck(np.array([0.1])) is None
    (1.0, True)
    """
    one, left = figure(sample), sample[1:]
    if one.value is None or one.low is None:
        return None
    return min(1.0, pairs * chance.by_luck_alone(one.value, half_width(left), left.size))


def among_all(rows: list[dict[str, Any]]) -> None:
    """Replace each row's `by_luck` by what it is among all gaps, or all parts, at once (Holm)."""
    families = [[(row, "gap") for row in rows], [(row, key) for row in rows for key in INPUTS]]
    for family in families:
        known = [(row, key) for row, key in family if row["by_luck"][key] is not None]
        found = chance.holm([row["by_luck"][key] for row, key in known])
        for (row, key), p in zip(known, found, strict=True):
            row["by_luck"][key] = p


def measure(plan: run.Plan, threads: int, tell: Tell,
            months_before: int = run.MONTHS_BEFORE) -> dict[str, Any]:  # fmt: skip
    """All gaps of a plan, parted; with what is behind each input."""
    worlds = []
    for s in range(SETS):
        off = dealt.ALL - switched_on(s)
        worlds.append(standings(plan, off, threads, months_before))
        tell("worlds", s + 1, SETS)
    inputs = dealt.behind(plan.scheme, plan.society.key)
    found = [row for grouping in GROUPS for rate in RATES if (row := part(rate, grouping, worlds))]
    among_all(found)
    for row in found:
        row["put_in_by"] = put_in_by(row, inputs)
    return {
        "people": plan.people, "months": plan.months, "seed": plan.seed, "worlds": SETS,
        "method": "Shapley values over six inputs, each off when dealt out anew in the block",
        "interval": "people: jackknife over blocks, paired between worlds, 95 in 100",
        "by_luck": MANY,
        "rates": {key: {"unit": "share", "question": rate.question, "textbook": rate.textbook}
                  for key, rate in RATES.items()},
        "inputs": inputs,
        "gaps": [plain(row) for row in found],
    }  # fmt: skip


def put_in_by(row: dict[str, Any], inputs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The inputs whose part is beyond chance by itself, the largest first; those whose part is so
    among all parts of all gaps; and whether each of their numbers is assumed."""
    beyond = [key for key, one in row["parts"].items() if is_beyond_chance(one)]
    beyond.sort(key=lambda key: -abs(row["parts"][key].value))
    among = [key for key in beyond if holds(row["by_luck"][key])]
    assumed = [key for key in beyond if inputs[key]["numbers"] == inputs[key]["assumed"]]
    return {"inputs": beyond, "among_all": among, "all_numbers_assumed": assumed}


def holds(by_luck: float | None) -> bool:
    """Is it a finding among all that were looked at?"""
    return by_luck is not None and by_luck < ALPHA


def is_beyond_chance(one: Figure) -> bool:
    """Does the interval exclude nought?

    >>> is_beyond_chance(Figure(0.1, 0.05, 0.15)), is_beyond_chance(Figure(0.1, -0.05, 0.25))
    (True, False)
    """
    return one.low is not None and one.high is not None and (one.low > 0 or one.high < 0)
