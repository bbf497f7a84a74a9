"""Targets: the margins of a society as questions put to its tables and to its people alike.

margins/*.csv, society.toml, tables  ->  Target (cells, wanted, share of each province)

A cell is a set of people: those under a label, or of them those with a yes.  The label that says
where a person belongs is the same for the cells of the table and for drawn people.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from demerit.draws import WORD
from demerit.facts import value
from demerit.society import attributes, catalogue, joint
from demerit.society.margins import (
    BANDS,
    CHILD,
    EMPLOYED,
    NATION,
    SCHOOLING,
    SEX,
    STATUS,
    by_province,
    figures,
    reason,
    totals,
)
from demerit.society.people import ADULT
from demerit.society.scores import chances

Columns = Mapping[str, np.ndarray]
Label = Callable[[Columns], np.ndarray]
AGE = "age_years"
DECADES = (0, 10, 20, 30, 40, 50, 60)
HOMES = ("rural", "urban")


class Target(NamedTuple):
    """A margin's cells.  Shares are of everybody, or of the province's people."""

    name: str
    cells: Sequence[str]
    wanted: np.ndarray  # (cell,), or (province, cell) where each province has its own
    table: np.ndarray  # (province, cell) share of the province's people
    base: np.ndarray  # as wanted: the share of everybody that the margin speaks of
    label: Label  # the cell of each person, or -1
    column: str  # of those under the label, who has a yes here; "" for all
    yes: int
    why: str  # why it is no target, "" if it is one


class Asker:
    """Puts labels to a society's tables."""

    def __init__(self, society: Any) -> None:
        self.society, self.spec, self.key = society, society.spec, society.key
        self.tables = society.people
        people = catalogue.counts(self.tables.counted.start, self.tables.counted.cell, self.spec)
        years = attributes.shares(self.tables.counted.year)
        full = joint.by_year(people, years)
        each = full.reshape(len(full), -1)
        self.share = each / each.sum(1, keepdims=True)
        self.total = float(people.sum())
        self.weight = people.sum((1, 2, 3, 4, 5)) / self.total
        self.homes = people.sum((2, 3, 4, 5))
        names = ("urban", AGE, "male", "schooling", "status")
        index = np.indices(full.shape[1:]).reshape(len(names), -1)
        self.grid: Columns = dict(zip(names, index, strict=True))

    def table(self, label: Label, cells: int, chance: np.ndarray | None = None) -> np.ndarray:
        """Share of each province's people in each cell (province, cell)."""
        at = label(self.grid)
        some = at >= 0
        odds = 1.0 if chance is None else chance[some]
        return np.array([np.bincount(at[some], row[some] * odds, cells) for row in self.share])

    def nation(self, label: Label, cells: int) -> np.ndarray:
        """Share of everybody in each cell (cell,)."""
        return (self.table(label, cells) * self.weight[:, None]).sum(0)

    def target(
        self,
        name: str,
        cells: Sequence[str],
        wanted: Any,
        label: Label,
        column: str = "",
        chance: np.ndarray | None = None,
        yes: int = 1,
        of_group: bool = True,
    ) -> Target:
        """A margin of the nation, wanted as a share of those under the label, or of everybody.

        No target where the society's list of conflicts names its first cell.
        """
        count = len(cells)
        base = self.nation(label, count) if of_group else np.ones(count)
        table = self.table(label, count, chance)
        wanted = np.asarray(wanted, float) * base
        why = reason(self.spec, name, cells[0])
        return Target(name, cells, wanted, table, base, label, column, yes, why)


def people(c: Columns) -> np.ndarray:
    """Everybody is in one cell."""
    return np.zeros(len(c[AGE]), np.intp)


def only(condition: Callable[[Columns], Any]) -> Label:
    """A single cell, of those whom the condition holds for."""
    return lambda c: np.where(condition(c), 0, -1)


def ages(*edges: int) -> Label:
    """Ages from each edge to the next; nobody below the first."""
    return lambda c: np.searchsorted(edges, c[AGE], side="right") - 1


