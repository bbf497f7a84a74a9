"""Ask: the blocks of a fold are surveyed, by numpy, after their month is lived and counted.

columns of the blocks, what was remembered of them  ->  cells (world, cell), what is remembered

Every month what happened in it is counted (flow.py, trail.py), and it is noted who has left a debt
unpaid since the last survey, and who is in the lowest tier.  How people stand is asked in every
twelfth month and in the last in which the scheme stands, whether the run ends then or outcry the
scheme: so one that is ended early is told of, too.  What compares with a year ago needs a survey a
year ago: that of a last month which is no twelfth has none.
Nothing that a stage reads is written here, and no column: frames and their digest stay as they are.
Of a large run a sample is asked: every second block of each fold, or every third, and so on.
"""

from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from demerit import facts
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
from demerit.survey import recourse
from demerit.survey.flow import Flow
from demerit.survey.prospects import Prospects
from demerit.survey.tables import AXES, CELLS, LENGTHS, ONE_OF, PLACES, STRATA, facets
from demerit.survey.trail import Trail, rules_of

People = tuple[np.ndarray, ...]  # rows of blocks, and in each the row of the person
YEAR = 12  # months
ASKED = 100_000  # people, about: of more, blocks in turn are asked
DEFAULTS = ("loan_default", "judgment_unpaid")
NOTHING, APPEAL, BOUGHT, EARNED = range(AXES["means"])
# Parts of life of lawful deeds that cost points, as the axis `quiet` has them; the last is any.
QUIET = ("speech", "faith", "consumption", "health", "standing", "other")
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
    quiet: np.ndarray  # (deed,) row of the axis quiet
    defaults: np.ndarray  # (k,)
    points: np.ndarray  # (deed,) points
    judgment: int  # row of the deed axis: a judgment of a court not performed
    entered: bool  # entries have points of their own: the score is no mean of ratings, nor learned
    officials: bool  # the scheme has some of its own
    contexts: np.ndarray  # (part of life,) deeds of it, a bit a deed
    private: np.uint64  # deeds of those parts that people may want to keep to themselves
    read: np.uint64  # deeds that the scheme reads


def rules(society: Any, scheme: Any, deeds: Sequence[str]) -> Rules:
    """From the tables of a society and of a scheme, and the keys of the deed axis."""
    least, span = scheme.least, scheme.cap - scheme.least
    points = np.arange(least, scheme.cap + 1)
    wide = width(least, scheme.start, scheme.cap)
    step = (points - scheme.start) // wide + -(-(scheme.start - least) // wide)
    apart = np.arange(-span, span + 1)
    far = np.sign(apart) * np.searchsorted(WIDTHS * wide, np.abs(apart), side="left")
    harmful = society.deed_class == HARMFUL
    book = facts.read("deeds.toml")["deed"]
    contexts, private = rules_of(book, list(deeds))
    read = sum(1 << deed for deed in np.flatnonzero((scheme.points != 0) | (scheme.traced != 0)))
    return Rules(
        least, scheme.start, scheme.edge, int(np.argmax(scheme.floor <= least)),
        step, far + AXES["distance"] // 2, np.flatnonzero(harmful),
        np.flatnonzero(~harmful & (scheme.points < 0)),
        np.array([quiet(book[key]["context"]) for key in deeds]),
        np.array([deeds.index(key) for key in DEFAULTS]), scheme.points,
        deeds.index("judgment_unpaid"), not (scheme.learns or scheme.peer_weight),
        bool(scheme.officials), contexts, np.uint64(private), np.uint64(read),
    )  # fmt: skip


def quiet(context: str) -> int:
    """The row of the axis `quiet` that deeds of this part of life are in.

    >>> quiet("faith"), quiet("traffic")
    (1, 5)
    """
    return QUIET.index(context) if context in QUIET else QUIET.index("other")


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
    """What is remembered of a fold.  Axes: block, world, person, but where others are named."""

    asked: np.ndarray  # (world,) surveyed a year ago
    some_low: np.ndarray  # (world,) somebody was in the lowest tier last month
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
    return Past(
        np.zeros(len(WORLDS), bool), np.zeros(len(WORLDS), bool),
        *(np.zeros((blocks, BLOCK), kind) for kind in ("u2", "u1", "u1")),
        *(np.zeros((blocks, len(WORLDS), BLOCK), kind) for kind in kinds),
    )  # fmt: skip


class Sheet:
    """Where a fold's answers are added up: cells (world, cell)."""

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

    def add_thrice(self, world: int, table: str, stratum: np.ndarray, *axes: np.ndarray) -> None:
        """Count people by these numbers and by the three facets that their stratum is in."""
        self.add(world, table, *(np.tile(axis, len(ONE_OF)) for axis in axes),
                 facets()[:, stratum].ravel())  # fmt: skip

    def add_times(self, world: int, table: str, at: np.ndarray, times: np.ndarray) -> None:
        """Add each person's number of times to the cell of a table that they are in."""
        place = PLACES[table]
        some = times > 0
        cells = self.cells[world, place.first : place.end]
        np.add.at(cells, at[some], times[some])

    def fill(self, world: int, table: str, counts: np.ndarray) -> None:
        """Add a whole table of counts, its cells in their order."""
        place = PLACES[table]
        self.cells[world, place.first : place.end] += counts

    def sums(self, world: int, table: str, *numbers: int) -> None:
        """Add so much to the cells of a table."""
        place = PLACES[table]
        self.cells[world, place.first : place.end] += np.array(numbers, np.int64)


