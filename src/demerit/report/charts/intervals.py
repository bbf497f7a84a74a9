"""Intervals: a dot a row, with what is chance and what is not known round it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from demerit.report.charts import theme
from demerit.report.charts.figure import Spec
from demerit.report.charts.forms import LINE, frame, nice, number_axis
from demerit.report.charts.rows import LETTER, WRAP, name_width

ROW = 30  # height of a row [pixel]
EDGE = 0.04  # of the axis: room for a dot at its first tick
Ends = tuple[float, float] | None


@dataclass(frozen=True)
class Row:
    """A dot: its name, its value (None: not defined), its words, its two intervals."""

    name: str
    value: float | None
    words: str
    chance: Ends = None
    not_known: Ends = None


def intervals(
    rows: Sequence[Row], mark: float | None, mark_words: str, sign: bool, margin: int = 0,
    zero: bool = True,
) -> Spec:  # fmt: skip
    """Rows of dots: a thick bar for chance, a thin line for what is not known, words at the right.

    `mark` is an upright that all are held against (ordinary law, or no effect); `sign` prints the
    axis with signs; `margin` is the room for names, so that panels can share it; `zero`: the axis
    holds nought.
    """
    wrapped = ["\n".join(textwrap.wrap(row.name, WRAP)) for row in rows]
    lines = max(name.count("\n") + 1 for name in wrapped)
    ends = [e for r in rows for pair in (r.chance, r.not_known) if pair for e in pair]
    drawn = [
        *ends,
        *(r.value for r in rows if r.value is not None),
        *([mark] if mark is not None else []),
        *([0.0] if zero else []),
    ]
    ticks = nice(min(drawn), max(drawn), counts=(2, 3))
    room = margin or name_width([row.name for row in rows])
    axis: Spec = {"grid": False, "labels": False, "minExtent": room}
    y: Spec = {"field": "r", "type": "ordinal", "sort": wrapped, "title": None, "axis": axis}
    x: Spec = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [ticks[0] - EDGE * (ticks[-1] - ticks[0]), ticks[-1]], "nice": False},
        "axis": number_axis(ticks, sign) | {"grid": True, "labelFlush": False},
    }
    of = list(zip(wrapped, rows, strict=True))
    layers = _upright(mark, mark_words, (ticks[0], ticks[-1]), x) if mark is not None else []
    layers += _names(wrapped, y)
    layers += [
        _bars([(n, r.not_known) for n, r in of], 1.6, y, x),
        _bars([(n, r.chance) for n, r in of], 6.0, y, x),
        {
            "data": {"values": [{"r": n, "v": r.value} for n, r in of if r.value is not None]},
            "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1,
                     "color": theme.BLUE, "stroke": "white", "strokeWidth": 1},
            "encoding": {"y": y, "x": x},
        },
        {
            "data": {"values": [{"r": n, "t": r.words} for n, r in of]},
            "mark": {"type": "text", "align": "right", "dx": words_width(rows), "fontWeight": 600},
            "encoding": {"x": {"value": "width"}, "y": y, "text": {"field": "t"}},
        },
    ]  # fmt: skip
    return frame(max(ROW, LINE * lines + 8) * len(rows), layers)


def _names(wrapped: Sequence[str], y: Spec) -> list[Spec]:
    """The names of rows, each centred on its dot: an axis would centre its first line."""
    return [
        {
            "data": {"values": [{"r": name} for name in wrapped if name.count("\n") == more]},
            "mark": {"type": "text", "align": "right", "dx": -10, "lineBreak": "\n",
                     "dy": -more * LINE / 2, "lineHeight": LINE},
            "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "r"}},
        }
        for more in sorted({name.count("\n") for name in wrapped})
    ]  # fmt: skip


def words_width(rows: Sequence[Row]) -> float:
    """Room for the words at the right of the plot [pixel]."""
    return 16 + 1.1 * LETTER * max(len(row.words) for row in rows)


def _bars(pairs: Sequence[tuple[str, Ends]], width: float, y: Spec, x: Spec) -> Spec:
    """A bar for each interval that there is."""
    data = [{"r": name, "v": ends[0], "w": ends[1]} for name, ends in pairs if ends]
    colour = theme.SKY if width > 2 else theme.QUIET
    return {
        "data": {"values": data},
        "mark": {"type": "rule", "color": colour, "strokeWidth": width},
        "encoding": {"y": y, "x": x, "x2": {"field": "w"}},
    }


def _upright(at: float, words: str, domain: tuple[float, float], x: Spec) -> list[Spec]:
    """A line from top to bottom, named above on the side that has more room."""
    late = at - domain[0] > 0.5 * (domain[1] - domain[0])
    where = {"field": "v", "type": "quantitative", "scale": x["scale"], "axis": x["axis"]}
    base: Spec = {"data": {"values": [{"v": at}]}}
    mark: Spec = {"type": "text", "text": words, "align": "right" if late else "left"}
    mark |= {"dx": 3 if late else -3, "baseline": "bottom", "color": theme.QUIET, "fontSize": 11}
    return [
        base | {"mark": {"type": "rule", "color": theme.GREY, "strokeDash": [4, 3]},
                "encoding": {"x": where}},
        base | {"mark": mark, "encoding": {"x": where, "y": {"value": -4}}},
    ]  # fmt: skip