def band(c: Columns) -> np.ndarray:
    """The five-year band of an age."""
    return np.minimum(c[AGE] // 5, 20).astype(np.intp)


def provinces(ask: Asker) -> list[Target]:
    """What is known of each province, or of the nation where nothing is known of its provinces."""
    out = []

    def target(name: str, cells: Sequence[str], wanted: np.ndarray, label: Label) -> None:
        table = ask.table(label, len(cells))
        out.append(Target(name, cells, wanted, table, np.ones_like(wanted), label, "", 1, ""))

    share = by_province(ask.spec, "age", "0-14", "15-59", "60+", "65+")
    if share is not None:
        target("age", ("0-14", "15-59", "60+"), share[:, :3] / 100, ages(0, 15, 60))
        target("age", ("65+",), share[:, 3:] / 100, only(lambda c: c[AGE] >= 65))
    if (ratio := by_province(ask.spec, "sex_ratio", "males")) is not None:
        target("sex", ("male",), ratio / (100 + ratio), only(lambda c: c["male"] == 1))
    if (school := by_province(ask.spec, "schooling", *SCHOOLING)) is not None:
        target("schooling", SCHOOLING, school / 1e5, lambda c: c["schooling"])
    town = only(lambda c: c["urban"] == 1)
    if (lives := by_province(ask.spec, "urban", "urban")) is not None:
        target("home", ("urban",), lives / 100, town)
    for (_, home), percent in figures(ask.key, "home").items():
        out.append(ask.target("home", (home,), [percent / 100], town, of_group=False))
    for (_, group), percent in figures(ask.key, "ages").items():
        low, high = ends(group)
        inside = only(lambda c, low=low, high=high: (low <= c[AGE]) & (c[AGE] < high))  # type: ignore[misc]
        out.append(ask.target("age", (group,), [percent / 100], inside, of_group=False))
    return out


def ends(ages: str) -> tuple[int, int]:
    """The first year of a group of ages, and the first beyond it.

    >>> ends("15-64"), ends("65+")
    ((15, 65), (65, 105))
    """
    first, _, last = ages.rstrip("+").partition("-")
    return int(first), int(last or joint.YEARS - 1) + 1


def nation(ask: Asker) -> list[Target]:
    """Age and sex, schooling by age, the state of work."""
    fixed, total = totals(ask.spec), ask.total
    count, profile = figures(ask.key, "age_sex"), figures(ask.key, "schooling", "% of age group")
    model, held = figures(ask.key, "status"), figures(ask.key, "schooling", "persons")

    def grown(c: Columns) -> np.ndarray:
        return np.where(c["status"] < CHILD, 0, -1)

    old = (*BANDS[3:14], "70+")
    twice = [(age, sex) for age in BANDS for sex in SEX]
    taught = [(age, school) for age in old for school in SCHOOLING]
    by_age = ask.nation(lambda c: np.minimum(band(c), 14) - 3, len(old))
    sixteen = ask.nation(grown, 1)[0]
    schooled = ask.target(
        "schooling by age",
        [" ".join(pair) for pair in taught],
        [profile[NATION, *pair] / 100 * by_age[old.index(pair[0])] for pair in taught],
        lambda c: np.where(c[AGE] >= 15, (np.minimum(band(c), 14) - 3) * 5 + c["schooling"], -1),
        of_group=False,
    )
    working = ask.target(
        "state of work", STATUS, fixed.status / total, lambda c: c["status"], of_group=False
    )
    share = np.array([model[NATION, "16+", name] for name in STATUS[:CHILD]]) / 100 * sixteen
    out = [
        ask.target(
            "age and sex",
            [" ".join(pair) for pair in twice],
            [count[NATION, *pair] / total for pair in twice],
            lambda c: band(c) * 2 + c["male"],
            of_group=False,
        ),
        schooled._replace(base=np.repeat(by_age, 5)),
        working._replace(base=np.where(np.arange(9) < CHILD, sixteen, 1.0)),
        ask.target(
            "state of work, model", STATUS[:CHILD], share,
            lambda c: np.where(c["status"] < CHILD, c["status"], -1), of_group=False,
        )._replace(base=np.full(CHILD, sixteen)),
        ask.target(
            "employed", HOMES, fixed.work_home[:2] / total,
            lambda c: np.where(c["status"] < EMPLOYED, c["urban"], -1), of_group=False,
        )._replace(base=np.full(2, sixteen)),
    ]  # fmt: skip
    for (_, group, school), persons in held.items():
        first = 0 if group == "all ages" else ends(group)[0]
        at = SCHOOLING.index(school)
        those = only(lambda c, first=first, at=at: (c[AGE] >= first) & (c["schooling"] == at))  # type: ignore[misc]
        name = "schooling, nation" if group == "all ages" else f"never schooled, {group}"
        out.append(ask.target(name, (school,), [persons / total], those, of_group=False))
    return out


def households(ask: Asker) -> list[Target]:
    """Household size, counted by person, and the old who live alone."""
    by = {row[1:]: x for row, x in figures(ask.key, "households").items()}
    share = attributes.shares(ask.tables.counted.size)
    single, size = share[:, 0] + share[:, 1], {n: share[:, n] for n in range(2, 11)}
    inside = {n: by["family", str(n)] / 100 * n * by["family", "count"] for n in range(1, 10)}
    inside[10] = by["family", "persons"] - sum(inside.values())
    inside[1] += ask.total - by["family", "persons"]
    at, total = band(ask.grid), ask.total
    names = {1: "1, or collective", 10: "10 and more"}
    alone = figures(ask.key, "alone", "% of age group")
    old = ("60-64", "65-69", "70-74", "75-79", "80+")
    out = [
        ask.target(
            "household size", (names.get(n, str(n)),), [people_in / total], people,
            "household_size", single[at] if n == 1 else size[n][at], n,
        )
        for n, people_in in inside.items()
    ]  # fmt: skip
    out.append(
        ask.target(
            "living alone", old, [alone[NATION, age, "living alone"] / 100 for age in old],
            ages(60, 65, 70, 75, 80), "household_size", single[at],
        )
    )  # fmt: skip
    for name, count in figures(ask.key, "alone", "persons").items():
        least = int(name[1].rstrip("+"))
        elders = only(lambda c, least=least: c[AGE] >= least)  # type: ignore[misc]
        wanted = [count / total / ask.nation(elders, 1)[0]]
        out.append(
            ask.target("living alone", (name[1],), wanted, elders, "household_size", single[at])
        )
    return out


def online(ask: Asker) -> list[Target]:
    """Internet use."""
    by = figures(ask.key, "internet", "% of age group")
    home = figures(ask.key, "internet", "% of persons")
    users = figures(ask.key, "internet", "persons")
    chance = ask.tables.having.online[band(ask.grid), ask.grid["urban"]] / WORD
    share = np.array(list(by.values())) / 100
    out = [
        ask.target("internet", [age for _, age, _ in by], share, ages(*DECADES), "online", chance)
    ]
    for (_, group, _), percent in home.items():
        k = HOMES.index(group)
        there = only(lambda c, k=k: c["urban"] == k)  # type: ignore[misc]
        out.append(ask.target("internet", (group,), [percent / 100], there, "online", chance))
    for (_, group, _), count in users.items():
        out.append(ask.target("internet", (group,), [count / ask.total], people, "online", chance))
    return out


def licences(ask: Asker) -> list[Target]:
    """Driving licences, and membership of the ruling party where the society says who belongs."""
    spec, grid, having = ask.spec, ask.grid, ask.tables.having
    by = {row[1:]: x for row, x in figures(ask.key, "drivers", "% of drivers").items()}
    male = by.pop(("all", "male")) / 100
    group = ages(18, 26, 51, 61)
    twice = lambda c: np.where(group(c) >= 0, group(c) * 2 + c["male"], -1)  # noqa: E731
    split = np.outer(list(by.values()), [1 - male, male]).ravel() / 100
    count = split * value(spec, "driver", "total") / ask.total / ask.nation(twice, len(split))
    chance = having.driver[grid[AGE], grid["male"]] / WORD
    cells = [f"{age} {sex}" for age, _ in by for sex in SEX]
    out = [ask.target("driver", cells, count, twice, "driver", chance)]
    if "party" not in spec:
        return out
    members = value(spec, "party", "total") / ask.total
    female, university = value(spec, "party", "female"), value(spec, "party", "university")
    chance = having.party[grid["male"], grid["schooling"]] / WORD * (grid[AGE] >= ADULT)
    for column, names, parts in (
        ("male", SEX, [female, 1 - female]),
        ("schooling", ("no university", "university"), [1 - university, university]),
    ):
        top = 1 if column == "male" else 4
        label = lambda c, k=column, top=top: np.where(c[AGE] >= ADULT, c[k] >= top, -1)  # noqa: E731
        wanted = np.array(parts) * members / ask.nation(label, 2)
        out.append(ask.target("Party member", names, wanted, label, "party_member", chance))
    return out


def dues(ask: Asker) -> list[Target]:
    """Debt, and a parent in need."""
    need, having = ask.spec["parent_in_need"], ask.tables.having
    chance = having.debt[ask.grid["urban"]] / WORD
    edges = [int(name.split("_")[1]) for name in need]
    wanted = [value(need, name) for name in need]
    known = {group: x / 100 for (_, group), x in figures(ask.key, "debt").items()}
    known["all"] = value(ask.spec, "debt", "households")
    return [
        *(
            ask.target(
                "indebted", (group,), [known[group]], label, "indebted", chance
            )
            for group, label in (
                ("all", people),
                ("urban", only(lambda c: c["urban"] == 1)),
                ("rural", only(lambda c: c["urban"] == 0)),
            )
            if group in known
        ),
        ask.target(
            "parent in need", [f"from {edge}" for edge in edges], wanted, ages(*edges),
            "parent_in_need", having.parent[ask.grid[AGE]] / WORD,
        ),
    ]  # fmt: skip


def fifths(ask: Asker) -> list[Target]:
    """Income, by the society's own cuts: each fifth holds a fifth of its people."""
    tables = ask.tables.differing
    fen = (tables.income_mean[:, :, None] * tables.income_law[None]) >> 16
    fifth = np.searchsorted(tables.income_cut, fen)
    weight = ask.homes[:, :, None] * chances()
    rows = zip(fifth, weight, strict=True)
    table = np.array([np.bincount(k.ravel(), w.ravel(), 5) for k, w in rows])
    table /= table.sum(1, keepdims=True)
    cells = [f"fifth {k + 1}" for k in range(5)]
    label: Label = lambda c: c["income_fifth"]  # noqa: E731
    name = "income fifths"
    why = reason(ask.spec, name, cells[0])
    return [Target(name, cells, np.full(5, 0.2), table, np.ones(5), label, "", 1, why)]


def targets(ask: Asker) -> list[Target]:
    """Every margin that a drawn person can be counted under."""
    parts = (provinces, nation, households, online, licences, dues, fifths)
    return [target for part in parts for target in part(ask)]
