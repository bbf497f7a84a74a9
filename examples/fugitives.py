"""Would a scheme have stopped the big fugitives, and how many small debtors does it catch?

    python examples/fugitives.py                     fifty synthetic borrowers, the court list
    python examples/fugitives.py --people 200k       a larger sample of everybody else

Fifty hypothetical borrowers of equal weight default and mean to leave.  A list of debtors stops one
of them if a judgment bears the borrower's own name, if it comes before the departure, and if the
borrower leaves by a way at which the list is asked.  Each of these is assumed, over a range
(data/fugitives.toml); the interval is what nine of ten of 64 draws over these ranges lie between.
Beside them stand the people whom the same list sanctions in a run of `court-list`.

Chances: waiting times are exponential, so that of a judgment of mean J and a departure of mean D
the judgment comes first with chance D / (D + J) (D. R. Cox, "Renewal Theory", 1962, from memory).
"""

import sys
from collections.abc import Mapping

import numpy as np

from demerit import ensemble, facts
from demerit.columns import SCHEME

DRAWS, QUANTILES = 64, (0.05, 0.95)
NATION = 1_411_778_724  # people, census of 2020


def stopped_share(number: Mapping[str, float]) -> float:
    """Share of the borrowers whom a list stops beyond those whom ordinary law holds already.

    >>> one = {"proceedings": 6, "departure": 6, "nominee": 0.5, "other_way": 0.0, "on_hold": 0.2}
    >>> stopped_share(one)
    0.2
    """
    in_time = number["departure"] / (number["departure"] + number["proceedings"])
    own_name, asked = 1 - number["nominee"], 1 - number["other_way"]
    return (1 - number["on_hold"]) * own_name * in_time * asked


def answers() -> tuple[float, float, float]:
    """Of fifty, how many are stopped: at the assumed numbers, and the ends of the interval."""
    table = facts.read("fugitives.toml")["fugitives"]
    count, rest = table["number"]["value"], {k: v for k, v in table.items() if k != "number"}
    found = []
    for row in ensemble.sobol(len(rest), 1, DRAWS):
        drawn = zip(rest.items(), row, strict=True)
        found.append(stopped_share({key: ensemble.at(fact, u) for (key, fact), u in drawn}))
    low, high = np.quantile(found, QUANTILES)
    usual = stopped_share({key: fact["value"] for key, fact in rest.items()})
    return count * usual, count * float(low), count * float(high)


def small_debtors(people: int, months: int = 36) -> tuple[float, float]:
    """People on the list in its last month, and those of them for inability alone (nation)."""
    from demerit import run, scheme, society

    plan = run.plan(scheme.load("court-list"), society.load("china-2020"), months, 1, people)
    counts = run.simulate(plan, 2)
    month = counts.window - 1  # the last in which the list stood
    last = dict(zip(counts.counters, counts.frames[SCHEME, month, :, 0], strict=True))
    times = NATION / last["people"]
    return float(times * last["sanctioned"]), float(times * last["anatomy_unable"])


def main(people: int) -> None:
    """Print the answer with its interval."""
    got, low, high = answers()
    listed, unable = small_debtors(people)
    print(f"Of 50 hypothetical fugitives the list stops {got:.1f} ({low:.1f} to {high:.1f}).")
    print(f"It holds {listed:,.0f} others, {unable:,.0f} of whom it would not but for debts")
    print("that they could not pay.")
    few, many = (listed / x for x in (max(high, 0.1), max(low, 0.1)))
    print(
        f"Small debtors for each fugitive stopped: {listed / got:,.0f} ({few:,.0f} to {many:,.0f})."
    )


if __name__ == "__main__":
    size = sys.argv[sys.argv.index("--people") + 1] if "--people" in sys.argv else "100k"
    main(int(size.replace("k", "000").replace("m", "000000")))
