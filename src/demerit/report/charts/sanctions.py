"""Sanctions: who is punished, who wrongly, and for what."""

from demerit.report.charts import forms, over_time, rows, theme
from demerit.report.charts.figure import Figure, Panel
from demerit.report.claims import of_level
from demerit.report.counts import Counts, share
from demerit.report.words import Scale, capital, number, plural, scale

Found = dict[tuple[str, str, str], float | None]  # by grouping, label and counter

# Groups that may be compared.  Faith appears only in the burden on lawful conduct, and no
# grouping by place exists: the margins do not carry it.
GROUPINGS = {
    "home": "Town and country",
    "age": "Age, in years",
    "sex": "Sex",
    "income": "Income",
    "schooling": "Schooling",
    "watched": "How closely watched",
}

# Why somebody is punished: counter, words, colour.  The parts add up to all who are.
ANATOMY = (
    ("anatomy_harm", "harm they did themselves", theme.BLUE),
    ("anatomy_error", "false or others' records", theme.VERMILION),
    ("anatomy_unable", "debts they could not pay", theme.ORANGE),
    ("anatomy_lawful", "lawful conduct", theme.PURPLE),
    ("anatomy_habit", "harmless habits", theme.SKY),
    ("anatomy_standing", "somebody else's standing", theme.GREEN),
    ("anatomy_mixed", "several of these together", theme.GREY),
)
ANATOMY_LONG = {
    "anatomy_harm": "for harm that they themselves did",
    "anatomy_error": "for records that are false or another person's",
    "anatomy_unable": "for debts that they could not pay",
    "anatomy_lawful": "for lawful or protected conduct",
    "anatomy_habit": "for habits that harm nobody",
    "anatomy_standing": "for another person's standing",
    "anatomy_mixed": "for several of these, each needed or each enough",
}


def of_hundred(counts: Counts) -> dict[str, int] | None:
    """Of 100 person-months of punishment, how many for what; None where there are too few.

    Rounded by largest remainder, so that they add up to 100.
    """
    parts = {key: counts.total(key) for key, _, _ in ANATOMY}
    whole = sum(parts.values())
    if share(whole, counts.total("scored")) is None:
        return None
    exact = {key: 100 * n / whole for key, n in parts.items()}
    result = {key: int(x) for key, x in exact.items()}
    left = 100 - sum(result.values())
    for key in sorted(exact, key=lambda k: result[k] - exact[k])[:left]:
        result[key] += 1
    return result


def anatomy(counts: Counts) -> Figure:
    """A hundred punished people, by what brought it about."""
    parts = of_hundred(counts)
    title = "Of 100 people being punished, how many for harm that they themselves did?"
    lead = (
        "But for what, and for nothing else, would they go free? Each square is one of every 100"
        " person-months of punishment."
    )
    if parts is None:
        return Figure("anatomy", title, "", empty=too_few(counts))
    drawn = [forms.Part(parts[k], words, colour) for k, words, colour in ANATOMY if parts[k]]
    said = "; ".join(f"{parts[key]} {words}" for key, words in ANATOMY_LONG.items() if parts[key])
    panel = Panel("", "", f"Of 100 people being punished: {said}.", forms.hundred(drawn))
    table = [
        [capital(ANATOMY_LONG[key]), number(counts.total(key)), str(parts[key])]
        for key, _, _ in ANATOMY
    ]
    title = f"Of 100 people being punished, {parts['anatomy_harm']} are punished for harm that they"
    title += " themselves did"
    headers = ("Punished", "Person-months", "Of 100")
    note = (
        "A punishment counts as one for harm where true records of that alone would be enough; else"
        " under one heading when taking that heading's records away would end it and nothing else"
        " would; where to take away any one of several would end it, or none of them, it is mixed"
        " and not shared out. What a rule calls an offence and what harms somebody are two things:"
        " the second is told deed by deed in the scheme's data, not taken from the scheme."
    )
    return Figure("anatomy", title, lead, [panel], headers, table, note)


