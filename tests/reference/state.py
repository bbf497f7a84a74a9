"""What the stages of the reference work on: plain tables, draws, people, lives, records."""

from collections import namedtuple
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from demerit import draws, facts
from demerit.columns import LOST, NEVER, SHADOWS, WORLDS

DEEDS = list(facts.read("deeds.toml")["deed"])
MOST_FEN = 2**30  # money is held at this
CERTAIN = 2**32  # the threshold of a certainty
FOREVER = 2**32 - 1  # the rate of a member's lasting state


def held(value: int, least: int, most: int) -> int:
    """The value held between two bounds."""
    return least if value < least else most if value > most else value


def cell(score: int) -> int:
    """The cell of a trait's score (in 1/4096) in tables over -4 to 4 in 1/64 (7.3)."""
    return held(256 + ((score + 32) >> 6), 0, 512)


def among(word: int, n: int) -> int:
    """A whole number from 0 to n - 1 (7.1)."""
    return word * n >> 32


def plain(tables: Any) -> Any:
    """A named tuple of NumPy numbers and arrays as one of Python's numbers and lists."""
    kind = namedtuple("Plain", tables._fields)  # type: ignore[misc]
    return kind(*(v.tolist() if isinstance(v, np.ndarray | np.generic) else v for v in tables))


class Draws:
    """W(purpose, index) of 7.1 for the people of a block; a row of the block is drawn once."""

    def __init__(self, seed: int, first: int, people: int, replicate: int):
        self.seed, self.first = np.uint64(seed), np.uint64(first)
        self.people, self.replicate, self.month = people, replicate, 0
        self.kept: dict[tuple[int, int], list[list[int]]] = {}
        self.kept_for_life: dict[tuple[int, int], list[list[int]]] = {}
        self.kept_for_run: dict[tuple[int, int], list[list[int]]] = {}

    def open(self, month: int) -> None:
        """Forget last month's rows."""
        self.month, self.kept = month, {}

    def row(self, month: int, replicate: int, purpose: int, index: int) -> list[list[int]]:
        u = np.zeros((4, self.people), np.uint32)
        draws.rows(u, self.seed, self.first, month, replicate, purpose, index)
        return u.tolist()

    def word(self, i: int, purpose: int, index: int, k: int) -> int:
        """Word k of W(purpose, index) of this month for row i."""
        row = self.kept.get((purpose, index))
        if row is None:
            row = self.kept[purpose, index] = self.row(self.month, self.replicate, purpose, index)
        return row[k][i]

    def word_for_life(self, i: int, purpose: int, index: int, k: int) -> int:
        """The same of month 0 and replicate 0: what is drawn once for a person."""
        row = self.kept_for_life.get((purpose, index))
        if row is None:
            row = self.kept_for_life[purpose, index] = self.row(0, 0, purpose, index)
        return row[k][i]

    def word_of_run(self, i: int, purpose: int, index: int, k: int) -> int:
        """The same of month 0: what is drawn once in each replicate."""
        row = self.kept_for_run.get((purpose, index))
        if row is None:
            row = self.kept_for_run[purpose, index] = self.row(0, self.replicate, purpose, index)
        return row[k][i]

    def of_record(self, serial: int, deed: int, purpose: int = draws.LINK) -> list[int]:
        """The four words of a purpose that hang on a record's serial number."""
        u = np.zeros((4, 1), np.uint32)
        draws.rows(u, self.seed, np.uint64(serial), self.month, self.replicate, purpose, deed)
        return [int(word) for word in u[:, 0]]


@dataclass
class Record:
    """A row of the ledger."""

    person: int  # the bearer
    deed: int
    agency: int
    serial: int
    joined: int
    doer: int
    truth: int
    unable: int
    due: int = LOST
    erase: int = NEVER
    over: int = NEVER


@dataclass
class Desk:
    """An office and who holds it; people are counted from one, 0 is nobody."""

    person: int
    points: int
    clean: int
    open: int = 0
    target: int = 0
    fen: int = 0
    disciplined: int = 0
    gone: int = 0
    sold: int = 0
    shielded: int = 0
    passed: int = 0

    def rest(self) -> None:
        """What a month begins with."""
        self.open = self.target = self.fen = self.disciplined = self.gone = 0


@dataclass
class World:
    """One world of a block: a life for each person, and the ledger."""

    index: int
    lives: list[Any]
    ledger: list[Record] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    firms: list[Any] = field(default_factory=list)  # a state for each firm of the block
    new: int = 0  # the row of the ledger where this month's records begin


@dataclass
class Block:
    """A block as the stages are handed it."""

    society: Any
    scheme: Any
    people: list[Any]  # what does not change: a namespace of columns for each person
    worlds: list[World]
    draws: Draws
    firms: list[Any] = field(default_factory=list)

    def living(self, climate: Any) -> list[World]:
        """The worlds that live apart by now."""
        return self.worlds[: climate.worlds]


def new_life(start: int) -> Any:
    """A life before its first month: nought everywhere, the file at its start."""
    n = len(DEEDS)
    doors = 19
    return SimpleNamespace(
        deed_count=[0] * n, deed_withheld=[0] * n, deed_shown=[0] * n,
        noticed_points=[0] * 4, private_16=[0] * 4, standing=[0] * 4,
        private_clean_16=[0] * 4, clean_standing=[0] * 4,
        asked=[0] * doors, refused=[0] * doors, granted=[0] * doors,
        found_month=[None] * 5, seen_month=[None] * 5,
        score_points=start, shadow_points=[start] * len(SHADOWS), seen_back={},
        rated_shadow=[0] * len(SHADOWS), shadow_given=[0] * len(SHADOWS), done_month=[0] * n,
        **dict.fromkeys(NOUGHT, 0),
    )  # fmt: skip


NOUGHT = (
    "cash_fen able wage_withheld wage_owed_fen fine_due arrears_fen arrears_unable_fen "
    "judgment_fen loan_fen supported illness distressed neglecting shielded entry_loss entry_held "
    "rated_count rated_points tier sanctioned newly_sanctioned entry_false foreign_held wrongful "
    "deserving anatomy "
    "looked_up look_up_cost ties_cut "
    "employed prestige_held awareness caution grievance protesting evading tie_sanctioned tie_low "
    "tie_protesting approving sabotaging dealt assured belief bought_points appeal_open "
    "correction_points earned_points appealed firm_low shut shut_wrongly "
    "trace_bits past_bits outcome_came given_points regraded"
).split()
GIVEN = (
    "age_years male urban schooling status income_month_fen household_size earner_count "
    "parent_in_need indebted online driver party_member namesake_count exposure_256"
).split()


def people_of(block: Any, n: int) -> list[Any]:
    """What `society` made of the people of a block: a namespace of columns for each person."""
    columns = {name: getattr(block, name)[:n].tolist() for name in GIVEN}
    columns["trait"] = block.trait[:, :n].T.tolist()
    columns["deed_rate"] = block.deed_rate[:, :n].T.tolist()
    return [
        SimpleNamespace(row=i, moved=0, **{name: column[i] for name, column in columns.items()})
        for i in range(n)
    ]


def block_of(columns: Any, society: Any, scheme: Any) -> Block:
    """A block of these people, nobody alive yet in any world."""
    n = int(columns.people)
    people = people_of(columns, n)
    worlds = [World(w, [new_life(scheme.start) for _ in people]) for w in range(len(WORLDS))]
    drawn = Draws(int(columns.seed), int(columns.first), n, int(columns.replicate))
    return Block(plain(society), plain(scheme), people, worlds, drawn)
