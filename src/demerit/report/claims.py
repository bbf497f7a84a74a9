"""Claims: sentences about a measure, and when the direction of an effect may be told.

Where an interval holds nought, the sentence is "we cannot say".  That goes for the interval over
what nobody has published and for the one of chance alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demerit.report.words import Scale, scale

Measure = Mapping[str, Any]


@dataclass(frozen=True)
class Interval:
    """The interval that a sentence rests on, and the words that say which."""

    low: float
    high: float
    words: str


def interval(measure: Measure, quick: bool) -> Interval | None:
    """The not-known interval where there is one, else the one of chance, else none."""
    if measure["low"] is not None and measure["high"] is not None:
        words = "over the numbers that nobody has published"
        return Interval(measure["low"], measure["high"], words)
    if measure["chance_low"] is None or measure["chance_high"] is None:
        return None
    why = "left out by --quick" if quick else "could not be worked out here"
    words = f"chance alone; the range over what nobody has published was {why}"
    return Interval(measure["chance_low"], measure["chance_high"], words)


def holds_nought(low: float | None, high: float | None) -> bool:
    """Whether the sign changes inside an interval, or an end is nought.

    >>> holds_nought(-1, 2), holds_nought(0, 2), holds_nought(0.1, 2), holds_nought(None, None)
    (True, True, False, False)
    """
    if low is None or high is None:
        return False
    return min(low, high) <= 0 <= max(low, high)


def settled(measure: Measure) -> bool:
    """Whether an effect has the same sign all through both its intervals, and has one at all."""
    if measure["effect"] is None or measure["headline"] != "effect":
        return False
    ends = [("low", "high"), ("chance_low", "chance_high")]
    found = [(measure[a], measure[b]) for a, b in ends if measure[a] is not None]
    return bool(found) and not any(holds_nought(*pair) for pair in found)


def size(measure: Measure) -> float:
    """The effect beside the level without the scheme; by itself where that level is nought."""
    return abs(measure["effect"] / (measure["without"] or 1.0))


def of_deed(measures: Mapping[str, Measure], deed: str) -> Measure | None:
    """The measure of how often a deed is done, if the run has one."""
    return measures.get(f"deeds_{deed}")


def of_effect(measure: Measure, thing: str, quick: bool) -> str:
    """The sentence about an effect, by the sign rule."""
    rests_on = interval(measure, quick)
    names = ("with", "without", "effect", "low", "high")
    numbers = scale(measure["unit"], [measure[name] for name in names], fine=True)
    if rests_on is None:
        return (
            f"In this model, we cannot say whether the scheme raises or lowers {thing}: it differs"
            f" by {numbers.effect(measure['effect'])}, and no interval could be worked out."
        )
    low, high = sorted((rests_on.low, rests_on.high))
    if low == high == 0:
        return f"In this model, the scheme leaves {thing} as it is ({rests_on.words})."
    if holds_nought(low, high):
        return _cannot_say(thing, numbers, Interval(low, high, rests_on.words))
    if holds_nought(measure["chance_low"], measure["chance_high"]):
        ends = sorted((measure["chance_low"], measure["chance_high"]))
        return _cannot_say(thing, numbers, Interval(ends[0], ends[1], "chance alone"))
    verb = "raises" if low > 0 else "lowers"
    return (
        f"In this model, the scheme {verb} {thing} by {numbers.span(low, high)} ({rests_on.words});"
        f" with the central numbers, from {numbers.value(measure['without'], unit=False)} to"
        f" {numbers.value(measure['with'])}."
    )


def _cannot_say(thing: str, numbers: Scale, ends: Interval) -> str:
    low, high = numbers.effect(ends.low, unit=False), numbers.effect(ends.high)
    return (
        f"In this model, we cannot say whether the scheme raises or lowers {thing}: the change lies"
        f" between {low} and {high} ({ends.words})."
    )


def of_level(measure: Measure, words: str, quick: bool) -> str:
    """The sentence about a level under the scheme; `words` has a place for the number."""
    rests_on = interval(measure, quick)
    if rests_on is None:
        numbers = scale(measure["unit"], [measure["with"]])
        told = numbers.value(measure["with"])
        return f"In this model, {words.format(told)}; no interval could be worked out."
    ends = sorted((rests_on.low, rests_on.high))
    numbers = scale(measure["unit"], [measure["with"], *ends])
    told = numbers.value(measure["with"])
    return (
        f"In this model, {words.format(told)} ({numbers.ends(ends[0], ends[1])} {rests_on.words})."
    )
