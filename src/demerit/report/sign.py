"""Sign: when the direction of an effect may be told.

Where an interval holds nought, the sentence is "we cannot say".  That goes for the interval over
what nobody has published and for the one of chance alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Measure = Mapping[str, Any]
DEED_KEYS = ("deeds_{}", "deed_{}", "{}", "{}_rate")  # what the measure of a deed may be called


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
    """The effect beside the level without the scheme (with it, where that is nought)."""
    base = measure["without"] or measure["with"]
    return abs(measure["effect"] / base) if base else 0.0


def of_deed(measures: Mapping[str, Measure], deed: str) -> Measure | None:
    """The measure of how often a deed is done, if the run has one."""
    found = (measures.get(name.format(deed)) for name in DEED_KEYS)
    return next((m for m in found if m is not None and m["headline"] == "effect"), None)
