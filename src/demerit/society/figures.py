"""Figures: what is published of a society and is no target, beside what its tables and people give.

Each row says why it cannot hold, or need not.
"""

from typing import Any

import numpy as np

from demerit.facts import value
from demerit.society import attributes, income
from demerit.society.margins import BANDS, read
from demerit.society.margins import figures as published
from demerit.society.people import UNEMPLOYED
from demerit.society.targets import band

Row = dict[str, Any]


def row(margin: str, cell: str, wanted: float, table: float, drawn: float | None, why: str) -> Row:
    """A figure with a unit of its own: the gap is a share of what is wanted."""
    return {
        "margin": margin, "cell": cell, "wanted": wanted, "table": table,
        "gap": table / wanted - 1, "drawn": drawn, "z": None, "target": not why, "why": why,
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
    """Every figure that is published and is no target."""
    return [
        *money(society, ask, drawn), *counts(society, ask, drawn), *names(society, drawn)
    ]  # fmt: skip


def money(society: Any, ask: Any, drawn: Any) -> list[Row]:
    """Income, in yuan a year and head."""
    key, tables = society.key, society.people.differing
    made = {"income_mean": tables.income_mean, "income_law": tables.income_law}
    table = income.summary(*income.spectrum(made, ask.homes))
    order = np.sort(drawn.fen)
    got = income.summary(order, np.ones(len(order)))
    by = {(group, figure): x for (_, group, figure), x in published(key, "income").items()}
    level = tables.income_mean / income.FEN
    home = (level * ask.homes).sum(0) / ask.homes.sum(0)
    ours = [float(drawn.fen[drawn.urban == k].mean()) / income.FEN for k in (0, 1)]
    whose = "published fifths are of households, ours of persons; fitted as shares of their mean"
    rows = [
        row("income", "mean", by["all", "mean"], table["mean"], got["mean"],
            "met by scaling the provinces; incomes are whole fen in 1,536 steps"),
        row("income", "median", by["all", "median"], table["median"], got["median"],
            "with the fifths and the mean a lognormal law puts it lower"),
        row("income", "Gini", by["all", "gini"], table["gini"], got["gini"],
            "the fifths alone give 0.42: the top and bottom within a fifth are not published"),
    ]  # fmt: skip
    for k in range(1, 6):
        name = f"fifth {k}"
        wanted = by[name, "mean"]
        rows.append(row("income", f"mean of {name}", wanted, table[name], got[name], whose))
    for k, name in enumerate(("rural", "urban")):
        why = "their ratio holds; their levels give 34,125 with census weights, not 32,189"
        rows.append(row("income", name, by[name, "mean"], float(home[k]), ours[k], why))
    for p, entry in enumerate(society.spec["province"]):
        wanted = published(key, "provinces")[entry["key"], "income", "all"]
        mean = float((level[p] * ask.homes[p]).sum() / ask.homes[p].sum())
        mine = drawn.fen[drawn.province == p]
        seen = float(mine.mean()) / income.FEN if len(mine) else None
        why = "every province is scaled alike, so that the nation's mean is as published"
        rows.append(row("income", entry["title"], wanted, mean, seen, why))
    for name in ("1%", "5%", "95%", "99%"):
        rows.append(tail(f"{name} have less than", table[name], got[name]))
    return rows


def tail(cell: str, table: float, drawn: float) -> Row:
    """A point of the income law's tails, of which nothing is published."""
    return {
        "margin": "income", "cell": cell, "wanted": None, "table": table, "gap": None,
        "drawn": drawn, "z": None, "target": False, "why": "not published",
    }  # fmt: skip


def counts(society: Any, ask: Any, drawn: Any) -> list[Row]:
    """People counted by somebody, in millions."""
    key, total = society.key, ask.total / 1e6
    drivers = value(society.spec, "driver", "total") / 1e6
    members = value(society.spec, "party", "total") / 1e6
    work = published(key, "employment")
    homes = published(key, "households")
    collective = attributes.shares(society.people.counted.size)[:, 0]
    inside = float((collective * ask.nation(band, len(BANDS))).sum())
    rows = [
        row("millions", f"drivers, {r.year}", r.value / 1e6, drivers, None, "another year")
        for r in read(key, "drivers")
        if r.unit == "persons" and r.value / 1e6 != drivers
    ]
    rows += [
        row("millions", f"Party members, {r.year}", r.value / 1e6, members, None, "another year")
        for r in read(key, "party")
        if r.unit == "persons" and r.value / 1e6 != members
    ]
    return [
        *rows,
        row("millions", "in collective households", homes["CN", "collective", "persons"] / 1e6,
            inside * total, None, "published with 2,000,000 servicemen"),
        row("millions", "earners", work["CN", "labour force"] / 1e6, earners(society, ask) * total,
            drawn.earners * total, "earners beside oneself are assumed, to about this sum"),
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
    least = by["chance that two people share a full name, at least"] * society.population
    mean = float(drawn.namesakes.mean())
    return [
        row("namesakes", "most", by["commonest full name"] - 1, float(table.max()),
            float(drawn.namesakes.max()), "the commonest name, as its bearers see it"),
        row("namesakes", "mean, at least", least, float(table.mean()), mean,
            "a bound from the fifty commonest names; what lies beyond is assumed"),
    ]  # fmt: skip
