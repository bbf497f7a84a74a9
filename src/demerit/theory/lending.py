"""Lending: loans move who is lent to; a lender who looks to the bank alone wears borrowers down.

Two groups, people of each in seven clusters of credit.  Each step one of either group applies,
drawn from its people; the lender lends where a loan is expected to pay; who repays moves up a
cluster, who does not moves down.  The clusters that are lent to thin out for ever, since the lowest
of them is left for good by whoever fails in it, and the groups come to look alike: poor.

Three ways to the same figures: the expectation, which is a linear map; its eigenvalues and states
of rest; and people, 100 of each group, on this project's draws.

Source: L. Liu, S. Dean, E. Rolf, M. Simchowitz, M. Hardt, "Delayed impact of fair machine
learning", ICML 2018; A. D'Amour, H. Srinivasan, J. Atwood, P. Baljekar, D. Sculley, Y. Halpern,
"Fairness is not static", FAT* 2020, doi:10.1145/3351095.3372878.
"""

from typing import Any

import numpy as np

from demerit import draws
from demerit.kernel import kernel
from demerit.theory.row import LOAN, Row, compare, reference, sampled

SEED = 2018
RUNS = 200
PEOPLE = 100  # of each group: a hundredth of its mass moves with a loan
EXACT = 1e-9
LIU, REPLICA = "Liu and others 2018; exact", "D'Amour and others 2020, replicated"


def threshold(success: np.ndarray, interest: float) -> int:
    """The lowest cluster in which a loan is expected to pay.

    >>> threshold(np.array([0.2, 0.45, 0.6]), 1.0)
    2
    """
    return int(np.argmax(success * interest - (1 - success) >= 0))


def step_of(success: np.ndarray, lent: np.ndarray) -> np.ndarray:
    """Where the mass of one applicant goes, less where it was (to, from), for those lent to."""
    count = success.size
    moves = np.zeros((count, count))
    for c in map(int, np.flatnonzero(lent)):
        moves[min(c + 1, count - 1), c] += success[c]
        moves[max(c - 1, 0), c] += 1 - success[c]
        moves[c, c] -= 1
    return moves


def expected(setting: dict[str, Any], steps: list[int]) -> dict[int, dict[str, np.ndarray]]:
    """Expectations after so many steps: distribution (group, cluster), loans, recall (group,)."""
    success = np.array(setting["success_probs"])
    share = np.array([setting["group_prob"], 1 - setting["group_prob"]])
    groups = np.array(setting["cluster_probs"], float)
    first = threshold(success, setting["interest_rate"])
    lent = np.arange(success.size) >= first
    loans, good, right = np.zeros((3, 2))
    found = {}
    for step in range(max(steps)):
        now = lent if step else np.ones_like(lent)  # the first applicant is lent to whoever it is
        loans = loans + share * groups[:, now].sum(axis=1)
        good = good + share * (groups @ success)
        right = right + share * (groups[:, now] @ success[now])
        if step + 1 in steps:  # the people whom the last applicant comes from
            found[step + 1] = {"distribution": groups, "repay": groups @ success, "loans": loans,
                               "recall": right / good}  # fmt: skip
        moves = step_of(success, now)
        groups = groups + setting["cluster_shift"] * share[:, None] * (groups @ moves.T)
    return found


@kernel
def lend(seed, run, start, success_32, first, marks, clusters, loans, good, right):
    """Lend to people one by one.

    Reads   start (group, cluster) people; success_32 (cluster,); marks (mark,) steps to note
    Writes  clusters (mark, group, cluster) people; loans, good, right (mark, group): so far,
            who was lent to, would have repaid, and both
    """
    people = start.copy()
    lent, repays, both = np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros(2, np.int64)
    at, last = 0, people.shape[1] - 1
    for step in range(marks[-1]):
        which, who, pays, _ = draws.four(seed, draws.U(run), step & 0x7FFF, step >> 15, LOAN, 0)
        group = np.int64(which >> np.uint32(31))
        left, cluster = draws.among(who, people[group].sum()), 0
        while left >= people[group, cluster]:
            left -= people[group, cluster]
            cluster += 1
        repaid = np.int64(pays < success_32[cluster])
        accepts = np.int64(step == 0 or cluster >= first)
        if step + 1 == marks[at]:
            clusters[at] = people
        repays[group] += repaid
        both[group] += repaid * accepts
        lent[group] += accepts
        if accepts:
            to = min(cluster + 1, last) if repaid else max(cluster - 1, 0)
            people[group, cluster] -= 1
            people[group, to] += 1
        if step + 1 == marks[at]:
            loans[at], good[at], right[at] = lent, repays, both
            at += 1


def on_people(setting: dict[str, Any], steps: list[int]) -> dict[str, np.ndarray]:
    """The same by lending to people: repay (run, mark, group), loans, recall; gap (run, mark)."""
    success = np.array(setting["success_probs"])
    start = np.rint(PEOPLE * np.array(setting["cluster_probs"])).astype(np.int64)
    shape = (RUNS, len(steps), 2)
    clusters = np.zeros((*shape, success.size), np.int64)
    loans, good, right = np.zeros((3, *shape), np.int64)
    first = np.int64(threshold(success, setting["interest_rate"]))
    for run in range(RUNS):
        lend(
            draws.U(SEED), np.int64(run), start, draws.chance_32(success), first,
            np.array(steps, np.int64), clusters[run], loans[run], good[run], right[run],
        )  # fmt: skip
    recall = right / good
    return {"repay": clusters @ success / PEOPLE, "loans": loans, "recall": recall,
            "gap": np.abs(recall[..., 0] - recall[..., 1])}  # fmt: skip


