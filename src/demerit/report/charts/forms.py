"""Forms: the shapes a chart can have, as Vega-Lite specifications.

Here lines over months and a hundred squares; dots and bars by row are in rows.py.  All are drawn
as wide as the page lets them, name things where they are instead of in a legend, and take plain
numbers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from demerit.report.charts import theme
from demerit.report.charts.figure import Spec

LINE = 15  # height of a line of text at 12 pixels [pixel]


def nice(low: float, high: float, counts: Sequence[int] = (3, 4, 5)) -> list[float]:
    """Round ticks that enclose low..high, with as little room to spare as such ticks allow.

    >>> nice(0, 87)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    >>> nice(-2.1, 1.9)
    [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0]
    """
    span = (high - low) or abs(high) or 1.0
    found = []
    for count in counts:
        power = 10.0 ** math.floor(math.log10(span / count))
        step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= span / count * 0.999)
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        found.append([round(i * step, 12) for i in range(first, max(last, first + 1) + 1)])
    return min(found, key=lambda ticks: (ticks[-1] - ticks[0], -len(ticks)))


def spread(wanted: Sequence[float], low: float, high: float, gap: float) -> list[float]:
    """Positions near those wanted, inside low..high and at least `gap` apart (for labels).

    >>> spread([5.0, 5.0], 0.0, 10.0, 2.0)
    [4.0, 6.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [wanted[i] for i in order]
    for _ in range(50):  # push neighbours apart, each by half of what is missing
        for i in range(len(placed) - 1):
            lack = gap - (placed[i + 1] - placed[i])
            if lack > 1e-9:
                placed[i] -= lack / 2
                placed[i + 1] += lack / 2
        placed = [min(max(p, low), high) for p in placed]
    result = [0.0] * len(wanted)
    for rank, i in enumerate(order):
        result[i] = placed[rank]
    return result


@dataclass(frozen=True)
class Line:
    """A line over months; None where there is nothing to show."""

    label: str
    colour: str
    values: Sequence[float | None]
    dash: bool = False


def frame(height: float, layers: list[Spec]) -> Spec:
    """What all forms share; the drawing is fitted to the words beside it, which need no padding."""
    return {
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 3,
        "config": theme.CONFIG,
        "layer": layers,
    }


def month_axis(months: int, few: bool = False) -> Spec:
    """Ticks at whole years or less; the first says "month 12", the others the number alone.

    Rows of months begin at nought; what is said of them counts from one.

    `few` leaves every second one out, for a chart that is small.
    """
    step = 12 if months > 24 else 6 if months > 11 else max(1, months // 4)
    step *= 1 + few
    ticks = list(range(step - 1, months, step)) or [0]
    label = f"datum.value == {ticks[0]} ? 'month ' + (datum.value + 1) : datum.value + 1"
    # Where names at the ends of lines leave the plot little room, months that touch are left out.
    return _axis(ticks, label) | {"labelOverlap": "greedy", "labelSeparation": 4}


def number_axis(ticks: Sequence[float], sign: bool = False) -> Spec:
    """Ticks with their numbers as they are: an axis's own format would round 2.5 to 3."""
    label = "replace(format(datum.value, ',~r'), '-', '\u2212')"
    if sign:
        label = f"(datum.value > 0 ? '+' : '') + {label}"
    return _axis(ticks, label)


def _axis(ticks: Sequence[float], label: str) -> Spec:
    """These ticks and no others: Vega drops every second one of more than its own count."""
    return {
        "values": list(ticks),
        "tickCount": len(ticks),
        "title": None,
        "labelExpr": label,
        "labelOverlap": False,
    }


def _ends(lines: Sequence[Line], low: float, high: float, height: float) -> list[Spec]:
    """Where each line's name stands: at its last month, moved apart where lines end together."""
    last = [max((m for m, v in enumerate(x.values) if v is not None), default=0) for x in lines]
    # Lines that end together keep the order they had on the way: a nudge decides, too small to see.
    means = [sum(v or 0.0 for v in x.values) / len(x.values) for x in lines]
    nudge = 1e-6 * (high - low)
    wanted = [
        (x.values[m] or 0.0) + nudge * sum(mean > other for other in means)
        for x, m, mean in zip(lines, last, means, strict=True)
    ]
    placed = spread(wanted, low, high, LINE * (high - low) / height)
    return [
        {"m": max(last), "v": round(y, 9), "s": x.label, "c": theme.text_colour(x.colour)}
        for x, y in zip(lines, placed, strict=True)
    ]


def _event(month: int, label: str, months: int) -> list[Spec]:
    """A dashed upright at a month, with its words on the side that has more room."""
    late = month > months * 0.6
    x = {"datum": month}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": theme.INK, "strokeDash": [3, 3]},
            "encoding": {"x": x},
        },
        {
            "data": {"values": [{}]},
            "mark": {
                "type": "text",
                "text": label,
                "align": "right" if late else "left",
                "dx": -5 if late else 5,
                "baseline": "bottom",
                "color": theme.INK,
            },
            "encoding": {"x": x, "y": {"value": -3}},
        },
    ]


