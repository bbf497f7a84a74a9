"""Ask: one block of people is surveyed, by numpy, after its month is lived and counted.

columns of a block, what was remembered of it  ->  cells (world, cell), what is remembered

Every month it is noted who has done harm or left a debt unpaid since the last survey, and who is in
the lowest tier; every twelfth, and in the last, people are counted into the tables.  What compares
with a year ago needs a survey a year ago: that of a last month which is no twelfth has none.
Nothing that a stage reads is written here, and no column: frames and their digest stay as they are.
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from demerit.blocks import Blocks
from demerit.columns import (
    BLOCK,
    CLEAN,
    HONESTY,
    LAW,
    LOYALTY,
    SEEN_ALL,
    WORLDS,
)
from demerit.society.people import GROUP_FIRST, GROUPINGS
from demerit.society.tables.deeds import HARMFUL
from demerit.survey.tables import AXES, CELLS, LENGTHS, PLACES, STRATA

YEAR = 12  # months
ADULT = 18  # years
DEFAULTS = ("loan_default", "judgment_unpaid")
NOTHING, APPEAL, BOUGHT, EARNED = range(AXES["means"])
# Cuts between the sixteenths of a standard normal trait [sd / 4096]; the middle one is `honest`.
SIXTEENTHS = np.array([round(4096 * NormalDist().inv_cdf(k / 16)) for k in range(1, 16)])
# Distances of points in steps of the score: none, one, two ... and the further the wider.
WIDTHS = np.array([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 120])


class Rules(NamedTuple):
    """What a survey knows of the scheme and of deeds."""

    least: int  # points
    start: int  # points
    edge: int  # points
    lowest: int  # index of the lowest tier
    step: np.ndarray  # (points from the least,) step of the score
    distance: np.ndarray  # (points from minus the whole range,) row of the axis distance
    harmful: np.ndarray  # (k,) rows of the deed axis
    quieted: np.ndarray  # (k,) rows of deeds that cost points and harm nobody
    defaults: np.ndarray  # (k,)
    points: np.ndarray  # (deed,) points


def rules(society: Any, scheme: Any, deeds: Sequence[str]) -> Rules:
    """From the tables of a society and of a scheme, and the keys of the deed axis."""
    least, span = scheme.least, scheme.cap - scheme.least
    points = np.arange(least, scheme.cap + 1)
    wide = width(least, scheme.start, scheme.cap)
    step = (points - scheme.start) // wide + -(-(scheme.start - least) // wide)
    apart = np.arange(-span, span + 1)
    far = np.sign(apart) * np.searchsorted(WIDTHS * wide, np.abs(apart), side="left")
    harmful = society.deed_class == HARMFUL
    return Rules(
        least, scheme.start, scheme.edge, int(np.argmax(scheme.floor <= least)),
        step, far + AXES["distance"] // 2, np.flatnonzero(harmful),
        np.flatnonzero(~harmful & (scheme.points < 0)),
        np.array([deeds.index(key) for key in DEFAULTS]), scheme.points,
    )  # fmt: skip


def width(least: int, start: int, cap: int) -> int:
    """Points of a step of the score.  The start is the least of its step, so that any loss is told
    from none.

    >>> width(0, 1000, 1000), width(350, 600, 950), width(0, 3, 5)
    (8, 5, 1)
    """
    wide = 1
    while -(-(start - least) // wide) + (cap - start) // wide >= AXES["score"]:
        wide += 1
    return wide


def score_step(rules: Rules, points: np.ndarray) -> np.ndarray:
    """Steps of the score, from nought at the least (person,)."""
    return np.take(rules.step, points - rules.least, mode="clip")


def distance(rules: Rules, points: np.ndarray) -> np.ndarray:
    """How far points lie from nought, in steps that widen; nought is the middle one (person,)."""
    return np.take(rules.distance, points + rules.distance.size // 2, mode="clip")


class Past(NamedTuple):
    """What is remembered of the blocks of one fold.  Axes: block, world, person."""

    asked: np.ndarray  # (block, world) surveyed a year ago
    known: np.ndarray  # (block,) who people are has been looked up
    some_low: np.ndarray  # (block,) somebody was in the lowest tier last month
    stratum: np.ndarray  # (block, person)
    honesty: np.ndarray  # (block, person) sixteenth
    loyalty: np.ndarray  # (block, person) sixteenth
    defaulted: np.ndarray  # has left a loan or judgment unpaid since the last survey
    step: np.ndarray  # of the score at the last survey
    tier: np.ndarray
    points: np.ndarray
    seen: np.ndarray  # points of the seen file
    low: np.ndarray  # in the lowest tier last month
    since: np.ndarray  # month in which it was entered
    means: np.ndarray  # row of the axis means


def remember(blocks: int) -> Past:
    """Room for so many blocks: nothing is known yet."""
    kinds = ("u1", "u1", "u1", "i4", "i4", "?", "i2", "u1")
    shape = blocks, len(WORLDS), BLOCK
    return Past(
        np.zeros(shape[:2], bool), np.zeros(blocks, bool), np.zeros(blocks, bool),
        *(np.zeros((blocks, BLOCK), kind) for kind in ("u2", "u1", "u1")),
        *(np.zeros(shape, kind) for kind in kinds),
    )  # fmt: skip


class Sheet:
    """One block's answers: adds to cells (world, cell)."""

    def __init__(self, cells: np.ndarray):
        self.cells = cells

    def add(self, world: int, table: str, *axes: np.ndarray) -> None:
        """Count people by one number for each axis of the table."""
        place = PLACES[table]
        at = axes[0].astype(np.int64)
        for length, axis in zip(place.shape[1:], axes[1:], strict=True):
            at = at * length + axis
        found = np.bincount(at, minlength=place.end - place.first)
        self.cells[world, place.first : place.end] += found

    def sums(self, world: int, table: str, *numbers: int) -> None:
        """Add so much to the cells of a table."""
        place = PLACES[table]
        self.cells[world, place.first : place.end] += np.array(numbers, np.int64)


