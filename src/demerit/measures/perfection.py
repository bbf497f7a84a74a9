"""Perfection: how often nobody is harmed, and whether the society with the scheme is the richer.

Efficiency is output less what harm, enforcement, administration and shut doors cost, each part
apart and in money per person and month.  Output and what shut doors cost come from the model's own
books; the prices of data/costs.toml are assumed, every one (prices.py).
Money alone: months without work, doors, speech and trust have measures of their own, and no sum of
them all is made.
"""

import numpy as np

from demerit import facts
from demerit.measures import prices
from demerit.measures.benefit import HARM
from demerit.measures.doors import DOORS, REFUSED
from demerit.measures.registry import FEN, Measure, Ratio, measure, of_sums, put, section

section("The perfect society")

COSTS = facts.read("costs.toml")
ASSUMED = "  Prices: data/costs.toml, all assumed."


@measure(unit="share", better="more", headline="effect")
def perfect_share(harm_month):
    """In how many of an adult's months is nobody harmed by anything that the adult does?

    Person-months of adults without a harmful deed, seen or not, over all.

    Counts     harm_month (no or yes, group), month by month
    Caution    A single piece of litter, or a bill that could not be paid, is enough to fail.

    >>> perfect_share(np.array([[30], [70]])).value
    array([0.3])
    """
    return Ratio(harm_month[0], harm_month.sum(axis=0))


@measure(unit="yuan", better="more", headline="effect")
def output_mean(output):
    """How much does the work that people have bring, for each person and month?

    Output: what those in work earn by it, per person; with less without is the work lost or won.

    Counts     output (people, fen), month by month
    Caution    Jobs are as many in all worlds: this moves as far as they are filled, and by whom.
               Firms' own output is not modelled.

    >>> output_mean(np.array([[4], [1_000_000]])).value
    array([2500.])
    """
    return Ratio(output[1] / FEN, output[0])


def harm_yuan(*deeds: np.ndarray) -> np.ndarray:
    """What deeds cost others, counts in the order of HARM [yuan]."""
    priced = prices.now().harm
    return np.asarray(
        sum(priced[deed] * np.asarray(done, float) for deed, done in zip(HARM, deeds, strict=True))
    )


def of_harm(*counts: np.ndarray) -> Ratio:
    """Harm per person and month."""
    return Ratio(harm_yuan(*counts[:-1]), counts[-1])


DONE = tuple(f"deed_{deed}" for deed in HARM)
FILES = ("tier_0", "tier_1", "tier_2", "tier_3")
ENFORCED = ("entries", "newly_sanctioned", "appeals")
SHUT = ("refusal_cost_yuan", "refusal_cost_minutes")
put(Measure(
    "harm_cost", "yuan", "less", "effect",
    "What do the harmful deeds of a person cost others, in a month?",
    "Losses from harm: true deeds, seen or not, at a price each, per person and month." + ASSUMED,
    (*DONE, "people"), of_harm, events=DONE,
))  # fmt: skip


@measure(unit="yuan", better="less", headline="effect", events=ENFORCED)
def enforcement_cost(entries, newly_sanctioned, appeals, people):
    """What does it cost to write entries, bring sanctions and answer appeals, for each person and
    month?

    Cost of enforcing the scheme; police and courts of ordinary law are the same in every world and
    are left out.  Prices: data/costs.toml, all assumed.

    >>> enforcement_cost(*map(np.array, ([20], [1], [0], [100]))).value
    array([3.6])
    """
    yuan = prices.now()
    cost = yuan.entry * np.asarray(entries, float)
    return Ratio(cost + yuan.sanction * newly_sanctioned + yuan.appeal * appeals, people)


@measure(unit="yuan", better="less", headline="effect", events=FILES)
def administration_cost(tier_0, tier_1, tier_2, tier_3, people):
    """What does it cost to keep everybody's file, for each person and month?

    Cost of administration, whatever is in the files.  Prices: data/costs.toml, all assumed.

    Counts     tier_0 to tier_3: those who have a file, while a scheme stands

    >>> administration_cost(*map(np.array, ([70], [10], [0], [0], [100]))).value
    array([0.8])
    """
    files = np.asarray(tier_0, float) + tier_1 + tier_2 + tier_3
    return Ratio(prices.now().file * files, people)


@measure(unit="yuan", better="less", headline="effect", events=REFUSED)
def shut_doors_cost(refusal_cost_yuan, refusal_cost_minutes, people):
    """What do shut doors cost in money and time, for each person and month?

    Deadweight of refusals beyond what households' books hold, an hour at an assumed price
    (data/costs.toml).

    >>> shut_doors_cost(np.array([40]), np.array([180]), np.array([100])).value
    array([1.])
    """
    time = prices.now().minute * np.asarray(refusal_cost_minutes, float)
    return Ratio(refusal_cost_yuan + time, people)


def of_efficiency(output: np.ndarray, people: np.ndarray, *counts: np.ndarray) -> Ratio:
    """Output less all parts [yuan per person and month].  Counts: FILES, ENFORCED, SHUT, DONE."""
    parts = (administration_cost, enforcement_cost, shut_doors_cost, of_harm)
    ends = np.cumsum([len(names) for names in (FILES, ENFORCED, SHUT, DONE)])
    cost = sum(
        part(*counts[end - len(names) : end], people).value
        for part, end, names in zip(parts, ends, (FILES, ENFORCED, SHUT, DONE), strict=True)
    )[:1]  # output has no groups
    earned = output_mean(output)
    return Ratio(np.nan_to_num(earned.value - cost) * earned.whole, earned.whole)


