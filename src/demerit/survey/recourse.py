"""Recourse: what would somebody have to do to come to the next better tier, by the scheme's rules?

files, money, rates of deeds  ->  by person: months and deeds at the least, or why there is no way

Recourse is the ability to change a decision by what one can act on (Ustun, Spangher and Liu,
"Actionable Recourse in Linear Classification", FAT* 2019, doi:10.1145/3287560.3287566: beginning
read); whom no action helps is precluded (Kothari, Kulynych, Weng and Ustun, "Prediction without
Preclusion", ICLR 2024, arXiv 2308.12820: beginning read).  A score here is linear in its entries,
as theirs is in its features, and held between two ends; what they leave out is time: entries lapse
so many months after they came, and a month has room for so many deeds.

Somebody can act on: deeds that the scheme rewards and that data/recourse.toml calls a matter of
choice, if at risk of them; the points that it lets be earned back; and what is due and the judgment
of a court, as soon as all that comes in beyond the subsistence line would cover them.  Nobody can
act on age, sex, work, an award, the standing of others, or on what others write.

All is at best: each good deed is seen, written and joined at once, nothing that costs points is
done any more, no untrue entry comes, and all beyond subsistence is put by.  So there is no way for
at least as many as are said to have none.  Left out: appeals and points that are bought, for others
decide there; scores that are learned or means of ratings, where an entry has no points of its own.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from demerit import facts
from demerit.columns import NEVER

AHEAD = 24  # months that are looked ahead
ACCESS = 4  # a door as for everyone, in quarters
NONE = AHEAD + 1  # in place of a month: there is no way


class Deed(NamedTuple):
    """A deed that somebody can choose to do for its points."""

    row: int  # of the deed axis
    points: int
    times: int  # so many in a month
    every: int  # months from one such month to the next
    paying: bool  # of who can pay all that is due alone

    def open_in(self, months: np.ndarray) -> np.ndarray:
        """How many are open in each of these months from now, counted from one (month,)."""
        return np.where((months - 1) % self.every == 0, self.times, 0)

    def within(self, months: np.ndarray) -> np.ndarray:
        """How many are open in so many months in a row (person,)."""
        return self.times * -(-months // self.every)


class Rules(NamedTuple):
    """What a scheme's file says of how a score rises."""

    least: int  # points
    cap: int  # points
    edge: int  # points
    lowest: int  # index of the lowest tier
    next_floor: np.ndarray  # (tier,) where the next better tier begins [points]
    below_perk: np.ndarray  # (tier,) that one opens a door wider than this
    deeds: tuple[Deed, ...]  # the most points first
    points: np.ndarray  # (deed,) points of an entry
    judgment: int  # row of the deed axis
    paid_months: int  # from payment to the end of its entry; NEVER
    erase_months: int  # from any entry to its end; NEVER
    repair: int  # points a month that who is under sanction can earn back
    costly: np.ndarray  # (due,) leaving it unpaid costs points
    due_deed: np.ndarray  # (due,) rows of the deed axis
    part_16: int  # what falls due of a loan each month, of what is left to live on


def rules(society: Any, scheme: Any, deeds: Sequence[str]) -> Rules:
    """From the tables of a society and of a scheme, and the keys of the deed axis."""
    used = int(np.argmax(scheme.floor <= scheme.least)) + 1
    access, floor = scheme.access[:used].astype(np.int64), scheme.floor[:used]
    wider = access[:-1] > np.maximum(ACCESS, access[1:])
    return Rules(
        scheme.least, scheme.cap, scheme.edge, used - 1,
        np.concatenate([floor[:1], floor[:-1]]).astype(np.int64),
        np.concatenate([[False], wider.any(axis=1)]),
        tuple(chosen(society, scheme, deeds)), scheme.points, deeds.index("judgment_unpaid"),
        scheme.paid_months, scheme.erase_months,
        scheme.repair_points if scheme.repair_32 else 0,
        scheme.points[society.due_deed] < 0, society.due_deed, society.part_16,
    )  # fmt: skip


def chosen(society: Any, scheme: Any, deeds: Sequence[str]) -> Iterator[Deed]:
    """Rewarded deeds of one's own choice that some agency sees whose records are joined."""
    told = facts.read("recourse.toml")["deed"]
    worth = scheme.points.tolist()
    for row in sorted((row for row, n in enumerate(worth) if n > 0), key=lambda row: -worth[row]):
        watches = slice(society.watch_from[row], society.watch_from[row + 1])
        seen = (society.watch_seen_32[watches] > 0).any(axis=1)
        joined = scheme.join_by[society.watch_agency[watches]] != 0
        deed = told.get(deeds[row], {"times": {"value": 0}})
        if deed["times"]["value"] and (seen & joined).any():
            yield Deed(row, worth[row], deed["times"]["value"], deed["every"]["value"],
                       deeds[row] == "on_time")  # fmt: skip


class File(NamedTuple):
    """People as they stand.  Axes: month ahead, from one; person; deed that can be chosen."""

    score: np.ndarray  # (person,) points
    target: np.ndarray  # (person,) points of the tier that they would come to
    lapse: np.ndarray  # (month, person) points that entries give back as they are taken off
    owed: np.ndarray  # (month, person) ... of them, by entries about a judgment
    unpaid: np.ndarray  # (person,) points that stand until a judgment is performed, or lapse later
    open: np.ndarray  # (deed, person) whether the person may do it at all
    clear: np.ndarray  # (person,) first month in which no due that costs points need stay unpaid
    solvent: np.ndarray  # (person,) first month in which all is covered, the judgment too


