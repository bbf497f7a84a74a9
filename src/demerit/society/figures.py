"""Figures: what is published of a society and is no target, beside what its tables and people give.

The society's list of conflicts says why a figure cannot hold, or need not; what it does not name is
a target.
"""

from typing import Any

import numpy as np

from demerit.facts import value
from demerit.society import attributes, income
from demerit.society.margins import BANDS, NATION, UNUSED, by_province, read, reason
from demerit.society.margins import figures as published
from demerit.society.people import UNEMPLOYED
from demerit.society.targets import band

Row = dict[str, Any]


def row(
    margin: str, cell: str, wanted: float | None, table: float | None, drawn: float | None, why: str
) -> Row:
    """A figure with a unit of its own: the gap is a share of what is wanted."""
    gap = None if wanted is None or table is None else table / wanted - 1
    return {
        "margin": margin, "cell": cell, "wanted": wanted, "table": table,
        "gap": gap, "drawn": drawn, "z": None, "target": not why, "why": why,
    }  # fmt: skip


def population(society: Any, ask: Any, drawn: Any) -> list[Row]:
    """People of each province, met by quota: they have no variance."""
    by = published(society.key, "provinces")
    rows = []
    for p, entry in enumerate(society.spec["province"]):
        wanted = by[entry["key"], "population", "all"]
        table = float(society.places.people[society.places.province == p].sum())
        rows.append(row("population", entry["title"], wanted, table, float(drawn.dealt[p]), ""))
    return rows


def others(society: Any, ask: Any, drawn: Any) -> list[Row]:
    """Every other figure: income, counts, names, and what the model has no counterpart of."""
    return [
        *money(society, ask, drawn), *counts(society, ask, drawn), *names(society, drawn),
        *unused(society),
    ]  # fmt: skip


def unused(society: Any) -> list[Row]:
    """Figures that were read and that nothing in the model answers to; their note says why."""
    return [
        row(UNUSED, f"{r.groups[1]} [{r.unit}, {r.year}]", r.value, None, None, r.note)
        for r in read(society.key, UNUSED)
    ]


def money(society: Any, ask: Any, drawn: Any) -> list[Row]:
    """Income, in the society's money a year and head."""
    spec = society.spec

    def of(cell: str, wanted: float | None, table: float, seen: float | None) -> Row:
        return row("income", cell, wanted, table, seen, reason(spec, "income", cell))

    key, tables = society.key, society.people.differing
    made = {"income_mean": tables.income_mean, "income_law": tables.income_law}
    table = income.summary(*income.spectrum(made, ask.homes))
    order = np.sort(drawn.fen)
    got = income.summary(order, np.ones(len(order)))
    by = {(group, figure): x for (_, group, figure), x in published(key, "income").items()}
    level = tables.income_mean / income.FEN
    home = (level * ask.homes).sum(0) / ask.homes.sum(0)
    ours = [float(drawn.fen[drawn.urban == k].mean()) / income.FEN for k in (0, 1)]
    names = {("all", name.lower()): name for name in ("mean", "median", "Gini")}
    names |= {(f"fifth {k}", "mean"): f"mean of fifth {k}" for k in range(1, 6)}
    rows = []
    for (group, figure), name in names.items():
        if (group, figure) in by:
            mine = figure if group == "all" else group
            rows.append(of(name, by[group, figure], table[mine], got[mine]))
    for k, name in enumerate(("rural", "urban")):
        rows.append(of(name, by[name, "mean"], float(home[k]), ours[k]))
    known = by_province(spec, "income", "all")
    for p, entry in enumerate(spec["province"] if known is not None else ()):
        mean = float((level[p] * ask.homes[p]).sum() / ask.homes[p].sum())
        mine = drawn.fen[drawn.province == p]
        seen = float(mine.mean()) / income.FEN if len(mine) else None
        rows.append(of(entry["title"], float(known[p, 0]), mean, seen))  # type: ignore[index]
    for name in ("1%", "5%", "95%", "99%"):
        cell = f"{name} have less than"
        rows.append(row("income", cell, None, table[name], got[name], "not published"))
    return rows


def counts(society: Any, ask: Any, drawn: Any) -> list[Row]:
    """People counted by somebody, in millions."""
    key, spec, total = society.key, society.spec, ask.total / 1e6
    work = published(key, "employment")
    homes = published(key, "households")
    collective = attributes.shares(society.people.counted.size)[:, 0]
    inside = float((collective * ask.nation(band, len(BANDS))).sum())

    def of(cell: str, wanted: float, table: float, seen: float | None = None) -> Row:
        return row("millions", cell, wanted / 1e6, table, seen, reason(spec, "millions", cell))

    rows = []
    for margin, part, what in (
        ("drivers", "driver", "drivers"), ("party", "party", "Party members"),
    ):  # fmt: skip
        if part not in spec:
            continue
        for r in read(key, margin):
            if r.unit == "persons" and r.value != value(spec, part, "total"):
                rows.append(of(f"{what}, {r.year}", r.value, value(spec, part, "total") / 1e6))
    return [
        *rows,
        of("in collective households", homes[NATION, "collective", "persons"], inside * total),
        of("earners", work[NATION, "labour force"], earners(society, ask) * total,
           drawn.earners * total),
    ]  # fmt: skip


def earners(society: Any, ask: Any) -> float:
    """What the tables lead one to expect of a person's earners over household size."""

    def working(c: Any) -> np.ndarray:
        return np.where(c["status"] <= UNEMPLOYED, band(c), -1)

    tables, mean = society.people.counted, np.arange(10.0)
    others = (attributes.shares(tables.earner) * mean).sum(-1)
    share = attributes.shares(tables.size)
    total = 0.0
    for kind, bands in enumerate((slice(0, 3), slice(3, 12), slice(12, 21))):
        people = ask.nation(band, len(BANDS))[bands]
        own = ask.nation(working, len(BANDS))[bands]
        for size in range(11):
            n = max(size, 1)
            total += float((share[bands, size] * (own + people * others[kind, n - 1]) / n).sum())
    return total


def names(society: Any, drawn: Any) -> list[Row]:
    """Namesakes: the fitted names, and the mean that they lead to."""
    table = society.people.having.namesakes
    by = {group: x for (_, group), x in published(society.key, "names").items()}
    found = []
    for cell, wanted, held, seen in (
        ("most", by.get("commonest full name", 0) - 1, table.max(), drawn.namesakes.max()),
        ("mean, at least", by.get("chance that two people share a full name, at least", 0)
         * society.population, table.mean(), drawn.namesakes.mean()),
    ):  # fmt: skip
        if wanted > 0:
            why = reason(society.spec, "namesakes", cell)
            found.append(row("namesakes", cell, wanted, float(held), float(seen), why))
    return found