class Survey:
    """The survey of a run.  A fold's cells and memory are touched by the thread that lives it."""

    def __init__(self, society: Any, scheme: Any, deeds: Sequence[str], months: int,
                 folds: Sequence[Blocks]):  # fmt: skip
        self.rules = rules(society, scheme, deeds)
        way_up = recourse.rules(society, scheme, deeds)
        self.months = months
        self.open = True  # the scheme stands: what comes after is not asked
        self.cells = np.zeros((len(folds), len(WORLDS), CELLS), np.int64)
        people = sum(int(blocks.files["people"].sum()) for blocks in folds)
        every = max(1, people // ASKED)
        # Staggered, or the blocks of a fold's beginning would be those of a few places.
        self.folds = [
            Fold(
                blocks,
                slice(fold % every, None, every),
                self.rules,
                way_up,
                Sheet(self.cells[fold]),
            )
            for fold, blocks in enumerate(folds)
        ]

    def month(self, fold: int, climate: Any, month: int) -> None:
        """Look at the blocks of one fold at the end of a month with this climate: in which worlds
        the scheme stands (`in_force`), and opens every file anew (`amnesty`)."""
        if not self.open:
            return
        here = self.folds[fold]
        here.ruled = [w for w in range(1, len(WORLDS)) if climate.in_force[w]]
        here.watch(month)
        here.flow.month(here.ruled, here.past.stratum)
        for w in (LAW, *here.ruled) if here.ruled else ():
            here.trail.poor_ever(w, here.past.stratum)
        for w in here.ruled:
            here.trail.month(w, month, bool(climate.amnesty[w]), here.past.stratum)
        if yearly(month) or month == self.months - 1:
            here.ask(month)
        if yearly(month):
            here.keep()

    def end(self, month: int, each_fold: Callable[[Callable[[int], None]], None]) -> None:
        """Outcry has ended the scheme: ask people as they stand in its last month, which is lived
        and counted by now, and nobody any more.  `each_fold` lets threads take folds."""
        if self.open and not (yearly(month) or month == self.months - 1):
            each_fold(lambda fold: self.folds[fold].ask(month))
        self.open = False


def yearly(month: int) -> bool:
    """Is a month, counted from nought, one of a yearly survey?

    >>> [month for month in range(30) if yearly(month)]
    [11, 23]
    """
    return (month + 1) % YEAR == 0


class Fold:
    """The blocks of a fold as the survey sees them, all at once: to look at them one by one took
    three times as long.  People are named by two rows (block, person)."""

    ruled: list[int]  # worlds in which the scheme stands

    def __init__(self, blocks: Blocks, asked: slice, rules: Rules, way_up: recourse.Rules,
                 sheet: Sheet):  # fmt: skip
        parts = [part.view(np.ndarray)[asked] for part in (blocks.files, blocks.lives)]
        self.columns = {name: part[name] for part in parts for name in part.dtype.names}
        self.rules, self.sheet, self.past = rules, sheet, remember(len(parts[0]))
        self.trail = Trail(self.columns, rules, sheet)
        self.flow = Flow(self.columns, rules, sheet)
        self.prospects = Prospects(self.columns, way_up, sheet)
        # Of each world at the last yearly survey: scores, what that month's deeds would bring
        # [points], and the month.
        self.sums = np.zeros((len(WORLDS), 3), np.int64)

    def __getitem__(self, name: str) -> np.ndarray:
        """A column (block, ...)."""
        return self.columns[name]

    def watch(self, month: int) -> None:
        """Note this month's deeds and who is in the lowest tier."""
        self.know()
        past, done = self.past, self["deed_count"]
        for deed in self.rules.defaults:
            np.bitwise_or(past.defaulted, done[:, :, deed], out=past.defaulted)
        scored = self["scored"].view(bool)
        for w in range(1, len(WORLDS)):
            if w in self.ruled:
                low = (self["tier"][:, w] == self.rules.lowest) & scored
                if low.any() or past.some_low[w]:
                    self.climb(w, month, low)
            elif past.some_low[w]:
                past.low[:, w] = past.some_low[w] = False

    def climb(self, w: int, month: int, low: np.ndarray) -> None:
        """Who was in the lowest tier, for how long, and who has left it by what.

        `low` (block, person): is in it now
        """
        before, since, means = (
            rows[:, w] for rows in (self.past.low, self.past.since, self.past.means)
        )
        was, now = np.nonzero(before), np.nonzero(low)
        spent, out = np.minimum(month - since[was].astype(np.int64), AXES["spent"]) - 1, ~low[was]
        self.sheet.add(w, "climb", np.zeros(out.size), spent)
        self.sheet.add(w, "climb", np.ones(out.sum()), spent[out])
        self.sheet.add(w, "climbed", means[was][out])
        since[now] = np.where(before[now], since[now], month)
        given = np.full(now[0].size, NOTHING)
        for kind, row in (("earned", EARNED), ("bought", BOUGHT), ("correction", APPEAL)):
            given[self[f"{kind}_points"][:, w][now] > 0] = row
        means[now] = given
        self.past.low[:, w], self.past.some_low[w] = low, now[0].size > 0

    def know(self) -> None:
        """Look up what people always are."""
        past, rows = self.past, [list(GROUPINGS).index(name) for name in STRATA]
        if past.honesty.any():
            return
        group = self["group"][:, rows].astype(np.int64) - GROUP_FIRST[rows][:, None]
        # Past the people of a block there is no group; nobody there is ever asked.
        past.stratum[:] = np.ravel_multi_index(tuple(np.moveaxis(group, 1, 0)), LENGTHS, "clip")
        for name, row in (("honesty", HONESTY), ("loyalty", LOYALTY)):
            getattr(past, name)[:] = np.searchsorted(SIXTEENTHS, self["trait"][:, row], side="left")

    def ask(self, month: int) -> None:
        """Count people into the tables; those over a year only in a yearly survey."""
        who = np.nonzero(self["scored"])
        for w in self.ruled:
            self.trail.ask(w, month, who, yearly(month) or month < YEAR)
            self.ask_scored(w, who)
            self.ask_change(w, who, month)
            if self.rules.entered:
                self.prospects.ask(w, month, self.past.stratum)
            if yearly(month) and self.past.asked[w]:
                self.compare(w, who)

    def ask_change(self, w: int, who: People, month: int) -> None:
        """How scores, and what true deeds would bring, have moved since the last yearly survey."""
        score = int(self["score_points"][:, w][who].sum(dtype=np.int64))
        now = np.array([score, self.flow.worth[w], month])
        if self.past.asked[w]:
            score_rose, worth_rose, months = (now - self.sums[w]).tolist()
            self.sheet.sums(w, "change", who[0].size * months, score_rose, worth_rose)
        self.sums[w] = now

    def ask_scored(self, w: int, who: People) -> None:
        """Those who have a file, by its score."""
        add, rules = self.sheet.add, self.rules
        honesty, loyalty = self.past.honesty[who], self.past.loyalty[who]
        points, shadow = self["score_points"][:, w][who], self["shadow_points"][:, w]
        seen, clean = shadow[:, SEEN_ALL][who], shadow[:, CLEAN][who]
        here = score_step(rules, points)
        add(w, "score_honesty", here, honesty)
        add(w, "score_loyalty", here, loyalty)
        add(w, "score_income", here, self["income_fifth"][who])
        add(w, "score_conduct", here, distance(rules, seen - rules.start))
        add(w, "seen_honesty", score_step(rules, seen), honesty)
        self.sheet.add_thrice(w, "within_honesty", self.past.stratum[who],
                              distance(rules, points - rules.start), honesty >> 2)  # fmt: skip
        low = 4 * (self["sanctioned"][:, w][who] != 0) + 2 * (clean < rules.edge)
        add(w, "standing", low + (seen < rules.edge), self.past.stratum[who])

    def compare(self, w: int, who: People) -> None:
        """Those surveyed a year ago: what they did since, and where they stand now."""
        add, past, lowest = self.sheet.add, self.past, self.rules.lowest
        then, here = past.step[:, w][who].astype(np.int64), self["score_points"][:, w][who]
        now, seen = score_step(self.rules, here), self["shadow_points"][:, w, SEEN_ALL][who]
        away = distance(self.rules, past.points[:, w][who].astype(np.int64) - self.rules.start)
        for name, world in (("", w), ("_law", LAW)):
            defaulted = past.defaulted[:, world][who] != 0
            add(w, f"default{name or '_own'}", then, defaulted)
            self.sheet.add_thrice(w, f"within_default{name}", past.stratum[who], away, defaulted)
        add(w, "retest", then >> 1, now >> 1)
        tiers = (lowest - tier[:, w][who].astype(np.int64) for tier in (past.tier, self["tier"]))
        add(w, "mobility", *tiers, past.stratum[who])
        rose = here - past.points[:, w][who], seen - past.seen[:, w][who]
        add(w, "rise", *(distance(self.rules, change) for change in rose))

    def keep(self) -> None:
        """Remember this survey for the next one."""
        past = self.past
        past.asked[:] = False
        past.asked[self.ruled] = True
        past.defaulted[:] = 0
        past.step[:] = score_step(self.rules, self["score_points"])
        past.tier[:] = self["tier"]
        past.points[:] = self["score_points"]
        past.seen[:] = self["shadow_points"][:, :, SEEN_ALL]