class Survey:
    """The survey of a run.  A fold's cells and memory are touched by the thread that lives it."""

    def __init__(self, society: Any, scheme: Any, deeds: Sequence[str], months: int,
                 folds: Sequence[Blocks]):  # fmt: skip
        self.rules = rules(society, scheme, deeds)
        self.months = months
        self.open = True  # the scheme stands: what comes after is not asked
        self.cells = np.zeros((len(folds), len(WORLDS), CELLS), np.int64)
        self.past = [remember(len(blocks.files)) for blocks in folds]
        self.columns = [columns(blocks) for blocks in folds]

    def month(self, fold: int, k: int, in_force: np.ndarray, month: int) -> None:
        """Look at one block at the end of a month; `in_force` (world,)."""
        if not self.open:
            return
        ruled = [w for w in range(1, len(WORLDS)) if in_force[w]]
        block = Block(self.columns[fold], k, self.rules, self.past[fold], ruled)
        sheet = Sheet(self.cells[fold])
        block.watch(sheet, month)
        if (month + 1) % YEAR == 0:
            block.ask(sheet, month, True)
            block.keep()
        elif month == self.months - 1:
            block.ask(sheet, month, False)


def columns(blocks: Blocks) -> dict[str, np.ndarray]:
    """The columns of a fold's blocks as plain arrays (block, ...): a field of a record is slow to
    reach from Python, and most months look at four."""
    parts = (part.view(np.ndarray) for part in (blocks.files, blocks.lives))
    return {name: part[name] for part in parts for name in part.dtype.names}


