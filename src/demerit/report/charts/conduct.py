"""Conduct: what people do and leave undone, and what they pay.

A title tells a direction only where the measure of it is settled (claims.py).
"""

from collections.abc import Mapping
from typing import Any

from demerit.report.charts import over_time, rows, theme
from demerit.report.charts.figure import Figure, Panel
from demerit.report.claims import Measure, of_deed, settled
from demerit.report.counts import LEAST_EVENTS, LEAST_PERSON_MONTHS, Counts
from demerit.report.words import capital, listed, number, scale, signed

Kinds = Mapping[str, Mapping[str, Any]]
UNPAID = {
    "unpaid_choice": ("could have paid", "unpaid_by_choice"),
    "unpaid_unable": ("could not pay", "unpaid_by_inability"),
}
FAITH = {"no": "Not in a banned faith group", "yes": "In a banned faith group"}


def deeds(counts: Counts) -> Figure:
    """Deeds by kind, under the scheme against ordinary law."""
    kinds: Kinds = counts.document["deeds"]
    keys = [k for k in kinds if f"deed_{k}" in counts]
    items = {k: _bar(counts, k, kinds[k]) for k in keys}
    drawn = [v for b in items.values() for v in (b.value, b.low, b.high) if v is not None]
    reach = max((abs(v) for v in drawn), default=0.0)
    panels = []
    for harm, name in ((True, "Deeds that harm somebody"), (False, "Deeds that harm nobody")):
        some = [items[k] for k in keys if bool(kinds[k]["harm"]) is harm]
        if some:
            said = "; ".join(f"{b.name}: {b.words}" for b in some)
            unit = "change in how often it is done, per cent"
            panels.append(Panel(name, unit, f"{name}, {unit}. {said}.", rows.bars(some, reach)))
    table = [_deed_row(counts, k, kinds[k], items[k].words) for k in keys]
    heads = ["Deed", "Harms somebody", "Under ordinary law", "Under the scheme"]
    heads += ["Change", "Held back out of fear", "Records", "Of these false"]
    note = "Everybody in the run, all months in which the scheme stood."
    if any(b.low is not None for b in items.values()):
        note += " The thin line is the range over the numbers that nobody has published;"
        note += " where it crosses nought, we cannot say which way the deed moves."
    else:
        note += " The bars carry no interval here; the table of measures does."
    return Figure("deeds", _deeds_title(counts, kinds, keys), "", panels, heads, table, note)


def _bar(counts: Counts, key: str, kind: Mapping[str, Any]) -> rows.Bar:
    """The change in one deed against ordinary law [per cent], blank where there are too few."""
    colour = theme.BLUE if kind["harm"] else theme.VERMILION
    law, here = counts.total(f"deed_{key}", "law"), counts.total(f"deed_{key}")
    if law < LEAST_EVENTS or counts.total("people", "law") < LEAST_PERSON_MONTHS:
        return rows.Bar(kind["title"], None, "too few to show", colour)
    change = float(f"{100 * (here - law) / law:.6g}")
    low, high = _ends(of_deed(counts.document["measures"], key))
    return rows.Bar(kind["title"], change, f"{signed(change, places=1)}%", colour, low, high)


def _ends(measure: Measure | None) -> tuple[float | None, float | None]:
    """The not-known interval of an effect, as a change against ordinary law [per cent]."""
    if measure is None or not measure["without"] or measure["low"] is None:
        return None, None
    low, high = (100 * measure[end] / measure["without"] for end in ("low", "high"))
    return float(f"{low:.6g}"), float(f"{high:.6g}")


def _deeds_title(counts: Counts, kinds: Kinds, keys: list[str]) -> str:
    """The largest settled change among harmful deeds, and among the others."""
    measures = counts.document["measures"]
    found = {k: m for k in keys if (m := of_deed(measures, k)) is not None and m["without"]}
    if not found:
        return "Each deed under the scheme, against the same people under ordinary law"
    sure = {k: m["effect"] / m["without"] for k, m in found.items() if settled(m)}
    said = []
    for harm in (True, False):
        mine = {k: c for k, c in sure.items() if bool(kinds[k]["harm"]) is harm}
        if mine:
            key = max(mine, key=lambda k: abs(mine[k]))
            often = f"{number(100 * abs(mine[key]))}% {'less' if mine[key] < 0 else 'more'} often"
            name = kinds[key]["title"]
            said.append(f"{name[:1].lower()}{name[1:]} happens {often}")
    if not said:
        return "For no deed can we say whether the scheme makes it rarer or more frequent"
    return capital("; ".join(said))


