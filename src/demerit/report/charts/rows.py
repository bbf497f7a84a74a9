"""Rows: dots and bars, one row for each thing compared, as Vega-Lite specifications."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from demerit.report.charts import theme
from demerit.report.charts.figure import Spec
from demerit.report.charts.forms import LINE, frame, nice, number_axis
from demerit.report.words import number

LETTER = 6.6  # width of a letter at 12 pixels, on the wide side [pixel]
ROW = 26  # height of a row of dots [pixel]
WRAP = 20  # letters in a line of a row's name
LONG = 42  # letters in a line of a name that stands above its bar


@dataclass(frozen=True)
class Dots:
    """A column of dots: its name, its colour, and one value a row (None: too few to show)."""

    label: str
    colour: str
    values: Sequence[float | None]
    hollow: bool = False


def dots(
    names: Sequence[str],
    columns: Sequence[Dots],
    places: int,
    top: float = 0.0,
    margin: int = 0,
) -> Spec:
    """Rows of dots joined by a bar; the numbers stand at the right under their column's name.

    `top` is the largest value that the axis must hold and `margin` the room for the names, so that
    panels can share both and be compared by eye.
    """
    wrapped = ["\n".join(textwrap.wrap(name, WRAP)) for name in names]
    lines = max(name.count("\n") + 1 for name in wrapped)
    drawn = [v for c in columns for v in c.values if v is not None]
    ticks = nice(0, max([top, *drawn], default=1.0), counts=(3,))
    axis: Spec = {"grid": True, "labelColor": theme.INK, "labelLimit": 400}
    axis |= {"labelExpr": "split(datum.label, '\\n')", "minExtent": margin or name_width(names)}
    y: Spec = {"field": "r", "type": "ordinal", "sort": wrapped, "title": None, "axis": axis}
    x: Spec = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [0, ticks[-1]]},
        "axis": number_axis([ticks[0], ticks[-1]]) | {"labelFlush": False},
    }
    bars = []
    for row, name in enumerate(wrapped):
        found = [v for v in (c.values[row] for c in columns) if v is not None]
        bars.append({"r": name, "v": min(found, default=0.0), "w": max(found, default=0.0)})
    layers: list[Spec] = [
        {
            "data": {"values": bars},
            "mark": {"type": "rule", "color": "#bdbdbd", "strokeWidth": 3},
            "encoding": {"y": y, "x": x, "x2": {"field": "w"}},
        }
    ]
    widths = [max(46.0, 14 + 1.15 * LETTER * len(c.label)) for c in columns]
    for index, column in enumerate(columns):
        data = list(zip(wrapped, column.values, strict=True))
        shown = [{"r": name, "v": v} for name, v in data if v is not None]
        layers.append(_dot_marks(shown, column, x, y))
        words = [{"r": name, "t": _cell(v, places)} for name, v in data]
        layers += _column(words, column, sum(widths[: index + 1]), y)
    return frame((ROW if lines == 1 else LINE * lines + 6) * len(names), layers)


def _cell(value: float | None, places: int) -> str:
    """A number of a column; one that would be rounded to nought keeps a digit that counts."""
    if value is None:
        return "too few"
    if value and abs(value) < 0.5 / 10**places:
        return number(value, 1)
    return number(value, places=places, fixed=True)


def name_width(names: Sequence[str]) -> int:
    """Room for the longest line of the names of rows, once wrapped [pixel]."""
    return round(8 + LETTER * max(len(x) for n in names for x in textwrap.wrap(n, WRAP)))


def _dot_marks(data: list[dict[str, Any]], column: Dots, x: Spec, y: Spec) -> Spec:
    mark: Spec = {"type": "point", "size": 90, "opacity": 1, "filled": not column.hollow}
    mark |= {"color": column.colour, "strokeWidth": 2.2}
    if column.hollow:
        mark["fill"] = "white"
    return {"data": {"values": data}, "mark": mark, "encoding": {"y": y, "x": x}}


def _column(words: list[dict[str, Any]], column: Dots, dx: float, y: Spec) -> list[Spec]:
    """A column of numbers right of the plot, headed by its name, in the colour of its dots."""
    colour = theme.text_colour(column.colour)
    base = {"type": "text", "align": "right", "dx": dx, "color": colour}
    at = {"x": {"value": "width"}}
    return [
        {
            "data": {"values": words},
            "mark": base,
            "encoding": at | {"y": y, "text": {"field": "t"}},
        },
        {
            "data": {"values": [{}]},
            "mark": base | {"text": column.label, "fontWeight": 600},
            "encoding": at | {"y": {"value": -9}},
        },
    ]


@dataclass(frozen=True)
class Bar:
    """A bar of change: its row, its length (None: too few to show), its words, its interval."""

    name: str
    value: float | None
    words: str
    colour: str
    low: float | None = None
    high: float | None = None


def bars(items: Sequence[Bar], reach: float = 0.0) -> Spec:
    """Bars to the left and right of nought under their names, their words at their ends.

    `reach` is the largest change that the axis must hold, so that panels can share one.
    A thin line through a bar is its interval.
    """
    ends = [abs(v) for b in items for v in (b.value, b.low, b.high) if v is not None]
    most = max([reach, *ends], default=1.0) or 1.0
    ticks = nice(-most, most)
    edge = ticks[-1] * 1.45  # room for the words at the ends
    data = [_bar_row(i, item) for i, item in enumerate(items)]
    wrapped = LINE * any("\n" in row["n"] for row in data)  # room for a second line of names
    down = 9 + wrapped / 2
    y: Spec = {"field": "i", "type": "ordinal", "axis": None}
    x: Spec = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [-edge, edge], "nice": False},
        "axis": number_axis(ticks, sign=True) | {"grid": True},
    }
    colour: Spec = {"field": "c", "type": "nominal", "scale": None}
    end = {"field": "e", "type": "quantitative"}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "height": 12, "yOffset": down},
            "encoding": {"y": y, "x": x, "color": colour},
        },
        {
            "mark": {"type": "tick", "height": 18, "yOffset": down, "color": theme.INK},
            "encoding": {"y": y, "x": {"datum": 0}},
        },
        {
            "transform": [{"filter": "isValid(datum.l)"}],
            "mark": {"type": "rule", "yOffset": down, "color": theme.INK, "strokeWidth": 1.5},
            "encoding": {"y": y, "x": {"field": "l", "type": "quantitative"}, "x2": {"field": "h"}},
        },
    ]
    for lines in sorted({row["k"] for row in data}):  # a name ends just above its bar
        mark = {"type": "text", "align": "left", "dy": down - 18 - LINE * (lines - 1)}
        mark |= {"fontWeight": 600, "lineBreak": "\n", "lineHeight": LINE}
        words: Spec = {"y": y, "x": {"value": 0}, "text": {"field": "n"}}
        chosen = [{"filter": f"datum.k == {lines}"}]
        layers.append({"transform": chosen, "mark": mark, "encoding": words})
    for side, align, dx in (("datum.e < 0", "right", -5), ("datum.e >= 0", "left", 5)):
        mark = {"type": "text", "align": align, "dx": dx, "dy": down}
        encoding = {"y": y, "x": end, "text": {"field": "t"}}
        encoding["color"] = {"field": "d", "type": "nominal", "scale": None}
        layers.append({"transform": [{"filter": side}], "mark": mark, "encoding": encoding})
    return frame((40 + wrapped) * len(items), layers) | {"data": {"values": data}}


def _bar_row(index: int, item: Bar) -> dict[str, Any]:
    value = item.value or 0.0
    reached = [v for v in (item.low, item.high) if v is not None]
    end = min([value, *reached]) if value < 0 else max([value, *reached])
    name = textwrap.wrap(item.name, LONG)
    return {
        "i": index,
        "n": "\n".join(name),
        "k": len(name),
        "v": value,
        "e": end,
        "l": item.low,
        "h": item.high,
        "t": item.words,
        "c": item.colour,
        "d": theme.text_colour(item.colour),
    }
