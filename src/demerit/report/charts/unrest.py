"""Unrest: who knows of the scheme, who evades, who protests, and whether it is repealed."""

import numpy as np

from demerit.report.charts import over_time, theme
from demerit.report.charts.figure import Figure
from demerit.report.counts import Counts
from demerit.report.words import number, people

AWARE = (
    ("aware_heard", "have heard", theme.SKY),
    ("aware_rules", "know the rules", theme.PURPLE),
    ("aware_score", "know their score", theme.BLUE),
)


def protest(counts: Counts) -> Figure:
    """Protest, evasion and knowledge of the scheme, month by month; repeal where it happened."""
    panels, heads, columns = [], ["Month"], []
    for name, title in (("protest", "Protest in public"), ("vpn", "Use a VPN")):
        tracks = [over_time.track(counts, name, "people", w) for w in over_time.TWINS]
        panel, more, cells = over_time.panel(
            counts, title, "people", tracks, zero=name == "protest"
        )
        panels.append(panel)
        heads += more
        columns += cells
    tracks = [
        over_time.Track(words, colour, over_time.track(counts, name, "people", "scheme").values)
        for name, words, colour in AWARE
        if counts.total(name)
    ]
    if tracks:
        panel, more, cells = over_time.panel(counts, "Know of the scheme", "people", tracks)
        panels.append(panel)
        heads += more
        columns += cells
    values = over_time.track(counts, "protest", "people", "scheme").values
    note = over_time.caution(counts, "protest", values, "people")
    rows = over_time.table(counts, columns)
    return Figure("protest", _title(counts), repeal(counts), panels, heads, rows, note)


def _title(counts: Counts) -> str:
    crowd = counts.series("protest")
    month = counts.document.get("repeal", {}).get("month")
    if not crowd.sum():
        return "Nobody protests in this run"
    top = int(np.argmax(crowd))
    text = f"Protest is largest in month {top + 1}, with {people(crowd[top])} people"
    if month is None:
        return f"{text}; it does not end the scheme"
    return f"{text}; the scheme is repealed in month {month + 1}"


def repeal(counts: Counts) -> str:
    """Whether outcry ended the scheme: here, and over other values of the unknown numbers."""
    found = counts.document.get("repeal", {})
    month, share = found.get("month"), found.get("draws_repealed_share")
    here = "In this run the scheme stands to the end."
    if month is not None:
        here = f"In this run the scheme is repealed in month {month + 1}, and scoring stops."
    if share is None:
        return (
            f"{here} Whether that depends on numbers nobody has published was left out (--quick)."
        )
    text = f"{here} Over {found['draws']} draws of the numbers that nobody has published, it is"
    text += f" repealed in {number(100 * share)}% of them"
    if found.get("draws_median_month") is not None:
        text += f", half of those by month {number(found['draws_median_month'] + 1, 3)}"
    return f"{text}."
