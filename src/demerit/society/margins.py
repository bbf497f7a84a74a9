"""Margins: the published totals of a society, read, checked, and made to agree with one another.

data/societies/<key>/margins/*.csv  ->  Row (a figure, its source and grade)  ->  totals to rake to

The order in which contradictions are settled stands at the head of the society's file.
"""

import csv
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from demerit.facts import DATA, FactError, check, sources, value
from demerit.society.rake import rake

BANDS = (*(f"{a}-{a + 4}" for a in range(0, 100, 5)), "100+")
SEX = ("female", "male")
HOME = ("rural", "urban")
SCHOOLING = ("none", "primary", "junior", "senior", "university")
STATUS = (
    "employee", "public", "self_employed", "farmer",
    "unemployed", "student", "retired", "home", "child",
)  # fmt: skip
EMPLOYED = 4  # the first four have work
UNEMPLOYED, STUDENT, RETIRED, AT_HOME, CHILD = range(4, 9)
AXES = ("province", "urban", "band", "male", "schooling", "status")
NATION = "nation"  # the place of a figure that is no province's
UNUSED = "unused"  # the margin of figures that were read and that nothing in the model answers to

GRADES = ("published", "from memory", "derived", "assumed")
ABOUT = ("value", "unit", "year", "source", "grade", "note")
GROUPS_MAX = 3  # dimensions of a margin
CELL_MIN = 1_000  # people in a cell that is not empty
SOCIETY_MIN = 100_000


class Row(NamedTuple):
    """One figure of a margin."""

    margin: str
    groups: tuple[str, ...]  # the first is the place: CN, or CN-11 ... for a province
    value: float
    unit: str
    year: int
    source: str
    grade: str
    note: str


def folder(key: str) -> Path:
    """Where a society's files are."""
    return DATA / "societies" / key


@cache
def read(key: str, margin: str) -> tuple[Row, ...]:
    """The figures of one margin, checked; none where the society has no such margin."""
    path = folder(key) / "margins" / f"{margin}.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    rows = [
        Row(
            margin,
            tuple(v for k, v in line.items() if k not in ABOUT),
            float(line["value"]),
            line["unit"],
            int(line["year"]),
            line["source"],
            line["grade"],
            line["note"],
        )
        for line in table
    ]
    check(path.name, [fault for row in rows for fault in row_faults(row)])
    return tuple(rows)


def row_faults(row: Row) -> list[str]:
    """What keeps a row from being a figure about many people: a margin is no list of persons."""
    at = " ".join(row.groups)
    faults = []
    if len(row.groups) > GROUPS_MAX:
        faults.append(f"{at}: a margin has at most {GROUPS_MAX} dimensions.")
    if row.grade not in GRADES:
        faults.append(f"{at}: grade {row.grade!r} is unknown; use one of {', '.join(GRADES)}.")
    if row.source not in sources() and (row.source or row.grade != "assumed"):
        faults.append(f"{at}: no source {row.source!r} in data/sources.toml.")
    if row.unit == "persons" and 0 < row.value < CELL_MIN:
        faults.append(f"{at}: a cell holds nobody or at least {CELL_MIN:,} people.")
    return faults


def figures(key: str, margin: str, unit: str | None = None) -> dict[tuple[str, ...], float]:
    """The values of one margin by group, those of one unit if several are mixed."""
    return {
        (place if "-" in (place := row.groups[0]) else NATION, *row.groups[1:]): row.value
        for row in read(key, margin)
        if unit in (None, row.unit)
    }


def grades(key: str) -> dict[str, int]:
    """How many figures of a society's margins are of each grade; not those that nothing uses."""
    found = dict.fromkeys(GRADES, 0)
    for path in sorted((folder(key) / "margins").glob("*.csv")):
        for row in read(key, path.stem) if path.stem != UNUSED else ():
            found[row.grade] += 1
    return found


def by_province(spec: dict[str, Any], margin: str, *groups: str) -> np.ndarray | None:
    """A margin of the provinces (province, group); None where nothing is known of them apart.

    Each province then has the nation's.
    """
    by = figures(spec["key"], "provinces")
    if not any(name == margin for _, name, _ in by):
        return None
    places = [entry["key"] for entry in spec["province"]]
    return np.array([[by[place, margin, group] for group in groups] for place in places])


def reason(spec: dict[str, Any], margin: str, cell: str) -> str:
    """Why this figure cannot hold, by the society's list of conflicts; "" where it is a target."""
    for entry in spec.get("conflict", ()):
        if entry["margin"] == margin and fnmatchcase(cell, entry["cell"]):
            return str(entry["why"])
    return ""


class Totals(NamedTuple):
    """Margins that agree with one another, in people."""

    province: np.ndarray  # (province,)
    age_sex: np.ndarray  # (band, sex)
    province_age: np.ndarray  # (province, age4: 0-14, 15-59, 60-64, 65+)
    province_sex: np.ndarray  # (province, sex)
    province_schooling: np.ndarray  # (province, schooling)
    province_home: np.ndarray  # (province, home)
    age_schooling: np.ndarray  # (age15, schooling)
    work_home: np.ndarray  # (employed rural, employed urban, all others)
    status: np.ndarray  # (status,)


