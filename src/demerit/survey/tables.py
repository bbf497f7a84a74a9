"""Tables: which cross-tables a survey fills, and how measures read them.

name of an argument of a measure  ->  counts (axis, ..., group)

Tables follow the counters on the counter axis of a run's folds, cell after cell, in rows as long as
the group axis: so the sum over folds, the jackknife and the difference of two runs are the same for
both.  A table with the axis `stratum` or `facet` is read by the groups of the frames, or, as in
`standing_by_sex_age`, by each combination of the groups named; any other has no groups (1,).

A stratum parts people by all five groupings at once, 500 of them; a facet by home, sex and one of
the others, 60 of them, in three of which everybody is counted: a score's steps take that room.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from demerit.columns import WORLDS
from demerit.society.people import GROUP_FIRST, GROUPINGS

BY = "_by_"  # what stands between a table and the groups that it is read by
STRATA = ("home", "age", "sex", "income", "schooling")  # groupings that a stratum combines
LENGTHS = tuple(len(GROUPINGS[name]) for name in STRATA)
ALWAYS, ONE_OF = ("home", "sex"), ("age", "income", "schooling")  # groupings that a facet combines
FACET_LENGTHS = (len(ONE_OF), *(len(GROUPINGS[name]) for name in ALWAYS), 5)
GROUPS = sum(len(names) for names in GROUPINGS.values())

AXES = {
    "score": 128,  # steps of the score from the least to the cap
    "half_score": 64,  # the same, two in one
    "distance": 31,  # points apart in steps that widen; the middle one is none
    "sixteenth": 16,  # of a trait, the least of it first
    "quarter": 4,  # the same, four in one
    "fifth": 5,  # of income per head, poorest first
    "no_yes": 2,
    "standing": 8,  # 4 x under sanction + 2 x the clean file would be + 1 x the seen file would be
    "height": 4,  # tiers counted from the lowest
    "height_then": 4,
    "spent": 64,  # months in the lowest tier so far, from one
    "left": 2,  # who could have left it this month, who did
    "means": 4,  # what was given in the month before: nothing, by appeal, bought, earned back
    "truth": 5,  # columns.TRUE, FALSE, FOREIGN, MISLABELLED, GROUNDLESS
    "joined": 2,  # by name, with records from elsewhere: no, yes
    "chill": 2,  # lawful deeds that cost points withheld, done
    "quiet": 6,  # parts of life of these deeds: ask.QUIET
    "poor": 4,  # 2 x poor under ordinary law + 1 x poor here
    "work": 2,  # people; what those in work earn by it [fen]
    # trail.py: nobody, agency, eye, name, label, ground, stale, several, reviewer
    "cause": 9,
    "source": 6,  # good deeds, untrue entries, entries taken off, appeal, earned back, bought
    "showing": 2,  # points of good deeds written down; of these, of deeds done for show
    "depth": 4,  # person-months, spells begun, what is missing, the line it is missing of [fen]
    "acts": 256,  # favours of an official since the last yearly survey
    "holding": 4,  # people; kinds of data read, and held, of each; whose file has private matters
    "worth": 2,  # people; what their true deeds would bring [points]
    "change": 3,  # person-months; change of scores, of what deeds would bring [points]
    # prospects.py: those in the lowest tier, those below a perk; by which way, or why there is
    # none; months to the next tier, from one, the last of them: never; deeds that it takes
    "aim": 2,
    "path": 8,
    "ahead": 25,
    "effort": 64,
    "stratum": int(np.prod(LENGTHS)),
    "facet": int(np.prod(FACET_LENGTHS)),  # one of ONE_OF, home, sex, its group; each person thrice
}
TABLES = {
    # Those who have a file, by its score.
    "score_honesty": ("score", "sixteenth"),
    "score_loyalty": ("score", "sixteenth"),
    "score_income": ("score", "fifth"),
    "score_conduct": ("score", "distance"),  # the file with every true deed seen, from the start
    "seen_honesty": ("score", "sixteenth"),  # the same file in place of the score
    "standing": ("standing", "stratum"),
    # Those surveyed a year ago, too, by their score then.
    "default_own": ("score", "no_yes"),
    "default_law": ("score", "no_yes"),  # what the same people did under ordinary law
    "retest": ("half_score", "half_score"),  # then, now
    "mobility": ("height_then", "height", "stratum"),
    "rise": ("distance", "distance"),  # of the score in a year; of the file with every deed seen
    # Each month.
    "climb": ("left", "spent"),
    "climbed": ("means",),
    "fault": ("truth", "joined"),  # entries that cost points and arrive in the month
    # flow.py, each month.  Those who have a file; the last of it in every world.
    "chill_blameless": ("chill", "stratum"),  # by those against whom nothing stands on file
    "conduct": ("worth",),
    # Everybody, in every world.
    "harm_month": ("no_yes", "stratum"),  # adults, by whether they did harm in the month
    "poverty": ("poor",),
    "output": ("work",),
    # trail.py.  Each month: those under sanction, by whether the clean file would free them and by
    # whose error it is; those of them with an entry about a judgment, by whether it is paid;
    # appeals decided, by whether they had ground and were granted; what lifts scores [points].
    "blame": ("no_yes", "cause"),
    "outlived": ("no_yes",),
    "verdict": ("no_yes", "no_yes"),
    "lift": ("source",),
    "showing": ("showing",),
    "buyers": ("no_yes", "fifth"),  # under sanction or not, income per head
    # Those whom the scheme has made poor: at risk of leaving it and left, by months spent; once for
    # everybody, and once for each who ever was.
    "poor_spell": ("left", "spent"),
    "poor_depth": ("depth",),
    "ever_poor": ("no_yes", "stratum"),
    # Once a year.
    "held": ("holding",),
    "desk_acts": ("acts",),
    "change": ("change",),  # by those who have a file; since the last yearly survey
    # By the score, as points from the start: of those who have a file, and of those surveyed a year
    # ago, by their score then.
    "within_honesty": ("distance", "quarter", "facet"),
    "within_default": ("distance", "no_yes", "facet"),
    "within_default_law": ("distance", "no_yes", "facet"),
    # prospects.py, when it is asked how people stand.
    "recourse": ("aim", "path", "stratum"),
    "recourse_month": ("aim", "ahead"),
    "recourse_deed": ("aim", "effort"),
    # The deeds of chill_blameless by the part of life that they belong to.
    "chill_kind": ("quiet", "chill"),
    # trail.py: everybody, and each who was poor in any month so far, in each world by itself.
    "poor_ever": ("no_yes", "stratum"),
}  # fmt: skip


# Tables that are filled each month; in all others nobody is counted oftener than once a survey.
MONTHLY = frozenset(
    ("climb", "climbed", "blame", "outlived", "verdict", "lift", "showing", "buyers", "poor_spell",
     "poor_depth", "harm_month", "poverty", "output", "conduct", "chill_blameless", "chill_kind",
     "fault")
)  # fmt: skip


class Place(NamedTuple):
    """Where a table's cells lie, and their shape."""

    first: int
    end: int
    shape: tuple[int, ...]


