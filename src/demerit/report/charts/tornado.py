"""Tornado: for each number, where a headline lies when the number is low, and when it is high."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from demerit.report.charts import theme
from demerit.report.charts.figure import Spec
from demerit.report.charts.forms import LINE, frame, nice, number_axis

WIDE = 40  # letters in a line of a name, which stands above its bar
ENDS = "\u25cb where it is low   \u25cf where it is high"  # under the first bar
ROW = 30  # height of a bar with room [pixel]


@dataclass(frozen=True)
class Swing:
    """A number: its name, the headline in its lowest and highest third, and is it beyond chance?"""

    name: str
    low: float
    high: float
    sure: bool


def tornado(items: Sequence[Swing], middle: float, words: str) -> Spec:
    """Bars from the headline where a number is low (ring) to where it is high (disc), the names
    above; grey where chance would bring as much.  `middle`: an upright, named by `words`."""
    names = ["\n".join(textwrap.wrap(item.name, WIDE)[:2]) for item in items]
    heights = [ROW + LINE * (name.count("\n") + 1) for name in names]
    ends = [v for item in items for v in (item.low, item.high)]
    ticks = nice(min([*ends, middle]), max([*ends, middle]), counts=(2, 3))
    top, data = 0.0, list[dict[str, Any]]()
    heights[0] += LINE  # room for what a ring and a disc mean
    for k, (item, name, height) in enumerate(zip(items, names, heights, strict=True)):
        at = top + height - 14 - (0 if k else LINE)
        colour = theme.BLUE if item.sure else "#9a9a9a"
        data.append({"y": at, "u": at - 10, "v": at + 10, "t": top + 12, "n": name, "m": middle,
                     "l": item.low, "h": item.high, "c": colour,
                     "d": theme.INK if item.sure else theme.QUIET})  # fmt: skip
        top += height
    room = 0.03 * (ticks[-1] - ticks[0])
    scale = {"domain": [ticks[0] - room, ticks[-1] + room], "nice": False}
    axis = number_axis(ticks) | {"grid": True, "orient": "bottom"}
    x: Spec = {"field": "l", "type": "quantitative", "scale": scale, "axis": axis}
    down = {"domain": [0, top], "reverse": True, "nice": False, "zero": False}
    y: Spec = {"field": "y", "type": "quantitative", "axis": None, "scale": down}
    ink = {"field": "c", "type": "nominal", "scale": None}
    high = {"field": "h", "type": "quantitative"}
    layers: list[Spec] = [
        {"mark": {"type": "rule", "color": theme.GREY, "strokeDash": [4, 3]},
         "encoding": {"x": x | {"field": "m"}, "y": y | {"field": "u"}, "y2": {"field": "v"}}},
        {"data": {"values": [{"v": middle}]},
         "mark": {"type": "text", "text": words, "align": "center", "baseline": "bottom",
                  "color": theme.QUIET, "fontSize": 11},
         "encoding": {"x": {"field": "v", "type": "quantitative"}, "y": {"value": -4}}},
        {"mark": {"type": "rule", "strokeWidth": 5},
         "encoding": {"x": x, "x2": {"field": "h"}, "y": y, "color": ink}},
        {"mark": {"type": "point", "size": 90, "fill": "white", "strokeWidth": 2.2, "opacity": 1},
         "encoding": {"x": x, "y": y, "color": ink}},
        {"mark": {"type": "point", "size": 90, "filled": True, "opacity": 1},
         "encoding": {"x": high, "y": y, "color": ink}},
        {"mark": {"type": "text", "align": "left", "baseline": "middle", "lineBreak": "\n",
                  "lineHeight": LINE, "fontWeight": 600},
         "encoding": {"x": {"value": 0}, "y": y | {"field": "t"},
                      "text": {"field": "n"},
                      "color": {"field": "d", "type": "nominal", "scale": None}}},
        {"data": {"values": [{"y": data[0]["y"] + 16}]},
         "mark": {"type": "text", "text": ENDS, "align": "left", "fontSize": 11,
                  "color": theme.QUIET},
         "encoding": {"x": {"value": 0}, "y": y}},
    ]  # fmt: skip
    return frame(top, layers) | {"data": {"values": data}}
