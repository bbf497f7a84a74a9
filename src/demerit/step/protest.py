"""Protest: who joins, given how many of one's ties protested last month.

grievance, daring, ties protesting, legitimacy, arrest  ->  yes/no

    H (1 - L)  +  pull x share of ties protesting  -  R P  >  T

Grievance H weighed by lost legitimacy 1 - L, less the risk R P of arrest, above a threshold T, is
Epstein's rule; R is 1 - daring.  The pull of those one is tied to gives each person a threshold in
the sense of Granovetter, and on a network the cascades of Watts.  With no pull it is Epstein's
rule, with no grievance and no risk it is Watts's.

Whole numbers: H, L, R and P in 1/256, so that their products, the pull and T are in 1/65536.  The
rule is multiplied by the number of ties, so that no share is rounded.

Sources: J. Epstein, "Modeling civil violence", PNAS 99 (suppl. 3), 2002,
doi:10.1073/pnas.092080199; M. Granovetter, "Threshold models of collective behavior", American
Journal of Sociology 83, 1978; D. Watts, "A simple model of global cascades on random networks",
PNAS 99, 2002, doi:10.1073/pnas.082090499.
"""

import numpy as np

from demerit.kernel import fill, inline, kernel


@inline
def joins(
    grievance, daring, legitimacy_256, arrest_256, protesting, ties, pull_16, threshold_16
):  # fmt: skip
    """Does one person protest?

    grievance, daring [1/256], legitimacy_256, arrest_256 [1/256], protesting and ties [people],
    pull_16, threshold_16 [1/65536].  Whoever has no ties feels no pull.
    """
    lost_256 = 256 - np.int64(legitimacy_256)
    fear_256 = 255 - np.int64(daring)
    spur_16 = np.int64(grievance) * lost_256 - fear_256 * np.int64(arrest_256)
    # Times the ties: share = protesting / ties needs no division, and so no rounding.
    known = max(np.int64(1), np.int64(ties))
    return (spur_16 - threshold_16) * known + pull_16 * np.int64(protesting) > 0


@kernel
def march(
    grievance, daring, legitimacy_256, arrest_256, protesting, ties, pull_16, threshold_16, out
):  # fmt: skip
    """Write to `out` (person,) who protests; rows are (person,), units as for `joins`."""
    for i in range(out.size):
        out[i] = joins(
            grievance[i], daring[i], legitimacy_256, arrest_256, protesting[i], ties[i],
            pull_16, threshold_16,
        )  # fmt: skip


@kernel
def spread(start, near, now, before, protesting):
    """Bring `protesting` (person,) up to date for ties of those whose answer has changed.

    Return how many have changed.  `now` is copied to `before` (person,).
    """
    changed = 0
    for i in range(now.size):
        step = np.int64(now[i]) - np.int64(before[i])
        if step != 0:
            changed += 1
            before[i] = now[i]
            for k in range(start[i], start[i + 1]):
                protesting[near[k]] += step
    return changed


@kernel
def cascade(
    start, near, grievance, daring, legitimacy_256, arrest_256, pull_16, threshold_16, out, most
):  # fmt: skip
    """Let people answer one another until nobody changes; return the rounds it took.

    Those tied to person i are near[start[i] : start[i + 1]] [row], and i is tied to each of them.
    All answer at once, from nobody protesting; `out` (person,) is who protests in the end.  It ends
    after `most` rounds, and is then not at rest; with a pull of nought or more it comes to rest.
    """
    people = out.size
    ties = np.empty(people, np.int64)
    for i in range(people):
        ties[i] = start[i + 1] - start[i]
    protesting = np.zeros(people, np.int64)
    before = np.zeros(people, np.uint8)
    fill(out, 0)
    rounds = 0
    changed = 1
    while changed > 0 and rounds < most:
        march(
            grievance, daring, legitimacy_256, arrest_256, protesting, ties, pull_16,
            threshold_16, out,
        )  # fmt: skip
        changed = spread(start, near, out, before, protesting)
        rounds += 1
    return rounds
