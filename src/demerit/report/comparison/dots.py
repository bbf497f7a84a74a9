"""Dots: one panel a measure, one row a scheme, with both intervals."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from demerit.chance import told_apart
from demerit.report.charts import intervals, rows
from demerit.report.charts.figure import Figure, Panel
from demerit.report.comparison.sides import Measure, Sides, headline, range_of, tell, words_of
from demerit.report.words import Scale, capital, listed

# figure: question, {measure: title of its panel}
GROUPS: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("punished", "How many are punished, and what for", {
        "sanctioned_share": "Under sanction",
        "sanction_anatomy": "Of those punished: for harm that they did",
        "sanction_anatomy_lawful": "Of those punished: for lawful conduct",
        "sanction_anatomy_unable": "Of those punished: for debts that they could not pay",
    }),
    ("mistakes", "How many are punished by mistake", {
        "wrongful_sanction_rate": "Under sanction by mistake",
        "wrongful_sanction_share": "Of sanctions: mistakes",
        "missed_sanction_share": "Of those whom the rules would punish: go free",
        "refused_wrongly_share": "Of doors shut: by mistake",
    }),
    ("benefits", "What becomes of harm and of unpaid dues", {
        "deeds_traffic_offence": "Driving offences",
        "deeds_bribe": "Bribes paid",
        "deeds_late_bill": "Bills paid late",
        "unpaid_by_choice": "Dues left unpaid although they could be paid",
        "deeds_judgment_unpaid": "Judgments not performed",
        "fraud_met": "People cheated",
    }),
    ("burdens", "What it costs in speech, work and need", {
        "speech_withheld": "Petitions and posts left unsaid",
        "employment": "Have a job, of those who work or look for work",
        "unpaid_by_inability": "Dues that cannot be paid",
        "distress_share": "Paying by going without food or medicine",
        "poverty_ever": "Ever without the means to pay",
    }),
    ("trust", "Trust, approval, protest", {
        "deals_honoured": "Deals with strangers that are honoured",
        "belief_in_strangers": "Belief that strangers keep their word",
        "approval": "Approve, of those who have heard of it",
        "protest": "Protest in public",
    }),
)  # fmt: skip
LEAD = "Dot: with the central numbers. Thick bar: chance, where it is wider than the dot."
AGAIN = "Dot, bar and line as above."
NOT_KNOWN = " Thin line: the range over the numbers that nobody has published."
LEFT_OUT = " The range over the numbers that nobody has published was left out."


def figures(sides: Sides) -> list[Figure]:
    """The groups of measures, each as a figure of panels."""
    found: list[Figure] = []
    for key, title, names in GROUPS:
        made = group(sides, key, title, names)
        again = made.panels and any(figure.panels for figure in found)
        found.append(replace(made, lead=AGAIN) if again else made)
    return found


def group(sides: Sides, key: str, title: str, names: Mapping[str, str]) -> Figure:
    """Panels of the measures that differ from ordinary law under one scheme at least."""
    known = {k: m for k in names if (m := sides.measure(k)) is not None}
    shown = {k: m for k, m in known.items() if any(headline(m, s) for s in sides.defined(m))}
    margin = rows.name_width(list(sides.labels.values()))
    panels = [panel(sides, m, names[k], margin) for k, m in shown.items()]
    still = [names[k][0].lower() + names[k][1:] for k in known if k not in shown]
    note = "A dash: not defined under this scheme, or too few to tell."
    if still:
        note += f" Nought under every scheme, and not drawn: {'; '.join(still)}."
    table = [row for k, m in shown.items() for row in numbers(sides, m, names[k])]
    heads = ["Measure", "Scheme", "Value", "Chance", "Not known", "Differs from"]
    lead = LEAD + (LEFT_OUT if sides.quick else NOT_KNOWN)
    empty = "" if panels else "Nothing here differs from ordinary law under any of these schemes."
    return Figure(key, found(sides, shown, names) or title, lead if panels else "", panels, heads,
                  table, note if panels else "", empty)  # fmt: skip


def found(sides: Sides, shown: Mapping[str, Measure], names: Mapping[str, str]) -> str:
    """A title that tells the first measure's ends, where the rule lets them be told."""
    key = next(iter(shown), None)
    if key is None or len(sides.defined(shown[key])) < 2:
        return ""
    most, least = sides.ends(shown[key])
    if not least:
        return ""
    what = names[key]
    if shown[key]["headline"] == "effect":
        most, least = (least, most) if shown[key]["better"] == "less" else (most, least)
        verb = "fewest" if shown[key]["better"] == "less" else "most"
        return f"{what}: {verb} under {sides.named(most, 'and')}"
    return f"{what}: most under {sides.named(most)}, least under {sides.named(least)}"


def panel(sides: Sides, measure: Measure, title: str, margin: int) -> Panel:
    """One measure: a row for each scheme."""
    of_effect = measure["headline"] == "effect"
    words = words_of(measure)
    items = [row(sides, measure, key, words) for key in sides.keys]
    mark = 0.0 if of_effect else measure["law"]
    drawn = None if mark is None else _times(mark, words)
    spec = intervals.intervals(
        items, drawn, "no effect" if of_effect else "ordinary law", of_effect, margin
    )
    unit = unit_of(words, of_effect)
    said = listed([f"{i.name} {i.words}{_between(i)}" for i in items])
    return Panel(title, unit, f"{title}, {unit}: {said}.", spec)


def unit_of(words: Scale, of_effect: bool) -> str:
    """What the axis of a panel measures."""
    text = (words.change if of_effect else words.level).strip()
    text = "per cent" if text == "%" else text
    return f"{'change against ordinary law, ' if of_effect else ''}{text}".rstrip(", ")


def row(sides: Sides, measure: Measure, key: str, words: Scale) -> intervals.Row:
    """One scheme's dot and intervals, on the scale of the panel."""
    one, value = measure["by_scheme"][key], headline(measure, key)
    if value is None:
        return intervals.Row(sides.labels[key], None, "–")
    of_effect = measure["headline"] == "effect"
    least = -math.inf if of_effect else 0.0  # no level is below nought, no share above all
    most = words.factor if measure["unit"] == "share" and not of_effect else math.inf
    chance, not_known = (
        None if one[low] is None or one[high] is None
        else (max(least, _times(one[low], words)), min(most, _times(one[high], words)))
        for low, high in (("chance_low", "chance_high"), ("low", "high"))
    )  # fmt: skip
    said = tell(measure, words, value, unit=False)
    return intervals.Row(sides.labels[key], _times(value, words), said, chance, not_known)


def _between(item: intervals.Row) -> str:
    """An interval in words for whoever cannot see it: what is not known, else chance."""
    ends = item.not_known or item.chance
    if not ends:
        return ""
    return f" ({' to '.join(told_apart(*ends, lambda x, more: f'{x:.{3 + more}g}'))})"


def _times(value: float, words: Scale) -> float:
    """A plain number for a specification, seven digits that count."""
    return float(f"{value * words.factor:.7g}") if math.isfinite(value) else 0.0


def numbers(sides: Sides, measure: Measure, title: str) -> list[list[str]]:
    """The rows of the table under a figure."""
    words = words_of(measure)
    found = []
    for key in sides.keys:
        value = headline(measure, key)
        spans = [
            range_of(measure, key, words, ends=ends) or "–"
            for ends in (("chance_low", "chance_high"), ("low", "high"))
        ]
        others = [k for k in sides.keys if sides.letters[k] in sides.others(measure, key)]
        found.append([title, sides.labels[key], tell(measure, words, value), *spans,
                      capital(sides.named(others)) or "none"])  # fmt: skip
    return found
