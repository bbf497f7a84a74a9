"""Find: ids of synthetic people to read, by what they are and what happened to them.

conditions (conditions.py), every block lived again  ->  ids of who meets all of them
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from demerit import facts
from demerit.columns import ANATOMY, DOORS, KNOWS_SCORE, LAW, SCHEME
from demerit.replay.conditions import IS, Wanted
from demerit.replay.recorded import Recorded, live, live_all
from demerit.run import Progress

Test = Callable[[Any], np.ndarray]  # columns of a block -> (person,) yes/no
INCOME_FIFTHS = 5
HAND = 64  # blocks that are looked at together where not everybody is


def but_for(kind: str) -> Test:
    """Under sanction, and but for one kind of entry would not be."""
    row = ANATOMY.index(kind)
    return lambda w: w.anatomy[SCHEME] == row


@cache
def harmless() -> np.ndarray:
    """Which deeds harm nobody (deed,)."""
    return np.array([not deed["harm"] for deed in facts.read("deeds.toml")["deed"].values()])


def rows(which: np.ndarray, people: int) -> np.ndarray:
    """The people in these rows (person,) yes/no."""
    found = np.zeros(people, bool)
    found[which] = True
    return found


def holders(w: Any, desks: np.ndarray) -> np.ndarray:
    """Who holds one of these desks, or lost it this month (person,) yes/no."""
    who = np.where(w.desk_gone[SCHEME] > 0, w.desk_gone[SCHEME], w.desk_person[SCHEME])
    return rows(who[desks & (who > 0)].astype(int) - 1, w.scored.size)


TESTS: dict[str, Test] = {
    "urban": lambda w: w.urban != 0,
    "rural": lambda w: w.urban == 0,
    "female": lambda w: w.male == 0,
    "male": lambda w: w.male != 0,
    "poorest": lambda w: w.income_fifth == 0,
    "richest": lambda w: w.income_fifth == INCOME_FIFTHS - 1,
    "online": lambda w: w.online != 0,
    "driver": lambda w: w.driver != 0,
    "indebted": lambda w: w.indebted != 0,
    "party member": lambda w: w.party_member != 0,
    "favoured": lambda w: w.favoured != 0,
    "scored": lambda w: w.scored != 0,
    "owner": lambda w: rows(w.firm_owner[: int(w.firm_total[0])], w.scored.size),
    "sanctioned": lambda w: w.sanctioned[SCHEME] != 0,
    "wrongly sanctioned": lambda w: w.wrongful[SCHEME] != 0,
    "sanctioned for errors": but_for("error"),
    "sanctioned for poverty": but_for("unable"),
    "sanctioned for lawful conduct": but_for("lawful"),
    "sanctioned for harm": but_for("harm"),
    "refused": lambda w: w.refused[SCHEME].any(axis=0),
    "wrongly refused": lambda w: w.refused[SCHEME].any(axis=0) & (w.wrongful[SCHEME] != 0),
    "false entry": lambda w: w.entry_false[SCHEME] != 0,
    "foreign entry": lambda w: w.foreign_held[SCHEME] != 0,
    "out of work": lambda w: (w.employed[LAW] != 0) & (w.employed[SCHEME] == 0),
    "work gained": lambda w: (w.employed[LAW] == 0) & (w.employed[SCHEME] != 0),
    "arrears": lambda w: w.arrears_fen[SCHEME] > 0,
    "judged": lambda w: w.judgment_fen[SCHEME] > 0,
    "distressed": lambda w: w.distressed[SCHEME] != 0,
    "protested": lambda w: w.protesting[SCHEME] != 0,
    "appealed": lambda w: w.appealed[SCHEME] != 0,
    "corrected": lambda w: w.correction_points[SCHEME] != 0,
    "bought points": lambda w: w.bought_points[SCHEME] != 0,
    "knows the score": lambda w: w.awareness[SCHEME] == KNOWS_SCORE,
    "looked up": lambda w: w.looked_up[SCHEME] != 0,
    "lost by a look": lambda w: w.look_up_cost[SCHEME] != 0,
    "firm in the lowest grade": lambda w: w.firm_low[SCHEME] != 0,
    "in office": lambda w: holders(w, w.desk_person[SCHEME] > 0),
    "disciplined": lambda w: holders(w, w.desk_disciplined[SCHEME] > 0),
}


def test_of(wanted: Wanted, scheme: Any) -> Test:
    """What a condition asks of the columns of a block, under a scheme of these tables."""
    if wanted.name == "over":
        return lambda w: w.age_years > int(wanted.argument)
    if wanted.name == "under":
        return lambda w: w.age_years < int(wanted.argument)
    if wanted.argument:
        door = DOORS.index(wanted.argument)
        return lambda w: w.refused[SCHEME, door] != 0
    if wanted.name == "listed":
        return lambda w: (scheme.posted[w.tier[SCHEME]] != 0) & (w.scored != 0)
    if wanted.name == "silenced":
        costly = np.flatnonzero((scheme.points < 0) & harmless())
        return lambda w: w.deed_withheld[SCHEME, costly].any(axis=0)
    return TESTS[wanted.name]


class Search:
    """Keeps for each block and condition whom it was ever true of."""

    def __init__(self, recorded: Recorded, wanted: list[Wanted]):
        self.recorded, self.climates, self.wanted = recorded, recorded.climates, wanted
        self.tests = [test_of(each, recorded.plan.scheme_tables) for each in wanted]
        self.lasting = [each.name in IS or each.name in ("over", "under") for each in wanted]
        self.found: dict[tuple[int, int], np.ndarray] = {}
        self.people: dict[int, int] = {}

    def __call__(self, block: int, world: Any, month: int, stage: str) -> None:
        """Look at the block after a month in which the scheme stands."""
        if month < 0:
            return
        people = self.people[block] = int(world.people)
        stands = self.climates[month].in_force[SCHEME] != 0
        for k, test in enumerate(self.tests):
            if month == 0:
                self.found[block, k] = np.zeros(people, bool)
            if month == 0 if self.lasting[k] else stands:
                self.found[block, k] |= test(world)[:people]

    def ids(self) -> list[int]:
        """Ids of all who meet all conditions, in order."""
        first = self.recorded.plan.blocks.first
        return sorted(int(first[b]) + int(i) for b in self.people for i in self.rows(b))

    def rows(self, block: int) -> np.ndarray:
        """Rows of the block's people who meet all conditions."""
        holds = np.ones(self.people[block], bool)
        for k, each in enumerate(self.wanted):
            holds &= self.found[block, k] == each.wanted
        return np.flatnonzero(holds)


