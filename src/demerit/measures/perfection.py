"""Perfection: how often nobody is harmed, and whether the society with the scheme is the richer.

Efficiency is output less what harm, enforcement, administration and shut doors cost, each part
apart and in money per person and month.  Output and what shut doors cost come from the model's own
books; the prices of data/costs.toml are assumed, every one, and are not varied in any interval.
Money alone: months without work, doors, speech and trust have measures of their own, and no sum of
them all is made.
"""

import numpy as np

from demerit import facts
from demerit.measures.benefit import HARM
from demerit.measures.registry import Measure, Ratio, measure, put

COSTS = facts.read("costs.toml")
HARM_YUAN = {deed: COSTS["harm"][deed]["value"] for deed in HARM}
ENTRY, SANCTION, APPEAL = (
    COSTS["enforcement"][what]["value"] for what in ("entry", "sanction", "appeal")
)
FILE, MINUTE = COSTS["administration"]["file"]["value"], COSTS["time"]["hour"]["value"] / 60
ASSUMED = "  Prices: data/costs.toml, all assumed."


@measure(unit="share", better="more", headline="effect")
def perfect_share(harm_month):
    """In how many of an adult's months is nobody harmed by anything that the adult does?

    Person-months of adults without a harmful deed, seen or not, over all.

    Counts     harm_month (no or yes, group), of the months of the surveys
    Caution    A single piece of litter, or a bill that could not be paid, is enough to fail.

    >>> perfect_share(np.array([[30], [70]])).value
    array([0.3])
    """
    return Ratio(harm_month[0], harm_month.sum(axis=0))


@measure(unit="yuan", better="more", headline="effect")
def output_mean(output):
    """How much does the work that people have bring, for each person and month?

    Output: what those in work earn by it, per person; with less without is the work lost or won.

    Counts     output (people, yuan), of the months of the surveys
    Caution    Jobs are as many in all worlds: this moves as far as they are filled, and by whom.
               Firms' own output is not modelled.

    >>> output_mean(np.array([[4], [10_000]])).value
    array([2500.])
    """
    return Ratio(output[1], output[0])


def harm_yuan(*deeds: np.ndarray) -> np.ndarray:
    """What deeds cost others, counts in the order of HARM [yuan]."""
    priced = zip(HARM_YUAN.values(), deeds, strict=True)
    return np.asarray(sum(price * np.asarray(done, float) for price, done in priced))


def of_harm(*counts: np.ndarray) -> Ratio:
    """Harm per person and month."""
    return Ratio(harm_yuan(*counts[:-1]), counts[-1])


DONE = tuple(f"deed_{deed}" for deed in HARM)
put(Measure(
    "harm_cost", "yuan", "less", "effect",
    "What do the harmful deeds of a person cost others, in a month?",
    "Losses from harm: true deeds, seen or not, at a price each, per person and month." + ASSUMED,
    (*DONE, "people"), of_harm,
))  # fmt: skip


@measure(unit="yuan", better="less", headline="effect")
def enforcement_cost(entries, newly_sanctioned, appeals, people):
    """What does it cost to write entries, bring sanctions and answer appeals, for each person and
    month?

    Cost of enforcing the scheme; police and courts of ordinary law are the same in every world and
    are left out.  Prices: data/costs.toml, all assumed.

    >>> enforcement_cost(*map(np.array, ([20], [1], [0], [100]))).value
    array([3.6])
    """
    cost = ENTRY * np.asarray(entries, float) + SANCTION * newly_sanctioned + APPEAL * appeals
    return Ratio(cost, people)


@measure(unit="yuan", better="less", headline="effect")
def administration_cost(tier_0, tier_1, tier_2, tier_3, people):
    """What does it cost to keep everybody's file, for each person and month?

    Cost of administration, whatever is in the files.  Prices: data/costs.toml, all assumed.

    Counts     tier_0 to tier_3: those who have a file, while a scheme stands

    >>> administration_cost(*map(np.array, ([70], [10], [0], [0], [100]))).value
    array([0.8])
    """
    files = np.asarray(tier_0, float) + tier_1 + tier_2 + tier_3
    return Ratio(FILE * files, people)


@measure(unit="yuan", better="less", headline="effect")
def shut_doors_cost(refusal_cost_yuan, refusal_cost_minutes, people):
    """What do shut doors cost in money and time, for each person and month?

    Deadweight of refusals beyond what households' books hold, an hour at an assumed price
    (data/costs.toml).

    >>> shut_doors_cost(np.array([40]), np.array([180]), np.array([100])).value
    array([1.])
    """
    return Ratio(refusal_cost_yuan + MINUTE * np.asarray(refusal_cost_minutes, float), people)


FILES = ("tier_0", "tier_1", "tier_2", "tier_3")
ENFORCED = ("entries", "newly_sanctioned", "appeals")
SHUT = ("refusal_cost_yuan", "refusal_cost_minutes")


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


@measure(unit="yuan", better="less", headline="with")
def cost_per_deterred(
    deterred, tier_0, tier_1, tier_2, tier_3, entries, newly_sanctioned, appeals,
    refusal_cost_yuan, refusal_cost_minutes,
):  # fmt: skip
    """What does the scheme cost for each harmful deed that fear of it holds back?

    Cost per unit of benefit: administration, enforcement and shut doors over deeds deterred.
    Prices: data/costs.toml, all assumed.

    Undefined  where nothing is deterred
    Caution    Gross: deeds that move to where nobody looks are not taken off; a piece of litter
               counts as much as a fraud.

    >>> cost_per_deterred(*(np.array([n]) for n in (2, 70, 10, 0, 0, 4, 0, 0, 0, 0))).value
    array([70.])
    """
    whole = np.ones_like(np.asarray(deterred, float))
    cost = (
        administration_cost(tier_0, tier_1, tier_2, tier_3, whole).part
        + enforcement_cost(entries, newly_sanctioned, appeals, whole).part
        + shut_doors_cost(refusal_cost_yuan, refusal_cost_minutes, whole).part
    )
    return Ratio(cost, deterred)
