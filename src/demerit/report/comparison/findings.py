"""Findings: what a comparison shows, in sentences worked out by rule; benefits beside harms.

A scheme is said to have more than another only where the difference has the same sign all through
its interval of chance and, unless --quick left it out, all through the range over what nobody has
published.  Otherwise the sentence is "we cannot tell".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from demerit.report.claims import holds_nought, interval, settled, size
from demerit.report.comparison.sides import (
    Measure,
    Sides,
    headline,
    in_sentence,
    range_of,
    tell,
    words_of,
)
from demerit.report.findings import BENEFITS, WORK_AND_SPEECH
from demerit.report.words import Scale, listed

LEVELS = {
    "sanctioned_share": "the share of scored people who are under sanction in a month",
    "wrongful_sanction_rate": "the share of scored people who are under sanction by mistake",
    "wrongful_sanction_share": "the share of sanctions that true records would not have brought",
    "sanction_anatomy": "the share of those punished who are so for harm that they did",
    "approval": "the share who approve, among those who have heard of the scheme,",
}
SPEECH = {"speech_withheld": WORK_AND_SPEECH["speech_withheld"]}
WORK = {"employment": WORK_AND_SPEECH["employment"]}
NEED = {
    "unpaid_by_inability": "how many cannot pay what is due",
    "distress_share": "how many pay by going without food or medicine",
    "poverty_ever": WORK_AND_SPEECH["poverty_ever"],
}
TRUST = {"deals_honoured": "how often strangers honour a deal"}


def findings(sides: Sides) -> list[tuple[str, str]]:
    """Sentences, each with the question it answers."""
    found = [
        ("Which sanctions the most people?", most(sides, "sanctioned_share")),
        (
            "Which sanctions the most people wrongly?",
            f"{most(sides, 'wrongful_sanction_rate')} {most(sides, 'wrongful_sanction_share')}",
        ),
        ("Are people punished for harm that they did?", most(sides, "sanction_anatomy")),
        ("Do they bring what they are meant to bring?", moved(sides, BENEFITS)),
        ("Do strangers keep their word?", moved(sides, TRUST)),
        ("What do people leave unsaid?", moved(sides, SPEECH)),
        ("What do they do to work?", moved(sides, WORK)),
        ("Who cannot pay?", moved(sides, NEED)),
        ("Do people approve?", most(sides, "approval")),
    ]
    if ended := repeals(sides):
        found.append(("Do they stand?", ended))
    return found


# ---- levels: who has the most


def most(sides: Sides, key: str) -> str:
    """Under which scheme a level is highest and lowest, by the rule."""
    thing = LEVELS[key]
    measure = sides.measure(key)
    if measure is None:
        few = "too few people, or none, are concerned"
        return f"In this model, nothing can be said of {thing.rstrip(',')}: {few}."
    defined = sides.defined(measure)
    words = words_of(measure)
    high, low = sides.ends(measure)
    if len(defined) == 1:
        told = f"In this model, {thing} can be told under one scheme alone,"
        told += f" {of_each(sides, measure, words, defined)}"
    elif not low:
        told = (
            f"In this model, we cannot say under which scheme {thing} is highest:"
            f" {listed(with_numbers(sides, measure, defined, words))}"
            f"{settled_pairs(sides, measure)}"
        )
    else:
        told = (
            f"In this model, {thing} is highest under {of_each(sides, measure, words, high)}"
            f" and lowest under {of_each(sides, measure, words, low, unit=False)}"
        )
    blank = [k for k in sides.keys if k not in defined]
    return f"{told}.{f' Too few to tell under {sides.named(blank)}.' if blank else ''}"


def settled_pairs(sides: Sides, measure: Measure) -> str:
    """Which scheme has more than which others all the same, where no scheme has the most."""
    ranked = sorted(sides.defined(measure), key=lambda k: -(headline(measure, k) or 0.0))
    said = []
    for place, key in enumerate(ranked):
        if less := [k for k in ranked[place + 1 :] if sides.apart(measure, key, k)]:
            said.append(f"under {in_sentence(sides.labels[key])} than under {sides.named(less)}")
    return f". All that is settled: it is higher {listed(said)}" if said else ""


def of_each(
    sides: Sides, measure: Measure, words: Scale, keys: Sequence[str], unit: bool = True
) -> str:
    """Schemes with their numbers; that several cannot be told apart."""
    tied = len(keys) > 1 and not any(sides.apart(measure, keys[0], k) for k in keys[1:])
    told = listed(with_numbers(sides, measure, keys, words, unit))
    return told + (", which cannot be told apart" if tied else "")


def with_numbers(
    sides: Sides, measure: Measure, keys: Sequence[str], words: Scale, unit: bool = True
) -> list[str]:
    """Schemes, each with its number and its range over what is not known; the unit once."""
    short = words.level == "%" and measure["headline"] == "with"  # short enough to stand each time
    said = []
    for key in keys:
        named = short or (unit and key == keys[0])
        span = range_of(measure, key, words, named)
        value = tell(measure, words, headline(measure, key), named and not span)
        said.append(f"{in_sentence(sides.labels[key])} ({value}{f'; {span}' if span else ''})")
    return said


# ---- effects: what each moves


def moved(sides: Sides, candidates: Mapping[str, str]) -> str:
    """Which way the schemes move the candidate that one of them moves most, by the rule."""
    usable = {k: m for k in candidates if (m := sides.measure(k)) is not None}
    if not usable:
        return "In this model, nothing can be said of it from this comparison."
    sure = {
        key: max(size(one) for one in mine)
        for key, m in usable.items()
        if (mine := [one for k in sides.defined(m) if settled(one := of(m, k))])
    }
    key = max(sure, key=lambda k: sure[k]) if sure else next(iter(usable))
    told = of_effects(sides, usable[key], candidates[key])
    if len(usable) > 1:
        told += f" Settled under one scheme at least: {len(sure) or 'none'} of"
        told += f" {len(usable)} such measures."
    return told


def of(measure: Measure, key: str) -> dict[str, Any]:
    """One scheme's numbers, as the rules for a single run's claims read them."""
    return measure["by_scheme"][key] | {"headline": measure["headline"], "unit": measure["unit"]}


def way(measure: Measure, key: str, quick: bool) -> str:
    """Does a scheme raise this, lower it, leave it, or can we not say?"""
    one = of(measure, key)
    ends = interval(one, quick)
    if ends is not None and ends.low == ends.high == 0:
        return "same"
    if ends is None or not settled(one) or holds_nought(ends.low, ends.high):
        return "unknown"
    return "rises" if ends.low + ends.high > 0 else "falls"


def of_effects(sides: Sides, measure: Measure, thing: str) -> str:
    """One sentence on what every scheme does to this, and which does so most."""
    by_way: dict[str, list[str]] = {}
    ranked = sorted(sides.defined(measure), key=lambda k: -abs(headline(measure, k) or 0.0))
    for key in ranked:
        by_way.setdefault(way(measure, key, sides.quick), []).append(key)
    words = words_of(measure)
    said = [
        f"{verb} {strongest_first(sides, measure, by_way[verb], words)}"
        for verb in ("falls", "rises")
        if verb in by_way
    ]
    if same := by_way.get("same"):
        said.append(f"stays as it is under {some(sides, same)}")
    if unknown := by_way.get("unknown"):
        said.append(f"falls or rises, we cannot say which, under {some(sides, unknown)}")
    return f"In this model, {thing} {'; it '.join(said)}."


def some(sides: Sides, keys: Sequence[str]) -> str:
    """Schemes by name, or that it is all of them."""
    return "all of them" if len(keys) == len(sides.keys) else sides.named(keys)


def strongest_first(sides: Sides, measure: Measure, keys: Sequence[str], words: Scale) -> str:
    """The schemes that move a measure one way, and whether the first does so most."""
    each = with_numbers(sides, measure, keys, words)
    if not any(sides.apart(measure, keys[0], k) for k in keys[1:]):
        return f"under {of_each(sides, measure, words, keys)}"
    tied = [k for k in keys if k == keys[0] or not sides.apart(measure, keys[0], k)]
    if len(tied) == 1:
        return f"most under {each[0]}, less under {listed(each[1:])}"
    return f"under {listed(each)} ({sides.named(tied)} cannot be told apart)"


# ---- repeal


def repeals(sides: Sides) -> str:
    """Which schemes outcry ended, if any."""
    ended = [s for s in sides.document["schemes"] if s["repeal"]["month"] is not None]
    if not ended:
        return ""
    said = [
        f"{in_sentence(sides.labels[s['key']])} is repealed in month {s['repeal']['month'] + 1}"
        for s in ended
    ]
    return (
        f"In this run, {listed(said)}; its measures are of the months in which it stood, so that"
        " what it is compared with is ordinary law in those months."
    )