def _deed_row(counts: Counts, key: str, kind: Mapping[str, Any], change: str) -> list[str]:
    named = (f"withheld_{key}", f"record_{key}", f"false_{key}")
    before = [number(counts.total(f"deed_{key}", w), places=0) for w in over_time.TWINS]
    after = [number(counts.total(name), places=0) for name in named]
    return [kind["title"], "yes" if kind["harm"] else "no", *before, change, *after]


def withheld(counts: Counts) -> Figure:
    """Deeds wanted and not done out of fear, harmful and harmless apart; and on whom it falls."""
    tracks = [
        over_time.Track(words, colour, over_time.track(counts, name, "files", "scheme").values)
        for words, colour, name in (
            ("harmful", theme.BLUE, "deterred"),
            ("harmless", theme.VERMILION, "chilled"),
        )
    ]
    title = "Deeds held back because of the scheme"
    over, heads, columns = over_time.panel(counts, title, "scored people", tracks)
    panels = [p for p in (over, _faith(counts)) if p is not None]
    harmful, harmless = counts.total("deterred"), counts.total("chilled")
    empty = "" if harmful or harmless else "Nothing was held back out of fear in this run."
    lead = (
        "Wanted, with the grievances of the month and no fear, and not done; same people and luck."
    )
    note = over_time.caution(counts, "chilled", tracks[1].values, "deeds")
    table = over_time.table(counts, columns)
    drawn = () if empty else panels
    words = _withheld_title(harmful, harmless)
    return Figure("withheld", words, lead, drawn, ["Month", *heads], table, note, empty)


def _withheld_title(harmful: float, harmless: float) -> str:
    if not harmful and not harmless:
        return "What people leave undone"
    if min(harmful, harmless) < LEAST_EVENTS:
        more = "harmful" if harmful > harmless else "harmless"
        return f"Nearly all deeds that fear holds back are {more} ones"
    times = number(max(harmful, harmless) / min(harmful, harmless))
    if times == "1":
        return "In this run, fear holds back as many harmless deeds as harmful ones"
    first, second = ("harmless", "harmful") if harmful >= harmless else ("harmful", "harmless")
    return f"In this run, fear holds back {times} {second} deeds for each {first} one"


def _faith(counts: Counts) -> Panel | None:
    """The burden on lawful conduct by faith: the one place where faith is a group."""
    labels = counts.groupings.get("faith", [])
    rates = [counts.rate("chilled", "scored", "scheme", "faith", x) for x in labels]
    if not labels or all(r is None for r in rates):
        return None
    words = scale("share", rates)
    values = [None if r is None else float(f"{r * words.factor:.7g}") for r in rates]
    names = [FAITH.get(x, x) for x in labels]
    spec = rows.dots(names, [rows.Dots("held back", theme.VERMILION, values)], words.places)
    said = "; ".join(
        f"{n}: {'too few to show' if r is None else words.value(r)}"
        for n, r in zip(names, rates, strict=True)
    )
    unit = over_time.of(int(words.factor), "scored people, average month")
    return Panel("Harmless deeds held back, by faith", unit, f"{said}.", spec)


def payment(counts: Counts) -> Figure:
    """What falls due and is not paid: by choice, and for want of money."""
    title = "What is not paid, by choice and for want of money"
    if not counts.total("due", "law"):
        return Figure("payment", title, "", empty="Nothing fell due in this run.")
    panels, heads, columns, said = [], ["Month"], [], []
    for name, (words, key) in UNPAID.items():
        tracks = [over_time.track(counts, name, "due", w) for w in over_time.TWINS]
        head = f"Unpaid, and {words}"
        panel, more, cells = over_time.panel(counts, head, "people with something due", tracks)
        panels.append(panel)
        heads += more
        columns += cells
        said += _payment_claim(counts, words, key)
    lead = (
        "Due are the bills and instalments of a month. Whoever has money left above subsistence"
        " could pay; who has not could not, and fear cannot change that."
    )
    table = over_time.table(counts, columns)
    words = capital(listed(said)) if said else title
    return Figure("payment", words, lead, panels, heads, table)


def _payment_claim(counts: Counts, words: str, key: str) -> list[str]:
    """That more or fewer leave dues unpaid, where the measure of it is settled."""
    measure = counts.document["measures"].get(key)
    if measure is None or not settled(measure) or not measure["without"]:
        return []
    change = measure["effect"] / measure["without"]
    way = "less" if change < 0 else "more"
    who = words.replace("have paid", "pay")
    return [f"those who {who} default {number(100 * abs(change))}% {way} often"]
