"""Life: one person's months: the score, what is overdue, and work, in both lives."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from demerit.report.charts import forms, over_time, theme
from demerit.report.charts.figure import Panel
from demerit.report.words import number

Story = Mapping[str, Any]
HEIGHT = 130


def panels(
    story: Story, tiers: Sequence[Mapping[str, Any]]
) -> tuple[list[Panel], list[str], list[list[str]]]:
    """The panels that have something to show, and the columns of the table under them."""
    months = story["months"]
    found, heads, columns = [], [], []
    points = [m["scheme"].get("score_points") for m in months]
    if any(p is not None for p in points):
        spec = forms.lines(
            [forms.Line("score", theme.BLUE, points)], len(months), HEIGHT, zero=False
        )
        floors = ", ".join(f"{t['key']} from {number(t['floor'], 9)}" for t in tiers if t["floor"])
        unit = f"points; tiers: {floors}" if floors else "points"
        found.append(Panel("The score", unit, f"The score, by month: {_path(points)}.", spec))
        heads.append("Score (points)")
        columns.append(["–" if p is None else number(p, 9) for p in points])
    owed = {w: [m[w]["arrears"] + m[w]["judgment"] for m in months] for w in ("law", "scheme")}
    if any(any(values) for values in owed.values()):
        found.append(_panel("Overdue, and owed by judgment", story["currency"], owed, len(months)))
        for world, values in owed.items():
            heads.append(f"Owed, {theme.WORLD_WORDS[world]} ({story['currency']})")
            columns.append([number(v, 9) for v in values])
    return found, heads, columns


def _panel(title: str, unit: str, series: Mapping[str, Sequence[float]], months: int) -> Panel:
    lines = [
        forms.Line(theme.WORLD_WORDS[w], theme.WORLD_COLOUR[w], list(values), dash=w == "law")
        for w, values in series.items()
    ]
    said = "; ".join(f"{theme.WORLD_WORDS[w]}: {_path(v)}" for w, v in series.items())
    alt = f"{title}, {unit}, by month. {said}."
    return Panel(title, unit, alt, forms.lines(lines, months, HEIGHT))


def _path(values: Sequence[float | None]) -> str:
    return over_time.path(np.array([np.nan if v is None else v for v in values], float))


def title(story: Story) -> str:
    """What the pictures show, in words."""
    points = [(m["month"], p) for m in story["months"]
              if (p := m["scheme"].get("score_points")) is not None]  # fmt: skip
    if not points:
        return "Both lives, month by month"
    month, low = min(points, key=lambda pair: pair[1])
    if low == points[0][1]:
        return f"The score never falls below the {number(low, 9)} points that it began with"
    return f"The score is lowest in month {month + 1}, with {number(low, 9)} points"
