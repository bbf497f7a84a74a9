"""Gravity: what an entry of each deed costs, the gravest first, and what harms nobody apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from demerit.report.charts import rows, theme
from demerit.report.charts.figure import Figure, Panel
from demerit.report.words import listed, number

Input = Mapping[str, Any]  # a scored deed, as lint tells it


def costly(inputs: Sequence[Input]) -> list[Input]:
    """The deeds that cost points, each once with the most that an entry of it costs; gravest first,
    then the dearest; those of unknown gravity last."""
    most: dict[str, Input] = {}
    for row in inputs:
        if row["points"] < 0 and row["points"] < most.get(row["key"], {"points": 0})["points"]:
            most[row["key"]] = row
    return sorted(
        most.values(), key=lambda r: (-(-1 if r["gravity"] is None else r["gravity"]), r["points"])
    )


def points(inputs: Sequence[Input]) -> Figure:
    """Two panels on one scale: deeds that harm somebody, deeds that harm nobody."""
    found = costly(inputs)
    sides = (
        ("Deeds that harm somebody, the gravest first", theme.BLUE,
         [r for r in found if r["gravity"]]),
        ("Deeds that harm nobody, or of which no gravity is said", theme.VERMILION,
         [r for r in found if not r["gravity"]]),
    )  # fmt: skip
    names = {r["key"]: _name(r) for r in found}
    margin = rows.name_width(list(names.values())) if found else 0
    top = max((-r["points"] for r in found), default=0.0)
    panels = [
        _panel(title, colour, rows_, names, top, margin) for title, colour, rows_ in sides if rows_
    ]
    table = [[r["title"], number(r["gravity"]) if r["gravity"] is not None else "not said",
              number(-r["points"]), r["place"]] for r in found]  # fmt: skip
    empty = "" if found else "No deed costs points by a fixed number in this scheme."
    return Figure(
        "gravity", _title(found), "Points that one entry takes." if found else "", panels,
        ["Deed", "Gravity", "Points", "Place in the file"], table, empty=empty,
    )  # fmt: skip


def _title(found: Sequence[Input]) -> str:
    """What stands out: a deed that harms nobody and costs more than one that harms somebody."""
    harm = [r for r in found if r["gravity"]]
    none = [r for r in found if r["gravity"] == 0]
    if not none or not harm:
        return "What an entry of each deed costs"
    dearest = min(none, key=lambda r: r["points"])
    below = sum(r["points"] > dearest["points"] for r in harm)
    if not below:
        return "No deed that harms nobody costs more than one that harms somebody"
    return (
        f"“{dearest['title']}” harms nobody and costs more than {below} of {len(harm)} deeds that"
        " do harm"
    )


def _name(row: Input) -> str:
    """A deed with its gravity."""
    known = row["gravity"]
    return f"{row['title'].partition(' (')[0]} ({number(known) if known is not None else '?'})"


def _panel(
    title: str, colour: str, shown: Sequence[Input], names: Mapping[str, str], top: float,
    margin: int,
) -> Panel:  # fmt: skip
    labels = [names[r["key"]] for r in shown]
    column = rows.Dots("points", colour, [-r["points"] for r in shown])
    spec = rows.dots(labels, [column], 0, top, margin)
    said = listed([f"{n} {number(-r['points'])}" for n, r in zip(labels, shown, strict=True)])
    return Panel(title, "points an entry; gravity in brackets", f"{title}: {said}.", spec)
