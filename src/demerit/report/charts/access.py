"""Access: doors that were shut, and who has work."""

import numpy as np

from demerit.report.charts import forms, over_time, rows, theme
from demerit.report.charts.figure import Figure, Panel
from demerit.report.counts import Counts, ratio
from demerit.report.words import number, people, plural, scale


def doors(counts: Counts) -> Figure:
    """Who asked at a door, was refused because of the tier, and was so wrongly."""
    names = {k: d["title"] for k, d in counts.document["doors"].items() if f"asked_{k}" in counts}
    title = "Doors shut because of a tier"
    refused = {k: counts.rate(f"refused_{k}", f"asked_{k}") for k in names}
    shown = [k for k in names if refused[k] is not None]
    table = [_door_row(counts, k, names[k]) for k in names]
    heads = ["Door", "Times asked", "Refused because of the tier", "Of these wrongly"]
    heads += ["Refused, without errors"]
    if not shown:
        return Figure("doors", title, "", (), heads, table, "", _doors_empty(counts, names))
    most = max(shown, key=lambda k: counts.total(f"refused_{k}"))
    often = scale("share", [refused[most]]).value(refused[most])
    title = f"{names[most]} is the door shut most often: to {often} who ask"
    if len(shown) == 1:
        title = f"{names[most]} is the one door that is shut: to {often} who ask"
        panel = _one_door(counts, most, names[most])
    else:
        panel = _many_doors(counts, {k: names[k] for k in shown})
    return Figure("doors", title, "", [panel], heads, table, _doors_note(counts, names, shown))


def _one_door(counts: Counts, key: str, name: str) -> Panel:
    """Refusals at a door month by month: a single row of dots would say too little."""
    asked = counts.series(f"asked_{key}")
    tracks = [
        over_time.Track("refused", theme.BLUE, ratio(counts.series(f"refused_{key}"), asked)),
        over_time.Track("wrongly", theme.VERMILION, ratio(counts.series(f"wrongly_{key}"), asked)),
    ]
    title = f"{name}: refused because of the tier"
    return over_time.panel(counts, title, "times that somebody asked", tracks)[0]


def _many_doors(counts: Counts, names: dict[str, str]) -> Panel:
    """A row of dots for each door: refused, and wrongly so."""
    refused = [counts.rate(f"refused_{k}", f"asked_{k}") for k in names]
    wrongly = [counts.rate(f"wrongly_{k}", f"asked_{k}") for k in names]
    words = scale("share", [*refused, *wrongly])
    columns = [
        rows.Dots("refused", theme.BLUE, [_times(v, words.factor) for v in refused]),
        rows.Dots("wrongly", theme.VERMILION, [_times(v, words.factor) for v in wrongly], True),
    ]
    spec = rows.dots(list(names.values()), columns, words.places)
    said = "; ".join(
        f"{name}: {words.value(one)} refused, "
        f"{'too few to show' if two is None else words.value(two)} wrongly"
        for name, one, two in zip(names.values(), refused, wrongly, strict=True)
    )
    base = over_time.of(int(words.factor), "times that somebody asked")
    return Panel("Refused because of the tier", base, f"Refusals by door. {said}.", spec)


def _doors_note(counts: Counts, names: dict[str, str], shown: list[str]) -> str:
    note = (
        "Wrongly: on a clean file the same person would not have been barred. Refusals for other"
        " reasons happen in every world and are not counted here. Where places are rationed, what"
        " one person is refused another gets."
    )
    never = [names[k] for k in names if not counts.total(f"refused_{k}")]
    rare = [names[k] for k in names if k not in shown and names[k] not in never]
    if never:
        note += f" Shut to nobody: {'; '.join(never)}."
    if rare:
        note += f" Fewer than 30 refusals, not drawn: {'; '.join(rare)}."
    return note


def _doors_empty(counts: Counts, names: dict[str, str]) -> str:
    total = sum(counts.total(f"refused_{k}") for k in names)
    if total == 0:
        return "No door was shut to anybody because of a tier in this run."
    return f"Only {plural(total, 'refusal')} because of a tier in this run: too few to be drawn."


def _door_row(counts: Counts, key: str, title: str) -> list[str]:
    named = [f"asked_{key}", f"refused_{key}", f"wrongly_{key}"]
    clean = counts.total(f"refused_{key}", "no_errors")
    return [title, *(number(counts.total(n), places=0) for n in named), number(clean, places=0)]


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else float(f"{value * factor:.7g}")


def work(counts: Counts) -> Figure:
    """Who lost work and who got it, and whether there is more or less of it."""
    labour = counts.series("labour")
    lost, won = (ratio(counts.series(n), labour) for n in ("displaced", "placed"))
    base = over_time.base_of(lost, won)
    unit = over_time.of(base, "people in the labour force")
    net = won - lost
    moved = [
        forms.Line("in work", theme.GREEN, over_time.plain(won * base)),
        forms.Line("net", theme.INK, over_time.plain(net * base)),
        forms.Line("out of work", theme.VERMILION, over_time.plain(-lost * base)),
    ]
    spec = forms.lines(moved, counts.months, height=200, event=over_time.event(counts))
    said = (
        f"In work here but not under ordinary law: {over_time.path(won * base)}."
        f" Out of work here but not under ordinary law: {over_time.path(lost * base)}."
    )
    who = Panel("Who: in work, and out of it, unlike the twin under ordinary law", unit, said, spec)
    tracks = [over_time.track(counts, "employed", "labour", w) for w in over_time.TWINS]
    many, heads, columns = over_time.panel(
        counts, "How many: people with work", "the labour force", tracks, zero=False
    )
    columns += [over_time.cells(x * base, 2) for x in (won, lost, net)]
    heads += [f"{x} ({unit})" for x in ("In work, the twin not", "Out of it, the twin not", "Net")]
    lead = (
        "The same people live in both worlds. Jobs are rationed: as many as under ordinary law, so"
        " that who works can change far more than how many do. Twins part by luck, too, once jobs"
        " are found by others: a line by itself is no count of people whom the scheme has harmed or"
        " helped, and the net alone is what it does."
    )
    empty = ""
    if not counts.total("displaced") and not counts.total("placed"):
        empty = "Nobody's work differs between the two worlds in any month of this run."
    table = over_time.table(counts, columns)
    note = "The panel of how many does not start at nought." if not empty else ""
    panels = () if empty else (who, many)
    return Figure("work", _work_title(counts), lead, panels, ["Month", *heads], table, note, empty)


def _work_title(counts: Counts) -> str:
    lost, won = counts.series("displaced"), counts.series("placed")
    if not lost.sum() and not won.sum():
        return "Nobody's work differs from their twin's"
    top = int(np.argmax(lost))
    return (
        f"In month {top + 1}, {people(lost[top])} are out of work whose twins under ordinary law"
        f" are in work, and {people(won[top])} others the other way round"
    )
