"""Score: where people stand over time, with and without errors in the records."""

import numpy as np

from demerit.report.charts import forms, over_time
from demerit.report.charts.figure import Figure, Panel
from demerit.report.counts import Counts, Series, ratio
from demerit.report.words import listed, number, scale


def tiers(counts: Counts) -> Figure:
    """How many people are in each tier, month by month."""
    lead = (
        "Each panel is one tier and has its own scale. Green is the same scheme in a world where no"
        " record is false, mislabelled or on the wrong person."
    )
    panels, headers, columns = [], ["Month"], []
    names = counts.document["tiers"]
    for index, tier in enumerate(names):
        tracks = [over_time.track(counts, f"tier_{index}", "files", w) for w in over_time.SCHEMES]
        title = f"Tier {tier['key']}{', punished' if tier['sanctioned'] else ''}"
        crowded = all(np.nanmin(t.values, initial=1.0) > 0.5 for t in tracks)
        panel, heads, cells = over_time.panel(
            counts, title, "scored people", tracks, zero=not crowded
        )
        panels.append(panel)
        headers += heads
        columns += cells
    values = punished(counts, "scheme")
    note = "Months are counted from 1, the first month of the scheme. "
    note += "The panel of a tier that holds most people does not start at nought. "
    note += over_time.caution(counts, "sanctioned", values, "people punished")
    rows = over_time.table(counts, columns)
    return Figure("tiers", _tiers_title(counts), lead, panels, headers, rows, note.strip())


def punished(counts: Counts, world: str) -> Series:
    """Share of scored people under sanction, month by month."""
    return ratio(counts.series("sanctioned", world), counts.files(world))


def _tiers_title(counts: Counts) -> str:
    low = [t["key"] for t in counts.document["tiers"] if t["sanctioned"]]
    if not low:
        return "There is no tier that is punished"
    where = f"tier {listed(low, 'or')}, which is punished"
    values, clean = punished(counts, "scheme"), punished(counts, "no_errors")
    if not np.nansum(values):
        return f"Nobody ever falls into {where}"
    top = int(np.nanargmax(values))
    words = scale("share", [float(values[top])])
    text = f"At the height, in month {top + 1}, {words.value(float(values[top]))} of those scored"
    text = f"{text} are in {where}"
    if np.isfinite(clean[top]):
        text += f"; without errors in the records, {words.value(float(clean[top]))}"
    return text


def points(counts: Counts) -> Figure:
    """The mean score, month by month."""
    tracks = [over_time.track(counts, "score_sum", "files", w) for w in over_time.SCHEMES]
    lines = [forms.Line(t.label, t.colour, over_time.plain(t.values), t.dash) for t in tracks]
    spec = forms.lines(lines, counts.months, zero=False, event=over_time.event(counts))
    said = "; ".join(f"{t.label}: {over_time.path(t.values)}" for t in tracks)
    panel = Panel("Mean score", "points", f"Mean score in points by month. {said}.", spec)
    ends = [t.values[np.isfinite(t.values)][-1:] for t in tracks]
    title = "Nobody is scored"
    if all(e.size for e in ends):
        here, clean = (number(float(e[0]), 4) for e in ends)
        title = f"The mean score ends at {here} points; without errors, at {clean}"
    columns = [over_time.cells(t.values, 1) for t in tracks]
    return Figure(
        "points",
        title,
        "Mean over everybody who has a score.",
        [panel],
        ["Month", *(f"Mean score, {t.label} (points)" for t in tracks)],
        over_time.table(counts, columns),
        "The axis does not start at nought.",
    )