def too_few(counts: Counts) -> str:
    """What is said where there is too little punishment to draw."""
    months = counts.total("sanctioned")
    if months == 0:
        return "Nobody was punished in any month of this run, so there is nothing to draw."
    return (
        f"Only {plural(months, 'person-month')} of punishment in this run: too few to tell apart."
    )


def groups(counts: Counts) -> Figure:
    """Who is punished, and who wrongly, group by group."""
    title = "Who is punished, and who wrongly"
    if counts.rate("sanctioned", "scored") is None:
        return Figure("groups", title, "", empty=too_few(counts))
    found: Found = {
        (g, label, name): counts.rate(name, "scored", "scheme", g, label)
        for g in GROUPINGS
        if g in counts.groupings
        for label in counts.groupings[g]
        if counts.total("scored", "scheme", g, label)
        for name in ("sanctioned", "sanctioned_wrongly")
    }
    words = scale("share", found.values())
    top = max((v for v in found.values() if v is not None), default=0.0) * words.factor
    panels, table = [], []
    margin = rows.name_width([capital(label) for _, label, _ in found])
    unit = over_time.of(int(words.factor), "scored people, average month")
    for grouping in dict.fromkeys(g for g, _, _ in found):
        labels = list(dict.fromkeys(label for g, label, _ in found if g == grouping))
        columns = [
            rows.Dots(
                head, colour, [_times(found[grouping, x, n], words.factor) for x in labels], h
            )
            for n, head, colour, h in (
                ("sanctioned", "punished", theme.BLUE, False),
                ("sanctioned_wrongly", "wrongly", theme.VERMILION, True),
            )
        ]
        spec = rows.dots([capital(x) for x in labels], columns, words.places, top, margin)
        said = "; ".join(_spoken(found, grouping, x, words) for x in labels)
        name = GROUPINGS[grouping]
        alt = f"{name}: share of scored people punished in an average month. {said}."
        panels.append(Panel(name, unit, alt, spec))
        table += [_row(counts, found, grouping, x, words) for x in labels]
    heads = ["Group", "Person-months scored", "Punished", "Wrongly", "Wrongly, of those punished"]
    note = (
        "Wrongly: the same file without the records that are false or another person's would not"
        " bring the punishment. Groups with fewer than 1,000 person-months or 30 such months are"
        " blank. Groups differ in how often they do what is scored, too: a gap in punishment is not"
        " by itself unequal treatment."
    )
    return Figure("groups", _groups_title(counts), _wrongful(counts), panels, heads, table, note)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else float(f"{value * factor:.7g}")


def _spoken(found: Found, grouping: str, label: str, words: Scale) -> str:
    told = [found[grouping, label, n] for n in ("sanctioned", "sanctioned_wrongly")]
    if told[0] is None:
        return f"{label}: too few to show"
    wrong = "too few to show" if told[1] is None else words.value(told[1])
    return f"{label}: {words.value(told[0])} punished, {wrong} wrongly"


def _row(counts: Counts, found: Found, grouping: str, label: str, words: Scale) -> list[str]:
    all_, wrong = (found[grouping, label, n] for n in ("sanctioned", "sanctioned_wrongly"))
    part = None if all_ is None or wrong is None else wrong / all_
    base = counts.total("scored", "scheme", grouping, label)
    cells = ["" if v is None else words.value(v) for v in (all_, wrong)]
    last = "" if part is None else f"{number(100 * part)}%"
    return [f"{GROUPINGS[grouping]}: {label}", number(base), *cells, last]


def _wrongful(counts: Counts) -> str:
    """How much of all punishment is wrongful, with its interval."""
    measure = counts.document["measures"].get("wrongful_sanction_share")
    if measure is None or measure["with"] is None:
        return ""
    words = "{} of the time spent under punishment is wrongful"
    return of_level(measure, words, counts.document["quick"])


def _groups_title(counts: Counts) -> str:
    wrong, every = counts.total("sanctioned_wrongly"), counts.total("sanctioned")
    part = number(100 * wrong / every)
    return (
        f"Of all time spent under punishment, {part}% is wrongful: true records would not bring it"
    )
