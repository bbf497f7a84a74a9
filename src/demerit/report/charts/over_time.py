"""Over time: what the figures with months along the bottom have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demerit.report.charts import forms, theme
from demerit.report.charts.figure import Panel
from demerit.report.counts import LEAST_EVENTS, Counts, Series, ratio, trend
from demerit.report.words import BASES, number, plural, scale

TWINS = ("law", "scheme")
SCHEMES = ("scheme", "no_errors")


@dataclass(frozen=True)
class Track:
    """A share followed over months: one line of a panel, one column of the table."""

    label: str
    colour: str
    values: Series  # of one (month,)
    dash: bool = False


def event(counts: Counts) -> tuple[int, str] | None:
    """The row of the month of repeal, if there was one in this run, and its words, which count
    months from one."""
    month = counts.document.get("repeal", {}).get("month")
    return None if month is None else (month, f"repealed, month {month + 1}")


def track(counts: Counts, part: str, whole: str, world: str) -> Track:
    """part / whole in one world, month by month; "files" is everybody with a file in force."""
    below = counts.files(world) if whole == "files" else counts.series(whole, world)
    values = ratio(counts.series(part, world), below)
    return Track(
        theme.WORLD_WORDS[world], theme.WORLD_COLOUR[world], values, dash=world != "scheme"
    )


def base_of(*series: Series) -> int:
    """So many people is the share told of: 100, 1,000 ... by the largest value shown."""
    return int(scale("share", [float(v) for s in series for v in s]).factor)


def of(base: int, whom: str) -> str:
    """What a share is a share of, in words.

    >>> of(100, "scored people"), of(10_000, "scored people")
    ('per cent of scored people', 'of 10,000 scored people')
    """
    return f"per cent of {whom}" if base == BASES[0] else f"of {base:,} {whom}"


def panel(
    counts: Counts, title: str, whom: str, tracks: Sequence[Track], zero: bool = True
) -> tuple[Panel, list[str], list[list[str]]]:
    """A panel of lines, and its columns in the table under the figure (headers, columns)."""
    base = base_of(*(t.values for t in tracks))
    unit = of(base, whom)
    drawn = [forms.Line(t.label, t.colour, plain(t.values * base), t.dash) for t in tracks]
    spec = forms.lines(drawn, counts.months, zero=zero, event=event(counts))
    words = [f"{t.label}: {path(t.values * base)}" for t in tracks]
    alt = f"{title}, {unit}, by month. {'; '.join(words)}."
    places = 2 if base == BASES[0] else 1
    headers = [f"{title}, {t.label} ({unit})" for t in tracks]
    return Panel(title, unit, alt, spec), headers, [cells(t.values * base, places) for t in tracks]


def plain(values: Series) -> list[float | None]:
    """Plain numbers for a specification, seven digits that count; None for what is not defined."""
    return [float(f"{v:.7g}") if np.isfinite(v) else None for v in values]


def cells(values: Series, places: int) -> list[str]:
    """Numbers for a table, a dash for what is not defined."""
    return [number(float(v), places=places, fixed=True) if np.isfinite(v) else "–" for v in values]


def path(values: Series) -> str:
    """A line in words: where it starts, its height, where it ends."""
    found = np.flatnonzero(np.isfinite(values))
    if not found.size:
        return "nothing to show"
    first, last, top = found[0], found[-1], int(np.nanargmax(values))
    text = f"{number(float(values[first]))} in month {first + 1}, "
    if top not in (first, last):
        text += f"at most {number(float(values[top]))} in month {top + 1}, "
    return text + f"{number(float(values[last]))} in month {last + 1}"


def table(counts: Counts, columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """Columns of months turned into rows, each with its month in front."""
    return [[str(m + 1), *(column[m] for column in columns)] for m in range(counts.months)]


def caution(counts: Counts, part: str, values: Series, what: str) -> str:
    """What must be said beside a line: that it is still moving, or rests on few people."""
    said = []
    direction = trend(values)
    if direction:
        said.append(
            f"Still {direction} in the last year of the run: the end is not a resting place."
        )
    most = counts.series(part).max(initial=0)
    if 0 < most < LEAST_EVENTS:
        said.append(
            f"Never more than {plural(most, what, what)} in a month: too few to read a shape from."
        )
    return " ".join(said)
