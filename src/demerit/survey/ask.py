"""Ask: the blocks of a fold are surveyed after their month is lived and counted.

columns of the blocks, what was remembered of them  ->  cells (world, cell), what is remembered

Every month what happened in it is counted (month.py).  How people stand is asked, by numpy, in
every twelfth month and in the last in which the scheme stands, whether the run ends then or outcry
the scheme: so one that is ended early is told of, too.  What compares with a year ago needs a
survey a year ago: that of a last month which is no twelfth has none.
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
    CLEAN,
    HONESTY,
    LAW,
    LOYALTY,
    NEVER,
    SEEN_ALL,
    WORLDS,
)
from demerit.kernel import entries
from demerit.society.people import GROUP_FIRST, GROUPINGS
from demerit.society.tables.deeds import HARMFUL
from demerit.survey import recourse
from demerit.survey.memory import remember
from demerit.survey.month import month_block, watched
from demerit.survey.prospects import Prospects
from demerit.survey.tables import AXES, CELLS, LENGTHS, ONE_OF, PLACES, STRATA, facets

People = tuple[np.ndarray, ...]  # rows of blocks, and in each the row of the person
YEAR = 12  # months
ASKED = 100_000  # people, about: of more, blocks in turn are asked
DEFAULTS = ("loan_default", "judgment_unpaid")
# Parts of life of lawful deeds that cost points, as the axis `quiet` has them; the last is any.
QUIET = ("speech", "faith", "consumption", "health", "standing", "other")
PRIVATE = ("speech", "faith", "consumption", "health", "standing")
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
    harmful: np.ndarray  # (deed,) yes or no
    quieted: np.ndarray  # (deed,) yes or no: costs points and harms nobody
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
        step, far + AXES["distance"] // 2, harmful, ~harmful & (scheme.points < 0),
        np.array([quiet(book[key]["context"]) for key in deeds]),
        np.array([deeds.index(key) for key in DEFAULTS]), scheme.points,
        deeds.index("judgment_unpaid"), not (scheme.learns or scheme.peer_weight),
        bool(scheme.officials), contexts, np.uint64(private), np.uint64(read),
    )  # fmt: skip


def rules_of(deeds: dict[str, Any], keys: list[str]) -> tuple[np.ndarray, int]:
    """Deeds of each part of life, and of those parts that people may want to keep to themselves, a
    bit a deed: (context,), and one.

    >>> found = rules_of({"a": {"context": "faith"}, "b": {"context": "traffic"}}, ["a", "b"])
    >>> found[0].tolist(), found[1]
    ([1, 2], 1)
    """
    masks: dict[str, int] = {}
    for row, key in enumerate(keys):
        context = deeds[key]["context"]
        masks[context] = masks.get(context, 0) | 1 << row
    private = sum(mask for context, mask in masks.items() if context in PRIVATE)
    return np.array([masks[context] for context in sorted(masks)], np.uint64), private


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
        here.month(month, climate)
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
    """The blocks of a fold as the survey sees them: each by itself in a month, and all at once when
    it is asked how people stand.  These are named by two rows (block, person)."""

    ruled: list[int]  # worlds in which the scheme stands

    def __init__(self, blocks: Blocks, asked: slice, rules: Rules, way_up: recourse.Rules,
                 sheet: Sheet):  # fmt: skip
        self.blocks, self.asked = blocks, range(len(blocks.files))[asked]
        parts = [part.view(np.ndarray)[asked] for part in (blocks.files, blocks.lives)]
        self.columns = {name: part[name] for part in parts for name in part.dtype.names}
        self.rules, self.watched, self.sheet = rules, watched(rules), sheet
        self.past = remember(len(self.asked))
        self.prospects = Prospects(self.columns, way_up, sheet)
        self.surveyed = np.zeros(len(WORLDS), bool)  # a year ago
        # What this month's deeds of those with a file would bring, all of them seen [points].
        self.worth = np.zeros(len(WORLDS), np.int64)
        # Of each world at the last yearly survey: scores, what that month's deeds would bring
        # [points], and the month.
        self.sums = np.zeros((len(WORLDS), 3), np.int64)
        flags = np.zeros(len(WORLDS), np.uint8)
        given = self.month_given(0, 0, 0, flags, flags)
        self.count = entries([month_block], *given)[0]
        self.know()

    def __getitem__(self, name: str) -> np.ndarray:
        """A column (block, ...)."""
        return self.columns[name]

    def know(self) -> None:
        """Look up what people always are."""
        past, rows = self.past, [list(GROUPINGS).index(name) for name in STRATA]
        group = self["group"][:, rows].astype(np.int64) - GROUP_FIRST[rows][:, None]
        # Past the people of a block there is no group; nobody there is ever asked.
        past.stratum[:] = np.ravel_multi_index(tuple(np.moveaxis(group, 1, 0)), LENGTHS, "clip")
        for name, row in (("honesty", HONESTY), ("loyalty", LOYALTY)):
            past[name][:] = np.searchsorted(SIXTEENTHS, self["trait"][:, row], side="left")

    def month(self, month: int, climate: Any) -> None:
        """Count what happened in the month."""
        ruled, amnesty = (np.asarray(of, np.uint8) for of in (climate.in_force, climate.amnesty))
        self.ruled = [w for w in range(1, len(WORLDS)) if ruled[w]]
        self.worth[:] = 0
        for row, k in enumerate(self.asked):
            self.count(*self.month_given(k, row, month, ruled, amnesty))

    def month_given(self, k: int, row: int, month: int, *flags: np.ndarray) -> tuple[Any, ...]:
        """What the kernel of a month is handed, of the k-th block."""
        return (self.blocks, k, self.past, row, self.watched, month, *flags,
                self.sheet.cells, self.worth)  # fmt: skip

    def ask(self, month: int) -> None:
        """Count people into the tables; those over a year only in a yearly survey."""
        who = np.nonzero(self["scored"])
        for w in self.ruled:
            self.ask_held(w, month, who)
            if self.rules.officials and (yearly(month) or month < YEAR):
                self.ask_officials(w)
            self.ask_scored(w, who)
            self.ask_change(w, who, month)
            if self.rules.entered:
                self.prospects.ask(w, month, self.past.stratum)
            if yearly(month) and self.surveyed[w]:
                self.compare(w, who)

    def ask_change(self, w: int, who: People, month: int) -> None:
        """How scores, and what true deeds would bring, have moved since the last yearly survey."""
        score = int(self["score_points"][:, w][who].sum(dtype=np.int64))
        now = np.array([score, self.worth[w], month])
        if self.surveyed[w]:
            score_rose, worth_rose, months = (now - self.sums[w]).tolist()
            self.sheet.sums(w, "change", who[0].size * months, score_rose, worth_rose)
        self.sums[w] = now

    def ask_held(self, w: int, month: int, who: People) -> None:
        """What kinds of data are held of those who have a file."""
        bits, rules = self.held(w, month)[who], self.rules
        kinds = sum(((bits & mask) != 0).sum() for mask in rules.contexts)
        watched = int(((rules.contexts & rules.read) != 0).sum())
        private = ((bits & rules.private) != 0).sum()
        people = who[0].size
        self.sheet.sums(w, "held", people, watched * people, int(kinds), int(private))

    def held(self, w: int, month: int) -> np.ndarray:
        """Deeds of which an entry stands on each file, a bit a deed (block, person)."""
        bits: np.ndarray = self.past.kept[:, w].copy()
        for k, total in enumerate(self["record_total"][:, w]):
            due, erase = (self[f"record_{what}"][k, w, :total] for what in ("due", "erase"))
            stands = np.flatnonzero((due >= 0) & (due <= month) & (erase > month) & (erase < NEVER))
            deed = self["record_deed"][k, w, stands].astype(np.uint64)
            np.bitwise_or.at(bits[k], self["record_person"][k, w, stands], np.uint64(1) << deed)
        return bits

    def ask_officials(self, w: int) -> None:
        """Officials' favours since the last yearly survey."""
        favours = self.past.favours[:, w]
        desks = np.arange(favours.shape[-1]) < self["desk_total"][:, w, None]
        self.sheet.add(w, "desk_acts", np.minimum(favours[desks], AXES["acts"] - 1))
        favours[:] = 0

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
        self.surveyed[:] = False
        self.surveyed[self.ruled] = True
        past.defaulted[:] = 0
        past.step[:] = score_step(self.rules, self["score_points"])
        past.tier[:] = self["tier"]
        past.points[:] = self["score_points"]
        past.seen[:] = self["shadow_points"][:, :, SEEN_ALL]