def lines(
    series: Sequence[Line],
    months: int,
    height: float = 170,
    zero: bool = True,
    event: tuple[int, str] | None = None,
) -> Spec:
    """Lines over months, each named at its end.

    Dashed lines are drawn over whole ones, so that two that run together are both seen.
    """
    values = [v for x in series for v in x.values if v is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    ticks = nice(min(low, 0.0) if zero else low, max(high, 0.0) if zero else high)
    data = [
        {"m": m, "v": v, "s": x.label}
        for x in sorted(series, key=lambda x: x.dash)
        for m, v in enumerate(x.values)
        if v is not None
    ]
    colour = {"domain": [x.label for x in series], "range": [x.colour for x in series]}
    dash = {"domain": colour["domain"], "range": [[5, 3] if x.dash else [1, 0] for x in series]}
    x_axis = {
        "field": "m",
        "type": "quantitative",
        "scale": {"domain": [0, max(months - 1, 1)], "nice": False},
        "axis": month_axis(months),
    }
    y_axis = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [ticks[0], ticks[-1]]},
        "axis": number_axis(ticks),
    }
    layers: list[Spec] = [
        {
            "data": {"values": data},
            "mark": {"type": "line", "strokeWidth": 2.2, "clip": True},
            "encoding": {
                "x": x_axis,
                "y": y_axis,
                "color": {"field": "s", "type": "nominal", "scale": colour, "legend": None},
                "strokeDash": {"field": "s", "type": "nominal", "scale": dash, "legend": None},
            },
        }
    ]
    layers += _event(*event, months) if event else []
    layers.append(_names(_ends(series, ticks[0], ticks[-1], height)))
    return frame(height, layers)


def _names(ends: list[Spec]) -> Spec:
    return {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "left", "dx": 7, "fontWeight": 600},
        "encoding": {
            "x": {"field": "m", "type": "quantitative"},
            "y": {"field": "v", "type": "quantitative"},
            "text": {"field": "s"},
            "color": {"field": "c", "type": "nominal", "scale": None},
        },
    }


@dataclass(frozen=True)
class Part:
    """A part of a hundred: how many, of what, in which colour."""

    count: int
    label: str
    colour: str


def hundred(parts: Sequence[Part]) -> Spec:
    """A hundred squares, row by row, each part named beside its rows."""
    size = 18
    squares, middles, start = [], [], 0
    for part in parts:
        for n in range(start, start + part.count):
            squares.append({"x": n % 10 + 0.5, "y": n // 10 + 0.5, "c": part.colour})
        middles.append((start + (part.count - 1) / 2) / 10 + 0.5)
        start += part.count
    placed = spread(middles, 0.5, 9.5, 1.0)
    words = [
        {"y": round(y, 6), "t": f"{p.count}  {p.label}", "c": theme.text_colour(p.colour)}
        for p, y in zip(parts, placed, strict=True)
    ]
    y: Spec = {"field": "y", "type": "quantitative", "axis": None}
    y["scale"] = {"domain": [0, 10], "reverse": True}
    x: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 10]}}
    layers: list[Spec] = [
        {
            "data": {"values": squares},
            "mark": {"type": "square", "size": (size - 3) ** 2, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": {"field": "c", "scale": None}},
        },
        {
            "data": {"values": words},
            "mark": {"type": "text", "align": "left", "dx": 10, "fontWeight": 600},
            "encoding": {
                "x": {"datum": 10},
                "y": y,
                "text": {"field": "t"},
                "color": {"field": "c", "scale": None},
            },
        },
    ]
    return frame(size * 10, layers) | {"width": size * 10, "autosize": "pad"}