class Block:
    """A block as the survey sees it: rows of the people who live in it."""

    def __init__(self, columns: dict[str, np.ndarray], k: int, rules: Rules, past: Past,
                 ruled: list[int]):  # fmt: skip
        self.columns, self.k, self.rules, self.past, self.ruled = columns, k, rules, past, ruled

    def __getitem__(self, name: str) -> np.ndarray:
        """A column of this block."""
        found: np.ndarray = self.columns[name][self.k]
        return found

    def old(self, name: str, w: int) -> np.ndarray:
        """What is remembered in one world (person,), to be read or changed."""
        kept: np.ndarray = getattr(self.past, name)[self.k, w, : self.n]
        return kept

    def watch(self, sheet: Sheet, month: int) -> None:
        """Note this month's deeds and who is in the lowest tier."""
        defaulted, done = self.past.defaulted[self.k], self["deed_count"]
        for deed in self.rules.defaults:
            np.bitwise_or(defaulted, done[:, deed], out=defaulted)
        tier, scored, kept = self["tier"], self["scored"].view(bool), self.past.low[self.k]
        low = (tier == self.rules.lowest) & scored
        if low[1:].any() or self.past.some_low[self.k]:
            for w in range(1, len(WORLDS)):
                low[w] &= w in self.ruled
                if w in self.ruled:
                    self.climb(sheet, w, month, low[w].nonzero()[0], kept[w].nonzero()[0])
            kept[1:] = low[1:]
            self.past.some_low[self.k] = kept.any()

    def climb(self, sheet: Sheet, w: int, month: int, low: np.ndarray, was: np.ndarray) -> None:
        """Who was in the lowest tier, for how long, and who has left it by what.

        `low`, `was`: rows of those in it now, and at the end of last month
        """
        since, means = self.past.since[self.k, w], self.past.means[self.k, w]
        spent = np.minimum(month - since[was].astype(np.int64), AXES["spent"]) - 1
        out = ~np.isin(was, low)
        sheet.add(w, "climb", np.zeros(was.size), spent)
        sheet.add(w, "climb", np.ones(out.sum()), spent[out])
        sheet.add(w, "climbed", means[was[out]])
        since[low[~np.isin(low, was)]] = month
        means[low] = NOTHING
        for kind, row in (("earned", EARNED), ("bought", BOUGHT), ("correction", APPEAL)):
            means[low[self[f"{kind}_points"][w][low] > 0]] = row

    def know(self) -> None:
        """Look up what people always are."""
        past, k, rows = self.past, self.k, [list(GROUPINGS).index(name) for name in STRATA]
        if past.known[k]:
            return
        group = self["group"][rows] - GROUP_FIRST[rows][:, None]
        past.stratum[k, : self.n] = np.ravel_multi_index(tuple(group[:, : self.n]), LENGTHS)
        for name, row in (("honesty", HONESTY), ("loyalty", LOYALTY)):
            trait = self["trait"][row]
            getattr(past, name)[k] = np.searchsorted(SIXTEENTHS, trait, side="left")
        past.known[k] = True

    def ask(self, sheet: Sheet, month: int, yearly: bool) -> None:
        """Count people into the tables; those over a year only in a yearly survey."""
        self.n = int(self["people"])
        self.know()
        self.who = np.flatnonzero(self["scored"][: self.n])
        self.stratum = self.past.stratum[self.k, : self.n]
        for w in range(len(WORLDS)):
            self.ask_everybody(sheet, w)
        for w in self.ruled:
            self.ask_scored(sheet, w)
            self.ask_quieted(sheet, w)
            self.ask_faults(sheet, w, month)
            if yearly and self.past.asked[self.k, w]:
                self.compare(sheet, w)

    def ask_everybody(self, sheet: Sheet, w: int) -> None:
        """Harm done, poverty, work."""
        n = self.n
        adult = np.flatnonzero(self["age_years"][:n] >= ADULT)
        done, harmful = self["deed_count"][w], np.zeros(BLOCK, np.uint8)
        for deed in self.rules.harmful:
            np.bitwise_or(harmful, done[deed], out=harmful)
        sheet.add(w, "harm_month", harmful[adult] != 0, self.stratum[adult])
        poor = self["able"][:, :n] == 0
        sheet.add(w, "poverty", 2 * poor[LAW] + poor[w])
        earned = self["wage_fen"][:n][self["employed"][w, :n].view(bool)]
        sheet.sums(w, "output", n, int(earned.sum(dtype=np.int64)) // 100)

    def ask_quieted(self, sheet: Sheet, w: int) -> None:
        """Lawful deeds that cost points, of those with nothing of that kind on file."""
        blank = self.who[self["entry_held"][w, self.who] == 0]
        rows = (self[name][w][self.rules.quieted].sum(axis=0, dtype=np.uint16)
                for name in ("deed_withheld", "deed_count"))  # fmt: skip
        sheet.sums(w, "chill_blameless", *(int(row[blank].sum(dtype=np.int64)) for row in rows))

    def ask_scored(self, sheet: Sheet, w: int) -> None:
        """Those who have a file, by its score."""
        who, rules, past = self.who, self.rules, self.past
        honesty, loyalty = past.honesty[self.k, who], past.loyalty[self.k, who]
        points = self["score_points"][w, who]
        shadow = self["shadow_points"][w]
        seen, clean = shadow[SEEN_ALL, who], shadow[CLEAN, who]
        here = score_step(rules, points)
        sheet.add(w, "score_honesty", here, honesty)
        sheet.add(w, "score_loyalty", here, loyalty)
        sheet.add(w, "score_income", here, self["income_fifth"][who])
        sheet.add(w, "score_conduct", here, distance(rules, seen - rules.start))
        sheet.add(w, "seen_honesty", score_step(rules, seen), honesty)
        low = 4 * (self["sanctioned"][w, who] != 0) + 2 * (clean < rules.edge)
        sheet.add(w, "standing", low + (seen < rules.edge), self.stratum[who])

    def ask_faults(self, sheet: Sheet, w: int, month: int) -> None:
        """Entries that cost points and reach a file this month, by what they truly are."""
        due = self["record_due"][w, : int(self["record_total"][w])]
        come = np.flatnonzero(due == month)
        come = come[self.rules.points[self["record_deed"][w, come]] < 0]
        truth = self["record_truth"][w, come]
        sheet.add(w, "fault", truth, self["record_joined"][w, come] != 0)

    def compare(self, sheet: Sheet, w: int) -> None:
        """Those surveyed a year ago: what they did since, and where they stand now."""
        who, lowest = self.who, self.rules.lowest
        then, tier_then = self.old("step", w)[who].astype(np.int64), self.old("tier", w)[who]
        points, seen = (
            self["score_points"][w, who],
            self["shadow_points"][w, SEEN_ALL, who],
        )
        here, tier = score_step(self.rules, points), self["tier"][w, who]
        sheet.add(w, "default_own", then, self.old("defaulted", w)[who] != 0)
        sheet.add(w, "default_law", then, self.old("defaulted", LAW)[who] != 0)
        sheet.add(w, "retest", then >> 1, here >> 1)
        sheet.add(w, "mobility", lowest - tier_then.astype(np.int64),
                  lowest - tier.astype(np.int64), self.stratum[who])  # fmt: skip
        rose = points - self.old("points", w)[who], seen - self.old("seen", w)[who]
        sheet.add(w, "rise", *(distance(self.rules, change) for change in rose))

    def keep(self) -> None:
        """Remember this survey for the next one."""
        n = self.n
        self.past.asked[self.k] = False
        self.past.defaulted[self.k] = 0
        for w in self.ruled:
            points = self["score_points"][w, :n]
            self.past.asked[self.k, w] = True
            self.old("step", w)[:] = score_step(self.rules, points)
            self.old("tier", w)[:] = self["tier"][w, :n]
            self.old("points", w)[:] = points
            self.old("seen", w)[:] = self["shadow_points"][w, SEEN_ALL, :n]