WHAT = {
    "repay": "mean chance to repay [share]", "loans": "loans so far",
    "recall": "of those who would repay, lent to [share]",
}  # fmt: skip
EXACTLY = {"repay": "mean_repay_prob", "loans": "cum_loans",
           "recall": "recall_ratio_of_expectations"}  # fmt: skip
REPLICATED = {"repay": "mean_repay_prob", "loans": "cum_loans", "recall": "cum_tpr"}


def rows() -> list[Row]:
    """Expectations, states of rest, and people beside both the exact and the replicated figures."""
    given = reference("lending")
    setting = given["setting"]
    steps = sorted(map(int, given["exact"]))
    found = at_rest(given, setting)
    exact = expected(setting, steps)
    for step in steps:
        found += beside_exact(step, given["exact"][str(step)], exact[step])
    people = on_people(setting, steps)
    for mark, step in enumerate(steps):
        one = {name: each[:, mark] for name, each in people.items()}
        found += of_people(step, given["exact"][str(step)], given["replica"], one)
    return found


def at_rest(given: dict[str, Any], setting: dict[str, Any]) -> list[Row]:
    """Where lending to all, and where lending to those who pay, comes to rest, and how slowly."""
    success = np.array(setting["success_probs"])
    first = threshold(success, setting["interest_rate"])
    moves = step_of(success, np.ones(success.size, bool)) + np.eye(success.size)
    values, vectors = np.linalg.eig(moves)
    rest = np.real(vectors[:, np.argmax(np.real(values))])
    rest /= rest.sum()
    within = moves[first:, first:]  # of the clusters that are lent to; below them is below for good
    start = np.array(setting["cluster_probs"])
    limit = np.concatenate(
        [start[:, : first - 1], start[:, first - 1 :].sum(axis=1, keepdims=True)], axis=1
    )
    published = given["limit"]["distribution"]
    found = [
        compare("lending.threshold", "lowest cluster lent to", given["threshold"], first, 0, LIU),
        compare("lending.decay", "share of those lent to left by each loan",
                given["decay"], float(np.abs(np.linalg.eigvals(within)).max()), EXACT, LIU),
        compare("lending.all.repay", "lending to all, at rest: mean chance to repay [share]",
                given["permissive"]["mean_repay_prob"], float(rest @ success), EXACT, LIU),
    ]  # fmt: skip
    for c, share in enumerate(given["permissive"]["distribution"]):
        found.append(compare(f"lending.all.cluster.{c}",
                             f"lending to all, at rest: cluster {c} [share]", share,
                             float(rest[c]), EXACT, LIU))  # fmt: skip
    for group in (0, 1):
        found.append(compare(f"lending.limit.{group + 1}",
                             f"group {group + 1}, in the end: largest gap of a cluster [share]",
                             0.0, float(np.abs(limit[group] - published[group][:first]).max()),
                             EXACT, LIU))  # fmt: skip
    return found


def beside_exact(step: int, published: dict[str, Any], got: dict[str, np.ndarray]) -> list[Row]:
    """The expectation after so many steps, beside that of others."""
    found = []
    for group in (0, 1):
        key, name = f"lending.exact.{step}.{group + 1}", f"group {group + 1}, step {step}: "
        for what, field in EXACTLY.items():
            value = published[field][group]
            found.append(compare(f"{key}.{what}", name + WHAT[what], value,
                                 float(got[what][group]), EXACT * max(1.0, value),
                                 LIU))  # fmt: skip
        apart = np.abs(got["distribution"][group] - published["distribution"][group]).max()
        found.append(compare(f"{key}.clusters", name + "largest gap of a cluster [share]", 0.0,
                             float(apart), EXACT, LIU))  # fmt: skip
    return found


def of_people(
    step: int, exact: dict[str, Any], replica: dict[str, Any], got: dict[str, np.ndarray]
) -> list[Row]:
    """People, beside the expectation and beside the people of others; recall beside these alone,
    as a ratio of means is not the mean of a ratio."""
    found, others, runs = [], replica["at_step"][str(step)], len(replica["seeds"])
    for group in (0, 1):
        key, name = (
            f"lending.people.{step}.{group + 1}",
            f"group {group + 1}, step {step}, people: ",
        )
        for what, field in REPLICATED.items():
            each, theirs = got[what][:, group].astype(float).tolist(), others[field]
            if what != "recall":
                found.append(sampled(f"{key}.{what}", name + WHAT[what],
                                     exact[EXACTLY[what]][group], each, LIU))  # fmt: skip
            error = theirs["sd"][group] / runs**0.5
            found.append(sampled(f"{key}.{what}.replica", name + WHAT[what],
                                 theirs["mean"][group], each, REPLICA, error))  # fmt: skip
    return found
