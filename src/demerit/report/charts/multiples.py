"""Multiples: one small chart a scheme on one scale, the others' lines behind it in grey."""

from collections.abc import Sequence

from demerit.report.charts import theme
from demerit.report.charts.figure import Spec
from demerit.report.charts.forms import frame, month_axis, nice, number_axis

HEIGHT = 110
Values = Sequence[float | None]


def multiple(
    own: Values, others: Sequence[Values], months: int, top: float, words: str, event: int | None
) -> Spec:
    """A scheme's line over months, with its last number in words; `top` is the scale of all.

    `event` marks the month in which the scheme was repealed.
    """
    ticks = nice(0.0, top, counts=(2,))
    x: Spec = {
        "field": "m",
        "type": "quantitative",
        "scale": {"domain": [0, max(months - 1, 1)], "nice": False},
        "axis": month_axis(months, few=True),
    }
    y: Spec = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [0, ticks[-1]]},
        "axis": number_axis(ticks),
    }
    behind = [{"m": m, "v": v, "s": k} for k, line in enumerate(others) for m, v in _known(line)]
    mine = [{"m": m, "v": v} for m, v in _known(own)]
    layers: list[Spec] = [
        {
            "data": {"values": behind},
            "mark": {"type": "line", "color": "#c9c9c9", "strokeWidth": 1.2},
            "encoding": {"x": x, "y": y, "detail": {"field": "s"}},
        },
        {
            "data": {"values": mine},
            "mark": {"type": "line", "color": theme.BLUE, "strokeWidth": 2.4},
            "encoding": {"x": x, "y": y},
        },
    ]
    if event is not None:
        layers.append({
            "data": {"values": [{"m": event}]},
            "mark": {"type": "rule", "color": theme.INK, "strokeDash": [3, 3]},
            "encoding": {"x": {"field": "m", "type": "quantitative"}},
        })  # fmt: skip
    if mine:
        layers.append(_last(mine[-1], words, ticks[-1]))
    return frame(HEIGHT, layers)


def _last(end: Spec, words: str, top: float) -> Spec:
    """The last number, above the end of its line or below where there is no room above."""
    high = end["v"] > 0.8 * top
    return {
        "data": {"values": [end]},
        "mark": {"type": "text", "text": words, "align": "right", "dy": 11 if high else -9,
                 "fontWeight": 600, "color": theme.BLUE},
        "encoding": {"x": {"field": "m", "type": "quantitative"},
                     "y": {"field": "v", "type": "quantitative"}},
    }  # fmt: skip


def _known(line: Values) -> list[tuple[int, float]]:
    return [(m, v) for m, v in enumerate(line) if v is not None]