class Found(NamedTuple):
    """Who was found, and of how many."""

    ids: list[int]  # in order
    people: int  # who were looked at
    whole: bool  # is that everybody of the run?


def find(
    recorded: Recorded, frames: dict[str, np.ndarray], where: list[Wanted], threads: int,
    tell: Progress | None = None,
) -> list[int]:  # fmt: skip
    """Ids of the people of a run who meet all conditions, in order."""
    search = Search(recorded, where)
    live_all(recorded, frames, search, recorded.plan.months, threads, tell)
    return search.ids()


def find_some(
    recorded: Recorded, where: list[Wanted], enough: int, threads: int,
    tell: Progress | None = None,
) -> Found:  # fmt: skip
    """The same in a run too large to live again: HAND blocks at a time, each time from all over it,
    until enough people are found.  The counts of the run are not held against what is lived."""
    plan, ids, people = recorded.plan, list[int](), 0
    hands = -(-len(plan.blocks) // HAND)
    for k in range(hands):
        which = range(k, len(plan.blocks), hands)
        search = Search(recorded, where)
        live(recorded, which, search, threads=threads)
        ids += search.ids()
        people += sum(search.people.values())
        if tell:
            tell("people", people, plan.people)
        if len(ids) >= enough:
            break
    return Found(sorted(ids), people, people == plan.people)
