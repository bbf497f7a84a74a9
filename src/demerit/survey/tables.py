"""Tables: which cross-tables a survey fills, and how measures read them.

name of an argument of a measure  ->  counts (axis, ..., group)

Tables follow the counters on the counter axis of a run's folds, cell after cell, in rows as long as
the group axis: so the sum over folds, the jackknife and the difference of two runs are the same for
both.  A table with the axis `stratum` is read by the groups of the frames, or, as in
`standing_by_sex_age`, by each combination of the groups named; any other has no groups (1,).
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
GROUPS = sum(len(names) for names in GROUPINGS.values())

AXES = {
    "score": 128,  # steps of the score from the least to the cap
    "half_score": 64,  # the same, two in one
    "distance": 31,  # points apart in steps that widen; the middle one is none
    "sixteenth": 16,  # of a trait, the least of it first
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
    "work": 2,  # people; what those in work earn by it [yuan]
    # trail.py: nobody, agency, eye, name, label, ground, stale, several, reviewer
    "cause": 9,
    "source": 6,  # good deeds, untrue entries, entries taken off, appeal, earned back, bought
    "showing": 2,  # points of good deeds written down; of these, of deeds done for show
    "depth": 4,  # person-months, spells begun, what is missing, the line it is missing of [yuan]
    "acts": 256,  # favours of an official since the last yearly survey
    "holding": 4,  # people; kinds of data read, and held, of each; whose file has private matters
    "worth": 2,  # people; what their true deeds would bring [points]
    "change": 3,  # people; change of their scores, and of what their deeds would bring [points]
    "stratum": int(np.prod(LENGTHS)),
}
TABLES = {
    # Those who have a file, by its score.
    "score_honesty": ("score", "sixteenth"),
    "score_loyalty": ("score", "sixteenth"),
    "score_income": ("score", "fifth"),
    "score_conduct": ("score", "distance"),  # the file with every true deed seen, from the start
    "seen_honesty": ("score", "sixteenth"),  # the same file in place of the score
    "standing": ("standing", "stratum"),
    "chill_blameless": ("chill", "stratum"),  # by those against whom nothing stands on file
    "fault": ("truth", "joined"),  # entries that cost points and arrive in the month
    # Those surveyed a year ago, too, by their score then.
    "default_own": ("score", "no_yes"),
    "default_law": ("score", "no_yes"),  # what the same people did under ordinary law
    "retest": ("half_score", "half_score"),  # then, now
    "mobility": ("height_then", "height", "stratum"),
    "rise": ("distance", "distance"),  # of the score in a year; of the file with every deed seen
    # Each month.
    "climb": ("left", "spent"),
    "climbed": ("means",),
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
    "conduct": ("worth",),  # by those who have a file; under ordinary law, too
    "change": ("change",),  # ... in a year
    # The deeds of chill_blameless by the part of life that they belong to.
    "chill_kind": ("quiet", "chill"),
    # trail.py: everybody, and each who was poor in any month so far, in each world by itself.
    "poor_ever": ("no_yes", "stratum"),
}  # fmt: skip


# Tables that are filled each month; in all others nobody is counted oftener than once a survey.
MONTHLY = frozenset(
    ("climb", "climbed", "blame", "outlived", "verdict", "lift", "showing", "buyers", "poor_spell",
     "poor_depth")
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
    if axes[-1] != "stratum":
        return cells[..., None]
    if by is not None:
        return cells @ combined(tuple(by.split("_")))
    return cells.sum(axis=-1, keepdims=True) if alone else cells @ membership()


def indices() -> np.ndarray:
    """Which group of each grouping a stratum is of (grouping, stratum)."""
    return np.array(np.unravel_index(np.arange(AXES["stratum"]), LENGTHS))


@lru_cache
def membership() -> np.ndarray:
    """Which of the frames' groups a stratum is in, nought or one (stratum, group).

    Groups of groupings that strata do not part are in none.
    """
    found = np.zeros((AXES["stratum"], GROUPS), np.int64)
    found[:, 0] = 1
    first = dict(zip(GROUPINGS, GROUP_FIRST, strict=True))
    for name, index in zip(STRATA, indices(), strict=True):
        found[np.arange(index.size), first[name] + index] = 1
    return found


@lru_cache
def combined(names: tuple[str, ...]) -> np.ndarray:
    """Which combination of these groupings a stratum is in (stratum, combination).

    >>> combined(("sex",)).sum(axis=0)
    array([250, 250])
    """
    rows = [STRATA.index(name) if name in STRATA else no_stratum(name) for name in names]
    lengths = [LENGTHS[row] for row in rows]
    at = np.ravel_multi_index(tuple(indices()[rows]), lengths)
    return np.eye(int(np.prod(lengths)), dtype=np.int64)[at]


def no_stratum(name: str) -> int:
    raise KeyError(f"no grouping {name!r} among the strata: {', '.join(STRATA)}")


def fold_rows(found: np.ndarray) -> np.ndarray:
    """Cells (fold, world, cell) as rows of the counter axis (fold, world, row, group)."""
    room = np.zeros((found.shape[0], len(WORLDS), ROWS * GROUPS), np.int64)
    room[..., :CELLS] = found
    return room.reshape(*room.shape[:-1], ROWS, GROUPS)
