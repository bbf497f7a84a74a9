"""Reciprocity: help for those of good name, and how well known a name must be.

In each round everybody may help somebody, at a cost c, to a benefit b.  Most help whoever is not
known to have a bad name; a few never help, and get a bad name by it.  Whoever refuses one known to
be bad keeps a good name.  A name is known with chance q.  The few do worse than the most, and
cannot spread, where q > c / b.

Sources: M. Nowak, K. Sigmund, "Evolution of indirect reciprocity by image scoring", Nature 393,
1998, doi:10.1038/31225; M. Nowak, "Five rules for the evolution of cooperation", Science 314, 2006,
doi:10.1126/science.1133755.
"""

import numpy as np

from demerit import draws
from demerit.kernel import fill, kernel
from demerit.theory.row import ERRORS, GAME, Row, compare, reference, sampled

SEED = 1998
PEOPLE, FEW, ROUNDS, BURN, GAMES = 1000, 5, 500, 20, 16
KNOWN = (0.1, 0.25, 0.4, 0.55, 0.7)  # chances to know a name


@kernel
def play(seed, replicate, known_32, few, rounds, burn, bad, given, received):
    """Play; count help given and received by person after `burn` rounds: rows are (person,).

    The first `few` never help.  `bad` is who has a bad name, at first nobody.
    """
    people = bad.size
    fill(bad, 0)
    fill(given, 0)
    fill(received, 0)
    for turn in range(rounds):
        counted = np.int64(turn >= burn)
        for i in range(people):
            whom, known, _, _ = draws.four(seed, draws.U(i), turn, replicate, GAME, 0)
            j = draws.among(whom, people - 1)
            j += j >= i
            if i < few:
                bad[i] = 1
            elif not (bad[j] and known < known_32):
                given[i] += counted
                received[j] += counted


def advantage(replicate: int, known: float) -> tuple[float, float]:
    """How much more those who help are helped than the few, and what they give [a round]."""
    bad = np.zeros(PEOPLE, np.uint8)
    given, received = np.zeros(PEOPLE, np.int64), np.zeros(PEOPLE, np.int64)
    play(draws.U(SEED), replicate, draws.chance_32(known), FEW, ROUNDS, BURN, bad, given, received)
    rounds = ROUNDS - BURN
    more = received[FEW:].mean() / rounds - received[:FEW].mean() / rounds
    return float(more), float(given[FEW:].mean() / rounds)


def critical(benefit: float, cost: float, more: np.ndarray, gives: np.ndarray) -> float:
    """The chance to know a name at which both do equally well: where a line through b x more - c x
    gives crosses nought (more, gives by chance in `KNOWN`)."""
    slope, level = np.polyfit(KNOWN, benefit * more - cost * gives, 1)
    return float(-level / slope)


def critical_of_few(benefit: float, cost: float, people: int, few: int) -> float:
    """The same exactly, for this many people of whom `few` never help; c / b as few of many.

    Those who help are helped by all others of their kind, and pay for the unknown few:
    (n - f - 1) (b - c) = (1 - q) (b (n - f) + c f).
    """
    most = people - few
    return 1 - (most - 1) * (benefit - cost) / (benefit * most + cost * few)


def rows() -> list[Row]:
    """The critical chance: published, for the people here, and played."""
    games = np.array([[advantage(game, known) for known in KNOWN] for game in range(GAMES)])
    found = []
    for row in reference("reciprocity")["examples"]:
        b, c = row["benefit"], row["cost"]
        exact = critical_of_few(b, c, PEOPLE, FEW)
        played = [critical(b, c, game[:, 0], game[:, 1]) for game in games]
        found += [
            compare(f"reciprocity.{b}.{c}.few", f"critical chance, b {b}, c {c}: {FEW} in {PEOPLE}",
                    row["critical"], exact, (FEW + 1) / PEOPLE,
                    "Nowak and Sigmund 1998, for few of many"),
            sampled(f"reciprocity.{b}.{c}.played", f"critical chance, b {b}, c {c}: played",
                    exact, played, "Nowak and Sigmund 1998, for these numbers"),
            compare(f"reciprocity.{b}.{c}", f"critical chance, b {b}, c {c}: played, beside c / b",
                    row["critical"], float(np.mean(played)),
                    ERRORS * float(np.std(played, ddof=1)) / GAMES**0.5 + (FEW + 1) / PEOPLE,
                    "Nowak and Sigmund 1998"),
        ]  # fmt: skip
    return found
