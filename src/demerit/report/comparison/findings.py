"""Findings: what a comparison shows, in sentences worked out by rule; benefits beside harms.

A scheme is said to have more than another only where the difference has the same sign all through
its interval of chance and, unless --quick left it out, all through the range over what nobody has
published.  Otherwise the sentence is "we cannot tell".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from demerit.report.claims import holds_nought, interval, settled, size
from demerit.report.comparison.sides import Measure, Sides, headline, lower
from demerit.report.findings import BENEFITS, WORK_AND_SPEECH
from demerit.report.words import Scale, capital, listed, scale

LEVELS = {
    "sanctioned_share": "the share of scored people who are under sanction in a month",
    "wrongful_sanction_rate": "the share of scored people who are under sanction by mistake",
    "wrongful_sanction_share": "the share of sanctions that true records would not have brought",
    "sanction_anatomy": "the share of those punished who are so for harm that they did",
    "approval": "the share who approve, among those who have heard of the scheme,",
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
        ("What do they do to work and speech?", moved(sides, WORK_AND_SPEECH)),
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
        return f"In this model, nothing can be said of {thing.rstrip(',')}: it is not defined here."
    defined = sides.defined(measure)
    words = scale(measure["unit"], [headline(measure, k) for k in defined], fine=True)
    high, low = sides.ends(measure)
    if len(defined) == 1:
        told = f"In this model, {thing} is {of_each(sides, measure, words, defined)}"
    elif not low:
        told = (
            f"In this model, we cannot say under which scheme {thing} is highest:"
            f" {of_each(sides, measure, words, defined)}"
        )
    else:
        told = (
            f"In this model, {thing} is highest under {of_each(sides, measure, words, high)}"
            f" and lowest under {of_each(sides, measure, words, low)}"
        )
    blank = [k for k in sides.keys if k not in defined]
    return f"{told}.{f' Not defined for {sides.named(blank)}.' if blank else ''}"


def of_each(sides: Sides, measure: Measure, words: Scale, keys: Sequence[str]) -> str:
    """Schemes with their levels; that several cannot be told apart."""
    said = [
        f"{lower(sides.labels[k])} ({words.value(headline(measure, k))}{span(measure, k, words)})"
        for k in keys
    ]
    tied = len(keys) > 1 and not any(sides.apart(measure, keys[0], k) for k in keys[1:])
    return listed(said) + (", which we cannot tell apart" if tied else "")


def span(measure: Measure, key: str, words: Scale) -> str:
    """The range of a level over what is not known, if there is one."""
    one = measure["by_scheme"][key]
    if one["low"] is None or one["high"] is None:
        return ""
    return f"; {words.value(one['low'], unit=False)} to {words.value(one['high'])}"


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
        told += f" Of {len(usable)} such measures, {len(sure) or 'none'} is settled under a scheme."
        told = told.replace(f"{len(sure)} is", f"{len(sure)} are") if len(sure) > 1 else told
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
    for key in sides.defined(measure):
        by_way.setdefault(way(measure, key, sides.quick), []).append(key)
    words = scale(measure["unit"], [headline(measure, k) for k in sides.keys], fine=True)
    said = []
    for verb in ("falls", "rises"):
        if keys := by_way.get(verb):
            each = [effect(sides, measure, k, words) for k in keys]
            said.append(f"{verb} under {listed(each)}")
    if same := by_way.get("same"):
        said.append(f"stays as it is under {sides.named(same)}")
    if unknown := by_way.get("unknown"):
        said.append(f"may move either way under {sides.named(unknown)}: we cannot say")
    text = f"In this model, {thing} {'; it '.join(said)}."
    for verb in ("falls", "rises"):
        if len(by_way.get(verb, [])) > 1:
            text += f" {which_most(sides, measure, by_way[verb])}"
    return text


def effect(sides: Sides, measure: Measure, key: str, words: Scale) -> str:
    """A scheme and its effect, with the range over what is not known."""
    one = measure["by_scheme"][key]
    text = f"{lower(sides.labels[key])} ({words.effect(one['effect'])}"
    if one["low"] is not None and one["high"] is not None:
        low, high = words.effect(one["low"], unit=False), words.effect(one["high"], unit=False)
        text += f"; {low} to {high}"
    return f"{text})"


def which_most(sides: Sides, measure: Measure, keys: Sequence[str]) -> str:
    """Which of several schemes that move a measure one way moves it most."""
    ranked = sorted(keys, key=lambda k: -abs(headline(measure, k) or 0.0))
    tied = [k for k in ranked if k == ranked[0] or not sides.apart(measure, ranked[0], k)]
    if len(tied) == 1:
        return f"It moves most under {sides.named(tied)}."
    if len(tied) == len(keys):
        return f"Which moves it most, we cannot say: {sides.named(tied)} cannot be told apart."
    return f"{capital(sides.named(tied))} move it most, and cannot be told apart."


# ---- repeal


def repeals(sides: Sides) -> str:
    """Which schemes outcry ended, if any."""
    ended = [s for s in sides.document["schemes"] if s["repeal"]["month"] is not None]
    if not ended:
        return ""
    said = [
        f"{lower(sides.labels[s['key']])} is repealed in month {s['repeal']['month']}"
        for s in ended
    ]
    return (
        f"In this run, {listed(said)}; its measures are of the months in which it stood, so that"
        " what it is compared with is ordinary law in those months."
    )
