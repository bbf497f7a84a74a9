"""Cascades: who follows whom on a random graph, with the rule of protest.

Without grievance and risk the rule is Watts's: a person joins once the share of ties that have
joined reaches the threshold.  Two closed forms are worked out with the number of ties that the
rule itself needs: the mean numbers of ties between which one seed can start a cascade, and the
share that a share of seeds reaches.  Simulated graphs are held against the second.

Sources: D. Watts, "A simple model of global cascades on random networks", PNAS 99, 2002,
doi:10.1073/pnas.082090499; J. Gleeson, D. Cahalane, "Seed size strongly affects cascades on random
networks", Physical Review E 75, 056103, 2007, doi:10.1103/PhysRevE.75.056103.
"""

import math
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq
from scipy.special import bdtrc, pdtr
from scipy.stats import poisson

from demerit.step import protest
from demerit.theory.graphs import random_graph
from demerit.theory.row import Row, compare, reference, sampled

WHOLE = 65536  # the pull: all of one's ties weigh 1
CALM, FEARLESS = 0, 255
FIRED = 256  # grievance [1/256] of a seed, above any threshold
MOST = 80  # ties in the closed forms; more have a chance below 1e-40 for means up to 15
GRAPHS, PEOPLE = 8, 50_000


def threshold_16(share: float) -> int:
    """The T [1/65536] above which lies exactly what is at or above this share.

    Watts's rule says "at least", Epstein's "more than": one 65536th less makes them one.

    >>> threshold_16(0.25), threshold_16(0.2)
    (16383, 13107)
    """
    return math.ceil(share * WHOLE) - 1


def needed(share: float, most: int = MOST) -> np.ndarray:
    """How many joined ties the rule asks of a person with 0 ... `most` ties (most + 1,).

    With no ties: one more than there are.
    """
    found = np.zeros(most + 1, np.int64)
    line = threshold_16(share)
    for ties in range(most + 1):
        joined = 0
        while joined <= ties and not protest.joins(0, FEARLESS, CALM, 0, joined, ties, WHOLE, line):
            joined += 1
        found[ties] = joined
    return found


def window(share: float) -> tuple[int, float, float]:
    """Ties of the best-tied person whom one tie can move, and the mean ties of the two edges.

    A cascade can run where those whom one tie can move (at most K ties) hang together:
    the sum of k (k - 1) p(k) over k <= K is the mean z; for Poisson ties, z P(k <= K - 2) = 1.
    Nought and nought where there is no window.
    """
    vulnerable = int(np.flatnonzero(needed(share) == 1).max())

    def miss(z: float) -> float:
        return float(z * pdtr(vulnerable - 2, z) - 1)

    grid = np.linspace(0.5, 40, 4000)
    signs = [miss(z) for z in grid]
    edges = [
        brentq(miss, grid[k], grid[k + 1], xtol=1e-12)
        for k, (a, b) in enumerate(pairwise(signs))
        if a * b < 0
    ]
    if len(edges) != 2:
        return vulnerable, 0.0, 0.0
    return vulnerable, float(edges[0]), float(edges[1])


def reached(ties: float, share: float, seeds: float, rounds: int = 100_000) -> float:
    """Share that has joined in the end, on an endless random graph, from a share of seeds.

    q <- s + (1 - s) sum of k p(k) / z P(at least m(k) of k - 1 ties have joined, each with q);
    the share is the same with p(k) and k ties (Gleeson and Cahalane 2007, eqs. 1 to 3).
    """
    k = np.arange(MOST + 1)
    asked = needed(share)
    chance = poisson.pmf(k, ties)
    beside = chance[1:] * k[1:] / ties  # people at the end of a tie
    q = seeds
    for _ in range(rounds):
        before = q
        follow = bdtrc(asked[1:] - 1.0, k[1:] - 1, q)
        q = seeds + (1 - seeds) * float(beside @ np.nan_to_num(follow))
        if abs(q - before) < 1e-15:
            break
    follow = np.nan_to_num(bdtrc(asked[1:] - 1.0, k[1:], q))
    return float(seeds + (1 - seeds) * (chance[1:] @ follow))


def simulated(seed: int, people: int, ties: float, share: float, seeds: float) -> float:
    """Share of one random graph that has joined in the end, by the rule of protest.

    The people of a random graph are alike, so that the seeds may be the first of them.
    """
    start, near = random_graph(seed, people, ties)
    felt = np.zeros(people, np.int64)
    felt[: round(seeds * people)] = FIRED
    daring = np.full(people, FEARLESS, np.uint8)
    out = np.zeros(people, np.uint8)
    rounds = protest.cascade(
        start, near, felt, daring, CALM, 0, WHOLE, threshold_16(share), out, people
    )
    if rounds == people:
        raise AssertionError("a cascade that nobody leaves ends before everybody has joined")
    return float(out.mean())


def rows() -> list[Row]:
    """Windows, reaches and simulated cascades beside the published ones."""
    given = reference("cascades")
    found = []
    for row in given["windows"]:
        phi = row["threshold"]
        vulnerable, low, high = window(phi)
        found += [
            compare(f"cascades.window.{phi}.vulnerable",
                    f"most ties at which one moves a person, threshold {phi} [ties]",
                    row["vulnerable"], vulnerable, 0, "Watts 2002"),
            compare(f"cascades.window.{phi}.from", f"cascades from, threshold {phi} [mean ties]",
                    row["ties"][0], low, 1e-6, "Watts 2002"),
            compare(f"cascades.window.{phi}.to", f"cascades up to, threshold {phi} [mean ties]",
                    row["ties"][1], high, 1e-6, "Watts 2002"),
        ]  # fmt: skip
    phi = given["threshold"]
    for row in given["reached"]:
        for seeds in (0.001, 0.01):
            found.append(
                compare(f"cascades.reached.{row['ties']}.{seeds}",
                        f"reached from {seeds:.1%} of seeds, {row['ties']} ties [share]",
                        row[f"from_{seeds}"], reached(row["ties"], phi, seeds), 1e-6,
                        "Gleeson and Cahalane 2007")
            )  # fmt: skip
    for row in given["sampled"]:
        found += simulated_rows(row, phi)
    return found


def simulated_rows(row: dict, phi: float) -> list[Row]:
    """Simulated graphs beside the closed form and beside the graphs of others."""
    ties, seeds = row["ties"], row["seeds"]
    ends = [simulated(graph, PEOPLE, ties, phi, seeds) for graph in range(GRAPHS)]
    # The published means are over fewer, larger graphs: their errors follow from those here.
    error = float(np.std(ends, ddof=1)) * (PEOPLE / 200_000 / row["graphs"]) ** 0.5
    form = reached(ties, phi, seeds)
    what = f"{GRAPHS} graphs of {PEOPLE}, {seeds:.1%} of seeds, {ties} ties [share]"
    return [
        sampled(f"cascades.simulated.{ties}.form", f"{what}: closed form", form, ends,
                "Gleeson and Cahalane 2007"),
        sampled(f"cascades.simulated.{ties}.graphs", f"{what}: graphs of others", row["mean"],
                ends, "graphs of 200,000, by others", error),
    ]  # fmt: skip