AGE4 = np.repeat([0, 1, 2, 3], [3, 9, 1, 8])  # band -> group of the provinces' ages
AGE15 = np.minimum(np.arange(21), 14)  # band -> group of schooling by age (70+ is one)


def totals(spec: dict[str, Any]) -> Totals:
    """The published totals of a society, made to agree in the order that its file states."""
    key = spec["key"]
    found = by_province(spec, "population", "all")
    if found is None:
        raise FactError(f"{key}: provinces.csv has no `population`.")
    people = found[:, 0]
    if people.sum() < SOCIETY_MIN:
        raise FactError(f"{key}: a society has at least {SOCIETY_MIN:,} people.")
    if people.sum() != value(spec, "population"):
        raise FactError(f"{key}: the provinces add up to {people.sum():.0f}, not the population.")
    counts = figures(key, "age_sex")
    age_sex = np.array([[counts[NATION, band, sex] for sex in SEX] for band in BANDS])
    age = np.bincount(AGE4, age_sex.sum(1))
    share = by_province(spec, "age", "0-14", "15-59", "60+", "65+")
    if share is not None:
        share = np.stack([*share.T[:2], share[:, 2] - share[:, 3], share[:, 3]], 1)
    sex = by_province(spec, "sex_ratio", "males")
    if sex is not None:
        sex = np.hstack([100 / (100 + sex), sex / (100 + sex)])
    schooling = by_province(spec, "schooling", *SCHOOLING)
    taught = None if schooling is None else schooling / 1e5 * people[:, None]
    by_age = schooling_by_age(spec, age_sex.sum(1), None if taught is None else taught.sum(0))
    town = people * urban(spec) / 100
    work = figures(key, "employment")
    employed = np.array([work[NATION, "employed rural"], work[NATION, "employed urban"]])
    return Totals(
        people,
        age_sex,
        apart(share, people, age),
        apart(sex, people, age_sex.sum(0)),
        apart(None, people, by_age.sum(0)) if taught is None else taught,
        np.stack([people - town, town], 1),
        by_age,
        np.append(employed, people.sum() - employed.sum()),
        states(spec, age_sex.sum(1)),
    )


def two_way(start: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """A table raked to its rows and columns (row, column)."""
    row, column = np.indices(start.shape)
    margins = [(column.ravel(), columns), (row.ravel(), rows)]
    return rake(start.ravel(), margins, 1e-12).reshape(start.shape)


def apart(share: np.ndarray | None, people: np.ndarray, nation: np.ndarray) -> np.ndarray:
    """People of each province by group (province, group): shares of its own raked to the nation's
    people by group, or the nation's shares where there are none."""
    if share is None:
        return np.outer(people, nation / nation.sum())
    return two_way(share * people[:, None], people, nation)


def urban(spec: dict[str, Any]) -> np.ndarray:
    """Share of each province's people that live in town (province,) [%]."""
    found = by_province(spec, "urban", "urban")
    if found is not None:
        return found[:, 0]
    return np.full(len(spec["province"]), figures(spec["key"], "home")[NATION, "urban"])


def schooling_by_age(
    spec: dict[str, Any], people: np.ndarray, school: np.ndarray | None
) -> np.ndarray:
    """The assumed profile of schooling by age, raked to ages and to the provinces' schooling.

    Where the provinces have none, the profile is the nation's.
    """
    by = figures(spec["key"], "schooling", "% of age group")
    start = np.zeros((15, 5))
    start[0, 0] = people[0]  # below school age
    below_school = (value(spec, "age", "first_in_school_years") - 5) / 5
    start[1, 0], start[1, 1] = people[1] * below_school, people[1] * (1 - below_school)
    pupils = np.array([by[NATION, "6-14", name] for name in SCHOOLING]) / 100
    start[2] = np.maximum(pupils * (people[1] + people[2] - start[1, 0]) - start[1], 0)
    start[2, 0] = 0
    for k in range(3, 15):
        age = "70+" if k == 14 else BANDS[k]
        row = np.array([by[NATION, age, name] for name in SCHOOLING]) / 100
        start[k] = row * np.bincount(AGE15, people)[k]
    return start if school is None else two_way(start, np.bincount(AGE15, people), school)


def states(spec: dict[str, Any], people: np.ndarray) -> np.ndarray:
    """People in each state of work: employed and unemployed as counted, the others fill up."""
    share = figures(spec["key"], "status")
    work = figures(spec["key"], "employment")
    model = np.array([share[NATION, "16+", name] for name in STATUS[:CHILD]])
    children = people[:3].sum() + value(spec, "age", "fifteen") * people[3]
    counted = np.array([work[NATION, "employed"], work[NATION, "unemployed"]])
    rest = people.sum() - children - counted.sum()
    return np.concatenate([
        counted[0] * model[:EMPLOYED] / model[:EMPLOYED].sum(),
        counted[1:],
        rest * model[STUDENT:] / model[STUDENT:].sum(),
        [children],
    ])  # fmt: skip
