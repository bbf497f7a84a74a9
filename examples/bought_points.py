"""Bought points: what is left of a score's meaning, and of trust, as officials are for sale.

    python examples/bought_points.py [--people 10000] [--months 36] [--replicates 5] [--threads 2]

The national scheme, in which officials sell points, drop records on friends and have critics
booked.  The share of officials for sale goes from none to all; people, their luck and all other
numbers stay the same, so that each line is compared with the first over the same replicates (95%,
Student's t over the differences).

First as the scheme's file has it, where tiers hardly tell who is honest, so that nothing can be
lost.  Then in four steps, each with all the steps before it, whole groups of numbers are set to
what makes a score mean the most, for there to be a meaning that can be sold:

    market    who could stand better asks an official every other month, the price is low and much
              is sold for it, and people look up their score: the ends of the ranges
    seen      agencies see every harmful deed
    told      every harmful deed goes with its trait as closely as its range allows, and harmful
              deeds alone count, and cost the most that their ranges allow
    common    harmful deeds are as frequent as their ranges allow: there is more to tell people by

What came of it at this size stands in docs/model.md, 7.12a: as the file has it nothing is lost,
for there is nothing; where harm is seen, goes with character and alone counts, validity is 52.67%
with no official for sale, and 0.10 to 0.35 points less with one in four, 0.34 to 0.72 with all.

    validity  of a more and a less honest person, how likely does the more honest stand in the
              better tier?  (area under the ROC curve; 50% is tossing a coin)
    belief    how likely do people think it is that a stranger keeps a deal?
    kept      how many deals with strangers are kept?
    settled   false records that officials have booked on critics
    out       officials disciplined, a year
"""

import argparse
from collections.abc import Sequence

import numpy as np

from demerit import ensemble, facts, run
from demerit import scheme as schemes
from demerit.contrast import over_replicates, values
from demerit.measures import MEASURES

SHARES = (0.0, 0.25, 1.0)
BRISK = {
    "national.favours.sale": 0.5, "national.favours.price": 200, "national.favours.points": 100,
    "responses.awareness.look_up": 0.2, "responses.awareness.learn_rules": 0.2,
}  # fmt: skip
DEEDS = facts.read("deeds.toml")["deed"]
WATCHFUL = {
    f"deeds.deed.{key}.seen.{agency}": 1.0
    for key, deed in DEEDS.items() if deed["harm"] for agency in deed["seen"]
}  # fmt: skip
SETTLED = ("unlawful_post",)  # what critics are accused of must cost points
TELLING = {
    f"deeds.deed.{key}.load": min(deed["load"]["range"])
    for key, deed in DEEDS.items() if deed["harm"]
}  # fmt: skip
COMMON = {
    f"deeds.deed.{key}.rate": max(deed["rate"]["range"])
    for key, deed in DEEDS.items() if deed["harm"]
}  # fmt: skip
HARM_ALONE = {
    f"national.points.{key}": min(fact["range"]) if DEEDS[key]["harm"] else 0
    for key, fact in schemes.load("national").spec["points"].items()
    if key not in SETTLED
}  # fmt: skip
MARKETS: dict[str, dict[str, float]] = {
    "as the file has it": {},
    "market": BRISK,
    "market, seen": BRISK | WATCHFUL,
    "market, seen, told": BRISK | WATCHFUL | TELLING | HARM_ALONE,
    "market, seen, told, common": BRISK | WATCHFUL | TELLING | HARM_ALONE | COMMON,
}
SHOWN = ("score_validity", "belief_in_strangers", "deals_honoured")
HEADS = ("for sale", "sold per 1,000", "validity", "belief", "kept", "settled", "out")


def measure(share: float, market: dict[str, float], asked: argparse.Namespace) -> np.ndarray:
    """The measures of every replicate (replicate, measure)."""
    changed = {**market, "national.officials.for_sale": share}
    society = ensemble.load_society("china-2020", changed)
    found = []
    for replicate in range(asked.replicates):
        plan = run.plan(
            schemes.load("national", changed), society, asked.months, asked.seed,
            people=asked.people, replicate=replicate, values=changed,
        )  # fmt: skip
        counts = run.simulate(plan, asked.threads)
        total = counts.folds.sum(axis=0)
        keys = ("points_sold_rate", *SHOWN, "accounts_settled_rate", "disciplined_rate")
        found.append([values(MEASURES[key], total, counts.counters)["with"][0] for key in keys])
    return np.array(found)


def cell(here: Sequence[float], there: Sequence[float]) -> str:
    """A share in percent, and how far it lies from the first line's, with its interval."""
    mean = 100 * float(np.mean(here))
    if np.array_equal(here, there):
        return f"{mean:.2f}"
    low, high = over_replicates(list(100 * (np.asarray(here) - np.asarray(there)))) or (0, 0)
    return f"{mean:.2f} ({low:+.2f} to {high:+.2f})"


def line(share: float, found: np.ndarray, first: np.ndarray) -> tuple[str, ...]:
    """One line of the table."""
    sold, *shown, settled, out = range(found.shape[1])
    return (
        f"{share:.0%}", f"{1000 * found[:, sold].mean():.2f}",
        *(cell(found[:, k], first[:, k]) for k in shown),
        f"{1000 * found[:, settled].mean():.2f}", f"{12 * found[:, out].mean():.2%}",
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the experiment and print a table for each market."""
    parser = argparse.ArgumentParser(description="Share of officials for sale, from none to all.")
    for name, default in (("people", 10_000), ("months", 36), ("replicates", 5), ("threads", 2),
                          ("seed", 1)):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args(arguments)
    print(
        "These people do not exist, and nobody has published how often points are sold: in this "
        f"model.\n{asked.people:,} people, {asked.months} months, {asked.replicates} replicates. "
        "Shares in %; in brackets the change\nagainst no official for sale, 95% interval in "
        "percentage points. Sold, settled: per 1,000 officials and month."
    )
    for title, market in MARKETS.items():
        print(f"\n{title}")
        print(f"{HEADS[0]:>8} {HEADS[1]:>14} " + " ".join(f"{head:>24}" for head in HEADS[2:5])
              + f" {HEADS[5]:>8} {HEADS[6]:>7}")  # fmt: skip
        first: np.ndarray | None = None
        for share in SHARES:
            found = measure(share, market, asked)
            first = found if first is None else first
            a, b, *rest, settled, out = line(share, found, first)
            shown = " ".join(f"{text:>24}" for text in rest)
            print(f"{a:>8} {b:>14} {shown} {settled:>8} {out:>7}", flush=True)


if __name__ == "__main__":
    main()