class Ways(NamedTuple):
    """What it takes.  (person,)"""

    wait: np.ndarray  # months if nothing is done for points: NONE if it does not suffice
    soonest: np.ndarray  # months if all is done that can be
    fewest: np.ndarray  # deeds at the least to be there then; NEVER where there is no way
    rich: np.ndarray  # soonest, were all that is due covered at once
    rises: np.ndarray  # yes or no: the score comes higher than it stands, were all covered


def ways(file: File, rules: Rules) -> Ways:
    """What the next better tier takes of each person."""
    rich = file._replace(clear=np.ones_like(file.clear), solvent=np.ones_like(file.solvent))
    still = follow(file, file.lapse, rules)
    best = [follow(one, rewarded(one, rules), rules) for one in (file, rich)]
    soonest = reached(best[0], file)
    return Ways(
        reached(still, file), soonest, fewest(file, rules, soonest),
        reached(best[1], rich), best[1].max(axis=0) > file.score,
    )  # fmt: skip


def follow(file: File, change: np.ndarray, rules: Rules) -> np.ndarray:
    """Scores at the end of each month (month, person), by what is added in it (month, person)."""
    scores, now = np.empty_like(change), file.score
    for points, kept in zip(change, scores, strict=True):
        np.add(now, points, out=kept)
        np.maximum(kept, rules.least, out=kept)
        now = np.minimum(kept, rules.cap, out=kept)
    return scores


def reached(scores: np.ndarray, file: File) -> np.ndarray:
    """The first month with the score of the next tier in which no due need stay unpaid, or NONE
    (person,)."""
    months = np.arange(1, len(scores) + 1)[:, None]
    there = (scores >= file.target) & (months >= file.clear)
    return np.where(there.any(axis=0), there.argmax(axis=0) + 1, NONE)


def performed(file: File, rules: Rules) -> np.ndarray:
    """Points that entries give back if a judgment is performed as soon as can be (month, person):
    those about it go then, or at their own term before."""
    months, found = np.arange(1, len(file.lapse) + 1)[:, None], file.lapse - file.owed
    goes = np.minimum(NONE, file.solvent + rules.paid_months)
    before = np.where(months < goes, file.owed, 0)
    rest = file.unpaid - before.sum(axis=0)
    return found + before + np.where(months == goes, rest, 0)


def rewarded(file: File, rules: Rules) -> np.ndarray:
    """What is added in each month if all is done that can be (month, person)."""
    found, months = performed(file, rules), np.arange(1, len(file.lapse) + 1)
    gained = np.zeros_like(found)
    for deed, may in zip(rules.deeds, file.open, strict=True):
        brings = deed.points * deed.open_in(months)[:, None] * may
        gained += brings * (months[:, None] >= file.solvent) if deed.paying else brings
    found += gained
    found[rules.erase_months :] -= gained[: -rules.erase_months]
    if rules.repair:
        found[1:] += rules.repair * (file.target <= rules.edge)
    return found


def fewest(file: File, rules: Rules, month: np.ndarray) -> np.ndarray:
    """The least number of deeds by which the next tier is reached in a month (person,): those with
    the most points first; to perform a judgment is one.  Past all others where it is not."""
    some, month = month <= len(file.lapse), np.minimum(month, len(file.lapse))
    at, least = (month - 1, np.arange(month.size)), np.full(month.shape, NEVER, np.int64)
    pays = file.unpaid > 0
    for deeds, change in ((0, file.lapse), (1, performed(file, rules))):
        lacks = np.maximum(0, file.target - follow(file, change, rules)[at])
        done = deeds + deeds_for(file, rules, lacks, month)
        least = np.where(some & (pays | (deeds == 0)), np.minimum(least, done), least)
    return least


def deeds_for(file: File, rules: Rules, lacks: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Deeds at the least that bring so many points by a month and still stand then (person,);
    past all others where they cannot."""
    done, lacks = np.zeros_like(lacks), lacks.copy()
    for points, room in offers(file, rules, month):
        some = np.minimum(room, -(-lacks // points))
        done, lacks = done + some, np.maximum(0, lacks - some * points)
    return np.where(lacks > 0, NEVER, done)


def offers(file: File, rules: Rules, month: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """What brings points by a month: of one deed, and for how many there is room (person,); the
    most points first."""
    found, stands = [], np.minimum(month, rules.erase_months)
    for deed, may in zip(rules.deeds, file.open, strict=True):
        months = np.clip(month - file.solvent + 1, 0, stands) if deed.paying else stands
        found.append((deed.points, deed.within(months) * may))
    if rules.repair:
        found.append((rules.repair, (month - 1) * (file.target <= rules.edge)))
    return sorted(found, key=lambda offer: -offer[0])


def saved(free: np.ndarray, surplus: np.ndarray, level: np.ndarray) -> np.ndarray:
    """The first month from now in which what is free covers a level, if all beyond the subsistence
    line is put by; NONE if it never does or not in AHEAD months (person,).  All in fen.

    Free 0 and 50 a month for 120 takes three months; what is covered now stays so.

    >>> saved(np.array([0, 120, 0]), np.array([50, -9, 0]), np.array([120, 120, 1]))
    array([ 3,  1, 25])
    """
    lacks, more = np.where(level > 0, np.maximum(0, level - free), 0), np.maximum(1, surplus)
    months = np.where(surplus > 0, -(-lacks // more), NONE)
    return np.where(lacks == 0, 1, np.clip(months, 1, NONE))