def places() -> dict[str, Place]:
    """Where each table lies among the cells of a survey."""
    found, at = {}, 0
    for name, axes in TABLES.items():
        shape = tuple(AXES[axis] for axis in axes)
        found[name] = Place(at, at + int(np.prod(shape)), shape)
        at = found[name].end
    return found


PLACES = places()
CELLS = max(place.end for place in PLACES.values())
ROWS = -(-CELLS // GROUPS)  # rows of the counter axis that they take


def find(name: str) -> tuple[str, str | None] | None:
    """The table that an argument of a measure names, and by which groups; None for a counter.

    >>> find("standing_by_sex_age"), find("mobility"), find("sanctioned_by_error")
    (('standing', 'sex_age'), ('mobility', None), None)
    """
    table, _, groups = name.partition(BY)
    return (table, groups or None) if table in TABLES else None


def read(name: str, totals: np.ndarray, counters: Sequence[str], alone: bool = False) -> np.ndarray:
    """The table of this name, from totals (..., world, counter, group): (..., world, axis, group).

    `alone`: of the group of all alone, but for a table that is read by groups of its own
    Raises  KeyError for groups that no stratum combines
    """
    table, by = find(name) or (name, None)
    place, axes = PLACES[table], TABLES[table]
    rows = totals[..., len(counters) :, :]
    cells = rows.reshape(*rows.shape[:-2], -1)[..., place.first : place.end]
    cells = cells.reshape(*cells.shape[:-1], *place.shape)
    if axes[-1] not in PARTED:
        return cells[..., None]
    combine = PARTED[axes[-1]]
    if by is not None:
        return cells @ combine(tuple(by.split("_")))
    return cells @ (combine(()) if alone else membership(axes[-1]))


def indices() -> np.ndarray:
    """Which group of each grouping a stratum is of (grouping, stratum)."""
    return np.array(np.unravel_index(np.arange(AXES["stratum"]), LENGTHS))


@lru_cache
def membership(axis: str = "stratum") -> np.ndarray:
    """Which of the frames' groups a stratum, or a facet, is in, nought or one (stratum, group).

    Groups of groupings that these do not part are in none.
    """
    found = np.zeros((AXES[axis], GROUPS), np.int64)
    found[:, :1] = PARTED[axis](())
    for name, first in zip(GROUPINGS, GROUP_FIRST, strict=True):
        if name in STRATA:
            found[:, first : first + len(GROUPINGS[name])] = PARTED[axis]((name,))
    return found


@lru_cache
def combined(names: tuple[str, ...]) -> np.ndarray:
    """Which combination of these groupings a stratum is in (stratum, combination).

    >>> combined(("sex",)).sum(axis=0)
    array([250, 250])
    """
    of = dict(zip(STRATA, indices(), strict=True))
    for name in names:
        if name not in of:
            raise KeyError(f"no grouping {name!r} among the strata: {', '.join(STRATA)}")
    return crossed([of[name] for name in names], names, AXES["stratum"])


@lru_cache
def faceted(names: tuple[str, ...]) -> np.ndarray:
    """Which combination a facet is in, nought or one (facet, combination): of the facets by the one
    of ONE_OF that is named, or by the first of these, in which everybody is once.

    >>> faceted(("sex",)).sum(axis=0), faceted(("schooling", "home")).sum(axis=0)[:4]
    (array([10, 10]), array([2, 2, 2, 2]))
    """
    others = [name for name in names if name not in ALWAYS]
    if len(others) > 1 or not set(others) <= set(ONE_OF):
        raise KeyError(f"no facet is of {', '.join(names)}: one of {', '.join(ONE_OF)} at most")
    third, *at = np.unravel_index(np.arange(AXES["facet"]), FACET_LENGTHS)
    k = ONE_OF.index(others[0]) if others else 0
    of = dict(zip((*ALWAYS, ONE_OF[k]), at, strict=True))
    return crossed([of[name] for name in names], names, third.size) * (third == k)[:, None]


def crossed(of: Sequence[np.ndarray], names: Sequence[str], size: int) -> np.ndarray:
    """Which combination of groupings each of so many cells is in (cell, combination), from its
    group of each; where none is named, all are in one."""
    at = np.zeros(size, np.int64)
    for index, name in zip(of, names, strict=True):
        at = at * len(GROUPINGS[name]) + index
    return np.eye(int(np.prod([len(GROUPINGS[n]) for n in names])), dtype=np.int64)[at]


@lru_cache
def facets() -> np.ndarray:
    """The facets that people of a stratum are counted in (one of ONE_OF, stratum)."""
    of, every = dict(zip(STRATA, indices(), strict=True)), np.arange(AXES["stratum"])
    found = [
        np.ravel_multi_index((0 * every + k, *(of[n] for n in (*ALWAYS, name))), FACET_LENGTHS)
        for k, name in enumerate(ONE_OF)
    ]
    return np.array(found)


PARTED = {"stratum": combined, "facet": faceted}


def fold_rows(found: np.ndarray) -> np.ndarray:
    """Cells (fold, world, cell) as rows of the counter axis (fold, world, row, group)."""
    room = np.zeros((found.shape[0], len(WORLDS), ROWS * GROUPS), np.int64)
    room[..., :CELLS] = found
    return room.reshape(*room.shape[:-1], ROWS, GROUPS)
