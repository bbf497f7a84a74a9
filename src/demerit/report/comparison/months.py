"""Months: a few shares followed over time, a small chart a scheme on one scale."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from demerit.report.charts import multiples, over_time
from demerit.report.charts.figure import Figure, Panel
from demerit.report.comparison.sides import Sides
from demerit.report.counts import LEAST_EVENTS, Counts, Series, ratio
from demerit.report.words import number

Frames = Mapping[str, Mapping[str, NDArray[np.int64]]]
# figure: title, counter, counted among, and in words
TRACKS = (
    ("months-sanctioned", "Under sanction, month by month", "sanctioned", "scored",
     "scored people"),
    ("months-wrongly", "Under sanction by mistake, month by month", "sanctioned_wrongly", "scored",
     "scored people"),
    ("months-chilled", "Harmless deeds held back out of fear, month by month", "chilled", "people",
     "people"),
    ("months-approving", "Approval, month by month", "approving", "aware_heard",
     "people who have heard of the scheme"),
)  # fmt: skip


def figures(sides: Sides, frames: Frames) -> list[Figure]:
    """A figure for each of the shares."""
    schemes = {s["key"]: s for s in sides.document["schemes"]}
    counts = {k: Counts({**sides.document, **schemes[k]}, frames[k]) for k in sides.keys}
    return [track(sides, counts, *asked) for asked in TRACKS]


def track(
    sides: Sides, counts: Mapping[str, Counts], key: str, title: str, part: str, whole: str,
    whom: str,
) -> Figure:  # fmt: skip
    """One share: a panel for each scheme."""
    lines = {k: share(c, part, whole) for k, c in counts.items()}
    if not any(c.total(part) for c in counts.values()):
        return Figure(key, title, "", empty="Nobody, under any of these schemes.")
    base = over_time.base_of(*lines.values())
    top = max(float(np.nanmax(v, initial=0.0)) * base for v in lines.values())
    drawn = {k: over_time.plain(v * base) for k, v in lines.items()}
    months = sides.document["months"]
    panels = []
    for name, own in drawn.items():
        others = [line for other, line in drawn.items() if other != name]
        known = [v for v in own if v is not None]
        words = number(known[-1]) if known else ""
        event = counts[name].document["repeal"]["month"]
        said = over_time.path(lines[name] * base)
        label = sides.labels[name]
        alt = f"{title}, {label}, {over_time.of(base, whom)}: {said}."
        if event is not None:
            alt += f" Repealed in month {event + 1}."
        spec = multiples.multiple(own, others, months, top, words, event)
        panels.append(Panel(label, "", alt, spec))
    lead = f"{over_time.of(base, whom).capitalize()}. One scale; grey: the other schemes."
    heads = ["Month", *sides.labels.values()]
    rows = over_time.table(next(iter(counts.values())),
                           [over_time.cells(v * base, 2) for v in lines.values()])  # fmt: skip
    return Figure(key, title, lead, panels, heads, rows, note(sides, counts, part), small=True)


def share(counts: Counts, part: str, whole: str) -> Series:
    """part / whole while the scheme stands, nan after and where there is nobody (month,)."""
    values = ratio(counts.series(part), counts.series(whole))
    values[counts.window :] = np.nan
    return values


def note(sides: Sides, counts: Mapping[str, Counts], part: str) -> str:
    """Which lines rest on few people, and which schemes were repealed."""
    few = [k for k, c in counts.items() if 0 < c.series(part).max(initial=0) < LEAST_EVENTS]
    none = [k for k, c in counts.items() if not c.total(part)]
    said = []
    if none:
        said.append(f"Nobody under {sides.named(none)}.")
    if few:
        said.append(f"Never more than {LEAST_EVENTS} in a month under {sides.named(few)}: too few"
                    " to read a shape from.")  # fmt: skip
    if any(c.document["repeal"]["month"] is not None for c in counts.values()):
        said.append("A dashed upright: the month of repeal.")
    return " ".join(said)
