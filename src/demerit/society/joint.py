"""Joint: the table of all that a person is counted by, raked to every margin at once.

Totals, starting odds  ->  people by province, home, age, sex, schooling, state of work

Only the nation's published crossings are fixed; all others are the nearest to the starting odds,
which are assumed.  A place has no odds of its own.
"""

from typing import Any

import numpy as np

from demerit.facts import value
from demerit.society.margins import (
    AGE4,
    AGE15,
    BANDS,
    CHILD,
    EMPLOYED,
    HOME,
    SCHOOLING,
    SEX,
    STATUS,
    Totals,
    totals,
    two_way,
)
from demerit.society.rake import Margin, rake

SHAPE = (len(HOME), len(BANDS), len(SEX), len(SCHOOLING), len(STATUS))  # of each province
TEENS = 3  # the band 15-19, of which those aged 15 are children
YEARS = 105


def start(spec: dict[str, Any], fixed: Totals) -> np.ndarray:
    """The starting table (province, home, band, sex, schooling, status): odds and noughts."""
    odds = spec["start"]
    status = np.zeros((len(BANDS), len(SEX), len(STATUS)))
    status[:TEENS, :, CHILD] = 1
    fifteen = value(spec, "age", "fifteen")
    status[TEENS, :, CHILD] = fifteen * 100
    for k, name in enumerate(STATUS[:CHILD]):
        for s, sex in enumerate(SEX):
            status[TEENS:, s, k] = value(odds, "status", name, sex)
    status[TEENS] *= np.where(np.arange(len(STATUS)) == CHILD, 1, 1 - fifteen)
    home = np.array([value(odds, "home", name) for name in STATUS]).T[::-1]
    school = np.array([value(odds, "schooling", name) for name in STATUS]).T
    town_age, town_school = value(odds, "home", "by_age"), value(odds, "home", "by_schooling")
    town = np.ones((2, len(BANDS), len(SCHOOLING)))
    town[1] = np.array(town_age)[:, None] * np.array(town_school)
    known = (fixed.age_schooling > 0)[AGE15]
    # Axes (home, band, sex, schooling, status).
    table = status[None, :, :, None, :] * home[:, None, None, None, :] * school[None, None, None]
    table = table * (town * known)[:, :, None, :, None]
    return np.ascontiguousarray(table[None] * fixed.province.reshape(-1, 1, 1, 1, 1, 1))


def margins(fixed: Totals, shape: tuple[int, ...]) -> list[Margin]:
    """What the joint table is raked to: the label of each cell, and the totals by label."""
    p, h, b, s, e, w = (axis.ravel() for axis in np.indices(shape))
    work = np.where(w < EMPLOYED, h, 2)
    return [
        (w, fixed.status),
        (work, fixed.work_home),
        (AGE15[b] * len(SCHOOLING) + e, fixed.age_schooling.ravel()),
        (p * 2 + h, fixed.province_home.ravel()),
        (p * len(SCHOOLING) + e, fixed.province_schooling.ravel()),
        (p * 2 + s, fixed.province_sex.ravel()),
        (p * 4 + AGE4[b], fixed.province_age.ravel()),
        (b * 2 + s, fixed.age_sex.ravel()),
    ]


def joint(spec: dict[str, Any]) -> np.ndarray:
    """People in each cell (province, home, band, sex, schooling, status)."""
    fixed = totals(spec)
    table = start(spec, fixed)
    some = np.flatnonzero(table)
    label = [(cells[some], total) for cells, total in margins(fixed, table.shape)]
    table.ravel()[some] = rake(table.ravel()[some], label)
    return table


def years(spec: dict[str, Any], table: np.ndarray) -> np.ndarray:
    """Single years of age within a band (band, schooling, year), each row adding up to one.

    Every year of a band is as large as the next, nobody under six has been to school, nobody under
    12 to junior, under 15 to senior school or under 17 to university.  In the band 15-19 the row is
    for those from 16 on: those aged 15 are its children.
    """
    share = np.full((len(BANDS), len(SCHOOLING), 5), 0.2)
    first_in_school = value(spec, "age", "first_in_school_years")
    below_school = np.arange(5, 10) < first_in_school
    share[1, 0] = below_school / below_school.sum()
    share[1, 1:] = ~below_school / (~below_school).sum()
    least = np.array([0, first_in_school, 12, 15, 17])
    for band, first in ((2, 10), (TEENS, 16)):
        span = 5 * (band + 1) - first
        people = table.sum((0, 1, 3))[band, :, : (CHILD if band == TEENS else None)].sum(1)
        old = first + np.arange(span)
        fits = (old[None] >= least[:, None]) & (people > 0)[:, None]
        seed = np.where(fits, people[:, None], 0.0)
        each = np.full(span, people.sum() / span)
        rows = two_way(seed, people, each)
        some = rows.sum(1) > 0
        share[band, some] = 0
        share[band, some, -span:] = rows[some] / rows[some].sum(1, keepdims=True)
    return share


def by_year(table: np.ndarray, share: np.ndarray) -> np.ndarray:
    """People (province, home, year of age, sex, schooling, status)."""
    out = np.zeros((*table.shape[:2], YEARS, *table.shape[3:]))
    for band in range(len(BANDS)):
        for year in range(5):
            part = table[:, :, band] * share[band, :, year][:, None]
            if band == TEENS:
                part[..., CHILD] = table[:, :, band, :, :, CHILD] * (year == 0)
            out[:, :, 5 * band + year] = part
    return out