put(Measure(
    "efficiency", "yuan", "more", "effect",
    "All in all, is there more to go round for each person and month?",
    "Output less losses from harm, enforcement, administration and shut doors: `output_mean` less "
    "`harm_cost`, `enforcement_cost`, `administration_cost` and `shut_doors_cost`.  Money alone, "
    "and most of its prices assumed.",
    ("output", "people", *FILES, *ENFORCED, *SHUT, *DONE), of_efficiency,
))  # fmt: skip


section("Cost")


def of_running(
    tier_0: np.ndarray, tier_1: np.ndarray, tier_2: np.ndarray, tier_3: np.ndarray,
    entries: np.ndarray, newly_sanctioned: np.ndarray, appeals: np.ndarray,
    refusal_cost_yuan: np.ndarray, refusal_cost_minutes: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Administration, enforcement and shut doors, all of it [yuan].  Counts: FILES, ENFORCED, SHUT.

    >>> of_running(*(np.array([n]) for n in (70, 10, 0, 0, 4, 0, 0, 0, 0)))
    array([140.])
    """
    whole = np.ones_like(np.asarray(entries, float))
    return np.asarray(
        administration_cost(tier_0, tier_1, tier_2, tier_3, whole).part
        + enforcement_cost(entries, newly_sanctioned, appeals, whole).part
        + shut_doors_cost(refusal_cost_yuan, refusal_cost_minutes, whole).part
    )


put(Measure(
    "cost_per_deterred", "yuan", "less", "with",
    "What does the scheme cost for each harmful deed that fear of it holds back?",
    "Cost per unit of gross benefit: administration, enforcement and shut doors over deeds "
    "deterred; a piece of litter counts as much as a fraud, and what only moves elsewhere is not "
    "taken off: `cost_per_averted`.  Undefined where nothing is deterred." + ASSUMED,
    ("deterred", *FILES, *ENFORCED, *SHUT),
    lambda deterred, *counts: Ratio(of_running(*counts), deterred), events=("deterred",),
))  # fmt: skip


def of_averted(*counts: np.ndarray) -> np.ndarray:
    """What harm there is less than under ordinary law, less what has only moved elsewhere [yuan].

    Counts: deeds withheld, deeds here, deeds under law, each in the order of HARM.
    """
    kinds = len(HARM)
    withheld, here, law = (counts[k * kinds : (k + 1) * kinds] for k in range(3))
    moved = prices.now().moved
    gone = [
        moved.get(deed, 0) * np.asarray(n, float) for deed, n in zip(HARM, withheld, strict=True)
    ]
    return harm_yuan(*law) - harm_yuan(*here) - harm_yuan(*gone)


HELD_BACK = tuple(f"withheld_{deed}" for deed in HARM)
UNDER_LAW = tuple(f"{name}__law" for name in DONE)
RUNNING = len((*FILES, *ENFORCED, *SHUT))
AVERTED = (*HELD_BACK, *DONE, *UNDER_LAW)
put(Measure(
    "harm_averted_net", "yuan", "more", "with",
    "How much harm to others does the scheme spare each person in a month, all in all?",
    "Net benefit: losses from harm under ordinary law less those here (what the scheme itself "
    "brings about is in them) and less what of the deeds held back is assumed to have moved to "
    "where nobody looks (data/displacement.toml), per person and month." + ASSUMED,
    ("people", *AVERTED), lambda people, *counts: Ratio(of_averted(*counts), people),
    events=(*DONE, *UNDER_LAW),
))  # fmt: skip
put(Measure(
    "cost_per_averted", "number", "less", "with",
    "For each yuan of harm that the scheme spares people, how many does it cost?",
    "Cost per unit of net benefit: administration, enforcement and shut doors over "
    "`harm_averted_net`.  Undefined where there is more harm than under ordinary law." + ASSUMED,
    (*FILES, *ENFORCED, *SHUT, *AVERTED),
    lambda *counts: Ratio(of_running(*counts[:RUNNING]), of_averted(*counts[RUNNING:])),
    events=(*DONE, *UNDER_LAW),
))  # fmt: skip


@measure(unit="number", better="less", headline="with", events=("deterred",))
def sanction_months_per_deterred(sanctioned, deterred):
    """For each harmful deed that fear holds back, how many months do people spend under sanction?

    Punishment per unit of gross benefit: person-months under sanction over deeds deterred.

    Undefined  where nothing is deterred

    >>> sanction_months_per_deterred(np.array([30]), np.array([10])).value
    array([3.])
    """
    return Ratio(sanctioned, deterred)


put(Measure(
    "refusals_per_deterred", "number", "less", "with",
    "For each harmful deed that fear holds back, how many doors are shut in somebody's face?",
    "Refusals at all doors per unit of gross benefit.  Undefined where nothing is deterred.",
    (*REFUSED, "deterred"), of_sums(len(DOORS)), events=("deterred",),
))  # fmt: skip
